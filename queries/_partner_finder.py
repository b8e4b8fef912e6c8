"""What speaks for each partner of a firm, worked out from the structure; the words are those of :mod:`.partners`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import numpy as np

from ._cone import Cone, cut_cone, evaluate_cases
from .analysis import Analysis
from .findings import finding_id
from .firm_ties import FirmTie, FirmTies
from .losses import Losses, propagate_losses
from .market import Bools, Ints
from .structure import evaluate
from .what_if import Target
from .witness import Requirement

__all__ = ["Fit", "Partner", "PartnerFinder", "Relief"]


class Relief(NamedTuple):
    """A gap that a partner's group keeps closed.

    Parameters
    ----------
    gap
        Id that it would have among the findings at group unit if the partner's group were gone.
    group
        The group that would then be a single point of failure, by its head.
    targets
        The targets of the firm that it would take along.
    shared
        Components that of both countries only this group and the partner's offer; none where the two are
        alternatives of a choice.
    """

    gap: str
    group: str
    targets: tuple[Target, ...]
    shared: tuple[str, ...]


class Fit(NamedTuple):
    """A requirement between a component of the firm and one of a partner.

    Parameters
    ----------
    own, other
        The firm's component and the partner's.
    needs
        Whether the firm's component requires the partner's; else it is the other way round.
    groups
        How many groups of the firm's country offer the partner's component.
    via
        The row that states the requirement.
    """

    own: str
    other: str
    needs: bool
    groups: int
    via: Requirement

    @property
    def weight(self) -> Fraction:
        """1/(1 + groups)."""
        return Fraction(1, 1 + self.groups)


@dataclass(frozen=True)
class Partner:
    """A firm of the other country, and what speaks for it.

    Parameters
    ----------
    vendor, group
        Its id, and the head of its group.
    same_group
        Whether that is the firm's own group.
    components
        Components with a counted offer of its own.
    unlocks
        Targets of the firm that its country cannot have alone, and can with this partner.
    brings
        The partner's components by which it does.
    relieves
        Gaps that its group keeps closed.
    fits
        Requirements between components of the two, those that weigh most first.
    ties
        Relations in force between the two firms or their groups.
    history
        Relations that they had.
    """

    vendor: str
    group: str
    same_group: bool
    components: tuple[str, ...]
    unlocks: tuple[Target, ...] = ()
    brings: tuple[str, ...] = ()
    relieves: tuple[Relief, ...] = ()
    fits: tuple[Fit, ...] = ()
    ties: tuple[FirmTie, ...] = ()
    history: tuple[FirmTie, ...] = ()

    @cached_property
    def fit(self) -> Fraction:
        """Sum of the weights of the fits."""
        return sum((fit.weight for fit in self.fits), Fraction(0))

    @property
    def nearness(self) -> int:
        """2: a relation in force between the firms; 1: between their groups only; 0: none documented."""
        return 2 if any(tie.reach == "firms" for tie in self.ties) else 1 if self.ties else 0


class PartnerFinder:
    """Works out all partners of one firm; one instance an answer."""

    def __init__(self, analysis: Analysis, vendor: int) -> None:
        self.analysis, self.market, self.structure = analysis, analysis.market, analysis.structure
        market = self.market
        self.vendor = vendor
        self.country = market.vendor_countries[vendor]
        self.other_country = next(c for c in analysis.scope.pair if c != self.country)
        # A virtual component needs no vendor, so that an offer of it is none.
        self.real: Bools = market.present & ~market.virtual[market.offer_component]
        countries = market.countries.to_numpy()
        self.there: Bools = (countries == self.other_country) & market.alive
        self.here: Bools = (countries == self.country) & market.alive
        self.own: Ints = np.unique(market.offer_component[self.real & (market.offer_vendor == vendor)])
        self.ties = FirmTies(market, [str(market.vendor_ids[vendor])])

    def names(self, components: Collection[int] | Ints) -> tuple[str, ...]:
        """Return the ids of some nodes, sorted."""
        return tuple(sorted(self.market.names[node] for node in components))

    def list_targets(self, nodes: Collection[int] | Ints) -> tuple[Target, ...]:
        """Return some nodes as targets: components, then solutions, each by id."""
        first = self.structure.components
        return tuple(
            sorted(Target("Component" if n < first else "Solution", self.market.names[n]) for n in nodes)
        )

    def list_kin(self) -> tuple[str, ...]:
        """Return the other firms of the same group with counted offers, by id."""
        heads = self.market.groups.head
        vendors = np.unique(self.market.offer_vendor[self.real])
        kin = vendors[(heads[vendors] == heads[self.vendor]) & (vendors != self.vendor)]
        return tuple(sorted(self.market.vendor_ids[kin].tolist()))

    @cached_property
    def offers_by_vendor(self) -> dict[int, Ints]:
        """The counted offers of each firm of the other country that has any."""
        offers = np.flatnonzero(self.real & self.there[self.market.offer_vendor])
        offers = offers[np.argsort(self.market.offer_vendor[offers], kind="stable")]
        vendors, first = np.unique(self.market.offer_vendor[offers], return_index=True)
        return dict(zip(vendors.tolist(), np.split(offers, first[1:]), strict=bool(len(vendors))))

    @cached_property
    def targets(self) -> Ints:
        """The firm's components, and everything that requires one over any hops."""
        found = set(self.own.tolist())
        todo = list(found)
        while todo:
            above = {whole for whole, _ in self.analysis.wholes_of(todo.pop())} - found
            found |= above
            todo += above
        return np.array(sorted(found), dtype=np.int64)

    @cached_property
    def cone(self) -> Cone:
        """The structure below the targets."""
        return cut_cone(self.structure, self.targets)

    def list_partners(self) -> Iterator[Partner]:
        """Yield every firm of the other country that has a counted offer."""
        unlocks, reliefs, fits = self._unlocks(), self._reliefs(), self._fits()
        heads, ids = self.market.groups.head, self.market.vendor_ids
        for vendor, offers in self.offers_by_vendor.items():
            name, group = str(ids[vendor]), int(heads[vendor])
            ties = self.ties.of(name)
            opened, brought = unlocks.get(vendor, ((), ()))
            yield Partner(
                vendor=name,
                group=str(ids[group]),
                same_group=bool(group == heads[self.vendor]),
                components=self.names(np.unique(self.market.offer_component[offers])),
                unlocks=self.list_targets(opened),
                brings=self.names(brought),
                relieves=reliefs.get(group, ()),
                fits=fits.get(vendor, ()),
                ties=tuple(tie for tie in ties if not tie.past),
                history=tuple(tie for tie in ties if tie.past),
            )

    # ---- unlocks ----

    def cone_sources(self, offers: Bools | Ints) -> Ints:
        """Return the sources in the cone that some offers belong to."""
        sources = self.cone.structure.offer_source[offers]
        return np.unique(sources[sources >= 0])

    def _unlocks(self) -> dict[int, tuple[Ints, list[int]]]:
        """Return for each firm that unlocks anything what, and by which of its components."""
        market, cone = self.market, self.cone
        holds = np.zeros(cone.structure.size, dtype=bool)
        home = market.usable & (self.here[market.offer_vendor] | ~market.present)
        holds[self.cone_sources(home)] = True
        alone = evaluate(cone.structure, holds)
        closed = self.targets[~alone[cone.place[self.targets]]]
        adds = {
            vendor: tuple(sources[~holds[sources]].tolist())
            for vendor, offers in self.offers_by_vendor.items()
            for sources in [self.cone_sources(offers)]
        }
        cases = sorted({added for added in adds.values() if added}) if len(closed) else []
        opened = evaluate_cases(cone.structure, holds, cases)
        case_of = {added: case for case, added in enumerate(cases)}
        found = {}
        for vendor, added in adds.items():
            if added in case_of:
                new = opened[:, case_of[added]] & ~alone
                won = closed[new[cone.place[closed]]]
                if len(won):
                    found[vendor] = (won, self._brought(vendor, won, new))
        return found

    def _brought(self, vendor: int, won: Ints, new: Bools) -> list[int]:
        """Return the firm's components that its country lacked and that what it unlocks leads to."""
        below = cut_cone(self.structure, won)
        own = np.unique(self.market.offer_component[self.offers_by_vendor[vendor]])
        own = own[below.place[own] >= 0]
        return [component for component in own.tolist() if new[self.cone.place[component]]]

    # ---- relieves ----

    def _reliefs(self) -> dict[int, tuple[Relief, ...]]:
        """Return for each group with a partner the gaps that it keeps closed."""
        cone, groups = self.cone, _SourceGroups(self)
        structure = cone.structure
        partners = {int(self.market.groups.head[vendor]) for vendor in self.offers_by_vendor}
        wanted = [group for group in sorted(partners) if groups.matters(group)]
        # Without a second group left, what is lost is everything: the trivial set.
        if not wanted or self.market.units_there["group"] < 3:
            return {}
        places = cone.place[self.targets]
        base = len(self.market.vendor_ids)
        standing = self._pairs(propagate_losses(structure, groups.holds, groups.only), places, base)
        found = {}
        for group in wanted:
            losses = propagate_losses(structure, *groups.without(group))
            new = np.setdiff1d(self._pairs(losses, places, base), standing)
            if len(new):
                found[group] = tuple(self._describe_reliefs(group, new // base, new % base, groups))
        return found

    @staticmethod
    def _pairs(losses: Losses, places: Ints, base: int) -> Ints:
        kept = np.isin(losses.node, places)
        pairs: Ints = losses.node[kept] * base + losses.unit[kept]
        return pairs

    def _describe_reliefs(
        self, partner: int, nodes: Ints, groups: Ints, sources: _SourceGroups
    ) -> Iterator[Relief]:
        ids = self.market.vendor_ids
        found = []
        for group in np.unique(groups).tolist():
            head = str(ids[group])
            found.append(
                Relief(
                    gap=finding_id("cut", "group", self.market.scope, [head]),
                    group=head,
                    targets=self.list_targets(self.cone.nodes[nodes[groups == group]]),
                    shared=self.names(sources.shared(partner, group)),
                )
            )
        yield from sorted(found, key=lambda relief: (-len(relief.targets), relief.group))

    # ---- fits ----

    def _fits(self) -> dict[int, tuple[Fit, ...]]:
        """Return for each firm the requirements between its components and those of the firm asked about."""
        market = self.market
        own = set(self.own.tolist())
        ends: dict[int, list[tuple[int, bool, Requirement]]] = {}  # component of a partner -> what it joins
        for (whole, part), (row, _) in self.analysis.requirements.items():
            if whole >= self.structure.components:
                continue
            if whole in own:
                ends.setdefault(part, []).append((whole, True, row))
            if part in own:
                ends.setdefault(whole, []).append((part, False, row))
        found: dict[int, list[Fit]] = {}
        for component, joined in ends.items():
            offers = market.offers_on(np.array([component]))
            offers = offers[self.real[offers]]
            vendors = np.unique(market.offer_vendor[offers])
            groups = len(np.unique(market.groups.head[vendors[self.here[vendors]]]))
            for vendor in vendors[self.there[vendors]].tolist():
                for mine, needs, row in joined:
                    found.setdefault(vendor, []).append(
                        Fit(market.names[mine], market.names[component], needs, groups, row)
                    )
        return {vendor: tuple(sorted(fits, key=_fit_order)) for vendor, fits in found.items()}


def _fit_order(fit: Fit) -> tuple[object, ...]:
    return (fit.groups, fit.own, fit.other)


class _SourceGroups:
    """Which groups keep each source of the cone up; one instance an answer."""

    def __init__(self, finder: PartnerFinder) -> None:
        market, structure = finder.market, finder.cone.structure
        self.holds = np.zeros(structure.size, dtype=bool)
        self.holds[finder.cone_sources(market.usable)] = True
        there = market.present & (structure.offer_source >= 0)
        pairs = zip(
            structure.offer_source[there].tolist(),
            market.groups.head[market.offer_vendor[there]].tolist(),
            strict=True,
        )
        self._groups: dict[int, set[int]] = {}
        for source, group in pairs:
            self._groups.setdefault(source, set()).add(group)
        # A source with three groups is neither lost with two of them, nor hangs on one without another.
        self._few: dict[int, list[int]] = {}
        for source, groups in self._groups.items():
            if len(groups) <= 2:
                for group in groups:
                    self._few.setdefault(group, []).append(source)
        self._by_component: dict[int, set[int]] = {}
        self._offered: dict[int, set[int]] = {}
        for source, groups in self._groups.items():
            component = int(structure.source_component[source])
            self._by_component.setdefault(component, set()).update(groups)
            for group in groups:
                self._offered.setdefault(group, set()).add(component)
        self.only = np.full(structure.size, -1, dtype=np.int64)
        for source, groups in self._groups.items():
            if len(groups) == 1:
                (self.only[source],) = groups

    def matters(self, group: int) -> bool:
        """Whether anything else hangs on one group, or fails, once this one is gone."""
        return group in self._few

    def without(self, gone: int) -> tuple[Bools, Ints]:
        """Return which sources hold without a group, and on which one group each hangs."""
        holds, only = self.holds.copy(), self.only.copy()
        for source in self._few[gone]:
            left = self._groups[source] - {gone}
            holds[source] = bool(left)
            only[source] = next(iter(left), -1)
        return holds, only

    def shared(self, one: int, other: int) -> list[int]:
        """Return the components that two groups alone offer."""
        return [
            component for component in self._offered[one] if self._by_component[component] == {one, other}
        ]
