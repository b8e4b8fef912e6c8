"""What changed between two data sets, or two dates, and why: the world, what is known of it, or the model.

*World*: validity began or ended between the two days. *Knowledge*: a statement was added, withdrawn,
corrected or re-graded, or has grown too old to count. *Model*: a component, a solution or a requirement
changed. Validity and the date of a statement are never mixed up: what is only now known to have ended
earlier is knowledge, what a new statement says has ended since is the world.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import combinations
from typing import Any, Literal

from .._errors import InputError
from ..graph import SupplyGraph
from ._answers import Answers, ItemKind, Prover
from ._nearness import Nearness
from .coverage import Cell
from .findings import Finding
from .gaps import Gaps, find_gaps
from .market import UNITS
from .mixture import CAUSES, Cause, FactChange, Mixer
from .scope import Scope
from .structure import REQUIREMENT_KINDS

__all__ = [
    "CellChange",
    "Comparison",
    "FieldChange",
    "FindingChange",
    "Obstacle",
    "Why",
    "compare_graphs",
]

Why = Literal["world", "knowledge", "model", "not comparable"]
ChangeKind = Literal["opened", "closed", "changed"]
ObstacleKind = Literal["no-offers", "no-requirements", "nothing-in-common", "no-day"]

# What makes a finding another one, though it keeps its id.
_FIELDS = (
    *("verdict", "doubts", "severity", "roots", "vendors", "components", "solutions"),
    *("direct", "at_once", "stand_ins", "order", "also", "seat_owner_disagree"),
)
_TRIALS = 60


@dataclass(frozen=True)
class FieldChange:
    """One property of a finding that is not the same before and after.

    Parameters
    ----------
    name
        A field of :class:`Finding`, ``verdict``, or ``doubts`` (what would settle it).
    before, after
        Its values.
    why
        What it takes for the change, in the order world, knowledge, model; or ``not comparable``.
    together
        Whether it takes all of them; otherwise each by itself is enough.
    """

    name: str
    before: Any
    after: Any
    why: tuple[Why, ...]
    together: bool = False


@dataclass(frozen=True)
class FindingChange:
    """A finding that was opened, closed or changed.

    Parameters
    ----------
    kind
        ``opened``, ``closed`` or ``changed``. A finding that was fragile and is no longer, or the other way
        round, has changed its verdict.
    id
        Of the finding; the same before and after.
    before, after
        The finding; None if there is none.
    fields
        What changed; of a change only.
    why, together
        As of a field; of a changed finding: of all its fields.
    facts
        The facts that changed for these reasons and that the finding speaks of: first those at its roots,
        then those at what is lost and what that directly requires.
    enough
        Facts that alone, with the changes of the model if that is a reason, make the change; without one of
        them it would not come about. Others may be enough as well. None: that was not found out.
    """

    kind: ChangeKind
    id: str
    before: Finding | None
    after: Finding | None
    fields: tuple[FieldChange, ...]
    why: tuple[Why, ...]
    together: bool
    facts: tuple[FactChange, ...]
    enough: tuple[FactChange, ...] | None = None


@dataclass(frozen=True)
class CellChange:
    """A cell of coverage that is not the same; `before` or `after` is None if the model has no such item."""

    by: ItemKind
    item: str
    country: str
    before: Cell | None
    after: Cell | None
    why: tuple[Why, ...]
    together: bool


@dataclass(frozen=True)
class Obstacle:
    """Why two graphs cannot be compared, or not in everything.

    Parameters
    ----------
    kind
        ``no-offers``, ``no-requirements``: only one graph has any. ``nothing-in-common``: they have no
        component in common. ``no-day``: one of them stands on no day, so that validity says nothing.
    side
        Which graph it is that lacks something.
    """

    kind: ObstacleKind
    side: Literal["before", "after", "both"]


@dataclass(frozen=True, eq=False)
class Comparison:
    """What changed between two graphs.

    Parameters
    ----------
    before, after
        The gaps of the two.
    opened, closed, changed
        Findings, in the order of the rank they have, or had if they closed.
    coverage
        Cells of coverage, by component and then by segment.
    facts
        Every fact that is not the same, and why, whether an answer hangs on it or not.
    obstacles
        Why some of it is not comparable; none if all is.
    """

    before: Gaps
    after: Gaps
    opened: tuple[FindingChange, ...]
    closed: tuple[FindingChange, ...]
    changed: tuple[FindingChange, ...]
    coverage: tuple[CellChange, ...]
    facts: tuple[FactChange, ...]
    obstacles: tuple[Obstacle, ...] = ()

    @property
    def findings(self) -> tuple[FindingChange, ...]:
        """All findings that are not the same: opened, closed, changed."""
        return (*self.opened, *self.closed, *self.changed)

    @property
    def is_empty(self) -> bool:
        """Whether no answer changed."""
        return not (self.findings or self.coverage)


def compare_graphs(
    before: SupplyGraph,
    after: SupplyGraph,
    *,
    scope: Scope | None = None,
    units: Sequence[str] = UNITS,
    kinds: Collection[str] = REQUIREMENT_KINDS,
    max_order: int = 1,
    thin: bool = False,
    only: Collection[str] | None = None,
    trials: int = _TRIALS,
) -> Comparison:
    """Find what changed between two data sets, or between two dates of one, and why.

    Parameters
    ----------
    before, after
        The graphs. For two dates of one data set take :func:`kizuna.graph.select_subgraph` with `as_of`;
        for what was known by two dates, with `known_by`.
    scope
        What to count in both; default: Taiwan and Japan, by seat.
    units, kinds, max_order, thin
        As of :func:`find_gaps`, for both.
    only
        Ids of the findings to compare; then coverage is left out. Default: everything.
    trials
        How many times at most to look for the gaps anew in order to find out which facts are enough for the
        changes of findings; 0: not at all.

    Returns
    -------
    Comparison
        Findings opened, closed and changed, coverage changed, and the facts behind them.

    Raises
    ------
    InputError
        As of :func:`find_gaps`.

    Notes
    -----
    The reason is found by trial: each of the three kinds of change is made by itself, then two together,
    until the answer is the one after. A change is *not comparable* where one data set has no offers or no
    requirements and the other has, where they have no component in common, and where it hangs on validity
    and one of the two stands on no day.
    """

    def ask(graph: SupplyGraph) -> Gaps:
        return find_gaps(graph, scope=scope, units=units, kinds=kinds, max_order=max_order, thin=thin)

    comparer = _Comparer(before, after, scope or Scope(), ask, trials)
    comparer.only = only
    return Comparison(
        before=comparer.old.gaps,
        after=comparer.new.gaps,
        opened=tuple(comparer.list_findings("opened")),
        closed=tuple(comparer.list_findings("closed")),
        changed=tuple(comparer.list_findings("changed")),
        coverage=tuple(comparer.list_cells() if only is None else ()),
        facts=comparer.mixer.facts,
        obstacles=tuple(comparer.list_obstacles()),
    )


class _Comparer:
    """The answers before and after, and those of the mixtures between them."""

    only: Collection[str] | None = None

    def __init__(
        self,
        before: SupplyGraph,
        after: SupplyGraph,
        scope: Scope,
        ask: Callable[[SupplyGraph], Gaps],
        trials: int,
    ) -> None:
        self.mixer = Mixer(before, after)
        self._answer = partial(Answers, scope=scope, ask=ask)
        self.old = self._answer(before)
        self.new = self._answer(after)
        documented = getattr(scope, "sourcing", "market") == "documented"
        self.nearness = Nearness(before, after, documented=documented)
        self._mixed: dict[tuple[Cause, ...], Answers] = {}
        self._prover = Prover(self.mixer, self._answer, trials)
        # Validity cannot be compared with a graph that stands on no day.
        self.timeless = (before.as_of == "") != (after.as_of == "")
        ids = [set(graph.table("components")["id"]) for graph in (before, after)]
        self.apart = bool(ids[0] and ids[1]) and not ids[0] & ids[1]

    @cached_property
    def unlike(self) -> frozenset[str]:
        """Edge types that only one of the two has."""
        return frozenset(self.old.gaps.missing) ^ frozenset(self.new.gaps.missing)

    def list_obstacles(self) -> Iterable[Obstacle]:
        """Yield what stands in the way of comparing everything."""
        for edge, kind in (("OFFERS", "no-offers"), ("REQUIRES", "no-requirements")):
            if edge in self.unlike:
                yield Obstacle(
                    "no-offers" if kind == "no-offers" else "no-requirements",
                    "before" if edge in self.old.gaps.missing else "after",
                )
        if self.apart:
            yield Obstacle("nothing-in-common", "both")
        if self.timeless:
            yield Obstacle("no-day", "before" if self.old.graph.as_of == "" else "after")

    def list_findings(self, kind: ChangeKind) -> Iterable[FindingChange]:
        first = self.old if kind == "closed" else self.new
        for finding in first.findings:
            if self.only is not None and finding not in self.only:
                continue
            there = finding in self.old.findings, finding in self.new.findings
            if there == {"opened": (False, True), "closed": (True, False), "changed": (True, True)}[kind]:
                change = self._compare(kind, finding)
                if change is not None:
                    yield change

    def _compare(self, kind: ChangeKind, finding: str) -> FindingChange | None:
        fields: tuple[FieldChange, ...] = ()
        if kind == "changed":
            fields = tuple(self._list_fields(finding))
            if not fields:
                return None
            found = {cause for field in fields for cause in field.why}
            why = tuple(cause for cause in (*CAUSES, "not comparable") if cause in found)
            together = any(field.together for field in fields)
        else:
            why, together = self._explain(lambda answers: finding in answers.findings, bool(self.unlike))
        before, after = self.old.findings.get(finding), self.new.findings.get(finding)
        told = {*why, "world"} if self.timeless and "not comparable" in why else set(why)
        rings = self.nearness.sort(
            (fact for fact in self.mixer.facts if fact.why in told),
            [f for f in (before, after) if f is not None],
        )
        enough = None
        if "not comparable" not in why:
            # Of reasons each of which is enough by itself, facts for each; of fields, facts for all.
            ways: list[Sequence[str]] = [why] if fields or together else [(cause,) for cause in why]

            def read(answers: Answers) -> Any:
                if not fields:
                    return finding in answers.findings
                return [answers.read(finding, field.name) for field in fields]

            enough = self._prover.find_enough(ways, rings, read, read(self.new))
        listed = dict.fromkeys((*(enough or ()), *rings[0], *rings[1]))
        return FindingChange(kind, finding, before, after, fields, why, together, tuple(listed), enough)

    def _list_fields(self, finding: str) -> Iterable[FieldChange]:
        for name in _FIELDS:
            before, after = self.old.read(finding, name), self.new.read(finding, name)
            if before != after:
                read = partial(Answers.read, finding=finding, field=name)
                why, together = self._explain(read, bool(self.unlike))
                yield FieldChange(name, before, after, why, together)

    def list_cells(self) -> Iterable[CellChange]:
        """Yield the cells that are not the same, in the order after, then those that are no more."""
        for key in dict.fromkeys([*self.new.cells, *self.old.cells]):
            before, after = self.old.cells.get(key), self.new.cells.get(key)
            if before != after:
                read = partial(Answers.read_cell, key=key)
                why, together = self._explain(read, "OFFERS" in self.unlike)
                yield CellChange(*key, before, after, why, together)

    def _explain(self, read: Callable[[Answers], Any], unlike: bool) -> tuple[tuple[Why, ...], bool]:
        """Return the fewest changes that give the answer after, and whether it takes them together.

        Of several that are enough by themselves, all.
        """
        if unlike or self.apart:
            return ("not comparable",), False
        wanted, causes = read(self.new), self.mixer.causes
        for size in range(1, len(causes)):
            enough = [some for some in combinations(causes, size) if self._gives(some, read, wanted)]
            if enough:
                found = {cause for some in enough for cause in some}
                return self._name([cause for cause in causes if cause in found], together=size > 1)
        return self._name(causes, together=len(causes) > 1)

    def _name(self, causes: Iterable[Cause], *, together: bool) -> tuple[tuple[Why, ...], bool]:
        named: list[Why] = [
            "not comparable" if cause == "world" and self.timeless else cause for cause in causes
        ]
        return tuple(sorted(named, key=[*CAUSES, "not comparable"].index)), together

    def _gives(self, causes: tuple[Cause, ...], read: Callable[[Answers], Any], wanted: Any) -> bool:
        """Say whether some of the changes give the answer; a mixture that contradicts itself gives none."""
        if causes not in self._mixed:
            self._mixed[causes] = self._answer(self.mixer.mix(causes))
        try:
            return bool(read(self._mixed[causes]) == wanted)
        except InputError:  # of two firms that own a third one after the other, both at once
            return False
