"""Take pictures of the main states of a page that Kizuna wrote, for people to look at.

Run as ``python -m scripts.take_screenshots kizuna.html screenshots``. The folder is emptied of older pictures
first. Fails where a page complains, asks for anything but its file, or shows nothing.
"""

from __future__ import annotations

import argparse
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import sync_playwright

from scripts.take_screenshot import FLAGS

__all__ = ["SHOTS", "Shot", "take_screenshots"]

DESKTOP, PHONE, LARGE, HUGE, SMALL = (1440, 900), (390, 844), (2560, 1440), (3840, 2160), (1024, 768)


@dataclass(frozen=True)
class Shot:
    """A picture: its name, the state of the page (what follows # in its address), the window, the colours."""

    name: str
    fragment: str = ""
    size: tuple[int, int] = DESKTOP
    scheme: Literal["light", "dark"] = "light"
    languages: tuple[str, ...] = ("en",)


_ALL = ("en", "ja", "zh")
SHOTS = (
    Shot("01-overview", languages=_ALL),
    Shot("02-layer", "at=layer:ai", languages=_ALL),
    Shot("03-segment", "at=segment:semiconductor", languages=_ALL),
    Shot("04-component", "at=component:foundry-advanced", languages=_ALL),
    Shot("05-vendor", "at=vendor:tsmc&from=component:foundry-advanced", languages=_ALL),
    Shot("06-finding", "gap={gap}", languages=_ALL),
    Shot("07-solution", "at=solution:elderly-care", languages=_ALL),
    Shot("08-table", "view=table", languages=_ALL),
    Shot("09-what-if", "lost=vendor:tsmc&tab=whatif", languages=_ALL),
    Shot("10-changes", "tab=changes", languages=_ALL),
    Shot("11-solutions", "tab=solutions", languages=_ALL),
    Shot("12-filters", "f.country=JP&f.status=volume", languages=_ALL),
    Shot("20-phone-overview", size=PHONE, languages=_ALL),
    Shot("21-phone-component", "at=component:foundry-advanced", size=PHONE),
    Shot("22-phone-vendor", "at=vendor:tsmc", size=PHONE, languages=("ja",)),
    Shot("23-phone-finding", "gap={gap}", size=PHONE, languages=("zh",)),
    Shot("30-dark-overview", scheme="dark"),
    Shot("31-dark-vendor", "at=vendor:tsmc", scheme="dark", languages=("zh",)),
    Shot("32-dark-finding", "gap={gap}", scheme="dark", languages=("ja",)),
    Shot("40-large-overview", size=LARGE),
    Shot("41-huge-overview", size=HUGE),
    Shot("42-small-overview", size=SMALL),
)


def take_screenshots(page: Path, folder: Path) -> list[Path]:
    """Take all `SHOTS` of `page` into `folder`; return the pictures."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("chromium is not installed (Debian: apt install chromium fonts-noto-cjk)")
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    pictures = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for size, scheme in dict.fromkeys((shot.size, shot.scheme) for shot in SHOTS):
            shots = [shot for shot in SHOTS if (shot.size, shot.scheme) == (size, scheme)]
            context = browser.new_context(
                viewport={"width": size[0], "height": size[1]},
                offline=True,
                color_scheme=scheme,
                has_touch=size == PHONE,
            )
            pictures += _take(context.new_page(), page, folder, shots)
            context.close()
        browser.close()
    return pictures


def _take(tab: Any, page: Path, folder: Path, shots: list[Shot]) -> list[Path]:
    """Open the page once and go from state to state."""
    url = page.resolve().as_uri()
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("request", lambda request: None if request.url == url else faults.append(request.url))
    tab.goto(url)
    tab.wait_for_selector("html[data-ready]", state="attached")
    gap = tab.locator("[data-gap]").first.get_attribute("data-gap")
    pictures = []
    for shot in shots:
        for lang in shot.languages:
            parts = [f"lang={lang}", *filter(None, [shot.fragment.format(gap=gap)])]
            tab.evaluate("hash => { location.hash = hash; }", "#" + "&".join(parts))
            tab.wait_for_timeout(150)
            if not tab.evaluate("kizuna.boxes().length"):
                faults.append(f"{shot.name}: nothing is drawn")
            pictures.append(folder / f"{shot.name}-{lang}.png")
            tab.screenshot(path=pictures[-1])
    if faults:
        raise SystemExit(f"{page}: {faults[0]}")
    return pictures


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=Path)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("screenshots"))
    arguments = parser.parse_args()
    pictures = take_screenshots(arguments.page, arguments.folder)
    print(f"{len(pictures)} pictures in {arguments.folder}")


if __name__ == "__main__":
    main()
