"""What a query answers: columns, rows, and the nodes, relationships and paths in them.

Everything here is plain Python, so that a query costs no import of pandas or networkx, and every store
answers with the same types.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

__all__ = ["Duration", "Node", "Path", "Relationship", "Result"]


class Duration(NamedTuple):
    """A duration that has months, which :class:`datetime.timedelta` cannot hold.

    Durations without months are ``timedelta``. The four parts are never carried into one another, as in
    Cypher: a month has no fixed number of days.
    """

    months: int
    days: int
    seconds: int
    nanoseconds: int


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A node of a store: equal to another if the store calls them by the same id.

    Parameters
    ----------
    element_id
        The store's own name for it: good within one result, not to be kept.
    labels
        Its labels, sorted.
    properties
        What is known of it.
    """

    element_id: str
    labels: tuple[str, ...]
    properties: Mapping[str, Any]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Node) and self.element_id == other.element_id

    def __hash__(self) -> int:
        return hash(("node", self.element_id))


@dataclass(frozen=True, slots=True, eq=False)
class Relationship:
    """A relationship of a store, with both of its ends."""

    element_id: str
    type: str
    start: Node
    end: Node
    properties: Mapping[str, Any]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Relationship) and self.element_id == other.element_id

    def __hash__(self) -> int:
        return hash(("relationship", self.element_id))


@dataclass(frozen=True, slots=True)
class Path:
    """A path: n + 1 nodes in the order in which it visits them, and the n relationships between them.

    A relationship may be walked against its direction; its own ``start`` and ``end`` tell.
    """

    nodes: tuple[Node, ...]
    relationships: tuple[Relationship, ...]

    def __len__(self) -> int:
        return len(self.relationships)


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a query.

    Parameters
    ----------
    columns
        Names, in the order of the RETURN clause; there even if there are no rows.
    rows
        One tuple a row, in Python's own types: None, bool, int, float, str, list, dict, the types of
        :mod:`datetime`, :class:`Duration`, :class:`Node`, :class:`Relationship`, :class:`Path`.
    truncated
        Whether the row limit cut the answer off.
    counters
        What a writing query changed, such as ``nodes_created``, as far as the store counts it.
    notices
        What must be known to trust the rows, a sentence each; nearly always there is nothing.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    truncated: bool = False
    counters: Mapping[str, int] = field(default_factory=dict)
    notices: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.rows)

    def records(self) -> list[dict[str, Any]]:
        """Return the rows as dictionaries by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_dataframe(self) -> pd.DataFrame:
        """Return the rows as a data frame; one without rows keeps its columns."""
        import pandas as pd

        return pd.DataFrame(self.rows, columns=list(self.columns))

    def elements(self) -> tuple[list[Node], list[Relationship]]:
        """Return every node and relationship anywhere in the rows, each once, in the order of appearance.

        The ends of a relationship and the members of a path, a list or a map count as well.
        """
        nodes: dict[Node, None] = {}
        relationships: dict[Relationship, None] = {}
        for row in self.rows:
            for value in row:
                _collect(value, nodes, relationships)
        return list(nodes), list(relationships)

    def to_networkx(self) -> nx.MultiDiGraph:
        """Return the nodes and relationships in the rows as a ``MultiDiGraph``.

        A node's key is its element id; its attributes are its properties, ``labels`` (its labels) and, for
        a relationship, ``type``. The element id of a relationship is its key.
        """
        import networkx as nx

        network: nx.MultiDiGraph = nx.MultiDiGraph()
        nodes, relationships = self.elements()
        for node in nodes:
            network.add_node(node.element_id, **{**node.properties, "labels": node.labels})
        for edge in relationships:
            attributes = {**edge.properties, "type": edge.type}
            network.add_edge(edge.start.element_id, edge.end.element_id, edge.element_id, **attributes)
        return network


def _collect(value: Any, nodes: dict[Node, None], relationships: dict[Relationship, None]) -> None:
    match value:
        case Node():
            nodes.setdefault(value)
        case Relationship():
            _collect([value.start, value.end], nodes, relationships)
            relationships.setdefault(value)
        case Path():
            _collect([*value.nodes, *value.relationships], nodes, relationships)
        case Duration():
            pass
        case list() | tuple():
            for part in value:
                _collect(part, nodes, relationships)
        case Mapping():
            _collect(list(value.values()), nodes, relationships)
