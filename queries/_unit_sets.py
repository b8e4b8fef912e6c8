"""What is said of the minimal cut and path sets of a target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from typing import Literal

from .._errors import KizunaError
from ._diagram import Diagram, OutOfBudgetError, deep_recursion
from ._fault_tree import Sourcing
from .scope import Scope

__all__ = ["Importance", "Kind", "Label", "TooManyError", "UnitSets"]

Label = Literal["Component", "Solution"]
Kind = Literal["cut", "path"]


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
