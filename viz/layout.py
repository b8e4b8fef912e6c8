"""Where everything of the first picture stands.

The layers are columns, the segments headed groups in them, the components boxes in those; security is a
row below all layers and the solutions are a strip below that. Positions are integers computed from the
payload alone, so the same data gives the same picture, and boxes cannot overlap because each is given its
own place in a grid. Where not all components fit, each segment shows those that matter most, and a last box
says how many more there are. Two boards are made: a wide one for screens and a narrow one for telephones.

One board unit is one CSS pixel at scale 1; the wide board fits a window of 1440 x 900 at almost that scale.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

__all__ = ["Board", "Box", "lay_out_overview"]

WIDE = 1096  # window of 1440 less the panel and the margins
NARROW = 366  # window of 390 less the margins
COLUMN_HEIGHT = 616  # what is left for the columns in a window of 900
MAX_COLUMNS = 6  # narrower boxes hold no name in labels of 12 px
FEWEST = 3  # components that a folded segment still shows; with fewer it is drawn as one box
DENSITIES = ((47, 5), (43, 3), (32, 4), (22, 4))  # height of a box and the gap below it; row pitch >= 26
PHONE_BOX = (34, 4)

_LOOP = 26  # band in which the loop runs back from the last layer to the first
_LAYER_HEAD = 38
_SEGMENT_HEAD = 25
_SUMMARY = 60  # a segment drawn as one box
_LAYER_GAP = 16
_COLUMN_GAP = 6
_PANEL_GAP = 7
_PAD = 4
_ROW_HEAD = 118  # head of the security row and of the solutions strip
_ROW_BOX = 240  # widest box in the security row
_ROW_GAP = 8
_CHIP = 32
_CHIPS_A_ROW = 7
_CHIP_ROWS = 2
_MANY_SOLUTIONS = 60  # that a telephone's column still shows one by one


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


@dataclass(frozen=True, slots=True)
class _Part:
    """A segment as it goes into a column: the components that it shows, and whether there are more."""

    segment: int
    components: tuple[int, ...]
    folded: bool = False
    summary: bool = False

    def height(self, box: tuple[int, int]) -> int:
        if self.summary:
            return _SUMMARY
        return _SEGMENT_HEAD + (len(self.components) + self.folded) * sum(box) + _PAD - box[1]


@dataclass(slots=True)
class _Canvas:
    """Boxes and frames while they are being placed."""

    boxes: list[Box] = field(default_factory=list)
    frames: list[Box] = field(default_factory=list)

    def place_part(self, part: _Part, x: int, y: int, w: int, box: tuple[int, int]) -> int:
        """Place one part of a column; return its height."""
        height = part.height(box)
        key = f"segment:{part.segment}"
        if part.summary:
            self.boxes.append(Box(key, "summary", x, y, w, height))
            return height
        self.frames.append(Box(key, "segment", x, y, w, height))
        self.boxes.append(Box(key, "segment", x, y, w, _SEGMENT_HEAD - 2))
        top = y + _SEGMENT_HEAD
        for row, component in enumerate(part.components):
            place = (x + _PAD, top + row * sum(box), w - 2 * _PAD, box[0])
            self.boxes.append(Box(f"component:{component}", "component", *place))
        if part.folded:
            place = (x + _PAD, top + len(part.components) * sum(box), w - 2 * _PAD, box[0])
            self.boxes.append(Box(f"more:{part.segment}", "more", *place))
        return height


def lay_out_overview(payload: Mapping[str, Any], *, narrow: bool = False) -> Board:
    """Place layers, segments, components and solutions of `payload` on one board.

    Parameters
    ----------
    payload
        The page's payload; only `layers`, `segments`, `components`, `requires`, `findings` and `solutions`
        are read.
    narrow
        One column for a telephone in place of a column (or several) for each layer.

    Returns
    -------
    Board
        Boxes that do not overlap one another.

    Notes
    -----
    The largest boxes are taken with which all columns keep to `COLUMN_HEIGHT` and there are at most
    `MAX_COLUMNS` of them. Where not all components fit, each segment shows the same number at most, and more
    where there is room left: roots of gaps first, then what takes part in the data loop, then what most
    things need. Where not even `FEWEST` of each fit, the largest segments are drawn as one box with their
    counts, until all fits.
    """
    members = _group_components(payload)
    order = _rank_components(payload)
    return _lay_out_narrow(payload, members, order) if narrow else _lay_out_wide(payload, members, order)


def _group_components(payload: Mapping[str, Any]) -> list[list[int]]:
    members: list[list[int]] = [[] for _ in payload["segments"]]
    for number, component in enumerate(payload["components"]):
        members[component["segment"]].append(number)
    return members


def _rank_components(payload: Mapping[str, Any]) -> list[tuple[int, ...]]:
    """Return for each component how soon it is shown where not all are: the smallest first."""
    grave: dict[int, int] = {}
    for finding in payload.get("findings", ()):
        # The loss of a whole country has most components as roots, and tells nothing of any one.
        for root in finding["roots"] if finding.get("unit") != "country" else ():
            kind = 0 if finding["kind"] != "dominant" and finding.get("verdict") != "fragile" else 1
            grave[root] = min(grave.get(root, 2), kind)
    users = Counter(need["to"][1] for need in payload.get("requires", ()) if need["to"][0] == "component")
    return [
        (
            int(bool(component.get("virtual"))),
            grave.get(number, 2),
            int(component.get("stage") != "loop"),
            -users[number],
            number,
        )
        for number, component in enumerate(payload["components"])
    ]


def _fold(inside: Sequence[int], order: Sequence[tuple[int, ...]], most: int) -> tuple[tuple[int, ...], bool]:
    """Return the components of a segment that are shown, in the order of the data, and whether some are not."""
    if len(inside) <= most:
        return tuple(inside), False
    first = sorted(inside, key=order.__getitem__)[: most - 1]
    return tuple(sorted(first)), True


def _list_parts(
    payload: Mapping[str, Any],
    members: Sequence[Sequence[int]],
    order: Sequence[tuple[int, ...]],
    most: Sequence[int],
    *,
    summed: frozenset[int] = frozenset(),
) -> list[list[_Part]]:
    """Return the parts of each layer, in the order of the segments; empty segments are left out."""
    layers: list[list[_Part]] = [[] for _ in payload["layers"]]
    for number, segment in enumerate(payload["segments"]):
        if segment["layer"] is not None and members[number]:
            shown, folded = _fold(members[number], order, most[number])
            layers[segment["layer"]].append(_Part(number, shown, folded, number in summed))
    return layers


def _fill_columns(parts: Sequence[_Part], box: tuple[int, int], limit: int) -> list[list[_Part]]:
    """Put the parts of a layer into columns of at most `limit`, a new column where one does not fit."""
    columns: list[list[_Part]] = [[]]
    used = 0
    for part in parts:
        height = part.height(box)
        if columns[-1] and used + _PANEL_GAP + height > limit:
            columns.append([])
            used = 0
        columns[-1].append(part)
        used += height + (_PANEL_GAP if used else 0)
    return columns


def _column_height(column: Sequence[_Part], box: tuple[int, int]) -> int:
    return sum(part.height(box) for part in column) + _PANEL_GAP * max(0, len(column) - 1)


def _balance_columns(parts: Sequence[_Part], box: tuple[int, int], limit: int) -> list[list[_Part]]:
    """Fill as few columns as `limit` allows, then lower the limit while their number stays."""
    best = _fill_columns(parts, box, limit)
    while True:
        tallest = max(_column_height(column, box) for column in best)
        lower = _fill_columns(parts, box, tallest - 1)
        if len(lower) > len(best) or max(_column_height(c, box) for c in lower) >= tallest:
            return best
        best = lower


def _try_columns(layers: Sequence[Sequence[_Part]], box: tuple[int, int]) -> list[list[list[_Part]]] | None:
    """Return the columns of every layer, or None if they are too many or one is too high."""
    filled = [_balance_columns(parts, box, COLUMN_HEIGHT) for parts in layers]
    columns = [column for layer in filled for column in layer]
    fits = max((_column_height(column, box) for column in columns), default=0) <= COLUMN_HEIGHT
    return filled if fits and len(columns) <= max(MAX_COLUMNS, len(layers)) else None


def _choose_columns(
    payload: Mapping[str, Any], members: Sequence[Sequence[int]], order: Sequence[tuple[int, ...]]
) -> tuple[list[list[list[_Part]]], tuple[int, int]]:
    """Return the columns of every layer and the size of a box, as the notes of the module say."""
    all_of_them = [len(inside) for inside in members]
    for box in DENSITIES:
        if filled := _try_columns(_list_parts(payload, members, order, all_of_them), box):
            return filled, box
    for box in DENSITIES[-2:]:
        for most in range(COLUMN_HEIGHT // sum(box), FEWEST, -1):
            shown = [most] * len(members)
            if _try_columns(_list_parts(payload, members, order, shown), box):
                return _fill_room(payload, members, order, shown, box), box
    box = DENSITIES[-1]
    few = [FEWEST + 1] * len(members)
    largest_first = sorted(range(len(members)), key=lambda s: (-len(members[s]), s))
    for count in range(1, len(members) + 1):
        layers = _list_parts(payload, members, order, few, summed=frozenset(largest_first[:count]))
        if filled := _try_columns(layers, box):
            return filled, box
    # more segments than a window holds: let the board grow downwards
    return [[parts] for parts in layers], box


def _fill_room(
    payload: Mapping[str, Any],
    members: Sequence[Sequence[int]],
    order: Sequence[tuple[int, ...]],
    shown: Sequence[int],
    box: tuple[int, int],
) -> list[list[list[_Part]]]:
    """Return the columns with as many components more as there is room for, one of each segment in turn."""
    most = list(shown)
    best = _try_columns(_list_parts(payload, members, order, most), box) or []
    growing = [number for number, inside in enumerate(members) if len(inside) > most[number]]
    while growing:
        for number in list(growing):
            most[number] += 1
            better = _try_columns(_list_parts(payload, members, order, most), box)
            if better and most[number] <= len(members[number]):
                best = better
            else:
                most[number] -= 1
                growing.remove(number)
    return best


def _lay_out_wide(
    payload: Mapping[str, Any], members: Sequence[Sequence[int]], order: Sequence[tuple[int, ...]]
) -> Board:
    canvas = _Canvas()
    layers, box = _choose_columns(payload, members, order)
    columns = sum(map(len, layers)) or 1
    gaps = _LAYER_GAP * (len(layers) - 1) + _COLUMN_GAP * (columns - len(layers))
    width = (WIDE - gaps) // columns
    top = _LOOP + _LAYER_HEAD
    height = max([_column_height(c, box) for layer in layers for c in layer], default=0)
    x = 0
    for number, layer in enumerate(layers):
        span = len(layer) * width + (len(layer) - 1) * _COLUMN_GAP
        canvas.frames.append(Box(f"layer:{number}", "layer", x, _LOOP, span, _LAYER_HEAD + height + _PAD))
        canvas.boxes.append(Box(f"layer:{number}", "layer", x, _LOOP, span, _LAYER_HEAD - 4))
        for column in layer:
            y = top
            for part in column:
                y += canvas.place_part(part, x, y, width, box) + _PANEL_GAP
            x += width + _COLUMN_GAP
        x += _LAYER_GAP - _COLUMN_GAP
    y = top + height + _PAD + _ROW_GAP
    y = _place_security(canvas, payload, members, y, width, max(_CHIP, min(box[0], 34)))
    y = _place_solutions(canvas, payload, y)
    return Board(WIDE, y - _ROW_GAP, tuple(canvas.boxes), tuple(canvas.frames))


def _place_security(
    canvas: _Canvas, payload: Mapping[str, Any], members: Sequence[Sequence[int]], y: int, width: int, h: int
) -> int:
    """Place each segment without a layer as a row across all layers; return the next free line."""
    width = min(width, _ROW_BOX)
    across = (WIDE - _ROW_HEAD - _PAD) // (width + _PAD)
    for number, segment in enumerate(payload["segments"]):
        if segment["layer"] is not None or not members[number]:
            continue
        key = f"segment:{number}"
        rows = -(-len(members[number]) // across)
        if rows > _CHIP_ROWS:
            canvas.boxes.append(Box(key, "summary", 0, y, WIDE, _SUMMARY))
            y += _SUMMARY + _ROW_GAP
            continue
        height = rows * (h + _PAD) + _PAD
        canvas.frames.append(Box(key, "row", 0, y, WIDE, height))
        canvas.boxes.append(Box(key, "row", 0, y, _ROW_HEAD, height))
        for place, component in enumerate(members[number]):
            left = _ROW_HEAD + _PAD + place % across * (width + _PAD)
            down = y + _PAD + place // across * (h + _PAD)
            canvas.boxes.append(Box(f"component:{component}", "component", left, down, width, h))
        y += height + _ROW_GAP
    return y


def _place_solutions(canvas: _Canvas, payload: Mapping[str, Any], y: int) -> int:
    """Place the solutions as a strip of chips, or as one box where they are many."""
    count = len(payload["solutions"])
    if not count:
        return y
    if count > _CHIPS_A_ROW * _CHIP_ROWS:
        canvas.boxes.append(Box("solutions", "solutions", 0, y, WIDE, _CHIP + 2 * _PAD))
        return y + _CHIP + 2 * _PAD + _ROW_GAP
    rows = -(-count // _CHIPS_A_ROW)
    height = rows * (_CHIP + _PAD) + _PAD
    across = -(-count // rows)
    room = WIDE - _ROW_HEAD - _PAD
    width = room // across - _PAD
    canvas.frames.append(Box("solutions", "strip", 0, y, WIDE, height))
    canvas.boxes.append(Box("solutions", "strip", 0, y, _ROW_HEAD, height))
    for number in range(count):
        left = _ROW_HEAD + _PAD + number % across * (width + _PAD)
        down = y + _PAD + number // across * (_CHIP + _PAD)
        canvas.boxes.append(Box(f"solution:{number}", "solution", left, down, width, _CHIP))
    return y + height + _ROW_GAP


def _lay_out_narrow(
    payload: Mapping[str, Any], members: Sequence[Sequence[int]], order: Sequence[tuple[int, ...]]
) -> Board:
    canvas = _Canvas()
    many = 12 if sum(map(len, members)) > 100 else 60  # of one segment, in a telephone's column
    y = _LOOP
    rail = 14  # the loop runs back along the left edge
    for number, parts in enumerate(_list_parts(payload, members, order, [many] * len(members))):
        start = y
        canvas.boxes.append(Box(f"layer:{number}", "layer", rail, y, NARROW - rail, _LAYER_HEAD - 4))
        y += _LAYER_HEAD
        for part in parts:
            y += canvas.place_part(part, rail, y, NARROW - rail, PHONE_BOX) + _PANEL_GAP
        canvas.frames.append(Box(f"layer:{number}", "layer", rail, start, NARROW - rail, y - start))
        y += _ROW_GAP
    loose = [s for s, segment in enumerate(payload["segments"]) if segment["layer"] is None and members[s]]
    for number in loose:
        part = _Part(number, *_fold(members[number], order, many))
        y += canvas.place_part(part, rail, y, NARROW - rail, PHONE_BOX) + _ROW_GAP
    if payload["solutions"]:
        canvas.boxes.append(Box("solutions", "strip", rail, y, NARROW - rail, _LAYER_HEAD))
        y += _LAYER_HEAD + _PAD
        shown = len(payload["solutions"]) if len(payload["solutions"]) <= _MANY_SOLUTIONS else 0
        for number in range(shown):
            canvas.boxes.append(Box(f"solution:{number}", "solution", rail, y, NARROW - rail, _CHIP))
            y += _CHIP + _PAD
    return Board(NARROW, y, tuple(canvas.boxes), tuple(canvas.frames))
