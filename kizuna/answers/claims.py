"""Claims of a report and what has become of them, as answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from kizuna._messages import load_messages
from kizuna._render import Answer, Block, Branch, Cell, Heading, Sheet
from kizuna.answers.field import make_columns
from kizuna.answers.names import Names, head_answer, record_scope, record_source
from kizuna.answers.sources import Sources
from kizuna.graph import SupplyGraph
from kizuna.queries import Market, Scope
from kizuna.queries.claims import ClaimCheck, ClaimFigure

__all__ = ["count_verdicts", "show_claims", "tell_claim", "tell_claims"]

_VERDICTS = {"holds": "holds", "changed": "changed", "cannot be said": "cannot"}


def count_verdicts(checks: Sequence[ClaimCheck]) -> dict[str, int]:
    """Count claims by verdict, under the names that a threshold may speak of."""
    return {
        verdict.replace(" ", "-"): sum(check.verdict == verdict for check in checks) for verdict in _VERDICTS
    }


class _Claims:
    """The rows of the claims, in the reader's language."""

    def __init__(self, graph: SupplyGraph, lang: str) -> None:
        self.names = Names(graph, lang)
        self.rows = {row["id"]: row for _, row in graph.table("claims").iterrows()}

    def say(self, key: str, /, **parameters: object) -> str:
        return self.names.say(key, **parameters)

    def text(self, check: ClaimCheck) -> str:
        """Return the claim in our own words."""
        row = self.rows[check.claim]
        texts = (row[f"text_{lang}"] for lang in (self.names.lang, "en", "ja", "zh"))
        return next((text for text in texts if isinstance(text, str)), check.claim)

    def unit(self, check: ClaimCheck) -> str | None:
        """Return the unit of the figure claimed."""
        unit = self.rows[check.claim]["unit"]
        if not isinstance(unit, str):
            return None
        key = f"claims.unit.{'percent' if unit == '%' else unit.lower().replace(' ', '-')}"
        return self.names.say(key) if key in load_messages("claims.unit.") else unit

    def number(self, check: ClaimCheck, column: str) -> int | float | None:
        """Return the figure or the year; None: there is none."""
        cell = self.rows[check.claim][column]
        return None if pd.isna(cell) else _plain(float(cell))

    def describe(self, figure: ClaimFigure) -> str:
        """Return what a figure counts."""
        named = {place: self.names.name(label, node) for place, label, node in figure.ids}
        return self.names.say(figure.key, **named)

    def verdict(self, check: ClaimCheck) -> str:
        return self.say(f"claims.verdict.{_VERDICTS[check.verdict]}")


def _plain(number: float) -> int | float:
    return int(number) if number == int(number) else number


def _show(number: float | None, names: Names) -> str:
    return names.say("field.unknown") if number is None else f"{_plain(round(number, 2)):,}"


def _show_figures(check: ClaimCheck, claims: _Claims) -> str:
    names = claims.names
    lines = (
        claims.say(
            "claims.line",
            what=claims.describe(figure),
            then=_show(figure.then, names),
            now=_show(figure.now, names),
        )
        for figure in check.figures
    )
    return (claims.say("claims.separator") + (" " if names.lang == "en" else "")).join(lines)


def show_claims(
    graph: SupplyGraph, checks: Sequence[ClaimCheck], lang: str
) -> list[tuple[str, str, str, pd.Series]]:
    """Return text, figures, verdict and row of the claims that could be worked out again."""
    claims = _Claims(graph, lang)
    return [
        (claims.text(check), _show_figures(check, claims), claims.verdict(check), claims.rows[check.claim])
        for check in checks
        if check.verdict != "cannot be said"
    ]


def tell_claims(
    graph: SupplyGraph,
    checks: Sequence[ClaimCheck],
    *,
    scope: Scope,
    lang: str,
    selection: Mapping[str, str],
) -> Answer:
    """Return every claim with its verdict: what was worked out again first, then what cannot be said."""
    market, claims = Market(graph, scope), _Claims(graph, lang)
    return Answer(
        head=head_answer(market, lang, selection=selection),
        blocks=tuple(_tell_all(checks, claims)),
        document=lambda: {
            "scope": record_scope(market, lang, selection=selection),
            "counts": count_verdicts(checks),
            "claims": [_record(check, claims) for check in checks],
        },
        sheet=Sheet(
            make_columns(_CELLS, claims.names, area="claims"),
            tuple(row for check in checks for row in _to_count(check, claims)),
        ),
    )


_READ = ("id", "verdict", "text", "figures")
_CELLS = (
    *("id", "verdict", "text", "claimed", "unit", "year", "question", "figure", "then", "now", "reason"),
)


def _tell_all(checks: Sequence[ClaimCheck], claims: _Claims) -> Iterator[Block]:
    yield Heading(claims.say("claims.title"))
    if not checks:
        yield claims.say("claims.empty")
        return
    counts = count_verdicts(checks)
    cannot = counts["cannot-be-said"]
    yield claims.say("claims.counts", holds=counts["holds"], changed=counts["changed"], cannot=cannot)
    computed = [check for check in checks if check.verdict != "cannot be said"]
    if computed:
        rows = tuple(
            (check.claim, claims.verdict(check), claims.text(check), _show_figures(check, claims))
            for check in computed
        )
        yield Heading(claims.say("claims.computed"))
        yield Sheet(make_columns(_READ, claims.names, area="claims"), rows)
    silent = [check for check in checks if check.verdict == "cannot be said"]
    if silent:
        yield Heading(claims.say("claims.silent"))
        columns = make_columns(("id", "text", "reason"), claims.names, area="claims")
        yield Sheet(
            columns,
            tuple((c.claim, claims.text(c), claims.names.say(c.reason) if c.reason else "") for c in silent),
        )
    yield claims.say("claims.more")


def _to_count(check: ClaimCheck, claims: _Claims) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each figure of a claim, and one for a claim without any."""
    reason = claims.names.say(check.reason) if check.reason else None
    figures: list[tuple[Cell, ...]] = [(claims.describe(f), f.then, f.now) for f in check.figures]
    for figure in figures or [(None, None, None)]:
        yield (
            check.claim,
            claims.verdict(check),
            claims.text(check),
            claims.number(check, "figure"),
            claims.unit(check),
            claims.number(check, "year"),
            check.question,
            *figure,
            reason,
        )


def _record(check: ClaimCheck, claims: _Claims) -> dict[str, Any]:
    return {
        "id": check.claim,
        "text": claims.text(check),
        "verdict": check.verdict,
        "claimed": claims.number(check, "figure"),
        "unit": claims.unit(check),
        "year": claims.number(check, "year"),
        "question": check.question,
        "how": claims.names.say(f"claims.check.{check.question}") if check.figures else None,
        "figures": [
            {
                "key": figure.key.removeprefix("claims.figure."),
                "text": claims.describe(figure),
                "about": [{"label": label, "id": node} for _, label, node in figure.ids],
                "then": figure.then,
                "now": figure.now,
            }
            for figure in check.figures
        ],
        "reason": claims.names.say(check.reason) if check.reason else None,
        "evidence": record_source(claims.rows[check.claim]),
    }


def tell_claim(
    graph: SupplyGraph, check: ClaimCheck, *, scope: Scope, lang: str, selection: Mapping[str, str]
) -> Answer:
    """Return one claim in full: in our own words, its verdict, what is computed, then and now, its source."""
    market, claims = Market(graph, scope), _Claims(graph, lang)
    figures = tuple(
        (claims.describe(figure), *(_show(number, claims.names) for number in (figure.then, figure.now)))
        for figure in check.figures
    )
    return Answer(
        head=head_answer(market, lang, selection=selection),
        blocks=tuple(_tell_one(check, claims, figures)),
        document=lambda: {
            "scope": record_scope(market, lang, selection=selection),
            **_record(check, claims),
        },
        sheet=Sheet(
            make_columns(("figure", "then", "now"), claims.names, area="claims"),
            tuple((claims.describe(figure), figure.then, figure.now) for figure in check.figures),
        ),
    )


def _tell_one(check: ClaimCheck, claims: _Claims, figures: tuple[tuple[Cell, ...], ...]) -> Iterator[Block]:
    row, sources = claims.rows[check.claim], Sources(claims.names)
    number = sources.number(row)
    yield Heading(check.claim)
    yield f"{claims.text(check)} [{number}]"
    yield from _tell_claimed(check, claims)
    yield claims.say("claims.facts", verdict=claims.verdict(check))
    if check.reason:
        yield claims.say("claims.why", reason=claims.names.say(check.reason))
    if figures:
        yield claims.say("claims.how", how=claims.say(f"claims.check.{check.question}"))
        yield Sheet(make_columns(("figure", "then", "now"), claims.names, area="claims"), figures)
        yield claims.say("claims.then", dataset=row["dataset"])
        yield claims.say("claims.rows", question=check.question)
    if isinstance(row["note"], str):
        yield claims.say("claims.note", note=row["note"])
    yield Branch(claims.names.say("cli.explain.sources"), tuple(map(Branch, sources.lines())))


def _tell_claimed(check: ClaimCheck, claims: _Claims) -> Iterator[str]:
    figure, year = claims.number(check, "figure"), claims.number(check, "year")
    if figure is None:
        return
    shown = {"figure": f"{figure:,}", "unit": claims.unit(check) or ""}
    yield (
        claims.say("claims.claimed", **shown, year=year)
        if year
        else claims.say("claims.claimed_undated", **shown)
    )
