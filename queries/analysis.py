"""One market and its structure, with everything that is worked out from them once."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

import numpy as np
import pandas as pd

from ..graph import SupplyGraph
from .completeness import Completeness, find_completeness
from .dominance import find_dominated
from .findings import Finding
from .losses import Losses, only_units, propagate_losses, source_holds
from .market import UNITS, Bools, Ints, Market, Unit, expand_slices
from .scope import Scope
from .structure import REQUIREMENT_KINDS, build_structure
from .witness import Requirement, RequirementIndex, Witnesses, index_requirements

__all__ = ["Analysis"]


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
    """

    def __init__(
        self, graph: SupplyGraph, scope: Scope, *, kinds: Collection[str] = REQUIREMENT_KINDS
    ) -> None:
        self.graph = graph
        self.scope = scope
        self.market = Market(graph, scope)
        self.structure = build_structure(self.market, kinds=kinds)
        self._kinds = kinds
        self._losses: dict[Unit, Losses] = {}

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
        return index_requirements(self.market, kinds=self._kinds)

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

    def losses(self, unit: Unit) -> Losses:
        """Return what each single unit takes with it."""
        if unit not in self._losses:
            codes, _ = self.market.unit_codes(unit)
            only = only_units(self.structure, self.market, codes)
            self._losses[unit] = propagate_losses(self.structure, self.holds, only)
        return self._losses[unit]

    @cached_property
    def uncovered(self) -> Ints:
        """Components that nobody offers though everything they require can be had."""
        structure, market = self.structure, self.market
        nobody = ~(market.offered | market.given | market.virtual)
        parent = np.repeat(np.arange(structure.size), np.diff(structure.start))
        is_part = structure.source_component[structure.child] < 0
        wanting = parent[is_part & ~self.feasible[structure.child]]
        nobody[wanting[wanting < structure.components]] = False
        return np.flatnonzero(nobody)

    @cached_property
    def uncovered_losses(self) -> Losses:
        """What fails when one uncovered component alone is missing; its position is the unit."""
        component = self.structure.source_component
        only = np.where(np.isin(component, self.uncovered), component, -1)
        return propagate_losses(self.structure, component >= 0, only)

    @cached_property
    def dominated(self) -> dict[Unit, Ints]:
        """For each unit, which one of it dominates each component, where no finer one does."""
        found: dict[Unit, Ints] = {}
        taken = ~self.feasible[: self.structure.components]  # what cannot be had is not lost either
        for unit in UNITS:
            codes, _ = self.market.unit_codes(unit)
            found[unit] = np.where(taken, -1, find_dominated(self.market, codes))
            taken |= found[unit] >= 0
        return found

    @cached_property
    def dominant_losses(self) -> dict[Unit, Losses]:
        """What fails when components fail with the unit that dominates them."""
        component = self.structure.source_component
        return {
            unit: propagate_losses(
                self.structure, self.holds, np.where(component >= 0, by_component[component], -1)
            )
            for unit, by_component in self.dominated.items()
            if (by_component >= 0).any()
        }

    def lost_nodes(self, finding: Finding) -> Ints:
        """Return all nodes lost under a finding, choices and sources among them."""
        if finding.unit is None:
            return self.uncovered_losses.lost_by(int(self.component_nodes(finding.roots)[0]))
        _, names = self.market.unit_codes(finding.unit)
        losses = self.dominant_losses if finding.kind == "dominant" else None
        by_unit = losses[finding.unit] if losses else self.losses(finding.unit)
        return by_unit.lost_by(int(names.get_indexer(pd.Index([finding.member]))[0]))

    def component_nodes(self, ids: Collection[str]) -> Ints:
        """Return the nodes of components, by id."""
        return np.asarray(self.market.component_ids.get_indexer(pd.Index(list(ids))))

    def solution_nodes(self, ids: Collection[str]) -> Ints:
        """Return the nodes of solutions, by id."""
        positions: Ints = self.market.solution_ids.get_indexer(pd.Index(list(ids)))
        return positions + self.structure.components

    @cached_property
    def _families(self) -> tuple[Ints, Ints, Ints]:
        """Family of each component (-1: none); components by family, and where each family starts."""
        family = pd.factorize(self.graph.table("components")["family"])[0].astype(np.int64)
        members = np.argsort(family, kind="stable")
        return family, members, np.searchsorted(family[members], np.arange(family.max(initial=-1) + 2))

    def family_of(self, components: Ints) -> Ints:
        """Return the components of the same families, themselves included."""
        family, members, start = self._families
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
