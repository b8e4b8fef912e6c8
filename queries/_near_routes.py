"""The routes that are hardly longer than the shortest: by distances to the target, drawn from both ends."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from .market import Ints, expand_slices
from .route_network import RouteNetwork

__all__ = ["NearRoutes"]

_FAR = 255
_HUB = 48  # neighbours, from which on they are looked at all at once
_DETOUR = 12  # steps more than the shortest route
_PATIENCE = 10_000  # nodes looked at

Steps = npt.NDArray[np.uint8]


class NearRoutes:
    """Lists the shortest routes between two nodes, and those that are a few steps longer.

    Parameters
    ----------
    network
        Where they run.
    source, target
        Numbers of the two nodes.

    Attributes
    ----------
    finished
        Whether every route there is has been listed; else there may be longer ones.

    Notes
    -----
    Rings are drawn around both ends, always around the one with fewer neighbours, until the two radii add up
    to the length in question: then the distance to the target is known wherever a route of this length may
    pass, from the rings around the target, and from there back through those around the source. A walk in
    depth follows only nodes from which the target is still within reach, and remembers those from which it
    turned out not to be.
    """

    def __init__(self, network: RouteNetwork, source: int, target: int) -> None:
        self._network = network
        self._source, self._target = source, target
        # Steps from the source, and to the target, as far as the rings go.
        self._seen: tuple[Steps, Steps] = (
            np.full(network.size, _FAR, dtype=np.uint8),
            np.full(network.size, _FAR, dtype=np.uint8),
        )
        self._seen[0][source] = self._seen[1][target] = 0
        self._outer = [np.array([source], dtype=np.int64), np.array([target], dtype=np.int64)]
        self._near = [len(network.neighbours(source)), len(network.neighbours(target))]
        self._radius = [0, 0]
        self._inner: list[Ints] = []  # rings around the source but for the outermost
        self._work = 0
        self.finished = False

    def __iter__(self) -> Iterator[tuple[int, ...]]:
        """Yield routes, shortest first, equals by the numbers of their nodes; stop where it gets laborious."""
        shortest = self._meet()
        if shortest is None:
            self.finished = True
            return
        for length in range(shortest, min(shortest + _DETOUR + 1, _FAR - 1)):
            while sum(self._radius) < length and self._grow() is not None:
                pass
            self._reached = self._tighten()
            self._steps = self._reached.tobytes()
            self._dead: set[tuple[int, int]] = set()
            self._collisions = 0
            self._cut = False
            for path in self._walk((self._source,), length):
                if path is None:
                    return
                yield path
            if not self._cut:  # nothing was too far away: no route is longer
                self.finished = True
                return

    def _walk(self, path: tuple[int, ...], left: int) -> Iterator[tuple[int, ...] | None]:
        """Yield the ways on that take so many steps; None if too many nodes were looked at."""
        node, target, steps, dead = path[-1], self._target, self._steps, self._dead
        before, found = self._collisions, False
        neighbours = self._network.list_neighbours(node)
        if len(neighbours) > _HUB:
            near = self._network.neighbours(node)
            within = self._reached[near] < left
            self._cut = self._cut or not within.all()
            neighbours = near[within].tolist()
        self._work += len(neighbours)
        if self._work > _PATIENCE:
            yield None
            return
        for other in neighbours:
            if steps[other] >= left or (other, left - 1) in dead:
                self._cut = True
                continue
            if left == 1:
                found = True
                yield (*path, other)
            elif other in path:
                self._collisions += 1
            elif other == target:
                continue
            elif left == 2:  # the target is its neighbour; its others are not looked at
                self._cut = found = True
                yield (*path, other, target)
            else:
                for longer in self._walk((*path, other), left - 1):
                    found = True
                    yield longer
        if not found and self._collisions == before:
            dead.add((node, left))

    # ---- rings ----

    def _meet(self) -> int | None:
        """Draw rings until they meet; return the distance of the two, or None if there is no way."""
        while all(self._near):
            side = self._grow()
            if side is None or sum(self._radius) >= _FAR:
                return _FAR
            if (self._seen[1 - side][self._outer[side]] != _FAR).any():
                return sum(self._radius)
        return None

    def _grow(self) -> int | None:
        """Draw a ring around the end with fewer neighbours; return which, or None if there are none left."""
        at_source, at_target = self._near
        if not at_source and not at_target:
            return None
        side = int(not at_source or 0 < at_target <= at_source)
        steps, ring, start = self._seen[side], self._outer[side], self._network.start
        if len(ring) == 1:
            near = self._network.neighbours(ring.item())
        else:
            near = self._network.neighbour[expand_slices(start[ring], start[ring + 1])]
        self._radius[side] += 1
        near = near[steps[near] == _FAR]
        steps[near] = self._radius[side]
        if side == 0:
            self._inner.append(ring)
        # The neighbours of one node are all different; of several some may be the same.
        new = near if len(ring) == 1 else (steps == self._radius[side]).nonzero()[0]
        self._outer[side] = new
        self._near[side] = int(self._network.degree[new].sum())
        return side

    def _tighten(self) -> Steps:
        """Return the steps to the target, those of the rings around the source included but the outermost."""
        steps = self._seen[1].copy()
        if not self._inner:
            return steps
        start, neighbour = self._network.start, self._network.neighbour
        if len(self._inner) == 1:  # the source alone
            near = neighbour[start[self._source] : start[self._source + 1]]
            steps[self._source] = min(steps[self._source], int(steps[near].min()) + 1, _FAR)
            return steps
        nodes = np.concatenate(self._inner)
        first, last = start[nodes], start[nodes + 1]
        near = neighbour[expand_slices(first, last)]
        begin = np.cumsum(last - first) - (last - first)
        for _ in self._inner:  # who is n rings from the outermost learns of it after n rounds
            least = np.minimum(np.minimum.reduceat(steps[near], begin), _FAR - 1) + 1
            steps[nodes] = np.minimum(steps[nodes], least)
        return steps
