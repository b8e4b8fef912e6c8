"""The saved query ``what-if``: by hand on a small graph, and as Python answers on the data and on random graphs."""

from __future__ import annotations

import itertools
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kizuna.graph import SupplyGraph
from kizuna.graph.stores import EmbeddedStore, Store
from kizuna.loaders import load_seeds
from kizuna.queries import Scope, WhatIf, ask_what_if
from kizuna.queries.saved import run_saved
from tests.graphs import Rows, build_graph, make_graph, supply_rows

SCOPES = [Scope(), Scope(country_by="owner"), Scope(pair=("JP", "US"))]


def _ask(store: Store, **parameters: Any) -> list[tuple[Any, ...]]:
    rows = run_saved(store, "what-if", {"vendors": [], **parameters}).records()
    columns = ("change", "label", "id", "because", "group", "groups_before")
    return [tuple(row[column] for column in columns) for row in rows]


def _list(found: WhatIf) -> list[tuple[Any, ...]]:
    """Return an answer in Python as the rows of the saved query."""
    return [
        *(("lost", *target, list(parts), None, None) for target, parts in found.because.items()),
        *(("won", *target, [], None, None) for target in found.won),
        *(("saved", *target, [], None, None) for target in found.saved),
        *(("weakened", "Component", c, [], group, before) for c, group, before in found.weakened),
    ]


def _check(store: Store, graph: SupplyGraph, scope: Scope, **question: Any) -> None:
    found = ask_what_if(
        graph,
        **{f"remove_{what}": question[what] for what in ("vendors", "groups", "countries", "components")},
        add=question["additions"],
        scope=scope,
    )
    asked = {
        **question,
        "additions": [f"{vendor}={component}" for vendor, component in question["additions"]],
    }
    parameters = {"pair": list(scope.pair), "country_by": scope.country_by, **asked}
    assert _ask(store, **parameters) == _list(found)


def test_lost_won_saved_and_weakened(store: Store) -> None:
    """Without a the board goes to the other foundry, the phone is lost, and one maker of frames is left."""
    store.load(
        make_graph(
            vendors="a:TW b:JP c:JP u:US",
            offers="a:advanced b:mature b:board b:phone a:frame b:frame c:frame u:laser u:board",
            requires="board->[advanced|mature] phone->advanced s->board s->frame",
            components="robot",
            solutions="s",
            owns="b>c(share=0.6)",
        )
    )
    assert _ask(store, vendors=["a"]) == [
        ("lost", "Component", "advanced", [], None, None),
        ("lost", "Component", "phone", ["advanced"], None, None),
        ("saved", "Component", "board", [], None, None),
        ("saved", "Solution", "s", [], None, None),
        ("weakened", "Component", "frame", [], "b", 2),
    ]
    assert _ask(store, vendors=["a"], additions=["c=advanced", "u=board", "b=robot"]) == [
        ("won", "Component", "robot", [], None, None),
        ("weakened", "Component", "frame", [], "b", 2),
    ]
    assert _ask(store, groups=["c"]) == [
        ("lost", "Component", "board", ["mature"], None, None),
        ("lost", "Component", "mature", [], None, None),
        ("lost", "Component", "phone", [], None, None),
        ("lost", "Solution", "s", ["board"], None, None),
        ("weakened", "Component", "frame", [], "a", 2),
    ]
    assert _ask(store, countries=["US"]) == [("lost", "Component", "laser", [], None, None)]
    assert [row[2] for row in _ask(store, components=["frame"])] == ["frame", "s"]
    assert _ask(store) == []


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_changes_of_the_data_are_those_of_python(embedded: EmbeddedStore, scope: Scope) -> None:
    """A large country, a group of several vendors, components, and vendors who step in."""
    graph = load_seeds()
    embedded.load(graph)
    nothing: dict[str, Any] = {
        "vendors": [],
        "groups": [],
        "countries": [],
        "components": [],
        "additions": [],
    }
    vendors = graph.table("vendors")["id"].tolist()
    components = graph.table("components")["id"].tolist()
    owned = graph.current("owns")["to_vendor"].tolist()
    for country in scope.pair:
        _check(embedded, graph, scope, **{**nothing, "countries": [country]})
    random = Random(7)  # noqa: S311  no secret
    for _ in range(2):
        question = {
            "vendors": random.sample(vendors, 30),
            "groups": random.sample(owned, min(2, len(owned))),
            "countries": [],
            "components": random.sample(components, 2),
            "additions": [],
        }
        _check(embedded, graph, scope, **question)


def _draw_question(rows: Rows, random: Random) -> dict[str, Any]:
    def few(names: list[str], most: int) -> list[str]:
        return random.sample(names, random.randint(0, min(most, len(names))))

    vendors = [row["id"] for row in rows["vendors"]]
    named = [row["id"] for row in rows["vendors"] if row["placeholder"] != "yes"]
    real = [row["id"] for row in rows["components"] if row["virtual"] != "yes"]
    return {
        "vendors": few(vendors, 2),
        "groups": few(vendors, 1),
        "countries": few(sorted({row["country"] for row in rows["vendors"]}), 1)
        if random.random() < 0.3
        else [],
        "components": few([row["id"] for row in rows["components"]], 1),
        "additions": [pair for pair in itertools.product(named, real) if random.random() < 0.1],
    }


@pytest.mark.slow
@settings(
    max_examples=20,
    # Each example is a database of its own: to shrink one would take minutes.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=supply_rows(), scope=st.sampled_from(SCOPES), random=st.randoms(use_true_random=False))
def test_changes_of_random_graphs_are_those_of_python(
    embedded: EmbeddedStore, rows: Rows, scope: Scope, random: Random
) -> None:
    """With choices, virtual components, parts made in house, imports, groups, and several questions at once."""
    graph = build_graph(rows)
    embedded.load(graph)
    for _ in range(3):
        _check(embedded, graph, scope, **_draw_question(rows, random))
