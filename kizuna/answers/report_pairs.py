"""Whom to pair: partners of the firms that most hangs on, ranked, each with its figures and reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kizuna.answers.partner_reasons import Reasons, say_tie
from kizuna.answers.report_sections import SectionMaker
from kizuna.queries import Finding, Gaps
from kizuna.queries.partners import Partner, Partners, find_partners
from kizuna.viz.card import Line
from kizuna.viz.report import Note, Section, Table

__all__ = ["make_pairings"]

_FIRMS = 3  # firms of each country that partners are looked for
_PARTNERS = 2  # partners of each
_REASONS = 1  # reasons for each
_NAMED = 3  # names in one sentence


def make_pairings(maker: SectionMaker, found: Gaps) -> Section:
    """Return partners for the firms that most hangs on, as many firms of each country.

    Parameters
    ----------
    maker
        Makes lines and numbers sources.
    found
        The gaps, which say on whom most hangs.
    """
    say, names, told = maker.say, maker.names, set[str]()
    rows: list[tuple[Line, ...]] = []
    below: list[tuple[Line, ...]] = []
    firms = _pick_firms(found, maker.scope.pair)
    for firm in firms:
        partners = find_partners(maker.part, firm, analysis=found.analysis, scope=maker.scope)
        reasons = Reasons(partners, names)
        country = names.name("Country", partners.country)
        shown = say("report.pairings.firm", firm=names.name("Vendor", firm), country=country)
        for rank, partner in _choose(partners, told):
            told.add(partner.vendor)
            rows.append((Line(shown), *_row(maker, partners, partner, rank)))
            below.append(tuple(_reasons(maker, partners, partner, reasons)))
    heading = say("report.pairings.heading")
    if not rows:
        return Section(heading, (Note(say("report.pairings.none")),))
    keys = ("firm", "partner", "partner_rank", "opens", "relieves", "fit", "tied")
    columns = tuple(say(f"report.column.{key}") for key in keys)
    return Section(
        heading,
        (
            Note(say("report.pairings.intro", n=len({row[0].text for row in rows}))),
            Note(say("report.pairings.ranking")),
            Table(columns, tuple(rows), frozenset({2, 3, 4, 5}), tuple(below)),
            Note(say("report.pairings.legend"), True),
        ),
    )


def _choose(found: Partners, told: set[str]) -> list[tuple[int, Partner]]:
    """Return the first partners with a reason that are not named yet, each with its rank among all."""
    fresh = [
        (rank, partner)
        for rank, partner in enumerate(found.ranked, 1)
        if partner.vendor not in told and not partner.same_group
    ]
    return [one for one in fresh if one[1].unlocks or one[1].relieves or one[1].fits][:_PARTNERS]


def _row(maker: SectionMaker, found: Partners, partner: Partner, rank: int) -> tuple[Line, ...]:
    return (
        Line(maker.names.name("Vendor", partner.vendor)),
        Line(f"{rank}/{len(found.ranked)}"),
        Line(str(len(partner.unlocks))),
        Line(str(len(partner.relieves))),
        Line(f"{float(partner.fit):.1f}"),
        Line(maker.say(f"partners.ties.{partner.nearness}")),
    )


def _reasons(maker: SectionMaker, found: Partners, partner: Partner, reasons: Reasons) -> Iterator[Line]:
    """Yield the strongest reasons, and the nearest tie that exists."""
    for reason in list(reasons.explain(partner, most=_NAMED))[:_REASONS]:
        yield maker.line(reason.text, reason.rows)
    for tie in sorted(partner.ties, key=lambda one: one.sort_key())[:1]:
        text = maker.say("report.pairings.tie", tie=say_tie(tie, maker.names))
        yield maker.line(text, [tie.statement(found.analysis.graph)])


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
        for firm in [one for one in ordered if countries.get(one) == country][:_FIRMS]
    ]
