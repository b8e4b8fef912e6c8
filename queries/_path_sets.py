"""Minimal path sets that are too many to be made: counted from the cut sets, and listed order by order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields

from ._diagram import ALL, EMPTY, Diagram, OutOfBudgetError, deep_recursion
from ._fault_tree import Gate
from ._path_counter import TooWideError, count_minimal_hitting_sets
from ._set_finder import SetFinder
from ._unit_sets import Label, TooManyError, UnitSets

__all__ = ["CountedPathSets", "count_path_sets"]

_MOST_CUTS = 100  # of more the order in which to go through them is no longer found in no time


@dataclass(frozen=True, eq=False, kw_only=True)
class CountedPathSets(UnitSets):
    """Minimal path sets of which only those up to some order are ever held in memory.

    Iterating makes them order by order; where one is beyond the budget it ends with a `TooManyError`.
    """

    _counts: dict[int, int] = field(repr=False)
    _always: tuple[str, ...] = field(repr=False)
    _make: Callable[[int], tuple[Diagram, int]] = field(repr=False)

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        listed = 0
        try:
            for order in self._counts:
                diagram, family = self._make(order)
                for ranks in diagram.list_sets(family, self._rank):
                    yield tuple(self._names[rank] for rank in ranks)
                    listed += 1
        except OutOfBudgetError:
            raise TooManyError(
                f"listed {listed} of the {self.count} minimal path sets of {self.target!r} within `budget`="
                f"{self._diagram.budget}; raise it, or look at the first ones only",
                count=self.count,
                order=self.max_order,
            ) from None

    @property
    def count_by_order(self) -> dict[int, int]:
        """How many sets there are of each number of units."""
        return dict(self._counts)

    @property
    def count_with(self) -> dict[str, int]:
        """Refused: in how many of so many sets each unit stands is not counted.

        Raises
        ------
        TooManyError
            Always.
        """
        raise TooManyError(
            f"there are {self.count} minimal path sets of {self.target!r}; in how many each unit stands is "
            "only counted where they can be made; set `max_order`",
            count=self.count,
            order=self.max_order,
        )

    @property
    def in_every(self) -> tuple[str, ...]:
        """Units that stand in every set: those that are a cut set by themselves."""
        return self._always


def count_path_sets(finder: SetFinder, label: Label, target: str, gates: list[Gate]) -> UnitSets | None:
    """Return the minimal path sets of a target without making them; None if that takes too many steps."""
    budget = finder.diagram.budget
    diagram = Diagram(budget=budget)
    try:
        with deep_recursion(len(finder.trees.names)):
            family = finder._compile(gates, "cut", ALL, diagram)
            if diagram.count(family) > _MOST_CUTS:
                return None
            cuts = [frozenset(one) for one in diagram.iterate(family)]
        counts = count_minimal_hitting_sets(cuts, most=budget)
    except (OutOfBudgetError, TooWideError):
        return None

    def make(order: int) -> tuple[Diagram, int]:
        grown = Diagram(budget=budget)
        with deep_recursion(len(finder.trees.names)):
            return grown, grown.of_order(finder._compile(gates, "path", order, grown), order)

    plain = finder._wrap("path", label, target, gates, EMPTY)
    alone = (plain._names[plain._rank[variable]] for one in cuts if len(one) == 1 for variable in one)
    known = {part.name: getattr(plain, part.name) for part in fields(UnitSets)}
    return CountedPathSets(
        **{**known, "count": sum(counts.values())},
        _counts=counts,
        _always=tuple(sorted(alone)),
        _make=make,
    )
