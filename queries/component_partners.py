"""Who in the other country could be a second source of a component."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from .._errors import InputError, UnknownNameError
from ..graph import SupplyGraph, select_subgraph
from ._pair import check_pair
from .analysis import Analysis
from .findings import Finding
from .firm_ties import FirmTie, FirmTies
from .market import UNITS, Ints, Unit
from .scope import Scope, check_meaning
from .second_sources import SecondSource, SourceReason, list_abroad, list_second_sources
from .structure import REQUIREMENT_KINDS

__all__ = ["ComponentPartners", "ComponentSide", "Offerer", "StandIn", "find_component_partners"]


@dataclass(frozen=True)
class Offerer:
    """A firm with a counted offer of the component.

    Parameters
    ----------
    vendor, group
        The firm, and the head of its group.
    status, role
        Of the offer; None: not known.
    offer
        Index of its row among the offers, where its evidence stands.
    """

    vendor: str
    group: str
    status: str | None
    role: str | None
    offer: int


@dataclass(frozen=True)
class StandIn:
    """A firm of the other country that could be a second source.

    Parameters
    ----------
    reason
        Why: as of :class:`SecondSource`, whose order the list has.
    vendor, component
        Who, with what.
    status, role
        Of that offer; None: not known.
    offer
        Index of its row among the offers.
    same_cut
        Whether the loss of those who offer the component now would take this offer along.
    ties
        Relations in force between it, or its group, and one of those who offer the component now.
    """

    reason: SourceReason
    vendor: str
    component: str
    status: str | None
    role: str | None
    offer: int
    same_cut: bool
    ties: tuple[FirmTie, ...]


@dataclass(frozen=True)
class ComponentSide:
    """One country's offerers of a component, and who in the other country could stand in for them.

    Parameters
    ----------
    country, other_country
        The two countries.
    offerers
        Firms of `country` with a counted offer.
    unit, member
        The finest unit that holds them all, which is what would be lost: one vendor, one group (by its
        head), else the country. None: nobody offers it there.
    stand_ins
        Firms of `other_country` outside the groups of the offerers, best reason first.
    """

    country: str
    other_country: str
    offerers: tuple[Offerer, ...]
    unit: Unit | None
    member: str | None
    stand_ins: tuple[StandIn, ...]


@dataclass(frozen=True, eq=False)
class ComponentPartners:
    """Second sources of a component across two countries.

    Parameters
    ----------
    analysis
        What was counted.
    component
        The component.
    feasible
        Whether it can be had with everybody there.
    virtual
        Whether it needs no vendor: then there is nobody to be a second source.
    sides
        One for each country of the pair.
    abroad
        Firms of third countries with a counted offer.
    missing
        Edge types that the question needs and this data set has none of.
    """

    analysis: Analysis
    component: str
    feasible: bool
    virtual: bool
    sides: tuple[ComponentSide, ComponentSide]
    abroad: tuple[str, ...]
    missing: tuple[str, ...]


def find_component_partners(
    graph: SupplyGraph,
    component: str,
    *,
    scope: Scope | None = None,
    kinds: Collection[str] = REQUIREMENT_KINDS,
    as_of: str | None = None,
    analysis: Analysis | None = None,
) -> ComponentPartners:
    """Find who could be a second source of a component from the other country of the pair.

    For each country: its firms with a counted offer, and the firms of the other country that could stand in
    for all of them, in the order of :func:`list_second_sources`: the same component, counted; the same, not
    in volume; another of its family; another alternative of a choice that it stands in.

    Parameters
    ----------
    graph
        The graph.
    component
        Id of a component.
    scope
        What to count; default: Taiwan and Japan, by seat. It must be within a pair.
    kinds
        Kinds of requirement that matter.
    as_of
        The day to look at; default: that of the graph.
    analysis
        One of this graph, scope and kinds that was worked out before, which saves time.

    Raises
    ------
    UnknownNameError
        No such component.
    InputError
        An argument that is not allowed.

    Examples
    --------
    >>> import pandas as pd
    >>> toy = SupplyGraph({
    ...     "vendors": pd.DataFrame({"id": ["tsmc", "umc", "rapidus"], "country": ["TW", "TW", "JP"]}),
    ...     "components": pd.DataFrame({"id": ["foundry"], "segment": ["semiconductor"]}),
    ...     "offers": pd.DataFrame({
    ...         "vendor": ["tsmc", "umc", "rapidus"], "component": ["foundry"] * 3,
    ...         "status": ["volume", "volume", "pilot"],
    ...     }),
    ... })
    >>> taiwan, japan = find_component_partners(toy, "foundry").sides
    >>> [(one.vendor, one.reason) for one in taiwan.stand_ins]
    [('rapidus', 'not-in-volume')]
    """
    if as_of is not None:
        graph = select_subgraph(graph, as_of=as_of)
    scope = check_pair(scope or (analysis.scope if analysis is not None else Scope()))
    check_meaning(scope, "a partner is a firm, and has the country of its seat or owner", "made")
    if analysis is not None and (analysis.graph is not graph or analysis.scope != scope):
        raise InputError("`analysis` must be one of this graph and scope")
    analysis = analysis or Analysis(graph, scope, kinds=kinds)
    market = analysis.market
    if component not in market.component_ids:
        raise UnknownNameError(f"no component {component!r} in this data set")
    node = int(analysis.component_nodes([component])[0])
    first, second = scope.pair
    virtual = bool(market.virtual[node])
    sides = (_find_side(analysis, node, first, second), _find_side(analysis, node, second, first))
    return ComponentPartners(
        analysis=analysis,
        component=component,
        feasible=bool(analysis.feasible[node]),
        virtual=virtual,
        sides=sides,
        abroad=() if virtual else tuple(list_abroad(analysis, _make_finding(component, None, None, ()))),
        missing=("OFFERS",) if graph.edges("OFFERS").empty else (),
    )


def _find_side(analysis: Analysis, node: int, country: str, other: str) -> ComponentSide:
    market = analysis.market
    if market.virtual[node]:
        return ComponentSide(country, other, (), None, None, ())
    offers = market.offers_on(np.array([node]))
    offers = offers[market.present[offers]]
    offers = offers[[market.vendor_countries[v] == country for v in market.offer_vendor[offers].tolist()]]
    offerers = tuple(sorted((_read_offerer(analysis, o) for o in offers.tolist()), key=lambda o: o.vendor))
    unit, member = _find_unit(analysis, offers, country)
    vendors = tuple(offerer.vendor for offerer in offerers)
    finding = _make_finding(str(market.component_ids[node]), unit, member, vendors)
    sources = [s for s in list_second_sources(analysis, finding) if s.country == other]
    ties = FirmTies(market, vendors)
    stand_ins = tuple(_make_stand_in(analysis, source, ties) for source in sources)
    return ComponentSide(country, other, offerers, unit, member, stand_ins)


def _find_unit(analysis: Analysis, offers: Ints, country: str) -> tuple[Unit | None, str | None]:
    """Return the finest unit that all of some offers belong to."""
    market = analysis.market
    for unit in UNITS[:-1]:
        codes, names = market.unit_codes(unit)
        members = np.unique(codes[market.offer_vendor[offers]])
        if len(members) == 1:
            return unit, str(names[members[0]])
    return ("country", country) if len(offers) else (None, None)


def _make_finding(component: str, unit: Unit | None, member: str | None, vendors: tuple[str, ...]) -> Finding:
    """Return the loss of a component's offerers as a finding, for which second sources are listed."""
    return Finding(
        id="",
        kind="cut" if unit else "uncovered",
        unit=unit,
        members=() if member is None else (member,),
        roots=(component,),
        vendors=vendors,
        components=(),
        solutions=(),
        direct=(),
        at_once=(),
        solutions_total=0,
        severity=0.0,
        stand_ins=0,
    )


def _read_offerer(analysis: Analysis, offer: int) -> Offerer:
    market = analysis.market
    vendor = int(market.offer_vendor[offer])
    return Offerer(
        str(market.vendor_ids[vendor]),
        str(market.vendor_ids[market.groups.head[vendor]]),
        *_read_standing(analysis, offer),
        int(market.offers.index[offer]),
    )


def _read_standing(analysis: Analysis, offer: int) -> tuple[str | None, str | None]:
    status, role = (analysis.market.column(name)[offer] for name in ("status", "role"))
    return (status if isinstance(status, str) else None, role if isinstance(role, str) else None)


def _make_stand_in(analysis: Analysis, source: SecondSource, ties: FirmTies) -> StandIn:
    market = analysis.market
    vendor = market.vendor_ids.get_loc(source.vendor)
    offers = market.offers_on(analysis.component_nodes([source.component]))
    wanted = market.waiting if source.reason == "not-in-volume" else market.counted
    [offer, *_] = offers[(market.offer_vendor[offers] == vendor) & wanted[offers]].tolist()
    return StandIn(
        source.reason,
        source.vendor,
        source.component,
        *_read_standing(analysis, offer),
        int(market.offers.index[offer]),
        source.same_cut,
        tuple(tie for tie in ties.of(source.vendor) if not tie.past),
    )
