"""The minimal sets of components that, brought by somebody, are enough for a target."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .._errors import InputError
from .analysis import Analysis
from .market import Bools
from .structure import Structure

__all__ = ["Maker", "MinimalSets"]

Maker = tuple[int, Bools, bool]
"""Who makes something: a number, the nodes that it has by itself, and whether what it makes must be brought."""


class MinimalSets:
    """Minimal sets of what is brought that are enough for a node, from the leaves up.

    Parameters
    ----------
    analysis
        The analysis.
    free
        Nodes for which nothing need be brought. Shape ``(nodes,)``.
    makers
        For a source, who can make something of it, each with the nodes that it has by itself, and whether
        what it makes must be brought.
    limit
        Most sets at any node.

    Notes
    -----
    Sets are integers, one bit for each maker and component. Unions of choices and products of requirements
    are cut down to their minimal members at once, so that time and memory grow with the largest number
    of minimal sets at a node, which `limit` bounds.
    """

    def __init__(
        self,
        analysis: Analysis,
        free: Bools,
        makers: Callable[[int], list[Maker]],
        limit: int,
    ) -> None:
        self._structure: Structure = analysis.structure
        self._names = analysis.market.names
        self._free, self._makers, self._limit = free, makers, limit
        self._atoms: list[tuple[int, int]] = []
        self._bits: dict[tuple[int, int], int] = {}
        self._sets: dict[int, list[int]] = {}

    def find(self, target: int) -> Iterator[list[tuple[int, str]]]:
        """Yield the minimal sets of a node, as makers and the components that they bring."""
        for node in self._list_below(target):
            self._sets[node] = self._settle(node)
        for found in self._sets[target]:
            yield [
                (maker, self._names[component])
                for bit, (maker, component) in enumerate(self._atoms)
                if found >> bit & 1
            ]

    def _list_below(self, target: int) -> list[int]:
        """List a node and those below it for which something must be brought, from the leaves up."""
        todo, found = [target], {target}
        while todo:
            node = todo.pop()
            below = [] if self._free[node] else self._structure.children(node).tolist()
            new = set(below) - found
            found |= new
            todo.extend(new)
        return sorted(found, key=lambda node: int(self._structure.level[node]))

    def _settle(self, node: int) -> list[int]:
        structure = self._structure
        if self._free[node]:
            return [0]
        children = structure.children(node).tolist()
        if node < structure.components:
            ways = children if structure.any_of[node] else [node]
            return self._reduce(node, [found for way in ways for found in self._make(node, way)])
        if structure.any_of[node]:
            return self._reduce(node, [found for child in children for found in self._sets[child]])
        # Variants and sources are dealt with at their component.
        return self._combine(node, children) if node < len(self._names) else []

    def _make(self, component: int, way: int) -> list[int]:
        """Return the sets with which somebody makes a component in one way."""
        structure = self._structure
        children = structure.children(way).tolist()
        sources = [child for child in children if structure.source_component[child] >= 0]
        needs = [child for child in children if structure.source_component[child] < 0]
        if not sources:
            return self._combine(component, needs)  # virtual
        found: list[int] = []
        for maker, own, brought in self._makers(sources[0]):
            atom = self._atom(maker, component) if brought else 0
            found += [atom | other for other in self._combine(component, [n for n in needs if not own[n]])]
        return found

    def _atom(self, maker: int, component: int) -> int:
        key = (maker, component)
        if key not in self._bits:
            self._bits[key] = 1 << len(self._atoms)
            self._atoms.append(key)
        return self._bits[key]

    def _combine(self, node: int, needs: list[int]) -> list[int]:
        """Return the minimal unions of one set of each of some nodes."""
        found = [0]
        for need in needs:
            found = self._reduce(node, [one | other for one in found for other in self._sets[need]])
        return found

    def _reduce(self, node: int, sets: list[int]) -> list[int]:
        """Keep the minimal ones."""
        kept: list[int] = []
        for candidate in sorted(set(sets), key=int.bit_count):
            if not any(one & candidate == one for one in kept):
                kept.append(candidate)
                if len(kept) > self._limit:
                    name = self._names[node] if node < len(self._names) else "a choice below it"
                    raise InputError(
                        f"more than {self._limit} minimal sets at {name}; raise `limit`, or ask about a part of it"
                    )
        return kept
