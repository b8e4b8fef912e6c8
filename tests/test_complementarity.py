"""What two countries can do alone and together, what they import, and what each loses without the other."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kizuna import _errors
from kizuna.graph import SupplyGraph
from kizuna.graph.stores import EmbeddedStore
from kizuna.loaders import load_seeds
from kizuna.queries import Scope
from kizuna.queries.complementarity import (
    Complementarity,
    Contribution,
    classify_complementarity,
)
from kizuna.queries.exposure import measure_exposure
from kizuna.queries.saved import run_saved
from tests.graphs import Row, Rows, build_graph, make_graph, supply_rows
from tests.oracle import Item, Oracle, World

SCOPES = st.sampled_from([Scope(), Scope(country_by="owner"), Scope(pair=("JP", "US"))])


def _classes(found: Complementarity) -> dict[str, str]:
    return {row.id: row.feasible for row in found.rows}


# ----------------------------------------------------------------- classes


def test_every_class_has_its_place() -> None:
    """Either, one alone, only both, neither, and what is itself an import."""
    found = classify_complementarity(
        make_graph(
            vendors="a:TW b:JP u:US",
            offers="a:x b:x a:y b:z u:v b:w a:pilot(status=pilot)",
            requires="p->y p->z w->v q->pilot",
            solutions="p q r",
        )
    )
    assert _classes(found) == {
        "x": "either",
        "y": "TW alone",
        "z": "JP alone",
        "v": "outside",
        "w": "JP alone",
        "pilot": "not at all",
        "p": "only jointly",
        "q": "not at all",
        "r": "either",
    }
    assert [row.id for row in found.rows if row.needs_third] == ["v", "w"]
    assert [row.id for row in found.select("only jointly")] == ["p"]
    assert found.at_role is None and found.rows[0].at_role is None


def test_an_import_is_outside_even_if_it_cannot_be_made() -> None:
    """What only third countries offer is outside, whether or not its own requirements hold."""
    graph = make_graph(vendors="a:TW u:US", offers="u:v a:x(status=pilot)", requires="v->x")
    row = next(row for row in classify_complementarity(graph).rows if row.id == "v")
    assert (row.feasible, row.needs_third, row.imports) == ("outside", False, ())


def test_third_countries_do_not_step_in_for_what_one_of_the_pair_offers() -> None:
    """An American lens is absent where Taiwan has one: Japan alone has none."""
    graph = make_graph(vendors="a:TW b:JP u:US", offers="a:lens u:lens b:camera", requires="camera->lens")
    assert _classes(classify_complementarity(graph)) == {"lens": "TW alone", "camera": "only jointly"}


def test_a_virtual_component_is_no_import() -> None:
    """It needs no vendor, so that a third country offers it means nothing."""
    graph = make_graph(
        vendors="a:TW u:US", offers="a:x u:set", requires="set->x", components="set(virtual=yes)"
    )
    assert _classes(classify_complementarity(graph)) == {"set": "TW alone", "x": "TW alone"}
    assert measure_exposure(graph).imports == ()


def test_imports_are_listed_with_those_that_nothing_replaces() -> None:
    """A drive needs the one magnet there is, and either of two imported bearings."""
    graph = make_graph(
        vendors="a:TW b:JP u:US",
        offers="a:drive u:magnet u:ball u:roller b:robot a:table",
        requires="drive->magnet drive->[ball|roller] robot->drive table->[drive|robot]",
    )
    found = classify_complementarity(graph)
    rows = {row.id: (row.imports, row.must_import) for row in found.rows if row.needs_third}
    assert rows["robot"] == (("ball", "magnet", "roller"), ("magnet",))
    assert rows["magnet"] == (("magnet",), ("magnet",))
    assert found.list_import_sets("table") == (("ball", "magnet"), ("magnet", "roller"))
    assert found.list_import_sets("ball") == (("ball",),)


def test_an_import_that_an_alternative_at_home_replaces_is_not_needed() -> None:
    """Where a choice can be met at home, nothing needs third countries."""
    graph = make_graph(vendors="a:TW u:US", offers="a:y a:p u:q", requires="y->[p|q]")
    found = classify_complementarity(graph)
    row = next(row for row in found.rows if row.id == "y")
    assert (row.needs_third, row.imports, found.list_import_sets("y")) == (False, (), ((),))


def test_the_same_at_a_minimum_role() -> None:
    """Japan's entrant does not count among leaders; a blank role does, unless the scope is strict."""
    graph = make_graph(
        vendors="a:TW b:JP", offers="a:x(role=leader) b:x(role=entrant) b:y a:y(role=established)"
    )
    leaders = classify_complementarity(graph, role="leader")
    assert [(row.id, row.feasible, row.at_role) for row in leaders.rows] == [
        ("x", "either", "TW alone"),
        ("y", "either", "JP alone"),
    ]
    strict = classify_complementarity(graph, role="leader", scope=Scope(strict=True))
    assert [row.at_role for row in strict.rows] == ["TW alone", "not at all"]
    assert strict.rows[0].needs_third_at_role is False


def test_a_question_about_a_pair_is_not_asked_of_the_world() -> None:
    """Within the world there are no two sides; and a second role cannot be lower than the first."""
    graph = make_graph(vendors="a:TW", offers="a:x")
    with pytest.raises(_errors.InputError, match=r"`scope.within` must be 'pair'"):
        classify_complementarity(graph, scope=Scope(within="world"))
    with pytest.raises(_errors.InputError, match=r"`scope.within` must be 'pair'"):
        measure_exposure(graph, scope=Scope(within="world"))
    with pytest.raises(_errors.InputError, match="`role` must not be lower than the scope's, leader"):
        classify_complementarity(graph, scope=Scope(role="leader"), role="entrant")
    with pytest.raises(_errors.InputError, match="`role` must be one of"):
        classify_complementarity(graph, role="best")


def test_an_empty_graph_has_no_targets() -> None:
    """Nothing is classified, and the answer says what the data set has none of."""
    found = classify_complementarity(SupplyGraph({}, name="empty"))
    assert (found.rows, found.missing) == ((), ("OFFERS", "REQUIRES"))
    assert measure_exposure(SupplyGraph({}, name="empty")).imports == ()


# ----------------------------------------------------------- contributions


def test_each_side_brings_what_the_other_lacks() -> None:
    """Taiwan brings the chip, whose foundry is its own affair; Japan the reducer; the frame either has."""
    found = classify_complementarity(
        make_graph(
            vendors="a:TW b:JP",
            offers="a:foundry a:chip b:reducer a:frame b:frame",
            requires="chip->foundry robot->chip robot->reducer robot->frame",
            solutions="robot",
        )
    )
    assert found.list_contributions("robot") == (Contribution(("chip",), ("reducer",)),)
    assert found.list_contributions("frame") == (Contribution((), ()),)
    assert found.list_contributions("chip") == (Contribution(("chip",), ()),)


def test_each_way_to_share_the_work_is_listed_smallest_first() -> None:
    """Either side can assemble the robot from a part of each; a choice opens a longer way."""
    found = classify_complementarity(
        make_graph(
            vendors="a:TW b:JP",
            offers="a:robot b:robot a:chip b:reducer a:motor b:gear",
            requires="robot->chip robot->[reducer|drive] drive->motor drive->gear s->robot",
            components="drive(virtual=yes)",
            solutions="s",
        )
    )
    # Who assembles need not bring its own part; it has that by itself.
    assert found.list_contributions("s") == (
        Contribution(("chip",), ("robot",)),
        Contribution(("robot",), ("reducer",)),
        Contribution(("motor", "robot"), ("gear",)),
    )


def test_a_contribution_can_be_made_for_an_import() -> None:
    """Third countries assemble what only they do, from parts of both."""
    found = classify_complementarity(
        make_graph(
            vendors="a:TW b:JP u:US", offers="a:chip b:lens u:camera", requires="camera->chip camera->lens"
        )
    )
    assert _classes(found)["camera"] == "outside"
    assert found.list_contributions("camera") == (Contribution(("chip",), ("lens",)),)


def test_what_is_made_in_house_need_not_be_brought() -> None:
    """The maker with its own lens needs the other side's chip only."""
    found = classify_complementarity(
        make_graph(
            vendors="a:TW b:JP c:JP",
            offers="a:chip a:lens b:camera(in_house=lens) c:camera",
            requires="camera->chip camera->lens",
        )
    )
    assert found.list_contributions("camera") == (Contribution(("chip",), ("camera",)),)


def test_too_many_sets_are_an_error_and_no_memory() -> None:
    """Eight parts that either side can assemble from a part of each: 256 ways, and an error at 100."""
    names = [str(n) for n in range(8)]
    graph = make_graph(
        vendors="a:TW b:JP",
        offers=" ".join(f"a:x{n} b:x{n} a:a{n} b:b{n}" for n in names),
        requires=" ".join(f"x{n}->a{n} x{n}->b{n} s->x{n}" for n in names),
        solutions="s",
    )
    found = classify_complementarity(graph)
    assert len(found.list_contributions("s")) == 256
    with pytest.raises(_errors.InputError, match="more than 100 minimal sets at s; raise `limit`"):
        found.list_contributions("s", limit=100)


def test_a_target_is_found_by_id_and_label() -> None:
    """An unknown id is an error; so is one of a component and a solution without a label."""
    graph = make_graph(vendors="a:TW b:JP", offers="a:x b:y", requires="s->y", solutions="s x")
    found = classify_complementarity(graph)
    with pytest.raises(_errors.UnknownNameError, match="no component or solution 'z'"):
        found.list_contributions("z")
    with pytest.raises(_errors.InputError, match="'x' is a component and a solution; say which by `label`"):
        found.list_import_sets("x")
    assert found.list_contributions("x", label="Component") == (Contribution(("x",), ()),)
    assert found.list_contributions("x", label="Solution") == (Contribution((), ()),)


# ---------------------------------------------------------------- exposure


def test_exposure_tells_production_that_stops_from_what_is_bought() -> None:
    """Without Taiwan's chip Japan's robot stops; without Japan Taiwan only misses what it buys."""
    exposure = measure_exposure(
        make_graph(
            vendors="a:TW b:JP u:US k:US",
            offers="a:chip b:robot u:laser k:laser a:frame b:frame",
            requires="robot->chip chip->laser s->robot",
            solutions="s t",
        )
    )
    taiwan, japan = exposure.sides
    assert (taiwan.country, taiwan.without, taiwan.components) == ("TW", "JP", ("robot",))
    assert (taiwan.own, taiwan.bought, taiwan.solutions) == ((), ("robot",), ("s",))
    assert (japan.country, japan.without, japan.components) == ("JP", "TW", ("chip", "robot"))
    assert (japan.own, japan.bought, japan.solutions) == (("robot",), ("chip",), ("s",))
    (laser,) = exposure.imports
    assert (laser.component, laser.vendors, laser.countries) == ("laser", ("k", "u"), ("US",))
    assert (laser.components, laser.solutions) == (("chip", "laser", "robot"), ("s",))
    assert (exposure.components, exposure.solutions) == (4, 2)


# ------------------------------------------------------------- brute force


class _Together:
    """What can be had with what each side brings, from the definition alone."""

    def __init__(
        self, oracle: Oracle, alone: Mapping[str, World], brought: Collection[tuple[str, str]]
    ) -> None:
        self.oracle, self.alone, self.brought = oracle, alone, brought
        self.known: dict[str, bool] = {}

    def can(self, target: str) -> bool:
        if target not in self.known:
            self.known[target] = self._find(target)
        return self.known[target]

    def _find(self, target: str) -> bool:
        if all(world.can(target) for world in self.alone.values()):
            return True
        if not self.oracle.everyone.needs_vendor(target):
            return self._holds(target, (), None)
        return any(
            self._holds(target, _own(row), country)
            for row in self.oracle.usable
            if row["component"] == target
            for country in [self.oracle.country(row["vendor"]) if row in self.oracle.present else None]
            if country is None or (country, target) in self.brought
        )

    def _holds(self, target: str, own: Collection[str], country: str | None) -> bool:
        return all(self._met(item, own, country) for item in self.oracle.needs.get(target, ()))

    def _met(self, item: Item, own: Collection[str], country: str | None) -> bool:
        return (
            all(world.met(item, ()) for world in self.alone.values())
            or (country is not None and self.alone[country].met(item, own))
            or any(one in own or self.can(one) for one in item.alternatives)
        )


def _own(row: Row) -> frozenset[str]:
    return frozenset(filter(None, row.get("in_house", "").split(";")))


def _world(oracle: Oracle, rows: Iterable[Row]) -> World:
    """Return the world in which some offers are all there are."""
    ways: dict[str, list[frozenset[str]]] = {component: [] for component in oracle.components}
    for row in rows:
        ways[row["component"]].append(_own(row))
    return World(oracle.needs, ways, oracle.virtual)


def _minimal(enough: Any, atoms: Collection[Any]) -> set[frozenset[Any]]:
    """Return the minimal subsets that are enough, by trying them all."""
    found: set[frozenset[Any]] = set()
    for size in range(len(atoms) + 1):
        for chosen in map(frozenset, itertools.combinations(sorted(atoms), size)):
            if not any(smaller <= chosen for smaller in found) and enough(chosen):
                found.add(chosen)
    return found


def _ask_oracle(rows: Rows, scope: Scope) -> Oracle:
    return Oracle(rows, pair=scope.pair, country_by=scope.country_by)


def _alone(oracle: Oracle) -> dict[str, World]:
    return {
        country: _world(
            oracle,
            [
                row
                for row in oracle.usable
                if row not in oracle.present or oracle.country(row["vendor"]) == country
            ],
        )
        for country in oracle.pair
    }


@settings(max_examples=30)
@given(rows=supply_rows(), scope=SCOPES)
def test_classes_are_those_of_brute_force(rows: Rows, scope: Scope) -> None:
    """The class of each target, whether it needs third countries, and which imports, by definition."""
    oracle, found = _ask_oracle(rows, scope), classify_complementarity(build_graph(rows), scope=scope)
    imports = {row["component"] for row in oracle.usable if row not in oracle.present} - oracle.virtual
    unaided = _world(oracle, oracle.present)
    first, second = _alone(oracle).values()
    for row in found.rows:
        wanted = {
            (True, True): "either",
            (True, False): f"{scope.pair[0]} alone",
            (False, True): f"{scope.pair[1]} alone",
            (False, False): "only jointly" if oracle.everyone.can(row.id) else "not at all",
        }[first.can(row.id), second.can(row.id)]
        assert row.feasible == ("outside" if row.id in imports else wanted)
        assert row.needs_third == (oracle.everyone.can(row.id) and not unaided.can(row.id))
        needed = {i for i in imports if row.id in oracle.failing(oracle.world(missing={i}))}
        assert set(row.must_import) == needed
        sets = _minimal(lambda kept: oracle.world(missing=imports - kept).can(row.id), imports)  # noqa: B023
        assert set(map(frozenset, found.list_import_sets(row.id))) == sets
        assert frozenset().union(*sets) <= set(row.imports) <= imports


@settings(max_examples=20)
@given(rows=supply_rows(), scope=SCOPES)
def test_contributions_are_those_of_brute_force(rows: Rows, scope: Scope) -> None:
    """All minimal sets of what the sides bring, and nothing else; for what only both can do, both bring."""
    oracle, found = _ask_oracle(rows, scope), classify_complementarity(build_graph(rows), scope=scope)
    alone = _alone(oracle)
    atoms = {(oracle.country(row["vendor"]), row["component"]) for row in oracle.present}
    first, second = scope.pair
    worlds = functools.cache(lambda brought: _Together(oracle, alone, brought))
    for row in found.rows:
        listed = found.list_contributions(row.id)
        sets = {
            frozenset([*((first, c) for c in one.first), *((second, c) for c in one.second)])
            for one in listed
        }
        assert len(sets) == len(listed)
        assert sets == _minimal(lambda brought: worlds(brought).can(row.id), atoms)  # noqa: B023
        if row.feasible == "only jointly":
            assert listed and all(one.first and one.second for one in listed)


@settings(max_examples=30)
@given(rows=supply_rows(), scope=SCOPES)
def test_exposure_is_that_of_brute_force(rows: Rows, scope: Scope) -> None:
    """Each country loses what fails with the other's vendors; each import takes along what fails without it."""
    oracle, exposure = _ask_oracle(rows, scope), measure_exposure(build_graph(rows), scope=scope)
    for side in exposure.sides:
        gone = {row["vendor"] for row in oracle.present if oracle.country(row["vendor"]) == side.without}
        assert {*side.components, *side.solutions} == oracle.lost(gone)
        assert sorted((*side.own, *side.bought)) == list(side.components)
    for one in exposure.imports:
        assert {*one.components, *one.solutions} == oracle.failing(oracle.world(missing={one.component}))


@settings(max_examples=30)
@given(rows=supply_rows())
def test_the_order_of_the_pair_does_not_matter(rows: Rows) -> None:
    """With the two countries named the other way round, every class is the same and every side swapped."""
    graph = build_graph(rows)
    one = classify_complementarity(graph, scope=Scope(pair=("TW", "JP")), role="established")
    other = classify_complementarity(graph, scope=Scope(pair=("JP", "TW")), role="established")
    assert one.rows == other.rows
    for row in one.rows:
        swapped = {Contribution(c.second, c.first) for c in other.list_contributions(row.id)}
        assert set(one.list_contributions(row.id)) == swapped


# ----------------------------------------------------------- saved queries


def _check_rows(store: EmbeddedStore, graph: SupplyGraph, scope: Scope) -> None:
    store.load(graph)
    parameters = {"pair": list(scope.pair), "country_by": scope.country_by}
    rows = run_saved(store, "feasible-alone", parameters).records()
    found = classify_complementarity(graph, scope=scope)
    assert [(r["label"], r["id"], r["feasible"], r["needs_third"]) for r in rows] == sorted(
        (row.label, row.id, row.feasible, row.needs_third) for row in found.rows
    )
    if scope.country_by == "seat":
        seats = graph.table("vendors").set_index("id")["country"]
        for side in measure_exposure(graph, scope=scope).sides:
            gone = sorted(seats.index[seats == side.without])
            lost = run_saved(store, "loss-of-vendors", {"vendors": gone, **parameters}).records()
            assert [row["id"] for row in lost] == [*side.components, *side.solutions]


@pytest.mark.parametrize("scope", [Scope(), Scope(country_by="owner"), Scope(pair=("JP", "US"))], ids=str)
def test_classes_of_the_data_are_those_of_cypher(embedded: EmbeddedStore, scope: Scope) -> None:
    """The saved query `feasible-alone` gives the same rows; `loss-of-vendors` the same exposure."""
    _check_rows(embedded, load_seeds(), scope)


@pytest.mark.slow
@settings(
    max_examples=20,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=supply_rows(), scope=SCOPES)
def test_classes_of_random_graphs_are_those_of_cypher(
    embedded: EmbeddedStore, rows: Rows, scope: Scope
) -> None:
    """With choices, virtual components, parts made in house, imports, statuses and groups."""
    _check_rows(embedded, build_graph(rows), scope)


def test_a_role_of_the_scope_is_the_first_of_two() -> None:
    """The rows of a scope with a role are those that `at_role` gives beside the scope without one."""
    graph = load_seeds()
    both = classify_complementarity(graph, role="established")
    alone = classify_complementarity(graph, scope=replace(Scope(), role="established"))
    assert [row.at_role for row in both.rows] == [row.feasible for row in alone.rows]
