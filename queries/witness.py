"""Why a target is lost: the witness, a tree from the target down to the roots.

At an "all of" one failing requirement is enough (the one whose subtree has the fewest nodes, then the
smallest id); at a choice every alternative must be shown to fail. Where there is no choice it is a chain.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from .._errors import InputError
from .market import Bools, Market
from .structure import REQUIREMENT_KINDS, Structure

__all__ = ["Requirement", "RequirementIndex", "Witness", "Witnesses", "index_requirements"]

_TABLES = (
    ("component_requires", "component", "component", "component"),
    ("solution_requires", "solution", "solution", "component"),
    ("solution_builds_on", "solution", "solution", "solution"),
)


class Requirement(NamedTuple):
    """Where a requirement stands: its table and the index of its row."""

    table: str
    row: int


RequirementIndex = dict[tuple[int, int], tuple[Requirement, str | None]]
"""For two nodes (what needs, what is needed), the row that says so and the choice it belongs to."""


@dataclass(frozen=True)
class Witness:
    """A node of the tree: something that cannot be had, and why.

    Parameters
    ----------
    label, id
        ``Component`` or ``Solution``, and which.
    via
        The requirement that leads here from the node above; none at the top.
    alternative
        Name of the choice that it is an alternative of, if it is one.
    children
        What it needs and cannot have, by id. A node without children is a root: nobody is left to offer it.
    """

    label: str
    id: str
    via: Requirement | None = None
    alternative: str | None = None
    children: tuple[Witness, ...] = field(default=())

    @property
    def is_root(self) -> bool:
        """Whether nobody is left to offer it."""
        return not self.children

    def walk(self) -> Iterator[Witness]:
        """Yield every node, each before its children."""
        yield self
        for child in self.children:
            yield from child.walk()

    def chains(self) -> Iterator[tuple[str, ...]]:
        """Yield the ids on every path from the top to a root."""
        if not self.children:
            yield (self.id,)
        for child in self.children:
            for chain in child.chains():
                yield (self.id, *chain)


def index_requirements(market: Market, *, kinds: Collection[str] = REQUIREMENT_KINDS) -> RequirementIndex:
    """Return the rows of REQUIRES in force, of the kinds that matter, by the nodes that they join."""
    shift = len(market.component_ids)
    ids = {"component": (market.component_ids, 0), "solution": (market.solution_ids, shift)}
    found: RequirementIndex = {}
    for table, column, above, below in _TABLES:
        frame = market.graph.current(table)
        frame = frame[frame["kind"].isin(list(kinds)) | frame["kind"].isna()]
        parent = ids[above][0].get_indexer(pd.Index(frame[column])) + ids[above][1]
        part = ids[below][0].get_indexer(pd.Index(frame["requires"])) + ids[below][1]
        choices = frame["alternatives"].where(frame["alternatives"].notna(), None)
        rows = zip(parent.tolist(), part.tolist(), frame.index, choices, strict=True)
        for p, q, row, choice in rows:
            found[p, q] = (Requirement(table, int(row)), choice if isinstance(choice, str) else None)
    return found


class Witnesses:
    """The witnesses of one loss, built on demand.

    Parameters
    ----------
    structure, market
        The structure and its market.
    fails
        Which nodes fail. Shape ``(nodes,)``.
    requirements
        See :func:`index_requirements`.

    Notes
    -----
    What is shown below each failing node is found once, from the leaves up; a tree is then read off. Linear
    in the edges among failing nodes, but for components whose vendors make different parts in house: one
    must show for each of those vendors something that it lacks, and the cheapest such set is found by branch
    and bound. Where several groups are asked for, this is shown for every group that lacks something, which is
    enough and may be more than the smallest tree would show.
    """

    def __init__(
        self,
        structure: Structure,
        market: Market,
        fails: Bools,
        requirements: RequirementIndex,
    ) -> None:
        self._structure = structure
        self._market = market
        self._fails = fails
        self._requirements = requirements
        self._targets = structure.components + structure.solutions
        self._cost: dict[int, int] = {}
        self._shown: dict[int, tuple[int, ...]] = {}

    def _settle_below(self, target: int) -> None:
        """Settle the failing nodes below a node that are not settled yet, from the leaves up."""
        todo, found = [target], {target}
        while todo:
            below = self._failing(todo.pop())
            new = [node for node in below if node not in found and node not in self._cost]
            found.update(new)
            todo.extend(new)
        for node in sorted(found - set(self._cost), key=lambda n: int(self._structure.level[n])):
            self._settle(node)

    def _failing(self, node: int) -> list[int]:
        return [child for child in self._structure.children(node).tolist() if self._fails[child]]

    def _settle(self, node: int) -> None:
        """Choose what is shown below a failing node, and count the components and solutions of its tree."""
        failing = self._failing(node)
        if not failing:  # a source, or an "any of" nothing
            shown: tuple[int, ...] = ()
        elif self._needs(node):
            shown = self._block_gate(node)
        elif not self._structure.any_of[node]:
            shown = (min(failing, key=lambda child: (self._cost[child], self._name(child))),)
        elif node < self._structure.components:
            shown = self._block([self._failing(variant) for variant in failing])
        else:
            shown = tuple(failing)
        self._shown[node] = shown
        self._cost[node] = int(node < self._targets) + sum(self._cost[child] for child in shown)

    def _needs(self, node: int) -> int:
        """Return what the children of a gate must weigh; 0 for other nodes."""
        return 0 if self._structure.need is None else int(self._structure.need[node])

    def _block_gate(self, gate: int) -> tuple[int, ...]:
        """Return what shows that too few groups can deliver: nothing, if too few are left to do so."""
        weighed = zip(self._structure.children(gate).tolist(), self._structure.weights(gate), strict=True)
        left = sum(weight for child, weight in weighed if not self._is_gone(child))
        if left < self._needs(gate):
            return ()
        return self._block([self._failing(way) for way in self._list_ways(gate)])

    def _is_gone(self, node: int) -> bool:
        """Say whether a failing group, or one way of its, fails because its offers are gone."""
        structure = self._structure
        if not self._fails[node]:
            return False
        if structure.source_component[node] >= 0:
            return True
        children = structure.children(node).tolist()
        if self._is_counted(node):
            return all(map(self._is_gone, children))
        return any(self._fails[child] for child in children if structure.source_component[child] >= 0)

    def _is_counted(self, node: int) -> bool:
        return self._structure.gate is not None and bool(self._structure.gate[node] >= 0)

    def _list_ways(self, gate: int) -> list[int]:
        """Variants below a gate that fail."""
        found, todo = dict.fromkeys(self._failing(gate)), [gate]
        while todo:
            for child in self._failing(todo.pop()):
                if self._is_counted(child):
                    todo.append(child)
                found[child] = None
        is_source = self._structure.source_component >= 0
        return [node for node in found if not self._is_counted(node) and not is_source[node]]

    def _block(self, variants: list[list[int]]) -> tuple[int, ...]:
        """Return the cheapest set with something of each variant; one that nobody offers needs nothing."""
        is_source = self._structure.source_component >= 0
        wanted = [sorted(v, key=self._cost.__getitem__) for v in variants if not is_source[v].any()]
        best: tuple[int, list[str], tuple[int, ...]] | None = None

        def search(picked: tuple[int, ...], rest: list[list[int]]) -> None:
            nonlocal best
            cost = sum(self._cost[node] for node in picked)
            if best is not None and cost > best[0]:
                return
            if not rest:
                found = (cost, sorted(map(self._name, picked)), picked)
                best = found if best is None else min(best, found)
                return
            for node in rest[0]:
                search((*picked, node), [other for other in rest[1:] if node not in other])

        search((), wanted)
        return best[2] if best else ()

    def _name(self, node: int) -> str:
        structure = self._structure
        if node < self._targets:
            return self._market.names[node]
        if structure.source_component[node] >= 0:
            return ""
        return min((self._name(child) for child in structure.children(node).tolist()), default="")

    def build(self, target: int) -> Witness:
        """Return the witness of a failing component or solution, by its node number."""
        if not self._fails[target]:
            raise InputError(f"{self._name(target)} can be had; only what is lost has a witness")
        self._settle_below(target)
        return self._build(target, None, None)

    def _build(self, node: int, via: Requirement | None, alternative: str | None) -> Witness:
        structure = self._structure
        is_component = node < structure.components
        children = []
        for part in sorted(self._parts(node), key=self._name):
            requirement, choice = self._requirements[node, part]
            children.append(self._build(part, requirement, choice))
        return Witness(
            label="Component" if is_component else "Solution",
            id=self._name(node),
            via=via,
            alternative=alternative,
            children=tuple(children),
        )

    def _parts(self, node: int) -> Iterator[int]:
        """Components and solutions shown below `node`, through choices."""
        for child in self._shown[node]:
            if child < self._targets:
                yield child
            elif self._structure.source_component[child] < 0:
                yield from self._parts(child)
