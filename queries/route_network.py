"""The network that routes run on: firms, components and solutions, and what joins them, in arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from .._errors import InputError, UnknownNameError
from ..graph import COMPANY_RELATIONS, MODEL, SupplyGraph
from .market import Ints
from .scope import Scope, check_meaning

__all__ = [
    "ROUTE_EDGES",
    "Route",
    "RouteLink",
    "RouteNetwork",
    "RouteNode",
    "RouteStep",
    "build_route_network",
]

ROUTE_EDGES = (*COMPANY_RELATIONS, "REQUIRES", "OFFERS")
"""Edge types that a route may follow."""

_LABELS = ("Component", "Solution", "Vendor")


class RouteNode(NamedTuple):
    """A node on a route: an id is unique within its label only."""

    label: str
    id: str


class RouteLink(NamedTuple):
    """One edge between two nodes of a route.

    Parameters
    ----------
    type
        Edge type.
    table, row
        Where it stands: its table and the index of its row.
    forward
        Whether it runs the way that the route goes.
    """

    type: str
    table: str
    row: int
    forward: bool


class RouteStep(NamedTuple):
    """Two neighbours on a route and every edge between them, by type and row."""

    source: RouteNode
    target: RouteNode
    links: tuple[RouteLink, ...]


@dataclass(frozen=True, eq=False)
class RouteNetwork:
    """The nodes and edges that routes may use, in arrays; nodes are numbered by id, then label.

    Parameters
    ----------
    nodes
        Label and id of each node.
    start, neighbour
        Neighbours of node ``n``, each once and sorted: ``neighbour[start[n]:start[n + 1]]``.
    edges
        The edges by the nodes they join: ``low``, ``high``, ``type``, ``table``, ``row``, and ``upward``,
        whether they run from the lower to the higher.
    by
        The edge types asked for.
    missing
        Those of which the data set has none.
    """

    nodes: pd.DataFrame
    start: Ints
    neighbour: Ints
    edges: pd.DataFrame
    by: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def size(self) -> int:
        """Number of nodes."""
        return len(self.start) - 1

    def neighbours(self, node: int) -> Ints:
        """Return the neighbours of a node, sorted."""
        return self.neighbour[self.start[node] : self.start[node + 1]]

    @cached_property
    def degree(self) -> Ints:
        """Number of neighbours of each node."""
        return np.diff(self.start)

    def list_neighbours(self, node: int) -> list[int]:
        """Return the same as a list; it is kept."""
        found = self._lists.get(node)
        if found is None:
            found = self._lists[node] = self.neighbours(node).tolist()
        return found

    @cached_property
    def _lists(self) -> dict[int, list[int]]:
        return {}

    def find(self, name: str | tuple[str, str], argument: str = "node") -> int:
        """Return the number of a node, given by id or by label and id.

        Raises
        ------
        UnknownNameError
            No such node.
        InputError
            An id that more than one label has.
        """
        label, node = (None, name) if isinstance(name, str) else name
        found = [row for row in self._rows.get(node, ()) if label in (None, self._labels[row])]
        if not found:
            what = label or "vendor, component or solution"
            raise UnknownNameError(f"`{argument}`: no {what} {node!r} in this data set")
        if len(found) > 1:
            both = " and ".join(self._labels[n] for n in found)
            raise InputError(
                f"`{argument}`: {node!r} is the id of a {both}; say which, like ({self._labels[found[0]]!r}, {node!r})"
            )
        return found[0]

    def describe(self, path: Sequence[int]) -> Route:
        """Return a path as a route."""
        return Route(self, tuple(path))

    @cached_property
    def _ids(self) -> list[str]:
        return self.nodes["id"].tolist()

    @cached_property
    def _labels(self) -> list[str]:
        return self.nodes["label"].tolist()

    @cached_property
    def _rows(self) -> dict[str, list[int]]:
        """Numbers of the nodes with each id."""
        rows: dict[str, list[int]] = {}
        for number, node in enumerate(self._ids):
            rows.setdefault(node, []).append(number)
        return rows

    @cached_property
    def _edge_key(self) -> Ints:
        key: Ints = (self.edges["low"] * self.size + self.edges["high"]).to_numpy(dtype=np.int64)
        return key

    def node(self, number: int) -> RouteNode:
        """Return label and id of a node."""
        return RouteNode(self._labels[number], self._ids[number])

    def links(self, source: int, target: int) -> tuple[RouteLink, ...]:
        """Return the edges between two nodes."""
        key = min(source, target) * self.size + max(source, target)
        first, last = np.searchsorted(self._edge_key, [key, key + 1])
        rows = self.edges.iloc[first:last]
        cells = (rows[column].tolist() for column in ("type", "table", "row", "upward"))
        return tuple(
            RouteLink(edge, table, row, upward == (source < target))
            for edge, table, row, upward in zip(*cells, strict=True)
        )


@dataclass(frozen=True, eq=False)
class Route:
    """One route.

    Parameters
    ----------
    network
        Where it runs.
    path
        Numbers of its nodes.
    """

    network: RouteNetwork
    path: tuple[int, ...]

    @property
    def length(self) -> int:
        """Number of steps."""
        return len(self.path) - 1

    @cached_property
    def nodes(self) -> tuple[RouteNode, ...]:
        """Its nodes, from the source to the target."""
        return tuple(map(self.network.node, self.path))

    @cached_property
    def steps(self) -> tuple[RouteStep, ...]:
        """Its steps, with the edges that make each."""
        return tuple(
            RouteStep(self.nodes[n], self.nodes[n + 1], self.network.links(*self.path[n : n + 2]))
            for n in range(self.length)
        )


def build_route_network(
    graph: SupplyGraph, *, by: Sequence[str] = ROUTE_EDGES, scope: Scope | None = None
) -> RouteNetwork:
    """Gather the edges in force that routes may use; worth keeping where many routes are asked for.

    Parameters
    ----------
    graph
        The graph.
    by
        Edge types.
    scope
        Which offers count; vendors of any country may lie on a route, placeholders never.

    Raises
    ------
    InputError
        An edge type that no route may use, or none at all.
    """
    by = (by,) if isinstance(by, str) else tuple(dict.fromkeys(by))
    for edge in by:
        if edge not in ROUTE_EDGES:
            raise InputError(f"`by`: {edge!r} is none of {', '.join(ROUTE_EDGES)}")
    if not by:
        raise InputError(f"`by` must name one of {', '.join(ROUTE_EDGES)} at least")
    scope = check_meaning(
        scope or Scope(), "a route follows offers of any country", "made", "min_groups", "min_share"
    )
    nodes = pd.concat(
        [graph.nodes(label)[["id"]].assign(label=label) for label in _LABELS], ignore_index=True
    )
    nodes = nodes.drop_duplicates().sort_values(["id", "label"], ignore_index=True)
    number = {
        str(label): pd.Series(part.index, index=part["id"])
        for label, part in nodes.groupby("label", sort=False)
    }
    unnamed = graph.table("vendors").query("placeholder")["id"]
    parts = [_read_edges(graph, edge, number, unnamed, scope) for edge in by]
    edges = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    edges = edges[edges["low"] != edges["high"]]
    edges = edges.sort_values(["low", "high", "type", "table", "row"], ignore_index=True)
    start, neighbour = _index_neighbours(edges, len(nodes))
    missing = tuple(edge for edge in by if graph.edges(edge).empty)
    return RouteNetwork(nodes, start, neighbour, edges, by, missing)


def _read_edges(
    graph: SupplyGraph, edge: str, number: dict[str, pd.Series], unnamed: pd.Series, scope: Scope
) -> pd.DataFrame:
    """Edges of one type in force, by the numbers of the nodes they join."""
    columns = ["low", "high", "type", "table", "row", "upward"]
    parts = [pd.DataFrame({column: [] for column in columns}).astype({"low": np.int64, "high": np.int64})]
    for table in MODEL.edge_tables(edge):
        frame = graph.current(table.name)
        if edge == "OFFERS":
            frame = frame[scope.counts(frame)]
        ends = []
        keep = pd.Series(True, index=frame.index)
        for end in (table.source, table.target):
            if end.label == "Vendor":
                keep &= ~frame[end.column].isin(unnamed)
        frame = frame[keep]
        for end in (table.source, table.target):
            known = number.get(str(end.label), pd.Series(dtype=np.int64))
            ends.append(frame[end.column].map(known).to_numpy(dtype=np.int64))
        if len(frame):
            cells = (np.minimum(*ends), np.maximum(*ends), edge, table.name, frame.index, ends[0] < ends[1])
            parts.append(pd.DataFrame(dict(zip(columns, cells, strict=True))))
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else parts[0]


def _index_neighbours(edges: pd.DataFrame, size: int) -> tuple[Ints, Ints]:
    """Neighbours of each node, each once and sorted."""
    low, high = edges["low"].to_numpy(dtype=np.int64), edges["high"].to_numpy(dtype=np.int64)
    pairs = np.unique(np.concatenate([low * size + high, high * size + low]))
    start = np.zeros(size + 1, dtype=np.int64)
    np.cumsum(np.bincount(pairs // size, minlength=size) if size else [], out=start[1:])
    return start, pairs % size if size else pairs
