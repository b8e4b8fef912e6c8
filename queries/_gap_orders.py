"""Minimal cut sets of orders 2 and 3, of all targets at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property, partial
from typing import NamedTuple, TypeVar

from ._diagram import BASE, OutOfBudgetError, deep_recursion
from ._set_finder import BUDGET, SetFinder, TooManyError
from ._unit_views import UnitView, coarser_units, finer_units
from .analysis import Analysis
from .market import PROPERTIES

__all__ = ["CutSet", "CutSets"]

T = TypeVar("T")

_FINDING = 100
"""Steps that a finding takes: its roots, stand-ins and coarser units are looked up one by one."""


class CutSet(NamedTuple):
    """A minimal cut set of some targets: the codes of its units, the targets, and what is lost on the way.

    `nodes` are the targets, and everything below them that can be had and is lost with the cut.
    """

    unit: str
    members: tuple[int, ...]
    targets: tuple[int, ...]
    nodes: tuple[int, ...]
    also: tuple[str, ...]


class CutSets:
    """The minimal cut sets of all targets of one market, up to an order.

    Parameters
    ----------
    analysis
        The market.
    max_order
        Largest number of units in a set, 2 or more.
    budget
        Most steps, all units together; None: :data:`BUDGET`.
    singles
        How many findings of order 1 there are, for the error.

    Notes
    -----
    One decision diagram a unit is filled bottom up, each node of the structure once, so that targets share
    what they have in common; a family is cut off at `max_order` as soon as it is made.
    """

    def __init__(
        self, analysis: Analysis, *, max_order: int, budget: int | None = None, singles: int = 0
    ) -> None:
        self.analysis = analysis
        self.max_order = max_order
        self.budget = budget or BUDGET
        self.singles = singles
        self._listed = 0  # steps outside the diagrams
        self._units: dict[str, _UnitSets] = {}

    def list_all(self, units: Sequence[str]) -> Iterator[CutSet]:
        """Yield the sets of order 2 and more at their finest unit.

        A set of a unit is left out if for each of its targets a set of a finer unit, of the same or a
        smaller order, lies wholly inside it and is enough; so is the set of all units.

        Raises
        ------
        TooManyError
            They take more steps than the budget has.
        """
        for unit in units:
            yield from self._within_budget(unit, partial(self._list, unit, units))

    def fails(self, unit: str, node: int, members: Sequence[int]) -> bool:
        """Say whether a component or solution fails without some units."""
        return self._within_budget(unit, lambda: self._sets(unit).fails(node, members))

    def _within_budget(self, unit: str, work: Callable[[], T]) -> T:
        try:
            with deep_recursion(len(self.analysis.market.vendor_ids)):
                return work()
        except OutOfBudgetError:
            raise TooManyError(
                f"the minimal cut sets of up to {self.max_order} units take more than `budget`={self.budget} "
                f"steps, at unit {unit}; ask for `max_order`={self.max_order - 1}, for fewer `units`, or with a "
                f"larger `budget` (of one unit there are exactly {self.singles}); `find_minimal_cut_sets` has "
                "those of one target",
                count=self.singles,
                order=1,
            ) from None

    def _spend(self, steps: int) -> None:
        self._listed += steps
        if self._spent() > self.budget:
            raise OutOfBudgetError

    def _spent(self, *, but: str = "") -> int:
        return self._listed + sum(s.diagram.steps for unit, s in self._units.items() if unit != but)

    def _sets(self, unit: str) -> _UnitSets:
        """Return the sets of one unit, which may take as many steps as the others have left."""
        left = self.budget - self._spent(but=unit)
        if left < 1:
            raise OutOfBudgetError
        if unit not in self._units:
            self._units[unit] = _UnitSets(self.analysis, unit, max_order=self.max_order)
            self._units[unit].diagram.budget = left
            self._units[unit].fill()
        self._units[unit].diagram.budget = left
        return self._units[unit]

    def _list(self, unit: str, units: Sequence[str]) -> list[CutSet]:
        sets = self._sets(unit)
        self._spend(sets.count)
        taken = {pair for finer in finer_units(unit, units) for pair in self._inside(finer, sets.view)}
        found = []
        for members, targets in sets.by_members.items():
            # The set of all units is trivial.
            if not 1 < len(members) < sets.view.count or all((members, t) in taken for t in targets):
                continue
            self._spend(_FINDING)
            nodes = tuple(sorted(sets.lost_below(targets, members)))
            also = tuple(
                u for u in coarser_units(unit, units) if self._stands(u, members, targets, sets.view)
            )
            found.append(CutSet(unit, members, tuple(targets), nodes, also))
        return found

    def _inside(self, finer: str, coarse: UnitView) -> Iterator[tuple[tuple[int, ...], int]]:
        """Yield pairs of a set of a coarse unit and a target that a set of a finer one inside it takes along.

        What a set of the finer unit lies in is a cut set too, so that a minimal one it lies inside of is
        just that.
        """
        sets = self._sets(finer)
        self._spend(sets.count)
        for members, targets in sets.by_members.items():
            cover = sets.cover(members, coarse)
            if -1 not in cover and len(members) <= len(cover) <= self.max_order:
                for target in targets:
                    yield tuple(sorted(cover)), target

    def _stands(self, coarse: str, members: tuple[int, ...], targets: Sequence[int], fine: UnitView) -> bool:
        """Say whether as few of a coarser unit, but not all of them, take the same targets along."""
        sets = self._sets(coarse)
        return sets.stands(targets, sets.view.covers(fine.present(members)), len(members))


class _UnitSets:
    """The minimal cut sets at one unit: a family for each node of the structure, and how to ask it."""

    def __init__(self, analysis: Analysis, unit: str, *, max_order: int) -> None:
        self.view = analysis.view(unit)
        self._structure = analysis.structure
        self._finder = SetFinder(analysis, unit=unit, max_order=max_order)
        self.diagram = self._finder.diagram
        self.families: dict[int, int] = {}
        self._targets = range(self._structure.components + self._structure.solutions)
        self._covers: dict[tuple[int, str], frozenset[int]] = {}

    def fill(self) -> None:
        """Find the sets of every node."""
        self.families = self._finder.find_all_cuts(named_only=self.view.unit in PROPERTIES)
        self._variable = self._finder.variables

    @cached_property
    def count(self) -> int:
        """How many pairs of a set and a target there are."""
        return sum(self.diagram.count(self.families[target]) for target in self._targets)

    @cached_property
    def by_members(self) -> dict[tuple[int, ...], list[int]]:
        """Every set, as the sorted codes of its units, with the targets it is minimal for."""
        found: dict[tuple[int, ...], list[int]] = {}
        unit = {variable: unit for unit, variable in self._variable.items()}
        for target in self._targets:
            for variables in self.diagram.iterate(self.families[target]):
                if variables:  # what cannot be had has failed already
                    found.setdefault(tuple(sorted(unit[v] for v in variables)), []).append(target)
        return found

    def fails(self, node: int, members: Iterable[int]) -> bool:
        """Say whether a node fails without some units."""
        return self.diagram.holds_part(self.families[node], self._variables(members))

    def _variables(self, members: Iterable[int]) -> list[int]:
        return sorted(self._variable[unit] for unit in members if unit in self._variable)

    def lost_below(self, targets: Collection[int], members: tuple[int, ...]) -> set[int]:
        """Return targets and everything below them that can be had, and fails without some units."""
        variables, found, todo = self._variables(members), set(targets), list(targets)
        while todo:
            for child in self._structure.children(todo.pop()).tolist():
                family = self.families[child]
                if child not in found and family != BASE and self.diagram.holds_part(family, variables):
                    found.add(child)
                    todo.append(child)
        return found

    def cover(self, members: Iterable[int], coarse: UnitView) -> frozenset[int]:
        """Return the coarser units that some units lie in; -1: partly in none that is known."""
        for unit in members:
            if (unit, coarse.unit) not in self._covers:
                self._covers[unit, coarse.unit] = coarse.covers(self.view.present([unit]))
        return frozenset[int]().union(*(self._covers[unit, coarse.unit] for unit in members))

    def stands(self, targets: Sequence[int], units: Collection[int], order: int) -> bool:
        """Say whether at most so many of some units, and not all units, take all targets along."""
        order = min(order, self.view.count - 1)
        joint = BASE
        for family in sorted({self.families[target] for target in targets}):
            joint = self.diagram.product(joint, family, order)
        return self.diagram.holds_part(joint, self._variables(units))
