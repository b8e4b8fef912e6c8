"""The words in which the model is declared: properties, node tables, edge tables.

See :mod:`kizuna.graph.model` for the model itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["ColumnEdge", "EdgeTable", "End", "Kind", "Model", "NodeTable", "Property", "Table"]


class Kind(StrEnum):
    """What the text of a cell must be."""

    ID = "id"  # kebab-case slug, stable for ever
    COUNTRY = "country"  # ISO 3166-1 alpha-2
    TEXT = "text"
    LIST = "list"  # texts joined by ";"
    ENUM = "enum"
    BOOLEAN = "boolean"  # yes / no
    INTEGER = "integer"
    FRACTION = "fraction"  # 0 to 1
    NUMBER = "number"
    DATE = "date"  # ISO 8601: 2024, 2024-04 or 2024-04-26
    URL = "url"  # http or https


@dataclass(frozen=True, slots=True)
class Property:
    """One column.

    Parameters
    ----------
    name
        Column name, in a CSV file, a data frame and a store alike.
    kind
        What its text must be.
    description
        What it means, for people.
    allowed
        The values of an enumeration.
    required
        Whether a blank is an error.
    label
        The node label that the value names (a foreign key), if any; the values of a list each name one.
    """

    name: str
    kind: Kind
    description: str
    allowed: tuple[str, ...] = ()
    required: bool = False
    label: str | None = None


@dataclass(frozen=True, slots=True)
class End:
    """One end of an edge: the column that names a node, and that node's label.

    ``label=None`` means any label; the column ``label_column`` then says which.
    """

    column: str
    label: str | None
    label_column: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """What all tables have in common: a name, a meaning and columns."""

    name: str
    description: str
    properties: tuple[Property, ...]

    @property
    def columns(self) -> list[str]:
        """Column names, in file order."""
        return [p.name for p in self.properties]

    def property(self, name: str) -> Property:
        """Return the property called `name`; ``KeyError`` if there is none."""
        for candidate in self.properties:
            if candidate.name == name:
                return candidate
        raise KeyError(f"{self.name} has no column {name!r}")


@dataclass(frozen=True, slots=True)
class NodeTable(Table):
    """A table of nodes of one label; its key is ``id``."""

    label: str = ""


@dataclass(frozen=True, slots=True)
class EdgeTable(Table):
    """A table of edges of one type between two labels.

    Rows are statements. Several rows with one :attr:`key` speak of the same fact; the view decides which
    of them holds (see :mod:`kizuna.graph.view`).
    """

    type: str = ""
    source: End = field(default_factory=lambda: End("", None))
    target: End = field(default_factory=lambda: End("", None))
    also_key: tuple[str, ...] = ()

    @property
    def key(self) -> list[str]:
        """Columns that say which fact a row speaks of."""
        labels = [e.label_column for e in (self.source, self.target) if e.label_column]
        return [self.source.column, *labels, self.target.column, *self.also_key]


@dataclass(frozen=True, slots=True)
class ColumnEdge:
    """An edge type of which a node has at most one: held as a column of the node's own table."""

    type: str
    table: str
    column: str
    target: str


@dataclass(frozen=True, slots=True)
class Model:
    """All tables, by name, in loading order (nodes before the edges that need them)."""

    tables: dict[str, Table]
    column_edges: tuple[ColumnEdge, ...]

    @property
    def nodes(self) -> dict[str, NodeTable]:
        """Node tables by label."""
        return {t.label: t for t in self.tables.values() if isinstance(t, NodeTable)}

    @property
    def edges(self) -> tuple[EdgeTable, ...]:
        """Edge tables; one type may have several, one for each pair of labels."""
        return tuple(t for t in self.tables.values() if isinstance(t, EdgeTable))

    @property
    def edge_types(self) -> tuple[str, ...]:
        """Every edge type once, column edges included."""
        return tuple(dict.fromkeys([e.type for e in self.edges] + [e.type for e in self.column_edges]))

    def edge_tables(self, edge_type: str) -> tuple[EdgeTable, ...]:
        """Return the edge tables of one type."""
        return tuple(t for t in self.edges if t.type == edge_type)
