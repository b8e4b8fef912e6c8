"""Where everything of the first picture stands.

The layers are columns, the segments headed groups in them, the components boxes in those; security is a
band below all layers and the solutions are a strip below that. Positions are integers computed from the
payload alone, so the same data gives the same picture, and boxes cannot overlap because each is given its
own place in a grid. A layer is as many boxes wide as it needs, measured against the others. Where not all
components fit, each segment shows those that matter most, and a last box stands for the rest. Boards are made
for screens of four sizes, and a narrow one for telephones.

One board unit is one CSS pixel at scale 1; each board fits its window at almost that scale.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

from ._board import ROOMS, Board, Box, Room

__all__ = ["ROOMS", "Board", "Box", "Room", "lay_out_boards", "lay_out_overview"]

NARROW = 366  # window of 390 less the margins
FEWEST = 3  # boxes that a folded segment has at least; with fewer it is drawn as one box
PHONE_BOX = (34, 34)

_LOOP = 32  # band in which the loop runs back from the last layer to the first
_LAYER_HEAD = 38
_SEGMENT_HEAD = 25
_SUMMARY = 60  # a segment drawn as one box
_LAYER_GAP = 20
_BOX_WIDTH = 156  # narrower boxes hold no name in labels of 12 px
_ACROSS = 5  # between boxes side by side
_BELOW = 4  # between boxes one below the other
_PANEL_GAP = 7
_PAD = 4
_ROW_HEAD = 150  # head of the security band and of the solutions strip
_ROW_BOX = 360  # widest box in the band
_ROW_GAP = 8
_ROWS = 2  # of boxes in the band
_CHIP = 34
_CHIP_WIDTH = 128
_MANY_SOLUTIONS = 60  # that a telephone's column still shows one by one
# Height of a box, and of one that carries the mark of a gap: with room for all, and with less.
_DENSITIES = ((48, 60), (34, 50))


@dataclass(frozen=True, slots=True)
class _Group:
    """A segment as it is drawn in its layer: its components, the gravest first, in rows of `across` boxes."""

    segment: int
    members: tuple[int, ...]
    across: int
    rows: int
    summary: bool = False

    @property
    def folded(self) -> bool:
        return len(self.members) > self.across * self.rows

    @property
    def shown(self) -> tuple[int, ...]:
        return self.members[: self.across * self.rows - self.folded]


@dataclass(slots=True)
class _Canvas:
    """What is needed to place the parts of a board, and what has been placed."""

    payload: Mapping[str, Any]
    members: Sequence[tuple[int, ...]]
    marked: frozenset[int]
    width: int
    boxes: list[Box] = field(default_factory=list)
    frames: list[Box] = field(default_factory=list)

    def list_rows(self, group: _Group, sizes: tuple[int, int]) -> list[int]:
        """Return the height of each row of boxes: a gap's mark has a line of its own."""
        shown = group.shown
        starts = range(0, len(shown) + group.folded, group.across)
        return [sizes[any(c in self.marked for c in shown[i : i + group.across])] for i in starts]

    def measure(self, group: _Group, sizes: tuple[int, int]) -> int:
        if group.summary:
            return _SUMMARY
        rows = self.list_rows(group, sizes)
        return _SEGMENT_HEAD + sum(rows) + _BELOW * (len(rows) - 1) + _PAD

    def measure_all(self, groups: Sequence[_Group], sizes: tuple[int, int]) -> int:
        return sum(self.measure(group, sizes) for group in groups) + _PANEL_GAP * max(0, len(groups) - 1)

    def place_group(self, group: _Group, x: int, y: int, w: int, sizes: tuple[int, int]) -> int:
        """Place a segment with its boxes; return its height."""
        height = self.measure(group, sizes)
        key = f"segment:{group.segment}"
        if group.summary:
            self.boxes.append(Box(key, "summary", x, y, w, height))
            return height
        self.frames.append(Box(key, "segment", x, y, w, height))
        self.boxes.append(Box(key, "segment", x, y, w, _SEGMENT_HEAD - 2))
        keys = [f"component:{c}" for c in group.shown]
        if group.folded:
            keys.append(f"more:{group.segment}")
        self.place_grid(
            keys,
            (x + _PAD, y + _SEGMENT_HEAD),
            (w - 2 * _PAD + _ACROSS) // group.across - _ACROSS,
            self.list_rows(group, sizes),
            group.across,
        )
        return height

    def place_grid(
        self, keys: Sequence[str], corner: tuple[int, int], width: int, rows: Sequence[int], across: int
    ) -> None:
        """Place boxes row by row."""
        x, y = corner
        for row, height in enumerate(rows):
            for column, key in enumerate(keys[row * across : (row + 1) * across]):
                kind = key.partition(":")[0]
                self.boxes.append(Box(key, kind, x + column * (width + _ACROSS), y, width, height))
            y += height + _BELOW

    def place_band(self, y: int) -> int:
        """Place each segment without a layer as a band across all layers; return the next free line."""
        for number, segment in enumerate(self.payload["segments"]):
            if segment["layer"] is None and self.members[number]:
                group = self.make_band(number)
                width = min(_ROW_BOX, self._divide(group.across))
                rows = self.list_rows(group, _DENSITIES[-1])
                height = self._band_height(rows)
                key = f"segment:{number}"
                self.frames.append(Box(key, "row", 0, y, self.width, height))
                self.boxes.append(Box(key, "row", 0, y, _ROW_HEAD, height))
                keys = [f"component:{c}" for c in group.shown] + [f"more:{number}"] * group.folded
                self.place_grid(keys, (_ROW_HEAD + _PAD, y + _PAD), width, rows, group.across)
                y += height + _ROW_GAP
        return y

    def make_band(self, segment: int) -> _Group:
        members = self.members[segment]
        most = (self.width - _ROW_HEAD - 2 * _PAD + _ACROSS) // (_BOX_WIDTH - 8 + _ACROSS)
        across = min(most, len(members))
        return _Group(segment, members, across, min(_ROWS, -(-len(members) // across)))

    def place_solutions(self, y: int, most_rows: int) -> int:
        """Place the solutions as a strip of chips, the last of which stands for what does not fit."""
        count = len(self.payload["solutions"])
        if not count:
            return y
        most = (self.width - _ROW_HEAD - 2 * _PAD + _ACROSS) // (_CHIP_WIDTH + _ACROSS)
        rows = min(most_rows, -(-count // most))
        across = min(most, -(-count // rows))
        folded = count > rows * across
        keys = [f"solution:{n}" for n in range(rows * across - 1 if folded else count)]
        height = self._band_height([_CHIP] * rows)
        self.frames.append(Box("solutions", "strip", 0, y, self.width, height))
        self.boxes.append(Box("solutions", "strip", 0, y, _ROW_HEAD, height))
        corner = (_ROW_HEAD + _PAD, y + _PAD)
        keys += ["more:solutions"] * folded
        self.place_grid(keys, corner, self._divide(across), [_CHIP] * rows, across)
        return y + height + _ROW_GAP

    def _divide(self, across: int) -> int:
        return (self.width - _ROW_HEAD - 2 * _PAD + _ACROSS) // across - _ACROSS

    @staticmethod
    def _band_height(rows: Sequence[int]) -> int:
        return sum(rows) + _BELOW * (len(rows) - 1) + 2 * _PAD

    def finish(self, height: int) -> Board:
        return Board(self.width, height, tuple(self.boxes), tuple(self.frames))


def lay_out_boards(payload: Mapping[str, Any]) -> dict[str, Board]:
    """Return the board for each size of screen, and ``narrow`` for telephones.

    A larger board is left out where a smaller one shows all components already.
    """
    boards = {"narrow": lay_out_overview(payload, narrow=True)}
    for name, room in ROOMS.items():
        boards[name] = lay_out_overview(payload, room=room)
        whole = not any(box.kind in ("more", "summary") for box in boards[name].boxes)
        if whole and name != "small":
            break
    return boards


def lay_out_overview(
    payload: Mapping[str, Any], *, narrow: bool = False, room: Room = ROOMS["wide"]
) -> Board:
    """Place layers, segments, components and solutions of `payload` on one board.

    Parameters
    ----------
    payload
        The page's payload; only `layers`, `segments`, `components`, `requires`, `findings` and `solutions`
        are read.
    narrow
        One column for a telephone in place of a column (or several) for each layer.
    room
        What a board that is not narrow is made for.

    Returns
    -------
    Board
        Boxes that do not overlap one another.

    Notes
    -----
    Each layer is at first one box wide; then the layer with the largest quotient of the square root of its
    components (those with the mark of a gap twice) and its width gets one more, as seats go by d'Hondt, while
    there is room and not all of it is shown. Where not all components fit, the segments of a layer grow by
    rows in turn: roots of gaps first, then what takes part in the data loop, then what most things need.
    Where not even `FEWEST` boxes of each fit, the largest segments are drawn as one box with their counts.
    """
    order = _rank_components(payload)
    members: list[list[int]] = [[] for _ in payload["segments"]]
    for number, component in enumerate(payload["components"]):
        members[component["segment"]].append(number)
    ranked = [tuple(sorted(inside, key=order.__getitem__)) for inside in members]
    marked = frozenset(root for finding in payload.get("findings", ()) for root in finding["roots"])
    canvas = _Canvas(payload, ranked, marked, NARROW if narrow else room.width)
    return _lay_out_narrow(canvas) if narrow else _lay_out_wide(canvas, room)


def _rank_components(payload: Mapping[str, Any]) -> list[tuple[int, ...]]:
    """Return for each component how soon it is shown where not all are: the smallest first."""
    grave: dict[int, int] = {}
    for finding in payload.get("findings", ()):
        plain = finding["kind"] != "dominant" and finding.get("verdict") != "fragile"
        # A whole country is the only one for most components, which tells less of any one.
        kind = (2 if plain else 3) if finding.get("unit") in ("country", "owner") else 0 if plain else 1
        for root in finding["roots"]:
            grave[root] = min(grave.get(root, 4), kind)
    users = Counter(need["to"][1] for need in payload.get("requires", ()) if need["to"][0] == "component")
    return [
        (
            int(bool(component.get("virtual"))),
            grave.get(number, 4),
            int(component.get("stage") != "loop"),
            -users[number],
            number,
        )
        for number, component in enumerate(payload["components"])
    ]


def _lay_out_wide(canvas: _Canvas, room: Room) -> Board:
    trial = _Canvas(canvas.payload, canvas.members, canvas.marked, canvas.width)
    rows = trial.place_solutions(trial.place_band(0), room.chip_rows)
    limit = max(260, room.height - _LOOP - _LAYER_HEAD - _PAD - _ROW_GAP - rows)
    layers = [
        [
            s
            for s, segment in enumerate(canvas.payload["segments"])
            if segment["layer"] == n and canvas.members[s]
        ]
        for n in range(len(canvas.payload["layers"]))
    ]
    for sizes in _DENSITIES:
        widths = _divide_columns(canvas, layers, sizes, limit)
        whole = [_show_all(canvas, layer, width) for layer, width in zip(layers, widths, strict=True)]
        if all(canvas.measure_all(groups, sizes) <= limit for groups in whole):
            break
    else:
        whole = [
            _fill_layer(canvas, layer, width, sizes, limit)
            for layer, width in zip(layers, widths, strict=True)
        ]
    unit = (canvas.width - _LAYER_GAP * (len(layers) - 1)) / (sum(widths) or 1)
    height = max((canvas.measure_all(groups, sizes) for groups in whole), default=0)
    edge = 0.0
    for number, (groups, share) in enumerate(zip(whole, widths, strict=True)):
        x, w = round(edge), int(share * unit)
        canvas.frames.append(Box(f"layer:{number}", "layer", x, _LOOP, w, _LAYER_HEAD + height + _PAD))
        canvas.boxes.append(Box(f"layer:{number}", "layer", x, _LOOP, w, _LAYER_HEAD - 4))
        y = _LOOP + _LAYER_HEAD
        for group in groups:
            y += canvas.place_group(group, x, y, w, sizes) + _PANEL_GAP
        edge += share * unit + _LAYER_GAP
    y = canvas.place_band(_LOOP + _LAYER_HEAD + height + _PAD + _ROW_GAP)
    y = canvas.place_solutions(y, room.chip_rows)
    return canvas.finish(y - _ROW_GAP)


def _show_all(canvas: _Canvas, layer: Sequence[int], across: int) -> list[_Group]:
    return [_Group(s, canvas.members[s], across, -(-len(canvas.members[s]) // across)) for s in layer]


def _divide_columns(
    canvas: _Canvas, layers: Sequence[Sequence[int]], sizes: tuple[int, int], limit: int
) -> list[int]:
    """Return how many boxes wide each layer is."""
    room = canvas.width - _LAYER_GAP * (len(layers) - 1)
    columns = max(len(layers), room // (_BOX_WIDTH + _ACROSS + 4))
    weights = [
        sqrt(sum(1 + (c in canvas.marked) for segment in layer for c in canvas.members[segment]))
        for layer in layers
    ]
    widths = [1] * len(layers)
    while sum(widths) < columns:
        short = [
            (weights[n] / widths[n], -n)
            for n, layer in enumerate(layers)
            if canvas.measure_all(_show_all(canvas, layer, widths[n]), sizes) > limit
        ]
        if not short:
            break
        widths[-max(short)[1]] += 1
    return widths


def _fill_layer(
    canvas: _Canvas, layer: Sequence[int], across: int, sizes: tuple[int, int], limit: int
) -> list[_Group]:
    """Return the segments of a layer, each with as many rows as all of them have room for."""
    full = _show_all(canvas, layer, across)
    least = -(-FEWEST // across)
    groups = [_Group(g.segment, g.members, across, min(g.rows, least)) for g in full]
    largest = sorted(range(len(groups)), key=lambda n: (-len(groups[n].members), n))
    while largest and canvas.measure_all(groups, sizes) > limit:
        n = largest.pop(0)
        groups[n] = _Group(groups[n].segment, groups[n].members, across, groups[n].rows, summary=True)
    growing = [n for n, group in enumerate(groups) if not group.summary]
    while growing:
        for n in list(growing):
            now = groups[n]
            groups[n] = _Group(now.segment, now.members, across, now.rows + 1)
            if not now.folded or canvas.measure_all(groups, sizes) > limit:
                groups[n] = now
                growing.remove(n)
    return groups


def _lay_out_narrow(canvas: _Canvas) -> Board:
    payload = canvas.payload
    many = 12 if sum(map(len, canvas.members)) > 100 else 60  # of one segment, in a telephone's column
    y = _LOOP
    rail = 14  # the loop runs back along the left edge
    width = NARROW - rail

    def place(segment: int, y: int) -> int:
        members = canvas.members[segment]
        return canvas.place_group(
            _Group(segment, members, 1, min(len(members), many)), rail, y, width, PHONE_BOX
        )

    segments = [s for s in range(len(payload["segments"])) if canvas.members[s]]
    for number in range(len(payload["layers"])):
        start = y
        canvas.boxes.append(Box(f"layer:{number}", "layer", rail, y, width, _LAYER_HEAD - 4))
        y += _LAYER_HEAD
        for segment in segments:
            if payload["segments"][segment]["layer"] == number:
                y += place(segment, y) + _PANEL_GAP
        canvas.frames.append(Box(f"layer:{number}", "layer", rail, start, width, y - start))
        y += _ROW_GAP
    for segment in segments:
        if payload["segments"][segment]["layer"] is None:
            y += place(segment, y) + _ROW_GAP
    if payload["solutions"]:
        canvas.boxes.append(Box("solutions", "strip", rail, y, width, _LAYER_HEAD))
        y += _LAYER_HEAD + _PAD
        shown = len(payload["solutions"]) if len(payload["solutions"]) <= _MANY_SOLUTIONS else 0
        for number in range(shown):
            canvas.boxes.append(Box(f"solution:{number}", "solution", rail, y, width, _CHIP - 2))
            y += _CHIP - 2 + _PAD
    return canvas.finish(y)
