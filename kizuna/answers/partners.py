"""Answers on partners: of a firm, of two firms, and of a component."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from kizuna._render import Answer, Block, Branch, Cell, Column, Heading, Sheet
from kizuna.answers.names import Names, head_answer, record_scope, record_source
from kizuna.answers.partner_reasons import Reason, Reasons, record_tie, say_tie
from kizuna.answers.sources import Sources
from kizuna.graph import SupplyGraph
from kizuna.queries.firm_ties import FirmTie
from kizuna.queries.partners import Partner, Partners
from kizuna.queries.what_if import Target

__all__ = ["list_lines", "source_blocks", "tell_pairing", "tell_partners"]

_EXPLAINED = 3  # partners whose reasons stand below the table
_NAMED = 6  # targets and components named in one sentence there


# ---- partners of a firm ----


def tell_partners(found: Partners, *, lang: str, selection: Mapping[str, str]) -> Answer:
    """Return the ranked partners of a firm, with the reasons of the best."""
    names = Names(found.analysis.graph, lang)
    return Answer(
        head=head_answer(found.analysis.market, lang, selection=selection, missing=found.missing),
        blocks=tuple(_list_blocks(found, names)),
        document=lambda: _record_partners(found, names, found.rows, selection),
        sheet=_make_sheet(found, names, found.rows),
    )


def tell_pairing(found: Partners, partner: Partner, *, lang: str, selection: Mapping[str, str]) -> Answer:
    """Return everything that speaks for one partner."""
    names = Names(found.analysis.graph, lang)
    return Answer(
        head=head_answer(found.analysis.market, lang, selection=selection, missing=found.missing),
        blocks=tuple(_pairing_blocks(found, partner, names)),
        document=lambda: _record_partners(found, names, [partner], selection),
        sheet=_make_sheet(found, names, [partner]),
    )


def _list_blocks(found: Partners, names: Names) -> Iterator[Block]:
    say, country = names.say, names.name("Country", found.other_country)
    vendor = names.show("Vendor", found.vendor)
    yield Heading(say("partners.title", vendor=vendor, country=country))
    if not found.known:
        yield say("partners.unknown", vendor=vendor)
        if found.kin:
            yield say("partners.kin", vendors=names.join("Vendor", found.kin))
        yield from _relation_blocks(found, found.relations, names, Sources(names))
        return
    yield say("partners.offers", vendor=vendor, components=names.join("Component", found.components))
    yield say("partners.counts", country=country, ranked=len(found.ranked), left_out=found.left_out)
    if not found.ranked:
        yield say("partners.nobody", country=country)
        return
    home = names.name("Country", found.country)
    yield say("partners.order" if found.ties_placed is None else f"partners.order_{found.ties_placed}")
    yield say("partners.measures", vendor=names.name("Vendor", found.vendor), country=home)
    yield _table(found, names)
    if len(found.rows) < len(found.ranked):
        yield say("partners.shown", shown=len(found.rows), total=len(found.ranked))
    sources, reasons = Sources(names), Reasons(found, names)
    for partner in found.rows[:_EXPLAINED]:
        lines = list(_reason_lines(reasons, partner, names, sources, most=_NAMED))
        if lines:
            yield list_lines(names.show("Vendor", partner.vendor), lines)
    yield from source_blocks(sources, names)


def _table(found: Partners, names: Names) -> Sheet:
    say = names.say
    columns = (
        Column(say("cli.column.rank"), number=True, whole=True),
        Column(say("partners.column.partner")),
        *(Column(say(f"partners.column.{key}"), number=True) for key in ("unlocks", "relieves", "fit")),
        Column(say("partners.column.ties")),
        Column(say("partners.column.offers")),
    )
    rows = [
        (
            rank,
            names.show("Vendor", partner.vendor),
            len(partner.unlocks),
            len(partner.relieves),
            f"{float(partner.fit):.2f}",
            say(f"partners.ties.{partner.nearness}"),
            say("cli.separator").join(names.name("Component", c) for c in _used(partner)),
        )
        for rank, partner in _number(found, found.rows)
    ]
    return Sheet(columns, tuple(rows))


def _number(found: Partners, partners: Sequence[Partner]) -> list[tuple[int, Partner]]:
    places = {partner.vendor: place for place, partner in enumerate(found.ranked, 1)}
    return [(places[partner.vendor], partner) for partner in partners]


def _used(partner: Partner) -> list[str]:
    """Return the components of a partner that any of its reasons is about, best first."""
    shared = [component for relief in partner.relieves for component in relief.shared]
    return list(dict.fromkeys([*partner.brings, *shared, *(fit.other for fit in partner.fits)]))


def _pairing_blocks(found: Partners, partner: Partner, names: Names) -> Iterator[Block]:
    say = names.say
    sources, reasons = Sources(names), Reasons(found, names)
    shown = {"vendor": names.show("Vendor", found.vendor), "partner": names.show("Vendor", partner.vendor)}
    yield Heading(say("partners.pairing", **shown))
    yield _table(replace(found, rows=(partner,)), names)
    for firm in (found.vendor, partner.vendor):
        components = found.components if firm == found.vendor else partner.components
        lines = [_offer_line(row, names, sources) for row in reasons.offers(firm, components)]
        yield list_lines(
            say("partners.offers", vendor=names.show("Vendor", firm), components="").rstrip(), lines
        )
    lines = list(_reason_lines(reasons, partner, names, sources, most=None))
    if lines:
        yield list_lines(say("partners.card.reasons"), lines)
    else:
        yield say("partners.no_reason")
    ties = (*partner.ties, *partner.history)
    if ties:
        yield from _relation_blocks(found, ties, names, sources)
    else:
        yield say("partners.no_relation", partner=shown["partner"])
    yield from source_blocks(sources, names)


def _offer_line(row: pd.Series, names: Names, sources: Sources) -> str:
    status = row["status"] if isinstance(row["status"], str) else "unknown"
    product = f": {row['product']}" if isinstance(row["product"], str) else ""
    component = names.show("Component", row["component"])
    return f"{component}{product} ({names.say(f'status.{status}')}) [{sources.number(row)}]"


def _reason_lines(
    reasons: Reasons, partner: Partner, names: Names, sources: Sources, *, most: int | None
) -> Iterator[str]:
    if partner.same_group:
        yield names.say("partners.same_group")
    for reason in reasons.explain(partner, most=most):
        yield reason.text + _mark(reason, sources)


def _mark(reason: Reason, sources: Sources) -> str:
    numbers = sorted({sources.number(row) for row in reason.rows})
    return f" [{', '.join(map(str, numbers))}]" if numbers else ""


def _relation_blocks(
    found: Partners, ties: Iterable[FirmTie], names: Names, sources: Sources
) -> Iterator[Block]:
    ties = list(ties)
    graph, country = found.analysis.graph, names.name("Country", found.other_country)
    for past in (False, True):
        lines = [
            f"{say_tie(tie, names)} [{sources.number(tie.statement(graph))}]"
            for tie in ties
            if tie.past == past
        ]
        if past and lines:
            yield list_lines(names.say("partners.past", n=len(lines)), lines)
        elif not past:
            vendor = names.name("Vendor", found.vendor)
            title = names.say("partners.relations", vendor=vendor, country=country, n=len(lines))
            yield list_lines(title, lines)


def source_blocks(sources: Sources, names: Names) -> Iterator[Block]:
    """Yield the list of sources, if there are any."""
    lines = sources.lines()
    if lines:
        yield list_lines(names.say("cli.explain.sources"), lines)


def list_lines(title: str, lines: Iterable[str]) -> Branch:
    """Return lines below a title."""
    return Branch(title, tuple(Branch(line) for line in lines))


_TO_COUNT = (
    *("group", "same_group", "components", "unlocks", "unlocked", "brings", "relieves", "gaps", "fit"),
    *("fit_exact", "fits", "ties_firms", "ties_groups", "history"),
)
_NUMBERS = ("unlocks", "relieves", "fit", "ties_firms", "ties_groups", "history")


def _make_sheet(found: Partners, names: Names, partners: Sequence[Partner]) -> Sheet:
    """One value a cell; ids joined by semicolons, as in the tables of a data set."""
    say = names.say
    columns = (
        Column(say("cli.column.rank"), number=True),
        Column(say("cli.column.id")),
        Column(say("cli.column.name")),
        *(Column(say(f"partners.column.{key}"), number=key in _NUMBERS) for key in _TO_COUNT),
    )
    rows: list[tuple[Cell, ...]] = []
    for rank, partner in _number(found, partners):
        reach = [tie.reach for tie in partner.ties]
        rows.append(
            (
                rank,
                partner.vendor,
                names.name("Vendor", partner.vendor),
                partner.group,
                say("partners.yes" if partner.same_group else "partners.no"),
                ";".join(partner.components),
                len(partner.unlocks),
                ";".join(target.id for target in partner.unlocks),
                ";".join(partner.brings),
                len(partner.relieves),
                ";".join(relief.gap for relief in partner.relieves),
                round(float(partner.fit), 6),
                f"{partner.fit.numerator} / {partner.fit.denominator}",
                ";".join(
                    f"{fit.own}>{fit.other}" if fit.needs else f"{fit.other}>{fit.own}"
                    for fit in partner.fits
                ),
                reach.count("firms"),
                reach.count("groups"),
                len(partner.history),
            )
        )
    return Sheet(columns, tuple(rows))


# ---- for programs ----


def _record_partners(
    found: Partners, names: Names, partners: Sequence[Partner], selection: Mapping[str, str]
) -> dict[str, Any]:
    market, graph, reasons = found.analysis.market, found.analysis.graph, Reasons(found, names)
    return {
        "scope": record_scope(market, names.lang, selection=selection, missing=found.missing),
        "vendor": names.record("Vendor", found.vendor),
        "country": found.country,
        "other_country": found.other_country,
        "ties": found.ties_placed,
        "known": found.known,
        "components": names.records("Component", found.components),
        "targets": _record_targets(found.targets, names),
        "ranked": len(found.ranked) if found.known else None,
        "left_out": found.left_out,
        "partners": [_record_partner(reasons, graph, rank, p, names) for rank, p in _number(found, partners)],
        "kin": names.records("Vendor", found.kin),
        "relations": [record_tie(graph, tie, names) for tie in found.relations],
    }


def _record_targets(targets: Iterable[Target], names: Names) -> list[dict[str, str]]:
    return [{"label": target.label, **names.record(target.label, target.id)} for target in targets]


def _record_partner(
    reasons: Reasons, graph: SupplyGraph, rank: int, partner: Partner, names: Names
) -> dict[str, Any]:
    return {
        "rank": rank,
        **names.record("Vendor", partner.vendor),
        "group": names.record("Vendor", partner.group),
        "same_group": partner.same_group,
        "components": names.records("Component", partner.components),
        "unlocks": _record_targets(partner.unlocks, names),
        "brings": names.records("Component", partner.brings),
        "relieves": [
            {
                "gap": relief.gap,
                "group": names.record("Vendor", relief.group),
                "targets": _record_targets(relief.targets, names),
                "shared": names.records("Component", relief.shared),
            }
            for relief in partner.relieves
        ],
        "fit": {"value": float(partner.fit), "exact": str(partner.fit)},
        "fits": [
            {
                "own": names.record("Component", fit.own),
                "other": names.record("Component", fit.other),
                "own_requires_other": fit.needs,
                "groups": fit.groups,
                "weight": str(fit.weight),
                "via": {
                    "table": fit.via.table,
                    "row": fit.via.row,
                    "evidence": record_source(reasons.statement(fit.via.table, fit.via.row)),
                },
            }
            for fit in partner.fits
        ],
        "offers": [
            {"component": row["component"], "evidence": record_source(row)}
            for row in reasons.offers(partner.vendor, partner.components)
        ],
        "ties": [record_tie(graph, tie, names) for tie in partner.ties],
        "history": [record_tie(graph, tie, names) for tie in partner.history],
        "reasons": [reason.text for reason in reasons.explain(partner)],
    }
