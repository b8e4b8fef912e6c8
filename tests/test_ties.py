"""Ties across the pair of countries, and the white spots between them."""

from __future__ import annotations

import pytest

import kizuna
from kizuna import _errors
from kizuna.graph import SupplyGraph
from kizuna.loaders import load_seeds
from kizuna.queries import Scope
from kizuna.queries.saved import run_saved
from kizuna.queries.ties import count_ties, find_white_spots
from tests.graphs import Row, build_graph, make_graph, make_rows

_CITED = {"dataset": "toy", "source_kind": "cited", "as_of": "2026", "confidence": "high"}
WORDS = {
    "vendors": "a:TW b:TW c:JP d:JP u:US gone:JP(until=2020)",
    "offers": "a:x b:y c:y c:z gone:y",
    "components": "x(segment=parts) y(segment=store) z(segment=guard)",
    "segments": "parts:terminal store:cloud guard:(layer=)",
    "listed_in": "d:parts",
}


def _tie(ends: str, component: str = "", since: str = "", **more: str) -> Row:
    a, b = ends.split(">")
    return {"from_vendor": a, "to_vendor": b, "component": component, "since": since, **_CITED, **more}


def _count(
    tables: dict[str, list[Row]], scope: Scope | None = None, layers: str = "component"
) -> list[tuple[object, ...]]:
    graph = build_graph({**make_rows(**WORDS), **tables})
    ties = count_ties(graph, scope=scope, layers=layers)  # type: ignore[arg-type]
    return [
        (t.relation, t.from_country, t.to_country, t.from_layer, t.to_layer, t.decade, t.ties)
        for t in ties.rows
    ]


def test_ties_are_counted_by_kind_layer_and_decade() -> None:
    """By the decade in which they began; if nobody says so, in which they were stated; else unknown."""
    supplies = [
        _tie("a>c", "x", "2019-12-31"),
        _tie("a>d", "x", "2010"),
        _tie("b>c", "x", "2020"),
        _tie("a>c", "y", as_of="2008"),
        _tie("c>a", "z", as_of=""),
        _tie("b>d"),
    ]
    assert _count({"supplies": supplies, "licenses": [_tie("d>a", "", "1999")]}) == [
        ("LICENSES", "JP", "TW", None, None, 1990, 1),
        ("SUPPLIES", "JP", "TW", "guard", "guard", None, 1),
        ("SUPPLIES", "TW", "JP", "terminal", "terminal", 2010, 2),
        ("SUPPLIES", "TW", "JP", "terminal", "terminal", 2020, 1),
        ("SUPPLIES", "TW", "JP", "cloud", "cloud", 2000, 1),
        ("SUPPLIES", "TW", "JP", None, None, 2020, 1),
    ]


def test_only_ties_in_force_across_the_pair_count() -> None:
    """Not one at home or with a third country, one that ended or has not begun, one with a firm that is gone."""
    supplies = [_tie("a>b"), _tie("a>u"), _tie("u>c"), _tie("a>gone"), _tie("b>d", until="2026-11-22")]
    assert _count({"supplies": [*supplies, _tie("b>c", since="2026-11-23")]}) == []
    in_force = [_tie("b>d", until="2026-11-23"), _tie("b>c", since="2026-11-22")]
    assert [row[-1] for row in _count({"supplies": in_force})] == [2]


def test_the_layers_of_firms_make_pairs() -> None:
    """A firm is in the layers where it offers or is listed; a tie counts once for each pair of them."""
    tables = {"supplies": [_tie("a>c", "x"), _tie("d>b"), _tie("c>b")]}
    assert _count(tables, layers="firms") == [
        ("SUPPLIES", "JP", "TW", "terminal", "cloud", 2020, 1),
        ("SUPPLIES", "JP", "TW", "cloud", "cloud", 2020, 1),
        ("SUPPLIES", "JP", "TW", "guard", "cloud", 2020, 1),
        ("SUPPLIES", "TW", "JP", "terminal", "cloud", 2020, 1),
        ("SUPPLIES", "TW", "JP", "terminal", "guard", 2020, 1),
    ]
    ties = count_ties(build_graph({**make_rows(**WORDS), **tables}), layers="firms")
    assert (ties.total, ties.undated) == (3, 3)


def test_a_firm_without_known_layers_is_tied_all_the_same() -> None:
    """Nothing is known of what it does: its end of the pair is unknown."""
    graph = build_graph({**make_rows(vendors="a:TW b:JP"), "partners_with": [_tie("a>b", "", "2021")]})
    (row,) = count_ties(graph, layers="firms").rows
    assert (row.from_layer, row.to_layer, row.decade, row.ties) == (None, None, 2020, 1)


def test_evidence_and_owner_count_as_the_scope_says() -> None:
    """A filter on evidence takes ties away; by owner a Japanese firm of a Taiwanese group is Taiwanese."""
    tables = {"supplies": [_tie("a>c", confidence="low"), _tie("a>d", source_kind="uncited")]}
    assert len(_count(tables)) == 1
    assert [row[-1] for row in _count(tables, Scope(confidence="medium"))] == [1]
    assert [row[-1] for row in _count(tables, Scope(source_kinds=("cited",)))] == [1]
    owned = {**tables, "owns": [_tie("b>d", share="0.9")]}
    assert [row[0] for row in _count(owned)] == ["OWNS", "SUPPLIES"]
    assert [(row[0], row[-1]) for row in _count(owned, Scope(country_by="owner"))] == [("SUPPLIES", 1)]


def test_layers_are_of_the_component_or_of_the_firms() -> None:
    """Anything else is refused by name."""
    with pytest.raises(_errors.InputError, match="`layers` must be one of component, firms; found 'all'"):
        _count({}, layers="all")


SPOT = {"vendors": "a:TW a2:TW b:JP b2:JP", "offers": "a:y a2:y b:x b2:x", "requires": "y->x"}


def test_a_white_spot_is_a_need_without_a_tie() -> None:
    """Taiwan is strong in what requires, Japan in what is required, and nobody ties them."""
    (spot,) = find_white_spots(make_graph(**SPOT)).spots
    assert (spot.whole_country, spot.whole, spot.whole_vendors) == ("TW", "y", 2)
    assert (spot.part_country, spot.part, spot.part_vendors) == ("JP", "x", 2)


@pytest.mark.parametrize(
    ("table", "tie", "left"),
    [
        ("supplies", _tie("b>a", "x"), 0),
        ("licenses", _tie("a>b", "y"), 0),
        ("supplies", _tie("b>a", "z"), 1),
        ("supplies", _tie("b>a"), 1),
        ("supplies", _tie("a>a2", "x"), 1),
        ("supplies", _tie("b>a", "x", until="2026"), 1),
    ],
)
def test_a_tie_about_either_fills_the_spot(table: str, tie: Row, left: int) -> None:
    """About the one or the other, across the pair, and in force; any other leaves it white."""
    graph = build_graph({**make_rows(**SPOT, components="z"), table: [tie]})
    assert len(find_white_spots(graph).spots) == left


def test_strength_is_a_number_of_vendors() -> None:
    """Two unless said otherwise, counted offers only; groups are told beside."""
    pilot = {**SPOT, "offers": "a:y a2:y b:x b2:x(status=pilot)"}
    assert find_white_spots(make_graph(**pilot)).spots == ()
    assert len(find_white_spots(make_graph(**pilot), least=1).spots) == 1
    (spot,) = find_white_spots(make_graph(**SPOT, owns="b>b2")).spots
    assert (spot.part_vendors, spot.part_groups) == (2, 1)
    with pytest.raises(_errors.InputError, match="`least` must be a whole number from 1 up; found 0"):
        find_white_spots(make_graph(**SPOT), least=0)


def test_the_strongest_spots_come_first() -> None:
    """By the product of the numbers of vendors, then the first country of the pair, then by id."""
    graph = make_graph(
        vendors="a:TW b:JP b2:JP",
        offers="a:x a:y b:x b:y b2:x",
        requires="y->x",
    )
    spots = find_white_spots(graph, least=1).spots
    assert [(spot.whole_country, spot.whole_vendors * spot.part_vendors) for spot in spots] == [
        ("TW", 2),
        ("JP", 1),
    ]


def test_what_the_data_set_has_none_of_is_said() -> None:
    """Without relations every fit is white, which says something of the data set only."""
    assert find_white_spots(SupplyGraph({})).missing[:3] == ("OFFERS", "REQUIRES", "SUPPLIES")
    assert find_white_spots(make_graph(**SPOT)).missing[0] == "SUPPLIES"
    tied = build_graph({**make_rows(**SPOT), "supplies": [_tie("a>b")]})
    assert find_white_spots(tied).missing == ()


@pytest.mark.parametrize("pair", [("TW", "JP"), ("JP", "US")])
def test_ties_of_the_data_are_those_of_the_saved_queries(pair: tuple[str, str]) -> None:
    """The same counts and the same white spots, in the same order."""
    graph, scope = load_seeds(), Scope(pair=pair)
    with kizuna.connect() as store:
        store.load(graph)
        counts = run_saved(store, "ties-by-decade", {"pair": list(pair)}).rows
        spots = run_saved(store, "white-spots", {"pair": list(pair), "least": 1}).records()
    ties = count_ties(graph, scope=scope)
    found = [
        (
            *(t.relation, t.from_country, t.to_country, t.from_layer, t.to_layer),
            *(None if t.decade is None else str(t.decade), t.ties),
        )
        for t in ties.rows
    ]
    assert found == list(map(tuple, counts))
    assert ties.total == sum(row.ties for row in ties.rows)
    sides = ("whole_country", "whole", "whole_vendors", "part_country", "part", "part_vendors")
    assert [
        tuple(getattr(spot, side) for side in sides)
        for spot in find_white_spots(graph, scope=scope, least=1).spots
    ] == [tuple(row[side] for side in sides) for row in spots]
