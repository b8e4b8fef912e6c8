"""Places of making, numbers of groups and shares of the market: random graphs against brute force, and laws."""

from __future__ import annotations

import itertools
from collections.abc import Collection
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kizuna.queries import (
    UNITS,
    Analysis,
    Scope,
    ask_what_if,
    classify_complementarity,
    evaluate,
    find_gaps,
)
from kizuna.queries._pair import evaluate_for, sources_of
from kizuna.queries._set_finder import SetFinder
from kizuna.queries.witness import Witness
from tests.graphs import Rows, build_graph
from tests.scoped_oracle import ScopedOracle, placed_rows

# Brute force over many random graphs: too long for a quick run.
pytestmark = pytest.mark.slow

SCOPES = st.builds(
    Scope,
    within=st.sampled_from(("pair", "world")),
    pair=st.sampled_from((("TW", "JP"), ("TW", "JP"), ("JP", "US"))),
    country_by=st.sampled_from(("made", "made", "seat", "owner")),
    min_groups=st.sampled_from((1, 1, 2, 3)),
    min_share=st.sampled_from((None, None, 0.3, 0.8, 1)),
)
UNIT = st.sampled_from(UNITS)


def _ask_oracle(rows: Rows, scope: Scope) -> ScopedOracle:
    return ScopedOracle(
        rows,
        pair=scope.pair,
        within=scope.within,
        country_by=scope.country_by,
        min_groups=scope.min_groups,
        min_share=scope.min_share,
    )


def _names(analysis: Analysis, nodes: Collection[int]) -> frozenset[str]:
    return frozenset(analysis.market.names[node] for node in nodes if node < len(analysis.market.names))


def _find_losses(analysis: Analysis, unit: str) -> dict[str, frozenset[str]]:
    losses, names = analysis.losses(unit), analysis.market.offer_codes(unit)[1]
    return {names[code]: _names(analysis, losses.lost_by(code).tolist()) for code in np.unique(losses.unit)}


@settings(max_examples=40, deadline=None)
@given(rows=placed_rows(), scope=SCOPES, unit=UNIT)
def test_losses_are_those_of_brute_force(rows: Rows, scope: Scope, unit: str) -> None:
    """Each single unit takes along what it does by the definitions, and nothing else does."""
    oracle = _ask_oracle(rows, scope)
    expected = {name: oracle.lost(oracle.taken(unit, [name])) for name in oracle.units(unit)}
    found = _find_losses(Analysis(build_graph(rows), scope), unit)
    assert {k: v for k, v in found.items() if v} == {k: v for k, v in expected.items() if v}


@settings(max_examples=40, deadline=None)
@given(rows=placed_rows(), scope=SCOPES, data=st.data())
def test_the_structure_function_is_that_of_brute_force(rows: Rows, scope: Scope, data: st.DataObject) -> None:
    """φ of every target is right for any set of offers that is gone."""
    analysis, oracle = Analysis(build_graph(rows), scope), _ask_oracle(rows, scope)
    market = analysis.market
    gone = data.draw(st.sets(st.sampled_from(range(len(oracle.counted))))) if oracle.counted else set()
    gone &= {n for n, _ in oracle.present}
    pairs = {(oracle.base.counted[n]["vendor"], oracle.base.counted[n]["component"]) for n in gone}
    offers = zip(market.offers["vendor"], market.offers["component"], strict=True)
    left = market.usable & ~np.array([one in pairs for one in offers], dtype=bool)
    found = evaluate(analysis.structure, sources_of(analysis.structure, left))
    can = oracle.without(gone)
    assert dict(zip(market.names, found.tolist(), strict=False)) == {t: can(t) for t in oracle.targets}


def _all_sets(units: Collection[str], holds: object) -> list[tuple[str, ...]]:
    found: list[frozenset[str]] = []
    for size in range(len(units) + 1):
        for chosen in map(frozenset, itertools.combinations(sorted(units), size)):
            if not any(one <= chosen for one in found) and holds(chosen):  # type: ignore[operator]
                found.append(chosen)
    return sorted((tuple(sorted(one)) for one in found), key=lambda one: (len(one), one))


@settings(max_examples=40, deadline=None)
@given(rows=placed_rows(), scope=SCOPES, unit=UNIT, order=st.sampled_from((None, 1, 2)))
def test_sets_are_those_of_all_subsets(rows: Rows, scope: Scope, unit: str, order: int | None) -> None:
    """Minimal cut and path sets of every target are those of trying all sets of units, up to any order."""
    oracle = _ask_oracle(rows, scope)
    finder = SetFinder(Analysis(build_graph(rows), scope), unit=unit, max_order=order)
    units = oracle.units(unit)
    for target in oracle.targets:

        def fails(lost: frozenset[str], target: str = target) -> bool:
            return not oracle.without(oracle.taken(unit, lost))(target)

        cuts = _all_sets(units, fails)
        paths = _all_sets(units, lambda there: not fails(frozenset(units) - there))
        trivial = bool(units) and cuts == [tuple(sorted(units))]
        most = len(units) if order is None else order
        found = finder.find_cuts(target)
        assert list(found) == ([] if trivial else [one for one in cuts if len(one) <= most])
        assert list(finder.find_paths(target)) == [one for one in paths if len(one) <= most]
        assert (found.feasible, found.can_fail) == (not fails(frozenset()), fails(frozenset(units)))
        assert set(found.units) == units


@settings(max_examples=40, deadline=None)
@given(rows=placed_rows(), scope=SCOPES)
def test_findings_are_those_of_brute_force(rows: Rows, scope: Scope) -> None:
    """Each cut lists what is lost with it; the uncovered are those that too few offer, with what fails."""
    if not rows["offers"]:
        return
    oracle, gaps = _ask_oracle(rows, scope), find_gaps(build_graph(rows), scope=scope)
    for cut in gaps.cuts:
        if cut.order == 1:
            lost = oracle.lost(oracle.taken(str(cut.unit), cut.members))
            assert {*cut.components, *cut.solutions} == lost
    found = {one.roots[0]: frozenset([*one.components, *one.solutions]) for one in gaps.uncovered}
    assert found == oracle.uncovered()


@settings(max_examples=25, deadline=None)
@given(rows=placed_rows(), scope=SCOPES)
def test_every_step_of_a_witness_is_shown(rows: Rows, scope: Scope) -> None:
    """What a witness shows below a target is enough for it to fail, were everything else to be had."""
    if not rows["offers"]:
        return
    oracle, gaps = _ask_oracle(rows, scope), find_gaps(build_graph(rows), scope=scope)
    for cut in gaps.cuts:
        if cut.order > 1:
            continue
        gone = oracle.taken(str(cut.unit), cut.members)
        left = [row for n, row in oracle.usable if n not in gone]
        builder = gaps.analysis.witnesses(cut)
        nodes = [
            *gaps.analysis.component_nodes(cut.components),
            *gaps.analysis.solution_nodes(cut.solutions),
        ]
        for node in nodes:
            for step in builder.build(int(node)).walk():
                assert not _could(oracle, step, left)


def _could(oracle: ScopedOracle, step: Witness, left: list[dict[str, str]]) -> bool:
    shown = {child.id for child in step.children}
    offers = [row for row in left if row["component"] == step.id]
    return oracle._can(step.id, offers, lambda part: part not in shown)


@settings(max_examples=40, deadline=None)
@given(rows=placed_rows(), scope=SCOPES)
def test_what_one_country_has_alone_is_what_is_left_without_the_other(rows: Rows, scope: Scope) -> None:
    """Within a pair, φ of one country and what the other takes along are two ways to say the same."""
    scope = replace(scope, within="pair")
    analysis, oracle = Analysis(build_graph(rows), scope), _ask_oracle(rows, scope)
    losses = _find_losses(analysis, "country")
    for alone, other in (scope.pair, scope.pair[::-1]):
        has = evaluate_for(analysis, {alone})
        can = oracle.without(oracle.taken("country", [other]))
        assert _names(analysis, np.flatnonzero(has).tolist()) == {t for t in oracle.targets if can(t)}
        lost = np.flatnonzero(analysis.feasible & ~has).tolist()
        assert _names(analysis, lost) == losses.get(other, frozenset())


@settings(max_examples=30, deadline=None)
@given(rows=placed_rows(), scope=SCOPES, data=st.data())
def test_what_if_is_brute_force(rows: Rows, scope: Scope, data: st.DataObject) -> None:
    """What is lost without some vendors and some countries is what brute force says."""
    if not rows["offers"]:
        return
    world = replace(scope, within="world")
    oracle = _ask_oracle(rows, world)
    vendors = data.draw(st.sets(st.sampled_from(sorted(oracle.base.seat)), max_size=2))
    countries = data.draw(st.sets(st.sampled_from(("TW", "JP", "US")), max_size=2))
    answer = ask_what_if(build_graph(rows), remove_vendors=vendors, remove_countries=countries, scope=world)
    gone = oracle.taken("vendor", vendors) | oracle.taken("country", countries)
    assert {target.id for target in answer.lost} == oracle.lost(gone)
    assert not answer.won


@settings(max_examples=30, deadline=None)
@given(rows=placed_rows(), scope=SCOPES, unit=UNIT)
def test_more_that_is_asked_for_is_harder_to_have(rows: Rows, scope: Scope, unit: str) -> None:
    """With more groups, or a larger share, asked for nothing more can be had, and no more loss is borne."""
    graph = build_graph(rows)
    easy = Analysis(graph, scope)
    more = [replace(scope, min_groups=scope.min_groups + 1)]
    if scope.min_share != 1:
        more.append(replace(scope, min_share=min(1.0, (scope.min_share or 0) + 0.2)))
    for harder in more:
        hard = Analysis(graph, harder)
        names = len(easy.market.names)
        assert not (hard.feasible[:names] & ~easy.feasible[:names]).any()
        borne, before = _find_losses(hard, unit), _find_losses(easy, unit)
        there = _names(hard, np.flatnonzero(hard.feasible).tolist())
        assert all(lost & there <= borne.get(name, frozenset()) for name, lost in before.items())


@pytest.mark.parametrize("unit", UNITS)
@settings(max_examples=10, deadline=None)
@given(rows=placed_rows())
def test_one_group_is_what_is_asked_for_anyway(unit: str, rows: Rows) -> None:
    """One group, and a share that none can fail, change nothing."""
    graph = build_graph(rows)
    plain = _find_losses(Analysis(graph, Scope()), unit)
    assert _find_losses(Analysis(graph, Scope(min_groups=1)), unit) == plain
    bare = {**rows, "offers": [{**row, "share": "", "share_year": ""} for row in rows["offers"]]}
    unstated = build_graph(bare)
    assert _find_losses(Analysis(unstated, Scope(min_share=1)), unit) == _find_losses(
        Analysis(unstated, Scope()), unit
    )


@settings(max_examples=25, deadline=None)
@given(rows=placed_rows(), country_by=st.sampled_from(("made", "seat")))
def test_contributions_fit_the_classes(rows: Rows, country_by: str) -> None:
    """What can be had has a contribution, and an empty one alone if either country can have it."""
    scope = Scope(country_by=country_by)  # type: ignore[arg-type]
    found = classify_complementarity(build_graph(rows), scope=scope)
    for row in found.rows:
        ways = [(way.first, way.second) for way in found.list_contributions(row.id, label=row.label)]
        assert bool(ways) == (row.feasible != "not at all" or row.needs_third)
        if row.feasible == "either":
            assert ways == [((), ())]
