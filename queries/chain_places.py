"""The places of a solution's chains: who can stand in which layer, what ties them, what they are worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm

from .analysis import Analysis
from .place_finder import PARTS, ChainTie, Place, PlaceFinder, Relation
from .trellis import Path, Stop, Summary, Trellis

__all__ = ["PARTS", "ChainPlaces", "ChainTie", "ChainVariant", "Place", "Relation"]


@dataclass(frozen=True)
class ChainVariant:
    """One vendor for each component of a chain.

    Parameters
    ----------
    places
        In the order of the layers.
    ties
        Of each two neighbours.
    parts
        The parts of the score by name, see `PARTS`.
    score
        Their weighted mean, 0 to 1.
    """

    places: tuple[Place, ...]
    ties: tuple[ChainTie, ...]
    parts: Mapping[str, Fraction]
    score: Fraction

    @property
    def vendors(self) -> tuple[str, ...]:
        """Ids of the vendors, in the order of the layers."""
        return tuple(place.vendor for place in self.places)


class ChainPlaces:
    """The places of one solution's chains, by layer, and what they are worth.

    Parameters
    ----------
    analysis
        What is counted.
    solution
        Id of the solution.
    weights
        Weight of each of `PARTS`.
    third_countries
        Whether vendors of other countries may stand in a place.
    """

    def __init__(
        self, analysis: Analysis, solution: str, weights: tuple[Fraction, ...], *, third_countries: bool
    ) -> None:
        self.analysis = analysis
        self.graph = analysis.graph
        self.market = analysis.market
        self.finder = PlaceFinder(analysis)
        total = sum(weights, Fraction(0))
        self.shares = dict(zip(PARTS, (weight / total for weight in weights), strict=True))
        needed = ("OFFERS", "REQUIRES", "IN_LAYER")
        self.missing = tuple(edge for edge in needed if self.graph.edges(edge).empty)
        self.layers: list[str] = self.graph.table("layers").sort_values(["order", "id"])["id"].tolist()
        self.required = self._list_required(solution)
        self.by_layer = [
            self.finder.list_places(components, third_countries=third_countries)
            for components in self.required
        ]

    def _list_required(self, solution: str) -> list[list[str]]:
        """Loop components that the solution or one that it builds on requires itself, by layer."""
        first = self.analysis.structure.components
        todo = self.analysis.solution_nodes([solution]).tolist()
        seen = set(todo)
        while todo:
            parts = {part for part, _ in self.analysis.parts_of(todo.pop())} - seen
            seen |= parts
            todo += [part for part in parts if part >= first]
        segments = self.graph.table("segments").set_index("id")["layer"]
        table = self.graph.table("components")
        layer = table["segment"].map(segments).tolist()
        loop = ((table["stage"] == "loop").fillna(False)).to_numpy(dtype=bool) & ~self.market.virtual
        wanted = [part for part in seen if part < first and loop[part]]
        names = self.market.names
        return [sorted(names[part] for part in wanted if layer[part] == where) for where in self.layers]

    def describe(self, path: Path) -> ChainVariant:
        """Return a path with all that its score is made of."""
        places = tuple(layer[position] for layer, position in zip(self.by_layer, path, strict=True))
        ties = tuple(self.finder.tie(*pair) for pair in pairwise(places))
        count = len(places)
        a, b = (sum(place.country == country for place in places) for country in self.analysis.scope.pair)
        parts = {
            "need": Fraction(sum(place.needed for place in places), count),
            "backup": sum((place.backup for place in places), Fraction(0)) / count,
            "tie": sum((tie.strength for tie in ties), Fraction(0)) / max(len(ties), 1),
            "evidence": min(place.evidence for place in places),
            "balance": _balance(a, b, count),
        }
        score = sum((self.shares[part] * parts[part] for part in PARTS), Fraction(0))
        return ChainVariant(places, ties, parts, score)

    def build_trellis(self) -> Trellis:
        """Return the places as a trellis, whose worth is the score times a whole number."""
        shares, count = self.shares, len(self.layers)
        worth = [
            [(shares["need"] * place.needed + shares["backup"] * place.backup) / count for place in layer]
            for layer in self.by_layer
        ]
        bonds = [dict(self._bonds(*pair)) for pair in pairwise(self.by_layer)]
        counts = range(count + 1)
        ends = {
            (a, b, level): shares["evidence"] * Fraction(level, 3) + shares["balance"] * _balance(a, b, count)
            for a in counts[1:]
            for b in counts[1 : count + 1 - a]
            for level in range(4)
        }
        values = [*(w for layer in worth for w in layer), *(b for pair in bonds for b in pair.values())]
        scale = lcm(*(value.denominator for value in [*values, *ends.values()]))
        codes = {group: n for n, group in enumerate(sorted({p.group for ps in self.by_layer for p in ps}))}
        finish: dict[Summary, int] = {summary: int(end * scale) for summary, end in ends.items()}
        sides = {country: side for side, country in enumerate(self.analysis.scope.pair)}
        return Trellis(
            [
                [
                    Stop(
                        place.component,
                        place.vendor,
                        int(value * scale),
                        sides.get(place.country, 2),
                        int(place.evidence * 3),
                        codes[place.group],
                    )
                    for place, value in zip(places, values_, strict=True)
                ]
                for places, values_ in zip(self.by_layer, worth, strict=True)
            ],
            [{pair: int(bond * scale) for pair, bond in bond_of.items()} for bond_of in bonds],
            finish.get,
        )

    def _bonds(self, before: list[Place], after: list[Place]) -> Iterator[tuple[tuple[int, int], Fraction]]:
        """Yield what ties add to the score, for the places of two layers that have any."""
        known: list[dict[str, list[int]]] = []
        for layer in (before, after):
            known.append({})
            for position, place in enumerate(layer):
                known[-1].setdefault(place.vendor, []).append(position)
        share = self.shares["tie"] / (len(self.layers) - 1)
        for one, other in map(sorted, self.finder.relations):
            for first, second in ((one, other), (other, one)):
                for i in known[0].get(first, ()):
                    for j in known[1].get(second, ()):
                        strength = self.finder.tie(before[i], after[j]).strength
                        if strength:
                            yield (i, j), share * strength


def _balance(a: int, b: int, places: int) -> Fraction:
    """Return half the places of the country with fewer; of four places, that is from 0 to 1."""
    return Fraction(2 * min(a, b), places)
