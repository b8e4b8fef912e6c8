"""Typed tables: from the text of a file to the columns of the model."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionDtype

from .model import MODEL
from .schema import Kind, Property, Table

__all__ = ["coerce_column", "coerce_table", "complete_tables", "empty_table", "find_dtype", "split_list"]

_TEXT = pd.StringDtype(na_value=np.nan)
_DTYPES: dict[Kind, ExtensionDtype] = {
    Kind.INTEGER: pd.Int64Dtype(),
    Kind.FRACTION: pd.Float64Dtype(),
    Kind.NUMBER: pd.Float64Dtype(),
    Kind.BOOLEAN: pd.BooleanDtype(),
}
# "yes" and "no" in a file; Python's own where a caller mixes them with None.
_BOOLEANS = {"yes": True, "no": False, "True": True, "False": False}


def find_dtype(prop: Property) -> ExtensionDtype:
    """Return the type of a column."""
    return _DTYPES.get(prop.kind, _TEXT)


def coerce_column(column: pd.Series, prop: Property) -> pd.Series:
    """Return a column typed; blank cells become missing."""
    dtype = find_dtype(prop)
    if column.empty:
        return pd.Series([], index=column.index, dtype=dtype)
    if not pd.api.types.is_string_dtype(column.dtype) and column.dtype != object:
        return column.astype(dtype)
    text = column if column.dtype == _TEXT else column.astype("str")
    blank = text == ""
    if blank.any():
        text = text.where(~blank)
    if prop.kind is Kind.BOOLEAN:
        return text.map(_BOOLEANS).astype(dtype)
    return text if dtype is _TEXT else pd.to_numeric(text).astype(dtype)


@cache
def empty_table(table: Table) -> pd.DataFrame:
    """Return a table without rows, with the model's columns and types; always the same one."""
    return pd.DataFrame({p.name: pd.Series([], dtype=find_dtype(p)) for p in table.properties})


def coerce_table(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with exactly the columns of `table`, typed; blank cells become missing.

    Parameters
    ----------
    table
        A table of the model.
    frame
        Columns of text, as read from a file, or already typed. A column that is absent is unknown
        throughout; a column that the model does not have is dropped.

    Examples
    --------
    >>> raw = pd.DataFrame({"id": ["cloud"], "order": ["2"], "name_en": [""]})
    >>> coerce_table(MODEL.tables["layers"], raw)[["id", "order", "name_en"]].iloc[0].tolist()
    ['cloud', np.int64(2), nan]
    """
    columns: dict[str, pd.Series] = {}
    for prop in table.properties:
        if prop.name in frame.columns:
            columns[prop.name] = coerce_column(frame[prop.name], prop)
        else:
            columns[prop.name] = pd.Series(pd.NA, index=frame.index, dtype=find_dtype(prop))
    return pd.DataFrame(columns, index=frame.index)


def complete_tables(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return every table of the model, typed; those not given are empty."""
    return {
        name: coerce_table(table, tables[name]) if name in tables else empty_table(table)
        for name, table in MODEL.tables.items()
    }


def split_list(cell: object) -> list[str]:
    """Return the values of a list cell (``"a;b"``); a missing cell has none."""
    if not isinstance(cell, str):
        return []
    return [value for value in (part.strip() for part in cell.split(";")) if value]
