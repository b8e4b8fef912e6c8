"""The values of a query's result as plain data: what each is, and its text as Cypher would write it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ..graph.stores.iso import format_duration, format_temporal
from ..graph.stores.values import Duration, Node, Path, Relationship

__all__ = ["Elements", "clean_text", "encode_value"]

MOST_TEXT = 10_000  # characters of one text
MOST_ITEMS = 500  # of one list or map
MOST_DEEP = 12


class Elements:
    """The nodes and relationships that a page lists, each by its number."""

    def __init__(self, nodes: list[Node], relationships: list[Relationship]) -> None:
        self.nodes = {node: number for number, node in enumerate(nodes)}
        self.relationships = {edge: number for number, edge in enumerate(relationships)}


def clean_text(value: object) -> str:
    """Return `value` as text that UTF-8 can hold, cut where it is very long."""
    text = value if isinstance(value, str) else str(value)
    cut = text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}…"
    return cut.encode("utf-8", "replace").decode("utf-8")


def encode_value(value: Any, elements: Elements, depth: int = 0) -> Any:
    """Return a cell: text as it is, null as null, all else as an object of one key that says what it is.

    ``n`` number, ``k`` word of Cypher (true, false), ``t`` temporal or other text, ``v`` node, ``r``
    relationship, ``p`` path, ``l`` list, ``m`` map. Numbers are written, because a browser's have 53 bits.

    Examples
    --------
    >>> nothing = Elements([], [])
    >>> encode_value(["a", 2**60, None, True], nothing)
    {'l': ['a', {'n': '1152921504606846976'}, None, {'k': 'true'}]}
    """
    match value:
        case None | str():
            return value if value is None else clean_text(value)
        case bool():
            return {"k": "true" if value else "false"}
        case int() | float():
            return {"n": repr(value)}
        case Node():
            return _refer("v", elements.nodes.get(value), value)
        case Relationship():
            return _refer("r", elements.relationships.get(value), value)
        case Path():
            return _encode_path(value, elements)
        case Duration() | dt.timedelta():
            return {"t": format_duration(value)}
        case dt.date() | dt.time():
            return {"t": clean_text(format_temporal(value))}
        case bytes() | bytearray():
            return {"t": clean_text(value.hex())}
        case Mapping() | list() | tuple() | set() | frozenset():
            return _encode_many(value, elements, depth)
    return {"t": clean_text(value)}


def _refer(kind: str, number: int | None, value: Node | Relationship) -> dict[str, Any]:
    if number is not None:
        return {kind: number}
    words = value.labels if isinstance(value, Node) else (value.type,)
    return {"t": clean_text(f"(:{':'.join(words)})" if kind == "v" else f"[:{words[0]}]")}


def _encode_path(path: Path, elements: Elements) -> dict[str, Any]:
    """Return a path as its nodes and, between them, the type of each step and whether it goes forward."""
    return {
        "p": [_refer("v", elements.nodes.get(node), node) for node in path.nodes],
        "s": [
            [clean_text(edge.type), edge.start == node]
            for edge, node in zip(path.relationships, path.nodes, strict=False)
        ],
    }


def _encode_many(value: Any, elements: Elements, depth: int) -> dict[str, Any]:
    if depth >= MOST_DEEP:
        return {"t": "…"}
    items = list(value.items() if isinstance(value, Mapping) else value)
    more = [{"t": f"… +{len(items) - MOST_ITEMS}"}] if len(items) > MOST_ITEMS else []
    items = items[:MOST_ITEMS]
    if isinstance(value, Mapping):
        pairs = [[clean_text(key), encode_value(part, elements, depth + 1)] for key, part in items]
        return {"m": pairs + [["…", cell] for cell in more]}
    return {"l": [encode_value(part, elements, depth + 1) for part in items] + more}
