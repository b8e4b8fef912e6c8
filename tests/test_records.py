"""A graph as the elements of a store, and back."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kizuna import InputError, SupplyGraph, load_folder, load_seeds, select_subgraph
from kizuna.graph.stores.checks import check_graph
from kizuna.graph.stores.records import (
    EdgeBatch,
    NodeBatch,
    build_graph,
    list_edges,
    list_labels,
    list_nodes,
    list_types,
)
from tests.graphs import Rows, supply_rows
from tests.graphs import build_graph as build_toy
from tests.packages import PackageMaker, write_package


def _copy(graph: SupplyGraph) -> SupplyGraph:
    return build_graph(list_nodes(graph), list_edges(graph))


def _assert_same(graph: SupplyGraph, other: SupplyGraph) -> None:
    assert (other.name, other.version, other.date, other.as_of) == (
        graph.name,
        graph.version,
        graph.date,
        graph.as_of,
    )
    assert other.content_hash == graph.content_hash
    for name, frame in graph.tables.items():
        pd.testing.assert_frame_equal(other.table(name), frame, check_index_type=False)


@pytest.mark.parametrize("dataset", [None, "report-2017"])
def test_the_seeds_survive_a_round_trip(dataset: str | None) -> None:
    """Every table of the seeds comes back equal, index and types included."""
    graph = load_seeds(dataset=dataset)
    _assert_same(graph, _copy(graph))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_any_valid_folder_survives_a_round_trip(tmp_path: Path, seed: int) -> None:
    """Whatever the validator lets pass, every table filled, comes back equal."""
    graph = load_folder(write_package(tmp_path / "package", PackageMaker(seed).make()))
    _assert_same(graph, _copy(graph))


@settings(max_examples=50)
@given(rows=supply_rows(), day=st.sampled_from(["2016-01-01", "2019-06-30", "2026-11-22"]))
def test_what_is_in_force_has_the_plain_type(rows: Rows, day: str) -> None:
    """The relationships of a plain type are the statements in force on the day, all others have the other type."""
    graph = select_subgraph(build_toy(rows), as_of=day)
    plain = {(e.type, row[2]["row"]) for e in list_edges(graph) for row in e.rows if "row" in row[2]}
    for table, edge_type in (("offers", "OFFERS"), ("owns", "OWNS")):
        held = set(graph.current(table).index)
        found = {row for kind, row in plain if kind == edge_type}
        past = {row for kind, row in plain if kind == f"{edge_type}_NOT_IN_FORCE"}
        assert (found, past) == (held, set(graph.table(table).index) - held)


def test_a_node_has_the_known_cells_and_nothing_else() -> None:
    """Unknown cells are no properties, lists are lists, dates stay as partial as they were."""
    graph = SupplyGraph(
        {
            "countries": pd.DataFrame({"id": ["TW"]}),
            "vendors": pd.DataFrame(
                {
                    "id": ["umc"],
                    "country": ["TW"],
                    "aliases": ["聯電; UMC"],
                    "until": ["2030-01"],
                    "placeholder": ["no"],
                }
            ),
        },
        name="toy",
    )
    (vendors,) = [batch for batch in list_nodes(graph) if batch.label == "Vendor"]
    assert vendors == NodeBatch(
        "Vendor",
        [
            {
                "graph": "toy",
                "row": 0,
                "id": "umc",
                "country": "TW",
                "aliases": ["聯電", "UMC"],
                "until": "2030-01",
                "placeholder": False,
            }
        ],
    )
    assert list(list_edges(graph)) == [
        EdgeBatch("BASED_IN", "Vendor", "Country", [("umc", "TW", {"graph": "toy"})])
    ]


def test_rows_with_one_index_are_told_apart() -> None:
    """Of two offers that share an index after a concatenation, the ended one alone is not in force."""
    offers = pd.DataFrame(
        {"vendor": ["a", "b"], "component": ["x", "x"], "until": ["2020", None]}, index=[0, 0]
    )
    tables = {
        "vendors": pd.DataFrame({"id": ["a", "b"]}),
        "components": pd.DataFrame({"id": ["x"]}),
        "offers": offers,
    }
    graph = SupplyGraph(tables, as_of="2026-11-22")
    assert {(e.type, row[0], row[2]["row"]) for e in list_edges(graph) for row in e.rows} == {
        ("OFFERS_NOT_IN_FORCE", "a", 0),
        ("OFFERS", "b", 1),
    }


def test_a_row_that_names_nobody_is_refused() -> None:
    """An offer of a vendor that the graph lacks is an error that names table, row and column."""
    graph = SupplyGraph(
        {
            "components": pd.DataFrame({"id": ["lens"]}),
            "offers": pd.DataFrame({"vendor": ["nobody"], "component": ["lens"]}, index=[7]),
        }
    )
    with pytest.raises(InputError, match="table offers, row 7, column vendor: there is no Vendor 'nobody'"):
        check_graph(graph)


def test_a_country_without_a_row_is_only_a_property() -> None:
    """A vendor whose country has no row of its own keeps it as a property, without a relationship."""
    graph = SupplyGraph({"vendors": pd.DataFrame({"id": ["umc"], "country": ["TW"]})})
    assert list(list_edges(graph)) == []


def test_labels_and_types_share_no_name() -> None:
    """A label and a relationship type never have one name: the embedded engine keeps them in one space."""
    assert set(list_labels()).isdisjoint(list_types())


def test_every_element_of_the_seeds_has_a_declared_name() -> None:
    """The seeds use no label and no type that the lists do not name."""
    graph = load_seeds()
    assert {b.label for b in list_nodes(graph)} <= set(list_labels())
    assert {b.type for b in list_edges(graph)} <= set(list_types())
