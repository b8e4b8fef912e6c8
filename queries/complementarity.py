"""What each of two countries can do alone, and what only both can.

φ_X is φ with the vendors of X and the imports. A target is feasible for either country if φ_A and φ_B, for one
alone if only one of them holds, and only jointly if neither does though φ of both together holds. That is
what cooperation is for; what fails without imports is what both must watch.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np

from .._errors import InputError
from ..graph import SupplyGraph
from ._pair import (
    check_pair,
    close_levels,
    evaluate_for,
    imported,
    list_by_node,
    lose_imports,
    sources_of,
)
from ._set_finder import find_label, find_node
from .analysis import Analysis
from .contributions import Maker, MinimalSets
from .losses import Losses, propagate_losses
from .market import Bools
from .scope import ROLES, Scope, check_meaning
from .structure import REQUIREMENT_KINDS, evaluate

__all__ = ["Complement", "Complementarity", "Contribution", "classify_complementarity"]

TargetLabel = Literal["Component", "Solution"]

_CONTRIBUTIONS = "a contribution is a set of components, each brought once"
_THIRD = 2  # makers are 0 and 1, the countries of the pair, and this


@dataclass(frozen=True)
class Complement:
    """What the two countries can do about one target.

    Parameters
    ----------
    label, id
        ``Component`` or ``Solution``, and which.
    feasible
        ``outside``: itself an import; ``not at all``; ``either``: both countries, each alone; ``TW alone``
        (with the country's code); ``only jointly``.
    needs_third
        Whether it can be had, but not without imports.
    imports
        The imports that its ways lead to, below what cannot be had without any; empty unless `needs_third`.
    must_import
        Those among them without which, each alone, it cannot be had.
    at_role, needs_third_at_role
        The same as `feasible` and `needs_third` at the minimum role asked for; None if none was.
    unsettled
        Where the scope asks where offers are made: whether the class rests on offers of which nobody states
        it. They are there for either country, so that nothing is called impossible for want of a statement.
    """

    label: TargetLabel
    id: str
    feasible: str
    needs_third: bool
    imports: tuple[str, ...] = ()
    must_import: tuple[str, ...] = ()
    at_role: str | None = None
    needs_third_at_role: bool | None = None
    unsettled: bool = False


@dataclass(frozen=True)
class Contribution:
    """One minimal way for two countries to make something together: what each brings.

    Parameters
    ----------
    first, second
        Components that vendors of the first and of the second country of the pair bring. What a country
        can have by itself to make them is its own affair and is not listed.
    """

    first: tuple[str, ...]
    second: tuple[str, ...]


class Complementarity:
    """The classes of all targets of a data set, and what lies behind them.

    Parameters
    ----------
    analysis
        What was counted.
    at_role
        The same at a minimum role.
    """

    def __init__(self, analysis: Analysis, *, at_role: Complementarity | None = None) -> None:
        self.analysis = analysis
        self.at_role = at_role

    @property
    def missing(self) -> tuple[str, ...]:
        """Edge types that the question needs and this data set has none of."""
        graph = self.analysis.graph
        return tuple(name for name in ("OFFERS", "REQUIRES") if graph.edges(name).empty)

    @cached_property
    def rows(self) -> tuple[Complement, ...]:
        """One row a component, then one a solution, each in the order of the data set's table."""
        market, structure = self.analysis.market, self.analysis.structure
        targets = structure.components + structure.solutions
        imports = list_by_node(self._import_ways, targets, market.component_ids)
        must = list_by_node(lose_imports(self.analysis), targets, market.component_ids)
        needs = (self.jointly & ~self.unaided).tolist()
        rows = [
            Complement(
                label="Component" if node < structure.components else "Solution",
                id=name,
                feasible=self._classify(node),
                needs_third=needs[node],
                imports=imports.get(node, ()),
                must_import=must.get(node, ()),
                unsettled=bool(self._unsettled[node]),
            )
            for node, name in enumerate(market.names)
        ]
        if self.at_role is None:
            return tuple(rows)
        return tuple(
            replace(row, at_role=strict.feasible, needs_third_at_role=strict.needs_third)
            for row, strict in zip(rows, self.at_role.rows, strict=True)
        )

    def select(self, feasible: str) -> tuple[Complement, ...]:
        """Return the rows of one class."""
        return tuple(row for row in self.rows if row.feasible == feasible)

    def _classify(self, node: int) -> str:
        first, second = self.alone
        if node < self.analysis.structure.components and imported(self.analysis)[node]:
            return "outside"
        if not self.jointly[node]:
            return "not at all"
        if first[node] and second[node]:
            return "either"
        for country, can in zip(self.analysis.scope.pair, self.alone, strict=True):
            if can[node]:
                return f"{country} alone"
        return "only jointly"

    @property
    def jointly(self) -> Bools:
        """Nodes that the two countries have together, with imports."""
        return self.analysis.feasible

    @cached_property
    def alone(self) -> tuple[Bools, Bools]:
        """Nodes that each country of the pair has alone, with imports."""
        first, second = self.analysis.scope.pair
        return evaluate_for(self.analysis, {first}), evaluate_for(self.analysis, {second})

    @cached_property
    def _unsettled(self) -> Bools:
        """Nodes that a country has only as long as offers of unknown places are made there."""
        market, structure = self.analysis.market, self.analysis.structure
        found = np.zeros(structure.size, dtype=bool)
        if market.by_made:
            first, second = self.analysis.scope.pair
            for alone, other in zip(self.alone, (second, first), strict=True):
                stays = market.usable & ~(market.present & market.taken_with([other]))
                known = sources_of(structure, stays & (market.places.known | ~market.present))
                found |= alone & ~evaluate(structure, known)
        return found

    @cached_property
    def unaided(self) -> Bools:
        """Nodes that the two countries have together, without imports."""
        market = self.analysis.market
        return evaluate(self.analysis.structure, sources_of(self.analysis.structure, market.present))

    @cached_property
    def _import_ways(self) -> Losses:
        """Pairs of a node that needs third countries and an import that its ways lead to."""
        structure = self.analysis.structure
        needs = self.jointly & ~self.unaided
        parent = np.repeat(np.arange(structure.size), np.diff(structure.start))
        kept = needs[parent] & needs[structure.child]
        # Everything that hangs on imports, as if all of it were needed: then an import "loses" what leads to it.
        counts = np.bincount(parent[kept], minlength=structure.size)
        ways = replace(
            structure,
            any_of=np.zeros(structure.size, dtype=bool),
            start=np.concatenate([[0], np.cumsum(counts)]),
            child=structure.child[kept],
            level=close_levels(np.where(counts > 0, structure.level, 0)),
            need=None,
            weight=None,
        )
        only = np.where(needs, structure.source_component, -1)
        return propagate_losses(ways, np.ones(structure.size, dtype=bool), only)

    def list_contributions(
        self, target: str, *, label: TargetLabel | None = None, limit: int = 1000
    ) -> tuple[Contribution, ...]:
        """List the minimal sets of components that each side must bring for a target.

        Country X *brings* c if its vendors offer c and each requirement of c is made in house, can be met by
        X alone, or is there. There is what is brought, what either country can meet alone, and imports
        whose requirements are there. A contribution makes the target feasible, and no part of it does.

        Parameters
        ----------
        target
            Id of a component or solution. Something that either country can have needs one contribution,
            an empty one; something that cannot be had has none.
        label
            ``Component`` or ``Solution``, where both have the id.
        limit
            Most sets to hold for any node on the way.

        Returns
        -------
        tuple of Contribution
            All of them, the fewest components first, then by id.

        Raises
        ------
        UnknownNameError
            No such target.
        InputError
            There are more than `limit` sets at some node below the target.
        """
        check_meaning(self.analysis.scope, _CONTRIBUTIONS, "min_groups", "min_share")
        first, second = self.alone
        sets = MinimalSets(self.analysis, first & second, self._bringers, limit)
        found = [
            Contribution(
                first=tuple(sorted(component for side, component in atoms if side == 0)),
                second=tuple(sorted(component for side, component in atoms if side == 1)),
            )
            for atoms in sets.find(self.find_node(target, label))
        ]
        return tuple(sorted(found, key=lambda c: (len(c.first) + len(c.second), c.first, c.second)))

    def find_node(self, target: str, label: TargetLabel | None = None) -> int:
        """Return the node of a component or solution; `UnknownNameError` if there is none."""
        return find_node(self.analysis, target, find_label(self.analysis, target, label))

    @cached_property
    def _source_makers(self) -> tuple[Bools, Bools, Bools]:
        """Sources with counted offers of the first country, of the second, and of neither alone."""
        market, structure = self.analysis.market, self.analysis.structure
        first, second = (
            sources_of(structure, market.present & market.offered_in(code))
            for code in self.analysis.scope.pair
        )
        # What neither of the two takes along is there, like an import.
        there = market.usable & ~(market.present & market.taken_with(self.analysis.scope.pair))
        return first, second, sources_of(structure, there)

    @cached_property
    def _imported(self) -> Bools:
        """Sources of imports."""
        market = self.analysis.market
        return sources_of(self.analysis.structure, market.usable & ~market.present)

    def _bringers(self, source: int) -> list[Maker]:
        """Return who can make something of a source: what it has by itself, and whether it must bring it."""
        nothing = np.zeros(self.analysis.structure.size, dtype=bool)
        return [
            (maker, own, maker != _THIRD)
            for maker, own in enumerate((*self.alone, nothing))
            if self._source_makers[maker][source]
        ]

    def _importers(self, source: int) -> list[Maker]:
        """Return who can make something of a source, where imports alone must be brought."""
        imported = bool(self._imported[source])
        return [(_THIRD, self.unaided, imported)] if self.analysis.holds[source] else []

    def list_import_sets(
        self, target: str, *, label: TargetLabel | None = None, limit: int = 1000
    ) -> tuple[tuple[str, ...], ...]:
        """List the minimal sets of imports with which the two countries have a target.

        Parameters
        ----------
        target, label, limit
            As of :meth:`list_contributions`.

        Returns
        -------
        tuple of tuple of str
            All of them, the fewest imports first, then by id; one, an empty one, for a target that needs no
            third country, and none for one that cannot be had.

        Raises
        ------
        UnknownNameError
            No such target.
        InputError
            There are more than `limit` sets at some node below the target.
        """
        check_meaning(self.analysis.scope, _CONTRIBUTIONS, "min_groups", "min_share")
        sets = MinimalSets(self.analysis, self.unaided, self._importers, limit)
        found = [
            tuple(sorted(component for _, component in atoms))
            for atoms in sets.find(self.find_node(target, label))
        ]
        return tuple(sorted(found, key=lambda imports: (len(imports), imports)))


def classify_complementarity(
    graph: SupplyGraph,
    *,
    scope: Scope | None = None,
    role: str | None = None,
    kinds: Collection[str] = REQUIREMENT_KINDS,
) -> Complementarity:
    """Say of every component and solution which of two countries can have it, alone or only together.

    Parameters
    ----------
    graph
        The graph.
    scope
        What to count; default: Taiwan and Japan, by seat. It must be within a pair.
    role
        Least role in the market, at which the same is said a second time. A blank role passes unless the
        scope is strict.
    kinds
        Kinds of requirement that matter.

    Raises
    ------
    InputError
        A scope within the world; a role that is none, or lower than the scope's own.

    Examples
    --------
    >>> import pandas as pd
    >>> toy = SupplyGraph({
    ...     "vendors": pd.DataFrame({"id": ["tsmc", "fanuc"], "country": ["TW", "JP"]}),
    ...     "components": pd.DataFrame({"id": ["chip", "robot"], "segment": ["semiconductor", "robot"]}),
    ...     "component_requires": pd.DataFrame({"component": ["robot"], "requires": ["chip"], "kind": ["input"]}),
    ...     "offers": pd.DataFrame({"vendor": ["tsmc", "fanuc"], "component": ["chip", "robot"]}),
    ... })
    >>> found = classify_complementarity(toy)
    >>> [(row.id, row.feasible) for row in found.rows]
    [('chip', 'TW alone'), ('robot', 'only jointly')]
    >>> found.list_contributions("robot")
    (Contribution(first=('chip',), second=('robot',)),)

    Notes
    -----
    φ is evaluated four times; linear in offers and requirements, and in the imports listed.
    """
    scope = check_pair(scope or Scope())
    at_role = None
    if role is not None:
        narrowed = replace(scope, role=role)
        if scope.role is not None and ROLES.index(role) < ROLES.index(scope.role):
            raise InputError(f"`role` must not be lower than the scope's, {scope.role}; found {role!r}")
        at_role = Complementarity(Analysis(graph, narrowed, kinds=kinds))
    return Complementarity(Analysis(graph, scope, kinds=kinds), at_role=at_role)
