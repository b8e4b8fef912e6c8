"""The graph on days of the past: what the page needs to show it, as differences from the data's own day.

*World* is what changes between two days as today's statements tell both; *learned* is what changes on one
day between the statements made by then and those made since. The page holds the two apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import pandas as pd

from ..graph import COMPANY_RELATIONS, MODEL, EdgeTable, SupplyGraph, in_force, last_day, select_subgraph
from ..graph.view import first_days
from ..queries import Finding, Gaps, Scope, compare_graphs, find_gaps
from ..queries.mixture import FactChange

__all__ = ["MOST_DAYS", "DayWriter", "build_days", "list_days"]

MOST_DAYS = 8
"""Most days of the past that a page holds."""

_ROOM = 5_000  # offers and relations of which a page holds that many days; of more, fewer
_TRIALS = 8  # how often the facts behind one step are tried
_FACTS = 6  # facts shown of a change of which nobody found out which are enough


class DayWriter(Protocol):
    """What writes one graph for the page; positions are the same on all days."""

    graph: SupplyGraph
    gaps: Gaps
    place: dict[str, dict[str, int]]

    def at(self, graph: SupplyGraph, gaps: Gaps) -> DayWriter:
        """Return the writer of the same graph on another day."""

    def write_findings(self) -> list[dict[str, Any]]:
        """Return the findings as the page has them."""

    def write_cells(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Return the cells of coverage by component and country."""

    def write_offer(self, row: Mapping[str, Any], counted: bool) -> dict[str, Any]:
        """Return one offer."""


def list_days(graph: SupplyGraph, *, most: int = MOST_DAYS) -> tuple[list[str], int]:
    """Return the days of the past that a page shows, in order, and how many more there are.

    The report's day comes first; then the days on which an offer or a vendor begins or ends, the latest of
    each year before the others; then those of control; then those of the other relations between firms. A
    day on which nothing begins or ends is like the one before it, and the last of all is like today. Of a
    large graph there are fewer.

    Parameters
    ----------
    graph
        The graph; its own day is not among them. One that stands on no day has none.
    most
        At most so many.
    """
    if not graph.as_of:
        return [], 0
    size = len(graph.columns("offers")) + sum(len(graph.columns(e.lower())) for e in COMPANY_RELATIONS)
    most = min(most, most * _ROOM // max(size, 1))
    tables = [["offers", "vendors"], ["owns"], [e.lower() for e in COMPANY_RELATIONS]]
    turns = [{day for name in names for day in _turns(graph.table(name))} for names in tables]
    # From the last of all on, everything is as today.
    last = max((day for found in turns for day in found if day <= graph.as_of), default="")
    wanted = dict.fromkeys(day for day in [_report_day(graph)] if day)
    for found in turns:
        wanted.update(dict.fromkeys(_spread(found - {last})))
    past = [day for day in wanted if day < graph.as_of]
    return sorted(past[:most]), max(0, len(past) - most)


def _spread(days: Iterable[str]) -> list[str]:
    """Sort days from the latest back, the last one of each year before the others."""
    ordered = sorted(days, reverse=True)
    years = {day[:4]: day for day in reversed(ordered)}
    return [*reversed(years.values()), *(day for day in ordered if years[day[:4]] != day)]


def _turns(frame: pd.DataFrame) -> Iterator[str]:
    """Yield the days on which a row begins or ends."""
    for column in {"since", "until"} & set(frame.columns):
        yield from first_days(frame[column].dropna().drop_duplicates())


def _report_day(graph: SupplyGraph) -> str:
    """Return the day of the report, if statements of it are there; else a blank."""
    found = [
        last_day(date)
        for table in MODEL.tables.values()
        if isinstance(table, EdgeTable) and {"source_kind", "as_of"} <= set(table.columns)
        for frame in [graph.table(table.name)]
        if len(frame)
        for date in frame.loc[frame["source_kind"] == "report", "as_of"].dropna().unique()
    ]
    return max(found, default="")


def build_days(writer: DayWriter, today: Mapping[str, Any], scope: Scope) -> dict[str, Any]:
    """Return the days of the past as differences from `today`.

    Parameters
    ----------
    writer
        What wrote `today`.
    today
        The payload: its findings, cells, offers and relations.
    scope
        What was counted.

    Returns
    -------
    dict
        ``list``: the days. ``report``: which of them is the report's. ``left``: how many others were left
        out. ``at``: for each day what differs. ``findings``: those that are not as today, as differences from
        today's finding with the same id, or whole. ``past``: offers that are history today. ``steps``: gaps
        that the world opened or closed from one day to the next, and the facts behind them. ``briefs``: gaps
        that show only in what was known by a day. ``completeness``: what was stated of the lists of vendors.
    """
    days, left = list_days(writer.graph)
    builder = _Builder(writer, today, scope)
    for day in days:
        builder.add(day)
    builder.finish()
    report = _report_day(writer.graph)
    return {
        "list": days,
        "report": report if report in days else None,
        "left": left,
        "at": builder.days,
        "findings": builder.pool,
        "past": builder.past,
        "steps": builder.steps,
        "briefs": builder.briefs,
        "completeness": list(_list_completeness(writer)) if days else [],
    }


class _Builder:
    """Days, from the earliest to today."""

    def __init__(self, writer: DayWriter, today: Mapping[str, Any], scope: Scope) -> None:
        self.writer, self.today, self.scope = writer, today, scope
        self.days: list[dict[str, Any]] = []
        self.pool: list[dict[str, Any]] = []
        self.past: list[dict[str, Any]] = []
        self.steps: list[list[Any]] = []
        self.briefs: list[dict[str, Any]] = []
        self._now = {finding["id"]: i for i, finding in enumerate(today["findings"])}
        self._pooled: dict[str, int] = {}
        self._briefed: dict[str, int] = {}
        rows = _rows(writer.graph, "offers")
        self._offer_at = {int(row): i for i, row in enumerate(rows)}
        self._last: tuple[DayWriter, dict[str, int]] | None = None
        self._starts: dict[str, int] = {}
        start = 0
        for edge in COMPANY_RELATIONS:
            self._starts[edge.lower()] = start
            start += len(writer.graph.table(edge.lower()))

    def add(self, day: str) -> None:
        """Look at the graph on a day, and at what was known by then."""
        graph = self.writer.graph.on(day)
        writer = self.writer.at(graph, find_gaps(graph, scope=self.scope))
        market = writer.gaps.analysis.market
        refs = {finding["id"]: self._refer(finding) for finding in writer.write_findings()}
        rows = _rows(graph, "offers")
        there = {int(row) for row in rows}
        for row, counted in zip(rows.tolist(), market.counted.tolist(), strict=True):
            self._remember(row, counted)
        known = find_gaps(select_subgraph(graph, known_by=day), scope=self.scope)
        comparable = known.missing == writer.gaps.missing
        before = _by_id(known)
        self._step(writer, refs)
        self.days.append(
            {
                "findings": list(refs.values()),
                "counts": [len(rows), int(market.present.sum()), int(market.blank_status)],
                # An offer of today that is not in force; one of history that is.
                "off": [i for row, i in self._offer_at.items() if i < self._own and row not in there],
                "on": [i - self._own for row, i in self._offer_at.items() if i >= self._own and row in there],
                "ties": self._list_ties(day),
                "heads": self._list_heads(market.groups.head),
                "cells": list(self._list_cells(writer.write_cells())),
                "learned": {
                    "opened": [ref for node, ref in refs.items() if node not in before],
                    "closed": [self._brief(f, known) for node, f in before.items() if node not in refs],
                }
                if comparable
                else None,
            }
        )

    def finish(self) -> None:
        """Add the step from the last day to today."""
        self._step(self.writer, dict(self._now))

    @property
    def _own(self) -> int:
        return len(self.today["offers"])

    def _refer(self, finding: dict[str, Any]) -> int:
        """Return the number of a finding: among today's, or after them in the pool."""
        own = self._now.get(finding["id"])
        kept: dict[str, Any] = finding
        if own is not None:
            there = self.today["findings"][own]
            every = dict.fromkeys((*finding, *there))  # what today's has alone is null on that day
            kept = {key: finding.get(key) for key in every if finding.get(key) != there.get(key)}
            if not kept:
                return own
            kept = {"i": own, **kept}
        text = json.dumps(kept, sort_keys=True)
        if text not in self._pooled:
            self._pooled[text] = len(self._now) + len(self.pool)
            self.pool.append(kept)
        return self._pooled[text]

    def _remember(self, row: int, counted: bool) -> None:
        """Take an offer along that is history today."""
        if row not in self._offer_at:
            self._offer_at[row] = self._own + len(self.past)
            [cells] = self.writer.graph.table("offers").iloc[[row]].to_dict("records")
            known = {str(key): value for key, value in cells.items() if not pd.isna(value)}
            self.past.append(self.writer.write_offer(known, counted))

    def _list_ties(self, day: str) -> list[int]:
        """Relations that are in force on a day and not today, or the other way round."""
        today = [relation["in_force"] for relation in self.today["relations"]]
        then = [
            bool(holds)
            for edge in COMPANY_RELATIONS
            for holds in in_force(self.writer.graph.table(edge.lower()), day)
        ]
        return [i for i, (a, b) in enumerate(zip(today, then, strict=True)) if a != b]

    def _list_heads(self, head: Any) -> list[int]:
        """Vendors and their heads, one after the other, where the head is another than today."""
        today = self.writer.gaps.analysis.market.groups.head
        return [int(n) for v in np.flatnonzero(head != today) for n in (v, head[v])]

    def _list_cells(self, cells: Mapping[str, Mapping[str, Any]]) -> Iterator[list[Any]]:
        """Yield component, country and cell where the cell is another than today."""
        for c, component in enumerate(self.today["components"]):
            for country, cell in cells.get(component["id"], {}).items():
                if cell != component["cells"].get(country):
                    yield [c, country, cell["vendors"], cell["groups"], cell["state"], cell["level"]]

    def _brief(self, finding: Finding, gaps: Gaps) -> int:
        """Return the number of a gap that shows only in what was known."""
        component = self.writer.place["components"]
        if finding.id not in self._briefed:
            self._briefed[finding.id] = len(self.briefs)
            self.briefs.append(
                {
                    "id": finding.id,
                    "kind": finding.kind,
                    "unit": finding.unit,
                    "member": finding.member,
                    "roots": [component[root] for root in finding.roots],
                    "solutions": len(finding.solutions),
                    **({"fragile": True} if finding in gaps.fragile else {}),
                }
            )
        return self._briefed[finding.id]

    def _step(self, writer: DayWriter, refs: dict[str, int]) -> None:
        """Say which gaps the world opened or closed since the day before, and what was enough for it."""
        last, self._last = self._last, (writer, refs)
        if last is None:
            return
        before, were = last
        ids = [*(refs.keys() - were.keys()), *(were.keys() - refs.keys())]
        if not ids:
            return
        made = compare_graphs(before.graph, writer.graph, scope=self.scope, only=sorted(ids), trials=_TRIALS)
        places = _Places(self, before.graph, writer.graph)
        for change in (*made.opened, *made.closed):
            enough = change.enough is not None
            facts = change.enough if change.enough is not None else change.facts[:_FACTS]
            ref = refs[change.id] if change.kind == "opened" else were[change.id]
            self.steps.append([len(self.days), change.kind, ref, enough, list(places.find(facts))])


class _Places:
    """Where the page has a fact that began or ended between two days."""

    def __init__(self, builder: _Builder, before: SupplyGraph, after: SupplyGraph) -> None:
        self._builder = builder
        self._graphs = {"ended": before, "began": after, "changed": after}
        self._found: dict[tuple[str, str], dict[tuple[str, ...], int]] = {}

    def find(self, facts: Iterable[FactChange]) -> Iterator[list[Any]]:
        """Yield kind, number and what happened of the facts that the page has."""
        for fact in facts:
            if fact.table == "vendors":
                yield ["vendor", self._builder.writer.place["vendors"][fact.key[0]], fact.what]
            elif fact.what in self._graphs and (
                fact.table == "offers" or fact.table in self._builder._starts
            ):
                row = self._rows_of(fact.table, fact.what).get(fact.key)
                if row is None:
                    continue
                if fact.table == "offers":
                    yield ["offer", self._builder._offer_at[row], fact.what]
                else:
                    yield ["relation", self._builder._starts[fact.table] + row, fact.what]

    def _rows_of(self, table: str, what: str) -> Mapping[tuple[str, ...], int]:
        if (table, what) not in self._found:
            graph = self._graphs[what]
            declared = MODEL.tables[table]
            key = declared.key if isinstance(declared, EdgeTable) else ["id"]
            frame = graph.current(table)[key].fillna("")
            keys: Sequence[tuple[str, ...]] = list(frame.itertuples(index=False, name=None))
            self._found[table, what] = dict(zip(keys, _rows(graph, table).tolist(), strict=True))
        return self._found[table, what]


def _rows(graph: SupplyGraph, table: str) -> Any:
    """Positions in its table of the rows in force."""
    rows = graph.find_rows(table)
    return np.arange(len(graph.table(table))) if rows is None else rows


def _by_id(gaps: Gaps) -> dict[str, Finding]:
    return {finding.id: finding for finding in (*gaps.findings, *gaps.fragile)}


def _list_completeness(writer: DayWriter) -> Iterator[list[Any]]:
    """Yield component, country, level and date of each dated statement on a list of vendors."""
    frame = writer.graph.current("completeness")
    component = writer.place["components"]
    for row in frame[frame["as_of"].notna()].to_dict("records"):
        yield [component[row["component"]], row["country"], row["level"], row["as_of"]]
