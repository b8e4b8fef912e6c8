"""The declaration of the model: every reference leads somewhere, and every word is used once."""

from __future__ import annotations

import re

import pytest

from kizuna.graph import COMPANY_RELATIONS, EVIDENCE, MODEL, NAMES, EdgeTable, Kind, NodeTable, Table

TABLES = pytest.mark.parametrize("table", MODEL.tables.values(), ids=list(MODEL.tables))


@TABLES
def test_columns_of_a_table_are_unique(table: Table) -> None:
    """No table declares a column twice."""
    assert len(table.columns) == len(set(table.columns))


@TABLES
def test_references_name_a_label(table: Table) -> None:
    """Every foreign key names a label that has a table."""
    assert {p.label for p in table.properties if p.label} <= set(MODEL.nodes)


@TABLES
def test_only_enumerations_have_allowed_values(table: Table) -> None:
    """A column has a list of allowed values exactly when it is an enumeration."""
    assert {p.name for p in table.properties if p.allowed} == {
        p.name for p in table.properties if p.kind is Kind.ENUM
    }


@TABLES
def test_everything_is_explained(table: Table) -> None:
    """Tables and columns say what they mean, in words that end without a full stop."""
    texts = [table.description, *(p.description for p in table.properties)]
    assert [text for text in texts if not text or text.endswith(".")] == []


@TABLES
def test_names_of_columns_are_plain(table: Table) -> None:
    """Column names are lower-case words, so that a file, a data frame and a store can all use them."""
    assert [name for name in table.columns if not re.fullmatch(r"[a-z][a-z0-9_]*", name)] == []


def test_node_tables_have_an_id_first() -> None:
    """The first column of a node table is its required ``id``."""
    firsts = [table.properties[0] for table in MODEL.nodes.values()]
    assert {(p.name, p.required) for p in firsts} == {("id", True)}


@pytest.mark.parametrize("table", MODEL.edges, ids=lambda table: table.name)
def test_ends_of_an_edge_are_its_own_required_columns(table: EdgeTable) -> None:
    """Both ends of an edge are required columns that reference the label the edge declares."""
    for end in (table.source, table.target):
        column = table.property(end.column)
        assert column.required
        assert column.label == end.label
        assert end.label is not None or table.property(end.label_column or "").required


def test_labels_and_edge_types_share_no_name() -> None:
    """Cypher stores keep labels and relationship types in one namespace, so the two are disjoint."""
    assert set(MODEL.nodes) & set(MODEL.edge_types) == set()


def test_each_company_relation_is_one_table_of_two_vendors() -> None:
    """A relation of companies joins two vendors and is held in the table of its own name."""
    for name in COMPANY_RELATIONS:
        (table,) = MODEL.edge_tables(name)
        assert (table.name, table.source.label, table.target.label) == (name.lower(), "Vendor", "Vendor")


def test_statements_carry_all_evidence() -> None:
    """A table that names its data set has every evidence column."""
    evidence = {p.name for p in EVIDENCE}
    lacking = {t.name: evidence - set(t.columns) for t in MODEL.tables.values() if "dataset" in t.columns}
    assert {name: missing for name, missing in lacking.items() if missing} == {}


@pytest.mark.parametrize("name", ["offers", "listed_in", "component_requires", "supplies", "owns"])
def test_what_the_questions_rest_on_is_a_statement(name: str) -> None:
    """Offers, listings, requirements and relations of companies are statements with evidence."""
    assert "dataset" in MODEL.tables[name].columns


def test_claims_are_the_only_nodes_without_names() -> None:
    """Every node has a name in three languages; a claim has its text instead."""
    names = {p.name for p in NAMES}
    assert [label for label, t in MODEL.nodes.items() if not names <= set(t.columns)] == ["Claim"]


def test_key_of_a_supply_record_includes_the_component() -> None:
    """Two components that one firm supplies to another are two facts."""
    (supplies,) = MODEL.edge_tables("SUPPLIES")
    assert supplies.key == ["from_vendor", "to_vendor", "component"]


def test_a_column_that_does_not_exist_is_named() -> None:
    """Asking a table for a column it lacks names both."""
    with pytest.raises(KeyError, match="layers has no column 'colour'"):
        MODEL.tables["layers"].property("colour")


def test_column_edges_are_columns_of_node_tables() -> None:
    """An edge that is held as a column references, from a node table, the label it declares."""
    for edge in MODEL.column_edges:
        table = MODEL.tables[edge.table]
        assert isinstance(table, NodeTable)
        assert table.property(edge.column).label == edge.target
