"""A graph as the nodes and relationships of a store, and back.

Both stores hold the same elements, so that the same Cypher gives the same rows:

- a row of a node table is a node; its label is the model's, its properties are the known cells;
- a row of an edge table is a relationship. Statements that are not in force on the graph's day (ended, not
  yet begun, overruled by a later statement, of a vendor that is gone) have a type of their own,
  ``OFFERS_NOT_IN_FORCE`` for ``OFFERS``, so that a plain ``MATCH`` finds facts only;
- a column that names a node (``vendors.country``) is both a property and a relationship (``BASED_IN``);
- a row of any other table (``completeness``) is a node of its own label (``Completeness``,
  ``CompletenessNotInForce``);
- one node ``KizunaGraph`` says which graph this is.

Every element has ``graph``, the name of the graph it belongs to, and every row ``row``, its place in the
table. Lists are lists, dates are text, because they may be partial (2024, 2024-04).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..model import MODEL
from ..schema import EdgeTable, Kind, NodeTable, Table
from ..supply import SupplyGraph
from ..tables import split_list
from .checks import is_known

__all__ = [
    "GRAPH_LABEL",
    "NOT_IN_FORCE",
    "EdgeBatch",
    "NodeBatch",
    "build_graph",
    "find_places",
    "list_edges",
    "list_labels",
    "list_nodes",
    "list_types",
    "name_label",
    "name_type",
    "number_rows",
]

GRAPH_LABEL = "KizunaGraph"
"""Label of the node that says which graph this is."""
NOT_IN_FORCE = "NOT_IN_FORCE"
_UNNAMED = "unnamed"
_ABOUT = ("version", "date", "as_of", "content_hash")


@dataclass(frozen=True, slots=True)
class NodeBatch:
    """Nodes of one label: their properties, ``id``, ``graph`` and (from a table) ``row`` among them."""

    label: str
    rows: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class EdgeBatch:
    """Relationships of one type between two labels.

    `rows` are triples of the id of the start, the id of the end, and the properties, ``graph`` among them.
    """

    type: str
    source: str
    target: str
    rows: list[tuple[str, str, dict[str, Any]]]


def list_labels() -> list[str]:
    """Return every label that a store may hold."""
    records = [t for t in MODEL.tables.values() if not isinstance(t, NodeTable | EdgeTable)]
    return [*MODEL.nodes, *(name_label(t, past) for t in records for past in (False, True)), GRAPH_LABEL]


def list_types() -> list[str]:
    """Return every relationship type that a store may hold."""
    past = dict.fromkeys(name_type(t, past=True) for t in MODEL.edges)
    return [*MODEL.edge_types, *past]


def number_rows(graph: SupplyGraph) -> SupplyGraph:
    """Return the graph with rows that can be told apart by their index; it mostly is that already."""
    if all(frame.index.is_unique for frame in graph.tables.values()):
        return graph
    tables = {
        name: frame if frame.index.is_unique else frame.reset_index(drop=True)
        for name, frame in graph.tables.items()
    }
    return SupplyGraph(tables, name=graph.name, version=graph.version, date=graph.date, as_of=graph.as_of)


def list_nodes(graph: SupplyGraph) -> Iterator[NodeBatch]:
    """Yield the nodes of a graph, a batch for each label that has any."""
    graph = number_rows(graph)
    name = graph.name or _UNNAMED
    about = {key: getattr(graph, key) for key in _ABOUT}
    yield NodeBatch(GRAPH_LABEL, [{"id": name, "graph": name, **{k: v for k, v in about.items() if v}}])
    for table in MODEL.tables.values():
        frame = graph.table(table.name)
        if isinstance(table, EdgeTable) or frame.empty:
            continue
        rows = _list_rows(table, frame, name)
        if isinstance(table, NodeTable):
            yield NodeBatch(table.label, rows)
            continue
        for row in rows:
            row["id"] = f"{table.name}-{row['row']}"
        holds = frame.index.isin(graph.current(table.name).index)
        for past in (False, True):
            part = [row for row, held in zip(rows, holds, strict=True) if held != past]
            if part:
                yield NodeBatch(name_label(table, past), part)


def list_edges(graph: SupplyGraph) -> Iterator[EdgeBatch]:
    """Yield the relationships of a graph, a batch for each type and pair of labels that has any.

    :func:`.checks.check_graph` says beforehand whether every end is there.
    """
    graph = number_rows(graph)
    name = graph.name or _UNNAMED
    for edge in MODEL.column_edges:
        frame = graph.table(edge.table)
        # A country without a row of its own stays what it was: a property.
        frame = frame[is_known(graph, edge.target, frame[edge.column])]
        if len(frame):
            ends = zip(frame["id"], frame[edge.column], strict=True)
            label = getattr(MODEL.tables[edge.table], "label", "")
            yield EdgeBatch(edge.type, label, edge.target, [(a, b, {"graph": name}) for a, b in ends])
    for table in MODEL.edges:
        yield from _list_edge_table(graph, table, name)


def _list_edge_table(graph: SupplyGraph, table: EdgeTable, name: str) -> Iterator[EdgeBatch]:
    frame = graph.table(table.name)
    if frame.empty:
        return
    holds = frame.index.isin(graph.current(table.name).index)
    batches: dict[tuple[str, str, str], list[tuple[str, str, dict[str, Any]]]] = {}
    for row, held in zip(_list_rows(table, frame, name), holds, strict=True):
        source, target = (
            end.label or row.pop(end.label_column or "") for end in (table.source, table.target)
        )
        ends = row.pop(table.source.column), row.pop(table.target.column)
        key = (name_type(table, past=not held), source, target)
        batches.setdefault(key, []).append((*ends, row))
    for (edge_type, source, target), found in batches.items():
        yield EdgeBatch(edge_type, source, target, found)


def _list_rows(table: Table, frame: pd.DataFrame, name: str) -> list[dict[str, Any]]:
    """Rows as dictionaries of their known cells, in Python's own types."""
    rows: list[dict[str, Any]] = [{"graph": name, "row": place} for place in find_places(frame)]
    for prop in table.properties:
        column = frame[prop.name]
        known = column.notna().tolist()
        is_list = prop.kind is Kind.LIST
        for row, value, there in zip(rows, column.tolist(), known, strict=True):
            if there:
                row[prop.name] = split_list(value) if is_list else value
    return rows


def find_places(frame: pd.DataFrame) -> list[int]:
    """Return where each row stands in its file, or, if the index does not say so, in the table."""
    index = frame.index
    if pd.api.types.is_integer_dtype(index.dtype) and index.is_monotonic_increasing and index.is_unique:
        return [int(place) for place in index]
    return list(range(len(frame)))


def name_label(table: Table, past: bool) -> str:
    """Return the label of the rows of a table that is neither of nodes nor of edges."""
    return "".join(part.capitalize() for part in table.name.split("_")) + ("NotInForce" if past else "")


def name_type(table: EdgeTable, *, past: bool) -> str:
    """Return the type of the statements of an edge table, in force or not."""
    return f"{table.type}_{NOT_IN_FORCE}" if past else table.type


def build_graph(nodes: Iterable[NodeBatch], edges: Iterable[EdgeBatch]) -> SupplyGraph:
    """Return the graph whose elements these are: the inverse of :func:`list_nodes` and :func:`list_edges`."""
    labels = {table.label: table for table in MODEL.nodes.values()}
    labels |= {
        name_label(t, past): t  # type: ignore[misc]
        for t in MODEL.tables.values()
        if not isinstance(t, NodeTable | EdgeTable)
        for past in (False, True)
    }
    found: dict[str, list[dict[str, Any]]] = {}
    about: dict[str, Any] = {}
    for batch in nodes:
        if batch.label == GRAPH_LABEL:
            about = batch.rows[0]
        elif batch.label in labels:
            found.setdefault(labels[batch.label].name, []).extend(batch.rows)
    for edge_batch in edges:
        table = _find_edge_table(edge_batch)
        if table is not None:
            found.setdefault(table.name, []).extend(
                _edge_row(table, edge_batch, row) for row in edge_batch.rows
            )
    tables = {name: _build_table(MODEL.tables[name], rows) for name, rows in found.items()}
    name = str(about.get("id", ""))
    texts = {key: str(about.get(key, "")) for key in ("version", "date", "as_of")}
    return SupplyGraph(tables, name="" if name == _UNNAMED else name, **texts)


def _find_edge_table(batch: EdgeBatch) -> EdgeTable | None:
    edge_type = batch.type.removesuffix(f"_{NOT_IN_FORCE}")
    for table in MODEL.edge_tables(edge_type):
        if table.source.label in (None, batch.source) and table.target.label in (None, batch.target):
            return table
    return None  # an edge that is a column


def _edge_row(table: EdgeTable, batch: EdgeBatch, row: tuple[str, str, dict[str, Any]]) -> dict[str, Any]:
    ends = ((table.source, batch.source, row[0]), (table.target, batch.target, row[1]))
    full = dict(row[2])
    for end, label, value in ends:
        full[end.column] = value
        if end.label_column:
            full[end.label_column] = label
    return full


def _build_table(table: Table, rows: list[dict[str, Any]]) -> pd.DataFrame:
    rows = sorted(rows, key=lambda row: row["row"])
    columns = {prop.name: [_cell(row.get(prop.name)) for row in rows] for prop in table.properties}
    return pd.DataFrame(columns, index=[row["row"] for row in rows], dtype=object)


def _cell(value: Any) -> Any:
    return ";".join(value) if isinstance(value, list) else value
