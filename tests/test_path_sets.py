"""Path sets that are too many to be made: counted exactly, and the first of them listed."""

from __future__ import annotations

import itertools
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kizuna.graph import SupplyGraph
from kizuna.queries import UNITS, Analysis, Scope, SetFinder, TooManyError, _set_finder
from kizuna.queries._path_counter import TooWideError, count_minimal_hitting_sets
from kizuna.queries._path_sets import CountedPathSets
from kizuna.queries.cut_sets import find_minimal_path_sets
from tests.graphs import Rows, build_graph, make_graph, supply_rows

SCOPES = st.sampled_from([Scope(), Scope(within="world"), Scope(within="world", min_groups=2)])


def _try_all(sets: list[frozenset[int]]) -> dict[int, int]:
    """Count the minimal sets that meet each of some, by trying all subsets."""
    units = sorted(frozenset().union(*sets))
    found: list[frozenset[int]] = []
    for size in range(len(units) + 1):
        for chosen in map(frozenset, itertools.combinations(units, size)):
            if all(chosen & one for one in sets) and not any(smaller <= chosen for smaller in found):
                found.append(chosen)
    sizes = [len(one) for one in found]
    return {size: sizes.count(size) for size in sorted(set(sizes))}


@settings(max_examples=40)
@given(drawn=st.lists(st.frozensets(st.integers(0, 7), min_size=1, max_size=4), max_size=7))
def test_hitting_sets_are_counted_as_by_trying_all(drawn: list[frozenset[int]]) -> None:
    """By number of units, whatever the sets have in common."""
    sets = [one for one in dict.fromkeys(drawn) if not any(other < one for other in drawn)]
    assert count_minimal_hitting_sets(sets, most=100_000) == _try_all(sets)


def test_many_sets_are_counted_in_few_steps() -> None:
    """Sixty sets of a hundred units each, with nothing in common: 100^60 ways, sixty steps."""
    sets = [frozenset(range(100 * n, 100 * n + 100)) for n in range(60)]
    assert count_minimal_hitting_sets(sets, most=60) == {60: 100**60}


def test_what_has_too_much_in_common_is_refused() -> None:
    """Pairs of any two of twelve units are open all at a time: too many states for few steps."""
    sets = [frozenset(pair) for pair in itertools.combinations(range(12), 2)]
    with pytest.raises(TooWideError):
        count_minimal_hitting_sets(sets, most=50)
    assert count_minimal_hitting_sets(sets, most=1_000_000) == {11: 12}


@settings(max_examples=20)
@given(rows=supply_rows(), scope=SCOPES, unit=st.sampled_from(UNITS))
def test_counted_path_sets_are_those_that_are_made(rows: Rows, scope: Scope, unit: str) -> None:
    """The same sets in the same order, the same counts, and the same units in every one of them."""
    analysis = Analysis(build_graph(rows), scope)
    made = SetFinder(analysis, unit=unit)
    with mock.patch.object(_set_finder, "_FIRST_TRY", 0):
        counted = SetFinder(analysis, unit=unit)
        for label, index in (
            ("Component", analysis.market.component_ids),
            ("Solution", analysis.market.solution_ids),
        ):
            for target in index:
                one = made.find_paths(target, label=label)  # type: ignore[arg-type]
                other = counted.find_paths(target, label=label)  # type: ignore[arg-type]
                assert list(other) == list(one)
                assert (other.count, other.count_by_order) == (one.count, one.count_by_order)
                assert other.in_every == one.in_every
                assert (other.feasible, other.can_fail, other.units) == (
                    one.feasible,
                    one.can_fail,
                    one.units,
                )


def _chain(parts: int, vendors: int) -> SupplyGraph:
    """Return a solution of many parts, each of several vendors that also make the next part."""
    named = [(place, f"v{place:02}-{n}") for place in range(parts - 1) for n in range(vendors)]
    return make_graph(
        vendors=" ".join(f"{vendor}:TW" for _, vendor in named),
        offers=" ".join(f"{vendor}:p{place} {vendor}:p{place + 1}" for place, vendor in named),
        requires=" ".join(f"s->p{place}" for place in range(parts)),
        solutions="s",
    )


def test_what_is_not_made_is_counted_and_begun() -> None:
    """Twelve parts, of which each vendor makes two: six vendors are enough, in 3^6 ways, and the first are listed."""
    with mock.patch.object(_set_finder, "_FIRST_TRY", 0):
        found = find_minimal_path_sets(_chain(12, 3), "s")
    assert isinstance(found, CountedPathSets)
    assert found.count_by_order[6] == 3**6
    assert found.count == sum(found.count_by_order.values())
    assert found.first(2) == [
        ("v00-0", "v02-0", "v04-0", "v06-0", "v08-0", "v10-0"),
        ("v00-0", "v02-0", "v04-0", "v06-0", "v08-0", "v10-1"),
    ]
    assert found.in_every == ()
    with pytest.raises(
        TooManyError, match="in how many each unit stands is only counted where they can be made"
    ):
        _ = found.count_with


def test_a_bound_on_the_order_makes_only_these() -> None:
    """Up to an order the sets are made, and as many as were counted."""
    with mock.patch.object(_set_finder, "_FIRST_TRY", 0):
        counted = find_minimal_path_sets(_chain(9, 2), "s")
    made = find_minimal_path_sets(_chain(9, 2), "s", max_order=6)
    assert isinstance(counted, CountedPathSets) and not isinstance(made, CountedPathSets)
    assert made.count_by_order == {n: many for n, many in counted.count_by_order.items() if n <= 6}
    assert counted.first(made.count) == list(made)


def test_a_list_beyond_the_budget_says_how_far_it_came() -> None:
    """The sets are counted, and all of them would take more steps: the list ends with an error, not in silence."""
    with mock.patch.object(_set_finder, "_FIRST_TRY", 0):
        found = find_minimal_path_sets(_chain(12, 3), "s", budget=1_000)
    with pytest.raises(
        TooManyError, match=rf"listed \d+ of the {found.count} minimal path sets of 's'"
    ) as caught:
        list(found)
    assert caught.value.count == found.count
