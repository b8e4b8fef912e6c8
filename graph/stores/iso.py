"""Durations, dates and times as ISO 8601 text; durations as Cypher's ``toString`` writes them."""

from __future__ import annotations

from datetime import date, time, timedelta

from .values import Duration

__all__ = ["format_duration", "format_temporal"]

_SECOND = 1_000_000_000  # in nanoseconds


def format_duration(value: Duration | timedelta) -> str:
    """Return a duration as ISO 8601 has it, each part with a sign of its own.

    Months make years, and seconds make minutes and hours, as nothing else has a fixed length. What is below a
    day has one sign, also where the seconds and the nanoseconds of `value` differ in theirs. A ``timedelta``
    has one sign in all: Python keeps an hour ago as a day ago and 23 hours on, which nobody means.

    Examples
    --------
    >>> format_duration(Duration(14, 3, 4, 500_000_000))
    'P1Y2M3DT4.5S'
    >>> format_duration(Duration(14, -3, -90, 0)), format_duration(Duration(0, 0, 60, -1))
    ('P1Y2M-3DT-1M-30S', 'PT59.999999999S')
    >>> format_duration(timedelta(hours=-1)), format_duration(timedelta(0))
    ('PT-1H', 'PT0S')
    """
    months, days, nanoseconds = _split(value)
    years, months = _divide(months, 12)
    minutes, rest = _divide(nanoseconds, 60 * _SECOND)
    hours, minutes = _divide(minutes, 60)
    day = _join((years, "Y"), (months, "M"), (days, "D"))
    clock = _join((hours, "H"), (minutes, "M")) + (_format_seconds(rest) if rest else "")
    return f"P{day}T{clock}" if clock else f"P{day}" if day else "PT0S"


def _split(value: Duration | timedelta) -> tuple[int, int, int]:
    """Return months, days and nanoseconds."""
    if isinstance(value, timedelta):
        sign, whole = (-1, -value) if value < timedelta(0) else (1, value)
        return 0, sign * whole.days, sign * (whole.seconds * _SECOND + whole.microseconds * 1000)
    return value.months, value.days, value.seconds * _SECOND + value.nanoseconds


def _divide(number: int, by: int) -> tuple[int, int]:
    """Divide towards zero, so that both parts keep the sign."""
    quotient = abs(number) // by * (1 if number >= 0 else -1)
    return quotient, number - quotient * by


def _join(*parts: tuple[int, str]) -> str:
    return "".join(f"{number}{unit}" for number, unit in parts if number)


def _format_seconds(nanoseconds: int) -> str:
    seconds, rest = divmod(abs(nanoseconds), _SECOND)
    fraction = f".{rest:09}".rstrip("0") if rest else ""
    return f"{'-' if nanoseconds < 0 else ''}{seconds}{fraction}S"


def format_temporal(value: date | time) -> str:
    """Return a date, a time or a datetime as ISO 8601 has it, the name of its zone in brackets.

    UTC is not named, as the offset says it.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from zoneinfo import ZoneInfo
    >>> format_temporal(datetime(2024, 4, 26, 8, 30, tzinfo=ZoneInfo("Asia/Taipei")))
    '2024-04-26T08:30:00+08:00[Asia/Taipei]'
    >>> format_temporal(datetime(2024, 4, 26, tzinfo=UTC)), format_temporal(date(2024, 4, 26))
    ('2024-04-26T00:00:00+00:00', '2024-04-26')
    """
    zone = getattr(getattr(value, "tzinfo", None), "key", None)
    return value.isoformat() + (f"[{zone}]" if zone and zone != "UTC" else "")
