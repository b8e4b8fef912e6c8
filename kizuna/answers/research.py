"""What to find out next, as an answer: a to-do list for an analyst."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kizuna._render import Answer, Block, Cell, Heading, Sheet
from kizuna.answers.field import make_columns
from kizuna.answers.names import Names, head_answer, record_scope
from kizuna.queries import say_doubt
from kizuna.queries.research import ResearchItem, ResearchList

__all__ = ["tell_research"]


def tell_research(found: ResearchList, *, lang: str, selection: Mapping[str, str]) -> Answer:
    """Return the cells and rows that hold most verdicts open, each with what is to be found out there."""
    gaps = found.gaps
    market = gaps.analysis.market
    names = Names(market.graph, lang)
    findings = len(gaps.findings) + len(gaps.fragile)
    return Answer(
        head=head_answer(market, lang, selection=selection, missing=gaps.missing),
        blocks=tuple(_tell(found, findings, names)),
        document=lambda: {
            "scope": record_scope(market, lang, selection=selection, missing=gaps.missing),
            "findings": findings,
            "open": found.open,
            "total": found.total,
            "items": [_record(rank, item, names, found) for rank, item in enumerate(found.items, 1)],
        },
        sheet=Sheet(
            make_columns(_CELLS, names, area="research"),
            tuple(_to_count(rank, item, names, found) for rank, item in enumerate(found.items, 1)),
        ),
    )


_READ = ("rank", "what", "where", "weight", "findings", "confirms", "others")
_CELLS = (
    *("rank", "what", "file", "rows", "first", "second", "weight", "findings", "confirms", "others"),
    *("findings_ids", "confirms_ids"),
)


def _tell(found: ResearchList, findings: int, names: Names) -> Iterator[Block]:
    yield Heading(names.say("research.title"))
    if not found.items:
        yield names.say("research.none")
        return
    yield names.say("research.counts", open=found.open, findings=findings, total=found.total)
    rows = tuple(_to_read(rank, item, names, found) for rank, item in enumerate(found.items, 1))
    yield Sheet(make_columns(_READ, names, area="research"), rows)
    if len(found.items) < found.total:
        yield names.say("cli.gaps.shown", shown=len(found.items), total=found.total)
    yield names.say("research.legend")


def _say_what(item: ResearchItem, names: Names, found: ResearchList) -> list[str]:
    return [say_doubt(found.gaps.analysis.graph, doubt, names.lang) for doubt in item.doubts]


def _join_sentences(sentences: list[str], lang: str) -> str:
    return (" " if lang == "en" else "").join(sentences)


def _say_where(item: ResearchItem, names: Names) -> str:
    file = f"{item.place.table}.csv"
    if not item.rows:
        return names.say("research.new", file=file)
    return names.say("research.row", file=file, rows=", ".join(map(str, item.rows)))


def _to_read(rank: int, item: ResearchItem, names: Names, found: ResearchList) -> tuple[Cell, ...]:
    return (
        rank,
        _join_sentences(_say_what(item, names, found), names.lang),
        _say_where(item, names),
        f"{item.weight:.2f}",
        len(item.findings),
        len(item.confirms),
        "-" if item.others is None else item.others,
    )


def _to_count(rank: int, item: ResearchItem, names: Names, found: ResearchList) -> tuple[Cell, ...]:
    return (
        rank,
        _join_sentences(_say_what(item, names, found), names.lang),
        f"{item.place.table}.csv",
        ";".join(map(str, item.rows)),
        *(f"{column}={node}" for column, node in item.place.key),
        round(item.weight, 6),
        len(item.findings),
        len(item.confirms),
        item.others,
        ";".join(item.findings),
        ";".join(item.confirms),
    )


def _record(rank: int, item: ResearchItem, names: Names, found: ResearchList) -> dict[str, Any]:
    sentences = _say_what(item, names, found)
    return {
        "rank": rank,
        "table": item.place.table,
        "key": dict(item.place.key),
        "rows": list(item.rows),
        "what": [
            {"key": doubt.key, "text": text} for doubt, text in zip(item.doubts, sentences, strict=True)
        ],
        "weight": item.weight,
        "findings": list(item.findings),
        "confirms": list(item.confirms),
        "others": item.others,
    }
