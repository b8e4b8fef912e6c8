"""One skeleton of line-ups with everybody who can stand in it, as places, bonds and counters."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from math import lcm
from typing import Any

import numpy as np

from ._elimination import Cells, WorthNetwork
from ._skeletons import Skeleton
from .market import Ints
from .place_finder import Place, PlaceFinder

__all__ = ["Constraints", "Roster", "balance_of"]

_WORD = 1 << 48  # whole numbers below it add up in 64 bits


@dataclass(frozen=True)
class Constraints:
    """What is asked of a line-up.

    Parameters
    ----------
    pair
        The two countries.
    include
        Vendors that must have a place.
    at_most
        By country, the most places that its vendors may have.
    documented
        Whether each two neighbours must be tied, or be one firm.
    both_countries, two_groups
        Whether both countries and two groups must be there.
    """

    pair: tuple[str, str]
    include: tuple[str, ...] = ()
    at_most: tuple[tuple[str, int], ...] = ()
    documented: bool = False
    both_countries: bool = True
    two_groups: bool = True


class Roster:
    """Who can stand in each place of a skeleton, who neighbours whom, and what that is worth.

    Parameters
    ----------
    skeleton
        The components.
    candidates
        For each of them, who can stand there, by vendor.
    neighbours
        Pairs of components that are neighbours wherever both are there.
    finder
        What ties two of them.
    shares
        Weight of each part of the score, together 1.
    constraints
        What is asked.

    Attributes
    ----------
    scale
        The score times this is a whole number.
    domains
        Of each place, the first of each kind of candidates that are alike: of one country, equally well
        documented, with the same ties to everybody who can stand at a neighbouring place.
    """

    def __init__(
        self,
        skeleton: Skeleton,
        candidates: Sequence[Sequence[Place]],
        neighbours: Collection[frozenset[str]],
        finder: PlaceFinder,
        shares: Mapping[str, Fraction],
        constraints: Constraints,
    ) -> None:
        self.skeleton = skeleton
        self.candidates = candidates
        self.finder = finder
        self.shares = shares
        self.constraints = constraints
        self.components = tuple(component for component, _ in skeleton.made)
        self.pairs = [
            (p, q)
            for p, q in combinations(range(len(self.components)), 2)
            if frozenset((self.components[p], self.components[q])) in neighbours
        ]
        self.levels = [np.array([int(one.evidence * 3) for one in place]) for place in candidates]
        self._ties = self._find_ties()
        self.scale = self._find_scale()
        self.dtype: Any = np.int64 if self.scale < _WORD else np.dtype(object)
        self.barred = -(self.scale + 1)
        self.network = self._build_network()
        self.domains, self._alike = self._find_alike()

    @property
    def size(self) -> int:
        """Number of places."""
        return len(self.components)

    def vendors(self, choice: Sequence[int]) -> tuple[str, ...]:
        """Return the vendors of a choice."""
        return tuple(place[one].vendor for place, one in zip(self.candidates, choice, strict=True))

    def alike(self, place: int, one: int) -> tuple[str, ...]:
        """Return the other vendors that would do as well as a candidate of a place."""
        return tuple(self.candidates[place][other].vendor for other in self._alike[place][one])

    def evidence_worth(self, level: int) -> int:
        """Return what the weakest place adds."""
        return int(self.shares["evidence"] * Fraction(level, 3) * self.scale)

    def groups_of(self, place: int) -> list[str]:
        """Return the group of each candidate of a place."""
        return [one.group for one in self.candidates[place]]

    @cached_property
    def full_groups(self) -> tuple[str, ...]:
        """Groups that could fill every place alone."""
        sets = [set(self.groups_of(place)) for place in range(self.size)]
        return tuple(sorted(set.intersection(*sets))) if sets else ()

    def _find_ties(self) -> dict[tuple[int, int], dict[tuple[int, int], Fraction]]:
        """Strength of the ties of each two neighbouring places, where there are any."""
        known: dict[str, list[tuple[int, int]]] = {}
        for place, candidates in enumerate(self.candidates):
            for one, candidate in enumerate(candidates):
                known.setdefault(candidate.vendor, []).append((place, one))
        found: dict[tuple[int, int], dict[tuple[int, int], Fraction]] = {pair: {} for pair in self.pairs}
        for firms in self.finder.relations:
            first, second = sorted(firms)
            for p, i in known.get(first, ()):
                for q, j in known.get(second, ()):
                    (low, i_), (high, j_) = sorted(((p, i), (q, j)))
                    if (low, high) in found:
                        tie = self.finder.tie(self.candidates[low][i_], self.candidates[high][j_])
                        if tie.strength:
                            found[low, high][i_, j_] = tie.strength
        return found

    # ---- in whole numbers ----

    def _worth(self, place: Place) -> Fraction:
        return (self.shares["need"] * place.needed + self.shares["backup"] * place.backup) / self.size

    def _find_scale(self) -> int:
        values = {self._worth(one) for place in self.candidates for one in place}
        values |= {
            self.shares["tie"] * strength / len(self.pairs)
            for ties in self._ties.values()
            for strength in ties.values()
        }
        values |= {self.shares["evidence"] / 3, self.shares["balance"] / max(1, self.size // 2)}
        return lcm(*(value.denominator for value in values))

    def _build_network(self) -> WorthNetwork:
        counters, finish = self._count()
        worth = [
            np.array([int(self._worth(one) * self.scale) for one in place], dtype=self.dtype)
            for place in self.candidates
        ]
        counter = [
            np.array([counters.get(one.country, -1) for one in place], dtype=np.int64)
            for place in self.candidates
        ]
        bonds = {pair: cells for pair in self.pairs if (cells := self._bond(pair)).any()}
        return WorthNetwork(worth, counter, bonds, finish, self.barred)

    def _bond(self, pair: tuple[int, int]) -> Cells:
        """Return what ties add for two places; barred where one is asked for and there is none."""
        first, second = (self.candidates[place] for place in pair)
        plain = self.barred if self.constraints.documented else 0
        cells = np.full((len(first), len(second)), plain, dtype=self.dtype)
        if self.constraints.documented:
            at = {one.vendor: position for position, one in enumerate(second)}
            for position, one in enumerate(first):
                if one.vendor in at:
                    cells[position, at[one.vendor]] = 0
        share = self.shares["tie"] * self.scale / max(1, len(self.pairs))
        for (i, j), strength in self._ties[pair].items():
            cells[i, j] = int(share * strength)
        return cells

    def _count(self) -> tuple[dict[str, int], Cells]:
        """Return the counter of each country that is counted, and what the counts add in the end."""
        a, b = self.constraints.pair
        there = {one.country for place in self.candidates for one in place}
        most = dict(self.constraints.at_most)
        counted = [a]
        if there - {a, b}:  # else those of B are the rest
            counted.append(b)
            counted += [country for country in sorted(most) if country in there - {a, b}]
        shape = [min(self.size, most.get(country, self.size)) + 1 for country in counted]
        finish = np.full(shape, self.barred, dtype=self.dtype)
        for counts in np.ndindex(*shape):
            of_a = counts[0]
            of_b = counts[1] if len(counts) > 1 else self.size - of_a
            if (bool(of_a and of_b) or not self.constraints.both_countries) and of_b <= most.get(
                b, self.size
            ):
                finish[counts] = int(self.shares["balance"] * balance_of(of_a, of_b, self.size) * self.scale)
        return {country: axis for axis, country in enumerate(counted)}, finish

    # ---- candidates that are alike ----

    def _find_alike(self) -> tuple[list[Ints], list[dict[int, list[int]]]]:
        network, include, full = self.network, self.constraints.include, self.full_groups
        rows: list[list[Cells]] = [[] for _ in self.candidates]
        for (p, q), cells in network.bonds.items():
            rows[p].append(cells)
            rows[q].append(cells.T)
        domains: list[Ints] = []
        alike: list[dict[int, list[int]]] = []
        for place, candidates in enumerate(self.candidates):
            kinds: dict[tuple[Any, ...], list[int]] = {}
            for one, candidate in enumerate(candidates):
                kind = (
                    candidate.country,
                    candidate.evidence,
                    candidate.vendor if candidate.vendor in include else None,
                    candidate.group if candidate.group in full else None,
                    *(tuple(cells[one].tolist()) for cells in rows[place]),
                )
                kinds.setdefault(kind, []).append(one)
            domains.append(np.array(sorted(ones[0] for ones in kinds.values()), dtype=np.int64))
            alike.append({ones[0]: ones[1:] for ones in kinds.values()})
        return domains, alike


def balance_of(a: int, b: int, places: int) -> Fraction:
    """Return the places of the country with fewer, as a share of half of all places, rounded down."""
    return Fraction(min(a, b), max(1, places // 2))
