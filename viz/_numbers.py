"""Whole numbers as bytes that compress well and that a browser reads without a parser."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

__all__ = ["LARGEST", "pack_bits", "pack_numbers"]

LARGEST = 2**30
"""Above it, and below its negative, numbers are left to JSON: differences must fit 32 bits."""
_PROBE = 6  # level at which two ways are compared


def pack_bits(flags: Sequence[bool]) -> bytes:
    """Return one bit for each flag, the first in the lowest bit of the first byte."""
    return np.packbits(np.asarray(flags, dtype=bool), bitorder="little").tobytes()


def pack_numbers(numbers: Sequence[int]) -> tuple[bytes, dict[str, int]]:
    """Return numbers as bytes, and how to read them.

    The lowest bytes of all numbers come first, then the next ones, as many as the largest number needs: equal
    bytes then stand together. Numbers count from the least one (``o``), or each from the one before (``d``),
    whichever compresses better; ``w`` is the number of bytes for each.
    """
    values = np.asarray(numbers, dtype=np.int64)
    least = int(values.min(initial=0)) if len(values) else 0
    steps = np.diff(values, prepend=0)
    ways = (
        (_split_bytes(values - least), {"o": least}),
        (_split_bytes((steps << 1) ^ (steps >> 63)), {"d": 1}),
    )
    (data, width), how = min(ways, key=lambda way: len(zlib.compress(way[0][0], _PROBE)))
    return data, {"w": width, **{key: value for key, value in how.items() if value}}


def _split_bytes(values: np.ndarray) -> tuple[bytes, int]:
    """Return the bytes of numbers below 2**32, lowest first, and how many a number has."""
    most = int(values.max(initial=0))
    width = max(1, (most.bit_length() + 7) // 8)
    parts = values.astype("<u4").view(np.uint8).reshape(-1, 4)[:, :width]
    return np.ascontiguousarray(parts.T).tobytes(), width
