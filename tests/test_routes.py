"""Routes: on graphs that a reader can see, and against every simple path of small random ones."""

from __future__ import annotations

import re
from random import Random
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kizuna._errors import InputError, UnknownNameError
from kizuna.graph import COMPANY_RELATIONS, SupplyGraph
from kizuna.queries import Scope
from kizuna.queries.route_network import ROUTE_EDGES, Route, RouteNetwork, build_route_network
from kizuna.queries.routes import Routes, find_routes
from tests.graphs import Row, Rows, build_graph, make_rows, supply_rows

# A robot of Fanuc's needs a reducer, which Hiwin and Nabtesco offer; TSMC makes the chip in it.
WORDS = {
    "vendors": "fanuc:JP hiwin:TW nabtesco:JP tsmc:TW",
    "offers": "fanuc:robot hiwin:reducer nabtesco:reducer tsmc:chip",
    "requires": "robot->reducer robot->chip",
}


def _graph(relations: dict[str, list[Row]] | None = None, /, **words: str) -> SupplyGraph:
    return build_graph({**make_rows(**{**WORDS, **words}), **(relations or {})})


def _relation(source: str, target: str, **more: str) -> Row:
    return {"from_vendor": source, "to_vendor": target, "component": "", "as_of": "2025", **more}


def _say(routes: Routes) -> list[str]:
    return [" ".join(node.id for node in route.nodes) for route in routes.routes]


def _edges(route: Route) -> str:
    """Return the edges of a route as a reader would draw them."""
    steps = []
    for step in route.steps:
        for link in step.links:
            steps.append(f"-{link.type}>" if link.forward else f"<{link.type}-")
    return " ".join(steps)


def test_a_route_runs_over_offers_and_requirements() -> None:
    """TSMC reaches Hiwin by the robot that its chip and Hiwin's reducer go into."""
    routes = find_routes(_graph(), "tsmc", "hiwin")
    assert _say(routes) == ["tsmc chip robot reducer hiwin"]
    assert _edges(routes.routes[0]) == "-OFFERS> <REQUIRES- -REQUIRES> <OFFERS-"
    assert [node.label for node in routes.routes[0].nodes] == ["Vendor", *["Component"] * 3, "Vendor"]
    assert routes.routes[0].length == 4


def test_the_shortest_route_comes_first() -> None:
    """Fanuc buys of Nabtesco: one step; by the reducer that its robot needs it is three."""
    graph = _graph({"supplies": [_relation("nabtesco", "fanuc")]})
    routes = find_routes(graph, "fanuc", "nabtesco")
    assert _say(routes) == ["fanuc nabtesco", "fanuc robot reducer nabtesco"]
    assert _edges(routes.routes[0]) == "<SUPPLIES-"


def test_of_equal_routes_the_smaller_ids_come_first() -> None:
    """From the robot to d: by b and by c it is two steps each, by a and e three."""
    graph = _graph(
        vendors="a:TW b:TW c:TW d:JP e:JP",
        offers="a:robot b:robot c:robot",
        requires="",
        owns="c>d b>d a>e e>d",
    )
    assert _say(find_routes(graph, "robot", "d")) == ["robot b d", "robot c d", "robot a e d"]
    assert _say(find_routes(graph, "robot", "d", k=2)) == ["robot b d", "robot c d"]
    assert _say(find_routes(graph, "d", "robot")) == ["d b robot", "d c robot", "d e a robot"]


def test_a_route_passes_nothing_twice() -> None:
    """A dead end lies nearer to the target than the way round: it is left out, the way round is found."""
    relations = {
        "partners_with": [
            _relation(*pair.split("-")) for pair in ("s-a", "a-b", "b-t", "a-c", "c-d", "d-e", "e-t", "c-x")
        ]
    }
    graph = _graph(relations, vendors=" ".join(f"{name}:TW" for name in "stabcdex"), offers="", requires="")
    assert _say(find_routes(graph, "s", "t")) == ["s a b t", "s a c d e t"]
    assert _say(find_routes(graph, "x", "b")) == ["x c a b", "x c d e t b"]


def test_all_edges_of_a_step_are_told() -> None:
    """Two firms that own, supply and supply again: one step, its edges by type."""
    graph = _graph(
        {"supplies": [_relation("fanuc", "tsmc", component="robot"), _relation("fanuc", "tsmc")]},
        owns="tsmc>fanuc(share=0.1)",
    )
    route = find_routes(graph, "tsmc", "fanuc", k=1).routes[0]
    assert _edges(route) == "-OWNS> <SUPPLIES- <SUPPLIES-"
    assert [(link.table, link.row) for link in route.steps[0].links] == [
        ("owns", 0),
        ("supplies", 0),
        ("supplies", 1),
    ]


def test_only_edges_asked_for_are_followed() -> None:
    """Without requirements TSMC reaches nobody; the supplies asked for besides, this data set has none of."""
    routes = find_routes(_graph(), "tsmc", "hiwin", by=("OFFERS", "SUPPLIES"))
    assert (_say(routes), routes.missing) == ([], ("SUPPLIES",))


def test_what_hangs_together_with_nothing_has_no_route() -> None:
    """Acer and Sony have no edge at all, Hiwin some: whichever end stands alone, there is no route."""
    graph = _graph(vendors=f"{WORDS['vendors']} acer:TW sony:JP")
    for source, target in (("acer", "sony"), ("acer", "hiwin"), ("hiwin", "sony")):
        assert find_routes(graph, source, target).routes == ()


def test_what_is_no_longer_so_is_no_way() -> None:
    """An offer that is only announced, a relation that has ended and a placeholder join nothing."""
    graph = _graph(
        {"supplies": [_relation("tsmc", "hiwin", until="2025")]},
        vendors="hiwin:TW tsmc:TW various:TW(placeholder=yes)",
        offers="hiwin:reducer tsmc:reducer(status=announced) various:reducer various:chip tsmc:chip",
        requires="",
    )
    assert _say(find_routes(graph, "tsmc", "hiwin")) == []
    announced = Scope(statuses=("volume", "announced"))
    assert _say(find_routes(graph, "tsmc", "hiwin", scope=announced)) == ["tsmc reducer hiwin"]


def test_an_id_of_two_labels_needs_its_label() -> None:
    """A vendor and a component are both called "robot": the label tells them apart."""
    graph = _graph(vendors="robot:TW fanuc:JP", offers="fanuc:robot robot:chip fanuc:chip", requires="")
    message = "`source`: 'robot' is the id of a Component and Vendor; say which, like ('Component', 'robot')"
    with pytest.raises(InputError, match=re.escape(message)):
        find_routes(graph, "robot", "fanuc")
    assert _say(find_routes(graph, ("Component", "robot"), "fanuc")) == ["robot fanuc"]
    assert _say(find_routes(graph, ("Vendor", "robot"), "fanuc")) == ["robot chip fanuc"]
    assert _say(find_routes(graph, ("Vendor", "robot"), ("Component", "robot"))) == ["robot chip fanuc robot"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"k": 0}, "`k` must be a whole number from 1 up; found 0"),
        ({"by": ("OFFERS", "BASED_IN")}, f"`by`: 'BASED_IN' is none of {', '.join(ROUTE_EDGES)}"),
        ({"by": ()}, "`by` must name one of"),
        ({"target": "tsmc"}, "`source` and `target` are both 'tsmc'"),
    ],
)
def test_wrong_options_are_refused(options: dict[str, Any], message: str) -> None:
    """A number, an edge type or a pair of ends that makes no sense is named."""
    with pytest.raises(InputError, match=re.escape(message)):
        find_routes(_graph(), **{"source": "tsmc", "target": "hiwin", **options})


def test_a_name_that_is_not_there_is_refused() -> None:
    """The argument is named, and what it could have been."""
    with pytest.raises(UnknownNameError, match="`target`: no vendor, component or solution 'acme'"):
        find_routes(_graph(), "tsmc", "acme")
    with pytest.raises(UnknownNameError, match="`source`: no Solution 'tsmc'"):
        find_routes(_graph(), ("Solution", "tsmc"), "hiwin")


# Against brute force


def _network(rows: Rows) -> nx.Graph:
    """Return what routes may follow, read from the rows alone."""
    counted = [row for row in rows["offers"] if row["status"] in ("volume", "limited", "")]
    unnamed = {("Vendor", row["id"]) for row in rows["vendors"] if row.get("placeholder") == "yes"}
    graph: nx.Graph = nx.Graph()
    for label, table in (("Vendor", "vendors"), ("Component", "components"), ("Solution", "solutions")):
        graph.add_nodes_from((row["id"], label) for row in rows[table])
    graph.add_edges_from(((row["vendor"], "Vendor"), (row["component"], "Component")) for row in counted)
    for table in map(str.lower, COMPANY_RELATIONS):
        for row in rows.get(table, []):
            graph.add_edge((row["from_vendor"], "Vendor"), (row["to_vendor"], "Vendor"))
    for row in rows["component_requires"]:
        graph.add_edge((row["component"], "Component"), (row["requires"], "Component"))
    for row in rows["solution_requires"]:
        graph.add_edge((row["solution"], "Solution"), (row["requires"], "Component"))
    for row in rows["solution_builds_on"]:
        graph.add_edge((row["solution"], "Solution"), (row["requires"], "Solution"))
    return nx.subgraph_view(graph, filter_node=lambda node: node[::-1] not in unnamed)


@settings(max_examples=40, deadline=None)
@given(rows=supply_rows(), random=st.randoms(use_true_random=False), k=st.integers(1, 60))
def test_routes_are_the_first_of_all_simple_paths(rows: Rows, random: Random, k: int) -> None:
    """Of all simple paths, sorted by length, then by the ids on the way, the first k are the answer."""
    network = _network(rows)
    source, target = random.sample(sorted(network), 2)
    paths = list(nx.all_simple_paths(network, source, target))
    routes = find_routes(build_graph(rows), source[::-1], target[::-1], k=k)
    found = [[(node.id, node.label) for node in route.nodes] for route in routes.routes]
    assert found == sorted(paths, key=lambda path: (len(path), path))[:k]


@settings(max_examples=60, deadline=None)
@given(random=st.randoms(use_true_random=False), k=st.integers(1, 200))
def test_routes_around_dead_ends_are_found_too(random: Random, k: int) -> None:
    """In sparse networks of firms, where most ways lead back or nowhere, none is missed either."""
    firms = [f"v{n:02}" for n in random.sample(range(14), 14)]
    relations = [_relation(*random.sample(firms, 2)) for _ in range(random.randint(13, 22))]
    rows = make_rows(vendors=" ".join(f"{firm}:TW" for firm in firms))
    rows = {**rows, "supplies": relations}
    network = _network(rows)
    paths = list(nx.all_simple_paths(network, (firms[0], "Vendor"), (firms[1], "Vendor")))
    built = build_route_network(build_graph(rows), by=("SUPPLIES",))
    routes = find_routes(built, firms[0], firms[1], k=k)
    found = [[(node.id, node.label) for node in route.nodes] for route in routes.routes]
    assert found == sorted(paths, key=lambda path: (len(path), path))[:k]


def _number(network: nx.Graph) -> RouteNetwork:
    """Return a network of nodes 0 to n - 1 as routes run on it."""
    lists = [sorted(network[node]) for node in range(len(network))]
    return RouteNetwork(
        pd.DataFrame({"id": [f"v{node:02}" for node in range(len(network))], "label": "Vendor"}),
        np.cumsum([0, *map(len, lists)]),
        np.array([node for neighbours in lists for node in neighbours], dtype=np.int64),
        pd.DataFrame(),
        (),
        (),
    )


@settings(max_examples=400, deadline=None)
@given(random=st.randoms(use_true_random=False), k=st.sampled_from([1, 3, 10, 1000]))
def test_routes_are_found_however_long_they_are(random: Random, k: int) -> None:
    """In networks of any density, from a shortest route to the last that there is, in order."""
    size = random.randint(2, 11)
    network: nx.Graph = nx.Graph()
    network.add_nodes_from(range(size))
    network.add_edges_from(random.sample(range(size), 2) for _ in range(random.randint(0, 2 * size)))
    source, target = random.sample(range(size), 2)
    paths = sorted(nx.all_simple_paths(network, source, target), key=lambda path: (len(path), path))
    routes = find_routes(_number(network), f"v{source:02}", f"v{target:02}", k=k)
    assert [list(route.path) for route in routes.routes] == paths[:k]
