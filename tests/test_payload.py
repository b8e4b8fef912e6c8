"""What the page is told: everything in force, by position, with its evidence."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from kizuna.graph import SupplyGraph
from kizuna.queries import Scope, measure_coverage
from kizuna.viz import build_payload


def _rows(columns: str, *rows: str) -> pd.DataFrame:
    """Make a table from lines of words; ``-`` is a blank."""
    names = columns.split()
    cells = [["" if cell == "-" else cell.replace("_", " ") for cell in row.split()] for row in rows]
    return pd.DataFrame(cells, columns=names, dtype="str")


def _strait() -> SupplyGraph:
    """One chip maker in Taiwan, on which a Japanese server maker and the only solution hang."""
    return SupplyGraph(
        {
            "layers": _rows("id order name_en", "solution 2 Solutions", "cloud 1 Cloud"),
            "segments": _rows(
                "id layer nature name_en", "chips cloud hardware Chips", "security - software Security"
            ),
            "components": _rows(
                "id segment nature stage name_en name_ja",
                "foundry chips hardware input Foundry ファウンドリ",
                "server chips hardware loop Server -",
            ),
            "countries": _rows("id name_en name_zh", "TW Taiwan 台灣", "JP Japan 日本", "KR Korea 韓國"),
            "vendors": _rows(
                "id country name_en name_zh aliases dataset source_kind source_url source_title as_of",
                "tsmc TW TSMC 台積電 2330;積體電路 kizuna cited https://example.org/a A 2025",
                "jasm JP JASM - - kizuna uncited - - -",
                "nec JP NEC - - kizuna uncited - - -",
                "samsung KR Samsung - - kizuna uncited - - -",
            ),
            "offers": _rows(
                "vendor component status dataset source_kind source_url source_title as_of",
                "tsmc foundry volume kizuna cited https://example.org/a A 2025",
                "jasm foundry announced kizuna uncited - - -",
                "samsung foundry volume kizuna uncited - - -",
                "nec server - kizuna uncited - - -",
            ),
            "owns": _rows(
                "from_vendor to_vendor control dataset source_kind", "tsmc jasm yes kizuna uncited"
            ),
            "supplies": _rows(
                "from_vendor to_vendor component since until dataset source_kind",
                "tsmc nec server 2010 2015 kizuna uncited",
            ),
            "component_requires": _rows(
                "component requires kind dataset source_kind", "server foundry input kizuna uncited"
            ),
            "solutions": _rows("id name_en dataset source_kind", "care Care kizuna uncited"),
            "problems": _rows("id name_en dataset source_kind", "ageing Ageing kizuna uncited"),
            "addresses": _rows("solution problem dataset source_kind", "care ageing kizuna uncited"),
            "solution_requires": _rows(
                "solution requires kind dataset source_kind", "care server input kizuna uncited"
            ),
        },
        name="strait",
        version="1",
        date="2026-11-22",
    )


@pytest.fixture
def payload() -> dict[str, Any]:
    """Return the payload of that chain."""
    return build_payload(_strait())


def _finding(payload: dict[str, Any], member: str) -> dict[str, Any]:
    return next(f for f in payload["findings"] if f["member"] == member and f["verdict"] != "fragile")


def test_cut_and_its_witness(payload: dict[str, Any]) -> None:
    """The finding on TSMC names its root and the chain from the solution down, by position."""
    finding = _finding(payload, "tsmc")
    assert (finding["kind"], finding["unit"], finding["verdict"]) == ("cut", "vendor", "apparent")
    assert (finding["roots"], finding["components"], finding["solutions"]) == ([0], [0, 1], [0])
    assert (finding["severity"], finding["direct"]) == (1.0, [])
    assert finding["witness"] == {
        "solution:0": {
            "at": ["solution", 0],
            "children": [
                {
                    "at": ["component", 1],
                    "via": 1,
                    "children": [{"at": ["component", 0], "via": 0, "root": True}],
                }
            ],
        }
    }


def test_second_sources_leave_out_the_group(payload: dict[str, Any]) -> None:
    """JASM is TSMC's own and stands in for nobody; Samsung does, and is known abroad."""
    finding = _finding(payload, "tsmc")
    assert [(s["reason"], s["v"]) for s in finding["second_sources"]] == [("same-component", 3)]
    assert finding["abroad"] == [3]


def test_doubts_name_nodes_by_position(payload: dict[str, Any]) -> None:
    """What would settle a finding refers to nodes, so that the page can name them in any language."""
    settle = _finding(payload, "tsmc")["settle"]
    assert {
        "key": "doubt.completeness_missing",
        "component": "component:0",
        "country": "country:JP",
    } in settle
    assert {"key": "doubt.requirement_uncited", "whole": "solution:0", "part": "component:1"} in settle


def test_layers_are_in_flow_order(payload: dict[str, Any]) -> None:
    """Layers come in the order in which data flows, and segments point at their place in it."""
    assert [layer["id"] for layer in payload["layers"]] == ["cloud", "solution"]
    assert [(s["id"], s["layer"]) for s in payload["segments"]] == [("chips", 0), ("security", None)]


def test_cells_count_vendors_by_country(payload: dict[str, Any]) -> None:
    """A component has one cell for each country of the pair and one for elsewhere."""
    cells = payload["components"][0]["cells"]
    assert {country: (c["vendors"], c["state"]) for country, c in cells.items()} == {
        "TW": (1, "count"),
        "JP": (0, "not known"),
        "*": (1, "count"),
    }


def test_each_source_stands_once(payload: dict[str, Any]) -> None:
    """A page that supports two rows is listed once, and both rows point at it."""
    assert payload["sources"] == [{"url": "https://example.org/a", "title": "A"}]
    assert payload["vendors"][0]["ev"] == {"kind": "cited", "s": 0, "as_of": "2025"}
    assert payload["offers"][0]["ev"]["s"] == 0


def test_ownership_gives_heads(payload: dict[str, Any]) -> None:
    """A firm that another controls points at the head of its group; others point at nobody."""
    assert [vendor.get("head") for vendor in payload["vendors"]] == [None, 0, None, None]


def test_ended_relation_is_history(payload: dict[str, Any]) -> None:
    """A relation that ended is kept, with its dates, and marked as not in force."""
    ended = next(r for r in payload["relations"] if r["type"] == "SUPPLIES")
    assert (ended["since"], ended["until"], ended["in_force"]) == ("2010", "2015", False)


def test_names_only_where_known(payload: dict[str, Any]) -> None:
    """A language without a known name is left out; nothing is made up for it."""
    assert payload["components"][0]["names"] == {"en": "Foundry", "ja": "ファウンドリ"}
    assert payload["vendors"][0]["names"] == {"en": "TSMC", "zh": "台積電"}
    assert payload["vendors"][0]["aliases"] == ["2330", "積體電路"]


def test_owner_scope_is_named(payload: dict[str, Any]) -> None:
    """Seen by owner, a country's finding says so in its unit."""
    by_owner = build_payload(_strait(), scope=Scope(country_by="owner"))
    assert by_owner["meta"]["country_by"] == "owner"
    assert payload["meta"]["country_by"] == "seat"
    units = {f["unit"] for f in by_owner["findings"] if f["unit"] not in ("vendor", "group", None)}
    assert units <= {"owner"}


def test_payload_is_plain_and_repeatable(payload: dict[str, Any]) -> None:
    """The payload is plain JSON without NaN, and the same graph gives the same one."""
    text = json.dumps(payload, allow_nan=False, ensure_ascii=False)
    assert text == json.dumps(build_payload(_strait()), allow_nan=False, ensure_ascii=False)


def test_data_set_without_offers_says_what_it_lacks() -> None:
    """A data set without offers and requirements has no findings and says what is missing."""
    empty = build_payload(SupplyGraph({}))
    assert empty["findings"] == []
    assert empty["meta"]["missing"] == ["OFFERS", "REQUIRES"]


def test_layers_and_segments_count_a_vendor_once(payload: dict[str, Any]) -> None:
    """TSMC and NEC stand for chips; JASM, only announced, Samsung of a third country, and security do not count."""
    assert [layer["firms"] for layer in payload["layers"]] == [[1, 1], [0, 0]]
    assert [segment["firms"] for segment in payload["segments"]] == [[1, 1], [0, 0]]


def test_vendors_of_the_curated_data_are_counted_as_coverage_counts_them(
    seeds: SupplyGraph, seeds_payload: dict[str, Any]
) -> None:
    """Each layer and segment has as many vendors of Taiwan and Japan as coverage, but for those only listed there."""
    for nodes, coverage in (
        (seeds_payload["layers"], measure_coverage(seeds, by="layer")),
        (seeds_payload["segments"], measure_coverage(seeds, by="segment")),
    ):
        rows = {row.id: {c.country: c.vendors - c.listed for c in row.cells} for row in coverage.rows}
        for node in nodes:
            cells = rows[node["id"]]
            assert node["firms"] == [cells["TW"], cells["JP"]], node["id"]
