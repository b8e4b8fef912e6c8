"""Minimal cut and path sets: graphs whose answer a reader can see, and brute force over all subsets."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection
from fractions import Fraction
from random import Random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kizuna._errors import InputError, KizunaError, UnknownNameError
from kizuna.graph import SupplyGraph
from kizuna.queries import UNITS, Analysis, Scope
from kizuna.queries.cut_sets import (
    SetFinder,
    TooManyError,
    find_minimal_cut_sets,
    find_minimal_path_sets,
    measure_importance,
)
from tests.graphs import Row, Rows, build_graph, make_graph, make_rows, supply_rows
from tests.oracle import Oracle

Sets = set[frozenset[str]]

SCOPES = st.sampled_from(
    [Scope(), Scope(country_by="owner"), Scope(within="world"), Scope(pair=("JP", "US"))]
)


def _cuts(graph: SupplyGraph, target: str, **options: object) -> list[tuple[str, ...]]:
    return list(find_minimal_cut_sets(graph, target, **options))  # type: ignore[arg-type]


def _paths(graph: SupplyGraph, target: str, **options: object) -> list[tuple[str, ...]]:
    return list(find_minimal_path_sets(graph, target, **options))  # type: ignore[arg-type]


def _add_supplies(rows: Rows, text: str, **more: str) -> Rows:
    """Read ``foundry>maker:chip`` as: foundry supplies maker with chip."""
    evidence = {"dataset": "toy", "source_kind": "cited", "confidence": "high", "as_of": "2026"}
    found: list[Row] = []
    for word in text.split():
        seller, rest = word.split(">")
        buyer, _, part = rest.partition(":")
        found.append({"from_vendor": seller, "to_vendor": buyer, "component": part, **evidence, **more})
    return {**rows, "supplies": found}


CAMERA = {
    "vendors": "a:TW b:JP c:JP d:TW e:JP",
    "offers": "a:chip b:lens c:lens d:film e:plate",
    "requires": "camera->chip camera->lens camera->[film|plate]",
    "solutions": "camera",
}
"""A camera needs a chip (a alone), a lens (b or c), and film (d) or plates (e)."""


def test_cut_sets_come_smallest_first_then_by_id() -> None:
    """One vendor that everything hangs on, then the pairs in the order of their ids."""
    assert _cuts(make_graph(**CAMERA), "camera") == [("a",), ("b", "c"), ("d", "e")]


def test_path_sets_are_what_is_enough() -> None:
    """A camera can be had with the chip, one of two lenses, and film or plates."""
    paths = find_minimal_path_sets(make_graph(**CAMERA), "camera")
    assert list(paths) == [("a", "b", "d"), ("a", "b", "e"), ("a", "c", "d"), ("a", "c", "e")]
    assert (paths.count, paths.count_by_order, paths.in_every) == (4, {3: 4}, ("a",))
    assert paths.first(1) == [("a", "b", "d")]


def test_a_vendor_of_many_components_makes_smaller_sets() -> None:
    """A vendor that offers film and a lens joins two weak places; no set holds another."""
    graph = make_graph(**{**CAMERA, "offers": "b:chip a:chip b:lens c:lens d:film c:plate"})
    assert _cuts(graph, "camera") == [("a", "b"), ("b", "c"), ("c", "d")]


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("vendor", [("a",), ("b", "c"), ("d", "e")]),
        ("group", [("a",), ("b",), ("d", "e")]),
        ("country", [("JP",), ("TW",)]),
    ],
)
def test_units_join_vendors(unit: str, expected: list[tuple[str, ...]]) -> None:
    """As one group b and c are one weak place; each country is one of its own."""
    assert _cuts(make_graph(**CAMERA, owns="b>c"), "camera", unit=unit) == expected


def test_any_property_of_vendors_can_be_the_unit() -> None:
    """By exchange; a vendor whose exchange nobody states is a unit of its own."""
    vendors = "a:TW(exchange=TWSE) b:JP(exchange=TSE) c:JP(exchange=TSE) d:TW(exchange=TWSE) e:JP"
    graph = make_graph(**{**CAMERA, "vendors": vendors})
    assert _cuts(graph, "camera", unit="exchange") == [("TSE",), ("TWSE",)]
    assert _cuts(graph, "lens", unit="exchange") == [("TSE",)]
    plates = make_graph(**{**CAMERA, "vendors": vendors, "requires": "camera->[plate|lens]"})
    assert _cuts(plates, "camera", unit="exchange") == [("TSE", "e")]


def test_a_unit_must_be_one_that_parts_the_vendors() -> None:
    """A name is no unit; the message says what is."""
    with pytest.raises(
        InputError, match=r"`unit` must be one of vendor, group, country, region, .*'name_en'"
    ):
        find_minimal_cut_sets(make_graph(**CAMERA), "camera", unit="name_en")


def test_the_set_of_all_units_is_left_out() -> None:
    """That nothing can be had when everybody is gone says nothing; the answer says that it was left out."""
    cuts = find_minimal_cut_sets(make_graph(vendors="a:TW b:JP", offers="a:x b:x"), "x")
    assert (list(cuts), cuts.count, cuts.trivial) == ([], 0, True)
    assert cuts.feasible and cuts.can_fail
    wider = find_minimal_cut_sets(make_graph(vendors="a:TW b:JP c:JP", offers="a:x b:x c:y"), "x")
    assert (list(wider), wider.trivial) == ([("a", "b")], False)


def test_what_has_failed_already_is_said() -> None:
    """Its one cut set is the empty one, and nothing is enough for it."""
    graph = make_graph(vendors="a:TW b:TW", offers="a:x b:z", requires="x->y")
    cuts, paths = find_minimal_cut_sets(graph, "x"), find_minimal_path_sets(graph, "x")
    assert (cuts.feasible, list(cuts), cuts.count) == (False, [()], 1)
    assert (paths.feasible, list(paths), paths.count) == (False, [], 0)


def test_what_cannot_fail_is_said() -> None:
    """A named set of nothing, and what only third countries offer, have no cut set; nobody is needed."""
    graph = make_graph(vendors="a:TW u:US", offers="a:z u:laser", components="set(virtual=yes)")
    for target in ("set", "laser"):
        cuts, paths = find_minimal_cut_sets(graph, target), find_minimal_path_sets(graph, target)
        assert (cuts.can_fail, cuts.trivial, list(cuts)) == (False, False, [])
        assert (paths.can_fail, list(paths)) == (False, [()])


def test_imports_are_given_and_count_in_the_world() -> None:
    """A laser of the US is given within the pair, and a single point of failure in the world."""
    graph = make_graph(vendors="a:TW u:US", offers="a:cutter u:laser", requires="cutter->laser")
    assert _cuts(graph, "cutter", scope=Scope()) == []
    assert _cuts(graph, "cutter", scope=Scope(within="world")) == [("a",), ("u",)]


def test_a_target_that_is_not_there_is_named_with_those_near() -> None:
    """Cam is not there; camera is."""
    with pytest.raises(UnknownNameError, match="no component or solution 'camra'; did you mean camera"):
        find_minimal_cut_sets(make_graph(**CAMERA), "camra")
    with pytest.raises(UnknownNameError, match="no component 'camera'"):
        find_minimal_cut_sets(make_graph(**CAMERA), "camera", label="Component")
    with pytest.raises(UnknownNameError, match="this data set has 0 of them"):
        find_minimal_cut_sets(SupplyGraph({}), "camera")


def test_an_id_of_both_labels_needs_its_label() -> None:
    """A component and a solution may share an id; the caller says which is meant."""
    tables = {**make_rows(**CAMERA), "solutions": [{"id": "lens"}, {"id": "camera"}]}
    graph = build_graph(tables)
    with pytest.raises(InputError, match="'lens' is a component and a solution; say which by `label`"):
        find_minimal_cut_sets(graph, "lens")
    assert _cuts(graph, "lens", label="Component") == [("b", "c")]
    assert _cuts(graph, "lens", label="Solution") == []


@pytest.mark.parametrize(
    "options",
    [
        {"max_order": 0},
        {"limit": -1},
        {"budget": 0},
        {"sourcing": "rumour"},
        {"label": "Vendor"},
        {"limit": True},
    ],
)
def test_arguments_that_are_not_allowed_are_named(options: dict[str, object]) -> None:
    """The message names the argument."""
    with pytest.raises(InputError, match=f"`{next(iter(options))}` must be"):
        _cuts(make_graph(**CAMERA), "camera", **options)


def test_a_limit_is_an_error_with_the_exact_count() -> None:
    """Three are there; who wants to see two at most is told so, and gets none passed off as all."""
    with pytest.raises(TooManyError, match="exactly 3 minimal cut sets, more than `limit`=2") as caught:
        find_minimal_cut_sets(make_graph(**CAMERA), "camera", limit=2)
    assert (caught.value.count, caught.value.order) == (3, None)
    assert isinstance(caught.value, KizunaError)
    assert find_minimal_cut_sets(make_graph(**CAMERA), "camera", limit=3).count == 3
    assert _cuts(make_graph(**CAMERA), "camera", max_order=1, limit=1) == [("a",)]


def _layers(layers: int, width: int, *, name: str = "v{i}-{j}") -> SupplyGraph:
    """Return a solution with `layers` alternatives, each of `width` components of one vendor each."""
    names = [[name.format(i=i, j=j) for j in range(width)] for i in range(layers)]
    flat = [name for row in names for name in row]
    return make_graph(
        vendors=" ".join(f"{v}:TW" for v in flat),
        offers=" ".join(f"{v}:c{v[1:]}" for v in flat),
        requires=" ".join(
            [f"s->[{'|'.join(f'way{i}' for i in range(layers))}]"]
            + [f"way{i}->c{v[1:]}" for i, row in enumerate(names) for v in row]
        ),
        components=" ".join(f"way{i}(virtual=yes)" for i in range(layers)),
        solutions="s",
    )


def test_thousands_of_cut_sets_are_listed_to_the_last_one() -> None:
    """Four ways of six vendors each: one of each way must be lost, 6^4 sets, in order."""
    cuts = find_minimal_cut_sets(_layers(4, 6), "s")
    listed = list(cuts)
    assert cuts.count == len(listed) == len(set(listed)) == 6**4
    assert cuts.count_by_order == {4: 6**4}
    assert listed == sorted(listed, key=lambda one: (len(one), one))
    assert listed == list(itertools.product(*([f"v{i}-{j}" for j in range(6)] for i in range(4))))


def test_path_sets_beyond_any_memory_are_counted_and_begun() -> None:
    """Forty weak places of ten vendors each: 10^40 ways, counted exactly, the first ones listed."""
    places, vendors = range(40), range(10)
    graph = make_graph(
        vendors=" ".join(f"v{p:02}-{v}:TW" for p in places for v in vendors),
        offers=" ".join(f"v{p:02}-{v}:c{p}" for p in places for v in vendors),
        requires=" ".join(f"s->c{p}" for p in places),
        solutions="s",
    )
    paths = find_minimal_path_sets(graph, "s")
    assert (paths.count, paths.count_by_order) == (10**40, {40: 10**40})
    first, second = paths.first(2)
    assert first == tuple(f"v{p:02}-0" for p in places)
    assert second == (*first[:-1], "v39-1")
    with pytest.raises(TooManyError, match=f"exactly {10**40} minimal path sets"):
        find_minimal_path_sets(graph, "s", limit=1000)


def test_a_budget_is_an_error_with_what_was_found_up_to_an_order() -> None:
    """Out of steps, the sets up to the order that could be reached are counted, all of them."""
    vendors, parts = [f"v{i}" for i in range(9)], [f"p{i}" for i in range(12)]
    random = Random(4)  # noqa: S311  no secret
    offers = {p: random.sample(vendors, 3) for p in parts}
    graph = make_graph(
        vendors=" ".join(f"{v}:TW" for v in vendors),
        offers=" ".join(f"{v}:{p}" for p in parts for v in offers[p]),
        requires="s->[x|y] " + " ".join(f"{'x' if i % 2 else 'y'}->{p}" for i, p in enumerate(parts)),
        components="x(virtual=yes) y(virtual=yes)",
        solutions="s",
    )
    everything = find_minimal_cut_sets(graph, "s").count_by_order
    refused = 0
    for budget in (20, 60, 100, 150, 200):
        try:
            assert find_minimal_cut_sets(graph, "s", budget=budget).count_by_order == everything
        except TooManyError as error:
            refused += 1
            order = error.order or 0
            assert error.count == sum(n for size, n in everything.items() if size <= order)
            assert f"`budget`={budget} steps; up to order {order} there are exactly {error.count}" in str(
                error
            )
    assert refused


def test_a_list_that_outgrows_its_budget_says_how_far_it_came() -> None:
    """A diagram may be small and its list long; the list stops with an error, not in silence."""
    graph = _layers(4, 6, name="v{j}-{i}")  # ids that come in another order than the ways
    finder = SetFinder(Analysis(graph, Scope()))
    finder.find_cuts("s")
    cuts = find_minimal_cut_sets(graph, "s", budget=finder.diagram.steps + 9)
    with pytest.raises(TooManyError, match=r"listed \d+ of the 1296 minimal cut sets") as caught:
        list(cuts)
    assert caught.value.count == 6**4


def test_hundreds_of_vendors_of_one_component_are_no_trouble() -> None:
    """A set of three thousand vendors is found; no recursion ends it."""
    vendors = [f"v{i}" for i in range(3000)]
    graph = make_graph(
        vendors=" ".join(f"{v}:TW" for v in [*vendors, "z"]),
        offers=" ".join(f"{v}:x" for v in vendors) + " z:y",
    )
    (cut,) = _cuts(graph, "x")
    assert cut == tuple(sorted(vendors))
    assert find_minimal_path_sets(graph, "x").count == 3000


# Importance


def test_importance_of_a_series_and_of_a_pair() -> None:
    """The chip decides wherever a lens and a film are there: 3/4 of 3/4; a lens where the other is lost."""
    rows = {row.unit: row for row in measure_importance(make_graph(**CAMERA), "camera")}
    assert rows["a"].birnbaum == Fraction(9, 16)
    assert rows["b"].birnbaum == rows["e"].birnbaum == Fraction(3, 16)
    assert {row.fussell_vesely for row in rows.values()} == {Fraction(1, 3)}
    assert [row.unit for row in measure_importance(make_graph(**CAMERA), "camera")] == [
        "a",
        "b",
        "c",
        "d",
        "e",
    ]


def test_a_unit_that_stands_in_no_set_weighs_nothing() -> None:
    """Who offers something else decides nothing, and is listed last with 0."""
    last = measure_importance(make_graph(**CAMERA), "lens")[-1]
    assert (last.unit, last.cut_sets) == ("e", 0)
    assert last.birnbaum == last.fussell_vesely == 0


# Documented sourcing


def test_documented_sourcing_ties_a_vendor_to_its_suppliers() -> None:
    """Vendor a buys wafers from w alone by the record, though x offers them too: w becomes a single point."""
    rows = make_rows(
        vendors="a:TW w:JP x:JP",
        offers="a:chip w:wafer x:wafer",
        requires="chip->wafer phone->chip",
        solutions="phone",
    )
    graph = build_graph(_add_supplies(rows, "w>a:wafer"))
    assert _cuts(graph, "phone") == [("a",), ("w", "x")]
    assert _cuts(graph, "phone", sourcing="documented") == [("a",), ("w",)]
    assert _paths(graph, "phone", sourcing="documented") == [("a", "w")]


def test_only_who_has_records_is_tied() -> None:
    """Vendor b has none and buys from anybody."""
    rows = make_rows(
        vendors="a:TW b:TW w:JP x:JP", offers="a:chip b:chip w:wafer x:wafer", requires="chip->wafer"
    )
    graph = build_graph(_add_supplies(rows, "w>a:wafer"))
    assert _cuts(graph, "chip", sourcing="documented") == [("a", "b"), ("b", "w"), ("w", "x")]


def test_a_record_counts_as_an_offer() -> None:
    """Nobody offers wafers but by a record: its customer can have them, and nobody else."""
    rows = make_rows(vendors="a:TW b:TW w:JP", offers="a:chip b:chip", requires="chip->wafer")
    graph = build_graph(_add_supplies(rows, "w>a:wafer"))
    assert not find_minimal_cut_sets(graph, "chip").feasible
    assert _cuts(graph, "chip", sourcing="documented") == [("a",), ("w",)]
    assert not find_minimal_cut_sets(graph, "wafer", sourcing="documented").feasible


def test_a_record_makes_no_volume_of_a_pilot_line() -> None:
    """Where the supplier's own offer says that it is a pilot, the record does not say otherwise."""
    rows = make_rows(
        vendors="a:TW w:JP x:JP", offers="a:chip w:wafer(status=pilot) x:wafer", requires="chip->wafer"
    )
    graph = build_graph(_add_supplies(rows, "w>a:wafer"))
    assert _cuts(graph, "chip") == [("a",), ("x",)]
    assert not find_minimal_cut_sets(graph, "chip", sourcing="documented").feasible


def test_a_supplier_abroad_is_there_only_where_imports_are_given() -> None:
    """Within the pair a supplier of the US is no supplier of what Japan offers too, in the world it is."""
    rows = make_rows(vendors="a:TW u:US x:JP", offers="a:chip u:wafer x:wafer", requires="chip->wafer")
    graph = build_graph(_add_supplies(rows, "u>a:wafer"))
    assert not find_minimal_cut_sets(graph, "chip", sourcing="documented").feasible
    world = Scope(within="world")
    assert _cuts(graph, "chip", sourcing="documented", scope=world) == [("a",), ("u",)]
    alone = build_graph(_add_supplies({**rows, "offers": rows["offers"][:2]}, "u>a:wafer"))
    assert _paths(alone, "chip", sourcing="documented") == [("a",)]


def test_a_record_without_a_component_changes_nothing() -> None:
    """That w supplies a with something says not with what."""
    rows = make_rows(vendors="a:TW w:JP x:JP", offers="a:chip w:wafer x:wafer", requires="chip->wafer")
    graph = build_graph(_add_supplies(rows, "w>a"))
    assert _cuts(graph, "chip", sourcing="documented") == [("a",), ("w", "x")]


def test_a_record_of_what_is_made_in_house_or_not_required_changes_nothing() -> None:
    """Only a direct requirement that must be bought is tied."""
    rows = make_rows(
        vendors="a:TW w:JP x:JP y:JP",
        offers="a:chip(in_house=mask) w:wafer x:wafer y:mask",
        requires="chip->mask chip->wafer",
        components="glue",
    )
    graph = build_graph(_add_supplies(rows, "y>a:mask w>a:glue"))
    assert _cuts(graph, "chip", sourcing="documented") == [("a",), ("w", "x")]


def test_a_record_that_ended_or_is_of_a_weak_source_ties_nobody() -> None:
    """Only records in force that pass the filters of the scope tie a vendor."""
    rows = make_rows(vendors="a:TW w:JP x:JP", offers="a:chip w:wafer x:wafer", requires="chip->wafer")
    ended = build_graph(_add_supplies(rows, "w>a:wafer", until="2020"))
    assert _cuts(ended, "chip", sourcing="documented") == [("a",), ("w", "x")]
    assert _cuts(ended, "chip", sourcing="documented", as_of="2019") == [("a",), ("w",)]
    weak = build_graph(_add_supplies(rows, "w>a:wafer", source_kind="uncited"))
    solid = Scope(source_kinds=("cited",))
    assert _cuts(weak, "chip", sourcing="documented", scope=solid) == [("a",), ("w", "x")]


# Brute force


def _sets(units: dict[str, frozenset[str]], holds: Callable[[frozenset[str]], bool]) -> Sets:
    """Return the minimal sets of units whose vendors fulfil a condition, by trying all subsets."""
    found: Sets = set()
    for size in range(len(units) + 1):
        for chosen in map(frozenset, itertools.combinations(sorted(units), size)):
            smaller = any(one <= chosen for one in found)
            if not smaller and holds(frozenset().union(*(units[u] for u in chosen))):
                found.add(chosen)
    return found


def _check_against(
    finder: SetFinder, target: str, units: dict[str, frozenset[str]], can: Callable[[Collection[str]], bool]
) -> None:
    """Compare everything that is said of one target with what trying all subsets says."""
    everybody = frozenset().union(*units.values())
    cuts = _sets(units, lambda gone: not can(gone))
    paths = _sets(units, lambda there: can(everybody - there))
    trivial = bool(units) and cuts == {frozenset(units)}
    found, found_paths = finder.find_cuts(target), finder.find_paths(target)
    listed, listed_paths = list(found), list(found_paths)
    assert found.trivial == trivial
    assert listed == sorted(map(_tuple, cuts if not trivial else ()), key=lambda one: (len(one), one))
    assert listed_paths == sorted(map(_tuple, paths), key=lambda one: (len(one), one))
    assert (found.count, found_paths.count) == (len(listed), len(listed_paths))
    assert (found.feasible, found.can_fail) == (can(frozenset()), not can(everybody))
    assert set(found.units) == set(units)
    assert set(found.in_every) == (set.intersection(*map(set, listed)) if listed else set())


def _tuple(one: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(one))


@settings(max_examples=25, deadline=None)
@given(rows=supply_rows(), scope=SCOPES, unit=st.sampled_from(UNITS))
def test_sets_are_those_of_all_subsets(rows: Rows, scope: Scope, unit: str) -> None:
    """Cut sets, path sets, counts and order of every target, at every unit, are those of trying all."""
    oracle = Oracle(rows, pair=scope.pair, within=scope.within, country_by=scope.country_by)
    finder = SetFinder(Analysis(build_graph(rows), scope), unit=unit)
    for target in [*oracle.components, *oracle.solutions]:
        _check_against(finder, target, oracle.members(unit), lambda gone, t=target: oracle.world(gone).can(t))  # type: ignore[misc]


@settings(max_examples=25, deadline=None)
@given(rows=supply_rows(), unit=st.sampled_from(UNITS), order=st.integers(1, 3))
def test_a_bound_on_the_order_leaves_the_others_whole(rows: Rows, unit: str, order: int) -> None:
    """Up to an order the sets are those of the whole list up to that order."""
    analysis = Analysis(build_graph(rows), Scope(within="world"))
    whole, bounded = SetFinder(analysis, unit=unit), SetFinder(analysis, unit=unit, max_order=order)
    for target in [*analysis.market.component_ids, *analysis.market.solution_ids]:
        for find in (SetFinder.find_cuts, SetFinder.find_paths):
            assert list(find(bounded, target)) == [one for one in find(whole, target) if len(one) <= order]


@settings(max_examples=25, deadline=None)
@given(rows=supply_rows())
def test_path_sets_are_the_minimal_hitting_sets_of_cut_sets(rows: Rows) -> None:
    """Duality: what meets every cut set, and nothing less, is enough; trivial sets are put back first."""
    analysis = Analysis(build_graph(rows), Scope(within="world"))
    finder = SetFinder(analysis)
    for target in [*analysis.market.component_ids, *analysis.market.solution_ids]:
        found = finder.find_cuts(target)
        cuts = [found.units] if found.trivial else list(found)
        units = {unit: frozenset([unit]) for unit in found.units}
        hitting = _sets(units, lambda chosen, cuts=cuts: all(chosen.intersection(c) for c in cuts))  # type: ignore[misc]
        assert set(map(frozenset, finder.find_paths(target))) == hitting


@settings(max_examples=25, deadline=None)
@given(rows=supply_rows(), unit=st.sampled_from(UNITS))
def test_importance_is_that_of_all_states(rows: Rows, unit: str) -> None:
    """Birnbaum: in how many states of the others a unit decides, counted one by one."""
    oracle = Oracle(rows, within="world")
    finder = SetFinder(Analysis(build_graph(rows), Scope(within="world")), unit=unit)
    units = oracle.members(unit)
    for target in [*oracle.components, *oracle.solutions]:
        for row in finder.measure(target):
            others = sorted(set(units) - {row.unit})
            decides = 0
            for size in range(len(others) + 1):
                for lost in itertools.combinations(others, size):
                    gone = frozenset().union(*(units[u] for u in lost))
                    with_it, without = oracle.world(gone), oracle.world(gone | units[row.unit])
                    decides += with_it.can(target) and not without.can(target)
            assert row.birnbaum == Fraction(decides, 2 ** len(others))


class _Documented:
    """φ with documented sourcing, from its definition alone, in the world."""

    def __init__(self, rows: Rows) -> None:
        self.oracle = Oracle(rows, within="world")
        named = set(self.oracle.seat) - self.oracle.unnamed
        self.records = {
            (row["to_vendor"], row["component"], row["from_vendor"])
            for row in rows["supplies"]
            if row["from_vendor"] in named and row["to_vendor"] in named
        }
        stated = {(row["vendor"], row["component"]) for row in rows["offers"]}
        self.in_house = {
            (row["vendor"], row["component"]): set(filter(None, row.get("in_house", "").split(";")))
            for row in self.oracle.present
        }
        self.on_record = {(u, r) for _, r, u in self.records} - stated

    def members(self) -> dict[str, frozenset[str]]:
        return {vendor: frozenset([vendor]) for vendor, _ in {*self.in_house, *self.on_record}}

    def can(self, target: str, gone: Collection[str]) -> bool:
        if target in self.oracle.solutions or target in self.oracle.virtual:
            return self.holds(None, target, (), gone)
        return any(self.makes(v, c, gone) for v, c in self.in_house if c == target)

    def makes(self, vendor: str, component: str, gone: Collection[str]) -> bool:
        own = self.in_house.get((vendor, component), set())
        return vendor not in gone and self.holds(vendor, component, own, gone)

    def holds(self, vendor: str | None, whole: str, own: Collection[str], gone: Collection[str]) -> bool:
        return all(
            any(part in own or self.buys(vendor, part, gone) for part in item.alternatives)
            for item in self.oracle.needs.get(whole, ())
        )

    def buys(self, vendor: str | None, part: str, gone: Collection[str]) -> bool:
        suppliers = [u for v, r, u in self.records if (v, r) == (vendor, part)]
        if suppliers:
            ways = {*self.in_house, *self.on_record}
            return any((u, part) in ways and self.makes(u, part, gone) for u in suppliers)
        return self.can(part, gone)


@st.composite
def _rows_with_supplies(draw: st.DrawFn) -> Rows:
    rows = draw(supply_rows())
    random = draw(st.randoms(use_true_random=False))
    vendors = [row["id"] for row in rows["vendors"]]
    components = [row["id"] for row in rows["components"]]
    words = set()
    for _ in range(random.randint(0, 12)):
        seller, buyer = random.sample(vendors, 2)
        words.add(f"{seller}>{buyer}:{random.choice(components)}")
    return _add_supplies(rows, " ".join(sorted(words)))


@settings(max_examples=25, deadline=None)
@given(rows=_rows_with_supplies())
def test_documented_sets_are_those_of_all_subsets(rows: Rows) -> None:
    """With suppliers on record too, every cut and path set is found, and nothing else is."""
    documented = _Documented(rows)
    finder = SetFinder(Analysis(build_graph(rows), Scope(within="world")), sourcing="documented")
    for target in [*documented.oracle.components, *documented.oracle.solutions]:
        if target in documented.oracle.virtual:
            continue
        _check_against(finder, target, documented.members(), lambda gone, t=target: documented.can(t, gone))  # type: ignore[misc]


@settings(max_examples=15, deadline=None)
@given(rows=supply_rows(), scope=SCOPES, unit=st.sampled_from(UNITS))
def test_without_records_both_sourcings_agree(rows: Rows, scope: Scope, unit: str) -> None:
    """Where nothing is documented there is nothing to tie: two ways to read φ give one answer."""
    analysis = Analysis(build_graph(rows), scope)
    market, documented = SetFinder(analysis, unit=unit), SetFinder(analysis, unit=unit, sourcing="documented")
    for target in [*analysis.market.component_ids, *analysis.market.solution_ids]:
        assert list(market.find_cuts(target)) == list(documented.find_cuts(target))
        assert list(market.find_paths(target)) == list(documented.find_paths(target))


@settings(max_examples=15, deadline=None)
@given(rows=supply_rows(), names=st.permutations([f"n{i}" for i in range(6)]))
def test_new_names_change_only_names(rows: Rows, names: list[str]) -> None:
    """Vendors under other ids: the same sets under those ids."""
    new = dict(zip((row["id"] for row in rows["vendors"]), names, strict=False))
    columns = {"vendors": ("id",), "offers": ("vendor",), "owns": ("from_vendor", "to_vendor")}
    renamed: Rows = {
        name: [{**row, **{c: new[row[c]] for c in columns.get(name, ())}} for row in table]
        for name, table in rows.items()
    }
    before, after = (SetFinder(Analysis(build_graph(r), Scope(within="world"))) for r in (rows, renamed))
    for target in [row["id"] for row in rows["solutions"]]:
        expected = {frozenset(new[v] for v in one) for one in before.find_cuts(target)}
        assert set(map(frozenset, after.find_cuts(target))) == expected


def test_a_graph_without_offers_has_failed_everywhere() -> None:
    """With no vendor there is nothing to lose: the component cannot be had as it is."""
    graph = SupplyGraph({"components": pd.DataFrame({"id": ["x"], "segment": ["s"]})})
    cuts = find_minimal_cut_sets(graph, "x")
    assert (cuts.units, cuts.feasible, list(cuts)) == ((), False, [()])
