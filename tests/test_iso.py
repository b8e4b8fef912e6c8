"""Durations, dates and times as text."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from kizuna.graph.stores.iso import format_duration, format_temporal
from kizuna.graph.stores.values import Duration

TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ((14, 3, 4, 500_000_000), "P1Y2M3DT4.5S"),
        ((-14, -3, -4, -500_000_000), "P-1Y-2M-3DT-4.5S"),
        ((14, 3, -90, 0), "P1Y2M3DT-1M-30S"),
        ((14, -3, -1, -500_000_000), "P1Y2M-3DT-1.5S"),
        ((12, 0, 0, 0), "P1Y"),
        ((0, 14, 0, 0), "P14D"),
        ((0, -1, 5, 7000), "P-1DT5.000007S"),
        ((0, 0, 90_000, 0), "PT25H"),
        ((0, 0, 3600, 5), "PT1H0.000000005S"),
        ((0, 0, -3600, -5), "PT-1H-0.000000005S"),
        ((0, 0, 60, -1), "PT59.999999999S"),
        ((1, 0, -60, 1), "P1MT-59.999999999S"),
        ((0, 0, -1, 500_000_000), "PT-0.5S"),
        ((0, 0, 0, 0), "PT0S"),
    ],
)
def test_a_duration_is_written_as_neo4j_writes_it(parts: tuple[int, int, int, int], text: str) -> None:
    """Each text is what Neo4j's own toString makes of the same months, days, seconds and nanoseconds."""
    assert format_duration(Duration(*parts)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (timedelta(days=1, hours=2, minutes=3, microseconds=40), "P1DT2H3M0.00004S"),
        (timedelta(hours=-1), "PT-1H"),
        (timedelta(days=-1, seconds=-0.5), "P-1DT-0.5S"),
        (timedelta.min, "P-999999999D"),
        (timedelta(0), "PT0S"),
    ],
)
def test_a_timedelta_has_one_sign(value: timedelta, text: str) -> None:
    """A timedelta below zero is written as the same length above it, each part with a minus."""
    assert format_duration(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2024, 4, 26), "2024-04-26"),
        (time(8, 30), "08:30:00"),
        (time(8, 30, tzinfo=timezone(timedelta(hours=9))), "08:30:00+09:00"),
        (time(8, 30, tzinfo=TOKYO), "08:30:00[Asia/Tokyo]"),
        (datetime(2024, 4, 26, 8, 30), "2024-04-26T08:30:00"),
        (datetime(2024, 4, 26, 8, 30, tzinfo=TOKYO), "2024-04-26T08:30:00+09:00[Asia/Tokyo]"),
        (datetime(2024, 4, 26, tzinfo=UTC), "2024-04-26T00:00:00+00:00"),
        (datetime(2024, 4, 26, tzinfo=ZoneInfo("UTC")), "2024-04-26T00:00:00+00:00"),
    ],
)
def test_a_time_names_its_zone(value: date | time, text: str) -> None:
    """A zone that is more than an offset is named in brackets, UTC is not."""
    assert format_temporal(value) == text
