"""Gaps of orders 2 and 3, at every unit, at once and in time, thin and fragile, on graphs that a reader can see."""

from __future__ import annotations

from typing import Any

import pytest

from kizuna import _errors
from kizuna.graph import SupplyGraph
from kizuna.queries import (
    Finding,
    Gaps,
    Scope,
    find_gaps,
    finding_id,
    judge_finding,
    list_abroad,
    list_second_sources,
)
from kizuna.queries.cut_sets import TooManyError
from tests.graphs import make_graph

VENDORS = "a:TW b:JP c:TW d:JP us:US"

# The robot needs a lens, which two make, and one of two chips, of which two and one make each.
ROBOT = {
    "vendors": VENDORS,
    "offers": "a:lens b:lens a:chip b:chip c:dsp d:box c:box a:box",
    "requires": "robot->lens robot->[chip|dsp]",
    "solutions": "robot",
}


def _cuts(gaps: Gaps) -> dict[tuple[str, str], set[str]]:
    """Return unit and members of each cut of more than one unit, with its targets."""
    return {
        (str(cut.unit), " ".join(cut.members)): {*cut.components, *cut.solutions}
        for cut in gaps.cuts
        if cut.order > 1
    }


def _ask(graph: SupplyGraph, **options: Any) -> dict[tuple[str, str], set[str]]:
    return _cuts(find_gaps(graph, **options))


def _find(gaps: Gaps, *members: str) -> Finding:
    (found,) = (cut for cut in (*gaps.cuts, *gaps.fragile) if cut.members == members)
    return found


def test_two_vendors_are_a_cut_of_order_two() -> None:
    """Lens, chip and robot are lost with both makers of the lens; the box takes all three of its own."""
    graph = make_graph(**ROBOT)
    assert _ask(graph, max_order=2, units=("vendor",)) == {("vendor", "a b"): {"lens", "chip", "robot"}}
    assert _ask(graph, max_order=3, units=("vendor",)) == {
        ("vendor", "a b"): {"lens", "chip", "robot"},
        ("vendor", "a c d"): {"box"},
    }


def test_what_a_smaller_cut_takes_along_belongs_to_that() -> None:
    """Two make lens and film, and the film needs the resin of one of them: it is no target of the two."""
    graph = make_graph(
        vendors=VENDORS, offers="a:lens b:lens a:film b:film a:resin c:x d:x", requires="film->resin"
    )
    gaps = find_gaps(graph, max_order=2, units=("vendor",))
    assert _find(gaps, "a").components == ("film", "resin")
    assert (_find(gaps, "a", "b").components, _find(gaps, "a", "b").roots) == (("lens",), ("lens",))


def test_a_finding_of_two_says_what_one_of_one_says() -> None:
    """Members, order, roots, vendors, direct and hidden, severity and stand-ins are those of the pair."""
    graph = make_graph(
        vendors=VENDORS,
        offers="a:lens b:lens d:lens(status=pilot) c:glass d:camera c:camera d:box c:box",
        requires="camera->lens phone->camera eye->lens toy->box",
        solutions="phone eye toy",
        components="lens(family=optics) glass(family=optics)",
    )
    cut = _find(find_gaps(graph, max_order=2, units=("vendor",)), "a", "b")
    assert (cut.kind, cut.unit, cut.member, cut.order) == ("cut", "vendor", None, 2)
    assert (cut.roots, cut.vendors) == (("lens",), ("a", "b"))
    assert (cut.components, cut.solutions) == (("camera", "lens"), ("eye", "phone"))
    assert (cut.direct, cut.hidden) == (("eye",), ("phone",))
    assert (cut.severity, cut.solutions_total, cut.stand_ins) == (2 / 3, 3, 2)
    assert cut.id == finding_id("cut", "vendor", Scope(), ["b", "a"])


def test_both_roots_of_a_choice_are_named() -> None:
    """One alternative hangs on a, the other on b: the robot is lost with both, and each is a root."""
    graph = make_graph(
        vendors=VENDORS,
        offers="a:chip b:dsp a:other c:box d:box",
        requires="robot->[chip|dsp]",
        solutions="robot",
    )
    gaps = find_gaps(graph, max_order=3)
    cut = _find(gaps, "a", "b")
    # What else is lost with a alone has nothing to do with the robot.
    assert (cut.roots, cut.components, cut.solutions) == (("chip", "dsp"), (), ("robot",))
    assert [chain for w in judge_finding(gaps.analysis, cut).witnesses.values() for chain in w.chains()] == [
        ("robot", "chip"),
        ("robot", "dsp"),
    ]


def test_a_group_of_two_is_listed_beside_its_two_vendors() -> None:
    """One group is of a smaller order than its two vendors, so both are findings; the pair stands at group too."""
    graph = make_graph(vendors=f"{VENDORS} a2:TW", offers="a:lens a2:lens b:box c:box", owns="a>a2")
    gaps = find_gaps(graph, max_order=2, units=("vendor", "group"))
    found = {(cut.unit, cut.members): cut.also for cut in gaps.cuts}
    assert found == {
        ("group", ("a",)): ("country",),
        ("vendor", ("a", "a2")): ("group", "country"),
        ("vendor", ("b", "c")): ("group",),
    }


def test_two_groups_are_listed_only_where_no_two_vendors_are_enough() -> None:
    """Two groups of two vendors each are needed for the film, two vendors for the lens."""
    graph = make_graph(
        vendors="a:TW a2:JP b:JP b2:TW c:TW",
        offers="a:film a2:film b:film b2:film a:lens b:lens c:box",
        owns="a>a2 b>b2",
    )
    assert _ask(graph, max_order=2) == {
        ("vendor", "a b"): {"lens"},
        ("group", "a b"): {"film", "lens"},
    }


def test_two_countries_are_a_cut_in_the_world() -> None:
    """Taiwan and Japan hold the lens between them, of three makers; of two countries in all it would be trivial."""
    graph = make_graph(vendors="a:TW b:JP c:JP us:US", offers="a:lens b:lens c:lens us:box")
    world = Scope(within="world")
    assert _ask(graph, scope=world, max_order=2) == {("country", "JP TW"): {"lens"}}
    assert _ask(graph, scope=world, max_order=3) == {
        ("country", "JP TW"): {"lens"},
        ("vendor", "a b c"): {"lens"},
    }
    assert _ask(graph, max_order=2) == {}


def test_a_group_over_two_countries_is_finer_than_the_two() -> None:
    """One group makes all the lenses, in two countries: the two countries are no finding of their own."""
    graph = make_graph(vendors="a:TW a2:JP us:US", offers="a:lens a2:lens us:box", owns="a>a2")
    gaps = find_gaps(graph, scope=Scope(within="world"), units=("group", "country"), max_order=2)
    assert {(cut.unit, cut.members) for cut in gaps.cuts if "lens" in cut.components} == {("group", ("a",))}


REGIONS = "a:TW(region=TW-HSZ,city=Hsinchu) b:TW(region=TW-HSZ,city=Hsinchu) c:TW(region=TW-TPE,city=Taipei)"


def test_a_region_is_a_unit() -> None:
    """Two makers of one region protect against the loss of either, not of the region; the city is as fine."""
    graph = make_graph(vendors=f"{REGIONS} d:JP(region=JP-13)", offers="a:lens b:lens c:box d:box")
    cut = _find(find_gaps(graph, units=("vendor", "region", "country")), "TW-HSZ")
    assert (cut.unit, cut.components, cut.vendors, cut.also) == (
        "region",
        ("lens",),
        ("a", "b"),
        ("country",),
    )
    found = {(c.unit, c.member): c.also for c in find_gaps(graph, units=("city", "region", "country")).cuts}
    assert found == {("city", "Hsinchu"): ("country", "region")}


def test_two_regions_are_a_cut_of_order_two() -> None:
    """The lens is made in two regions only, by three firms; the regions do not hide the three firms."""
    graph = make_graph(vendors=f"{REGIONS} d:JP(region=JP-13)", offers="a:lens b:lens c:lens d:box")
    assert _ask(graph, units=("vendor", "region"), max_order=3) == {
        ("region", "TW-HSZ TW-TPE"): {"lens"},
        ("vendor", "a b c"): {"lens"},
    }


def test_a_group_is_no_part_of_a_region() -> None:
    """The one group that makes the lens sits in one region: both are listed, as neither kind nests in the other."""
    graph = make_graph(
        vendors=f"{REGIONS} d:JP(region=JP-13)", offers="a:lens b:lens c:box d:box", owns="a>b"
    )
    found = {(cut.unit, cut.member) for cut in find_gaps(graph, units=("group", "region")).cuts}
    assert found == {("group", "a"), ("region", "TW-HSZ")}


@pytest.mark.parametrize("unit", ["region", "city", "exchange", "size"])
def test_a_blank_property_is_no_unit(unit: str) -> None:
    """A vendor of which nobody knows the place is lost with no place, and gives none its name."""
    graph = make_graph(
        vendors=f"a:TW({unit}=X) b:TW({unit}=X) c:TW d:JP",
        offers="a:lens b:lens a:film c:film d:box a:disc c:disc d:disc",
    )
    gaps = find_gaps(graph, units=(unit,), max_order=3)
    assert {(cut.members, cut.components) for cut in gaps.cuts} == {(("X",), ("lens",))}


def test_a_vendor_whose_place_is_unknown_hides_nothing_as_a_place() -> None:
    """The box hangs on a firm of unknown city and known region: the region is listed, for no city is finer."""
    graph = make_graph(
        vendors="a:TW(region=R) b:TW(region=R,city=C) c:JP(region=S)", offers="a:box b:film c:x"
    )
    found = {
        (cut.unit, cut.member): cut.components for cut in find_gaps(graph, units=("city", "region")).cuts
    }
    assert found == {("city", "C"): ("film",), ("region", "R"): ("box", "film"), ("region", "S"): ("x",)}


def test_what_is_dominated_is_told_for_regions_too() -> None:
    """The only two leaders sit in one region, others elsewhere: the region dominates, no vendor does."""
    graph = make_graph(
        vendors=f"{REGIONS} d:JP(region=JP-13) e:JP",
        offers="a:lens(role=leader) b:lens(role=leader) d:lens(role=entrant) c:box e:box",
    )
    cities = find_gaps(graph, units=("city", "region")).dominant
    assert [(f.unit, f.members) for f in cities] == [("city", ("Hsinchu",))]
    gaps = find_gaps(graph, units=("vendor", "region"))
    assert [(f.unit, f.members, f.roots) for f in gaps.dominant] == [("region", ("TW-HSZ",), ("lens",))]
    assert list(judge_finding(gaps.analysis, gaps.dominant[0]).witnesses) == ["lens"]


def test_at_once_and_in_time() -> None:
    """Without its maker, what the scanner is built into is lost at once, what is made with it only in time."""
    graph = make_graph(
        vendors=VENDORS,
        offers="a:scanner b:chip c:chip b:box c:box",
        requires="chip->scanner(kind=equipment) robot->chip copier->scanner toy->box desk->scanner(kind=)",
        solutions="robot copier toy desk",
    )
    gaps = find_gaps(graph, max_order=3)
    cut = _find(gaps, "a")
    assert (cut.solutions, cut.at_once, cut.in_time) == (
        ("copier", "desk", "robot"),
        ("copier", "desk"),
        ("robot",),
    )
    assert _find(gaps, "b", "c").at_once == ("robot", "toy")
    quick = _find(find_gaps(graph, kinds=("input", "service")), "a")
    assert (quick.solutions, quick.at_once, quick.in_time) == (("copier", "desk"), ("copier", "desk"), ())
    slow = _find(find_gaps(graph, kinds=("equipment",)), "a")
    assert (slow.solutions, slow.at_once) == (("desk",), ("desk",))


def test_two_may_be_lost_at_once_and_in_time() -> None:
    """With both makers of the scanner the copier is lost at once and the robot in time."""
    graph = make_graph(
        vendors=VENDORS,
        offers="a:scanner d:scanner b:chip c:chip b:box c:box a:box",
        requires="chip->scanner(kind=equipment) robot->chip copier->scanner",
        solutions="robot copier",
    )
    cut = _find(find_gaps(graph, max_order=2, units=("vendor",)), "a", "d")
    assert (cut.solutions, cut.at_once, cut.in_time) == (("copier", "robot"), ("copier",), ("robot",))


def test_uncovered_and_dominant_are_lost_at_once_or_in_time() -> None:
    """What nobody offers, and what one leads in, is told apart by time too."""
    graph = make_graph(
        vendors=VENDORS,
        offers="a:chip b:chip a:tool(role=leader) b:tool(role=entrant)",
        requires="s->mask(kind=equipment) t->mask u->tool(kind=equipment) v->tool",
        solutions="s t u v",
    )
    gaps = find_gaps(graph)
    assert [(f.roots, f.at_once, f.in_time) for f in gaps.uncovered] == [(("mask",), ("t",), ("s",))]
    assert [(f.roots, f.at_once, f.in_time) for f in gaps.dominant] == [(("tool",), ("v",), ("u",))]


def test_thin_is_what_one_loss_leaves_with_one_group() -> None:
    """Two groups make the lens: with either gone one is left. Of three groups, or of one, nothing is thin."""
    graph = make_graph(
        vendors=f"{VENDORS} a2:TW",
        offers="a:lens a2:lens b:lens a:box b:box c:box d:one a:x b:x c:x",
        requires="robot->lens toy->box",
        solutions="robot toy",
        owns="a>a2",
    )
    gaps = find_gaps(graph, thin=True)
    assert [(cut.unit, cut.member) for cut in gaps.cuts] == [("vendor", "d")]
    found = {(f.unit, f.member): (f.components, f.solutions, f.roots) for f in gaps.thin}
    assert found[("group", "a")] == found[("vendor", "b")] == (("lens",), ("robot",), ("lens",))
    assert set(found) == {("vendor", "b"), ("group", "a"), ("country", "TW")}
    # Taiwan holds two of the three groups of the box.
    assert found[("country", "TW")][0] == ("box", "lens", "x")
    first = gaps.thin[0]
    assert first.kind == "thin" and gaps.find(first.id) is first
    assert gaps.analysis_of(first) is gaps.doubled
    assert find_gaps(graph).thin == ()
    assert find_gaps(graph, scope=Scope(min_groups=2), thin=True).thin == ()


def test_thin_has_another_id_than_the_cut_of_the_same_unit() -> None:
    """Losing a is a cut for the box and thin for the lens: two findings, with two ids."""
    graph = make_graph(vendors=VENDORS, offers="a:box a:lens b:lens c:x d:x us:x")
    gaps = find_gaps(graph, units=("vendor",), thin=True)
    assert [(cut.member, cut.components) for cut in gaps.cuts] == [("a", ("box",))]
    assert ("a", ("lens",)) in {(f.member, f.components) for f in gaps.thin}
    assert not {f.id for f in gaps.thin} & {cut.id for cut in gaps.cuts}
    judged = judge_finding(gaps.analysis_of(gaps.thin[0]), gaps.thin[0])
    assert set(judged.witnesses) == set(gaps.thin[0].components)


def test_fragile_findings_have_orders_too() -> None:
    """A weak third maker hides that the lens hangs on two."""
    graph = make_graph(
        vendors=VENDORS, offers="a:lens b:lens c:lens(source_kind=uncited) a:box b:box c:box d:box"
    )
    gaps = find_gaps(graph, max_order=2, units=("vendor",))
    assert _cuts(gaps) == {}
    assert [(f.members, f.components) for f in gaps.fragile] == [(("a", "b"), ("lens",))]
    assert gaps.analysis_of(gaps.fragile[0]) is gaps.solid


def test_a_pair_is_confirmed_as_a_single_one_is() -> None:
    """With the lists of vendors known to be complete two are confirmed; a blank status of one is a doubt."""
    words = {**ROBOT, "complete": "lens:TW lens:JP chip:TW chip:JP dsp:TW dsp:JP"}
    gaps = find_gaps(make_graph(**words), max_order=2, units=("vendor",))
    assert judge_finding(gaps.analysis, _find(gaps, "a", "b")).verdict == "confirmed"
    words["offers"] = words["offers"].replace("b:lens", "b:lens(status=)")
    gaps = find_gaps(make_graph(**words), max_order=2, units=("vendor",))
    judged = judge_finding(gaps.analysis, _find(gaps, "a", "b"))
    assert (judged.verdict, [doubt.key for doubt in judged.doubts]) == ("apparent", ["doubt.offer_status"])


def test_second_sources_of_a_pair_are_of_neither_group() -> None:
    """A daughter of either goes the way of her mother; who lies in the cut, or needs what does, is marked."""
    graph = make_graph(
        vendors=f"{VENDORS} b2:US e:JP(region=R) b3:JP(region=R)",
        offers="a:lens b:lens b2:lens us:lens c:lens(status=pilot) d:optic d:glass a:glass b:glass e:z",
        requires="optic->lens",
        components="lens(family=f) optic(family=f)",
        owns="b>b2",
    )
    gaps = find_gaps(graph, max_order=2, units=("vendor",))
    cut = _find(gaps, "a", "b")
    found = [(s.reason, s.vendor, s.same_cut) for s in list_second_sources(gaps.analysis, cut)]
    assert found == [
        ("same-component", "us", False),
        ("not-in-volume", "c", False),
        ("same-family", "d", True),
    ]
    assert list_abroad(gaps.analysis, cut) == ["b2", "us"]


def test_a_second_source_in_the_lost_country_is_lost_too() -> None:
    """A pilot line of the country that is lost steps in for nothing, and is marked so."""
    graph = make_graph(vendors="a:JP b:JP c:JP d:TW", offers="a:lens b:lens c:lens(status=pilot) d:box c:box")
    gaps = find_gaps(graph)
    (cut,) = gaps.cuts
    assert cut.members == ("JP",)
    assert [(s.vendor, s.same_cut) for s in list_second_sources(gaps.analysis, cut)] == [("c", True)]


def test_where_it_is_made_two_countries_may_hold_it() -> None:
    """An offer made in two countries is lost only with both, one of unknown places with none."""
    graph = make_graph(
        vendors="a:US b:US us:US",
        offers="a:lens(made_in=TW;JP) b:box(made_in=TW) us:box(made_in=JP) us:x(made_in=US) us:y",
    )
    scope = Scope(within="world", country_by="made")
    assert _ask(graph, scope=scope, units=("country",), max_order=2) == {
        ("country", "JP TW"): {"lens", "box"}
    }
    assert {cut.members for cut in find_gaps(graph, scope=scope, units=("country",)).cuts} == {("US",)}


@pytest.mark.parametrize("order", [0, 4, True, 1.5, "2"])
def test_orders_are_one_to_three(order: Any) -> None:
    """Another order is an error that says where all orders of one target are."""
    with pytest.raises(_errors.InputError, match="`max_order` must be 1, 2 or 3; found"):
        find_gaps(make_graph(**ROBOT), max_order=order)


def test_too_many_are_refused_with_what_to_do() -> None:
    """Beyond the budget there is an error, with the number of findings of order 1, and never a part of the rest."""
    offers = " ".join(f"v{n}:c{m} w{n}:c{m}" for m in range(9) for n in range(m))
    vendors = " ".join(f"v{n}:TW w{n}:JP" for n in range(9))
    graph = make_graph(vendors=vendors, offers=f"{offers} v0:c0", requires="s->c0", solutions="s")
    with pytest.raises(TooManyError) as error:
        find_gaps(graph, max_order=3, budget=20)
    assert (error.value.count, error.value.order) == (1, 1)
    assert str(error.value) == (
        "the minimal cut sets of up to 3 units take more than `budget`=20 steps, at unit vendor; ask for "
        "`max_order`=2, for fewer `units`, or with a larger `budget` (of one unit there are exactly 1); "
        "`find_minimal_cut_sets` has those of one target"
    )
    assert len(find_gaps(graph, max_order=1, budget=20).cuts) == 1
    with pytest.raises(_errors.InputError, match="`budget` must be a whole number from 1 up"):
        find_gaps(graph, max_order=2, budget=0)


def test_without_offers_there_are_no_sets() -> None:
    """A data set without OFFERS has no answer at any order."""
    gaps = find_gaps(make_graph(vendors="a:TW", requires="x->y"), max_order=3, thin=True, units=("region",))
    assert (gaps.missing, gaps.cuts, gaps.thin, gaps.max_order) == (("OFFERS",), (), (), 3)
