"""The first picture: nothing overlaps, everything is there, and it fits a window."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kizuna.viz.layout import NARROW, ROOMS, Board, Box, lay_out_boards, lay_out_overview
from tests.page_payload import make_large_payload, make_payload

SIZES = st.lists(st.lists(st.integers(0, 40), min_size=1, max_size=4), min_size=1, max_size=5)


def _overlap(a: Box, b: Box) -> bool:
    return a.x < b.x + b.w and b.x < a.x + a.w and a.y < b.y + b.h and b.y < a.y + a.h


def _find_overlaps(board: Board) -> list[tuple[str, str]]:
    return [(a.key, b.key) for a, b in combinations(board.boxes, 2) if _overlap(a, b)]


def _drawn(board: Board, kind: str) -> set[str]:
    return {box.key for box in board.boxes if box.kind == kind}


@given(SIZES, st.integers(0, 30), st.integers(0, 40), st.booleans())
def test_no_boxes_overlap(sizes: list[list[int]], loose: int, solutions: int, narrow: bool) -> None:
    """Whatever the sizes of layers and segments, no two boxes of a board share a point."""
    board = lay_out_overview(make_large_payload(sizes, loose=loose, solutions=solutions), narrow=narrow)
    assert _find_overlaps(board) == []


@given(SIZES, st.integers(0, 30), st.integers(0, 40), st.booleans())
def test_boxes_lie_on_the_board(sizes: list[list[int]], loose: int, solutions: int, narrow: bool) -> None:
    """Every box and frame lies within the board and has room for a line of text."""
    board = lay_out_overview(make_large_payload(sizes, loose=loose, solutions=solutions), narrow=narrow)
    assert board.width == (NARROW if narrow else ROOMS["wide"].width)
    outside = [
        box.key
        for box in (*board.boxes, *board.frames)
        if box.x < 0 or box.y < 0 or box.x + box.w > board.width or box.y + box.h > board.height
    ]
    assert outside == []
    assert [box.key for box in board.boxes if box.h < 22 or box.w < 60] == []


@given(SIZES, st.integers(0, 30), st.booleans())
def test_every_component_is_drawn_once_or_counted(sizes: list[list[int]], loose: int, narrow: bool) -> None:
    """No box stands twice; a component has one of its own, or its segment is one box or ends in a box for more."""
    payload = make_large_payload(sizes, loose=loose)
    board = lay_out_overview(payload, narrow=narrow)
    keys = Counter(box.key for box in board.boxes)
    assert max(keys.values(), default=0) <= 1
    counted = {key.split(":")[1] for key in _drawn(board, "summary") | _drawn(board, "more")}
    missing = {
        str(component["segment"])
        for i, component in enumerate(payload["components"])
        if f"component:{i}" not in keys
    }
    assert missing == counted


@given(SIZES)
def test_positions_are_repeatable(sizes: list[list[int]]) -> None:
    """The same payload gives the same board."""
    payload = make_large_payload(sizes)
    assert lay_out_overview(payload) == lay_out_overview(payload)


def test_layers_are_columns_from_left_to_right() -> None:
    """The layers stand side by side in the order of the flow, security and solutions below them."""
    board = lay_out_overview(make_payload())
    at = {box.key: box for box in board.boxes}
    assert at["layer:0"].x < at["layer:1"].x < at["layer:2"].x
    assert at["layer:0"].y == at["layer:1"].y == at["layer:2"].y
    columns = max(at[key].y + at[key].h for key in ("component:0", "component:2", "component:3"))
    assert columns <= at["component:5"].y < at["solution:0"].y


def test_components_stand_below_their_segment() -> None:
    """A component's box lies within the frame of its own segment."""
    payload = make_payload()
    board = lay_out_overview(payload)
    frames = {frame.key: frame for frame in board.frames if frame.kind in ("segment", "row")}
    for box in board.boxes:
        if box.kind == "component":
            segment = payload["components"][int(box.key.split(":")[1])]["segment"]
            assert _overlap(box, frames[f"segment:{segment}"])


@pytest.mark.parametrize(
    ("sizes", "folded"),
    [
        ([[9, 7, 5], [3, 2], [10, 2], [7, 6, 2]], 0),  # 53 components, as in the report's four layers
        ([[14, 12, 9], [8, 6], [16, 8], [12, 10, 5]], 8),  # 100
        ([[20, 18, 14], [10, 8], [30, 12], [16, 14, 8]], 9),  # 150
        ([[2000, 900], [500, 300], [3000], [900]], 6),  # thousands
    ],
)
def test_larger_data_first_gets_smaller_boxes_then_folded_segments(
    sizes: list[list[int]], folded: int
) -> None:
    """Boxes shrink while all fit a window; beyond that segments end in a box that counts the rest."""
    board = lay_out_overview(make_large_payload(sizes, loose=1, solutions=13))
    assert len(_drawn(board, "more")) == folded
    assert not _drawn(board, "summary")
    assert board.height <= ROOMS["wide"].height
    assert min(box.w for box in board.boxes if box.kind == "component") >= 140


def test_too_many_segments_are_one_box_each() -> None:
    """Where not even a few components of each segment fit, the largest segments are drawn as one box."""
    board = lay_out_overview(make_large_payload([[40] * 9, [50] * 9, [60] * 9, [70] * 9]))
    assert _drawn(board, "summary")
    assert _find_overlaps(board) == []


def test_a_folded_segment_shows_what_matters_most() -> None:
    """Roots of gaps first, a country's after a firm's, then the data loop, then what most need; process steps last."""
    payload = make_large_payload([[300], [4], [4], [4]])
    for number, component in enumerate(payload["components"]):
        component["stage"] = "loop" if number in (290, 291) else "input"
    payload["components"][0]["virtual"] = True
    payload["components"][0]["stage"] = "loop"
    payload["findings"] = [
        {"kind": "dominant", "unit": "vendor", "verdict": "apparent", "roots": [280]},
        {"kind": "cut", "unit": "vendor", "verdict": "apparent", "roots": [270]},
        {"kind": "cut", "unit": "country", "verdict": "apparent", "roots": [200, 201]},
    ]
    payload["requires"] = [{"from": ["solution", 0], "to": ["component", 260]}]
    shown = {int(key.split(":")[1]) for key in _drawn(lay_out_overview(payload), "component")}
    inside = sorted(number for number in shown if number < 300)
    boxes = [box for box in lay_out_overview(payload).boxes if box.kind == "component"]
    first = [int(box.key.split(":")[1]) for box in boxes][: len(inside)]
    assert first[:7] == [270, 280, 200, 201, 290, 291, 260]
    assert first[7:] == list(range(1, len(first) - 6))


def test_rows_keep_their_distance() -> None:
    """Boxes in one column stand at least 26 units from top to top, so that labels never touch."""
    board = lay_out_overview(make_large_payload([[30, 20], [22], [25], [10, 10]]))
    columns: dict[int, list[int]] = {}
    for box in board.boxes:
        if box.kind == "component":
            columns.setdefault(box.x, []).append(box.y)
    pitches = [b - a for rows in columns.values() for a, b in pairwise(sorted(rows))]
    assert min(pitches) >= 26


@pytest.mark.parametrize("table", ["solutions", "components"])
def test_nothing_to_draw_is_no_error(table: str) -> None:
    """A data set without solutions, or without components, has a board all the same."""
    payload: dict[str, Any] = {**make_payload(), table: []}
    board = lay_out_overview(payload)
    assert not [box for box in board.boxes if box.key.startswith(table[:-1])]
    assert board.height > 0


def test_a_layer_is_as_wide_as_it_needs() -> None:
    """The layer with by far the most components gets more columns than the others."""
    board = lay_out_overview(make_large_payload([[20], [12], [110], [20]]))
    widths = {box.key: box.w for box in board.boxes if box.kind == "layer"}
    assert widths["layer:2"] > 2 * widths["layer:1"]


def test_larger_screens_show_more() -> None:
    """Each larger board shows more components than the one before, in its own room."""
    boards = lay_out_boards(make_large_payload([[25, 12, 31], [18, 7], [113, 6], [24, 8, 12]], loose=6))
    shown = [len(_drawn(boards[name], "component")) for name in ROOMS]
    assert shown == sorted(set(shown))
    for name, room in ROOMS.items():
        assert (boards[name].width, boards[name].height <= room.height) == (room.width, True)
        assert _find_overlaps(boards[name]) == []


def test_a_board_that_shows_all_is_not_made_larger() -> None:
    """Small data has one board for all screens, and one for telephones."""
    assert set(lay_out_boards(make_payload())) == {"small", "wide", "narrow"}


def test_a_box_with_a_mark_has_a_line_for_it() -> None:
    """Where boxes are small, those of gaps are a line taller than the others."""
    payload = make_large_payload([[25, 12, 31], [18, 7], [113, 6], [24, 8, 12]])
    payload["findings"] = [{"kind": "cut", "unit": "vendor", "verdict": "apparent", "roots": [3]}]
    heights = {box.key: box.h for box in lay_out_overview(payload).boxes}
    assert heights["component:3"] == heights["component:70"] + 16


def test_what_is_left_out_of_the_solutions_has_a_box() -> None:
    """Where there are more solutions than chips, the last chip stands for the others."""
    board = lay_out_overview(make_large_payload([[3]], solutions=40))
    assert "more:solutions" in {box.key for box in board.boxes}
    assert len(_drawn(board, "solution")) >= 10
