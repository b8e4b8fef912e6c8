"""How many minimal path sets there are, without making one of them.

A minimal path set meets every minimal cut set, and each of its units is alone in one of them: its own. The cut
sets are gone through one by one; of the units that later ones hold too it is enough to know which were taken,
and which of these have a set of their own already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product

__all__ = ["TooWideError", "count_minimal_hitting_sets"]

_TAKEN, _SETTLED = 1, 2  # settled: taken, and alone in some set; 0: left out

Counts = dict[int, int]
Kind = frozenset[int]
"""The sets that a unit stands in; units of one kind are alike, and no minimal set holds two of them."""


class TooWideError(Exception):
    """More steps would have been taken than were allowed."""


def count_minimal_hitting_sets(sets: Sequence[frozenset[int]], *, most: int) -> Counts:
    """Count the minimal sets of units that meet each of some sets, by the number of their units.

    Parameters
    ----------
    sets
        Sets of units, none of which is part of another.
    most
        Most steps.

    Returns
    -------
    dict of int to int
        How many there are of each number of units.

    Raises
    ------
    TooWideError
        The sets have so many units in common that it would take more steps than that.

    Examples
    --------
    >>> count_minimal_hitting_sets([frozenset({1}), frozenset({2, 3}), frozenset({3, 4})], most=100)
    {2: 1, 3: 1}

    Notes
    -----
    Dynamic programming along an order of the sets in which few units are open at a time: met, and met again
    later. A state says of each of these what was done; there are at most three to the power of their number.
    """
    weights: dict[Kind, int] = defaultdict(int)
    for unit in sorted(frozenset().union(*sets)):
        weights[frozenset(place for place, one in enumerate(sets) if unit in one)] += 1
    order = _order_sets(len(sets), list(weights))
    counter = _Counter(weights, {one: place for place, one in enumerate(order)}, most)
    for one in order:
        counter.meet(one)
    return dict(sorted(counter.states[()].items())) if () in counter.states else {}


def _order_sets(many: int, kinds: Sequence[Kind]) -> list[int]:
    """Order sets, each time the one after which the fewest kinds are open; the first of equals."""
    order: list[int] = []
    done: set[int] = set()
    while len(order) < many:
        costs = [
            (sum(1 for kind in kinds if kind & (done | {one}) and kind - done - {one}), one)
            for one in range(many)
            if one not in done
        ]
        order.append(min(costs)[1])
        done.add(order[-1])
    return order


class _Counter:
    """Goes through the sets; `states` says in how many ways, by order, each state is reached."""

    def __init__(self, weights: dict[Kind, int], places: dict[int, int], most: int) -> None:
        self._weights = weights
        self._last = {kind: max(places[one] for one in kind) for kind in weights}
        self._places = places
        self._left = most
        self._open: list[Kind] = []
        self.states: dict[tuple[int, ...], Counts] = {(): {0: 1}}

    def meet(self, one: int) -> None:
        """Go through one set: what it newly holds is taken or not, and it must be met."""
        place = self._places[one]
        new = [kind for kind in self._weights if one in kind and kind not in self._open]
        shared = sorted((kind for kind in new if len(kind) > 1), key=sorted)
        alone = sum(self._weights[kind] for kind in new if len(kind) == 1)
        every = [*self._open, *shared]
        inside = [position for position, kind in enumerate(every) if one in kind]
        kept = [position for position, kind in enumerate(every) if self._last[kind] > place]
        closing = [position for position in inside if position not in set(kept)]
        later = [self._mask(every[position], place) for position in kept]
        choices = list(self._list_choices(shared))
        found: dict[tuple[int, ...], Counts] = {}
        for state, counts in self.states.items():
            self._left -= len(choices)
            if self._left < 0:
                raise TooWideError
            for added, weight, size in choices:
                values = [*state, *added]
                hits = [position for position in inside if values[position]]
                if len(hits) == 1:
                    values[hits[0]] = _SETTLED
                if any(values[position] == _TAKEN for position in closing):
                    continue  # it has no set of its own, and none will come
                times, more = (weight, size) if hits else (weight * alone, size + 1)
                state_after = tuple(values[position] for position in kept)
                if times and _can_settle(state_after, later):
                    reached = found.setdefault(state_after, {})
                    for many, ways in counts.items():
                        reached[many + more] = reached.get(many + more, 0) + ways * times
        self.states, self._open = found, [every[position] for position in kept]

    def _mask(self, kind: Kind, place: int) -> int:
        """Return the sets that a kind stands in and that are still to come, as bits."""
        return sum(1 << one for one in kind if self._places[one] > place)

    def _list_choices(self, kinds: Sequence[Kind]) -> Iterator[tuple[tuple[int, ...], int, int]]:
        """Yield each way to take some of several kinds: which, in how many ways, and how many units."""
        for added in product((0, _TAKEN), repeat=len(kinds)):
            weight = 1
            for kind, taken in zip(kinds, added, strict=True):
                weight *= self._weights[kind] if taken else 1
            yield added, weight, sum(added)


def _can_settle(state: tuple[int, ...], later: Sequence[int]) -> bool:
    """Say whether each kind that was taken has a set of its own, or one to come that no other taken one is in."""
    once = twice = 0
    for value, sets in zip(state, later, strict=True):
        if value:
            twice |= once & sets
            once |= sets
    return all(value != _TAKEN or sets & ~twice for value, sets in zip(state, later, strict=True))
