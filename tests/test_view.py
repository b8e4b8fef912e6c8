"""Which statements hold: validity, and the one winner for each fact."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kizuna import _errors
from kizuna.graph import (
    MODEL,
    coerce_table,
    end_of_date,
    first_day,
    in_force,
    last_day,
    resolve_statements,
)

OFFERS = MODEL.tables["offers"]


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-11", "2026-11-01", "2026-11-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2026-11-22", "2026-11-22", "2026-11-22"),
    ],
)
def test_a_partial_date_spans_its_days(date: str, first: str, last: str) -> None:
    """A year or a month stands for its first or its last day, leap years included."""
    assert (first_day(date), last_day(date)) == (first, last)


@pytest.mark.parametrize(
    "date", ["", "26", "2026-1", "2026/11/22", "2026-11-22T00", "20261122", "2026-11-22\n"]
)
def test_other_spellings_of_a_date_are_refused(date: str) -> None:
    """Only ISO dates pass; the message shows what was found and three that would do."""
    with pytest.raises(_errors.InputError, match="`since` must be a date like 2026, 2026-11 or 2026-11-22"):
        first_day(date, name="since")


@pytest.mark.parametrize("date", ["2026-13", "2026-00", "2026-02-29", "2026-11-31", "2026-11-00", "0000"])
def test_days_that_no_calendar_has_are_refused(date: str) -> None:
    """A date of the right form that is no day of the calendar is refused by name."""
    with pytest.raises(_errors.InputError, match=f"`until` is no day of the calendar: '{date}'"):
        last_day(date, name="until")


def test_no_date_has_no_end() -> None:
    """A view without a date stands on no day."""
    assert end_of_date(None) is None
    assert end_of_date("2026-02") == "2026-02-28"


def _offers(*rows: dict[str, str]) -> pd.DataFrame:
    """Statements that vendor v offers component c."""
    return coerce_table(OFFERS, pd.DataFrame([{"vendor": "v", "component": "c", **row} for row in rows]))


@pytest.mark.parametrize(
    ("since", "until", "day", "valid"),
    [
        ("", "", "2026-11-22", True),
        ("2026-11-22", "", "2026-11-22", True),
        ("2026-11-23", "", "2026-11-22", False),
        ("", "2026-11-22", "2026-11-22", False),
        ("", "2026-11-23", "2026-11-22", True),
        ("2026", "", "2026-01-01", True),
        ("2026", "", "2025-12-31", False),
        ("2026-11", "", "2026-10-31", False),
        ("", "2026", "2025-12-31", True),
        ("", "2026", "2026-01-01", False),
        ("", "2026-11", "2026-11-01", False),
        ("2020", "2026", "2023-05-05", True),
    ],
)
def test_validity_runs_from_since_to_the_day_before_until(
    since: str, until: str, day: str, valid: bool
) -> None:
    """The day of ``since`` counts, that of ``until`` does not, and a partial one is its first day."""
    assert in_force(_offers({"since": since, "until": until}), day).tolist() == [valid]


def test_without_a_day_what_has_an_end_is_history() -> None:
    """A view that stands on no day takes the rows without an end, whenever they began."""
    frame = _offers({"since": "2999"}, {"until": "2999"}, {})
    assert in_force(frame, None).tolist() == [True, False, True]


def test_a_table_without_validity_always_holds() -> None:
    """Rows that have no time hold on every day."""
    frame = coerce_table(MODEL.tables["layers"], pd.DataFrame({"id": ["cloud", "ai"]}))
    assert in_force(frame, "1900-01-01").tolist() == [True, True]


def _winners(*rows: dict[str, str]) -> list[int]:
    return resolve_statements(OFFERS, _offers(*rows)).index.tolist()


def test_the_latest_statement_wins() -> None:
    """Of two statements on one fact the one made later is heard, whatever its source."""
    assert _winners(
        {"as_of": "2020", "source_kind": "cited"}, {"as_of": "2021", "source_kind": "uncited"}
    ) == [1]


def test_a_statement_without_a_date_is_the_oldest() -> None:
    """A blank date of a statement loses against any."""
    assert _winners({"as_of": ""}, {"as_of": "1999"}) == [1]


def test_a_partial_date_of_a_statement_is_its_first_day() -> None:
    """A statement of 2020 is older than one of 2 January 2020 and as old as one of 1 January."""
    assert _winners({"as_of": "2020"}, {"as_of": "2020-01-02"}) == [1]
    assert _winners({"as_of": "2020"}, {"as_of": "2020-01-01"}) == [0]


@pytest.mark.parametrize(
    ("first", "second", "winner"),
    [
        ("cited", "report", 0),
        ("report", "cited", 1),
        ("uncited", "report", 1),
        ("report", "uncited", 0),
        ("cited", "cited", 0),
    ],
)
def test_of_one_date_the_better_source_wins(first: str, second: str, winner: int) -> None:
    """Cited goes before the report, the report before uncited, and then the earlier row."""
    rows = [{"as_of": "2020", "source_kind": kind} for kind in (first, second)]
    assert _winners(*rows) == [winner]


def test_statements_on_different_spans_stand_side_by_side() -> None:
    """Two statements on spans that only touch do not contradict one another."""
    assert _winners(
        {"since": "2010", "until": "2015", "as_of": "2020"}, {"since": "2015", "as_of": "2012"}
    ) == [0, 1]


def test_statements_on_overlapping_spans_contradict_one_another() -> None:
    """One day in common is enough for the later statement to overrule the earlier."""
    assert _winners(
        {"since": "2010", "until": "2015-01-02", "as_of": "2020"}, {"since": "2015", "as_of": "2012"}
    ) == [0]


def test_an_end_that_became_known_ends_the_fact() -> None:
    """A later statement with an end replaces the open one, so that the fact is history afterwards."""
    frame = resolve_statements(OFFERS, _offers({"as_of": "2015"}, {"as_of": "2021", "until": "2020"}))
    assert in_force(frame, "2019-12-31").tolist() == [True]
    assert in_force(frame, "2020-01-01").tolist() == [False]


def test_what_was_overruled_overrules_nothing() -> None:
    """Of three statements the second loses to the first, and so cannot silence the third."""
    assert _winners(
        {"as_of": "2022", "since": "2010", "until": "2015"},
        {"as_of": "2021", "since": "2012", "until": "2020"},
        {"as_of": "2020", "since": "2016", "until": "2018"},
    ) == [0, 2]


def test_other_facts_are_left_alone() -> None:
    """A statement is measured only against those with the same key, and the order of rows is kept."""
    frame = coerce_table(
        OFFERS,
        pd.DataFrame(
            {
                "vendor": ["b", "a", "b", "a"],
                "component": ["c", "c", "c", "d"],
                "as_of": ["2020", "2020", "2021", "2019"],
            }
        ),
    )
    assert resolve_statements(OFFERS, frame).index.tolist() == [1, 2, 3]


def test_a_blank_component_is_a_key_of_its_own() -> None:
    """Two supply records without a component speak of one fact, one with a component of another."""
    supplies = MODEL.tables["supplies"]
    raw = pd.DataFrame(
        {
            "from_vendor": ["a", "a", "a"],
            "to_vendor": ["b", "b", "b"],
            "component": ["", "", "plc"],
            "as_of": ["2020", "2021", "2019"],
        }
    )
    assert resolve_statements(supplies, coerce_table(supplies, raw)).index.tolist() == [1, 2]


def test_completeness_is_resolved_by_component_and_country() -> None:
    """Of two levels for one component and country the later statement's is heard."""
    table = MODEL.tables["completeness"]
    raw = pd.DataFrame(
        {
            "component": ["plc", "plc", "plc"],
            "country": ["TW", "TW", "JP"],
            "level": ["partial", "complete", "partial"],
            "as_of": ["2020", "2026", "2020"],
        }
    )
    assert resolve_statements(table, coerce_table(table, raw))["level"].tolist() == ["complete", "partial"]


def test_rows_are_told_apart_by_position() -> None:
    """An index that repeats, as after joining two tables, changes no answer."""
    frame = _offers({"as_of": "2020"}, {"as_of": "2021"}, {"as_of": "2019"})
    frame.index = pd.Index([0, 0, 0])
    assert resolve_statements(OFFERS, frame)["as_of"].tolist() == ["2021"]


_DATES = st.sampled_from(["", "2018", "2018-07", "2019", "2019-03-05", "2020", "2021"])


@st.composite
def _statements(draw: st.DrawFn) -> list[dict[str, str]]:
    """Draw statements on two facts; a span is never empty."""
    rows = []
    for _ in range(draw(st.integers(1, 7))):
        since, until = draw(_DATES), draw(_DATES)
        if since and until and first_day(since) >= first_day(until):
            since = ""
        rows.append(
            {
                "vendor": draw(st.sampled_from(["v", "w"])),
                "component": "c",
                "as_of": draw(_DATES),
                "source_kind": draw(st.sampled_from(["cited", "report", "uncited"])),
                "since": since,
                "until": until,
            }
        )
    return rows


def _naive_winners(rows: list[dict[str, str]]) -> list[int]:
    """Take statements from the strongest to the weakest; each is heard unless one already heard overlaps."""

    def day(date: str, blank: str) -> str:
        return first_day(date) if date else blank

    def strength(i: int) -> tuple[str, int, int]:
        kinds = ["uncited", "report", "cited"]
        return day(rows[i]["as_of"], ""), kinds.index(rows[i]["source_kind"]), -i

    def overlap(a: dict[str, str], b: dict[str, str]) -> bool:
        starts = max(day(a["since"], "0"), day(b["since"], "0"))
        return starts < min(day(a["until"], "9999"), day(b["until"], "9999"))

    heard: list[int] = []
    for i in sorted(range(len(rows)), key=strength, reverse=True):
        rivals = [rows[j] for j in heard if rows[j]["vendor"] == rows[i]["vendor"]]
        if not any(overlap(rows[i], rival) for rival in rivals):
            heard.append(i)
    return sorted(heard)


@given(_statements())
def test_resolution_equals_the_definition(rows: list[dict[str, str]]) -> None:
    """On any statements the answer is that of going through them one by one, strongest first."""
    frame = coerce_table(OFFERS, pd.DataFrame(rows))
    assert resolve_statements(OFFERS, frame).index.tolist() == _naive_winners(rows)


@given(_statements(), _DATES.filter(bool))
def test_on_any_day_one_statement_holds_for_each_fact(rows: list[dict[str, str]], date: str) -> None:
    """After resolution no day has two statements in force on one fact."""
    frame = resolve_statements(OFFERS, coerce_table(OFFERS, pd.DataFrame(rows)))
    valid = frame[in_force(frame, last_day(date))]
    assert not valid.duplicated(["vendor", "component"]).any()
