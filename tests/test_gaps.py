"""Gaps on graphs that a reader can see."""

from __future__ import annotations

import math
from typing import Any

import pytest

from kizuna import _errors
from kizuna.graph import SupplyGraph
from kizuna.queries import Finding, Gaps, Scope, find_gaps, finding_id
from tests.graphs import build_graph, make_graph, make_rows


def _cuts(graph: SupplyGraph, scope: Scope | None = None) -> dict[tuple[str, str], str]:
    """Return unit and member of every cut, with its roots."""
    cuts = find_gaps(graph, scope=scope).cuts
    return {(str(cut.unit), str(cut.member)): " ".join(cut.roots) for cut in cuts}


def _only(findings: tuple[Finding, ...]) -> Finding:
    assert len(findings) == 1, findings
    return findings[0]


VENDORS = "tsmc:TW umc:TW rapidus:JP sony:JP intel:US"

# One foundry for everything: chip and robot hang on it, and a second vendor is there only for the chip.
CHAIN = {
    "vendors": VENDORS,
    "offers": "tsmc:foundry sony:chip umc:chip",
    "requires": "chip->foundry robot->chip mill->foundry",
    "solutions": "robot mill",
}


def test_a_single_vendor_is_found_with_all_that_hangs_on_it() -> None:
    """TSMC alone offers the foundry; the chip and both solutions are lost with it, one of them directly."""
    cut = _only(find_gaps(make_graph(**CHAIN)).cuts)
    assert (cut.kind, cut.unit, cut.member, cut.order) == ("cut", "vendor", "tsmc", 1)
    assert (cut.roots, cut.vendors) == (("foundry",), ("tsmc",))
    assert cut.components == ("chip", "foundry")
    assert cut.solutions == ("mill", "robot")
    assert (cut.direct, cut.hidden) == (("mill",), ("robot",))
    assert (cut.severity, cut.solutions_total) == (1.0, 2)


def test_a_cut_of_a_vendor_stands_at_group_and_country_too() -> None:
    """What is lost with TSMC is lost with its group and with Taiwan, and is not listed again there."""
    assert _cuts(make_graph(**CHAIN)) == {("vendor", "tsmc"): "foundry"}
    assert find_gaps(make_graph(**CHAIN)).cuts[0].also == ("group", "country")


def test_a_choice_protects() -> None:
    """With a mature foundry as an alternative nothing is lost but the advanced foundry itself."""
    graph = make_graph(
        vendors=VENDORS,
        offers="tsmc:advanced umc:mature rapidus:mature sony:chip intel:chip umc:chip",
        requires="chip->[advanced|mature]",
    )
    cut = _only(find_gaps(graph).cuts)
    assert (cut.member, cut.components) == ("tsmc", ("advanced",))


def test_a_choice_of_which_one_vendor_has_all_does_not_protect() -> None:
    """Where TSMC is behind every alternative, the chip is lost with it all the same."""
    graph = make_graph(
        vendors=VENDORS,
        offers="tsmc:advanced tsmc:mature sony:chip umc:chip",
        requires="chip->[advanced|mature]",
    )
    cut = _only(find_gaps(graph).cuts)
    assert (cut.roots, cut.components) == (("advanced", "mature"), ("advanced", "chip", "mature"))


def test_a_vendor_that_makes_the_part_itself_protects() -> None:
    """Sony makes its own sensor dies: without the foundry the sensor can still be had from it."""
    requires, vendors = "sensor->foundry", "tsmc:TW sony:JP umc:TW"
    bought = make_graph(vendors=vendors, offers="tsmc:foundry sony:sensor umc:sensor", requires=requires)
    assert find_gaps(bought).cuts[0].components == ("foundry", "sensor")
    made = make_graph(
        vendors=vendors, offers="tsmc:foundry sony:sensor(in_house=foundry) umc:sensor", requires=requires
    )
    assert find_gaps(made).cuts[0].components == ("foundry",)


def test_a_root_may_hang_on_one_maker_because_others_cannot_deliver() -> None:
    """Only Sony delivers sensors, for the others lack a part that nobody offers: it is a cut, with one root."""
    graph = make_graph(
        vendors="sony:JP umc:TW",
        offers="sony:sensor(in_house=die) umc:sensor umc:lens sony:lens",
        requires="sensor->die",
    )
    cut = _only(find_gaps(graph).cuts)
    assert (cut.member, cut.roots, cut.vendors) == ("sony", ("sensor",), ("sony",))


def test_a_virtual_component_is_lost_and_never_a_root() -> None:
    """A set is lost with what is in it; that a vendor says it offers the set makes it no root."""
    graph = make_graph(
        vendors="a:TW b:JP",
        offers="a:p a:set b:q a:q",
        requires="set->p set->q",
        components="set(virtual=yes)",
    )
    cut = _only(find_gaps(graph).cuts)
    assert (cut.roots, cut.components) == (("p",), ("p", "set"))


def test_imports_cannot_be_lost() -> None:
    """Within the pair an American monopoly is given; world-wide it is a single point of failure."""
    graph = make_graph(vendors="us:US a:TW b:JP", offers="us:gpu a:server b:server", requires="server->gpu")
    assert _cuts(graph) == {}
    assert _cuts(graph, Scope(within="world")) == {("vendor", "us"): "gpu"}


def test_a_third_country_is_no_second_source_where_the_pair_offers() -> None:
    """Intel offers the foundry too, but within the pair TSMC is alone."""
    graph = make_graph(vendors=VENDORS, offers="tsmc:foundry intel:foundry sony:chip")
    assert _cuts(graph) == {("vendor", "tsmc"): "foundry", ("vendor", "sony"): "chip"}
    assert _cuts(graph, Scope(within="world")) == {("vendor", "sony"): "chip"}


@pytest.mark.parametrize(
    ("second", "protects"),
    [
        ("rapidus:foundry", True),
        ("rapidus:foundry(status=limited)", True),
        ("rapidus:foundry(status=)", True),
        ("rapidus:foundry(status=pilot)", False),
        ("rapidus:foundry(status=announced)", False),
        ("rapidus:foundry(status=ended)", False),
        ("rapidus:foundry(until=2026-11-22)", False),
        ("rapidus:foundry(until=2026-11-23)", True),
        ("rapidus:foundry(since=2026-11-22)", True),
        ("rapidus:foundry(since=2026-11-23)", False),
        ("rapidus:foundry(since=2027)", False),
    ],
)
def test_what_is_a_second_source(second: str, protects: bool) -> None:
    """Volume, limited and unknown offers in force on the day are; a pilot line and a promise are not."""
    graph = make_graph(vendors=VENDORS, offers=f"tsmc:foundry {second} sony:chip rapidus:chip umc:chip")
    assert _cuts(graph) == ({} if protects else {("vendor", "tsmc"): "foundry"})


def test_a_placeholder_is_no_second_source() -> None:
    """Various companies are nobody that could be asked."""
    graph = make_graph(
        vendors="tsmc:TW various:JP(placeholder=yes) sony:JP",
        offers="tsmc:foundry various:foundry sony:chip tsmc:chip",
    )
    assert _cuts(graph) == {("vendor", "tsmc"): "foundry"}


def test_a_vendor_that_is_no_more_is_no_second_source() -> None:
    """The vendor's own end ends its offers, from that day on and not before."""
    rows = make_rows(
        vendors="micron:TW elpida:JP(until=2013-07) sony:JP",
        offers="micron:dram elpida:dram sony:chip micron:chip",
    )
    assert _cuts(build_graph(rows)) == {("vendor", "micron"): "dram"}
    assert _cuts(build_graph(rows, as_of="2013-06")) == {}
    assert _cuts(build_graph(rows, as_of="2013-07-01")) == {("vendor", "micron"): "dram"}


def test_the_past_is_looked_at_as_it_was() -> None:
    """In 2019 the Japanese maker had not yet stopped, in 2021 it had, in 2024 another one began."""
    rows = make_rows(
        vendors="tsmc:TW panasonic:JP rapidus:JP",
        offers="tsmc:foundry panasonic:foundry(until=2020-06) rapidus:foundry(since=2024)"
        " tsmc:chip panasonic:chip rapidus:chip",
    )
    alone = {("vendor", "tsmc"): "foundry"}
    found = {day: _cuts(build_graph(rows, as_of=day)) for day in ("2019", "2020-05-31", "2021", "2024-01-01")}
    assert found == {"2019": {}, "2020-05-31": {}, "2021": alone, "2024-01-01": {}}


@pytest.mark.parametrize(
    ("rows", "alone"),
    [
        ("rapidus:foundry(as_of=2024,status=volume) rapidus:foundry(as_of=2025,status=pilot)", True),
        ("rapidus:foundry(as_of=2025,status=pilot) rapidus:foundry(as_of=2024,status=volume)", True),
        ("rapidus:foundry(as_of=2024,status=pilot) rapidus:foundry(as_of=2025,status=volume)", False),
        ("rapidus:foundry(as_of=,status=volume) rapidus:foundry(as_of=2020,status=pilot)", True),
        (
            "rapidus:foundry(as_of=2025,source_kind=uncited) rapidus:foundry(as_of=2025,status=pilot)",
            True,
        ),
    ],
)
def test_the_latest_statement_is_heard(rows: str, alone: bool) -> None:
    """A correction counts whatever the order of rows; at the same date the cited statement is heard."""
    graph = make_graph(vendors=VENDORS, offers=f"tsmc:foundry {rows} sony:chip umc:chip")
    assert _cuts(graph) == ({("vendor", "tsmc"): "foundry"} if alone else {})


def test_two_vendors_of_one_group_are_a_gap_of_the_group() -> None:
    """The mother and its daughter are no second source for each other."""
    graph = make_graph(
        vendors="resonac:JP subsidiary:JP tok:JP umc:TW",
        offers="resonac:film subsidiary:film tok:resist umc:resist",
        owns="resonac>subsidiary(share=0.6)",
    )
    cut = _only(find_gaps(graph).cuts)
    assert (cut.unit, cut.member, cut.roots) == ("group", "resonac", ("film",))
    assert (cut.vendors, cut.also) == (("resonac", "subsidiary"), ("country",))


def test_a_group_over_two_countries_does_not_stand_at_country() -> None:
    """With the mother in Taiwan and the daughter in Japan neither country alone takes the foundry along."""
    rows = make_rows(
        vendors="tsmc:TW jasm:JP sony:JP umc:TW",
        offers="tsmc:foundry jasm:foundry sony:chip umc:chip",
        owns="tsmc>jasm(control=yes)",
    )
    cut = _only(find_gaps(build_graph(rows)).cuts)
    assert (cut.unit, cut.member, cut.also, cut.seat_owner_disagree) == ("group", "tsmc", (), True)


def test_a_group_over_two_countries_does_not_speak_for_one() -> None:
    """The group's two Taiwanese firms alone make film: Taiwan takes it along, and is listed beside the group."""
    rows = make_rows(
        vendors="a:TW a2:TW a3:JP b:JP c:TW",
        offers="a:film a2:film a3:chip b:chip c:chip",
        owns="a>a2 a>a3",
    )
    found = {(cut.unit, cut.member): (cut.roots, cut.also) for cut in find_gaps(build_graph(rows)).cuts}
    assert found == {("group", "a"): (("film",), ("country",)), ("country", "TW"): (("film",), ())}


def test_by_owner_a_group_lies_in_one_country() -> None:
    """By owner, JASM is Taiwanese, so that Taiwan takes the foundry along with TSMC's group."""
    graph = make_graph(
        vendors="tsmc:TW jasm:JP sony:JP umc:TW",
        offers="tsmc:foundry jasm:foundry sony:chip umc:chip",
        owns="tsmc>jasm(control=yes)",
    )
    cut = _only(find_gaps(graph, scope=Scope(country_by="owner")).cuts)
    assert (cut.unit, cut.member, cut.also, cut.seat_owner_disagree) == ("group", "tsmc", ("country",), True)


def test_independent_vendors_of_one_country_are_a_gap_of_the_country() -> None:
    """Two Japanese makers of photoresist protect against the loss of either, not of Japan."""
    graph = make_graph(vendors="tok:JP jsr:JP umc:TW", offers="tok:resist jsr:resist umc:chip tok:chip")
    cut = _only(find_gaps(graph).cuts)
    assert (cut.unit, cut.member, cut.roots) == ("country", "JP", ("resist",))
    assert (cut.vendors, cut.also) == (("jsr", "tok"), ())


def test_a_gap_of_a_country_may_be_there_by_owner_only() -> None:
    """A Japanese second source that is Taiwanese-owned is none when countries are those of owners."""
    graph = make_graph(
        vendors="auo:TW innolux:TW sharp:JP sony:JP",
        offers="auo:panel innolux:panel sharp:panel sony:chip auo:chip",
        owns="innolux>sharp(control=yes)",
    )
    assert _cuts(graph) == {}
    assert _cuts(graph, Scope(country_by="owner")) == {("country", "TW"): "panel"}


def test_a_country_is_listed_for_what_no_vendor_in_it_takes_along() -> None:
    """Taiwan's finding is there for the packaging, and lists the foundry that TSMC alone takes along too."""
    graph = make_graph(
        vendors="tsmc:TW ase:TW spil:TW sony:JP",
        offers="tsmc:foundry ase:package spil:package sony:chip ase:chip",
    )
    found = {(c.unit, c.member): c.components for c in find_gaps(graph).cuts}
    assert found == {("vendor", "tsmc"): ("foundry",), ("country", "TW"): ("foundry", "package")}


def test_the_set_of_all_units_is_left_out() -> None:
    """Where all that is offered comes from one vendor, group or country, losing it is no finding."""
    one = make_graph(vendors="a:TW b:JP", offers="a:x a:y", requires="y->x")
    assert find_gaps(one).cuts == ()
    group = make_graph(vendors="a:TW b:TW", offers="a:x b:x", owns="a>b")
    assert find_gaps(group).cuts == ()
    country = make_graph(vendors="a:TW b:TW", offers="a:x b:x")
    assert find_gaps(country).cuts == ()
    assert find_gaps(make_graph(vendors="a:TW b:TW", offers="a:x b:y")).cuts[0].also == ("group",)


def test_a_target_is_lost_through_two_ways_at_once() -> None:
    """The camera has one way over a part of A and one way of A's own: both are gone with A."""
    graph = make_graph(
        vendors="a:TW b:JP c:TW",
        offers="a:lens a:camera(in_house=lens) b:camera c:box b:box",
        requires="camera->lens",
    )
    cut = _only(find_gaps(graph).cuts)
    assert (cut.member, cut.roots, cut.components) == ("a", ("lens",), ("camera", "lens"))


def test_an_uncovered_component_is_a_finding_of_its_own() -> None:
    """Nobody offers EUV masks; the solutions that need them fail, out of all solutions."""
    graph = make_graph(
        vendors="a:TW b:JP",
        offers="a:chip b:chip a:toy b:toy",
        requires="chip->mask robot->chip game->toy",
        solutions="robot game",
    )
    gaps = find_gaps(graph)
    finding = _only(gaps.uncovered)
    assert (finding.unit, finding.member, finding.roots, finding.vendors) == (None, None, ("mask",), ())
    assert (finding.components, finding.solutions, finding.direct) == (("chip", "mask"), ("robot",), ())
    assert (finding.severity, finding.solutions_total) == (0.5, 2)
    assert gaps.cuts == ()


def test_a_component_is_no_root_while_its_own_requirements_fail() -> None:
    """Neither mask nor blank is offered, and the mask needs the blank: the blank is the root."""
    graph = make_graph(vendors="a:TW", offers="a:chip", requires="chip->mask mask->blank")
    finding = _only(find_gaps(graph).uncovered)
    assert (finding.roots, finding.components) == (("blank",), ("blank", "chip", "mask"))


def test_each_uncovered_root_is_looked_at_alone() -> None:
    """Two missing parts are two findings; each lists what fails when it alone is missing."""
    graph = make_graph(
        vendors="a:TW b:JP",
        offers="a:x",
        requires="x->p s->x t->q u->[p|q]",
        solutions="s t u",
    )
    found = {f.roots: (f.components, f.solutions) for f in find_gaps(graph).uncovered}
    assert found == {("p",): (("p", "x"), ("s",)), ("q",): (("q",), ("t",))}


def test_a_vendor_that_makes_the_missing_part_itself_still_delivers() -> None:
    """What nobody sells is no loss for the maker that has its own; one that has stopped does not count."""
    requires, vendors = "x->p s->x", "a:TW b:JP"
    made = make_graph(vendors=vendors, offers="a:x(in_house=p) b:x", requires=requires, solutions="s")
    assert find_gaps(made).uncovered[0].solutions == ()
    stopped = make_graph(
        vendors=vendors,
        offers="a:x(in_house=p,status=ended) b:x(in_house=other)",
        requires=requires,
        solutions="s",
        components="other",
    )
    found = {finding.roots: finding.solutions for finding in find_gaps(stopped).uncovered}
    assert found == {("p",): ("s",), ("other",): ()}


def test_what_the_pair_imports_is_not_uncovered() -> None:
    """A component of American vendors only is not offered by nobody."""
    graph = make_graph(vendors="us:US a:TW", offers="us:gpu a:server", requires="server->gpu")
    assert find_gaps(graph).uncovered == ()


def test_severity_is_the_weight_of_what_is_lost() -> None:
    """Of solutions of weight 3 and 1 the heavier is three quarters; what cannot be had anyway is left out."""
    graph = make_graph(
        vendors="a:TW b:JP c:JP",
        offers="a:x b:y c:y",
        requires="s->x t->y u->nothing",
        solutions="s t u",
    )
    plain = find_gaps(graph)
    assert (plain.cuts[0].severity, plain.cuts[0].solutions_total) == (0.5, 2)
    assert plain.uncovered[0].severity == 1 / 3
    weighed = find_gaps(graph, weights={"s": 3, "u": 4})
    assert (weighed.cuts[0].severity, weighed.cuts[0].solutions_total) == (0.75, 2)
    assert weighed.uncovered[0].severity == 0.5
    nothing = find_gaps(graph, weights={"s": 0, "t": 0})
    assert nothing.cuts[0].severity == 0.0


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({"s": -1.0}, "`weights`: 's' has -1.0; a weight is a number from 0 up"),
        ({"s": math.nan}, "`weights`: 's' has nan; a weight is a number from 0 up"),
        ({"s": math.inf}, "`weights`: 's' has inf; a weight is a number from 0 up"),
        ({"z": 1.0}, "`weights`: no solution 'z'; there are s, t"),
    ],
)
def test_bad_weights_are_refused(weights: dict[str, float], message: str) -> None:
    """A weight that is no number from 0 up, or of a solution that there is none of, is an error."""
    graph = make_graph(vendors="a:TW b:JP", offers="a:x b:y", requires="s->x t->y", solutions="s t")
    with pytest.raises(_errors.InputError) as error:
        find_gaps(graph, weights=weights)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"units": ("vendor", "town")},
            "`units`: 'town' is none of vendor, group, country, region, city, exchange, size",
        ),
        ({"kinds": ("magic",)}, "`kinds`: 'magic' is none of input, equipment, service"),
    ],
)
def test_bad_units_and_kinds_are_refused(options: dict[str, Any], message: str) -> None:
    """What is none of the units or kinds is named with those that there are."""
    with pytest.raises(_errors.InputError) as error:
        find_gaps(make_graph(**CHAIN), **options)
    assert str(error.value) == message


def test_only_the_units_asked_for_are_listed() -> None:
    """Asked for countries alone, Taiwan takes along what TSMC does, and no vendor is listed."""
    gaps = find_gaps(make_graph(**CHAIN), units=("country",))
    assert [(cut.unit, cut.member, cut.roots) for cut in gaps.cuts] == [("country", "TW", ("foundry",))]


def test_stand_ins_are_groups_that_could_step_in() -> None:
    """A pilot, a promise and a maker of another grade count, by group; abroad, in the cut and ended do not."""
    graph = make_graph(
        vendors="tsmc:TW rapidus:JP jasm:JP umc:TW vis:TW intel:US psmc:TW sony:JP denso:JP renesas:JP",
        offers="tsmc:n3 rapidus:n3(status=pilot) jasm:n3(status=announced) intel:n3(status=pilot)"
        " psmc:n3(status=ended) umc:n28 vis:n28 intel:n28 denso:n28(status=pilot) sony:chip renesas:chip",
        components="n3(family=foundry) n28(family=foundry) chip",
        owns="tsmc>jasm umc>vis",
    )
    cut = next(c for c in find_gaps(graph).cuts if c.member == "tsmc")
    assert (cut.roots, cut.stand_ins) == (("n3",), 2)


def test_stand_ins_of_a_country_are_elsewhere() -> None:
    """A pilot line in Japan does not help when Japan is lost; one in Taiwan does."""
    graph = make_graph(
        vendors="tok:JP jsr:JP fuji:JP umc:TW",
        offers="tok:resist jsr:resist fuji:resist(status=pilot) umc:resist(status=pilot) umc:chip tok:chip",
    )
    cut = _only(find_gaps(graph).cuts)
    assert (cut.member, cut.stand_ins) == ("JP", 1)


def test_the_gravest_comes_first() -> None:
    """Findings come by severity, then fewest stand-ins, then most components lost, then id."""
    graph = make_graph(
        vendors="a:TW b:TW c:JP d:JP e:TW f:JP",
        offers="a:a1 b:b1 b:b2 c:c1 d:d1 d:d2 d:d3 e:d1(status=pilot) e:e1 f:e1",
        requires="s->a1 b2->b1 d2->d1 d3->d1 t->e1",
        solutions="s t",
    )
    cuts = find_gaps(graph).cuts
    assert [cut.member for cut in cuts[:2]] == ["a", "b"]
    assert cuts[-1].member == "d"
    assert [(c.severity, c.stand_ins, len(c.components)) for c in cuts] == [
        (0.5, 0, 1),
        (0.0, 0, 2),
        (0.0, 0, 1),
        (0.0, 1, 3),
    ]


def test_an_id_depends_on_neither_data_nor_date() -> None:
    """The finding keeps its id when other rows change, on another day, and with the pair named the other way."""
    now = find_gaps(make_graph(**CHAIN)).cuts[0]
    later = find_gaps(
        make_graph(vendors=VENDORS, offers="tsmc:foundry umc:lens sony:lens", as_of="2027"),
        scope=Scope(pair=("JP", "TW")),
    ).cuts[0]
    assert now.id == later.id == finding_id("cut", "vendor", Scope(), ["tsmc"])
    assert now.id == "GAP-" + now.id[4:] and len(now.id) == 16


@pytest.mark.parametrize(
    "other",
    [
        finding_id("dominant", "vendor", Scope(), ["tsmc"]),
        finding_id("cut", "group", Scope(), ["tsmc"]),
        finding_id("cut", "vendor", Scope(within="world"), ["tsmc"]),
        finding_id("cut", "vendor", Scope(country_by="owner"), ["tsmc"]),
        finding_id("cut", "vendor", Scope(pair=("TW", "KR")), ["tsmc"]),
        finding_id("cut", "vendor", Scope(), ["umc"]),
    ],
)
def test_an_id_tells_findings_apart(other: str) -> None:
    """Kind, unit, scope, country_by, pair and members all enter the id."""
    assert other != finding_id("cut", "vendor", Scope(), ["tsmc"])


def test_the_filters_do_not_enter_the_id() -> None:
    """The same cut among leaders only has the same id; the parameters stand beside it."""
    assert finding_id("cut", "vendor", Scope(role="leader"), ["a"]) == finding_id(
        "cut", "vendor", Scope(), ["a"]
    )


def _fragile(gaps: Gaps) -> list[tuple[str, str | None, tuple[str, ...]]]:
    return [(finding.kind, finding.member, finding.roots) for finding in gaps.fragile]


def test_a_gap_that_weak_evidence_hides_is_fragile() -> None:
    """A second source that no page supports hides the gap: it is listed apart, among the fragile."""
    weak = "rapidus:foundry(source_kind=uncited)"
    graph = make_graph(vendors=VENDORS, offers=f"tsmc:foundry {weak} sony:chip umc:chip")
    gaps = find_gaps(graph)
    assert gaps.cuts == ()
    assert _fragile(gaps) == [("cut", "tsmc", ("foundry",))]
    assert gaps.analysis_of(gaps.fragile[0]) is gaps.solid
    assert gaps.find(gaps.fragile[0].id) is gaps.fragile[0]


@pytest.mark.parametrize(
    ("evidence", "fragile"),
    [
        ("source_kind=report,confidence=medium", False),
        ("source_kind=cited,confidence=low", True),
        ("source_kind=cited,confidence=", True),
        ("source_kind=uncited,confidence=high", True),
    ],
)
def test_what_evidence_is_solid(evidence: str, fragile: bool) -> None:
    """Cited or of the report, with confidence at least medium."""
    graph = make_graph(vendors=VENDORS, offers=f"tsmc:foundry rapidus:foundry({evidence}) sony:chip umc:chip")
    assert bool(find_gaps(graph).fragile) == fragile


def test_what_only_weak_evidence_offers_is_fragile() -> None:
    """A component that only uncited rows offer would be offered by nobody."""
    graph = make_graph(
        vendors="a:TW b:JP", offers="a:x(source_kind=uncited) b:x(source_kind=uncited) a:y b:y"
    )
    assert _fragile(find_gaps(graph)) == [("uncovered", None, ("x",))]


def test_a_gap_with_all_offers_is_not_fragile() -> None:
    """What is a gap anyway is listed once."""
    gaps = find_gaps(make_graph(**CHAIN))
    assert gaps.fragile == ()
    assert gaps.analysis_of(gaps.cuts[0]) is gaps.analysis


def test_fragile_findings_never_widen_the_question() -> None:
    """Asked for cited, or highly confident, offers only, rows of the report or of medium confidence stay out."""
    vendors = "a:TW b:JP c:JP"
    report = make_graph(vendors=vendors, offers="a:x b:x(source_kind=report) c:x(confidence=low) b:y c:y")
    assert _fragile(find_gaps(report, scope=Scope(source_kinds=("cited",)))) == [("cut", "a", ("x",))]
    medium = make_graph(vendors=vendors, offers="a:x b:x(confidence=medium) c:x(source_kind=uncited) b:y c:y")
    assert _fragile(find_gaps(medium, scope=Scope(confidence="high"))) == [("cut", "a", ("x",))]
    nothing = find_gaps(medium, scope=Scope(source_kinds=("uncited",)))
    assert (nothing.fragile, nothing.solid) == ((), None)


def test_without_offers_there_is_no_answer() -> None:
    """A data set without OFFERS says so; nothing is called uncovered."""
    gaps = find_gaps(make_graph(vendors="a:TW", requires="x->y"))
    assert gaps.missing == ("OFFERS",)
    assert (gaps.findings, gaps.fragile) == ((), ())
    assert find_gaps(SupplyGraph({})).missing == ("OFFERS", "REQUIRES")


def test_without_requires_the_answer_says_so() -> None:
    """A data set without REQUIRES has the gaps of single components, and says what it lacks."""
    gaps = find_gaps(make_graph(vendors="a:TW b:JP", offers="a:x a:y b:y"))
    assert gaps.missing == ("REQUIRES",)
    assert [cut.components for cut in gaps.cuts] == [("x",)]


def test_the_report_names_firms_by_segment_only() -> None:
    """A data set that only lists firms in segments has no offers to answer from."""
    graph = make_graph(vendors="a:TW", components="x", listed_in="a:parts")
    assert find_gaps(graph).missing == ("OFFERS", "REQUIRES")


def test_an_unknown_finding_is_refused() -> None:
    """Asking for an id that is not there is an error that names it."""
    gaps = find_gaps(make_graph(**CHAIN))
    with pytest.raises(_errors.UnknownNameError, match="no finding 'GAP-0' in this data set and scope"):
        gaps.find("GAP-0")


def test_only_some_kinds_of_requirement_are_looked_at() -> None:
    """At once nothing is lost with the maker of the scanner; in time the chip is."""
    graph = make_graph(
        vendors="nikon:JP a:TW b:JP",
        offers="nikon:scanner a:chip b:chip",
        requires="chip->scanner(kind=equipment) robot->chip robot->scanner(kind=equipment)",
        solutions="robot",
    )
    in_time, at_once = find_gaps(graph).cuts[0], find_gaps(graph, kinds=("input", "service")).cuts[0]
    assert (in_time.components, in_time.solutions, in_time.direct) == (
        ("chip", "scanner"),
        ("robot",),
        ("robot",),
    )
    assert (at_once.components, at_once.solutions, at_once.direct) == (("scanner",), (), ())
