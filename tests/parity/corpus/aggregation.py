"""Counting, collecting and summing; over nothing too."""

from __future__ import annotations

from tests.parity.case import NO_COLUMNS, case

__all__ = ["CASES"]

CASES = [
    case(
        "count of rows, of values and of different values",
        "MATCH (v:Vendor) RETURN count(*) AS vendors, count(v.city) AS known, "
        "count(DISTINCT v.city) AS cities",
        "vendors known cities",
        (12, 8, 5),
    ),
    case(
        "what is not aggregated is the key",
        "MATCH (v:Vendor) RETURN v.country AS country, count(*) AS n ORDER BY n DESC, country",
        "country n",
        ("JP", 5),
        ("TW", 5),
        ("US", 2),
    ),
    case(
        "aggregation over nothing",
        """
        MATCH (v:Vendor {id: 'nobody'})
        RETURN count(*) AS n, count(v) AS known, sum(v.row) AS sum, avg(v.row) AS avg, min(v.row) AS min,
               max(v.row) AS max, collect(v.id) AS ids
        """,
        "n known sum avg min max ids",
        (0, 0, 0, None, None, None, []),
    ),
    case(
        "spread and percentile of nothing",
        "UNWIND [] AS x RETURN stDev(x) AS deviation, stDevP(x) AS of_all, percentileCont(x, 0.5) AS median",
        "deviation of_all median",
        (None, None, None),
    ),
    case(
        "a key over nothing gives no row, but the columns",
        "MATCH (v:Vendor {id: 'nobody'}) RETURN v.country AS country, count(*) AS n",
        "country n",
        differs=NO_COLUMNS,
    ),
    case(
        "sums keep whole numbers whole",
        """
        UNWIND [1, 2, 3] AS x
        RETURN sum(x) AS whole, sum(x + 0.5) AS float, avg(x) AS mean, min(x) AS least, max(x / 2.0) AS most
        """,
        "whole float mean least most",
        (6, 7.5, 2.0, 1, 1.5),
    ),
    case(
        "aggregates pass over nulls",
        """
        UNWIND [3, null, 1] AS x
        RETURN count(x) AS n, sum(x) AS sum, avg(x) AS avg, min(x) AS min, max(x) AS max, collect(x) AS all
        """,
        "n sum avg min max all",
        (2, 4, 2.0, 1, 3, [3, 1]),
    ),
    case(
        "collect keeps the order, and DISTINCT the first",
        """
        MATCH (v:Vendor) WHERE v.country = 'JP'
        WITH v ORDER BY v.id
        RETURN collect(v.city) AS cities, collect(DISTINCT v.city) AS different
        """,
        "cities different",
        (["Tokyo", "Osaka", "Tokyo", "Sakai", "Tokyo"], ["Tokyo", "Osaka", "Sakai"]),
    ),
    case(
        "WHERE after an aggregating WITH",
        """
        MATCH (v:Vendor)-[:OFFERS]->(c) WITH c, count(v) AS n WHERE n > 1
        RETURN c.id AS component, n ORDER BY n DESC, component
        """,
        "component n",
        ("camera", 3),
        ("cpu", 2),
        ("foundry", 2),
        ("lens", 2),
        ("rack", 2),
    ),
    case(
        "the aggregate of an aggregate",
        "MATCH (v:Vendor)-[:OFFERS]->(c) WITH v, count(c) AS n "
        "RETURN max(n) AS most, avg(n) AS mean, sum(n) AS all",
        "most mean all",
        (3, 1.4, 14),
    ),
    case(
        "numbers are more than texts to max and min",
        "UNWIND [1, 'a', 2.5, 'b'] AS x RETURN max(x) AS most, min(x) AS least",
        "most least",
        (2.5, "a"),
    ),
    case(
        "percentiles",
        """
        UNWIND [40, 10, 30, 20] AS x
        RETURN percentileCont(x, 0.5) AS between, percentileDisc(x, 0.5) AS one_of_them,
               percentileDisc(x, 1) AS top
        """,
        "between one_of_them top",
        (25.0, 20, 40),
    ),
    case(
        "a percentile that falls on a value is a float all the same",
        "UNWIND [40, 10, 30] AS x RETURN percentileCont(x, 0.5) AS median",
        "median",
        (30.0,),
        differs={"neo4j": "gives the value as it is, although its manual says FLOAT"},
    ),
    case(
        "standard deviations of a sample and of all",
        "UNWIND [2, 4, 4, 4, 5, 5, 7, 9] AS x RETURN stDevP(x) AS of_all, round(stDev(x), 6) AS of_sample",
        "of_all of_sample",
        (2.0, 2.13809),
    ),
    case(
        "shares summed by country",
        """
        MATCH (v:Vendor)-[o:OFFERS]->()
        RETURN v.country AS country, round(sum(o.share), 3) AS share, count(o.share) AS known,
               count(o) AS offers
        ORDER BY country
        """,
        "country share known offers",
        ("JP", 0.75, 2, 6),
        ("TW", 1.525, 4, 5),
        ("US", 1.5, 2, 3),
    ),
    case(
        "an aggregate inside an expression",
        "MATCH (v:Vendor) RETURN v.country AS country, count(*) * 10 + 1 AS n ORDER BY country",
        "country n",
        ("JP", 51),
        ("TW", 51),
        ("US", 21),
    ),
    case(
        "collected maps keep their nulls",
        """
        MATCH (v:Vendor {country: 'US'}) WITH v ORDER BY v.id
        RETURN collect({id: v.id, city: v.city}) AS vendors
        """,
        "vendors",
        ([{"id": "intel", "city": None}, {"id": "nvidia", "city": None}],),
    ),
    case(
        "nulls are one group",
        "UNWIND [null, 1, null] AS x RETURN x, count(*) AS n",
        "x n",
        (None, 2),
        (1, 1),
    ),
    case(
        "the same row twice stays twice",
        "MATCH (:Vendor {country: 'US'})-[:BASED_IN]->(c) RETURN c.id AS country",
        "country",
        ("US",),
        ("US",),
    ),
    case(
        "DISTINCT rows",
        "MATCH (v:Vendor)-[:BASED_IN]->(c) RETURN DISTINCT c.id AS country, v.country = c.id AS same",
        "country same",
        ("TW", True),
        ("JP", True),
        ("US", True),
    ),
    case(
        "a Herfindahl-Hirschman index",
        """
        MATCH (c:Component)<-[o:OFFERS]-() WHERE o.share IS NOT NULL
        WITH c.id AS component, sum(o.share * o.share) AS hhi
        WHERE hhi > 0.2
        RETURN component, hhi ORDER BY hhi, component
        """,
        "component hhi",
        ("image-sensor", 0.25),
        ("rack", 0.265625),
        ("foundry", 0.36),
        ("cpu", 0.5625),
        ("gpu", 0.5625),
    ),
]
