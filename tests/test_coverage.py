"""Who covers what: counts, none, and what is not known."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kizuna import _errors
from kizuna.graph import SupplyGraph
from kizuna.queries import CoverageRow, Scope, measure_coverage, measure_overlap
from tests.graphs import make_graph


def _rows(graph: SupplyGraph, by: Any, scope: Scope | None = None) -> dict[str, CoverageRow]:
    return {row.id: row for row in measure_coverage(graph, by=by, scope=scope).rows}


def _cells(row: CoverageRow) -> list[str]:
    """Cells as text: ``TW 2/1`` is two vendors of one group in Taiwan, ``+1`` one of them only listed."""
    return [
        f"{cell.country} {cell.vendors}/{cell.groups}{f'+{cell.listed}' if cell.listed else ''}"
        if cell.state == "count"
        else f"{cell.country} {cell.state}"
        for cell in row.cells
    ]


def test_a_cell_is_a_count_or_none_or_not_known() -> None:
    """Nobody known is none only where the list is whole; a partial or old list leaves it not known."""
    graph = make_graph(
        vendors="a:TW b:TW c:US",
        offers="a:w b:w c:w a:x a:y a:z",
        complete="w:JP x:JP(level=partial) y:JP(as_of=2023-11-21) z:JP(as_of=2023-11-22) w:* z:*",
    )
    rows = _rows(graph, "component")
    assert {component: _cells(row) for component, row in rows.items()} == {
        "w": ["TW 2/2", "JP none", "* 1/1"],
        "x": ["TW 1/1", "JP not known", "* not known"],
        "y": ["TW 1/1", "JP not known", "* not known"],
        "z": ["TW 1/1", "JP none", "* none"],
    }
    assert [cell.level for cell in rows["x"].cells] == ["unknown", "partial", "unknown"]
    assert (rows["w"].parts, rows["w"].covered) == (1, (1, 0, 1))


def test_a_count_of_a_partial_list_is_a_count() -> None:
    """What is known is counted; that the list is partial stands beside it."""
    graph = make_graph(vendors="a:TW", offers="a:x", complete="x:TW(level=partial)")
    cell = _rows(graph, "component")["x"].cells[0]
    assert (cell.state, cell.vendors, cell.level) == ("count", 1, "partial")


def test_a_placeholder_makes_its_cell_partial_at_best() -> None:
    """Where various companies are named, nobody else known is not none; elsewhere the list stays whole."""
    graph = make_graph(
        vendors="a:TW various:JP(placeholder=yes)",
        offers="a:x various:x a:y",
        complete="x:JP x:* y:JP",
        segments_complete="parts:JP parts:*",
    )
    rows = _rows(graph, "component")
    assert _cells(rows["x"]) == ["TW 1/1", "JP not known", "* none"]
    assert _cells(rows["y"]) == ["TW 1/1", "JP none", "* not known"]
    assert [cell.level for cell in rows["x"].cells] == ["unknown", "partial", "complete"]
    assert _cells(_rows(graph, "segment")["parts"]) == ["TW 1/1", "JP not known", "* none"]


def test_a_placeholder_that_is_only_listed_makes_the_segment_partial() -> None:
    """A source that lists various companies in a segment has not listed them all."""
    graph = make_graph(
        vendors="a:TW various:JP(placeholder=yes)",
        segments="gear:terminal soft:cloud",
        listed_in="a:gear various:gear a:soft",
        segments_complete="gear:JP soft:JP",
    )
    rows = _rows(graph, "segment")
    assert _cells(rows["gear"]) == ["TW 1/1+1", "JP not known", "* not known"]
    assert _cells(rows["soft"]) == ["TW 1/1+1", "JP none", "* not known"]


def test_only_offers_that_count_are_counted() -> None:
    """A pilot line covers nothing; an unknown status does."""
    graph = make_graph(
        vendors="a:TW b:TW c:JP", offers="a:x b:x(status=pilot) c:x(status=)", complete="x:TW x:JP"
    )
    assert _cells(_rows(graph, "component")["x"]) == ["TW 1/1", "JP 1/1", "* not known"]
    strict = _rows(graph, "component", Scope(strict=True))["x"]
    assert _cells(strict) == ["TW 1/1", "JP none", "* not known"]


SEGMENTS = "chip:terminal gear:terminal cloud:cloud(nature=service) soft:solution(nature=software) security:(nature=software)"

ROLLED: dict[str, str] = {
    "vendors": "a:TW a2:TW b:JP c:JP us:US",
    "segments": SEGMENTS,
    "components": "chip1(segment=chip) chip2(segment=chip) gear1(segment=gear) host(segment=cloud,nature=service)"
    " lock(segment=security,nature=software)",
    "offers": "a:chip1 a:chip2 a2:chip2 b:chip2 a:gear1 us:gear1 b:lock",
    "owns": "a>a2",
}


def test_a_segment_counts_distinct_vendors_and_groups() -> None:
    """A vendor with two chips is one vendor, a mother with her daughter one group."""
    rows = _rows(make_graph(**ROLLED), "segment")
    assert {segment: _cells(row) for segment, row in rows.items()} == {
        "chip": ["TW 2/1", "JP 1/1", "* not known"],
        "gear": ["TW 1/1", "JP not known", "* 1/1"],
        "cloud": ["TW not known", "JP not known", "* not known"],
        "soft": ["TW not known", "JP not known", "* not known"],
        "security": ["TW not known", "JP 1/1", "* not known"],
    }
    assert {segment: (row.parts, row.covered) for segment, row in rows.items()} == {
        "chip": (2, (2, 1, 0)),
        "gear": (1, (1, 0, 1)),
        "cloud": (1, (0, 0, 0)),
        "soft": (0, (0, 0, 0)),
        "security": (1, (0, 1, 0)),
    }


def test_a_layer_counts_what_its_segments_do_and_security_has_a_row_of_its_own() -> None:
    """Layers in the order of the loop, over distinct vendors; security lies in none of them."""
    rows = _rows(make_graph(**ROLLED), "layer")
    assert list(rows) == ["terminal", "cloud", "ai", "solution", "security"]
    assert _cells(rows["terminal"]) == ["TW 2/1", "JP 1/1", "* 1/1"]
    assert (rows["terminal"].parts, rows["terminal"].covered) == (3, (3, 1, 1))
    assert _cells(rows["security"]) == ["TW not known", "JP 1/1", "* not known"]


def test_the_split_by_nature_is_over_segments() -> None:
    """Hardware, software and service: in how many segments of each a country has anybody."""
    rows = _rows(make_graph(**ROLLED), "nature")
    assert list(rows) == ["hardware", "software", "service"]
    assert {nature: (row.parts, row.covered) for nature, row in rows.items()} == {
        "hardware": (2, (2, 1, 1)),
        "software": (2, (0, 1, 0)),
        "service": (1, (0, 0, 0)),
    }
    assert _cells(rows["hardware"]) == ["TW 2/1", "JP 1/1", "* 1/1"]


def test_the_report_s_table_covers_hardware_only() -> None:
    """Firms that a whole table lists in hardware segments alone leave software with none."""
    graph = make_graph(
        vendors="a:TW b:TW",
        segments="sensor:terminal network:terminal platform:cloud(nature=software)",
        listed_in="a:sensor b:sensor b:network",
        segments_complete="sensor:TW network:TW platform:TW",
    )
    rows = _rows(graph, "nature")
    assert (rows["hardware"].covered[0], rows["software"].covered[0]) == (2, 0)
    assert _cells(rows["hardware"])[0] == "TW 2/2+2"
    assert _cells(rows["software"])[:2] == ["TW none", "JP not known"]


def test_listed_firms_count_in_segments_and_not_in_components() -> None:
    """Who is listed and also offers is counted once; who is only listed is told apart."""
    graph = make_graph(
        vendors="a:TW b:TW c:TW(until=2020)",
        offers="a:x",
        listed_in="a:parts b:parts c:parts",
    )
    assert _cells(_rows(graph, "component")["x"])[0] == "TW 1/1"
    for by, row in (("segment", "parts"), ("layer", "terminal"), ("nature", "hardware")):
        assert _cells(_rows(graph, by)[row])[0] == "TW 2/2+1"


@pytest.mark.parametrize(
    ("complete", "segments_complete", "state"),
    [
        ("", "parts:JP", "none"),
        ("", "parts:JP(level=partial)", "not known"),
        ("", "parts:JP(as_of=2023-11-22)", "none"),
        ("", "parts:JP(as_of=2023-11-21)", "not known"),
        ("x:JP y:JP", "", "none"),
        ("x:JP", "", "not known"),
        ("x:JP y:JP", "parts:JP(level=partial)", "none"),
        ("x:JP y:JP(level=partial)", "parts:JP", "none"),
    ],
)
def test_a_segment_is_whole_if_it_is_said_to_be_or_all_its_components_are(
    complete: str, segments_complete: str, state: str
) -> None:
    """A roll-up is complete by its own statement, for 36 months, or by those on all its components."""
    graph = make_graph(
        vendors="a:TW", offers="a:x a:y", complete=complete, segments_complete=segments_complete
    )
    assert _rows(graph, "segment")["parts"].cells[1].state == state


def test_a_layer_is_whole_only_if_all_its_segments_are() -> None:
    """One segment of unknown completeness leaves the layer unknown."""
    segments = "one:terminal two:terminal"
    whole = make_graph(
        vendors="a:TW", segments=segments, listed_in="a:one", segments_complete="one:JP two:JP"
    )
    part = make_graph(vendors="a:TW", segments=segments, listed_in="a:one", segments_complete="one:JP")
    assert _rows(whole, "layer")["terminal"].cells[1].state == "none"
    assert _rows(part, "layer")["terminal"].cells[1].state == "not known"


def test_overlap_compares_groups_by_component() -> None:
    """Taiwan has 2 and 0 groups, Japan 1 and 1: of 4 in all, 2 are not matched, so half overlaps."""
    graph = make_graph(vendors="a:TW b:TW c:JP us:US", offers="a:x b:x c:x c:y us:y")
    rows = _rows(graph, "component")
    assert rows["x"].overlap == pytest.approx(2 / 3)
    assert rows["y"].overlap == 0
    assert _rows(graph, "segment")["parts"].overlap == 0.5


@pytest.mark.parametrize(
    ("a", "b", "overlap"),
    [
        ([2, 0], [2, 4], 0.5),
        ([1, 2, 3], [1, 2, 3], 1.0),
        ([1, 0], [0, 1], 0.0),
        ([0], [0], None),
        ([], [], None),
    ],
)
def test_the_overlap_index(a: list[int], b: list[int], overlap: float | None) -> None:
    """1 where both have the same, 0 where they have nothing in common, none where nobody has anything."""
    assert measure_overlap(np.array(a, dtype=np.int64), np.array(b, dtype=np.int64)) == overlap


@given(pairs=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1))
def test_overlap_is_the_same_from_both_sides(pairs: list[tuple[int, int]]) -> None:
    """The index is symmetric and lies between 0 and 1."""
    a, b = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
    overlap = measure_overlap(a, b)
    assert overlap == measure_overlap(b, a)
    assert overlap is None or 0 <= overlap <= 1


def test_concentration_stands_beside_a_component() -> None:
    """Only where shares of the component's own market are stated."""
    graph = make_graph(vendors="a:TW", offers="a:x(share=0.5,share_of=x,share_year=2025) a:y")
    rows = _rows(graph, "component")
    assert rows["x"].hhi is not None and rows["x"].hhi.high == 0.5
    assert rows["y"].hhi is None


def test_countries_are_those_of_seat_or_owner() -> None:
    """By owner a Japanese firm with a Taiwanese mother is counted in Taiwan, as one group with her."""
    graph = make_graph(vendors="a:TW b:JP", offers="a:x b:x", owns="a>b")
    assert _cells(_rows(graph, "component")["x"]) == ["TW 1/1", "JP 1/1", "* not known"]
    assert _cells(_rows(graph, "component", Scope(country_by="owner"))["x"])[:2] == ["TW 2/1", "JP not known"]


def test_another_pair_has_other_columns() -> None:
    """The columns are the pair in the order given, then everybody else."""
    graph = make_graph(vendors="a:TW b:JP c:US", offers="a:x b:x c:x")
    assert _cells(_rows(graph, "component", Scope(pair=("US", "JP")))["x"]) == ["US 1/1", "JP 1/1", "* 1/1"]


def test_an_unknown_level_is_refused() -> None:
    """What is no level of the roll-up is named, with those that there are."""
    with pytest.raises(_errors.InputError) as error:
        measure_coverage(make_graph(vendors="a:TW"), by="city")  # type: ignore[arg-type]
    assert str(error.value) == "`by` must be one of component, segment, layer, nature; found 'city'"


@pytest.mark.parametrize("by", ["component", "segment", "layer", "nature"])
def test_an_empty_graph_has_empty_cells(by: str) -> None:
    """Nothing in, nothing known."""
    rows = _rows(SupplyGraph({}), by)
    assert {cell.state for row in rows.values() for cell in row.cells} <= {"not known"}
