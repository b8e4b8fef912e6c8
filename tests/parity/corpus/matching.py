"""Patterns: what MATCH and OPTIONAL MATCH find, by labels, types and properties."""

from __future__ import annotations

from tests.parity.case import NO_COLUMNS, Drawn, case, on

__all__ = ["CASES"]

_FREE = on("bolt", "in a pattern, the engine takes a variable that is null for one that is free")

CASES = [
    case(
        "optional match keeps the row of one that has none",
        """
        MATCH (v:Vendor {country: 'TW'})
        OPTIONAL MATCH (v)-[:OFFERS]->(c)
        RETURN v.id AS vendor, c.id AS component ORDER BY vendor, component
        """,
        "vendor component",
        ("acer", "rack"),
        ("foxconn", "camera"),
        ("foxconn", "rack"),
        ("largan", "lens"),
        ("mediatek", None),
        ("tsmc", "foundry"),
    ),
    case(
        "the WHERE of an optional match drops no row",
        """
        MATCH (v:Vendor) WHERE v.country = 'JP'
        OPTIONAL MATCH (v)-[o:OFFERS]->(c) WHERE o.share > 0.2
        RETURN v.id, c.id, o.share ORDER BY v.id
        """,
        "v.id c.id o.share",
        ("hoya", None, None),
        ("keyence", "camera", 0.25),
        ("renesas", None, None),
        ("sharp", None, None),
        ("sony", "image-sensor", 0.5),
    ),
    case(
        "optional match of nothing is one row of nulls",
        "OPTIONAL MATCH (v:Vendor {id: 'nobody'}) RETURN v, v.id AS id, labels(v) AS labels",
        "v id labels",
        (None, None, None),
    ),
    case(
        "optional match that begins at a null finds nothing",
        """
        MATCH (v:Vendor {id: 'mediatek'})
        OPTIONAL MATCH (v)-[:OFFERS]->(c)
        OPTIONAL MATCH (c)-[:REQUIRES]->(d)
        RETURN v.id AS vendor, c, d
        """,
        "vendor c d",
        ("mediatek", None, None),
    ),
    case(
        "a path of an optional match may be null",
        "MATCH (v:Vendor {id: 'hoya'}) OPTIONAL MATCH p = (v)-[:OWNS]->() RETURN p, length(p) AS length",
        "p length",
        (None, None),
    ),
    case(
        "no relationship is walked twice in one match",
        """
        MATCH (a:Vendor {id: 'sony'})-[:SUPPLIES]-(b)-[:SUPPLIES]-(a)
        RETURN b.id AS both_ways, count(*) AS n
        """,
        "both_ways n",
        ("foxconn", 2),
    ),
    case(
        "a pattern without an arrow finds both directions",
        """
        MATCH (:Vendor {id: 'foxconn'})-[s:SUPPLIES]-(other)
        RETURN other.id AS other, startNode(s).id = 'foxconn' AS sells ORDER BY other, sells
        """,
        "other sells",
        ("largan", False),
        ("nvidia", False),
        ("sony", False),
        ("sony", True),
    ),
    case(
        "one of several types",
        """
        MATCH (:Vendor {id: 'sony'})-[r:OWNS|INVESTS_IN|JOINT_VENTURE_WITH]-(other)
        RETURN type(r) AS type, other.id AS other ORDER BY type
        """,
        "type other",
        ("INVESTS_IN", "tsmc"),
        ("JOINT_VENTURE_WITH", "tsmc"),
    ),
    case(
        "any type but one",
        """
        MATCH (:Vendor {id: 'mediatek'})-[r:!BASED_IN]-(other)
        RETURN type(r) AS type, other.id AS other ORDER BY type
        """,
        "type other",
        ("PARTNERS_WITH", "nvidia"),
        ("SUPPLIES", "tsmc"),
    ),
    case(
        "one of several labels",
        "MATCH (n:Solution|Problem) RETURN labels(n) AS labels, n.id AS id ORDER BY id",
        "labels id",
        (["Problem"], "ageing"),
        (["Solution"], "care"),
        (["Solution"], "checkout"),
        (["Problem"], "labour"),
    ),
    case(
        "none of several labels",
        "MATCH (:Vendor {id: 'intel'})-->(n:!Country&!Vendor) RETURN n.id AS id ORDER BY id",
        "id",
        ("cpu",),
        ("foundry",),
    ),
    case(
        "no node has two of the labels",
        "MATCH (n:Country&Vendor) RETURN n.id AS id",
        "id",
        differs=NO_COLUMNS,
    ),
    case(
        "labels as a predicate",
        "MATCH (n) WHERE (n:Country OR n:Layer) AND NOT n:Layer "
        "RETURN n.id AS id, n:Country AS is_country ORDER BY id",
        "id is_country",
        ("JP", True),
        ("TW", True),
        ("US", True),
    ),
    case(
        "statements that are not in force have a type of their own",
        """
        MATCH (v)-[o:OFFERS_NOT_IN_FORCE]->(c)
        RETURN v.id AS vendor, c.id AS component, o.status AS status, o.until AS until, o.as_of AS as_of
        ORDER BY vendor
        """,
        "vendor component status until as_of",
        ("acer", "rack", "volume", None, "2024-01-01"),
        ("sharp", "lens", "ended", "2020-01-01", "2026-01-01"),
    ),
    case(
        "conditions inside a pattern",
        """
        MATCH (v:Vendor WHERE v.country = 'US')-[o:OFFERS WHERE o.share IS NULL]->(c)
        RETURN v.id AS vendor, c.id AS component
        """,
        "vendor component",
        ("intel", "foundry"),
    ),
    case(
        "two patterns make a product",
        "MATCH (a:Country), (b:Country) WHERE a.id < b.id RETURN a.id AS a, b.id AS b ORDER BY a, b",
        "a b",
        ("JP", "TW"),
        ("JP", "US"),
        ("TW", "US"),
    ),
    case(
        "a pattern as a predicate",
        "MATCH (v:Vendor) WHERE NOT (v)-[:OFFERS]->() RETURN v.id AS idle ORDER BY idle",
        "idle",
        ("mediatek",),
        ("sharp",),
    ),
    case(
        "nodes and relationships with both of their ends",
        "MATCH (v:Vendor {id: 'tsmc'})-[o:OFFERS]->(c) RETURN v, o, c",
        "v o c",
        (
            Drawn("(Vendor:tsmc)"),
            Drawn("(Vendor:tsmc)-[OFFERS]->(Component:foundry)"),
            Drawn("(Component:foundry)"),
        ),
    ),
    case(
        "the ends of a relationship, however it was walked",
        """
        MATCH (owned)<-[o:OWNS]-(owner)
        RETURN startNode(o) AS start, endNode(o) = owned AS is_end, startNode(o) = owned AS is_start, o
        """,
        "start is_end is_start o",
        (Drawn("(Vendor:foxconn)"), True, False, Drawn("(Vendor:foxconn)-[OWNS]->(Vendor:sharp)")),
    ),
    case(
        "the properties of a node as a map",
        "MATCH (c:Country {id: 'JP'}) RETURN properties(c) AS properties, c.name_ja AS ja",
        "properties ja",
        (
            {"id": "JP", "graph": "toy", "row": 1, "name_en": "Japan", "name_zh": "日本", "name_ja": "日本"},
            "日本",
        ),
    ),
    case(
        "the properties of a relationship as a map",
        "MATCH (:Vendor {id: 'sony'})-[r:INVESTS_IN]->() RETURN properties(r) AS properties",
        "properties",
        (
            {
                "graph": "toy",
                "row": 0,
                "share": 0.05,
                "dataset": "toy",
                "source_kind": "cited",
                "confidence": "high",
                "as_of": "2026-01-01",
            },
        ),
    ),
    case(
        "the names of a node's properties",
        "MATCH (s:Segment {id: 'security'}) UNWIND keys(s) AS key RETURN key ORDER BY key",
        "key",
        ("graph",),
        ("id",),
        ("nature",),
        ("row",),
    ),
    case(
        "ids given as a parameter",
        "MATCH (n:Vendor) WHERE n.id IN $ids RETURN n.id AS id ORDER BY id",
        "id",
        ("acer",),
        ("hoya",),
        parameters={"ids": ["hoya", "acer", "nobody", None]},
    ),
    case(
        "a label and a type that nobody has",
        "MATCH (n:Nothing)-[r:NO_SUCH_TYPE]->(m) RETURN n, r.x AS x, m.id AS id",
        "n x id",
        differs=NO_COLUMNS,
    ),
    case(
        "a walk around a ring of four",
        """
        MATCH (a:Layer)-[:FEEDS]->(b)-[:FEEDS]->(c)-[:FEEDS]->(d)-[:FEEDS]->(a) WHERE a.order = 1
        RETURN [n IN [a, b, c, d] | n.id] AS ring
        """,
        "ring",
        (["terminal", "cloud", "ai", "solution"],),
    ),
    case(
        "a property compared with one at the other end",
        """
        MATCH (a:Vendor)-[s:SUPPLIES]->(b:Vendor)
        WHERE a.country <> b.country AND b.country = 'JP'
        RETURN a.id AS supplier, b.id AS customer, s.component AS component ORDER BY supplier
        """,
        "supplier customer component",
        ("foxconn", "sony", "rack"),
        ("tsmc", "sony", "foundry"),
    ),
    case(
        "a pattern that ends in a null finds nothing",
        """
        OPTIONAL MATCH (nobody:Vendor {id: 'nobody'})
        MATCH (c:Component {id: 'camera'}) OPTIONAL MATCH (c)<-[o:OFFERS]-(nobody)
        RETURN c.id AS component, o
        """,
        "component o",
        ("camera", None),
        differs=_FREE,
    ),
    case(
        "a pattern on a relationship that is null finds nothing",
        "OPTIONAL MATCH (:Vendor {id: 'nobody'})-[o:OFFERS]->() MATCH ()-[o]->() RETURN count(*) AS n",
        "n",
        (0,),
        differs=_FREE,
    ),
    case(
        "a predicate on a pattern that ends in a null is false",
        """
        OPTIONAL MATCH (nobody:Vendor {id: 'nobody'}) MATCH (c:Component {id: 'camera'})
        WITH c, nobody WHERE NOT (c)<-[:OFFERS]-(nobody) RETURN c.id AS component
        """,
        "component",
        ("camera",),
        differs=_FREE,
    ),
    case(
        "the patterns of one match share no relationship, those of two may",
        """
        MATCH (a)-[:OWNS]->(b), (c)-[:OWNS]->(d) WITH count(*) AS in_one
        MATCH (a)-[:OWNS]->(b) MATCH (c)-[:OWNS]->(d) RETURN in_one, count(*) AS in_two
        """,
        "in_one in_two",
        (0, 1),
    ),
]
