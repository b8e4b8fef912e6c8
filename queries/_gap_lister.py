"""Findings from what single units and sets of units take along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial

import numpy as np
import numpy.typing as npt

from ._gap_batch import Batch, Pairs
from ._gap_orders import CutSets
from ._unit_views import UnitView, coarser_units, finer_units
from .analysis import Analysis
from .findings import Finding, FindingKind, finding_id
from .losses import Losses
from .market import Bools, Ints

__all__ = ["Floats", "GapLister"]

Floats = npt.NDArray[np.float64]
Inside = Callable[[Ints], Bools]
"""Says which of some offers the cut takes along."""


class GapLister:
    """Turns losses into findings; one instance an answer.

    Parameters
    ----------
    analysis
        What was counted and worked out.
    weights
        Weight of each solution.
    units
        Units that are asked for, each after those that are finer.
    """

    def __init__(self, analysis: Analysis, weights: Floats, units: Sequence[str]) -> None:
        self.analysis = analysis
        self.market = analysis.market
        self.structure = analysis.structure
        self.targets = self.structure.components + self.structure.solutions
        self.weights = weights
        self.units = units
        self.components = analysis.market.component_ids.to_numpy(dtype=object)
        self.solutions = analysis.market.solution_ids.to_numpy(dtype=object)
        self.vendors = analysis.market.vendor_ids.to_numpy(dtype=object)

    # Single units

    def list_cuts(self, *, kind: FindingKind = "cut", known: Analysis | None = None) -> list[Finding]:
        """One finding for each unit that takes along a target which no finer unit in it does.

        Parameters
        ----------
        kind
            What to call them.
        known
            What a unit takes along there too is left out.
        """
        found: list[Finding] = []
        for unit in self.units:
            view, losses = self.analysis.view(unit), self.analysis.losses(unit)
            if view.count < 2:  # the set of all units is trivial
                continue
            codes = self._new_units(view, losses, known)
            if known is None and self.structure.need is None:
                coarser = [self.analysis.view(other) for other in coarser_units(unit, self.units)]
                batch = self._make_batch(kind, view, losses, self.analysis.quick.losses(unit))
                found += batch.list_all(np.array(codes, dtype=np.int64), coarser=coarser)
                continue
            for code in codes:
                nodes = losses.lost_by(code)
                if known is not None:
                    nodes = np.setdiff1d(nodes[nodes < self.targets], known.losses(unit).lost_by(code))
                found.append(self._cut(kind, view, code, nodes))
        return found

    def _new_units(self, view: UnitView, losses: Losses, known: Analysis | None) -> list[int]:
        """Units with a lost target that no finer unit inside them takes along too."""
        base = len(view.names) + 1
        new = self._keys(losses, losses.unit, base)
        if known is not None:
            other = known.losses(view.unit)
            new = np.setdiff1d(new, self._keys(other, other.unit, base))
        for unit in finer_units(view.unit, self.units):
            fine = self.analysis.losses(unit)
            above = self._unit_above(self.analysis.view(unit), view)[fine.unit]
            new = np.setdiff1d(new, self._keys(fine, above, base))
        codes = np.unique(new % base)
        return [int(code) for code in codes[view.named[codes]]]

    def _keys(self, losses: Losses, unit: Ints, base: int) -> Ints:
        """Pairs of a target and a unit as one number each; unit -1 is none."""
        wanted = (losses.node < self.targets) & (unit >= 0)
        keys: Ints = losses.node[wanted] * base + unit[wanted]
        return keys

    def _unit_above(self, fine: UnitView, coarse: UnitView) -> Ints:
        """For each finer unit the coarse one that takes all its counted offers along, or -1."""
        offers = np.flatnonzero(self.market.present)
        size = len(fine.names)
        least = np.full(size, np.iinfo(np.int64).max)
        most = np.full(size, -1, dtype=np.int64)
        units, above = fine.codes[offers], coarse.codes[offers]
        np.minimum.at(least, units, above)
        np.maximum.at(most, units, above)
        return np.where((least == most) & fine.named, most, -1)

    def _cut(self, kind: FindingKind, view: UnitView, code: int, nodes: Ints) -> Finding:
        unit = view.unit
        quick = self.analysis.quick.losses(unit).lost_by(code)
        also = self._list_stands(view, code, nodes)
        return self._finding(kind, view, [code], nodes, at_once=np.intersect1d(nodes, quick), also=also)

    def _make_batch(self, kind: FindingKind, view: UnitView | None, losses: Losses, quick: Losses) -> Batch:
        possible, whole = self._all_solutions if view is None else self._feasible_solutions
        return Batch(self.analysis, kind, view, self.weights, losses, quick, possible, whole)

    def _list_stands(self, view: UnitView, code: int, nodes: Ints) -> tuple[str, ...]:
        """Return the coarser units at which a cut stands, too."""
        return tuple(u for u in coarser_units(view.unit, self.units) if self._stands(u, view, code, nodes))

    def _stands(self, unit: str, fine: UnitView, code: int, nodes: Ints) -> bool:
        """Say whether one unit, but not all of them, takes along what a finer one does."""
        view = self.analysis.view(unit)
        if view.count < 2:
            return False
        above = np.unique(view.codes[fine.present([code])])
        named = above[(above >= 0) & view.named[above]]
        if len(above) == len(named) == 1:
            return True
        targets, losses = nodes[nodes < self.targets], self.analysis.losses(unit)
        return any(_holds_all(losses.lost_by(one), targets) for one in named.tolist())

    # Sets of units

    def list_sets(self, *, max_order: int, budget: int | None, singles: int) -> list[Finding]:
        """One finding for each minimal cut set of order 2 or more, at its finest unit.

        Parameters
        ----------
        max_order
            Largest number of units in a set.
        budget
            Most steps.
        singles
            How many cuts of order 1 there are, for the message that there are too many others.
        """
        analysis, quick = self.analysis, self.analysis.quick
        sets = CutSets(analysis, max_order=max_order, budget=budget, singles=singles)
        faster = sets if quick is analysis else CutSets(quick, max_order=max_order, budget=budget)
        found: list[Finding] = []
        for one in sets.list_all(self.units):
            at_once = [
                node
                for node in one.targets
                if node >= self.structure.components
                and quick.feasible[node]
                and faster.fails(one.unit, node, one.members)
            ]
            found.append(
                self._finding(
                    "cut",
                    analysis.view(one.unit),
                    one.members,
                    np.array(one.targets),
                    at_once=np.array(at_once, dtype=np.int64),
                    also=one.also,
                    below=np.array(one.nodes),
                )
            )
        return found

    # What nobody offers, and who leads

    def list_uncovered(self) -> list[Finding]:
        """One finding for each component that nobody offers though its requirements hold."""
        losses, quick = self.analysis.uncovered_losses, self.analysis.quick.uncovered_losses
        if self.structure.need is None:
            batch = self._make_batch("uncovered", None, losses, quick)
            return list(batch.list_all(self.analysis.uncovered, roots=_number_each))
        return [
            self._make(
                "uncovered",
                None,
                (),
                np.array([root]),
                losses.lost_by(root),
                lambda offers: np.zeros(len(offers), dtype=bool),
                at_once=quick.lost_by(root),
            )
            for root in self.analysis.uncovered.tolist()
        ]

    def list_dominant(self) -> list[Finding]:
        """One finding for each unit that dominates a component."""
        found: list[Finding] = []
        for unit in self.units:
            view, dominated = self.analysis.view(unit), self.analysis.dominated(unit, self.units)
            codes = np.unique(dominated[dominated >= 0])
            codes = codes[view.named[codes]]
            if not len(codes):
                continue
            losses = quick = self.analysis.lose_components(dominated)
            if self.analysis.quick is not self.analysis:
                quick = self.analysis.quick.lose_components(dominated)
            if self.structure.need is None:
                batch = self._make_batch("dominant", view, losses, quick)
                found += batch.list_all(codes, roots=partial(_find_held, dominated))
                continue
            for code in codes.tolist():
                found.append(
                    self._make(
                        "dominant",
                        unit,
                        (view.names[code],),
                        np.flatnonzero(dominated == code),
                        losses.lost_by(code),
                        partial(view.holds, [code]),
                        at_once=quick.lost_by(code),
                    )
                )
        return found

    # One finding

    def _finding(
        self,
        kind: FindingKind,
        view: UnitView,
        members: Sequence[int],
        nodes: Ints,
        *,
        at_once: Ints,
        also: tuple[str, ...],
        below: Ints | None = None,
    ) -> Finding:
        inside = partial(view.holds, members)
        roots = self._roots(nodes if below is None else below, inside)
        names = tuple(sorted(view.names[list(members)].tolist()))
        return self._make(kind, view.unit, names, roots, nodes, inside, at_once=at_once, also=also)

    def _roots(self, nodes: Ints, inside: Inside) -> Ints:
        """Return the lost components every way to which runs through offers inside the cut."""
        market = self.market
        lost = nodes[nodes < self.structure.components]
        lost = lost[~market.virtual[lost]]
        if self.structure.need is not None:
            return np.array([c for c in lost.tolist() if self._is_root(c, inside)], dtype=np.int64)
        offers = market.offers_on(lost)
        offers = offers[market.present[offers]]
        can_deliver = self.analysis.feasible[self.structure.ways(offers, market.offer_component[offers])]
        own = inside(offers)
        outside = market.offer_component[offers[can_deliver & ~own]]
        return np.setdiff1d(market.offer_component[offers[own]], outside)

    def _is_root(self, component: int, inside: Inside) -> bool:
        """Say whether a component fails though everything that it requires is there."""
        offers = self.market.offers_on(np.array([component]))
        left = offers[self.market.usable[offers] & ~inside(offers)]
        sources = set(self.structure.offer_source[left].tolist())
        return not self._holds(component, component, sources)

    def _holds(self, node: int, component: int, sources: set[int]) -> bool:
        structure = self.structure
        if structure.source_component[node] >= 0:
            return node in sources
        if node < self.targets and node != component:
            return bool(self.analysis.feasible[node])
        below = [self._holds(child, component, sources) for child in structure.children(node).tolist()]
        if structure.need is not None and structure.weight is not None and structure.need[node] > 0:
            weights = structure.weight[structure.start[node] : structure.start[node + 1]]
            return int(weights[np.array(below, dtype=bool)].sum()) >= int(structure.need[node])
        return any(below) if structure.any_of[node] else all(below)

    def _make(
        self,
        kind: FindingKind,
        unit: str | None,
        members: tuple[str, ...],
        roots: Ints,
        nodes: Ints,
        inside: Inside,
        *,
        at_once: Ints,
        also: tuple[str, ...] = (),
    ) -> Finding:
        first = self.structure.components
        solutions = nodes[(nodes >= first) & (nodes < self.targets)] - first
        possible, whole = self._all_solutions if kind == "uncovered" else self._feasible_solutions
        offers = self.market.offers_on(roots)
        offers = offers[self.market.present[offers]]
        vendors = np.unique(self.market.offer_vendor[offers[inside(offers)]])
        return Finding(
            id=finding_id(kind, unit, self.market.scope, list(members) or self.components[roots].tolist()),
            kind=kind,
            unit=unit,
            members=members,
            roots=_sorted_ids(self.components[roots]),
            vendors=_sorted_ids(self.vendors[vendors]),
            components=_sorted_ids(self.components[nodes[nodes < first]]),
            solutions=_sorted_ids(self.solutions[solutions]),
            direct=_sorted_ids(self.solutions[self._direct(roots, solutions)]),
            at_once=_sorted_ids(self.solutions[np.intersect1d(at_once - first, solutions)]),
            solutions_total=possible,
            severity=float(self.weights[solutions].sum()) / whole if whole else 0.0,
            stand_ins=self._count_stand_ins(roots, vendors, inside),
            also=also,
            seat_owner_disagree=bool(self.market.moved[vendors].any()),
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

    def _count_stand_ins(self, roots: Ints, vendors: Ints, inside: Inside) -> int:
        """Count the groups outside the cut that are not in volume at a root, or in its family."""
        market = self.market
        same = market.offers_on(roots)
        kin = market.offers_on(np.setdiff1d(self.analysis.family_of(roots), roots))
        offers = np.concatenate([same[market.waiting[same]], kin[market.counted[kin]]])
        offers = offers[market.offer_at_home[offers] & ~inside(offers)]
        who = market.offer_vendor[offers]
        return len(np.setdiff1d(market.groups.head[who], market.groups.head[vendors]))


def _holds_all(nodes: Ints, wanted: Ints) -> bool:
    """Say whether some nodes are all among others, which are sorted and may be many."""
    return bool((np.append(nodes, -1)[np.searchsorted(nodes, wanted)] == wanted).all())


def _number_each(codes: Ints) -> Pairs:
    """Return the one root of each finding on what nobody offers."""
    return Pairs(np.arange(len(codes)), codes)


def _find_held(unit: Ints, codes: Ints) -> Pairs:
    """Return the components that are some of a unit's."""
    place = np.searchsorted(codes, unit)
    held = np.append(codes, -2)[place] == unit
    return Pairs.of(place[held], np.flatnonzero(held))


def _sorted_ids(ids: npt.NDArray[np.object_]) -> tuple[str, ...]:
    return tuple(sorted(ids.tolist()))
