"""What is lost, won, saved and weakened when some are gone and others step in."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kizuna import _errors
from kizuna.graph import SupplyGraph
from kizuna.graph.stores import EmbeddedStore
from kizuna.loaders import load_seeds
from kizuna.queries import UNITS, Analysis, Scope
from kizuna.queries.saved import run_saved
from kizuna.queries.what_if import Switch, Target, Weakened, WhatIf, ask_what_if
from tests.graphs import Row, Rows, build_graph, make_graph, supply_rows
from tests.oracle import Item, Oracle, World

SCOPES = st.sampled_from(
    [Scope(), Scope(country_by="owner"), Scope(within="world"), Scope(pair=("JP", "US"))]
)
SCOPES_OF_CYPHER = [Scope(), Scope(country_by="owner"), Scope(pair=("JP", "US"))]


def _ids(targets: Collection[Target]) -> list[str]:
    return [target.id for target in targets]


# ------------------------------------------------------------- small graphs


def test_a_loss_goes_over_every_hop_and_says_why() -> None:
    """Without the foundry no chip, without the chip no robot; the frame is left."""
    graph = make_graph(
        vendors="a:TW b:JP",
        offers="a:foundry b:chip b:robot b:frame",
        requires="chip->foundry robot->chip robot->frame s->robot s->frame",
        solutions="s",
    )
    found = ask_what_if(graph, remove_vendors=["a"])
    assert found.because == {
        Target("Component", "chip"): ("foundry",),
        Target("Component", "foundry"): (),
        Target("Component", "robot"): ("chip",),
        Target("Solution", "s"): ("robot",),
    }
    assert (_ids(found.left), found.won, found.saved, found.weakened) == (["frame"], (), (), ())
    assert list(found.explain(Target("Solution", "s")).chains()) == [("s", "robot", "chip", "foundry")]
    assert found.removed_vendors == ("a",)


def test_an_alternative_saves_what_would_be_lost() -> None:
    """The board has a second foundry to go to; what needs the first one itself has not."""
    graph = make_graph(
        vendors="a:TW b:JP",
        offers="a:advanced b:mature b:board b:phone b:lamp",
        requires="board->[advanced|mature] phone->advanced s->board s->lamp",
        solutions="s",
    )
    found = ask_what_if(graph, remove_vendors=["a"])
    assert _ids(found.lost) == ["advanced", "phone"]
    assert _ids(found.saved) == ["board", "s"]
    assert found.switches == (Switch(Target("Component", "board"), ("advanced",), ("mature",)),)
    assert ask_what_if(graph, remove_vendors=["a", "b"]).saved == ()


def test_an_alternative_that_nobody_had_saves_nothing() -> None:
    """A choice of which one alternative never was is no way out of anything."""
    graph = make_graph(vendors="a:TW b:JP", offers="a:x b:p b:y", requires="y->[p|q]")
    found = ask_what_if(graph, remove_vendors=["a"])
    assert (_ids(found.lost), found.saved, found.switches) == (["x"], (), ())


def test_weakened_is_what_one_group_alone_can_still_deliver() -> None:
    """Of three vendors in two groups the second group's goes: the two left are one group."""
    graph = make_graph(
        vendors="a:TW b:TW c:JP d:JP", offers="a:x b:x c:x a:y b:y c:z d:z", owns="a>b(share=0.6)"
    )
    found = ask_what_if(graph, remove_vendors=["c"])
    assert found.weakened == (Weakened("x", "a", 2), Weakened("z", "d", 2))
    assert found.lost == ()


def test_a_vendor_that_cannot_deliver_any_more_is_no_group_left() -> None:
    """Without the part only the maker with its own is left, though two offer the component."""
    graph = make_graph(
        vendors="a:TW b:TW c:JP",
        offers="c:part a:x b:x(in_house=part)",
        requires="x->part y->x",
        components="y",
    )
    found = ask_what_if(graph, remove_vendors=["c"])
    assert _ids(found.lost) == ["part"]
    assert found.weakened == (Weakened("x", "b", 2),)


def test_removals_come_first_then_additions() -> None:
    """A vendor that is gone and offers something new offers that only."""
    graph = make_graph(vendors="a:TW b:JP", offers="a:x b:y", requires="z->x z->y", components="z")
    found = ask_what_if(graph, remove_vendors=["a"], add=[("a", "z"), ("b", "x")])
    assert (found.lost, _ids(found.won), _ids(found.left)) == ((), ["z"], ["x", "y", "z"])
    assert found.added == (("a", "z"), ("b", "x"))
    gone = ask_what_if(graph, remove_components=["x"], add=[("b", "x")])
    assert (gone.lost, gone.removed_components) == ((), ("x",))


def test_a_whole_group_goes_whoever_is_named() -> None:
    """To remove the group of a daughter is to remove her mother and sisters."""
    graph = make_graph(
        vendors="a:TW b:TW c:JP d:JP", offers="a:x b:y c:z d:w", owns="a>b(share=0.6) a>c(share=0.6)"
    )
    for member in "abc":
        assert _ids(ask_what_if(graph, remove_groups=[member]).lost) == ["x", "y", "z"]
    assert ask_what_if(graph, remove_groups=["b"]).removed_vendors == ("a", "b", "c")


def test_a_country_goes_by_seat_or_by_owner() -> None:
    """A Japanese daughter of Taiwan's goes with Japan by seat, with Taiwan by owner."""
    graph = make_graph(vendors="a:TW b:JP c:JP", offers="a:x b:y c:z", owns="a>b(share=0.6)")
    assert _ids(ask_what_if(graph, remove_countries=["JP"]).lost) == ["y", "z"]
    assert _ids(ask_what_if(graph, remove_countries=["JP"], scope=Scope(country_by="owner")).lost) == ["z"]
    assert _ids(ask_what_if(graph, remove_countries=["JP", "TW"]).lost) == ["x", "y", "z"]


def test_third_countries_do_not_step_in_but_can_be_lost() -> None:
    """An American second source is absent before and after; an American import that is named goes."""
    graph = make_graph(
        vendors="a:TW u:US w:US", offers="a:lens u:lens u:laser w:laser a:y", requires="y->laser"
    )
    assert _ids(ask_what_if(graph, remove_vendors=["a"]).lost) == ["lens", "y"]
    assert ask_what_if(graph, remove_vendors=["u"]).weakened == (Weakened("laser", "w", 2),)
    assert _ids(ask_what_if(graph, remove_vendors=["u", "w"]).lost) == ["laser", "y"]
    assert _ids(ask_what_if(graph, remove_countries=["US"]).lost) == ["laser", "y"]
    assert ask_what_if(graph, remove_vendors=["a"], add=[("w", "lens")]).won == ()


def test_an_addition_does_not_send_imports_home() -> None:
    """Taiwan's assumed laser lacks a part; the import that was there stays."""
    graph = make_graph(
        vendors="a:TW u:US", offers="u:laser(in_house=crystal) a:y", requires="y->laser laser->crystal"
    )
    found = ask_what_if(graph, add=[("a", "laser")])
    assert (found.lost, found.won) == ((), ())
    assert _ids(ask_what_if(graph, add=[("u", "crystal")]).won) == ["crystal"]


def test_who_makes_a_lost_component_itself_is_not_hit() -> None:
    """A component that nobody delivers any more is still made in house; a virtual one is no way any more."""
    graph = make_graph(
        vendors="a:TW b:JP",
        offers="a:part a:x b:y(in_house=part) a:z",
        requires="x->part y->part set->part z->[set|x]",
        components="set(virtual=yes)",
    )
    assert _ids(ask_what_if(graph, remove_components=["part"]).lost) == ["part", "set", "x", "z"]
    found = ask_what_if(graph, remove_components=["set"])
    assert (_ids(found.lost), _ids(found.saved)) == (["set"], ["z"])
    assert found.explain(Target("Component", "set")).is_root


def test_a_pilot_line_that_goes_into_volume_keeps_what_it_makes_itself() -> None:
    """An assumed offer of something that the vendor pilots has its parts made in house."""
    graph = make_graph(vendors="a:TW b:TW", offers="a:x(status=pilot,in_house=part)", requires="x->part")
    assert _ids(ask_what_if(graph, add=[("a", "x")]).won) == ["x"]
    assert ask_what_if(graph, add=[("b", "x")]).won == ()


def test_an_assumed_offer_counts_whatever_the_filters() -> None:
    """It has no role and no source, and is asked about all the same."""
    graph = make_graph(vendors="a:TW", offers="a:x(role=leader) a:y(role=entrant)")
    scope = Scope(role="leader", strict=True, source_kinds=("cited",), confidence="high")
    assert _ids(ask_what_if(graph, add=[("a", "y")], scope=scope).won) == ["y"]


def test_what_is_lost_at_once_is_less_than_in_time() -> None:
    """A machine tool that is gone stops no line today."""
    graph = make_graph(
        vendors="a:JP b:TW", offers="a:tool b:chip b:board", requires="chip->tool(kind=equipment) board->chip"
    )
    assert _ids(ask_what_if(graph, remove_vendors=["a"]).lost) == ["board", "chip", "tool"]
    at_once = ask_what_if(graph, remove_vendors=["a"], kinds=("input", "service"))
    assert at_once.because == {Target("Component", "tool"): ()}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"remove_vendors": ["z"]}, "`remove_vendors`: no vendor 'z' in this data set; give ids, like a, b"),
        ({"remove_groups": ["z"]}, "`remove_groups`: no vendor 'z'"),
        (
            {"remove_countries": ["ZZ"]},
            "`remove_countries`: no country 'ZZ' in this data set; give ids, like JP",
        ),
        ({"remove_components": ["a"]}, "`remove_components`: no component 'a'"),
        ({"add": [("z", "x")]}, "`add`: no vendor 'z'"),
        ({"add": [("a", "z")]}, "`add`: no component 'z'"),
        ({"remove_vendors": "a"}, "`remove_vendors` must be a list of ids; found the text 'a'"),
        ({"add": ["ax"]}, "`add` must be a list of pairs"),
        ({"add": [("a", "x", "y")]}, "`add` must be a list of pairs"),
        ({"add": [("some", "x")]}, "`add`: some is a placeholder"),
        ({"add": [("old", "x")]}, "`add`: old no longer exists"),
        ({"add": [("a", "set")]}, "`add`: set is virtual and needs no vendor"),
    ],
)
def test_what_cannot_be_asked_is_one_clear_error(arguments: dict[str, Any], message: str) -> None:
    """The argument, what was found, and what to give."""
    graph = make_graph(
        vendors="a:TW b:JP some:TW(placeholder=yes) old:TW(until=2020)",
        offers="a:x b:x",
        components="set(virtual=yes)",
    )
    with pytest.raises(_errors.KizunaError, match=message.replace("(", r"\(")):
        ask_what_if(graph, **arguments)


def test_an_analysis_that_is_there_is_used_if_it_is_of_the_same_graph() -> None:
    """The same answer; and an error for one of another graph or scope."""
    graph = make_graph(vendors="a:TW b:JP", offers="a:x b:y", requires="y->x")
    analysis = Analysis(graph, Scope())
    assert ask_what_if(graph, remove_vendors=["a"], analysis=analysis).market is analysis.market
    assert _ids(ask_what_if(graph, add=[("b", "x")], remove_vendors=["a"], analysis=analysis).lost) == []
    for other in (Analysis(make_graph(vendors="a:TW"), Scope()), Analysis(graph, Scope(within="world"))):
        with pytest.raises(_errors.InputError, match="`analysis` must be one of this graph and scope"):
            ask_what_if(graph, scope=Scope(), analysis=other)


def test_only_what_is_lost_is_explained() -> None:
    """What can be had has no witness, and an unknown target is an error."""
    found = ask_what_if(make_graph(vendors="a:TW", offers="a:x"))
    with pytest.raises(_errors.InputError, match="x can be had"):
        found.explain(Target("Component", "x"))
    with pytest.raises(_errors.UnknownNameError, match="no Solution 'x'"):
        found.explain(Target("Solution", "x"))


def test_an_empty_graph_loses_nothing() -> None:
    """Nothing there, nothing lost, and the answer says what the data set has none of."""
    found = ask_what_if(SupplyGraph({}, name="empty"))
    assert (found.lost, found.left, found.missing) == ((), (), ("OFFERS", "REQUIRES"))


# ------------------------------------------------------------- brute force


@dataclass(frozen=True)
class _Question:
    """What to remove and what to add; drawn at random."""

    vendors: list[str]
    groups: list[str]
    countries: list[str]
    components: list[str]
    add: list[tuple[str, str]]

    def ask(self, graph: SupplyGraph, scope: Scope) -> WhatIf:
        return ask_what_if(
            graph,
            remove_vendors=self.vendors,
            remove_groups=self.groups,
            remove_countries=self.countries,
            remove_components=self.components,
            add=self.add,
            scope=scope,
        )


def _draw_question(rows: Rows, random: Random) -> _Question:
    def few(names: list[str], most: int) -> list[str]:
        return random.sample(names, random.randint(0, min(most, len(names))))

    named = [row["id"] for row in rows["vendors"] if row["placeholder"] != "yes"]
    real = [row["id"] for row in rows["components"] if row["virtual"] != "yes"]
    return _Question(
        vendors=few([row["id"] for row in rows["vendors"]], 2),
        groups=few([row["id"] for row in rows["vendors"]], 1),
        countries=few(sorted({row["country"] for row in rows["vendors"]}), 1)
        if random.random() < 0.3
        else [],
        components=few([row["id"] for row in rows["components"]], 1),
        add=[pair for pair in itertools.product(named, real) if random.random() < 0.1],
    )


class _Committed(World):
    """A world in which each choice has been made, once and for all; parts made in house settle it still."""

    picks: Mapping[Item, str]

    def met(self, item: Item, own: Collection[str]) -> bool:
        """Whether one requirement is met by what was picked."""
        return any(one in own for one in item.alternatives) or self.can(self.picks[item])


class _Brute:
    """The answer from the definition alone."""

    def __init__(self, rows: Rows, scope: Scope, question: _Question) -> None:
        self.oracle = Oracle(rows, pair=scope.pair, within=scope.within, country_by=scope.country_by)
        self.question = question
        oracle = self.oracle
        heads = {oracle.head(vendor) for vendor in question.groups}
        gone = {
            vendor
            for vendor in oracle.seat
            if vendor in question.vendors
            or oracle.head(vendor) in heads
            or oracle.country(vendor) in question.countries
        }
        home = {row["component"] for row in oracle.present}
        made = {(row["vendor"], row["component"]): row["in_house"] for row in rows["offers"]}
        self.offers: list[Row] = [
            row
            for row in oracle.usable
            if row["vendor"] not in gone and row["component"] not in question.components
        ]
        self.offers += [
            {"vendor": vendor, "component": component, "in_house": made.get((vendor, component), "")}
            for vendor, component in question.add
            if oracle.at_home(vendor) or component not in home
        ]
        self.before, self.after = oracle.everyone, self._world(World)
        self.targets = [*oracle.components, *oracle.solutions]

    def _world(self, kind: type[World]) -> World:
        ways: dict[str, list[frozenset[str]]] = {component: [] for component in self.oracle.components}
        for row in self.offers:
            ways[row["component"]].append(frozenset(filter(None, row["in_house"].split(";"))))
        virtual = self.oracle.virtual - set(self.question.components)
        return kind(self.oracle.needs, ways, virtual)

    def saved(self) -> set[str]:
        """Targets still there that some way of choosing beforehand would have lost."""
        held = [t for t in self.targets if self.before.can(t) and self.after.can(t)]
        items = {item for needs in self.oracle.needs.values() for item in needs}
        known = [
            (item, [one for one in item.alternatives if self.before.can(one) or self.after.can(one)])
            for item in sorted(items)
        ]
        found: set[str] = set()
        for picked in itertools.product(*(ways or item.alternatives[:1] for item, ways in known)):
            world = self._world(_Committed)
            assert isinstance(world, _Committed)
            world.picks = dict(zip((item for item, _ in known), picked, strict=True))
            found.update(target for target in held if not world.can(target))
        return found

    def groups(self, component: str, offers: list[Row], world: World) -> set[str]:
        """Return the groups that can deliver a component."""
        return {
            self.oracle.head(row["vendor"])
            for row in offers
            if row["component"] == component
            and world.holds(component, frozenset(filter(None, row.get("in_house", "").split(";"))))
        }

    def weakened(self) -> set[tuple[str, str, int]]:
        """Components that several groups deliver before and one after."""
        found = set()
        for component in set(self.oracle.components) - self.oracle.virtual:
            before = self.groups(component, self.oracle.usable, self.before)
            after = self.groups(component, self.offers, self.after)
            if len(after) == 1 < len(before):
                found.add((component, after.pop(), len(before)))
        return found


@settings(max_examples=40)
@given(rows=supply_rows(), scope=SCOPES, random=st.randoms(use_true_random=False))
def test_what_if_is_that_of_brute_force(rows: Rows, scope: Scope, random: Random) -> None:
    """Lost, won, saved, weakened and left, of several removals and additions at once."""
    question = _draw_question(rows, random)
    found, brute = question.ask(build_graph(rows), scope), _Brute(rows, scope, question)
    before = {target for target in brute.targets if brute.before.can(target)}
    after = {target for target in brute.targets if brute.after.can(target)}
    assert set(_ids(found.lost)) == before - after
    assert set(_ids(found.won)) == after - before
    assert set(_ids(found.left)) == after
    assert set(_ids(found.saved)) == brute.saved()
    assert set(map(tuple, found.weakened)) == brute.weakened()
    for target, parts in found.because.items():
        needed = {one for item in brute.oracle.needs.get(target.id, ()) for one in item.alternatives}
        assert set(parts) == needed & (before - after)


@settings(max_examples=25)
@given(rows=supply_rows(), scope=SCOPES, random=st.randoms(use_true_random=False))
def test_nothing_changes_nothing_and_additions_never_lose(rows: Rows, scope: Scope, random: Random) -> None:
    """Removing nothing changes nothing; adding never loses; removing never wins, and more loses more."""
    graph = build_graph(rows)
    nothing = ask_what_if(graph, scope=scope)
    assert not (nothing.lost or nothing.won or nothing.saved or nothing.weakened or nothing.switches)
    question = _draw_question(rows, random)
    added = ask_what_if(graph, add=question.add, scope=scope)
    assert not (added.lost or added.saved or added.weakened)
    assert set(added.left) == {*nothing.left, *added.won}
    less = ask_what_if(graph, remove_vendors=question.vendors, scope=scope)
    more = ask_what_if(
        graph, remove_vendors=question.vendors, remove_components=question.components, scope=scope
    )
    assert not less.won and set(less.lost) <= set(more.lost)


@settings(max_examples=30)
@given(rows=supply_rows(), scope=SCOPES)
def test_one_unit_takes_along_what_gaps_say(rows: Rows, scope: Scope) -> None:
    """To remove one unit that can be lost loses what the cut sets of order 1 say."""
    graph = build_graph(rows)
    analysis = Analysis(graph, scope)
    market = analysis.market
    for unit in UNITS:
        codes, names = market.unit_codes(unit)
        argument = {"vendor": "remove_vendors", "group": "remove_groups", "country": "remove_countries"}[unit]
        for code in sorted(set(codes[market.at_home].tolist())):
            if not market.at_home[codes == code].all():
                continue  # a group across the border is lost only in part
            nodes = analysis.losses(unit).lost_by(code)
            lost = sorted(market.names[node] for node in nodes.tolist() if node < len(market.names))
            removed: dict[str, Any] = {argument: [names[code]]}
            found = ask_what_if(graph, analysis=analysis, **removed)
            assert sorted(_ids(found.lost)) == lost


# ----------------------------------------------------------- saved queries


def _check_rows(store: EmbeddedStore, name: str, found: WhatIf, scope: Scope, **parameters: Any) -> None:
    parameters = {"pair": list(scope.pair), "country_by": scope.country_by, **parameters}
    rows = run_saved(store, name, parameters).records()
    assert [(row["label"], row["id"], tuple(row["because"])) for row in rows] == [
        (*target, parts) for target, parts in found.because.items()
    ]


def _check_losses(store: EmbeddedStore, graph: SupplyGraph, scope: Scope, most: int) -> None:
    """Compare single losses, and one of two vendors at once, with the rows of the saved queries."""
    analysis = Analysis(graph, scope)
    market = analysis.market
    vendors = market.vendor_ids.tolist()  # those of third countries too: whoever is named is gone
    lists = [[vendor] for vendor in vendors[:: max(1, len(vendors) // most)]]
    for gone in [*lists, vendors[:2]]:
        found = ask_what_if(graph, remove_vendors=gone, scope=scope, analysis=analysis)
        _check_rows(store, "loss-of-vendors", found, scope, vendors=gone)
    for component in market.component_ids[:most]:
        found = ask_what_if(graph, remove_components=[component], scope=scope, analysis=analysis)
        _check_rows(store, "loss-of-component", found, scope, component=component)


@pytest.mark.parametrize("scope", SCOPES_OF_CYPHER, ids=str)
def test_losses_of_the_data_are_those_of_cypher(embedded: EmbeddedStore, scope: Scope) -> None:
    """The saved queries `loss-of-vendors` and `loss-of-component` give the same rows and reasons."""
    graph = load_seeds()
    embedded.load(graph)
    _check_losses(embedded, graph, scope, 5)


@pytest.mark.slow
@settings(
    max_examples=20,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=supply_rows(), scope=st.sampled_from(SCOPES_OF_CYPHER))
def test_losses_of_random_graphs_are_those_of_cypher(
    embedded: EmbeddedStore, rows: Rows, scope: Scope
) -> None:
    """With choices, virtual components, parts made in house, imports, statuses and groups."""
    graph = build_graph(rows)
    embedded.load(graph)
    _check_losses(embedded, graph, scope, 6)
