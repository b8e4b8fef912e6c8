"""Why a target is lost: the witness, a tree from the target down to the roots.

At an "all of" one failing requirement is enough (the one whose subtree has the fewest nodes, then the
smallest id); at a choice every alternative must be shown to fail. Where there is no choice it is a chain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pandas as pd

from .market import Bools, Market
from .structure import Structure

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
        What it needs and cannot have. A node without children is a root: nobody is left to offer it.
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


def index_requirements(market: Market) -> RequirementIndex:
    """Return the rows of REQUIRES in force by the nodes that they join."""
    shift = len(market.component_ids)
    ids = {"component": (market.component_ids, 0), "solution": (market.solution_ids, shift)}
    found: RequirementIndex = {}
    for table, column, above, below in _TABLES:
        frame = market.graph.current(table)
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
    The best failing requirement of every failing node is found once, from the leaves up; a tree is then
    read off. Linear in the edges among failing nodes.
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
        self._cost: dict[int, int] = {}
        self._best: dict[int, int] = {}
        failing = np.flatnonzero(fails)
        for node in failing[np.argsort(structure.level[failing], kind="stable")].tolist():
            self._settle(node)

    def _settle(self, node: int) -> None:
        """Find the cost of a failing node: how many components and solutions its tree has."""
        structure = self._structure
        own = int(node < structure.components + structure.solutions)
        children = structure.children(node).tolist()
        if structure.any_of[node]:
            self._cost[node] = own + sum(self._cost[child] for child in children)
            return
        failing = [child for child in children if self._fails[child]]
        if not failing:  # a source, or an "any of" nothing
            self._cost[node] = own
            return
        best = min(failing, key=lambda child: (self._cost[child], self._name(child)))
        self._best[node] = best
        self._cost[node] = own + self._cost[best]

    def _name(self, node: int) -> str:
        structure = self._structure
        if node < structure.components:
            return str(self._market.component_ids[node])
        if node < structure.components + structure.solutions:
            return str(self._market.solution_ids[node - structure.components])
        if structure.source_component[node] >= 0:
            return ""
        return min((self._name(child) for child in structure.children(node).tolist()), default="")

    def build(self, target: int) -> Witness:
        """Return the witness of a failing component or solution, by its node number."""
        return self._build(target, None, None)

    def _build(self, node: int, via: Requirement | None, alternative: str | None) -> Witness:
        structure = self._structure
        is_component = node < structure.components
        children = []
        for part in dict.fromkeys(self._parts(node)):
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
        """Components and solutions below `node`, through choices and variants."""
        structure = self._structure
        below = structure.children(node).tolist() if structure.any_of[node] else [self._best.get(node, -1)]
        for child in below:
            if child < 0 or structure.source_component[child] >= 0:
                continue
            if child < structure.components + structure.solutions:
                yield child
            else:
                yield from self._parts(child)
