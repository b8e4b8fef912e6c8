"""Where the nodes of a query's result stand, and by which way the lines between them run.

Nodes are boxes in columns: firms of the first country left and of the second right, as in the explorer;
the steps of a path one after another; else each node to the right of those that point at it. A line that
passes a column goes through a gap between two of its boxes, so that none runs behind a box. Everything is
an integer computed from the nodes and lines alone: the same result gives the same picture.

Two boards are made: a wide one for screens and a narrow one, a single column with arcs beside it, for
telephones. One board unit is one CSS pixel at scale 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ._ranks import list_parts, order_columns, rank_links, rank_walks, spread_out
from ._wires import Line, Wire, route_lines

__all__ = ["Line", "Picture", "Wire", "lay_out_result"]

WINDOW = (1056, 690)  # what a window of 1440 x 900 leaves for the picture
NARROW = 366  # window of 390 less the margins
DENSITIES = ((192, 42, 14), (176, 40, 9), (160, 40, 9), (160, 24, 7))  # box: width, height, gap below it
PHONE_BOX = (262, 40, 10)

_ALLEY = 84  # room for lines between two columns
_LETTER = 7.0  # of a type written on a line, at most
_WIDEST_ALLEY = 190
_MANY = 14  # lines in an alley whose types are no longer written there
_INNER_ALLEY = 34  # between columns that are pieces of one
_BLOCK_GAP = 40
_FEW = 3  # firms of other countries that get no column of their own
_MOST_FOLD = 5  # nodes of a chain in one row
_ARC_ALLEY = 56  # where there are arcs


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished picture: the left upper corner of each node's box, their one size, a wire for each line."""

    width: int
    height: int
    box: tuple[int, int]
    places: tuple[tuple[int, int], ...]
    wires: tuple[Wire, ...]


@dataclass(slots=True)
class _Block:
    """Columns of nodes that are drawn together; a long `chain` is folded, each node in the row given."""

    columns: list[list[int]]
    pieces: list[int] = field(default_factory=list)  # of which column before splitting each is a piece
    chain: dict[int, int] = field(default_factory=dict)


def lay_out_result(
    count: int,
    lines: Sequence[Line],
    *,
    walks: Sequence[Sequence[int]] = (),
    sides: Sequence[int | None] = (),
    narrow: bool = False,
) -> Picture:
    """Place `count` nodes and the lines between them.

    Parameters
    ----------
    count
        How many nodes there are; they are called 0, 1, 2 and so on.
    lines
        The lines between them.
    walks
        Paths, as nodes in the order in which they are visited.
    sides
        For each node 0 if it is a firm of the first country, 1 of the second, 2 of another, else ``None``.
    narrow
        One column for a telephone.

    Returns
    -------
    Picture
        Boxes that do not overlap.

    Notes
    -----
    Of the sizes of boxes in `DENSITIES` and of the ways to break long columns, the first is taken with which
    the picture fits its window at almost full size, else the one that fits best.

    Examples
    --------
    >>> lay_out_result(2, [Line(0, 1)]).places
    ((0, 0), (276, 0))
    """
    blocks, loose = _make_blocks(count, lines, walks, [*sides, *[None] * (count - len(sides))])
    if narrow:
        return _lay_out_narrow(blocks, loose, lines)
    best: tuple[float, Picture] | None = None
    for density in DENSITIES:
        for limit in _list_limits(blocks):
            drawing = _Drawing(lines, density)
            shapes = [drawing.place_block(_split_columns(block, limit)) for block in blocks]
            drawing.place_grid(loose, _pack(drawing, shapes))
            picture = drawing.finish(count)
            scale = min(1.0, WINDOW[0] / max(1, picture.width), WINDOW[1] / max(1, picture.height))
            if best is None or scale > best[0] + 0.01:
                best = scale, picture
        if best is not None and best[0] >= 0.94:
            break
    assert best is not None  # noqa: S101 - there are densities
    return best[1]


def _list_limits(blocks: Sequence[_Block]) -> list[int]:
    """Return how high a column may be, in boxes, to be tried in turn."""
    highest = max((len(column) for block in blocks for column in block.columns), default=0)
    limits = (12, 16, 20, 24, 32, 44)
    return [limit for place, limit in enumerate(limits) if place == 0 or limits[place - 1] < highest]


def _make_blocks(
    count: int, lines: Sequence[Line], walks: Sequence[Sequence[int]], sides: Sequence[int | None]
) -> tuple[list[_Block], list[int]]:
    """Return the blocks, largest first, and the nodes without lines."""
    links = [(line.start, line.end) for line in lines if line.start != line.end]
    touched = {node for link in links for node in link}
    loose = [node for node in range(count) if node not in touched]
    parts = list_parts(sorted(touched), links)
    on_walk = {node for walk in walks for node in walk}
    if not on_walk and {0, 1} <= {sides[node] for node in touched}:
        rank = _rank_sides(sorted(touched), links, sides)
        return [_Block(order_columns(rank, links, parts))], loose
    part_of = {node: number for number, part in enumerate(parts) for node in part}
    links_of: list[list[tuple[int, int]]] = [[] for _ in parts]
    for link in links:
        links_of[part_of[link[0]]].append(link)
    blocks = []
    for part, inside in zip(parts, links_of, strict=True):
        rank = rank_links(part, inside) if on_walk.isdisjoint(part) else rank_walks(part, inside, walks)
        block = _Block(order_columns(rank, inside, [part]))
        if len(block.columns) > _MOST_FOLD and all(len(column) == 1 for column in block.columns):
            block = _fold([node for column in block.columns for node in column])
        blocks.append(block)
    return blocks, loose


def _rank_sides(
    nodes: Sequence[int], links: Sequence[tuple[int, int]], sides: Sequence[int | None]
) -> dict[int, int]:
    """Rank firms by country: the first left, the second right, others beside them, all else between."""
    between = [node for node in nodes if sides[node] is None]
    inner = [link for link in links if sides[link[0]] is None and sides[link[1]] is None]
    served = {a for link in links for a, b in (link, link[::-1]) if sides[b] is not None}
    rank = {node: place + 1 for node, place in rank_links(between, inner).items()}
    if len({rank[node] for node in between if node in served}) < max(rank.values(), default=0) == 2:
        rank = dict.fromkeys(rank, 1)  # what no firm is tied to must not stand in the way of the rest
    abroad = max(rank.values(), default=0) + 1
    last = abroad + (sum(sides[node] == 2 for node in nodes) > _FEW)
    if rank or last == abroad:  # beyond the second country, or, if nothing else is there, in the middle
        last, abroad = abroad, last
    return {**rank, **{node: (0, last, abroad)[side] for node in nodes if (side := sides[node]) is not None}}


def _fold(chain: Sequence[int]) -> _Block:
    """Write a long chain in rows, to and fro."""
    across = min(_MOST_FOLD, -(-len(chain) // (-(-len(chain) // _MOST_FOLD))))
    columns: list[list[int]] = [[] for _ in range(across)]
    rows = {}
    for place, node in enumerate(chain):
        row, at = divmod(place, across)
        columns[at if row % 2 == 0 else across - 1 - at].append(node)
        rows[node] = row
    return _Block(columns, chain=rows)


def _split_columns(block: _Block, limit: int) -> _Block:
    """Deal the nodes of a column that is too high out to several, so that each keeps about its height."""
    columns: list[list[int]] = []
    pieces: list[int] = []
    for number, column in enumerate(block.columns):
        parts = 1 if block.chain else -(-len(column) // limit)
        columns += [column[part::parts] for part in range(parts)]
        pieces += [number] * parts
    return _Block(columns, pieces, block.chain)


def _pack(drawing: _Drawing, shapes: Sequence[tuple[int, int]]) -> int:
    """Put the blocks side by side in rows, about as broad as the window; return the breadth."""
    area = sum((w + _BLOCK_GAP) * (h + _BLOCK_GAP) for w, h in shapes)
    widest = max((w for w, _ in shapes), default=0)
    target = max(widest, int((area * WINDOW[0] / WINDOW[1]) ** 0.5)) if len(shapes) > 1 else widest
    x = row = across = 0
    for number, (w, h) in enumerate(shapes):
        if x and x + w > target:
            x, drawing.bottom, row = 0, drawing.bottom + row + _BLOCK_GAP, 0
        drawing.shift_block(number, x, drawing.bottom)
        across = max(across, x + w)
        x += w + _BLOCK_GAP
        row = max(row, h)
    drawing.bottom += row
    return across


class _Drawing:
    """Boxes and wires while they are being placed."""

    def __init__(self, lines: Sequence[Line], density: tuple[int, int, int]) -> None:
        self.lines = lines
        self.w, self.h, self.gap = density
        self.at: dict[int, tuple[int, int]] = {}
        self.column: dict[int, tuple[int, int]] = {}  # node -> block, column in it
        self.blocks: list[_Block] = []
        self.alleys: list[list[int]] = []  # room right of each column of a block
        self.bottom = 0
        self.around: dict[int, list[int]] = {}
        for line in lines:
            if line.start != line.end:
                self.around.setdefault(line.start, []).append(line.end)
                self.around.setdefault(line.end, []).append(line.start)

    def place_block(self, block: _Block) -> tuple[int, int]:
        """Place the boxes of a block from (0, 0) on; return its size."""
        number = len(self.blocks)
        self.blocks.append(block)
        for place, column in enumerate(block.columns):
            self.column.update(dict.fromkeys(column, (number, place)))
        alleys = self._list_alleys(number)
        self.alleys.append(alleys)
        pitch = self.h + self.gap
        rows = spread_out(block.columns, self.around, block.chain)
        x = 0
        for place, column in enumerate(block.columns):
            for node in column:
                self.at[node] = (x, round(rows[node] * pitch * (1.5 if block.chain else 1)))
            x += self.w + alleys[place]
        height = max(self.at[node][1] for column in block.columns for node in column) + self.h
        return x, height

    def _list_alleys(self, number: int) -> list[int]:
        """Return how much room the lines right of each column need."""
        block = self.blocks[number]
        last = len(block.columns) - 1
        letters: list[list[int]] = [[] for _ in block.columns]
        arcs = [0] * len(block.columns)
        for line in self.lines:
            a, b = self.column.get(line.start, (-1, 0)), self.column.get(line.end, (-1, 0))
            if a[0] != number or b[0] != number:
                continue
            if a == b:
                arcs[a[1]] = _ARC_ALLEY
            for place in range(min(a[1], b[1]), max(a[1], b[1])):
                letters[place].append(line.letters)
        alleys = []
        for place in range(len(block.columns)):
            inner = place < last and block.pieces and block.pieces[place] == block.pieces[place + 1]
            room = 0 if place == last else _INNER_ALLEY if inner else _ALLEY
            if 0 < len(letters[place]) <= _MANY and not inner:
                room = min(_WIDEST_ALLEY, max(room, round(max(letters[place]) * _LETTER) + 40))
            alleys.append(max(room, arcs[place]))
        return alleys

    def shift_block(self, number: int, x: int, y: int) -> None:
        """Move a block to its place."""
        for column in self.blocks[number].columns:
            for node in column:
                self.at[node] = (self.at[node][0] + x, self.at[node][1] + y)

    def place_grid(self, nodes: Sequence[int], width: int) -> None:
        """Place nodes without lines in rows below all else."""
        if not nodes:
            return
        step, pitch = self.w + self.gap, self.h + self.gap
        top = self.bottom + (_BLOCK_GAP if self.at else 0)
        across = max(1, (width + self.gap) // step) if self.at else 1
        while not self.at and across * step * WINDOW[1] < -(-len(nodes) // across) * pitch * WINDOW[0]:
            across += 1
        for place, node in enumerate(nodes):
            self.at[node] = (place % across * step, top + place // across * pitch)
            self.column[node] = (-1, place)  # for a line to itself
        self.bottom = top + -(-len(nodes) // across) * pitch - self.gap

    def finish(self, count: int) -> Picture:
        """Return the picture with its wires."""
        rooms = {
            (block, place): room - 14  # the next column, and a little air
            for block, alleys in enumerate(self.alleys)
            for place, room in enumerate(alleys)
        }
        wires = route_lines(self.lines, self.at, (self.w, self.h), self.column, rooms)
        right = max((x + self.w for x, _ in self.at.values()), default=0)
        arcs = [max(wire.points[0::2]) + wire.bulge for wire in wires if wire.bulge]
        places = tuple(self.at[node] for node in range(count))
        return Picture(max([right, *arcs]), self.bottom, (self.w, self.h), places, tuple(wires))


def _lay_out_narrow(blocks: Sequence[_Block], loose: Sequence[int], lines: Sequence[Line]) -> Picture:
    """Place all in one column, in the order in which the wide picture is read."""
    order = [
        *(node for block in blocks for node in _read_block(block)),
        *loose,
    ]
    w, h, gap = PHONE_BOX
    places = {node: (0, row * (h + gap)) for row, node in enumerate(order)}
    wires = route_lines(lines, places, (w, h), dict.fromkeys(order, (0, 0)), {})
    height = max(0, len(order) * (h + gap) - gap)
    return Picture(NARROW, height, (w, h), tuple(places[node] for node in sorted(order)), tuple(wires))


def _read_block(block: _Block) -> list[int]:
    nodes = [node for column in block.columns for node in column]
    return list(block.chain) or nodes
