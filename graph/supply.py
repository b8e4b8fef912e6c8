"""The graph itself: typed tables, a name, a version and a date."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

import pandas as pd

from .._errors import UnknownNameError
from .model import COMPANY_RELATIONS, MODEL
from .schema import EdgeTable, End, Table
from .tables import complete_tables
from .view import end_of_date, in_force, resolve_statements

__all__ = ["SupplyGraph"]


class SupplyGraph:
    """A supply chain as tables: one for each node label, one for each edge type and pair of labels.

    The tables hold every statement, those that were later corrected too; :meth:`current` gives those in
    force. Nobody changes a graph: functions return new ones. Treat the data frames as read-only.

    Parameters
    ----------
    tables
        Data frames by table name (see :data:`kizuna.graph.MODEL`), of text or typed. Tables that are
        missing are empty. The index of a table is the position of the row in its file.
    name, version
        What the data set calls itself.
    date
        The day that the data set speaks of, ``YYYY-MM-DD``; blank if unknown.
    as_of
        The day that the graph is looked at; default: `date`; a partial date stands for its last day. What
        ended by then is history.

    Examples
    --------
    >>> graph = SupplyGraph({"countries": pd.DataFrame({"id": ["TW", "JP"]})}, name="toy")
    >>> len(graph.table("countries")), len(graph.table("offers"))
    (2, 0)
    """

    def __init__(
        self,
        tables: Mapping[str, pd.DataFrame],
        *,
        name: str = "",
        version: str = "",
        date: str = "",
        as_of: str = "",
    ) -> None:
        unknown = sorted(set(tables) - set(MODEL.tables))
        if unknown:
            raise UnknownNameError(f"no such table: {', '.join(unknown)}; see MODEL.tables")
        self._tables = complete_tables(tables)
        self.name = name
        self.version = version
        self.date = date
        self.as_of = end_of_date(as_of or date or None) or ""
        self._current: dict[str, pd.DataFrame] = {}

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """All tables by name, in the model's order."""
        return MappingProxyType(self._tables)

    def table(self, name: str) -> pd.DataFrame:
        """Return all statements of one table; `UnknownNameError` if the model has no such table."""
        try:
            return self._tables[name]
        except KeyError:
            raise UnknownNameError(f"no table {name!r}; there are {', '.join(MODEL.tables)}") from None

    def current(self, name: str) -> pd.DataFrame:
        """Return the rows of a table in force on the day :attr:`as_of`, one a fact.

        What a vendor offered, owned or supplied is history once the vendor itself is.
        """
        if name not in self._current:
            frame = resolve_statements(MODEL.tables[name], self.table(name))
            frame = frame[in_force(frame, self.as_of or None)]
            for column in _acting_vendors(MODEL.tables[name]):
                frame = frame[~frame[column].isin(self._gone)]
            self._current[name] = frame
        return self._current[name]

    @cached_property
    def _gone(self) -> pd.Series:
        """Ids of the vendors that no longer exist on the day."""
        vendors = self._tables["vendors"]
        return vendors.loc[~in_force(vendors[["until"]], self.as_of or None), "id"]

    def nodes(self, label: str) -> pd.DataFrame:
        """Return the table of a node label, ``id`` first."""
        if label not in MODEL.nodes:
            raise UnknownNameError(f"no label {label!r}; there are {', '.join(MODEL.nodes)}")
        return self._tables[MODEL.nodes[label].name]

    def edges(self, edge_type: str) -> pd.DataFrame:
        """Return every edge of a type, with ``from_label``, ``from``, ``to_label`` and ``to`` first."""
        parts = [self._edge_frame(table) for table in MODEL.edge_tables(edge_type)]
        parts += [
            self._column_edge_frame(edge.table, edge.column, edge.target)
            for edge in MODEL.column_edges
            if edge.type == edge_type
        ]
        if not parts:
            raise UnknownNameError(f"no edge type {edge_type!r}; there are {', '.join(MODEL.edge_types)}")
        filled = [part for part in parts if len(part)] or parts[:1]
        return filled[0] if len(filled) == 1 else pd.concat(filled, ignore_index=True)

    def _edge_frame(self, table: EdgeTable) -> pd.DataFrame:
        frame = self._tables[table.name]
        ends = {}
        for side, end in (("from", table.source), ("to", table.target)):
            ends[f"{side}_label"] = _labels(frame, end)
            ends[side] = frame[end.column]
        drop = [c for e in (table.source, table.target) for c in (e.column, e.label_column) if c]
        return pd.concat([pd.DataFrame(ends, index=frame.index), frame.drop(columns=drop)], axis=1)

    def _column_edge_frame(self, table: str, column: str, target: str) -> pd.DataFrame:
        frame = self._tables[table]
        frame = frame[frame[column].notna()]
        label = getattr(MODEL.tables[table], "label", "")
        ends = {"from_label": label, "from": frame["id"], "to_label": target, "to": frame[column]}
        return pd.DataFrame(ends, index=frame.index)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of every row of every table, in row order; independent of file format and machine."""
        digest = hashlib.sha256()
        for name, frame in self._tables.items():
            digest.update(f"{name}\x1e{len(frame)}\x1e".encode())
            for column in frame.columns:
                digest.update(f"{column}\x1f".encode())
                digest.update("\x1f".join(_canonical(frame[column])).encode())
        return digest.hexdigest()

    def __repr__(self) -> str:
        """Say what is in the graph, in three lines."""
        vendors = self._tables["vendors"]
        seats = vendors["country"].value_counts()
        shown = ", ".join(f"{n} {country}" for country, n in list(seats.items())[:4])
        rest = int(seats.iloc[4:].sum())
        relations = sum(len(self._tables[edge.lower()]) for edge in COMPANY_RELATIONS)
        title = " ".join(part for part in (self.name or "unnamed", self.version, self.as_of) if part)
        return (
            f"<SupplyGraph {title} [{self.content_hash[:12]}]\n"
            f"  {len(vendors)} vendors ({shown}{f', {rest} elsewhere' if rest else ''}), "
            f"{len(self._tables['components'])} components, {len(self._tables['solutions'])} solutions\n"
            f"  {len(self._tables['offers'])} offers, {len(self.edges('REQUIRES'))} requirements, "
            f"{relations} company relations>"
        )

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of the tables."""
        return iter(self._tables)


def _acting_vendors(table: Table) -> list[str]:
    """Columns of the vendors whose doing a row is; that a source lists one is the source's doing."""
    if not isinstance(table, EdgeTable) or table.type not in ("OFFERS", *COMPANY_RELATIONS):
        return []
    return [end.column for end in (table.source, table.target) if end.label == "Vendor"]


def _labels(frame: pd.DataFrame, end: End) -> pd.Series | str | None:
    if end.label_column:
        return frame[end.label_column]
    return end.label


def _canonical(column: pd.Series) -> list[str]:
    """Cells as text that is the same on every machine: 1.0 and 1 alike, missing as blank."""
    if pd.api.types.is_float_dtype(column.dtype):
        return ["" if pd.isna(v) else repr(float(v)) for v in column.tolist()]
    return column.astype("str").fillna("").tolist()
