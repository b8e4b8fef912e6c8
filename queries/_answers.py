"""The answers of a graph that lies between two others, and which facts it takes for them to change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Literal

from .._errors import InputError
from ..graph import SupplyGraph
from ._nearness import find_enough
from .coverage import Cell, measure_coverage
from .findings import Finding
from .gaps import Gaps
from .mixture import CAUSES, Cause, FactChange, Mixer
from .scope import Scope
from .verdict import judge_finding

__all__ = ["Answers", "CellKey", "ItemKind", "Prover"]

ItemKind = Literal["component", "segment"]
CellKey = tuple[ItemKind, str, str]
_EACH = 20  # so that one finding that hangs on much leaves some trials for the others


class Answers:
    """The answers of one graph, each worked out when asked for."""

    def __init__(self, graph: SupplyGraph, scope: Scope, ask: Callable[[SupplyGraph], Gaps]) -> None:
        self.graph = graph
        self.scope = scope
        self._ask = ask
        self._judged: dict[str, tuple[str, tuple[Any, ...]]] = {}

    @cached_property
    def gaps(self) -> Gaps:
        return self._ask(self.graph)

    @cached_property
    def findings(self) -> Mapping[str, Finding]:
        every = (*self.gaps.findings, *self.gaps.fragile, *self.gaps.thin)
        return {finding.id: finding for finding in every}

    @cached_property
    def fragile(self) -> frozenset[str]:
        return frozenset(finding.id for finding in self.gaps.fragile)

    @cached_property
    def cells(self) -> Mapping[CellKey, Cell]:
        kinds: tuple[ItemKind, ...] = ("component", "segment")
        # Coverage counts who offers what, however many it takes for a thing to be had.
        scope = replace(self.scope, min_groups=1, min_share=None)
        return {
            (by, row.id, cell.country): cell
            for by in kinds
            for row in measure_coverage(self.graph, by=by, scope=scope).rows
            for cell in row.cells
        }

    def read(self, finding: str, field: str) -> Any:
        """Return a field of a finding, its verdict or its doubts; None if there is no such finding."""
        found = self.findings.get(finding)
        if found is None or field not in ("verdict", "doubts"):
            return getattr(found, field, None)
        if finding not in self._judged:
            judged = judge_finding(self.gaps.analysis_of(found), found)
            verdict = "fragile" if finding in self.fragile else judged.verdict
            self._judged[finding] = verdict, judged.doubts
        return self._judged[finding][0 if field == "verdict" else 1]

    def read_cell(self, key: CellKey) -> Cell | None:
        """Return a cell of coverage; None if the model has no such item."""
        return self.cells.get(key)


class Prover:
    """Tries which of the facts that changed are enough for an answer to change.

    Parameters
    ----------
    mixer
        The two graphs.
    answer
        Makes the answers of a graph.
    trials
        How many mixtures it may make at most.
    """

    def __init__(self, mixer: Mixer, answer: Callable[[SupplyGraph], Answers], trials: int) -> None:
        self._mixer = mixer
        self._answer = answer
        self._left = trials
        self._bare: dict[tuple[Cause, ...], Answers] = {}

    def find_enough(
        self,
        ways: Sequence[Sequence[str]],
        rings: Sequence[Sequence[FactChange]],
        read: Callable[[Answers], Any],
        wanted: Any,
    ) -> tuple[FactChange, ...] | None:
        """Return facts that give the answer wanted, together with the model if that is a cause.

        Parameters
        ----------
        ways
            Sets of causes, each of which gives the answer; facts are found for each.
        rings
            Facts by how near they are to what the answer speaks of.
        read, wanted
            The answer, and what it is to be.

        Returns
        -------
        tuple of FactChange, or None
            None if no facts are, or none were found within the trials.
        """
        end = self._left - min(_EACH, self._left)
        found: dict[FactChange, None] = {}
        for causes in ways:
            taken = [cause for cause in CAUSES if cause in causes]

            def holds(some: Sequence[FactChange], taken: Sequence[Cause] = taken) -> bool:
                return self._left > end and self._gives(taken, some, read, wanted)

            facts: list[FactChange] = []
            for ring in rings:
                facts += [fact for fact in ring if fact.why in causes and fact.why != "model"]
                if holds(facts):
                    found.update(dict.fromkeys(find_enough(facts, holds)))
                    break
            else:
                return None
        return tuple(found) if self._left > end else None

    def _gives(
        self,
        causes: Sequence[Cause],
        facts: Sequence[FactChange],
        read: Callable[[Answers], Any],
        wanted: Any,
    ) -> bool:
        self._left -= 1
        try:
            if facts:
                return bool(read(self._answer(self._mixer.mix(causes, only=facts))) == wanted)
            bare = tuple(causes)
            if bare not in self._bare:  # asked of every finding
                self._bare[bare] = self._answer(self._mixer.mix(causes, only=()))
            return bool(read(self._bare[bare]) == wanted)
        except InputError:  # a mixture may contradict itself
            return False
