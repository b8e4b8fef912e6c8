"""A share of the market asked for: what the numbers say, and what they leave open."""

from __future__ import annotations

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
    describe_scope,
    find_gaps,
    judge_finding,
    measure_coverage,
)
from kizuna.queries.cut_sets import find_minimal_cut_sets, find_minimal_path_sets
from kizuna.viz.payload import build_payload
from tests.graphs import make_graph

HALF = Scope(min_share=0.5)


def _share(share: str, *, of: str = "lens", year: str = "2025", **more: str) -> str:
    cells = {"share": share, "share_of": of, "share_year": year, **more}
    return "(" + ",".join(f"{name}={cell}" for name, cell in cells.items()) + ")"


def _cuts(graph: SupplyGraph, scope: Scope = HALF, **options: Any) -> list[tuple[str, ...]]:
    return list(find_minimal_cut_sets(graph, "lens", scope=scope, **options))


def _feasible(graph: SupplyGraph, scope: Scope = HALF) -> bool:
    return find_minimal_cut_sets(graph, "lens", scope=scope).feasible


def test_who_holds_more_than_the_others_can_is_a_single_point_of_failure() -> None:
    """Of 60, 30 and 10 parts of a hundred the first must stay for half of the market."""
    offers = f"a:lens{_share('0.6')} b:lens{_share('0.3')} c:lens{_share('0.1')} d:chip"
    graph = make_graph(vendors="a:TW b:JP c:JP d:JP", offers=offers)
    assert _cuts(graph) == [("a",)]
    assert _cuts(graph, Scope(min_share=0.7)) == [("a",), ("b", "c")]
    assert _cuts(graph, Scope(min_share=0.95)) == [("a",), ("b",), ("c",)]
    assert list(find_minimal_path_sets(graph, "lens", scope=Scope(min_share=0.7))) == [("a", "b"), ("a", "c")]


def test_decimals_are_what_they_are_written_as() -> None:
    """Seven tenths and one tenth are eight tenths, whatever binary fractions make of them."""
    graph = make_graph(
        vendors="a:TW b:JP c:JP",
        offers=f"a:lens{_share('0.7')} b:lens{_share('0.1')} c:lens{_share('0.2')}",
    )
    assert _cuts(graph, Scope(min_share=0.8)) == [("a",), ("b", "c")]
    assert _cuts(graph, Scope(min_share=0.3)) == [("a", "b"), ("a", "c")]


def test_what_nobody_states_may_be_held_by_whom_nobody_states_anything_of() -> None:
    """Of 40 parts stated 60 are open: the firm without a figure may hold them, and without it nobody does."""
    graph = make_graph(vendors="a:TW b:JP c:JP d:TW", offers=f"a:lens{_share('0.4')} b:lens c:lens d:chip")
    assert _cuts(graph) == [("b", "c")]
    assert _cuts(graph, Scope(min_share=0.7)) == [("a",), ("b", "c")]
    assert _cuts(graph, Scope(min_share=0.4)) == [("a", "b", "c")]


def test_without_a_firm_of_unknown_share_the_rest_is_nobodys() -> None:
    """All three firms have figures, and together they hold 45 parts: half is not there."""
    offers = f"a:lens{_share('0.2')} b:lens{_share('0.2')} c:lens{_share('0.05')}"
    graph = make_graph(vendors="a:TW b:JP c:JP", offers=offers)
    assert not _feasible(graph)
    assert _feasible(graph, Scope(min_share=0.45))
    assert _feasible(make_graph(vendors="a:TW b:JP c:JP d:JP", offers=offers + " d:lens"))


def test_a_market_without_figures_is_judged_by_who_is_there() -> None:
    """No share stated, or one of a wider market or without a year, says nothing: one firm is enough."""
    for more in ("", _share("0.1", of="glass"), _share("0.1", year="")):
        graph = make_graph(vendors="a:TW b:JP", offers=f"a:lens{more} b:chip")
        assert _cuts(graph, Scope(min_share=1)) == [("a",)]


def test_what_firms_abroad_hold_nobody_at_home_does() -> None:
    """An American firm holds 60 parts: the two countries cannot hold half, whoever has no figure."""
    offers = f"a:lens b:lens u:lens{_share('0.6')}"
    graph = make_graph(vendors="a:TW b:JP u:US", offers=offers)
    assert not _feasible(graph)
    assert _feasible(graph, Scope(min_share=0.4))
    assert _feasible(graph, Scope(min_share=0.5, within="world"))


def test_only_the_latest_year_counts() -> None:
    """A figure of 2020 is none beside one of 2025; its firm may hold what is open."""
    graph = make_graph(
        vendors="a:TW b:JP d:JP",
        offers=f"a:lens{_share('0.9', year='2020')} b:lens{_share('0.2')} d:chip",
    )
    assert _cuts(graph, Scope(min_share=0.3)) == [("a",)]
    assert _cuts(graph, Scope(min_share=0.8)) == [("a",)]
    assert _cuts(graph, Scope(min_share=1)) == [("a",), ("b",)]


def test_a_group_holds_its_share_while_one_of_its_firms_is_there() -> None:
    """The figure stands at the head; with a sister left the group is there, and the figure is the group's."""
    graph = make_graph(
        vendors="a:TW b:JP c:JP d:JP",
        offers=f"a:lens{_share('0.6')} b:lens c:lens{_share('0.4')} d:chip",
        owns="a>b",
    )
    assert _cuts(graph) == [("a", "b")]
    assert _cuts(graph, unit="group") == [("a",)]


def test_only_who_can_deliver_holds_its_share() -> None:
    """Firm a holds 60 parts and needs a chip that d alone makes; b makes it in house."""
    graph = make_graph(
        vendors="a:TW b:JP d:TW e:JP",
        offers=f"a:lens{_share('0.6')} b:lens{_share('0.4', in_house='chip')} d:chip e:film",
        requires="lens->chip",
    )
    assert _cuts(graph) == [("a",), ("d",)]
    assert _cuts(graph, Scope(min_share=0.4)) == [("a", "b"), ("b", "d")]


def test_imports_are_given_and_named_sets_have_no_market() -> None:
    """What only an American firm offers is given, whatever its share."""
    graph = make_graph(
        vendors="a:TW u:US",
        offers=f"u:lens{_share('0.1')} a:chip",
        requires="set->lens",
        components="set(virtual=yes)",
    )
    analysis = Analysis(graph, Scope(min_share=1))
    assert analysis.feasible[: len(analysis.market.names)].all()


def test_it_can_be_asked_with_a_number_of_groups() -> None:
    """Both must hold: of 90, 5 and 5 the first and another."""
    graph = make_graph(
        vendors="a:TW b:JP c:JP d:JP",
        offers=f"a:lens{_share('0.9')} b:lens{_share('0.05')} c:lens{_share('0.05')} d:chip",
    )
    assert _cuts(graph, Scope(min_share=0.5, min_groups=2)) == [("a",), ("b", "c")]


def test_many_figures_are_no_trouble() -> None:
    """Forty firms whose figures all differ: those that hold too much to be missed are found."""
    shares = [40 + n for n in range(40)]  # 2380 in all
    offers = " ".join(f"v{n}:lens{_share(f'{share / 2380:.9f}')}" for n, share in enumerate(shares))
    graph = make_graph(vendors=" ".join(f"v{n}:TW" for n in range(40)) + " z:JP", offers=offers + " z:chip")
    assert find_minimal_cut_sets(graph, "lens", scope=Scope(min_share=0.96), max_order=3).count_by_order == {
        2: sum(a + b > 95.2 for n, a in enumerate(shares) for b in shares[n + 1 :]),
        3: sum(
            a + b + c > 95.2 and max(a + b, b + c, a + c) < 95.2
            for n, a in enumerate(shares)
            for m, b in enumerate(shares[n + 1 :], n + 1)
            for c in shares[m + 1 :]
        ),
    }


# The other questions


def test_what_if_and_who_can_alone() -> None:
    """Without the firm of 60 parts half is gone; Taiwan has it alone, Japan only with more of it."""
    graph = make_graph(vendors="a:TW b:JP", offers=f"a:lens{_share('0.6')} b:lens{_share('0.4')}")
    assert [t.id for t in ask_what_if(graph, remove_vendors=["a"], scope=HALF).lost] == ["lens"]
    assert ask_what_if(graph, remove_vendors=["b"], scope=HALF).lost == ()
    rows = classify_complementarity(graph, scope=HALF).rows
    assert [row.feasible for row in rows] == ["TW alone"]
    rows = classify_complementarity(graph, scope=Scope(min_share=0.7)).rows
    assert [row.feasible for row in rows] == ["only jointly"]


def test_a_finding_by_shares_wants_their_sources() -> None:
    """A figure that no page states leaves the finding apparent; one that a page does confirms it."""
    words = {
        "vendors": "a:TW b:JP c:JP",
        "requires": "camera->lens camera->chip",
        "solutions": "camera",
        "complete": "lens:TW lens:JP",
    }
    for kind, doubts in (("report", ["doubt.share_uncited b"]), ("cited", [])):
        offers = f"a:lens{_share('0.6')} b:lens{_share('0.4', source_kind=kind)} b:chip c:chip"
        gaps = find_gaps(make_graph(**words, offers=offers), scope=HALF, units=["vendor"])
        (cut,) = [cut for cut in gaps.cuts if cut.members == ("a",)]
        assert (cut.roots, cut.solutions) == (("lens",), ("camera",))
        judged = judge_finding(gaps.analysis, cut)
        assert [f"{doubt.key} {doubt.ids[0][2]}" for doubt in judged.doubts] == doubts


# What it says, and what it cannot be asked


@pytest.mark.parametrize("share", [0, -0.1, 1.01, float("nan"), True, "0.5"])
def test_bad_shares_are_refused(share: Any) -> None:
    """Only numbers above 0 and up to 1 are shares."""
    with pytest.raises(_errors.InputError) as error:
        Scope(min_share=share)
    assert str(error.value) == f"`min_share` must be a number above 0 and up to 1, or None; found {share!r}"


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "at least 0.5 of its market"), ("ja", "0.5以上"), ("zh", "至少 0.5")]
)
def test_every_answer_says_what_share_is_asked_for(lang: str, words: str) -> None:
    """The head names the share, and that it goes as far as figures are stated."""
    graph = make_graph(vendors="a:TW", offers="a:x")
    assert words in describe_scope(Market(graph, HALF), lang)[0]
    assert HALF.filters() == {"min_share": "0.5"}


def test_questions_that_do_not_ask_what_can_be_had_refuse_it() -> None:
    """Counts, the page and documented sourcing have no use for a share, and say so."""
    graph = make_graph(vendors="a:TW b:JP", offers="a:x b:x", requires="s->x", solutions="s")
    for ask in (
        lambda: measure_coverage(graph, scope=HALF),
        lambda: build_payload(graph, scope=HALF),
        lambda: find_minimal_cut_sets(graph, "s", sourcing="documented", scope=HALF),
        lambda: classify_complementarity(graph, scope=HALF).list_contributions("x"),
    ):
        with pytest.raises(InputError, match=r"`scope.min_share`=0.5 means nothing here: .*; ask with None"):
            ask()
