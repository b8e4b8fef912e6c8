"""A real Chromium, without network, and pages opened in it from files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kizuna.viz.page import render_page, write_page_file
from tests.page_payload import make_payload, spoil_payload

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = (1440, 900)
PHONE = (390, 844)


_TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@dataclass
class Visit:
    """A page that is open, with all that it asked for and complained of."""

    page: Any
    url: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def boxes(self) -> dict[str, dict[str, Any]]:
        """Return the boxes drawn, by key, in pixels of the drawing."""
        return {box["key"]: box for box in self.page.evaluate("kizuna.boxes()")}

    def click_box(self, key: str) -> None:
        """Click in the middle of a box of the drawing, once the drawing has taken the place that is left for it."""
        self.page.evaluate(_TWO_FRAMES)
        box = self.boxes()[key]
        at = {"x": box["x"] + box["w"] / 2, "y": box["y"] + box["h"] / 2}
        self.page.locator("#canvas").click(position=at)

    def scene(self) -> str:
        """Return what is drawn, such as ``overview`` or ``component:3``."""
        return str(self.page.evaluate("kizuna.scene()"))

    def lit(self) -> dict[str, Any]:
        """Return what is lit up."""
        lit: dict[str, Any] = self.page.evaluate("kizuna.lit()")
        return lit

    def panel(self) -> str:
        """Return the text of the panel."""
        return str(self.page.locator("#body").inner_text())


Open = Callable[..., Visit]


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    """Start Chromium once for all tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def small_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of the small payload."""
    return write_page_file(render_page(make_payload()), tmp_path_factory.mktemp("page") / "small.html")


@pytest.fixture(scope="session")
def seeds_page(seeds_payload: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of the curated data, once for all tests."""
    html = render_page(seeds_payload, lang="en")
    return write_page_file(html, tmp_path_factory.mktemp("seeds") / "kizuna.html")


@pytest.fixture(scope="session")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of the small payload with hostile text in every field."""
    html = render_page(spoil_payload(make_payload()))
    return write_page_file(html, tmp_path_factory.mktemp("page") / "hostile.html")


@pytest.fixture
def visit(browser: Any) -> Iterator[Open]:
    """Open files in fresh contexts without network; no test may end with a complaint of the page."""
    contexts = []
    visits = []

    def open_page(
        file: Path, fragment: str = "", *, size: tuple[int, int] = DESKTOP, scheme: str = "light"
    ) -> Visit:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            offline=True,
            color_scheme=scheme,
            has_touch=size == PHONE,
        )
        contexts.append(context)
        page = context.new_page()
        opened = Visit(page, file.resolve().as_uri() + fragment)
        page.on("request", lambda request: opened.requests.append(request.url))
        page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                opened.complaints.append(message.text) if message.type in ("error", "warning") else None
            ),
        )
        page.goto(opened.url)
        page.wait_for_selector("html[data-ready]", state="attached")
        page.evaluate(_TWO_FRAMES)
        visits.append(opened)
        return opened

    yield open_page
    complaints = [complaint for opened in visits for complaint in opened.complaints]
    for context in contexts:
        context.close()
    assert complaints == []
