"""RETURN and WITH: CASE, map projections, UNION, names of columns, parameters, comments."""

from __future__ import annotations

from tests.parity.case import EMBEDDED, NO_COLUMNS, Drawn, case, on

__all__ = ["CASES"]

CASES = [
    case(
        "a simple CASE",
        """
        MATCH (c:Country)
        RETURN c.id AS id, CASE c.id WHEN 'TW' THEN '台' WHEN 'JP' THEN '日' ELSE '?' END AS sign ORDER BY id
        """,
        "id sign",
        ("JP", "日"),
        ("TW", "台"),
        ("US", "?"),
    ),
    case(
        "a simple CASE of several values",
        "UNWIND [1, 2, 3] AS x RETURN x, CASE x WHEN 1, 2 THEN 'few' ELSE 'many' END AS n ORDER BY x",
        "x n",
        (1, "few"),
        (2, "few"),
        (3, "many"),
    ),
    case(
        "a searched CASE takes the first that is true, and is null without an ELSE",
        """
        MATCH (:Vendor)-[o:OFFERS]->(c) WHERE o.role = 'leader' OR o.share IS NULL
        WITH c.id AS component, o.share AS share ORDER BY component, share
        RETURN component, CASE WHEN share >= 0.6 THEN 'high' WHEN share >= 0.5 THEN 'half' END AS level
        """,
        "component level",
        ("camera", None),
        ("camera", None),
        ("cpu", "high"),
        ("cpu", None),
        ("foundry", "high"),
        ("foundry", None),
        ("gpu", "high"),
        ("image-sensor", "half"),
        ("lens", None),
        ("lens", None),
        ("vision-kit", None),
    ),
    case(
        "a map projection",
        """
        MATCH (v:Vendor {id: 'acer'})-[:BASED_IN]->(c)
        RETURN v {.id, .name_ja, .city, country: c.name_ja, n: 1 + 1} AS vendor
        """,
        "vendor",
        ({"id": "acer", "name_ja": "エイサー", "city": None, "country": "台湾", "n": 2},),
    ),
    case(
        "a map projection of all properties, and a variable",
        "MATCH (s:Segment {id: 'security'}) WITH s, 7 AS extra RETURN s {.*, extra, id: 'other'} AS segment",
        "segment",
        ({"id": "other", "nature": "software", "graph": "toy", "row": 4, "extra": 7},),
    ),
    case(
        "a map projection of a map, of null, and without a name",
        "WITH {a: 1, b: 2} AS m, null AS n RETURN m {.a, .c}, n {.a} AS nothing",
        "m nothing",
        ({"a": 1, "c": None}, None),
        differs={"bolt": "the engine calls the column m {.a, .c}"},
    ),
    case(
        "collected map projections",
        """
        MATCH (c:Country)<-[:BASED_IN]-(v) WHERE v.city = 'Hsinchu' WITH c, v ORDER BY v.id
        WITH c, collect(v {.id}) AS vendors
        RETURN c {.id, vendors} AS country
        """,
        "country",
        ({"id": "TW", "vendors": [{"id": "mediatek"}, {"id": "tsmc"}]},),
    ),
    case(
        "columns without an alias are called as they are written",
        "MATCH (v:Vendor) RETURN count( * ), 1+ 1, v.country, max(v.id)  , 'a' + \"b\" ORDER BY v.country LIMIT 1",
        ["count( * )", "1+ 1", "v.country", "max(v.id)", "'a' + \"b\""],
        (5, 2, "JP", "sony", "ab"),
    ),
    case(
        "RETURN * has the columns in the order of their names",
        "MATCH (v:Vendor {id: 'sharp'})<-[o:OWNS]-(a) WITH v AS z, a.id AS b, 1 AS c RETURN *",
        "b c z",
        ("foxconn", 1, Drawn("(Vendor:sharp)")),
        differs={"bolt": "the engine has the columns in the order of WITH"},
    ),
    case(
        "RETURN * and more",
        "WITH 1 AS b, 2 AS a RETURN *, a + b AS sum",
        "a b sum",
        (2, 1, 3),
        differs={"bolt": "the engine leaves out what follows the star"},
    ),
    case(
        "WITH * goes on with all",
        "WITH 1 AS a WITH *, a + 1 AS b WHERE b > 1 RETURN a, b",
        "a b",
        (1, 2),
    ),
    case(
        "WITH may give a name to something else",
        "MATCH (v:Vendor {id: 'intel'}) WITH v.id AS v, 'x' AS id RETURN v, id",
        "v id",
        ("intel", "x"),
    ),
    case(
        "WITH hides what it does not name",
        "MATCH (v:Vendor {id: 'intel'}) WITH v.id AS id MATCH (v:Country {id: 'JP'}) "
        "RETURN id, v.id AS country",
        "id country",
        ("intel", "JP"),
    ),
    case(
        "names in back-ticks",
        "MATCH (`a firm`:`Vendor` {`id`: 'sony'})-[`in`:`BASED_IN`]->(c) "
        "RETURN `a firm`.`name_en` AS `the ``name```, "
        "c.`id` AS `order by`",
        ["the `name`", "order by"],
        ("Sony", "JP"),
    ),
    case(
        "keywords as names",
        "WITH {match: 1, return: 2, count: 3} AS all "
        "RETURN all.match AS match, all.return AS order, all.count AS end",
        "match order end",
        (1, 2, 3),
    ),
    case(
        "comments",
        """
        // one line: RETURN 0
        MATCH (v:Vendor {id: 'sony'}) /* in
        between */ RETURN v.id AS id, // the end of a line
               '/* no comment */' AS text, 7 /* half */ / 2 AS n
        """,
        "id text n",
        ("sony", "/* no comment */", 3),
    ),
    case(
        "small keywords and a semicolon",
        "match (v:Vendor) where v.id starts with 's' return v.id as id order by id desc;",
        "id",
        ("sony",),
        ("sharp",),
    ),
    case(
        "parameters of every plain type",
        """
        RETURN $null AS null, $true AS truth, $int AS int, $float AS float, $text AS text, $list AS list,
               $map AS map,
               $map.`鍵`[1].x AS deep
        """,
        "null truth int float text list map deep",
        (
            None,
            True,
            -1,
            1.0,
            "絆'\"\\`$x",
            [1, 1.0, "1", True, None, [], {}],
            {"鍵": [0, {"x": "深"}], "": None},
            "深",
        ),
        parameters={
            "null": None,
            "true": True,
            "int": -1,
            "float": 1.0,
            "text": "絆'\"\\`$x",
            "list": [1, 1.0, "1", True, None, [], {}],
            "map": {"鍵": [0, {"x": "深"}], "": None},
        },
    ),
    case(
        "a parameter in back-ticks, one called by a number, and one that is not used",
        "RETURN $`a b` AS x, $0 AS zero",
        "x zero",
        (1, "first"),
        parameters={"a b": 1, "0": "first", "unused": 2},
    ),
    case(
        "a text that looks like Cypher stays a text",
        "MATCH (v:Vendor) WHERE v.id = $id RETURN v.id AS id",
        "id",
        parameters={"id": "x' OR true RETURN v //"},
        differs=NO_COLUMNS,
    ),
    case(
        "UNION takes each row once",
        """
        MATCH (v:Vendor {city: 'Tokyo'}) RETURN v.country AS x
        UNION
        MATCH (c:Country) WHERE c.id <> 'US' RETURN c.id AS x
        """,
        "x",
        ("JP",),
        ("TW",),
    ),
    case(
        "UNION ALL keeps them all",
        "RETURN 1 AS x, 'a' AS y UNION ALL RETURN 1 AS x, 'a' AS y UNION ALL UNWIND [2, 3] AS x "
        "RETURN x, null AS y",
        "x y",
        (1, "a"),
        (1, "a"),
        (2, None),
        (3, None),
    ),
    case(
        "UNION of nothing has its columns",
        "MATCH (v:Vendor {id: 'x'}) RETURN v.id AS a, v AS b UNION MATCH (v:Vendor {id: 'y'}) "
        "RETURN v.id AS a, v AS b",
        "a b",
        differs=NO_COLUMNS,
    ),
    case(
        "literals",
        "RETURN [1, [2.5, 'x'], null] AS list, {a: {b: []}, `c d`: true} AS map, NULL AS n, TRUE AS t, "
        "[] AS none, {} AS empty",
        "list map n t none empty",
        ([1, [2.5, "x"], None], {"a": {"b": []}, "c d": True}, None, True, [], {}),
    ),
    case(
        "nodes, relationships and paths in maps and lists",
        """
        MATCH p = (a:Vendor {id: 'foxconn'})-[o:OWNS]->(b)
        RETURN {owner: a, ties: [o, {path: p}]} AS map, [[b]] AS list
        """,
        "map list",
        (
            {
                "owner": Drawn("(Vendor:foxconn)"),
                "ties": [
                    Drawn("(Vendor:foxconn)-[OWNS]->(Vendor:sharp)"),
                    {"path": Drawn("(Vendor:foxconn)-[OWNS]->(Vendor:sharp)")},
                ],
            },
            [[Drawn("(Vendor:sharp)")]],
        ),
    ),
    case(
        "a text that looks like a node, a path or an id of the engine stays a text",
        "RETURN '(#1:0)-[#7:0]->(#4:0)' AS path, '#1:0' AS id, ['(#1:0)'] AS list",
        "path id list",
        ("(#1:0)-[#7:0]->(#4:0)", "#1:0", ["(#1:0)"]),
        differs=on(EMBEDDED, "the engine gives paths as text of this form"),
    ),
    case(
        "a map that looks like a record of the engine stays a map",
        "RETURN {`@rid`: '#1:0', `@type`: 'Vendor'} AS map",
        "map",
        ({"@rid": "#1:0", "@type": "Vendor"},),
        differs=on(EMBEDDED, "refused: the engine gives nodes as maps with this key"),
    ),
    case(
        "the kinds of values",
        "RETURN valueType(1) AS i, valueType('a') AS s, valueType(date('2026-01-01')) AS d, "
        "1 IS :: INTEGER AS is_integer",
        "i s d is_integer",
        ("INTEGER NOT NULL", "STRING NOT NULL", "DATE NOT NULL", True),
    ),
    case(
        "a query that only returns",
        "RETURN 1",
        "1",
        (1,),
    ),
]
