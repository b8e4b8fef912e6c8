"""Dates, times and durations: made, computed, compared, given and returned."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from kizuna.graph.stores import Duration
from tests.parity.case import ARCADE, case, on

__all__ = ["CASES"]

_JST = timezone(timedelta(hours=9))
_TOKYO = ZoneInfo("Asia/Tokyo")
_TAIPEI = ZoneInfo("Asia/Taipei")
_NEW_YORK = ZoneInfo("America/New_York")

CASES = [
    case(
        "dates made of texts",
        "RETURN date('2026-11-22') AS day, date('2026-02') AS month, date('2026') AS year, "
        "date('2026-W47-7') AS week, "
        "date('20261122') AS short",
        "day month year week short",
        (date(2026, 11, 22), date(2026, 2, 1), date(2026, 1, 1), date(2026, 11, 22), date(2026, 11, 22)),
    ),
    case(
        "dates made of parts",
        """
        RETURN date({year: 2026, month: 2}) AS month, date({year: 2026, ordinalDay: 60}) AS ordinal,
               date({year: 2026, quarter: 3, dayOfQuarter: 2}) AS quarter,
               date({date: date('2026-05-04'), day: 9}) AS other
        """,
        "month ordinal quarter other",
        (date(2026, 2, 1), date(2026, 3, 1), date(2026, 7, 2), date(2026, 5, 9)),
    ),
    case(
        "datetimes with an offset, with a zone and with none",
        """
        RETURN datetime('2026-11-22T10:30:00+09:00') AS offset,
               datetime('2026-11-22T10:30:00[Asia/Tokyo]') AS zone,
               datetime('2026-11-22T10:30:00Z') AS utc, localdatetime('2026-11-22T10:30:00.25') AS local
        """,
        "offset zone utc local",
        (
            datetime(2026, 11, 22, 10, 30, tzinfo=_JST),
            datetime(2026, 11, 22, 10, 30, tzinfo=_TOKYO),
            datetime(2026, 11, 22, 10, 30, tzinfo=UTC),
            datetime(2026, 11, 22, 10, 30, 0, 250_000),
        ),
    ),
    case(
        "datetimes made of parts",
        """
        RETURN datetime({year: 2026, month: 5, day: 4, hour: 12, timezone: '+08:00'}) AS offset,
               datetime({year: 2026, month: 5, day: 4, timezone: 'Asia/Taipei'}) AS zone,
               localdatetime({year: 2026, month: 1, day: 1, hour: 0, minute: 30}) AS local,
               datetime({epochSeconds: 0}) AS epoch
        """,
        "offset zone local epoch",
        (
            datetime(2026, 5, 4, 12, tzinfo=timezone(timedelta(hours=8))),
            datetime(2026, 5, 4, tzinfo=_TAIPEI),
            datetime(2026, 1, 1, 0, 30),
            datetime(1970, 1, 1, tzinfo=UTC),
        ),
    ),
    case(
        "times of day",
        "RETURN time('10:30+09:00') AS offset, localtime('10:30:15.5') AS local, time('21:40:32Z') AS utc, "
        "localtime({hour: 7, minute: 5}) AS parts",
        "offset local utc parts",
        (time(10, 30, tzinfo=_JST), time(10, 30, 15, 500_000), time(21, 40, 32, tzinfo=UTC), time(7, 5)),
    ),
    case(
        "durations with months and without",
        """
        RETURN duration('P1Y2M3DT4H') AS months, duration({days: 1, hours: 2}) AS days,
               duration('PT90S') AS seconds,
               duration({months: 1, seconds: 1.5}) AS half, duration('P2W') AS weeks, duration('-P1D') AS back
        """,
        "months days seconds half weeks back",
        (
            Duration(14, 3, 14400, 0),
            timedelta(days=1, hours=2),
            timedelta(seconds=90),
            Duration(1, 0, 1, 500_000_000),
            timedelta(days=14),
            timedelta(days=-1),
        ),
    ),
    case(
        "what is finer than a microsecond is cut",
        "RETURN datetime('2026-11-22T10:30:00.123456789Z') AS instant, "
        "localtime('10:30:00.000000999') AS time",
        "instant time",
        (datetime(2026, 11, 22, 10, 30, 0, 123456, tzinfo=UTC), time(10, 30)),
    ),
    case(
        "a month after the end of January is the end of February",
        """
        WITH date('2026-01-31') AS d
        RETURN d + duration('P1M') AS month, d + duration({days: 1}) AS day, d - duration('P1Y') AS year,
               d + duration('P1M') + duration('P1M') AS twice
        """,
        "month day year twice",
        (date(2026, 2, 28), date(2026, 2, 1), date(2025, 1, 31), date(2026, 3, 28)),
    ),
    case(
        "times and durations are added",
        """
        RETURN datetime('2026-11-22T23:30:00+09:00') + duration('PT1H') AS instant,
               localtime('23:30') + duration('PT1H') AS time,
               localdatetime('2026-03-01T00:00') - duration('PT1S') AS before,
               duration('P1M') + duration('P1D') AS sum, duration('PT1H') * 2 AS twice
        """,
        "instant time before sum twice",
        (
            datetime(2026, 11, 23, 0, 30, tzinfo=_JST),
            time(0, 30),
            datetime(2026, 2, 28, 23, 59, 59),
            Duration(1, 1, 0, 0),
            timedelta(hours=2),
        ),
    ),
    case(
        "a day longer than 24 hours, where clocks are turned back",
        """
        WITH datetime('2026-10-31T12:00[America/New_York]') AS t
        RETURN t + duration('P1D') AS day, t + duration('PT24H') AS hours
        """,
        "day hours",
        (datetime(2026, 11, 1, 12, tzinfo=_NEW_YORK), datetime(2026, 11, 1, 11, tzinfo=_NEW_YORK)),
    ),
    case(
        "the hour that comes twice is told by its offset",
        """
        WITH datetime('2026-11-01T01:30-05:00[America/New_York]') AS t
        RETURN t AS second, t.offset AS offset, t - duration('PT1H') AS first
        """,
        "second offset first",
        (
            datetime(2026, 11, 1, 1, 30, tzinfo=_NEW_YORK, fold=1),
            "-05:00",
            datetime(2026, 11, 1, 1, 30, tzinfo=_NEW_YORK),
        ),
    ),
    case(
        "the hour that comes twice, as a parameter",
        "RETURN $first AS first, $second AS second, $first < $second AS earlier",
        "first second earlier",
        (
            datetime(2026, 11, 1, 1, 30, tzinfo=_NEW_YORK),
            datetime(2026, 11, 1, 1, 30, tzinfo=_NEW_YORK, fold=1),
            True,
        ),
        parameters={
            "first": datetime(2026, 11, 1, 1, 30, tzinfo=_NEW_YORK),
            "second": datetime(2026, 11, 1, 1, 30, tzinfo=_NEW_YORK, fold=1),
        },
    ),
    case(
        "what lies between two days",
        """
        WITH date('2026-01-31') AS a, date('2026-03-01') AS b
        RETURN duration.between(a, b) AS between, duration.inDays(a, b).days AS days,
               duration.inMonths(a, b) AS months,
               duration.inSeconds(a, date('2026-02-01')) AS seconds, duration.between(b, a) AS back
        """,
        "between days months seconds back",
        (Duration(1, 1, 0, 0), 29, Duration(1, 0, 0, 0), timedelta(days=1), Duration(-1, -1, 0, 0)),
    ),
    case(
        "what lies between two instants",
        """
        RETURN duration.between(datetime('2026-11-22T10:00+09:00'), datetime('2026-11-22T10:00+08:00')) AS zones,
               duration.between(localtime('10:00'), localtime('12:30')) AS times,
               duration.inSeconds(localdatetime('2026-01-01T00:00'), localdatetime('2026-01-02T00:00:01')).seconds AS seconds
        """,
        "zones times seconds",
        (timedelta(hours=1), timedelta(hours=2, minutes=30), 86401),
    ),
    case(
        "truncated to a part",
        """
        WITH datetime('2026-11-22T10:45:30.5+09:00') AS t
        RETURN date.truncate('quarter', date('2026-11-22')) AS quarter,
               date.truncate('week', date('2026-11-22')) AS week,
               datetime.truncate('hour', t) AS hour, localdatetime.truncate('month', t) AS month,
               date.truncate('year', t, {day: 2}) AS second_day
        """,
        "quarter week hour month second_day",
        (
            date(2026, 10, 1),
            date(2026, 11, 16),
            datetime(2026, 11, 22, 10, tzinfo=_JST),
            datetime(2026, 11, 1),
            date(2026, 1, 2),
        ),
    ),
    case(
        "parts of a date",
        """
        WITH date('2026-11-22') AS d
        RETURN d.year AS year, d.month AS month, d.day AS day, d.week AS week, d.dayOfWeek AS day_of_week,
               d.quarter AS quarter,
               d.ordinalDay AS ordinal
        """,
        "year month day week day_of_week quarter ordinal",
        (2026, 11, 22, 47, 7, 4, 326),
    ),
    case(
        "parts of a datetime",
        """
        WITH datetime('2026-11-22T10:45:30.123456[Asia/Tokyo]') AS t
        RETURN t.hour AS hour, t.minute AS minute, t.second AS second, t.millisecond AS milli,
               t.timezone AS zone,
               t.offset AS offset, t.epochSeconds AS epoch, t.microsecond AS micro
        """,
        "hour minute second milli zone offset epoch micro",
        (10, 45, 30, 123, "Asia/Tokyo", "+09:00", 1795311930, 123456),
    ),
    case(
        "parts of a duration",
        """
        WITH duration('P1Y2M10DT2H30M1.5S') AS d
        RETURN d.years AS years, d.months AS months, d.monthsOfYear AS of_year, d.days AS days,
               d.hours AS hours,
               d.minutes AS minutes, d.seconds AS seconds, d.milliseconds AS millis
        """,
        "years months of_year days hours minutes seconds millis",
        (1, 14, 2, 10, 2, 150, 9001, 9001500),
    ),
    case(
        "dates compared",
        """
        RETURN date('2026-01-02') > date('2026-01-01') AS later, date('2026-01-01') = date('2026') AS equal,
               date('2026-01-01') = '2026-01-01' AS text, date('2026-01-01') < null AS unknown,
               localtime('09:00') <= localtime('10:00') AS times
        """,
        "later equal text unknown times",
        (True, True, False, None, True),
    ),
    case(
        "instants are compared across zones",
        """
        RETURN datetime('2026-11-22T10:00+09:00') < datetime('2026-11-22T10:00+08:00') AS earlier,
               datetime('2026-11-22T10:00+09:00') > datetime('2026-11-22T00:59Z') AS later,
               time('10:00+09:00') < time('10:00+08:00') AS time
        """,
        "earlier later time",
        (True, True, True),
    ),
    case(
        "one instant in two zones is not one datetime",
        """
        WITH datetime('2026-11-22T10:00+09:00') AS a, datetime('2026-11-22T09:00+08:00') AS b
        RETURN a = b AS equal, a.epochSeconds = b.epochSeconds AS instant
        """,
        "equal instant",
        (False, True),
    ),
    case(
        "durations are equal part by part",
        "RETURN duration('PT24H') = duration('P1D') AS day, duration('PT60M') = duration('PT1H') AS hour",
        "day hour",
        (False, True),
    ),
    case(
        "durations are neither less nor more",
        "RETURN duration('P1M') < duration('P31D') AS less, duration('P1D') > duration('PT1H') AS more",
        "less more",
        (None, None),
        differs=on(ARCADE, "the engine puts durations in an order"),
    ),
    case(
        "dates in order, their least and their last",
        """
        UNWIND ['2026-03-01', '2025-12-31', '2026-01-01'] AS t WITH date(t) AS d ORDER BY d
        RETURN collect(d) AS days, min(d) AS first, max(d) AS last
        """,
        "days first last",
        (
            [date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 1)],
            date(2025, 12, 31),
            date(2026, 3, 1),
        ),
    ),
    case(
        "dates of the graph are texts, of which dates can be made",
        """
        MATCH ()-[s:SUPPLIES]->(b) WHERE s.since IS NOT NULL
        RETURN b.id AS customer, s.since AS text, date(s.since) AS day,
               date(s.since) < date('2015-01-01') AS old
        ORDER BY day
        """,
        "customer text day old",
        ("nvidia", "2010", date(2010, 1, 1), True),
        ("sony", "2019-04", date(2019, 4, 1), False),
    ),
    case(
        "dates as texts",
        """
        RETURN toString(date('2026-05-04')) AS day,
               toString(datetime('2026-05-04T10:00:15[Asia/Tokyo]')) AS zone,
               toString(duration('P1Y2M3DT4.5S')) AS duration, toString(localtime('10:00:15')) AS time
        """,
        "day zone duration time",
        ("2026-05-04", "2026-05-04T10:00:15+09:00[Asia/Tokyo]", "P1Y2M3DT4.5S", "10:00:15"),
    ),
    case(
        "times as texts have their seconds, be they none",
        "RETURN toString(datetime('2026-05-04T10:00Z')) AS instant, toString(localtime('10:00')) AS time",
        "instant time",
        ("2026-05-04T10:00:00Z", "10:00:00"),
        differs=on(ARCADE, "the engine leaves out seconds that are none"),
    ),
    case(
        "dates in lists and maps beside texts that look like them",
        """
        RETURN [date('2026-01-01'), '2026-01-01', null] AS list,
               {d: duration('P1D'), t: 'P1D', l: [time('10:00Z')]} AS map,
               '2026-01-01' AS text
        """,
        "list map text",
        (
            [date(2026, 1, 1), "2026-01-01", None],
            {"d": timedelta(days=1), "t": "P1D", "l": [time(10, tzinfo=UTC)]},
            "2026-01-01",
        ),
    ),
    case(
        "every temporal type as a parameter",
        """
        RETURN $date AS date, $offset AS offset, $zone AS zone, $naive AS naive, $time AS time,
               $local AS local,
               $delta AS delta, $months AS months
        """,
        "date offset zone naive time local delta months",
        (
            date(2026, 5, 4),
            datetime(2026, 5, 4, 3, 2, 1, 500, tzinfo=_JST),
            datetime(2026, 5, 4, 3, 2, tzinfo=_TOKYO),
            datetime(2026, 5, 4, 3, 2, 1),
            time(3, 2, tzinfo=_JST),
            time(3, 2, 1, 5),
            timedelta(days=-1, seconds=5, microseconds=7),
            Duration(14, -3, 4, 5000),
        ),
        parameters={
            "date": date(2026, 5, 4),
            "offset": datetime(2026, 5, 4, 3, 2, 1, 500, tzinfo=_JST),
            "zone": datetime(2026, 5, 4, 3, 2, tzinfo=_TOKYO),
            "naive": datetime(2026, 5, 4, 3, 2, 1),
            "time": time(3, 2, tzinfo=_JST),
            "local": time(3, 2, 1, 5),
            "delta": timedelta(days=-1, seconds=5, microseconds=7),
            "months": Duration(14, -3, 4, 5000),
        },
    ),
    case(
        "temporal parameters in lists and maps",
        "RETURN $list AS list, $list[0].year AS year, $map AS map, "
        "$map.inner[1] < datetime('2027-01-01T00:00Z') AS before",
        "list year map before",
        (
            [date(2026, 5, 4), "2026-05-04", None, 1],
            2026,
            {"day": date(2026, 1, 1), "inner": [timedelta(hours=1), datetime(2026, 5, 4, tzinfo=_TOKYO)]},
            True,
        ),
        parameters={
            "list": [date(2026, 5, 4), "2026-05-04", None, 1],
            "map": {
                "day": date(2026, 1, 1),
                "inner": [timedelta(hours=1), datetime(2026, 5, 4, tzinfo=_TOKYO)],
            },
        },
    ),
    case(
        "a date as a parameter in a condition",
        """
        MATCH (a)-[s:SUPPLIES]->(b) WHERE date(s.since) >= $since
        RETURN a.id AS a, b.id AS b, $since + duration('P1D') AS next
        """,
        "a b next",
        ("tsmc", "sony", date(2015, 1, 2)),
        parameters={"since": date(2015, 1, 1)},
    ),
]
