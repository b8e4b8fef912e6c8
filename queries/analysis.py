"""One market and its structure, with everything that is worked out from them once."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

import numpy as np
import pandas as pd

from ..graph import SupplyGraph
from .dominance import find_dominated
from .findings import Finding
from .losses import Losses, only_units, propagate_losses, source_holds
from .market import UNITS, Bools, Ints, Market, Unit
from .scope import Scope
from .structure import REQUIREMENT_KINDS, build_structure
from .witness import RequirementIndex, Witnesses, index_requirements

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
        return index_requirements(self.market)

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
        taken = np.zeros(self.structure.components, dtype=bool)
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
        return by_unit.lost_by(names.index(str(finding.member)))

    def component_nodes(self, ids: Collection[str]) -> Ints:
        """Return the nodes of components, by id."""
        return np.asarray(self.market.component_ids.get_indexer(pd.Index(list(ids))))

    def solution_nodes(self, ids: Collection[str]) -> Ints:
        """Return the nodes of solutions, by id."""
        positions: Ints = self.market.solution_ids.get_indexer(pd.Index(list(ids)))
        return positions + self.structure.components

    @cached_property
    def parts_of_solutions(self) -> pd.DataFrame:
        """Nodes of solutions and of the components that they require, choices among them opened."""
        first, last = self.structure.components, self.structure.components + self.structure.solutions
        pairs = [(p, q) for p, q in self.requirements if first <= p < last and q < first]
        return pd.DataFrame(pairs, columns=["solution", "part"], dtype="int64")

    @cached_property
    def _families(self) -> Ints:
        family = self.graph.table("components")["family"]
        return np.asarray(pd.factorize(family)[0], dtype=np.int64)

    def family_of(self, components: Ints) -> Ints:
        """Return the components of the same families, themselves included."""
        wanted = np.unique(self._families[components])
        return np.flatnonzero(np.isin(self._families, wanted[wanted >= 0]))

    def failing(self, finding: Finding) -> Bools:
        """Say which nodes fail under a finding: those lost, and those that cannot be had anyway."""
        fails = np.zeros(self.structure.size, dtype=bool) if finding.unit is None else ~self.feasible
        fails[self.lost_nodes(finding)] = True
        return fails

    def witnesses(self, finding: Finding) -> Witnesses:
        """Return the builder of the witnesses of a finding's targets."""
        return Witnesses(self.structure, self.market, self.failing(finding), self.requirements)
