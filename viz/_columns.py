"""Tables as columns of bytes: smaller to send, and read in a browser only where somebody looks.

Any list of mappings can be packed, whatever it holds. Each column says in a few words (a mapping of plain
JSON, ``k`` its kind) how its part of the bytes is read; `viz/page/src/columns.js` reads it.

=====  ==============================================================================================
kind   what it holds
=====  ==============================================================================================
``=``  one value ``v``, for all rows
``n``  whole numbers, see :func:`~kizuna.viz._numbers.pack_numbers`
``b``  true and false, a bit each
``f``  decimals, as whole numbers of the column ``c`` divided by ten to the power of ``e``
``s``  texts, one behind the other, with a line break between two
``d``  texts that repeat: the different ones (``d``, ``m`` of them) and a number for each row (``c``); ``m`` is none
``r``  texts of the column ``c`` in which one character stands for the id of the row
``o``  a column ``c`` of the rows alone that have a value, ``m`` of them, which the bits ``p`` name; the others
       lack it, or have null if ``z``
``t``  a mapping in each row: a column for each key (``c``)
``p``  lists of one length: a column for each place (``c``)
``l``  lists: how long each is (``l``) and the column ``c`` of all that is in them, ``m`` items
``m``  mappings with keys of their own: as ``l``, with the column ``x`` of the keys
``j``  anything else, as JSON
=====  ==============================================================================================
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ._numbers import LARGEST, pack_bits, pack_numbers

__all__ = ["OWN_ID", "Packer"]

Column = dict[str, Any]
OWN_ID = "\x01"
"""Stands for the id of the row in texts of kind ``r``."""

_FEWEST = 64  # rows; a shorter table is not worth it
_SHORTEST = 10_000  # characters of JSON, unless it says much
_REPEATED = 2  # texts are coded if there are at most half as many different ones as rows
_FIELDS = 32  # keys that a mapping may have to be a table; with more, its keys are data
_PLACES = 4  # longest list that is read place by place
_DIGITS = 6  # behind the point
_MISSING = object()


class Packer:
    """Columns, and the bytes that they are read from."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0
        self._places: dict[bytes, tuple[int, int]] = {}

    @property
    def data(self) -> bytes:
        """All bytes so far."""
        return b"".join(self._parts)

    def pack_tables(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        """Return `payload` with each large list of mappings as a table of columns (``{"n": rows, "c": columns}``).

        That holds for the long lists inside a mapping too, such as the findings of past days.
        """
        return {key: self._pack_entry(value) for key, value in payload.items()}

    def _pack_entry(self, value: Any) -> Any:
        if _is_table(value):
            return self.pack_rows(value)
        if not isinstance(value, dict):
            return value
        return {key: self.pack_rows(v) if _is_long(v) and _is_table(v) else v for key, v in value.items()}

    def pack_rows(self, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Return rows as columns, the keys in the order in which they are met."""
        ids = [row.get("id") for row in rows]
        own = ids if all(isinstance(node, str) and node for node in ids) else None
        return {"n": len(rows), "c": self._pack_fields(rows, own)}

    def _pack_fields(
        self, rows: Sequence[Mapping[str, Any]], own: list[Any] | None = None
    ) -> dict[str, Column]:
        keys = dict.fromkeys(key for row in rows for key in row)
        return {
            key: self._pack([row.get(key, _MISSING) for row in rows], own if key != "id" else None)
            for key in keys
        }

    def _pack(self, values: list[Any], own: list[Any] | None = None) -> Column:
        if not values:
            return {"k": "=", "v": None}
        kinds = {type(value) for value in values}
        if kinds <= {str, object} and str in kinds:
            return self._pack_texts(values, own)
        if object in kinds:
            return self._pack_some(values, _MISSING)
        if type(None) in kinds and len(kinds) > 1:
            return {**self._pack_some(values, None), "z": 1}
        first = values[0]
        if (
            len(kinds) == 1
            and isinstance(first, int | float | None)
            and all(value == first for value in values)
        ):
            return {"k": "=", "v": first}
        pack = self._WAYS.get(next(iter(kinds))) if len(kinds) == 1 else None
        return (pack(self, values) if pack else None) or self._pack_json(values)

    def _pack_some(self, values: list[Any], empty: object) -> Column:
        """Pack the values that are there apart from which rows have one."""
        known = [value is not empty for value in values]
        some = [value for value in values if value is not empty]
        return {"k": "o", "p": self._add(pack_bits(known)), "m": len(some), "c": self._pack(some)}

    def _pack_texts(self, values: list[Any], own: list[Any] | None) -> Column:
        if own and (short := _replace_ids(values, own)):
            return {"k": "r", "c": self._pack_texts(short, None)}
        place = {value: number for number, value in enumerate(dict.fromkeys(values)) if value is not _MISSING}
        known = len(values) - sum(value is _MISSING for value in values)
        if len(place) * _REPEATED <= known:
            numbers = {value: number for number, value in enumerate(place)}
            codes = [numbers.get(value, len(place)) for value in values]
            if len(place) == 1 and known == len(values):
                return {"k": "=", "v": values[0]}
            texts = self._pack_plain(list(place))
            return {"k": "d", "d": texts, "m": len(place), "c": self._pack(codes)}
        return self._pack_some(values, _MISSING) if known < len(values) else self._pack_plain(values)

    def _pack_plain(self, values: list[str]) -> Column:
        text = "\n".join(values)
        try:
            data = text.encode("utf-8")
        except UnicodeEncodeError:  # half of a character outside the first plane, which JSON can write
            return self._pack_json(values)
        if text.count("\n") != len(values) - 1:
            return self._pack_json(values)
        return {"k": "s", "b": self._add(data)}

    def _pack_numbers(self, values: list[int]) -> Column | None:
        if not -LARGEST < min(values) <= max(values) < LARGEST:
            return None
        data, how = pack_numbers(values)
        return {"k": "n", "b": self._add(data), **how}

    def _pack_bools(self, values: list[bool]) -> Column:
        return {"k": "b", "b": self._add(pack_bits(values))}

    def _pack_decimals(self, values: list[float]) -> Column | None:
        """Pack decimals of few digits, each exactly as it is; others are left to JSON."""
        for digits in range(1, _DIGITS + 1):
            unit: int = 10**digits
            if max(map(abs, values)) * unit >= LARGEST:
                return None
            whole = [round(value * unit) for value in values]
            if all(number / unit == value for number, value in zip(whole, values, strict=True)):
                return {"k": "f", "e": digits, "c": self._pack(whole)}
        return None

    def _pack_lists(self, values: list[list[Any]]) -> Column:
        lengths = [len(value) for value in values]
        if lengths[0] <= _PLACES and set(lengths) == {lengths[0]} and lengths[0]:
            return {"k": "p", "c": [self._pack([value[i] for value in values]) for i in range(lengths[0])]}
        items = [item for value in values for item in value]
        return {"k": "l", "l": self._pack(lengths), "m": len(items), "c": self._pack(items)}

    def _pack_mappings(self, values: list[dict[str, Any]]) -> Column:
        keys = {key for value in values for key in value}
        if len(keys) <= _FIELDS:
            return {"k": "t", "c": self._pack_fields(values)}
        pairs = [pair for value in values for pair in value.items()]
        return {
            "k": "m",
            "l": self._pack([len(value) for value in values]),
            "m": len(pairs),
            "x": self._pack([key for key, _ in pairs]),
            "c": self._pack([value for _, value in pairs]),
        }

    def _pack_json(self, values: list[Any]) -> Column:
        text = json.dumps(values, separators=(",", ":"), allow_nan=False)
        return {"k": "j", "b": self._add(text.encode("ascii"))}

    def _add(self, data: bytes) -> tuple[int, int]:
        """Add bytes, each run once: names in three languages often have the same numbers."""
        if data not in self._places:
            self._places[data] = (self._size, len(data))
            self._parts.append(data)
            self._size += len(data)
        return self._places[data]

    _WAYS: Mapping[type, Callable[[Packer, list[Any]], Column | None]] = {
        bool: _pack_bools,
        dict: _pack_mappings,
        float: _pack_decimals,
        int: _pack_numbers,
        list: _pack_lists,
    }


def _is_long(rows: object) -> bool:
    return isinstance(rows, list) and len(rows) >= _FEWEST


def _is_table(rows: object) -> bool:
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        return False
    return len(rows) >= _FEWEST or len(json.dumps(rows)) >= _SHORTEST


def _replace_ids(values: Sequence[Any], own: Sequence[str]) -> list[Any] | None:
    """Return texts with their row's id written as one character, if that shortens many of them."""
    if any(OWN_ID in value for value in values if value is not _MISSING):
        return None
    short = [v if v is _MISSING else v.replace(node, OWN_ID) for v, node in zip(values, own, strict=True)]
    known = sum(value is not _MISSING for value in values)
    changed = sum(a is not b and a != b for a, b in zip(short, values, strict=True))
    return short if changed * 4 >= known else None
