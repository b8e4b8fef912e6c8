"""Columns of text as whole numbers: what the questions count with, worked out once a graph."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["MISSING", "CodedTable", "Codes", "Columns", "encode_column", "find_places"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

MISSING = -1


@dataclass(frozen=True, eq=False)
class Codes:
    """A column of few different texts.

    Parameters
    ----------
    codes
        For each row the place of its text in `values`, or -1 where it is missing. Shape ``(rows,)``.
    values
        The different texts.
    """

    codes: npt.NDArray[np.int32]
    values: list[str]

    def isin(self, allowed: Collection[str]) -> Bools:
        """Say which rows have one of some texts; a missing one is none of them."""
        return self.test(lambda value: value in allowed)

    def isna(self) -> Bools:
        """Say which rows are missing."""
        found: Bools = self.codes == MISSING
        return found

    def notna(self) -> Bools:
        """Say which rows are not missing."""
        found: Bools = self.codes != MISSING
        return found

    def test(self, passes: Callable[[str], bool], *, missing: bool = False) -> Bools:
        """Say which rows have a text that passes, looking at each different text once."""
        # The last place is where the code -1 points.
        table = np.array([*map(passes, self.values), missing], dtype=bool)
        found: Bools = table[self.codes]
        return found

    def map_to(self, places: dict[str, int]) -> Ints:
        """Return another number for each text; -1 for what has none or is missing."""
        table = np.array([*(places.get(value, MISSING) for value in self.values), MISSING], dtype=np.int64)
        found: Ints = table[self.codes]
        return found

    def decode(self, rows: Bools) -> pd.Series:
        """Return the texts of some rows."""
        texts = np.array([*self.values, np.nan], dtype=object)
        return pd.Series(texts[self.codes[rows]], dtype="str")

    def take(self, rows: Ints | Bools) -> Codes:
        """Return the column of some rows."""
        return Codes(self.codes[rows], self.values)


def _as_arrow(column: pd.Series) -> pa.Array | pa.ChunkedArray:
    """Return a column of text as Arrow has it; nothing is copied where pandas keeps it so."""
    found = pa.array(column, from_pandas=True)
    return found if pa.types.is_large_string(found.type) else found.cast(pa.large_string())


def encode_column(column: pd.Series) -> Codes:
    """Return a column of text as codes, its different texts in the order in which they first come.

    Examples
    --------
    >>> status = encode_column(pd.Series(["volume", None, "volume"], dtype="str"))
    >>> status.codes.tolist(), status.values
    ([0, -1, 0], ['volume'])
    """
    encoded = _as_arrow(column).dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    codes = encoded.indices.fill_null(MISSING).to_numpy(zero_copy_only=False)
    return Codes(codes.astype(np.int32, copy=False), encoded.dictionary.to_pylist())


def find_places(ids: pd.Series, column: pd.Series) -> Ints:
    """Return the place in `ids` of each text of a column, or -1 where it has none or is missing.

    Examples
    --------
    >>> find_places(pd.Series(["a", "b"]), pd.Series(["b", None, "c"])).tolist()
    [1, -1, -1]
    """
    if not len(ids) or not len(column):
        return np.full(len(column), MISSING, dtype=np.int64)
    places = pc.index_in(_as_arrow(column), value_set=_as_arrow(ids), skip_nulls=True)
    found: Ints = places.fill_null(MISSING).to_numpy().astype(np.int64)
    return found


class Columns(Protocol):
    """What has columns by name, such as a data frame."""

    @property
    def columns(self) -> Any:
        """Names of the columns."""

    def __len__(self) -> int:
        """Return the number of rows."""

    def __getitem__(self, name: str, /) -> pd.Series:
        """Return a column."""


class CodedTable:
    """Some rows of a table whose columns are encoded when they are asked for.

    Parameters
    ----------
    frame
        The table.
    rows
        Positions of the rows; None: all.
    """

    def __init__(self, frame: Columns, rows: Ints | None = None) -> None:
        self.frame = frame
        self.rows = rows
        self._codes: dict[str, Codes] = {}

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.frame) if self.rows is None else len(self.rows)

    def __getitem__(self, column: str) -> Codes:
        """Return a column of text as codes."""
        if column not in self._codes:
            encode = getattr(self.frame, "encode", None)  # what a saved table knows how to do itself
            found = encode_column(self.frame[column]) if encode is None else encode(column)
            self._codes[column] = found if self.rows is None else found.take(self.rows)
        return self._codes[column]

    def values(self, column: str) -> pd.Series:
        """Return a column as it is in the table, of these rows."""
        found = self.frame[column]
        return found if self.rows is None else found.iloc[self.rows]
