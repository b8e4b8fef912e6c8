"""Queries that write; what they write bears the label Scratch."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import partial
from zoneinfo import ZoneInfo

from kizuna.graph.stores import Duration
from tests.parity.case import EMBEDDED, Drawn, case, on

__all__ = ["CASES"]

_JST = timezone(timedelta(hours=9))
_TOKYO = ZoneInfo("Asia/Tokyo")
_TIMES = {
    "day": date(2026, 5, 4),
    "offset": datetime(2026, 5, 4, 3, 2, 1, 500, tzinfo=_JST),
    "zone": datetime(2026, 5, 4, 3, 2, tzinfo=_TOKYO),
    "utc": datetime(2026, 5, 4, 3, 2, tzinfo=UTC),
    "naive": datetime(2026, 5, 4, 3, 2, 1),
    "time": time(3, 2, tzinfo=_JST),
    "local": time(3, 2, 1),
    "delta": timedelta(days=2, seconds=5),
    "months": Duration(14, 3, 4, 0),
}

# The data hold dates as text only, so this meets what a person writes, and no more.
_WITHOUT_OFFSET = {"bolt": "the engine stores a datetime with an offset as the same instant without one"}
_IN_A_MAP = on(
    EMBEDDED, "in a map of properties the engine gives datetimes in UTC, times and durations as text"
)

_case = partial(case, writes=True)

CASES = [
    _case(
        "CREATE returns what it made",
        "CREATE (a:Scratch {id: 'a', n: 1})-[r:TIES {w: 0.5}]->(b:Scratch {id: '乙'}) "
        "RETURN a, r, b, r.w AS w, a.n AS n",
        "a r b w n",
        (
            Drawn("(Scratch:a)"),
            Drawn("(Scratch:a)-[TIES]->(Scratch:乙)"),
            Drawn("(Scratch:乙)"),
            0.5,
            1,
        ),
    ),
    _case(
        "CREATE once for each row",
        "UNWIND $rows AS row CREATE (n:Scratch) SET n = row",
        "id names n",
        ("a", ["甲", "乙"], 1),
        ("b", None, 2.5),
        parameters={
            "rows": [{"id": "a", "names": ["甲", "乙"], "n": 1}, {"id": "b", "n": 2.5, "gone": None}]
        },
        then="MATCH (n:Scratch) RETURN n.id AS id, n.names AS names, n.n AS n ORDER BY id",
    ),
    _case(
        "a query that only writes has no columns and no rows",
        "CREATE (:Scratch {id: 'a'})",
        "",
    ),
    _case(
        "MERGE makes what is not there, and finds what is",
        """
        UNWIND ['a', 'b', 'b'] AS id
        MERGE (n:Scratch {id: id})
        ON CREATE SET n.made = 1, n.seen = 0
        ON MATCH SET n.seen = n.seen + 1
        WITH DISTINCT n
        RETURN n.id AS id, n.made AS made, n.seen AS seen ORDER BY id
        """,
        "id made seen",
        ("a", None, 6),
        ("b", 1, 1),
        given="CREATE (:Scratch {id: 'a', seen: 5})",
    ),
    _case(
        "MERGE of a relationship makes one",
        "MATCH (a:Scratch {id: 'a'}), (b:Scratch {id: 'b'}) UNWIND [1, 2] AS x MERGE (a)-[r:TIES]->(b) SET r.x = x",
        "n last",
        (1, 2),
        given="CREATE (:Scratch {id: 'a'}), (:Scratch {id: 'b'})",
        then="MATCH (:Scratch)-[r:TIES]->(:Scratch) RETURN count(r) AS n, max(r.x) AS last",
    ),
    _case(
        "SET += adds, changes and, by null, removes",
        "MATCH (n:Scratch) SET n += {b: 20, c: null, d: '新'} RETURN properties(n) AS p",
        "p",
        ({"id": "a", "a": 1, "b": 20, "d": "新"},),
        given="CREATE (:Scratch {id: 'a', a: 1, b: 2, c: 3})",
    ),
    _case(
        "SET = replaces all",
        "MATCH (n:Scratch) SET n = {id: 'z', x: true}",
        "p",
        ({"id": "z", "x": True},),
        given="CREATE (:Scratch {id: 'a', a: 1})",
        then="MATCH (n:Scratch) RETURN properties(n) AS p",
    ),
    _case(
        "REMOVE and SET to null take properties away",
        "MATCH (n:Scratch) REMOVE n.a SET n.b = null",
        "p a",
        ({"id": "a", "c": 3}, None),
        given="CREATE (:Scratch {id: 'a', a: 1, b: 2, c: 3})",
        then="MATCH (n:Scratch) RETURN properties(n) AS p, n.a AS a",
    ),
    _case(
        "a second label, given and taken away",
        "MATCH (n:Scratch) FOREACH (_ IN CASE WHEN n.id = 'a' THEN [1] ELSE [] END | SET n:Marked) REMOVE n:Old",
        "id labels",
        ("a", ["Marked", "Scratch"]),
        ("b", ["Scratch"]),
        given="CREATE (:Scratch {id: 'a'}), (:Scratch:Old {id: 'b'})",
        then="MATCH (n:Scratch) UNWIND labels(n) AS l WITH n.id AS id, l ORDER BY l RETURN id, collect(l) AS labels ORDER BY id",
    ),
    _case(
        "a node keeps its relationships when it gets a label",
        "MATCH (n:Scratch {id: 'a'}) SET n:Marked",
        "a b",
        ("a", "b"),
        given="CREATE (:Scratch {id: 'a'})-[:TIES]->(:Scratch {id: 'b'})",
        then="MATCH (a:Marked)-[:TIES]->(b:Scratch) RETURN a.id AS a, b.id AS b",
    ),
    _case(
        "DELETE of a relationship leaves its ends",
        "MATCH (:Scratch)-[r:TIES]->() DELETE r",
        "nodes ties",
        (2, 0),
        given="CREATE (:Scratch {id: 'a'})-[:TIES]->(:Scratch {id: 'b'})",
        then="MATCH (n:Scratch) OPTIONAL MATCH (n)-[r:TIES]->() RETURN count(n) AS nodes, count(r) AS ties",
    ),
    _case(
        "DETACH DELETE takes the relationships along",
        "MATCH (n:Scratch {id: 'a'}) DETACH DELETE n",
        "nodes ties",
        (1, 0),
        given="CREATE (:Scratch {id: 'a'})-[:TIES]->(:Scratch {id: 'b'})",
        then="MATCH (n:Scratch) OPTIONAL MATCH (n)-[r:TIES]-() RETURN count(n) AS nodes, count(r) AS ties",
    ),
    _case(
        "FOREACH",
        "MATCH (a:Scratch {id: 'a'}) FOREACH (x IN range(1, 3) | CREATE (a)-[:TIES {x: x}]->(:Scratch {id: 'n' + x}))",
        "id x",
        ("n1", 1),
        ("n2", 2),
        ("n3", 3),
        given="CREATE (:Scratch {id: 'a'})",
        then="MATCH (:Scratch {id: 'a'})-[r:TIES]->(n) RETURN n.id AS id, r.x AS x ORDER BY id",
    ),
    _case(
        "a subquery that only writes keeps the rows",
        """
        UNWIND [1, 2] AS x
        CALL (x) { UNWIND range(1, x) AS y CREATE (:Scratch {id: toString(x) + '-' + y}) }
        RETURN x ORDER BY x
        """,
        "x",
        (1,),
        (2,),
    ),
    _case(
        "what was written is found further on in the same query",
        """
        CREATE (:Scratch {id: 'a'}), (:Scratch {id: 'b'})
        WITH 1 AS one
        MATCH (n:Scratch) RETURN n.id AS id, one ORDER BY id
        """,
        "id one",
        ("a", 1),
        ("b", 1),
    ),
    _case(
        "what is written hangs on to what was there",
        "MATCH (v:Vendor {id: 'sony'}) CREATE (s:Scratch {id: 's'})-[t:TIES]->(v) "
        "RETURN t, v.name_ja AS name",
        "t name",
        (Drawn("(Scratch:s)-[TIES]->(Vendor:sony)"), "ソニー"),
    ),
    _case(
        "dates and times are read back as they were written",
        "CREATE (n:Scratch {id: 'a'}) SET n += $times",
        list(_TIMES),
        tuple(_TIMES.values()),
        parameters={"times": _TIMES},
        then=f"MATCH (n:Scratch) RETURN {', '.join(f'n.{name} AS {name}' for name in _TIMES)}",
        differs=_WITHOUT_OFFSET,
    ),
    _case(
        "dates and times within the properties of a node",
        "CREATE (n:Scratch {id: 'a'}) SET n += $times",
        "p",
        ({"id": "a", **_TIMES},),
        parameters={"times": _TIMES},
        then="MATCH (n:Scratch) RETURN properties(n) AS p",
        differs=_WITHOUT_OFFSET | _IN_A_MAP,
    ),
    _case(
        "lists of dates are read back",
        "CREATE (n:Scratch {id: 'a', days: $days, numbers: [1, 2], floats: [1.0], texts: ['甲'], truth: [true], none: []})",
        "days numbers floats texts truth none",
        ([date(2026, 5, 4), date(2025, 1, 1)], [1, 2], [1.0], ["甲"], [True], []),
        parameters={"days": [date(2026, 5, 4), date(2025, 1, 1)]},
        then="MATCH (n:Scratch) RETURN n.days AS days, n.numbers AS numbers, n.floats AS floats, n.texts AS texts, "
        "n.truth AS truth, n.none AS none",
    ),
    _case(
        "texts that look like dates are read back as texts",
        "CREATE (n:Scratch {id: '2026-05-04', t: 'P1D', u: '2026-05-04T00:00:00Z'})",
        "id t u p",
        (
            "2026-05-04",
            "P1D",
            "2026-05-04T00:00:00Z",
            {"id": "2026-05-04", "t": "P1D", "u": "2026-05-04T00:00:00Z"},
        ),
        then="MATCH (n:Scratch) RETURN n.id AS id, n.t AS t, n.u AS u, properties(n) AS p",
    ),
    _case(
        "numbers, truth and long texts are read back",
        "CREATE (n:Scratch {id: 'a', i: $i, f: $f, b: $b, t: $t})",
        "i f b size t",
        (2**62, 1.0, False, 5000, "絆" * 5000),
        parameters={"i": 2**62, "f": 1.0, "b": False, "t": "絆" * 5000},
        then="MATCH (n:Scratch) RETURN n.i AS i, n.f AS f, n.b AS b, size(n.t) AS size, n.t AS t",
    ),
    _case(
        "a copy of a node's properties",
        "MATCH (c:Country {id: 'JP'}) CREATE (n:Scratch) SET n = properties(c) SET n.id = 'copy' "
        "RETURN n {.id, .name_ja} AS n",
        "n",
        ({"id": "copy", "name_ja": "日本"},),
    ),
]
