"""By which way the lines of a result's picture run between boxes that stand in columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Line", "Wire", "route_lines"]

Point = tuple[int, int]
_LOOP = 26  # of a line from a box to itself
_LEAST_BULGE, _MOST_BULGE, _BULGE = 16, 92, 0.14
_PORTS = 9  # between lines at a side of a box, at most
_STRANDS = (0, -2, 2)  # lines through one gap


@dataclass(frozen=True, slots=True)
class Line:
    """A line to be drawn from one node to another, and the number of letters written on it."""

    start: int
    end: int
    letters: int = 0


@dataclass(frozen=True, slots=True)
class Wire:
    """The way of a line: points (x, y in turn) to be joined by curves that leave and arrive level.

    `bulge` is how far an arc between two boxes of one column stands out to the right; 0 for other lines.
    """

    points: tuple[int, ...]
    bulge: int = 0


def route_lines(
    lines: Sequence[Line],
    places: Mapping[int, Point],
    size: tuple[int, int],
    columns: Mapping[int, tuple[int, int]],
    rooms: Mapping[tuple[int, int], int],
) -> list[Wire]:
    """Return a way for each line.

    Parameters
    ----------
    lines
        The lines.
    places
        The left upper corner of each node's box.
    size
        Width and height of every box.
    columns
        For each node that has lines: its block, and its column in that.
    rooms
        How far arcs at a column may stand out, where that is limited.

    Notes
    -----
    A line leaves a box at the side that faces the other box and passes each column between by the gap that
    is nearest to its straight course. Lines at one side of a box are spread out in the order of their other
    ends, so that they do not cross there.
    """
    gaps = _list_gaps(places, size, columns)
    ports = _spread_ports(lines, places, size, columns)
    wires = []
    for number, line in enumerate(lines):
        column = columns[line.start]
        if column == columns[line.end]:
            room = rooms.get(column, _MOST_BULGE)
            wires.append(_bend(line, ports[number], places[line.start][0] + size[0], room))
        else:
            wires.append(_route(line, ports[number], places, size, columns, gaps, _STRANDS[number % 3]))
    return wires


def _bend(line: Line, heights: tuple[int, int], right: int, room: int) -> Wire:
    """Return an arc between two boxes of one column."""
    y0, y1 = heights
    bulge = _LOOP if line.start == line.end else round(_LEAST_BULGE + _BULGE * abs(y1 - y0))
    return Wire((right, y0, right, y1), min(bulge, room, _MOST_BULGE))


def _list_gaps(
    places: Mapping[int, Point], size: tuple[int, int], columns: Mapping[int, tuple[int, int]]
) -> dict[tuple[int, int], tuple[int, list[int]]]:
    """Return for each column its left edge and the heights at which a line may pass it."""
    members: dict[tuple[int, int], list[Point]] = {}
    for node, column in columns.items():
        members.setdefault(column, []).append(places[node])
    found = {}
    for column, corners in members.items():
        tops = sorted(y for _, y in corners)
        between = [(a + size[1] + b) // 2 for a, b in pairwise(tops)]
        found[column] = corners[0][0], [tops[0] - 8, *between, tops[-1] + size[1] + 8]
    return found


def _side_of(line: Line, columns: Mapping[int, tuple[int, int]]) -> tuple[str, str]:
    a, b = columns[line.start][1], columns[line.end][1]
    return ("left", "right") if a > b else ("right", "right") if a == b else ("right", "left")


def _spread_ports(
    lines: Sequence[Line],
    places: Mapping[int, Point],
    size: tuple[int, int],
    columns: Mapping[int, tuple[int, int]],
) -> list[tuple[int, int]]:
    """Return the heights at which each line leaves and arrives."""
    ends: dict[tuple[int, str], list[tuple[int, int, int]]] = {}
    for number, line in enumerate(lines):
        for which, (node, other, side) in enumerate(
            zip((line.start, line.end), (line.end, line.start), _side_of(line, columns), strict=True)
        ):
            ends.setdefault((node, side), []).append((places[other][1], number, which))
    heights = [[0, 0] for _ in lines]
    for (node, _), here in ends.items():
        middle = places[node][1] + size[1] / 2
        step = min(_PORTS, (size[1] - 8) / max(1, len(here) - 1))
        for place, (_, number, which) in enumerate(sorted(here)):
            heights[number][which] = round(middle + (place - (len(here) - 1) / 2) * step)
    return [(a, b) for a, b in heights]


def _route(
    line: Line,
    heights: tuple[int, int],
    places: Mapping[int, Point],
    size: tuple[int, int],
    columns: Mapping[int, tuple[int, int]],
    gaps: Mapping[tuple[int, int], tuple[int, list[int]]],
    strand: int,
) -> Wire:
    (block, a), (_, b) = columns[line.start], columns[line.end]
    (x0, _), (x1, _) = places[line.start], places[line.end]
    y0, y1 = heights
    way = 1 if a < b else -1
    start, end = (x0 + size[0], x1) if way > 0 else (x0, x1 + size[0])
    points = [start, y0]
    x, y = start, y0
    for column in range(a + way, b, way):
        left, heights_of_gaps = gaps[block, column]
        straight = y + (y1 - y) * (left + size[0] / 2 - x) / (end - x or 1)
        gap = min(heights_of_gaps, key=lambda height: (abs(height - straight), height))
        gap += strand
        near, far = (left - 3, left + size[0] + 3) if way > 0 else (left + size[0] + 3, left - 3)
        points += [near, gap, far, gap]
        x, y = far, gap
    return Wire((*points, end, y1))
