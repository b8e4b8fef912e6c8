"""One page for a meeting, as HTML and as Markdown, from a small data class of what it says.

The page has no script and asks for nothing: its policy allows its own style, by hash, and no more. Everything
on it is escaped; a link is made of an http or https address only.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from .._messages import check_language
from ._cells import clean_text
from ._escape import hash_source
from ._parts import read_part

__all__ = [
    "Candidate",
    "Card",
    "Fact",
    "Firm",
    "Line",
    "Source",
    "Words",
    "clip_address",
    "clip_text",
    "render_card",
    "render_card_markdown",
]

_HTML_LANG = {"en": "en", "ja": "ja", "zh": "zh-Hant"}
_LONGEST = 160  # characters of one text: what is longer would push the rest off the page
_ADDRESS = 150  # characters of an address that are shown; the link has all of them
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_KANA = re.compile("[ぁ-ゖァ-ヺｦ-ﾟ]")
_HAN = re.compile("[㐀-鿿豈-﫿]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]#|~!])")


@dataclass(frozen=True)
class Words:
    """A text and the language that it is in, where that is not the card's."""

    text: str
    lang: str | None = None


@dataclass(frozen=True)
class Line:
    """One line: a text, the numbers of its sources, and whether it, or a part of it, has none yet."""

    text: str
    numbers: tuple[int, ...] = ()
    unsourced: bool = False
    more: Words | None = None


@dataclass(frozen=True)
class Fact:
    """A fact on a firm: what it is, its values, and an address to link the first to."""

    label: str
    values: tuple[Words, ...]
    href: str | None = None


@dataclass(frozen=True)
class Firm:
    """Who a firm is and what it offers."""

    heading: str
    name: str
    facts: tuple[Fact, ...]
    offers_heading: str
    offers: tuple[Line, ...]


@dataclass(frozen=True)
class Candidate:
    """A partner: its names (blank: they stand elsewhere), its figures, what speaks for it, its relations."""

    name: str
    names: tuple[Words, ...]
    tally: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Source:
    """A source at the foot: its number, title, date and address."""

    number: int
    title: str
    date: str | None = None
    href: str | None = None


@dataclass(frozen=True)
class Card:
    """What a card says, every text in the reader's language already.

    Parameters
    ----------
    lang
        ``zh``, ``ja`` or ``en``.
    kind, title
        What it is, and whom it is about.
    data
        Name, version, date and hash of the data.
    firms
        The firm, or the two firms of a pairing.
    candidates_heading, candidates
        Partners, best first; of a pairing, the one.
    legend
        What their figures mean.
    relations_heading, relations
        Relations on record.
    open_heading, open
        What nobody has a source for yet.
    scope_heading, scope
        What was counted.
    sources_heading, sources
        The sources, by number.
    mark
        What stands behind a line without source.
    """

    lang: str
    kind: str
    title: str
    data: str
    firms: tuple[Firm, ...]
    candidates_heading: str
    candidates: tuple[Candidate, ...]
    legend: str
    relations_heading: str
    relations: tuple[Line, ...]
    open_heading: str
    open: tuple[Line, ...]
    scope_heading: str
    scope: tuple[str, ...]
    sources_heading: str
    sources: tuple[Source, ...] = field(default=())
    mark: str = "†"


def render_card(card: Card) -> str:
    """Return a card as one HTML page for A4 that makes no request.

    Raises
    ------
    InputError
        Its language is none of the three.
    """
    check_language(card.lang)
    style = _read_style()
    policy = (
        f"default-src 'none'; style-src {hash_source(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{_HTML_LANG[card.lang]}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_escape(policy, None)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{_escape(card.title)} – {_escape(card.kind)}</title>",
            '<link rel="icon" href="data:,">',
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            f'<main class="{"pair" if len(card.firms) > 1 else "one"}">',
            *_write_body(card),
            "</main>",
            "</body>",
            "</html>",
            "",
        )
    )


def _write_body(card: Card) -> Iterator[str]:
    yield (
        f'<header><p class="kind">{_escape(card.kind)}</p><h1>{_escape(card.title)}</h1>'
        f'<p class="data">{_escape(card.data)}</p></header>'
    )
    yield '<div class="firms">'
    for firm in card.firms:
        yield from _write_firm(firm, card)
    yield "</div>"
    yield f'<section class="candidates"><h2>{_escape(card.candidates_heading)}</h2>'
    if card.candidates:
        yield "<ol>"
        for candidate in card.candidates:
            yield from _write_candidate(candidate, card)
        yield "</ol>"
    yield f'<p class="legend">{_escape(card.legend, None)}</p></section>'
    yield from _write_list("relations", card.relations_heading, card.relations, card)
    yield from _write_list("open", card.open_heading, card.open, card)
    yield "<footer>"
    if card.sources:
        items = "".join(map(_write_source, card.sources))
        yield f'<section class="sources"><h2>{_escape(card.sources_heading)}</h2><ul>{items}</ul></section>'
    yield f'<section class="scope"><h2>{_escape(card.scope_heading)}</h2>'
    yield from (f"<p>{_escape(line, None)}</p>" for line in card.scope)
    yield "</section></footer>"


def _write_firm(firm: Firm, card: Card) -> Iterator[str]:
    yield f'<section class="firm"><h2>{_escape(firm.heading)}</h2><dl>'
    for fact in firm.facts:
        values = [_write_words(value) for value in fact.values]
        if values and (href := _check_address(fact.href)):
            values[0] = _link(values[0], href)
        yield f"<div><dt>{_escape(fact.label)}</dt><dd>{' / '.join(values)}</dd></div>"
    yield f"</dl><h3>{_escape(firm.offers_heading)}</h3>"
    yield f"<ul>{''.join(_write_line(line, card) for line in firm.offers)}</ul></section>"


def _write_candidate(candidate: Candidate, card: Card) -> Iterator[str]:
    names = "".join(f" <small>{_write_words(words)}</small>" for words in candidate.names)
    heading = f"<h3>{_escape(candidate.name)}{names}</h3>" if candidate.name else ""
    yield f'<li>{heading}<p class="tally">{_escape(candidate.tally)}</p>'
    yield f"<ul>{''.join(_write_line(line, card) for line in candidate.lines)}</ul></li>"


def _write_list(name: str, heading: str, lines: Iterable[Line], card: Card) -> Iterator[str]:
    items = "".join(_write_line(line, card) for line in lines)
    if items:
        yield f'<section class="{name}"><h2>{_escape(heading)}</h2><ul>{items}</ul></section>'


def _write_line(line: Line, card: Card) -> str:
    more = f" <small>{_write_words(line.more)}</small>" if line.more else ""
    marks = "".join(f'<a href="#s{number}">[{number}]</a>' for number in line.numbers)
    if line.unsourced:
        marks += f'<span class="mark">{_escape(card.mark)}</span>'
    return f"<li>{_escape(line.text, None)}{more}{f' <sup>{marks}</sup>' if marks else ''}</li>"


def _write_source(source: Source) -> str:
    title = _escape(source.title)
    lang = _guess_language(source.title, source.href)
    shown = f'<span lang="{lang}">{title}</span>' if lang else title
    parts = [shown] if title else []
    if source.date:
        parts.append(_escape(source.date))
    if href := _check_address(source.href):
        parts.append(_link(_escape(_shorten(href), None), href))
    return f'<li id="s{source.number}">[{source.number}] {", ".join(parts)}</li>'


def _write_words(words: Words) -> str:
    text = _escape(words.text)
    return f'<span lang="{_HTML_LANG.get(words.lang, "en")}">{text}</span>' if words.lang else text


def _link(inner: str, href: str) -> str:
    return f'<a href="{html.escape(href)}" rel="noopener noreferrer">{inner}</a>'


def clip_text(text: str) -> str:
    """Return a text as a card shows it: on one line, and cut if it is very long."""
    return _clean(text)


def clip_address(address: str | None) -> str:
    """Return an address as a card shows it; blank: none that may be linked to."""
    return _shorten(_check_address(address) or "")


def _clean(text: str, longest: int | None = _LONGEST) -> str:
    """Return a text on one line, without what a page must not hold; longer ones are cut."""
    plain = " ".join(_CONTROLS.sub(" ", clean_text(text)).split())
    return plain if longest is None or len(plain) <= longest else f"{plain[: longest - 1]}…"


def _escape(text: str, longest: int | None = _LONGEST) -> str:
    return html.escape(_clean(text, longest))


def _shorten(address: str) -> str:
    return address if len(address) <= _ADDRESS else f"{address[: _ADDRESS - 1]}…"


def _check_address(address: str | None) -> str | None:
    """Return an address that may be linked to: http or https, with a host, and nothing that ends it."""
    if address is None:
        return None
    try:
        parts = urlsplit(_clean(address, None))
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    return quote(parts.geturl(), safe="%/:=&?~#+!$,;'@()*[]")


def _guess_language(title: str, address: str | None) -> str | None:
    """Return the language of a title, so that its ideographs take the right shapes; None: the page's."""
    if _KANA.search(title):
        return "ja"
    if not _HAN.search(title):
        return "en" if title else None
    host = _host(address)
    return {"jp": "ja", "tw": "zh-Hant", "cn": "zh-Hans"}.get(host.rpartition(".")[2])


def _host(address: str | None) -> str:
    checked = _check_address(address)
    return (urlsplit(checked).hostname or "") if checked else ""


def _read_style() -> str:
    return read_part("templates/paper.css") + read_part("templates/card.css")


# ---- Markdown ----


def render_card_markdown(card: Card) -> str:
    """Return a card as Markdown.

    Raises
    ------
    InputError
        Its language is none of the three.
    """
    check_language(card.lang)
    return "\n".join(_markdown_lines(card)) + "\n"


def _markdown_lines(card: Card) -> Iterator[str]:
    yield from (f"# {_plain(card.title)}", "", f"{_plain(card.kind)} · {_plain(card.data)}")
    for firm in card.firms:
        yield from ("", f"## {_plain(firm.heading)}", "")
        for fact in firm.facts:
            yield f"- {_plain(fact.label)}: {' / '.join(_plain(value.text) for value in fact.values)}"
        yield from ("", f"### {_plain(firm.offers_heading)}", "", *_markdown_list(firm.offers, card))
    yield from ("", f"## {_plain(card.candidates_heading)}")
    for place, candidate in enumerate(card.candidates, 1):
        names = "".join(f" / {_plain(words.text)}" for words in candidate.names)
        if candidate.name:
            yield from ("", f"### {place}. {_plain(candidate.name)}{names}")
        yield from ("", _plain(candidate.tally), "")
        yield from _markdown_list(candidate.lines, card)
    yield from ("", _plain(card.legend, None))
    for heading, lines in ((card.relations_heading, card.relations), (card.open_heading, card.open)):
        if lines:
            yield from ("", f"## {_plain(heading)}", "", *_markdown_list(lines, card))
    if card.sources:
        yield from ("", f"## {_plain(card.sources_heading)}", "", *map(_markdown_source, card.sources))
    yield from ("", f"## {_plain(card.scope_heading)}", "")
    yield from (f"- {_plain(line, None)}" for line in card.scope)


def _markdown_list(lines: Iterable[Line], card: Card) -> Iterator[str]:
    yield from (f"- {_markdown_text(line, card.mark)}" for line in lines)


def _markdown_text(line: Line, mark: str) -> str:
    """Return a line with the numbers of its sources, and the mark of what has none."""
    more = f" ({_plain(line.more.text)})" if line.more else ""
    marks = "".join(rf"\[{number}\]" for number in line.numbers) + (_plain(mark) if line.unsourced else "")
    return f"{_plain(line.text, None)}{more}{f' {marks}' if marks else ''}"


def _markdown_source(source: Source) -> str:
    parts = [_plain(source.title), _plain(source.date or "")]
    href = _check_address(source.href)
    parts.append(f"<{quote(href, safe='%/:=&?~#+!$,;@()*')}>" if href else "")
    return rf"- \[{source.number}\] {', '.join(part for part in parts if part)}"


def _plain(text: str, longest: int | None = _LONGEST) -> str:
    return _MARKDOWN.sub(r"\\\1", html.escape(_clean(text, longest), quote=False))
