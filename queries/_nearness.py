"""Which changed facts a finding hangs on: those near it, and the few that are enough."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from typing import TypeVar

import pandas as pd

from ..graph import SupplyGraph
from .findings import Finding
from .mixture import FactChange

__all__ = ["Nearness", "find_enough"]

_WHOLES = {
    "component_requires": "component",
    "solution_requires": "solution",
    "solution_builds_on": "solution",
}
_NODES = ("components", "solutions")

Item = TypeVar("Item")


class Nearness:
    """How near facts are to findings, by the tables of both graphs.

    Parameters
    ----------
    before, after
        The graphs.
    documented
        Whether a vendor buys only where a source says so; SUPPLIES matters then.
    """

    def __init__(self, before: SupplyGraph, after: SupplyGraph, *, documented: bool = False) -> None:
        self._graphs = before, after
        self._owning = ("owns", "supplies") if documented else ("owns",)

    def sort(
        self, facts: Iterable[FactChange], findings: Collection[Finding]
    ) -> tuple[list[FactChange], ...]:
        """Return the facts at the roots, those at what is lost, directly required or kin, and those further down.

        Others have nothing to do with the findings.
        """
        roots = {root for finding in findings for root in finding.roots}
        lost = roots.union(*((*finding.components, *finding.solutions) for finding in findings))
        kin = self._list_kin(roots)
        near = lost | self._list_parts(lost) | kin
        deep, todo = set(near), near
        while todo:
            todo = self._list_parts(todo) - deep
            deep |= todo
        holders = self._list_holders(roots | kin).union(*(finding.vendors for finding in findings))
        rings = (roots, near, deep)
        found: tuple[list[FactChange], ...] = ([], [], [])
        for fact in facts:
            ring = next((n for n, ids in enumerate(rings) if self._touches(fact, ids, holders)), None)
            if ring is not None:
                at_root = fact.table in _WHOLES and fact.name_key().get("requires") in roots
                found[0 if at_root else ring].append(fact)
        return found

    def _touches(self, fact: FactChange, ids: Collection[str], holders: Collection[str]) -> bool:
        table, key = fact.table, fact.name_key()
        if table in ("offers", "completeness"):
            return key.get("component") in ids
        if table in _NODES:
            return key.get("id") in ids
        if table == "vendors":
            return key.get("id") in holders
        if table in self._owning:
            return key.get("from_vendor") in holders or key.get("to_vendor") in holders
        return table in _WHOLES and key.get(_WHOLES[table]) in ids

    def _list_parts(self, ids: Collection[str]) -> set[str]:
        return {part for whole in ids for part in self._parts.get(whole, ())}

    @cached_property
    def _parts(self) -> dict[str, set[str]]:
        """What each component and solution directly requires, before or after."""
        found: dict[str, set[str]] = {}
        for graph in self._graphs:
            for table, column in _WHOLES.items():
                frame = graph.current(table)
                for whole, part in zip(frame[column], frame["requires"], strict=True):
                    found.setdefault(whole, set()).add(part)
        return found

    def _list_kin(self, components: Collection[str]) -> set[str]:
        """Components of the same families."""
        found: set[str] = set()
        for graph in self._graphs:
            frame = graph.table("components")
            families = frame.loc[frame["id"].isin(list(components)), "family"].dropna()
            found.update(frame.loc[frame["family"].isin(families), "id"])
        return found

    def _list_holders(self, components: Collection[str]) -> set[str]:
        """Vendors that offer a component, or ever did."""
        frames = [graph.table("offers") for graph in self._graphs]
        offers = pd.concat(
            [frame.loc[frame["component"].isin(list(components)), "vendor"] for frame in frames]
        )
        return set(offers)


def find_enough(items: Sequence[Item], holds: Callable[[Sequence[Item]], bool]) -> tuple[Item, ...]:
    """Return a few of some items that are enough: take one of them away and they no longer are.

    Parameters
    ----------
    items
        All of them together are enough; those that come first are kept before those that come later.
    holds
        Whether some of the items are enough. Where more can be less, what is found is enough, but need not
        be minimal.

    References
    ----------
    U. Junker, QuickXplain: preferred explanations and relaxations for over-constrained problems, AAAI 2004.

    Examples
    --------
    >>> find_enough("abcdef", lambda some: {"b", "e"} <= set(some))
    ('b', 'e')
    """

    def search(fixed: list[Item], added: bool, rest: list[Item]) -> list[Item]:
        if added and holds(fixed):
            return []
        if len(rest) == 1:
            return rest
        half = len(rest) // 2
        first, second = rest[:half], rest[half:]
        later = search([*fixed, *first], bool(first), second)
        return search([*fixed, *later], bool(later), first) + later

    if not items or holds([]):
        return ()
    return tuple(search([], False, list(items)))
