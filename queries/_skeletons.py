"""Which components a line-up has: what a solution requires, with one alternative of each choice."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from .analysis import Analysis

__all__ = ["Skeleton", "SkeletonFinder", "Skeletons"]

_STEPS = 20_000  # of the search for skeletons
_MOST = 2_000

Own = frozenset[int]


class Skeleton(NamedTuple):
    """The components of a line-up.

    Parameters
    ----------
    made
        The components that need a vendor, sorted by id, each with those of its parts that the vendor must
        make in house: exactly these.
    imports
        The components that only third countries offer, sorted.
    chosen
        For each choice, by who requires it and its name, the alternatives that are there.
    """

    made: tuple[tuple[str, frozenset[str]], ...]
    imports: tuple[str, ...]
    chosen: tuple[tuple[str, str, tuple[str, ...]], ...]


class Skeletons(NamedTuple):
    """All skeletons, or the first of too many.

    Parameters
    ----------
    found
        The skeletons, by their components.
    complete
        Whether these are all.
    unfilled
        Components for want of which others were given up: nobody can stand there.
    """

    found: tuple[Skeleton, ...]
    complete: bool
    unfilled: tuple[str, ...]


class _State(NamedTuple):
    """What is in a skeleton so far, with what is made in house, and what is still to be looked at."""

    nodes: dict[int, Own]
    todo: tuple[int, ...]
    choices: tuple[tuple[int, str], ...]


class SkeletonFinder:
    """Finds the skeletons of the line-ups of one solution.

    A skeleton holds what the solution and all that it builds on require, and of each choice an alternative;
    in depth, what those components require too, but for what their vendors make in house. Virtual components
    stand for what they require. Nothing in it is superfluous: without any one of its components, something
    else in it would lack what it requires.

    Parameters
    ----------
    analysis
        What is counted.
    solution
        Id of the solution.
    deep
        Whether to go all the way down.
    ways
        For each component that somebody can stand for, the sets of parts that its vendors make in house; a
        set holds parts of other things too.
    imports
        Components that are given.
    """

    def __init__(
        self,
        analysis: Analysis,
        solution: str,
        *,
        deep: bool,
        ways: Mapping[str, Collection[frozenset[str]]],
        imports: Collection[str],
    ) -> None:
        self.analysis = analysis
        self.deep = deep
        self.first = analysis.structure.components
        self.root = int(analysis.solution_nodes([solution])[0])
        names = analysis.market.names
        number = {name: node for node, name in enumerate(names[: self.first])}
        self.ways = {
            number[name]: [frozenset(number[part] for part in own) for own in sets]
            for name, sets in ways.items()
        }
        self.imports = {number[name] for name in imports}

    def list_skeletons(self) -> Skeletons:
        """Return every skeleton, or the first of too many."""
        found: dict[tuple[tuple[str, frozenset[str]], ...], Skeleton] = {}
        dead: set[int] = set()
        stack = [_State({}, (self.root,), ())]
        steps = 0
        while stack and steps < _STEPS and len(found) < _MOST:
            steps += 1
            state = stack.pop()
            if state.todo:
                stack.extend(reversed(list(self._add_node(state, dead))))
            elif state.choices:
                stack.extend(reversed(list(self._choose(state))))
            elif self._is_minimal(state.nodes):
                skeleton = self._describe(state.nodes)
                known = found.setdefault(skeleton.made, skeleton)
                found[skeleton.made] = min(known, skeleton, key=lambda one: (one.imports, one.chosen))
        names = self.analysis.market.names
        unfilled = tuple(sorted(names[node] for node in dead))
        return Skeletons(tuple(sorted(found.values(), key=_order)), not stack, unfilled)

    def _add_node(self, state: _State, dead: set[int]) -> Iterator[_State]:
        """Put the next node in: once for each set of parts that its vendors make in house."""
        node, *todo = state.todo
        if node in state.nodes:
            yield _State(state.nodes, tuple(todo), state.choices)
            return
        ways = self._ways_of(node)
        if not ways:
            dead.add(node)
        for own in ways:
            needed, choices = self._requirements(node, own)
            yield _State(
                {**state.nodes, node: own},
                (*todo, *needed),
                (*state.choices, *((node, name) for name in sorted(choices))),
            )

    def _choose(self, state: _State) -> Iterator[_State]:
        """Settle the next choice: by what is there anyway, else by each alternative in turn."""
        (node, name), *rest = state.choices
        alternatives = self._requirements(node, state.nodes[node])[1][name]
        if any(one in state.nodes for one in alternatives):
            yield _State(state.nodes, (), tuple(rest))
            return
        for one in alternatives:
            yield _State(state.nodes, (one,), tuple(rest))

    def _is_place(self, node: int) -> bool:
        return node < self.first and not self.analysis.market.virtual[node] and node not in self.imports

    def _ways_of(self, node: int) -> list[Own]:
        """Return what may be made in house for a node, of its own parts; none: nobody can stand there."""
        if not self._is_place(node):
            return [frozenset()]
        if not self.deep:
            return [frozenset()] if self.ways.get(node) else []
        parts = {part for part, _ in self.analysis.parts_of(node)}
        return sorted({own & parts for own in self.ways.get(node, ())}, key=sorted)

    def _requirements(self, node: int, own: Own) -> tuple[list[int], dict[str, list[int]]]:
        """Return what a node needs and what it may choose from, but for what is made in house."""
        if node in self.imports or (self._is_place(node) and not self.deep):
            return [], {}
        needed, choices = [], dict[str, list[int]]()
        for part, choice in sorted(self.analysis.parts_of(node), key=lambda pair: pair[0]):
            if choice is not None:
                choices.setdefault(choice, []).append(part)
            elif part not in own:
                needed.append(part)
        return needed, {name: parts for name, parts in choices.items() if not own.intersection(parts)}

    def _is_minimal(self, nodes: Mapping[int, Own]) -> bool:
        """Say whether nothing is superfluous.

        It is enough to look at single nodes: of several that could all go, one that none of the others
        requires could go alone.
        """
        held: set[int] = set()
        for node, own in nodes.items():
            needed, choices = self._requirements(node, own)
            held.update(needed)
            for alternatives in choices.values():
                there = [one for one in alternatives if one in nodes]
                if len(there) == 1:
                    held.update(there)
        return nodes.keys() - held <= {self.root}

    def _describe(self, nodes: Mapping[int, Own]) -> Skeleton:
        names = self.analysis.market.names
        chosen = [
            (names[node], choice, tuple(sorted(names[one] for one in parts if one in nodes)))
            for node, own in nodes.items()
            for choice, parts in self._requirements(node, own)[1].items()
        ]
        made = [
            (names[node], frozenset(names[part] for part in own))
            for node, own in nodes.items()
            if self._is_place(node)
        ]
        return Skeleton(
            tuple(sorted(made, key=lambda one: (one[0], sorted(one[1])))),
            tuple(sorted(names[node] for node in nodes if node in self.imports)),
            tuple(sorted(chosen)),
        )


def _order(skeleton: Skeleton) -> tuple[list[str], list[list[str]]]:
    return [name for name, _ in skeleton.made], [sorted(own) for _, own in skeleton.made]
