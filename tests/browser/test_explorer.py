"""The page in a real browser, without network: what an analyst sees, clicks, types and reads."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from kizuna.viz.page import render_page, write_page_file
from tests.browser.conftest import DESKTOP, PHONE, Open
from tests.page_payload import HOSTILE, make_large_payload, make_payload

pytestmark = pytest.mark.browser

GAP = "#gap=GAP-00000001"
SETTLE = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def find_overlaps(boxes: dict[str, dict[str, Any]]) -> list[tuple[str, str]]:
    """Return the pairs of boxes that share more than an edge."""
    slack = 0.5  # of a pixel, for rounding
    return [
        (a["key"], b["key"])
        for a, b in combinations(boxes.values(), 2)
        if a["x"] + slack < b["x"] + b["w"]
        and b["x"] + slack < a["x"] + a["w"]
        and a["y"] + slack < b["y"] + b["h"]
        and b["y"] + slack < a["y"] + a["h"]
    ]


@pytest.fixture(scope="session")
def large_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a page of 54 components in four layers and 13 solutions, as many as the report asks for."""
    payload = make_large_payload([[9, 7, 5], [3, 2], [10, 2], [7, 6, 2]], loose=1, solutions=13)
    return write_page_file(render_page(payload), tmp_path_factory.mktemp("page") / "large.html")


@pytest.fixture(scope="session")
def crowded_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a page of 150 components."""
    payload = make_large_payload([[20, 18, 14], [10, 8], [30, 12], [16, 14, 8]], loose=4, solutions=20)
    return write_page_file(render_page(payload), tmp_path_factory.mktemp("page") / "crowded.html")


def test_page_asks_for_itself_alone(visit: Open, small_page: Path) -> None:
    """Opening, walking through and searching the page makes one request: the file."""
    opened = visit(small_page)
    opened.click_box("component:2")
    opened.page.locator("#search").fill("sakura")
    opened.page.keyboard.press("Enter")
    opened.page.locator("[data-view=table]").click()
    opened.page.locator("[data-lang=ja]").click()
    assert opened.requests == [opened.url.split("#")[0]]


@pytest.mark.parametrize("lang", ["en", "ja", "zh"])
@pytest.mark.parametrize("page", ["large_page", "crowded_page"])
def test_first_picture_is_legible(visit: Open, page: str, lang: str, request: pytest.FixtureRequest) -> None:
    """In a window of 1440 x 900 every label is at least 12 px, no boxes overlap, and all lie in the window."""
    opened = visit(request.getfixturevalue(page), f"#lang={lang}")
    boxes = opened.boxes()
    frame = opened.page.locator("#canvas").bounding_box()
    assert min(box["font"] for box in boxes.values()) >= 12
    assert find_overlaps(boxes) == []
    assert all(
        box["x"] >= 0
        and box["y"] >= 0
        and box["x"] + box["w"] <= frame["width"]
        and box["y"] + box["h"] <= frame["height"]
        for box in boxes.values()
    )
    width = opened.page.evaluate("document.documentElement.scrollWidth")
    height = opened.page.evaluate("document.documentElement.scrollHeight")
    assert (width, height) == DESKTOP


def test_first_picture_says_how_many_and_where_the_gaps_are(visit: Open, small_page: Path) -> None:
    """Components carry the mark of their gap in words, and the list of gaps stands beside them at once."""
    opened = visit(small_page)
    boxes = opened.boxes()
    assert boxes["component:2"]["mark"] == "only Formosa Foundry"
    assert boxes["component:4"]["mark"] == "nobody"
    assert boxes["component:0"]["mark"] == ""
    panel = opened.panel()
    assert "Single points of failure, apparent" in panel
    assert "Formosa Foundry one vendor" in panel
    assert "2 of 2 solutions lost" in panel
    assert "Offered by nobody" in panel


def test_header_says_what_is_counted(visit: Open, small_page: Path) -> None:
    """Scope, data, hash, offers of unknown status and the sentence on φ stand in the header."""
    text = visit(small_page).page.locator("#scope").inner_text()
    for part in (
        "Within Taiwan + Japan",
        "country by seat of the firm",
        "Data 1, 2026-11-22 (0123456789ab)",
        "9 of 10 offers counted, 6 of them with status unknown",
        "φ says whether a thing can be had, not how much, how soon or at what price.",
    ):
        assert part in text


def test_lines_end_where_boxes_end(visit: Open, small_page: Path) -> None:
    """The rectangle that vis-network has for a box is the one that is painted."""
    opened = visit(small_page)
    scale = None
    for key in ("component:0", "solution:1", "layer:2"):
        box = opened.boxes()[key]
        bounds = opened.page.evaluate("key => kizuna.bounds(key)", key)
        ratio = box["w"] / (bounds["right"] - bounds["left"])
        assert box["h"] / (bounds["bottom"] - bounds["top"]) == pytest.approx(ratio, rel=0.01)
        assert ratio == pytest.approx(scale or ratio, rel=0.01)
        scale = ratio


def test_component_opens_with_its_vendors(visit: Open, small_page: Path) -> None:
    """A click on a component draws Taiwan's vendors left of it, Japan's right and others below, and tells of them."""
    opened = visit(small_page)
    opened.click_box("component:2")
    assert opened.scene() == "component:2"
    boxes = opened.boxes()
    assert boxes["vendor:0"]["x"] < boxes["component:2"]["x"] < boxes["vendor:2"]["x"]
    assert boxes["vendor:4"]["y"] > boxes["component:2"]["y"] + boxes["component:2"]["h"]
    assert find_overlaps(boxes) == []
    panel = opened.panel()
    for part in (
        "Advanced foundry",
        "先進製程晶圓代工",
        "先端ファウンドリ",
        "3 nm wafers",
        "in volume",
        "not counted",
    ):
        assert part in panel or part == "in volume"
    assert "cited · A page · stated 2024-05 · confidence high" in panel
    assert "no source yet · confidence unknown" in panel
    link = opened.page.locator("#body a", has_text="A page").first
    assert link.get_attribute("href") == "https://example.org/a"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert link.get_attribute("target") == "_blank"


def test_way_back(visit: Open, small_page: Path) -> None:
    """From a firm one comes back to the component, to its segment and to the overview."""
    opened = visit(small_page)
    opened.click_box("component:2")
    opened.click_box("vendor:2")
    assert opened.scene() == "vendor:2"
    opened.page.locator("#path .back").click()
    assert opened.scene() == "component:2"
    opened.page.locator("#path button", has_text="Semiconductors").click()
    assert opened.scene() == "segment:1"
    assert set(opened.boxes()) == {"segment:1", "component:1", "component:2"}
    opened.page.locator("#path button", has_text="Overview").click()
    assert opened.scene() == "overview"


def test_firm_with_all_that_is_known(visit: Open, small_page: Path) -> None:
    """A firm's panel has its names, owner, offers and relations with direction and date; the unknown is said."""
    opened = visit(small_page, "#at=vendor:kiku")
    panel = opened.panel()
    for part in (
        "菊晶片",
        "菊チップ",
        "Sakura Sensors",
        "is supplied by",
        "since 2015",
        "is owned by",
        "60% held",
    ):
        assert part in panel
    assert re.search(r"history.*until 2020-03", panel, re.DOTALL)
    assert re.search(r"Website\s+unknown", panel)


def test_way_down_is_kept_in_the_crumbs(visit: Open, small_page: Path) -> None:
    """Layer, segment, component, firm, tied firm: each is a step above the next, and the address has them."""
    opened = visit(small_page)
    for key in ("layer:1", "segment:1", "component:2", "vendor:0", "vendor:2"):
        opened.click_box(key)
        assert opened.scene() == key
    crumbs = opened.page.locator("#path li").all_inner_texts()
    names = ["Overview", "AI", "Semiconductors", "Advanced foundry", "Formosa Foundry", "Kiku Chips"]
    assert [text.strip() for text in crumbs] == names
    again = visit(small_page, "#" + opened.page.url.split("#", 1)[1])
    assert again.page.locator("#path li").all_inner_texts() == crumbs


def test_escape_goes_one_level_up(visit: Open, small_page: Path) -> None:
    """From a firm Escape leads up to the component, the segment, the layer and the overview, and no further."""
    opened = visit(small_page, "#at=vendor:kiku&from=component:foundry")
    for scene in ("component:2", "segment:1", "layer:1", "overview", "overview"):
        opened.page.keyboard.press("Escape")
        assert opened.scene() == scene


def test_escape_in_a_field_is_the_fields_own(visit: Open, small_page: Path) -> None:
    """Escape in the search field empties that and leaves the picture as it is."""
    opened = visit(small_page, "#at=component:foundry")
    opened.page.locator("#search").fill("sakura")
    opened.page.keyboard.press("Escape")
    assert opened.scene() == "component:2"
    assert opened.page.locator("#search").input_value() == ""


def test_layer_opens_with_all_of_its_segments(visit: Open, small_page: Path) -> None:
    """A click on a layer's heading draws its segments and their components, and the panel tells of them."""
    opened = visit(small_page)
    opened.click_box("layer:0")
    assert set(opened.boxes()) == {"layer:0", "segment:0", "component:0", "component:4"}
    assert "Layer 1 of 3" in opened.panel()
    assert "Sensors" in opened.panel()


@pytest.mark.parametrize(
    ("query", "lang", "found"),
    [
        ("formosa", "en", "vendor:0"),
        ("福爾摩沙", "en", "vendor:0"),
        ("フォルモサ", "zh", "vendor:0"),
        ("㈱さくらセンサー", "ja", "vendor:1"),
        ("玉山科技", "en", "vendor:3"),
        ("ＳＫＲ", "en", "vendor:1"),
        ("edo optics", "en", "vendor:1"),
        ("先端ファウンドリ", "en", "component:2"),
        ("無人旅館", "en", "solution:0"),
    ],
)
def test_search_in_three_scripts(visit: Open, small_page: Path, query: str, lang: str, found: str) -> None:
    """Any name, alias or former name finds its thing, whatever the language of the page; Enter opens it."""
    opened = visit(small_page, f"#lang={lang}")
    opened.page.locator("#search").fill(query)
    assert opened.page.locator("#hits [role=option]").first.get_attribute("data-key") == found
    opened.page.keyboard.press("Enter")
    kind, at = found.split(":")
    assert opened.scene() == (found if kind != "solution" else "overview")
    assert opened.page.locator("#body h2").is_visible()
    assert opened.page.locator("#hits").is_hidden()
    assert at.isdigit()


def test_search_list_is_walked_by_arrow_keys(visit: Open, small_page: Path) -> None:
    """Arrow keys move through the hits, and the field tells which one is meant."""
    opened = visit(small_page)
    opened.page.locator("#search").fill("s")
    options = opened.page.locator("#hits [role=option]")
    assert options.count() > 2
    opened.page.keyboard.press("ArrowDown")
    assert options.nth(1).get_attribute("aria-selected") == "true"
    assert opened.page.locator("#search").get_attribute("aria-activedescendant") == "hit-1"
    opened.page.keyboard.press("Escape")
    assert opened.page.locator("#hits").is_hidden()


def test_gap_lights_up_its_chain(visit: Open, small_page: Path) -> None:
    """Choosing a gap lights the chain from the solution to the root and tells why, step by step."""
    opened = visit(small_page)
    opened.page.locator("[data-gap=GAP-00000001]").click()
    lit = opened.lit()
    assert lit["nodes"] == ["component:1", "component:2", "component:3", "solution:0"]
    assert lit["roots"] == ["component:2"]
    assert lit["edges"] == [
        {"from": "solution:0", "to": "component:3"},
        {"from": "component:3", "to": "component:1"},
        {"from": "component:1", "to": "component:2"},
    ]
    panel = opened.panel()
    for part in (
        "It also stands counted by group.",
        "Find out whether the list of vendors of “Advanced foundry” in Japan is complete.",
        "Find a source for “Logic chip” requiring “Advanced foundry”.",
        "Kiku Chips",
        "Hanok Semiconductor",
        "South Korea",
        "root of the gap",
    ):
        assert part in panel
    assert "Chain lit: Formosa Foundry, 3 steps" in opened.page.locator("#live").inner_text()


def test_other_targets_of_a_gap(visit: Open, small_page: Path) -> None:
    """Another target lights another chain; of a choice, every alternative lights up."""
    opened = visit(small_page, GAP)
    opened.page.locator("#target").select_option("solution:1")
    lit = opened.lit()
    assert lit["nodes"] == ["component:0", "component:1", "component:2", "component:3", "solution:1"]
    assert "choice – every alternative fails" in opened.panel()
    assert "target=solution:shop" in opened.page.url


@pytest.mark.parametrize(
    ("lang", "html_lang", "texts"),
    [
        ("ja", "ja", ("対象範囲：台湾＋日本", "弱点", "全体図")),
        ("zh", "zh-Hant", ("範圍：台灣＋日本", "缺口", "總覽")),
        ("en", "en", ("Within Taiwan + Japan", "Gaps", "Overview")),
    ],
)
def test_language_switch(
    visit: Open, small_page: Path, lang: str, html_lang: str, texts: tuple[str, ...]
) -> None:
    """The switch changes the language of the document, of the frame, of the names drawn and of the address."""
    opened = visit(small_page, f"#lang={'en' if lang != 'en' else 'ja'}&gap=GAP-00000001")
    opened.page.locator(f"[data-lang={lang}]").click()
    assert opened.page.locator("html").get_attribute("lang") == html_lang
    whole = opened.page.locator("body").inner_text()
    for text in texts:
        assert text in whole
    names = {"en": "Advanced foundry", "ja": "先端ファウンドリ", "zh": "先進製程晶圓代工"}
    assert opened.boxes()["component:2"]["name"] == names[lang]
    assert f"lang={lang}" in opened.page.url
    assert opened.lit()["roots"] == ["component:2"]


def test_names_keep_the_language_they_are_in(visit: Open, small_page: Path) -> None:
    """A Chinese name in a Japanese page is marked as Chinese, so that its characters take the right shapes."""
    opened = visit(small_page, "#lang=ja&at=vendor:kiku")
    names = opened.page.locator("#body bdi", has_text="菊晶片")
    assert names.first.get_attribute("lang") == "zh-Hant"
    assert opened.page.locator("#body h2 bdi").get_attribute("lang") == "ja"


def test_address_finds_the_state_again(visit: Open, small_page: Path) -> None:
    """A page opened from a copied address shows the same language, gap and target."""
    first = visit(small_page, GAP)
    first.page.locator("#target").select_option("solution:1")
    first.page.locator("[data-lang=zh]").click()
    fragment = "#" + first.page.url.split("#", 1)[1]
    second = visit(small_page, fragment)
    assert second.lit() == first.lit()
    assert second.panel() == first.panel()


@pytest.mark.parametrize(
    "fragment", ["#at=vendor:nobody", "#gap=GAP-ffffffff", "#at=__proto__", "#%%%", "#lang=xx"]
)
def test_address_that_leads_nowhere(visit: Open, small_page: Path, fragment: str) -> None:
    """An address of another data set's things opens the overview, without an error."""
    assert visit(small_page, fragment).scene() == "overview"


def test_table_holds_what_the_map_shows(visit: Open, small_page: Path) -> None:
    """Every component is a row with its counts and gaps; not known is written so; a header sorts."""
    opened = visit(small_page, "#view=table")
    rows = opened.page.locator(".board tbody tr")
    assert rows.count() == 6
    row = opened.page.locator("[data-key='component:2']").inner_text().split("\t")
    assert [cell.strip() for cell in row] == [
        "AI", "Semiconductors", "Advanced foundry", "1", "1", "not known", "not known", "1", "Formosa Foundry apparent",
        "2 of 3",
    ]  # fmt: skip
    lens = opened.page.locator("[data-key='component:4']").inner_text()
    assert "none" in lens
    opened.page.locator("[data-column=component] button").click()
    assert opened.page.locator("[data-column=component]").get_attribute("aria-sort") == "ascending"
    assert rows.first.locator("th").inner_text() == "Advanced foundry"


def test_keyboard_alone_is_enough(visit: Open, small_page: Path) -> None:
    """By Tab and Enter one gets past the drawing to the table, opens a component there and reads of it."""
    opened = visit(small_page)
    page = opened.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "skip"
    page.keyboard.press("Enter")
    page.wait_for_selector("#table:focus")
    for _ in range(60):
        page.keyboard.press("Tab")
        if (
            page.evaluate("document.activeElement.closest('tbody') && document.activeElement.textContent")
            == "Lens"
        ):
            break
    else:
        pytest.fail("the keyboard does not reach the components")
    style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert style == "solid"
    page.keyboard.press("Enter")
    assert opened.scene() == "component:4"
    assert "Lens" in opened.panel()


def test_map_is_walked_by_arrow_keys(visit: Open, small_page: Path) -> None:
    """In the drawing arrow keys go from box to box, each is said aloud, and Enter opens it."""
    opened = visit(small_page)
    opened.page.locator("#canvas").focus()
    for name in ("Terminals", "Sensors"):
        opened.page.keyboard.press("ArrowDown")
        assert opened.page.locator("#live").inner_text().startswith(name)
    for _ in range(2):
        opened.page.keyboard.press("ArrowDown")
    said = opened.page.locator("#live").inner_text()
    assert "Image sensor" in said
    assert "TW 1, JP 1" in said
    opened.page.keyboard.press("Enter")
    assert opened.scene() == "component:0"


def test_tabs_are_walked_by_arrow_keys(visit: Open, small_page: Path) -> None:
    """The tabs of the panel follow the usual pattern: one stop, arrow keys between them."""
    opened = visit(small_page)
    opened.page.locator("#tab-gaps").focus()
    opened.page.keyboard.press("ArrowRight")
    opened.page.wait_for_selector("#tab-solutions:focus")
    assert opened.page.locator("#tab-solutions").get_attribute("aria-selected") == "true"
    assert "Unmanned inn" in opened.panel()
    assert "Too few hands" in opened.panel()


def test_everything_that_can_be_pressed_has_a_name(visit: Open, small_page: Path) -> None:
    """No button, link or field is without a name for a screen reader."""
    for fragment in ("", GAP, "#at=component:foundry", "#at=vendor:kiku", "#view=table"):
        page = visit(small_page, fragment).page
        nameless = page.evaluate(
            """() => [...document.querySelectorAll('button, a, input, select, [role=application]')]
            .filter((e) => e.offsetParent && !(e.textContent.trim() || e.getAttribute('aria-label')
              || e.getAttribute('title') || (e.labels && e.labels.length)))
            .map((e) => e.outerHTML)"""
        )
        assert nameless == []


def test_hostile_text_is_only_text(visit: Open, hostile_page: Path) -> None:
    """Hostile names and addresses run nothing anywhere, make no element and no link, and are shown as they are."""
    opened = visit(hostile_page)
    page = opened.page
    places = ("", GAP[1:], "at=component:foundry", "at=vendor:kiku", "at=vendor:sakura", "at=solution:inn")
    for place in places:
        for view in ("", "&view=table", "&tab=solutions", "&lang=ja", "&lang=zh"):
            page.evaluate("hash => { location.hash = hash; }", f"#{place}{view}")
            page.evaluate(SETTLE)
            made = "#app img, #app script, #app iframe, #app svg[onload], #app [onclick], #app [onerror]"
            assert page.locator(made).count() == 0
            links = page.evaluate("[...document.querySelectorAll('#app a')].map((a) => a.protocol)")
            assert set(links) <= {"https:", "http:", "file:"}
    assert page.evaluate("typeof window.pwned") == "undefined"
    assert opened.requests == [opened.url]
    page.evaluate("() => { location.hash = '#at=vendor:sakura'; }")
    page.evaluate(SETTLE)
    assert any(text in opened.panel() for text in HOSTILE[:4])


def test_hostile_search(visit: Open, hostile_page: Path) -> None:
    """Looking for hostile text shows it and runs nothing."""
    opened = visit(hostile_page)
    opened.page.locator("#search").fill("<img src=x onerror=window.pwned=2>")
    assert opened.page.locator("#hits [role=option]").count() > 0
    opened.page.locator("#search").fill("</li><script>nothing</script>")
    assert "</li><script>nothing</script>" in opened.page.locator("#hits").inner_text()
    assert opened.page.evaluate("typeof window.pwned") == "undefined"


def test_policy_stops_what_is_not_the_page(visit: Open, small_page: Path) -> None:
    """A script or a style that gets into the page all the same is stopped by its policy."""
    opened = visit(small_page)
    opened.page.evaluate(
        """() => {
          const script = document.createElement('script');
          try { script.text = 'window.pwned = 6'; document.body.append(script); } catch { /* trusted types */ }
          const button = document.createElement('button');
          try { button.setAttribute('onclick', 'window.pwned = 7'); } catch { /* trusted types */ }
          document.body.append(button);
          button.click();
        }"""
    )
    assert opened.page.evaluate("typeof window.pwned") == "undefined"
    assert opened.complaints
    opened.complaints.clear()


@pytest.mark.parametrize(
    "fragment", ["", GAP, "#at=component:foundry", "#at=vendor:kiku&lang=zh", "#tab=solutions&lang=ja"]
)
def test_telephone(visit: Open, small_page: Path, fragment: str) -> None:
    """On 390 x 844 nothing is wider than the screen, labels are legible and no boxes overlap."""
    opened = visit(small_page, fragment, size=PHONE)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    boxes = opened.boxes()
    assert find_overlaps(boxes) == []
    assert min(box["font"] for box in boxes.values()) >= 12
    assert max(box["x"] + box["w"] for box in boxes.values()) <= PHONE[0]


def test_telephone_panel_is_a_sheet(visit: Open, small_page: Path) -> None:
    """On a telephone the panel is a sheet: down at first, up on a tap, and never over all of the drawing."""
    opened = visit(small_page, size=PHONE)
    assert opened.page.locator("#body").is_hidden()
    opened.page.locator("#tab-gaps").click()
    assert opened.page.locator("#body").is_visible()
    opened.page.locator("[data-gap=GAP-00000001]").click()
    sheet = opened.page.locator("#panel").bounding_box()
    assert sheet["y"] > PHONE[1] * 0.25
    assert opened.lit()["roots"] == ["component:2"]
    opened.page.locator("#handle").click()
    assert opened.page.locator("#body").is_hidden()


def test_dark_picture(visit: Open, small_page: Path) -> None:
    """Where the system is dark the page is, and text keeps its contrast."""
    opened = visit(small_page, scheme="dark")
    colours = opened.page.evaluate(
        """() => ['--paper', '--card', '--ink', '--muted'].map((name) =>
          getComputedStyle(document.documentElement).getPropertyValue(name).trim())"""
    )
    paper, card, ink, muted = (_luminance(colour) for colour in colours)
    assert paper < 0.05
    for text in (ink, muted):
        for ground in (paper, card):
            assert (text + 0.05) / (ground + 0.05) >= 4.5


def test_light_picture_keeps_contrast(visit: Open, small_page: Path) -> None:
    """Text and marks have a contrast of at least 4.5 on the grounds they stand on (WCAG 2.2, 1.4.3)."""
    names = ["paper", "card", "band", "alert", "ink", "muted", "first", "second", "alertInk", "link"]
    opened = visit(small_page)
    colours = opened.page.evaluate(
        """(names) => names.map((name) =>
          getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim())""",
        names,
    )
    light = dict(zip(names, map(_luminance, colours), strict=True))
    weak = [
        (text, ground)
        for text, grounds in {
            "ink": ("paper", "card", "band", "alert"),
            "muted": ("paper", "card", "band"),
            "first": ("card",),
            "second": ("card",),
            "alertInk": ("alert",),
            "link": ("card", "paper"),
        }.items()
        for ground in grounds
        if (light[ground] + 0.05) / (light[text] + 0.05) < 4.5
    ]
    assert weak == []


def _luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_wheel_zooms_and_fit_comes_back(visit: Open, small_page: Path) -> None:
    """The wheel makes boxes larger; Fit shows all of the picture again."""
    opened = visit(small_page)
    before = opened.boxes()["component:0"]["w"]
    opened.page.locator("#canvas").hover()
    opened.page.mouse.wheel(0, -400)
    opened.page.wait_for_timeout(200)
    assert opened.boxes()["component:0"]["w"] > before * 1.05
    opened.page.locator("#zoom button").last.click()
    opened.page.evaluate(SETTLE)
    assert opened.boxes()["component:0"]["w"] == pytest.approx(before, rel=0.01)


def test_window_that_changes_is_fitted_again(visit: Open, small_page: Path) -> None:
    """When the window changes, the picture fits the new one."""
    opened = visit(small_page)
    opened.page.set_viewport_size({"width": 1100, "height": 700})
    opened.page.wait_for_timeout(300)
    frame = opened.page.locator("#canvas").bounding_box()
    assert all(box["x"] + box["w"] <= frame["width"] and box["y"] >= 0 for box in opened.boxes().values())


def test_folded_segment_opens_by_its_last_box(visit: Open, crowded_page: Path) -> None:
    """Where the overview does not show all of a segment, a click on the rest shows its components."""
    opened = visit(crowded_page)
    shown = opened.boxes()
    more = next(box for box in shown.values() if box["kind"] == "more")
    segment = more["key"].replace("more:", "segment:")
    opened.click_box(more["key"])
    assert opened.scene() == segment
    assert len(opened.boxes()) >= 21
    assert find_overlaps(opened.boxes()) == []


@pytest.mark.parametrize(("locale", "lang"), [("ja-JP", "ja"), ("zh-TW", "zh-Hant"), ("fr-FR", "en")])
def test_page_opens_in_the_language_of_its_reader(
    browser: Any, small_page: Path, locale: str, lang: str
) -> None:
    """A page written for no language in particular opens in that of the browser, or in English."""
    context = browser.new_context(offline=True, locale=locale)
    page = context.new_page()
    page.goto(small_page.resolve().as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")
    assert page.evaluate("document.documentElement.lang") == lang
    context.close()


def test_language_asked_for_goes_before_the_readers(browser: Any, tmp_path: Path) -> None:
    """A page written in Japanese opens in Japanese wherever it is read."""
    file = write_page_file(render_page(make_payload(), lang="ja"), tmp_path / "ja.html")
    context = browser.new_context(offline=True, locale="zh-TW")
    page = context.new_page()
    page.goto(file.resolve().as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")
    assert page.evaluate("document.documentElement.lang") == "ja"
    context.close()
