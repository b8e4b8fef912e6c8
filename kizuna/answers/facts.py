"""One fact that changed, in words: what it says, how it changed, since when, and who says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from kizuna.answers.names import Names, record_source
from kizuna.answers.sources import Sources
from kizuna.graph import MODEL, NodeTable, SupplyGraph
from kizuna.queries import FactChange

__all__ = ["FactTeller", "NamesOfBoth", "record_fact"]

_COLUMNS = 3  # that differ, beside one fact
_REQUIRES = ("component_requires", "solution_requires", "solution_builds_on")
# What of a row is worth a cell of a spreadsheet.
_WORTH = ("status", "role", "share", "level", "control", "since", "until", "alternatives", "kind")


class NamesOfBoth(Names):
    """Names of the nodes of two graphs: those of the later one, else those of the earlier."""

    def __init__(self, before: SupplyGraph, after: SupplyGraph, lang: str) -> None:
        super().__init__(after, lang)
        self._before = Names(before, lang)

    def name(self, label: str, node: str) -> str:
        """Return the name of a node, or its id if neither graph has it."""
        name = super().name(label, node)
        return self._before.name(label, node) if name == node else name


class FactTeller:
    """Tells facts, and numbers their sources."""

    def __init__(self, names: Names, sources: Sources) -> None:
        self._names = names
        self._sources = sources

    def name(self, fact: FactChange) -> str:
        """Return what a fact says."""
        names, table = self._names, MODEL.tables[fact.table]
        key = fact.name_key()
        if isinstance(table, NodeTable):
            return names.say("changes.fact.node", node=names.show(table.label, key["id"]))
        labels = {prop.name: prop.label for prop in table.properties}
        shown = {
            column: names.name(labels.get(column) or ("Country" if column == "country" else ""), node)
            if labels.get(column) or column == "country"
            else node
            for column, node in key.items()
        }
        if fact.table in _REQUIRES:
            whole = shown[table.columns[0]]
            return names.say("changes.fact.requires", whole=whole, part=shown["requires"])
        message = names.say(f"changes.fact.{fact.table}", **{"component": "", **shown})
        if "from_vendor" in shown and "component" in shown:
            return names.say("changes.fact.about", relation=message, component=shown["component"])
        return message

    def say(self, fact: FactChange) -> str:
        """Return a fact as one line: what it says, how it changed, when, and the number of its source."""
        names = self._names
        what = "new-in-model" if (fact.why, fact.what) == ("model", "added") else fact.what
        details = [names.say(f"changes.what.{what}"), *self._list_details(fact)]
        line = names.say(
            "changes.fact_line",
            fact=self.name(fact),
            details=names.say("changes.parts_separator").join(details),
        )
        row = fact.before if fact.what == "withdrawn" else fact.after or fact.before
        if row is None or "source_kind" not in row:
            return line
        return f"{line} [{self._sources.number(pd.Series(dict(row)))}]"

    def _list_details(self, fact: FactChange) -> list[str]:
        names = self._names
        if fact.why == "world" and fact.what in ("began", "ended"):
            row, column = (fact.after, "since") if fact.what == "began" else (fact.before, "until")
            day = (row or {}).get(column)
            return [names.say(f"changes.{column}", day=day)] if day else []
        details = [
            names.say("changes.column_change", column=column, before=_show(before), after=_show(after))
            for column, before, after in fact.list_differences()[:_COLUMNS]
        ]
        row = fact.after or fact.before or {}
        if fact.why == "knowledge" and row.get("as_of"):
            details.append(names.say("changes.stated", day=row["as_of"]))
        return details

    def say_row(self, row: Mapping[str, Any] | None, fact: FactChange) -> str | None:
        """Return what a row says beyond its key, as text; of two rows, where they differ."""
        if row is None:
            return None
        columns = [column for column, _, _ in fact.list_differences()] or _WORTH
        return (
            "; ".join(f"{column}={row[column]}" for column in columns if row.get(column) is not None) or None
        )


def _show(cell: Any) -> str:
    return "-" if cell is None else str(cell)


def record_fact(fact: FactChange, names: Names) -> dict[str, Any]:
    """Return a fact that changed, as JSON has it."""
    return {
        "table": fact.table,
        "key": fact.name_key(),
        "fact": FactTeller(names, Sources(names)).name(fact),
        "what": fact.what,
        "why": fact.why,
        "before": _record_row(fact.before),
        "after": _record_row(fact.after),
    }


def _record_row(row: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if row is None:
        return None
    known = {column: cell for column, cell in row.items() if cell is not None}
    evidence = record_source(pd.Series(dict(row))) if "source_kind" in row else None
    return {**{c: v for c, v in known.items() if evidence is None or c not in evidence}, "evidence": evidence}
