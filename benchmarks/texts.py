"""Columns of text for synthetic tables, drawn whole columns at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.pools import DOMAINS, NOTES, SECTIONS, TITLES

__all__ = ["Column", "Texts", "make_frame"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Column: TypeAlias = pa.Array
"""A column of text; blank is the empty text, as in a file."""

_YEARS = range(2012, 2027)
_DATASET = "synthetic"


class Texts:
    """A source of columns.

    Parameters
    ----------
    rng
        Where chance comes from.
    """

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        months = [f"{year}-{month:02d}" for year in _YEARS[:-1] for month in range(1, 13)]
        self._dates = [*map(str, _YEARS[:-1]), *months, *(f"{month}-17" for month in months)]

    def take(self, pool: Sequence[str], codes: Ints) -> Column:
        """Return the texts at some places of a pool."""
        return pa.array(pool, pa.string()).take(pa.array(codes))

    def pick(self, pool: Sequence[str], rows: int, *, filled: float = 1.0) -> Column:
        """Return texts drawn from a pool; a part of the cells stays blank."""
        codes = self._rng.integers(1, len(pool) + 1, rows)
        codes[self._rng.random(rows) >= filled] = 0
        return self.take(["", *pool], codes)

    def choose(self, weights: Mapping[str, float], rows: int) -> Column:
        """Return texts drawn by weight."""
        shares = np.array(list(weights.values()))
        return self.take(list(weights), self._rng.choice(len(weights), rows, p=shares / shares.sum()))

    def dates(self, rows: int, *, filled: float = 1.0) -> Column:
        """Return dates of the last years: years, months and days."""
        return self.pick(self._dates, rows, filled=filled)

    def numbers(self, values: Ints, *, width: int = 1) -> Column:
        """Return whole numbers as text, with leading zeros."""
        return pc.utf8_lpad(pc.cast(pa.array(values), pa.string()), width=width, padding="0")

    def fractions(self, values: npt.NDArray[np.float64]) -> Column:
        """Return numbers from 0 to 1 as text with four digits; blank where not a number."""
        known = ~np.isnan(values)
        digits = self.numbers(np.where(known, np.rint(values * 10_000), 0).astype(np.int64), width=5)
        text = self.join(pc.utf8_slice_codeunits(digits, 0, 1), ".", pc.utf8_slice_codeunits(digits, 1))
        return self.where(known, text)

    def join(self, *parts: Column | str) -> Column:
        """Return texts put together, a single one before or after all."""
        return pc.binary_join_element_wise(*parts, "")

    def where(self, there: Bools, column: Column | str, other: Column | str = "") -> Column:
        """Return one column where it applies, and another (or blank) elsewhere."""
        return pc.if_else(pa.array(there), column, other)

    def evidence(self, rows: int, *, cited: float = 0.6) -> dict[str, Column]:
        """Return the evidence columns: cited rows have a page, about two rows to a page."""
        kind = self._rng.choice(3, rows, p=[cited, 0.1, 0.9 - cited])
        pages = max(1, int(rows * cited / 2))
        page = self._rng.integers(0, pages, rows)
        date = self._rng.integers(0, len(self._dates), pages)
        is_cited, is_report = kind == 0, kind == 1
        return {
            "dataset": self.take([_DATASET], np.zeros(rows, dtype=np.int64)),
            "source_kind": self.take(["cited", "report", "uncited"], kind),
            "source_url": self.where(is_cited, self._urls(pages).take(pa.array(page))),
            "source_title": self.where(is_cited, self.pick(TITLES, pages).take(pa.array(page))),
            "as_of": self.where(
                is_cited,
                self.take(self._dates, date[page]),
                self.where(is_report, "2017-12", self.dates(rows, filled=0.5)),
            ),
            "confidence": self.choose({"high": 0.4, "medium": 0.45, "low": 0.15}, rows),
            "as_printed": self.pick(["新陽精密", "大永電子", "東光機械工業"], rows, filled=0.1),
            "note": self.pick(NOTES, rows, filled=0.3),
        }

    def _urls(self, rows: int) -> Column:
        slugs = [title.lower().replace(" ", "-") for title in TITLES]
        number = self.numbers(np.arange(rows), width=7)
        parts = [self.pick(DOMAINS, rows), self.pick(SECTIONS, rows), self.pick(slugs, rows)]
        return self.join("https://", parts[0], "/", parts[1], "/", parts[2], "-", number)

    def checked(self, rows: int) -> dict[str, Column]:
        """Return what was read of the source, and when."""
        read = self._rng.choice(3, rows, p=[0.3, 0.5, 0.2])
        day = self.where(read > 0, self.pick(["2026-09", "2026-10", "2026-11"], rows))
        return {"checked": self.take(["none", "excerpt", "page"], read), "checked_on": day}


def make_frame(columns: Mapping[str, Column]) -> pd.DataFrame:
    """Return columns as a table of text, its rows numbered as in a file: the header is row 1."""
    frame: pd.DataFrame = pa.table(dict(columns)).to_pandas()
    return frame.set_index(pd.RangeIndex(2, len(frame) + 2))
