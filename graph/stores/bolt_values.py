"""Values of Neo4j's driver as Python's own, and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from neo4j import graph, spatial, time
from neo4j.vector import Vector

from ..._errors import InputError, QueryError
from .values import Duration, Node, Path, Relationship

__all__ = ["NodeCache", "convert_parameters", "convert_value", "find_bare_ends"]

NodeCache = dict[str, Node]
"""Nodes by element id, each converted once."""

_PLAIN = frozenset({type(None), bool, int, float, str, bytes})
_LONG = 2**63


class _Offset(dt.tzinfo):
    """An offset, and the name of its zone, in the form in which the driver takes both without harm.

    It asks a zone about times of its own types, at which those of Python raise `TypeError` and those of
    :mod:`zoneinfo` can end the process.
    """

    def __init__(self, offset: dt.timedelta, zone: str | None = None) -> None:
        self._offset = offset
        self.key = zone

    def utcoffset(self, _: object) -> dt.timedelta:
        return self._offset

    def dst(self, _: object) -> None:
        return None

    def tzname(self, _: object) -> None:
        return None


def find_bare_ends(rows: Iterable[Iterable[Any]]) -> list[str]:
    """Return the element ids of the relationships' ends of which the server sent nothing but the id."""
    found: dict[str, None] = {}
    for row in rows:
        for value in row:
            if type(value) not in _PLAIN:
                _find_bare_ends(value, found)
    return list(found)


def _find_bare_ends(value: Any, found: dict[str, None]) -> None:
    match value:
        case graph.Relationship():
            for node in value.nodes:
                # A node that really has no label and no property is asked for in vain, and stays as it is.
                if node is not None and not node.labels and not len(node):
                    found.setdefault(node.element_id)
        case graph.Path():
            for edge in value.relationships:
                _find_bare_ends(edge, found)
        case list():
            for part in value:
                _find_bare_ends(part, found)
        case dict():
            for part in value.values():
                _find_bare_ends(part, found)


def convert_value(value: Any, nodes: NodeCache) -> Any:
    """Return a value of the driver in Python's own types; see :class:`.Result`.

    Parameters
    ----------
    value
        Anything that a record holds.
    nodes
        Nodes that are known already; those that are met are added.
    """
    if type(value) in _PLAIN:
        return value
    match value:
        case list():
            return [convert_value(part, nodes) for part in value]
        case dict():
            return {name: convert_value(part, nodes) for name, part in value.items()}
        case graph.Node():
            return _convert_node(value, nodes)
        case graph.Relationship():
            return _convert_relationship(value, nodes)
        case graph.Path():
            return Path(
                tuple(_convert_node(node, nodes) for node in value.nodes),
                tuple(_convert_relationship(edge, nodes) for edge in value.relationships),
            )
        case spatial.Point():
            return {**dict(zip("xyz", value, strict=False)), "srid": value.srid}
        case bytearray():
            return bytes(value)
        case Vector():
            return value.to_native()
    return _convert_temporal(value)


def _convert_node(node: graph.Node, nodes: NodeCache) -> Node:
    known = nodes.get(node.element_id)
    if known is None:
        properties = {name: convert_value(part, nodes) for name, part in node.items()}
        known = nodes[node.element_id] = Node(node.element_id, tuple(sorted(node.labels)), properties)
    return known


def _convert_relationship(edge: graph.Relationship, nodes: NodeCache) -> Relationship:
    properties = {name: convert_value(part, nodes) for name, part in edge.items()}
    start, end = (
        Node("", (), {}) if node is None else _convert_node(node, nodes)
        for node in (edge.start_node, edge.end_node)
    )
    return Relationship(edge.element_id, edge.type, start, end, properties)


def _convert_temporal(value: Any) -> Any:
    match value:
        case time.DateTime():
            return _convert_datetime(value)
        case time.Date():
            return dt.date(*value.year_month_day)
        case time.Time():
            hour, minute, second, nanosecond = value.hour_minute_second_nanosecond
            offset = value.utc_offset()
            zone = None if offset is None else dt.timezone(offset)
            return dt.time(hour, minute, second, nanosecond // 1000, zone)
        case time.Duration():
            return _convert_duration(value)
    raise QueryError(
        f"the answer holds a value of the kind {type(value).__name__}, which Python cannot hold; "
        "return toString() of it"
    )


def _convert_datetime(value: time.DateTime) -> dt.datetime:
    """Convert by hand: the driver's own way leaves pytz's zones, which arithmetic gets wrong."""
    hour, minute, second, nanosecond = value.hour_minute_second_nanosecond
    plain = dt.datetime(*value.year_month_day, hour, minute, second, nanosecond // 1000)
    offset = value.utc_offset()
    if offset is None:
        return plain
    name = getattr(value.tzinfo, "zone", None)
    if name and name != "UTC":
        try:
            zone = ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            zone = None  # Windows without the package tzdata
        if zone is not None:
            # By the instant: pytz, which gave the offset, knows no summer time after 2037.
            return (plain - offset).replace(tzinfo=dt.UTC).astimezone(zone)
    return plain.replace(tzinfo=dt.timezone(offset))


def _convert_duration(value: time.Duration) -> dt.timedelta | Duration:
    months, days, seconds, nanoseconds = value
    if not months:
        microseconds = abs(nanoseconds) // 1000 * (1 if nanoseconds >= 0 else -1)
        try:
            return dt.timedelta(days=days, seconds=seconds, microseconds=microseconds)
        except OverflowError:
            pass  # beyond 2.7 million years
    return Duration(months, days, seconds, nanoseconds)


def convert_parameters(parameters: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return parameters as the driver takes them.

    Raises
    ------
    InputError
        One is of a type that Cypher does not have, or too large; it is named.
    """
    return {name: _bind(value, name) for name, value in (parameters or {}).items()}


def _bind(value: Any, name: str) -> Any:
    match value:
        case None | bool() | float() | str() | bytes() | bytearray():
            return value
        case int():
            if not -_LONG <= value < _LONG:
                raise InputError(f"parameter ${name}: {value} is no 64-bit integer")
            return value
        case Duration():
            return time.Duration(
                months=value.months, days=value.days, seconds=value.seconds, nanoseconds=value.nanoseconds
            )
        case dt.time() if value.tzinfo is not None and value.utcoffset() is None:
            raise InputError(
                f"parameter ${name}: a time of day needs a fixed offset, not the zone {value.tzinfo}"
            )
        case dt.time() | dt.datetime() if (offset := value.utcoffset()) is not None:
            zone = getattr(value.tzinfo, "key", None) or getattr(value.tzinfo, "zone", None)
            return value.replace(tzinfo=_Offset(offset, zone), fold=0)
        case dt.date() | dt.time() | dt.timedelta() | dt.datetime():
            return value
        case Mapping():
            if not all(isinstance(key, str) for key in value):
                raise InputError(f"parameter ${name}: the keys of a map must be text")
            return {key: _bind(part, name) for key, part in value.items()}
        case list() | tuple() if not isinstance(value, Path):
            return [_bind(part, name) for part in value]
    raise InputError(
        f"parameter ${name} must be None, bool, int, float, str, a list, a dict or a type of datetime; "
        f"found {type(value).__name__}"
    )
