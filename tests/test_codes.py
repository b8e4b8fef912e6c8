"""Columns as whole numbers, and tables of which only what is asked for is unpacked."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from benchmarks.questions import measure_questions
from benchmarks.synthetic import DATE, make_synthetic
from kizuna import _errors
from kizuna.graph import MODEL, SupplyGraph, load_graph, save_graph
from kizuna.graph.codes import CodedTable, encode_column, find_places
from kizuna.queries import Finding, ask_what_if, find_gaps, measure_coverage
from kizuna.queries._gap_lister import GapLister
from kizuna.queries.analysis import Analysis
from kizuna.queries.market import UNITS
from kizuna.queries.scope import Scope


def _text(*cells: str | None) -> pd.Series:
    return pd.Series(list(cells), dtype="str")


def test_codes_are_places_in_the_order_of_first_appearance() -> None:
    """Equal texts share a code, and a missing one has the code -1."""
    found = encode_column(_text("b", None, "a", "b"))
    assert (found.codes.tolist(), found.values) == ([0, -1, 1, 0], ["b", "a"])


def test_codes_of_a_column_without_any_text() -> None:
    """A column of nothing but missing cells has codes and no values."""
    found = encode_column(pd.Series([None, None], dtype="object"))
    assert (found.codes.tolist(), found.values) == ([-1, -1], [])
    assert found.isna().all()


def test_codes_answer_what_a_column_does() -> None:
    """Being one of some texts, being missing, and a number for each text are as for the texts themselves."""
    found = encode_column(_text("b", None, "a"))
    assert found.isin(["a", "c"]).tolist() == [False, False, True]
    assert found.notna().tolist() == [True, False, True]
    assert found.test(lambda text: text > "a", missing=True).tolist() == [True, True, False]
    assert found.map_to({"a": 7}).tolist() == [-1, -1, 7]
    assert found.take(np.array([2, 0])).codes.tolist() == [1, 0]


def test_places_are_those_of_the_first_row_with_an_id() -> None:
    """An id that is not there, and a missing one, have the place -1."""
    assert find_places(_text("x", "y"), _text("y", "z", None, "x")).tolist() == [1, -1, -1, 0]
    assert find_places(_text(), _text("x")).tolist() == [-1]


def test_a_coded_table_speaks_of_its_rows_alone() -> None:
    """Codes and values of some rows of a table come in the order of the rows."""
    frame = pd.DataFrame({"status": _text("volume", "pilot", None), "share": [0.1, 0.2, 0.3]})
    frame = frame.set_index(pd.Index([5, 6, 7]))
    rows = CodedTable(frame, np.array([2, 0]))
    assert (len(rows), rows["status"].codes.tolist(), rows.values("share").tolist()) == (
        2,
        [-1, 0],
        [0.3, 0.1],
    )


def _make_graph() -> SupplyGraph:
    tables, _ = make_synthetic(500, seed=3)
    return SupplyGraph(tables, date=DATE)


@pytest.fixture(scope="module")
def graph() -> SupplyGraph:
    """Return a synthetic graph that stands in memory as a whole."""
    return _make_graph()


@pytest.fixture
def saved(graph: SupplyGraph, tmp_path: Path) -> Path:
    """Return a folder with the same graph."""
    return save_graph(graph, tmp_path / "graph")


def test_a_saved_graph_gives_the_same_answers(graph: SupplyGraph, saved: Path) -> None:
    """Coverage, gaps and a what-if are the same whether a table is unpacked as a whole or by column."""
    loaded = load_graph(saved)
    assert measure_coverage(loaded, by="component").rows == measure_coverage(graph, by="component").rows
    assert find_gaps(loaded).findings == find_gaps(graph).findings
    lost = [ask_what_if(g, remove_countries=["JP"]).lost for g in (loaded, graph)]
    assert lost[0] == lost[1]
    assert loaded.content_hash == graph.content_hash


def test_columns_are_the_same_packed_and_unpacked(graph: SupplyGraph, saved: Path) -> None:
    """Each column of a saved table, and its codes, are those of the whole table."""
    for name in MODEL.tables:
        packed = load_graph(saved).columns(name)
        assert (list(packed.columns), len(packed)) == (MODEL.tables[name].columns, len(graph.table(name)))
        for column in packed.columns:
            whole = graph.table(name)[column].reset_index(drop=True)
            pd.testing.assert_series_equal(packed[column].reset_index(drop=True), whole)
            if whole.dtype == "str" and len(whole):
                codes = CodedTable(packed)[column]
                texts = codes.decode(np.ones(len(whole), dtype=bool))
                assert texts.equals(whole.reset_index(drop=True)), (name, column)


def test_a_loaded_graph_does_not_need_its_folder(graph: SupplyGraph, saved: Path) -> None:
    """What happens to the folder after loading changes nothing, even for tables not looked at yet."""
    loaded = load_graph(saved)
    shutil.rmtree(saved)
    assert loaded.content_hash == graph.content_hash


def test_damage_inside_a_file_is_named(saved: Path) -> None:
    """A file whose end is whole and whose middle is not is an error that names it, when it is read."""
    file = saved / "offers.parquet"
    data = bytearray(file.read_bytes())
    first = pq.ParquetFile(file).metadata.row_group(0).column(0)
    start = first.dictionary_page_offset or first.data_page_offset
    data[start : start + first.total_compressed_size] = b"\0" * first.total_compressed_size
    file.write_bytes(bytes(data))
    loaded = load_graph(saved)
    with pytest.raises(_errors.InputError, match=r"offers\.parquet is damaged .*; save the graph again"):
        loaded.columns("offers")["vendor"]
    with pytest.raises(_errors.InputError, match=r"offers\.parquet is damaged .*; save the graph again"):
        loaded.table("offers")


def _list_singly(graph: SupplyGraph, scope: Scope) -> list[Finding]:
    """List cuts, uncovered components and dominant units, each finding by itself."""
    analysis = Analysis(graph, scope)
    for one in (analysis, analysis.quick):
        # Gates that need nothing change no answer, and keep the findings from being worked out together.
        size, edges = one.structure.size, len(one.structure.child)
        one.structure = replace(
            one.structure,
            gate=np.full(size, -1),
            need=np.zeros(size, dtype=np.int64),
            weight=np.ones(edges, dtype=np.int64),
        )
    return _list(analysis)


def _list(analysis: Analysis) -> list[Finding]:
    lister = GapLister(analysis, np.ones(len(analysis.market.solution_ids)), UNITS)
    return [*lister.list_cuts(), *lister.list_uncovered(), *lister.list_dominant()]


@pytest.mark.parametrize("country_by", ["seat", "owner"])
@pytest.mark.parametrize("within", ["pair", "world"])
def test_findings_together_are_those_one_by_one(graph: SupplyGraph, country_by: str, within: str) -> None:
    """Worked out in whole columns, every field of every finding is what it is when it is looked at alone."""
    scope = Scope(country_by=country_by, within=within, statuses=("volume",), strict=True)  # type: ignore[arg-type]
    singly = _list_singly(graph, scope)
    assert {finding.kind for finding in singly} >= {"cut", "dominant"}
    assert _list(Analysis(graph, scope)) == singly


@pytest.mark.slow
def test_the_benchmark_of_questions_finds_what_was_planted() -> None:
    """On a small size it measures both sides, and misses no planted gap."""
    measured = measure_questions(500)
    assert measured is not None
    assert (measured.found["missed"], measured.found["planted"]) == (0, 11)
    assert measured.cpu > 0 < measured.read_cpu
