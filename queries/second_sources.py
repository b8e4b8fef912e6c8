"""Who could step in at the roots of a finding, and who offers them abroad."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from .analysis import Analysis
from .findings import Finding
from .market import Bools, Ints

__all__ = ["SecondSource", "SourceReason", "list_abroad", "list_second_sources"]

SourceReason = Literal["same-component", "not-in-volume", "same-family", "alternative"]


@dataclass(frozen=True)
class SecondSource:
    """A vendor that could step in.

    Parameters
    ----------
    reason
        ``same-component``: counted (of a cut: abroad); ``not-in-volume``: the same component, limited,
        pilot or announced; ``same-family``: another grade or generation; ``alternative``: another
        alternative of a choice on the witness.
    root
        The component it would stand in for.
    vendor, component
        Who, with what.
    country
        Of the vendor, by owner if the scope says so, else by seat.
    status
        Of its offer; None if unknown.
    same_cut
        Whether the same cut would take it along: as the vendor lies in it, or because of what the component
        requires.
    """

    reason: SourceReason
    root: str
    vendor: str
    component: str
    country: str
    status: str | None
    same_cut: bool


def list_second_sources(analysis: Analysis, finding: Finding) -> list[SecondSource]:
    """List who could stand in for the roots of a finding, best reason first; groups of the cut are left out.

    Parameters
    ----------
    analysis
        The analysis that the finding comes from.
    finding
        The finding.
    """
    lister = _Lister(analysis, finding)
    found: dict[tuple[str, str, str], SecondSource] = {}
    for source in lister.list_all():
        found.setdefault((source.root, source.vendor, source.component), source)
    return list(found.values())


def list_abroad(analysis: Analysis, finding: Finding) -> list[str]:
    """Return the vendors of third countries with a counted offer of a root, sorted; empty: none known."""
    market = analysis.market
    offers = market.offers_on(analysis.component_nodes(finding.roots))
    away = offers[market.counted[offers] & ~market.offer_in_pair[offers]]
    return sorted({market.column("vendor")[offer] for offer in away.tolist()})


class _Lister:
    def __init__(self, analysis: Analysis, finding: Finding) -> None:
        self.analysis, self.market = analysis, analysis.market
        self.roots = np.sort(analysis.component_nodes(finding.roots))
        self.fails = analysis.failing(finding)
        heads = self.market.groups.head
        place = analysis.vendor_place
        members = np.array([place[vendor] for vendor in finding.vendors], dtype=np.int64)
        self.outside: Bools = ~np.isin(heads, np.unique(heads[members])) & self.market.alive
        self.view = None if finding.unit is None else analysis.view(finding.unit)
        self.members = [] if self.view is None else self.view.find(finding.members)

    def list_all(self) -> Iterator[SecondSource]:
        """Yield all candidates, by reason, then root, vendor and component."""
        for root in self.roots.tolist():
            yield from self._list("same-component", root, self._offers(np.array([root]), self.market.counted))
        for root in self.roots.tolist():
            yield from self._list("not-in-volume", root, self._offers(np.array([root]), self.market.waiting))
        for root in self.roots.tolist():
            kin = self.analysis.family_of(np.array([root]))
            yield from self._list("same-family", root, self._offers(kin[kin != root], self.market.counted))
        for root in self.roots.tolist():
            others = self._alternatives(root)
            yield from self._list("alternative", root, self._offers(others, self.market.counted))

    def _offers(self, components: Ints, wanted: Bools) -> Ints:
        offers = self.market.offers_on(components)
        return offers[wanted[offers] & self.outside[self.market.offer_vendor[offers]]]

    def _alternatives(self, root: int) -> Ints:
        """Other alternatives of the choices that the root is one of."""
        found = {
            part
            for parent, choice in self.analysis.wholes_of(root)
            if choice is not None
            for part, other in self.analysis.parts_of(parent)
            if other == choice and part != root and part < self.analysis.structure.components
        }
        return np.array(sorted(found), dtype=np.int64)

    def _list(self, reason: SourceReason, root: int, offers: Ints) -> Iterator[SecondSource]:
        market = self.market
        vendors, components, statuses = map(market.column, ("vendor", "component", "status"))
        held = np.zeros(len(offers), dtype=bool)
        if self.view is not None and len(offers):
            held = self.view.holds(self.members, offers)
        keys = [
            (vendors[offer], components[offer], offer, bool(taken))
            for offer, taken in zip(offers.tolist(), held, strict=True)
        ]
        for vendor, component, offer, taken in sorted(keys):
            status = statuses[offer]
            yield SecondSource(
                reason=reason,
                root=market.names[root],
                vendor=vendor,
                component=component,
                country=market.shown_countries[market.offer_vendor[offer]],
                status=status if isinstance(status, str) else None,
                same_cut=taken or self._lacks(offer),
            )

    def _lacks(self, offer: int) -> bool:
        """Whether the offer needs what fails with the cut and its vendor does not make."""
        component = int(self.market.offer_component[offer])
        own = self.market.made_in_house.get(offer, frozenset[int]())
        choices: dict[str, bool] = {}
        for part, choice in self.analysis.parts_of(component):
            lost = bool(self.fails[part]) and part not in own
            if choice is None and lost:
                return True
            if choice is not None:
                choices[choice] = choices.get(choice, True) and lost
        return any(choices.values())
