"""The saved queries give the same answers on every engine, on the toy graph and on the curated data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kizuna.graph.stores import Result
from kizuna.queries.saved import SavedQuery, list_saved, run_saved
from tests.parity.case import describe_rows
from tests.parity.engines import Engine

# The defaults name what is in the curated data; these are in the toy graph.
_IN_TOY: dict[str, Any] = {
    "component": "rack",
    "solution": "checkout",
    "problem": "labour",
    "vendor": "foxconn",
    "vendors": ["tsmc"],
    "from": "largan",
    "to": "acer",
    "id": "tsmc",
    "label": "Vendor",
}

# All but the engine's native way hold the curated data with the slow tests.
_OTHERS = [
    pytest.param("jvm", "toy", marks=pytest.mark.jvm),
    pytest.param("jvm", "seeds", marks=[pytest.mark.jvm, pytest.mark.slow]),
    ("bolt", "toy"),
    pytest.param("bolt", "seeds", marks=pytest.mark.slow),
    pytest.param("neo4j", "toy", marks=pytest.mark.neo4j),
    pytest.param("neo4j", "seeds", marks=[pytest.mark.neo4j, pytest.mark.slow]),
]
_SAVED = list_saved()


@pytest.mark.parametrize("saved", _SAVED, ids=lambda saved: saved.name)
@pytest.mark.parametrize(("name", "graph"), _OTHERS)
def test_saved_query(
    name: str, graph: str, saved: SavedQuery, open_engine: Callable[[str, str], Engine]
) -> None:
    """A saved query gives the columns that it declares, and the same rows on every engine."""
    expected, found = (_run(open_engine(engine, graph), graph, saved) for engine in ("native", name))
    columns = tuple(column.name for column in saved.columns)
    assert expected.columns == columns
    if found.rows or name != "bolt":  # its server names no columns when there are no rows
        assert found.columns == columns
    assert describe_rows(found.rows, ordered=True) == describe_rows(expected.rows, ordered=True)


def _run(engine: Engine, graph: str, saved: SavedQuery) -> Result:
    given = {}
    if graph == "toy":
        given = {p.name: _IN_TOY[p.name] for p in saved.parameters if p.name in _IN_TOY}
    return run_saved(engine.store, saved.name, given, timeout=60)
