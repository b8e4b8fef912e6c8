"""From the engine's rows to nodes, relationships and paths.

The engine gives a node as a dictionary with ``@rid`` and ``@type``, a relationship the same without its
ends, and a path as text, ``(#1:0)-[#7:0]->(#4:0)``. What is missing is looked up, a batch at a time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .values import Node, Path, Relationship

__all__ = ["RowReader"]

_RID = r"#\d+:\d+"
_PATH = re.compile(rf"\({_RID}\)(?:<?-\[{_RID}\]->?\({_RID}\))*\Z")
_IDS = re.compile(_RID)


class RowReader:
    """Reads the rows of one database.

    Parameters
    ----------
    db
        An open database of the engine.
    plain
        Makes the engine's own values plain, where it gives others.
    """

    def __init__(self, db: Any, plain: Callable[[Any], Any] | None = None) -> None:
        self.db = db
        self.plain = plain
        self.types = self._read_types()

    def _read_types(self) -> dict[str, str]:
        return {row["name"]: row["type"] for row in self._ask("SELECT name, type FROM schema:types")}

    def _ask(self, sql: str) -> list[dict[str, Any]]:
        return self._make_plain(list(self.db.query("sql", sql).iter_dicts()))

    def _make_plain(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return rows if self.plain is None else [self.plain(row) for row in rows]

    def read(self, rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
        """Return the rows as tuples of Python's own values."""
        rows = self._make_plain(rows)
        wanted = list(_find_elements(rows))
        records = {e["@rid"]: e for e in wanted if isinstance(e, dict)}
        paths = {rid for e in wanted if isinstance(e, str) for rid in _IDS.findall(e)}
        records |= self._look_up(paths - records.keys())
        edges = [rid for rid, record in records.items() if self._is_edge(record)]
        ends = self._look_up_ends(edges)
        missing = {rid for pair in ends.values() for rid in pair} - records.keys()
        records |= self._look_up(missing)
        known: dict[str, Node | Relationship] = {
            rid: _make_node(record) for rid, record in records.items() if rid not in ends
        }
        for rid, (start, end) in ends.items():
            known[rid] = _make_relationship(records[rid], known[start], known[end])
        return [tuple(_resolve(value, known) for value in row.values()) for row in rows]

    def _is_edge(self, record: dict[str, Any]) -> bool:
        if record["@type"] not in self.types:
            self.types = self._read_types()
        return self.types.get(record["@type"]) == "edge"

    def _look_up(self, rids: Iterable[str]) -> dict[str, dict[str, Any]]:
        wanted = sorted(rids)
        if not wanted:
            return {}
        try:
            found = self._ask(f"SELECT [@this] AS record FROM [{','.join(wanted)}]")  # noqa: S608  checked by _RID
        except Exception:  # noqa: BLE001  one of them is no record, but a text that looks like one's name
            if len(wanted) == 1:
                return {}
            half = len(wanted) // 2
            return self._look_up(wanted[:half]) | self._look_up(wanted[half:])
        return {record["@rid"]: record for row in found for record in row["record"]}

    def _look_up_ends(self, rids: list[str]) -> dict[str, tuple[str, str]]:
        if not rids:
            return {}
        found = self._ask(f"SELECT @rid AS rid, @out AS source, @in AS target FROM [{','.join(rids)}]")  # noqa: S608
        return {str(row["rid"]): (str(row["source"]), str(row["target"])) for row in found}


def _find_elements(value: Any) -> Iterator[dict[str, Any] | str]:
    """Yield every record and every path anywhere in `value`."""
    if isinstance(value, dict):
        if "@rid" in value:
            yield value
        else:
            for part in value.values():
                yield from _find_elements(part)
    elif isinstance(value, list):
        for part in value:
            yield from _find_elements(part)
    elif isinstance(value, str) and value.startswith("(#") and _PATH.match(value):
        yield value


def _make_node(record: dict[str, Any]) -> Node:
    labels = tuple(sorted(record["@type"].split("~")))
    return Node(record["@rid"], labels, _properties(record))


def _make_relationship(record: dict[str, Any], start: Any, end: Any) -> Relationship:
    return Relationship(record["@rid"], record["@type"], start, end, _properties(record))


def _properties(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if not name.startswith("@")}


def _resolve(value: Any, known: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        if "@rid" in value:
            return known[value["@rid"]]
        return {key: _resolve(part, known) for key, part in value.items()}
    if isinstance(value, list):
        return [_resolve(part, known) for part in value]
    if isinstance(value, str) and value.startswith("(#") and _PATH.match(value):
        elements = [known.get(rid) for rid in _IDS.findall(value)]
        nodes = tuple(e for e in elements[::2] if isinstance(e, Node))
        edges = tuple(e for e in elements[1::2] if isinstance(e, Relationship))
        if len(nodes) + len(edges) == len(elements):
            return Path(nodes, edges)
    return value
