"""One market and its structure, with everything that is worked out from them once."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

import numpy as np
import pandas as pd

from .._errors import InputError
from ..graph import SupplyGraph
from ._enough import has_enough
from ._unit_views import UnitView, finer_units
from .completeness import Completeness, find_completeness
from .dominance import find_dominated
from .findings import Finding
from .losses import Losses, only_places, only_units, propagate_losses, source_holds
from .market import UNITS, Bools, Ints, Market, expand_slices
from .scope import Scope
from .structure import REQUIREMENT_KINDS, build_structure, evaluate
from .witness import Requirement, RequirementIndex, Witnesses, index_requirements

__all__ = ["Analysis", "reuse_analysis"]


class Analysis:
    """A market, its structure, and the losses of single units; each part is computed when asked for.

    Parameters
    ----------
    graph
        The graph.
    scope
        What to count.
    kinds
        Kinds of requirement that matter.
    market
        The graph seen through the scope, if it is there already.
    """

    def __init__(
        self,
        graph: SupplyGraph,
        scope: Scope,
        *,
        kinds: Collection[str] = REQUIREMENT_KINDS,
        market: Market | None = None,
    ) -> None:
        self.graph = graph
        self.scope = scope
        self.market = Market(graph, scope) if market is None else market
        self.structure = build_structure(self.market, kinds=kinds)
        self.kinds = kinds
        self._losses: dict[str, Losses] = {}
        self._views: dict[str, UnitView] = {}
        self._dominated: dict[tuple[str, tuple[str, ...]], Ints] = {}

    @cached_property
    def holds(self) -> Bools:
        """Sources that hold with everybody present."""
        return source_holds(self.structure, self.market)

    @cached_property
    def feasible(self) -> Bools:
        """Nodes that hold with everybody present."""
        return self.losses("vendor").feasible

    @cached_property
    def requirements(self) -> RequirementIndex:
        """Rows of REQUIRES by the nodes that they join."""
        return index_requirements(self.market, kinds=self.kinds)

    @cached_property
    def requirement_evidence(self) -> dict[Requirement, tuple[object, object]]:
        """Source kind and confidence of each requirement."""
        return {
            Requirement(table, int(row)): (kind, confidence)
            for table in ("component_requires", "solution_requires", "solution_builds_on")
            for frame in [self.graph.current(table)]
            for row, kind, confidence in zip(
                frame.index, frame["source_kind"], frame["confidence"], strict=True
            )
        }

    @cached_property
    def completeness(self) -> dict[tuple[str, str], Completeness]:
        """What is known of the lists of vendors, by component and country."""
        return find_completeness(self.graph)

    @cached_property
    def controllers(self) -> dict[str, list[int]]:
        """For each controlled vendor, the positions of its rows among the control edges."""
        found: dict[str, list[int]] = {}
        for position, owned in enumerate(self.market.groups.edges["to_vendor"]):
            found.setdefault(owned, []).append(position)
        return found

    @cached_property
    def _neighbours(self) -> tuple[dict[int, list[tuple[int, str | None]]], ...]:
        parts: dict[int, list[tuple[int, str | None]]] = {}
        wholes: dict[int, list[tuple[int, str | None]]] = {}
        for (whole, part), (_, choice) in self.requirements.items():
            parts.setdefault(whole, []).append((part, choice))
            wholes.setdefault(part, []).append((whole, choice))
        return parts, wholes

    def parts_of(self, node: int) -> list[tuple[int, str | None]]:
        """Return what a component or solution requires, each with the choice it is an alternative of."""
        return self._neighbours[0].get(node, [])

    def wholes_of(self, node: int) -> list[tuple[int, str | None]]:
        """Return what requires a component or solution, each with the choice it is an alternative of."""
        return self._neighbours[1].get(node, [])

    @cached_property
    def quick(self) -> Analysis:
        """The same market where no equipment is required: what is lost there is lost at once.

        A requirement without a kind counts as needed at once. Itself, where nothing requires equipment.
        """
        tables = ("component_requires", "solution_requires", "solution_builds_on")
        if "equipment" not in self.kinds or not any(
            self.graph.coded(table)["kind"].isin(["equipment"]).any() for table in tables
        ):
            return self
        kinds = [kind for kind in self.kinds if kind != "equipment"]
        return Analysis(self.graph, self.scope, kinds=kinds, market=self.market)

    def view(self, unit: str) -> UnitView:
        """Return the units of one kind."""
        if unit not in self._views:
            self._views[unit] = UnitView(self.market, unit)
        return self._views[unit]

    def losses(self, unit: str) -> Losses:
        """Return what each single unit takes with it."""
        if unit not in self._losses:
            if unit == "country" and self.market.by_made:
                only = only_places(self.structure, self.market)
            else:
                only = only_units(self.structure, self.market, self.market.unit_codes(unit)[0])
            self._losses[unit] = propagate_losses(self.structure, self.holds, only)
        return self._losses[unit]

    @cached_property
    def uncovered(self) -> Ints:
        """Components that nobody, or too few, offer though everything they require can be had."""
        structure, market = self.structure, self.market
        nobody = ~(market.given | market.virtual)
        nobody &= ~(market.offered if structure.gate is None else has_enough(market, market.present))
        parent = np.repeat(np.arange(structure.size), np.diff(structure.start))
        is_part = structure.source_component[structure.child] < 0
        if structure.gate is not None:
            is_part &= structure.gate[structure.child] < 0
        wanting = parent[is_part & ~self.feasible[structure.child]]
        if structure.gate is not None:
            # Who offers one of these, and lacks a part, keeps it waiting.
            offers = np.flatnonzero(market.present & nobody[market.offer_component])
            offered = market.offer_component[offers]
            way = structure.ways(offers, offered)
            nobody[offered[(way != offered) & ~self.feasible[way]]] = False
        nobody[wanting[wanting < structure.components]] = False
        return np.flatnonzero(nobody)

    @cached_property
    def uncovered_losses(self) -> Losses:
        """What fails when one uncovered component alone is missing; its position is the unit."""
        component = self.structure.source_component
        only = np.where(np.isin(component, self.uncovered), component, -1)
        return propagate_losses(self.structure.opened(), component >= 0, only)

    def dominated(self, unit: str, among: Collection[str] = UNITS) -> Ints:
        """Return which one of a unit dominates each component, where no finer one does; -1: none.

        Parameters
        ----------
        unit
            Which kind of unit.
        among
            Units that are asked for: finer than a region is a city only if it is asked for.
        """
        finer = finer_units(unit, UNITS if unit in UNITS else ("vendor", *among))
        if (unit, finer) not in self._dominated:
            codes, _ = self.market.offer_codes(unit)
            taken = ~self.feasible[: self.structure.components]  # what cannot be had is not lost either
            for other in finer:
                taken = taken | (self.dominated(other, among) >= 0)
            self._dominated[unit, finer] = np.where(taken, -1, find_dominated(self.market, codes))
        return self._dominated[unit, finer]

    def lose_components(self, unit: Ints) -> Losses:
        """Return what fails when components fail, all of one unit (-1: none) together.

        Parameters
        ----------
        unit
            Shape ``(components,)``.
        """
        component = self.structure.source_component
        only = np.where(component >= 0, unit[component], -1) if len(unit) else np.full(len(component), -1)
        return propagate_losses(self.structure, self.holds, only)

    def lost_nodes(self, finding: Finding) -> Ints:
        """Return all nodes lost under a finding, choices and sources among them."""
        if finding.unit is None:
            return self.uncovered_losses.lost_by(int(self.component_nodes(finding.roots)[0]))
        if finding.kind == "dominant":
            roots = self.component_nodes(finding.roots)
            holds = self.holds & ~np.isin(self.structure.source_component, roots)
            return np.flatnonzero(self.feasible & ~evaluate(self.structure, holds))
        view = self.view(finding.unit)
        codes = view.find(finding.members)
        if len(codes) == 1:
            return self.losses(finding.unit).lost_by(codes[0])
        left = self.market.usable.copy()
        left[view.present(codes)] = False
        holds = np.zeros(self.structure.size, dtype=bool)
        sources = self.structure.offer_source[left]
        holds[sources[sources >= 0]] = True
        return np.flatnonzero(self.feasible & ~evaluate(self.structure, holds))

    def component_nodes(self, ids: Collection[str]) -> Ints:
        """Return the nodes of components, by id."""
        place = self._component_place
        return np.array([place.get(node, -1) for node in ids], dtype=np.int64)

    def solution_nodes(self, ids: Collection[str]) -> Ints:
        """Return the nodes of solutions, by id."""
        place = self._solution_place
        positions = np.array([place.get(node, -1) for node in ids], dtype=np.int64)
        return positions + self.structure.components

    @cached_property
    def _component_place(self) -> dict[str, int]:
        return {node: position for position, node in enumerate(self.market.component_ids.tolist())}

    @cached_property
    def _solution_place(self) -> dict[str, int]:
        return {node: position for position, node in enumerate(self.market.solution_ids.tolist())}

    @cached_property
    def vendor_place(self) -> dict[str, int]:
        """Position of each vendor, by id."""
        return {node: position for position, node in enumerate(self.market.vendor_ids.tolist())}

    @cached_property
    def families(self) -> tuple[Ints, Ints, Ints]:
        """Family of each component (-1: none); components by family, and where each family starts."""
        family = pd.factorize(self.graph.columns("components")["family"])[0].astype(np.int64)
        members = np.argsort(family, kind="stable")
        return family, members, np.searchsorted(family[members], np.arange(family.max(initial=-1) + 2))

    def family_of(self, components: Ints) -> Ints:
        """Return the components of the same families, themselves included."""
        family, members, start = self.families
        wanted = np.unique(family[components])
        wanted = wanted[wanted >= 0]
        return np.sort(members[expand_slices(start[wanted], start[wanted + 1])])

    def failing(self, finding: Finding) -> Bools:
        """Say which nodes fail under a finding: those lost, and those that cannot be had anyway."""
        fails = np.zeros(self.structure.size, dtype=bool) if finding.unit is None else ~self.feasible
        fails[self.lost_nodes(finding)] = True
        return fails

    def witnesses(self, finding: Finding) -> Witnesses:
        """Return the builder of the witnesses of a finding's targets."""
        return Witnesses(self.structure, self.market, self.failing(finding), self.requirements)


def reuse_analysis(
    analysis: Analysis | None, graph: SupplyGraph, scope: Scope | None, kinds: Collection[str]
) -> Analysis:
    """Return an analysis that is given, or a new one; `InputError` if it is of another graph or scope."""
    if analysis is None:
        return Analysis(graph, scope or Scope(), kinds=kinds)
    if analysis.graph is not graph or (scope is not None and analysis.scope != scope):
        raise InputError("`analysis` must be one of this graph and scope")
    return analysis
