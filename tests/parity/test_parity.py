from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone, tzinfo
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kizuna import QueryError
from kizuna.graph import SupplyGraph
from kizuna.graph.stores.records import list_edges, list_nodes
from tests.parity.case import Case, describe
from tests.parity.corpus import TOPICS
from tests.parity.engines import ENGINES, Engine
from tests.parity.run import run_case

# The engine's own Bolt server is nobody's way to Kizuna's data: it is asked with the slow tests.
_NEEDED = {"jvm": [pytest.mark.jvm], "neo4j": [pytest.mark.neo4j], "bolt": [pytest.mark.slow]}


def _list_cases() -> Iterator[Any]:
    for name in ENGINES:
        for topic, cases in TOPICS.items():
            for case in cases:
                yield pytest.param(
                    name, case, id=f"{name}-{topic}-{case.name}", marks=_list_marks(name, case)
                )


def _list_marks(name: str, case: Case) -> list[pytest.MarkDecorator]:
    marks = list(_NEEDED.get(name, []))
    if name in case.differs:
        raises = (AssertionError, QueryError, pytest.fail.Exception)
        marks.append(pytest.mark.xfail(reason=case.differs[name], raises=raises, strict=True))
    return marks


def _need(name: str) -> Any:
    return pytest.param(name, marks=_NEEDED.get(name, []))


@pytest.fixture(params=[_need(name) for name in ENGINES])
def engine(request: pytest.FixtureRequest, open_engine: Callable[[str], Engine]) -> Engine:
    """Return each of the engines in turn."""
    return open_engine(request.param)


@pytest.mark.parametrize(("name", "case"), list(_list_cases()))
def test_case(name: str, case: Case, open_engine: Callable[[str], Engine]) -> None:
    """Every engine gives the answer that is written beside the query, or is declared to differ."""
    run_case(open_engine(name), case)


def test_corpus_has_no_case_twice() -> None:
    """Every case has a name of its own, and every difference is one of an engine, with a reason."""
    cases = list(chain.from_iterable(TOPICS.values()))
    assert (
        len({case.name for case in cases}) == len({(case.cypher, case.then) for case in cases}) == len(cases)
    )
    assert {name for case in cases for name in case.differs} <= set(ENGINES)
    assert all(reason for case in cases for reason in case.differs.values())


def test_node_properties(engine: Engine, toy: SupplyGraph) -> None:
    """A node has the label and all properties of its row, with their types."""
    found = engine.store.query("MATCH (n) RETURN n")
    expected = [(batch.label, row) for batch in list_nodes(toy) for row in batch.rows]
    assert sorted(
        ("&".join(node.labels), describe(dict(node.properties))) for (node,) in found.rows
    ) == sorted((label, describe(row)) for label, row in expected)


def test_relationship_properties(engine: Engine, toy: SupplyGraph) -> None:
    """A relationship has the type and all properties of its row, and both ends are whole nodes."""
    nodes = {(batch.label, row["id"]): row for batch in list_nodes(toy) for row in batch.rows}
    expected = [
        (batch.type, describe(properties), describe(nodes[batch.source, a]), describe(nodes[batch.target, b]))
        for batch in list_edges(toy)
        for a, b, properties in batch.rows
    ]
    found = engine.store.query("MATCH ()-[r]->() RETURN r")
    assert sorted(
        (
            r.type,
            describe(dict(r.properties)),
            describe(dict(r.start.properties)),
            describe(dict(r.end.properties)),
        )
        for (r,) in found.rows
    ) == sorted(expected)


def test_row_limit(engine: Engine) -> None:
    """A row limit cuts the answer off and says so, unless there are no more rows."""
    cut = engine.store.query("UNWIND range(1, 9) AS x RETURN x", row_limit=3)
    assert (cut.rows, cut.truncated) == ([(1,), (2,), (3,)], True)
    whole = engine.store.query("UNWIND range(1, 3) AS x RETURN x", row_limit=3)
    assert (len(whole), whole.truncated) == (3, False)


@pytest.mark.parametrize("name", [_need(name) for name in ENGINES if name != "bolt"])
def test_place_of_a_mistake(name: str, open_engine: Callable[[str], Engine]) -> None:
    """The message of a syntax error names line and column, and points at the place."""
    with pytest.raises(QueryError) as raised:
        open_engine(name).store.query("MATCH (v:Vendor)\nRETRUN v.id")
    message = str(raised.value)
    assert "line 2, column 1" in message
    assert message.splitlines()[-1].strip() == "^"


def _make_offset(minutes: int) -> tzinfo:
    return timezone(timedelta(minutes=minutes))


def _make_zone(name: str) -> tzinfo:
    return ZoneInfo(name)


_WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
_NUMBERS = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False)
_OFFSETS = st.integers(-18 * 60, 18 * 60).map(_make_offset)
_ZONES = st.sampled_from(["Asia/Tokyo", "Asia/Taipei", "America/New_York", "Europe/London"]).map(_make_zone)
_TIMES = (
    st.dates()
    | st.timedeltas()
    | st.datetimes()
    | st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=_OFFSETS)
    # The driver's own zones have no summer time after 2037.
    | st.datetimes(datetime(1970, 1, 2), datetime(2037, 1, 1), timezones=_ZONES, allow_imaginary=False)
    | st.times()
    | st.times(timezones=_OFFSETS)
)


def _nest(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return inner | st.lists(inner, max_size=4) | st.dictionaries(_WORDS.filter(bool), inner, max_size=3)


# Three levels with those of the query: so far down the embedded store tells a date from its text.
_VALUES = _nest(_nest(st.none() | st.booleans() | _NUMBERS | _WORDS | _TIMES))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(value={"day": date(2026, 5, 4)})
@given(value=_VALUES)
def test_any_value_comes_back(engine: Engine, value: Any) -> None:
    """Whatever is given as a parameter is returned as it was, types included."""
    result = engine.store.query("RETURN $x AS x, [$x] AS list, {inner: $x} AS map", {"x": value})
    wanted = " ".join(map(describe, (value, [value], {"inner": value})))
    assert " ".join(map(describe, result.rows[0])) == wanted
