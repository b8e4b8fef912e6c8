"""The page against WCAG 2.2 AA, by axe-core in a real browser, in every state that a reader comes to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import DESKTOP, PHONE, Open, Visit

pytestmark = pytest.mark.browser

GAP = "#gap=GAP-00000001"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


# In the dark everything is tried again among the slow tests.
SCHEMES = ["light", pytest.param("dark", marks=pytest.mark.slow)]


def find_violations(opened: Visit) -> dict[str, list[str]]:
    """Return what axe-core finds wrong: the rule, and the elements that break it."""
    opened.page.evaluate("document.getAnimations().forEach((animation) => animation.finish())")
    found: Any = Axe().run(opened.page, options={"runOnly": {"type": "tag", "values": TAGS}})
    return {
        rule["id"]: [f"{node['html'][:160]} {node['failureSummary'][:200]}" for node in rule["nodes"]]
        for rule in found.response["violations"]
    }


STATES = {
    "overview": "",
    "segment": "#at=segment:semi",
    "component": "#at=component:foundry",
    "vendor": "#at=vendor:kiku",
    "solution": "#at=solution:inn",
    "finding": GAP,
    "solutions": "#tab=solutions",
    "whatif": "#tab=whatif",
    "what is gone": "#tab=whatif&lost=vendor:formosa",
    "changes": "#tab=changes",
    "filtered": "#f.country=JP",
    "table": "#view=table",
    "table of a component": "#view=table&at=component:foundry",
    "table of a vendor": "#view=table&at=vendor:kiku",
    "table of a finding": f"{GAP}&view=table",
}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("state", STATES)
def test_no_state_breaks_a_rule(visit: Open, small_page: Path, state: str, scheme: str) -> None:
    """In light and in dark, axe-core finds nothing wrong in any state of the page."""
    assert find_violations(visit(small_page, STATES[state], scheme=scheme)) == {}


@pytest.mark.parametrize("lang", ["ja", "zh"])
@pytest.mark.parametrize("fragment", [GAP, "#view=table"])
def test_no_language_breaks_a_rule(visit: Open, small_page: Path, fragment: str, lang: str) -> None:
    """The same holds in Japanese and Chinese."""
    assert find_violations(visit(small_page, f"{fragment}&lang={lang}")) == {}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("fragment", ["", GAP, "#view=table", "#at=component:foundry"])
def test_no_telephone_breaks_a_rule(visit: Open, small_page: Path, fragment: str, scheme: str) -> None:
    """The same holds on a telephone, with the panel up."""
    opened = visit(small_page, fragment, size=PHONE, scheme=scheme)
    assert find_violations(opened) == {}
    if opened.page.locator("#body").is_hidden():
        opened.page.locator("#handle").click()
    assert find_violations(opened) == {}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "telephone"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_opens_breaks_no_rule(visit: Open, small_page: Path, size: tuple[int, int], scheme: str) -> None:
    """The same holds with the search, the menu, the help and the filters open."""
    opened = visit(small_page, GAP, size=size, scheme=scheme)
    page = opened.page
    page.locator("#search").fill("s")
    assert page.locator("#hits [role=option]").count() > 1
    assert find_violations(opened) == {}
    page.locator("#search").fill("no such thing")
    assert find_violations(opened) == {}
    page.keyboard.press("Escape")
    page.locator("#export").click()
    assert page.locator("#export-menu").is_visible()
    assert find_violations(opened) == {}
    page.keyboard.press("Escape")
    page.locator("#help").click()
    assert page.locator("#keys").is_visible()
    assert find_violations(opened) == {}
    page.keyboard.press("Escape")
    page.locator("#filter").click()
    assert page.locator("#filter-bar").is_visible()
    # what is half below the lower edge of a scrolled list would count as too small
    page.locator("#filter-bar").evaluate("(bar) => { bar.scrollTop = bar.scrollHeight; }")
    assert find_violations(opened) == {}


@pytest.mark.parametrize(
    "fragment", ["", GAP, "#at=component:foundry&lang=ja", "#at=vendor:kiku&view=table", "#tab=solutions"]
)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "telephone"])
def test_what_can_be_pressed_is_large_enough(
    visit: Open, small_page: Path, size: tuple[int, int], fragment: str
) -> None:
    """Whatever is pressed, other than within a sentence, is at least 24 px in both directions (2.5.8)."""
    opened = visit(small_page, fragment, size=size)
    if size == PHONE and opened.page.locator("#body").is_hidden():
        opened.page.locator("#handle").click()
    opened.page.locator("#export").click()
    small = opened.page.evaluate(
        """() => [...document.querySelectorAll('button, select, input, [role=option], a[href]')]
        .filter((e) => e.checkVisibility({ visibilityProperty: true }) && e.id !== 'skip')
        .filter((e) => !e.closest('p, dd, .roots, .plain'))
        .filter((e) => { const box = e.getBoundingClientRect(); return box.width < 24 || box.height < 24; })
        .map((e) => `${e.className} ${e.textContent} ${e.getBoundingClientRect().height}`)"""
    )
    assert small == []


@pytest.mark.parametrize("fragment", ["", GAP, "#at=component:foundry&lang=zh", "#view=table&lang=ja"])
@pytest.mark.parametrize("size", [DESKTOP, (320, 640)], ids=["desktop", "320"])
def test_text_may_be_spaced(visit: Open, small_page: Path, size: tuple[int, int], fragment: str) -> None:
    """With the spacing of WCAG 1.4.12 no text of a button or tab is cut and nothing scrolls sideways."""
    page = visit(small_page, fragment, size=size).page
    page.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
            word-spacing: .16em !important; } p { margin-bottom: 2em !important; }`);
          document.adoptedStyleSheets = [sheet];
        }"""
    )
    cut = page.evaluate(
        """() => [...document.querySelectorAll('button, h1, h2, h3, caption, #scope')]
        .filter((e) => e.checkVisibility() && !e.closest('.hidden'))
        .filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflow !== 'visible')
        .map((e) => e.textContent)"""
    )
    assert cut == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize("fragment", ["", GAP, "#at=component:foundry", "#view=table"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "telephone"])
def test_focus_is_seen_and_not_hidden(
    visit: Open, small_page: Path, size: tuple[int, int], fragment: str
) -> None:
    """Every stop of the Tab key has a visible outline, and lies at least in part in sight (2.4.7, 2.4.11)."""
    opened = visit(small_page, fragment, size=size)
    page = opened.page
    lost = []
    for _ in range(45):
        page.keyboard.press("Tab")
        state = page.evaluate(
            """() => {
              const e = document.activeElement;
              if (!e || e === document.body) return null;
              const box = e.getBoundingClientRect();
              const style = getComputedStyle(e);
              const points = [];
              for (const fx of [0.03, 0.5, 0.97]) for (const fy of [0.1, 0.5, 0.9])
                points.push([box.left + box.width * fx, box.top + box.height * fy]);
              const seen = points.some(([x, y]) => {
                const at = document.elementFromPoint(x, y);
                return at && (at === e || e.contains(at) || at.contains(e) && !at.matches('#app, #work, body'));
              });
              const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
              return { what: `${e.tagName} ${e.id} ${e.textContent.slice(0, 30)}`, seen, ring };
            }"""
        )
        if state is None:
            break
        if not (state["seen"] and state["ring"]):
            lost.append(state)
    assert lost == []
