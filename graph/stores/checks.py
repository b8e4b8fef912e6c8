"""Whether a graph can be put into a store: every id once, every edge between nodes that are there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ..._errors import InputError
from ..model import MODEL
from ..schema import End

if TYPE_CHECKING:
    from ..supply import SupplyGraph

__all__ = ["check_graph", "is_known"]


def check_graph(graph: SupplyGraph) -> None:
    """Check what a store relies on, before anything is written.

    Raises
    ------
    InputError
        An id is missing or there twice, or an edge's end is not there; with table, row and column.
    """
    for label, table in MODEL.nodes.items():
        column = graph.nodes(label)["id"]
        if column.isna().any():
            raise InputError(f"table {table.name}, row {column.index[column.isna()][0]}: the id is missing")
        twice = column[column.duplicated()]
        if len(twice):
            raise InputError(
                f"table {table.name}, row {twice.index[0]}: the id {twice.iloc[0]!r} is there twice; give each "
                f"{label} an id of its own"
            )
    for edges in MODEL.edges:
        frame = graph.table(edges.name)
        for end in (edges.source, edges.target):
            for label, part in _split_by_label(frame, end):
                known = is_known(graph, label, part[end.column])
                if not known.all():
                    lost = part[end.column][~known]
                    raise InputError(
                        f"table {edges.name}, row {lost.index[0]}, column {end.column}: there is no {label} "
                        f"{lost.iloc[0]!r}; add it, or take the row out"
                    )


def _split_by_label(frame: pd.DataFrame, end: End) -> Iterator[tuple[Any, pd.DataFrame]]:
    if end.label is not None:
        yield end.label, frame
    else:
        yield from frame.groupby(end.label_column, sort=False, dropna=False)


def is_known(graph: SupplyGraph, label: object, ids: pd.Series) -> np.ndarray:
    """Say for each id whether the graph has a node of that label by it.

    The columns' own ``isin`` takes ten times as long.
    """
    if label not in MODEL.nodes:
        return np.zeros(len(ids), dtype=bool)
    known = pa.array(graph.nodes(str(label))["id"], type=pa.large_string(), from_pandas=True)
    wanted = pa.array(ids, type=pa.large_string(), from_pandas=True)
    found: np.ndarray = pc.is_in(wanted, value_set=known).to_numpy(zero_copy_only=False)
    return found
