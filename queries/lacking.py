"""What each of two countries lacks for a target, and what the other has of it: why only both can make it.

Whatever a country cannot have alone, it cannot have because of *roots*: components below the target that none
of its vendors offers and that are no imports. Those that the other country offers are what that one *brings*;
what is left nobody of either offers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .complementarity import Complementarity, TargetLabel
from .market import Bools
from .scope import check_meaning
from .witness import Requirement

__all__ = ["Lacking", "find_lacking"]

_MEANING = "what a country lacks is what none of its vendors offers"


@dataclass(frozen=True)
class Lacking:
    """What a country lacks for a target that it cannot have alone.

    Parameters
    ----------
    country, other_country
        Who lacks it, and who may have it.
    brought
        Roots that vendors of the other country offer, the nearest to the target first, then by id.
    nowhere
        Roots that nobody of either country offers, in the same order.
    steps
        A shortest way to each root, as a tree: one requirement for each node on it, each after the one that
        leads to its upper end.
    """

    country: str
    other_country: str
    brought: tuple[str, ...] = ()
    nowhere: tuple[str, ...] = ()
    steps: tuple[Requirement, ...] = ()


def find_lacking(
    found: Complementarity, target: str, *, label: TargetLabel | None = None
) -> tuple[Lacking, Lacking]:
    """Find what each country of the pair lacks for a target.

    Parameters
    ----------
    found
        The classes of all targets.
    target
        Id of a component or solution.
    label
        ``Component`` or ``Solution``, where both have the id.

    Returns
    -------
    tuple of Lacking
        For the first country of the pair, then for the second. A country that can have the target alone
        lacks nothing.

    Raises
    ------
    UnknownNameError
        No such target.
    InputError
        The scope counts where offers are made.

    Notes
    -----
    Breadth first from the target over requirements that the country cannot have, linear in these. Of a
    choice that fails all alternatives are gone into; what is below a root is not, since without the root it
    does not help.
    """
    check_meaning(found.analysis.scope, _MEANING, "made", "min_groups", "min_share")
    node = found.find_node(target, label)
    first, second = found.analysis.scope.pair
    alone, other = found.alone
    return (
        _Search(found, alone).describe(node, first, second),
        _Search(found, other).describe(node, second, first),
    )


class _Search:
    """The way down from a target over what one country cannot have alone."""

    def __init__(self, found: Complementarity, has: Bools) -> None:
        self._analysis, self._has = found.analysis, has
        self._names = found.analysis.market.names

    def describe(self, target: int, country: str, other: str) -> Lacking:
        if self._has[target]:
            return Lacking(country, other)
        roots: list[int] = []
        above: dict[int, int] = {}
        seen, row = {target}, [target]
        while row:
            below: dict[int, int] = {}
            for node in row:
                parts = list(self._parts(node))
                if not parts:
                    roots.append(node)
                for part in parts:
                    if part not in seen:
                        below.setdefault(part, node)
            row = sorted(below, key=lambda node: self._names[node])
            seen.update(row)
            above.update(below)
        market = self._analysis.market
        there = set(market.offer_component[market.present & market.offered_in(other)].tolist())
        return Lacking(
            country,
            other,
            brought=tuple(self._names[root] for root in roots if root in there),
            nowhere=tuple(self._names[root] for root in roots if root not in there),
            steps=tuple(self._list_steps(roots, above)),
        )

    def _parts(self, node: int) -> Iterator[int]:
        """Yield what a failing node requires in vain; nothing for a root."""
        structure = self._analysis.structure
        ways = self._failing(node) if node < structure.components and structure.any_of[node] else [node]
        found = set()
        for way in ways:
            failing = self._failing(way)
            if not any(structure.source_component[child] >= 0 for child in failing):
                found.update(failing)
        for child in found:
            if child < len(self._names):
                yield child
            else:  # a choice: every alternative fails
                yield from structure.children(child).tolist()

    def _failing(self, node: int) -> list[int]:
        return [child for child in self._analysis.structure.children(node).tolist() if not self._has[child]]

    def _list_steps(self, roots: list[int], above: dict[int, int]) -> Iterator[Requirement]:
        """Yield the requirements on the ways to some roots, each once, from the target down."""
        told: set[int] = set()
        for root in roots:
            way = []
            while root in above and root not in told:
                told.add(root)
                way.append(self._analysis.requirements[above[root], root][0])
                root = above[root]
            yield from reversed(way)
