"""Gaps: the single points of failure of a supply chain, ranked.

A cut set of a target is a set of units without which it cannot be had; a minimal one has no smaller cut set
inside. At order 1 it is a single point of failure. `docs/concepts.md` has every definition.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from .._errors import InputError, UnknownNameError
from ..graph import SupplyGraph
from .analysis import Analysis
from .findings import Finding, FindingKind, finding_id, rank_findings
from .losses import Losses
from .market import UNITS, Bools, Ints, Market, Unit
from .scope import Scope
from .structure import REQUIREMENT_KINDS

__all__ = ["Gaps", "find_gaps"]

Floats = npt.NDArray[np.float64]

_SHOWN = 20  # names in an error message


@dataclass(frozen=True, eq=False)
class Gaps:
    """The gaps of a data set, ranked.

    Parameters
    ----------
    analysis
        What was counted and worked out.
    cuts, uncovered, dominant
        The findings by kind, each ranked.
    fragile
        Cuts and uncovered components that show only among offers with solid evidence (cited or of the
        report, confidence at least medium).
    solid
        The analysis that `fragile` comes from.
    missing
        Edge types that the question needs and this data set has none of.
    """

    analysis: Analysis
    cuts: tuple[Finding, ...]
    uncovered: tuple[Finding, ...]
    dominant: tuple[Finding, ...]
    fragile: tuple[Finding, ...] = ()
    solid: Analysis | None = None
    missing: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings but the fragile: cuts, uncovered, dominant."""
        return (*self.cuts, *self.uncovered, *self.dominant)

    def find(self, finding: str) -> Finding:
        """Return the finding with an id; `UnknownNameError` if there is none."""
        for candidate in (*self.findings, *self.fragile):
            if candidate.id == finding:
                return candidate
        raise UnknownNameError(f"no finding {finding!r} in this data set and scope")

    def analysis_of(self, finding: Finding) -> Analysis:
        """Return the analysis that a finding comes from."""
        if self.solid is not None and finding.id in self._fragile_ids:
            return self.solid
        return self.analysis

    @cached_property
    def _fragile_ids(self) -> frozenset[str]:
        return frozenset(finding.id for finding in self.fragile)


def find_gaps(
    graph: SupplyGraph,
    *,
    scope: Scope | None = None,
    units: Sequence[Unit] = UNITS,
    kinds: Collection[str] = REQUIREMENT_KINDS,
    weights: Mapping[str, float] | None = None,
) -> Gaps:
    """Find every single point of failure, every uncovered component and every dominant unit.

    One finding is one minimal cut set at its finest unit: a group is listed only for targets that no single
    vendor of it takes along, a country only for those that no single vendor or group of it does. The set of
    all units is trivial and left out.

    Parameters
    ----------
    graph
        The graph.
    scope
        What to count; default: Taiwan and Japan, by seat.
    units
        Units that may be lost: ``vendor``, ``group``, ``country``.
    kinds
        Kinds of requirement that matter: all for what is lost in time, input and service for what is lost
        at once.
    weights
        Weight of solutions by id; default 1 each.

    Returns
    -------
    Gaps
        The findings, ranked by severity, order, fewest stand-ins, components lost and id.

    Raises
    ------
    InputError
        A unit, kind or weight that is not allowed; requirements or ownership that run in a circle.

    Examples
    --------
    >>> toy = SupplyGraph({
    ...     "vendors": pd.DataFrame({"id": ["tsmc"], "country": ["TW"]}),
    ...     "components": pd.DataFrame({"id": ["foundry", "chip"], "segment": ["semiconductor"] * 2}),
    ...     "offers": pd.DataFrame({"vendor": ["tsmc", "tsmc"], "component": ["foundry", "chip"]}),
    ... })
    >>> find_gaps(toy).cuts  # one vendor in all: the set of all units is trivial
    ()

    Notes
    -----
    Order 1 is found for all targets and units in one pass over the structure (:mod:`.losses`).
    """
    scope = scope or Scope()
    for unit in units:
        if unit not in UNITS:
            raise InputError(f"`units`: {unit!r} is none of {', '.join(UNITS)}")
    gaps = _find(Analysis(graph, scope, kinds=kinds), units, weights)
    solid_scope = _narrow_to_solid(scope)
    if solid_scope is None or solid_scope == scope or "OFFERS" in gaps.missing:
        return gaps
    solid = _find(Analysis(graph, solid_scope, kinds=kinds), units, weights)
    known = {finding.id for finding in gaps.findings}
    fragile = [f for f in (*solid.cuts, *solid.uncovered) if f.id not in known]
    return replace(gaps, fragile=tuple(rank_findings(fragile)), solid=solid.analysis)


def _narrow_to_solid(scope: Scope) -> Scope | None:
    """Return the scope with solid evidence only, never wider than it was; None if nothing would be left."""
    kinds = tuple(kind for kind in ("cited", "report") if kind in (scope.source_kinds or (kind,)))
    if not kinds:
        return None
    confidence = "high" if scope.confidence == "high" else "medium"
    return replace(scope, source_kinds=kinds, confidence=confidence)


def _find(analysis: Analysis, units: Sequence[Unit], weights: Mapping[str, float] | None) -> Gaps:
    graph = analysis.graph
    missing = tuple(t for t in ("OFFERS", "REQUIRES") if graph.edges(t).empty)
    if "OFFERS" in missing:
        return Gaps(analysis, (), (), (), missing=missing)
    lister = _Lister(analysis, _check_weights(analysis.market, weights))
    return Gaps(
        analysis,
        cuts=tuple(rank_findings(lister.list_cuts([u for u in UNITS if u in units]))),
        uncovered=tuple(rank_findings(lister.list_uncovered())),
        dominant=tuple(rank_findings(lister.list_dominant(units))),
        missing=missing,
    )


def _check_weights(market: Market, weights: Mapping[str, float] | None) -> Floats:
    values = pd.Series(1.0, index=market.solution_ids)
    for solution, weight in (weights or {}).items():
        if solution not in values.index:
            known = ", ".join(values.index[:_SHOWN]) + (" …" if len(values) > _SHOWN else "")
            raise InputError(f"`weights`: no solution {solution!r}; there are {known or 'none'}")
        if not weight >= 0 or weight == float("inf"):
            raise InputError(f"`weights`: {solution!r} has {weight!r}; a weight is a number from 0 up")
        values[solution] = weight
    return np.asarray(values, dtype=np.float64)


class _Lister:
    """Turns losses into findings; one instance an answer."""

    def __init__(self, analysis: Analysis, weights: Floats) -> None:
        self.analysis = analysis
        self.market = analysis.market
        self.structure = analysis.structure
        self.targets = self.structure.components + self.structure.solutions
        self.weights = weights
        self.components = analysis.market.component_ids.to_numpy(dtype=object)
        self.solutions = analysis.market.solution_ids.to_numpy(dtype=object)
        self.vendors = analysis.market.vendor_ids.to_numpy(dtype=object)
        self.there = np.unique(self.market.offer_vendor[self.market.present])
        seats, owners = self.market.seats.to_numpy(), self.market.owner_seats.to_numpy()
        self.moved = np.asarray(seats != owners, dtype=bool)

    def list_cuts(self, units: Sequence[Unit]) -> list[Finding]:
        """One finding for each unit that takes along a target which no finer unit in it does."""
        found: list[Finding] = []
        finer: list[tuple[Ints, Losses]] = []
        for unit in units:
            codes, names = self.market.unit_codes(unit)
            losses = self.analysis.losses(unit)
            if self.market.units_there[unit] > 1:
                for code in self._new_units(codes, losses, finer).tolist():
                    found.append(self._cut(unit, names[code], code, codes, losses))
            finer.append((codes, losses))
        return found

    def _new_units(self, codes: Ints, losses: Losses, finer: list[tuple[Ints, Losses]]) -> Ints:
        """Units with a lost target that no finer unit inside them takes along too."""
        targets = losses.node < self.targets
        base = int(codes.max(initial=0)) + 1
        new = losses.node[targets] * base + losses.unit[targets]
        for fine_codes, fine in finer:
            above = self._unit_above(fine_codes, codes)[fine.unit]
            new = np.setdiff1d(new, fine.node[above >= 0] * base + above[above >= 0])
        return np.unique(new % base)

    def _unit_above(self, fine: Ints, coarse: Ints) -> Ints:
        """For each finer unit the coarse one that holds all its vendors with counted offers, or -1."""
        vendors = self.there
        size = int(fine.max(initial=0)) + 1
        least = np.full(size, np.iinfo(np.int64).max)
        most = np.full(size, -1, dtype=np.int64)
        np.minimum.at(least, fine[vendors], coarse[vendors])
        np.maximum.at(most, fine[vendors], coarse[vendors])
        return np.where(least == most, most, -1)

    def _cut(self, unit: Unit, member: str, code: int, codes: Ints, losses: Losses) -> Finding:
        nodes = losses.lost_by(code)
        inside = codes == code
        roots = self._roots(nodes, inside)
        coarser = UNITS[UNITS.index(unit) + 1 :]
        also = tuple(u for u in coarser if self._stands(u, self.there[inside[self.there]], nodes))
        return self._finding("cut", unit, member, roots, nodes, inside, also=also)

    def _stands(self, unit: Unit, vendors: Ints, nodes: Ints) -> bool:
        """Say whether one unit, but not all of them, takes along what the vendors of a finer one do."""
        if self.market.units_there[unit] < 2:
            return False
        codes, _ = self.market.unit_codes(unit)
        above = np.unique(codes[vendors])
        if len(above) == 1:
            return True
        targets, losses = nodes[nodes < self.targets], self.analysis.losses(unit)
        return any(np.isin(targets, losses.lost_by(code)).all() for code in above.tolist())

    def _roots(self, nodes: Ints, inside: Bools) -> Ints:
        """Return the lost components every way to which runs through vendors inside the cut."""
        market = self.market
        lost = nodes[nodes < self.structure.components]
        lost = lost[~market.virtual[lost]]
        offers = market.offers_on(lost)
        offers = offers[market.present[offers]]
        can_deliver = self.analysis.feasible[self._way(offers)]
        own = inside[market.offer_vendor[offers]]
        outside = market.offer_component[offers[can_deliver & ~own]]
        return np.setdiff1d(market.offer_component[offers[own]], outside)

    def _way(self, offers: Ints) -> Ints:
        """Return the node by which each offer delivers: its component, or its variant of it."""
        source = self.structure.offer_source[offers]
        varied = self.structure.any_of[self.market.offer_component[offers]]
        # A variant is made just before its source.
        return np.where(varied, source - 1, self.market.offer_component[offers])

    def list_uncovered(self) -> list[Finding]:
        """One finding for each component that nobody offers though its requirements hold."""
        nobody = np.zeros(len(self.vendors), dtype=bool)
        losses = self.analysis.uncovered_losses
        return [
            self._finding("uncovered", None, None, np.array([root]), losses.lost_by(root), nobody)
            for root in self.analysis.uncovered.tolist()
        ]

    def list_dominant(self, units: Sequence[Unit]) -> list[Finding]:
        """One finding for each unit that dominates a component."""
        found = []
        for unit, losses in self.analysis.dominant_losses.items():
            if unit not in units:
                continue
            codes, names = self.market.unit_codes(unit)
            dominated = self.analysis.dominated[unit]
            for code in np.unique(dominated[dominated >= 0]).tolist():
                roots = np.flatnonzero(dominated == code)
                nodes = losses.lost_by(code)
                found.append(self._finding("dominant", unit, names[code], roots, nodes, codes == code))
        return found

    def _finding(
        self,
        kind: FindingKind,
        unit: Unit | None,
        member: str | None,
        roots: Ints,
        nodes: Ints,
        inside: Bools,
        *,
        also: tuple[Unit, ...] = (),
    ) -> Finding:
        first = self.structure.components
        solutions = nodes[(nodes >= first) & (nodes < self.targets)] - first
        possible, whole = self._all_solutions if kind == "uncovered" else self._feasible_solutions
        offers = self.market.offers_on(roots)
        vendors = np.unique(self.market.offer_vendor[offers[self.market.present[offers]]])
        vendors = vendors[inside[vendors]]
        members = [member] if member is not None else self.components[roots].tolist()
        return Finding(
            id=finding_id(kind, unit, self.market.scope, members),
            kind=kind,
            unit=unit,
            member=member,
            roots=_sorted_ids(self.components[roots]),
            vendors=_sorted_ids(self.vendors[vendors]),
            components=_sorted_ids(self.components[nodes[nodes < first]]),
            solutions=_sorted_ids(self.solutions[solutions]),
            direct=_sorted_ids(self.solutions[self._direct(roots, solutions)]),
            solutions_total=possible,
            severity=float(self.weights[solutions].sum()) / whole if whole else 0.0,
            stand_ins=self._count_stand_ins(roots, vendors, inside),
            also=also,
            seat_owner_disagree=bool(self.moved[vendors].any()),
        )

    @cached_property
    def _all_solutions(self) -> tuple[int, float]:
        """How many solutions there are, and their weight."""
        return len(self.weights), float(self.weights.sum())

    @cached_property
    def _feasible_solutions(self) -> tuple[int, float]:
        """How many solutions can be had with all present, and their weight."""
        feasible = self.analysis.feasible[self.structure.components : self.targets]
        return int(feasible.sum()), float(self.weights[feasible].sum())

    def _direct(self, roots: Ints, solutions: Ints) -> Ints:
        """Solutions that require a root themselves, be it as one alternative of a choice."""
        shift = self.structure.components
        wholes = {whole for root in roots.tolist() for whole, _ in self.analysis.wholes_of(root)}
        return np.intersect1d(np.array(sorted(wholes), dtype=np.int64) - shift, solutions)

    def _count_stand_ins(self, roots: Ints, vendors: Ints, inside: Bools) -> int:
        """Count the groups outside the cut that are not in volume at a root, or in its family."""
        market = self.market
        same = market.offers_on(roots)
        kin = market.offers_on(np.setdiff1d(self.analysis.family_of(roots), roots))
        offers = np.concatenate([same[market.waiting[same]], kin[market.counted[kin]]])
        who = market.offer_vendor[offers]
        who = who[market.at_home[who] & ~inside[who]]
        return len(np.setdiff1d(market.groups.head[who], market.groups.head[vendors]))


def _sorted_ids(ids: npt.NDArray[np.object_]) -> tuple[str, ...]:
    return tuple(sorted(ids.tolist()))
