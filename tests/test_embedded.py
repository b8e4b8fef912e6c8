"""The embedded store: what it answers, what it refuses, and that it lets go."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

import kizuna
from kizuna import InputError, QueryError, QueryTimeoutError, ReadOnlyError, UnavailableError
from kizuna.graph.stores import EmbeddedStore, Node, Result
from kizuna.graph.stores import Path as GraphPath
from kizuna.graph.stores.embedded import find_engine
from tests.graphs import make_graph
from tests.toy_chain import make_environment

_ENDLESS = "UNWIND range(1, 10000000) AS a UNWIND range(1, 10000000) AS b RETURN sum(a * b) AS n"
_ENGINES = ["arcadedb", pytest.param("arcadedb_embedded", marks=pytest.mark.jvm)]


@pytest.fixture(scope="module", params=_ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Name each build of the engine in turn."""
    return str(request.param)


@pytest.fixture(scope="module")
def store(engine: str) -> Iterator[EmbeddedStore]:
    """Yield a store of three vendors: a and b offer x, x needs y, c offers y."""
    graph = make_graph(vendors="a:TW b:JP c:JP", offers="a:x b:x(status=pilot) c:y", requires="x->y")
    with EmbeddedStore(f"toy {graph.content_hash}", lambda: graph, engine=engine) as opened:
        yield opened


def _ids(result: Result) -> list[object]:
    return [row[0] for row in result.rows]


def test_rows_are_pythons_own(store: EmbeddedStore) -> None:
    """Numbers, texts, lists and maps come back as what they are, with None for null."""
    found = store.query(
        "RETURN 1 AS i, 1.0 AS f, true AS b, '絆' AS s, [1, null] AS l, {a: {b: 'c'}} AS m, null AS n"
    )
    assert found.columns == ("i", "f", "b", "s", "l", "m", "n")
    assert found.rows == [(1, 1.0, True, "絆", [1, None], {"a": {"b": "c"}}, None)]
    assert [type(value) for value in found.rows[0][:3]] == [int, float, bool]


def test_an_empty_result_keeps_its_columns(store: EmbeddedStore) -> None:
    """No rows, but the names of the RETURN clause; the data frame has them too."""
    found = store.query("MATCH (v:Vendor {id: 'nobody'}) RETURN v.id AS vendor, v, count { (v)--() } AS ties")
    assert (found.columns, found.rows) == (("vendor", "v", "ties"), [])
    assert list(found.to_dataframe().columns) == ["vendor", "v", "ties"]


def test_a_node_has_labels_and_properties(store: EmbeddedStore) -> None:
    """A node comes back whole."""
    ((node,),) = store.query("MATCH (c:Component {id: 'x'}) RETURN c").rows
    assert isinstance(node, Node)
    assert node.labels == ("Component",)
    assert node.properties == {
        "id": "x",
        "segment": "parts",
        "nature": "hardware",
        "stage": "input",
        "graph": "toy",
        "row": 0,
    }


def test_a_relationship_has_both_ends(store: EmbeddedStore) -> None:
    """A relationship knows its ends whole, even if the query does not return them."""
    ((edge,),) = store.query("MATCH (:Vendor {id: 'b'})-[o:OFFERS]->() RETURN o").rows
    assert (edge.type, edge.properties["status"]) == ("OFFERS", "pilot")
    assert (edge.start.labels, edge.start.properties["country"]) == (("Vendor",), "JP")
    assert (edge.end.labels, edge.end.properties["id"]) == (("Component",), "x")


def test_a_path_is_in_order_and_keeps_directions(store: EmbeddedStore) -> None:
    """Nodes stand in the order of the walk; a relationship walked backwards keeps its own direction."""
    ((path,),) = store.query(
        "MATCH p = (:Vendor {id: 'a'})-[:OFFERS]->(:Component {id: 'x'})<-[:OFFERS]-(:Vendor {id: 'b'}) RETURN p"
    ).rows
    assert isinstance(path, GraphPath)
    assert [node.properties["id"] for node in path.nodes] == ["a", "x", "b"]
    assert [(r.start.properties["id"], r.end.properties["id"]) for r in path.relationships] == [
        ("a", "x"),
        ("b", "x"),
    ]
    assert len(path) == 2


def test_elements_are_found_inside_lists_and_maps(store: EmbeddedStore) -> None:
    """Nodes and relationships deep in a value are resolved, and make up the result's network."""
    found = store.query(
        "MATCH (v:Vendor)-[o:OFFERS]->(:Component {id: 'x'}) WITH v, o ORDER BY v.id RETURN collect({v: v, o: [o]}) AS all"
    )
    network = found.to_networkx()
    assert sorted(attributes["id"] for _, attributes in network.nodes(data=True)) == ["a", "b", "x"]
    assert {attributes["type"] for *_, attributes in network.edges(data=True)} == {"OFFERS"}
    assert network.number_of_edges() == 2


def test_a_text_that_looks_like_a_path_stays_a_text(store: EmbeddedStore) -> None:
    """Text in the notation of the engine's paths is text where no such elements are."""
    text = "(#9999:1)-[#9999:2]->(#9999:3)"
    assert store.query("RETURN $x AS x", {"x": text}).rows == [(text,)]


def test_a_map_that_looks_like_a_node_is_refused(store: EmbeddedStore) -> None:
    """A map with the keys of the engine's records would be taken for one, so it is not let in."""
    with pytest.raises(QueryError, match="@rid"):
        store.query("RETURN $x AS x", {"x": [{"@rid": "#9999:1", "@type": "Vendor"}]})
    with pytest.raises(QueryError, match="@rid"):
        store.query("RETURN {`@rid`: '#1:0'} AS x")


def test_temporal_values_are_pythons_own(store: EmbeddedStore) -> None:
    """Dates, times with their zone and durations come back as the types of datetime."""
    tokyo = timezone(timedelta(hours=9))
    found = store.query(
        "RETURN date('2026-11-22') AS d, datetime('2026-11-22T08:30:00+09:00') AS t, duration('P1DT2H') AS u, [date('2020-01-01')] AS l, '2020-01-01' AS s"
    )
    assert found.rows == [
        (
            date(2026, 11, 22),
            datetime(2026, 11, 22, 8, 30, tzinfo=tokyo),
            timedelta(days=1, hours=2),
            [date(2020, 1, 1)],
            "2020-01-01",
        )
    ]
    assert found.rows[0][1].utcoffset() == timedelta(hours=9)


def test_an_aware_parameter_keeps_its_zone(store: EmbeddedStore) -> None:
    """A datetime given as a parameter comes back with the offset it had."""
    moment = datetime(2026, 11, 22, 8, 30, tzinfo=timezone(timedelta(hours=8)))
    ((back,),) = store.query("RETURN $t AS t", {"t": moment}).rows
    assert (back, back.utcoffset()) == (moment, timedelta(hours=8))
    assert store.query(
        "RETURN $t.year AS y, $t < datetime() AS past", {"t": datetime(2001, 2, 3, tzinfo=UTC)}
    ).rows == [(2001, True)]


@pytest.mark.parametrize(
    "cypher",
    [
        "CREATE (n:Vendor {id: 'new'})",
        "MATCH (v:Vendor) SET v.id = 'new'",
        "MATCH (v:Vendor {id: 'a'}) DETACH DELETE v",
        "MERGE (n:Vendor {id: 'new'}) RETURN n",
        "MATCH (v:Vendor) CALL (v) { CREATE (:Vendor {id: 'new'}) } RETURN v",
        "CREATE INDEX FOR (v:Vendor) ON (v.name_en)",
    ],
)
def test_reading_does_not_write(store: EmbeddedStore, cypher: str) -> None:
    """The engine itself refuses whatever writes, and nothing has changed."""
    with pytest.raises(ReadOnlyError, match="read-only"):
        store.query(cypher)
    assert _ids(store.query("MATCH (v:Vendor) RETURN v.id ORDER BY v.id")) == ["a", "b", "c"]


@pytest.mark.parametrize(
    "cypher",
    [
        "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
        "load /* x */ csv WITH HEADERS FROM $url AS line RETURN line",
        "CALL { LOAD CSV FROM 'https://example.com/x.csv' AS line RETURN line } RETURN line",
    ],
)
def test_a_query_reads_no_files(store: EmbeddedStore, cypher: str) -> None:
    """LOAD CSV is refused with its place, however it is written."""
    with pytest.raises(ReadOnlyError, match="a query may not read files"):
        store.query(cypher, {"url": "file:///etc/hostname"})


def test_the_engine_reads_no_files_either(store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the client's own check the database's setting refuses LOAD CSV, of files and of addresses."""
    monkeypatch.setattr("kizuna.graph.stores.text.wants_files", lambda _: None)
    for place in ("file:///etc/hostname", "/etc/hostname", "https://example.com/x.csv"):
        with pytest.raises(QueryError, match="disabled"):
            store.query("LOAD CSV FROM $place AS line RETURN line", {"place": place})


def test_what_is_written_is_gone_with_the_store(engine: str) -> None:
    """Writing goes to a copy that later queries of the store see, and that the next store does not."""
    graph = make_graph(vendors="a:TW", offers="a:x")
    key = f"scratch {graph.content_hash}"
    with EmbeddedStore(key, lambda: graph, engine=engine) as store:
        found = store.query("CREATE (n:Vendor {id: 'new'}) RETURN n", read_only=False)
        assert found.rows[0][0].properties == {"id": "new"}
        assert _ids(store.query("MATCH (v:Vendor) RETURN v.id ORDER BY v.id")) == ["a", "new"]
        with pytest.raises(ReadOnlyError):
            store.query("MATCH (v:Vendor) DETACH DELETE v")
    with EmbeddedStore(key, lambda: graph, engine=engine) as store:
        assert _ids(store.query("MATCH (v:Vendor) RETURN v.id")) == ["a"]


def test_a_failed_statement_writes_nothing(engine: str) -> None:
    """A statement that fails half-way leaves none of its changes."""
    graph = make_graph(vendors="a:TW", offers="a:x")
    with EmbeddedStore(f"scratch {graph.content_hash}", lambda: graph, engine=engine) as store:
        with pytest.raises(QueryError):
            store.query(
                "UNWIND [1, 0] AS n CREATE (:Country {id: 'X' + toString(n), q: 1 / n})", read_only=False
            )
        assert _ids(store.query("MATCH (c:Country) WHERE c.id STARTS WITH 'X' RETURN c.id")) == []


@pytest.mark.parametrize(
    ("cypher", "place"),
    [
        ("MATCH (v:Vendor RETURN v", "line 1, column 17"),
        ("MATCH (v:Vendor)\nRETURN nobody", "line 2, column 8"),
        ("MATCH (v:Vendor)\nRETURN shout(v.id)", "line 2, column 8"),
    ],
)
def test_a_wrong_query_is_shown_its_place(store: EmbeddedStore, cypher: str, place: str) -> None:
    """The message names line and column, shows the line and points at it."""
    with pytest.raises(QueryError) as caught:
        store.query(cypher)
    message = str(caught.value)
    assert place in message
    assert "^" in message.splitlines()[-1]
    assert "com.arcadedb" not in message


def test_a_missing_parameter_is_named(store: EmbeddedStore) -> None:
    """A parameter without a value is an error, as on a server, and not null."""
    with pytest.raises(QueryError, match=r"\$vendor"):
        store.query("MATCH (v:Vendor {id: $vendor}) RETURN v", {"vendr": "a"})


def test_an_endless_query_is_ended(store: EmbeddedStore) -> None:
    """A query that takes too long is ended in time, and the next one is answered."""
    start = time.monotonic()
    with pytest.raises(QueryTimeoutError, match="longer than 1 s"):
        store.query(_ENDLESS, timeout=1)
    assert time.monotonic() - start < 10
    assert store.query("RETURN 1 AS one").rows == [(1,)]


def test_a_row_limit_cuts_off_and_says_so(store: EmbeddedStore) -> None:
    """Of a million rows only those asked for are read; a result that just fits is not cut off."""
    found = store.query("UNWIND range(1, 1000000) AS n RETURN n", row_limit=3)
    assert (found.rows, found.truncated) == ([(1,), (2,), (3,)], True)
    fits = store.query("UNWIND range(1, 3) AS n RETURN n", row_limit=3)
    assert (len(fits), fits.truncated) == (3, False)
    none = store.query("UNWIND range(1, 3) AS n RETURN n", row_limit=0)
    assert (none.columns, none.rows, none.truncated) == (("n",), [], True)


@pytest.mark.slow
def test_a_million_rows_come_whole(store: EmbeddedStore) -> None:
    """Without a limit every row arrives."""
    found = store.query("UNWIND range(1, 1000000) AS n RETURN n")
    assert (len(found), found.rows[-1]) == (1_000_000, (1_000_000,))


def test_an_engine_that_dies_is_started_again(store: EmbeddedStore) -> None:
    """When the child is killed the query fails with a clear error, and the next one works."""
    store.query("RETURN 1 AS one")
    child = store._process._child
    assert child is not None
    threading.Timer(1, child.kill).start()
    with pytest.raises(UnavailableError, match="ended unexpectedly"):
        store.query(_ENDLESS)
    assert store.query("RETURN 1 AS one").rows == [(1,)]


def test_load_answers_from_another_graph(engine: str) -> None:
    """After load the store holds the other graph."""
    graph, other = make_graph(vendors="a:TW", offers="a:x"), make_graph(vendors="z:JP", offers="z:x")
    with EmbeddedStore("load", lambda: graph, engine=engine) as store:
        store.load(other)
        assert _ids(store.query("MATCH (v:Vendor) RETURN v.id")) == ["z"]


_WAIT = """
import kizuna, sys
with kizuna.connect() as store:
    store.query("RETURN 1 AS one")
    print(store._process._child.pid, flush=True)
    try:
        store.query({query!r})
    except KeyboardInterrupt:
        print(store.query("RETURN 'alive' AS x").rows[0][0], flush=True)
"""


def _start_endless() -> subprocess.Popen[str]:
    code = _WAIT.format(query=_ENDLESS)
    return subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=make_environment(),
    )


def _is_running(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_ctrl_c_ends_a_query_within_two_seconds() -> None:
    """SIGINT in the middle of an endless query ends it at once; the same store answers the next one."""
    with _start_endless() as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(1)
        start = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.stdout.readline() == "alive\n"
        took = time.monotonic() - start
        assert process.wait(timeout=10) == 0
    assert took < 2 + 3  # two seconds, and three for the new engine on a busy machine


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes in /proc")
def test_the_engine_goes_with_its_parent() -> None:
    """When the parent is killed in the middle of a query no engine is left running."""
    with _start_endless() as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        time.sleep(1)
        assert _is_running(child)
        process.kill()
        process.wait()
        deadline = time.monotonic() + 10
        while _is_running(child) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert not _is_running(child)


def test_a_query_imports_nothing_heavy(tmp_path: Path) -> None:
    """A query on a database that is there imports neither pandas nor networkx, pyvis, pyarrow, neo4j or the engine."""
    code = (
        "import sys, kizuna\n"
        "with kizuna.connect() as store: store.query('RETURN date() AS d')\n"
        "print([m for m in ('pandas', 'networkx', 'pyvis', 'pyarrow', 'neo4j', 'numpy', 'arcadedb') if m in sys.modules])"
    )
    environment = make_environment(KIZUNA_CACHE=str(tmp_path))
    for last in (False, True):
        shown = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment,
            check=True,
        )
        if last:
            assert shown.stdout == "[]\n"


def test_an_engine_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an engine the error says for which machines there is one, and what else to do."""
    monkeypatch.setattr("kizuna.graph.stores.embedded.ENGINES", {"no_engine": "no-such-package"})
    with pytest.raises(kizuna.MissingExtraError, match=r"pip install .*arcadedb.*--store"):
        find_engine()


@pytest.mark.slow
@pytest.mark.jvm
def test_the_jvm_build_runs_on_a_jvm_and_writes_no_log_here(tmp_path: Path) -> None:
    """The fallback is the JVM build and not the native one by another name, and leaves the working folder alone."""
    code = (
        "import kizuna\n"
        "from kizuna.graph.stores import EmbeddedStore\n"
        "with EmbeddedStore('seeds', kizuna.load_seeds, engine='arcadedb_embedded') as store:\n"
        "    store.query('RETURN 1 AS one')\n"
        "    import os; maps = open(f'/proc/{store._process._child.pid}/maps', encoding='utf-8').read()\n"
        "    print('libjvm.so' in maps)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=make_environment(),
        cwd=tmp_path,
        check=True,
    )
    assert shown.stdout == "True\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"uri": "bolt://127.0.0.1:1", "data": "x"}, "`data` is for the embedded store"),
        ({"database": "x"}, "`database` is for a Neo4j server"),
        ({"allow_load_csv": True}, "`allow_load_csv` is for a Neo4j server"),
        ({"data": "no-such-folder"}, "there is no folder no-such-folder"),
        ({"data": make_graph(vendors="a:TW"), "as_of": "2020"}, "are for a folder"),
    ],
)
def test_what_connect_cannot_do_it_says(arguments: dict[str, object], message: str) -> None:
    """Arguments that do not go together are refused by name."""
    with pytest.raises(InputError, match=message):
        kizuna.connect(**arguments)  # type: ignore[arg-type]


def test_connect_takes_a_part_of_the_data() -> None:
    """A data set and a day choose what the store holds, as in the Python functions."""
    with kizuna.connect(dataset="report-2017") as store:
        assert store.query("MATCH ()-[o:OFFERS]->() RETURN DISTINCT o.dataset AS d").rows in (
            [],
            [("report-2017",)],
        )
        ((listed,),) = store.query("MATCH (v:Vendor)-[:LISTED_IN]->() RETURN count(DISTINCT v) AS n").rows
    assert listed == kizuna.load_seeds(dataset="report-2017").table("listed_in")["vendor"].nunique()


def test_a_star_gives_every_value_its_own_name(store: EmbeddedStore) -> None:
    """RETURN * names the variables in alphabetical order, and each value stands under its name."""
    found = store.query(
        "MATCH (z:Vendor {id: 'a'})-[:OFFERS]->(b) WITH z.id AS z, b.id AS b RETURN *, 1 AS c"
    )
    assert (found.columns, found.rows) == (("b", "z", "c"), [("x", "a", 1)])


def test_what_was_written_comes_back_with_its_types(engine: str) -> None:
    """A date that was stored comes back as a date, not as its text."""
    graph = make_graph(vendors="a:TW", offers="a:x")
    with EmbeddedStore(f"scratch {graph.content_hash}", lambda: graph, engine=engine) as store:
        store.query("MATCH (v:Vendor) SET v.met = date('2026-11-22')", read_only=False)
        assert store.query("MATCH (v:Vendor) RETURN v.met AS met").rows == [(date(2026, 11, 22),)]


def test_a_statement_may_begin_with_optional_match(store: EmbeddedStore) -> None:
    """A computed date keeps its type where the first clause is an OPTIONAL MATCH."""
    found = store.query("OPTIONAL MATCH (v:Vendor {id: 'nobody'}) RETURN v, date('2026-11-22') AS d")
    assert found.rows == [(None, date(2026, 11, 22))]
