"""Frames between a process and its child: a length, then a pickle.

Both ends are this package, in this version, started by one another; nothing else can write to the pipe.
"""

from __future__ import annotations

import pickle
import struct
from typing import Any, BinaryIO

__all__ = ["Frame", "read_frame", "write_frame"]

Frame = tuple[Any, ...]
_LENGTH = struct.Struct("<Q")


def write_frame(stream: BinaryIO, frame: Frame) -> None:
    """Write one frame."""
    data = pickle.dumps(frame, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def read_frame(stream: BinaryIO) -> Frame | None:
    """Read one frame; None where the stream ends, in the middle of a frame too."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        return None
    frame: Frame = pickle.loads(data)  # noqa: S301  see the module
    return frame
