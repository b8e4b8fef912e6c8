"""The sections of the report: what each question answers, cut to what a reader of a few pages needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

import pandas as pd

from kizuna.answers.claims import count_verdicts, show_claims
from kizuna.answers.explain import Ranked
from kizuna.answers.names import Names
from kizuna.answers.sources import Sources
from kizuna.answers.tables import name_row
from kizuna.graph import SupplyGraph, list_datasets, select_subgraph
from kizuna.queries import Cell, Coverage, Gaps, Scope, Witness, measure_coverage
from kizuna.queries.claims import ClaimCheck
from kizuna.viz.card import Line
from kizuna.viz.report import Note, Section, Table
from kizuna.viz.report_charts import HeatMap

__all__ = ["SectionMaker", "walk_paths"]

_GAPS = 8  # gaps shown
_CONFIRMED = 5  # further gaps shown that are confirmed
_NAMED = 3  # names in one cell or sentence
_REPORT = "report-2017"


class SectionMaker:
    """Makes sections; sources are numbered in the order in which they are met.

    Parameters
    ----------
    graph
        The whole data.
    part
        What the report is about: the whole, or the part that one solution rests on.
    scope
        What to count.
    names
        Names in the reader's language.
    """

    def __init__(self, graph: SupplyGraph, part: SupplyGraph, scope: Scope, names: Names) -> None:
        self.graph, self.part, self.scope, self.names = graph, part, scope, names
        self.say = names.say
        self.sources = Sources(names)
        self.unsourced = False
        # Coverage counts who offers what, and not whether that is enough.
        self.counting = replace(scope, min_groups=1, min_share=None)

    def line(self, text: str, rows: Iterable[pd.Series] = ()) -> Line:
        """Return a line with the numbers of its sources; what is uncited has a mark instead."""
        rows = list(rows)
        cited = [row for row in rows if row["source_kind"] != "uncited"]
        numbers = tuple(sorted({self.sources.number(row) for row in cited}))
        self.unsourced |= len(cited) < len(rows)
        return Line(text, numbers, len(cited) < len(rows))

    # ---- coverage ----

    def coverage(self) -> Section:
        """Return who covers what, by layer and by segment."""
        maps = [
            self._map(measure_coverage(self.part, by=by, scope=self.counting)) for by in ("layer", "segment")
        ]
        blocks: tuple[Note | HeatMap, ...] = (
            Note(self.say("report.coverage.intro")),
            *maps,
            Note(self.say("report.coverage.legend"), True),
        )
        return Section(self.say("report.coverage.heading"), blocks)

    def _map(self, found: Coverage) -> HeatMap:
        countries = tuple(self.names.name("Country", one) for one in (*self.scope.pair, "*"))
        return HeatMap(
            title=self.say(f"report.coverage.{found.by}"),
            corner=self.say(f"cli.by.{found.by}"),
            columns=countries,
            rows=tuple(name_row(row, self.names) for row in found.rows),
            texts=tuple(tuple(self._show(cell) for cell in row.cells) for row in found.rows),
            values=tuple(
                tuple(None if cell.state == "not known" else cell.vendors for cell in row.cells)
                for row in found.rows
            ),
        )

    def _show(self, cell: Cell | None) -> str:
        """Return a count, or that there is none, or that it is not known."""
        if cell is None or cell.state == "not known":
            return self.say("cell.not_known")
        return str(cell.vendors) if cell.state == "count" else self.say("cell.none")

    # ---- gaps ----

    def gaps(self, found: Gaps) -> Section:
        """Return the gravest gaps, each with a chain from a solution down to what is lost."""
        heading = self.say("report.gaps.heading")
        chosen = _choose_gaps(found)
        if not chosen:
            return Section(heading, (Note(self.say("report.gaps.none")),))
        rows, below = [], []
        for ranked in chosen:
            rows.append(self._gap(ranked))
            below.append(tuple(self._below(ranked)))
        keys = ("rank", "unit", "roots", "lost", "stand_ins", "verdict")
        columns = tuple(self.say(f"report.column.{key}") for key in keys)
        table = Table(columns, tuple(rows), frozenset({0, 3, 4, 5}), tuple(below))
        total = len(found.cuts) + len(found.uncovered)
        first = sum(ranked.rank <= _GAPS and bool(ranked.finding.solutions) for ranked in chosen)
        blocks: list[Note | Table] = [Note(self.say("report.gaps.intro", shown=first, total=total))]
        if len(chosen) > first:
            blocks[0] = Note(
                self.say(
                    "report.gaps.intro_confirmed", shown=first, total=total, confirmed=len(chosen) - first
                )
            )
        legend = Note(self.say("report.gaps.legend"), True)
        return Section(heading, (*blocks, table, legend))

    def _gap(self, ranked: Ranked) -> tuple[Line, ...]:
        finding, say = ranked.finding, self.say
        members = [ranked.name_member(self.names, member) for member in finding.members]
        unit = say(f"unit.{finding.unit}") if finding.unit else ""
        who = (
            say("report.gaps.who", members=self.names.join_some(members, _NAMED), unit=unit)
            if members
            else "-"
        )
        roots = self.join("Component", finding.roots)
        offers = [row for _, row in ranked.own_offers().iterrows()] if len(finding.vendors) <= _NAMED else []
        return (
            Line(str(ranked.rank)),
            Line(who),
            self.line(roots, offers),
            Line(f"{len(finding.solutions)}/{finding.solutions_total}"),
            Line(str(finding.stand_ins)),
            Line(say(f"verdict.{ranked.verdict}")),
        )

    def _below(self, ranked: Ranked) -> Iterator[Line]:
        """Yield the shortest chain from a solution to a root, with its sources."""
        chains = [path for witness in ranked.judgement.witnesses.values() for path in walk_paths(witness)]
        if ranked.finding.solutions and chains:
            chain = min(chains, key=lambda path: (len(path), [step.id for step in path]))
            rows = [ranked.requirement(step.via) for step in chain if step.via is not None]
            yield self.line(self.say("report.gaps.chain", chain=self.show_chain(chain)), rows)

    def show_chain(self, chain: Sequence[Witness]) -> str:
        """Return the names along a way, from the top down."""
        return " → ".join(self.names.name(step.label, step.id) for step in chain)

    def join(self, label: str, nodes: Sequence[str]) -> str:
        """Return the names of some nodes, of many the first few and how many more."""
        return self.names.join_some([self.names.name(label, node) for node in nodes], _NAMED)

    # ---- changes ----

    def changes(self, checks: Sequence[ClaimCheck]) -> Section:
        """Return what has become of the report of 2017: its tables then and now, and its claims.

        Of one solution these are the vendors of what it needs, then and now.
        """
        say, counts = self.say, count_verdicts(checks)
        blocks: list[Note | Table] = []
        if self.part is not self.graph:
            blocks.append(Note(say("report.changes.solution", n=len(checks))))
        if _REPORT in list_datasets(self.graph):
            blocks += [Note(say("report.changes.intro")), self._then_and_now()]
        if checks:
            cannot = counts["cannot-be-said"]
            blocks.append(
                Note(
                    say(
                        "report.changes.claims",
                        holds=counts["holds"],
                        changed=counts["changed"],
                        cannot=cannot,
                    )
                )
            )
            columns = tuple(say(f"report.column.{key}") for key in ("claim", "figures", "verdict"))
            rows = tuple(
                (self.line(text, [row]), Line(figures), Line(verdict))
                for text, figures, verdict, row in show_claims(self.graph, checks, self.names.lang)
            )
            blocks += [Table(columns, rows, frozenset({2}))] if rows else []
        blocks = blocks or [Note(say("report.changes.none"))]
        return Section(say("report.changes.heading"), tuple(blocks))

    def _then_and_now(self) -> Table:
        """Return vendors by layer in the tables of 2017 and in the data as they are."""
        old = measure_coverage(select_subgraph(self.part, dataset=_REPORT), by="layer", scope=self.counting)
        new = measure_coverage(self.part, by="layer", scope=self.counting)
        then = {row.id: row.cells for row in old.rows}
        pair = [self.names.name("Country", c) for c in self.scope.pair]
        columns = (
            self.say("cli.by.layer"),
            *(
                self.say(f"report.column.{day}", country=country)
                for day in ("then", "now")
                for country in pair
            ),
        )
        rows = []
        for row in new.rows:
            before = then.get(row.id, ())[:2] or (None, None)
            shown = map(self._show, (*before, *row.cells[:2]))
            rows.append((Line(name_row(row, self.names)), *map(Line, shown)))
        return Table(columns, tuple(rows), frozenset(range(1, 5)))


def walk_paths(witness: Witness, path: tuple[Witness, ...] = ()) -> Iterator[tuple[Witness, ...]]:
    """Yield every way from the top of a witness to a root."""
    path = (*path, witness)
    if witness.is_root:
        yield path
    for child in witness.children:
        yield from walk_paths(child, path)


def _choose_gaps(found: Gaps) -> list[Ranked]:
    """Return the gravest gaps, and of the others the first that are confirmed."""
    ordered = [*found.cuts, *found.uncovered]
    grave = sum(1 for finding in ordered[:_GAPS] if finding.solutions)
    first = [Ranked.judge(found, rank, finding) for rank, finding in enumerate(ordered[:grave], 1)]
    rest = (Ranked.judge(found, rank, finding) for rank, finding in enumerate(ordered[grave:], grave + 1))
    return [*first, *islice((one for one in rest if one.verdict == "confirmed"), _CONFIRMED)]
