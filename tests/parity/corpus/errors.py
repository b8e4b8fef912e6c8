"""Wrong queries: the same class of error on every engine, and nothing done."""

from __future__ import annotations

from kizuna import QueryError, ReadOnlyError
from tests.parity.case import ARCADE, EMBEDDED, case, error, on

__all__ = ["CASES"]

_UNKNOWN = {"bolt": "the engine's Bolt server calls it an unknown error of its own"}
_HEEDLESS = {
    "bolt": "the engine's Bolt server does not heed the access mode; Kizuna itself never reads by it"
}

CASES = [
    error("a word that is missing", "MATCH (v:Vendor RETURN v", QueryError),
    error("no query at all", "", QueryError),
    error(
        "a query that does nothing", "MATCH (v:Vendor)", QueryError, differs=on(ARCADE, "the engine runs it")
    ),
    error("a text without its end", "RETURN 'kizuna", QueryError),
    error("a misspelt word", "MATCH (v:Vendor) RETRUN v.id", QueryError),
    error("an unknown variable", "MATCH (v:Vendor) RETURN w", QueryError),
    error("a variable that WITH has hidden", "MATCH (v:Vendor) WITH v.id AS id RETURN v.id", QueryError),
    error("an unknown function", "RETURN kizuna(1)", QueryError),
    error(
        "an unknown procedure",
        "CALL kizuna.nothing()",
        QueryError,
        differs={
            **on(EMBEDDED, "the engine takes a procedure that it does not know for one that writes"),
            **_UNKNOWN,
        },
    ),
    error(
        "a parameter that is not given",
        "MATCH (v:Vendor {id: $id}) RETURN v",
        QueryError,
        parameters={"di": "sony"},
    ),
    error("two columns of one name", "RETURN 1 AS x, 2 AS x", QueryError),
    error("UNION of different columns", "RETURN 1 AS x UNION RETURN 2 AS y", QueryError),
    error("an aggregate of an aggregate", "MATCH (v:Vendor) RETURN count(count(*))", QueryError),
    error("an aggregate in a WHERE", "MATCH (v:Vendor) WHERE count(v) > 1 RETURN v", QueryError),
    error("too many arguments", "RETURN toUpper('a', 'b')", QueryError),
    error("a negative LIMIT", "MATCH (v:Vendor) RETURN v LIMIT -1", QueryError),
    error("a LIMIT that is a text", "MATCH (v:Vendor) RETURN v LIMIT $n", QueryError, parameters={"n": "x"}),
    error("whole numbers divided by zero", "RETURN 1 / 0", QueryError),
    error("a number that is too large", "RETURN 9223372036854775807 + 1", QueryError),
    error("a day that is none", "RETURN date('2026-13-01')", QueryError),
    error("a text as a date", "RETURN datetime('yesterday')", QueryError),
    error("a number and a truth added", "RETURN 1 + true", QueryError),
    error("a text as an index", "RETURN [1, 2]['a']", QueryError),
    error("a property of a number", "WITH 1 AS x RETURN x.y", QueryError, differs=_UNKNOWN),
    error(
        "a condition that is no truth",
        "MATCH (v:Vendor) WHERE v.id RETURN v",
        QueryError,
        differs=on(ARCADE, "to the engine, what is no truth is untrue"),
    ),
    error("a list as a whole number", "RETURN toInteger([1])", QueryError),
    error("the size of a number", "RETURN size(1)", QueryError),
    error(
        "a regular expression that is none",
        "RETURN 'a' =~ '['",
        QueryError,
        differs=on(ARCADE, "to the engine it matches nothing"),
    ),
    error("two statements at once", "RETURN 1 AS x; RETURN 2 AS x", QueryError),
    error("CREATE while reading", "CREATE (n:Scratch {id: 'a'}) RETURN n", ReadOnlyError, differs=_HEEDLESS),
    error("MERGE while reading", "MERGE (n:Scratch {id: 'a'})", ReadOnlyError, differs=_HEEDLESS),
    error("SET while reading", "MATCH (n:Scratch) SET n.city = 'Osaka'", ReadOnlyError, differs=_HEEDLESS),
    error("REMOVE while reading", "MATCH (n:Scratch) REMOVE n.city", ReadOnlyError, differs=_HEEDLESS),
    error(
        "DETACH DELETE while reading", "MATCH (n:Scratch) DETACH DELETE n", ReadOnlyError, differs=_HEEDLESS
    ),
    error(
        "FOREACH while reading",
        "FOREACH (x IN [1] | CREATE (:Scratch {id: 'a'}))",
        ReadOnlyError,
        differs=_HEEDLESS,
    ),
    error(
        "a subquery that writes while reading",
        "CALL () { CREATE (:Scratch) } RETURN 1 AS x",
        ReadOnlyError,
        differs=_HEEDLESS,
    ),
    error(
        "an index while reading",
        "CREATE INDEX scratch IF NOT EXISTS FOR (n:Scratch) ON (n.id)",
        ReadOnlyError,
        differs=_HEEDLESS,
    ),
    error("LOAD CSV", "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line", ReadOnlyError),
    error(
        "LOAD CSV in a subquery, while writing",
        "CALL () { LOAD CSV FROM $f AS l RETURN l } RETURN l",
        ReadOnlyError,
        parameters={"f": "file:///etc/hostname"},
        writes=True,
    ),
    error(
        "a node that is still tied",
        "MATCH (n:Scratch {id: 'a'}) DELETE n",
        QueryError,
        writes=True,
        differs=_UNKNOWN,
        given="CREATE (:Scratch {id: 'a'})-[:TIES]->(:Scratch {id: 'b'})",
    ),
    error("a map as a property", "CREATE (n:Scratch {id: 'a', m: {x: 1}})", QueryError, writes=True),
    error("MERGE on null", "MERGE (n:Scratch {id: null})", QueryError, writes=True),
    error(
        "a writing query that fails on its way",
        "UNWIND [1, 0] AS x CREATE (:Scratch {id: 'a', n: 1 / x})",
        QueryError,
        writes=True,
    ),
    case("after all the wrong queries nothing is there", "MATCH (n:Scratch) RETURN count(n) AS n", "n", (0,)),
]
