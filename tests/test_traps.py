"""Statements that the embedded engine would answer with wrong rows, and how they are kept from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kizuna import QueryError
from kizuna.cli import main
from kizuna.graph.stores import Cache, EmbeddedStore, Result, embedded
from kizuna.graph.stores._traps import Guarded, guard_statement
from kizuna.queries.saved import list_saved
from tests.packages import write_package
from tests.parity.case import describe_rows
from tests.parity.corpus import TOPICS
from tests.parity.engines import open_neo4j
from tests.parity.toy import make_toy
from tests.toy_chain import TOY

if TYPE_CHECKING:
    from tests.neo4j_server import Neo4jServer

_NOBODY = "OPTIONAL MATCH (g:Vendor {id: 'nobody'}) MATCH (c:Component {id: 'camera'}) "
_TSMC = "MATCH (:Vendor {id: 'tsmc'})-[s:SUPPLIES]->(b) "
_KNOWN = "WITH * WHERE `g` IS NOT NULL "

# What follows `_NOBODY`, what it becomes, and the rows that Neo4j gives.
NULLS: list[tuple[str, str, list[tuple[Any, ...]]]] = [
    ("MATCH (c)<-[:OFFERS]-(g) RETURN c.id", f"{_KNOWN}MATCH (c)<-[:OFFERS]-(g) RETURN c.id", []),
    ("MATCH (c), (g) RETURN c.id", f"{_KNOWN}MATCH (c), (g) RETURN c.id", []),
    (
        "WITH c, g AS h MATCH (c)<--(h) RETURN 1",
        "WITH c, g AS h WITH * WHERE `h` IS NOT NULL MATCH (c)<--(h) RETURN 1",
        [],
    ),
    (
        "OPTIONAL MATCH (c)<-[o:OFFERS]-(g) WHERE o.row > 1 OR o.row < 1 RETURN c.id, o",
        (
            "WITH *, `g` AS kizuna_null_24_0 OPTIONAL MATCH (c)<-[o:OFFERS]-(g) "
            "WHERE `kizuna_null_24_0` IS NOT NULL AND ( o.row > 1 OR o.row < 1) RETURN c.id, o"
        ),
        [("camera", None)],
    ),
    ("RETURN COUNT { (c)<--(g) } AS n", f"RETURN COUNT {{ {_KNOWN}MATCH (c)<--(g) }} AS n", [(0,)]),
    (
        "RETURN EXISTS { p = (c)<--(g) } AS n",
        f"RETURN EXISTS {{ {_KNOWN}MATCH p = (c)<--(g) }} AS n",
        [(False,)],
    ),
    (
        "RETURN COLLECT { MATCH (c)<--(g) RETURN 1 AS x UNION ALL MATCH (v:Vendor {id: 'acer'}) RETURN 2 AS x } AS n",
        (
            f"RETURN COLLECT {{ {_KNOWN}MATCH (c)<--(g) RETURN 1 AS x UNION ALL "
            "MATCH (v:Vendor {id: 'acer'}) RETURN 2 AS x } AS n"
        ),
        [([2],)],
    ),
    (
        "RETURN [(c)<--(g) WHERE true | 1] AS n",
        "RETURN CASE WHEN `g` IS NULL THEN [] ELSE [(c)<--(g) WHERE true | 1] END AS n",
        [([],)],
    ),
    (
        "RETURN [x IN [g, c] | size([p = (x)<--() | p])] AS n",
        "RETURN [x IN [g, c] | size(CASE WHEN `x` IS NULL THEN [] ELSE [p = (x)<--() | p] END)] AS n",
        [([0, 5],)],
    ),
    (
        "WITH c, g WHERE NOT (c)<-[:OFFERS]-(g) AND true RETURN c.id",
        "WITH c, g WHERE NOT (`g` IS NOT NULL AND (c)<-[:OFFERS]-(g)) AND true RETURN c.id",
        [("camera",)],
    ),
    (
        "RETURN exists((c)<--(g)) AS n",
        "RETURN (`g` IS NOT NULL AND exists((c)<--(g))) AS n",
        [(False,)],
    ),
    (
        "CALL (*) { MATCH (c)<--(g) RETURN count(*) AS n } RETURN n",
        f"CALL (*) {{ {_KNOWN}MATCH (c)<--(g) RETURN count(*) AS n }} RETURN n",
        [(0,)],
    ),
    (
        "CALL { WITH c, g MATCH (c)<--(g) RETURN count(*) AS n } RETURN n",
        f"CALL {{ WITH c, g {_KNOWN}MATCH (c)<--(g) RETURN count(*) AS n }} RETURN n",
        [(0,)],
    ),
]

# What follows `_TSMC`, what it becomes, and the rows that Neo4j gives.
UNREAD: list[tuple[str, str, list[tuple[Any, ...]]]] = [
    (
        "WITH b ORDER BY s.row DESC LIMIT 2 RETURN collect(b.id) AS ids",
        "WHERE `s` IS NOT NULL WITH b ORDER BY s.row DESC LIMIT 2 RETURN collect(b.id) AS ids",
        [(["mediatek", "nvidia"],)],
    ),
    (
        "WHERE b.id > 'a' OR b.id < 'a' WITH * ORDER BY -s.row RETURN collect(b.id) AS ids",
        "WHERE `s` IS NOT NULL AND ( b.id > 'a' OR b.id < 'a') WITH * ORDER BY -s.row RETURN collect(b.id) AS ids",
        [(["mediatek", "nvidia", "sony"],)],
    ),
    (
        "MATCH (v:Vendor {row: s.row}) RETURN count(v) AS n",
        "WHERE `s` IS NOT NULL MATCH (v:Vendor {row: s.row}) RETURN count(v) AS n",
        [(3,)],
    ),
    (
        "CALL (*) { MATCH (v:Vendor) WHERE v.row = s.row RETURN count(v) AS n } RETURN sum(n) AS n",
        (
            "WHERE `s` IS NOT NULL CALL (*) { MATCH (v:Vendor) WHERE v.row = s.row RETURN count(v) AS n } "
            "RETURN sum(n) AS n"
        ),
        [(3,)],
    ),
]

# In the WHERE of a list: what is typed, what it becomes, and the rows that Neo4j gives.
LISTED: list[tuple[str, str, list[tuple[Any, ...]]]] = [
    (
        "MATCH (v:Vendor) WITH collect(v) AS vs WHERE any(v IN vs WHERE (v)-[:OWNS]->(v)) RETURN 1 AS one",
        (
            "MATCH (v:Vendor) WITH collect(v) AS vs WHERE any(v IN vs WHERE EXISTS { "
            "WITH * WHERE `v` IS NOT NULL MATCH (v)-[:OWNS]->(v) }) RETURN 1 AS one"
        ),
        [],
    ),
    (
        (
            "MATCH (v:Vendor {country: 'JP'}), (c:Component {id: 'camera'}) WITH v, c, ['a'] AS l "
            "WHERE any(x IN l WHERE NOT ((v)-[:OFFERS]->(c))) RETURN v.id AS id ORDER BY id"
        ),
        (
            "MATCH (v:Vendor {country: 'JP'}), (c:Component {id: 'camera'}) WITH v, c, ['a'] AS l "
            "WHERE any(x IN l WHERE NOT (EXISTS { (v)-[:OFFERS]->(c) })) RETURN v.id AS id ORDER BY id"
        ),
        [("hoya",), ("renesas",), ("sharp",)],
    ),
    (
        (
            "MATCH (v:Vendor {country: 'JP'})-->(c:Component {id: 'camera'}) WITH v ORDER BY v.id "
            "WITH collect(v) AS vs RETURN [v IN vs WHERE (v)-[:SUPPLIES]->() | v.id] AS ids"
        ),
        (
            "MATCH (v:Vendor {country: 'JP'})-->(c:Component {id: 'camera'}) WITH v ORDER BY v.id "
            "WITH collect(v) AS vs RETURN [v IN vs WHERE EXISTS { WITH * WHERE `v` IS NOT NULL "
            "MATCH (v)-[:SUPPLIES]->() } | v.id] AS ids"
        ),
        [(["sony"],)],
    ),
]

UNTOUCHED = [
    "MATCH (v)-[o:OFFERS]->(c) WITH v, o WHERE o.share > 0 RETURN v ORDER BY o.row",
    "MATCH (v) OPTIONAL MATCH (v)-[:OFFERS]->(c) RETURN v, c, COUNT { (v)--() } AS n",
    "OPTIONAL MATCH (g) WITH g WHERE g IS NOT NULL AND g.id > '' MATCH (g)--(c) RETURN c",
    "OPTIONAL MATCH (g) CALL { MATCH (g)--() RETURN count(*) AS n } RETURN n",
    "OPTIONAL MATCH (g) WITH 1 AS one MATCH (g)--(c) RETURN c",
    "OPTIONAL MATCH (g) RETURN COLLECT { MATCH (v) WHERE v = g RETURN v.id } AS ids, (g.row) - (1) AS n",
    "OPTIONAL MATCH (g) RETURN '(c)--(g)' AS text // MATCH (c)--(g)",
    "UNWIND [1] AS x MATCH (v {row: x})-[o*1..2]->(c) WITH c ORDER BY o[0].row RETURN c",
    "EXPLAIN OPTIONAL MATCH (g) MATCH (c)--(g) RETURN c",
    "OPTIONAL MATCH (g MATCH (c)--(g)",
    "MATCH (a)-[o]->(b) SET o.row = 1",
    "",
]


@pytest.fixture(scope="module", params=["arcadedb", pytest.param("arcadedb_embedded", marks=pytest.mark.jvm)])
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EmbeddedStore]:
    """Yield the store on each build of the engine, with the graph of the parity suite."""
    cache = Cache(tmp_path_factory.mktemp("cache"))
    with EmbeddedStore("traps", make_toy, cache=cache, engine=request.param) as opened:
        yield opened


@pytest.mark.parametrize(
    ("typed", "guarded"),
    [(_NOBODY + a, _NOBODY + b) for a, b, _ in NULLS]
    + [(_TSMC + a, _TSMC + b) for a, b, _ in UNREAD]
    + [(a, b) for a, b, _ in LISTED],
)
def test_a_guarded_statement(typed: str, guarded: str) -> None:
    """A pattern on a null is kept from the engine, and a relationship is read where it is found."""
    assert guard_statement(typed).text == guarded


@pytest.mark.parametrize("cypher", UNTOUCHED)
def test_what_needs_no_guard_stays_as_it_is(cypher: str) -> None:
    """A statement that the engine answers rightly, and what is no statement, is not touched."""
    assert guard_statement(cypher) == Guarded(cypher)


@pytest.mark.parametrize(
    ("cypher", "rows"),
    [(_NOBODY + text, rows) for text, _, rows in NULLS]
    + [(_TSMC + text, rows) for text, _, rows in UNREAD]
    + [(text, rows) for text, _, rows in LISTED],
)
def test_rows(cypher: str, rows: list[tuple[Any, ...]], store: EmbeddedStore) -> None:
    """The store gives the rows that Neo4j gives, and has nothing to add."""
    found = store.query(cypher)
    assert (found.rows, found.notices) == (rows, ())


def test_a_profiled_statement_is_guarded_too(store: EmbeddedStore) -> None:
    """PROFILE answers with the rows, and they are right."""
    assert store.query(f"PROFILE {_NOBODY}RETURN COUNT {{ (c)<--(g) }} AS n").rows == [(0,)]


def _list_statements() -> Iterator[str]:
    for texts, head in ((NULLS, _NOBODY), (UNREAD, _TSMC), (LISTED, "")):
        yield from (head + typed for typed, _, _ in texts)
    for cases in TOPICS.values():
        yield from (
            case.cypher for case in cases if not case.writes and not case.error and not case.parameters
        )


@pytest.mark.neo4j
def test_neo4j_takes_a_guarded_statement_for_the_same(neo4j_server: Neo4jServer) -> None:
    """On Neo4j a guarded statement gives the very rows of the one that was typed."""
    changed = [(text, guard_statement(text).text) for text in _list_statements()]
    changed = [(typed, guarded) for typed, guarded in changed if typed != guarded]
    assert len(changed) > len(NULLS)
    with open_neo4j(make_toy(), neo4j_server) as neo4j:
        for typed, guarded in changed:
            rows = [describe_rows(neo4j.store.query(text).rows, ordered=False) for text in (typed, guarded)]
            assert rows[0] == rows[1], guarded


@pytest.mark.neo4j
def test_neo4j_gives_these_rows(neo4j_server: Neo4jServer) -> None:
    """The rows above are those of Neo4j."""
    with open_neo4j(make_toy(), neo4j_server) as neo4j:
        for texts, head in ((NULLS, _NOBODY), (UNREAD, _TSMC), (LISTED, "")):
            for typed, _, rows in texts:
                assert neo4j.store.query(head + typed).rows == rows, typed


# ---- any vendor, or none, in any kind of pattern ----

_PATTERNS = [
    "(c)<-[:OFFERS]-({0})",
    "({0})-[:OFFERS]->(c)",
    "(c)<-[:OFFERS]-({0})-[:BASED_IN]->()",
    "(:Country)<-[:BASED_IN]-({0})-[:OFFERS]->(c)",
    "()<-[:REQUIRES]-(c)<-[:OFFERS]-({0})",
]
# With the variable itself in the pattern, and with another that a condition says to be the same.
_PLACES = [
    ("MATCH {0} RETURN count(*) AS n", "MATCH {1} WHERE x = g RETURN count(*) AS n"),
    (
        "OPTIONAL MATCH p = {0} RETURN count(p) AS n",
        "OPTIONAL MATCH p = {1} WHERE x = g RETURN count(p) AS n",
    ),
    ("RETURN COUNT {{ {0} }} AS n", "RETURN COUNT {{ {1} WHERE x = g }} AS n"),
    ("RETURN EXISTS {{ MATCH {0} }} AS n", "RETURN EXISTS {{ MATCH {1} WHERE x = g }} AS n"),
    (
        "RETURN COLLECT {{ MATCH {0} RETURN c.id }} AS n",
        "RETURN COLLECT {{ MATCH {1} WHERE x = g RETURN c.id }} AS n",
    ),
    ("RETURN [{0} | c.id] AS n", "RETURN [{1} WHERE x = g | c.id] AS n"),
    ("WITH * WHERE {0} RETURN c.id AS n", "WITH * WHERE EXISTS {{ {1} WHERE x = g }} RETURN c.id AS n"),
    (
        "WITH * WHERE NOT {0} RETURN c.id AS n",
        "WITH * WHERE NOT EXISTS {{ {1} WHERE x = g }} RETURN c.id AS n",
    ),
    (
        "CALL (c, g) {{ MATCH {0} RETURN count(*) AS n }} RETURN n",
        "CALL (c, g) {{ MATCH {1} WHERE x = g RETURN count(*) AS n }} RETURN n",
    ),
]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    vendor=st.sampled_from(["nobody", "sony", "tsmc", "acer"]),
    component=st.sampled_from(["camera", "rack", "gpu"]),
    pattern=st.sampled_from(_PATTERNS),
    place=st.sampled_from(_PLACES),
)
def test_a_null_is_tied_to_nothing(
    vendor: str, component: str, pattern: str, place: tuple[str, str], store: EmbeddedStore
) -> None:
    """A variable in a pattern, be it null or not, is as good as one that a condition makes the same."""
    head = f"MATCH (c:Component {{id: '{component}'}}) OPTIONAL MATCH (g:Vendor {{id: '{vendor}'}}) "
    texts = (head + text.format(pattern.format("g"), pattern.format("x")) for text in place)
    found, expected = (store.query(text).rows for text in texts)
    assert found == expected


@given(
    text=st.sampled_from([*_list_statements(), *(saved.cypher for saved in list_saved())]),
    spans=st.lists(st.tuples(st.integers(0, 500), st.integers(0, 5)), max_size=3),
)
def test_a_guard_only_adds(text: str, spans: list[tuple[int, int]]) -> None:
    """Of any text, be it a statement or not, every character is kept, in its order."""
    for at, length in spans:
        text = text[:at] + text[at + length :]
    try:
        guarded = iter(guard_statement(text).text)
    except QueryError:  # what never ends
        return
    assert all(char in guarded for char in text)


# ---- what cannot be guarded ----

_NOTICE = (
    "where `g` is null, the engine lets anything take its place in the pattern at line 2, column 10, and there may be "
    "rows too many; write `WITH *, g AS known` before the clause and `known IS NOT NULL` into its WHERE"
)
_OWN_NAME = "OPTIONAL MATCH (g:Vendor {id: 'x'}) MATCH (c {id: 'camera'}) WITH c, g, 1 AS kizuna_null_1\n"
_UNGUARDED = f"{_OWN_NAME}OPTIONAL MATCH (c)<-[:OFFERS]-(g) RETURN c.id AS id"


def test_a_notice_says_where_and_what_to_write(store: EmbeddedStore) -> None:
    """Where the names of a guard are taken, the rows come with a notice, and its advice holds."""
    found = store.query(_UNGUARDED)
    assert (found.rows, found.notices) == ([("camera",)] * 3, (_NOTICE,))
    advised = f"{_OWN_NAME}WITH *, g AS known OPTIONAL MATCH (c)<-[:OFFERS]-(g) WHERE known IS NOT NULL RETURN c.id AS id"
    assert store.query(advised).rows == [("camera",)]


def test_saved_queries_have_no_notices() -> None:
    """No saved query is one that cannot be guarded."""
    assert [saved.name for saved in list_saved() if guard_statement(saved.cypher).notices] == []


def _break(guard: Callable[[str], Guarded]) -> Callable[[str], Guarded]:
    def break_text(cypher: str) -> Guarded:
        return guard(cypher)._replace(text=f"{cypher} nonsense")

    return break_text


@pytest.mark.parametrize(
    ("cypher", "said"),
    [
        (
            _NOBODY + "RETURN COUNT { (c)<--(g) } AS n",
            (
                "where `g` is null, the engine lets anything take its place in the pattern at line 1, column 92, and "
                "there may be rows too many; write `WITH * WHERE g IS NOT NULL MATCH` before the pattern"
            ),
        ),
        (
            _TSMC + "WITH b ORDER BY s.row RETURN b.id AS n",
            (
                "the engine may not read the relationship `s` of the pattern at line 1, column 1, and its properties be "
                "null; write `s IS NOT NULL` into the WHERE of the pattern"
            ),
        ),
    ],
)
def test_a_guard_that_fails_is_left_out_and_told(
    cypher: str, said: str, store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should the engine refuse what was put in, the statement runs as it was typed, with a notice."""
    monkeypatch.setattr(embedded, "guard_statement", _break(guard_statement))
    found = store.query(cypher)
    assert found.rows
    assert found.notices == (said,)


def test_a_mistake_is_shown_where_it_was_typed(store: EmbeddedStore) -> None:
    """An error in a statement that has guards names the place in the statement as typed."""
    with pytest.raises(QueryError) as raised:
        store.query("OPTIONAL MATCH (g) MATCH (c)--(g)\nRETRUN c")
    assert "line 2, column 1" in str(raised.value)
    assert str(raised.value).splitlines()[-2:] == ["RETRUN c", "^"]


def test_a_guard_does_not_show_in_columns_or_types(store: EmbeddedStore) -> None:
    """The columns of RETURN * are those that were typed, and a date stays a date beside a guard."""
    head = "MATCH (c:Component {id: 'camera'}) OPTIONAL MATCH (g:Vendor {id: 'nobody'}) "
    found = store.query(head + "OPTIONAL MATCH (c)<-[o:OFFERS]-(g) WITH o, date('2026-01-02') AS d RETURN *")
    assert (found.columns, found.rows) == (("d", "o"), [(date(2026, 1, 2), None)])
    starred = store.query(_NOBODY + "OPTIONAL MATCH (c)<-[o:OFFERS]-(g) RETURN *")
    assert starred.columns == ("c", "g", "o")
    assert [(row[0].properties["id"], *row[1:]) for row in starred.rows] == [("camera", None, None)]


# ---- the command line ----


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the folder of a small data set, prepared for queries."""
    path = str(write_package(tmp_path_factory.mktemp("data") / "toy", TOY))
    assert main(["query", "RETURN 1", "--data", path]) == 0
    return path


def test_query_prints_notices_after_the_answer(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    """``kizuna query`` prints a notice once, on standard error; the answer is what it would be."""
    capsys.readouterr()
    assert main(["query", _UNGUARDED, "--data", folder, "--format", "csv"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[0].endswith("id")
    assert err == f"note: {_NOTICE}\n"


def test_shell_prints_notices(folder: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """``kizuna shell`` prints it too."""
    from kizuna._session import Session

    with EmbeddedStore("shell", make_toy, cache=Cache(tmp_path)) as opened:
        Session(opened).run(f"{_UNGUARDED};")
    assert capsys.readouterr().err == f"note: {_NOTICE}\n"


def test_a_result_has_no_notices_of_itself() -> None:
    """A store that has nothing to say says nothing."""
    assert Result((), []).notices == ()
