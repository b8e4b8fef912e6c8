"""How far lists of vendors are whole, and for how long a statement on that counts."""

from __future__ import annotations

import pytest

from kizuna.queries.completeness import Completeness, find_completeness
from tests.graphs import build_graph, make_graph, make_rows


def _state(row: str, *, as_of: str = "") -> Completeness:
    return find_completeness(make_graph(vendors="a:TW", offers="a:x", complete=row, as_of=as_of))["x", "TW"]


def test_a_recent_cited_statement_counts() -> None:
    """Complete by a page of this year is complete."""
    stated = _state("x:TW")
    assert (stated.stated, stated.cited, stated.recent, stated.level) == ("complete", True, True, "complete")


@pytest.mark.parametrize(
    ("stated", "day", "recent"),
    [
        ("2023-11-22", "2026-11-22", True),
        ("2023-11-21", "2026-11-22", False),
        ("2023-11-22", "2026-11-23", False),
        ("2023-11-23", "2026-11-22", True),
        ("2023-12", "2026-11-22", True),
        ("2023-11", "2026-11-22", False),
        ("2024", "2026-11-22", True),
        ("2023", "2026-11-22", False),
        ("2024-02-29", "2027-02-28", True),
        ("2024-02-29", "2027-03-01", False),
        ("", "2026-11-22", False),
    ],
)
def test_a_statement_counts_for_36_months(stated: str, day: str, recent: bool) -> None:
    """To the day; a partial date counts as its first day, and an undated statement not at all."""
    found = _state(f"x:TW(as_of={stated})", as_of=day)
    assert found.recent == recent
    assert found.level == ("complete" if recent else "unknown")


@pytest.mark.parametrize("level", ["partial", "unknown"])
def test_what_was_never_complete_does_not_grow_old(level: str) -> None:
    """A list that was partial ten years ago is no better known today."""
    assert _state(f"x:TW(level={level},as_of=2016)").level == level


@pytest.mark.parametrize(("kind", "cited"), [("cited", True), ("report", True), ("uncited", False)])
def test_who_says_so(kind: str, cited: bool) -> None:
    """A page or the report."""
    assert _state(f"x:TW(source_kind={kind})").cited == cited


def test_the_latest_statement_on_a_cell_is_heard() -> None:
    """A list found to be partial later is partial, in whatever order the rows stand."""
    rows = "x:TW(level=partial,as_of=2026-05) x:TW(level=complete,as_of=2026-01)"
    assert _state(rows).stated == "partial"


def test_a_graph_without_a_day_has_no_recent_statement() -> None:
    """Where no day is known nothing is recent."""
    graph = build_graph(make_rows(vendors="a:TW", offers="a:x", complete="x:TW"), date="")
    assert not find_completeness(graph)["x", "TW"].recent


def test_segments_have_statements_of_their_own() -> None:
    """Statements on segments are read from their own table, with the same rules."""
    graph = make_graph(vendors="a:TW", offers="a:x", segments_complete="parts:TW parts:*(level=partial)")
    assert find_completeness(graph) == {}
    found = find_completeness(graph, "segment_completeness")
    assert {key: value.level for key, value in found.items()} == {
        ("parts", "TW"): "complete",
        ("parts", "*"): "partial",
    }
