"""The best ways through a few layers, one stop a layer: exact, by dynamic programming over the layers.

A *sequence* says which component stands at each layer, a *path* says besides who offers it. What a path is
worth adds up over its stops and over the bonds of neighbours, but for what depends on the whole of it: how
many stops lie on each side, the weakest level, and whether there are two groups. Those four are the state
that the dynamic programme carries from layer to layer.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import NamedTuple

__all__ = ["Path", "Stop", "Trellis"]

Summary = tuple[int, int, int]
"""Stops on side 0, stops on side 1, weakest level."""

Path = tuple[int, ...]
"""Positions of the stops, one a layer."""

_State = tuple[int, int, int, int, int]  # last stop if it has a bond onward, summary, group if only one
_Frontier = dict[_State, list[tuple[int, Path]]]  # the cheapest paths of each state: (-worth, stops)
_MANY = _FREE = -1


class Stop(NamedTuple):
    """One vendor of one component.

    Parameters
    ----------
    component, vendor
        Their ids; the stops of a layer are sorted by them.
    worth
        What it adds to a path.
    side
        0 or 1; 2 is neither.
    level
        How well it is documented.
    group
        Code of the vendor's group.
    """

    component: str
    vendor: str
    worth: int
    side: int
    level: int
    group: int


@dataclass(frozen=True)
class Trellis:
    """Layers of stops, and what joins them.

    Parameters
    ----------
    layers
        The stops of each layer, sorted by component, then vendor.
    bonds
        For each two neighbouring layers, what a pair of stops adds to a path; a pair that is not there adds
        nothing, and none takes anything away.
    finish
        What the whole of a path adds, by its summary; None if such a path is not allowed. At least two
        groups are asked for besides.

    Notes
    -----
    Sequences come best first by a search over their beginnings. Each beginning is bounded from above by the
    best worth of its states plus that of all that can follow, which one pass from the last layer back gives
    for every component; the bound leaves the two groups out, so it is never too low. Only beginnings that
    may still lead to one of the answers asked for are ever extended.
    """

    layers: Sequence[Sequence[Stop]]
    bonds: Sequence[dict[tuple[int, int], int]]
    finish: Callable[[Summary], int | None]

    def best_sequences(self) -> Iterator[tuple[str, ...]]:
        """Yield every sequence with a path that is allowed, best first, equals by their ids."""
        # A beginning is less than what it leads to, so that of equals none is passed over.
        heap: list[tuple[int, tuple[str, ...], _Frontier]] = [(0, (), {(_FREE, 0, 0, 0, _MANY): [(0, ())]})]
        while heap:
            _, sequence, frontier = heapq.heappop(heap)
            depth = len(sequence)
            if depth == len(self.layers):
                yield sequence
                continue
            for component, stops in self._stops[depth].items():
                longer = self._extend(frontier, depth, stops, 1)
                bound = self._bound(longer, depth, component)
                if bound is not None:
                    heapq.heappush(heap, (-bound, (*sequence, component), longer))

    def best_paths(self, sequence: Sequence[str], count: int) -> list[tuple[int, Path]]:
        """Return the best allowed paths of one sequence with their worth, equals by vendor ids.

        Parameters
        ----------
        sequence
            A component of each layer.
        count
            How many at most.
        """
        frontier: _Frontier = {(_FREE, 0, 0, 0, _MANY): [(0, ())]}
        for depth, component in enumerate(sequence):
            frontier = self._extend(frontier, depth, self._stops[depth][component], count)
        ended = [
            (cost - added, path)
            for (_, *summary, group), paths in frontier.items()
            if group == _MANY and (added := self.finish((summary[0], summary[1], summary[2]))) is not None
            for cost, path in paths
        ]
        return [(-cost, path) for cost, path in heapq.nsmallest(count, ended)]

    def count_paths(self, sequence: Sequence[str]) -> int:
        """Count the paths of one sequence with both sides and two groups, by inclusion and exclusion."""
        places = [
            [self.layers[depth][stop] for stop in self._stops[depth][component]]
            for depth, component in enumerate(sequence)
        ]
        everywhere = set.intersection(*({stop.group for stop in stops} for stops in places))
        alone = [[[s for s in stops if s.group == group] for stops in places] for group in everywhere]
        return _count_both_sides(places) - sum(map(_count_both_sides, alone))

    @cached_property
    def _stops(self) -> list[dict[str, list[int]]]:
        """Positions of the stops of each component, by layer."""
        found: list[dict[str, list[int]]] = []
        for layer in self.layers:
            by_component: dict[str, list[int]] = {}
            for position, stop in enumerate(layer):
                by_component.setdefault(stop.component, []).append(position)
            found.append(by_component)
        return found

    @cached_property
    def _bonded(self) -> list[set[int]]:
        """Stops of each layer with a bond to the next; of the others the next layer need not know."""
        return [*({first for first, _ in bonds} for bonds in self.bonds), set()]

    def _extend(self, frontier: _Frontier, depth: int, stops: list[int], count: int) -> _Frontier:
        """Add a layer to paths; keep the best of each state."""
        layer, bonded = self.layers[depth], self._bonded[depth]
        bonds = self.bonds[depth - 1] if depth else {}
        longer: _Frontier = {}
        for (last, a, b, level, group), paths in frontier.items():
            for position in stops:
                stop = layer[position]
                state = (
                    position if position in bonded else _FREE,
                    a + (stop.side == 0),
                    b + (stop.side == 1),
                    min(level, stop.level) if depth else stop.level,
                    stop.group if stop.group == group or not depth else _MANY,
                )
                worth = stop.worth + (bonds.get((last, position), 0) if last != _FREE else 0)
                longer.setdefault(state, []).extend((cost - worth, (*path, position)) for cost, path in paths)
        for state, paths in longer.items():
            longer[state] = [min(paths)] if count == 1 else heapq.nsmallest(count, paths)
        return longer

    def _bound(self, frontier: _Frontier, depth: int, component: str) -> int | None:
        """Return the most that any path with this beginning is worth, or None; exact at the last layer."""
        is_last = depth + 1 == len(self.layers)
        reached: dict[Summary, int] = {}
        for (_, a, b, level, group), paths in frontier.items():
            if group == _MANY or not is_last:
                reached[a, b, level] = max(reached.get((a, b, level), -paths[0][0]), -paths[0][0])
        found = None
        for before, worth in reached.items():
            for after, more in self._after[depth][component].items():
                added = self.finish(_join(before, after))
                if added is not None and (found is None or worth + more + added > found):
                    found = worth + more + added
        return found

    @cached_property
    def _after(self) -> list[dict[str, dict[Summary, int]]]:
        """For each component of each layer, the most that what follows it is worth, by its summary.

        A summary of nothing has a level above all others.
        """
        top = max((stop.level for layer in self.layers for stop in layer), default=0)
        found: list[dict[str, dict[Summary, int]]] = []
        following: list[dict[Summary, int]] = []  # from each stop of the next layer on
        for depth in reversed(range(len(self.layers))):
            anybody = _merge(following) if found else {(0, 0, top): 0}
            onward: dict[int, list[tuple[int, int]]] = {}
            for (first, second), worth in (self.bonds[depth] if found else {}).items():
                onward.setdefault(first, []).append((second, worth))
            after = []
            for position in range(len(self.layers[depth])):
                bound = [_raise(following[second], worth) for second, worth in onward.get(position, [])]
                after.append(_merge([anybody, *bound]) if bound else anybody)
            following = [_prepend(stop, rest) for stop, rest in zip(self.layers[depth], after, strict=True)]
            found.append(
                {
                    component: _merge([after[position] for position in stops])
                    for component, stops in self._stops[depth].items()
                }
            )
        return found[::-1]


def _count_both_sides(places: list[list[Stop]]) -> int:
    def count(*sides: int) -> int:
        return prod(sum(stop.side in sides for stop in stops) for stops in places)

    return count(0, 1, 2) - count(0, 2) - count(1, 2) + count(2)


def _join(first: Summary, second: Summary) -> Summary:
    return first[0] + second[0], first[1] + second[1], min(first[2], second[2])


def _prepend(stop: Stop, rest: dict[Summary, int]) -> dict[Summary, int]:
    own = (int(stop.side == 0), int(stop.side == 1), stop.level)
    return _merge([{_join(own, summary): worth + stop.worth} for summary, worth in rest.items()])


def _raise(worths: dict[Summary, int], more: int) -> dict[Summary, int]:
    return {summary: worth + more for summary, worth in worths.items()}


def _merge(parts: Sequence[dict[Summary, int]]) -> dict[Summary, int]:
    """Return the best worth of each summary."""
    best: dict[Summary, int] = {}
    for part in parts:
        for summary, worth in part.items():
            if worth > best.get(summary, worth - 1):
                best[summary] = worth
    return best
