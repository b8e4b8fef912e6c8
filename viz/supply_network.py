"""pyvis's own object of a graph, for those who go on with it, with its traps closed.

pyvis's page asks a CDN for styles and scripts even if it is told to put them in line, runs a hover text that
holds the letters "href" as HTML, moves the nodes about, is written in the encoding of the machine, and is
shown as in a notebook unless told otherwise. :class:`SupplyNetwork` is its ``Network`` with these five mended.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Mapping, Sequence
from html import escape
from typing import Any
from unicodedata import east_asian_width

from pyvis.network import Network

from .._errors import InputError
from .._messages import check_language, pick_name, say
from ..graph import SupplyGraph
from ._cells import clean_text
from ._drawn import Drawn, Row, list_names, pick_drawn
from ._escape import escape_json
from ._parts import FOLDER, read_part
from ._wires import Line
from .page import HTML_LANG, write_page_file, write_policy
from .result_layout import lay_out_result

__all__ = ["MOST_DRAWN", "SupplyNetwork", "build_pyvis"]

MOST_DRAWN = 500
"""Nodes that are drawn unless more are asked for; of more nobody sees anything."""

_TEMPLATE = "pyvis.html"
_INK, _PAPER, _CARD = "#17212b", "#f7f8f6", "#ffffff"
# By side of the pair: colour and mark, so that colour alone says nothing. The explorer has the same.
_SIDES = (("#0a67b0", "●"), ("#c0461a", "■"), ("#6b6f76", "◆"))
_WIRES = ("#2b6777", "#84449b", "#8f6200", "#45721f", "#a23358", "#59636f")
_MUTUAL = ("JOINT_VENTURE_WITH", "PARTNERS_WITH")  # neither end is the first
_FONT = "Inter, Segoe UI, Helvetica Neue, Noto Sans, Noto Sans CJK TC, Microsoft JhengHei, Yu Gothic UI, sans-serif"
_LETTER = 7.3  # pixels of a Latin letter of 13; a Han character takes two
_HIDDEN = ("graph", "row", "type", "a", "b")  # of a relationship, not for a reader


class SupplyNetwork(Network):  # type: ignore[misc]  # pyvis ships no types
    """pyvis's ``Network`` whose page is one offline file; everything else is as pyvis has it.

    Nodes, edges, options, ``heading``, ``bgcolor``, ``height`` and ``width`` may be changed as pyvis
    documents it. Hover texts are shown as text. Its menus, its panel of buttons and DOT are not there.

    Attributes
    ----------
    undrawn
        How many nodes of what was asked for are left out.
    notes, types
        What stands above the drawing: how much is drawn and what the marks mean; and the types of
        relationships, in the order of their colours.
    """

    def __init__(
        self, *, lang: str, heading: str, notes: Sequence[str], types: Sequence[str], undrawn: int
    ) -> None:
        super().__init__(
            height="100%",
            width="100%",
            directed=True,
            bgcolor=_PAPER,
            heading=heading,
            cdn_resources="in_line",
        )
        self.lang = check_language(lang)
        self.notes = tuple(notes)
        self.types = tuple(types)
        self.undrawn = undrawn
        self.toggle_physics(False)
        self.options.edges.smooth.enabled = False
        self.options.edges.color.inherit = False
        self.options.interaction.hideEdgesOnDrag = True
        self.options.interaction.hideEdgesOnZoom = True

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:
        """Return the page as one self-contained HTML text; the arguments are pyvis's and change nothing.

        Raises
        ------
        InputError
            The network is DOT, or its options are no JSON.
        """
        if self.use_DOT:
            raise InputError(
                "this network draws its own nodes and edges, no DOT; use pyvis's Network for DOT"
            )
        style, vis, own = map(
            read_part, ("templates/pyvis.css", "vendor/vis-network.min.js", "templates/pyvis.js")
        )
        self.set_template_dir(str(FOLDER / "templates"), _TEMPLATE)
        self.templateEnv.autoescape = True
        self.templateEnv.filters["json"] = escape_json
        self.templateEnv.globals["page"] = {
            "lang": HTML_LANG[self.lang],
            "noscript": say("page.noscript", self.lang),
            "policy": write_policy([vis, own], style),
            "style": style,
            "vis": vis,
            "script": own,
            "notes": self.notes,
            "types": [(name, place % len(_WIRES)) for place, name in enumerate(self.types)],
            "start": self._collect(),
        }
        template = self.templateEnv.get_template(self.path)
        self.html = str(template.render(heading=str(self.heading)))
        return self.html

    def _collect(self) -> dict[str, Any]:
        """Return what the page draws, as plain data."""
        *_, options = self.get_network_data()
        try:
            chosen = json.loads(options)
        except ValueError as error:
            raise InputError(f"the options of the network are no JSON: {error}") from None
        chosen.pop("configure", None)  # a panel that this page does not have
        chosen.setdefault("physics", {"enabled": False})
        size = {name: str(getattr(self, name)) for name in ("height", "width", "bgcolor")}
        return {"nodes": self.nodes, "edges": self.edges, "options": chosen, **size}

    def write_html(
        self,
        name: str | os.PathLike[str],
        local: bool = True,
        notebook: bool = False,
        open_browser: bool = False,
    ) -> None:
        """Write the page as UTF-8, whole or not at all.

        Parameters
        ----------
        name
            The file.
        local, notebook
            pyvis's; they change nothing.
        open_browser
            Open it.

        Raises
        ------
        UnavailableError
            The file cannot be written.
        """
        file = write_page_file(self.generate_html(), name)
        if open_browser:
            import webbrowser

            webbrowser.open(file.resolve().as_uri())

    def save_graph(self, name: str | os.PathLike[str]) -> None:
        """Write the page; as :meth:`write_html`."""
        self.write_html(name)

    def show(self, name: str | os.PathLike[str], local: bool = True, notebook: bool = False) -> Any:
        """Write the page and open it in the browser; in a `notebook` return the frame that shows it there."""
        self.write_html(name, open_browser=not notebook)
        if not notebook:
            return None
        return _Frame(self.generate_html())


class _Frame:
    """What a notebook shows: the page in a frame of its own, which holds it and so needs no file."""

    def __init__(self, html: str) -> None:
        self.html = html

    def _repr_html_(self) -> str:
        page = escape(self.html)
        return f'<iframe srcdoc="{page}" sandbox="allow-scripts" width="100%" height="600"></iframe>'


def build_pyvis(
    graph: SupplyGraph,
    *,
    labels: Collection[str] = ("Component", "Vendor", "Solution"),
    edges: Collection[str] | None = None,
    most: int = MOST_DRAWN,
    pair: tuple[str, str] = ("TW", "JP"),
    lang: str = "en",
) -> SupplyNetwork:
    """Return the graph as pyvis's own object, to change it further and to write it as one offline page.

    Vendors of the first country stand left (●), of the second right (■), others apart (◆); what they
    offer and what needs it between. Nothing moves unless :meth:`toggle_physics` is asked to.

    Parameters
    ----------
    graph
        The graph; what is in force is drawn. For a part of it see :func:`kizuna.select_subgraph`,
        :func:`kizuna.graph.select_solution` and :func:`kizuna.graph.select_vendor`.
    labels
        Labels of the nodes to draw.
    edges
        Types of the relationships to draw; default: all between these nodes.
    most
        Nodes to draw at most; of more, those with the most relationships. The page says how many are not.
    pair
        The two countries, by ISO code.
    lang
        Language of names and of the page: ``en``, ``ja`` or ``zh``.

    Returns
    -------
    SupplyNetwork
        A ``pyvis.network.Network``. A node's id is ``Label:id``, such as ``Vendor:tsmc``; an edge has its
        ``type`` beside what pyvis knows.

    Raises
    ------
    InputError
        A label, a type or a language that there is not, or `most` below 1.

    Examples
    --------
    >>> import pandas as pd
    >>> toy = SupplyGraph({
    ...     "vendors": pd.DataFrame({"id": ["tsmc"], "country": ["TW"], "name_en": ["TSMC"]}),
    ...     "components": pd.DataFrame({"id": ["foundry"], "segment": ["chip"], "name_en": ["Foundry"]}),
    ...     "offers": pd.DataFrame({"vendor": ["tsmc"], "component": ["foundry"]}),
    ... })
    >>> network = build_pyvis(toy)
    >>> [node["label"] for node in network.nodes]
    ['Foundry', '● TSMC']
    >>> network.edges[0]["from"], network.edges[0]["type"], network.edges[0]["to"]
    ('Vendor:tsmc', 'OFFERS', 'Component:foundry')

    Notes
    -----
    The lists of pyvis are assigned: its own ``add_node`` looks through all nodes for each new one.
    """
    check_language(lang)
    drawn = pick_drawn(graph, labels, edges, most)
    countries = _name_countries(graph, lang)
    network = SupplyNetwork(
        lang=lang,
        heading=say("page.title", lang),
        notes=_write_notes(drawn, pair, countries, lang),
        types=list(dict.fromkeys(line["type"] for line in drawn.lines)),
        undrawn=drawn.whole - len(drawn.nodes),
    )
    network.nodes = _make_nodes(drawn, pair, countries, lang)
    network.edges = _make_edges(drawn, network, lang)
    network.node_ids = [node["id"] for node in network.nodes]
    network.node_map = {node["id"]: node for node in network.nodes}
    return network


def _name_countries(graph: SupplyGraph, lang: str) -> dict[str, str]:
    frame = graph.table("countries")
    columns = ["id", "name_en", "name_zh", "name_ja"]
    rows = zip(*(frame[column].astype(object) for column in columns), strict=True)
    return {row[0]: clean_text(pick_name(dict(zip(columns, row, strict=True)), lang)) for row in rows}


def _write_notes(drawn: Drawn, pair: tuple[str, str], countries: Mapping[str, str], lang: str) -> list[str]:
    """Return what the page says above the drawing: how much of the graph it is, and what the marks mean."""
    counts = {"drawn": len(drawn.nodes), "nodes": drawn.whole, "lines": len(drawn.lines)}
    key = "pyvis.all" if drawn.whole == len(drawn.nodes) else "pyvis.part"
    sides = [f"{_SIDES[side][1]} {countries.get(code, code)}" for side, code in enumerate(pair)]
    return [
        say(key, lang, **{name: f"{count:,}" for name, count in counts.items()}),
        *sides,
        f"{_SIDES[2][1]} {say('pyvis.elsewhere', lang)}",
    ]


def _find_side(row: Row, pair: tuple[str, str]) -> int | None:
    """Return 0 or 1 for a vendor of the pair, 2 for another, None for what is no firm."""
    if row["label"] != "Vendor":
        return None
    return pair.index(row["country"]) if row.get("country") in pair else 2


def _make_nodes(
    drawn: Drawn, pair: tuple[str, str], countries: Mapping[str, str], lang: str
) -> list[dict[str, Any]]:
    """Return the nodes as vis-network takes them, each at its place."""
    sides = [_find_side(row, pair) for row in drawn.nodes]
    ends = dict.fromkeys((line["a"], line["b"]) for line in drawn.lines)
    picture = lay_out_result(len(drawn.nodes), [Line(a, b) for a, b in ends], sides=sides)
    width, height = picture.box
    nodes = []
    for row, side, (x, y) in zip(drawn.nodes, sides, picture.places, strict=True):
        names = list_names(row, lang)
        colour, mark = (_INK, "") if side is None else (_SIDES[side][0], f"{_SIDES[side][1]} ")
        nodes.append(
            {
                "id": clean_text(f"{row['label']}:{row['id']}"),
                "label": mark + _fit(names[0], width / _LETTER - 2 - len(mark)),
                "title": _describe_node(row, names, countries),
                "group": row["label"],
                "shape": "box",
                "x": x + width / 2,
                "y": y + height / 2,
                "color": {"background": _CARD, "border": colour},
                "borderWidth": 2 if row["label"] == "Solution" else 1,
                "shapeProperties": {"borderRadius": 12 if row["label"] == "Solution" else 3},
                "font": {"size": 13, "color": _INK, "face": _FONT, "align": "left", "multi": False},
                "margin": {"top": 4, "bottom": 4, "left": 6, "right": 6},
                "widthConstraint": {"minimum": width - 12},
            }
        )
    return nodes


def _fit(text: str, room: float) -> str:
    """Return a name cut to so many letters, of which a Han character is two."""
    line = " ".join(text.split())
    used = 0
    for place, letter in enumerate(line):
        used += 2 if east_asian_width(letter) in "WF" else 1
        if used > room:
            return f"{line[: max(1, place - 1)].rstrip()}…"
    return line


def _describe_node(row: Row, names: Sequence[str], countries: Mapping[str, str]) -> str:
    lines = [" / ".join(names), f"{row['label']} {row['id']}"]
    if "country" in row:
        lines.append(countries.get(row["country"], row["country"]))
    return clean_text("\n".join(lines))


def _make_edges(drawn: Drawn, network: SupplyNetwork, lang: str) -> list[dict[str, Any]]:
    """Return the relationships as vis-network takes them; one type has one colour."""
    colours = {name: _WIRES[place % len(_WIRES)] for place, name in enumerate(network.types)}
    names = [list_names(row, lang)[0] for row in drawn.nodes]
    edges = []
    for number, line in enumerate(drawn.lines):
        a, b = line["a"], line["b"]
        known = [f"{key}: {value}" for key, value in line.items() if key not in _HIDDEN]
        edges.append(
            {
                "id": f"{line['type']}:{number}",
                "from": network.nodes[a]["id"],
                "to": network.nodes[b]["id"],
                "type": line["type"],
                "title": clean_text("\n".join([line["type"], f"{names[a]} → {names[b]}", *known])),
                "arrows": {"to": {"enabled": line["type"] not in _MUTUAL, "scaleFactor": 0.4}},
                "color": {"color": colours[line["type"]], "opacity": 0.55},
            }
        )
    return edges
