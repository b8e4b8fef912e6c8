"""The structures on which minimal cut sets are measured have the sets that they are said to have."""

from __future__ import annotations

import pytest

from benchmarks.cut_sets import build_ways, check_sets
from kizuna.queries import Analysis, Scope, SetFinder, UnitSets

pytestmark = pytest.mark.checkout


def _find(ways: int, width: int, shared: float) -> tuple[UnitSets, list[tuple[str, ...]]]:
    graph = build_ways(ways, width, shared=shared)
    found = SetFinder(Analysis(graph, Scope())).find_cuts("s")
    listed = list(found)
    check_sets(graph, found, listed, sample=20)
    return found, listed


def test_each_way_is_broken_at_one_component() -> None:
    """Three ways of four components, each with a vendor of its own: 64 sets of three vendors."""
    found, listed = _find(3, 4, 0.0)
    assert (found.count, {len(one) for one in listed}) == (64, {3})
    assert listed[0] == ("v0-0", "v1-0", "v2-0")


def test_shared_vendors_lengthen_the_sets() -> None:
    """With second vendors some sets are larger; those that are listed kill the solution, and no part of one does."""
    found, listed = _find(3, 4, 0.5)
    assert found.count == len(listed)
    assert max(map(len, listed)) > 3


def test_a_wrong_list_is_found_out() -> None:
    """A set twice, and one that is no cut set, do not pass."""
    graph = build_ways(2, 2)
    found = SetFinder(Analysis(graph, Scope())).find_cuts("s")
    listed = list(found)
    with pytest.raises(AssertionError):
        check_sets(graph, found, [listed[0], *listed[:-1]], sample=4)
    with pytest.raises(AssertionError):
        check_sets(graph, found, [("v0-0",), *listed[1:]], sample=4)
