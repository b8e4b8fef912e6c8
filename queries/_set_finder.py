"""The minimal cut and path sets of many targets, over one decision diagram."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from fractions import Fraction
from itertools import accumulate

import numpy as np
import pandas as pd

from .._errors import InputError, UnknownNameError
from ._diagram import ALL, BASE, EMPTY, Diagram, OutOfBudgetError, deep_recursion
from ._fault_tree import FaultTrees, Gate, Sourcing
from ._unit_sets import Importance, Kind, Label, TooManyError, UnitSets
from .analysis import Analysis

__all__ = [
    "BUDGET",
    "Importance",
    "Label",
    "SetFinder",
    "TooManyError",
    "UnitSets",
    "check_natural",
    "find_label",
    "find_node",
]

BUDGET = 3_000_000
"""Steps that a question may take unless it says otherwise: some ten seconds and one gigabyte at the most."""

_NEAR = 3  # names in an error message
_FIRST_TRY = 200_000  # steps to make all path sets in, before they are counted without being made


class SetFinder:
    """Finds the minimal cut and path sets of many targets of one market, sharing what they have in common.

    Parameters
    ----------
    analysis
        The market.
    unit, sourcing
        As for :func:`find_minimal_cut_sets`.
    max_order
        Largest number of units in a set; None: any.
    budget
        Most steps, all targets together.
    """

    def __init__(
        self,
        analysis: Analysis,
        *,
        unit: str = "vendor",
        sourcing: Sourcing = "market",
        max_order: int | None = None,
        budget: int | None = None,
    ) -> None:
        check_natural("max_order", max_order, least=1)
        check_natural("budget", budget, least=1)
        self.analysis = analysis
        self.unit = unit
        self.max_order = max_order
        self.trees = FaultTrees(analysis, unit=unit, sourcing=sourcing)
        self.diagram = Diagram(budget=budget or BUDGET)
        self._variable: dict[int, int] = {}  # unit -> variable, in the order in which units are met

    def find_cuts(self, target: str, *, label: Label | None = None) -> UnitSets:
        """Return the minimal cut sets of a target."""
        return self._find("cut", target, label)

    def find_all_cuts(self, *, named_only: bool = False) -> dict[int, int]:
        """Return the minimal cut sets of every component and solution, and of every node below, as families.

        Parameters
        ----------
        named_only
            Whether a vendor whose property is blank is never lost, as it is no unit that has a name.
        """
        named = self.analysis.market.named_units(self.unit) if named_only else None
        kept = frozenset() if named is None else frozenset(np.flatnonzero(~named).tolist())
        structure = self.analysis.structure
        gates, number = self.trees.build_all(range(structure.components + structure.solutions))
        families = self._compile_all(gates, "cut", self.max_order or ALL, self.diagram, kept)
        return {node: families[place] for node, place in number.items()}

    @property
    def variables(self) -> dict[int, int]:
        """Return the variable of each unit that was met."""
        return self._variable

    def find_paths(self, target: str, *, label: Label | None = None) -> UnitSets:
        """Return the minimal path sets of a target."""
        return self._find("path", target, label)

    def measure(self, target: str, *, label: Label | None = None) -> list[Importance]:
        """Return the importance of each unit for a target, greatest first."""
        label = find_label(self.analysis, target, label)
        gates = self.trees.build(find_node(self.analysis, target, label))
        try:
            with deep_recursion(len(self.trees.names)):
                family = self._compile(gates, "cut", ALL)
                size = len(self._variable)
                critical = self.diagram.count_critical(family, size)
        except OutOfBudgetError:
            raise self._refuse(gates, "cut", target) from None
        found = self._wrap("cut", label, target, gates, family)
        names, states = self.trees.names, 1 << max(size - 1, 0)
        decides = {names[u]: critical.get(v, 0) for u, v in self._variable.items()}
        stands = found.count_with
        rows = [
            Importance(
                unit=unit,
                birnbaum=Fraction(decides.get(unit, 0), states),
                cut_sets=stands.get(unit, 0),
                fussell_vesely=Fraction(stands.get(unit, 0), found.count or 1),
            )
            for unit in found.units
        ]
        return sorted(rows, key=lambda row: (-row.birnbaum, -row.fussell_vesely, row.unit))

    def _find(self, kind: Kind, target: str, label: Label | None) -> UnitSets:
        label = find_label(self.analysis, target, label)
        gates = self.trees.build(find_node(self.analysis, target, label))
        if kind == "path" and self.max_order is None:
            counted = self._count_paths(label, target, gates)
            if counted is not None:
                return counted
        try:
            with deep_recursion(len(self.trees.names)):
                family = self._compile(gates, kind, self.max_order or ALL)
                self.diagram.count(family)
        except OutOfBudgetError:
            raise self._refuse(gates, kind, target) from None
        return self._wrap(kind, label, target, gates, family)

    def _count_paths(self, label: Label, target: str, gates: list[Gate]) -> UnitSets | None:
        """Return path sets that are too many to be made; None if they are not, or cannot be counted either."""
        from ._path_sets import count_path_sets  # it builds on this module

        whole = self.diagram.budget
        self.diagram.budget = min(whole, self.diagram.steps + _FIRST_TRY)
        try:
            with deep_recursion(len(self.trees.names)):
                self._compile(gates, "path", ALL)
            return None
        except OutOfBudgetError:
            pass
        finally:
            self.diagram.budget = whole
        return count_path_sets(self, label, target, gates)

    def _wrap(self, kind: Kind, label: Label, target: str, gates: list[Gate], family: int) -> UnitSets:
        there = [self.trees.names[unit] for unit in self.trees.units_there]
        feasible = not _fails(gates, everybody_lost=False)
        trivial = kind == "cut" and feasible and bool(there) and self.diagram.is_one_set(family, len(there))
        family = EMPTY if trivial else family
        ranks = {
            unit: rank for rank, unit in enumerate(sorted(self._variable, key=self.trees.names.__getitem__))
        }
        with deep_recursion(len(there)):
            count = self.diagram.count(family)
        return UnitSets(
            kind=kind,
            label=label,
            target=target,
            unit=self.unit,
            sourcing=self.trees.sourcing,
            scope=self.analysis.scope,
            max_order=self.max_order,
            units=tuple(sorted(there)),
            feasible=feasible,
            can_fail=_fails(gates, everybody_lost=True),
            trivial=trivial,
            count=count,
            _diagram=self.diagram,
            _family=family,
            _rank=tuple(ranks[unit] for unit in self._variable),
            _names=tuple(self.trees.names[unit] for unit in ranks),
        )

    def _number(self, unit: int) -> int:
        return self._variable.setdefault(unit, len(self._variable))

    def _compile(self, gates: list[Gate], kind: Kind, order: int, diagram: Diagram | None = None) -> int:
        """Return the minimal sets of the last gate: of lost units for cuts, of present ones for paths."""
        return self._compile_all(gates, kind, order, diagram or self.diagram)[-1]

    def _compile_all(
        self, gates: list[Gate], kind: Kind, order: int, diagram: Diagram, kept: Collection[int] = ()
    ) -> list[int]:
        """Return the minimal sets of every gate; units that are `kept` are never lost."""
        families: list[int] = []
        for gate in gates:
            if gate.need:
                families.append(_weigh(diagram, gate, families, kind, order))
                continue
            parts = sorted({families[below] for below in gate.gates})
            there = sorted(gate.units, key=self.trees.names.__getitem__)
            units = [self._number(unit) for unit in there if unit not in kept]
            # A path has to be kept up where a cut has to break it: the gates change places.
            if gate.every == (kind == "cut"):
                can_fail = len(units) == len(there) <= order
                own = diagram.one_set(units) if can_fail else EMPTY
                families.append(_join(diagram, [own, *parts], order))
            else:
                families.append(_unite(diagram, [*map(diagram.one_set, ((v,) for v in units)), *parts]))
        return families

    def _refuse(self, gates: list[Gate], kind: Kind, target: str) -> TooManyError:
        """Say how many there are for certain: all those up to the order that the same budget reaches."""
        order, count, budget = 0, 0, self.diagram.budget
        diagram = Diagram(budget=budget)
        try:
            while order < (self.max_order or len(self.trees.units_there)):
                with deep_recursion(len(self.trees.names)):
                    count = diagram.count(self._compile(gates, kind, order + 1, diagram))
                order += 1
        except OutOfBudgetError:
            pass
        return TooManyError(
            f"the minimal {kind} sets of {target!r} take more than `budget`={budget} steps; up to order "
            f"{order} there are exactly {count}; set `max_order`={order or 1}, or a larger `budget`",
            count=count,
            order=order,
        )


def _join(diagram: Diagram, families: list[int], order: int) -> int:
    """Product of families, the smallest diagrams (made first) first."""
    found = BASE
    for family in families:
        found = diagram.product(found, family, order)
    return found


def _weigh(diagram: Diagram, gate: Gate, families: list[int], kind: Kind, order: int) -> int:
    """Return the minimal sets of a gate with weights, one input after the other.

    A path makes inputs that weigh enough hold, a cut so many fail that the others weigh too little. What is
    still wanted at an input is one of few numbers, unless weights are many and all different.
    """
    inputs = [(families[below], w) for below, w in zip(gate.gates, gate.weights, strict=True) if w]
    left = list(accumulate((w for _, w in reversed(inputs)), initial=0))[::-1]
    goal = max(gate.need if kind == "path" else left[0] - gate.need + 1, 0)
    wanted = [{goal}]
    for (_, weight), rest in zip(inputs, left, strict=False):
        ways = [want for want in wanted[-1] if 0 < want <= rest]
        wanted.append({max(want - taken, 0) for want in ways for taken in (0, weight)})
        diagram.spend(len(ways))
    found = {want: EMPTY if want else BASE for want in wanted[-1]}
    for (family, weight), rest, wants in zip(inputs[::-1], left[-2::-1], wanted[-2::-1], strict=True):
        found = {
            want: BASE
            if not want
            else EMPTY
            if want > rest
            else diagram.union(diagram.product(family, found[max(want - weight, 0)], order), found[want])
            for want in wants
        }
    return found[goal]


def _unite(diagram: Diagram, families: list[int]) -> int:
    """Union of families, pair by pair, so that no family is gone through as often as there are others."""
    while len(families) > 1:
        pairs = zip(families[::2], [*families[1::2], EMPTY], strict=False)
        families = [diagram.union(f, g) for f, g in pairs]
    return families[0] if families else EMPTY


def _fails(gates: list[Gate], *, everybody_lost: bool) -> bool:
    """Say whether the last gate fails with nobody, or with everybody, lost."""
    values: list[bool] = []
    for gate in gates:
        if gate.need:
            left = zip(gate.gates, gate.weights, strict=True)
            values.append(sum(weight for below, weight in left if not values[below]) < gate.need)
            continue
        inputs = [*(everybody_lost for _ in gate.units), *(values[below] for below in gate.gates)]
        values.append(all(inputs) if gate.every else any(inputs))
    return values[-1]


def find_label(analysis: Analysis, target: str, label: Label | None) -> Label:
    """Say whether a target is a component or a solution; `label` decides where an id is both."""
    ids = {"Component": analysis.market.component_ids, "Solution": analysis.market.solution_ids}
    if label is not None and label not in ids:
        raise InputError(f"`label` must be one of {', '.join(ids)}; found {label!r}")
    found: list[Label] = [one for one in ("Component", "Solution") if target in ids[one]]
    if label is not None:
        found = [one for one in found if one == label]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(f"`target`: {target!r} is a component and a solution; say which by `label`")
    what = "component or solution" if label is None else label.lower()
    known = [name for one in ids if label in (None, one) for name in ids[one]]
    near = get_close_matches(target, known, n=_NEAR, cutoff=0.4)
    hint = f"did you mean {' or '.join(near)}?" if near else f"this data set has {len(known)} of them"
    raise UnknownNameError(f"`target`: no {what} {target!r}; {hint}")


def find_node(analysis: Analysis, target: str, label: Label) -> int:
    """Return the node of a component or solution."""
    market = analysis.market
    wanted = pd.Index([target])
    if label == "Component":
        return int(market.component_ids.get_indexer(wanted)[0])
    return int(market.solution_ids.get_indexer(wanted)[0]) + len(market.component_ids)


def check_natural(name: str, found: int | None, *, least: int) -> None:
    """Raise unless an argument is None or a whole number from `least` up."""
    if found is not None and (isinstance(found, bool) or not isinstance(found, int) or found < least):
        raise InputError(f"`{name}` must be a whole number from {least} up, or None; found {found!r}")
