"""A graph as CSV files for Neo4j's offline importer, for graphs that are too large to push."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from ..._errors import InputError
from .._whole import write_whole
from ..model import MODEL
from ..schema import EdgeTable, Kind, NodeTable, Property, Table
from .bulk_texts import write_texts
from .checks import check_graph, is_known
from .records import GRAPH_LABEL, find_places, list_nodes, name_label, name_type, number_rows

if TYPE_CHECKING:
    from ..supply import SupplyGraph

__all__ = ["export_bulk"]

# The importer's own "float" has 32 bits, where the number is part of an array, and its "int" too.
_TYPES = {
    Kind.BOOLEAN: "boolean",
    Kind.INTEGER: "long",
    Kind.FRACTION: "double",
    Kind.NUMBER: "double",
    Kind.LIST: "string[]",
}


@dataclass(frozen=True, slots=True)
class _Part:
    """What goes into one file: the elements of a label, or of a type between two labels."""

    option: str
    file: str
    header: list[str]
    columns: list[pa.Array | pa.ChunkedArray]

    def __len__(self) -> int:
        return len(self.columns[0])


def export_bulk(graph: SupplyGraph, folder: str | Path) -> Path:
    """Write `graph` for ``neo4j-admin database import full``, whole or not at all.

    The elements are those that :func:`.push_graph` makes, with the same properties. For each label, and each
    type between two labels, there are a file with the header and one with the rows; beside them are the
    arguments of the importer, scripts that call it, and the constraints and indexes to be made afterwards.

    Parameters
    ----------
    graph
        What to write.
    folder
        A folder that does not exist yet, or is empty.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    InputError
        `folder` is not empty, or the graph has an id twice or an edge to a node that it has not.
    UnavailableError
        It could not be written.

    Notes
    -----
    Columns are written as a whole, never row by row. Lists are joined by ``;``, the importer's default, which
    is also how tables hold them.
    """
    target = Path(folder)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InputError(f"`folder`: {target} exists and is not an empty folder; choose another name")
    with write_whole(target) as draft:
        _write(graph, draft)
    return target


def _write(graph: SupplyGraph, folder: Path) -> None:
    about = next(list_nodes(graph)).rows[0]
    graph = number_rows(graph)
    check_graph(graph)
    counts: dict[str, int] = {}
    options: dict[str, list[str]] = {"nodes": [], "relationships": []}
    multiline = False
    for kind, parts in (
        ("nodes", _list_nodes(graph, about)),
        ("relationships", _list_edges(graph, about)),
    ):
        for part in parts:
            header = f"{part.file}-header.csv"
            (folder / header).write_text(",".join(part.header) + "\n", encoding="utf-8")
            # Names are not written: the header is a file of its own.
            names = [str(place) for place in range(len(part.columns))]
            rows = pa.table(part.columns, names=names)
            pacsv.write_csv(rows, folder / f"{part.file}.csv", pacsv.WriteOptions(include_header=False))
            multiline = multiline or any(map(_has_line_breaks, rows.columns))
            options[kind].append(f"--{kind}={part.option}={header},{part.file}.csv")
            counts[kind] = counts.get(kind, 0) + len(part)
    labels = [option.split("=")[1] for option in options["nodes"]]
    arguments = [*options["nodes"], *options["relationships"]]
    # It makes the importer slow, so only where it is needed.
    arguments += ["--multiline-fields=true"] if multiline else []
    write_texts(folder, name=str(about["id"]), arguments=arguments, labels=labels, counts=counts)


def _list_nodes(graph: SupplyGraph, about: dict[str, Any]) -> Iterator[_Part]:
    own = [":".join((name, *([f"ID({GRAPH_LABEL})"] if name == "id" else []))) for name in about]
    yield _Part(GRAPH_LABEL, GRAPH_LABEL, own, [pa.array([value]) for value in about.values()])
    for table in MODEL.tables.values():
        frame = graph.table(table.name)
        if isinstance(table, EdgeTable) or frame.empty:
            continue
        rows = _number_rows(frame)
        if isinstance(table, NodeTable):
            yield _make_node_part(table, table.label, frame, rows, about)
            continue
        frame = frame.assign(id=[f"{table.name}-{row}" for row in rows])
        holds = frame.index.isin(graph.current(table.name).index)
        for past in (False, True):
            part = holds != past
            if part.any():
                label = name_label(table, past)
                yield _make_node_part(table, label, frame[part], rows[part], about)


def _make_node_part(
    table: Table, label: str, frame: pd.DataFrame, rows: np.ndarray, about: dict[str, Any]
) -> _Part:
    header = [f"id:ID({label})"]
    columns = [pa.array(frame["id"], from_pandas=True)]
    _add_properties(header, columns, frame, rows, [p for p in table.properties if p.name != "id"], about)
    return _Part(label, label, header, columns)


def _list_edges(graph: SupplyGraph, about: dict[str, Any]) -> Iterator[_Part]:
    for edge in MODEL.column_edges:
        frame = graph.table(edge.table)
        frame = frame[is_known(graph, edge.target, frame[edge.column])]
        if len(frame):
            source = MODEL.tables[edge.table]
            assert isinstance(source, NodeTable)  # noqa: S101  a column of a node's own table
            ends = {"id": source.label, edge.column: edge.target}
            yield _make_edge_part(edge.type, ends, frame, None, [], about)
    for table in MODEL.edges:
        frame = graph.table(table.name)
        if len(frame):
            yield from _list_edge_table(graph, table, frame, about)


def _list_edge_table(
    graph: SupplyGraph,
    table: EdgeTable,
    frame: pd.DataFrame,
    about: dict[str, Any],
) -> Iterator[_Part]:
    holds = frame.index.isin(graph.current(table.name).index)
    rows = _number_rows(frame)
    ends = (table.source, table.target)
    used = {name for end in ends for name in (end.column, end.label_column)}
    properties = [prop for prop in table.properties if prop.name not in used]
    label_columns = [end.label_column for end in ends if end.label_column]
    groups = frame[label_columns].drop_duplicates().to_dict("records") if label_columns else [{}]
    for past in (False, True):
        for group in groups:
            part = holds != past
            for column, label in group.items():
                part = part & (frame[column] == label).to_numpy(bool)
            if part.any():
                labels = {end.column: end.label or str(group[end.label_column]) for end in ends}
                edge_type = name_type(table, past=past)
                yield _make_edge_part(edge_type, labels, frame[part], rows[part], properties, about)


def _make_edge_part(
    edge_type: str,
    ends: dict[str, str],
    frame: pd.DataFrame,
    rows: np.ndarray | None,
    properties: list[Property],
    about: dict[str, Any],
) -> _Part:
    """Make the part of one type between two labels; `ends` are the columns of the ends with their labels."""
    header = [f":{side}_ID({label})" for side, label in zip(("START", "END"), ends.values(), strict=True)]
    columns = [pa.array(frame[column], from_pandas=True) for column in ends]
    _add_properties(header, columns, frame, rows, properties, about)
    return _Part(edge_type, "-".join((edge_type, *ends.values())), header, columns)


def _add_properties(
    header: list[str],
    columns: list[Any],
    frame: pd.DataFrame,
    rows: np.ndarray | None,
    properties: list[Property],
    about: dict[str, Any],
) -> None:
    """Add the name of the graph, the rows, and every property that any element has."""
    header.append("graph")
    columns.append(pa.repeat(about["graph"], len(frame)))
    if rows is not None:
        header.append("row:long")
        columns.append(pa.array(rows))
    for prop in properties:
        column = pa.array(frame[prop.name], from_pandas=True)
        if column.null_count < len(column):
            header.append(f"{prop.name}:{_TYPES.get(prop.kind, 'string')}")
            columns.append(_tidy_list(column) if prop.kind is Kind.LIST else column)


def _tidy_list(column: Any) -> Any:
    """Take out of list cells what is not part of any value: blanks around one, and empty places."""
    column = pc.replace_substring_regex(column, r"\s*;[\s;]*", ";")
    return pc.utf8_trim(pc.utf8_trim_whitespace(column), ";")


def _has_line_breaks(column: Any) -> bool:
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return False
    return bool(pc.any(pc.match_substring_regex(column, "[\r\n]")).as_py())


def _number_rows(frame: pd.DataFrame) -> np.ndarray:
    return np.array(find_places(frame), dtype=np.int64)
