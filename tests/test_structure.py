"""φ on graphs that a reader can see."""

from __future__ import annotations

import numpy as np
import pytest

from kizuna import _errors
from kizuna.graph import SupplyGraph
from kizuna.queries import Analysis, Scope, build_structure, evaluate
from kizuna.queries.structure import REQUIREMENT_KINDS
from tests.graphs import make_graph


def _can(
    graph: SupplyGraph, *, scope: Scope | None = None, kinds: tuple[str, ...] = REQUIREMENT_KINDS
) -> dict[str, bool]:
    """φ of every component and solution with everybody present."""
    analysis = Analysis(graph, scope or Scope(), kinds=kinds)
    names = [*analysis.market.component_ids, *analysis.market.solution_ids]
    return dict(zip(names, analysis.feasible.tolist(), strict=False))


def test_everything_that_is_required_must_be_there() -> None:
    """A chip fails for want of a foundry, and what is made of the chip fails with it."""
    graph = make_graph(
        vendors="a:TW",
        offers="a:chip a:board a:foundry(status=announced)",
        requires="chip->foundry board->chip robot->board",
        solutions="robot",
    )
    assert _can(graph) == {"chip": False, "board": False, "foundry": False, "robot": False}


def test_of_a_choice_one_alternative_is_enough() -> None:
    """Mature or advanced foundry: one will do; of two choices each must be met."""
    graph = make_graph(
        vendors="a:TW",
        offers="a:soc a:sip a:mature",
        requires="soc->[mature|advanced] sip->[mature|advanced] sip->[substrate|film]",
    )
    assert _can(graph) == {
        "soc": True,
        "sip": False,
        "mature": True,
        "advanced": False,
        "substrate": False,
        "film": False,
    }


def test_what_a_vendor_makes_itself_it_need_not_buy() -> None:
    """Kyocera makes its own ceramics; TDK must buy what nobody offers."""
    needs = "sensor->ceramics sensor->[glue|solder]"
    integrated = "kyocera:sensor(in_house=ceramics;glue)"
    vendors = "kyocera:JP tdk:JP"
    assert _can(make_graph(vendors=vendors, offers=integrated, requires=needs))["sensor"]
    assert _can(make_graph(vendors=vendors, offers=f"tdk:sensor {integrated}", requires=needs))["sensor"]
    assert not _can(make_graph(vendors=vendors, offers="tdk:sensor", requires=needs))["sensor"]
    partly = "kyocera:sensor(in_house=ceramics)"
    assert not _can(make_graph(vendors=vendors, offers=partly, requires=needs))["sensor"]


def test_what_is_made_in_house_is_not_offered() -> None:
    """A part that a vendor makes for itself is no source of supply for others."""
    graph = make_graph(
        vendors="a:TW b:TW", offers="a:x(in_house=part) b:y", requires="x->part y->part", solutions=""
    )
    assert _can(graph) == {"x": True, "y": False, "part": False}


def test_in_house_counts_only_with_an_offer_that_counts() -> None:
    """That a pilot line makes its own parts helps nobody."""
    graph = make_graph(vendors="a:TW b:TW", offers="a:x(in_house=part,status=pilot) b:x", requires="x->part")
    assert not _can(graph)["x"]


def test_in_house_parts_that_are_not_required_change_nothing() -> None:
    """Something made in house that the component does not require is shown and not used."""
    graph = make_graph(vendors="a:TW", offers="a:x(in_house=other)", requires="x->part", components="other")
    assert not _can(graph)["x"]


def test_a_virtual_component_needs_no_vendor() -> None:
    """A named set holds when all in it does; an offer of it neither helps nor hurts."""
    graph = make_graph(
        vendors="a:TW",
        offers="a:x a:p a:q a:empty a:broken",
        requires="x->[set|other] set->p set->q broken->other",
        components="set(virtual=yes) nothing(virtual=yes) broken(virtual=yes)",
    )
    assert _can(graph) == {
        "set": True,
        "nothing": True,
        "broken": False,
        "x": True,
        "p": True,
        "q": True,
        "empty": True,
        "other": False,
    }


def test_an_import_needs_what_it_requires_too() -> None:
    """An American vendor is given for the GPU, which fails all the same if its memory cannot be had."""
    vendors, needs = "us:US jp:JP", "gpu->memory"
    assert not _can(make_graph(vendors=vendors, offers="us:gpu", requires=needs))["gpu"]
    assert _can(make_graph(vendors=vendors, offers="us:gpu jp:memory", requires=needs))["gpu"]


def test_a_third_country_does_not_help_where_the_pair_offers() -> None:
    """An American integrated maker is absent where a Japanese one offers, who cannot get the part."""
    offers = "us:x(in_house=part) jp:x"
    graph = make_graph(vendors="us:US jp:JP", offers=offers, requires="x->part")
    assert not _can(graph)["x"]
    assert _can(graph, scope=Scope(within="world"))["x"]


def test_a_solution_may_build_on_another() -> None:
    """A solution holds if its components and the solutions below it do; one that asks nothing holds."""
    graph = make_graph(
        vendors="a:TW",
        offers="a:x",
        requires="city->grid city->x grid->x farm->lost home->[farm|grid]",
        solutions="city grid farm home idea",
    )
    assert _can(graph) == {
        "x": True,
        "lost": False,
        "city": True,
        "grid": True,
        "farm": False,
        "home": True,
        "idea": True,
    }


def test_kinds_of_requirement_can_be_left_out() -> None:
    """Without its equipment a chip is made for now: only input and service matter at once."""
    graph = make_graph(vendors="a:TW", offers="a:chip", requires="chip->scanner(kind=equipment)")
    assert not _can(graph)["chip"]
    assert _can(graph, kinds=("input", "service"))["chip"]
    assert _can(graph, kinds=())["chip"]


def test_an_unknown_kind_is_refused() -> None:
    """A kind of requirement that there is none of is named, with those that there are."""
    analysis = Analysis(make_graph(vendors="a:TW"), Scope())
    with pytest.raises(_errors.InputError) as error:
        build_structure(analysis.market, kinds=("input", "magic"))
    assert str(error.value) == "`kinds`: 'magic' is none of input, equipment, service"


@pytest.mark.parametrize(
    ("requires", "solutions"),
    [("x->y y->z z->x", ""), ("x->x", ""), ("s->t t->s", "s t"), ("x->[y|z] y->x", "")],
)
def test_requirements_in_a_circle_are_an_error(requires: str, solutions: str) -> None:
    """Requirements that lead back to themselves are refused, in a choice and among solutions too."""
    graph = make_graph(vendors="a:TW", offers="a:x a:y a:z", requires=requires, solutions=solutions)
    with pytest.raises(_errors.InputError) as error:
        Analysis(graph, Scope())
    assert str(error.value) == "REQUIRES runs in a circle; `kizuna validate` shows which rows"


def test_an_empty_graph_has_nothing_to_evaluate() -> None:
    """A graph without nodes has a structure without nodes."""
    analysis = Analysis(SupplyGraph({}), Scope())
    assert analysis.structure.size == 0
    assert analysis.feasible.tolist() == []


def test_without_any_source_nothing_that_needs_a_vendor_holds() -> None:
    """With every vendor gone only the virtual component without requirements is left."""
    graph = make_graph(
        vendors="a:TW",
        offers="a:x a:y",
        requires="y->x set->x",
        components="set(virtual=yes) none(virtual=yes)",
    )
    structure = Analysis(graph, Scope()).structure
    value = evaluate(structure, np.zeros(structure.size, dtype=bool))
    assert value[: structure.components].tolist() == [False, True, False, False]
