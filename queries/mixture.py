"""Graphs between two others: what changed in the model, in what is known, or in the world, each by itself.

Between two data sets, or two days of one, three things can change. The *model*: components, solutions and
what they require. *Knowledge*: what is stated of a day that lies behind both. The *world*: what began or
ended between the two days, by the later statements. A mixture takes some of these changes and leaves the
others, so that one can see which of them an answer hangs on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, get_args

import pandas as pd

from ..graph import (
    COMPANY_RELATIONS,
    EVIDENCE,
    MODEL,
    EdgeTable,
    NodeTable,
    SupplyGraph,
    coerce_table,
    in_force,
    resolve_statements,
)

__all__ = ["CAUSES", "Cause", "FactChange", "FactWhat", "Mixer"]

Cause = Literal["world", "knowledge", "model"]
CAUSES: tuple[Cause, ...] = get_args(Cause)
FactWhat = Literal["added", "withdrawn", "removed", "re-graded", "corrected", "changed", "began", "ended"]

Key = tuple[str, ...]
Row = Mapping[str, Any]
Rows = dict[Key, Row]
Makes = Callable[[Cause, str, Key], bool]
"""Says of a cause, a table and a key whether the change is made."""

_REQUIRES = ("component_requires", "solution_requires", "solution_builds_on")
_PLAIN = ("layers", "segments", "components", "solutions", "layer_feeds", "segment_secures")
_STATED = (
    *("offers", "listed_in", "completeness", "segment_completeness"),
    *(relation.lower() for relation in COMPANY_RELATIONS),
)
# What a row of these tables is about: without it the model has no place for the row.
_ABOUT = {
    "offers": ("component", "components"),
    "listed_in": ("segment", "segments"),
    "completeness": ("component", "components"),
    "segment_completeness": ("segment", "segments"),
}
_GRADES = frozenset(prop.name for prop in EVIDENCE) | {"checked", "checked_on"}
# Columns that no answer depends on.
_WORDS = frozenset({"name_en", "name_zh", "name_ja", "aliases", "former_names", "note", "why"}) | {
    f"description_{lang}" for lang in ("en", "zh", "ja")
}


@dataclass(frozen=True)
class FactChange:
    """One fact that is not the same before and after.

    Parameters
    ----------
    table
        Table of the model.
    key
        Which fact: the ids of its key columns; blank where it names none.
    what
        Of the world: ``began``, ``ended``, ``changed`` (one statement follows another). Of knowledge:
        ``added``, ``withdrawn``, ``re-graded`` (only the evidence is another), ``corrected``. Of the model:
        ``added``, ``removed``, ``changed``.
    why
        ``world``, ``knowledge`` or ``model``.
    before, after
        The row that says so, by column: of what is known before, and after; of the world, both as the later
        statements have them. None if there is none.
    """

    table: str
    key: Key
    what: FactWhat
    why: Cause
    before: Row | None = field(default=None, compare=False, repr=False)
    after: Row | None = field(default=None, compare=False, repr=False)

    def name_key(self) -> dict[str, str]:
        """Return the ids of its key columns by column; blank ones are left out."""
        columns = zip(_name_key(self.table), self.key, strict=True)
        return {column: node for column, node in columns if node}

    def list_differences(self) -> list[tuple[str, Any, Any]]:
        """Return column, value before and value after where the two rows differ; names and notes left out."""
        if self.before is None or self.after is None:
            return []
        return [
            (column, self.before[column], self.after[column])
            for column in self.before
            if column in _differ(self.before, self.after) - _WORDS
        ]


class _View(SupplyGraph):
    """A graph of typed tables of rows that are in force; what is not is not there."""

    def __init__(self, tables: Mapping[str, pd.DataFrame], like: SupplyGraph, told: Collection[str]) -> None:
        super().__init__({}, name=like.name, version=like.version, date=like.date)
        self._tables |= tables
        self.as_of = like.as_of
        self._told = told

    def find_rows(self, name: str) -> None:
        """Return that all rows of a table are in force."""

    def has_edges(self, edge_type: str) -> bool:
        """Say whether there is any edge of a type, or history has one."""
        return edge_type in self._told or super().has_edges(edge_type)

    def edges(self, edge_type: str) -> pd.DataFrame:
        """Return the edges of a type; one row without ends where only history has any."""
        found = super().edges(edge_type)
        return found.reindex([0]) if found.empty and edge_type in self._told else found


class Mixer:
    """Two graphs fact by fact, and the mixtures of them.

    Parameters
    ----------
    before, after
        The graphs.
    """

    def __init__(self, before: SupplyGraph, after: SupplyGraph) -> None:
        self.before = before
        self.after = after
        # What the later statements say of the earlier day.
        same_day = before.as_of == after.as_of
        self.seen_back = after if same_day else SupplyGraph.of_typed(after.tables, as_of=before.as_of)
        self._told = [
            edge
            for edge in ("OFFERS", "REQUIRES")
            if not (before.edges(edge).empty and after.edges(edge).empty)
        ]
        self._rows: dict[tuple[str, str], Rows] = {}
        self._frames: dict[str, tuple[object, pd.DataFrame]] = {}

    def _held(self, table: str, side: Literal["before", "back", "after"]) -> Rows:
        """Rows of a table in force, by key: before; after, looked at on the earlier day; after."""
        if (table, side) not in self._rows:
            graph = {"before": self.before, "back": self.seen_back, "after": self.after}[side]
            whole = graph.table(table)
            frame = graph.current(table) if len(whole) else whole
            if table == "vendors":  # when it ends matters on the day only
                frame = frame.assign(until=None)
            if table == "listed_in":
                vendors = graph.table("vendors")
                gone = vendors.loc[~in_force(vendors[["until"]], graph.as_of or None), "id"]
                frame = frame[~frame["vendor"].isin(gone)]
            self._rows[table, side] = _read_rows(table, frame)
        return self._rows[table, side]

    def _all_rows(self, table: str, graph: SupplyGraph) -> Rows:
        side = "all before" if graph is self.before else "all after"
        if (table, side) not in self._rows:
            heard = resolve_statements(MODEL.tables[table], graph.table(table))
            self._rows[table, side] = _read_rows(table, heard)
        return self._rows[table, side]

    @cached_property
    def facts(self) -> tuple[FactChange, ...]:
        """Every fact that is not the same, by why, table and key."""
        found = [*self._list_model(), *self._list_knowledge(), *self._list_world()]
        return tuple(sorted(found, key=lambda f: (CAUSES.index(f.why), f.table, f.key)))

    @cached_property
    def causes(self) -> tuple[Cause, ...]:
        """What can have changed an answer at all."""
        found = {fact.why for fact in self.facts}
        if (self.before.as_of, self.before.date) != (self.after.as_of, self.after.date):
            found.add("knowledge")  # the same statements are older
        return tuple(cause for cause in CAUSES if cause in found)

    def _list_model(self) -> Iterator[FactChange]:
        for table in (*_PLAIN, *_REQUIRES):
            old, new = self._held(table, "before"), self._held(table, "after")
            for key in old.keys() | new.keys():
                rows = old.get(key), new.get(key)
                if key not in old or key not in new:
                    yield FactChange(table, key, "removed" if key in old else "added", "model", *rows)
                elif _differ(old[key], new[key]) - _WORDS - _GRADES:
                    yield FactChange(table, key, "changed", "model", *rows)

    def _list_knowledge(self) -> Iterator[FactChange]:
        for table in _REQUIRES:
            old, new = self._held(table, "before"), self._held(table, "after")
            for key in old.keys() & new.keys():
                if _differ(old[key], new[key]) & _GRADES:
                    yield FactChange(table, key, "re-graded", "knowledge", old[key], new[key])
        for table in ("vendors", *_STATED):
            old, new = self._held(table, "before"), self._held(table, "back")
            for key in old.keys() | new.keys():
                if self._stranger(table, key) or old.get(key) == new.get(key):
                    continue
                what = self._say_what(table, key, old, new)
                yield FactChange(
                    table,
                    key,
                    what,
                    "knowledge",
                    # Of what does not hold on that day, the statement that says otherwise.
                    old.get(key) or self._all_rows(table, self.before).get(key),
                    new.get(key) or self._all_rows(table, self.after).get(key),
                )

    def _say_what(self, table: str, key: Key, old: Rows, new: Rows) -> FactWhat:
        if key in old and key in new:
            return "corrected" if _differ(old[key], new[key]) - _GRADES else "re-graded"
        if key in old:  # still spoken of, but no longer said to hold on that day: corrected
            return "corrected" if key in self._all_rows(table, self.after) else "withdrawn"
        return "corrected" if key in self._all_rows(table, self.before) else "added"

    def _list_world(self) -> Iterator[FactChange]:
        for table in ("vendors", *_STATED):
            old, new = self._held(table, "back"), self._held(table, "after")
            for key in old.keys() | new.keys():
                if self._stranger(table, key) or old.get(key) == new.get(key):
                    continue
                what: FactWhat = (
                    "changed" if key in old and key in new else "ended" if key in old else "began"
                )
                yield FactChange(table, key, what, "world", old.get(key), new.get(key))

    def _stranger(self, table: str, key: Key) -> Literal["", "before", "after"]:
        """Say which model alone has what a fact is about, if only one has."""
        if table not in _ABOUT:
            return ""
        column, nodes = _ABOUT[table]
        about = (key[_name_key(table).index(column)],)
        here, there = about in self._held(nodes, "before"), about in self._held(nodes, "after")
        return "" if here == there else "before" if here else "after"

    def mix(self, causes: Collection[Cause], *, only: Collection[FactChange] | None = None) -> SupplyGraph:
        """Return the graph before with some of the changes made: with none it answers as before does.

        A fact about something that only one model has belongs to the model. A vendor that only one data set
        names is there: by itself it changes nothing.

        Parameters
        ----------
        causes
            Kinds of change that are made.
        only
            Of the world and of knowledge, only these facts; default: all. The model changes as a whole.
        """
        chosen = None if only is None else {(fact.why, fact.table, fact.key) for fact in only}

        def makes(cause: Cause, table: str, key: Key) -> bool:
            return cause in causes and (chosen is None or (cause, table, key) in chosen)

        side: Literal["before", "after"] = "after" if "model" in causes else "before"
        frames = {}
        for table in (*_PLAIN, *_REQUIRES, *_STATED, "vendors"):
            made: object = tuple(causes)
            if chosen is not None:
                made = frozenset(fact for fact in chosen if fact[1] == table and fact[0] in causes)
            if self._frames.get(table, (None,))[0] != (side, made):
                rows = list(self._mix_table(table, makes, side))
                frame = pd.DataFrame(rows, columns=MODEL.tables[table].columns, dtype=object)
                self._frames[table] = (side, made), coerce_table(MODEL.tables[table], frame)
            frames[table] = self._frames[table][1]
        return _View(frames, self.after if "knowledge" in causes else self.before, self._told)

    def _mix_table(self, table: str, makes: Makes, side: Literal["before", "after"]) -> Iterable[Row]:
        if table in _STATED:
            return self._mix_stated(table, makes, side)
        if table == "vendors":
            return self._mix_vendors(makes)
        rows = self._held(table, side)
        if table in _PLAIN:
            return rows.values()
        old, new = self._held(table, "before"), self._held(table, "after")
        return [
            _grade(row, (new if makes("knowledge", table, key) else old).get(key))
            for key, row in rows.items()
        ]

    def _mix_stated(self, table: str, makes: Makes, side: Literal["before", "after"]) -> Iterator[Row]:
        before, back, after = (self._held(table, at) for at in ("before", "back", "after"))
        for key in dict.fromkeys([*before, *back, *after]):
            old, told, new = before.get(key), back.get(key), after.get(key)
            stranger = self._stranger(table, key)
            row = old
            if stranger:
                row = (old if side == "before" else new) if stranger == side else None
            elif told != new and makes("world", table, key):
                row = new
            elif makes("knowledge", table, key):
                row = told
            if row is not None:
                yield row

    def _mix_vendors(self, makes: Makes) -> list[Row]:
        """Every vendor; those that are gone have no offer or relation in force any more."""
        old, new = self._all_rows("vendors", self.before), self._all_rows("vendors", self.after)
        rows = {key: new[key] for key in new if key not in old or makes("knowledge", "vendors", key)}
        return [{**row, "until": None} for row in {**old, **rows}.values()]


def _name_key(table: str) -> list[str]:
    """Columns that say which fact a row speaks of."""
    declared = MODEL.tables[table]
    if isinstance(declared, NodeTable):
        return ["id"]
    return declared.key if isinstance(declared, EdgeTable) else declared.columns[:2]


def _read_rows(table: str, frame: pd.DataFrame) -> Rows:
    """Return the rows of a table by their keys; a missing cell is None."""
    if frame.empty:
        return {}
    names = frame.columns.tolist()
    columns = [[None if pd.isna(cell) else cell for cell in frame[name].tolist()] for name in names]
    rows = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    key = _name_key(table)
    return {tuple(row[column] or "" for column in key): row for row in rows}


def _differ(old: Row, new: Row) -> set[str]:
    """Return the columns in which two rows differ."""
    return {column for column in old if old[column] != new[column]}


def _grade(row: Row, graded: Row | None) -> Row:
    """Return a requirement with the evidence of another statement of it, if there is one."""
    return {**row, **{name: graded[name] for name in _GRADES & graded.keys()}} if graded else row
