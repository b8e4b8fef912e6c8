"""How high a card comes out in print, so that it can be cut to one page before it is written.

A page without a script cannot fit itself. The widths of letters are estimated, on the wide side, for the
sizes and margins that ``card.css`` sets for print.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable

from .card import Card, Line, clip_address, clip_text

__all__ = ["measure_card"]

# Points, as in the style sheet for print: A4 less its margins.
_WIDTH, _HEIGHT = 527.0, 777.0
_FONT, _LINE = 8.6, 11.7
_GAP = 7.4
_COLUMNS = 17.0  # between two columns
_BULLET = 10.4
_HEADING = 17.0
_WIDE, _NARROW = 1.0, 0.53  # em


def measure_card(card: Card) -> float:
    """Return the height of a card in pages of A4, an estimate on the high side."""
    height = 34.0 + 17.2 * _count(card.title, _WIDTH, 1.6) + 3 * _GAP
    inner = _WIDTH - _COLUMNS
    if len(card.firms) > 1:
        body = max(_firms(card, inner / 2)) + _candidates(card, _WIDTH) + _GAP
        body += _notes(card, _WIDTH)
    else:
        left, right = inner * 5 / 13, inner * 8 / 13
        body = max(sum(_firms(card, left)) + _notes(card, left), _candidates(card, right))
    return (height + body + _foot(card)) / _HEIGHT


def _em(text: str) -> float:
    return sum(_WIDE if unicodedata.east_asian_width(c) in "WFA" else _NARROW for c in text)


def _count(text: str, width: float, size: float = 1.0) -> int:
    """Return how many lines a text takes; the last word of a line may be left over."""
    return max(1, math.ceil(_em(text) * _FONT * size * 1.04 / width))


def _lines(lines: Iterable[Line], width: float) -> float:
    total = 0.0
    for line in lines:
        marks = "0" * (2 * sum(len(str(number)) + 2 for number in line.numbers) // 3) + "00" * line.unsourced
        more = clip_text(line.more.text) if line.more else ""
        total += _count(f"{line.text} {more} {marks}", width - _BULLET) * _LINE + 1.6
    return total


def _firms(card: Card, width: float) -> list[float]:
    found = []
    for firm in card.firms:
        height = _HEADING + 21.0 + _lines(firm.offers, width)
        for fact in firm.facts:
            value = " / ".join(clip_text(words.text) for words in fact.values)
            rows = max(_count(value, width - 6.5 * _FONT - 6), _count(fact.label, 6.5 * _FONT))
            height += rows * _LINE
        found.append(height)
    return found


def _candidates(card: Card, width: float) -> float:
    height = _HEADING + 6 + 9.2 * _count(card.legend, width, 7 / _FONT)
    for candidate in card.candidates:
        names = " ".join([candidate.name, *(clip_text(words.text) for words in candidate.names)])
        height += 8.5 + _count(names, width, 1.02) * _LINE + 10.5 + _lines(candidate.lines, width) + 3.4
    return height


def _notes(card: Card, width: float) -> float:
    """Height of the relations and of what is open."""
    return sum(_GAP + _HEADING + _lines(lines, width) for lines in (card.relations, card.open) if lines)


def _foot(card: Card) -> float:
    width, size = (_WIDTH - _COLUMNS) / 2, 6.6 / _FONT
    heights = []
    for source in card.sources:
        parts = (f"[{source.number}]", clip_text(source.title), source.date or "", clip_address(source.href))
        # An address is not broken where a word would be, so that a line is lost before it.
        heights.append((_count(" ".join(parts), width - 15, size) + 0.35) * 8.3 + 1.5)
    scope = 9.2 * _count(" ".join(card.scope), _WIDTH, 7 / _FONT)
    sources = _HEADING + sum(heights) / 2 + max(heights) / 2 if heights else 0.0
    return sources + _HEADING + 5 + scope
