"""Subqueries: EXISTS, COUNT, COLLECT and CALL."""

from __future__ import annotations

from tests.parity.case import case, on

__all__ = ["CASES"]

# Where a pattern begins with the null, the engine heeds it, but not in a comprehension.
_FREE = on("bolt", "in a pattern, the engine takes a variable that is null for one that is free")
_NOBODY = "OPTIONAL MATCH (nobody:Vendor {id: 'nobody'}) MATCH (c:Component {id: 'camera'}) "

CASES = [
    case(
        "EXISTS of a pattern",
        """
        MATCH (v:Vendor) WHERE EXISTS { (v)-[:OFFERS]->(:Component {id: 'camera'}) }
        RETURN v.id AS vendor ORDER BY vendor
        """,
        "vendor",
        ("foxconn",),
        ("keyence",),
        ("sony",),
    ),
    case(
        "NOT EXISTS of a MATCH with a WHERE",
        """
        MATCH (c:Component)
        WHERE NOT EXISTS { MATCH (v:Vendor)-[:OFFERS]->(c) WHERE v.country = 'TW' }
        RETURN c.id AS component ORDER BY component
        """,
        "component",
        ("cpu",),
        ("gpu",),
        ("image-sensor",),
        ("vision-kit",),
    ),
    case(
        "EXISTS inside EXISTS",
        """
        MATCH (s:Solution)
        WHERE EXISTS { MATCH (s)-[:REQUIRES]->(c) WHERE NOT EXISTS { (c)<-[:OFFERS]-(:Vendor {country: 'TW'}) } }
        RETURN s.id AS solution
        """,
        "solution",
        ("checkout",),
    ),
    case(
        "EXISTS as a value",
        """
        MATCH (v:Vendor {country: 'US'})
        RETURN v.id AS vendor, EXISTS { (v)-[:OFFERS]->({id: 'gpu'}) } AS gpu ORDER BY vendor
        """,
        "vendor gpu",
        ("intel", False),
        ("nvidia", True),
    ),
    case(
        "COUNT of a pattern",
        """
        MATCH (v:Vendor {country: 'JP'})
        RETURN v.id AS vendor, COUNT { (v)-[:OFFERS]->() } AS offers ORDER BY offers DESC, vendor
        """,
        "vendor offers",
        ("sony", 3),
        ("hoya", 1),
        ("keyence", 1),
        ("renesas", 1),
        ("sharp", 0),
    ),
    case(
        "COUNT of different values, in a WHERE",
        """
        MATCH (c:Component)
        WHERE COUNT { MATCH (c)<-[:OFFERS]-(v) RETURN DISTINCT v.country } > 1
        RETURN c.id AS component ORDER BY component
        """,
        "component",
        ("camera",),
        ("cpu",),
        ("foundry",),
        ("lens",),
    ),
    case(
        "COLLECT of one column",
        """
        MATCH (p:Problem)
        RETURN p.id AS problem, COLLECT { MATCH (s:Solution)-[:ADDRESSES]->(p) RETURN s.id } AS solutions
        ORDER BY problem
        """,
        "problem solutions",
        ("ageing", ["care"]),
        ("labour", ["checkout"]),
    ),
    case(
        "COLLECT in order, and no more than two",
        """
        MATCH (c:Component {id: 'camera'})
        RETURN COLLECT { MATCH (v)-[:OFFERS]->(c) RETURN v.id ORDER BY v.id DESC LIMIT 2 } AS vendors
        """,
        "vendors",
        (["sony", "keyence"],),
    ),
    case(
        "COLLECT of nothing",
        "MATCH (v:Vendor {id: 'sharp'}) RETURN COLLECT { MATCH (v)-[:OFFERS]->(c) "
        "RETURN c.id } AS components",
        "components",
        ([],),
    ),
    case(
        "CALL once for each row",
        """
        MATCH (v:Vendor) WHERE v.country = 'US'
        CALL (v) { MATCH (v)-[:OFFERS]->(c) RETURN count(c) AS n, min(c.id) AS first }
        RETURN v.id AS vendor, n, first ORDER BY vendor
        """,
        "vendor n first",
        ("intel", 2, "cpu"),
        ("nvidia", 1, "gpu"),
    ),
    case(
        "CALL that takes its variables by WITH: the leader of each component",
        """
        MATCH (c:Component) WHERE c.id IN ['camera', 'lens', 'rack']
        CALL {
          WITH c
          MATCH (v)-[o:OFFERS]->(c)
          RETURN v.id AS leader ORDER BY coalesce(o.share, 0) DESC, v.id LIMIT 1
        }
        RETURN c.id AS component, leader ORDER BY component
        """,
        "component leader",
        ("camera", "keyence"),
        ("lens", "largan"),
        ("rack", "foxconn"),
    ),
    case(
        "CALL that finds nothing takes its row away",
        """
        MATCH (v:Vendor) WHERE v.id IN ['sharp', 'hoya']
        CALL (v) { MATCH (v)-[:OFFERS]->(c) RETURN c.id AS component }
        RETURN v.id AS vendor, component
        """,
        "vendor component",
        ("hoya", "lens"),
    ),
    case(
        "OPTIONAL CALL leaves its row there",
        """
        MATCH (v:Vendor) WHERE v.id IN ['sharp', 'hoya']
        OPTIONAL CALL (v) { MATCH (v)-[:OFFERS]->(c) RETURN c.id AS component }
        RETURN v.id AS vendor, component ORDER BY vendor
        """,
        "vendor component",
        ("hoya", "lens"),
        ("sharp", None),
    ),
    case(
        "UNION inside CALL",
        """
        MATCH (v:Vendor {id: 'sony'})
        CALL (v) {
          MATCH (v)-[:SUPPLIES]->(o) RETURN o.id AS other
          UNION
          MATCH (v)<-[:SUPPLIES]-(o) RETURN o.id AS other
        }
        RETURN other ORDER BY other
        """,
        "other",
        ("foxconn",),
        ("hoya",),
        ("tsmc",),
    ),
    case(
        "UNION ALL inside CALL",
        """
        MATCH (v:Vendor {id: 'sony'})
        CALL {
          WITH v MATCH (v)-[:SUPPLIES]->(o) RETURN o.id AS other
          UNION ALL
          WITH v MATCH (v)<-[:SUPPLIES]-(o) RETURN o.id AS other
        }
        RETURN other, count(*) AS times ORDER BY other
        """,
        "other times",
        ("foxconn", 2),
        ("hoya", 1),
        ("tsmc", 1),
    ),
    case(
        "CALL that needs no variable",
        """
        CALL () { MATCH (c:Country) RETURN count(c) AS countries }
        MATCH (v:Vendor) RETURN countries, count(v) AS vendors
        """,
        "countries vendors",
        (3, 12),
    ),
    case(
        "CALL with all variables",
        "WITH 2 AS a, 3 AS b CALL (*) { RETURN a * b AS product } RETURN a, b, product",
        "a b product",
        (2, 3, 6),
    ),
    case(
        "CALL inside CALL",
        """
        UNWIND [1, 2] AS x
        CALL (x) { UNWIND [10, 20] AS y CALL (x, y) { RETURN x + y AS s } RETURN sum(s) AS total }
        RETURN x, total ORDER BY x
        """,
        "x total",
        (1, 32),
        (2, 34),
    ),
    case(
        "CALL that aggregates on its own",
        """
        UNWIND [1, 2, 3, 0] AS x
        CALL (x) { UNWIND range(1, x) AS y RETURN sum(y) AS total, count(y) AS n }
        RETURN x, total, n ORDER BY x
        """,
        "x total n",
        (0, 0, 0),
        (1, 1, 1),
        (2, 3, 2),
        (3, 6, 3),
    ),
    case(
        "a pattern comprehension for each row",
        """
        MATCH (v:Vendor) WHERE v.id IN ['foxconn', 'mediatek']
        RETURN v.id AS vendor,
               [(v)-[o:OFFERS]->(c) WHERE o.status = 'volume' | c.id] AS in_volume ORDER BY vendor
        """,
        "vendor in_volume",
        ("foxconn", ["rack"]),
        ("mediatek", []),
    ),
    case(
        "a pattern comprehension of paths",
        "MATCH (v:Vendor {id: 'foxconn'}) RETURN [p = (v)-[:OWNS]->() | length(p)] AS lengths, "
        "size([(v)-->() | 1]) AS degree",
        "lengths degree",
        ([1], 5),
    ),
    case(
        "EXISTS of a pattern that ends in a null is false",
        _NOBODY
        + "RETURN EXISTS { (c)<-[:OFFERS]-(nobody) } AS there, EXISTS { MATCH (c)<-[:OFFERS]-(nobody) } AS match",
        "there match",
        (False, False),
        differs=_FREE,
    ),
    case(
        "COUNT of a pattern that ends in a null is 0",
        _NOBODY + "RETURN COUNT { (c)<-[:OFFERS]-(nobody) } AS n",
        "n",
        (0,),
        differs=_FREE,
    ),
    case(
        "COLLECT of a pattern that ends in a null is empty",
        _NOBODY + "RETURN COLLECT { MATCH (c)<-[:OFFERS]-(nobody) RETURN 1 } AS ones",
        "ones",
        ([],),
        differs=_FREE,
    ),
    case(
        "a comprehension of a pattern with a null is empty",
        _NOBODY + "RETURN [(c)<-[:OFFERS]-(nobody) | 1] AS last, [(nobody)-[:OFFERS]->(c) | 1] AS first",
        "last first",
        ([], []),
        differs=_FREE,
    ),
    case(
        "CALL with a null finds nothing that is tied to it",
        _NOBODY + "CALL (c, nobody) { MATCH (c)<-[:OFFERS]-(nobody) RETURN count(*) AS n } RETURN n",
        "n",
        (0,),
        differs=_FREE,
    ),
    case(
        "patterns that begin with a null find nothing",
        _NOBODY + "RETURN EXISTS { (nobody)-[:OFFERS]->(c) } AS there, COUNT { (nobody)--() } AS n",
        "there n",
        (False, 0),
    ),
    case(
        "a pattern that ends in a null, where the null is ruled out",
        _NOBODY + "RETURN nobody IS NOT NULL AND EXISTS { (c)<-[:OFFERS]-(nobody) } AS there",
        "there",
        (False,),
    ),
]
