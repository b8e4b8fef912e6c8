"""Take a picture of a page that Kizuna wrote, in Debian's chromium, with the network off.

Run as ``python scripts/take_screenshot.py kizuna.html docs/page.png``.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

__all__ = ["FLAGS", "take_screenshot"]

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def take_screenshot(page: Path, picture: Path, *, fragment: str, size: tuple[int, int], scale: float) -> None:
    """Open `page` at a state (the part of the address after ``#``) and save what is seen as PNG."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("chromium is not installed (Debian: apt install chromium fonts-noto-cjk)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, device_scale_factor=scale, offline=True
        )
        tab = context.new_page()
        faults: list[str] = []
        tab.on("pageerror", lambda error: faults.append(str(error)))
        tab.goto(f"{page.resolve().as_uri()}{'#' if fragment else ''}{fragment}")
        tab.wait_for_load_state("networkidle")
        tab.wait_for_timeout(1000)  # the first drawing and its fit to the window
        picture.parent.mkdir(parents=True, exist_ok=True)
        tab.screenshot(path=picture)
        browser.close()
    if faults:
        raise SystemExit(f"{page}: {faults[0]}")


def main() -> None:
    """Take one picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--fragment", default="", help="state of the page: what follows # in its address")
    parser.add_argument("--width", type=int, default=1440)
    parser.add_argument("--height", type=int, default=900)
    parser.add_argument("--scale", type=float, default=1.0, help="device pixels for each CSS pixel")
    arguments = parser.parse_args()
    take_screenshot(
        arguments.page,
        arguments.picture,
        fragment=arguments.fragment,
        size=(arguments.width, arguments.height),
        scale=arguments.scale,
    )


if __name__ == "__main__":
    main()
