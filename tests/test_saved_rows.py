"""What saved queries answer: by hand on small graphs, and as Python does on the data and on random graphs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import kizuna
from kizuna.graph import SupplyGraph
from kizuna.graph.stores import EmbeddedStore, Store
from kizuna.queries import LEVELS, Analysis, Scope, evaluate, find_gaps, measure_coverage
from kizuna.queries.coverage import CoverageLevel
from kizuna.queries.dominance import find_dominated
from kizuna.queries.losses import source_holds
from kizuna.queries.market import UNITS, Bools
from kizuna.queries.saved import list_saved, run_saved
from tests.graphs import Rows, build_graph, make_graph, make_rows, supply_rows
from tests.toy_chain import TOY

_DATED = {"dataset": "toy", "source_kind": "cited", "as_of": "2026", "confidence": "high"}
SCOPES = st.sampled_from([Scope(), Scope(country_by="owner"), Scope(pair=("JP", "US"))])
# Each example is a database of its own: to shrink one would take minutes.
RANDOM = settings(
    max_examples=15,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def _ask(store: Store, graph: SupplyGraph, name: str, **parameters: Any) -> list[dict[str, Any]]:
    store.load(graph)
    return run_saved(store, name, parameters).records()


def _pick(rows: list[dict[str, Any]], *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]


# ---------------------------------------------------------------- coverage


def test_coverage_tells_none_from_not_known(store: Store) -> None:
    """Nobody is 0 only where a list is complete; else the cell is not known, never 0."""
    graph = make_graph(vendors="a:TW b:TW c:US", offers="a:x b:x(status=) c:x", owns="a>b", complete="x:JP")
    rows = _ask(store, graph, "coverage-by-component")
    assert _pick(rows, "component", "country", "state", "vendors", "groups", "level") == [
        ("x", "TW", "count", 2, 1, "unknown"),
        ("x", "JP", "none", 0, 0, "complete"),
        ("x", "*", "count", 1, 1, "unknown"),
    ]
    later = build_graph(make_rows(vendors="a:TW", offers="a:x", complete="x:JP"), as_of="2029-01-02")
    assert _pick(_ask(store, later, "coverage-by-component"), "country", "state", "vendors", "groups") == [
        ("TW", "count", 1, 1),
        ("JP", "not known", None, None),  # what was complete three years and a day ago
        ("*", "not known", None, None),
    ]


def test_a_placeholder_is_not_counted_and_makes_a_list_partial(store: Store) -> None:
    """Several unnamed firms are no vendor, and show that the list is not complete."""
    graph = make_graph(vendors="a:TW(placeholder=yes)", offers="a:x", complete="x:TW x:JP")
    rows = _ask(store, graph, "coverage-by-component")
    assert _pick(rows, "country", "state", "level")[:2] == [
        ("TW", "not known", "partial"),
        ("JP", "none", "complete"),
    ]


def test_segments_count_who_is_listed_and_layers_add_up(store: Store) -> None:
    """A vendor listed in a segment counts there; one listed twice in a layer counts once."""
    graph = make_graph(
        vendors="a:TW b:TW c:JP gone:JP(until=2020)",
        offers="a:x c:x c:y",
        components="x(segment=one) y(segment=two)",
        segments="one:terminal two:terminal guard:(layer=)",
        listed_in="a:one b:one b:two gone:one",
        segments_complete="guard:JP",
    )
    rows = _ask(store, graph, "coverage-by-segment")
    found = _pick(rows, "segment", "country", "state", "vendors", "listed", "parts", "covered", "overlap")
    assert found == [
        ("one", "TW", "count", 2, 1, 1, 1, 1.0),
        ("one", "JP", "count", 1, 0, 1, 1, 1.0),
        ("one", "*", "not known", None, None, 1, 0, 1.0),
        ("two", "TW", "count", 1, 1, 1, 0, 0.0),
        ("two", "JP", "count", 1, 0, 1, 1, 0.0),
        ("two", "*", "not known", None, None, 1, 0, 0.0),
        ("guard", "TW", "not known", None, None, 0, 0, None),
        ("guard", "JP", "none", 0, 0, 0, 0, None),
        ("guard", "*", "not known", None, None, 0, 0, None),
    ]
    layers = _ask(store, graph, "coverage-by-layer")
    assert _pick(layers, "layer", "country", "vendors", "listed")[:2] == [
        ("terminal", "TW", 2, 1),
        ("terminal", "JP", 1, 0),
    ]
    assert [row["layer"] for row in layers[::3]] == ["terminal", "cloud", "ai", "solution", "guard"]


def _cover(graph: SupplyGraph, by: CoverageLevel, scope: Scope) -> list[tuple[Any, ...]]:
    """Rows as the saved query has them, from the answer in Python."""
    rows: list[tuple[Any, ...]] = []
    for row in measure_coverage(graph, by=by, scope=scope).rows:
        for place, cell in enumerate(row.cells):
            known = cell.state != "not known"
            counts = (cell.vendors, cell.groups) if known else (None, None)
            more: tuple[Any, ...] = ()
            if by != "component":
                more = (cell.listed if known else None, row.parts, row.covered[place], row.overlap)
            rows.append((row.id, cell.country, cell.state, *counts, cell.level, *more))
    return rows


def _ask_coverage(store: Store, by: CoverageLevel, scope: Scope) -> list[tuple[Any, ...]]:
    parameters = {"pair": list(scope.pair), "country_by": scope.country_by}
    rows = run_saved(store, f"coverage-by-{by}", parameters).records()
    more = () if by == "component" else ("listed", "parts", "covered", "overlap")
    return _pick(rows, by, "country", "state", "vendors", "groups", "level", *more)


@pytest.mark.parametrize("by", LEVELS)
@pytest.mark.parametrize("scope", [Scope(), Scope(pair=("JP", "US"), country_by="owner")], ids=str)
def test_coverage_of_the_data_is_that_of_python(
    embedded: EmbeddedStore, seeds: SupplyGraph, by: CoverageLevel, scope: Scope
) -> None:
    """Cell by cell, row by row, in the same order."""
    embedded.load(seeds)
    assert _ask_coverage(embedded, by, scope) == _cover(seeds, by, scope)


@st.composite
def _covered_rows(draw: st.DrawFn) -> Rows:
    """Random supply graphs with segments, lists of firms, and statements on how whole the lists are."""
    rows = draw(supply_rows())
    random = draw(st.randoms(use_true_random=False))
    vendors = [row["id"] for row in rows["vendors"]]
    segments = ["parts", "gear", "guard"]
    for vendor in rows["vendors"]:
        vendor["until"] = random.choice(("", "", "", "2020", "2026-11-22", "2027-01"))
    for component in rows["components"]:
        component["segment"] = random.choice(segments)
        component["nature"] = random.choice(("hardware", "software", "service"))
    stated = [
        {
            "country": country,
            "level": random.choice(("complete", "complete", "partial", "unknown")),
            **_DATED,
            "as_of": random.choice(("2026-03", "2024", "2023-11-22", "2023-11-21", "")),
        }
        for country in ("TW", "JP", "US", "*")
    ]
    return {
        **rows,
        "layers": [{"id": layer, "order": str(n)} for n, layer in enumerate(("terminal", "cloud"), 1)],
        "segments": [
            {"id": "gear", "layer": "cloud", "nature": "software"},
            {"id": "parts", "layer": "terminal", "nature": "hardware"},
            {"id": "guard", "layer": "", "nature": "software"},
        ],
        "listed_in": [
            {"vendor": vendor, "segment": segment, **_DATED}
            for vendor in vendors
            for segment in random.sample(segments, random.randint(0, 2))
        ],
        "completeness": [
            {"component": component["id"], **row}
            for component in rows["components"]
            for row in random.sample(stated, 3)
        ],
        "segment_completeness": [
            {"segment": segment, **row} for segment in segments for row in random.sample(stated, 3)
        ],
    }


@pytest.mark.slow
@RANDOM
@given(rows=_covered_rows(), scope=SCOPES)
def test_coverage_of_random_graphs_is_that_of_python(
    embedded: EmbeddedStore, rows: Rows, scope: Scope
) -> None:
    """At every level, whatever is listed, complete, old, unnamed or gone."""
    graph = build_graph(rows)
    embedded.load(graph)
    for by in LEVELS:
        assert _ask_coverage(embedded, by, scope) == _cover(graph, by, scope)


# -------------------------------------------------------------------- gaps


def test_a_chain_hangs_on_one_vendor(store: Store) -> None:
    """Care needs a camera, a camera a foundry, and the one foundry of the two countries is TSMC."""
    graph = SupplyGraph({name: pd.DataFrame(rows).fillna("") for name, rows in TOY.items()}, name="toy")
    rows = _ask(store, graph, "single-points-of-failure", lang="zh")
    assert _pick(rows, "unit", "member", "name", "roots", "components", "solutions", "severity") == [
        ("country", "TW", "台灣", ["foundry", "lens"], ["camera", "foundry", "lens"], ["care"], 1.0),
        ("vendor", "tsmc", "台積電", ["foundry"], ["camera", "foundry"], ["care"], 1.0),
        ("country", "JP", "日本", ["camera"], ["camera"], ["care"], 1.0),
    ]
    missing = run_saved(store, "uncovered-components").records()
    assert _pick(missing, "component", "components", "solutions", "severity", "waiting") == [
        ("vision", ["vision"], ["checkout"], 0.5, [])
    ]


def test_choices_in_house_parts_and_imports_are_no_gaps(store: Store) -> None:
    """A way out of a loss is taken: another alternative, a part made in house, an import that was given."""
    graph = make_graph(
        vendors="a:TW b:JP c:JP d:TW u:US",
        offers="a:x b:y b:z(in_house=x) d:z a:w c:w u:v b:t d:t",
        requires="w->[x|y] z->x t->v",
        solutions="s",
    )
    rows = _ask(store, graph, "single-points-of-failure")
    assert _pick(rows, "unit", "member", "roots", "components") == [
        ("vendor", "a", ["x"], ["x"]),  # z by b, who makes x; w by y
        ("vendor", "b", ["y"], ["y"]),
    ]


def test_a_group_is_listed_only_for_more_than_its_members(store: Store) -> None:
    """Two vendors of one group are two vendors, and one group."""
    graph = make_graph(vendors="a:TW b:JP c:JP", offers="a:x b:x c:y a:y", owns="a>b(share=0.6)")
    rows = _ask(store, graph, "single-points-of-failure")
    assert _pick(rows, "unit", "member", "roots") == [("group", "a", ["x"])]
    assert _ask(store, graph, "single-points-of-failure", units=["vendor"]) == []


def test_what_breaks_without_a_vendor_and_why(store: Store) -> None:
    """Each loss names which of its requirements was lost before; a root names none."""
    graph = make_graph(
        vendors="a:TW b:JP", offers="a:x b:y a:z b:z", requires="y->x s->y s->z", solutions="s"
    )
    rows = _ask(store, graph, "loss-of-vendors", vendors=["a"])
    assert _pick(rows, "label", "id", "because") == [
        ("Component", "x", []),
        ("Component", "y", ["x"]),
        ("Solution", "s", ["y"]),
    ]
    assert _pick(run_saved(store, "loss-of-component", {"component": "y"}).records(), "id", "because") == [
        ("y", []),
        ("s", ["y"]),
    ]


def test_who_can_do_it_alone(store: Store) -> None:
    """Either country, one of them, only both; and an import that both need."""
    graph = make_graph(
        vendors="a:TW b:JP u:US", offers="a:x b:x a:y b:z u:v b:w", requires="p->y p->z w->v", solutions="p q"
    )
    rows = _ask(store, graph, "feasible-alone")
    assert _pick(rows, "id", "feasible", "needs_third") == [
        ("v", "outside", True),
        ("w", "JP alone", True),
        ("x", "either", False),
        ("y", "TW alone", False),
        ("z", "JP alone", False),
        ("p", "only jointly", False),
        ("q", "either", False),
    ]


def test_who_dominates_and_how(store: Store) -> None:
    """The only leader, or a large share that a source states; two of them dominate nothing."""
    graph = make_graph(
        vendors="a:TW b:JP c:JP",
        offers="""a:x(role=leader) b:x(role=entrant) a:y(share=0.7,share_of=y,share_year=2024) b:y
            a:z(role=leader) b:z(role=entrant,share=0.6,share_of=z) a:w(share=0.9,share_of=all) b:w c:v""",
    )
    rows = _ask(store, graph, "dominant-vendors")
    assert _pick(rows, "component", "member", "by", "share", "share_year", "others") == [
        ("x", "a", "role", None, None, 1),
        ("y", "a", "share", 0.7, 2024, 1),
    ]


def _scope_of(scope: Scope) -> dict[str, Any]:
    return {"pair": list(scope.pair), "country_by": scope.country_by}


def _check_gaps(store: Store, graph: SupplyGraph, scope: Scope) -> None:
    """Compare single points of failure and uncovered components with Python's."""
    gaps = find_gaps(graph, scope=scope)
    cuts = run_saved(store, "single-points-of-failure", _scope_of(scope)).records()
    found = _pick(cuts, "unit", "member", "roots", "components", "solutions", "severity")
    assert sorted(found) == sorted(
        (f.unit, f.member, list(f.roots), list(f.components), list(f.solutions), f.severity)
        for f in gaps.cuts
    )
    rows = run_saved(store, "uncovered-components", _scope_of(scope)).records()
    assert sorted(_pick(rows, "component", "components", "solutions", "severity")) == sorted(
        (f.roots[0], list(f.components), list(f.solutions), f.severity) for f in gaps.uncovered
    )


def _check_losses(store: Store, graph: SupplyGraph, scope: Scope) -> None:
    """Compare what each vendor, each component and each country takes along with Python's."""
    analysis = Analysis(graph, scope)
    market, structure = analysis.market, analysis.structure
    keys = [
        *(("Component", c) for c in market.component_ids),
        *(("Solution", s) for s in market.solution_ids),
    ]
    holds = source_holds(structure, market)
    everything = evaluate(structure, holds)[: len(keys)]

    def lost(left: Bools) -> list[tuple[str, str]]:
        gone = everything & ~evaluate(structure, left)[: len(keys)]
        return sorted(key for key, out in zip(keys, gone, strict=True) if out)

    def without(offers: Bools) -> Bools:
        left = np.zeros(structure.size, dtype=bool)
        sources = structure.offer_source[market.usable & ~offers]
        left[sources[sources >= 0]] = True
        return left

    for code, vendor in enumerate(market.vendor_ids):
        rows = run_saved(store, "loss-of-vendors", {"vendors": [vendor], **_scope_of(scope)}).records()
        assert _pick(rows, "label", "id") == lost(without(market.offer_vendor == code))
    for code, component in enumerate(market.component_ids):
        if not market.virtual[code]:
            rows = run_saved(
                store, "loss-of-component", {"component": component, **_scope_of(scope)}
            ).records()
            assert _pick(rows, "label", "id") == lost(holds & (structure.source_component != code))
    country = market.countries.to_numpy()[market.offer_vendor]
    first, second = (evaluate(structure, without(market.present & (country != c))) for c in scope.pair)
    unaided = evaluate(structure, without(~market.present))
    for row in run_saved(store, "feasible-alone", _scope_of(scope)).records():
        node = keys.index((row["label"], row["id"]))
        if row["feasible"] == "outside":
            assert market.given[node] and not market.virtual[node]
            continue
        wanted = {
            (False, False): "only jointly",
            (True, False): f"{scope.pair[0]} alone",
            (False, True): f"{scope.pair[1]} alone",
            (True, True): "either",
        }[bool(first[node]), bool(second[node])]
        assert row["feasible"] == (wanted if everything[node] else "not at all")
        assert row["needs_third"] == bool(everything[node] and not unaided[node])
    for unit in UNITS:
        codes, names = market.unit_codes(unit)
        dominated = find_dominated(market, codes[market.offer_vendor])
        rows = run_saved(store, "dominant-vendors", {"unit": unit, **_scope_of(scope)}).records()
        assert _pick(rows, "component", "member") == sorted(
            (market.component_ids[c], names[u]) for c, u in enumerate(dominated) if u >= 0
        )


@pytest.mark.parametrize("scope", [Scope(), Scope(country_by="owner"), Scope(pair=("JP", "US"))], ids=str)
def test_gaps_of_the_data_are_those_of_python(
    embedded: EmbeddedStore, seeds: SupplyGraph, scope: Scope
) -> None:
    """The same cuts at vendor, group and country, the same roots, the same targets lost, uncovered alike."""
    embedded.load(seeds)
    _check_gaps(embedded, seeds, scope)


@pytest.mark.slow
@RANDOM
@given(rows=supply_rows(), scope=SCOPES)
def test_gaps_of_random_graphs_are_those_of_python(embedded: EmbeddedStore, rows: Rows, scope: Scope) -> None:
    """With choices, virtual components, parts made in house, imports, statuses and groups."""
    graph = build_graph(rows)
    embedded.load(graph)
    _check_gaps(embedded, graph, scope)
    _check_losses(embedded, graph, scope)


# ------------------------------------------------------------- other rows


def _make_ties() -> SupplyGraph:
    """Return five firms: a and b of Taiwan, c to e of Japan."""
    ties = {
        "supplies": [("a", "c", "x", ""), ("c", "b", "", "2010-05"), ("d", "e", "", "")],
        "owns": [("c", "d", "", ""), ("a", "e", "", "")],
        "invests_in": [("b", "d", "", "1999")],
        "joint_venture_with": [("a", "d", "x", "2001")],
    }
    shares = {("c", "d"): "0.7", ("a", "e"): "0.5", ("b", "d"): "0.1"}
    rows: Rows = {
        **make_rows(
            vendors="a:TW(name_zh=甲,aliases=Alpha) b:TW c:JP(name_ja=シー) d:JP e:JP",
            offers="a:x(status=pilot) c:x c:y d:y(source_kind=uncited) e:y b:x",
            requires="y->x",
        ),
        **{
            table: [
                {"from_vendor": a, "to_vendor": b, "component": x, "since": since, **_DATED}
                | ({"share": shares[a, b]} if (a, b) in shares else {})
                for a, b, x, since in pairs
            ]
            for table, pairs in ties.items()
        },
    }
    rows["partners_with"] = [{"from_vendor": "a", "to_vendor": "c", "until": "2019", **_DATED}]
    return build_graph(rows)


def test_supplies_and_shares_across_the_strait(store: Store) -> None:
    """Only what joins firms of the two countries; control is no holding."""
    graph = _make_ties()
    rows = _ask(store, graph, "supplies-across")
    assert _pick(rows, "supplier", "customer", "component") == [("a", "c", "x"), ("c", "b", None)]
    rows = run_saved(store, "holdings-across").records()
    assert _pick(rows, "relation", "firm", "other", "share") == [
        ("INVESTS_IN", "b", "d", 0.1),
        ("JOINT_VENTURE_WITH", "a", "d", None),
        ("OWNS", "a", "e", 0.5),
    ]
    rows = run_saved(store, "groups").records()
    assert _pick(rows, "head", "members", "countries") == [("c", ["c", "d"], ["JP"])]
    assert run_saved(store, "subsidiaries-across").rows == []
    rows = run_saved(store, "ties-by-decade").records()
    assert _pick(rows, "relation", "from_layer", "to_layer", "decade", "ties") == [
        ("INVESTS_IN", None, None, "1990", 1),
        ("JOINT_VENTURE_WITH", "terminal", "terminal", "2000", 1),
        ("OWNS", None, None, "2020", 1),
        ("SUPPLIES", None, None, "2010", 1),
        ("SUPPLIES", "terminal", "terminal", "2020", 1),
    ]
    rows = run_saved(store, "ties-by-decade", {"layers": "firms", "statuses": ["pilot"]}).records()
    assert {row["from_layer"] for row in rows if row["relation"] == "OWNS"} == {"terminal"}


def test_shortest_ties_and_neighbours(store: Store) -> None:
    """All shortest chains, with the way in which each relation runs; an ended one ties nobody."""
    rows = _ask(store, _make_ties(), "shortest-tie", **{"from": "b", "to": "e"})
    assert _pick(rows, "ties", "firms", "relations") == [(2, ["b", "d", "e"], ["> INVESTS_IN", "> SUPPLIES"])]
    assert run_saved(store, "shortest-tie", {"from": "b", "to": "b"}).rows == []
    rows = run_saved(store, "neighbours", {"vendor": "c"}).records()
    assert _pick(rows, "direction", "relation", "other") == [
        ("to", "OWNS", "d"),
        ("from", "SUPPLIES", "a"),
        ("to", "SUPPLIES", "b"),
    ]
    rows = run_saved(store, "history").records()
    assert _pick(rows, "type", "from_id", "to_id", "until") == [("PARTNERS_WITH", "a", "c", "2019")]


def test_firms_are_found_by_any_name(store: Store) -> None:
    """In any script, by a part of a name or alias, whatever its case."""
    graph = _make_ties()
    found = {
        text: _pick(_ask(store, graph, "find-firm", text=text), "id") for text in ("甲", "シ", "ALPH", "zz")
    }
    assert found == {"甲": [("a",)], "シ": [("c",)], "ALPH": [("a",)], "zz": []}


def test_vendors_and_second_sources_of_a_component(store: Store) -> None:
    """By country, with the head of the group; a second source is of another group."""
    graph = _make_ties()
    rows = _ask(store, graph, "component-vendors", component="y")
    assert _pick(rows, "country", "vendor", "head") == [("JP", "c", "c"), ("JP", "d", "c"), ("JP", "e", "e")]
    rows = run_saved(store, "second-sources", {"component": "x", "vendor": "d"}).records()
    assert _pick(rows, "reason", "vendor", "status") == [
        ("same component", "b", "volume"),
        ("same component, not in volume", "a", "pilot"),
    ]
    rows = run_saved(store, "thin-components").records()
    assert _pick(rows, "component", "groups", "vendors") == []
    rows = run_saved(store, "thin-components", {"most": 2}).records()
    assert _pick(rows, "component", "groups", "vendors") == [("x", 2, ["b", "c"]), ("y", 2, ["c", "d", "e"])]


def test_evidence_that_is_missing_or_old(store: Store) -> None:
    """Uncited statements, and those made before a day, by the first day of a partial date."""
    graph = _make_ties()
    rows = _ask(store, graph, "uncited")
    assert _pick(rows, "type", "from_id", "to_id") == [("OFFERS", "d", "y")]
    for date, found in (("2026", []), ("2026-01-02", ["OWNS", "OWNS"])):
        rows = run_saved(store, "older-than", {"date": date, "types": ["OWNS"]}).records()
        assert [row["type"] for row in rows] == found


def test_needs_all_the_way(store: Store) -> None:
    """Down from a solution, up from a component, with the fewest steps."""
    graph = make_graph(
        vendors="a:TW b:JP c:JP",
        offers="a:x b:x c:y",
        requires="p->y p->x y->x x->w",
        solutions="p q",
        components="w",
    )
    rows = _ask(store, graph, "solution-needs", solution="p")
    assert _pick(rows, "hops", "id", "first", "second") == [(1, "x", 1, 1), (1, "y", 0, 1), (2, "w", 0, 0)]
    assert _pick(run_saved(store, "component-needs", {"component": "y"}).records(), "hops", "id") == [
        (1, "x"),
        (2, "w"),
    ]
    assert _pick(
        run_saved(store, "component-users", {"component": "w"}).records(), "hops", "label", "id"
    ) == [
        (1, "Component", "x"),
        (2, "Component", "y"),
        (2, "Solution", "p"),
    ]


def test_white_spots_are_needs_without_a_tie(store: Store) -> None:
    """A relation about either component fills the spot; one about another does not."""
    words = {"vendors": "a:TW b:JP", "offers": "a:y b:x", "requires": "y->x"}
    assert _pick(_ask(store, make_graph(**words), "white-spots", least=1), "whole", "part") == [("y", "x")]
    for about, left in (("y", 0), ("x", 0), ("", 1)):
        tie = {"from_vendor": "b", "to_vendor": "a", "component": about, **_DATED}
        graph = build_graph({**make_rows(**words), "supplies": [tie]})
        assert len(_ask(store, graph, "white-spots", least=1)) == left


def test_engineering_firms_by_office_project_and_field(store: Store) -> None:
    """Office and field, then project and field, then office only; narrower fields count, home does not."""
    firms = ("office", "project", "elsewhere", "only", "home", "past")
    graph = build_graph(
        {
            "countries": [{"id": "TW"}, {"id": "MY"}],
            "domains": [{"id": "civil"}, {"id": "bridges", "broader": "civil"}, {"id": "power"}],
            "engineering_firms": [
                {"id": firm, "country": "MY" if firm == "home" else "TW", **_DATED} for firm in firms
            ],
            "works_in": [
                {"firm": firm, "domain": domain, **_DATED}
                for firm, domain in zip(
                    firms, ("bridges", "civil", "civil", "power", "civil", "power"), strict=True
                )
            ],
            "operates_in": [{"firm": f, "country": "MY", **_DATED} for f in ("office", "only", "home")],
            "has_built_in": [{"firm": f, "country": "MY", **_DATED} for f in ("project", "past")],
        }
    )
    rows = _ask(store, graph, "engineering-firms", country="MY", domain="civil")
    assert _pick(rows, "match", "firm", "fields") == [
        ("office and field", "office", ["bridges"]),
        ("project and field", "project", ["civil"]),
        ("office only", "only", []),
    ]


def test_weak_evidence_is_looked_for_down_the_chain(store: Store) -> None:
    """Uncited or of low confidence: needs of the solution, and offers that count in the two countries."""
    graph = make_graph(
        vendors="a:TW b:JP u:US",
        offers="""a:x(source_kind=uncited) b:x u:x(source_kind=uncited) b:y(confidence=low)
            a:y(status=pilot,confidence=) a:z(source_kind=uncited)""",
        requires="s->x x->y(confidence=) z->x(source_kind=uncited)",
        solutions="s",
    )
    rows = _ask(store, graph, "weak-evidence", solution="s")
    assert _pick(rows, "type", "from_id", "to_id", "source_kind", "confidence") == [
        ("REQUIRES", "x", "y", "cited", None),
        ("OFFERS", "a", "x", "uncited", "high"),
        ("OFFERS", "b", "y", "cited", "low"),
    ]


def test_what_else_the_report_speaks_of(store: Store) -> None:
    """Solutions and measures of a problem, who removes an obstacle, claims, and the printed table."""
    graph = build_graph(
        {
            **make_rows(
                vendors="a:TW(name_en=A) b:JP gone:TW(until=2020)",
                offers="a:x gone:x",
                requires="s->x",
                solutions="s t",
                owns="b>a",
            ),
            "problems": [{"id": "p", **_DATED}, {"id": "q", **_DATED}],
            "addresses": [{"solution": "s", "problem": "p", **_DATED}],
            "measures": [
                {"id": "late", "kind": "law", "country": "JP", "year": "2016", **_DATED},
                {"id": "early", "kind": "fund", "country": "JP", "year": "2014", **_DATED},
            ],
            "aims_at": [{"measure": m, "problem": "p", **_DATED} for m in ("late", "early")],
            "obstacles": [{"id": "far", **_DATED}, {"id": "near", **_DATED}],
            "vendor_removes": [{"vendor": "a", "obstacle": "far", **_DATED}],
            "measure_removes": [{"measure": "late", "obstacle": "far", **_DATED}],
            "claims": [{"id": "c", "figure": "0.5", "text_en": "Half.", "text_ja": "半分。", **_DATED}],
            "about": [{"claim": "c", "about_label": "Problem", "about": "p"}],
            "report_2017_vendors": [
                {"layer": "terminal", "segment": "parts", "vendor_as_printed": printed, "vendor": vendor}
                for printed, vendor in (("乙", "gone"), ("甲", "a"))
            ],
        }
    )
    rows = _ask(store, graph, "problem-solutions", problem="p")
    assert _pick(rows, "solution", "requires") == [("s", ["x"])]
    rows = run_saved(store, "problem-measures", {"problem": "p"}).records()
    assert _pick(rows, "measure", "year") == [("early", 2014), ("late", 2016)]
    assert _pick(run_saved(store, "obstacles").records(), "obstacle", "label", "remover") == [
        ("far", "Measure", "late"),
        ("far", "Vendor", "a"),
        ("near", None, None),
    ]
    about = {"label": "Problem", "id": "p", "lang": "zh"}
    rows = run_saved(store, "claims-about", about).records()
    assert _pick(rows, "claim", "text", "figure") == [("c", "Half.", 0.5)]
    rows = run_saved(store, "report-vendors").records()
    assert _pick(rows, "printed", "vendor", "offers", "owner", "until") == [
        ("乙", "gone", [], None, "2020"),
        ("甲", "a", ["x"], "b", None),
    ]


def test_a_loop_is_open_where_a_layer_has_nothing(store: Store) -> None:
    """Only components of the loop that the solution requires directly cover a layer."""
    graph = build_graph(
        {
            **make_rows(
                vendors="a:TW",
                components="eye(segment=one,stage=loop) brain(segment=two,stage=loop) lock(segment=guard)",
                segments="one:terminal two:ai guard:(layer=)",
                requires="s->eye eye->lock eye->brain",
                solutions="s",
            ),
            "segment_secures": [{"segment": "guard", "layer": layer} for layer in ("terminal", "ai")],
            "layer_feeds": [{"layer": "terminal", "feeds": "cloud"}],
        }
    )
    rows = _ask(store, graph, "solution-loop", solution="s")
    assert _pick(rows, "layer", "feeds", "covered", "components", "security") == [
        ("terminal", "cloud", True, ["eye"], ["lock"]),
        ("cloud", None, False, [], []),
        ("ai", None, False, [], []),
        ("solution", None, False, [], []),
    ]
    rows = run_saved(store, "security-by-layer").records()
    assert _pick(rows, "layer", "component", "required_by", "first") == [
        ("terminal", "lock", ["eye"], 0),
        ("cloud", None, [], None),
        ("ai", "lock", [], 0),
        ("solution", None, [], None),
    ]


@pytest.fixture(scope="module")
def nothing() -> Iterator[Store]:
    """Yield a store that holds a graph without a row."""
    with kizuna.connect(data=SupplyGraph({}, name="empty")) as opened:
        yield opened


@pytest.mark.parametrize("saved", list_saved(), ids=lambda saved: saved.name)
def test_an_empty_graph_is_no_error(nothing: Store, saved: Any) -> None:
    """Where there is nothing to say, a query says nothing, and keeps its columns."""
    result = run_saved(nothing, saved.name)
    assert result.columns == tuple(column.name for column in saved.columns)
    assert len(result.rows) <= {"coverage-by-nature": 9, "counts": 1}.get(saved.name, 0)
