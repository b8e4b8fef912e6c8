"""One gap in full: its witness, the evidence it rests on, and who could step in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kizuna._render import Answer, Block, Branch, Heading
from kizuna.answers.grounds import record_grounds
from kizuna.answers.names import Names, head_answer, record_scope, record_source
from kizuna.answers.sources import Sources
from kizuna.queries import (
    Analysis,
    Finding,
    Gaps,
    Judgement,
    Requirement,
    SecondSource,
    Witness,
    judge_finding,
    list_abroad,
    list_second_sources,
    say_doubt,
)
from kizuna.queries.grounds import list_grounds

__all__ = ["Ranked", "record_finding", "tell_findings"]

_LABELS = {"vendor": "Vendor", "group": "Vendor", "country": "Country"}
"""Label of the node that names a unit; the other units are values of a property."""

_OFFER = ("product", "status", "role", "since", "until")


@dataclass(frozen=True)
class Ranked:
    """A finding with its place in the list and its judgement.

    Parameters
    ----------
    rank
        Place among the findings of its kind, from 1.
    finding, analysis, judgement
        The finding, where it comes from, and how far it can be trusted.
    verdict
        ``confirmed``, ``apparent``, or ``fragile`` for those that are listed apart.
    """

    rank: int
    finding: Finding
    analysis: Analysis
    judgement: Judgement
    verdict: str

    @classmethod
    def judge(cls, gaps: Gaps, rank: int, finding: Finding) -> Ranked:
        """Judge one finding."""
        analysis = gaps.analysis_of(finding)
        judgement = judge_finding(analysis, finding)
        verdict = "fragile" if analysis is gaps.solid else judgement.verdict
        return cls(rank, finding, analysis, judgement, verdict)

    def name_member(self, names: Names, member: str) -> str:
        """Return the name of a unit; a region, city or exchange is its own."""
        label = _LABELS.get(self.finding.unit or "")
        return names.name(label, member) if label else member

    def show_members(self, names: Names) -> str:
        """Return the units' names and ids; blank for what nobody offers."""
        label = _LABELS.get(self.finding.unit or "")
        shown = (names.show(label, member) if label else member for member in self.finding.members)
        return names.say("cli.together").join(shown)

    def record_members(self, names: Names) -> list[dict[str, str]]:
        """Return the units as JSON has them."""
        return [{"id": one, "name": self.name_member(names, one)} for one in self.finding.members]

    def say_kind(self, names: Names) -> str:
        """Return what a finding of this kind and order is called."""
        several = self.finding.kind == "cut" and self.finding.order > 1
        return names.say("kind.cut_set" if several else f"kind.{self.finding.kind}")

    def own_offers(self) -> pd.DataFrame:
        """Return the counted offers of the roots by vendors of the cut."""
        offers = self.analysis.market.offers[self.analysis.market.present]
        of_cut = offers["component"].isin(self.finding.roots) & offers["vendor"].isin(self.finding.vendors)
        return offers[of_cut]

    def requirement(self, via: Requirement) -> pd.Series:
        """Return the row of a requirement."""
        return self.analysis.graph.table(via.table).loc[[via.row]].iloc[0]

    def abroad(self) -> list[str] | None:
        """Return the known vendors of third countries; None where all countries are in scope."""
        return list_abroad(self.analysis, self.finding) if self.analysis.scope.within == "pair" else None


# ---- for programs ----


def record_finding(ranked: Ranked, names: Names) -> dict[str, Any]:
    """Return everything about a finding, as JSON has it."""
    finding, judgement = ranked.finding, ranked.judgement
    abroad, members = ranked.abroad(), ranked.record_members(names)
    return {
        "rank": ranked.rank,
        "id": finding.id,
        "kind": finding.kind,
        "verdict": ranked.verdict,
        "unit": finding.unit,
        "member": members[0] if len(members) == 1 else None,
        "members": members,
        "order": finding.order,
        "also": list(finding.also),
        "seat_owner_disagree": finding.seat_owner_disagree,
        "roots": names.records("Component", finding.roots),
        "vendors": names.records("Vendor", finding.vendors),
        "severity": finding.severity,
        "stand_ins": finding.stand_ins,
        "solutions_total": finding.solutions_total,
        "solutions_lost": names.records("Solution", finding.solutions),
        "direct": list(finding.direct),
        "hidden": list(finding.hidden),
        "at_once": list(finding.at_once),
        "in_time": list(finding.in_time),
        "components_lost": names.records("Component", finding.components),
        "what_would_settle_it": [
            {
                "key": doubt.key,
                "ids": {place: node for place, _, node in doubt.ids},
                "text": say_doubt(ranked.analysis.graph, doubt, names.lang),
            }
            for doubt in judgement.doubts
        ],
        "second_sources": [
            _record_second_source(s, names) for s in list_second_sources(ranked.analysis, finding)
        ],
        "abroad": None if abroad is None else names.records("Vendor", abroad),
        "offers": [_record_offer(row, names) for _, row in ranked.own_offers().iterrows()],
        "witnesses": [_record_witness(ranked, w, names) for w in judgement.witnesses.values()],
        **record_grounds(list_grounds(ranked.analysis, finding, judgement), names),
    }


def _record_second_source(source: SecondSource, names: Names) -> dict[str, Any]:
    return {
        "reason": source.reason,
        "root": source.root,
        "vendor": names.record("Vendor", source.vendor),
        "country": source.country,
        "component": names.record("Component", source.component),
        "status": source.status,
        "same_cut": source.same_cut,
    }


def _record_offer(row: pd.Series, names: Names) -> dict[str, Any]:
    known = {name: row[name] if isinstance(row[name], str) else None for name in _OFFER}
    return {
        "vendor": names.record("Vendor", row["vendor"]),
        "component": names.record("Component", row["component"]),
        **known,
        "evidence": record_source(row),
    }


def _record_witness(ranked: Ranked, witness: Witness, names: Names) -> dict[str, Any]:
    via = None
    if witness.via is not None:
        row = ranked.requirement(witness.via)
        via = {"table": witness.via.table, "row": witness.via.row, "kind": row["kind"]}
        via["evidence"] = record_source(row)
    return {
        "label": witness.label,
        **names.record(witness.label, witness.id),
        "root": witness.is_root,
        "alternative": witness.alternative,
        "via": via,
        "children": [_record_witness(ranked, child, names) for child in witness.children],
    }


# ---- for people ----


def tell_findings(gaps: Gaps, findings: Sequence[str], *, lang: str, selection: Mapping[str, str]) -> Answer:
    """Return findings in full, by id; ``all`` stands for every one.

    Raises
    ------
    UnknownNameError
        There is no such finding in this data set and scope.
    """
    names = Names(gaps.analysis.graph, lang)
    if "all" not in findings:
        for finding in findings:
            gaps.find(finding)
    chosen = [
        Ranked.judge(gaps, rank, finding)
        for found in (gaps.cuts, gaps.uncovered, gaps.dominant, gaps.fragile, gaps.thin)
        for rank, finding in enumerate(found, 1)
        if "all" in findings or finding.id in findings
    ]
    return Answer(
        head=head_answer(gaps.analysis.market, lang, selection=selection, missing=gaps.missing),
        blocks=tuple(block for ranked in chosen for block in _explain(ranked, names)),
        document=lambda: {
            "scope": record_scope(gaps.analysis.market, lang, selection=selection, missing=gaps.missing),
            "units": list(gaps.units),
            "max_order": gaps.max_order,
            "findings": [record_finding(ranked, names) for ranked in chosen],
        },
    )


def _explain(ranked: Ranked, names: Names) -> Iterator[Block]:
    finding, say = ranked.finding, names.say
    kind = say("verdict.fragile") if ranked.verdict == "fragile" else ranked.say_kind(names)
    member = ranked.show_members(names) or names.join("Component", finding.roots)
    yield Heading(say("cli.explain.title", id=finding.id, kind=kind, member=member))
    yield say(
        "cli.explain.facts",
        lost=len(finding.solutions),
        total=finding.solutions_total,
        severity=f"{finding.severity:.2f}",
        stand_ins=finding.stand_ins,
        verdict=say(f"verdict.{ranked.verdict}"),
    )
    if finding.also:
        yield say("cli.explain.also", units=say("cli.separator").join(say(f"unit.{u}") for u in finding.also))
    if finding.seat_owner_disagree:
        yield say("cli.explain.disagree")
    yield _list(
        say(f"cli.explain.roots_{finding.kind}"), [names.show("Component", root) for root in finding.roots]
    )
    for key, label, nodes in (
        ("direct", "Solution", finding.direct),
        ("hidden", "Solution", finding.hidden),
        ("components", "Component", finding.components),
    ):
        yield _list(say(f"cli.explain.{key}", n=len(nodes)), [names.show(label, node) for node in nodes])
    yield from _explain_times(ranked, names)
    sources = Sources(names)
    witnesses = [_branch(ranked, w, names, sources) for w in ranked.judgement.witnesses.values()]
    yield Branch(say("cli.explain.witness"), tuple(witnesses))
    yield from _explain_offers(ranked, names, sources)
    yield from _explain_doubts(ranked, names)
    yield _list(say("cli.explain.sources"), sources.lines())


def _explain_times(ranked: Ranked, names: Names) -> Iterator[Block]:
    """Say which solutions are lost at once, and which only in time."""
    for key, solutions in (("at_once", ranked.finding.at_once), ("in_time", ranked.finding.in_time)):
        if ranked.finding.in_time:
            lines = [names.show("Solution", solution) for solution in solutions]
            yield _list(names.say(f"cli.explain.{key}", n=len(solutions)), lines)
    if ranked.finding.solutions and not ranked.finding.in_time:
        yield names.say("cli.explain.all_at_once")


def _explain_offers(ranked: Ranked, names: Names, sources: Sources) -> Iterator[Block]:
    say = names.say
    own = [
        f"{names.show('Vendor', row['vendor'])}: {names.show('Component', row['component'])} "
        f"({_show_status(row['status'], names)}) [{sources.number(row)}]"
        for _, row in ranked.own_offers().iterrows()
    ]
    if own:
        yield _list(say("cli.explain.offers"), own)
    second = list_second_sources(ranked.analysis, ranked.finding)
    yield _list(
        say("cli.explain.second", n=len(second)), [_show_second_source(source, names) for source in second]
    )
    abroad = ranked.abroad()
    if abroad:
        yield _list(
            say("cli.explain.abroad", n=len(abroad)), [names.show("Vendor", vendor) for vendor in abroad]
        )
    elif abroad is not None:
        yield say("cli.explain.none_known")


def _explain_doubts(ranked: Ranked, names: Names) -> Iterator[Block]:
    doubts = ranked.judgement.doubts
    if doubts:
        sentences = [say_doubt(ranked.analysis.graph, doubt, names.lang) for doubt in doubts]
        yield _list(names.say("cli.explain.settle", n=len(doubts)), sentences)


def _list(title: str, lines: Sequence[str]) -> Branch:
    return Branch(title, tuple(Branch(line) for line in lines))


def _show_status(status: object, names: Names) -> str:
    return names.say(f"status.{status if isinstance(status, str) else 'unknown'}")


def _show_second_source(source: SecondSource, names: Names) -> str:
    line = names.say(
        "cli.explain.second_line",
        vendor=names.show("Vendor", source.vendor),
        country=names.name("Country", source.country),
        component=names.show("Component", source.component),
        reason=names.say(f"reason.{source.reason}"),
        status=_show_status(source.status, names),
    )
    return f"{line} ({names.say('cli.explain.same_cut')})" if source.same_cut else line


def _branch(ranked: Ranked, witness: Witness, names: Names, sources: Sources) -> Branch:
    text = names.show(witness.label, witness.id)
    if witness.alternative is not None:
        text += f" ({names.say('cli.explain.alternative', choice=witness.alternative)})"
    if witness.via is not None:
        row = ranked.requirement(witness.via)
        text += f" [{sources.number(row)}]"
    if witness.is_root:
        text += f" <- {names.say('cli.explain.root')}"
    return Branch(text, tuple(_branch(ranked, child, names, sources) for child in witness.children))
