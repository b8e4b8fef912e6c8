"""The page of a query's result: what it holds, where it puts it, and that no value of any store breaks it."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
from html import unescape
from itertools import combinations
from pathlib import Path as FilePath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kizuna import _errors
from kizuna._messages import load_messages
from kizuna.graph.stores.values import Duration, Node, Path, Relationship, Result
from kizuna.viz import page as page_module
from kizuna.viz import write_page
from kizuna.viz._cells import Elements, encode_value
from kizuna.viz._wires import Line
from kizuna.viz.page import render_page
from kizuna.viz.result_layout import NARROW, Picture, lay_out_result
from kizuna.viz.result_page import MOST_DRAWN, MOST_LISTED, build_result_payload, render_result
from tests.page_payload import HOSTILE, make_payload
from tests.page_source import Source, unpack_part

TEMPLATES = FilePath(page_module.__file__).parent / "templates"

FOUNDRY = Node(
    "1", ("Vendor",), {"id": "ff", "country": "TW", "name_en": "Formosa Foundry", "name_zh": "福爾摩沙"}
)
OPTICS = Node(
    "2", ("Vendor",), {"id": "ko", "country": "JP", "name_ja": "菊光学", "aliases": ["Kiku"], "row": 3}
)
ABROAD = Node("3", ("Vendor",), {"id": "us", "country": "US", "name_en": "Abroad"})
CHIP = Node("4", ("Component",), {"id": "chip", "name_en": "Chip", "name_zh": "晶片", "name_ja": "チップ"})
MAKES = Relationship("10", "OFFERS", FOUNDRY, CHIP, {"status": "volume"})
BUYS = Relationship("11", "SUPPLIES", FOUNDRY, OPTICS, {})
BOUGHT = Relationship("12", "SUPPLIES_NOT_IN_FORCE", OPTICS, FOUNDRY, {})
AGAIN = Relationship("13", "SUPPLIES", FOUNDRY, OPTICS, {"since": "2024"})


def _lay_out_all(result: Result, *, narrow: bool = False) -> Picture:
    payload = build_result_payload(result)
    lines = [Line(line["a"], line["b"], 6) for line in payload["lines"]]
    sides = [node.get("side") for node in payload["nodes"]]
    return lay_out_result(payload["drawn"], lines, walks=payload["walks"], sides=sides, narrow=narrow)


def test_payload_names_what_is_drawn() -> None:
    """Nodes keep their order, names, other spellings and country; what Kizuna adds to each row comes last."""
    payload = build_result_payload(Result(("v", "o", "c"), [(OPTICS, None, CHIP)]))
    assert payload["nodes"] == [
        {
            "l": ["Vendor"],
            "id": "ko",
            "names": {"ja": "菊光学"},
            "props": [
                ["id", "ko"], ["country", "JP"], ["name_ja", "菊光学"], ["aliases", {"l": ["Kiku"]}], ["row", {"n": "3"}],
            ],
            "also": ["Kiku"],
            "side": 1,
        },
        {
            "l": ["Component"],
            "id": "chip",
            "names": {"en": "Chip", "zh": "晶片", "ja": "チップ"},
            "props": [["id", "chip"], ["name_en", "Chip"], ["name_zh", "晶片"], ["name_ja", "チップ"]],
        },
    ]  # fmt: skip
    assert payload["rows"] == [[{"v": 0}, None, {"v": 1}]]


def test_relationships_of_one_type_are_one_line() -> None:
    """Two of one type between two nodes are drawn once; the way back and one not in force are lines of their own."""
    payload = build_result_payload(Result(("r",), [([MAKES, BUYS, BOUGHT, AGAIN],)]))
    assert [node["id"] for node in payload["nodes"]] == ["ff", "chip", "ko"]
    assert payload["types"] == [
        {"name": "SUPPLIES"},
        {"name": "OFFERS"},
        {"name": "SUPPLIES_NOT_IN_FORCE", "short": "SUPPLIES", "past": True},
    ]
    assert payload["lines"] == [
        {"a": 0, "b": 1, "t": 1, "r": [0]},
        {"a": 0, "b": 2, "t": 0, "r": [1, 3]},
        {"a": 2, "b": 0, "t": 2, "r": [2]},
    ]


def test_country_is_taken_from_the_seat_where_no_property_has_it() -> None:
    """A vendor without `country` that is BASED_IN Taiwan in the result is Taiwan's; Country itself is too."""
    bare = Node("5", ("Vendor",), {"id": "bare"})
    taiwan = Node("6", ("Country",), {"id": "TW", "name_en": "Taiwan"})
    payload = build_result_payload(Result(("r",), [(Relationship("14", "BASED_IN", bare, taiwan, {}),)]))
    assert [node.get("side") for node in payload["nodes"]] == [0, 0]


def test_nodes_of_any_database_have_a_caption() -> None:
    """Without names the first of name, title, label, caption, id is the caption; else the end of the store's id tells."""
    nodes = [
        Node("4:x:7", (), {}),
        Node("4:x:8", ("Movie",), {"released": 1999, "title": "Rain"}),
        Node("4:x:9", ("Thing",), {"id": 42}),
    ]
    payload = build_result_payload(Result(("n",), [(node,) for node in nodes]))
    assert [(n["id"], n.get("caption")) for n in payload["nodes"]] == [
        ("7", None),
        ("8", "Rain"),
        ("42", "42"),
    ]


ZONE = dt.timezone(dt.timedelta(hours=8))


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, None),
        ("text", "text"),
        (True, {"k": "true"}),
        (2**70, {"n": "1180591620717411303424"}),
        (0.1, {"n": "0.1"}),
        (float("nan"), {"n": "nan"}),
        (float("-inf"), {"n": "-inf"}),
        (dt.date(2024, 4, 26), {"t": "2024-04-26"}),
        (dt.time(8, 30), {"t": "08:30:00"}),
        (dt.datetime(2024, 4, 26, 8, 30, tzinfo=ZONE), {"t": "2024-04-26T08:30:00+08:00"}),
        (Duration(14, 3, 1, 5), {"t": "P1Y2M3DT1.000000005S"}),
        (dt.timedelta(days=2), {"t": "P2D"}),
        (b"\x00\xff", {"t": "00ff"}),
        ([1, [None, {"a": "b"}]], {"l": [{"n": "1"}, {"l": [None, {"m": [["a", "b"]]}]}]}),
        ({"x": 1.0, "srid": 7203}, {"m": [["x", {"n": "1.0"}], ["srid", {"n": "7203"}]]}),
        ("\ud800", "?"),
        (FOUNDRY, {"v": 0}),
        (CHIP, {"t": "(:Component)"}),
        (Path((FOUNDRY, CHIP), (MAKES,)), {"p": [{"v": 0}, {"t": "(:Component)"}], "s": [["OFFERS", True]]}),
        (Path((CHIP, FOUNDRY), (MAKES,)), {"p": [{"t": "(:Component)"}, {"v": 0}], "s": [["OFFERS", False]]}),
    ],
)
def test_every_value_has_a_cell(value: Any, cell: Any) -> None:
    """Each type that a store answers with becomes plain data; what the page does not list is named by its label."""
    assert encode_value(value, Elements([FOUNDRY], [])) == cell


def test_deep_and_long_values_are_cut() -> None:
    """A list of a thousand, a text of a million and a list in a list without end do not make the page endless."""
    deep: list[Any] = []
    for _ in range(100):
        deep = [deep]
    nothing = Elements([], [])
    assert len(encode_value(list(range(1000)), nothing)["l"]) == 501
    assert len(encode_value("x" * 1_000_000, nothing)) == 10_001
    assert len(json.dumps(encode_value(deep, nothing))) < 200


def test_at_most_500_nodes_are_drawn() -> None:
    """Of 6,000 nodes in as many rows 500 are drawn and 5,000 listed, and the counts say how many there are."""
    nodes = [Node(str(i), ("N",), {"name": f"n{i}"}) for i in range(6000)]
    rows = [(Relationship(f"r{i}", "T", node, nodes[i // 2], {}),) for i, node in enumerate(nodes)]
    payload = build_result_payload(Result(("r",), rows, truncated=True))
    assert (payload["drawn"], len(payload["nodes"]), len(payload["rows"])) == (
        MOST_DRAWN,
        MOST_LISTED,
        MOST_LISTED,
    )
    assert payload["counts"] == {"rows": 6000, "nodes": 6000, "rels": 6000, "skipped": 5500}
    assert payload["truncated"] is True
    assert {line["a"] for line in payload["lines"]} == set(range(500))


def test_taiwan_stands_left_and_japan_right() -> None:
    """Firms of Taiwan stand left of everything, then what both are tied to, then firms of Japan."""
    offer = Relationship("15", "OFFERS", OPTICS, CHIP, {})
    picture = _lay_out_all(Result(("r",), [(offer,), (MAKES,)]))
    optics, chip, foundry = (x for x, _ in picture.places)
    assert foundry + picture.box[0] < chip
    assert chip + picture.box[0] < optics


def test_steps_of_a_path_stand_in_their_order() -> None:
    """A path runs from left to right, whichever way its relationships point."""
    path = Path((OPTICS, FOUNDRY, CHIP), (BUYS, MAKES))
    picture = _lay_out_all(Result(("p",), [(path,)]))
    assert [x for x, _ in picture.places] == sorted(x for x, _ in picture.places)
    assert len({y for _, y in picture.places}) == 1


def test_long_path_is_folded() -> None:
    """A path of twelve nodes takes rows of four, to and fro, so that it can be read in one window."""
    picture = lay_out_result(12, [Line(i, i + 1, 8) for i in range(11)], walks=[list(range(12))])
    columns = sorted({x for x, _ in picture.places})
    assert [columns.index(x) for x, _ in picture.places] == [0, 1, 2, 3, 3, 2, 1, 0, 0, 1, 2, 3]
    rows = sorted({y for _, y in picture.places})
    assert [rows.index(y) for _, y in picture.places] == [0] * 4 + [1] * 4 + [2] * 4


def _find_overlaps(picture: Picture) -> list[tuple[int, int]]:
    w, h = picture.box
    return [
        (a, b)
        for (a, (ax, ay)), (b, (bx, by)) in combinations(enumerate(picture.places), 2)
        if abs(ax - bx) < w and abs(ay - by) < h
    ]


@st.composite
def _graphs(draw: st.DrawFn) -> tuple[int, list[Line], list[int | None]]:
    count = draw(st.integers(1, 40))
    node = st.integers(0, count - 1)
    pairs = draw(st.lists(st.tuples(node, node), max_size=70, unique=True))
    sides = draw(st.lists(st.sampled_from([None, 0, 1, 2]), min_size=count, max_size=count))
    return count, [Line(a, b, 7) for a, b in pairs], sides


@given(_graphs(), st.booleans())
def test_boxes_never_overlap(graph: tuple[int, list[Line], list[int | None]], narrow: bool) -> None:
    """Whatever is tied to whatever, boxes lie apart and inside the picture, and each line has its way."""
    count, lines, sides = graph
    picture = lay_out_result(count, lines, sides=sides, narrow=narrow)
    assert _find_overlaps(picture) == []
    assert all(x >= 0 and y >= 0 for x, y in picture.places)
    assert max(x for x, _ in picture.places) + picture.box[0] <= picture.width
    assert max(y for _, y in picture.places) + picture.box[1] <= picture.height
    assert len(picture.wires) == len(lines)
    assert picture.width <= NARROW or not narrow


@given(_graphs())
def test_no_line_runs_behind_a_box(graph: tuple[int, list[Line], list[int | None]]) -> None:
    """Where a line passes a column it passes between two boxes, and where it ends it ends at the side of its box."""
    count, lines, sides = graph
    picture = lay_out_result(count, lines, sides=sides)
    (w, h), places = picture.box, picture.places
    for line, wire in zip(lines, picture.wires, strict=True):
        points = list(zip(wire.points[::2], wire.points[1::2], strict=True))
        for node, (x, y) in ((line.start, points[0]), (line.end, points[-1])):
            left, top = places[node]
            assert x in (left, left + w)
            assert top < y < top + h
        for x, y in points[1:-1]:
            assert not [1 for left, top in places if left - 4 < x < left + w + 4 and top < y < top + h]


@given(_graphs())
def test_same_graph_has_the_same_picture(graph: tuple[int, list[Line], list[int | None]]) -> None:
    """The layout has no chance in it."""
    count, lines, sides = graph
    assert lay_out_result(count, lines, sides=sides) == lay_out_result(count, lines, sides=sides)


def test_page_is_the_same_each_time() -> None:
    """The same result gives the same text to the byte."""
    result = Result(("r",), [(MAKES,), (BUYS,)])
    assert render_result(result) == render_result(result)


def test_hostile_text_stays_data() -> None:
    """Hostile labels, types, names, keys, columns and titles add no element to the page and are not in it as text."""
    nodes = [Node(text, (text,), {text: text, "name": text, "source_url": text}) for text in HOSTILE]
    rows = [(Relationship("r", text, nodes[0], nodes[1], {text: [text]}), text, node)
            for text, node in zip(HOSTILE, nodes, strict=True)]  # fmt: skip
    html = render_result(Result(tuple(HOSTILE[:3]), rows), title=HOSTILE[0])
    plain = render_result(Result(("a",), [(1,)]), title="plain")
    assert [tag for tag, _ in Source(html).found] == [tag for tag, _ in Source(plain).found]
    assert not [text for text in HOSTILE if text in html]
    assert unpack_part(html)["payload"]["columns"] == list(HOSTILE[:3])


def test_network_of_pyvis_carries_the_picture() -> None:
    """Boxes are nodes with fixed places, lines are edges with the whole name of their type."""
    network = unpack_part(render_result(Result(("r",), [(MAKES,), (BOUGHT,)])), "kizuna-graph")
    assert [node["label"] for node in network["nodes"]] == ["Formosa Foundry", "Chip", "菊光学"]
    assert {node["physics"] for node in network["nodes"]} == {False}
    assert [(e["from"], e["to"], e["label"], e["dashes"]) for e in network["edges"]] == [
        ("n0", "n1", "OFFERS", False),
        ("n2", "n0", "SUPPLIES_NOT_IN_FORCE", True),
    ]


def test_title_is_the_callers_or_says_what_it_is() -> None:
    """A title is that of the document; without one the page says in its language that it is a result."""
    result = Result(("a",), [(1,)])
    assert "<title>Who sells &lt;what&gt;</title>" in render_result(result, title="Who sells <what>")
    assert "<title>查詢結果</title>" in unescape(render_result(result, lang="zh"))


def test_unknown_language_is_refused() -> None:
    """A language that the page does not speak is an error that names the three."""
    with pytest.raises(_errors.InputError, match="`lang` must be one of zh, ja, en; found 'fr'"):
        render_result(Result(("a",), []), lang="fr")


def test_file_is_written_whole_or_not_at_all(tmp_path: FilePath) -> None:
    """The path comes back; a folder that does not exist is one clear error."""
    target = tmp_path / "answer.html"
    assert write_page(Result(("a",), [("絆",)]), target, lang="ja") == target
    assert target.read_bytes().startswith(b"<!doctype html>")
    with pytest.raises(_errors.UnavailableError, match="cannot be written there"):
        write_page(Result(("a",), []), tmp_path / "nowhere" / "answer.html")


def test_messages_are_all_there_and_all_used() -> None:
    """The page carries each message that it asks for, and no message of its own is left over."""
    script = (TEMPLATES / "result.js").read_text(encoding="utf-8")
    carried = set(unpack_part(render_result(Result(("a",), [])))["messages"])
    asked = set(re.findall(r"""["'`]((?:page|result)\.[A-Za-z_-]+)["'`]""", script))
    stems = tuple(re.findall(r"result\.[A-Za-z_-]+-(?=\$)", script))
    assert len(asked) > 40
    assert asked <= carried
    assert {key for key in load_messages("result.") if not key.startswith(stems)} <= asked


def test_explorer_does_not_carry_what_only_results_say() -> None:
    """The explorer's page stays as small as it was."""
    assert not [
        key for key in unpack_part(render_page(make_payload()))["messages"] if key.startswith("result.")
    ]


def test_pages_are_imported_when_they_are_asked_for(root: FilePath) -> None:
    """``import kizuna.viz`` loads neither pyvis nor pandas, and a name that it lacks is an AttributeError."""
    code = (
        "import sys, kizuna.viz\n"
        "assert not {'pyvis', 'pandas', 'networkx'} & set(sys.modules)\n"
        "assert 'write_page' in dir(kizuna.viz) and callable(kizuna.viz.write_page)\n"
        "assert 'pyvis' in sys.modules and not hasattr(kizuna.viz, 'write_nothing')\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root)
