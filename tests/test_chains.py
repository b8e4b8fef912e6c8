"""Complementary chains: on graphs that a reader can see, and against brute force over every choice."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kizuna._errors import InputError, UnknownNameError
from kizuna.graph import SupplyGraph
from kizuna.queries import Scope
from kizuna.queries.chain_places import PARTS
from kizuna.queries.chains import Chain, find_chains
from tests.graphs import DATE, Row, Rows, build_graph, make_rows
from tests.oracle import Oracle

LAYERS = ("terminal", "cloud", "ai", "solution")
SEGMENTS = "gear:terminal store:cloud brain:ai works:solution safe:"
LOOP = (
    "sensor(segment=gear,stage=loop) server(segment=store,stage=loop)"
    " model(segment=brain,stage=loop) robot(segment=works,stage=loop)"
)
PART_IDS = ("sensor", "server", "model", "robot")
NEEDS = "care->sensor care->server care->model care->robot"


def _graph(
    relations: Mapping[str, list[Row]] | None = None, /, *, date: str = DATE, **words: str
) -> SupplyGraph:
    """Return a graph with a component in each layer, all required by the solution "care"."""
    plain = {"solutions": "care", "segments": SEGMENTS, "components": LOOP, "requires": NEEDS}
    return build_graph({**make_rows(**{**plain, **words}), **(relations or {})}, date=date)


def _relation(source: str, target: str, component: str = "", as_of: str = "2025-06", **more: str) -> Row:
    return {"from_vendor": source, "to_vendor": target, "component": component, "as_of": as_of, **more}


def _say(chain: Chain) -> str:
    return " > ".join(chain.best.vendors)


# What a score is made of


TWO_AND_TWO = {
    "vendors": "acer:TW delta:TW fanuc:JP sony:JP",
    "offers": "sony:sensor acer:server delta:model fanuc:robot",
}


def test_a_chain_takes_one_loop_component_of_each_layer() -> None:
    """Four firms, one a layer: the only chain runs from the sensor to the robot."""
    (chain,) = find_chains(_graph(**TWO_AND_TWO), "care").chains
    assert chain.components == ("sensor", "server", "model", "robot")
    assert [place.layer for place in chain.best.places] == list(LAYERS)
    assert _say(chain) == "sony > acer > delta > fanuc"
    assert (chain.count, chain.variants) == (1, ())


def test_the_parts_of_a_score_are_shown() -> None:
    """Each country needs the other everywhere, nobody stands in, nothing ties them, all is proven."""
    (chain,) = find_chains(_graph(**TWO_AND_TWO), "care").chains
    assert chain.best.parts == {"need": 1, "backup": 0, "tie": 0, "evidence": 1, "balance": 1}
    assert chain.score == Fraction(3, 5)


def test_what_the_other_country_has_is_no_need_but_a_backup() -> None:
    """Japan has servers too: three places of four are needed, and one of four has a second group."""
    graph = _graph(
        vendors="acer:TW delta:TW fanuc:JP sony:JP nec:JP",
        offers="sony:sensor acer:server nec:server delta:model fanuc:robot",
    )
    (chain,) = find_chains(graph, "care").chains
    parts = {"need": Fraction(3, 4), "backup": Fraction(1, 8), "tie": 0, "evidence": 1}
    assert _say(chain) == "sony > acer > delta > fanuc"
    assert chain.best.parts == {**parts, "balance": 1}
    (variant,) = chain.variants
    assert variant.vendors == ("sony", "nec", "delta", "fanuc")
    assert variant.parts == {**parts, "balance": Fraction(1, 2)}
    assert chain.count == 2


def test_two_firms_of_one_group_are_one_backup() -> None:
    """Three firms offer servers, two of them of one group: half of that place is backed up, not two thirds."""
    graph = _graph(
        vendors="acer:TW delta:TW fanuc:JP sony:JP nec:JP wiwynn:TW",
        offers="sony:sensor acer:server nec:server wiwynn:server delta:model fanuc:robot",
        owns="acer>wiwynn(share=0.6)",
    )
    (chain,) = find_chains(graph, "care").chains
    assert [place.groups for place in chain.best.places] == [1, 2, 1, 1]
    assert chain.best.parts["backup"] == Fraction(1, 8)


@pytest.mark.parametrize(
    ("relation", "strength"),
    [
        pytest.param(_relation("sony", "acer", "server"), Fraction(1), id="on a component of the two"),
        pytest.param(_relation("acer", "sony", "sensor"), Fraction(1), id="the other way round"),
        pytest.param(_relation("sony", "acer"), Fraction(1, 2), id="on nothing in particular"),
        pytest.param(_relation("sony", "acer", "robot"), Fraction(0), id="on something else"),
        pytest.param(_relation("sony", "fanuc", "sensor"), Fraction(0), id="of firms that are no neighbours"),
        pytest.param(_relation("sony", "acer", "server", until="2024"), Fraction(0), id="ended"),
        pytest.param(_relation("sony", "acer", "server", as_of="2016-11-22"), Fraction(1), id="ten years"),
        pytest.param(_relation("sony", "acer", "server", as_of="2016-11-21"), Fraction(0), id="too old"),
        pytest.param(_relation("sony", "acer", "server", as_of=""), Fraction(0), id="never dated"),
    ],
)
def test_a_tie_is_a_recent_relation_of_neighbours(relation: Row, strength: Fraction) -> None:
    """One of three pairs of neighbours is tied: fully on one of its components, half if nobody says."""
    graph = _graph({"supplies": [relation]}, **TWO_AND_TWO)
    (chain,) = find_chains(graph, "care").chains
    assert chain.best.parts["tie"] == strength / 3
    assert chain.best.ties[0].strength == strength
    assert [tie.strength for tie in chain.best.ties[1:]] == [0, 0]


def test_a_tie_names_the_relations_that_make_it() -> None:
    """An alliance on the server counts and is named before the holding of which nobody says what for."""
    relations = {
        "invests_in": [_relation("acer", "sony")],
        "partners_with": [_relation("sony", "acer", "robot"), _relation("sony", "acer", "server")],
    }
    graph = _graph(relations, **TWO_AND_TWO)
    (chain,) = find_chains(graph, "care").chains
    tie = chain.best.ties[0]
    assert (tie.first, tie.second) == ("sony", "acer")
    assert tie.strength == 1
    assert [(r.type, r.component) for r in tie.relations] == [
        ("PARTNERS_WITH", "server"),
        ("INVESTS_IN", None),
    ]


@pytest.mark.parametrize(
    ("evidence", "grade"),
    [
        ("confidence=high", Fraction(1)),
        ("confidence=medium", Fraction(2, 3)),
        ("confidence=low", Fraction(1, 3)),
        ("confidence=", Fraction(1, 3)),
        ("source_kind=report", Fraction(1)),
        ("source_kind=uncited", Fraction(0)),
    ],
)
def test_evidence_is_that_of_the_weakest_place(evidence: str, grade: Fraction) -> None:
    """Three offers are cited with high confidence; the fourth decides."""
    offers = f"sony:sensor acer:server delta:model({evidence}) fanuc:robot"
    (chain,) = find_chains(_graph(**{**TWO_AND_TWO, "offers": offers}), "care").chains
    assert chain.best.parts["evidence"] == grade


def test_weights_are_the_callers() -> None:
    """Balance counts twice and need not at all: (0 + 0 + 1 + 2) / 5."""
    weights: dict[str, float] = {"need": 0, "balance": 2}
    (chain,) = find_chains(_graph(**TWO_AND_TWO), "care", weights=weights).chains
    assert chain.score == Fraction(3, 5)
    weights = {"need": 0, "balance": 2, "evidence": 0.1}
    (chain,) = find_chains(_graph(**TWO_AND_TWO), "care", weights=weights).chains
    assert chain.score == Fraction(21, 41)


# Who may stand in a chain


def test_a_chain_needs_both_countries() -> None:
    """With Taiwanese firms only there is no chain, and Japan is what is lacking."""
    found = find_chains(
        _graph(vendors="acer:TW", offers="acer:sensor acer:server acer:model acer:robot"), "care"
    )
    assert (found.chains, found.lacking, found.empty_layers) == ((), ("JP",), ())


def test_a_chain_needs_two_groups() -> None:
    """A Taiwanese firm and its Japanese subsidiary are one group; a second group makes the chain."""
    offers = "acer:sensor acer:server acer:model acer-japan:robot"
    vendors, owns = "acer:TW acer-japan:JP fanuc:JP", "acer>acer-japan(share=1)"
    assert find_chains(_graph(vendors=vendors, offers=offers, owns=owns), "care").chains == ()
    graph = _graph(vendors=vendors, offers=f"{offers} fanuc:robot", owns=owns)
    (chain,) = find_chains(graph, "care").chains
    assert (_say(chain), chain.count) == ("acer > acer > acer > fanuc", 1)


def test_a_layer_without_a_component_is_named() -> None:
    """Nothing of the cloud layer is required, and the model is only announced: no chain, two reasons."""
    graph = _graph(
        vendors="acer:TW sony:JP",
        offers="sony:sensor acer:server acer:model(status=announced) sony:robot",
        requires="care->sensor care->model care->robot",
    )
    found = find_chains(graph, "care")
    assert (found.chains, found.empty_layers) == ((), ("cloud", "ai"))
    assert found.candidates == {"terminal": ("sensor",), "cloud": (), "ai": (), "solution": ("robot",)}
    assert found.undelivered == {"terminal": (), "cloud": (), "ai": ("model",), "solution": ()}


def test_only_what_is_required_itself_and_takes_part_in_the_loop_counts() -> None:
    """A lens that the sensor needs is no loop component; a camera that only the sensor needs is not direct."""
    graph = _graph(
        **TWO_AND_TWO | {"offers": f"{TWO_AND_TWO['offers']} sony:lens sony:camera sony:guard"},
        components=f"{LOOP} lens(segment=gear) camera(segment=gear,stage=loop) guard(segment=safe,stage=loop)",
        requires=f"{NEEDS} care->lens sensor->camera care->guard",
    )
    assert find_chains(graph, "care").candidates["terminal"] == ("sensor",)


def test_what_a_solution_builds_on_counts_too() -> None:
    """Care builds on remote control, that on a network of robots: their components are its own."""
    graph = _graph(
        **TWO_AND_TWO,
        solutions="care control robots",
        requires="care->sensor care->control control->server control->robots robots->model robots->robot",
    )
    assert [_say(chain) for chain in find_chains(graph, "care").chains] == ["sony > acer > delta > fanuc"]
    assert find_chains(graph, "control").empty_layers == ("terminal",)


def test_a_vendor_that_cannot_deliver_is_left_out() -> None:
    """Nobody offers the lens that a sensor needs; the firm that makes its own can still deliver."""
    vendors = "acer:TW delta:TW fanuc:JP sony:JP omron:JP"
    offers = "omron:sensor acer:server delta:model fanuc:robot"
    requires = f"{NEEDS} sensor->lens"
    graph = _graph(vendors=vendors, offers=offers, requires=requires)
    assert find_chains(graph, "care").undelivered["terminal"] == ("sensor",)
    graph = _graph(vendors=vendors, offers=f"{offers} sony:sensor(in_house=lens)", requires=requires)
    assert [_say(chain) for chain in find_chains(graph, "care").chains] == ["sony > acer > delta > fanuc"]


def test_third_countries_stand_in_only_when_asked() -> None:
    """Models are imported: there is a chain with them only if third countries are let in."""
    graph = _graph(
        vendors="acer:TW fanuc:JP sony:JP openai:US",
        offers="sony:sensor acer:server openai:model fanuc:robot",
    )
    assert find_chains(graph, "care").empty_layers == ("ai",)
    (chain,) = find_chains(graph, "care", third_countries=True).chains
    assert _say(chain) == "sony > acer > openai > fanuc"
    assert chain.best.parts == {
        "need": Fraction(3, 4),
        "backup": 0,
        "tie": 0,
        "evidence": 1,
        "balance": Fraction(1, 2),
    }


def test_choices_of_vendors_are_counted() -> None:
    """Three firms of three countries at four places: 81 choices, less those without Taiwan or Japan: 50."""
    offers = " ".join(f"{firm}:{part}" for firm in ("acer", "sony", "ibm") for part in PART_IDS)
    graph = _graph(vendors="acer:TW sony:JP ibm:US", offers=offers)
    (chain,) = find_chains(graph, "care", scope=Scope(within="world"), third_countries=True).chains
    assert chain.count == 3**4 - 2 * 2**4 + 1
    (chain,) = find_chains(graph, "care").chains
    assert chain.count == 2**4 - 2


# Order and ids


def test_of_equal_scores_the_smaller_ids_come_first() -> None:
    """Two sensors and two firms each, all alike: by the ids of the components, then of the vendors."""
    graph = _graph(
        vendors="acer:TW delta:TW fanuc:JP sony:JP omron:JP",
        offers="sony:sensor omron:sensor sony:camera omron:camera acer:server delta:model fanuc:robot",
        components=f"{LOOP} camera(segment=gear,stage=loop)",
        requires=f"{NEEDS} care->camera",
    )
    first, second = find_chains(graph, "care").chains
    assert (first.components[0], second.components[0]) == ("camera", "sensor")
    assert first.best.vendors[0] == second.best.vendors[0] == "omron"
    assert [variant.vendors[0] for variant in first.variants] == ["sony"]
    assert find_chains(graph, "care", k=1, variants=0).chains == (
        Chain(first.id, first.components, first.best, (), 2),
    )


def test_an_id_stays_when_data_and_date_change() -> None:
    """Another vendor, another day, other weights: the chain keeps its id; another scope is another chain."""
    (chain,) = find_chains(_graph(**TWO_AND_TWO), "care").chains
    offers = f"{TWO_AND_TWO['offers']} acer:model"
    later = _graph(**TWO_AND_TWO | {"offers": offers}, date="2027-01-01")
    assert find_chains(later, "care", weights={"tie": 3}).chains[0].id == chain.id
    owner = find_chains(later, "care", scope=Scope(country_by="owner")).chains[0]
    third = find_chains(later, "care", third_countries=True).chains[0]
    assert chain.id.startswith("CHAIN-")
    assert len({chain.id, owner.id, third.id}) == 3
    assert find_chains(later, "care").find(chain.id).components == chain.components


# What cannot be asked


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"weights": {"price": 1}},
            "`weights`: no part 'price'; there are need, backup, tie, evidence, balance",
        ),
        ({"weights": {"tie": -1}}, "`weights`: 'tie' has -1; a weight is a number from 0 up"),
        ({"weights": {"tie": float("nan")}}, "'tie' has nan"),
        ({"weights": {"tie": float("inf")}}, "'tie' has inf"),
        ({"weights": {"tie": "1"}}, "'tie' has '1'"),
        ({"weights": dict.fromkeys(PARTS, 0)}, "`weights`: all are 0"),
        ({"k": 0}, "`k` must be a whole number from 1 up; found 0"),
        ({"variants": -1}, "`variants` must be a whole number from 0 up; found -1"),
    ],
)
def test_wrong_options_are_refused(options: dict[str, Any], message: str) -> None:
    """A weight that is no number, no part or all nothing, and a count below one, are named."""
    with pytest.raises(InputError, match=re.escape(message)):
        find_chains(_graph(**TWO_AND_TWO), "care", **options)


def test_names_that_are_not_there_are_refused() -> None:
    """A solution or a chain that does not exist is named, with what there is."""
    with pytest.raises(UnknownNameError, match="no solution 'x' in this data set; there are care"):
        find_chains(_graph(**TWO_AND_TWO), "x")
    with pytest.raises(UnknownNameError, match="no solution 'cure' in this data set; did you mean care"):
        find_chains(_graph(**TWO_AND_TWO), "cure")
    with pytest.raises(UnknownNameError, match="no chain 'CHAIN-0' among the 1 best of care"):
        find_chains(_graph(**TWO_AND_TWO), "care").find("CHAIN-0")


def test_a_data_set_without_requirements_says_so() -> None:
    """Where nothing is said of what is required, the answer is that the data set has none."""
    found = find_chains(_graph(**TWO_AND_TWO | {"requires": ""}), "care")
    assert (found.missing, found.chains) == (("REQUIRES",), ())


# Against brute force


class _Spot(NamedTuple):
    component: str
    vendor: str
    evidence: Fraction


class _Found(NamedTuple):
    score: Fraction
    components: tuple[str, ...]
    vendors: tuple[str, ...]
    parts: dict[str, Fraction]


def _random_rows(random: Random) -> Rows:
    """Rows of a graph with up to two loop components a layer, inputs, groups, relations and evidence."""

    def few(names: list[str], least: int, most: int) -> list[str]:
        return random.sample(names, random.randint(least, min(most, len(names))))

    vendors = random.sample("uvwxyz", random.randint(4, 6))
    layered = {layer: few([f"{layer}-a", f"{layer}-b", f"{layer}-c"], 1, 2) for layer in LAYERS}
    loop = [component for components in layered.values() for component in components]
    parts = few(["part-a", "part-b"], 0, 2)
    countries = {vendor: random.choice(("TW", "TW", "TW", "JP", "JP", "JP", "US")) for vendor in vendors}
    evidence = (
        "cited,high",
        "cited,high",
        "cited,medium",
        "cited,low",
        "cited,",
        "report,medium",
        "uncited,high",
    )
    offers = []
    for component in [*loop, *parts]:
        for vendor in few(vendors, 0 if random.random() < 0.05 else 2, 4):
            kind, confidence = random.choice(evidence).split(",")
            status = random.choice(("volume", "volume", "volume", "", "limited", "pilot"))
            own = ";".join(few(parts, 0, 1)) if component in loop else ""
            offers.append(
                {"vendor": vendor, "component": component, "status": status, "in_house": own}
                | {"source_kind": kind, "confidence": confidence}
            )
    relations: dict[str, list[Row]] = {"supplies": [], "partners_with": []}
    for table, added in relations.items():
        for _ in range(random.randint(0, 4)):
            source, target = random.sample(vendors, 2)
            about = random.choice(["", *loop]) if random.random() < 0.7 else ""
            as_of = random.choice(("2025", "2020-05", "2014", ""))
            added.append(_relation(source, target, about, as_of, note=table))
    owns = [f"{vendors[0]}>{owned}(share=0.7)" for owned in few(vendors[1:], 0, 2)]
    needs = [f"{random.choice(('p', 'q'))}->{component}" for component in loop if random.random() < 0.95]
    needs += [f"{component}->{part}" for component in loop for part in parts if random.random() < 0.15]
    rows = make_rows(
        vendors=" ".join(f"{vendor}:{country}" for vendor, country in countries.items()),
        components=" ".join(
            f"{component}(segment={layer},stage=loop)"
            for layer, components in layered.items()
            for component in components
        ),
        segments=" ".join(f"{layer}:{layer}" for layer in LAYERS),
        requires=" ".join(["p->q", *needs]),
        solutions="p q",
        owns=" ".join(owns),
    )
    known = {row["id"] for row in rows["components"]}
    rows["components"] += [
        {"id": part, "segment": "ai", "stage": "input"} for part in parts if part not in known
    ]
    return {**rows, "offers": offers, **relations}


def _spots(rows: Rows, oracle: Oracle, *, third: bool) -> Iterator[list[_Spot]]:
    """Yield who can stand in each layer of a chain of p."""
    layer_of = {row["id"]: row["segment"] for row in rows["components"] if row["stage"] == "loop"}
    direct = {row["requires"] for row in rows["solution_requires"]}  # of p, and of q that p builds on
    grades = {"high": Fraction(1), "medium": Fraction(2, 3)}
    for layer in LAYERS:
        found = []
        for row in oracle.usable:
            component, own = row["component"], row["in_house"].split(";")
            able = layer_of.get(component) == layer and oracle.everyone.holds(component, own)
            home = third or oracle.country(row["vendor"]) in oracle.pair
            if component in direct and able and home:
                grade = grades.get(row["confidence"], Fraction(1, 3))
                found.append(
                    _Spot(component, row["vendor"], grade if row["source_kind"] != "uncited" else Fraction(0))
                )
        yield found


def _tie(rows: Rows, first: _Spot, second: _Spot) -> Fraction:
    """Return how strongly two neighbours are tied."""
    best = Fraction(0)
    for row in [*rows["supplies"], *rows["partners_with"], *rows["owns"]]:
        recent = row.get("as_of", "") >= "2016-11-22"
        if {row["from_vendor"], row["to_vendor"]} == {first.vendor, second.vendor} and recent:
            about = row.get("component", "")
            best = max(
                best, Fraction(1) if about in (first.component, second.component) else Fraction(not about, 2)
            )
    return best


def _brute_force(rows: Rows, scope: Scope, weights: Mapping[str, Fraction], *, third: bool) -> list[_Found]:
    """Score every choice of components and vendors, best first."""
    oracle = Oracle(rows, pair=scope.pair, within=scope.within, country_by=scope.country_by)
    groups: dict[str, dict[str, set[str]]] = {}  # component -> country -> groups
    for row in oracle.counted:
        country = oracle.country(row["vendor"])
        if country in scope.pair:
            groups.setdefault(row["component"], {}).setdefault(country, set()).add(oracle.head(row["vendor"]))
    found = []
    for spots in itertools.product(*_spots(rows, oracle, third=third)):
        countries = [oracle.country(spot.vendor) for spot in spots]
        least = min(countries.count(country) for country in scope.pair)
        if not least or len({oracle.head(spot.vendor) for spot in spots}) < 2:
            continue
        offering = [groups.get(spot.component, {}) for spot in spots]
        need = sum(set(by) == {country} for by, country in zip(offering, countries, strict=True))
        sizes = [len(set[str]().union(*by.values())) for by in offering]
        parts = {
            "need": Fraction(need, 4),
            "backup": sum((1 - Fraction(1, n) for n in sizes if n), Fraction(0)) / 4,
            "tie": sum((_tie(rows, *pair) for pair in itertools.pairwise(spots)), Fraction(0)) / 3,
            "evidence": min(spot.evidence for spot in spots),
            "balance": Fraction(least, 2),
        }
        score = sum((weights[part] * parts[part] for part in PARTS), Fraction(0)) / sum(weights.values())
        components, vendors = (tuple(spot[n] for spot in spots) for n in (0, 1))
        found.append(_Found(score, tuple(map(str, components)), tuple(map(str, vendors)), parts))
    return sorted(found, key=lambda one: (-one.score, one.components, one.vendors))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    random=st.randoms(use_true_random=False),
    scope=st.sampled_from(
        [Scope(), Scope(country_by="owner"), Scope(within="world"), Scope(pair=("JP", "US"))]
    ),
    third=st.booleans(),
    k=st.integers(1, 20),
)
def test_chains_are_those_of_brute_force(random: Random, scope: Scope, third: bool, k: int) -> None:
    """The k best sequences with their best vendors, next best vendors and counts are those of all choices."""
    rows = _random_rows(random)
    weights = {part: Fraction(random.randint(0, 3), random.randint(1, 3)) for part in PARTS}
    weights["tie"] += Fraction(1, 7)
    expected: dict[tuple[str, ...], list[_Found]] = {}
    for one in _brute_force(rows, scope, weights, third=third):
        expected.setdefault(one.components, []).append(one)
    found = find_chains(build_graph(rows), "p", k=k, weights=weights, scope=scope, third_countries=third)
    assert [chain.components for chain in found.chains] == list(expected)[:k]
    for chain in found.chains:
        best = expected[chain.components]
        shown = [(v.score, chain.components, v.vendors, v.parts) for v in (chain.best, *chain.variants)]
        assert shown == best[:4]
        assert chain.count == len(best)
