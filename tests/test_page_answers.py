"""What the page tells of two countries together is what Python answers when it is asked."""

from __future__ import annotations

from typing import Any

import pytest

from kizuna.graph import SupplyGraph
from kizuna.queries import (
    Scope,
    classify_complementarity,
    find_chains,
    find_gaps,
    find_lacking,
    find_line_ups,
)
from kizuna.viz.payload import build_payload
from tests.graphs import make_graph

SOLUTIONS = ["elderly-care", "smart-machine-tool", "water-treatment"]


def _names(payload: dict[str, Any], table: str, places: list[int]) -> tuple[str, ...]:
    return tuple(payload[table][place]["id"] for place in places)


def _at(payload: dict[str, Any], solution: str) -> int:
    return [row["id"] for row in payload["solutions"]].index(solution)


# ---- what each country lacks ----

CARE = {
    "vendors": "tsmc:TW nabtesco:JP fanuc:JP intel:US hiwin:TW",
    "offers": "tsmc:chip nabtesco:gear fanuc:robot hiwin:robot intel:cpu",
    "requires": "robot->gear robot->chip chip->cpu care->robot",
    "solutions": "care",
}


def test_each_country_brings_what_the_other_lacks() -> None:
    """Japan has nobody for the chip and Taiwan nobody for the gear; the cpu is an import for both."""
    found = classify_complementarity(make_graph(**CARE))
    taiwan, japan = find_lacking(found, "care")
    assert (taiwan.country, taiwan.brought, japan.brought) == ("TW", ("gear",), ("chip",))
    assert (taiwan.nowhere, japan.nowhere) == ((), ())


def test_the_way_to_what_is_lacking_is_a_shortest_one() -> None:
    """From the solution by the robot to the gear, each step a row of REQUIRES."""
    graph = make_graph(**CARE)
    taiwan, _ = find_lacking(classify_complementarity(graph), "care")
    rows = [graph.table(step.table).loc[step.row] for step in taiwan.steps]
    assert [row["requires"] for row in rows] == ["robot", "gear"]


def test_a_country_that_can_do_it_alone_lacks_nothing() -> None:
    """Both make the gear: neither needs the other for it."""
    found = classify_complementarity(make_graph(vendors="a:TW b:JP", offers="a:gear b:gear"))
    assert [one.brought + one.nowhere + one.steps for one in find_lacking(found, "gear")] == [(), ()]


def test_what_nobody_has_is_brought_by_nobody() -> None:
    """Nobody offers the lens, so that both lack it and neither brings it."""
    graph = make_graph(vendors="a:TW b:JP", offers="a:eye b:eye", requires="eye->lens")
    first, second = find_lacking(classify_complementarity(graph), "eye")
    assert (first.nowhere, second.nowhere, first.brought) == (("lens",), ("lens",), ())


def test_an_alternative_that_can_be_had_is_no_lack() -> None:
    """Of a choice Taiwan has one alternative, so that it lacks the gear alone."""
    graph = make_graph(
        vendors="a:TW b:JP", offers="a:eye a:glass b:resin b:gear", requires="eye->[glass|resin] eye->gear"
    )
    first, _ = find_lacking(classify_complementarity(graph), "eye")
    assert first.brought == ("gear",)


def test_what_a_country_brings_is_lost_with_it(seeds: SupplyGraph) -> None:
    """On the curated data, what Taiwan brings are roots of the finding that all of Taiwan is gone."""
    found = classify_complementarity(seeds)
    roots = {f.member: set(f.roots) for f in find_gaps(seeds).findings if f.unit == "country"}
    for solution in SOLUTIONS:
        taiwan, japan = find_lacking(found, solution)
        assert japan.brought and set(japan.brought) <= roots["TW"]
        assert taiwan.brought and set(taiwan.brought) <= roots["JP"]


# ---- the payload ----


@pytest.mark.parametrize("solution", SOLUTIONS)
def test_the_page_has_the_line_ups_of_python(
    seeds: SupplyGraph, seeds_payload: dict[str, Any], solution: str
) -> None:
    """Components, vendors, those alike, scores and ties, in the same order."""
    found = find_line_ups(seeds, solution, k=3)
    rows = seeds_payload["answers"]["line_ups"][_at(seeds_payload, solution)]["rows"]
    assert len(rows) == 3
    for one, (score, parts, components, vendors, ties, alike, imports) in zip(
        found.line_ups, rows, strict=True
    ):
        assert score == round(float(one.score), 4)
        assert parts == [round(float(part), 4) for part in one.parts.values()]
        assert _names(seeds_payload, "components", components) == one.components
        assert _names(seeds_payload, "vendors", vendors) == one.vendors
        assert tuple(_names(seeds_payload, "vendors", some) for some in alike) == one.alike
        assert _names(seeds_payload, "components", imports) == one.imports
        expected = [pair for pair in one.neighbours if pair.tie.strength]
        assert [half / 2 for _, _, half, _ in ties] == [float(pair.tie.strength) for pair in expected]
        for (_, _, _, relations), pair in zip(ties, expected, strict=True):
            told = [seeds_payload["relations"][row] for row in relations]
            ends = [_names(seeds_payload, "vendors", [row["from"], row["to"]]) for row in told]
            assert ends == [(row.from_vendor, row.to_vendor) for row in pair.tie.relations]
            assert [row["type"] for row in told] == [row.type for row in pair.tie.relations]


@pytest.mark.parametrize("solution", SOLUTIONS)
def test_the_page_has_the_chains_of_python(
    seeds: SupplyGraph, seeds_payload: dict[str, Any], solution: str
) -> None:
    """Components and best vendors of the best three, with their scores."""
    found = find_chains(seeds, solution, k=3, variants=0).chains
    rows = seeds_payload["answers"]["chains"][_at(seeds_payload, solution)]["rows"]
    assert [
        (score, _names(seeds_payload, "components", components), _names(seeds_payload, "vendors", vendors))
        for score, _, components, vendors, _ in rows
    ] == [(round(float(one.score), 4), one.components, one.best.vendors) for one in found]


@pytest.mark.parametrize("solution", SOLUTIONS)
def test_the_page_has_what_each_country_lacks(
    seeds: SupplyGraph, seeds_payload: dict[str, Any], solution: str
) -> None:
    """What the other brings, in Python's order, and the ends of the requirements on the way."""
    expected = find_lacking(classify_complementarity(seeds), solution)
    found = seeds_payload["answers"]["lacking"][_at(seeds_payload, solution)]
    for (brought, nowhere, steps), one in zip(found, expected, strict=True):
        assert _names(seeds_payload, "components", brought) == one.brought
        assert _names(seeds_payload, "components", nowhere) == one.nowhere
        ends = [seeds_payload["components"][seeds_payload["requires"][row]["to"][1]]["id"] for row in steps]
        assert ends == [seeds.table(step.table).loc[step.row, "requires"] for step in one.steps]


def test_the_page_has_the_class_of_everything(seeds: SupplyGraph, seeds_payload: dict[str, Any]) -> None:
    """A letter for each component and solution, in the order of the tables; imports by solution."""
    codes = {"outside": "o", "not at all": "n", "either": "e", "only jointly": "j"}
    codes |= {"TW alone": "a", "JP alone": "b"}
    found, answers = classify_complementarity(seeds), seeds_payload["answers"]
    for label in ("Component", "Solution"):
        rows = [row for row in found.rows if row.label == label]
        assert answers[f"{label.lower()}s"] == "".join(codes[row.feasible] for row in rows)
    assert [_names(seeds_payload, "components", row) for row in answers["imports"]] == [
        row.imports for row in rows
    ]
    assert [_names(seeds_payload, "components", row) for row in answers["must"]] == [
        row.must_import for row in rows
    ]


def test_answers_are_of_a_pair_alone() -> None:
    """Within the world nothing is told of what two countries can do together."""
    graph = make_graph(**CARE)
    assert "answers" not in build_payload(graph, scope=Scope(within="world"))
