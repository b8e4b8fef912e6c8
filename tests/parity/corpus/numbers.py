"""Numbers: whole ones, floats, and what becomes of them."""

from __future__ import annotations

from tests.parity.case import ARCADE, case, on

__all__ = ["CASES"]

_LARGEST = 2**63 - 1

CASES = [
    case(
        "whole numbers divide to whole numbers, towards zero",
        "RETURN 7 / 2 AS a, -7 / 2 AS b, 7.0 / 2 AS c, 7 / 2.0 AS d, 1 / 3 AS e",
        "a b c d e",
        (3, -3, 3.5, 3.5, 0),
    ),
    case(
        "the remainder has the sign of the dividend",
        "RETURN 7 % 3 AS a, -7 % 3 AS b, 7 % -3 AS c, 7.5 % 2 AS d",
        "a b c d",
        (1, -1, 1, 1.5),
    ),
    case(
        "powers are floats, and which operator goes first",
        "RETURN 2 ^ 3 AS power, 2 + 3 * 4 AS product_first, -2 ^ 2 AS minus, 2 * (3 + 4) AS brackets, "
        "10 - 4 - 3 AS left",
        "power product_first minus brackets left",
        (8.0, 14, 4.0, 14, 3),
    ),
    case(
        "division of floats by zero",
        "RETURN 1.0 / 0 AS up, -1.0 / 0 AS down, 1.0 / 0 > 1e308 AS more",
        "up down more",
        (float("inf"), float("-inf"), True),
    ),
    case(
        "whole numbers and floats of one value are equal",
        "RETURN 1 = 1.0 AS equal, 1 < 1.5 AS less, 2 >= 2.0 AS at_least, 0.1 + 0.2 = 0.3 AS exact",
        "equal less at_least exact",
        (True, True, True, False),
    ),
    case(
        "the largest and the least whole numbers",
        "RETURN 9223372036854775807 AS most, -9223372036854775808 AS least, $most AS given, "
        "$least - 0 AS given_least",
        "most least given given_least",
        (_LARGEST, -_LARGEST - 1, _LARGEST, -_LARGEST - 1),
        parameters={"most": _LARGEST, "least": -_LARGEST - 1},
    ),
    case(
        "other ways to write numbers",
        "RETURN 0xFF AS hex, 0o17 AS octal, 1e3 AS scientific, 1.5E-2 AS small, .5 AS half",
        "hex octal scientific small half",
        (255, 15, 1000.0, 0.015, 0.5),
    ),
    case(
        "digits in groups",
        "RETURN 1_000 AS grouped",
        "grouped",
        (1000,),
        differs=on(ARCADE, "the engine knows no underscores in numbers"),
    ),
    case(
        "texts to whole numbers",
        """
        RETURN toInteger('12') AS text, toInteger('12.7') AS cut, toInteger(-3.9) AS float,
               toInteger('x') AS junk,
               toInteger('') AS blank, toInteger(true) AS truth, toInteger('-5') AS negative
        """,
        "text cut float junk blank truth negative",
        (12, 12, -3, None, None, 1, -5),
    ),
    case(
        "texts to floats",
        "RETURN toFloat('1.5') AS text, toFloat(2) AS whole, toFloat('1e3') AS scientific, "
        "toFloat('一') AS junk, "
        "toFloat('.5') AS half",
        "text whole scientific junk half",
        (1.5, 2.0, 1000.0, None, 0.5),
    ),
    case(
        "texts to truth",
        "RETURN toBoolean('true') AS yes, toBoolean('FALSE') AS no, toBoolean('x') AS junk, "
        "toBoolean(1) AS one",
        "yes no junk one",
        (True, False, None, True),
    ),
    case(
        "conversion of what cannot be converted, to null",
        "RETURN toIntegerOrNull([1]) AS integer, toFloatOrNull(true) AS float, "
        "toBooleanOrNull(1.5) AS boolean, "
        "toStringOrNull({a: 1}) AS text",
        "integer float boolean text",
        (None, None, None, None),
    ),
    case(
        "rounding",
        """
        RETURN round(2.5) AS half, round(-1.5) AS minus, round(3.14159, 2) AS places, ceil(1.2) AS up,
               floor(-1.2) AS down,
               round(2.5, 0, 'HALF_EVEN') AS even, round(7) AS whole
        """,
        "half minus places up down even whole",
        (3.0, -1.0, 3.14, 2.0, -2.0, 2.0, 7.0),
    ),
    case(
        "sign and size of numbers",
        "RETURN abs(-3) AS whole, abs(-1.5) AS float, sign(-2.5) AS minus, sign(0) AS zero, "
        "sqrt(16) AS root, exp(0) AS exp",
        "whole float minus zero root exp",
        (3, 1.5, -1, 0, 4.0, 1.0),
    ),
    case(
        "logarithms and angles",
        "RETURN log10(100) AS log, round(log(e()), 9) AS natural, round(sin(pi() / 2), 9) AS sine, "
        "round(degrees(pi()), 9) AS d",
        "log natural sine d",
        (2.0, 1.0, 1.0, 180.0),
    ),
    case(
        "different numbers of one value are one value",
        "UNWIND [1, 1.0, 2, 2.5] AS x WITH DISTINCT x RETURN count(x) AS n, sum(x) AS sum",
        "n sum",
        (3, 5.5),
    ),
    case(
        "properties keep their kind of number",
        "MATCH (c:Claim {id: 'growth'}) "
        "RETURN c.figure AS figure, c.year AS year, c.year / 10 AS decade, c.figure * 2 AS twice",
        "figure year decade twice",
        (12.5, 2017, 201, 25.0),
    ),
    case(
        "chained comparisons",
        "MATCH (l:Layer) WHERE 1 < l.order <= 3 RETURN l.id AS layer ORDER BY l.order",
        "layer",
        ("cloud",),
        ("ai",),
    ),
]
