"""What the text of a Cypher statement tells, held against the embedded engine and Neo4j."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kizuna import KizunaError
from kizuna.graph.stores._lexer import tokenize
from kizuna.graph.stores.text import (
    bind_temporals,
    describe_place,
    expand_star,
    find_columns,
    is_statement_complete,
    needs_types,
    read_typed,
    split_statements,
    tag_types,
    wants_files,
)
from kizuna.graph.stores.values import Duration

if TYPE_CHECKING:
    from tests.neo4j_server import Neo4jServer

TOKYO = ZoneInfo("Asia/Tokyo")
LONDON = ZoneInfo("Europe/London")

# Statement -> its columns. Neo4j says the same of each (see below).
COLUMNS: dict[str, tuple[str, ...]] = {
    # names
    "RETURN 1": ("1",),
    "RETURN  1  +  2 , 'a, b' AS c": ("1  +  2", "c"),
    "RETURN 1 /* a, b */ + 2 // RETURN 3 AS x": ("1 /* a, b */ + 2",),
    "MATCH (n) RETURN n, n . id, n.`a b`, n['x']": ("n", "n . id", "n.`a b`", "n['x']"),
    "MATCH (`a b`) RETURN `a b`, `a b`.id, 1 AS `c``d`, 2 AS `e.f`": ("a b", "`a b`.id", "c`d", "e.f"),
    "MATCH (n) RETURN (n), (true), ((1))": ("n", "(true)", "((1))"),
    "MATCH (n) RETURN n {.id, x: 1}, n {.*} AS m, n.x": ("n", "m", "n.x"),
    "MATCH (count) RETURN count {.x}": ("count",),
    "MATCH (廠商:Vendor) RETURN 廠商.name_zh AS 名稱, 廠商": ("名稱", "廠商"),
    "return 1 as A, 2 aS b;": ("A", "b"),
    # clauses after the columns
    "MATCH (n) RETURN DISTINCT n.x ORDER BY n.x DESC, n.x + 1 SKIP 1 LIMIT 2": ("n.x",),
    "RETURN 1 OFFSET 0 LIMIT 1": ("1",),
    "MATCH (n) RETURN n ORDER BY CASE WHEN n.x = 1 THEN 2 ELSE 3 END DESC": ("n",),
    "RETURN 1 AS x ORDER BY x LIMIT 1 UNION ALL RETURN 2 AS x": ("x",),
    "MATCH (a) RETURN * UNION MATCH (a) RETURN *": ("a",),
    # what has commas and words of its own
    "RETURN CASE 1 WHEN 1 THEN 'a' ELSE 'b' END, CASE WHEN true THEN [1, 2] END AS c": (
        "CASE 1 WHEN 1 THEN 'a' ELSE 'b' END",
        "c",
    ),
    "RETURN [x IN [1, 2] WHERE x > 1 | x], reduce(a = 0, x IN [1] | a + x)": (
        "[x IN [1, 2] WHERE x > 1 | x]",
        "reduce(a = 0, x IN [1] | a + x)",
    ),
    "MATCH (n) RETURN [(n)-->(m) | m.id], [p = (n)-->() | p] AS ps": ("[(n)-->(m) | m.id]", "ps"),
    "MATCH (n) RETURN COUNT { (n)--(m) }, EXISTS { MATCH (n)--(m) RETURN m }, COLLECT { RETURN 1 AS y } AS c": (
        "COUNT { (n)--(m) }",
        "EXISTS { MATCH (n)--(m) RETURN m }",
        "c",
    ),
    "RETURN $p, $ p AS q, $`a b`, {a: 1, `b c`: 2}, 'it\\'s', \"q\\\"q\", 0x1F, .5": (
        *("$p", "q", "$`a b`", "{a: 1, `b c`: 2}", "'it\\'s'", '"q\\"q"', "0x1F", ".5"),
    ),
    "WITH [1] AS x RETURN x[0], x[0..1], x[..1], x[1..], -x[0]": (
        *("x[0]", "x[0..1]", "x[..1]", "x[1..]", "-x[0]"),
    ),
    # a star stands for what is in scope, in alphabetical order
    "MATCH (n) RETURN *, n.id AS x, 1 AS a": ("n", "x", "a"),
    "MATCH (n), (b) RETURN *, n.x AS b": ("n", "b"),
    "MATCH (b), (B), (a), (`Z z`), (鴻), (é) RETURN *": ("B", "Z z", "a", "b", "é", "鴻"),
    "MATCH p = (a)-[r:X*1..3]->(:B {x: 1})<-[:Y]-(c) RETURN *": ("a", "c", "p", "r"),
    "MATCH (n:A|B&!(C|D)), (m)-[r:X|Y*..2 {a: 1}]-() RETURN *": ("m", "n", "r"),
    "MATCH (n IS A), (IS B), (m WHERE m.x > 1)-[r WHERE r.x]->(WHERE true) RETURN *": ("m", "n", "r"),
    "MATCH (c) ((a)-[r]->(b) WHERE a.x = 1){1,3} (d) RETURN *": ("a", "b", "c", "d", "r"),
    "MATCH (c) ((a)-[r]->(b))+ RETURN *": ("a", "b", "c", "r"),
    "MATCH ANY SHORTEST (p = (a)-[r]->+(b)) RETURN *": ("a", "b", "p", "r"),
    "MATCH (b), (a), p = shortestPath((a)-[r:X*1..3]->(b)) RETURN *": ("a", "b", "p", "r"),
    "OPTIONAL MATCH (n:No) USING SCAN n:No WHERE n.x IS NOT NULL RETURN *": ("n",),
    "CREATE (a:T)-[r:R {x: 1}]->(b:T), p = (c:T) RETURN *": ("a", "b", "c", "p", "r"),
    "MERGE (a:T {x: 1}) ON CREATE SET a.y = 1 ON MATCH SET a.z = 2 RETURN *": ("a",),
    "MATCH (n) WITH n.x AS x, count(*) AS c WHERE c > 1 RETURN *": ("c", "x"),
    "MATCH (n) WITH DISTINCT *, 1 AS e ORDER BY e LIMIT 3 RETURN *": ("e", "n"),
    "UNWIND [1] AS x WITH collect(x) AS l UNWIND l AS y RETURN *": ("l", "y"),
    "UNWIND [1] AS x CALL (x) { MATCH (q) RETURN x + 1 AS y UNION RETURN 2 AS y } RETURN *": ("x", "y"),
    "UNWIND [1] AS x CALL { WITH x MATCH (q) RETURN q } RETURN *": ("q", "x"),
    "CALL () { MATCH (q)-[r]-() RETURN * } RETURN *": ("q", "r"),
    "UNWIND [1] AS x CALL (x) { CREATE (z) } RETURN *": ("x",),
    "CALL db.labels() YIELD label AS l RETURN *": ("l",),
    "MATCH (n) CALL db.labels() YIELD label WHERE label = 'x' RETURN *": ("label", "n"),
    "LOAD CSV WITH HEADERS FROM 'file:///x' AS row FIELDTERMINATOR ';' RETURN *": ("row",),
    "UNWIND [1] AS x FOREACH (y IN [1] | CREATE (z:T)) RETURN *": ("x",),
    "MATCH (n) WHERE EXISTS { (n)--(m) } AND [(n)--(k) | k] = [] RETURN *": ("n",),
    # keywords as names
    "MATCH (return) WITH return AS match RETURN match, match.id": ("match", "match.id"),
    "MATCH (with) WHERE with.x STARTS WITH 'a' RETURN with ORDER BY with.id": ("with",),
    "RETURN 1 AS return, 2 AS order, 3 AS limit": ("return", "order", "limit"),
    "WITH 1 AS limit, 2 AS skip RETURN limit, skip LIMIT 3": ("limit", "skip"),
    "WITH 1 AS distinct RETURN distinct": ("distinct",),
    "WITH 1 AS distinct RETURN DISTINCT distinct": ("distinct",),
    "MATCH (case), (as) RETURN DISTINCT case AS x, as IS NULL, NOT case.x": ("x", "as IS NULL", "NOT case.x"),
    "MATCH (limit), (distinct) RETURN CASE limit WHEN 1 THEN 2 END AS x, NOT limit.x LIMIT 3": (
        "x",
        "NOT limit.x",
    ),
    "MATCH (distinct), where = (n) RETURN distinct {.x}, where": ("distinct", "where"),
    "MATCH where = (n) RETURN *": ("n", "where"),
    "UNWIND [true] AS on MATCH (limit) WHERE NOT on RETURN DISTINCT limit {.x}, on": ("limit", "on"),
    "WITH 1 AS when RETURN when, CASE when WHEN 1 THEN 2 END AS c": ("when", "c"),
    "WITH 1 AS match RETURN 1 > match, match + match AS m": ("1 > match", "m"),
    "MATCH (n:Match:Return), (m {return: 1}) WHERE n.with = 1 RETURN n.match": ("n.match",),
    "WITH [1] AS x WHERE x IS :: LIST<INTEGER> RETURN x": ("x",),
    # no RETURN
    "CALL db.labels() YIELD label AS l": ("l",),
    "SHOW INDEXES YIELD name, type AS t ORDER BY name WHERE name <> 'x'": ("name", "t"),
    "SHOW INDEXES YIELD name, type AS t RETURN t": ("t",),
    "CREATE (a:T) SET a.x = 1": (),
    "MATCH (n:No) DETACH DELETE n": (),
    "FOREACH (x IN [1] | CREATE (q:T {x: x}))": (),
    "CREATE INDEX foo IF NOT EXISTS FOR (n:T) ON (n.x)": (),
}

# Statements that the embedded engine answers the same with and without their types.
ANSWERED = """\
MATCH (v:Vendor) RETURN v.id AS id ORDER BY id
MATCH (v:Vendor) RETURN v.id ORDER BY v.id DESC SKIP 1 LIMIT 1
MATCH (v:Vendor) RETURN v, v.id, [v.id, 1] AS l ORDER BY v.id
MATCH (v:Vendor) RETURN DISTINCT v.n > 1, count(*) AS n ORDER BY n
MATCH (v:Vendor) RETURN v.id, count(*) ORDER BY count(*), v.id DESC
MATCH (v:Vendor)-[o:OFFERS]->(c) RETURN c, o, v ORDER BY v.id
MATCH p = (v:Vendor)-[o:OFFERS]->(c) RETURN p, o, c ORDER BY v.id
MATCH (v:Vendor) WITH v.id AS i, v ORDER BY i RETURN *
MATCH (v:Vendor) RETURN v.id AS a UNION MATCH (c:Component) RETURN c.id AS a
MATCH (v:Vendor) RETURN v.id AS a, 1 AS b UNION ALL MATCH (c:Component) RETURN c.id AS a, 2 AS b
UNWIND [3, 1, 2] AS x RETURN x, x * 2 AS d ORDER BY d
UNWIND [3, 1, 2] AS x WITH x WHERE x > 1 RETURN *
RETURN CASE WHEN true THEN 'a' ELSE 'x, y' END, 'RETURN 1 AS z'
RETURN 1 // comment, RETURN 2 AS y
RETURN [x IN range(1, 3) WHERE x > 1 | x * 2] AS l, reduce(s = 0, x IN [1, 2] | s + x) AS r
MATCH (v:Vendor) CALL { WITH v MATCH (v)-[:OFFERS]->(c) RETURN count(c) AS n } RETURN v.id, n ORDER BY v.id
MATCH (v:Vendor) CALL (v) { MATCH (v)-[:OFFERS]->(c) RETURN count(c) AS n } RETURN v.id, n ORDER BY v.id
MATCH (v:Vendor) WHERE EXISTS { MATCH (v)-[:OFFERS]->(x) RETURN x } RETURN v.id ORDER BY v.id
MATCH (v:Vendor) RETURN v.id, COUNT { (v)-->() }, COLLECT { MATCH (v)-->(c) RETURN c.id } AS l ORDER BY v.id
MATCH (v:Vendor) RETURN max(v.id), count(v.n) AS n
MATCH (match:Vendor) RETURN match ORDER BY match.id
MATCH (v:Vendor) WHERE v.id STARTS WITH 'a' RETURN v.id
MATCH (v:Vendor) RETURN v.id AS `order by`, v.n AS `a b` ORDER BY `a b` LIMIT 5;
MATCH (v:Vendor) RETURN v.id AS 代號, v.name_zh ORDER BY 代號
MATCH (v:Vendor) RETURN v.id AS `a.b`, v.n ORDER BY v.id
RETURN $x AS x, $x + 1
RETURN null AS a, true, 1.5, 'x', [] AS e, {} AS f, [[1], {g: [null]}] AS h
MATCH (v:Vendor) OPTIONAL MATCH (v)-[:NONE]->(w) RETURN v.id, w ORDER BY v.id
CALL db.labels() YIELD label AS l RETURN l ORDER BY l
MATCH (v:Vendor) RETURN v.id AS v ORDER BY v
MATCH (a {id: 'a'}), (b {id: 'b'}), p = shortestPath((a)-[*..5]-(b)) RETURN p, length(p), [n IN nodes(p) | n.id]
MATCH p = (a {id: 'a'})((x)-[:OFFERS]-(y)){1,3}(b) RETURN [n IN x | n.id], b.id ORDER BY b.id
MATCH (v:Vendor) RETURN DISTINCT labels(v), v:Vendor AS is
RETURN point({x: 1, y: 2}) AS p
MATCH (v:Vendor) RETURN v.id AS i, v.n AS n ORDER BY v.name_zh, i""".splitlines()


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Yield a small database of the embedded engine: two vendors that offer one component."""
    arcadedb: Any = pytest.importorskip("arcadedb")
    db = arcadedb.create_database(str(tmp_path_factory.mktemp("engine") / "db"))
    for label in ("Vendor", "Component"):
        db.schema.create_vertex_type(label)
    db.schema.create_edge_type("OFFERS")
    with db.graph_batch() as batch:
        vendors = batch.create_vertices(
            "Vendor", [{"id": "a", "name_zh": "鴻海", "n": 1}, {"id": "b", "n": 2.5}]
        )
        components = batch.create_vertices("Component", [{"id": "c"}])
        batch.new_edges(vendors, "OFFERS", [components[0]] * 2, [{"share": 0.5}, {}])
    yield db
    db.close()


def _ask(engine: Any, cypher: str, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = engine.query("opencypher", cypher, parameters or {}).to_list()
    return rows


def _ask_typed(engine: Any, cypher: str, parameters: dict[str, Any] | None = None) -> list[Any]:
    """Return the first row, with Python's own types."""
    text, bound = bind_temporals(cypher, parameters or {})
    columns = find_columns(text)
    assert columns is not None
    tagged = tag_types(text, columns)
    assert tagged is not None
    *values, types = _ask(engine, tagged, bound)[0].values()
    return [read_typed(value, tag) for value, tag in zip(values, types, strict=True)]


# Tokens


@given(st.text(alphabet="ab1 .:;,()[]{}$+-*/\n\t'\"`\\鴻か゛") | st.text())
def test_the_tokens_of_a_statement_are_the_statement(cypher: str) -> None:
    """Nothing is lost and nothing is added, and every token knows its offset."""
    try:
        tokens = tokenize(cypher)
    except KizunaError:
        return
    assert "".join(token.text for token in tokens) == cypher
    assert all(cypher[token.start : token.end] == token.text for token in tokens)


@pytest.mark.parametrize(
    ("cypher", "what", "place"),
    [
        ("RETURN 1,\n  'a", "string", "line 2, column 3"),
        ('RETURN "a\\"', "string", "line 1, column 8"),
        ("RETURN 1 /* a", "comment", "line 1, column 10"),
        ("MATCH (`a`` b", "back-ticked name", "line 1, column 8"),
    ],
)
def test_what_never_ends_is_refused_with_its_place(cypher: str, what: str, place: str) -> None:
    """The message says what is open and where it began."""
    with pytest.raises(KizunaError, match=f"The {what} that begins at {place} is not closed"):
        find_columns(cypher)


# Columns


@pytest.mark.parametrize("cypher", COLUMNS)
def test_columns_are_named_by_the_text(cypher: str) -> None:
    """The names of the columns, clause by clause."""
    assert find_columns(cypher) == COLUMNS[cypher]


@pytest.mark.slow
@pytest.mark.neo4j
def test_neo4j_names_the_columns_the_same(neo4j_server: Neo4jServer) -> None:
    """Every statement of the table, explained by Neo4j, has the columns that the table says."""
    with neo4j_server.connect() as driver, driver.session(database=neo4j_server.database) as session:
        said = {}
        for cypher in COLUMNS:
            mode = "" if cypher.startswith("SHOW") else "EXPLAIN "
            said[cypher] = tuple(session.run(mode + cypher, {"p": 1, "a b": 2}).keys())
    assert said == COLUMNS


@pytest.mark.parametrize(
    "cypher",
    [
        "CALL db.labels()",
        "CALL db.labels() YIELD *",
        "CALL db.labels() YIELD * RETURN *",
        "SHOW DATABASES",
        "RETURN (1",
        "RETURN [1)",
        "RETURN 1; RETURN 2",
        "RETURN 1 AS \\u0041",
    ],
)
def test_what_only_an_engine_can_tell_is_not_guessed(cypher: str) -> None:
    """No names are better than wrong ones."""
    assert find_columns(cypher) is None


@given(
    st.lists(
        st.sampled_from(["RETURN", " AS ", ",", ";", "//", "/*", "UNION", "(", "}", "`", "'", "*", "\\n"])
    )
)
def test_words_in_strings_and_comments_never_change_the_columns(parts: list[str]) -> None:
    """Keywords, brackets and semicolons mean nothing inside a string, a comment or back-ticks."""
    inside = " ".join(parts)
    string = inside.replace("'", "\\'")
    comment = inside.replace("*/", "").replace("/*", "").replace("\n", "")
    name = inside.replace("`", "``")
    cypher = f"MATCH (n {{x: '{string}'}}) /* {comment} */ RETURN n.`{name}` AS a, '{string}' AS `b {name}` // {comment}"
    assert find_columns(cypher) == ("a", f"b {inside}")


@pytest.mark.parametrize("cypher", ANSWERED)
def test_the_embedded_engine_has_the_columns(cypher: str, engine: Any) -> None:
    """The engine answers these columns, in this order once a star is written out."""
    columns = find_columns(cypher)
    assert [tuple(row) for row in _ask(engine, expand_star(cypher), {"x": 1})][:1] == [columns]


def test_what_follows_a_star_is_answered(engine: Any) -> None:
    """A star that is written out loses nothing of what stands after it."""
    rows = _ask(
        engine, expand_star("MATCH (v:Vendor) WITH v.id AS z, v.n AS a RETURN *, 1 AS one ORDER BY z")
    )
    assert [tuple(row.items()) for row in rows] == [
        (("a", 1), ("z", "a"), ("one", 1)),
        (("a", 2.5), ("z", "b"), ("one", 1)),
    ]


_WORDS = [
    "MATCH",
    "RETURN",
    "WITH",
    "CALL",
    "YIELD",
    "UNION",
    "ALL",
    "DISTINCT",
    "*",
    ",",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "=",
    ":",
    ".",
    "AS",
    "a",
    "`b",
    "c`",
    "'x'",
    "1",
    "$p",
    "WHERE",
    "ORDER",
    "BY",
    "LIMIT",
    "LOAD",
    "CSV",
    "OPTIONAL",
    "FOREACH",
    "SHOW",
    "UNWIND",
    "CASE",
    "WHEN",
    "END",
    ">",
    "+",
    ";",
    "::",
    "COUNT",
    "NOT",
    "SET",
    "ON",
    "MERGE",
    "USE",
    "EXPLAIN",
    "\\",
    "//",
    "/*",
    "*/",
    "\n",
]


@given(st.lists(st.sampled_from(_WORDS), max_size=14))
def test_any_text_is_taken(words: list[str]) -> None:
    """What is no Cypher gives None, or the one error of what never ends: its mistake is for the engine to tell."""
    cypher = " ".join(words)
    try:
        columns = find_columns(cypher)
        assert columns is None or all(isinstance(name, str) for name in columns)
        assert find_columns(expand_star(cypher)) == columns
        assert tag_types(cypher, columns or ("a",)) != cypher
    except KizunaError as error:
        assert "is not closed" in str(error)


# Files


@pytest.mark.parametrize(
    ("cypher", "place"),
    [
        ("LOAD CSV FROM 'file:///a' AS l RETURN l", (1, 1)),
        ("MATCH (n)\n  load /* x */ // y\n csv WITH HEADERS FROM $f AS l RETURN l", (2, 3)),
        ("CALL { LOAD\tCSV FROM 'x' AS l RETURN l } RETURN l", (1, 8)),
        ("WITH 1 AS x L\\u004fAD CSV FROM 'x' AS l RETURN l", (1, 13)),
        ("RETURN '\\u0027 AS x UNION LOAD CSV FROM 'x' AS x RETURN x //'", (1, 27)),
    ],
)
def test_a_clause_that_reads_files_is_found(cypher: str, place: tuple[int, int]) -> None:
    """LOAD CSV is found in any writing, even in escapes that Neo4j reads before it reads words."""
    assert wants_files(cypher) == place


@pytest.mark.parametrize(
    "cypher",
    [
        "RETURN 'LOAD CSV' AS x // LOAD CSV",
        "MATCH (:`LOAD CSV`) /* LOAD CSV */ RETURN 1 AS load, 2 AS csv",
        "MATCH (n {load: 1, csv: 2}) RETURN n.load, 'C:\\\\u0027'",
    ],
)
def test_other_words_read_no_files(cypher: str) -> None:
    """Strings, comments and names do not read files."""
    assert wants_files(cypher) is None


# Statements


def test_a_file_is_split_at_its_semicolons() -> None:
    """Semicolons in strings, comments and names do not count; a comment stays with what follows it."""
    text = "// one;\nRETURN ';' AS a; ;\n/* ; */ MATCH (`b;`)\nRETURN 2; // the end;\n"
    assert split_statements(text) == ["// one;\nRETURN ';' AS a", "/* ; */ MATCH (`b;`)\nRETURN 2"]


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("RETURN 1;", True),
        ("RETURN 1; // done", True),
        ("RETURN (1;", True),
        ("RETURN 1", False),
        ("RETURN 1 // ;", False),
        ("RETURN ';", False),
        ("RETURN 1 /* ;", False),
        ("MATCH (`a;", False),
        ("", False),
    ],
)
def test_a_statement_is_complete_at_its_semicolon(text: str, complete: bool) -> None:
    """A semicolon ends a statement unless a string, a comment or a name is open."""
    assert is_statement_complete(text) is complete


# Places


def test_a_caret_stands_under_its_place() -> None:
    """A tab is shown as a blank; a wide character takes two columns and a combining one none."""
    assert describe_place("a\n\tMATCH (鴻海 x", 2, 11) == " MATCH (鴻海 x\n" + " " * 12 + "^"
    assert describe_place("e\u0301x", 1, 3) == "e\u0301x\n ^"


def test_a_place_outside_is_moved_to_the_nearest() -> None:
    """A place after the end is the end."""
    assert describe_place("RETURN\r\n", 1, 99) == "RETURN\n      ^"
    assert describe_place("RETURN", 9, 0) == "RETURN\n^"


@given(st.text(alphabet="ab鴻海\té", max_size=400), st.integers(1, 400))
def test_a_long_line_is_cut_around_its_place(line: str, column: int) -> None:
    """No more than 100 characters are shown, and the caret stands under the right one."""
    shown, caret = describe_place(line, 1, column).split("\n")
    assert len(shown) <= 100
    columns = [char for char in shown for _ in range(2 if unicodedata.east_asian_width(char) == "W" else 1)]
    place = caret.index("^")
    if column <= len(line):
        assert columns[place] == line[column - 1].replace("\t", " ")
    else:
        assert place == len(columns)


# Dates, times and durations as parameters


@pytest.mark.parametrize(
    ("value", "text", "bound"),
    [
        (date(2026, 5, 4), "date($x)", "2026-05-04"),
        (datetime(2026, 5, 4, 1, 2, 3), "localdatetime($x)", "2026-05-04T01:02:03"),
        (datetime(2026, 5, 4, 1, 2, tzinfo=UTC), "datetime($x)", "2026-05-04T01:02:00+00:00"),
        (datetime(2026, 5, 4, 1, 2, tzinfo=TOKYO), "datetime($x)", "2026-05-04T01:02:00+09:00[Asia/Tokyo]"),
        (time(1, 2, 3, 4), "localtime($x)", "01:02:03.000004"),
        (time(1, 2, tzinfo=timezone(timedelta(hours=-3.5))), "time($x)", "01:02:00-03:30"),
        (timedelta(days=2, seconds=3, microseconds=40), "duration($x)", "P2DT3.00004S"),
        (timedelta(seconds=-1), "duration($x)", "P-1DT86399S"),
        (Duration(14, -3, -1, -500_000_000), "duration($x)", "P14M-3DT-1.5S"),
        (Duration(1, 0, 1, -1), "duration($x)", "P1M0DT0.999999999S"),
    ],
)
def test_a_parameter_becomes_a_call_with_iso_text(value: Any, text: str, bound: str) -> None:
    """Each type has its function; nothing is carried from days to hours or from months to days."""
    assert bind_temporals("RETURN $x", {"x": value}) == (f"RETURN {text}", {"x": bound})


def test_lists_and_maps_are_written_out() -> None:
    """Only what holds a date is taken apart; new names do not collide with the ones in use."""
    day = date(2026, 5, 4)
    value = {"a`b": [1, day], "c": [2, 3]}
    written = "{`a``b`: [$x_0__0, date($x_0__1)], `c`: $x_1}"
    assert bind_temporals(
        "RETURN $x, $x_0, $y, '$x', $`x` // $x", {"x": value, "x_0": 7, "y": [1], "z": day}
    ) == (
        f"RETURN {written}, $x_0, $y, '$x', {written} // $x",
        {"x_0__0": 1, "x_0__1": "2026-05-04", "x_1": [2, 3], "x_0": 7, "y": [1], "z": "2026-05-04"},
    )


def test_parameters_with_any_name_are_bound(engine: Any) -> None:
    """A name in back-ticks and a number are names like others."""
    parameters = {"a b": [date(2026, 5, 4)], "0": [1, time(1)]}
    assert _ask_typed(engine, "RETURN $`a b` AS a, $0 AS b, $ `a b`[0].year AS c", parameters) == [
        [date(2026, 5, 4)],
        [1, time(1)],
        2026,
    ]


def test_a_time_of_a_zone_is_refused() -> None:
    """A time in Tokyo's zone has no offset without a day; the message says what to give."""
    with pytest.raises(KizunaError, match=r"Parameter \$t: .* Give a datetime"):
        bind_temporals("RETURN $t", {"t": time(1, tzinfo=TOKYO)})


# Types


@pytest.mark.parametrize(
    ("cypher", "parameters", "needed"),
    [
        ("RETURN date()", {}, True),
        ("RETURN Date . truncate('year', $x)", {"x": "2026-01-01"}, True),
        ("RETURN datetime /* x */ ({epochMillis: 0})", {}, True),
        ("RETURN duration.between($x, $y)", {}, True),
        ("RETURN `localtime`()", {}, True),
        ("RETURN $x", {"x": {"a": [timedelta(1)]}}, True),
        ("MATCH (date:Time {date: 1}) RETURN date.date, date, 'date()', `date` // date()", {}, False),
        ("MATCH (v) WHERE v.time > 1 RETURN v.duration, timestamp()", {"x": "2026-01-01"}, False),
    ],
)
def test_only_functions_and_parameters_make_dates(
    cypher: str, parameters: dict[str, Any], needed: bool
) -> None:
    """A property, a label, a key, a string and a comment make none."""
    assert needs_types(cypher, parameters) is needed


@pytest.mark.parametrize("cypher", ANSWERED)
def test_tagging_changes_no_row(cypher: str, engine: Any) -> None:
    """With its types, a statement answers the same columns and rows in the same order."""
    columns = find_columns(cypher)
    assert columns is not None
    tagged = tag_types(cypher, columns)
    assert tagged is not None
    rows = _ask(engine, tagged, {"x": 1})
    assert {tuple(row) for row in rows} == {(*columns, "kizuna types")}
    types = [row.pop("kizuna types") for row in rows]
    assert rows == _ask(engine, expand_star(cypher), {"x": 1})
    for row, tags in zip(rows, types, strict=True):
        assert [read_typed(*pair) for pair in zip(row.values(), tags, strict=True)] == [*row.values()]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("date('2026-05-04')", date(2026, 5, 4)),
        ("date('-0001-05-04')", "-0001-05-04"),
        ("time('01:02Z')", time(1, 2, tzinfo=UTC)),
        ("localtime('01:02:03.123456789')", time(1, 2, 3, 123456)),
        (
            "datetime('2026-05-04T01:02-03:30')",
            datetime(2026, 5, 4, 1, 2, tzinfo=timezone(timedelta(hours=-3.5))),
        ),
        ("datetime('2026-05-04T01:02[Asia/Tokyo]')", datetime(2026, 5, 4, 1, 2, tzinfo=TOKYO)),
        ("localdatetime('2026-05-04T01:02')", datetime(2026, 5, 4, 1, 2)),
        ("date('2026-05-04') + duration('P1M')", date(2026, 6, 4)),
        ("date.truncate('year', date('2026-05-04'))", date(2026, 1, 1)),
        ("duration('P1Y2M3DT4.5S')", Duration(14, 3, 4, 500_000_000)),
        ("duration('P1M-1DT-0.000000001S')", Duration(1, -1, 0, -1)),
        ("duration('P-1DT-0.5S')", timedelta(days=-1, seconds=-0.5)),
        ("duration('PT1H2M3.0000019S')", timedelta(hours=1, minutes=2, seconds=3, microseconds=1)),
        ("duration('P10000000000D')", Duration(0, 10_000_000_000, 0, 0)),
        ("['2026-05-04', date('2026-05-04'), null, 1]", ["2026-05-04", date(2026, 5, 4), None, 1]),
        ("{b: {c: [date('2026-05-04')]}, a: 'P1D'}", {"b": {"c": [date(2026, 5, 4)]}, "a": "P1D"}),
        ("[[[[date('2026-05-04')]]]]", [[[["2026-05-04"]]]]),
    ],
)
def test_computed_values_have_pythons_types(expression: str, value: Any, engine: Any) -> None:
    """What the engine computes comes back typed, down to three levels; what Python cannot hold stays text."""
    assert _ask_typed(engine, f"RETURN {expression} AS x, '2026-05-04' AS y") == [value, "2026-05-04"]


def test_an_hour_that_comes_twice_keeps_its_offset(engine: Any) -> None:
    """The second 01:30 in London on the last Sunday of October is winter time."""
    second = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=1)
    [found] = _ask_typed(engine, "RETURN $x AS x", {"x": second})
    assert (found, found.tzinfo, found.utcoffset()) == (second, LONDON, timedelta(0))


@pytest.mark.parametrize(
    "cypher",
    [
        "CREATE (a:T)",
        "EXPLAIN RETURN 1 AS x",
        "CALL db.labels() YIELD label",
        "RETURN 1 AS kizuna_0",
        "RETURN 1, 1",
    ],
)
def test_what_cannot_be_tagged_is_left_alone(cypher: str) -> None:
    """A statement without a RETURN of its own, one to be explained, and one whose names would collide."""
    assert tag_types(cypher, find_columns(cypher) or ("x",)) is None


def test_branches_of_a_union_may_order_their_columns_differently() -> None:
    """Columns of a UNION go by their names."""
    tagged = tag_types("RETURN 1 AS a, 2 AS b UNION RETURN 3 AS b, 4 AS a", ("a", "b"))
    assert tagged is not None
    first, second = tagged.split(" UNION ")
    assert first.startswith("WITH 1 AS `a`, 2 AS `b` RETURN `a` AS `a`, `b` AS `b`, ")
    assert second.startswith("WITH 4 AS `a`, 3 AS `b` RETURN `a` AS `a`, `b` AS `b`, ")


def _is_real(moment: datetime) -> bool:
    """Tell whether a clock ever shows this: one that skips an hour in spring leaves it out."""
    return moment.astimezone(UTC).astimezone(moment.tzinfo).replace(tzinfo=None) == moment.replace(
        tzinfo=None
    )


_OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_ZONES = st.sampled_from([TOKYO, LONDON, ZoneInfo("Asia/Taipei"), ZoneInfo("America/New_York")])
_TEMPORALS = st.one_of(
    st.dates(),
    st.times(),
    st.times(timezones=_OFFSETS),
    st.datetimes(),
    st.datetimes(timezones=_OFFSETS, allow_imaginary=False),
    st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2037, 1, 1), timezones=_ZONES).filter(
        _is_real
    ),
    st.timedeltas(),
    st.builds(
        Duration,
        st.integers(1, 10**5) | st.integers(-(10**5), -1),
        st.integers(-(10**6), 10**6),
        st.integers(0, 10**6),
        st.integers(0, 999_999_999),
    ),
)
_VALUES = st.recursive(
    _TEMPORALS | st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(alphabet="aP1D-鴻'`"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(alphabet="ab .`鴻", min_size=1), inner, max_size=3)
    ),
    max_leaves=5,
)


def _measure_depth(value: Any) -> int:
    if isinstance(value, Duration) or not isinstance(value, list | dict):
        return 0
    parts = value.values() if isinstance(value, dict) else value
    return 1 + max(map(_measure_depth, parts), default=0)


def _describe(value: Any) -> Any:
    """Tell a value with its type, its zone and its offset, none of which ``==`` looks at."""
    if isinstance(value, list):
        return list(map(_describe, value))
    if isinstance(value, dict):
        return {key: _describe(part) for key, part in value.items()}
    if isinstance(value, datetime | time):
        return type(value), value.isoformat(), str(value.tzinfo)
    return type(value), value


@settings(max_examples=300)
@given(_VALUES.filter(lambda value: _measure_depth(value) <= 3))
def test_values_come_back_from_the_engine_as_they_went_in(engine: Any, value: Any) -> None:
    """Dates, times and durations survive the way into the engine and out of it, within lists and maps as well."""
    [found] = _ask_typed(engine, "RETURN $x AS x", {"x": value})
    assert _describe(found) == _describe(value)
