"""Saved queries on ties, white spots, second sources, obstacles and security: the same rows as Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import kizuna
from kizuna.graph import COMPANY_RELATIONS, SupplyGraph
from kizuna.graph.stores import EmbeddedStore
from kizuna.loaders import load_seeds
from kizuna.queries import Scope, find_gaps, list_obstacle_removers, list_second_sources, measure_coverage
from kizuna.queries.saved import run_saved
from kizuna.queries.ties import TIE_LAYERS, count_ties, find_white_spots
from tests.graphs import Rows, build_graph, make_graph, make_rows, supply_rows

_CITED = {"dataset": "toy", "source_kind": "cited", "confidence": "high"}
_SCOPES = (Scope(), Scope(country_by="owner"), Scope(pair=("JP", "US")))
# Each example is a database of its own: to shrink one would take minutes.
RANDOM = settings(
    max_examples=12,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def store() -> Iterator[EmbeddedStore]:
    """Yield the embedded store; tests load what they ask it about."""
    with kizuna.connect() as opened:
        assert isinstance(opened, EmbeddedStore)
        yield opened


@st.composite
def _tied_rows(draw: st.DrawFn) -> Rows:
    """Random supply graphs with layers, lists of firms, and relations of every kind."""
    rows = draw(supply_rows())
    random = draw(st.randoms(use_true_random=False))
    vendors = [row["id"] for row in rows["vendors"]]
    components = [row["id"] for row in rows["components"]]
    segments = ["gear", "guard", "lock", "parts"]
    for component in rows["components"]:
        component["segment"] = random.choice(segments)
    for vendor in rows["vendors"]:
        vendor["until"] = random.choice(("", "", "", "2020"))
    ties: Rows = {relation.lower(): [] for relation in COMPANY_RELATIONS if relation != "OWNS"}
    seen = set()
    for _ in range(random.randint(0, 12)):
        table, (a, b) = random.choice(sorted(ties)), random.sample(vendors, 2)
        about = random.choice([*components, ""])
        if (table, a, b, about) not in seen:
            seen.add((table, a, b, about))
            dates = {
                "since": random.choice(("", "1989-12", "2010")),
                "until": random.choice(("", "", "2021")),
                "as_of": random.choice(("", "2005", "2024-03")),
            }
            ties[table].append({"from_vendor": a, "to_vendor": b, "component": about, **dates, **_CITED})
    return {
        **rows,
        **ties,
        "layers": [{"id": layer, "order": str(n)} for n, layer in enumerate(("terminal", "cloud"), 1)],
        "segments": [
            {"id": segment, "layer": layer, "nature": "hardware"}
            for segment, layer in zip(segments, ("cloud", "", "", "terminal"), strict=True)
        ],
        "listed_in": [
            {"vendor": vendor, "segment": segment, **_CITED}
            for vendor in vendors
            for segment in random.sample(segments, random.randint(0, 1))
        ],
    }


def _check_ties(store: EmbeddedStore, graph: SupplyGraph, scope: Scope) -> None:
    asked: dict[str, Any] = {"pair": list(scope.pair), "country_by": scope.country_by}
    for layers in TIE_LAYERS:
        rows = run_saved(store, "ties-by-decade", {**asked, "layers": layers}).rows
        found = [
            (
                *(t.relation, t.from_country, t.to_country, t.from_layer, t.to_layer),
                *(None if t.decade is None else str(t.decade), t.ties),
            )
            for t in count_ties(graph, scope=scope, layers=layers).rows
        ]
        assert list(map(tuple, rows)) == found


def _check_white_spots(store: EmbeddedStore, graph: SupplyGraph, scope: Scope, least: int = 1) -> None:
    sides = [f"{side}{of}" for side in ("whole", "part") for of in ("_country", "", "_vendors", "_groups")]
    asked = {"pair": list(scope.pair), "country_by": scope.country_by, "least": least}
    rows = run_saved(store, "white-spots", asked).records()
    spots = find_white_spots(graph, scope=scope, least=least).spots
    assert [tuple(row[side] for side in sides) for row in rows] == [
        tuple(getattr(spot, side) for side in sides) for spot in spots
    ]


_REASONS = {
    "same component": "same-component",
    "same component, abroad": "same-component",
    "same component, not in volume": "not-in-volume",
    "same family": "same-family",
    "another alternative": "alternative",
}


def _check_second_sources(store: EmbeddedStore, graph: SupplyGraph) -> set[str]:
    """Compare them at every root of every cut of one vendor or group; return the reasons that came up."""
    gaps, seen = find_gaps(graph), set()
    for finding in gaps.cuts:
        if finding.unit not in ("vendor", "group"):
            continue
        sources = list_second_sources(gaps.analysis, finding)
        for root in finding.roots:
            asked = {"vendor": finding.members[0], "component": root}
            rows = run_saved(store, "second-sources", asked).records()
            found = Counter(
                (_REASONS[row["reason"]], row["vendor"], row["component"], row["status"]) for row in rows
            )
            assert found == Counter(
                (s.reason, s.vendor, s.component, s.status) for s in sources if s.root == root
            )
            seen |= {reason for reason, *_ in found}
    return seen


@pytest.mark.parametrize("scope", _SCOPES, ids=str)
def test_ties_of_the_data_are_those_of_python(store: EmbeddedStore, scope: Scope) -> None:
    """Ties by component and by firms, and white spots, by seat and by owner, in the same order."""
    graph = load_seeds()
    store.load(graph)
    _check_ties(store, graph, scope)
    _check_white_spots(store, graph, scope)
    _check_white_spots(store, graph, scope, least=4)


@pytest.mark.slow
@RANDOM
@given(rows=_tied_rows(), scope=st.sampled_from(_SCOPES))
def test_ties_of_random_graphs_are_those_of_python(store: EmbeddedStore, rows: Rows, scope: Scope) -> None:
    """Ended ones, firms that are gone or unnamed, groups, firms in several layers or in none, white spots."""
    graph = build_graph(rows)
    store.load(graph)
    _check_ties(store, graph, scope)
    _check_white_spots(store, graph, scope)


def test_second_sources_of_the_data_are_those_of_python(store: EmbeddedStore) -> None:
    """At every root of every single point of failure, for the same reasons."""
    graph = load_seeds()
    store.load(graph)
    assert _check_second_sources(store, graph)


@pytest.mark.slow
@RANDOM
@given(rows=supply_rows())
def test_second_sources_of_random_graphs_are_those_of_python(store: EmbeddedStore, rows: Rows) -> None:
    """With groups, families, choices, pilots and placeholders."""
    graph = build_graph(rows)
    store.load(graph)
    _check_second_sources(store, graph)


def test_another_alternative_of_the_choice_comes_last(store: EmbeddedStore) -> None:
    """What would do in its place in any choice it is one of; the same choice of another target would not."""
    graph = make_graph(
        vendors="a:TW b:JP c:JP d:TW e:JP u:US",
        offers="a:x b:k c:y d:w u:y a:y e:p(status=pilot)",
        requires="t->[x|y] t->[x2|w] s->[x|p]",
        components="x(family=f) k(family=f)",
        solutions="s t",
    )
    store.load(graph)
    rows = run_saved(store, "second-sources", {"vendor": "a", "component": "x"}).records()
    assert [(row["reason"], row["vendor"], row["component"]) for row in rows] == [
        ("same family", "b", "k"),
        ("another alternative", "c", "y"),
        ("another alternative", "u", "y"),
    ]


def test_an_obstacle_is_answered_by_what_a_vendor_offers(store: EmbeddedStore) -> None:
    """Counted offers only, none of a placeholder; a firm or measure offers nothing. As Python says."""
    graph = build_graph(
        {
            **make_rows(
                vendors="a:TW some:TW(placeholder=yes) b:TW", offers="a:y a:x a:z(status=pilot) some:x"
            ),
            "obstacles": [{"id": "cost", **_CITED}, {"id": "talent", **_CITED}],
            "measures": [{"id": "fund", "kind": "fund", **_CITED}],
            "vendor_removes": [{"vendor": v, "obstacle": "cost", **_CITED} for v in ("some", "a", "b")],
            "measure_removes": [{"measure": "fund", "obstacle": "cost", **_CITED}],
        }
    )
    store.load(graph)
    rows = run_saved(store, "obstacles").records()
    assert [(row["obstacle"], row["remover"], row["components"]) for row in rows] == [
        ("cost", "fund", []),
        ("cost", "a", ["x", "y"]),
        ("cost", "b", []),
        ("cost", "some", []),
        ("talent", None, []),
    ]
    for same in (graph, load_seeds()):
        store.load(same)
        rows = run_saved(store, "obstacles").records()
        assert [(r["obstacle"], r["label"], r["remover"], tuple(r["components"])) for r in rows] == [
            (r.obstacle, r.label, r.remover, r.components) for r in list_obstacle_removers(same)
        ]


def test_security_of_the_data_is_counted_as_coverage_does(store: EmbeddedStore) -> None:
    """For each layer and each component that secures it: who requires it there, and its vendors in each country."""
    graph = load_seeds()
    store.load(graph)
    components, segments = graph.table("components"), graph.table("segments")
    of_segment = dict(zip(components["id"], components["segment"], strict=True))
    of_layer = dict(zip(segments["id"], segments["layer"], strict=True))
    needs, secures = graph.current("component_requires"), graph.current("segment_secures")
    coverage = {row.id: row.cells for row in measure_coverage(graph, by="component").rows}
    wanted = {
        (layer, guard): (
            sorted(
                whole
                for whole, part in zip(needs["component"], needs["requires"], strict=True)
                if part == guard and of_layer[of_segment[whole]] == layer
            ),
            *(cell.vendors for cell in coverage[guard][:2]),
        )
        for segment, layer in zip(secures["segment"], secures["layer"], strict=True)
        for guard in components["id"]
        if of_segment[guard] == segment
    }
    rows = run_saved(store, "security-by-layer").records()
    assert wanted
    assert {
        (row["layer"], row["component"]): (row["required_by"], row["first"], row["second"]) for row in rows
    } == wanted
