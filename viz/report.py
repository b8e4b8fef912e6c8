"""The report as one HTML page to print and as Markdown, from a small data class of what it says.

Like the card, the page has no script and asks for nothing: its policy allows its own style, by hash, and no
more. Everything on it is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .._messages import check_language
from ._escape import hash_source
from ._parts import read_part
from .card import (
    _HTML_LANG,
    Line,
    Source,
    _clean,
    _escape,
    _markdown_source,
    _markdown_text,
    _plain,
    _write_source,
)
from .report_charts import HeatMap, draw_heat_map

__all__ = [
    "Figure",
    "Figures",
    "Lines",
    "Note",
    "Report",
    "Section",
    "Table",
    "render_report",
    "render_report_markdown",
]


@dataclass(frozen=True)
class Note:
    """A paragraph; a quiet one explains how to read what stands above it."""

    text: str
    quiet: bool = False


@dataclass(frozen=True)
class Lines:
    """A list under a heading of its own; blank: it has none."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Table:
    """A table; each cell is a line with its sources.

    Parameters
    ----------
    columns
        Headings.
    rows
        Cells.
    numbers
        Places of the columns that hold numbers.
    below
        What stands across the whole table below each row, if anything.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    numbers: frozenset[int] = frozenset()
    below: tuple[tuple[Line, ...], ...] = ()


@dataclass(frozen=True)
class Figure:
    """A number and what it counts."""

    number: str
    label: str


@dataclass(frozen=True)
class Figures:
    """A few numbers that a reader should see first."""

    figures: tuple[Figure, ...]


Block = Note | Lines | Table | HeatMap | Figures


@dataclass(frozen=True)
class Section:
    """A part of the report under its heading."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Report:
    """What a report says, every text in the reader's language already.

    Parameters
    ----------
    lang
        ``zh``, ``ja`` or ``en``.
    kind, title
        What it is, and what it is about.
    data
        Name, version, date and hash of the data.
    sections
        Its parts.
    sources_heading, sources
        The sources, by number.
    mark
        What stands behind a line without source.
    page
        Foot of a printed page, with places for ``{page}`` and ``{pages}``.
    """

    lang: str
    kind: str
    title: str
    data: str
    sections: tuple[Section, ...]
    sources_heading: str
    sources: tuple[Source, ...]
    mark: str = "†"
    page: str = "{page}/{pages}"


def render_report(report: Report) -> str:
    """Return a report as one HTML page for A4 that makes no request.

    Raises
    ------
    InputError
        Its language is none of the three.
    MissingExtraError
        The library that draws the charts is not installed.
    """
    check_language(report.lang)
    style = _read_style() + _write_foot(report)
    policy = f"default-src 'none'; style-src {hash_source(style)}; img-src data:; base-uri 'none'; form-action 'none'"
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{_HTML_LANG[report.lang]}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_escape(policy, None)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{_escape(report.title)} – {_escape(report.kind)}</title>",
            '<link rel="icon" href="data:,">',
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            "<main>",
            *_write_body(report),
            "</main>",
            "</body>",
            "</html>",
            "",
        )
    )


def _read_style() -> str:
    return read_part("templates/paper.css") + read_part("templates/report.css")


def _write_foot(report: Report) -> str:
    """Return the style of the foot of a printed page: what it is of, and its number."""
    parts = [_quote(part) for part in re.split(r"(\{pages?\})", report.page)]
    counters = {'"{page}"': "counter(page)", '"{pages}"': "counter(pages)"}
    number = " ".join(counters.get(part, part) for part in parts if part != '""')
    kind = _quote(f"{_clean(report.kind)} · {_clean(report.data)}")
    return f"@page {{ @bottom-left {{ content: {kind}; }} @bottom-right {{ content: {number}; }} }}\n"


def _quote(text: str) -> str:
    """Return a text as a string of CSS that nothing in it can close, and that closes no element."""
    return '"' + re.sub(r'[\\"<>&\n\r\f]', lambda found: f"\\{ord(found[0]):x} ", text) + '"'


def _write_body(report: Report) -> Iterator[str]:
    yield (
        f'<header><p class="kind">{_escape(report.kind)}</p><h1>{_escape(report.title)}</h1>'
        f'<p class="data">{_escape(report.data)}</p></header>'
    )
    for section in report.sections:
        yield f"<section><h2>{_escape(section.heading)}</h2>"
        for block in section.blocks:
            yield from _write_block(block, report)
        yield "</section>"
    if report.sources:
        items = "".join(map(_write_source, report.sources))
        yield f'<section class="sources"><h2>{_escape(report.sources_heading)}</h2><ul>{items}</ul></section>'


def _write_block(block: Block, report: Report) -> Iterator[str]:
    if isinstance(block, Note):
        kind = ' class="quiet"' if block.quiet else ""
        yield f"<p{kind}>{_escape(block.text, None)}</p>"
    elif isinstance(block, Lines):
        items = "".join(f"<li>{_write_text(line, report)}</li>" for line in block.lines)
        heading = f"<h3>{_escape(block.heading)}</h3>" if block.heading else ""
        yield f'<div class="lines">{heading}<ul>{items}</ul></div>'
    elif isinstance(block, Table):
        yield from _write_table(block, report)
    elif isinstance(block, Figures):
        shown = (f"<div><dd>{_escape(f.number)}</dd><dt>{_escape(f.label)}</dt></div>" for f in block.figures)
        yield f'<dl class="figures">{"".join(shown)}</dl>'
    else:
        yield f"<figure><figcaption>{_escape(block.title)}</figcaption>{draw_heat_map(block)}{_write_grid(block)}</figure>"


def _write_grid(chart: HeatMap) -> str:
    """Return a chart as a table for those who do not see it."""
    heads = "".join(f'<th scope="col">{_escape(name)}</th>' for name in (chart.corner, *chart.columns))
    rows = "".join(
        f'<tr><th scope="row">{_escape(name)}</th>{"".join(f"<td>{_escape(text)}</td>" for text in texts)}</tr>'
        for name, texts in zip(chart.rows, chart.texts, strict=True)
    )
    return f'<div class="unseen"><table><caption>{_escape(chart.title)}</caption><tr>{heads}</tr>{rows}</table></div>'


def _write_text(line: Line, report: Report) -> str:
    marks = "".join(f'<a href="#s{number}">[{number}]</a>' for number in line.numbers)
    if line.unsourced:
        marks += f'<span class="mark">{_escape(report.mark)}</span>'
    return f"{_escape(line.text, None)}{f' <sup>{marks}</sup>' if marks else ''}"


def _write_table(table: Table, report: Report) -> Iterator[str]:
    """Yield a table; a row and what stands below it are a body of their own, which no page breaks."""
    heads = "".join(
        f'<th scope="col"{_number(place, table)}>{_escape(name)}</th>'
        for place, name in enumerate(table.columns)
    )
    yield f'<div class="wide"><table><thead><tr>{heads}</tr></thead>'
    for index, row in enumerate(table.rows):
        cells = "".join(
            f"<td{_number(place, table)}>{_write_text(cell, report)}</td>" for place, cell in enumerate(row)
        )
        yield f"<tbody><tr>{cells}</tr>"
        for line in table.below[index] if table.below else ():
            yield f'<tr class="below"><td colspan="{len(table.columns)}">{_write_text(line, report)}</td></tr>'
        yield "</tbody>"
    yield "</table></div>"


def _number(place: int, table: Table) -> str:
    return ' class="number"' if place in table.numbers else ""


# ---- Markdown ----


def render_report_markdown(report: Report) -> str:
    """Return a report as Markdown, its charts as tables.

    Raises
    ------
    InputError
        Its language is none of the three.
    """
    check_language(report.lang)
    return "\n".join(_markdown_lines(report)) + "\n"


def _markdown_lines(report: Report) -> Iterator[str]:
    yield from (f"# {_plain(report.title)}", "", f"{_plain(report.kind)} · {_plain(report.data)}")
    for section in report.sections:
        yield from ("", f"## {_plain(section.heading)}")
        for block in section.blocks:
            yield ""
            yield from _markdown_block(block, report)
    if report.sources:
        yield from ("", f"## {_plain(report.sources_heading)}", "", *map(_markdown_source, report.sources))


def _markdown_block(block: Block, report: Report) -> Iterator[str]:
    if isinstance(block, Note):
        yield _plain(block.text, None)
    elif isinstance(block, Lines):
        if block.heading:
            yield from (f"### {_plain(block.heading)}", "")
        yield from (f"- {_markdown_text(line, report.mark)}" for line in block.lines)
    elif isinstance(block, Figures):
        yield from (f"- **{_plain(f.number)}** {_plain(f.label)}" for f in block.figures)
    elif isinstance(block, Table):
        yield from _markdown_rows(block.columns, _join_below(block, report), block.numbers)
    else:
        rows = (
            (_plain(row), *map(_plain, texts)) for row, texts in zip(block.rows, block.texts, strict=True)
        )
        yield from (f"**{_plain(block.title)}**", "")
        yield from _markdown_rows((block.corner, *block.columns), rows, range(1, len(block.columns) + 1))


def _join_below(table: Table, report: Report) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a table; what stands below one goes into its last cell."""
    for index, row in enumerate(table.rows):
        *cells, last = (_markdown_text(cell, report.mark) for cell in row)
        below = [_markdown_text(line, report.mark) for line in table.below[index]] if table.below else []
        yield (*cells, "<br>".join((last, *below)))


def _markdown_rows(
    columns: Iterable[str], rows: Iterable[tuple[str, ...]], numbers: Iterable[int]
) -> Iterator[str]:
    heads, right = [_plain(column) for column in columns], set(numbers)
    yield f"| {' | '.join(heads)} |"
    yield f"|{'|'.join(' ---: ' if place in right else ' --- ' for place in range(len(heads)))}|"
    yield from (f"| {' | '.join(row)} |" for row in rows)
