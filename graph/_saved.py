"""Tables of a saved graph, of which only the columns that are asked for are unpacked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from .._errors import InputError
from .codes import MISSING, Codes
from .schema import Table
from .tables import coerce_column, coerce_table, find_dtype

__all__ = ["SavedTable"]

_DTYPES = {
    pa.string(): pd.StringDtype(na_value=np.nan),
    pa.large_string(): pd.StringDtype(na_value=np.nan),
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}


class SavedTable:
    """A table as it stands in its file, held packed in memory: what happens to the file later is no matter.

    Parameters
    ----------
    file
        A Parquet file that :func:`save_graph` wrote.
    table
        The table of the model.
    rows
        How many rows it must have.

    Raises
    ------
    InputError
        The file is missing or not whole.
    """

    def __init__(self, file: Path, table: Table, rows: int) -> None:
        self._file, self._table, self._rows = file, table, rows
        try:
            self._packed = pa.py_buffer(file.read_bytes())
            found = self._open().metadata.num_rows
        except FileNotFoundError:
            raise InputError(f"`folder`: {file} is missing; save the graph again") from None
        except (pa.ArrowInvalid, OSError) as error:
            raise self._fault(error) from None
        if found != rows:
            raise InputError(f"`folder`: {file} holds {found} rows, not {rows}; save the graph again")

    def _open(self, codes: Sequence[str] = ()) -> pq.ParquetFile:
        return pq.ParquetFile(pa.BufferReader(self._packed), read_dictionary=list(codes))

    def _fault(self, error: Exception) -> InputError:
        reason = " ".join(str(error).split())
        return InputError(f"`folder`: {self._file} is damaged ({reason}); save the graph again")

    def __len__(self) -> int:
        """Return the number of rows."""
        return self._rows

    @property
    def columns(self) -> list[str]:
        """Names of its columns: those of the model."""
        return self._table.columns

    def _read(self, column: str, *, codes: bool = False) -> pa.Table | None:
        """Read one column; None if the file has none of this name."""
        parquet = self._open([column] if codes else ())
        if column not in parquet.schema_arrow.names:
            return None
        try:
            return parquet.read([column]).select([column]).replace_schema_metadata(None)
        except (pa.ArrowInvalid, OSError) as error:
            raise self._fault(error) from None

    def __getitem__(self, column: str) -> pd.Series:
        """Return a column, typed, its rows numbered from 0."""
        prop = self._table.property(column)
        found = self._read(column)
        if found is None:
            return pd.Series(pd.NA, index=pd.RangeIndex(self._rows), dtype=find_dtype(prop))
        series: pd.Series = found.to_pandas(types_mapper=_DTYPES.get)[column]
        return series if series.dtype == find_dtype(prop) else coerce_column(series, prop)

    def encode(self, column: str) -> Codes:
        """Return a column of text as codes."""
        found = self._read(column, codes=True)
        if found is None:
            return Codes(np.full(self._rows, MISSING, dtype=np.int32), [])
        encoded = found.column(0).unify_dictionaries().combine_chunks()
        if isinstance(encoded, pa.ChunkedArray):
            encoded = encoded.combine_chunks()
        codes = encoded.indices.fill_null(MISSING).to_numpy(zero_copy_only=False)
        return Codes(codes.astype(np.int32, copy=False), encoded.dictionary.to_pylist())

    def unpack(self) -> pd.DataFrame:
        """Return the whole table."""
        try:
            frame = pd.read_parquet(pa.BufferReader(self._packed))
        except (pa.ArrowInvalid, OSError) as error:
            raise self._fault(error) from None
        dtypes = [find_dtype(prop) for prop in self._table.properties]
        if list(frame.columns) == self.columns and list(frame.dtypes) == dtypes:
            return frame
        return coerce_table(self._table, frame)
