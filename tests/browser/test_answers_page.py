"""What both countries can do together, in a real browser: picks light up what Python answers."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kizuna.graph import SupplyGraph
from kizuna.queries import (
    classify_complementarity,
    find_chains,
    find_lacking,
    find_line_ups,
    find_partners,
)
from tests.browser.conftest import PHONE, Open

pytestmark = pytest.mark.browser

CARE = "#lang=en&at=solution:elderly-care&tab=details"


@pytest.fixture
def page(seeds_page: Path) -> Path:
    """Return the page of the curated data."""
    return seeds_page


def _keys(graph: SupplyGraph, table: str, ids: Any) -> set[str]:
    place = {one: n for n, one in enumerate(graph.table(f"{table}s")["id"])}
    return {f"{table}:{place[one]}" for one in ids}


def test_a_line_up_lights_up_its_components_and_names_its_firms(
    visit: Open, page: Path, seeds: SupplyGraph
) -> None:
    """A click on the best line-up lights up what Python's has, with its firms in the boxes."""
    [best] = find_line_ups(seeds, "elderly-care").line_ups
    opened = visit(page, CARE)
    opened.page.locator("[data-pick='line-up:1']").click()
    wanted = _keys(seeds, "component", best.components)
    assert set(opened.lit()["nodes"]) == wanted | _keys(seeds, "solution", ["elderly-care"])
    boxes = opened.boxes()
    names = seeds.table("vendors").set_index("id")["name_en"]
    assert {boxes[key]["mark"] for key in wanted & set(boxes)} <= {names[one] for one in best.vendors}
    assert wanted <= set(boxes)


def test_a_chain_lights_up_from_layer_to_layer(visit: Open, page: Path, seeds: SupplyGraph) -> None:
    """A click on a chain lights up Python's components and the steps between them."""
    best = find_chains(seeds, "elderly-care", k=1, variants=0).chains[0]
    opened = visit(page, CARE)
    opened.page.locator("[data-pick='chain:1']").click()
    lit = opened.lit()
    place = [key for one in best.components for key in _keys(seeds, "component", [one])]
    assert set(lit["nodes"]) == {*place, *_keys(seeds, "solution", ["elderly-care"])}
    assert [(edge["from"], edge["to"]) for edge in lit["edges"]] == list(pairwise(place))


def test_a_path_lights_up_down_to_what_the_other_country_brings(
    visit: Open, page: Path, seeds: SupplyGraph
) -> None:
    """The path to the foundry that Japan lacks is the one whose requirements Python gives."""
    _, japan = find_lacking(classify_complementarity(seeds), "elderly-care")
    assert "foundry-advanced" in japan.brought
    above = {}
    for step in japan.steps:
        row = seeds.table(step.table).loc[step.row]
        above[row["requires"]] = row["component" if step.table == "component_requires" else "solution"]
    path = ["foundry-advanced"]
    while path[-1] in above:
        path.append(str(above[path[-1]]))
    assert path.pop() == "elderly-care"
    opened = visit(page, CARE)
    opened.page.locator("[data-pick='path:foundry-advanced']").click()
    lit = opened.lit()
    wanted = _keys(seeds, "component", path) | _keys(seeds, "solution", ["elderly-care"])
    assert set(lit["nodes"]) == wanted
    assert lit["roots"] == list(_keys(seeds, "component", ["foundry-advanced"]))
    assert "TSMC" in opened.panel()


def test_a_second_click_puts_the_light_out(visit: Open, page: Path) -> None:
    """Then what the solution requires itself is lit again, and the link names no pick."""
    opened = visit(page, CARE)
    before = opened.lit()
    row = opened.page.locator("[data-pick='line-up:2']")
    row.click()
    assert row.get_attribute("aria-expanded") == "true"
    assert opened.lit() != before
    row.click()
    assert opened.lit() == before
    assert "pick=" not in opened.page.evaluate("location.hash")


def test_a_link_reopens_a_pick(visit: Open, page: Path) -> None:
    """What was picked is in the fragment, and its row stands open in the panel."""
    opened = visit(page, f"{CARE}&pick=line-up:3")
    assert opened.page.locator("[data-pick='line-up:3']").get_attribute("aria-expanded") == "true"


def test_a_pick_that_there_is_not_lights_up_nothing_of_its_own(visit: Open, page: Path) -> None:
    """An old link with a line-up or path that is gone shows the solution as it is."""
    usual = visit(page, CARE).lit()
    assert visit(page, f"{CARE}&pick=line-up:99").lit() == usual
    assert visit(page, f"{CARE}&pick=path:no-such-thing").lit() == usual


def test_a_telephone_shows_the_line_up_one_below_the_other(
    visit: Open, page: Path, seeds: SupplyGraph
) -> None:
    """Each box of the stack names its firm, and nothing scrolls sideways."""
    [best] = find_line_ups(seeds, "elderly-care").line_ups
    opened = visit(page, f"{CARE}&pick=line-up:1", size=PHONE)
    boxes = opened.boxes()
    wanted = _keys(seeds, "component", best.components)
    assert wanted <= set(boxes)
    assert all(boxes[key]["mark"] for key in wanted)
    assert opened.page.evaluate("document.documentElement.scrollWidth") == PHONE[0]


@pytest.mark.parametrize("lang", ["en", "ja", "zh"])
def test_partners_are_told_in_the_reader_s_language(
    visit: Open, page: Path, seeds: SupplyGraph, lang: str
) -> None:
    """The first partners of a firm are Python's, in its order, with no message left untranslated."""
    expected = find_partners(seeds, "hiwin", limit=3).rows
    opened = visit(page, f"#lang={lang}&at=vendor:hiwin&tab=details")
    shown = opened.page.locator("[data-partner]")
    found = [shown.nth(n).get_attribute("data-partner") for n in range(3)]
    assert found == [partner.vendor for partner in expected]
    text = opened.panel()
    assert "kizuna partners hiwin --card hiwin.html" in text
    assert not [word for word in ("partners.", "page.", "paths.", "{") if word in shown.nth(0).inner_text()]


@pytest.mark.parametrize("lang", ["en", "ja", "zh"])
def test_solutions_say_in_words_who_can_build_them(visit: Open, page: Path, lang: str) -> None:
    """Grouped by problem and by class, each in the reader's language."""
    opened = visit(page, f"#lang={lang}&tab=solutions")
    word = {"en": "Only together", "ja": "両国が組めば可能", "zh": "唯有合作才能實現"}[lang]
    assert opened.panel().count(word) > 1
    opened.page.locator(".lists button").nth(1).click()
    assert word in opened.page.locator("#body h3").first.inner_text()
    assert "pick=by:class" in opened.page.evaluate("location.hash")
