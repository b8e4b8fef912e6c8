"""Who could step in, in which order, and who offers abroad."""

from __future__ import annotations

from kizuna.graph import SupplyGraph
from kizuna.queries import Finding, Gaps, Scope, SecondSource, find_gaps, list_abroad, list_second_sources
from tests.graphs import make_graph

VENDORS = "tsmc:TW rapidus:JP umc:TW vis:TW sony:JP intel:US samsung:KR nobody:JP"
KINDS = ("input", "equipment", "service")


def _finding(
    graph: SupplyGraph, member: str = "tsmc", *, scope: Scope | None = None, kinds: tuple[str, ...] = KINDS
) -> tuple[Gaps, Finding]:
    gaps = find_gaps(graph, scope=scope, kinds=kinds)
    return gaps, next(finding for finding in gaps.findings if finding.member == member)


def _sources(graph: SupplyGraph, *, kinds: tuple[str, ...] = KINDS) -> list[SecondSource]:
    gaps, finding = _finding(graph, kinds=kinds)
    return list_second_sources(gaps.analysis, finding)


def _say(sources: list[SecondSource]) -> list[tuple[str, str, str]]:
    return [(source.reason, source.vendor, source.component) for source in sources]


def test_second_sources_come_in_the_order_of_their_reasons() -> None:
    """The same component abroad, then a pilot line, then another grade, then another alternative."""
    graph = make_graph(
        vendors=VENDORS,
        offers="tsmc:n3 rapidus:n3(status=pilot) samsung:n3 intel:n3 umc:n28 vis:fpga rapidus:fpga"
        " sony:chip umc:chip",
        requires="chip->[n3|fpga]",
        components="n3(family=foundry) n28(family=foundry) fpga chip",
    )
    sources = _sources(graph)
    assert _say(sources) == [
        ("same-component", "intel", "n3"),
        ("same-component", "samsung", "n3"),
        ("not-in-volume", "rapidus", "n3"),
        ("same-family", "umc", "n28"),
        ("alternative", "rapidus", "fpga"),
        ("alternative", "vis", "fpga"),
    ]
    assert {source.root for source in sources} == {"n3"}
    assert [source.country for source in sources] == ["US", "KR", "JP", "TW", "JP", "TW"]
    assert [source.status for source in sources] == ["volume", "volume", "pilot", *["volume"] * 3]


def test_a_vendor_is_listed_once_for_one_component() -> None:
    """A limited offer abroad counts already; it is not listed as not in volume again."""
    graph = make_graph(vendors=VENDORS, offers="tsmc:n3 intel:n3(status=limited) sony:chip umc:chip")
    assert [(s.reason, s.status) for s in _sources(graph)] == [("same-component", "limited")]


def test_an_unknown_status_stays_unknown() -> None:
    """A second source of which nobody knows how far it is has no status."""
    graph = make_graph(vendors=VENDORS, offers="tsmc:n3 intel:n3(status=) sony:chip umc:chip")
    assert [source.status for source in _sources(graph)] == [None]


def test_who_is_gone_or_unnamed_or_has_stopped_is_no_second_source() -> None:
    """Ended offers, ended vendors and placeholders are left out, whatever the reason."""
    graph = make_graph(
        vendors=f"{VENDORS} elpida:JP(until=2013) various:JP(placeholder=yes)",
        offers="tsmc:n3 intel:n3(status=ended) elpida:n3(status=pilot) various:n3(status=pilot)"
        " various:n28 umc:n28(status=pilot) sony:chip umc:chip",
        components="n3(family=foundry) n28(family=foundry)",
    )
    assert _sources(graph) == []


def test_the_groups_of_the_cut_are_left_out() -> None:
    """A daughter abroad goes the way of her mother."""
    graph = make_graph(
        vendors=f"{VENDORS} tsmc-arizona:US",
        offers="tsmc:n3 tsmc-arizona:n3 intel:n3 sony:chip umc:chip",
        owns="tsmc>tsmc-arizona(control=yes)",
    )
    assert [source.vendor for source in _sources(graph)] == ["intel"]


def test_what_the_same_cut_would_kill_is_marked() -> None:
    """Intel's n3 needs the mask, which only TSMC makes; Samsung makes its own, Rapidus has a choice."""
    graph = make_graph(
        vendors=VENDORS,
        offers="tsmc:n3 tsmc:mask intel:n3 samsung:n3(in_house=mask) umc:n28 umc:ink sony:chip umc:chip sony:ink",
        requires="n3->mask n28->[mask|ink]",
        components="n3(family=foundry) n28(family=foundry)",
    )
    marked = {(s.root, s.vendor, s.component): s.same_cut for s in _sources(graph)}
    assert marked == {
        ("n3", "intel", "n3"): True,
        ("n3", "samsung", "n3"): False,
        ("n3", "umc", "n28"): False,
        ("mask", "umc", "ink"): False,
        ("mask", "sony", "ink"): False,
    }


def test_a_choice_with_all_its_alternatives_gone_is_marked() -> None:
    """Where both masks are TSMC's, a choice between them saves nobody; one made in house does."""
    graph = make_graph(
        vendors=VENDORS,
        offers="tsmc:n3 tsmc:duv tsmc:euv intel:n3 samsung:n3(in_house=duv) sony:chip umc:chip",
        requires="n3->[duv|euv]",
    )
    marked = {s.vendor: s.same_cut for s in _sources(graph) if s.component == "n3"}
    assert marked == {"intel": True, "samsung": False}


def test_only_the_kinds_asked_for_kill_a_second_source() -> None:
    """At once Intel's n3 does not need the scanner."""
    graph = make_graph(
        vendors=VENDORS,
        offers="tsmc:n3 tsmc:scanner intel:n3 sony:chip umc:chip",
        requires="n3->scanner(kind=equipment)",
    )
    assert [s.same_cut for s in _sources(graph)] == [True]
    assert [s.same_cut for s in _sources(graph, kinds=("input", "service"))] == [False]


def test_each_root_has_its_own_second_sources() -> None:
    """A cut with two roots lists who could step in at each, roots by the order of reasons first."""
    graph = make_graph(
        vendors=VENDORS,
        offers="tsmc:a tsmc:b intel:b(status=pilot) samsung:a sony:chip umc:chip rapidus:a(status=pilot)",
    )
    assert [(s.root, s.vendor, s.reason) for s in _sources(graph)] == [
        ("a", "samsung", "same-component"),
        ("a", "rapidus", "not-in-volume"),
        ("b", "intel", "not-in-volume"),
    ]


def test_an_uncovered_component_may_have_a_pilot_line() -> None:
    """Nobody is cut off, so that nobody is left out: who has announced it comes first."""
    graph = make_graph(
        vendors=VENDORS,
        offers="tsmc:n2(status=announced) umc:n3",
        components="n2(family=foundry) n3(family=foundry)",
    )
    gaps = find_gaps(graph)
    sources = list_second_sources(gaps.analysis, gaps.uncovered[0])
    assert _say(sources) == [("not-in-volume", "tsmc", "n2"), ("same-family", "umc", "n3")]


def test_the_country_of_a_second_source_follows_the_scope() -> None:
    """By owner a Japanese daughter of an American firm is American, and abroad."""
    graph = make_graph(
        vendors="tsmc:TW amkor-japan:JP amkor:US umc:TW sony:JP",
        offers="tsmc:package amkor-japan:package sony:chip umc:chip",
        owns="amkor>amkor-japan",
    )
    gaps, finding = _finding(graph, scope=Scope(country_by="owner"))
    assert [s.country for s in list_second_sources(gaps.analysis, finding)] == ["US"]
    assert list_abroad(gaps.analysis, finding) == ["amkor-japan"]


def test_vendors_abroad_stand_beside_a_finding() -> None:
    """Counted offers of third countries at a root, by name; a pilot abroad is none."""
    graph = make_graph(
        vendors=VENDORS,
        offers="tsmc:n3 samsung:n3 intel:n3(status=) rapidus:n3(status=pilot) sony:chip umc:chip samsung:chip",
    )
    gaps, finding = _finding(graph)
    assert list_abroad(gaps.analysis, finding) == ["intel", "samsung"]


def test_none_known_abroad_is_an_empty_list() -> None:
    """Where no third country is known to offer a root there is nobody to name."""
    graph = make_graph(vendors=VENDORS, offers="tsmc:n3 intel:n3(status=announced) sony:chip umc:chip")
    gaps, finding = _finding(graph)
    assert list_abroad(gaps.analysis, finding) == []
