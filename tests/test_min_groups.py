"""Several groups asked for: a component counts as offered only while so many of them can deliver it."""

from __future__ import annotations

from math import comb
from typing import Any

import pytest

from kizuna import _errors
from kizuna._errors import InputError
from kizuna.graph import SupplyGraph
from kizuna.queries import (
    Analysis,
    Market,
    Scope,
    ask_what_if,
    classify_complementarity,
    count_ties,
    describe_scope,
    find_chains,
    find_gaps,
    find_routes,
    find_white_spots,
    list_obstacle_removers,
    measure_coverage,
)
from kizuna.queries.claims import check_claims
from kizuna.queries.cut_sets import find_minimal_cut_sets, find_minimal_path_sets, measure_importance
from kizuna.queries.findings import finding_id
from kizuna.viz.payload import build_payload
from tests.graphs import make_graph

TWO, THREE = Scope(min_groups=2), Scope(min_groups=3)


def _cuts(graph: SupplyGraph, target: str, **options: Any) -> list[tuple[str, ...]]:
    return list(find_minimal_cut_sets(graph, target, **options))


def _feasible(graph: SupplyGraph, scope: Scope = TWO) -> set[str]:
    analysis = Analysis(graph, scope)
    pairs = zip(analysis.market.names, analysis.feasible.tolist(), strict=False)
    return {name for name, holds in pairs if holds}


def _lost_with(graph: SupplyGraph, unit: str, member: str, scope: Scope = TWO) -> list[str]:
    analysis = Analysis(graph, scope)
    losses, names = analysis.losses(unit), analysis.market.offer_codes(unit)[1].tolist()
    nodes = losses.lost_by(names.index(member)).tolist()
    return sorted(analysis.market.names[node] for node in nodes if node < len(analysis.market.names))


def test_two_groups_are_one_loss_away_from_too_few() -> None:
    """Of two groups each is a single point of failure; of three any two are a cut set; one has failed already."""
    vendors = "a:TW b:TW c:JP d:JP"
    offers = "a:lens b:lens a:chip b:chip c:chip a:film"
    graph = make_graph(vendors=vendors, offers=offers)
    assert _lost_with(graph, "vendor", "a") == ["lens"]
    assert _cuts(graph, "lens", scope=TWO) == [("a",), ("b",)]
    assert _cuts(graph, "chip", scope=TWO) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert _cuts(graph, "chip", scope=THREE) == [("a",), ("b",), ("c",)]
    assert list(find_minimal_path_sets(graph, "chip", scope=TWO)) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert _feasible(graph) == {"lens", "chip"}
    assert _cuts(graph, "film", scope=TWO) == [()]


def test_sisters_are_one_group() -> None:
    """Two firms of one owner count once; their group is lost with its last firm only."""
    graph = make_graph(vendors="a:TW b:TW c:JP d:JP", offers="a:lens b:lens c:lens d:chip", owns="a>b")
    assert _cuts(graph, "lens", scope=TWO) == [("c",), ("a", "b")]
    assert _cuts(graph, "lens", unit="group", scope=TWO) == [("a",), ("c",)]
    assert _feasible(graph, THREE) == set()


def test_a_country_takes_its_groups_along() -> None:
    """Two groups of Taiwan and two of Japan: with either country two are left, and at three groups too few."""
    graph = make_graph(vendors="a:TW b:TW c:JP d:JP", offers="a:lens b:lens c:lens d:lens d:chip c:chip")
    assert _cuts(graph, "lens", unit="country", scope=TWO) == []
    assert _cuts(graph, "lens", unit="country", scope=THREE) == [("JP",), ("TW",)]


def test_a_group_of_two_countries_is_there_while_one_of_its_firms_is() -> None:
    """A Taiwanese group with a Japanese firm is still a group when Taiwan is lost."""
    graph = make_graph(vendors="a:TW b:JP c:JP", offers="a:lens b:lens c:lens", owns="a>b")
    assert _cuts(graph, "lens", unit="country", scope=TWO) == [("JP",)]


def test_it_is_asked_of_every_component_on_the_way() -> None:
    """Two makers of cameras are not two if only one firm makes the lens; a choice needs one whole alternative."""
    graph = make_graph(
        vendors="a:TW b:JP c:JP d:TW",
        offers="a:camera b:camera a:lens c:film d:film a:plate",
        requires="camera->lens box->[film|plate]",
        solutions="box",
    )
    assert _feasible(graph) == {"film", "box"}
    assert _feasible(graph, Scope()) == {"camera", "lens", "film", "plate", "box"}
    assert _cuts(graph, "box", scope=TWO) == [("c",), ("d",)]


def test_imports_are_given_and_named_sets_need_nobody() -> None:
    """One American firm is enough for what is given; a virtual component has no groups to count."""
    graph = make_graph(
        vendors="a:TW b:JP u:US",
        offers="a:camera b:camera u:laser",
        requires="camera->laser camera->set set->laser",
        components="set(virtual=yes)",
    )
    assert _feasible(graph) == {"camera", "laser", "set"}
    assert _feasible(graph, Scope(min_groups=2, within="world")) == set()


# In house: groups that can deliver count over all ways to make a component


IN_HOUSE = {
    "vendors": "a:TW b:JP c:JP d:TW e:JP",
    "offers": "a:robot(in_house=motor) b:robot(in_house=motor) c:robot d:motor e:motor",
    "requires": "robot->motor",
}
"""Robots of a and b, who make the motor, and of c, who buys it from d or e."""


def test_groups_count_over_all_ways_to_make_a_thing() -> None:
    """Robots are had from a and b, and from c while both d and e make motors: two of the three must stay."""
    graph = make_graph(**IN_HOUSE)
    assert _cuts(graph, "robot", scope=TWO) == [
        ("a", "b"),
        ("a", "c"),
        ("a", "d"),
        ("a", "e"),
        ("b", "c"),
        ("b", "d"),
        ("b", "e"),
    ]
    assert not find_minimal_cut_sets(graph, "robot", scope=THREE).feasible  # of motors there are but two


def test_a_group_with_two_ways_counts_once() -> None:
    """Firm c makes no motor, its sister does: without motors for sale their group still delivers."""
    graph = make_graph(
        vendors="a:TW b:JP c:JP d:TW f:JP",
        offers="a:robot(in_house=motor) b:robot(in_house=motor) c:robot d:motor f:motor",
        requires="robot->motor",
        owns="b>c",
    )
    assert _cuts(graph, "robot", unit="group", scope=TWO) == [("a",), ("b",)]
    assert _lost_with(graph, "vendor", "d") == ["motor"]
    assert _cuts(graph, "robot", scope=TWO) == [("a",), ("b", "c"), ("b", "d"), ("b", "f")]


def test_what_too_few_can_make_is_explained_by_what_they_lack() -> None:
    """Without d too few make motors, which c lacks then; without a too few make robots, which needs no more."""
    graph = make_graph(
        vendors="a:TW b:JP c:JP d:TW f:TW",
        offers="a:robot(in_house=motor) c:robot d:motor f:motor b:glue",
        requires="robot->motor",
    )
    gaps = find_gaps(graph, scope=TWO, units=["vendor"])
    roots = {cut.members: (cut.roots, cut.components) for cut in gaps.cuts}
    assert roots[("d",)] == (("motor",), ("motor", "robot"))
    assert roots[("a",)] == (("robot",), ("robot",))
    (cut,) = [cut for cut in gaps.cuts if cut.members == ("d",)]
    builder = gaps.analysis.witnesses(cut)
    (robot,) = gaps.analysis.component_nodes(["robot"]).tolist()
    assert [[node.id for node in builder.build(robot).walk()]] == [["robot", "motor"]]
    (cut,) = [cut for cut in gaps.cuts if cut.members == ("a",)]
    assert gaps.analysis.witnesses(cut).build(robot).is_root


# The other questions


def test_what_too_few_offer_is_uncovered() -> None:
    """One group of two that are asked for is a root; what hangs on it is lost with it, what waits is no root."""
    graph = make_graph(
        vendors="a:TW b:JP",
        offers="a:lens a:camera b:camera a:box",
        requires="camera->lens box->camera phone->camera",
        solutions="phone",
    )
    gaps = find_gaps(graph, scope=TWO)
    assert {one.roots: one.components for one in gaps.uncovered} == {("lens",): ("box", "camera", "lens")}
    assert gaps.uncovered[0].solutions == ("phone",)


def test_what_if_counts_what_is_left() -> None:
    """Of three groups two are left, and of two one too few; a new one makes it good."""
    graph = make_graph(vendors="a:TW b:JP c:JP d:TW", offers="a:lens b:lens c:lens a:chip b:chip")
    answer = ask_what_if(graph, remove_vendors=["a"], scope=TWO)
    assert [target.id for target in answer.lost] == ["chip"]
    assert [target.id for target in answer.left] == ["lens"]
    assert ask_what_if(graph, remove_vendors=["a"], add=[("d", "chip")], scope=TWO).lost == ()


def test_two_groups_in_one_country_make_it_able_alone() -> None:
    """Japan has two groups, Taiwan one: together and Japan alone they can, Taiwan alone cannot."""
    graph = make_graph(vendors="a:TW b:JP c:JP", offers="a:lens b:lens c:lens a:chip b:chip a:film")
    rows = {row.id: row.feasible for row in classify_complementarity(graph, scope=TWO).rows}
    assert rows == {"lens": "JP alone", "chip": "only jointly", "film": "not at all"}


def test_importance_counts_states_with_too_few() -> None:
    """Of three groups one decides where exactly one of the two others is there: in two states of four."""
    graph = make_graph(vendors="a:TW b:JP c:JP", offers="a:lens b:lens c:lens")
    rows = measure_importance(graph, "lens", scope=TWO)
    assert [(row.unit, float(row.birnbaum), row.cut_sets) for row in rows] == [
        ("a", 0.5, 2),
        ("b", 0.5, 2),
        ("c", 0.5, 2),
    ]


def test_hundreds_of_groups_are_no_trouble() -> None:
    """Any three of five hundred: as many cut sets as there are ways to leave two, and none of small order."""
    many = 500
    graph = make_graph(
        vendors=" ".join(f"v{n}:TW" for n in range(many)) + " z:JP",
        offers=" ".join(f"v{n}:x" for n in range(many)) + " z:y",
    )
    assert find_minimal_cut_sets(graph, "x", scope=THREE).count == comb(many, 2)
    assert find_minimal_path_sets(graph, "x", scope=THREE).count == comb(many, 3)
    assert _cuts(graph, "x", scope=THREE, max_order=3) == []


def test_a_chain_stands_only_on_what_enough_can_deliver() -> None:
    """One firm of Taiwan in a layer is a place at one group, and none at two; the id says which was asked."""
    words = {
        "vendors": "a:TW b:JP c:JP d:TW",
        "requires": "s->t1 s->c1 s->a1 s->s1",
        "solutions": "s",
        "components": "t1(stage=loop,segment=t) c1(stage=loop,segment=c) a1(stage=loop,segment=ai1) "
        "s1(stage=loop,segment=so)",
        "segments": "t:terminal c:cloud ai1:ai so:solution",
    }
    offers = "a:t1 b:t1 c:c1 d:c1 b:a1 a:a1 a:s1 b:s1"
    whole = find_chains(make_graph(**words, offers=offers), "s", scope=TWO)
    assert whole.chains
    assert whole.chains[0].id != find_chains(make_graph(**words, offers=offers), "s").chains[0].id
    thin = find_chains(make_graph(**words, offers=offers.replace(" d:c1", "")), "s", scope=TWO)
    assert (thin.chains, thin.empty_layers) == ((), ("cloud",))


def test_the_id_of_a_finding_says_how_many_groups_were_asked_for() -> None:
    """Findings at two groups are others than those at one; those at one keep their ids."""
    plain = finding_id("cut", "vendor", Scope(), ["a"])
    assert finding_id("cut", "vendor", Scope(min_groups=1), ["a"]) == plain
    assert len({plain, *(finding_id("cut", "vendor", scope, ["a"]) for scope in (TWO, THREE))}) == 3


# What it says, and what it cannot be asked


@pytest.mark.parametrize("number", [0, -1, 1.5, True, "2", None])
def test_bad_numbers_are_refused(number: Any) -> None:
    """Only whole numbers from 1 up are numbers of groups."""
    with pytest.raises(_errors.InputError) as error:
        Scope(min_groups=number)
    assert str(error.value) == f"`min_groups` must be a whole number from 1 up; found {number!r}"


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "at least 2 groups"), ("ja", "企業グループが2以上"), ("zh", "至少有 2 個集團")],
)
def test_every_answer_says_how_many_groups_are_asked_for(lang: str, words: str) -> None:
    """The head names the number, where it is more than one."""
    graph = make_graph(vendors="a:TW", offers="a:x")
    assert words in describe_scope(Market(graph, TWO), lang)[0]
    assert words not in describe_scope(Market(graph, Scope()), lang)[0]
    assert TWO.filters() == {"min_groups": "2"}


def test_questions_that_do_not_ask_what_can_be_had_refuse_it() -> None:
    """Counts, relations and routes have no use for a number of groups, and say so instead of leaving it out."""
    graph = make_graph(vendors="a:TW b:JP", offers="a:x b:x", requires="s->x", solutions="s")
    for ask in (
        lambda: measure_coverage(graph, scope=TWO),
        lambda: count_ties(graph, scope=TWO),
        lambda: find_white_spots(graph, scope=TWO),
        lambda: find_routes(graph, "a", "b", scope=TWO),
        lambda: list_obstacle_removers(graph, scope=TWO),
        lambda: build_payload(graph, scope=TWO),
        lambda: check_claims(graph, scope=TWO),
        lambda: find_minimal_cut_sets(graph, "s", sourcing="documented", scope=TWO),
        lambda: classify_complementarity(graph, scope=TWO).list_contributions("x"),
        lambda: classify_complementarity(graph, scope=TWO).list_import_sets("x"),
    ):
        with pytest.raises(InputError, match=r"`scope.min_groups`=2 means nothing here: .*; ask with 1"):
            ask()
