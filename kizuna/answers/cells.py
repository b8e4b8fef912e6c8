"""One value of a query's answer, as text for people and as JSON for programs."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

from kizuna._messages import pick_name
from kizuna._render import Cell
from kizuna.graph.stores.iso import format_duration, format_temporal
from kizuna.graph.stores.values import Duration, Node, Path, Relationship

__all__ = ["record_value", "show_value"]

_NAMES = ("name", "title")  # what other people's graphs call it


def show_value(value: Any, lang: str = "en") -> Cell:
    """Return a value as people read it, in a table, a CSV file or Markdown.

    A node is its name, label and id; a relationship its ends around its type, a path a chain of those; lists
    and maps are JSON with such texts inside; times are ISO 8601. Numbers stay numbers.

    Examples
    --------
    >>> vendor = Node("#1:0", ("Vendor",), {"id": "tsmc", "name_en": "TSMC", "name_zh": "台積電"})
    >>> show_value(vendor, "zh")
    '台積電 (Vendor tsmc)'
    >>> show_value(Relationship("#2:0", "SUPPLIES", vendor, vendor, {}))
    '(tsmc)-[SUPPLIES]->(tsmc)'
    >>> show_value([1, None, vendor])
    '[1, null, "TSMC (Vendor tsmc)"]'
    """
    match value:
        case None | str():
            return value
        case bool():
            return "true" if value else "false"
        case int():
            return value
        case float():
            return value if math.isfinite(value) else _name_float(value)
        case Node():
            return _show_node(value, lang)
        case Relationship():
            return f"{_show_end(value.start)}-[{value.type}]->{_show_end(value.end)}"
        case Path():
            return _show_path(value)
        case Duration():
            return format_duration(value)
        case list() | tuple() | Mapping():
            return json.dumps(_show_nested(value, lang), ensure_ascii=False)
        case _:
            return _show_other(value)


def _name_float(value: float) -> str:
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def _show_nested(value: Any, lang: str) -> Any:
    match value:
        case Duration():
            return show_value(value)
        case list() | tuple():
            return [_show_nested(part, lang) for part in value]
        case Mapping():
            return {key: _show_nested(part, lang) for key, part in value.items()}
        case bool():
            return value
        case _:
            return show_value(value, lang)


def _find_name(node: Node, lang: str) -> str:
    texts = {key: text for key, text in node.properties.items() if isinstance(text, str) and key != "id"}
    return pick_name(texts, lang) or next((texts[key] for key in _NAMES if texts.get(key)), "")


def _find_key(node: Node) -> str:
    key = node.properties.get("id")
    return "" if key is None else str(key)


def _show_node(node: Node, lang: str) -> str:
    name, key = _find_name(node, lang), _find_key(node)
    if not name and not key:
        key = node.element_id
    inside = " ".join(part for part in (":".join(node.labels), key) if part)
    return f"{name} ({inside})" if name and name != key else f"({inside})"


def _show_end(node: Node) -> str:
    return f"({_find_key(node) or _find_name(node, 'en') or node.element_id})"


def _show_path(path: Path) -> str:
    text = _show_end(path.nodes[0]) if path.nodes else "()"
    for node, edge in zip(path.nodes[1:], path.relationships, strict=True):
        forwards = edge.end == node
        left, right = ("-", "->") if forwards else ("<-", "-")
        text += f"{left}[{edge.type}]{right}{_show_end(node)}"
    return text


def _show_other(value: Any) -> str:
    match value:
        case date() | time():
            return format_temporal(value)
        case timedelta():
            return format_duration(value)
        case bytes() | bytearray():
            return value.hex()
        case _:
            return str(value)


def record_value(value: Any) -> Any:
    """Return a value as JSON has it.

    A node is an object of ``id`` (the store's own, good within one answer), ``labels`` and ``properties``; a
    relationship of ``id``, ``type``, ``start``, ``end`` (both whole nodes) and ``properties``; a path of
    ``nodes`` and ``relationships``, whose ends have only their ``id``. Times are ISO 8601 text, and so are
    numbers that JSON lacks (``NaN``). Properties are in the order of their names, ``id`` first.
    """
    match value:
        case None | str() | bool() | int():
            return value
        case float():
            return value if math.isfinite(value) else _name_float(value)
        case Node():
            return _record_node(value)
        case Relationship():
            return _record_relationship(value, _record_node(value.start), _record_node(value.end))
        case Path():
            return {
                "nodes": [_record_node(node) for node in value.nodes],
                "relationships": [
                    _record_relationship(edge, {"id": edge.start.element_id}, {"id": edge.end.element_id})
                    for edge in value.relationships
                ],
            }
        case Duration():
            return show_value(value)
        case list() | tuple():
            return [record_value(part) for part in value]
        case Mapping():
            return {str(key): record_value(part) for key, part in value.items()}
        case _:
            return _show_other(value)


def _record_node(node: Node) -> dict[str, Any]:
    return {
        "id": node.element_id,
        "labels": list(node.labels),
        "properties": _record_properties(node.properties),
    }


def _record_relationship(edge: Relationship, start: dict[str, Any], end: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": edge.element_id,
        "type": edge.type,
        "start": start,
        "end": end,
        "properties": _record_properties(edge.properties),
    }


def _record_properties(properties: Mapping[str, Any]) -> dict[str, Any]:
    names = sorted(properties, key=lambda name: (name != "id", name))
    return {name: record_value(properties[name]) for name in names}
