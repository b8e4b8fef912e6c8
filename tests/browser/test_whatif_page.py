"""What-if in the page: what it reckons is what Python reckons, and a reader can go back and forth."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kizuna.graph import SupplyGraph
from kizuna.queries import Scope, find_gaps
from kizuna.queries.what_if import ask_what_if
from kizuna.viz import write_explorer
from kizuna.viz.payload import build_payload
from tests.browser.conftest import PHONE, Open
from tests.graphs import build_graph, make_graph, random_rows

pytestmark = pytest.mark.browser

_KINDS = {"vendor": "remove_vendors", "group": "remove_groups", "country": "remove_countries"}
FRAME = {
    "layers": [{"id": "terminal", "order": "1"}],
    "segments": [{"id": "parts", "layer": "terminal", "nature": "hardware"}],
    "countries": [{"id": code} for code in ("TW", "JP", "US")],
}
TOY = {
    "vendors": "acme:TW bolt:JP core:TW dock:JP",
    "offers": "acme:chip bolt:chip core:board dock:robot acme:robot",
    "owns": "acme>core",
}
TOY_NEEDS = "board->chip robot->board s->robot"


def _ask(graph: SupplyGraph, ids: list[str], scope: Scope) -> dict[str, Any]:
    """Answer as Python does, in the words of the page."""
    removed: dict[str, list[str]] = {argument: [] for argument in _KINDS.values()}
    for kind, _, name in (item.partition(":") for item in ids):
        removed[_KINDS[kind]].append(name)
    found = ask_what_if(graph, scope=scope, **removed)  # type: ignore[arg-type]
    return {
        "lost": [target.id for target in found.lost],
        "because": {f"{t.label.lower()}:{t.id}": sorted(set(parts)) for t, parts in found.because.items()},
        "saved": sorted(target.id for target in found.saved),
        "weakened": sorted([w.component, w.group, w.groups_before] for w in found.weakened),
        "removed": sorted(found.removed_vendors),
    }


def _losses(graph: SupplyGraph, picker: random.Random, number: int) -> Iterator[list[str]]:
    """Yield each country of the pair, then `number` losses of one to four firms, groups and countries."""
    vendors = graph.table("vendors")
    for code in ("TW", "JP"):
        yield [f"country:{code}"]
    names = [f"{kind}:{name}" for kind in ("vendor", "group") for name in vendors["id"]]
    names += [f"country:{code}" for code in sorted(set(vendors["country"]))]
    for _ in range(number):
        yield sorted(picker.sample(names, min(len(names), picker.randint(1, 4))))


@pytest.mark.slow
def test_the_page_reckons_as_python_on_the_seeds(visit: Open, seeds: SupplyGraph, seeds_page: Path) -> None:
    """Each member of a finding, both countries and 60 losses of several at random: the same to the last item."""
    opened = visit(seeds_page)
    members = sorted(
        {f"{f.unit}:{f.member}" for f in find_gaps(seeds).findings if f.member is not None and f.unit}
    )
    picker = random.Random(20261123)  # noqa: S311  no secret
    losses = [[member] for member in members] + list(_losses(seeds, picker, 60))
    asked = opened.page.evaluate("(losses) => losses.map((ids) => kizuna.whatIf(ids))", losses)
    different = []
    for ids, found in zip(losses, asked, strict=True):
        wanted = _ask(seeds, ids, Scope())
        if wanted != {key: found[key] for key in wanted}:
            different.append(ids)
    assert len(losses) > 80
    assert different == []


@pytest.mark.parametrize(
    "scope",
    [
        pytest.param(Scope(), id="seat"),
        pytest.param(Scope(country_by="owner"), id="owner", marks=pytest.mark.slow),
        pytest.param(Scope(within="world"), id="world", marks=pytest.mark.slow),
        pytest.param(Scope(pair=("JP", "US")), id="JP and US", marks=pytest.mark.slow),
    ],
)
def test_the_page_reckons_as_python_on_random_graphs(visit: Open, small_page: Path, scope: Scope) -> None:
    """On 30 random graphs with choices, in-house parts and groups, 8 losses each give the same answers."""
    opened = visit(small_page)
    picker = random.Random(7)  # noqa: S311  no secret
    different = []
    for number in range(30):
        graph = build_graph({**FRAME, **random_rows(picker)})
        payload = json.loads(json.dumps(build_payload(graph, scope=scope)))
        losses = list(_losses(graph, picker, 6))
        asked = opened.page.evaluate(
            "([payload, losses]) => losses.map((ids) => kizuna.whatIf(ids, payload))", [payload, losses]
        )
        for ids, found in zip(losses, asked, strict=True):
            wanted = _ask(graph, ids, scope)
            if wanted != {key: found[key] for key in wanted}:
                different.append((number, ids, wanted, found))
    assert different == []


@pytest.fixture(scope="module")
def toy_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of a chain: a solution needs a robot, that a board, that a chip."""
    graph = make_graph(**TOY, requires=TOY_NEEDS, solutions="s")
    return write_explorer(graph, tmp_path_factory.mktemp("toy") / "toy.html", lang="en")


def test_a_loss_is_told_step_by_step(visit: Open, toy_page: Path) -> None:
    """Without core nobody offers the board; the robot falls one step on, the solution two."""
    opened = visit(toy_page, "#lost=vendor:core&tab=whatif")
    answer = opened.page.evaluate("kizuna.whatIf(['vendor:core'])")
    assert answer["hops"] == {"component:board": 0, "component:robot": 1, "solution:s": 2}
    assert "1 of 1 solutions and 2 of 3 components can no longer be had." in opened.panel()
    assert opened.page.locator("[data-hop='0'] .thing").all_inner_texts() == ["board"]
    assert opened.page.locator("[data-hop='1'] .thing").all_inner_texts() == ["robot"]
    opened.page.locator("#body [data-key='solution:0']").click()
    assert opened.page.evaluate("kizuna.state().target") == "solution:s"
    assert len(opened.lit()["edges"]) == 2
    assert len(opened.lit()["roots"]) == 1


def test_steps_are_undone_and_done_again(visit: Open, toy_page: Path) -> None:
    """Two countries are taken away by buttons; undo, redo and restore, by button and by key, lead back and forth."""
    opened = visit(toy_page, "#tab=whatif")
    page = opened.page

    def lost() -> list[str]:
        found: list[str] = page.evaluate("kizuna.state().lost")
        return found

    page.locator("[data-away='country:TW']").click()
    page.locator("[data-away='country:JP']").click()
    assert lost() == ["country:JP", "country:TW"]
    page.locator("#whatif-undo").click()
    assert lost() == ["country:TW"]
    page.keyboard.press("Control+z")
    assert lost() == []
    page.keyboard.press("Control+y")
    page.keyboard.press("Control+Shift+Z")
    assert lost() == ["country:JP", "country:TW"]
    page.locator("#whatif-restore").click()
    assert lost() == []
    page.keyboard.press("Control+z")
    assert lost() == ["country:JP", "country:TW"]
    page.go_back()
    page.wait_for_function("kizuna.state().lost.length !== 2")


def test_a_firm_is_taken_away_by_keyboard_alone(visit: Open, toy_page: Path) -> None:
    """One types a name, Enter takes the firm away, the field keeps the focus, and its chip puts it back."""
    opened = visit(toy_page, "#tab=whatif")
    page = opened.page
    page.locator("#whatif-field").focus()
    page.keyboard.type("core")
    page.keyboard.press("Enter")
    assert page.evaluate("kizuna.state().lost") == ["vendor:core"]
    assert page.evaluate("document.activeElement.id") == "whatif-field"
    page.locator("[data-lost='vendor:core']").press("Enter")
    assert page.evaluate("kizuna.state().lost") == []


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "What if without"), ("ja", "がなければ"), ("zh", "假如少了")]
)
def test_a_link_opens_the_same_loss(visit: Open, toy_page: Path, lang: str, said: str) -> None:
    """The fragment holds what is taken away; the picture says so, and shows what is lost."""
    opened = visit(toy_page, f"#lang={lang}&lost=group:acme")
    assert said in opened.page.locator("#loss").inner_text()
    gone = {box["key"] for box in opened.page.evaluate("kizuna.boxes()") if box["gone"]}
    assert "component:0" in gone or "component:1" in gone


def test_the_browsers_own_way_back_undoes_a_step(visit: Open, toy_page: Path) -> None:
    """Back over a loss undoes it, so that redo takes it away again."""
    opened = visit(toy_page, "#tab=whatif")
    page = opened.page
    page.locator("[data-away='country:TW']").click()
    page.go_back()
    page.wait_for_function("() => kizuna.state().lost.length === 0")
    assert page.locator("#whatif-undo").is_disabled()
    page.locator("#whatif-redo").click()
    assert page.evaluate("kizuna.state().lost") == ["country:TW"]


def test_buttons_that_go_hand_the_focus_on(visit: Open, toy_page: Path) -> None:
    """A country pressed keeps the focus; undone to the end, redo has it; a chip put back leaves it to undo."""
    opened = visit(toy_page, "#tab=whatif")
    page = opened.page
    focus = "document.activeElement.id"
    page.locator("[data-away='country:TW']").press("Enter")
    assert page.evaluate(focus) == "away-country:TW"
    page.locator("#whatif-undo").press("Enter")
    assert page.evaluate(focus) == "whatif-redo"
    page.locator("#whatif-redo").press("Enter")
    page.locator("[data-lost='country:TW']").press("Enter")
    assert page.evaluate(focus) == "whatif-undo"


def test_a_country_without_a_button_is_found_by_name(visit: Open, seeds_page: Path) -> None:
    """A third country is taken away by its name in the reader's language."""
    opened = visit(seeds_page, "#lang=zh&tab=whatif")
    page = opened.page
    page.locator("#whatif-field").fill("美國")
    page.locator("#whatif-offered [data-away='country:US']").click()
    assert page.evaluate("kizuna.state().lost") == ["country:US"]
    assert "少了美國" in opened.panel()


def test_examples_are_of_three_kinds(visit: Open, seeds_page: Path) -> None:
    """Nobody gone: the data offer three losses with what each costs, one of them a country; a press shows it."""
    opened = visit(seeds_page, "#tab=whatif")
    offered = opened.page.locator("#body .rows [data-away]")
    ids = offered.evaluate_all("(nodes) => nodes.map((node) => node.dataset.away)")
    assert len(set(ids)) == 3
    assert sum(item.startswith("country:") for item in ids) == 1
    answer = opened.page.evaluate("(id) => kizuna.whatIf([id])", ids[0])
    solutions = sum(key.startswith("solution:") for key in answer["hops"])
    assert solutions > 0
    assert f"solutions lost: {solutions} " in opened.panel()
    offered.first.click()
    assert opened.page.evaluate("kizuna.state().lost") == ids[:1]


def test_the_banner_leads_back(visit: Open, toy_page: Path) -> None:
    """Above the picture the banner counts what is lost; its buttons undo a step and restore all."""
    opened = visit(toy_page, "#tab=whatif")
    page = opened.page
    page.locator("[data-away='country:TW']").click()
    page.locator("[data-away='country:JP']").click()
    assert "solutions lost: 1 · components lost: 3" in page.locator("#loss").inner_text()
    page.locator("#loss-undo").click()
    assert page.evaluate("kizuna.state().lost") == ["country:TW"]
    page.locator("#loss-restore").click()
    assert page.locator("#loss").count() == 0


def test_the_loss_is_said_aloud(visit: Open, toy_page: Path) -> None:
    """A screen reader hears whom the loss takes and what it costs."""
    opened = visit(toy_page, "#tab=whatif")
    opened.page.locator("[data-away='country:TW']").click()
    said = opened.page.locator("#live").inner_text()
    assert said.startswith("Without TW, 1 of 1 solutions")


def test_counts_are_those_of_who_is_left(visit: Open, toy_page: Path) -> None:
    """With Taiwan gone, a box and the heads above it count none of its firms."""
    opened = visit(toy_page, "#lost=country:TW")
    drawn = opened.page.evaluate("kizuna.boxes()")
    assert {box["name"] for box in drawn if box["gone"]} >= {"board", "robot"}
    heads = [box for box in drawn if box["kind"] in ("layer", "segment", "summary") and box["counts"]]
    assert heads
    assert all(box["counts"][0] in ("TW 0", "0") for box in heads)


def test_the_details_of_what_is_lost_say_why(visit: Open, toy_page: Path) -> None:
    """The robot is lost without core because it needs the board; what stands has no such note."""
    opened = visit(toy_page, "#lost=vendor:core&at=component:robot&tab=details")
    assert "Lost without core – because it needs board." in opened.panel()
    opened.page.evaluate("() => { location.hash = '#lost=vendor:core&at=component:chip&tab=details' }")
    opened.page.wait_for_function("() => kizuna.state().at === 'component:chip'")
    assert "Lost without" not in opened.panel()


def test_the_table_marks_what_is_lost(visit: Open, toy_page: Path) -> None:
    """In the table the board and the robot carry the sign of a loss, with words; the chip does not."""
    opened = visit(toy_page, "#lost=vendor:core&view=table")
    row = opened.page.locator("#table tbody tr")
    assert row.filter(has_text="board").locator(".lost-tag").count() >= 1
    assert "lost in this what-if" in row.filter(has_text="robot").first.inner_text()
    assert row.filter(has_text="chip").locator(".lost-tag").count() == 0


def test_what_the_data_lack_is_said(visit: Open, toy_page: Path) -> None:
    """A link that takes away an unknown firm says so and takes nothing away."""
    opened = visit(toy_page, "#lost=vendor:nobody&tab=whatif")
    assert "Not in this data: vendor:nobody." in opened.panel()
    assert "Everything that can be had today can still be had." in opened.panel()


def test_a_telephone_has_no_wider_page(visit: Open, toy_page: Path) -> None:
    """At 390 px with a loss nothing scrolls sideways, and the buttons are as high as a finger."""
    opened = visit(toy_page, "#lost=country:TW&tab=whatif", size=PHONE)
    opened.page.locator("#handle").click()
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert opened.page.locator("#whatif-undo").bounding_box()["height"] >= 44


def test_the_table_counts_who_is_left(visit: Open, small_page: Path) -> None:
    """Without a firm, the table's counts of each component are those of the picture."""
    opened = visit(small_page, "#lang=en&lost=vendor:yushan")
    drawn = {
        key: [text.split()[1] for text in box["counts"]]
        for key, box in opened.boxes().items()
        if key.startswith("component:") and box["counts"]
    }
    opened.page.locator("[data-view=table]").click()
    heads = opened.page.locator("#table thead th").evaluate_all(
        "(nodes) => nodes.map((node) => node.dataset.column)"
    )
    listed = {}
    for key in drawn:
        cells = opened.page.locator(f"#table [data-key='{key}'] > *").all_inner_texts()
        row = dict(zip(heads, cells, strict=True))
        listed[key] = [row[f"{code}-vendors"].replace("not known", "?") for code in ("TW", "JP")]
    assert drawn["component:0"] == ["0", "1"]
    assert {key: [text.replace("none", "0") for text in row] for key, row in listed.items()} == drawn


def test_the_table_says_which_rows_are_of_a_firm_that_is_gone(visit: Open, small_page: Path) -> None:
    """Among the firms of a component, one that is taken away is said to be, where others are counted."""
    opened = visit(small_page, "#lang=en&view=table&at=component:foundry&lost=vendor:formosa")
    rows = opened.page.locator("#table tbody tr").all_inner_texts()
    assert ["Taken away" in row for row in rows] == ["Formosa" in row for row in rows]
    assert sum("Taken away" in row for row in rows) == 1


def test_the_details_count_who_is_left(visit: Open, small_page: Path) -> None:
    """Without its only firm of Taiwan, a component's details say that there are none of it."""
    opened = visit(small_page, "#lang=en&at=component:foundry&lost=vendor:formosa")
    assert opened.page.locator(".cells tr").first.locator("td").first.inner_text().startswith("0 ")
