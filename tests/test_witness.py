"""Witnesses on graphs that a reader can see."""

from __future__ import annotations

import pytest

from kizuna import _errors
from kizuna.graph import SupplyGraph
from kizuna.queries import Requirement, Witness, find_gaps, judge_finding
from tests.graphs import make_graph


def _draw(witness: Witness) -> str:
    """Draw a tree on one line: ``robot(chip(foundry))``."""
    below = " ".join(_draw(child) for child in witness.children)
    return f"{witness.id}({below})" if below else witness.id


def _witness(graph: SupplyGraph, target: str, *, member: str = "a") -> Witness:
    """Return the witness of a target under the loss of a vendor."""
    gaps = find_gaps(graph)
    finding = next(f for f in gaps.findings if f.member == member)
    node = gaps.analysis.component_nodes([target])[0]
    if node < 0:
        node = gaps.analysis.solution_nodes([target])[0]
    return gaps.analysis.witnesses(finding).build(int(node))


def test_without_a_choice_a_witness_is_a_chain() -> None:
    """The robot needs the controller, that the chip, that the foundry, which nobody is left to offer."""
    graph = make_graph(
        vendors="a:TW b:JP c:TW",
        offers="a:foundry b:chip c:chip b:controller c:controller b:case c:case",
        requires="robot->case robot->controller controller->chip chip->foundry",
        solutions="robot",
    )
    witness = _witness(graph, "robot")
    assert _draw(witness) == "robot(controller(chip(foundry)))"
    assert list(witness.chains()) == [("robot", "controller", "chip", "foundry")]
    assert [node.is_root for node in witness.walk()] == [False, False, False, True]
    assert [node.label for node in witness.walk()] == ["Solution", "Component", "Component", "Component"]


def test_a_witness_names_the_rows_that_it_rests_on() -> None:
    """Each step says by which requirement it leads down; the top has none."""
    graph = make_graph(
        vendors="a:TW b:JP c:TW",
        offers="a:x b:y c:y",
        requires="z->y y->w y->x s->t t->y",
        solutions="s t",
        components="w(virtual=yes)",
    )
    steps = [(node.id, node.via) for node in _witness(graph, "s").walk()]
    assert steps == [
        ("s", None),
        ("t", Requirement("solution_builds_on", 0)),
        ("y", Requirement("solution_requires", 0)),
        ("x", Requirement("component_requires", 2)),
    ]


def test_the_shortest_way_down_is_shown() -> None:
    """Of two failing requirements the one with fewer steps is shown, whatever its name."""
    graph = make_graph(
        vendors="a:TW b:JP c:TW",
        offers="a:z b:long c:long b:far c:far",
        requires="s->long long->far far->z s->z",
        solutions="s",
    )
    assert _draw(_witness(graph, "s")) == "s(z)"


def test_between_equal_ways_the_smaller_id_is_shown() -> None:
    """Two parts fail in as many steps: the first by the alphabet is shown."""
    graph = make_graph(
        vendors="a:TW b:JP", offers="a:n a:m b:box", requires="s->n s->m s->box", solutions="s"
    )
    assert _draw(_witness(graph, "s")) == "s(m)"


def test_at_a_choice_every_alternative_is_shown() -> None:
    """The chip fails with both its foundries, the old and the new, each down to its root."""
    graph = make_graph(
        vendors="a:TW b:JP c:TW",
        offers="a:die a:new b:old c:old b:chip c:chip",
        requires="s->chip chip->[old|new] old->die",
        solutions="s",
    )
    witness = _witness(graph, "s")
    assert _draw(witness) == "s(chip(new old(die)))"
    assert list(witness.chains()) == [("s", "chip", "new"), ("s", "chip", "old", "die")]
    assert [node.alternative for node in witness.walk()] == [None, None, "choice-1", "choice-1", None]


def test_a_choice_costs_all_its_alternatives() -> None:
    """A chain of two steps is shown rather than a choice of three roots."""
    graph = make_graph(
        vendors="a:TW b:JP c:TW",
        offers="a:p a:q a:r a:z b:y c:y",
        requires="s->[p|q|r] s->y y->z",
        solutions="s",
    )
    assert _draw(_witness(graph, "s")) == "s(y(z))"


def test_an_alternative_that_nobody_offers_is_shown_too() -> None:
    """That the other alternative cannot be had anyway is part of why the chip is lost."""
    graph = make_graph(vendors="a:TW b:JP c:TW", offers="a:new b:chip c:chip", requires="chip->[new|never]")
    assert _draw(_witness(graph, "chip")) == "chip(never new)"


def test_a_virtual_set_is_a_step_on_the_way() -> None:
    """A named set in a choice is shown with the one of its parts that fails."""
    graph = make_graph(
        vendors="a:TW b:JP c:TW",
        offers="a:p a:q b:x c:x b:o c:o",
        requires="x->[set|q] set->p set->o",
        components="set(virtual=yes)",
    )
    assert _draw(_witness(graph, "x")) == "x(q set(p))"


def test_a_root_is_a_root_even_if_its_parts_fail_too() -> None:
    """Nobody is left to offer the chip: what it would need does not matter."""
    graph = make_graph(
        vendors="a:TW b:JP", offers="a:foundry a:chip b:box", requires="s->chip chip->foundry", solutions="s"
    )
    assert _draw(_witness(graph, "s")) == "s(chip)"


def test_each_vendor_left_must_be_shown_to_lack_something() -> None:
    """B makes p and C makes q itself; one part that both lack is shown rather than one for each."""
    offers = "a:p a:q a:r b:x(in_house=p) c:x(in_house=q) b:box c:box"
    parts = "x->p x->q"
    graph = make_graph(vendors="a:TW b:JP c:TW", offers=offers, requires=parts)
    assert _draw(_witness(graph, "x")) == "x(p q)"
    graph = make_graph(vendors="a:TW b:JP c:TW", offers=offers, requires=f"{parts} x->r")
    assert _draw(_witness(graph, "x")) == "x(r)"


def test_between_equal_parts_that_all_vendors_lack_the_smaller_id_is_shown() -> None:
    """B makes p and C makes s itself; both lack q as well as r."""
    graph = make_graph(
        vendors="a:TW b:JP c:TW",
        offers="a:r a:q b:x(in_house=p) c:x(in_house=s) b:p c:p b:s c:s",
        requires="x->r x->q x->p x->s",
    )
    assert _draw(_witness(graph, "x")) == "x(q)"


def test_a_vendor_lost_needs_no_reason() -> None:
    """A makes its own die and is gone; B is left and lacks the die."""
    graph = make_graph(
        vendors="a:TW b:JP c:TW",
        offers="a:die a:sensor(in_house=die) b:sensor c:box b:box",
        requires="sensor->die",
    )
    assert _draw(_witness(graph, "sensor")) == "sensor(die)"


def test_the_witness_of_an_uncovered_root_leaves_the_rest_of_the_world_as_it_were_whole() -> None:
    """Two parts are missing; the witness of each shows the way through it alone."""
    graph = make_graph(vendors="a:TW b:JP", offers="a:x b:y", requires="s->x x->q s->y y->p", solutions="s")
    gaps = find_gaps(graph)
    drawn = {
        finding.roots: _draw(judge_finding(gaps.analysis, finding).witnesses["s"])
        for finding in gaps.uncovered
    }
    assert drawn == {("p",): "s(y(p))", ("q",): "s(x(q))"}


def test_requirements_of_other_kinds_are_no_way_down() -> None:
    """Without equipment the short way over the scanner is not there."""
    graph = make_graph(
        vendors="a:JP b:TW c:JP",
        offers="a:scanner a:resist b:chip c:chip",
        requires="s->chip s->scanner(kind=equipment) chip->resist",
        solutions="s",
    )
    assert _draw(_witness(graph, "s")) == "s(scanner)"
    gaps = find_gaps(graph, kinds=("input", "service"))
    judged = judge_finding(gaps.analysis, gaps.cuts[0])
    assert _draw(judged.witnesses["s"]) == "s(chip(resist))"


def test_what_can_be_had_has_no_witness() -> None:
    """Asking why something fails that does not is an error that names it."""
    graph = make_graph(vendors="a:TW b:JP", offers="a:x b:y", requires="s->x", solutions="s")
    with pytest.raises(_errors.InputError, match="y can be had; only what is lost has a witness"):
        _witness(graph, "y")
