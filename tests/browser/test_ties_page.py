"""Ties between firms in the picture: their lines and headings open what is known of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import PHONE, Open, Visit

pytestmark = pytest.mark.browser

HEAD = "kind:1:SUPPLIES:out"


def _said(opened: Visit) -> str:
    return str(opened.page.locator("#tied").inner_text())


def test_a_line_between_firms_opens_the_tie(visit: Open, small_page: Path) -> None:
    """A click on the line says kind, direction, firm, date and source of the tie, and the fragment keeps it."""
    opened = visit(small_page, "#lang=en&at=vendor:formosa")
    [line] = opened.page.evaluate("kizuna.lines()")
    opened.page.locator("#canvas").click(position={"x": line["x"], "y": line["y"]})
    said = _said(opened)
    assert [text for text in ("supplies", "Japan", "Kiku Chips", "2015", "2024-05") if text not in said] == []
    assert opened.page.locator("#tied a[href^=http]").count() == 1
    assert opened.page.evaluate("kizuna.state().pick") == "tie:1:SUPPLIES:out"
    assert opened.scene() == "vendor:0"


def test_a_line_looks_as_if_it_opened(visit: Open, small_page: Path) -> None:
    """Over the line the pointer is that of a link, and the tip says what the line is."""
    opened = visit(small_page, "#lang=en&at=vendor:formosa")
    [line] = opened.page.evaluate("kizuna.lines()")
    frame = opened.page.locator("#canvas").bounding_box()
    opened.page.mouse.move(frame["x"] + line["x"], frame["y"] + line["y"])
    assert opened.page.locator("#canvas.pointing").count() == 1
    assert "1" in opened.page.locator("#tip").inner_text()


def test_a_heading_opens_its_ties_and_closes_them(visit: Open, small_page: Path) -> None:
    """A click on the heading of a group lists its ties; the next one takes the list away."""
    opened = visit(small_page, "#lang=en&at=vendor:formosa")
    opened.click_box(HEAD)
    assert "Kiku Chips" in _said(opened)
    opened.click_box(HEAD)
    assert opened.page.locator("#tied").count() == 0


def test_the_heading_of_a_country_opens_nothing(visit: Open, small_page: Path) -> None:
    """The name of a country stands for nothing that could be opened, and no pointer says so."""
    opened = visit(small_page, "#lang=en&at=vendor:formosa")
    before = opened.page.evaluate("location.hash")
    opened.click_box("side:1")
    assert opened.page.evaluate("location.hash") == before
    assert opened.page.locator("#canvas.pointing").count() == 0


def test_ties_open_by_keyboard(visit: Open, small_page: Path) -> None:
    """Arrow keys reach the heading, which is read out, and Enter lists its ties."""
    opened = visit(small_page, "#lang=en&at=vendor:formosa")
    page = opened.page
    page.locator("#canvas").focus()
    for key in ("ArrowRight", *["ArrowUp"] * 5):
        page.keyboard.press(key)
    assert "supplies" in page.locator("#live").inner_text()
    page.keyboard.press("Enter")
    assert "Kiku Chips" in _said(opened)


def test_headings_open_on_a_telephone(visit: Open, small_page: Path) -> None:
    """There are no lines on a telephone; the heading of a group opens the sheet with its ties."""
    opened = visit(small_page, "#lang=en&at=vendor:formosa", size=PHONE)
    opened.click_box(HEAD)
    assert "Kiku Chips" in _said(opened)
    assert opened.page.locator("#panel.up").count() == 1
