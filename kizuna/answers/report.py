"""The report: a brief of a few pages on what two countries can do, alone and together."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from kizuna._errors import InputError
from kizuna._messages import check_language
from kizuna.answers.claims import count_verdicts
from kizuna.answers.explain import Ranked
from kizuna.answers.names import Names, head_answer
from kizuna.answers.report_joint import JointSection
from kizuna.answers.report_pairs import make_pairings
from kizuna.answers.report_sections import SectionMaker
from kizuna.graph import SupplyGraph
from kizuna.graph.subject import select_solution
from kizuna.queries import Gaps, Scope, classify_complementarity, find_gaps
from kizuna.queries.claims import ClaimCheck, check_claims
from kizuna.queries.complementarity import Complementarity
from kizuna.queries.name_search import pick_by_name
from kizuna.viz import write_page_file
from kizuna.viz.card import Line, Source
from kizuna.viz.report import (
    Figure,
    Figures,
    Lines,
    Note,
    Report,
    Section,
    render_report,
    render_report_markdown,
)

__all__ = ["REPORT_SUFFIXES", "make_report", "write_report"]

REPORT_SUFFIXES = (".html", ".htm", ".md", ".markdown")
"""What a report's file may end in: HTML, then Markdown."""


def write_report(
    graph: SupplyGraph,
    path: str | os.PathLike[str],
    *,
    solution: str | None = None,
    scope: Scope | None = None,
    lang: str = "en",
    selection: Mapping[str, str] | None = None,
) -> Path:
    """Write a brief on the supply chain: coverage, gaps, what only both can build, pairings, changes, sources.

    Parameters
    ----------
    graph
        The graph.
    path
        ``….html``, pages for A4 that open offline, or ``….md``; it is replaced, whole or not at all.
    solution
        Only this solution and all that it needs: an id, or a name that only one has; default: everything.
    scope
        What to count; default: Taiwan and Japan, by seat. It must be within a pair.
    lang
        ``zh``, ``ja`` or ``en``.
    selection
        What was selected of the data set before, for the line on its scope.

    Returns
    -------
    pathlib.Path
        `path`.

    Raises
    ------
    InputError
        `path` has another suffix, `lang` is none of the three, or `scope` is the world, or asks where
        offers are made: claims and pairings are of vendors and where they are.
    UnknownNameError
        There is no such solution.
    MissingExtraError
        The page is HTML, and the library that draws its charts is not installed.
    UnavailableError
        The file cannot be written.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in REPORT_SUFFIXES:
        raise InputError(
            f"a report is HTML or Markdown; name a file like report.html or report.md, not {os.fspath(path)!r}"
        )
    report = make_report(graph, solution=solution, scope=scope, lang=lang, selection=selection or {})
    html = suffix in REPORT_SUFFIXES[:2]
    return write_page_file(render_report(report) if html else render_report_markdown(report), path)


def make_report(
    graph: SupplyGraph,
    *,
    solution: str | None = None,
    scope: Scope | None = None,
    lang: str = "en",
    selection: Mapping[str, str],
) -> Report:
    """Return what a report says; see :func:`write_report`."""
    names, scope = Names(graph, check_language(lang)), scope or Scope()
    if scope.within != "pair":
        raise InputError("a report is about two countries; leave out `--scope world`")
    chosen = None if solution is None else pick_by_name(graph, solution, labels=("Solution",)).id
    part = graph if chosen is None else select_solution(graph, chosen)
    gaps = find_gaps(part, scope=scope)
    sides = classify_complementarity(part, scope=scope)
    maker = SectionMaker(graph, part, scope, names)
    checks = _select_claims(check_claims(graph, scope=maker.counting), graph, part)
    head = _head(gaps, names, graph, selection)
    sections = (
        _summary(gaps, sides, checks, names, chosen),
        maker.coverage(),
        maker.gaps(gaps),
        JointSection(maker, sides, chosen).make(),
        make_pairings(maker, gaps),
        maker.changes(checks),
        _method(head, maker),
    )
    pair = {
        key: names.name("Country", code) for key, code in zip(("first", "second"), scope.pair, strict=True)
    }
    title = names.say("report.title", **pair)
    if chosen is not None:
        title = names.say("report.title_solution", **pair, solution=names.name("Solution", chosen))
    return Report(
        lang=names.lang,
        kind=names.say("report.kind"),
        title=title,
        data=head[1],
        sections=sections,
        sources_heading=names.say("report.sources"),
        sources=tuple(_list_sources(maker)),
        mark=names.say("partners.card.mark"),
        page=names.say("report.page", page="{page}", pages="{pages}"),
    )


def _select_claims(
    checks: tuple[ClaimCheck, ...], graph: SupplyGraph, part: SupplyGraph
) -> tuple[ClaimCheck, ...]:
    """Return the claims on a component or solution of a part; of the whole, all."""
    if part is graph:
        return checks
    ids = {label: set(part.nodes(label)["id"]) for label in ("Component", "Solution")}
    about = graph.current("about")
    named = zip(about["claim"], about["about_label"], about["about"], strict=True)
    kept = {claim for claim, label, node in named if node in ids.get(label, ())}
    return tuple(check for check in checks if check.claim in kept)


def _head(gaps: Gaps, names: Names, graph: SupplyGraph, selection: Mapping[str, str]) -> tuple[str, ...]:
    """Return the lines on scope; the data are named by the hash of the whole, of which a reader can ask."""
    head = head_answer(gaps.analysis.market, names.lang, selection=selection, missing=gaps.missing)
    part = gaps.analysis.graph.content_hash[:12]
    return tuple(line.replace(part, graph.content_hash[:12]) for line in head)


def _summary(
    gaps: Gaps, sides: Complementarity, checks: tuple[ClaimCheck, ...], names: Names, solution: str | None
) -> Section:
    """Return what a reader of one minute should know."""
    say, lines = names.say, []
    single = [finding for finding in gaps.cuts if finding.unit == "vendor"]
    verdicts = [Ranked.judge(gaps, rank, finding).verdict for rank, finding in enumerate(single, 1)]
    lines.append(say("report.summary.gaps", n=len(single), confirmed=verdicts.count("confirmed")))
    if single and single[0].solutions:
        first = single[0]
        vendor = names.join_some([names.name("Vendor", one) for one in first.members], None)
        lost = {"lost": len(first.solutions), "total": first.solutions_total}
        roots = names.join_some([names.name("Component", root) for root in first.roots], 3)
        lines.append(say("report.summary.gravest", vendor=vendor, roots=roots, **lost))
    solutions = [row for row in sides.rows if row.label == "Solution" and solution in (None, row.id)]
    joint = sum(row.feasible == "only jointly" for row in solutions)
    lines.append(say("report.summary.jointly", n=joint, total=len(solutions)))
    if checks:
        counts = count_verdicts(checks)
        cannot = counts["cannot-be-said"]
        lines.append(
            say("report.changes.claims", holds=counts["holds"], changed=counts["changed"], cannot=cannot)
        )
    market, pair = gaps.analysis.market, gaps.analysis.scope.pair
    counted = [set(market.offers[market.present & market.offered_in(code)]["vendor"]) for code in pair]
    figures = [
        *(
            Figure(str(len(vendors)), say("report.figure.vendors", country=names.name("Country", code)))
            for vendors, code in zip(counted, pair, strict=True)
        ),
        Figure(str(len(single)), say("report.figure.single")),
        Figure(str(verdicts.count("confirmed")), say("report.figure.confirmed")),
        Figure(f"{joint}/{len(solutions)}", say("report.figure.jointly")),
    ]
    return Section(
        say("report.summary.heading"), (Figures(tuple(figures)), Lines("", tuple(map(Line, lines))))
    )


def _method(head: tuple[str, ...], maker: SectionMaker) -> Section:
    say = maker.say
    notes = [
        Note(say(f"report.method.{key}")) for key in ("counting", "gaps", "jointly", "verdict", "unknown")
    ]
    if maker.unsourced:
        notes.append(Note(say("report.method.unsourced", mark=say("partners.card.mark"))))
    scope = Lines(
        say("partners.card.scope"), tuple(Line(line) for place, line in enumerate(head) if place != 1)
    )
    return Section(say("report.method.heading"), (*notes, scope))


def _list_sources(maker: SectionMaker) -> list[Source]:
    found = []
    for number, record in maker.sources.records():
        if record["source_kind"] == "cited":
            found.append(Source(number, record["source_title"] or "", record["as_of"], record["source_url"]))
        else:
            found.append(Source(number, maker.say(f"cli.source.{record['source_kind']}")))
    return found
