"""Who leads so far that losing it would not be made good at once."""

from __future__ import annotations

import pytest

from kizuna.queries import Finding, Scope, find_gaps
from tests.graphs import make_graph

VENDORS = "a:TW a2:TW b:JP c:JP d:TW us:US"


def _dominant(offers: str, *, owns: str = "", scope: Scope | None = None) -> list[Finding]:
    graph = make_graph(
        vendors=VENDORS,
        offers=offers,
        owns=owns,
        requires="y->x robot->y",
        solutions="robot",
        components="x y",
    )
    return list(find_gaps(graph, scope=scope).dominant)


def _names(findings: list[Finding]) -> list[tuple[str | None, str | None, tuple[str, ...]]]:
    return [(finding.unit, finding.member, finding.roots) for finding in findings]


MADE = "b:y(role=established) d:y(role=established)"


def test_the_only_leader_dominates() -> None:
    """A leads in x and B follows: x and all that hangs on it would be hit, and x is no cut."""
    found = _dominant(f"a:x(role=leader) b:x(role=established) {MADE}")
    assert _names(found) == [("vendor", "a", ("x",))]
    finding = found[0]
    assert (finding.kind, finding.vendors) == ("dominant", ("a",))
    assert (finding.components, finding.solutions) == (("x", "y"), ("robot",))
    assert (finding.direct, finding.severity, finding.also) == ((), 1.0, ())


@pytest.mark.parametrize(
    ("roles", "dominates"),
    [
        ("a:x(role=leader) b:x(role=entrant)", True),
        ("a:x(role=leader) b:x(role=leader)", False),
        ("a:x(role=leader) b:x", False),
        ("a:x b:x(role=established)", False),
        ("a:x b:x", False),
        ("a:x(role=established) b:x(role=entrant)", False),
        ("a:x(role=leader)", False),
        ("a:x(role=leader) us:x", False),
        ("a:x(role=leader) b:x(role=entrant,status=pilot)", False),
    ],
)
def test_who_is_left_when_only_leaders_count(roles: str, dominates: bool) -> None:
    """An unknown role may be a leader's, and stands in the way, but makes none; without a rival at home it is a cut."""
    assert bool(_dominant(f"{roles} {MADE}")) == dominates


def test_strictly_an_unknown_role_is_no_leader() -> None:
    """With `strict` the one that is known to lead dominates one of whom nothing is known."""
    offers = f"a:x(role=leader) b:x {MADE}"
    assert _names(_dominant(offers, scope=Scope(strict=True))) == [("vendor", "a", ("x",))]


@pytest.mark.parametrize(
    ("share", "dominates"),
    [
        ("share=0.5,share_of=x", True),
        ("share=0.49,share_of=x", False),
        ("share=0.9,share_of=parts", False),
        ("share=0.9", False),
        ("share=0.9,share_of=x,source_kind=report", True),
        ("share=0.9,share_of=x,source_kind=uncited", False),
        ("share=0.9,share_of=x,status=pilot", False),
    ],
)
def test_half_of_its_own_market_dominates(share: str, dominates: bool) -> None:
    """A share of at least one half of the component's own market that a source states."""
    assert bool(_dominant(f"a:x({share}) b:x c:x {MADE}")) == dominates


def test_two_halves_dominate_nobody() -> None:
    """With one half each, or with leader and larger share apart, nobody stands out."""
    assert _dominant(f"a:x(share=0.5,share_of=x) b:x(share=0.5,share_of=x) {MADE}") == []
    assert _dominant(f"a:x(role=leader) b:x(role=entrant,share=0.6,share_of=x) {MADE}") == []


def test_a_group_or_a_country_may_dominate() -> None:
    """Two leaders of one group, or of one country, are one leader there."""
    offers = f"a:x(role=leader) a2:x(role=leader) b:x(role=entrant) {MADE}"
    assert _names(_dominant(offers, owns="a>a2")) == [("group", "a", ("x",))]
    assert _names(_dominant(offers)) == [("country", "TW", ("x",))]


def test_what_is_a_cut_of_a_unit_is_not_dominated_by_it() -> None:
    """The only group at x is a cut; that one vendor of it leads is another finding, at vendor."""
    graph = make_graph(vendors=VENDORS, offers="a:x(role=leader) a2:x(role=entrant) b:box a:box", owns="a>a2")
    gaps = find_gaps(graph)
    assert [(cut.unit, cut.member) for cut in gaps.cuts] == [("group", "a")]
    assert _names(list(gaps.dominant)) == [("vendor", "a", ("x",))]


def test_one_finding_holds_all_that_a_unit_dominates() -> None:
    """A leads in x and in y: one finding with two roots."""
    found = _dominant("a:x(role=leader) b:x(role=entrant) a:y(role=leader) b:y(role=entrant)")
    assert _names(found) == [("vendor", "a", ("x", "y"))]
    assert found[0].direct == ("robot",)


def test_what_cannot_be_had_is_not_dominated() -> None:
    """Where y cannot be had anyway its leader is no finding; nor where a set needs no vendor."""
    graph = make_graph(
        vendors=VENDORS,
        offers="a:y(role=leader) b:y(role=entrant) a:set(role=leader) b:set(role=entrant)",
        requires="y->never",
        components="set(virtual=yes)",
    )
    assert find_gaps(graph).dominant == ()


def test_dominant_is_ranked_apart() -> None:
    """Dominant units stand in a list of their own, after the cuts and the uncovered."""
    graph = make_graph(
        vendors=VENDORS,
        offers="a:x(role=leader) b:x(role=entrant) a:y b:z d:z",
        requires="s->x t->never z->never",
        solutions="s t",
    )
    gaps = find_gaps(graph)
    assert [finding.kind for finding in gaps.findings] == ["cut", "uncovered", "dominant"]
    assert gaps.findings[0].severity < gaps.findings[2].severity
