"""Everything that the page of the curated data can open: nothing overlaps, all can be read, it is not too much."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kizuna.graph import COMPANY_RELATIONS, SupplyGraph
from tests.browser.conftest import DESKTOP, PHONE, Open

pytestmark = pytest.mark.browser

MOST_VENDORS = 200
# Opens one thing after the other and says what is wrong with its picture, in one call.
WALK = """async ([keys, widest]) => {
  const faults = [];
  for (const key of keys) {
    const moved = new Promise((done) => addEventListener('hashchange', done, { once: true }));
    location.hash = `#at=${key}`;
    await moved;
    const kind = key.split(':')[0];
    if (kizuna.scene().split(':')[0] !== kind) faults.push([key, 'not opened', kizuna.scene()]);
    const boxes = kizuna.boxes();
    if (boxes.length < 2 || boxes.length > 500) faults.push([key, 'drawn', boxes.length]);
    const least = kind === 'layer' || kind === 'segment' ? 12 : 7;
    const font = Math.min(...boxes.map((box) => box.font));
    if (font < least) faults.push([key, 'labels', font]);
    if (new Set(boxes.map((box) => box.key)).size < boxes.length) faults.push([key, 'twice', '']);
    const right = Math.max(...boxes.map((box) => box.x + box.w));
    if (widest && right > widest) faults.push([key, 'too wide', right]);
    boxes.sort((a, b) => a.y - b.y);
    boxes.forEach((a, i) => {
      for (let j = i + 1; j < boxes.length && boxes[j].y + 0.5 < a.y + a.h; j++) {
        const b = boxes[j];
        if (a.x + 0.5 < b.x + b.w && b.x + 0.5 < a.x + a.w) faults.push([key, a.key, b.key]);
      }
    });
  }
  return faults;
}"""


def list_largest_vendors(seeds: SupplyGraph, most: int) -> list[str]:
    """Return the ids of the vendors with the most relations and offers, the largest first."""
    counts = Counter(seeds.table("offers")["vendor"])
    for edge in COMPANY_RELATIONS:
        for end in ("from_vendor", "to_vendor"):
            counts.update(seeds.table(edge.lower())[end])
    return [vendor for vendor, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]]


def list_keys(seeds: SupplyGraph, vendors: int, step: int = 1) -> list[str]:
    """Return what can be opened: every `step`-th layer, segment and component, and the largest vendors."""
    keys = [
        f"{label}:{node}"
        for label in ("layer", "segment", "component")
        for node in seeds.table(f"{label}s")["id"][::step]
    ]
    return keys + [f"vendor:{vendor}" for vendor in list_largest_vendors(seeds, vendors)]


def test_whatever_opens_can_be_read(visit: Open, seeds: SupplyGraph, seeds_page: Path) -> None:
    """Each layer, segment and component and the 200 largest firms open without overlap, legibly, with at most 500 boxes."""
    opened = visit(seeds_page, size=DESKTOP)
    assert opened.page.evaluate(WALK, [list_keys(seeds, MOST_VENDORS), 0]) == []


@pytest.mark.parametrize("lang", ["ja", "zh"])
def test_largest_pictures_in_other_languages(
    visit: Open, seeds: SupplyGraph, seeds_page: Path, lang: str
) -> None:
    """Layers, segments and the twenty largest firms open as well in Japanese and Chinese."""
    opened = visit(seeds_page, f"#lang={lang}")
    assert opened.page.evaluate(WALK, [list_keys(seeds, 20, step=9), 0]) == []


def test_whatever_opens_fits_a_telephone(visit: Open, seeds: SupplyGraph, seeds_page: Path) -> None:
    """On 390 x 844 nothing overlaps, labels are as large, and nothing is wider than the screen."""
    opened = visit(seeds_page, size=PHONE)
    assert opened.page.evaluate(WALK, [list_keys(seeds, 30, step=9), PHONE[0]]) == []


@pytest.mark.parametrize(
    "size", [(1024, 768), (1366, 768), (1440, 900), (1920, 1080), (2560, 1440), (3840, 2160)]
)
def test_first_picture_uses_the_screen(visit: Open, seeds_page: Path, size: tuple[int, int]) -> None:
    """Labels are at least 12 px on every screen; from 1440 x 900 on the picture fits and fills a side of its room."""
    opened = visit(seeds_page, size=size)
    boxes = list(opened.boxes().values())
    assert min(box["font"] for box in boxes) >= 12
    frame = opened.page.locator("#frame").bounding_box()
    right = max(box["x"] + box["w"] for box in boxes)
    bottom = max(box["y"] + box["h"] for box in boxes)
    assert right <= frame["width"]
    if size >= DESKTOP:
        assert right <= frame["width"]
        assert bottom <= frame["height"]
        assert max((right + 40) / frame["width"], (bottom + 40) / frame["height"]) >= 1


def test_larger_screens_show_more_components(visit: Open, seeds_page: Path) -> None:
    """A screen of 2560 x 1440 shows at least twice as many components as one of 1440 x 900."""
    shown = [
        sum(box["kind"] == "component" for box in visit(seeds_page, size=size).boxes().values())
        for size in (DESKTOP, (2560, 1440))
    ]
    assert shown[1] >= 2 * shown[0]


def test_what_is_left_out_is_counted_with_its_gaps(visit: Open, seeds: SupplyGraph, seeds_page: Path) -> None:
    """The boxes of a folded segment and its last box together stand for all of its components."""
    boxes = visit(seeds_page).boxes()
    components = seeds.table("components")
    segments = seeds.table("segments")["id"].tolist()
    at = segments.index("semiconductor")
    drawn = sum(
        f"component:{number}" in boxes and segment == "semiconductor"
        for number, segment in enumerate(components["segment"])
    )
    more = boxes[f"more:{at}"]
    assert int(more["name"].split()[0]) == (components["segment"] == "semiconductor").sum() - drawn
    assert "with gaps" in more["mark"]


def test_tie_opens_the_other_firm_and_says_what_it_rests_on(visit: Open, seeds_page: Path) -> None:
    """A click on a tied firm opens it, and its panel begins with the tie, its source and its date."""
    opened = visit(seeds_page, "#at=vendor:tsmc")
    firm = next(box for box in opened.boxes().values() if box["name"].startswith("Sony Semiconductor"))
    opened.click_box(firm["key"])
    assert opened.scene() == firm["key"]
    first = opened.page.locator("#body section").first
    assert first.locator("h3").inner_text() == "Tie with TSMC"
    assert "joint venture with" in first.inner_text()
    assert first.locator("a[href^=http]").count() > 0
    assert [text.strip() for text in opened.page.locator("#path li").all_inner_texts()][1] == "TSMC"


def test_countries_stand_apart_around_a_firm(visit: Open, seeds: SupplyGraph, seeds_page: Path) -> None:
    """Taiwan's firms stand left, Japan's right, and those of third countries below both."""
    boxes = visit(seeds_page, "#at=vendor:tsmc").boxes()
    vendors = seeds.table("vendors")["country"].tolist()
    middle = next(box for box in boxes.values() if box["kind"] == "hub")
    tied: dict[str, list[dict[str, Any]]] = {"TW": [], "JP": [], "*": []}
    for key, box in boxes.items():
        if box["kind"] == "vendor":
            country = vendors[int(key.split(":")[1])]
            tied[country if country in tied else "*"].append(box)
    assert all(tied.values())
    assert max(box["x"] + box["w"] for box in tied["TW"]) < middle["x"]
    assert min(box["x"] for box in tied["JP"]) > middle["x"] + middle["w"]
    lowest = max(box["y"] + box["h"] for box in tied["TW"] + tied["JP"])
    assert min(box["y"] for box in tied["*"]) > lowest


@pytest.mark.slow
def test_positions_do_not_depend_on_the_run() -> None:
    """Two processes with other hash seeds lay out the same boards."""
    code = (
        "import json; from kizuna import load_seeds; from kizuna.viz.layout import lay_out_boards;"
        "from kizuna.viz.payload import build_payload;"
        "boards = lay_out_boards(build_payload(load_seeds()));"
        "print(json.dumps({name: board.to_dict() for name, board in boards.items()}))"
    )
    found = {
        hashlib.sha256(
            subprocess.run(
                [sys.executable, "-c", code],
                env={**os.environ, "PYTHONHASHSEED": seed},
                check=True,
                capture_output=True,
            ).stdout
        ).hexdigest()
        for seed in ("1", "77")
    }
    assert len(found) == 1
