"""What leaves the page, on disk and in the clipboard; colours, memory, paper and small and large screens."""

from __future__ import annotations

import csv
import io
import re
import struct
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import PHONE, Open, Visit

pytestmark = pytest.mark.browser

GAP = "#gap=GAP-00000001"
SVG = "{http://www.w3.org/2000/svg}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SETTLE = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def save(opened: Visit, job: str) -> tuple[str, bytes]:
    """Save by the menu; return the name of the file and what is in it."""
    if opened.page.locator("#export").get_attribute("aria-expanded") == "false":
        opened.page.locator("#export").click()
    with opened.page.expect_download() as waiting:
        opened.page.locator(f"[data-job={job}]").click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def copy(opened: Visit, job: str) -> str:
    """Copy by the menu; return what is handed to the clipboard."""
    opened.page.evaluate(
        """() => { navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }; }"""
    )
    opened.page.locator("#export").click()
    opened.page.locator(f"[data-job={job}]").click()
    wait_until(opened.page, "window.copied !== undefined")
    return str(opened.page.evaluate("window.copied"))


def parse_svg(data: bytes) -> ET.Element:
    """Return the drawing; what is not well formed is an error."""
    return ET.fromstring(data)  # noqa: S314  our own page wrote it


def wait_until(page: Any, condition: str) -> None:
    """Wait for frames until a condition holds; Playwright's own way needs an eval, which the page forbids."""
    for _ in range(120):
        if page.evaluate(condition):
            return
        page.evaluate(SETTLE)
    pytest.fail(f"never true: {condition}")


def read_csv(data: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_picture_is_saved_at_twice_the_size(visit: Open, small_page: Path) -> None:
    """The PNG is named after what is shown and the data's date, and is at least twice as wide as the scene."""
    name, data = save(visit(small_page, "#at=component:foundry"), "png")
    assert name == "kizuna-component-foundry-2026-11-22-en.png"
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, _ = struct.unpack(">II", data[16:24])
    assert width >= 2 * 720


def test_drawing_holds_its_text_as_text(visit: Open, small_page: Path) -> None:
    """The SVG says its title, scope, names and legend as text, each in its language."""
    _, data = save(visit(small_page, "#lang=ja&at=component:foundry"), "svg")
    root = parse_svg(data)
    texts = {text.text: text.get(LANG) for text in root.iter(f"{SVG}text")}
    assert texts["先端ファウンドリ"] == "ja"
    assert texts["Hanok Semiconductor"] == "en"
    assert "不明" in "".join(filter(None, texts))
    assert root.find(f"{SVG}title").text == "先端ファウンドリ"  # type: ignore[union-attr]
    assert "データ 1、2026年11月22日（0123456789ab）" in "".join(filter(None, texts))


@pytest.mark.parametrize("fragment", ["", GAP, "#at=component:foundry", "#at=vendor:sakura&lang=zh"])
def test_drawing_of_hostile_names_is_valid(visit: Open, hostile_page: Path, fragment: str) -> None:
    """Whatever a name holds, the SVG is valid XML and has no elements but those of the drawing."""
    opened = visit(hostile_page, fragment)
    _, data = save(opened, "svg")
    tags = {element.tag.removeprefix(SVG) for element in parse_svg(data).iter()}
    assert tags <= {"svg", "title", "path", "rect", "text"}
    assert opened.page.evaluate("typeof window.pwned") == "undefined"


def test_drawing_and_canvas_show_the_same_boxes(visit: Open, small_page: Path) -> None:
    """Every box of the overview has its name in the SVG."""
    opened = visit(small_page)
    names = {box["name"] for box in opened.boxes().values()}
    _, data = save(opened, "svg")
    words = " ".join(text.text or "" for text in parse_svg(data).iter(f"{SVG}text"))
    squeezed = re.sub(r"\s", "", words)
    assert {name for name in names if re.sub(r"\s", "", name) not in squeezed} == set()


def test_table_is_saved_for_spreadsheets(visit: Open, small_page: Path) -> None:
    """The CSV has a byte order mark, ids, names in three languages, and the source of each row."""
    name, data = save(visit(small_page, "#at=component:foundry"), "csv")
    assert name.endswith(".csv")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n") == 4
    rows = {row["vendor_id"]: row for row in read_csv(data)}
    assert list(rows) == ["formosa", "hanok", "kiku"]
    formosa = rows["formosa"]
    assert (formosa["vendor_zh"], formosa["vendor_ja"], formosa["vendor_en"]) == (
        "福爾摩沙晶圓", "フォルモサ", "Formosa Foundry",
    )  # fmt: skip
    assert (formosa["url"], formosa["as_of"], formosa["confidence"]) == (
        "https://example.org/a", "2024-05", "high",
    )  # fmt: skip
    assert (rows["kiku"]["counted"], rows["kiku"]["status"], rows["hanok"]["evidence"]) == (
        "false", "pilot", "uncited",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fragment", "column", "ids"),
    [
        ("", "component_id", ["sensor", "lens", "chip", "foundry", "robot", "firewall"]),
        ("#at=vendor:kiku", "thing_id", ["chip", "foundry", "sakura", "sakura", "yushan"]),
        (GAP, "thing_id", ["inn", "robot", "chip", "foundry"]),
    ],
)
def test_table_is_of_what_is_shown(
    visit: Open, small_page: Path, fragment: str, column: str, ids: list[str]
) -> None:
    """The CSV lists the components of the overview, the ties of a firm, the steps of a gap."""
    _, data = save(visit(small_page, fragment), "csv")
    found = [row[column] for row in read_csv(data)]
    if column == "thing_id" and "vendor" in fragment:
        assert found[:2] == ids[:2]
        assert "sakura" in found
    else:
        assert found == ids


def test_table_of_hostile_names_holds_no_formula(visit: Open, hostile_page: Path) -> None:
    """No cell of the CSV begins as a formula does."""
    for fragment in ("", "#at=vendor:sakura"):
        _, data = save(visit(hostile_page, fragment), "csv")
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        assert len(rows) > 1
        assert [cell for row in rows for cell in row if cell.startswith(tuple("=+-@\t\r"))] == []


def test_link_leads_back(visit: Open, small_page: Path) -> None:
    """The link copied opens the same view of the file; its end alone fits another copy."""
    opened = visit(small_page, "#at=component:foundry&lang=zh")
    link = copy(opened, "link")
    assert link == opened.url.split("#")[0] + "#lang=zh&at=component:foundry"
    opened.page.evaluate("delete window.copied")
    opened.page.keyboard.press("Escape")
    assert copy(opened, "state") == "#lang=zh&at=component:foundry"
    assert visit(small_page, "#" + link.split("#")[1]).scene() == "component:2"


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("Formosa Foundry (one vendor): ", "apparent", "Root: Advanced foundry", "Why it fails", "1. Unmanned inn", "      4. Advanced foundry (root of the gap)", "What would settle it", "Sources", "stated 2024-05", "https://example.org/a", "Data 1, 2026-11-22 (0123456789ab)", "GAP-00000001")),
        ("ja", ("フォルモサ", "根となる構成要素：先端ファウンドリ", "出典", "https://example.org/a", "2026年11月22日")),
        ("zh", ("福爾摩沙晶圓", "根源元件：先進製程晶圓代工", "出處", "https://example.org/a", "2026年11月22日")),
    ],
)  # fmt: skip
def test_gap_is_copied_with_its_sources(
    visit: Open, small_page: Path, lang: str, words: tuple[str, ...]
) -> None:
    """The text of a gap says who, what, why, what would settle it and on what it rests, in the page's language."""
    text = copy(visit(small_page, f"{GAP}&lang={lang}"), "finding")
    assert [word for word in words if word not in text] == []


def test_without_a_clipboard_the_text_can_be_copied_by_hand(visit: Open, small_page: Path) -> None:
    """Where the browser lets no page copy, a dialog shows the text, selected."""
    opened = visit(small_page, GAP)
    page = opened.page
    page.evaluate(
        """() => {
          navigator.clipboard.writeText = () => Promise.reject(new Error('no'));
          document.execCommand = () => false;
        }"""
    )
    page.locator("#export").click()
    page.locator("[data-job=link]").click()
    page.wait_for_selector("dialog[open] textarea")
    chosen = page.evaluate("getSelection().toString() || document.activeElement.value")
    assert chosen.startswith("file://")
    assert chosen.endswith("#lang=en&gap=GAP-00000001")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")


def test_menu_is_worked_by_keys(visit: Open, small_page: Path) -> None:
    """Enter opens the menu, Tab walks it, Escape closes it and gives the focus back."""
    page = visit(small_page).page
    page.locator("#export").focus()
    page.keyboard.press("Enter")
    assert page.locator("#export-menu").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.job") == "png"
    page.keyboard.press("Escape")
    assert page.locator("#export-menu").is_hidden()
    assert page.evaluate("document.activeElement.id") == "export"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_system_until_chosen(visit: Open, small_page: Path, scheme: str) -> None:
    """The page has the system's colours; the other ones can be chosen, and are found again after a reload."""
    opened = visit(small_page, scheme=scheme)
    theme = "document.documentElement.dataset.theme"
    assert opened.page.evaluate(theme) == scheme
    other = "dark" if scheme == "light" else "light"
    opened.page.locator("#export").click()
    opened.page.locator(f"[data-theme-is={other}]").click()
    assert opened.page.evaluate(theme) == other
    opened.page.reload()
    opened.page.wait_for_selector("html[data-ready]", state="attached")
    assert opened.page.evaluate(theme) == other


def test_picture_has_the_colours_of_the_page(visit: Open, small_page: Path) -> None:
    """In the dark the drawing is saved dark."""
    opened = visit(small_page, scheme="dark")
    _, data = save(opened, "svg")
    ground = parse_svg(data).find(f"{SVG}rect")
    assert ground is not None
    assert ground.get("fill") == "#12181e"


def test_language_is_remembered(visit: Open, small_page: Path) -> None:
    """What the reader chose holds after a reload without a fragment; a fragment goes before it."""
    opened = visit(small_page)
    opened.page.locator("[data-lang=ja]").click()
    for fragment, lang in (("", "ja"), ("#lang=zh", "zh-Hant")):
        opened.page.goto("about:blank")
        opened.page.goto(opened.url + fragment)
        opened.page.wait_for_selector("html[data-ready]", state="attached")
        assert opened.page.evaluate("document.documentElement.lang") == lang


def test_page_works_where_nothing_may_be_remembered(browser: Any, small_page: Path) -> None:
    """A browser that forbids a file any storage shows the page all the same, and switches language and colours."""
    context = browser.new_context(offline=True)
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden'); } });"
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(small_page.resolve().as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")
    page.locator("[data-lang=ja]").click()
    page.locator("#export").click()
    page.locator("[data-theme-is=dark]").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.locator("[data-theme-is=dark]").get_attribute("aria-pressed") == "true"
    assert errors == []
    context.close()


def test_scripts_have_fonts_of_their_own(visit: Open, small_page: Path) -> None:
    """Chinese and Japanese names take different fonts, on the page and in the drawing."""
    opened = visit(small_page, "#lang=ja&at=vendor:kiku")
    fonts = opened.page.evaluate(
        """() => Object.fromEntries(['zh-Hant', 'ja'].map((lang) =>
          [lang, getComputedStyle(document.querySelector(`#body bdi[lang="${lang}"]`)).fontFamily]))"""
    )
    assert "TC" in fonts["zh-Hant"]
    assert "JP" not in fonts["zh-Hant"]
    assert "JP" in fonts["ja"]
    assert "TC" not in fonts["ja"]


@pytest.mark.parametrize(
    "size",
    [(320, 640), PHONE, (768, 1024), (1024, 768), (1440, 900), (2560, 1440), (3840, 2160)],
    ids=lambda size: f"{size[0]}",
)
@pytest.mark.parametrize(
    "fragment", ["", f"{GAP}&lang=ja", "#at=component:foundry&lang=zh", "#at=vendor:kiku&view=table"]
)
def test_nothing_is_wider_than_the_screen(
    visit: Open, small_page: Path, size: tuple[int, int], fragment: str
) -> None:
    """No screen scrolls sideways, from the narrowest telephone to 4K."""
    page = visit(small_page, fragment, size=size).page
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_large_screens_have_large_letters(visit: Open, small_page: Path) -> None:
    """At 3840 x 2160 the labels of the picture and the letters of the panel are larger than at 1440 x 900."""
    fonts = {}
    for size in ((1440, 900), (3840, 2160)):
        opened = visit(small_page, size=size)
        picture = min(box["font"] for box in opened.boxes().values())
        lines = opened.page.locator("#tab-gaps").bounding_box()
        fonts[size] = (picture, lines["height"])
    small, large = fonts.values()
    assert large[0] >= 1.6 * small[0]
    assert large[1] >= 1.6 * small[1]


@pytest.mark.parametrize("lang", ["en", "ja", "zh"])
def test_main_buttons_of_a_telephone_are_large(visit: Open, small_page: Path, lang: str) -> None:
    """On a telephone whatever is in the bar, the menu and the tabs is at least 44 px high."""
    page = visit(small_page, f"#lang={lang}", size=PHONE).page
    page.locator("#export").tap()
    low = page.evaluate(
        """() => [...document.querySelectorAll('#bar button, #bar input, #tabs button, #handle')]
        .filter((e) => e.offsetParent && e.getBoundingClientRect().height < 44)
        .map((e) => e.textContent + e.getBoundingClientRect().height)"""
    )
    assert low == []


@pytest.mark.parametrize("fragment", [GAP, "#at=component:foundry&lang=ja", "#view=table"])
def test_paper_holds_picture_and_sources(
    visit: Open, small_page: Path, fragment: str, tmp_path: Path
) -> None:
    """On paper, A4 across, stand the picture and the panel with the addresses of its sources; no button does."""
    opened = visit(small_page, fragment, scheme="dark")
    pdf = opened.page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    boxes = set(re.findall(rb"/MediaBox \[([\d. ]+)\]", pdf))
    assert [tuple(round(float(n)) for n in box.split()[2:]) for box in boxes] == [(842, 595)]
    opened.page.emulate_media(media="print")
    opened.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert opened.page.evaluate("document.documentElement.dataset.theme") == "light"
    assert opened.page.locator("#bar").is_hidden()
    assert opened.page.locator("#tabs").is_hidden()
    if "table" in fragment:
        assert opened.page.locator("#table").is_visible()
    else:
        assert opened.page.locator("#printed svg").is_visible()
        if "component" not in fragment:
            return
        address = opened.page.evaluate(
            """() => getComputedStyle(document.querySelector('#body a[href^=http]'), '::after').content"""
        )
        assert "https://example.org/" in address
    opened.page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert opened.page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_focus_survives_a_change_of_language(visit: Open, small_page: Path) -> None:
    """Whoever changes the language by keyboard stays on the switch."""
    page = visit(small_page).page
    page.locator("[data-lang=ja]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.lang") == "ja"


def test_focus_goes_to_what_was_opened(visit: Open, small_page: Path) -> None:
    """Whoever opens a gap by keyboard is at its heading; Escape goes back to the overview."""
    page = visit(small_page).page
    page.locator("[data-gap=GAP-00000001]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.keyboard.press("Escape")
    assert page.evaluate("kizuna.state().gap") is None


def test_keys_are_told(visit: Open, small_page: Path) -> None:
    """The sign ? in the picture, or its button, lists the keys; single signs can be turned off for good."""
    opened = visit(small_page)
    page = opened.page
    page.locator("#canvas").focus()
    page.keyboard.press("?")
    assert page.locator("#keys kbd").count() >= 8
    page.locator("#single").uncheck()
    page.keyboard.press("Escape")
    page.wait_for_selector("#keys", state="detached")
    page.locator("#canvas").focus()
    for key in ("?", "/"):
        page.keyboard.press(key)
    assert page.locator("#keys").count() == 0
    assert page.evaluate("document.activeElement.id") == "canvas"
    page.locator("#help").click()
    assert not page.locator("#single").is_checked()


def test_table_stays_a_table(visit: Open, small_page: Path) -> None:
    """What is opened from the table opens as a table of its own, with its sources, and sorts by its headings."""
    opened = visit(small_page, "#view=table")
    page = opened.page
    page.locator("[data-key='component:2'] th .thing").click()
    assert "Advanced foundry: who offers it" in page.locator(".board caption").inner_text()
    rows = page.locator(".board tbody tr")
    assert rows.count() == 3
    assert "https://example.org/a" in str(page.locator(".board a").first.get_attribute("href"))
    page.locator("[data-column=country] button").click()
    assert page.locator("[data-column=country]").get_attribute("aria-sort") == "ascending"
    assert rows.first.locator("th").inner_text() == "Kiku Chips"
    page.evaluate(SETTLE)


def test_tap_opens(visit: Open, small_page: Path) -> None:
    """On a telephone a tap on a box of the drawing opens it."""
    opened = visit(small_page, size=PHONE)
    box = opened.boxes()["component:1"]
    frame = opened.page.locator("#canvas").bounding_box()
    opened.page.touchscreen.tap(frame["x"] + box["x"] + 40, frame["y"] + box["y"] + box["h"] / 2)
    wait_until(opened.page, "kizuna.scene() === 'component:1'")


@pytest.mark.parametrize(
    ("size", "fragment", "measure"),
    [
        ((1180, 820), "#at=component:foundry", "kizuna.boxes()[0].w / 300"),
        (PHONE, "", "visualViewport.scale"),
    ],
    ids=["tablet", "telephone"],
)
def test_two_fingers_zoom(
    browser: Any, small_page: Path, size: tuple[int, int], fragment: str, measure: str
) -> None:
    """Two fingers that part make the picture larger; where it is scrolled, the page with it."""
    context = browser.new_context(
        offline=True, has_touch=True, is_mobile=True, viewport={"width": size[0], "height": size[1]}
    )
    page = context.new_page()
    page.goto(small_page.resolve().as_uri() + fragment)
    page.wait_for_selector("html[data-ready]", state="attached")
    session = context.new_cdp_session(page)
    before = page.evaluate(measure)

    def touch(kind: str, *xs: int) -> None:
        points = [{"x": x, "y": 400, "id": i} for i, x in enumerate(xs)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.evaluate(SETTLE)

    touch("touchStart", 160)
    touch("touchStart", 160, 200)
    for step in range(1, 11):
        touch("touchMove", 160 - 8 * step, 200 + 8 * step)
    touch("touchEnd")
    wait_until(page, f"{measure} > {1.5 * before}")
    context.close()


def test_letters_that_differ_are_drawn_apart(visit: Open, small_page: Path) -> None:
    """The character 直, which Taiwan and Japan print differently, comes out differently by its language."""
    page = visit(small_page).page
    same = page.evaluate(
        """() => {
          const root = getComputedStyle(document.documentElement);
          const [zh, ja] = [['zh', 'zh-Hant'], ['ja', 'ja']].map(([key, lang]) => {
            const ctx = document.createElement('canvas').getContext('2d');
            ctx.lang = lang;
            ctx.font = `60px ${root.getPropertyValue(`--font-${key}`)}`;
            ctx.fillText('直骨角', 0, 80);
            return ctx.canvas.toDataURL();
          });
          return zh === ja;
        }"""
    )
    assert not same
