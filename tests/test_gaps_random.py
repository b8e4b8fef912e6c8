"""Gaps of random graphs against brute force, and the laws that hold of every graph."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kizuna.queries import (
    UNITS,
    Analysis,
    Finding,
    Scope,
    Witness,
    evaluate,
    find_gaps,
    find_losses,
    judge_finding,
    rank_findings,
)
from kizuna.queries.market import Unit
from tests.graphs import Rows, build_graph, supply_rows
from tests.oracle import Gap, Oracle, Tree, World, size_of

# Brute force over many random graphs: too long for a quick run.
pytestmark = pytest.mark.slow

SCOPES = st.sampled_from(
    [
        Scope(),
        Scope(country_by="owner"),
        Scope(within="world"),
        Scope(within="world", country_by="owner"),
        Scope(pair=("JP", "US")),
    ]
)


def _ask_oracle(rows: Rows, scope: Scope, *, solid: bool = False) -> Oracle:
    return Oracle(rows, pair=scope.pair, within=scope.within, country_by=scope.country_by, solid=solid)


def _as_gap(finding: Finding) -> Gap:
    return Gap(
        kind=finding.kind,
        unit=finding.unit,
        member=finding.member,
        roots=frozenset(finding.roots),
        vendors=frozenset(finding.vendors),
        components=frozenset(finding.components),
        solutions=frozenset(finding.solutions),
        direct=frozenset(finding.direct),
        severity=finding.severity,
        stand_ins=finding.stand_ins,
        also=frozenset(finding.also),
        seat_owner_disagree=finding.seat_owner_disagree,
    )


def _as_tree(witness: Witness) -> Tree:
    return Tree(witness.id, tuple(map(_as_tree, witness.children)))


def _key(gap: Gap) -> tuple[object, ...]:
    return gap.kind, gap.unit, gap.member or min(gap.roots)


@settings(max_examples=200)
@given(rows=supply_rows(), scope=SCOPES)
def test_gaps_are_those_of_brute_force(rows: Rows, scope: Scope) -> None:
    """Every cut, uncovered component and dominant unit is found with all its lines, and nothing else is."""
    gaps = find_gaps(build_graph(rows), scope=scope)
    expected = _ask_oracle(rows, scope).gaps()
    assert (
        {_as_gap(finding) for finding in gaps.findings} == expected if rows["offers"] else not gaps.findings
    )
    solid = _ask_oracle(rows, scope, solid=True)
    known = {_key(gap) for gap in expected}
    fragile = {gap for gap in {*solid.cuts(), *solid.uncovered()} if _key(gap) not in known}
    assert {_as_gap(finding) for finding in gaps.fragile} == (fragile if rows["offers"] else set())


def _world_of(oracle: Oracle, finding: Finding) -> World:
    """Return what is left under a finding."""
    if finding.unit is None:
        return oracle.all_offered(but=finding.roots[0])
    if finding.kind == "dominant":
        return oracle.world(missing=finding.roots)
    return oracle.world(oracle.members(finding.unit)[str(finding.member)])


@settings(max_examples=100)
@given(rows=supply_rows(), scope=SCOPES)
def test_witnesses_are_the_smallest_trees(rows: Rows, scope: Scope) -> None:
    """The witness of every lost target is the smallest tree that shows the loss; among equals, smallest ids."""
    gaps = find_gaps(build_graph(rows), scope=scope)
    oracle = _ask_oracle(rows, scope)
    for finding in gaps.findings:
        world, builder = _world_of(oracle, finding), gaps.analysis.witnesses(finding)
        targets = [*finding.components, *finding.solutions]
        nodes = [
            *gaps.analysis.component_nodes(finding.components),
            *gaps.analysis.solution_nodes(finding.solutions),
        ]
        for target, node in zip(targets, nodes, strict=True):
            witness, smallest = builder.build(node), world.explain(target)
            assert sum(1 for _ in witness.walk()) == size_of(smallest)
            assert _as_tree(witness) == smallest


def _lost_pairs(rows: Rows, scope: Scope, unit: Unit) -> set[tuple[str, str]]:
    """Return what is lost with which unit."""
    analysis = Analysis(build_graph(rows), scope)
    codes, names = analysis.market.unit_codes(unit)
    losses = find_losses(analysis.structure, analysis.market, codes)
    targets = [*analysis.market.component_ids, *analysis.market.solution_ids]
    return {
        (targets[node], names[code])
        for node, code in zip(losses.node.tolist(), losses.unit.tolist(), strict=True)
        if node < len(targets)
    }


@settings(max_examples=50)
@given(rows=supply_rows(), scope=SCOPES, unit=st.sampled_from(UNITS))
def test_losses_are_those_of_brute_force(rows: Rows, scope: Scope, unit: Unit) -> None:
    """Every pair of a target and a single unit whose loss makes it fail is found, trivial ones included."""
    oracle = _ask_oracle(rows, scope)
    expected = {(target, name) for name, gone in oracle.members(unit).items() for target in oracle.lost(gone)}
    assert _lost_pairs(rows, scope, unit) == expected


@settings(max_examples=50)
@given(rows=supply_rows(), scope=SCOPES, data=st.data())
def test_the_structure_function_is_that_of_brute_force(rows: Rows, scope: Scope, data: st.DataObject) -> None:
    """φ of every target is right for any set of vendors that is gone, not only for single units."""
    analysis = Analysis(build_graph(rows), scope)
    market, structure = analysis.market, analysis.structure
    gone = data.draw(st.sets(st.sampled_from(market.vendor_ids.tolist())))
    left = market.usable & ~(market.present & np.isin(market.offers["vendor"], sorted(gone)))
    holds = np.zeros(structure.size, dtype=bool)
    holds[structure.offer_source[left & (structure.offer_source >= 0)]] = True
    world = _ask_oracle(rows, scope).world(gone)
    targets = [*market.component_ids, *market.solution_ids]
    found = dict(zip(targets, evaluate(structure, holds)[: len(targets)].tolist(), strict=True))
    assert found == {target: world.can(target) for target in targets}


@settings(max_examples=30)
@given(rows=supply_rows(), scope=SCOPES, kinds=st.sets(st.sampled_from(("input", "equipment", "service"))))
def test_only_the_kinds_that_matter_are_looked_at(rows: Rows, scope: Scope, kinds: set[str]) -> None:
    """Gaps of some kinds of requirement are those of a graph that has no others."""
    tables = ("component_requires", "solution_requires", "solution_builds_on")
    fewer = {name: [r for r in rows[name] if r["kind"] in kinds] for name in tables}
    gaps = find_gaps(build_graph(rows), scope=scope, kinds=kinds)
    assert gaps.findings == find_gaps(build_graph({**rows, **fewer}), scope=scope).findings


@settings(max_examples=30)
@given(rows=supply_rows(), unit=st.sampled_from(UNITS), data=st.data())
def test_another_offer_takes_nothing_away(rows: Rows, unit: Unit, data: st.DataObject) -> None:
    """World-wide, one more offer makes nothing infeasible, and no target newly hang on a single unit."""
    component = data.draw(st.sampled_from([row["id"] for row in rows["components"]]))
    offer = {"vendor": "new", "component": component, "status": "volume", "source_kind": "cited"}
    country = data.draw(st.sampled_from(("TW", "JP", "US")))
    more = {
        **rows,
        "vendors": [*rows["vendors"], {"id": "new", "country": country, "placeholder": ""}],
        "offers": [*rows["offers"], offer],
    }
    scope = Scope(within="world")
    before, after = _ask_oracle(rows, scope), Analysis(build_graph(more), scope)
    targets = [*after.market.component_ids, *after.market.solution_ids]
    could = {target for target in targets if before.everyone.can(target)}
    can = {target for target, holds in zip(targets, after.feasible.tolist(), strict=False) if holds}
    assert could <= can
    new = {pair for pair in _lost_pairs(more, scope, unit) if pair[0] in could}
    assert new <= _lost_pairs(rows, scope, unit)


@settings(max_examples=30)
@given(rows=supply_rows())
def test_without_the_cut_every_target_fails(rows: Rows) -> None:
    """World-wide, a data set without the offers of a cut's vendors can have nothing that the finding lists."""
    gaps = find_gaps(build_graph(rows), scope=Scope(within="world"))
    oracle = Oracle(rows, within="world")
    for cut in gaps.cuts:
        gone = oracle.members(str(cut.unit))[str(cut.member)]
        fewer = {**rows, "offers": [row for row in rows["offers"] if row["vendor"] not in gone]}
        left = Analysis(build_graph(fewer), Scope(within="world"))
        nodes = [*left.component_nodes(cut.components), *left.solution_nodes(cut.solutions)]
        assert not left.feasible[nodes].any()


def _rename(rows: Rows, names: dict[str, str]) -> Rows:
    def renamed(cell: str) -> str:
        return ";".join(names.get(part, part) for part in cell.split(";"))

    return {name: [{c: renamed(v) for c, v in row.items()} for row in table] for name, table in rows.items()}


@settings(max_examples=20)
@given(rows=supply_rows(), scope=SCOPES)
def test_names_do_not_matter(rows: Rows, scope: Scope) -> None:
    """Other names for vendors, components and solutions change the names in the findings and nothing else."""
    names = {letter: f"{25 - place:02d}-{letter}" for place, letter in enumerate("abcdefpqruvwxyz")}
    gaps = find_gaps(build_graph(rows), scope=scope)
    renamed = find_gaps(build_graph(_rename(rows, names)), scope=scope)

    def as_renamed(gap: Gap) -> Gap:
        def several(ids: frozenset[str]) -> frozenset[str]:
            return frozenset(names.get(one, one) for one in ids)

        return replace(
            gap,
            member=names.get(str(gap.member), gap.member),
            roots=several(gap.roots),
            vendors=several(gap.vendors),
            components=several(gap.components),
            solutions=several(gap.solutions),
            direct=several(gap.direct),
        )

    assert {as_renamed(_as_gap(f)) for f in gaps.findings} == {_as_gap(f) for f in renamed.findings}


@settings(max_examples=20)
@given(rows=supply_rows(), scope=SCOPES, random=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: Rows, scope: Scope, random: Random) -> None:
    """Tables in another order give the same findings, in the same order, with the same verdicts."""
    shuffled = {name: random.sample(table, len(table)) for name, table in rows.items()}
    gaps, again = (find_gaps(build_graph(tables), scope=scope) for tables in (rows, shuffled))
    assert (gaps.findings, gaps.fragile) == (again.findings, again.fragile)
    for finding in (*gaps.findings, *gaps.fragile):
        here, there = (judge_finding(answer.analysis_of(finding), finding).doubts for answer in (gaps, again))
        assert here == there


@settings(max_examples=20)
@given(rows=supply_rows(), scope=SCOPES, random=st.randoms(use_true_random=False))
def test_the_rank_is_a_total_order(rows: Rows, scope: Scope, random: Random) -> None:
    """Findings come by severity, order, fewest stand-ins, most components lost and id; no two tie."""
    cuts = list(find_gaps(build_graph(rows), scope=scope).cuts)
    assert rank_findings(random.sample(cuts, len(cuts))) == cuts
    assert len({cut.id for cut in cuts}) == len(cuts)
    for first, second in pairwise(cuts):
        assert first.severity >= second.severity
        if first.severity == second.severity:
            assert (first.order, first.stand_ins) <= (second.order, second.stand_ins)
            if first.stand_ins == second.stand_ins:
                assert len(first.components) >= len(second.components)
