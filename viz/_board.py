"""What a picture is made of: boxes, the board that they stand on, and the room that it is made for."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["ROOMS", "Board", "Box", "Room"]


@dataclass(frozen=True, slots=True)
class Room:
    """The room that a board is made for, in units, and how many rows of solutions it has."""

    width: int
    height: int
    chip_rows: int = 2


# The windows are 1024 wide, 1366 or 1440 x 900, 1920 x 1000 and 2560 x 1320, less header, legend, panel and
# margins; the smallest is scrolled downwards.
ROOMS = {
    "small": Room(716, 880),
    "wide": Room(1090, 800),
    "large": Room(1560, 888, 3),
    "huge": Room(2196, 1220, 3),
}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: what it shows (`key`, as ``component:3``), its top left corner and its size."""

    key: str
    kind: str
    x: int
    y: int
    w: int
    h: int


@dataclass(frozen=True, slots=True)
class Board:
    """A finished picture: boxes that carry text, and frames behind them."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    frames: tuple[Box, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the board as plain data for the page."""
        return asdict(self)
