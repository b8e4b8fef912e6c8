"""Routes: how one firm or component hangs together with another, by relations, requirements and offers.

A route is a simple path: it passes nothing twice. It may follow an edge either way, because a supplier is
tied to its customer as the customer is to it; each step says which way its edges run.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from .._errors import InputError
from ..graph import SupplyGraph
from ._near_routes import NearRoutes
from .market import Bools, Ints, expand_slices
from .route_network import ROUTE_EDGES, Route, RouteNetwork, RouteNode, build_route_network
from .scope import Scope

__all__ = ["Routes", "find_routes"]

_PATIENCE = 32  # nodes looked at before the distances are measured instead
_IMPATIENT = -1
_MANY = 32  # neighbours, from which on they are looked at all at once
_Path = tuple[int, ...]


@dataclass(frozen=True)
class Routes:
    """The shortest routes between two nodes.

    Parameters
    ----------
    source, target
        The nodes.
    routes
        Shortest first, equals by the ids on the way; none: nothing joins the two.
    missing
        Edge types asked for of which the data set has none.
    """

    source: RouteNode
    target: RouteNode
    routes: tuple[Route, ...]
    missing: tuple[str, ...]


def find_routes(
    graph: SupplyGraph | RouteNetwork,
    source: str | tuple[str, str],
    target: str | tuple[str, str],
    *,
    k: int = 10,
    by: Sequence[str] = ROUTE_EDGES,
    scope: Scope | None = None,
) -> Routes:
    """Find the shortest routes from one vendor, component or solution to another.

    Parameters
    ----------
    graph
        The graph, or a network built from it before; then `by` and `scope` are those of the network.
    source, target
        Ids, or pairs of label and id where an id alone does not tell.
    k
        How many routes at most.
    by
        Edge types that a route may follow, either way.
    scope
        Which offers count.

    Returns
    -------
    Routes
        The shortest simple paths, by number of steps; equals by the ids of their nodes from the source on.

    Raises
    ------
    UnknownNameError
        No such node.
    InputError
        Source and target are one, an id that does not tell, a number or an edge type that is not allowed.

    Examples
    --------
    >>> import pandas as pd
    >>> toy = SupplyGraph({
    ...     "vendors": pd.DataFrame({"id": ["tsmc", "sony"], "country": ["TW", "JP"]}),
    ...     "components": pd.DataFrame({"id": ["foundry", "sensor"], "segment": ["chip", "sensor"]}),
    ...     "offers": pd.DataFrame({"vendor": ["tsmc", "sony"], "component": ["foundry", "sensor"]}),
    ...     "component_requires": pd.DataFrame(
    ...         {"component": ["sensor"], "requires": ["foundry"], "kind": ["input"]}
    ...     ),
    ... })
    >>> [node.id for node in find_routes(toy, "sony", "tsmc").routes[0].nodes]
    ['sony', 'sensor', 'foundry', 'tsmc']

    Notes
    -----
    Routes a few steps longer than the shortest at most come from a walk in depth that follows only nodes from
    which the target is within reach; distances are drawn from both ends as far as needed. Where that does not
    suffice, or gets laborious, a search over beginnings of routes as in [1]_, best first: a beginning is worth its steps and a bound on
    those that are left. The bound comes from breadth-first searches from both ends that stop where they
    meet; it is checked, and raised, once it decides, by a search for the way on that does not meet the
    beginning, unless it is plain that a shortest way cannot meet it. So no beginning is extended that leads
    nowhere, and there are at most k times steps times neighbours of them.

    References
    ----------
    .. [1] J. Y. Yen, Finding the K shortest loopless paths in a network, Management Science 17(11), 1971,
       doi:10.1287/mnsc.17.11.712.
    """
    if not isinstance(k, int) or k < 1:
        raise InputError(f"`k` must be a whole number from 1 up; found {k!r}")
    network = graph if isinstance(graph, RouteNetwork) else build_route_network(graph, by=by, scope=scope)
    first, last = network.find(source, "source"), network.find(target, "target")
    if first == last:
        raise InputError(f"`source` and `target` are both {network.node(first).id!r}; a route joins two")
    routes = tuple(map(network.describe, _take_paths(network, first, last, k)))
    return Routes(network.node(first), network.node(last), routes, network.missing)


def _take_paths(network: RouteNetwork, source: int, target: int, count: int) -> list[_Path]:
    """Return the first simple paths: those near the shortest in the quick way, if need be all in the sure way."""
    near = NearRoutes(network, source, target)
    found = list(islice(near, count))
    if len(found) == count or near.finished:
        return found
    return list(islice(_list_paths(network, source, target), count))


class _Distances:
    """Bounds from below on the steps from each node to the target, exact near to it.

    Rings are drawn around source and target, always the smaller, until they meet. Of nodes within the
    source's rings it is then known that they are no nearer than their neighbours allow.
    """

    def __init__(self, network: RouteNetwork, source: int, target: int) -> None:
        self._start, self._neighbour = network.start, network.neighbour
        self._known = np.zeros(network.size, dtype=bool)
        self._known[target] = True
        # Twice the bound, and one more where it is not exact: the least of several is then the surest too.
        self._doubled = np.full(network.size, 3, dtype=np.int64)
        self._doubled[target] = 0
        self._mark = np.empty(network.size, dtype=np.int64)
        self._ring = np.array([target], dtype=np.int64)
        self._radius = 0
        self.total = self._meet(source)

    def at_least(self, nodes: Ints) -> Ints:
        """Return a bound for each of some nodes."""
        least: Ints = self._doubled[nodes] >> 1
        return least

    def look_up(self, node: int) -> tuple[int, bool]:
        """Return the bound of one node, and whether it is exact."""
        doubled = int(self._doubled[node])
        return doubled >> 1, not doubled & 1

    def grow(self) -> bool:
        """Draw another ring around the target; False if there is none."""
        if not len(self._ring):
            return False
        self._ring = self._next_ring(self._ring, self._known)
        self._radius += 1
        self._doubled[self._ring] = 2 * self._radius
        self._doubled[~self._known & (self._doubled < 2 * self._radius + 2)] = 2 * self._radius + 3
        return True

    def _meet(self, source: int) -> int | None:
        """Draw rings until they meet; return the distance of the two, or None."""
        seen = np.zeros(len(self._known), dtype=bool)
        seen[source] = True
        rings = [np.array([source], dtype=np.int64)]
        while not self._known[rings[-1]].any():
            if not len(rings[-1]) or not len(self._ring):
                return None
            if self._count_neighbours(rings[-1]) < self._count_neighbours(self._ring):
                rings.append(self._next_ring(rings[-1], seen))
            else:
                self.grow()
        for _ in rings[1:]:
            self._tighten(np.concatenate(rings[:-1]))
        return len(rings) - 1 + self._radius

    def _tighten(self, nodes: Ints) -> None:
        """Raise the bounds of nodes to one more than the least of their neighbours'."""
        nodes = nodes[~self._known[nodes]]
        if len(nodes):
            start, stop = self._start[nodes], self._start[nodes + 1]
            ahead = self._doubled[self._neighbour[expand_slices(start, stop)]]
            first = np.concatenate([[0], np.cumsum(stop - start)[:-1]])
            self._doubled[nodes] = np.minimum.reduceat(ahead, first) + 2

    def _next_ring(self, ring: Ints, seen: Bools) -> Ints:
        """Return the neighbours of a ring that were not seen before, each once."""
        found = self._neighbour[expand_slices(self._start[ring], self._start[ring + 1])]
        found = found[~seen[found]]
        seen[found] = True
        place = np.arange(len(found), dtype=np.int64)
        self._mark[found] = place  # of one that is there twice, the last place stays
        once: Ints = found[self._mark[found] == place]
        return once

    def _count_neighbours(self, ring: Ints) -> int:
        return int((self._start[ring + 1] - self._start[ring]).sum())


def _list_paths(network: RouteNetwork, source: int, target: int) -> Iterator[_Path]:
    """Yield every simple path, shortest first, equals by the numbers of their nodes."""
    distances = _Distances(network, source, target)
    if distances.total is None:
        return
    # What a beginning leads to at best, the beginning, whether that is certain, a bound on the distance of
    # the nodes before its last, and the beginnings that differ from it in the last node and come after it.
    heap: list[tuple[int, _Path, bool, int, Iterator[tuple[int, _Path]]]]
    heap = [(distances.total, (source,), True, network.size, iter(()))]
    while heap:
        length, path, certain, nearest, later = heapq.heappop(heap)
        for sibling in later:
            heapq.heappush(heap, (*sibling, False, nearest, later))
            break
        gone = len(path) - 1
        if path[-1] == target:
            yield path
            continue
        if not certain:
            left = _measure_left(network, distances, path, length - gone, nearest, target)
            if left is None:
                continue
            if left > length - gone:
                heapq.heappush(heap, (gone + left, path, False, nearest, iter(())))
                continue
        nearest = min(nearest, distances.look_up(path[-1])[0])
        children = _list_children(network, distances, path)
        for child in children:
            heapq.heappush(heap, (*child, False, nearest, children))
            break


def _list_children(network: RouteNetwork, distances: _Distances, path: _Path) -> Iterator[tuple[int, _Path]]:
    """Yield the beginnings that are one node longer, each with what it leads to at best, in order."""
    neighbours = network.neighbours(path[-1])
    ahead = distances.at_least(neighbours)
    if len(neighbours) > _MANY:  # most are never asked for
        lists = (
            (left, neighbours[ahead == left].tolist())
            for left in range(int(ahead.min()), int(ahead.max()) + 1)
        )
    else:
        pairs = sorted(zip(ahead.tolist(), neighbours.tolist(), strict=True))
        lists = ((left, [node]) for left, node in pairs)
    for left, nodes in lists:
        for node in nodes:
            if node not in path:
                yield len(path) + left, (*path, node)


def _measure_left(
    network: RouteNetwork, distances: _Distances, path: _Path, enough: int, nearest: int, target: int
) -> int | None:
    """Return the steps from the end of a beginning to the target around the beginning itself.

    Where they are more than enough, a bound above enough will do; None if there is no way.
    """
    left, exact = distances.look_up(path[-1])
    # A shortest way on gets nearer with every step, so that it cannot meet a node that is as far or farther.
    if left > enough or (exact and nearest >= left):
        return left
    while True:
        found = _go_around(network, distances, path, target, enough)
        if found != _IMPATIENT:
            return found
        if not distances.grow():
            enough = network.size


def _go_around(
    network: RouteNetwork, distances: _Distances, path: _Path, target: int, enough: int
) -> int | None:
    """Search for a shortest way on that meets no node of the beginning; see :func:`_measure_left`."""
    closed = set(path[:-1])
    best = {path[-1]: 0}
    heap = [(0, 0, path[-1])]
    beyond, tried = network.size, 0
    while heap:
        _, minus, node = heapq.heappop(heap)
        if node == target:
            return -minus
        if -minus > best[node]:
            continue
        tried += 1
        if tried > _PATIENCE and enough < network.size:
            return _IMPATIENT
        neighbours = network.neighbours(node)
        ahead = distances.at_least(neighbours)
        if len(neighbours) > _MANY:
            within = ahead < enough + minus
            if not within.all():
                beyond = min(beyond, int(ahead[~within].min()) + 1 - minus)
            neighbours, ahead = neighbours[within], ahead[within]
        for other, left in zip(neighbours.tolist(), ahead.tolist(), strict=True):
            worth = left + 1 - minus
            if worth > enough:
                beyond = min(beyond, worth)
            elif other not in closed and 1 - minus < best.get(other, network.size):
                best[other] = 1 - minus
                heapq.heappush(heap, (worth, minus - 1, other))
    return beyond if beyond < network.size else None
