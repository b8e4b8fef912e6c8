"""Null: what is unknown, in logic, comparison and functions."""

from __future__ import annotations

from tests.parity.case import case

__all__ = ["CASES"]

CASES = [
    case(
        "the truth tables of three values",
        """
        UNWIND [true, false, null] AS a UNWIND [true, false, null] AS b
        RETURN a, b, a AND b AS both, a OR b AS any, a XOR b AS one
        """,
        "a b both any one",
        (True, True, True, True, False),
        (True, False, False, True, True),
        (True, None, None, True, None),
        (False, True, False, True, True),
        (False, False, False, False, False),
        (False, None, False, None, None),
        (None, True, None, True, None),
        (None, False, False, None, None),
        (None, None, None, None, None),
    ),
    case(
        "null is equal to nothing, not to itself",
        """
        RETURN null = null AS equal, null <> null AS unequal, null < 1 AS less, NOT null AS negated,
               null IS NULL AS is_null, null IS NOT NULL AS is_known, 1 IS NULL AS one
        """,
        "equal unequal less negated is_null is_known one",
        (None, None, None, None, True, False, False),
    ),
    case(
        "WHERE takes what is true, not what is unknown",
        "UNWIND [1, null, 3] AS x WITH x WHERE NOT x = 1 RETURN x",
        "x",
        (3,),
    ),
    case(
        "vendors whose city is unknown are in neither half",
        """
        MATCH (v:Vendor)
        RETURN count(CASE WHEN v.city = 'Tokyo' THEN 1 END) AS tokyo,
               count(CASE WHEN v.city <> 'Tokyo' THEN 1 END) AS other,
               count(CASE WHEN v.city IS NULL THEN 1 END) AS unknown
        """,
        "tokyo other unknown",
        (3, 5, 4),
    ),
    case(
        "coalesce takes the first that is known",
        """
        MATCH (v:Vendor {country: 'JP'})
        RETURN coalesce(v.name_zh, v.name_en) AS name, coalesce(null, v.nothing, 0) AS zero,
               coalesce(null) AS none
        ORDER BY v.id
        """,
        "name zero none",
        ("HOYA", 0, None),
        ("基恩斯", 0, None),
        ("瑞薩", 0, None),
        ("夏普", 0, None),
        ("索尼", 0, None),
    ),
    case(
        "null goes through operators and functions",
        """
        RETURN 1 + null AS sum, 'a' + null AS text, -null AS negative, size(null) AS size,
               toUpper(null) AS upper,
               toInteger(null) AS integer, toString(null) AS string, null[0] AS element, null.x AS property,
               abs(null) AS abs, substring(null, 0) AS part, head(null) AS head
        """,
        "sum text negative size upper integer string element property abs part head",
        (None,) * 12,
    ),
    case(
        "null in tests of texts",
        "RETURN null STARTS WITH 'a' AS a, 'a' CONTAINS null AS b, 'a' ENDS WITH null AS c, null =~ 'a' AS d",
        "a b c d",
        (None, None, None, None),
    ),
    case(
        "what is of different kinds is unequal, and neither less nor more",
        """
        RETURN 1 = '1' AS number_text, 1 <> '1' AS differ, 1 < '1' AS less, true = 1 AS boolean_number,
               [1] = 1 AS list,
               true < 1 AS boolean_less, 'true' = true AS text_boolean
        """,
        "number_text differ less boolean_number list boolean_less text_boolean",
        (False, True, None, False, False, None, False),
    ),
    case(
        "a missing property is null",
        """
        MATCH (v:Vendor {id: 'acer'})
        RETURN v.city AS city, v.city IS NULL AS unknown, v.nothing = 'x' AS equal,
               v.nothing IN ['x'] AS among
        """,
        "city unknown equal among",
        (None, True, None, None),
    ),
    case(
        "a simple CASE does not find null, a searched one does",
        """
        UNWIND [1, null] AS x
        RETURN x, CASE x WHEN 1 THEN 'one' ELSE 'else' END AS simple,
               CASE WHEN x IS NULL THEN 'null' ELSE 'known' END AS searched
        """,
        "x simple searched",
        (1, "one", "known"),
        (None, "else", "null"),
    ),
    case(
        "nullIf",
        "RETURN nullIf(1, 1) AS same, nullIf('a', 'b') AS other, nullIf(null, 1) AS unknown",
        "same other unknown",
        (None, "a", None),
    ),
    case(
        "isEmpty, of texts, lists, maps and null",
        "RETURN isEmpty('') AS text, isEmpty([1]) AS list, isEmpty({}) AS map, isEmpty(null) AS unknown",
        "text list map unknown",
        (True, False, True, None),
    ),
    case(
        "not a number is unequal to itself",
        "WITH 0.0 / 0.0 AS nan "
        "RETURN nan = nan AS equal, nan <> nan AS unequal, nan < 1 AS less, isNaN(nan) AS is_nan",
        "equal unequal less is_nan",
        (False, True, False, True),
    ),
]
