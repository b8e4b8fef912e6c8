"""What only both countries together can build: what each brings, by whom, and the chain down to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from kizuna.answers.report_sections import SectionMaker, walk_paths
from kizuna.answers.sides import name_class
from kizuna.queries import Witness
from kizuna.queries.complementarity import Complement, Complementarity
from kizuna.queries.witness import Witnesses
from kizuna.viz.card import Line
from kizuna.viz.report import Note, Section, Table

__all__ = ["JointSection"]

_ROWS = 10  # pairs of contributions shown
_VENDORS = 3  # vendors named of one component


class _Pair(NamedTuple):
    """What the first and the second country must bring to some solutions, and the ways down to it."""

    solutions: tuple[str, ...]
    ways: tuple[tuple[Witness, ...], tuple[Witness, ...]]


class JointSection:
    """Makes the section of what neither country can have alone.

    Parameters
    ----------
    maker
        Makes lines and numbers sources.
    found
        The classes of all targets.
    solution
        The one solution that it is about; None: all.
    """

    def __init__(self, maker: SectionMaker, found: Complementarity, solution: str | None) -> None:
        self.maker, self.found, self.say = maker, found, maker.say
        self.solutions = [r for r in found.rows if r.label == "Solution" and solution in (None, r.id)]
        self.joint = [row for row in self.solutions if row.feasible == "only jointly"]
        self.countries = [maker.names.name("Country", one) for one in maker.scope.pair]

    def make(self) -> Section:
        """Return the section."""
        say = self.say
        blocks: list[Note | Table] = [
            Note(say("report.jointly.intro", n=len(self.joint), total=len(self.solutions))),
            self._count(),
        ]
        if self.joint:
            shown = self._pairs[:_ROWS]
            blocks += [Note(say("report.jointly.chains")), self._list(shown)]
            if len(self._pairs) > _ROWS:
                left = [one for pair in self._pairs[_ROWS:] for one in pair.solutions]
                names = self.maker.names.join_some([self._name("Solution", one) for one in left], 12)
                blocks.append(Note(say("report.jointly.rest", n=len(left), solutions=names), True))
            blocks.append(Note(say("report.jointly.legend"), True))
        return Section(say("report.jointly.heading"), tuple(blocks))

    # ---- how many ----

    def _count(self) -> Table:
        """Return how many solutions and components are of each class."""
        first, second = (f"{one} alone" for one in self.maker.scope.pair)
        components = [row for row in self.found.rows if row.label == "Component"]
        keys = ("class", "solutions", "components")
        return Table(
            tuple(self.say(f"report.column.{key}") for key in keys),
            tuple(
                (
                    Line(self._say_class(one)),
                    Line(str(_count_class(self.solutions, one))),
                    Line(str(_count_class(components, one))),
                )
                for one in ("only jointly", first, second, "either", "not at all", "outside")
            ),
            frozenset({1, 2}),
        )

    def _say_class(self, feasible: str) -> str:
        name = name_class(feasible, self.maker.scope.pair)
        if name in ("first-alone", "second-alone"):
            return self.say("loss.class.alone", country=self.countries[name == "second-alone"])
        return self.say(f"loss.class.{name.replace('-', '_')}")

    # ---- what each side brings ----

    @cached_property
    def _pairs(self) -> list[_Pair]:
        """What each side brings, solutions with the same contributions together; those with most first.

        A country alone fails at something below each of these solutions: the shortest way down to that is
        what the other country is needed for.
        """
        analysis, alone = self.found.analysis, self.found.alone
        nodes = {row.id: analysis.structure.components + place for place, row in enumerate(self._all)}
        # What the first country brings is what the second has not, and the other way round.
        lacks = [
            Witnesses(analysis.structure, analysis.market, ~can, analysis.requirements)
            for can in reversed(alone)
        ]
        groups: dict[tuple[str, str], _Pair] = {}
        for row in self.joint:
            first, second = (_pick_way(witnesses.build(nodes[row.id])) for witnesses in lacks)
            key = (first[-1].id, second[-1].id)
            before = groups.get(key)
            groups[key] = _Pair(
                (*(before.solutions if before else ()), row.id), before.ways if before else (first, second)
            )
        return sorted(groups.values(), key=lambda pair: -len(pair.solutions))

    @property
    def _all(self) -> list[Complement]:
        return [row for row in self.found.rows if row.label == "Solution"]

    def _list(self, pairs: Sequence[_Pair]) -> Table:
        columns = (
            self.say("report.column.solution"),
            *(self.say("report.column.brings", country=country) for country in self.countries),
        )
        rows, below = [], []
        for pair in pairs:
            names = [self._name("Solution", one) for one in pair.solutions]
            rows.append(
                (Line(self.maker.names.join_some(names, _VENDORS)), *map(self._bring, (0, 1), pair.ways))
            )
            below.append(tuple(map(self._show_way, (0, 1), pair.ways)))
        return Table(columns, tuple(rows), below=tuple(below))

    def _bring(self, side: int, way: Sequence[Witness]) -> Line:
        """Return what a country brings, and which of its vendors do."""
        component, market = way[-1].id, self.found.analysis.market
        offers = market.offers[market.present & market.offered_in(self.maker.scope.pair[side])]
        rows = [row for _, row in offers[offers["component"] == component].iterrows()]
        vendors = list(dict.fromkeys(str(row["vendor"]) for row in rows))
        first = [row for row in rows if row["vendor"] in vendors[:_VENDORS]]
        text = self.say(
            "report.jointly.brings",
            component=self._name("Component", component),
            vendors=self.maker.names.join_some([self._name("Vendor", one) for one in vendors], _VENDORS),
        )
        return self.maker.line(text, first)

    def _show_way(self, side: int, way: Sequence[Witness]) -> Line:
        chain = self.maker.show_chain(way)
        graph = self.found.analysis.graph
        vias = [step.via for step in way if step.via is not None]
        rows = [graph.table(via.table).loc[[via.row]].iloc[0] for via in vias]
        return self.maker.line(
            self.say("report.jointly.chain", country=self.countries[side], chain=chain), rows
        )

    def _name(self, label: str, node: str) -> str:
        return self.maker.names.name(label, node)


def _pick_way(witness: Witness) -> tuple[Witness, ...]:
    """Return the shortest way to a root."""
    return min(walk_paths(witness), key=lambda path: (len(path), [step.id for step in path]))


def _count_class(rows: Sequence[Complement], feasible: str) -> int:
    return sum(row.feasible == feasible for row in rows)
