"""Dates, times and durations on their way into the embedded engine and out of it.

The engine takes an aware datetime as a parameter without its zone, and answers a computed date as bare text. So a
parameter goes in as ISO 8601 text inside a function call, and with the rows comes a column that tells the types.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from ..._errors import QueryError
from ._lexer import Token, quote_name, tokenize, unquote_name
from .values import Duration

__all__ = ["bind_temporals", "needs_types", "read_typed"]

_FUNCTIONS = {"DATE", "DATETIME", "DURATION", "LOCALDATETIME", "LOCALTIME", "TIME"}
_TEMPORAL = (date, time, timedelta, Duration)  # a datetime is a date
_SECOND = 1_000_000_000  # nanoseconds
_DURATION = re.compile(
    r"P(?:(-?\d+)Y)?(?:(-?\d+)M)?(?:(-?\d+)W)?(?:(-?\d+)D)?"
    r"(?:T(?:(-?\d+)H)?(?:(-?\d+)M)?(?:(-?)(\d+)(?:\.(\d{1,9}))?S)?)?"
)
_CLOCK = re.compile(
    r"(?P<local>(?:\d{4}-\d\d-\d\dT)?\d\d:\d\d(?::\d\d)?)(?:\.(?P<fraction>\d{1,9}))?"
    r"(?P<offset>Z|[+-]\d\d:\d\d(?::\d\d)?)?(?:\[(?P<zone>[^\]]+)\])?"
)

Clock = TypeVar("Clock", datetime, time)


def needs_types(cypher: str, parameters: Mapping[str, Any]) -> bool:
    """Tell whether a statement could answer dates, times or durations.

    It does if it calls one of the functions that make them, or if a parameter holds one. The dates of the
    graph itself are text.

    Parameters
    ----------
    cypher
        The statement.
    parameters
        Its parameters.

    Examples
    --------
    >>> needs_types("RETURN date.truncate('year', date($day)) AS year", {"day": "2026-05-04"})
    True
    >>> needs_types("MATCH (v:Vendor) RETURN v.date, 'date()'", {})
    False
    """
    tokens = _drop_blanks(tokenize(cypher))
    calls = (
        unquote_name(token.text).upper() in _FUNCTIONS and _is_call(tokens, at)
        for at, token in enumerate(tokens)
    )
    return any(calls) or any(map(_holds_temporal, parameters.values()))


def _drop_blanks(tokens: list[Token]) -> list[Token]:
    return [token for token in tokens if token.kind not in ("space", "comment")]


def _is_call(tokens: list[Token], at: int) -> bool:
    """Tell `date(` and `date.truncate(` from a property, a key and a variable."""
    before = tokens[at - 1].text if at else ""
    after = [token.text for token in tokens[at + 1 : at + 4]]
    return before != "." and (after[:1] == ["("] or (after[:1] == ["."] and after[2:] == ["("]))


def _holds_temporal(value: Any) -> bool:
    if isinstance(value, _TEMPORAL):
        return True
    if isinstance(value, Mapping):
        return any(map(_holds_temporal, value.values()))
    return isinstance(value, list | tuple) and any(map(_holds_temporal, value))


def bind_temporals(cypher: str, parameters: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Replace the parameters that hold dates, times or durations by expressions over plain ones.

    Parameters
    ----------
    cypher
        The statement.
    parameters
        Its parameters, by name without the dollar.

    Returns
    -------
    tuple
        The statement and its parameters. One without a date, time or duration anywhere in it stays as it is.

    Raises
    ------
    QueryError
        A parameter is a time of a zone whose offset depends on the day.

    Examples
    --------
    >>> bind_temporals("RETURN $day", {"day": date(2026, 5, 4)})
    ('RETURN date($day)', {'day': '2026-05-04'})
    >>> bind_temporals("RETURN $x", {"x": [1, timedelta(days=2)]})
    ('RETURN [$x_0, duration($x_1)]', {'x_0': 1, 'x_1': 'P2DT0S'})
    """
    if not any(map(_holds_temporal, parameters.values())):
        return cypher, dict(parameters)
    tokens = tokenize(cypher)
    written = {_name_parameter(token) for token in tokens if token.kind == "parameter"}
    binder = _Binder(written | set(parameters))
    replaced: dict[str, str] = {}
    for name, value in parameters.items():
        if _holds_temporal(value):
            replaced[name] = binder.bind(name, value)
        else:
            binder.bound[name] = value
    texts = (
        replaced.get(_name_parameter(token), token.text) if token.kind == "parameter" else token.text
        for token in tokens
    )
    return "".join(texts), binder.bound


def _name_parameter(token: Token) -> str:
    return unquote_name(token.text[1:].strip())


class _Binder:
    """Makes expressions of values, and collects the plain parameters that they name."""

    def __init__(self, taken: set[str]) -> None:
        self.taken = taken
        self.bound: dict[str, Any] = {}

    def bind(self, name: str, value: Any) -> str:
        """Return the expression that stands for a value; `name` is that of its parameter."""
        if isinstance(value, _TEMPORAL):
            function, self.bound[name] = _write_temporal(name, value)
            return f"{function}({_write_parameter(name)})"
        if not _holds_temporal(value):
            self.bound[name] = value
            return _write_parameter(name)
        parts = value.values() if isinstance(value, Mapping) else value
        texts = [self.bind(self._invent(name, at), part) for at, part in enumerate(parts)]
        if not isinstance(value, Mapping):
            return f"[{', '.join(texts)}]"
        pairs = (f"{quote_name(str(key))}: {text}" for key, text in zip(value, texts, strict=True))
        return f"{{{', '.join(pairs)}}}"

    def _invent(self, name: str, at: int) -> str:
        invented = f"{name}_{at}"
        while invented in self.taken:
            invented += "_"
        self.taken.add(invented)
        return invented


def _write_parameter(name: str) -> str:
    plain = re.fullmatch(r"[A-Za-z_]\w*|\d+", name, re.ASCII)
    return f"${name if plain else quote_name(name)}"


def _write_temporal(name: str, value: Any) -> tuple[str, str]:
    """Return the function that makes a value, and the ISO 8601 text that it makes it of."""
    match value:
        case datetime():
            offset = value.utcoffset()
            zone = getattr(value.tzinfo, "key", None)
            text = value.isoformat() + (f"[{zone}]" if zone and offset is not None else "")
            return ("localdatetime" if offset is None else "datetime"), text
        case date():
            return "date", value.isoformat()
        case time():
            return ("localtime" if _offset_of(name, value) is None else "time"), value.isoformat()
        case timedelta():
            micro = value.seconds * 1_000_000 + value.microseconds
            return "duration", _write_duration(0, value.days, micro * 1000)
    return "duration", _write_duration(value.months, value.days, value.seconds * _SECOND + value.nanoseconds)


def _offset_of(name: str, value: time) -> timedelta | None:
    offset = value.utcoffset()
    if value.tzinfo is not None and offset is None:
        raise QueryError(
            f"Parameter ${name}: the time {value.isoformat()} is of the zone {value.tzinfo}, whose offset depends "
            "on the day. Give a datetime, or a time with a fixed offset (datetime.timezone)."
        )
    return offset


def _write_duration(months: int, days: int, nanoseconds: int) -> str:
    sign = "-" if nanoseconds < 0 else ""
    seconds, rest = divmod(abs(nanoseconds), _SECOND)
    fraction = f".{rest:09d}".rstrip("0") if rest else ""
    return f"P{f'{months}M' if months else ''}{days}DT{sign}{seconds}{fraction}S"


def read_typed(value: Any, type_tag: Any) -> Any:
    """Turn what the embedded engine answers into Python's own type.

    Parameters
    ----------
    value
        The value of a column, where dates, times and durations are text.
    type_tag
        Its type, such as ``"DATE NOT NULL"``; of a list, the types of its elements; of a map, pairs of key and
        type. See :func:`~kizuna.graph.stores.text.tag_types`.

    Returns
    -------
    object
        A date, datetime, time, timedelta or Duration, or lists and maps of them. What has no such type, and
        what Python cannot hold, such as a year after 9999, stays as it is. What is finer than a microsecond
        is cut off, but in a Duration.

    Examples
    --------
    >>> read_typed("2026-05-04", "DATE NOT NULL")
    datetime.date(2026, 5, 4)
    >>> read_typed(["PT1M", "PT1M"], ["DURATION NOT NULL", "STRING NOT NULL"])
    [datetime.timedelta(seconds=60), 'PT1M']
    """
    if isinstance(value, list) and isinstance(type_tag, list) and len(value) == len(type_tag):
        return [read_typed(part, tag) for part, tag in zip(value, type_tag, strict=True)]
    if isinstance(value, dict) and isinstance(type_tag, list):
        tags = {pair[0]: pair[1] for pair in type_tag if isinstance(pair, list) and len(pair) == 2}
        return {key: read_typed(part, tags.get(key)) for key, part in value.items()}
    if not isinstance(value, str) or not isinstance(type_tag, str):
        return value
    try:
        return _read_temporal(value, type_tag.removesuffix(" NOT NULL"))
    except (OverflowError, ValueError):
        return value


def _read_temporal(text: str, kind: str) -> Any:
    match kind:
        case "DATE":
            return date.fromisoformat(text)
        case "ZONED DATETIME" | "LOCAL DATETIME":
            return _read_datetime(text)
        case "ZONED TIME" | "LOCAL TIME":
            found = _match_clock(text)
            return _with_fraction(time.fromisoformat(found["local"]), found).replace(
                tzinfo=_read_offset(found["offset"])
            )
        case "DURATION":
            return _read_duration(text)
    return text


def _match_clock(text: str) -> re.Match[str]:
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return found


def _with_fraction(clock: Clock, found: re.Match[str]) -> Clock:
    return clock.replace(microsecond=int((found["fraction"] or "0").ljust(9, "0")[:6]))


def _read_offset(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text == "Z":
        return UTC
    hours, minutes, seconds = [*map(int, text[1:].split(":")), 0][:3]
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return timezone(-offset if text[0] == "-" else offset)


def _read_datetime(text: str) -> datetime:
    """Read a datetime; in an hour that a clock shows twice, the offset tells which is meant."""
    found = _match_clock(text)
    fixed = _read_offset(found["offset"])
    read = _with_fraction(datetime.fromisoformat(found["local"]), found).replace(tzinfo=fixed)
    if fixed is None or found["zone"] is None:
        return read
    for zoned in _list_zoned(read, found["zone"]):
        if zoned.utcoffset() == read.utcoffset():
            return zoned
    return read


def _list_zoned(read: datetime, key: str) -> Iterator[datetime]:
    try:
        zone: tzinfo = ZoneInfo(key)
    except (KeyError, ValueError, OSError):  # a zone that this computer does not know
        return
    for fold in (0, 1):
        yield read.replace(tzinfo=zone, fold=fold)


def _read_duration(text: str) -> timedelta | Duration:
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueError(text)
    years, months, weeks, days, hours, minutes = (int(found[at] or 0) for at in range(1, 7))
    part = int(found[8] or 0) * _SECOND + int((found[9] or "").ljust(9, "0"))
    nanoseconds = (hours * 3600 + minutes * 60) * _SECOND + (-part if found[7] else part)
    total = Duration(12 * years + months, 7 * weeks + days, *_divide(nanoseconds))
    if total.months:
        return total
    try:
        return timedelta(days=total.days, seconds=total.seconds, microseconds=int(total.nanoseconds / 1000))
    except OverflowError:
        return total


def _divide(nanoseconds: int) -> tuple[int, int]:
    """Return seconds and the rest, both with the sign of the whole, as Neo4j's driver has them."""
    seconds, rest = divmod(abs(nanoseconds), _SECOND)
    return (-seconds, -rest) if nanoseconds < 0 else (seconds, rest)
