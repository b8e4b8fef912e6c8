"""The card of a firm for a meeting: what goes on one page, in the reader's language."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from kizuna._errors import InputError
from kizuna._messages import check_language
from kizuna.answers.names import Names, head_answer
from kizuna.answers.partner_reasons import Reasons, say_tie
from kizuna.answers.sources import Sources
from kizuna.queries.firm_ties import FirmTie
from kizuna.queries.partners import Partner, Partners
from kizuna.viz import write_page_file
from kizuna.viz.card import (
    Candidate,
    Card,
    Fact,
    Firm,
    Line,
    Source,
    Words,
    render_card,
    render_card_markdown,
)
from kizuna.viz.card_size import measure_card

__all__ = ["make_card", "write_partner_card"]


CARD_SUFFIXES = (".html", ".htm", ".md", ".markdown")
"""What a card's file may end in: HTML, then Markdown."""


class _Detail(NamedTuple):
    """How much of everything is on a card.

    Parameters
    ----------
    candidates, reasons, ties
        Partners, and lines for each.
    offers, relations
        Lines of each list.
    named
        Targets and components in one sentence.
    listed
        Names in one line of what is open.
    """

    candidates: int
    reasons: int
    ties: int
    offers: int
    relations: int
    named: int
    listed: int


# What a card has at least, what it should have before anything else grows, and the most: what there is room for
# in between is taken line by line.
_OF_LIST = (
    _Detail(candidates=1, reasons=1, ties=1, offers=3, relations=1, named=2, listed=2),
    _Detail(candidates=3, reasons=2, ties=1, offers=3, relations=1, named=2, listed=2),
    _Detail(candidates=3, reasons=5, ties=3, offers=8, relations=5, named=5, listed=5),
)
_OF_PAIR = (
    _Detail(candidates=1, reasons=1, ties=1, offers=3, relations=0, named=2, listed=2),
    _Detail(candidates=1, reasons=5, ties=3, offers=3, relations=0, named=2, listed=2),
    _Detail(candidates=1, reasons=10, ties=8, offers=8, relations=0, named=5, listed=4),
)


def write_partner_card(
    found: Partners,
    path: str | os.PathLike[str],
    *,
    partner: str | None = None,
    lang: str = "en",
    selection: Mapping[str, str] | None = None,
) -> Path:
    """Write one page for a meeting: a firm with its best partners, or with one of them.

    Parameters
    ----------
    found
        The partners of the firm, from :func:`kizuna.queries.partners.find_partners`.
    path
        ``….html``, a page for A4 that opens offline, or ``….md``; it is replaced, whole or not at all.
    partner
        Id of the one partner of the card; default: the best few.
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
        `path` has another suffix, or `lang` is none of the three.
    UnknownNameError
        `partner` is no partner of the firm.
    UnavailableError
        The file cannot be written.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in CARD_SUFFIXES:
        raise InputError(f"a card is HTML or Markdown; name a file like card.html or card.md, not {path!r}")
    names = Names(found.analysis.graph, check_language(lang))
    card = make_card(found, names, partner=partner, selection=selection or {})
    html = suffix in CARD_SUFFIXES[:2]
    return write_page_file(render_card(card) if html else render_card_markdown(card), path)


def make_card(
    found: Partners, names: Names, *, partner: str | None = None, selection: Mapping[str, str]
) -> Card:
    """Return the card of a firm, with its best partners, or with one that is named.

    Parameters
    ----------
    found
        The partners of the firm.
    names
        Names in the reader's language.
    partner
        Id of the one partner of the card.
    selection
        What was selected of the data set before.

    Returns
    -------
    Card
        With as much as fits on one page of A4.
    """
    reasons = Reasons(found, names)
    detail, *wider = _OF_LIST if partner is None else _OF_PAIR
    card = _Maker(found, names, partner, detail, reasons).make(selection)
    for most in wider:
        fields = [name for name in _Detail._fields if getattr(detail, name) < getattr(most, name)]
        while fields:
            for name in tuple(fields):
                tried = detail._replace(**{name: getattr(detail, name) + 1})
                fuller = _Maker(found, names, partner, tried, reasons).make(selection)
                fits = measure_card(fuller) <= 1
                if fits:
                    detail, card = tried, fuller
                if not fits or getattr(detail, name) == getattr(most, name):
                    fields.remove(name)
    return card


class _Maker:
    """Makes one card; sources are numbered in the order in which they are met."""

    def __init__(
        self, found: Partners, names: Names, partner: str | None, detail: _Detail, reasons: Reasons
    ) -> None:
        self.found, self.names, self.say = found, names, names.say
        self.graph = found.analysis.graph
        self.market = found.analysis.market
        self.detail, self.reasons = detail, reasons
        self.pairing = partner is not None
        chosen = found.ranked[: detail.candidates] if partner is None else [found.find(partner)]
        self.partners: Sequence[Partner] = [p for p in chosen if self.pairing or _has_reason(p)]
        self.sources = Sources(names)
        self.unsourced = False

    def make(self, selection: Mapping[str, str]) -> Card:
        found, say = self.found, self.say
        country = self.names.name("Country", found.other_country)
        title = {"vendor": self._name(found.vendor), "country": country}
        if self.pairing:
            title["partner"] = self._name(self.partners[0].vendor)
        head = head_answer(self.market, self.names.lang, selection=selection, missing=found.missing)
        # In the order of the page, so that the numbers of the sources rise on it.
        firms = tuple(self._firms())
        candidates = tuple(self._candidate(partner) for partner in self.partners)
        relations = tuple(self._relations())
        return Card(
            lang=self.names.lang,
            kind=say("partners.card.kind"),
            title=say(f"partners.card.title{'_with' if self.pairing else ''}", **title),
            data=head[1],
            firms=firms,
            candidates_heading=say("partners.card.reasons")
            if self.pairing
            else say("partners.card.candidates", country=country),
            candidates=candidates,
            legend=self._legend(),
            relations_heading=say("partners.card.relations_with")
            if self.pairing
            else say("partners.card.relations", country=country),
            relations=relations,
            open_heading=say("partners.card.open"),
            open=tuple(Line(text) for text in self._open()),
            scope_heading=say("partners.card.scope"),
            scope=tuple(line for place, line in enumerate(head) if place != 1),
            sources_heading=say("partners.card.sources"),
            sources=tuple(self._list_sources()),
            mark=say("partners.card.mark"),
        )

    def _legend(self) -> str:
        """Return what the figures mean, or why there are none."""
        if self.partners:
            return self.say("partners.card.legend", country=self.names.name("Country", self.found.country))
        if not self.found.known:
            return self.say("partners.unknown", vendor=self._name(self.found.vendor))
        return self.say("partners.card.none")

    def _position(self, vendor: str) -> int:
        return int(self.market.vendor_ids.get_indexer(pd.Index([vendor]))[0])

    def _name(self, vendor: str) -> str:
        return self.names.name("Vendor", vendor)

    def _line(self, text: str, rows: Iterable[pd.Series], more: Words | None = None) -> Line:
        """Return a line with the numbers of its sources; what is uncited has a mark instead."""
        rows = list(rows)
        cited = [row for row in rows if row["source_kind"] != "uncited"]
        numbers = tuple(sorted({self.sources.number(row) for row in cited}))
        self.unsourced |= len(cited) < len(rows)
        return Line(text, numbers, len(cited) < len(rows), more)

    # ---- who the firms are ----

    def _firms(self) -> Iterator[Firm]:
        yield self._firm(self.found.vendor, self.found.components)
        if self.pairing:
            yield self._firm(self.partners[0].vendor, self.partners[0].components)

    def _firm(self, vendor: str, components: Collection[str]) -> Firm:
        rows = self.reasons.offers(vendor, components)
        shown = [self._offer(row) for row in rows[: self.detail.offers]]
        if len(rows) > self.detail.offers:
            shown.append(Line(self.say("partners.card.more_offers", n=len(rows) - self.detail.offers)))
        return Firm(
            heading=self._name(vendor) if self.pairing else self.say("partners.card.firm"),
            name=self._name(vendor),
            facts=tuple(self._facts(vendor)),
            offers_heading=self.say("partners.card.offers"),
            offers=tuple(shown) or (Line(self.say("partners.card.no_offers")),),
        )

    def _offer(self, row: pd.Series) -> Line:
        say = self.say
        details = [say(f"status.{row['status']}")] if isinstance(row["status"], str) else []
        if isinstance(row["role"], str):
            details.append(say(f"partners.role.{row['role']}"))
        text = self.names.name("Component", row["component"])
        if details:
            joined = say("partners.separator").join(details)
            text = say("partners.with_details", text=text, details=joined)
        product = Words(row["product"], "en") if isinstance(row["product"], str) else None
        return self._line(text, [row], product)

    def _facts(self, vendor: str) -> Iterator[Fact]:
        say = self.say
        position = self._position(vendor)
        row = self.graph.table("vendors").iloc[position]
        own = _own_names(row)
        if own:
            yield Fact(say("partners.card.names"), tuple(own))
        yield Fact(say("partners.card.country"), (Words(self._country(position)),))
        head = str(self.market.vendor_ids[self.market.groups.head[position]])
        if head != vendor:
            yield Fact(say("partners.card.group"), (Words(self._name(head)),))
        if isinstance(row["city"], str):
            yield Fact(say("partners.card.city"), (Words(row["city"], "en"),))
        if isinstance(row["ticker"], str):
            exchange = f"{row['exchange']} " if isinstance(row["exchange"], str) else ""
            yield Fact(say("partners.card.listed"), (Words(f"{exchange}{row['ticker']}"),))
        if isinstance(row["website"], str):
            site = row["website"]
            yield Fact(
                say("partners.card.website"), (Words(site),), site if "//" in site else f"https://{site}"
            )

    def _country(self, position: int) -> str:
        seat, counted = str(self.market.seats.iloc[position]), self.market.vendor_countries[position]
        name = self.names.name("Country", counted)
        if seat == counted:
            return name
        where = self.names.name("Country", seat)
        return self.say("partners.card.country_of_owner", country=name, seat=where)

    # ---- why, and what there is ----

    def _candidate(self, partner: Partner) -> Candidate:
        say = self.say
        reasons = list(self.reasons.explain(partner, most=self.detail.named))
        lines = [self._line(reason.text, reason.rows) for reason in reasons[: self.detail.reasons]]
        if len(reasons) > self.detail.reasons:
            lines.append(Line(say("partners.more", n=len(reasons) - self.detail.reasons)))
        if not reasons:
            lines.append(Line(say("partners.no_reason")))
        if partner.same_group:
            lines.append(Line(say("partners.same_group")))
        if not self.pairing:
            lines += self._tie_lines(partner.ties, self.detail.ties)
        tally = say(
            "partners.card.tally",
            unlocks=len(partner.unlocks),
            relieves=len(partner.relieves),
            fit=f"{float(partner.fit):.2f}",
        )
        if self.pairing:
            rank = self.found.ranked.index(partner) + 1
            place = say("partners.card.rank", rank=rank, total=len(self.found.ranked))
            tally = f"{tally} ({place})" if self.names.lang == "en" else f"{tally}（{place}）"
        position = self._position(partner.vendor)
        name = self._name(partner.vendor)
        others = [w for w in _own_names(self.graph.table("vendors").iloc[position]) if w.text != name]
        if self.pairing:  # its names stand above, with those of the firm
            return Candidate("", (), tally, tuple(lines))
        return Candidate(name, tuple(others), tally, tuple(lines))

    def _tie_lines(self, ties: Sequence[FirmTie], most: int) -> list[Line]:
        lines = [
            self._line(say_tie(tie, self.names), [self.reasons.statement(tie.type.lower(), tie.row)])
            for tie in ties[:most]
        ]
        if len(ties) > most:
            lines.append(Line(self.say("partners.more", n=len(ties) - most)))
        return lines

    def _relations(self) -> list[Line]:
        """Return the relations of a pairing, past ones too; else those with firms that are no candidates here."""
        if self.pairing:
            ties = [*self.partners[0].ties, *self.partners[0].history]
        else:
            told = {(tie.type, tie.row) for partner in self.partners for tie in partner.ties}
            ties = [t for t in self.found.relations if not t.past and (t.type, t.row) not in told]
            if not ties and told:
                return []
        lines = self._tie_lines(ties, self.detail.ties if self.pairing else self.detail.relations)
        return lines or [Line(self.say("partners.card.no_relations"))]

    # ---- what is open ----

    def _open(self) -> Iterator[str]:
        """Yield what nobody has a source for; it must come after all lines, which say what is marked."""
        say = self.say
        firms = [(self.found.vendor, self.found.components)]
        if self.pairing:
            firms.append((self.partners[0].vendor, self.partners[0].components))
        lines = 0
        for vendor, components in firms:
            rows = self.reasons.offers(vendor, components)
            for key, missing in (
                ("offers", [row for row in rows if row["source_kind"] == "uncited"]),
                ("status", [row for row in rows if not isinstance(row["status"], str)]),
            ):
                if missing:
                    lines += 1
                    listed = self._join([self.names.name("Component", row["component"]) for row in missing])
                    yield say(f"partners.card.open_{key}", vendor=self._name(vendor), components=listed)
        strangers = [self._name(p.vendor) for p in self.partners if not p.ties and not self.pairing]
        if strangers:
            yield say("partners.card.open_relations", partners=self._join(strangers))
        if self.unsourced:
            yield say("partners.card.open_statements", mark=say("partners.card.mark"))
        elif not lines and not strangers:
            yield say("partners.card.open_none")

    def _join(self, texts: Collection[str]) -> str:
        return self.names.join_some(texts, self.detail.listed)

    def _list_sources(self) -> Iterator[Source]:
        for number, record in self.sources.records():
            if record["source_kind"] != "cited":
                yield Source(number, self.say(f"cli.source.{record['source_kind']}"))
            else:
                yield Source(number, record["source_title"] or "", record["as_of"], record["source_url"])


def _has_reason(partner: Partner) -> bool:
    return bool(partner.unlocks or partner.relieves or partner.fits or partner.ties)


def _own_names(row: pd.Series) -> list[Words]:
    """Return the names of a firm in its scripts, each once."""
    found: dict[str, Words] = {}
    for lang in ("zh", "ja", "en"):
        name = row[f"name_{lang}"]
        if isinstance(name, str) and name:
            found.setdefault(name, Words(name, lang))
    return list(found.values())
