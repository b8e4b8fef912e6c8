"""Ties across the pair of countries: how many, of what kind and since when; and where there are none.

A *tie* is a relation in force between two firms: supply, ownership, holding, joint venture, alliance or
licence. That none is documented does not say that there is none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Literal, get_args

import numpy as np
import pandas as pd

from .._errors import InputError
from ..graph import COMPANY_RELATIONS, SupplyGraph
from .market import Ints, Market
from .scope import CONFIDENCE, Scope, check_meaning

__all__ = ["TIE_LAYERS", "TieCount", "Ties", "WhiteSpot", "WhiteSpots", "count_ties", "find_white_spots"]

TieLayers = Literal["component", "firms"]
TIE_LAYERS: tuple[TieLayers, ...] = get_args(TieLayers)
"""Whose layers ties are counted by."""

_YEARS = 10
_OF_FIRMS = "it asks for relations of firms, and how many of a country offer a thing"


@dataclass(frozen=True)
class TieCount:
    """How many ties there are of one kind, between two layers, from one decade.

    Parameters
    ----------
    relation
        Type of the edge.
    from_country, to_country
        Of the firm that supplies, owns, invests or grants, and of the other one.
    from_layer, to_layer
        Layers at the two ends; security, which lies in no layer, stands for itself. None: not known.
    decade
        First year of the decade in which the relations began or, where that is not known, in which they
        were stated. None: neither is known.
    ties
        Number of relations.
    """

    relation: str
    from_country: str
    to_country: str
    from_layer: str | None
    to_layer: str | None
    decade: int | None
    ties: int


@dataclass(frozen=True, eq=False)
class Ties:
    """Counts of ties, with the market that they were counted in.

    Parameters
    ----------
    market
        The market.
    layers
        Whose layers were counted by.
    rows
        The counts.
    total
        How many relations there are; the counts by the layers of firms add up to more.
    undated
        How many of them do not say when they began: their decade is that of the statement.
    """

    market: Market
    layers: TieLayers
    rows: tuple[TieCount, ...]
    total: int
    undated: int


@dataclass(frozen=True)
class WhiteSpot:
    """A requirement across the pair without a documented tie.

    Parameters
    ----------
    whole_country, whole, whole_vendors, whole_groups
        Where the component that requires is offered, which it is, and by how many vendors and groups.
    part_country, part, part_vendors, part_groups
        The same of the component that is required.
    """

    whole_country: str
    whole: str
    whole_vendors: int
    whole_groups: int
    part_country: str
    part: str
    part_vendors: int
    part_groups: int


@dataclass(frozen=True, eq=False)
class WhiteSpots:
    """White spots, with the market that they were found in.

    Parameters
    ----------
    market
        The market.
    spots
        The white spots.
    missing
        Edge types that the question needs and this data set has none of. Without any tie every fitting
        requirement is a white spot, and that says something of the data set only.
    """

    market: Market
    spots: tuple[WhiteSpot, ...]
    missing: tuple[str, ...] = ()


def count_ties(graph: SupplyGraph, *, scope: Scope | None = None, layers: TieLayers = "component") -> Ties:
    """Count the relations in force between firms of the two countries, by kind, layer pair and decade.

    Parameters
    ----------
    graph
        The graph.
    scope
        The pair, whose country a firm has, and what evidence counts; default: Taiwan and Japan, by seat.
    layers
        ``component``: both layers are that of the component that the relation is about. ``firms``: the
        layers in which the two firms have counted offers or are listed by a source; a relation counts once
        for each pair of them.

    Returns
    -------
    Ties
        By relation, countries, layers (in the order of the data flow, unknown last) and decade.

    Raises
    ------
    InputError
        `layers` is neither.

    Notes
    -----
    The saved query ``ties-by-decade`` gives the same counts by component.
    """
    if layers not in TIE_LAYERS:
        raise InputError(f"`layers` must be one of {', '.join(TIE_LAYERS)}; found {layers!r}")
    scope = check_meaning(scope or Scope(), _OF_FIRMS, "made", "min_groups", "min_share")
    market = Market(graph, scope)
    ties = _list_ties(market)
    of_component = _component_layers(graph)
    of_firm = _firm_layers(market, of_component) if layers == "firms" else {}
    counts: Counter[tuple[str, str, str, str | None, str | None, int | None]] = Counter()
    columns = ("relation", "from_country", "to_country", "from_vendor", "to_vendor", "component", "decade")
    for relation, a, b, seller, buyer, about, decade in zip(*(ties[c] for c in columns), strict=True):
        layer = of_component.get(about)
        pairs: Iterable[tuple[str | None, str | None]] = [(layer, layer)]
        if layers == "firms":
            pairs = product(of_firm.get(seller, [None]), of_firm.get(buyer, [None]))
        for ends in pairs:
            counts[relation, a, b, *ends, None if pd.isna(decade) else int(decade)] += 1
    rows = [TieCount(*key, ties=number) for key, number in counts.items()]
    place = {layer: order for order, layer in enumerate(_order_layers(graph))}
    rows.sort(key=lambda row: _sort_key(row, place))
    return Ties(market, layers, tuple(rows), len(ties), int(ties["since"].isna().sum()))


def _sort_key(row: TieCount, place: dict[str, int]) -> tuple[object, ...]:
    ends = (place.get(layer or "", len(place)) for layer in (row.from_layer, row.to_layer))
    decade = row.decade if row.decade is not None else 10_000
    return (row.relation, row.from_country, row.to_country, *ends, decade)


def _list_ties(market: Market) -> pd.DataFrame:
    """Relations in force between firms of the two countries, with their countries and decade."""
    columns = ["from_vendor", "to_vendor", "component", "since", "as_of", "source_kind", "confidence"]
    frames = [
        market.graph.current(relation.lower())[columns].assign(relation=relation)
        for relation in COMPANY_RELATIONS
    ]
    ties = pd.concat([frame for frame in frames if len(frame)] or frames[:1], ignore_index=True)
    country = dict(zip(market.vendor_ids, market.countries, strict=True))
    for end in ("from", "to"):
        ties[f"{end}_country"] = ties[f"{end}_vendor"].map(country)
    first, second = market.scope.pair
    here, there = ties["from_country"], ties["to_country"]
    across = ((here == first) & (there == second)) | ((here == second) & (there == first))
    ties = ties[across & _has_evidence(ties, market.scope)]
    year = ties["since"].fillna(ties["as_of"]).str.slice(0, 4)
    return ties.assign(decade=pd.to_numeric(year) // _YEARS * _YEARS)


def _has_evidence(ties: pd.DataFrame, scope: Scope) -> pd.Series:
    """Say for each relation whether it passes the filters on evidence."""
    passes = pd.Series(True, index=ties.index)
    if scope.source_kinds is not None:
        passes &= ties["source_kind"].isin(scope.source_kinds)
    if scope.confidence is not None:
        passes &= ties["confidence"].isin(CONFIDENCE[CONFIDENCE.index(scope.confidence) :])
    return passes


def _segment_layers(graph: SupplyGraph) -> dict[str, str]:
    """Layer of each segment; one that lies in none stands for itself."""
    segments = graph.table("segments")
    return dict(zip(segments["id"], segments["layer"].fillna(segments["id"]), strict=True))


def _component_layers(graph: SupplyGraph) -> dict[str, str]:
    components, layers = graph.table("components"), _segment_layers(graph)
    pairs = zip(components["id"], components["segment"], strict=True)
    return {component: layers[segment] for component, segment in pairs if segment in layers}


def _order_layers(graph: SupplyGraph) -> list[str]:
    """Layers in the order of the data flow, then the segments that lie in none."""
    layers = graph.table("layers").sort_values(["order", "id"])["id"].tolist()
    return list(dict.fromkeys([*layers, *sorted(_segment_layers(graph).values())]))


def _firm_layers(market: Market, of_component: dict[str, str]) -> dict[str, list[str | None]]:
    """Layers in which each firm has a counted offer or is listed by a source."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    offers = market.offers[market.counted]
    for vendor, component in zip(offers["vendor"], offers["component"], strict=True):
        if component in of_component:
            found[vendor].add(of_component[component])
    listed, of_segment = market.graph.current("listed_in"), _segment_layers(market.graph)
    for vendor, segment in zip(listed["vendor"], listed["segment"], strict=True):
        if segment in of_segment:
            found[vendor].add(of_segment[segment])
    return {vendor: [*sorted(layers)] for vendor, layers in found.items()}


def find_white_spots(graph: SupplyGraph, *, scope: Scope | None = None, least: int = 2) -> WhiteSpots:
    """Find where needs fit across the pair of countries and no tie is documented.

    A white spot is a requirement c → d where one country is strong in c, the other in d, and no relation in
    force between firms of the two is about either.

    Parameters
    ----------
    graph
        The graph.
    scope
        What to count; default: Taiwan and Japan, by seat.
    least
        How many vendors with a counted offer make a country strong.

    Returns
    -------
    WhiteSpots
        Largest product of the two numbers of vendors first, then the pair's first country as the one that
        requires, then by id.

    Raises
    ------
    InputError
        `least` is not at least 1.

    Notes
    -----
    The saved query ``white-spots`` gives the same rows.
    """
    if least < 1:
        raise InputError(f"`least` must be a whole number from 1 up; found {least!r}")
    scope = check_meaning(scope or Scope(), _OF_FIRMS, "made", "min_groups", "min_share")
    market = Market(graph, scope)
    tied = set(_list_ties(market)["component"].dropna())
    vendors = _count_units(market, np.arange(len(market.vendor_ids), dtype=np.int64))
    groups = _count_units(market, market.groups.head)
    first, second = market.scope.pair
    needs = graph.current("component_requires")
    spots = [
        WhiteSpot(
            *(here, whole, vendors[whole, here], groups[whole, here]),
            *(there, part, vendors[part, there], groups[part, there]),
        )
        for whole, part in zip(needs["component"], needs["requires"], strict=True)
        for here, there in ((first, second), (second, first))
        if vendors[whole, here] >= least and vendors[part, there] >= least and not tied & {whole, part}
    ]
    spots.sort(key=lambda s: (-s.whole_vendors * s.part_vendors, s.whole_country != first, s.whole, s.part))
    return WhiteSpots(market, tuple(spots), _find_missing(graph))


def _count_units(market: Market, codes: Ints) -> Counter[tuple[str, str]]:
    """Count the vendors, or groups, with a counted offer of each component in each country."""
    counted = market.counted
    vendors = market.offer_vendor[counted]
    components = market.component_ids[market.offer_component[counted]]
    countries = (market.vendor_countries[vendor] for vendor in vendors.tolist())
    return Counter(
        (component, country)
        for component, country, _ in set(zip(components, countries, codes[vendors].tolist(), strict=True))
    )


def _find_missing(graph: SupplyGraph) -> tuple[str, ...]:
    missing = [edge for edge in ("OFFERS", "REQUIRES") if graph.edges(edge).empty]
    if all(graph.table(relation.lower()).empty for relation in COMPANY_RELATIONS):
        missing.extend(COMPANY_RELATIONS)
    return tuple(missing)
