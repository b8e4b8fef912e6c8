"""Places of chains and line-ups: who can deliver a component, and what ties two who stand side by side."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from functools import cached_property
from numbers import Real

from .._errors import InputError
from ..graph import COMPANY_RELATIONS, first_day
from .analysis import Analysis
from .market import Bools, Ints

__all__ = ["PARTS", "ChainTie", "Place", "PlaceFinder", "Relation", "check_weights", "hint_names"]

PARTS = ("need", "backup", "tie", "evidence", "balance")
"""The parts of a score, each from 0 to 1."""

_YEARS = 10  # a relation stated longer ago ties nobody
_SHOWN = 20  # names in an error message
_LEVELS = {"high": 3, "medium": 2, "low": 1}  # thirds


@dataclass(frozen=True)
class Place:
    """A component and who offers it: one layer of a chain, or one place of a line-up.

    Parameters
    ----------
    layer, component, vendor
        Their ids; the layer is blank for a component of a segment that lies in none.
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
    """What ties two neighbours of a chain or line-up.

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


class PlaceFinder:
    """Who can stand in the places of chains and line-ups.

    Parameters
    ----------
    analysis
        What is counted.
    """

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.graph = analysis.graph
        self.market = analysis.market

    def list_places(self, components: Collection[str], *, third_countries: bool) -> list[Place]:
        """Return everybody that can deliver one of some components, sorted by component, then vendor."""
        market = self.market
        offers = market.offers_on(self.analysis.component_nodes(components))
        home = market.counted & market.in_pair[market.offer_vendor]
        groups: dict[int, set[int]] = {}
        countries: dict[int, set[str]] = {}
        for offer in offers[home[offers]].tolist():
            component, vendor = int(market.offer_component[offer]), int(market.offer_vendor[offer])
            groups.setdefault(component, set()).add(int(market.groups.head[vendor]))
            countries.setdefault(component, set()).add(market.vendor_countries[vendor])
        able = offers[self._delivers(offers)]
        if not third_countries:
            able = able[market.in_pair[market.offer_vendor[able]]]
        found = []
        for offer in able.tolist():
            component, vendor = int(market.offer_component[offer]), int(market.offer_vendor[offer])
            country, pair = market.vendor_countries[vendor], self.analysis.scope.pair
            found.append(
                Place(
                    self.layers[market.names[component]],
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

    def find_imports(self, components: Collection[str]) -> set[str]:
        """Return those of some components that can be had, but that nobody of the two countries offers."""
        market = self.market
        offers = market.offers_on(self.analysis.component_nodes(components))
        home = market.counted & market.in_pair[market.offer_vendor]
        ours = set(market.offer_component[offers[home[offers]]].tolist())
        had = set(market.offer_component[offers[self._delivers(offers)]].tolist())
        return {market.names[component] for component in had - ours if not market.virtual[component]}

    @cached_property
    def made_in_house(self) -> dict[str, dict[str, frozenset[str]]]:
        """By component and vendor, the components that a vendor makes itself for an offer of its."""
        market = self.market
        found: dict[str, dict[str, frozenset[str]]] = {}
        for offer, parts in market.made_in_house.items():
            if market.usable[offer]:
                component = market.names[market.offer_component[offer]]
                vendor = market.vendor_ids[market.offer_vendor[offer]]
                found.setdefault(component, {})[vendor] = frozenset(market.names[part] for part in parts)
        return found

    def _delivers(self, offers: Ints) -> Bools:
        """Say of each offer whether it supplies somebody, and what its vendor must buy for it can be had."""
        structure, feasible = self.analysis.structure, self.analysis.feasible
        component = self.market.offer_component[offers]
        can: Bools = feasible[structure.ways(offers, component)] & feasible[component]
        return can & self.market.usable[offers]

    @cached_property
    def layers(self) -> dict[str, str]:
        """Layer of each component; blank where its segment lies in none."""
        segments = self.graph.table("segments").set_index("id")["layer"]
        table = self.graph.table("components")
        layers = [one if isinstance(one, str) else "" for one in table["segment"].map(segments)]
        return dict(zip(table["id"], layers, strict=True))

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


def check_weights(weights: Mapping[str, float | Fraction] | None) -> tuple[Fraction, ...]:
    """Return the weight of each part, exactly as it is written: 0.1 is one tenth."""
    found = dict.fromkeys(PARTS, Fraction(1))
    for part, weight in (weights or {}).items():
        if part not in found:
            raise InputError(f"`weights`: no part {part!r}; there are {', '.join(PARTS)}")
        number = isinstance(weight, Real) and not isinstance(weight, bool)
        if not number or not 0 <= weight < float("inf"):
            raise InputError(f"`weights`: {part!r} has {weight!r}; a weight is a number from 0 up")
        found[part] = Fraction(str(weight))
    if not any(found.values()):
        raise InputError("`weights`: all are 0; one at least must be above it")
    return tuple(found.values())


def hint_names(name: str, known: Collection[str]) -> str:
    """Return what the end of an error message says of a name that is not known: those that come nearest."""
    near = get_close_matches(name, list(known), n=3)
    if near:
        return f"did you mean {' or '.join(near)}?"
    return f"there are {', '.join(sorted(known)[:_SHOWN]) or 'none'}"


def _order(relation: Relation) -> tuple[str, ...]:
    return relation.type, relation.from_vendor, relation.to_vendor, relation.as_of


def _is_recent(stated: object, day: str) -> bool:
    if not isinstance(stated, str) or not day:
        return False
    year, rest = first_day(stated).split("-", 1)
    return day <= f"{int(year) + _YEARS:04d}-{rest}"
