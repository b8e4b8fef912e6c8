"""Tables as columns: smaller to send and faster to read in a browser than one object a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["pack_rows", "pack_tables"]

# Tables that grow with the number of vendors; the others stay as they are.
_TABLES = ("components", "vendors", "offers", "requires", "relations", "sources")
_FEW = 4  # a column is coded if it has at most a quarter as many different texts as rows


def pack_tables(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return `payload` with its large tables as columns; see :func:`pack_rows`."""
    return {key: pack_rows(rows) if key in _TABLES else rows for key, rows in payload.items()}


def pack_rows(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return rows as columns: their number and, for each key, its values in order.

    A value that a row lacks is ``None``. A column of texts that repeat is written as its different values
    (``d``) and a position for each row (``i``); a column of mappings is a table of its own (``t``).

    Examples
    --------
    >>> pack_rows([{"id": "a", "ev": {"kind": "cited"}}, {"id": "b", "ev": {}}])
    {'n': 2, 'c': {'id': ['a', 'b'], 'ev': {'t': {'n': 2, 'c': {'kind': ['cited', None]}}}}}
    """
    keys = dict.fromkeys(key for row in rows for key in row)
    return {"n": len(rows), "c": {key: _pack_column([row.get(key) for row in rows]) for key in keys}}


def _pack_column(values: list[Any]) -> Any:
    if all(isinstance(value, Mapping) for value in values):
        return {"t": pack_rows(values)}
    if any(isinstance(value, str) for value in values) and not any(isinstance(v, list) for v in values):
        place = {value: number for number, value in enumerate(dict.fromkeys(values))}
        if len(place) * _FEW <= len(values):
            return {"d": list(place), "i": [place[value] for value in values]}
    return values
