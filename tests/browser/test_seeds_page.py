"""The page of the curated data, as it will be passed on: its size, its pictures and its gaps."""

from __future__ import annotations

from pathlib import Path

import pytest

from kizuna import find_gaps
from kizuna.graph import SupplyGraph
from tests.browser.conftest import DESKTOP, Open
from tests.browser.test_explorer import SETTLE, find_overlaps

pytestmark = pytest.mark.browser


def test_page_fits_an_e_mail(seeds_page: Path) -> None:
    """The page of the curated data, with every source of every statement, is at most 1 MB."""
    assert seeds_page.stat().st_size <= 1_000_000


@pytest.mark.parametrize("lang", ["en", "ja", "zh"])
def test_first_picture_needs_no_click(visit: Open, seeds_page: Path, lang: str) -> None:
    """At 1440 x 900 it shows every segment, labels at least 12 px, without overlap or scrolling."""
    opened = visit(seeds_page, f"#lang={lang}")
    boxes = opened.boxes()
    assert find_overlaps(boxes) == []
    assert min(box["font"] for box in boxes.values()) >= 12
    size = opened.page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    assert tuple(size) == DESKTOP
    assert opened.requests == [opened.url.split("#")[0]]


@pytest.mark.slow
def test_whatever_opens_overlaps_nothing(visit: Open, seeds: SupplyGraph, seeds_page: Path) -> None:
    """No component, segment or vendor of the data opens onto overlapping boxes or more than 500 of them."""
    opened = visit(seeds_page)
    keys = [f"{label}:{n}" for label in ("component", "segment") for n in seeds.table(f"{label}s")["id"]]
    keys += [f"vendor:{vendor}" for vendor in seeds.table("owns")["from_vendor"].unique()]
    for key in keys:
        opened.page.evaluate(f"location.hash = '#at={key}'")
        opened.page.evaluate(SETTLE)
        boxes = opened.boxes()
        assert opened.scene().split(":")[0] == key.split(":")[0], key
        assert (key, find_overlaps(boxes)) == (key, [])
        assert 1 < len(boxes) <= 500


def test_every_solution_lights_up_what_it_needs(visit: Open, seeds: SupplyGraph, seeds_page: Path) -> None:
    """A solution that is chosen lights up each component that it requires itself, or the box that stands for it."""
    opened = visit(seeds_page)
    components = seeds.table("components")["id"].tolist()
    segments = seeds.table("segments")["id"].tolist()
    frame = seeds.table("components")
    homes = {c: segments.index(s) for c, s in zip(frame["id"], frame["segment"], strict=True)}
    for solution, rows in seeds.current("solution_requires").groupby("solution"):
        opened.page.evaluate(f"location.hash = '#at=solution:{solution}'")
        opened.page.evaluate(SETTLE)
        lit = set(opened.lit()["nodes"])
        for component in rows["requires"]:
            assert lit & {f"component:{components.index(component)}", f"more:{homes[component]}"}, component


def test_every_gap_lights_up_a_chain(visit: Open, seeds: SupplyGraph, seeds_page: Path) -> None:
    """Each finding that Python ranks can be opened, in the same order, and lights up its roots."""
    gaps = find_gaps(seeds)
    opened = visit(seeds_page)
    components = seeds.table("components")["id"].tolist()
    for finding in gaps.findings:
        opened.page.evaluate(f"location.hash = '#gap={finding.id}'")
        opened.page.evaluate(SETTLE)
        lit = set(opened.lit()["nodes"])
        assert lit & {f"component:{components.index(root)}" for root in finding.roots}, finding.id
        assert finding.id in opened.panel()
        marks = [opened.page.locator(f"{place} .glyph").first for place in ("#path [aria-current]", "#body")]
        crumb, heading = (str(mark.get_attribute("class")) for mark in marks)
        assert crumb == heading, finding.id


def test_texts_of_others_take_the_shapes_of_their_language(visit: Open, seeds_page: Path) -> None:
    """On the Japanese page the Chinese alias of a Taiwanese firm and the English name of a product say what they are."""
    opened = visit(seeds_page, "#lang=ja&at=vendor:tsmc")
    body = opened.page.locator("#body")
    assert body.get_by_text("台灣積體電路製造", exact=True).get_attribute("lang") == "zh-Hant"
    assert body.locator(".product").first.get_attribute("lang") == "en"
