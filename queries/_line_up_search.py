"""The search for the best line-ups: best first over parts of what can be chosen from.

A *region* is a roster with fewer candidates in some places. The best of a region is found by elimination;
taken out, it leaves a few smaller regions that part what is left [1]_. So the k best come one by one.

References
----------
.. [1] E. L. Lawler, A procedure for computing the k best solutions to discrete optimization problems,
   Management Science 18(7), 1972, doi:10.1287/mnsc.18.7.401.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from itertools import product
from typing import NamedTuple

import numpy as np

from ._elimination import Cells, Meter, Solved
from ._roster import Roster
from .market import Ints

__all__ = ["Found", "SearchResult", "search_line_ups"]

Domains = tuple[Ints, ...]
_STARTS = 8  # regions in which a choice is looked for where none is certain
_ROUNDS = 20
_TRIED = 6  # changes of one place or of two that are looked at in full, the most promising first
_BOUND, _VALUE, _DONE = range(3)


class Found(NamedTuple):
    """One choice of candidates for a roster."""

    roster: Roster
    choice: tuple[int, ...]
    score: Fraction

    @property
    def key(self) -> tuple[Fraction, tuple[str, ...], tuple[str, ...]]:
        """Order among others: by score, then by the ids of components and vendors."""
        return -self.score, self.roster.components, self.roster.vendors(self.choice)


class SearchResult(NamedTuple):
    """The best choices, whether they are for certain, and what no choice surpasses."""

    found: list[Found]
    exact: bool
    bound: Fraction | None


class _Region(NamedTuple):
    roster: Roster
    domains: Domains


class _Entry(NamedTuple):
    """A region in the queue; what is known of it least comes first among equals."""

    minus: Fraction  # the score of its best, or a bound on it, below zero so that the best comes first
    stage: int
    key: tuple[tuple[str, ...], tuple[str, ...]]
    serial: int
    region: _Region
    choice: tuple[int, ...]


def search_line_ups(rosters: Sequence[Roster], *, k: int, budget: int) -> SearchResult:
    """Find the k best choices of candidates over some rosters.

    Parameters
    ----------
    rosters
        The rosters; no two have a choice in common.
    k
        How many at most; of candidates that are alike only the first.
    budget
        Most cells of tables. Beyond it the best that a local search finds is returned, with a bound.
    """
    meter = Meter(budget)
    queue: list[_Entry] = []
    serial = 0

    def push(score: Fraction, stage: int, region: _Region, choice: tuple[int, ...] = ()) -> None:
        nonlocal serial
        serial += 1
        key = (region.roster.components, region.roster.vendors(choice)) if stage == _DONE else ((), ())
        heapq.heappush(queue, _Entry(-score, stage, key, serial, region, choice))

    for roster in rosters:
        for domains in _part(roster):
            push(_bound_from_above(roster, domains), _BOUND, _Region(roster, domains))
    found: list[Found] = []
    while queue and len(found) < k:
        entry = heapq.heappop(queue)
        score, region = -entry.minus, entry.region
        if entry.stage == _DONE:
            found.append(Found(region.roster, entry.choice, score))
            for domains in _leave_out(region.domains, entry.choice):
                push(
                    min(score, _bound_from_above(region.roster, domains)),
                    _BOUND,
                    _Region(region.roster, domains),
                )
            continue
        solved = _solve(region, meter, want_choice=entry.stage == _VALUE)
        if solved.bound is None:
            continue
        value = Fraction(solved.bound, region.roster.scale)
        if entry.stage == _BOUND and solved.exact:
            push(value, _VALUE, region)
            continue
        first = None if solved.choice is None else _find_first(region, solved.choice, value, meter)
        if first is not None:
            push(score, _DONE, region, first)
            continue
        if solved.choice is not None:  # one of the best, though perhaps not the first of them
            found.append(Found(region.roster, solved.choice, value))
        push(min(score, value), _BOUND, region)
        return _settle_for_less(queue, found, k)
    return SearchResult(found, True, max((one.score for one in found), default=None))


def _settle_for_less(queue: list[_Entry], found: list[Found], k: int) -> SearchResult:
    """Return the best that are found without tables, and what no choice surpasses."""
    bound = max(-min(entry.minus for entry in queue), *(one.score for one in found), Fraction(0))
    known = {(one.roster.components, one.roster.vendors(one.choice)): one for one in found}
    for entry in sorted(queue)[:_STARTS]:
        for choice in [entry.choice] if entry.stage == _DONE else _improve(entry.region):
            roster = entry.region.roster
            score = Fraction(_measure(roster, choice), roster.scale)
            known.setdefault((roster.components, roster.vendors(choice)), Found(roster, choice, score))
    return SearchResult(sorted(known.values(), key=lambda one: one.key)[:k], False, bound)


# ---- parts of a roster ----


def _part(roster: Roster) -> Iterator[Domains]:
    """Part a roster by where each vendor that must be there stands first, and who breaks up each group."""
    parts = [tuple(roster.domains)]
    for vendor in roster.constraints.include:
        has = [np.array([one.vendor == vendor for one in place], dtype=bool) for place in roster.candidates]
        parts = [new for domains in parts for new in _part_by_first(domains, has)]
    if roster.constraints.two_groups:
        for group in roster.full_groups:
            other = [
                np.array([one != group for one in roster.groups_of(place)], dtype=bool)
                for place in range(roster.size)
            ]
            parts = [new for domains in parts for new in _part_by_first(domains, other)]
    yield from parts


def _part_by_first(domains: Domains, wanted: Sequence[np.ndarray]) -> Iterator[Domains]:
    """Part what can be chosen by the first place with a wanted candidate; there must be one."""
    for place, domain in enumerate(domains):
        here = domain[wanted[place][domain]]
        before = tuple(one[~wanted[p][one]] for p, one in enumerate(domains[:place]))
        if len(here) and all(map(len, before)):
            yield (*before, here, *domains[place + 1 :])


def _leave_out(domains: Domains, choice: tuple[int, ...]) -> Iterator[Domains]:
    """Part what is left when one choice is taken out, by the first place where it differs."""
    for place, domain in enumerate(domains):
        rest = domain[domain != choice[place]]
        if len(rest):
            before = tuple(np.array([one], dtype=np.int64) for one in choice[:place])
            yield (*before, rest, *domains[place + 1 :])


# ---- the best of a region ----


def _levels_of(region: _Region) -> list[Ints]:
    return [region.roster.levels[place][domain] for place, domain in enumerate(region.domains)]


def _bound_from_above(roster: Roster, domains: Domains) -> Fraction:
    """Return a bound that costs next to nothing: the best of everything."""
    weakest = min(int(levels.max()) for levels in _levels_of(_Region(roster, domains)))
    return Fraction(_add_up_best(roster, domains) + roster.evidence_worth(weakest), roster.scale)


def _add_up_best(roster: Roster, domains: Sequence[Ints]) -> int:
    """Return what the best candidates and the best ties are worth, whether they go together or not."""
    network = roster.network
    best = sum(int(network.worth[place][domain].max()) for place, domain in enumerate(domains))
    for (p, q), cells in network.bonds.items():
        best += int(cells[domains[p]][:, domains[q]].max())
    return best + max(0, int(network.finish.max()))


def _solve(region: _Region, meter: Meter, *, want_choice: bool, at_least: int | None = None) -> Solved:
    """Find the best of a region: for each grade of evidence that of the candidates with at least this.

    What the weakest place adds is counted by the grade, so that no choice is counted too high and one of
    them is counted in full. Of a region whose best is worth less than `at_least`, it may say that it has none.
    """
    roster = region.roster
    levels = _levels_of(region)
    best = Solved(None, True, None)
    bound: int | None = None
    exact = True
    before: list[int] = []
    for level in sorted({int(one) for place in levels for one in place}, reverse=True):
        domains = [domain[own >= level] for domain, own in zip(region.domains, levels, strict=True)]
        sizes = list(map(len, domains))
        if not all(sizes) or sizes == before:
            continue
        before = sizes
        worth = roster.evidence_worth(level)
        within = _add_up_best(roster, domains) + worth
        if (bound is not None and within <= bound) or (at_least is not None and within < at_least):
            continue  # nothing here that would change the answer
        solved = roster.network.restrict(domains).solve(meter, want_choice=want_choice)
        if solved.bound is None:
            continue
        total = solved.bound + worth
        exact = exact and solved.exact
        if bound is None or total > bound:
            bound = total
            if solved.choice is not None:
                choice = tuple(int(domain[one]) for domain, one in zip(domains, solved.choice, strict=True))
                best = Solved(total, True, choice)
    return Solved(bound, exact, best.choice if exact else None)


def _find_first(
    region: _Region, choice: tuple[int, ...], score: Fraction, meter: Meter
) -> tuple[int, ...] | None:
    """Return the first choice of a score, by the ids of vendors; None if tables grow too large.

    `choice` is one that has this score, the best.
    """
    domains = list(region.domains)
    wanted = int(score * region.roster.scale)
    for place, domain in enumerate(region.domains):
        while len(smaller := domain[domain < choice[place]]):
            domain = domains[place] = smaller
            other = _solve(_Region(region.roster, tuple(domains)), meter, want_choice=True, at_least=wanted)
            if not other.exact:
                return None
            if other.choice is None or (other.bound or 0) < wanted:
                break
            choice = other.choice
        domains[place] = np.array([choice[place]], dtype=np.int64)
    return choice


# ---- without tables ----


def _measure(roster: Roster, choice: Sequence[int]) -> int:
    """Return what a choice is worth, evidence included; less than 0 if it is not allowed."""
    weakest = min(int(roster.levels[place][one]) for place, one in enumerate(choice))
    total: int = roster.network.measure(choice) + roster.evidence_worth(weakest)
    return total


def _improve(region: _Region) -> Iterator[tuple[int, ...]]:
    """Yield choices of a region that no change of one or two places improves, from a few beginnings."""
    roster = region.roster
    for wish in range(4):
        choice = [_begin(region, place, wish) for place in range(roster.size)]
        worth = _measure(roster, choice)
        for _ in range(_ROUNDS):
            before = worth
            for places in [(place,) for place in range(roster.size)] + list(roster.network.bonds):
                worth = _change(region, choice, places, worth)
            if worth == before:
                break
        if worth >= 0:
            yield tuple(choice)


def _begin(region: _Region, place: int, wish: int) -> int:
    """Return the best candidate of a place by itself, of a country that is wished for if there is one."""
    roster, domain = region.roster, region.domains[place].tolist()
    a, b = roster.constraints.pair
    country = (a, b, (a, b)[place % 2], None)[wish]
    worth = roster.network.worth[place]
    best: int = max(
        domain,
        key=lambda one: (roster.candidates[place][one].country == country, int(worth[one]), -one),
    )
    return best


def _change(region: _Region, choice: list[int], places: tuple[int, ...], worth: int) -> int:
    """Give one or two places their best candidates, everything else as it is; return what that is worth."""
    roster = region.roster
    domains = [region.domains[place] for place in places]
    near = [
        _worth_beside(roster, place, choice, places)[domain]
        for place, domain in zip(places, domains, strict=True)
    ]
    total = near[0] if len(places) == 1 else near[0][:, None] + near[1][None, :]
    if len(places) == 2:
        total = total + roster.network.bonds[places[0], places[1]][np.ix_(*domains)]
    for _, trial in sorted(
        zip((-total).ravel().tolist(), product(*(d.tolist() for d in domains)), strict=True)
    )[:_TRIED]:
        before = [choice[place] for place in places]
        for place, one in zip(places, trial, strict=True):
            choice[place] = one
        found = _measure(roster, choice)
        if found > worth:
            worth = found
        else:
            for place, one in zip(places, before, strict=True):
                choice[place] = one
    return worth


def _worth_beside(roster: Roster, place: int, choice: Sequence[int], places: Collection[int]) -> Cells:
    """Return what each candidate of a place adds, with the ties to all places but some."""
    worth = roster.network.worth[place]
    for (p, q), cells in roster.network.bonds.items():
        if p == place and q not in places:
            worth = worth + cells[:, choice[q]]
        elif q == place and p not in places:
            worth = worth + cells[choice[p]]
    return worth
