"""Parts of a graph that are about one thing, and their pages."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kizuna import InputError, UnknownNameError, ask_what_if, find_minimal_cut_sets, load_seeds
from kizuna.graph import SupplyGraph, select_solution, select_vendor
from kizuna.viz.subject import Subject, build_subject_payload, pick_subject, write_subject_page
from tests.graphs import Rows, build_graph, make_graph, supply_rows

# Care needs a camera, a shop needs a till. A camera needs a lens and one of two chips; glass is of the family
# of the lens and needs sand. a owns b; d is tied to a by e.
CHAIN = make_graph(
    vendors="a:TW b:JP c:JP d:TW e:TW f:US g:JP owner:JP",
    components="lens(family=optics) glass(family=optics)",
    offers="a:camera b:lens c:chip-x c:chip-y d:till e:paint f:sand g:glass",
    requires="camera->lens camera->[chip-x|chip-y] glass->sand care->camera shop->till shop->camera",
    solutions="care shop",
    owns="owner>a e>d a>e",
)


def _ids(graph: SupplyGraph) -> dict[str, set[str]]:
    return {name: set(graph.table(name)["id"]) for name in ("components", "solutions", "vendors")}


def test_a_solution_comes_with_all_that_it_needs() -> None:
    """Every hop, what could stand in and what that needs, their vendors, and who owns these."""
    assert _ids(select_solution(CHAIN, "care")) == {
        "components": {"camera", "lens", "glass", "sand", "chip-x", "chip-y"},
        "solutions": {"care"},
        "vendors": {"a", "b", "c", "f", "g", "owner"},
    }


def test_a_vendor_comes_with_what_hangs_on_it() -> None:
    """What requires its offers over every hop, the kin of these with their vendors, and nothing else that they need."""
    part = select_vendor(CHAIN, "b", hops=0)
    assert _ids(part) == {
        "components": {"lens", "glass", "camera"},
        "solutions": {"care", "shop"},
        "vendors": {"a", "b", "g", "owner"},
    }
    needs = part.table("component_requires")
    assert list(zip(needs["component"], needs["requires"], strict=True)) == [("camera", "lens")]


def test_a_choice_is_never_cut_in_two() -> None:
    """Who offers one of two chips sees the other one too: alone the one would look like a must."""
    graph = make_graph(
        vendors="a:TW b:JP", offers="a:x b:y a:z", requires="z->[x|y]", components="x y z", solutions=""
    )
    part = select_vendor(graph, "b", hops=0)
    assert _ids(part)["components"] == {"x", "y", "z"}
    assert set(part.table("component_requires")["requires"]) == {"x", "y"}


@pytest.mark.parametrize(("hops", "tied"), [(0, set()), (1, {"e"}), (2, {"e", "a"}), (3, {"e", "a"})])
def test_ties_are_followed_as_far_as_asked(hops: int, tied: set[str]) -> None:
    """From d one relation leads to e, two to a; the owner of whoever is there always comes along."""
    vendors = _ids(select_vendor(CHAIN, "d", hops=hops))["vendors"]
    assert vendors == {"d", "e", "a", "owner"}  # all of them own d
    graph = make_graph(vendors="a:TW d:TW e:TW", offers="d:x", owns="d>e(share=0.2) e>a(share=0.2)")
    assert _ids(select_vendor(graph, "d", hops=hops))["vendors"] == {"d"} | tied


def test_a_vendor_without_offers_has_a_part_too() -> None:
    """A holding stands with the firms that it is tied to."""
    assert _ids(select_vendor(CHAIN, "owner", hops=1)) == {
        "components": set(),
        "solutions": set(),
        "vendors": {"owner", "a"},
    }


def test_what_is_not_there_has_no_part() -> None:
    """An unknown id, and a number of relations that is none, are errors."""
    with pytest.raises(UnknownNameError, match="no solution 'nothing' in this data set"):
        select_solution(CHAIN, "nothing")
    with pytest.raises(UnknownNameError, match="no vendor 'care' in this data set"):
        select_vendor(CHAIN, "care")
    with pytest.raises(InputError, match="`hops` must be 0 or more; found -1"):
        select_vendor(CHAIN, "a", hops=-1)


@settings(max_examples=25)
@given(supply_rows(), st.sampled_from(("vendor", "group", "country")))
def test_a_solution_fails_with_the_same_sets_in_its_part(rows: Rows, unit: str) -> None:
    """The minimal cut sets of a solution are those of the whole, of any size, by vendor, group and country."""
    graph = build_graph(rows)
    for solution in graph.table("solutions")["id"]:
        part = select_solution(graph, solution)
        here, there = (find_minimal_cut_sets(g, solution, unit=unit, label="Solution") for g in (part, graph))
        # Where all that are there make one set it is trivial, and is not listed.
        assert set(here) == set(there) or (len(set(here)), len(set(there))) == (0, 1)


@settings(max_examples=25)
@given(supply_rows(), st.integers(0, 5), st.integers(0, 5))
def test_what_fails_in_the_part_of_a_vendor_fails_in_the_whole(rows: Rows, one: int, two: int) -> None:
    """Whichever vendor of the part is gone, what is lost there cannot be had in the whole either."""
    graph = build_graph(rows)
    vendors = graph.table("vendors")["id"].tolist()
    part = select_vendor(graph, vendors[one % len(vendors)])
    there = part.table("vendors")["id"].tolist()
    gone = there[two % len(there)]
    assert _find_failing(part, gone) <= _find_failing(graph, gone)


def _find_failing(graph: SupplyGraph, gone: str) -> set[tuple[bool, str]]:
    found = ask_what_if(graph, remove_vendors=[gone])
    names = [
        *((False, node) for node in graph.table("components")["id"]),
        *((True, node) for node in graph.table("solutions")["id"]),
    ]
    return {name for name, holds in zip(names, found.after.tolist(), strict=False) if not holds}


# ---- the page ----

NAMED = make_graph(vendors="a:TW b:JP", offers="a:x b:y", requires="s->x", solutions="s")
_NAMES: dict[str, Any] = {
    "name_en": ["Alpha Corp.", "Beta"],
    "name_zh": ["甲公司", None],
    "name_ja": [None, "ベータ株式会社"],
}
NAMED = SupplyGraph(
    {**NAMED.tables, "vendors": NAMED.table("vendors").assign(**_NAMES)}, name="toy", version="1"
)


@pytest.mark.parametrize("text", ["a", "Alpha", "甲", "ａｌｐｈａ"])
def test_a_subject_may_be_named_in_any_script(text: str) -> None:
    """An id, a name or a part of one, whatever its width."""
    assert pick_subject(NAMED, vendor=text) == Subject("Vendor", "a")


def test_a_page_is_about_one_thing() -> None:
    """None, two, several of the name, and nobody of it are errors of one line."""
    for given_names in ({}, {"solution": "s", "vendor": "a"}):
        with pytest.raises(InputError, match="give `solution` or `vendor`"):
            pick_subject(NAMED, **given_names)
    with pytest.raises(
        UnknownNameError, match="no solution 'zz' in this data set; list them with `kizuna query"
    ):
        pick_subject(NAMED, solution="zz")


def test_payload_says_its_subject_and_which_data_it_is_a_part_of() -> None:
    """The hash is that of the whole, so that a reader finds it."""
    meta = build_subject_payload(NAMED, Subject("Vendor", "a"))["meta"]
    assert (meta["subject"], meta["hash"]) == ("vendor:a", NAMED.content_hash[:12])


def test_what_a_vendor_makes_itself_may_lie_outside_a_part() -> None:
    """A camera hangs on a's lens, so that b's offer is in a's part; the chip that b makes for it itself is not."""
    graph = make_graph(
        vendors="a:TW b:JP",
        offers="a:lens b:camera(in_house=chip) b:chip",
        requires="camera->lens camera->chip care->camera",
        solutions="care",
    )
    payload = build_subject_payload(graph, pick_subject(graph, vendor="a"))
    assert {row["id"] for row in payload["components"]} == {"lens", "camera"}
    assert all("own" not in row for row in payload["offers"])


@pytest.mark.slow
@pytest.mark.parametrize("vendor", ["tsmc", "kioxia", "sony", "delta-electronics", "asml", "toyota"])
def test_vendors_of_the_curated_data_have_their_part(vendor: str) -> None:
    """The part of a vendor holds that vendor, and of the offers none that the whole has not."""
    seeds = load_seeds()
    payload = build_subject_payload(seeds, pick_subject(seeds, vendor=vendor))
    names = {key: [row["id"] for row in payload[key]] for key in ("vendors", "components")}
    assert vendor in names["vendors"]
    offers = seeds.table("offers")
    known = set(zip(offers["vendor"], offers["component"], strict=True))
    assert {(names["vendors"][row["v"]], names["components"][row["c"]]) for row in payload["offers"]} <= known


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Beta – Kizuna"),
        ("ja", "ベータ株式会社 – Kizuna（絆）"),
        ("zh", "Beta – Kizuna（絆）"),
    ],
)
def test_title_is_the_name_of_the_subject(tmp_path: Path, lang: str, title: str) -> None:
    """The name in the language of the page, else the Latin one."""
    page = write_subject_page(NAMED, tmp_path / "b.html", Subject("Vendor", "b"), lang=lang)
    assert f"<title>{title}</title>" in unescape(page.read_text(encoding="ascii"))
