"""Which layers the loop of a solution covers, and where it is secured."""

from __future__ import annotations

from itertools import pairwise

import pytest

import kizuna
from kizuna import _errors
from kizuna.graph import SupplyGraph
from kizuna.loaders import load_seeds
from kizuna.queries.loop import Loop, trace_loop
from kizuna.queries.saved import run_saved
from tests.graphs import build_graph, make_rows

COMPONENTS = """eye(segment=seeing,stage=loop) hub(segment=seeing,stage=loop) glass(segment=seeing)
    store(segment=keeping,stage=loop) brain(segment=thinking,stage=loop) app(segment=serving,stage=loop)
    lock(segment=guard) alarm(segment=guard,stage=loop)"""
SEGMENTS = "seeing:terminal keeping:cloud thinking:ai serving:solution guard:(layer=)"
FLOW = ("terminal", "cloud", "ai", "solution", "terminal")


def _loop(requires: str, *, solutions: str = "s", secures: tuple[str, ...] = FLOW[:4]) -> Loop:
    graph = build_graph(
        {
            **make_rows(
                vendors="a:TW",
                components=COMPONENTS,
                segments=SEGMENTS,
                requires=requires,
                solutions=solutions,
            ),
            "segment_secures": [{"segment": "guard", "layer": layer} for layer in secures],
            "layer_feeds": [{"layer": a, "feeds": b} for a, b in pairwise(FLOW)],
        }
    )
    return trace_loop(graph, "s")


def test_a_loop_is_closed_where_every_layer_has_a_component() -> None:
    """Four components, one a layer, in the order of the flow, and the last layer feeds the first."""
    loop = _loop("s->eye s->store s->brain s->app")
    assert [(at.order, at.layer, at.feeds, at.components) for at in loop.layers] == [
        (1, "terminal", ("cloud",), ("eye",)),
        (2, "cloud", ("ai",), ("store",)),
        (3, "ai", ("solution",), ("brain",)),
        (4, "solution", ("terminal",), ("app",)),
    ]
    assert (loop.closed, loop.missing, loop.broken) == (True, (), ())


def test_a_missing_layer_breaks_the_steps_into_it_and_out_of_it() -> None:
    """Without a store nothing comes from the terminal, and nothing goes on to the AI."""
    loop = _loop("s->eye s->brain s->app")
    assert (loop.closed, loop.covered, loop.missing) == (False, ("terminal", "ai", "solution"), ("cloud",))
    assert loop.broken == (("terminal", "cloud"), ("cloud", "ai"))


def test_inputs_and_indirect_requirements_cover_nothing() -> None:
    """Glass is no part of the loop, and a store that the eye requires is none of the solution's own."""
    assert _loop("s->glass s->brain brain->store").covered == ("ai",)


def test_what_a_solution_builds_on_counts() -> None:
    """All the way down: the base of the base has the store."""
    loop = _loop("s->eye s->base base->deep deep->store other->app", solutions="s base deep other")
    assert loop.covered == ("terminal", "cloud")
    assert [at.certain for at in loop.layers] == [True, True, False, False]


@pytest.mark.parametrize(
    ("requires", "covered", "certain"),
    [
        ("s->[eye|hub]", ["terminal"], ["terminal"]),
        ("s->[eye|store]", ["terminal", "cloud"], []),
        ("s->[eye|glass]", ["terminal"], []),
        ("s->[eye|store] s->hub", ["terminal", "cloud"], ["terminal"]),
        ("s->[base|eye] base->store", ["terminal", "cloud"], []),
        ("s->[base|other] base->store other->store", ["cloud"], []),
    ],
)
def test_a_choice_covers_for_certain_only_within_a_layer(
    requires: str, covered: list[str], certain: list[str]
) -> None:
    """Where another alternative lies elsewhere the layer is covered, and may turn out not to be."""
    loop = _loop(requires, solutions="s base other")
    assert list(loop.covered) == covered
    assert [at.layer for at in loop.layers if at.certain] == certain


def test_security_is_required_in_the_layers_of_what_requires_it() -> None:
    """The eye needs a lock: the terminal is secured, and the cloud, whose store needs none, is not."""
    loop = _loop("s->eye s->store s->brain eye->lock brain->store glass->alarm")
    assert (loop.secured, loop.security) == (("terminal",), ())
    assert [at.security for at in loop.layers] == [("lock",), (), (), ()]
    assert _loop("s->eye eye->lock", secures=("cloud",)).secured == ()


def test_security_of_the_solution_itself_is_of_no_layer() -> None:
    """A lock that the solution requires is told beside the layers; it covers none, part of the loop or not."""
    loop = _loop("s->lock s->alarm s->eye")
    assert (loop.security, loop.secured, loop.covered) == (("alarm", "lock"), (), ("terminal",))


def test_an_unknown_solution_is_refused_by_name() -> None:
    """The message says which there are."""
    with pytest.raises(_errors.UnknownNameError, match="no solution 'x'; there are none"):
        trace_loop(SupplyGraph({}), "x")


def test_loops_of_the_data_are_those_of_the_saved_query() -> None:
    """For every solution, layer by layer."""
    graph = load_seeds()
    columns = ("place", "layer", "feeds", "covered", "components", "security")
    with kizuna.connect() as store:
        store.load(graph)
        for solution in graph.table("solutions")["id"]:
            rows = run_saved(store, "solution-loop", {"solution": solution}).records()
            found = [
                (at.order, at.layer, *at.feeds, at.covered, list(at.components), list(at.security))
                for at in trace_loop(graph, solution).layers
            ]
            assert found == [tuple(row[column] for column in columns) for row in rows]
        secured = run_saved(store, "security-by-layer").records()
    required = {(row["layer"], row["component"]): set(row["required_by"]) for row in secured}
    for solution in graph.table("solutions")["id"]:
        for at in trace_loop(graph, solution).layers:
            assert all(required[at.layer, guard] & set(at.components) for guard in at.security)
