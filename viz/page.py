"""One offline HTML file from the payload of a graph.

pyvis's ``Network`` carries the nodes and edges of the first picture and fills our own template; all other
data travels compressed in the page and is unpacked there. Nothing in the file refers to the network.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import Any

from pyvis.network import Network

from .._errors import InputError, UnavailableError
from .._messages import check_language, load_messages
from ._escape import escape_json, hash_source, pack_json
from ._fit import pack_payload
from ._parts import FOLDER, read_part
from .layout import Board, lay_out_boards

__all__ = [
    "MAX_BYTES",
    "build_network",
    "fill_template",
    "render_page",
    "write_page_file",
    "write_policy",
]

FORMAT = 1
MAX_BYTES = 6_000_000
"""Size of a page, unless its writer says otherwise: what mail lets through."""
_TEMPLATE = "explorer.html"
_LOADER = "templates/loader.js"
# In this order: a later sheet may say otherwise than an earlier one.
STYLES = ("explorer", "filters", "whatif", "changes", "answers", "share")
# What the page says of its own, and the words that it shares with the command line.
_SPOKEN = (
    *("page.", "cell.", "kind.", "reason.", "scope.", "status.", "verdict."),
    *("partners.reason.", "partners.rivals", "partners.tie.", "partners.ties.", "paths.part."),
    *("partners.column.fit", "partners.column.relieves", "partners.column.ties", "partners.column.unlocks"),
    *("partners.more", "partners.same_group", "partners.unknown"),
)
HTML_LANG = {"en": "en", "ja": "ja", "zh": "zh-Hant"}


def render_page(payload: Mapping[str, Any], *, lang: str | None = None, max_bytes: int = MAX_BYTES) -> str:
    """Return the page of `payload` as one self-contained HTML text.

    Parameters
    ----------
    payload
        What the page shows: names, offers, relations, requirements and findings, as plain data.
    lang
        Language in which the page opens: ``en``, ``ja`` or ``zh``; default: that of the reader's browser,
        if it is one of the three, else English. The reader can switch.
    max_bytes
        Size of the page in UTF-8 above which notes and sources are left out, those that are needed least
        first; the page says which. Names, edges and verdicts always stay.

    Returns
    -------
    str
        HTML that makes no request; the same payload gives the same text.

    Raises
    ------
    InputError
        `lang` is none of the three languages, or `payload` is of another format.

    Notes
    -----
    Data enters the HTML in two ways only: as gzip, in letters, digits and signs that HTML gives no meaning
    to, and as JSON with ``<``, ``>`` and ``&`` escaped. The policy in the page allows the scripts and the style by their hashes and nothing else.
    """
    if lang is not None:
        check_language(lang)
    if payload.get("format") != FORMAT:
        raise InputError(f"`payload` must be of format {FORMAT}; found {payload.get('format')!r}")
    boards = lay_out_boards(payload)
    messages = dict(_select_messages(payload))
    plain = {name: board.to_dict() for name, board in boards.items()}
    plain["wide"]["boxes"] = []  # they are the nodes of the network
    fill = partial(
        fill_template,
        messages=messages,
        script="templates/explorer.js",
        title=_title_page(payload, messages, lang or "en"),
        lang=lang,
    )
    network = build_network(payload, boards["wide"])
    data: dict[str, Any] = {"boards": plain, "messages": messages}
    rest = len(fill(network, {}, columns=" ").encode("utf-8"))
    packed, columns = pack_payload(payload, max_bytes - rest, data)
    return fill(network, {"payload": packed, **data}, columns=columns)


def fill_template(
    network: Network,
    data: Mapping[str, Any],
    *,
    messages: Mapping[str, Mapping[str, str]],
    script: str,
    title: str,
    lang: str | None,
    columns: str = "",
    styles: Sequence[str] = STYLES,
) -> str:
    """Return a page: the nodes and edges of `network`, what travels packed, the bundle that shows it.

    `columns` is the packed text of tables that `data` describes.
    """
    policy, code = _pack_code(script, tuple(styles))
    network.set_template_dir(str(FOLDER / "templates"), _TEMPLATE)
    network.templateEnv.autoescape = True
    network.templateEnv.filters.update(json=escape_json, pack=pack_json)
    network.templateEnv.globals["page"] = {
        "lang": HTML_LANG[lang or "en"],
        "title": title,
        "noscript": messages["page.noscript"][lang or "en"],
        "policy": policy,
        "code": code,
        "loader": read_part(_LOADER),
        "start": {"lang": lang, "loading": messages["page.loading"], "failed": messages["page.failed"]},
        "data": pack_json(data),
        "columns": columns,
    }
    # In ASCII alone, with references for all other letters of the title: nothing on the way can spoil them, and a
    # browser reads a large file of one-byte letters in less time. What is in scripts is ASCII of its own.
    return str(network.generate_html()).encode("ascii", "xmlcharrefreplace").decode("ascii")


@cache
def _pack_code(script: str, styles: tuple[str, ...]) -> tuple[str, str]:
    """Return the policy that lets style and scripts work, and both packed, as the loader unpacks them."""
    style = "".join(read_part(f"templates/{name}.css") for name in styles)
    scripts = [read_part("vendor/vis-network.min.js"), read_part(script)]
    policy = write_policy([read_part(_LOADER), *scripts], style, policies=["kizuna"])
    return policy, pack_json({"style": style, "scripts": scripts})


def write_page_file(html: str, path: str | os.PathLike[str]) -> Path:
    """Write `html` to `path` as UTF-8, whole or not at all; return the path.

    The text goes to a temporary file beside `path` first, which then takes its name, so that a page that
    is open or half written is never seen.

    Raises
    ------
    UnavailableError
        The file cannot be written: no such folder, no right to write, no space.
    """
    target = Path(path)
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    except OSError as error:
        raise UnavailableError(f"{target}: the page cannot be written there ({error.strerror})") from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(html.encode("utf-8"))
        temporary.chmod(0o644)  # mkstemp lets only its owner read; a page is made to be passed on
        temporary.replace(target)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise UnavailableError(f"{target}: the page cannot be written ({error.strerror})") from error
    return target


def build_network(payload: Mapping[str, Any], board: Board) -> Network:
    """Return a pyvis ``Network`` of the first picture: its boxes as nodes, flow and requirements as edges.

    The lists are assigned: pyvis's own ``add_node`` looks through all nodes for each new one. Labels are
    the names as they are; anything that shows them must escape them.
    """
    network = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    nodes = [
        {
            "id": box.key,
            "label": _label(payload, box.key),
            "shape": "box",
            "x": box.x + box.w / 2,
            "y": box.y + box.h / 2,
            "widthConstraint": {"minimum": box.w, "maximum": box.w},
            "heightConstraint": {"minimum": box.h},
            "physics": False,
            "group": box.kind,
        }
        for box in board.boxes
    ]
    drawn = {node["id"] for node in nodes}
    network.nodes = nodes
    network.edges = [edge for edge in _list_edges(payload) if {edge["from"], edge["to"]} <= drawn]
    network.node_ids = [node["id"] for node in nodes]
    network.node_map = {node["id"]: node for node in nodes}
    network.toggle_physics(False)
    return network


def _list_edges(payload: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the flow between layers, closed to a loop, and the requirements."""
    count = len(payload["layers"])
    for layer in range(count if count > 1 else 0):
        yield {
            "id": f"feeds:{layer}",
            "from": f"layer:{layer}",
            "to": f"layer:{(layer + 1) % count}",
            "arrows": "to",
        }
    for number, need in enumerate(payload["requires"]):
        source, target = (f"{label}:{index}" for label, index in (need["from"], need["to"]))
        yield {"id": f"requires:{number}", "from": source, "to": target, "arrows": "to", "hidden": True}


def _label(payload: Mapping[str, Any], key: str) -> str:
    table, _, number = key.partition(":")
    if not number or table == "more":
        return key
    names = payload[f"{table}s"][int(number)]["names"]
    return str(names.get("en") or next(iter(names.values()), key))


def _title_page(payload: Mapping[str, Any], messages: Mapping[str, Mapping[str, str]], lang: str) -> str:
    """Return the title: that of the explorer, or the name of what the page is about."""
    table, _, node = str(payload["meta"].get("subject", "")).partition(":")
    if not node:
        return messages["page.title"][lang]
    [names] = [row["names"] for row in payload[f"{table}s"] if row["id"] == node]
    name = names.get(lang) or names.get("en") or next(iter(names.values()), node)
    return messages["page.subject-title"][lang].format(name=name)


def write_policy(scripts: Sequence[str], style: str, *, policies: Sequence[str] = ()) -> str:
    """Return the Content-Security-Policy: these scripts, this style, pictures made in the page, no more.

    `policies` names the Trusted Types that scripts of the page may make, each once, such as that of the one
    that adds the packed scripts; a script that is not listed here does not run all the same.
    """
    hashes = " ".join(hash_source(text) for text in scripts)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {hashes}",
            f"style-src {hash_source(style)}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            " ".join(("trusted-types", *(policies or ["'none'"]))),
        )
    )


def _select_messages(payload: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the messages of the page, and those in which the findings say what would settle them."""
    findings = [*payload["findings"], *payload.get("days", {}).get("findings", ())]
    wanted = {item["key"] for finding in findings for item in finding.get("settle", ())}
    for key, texts in load_messages().items():
        if key.startswith(_SPOKEN) or key in wanted:
            yield key, texts
