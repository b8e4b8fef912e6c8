"""Neo4j as a store: connecting, values, reading only, and every way in which a query may end."""

from __future__ import annotations

import datetime as dt
import os
import signal
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kizuna._errors import (
    InputError,
    QueryError,
    QueryTimeoutError,
    ReadOnlyError,
    UnavailableError,
)
from kizuna.graph.stores.bolt import Neo4jStore
from kizuna.graph.stores.bolt_address import find_auth, parse_address
from kizuna.graph.stores.values import Duration
from kizuna.graph.stores.values import Path as GraphPath
from tests.neo4j_server import Neo4jServer, OwnServer

ENDLESS = "UNWIND range(1, 10000000) AS a UNWIND range(1, 10000000) AS b RETURN sum(a * b)"
SECRET = "s3cret-never-shown"  # noqa: S105  what must not be shown


def open_store(server: Neo4jServer, **options: object) -> Neo4jStore:
    """Open a store on a server of the tests."""
    return Neo4jStore(server.uri, **{"user": server.user, "password": server.password, **options})  # type: ignore[arg-type]


@pytest.fixture
def store(empty_neo4j: Neo4jServer) -> Iterator[Neo4jStore]:
    """Yield a store on an empty database."""
    with open_store(empty_neo4j) as opened:
        yield opened


def _list_running(store: Neo4jStore) -> list[str]:
    """Return the queries that the server runs, this one apart."""
    rows = store.query("SHOW TRANSACTIONS YIELD currentQuery").rows
    return [row[0] for row in rows if not row[0].startswith("SHOW TRANSACTIONS")]


def _count_nodes(store: Neo4jStore) -> int:
    return int(store.query("MATCH (n) RETURN count(n)").rows[0][0])


# Addresses and logins, without a server


@pytest.mark.parametrize(
    ("uri", "shown"),
    [
        ("bolt://localhost", "bolt://localhost:7687"),
        ("bolt+s://graph.example.org:7688", "bolt+s://graph.example.org:7688"),
        ("bolt+ssc://127.0.0.1", "bolt+ssc://127.0.0.1:7687"),
        ("neo4j://localhost/", "neo4j://localhost:7687"),
        ("neo4j+s://x.databases.neo4j.io", "neo4j+s://x.databases.neo4j.io:7687"),
        ("neo4j+ssc://[::1]:7000", "neo4j+ssc://[::1]:7000"),
    ],
)
def test_six_schemes_are_addresses(uri: str, shown: str) -> None:
    """Bolt and Neo4j, each plain, encrypted and with a self-signed certificate; 7687 is the port."""
    assert str(parse_address(uri)) == shown


@pytest.mark.parametrize(
    ("uri", "says"),
    [
        ("http://localhost:7474", "found http://"),
        ("localhost:7687", "must begin with one of bolt://"),
        ("bolt://", "must name a host"),
        ("bolt://localhost:99999", "port from 1 to 65535"),
        ("bolt://localhost/neo4j", "the name of the database goes into `database`"),
        ("neo4j://localhost?policy=eu", "must end after the host"),
    ],
)
def test_another_uri_is_refused(uri: str, says: str) -> None:
    """What is no address is refused, with what is allowed."""
    with pytest.raises(InputError) as caught:
        parse_address(uri)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    "uri",
    [
        f"bolt://neo4j:{SECRET}@localhost",
        f"http://neo4j:{SECRET}@localhost",
        f"bolt://neo4j:{SECRET}/x@localhost",
        f"bolt://neo4j:{SECRET}%40localhost",
        f"bolt://neo4j:{SECRET}",
        f"bolt://localhost?password={SECRET}",
    ],
)
def test_a_secret_in_a_uri_is_not_repeated(uri: str) -> None:
    """A password in the address is refused, and neither message nor traceback shows it."""
    with pytest.raises(InputError) as caught:
        parse_address(uri)
    assert SECRET not in str(caught.value)
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_a_login_is_taken_from_the_environment() -> None:
    """User and password, or a token, come from the environment; what is given goes first."""
    environ = {"KIZUNA_NEO4J_USER": "ann", "KIZUNA_NEO4J_PASSWORD": "a"}
    found = find_auth(None, None, None, environ=environ)
    assert found is not None and (found.scheme, found.principal, found.credentials) == ("basic", "ann", "a")
    found = find_auth(None, "b", None, environ=environ)
    assert found is not None and (found.principal, found.credentials) == ("ann", "b")
    found = find_auth(None, None, "token", environ=environ)
    assert found is not None and (found.scheme, found.credentials) == ("bearer", "token")
    found = find_auth(None, None, None, environ={"KIZUNA_NEO4J_PASSWORD": "a"})
    assert found is not None and found.principal == "neo4j"
    assert find_auth(None, None, None, environ={}) is None


def test_half_a_login_or_two_are_refused() -> None:
    """A user needs a password, and a token does without one."""
    with pytest.raises(InputError, match="set KIZUNA_NEO4J_PASSWORD"):
        find_auth("ann", None, None, environ={})
    with pytest.raises(InputError, match="not by both") as caught:
        find_auth(None, None, None, environ={"KIZUNA_NEO4J_PASSWORD": SECRET, "KIZUNA_NEO4J_BEARER": SECRET})
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_port_that_nobody_listens_on(scheme: str) -> None:
    """The message names host and port and says what to check; no secret is in it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))  # taken, and not listened on
        port = probe.getsockname()[1]
        with pytest.raises(UnavailableError) as caught:
            Neo4jStore(f"{scheme}://127.0.0.1:{port}", password=SECRET, connect_timeout=2)
    assert f"cannot reach Neo4j at 127.0.0.1, port {port}" in str(caught.value)
    assert "check that the server runs" in str(caught.value)
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_a_server_that_never_answers() -> None:
    """A port that takes connections and says nothing is given up in time, with a hint at the port."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        begin = time.monotonic()
        with pytest.raises(UnavailableError, match="does not answer as a Neo4j does"):
            Neo4jStore(f"bolt://127.0.0.1:{silent.getsockname()[1]}", connect_timeout=0.5)
    assert time.monotonic() - begin < 5


# Connecting to a real server


@pytest.mark.neo4j
def test_a_wrong_password(neo4j_server: Neo4jServer) -> None:
    """The message says which variables to correct, and repeats no password; of either scheme."""
    for scheme in ("bolt", "neo4j"):
        with pytest.raises(InputError, match="KIZUNA_NEO4J_PASSWORD") as caught:
            Neo4jStore(neo4j_server.uri.replace("bolt", scheme, 1), user="neo4j", password=SECRET)
        assert SECRET not in str(caught.value)


@pytest.mark.neo4j
def test_a_wrong_database(neo4j_server: Neo4jServer) -> None:
    """The message names the database that is not there, and those that are."""
    with pytest.raises(InputError) as caught:
        open_store(neo4j_server, database="nope")
    assert "no database 'nope'; there are neo4j" in str(caught.value)


@pytest.mark.neo4j
@pytest.mark.parametrize("scheme", ["bolt+s", "bolt+ssc", "neo4j+s"])
def test_a_server_without_tls(neo4j_server: Neo4jServer, scheme: str) -> None:
    """Who asks for encryption that the server does not have is told the scheme without."""
    plain = scheme.split("+", maxsplit=1)[0]
    with pytest.raises(UnavailableError, match=rf"does not speak TLS; without encryption write {plain}://"):
        Neo4jStore(neo4j_server.uri.replace("bolt", scheme, 1), password=SECRET, connect_timeout=2)


@pytest.mark.neo4j
def test_a_store_knows_its_database_and_shows_no_secret(
    neo4j_server: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The login comes from the environment, the home database is found, and repr holds no password."""
    monkeypatch.setenv("KIZUNA_NEO4J_USER", neo4j_server.user)
    monkeypatch.setenv("KIZUNA_NEO4J_PASSWORD", neo4j_server.password)
    with Neo4jStore(neo4j_server.uri) as store:
        assert store.database == neo4j_server.database
        assert repr(store) == f"<Neo4jStore {neo4j_server.uri} {neo4j_server.database}>"
        assert neo4j_server.password not in repr(vars(store))


@pytest.mark.neo4j
def test_a_closed_store_says_so(neo4j_server: Neo4jServer) -> None:
    """Closing twice is fine; a query afterwards is an error."""
    store = open_store(neo4j_server)
    store.close()
    store.close()
    with pytest.raises(UnavailableError, match="the store is closed"):
        store.query("RETURN 1")


# Values


@pytest.mark.neo4j
def test_columns_are_there_without_rows(store: Neo4jStore) -> None:
    """An answer without rows has its columns, named as they are written."""
    result = store.query("UNWIND [] AS x RETURN x AS 名稱, x + 1, count(*)")
    assert result.columns == ("名稱", "x + 1", "count(*)")
    assert result.rows == [] and result.truncated is False


@pytest.mark.neo4j
def test_values_are_of_pythons_own_types(store: Neo4jStore) -> None:
    """Scalars, lists, maps and points come as plain Python; there is no Duration where a timedelta will do."""
    row = store.query(
        "RETURN null, true, 1, 1.5, '台北', [1, [2]], {a: {b: 1}}, point({x: 1, y: 2}), "
        "point({x: 1, y: 2, z: 3}).srid, duration('P1DT2.000003S'), duration('P1M2DT3.000000004S')"
    ).rows[0]
    assert row == (
        *(None, True, 1, 1.5, "台北", [1, [2]], {"a": {"b": 1}}, {"x": 1.0, "y": 2.0, "srid": 7203}, 9157),
        dt.timedelta(days=1, seconds=2, microseconds=3),
        Duration(1, 2, 3, 4),
    )
    assert type(row[10]) is Duration


@pytest.mark.neo4j
def test_times_keep_their_zone(store: Neo4jStore) -> None:
    """Zones are zoneinfo's, offsets are fixed; nanoseconds are cut, and the hour that comes twice is kept."""
    row = store.query(
        "RETURN date('2024-02-29'), time('10:00:00.123456999+09:00'), localtime('10:00:00.999999999'), "
        "datetime('2024-01-01T00:00:00[Asia/Tokyo]'), datetime('2024-01-01T00:00:00Z'), "
        "localdatetime('2024-01-01T00:00:00'), datetime('2024-10-27T02:30:00+01:00[Europe/Berlin]')"
    ).rows[0]
    tokyo = dt.datetime(2024, 1, 1, tzinfo=ZoneInfo("Asia/Tokyo"))
    twice = dt.datetime(2024, 10, 27, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin"))
    assert row == (
        dt.date(2024, 2, 29),
        dt.time(10, 0, 0, 123456, dt.timezone(dt.timedelta(hours=9))),
        dt.time(10, 0, 0, 999999),
        tokyo,
        dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
        dt.datetime(2024, 1, 1),
        twice,
    )
    assert [row[3].tzinfo, row[4].tzinfo, row[6].tzinfo] == [tokyo.tzinfo, dt.UTC, twice.tzinfo]
    assert row[6].utcoffset() == dt.timedelta(hours=1)


@pytest.mark.neo4j
def test_parameters_come_back_as_they_went(store: Neo4jStore) -> None:
    """Every type that a parameter may have survives the way there and back."""
    values = [
        *(None, True, -(2**63), 1.5, "豐田汽車' OR 1=1", [1, "a"], {"a": [None]}),
        dt.date(2024, 2, 29),
        dt.time(1, 2, 3, 4, dt.timezone(dt.timedelta(hours=9))),
        dt.time(1, 2, 3),
        dt.datetime(2024, 10, 27, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin")),
        dt.datetime(2024, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=-3))),
        dt.datetime(2024, 1, 1, 12),
        dt.timedelta(days=-1, seconds=5, microseconds=7),
        Duration(1, -2, 3, 4),
    ]
    back = store.query("RETURN $values", {"values": values}).rows[0][0]
    assert back == values
    assert [type(value) for value in back] == [type(value) for value in values]
    assert back[10].utcoffset() == dt.timedelta(hours=1)


@pytest.mark.neo4j
def test_a_parameter_that_cypher_cannot_hold_is_named(store: Neo4jStore) -> None:
    """A number beyond 64 bits and an object are refused before they are sent."""
    with pytest.raises(InputError, match=r"parameter \$big: 9223372036854775808 is no 64-bit integer"):
        store.query("RETURN $big", {"big": 2**63})
    with pytest.raises(InputError, match=r"parameter \$where .* found PosixPath|found WindowsPath"):
        store.query("RETURN $where", {"where": [Path()]})


@pytest.mark.neo4j
def test_a_value_beyond_python_is_an_error_with_a_way_out(store: Neo4jStore) -> None:
    """A year of five digits cannot be held; toString() can."""
    with pytest.raises(QueryError, match="toString"):
        store.query("RETURN date('+12345-01-01')")
    assert store.query("RETURN toString(date('+12345-01-01'))").rows == [("+12345-01-01",)]


@pytest.mark.neo4j
def test_relationships_have_whole_ends(store: Neo4jStore) -> None:
    """The ends of a relationship have labels and properties, though the query did not return them."""
    store.query("CREATE (:A:Z {n: 1})-[:R {w: 2}]->(:B {m: [1, 2]})", read_only=False)
    edge = store.query("MATCH ()<-[r:R]-() RETURN r").rows[0][0]
    assert (edge.type, dict(edge.properties)) == ("R", {"w": 2})
    assert (edge.start.labels, edge.start.properties) == (("A", "Z"), {"n": 1})
    assert (edge.end.labels, edge.end.properties) == (("B",), {"m": [1, 2]})
    nested = store.query("MATCH ()-[r:R]->() RETURN {deep: [collect(r)]}").rows[0][0]["deep"][0][0]
    assert nested == edge and nested.end.properties == {"m": [1, 2]}


@pytest.mark.neo4j
def test_a_path_is_in_the_order_of_its_walk(store: Neo4jStore) -> None:
    """A path walked against its relationships lists nodes as walked; the relationships keep their ends."""
    store.query("CREATE (:N {i: 1})-[:R]->(:N {i: 2})-[:R]->(:N {i: 3})", read_only=False)
    path = store.query("MATCH p = (:N {i: 3})<-[:R*2]-() RETURN p").rows[0][0]
    assert isinstance(path, GraphPath)
    assert [node.properties["i"] for node in path.nodes] == [3, 2, 1]
    assert [(r.start.properties["i"], r.end.properties["i"]) for r in path.relationships] == [(2, 3), (1, 2)]


# Reading only, by the server


@pytest.mark.neo4j
@pytest.mark.parametrize(
    "cypher",
    [
        "CREATE (n:Kept)",
        "MERGE (n:New)",
        "MATCH (n:Kept) SET n.changed = true",
        "MATCH (n:Kept) REMOVE n.n",
        "MATCH (n:Kept) DETACH DELETE n",
        "CALL db.createLabel('New')",
        "CREATE INDEX new FOR (n:Kept) ON (n.n)",
        "CREATE CONSTRAINT new FOR (n:Kept) REQUIRE n.n IS UNIQUE",
        "UNWIND [1] AS x CALL (x) { CREATE (:New) } IN TRANSACTIONS",
        "CREATE USER new SET PASSWORD 'long-enough'",
    ],
)
def test_the_server_refuses_to_write(store: Neo4jStore, cypher: str) -> None:
    """Reading is the default, enforced by the server: nothing is changed."""
    store.query("CREATE (:Kept {n: 1})", read_only=False)
    with pytest.raises(ReadOnlyError, match="only reading is allowed"):
        store.query(cypher)
    assert store.query("MATCH (n) RETURN labels(n), properties(n)").rows == [(["Kept"], {"n": 1})]
    assert store.query("SHOW INDEXES YIELD type WHERE type <> 'LOOKUP'").rows == []


@pytest.mark.neo4j
def test_writing_counts_what_it_changed(store: Neo4jStore) -> None:
    """Who asks to write may, and is told how much."""
    result = store.query("CREATE (:A {n: 1})-[:R]->(:B)", read_only=False)
    assert result.counters == {
        "nodes_created": 2,
        "relationships_created": 1,
        "properties_set": 1,
        "labels_added": 2,
    }
    done = store.query("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1 ROWS", read_only=False)
    assert done.counters == {"nodes_deleted": 2, "relationships_deleted": 1}


@pytest.mark.neo4j
def test_load_csv_is_refused_unless_allowed(neo4j_server: Neo4jServer, tmp_path: Path) -> None:
    """LOAD CSV is refused with its place; who allows it gets it, as far as the server goes."""
    file = tmp_path / "a.csv"
    file.write_text("x\n", encoding="utf-8")
    cypher = f"WITH 1 AS one\nload csv FROM '{file.as_uri()}' AS row RETURN row"
    with open_store(neo4j_server) as store, pytest.raises(ReadOnlyError, match=r"line 2, column 1") as caught:
        store.query(cypher)
    assert str(caught.value).endswith("\n^")
    with open_store(neo4j_server, allow_load_csv=True) as store:
        assert store.query(cypher).rows == [(["x"],)]


# Wrong, endless and huge queries


@pytest.mark.neo4j
def test_a_wrong_query_shows_the_place(store: Neo4jStore) -> None:
    """The message has the server's first line, line and column, and a caret that counts wide characters."""
    with pytest.raises(QueryError) as caught:
        store.query("MATCH (n)\nRETURN '台北' + m")
    assert str(caught.value) == (
        "Variable `m` not defined (line 2, column 15)\nRETURN '台北' + m\n                ^"
    )


@pytest.mark.neo4j
@pytest.mark.parametrize(
    ("cypher", "says"),
    [
        ("RETRUN 1", "Invalid input 'RETRUN'"),
        ("", "Unexpected end of input"),
        ("RETURN $x", "Expected parameter"),
        ("RETURN 1 / 0", "/ by zero"),
        ("CALL nope()", "no procedure with the name `nope`"),
    ],
)
def test_other_wrong_queries(store: Neo4jStore, cypher: str, says: str) -> None:
    """Whatever is wrong with a statement is a QueryError of a few lines, without the driver's codes."""
    with pytest.raises(QueryError) as caught:
        store.query(cypher)
    assert says in str(caught.value)
    assert len(str(caught.value)) < 400 and "Neo.ClientError" not in str(caught.value)


@pytest.mark.neo4j
def test_an_endless_query_is_ended(store: Neo4jStore) -> None:
    """The timeout holds to the second, the server stops too, and the store goes on."""
    begin = time.monotonic()
    with pytest.raises(QueryTimeoutError, match=r"longer than 0\.5 s"):
        store.query(ENDLESS, timeout=0.5)
    assert time.monotonic() - begin < 2.5
    assert store.query("RETURN 1").rows == [(1,)]
    _wait_until_idle(store)


def _wait_until_idle(store: Neo4jStore) -> None:
    until = time.monotonic() + 2
    while running := _list_running(store):
        assert time.monotonic() < until, running
        time.sleep(0.05)


@pytest.mark.neo4j
def test_an_endless_stream_is_ended(store: Neo4jStore) -> None:
    """So does a query whose rows never end, and one that writes has then written nothing."""
    rows = "UNWIND range(1, 10000000) AS a UNWIND range(1, 10000000) AS b "
    with pytest.raises(QueryTimeoutError):
        store.query(f"{rows} RETURN a, b", timeout=0.5)
    with pytest.raises(QueryTimeoutError):
        store.query(f"{rows} CREATE (:Leak {{a: a, b: b}})", timeout=0.5, read_only=False)
    _wait_until_idle(store)
    assert _count_nodes(store) == 0


@pytest.mark.neo4j
@pytest.mark.parametrize(
    "options",
    [{"timeout": 0}, {"timeout": -1.0}, {"row_limit": -1}],
)
def test_limits_must_make_sense(store: Neo4jStore, options: dict[str, int]) -> None:
    """A timeout of nothing and a negative limit are refused by name."""
    with pytest.raises(InputError, match=f"`{next(iter(options))}`"):
        store.query("RETURN 1", **options)  # type: ignore[arg-type]


@pytest.mark.neo4j
def test_a_million_rows_are_cut_off(store: Neo4jStore) -> None:
    """The row limit says that there was more, without the million being read."""
    store.query("RETURN 1")
    begin = time.monotonic()
    result = store.query("UNWIND range(1, 100000000) AS x RETURN x", row_limit=3)
    assert time.monotonic() - begin < 5
    assert result.rows == [(1,), (2,), (3,)] and result.truncated
    exact = store.query("UNWIND range(1, 3) AS x RETURN x", row_limit=3)
    assert len(exact) == 3 and not exact.truncated
    assert store.query("RETURN 1 AS x", row_limit=0).truncated


@pytest.mark.neo4j
def test_a_row_limit_does_not_stop_writing(store: Neo4jStore) -> None:
    """A writing query does all of its work, however few rows are wanted."""
    result = store.query("UNWIND range(1, 3000) AS x CREATE (n:N) RETURN x", row_limit=2, read_only=False)
    assert (len(result), result.truncated) == (2, True)
    assert _count_nodes(store) == 3000


_INTERRUPTED = """
import sys, time
from kizuna.graph.stores.bolt import Neo4jStore
with Neo4jStore(sys.argv[1]) as store:
    print("ready", flush=True)
    try:
        store.query(sys.argv[2])
    except KeyboardInterrupt:
        print("interrupted", flush=True)
        print(store.query("RETURN 'alive'").rows[0][0], flush=True)
"""


@pytest.mark.neo4j
@pytest.mark.skipif(os.name == "nt", reason="a process of its own cannot be sent Ctrl-C there")
@pytest.mark.parametrize("cypher", [ENDLESS, f"{ENDLESS.split('RETURN', maxsplit=1)[0]} RETURN a, b"])
def test_ctrl_c_returns_within_two_seconds(store: Neo4jStore, empty_neo4j: Neo4jServer, cypher: str) -> None:
    """Ctrl-C ends the query on both sides, and the store goes on."""
    environ = {
        **os.environ,
        "KIZUNA_NEO4J_USER": empty_neo4j.user,
        "KIZUNA_NEO4J_PASSWORD": empty_neo4j.password,
        "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
    }
    command = [sys.executable, "-W", "error", "-c", _INTERRUPTED, empty_neo4j.uri, cypher]
    with subprocess.Popen(
        command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        while not _list_running(store):
            time.sleep(0.05)
        begin = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.stdout.readline() == "interrupted\n"
        assert time.monotonic() - begin < 2
        rest, errors = process.communicate(timeout=30)
    assert (rest, errors, process.returncode) == ("alive\n", "", 0)
    _wait_until_idle(store)


@pytest.mark.slow
@pytest.mark.neo4j
def test_a_server_that_is_gone(own_neo4j: OwnServer) -> None:
    """After a kill the message names host and port; after a restart the same store works."""
    with open_store(own_neo4j) as store:
        own_neo4j.kill()
        with pytest.raises(UnavailableError, match="cannot reach Neo4j at 127"):
            store.query("RETURN 1")
        own_neo4j.restart()
        assert store.query("RETURN 1").rows == [(1,)]
