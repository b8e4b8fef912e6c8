"""The graph itself: typed tables, a name, a version and a date."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from .._errors import UnknownNameError
from ._saved import SavedTable
from .codes import CodedTable, Columns, find_places
from .model import COMPANY_RELATIONS, MODEL
from .schema import EdgeTable, End, Table
from .tables import complete_tables
from .view import end_of_date, find_heard, find_valid

__all__ = ["SupplyGraph"]

Ints = npt.NDArray[np.int64]


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
        self._saved: dict[str, SavedTable] = {}
        self.name = name
        self.version = version
        self.date = date
        self.as_of = end_of_date(as_of or date or None) or ""
        self._current: dict[str, pd.DataFrame] = {}
        self._rows: dict[str, Ints | None] = {}
        self._coded: dict[str, CodedTable] = {}
        self._coded_tables: dict[str, CodedTable] = {}
        self._places: dict[tuple[str, str], Ints] = {}
        self.kept: dict[object, Any] = {}
        """What questions have worked out from this graph alone, for the next question."""

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """All tables by name, in the model's order."""
        return _Tables(self)

    def table(self, name: str) -> pd.DataFrame:
        """Return all statements of one table; `UnknownNameError` if the model has no such table."""
        if name in self._saved:
            self._tables[name] = self._saved.pop(name).unpack()
        try:
            return self._tables[name]
        except KeyError:
            raise UnknownNameError(f"no table {name!r}; there are {', '.join(MODEL.tables)}") from None

    @classmethod
    def of_saved(cls, tables: Mapping[str, SavedTable], **about: str) -> SupplyGraph:
        """Return the graph of saved tables, which are unpacked when they are asked for.

        Parameters
        ----------
        tables
            Saved tables by name; the others are empty.
        about
            Name, version and dates, as in the constructor.
        """
        graph = cls({}, **about)
        for name, table in tables.items():
            del graph._tables[name]
            graph._saved[name] = table
        return graph

    @classmethod
    def of_typed(cls, tables: Mapping[str, pd.DataFrame], **about: str) -> SupplyGraph:
        """Return the graph of tables that another graph has typed, whole or some of their rows.

        Parameters
        ----------
        tables
            Tables by name, taken as they are; the others are empty.
        about
            Name, version and dates, as in the constructor.
        """
        graph = cls({}, **about)
        graph._tables |= tables
        return graph

    def on(self, day: str) -> SupplyGraph:
        """Return the same statements, looked at on another day; a partial date stands for its last day."""
        graph = SupplyGraph({}, name=self.name, version=self.version, date=self.date, as_of=day)
        graph._tables, graph._saved = self._tables, self._saved
        # Neither depends on the day.
        graph._coded_tables, graph._places = self._coded_tables, self._places
        return graph

    def columns(self, name: str) -> Columns:
        """Return all statements of one table by column; of a saved one, only what is asked for is unpacked."""
        return self._saved[name] if name in self._saved else self.table(name)

    def has_edges(self, edge_type: str) -> bool:
        """Say whether there is any edge of a type, in force or not."""
        return any(len(self.columns(table.name)) for table in MODEL.edge_tables(edge_type)) or any(
            self.columns(edge.table)[edge.column].notna().any()
            for edge in MODEL.column_edges
            if edge.type == edge_type
        )

    def current(self, name: str) -> pd.DataFrame:
        """Return the rows of a table in force on the day :attr:`as_of`, one a fact.

        What a vendor offered, owned or supplied is history once the vendor itself is.
        """
        if name not in self._current:
            rows = self.find_rows(name)
            frame = self.table(name)
            self._current[name] = frame if rows is None else frame.iloc[rows]
        return self._current[name]

    def find_rows(self, name: str) -> Ints | None:
        """Return the positions in its table of the rows that :meth:`current` returns; None: all of them."""
        if name not in self._rows:
            self._rows[name] = self._find_rows(name)
        return self._rows[name]

    def _find_rows(self, name: str) -> Ints | None:
        table, rows = MODEL.tables[name], CodedTable(self.columns(name))
        heard = find_heard(table, rows, self._key_places(name))
        holds = find_valid(rows, self.as_of or None)
        if heard is not None:
            holds = holds & heard
        for column in _acting_vendors(table):
            places = self.table_places(name, column)
            holds = holds & ~(self._gone[places] & (places >= 0))
        return None if holds.all() else np.flatnonzero(holds)

    @cached_property
    def _gone(self) -> npt.NDArray[np.bool_]:
        """Vendors that no longer exist on the day; one more entry, so that -1 is nobody."""
        valid = find_valid(CodedTable(self.columns("vendors")), self.as_of or None)
        return np.append(~valid, False)

    def _key_places(self, name: str) -> list[Ints] | None:
        """Key columns of a table as places of the nodes that they name; None if one names what is not there."""
        table = MODEL.tables[name]
        if not isinstance(table, EdgeTable) or any(not table.property(c).label for c in table.key):
            return None
        places = [self.table_places(name, column) for column in table.key]
        for column, found in zip(table.key, places, strict=True):
            nobody = int((found < 0).sum())
            if nobody and nobody != int(self.columns(name)[column].isna().sum()):
                return None
        return places

    def coded(self, name: str) -> CodedTable:
        """Return the rows of a table in force with their columns of text as codes."""
        if name not in self._coded:
            self._coded[name] = CodedTable(self.columns(name), self.find_rows(name))
        return self._coded[name]

    def coded_table(self, name: str) -> CodedTable:
        """Return all rows of a table with their columns of text as codes."""
        if self.find_rows(name) is None:
            return self.coded(name)
        if name not in self._coded_tables:
            self._coded_tables[name] = CodedTable(self.columns(name))
        return self._coded_tables[name]

    def places(self, name: str, column: str) -> Ints:
        """Return for the rows of a table in force the positions of the nodes that a column names.

        Parameters
        ----------
        name, column
            A table, and a column of it that names nodes of one label.

        Returns
        -------
        Ints
            Positions in the table of that label; -1 where no node is named, or none that is there.

        Examples
        --------
        >>> vendors = pd.DataFrame({"id": ["tsmc", "fanuc"]})
        >>> offers = pd.DataFrame({"vendor": ["fanuc", "tsmc"], "component": ["robot", "chip"]})
        >>> SupplyGraph({"vendors": vendors, "offers": offers}).places("offers", "vendor").tolist()
        [1, 0]
        """
        places, rows = self.table_places(name, column), self.find_rows(name)
        return places if rows is None else places[rows]

    def table_places(self, name: str, column: str) -> Ints:
        """Return the same for all rows of the table, whether they are in force or not."""
        if (name, column) not in self._places:
            label = MODEL.tables[name].property(column).label
            if label is None:
                raise UnknownNameError(f"column {column!r} of {name} names no nodes")
            self._places[name, column] = find_places(
                self.columns(MODEL.nodes[label].name)["id"], self.columns(name)[column]
            )
        return self._places[name, column]

    def nodes(self, label: str) -> pd.DataFrame:
        """Return the table of a node label, ``id`` first."""
        if label not in MODEL.nodes:
            raise UnknownNameError(f"no label {label!r}; there are {', '.join(MODEL.nodes)}")
        return self.table(MODEL.nodes[label].name)

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
        frame = self.table(table.name)
        ends = {}
        for side, end in (("from", table.source), ("to", table.target)):
            ends[f"{side}_label"] = _labels(frame, end)
            ends[side] = frame[end.column]
        drop = [c for e in (table.source, table.target) for c in (e.column, e.label_column) if c]
        return pd.concat([pd.DataFrame(ends, index=frame.index), frame.drop(columns=drop)], axis=1)

    def _column_edge_frame(self, table: str, column: str, target: str) -> pd.DataFrame:
        frame = self.table(table)
        frame = frame[frame[column].notna()]
        label = getattr(MODEL.tables[table], "label", "")
        ends = {"from_label": label, "from": frame["id"], "to_label": target, "to": frame[column]}
        return pd.DataFrame(ends, index=frame.index)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of every row of every table, in row order; independent of file format and machine."""
        digest = hashlib.sha256()
        for name, frame in self.tables.items():
            digest.update(f"{name}\x1e{len(frame)}\x1e".encode())
            for column in frame.columns:
                digest.update(f"{column}\x1f".encode())
                digest.update("\x1f".join(_canonical(frame[column])).encode())
        return digest.hexdigest()

    def __repr__(self) -> str:
        """Say what is in the graph, in three lines."""
        vendors = self.table("vendors")
        seats = vendors["country"].value_counts()
        shown = ", ".join(f"{n} {country}" for country, n in list(seats.items())[:4])
        rest = int(seats.iloc[4:].sum())
        relations = sum(len(self.columns(edge.lower())) for edge in COMPANY_RELATIONS)
        title = " ".join(part for part in (self.name or "unnamed", self.version, self.as_of) if part)
        return (
            f"<SupplyGraph {title} [{self.content_hash[:12]}]\n"
            f"  {len(vendors)} vendors ({shown}{f', {rest} elsewhere' if rest else ''}), "
            f"{len(self.columns('components'))} components, {len(self.columns('solutions'))} solutions\n"
            f"  {len(self.columns('offers'))} offers, {len(self.edges('REQUIRES'))} requirements, "
            f"{relations} company relations>"
        )

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of the tables."""
        return iter(self.tables)


class _Tables(Mapping[str, pd.DataFrame]):
    """All tables of a graph by name, in the model's order."""

    def __init__(self, graph: SupplyGraph) -> None:
        self._graph = graph

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in MODEL.tables:
            raise KeyError(name)
        return self._graph.table(name)

    def __iter__(self) -> Iterator[str]:
        return iter(MODEL.tables)

    def __len__(self) -> int:
        return len(MODEL.tables)


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
    if column.empty:  # as most tables of a small graph are
        return []
    if pd.api.types.is_float_dtype(column.dtype):
        return ["" if pd.isna(v) else repr(float(v)) for v in column.tolist()]
    return column.astype("str").fillna("").tolist()
