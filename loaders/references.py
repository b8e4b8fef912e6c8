"""Whether ids are unique, and whether what refers to a node finds one."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ..graph import MODEL, EdgeTable, Kind, NodeTable, Property
from .cells import filled, find_misfits, to_arrow, to_mask
from .problems import Problem, describe_rows, suggest

__all__ = ["check_ids", "check_references", "check_shared_ids", "collect_ids"]

Tables = Mapping[str, pd.DataFrame]
#: What is known of tables that could not be read whole: ids of lost rows, or ``None`` for a whole file.
Lost = Mapping[str, Collection[str] | None]
Known = Mapping[str, pa.Array | None]
_NOBODY = pd.DataFrame({"id": pd.Series([], dtype="str")})


def check_ids(file: str, frame: pd.DataFrame) -> list[Problem]:
    """Return the rows of a node table whose id an earlier row has."""
    if "id" not in frame.columns:
        return []
    ids = filled(frame["id"])
    if ids.is_unique:
        return []
    again = ids[ids.duplicated()]
    first = ids[ids.isin(again)].drop_duplicates()
    row_of = dict(zip(first.tolist(), first.index.tolist(), strict=True))
    return describe_rows(
        file,
        "id",
        "duplicate-id",
        again,
        allowed="an id that no other row has",
        advice=lambda value: f"row {row_of[value]} has it already",
    )


def check_shared_ids(tables: Tables) -> list[Problem]:
    """Return the solutions that have the id of a component: a requirement would not say which it means."""
    if "components" not in tables or "solutions" not in tables:
        return []
    components, solutions = tables["components"], tables["solutions"]
    if "id" not in components.columns or "id" not in solutions.columns:
        return []
    ids = filled(solutions["id"])
    return describe_rows(
        "solutions.csv",
        "id",
        "shared-id",
        ids[ids.isin(components["id"])],
        allowed="an id that no component has",
        advice="give the solution another id",
    )


def collect_ids(tables: Tables, lost: Lost) -> dict[str, pa.Array | None]:
    """Return the known ids of every label; ``None`` where they cannot be known."""
    known: dict[str, pa.Array | None] = {}
    for label, table in MODEL.nodes.items():
        left_out = lost.get(table.name, ())
        frame = tables.get(table.name, _NOBODY)
        if left_out is None or "id" not in frame.columns:
            known[label] = None
        else:
            known[label] = pa.array([*frame["id"].unique(), *left_out], pa.large_string())
    return known


def _items(values: pd.Series) -> pd.Series:
    """Return the values of list cells, each under the row of its cell."""
    items = values.str.split(";").explode().str.strip()
    return filled(items).astype("str")


def _check_column(file: str, prop: Property, column: pd.Series, label: str, ids: pa.Array) -> list[Problem]:
    """Return the cells that name no node of a label; blank ones name none and need none."""
    unknown = pc.invert(pc.is_in(to_arrow(column), value_set=ids))
    values = filled(column[to_mask(unknown)]) if pc.any(unknown).as_py() else column.iloc[:0]
    # A value of the wrong form is reported as such, not as unknown too.
    values = values.drop(find_misfits(values, prop).index)
    table = MODEL.nodes[label].name
    return describe_rows(
        file,
        prop.name,
        "unknown-id",
        values,
        allowed=f"an id in {table}.csv",
        advice=lambda value: suggest(value, ids.to_pylist()) or f"add it to {table}.csv",
    )


def _describe_missing(file: str, prop: Property, column: pd.Series, label: str) -> list[Problem]:
    """Return one problem for a column that names nodes of a table that is not there at all."""
    if (column == "").all():
        return []
    table = MODEL.nodes[label].name
    found = f"values, but no file {table}.csv"
    advice = f"add {table}.csv with these ids, or empty the column"
    return [Problem(file, None, prop.name, "missing-table", found, f"an id in {table}.csv", advice)]


def _check_any_label(file: str, table: EdgeTable, frame: pd.DataFrame, known: Known) -> list[Problem]:
    """Check an end that may be a node of any label, named in a column beside it."""
    problems: list[Problem] = []
    for end in (table.source, table.target):
        if end.label_column is None or not {end.label_column, end.column} <= set(frame.columns):
            continue
        labels = filled(frame[end.label_column])
        bad = labels[~labels.isin(list(known))]
        problems += describe_rows(
            file,
            end.label_column,
            "unknown-label",
            bad,
            allowed=f"one of {', '.join(known)}",
            advice=lambda value: suggest(value, known),
        )
        for label, group in frame.loc[labels.index.difference(bad.index)].groupby(end.label_column):
            ids = known[str(label)]
            if ids is not None:
                prop = table.property(end.column)
                problems += _check_column(file, prop, group[end.column], str(label), ids)
    return problems


def check_references(tables: Tables, lost: Lost) -> list[Problem]:
    """Return every cell that names a node which is not there; each value of a list is one name."""
    known = collect_ids(tables, lost)
    absent = {t.label for t in MODEL.nodes.values() if t.name not in tables and t.name not in lost}
    problems: list[Problem] = []
    for name, frame in tables.items():
        table = MODEL.tables[name]
        for prop in table.properties:
            ids = known[prop.label] if prop.label else None
            if prop.label is None or ids is None or prop.name not in frame.columns:
                continue
            column = frame[prop.name]
            if prop.label in absent:
                problems += _describe_missing(f"{name}.csv", prop, column, prop.label)
                continue
            if prop.kind is Kind.LIST:
                column = _items(filled(column))
            problems += _check_column(f"{name}.csv", prop, column, prop.label, ids)
        if isinstance(table, EdgeTable):
            problems += _check_any_label(f"{name}.csv", table, frame, known)
        elif isinstance(table, NodeTable):
            problems += check_ids(f"{name}.csv", frame)
    return problems
