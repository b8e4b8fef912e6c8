"""Paths: variable length, quantified patterns, and the shortest."""

from __future__ import annotations

from tests.parity.case import ARCADE, NO_COLUMNS, Drawn, case, on

__all__ = ["CASES"]

_VISION = "(Component:vision-kit)-[REQUIRES]->(Component:rack)"

CASES = [
    case(
        "one or two steps",
        "MATCH (:Component {id: 'vision-kit'})-[:REQUIRES*1..2]->(c) RETURN c.id AS part ORDER BY part",
        "part",
        ("cpu",),
        ("gpu",),
        ("rack",),
    ),
    case(
        "any number of steps, once for each way",
        "MATCH (:Component {id: 'vision-kit'})-[:REQUIRES*]->(c) RETURN c.id AS part ORDER BY part",
        "part",
        ("cpu",),
        ("foundry",),
        ("foundry",),
        ("gpu",),
        ("rack",),
    ),
    case(
        "just two steps",
        "MATCH p = (:Solution {id: 'care'})-[:REQUIRES*2]->(c) RETURN p ORDER BY c.id",
        "p",
        (Drawn("(Solution:care)-[REQUIRES]->(Component:camera)-[REQUIRES]->(Component:image-sensor)"),),
        (Drawn("(Solution:care)-[REQUIRES]->(Component:camera)-[REQUIRES]->(Component:lens)"),),
    ),
    case(
        "no step at all is a step too",
        "MATCH (:Component {id: 'camera'})-[:REQUIRES*0..1]->(c) RETURN c.id AS part ORDER BY part",
        "part",
        ("camera",),
        ("image-sensor",),
        ("lens",),
    ),
    case(
        "no more than so many steps",
        "MATCH (:Solution {id: 'checkout'})-[:REQUIRES*..2]->(c) "
        "RETURN c.id AS part, count(*) AS ways ORDER BY part",
        "part ways",
        ("camera", 1),
        ("image-sensor", 1),
        ("lens", 1),
        ("rack", 1),
        ("vision-kit", 1),
    ),
    case(
        "a path ends where every relationship has been walked",
        """
        MATCH p = (:Vendor {id: 'sony'})-[:SUPPLIES*1..5]->()
        RETURN [n IN nodes(p) | n.id] AS ids ORDER BY length(p)
        """,
        "ids",
        (["sony", "foxconn"],),
        (["sony", "foxconn", "sony"],),
    ),
    case(
        "the relationships of a variable length",
        """
        MATCH (:Component {id: 'camera'})-[r:REQUIRES*1..2]->(c)
        RETURN c.id AS part, size(r) AS steps, [x IN r | type(x)] AS types, r[-1] AS last ORDER BY part
        """,
        "part steps types last",
        (
            "foundry",
            2,
            ["REQUIRES", "REQUIRES"],
            Drawn("(Component:image-sensor)-[REQUIRES]->(Component:foundry)"),
        ),
        ("image-sensor", 1, ["REQUIRES"], Drawn("(Component:camera)-[REQUIRES]->(Component:image-sensor)")),
        ("lens", 1, ["REQUIRES"], Drawn("(Component:camera)-[REQUIRES]->(Component:lens)")),
    ),
    case(
        "a condition on every relationship of a path",
        """
        MATCH p = (:Vendor {id: 'tsmc'})-[:SUPPLIES*1..2]->(b)
        WHERE none(r IN relationships(p) WHERE r.component = 'gpu')
        RETURN [n IN nodes(p) | n.id] AS ids ORDER BY size(ids), ids[1]
        """,
        "ids",
        (["tsmc", "mediatek"],),
        (["tsmc", "nvidia"],),
        (["tsmc", "sony"],),
        (["tsmc", "sony", "foxconn"],),
    ),
    case(
        "a property that every step must have",
        "MATCH (a:Vendor)-[:SUPPLIES*1..3 {component: 'gpu'}]->(b) RETURN a.id AS a, b.id AS b ORDER BY b",
        "a b",
        ("nvidia", "acer"),
        ("nvidia", "foxconn"),
    ),
    case(
        "the nodes, relationships and length of a path",
        """
        MATCH p = (:Component {id: 'vision-kit'})-[:REQUIRES]->()
        RETURN p, nodes(p) AS nodes, relationships(p) AS relationships, length(p) AS length
        """,
        "p nodes relationships length",
        (Drawn(_VISION), [Drawn("(Component:vision-kit)"), Drawn("(Component:rack)")], [Drawn(_VISION)], 1),
    ),
    case(
        "a path of one node",
        "MATCH p = (:Vendor {id: 'hoya'}) RETURN p, length(p) AS length, relationships(p) AS none",
        "p length none",
        (Drawn("(Vendor:hoya)"), 0, []),
    ),
    case(
        "a path that turns: each step keeps its direction",
        "MATCH p = (:Vendor {id: 'keyence'})-[:OFFERS]->()<-[:OFFERS]-(v) RETURN p ORDER BY v.id",
        "p",
        (Drawn("(Vendor:keyence)-[OFFERS]->(Component:camera)<-[OFFERS]-(Vendor:foxconn)"),),
        (Drawn("(Vendor:keyence)-[OFFERS]->(Component:camera)<-[OFFERS]-(Vendor:sony)"),),
    ),
    case(
        "the shortest tie between two firms",
        """
        MATCH p = shortestPath((:Vendor {id: 'largan'})-[:SUPPLIES*..6]-(:Vendor {id: 'acer'}))
        RETURN p, length(p) AS steps
        """,
        "p steps",
        (
            Drawn(
                "(Vendor:largan)-[SUPPLIES]->(Vendor:foxconn)<-[SUPPLIES]-(Vendor:nvidia)-[SUPPLIES]->(Vendor:acer)"
            ),
            3,
        ),
    ),
    case(
        "all of the shortest ties",
        """
        MATCH p = allShortestPaths((:Vendor {id: 'largan'})-[:SUPPLIES*]-(:Vendor {id: 'mediatek'}))
        RETURN [n IN nodes(p) | n.id] AS ids
        """,
        "ids",
        (["largan", "foxconn", "nvidia", "tsmc", "mediatek"],),
        (["largan", "foxconn", "sony", "tsmc", "mediatek"],),
        (["largan", "foxconn", "sony", "tsmc", "mediatek"],),
    ),
    case(
        "there may be no shortest path",
        "MATCH p = shortestPath((:Vendor {id: 'acer'})-[:SUPPLIES*]->(:Vendor {id: 'tsmc'})) "
        "RETURN length(p) AS steps",
        "steps",
        differs=NO_COLUMNS,
    ),
    case(
        "an optional shortest path may be null",
        """
        MATCH (a:Vendor {id: 'acer'}), (b:Vendor {id: 'tsmc'})
        OPTIONAL MATCH p = shortestPath((a)-[:SUPPLIES*]->(b))
        RETURN a.id AS a, p
        """,
        "a p",
        ("acer", None),
    ),
    case(
        "the shortest path over some of the types",
        """
        MATCH (a:Vendor {id: 'sharp'}), (b:Vendor {id: 'tsmc'}),
              p = shortestPath((a)-[:OWNS|SUPPLIES|INVESTS_IN*..5]-(b))
        RETURN [r IN relationships(p) | type(r)][0] AS first, length(p) AS steps
        """,
        "first steps",
        ("OWNS", 3),
    ),
    case(
        "SHORTEST k",
        """
        MATCH p = SHORTEST 1 (:Vendor {id: 'largan'})-[:SUPPLIES]-+(:Vendor {id: 'acer'})
        RETURN [n IN nodes(p) | n.id] AS ids
        """,
        "ids",
        (["largan", "foxconn", "nvidia", "acer"],),
        differs=on(ARCADE, "the engine has shortestPath and allShortestPaths, and no SHORTEST k"),
    ),
    case(
        "a quantified path pattern and the groups that it names",
        """
        MATCH (:Component {id: 'vision-kit'})((x)-[:REQUIRES]->(y)){2}(b)
        RETURN b.id AS part, [n IN x | n.id] AS from, [n IN y | n.id] AS to ORDER BY part
        """,
        "part from to",
        ("cpu", ["vision-kit", "rack"], ["rack", "cpu"]),
        ("gpu", ["vision-kit", "rack"], ["rack", "gpu"]),
    ),
    case(
        "a condition in a quantified path pattern",
        """
        MATCH (:Vendor {id: 'tsmc'})((x)-[s:SUPPLIES]->(y) WHERE y.country <> 'US'){1,2}(b)
        RETURN [n IN y | n.id] AS chain, [r IN s | r.component] AS goods ORDER BY size(chain), chain[0]
        """,
        "chain goods",
        (["mediatek"], ["foundry"]),
        (["sony"], ["foundry"]),
        (["sony", "foxconn"], ["foundry", "image-sensor"]),
    ),
    case(
        "a quantified relationship, one or two steps",
        "MATCH (:Component {id: 'rack'})-[:REQUIRES]->{1,2}(c) "
        "RETURN c.id AS part, count(*) AS ways ORDER BY part",
        "part ways",
        ("cpu", 1),
        ("foundry", 2),
        ("gpu", 1),
    ),
    case(
        "a quantified relationship, any number of steps",
        """
        MATCH (:Component {id: 'gpu'})-[:REQUIRES]->*(c) RETURN c.id AS part ORDER BY part
        """,
        "part",
        ("foundry",),
        ("gpu",),
    ),
    case(
        "a quantified relationship, at least one step",
        "MATCH p = (:Component {id: 'camera'})-[:REQUIRES]->+(:Component {id: 'foundry'}) RETURN p",
        "p",
        (Drawn("(Component:camera)-[REQUIRES]->(Component:image-sensor)-[REQUIRES]->(Component:foundry)"),),
    ),
    case(
        "a pattern of two steps, repeated",
        """
        MATCH (a:Layer {id: 'terminal'})(()-[:FEEDS]->()-[:FEEDS]->(x)){1,2}(b)
        RETURN b.id AS layer, size(x) AS times ORDER BY times
        """,
        "layer times",
        ("ai", 1),
        ("terminal", 2),
    ),
]
