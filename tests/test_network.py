"""The graph as networkx knows it."""

from __future__ import annotations

import pandas as pd

from kizuna.graph import SupplyGraph, select_subgraph, to_networkx

VENDOR = ("Vendor", "hiwin")


def _make_graph() -> SupplyGraph:
    """Hiwin, a Taiwanese firm, supplies Fanuc with two things, one of them until 2020, and offers one."""
    return SupplyGraph(
        {
            "countries": pd.DataFrame({"id": ["TW", "JP"], "name_en": ["Taiwan", "Japan"]}),
            "components": pd.DataFrame({"id": ["linear-guide", "ball-screw", "hiwin"]}),
            "vendors": pd.DataFrame(
                {
                    "id": ["hiwin", "fanuc"],
                    "country": ["TW", "JP"],
                    "name_zh": ["上銀", ""],
                    "until": ["", ""],
                }
            ),
            "offers": pd.DataFrame(
                {"vendor": ["hiwin"] * 2, "component": ["linear-guide"] * 2, "share": ["", "0.5"]}
                | {"as_of": ["2019", "2024"], "share_year": ["", "2023"]}
            ),
            "supplies": pd.DataFrame(
                {"from_vendor": ["hiwin"] * 3, "to_vendor": ["fanuc"] * 3}
                | {"component": ["linear-guide", "ball-screw", ""], "until": ["", "2020", ""]}
            ),
            "owns": pd.DataFrame({"from_vendor": ["hiwin"], "to_vendor": ["fanuc"]}),
        },
        name="toy",
        version="1",
        date="2026-11-22",
    )


def test_nodes_are_pairs_of_label_and_id() -> None:
    """A vendor and a component that share an id are two nodes."""
    network = to_networkx(_make_graph())
    assert VENDOR in network
    assert ("Component", "hiwin") in network
    assert len(network) == 7


def test_nodes_carry_what_is_known() -> None:
    """A node has its label and its filled properties, no blanks."""
    assert dict(to_networkx(_make_graph()).nodes[VENDOR]) == {
        "label": "Vendor",
        "id": "hiwin",
        "country": "TW",
        "name_zh": "上銀",
    }


def test_a_column_becomes_an_edge() -> None:
    """The seat of a vendor, a column of its table, is an edge to its country."""
    assert list(to_networkx(_make_graph())[VENDOR][("Country", "TW")]) == ["BASED_IN"]


def test_only_the_winning_statement_is_an_edge() -> None:
    """Two statements on one offer are one edge, that of the later one, with numbers of Python's own."""
    edges = to_networkx(_make_graph())[VENDOR][("Component", "linear-guide")]
    assert dict(edges) == {"OFFERS": {"type": "OFFERS", "share": 0.5, "as_of": "2024", "share_year": 2023}}
    assert type(edges["OFFERS"]["share_year"]) is int


def test_parallel_edges_are_numbered_by_type() -> None:
    """The second edge of one type between two nodes is numbered 2, whatever other edges join them."""
    edges = to_networkx(_make_graph())[VENDOR][("Vendor", "fanuc")]
    assert {key: edge.get("component") for key, edge in edges.items()} == {
        "SUPPLIES": "linear-guide",
        "SUPPLIES:2": None,
        "OWNS": None,
    }


def test_another_day_has_other_edges() -> None:
    """In a view of 2019 the supply that ended in 2020 is an edge."""
    network = to_networkx(select_subgraph(_make_graph(), as_of="2019"))
    components = {edge.get("component") for edge in network[VENDOR][("Vendor", "fanuc")].values()}
    assert components == {"linear-guide", "ball-screw", None}
    assert network.graph == {"name": "toy", "version": "1", "date": "2019-12-31"}


def test_a_change_of_the_network_leaves_the_graph_alone() -> None:
    """What is done to the network is done to a copy."""
    graph = _make_graph()
    before = graph.content_hash
    network = to_networkx(graph)
    network.nodes[VENDOR]["country"] = "JP"
    network.remove_node(("Vendor", "fanuc"))
    assert SupplyGraph(dict(graph.tables)).content_hash == before
    assert len(to_networkx(graph)) == 7
