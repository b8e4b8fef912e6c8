"""The graph itself: its tables, its edges, its hash and what it says of itself."""

from __future__ import annotations

import pandas as pd
import pytest

from kizuna import _errors
from kizuna.graph import MODEL, SupplyGraph

EDGE_TYPES = pytest.mark.parametrize("edge_type", MODEL.edge_types)


def _frame(**columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(columns)


def _make_graph(*, as_of: str = "", date: str = "2026-11-22") -> SupplyGraph:
    """TSMC offers a foundry; ASE bought SPIL in 2018, which is no more since 2022."""
    return SupplyGraph(
        {
            "countries": _frame(id=["TW", "JP"]),
            "components": _frame(id=["foundry", "packaging"], segment=["semiconductor"] * 2),
            "solutions": _frame(id=["soc"]),
            "vendors": _frame(
                id=["tsmc", "ase", "spil", "tower"],
                country=["TW", "TW", "TW", "JP"],
                until=["", "", "2022", ""],
            ),
            "offers": _frame(
                vendor=["tsmc", "spil", "tower"],
                component=["foundry", "packaging", "foundry"],
                until=["", "", "2024-06"],
            ),
            "owns": _frame(from_vendor=["ase"], to_vendor=["spil"], since=["2018"]),
            "component_requires": _frame(component=["packaging"], requires=["foundry"], kind=["input"]),
            "solution_requires": _frame(solution=["soc"], requires=["packaging"], kind=["input"]),
        },
        name="toy",
        version="1",
        date=date,
        as_of=as_of,
    )


def test_unknown_tables_are_refused() -> None:
    """A table that the model does not have is an error that names it."""
    with pytest.raises(_errors.UnknownNameError, match="no such table: colours, tastes"):
        SupplyGraph({"tastes": pd.DataFrame(), "colours": pd.DataFrame()})


def test_asking_for_an_unknown_name_says_what_there_is() -> None:
    """Tables, labels and edge types that do not exist are refused with the list of those that do."""
    graph = SupplyGraph({})
    with pytest.raises(_errors.UnknownNameError, match="no table 'colours'; there are layers, segments"):
        graph.table("colours")
    with pytest.raises(_errors.UnknownNameError, match="no label 'Colour'; there are Layer, Segment"):
        graph.nodes("Colour")
    with pytest.raises(_errors.UnknownNameError, match="no edge type 'LIKES'; there are FEEDS, SECURES"):
        graph.edges("LIKES")


def test_a_graph_iterates_over_its_tables() -> None:
    """A graph of nothing still has every table of the model, empty."""
    graph = SupplyGraph({})
    assert list(graph) == list(MODEL.tables)
    assert {len(frame) for frame in graph.tables.values()} == {0}


def test_the_tables_cannot_be_exchanged() -> None:
    """Nobody puts another table into a graph."""
    with pytest.raises(TypeError):
        SupplyGraph({}).tables["offers"] = pd.DataFrame()  # type: ignore[index]


def test_current_is_what_is_in_force_on_the_graphs_day() -> None:
    """An offer that ended before the day is history; without another day the data set's date is the day."""
    assert _make_graph().current("offers")["vendor"].tolist() == ["tsmc"]
    assert _make_graph().table("offers")["vendor"].tolist() == ["tsmc", "spil", "tower"]


def test_a_partial_day_is_its_last() -> None:
    """A view of May 2024 stands on the 31st, one of June on the 30th, when the offer had ended."""
    assert _make_graph(as_of="2024-05").current("offers")["vendor"].tolist() == ["tsmc", "tower"]
    assert _make_graph(as_of="2024-06").current("offers")["vendor"].tolist() == ["tsmc"]
    assert _make_graph(as_of="2024-06").as_of == "2024-06-30"


def test_a_day_that_is_none_is_refused() -> None:
    """A graph cannot be looked at on a day that no calendar has."""
    with pytest.raises(_errors.InputError, match="`as_of` is no day of the calendar: '2026-02-30'"):
        SupplyGraph({}, as_of="2026-02-30")


@pytest.mark.parametrize(("as_of", "held"), [("2021-12-31", 1), ("2022-01-01", 0)])
def test_what_a_vendor_did_is_history_after_its_end(as_of: str, held: int) -> None:
    """Offers of a vendor, and ownership of it, end with it although no row says so."""
    graph = _make_graph(as_of=as_of)
    assert int((graph.current("offers")["vendor"] == "spil").sum()) == held
    assert len(graph.current("owns")) == held


def test_a_listing_outlives_its_vendor() -> None:
    """That a source lists a firm in a segment stays said when the firm is gone."""
    graph = SupplyGraph(
        {
            "vendors": _frame(id=["lite-on-semi"], until=["2020"]),
            "listed_in": _frame(vendor=["lite-on-semi"], segment=["sensor"]),
        },
        date="2026",
    )
    assert graph.current("listed_in")["vendor"].tolist() == ["lite-on-semi"]


@EDGE_TYPES
def test_edges_of_every_type_have_their_ends_first(edge_type: str) -> None:
    """An edge frame starts with the labels and ids of both ends, also where there is no edge."""
    assert SupplyGraph({}).edges(edge_type).columns[:4].tolist() == ["from_label", "from", "to_label", "to"]


def _fill(table_name: str) -> pd.DataFrame:
    """One row of a table, each cell of an end naming itself."""
    table = MODEL.tables[table_name]
    label_columns = {"about_label": "Vendor"}
    return pd.DataFrame(
        {p.name: [label_columns.get(p.name, f"some-{p.name}")] for p in table.properties if p.required}
    )


@pytest.mark.parametrize("table", MODEL.edges, ids=lambda table: table.name)
def test_every_edge_table_becomes_edges(table: object) -> None:
    """A row of any edge table is an edge of its type between the labels that the model declares."""
    (declared,) = [t for t in MODEL.edges if t is table]
    edges = SupplyGraph({declared.name: _fill(declared.name)}).edges(declared.type)
    (edge,) = edges.iloc[:, :4].to_dict("records")
    assert edge == {
        "from_label": declared.source.label,
        "from": f"some-{declared.source.column}",
        "to_label": declared.target.label or "Vendor",
        "to": f"some-{declared.target.column}",
    }
    assert declared.source.column not in edges.columns


@pytest.mark.parametrize("edge", MODEL.column_edges, ids=lambda edge: edge.type)
def test_every_column_edge_becomes_edges(edge: object) -> None:
    """A filled reference column of a node is an edge; a blank one is none."""
    (declared,) = [e for e in MODEL.column_edges if e is edge]
    graph = SupplyGraph({declared.table: _frame(id=["a", "b"], **{declared.column: ["x", ""]})})
    (row,) = graph.edges(declared.type).to_dict("records")
    label = next(label for label, table in MODEL.nodes.items() if table.name == declared.table)
    assert row == {"from_label": label, "from": "a", "to_label": declared.target, "to": "x"}


def test_edges_of_one_type_come_from_all_its_tables() -> None:
    """Requirements of components and of solutions are edges of one type, with their own labels."""
    edges = _make_graph().edges("REQUIRES")
    assert edges[["from_label", "from", "to"]].to_numpy().tolist() == [
        ["Component", "packaging", "foundry"],
        ["Solution", "soc", "packaging"],
    ]


def test_nodes_are_found_by_label() -> None:
    """The nodes of a label are the rows of its table."""
    assert _make_graph().nodes("Vendor")["id"].tolist() == ["tsmc", "ase", "spil", "tower"]


def _hash_offers(**columns: object) -> str:
    return SupplyGraph({"offers": pd.DataFrame(columns)}).content_hash


def test_hash_is_of_the_content_not_of_its_form() -> None:
    """Text of a file, typed columns, another order of columns and another index hash alike."""
    text = _hash_offers(vendor=["a"], share=["0.50"], share_year=["2020"], since=[""])
    typed = _hash_offers(share_year=[2020], share=[0.5], vendor=["a"])
    graph = SupplyGraph({"offers": pd.DataFrame({"vendor": ["a"], "share": ["0.5"]}, index=[7])})
    assert text == typed
    assert graph.content_hash == _hash_offers(vendor=["a"], share=[0.5])


@pytest.mark.parametrize(
    "changed",
    [
        {"vendor": ["b"]},
        {"share": [0.25]},
        {"share": [None]},
        {"since": ["2020"]},
        {"vendor": ["a", "a"], "share": [0.5, 0.5]},
        {"vendor": [""]},
    ],
    ids=["text", "number", "number lost", "text added", "row added", "text lost"],
)
def test_hash_changes_with_any_cell(changed: dict[str, object]) -> None:
    """Another value, one more, one less or another row is another content."""
    assert _hash_offers(**{"vendor": ["a"], "share": [0.5], **changed}) != _hash_offers(
        vendor=["a"], share=[0.5]
    )


def test_hash_changes_with_the_order_of_rows() -> None:
    """Row order decides between statements that are equal otherwise, so it is content."""
    assert _hash_offers(vendor=["a", "b"]) != _hash_offers(vendor=["b", "a"])


def test_hash_tells_neighbouring_cells_apart() -> None:
    """Text that moves from one cell to the next changes the content."""
    assert _hash_offers(vendor=["ab", "c"]) != _hash_offers(vendor=["a", "bc"])
    assert _hash_offers(vendor=["a"], component=[""]) != _hash_offers(vendor=[""], component=["a"])


def test_hash_does_not_depend_on_name_or_day() -> None:
    """The same rows under another name, looked at on another day, are the same content."""
    assert _make_graph(as_of="2020").content_hash == _make_graph(date="2019").content_hash


def test_repr_tells_an_analyst_what_is_in_it() -> None:
    """Name, version, day, hash, vendors by country, and what joins them, in three lines."""
    graph = _make_graph()
    assert repr(graph) == (
        f"<SupplyGraph toy 1 2026-11-22 [{graph.content_hash[:12]}]\n"
        "  4 vendors (3 TW, 1 JP), 2 components, 1 solutions\n"
        "  3 offers, 2 requirements, 1 company relations>"
    )


def test_repr_sums_up_the_rest_of_the_world() -> None:
    """Only the four countries with most vendors are named; the others are counted."""
    seats = ["TW"] * 5 + ["JP"] * 4 + ["US"] * 3 + ["DE"] * 2 + ["KR", "CN"]
    graph = SupplyGraph({"vendors": _frame(id=[f"v{i}" for i in range(16)], country=seats)})
    assert "16 vendors (5 TW, 4 JP, 3 US, 2 DE, 2 elsewhere)" in repr(graph)


def test_repr_of_nothing() -> None:
    """A graph without rows still says so."""
    assert "unnamed" in repr(SupplyGraph({}))
    assert "  0 vendors (), 0 components" in repr(SupplyGraph({}))
