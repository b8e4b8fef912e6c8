"""Who controls whom."""

from __future__ import annotations

import pytest

from kizuna import _errors
from kizuna.queries import find_groups
from tests.graphs import make_graph


def _heads(owns: str, *, vendors: str = "a:TW b:TW c:JP d:JP", as_of: str = "") -> dict[str, str]:
    graph = make_graph(vendors=vendors, owns=owns, as_of=as_of)
    ids = graph.table("vendors")["id"].tolist()
    return {vendor: ids[head] for vendor, head in zip(ids, find_groups(graph).head, strict=True)}


ALONE = {"a": "a", "b": "b", "c": "c", "d": "d"}


@pytest.mark.parametrize(
    ("row", "controls"),
    [
        ("a>b(share=0.51)", True),
        ("a>b(share=0.5)", False),
        ("a>b(share=0.2,control=yes)", True),
        ("a>b(share=0.2)", False),
        ("a>b(share=0.51,control=no)", True),
        ("a>b(control=no)", False),
        ("a>b", True),
    ],
)
def test_what_is_control(row: str, controls: bool) -> None:
    """Control is stated, or more than half of the capital, or ownership of which nothing more is known."""
    assert _heads(row) == {**ALONE, "b": "a" if controls else "b"}


def test_control_runs_along_chains() -> None:
    """A group is named by the one member that nobody controls, however long the chain."""
    assert _heads("c>d b>c a>b") == {"a": "a", "b": "a", "c": "a", "d": "a"}


def test_shares_are_not_multiplied() -> None:
    """Sixty per cent of sixty per cent is control, though it is but 36 % of the capital."""
    assert _heads("a>b(share=0.6) b>c(share=0.6)")["c"] == "a"


def test_shares_are_not_added() -> None:
    """Two holdings of 40 % of one group are holdings still."""
    assert _heads("a>b(share=0.6) a>c(share=0.4) b>c(share=0.4)")["c"] == "c"


def test_a_member_may_be_reached_by_two_ways() -> None:
    """A firm controlled by two firms of one group is of that group."""
    assert _heads("a>b a>c b>d(share=0.6) c>d(control=yes)") == {"a": "a", "b": "a", "c": "a", "d": "a"}


def test_control_that_ended_or_has_not_begun_joins_nobody() -> None:
    """Groups are those of the day that the graph is looked at."""
    owns = "a>b(until=2020) c>d(since=2030)"
    assert _heads(owns) == ALONE
    assert _heads(owns, as_of="2019")["b"] == "a"
    assert _heads(owns, as_of="2030")["d"] == "c"


def test_a_firm_that_is_no_more_controls_nobody() -> None:
    """What an owner held is history once the owner itself is."""
    assert _heads("a>b b>c", vendors="a:TW b:TW(until=2022) c:JP d:JP") == ALONE


def test_a_correction_undoes_control() -> None:
    """Of two statements on one ownership the later one is heard."""
    assert _heads("a>b(share=0.6,as_of=2020) a>b(share=0.3,as_of=2024)") == ALONE


@pytest.mark.parametrize(
    ("owns", "message"),
    [
        (
            "a>c(share=0.6) b>c(control=yes)",
            "owns: a group has two heads (a, b); end or correct one of these rows",
        ),
        (
            "a>d b>d c>d",
            "owns: a group has 3 heads (a, b, c); end or correct one of these rows",
        ),
        (
            "a>b b>c c>a",
            "owns: a group has firms that own each other in a circle (a, b, c); end or correct one of these rows",
        ),
        (
            "a>b b>c c>b",
            "owns: a group has firms that own each other in a circle (b, c); end or correct one of these rows",
        ),
        (
            "a>a",
            "owns: a group has firms that own each other in a circle (a); end or correct one of these rows",
        ),
    ],
)
def test_two_heads_and_circles_are_errors(owns: str, message: str) -> None:
    """Control that leads to no one head is an error that names the firms, below a head too."""
    with pytest.raises(_errors.InputError) as error:
        _heads(owns)
    assert str(error.value) == message
