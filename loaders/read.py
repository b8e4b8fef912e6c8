"""One CSV file into one table of text, with everything that is wrong with its shape.

Rows are numbered as a spreadsheet numbers them: the header is row 1, a blank line counts, and a cell that
holds several lines is still in one row. These numbers are the index of the table.

Blanks around a value are taken away, with a warning; rows that are blank throughout say nothing and are
left out. A column that the file lacks is unknown throughout, which is an error only where the model
requires it.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from ..graph import NodeTable, Table
from .encodings import find_invalid_utf8, name_encoding
from .problems import MAX_ROWS, Problem, describe_rows, quote, suggest

__all__ = ["RawTable", "read_table"]

_UTF8 = "UTF-8"
_SAVE_AS = "save it as UTF-8 ('CSV UTF-8' in Excel)"
_BLOCK = 1 << 22  # bytes that arrow parses at once; also the longest row


class RawTable(NamedTuple):
    """What a file holds.

    Parameters
    ----------
    frame
        The model's columns that the file has, all text, blank as ``""``, by row number; ``None`` if the
        file as a whole could not be read.
    problems
        What is wrong with its shape.
    lost_ids
        Ids of rows that are left out because of their shape, so that nobody calls them unknown.
    """

    frame: pd.DataFrame | None
    problems: list[Problem]
    lost_ids: frozenset[str] = frozenset()


class _Ragged(NamedTuple):
    row: int
    fields: int
    text: str


def read_table(path: str | Path, table: Table) -> RawTable:
    """Read a CSV file as a table of the model, all text.

    UTF-8, with or without byte order mark, is read; any other encoding is named in a problem and never
    decoded. Nothing is turned into a missing value: ``NA`` is Namibia.

    Parameters
    ----------
    path
        The file.
    table
        The table that it must be.

    Notes
    -----
    Arrow parses, in one pass and without a Python object a cell; Python's own parser looks at a file only
    to say where its quotation marks go wrong. On eleven million cells that took a tenth of the time of
    Python's parser alone.
    """
    file = Path(path)
    try:
        data = file.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return _unreadable(file.name, "unreadable", f"that it cannot be read ({reason})", "a readable file")
    problem = _check_bytes(file.name, data)
    if problem is not None:
        return RawTable(None, [problem])
    return _parse(file.name, data.removeprefix(b"\xef\xbb\xbf"), table)


def _unreadable(file: str, rule: str, found: str, allowed: str, advice: str = "") -> RawTable:
    return RawTable(None, [Problem(file, None, None, rule, found, allowed, advice)])


def _check_bytes(file: str, data: bytes) -> Problem | None:
    """Return what keeps the bytes from being UTF-8 text, if anything does."""
    if not data or data.isspace():
        return Problem(file, None, None, "empty", "nothing in it", "a header row and rows below it")
    if data.startswith(b"PK\x03\x04"):
        advice = "save the sheet as 'CSV UTF-8' in Excel"
        return Problem(file, None, None, "encoding", "a workbook or archive", "CSV in UTF-8", advice)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        found = "the encoding UTF-16 ('Unicode Text' in Excel)"
        return Problem(file, None, None, "encoding", found, _UTF8, _SAVE_AS)
    position = find_invalid_utf8(data)
    if position is not None:
        found = name_encoding(data, position)
        return Problem(file, _row_at(data, position), None, "encoding", found, _UTF8, _SAVE_AS)
    position = data.find(b"\0")
    if position >= 0:
        row = _row_at(data, position)
        return Problem(
            file, row, None, "nul", "a NUL character", "text", "the file is damaged; save it again"
        )
    return None


def _records(data: bytes, *, strict: bool = False) -> Iterator[list[str]]:
    """Yield the rows as Python's parser sees them; bytes that are not UTF-8 are no matter here."""
    text = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", errors="replace", newline="")
    return csv.reader(text, strict=strict)


def _row_at(data: bytes, position: int) -> int:
    """Row number of a byte."""
    return max(1, sum(1 for _ in _records(data[: position + 1])))


def _quotes_look_regular(data: bytes) -> bool:
    """Whether every quotation mark stands where a quoted cell begins or ends, or is doubled inside one.

    Taken in turn, marks at even places open (or open again, right after one), those at odd places close.
    """
    text = np.frombuffer(data, dtype=np.uint8)
    marks = np.flatnonzero(text == ord('"'))
    if len(marks) % 2:
        return False
    edges = np.frombuffer(b",\r\n", dtype=np.uint8)
    opening, closing = marks[::2], marks[1::2]
    before = text[np.maximum(opening - 1, 0)]
    after = text[np.minimum(closing + 1, len(text) - 1)]
    opens = (opening == 0) | np.isin(before, edges) | (before == ord('"'))
    closes = (closing == len(text) - 1) | np.isin(after, edges) | (after == ord('"'))
    return bool(opens.all() and closes.all())


def _check_quotes(file: str, data: bytes) -> Problem | None:
    """Return the first row whose quotation marks do not pair, if there is one."""
    if _quotes_look_regular(data):
        return None
    row = 0
    try:
        for _ in _records(data, strict=True):
            row += 1
    except csv.Error:
        found = "a quotation mark that is never closed, or that stands inside a quoted cell"
        allowed = 'pairs of "'
        return Problem(file, row + 1, None, "quotes", found, allowed, 'write a mark inside a cell twice: ""')
    return None


def _parse(file: str, data: bytes, table: Table) -> RawTable:
    problem = _check_quotes(file, data)
    if problem is not None:
        return RawTable(None, [problem])
    header = [name.strip() for name in next(_records(data))]
    columns, problems = _check_header(file, header, table)
    if not any(name in table.columns for name in header):
        return RawTable(None, problems)
    try:
        cells, ragged = _parse_cells(data, header)
    except pa.ArrowInvalid as error:
        return _unreadable(file, "unreadable", f"what no CSV parser reads ({error})", "CSV in UTF-8")
    rows = _row_numbers(cells.num_rows, ragged)
    said = _said_something(cells)
    if not said.all():
        cells, rows = cells.filter(pa.array(said)), rows[said]
    problems += _describe_ragged(file, ragged, len(header))
    frame, stripped = _strip(file, cells.select(list(columns.values())).rename_columns(list(columns)), rows)
    return RawTable(frame, problems + stripped, _lost_ids(ragged, columns, table))


def _check_header(file: str, header: list[str], table: Table) -> tuple[dict[str, int], list[Problem]]:
    """Return the place of each of the model's columns, and what is wrong with the header."""
    columns = {name: header.index(name) for name in table.columns if name in header}
    if not columns:
        return columns, [_no_header(file, header, table)]
    problems = []
    for name, count in Counter(header).items():
        if name not in table.columns:
            missing = [c for c in table.columns if c not in columns]
            advice = suggest(name, missing) or "it is left out"
            found = f"the column {quote(name)}" if name else "a column without a name"
            problems.append(
                Problem(file, 1, name or None, "unknown-column", found, _names(table), advice, "warning")
            )
        elif count > 1:
            found = f"the column {count} times"
            problems.append(Problem(file, 1, name, "duplicate-column", found, "once", "keep one of them"))
    for prop in table.properties:
        if prop.required and prop.name not in columns:
            allowed = f"a column with {prop.description}"
            problems.append(Problem(file, 1, prop.name, "missing-column", "no such column", allowed))
    return columns, problems


def _names(table: Table) -> str:
    return ", ".join(table.columns)


def _no_header(file: str, header: list[str], table: Table) -> Problem:
    found = "no column that belongs here"
    advice = "write the column names into row 1"
    if len(header) == 1:
        for mark, name in ((";", "semicolons"), ("\t", "tabs")):
            if mark in header[0]:
                found, advice = f"columns parted by {name}", "save it with commas"
    return Problem(file, 1, None, "header", found, _names(table), advice)


def _parse_cells(data: bytes, header: list[str]) -> tuple[pa.Table, list[_Ragged]]:
    ragged: list[_Ragged] = []

    def keep(row: pacsv.InvalidRow) -> str:
        ragged.append(_Ragged(row.number, row.actual_columns, row.text))
        return "skip"

    names = [str(i) for i in range(len(header))]
    if not data.endswith((b"\n", b"\r")):
        data += b"\n"  # arrow takes a header without line end for a row that is too long
    cells = pacsv.read_csv(
        pa.BufferReader(data),
        # Row numbers are known to one thread only.
        pacsv.ReadOptions(use_threads=False, column_names=names, skip_rows_after_names=1, block_size=_BLOCK),
        pacsv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=keep),
        pacsv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=False
        ),
    )
    return cells, ragged


def _row_numbers(count: int, ragged: list[_Ragged]) -> np.ndarray:
    rows = np.arange(2, count + len(ragged) + 2)
    return np.delete(rows, [r.row - 2 for r in ragged])


def _said_something(cells: pa.Table) -> np.ndarray:
    """Whether any cell of a row is filled."""
    filled = np.zeros(cells.num_rows, dtype=bool)
    for column in cells.columns:
        if filled.all():
            break
        filled |= pc.not_equal(pc.utf8_trim_whitespace(column), "").to_numpy()
    return filled


def _describe_ragged(file: str, ragged: list[_Ragged], expected: int) -> list[Problem]:
    advice = "put a value that holds a comma between quotation marks"
    problems = [
        Problem(file, r.row, None, "ragged", f"{r.fields} cells", f"{expected} as in the header", advice)
        for r in ragged[:MAX_ROWS]
    ]
    rest = ragged[MAX_ROWS:]
    if rest:
        found = f"the same {len(rest):,} more times from this row on"
        allowed = f"{expected} cells as in the header"
        problems.append(Problem(file, rest[0].row, None, "ragged", found, allowed))
    return problems


def _lost_ids(ragged: list[_Ragged], columns: dict[str, int], table: Table) -> frozenset[str]:
    if not isinstance(table, NodeTable) or "id" not in columns:
        return frozenset()
    rows = (next(csv.reader([r.text])) for r in ragged)
    return frozenset(row[columns["id"]].strip() for row in rows if len(row) > columns["id"])


def _strip(file: str, cells: pa.Table, rows: np.ndarray) -> tuple[pd.DataFrame, list[Problem]]:
    problems: list[Problem] = []
    index = pd.Index(rows)
    columns = {}
    for name, column in zip(cells.column_names, cells.columns, strict=True):
        clean = pc.utf8_trim_whitespace(column)
        moved = pc.not_equal(clean, column)
        if pc.any(moved).as_py():
            found = pd.Series(column.filter(moved).to_pylist(), index=index[moved.to_numpy()], dtype="str")
            problems += describe_rows(
                file,
                name,
                "blanks",
                found,
                allowed="no blanks around it",
                advice="taken away",
                level="warning",
            )
            column = clean
        columns[name] = column
    frame: pd.DataFrame = pa.table(columns).to_pandas()
    frame = frame.astype("str").set_axis(index)
    return frame, problems
