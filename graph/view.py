"""Which statements hold: two times, and one winner for each fact.

*Validity* (``since``, ``until``) is when a fact holds in the world. *Statement* (``as_of``) is when a source
said so. Validity decides what is in force at a date; the statement's date only decides which of several
statements on one fact is heard, and what was known by a date.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from .._errors import InputError
from .codes import CodedTable, Codes
from .schema import EdgeTable, Table

__all__ = [
    "end_of_date",
    "find_heard",
    "find_valid",
    "first_day",
    "first_days",
    "in_force",
    "last_day",
    "resolve_statements",
]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")
# Lower is stronger, QUESTIONS: cited, then the report, then uncited.
_SOURCE_RANK = {"cited": 0, "report": 1, "uncited": 2}


def _parse(date: str, name: str) -> tuple[int, int | None, int | None]:
    match = _DATE.match(date)
    if match is None:
        raise InputError(f"`{name}` must be a date like 2026, 2026-11 or 2026-11-22; found {date!r}")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None  # noqa: S101  the pattern requires it
    # 00 is no month and no day, although it is false.
    valid = year >= 1 and (month is None or 1 <= month <= 12)
    if not valid or not (day is None or 1 <= day <= calendar.monthrange(year, month or 1)[1]):
        raise InputError(f"`{name}` is no day of the calendar: {date!r}")
    return year, month, day


def first_day(date: str, *, name: str = "date") -> str:
    """Return the first day of a partial date, as ``YYYY-MM-DD``.

    Examples
    --------
    >>> first_day("2024-02")
    '2024-02-01'
    """
    year, month, day = _parse(date, name)
    return f"{year:04d}-{month or 1:02d}-{day or 1:02d}"


def last_day(date: str, *, name: str = "date") -> str:
    """Return the last day of a partial date, as ``YYYY-MM-DD``.

    Examples
    --------
    >>> last_day("2024-02"), last_day("2024")
    ('2024-02-29', '2024-12-31')
    """
    year, month, day = _parse(date, name)
    month = month or 12
    return f"{year:04d}-{month:02d}-{day or calendar.monthrange(year, month)[1]:02d}"


def end_of_date(as_of: str | None) -> str | None:
    """Return the day that a view at `as_of` stands on: the last one of a partial date."""
    return None if as_of is None else last_day(as_of, name="as_of")


def first_days(dates: pd.Series) -> pd.Series:
    """Return the partial dates of a column as first days; missing stays missing."""
    text = dates.astype("str")
    return text.where(text.str.len() != 4, text + "-01").pipe(lambda s: s.where(s.str.len() != 7, s + "-01"))


def in_force(frame: pd.DataFrame, day: str | None) -> pd.Series:
    """Say for each row whether it is valid on `day` (``YYYY-MM-DD``).

    A row is valid from ``since`` (blank: always has been) until the day before ``until`` (blank: it still
    is); a partial date counts as its first day. Without a day, every row that has no end counts. A table
    without these columns is always valid.
    """
    return pd.Series(find_valid(CodedTable(frame), day), index=frame.index)


def find_valid(table: CodedTable, day: str | None) -> Bools:
    """Say for each row whether it is valid on a day (see :func:`in_force`)."""
    columns = table.frame.columns
    if "until" not in columns:
        return np.ones(len(table), dtype=bool)
    until = table["until"]
    valid = until.isna() if day is None else ~_is_reached(until, day)
    if "since" in columns and day is not None:
        since = table["since"]
        valid &= _is_reached(since, day) | since.isna()
    return valid


def _is_reached(dates: Codes, day: str) -> Bools:
    """Say for each date whether its first day is not after a day; a missing one is not."""
    # Of a few texts each; a column of pandas for them takes longer than the comparison.
    return dates.test(lambda date: date + "-01" * ((10 - len(date)) // 3) <= day)


def _sort_by_strength(frame: pd.DataFrame) -> pd.DataFrame:
    """Sort statements from the strongest to the weakest, row order last."""
    order = pd.DataFrame(
        {
            "as_of": first_days(frame["as_of"]).fillna(""),
            "rank": frame["source_kind"].map(_SOURCE_RANK).fillna(len(_SOURCE_RANK)),
            "row": np.arange(len(frame)),
        },
        index=frame.index,
    )
    order = order.sort_values(["as_of", "rank", "row"], ascending=[False, True, True])
    return frame.iloc[order["row"]]


def _drop_overruled(frame: pd.DataFrame) -> list[int]:
    """Index of the statements (sorted by strength) that no stronger one kept of the same fact overlaps."""
    blank = pd.Series(np.nan, index=frame.index, dtype="str")
    since = first_days(frame.get("since", blank)).fillna("")
    until = first_days(frame.get("until", blank)).fillna("9999")
    spans: dict[int, list[tuple[str, str]]] = {}
    kept: list[int] = []
    for row, of, start, stop in zip(frame.index.tolist(), frame["fact"].tolist(), since, until, strict=True):
        stronger = spans.setdefault(of, [])
        if all(start >= end or begin >= stop for begin, end in stronger):
            stronger.append((start, stop))
            kept.append(row)
    return kept


def _key_columns(table: Table) -> list[str]:
    if isinstance(table, EdgeTable):
        return table.key
    return table.columns[:2] if table.name.endswith("completeness") else []


def resolve_statements(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the statements that hold: of those on one fact, the strongest of each span of time.

    Of several statements with one key and overlapping validity the latest ``as_of`` wins (blank is the
    oldest), then cited before report before uncited, then row order. A statement that lost overrules
    nothing itself. Nothing is overwritten: the losers stay in the graph's own table.

    Notes
    -----
    Only keys that occur more than once cost anything beyond one hash of the key columns.
    """
    heard = find_heard(table, CodedTable(frame))
    return frame if heard is None else frame[heard]


def find_heard(table: Table, rows: CodedTable, key: Sequence[Ints] | None = None) -> Bools | None:
    """Say which statements hold (see :func:`resolve_statements`); None: all of them.

    Parameters
    ----------
    table, rows
        The table and its rows.
    key
        The key columns as whole numbers, equal where the facts are; default: worked out here.
    """
    columns = _key_columns(table)
    if not columns or "as_of" not in rows.frame.columns or not len(rows):
        return None
    if key is None:
        key = [rows[column].codes.astype(np.int64) for column in columns]
    fact = _number_facts(key)
    again = _find_repeated(fact)
    if not again.any():
        return None
    names = [name for name in ("as_of", "source_kind", "since", "until") if name in rows.frame.columns]
    repeated = pd.DataFrame({"fact": fact[again], **{name: rows[name].decode(again) for name in names}})
    repeated = repeated.set_index(np.flatnonzero(again))
    heard = ~again
    heard[_drop_overruled(_sort_by_strength(repeated))] = True
    return heard


def _number_facts(key: Sequence[Ints]) -> Ints:
    """Return one number for each key."""
    fact = key[0] + 1
    for codes in key[1:]:
        size = int(codes.max()) + 2
        if int(fact.max()) >= np.iinfo(np.int64).max // size:
            fact = np.unique(fact, return_inverse=True)[1]
        fact = fact * size + codes + 1
    return fact


def _find_repeated(fact: Ints) -> Bools:
    """Say which rows speak of a fact that another row speaks of too."""
    again: Bools
    if bool((fact[1:] >= fact[:-1]).all()):  # sorted, as many tables are
        same = fact[1:] == fact[:-1]
        again = np.append(same, False) | np.append(False, same)
    else:
        again = pd.Series(fact).duplicated(keep=False).to_numpy()
    return again
