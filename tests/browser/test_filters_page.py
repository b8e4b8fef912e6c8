"""Filters and search of the page: what pandas counts, the page shows; by mouse, keyboard, telephone and link."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kizuna.graph import SupplyGraph
from tests.browser.conftest import PHONE, Open, Visit
from tests.browser.test_explorer import SETTLE, find_overlaps

pytestmark = pytest.mark.browser

COMBINATIONS: list[dict[str, list[str]]] = [
    {"country": ["TW"]},
    {"country": ["JP", "KR"], "evidence": ["cited"]},
    {"layer": ["ai"], "country": ["TW", "JP"], "status": ["unknown"]},
    {"status": ["pilot", "announced"]},
    {"role": ["leader"], "since": ["2024"]},
    {"segment": ["semiconductor", "server"], "evidence": ["uncited"]},
    {"owner": ["hon-hai"]},
    {"since": ["2025-06"]},
    {"layer": ["*"]},
]


@pytest.fixture(scope="module")
def statements(seeds: SupplyGraph, seeds_payload: dict[str, Any]) -> pd.DataFrame:
    """Return every statement that a firm offers a component, with what it is filtered by."""
    payload = seeds_payload
    heads = [
        payload["vendors"][vendor.get("head", place)]["id"] for place, vendor in enumerate(payload["vendors"])
    ]
    components = seeds.table("components").merge(
        seeds.table("segments")[["id", "layer"]].rename(columns={"id": "segment"}), on="segment"
    )
    vendors = seeds.table("vendors")[["id", "country"]].assign(owner=heads)
    table = (
        seeds.current("offers")
        .merge(vendors.rename(columns={"id": "vendor"}), on="vendor")
        .merge(
            components.rename(columns={"id": "component"})[["component", "segment", "layer"]], on="component"
        )
    )
    counted = {
        (payload["vendors"][o["v"]]["id"], payload["components"][o["c"]]["id"])
        for o in payload["offers"]
        if o["counted"]
    }
    return pd.DataFrame(
        {
            "vendor": table["vendor"],
            "component": table["component"],
            "layer": table["layer"].fillna("*"),
            "segment": table["segment"],
            "country": table["country"],
            "owner": table["owner"],
            "role": table["role"].fillna("unknown"),
            "status": table["status"].fillna("unknown"),
            "evidence": table["source_kind"].fillna("uncited"),
            "since": table["as_of"].fillna(""),
            "counted": [pair in counted for pair in zip(table["vendor"], table["component"], strict=True)],
        }
    )


def keep(statements: pd.DataFrame, chosen: dict[str, list[str]]) -> pd.DataFrame:
    """Return the statements that a combination leaves."""
    left = statements
    for kind, ids in chosen.items():
        if kind != "since":
            left = left[left[kind].isin(ids)]
            continue
        [since] = ids
        dated = left["since"] != ""
        later = [date[: len(since)] >= since[: len(date)] for date in left["since"]]
        left = left[dated & pd.Series(later, index=left.index)]
    return left


def to_fragment(chosen: dict[str, list[str]], **rest: str) -> str:
    """Return the fragment that opens the page with a combination."""
    parts = [f"{key}={value}" for key, value in {"lang": "en", **rest}.items()]
    return "#" + "&".join(parts + [f"f.{kind}={one}" for kind, ids in chosen.items() for one in ids])


def go_to(opened: Visit, fragment: str) -> None:
    """Change the fragment and wait until the page has drawn."""
    opened.page.evaluate("fragment => { location.hash = fragment }", fragment)
    opened.page.evaluate(SETTLE)


def read_sum(opened: Visit) -> list[int]:
    """Return the numbers of the line that says what is left: statements, of how many, vendors, components."""
    text = opened.page.locator("#filter-sum").inner_text().replace(",", "")
    return [int(word) for word in text.split() if word.isdigit()]


@pytest.mark.slow
def test_what_is_left_is_what_pandas_counts(visit: Open, statements: pd.DataFrame, seeds_page: Path) -> None:
    """For each combination the page names as many statements, vendors and components as the tables hold."""
    opened = visit(seeds_page)
    for chosen in COMBINATIONS:
        go_to(opened, to_fragment(chosen))
        left = keep(statements, chosen)
        assert len(left) > 0, chosen
        wanted = [len(left), len(statements), left["vendor"].nunique(), left["component"].nunique()]
        assert read_sum(opened) == wanted, chosen


def test_boxes_count_what_pandas_counts(
    visit: Open, seeds: SupplyGraph, statements: pd.DataFrame, seeds_page: Path
) -> None:
    """Each component of the picture counts the firms left, and is dashed and dim if nothing about it is left."""
    opened = visit(seeds_page)
    ids = seeds.table("components")["id"].tolist()
    for chosen in COMBINATIONS:
        go_to(opened, to_fragment(chosen))
        left = keep(statements, chosen)
        counted = left if "status" in chosen else left[left["counted"]]
        firms = counted.groupby(["component", "country"])["vendor"].nunique().to_dict()
        seen = set(left["component"])
        for key, box in opened.boxes().items():
            kind, _, at = key.partition(":")
            if kind != "component":
                continue
            node = ids[int(at)]
            assert box["faint"] == (node not in seen), (chosen, node)
            for count in box["counts"]:
                code, text = count.split(" ")
                number = firms.get((node, code), 0)
                assert text == str(number) if number else text in ("–", "?", "0"), (chosen, node, count)


def test_each_choice_says_what_it_leaves(visit: Open, statements: pd.DataFrame, seeds_page: Path) -> None:
    """The number on a chip is of the statements that it leaves alone in its kind, the other kinds as they are."""
    opened = visit(seeds_page, to_fragment({"country": ["TW"], "evidence": ["cited"]}))
    opened.page.locator("#filter").click()
    chips = opened.page.locator("#filter-bar .pick[data-filter]").evaluate_all(
        "nodes => nodes.map((node) => [node.dataset.filter, node.querySelector('.count')?.textContent])"
    )
    others: dict[str, dict[str, list[str]]] = {
        "country": {"evidence": ["cited"]},
        "evidence": {"country": ["TW"]},
    }
    checked = 0
    for key, count in chips:
        kind, _, one = key.partition(":")
        if kind == "more":
            continue
        rest = others.get(kind, {"country": ["TW"], "evidence": ["cited"]})
        assert count == f"{len(keep(statements, {**rest, kind: [one]})):,}", key
        checked += 1
    assert checked > 40


def test_choices_go_into_the_link_and_come_back(visit: Open, small_page: Path) -> None:
    """What is chosen by clicks stands in the fragment; opened anew, the page shows the same."""
    opened = visit(small_page)
    page = opened.page
    page.locator("#filter").click()
    page.locator("[data-filter='country:JP']").click()
    page.locator("[data-filter='evidence:cited']").click()
    page.locator("#filter-since").select_option("2024")
    fragment = page.evaluate("location.hash")
    assert {"f.country=JP", "f.evidence=cited", "f.since=2024"} <= set(fragment[1:].split("&"))
    again = visit(small_page, fragment)
    assert again.page.locator("#filter-sum").inner_text() == page.locator("#filter-sum").inner_text()
    assert again.page.locator("#filter .badge").inner_text() == "3"
    assert again.page.locator("#filter-bar").is_hidden()
    again.page.go_back()
    page.go_back()
    page.evaluate(SETTLE)
    assert "f.since" not in page.evaluate("location.hash")
    assert page.locator("#filter-active .pick").count() == 2


def test_choices_are_taken_back_one_by_one_or_all(visit: Open, small_page: Path) -> None:
    """The chips in use stay in sight with the bar closed; each takes itself back, one button takes back all."""
    opened = visit(small_page, "#lang=en&f.country=JP&f.country=TW&f.status=volume")
    page = opened.page
    said = page.locator("#filter-active .pick").evaluate_all("nodes => nodes.map((node) => node.ariaLabel)")
    assert said == [
        f"Remove filter: {one}" for one in ("Country: Japan", "Country: Taiwan", "Status: volume")
    ]
    page.locator("[data-filter='drop:country:JP']").click()
    assert page.locator("#filter-active .pick").count() == 2
    page.locator("[data-filter=clear]").click()
    assert page.locator("#filters").is_hidden()
    assert "f." not in page.evaluate("location.hash")


def test_filters_by_keyboard(visit: Open, small_page: Path) -> None:
    """The bar opens by its button, the focus stays on the chip that is pressed, Escape closes it and goes back."""
    opened = visit(small_page)
    page = opened.page
    page.locator("#filter").focus()
    page.keyboard.press("Enter")
    assert page.locator("#filter").get_attribute("aria-expanded") == "true"
    focused = "document.activeElement.dataset.filter ?? document.activeElement.id"
    assert page.evaluate(focused) == "layer:terminal"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.evaluate(SETTLE)
    assert page.evaluate(focused) == "layer:ai"
    chip = page.locator("[data-filter='layer:ai']")
    assert chip.get_attribute("aria-pressed") == "true"
    page.keyboard.press("Escape")
    assert page.locator("#filter-bar").is_hidden()
    assert page.evaluate(focused) == "filter"


def test_every_group_of_choices_is_named(visit: Open, small_page: Path) -> None:
    """Each kind is a fieldset with a legend, and each choice a button that says whether it is pressed."""
    page = visit(small_page).page
    page.locator("#filter").click()
    legends = page.locator("#filter-bar fieldset > legend").all_inner_texts()
    assert legends == ["Layer", "Segment", "Country", "Owner", "Status", "Evidence", "Market role", "Stated"]
    chips = page.locator("#filter-bar fieldset button.pick")
    assert chips.count() == page.locator("#filter-bar fieldset button.pick[aria-pressed=false]").count() > 20


def test_segments_are_those_of_the_layers_chosen(visit: Open, small_page: Path) -> None:
    """With a layer chosen only its segments are offered; a segment of a layer that is dropped is no longer chosen."""
    page = visit(small_page, "#lang=en&f.layer=ai&f.layer=terminal&f.segment=eyes&f.segment=chips").page
    page.locator("#filter").click()
    page.locator("[data-filter='layer:terminal']").click()
    offered = page.locator("#filter-bar .filter-segment .pick").evaluate_all(
        "nodes => nodes.map((node) => node.dataset.filter)"
    )
    assert offered == ["segment:chips"]
    assert page.evaluate("location.hash").endswith("f.layer=ai&f.segment=chips")


def test_drill_down_shows_only_what_is_left(visit: Open, small_page: Path) -> None:
    """Segment, component and firm draw what passes, and say how much does not."""
    opened = visit(small_page, "#lang=en&f.country=TW&at=component:foundry")
    boxes = opened.boxes()
    assert {key for key in boxes if key.startswith("vendor:")} == {"vendor:0"}
    assert "2 not shown by the filters." in opened.page.locator("#path").inner_text()
    assert "Hanok" not in opened.panel()
    go_to(opened, "#lang=en&f.country=JP&at=segment:eyes")
    assert set(opened.boxes()) == {"segment:0", "component:0"}
    assert "1 not shown by the filters." in opened.page.locator("#path").inner_text()
    go_to(opened, "#lang=en&f.status=volume&at=vendor:formosa")
    assert {"vendor:0", "component:2"} <= set(opened.boxes())
    assert "vendor:2" not in opened.boxes()
    assert find_overlaps(opened.boxes()) == []


def test_table_follows(visit: Open, small_page: Path) -> None:
    """The table has a row for each component left, and says of counts that the filters leave none."""
    opened = visit(small_page, "#lang=en&view=table&f.country=JP")
    rows = opened.page.locator("#table tbody tr")
    keys = rows.evaluate_all("nodes => nodes.map((node) => node.dataset.key)")
    assert keys == ["component:0", "component:1", "component:2", "component:3"]
    assert "none left by the filters" in rows.first.inner_text()


def test_gaps_stay_those_of_the_whole_graph(visit: Open, small_page: Path) -> None:
    """A gap stays while a root or a firm of it is left; the list says that verdicts are not worked out anew."""
    opened = visit(small_page, "#lang=en&f.country=TW&f.segment=chips")
    panel = opened.panel()
    assert "Gaps are those of the whole graph." in panel
    assert "Formosa Foundry" in panel
    assert "1 not shown by the filters." in panel
    go_to(opened, "#lang=en&f.country=TW&f.segment=robots")
    assert "Formosa Foundry" not in opened.panel()
    assert (
        opened.page.locator("#filter-active .filter-note").inner_text()
        == "Gaps are those of the whole graph."
    )


def test_owner_is_found_by_a_firm_of_the_group(visit: Open, small_page: Path) -> None:
    """A firm that is typed offers the group that owns it, named with the firm; chosen, all of its firms are left."""
    page = visit(small_page).page
    page.locator("#filter").click()
    page.locator("#filter-owner").fill("菊チップ")
    chip = page.locator("#filter-bar .filter-owner .pick")
    assert chip.count() == 1
    assert "Sakura Sensors" in chip.inner_text() and "Kiku Chips" in chip.inner_text()
    chip.click()
    assert "f.owner=sakura" in page.evaluate("location.hash")
    assert page.locator("#filter-sum").inner_text() == "3 of 10 statements, 2 vendors, 3 components"
    assert page.locator("#filter-owner").input_value() == "菊チップ"


@pytest.mark.parametrize(
    ("lang", "button", "total"),
    [
        ("en", "Filters", "5 of 10 statements, 2 vendors, 5 components"),
        ("ja", "絞り込み", "記載10件中5件・2社・構成要素5件"),
        ("zh", "篩選", "10 筆陳述中的 5 筆・2 家廠商・5 項元件"),
    ],
)
def test_filters_speak_three_languages(
    visit: Open, small_page: Path, lang: str, button: str, total: str
) -> None:
    """Button, sum and groups are in the language of the page."""
    page = visit(small_page, f"#lang={lang}&f.country=TW").page
    assert page.locator("#filter").inner_text().split()[0] == button
    assert page.locator("#filter-sum").inner_text() == total


@pytest.mark.parametrize("lang", ["en", "ja", "zh"])
def test_filters_fit_a_telephone(visit: Open, seeds_page: Path, lang: str) -> None:
    """On a telephone nothing scrolls sideways, the choices fill the screen, and a button shows what is left."""
    opened = visit(
        seeds_page, f"#lang={lang}&f.country=TW&f.segment=solution-software&f.since=2019", size=PHONE
    )
    page = opened.page
    width = "document.documentElement.scrollWidth"
    assert page.evaluate(width) == PHONE[0]
    page.locator("#filter").click()
    sheet = page.locator("#filter-bar").bounding_box()
    assert (sheet["x"], sheet["y"], sheet["width"], sheet["height"]) == (0, 0, *PHONE)
    inner = page.locator("#filter-bar").evaluate("node => [node.scrollWidth, node.clientWidth]")
    assert inner[0] == inner[1]
    assert page.evaluate(width) == PHONE[0]
    page.locator(".filter-done").click()
    assert page.locator("#filter-bar").is_hidden()


def test_hostile_names_stay_text(visit: Open, hostile_page: Path) -> None:
    """Names full of markup are text on chips, in the owner's list, in the chips in use and in the hits."""
    opened = visit(hostile_page, "#lang=en&f.owner=formosa&f.country=%3Cimg%20src%3Dx%3E&f.role=%3Cb%3E")
    page = opened.page
    page.locator("#filter").click()
    page.locator("#filter-owner").fill("<img src=x onerror=window.pwned=2>")
    page.locator("#search").fill("<img src=x onerror=window.pwned=2>")
    assert page.locator("#hits mark").count() > 0
    assert page.locator("#filter-active .pick", has_text="<img src=x>").count() == 1
    assert page.locator("#filters img, #filters b, #hits img, #hits svg:not(.glyph)").count() == 0
    assert page.evaluate("window.pwned") is None
    assert opened.requests == [opened.url.split("#")[0]]


def test_search_finds_what_the_filters_hide_and_says_so(visit: Open, small_page: Path) -> None:
    """A firm that does not pass is found, marked as hidden, and opens."""
    opened = visit(small_page, "#lang=en&f.country=TW")
    opened.page.locator("#search").fill("sakura")
    assert "hidden by the filters" in opened.page.locator("[data-key='vendor:1']").inner_text()
    opened.page.locator("#search").fill("formosa")
    assert "hidden" not in opened.page.locator("[data-key='vendor:0']").inner_text()
    opened.page.locator("#search").fill("sakura")
    opened.page.keyboard.press("Enter")
    assert opened.scene() == "vendor:1"


@pytest.mark.parametrize("keys", ["/", "Control+k"])
def test_search_opens_by_a_key(visit: Open, small_page: Path, keys: str) -> None:
    """A slash or Ctrl+K puts the cursor into the search field."""
    page = visit(small_page).page
    page.keyboard.press(keys)
    assert page.evaluate("document.activeElement.id") == "search"
    assert page.locator("#search").input_value() == ""


def test_hits_stand_by_kind_with_the_match_set_off(visit: Open, small_page: Path) -> None:
    """Groups are named, the field counts all hits, and the part that matched is marked."""
    page = visit(small_page, "#lang=en").page
    page.locator("#search").fill("ROBOT")
    groups = page.locator("#hits [role=group]")
    assert [group.get_attribute("aria-label") for group in groups.all()] == [
        "Components",
        "Segments",
        "Firms",
    ]
    assert page.locator("#hits .hit-name mark").all_inner_texts() == ["Robot", "Robot", "Robot"]
    page.locator("#search").fill("ｻｸﾗ")
    assert page.locator("#hits mark").all_inner_texts() == ["さくら"]


def test_nothing_found_says_what_was_searched_and_what_is_near(visit: Open, small_page: Path) -> None:
    """A misspelt name finds nothing, is told where it was looked for, and is offered the nearest names."""
    opened = visit(small_page, "#lang=en")
    opened.page.locator("#search").fill("Formosa Fuondry")
    hits = opened.page.locator("#hits")
    text = hits.inner_text()
    assert "Nothing found for “Formosa Fuondry”" in text
    assert "stock codes" in text
    options = hits.locator("[role=option]")
    assert options.first.get_attribute("data-key") == "vendor:0"
    assert hits.locator("[aria-selected=true]").count() == 0
    opened.page.keyboard.press("Enter")
    assert opened.scene() == "overview"
    opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("Enter")
    assert opened.scene() == "vendor:0"


QUERIES: list[tuple[str, str]] = [
    ("2330", "tsmc"),
    ("2330.TW", "tsmc"),
    ("台積電", "tsmc"),
    ("台湾積体電路製造", "tsmc"),
    ("台达电子工业股份有限公司", "delta-electronics"),
    ("ﾃﾞﾝｿｰ", "denso"),
    ("㈱でんそー", "denso"),
    ("Ｈｏｎ Ｈａｉ", "hon-hai"),
]


def test_search_of_the_curated_data(visit: Open, seeds: SupplyGraph, seeds_page: Path) -> None:
    """Codes, aliases, legal forms at either end, widths, kana and simplified characters find the firm meant."""
    opened = visit(seeds_page)
    ids: list[Any] = seeds.table("vendors")["id"].tolist()
    for query, vendor in QUERIES:
        opened.page.locator("#search").fill(query)
        keys = opened.page.locator("#hits [role=option]").evaluate_all(
            "nodes => nodes.map((node) => node.dataset.key)"
        )
        assert f"vendor:{ids.index(vendor)}" in keys[:3], query
