"""The sections of the report: what each question answers, cut to what a reader of a few pages needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pandas as pd

from kizuna.answers.claims import count_verdicts, show_claims
from kizuna.answers.explain import Ranked
from kizuna.answers.names import Names
from kizuna.answers.partner_reasons import Reasons
from kizuna.answers.sides import name_class
from kizuna.answers.sources import Sources
from kizuna.answers.tables import name_row
from kizuna.graph import SupplyGraph, list_datasets, select_subgraph
from kizuna.queries import Cell, Coverage, Finding, Gaps, Scope, Witness, measure_coverage
from kizuna.queries.claims import ClaimCheck
from kizuna.queries.complementarity import Complement, Complementarity
from kizuna.queries.partners import Partner, Partners, find_partners
from kizuna.viz.card import Line
from kizuna.viz.report import Lines, Note, Section, Table
from kizuna.viz.report_charts import HeatMap

__all__ = ["SectionMaker"]

_GAPS = 8  # gaps shown
_JOINT = 14  # solutions shown that only both can have
_PAIRINGS = 3  # firms of each country that partners are looked for
_PARTNERS = 2  # partners of each
_REASONS = 2  # reasons for each
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
        self.told: set[str] = set()  # partners that are named already
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
        chosen = [finding for finding in (*found.cuts, *found.uncovered) if finding.solutions][:_GAPS]
        if not chosen:
            return Section(heading, (Note(self.say("report.gaps.none")),))
        rows, below = [], []
        for rank, finding in enumerate(chosen, 1):
            ranked = Ranked.judge(found, rank, finding)
            rows.append(self._gap(ranked))
            below.append(tuple(self._below(ranked)))
        keys = ("rank", "unit", "roots", "lost", "stand_ins", "verdict")
        columns = tuple(self.say(f"report.column.{key}") for key in keys)
        table = Table(columns, tuple(rows), frozenset({0, 3, 4, 5}), tuple(below))
        total = len(found.cuts) + len(found.uncovered)
        intro = Note(self.say("report.gaps.intro", shown=len(chosen), total=total))
        return Section(heading, (intro, table, Note(self.say("report.gaps.legend"), True)))

    def _gap(self, ranked: Ranked) -> tuple[Line, ...]:
        finding, say = ranked.finding, self.say
        members = [ranked.name_member(self.names, member) for member in finding.members]
        unit = say(f"unit.{finding.unit}") if finding.unit else ""
        who = (
            say("report.gaps.who", members=self.names.join_some(members, _NAMED), unit=unit)
            if members
            else "-"
        )
        roots = self._join("Component", finding.roots)
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
        """Yield the shortest chain to a root, with its sources."""
        chains = [path for witness in ranked.judgement.witnesses.values() for path in _walk(witness)]
        if chains:
            chain = min(chains, key=lambda path: (len(path), [step.id for step in path]))
            text = " → ".join(self.names.name(step.label, step.id) for step in chain)
            rows = [ranked.requirement(step.via) for step in chain if step.via is not None]
            yield self.line(self.say("report.gaps.chain", chain=text), rows)

    def _join(self, label: str, nodes: Sequence[str]) -> str:
        return self.names.join_some([self.names.name(label, node) for node in nodes], _NAMED)

    # ---- what only both can build ----

    def jointly(self, found: Complementarity, solution: str | None) -> Section:
        """Return what neither country can have alone, and what each brings to it directly."""
        solutions = [r for r in found.rows if r.label == "Solution" and solution in (None, r.id)]
        components = {row.id: row for row in found.rows if row.label == "Component"}
        heading, say = self.say("report.jointly.heading"), self.say
        classes = (
            "only jointly",
            *(f"{one} alone" for one in self.scope.pair),
            "either",
            "not at all",
            "outside",
        )
        counts = Table(
            (say("report.column.class"), say("report.column.solutions"), say("report.column.components")),
            tuple(
                (
                    Line(self._say_class(one)),
                    Line(str(sum(row.feasible == one for row in solutions))),
                    Line(str(sum(row.feasible == one for row in components.values()))),
                )
                for one in classes
            ),
            frozenset({1, 2}),
        )
        joint = [row for row in solutions if row.feasible == "only jointly"]
        blocks: list[Note | Table] = [
            Note(say("report.jointly.intro", n=len(joint), total=len(solutions))),
            counts,
        ]
        if joint:
            pair = [self.names.name("Country", one) for one in self.scope.pair]
            columns = (
                say("report.column.solution"),
                *(say("report.column.alone", country=country) for country in pair),
                say("report.column.meet"),
            )
            rows = tuple(self._joint(row, components) for row in joint[:_JOINT])
            blocks.append(Table(columns, rows))
            if len(joint) > _JOINT:
                blocks.append(Note(say("cli.gaps.shown", shown=_JOINT, total=len(joint)), True))
            blocks.append(Note(say("report.jointly.legend"), True))
        return Section(heading, tuple(blocks))

    def _joint(self, row: Complement, components: dict[str, Complement]) -> tuple[Line, ...]:
        needs = self.part.current("solution_requires")
        rows = [one for _, one in needs[needs["solution"] == row.id].iterrows()]
        required = sorted({str(one["requires"]) for one in rows if one["requires"] in components})
        cells = [Line(self.names.name("Solution", row.id))]
        for wanted in (*(f"{country} alone" for country in self.scope.pair), "only jointly"):
            chosen = [one for one in required if components[one].feasible == wanted]
            grounds = [one for one in rows if one["requires"] in chosen[:_NAMED]]
            cells.append(self.line(self._join("Component", chosen), grounds) if chosen else Line("–"))
        return tuple(cells)

    def _say_class(self, feasible: str) -> str:
        name = name_class(feasible, self.scope.pair)
        if name in ("first-alone", "second-alone"):
            country = self.scope.pair[name == "second-alone"]
            return self.say("loss.class.alone", country=self.names.name("Country", country))
        return self.say(f"loss.class.{name.replace('-', '_')}")

    # ---- pairings ----

    def pairings(self, found: Gaps) -> Section:
        """Return partners for the firms that most hangs on, as many of each country."""
        heading = self.say("report.pairings.heading")
        firms = _pick_firms(found, self.scope.pair)
        lists = [
            self._pair(find_partners(self.part, firm, analysis=found.analysis, scope=self.scope))
            for firm in firms
        ]
        kept = tuple(one for one in lists if one is not None)
        if not kept:
            return Section(heading, (Note(self.say("report.pairings.none")),))
        intro = Note(self.say("report.pairings.intro", n=len(kept)))
        return Section(heading, (intro, *kept, Note(self.say("report.pairings.legend"), True)))

    def _pair(self, found: Partners) -> Lines | None:
        fresh = [p for p in found.ranked if p.vendor not in self.told and not p.same_group]
        chosen = [p for p in fresh if p.unlocks or p.relieves or p.fits][:_PARTNERS]
        self.told.update(partner.vendor for partner in chosen)
        if not chosen:
            return None
        reasons = Reasons(found, self.names)
        lines = [line for partner in chosen for line in self._reasons(partner, reasons)]
        firm, country = self.names.name("Vendor", found.vendor), self.names.name("Country", found.country)
        return Lines(self.say("report.pairings.firm", firm=firm, country=country), tuple(lines))

    def _reasons(self, partner: Partner, reasons: Reasons) -> Iterator[Line]:
        for reason in list(reasons.explain(partner, most=_NAMED))[:_REASONS]:
            yield self.line(reason.text, reason.rows)

    # ---- changes ----

    def changes(self, checks: Sequence[ClaimCheck]) -> Section:
        """Return what has become of the report of 2017: its tables then and now, and its claims."""
        say, counts = self.say, count_verdicts(checks)
        blocks: list[Note | Table] = []
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
        old = measure_coverage(select_subgraph(self.graph, dataset=_REPORT), by="layer", scope=self.counting)
        new = measure_coverage(self.graph, by="layer", scope=self.counting)
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


def _walk(witness: Witness, path: tuple[Witness, ...] = ()) -> Iterator[tuple[Witness, ...]]:
    """Yield each way from the top of a witness to a root."""
    path = (*path, witness)
    if witness.is_root:
        yield path
    for child in witness.children:
        yield from _walk(child, path)


def _pick_firms(found: Gaps, pair: Sequence[str]) -> list[str]:
    """Return the firms that most hangs on, by their gaps and then by their offers, as many of each country."""
    market = found.analysis.market
    countries = dict(zip(map(str, market.vendor_ids), map(str, market.vendor_countries), strict=True))
    single: list[Finding] = [f for f in (*found.cuts, *found.dominant) if f.unit == "vendor" and f.order == 1]
    offers = market.offers[market.present]["vendor"].value_counts()
    most = sorted(offers.index, key=lambda vendor: (-int(offers[vendor]), str(vendor)))
    ordered = list(dict.fromkeys([*(f.members[0] for f in single), *map(str, most)]))
    return [
        firm
        for country in pair
        for firm in [one for one in ordered if countries.get(one) == country][:_PAIRINGS]
    ]
