"""Lists and maps."""

from __future__ import annotations

from tests.parity.case import NO_COLUMNS, Drawn, case

__all__ = ["CASES"]

CASES = [
    case(
        "elements of a list, from either end, and none beyond",
        "WITH [1, 2, 3] AS l RETURN l[0] AS first, l[-1] AS last, l[3] AS beyond, l[-4] AS before, "
        "l[null] AS unknown",
        "first last beyond before unknown",
        (1, 3, None, None, None),
    ),
    case(
        "slices",
        "WITH [1, 2, 3] AS l RETURN l[1..] AS a, l[..-1] AS b, l[1..9] AS c, l[2..1] AS d, l[-2..] AS e, "
        "l[0..0] AS f",
        "a b c d e f",
        ([2, 3], [1, 2], [2, 3], [], [2, 3], []),
    ),
    case(
        "lists joined to lists and to elements",
        "RETURN [1] + [2.0] AS lists, [1] + 2 AS after, 0 + [1] AS before, [1] + [[2]] AS nested, "
        "[1] + null AS unknown",
        "lists after before nested unknown",
        ([1, 2.0], [1, 2], [0, 1], [1, [2]], None),
    ),
    case(
        "IN, with nulls",
        """
        RETURN 1 IN [1, null] AS there, 3 IN [1, null] AS maybe, null IN [] AS none, null IN [1] AS unknown,
               [1] IN [[1]] AS nested, 1 IN [1.0] AS by_value, '1' IN [1] AS by_type, 1 IN null AS nowhere
        """,
        "there maybe none unknown nested by_value by_type nowhere",
        (True, None, False, None, True, True, False, None),
    ),
    case(
        "lists are equal element by element",
        """
        RETURN [1, 2] = [1, 2] AS same, [1, 2] = [2, 1] AS order, [1] = [1.0] AS value,
               [1] = [1, 1] AS length,
               [1, null] = [1, null] AS maybe, [1, null] = [2, null] AS surely_not, [] = [] AS none,
               [1] = 1 AS other
        """,
        "same order value length maybe surely_not none other",
        (True, False, True, False, None, False, True, False),
    ),
    case(
        "ranges hold both of their ends",
        "RETURN range(0, 3) AS up, range(3, 0, -1) AS down, range(0, 7, 3) AS by_three, range(1, 0) AS none",
        "up down by_three none",
        ([0, 1, 2, 3], [3, 2, 1, 0], [0, 3, 6], []),
    ),
    case(
        "reduce",
        """
        RETURN reduce(s = 0, x IN [1, 2, 3] | s + x) AS sum,
               reduce(s = '', x IN ['台', '積', '電'] | x + s) AS turned,
               reduce(s = 1, x IN [] | 0) AS start, reduce(s = 0, x IN [1, null] | s + x) AS unknown
        """,
        "sum turned start unknown",
        (6, "電積台", 1, None),
    ),
    case(
        "all, any, none and single",
        """
        WITH [1, 2, 3] AS l
        RETURN all(x IN l WHERE x > 0) AS a, any(x IN l WHERE x > 2) AS b, none(x IN l WHERE x > 3) AS c,
               single(x IN l WHERE x = 2) AS d, single(x IN l WHERE x > 1) AS e
        """,
        "a b c d e",
        (True, True, True, True, False),
    ),
    case(
        "all, any, none and single over nothing and over nulls",
        """
        RETURN all(x IN [] WHERE x) AS all, any(x IN [] WHERE x) AS any, none(x IN [] WHERE x) AS none,
               any(x IN [null, 1] WHERE x = 1) AS surely, any(x IN [null] WHERE x = 1) AS maybe,
               all(x IN [1, null] WHERE x = 1) AS maybe_all, all(x IN [2, null] WHERE x = 1) AS not_all
        """,
        "all any none surely maybe maybe_all not_all",
        (True, False, True, True, None, None, False),
    ),
    case(
        "list comprehensions",
        """
        RETURN [x IN range(1, 5) WHERE x % 2 = 1 | x * x] AS squares, [x IN [1, null, 2] WHERE x > 1] AS kept,
               [x IN ['a', 'b'] | x + '!'] AS marked, [x IN [[1, 2], [3]] | [y IN x | -y]] AS nested
        """,
        "squares kept marked nested",
        ([1, 9, 25], [2], ["a!", "b!"], [[-1, -2], [-3]]),
    ),
    case(
        "head, last, tail, reverse and size",
        """
        WITH [3, 1, 2] AS l
        RETURN head(l) AS head, last(l) AS last, tail(l) AS tail, reverse(l) AS reversed, size(l) AS size,
               head([]) AS nothing, tail([]) AS empty
        """,
        "head last tail reversed size nothing empty",
        (3, 2, [1, 2], [2, 1, 3], 3, None, []),
    ),
    case(
        "UNWIND of lists in lists",
        "UNWIND [[1, 2], [], [3]] AS l UNWIND l AS x RETURN x, size(l) AS n ORDER BY x",
        "x n",
        (1, 2),
        (2, 2),
        (3, 1),
    ),
    case("UNWIND of null", "UNWIND null AS x RETURN x", "x", differs=NO_COLUMNS),
    case("UNWIND of nothing", "WITH [] AS l UNWIND l AS x RETURN x, 1 AS one", "x one", differs=NO_COLUMNS),
    case("UNWIND of a list of nulls", "UNWIND [null, null] AS x RETURN x", "x", (None,), (None,)),
    case("UNWIND of what is no list", "UNWIND 'kizuna' AS x RETURN x", "x", ("kizuna",)),
    case(
        "UNWIND of a parameter of maps",
        "UNWIND $rows AS row MATCH (v:Vendor {id: row.id}) RETURN v.name_en AS name, row.n AS n ORDER BY n",
        "name n",
        ("Sony", 1),
        ("HOYA", 2),
        parameters={"rows": [{"id": "hoya", "n": 2}, {"id": "nobody", "n": 3}, {"id": "sony", "n": 1}]},
    ),
    case(
        "a list of nodes",
        """
        MATCH (v:Vendor {country: 'US'}) WITH v ORDER BY v.id WITH collect(v) AS vendors
        RETURN vendors, vendors[0].id AS first, [x IN vendors | x.name_zh] AS names
        """,
        "vendors first names",
        ([Drawn("(Vendor:intel)"), Drawn("(Vendor:nvidia)")], "intel", ["英特爾", "輝達"]),
    ),
    case(
        "elements of a map, by name and by value",
        """
        WITH {a: 1, b: {c: [1, {d: '深'}]}, `e f`: null} AS m
        RETURN m.a AS a, m['a'] AS by_text, m[$key] AS by_parameter, m.b.c[1].d AS deep, m.nothing AS missing,
               m.`e f` AS empty
        """,
        "a by_text by_parameter deep missing empty",
        (1, 1, {"c": [1, {"d": "深"}]}, "深", None, None),
        parameters={"key": "b"},
    ),
    case(
        "the keys of a map, those of nulls too",
        "UNWIND keys({b: 1, a: null}) AS key RETURN key ORDER BY key",
        "key",
        ("a",),
        ("b",),
    ),
    case(
        "maps are equal key by key",
        """
        RETURN {a: 1, b: 2} = {b: 2, a: 1} AS same, {a: 1} = {a: 1.0} AS value,
               {a: 1} = {a: 1, b: null} AS keys,
               {a: null} = {a: null} AS maybe, {} = {} AS none
        """,
        "same value keys maybe none",
        (True, True, False, None, True),
    ),
    case(
        "a property named by a parameter",
        "MATCH (v:Vendor {id: 'sony'}) RETURN v[$name] AS name, v['city'] AS city, v['nothing'] AS missing",
        "name city missing",
        ("ソニー", "Tokyo", None),
        parameters={"name": "name_ja"},
    ),
    case(
        "lists of a node's property",
        """
        MATCH (v:Vendor) WHERE size(v.aliases) > 1
        RETURN v.id AS vendor, v.aliases AS aliases, v.aliases[-1] AS last ORDER BY vendor
        """,
        "vendor aliases last",
        ("foxconn", ["富士康", "Hon Hai", "ホンハイ"], "ホンハイ"),
        ("tsmc", ["台灣積體電路製造", "TSMC Ltd."], "TSMC Ltd."),
    ),
    case(
        "conversion of whole lists",
        """
        RETURN toStringList([1, 2.5, true, null]) AS texts, toIntegerList(['1', 'x', 2.9]) AS integers,
               toFloatList(['1.5', 2]) AS floats, toBooleanList(['true', 'no']) AS booleans
        """,
        "texts integers floats booleans",
        (["1", "2.5", "true", None], [1, None, 2], [1.5, 2.0], [True, None]),
    ),
]
