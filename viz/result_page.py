"""The page of a query's result: its nodes and relationships drawn, its rows as a table.

It is the explorer's page with another scene: the same template, style, catalogue and bundle of vis-network.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path as FilePath
from typing import Any

from pyvis.network import Network

from .._messages import check_language, load_messages
from ..graph.stores.records import NOT_IN_FORCE
from ..graph.stores.values import Node, Path, Relationship, Result
from ._cells import Elements, clean_text, encode_value
from .page import fill_template, write_page_file
from .result_layout import Line, Picture, lay_out_result

__all__ = ["build_result_payload", "render_result", "write_page"]

FORMAT = 1
MOST_DRAWN = 500  # nodes in the picture; of more nobody sees anything
MOST_LINES = 1500
MOST_LISTED = 5000  # rows, nodes and relationships in the tables

_PAIR = ("TW", "JP")
_LANGUAGES = ("en", "zh", "ja")
_SEAT = "BASED_IN"
_CODE = re.compile("[A-Z]{2}")
_CAPTIONS = (
    "name",
    "title",
    "label",
    "caption",
    "id",
)  # of a node that is not Kizuna's, the first that is there
_ALSO = ("aliases", "former_names", "ticker")
_SPOKEN = ("page.", "result.")


def write_page(
    result: Result, path: str | os.PathLike[str], *, lang: str | None = None, title: str | None = None
) -> FilePath:
    """Write the page of a query's `result` to one HTML file that opens offline.

    The page draws the nodes and relationships anywhere in the rows, at most 500 nodes at once, and shows
    the rows, the nodes and the relationships as tables of at most 5,000 lines; it says what it leaves out.

    Parameters
    ----------
    result
        What a store answered; its nodes may be of any labels and properties.
    path
        The file; it is replaced, whole or not at all.
    lang
        Language in which the page opens: ``en``, ``ja`` or ``zh``; default: that of the reader's browser,
        if it is one of the three, else English. The reader can switch.
    title
        Heading of the page, such as what was asked; default: that it is the result of a query.

    Returns
    -------
    pathlib.Path
        `path`.

    Raises
    ------
    InputError
        `lang` is none of the three.
    UnavailableError
        The file cannot be written.
    """
    return write_page_file(render_result(result, lang=lang, title=title), path)


def render_result(result: Result, *, lang: str | None = None, title: str | None = None) -> str:
    """Return the page of `result` as one self-contained HTML text; see :func:`write_page`."""
    if lang is not None:
        check_language(lang)
    payload = build_result_payload(result, title=title)
    boards = {"wide": _lay_out(payload), "narrow": _lay_out(payload, narrow=True)}
    messages = {key: texts for key, texts in load_messages().items() if key.startswith(_SPOKEN)}
    return fill_template(
        _build_network(payload, boards["wide"]),
        {
            "payload": payload,
            "boards": {name: _write_board(board, name) for name, board in boards.items()},
            "messages": messages,
        },
        messages=messages,
        script="templates/result.js",
        styles=("explorer", "share"),
        title=payload["title"] or messages["result.title"][lang or "en"],
        lang=lang,
    )


def build_result_payload(result: Result, *, title: str | None = None) -> dict[str, Any]:
    """Return all that the page of `result` shows, as plain data.

    Parameters
    ----------
    result
        What a store answered.
    title
        Heading of the page.

    Returns
    -------
    dict
        Plain data; nodes and relationships are referred to by position, the drawn ones first.
    """
    nodes, relationships = result.elements()
    listed = nodes[:MOST_LISTED]
    place = {node: number for number, node in enumerate(listed)}
    edges = [e for e in relationships if e.start in place and e.end in place][:MOST_LISTED]
    elements = Elements(listed, edges)
    types = _list_types(edges)
    sides = _find_sides(listed, relationships)
    rows = result.rows[:MOST_LISTED]
    lines, skipped = _merge_lines(edges, place, types)
    return {
        "format": FORMAT,
        "kind": "result",
        "title": clean_text(title or "").strip(),
        "pair": list(_PAIR),
        "columns": [clean_text(column) for column in result.columns],
        "rows": [[encode_value(value, elements) for value in row] for row in rows],
        "nodes": [_write_node(node, sides.get(node), elements) for node in listed],
        "rels": [
            {
                "t": types[e.type],
                "a": place[e.start],
                "b": place[e.end],
                "props": _write_properties(e.properties, elements),
            }
            for e in edges
        ],
        "types": [_write_type(name) for name in types],
        "lines": lines,
        "walks": _list_walks(rows, place),
        "drawn": min(len(listed), MOST_DRAWN),
        "counts": {
            "rows": len(result.rows),
            "nodes": len(nodes),
            "rels": len(relationships),
            "skipped": skipped + len(relationships) - len(edges),
        },
        "truncated": result.truncated,
    }


def _write_node(node: Node, side: int | None, elements: Elements) -> dict[str, Any]:
    """Return a node: its labels, names, other spellings, side of the pair, properties."""
    properties = node.properties
    also = [text for key in _ALSO for text in _list_texts(properties.get(key))]
    written: dict[str, Any] = {
        "l": [clean_text(label) for label in node.labels],
        "id": clean_text(_find_id(node)),
        "names": _find_names(properties),
        "props": _write_properties(properties, elements),
    }
    caption = next((text for key in _CAPTIONS for text in _list_texts(properties.get(key))), "")
    if not written["names"] and caption:
        written["caption"] = clean_text(caption)
    if also:
        written["also"] = [clean_text(text) for text in also]
    if side is not None:
        written["side"] = side
    return written


def _find_id(node: Node) -> str:
    """Return the id of Kizuna's own nodes, else the store's, of which Neo4j's last part tells nodes apart."""
    known = node.properties.get("id")
    return str(known) if isinstance(known, str | int) else str(node.element_id).rpartition(":")[2]


def _find_names(properties: Mapping[str, Any]) -> dict[str, str]:
    """Return the names by language; of a claim, which has none, its text."""
    for stem in ("name", "text"):
        names = {lang: properties.get(f"{stem}_{lang}") for lang in _LANGUAGES}
        known = {lang: clean_text(text) for lang, text in names.items() if isinstance(text, str) and text}
        if known:
            return known
    return {}


def _list_texts(value: Any) -> list[str]:
    if isinstance(value, str | int) and not isinstance(value, bool):
        return [str(value)] if str(value).strip() else []
    return [text for text in value if isinstance(text, str)] if isinstance(value, list | tuple) else []


def _write_properties(properties: Mapping[str, Any], elements: Elements) -> list[list[Any]]:
    """Return properties in the order given, what Kizuna adds to each element last."""
    own = [key for key in properties if key not in ("graph", "row")]
    last = [key for key in ("row", "graph") if key in properties]
    return [[clean_text(key), encode_value(properties[key], elements)] for key in own + last]


def _find_sides(nodes: Sequence[Node], relationships: Sequence[Relationship]) -> dict[Node, int]:
    """Return which country of the pair a node is of, 2 for others, by its property or where it is based."""
    seats = {e.start: e.end for e in relationships if e.type == _SEAT}
    sides = {}
    for node in nodes:
        country = node.properties.get("country")
        if country is None and node in seats:
            country = seats[node].properties.get("id")
        if country is None and "Country" in node.labels:
            country = node.properties.get("id")
        if isinstance(country, str) and _CODE.fullmatch(country):
            sides[node] = _PAIR.index(country) if country in _PAIR else 2
    return sides


def _list_types(edges: Sequence[Relationship]) -> dict[str, int]:
    """Return the types, the most frequent first, and the place of each."""
    counts: dict[str, int] = {}
    for edge in edges:
        counts[edge.type] = counts.get(edge.type, 0) + 1
    return {name: place for place, name in enumerate(sorted(counts, key=lambda name: (-counts[name], name)))}


def _write_type(name: str) -> dict[str, Any]:
    """Return a type: its name, what is written on its lines, whether its statements are not in force."""
    past = name.endswith(f"_{NOT_IN_FORCE}")
    written: dict[str, Any] = {"name": clean_text(name)}
    if past:
        written.update(short=clean_text(name.removesuffix(f"_{NOT_IN_FORCE}")), past=True)
    return written


def _merge_lines(
    edges: Sequence[Relationship], place: Mapping[Node, int], types: Mapping[str, int]
) -> tuple[list[dict[str, Any]], int]:
    """Return a line for all relationships of one type between two drawn nodes, and how many are not drawn."""
    lines: dict[tuple[int, int, int], list[int]] = {}
    for number, edge in enumerate(edges):
        a, b = place[edge.start], place[edge.end]
        if max(a, b) < MOST_DRAWN:
            lines.setdefault((a, b, types[edge.type]), []).append(number)
    kept = list(lines.items())[:MOST_LINES]
    drawn = [{"a": a, "b": b, "t": t, "r": numbers} for (a, b, t), numbers in kept]
    return drawn, len(edges) - sum(len(numbers) for _, numbers in kept)


def _list_walks(rows: Sequence[Sequence[Any]], place: Mapping[Node, int]) -> list[list[int]]:
    """Return the paths that stand in the rows, as numbers of drawn nodes."""
    walks: list[list[int]] = []
    for path in _find_paths(rows):
        walk = [place.get(node, MOST_DRAWN) for node in path.nodes]
        if len(walk) > 1 and max(walk) < MOST_DRAWN and walk not in walks[-50:]:
            walks.append(walk)
    return walks


def _find_paths(value: Any) -> Iterator[Path]:
    if isinstance(value, Path):
        yield value
    elif isinstance(value, list) or type(value) is tuple:
        for part in value:
            yield from _find_paths(part)
    elif isinstance(value, Mapping):
        yield from _find_paths(list(value.values()))


def _lay_out(payload: Mapping[str, Any], *, narrow: bool = False) -> Picture:
    """Place the drawn nodes; a country itself stands between the firms, not on its side."""
    nodes = payload["nodes"][: payload["drawn"]]
    names = [kind.get("short", kind["name"]) for kind in payload["types"]]
    lines = [Line(line["a"], line["b"], len(names[line["t"]])) for line in payload["lines"]]
    sides = [None if "Country" in node["l"] else node.get("side") for node in nodes]
    return lay_out_result(len(nodes), lines, walks=payload["walks"], sides=sides, narrow=narrow)


def _write_board(board: Picture, name: str) -> dict[str, Any]:
    """Return a board for the page; the boxes of the wide one are the nodes of the network."""
    plain: dict[str, Any] = {
        "width": board.width,
        "height": board.height,
        "wires": [[*wire.points, wire.bulge] for wire in board.wires],
    }
    if name == "narrow":
        plain["places"] = [[x, y, *board.box] for x, y in board.places]
    return plain


def _build_network(payload: Mapping[str, Any], board: Picture) -> Network:
    """Return a pyvis ``Network`` of the drawn nodes and lines, its lists assigned as for the explorer."""
    network = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    w, h = board.box
    network.nodes = [
        {
            "id": f"n{number}",
            "label": _label(node),
            "shape": "box",
            "x": x + w / 2,
            "y": y + h / 2,
            "widthConstraint": {"minimum": w, "maximum": w},
            "heightConstraint": {"minimum": h},
            "physics": False,
            "group": node["l"][0] if node["l"] else "",
        }
        for number, (node, (x, y)) in enumerate(zip(payload["nodes"], board.places, strict=False))
    ]
    network.edges = [
        {
            "id": f"l{number}",
            "from": f"n{line['a']}",
            "to": f"n{line['b']}",
            "label": payload["types"][line["t"]]["name"],
            "arrows": "to",
            "dashes": payload["types"][line["t"]].get("past", False),
        }
        for number, line in enumerate(payload["lines"])
    ]
    network.node_ids = [node["id"] for node in network.nodes]
    network.node_map = {node["id"]: node for node in network.nodes}
    network.toggle_physics(False)
    return network


def _label(node: Mapping[str, Any]) -> str:
    names = node["names"]
    return str(names.get("en") or next(iter(names.values()), node.get("caption") or node["id"]))
