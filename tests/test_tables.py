"""From the text of a file to typed columns."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kizuna.graph import MODEL, coerce_table, split_list
from kizuna.graph.tables import complete_tables, empty_table

OFFERS = MODEL.tables["offers"]
VENDORS = MODEL.tables["vendors"]


def _column(name: str, values: list[object], table: str = "offers") -> pd.Series:
    return coerce_table(MODEL.tables[table], pd.DataFrame({name: values}))[name]


@pytest.mark.parametrize(
    ("name", "text", "value", "dtype"),
    [
        ("share", "0.5", 0.5, "Float64"),
        ("share_year", "2025", 2025, "Int64"),
        ("since", "2024-04", "2024-04", "str"),
        ("product", "007", "007", "str"),
    ],
)
def test_text_becomes_the_type_of_its_column(name: str, text: str, value: object, dtype: str) -> None:
    """Numbers are read as numbers; dates and other text stay text."""
    column = _column(name, [text])
    assert column.tolist() == [value]
    assert column.dtype == dtype


@pytest.mark.parametrize("blank", ["", None, np.nan, pd.NA])
@pytest.mark.parametrize("name", ["share", "share_year", "since", "status"])
def test_blank_is_missing_in_every_type(name: str, blank: object) -> None:
    """A blank cell is missing whatever the type of its column, never zero and never empty text."""
    assert _column(name, [blank]).isna().tolist() == [True]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["yes", "no", ""], [True, False, None]),
        ([True, False, None], [True, False, None]),
        ([True, False], [True, False]),
    ],
    ids=["text", "python with a gap", "python"],
)
def test_booleans_are_yes_and_no_or_pythons_own(values: list[object], expected: list[bool | None]) -> None:
    """Yes and no of a file and Python's booleans mean the same; blank is neither."""
    column = _column("placeholder", values, "vendors")
    assert [None if pd.isna(v) else v for v in column] == expected


def test_columns_come_in_the_models_order() -> None:
    """Whatever columns come in, exactly the model's come out, in its order."""
    frame = coerce_table(OFFERS, pd.DataFrame({"colour": ["red"], "component": ["plc"], "vendor": ["omron"]}))
    assert frame.columns.tolist() == OFFERS.columns
    assert frame[["vendor", "component"]].to_numpy()[0].tolist() == ["omron", "plc"]
    assert frame.drop(columns=["vendor", "component"]).isna().all(axis=None)


def test_index_says_where_a_row_stood() -> None:
    """The index, which messages use to name a row of a file, is kept."""
    raw = pd.DataFrame({"vendor": ["a", "b"]}, index=[4, 9])
    assert coerce_table(OFFERS, raw).index.tolist() == [4, 9]


def test_typing_twice_changes_nothing() -> None:
    """A table that has its types already is left as it is."""
    raw = pd.DataFrame({"vendor": ["a"], "share": ["0.25"], "share_year": ["2020"]})
    once = coerce_table(OFFERS, raw)
    pd.testing.assert_frame_equal(coerce_table(OFFERS, once), once)


def test_the_callers_frame_is_left_alone() -> None:
    """Typing a table does not change the frame that was given."""
    raw = pd.DataFrame({"vendor": [""], "share": ["0.25"]})
    coerce_table(OFFERS, raw)
    assert raw.to_dict("list") == {"vendor": [""], "share": ["0.25"]}


@pytest.mark.parametrize("table", MODEL.tables.values(), ids=list(MODEL.tables))
def test_an_empty_table_has_the_types_of_a_full_one(table: object) -> None:
    """A table without rows has the same columns and types as one with rows."""
    assert isinstance(table, type(VENDORS) | type(OFFERS) | type(MODEL.tables["completeness"]))
    full = coerce_table(table, pd.DataFrame(index=[0]))
    assert empty_table(table).dtypes.to_dict() == full.dtypes.to_dict()


def test_tables_that_were_not_given_are_empty() -> None:
    """Completing one table yields every table of the model, the others without rows."""
    tables = complete_tables({"countries": pd.DataFrame({"id": ["TW"]})})
    assert list(tables) == list(MODEL.tables)
    assert {name: len(frame) for name, frame in tables.items() if len(frame)} == {"countries": 1}


@pytest.mark.parametrize(
    ("cell", "values"),
    [("a;b", ["a", "b"]), (" a ; b ", ["a", "b"]), ("a;;b;", ["a", "b"]), ("", []), (None, []), (np.nan, [])],
)
def test_lists_are_split_at_semicolons(cell: object, values: list[str]) -> None:
    """Blanks around values and empty values do not count; a missing cell has none."""
    assert split_list(cell) == values


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters=";"), min_size=1).filter(str.strip)))
def test_a_joined_list_splits_into_its_values(values: list[str]) -> None:
    """Joining values and splitting them again gives the values, without blanks around them."""
    assert split_list(";".join(values)) == [value.strip() for value in values]
