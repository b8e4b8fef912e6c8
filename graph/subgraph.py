"""Parts of a graph: by data set, country, layer, and by what was known at a date."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from .._errors import InputError
from .model import MODEL
from .schema import ColumnEdge, NodeTable
from .supply import SupplyGraph
from .view import end_of_date, first_days, last_day

__all__ = ["drop_dangling", "list_datasets", "select_subgraph"]

# Reference tables stay whole whatever is selected: they say what there could be, not what there is.
_REFERENCE = ("layers", "segments", "countries")


def list_datasets(graph: SupplyGraph) -> list[str]:
    """Return the data sets that make statements in the graph, sorted.

    Examples
    --------
    >>> list_datasets(SupplyGraph({}))
    []
    """
    found: set[str] = set()
    for frame in graph.tables.values():
        if "dataset" in frame.columns:
            found.update(frame["dataset"].dropna().unique())
    return sorted(found)


def select_subgraph(
    graph: SupplyGraph,
    *,
    dataset: str | None = None,
    known_by: str | None = None,
    as_of: str | None = None,
    countries: Collection[str] | None = None,
    layers: Collection[str] | None = None,
) -> SupplyGraph:
    """Return the part of `graph` that all the given conditions leave.

    Parameters
    ----------
    graph
        The whole.
    dataset
        Only statements of this data set, and the nodes they speak of. The new graph's date is that of its
        latest statement. The world as the report of 2017 saw it is ``dataset="report-2017"``, not a date.
    known_by
        Only statements made by this date (a partial date counts as its last day; undated ones stay).
    as_of
        The date that the new graph stands on: what is in force is what was valid on that day. Takes away
        no statement.
    countries
        Only vendors with their seat in these countries (ISO codes), and what is left of their offers and
        relations. Components and solutions stay: that nobody is left to offer one is the answer.
    layers
        Only segments of these layers, their components, and the vendors that offer or are listed there.

    Raises
    ------
    InputError
        A data set, country or layer that the graph does not have; a date that is none.
    """
    tables = dict(graph.tables)
    date, day = graph.date, graph.as_of
    if dataset is not None:
        tables = _select_dataset(graph, dataset)
        date = day = _latest_statement(tables, graph.date)
    if known_by is not None:
        tables = _select_known(tables, known_by)
    if countries is not None:
        _check_names("countries", countries, graph.table("countries")["id"])
        tables["vendors"] = tables["vendors"][tables["vendors"]["country"].isin(list(countries))]
        tables = drop_dangling(tables)
    if layers is not None:
        _check_names("layers", layers, graph.table("layers")["id"])
        tables = _select_layers(tables, layers)
    day = end_of_date(as_of) or day
    return SupplyGraph.of_typed(tables, name=graph.name, version=graph.version, date=date, as_of=day)


def _check_names(argument: str, given: Collection[str], known: pd.Series) -> None:
    if isinstance(given, str):
        raise InputError(f"`{argument}` must be a list of names, not the text {given!r}")
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise InputError(f"`{argument}`: no {', '.join(unknown)}; there are {', '.join(sorted(known))}")


def _select_dataset(graph: SupplyGraph, dataset: str) -> dict[str, pd.DataFrame]:
    known = list_datasets(graph)
    if dataset not in known:
        raise InputError(f"`dataset`: no {dataset!r}; there are {', '.join(known) or 'none'}")
    tables = {
        name: frame[frame["dataset"] == dataset]
        if "dataset" in frame.columns and name != "vendors"
        else frame
        for name, frame in graph.tables.items()
    }
    spoken_of = _spoken_of(tables)
    for label, table in MODEL.nodes.items():
        frame = tables[table.name]
        if table.name not in _REFERENCE and ("dataset" not in frame.columns or label == "Vendor"):
            tables[table.name] = frame[frame["id"].isin(_with_ancestors(frame, spoken_of[label]))]
    return drop_dangling(tables)


def _latest_statement(tables: dict[str, pd.DataFrame], date: str) -> str:
    """Return the day of the latest statement, never after the whole data set's own."""
    days = [
        last_day(stated)
        for name, frame in tables.items()
        if not isinstance(MODEL.tables[name], NodeTable) and "as_of" in frame.columns
        for stated in frame["as_of"].dropna().unique()
    ]
    return min(filter(None, [max(days, default=""), date]), default="")


def _spoken_of(tables: dict[str, pd.DataFrame]) -> dict[str, set[str]]:
    """Ids of each label that some statement names; a mere link of two nodes is no statement."""
    found: dict[str, set[str]] = {label: set() for label in MODEL.nodes}
    for table in MODEL.tables.values():
        if isinstance(table, NodeTable) or "dataset" not in table.columns:
            continue
        for prop in table.properties:
            if prop.label is not None:
                found[prop.label].update(tables[table.name][prop.name].dropna())
    return found


def _with_ancestors(frame: pd.DataFrame, ids: set[str]) -> set[str]:
    """Add the wider domains of the domains named."""
    if "broader" not in frame.columns:
        return ids
    broader = dict(zip(frame["id"], frame["broader"], strict=True))
    todo, found = list(ids), set(ids)
    while todo:
        above = broader.get(todo.pop())
        if isinstance(above, str) and above not in found:
            found.add(above)
            todo.append(above)
    return found


def _select_known(tables: dict[str, pd.DataFrame], known_by: str) -> dict[str, pd.DataFrame]:
    day = last_day(known_by, name="known_by")
    selected = {}
    for name, frame in tables.items():
        if not isinstance(MODEL.tables[name], NodeTable) and "as_of" in frame.columns:
            told = first_days(frame["as_of"])
            frame = frame[told.isna() | (told <= day)]
        selected[name] = frame
    return selected


def _select_layers(tables: dict[str, pd.DataFrame], layers: Collection[str]) -> dict[str, pd.DataFrame]:
    segments = tables["segments"]
    secures = tables["segment_secures"]
    securing = secures.loc[secures["layer"].isin(list(layers)), "segment"]
    kept = segments["layer"].isin(list(layers)) | segments["id"].isin(securing)
    tables = {**tables, "segments": segments[kept]}
    tables["layers"] = tables["layers"][tables["layers"]["id"].isin(list(layers))]
    components = tables["components"]
    tables["components"] = components[components["segment"].isin(tables["segments"]["id"])]
    tables = drop_dangling(tables)
    there = set(tables["offers"]["vendor"]) | set(tables["listed_in"]["vendor"])
    tables["vendors"] = tables["vendors"][tables["vendors"]["id"].isin(there)]
    return drop_dangling(tables)


def drop_dangling(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Drop rows that name a node which is no longer there; a blank reference names none."""
    ids = {label: tables[table.name]["id"] for label, table in MODEL.nodes.items()}
    column_edges = {(edge.table, edge.column) for edge in MODEL.column_edges if isinstance(edge, ColumnEdge)}
    for name, table in MODEL.tables.items():
        frame = tables[name]
        kept = np.ones(len(frame), dtype=bool)
        for prop in table.properties:
            # A list (in_house) names what the vendor makes, there or not; a column edge of a kept node stays.
            if prop.label is None or prop.kind == "list" or (name, prop.name) in column_edges:
                continue
            named = frame[prop.name]
            # Not `Series.isin`, which makes a Python text of every cell of both.
            there = pc.is_in(pa.array(named), value_set=pa.array(ids[prop.label]))
            kept &= np.asarray(named.isna()) | np.asarray(there)
        tables[name] = frame if kept.all() else frame[kept]
    about = tables["about"]
    nodes = {label: set(ids[label]) for label in about["about_label"].dropna().unique() if label in ids}
    spoken = [
        i in nodes.get(label, ()) for label, i in zip(about["about_label"], about["about"], strict=True)
    ]
    tables["about"] = about[pd.Series(spoken, index=about.index, dtype=bool)]
    return tables
