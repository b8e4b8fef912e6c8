"""The minimal cut and path sets of many targets, over one decision diagram."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction
from itertools import islice
from typing import Literal

from .._errors import InputError, KizunaError, UnknownNameError
from ._diagram import ALL, BASE, EMPTY, Diagram, OutOfBudgetError, deep_recursion
from ._fault_tree import FaultTrees, Gate, Sourcing
from .analysis import Analysis
from .scope import Scope

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

Label = Literal["Component", "Solution"]
Kind = Literal["cut", "path"]

BUDGET = 3_000_000
"""Steps that a question may take unless it says otherwise: some ten seconds and one gigabyte at the most."""

_NEAR = 3  # names in an error message


class TooManyError(KizunaError, RuntimeError):
    """An answer is larger, or takes more work, than was allowed.

    Parameters
    ----------
    message
        What was allowed, what was found, what to do.
    count
        How many sets were found, exactly.
    order
        The order up to which these are all; None: there are no others.
    """

    def __init__(self, message: str, *, count: int, order: int | None) -> None:
        super().__init__(message)
        self.count = count
        self.order = order


@dataclass(frozen=True, eq=False, kw_only=True)
class UnitSets:
    """The minimal cut sets, or the minimal path sets, of a target: counted exactly, listed when asked for.

    Iterating yields tuples of unit ids, each sorted; smallest sets first, then by ids.

    Parameters
    ----------
    kind
        ``cut`` or ``path``.
    label, target
        What they are of.
    unit
        What is lost or present as one.
    sourcing
        Who may buy from whom.
    scope
        What was counted.
    max_order
        Largest number of units in a set that was looked for; None: all of them.
    units
        Ids of all units there, sorted: those with a counted offer that can be lost.
    feasible
        Whether the target can be had with all units present. If not it has failed already: its one cut set
        is the empty one, and it has no path set.
    can_fail
        Whether it fails with all units lost. If not it has no cut set, and its one path set is the empty
        one.
    trivial
        Whether the set of all units is the one minimal cut set; it says nothing, and is left out. Only seen
        where `max_order` allows for it.
    count
        How many sets there are, exactly.
    """

    kind: Kind
    label: Label
    target: str
    unit: str
    sourcing: Sourcing
    scope: Scope
    max_order: int | None
    units: tuple[str, ...]
    feasible: bool
    can_fail: bool
    trivial: bool
    count: int
    _diagram: Diagram = field(repr=False)
    _family: int = field(repr=False)
    _rank: tuple[int, ...] = field(repr=False)
    _names: tuple[str, ...] = field(repr=False)

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        listed = 0
        try:
            for ranks in self._diagram.list_sets(self._family, self._rank):
                yield tuple(self._names[rank] for rank in ranks)
                listed += 1
        except OutOfBudgetError:
            raise TooManyError(
                f"listed {listed} of the {self.count} minimal {self.kind} sets of {self.target!r} within "
                f"`budget`={self._diagram.budget}; raise it, or look at the first ones only",
                count=self.count,
                order=self.max_order,
            ) from None

    def first(self, n: int) -> list[tuple[str, ...]]:
        """Return the first `n` sets."""
        return list(islice(self, n))

    @property
    def count_by_order(self) -> dict[int, int]:
        """How many sets there are of each number of units."""
        return self._diagram.count_by_order(self._family)

    @property
    def count_with(self) -> dict[str, int]:
        """In how many sets each unit stands; units that stand in none are left out."""
        with deep_recursion(len(self._rank)):
            found = self._diagram.count_with(self._family)
        return {self._names[r]: n for r, n in sorted((self._rank[v], n) for v, n in found.items()) if n}

    @property
    def in_every(self) -> tuple[str, ...]:
        """Units that stand in every set."""
        return tuple(name for name, n in self.count_with.items() if n == self.count)


@dataclass(frozen=True, kw_only=True)
class Importance:
    """How much a unit weighs for a target.

    Parameters
    ----------
    unit
        Id of the unit.
    birnbaum
        Structural importance: the part of all states of the other units (each present or lost) in which it
        alone decides whether the target can be had.
    cut_sets
        In how many minimal cut sets it stands.
    fussell_vesely
        The same as a part of all minimal cut sets; 0 where there are none.
    """

    unit: str
    birnbaum: Fraction
    cut_sets: int
    fussell_vesely: Fraction


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
        try:
            with deep_recursion(len(self.trees.names)):
                family = self._compile(gates, kind, self.max_order or ALL)
                self.diagram.count(family)
        except OutOfBudgetError:
            raise self._refuse(gates, kind, target) from None
        return self._wrap(kind, label, target, gates, family)

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
        diagram = diagram or self.diagram
        families: list[int] = []
        for gate in gates:
            parts = sorted({families[below] for below in gate.gates})
            units = [self._number(unit) for unit in sorted(gate.units, key=self.trees.names.__getitem__)]
            # A path has to be kept up where a cut has to break it: the gates change places.
            if gate.every == (kind == "cut"):
                own = diagram.one_set(units) if len(units) <= order else EMPTY
                families.append(_join(diagram, [own, *parts], order))
            else:
                families.append(_unite(diagram, [*map(diagram.one_set, ((v,) for v in units)), *parts]))
        return families[-1]

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
    if label == "Component":
        return int(market.component_ids.get_loc(target))
    return int(market.solution_ids.get_loc(target)) + len(market.component_ids)


def check_natural(name: str, found: int | None, *, least: int) -> None:
    """Raise unless an argument is None or a whole number from `least` up."""
    if found is not None and (isinstance(found, bool) or not isinstance(found, int) or found < least):
        raise InputError(f"`{name}` must be a whole number from {least} up, or None; found {found!r}")
