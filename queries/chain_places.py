"""The places of a solution's chains: who can stand in which layer, what ties them, what they are worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import lcm

import numpy as np

from ..graph import COMPANY_RELATIONS, first_day
from .analysis import Analysis
from .market import Bools, Ints
from .trellis import Path, Stop, Summary, Trellis

__all__ = ["PARTS", "ChainPlaces", "ChainTie", "ChainVariant", "Place", "Relation"]

PARTS = ("need", "backup", "tie", "evidence", "balance")
"""The parts of a chain's score, each from 0 to 1."""

_YEARS = 10  # a relation stated longer ago ties nobody
_LEVELS = {"high": 3, "medium": 2, "low": 1}  # thirds


@dataclass(frozen=True)
class Place:
    """One layer of a chain: a component and who offers it.

    Parameters
    ----------
    layer, component, vendor
        Their ids.
    country, group
        Country of the vendor, as the scope counts it, and the head of its group.
    needed
        Whether the other country of the pair has no group for the component; never for a third country.
    groups
        How many groups of the pair offer the component; 0 for an import.
    evidence
        How well the offer is documented: high 1, medium 2/3, low or blank 1/3, uncited 0.
    """

    layer: str
    component: str
    vendor: str
    country: str
    group: str
    needed: bool
    groups: int
    evidence: Fraction

    @property
    def backup(self) -> Fraction:
        """1 - 1/n of n groups; 0 for an import."""
        return 1 - Fraction(1, self.groups) if self.groups else Fraction(0)


@dataclass(frozen=True, order=True)
class Relation:
    """A documented relation of two firms: its type, its ends, what it is about, when it was said."""

    type: str
    from_vendor: str
    to_vendor: str
    component: str | None
    as_of: str
    row: int


@dataclass(frozen=True)
class ChainTie:
    """What ties two neighbours of a chain.

    Parameters
    ----------
    first, second
        The two vendors.
    strength
        1: a relation on one of the two components; 1/2: one of which nobody says what it is about; 0: none.
    relations
        The relations that count, those on a component first.
    """

    first: str
    second: str
    strength: Fraction
    relations: tuple[Relation, ...]


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
        total = sum(weights, Fraction(0))
        self.shares = dict(zip(PARTS, (weight / total for weight in weights), strict=True))
        needed = ("OFFERS", "REQUIRES", "IN_LAYER")
        self.missing = tuple(edge for edge in needed if self.graph.edges(edge).empty)
        self.layers: list[str] = self.graph.table("layers").sort_values(["order", "id"])["id"].tolist()
        self.required = self._list_required(solution)
        self.by_layer = [
            self._list_places(layer, components, third_countries=third_countries)
            for layer, components in zip(self.layers, self.required, strict=True)
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

    def _list_places(self, layer: str, components: list[str], *, third_countries: bool) -> list[Place]:
        """Everybody that can deliver one of some components, sorted by component, then vendor."""
        market = self.market
        offers = market.offers_on(self.analysis.component_nodes(components))
        home = market.counted & market.in_pair[market.offer_vendor]
        groups: dict[int, set[int]] = {}
        countries: dict[int, set[str]] = {}
        for offer in offers[home[offers]].tolist():
            component, vendor = int(market.offer_component[offer]), int(market.offer_vendor[offer])
            groups.setdefault(component, set()).add(int(market.groups.head[vendor]))
            countries.setdefault(component, set()).add(market.vendor_countries[vendor])
        able = offers[market.usable[offers] & self._delivers(offers)]
        if not third_countries:
            able = able[market.in_pair[market.offer_vendor[able]]]
        found = []
        for offer in able.tolist():
            component, vendor = int(market.offer_component[offer]), int(market.offer_vendor[offer])
            country, pair = market.vendor_countries[vendor], self.analysis.scope.pair
            found.append(
                Place(
                    layer,
                    market.names[component],
                    market.vendor_ids[vendor],
                    country,
                    market.vendor_ids[market.groups.head[vendor]],
                    needed=country in pair and countries[component] == {country},
                    groups=len(groups.get(component, ())),
                    evidence=self._grade(offer),
                )
            )
        return sorted(found, key=lambda place: (place.component, place.vendor))

    def _delivers(self, offers: Ints) -> Bools:
        """Say of each offer whether everything that its vendor must buy for it can be had."""
        structure, feasible = self.analysis.structure, self.analysis.feasible
        component = self.market.offer_component[offers]
        # Where vendors make different parts in house, the variant stands just before its source.
        return np.where(
            structure.any_of[component], feasible[structure.offer_source[offers] - 1], feasible[component]
        )

    def _grade(self, offer: int) -> Fraction:
        if self.market.column("source_kind")[offer] not in ("cited", "report"):
            return Fraction(0)
        return Fraction(_LEVELS.get(self.market.column("confidence")[offer], _LEVELS["low"]), 3)

    @cached_property
    def relations(self) -> dict[frozenset[str], list[Relation]]:
        """Relations in force of each two firms, stated within ten years."""
        found: dict[frozenset[str], list[Relation]] = {}
        for edge in COMPANY_RELATIONS:
            rows = self.graph.current(edge.lower())
            columns = (rows[name] for name in ("from_vendor", "to_vendor", "component", "as_of"))
            for row, source, target, component, as_of in zip(rows.index, *columns, strict=True):
                if source != target and _is_recent(as_of, self.graph.as_of):
                    about = component if isinstance(component, str) else None
                    relation = Relation(edge, source, target, about, as_of, int(row))
                    found.setdefault(frozenset((source, target)), []).append(relation)
        return found

    def tie(self, first: Place, second: Place) -> ChainTie:
        """Say what ties two neighbours."""
        on = (first.component, second.component)
        about = self.relations.get(frozenset((first.vendor, second.vendor)), [])
        exact = [relation for relation in about if relation.component in on]
        blank = [relation for relation in about if relation.component is None]
        strength = Fraction(1 if exact else 0) if exact or not blank else Fraction(1, 2)
        order = sorted(exact, key=_order), sorted(blank, key=_order)
        return ChainTie(first.vendor, second.vendor, strength, (*order[0], *order[1]))

    def describe(self, path: Path) -> ChainVariant:
        """Return a path with all that its score is made of."""
        places = tuple(layer[position] for layer, position in zip(self.by_layer, path, strict=True))
        ties = tuple(self.tie(*pair) for pair in pairwise(places))
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
        for one, other in map(sorted, self.relations):
            for first, second in ((one, other), (other, one)):
                for i in known[0].get(first, ()):
                    for j in known[1].get(second, ()):
                        strength = self.tie(before[i], after[j]).strength
                        if strength:
                            yield (i, j), share * strength


def _balance(a: int, b: int, places: int) -> Fraction:
    """Return half the places of the country with fewer; of four places, that is from 0 to 1."""
    return Fraction(2 * min(a, b), places)


def _order(relation: Relation) -> tuple[str, ...]:
    return relation.type, relation.from_vendor, relation.to_vendor, relation.as_of


def _is_recent(stated: object, day: str) -> bool:
    if not isinstance(stated, str) or not day:
        return False
    year, rest = first_day(stated).split("-", 1)
    return day <= f"{int(year) + _YEARS:04d}-{rest}"
