"""What each of two countries loses without the other, and what both import."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from ..graph import SupplyGraph
from ._pair import check_pair, imported, lose_imports
from .analysis import Analysis
from .complementarity import Complementarity
from .market import Bools, Ints, Market
from .scope import Scope
from .structure import REQUIREMENT_KINDS

__all__ = ["Exposure", "Import", "Reliance", "measure_exposure"]


@dataclass(frozen=True)
class Reliance:
    """What one country loses without the other.

    Parameters
    ----------
    country, without
        Who loses, and whose vendors are gone.
    components, solutions
        Targets that the two have together, and the country alone has not.
    own
        Components among them that its own vendors offer, or that are made there: production that stops.
    bought
        Components among them that it does not offer: what it can no longer buy.
    """

    country: str
    without: str
    components: tuple[str, ...]
    solutions: tuple[str, ...]
    own: tuple[str, ...]
    bought: tuple[str, ...]


@dataclass(frozen=True)
class Import:
    """A component that only third countries offer, and what the two lose without it.

    Parameters
    ----------
    component
        What is imported.
    vendors, countries
        Who offers it, and from where; where the scope asks where offers are made, as far as stated.
    components, solutions
        Targets that the two have together, and not without this import.
    """

    component: str
    vendors: tuple[str, ...]
    countries: tuple[str, ...]
    components: tuple[str, ...]
    solutions: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Exposure:
    """How far two countries hang on each other, and both on third ones.

    Parameters
    ----------
    analysis
        What was counted.
    sides
        What each country of the pair loses without the other, in the order of the pair.
    imports
        The imports of both, by id.
    components, solutions
        How many of each the two have together.
    missing
        Edge types that the question needs and this data set has none of.
    """

    analysis: Analysis
    sides: tuple[Reliance, Reliance]
    imports: tuple[Import, ...]
    components: int
    solutions: int
    missing: tuple[str, ...] = ()


def measure_exposure(
    graph: SupplyGraph, *, scope: Scope | None = None, kinds: Collection[str] = REQUIREMENT_KINDS
) -> Exposure:
    """Say what each of two countries loses without the other, and what both import.

    Parameters
    ----------
    graph
        The graph.
    scope
        What to count; default: Taiwan and Japan, by seat. It must be within a pair.
    kinds
        Kinds of requirement that matter: all for what is lost in time, input and service for what is lost
        at once.

    Raises
    ------
    InputError
        A scope within the world.
    """
    found = Complementarity(Analysis(graph, check_pair(scope or Scope()), kinds=kinds))
    analysis = found.analysis
    first, second = analysis.scope.pair
    there = found.jointly[: len(analysis.market.names)]
    return Exposure(
        analysis,
        sides=(
            _measure_reliance(found, first, second, found.alone[0]),
            _measure_reliance(found, second, first, found.alone[1]),
        ),
        imports=tuple(_list_imports(analysis)),
        components=int(there[: analysis.structure.components].sum()),
        solutions=int(there[analysis.structure.components :].sum()),
        missing=found.missing,
    )


def _measure_reliance(found: Complementarity, country: str, without: str, alone: Bools) -> Reliance:
    market = found.analysis.market
    components, solutions = _split(found.analysis, np.flatnonzero(found.jointly & ~alone))
    offers = market.offer_component[market.present & market.offered_in(country)]
    offered = set(market.component_ids[np.unique(offers)])
    return Reliance(
        country=country,
        without=without,
        components=components,
        solutions=solutions,
        own=tuple(c for c in components if c in offered),
        bought=tuple(c for c in components if c not in offered),
    )


def _list_imports(analysis: Analysis) -> Iterator[Import]:
    market = analysis.market
    losses = lose_imports(analysis)
    for component in sorted(np.flatnonzero(imported(analysis)).tolist(), key=market.names.__getitem__):
        components, solutions = _split(analysis, losses.lost_by(component))
        offers = market.offers_on(np.array([component]))
        offers = offers[market.usable[offers]]
        vendors = np.unique(market.offer_vendor[offers])
        yield Import(
            component=market.names[component],
            vendors=tuple(sorted(market.vendor_ids[vendors])),
            countries=_list_countries(market, offers),
            components=components,
            solutions=solutions,
        )


def _list_countries(market: Market, offers: Ints) -> tuple[str, ...]:
    """Countries that some offers are from, by vendor or place; what nobody states is left out."""
    if market.by_made:
        found = set(market.places.countries[market.places.pairs(offers)[1]])
    else:
        found = {market.vendor_countries[vendor] for vendor in market.offer_vendor[offers].tolist()}
    return tuple(sorted(found))


def _split(analysis: Analysis, nodes: Ints) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of the components and of the solutions among some nodes, each sorted."""
    names, components = analysis.market.names, analysis.structure.components
    shown = [node for node in nodes.tolist() if node < len(names)]
    return (
        tuple(sorted(names[node] for node in shown if node < components)),
        tuple(sorted(names[node] for node in shown if node >= components)),
    )
