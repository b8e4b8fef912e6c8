from __future__ import annotations

import pytest

from kizuna._errors import InputError, UnknownNameError
from kizuna.queries import Analysis, Scope
from kizuna.queries.component_partners import ComponentSide, find_component_partners
from tests.graphs import build_graph, make_graph, make_rows

EVIDENCE = {"dataset": "toy", "source_kind": "cited", "confidence": "high", "as_of": "2026-01-01"}
FOUNDRIES = {
    "vendors": "tsmc:TW umc:TW rapidus:JP usjc:JP sony:JP intel:US",
    "offers": "tsmc:n3 umc:n28 rapidus:n3(status=pilot) usjc:n28 sony:package intel:n3",
    "requires": "chip->[n3|chiplet]",
    "components": "n3(family=foundry) n28(family=foundry)",
    "solutions": "",
}


def _say(side: ComponentSide) -> list[tuple[str, str, str, bool]]:
    return [(one.vendor, one.component, one.reason, one.same_cut) for one in side.stand_ins]


def test_second_sources_come_from_the_other_country_best_reason_first() -> None:
    """For TSMC's n3: Rapidus's pilot of the same, then USJC's older node; Intel is abroad, UMC at home."""
    found = find_component_partners(make_graph(**FOUNDRIES), "n3")
    taiwan, japan = found.sides
    assert (taiwan.country, taiwan.other_country) == ("TW", "JP")
    assert [offerer.vendor for offerer in taiwan.offerers] == ["tsmc"]
    assert _say(taiwan) == [
        ("rapidus", "n3", "not-in-volume", False),
        ("usjc", "n28", "same-family", False),
    ]
    assert japan.offerers == ()
    assert _say(japan) == [("tsmc", "n3", "same-component", False), ("umc", "n28", "same-family", False)]
    assert found.abroad == ("intel",)


def test_another_alternative_of_a_choice_comes_last() -> None:
    """A chip takes an n3 or a chiplet: who makes chiplets could step in."""
    graph = make_graph(**{**FOUNDRIES, "offers": f"{FOUNDRIES['offers']} sony:chiplet"})
    taiwan, _ = find_component_partners(graph, "n3").sides
    assert _say(taiwan)[-1] == ("sony", "chiplet", "alternative", False)


def test_what_the_loss_of_the_offerers_would_kill_too_is_marked() -> None:
    """Rapidus's n3 needs TSMC's masks; Canon makes its own, and stands."""
    graph = make_graph(
        vendors="tsmc:TW rapidus:JP canon:JP sony:JP",
        offers="tsmc:n3 tsmc:mask rapidus:n3 canon:n3(in_house=mask) sony:chip",
        requires="n3->mask",
    )
    taiwan, _ = find_component_partners(graph, "n3").sides
    assert _say(taiwan) == [
        ("canon", "n3", "same-component", False),
        ("rapidus", "n3", "same-component", True),
    ]


@pytest.mark.parametrize(
    ("offers", "owns", "unit", "member"),
    [
        ("a:x c:x d:y", "", "vendor", "a"),
        ("a:x b:x c:x d:y", "a>b", "group", "a"),
        ("a:x b:x c:x d:y", "", "country", "TW"),
        ("c:x d:y", "", None, None),
    ],
)
def test_what_is_lost_is_the_finest_unit_of_the_offerers(
    offers: str, owns: str, unit: str | None, member: str | None
) -> None:
    """One firm, one group, else the country; nobody there, nothing to lose."""
    graph = make_graph(vendors="a:TW b:TW c:JP d:JP", offers=offers, owns=owns)
    taiwan, _ = find_component_partners(graph, "x").sides
    assert (taiwan.unit, taiwan.member) == (unit, member)
    assert [one.vendor for one in taiwan.stand_ins] == ["c"]


def test_a_firm_of_the_offerers_group_is_no_second_source() -> None:
    """TSMC's daughter in Japan goes the way of her mother."""
    graph = make_graph(
        vendors="tsmc:TW jasm:JP sony:JP umc:TW", offers="tsmc:n28 jasm:n28 sony:n28 umc:x", owns="tsmc>jasm"
    )
    taiwan, _ = find_component_partners(graph, "n28").sides
    assert [one.vendor for one in taiwan.stand_ins] == ["sony"]


def test_relations_with_the_present_offerers_stand_beside() -> None:
    """Rapidus is supplied by TSMC; that it was by UMC, who does not offer n3, and once licensed, is not shown."""
    rows = make_rows(**FOUNDRIES)
    rows["supplies"] = [
        {"from_vendor": "tsmc", "to_vendor": "rapidus", **EVIDENCE},
        {"from_vendor": "umc", "to_vendor": "rapidus", **EVIDENCE},
    ]
    rows["licenses"] = [{"from_vendor": "tsmc", "to_vendor": "rapidus", "until": "2020", **EVIDENCE}]
    taiwan, _ = find_component_partners(build_graph(rows), "n3").sides
    ties = {one.vendor: [(tie.type, tie.from_vendor) for tie in one.ties] for one in taiwan.stand_ins}
    assert ties == {"rapidus": [("SUPPLIES", "tsmc")], "usjc": []}


def test_status_role_and_offer_are_those_of_the_offer_named() -> None:
    """A firm with a pilot and a counted offer of kin stands twice, each time with its own offer."""
    graph = make_graph(
        vendors="tsmc:TW rapidus:JP sony:JP",
        offers="tsmc:n3(role=leader) rapidus:n3(status=announced) rapidus:n28(status=,role=entrant) sony:z",
        components="n3(family=foundry) n28(family=foundry)",
    )
    taiwan, _ = find_component_partners(graph, "n3").sides
    assert [(one.component, one.status, one.role) for one in taiwan.stand_ins] == [
        ("n3", "announced", None),
        ("n28", None, "entrant"),
    ]
    assert (taiwan.offerers[0].status, taiwan.offerers[0].role) == ("volume", "leader")
    offers = graph.current("offers")
    assert [offers.loc[one.offer, "component"] for one in taiwan.stand_ins] == ["n3", "n28"]


def test_a_virtual_component_has_no_sources() -> None:
    """Nobody needs to offer it, so that there is nobody to stand in."""
    graph = make_graph(vendors="a:TW", offers="a:x", requires="set->x", components="set(virtual=yes)")
    found = find_component_partners(graph, "set")
    assert (found.virtual, found.feasible, found.sides[0].offerers, found.abroad) == (True, True, (), ())


def test_the_day_and_the_kinds_matter() -> None:
    """In 2020 UMC still made it; at once the scanner of TSMC is not missed."""
    graph = make_graph(
        vendors="tsmc:TW canon:JP umc:TW sony:JP",
        offers="tsmc:n3 tsmc:scanner umc:n3(until=2021) canon:n3 sony:chip",
        requires="n3->scanner(kind=equipment)",
    )
    assert find_component_partners(graph, "n3", as_of="2020").sides[0].unit == "country"
    assert _say(find_component_partners(graph, "n3").sides[0])[0][3]
    assert not _say(find_component_partners(graph, "n3", kinds=("input",)).sides[0])[0][3]


def test_what_cannot_be_answered_is_an_error() -> None:
    """No such component; a scope of the world; countries of production; a foreign analysis."""
    graph = make_graph(**FOUNDRIES)
    with pytest.raises(UnknownNameError, match="no component 'n2'"):
        find_component_partners(graph, "n2")
    with pytest.raises(InputError, match=r"`scope\.within` must be 'pair'"):
        find_component_partners(graph, "n3", scope=Scope(within="world"))
    with pytest.raises(InputError, match=r"`scope\.country_by`"):
        find_component_partners(graph, "n3", scope=Scope(country_by="made"))
    with pytest.raises(InputError, match="`analysis` must be one of this graph"):
        find_component_partners(graph, "n3", analysis=Analysis(make_graph(**FOUNDRIES), Scope()))
