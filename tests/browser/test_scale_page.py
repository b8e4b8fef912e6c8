"""The page of 100,000 vendors and 300,000 edges: what fits, what opens, and what it says that it leaves out."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.synthetic import make_synthetic, write_folder
from kizuna.loaders import load_folder
from kizuna.viz import write_explorer
from tests.browser.conftest import Open
from tests.browser.test_explorer import SETTLE, find_overlaps

# Packing so many rows twice takes minutes where other tests run beside it.
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(1200)]

VENDORS = 100_000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Write the page; return it and the component that most vendors offer."""
    folder = tmp_path_factory.mktemp("scale")
    tables, planted = make_synthetic(VENDORS, offers_per_vendor=2)
    edges = ("offers", "owns", "supplies", "component_requires", "solution_requires", "partners_with")
    assert sum(len(tables[name]) for name in edges) > 0.9 * 3 * VENDORS
    write_folder(tables, planted, folder / "csv")
    hub = str(tables["offers"]["component"].value_counts().index[0])
    del tables
    return write_explorer(load_folder(folder / "csv"), folder / "large.html", lang="en"), hub


def test_large_page_keeps_to_six_megabytes(large: tuple[Path, str]) -> None:
    """Names, ids, edges and verdicts of all fit, with sources for the rest of the room."""
    assert 5_500_000 < large[0].stat().st_size <= 6_000_000


def test_large_page_says_which_sources_it_lacks(visit: Open, large: tuple[Path, str]) -> None:
    """The head says of how many statements the sources are there, and each statement without says so."""
    opened = visit(large[0], f"#at=component:{large[1]}")
    assert "kizuna explore --max-size" in opened.page.locator("#scope").inner_text()
    assert "source not in this page" in opened.panel()


def test_large_component_is_drawn_in_part(visit: Open, large: tuple[Path, str]) -> None:
    """A component with thousands of vendors draws at most 500 boxes, none on another, and says how many are missing."""
    opened = visit(large[0], f"#at=component:{large[1]}")
    boxes = opened.boxes()
    assert 300 < len(boxes) <= 500
    assert find_overlaps(boxes) == []
    assert "not drawn" in opened.page.locator("#path").inner_text()
    assert opened.page.locator("#body li").count() < 1_000


def test_large_page_finds_a_firm(visit: Open, large: tuple[Path, str]) -> None:
    """A search over all names finds a firm, and opens it."""
    opened = visit(large[0])
    opened.page.locator("#search").fill("-099999")
    opened.page.wait_for_selector("#hit-0")
    opened.page.keyboard.press("Enter")
    opened.page.evaluate(SETTLE)
    assert opened.scene() == "vendor:99999"
    assert "-099999" in opened.panel()
    assert opened.requests == [opened.url]
