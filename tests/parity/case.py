"""How a case of the parity corpus is written, and how values are told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from kizuna import KizunaError
from kizuna.graph.stores import Duration, Node, Path, Relationship

__all__ = [
    "ARCADE",
    "EMBEDDED",
    "NO_COLUMNS",
    "Case",
    "Drawn",
    "case",
    "describe",
    "describe_rows",
    "draw",
    "error",
    "on",
]

EMBEDDED = "native jvm"
"""The engines behind the embedded store."""
ARCADE = f"{EMBEDDED} bolt"
"""Those that are ArcadeDB in one form or another."""
NO_COLUMNS = {"bolt": "without a row, the engine's Bolt server names no columns"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A node, a relationship or a path of an expected row: ``(Vendor:sony)-[OFFERS]->(Component:camera)``."""

    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """A query and the answer that every engine gives.

    Parameters
    ----------
    name
        What the case shows.
    cypher
        The query.
    columns, rows
        The answer; in this order if the query orders it. A node, a relationship or a path is a `Drawn`.
    parameters
        By name.
    error
        The class that is raised instead of an answer, exactly.
    given
        For a case that writes: the statement that writes what the query finds. What is written bears the
        label ``Scratch``, by which it is removed.
    then
        For a case that writes: a further query, whose answer is `columns` and `rows` instead.
    differs
        Engines that do not do so, each with the reason.
    """

    name: str
    cypher: str
    columns: tuple[str, ...] = ()
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    error: type[KizunaError] | None = None
    writes: bool = False
    given: str = ""
    then: str = ""
    differs: Mapping[str, str] = field(default_factory=dict)

    @property
    def ordered(self) -> bool:
        """Whether the order of the rows is part of the answer."""
        return "ORDER BY" in (self.then or self.cypher).rpartition("RETURN")[2]


def case(name: str, cypher: str, columns: str | Sequence[str], *rows: tuple[Any, ...], **more: Any) -> Case:
    """Return a case with an answer; `columns` is one text if no name has a blank."""
    names = columns.split() if isinstance(columns, str) else columns
    return Case(name, cypher, tuple(names), list(rows), **more)


def on(engines: str, reason: str) -> dict[str, str]:
    """Return the same reason for several engines."""
    return dict.fromkeys(engines.split(), reason)


def error(name: str, cypher: str, kind: type[KizunaError], **more: Any) -> Case:
    """Return a case that raises an error of just this class."""
    return Case(name, cypher, error=kind, **more)


def describe_rows(rows: Sequence[tuple[Any, ...]], *, ordered: bool) -> list[str]:
    """Return rows as texts that are equal if the rows are, types included."""
    texts = [" | ".join(describe(value) for value in row) for row in rows]
    return texts if ordered else sorted(texts)


def describe(value: Any) -> str:
    """Return a value as text: what differs in type differs in text, so 1 is neither 1.0 nor true."""
    match value:
        case Drawn():
            return value.text
        case Node() | Relationship() | Path():
            return draw(value)
        case Duration():
            return repr(value)
        case datetime() | time():
            return f"{type(value).__name__} {value.isoformat()}{_describe_zone(value.tzinfo)}"
        case date() | timedelta():
            return f"{type(value).__name__} {value}"
        case list():
            return f"[{', '.join(map(describe, value))}]"
        case dict():
            return f"{{{', '.join(f'{key!r}: {describe(value[key])}' for key in sorted(value))}}}"
        case None | bool() | int() | float() | str():
            return f"{value!r}" if type(value) in _PLAIN else f"{type(value)} {value!r}"
    return f"{type(value)} {value!r}"


_PLAIN = (type(None), bool, int, float, str)


def _describe_zone(zone: tzinfo | None) -> str:
    key = getattr(zone, "key", None)
    return f"[{key}]" if key else ""


def draw(value: Node | Relationship | Path) -> str:
    """Draw a node, a relationship or a path by labels, types and ids."""
    match value:
        case Node():
            return f"({'&'.join(value.labels)}:{value.properties.get('id')})"
        case Relationship():
            return f"{draw(value.start)}-[{value.type}]->{draw(value.end)}"
    text = draw(value.nodes[0])
    for start, edge, end in zip(value.nodes, value.relationships, value.nodes[1:], strict=False):
        ahead = edge.start == start and edge.end == end
        text += (f"-[{edge.type}]->" if ahead else f"<-[{edge.type}]-") + draw(end)
    return text
