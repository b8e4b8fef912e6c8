"""The one body by which every case runs on every engine."""

from __future__ import annotations

from typing import Any

import pytest

from kizuna import KizunaError
from kizuna.graph.stores import Result
from tests.parity.case import Case, describe_rows
from tests.parity.engines import Engine

__all__ = ["clear_scratch", "run_case"]


def run_case(engine: Engine, case: Case) -> None:
    """Run a case and compare the answer, or the error, with the one that is written beside it."""
    if not case.writes:
        _check(engine, case)
        return
    clear_scratch(engine)
    try:
        if case.given:
            _write(engine, case.given)
        _check(engine, case)
    finally:
        clear_scratch(engine)


def clear_scratch(engine: Engine) -> None:
    """Remove what cases wrote."""
    _write(engine, "MATCH (n:Scratch) DETACH DELETE n")


def _write(engine: Engine, cypher: str) -> Result:
    return engine.writer.query(cypher, read_only=False)


def _ask(engine: Engine, case: Case) -> Result:
    store = engine.writer if case.writes else engine.store
    found = store.query(case.cypher, case.parameters, read_only=not case.writes, timeout=60)
    return store.query(case.then) if case.then else found


def _check(engine: Engine, case: Case) -> None:
    if case.error is not None:
        _check_error(engine, case, case.error)
        return
    result = _ask(engine, case)
    rows: list[tuple[Any, ...]] = list(result.rows)
    assert result.columns == case.columns
    assert describe_rows(rows, ordered=case.ordered) == describe_rows(case.rows, ordered=case.ordered)


def _check_error(engine: Engine, case: Case, kind: type[KizunaError]) -> None:
    """Compare the class of an error, and see that nothing was done."""
    try:
        with pytest.raises(KizunaError) as raised:
            _ask(engine, case)
    except pytest.fail.Exception:
        clear_scratch(engine)  # an engine that is declared to write here has written
        raise
    assert raised.type is kind, f"{raised.type.__name__}: {raised.value}"
    if case.writes:
        left = engine.writer.query("MATCH (n:Scratch) RETURN count(n) AS n").rows
        assert left == [(case.given.count(":Scratch"),)], "what failed left something behind"
