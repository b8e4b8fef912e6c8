"""ORDER BY, SKIP and LIMIT."""

from __future__ import annotations

from tests.parity.case import NO_COLUMNS, case

__all__ = ["CASES"]

CASES = [
    case(
        "ties are broken by further keys",
        "MATCH (v:Vendor) WHERE v.country <> 'TW' "
        "RETURN v.country AS c, v.city AS city, v.id AS id ORDER BY c DESC, city, id DESC",
        "c city id",
        ("US", None, "nvidia"),
        ("US", None, "intel"),
        ("JP", "Osaka", "keyence"),
        ("JP", "Sakai", "sharp"),
        ("JP", "Tokyo", "sony"),
        ("JP", "Tokyo", "renesas"),
        ("JP", "Tokyo", "hoya"),
    ),
    case(
        "nulls come last",
        "UNWIND [2, null, 1, null] AS x RETURN x ORDER BY x",
        "x",
        (1,),
        (2,),
        (None,),
        (None,),
    ),
    case(
        "nulls come first backwards",
        "UNWIND [2, null, 1] AS x RETURN x ORDER BY x DESC",
        "x",
        (None,),
        (2,),
        (1,),
    ),
    case(
        "by an expression that is not returned",
        "MATCH (c:Country) RETURN c.id AS id ORDER BY size(c.name_zh) * 10 - c.row",
        "id",
        ("US",),
        ("JP",),
        ("TW",),
    ),
    case(
        "by a property of a variable that is not returned",
        "MATCH (l:Layer) RETURN l.name_ja AS name ORDER BY l.order DESC LIMIT 2",
        "name",
        ("ソリューション",),
        ("人工知能",),
    ),
    case(
        "by the alias of an aggregate",
        """
        MATCH (v:Vendor)-[:OFFERS]->(c)-[:PART_OF]->(s)
        RETURN s.id AS segment, count(DISTINCT v) AS vendors ORDER BY vendors DESC, segment
        """,
        "segment vendors",
        ("sensor", 5),
        ("chip", 4),
        ("server", 2),
        ("vision", 1),
    ),
    case(
        "by an aggregate that is written again",
        """
        MATCH (v:Vendor) RETURN v.country AS country,
        count(v.city) ORDER BY count(v.city) DESC, country LIMIT 2
        """,
        ["country", "count(v.city)"],
        ("JP", 5),
        ("TW", 3),
    ),
    case(
        "DISTINCT, then in order",
        "MATCH (v:Vendor) RETURN DISTINCT v.city AS city ORDER BY city DESC SKIP 1",
        "city",
        ("Tokyo",),
        ("Taichung",),
        ("Sakai",),
        ("Osaka",),
        ("Hsinchu",),
    ),
    case(
        "SKIP and LIMIT by parameters",
        "MATCH (v:Vendor) RETURN v.id AS id ORDER BY id SKIP $skip LIMIT $limit",
        "id",
        ("hoya",),
        ("intel",),
        parameters={"skip": 2, "limit": 2},
    ),
    case(
        "OFFSET is SKIP",
        "MATCH (v:Vendor) RETURN v.id AS id ORDER BY id OFFSET 10 LIMIT 5",
        "id",
        ("sony",),
        ("tsmc",),
    ),
    case(
        "LIMIT 0 leaves the columns",
        "MATCH (v:Vendor) RETURN v.id AS id, v ORDER BY id LIMIT 0",
        "id v",
        differs=NO_COLUMNS,
    ),
    case("SKIP beyond the end", "UNWIND [1, 2] AS x RETURN x ORDER BY x SKIP 5", "x", differs=NO_COLUMNS),
    case(
        "LIMIT by an expression",
        "UNWIND range(1, 9) AS x RETURN x ORDER BY x DESC LIMIT 1 + toInteger($n)",
        "x",
        (9,),
        (8,),
        (7,),
        parameters={"n": "2"},
    ),
    case(
        "values of different kinds in order",
        "UNWIND [1, 'a', true, null, [1], {a: 1}, 0.5, false] AS x RETURN x ORDER BY x",
        "x",
        ({"a": 1},),
        ([1],),
        ("a",),
        (False,),
        (True,),
        (0.5,),
        (1,),
        (None,),
    ),
    case(
        "lists in order, element by element",
        "UNWIND [[2], [1, 2], [], [1], [1, null]] AS x RETURN x ORDER BY x",
        "x",
        ([],),
        ([1],),
        ([1, 2],),
        ([1, None],),
        ([2],),
    ),
    case(
        "the first few, and what they lead to",
        """
        MATCH (v:Vendor)-[o:OFFERS]->(c) WITH v, c, o ORDER BY o.share, v.id LIMIT 2
        MATCH (v)-[:BASED_IN]->(country)
        RETURN v.id AS vendor, c.id AS component, country.name_zh AS country ORDER BY vendor
        """,
        "vendor component country",
        ("acer", "rack", "台灣"),
        ("keyence", "camera", "日本"),
    ),
    case(
        "numbers of both kinds in one order",
        "UNWIND [3, 1.5, 2, -0.5] AS x RETURN x ORDER BY x DESC",
        "x",
        (3,),
        (2,),
        (1.5,),
        (-0.5,),
    ),
    case(
        "the order in which a list is collected",
        "MATCH (l:Layer) WITH l.id AS id ORDER BY l.order DESC "
        "RETURN collect(id) AS ids, collect(id)[0] AS first",
        "ids first",
        (["solution", "ai", "cloud", "terminal"], "solution"),
    ),
    case(
        "WITH may be ordered by a relationship that it drops",
        "MATCH (:Vendor {id: 'tsmc'})-[s:SUPPLIES]->(b) WITH b ORDER BY s.row "
        "RETURN collect(b.id) AS customers",
        "customers",
        (["sony", "nvidia", "mediatek"],),
        differs={"bolt": "the engine reads no relationship that only the ORDER BY of a WITH names: no order"},
    ),
    case(
        "WITH may be ordered by a relationship that it drops, if a column is made of that",
        """
        MATCH (:Vendor {id: 'tsmc'})-[s:SUPPLIES]->(b) WITH b, s.row AS row ORDER BY row DESC
        RETURN collect(b.id) AS customers
        """,
        "customers",
        (["mediatek", "nvidia", "sony"],),
    ),
    case(
        "WITH may be ordered by a node that it drops",
        "MATCH (a:Layer)-[:FEEDS]->(b) WITH a ORDER BY b.order DESC RETURN collect(a.id) AS layers",
        "layers",
        (["ai", "cloud", "terminal", "solution"],),
    ),
    case(
        "RETURN may be ordered by a relationship that is not returned",
        "MATCH (:Vendor {id: 'tsmc'})-[s:SUPPLIES]->(b) RETURN b.id AS customer ORDER BY s.row DESC",
        "customer",
        ("mediatek",),
        ("nvidia",),
        ("sony",),
    ),
]
