"""Push to a Neo4j server and pull from it: only differences, whole or recognisably not, nothing of others."""

from __future__ import annotations

import pandas as pd
import pytest

from kizuna._errors import InputError, UnavailableError, UnknownNameError
from kizuna.graph import SupplyGraph
from kizuna.graph.stores.bolt import Neo4jStore
from kizuna.graph.stores.difference import compare_rows, gather_rows
from kizuna.graph.stores.pull import list_graphs, pull_graph
from kizuna.graph.stores.push import Changes, PushReport, push_graph
from kizuna.loaders import load_seeds
from tests.neo4j_server import OwnServer
from tests.test_bolt import open_store, store

__all__ = ["store"]  # the fixture

_SAID = {"dataset": "toy", "source_kind": "cited"}
ROWS: dict[str, list[dict[str, object]]] = {
    "layers": [{"id": "terminal", "order": 1, "name_en": "Terminal"}],
    "segments": [{"id": "sensing", "layer": "terminal", "nature": "hardware"}],
    "components": [
        {
            "id": "camera",
            "segment": "sensing",
            "nature": "hardware",
            "stage": "loop",
            "aliases": "cam;カメラ",
        },
        {"id": "lens", "segment": "sensing", "nature": "hardware", "stage": "input", "virtual": "no"},
    ],
    "countries": [{"id": "TW", "name_zh": "臺灣"}, {"id": "JP"}],
    "vendors": [
        {"id": "dayi", "country": "TW", "name_zh": '大一「光學」, "股份"', **_SAID},
        {"id": "hoshi", "country": "JP", "name_ja": "星\nレンズ", "note": "a\\b", **_SAID},
        {"id": "gone", "country": "KR", "until": "2020", **_SAID},
    ],
    "claims": [{"id": "half", "figure": 0.1, "year": 2017, **_SAID}],
    "offers": [
        {
            "vendor": "dayi",
            "component": "lens",
            "share": 0.3,
            "share_year": 2024,
            "made_in": "TW;JP",
            **_SAID,
        },
        {"vendor": "hoshi", "component": "lens", "status": "volume", **_SAID},
        {"vendor": "hoshi", "component": "camera", "until": "2021-05", **_SAID},
    ],
    "component_requires": [{"component": "camera", "requires": "lens", "kind": "input", **_SAID}],
    "supplies": [
        {"from_vendor": "dayi", "to_vendor": "hoshi", "component": "lens", **_SAID},
        {"from_vendor": "dayi", "to_vendor": "hoshi", "component": "camera", **_SAID},
    ],
    "about": [
        {"claim": "half", "about_label": "Component", "about": "lens"},
        {"claim": "half", "about_label": "Country", "about": "TW"},
    ],
    "completeness": [
        {"component": "lens", "country": "TW", "level": "partial", **_SAID, "as_of": "2025"},
        {"component": "lens", "country": "TW", "level": "complete", **_SAID, "as_of": "2026-01"},
    ],
}
# The graph itself, 10 rows of nodes and 2 records; 8 rows of edges, and of columns 1 layer, 2 segments, 2 seats
# (Korea is no row).
NODES, EDGES, COLUMN_EDGES = 13, 13, 5


def make_toy(*, name: str = "toy", rows: dict[str, list[dict[str, object]]] = ROWS) -> SupplyGraph:
    """Make a graph with every kind of cell, whose rows stand in their files from line 2 on."""
    tables = {}
    for table, found in rows.items():
        tables[table] = pd.DataFrame(found, dtype=object).fillna("").astype(str)
        tables[table].index = pd.Index(range(2, len(found) + 2))
    return SupplyGraph(tables, name=name, version="1.0", date="2026-11")


def change_toy(table: str, row: int, **cells: object) -> SupplyGraph:
    """Make the same graph with some cells changed."""
    rows = {name: [dict(found) for found in part] for name, part in ROWS.items()}
    rows[table][row].update(cells)
    return make_toy(rows=rows)


def drop_row(table: str, row: int) -> SupplyGraph:
    """Make the same graph without a row; the other rows keep their places."""
    graph = make_toy()
    tables = {name: graph.table(name) for name in ROWS}
    tables[table] = tables[table].drop(tables[table].index[row])
    return SupplyGraph(tables, name="toy", version="1.0", date="2026-11")


def assert_equal(found: SupplyGraph, graph: SupplyGraph) -> None:
    """Assert that two graphs are the same to the last cell, place in the file and word about themselves."""
    for name in graph:
        pd.testing.assert_frame_equal(found.table(name), graph.table(name), check_index_type="equiv")
    assert found.content_hash == graph.content_hash
    for attribute in ("name", "version", "date", "as_of"):
        assert getattr(found, attribute) == getattr(graph, attribute)


def _list_all(store: Neo4jStore) -> list[tuple[object, ...]]:
    """Return everything in the database, in an order that does not depend on it."""
    nodes = store.query("MATCH (n) RETURN labels(n), properties(n)").rows
    edges = store.query("MATCH (a)-[r]->(b) RETURN a.id, type(r), b.id, properties(r)").rows
    return sorted([*nodes, *edges], key=repr)


# Comparing, without a server


def test_a_value_of_another_type_is_a_difference() -> None:
    """1, 1.0 and true are equal to Python and not to a database."""
    stored = gather_rows([(n, str(n), {"x": value}) for n, value in enumerate([1, 1.0, True])])
    found = compare_rows([(n, None, {"x": 1}) for n in range(3)], stored)
    assert (found.unchanged, [element for element, _ in found.update]) == (1, ["1", "2"])


def test_a_property_more_or_less_is_a_difference() -> None:
    """So is a property that is there and should not be, or the other way round."""
    stored = gather_rows([("a", "1", {"x": 1, "y": 2}), ("b", "2", {})])
    found = compare_rows([("a", None, {"x": 1}), ("b", None, {"x": 1})], stored)
    assert found.update == [("1", {"x": 1}), ("2", {"x": 1})]


def test_of_several_with_one_key_one_is_kept() -> None:
    """What is there twice is deleted but once, even where what else remains is left alone."""
    stored = gather_rows([("a", "1", {}), ("a", "2", {}), ("b", "3", {})])
    found = compare_rows([("a", None, {})], stored, rest=False)
    assert (found.unchanged, found.delete, list(stored)) == (1, ["2"], ["b"])


# Pushing


@pytest.mark.neo4j
def test_what_was_pushed_is_pulled(store: Neo4jStore) -> None:
    """Tables come back equal to the last cell and place in the file."""
    graph = make_toy()
    report = push_graph(store, graph)
    assert report == PushReport("toy", Changes(created=NODES), Changes(created=EDGES))
    assert_equal(pull_graph(store), graph)
    assert_equal(pull_graph(store, "toy"), graph)


@pytest.mark.neo4j
@pytest.mark.slow
def test_the_seeds_come_back(store: Neo4jStore) -> None:
    """So does the real data set, and its second push changes nothing."""
    graph = load_seeds()
    first = push_graph(store, graph)
    second = push_graph(store, graph)
    assert first.created == second.unchanged > 1000
    assert (second.created, second.updated, second.deleted) == (0, 0, 0)
    assert_equal(pull_graph(store), graph)


@pytest.mark.neo4j
def test_a_graph_without_name_and_rows(store: Neo4jStore) -> None:
    """A graph of nothing has a node that says so, and comes back as nothing."""
    graph = SupplyGraph({})
    assert push_graph(store, graph).created == 1
    assert_equal(pull_graph(store), graph)
    assert list_graphs(store) == ["unnamed"]


@pytest.mark.neo4j
def test_elements_are_as_queries_want_them(store: Neo4jStore) -> None:
    """Facts have the type of the model, history one of its own, and lists, numbers and booleans their types."""
    push_graph(store, make_toy())
    offers = "MATCH (v)-[r]->(c:Component) WHERE type(r) STARTS WITH 'OFFERS' RETURN v.id, type(r), c.id, r.made_in"
    assert sorted(store.query(offers).rows) == [
        ("dayi", "OFFERS", "lens", ["TW", "JP"]),
        ("hoshi", "OFFERS", "lens", None),
        ("hoshi", "OFFERS_NOT_IN_FORCE", "camera", None),
    ]
    camera = store.query("MATCH (c:Component {id: 'camera'}) RETURN c").rows[0][0]
    assert camera.properties == {
        "id": "camera",
        "graph": "toy",
        "row": 2,
        "segment": "sensing",
        "nature": "hardware",
        "stage": "loop",
        "aliases": ["cam", "カメラ"],
    }
    assert store.query("MATCH (c:Component) RETURN c.virtual ORDER BY c.id").rows == [(None,), (False,)]
    assert store.query("MATCH (c:Claim) RETURN c.figure, c.year").rows == [(0.1, 2017)]
    seats = "MATCH (v:Vendor)-[:BASED_IN]->(c) RETURN v.id, c.id ORDER BY v.id"
    assert store.query(seats).rows == [("dayi", "TW"), ("hoshi", "JP")]
    assert store.query("MATCH (g:KizunaGraph) RETURN g.id, g.version, g.loading").rows == [
        ("toy", "1.0", None)
    ]


@pytest.mark.neo4j
def test_constraints_and_indexes_are_made(store: Neo4jStore) -> None:
    """The key of a node is graph and id; the id alone has an index, which queries use."""
    push_graph(store, make_toy())
    found = store.query(
        "SHOW INDEXES YIELD labelsOrTypes AS l, properties AS p, owningConstraint AS c, state "
        "WHERE l = ['Vendor'] RETURN p, c, state ORDER BY size(p)"
    ).rows
    assert found == [(["id"], None, "ONLINE"), (["graph", "id"], "kizuna_vendor_key", "ONLINE")]


@pytest.mark.neo4j
def test_a_second_push_changes_nothing(store: Neo4jStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """It finds all as it should be, and sends no statement that writes."""
    push_graph(store, make_toy())
    before = _list_all(store)

    def refuse(cypher: str, parameters: object = None) -> None:
        raise AssertionError(cypher)

    monkeypatch.setattr(store, "write", refuse)
    report = push_graph(store, make_toy())
    assert report == PushReport("toy", Changes(unchanged=NODES), Changes(unchanged=EDGES))
    assert _list_all(store) == before


@pytest.mark.slow
@pytest.mark.neo4j
@pytest.mark.parametrize(
    ("changed", "nodes", "edges"),
    [
        (change_toy("vendors", 0, name_en="Da Yi"), Changes(updated=2, unchanged=11), Changes(unchanged=13)),
        (
            change_toy("offers", 0, share=0.4),
            Changes(updated=1, unchanged=12),
            Changes(updated=1, unchanged=12),
        ),
        # A fact becomes history: another type, so another relationship.
        (
            change_toy("offers", 1, until="2022"),
            Changes(updated=1, unchanged=12),
            Changes(created=1, deleted=1, unchanged=12),
        ),
        # A seat is a property and a relationship.
        (
            change_toy("vendors", 1, country="TW"),
            Changes(updated=2, unchanged=11),
            Changes(created=1, deleted=1, unchanged=12),
        ),
        (drop_row("supplies", 0), Changes(updated=1, unchanged=12), Changes(deleted=1, unchanged=12)),
        (drop_row("vendors", 2), Changes(updated=1, deleted=1, unchanged=11), Changes(unchanged=13)),
        (drop_row("completeness", 0), Changes(updated=1, deleted=1, unchanged=11), Changes(unchanged=13)),
    ],
)
def test_only_what_differs_is_written(
    store: Neo4jStore, changed: SupplyGraph, nodes: Changes, edges: Changes
) -> None:
    """One changed cell changes one element, and the node that says which graph this is."""
    push_graph(store, make_toy())
    assert push_graph(store, changed) == PushReport("toy", nodes, edges)
    assert_equal(pull_graph(store), changed)


@pytest.mark.neo4j
def test_small_batches_make_the_same(store: Neo4jStore) -> None:
    """Whatever the size of a transaction, the outcome and the progress are the same."""
    told: list[tuple[int, int, str]] = []
    push_graph(store, make_toy(), batch_size=1, progress=lambda *step: told.append(step))
    assert_equal(pull_graph(store), make_toy())
    assert [done for done, _, _ in told] == list(range(1, NODES + EDGES + 1))
    assert {total for _, total, _ in told} == {NODES + EDGES}
    assert {"Vendor", "OFFERS", "OFFERS_NOT_IN_FORCE"} <= {what for _, _, what in told}
    with pytest.raises(InputError, match="`batch_size`"):
        push_graph(store, make_toy(), batch_size=0)


@pytest.mark.neo4j
def test_what_was_meddled_with_is_put_right(store: Neo4jStore) -> None:
    """Elements deleted, doubled or changed by hand are again as pushed."""
    push_graph(store, make_toy())
    for cypher in (
        "MATCH (:Vendor)-[r:SUPPLIES {row: 2}]->() DELETE r",
        "MATCH (a:Vendor)-[r:SUPPLIES {row: 3}]->(b) CREATE (a)-[s:SUPPLIES]->(b) SET s = properties(r)",
        "MATCH (v:Vendor {id: 'dayi'}) SET v.comment = 'by hand', v.row = 2.0",
        "CREATE (:Vendor {graph: 'toy', name_en: 'without an id'})",
    ):
        store.query(cypher, read_only=False)
    report = push_graph(store, make_toy())
    assert report.relationships == Changes(created=1, deleted=1, unchanged=12)
    # The vendor, and the node that says which graph this is: it said that the push was not finished.
    assert report.nodes == Changes(updated=2, deleted=1, unchanged=11)
    assert_equal(pull_graph(store), make_toy())
    assert store.query("MATCH (v:Vendor) WHERE v.comment IS NOT NULL RETURN v").rows == []


# What others have in the same database


@pytest.mark.neo4j
def test_a_database_with_other_content_is_refused(store: Neo4jStore) -> None:
    """Nodes that no push wrote are named, and nothing is changed."""
    store.query(
        "CREATE (:Person {name: 'a'})-[:KNOWS]->(:Person), (:Vendor {id: 'mine'}), ()", read_only=False
    )
    before = _list_all(store)
    with pytest.raises(InputError) as caught:
        push_graph(store, make_toy())
    assert "holds other content: 2 Person, 1 " in str(caught.value)
    assert "1 Vendor" in str(caught.value) and "1 (no label)" in str(caught.value)
    assert _list_all(store) == before
    assert store.query("SHOW CONSTRAINTS").rows == []


@pytest.mark.neo4j
def test_beside_others_leaves_them_alone(store: Neo4jStore) -> None:
    """Who says so pushes beside strangers and other graphs, and removes only what is its own."""
    store.query("CREATE (:Person {id: 'dayi'})-[:SUPPLIES]->(:Vendor {id: 'dayi'})", read_only=False)
    push_graph(store, make_toy(name="other"), beside_others=True)
    before = _list_all(store)
    with pytest.raises(InputError, match="13 nodes of the graph 'other'"):
        push_graph(store, make_toy())
    push_graph(store, make_toy(), beside_others=True)
    assert_equal(pull_graph(store, "toy"), make_toy())
    assert_equal(pull_graph(store, "other"), make_toy(name="other"))
    push_graph(store, SupplyGraph({}, name="toy"), beside_others=True)
    store.query("MATCH (g:KizunaGraph {id: 'toy'}) DELETE g", read_only=False)
    assert _list_all(store) == before


@pytest.mark.neo4j
def test_a_strangers_relationship_is_not_torn(store: Neo4jStore) -> None:
    """A node that is to go, and that others have tied something to, stays, and the message says why."""
    push_graph(store, make_toy())
    store.query("MATCH (v:Vendor {id: 'gone'}) CREATE (v)-[:REMEMBERED_BY]->(v)", read_only=False)
    with pytest.raises(InputError, match="relationships that Kizuna did not write"):
        push_graph(store, drop_row("vendors", 2))
    assert store.query("MATCH (:Vendor {id: 'gone'})-[r]->() RETURN type(r)").rows == [("REMEMBERED_BY",)]


@pytest.mark.neo4j
@pytest.mark.parametrize(
    ("graph", "says"),
    [
        (
            change_toy("offers", 1, vendor="nobody"),
            "table offers, row 3, column vendor: there is no Vendor 'nobody'",
        ),
        (change_toy("about", 1, about="XX"), "table about, row 3, column about: there is no Country 'XX'"),
        (change_toy("about", 0, about_label="Planet"), "there is no Planet 'lens'"),
        (change_toy("vendors", 1, id="dayi"), "table vendors, row 3: the id 'dayi' is there twice"),
        (change_toy("vendors", 0, id=""), "table vendors, row 2: the id is missing"),
    ],
)
def test_a_graph_that_no_store_can_hold_is_refused_first(
    store: Neo4jStore, graph: SupplyGraph, says: str
) -> None:
    """Table, row and column are named, and nothing is written."""
    with pytest.raises(InputError) as caught:
        push_graph(store, graph)
    assert says in str(caught.value)
    assert _list_all(store) == []


# Broken pushes


class _Cut(Exception):
    """Stands for a program that is ended."""


@pytest.mark.slow
@pytest.mark.neo4j
@pytest.mark.parametrize("after", range(0, 30, 5))
def test_a_broken_push_is_finished_by_the_next(
    store: Neo4jStore, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """Wherever it broke off: a pull says so, and pushing again makes it whole, with nothing there twice."""
    changed = change_toy("vendors", 1, country="TW")
    push_graph(store, changed)
    write, written = store.write, 0

    def write_some(cypher: str, parameters: object = None) -> object:
        nonlocal written
        written += 1
        if written > after + 1:
            raise _Cut
        return write(cypher, parameters)  # type: ignore[arg-type]

    different = make_toy(rows={**ROWS, "offers": ROWS["offers"][::-1], "supplies": [], "about": []})
    with monkeypatch.context() as patch:
        patch.setattr(store, "write", write_some)
        try:
            push_graph(store, different, batch_size=1)
        except _Cut:
            with pytest.raises(InputError, match="was broken off; push it again"):
                pull_graph(store)
    push_graph(store, different)
    assert_equal(pull_graph(store), different)
    assert push_graph(store, different).unchanged == len(_list_all(store))


@pytest.mark.slow
@pytest.mark.neo4j
def test_a_server_killed_in_the_middle(own_neo4j: OwnServer) -> None:
    """After kill -9, a restart and a second push the database holds the graph, whole."""
    graph = load_seeds()
    batches = 0

    def kill_late(done: int, total: int, what: str) -> None:
        nonlocal batches
        batches += 1
        if what == "OFFERS":
            own_neo4j.kill()

    with open_store(own_neo4j) as store:
        with pytest.raises(UnavailableError, match="cannot reach Neo4j at 127"):
            push_graph(store, graph, batch_size=100, progress=kill_late)
        own_neo4j.restart()
        with pytest.raises(InputError, match="broken off"):
            pull_graph(store)
        report = push_graph(store, graph)
        assert report.unchanged > 0 and report.created > 0
        assert_equal(pull_graph(store), graph)


# Pulling


@pytest.mark.neo4j
def test_a_graph_must_be_there_and_be_named(store: Neo4jStore) -> None:
    """No graph, an unknown name, and several graphs without a name are told apart."""
    with pytest.raises(UnknownNameError, match="holds no graph of Kizuna; push one first"):
        pull_graph(store)
    push_graph(store, make_toy(name="a"))
    with pytest.raises(UnknownNameError, match="no graph 'b'; there are a"):
        pull_graph(store, "b")
    push_graph(store, make_toy(name="b"), beside_others=True)
    with pytest.raises(UnknownNameError, match="several graphs: a, b; name one"):
        pull_graph(store)
    assert pull_graph(store, "b").name == "b"


@pytest.mark.slow
@pytest.mark.neo4j
@pytest.mark.parametrize(
    ("cypher", "says"),
    [
        ("MATCH (v:Vendor {id: 'dayi'}) REMOVE v.id", "a node Vendor (elementId "),
        ("MATCH (v:Vendor {id: 'dayi'}) SET v.name_zh = 7", "Vendor 'dayi': `name_zh` must be text; found 7"),
        ("MATCH (c:Claim) SET c.figure = '0.1'", "Claim 'half': `figure` must be a number; found '0.1'"),
        ("MATCH (c:Claim) SET c.year = 2017.0", "Claim 'half': `year` must be an integer; found 2017.0"),
        (
            "MATCH (c:Component {id: 'lens'}) SET c.virtual = 'no'",
            "`virtual` must be true or false; found 'no'",
        ),
        (
            "MATCH (c:Component {id: 'lens'}) SET c.aliases = [1]",
            "`aliases` must be a list of texts; found [1]",
        ),
        (
            "MATCH (c:Component {id: 'lens'}) REMOVE c.row",
            "Component 'lens': `row` must be an integer; found None",
        ),
        ("MATCH (c:Component {id: 'lens'}) SET c.row = 2", "another one has the same `row` 2 of components"),
        (
            "MATCH ()-[r:SUPPLIES {row: 2}]->() SET r.row = 3",
            "SUPPLIES from Vendor 'dayi' to Vendor 'hoshi': another one has the same `row` 3 of supplies",
        ),
        (
            "MATCH (v:Vendor {id: 'dayi'}), (c:Country {id: 'TW'}) CREATE (v)-[:OFFERS {graph: 'toy', row: 9}]->(c)",
            "no table has a relationship OFFERS from Vendor 'dayi' to Country 'TW'",
        ),
        ("MATCH (g:KizunaGraph) CREATE (h:KizunaGraph) SET h.id = g.id", ""),
    ],
)
def test_what_hands_have_spoilt_is_named(store: Neo4jStore, cypher: str, says: str) -> None:
    """An element that is no row any more is named with its property; what the model lacks is left there."""
    push_graph(store, make_toy())
    store.query("MATCH (v:Vendor) SET v.comment = 'ours' CREATE (v)-[:LIKES]->(v)", read_only=False)
    store.query(cypher, read_only=False)
    if not says:
        assert_equal(pull_graph(store), make_toy())
        return
    with pytest.raises(InputError) as caught:
        pull_graph(store)
    assert says in str(caught.value)
    assert "changed by hand" in str(caught.value)


@pytest.mark.neo4j
def test_pulling_tells_how_far_it_is(store: Neo4jStore) -> None:
    """The last step is the whole, columns' own relationships and the graph's node apart."""
    push_graph(store, make_toy())
    told: list[tuple[int, int, str]] = []
    pull_graph(store, progress=lambda *step: told.append(step))
    assert told[-1][:2] == (NODES - 1 + EDGES - COLUMN_EDGES,) * 2
