"""Whether each cell is what its column must hold: filled, of its kind, one of an enumeration."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from .._errors import InputError
from ..graph import Kind, Property, Table, first_day
from .licences import CLOSED_HOSTS, find_closed_host
from .problems import Problem, describe_rows, suggest

__all__ = [
    "CODE",
    "PATTERNS",
    "check_cells",
    "filled",
    "find_misfits",
    "is_day",
    "match_whole",
    "to_arrow",
    "to_mask",
]

#: ISO 3166-1 alpha-2 by its form; which codes there are, the table of countries says.
CODE = r"[A-Z]{2}"
_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?"
#: In the syntax of RE2, which Arrow runs over whole columns.
PATTERNS = {
    Kind.ID: r"[a-z0-9]+(?:-[a-z0-9]+)*",
    Kind.COUNTRY: CODE,
    Kind.BOOLEAN: r"yes|no",
    Kind.INTEGER: r"-?[0-9]{1,18}",
    Kind.FRACTION: _NUMBER,
    Kind.NUMBER: _NUMBER,
    Kind.DATE: r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?",
    # A host, no name or password before it, and nothing that RFC 3986 wants percent-encoded and that could
    # mislead a reader or a page: blanks, control characters, marks of writing direction, <, > and ".
    Kind.URL: r"https?://"
    r"(?:[^\s\p{Z}\p{C}\\<>\"/?#@:\[\]]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?"
    r"(?:[/?#][^\s\p{Z}\p{C}\\<>\"]*)?",
}
_ALLOWED = {
    Kind.ID: "small letters, digits and single hyphens",
    Kind.COUNTRY: "an ISO 3166-1 code of two capital letters",
    Kind.BOOLEAN: "yes or no",
    Kind.INTEGER: "a whole number",
    Kind.FRACTION: "a number from 0 to 1",
    Kind.NUMBER: "a number",
    Kind.DATE: "a date as 2026, 2026-11 or 2026-11-22",
    Kind.URL: "an address that begins with http:// or https:// and a host, without blanks or passwords",
}
_CLOSED = "|".join(host.replace(".", r"\.") for host in CLOSED_HOSTS)
_YES = {"true", "t", "y", "1", "○", "是", "有", "はい"}
_NO = {"false", "f", "n", "0", "×", "否", "無", "いいえ"}


def filled(column: pd.Series) -> pd.Series:
    """Return the cells of a column that are not blank."""
    return column[column != ""]


def match_whole(column: pd.Series, pattern: str) -> np.ndarray:
    """Say for each text whether all of it matches; unlike pandas, by the same engine for every pattern."""
    return to_mask(pc.match_substring_regex(to_arrow(column), f"^(?:{pattern})$"))


def to_arrow(column: pd.Series) -> pa.Array:
    """Return a column of text as Arrow's, in the one type of text that pandas uses too."""
    return pa.array(column, pa.large_string())


def to_mask(values: pa.Array) -> np.ndarray:
    """Return booleans of Arrow as numpy's."""
    mask: np.ndarray = values.to_numpy(zero_copy_only=False)
    return mask


def find_misfits(column: pd.Series, prop: Property) -> pd.Series:
    """Return the cells that are not of the kind of their column; a blank is of every kind."""
    text = to_arrow(column)
    if prop.kind is Kind.ENUM:
        good = pc.is_in(text, value_set=pa.array(["", *prop.allowed], pa.large_string()))
    elif prop.kind in PATTERNS:
        good = pc.match_substring_regex(text, f"^(?:{PATTERNS[prop.kind]})?$")
        good = pc.and_(good, pc.invert(pc.is_in(text, value_set=_find_impossible(text.filter(good), prop))))
    else:
        return column.iloc[:0]
    if pc.all(good).as_py() is not False:  # nothing at all is None
        return column.iloc[:0]
    return column[~to_mask(good)]


def _find_impossible(text: pa.Array, prop: Property) -> pa.Array:
    """Return the distinct texts of the right form that say what cannot be."""
    possible = _POSSIBLE.get(prop.kind)
    found = [v for v in pc.unique(text).to_pylist() if v and not possible(v)] if possible else []
    return pa.array(found, pa.large_string())


def is_day(date: str) -> bool:
    """Say whether a full or partial date is in the calendar."""
    try:
        first_day(date)
    except InputError:
        return False
    return True


def _is_share(number: str) -> bool:
    return 0 <= float(number) <= 1


# What a pattern cannot say.
_POSSIBLE: dict[Kind, Callable[[str], bool]] = {Kind.DATE: is_day, Kind.FRACTION: _is_share}


def _advise(prop: Property) -> str | Callable[[str], str]:
    if prop.kind is Kind.ENUM:
        return lambda value: suggest(value, prop.allowed)
    if prop.kind is Kind.BOOLEAN:
        return _advise_boolean
    if prop.kind in (Kind.FRACTION, Kind.NUMBER, Kind.INTEGER):
        return _advise_number
    if prop.kind is Kind.DATE:
        return _advise_date
    if prop.kind is Kind.COUNTRY:
        return lambda value: f"write {value.upper()}" if len(value) == 2 and value.isascii() else ""
    return ""


def _advise_boolean(value: str) -> str:
    if value.lower() in _YES:
        return "write yes"
    return "write no" if value.lower() in _NO else ""


def _advise_number(value: str) -> str:
    text = value.rstrip("%％")
    if text != value and text.replace(".", "", 1).isdecimal():
        return f"write {float(text) / 100:g}"
    return "write it without thousands separators or units" if "," in value else ""


def _advise_date(value: str) -> str:
    return "write it with hyphens, year first" if "/" in value or "年" in value else ""


def _check_filled(file: str, prop: Property, column: pd.Series) -> list[Problem]:
    blank = pc.equal(to_arrow(column), "")
    if not pc.any(blank).as_py():
        return []
    allowed = ", ".join(prop.allowed) or prop.description
    return describe_rows(file, prop.name, "blank", column[to_mask(blank)], found="a blank", allowed=allowed)


def _check_hosts(file: str, prop: Property, column: pd.Series) -> list[Problem]:
    """Refuse sources that may not be passed on."""
    # Nearly no address holds any of these; only those that do are taken apart.
    suspect = pc.match_substring_regex(to_arrow(column), _CLOSED, ignore_case=True)
    if not pc.any(suspect).as_py():
        return []
    urls = column[to_mask(suspect)]
    urls = urls.drop(find_misfits(urls, prop).index)
    hosts = urls.map(lambda url: find_closed_host(urlsplit(url).hostname or ""))
    return describe_rows(
        file,
        prop.name,
        "closed-licence",
        hosts[hosts.notna()],
        found=lambda host: f"a page of {host}",
        allowed="a source under terms that allow passing on",
        advice=lambda host: f"{CLOSED_HOSTS[host]}; cite another page or make the row uncited",
    )


def check_cells(file: str, table: Table, frame: pd.DataFrame) -> list[Problem]:
    """Return every cell of a table that is blank and must not be, or not of its column's kind."""
    problems = []
    for prop in table.properties:
        if prop.name not in frame.columns:
            continue
        column = frame[prop.name]
        if prop.required:
            problems += _check_filled(file, prop, column)
        bad = find_misfits(column, prop)
        if len(bad):
            allowed = _ALLOWED.get(prop.kind) or f"one of {', '.join(prop.allowed)}"
            problems += describe_rows(
                file, prop.name, str(prop.kind), bad, allowed=allowed, advice=_advise(prop)
            )
        if prop.kind is Kind.URL:
            problems += _check_hosts(file, prop, column)
    return problems
