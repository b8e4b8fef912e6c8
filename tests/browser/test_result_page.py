"""The page of a query's result in a real browser, without network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path as FilePath
from typing import Any

import pytest

from kizuna import load_seeds
from kizuna.graph.stores.records import list_edges, list_nodes
from kizuna.graph.stores.values import Duration, Node, Path, Relationship, Result
from kizuna.viz import write_page
from tests.browser.conftest import DESKTOP, PHONE, Open, Visit
from tests.browser.test_explorer import SETTLE, find_overlaps
from tests.browser.test_share_page import parse_svg, read_csv, save
from tests.page_payload import HOSTILE

pytestmark = pytest.mark.browser

Write = Callable[..., FilePath]

FOUNDRY = Node(
    "1",
    ("Vendor",),
    {
        "id": "ff",
        "country": "TW",
        "name_en": "Formosa Foundry",
        "name_zh": "福爾摩沙晶圓",
        "aliases": ["FF", "Isla"],
        "source_url": "https://example.org/ff",
        "note": "javascript:alert(1)",
    },
)
OPTICS = Node("2", ("Vendor",), {"id": "ko", "country": "JP", "name_en": "Kiku Optics", "name_ja": "菊光学"})
CHIP = Node("3", ("Component",), {"id": "chip", "name_en": "Chip", "name_zh": "晶片", "name_ja": "チップ"})
MAKES = Relationship("10", "OFFERS", FOUNDRY, CHIP, {"status": "volume"})
ALSO = Relationship("11", "OFFERS", OPTICS, CHIP, {})
SOLD = Relationship("12", "SUPPLIES_NOT_IN_FORCE", OPTICS, FOUNDRY, {"until": "2019"})
SMALL = Result(
    ("vendor", "offer", "n", "when"),
    [
        (FOUNDRY, MAKES, 9, dt.date(2024, 4, 26)),
        (OPTICS, ALSO, 10, None),
        (None, Path((CHIP, OPTICS, FOUNDRY), (ALSO, SOLD)), 100, [Duration(1, 0, 0, 0), {"k": "v"}]),
    ],
)


def _lit(opened: Visit) -> list[str]:
    lit: list[str] = opened.page.evaluate("kizuna.lit()")
    return lit


@pytest.fixture
def write(tmp_path: FilePath) -> Write:
    """Write the page of a result, in English unless told otherwise."""

    def write_one(result: Result, **options: Any) -> FilePath:
        return write_page(result, tmp_path / "result.html", **{"lang": "en", **options})

    return write_one


@pytest.fixture(scope="module")
def seeds() -> tuple[dict[tuple[str, str], Node], list[Relationship]]:
    """Return the curated data as nodes and relationships of a store."""
    graph = load_seeds()
    nodes: dict[tuple[str, str], Node] = {}
    for batch in list_nodes(graph):
        for row in batch.rows:
            nodes[batch.label, row["id"]] = Node(str(len(nodes)), (batch.label,), row)
    edges = [
        Relationship(f"r{number}", batch.type, nodes[batch.source, a], nodes[batch.target, b], properties)
        for number, (batch, a, b, properties) in enumerate(
            (batch, *row) for batch in list_edges(graph) for row in batch.rows
        )
    ]
    return nodes, edges


def test_page_asks_for_itself_alone(visit: Open, write: Write) -> None:
    """Opening, choosing, searching and reading the tables makes one request: the file."""
    opened = visit(write(SMALL))
    opened.click_box("n0")
    opened.page.locator("#search").fill("chip")
    opened.page.keyboard.press("Enter")
    opened.page.locator("[data-view=table]").click()
    for listing in ("nodes", "rels", "rows"):
        opened.page.locator(f"[data-list={listing}]").click()
    opened.page.locator("[data-lang=ja]").click()
    assert opened.requests == [opened.url.split("#")[0]]


@pytest.mark.parametrize(
    ("lang", "names", "texts"),
    [
        ("en", ["Formosa Foundry", "Chip", "Kiku Optics"], ("Nodes: 3; relationships: 3", "JP Japan", "not in force")),
        ("ja", ["Formosa Foundry", "チップ", "菊光学"], ("ノード3件・リレーションシップ3件", "JP 日本", "現在は無効")),
        ("zh", ["福爾摩沙晶圓", "晶片", "Kiku Optics"], ("節點 3 個、關係 3 筆", "JP 日本", "目前不成立")),
    ],
)  # fmt: skip
def test_names_and_frame_are_in_the_pages_language(
    visit: Open, write: Write, lang: str, names: list[str], texts: tuple[str, ...]
) -> None:
    """The switch changes names, counts and legend; types and labels stay Cypher's own."""
    opened = visit(write(SMALL))
    opened.page.locator(f"[data-lang={lang}]").click()
    assert [box["name"] for box in opened.boxes().values()] == names
    whole = opened.page.locator("body").inner_text()
    for text in (*texts, "SUPPLIES_NOT_IN_FORCE", "Component"):
        assert text in whole


def test_lines_say_their_type_and_whether_it_is_in_force(visit: Open, write: Write) -> None:
    """One line a type and pair; a statement that is not in force is dashed."""
    opened = visit(write(SMALL))
    assert opened.page.evaluate("kizuna.wires()") == [
        {"text": "OFFERS", "dashed": False, "key": "r0"},
        {"text": "OFFERS", "dashed": False, "key": "r1"},
        {"text": "SUPPLIES", "dashed": True, "key": "r2"},
    ]


def test_click_shows_every_property(visit: Open, write: Write) -> None:
    """A node that is clicked lights up its neighbours; the panel has all its properties and relationships."""
    opened = visit(write(SMALL))
    opened.click_box("n1")
    assert _lit(opened) == ["n0", "n1", "n2"]
    opened.click_box("n0")
    panel = opened.panel()
    for text in ("Formosa Foundry", "ff", "福爾摩沙晶圓", "Isla", "javascript:alert(1)", "–OFFERS→", "Chip"):
        assert text in panel
    assert "←SUPPLIES_NOT_IN_FORCE–" in panel
    links = opened.page.evaluate("[...document.querySelectorAll('#body a')].map((a) => [a.href, a.rel])")
    assert links == [["https://example.org/ff", "noopener noreferrer"]]
    opened.page.locator("[data-at=r2]").first.click()
    assert "until" in opened.panel()
    assert "2019" in opened.panel()
    opened.page.keyboard.press("Escape")
    assert _lit(opened) == []


def test_line_is_clicked(visit: Open, write: Write) -> None:
    """A click on a line shows the relationship."""
    opened = visit(write(Result(("r",), [(MAKES,)])))
    a, b = opened.boxes()["n0"], opened.boxes()["n1"]
    at = {"x": (a["x"] + a["w"] + b["x"]) / 2, "y": a["y"] + a["h"] / 2}
    opened.page.locator("#canvas").click(position=at)
    assert opened.page.locator("#body h2").inner_text() == "OFFERS"
    assert "volume" in opened.panel()


def test_table_holds_the_rows(visit: Open, write: Write) -> None:
    """Nodes stand by name, relationships and paths as chains, other values as Cypher writes them."""
    opened = visit(write(SMALL), "#view=table")
    rows = [
        [cell.strip() for cell in row.split("\t")]
        for row in opened.page.locator(".board tbody tr").all_inner_texts()
    ]
    assert rows == [
        ["Formosa Foundry", "Formosa Foundry –OFFERS→ Chip", "9", "2024-04-26"],
        ["Kiku Optics", "Kiku Optics –OFFERS→ Chip", "10", "null"],
        [
            "null",
            "Chip ←OFFERS– Kiku Optics –SUPPLIES_NOT_IN_FORCE→ Formosa Foundry",
            "100",
            "[P1M, {k: v}]",
        ],
    ]
    cell = opened.page.locator(".board tbody td").nth(2)
    assert cell.evaluate("cell => getComputedStyle(cell).textAlign") == "end"


def test_table_sorts_numbers_by_value(visit: Open, write: Write) -> None:
    """A header sorts its column, numbers as numbers, and says so to a screen reader."""
    opened = visit(write(SMALL), "#view=table")
    opened.page.locator("[data-column=c2] button").click()
    numbers = opened.page.locator(".board td.number").all_inner_texts()
    assert numbers == ["100", "10", "9"]
    assert opened.page.locator("[data-column=c2]").get_attribute("aria-sort") == "descending"
    assert opened.page.evaluate("document.activeElement.closest('th').dataset.column") == "c2"


def test_nodes_and_relationships_have_tables(visit: Open, write: Write) -> None:
    """Each node and each relationship of the rows is a line of a table, and can be opened from there."""
    opened = visit(write(SMALL), "#view=table")
    opened.page.locator("[data-list=nodes]").click()
    assert opened.page.locator(".board tbody tr").count() == 3
    opened.page.locator("[data-list=rels]").click()
    texts = opened.page.locator(".board tbody tr").all_inner_texts()
    assert texts[2].split("\t")[1].strip() == "SUPPLIES_NOT_IN_FORCE"
    assert "until: 2019" in texts[2]
    opened.page.locator(".board [data-at=n2]").first.click()
    assert opened.page.evaluate("kizuna.state().at") == "n2"
    assert opened.page.locator("#map").is_visible()


@pytest.mark.parametrize("query", ["isla", "福爾摩沙", "ff"])
def test_search_knows_names_aliases_and_ids(visit: Open, write: Write, query: str) -> None:
    """A node is found by any of its names, its aliases and its id, and opened by Enter."""
    opened = visit(write(SMALL))
    opened.page.locator("#search").fill(query)
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#body h2").inner_text() == "Formosa Foundry"


def test_keyboard_alone_is_enough(visit: Open, write: Write) -> None:
    """Tab and Enter lead past the picture to the tables; arrow keys walk the boxes, each is said aloud."""
    opened = visit(write(SMALL))
    page = opened.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "skip"
    page.keyboard.press("Enter")
    page.wait_for_selector("#table:focus")
    page.locator("[data-view=map]").click()
    page.locator("#canvas").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#live").inner_text() == "Formosa Foundry, Vendor"
    page.keyboard.press("Enter")
    assert page.locator("#live").inner_text() == "Formosa Foundry opened"
    page.locator("#tab-details").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector("#tab-nodes:focus")


@pytest.mark.parametrize("fragment", ["", "#at=n0", "#at=r2", "#view=table", "#view=table&list=rels"])
def test_everything_that_can_be_pressed_has_a_name(visit: Open, write: Write, fragment: str) -> None:
    """No button, link or field is without a name for a screen reader."""
    page = visit(write(SMALL), fragment).page
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('button, a, input, [role=application]')]
        .filter((e) => e.offsetParent && !(e.textContent.trim() || e.getAttribute('aria-label')
          || (e.labels && e.labels.length))).map((e) => e.outerHTML)"""
    )
    assert nameless == []


@pytest.mark.parametrize("fragment", ["#at=n99", "#at=__proto__", "#list=toString&view=table", "#%%%"])
def test_address_that_leads_nowhere(visit: Open, write: Write, fragment: str) -> None:
    """An address of another result shows this one, without an error."""
    opened = visit(write(SMALL), fragment)
    assert _lit(opened) == []


def test_result_without_nodes_is_a_table(visit: Open, write: Write) -> None:
    """Where there is nothing to draw the table stands alone, and a sentence says why."""
    opened = visit(write(Result(("n", "share"), [("絆", 0.5)])))
    assert opened.page.locator("#map").is_hidden()
    assert opened.page.locator("#panel").is_hidden()
    assert "There are no nodes in the rows" in opened.page.locator("#scope").inner_text()
    assert opened.page.locator(".board tbody").inner_text().split("\t") == ["絆", "0.5"]


def test_empty_result_keeps_its_columns(visit: Open, write: Write) -> None:
    """A query that found nothing says so, under the names of its columns."""
    opened = visit(write(Result(("vendor", "share"), []), lang="zh"))
    assert opened.page.locator(".board thead").inner_text().split() == ["vendor", "share"]
    assert "查無符合的資料列" in opened.page.locator("#table").inner_text()


def test_values_of_any_store_are_shown(visit: Open, write: Write) -> None:
    """Nodes without id, names or labels, and every type of value, are drawn and listed without an error."""
    values = {
        "at": dt.datetime(2024, 4, 26, 8, 30, tzinfo=dt.UTC),
        "took": Duration(1, 2, 3, 4),
        "deep": [[1, [2, None]], {"a": [True]}],
        "point": {"x": 1.5, "y": 2.5, "srid": 7203},
        "huge": 2**62,
        "nothing": float("nan"),
    }
    bare = Node("4:a:1", (), values)
    loop = Relationship("5:a:1", "SELF", bare, bare, values)
    opened = visit(write(Result(("n", "r"), [(bare, loop), (Node("4:a:2", ("A", "B"), {}), None)])))
    assert [box["name"] for box in opened.boxes().values()] == ["1", "A 2"]
    opened.click_box("n0")
    panel = opened.panel()
    for text in (
        "2024-04-26T08:30:00+00:00",
        "P1M2DT3.000000004S",
        "{x: 1.5, y: 2.5, srid: 7203}",
        str(2**62),
        "nan",
    ):
        assert text in panel


def test_hostile_text_is_only_text(visit: Open, write: Write) -> None:
    """Hostile names, labels, types, keys, values and columns run nothing and make no element and no link."""
    nodes = [
        Node(str(i), (text,), {"name": text, "source_url": text, "website": text, text: [text]})
        for i, text in enumerate(HOSTILE)
    ]
    rows = [
        (Relationship(str(i), text, nodes[i], nodes[0], {text: text}), text, {text: text})
        for i, text in enumerate(HOSTILE)
    ]
    opened = visit(write(Result(HOSTILE[:3], rows), title=HOSTILE[0]))
    page = opened.page
    places = ["", *(f"at=n{i}" for i in range(len(HOSTILE))), *(f"at=r{i}" for i in range(len(HOSTILE)))]
    for place in [*places, "view=table", "view=table&list=nodes", "view=table&list=rels"]:
        for lang in ("en", "ja"):
            page.evaluate("hash => { location.hash = hash; }", f"#lang={lang}&{place}")
            page.evaluate(SETTLE)
            made = "#app img, #app script, #app iframe, #app svg[onload], #app [onclick], #app [onerror]"
            assert page.locator(made).count() == 0
            links = page.evaluate("[...document.querySelectorAll('#app a:not(#skip)')].map((a) => a.href)")
            assert links == []
    page.locator("#search").fill(HOSTILE[1])
    assert page.locator("#hits [role=option]").count() == 1
    assert page.evaluate("typeof window.pwned") == "undefined"
    assert opened.requests == [opened.url]
    assert all("\u202e" not in box["name"] for box in opened.boxes().values())


def test_large_result_draws_500(visit: Open, write: Write) -> None:
    """Of 3,000 nodes 500 are drawn, the page says how many are not, and the tables have all."""
    nodes = [Node(f"4:a:{i}", ("Person",), {"name": f"Person {i}"}) for i in range(3000)]
    rows = [(n, Relationship(f"5:a:{i}", "KNOWS", n, nodes[i // 3], {})) for i, n in enumerate(nodes)]
    opened = visit(write(Result(("n", "r"), rows, truncated=True)))
    boxes = opened.boxes()
    assert len(boxes) == 500
    assert find_overlaps(boxes) == []
    said = opened.page.locator("#scope").inner_text()
    assert "The first 500 nodes are drawn, 2,500 are not" in said
    assert "there are more rows" in said
    opened.page.locator("#search").fill("Person 2999")
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#body h2").inner_text() == "Person 2999"
    assert opened.page.locator("#table").is_visible()
    assert "Show 2,800 more" in opened.page.locator("#table .more").inner_text()


@pytest.mark.parametrize("lang", ["en", "ja", "zh"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_ties_across_the_strait_are_legible(
    visit: Open, write: Write, seeds: Any, lang: str, size: tuple[int, int]
) -> None:
    """Who supplies whom, of the curated data: no boxes overlap, labels are at least 9 px, Taiwan is left."""
    rows = [
        (edge.start, edge, edge.end)
        for edge in seeds[1]
        if edge.type == "SUPPLIES"
        and {edge.start.properties["country"], edge.end.properties["country"]} == {"TW", "JP"}
    ]
    opened = visit(write(Result(("a", "r", "b"), rows)), f"#lang={lang}", size=size)
    boxes = opened.boxes()
    assert find_overlaps(boxes) == []
    assert min(box["font"] for box in boxes.values()) >= 9
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    nodes, _ = Result(("r",), rows).elements()
    sides: dict[str, list[float]] = {"TW": [], "JP": []}
    for number, node in enumerate(nodes):
        sides[node.properties["country"]].append(boxes[f"n{number}"]["x"])
    assert size == PHONE or max(sides["TW"]) < min(sides["JP"])


def test_page_of_a_usual_result_is_small(write: Write, seeds: Any) -> None:
    """All vendors of one segment's components with their offers fit 500 kB, everything included."""
    parts = {e.start for e in seeds[1] if e.type == "PART_OF" and e.end.properties["id"] == "sensor"}
    rows = [(e.start, e, e.end) for e in seeds[1] if e.type == "OFFERS" and e.end in parts]
    assert len(rows) > 20
    assert write(Result(("v", "o", "c"), rows)).stat().st_size <= 500_000


def test_telephone_shows_what_is_chosen_alone(visit: Open, write: Write) -> None:
    """On a telephone the chosen node stands above what it is tied to; a button brings all back."""
    nodes = [Node(str(i), ("N",), {"name": f"Node {i}"}) for i in range(30)]
    rows = [(Relationship(f"r{i}", "T", nodes[i], nodes[(i + 1) % 30], {}),) for i in range(30)]
    opened = visit(write(Result(("r",), rows)), "#at=n7", size=PHONE)
    names = [box["name"] for box in sorted(opened.boxes().values(), key=lambda box: box["y"])]
    assert names[0] == "Node 7"
    assert set(names) == {"Node 6", "Node 7", "Node 8"}
    opened.page.locator("#path .back").click()
    assert len(opened.boxes()) == 30


def test_the_picture_is_saved_with_names_types_and_legend(visit: Open, write: Write) -> None:
    """The SVG of a result holds its title, the names of its nodes and the types on its lines, as text."""
    opened = visit(write(SMALL, title="Who makes chips"))
    name, data = save(opened, "svg")
    texts = [text.text for text in parse_svg(data).iter("{http://www.w3.org/2000/svg}text")]
    wanted = {"Who makes chips", "Formosa Foundry", "Kiku Optics", "Chip", "OFFERS", "SUPPLIES"}
    assert name == "kizuna-Who-makes-chips-rows-en.svg"
    assert wanted - set(texts) == set()


def test_the_picture_of_a_result_is_saved_as_png(visit: Open, write: Write) -> None:
    """The PNG is a picture of at least twice the width at which its title is legible."""
    _, data = save(visit(write(SMALL)), "png")
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(data[16:20], "big") >= 2 * 720


def test_rows_are_saved_with_ids_and_names(visit: Open, write: Write) -> None:
    """The CSV has a column of nodes as id and names, numbers as numbers, and what is null as nothing."""
    _, data = save(visit(write(SMALL)), "csv")
    rows = read_csv(data)
    assert [row["vendor_id"] for row in rows] == ["ff", "ko", ""]
    assert rows[0]["vendor_zh"] == "福爾摩沙晶圓"
    assert [row["n"] for row in rows] == ["9", "10", "100"]
    assert rows[1]["when"] == ""


def test_the_listing_that_is_shown_is_saved(visit: Open, write: Write) -> None:
    """With the relationships on the screen, the CSV has them: both ends, type and properties."""
    opened = visit(write(SMALL), "#view=table&list=rels")
    name, data = save(opened, "csv")
    rows = read_csv(data)
    assert "-rels-" in name
    assert [(row["start_id"], row["type"], row["end_id"]) for row in rows] == [
        ("ff", "OFFERS", "chip"),
        ("ko", "OFFERS", "chip"),
        ("ko", "SUPPLIES_NOT_IN_FORCE", "ff"),
    ]
    assert "volume" in rows[0]["properties"]


def test_a_result_without_nodes_has_its_rows_only(visit: Open, write: Write) -> None:
    """Where nothing is drawn the menu has no picture, and the CSV holds the rows."""
    opened = visit(write(Result(("n",), [(1,), (-2,)])))
    _, data = save(opened, "csv")
    assert [row["n"] for row in read_csv(data)] == ["1", "-2"]
    assert opened.page.locator("[data-job=png]").count() == 0


def test_hostile_results_are_saved_as_valid_xml(visit: Open, write: Write) -> None:
    """Whatever names, types and title hold, the SVG is valid and has no elements but those of a drawing."""
    text = "".join(HOSTILE)
    node = Node("1", (text,), {"name_en": text})
    result = Result((text,), [(node, Relationship("2", text, node, node, {text: text}))])
    _, data = save(visit(write(result, title=text)), "svg")
    tags = {element.tag.rpartition("}")[2] for element in parse_svg(data).iter()}
    assert tags <= {"svg", "title", "path", "rect", "text"}
