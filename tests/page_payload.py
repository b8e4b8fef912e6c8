"""Small payloads of a page, for tests: one that a reader can see whole, the same full of hostile text, and large ones.

The small one: a sensor and a robot need a chip, and the chip comes from one foundry alone, Formosa Foundry in
Taiwan. Two solutions need the robot; one of them through a choice. Nobody offers the lens.
"""

from __future__ import annotations

from typing import Any

__all__ = ["HOSTILE", "make_large_payload", "make_payload", "spoil_payload"]

# What a name in a data set must never do, whatever it says.
HOSTILE = (
    "</script><script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=2>",
    "\"'><svg onload=window.pwned=3>",
    "javascript:window.pwned=4",
    "<a href=\"https://evil.example\" onclick='window.pwned=5'>href</a>",
    "\u202egnp.exe\u202c \u2028\u2029 \u0000 {{7*7}} ${7*7} <!-- ",
)

CITED = {"kind": "cited", "s": 0, "as_of": "2024-05", "conf": "high"}
REPORT = {"kind": "report", "s": 1, "as_of": "2017-12", "conf": "medium"}
UNCITED = {"kind": "uncited"}


def _names(en: str, zh: str = "", ja: str = "") -> dict[str, str]:
    return {lang: name for lang, name in (("en", en), ("zh", zh), ("ja", ja)) if name}


def _cell(vendors: int, state: str = "count", level: str = "partial") -> dict[str, Any]:
    return {"vendors": vendors, "groups": vendors, "state": state, "level": level}


def _component(node: str, segment: int, names: dict[str, str], cells: tuple[int, int, int]) -> dict[str, Any]:
    states = [_cell(n) if n else _cell(0, "not known", "unknown") for n in cells]
    return {
        "id": node,
        "segment": segment,
        "nature": "hardware",
        "stage": "loop",
        "names": names,
        "cells": dict(zip(("TW", "JP", "*"), states, strict=True)),
    }


def make_payload() -> dict[str, Any]:
    """Return the small payload described at the top of this module."""
    components = [
        _component("sensor", 0, _names("Image sensor", "影像感測器", "イメージセンサー"), (1, 1, 0)),
        _component("chip", 1, _names("Logic chip", "邏輯晶片", "ロジックチップ"), (1, 1, 0)),
        _component(
            "foundry", 1, _names("Advanced foundry", "先進製程晶圓代工", "先端ファウンドリ"), (1, 0, 1)
        ),
        _component("robot", 2, _names("Robot arm", "機器人手臂", "ロボットアーム"), (1, 1, 0)),
        _component("lens", 0, _names("Lens", "鏡頭", "レンズ"), (0, 0, 0)),
        _component("firewall", 3, _names("Firewall", "防火牆", "ファイアウォール"), (1, 0, 0)),
    ]
    components[4]["cells"]["TW"] = _cell(0, "none", "complete")
    vendors = [
        {
            "id": "formosa",
            "country": "TW",
            "names": _names("Formosa Foundry", "福爾摩沙晶圓", "フォルモサ"),
            "ev": CITED,
        },
        {
            "id": "sakura",
            "country": "JP",
            "names": _names("Sakura Sensors", "", "さくらセンサー株式会社"),
            "aliases": ["SKR"],
            "former": ["Edo Optics"],
            "website": "sakura.example",
            "ev": UNCITED,
        },
        {
            "id": "kiku",
            "country": "JP",
            "names": _names("Kiku Chips", "菊晶片", "菊チップ"),
            "head": 1,
            "ev": UNCITED,
        },
        {"id": "yushan", "country": "TW", "names": _names("Yushan", "玉山科技股份有限公司"), "ev": REPORT},
        {"id": "hanok", "country": "KR", "names": _names("Hanok Semiconductor"), "ev": UNCITED},
        {"id": "fuji", "country": "JP", "names": _names("Fuji Robotics", "", "富士ロボット"), "ev": CITED},
    ]
    offers = [
        {"v": 0, "c": 2, "status": "volume", "product": "3 nm wafers", "counted": True, "ev": CITED},
        {"v": 4, "c": 2, "counted": True, "ev": UNCITED},
        {
            "v": 1,
            "c": 0,
            "status": "volume",
            "share": 0.53,
            "share_of": "image sensors",
            "counted": True,
            "ev": CITED,
        },
        {"v": 3, "c": 0, "counted": True, "ev": REPORT},
        {"v": 2, "c": 1, "counted": True, "ev": UNCITED},
        {"v": 3, "c": 1, "counted": True, "ev": UNCITED},
        {"v": 2, "c": 2, "status": "pilot", "counted": False, "ev": CITED},
        {"v": 5, "c": 3, "status": "volume", "since": "2010", "counted": True, "ev": CITED},
        {"v": 3, "c": 3, "counted": True, "ev": UNCITED},
        {"v": 3, "c": 5, "counted": True, "ev": UNCITED},
    ]
    requires = [
        {
            "from": ["component", 0],
            "to": ["component", 1],
            "kind": "input",
            "why": "reads pixels",
            "ev": CITED,
        },
        {"from": ["component", 1], "to": ["component", 2], "kind": "input", "ev": UNCITED},
        {"from": ["component", 3], "to": ["component", 1], "kind": "input", "ev": UNCITED},
        {"from": ["solution", 0], "to": ["component", 3], "kind": "input", "ev": REPORT},
        {"from": ["solution", 1], "to": ["component", 0], "kind": "input", "alt": "eyes", "ev": REPORT},
        {"from": ["solution", 1], "to": ["component", 3], "kind": "input", "alt": "eyes", "ev": REPORT},
    ]
    root = {"at": ["component", 2], "root": True, "via": 1}
    witness = {
        "solution:0": {
            "at": ["solution", 0],
            "children": [
                {
                    "at": ["component", 3],
                    "via": 3,
                    "children": [{"at": ["component", 1], "via": 2, "children": [root]}],
                }
            ],
        },
        "solution:1": {
            "at": ["solution", 1],
            "children": [
                {
                    "at": ["component", 0],
                    "via": 4,
                    "choice": "eyes",
                    "children": [{"at": ["component", 1], "via": 0, "children": [root]}],
                },
                {
                    "at": ["component", 3],
                    "via": 5,
                    "choice": "eyes",
                    "children": [{"at": ["component", 1], "via": 2, "children": [root]}],
                },
            ],
        },
    }
    findings = [
        {
            "id": "GAP-00000001",
            "kind": "cut",
            "unit": "vendor",
            "member": "formosa",
            "vendors": [0],
            "roots": [2],
            "components": [0, 1, 2, 3],
            "solutions": [0, 1],
            "solutions_total": 2,
            "direct": [],
            "severity": 1.0,
            "verdict": "apparent",
            "also": {"group": True, "country": True},
            "seat_owner_disagree": False,
            "settle": [
                {"key": "doubt.completeness_missing", "component": "component:2", "country": "country:JP"},
                {"key": "doubt.requirement_uncited", "whole": "component:1", "part": "component:2"},
            ],
            "witness": witness,
            "second_sources": [
                {"reason": "not-in-volume", "v": 2, "c": 2, "status": "pilot", "same_cut": False}
            ],
            "abroad": [4],
        },
        {
            "id": "GAP-00000002",
            "kind": "uncovered",
            "unit": None,
            "member": None,
            "vendors": [],
            "roots": [4],
            "components": [4],
            "solutions": [],
            "solutions_total": 2,
            "direct": [],
            "severity": 0.0,
            "verdict": "apparent",
            "also": {},
            "seat_owner_disagree": False,
            "settle": [],
            "witness": {"component:4": {"at": ["component", 4], "root": True}},
            "second_sources": [],
            "abroad": [],
        },
    ]
    return {
        "format": 1,
        "meta": {
            "name": "small",
            "version": "1",
            "date": "2026-11-22",
            "hash": "0123456789abcdef",
            "pair": ["TW", "JP"],
            "within": "pair",
            "country_by": "seat",
            "counts": {
                "vendors": 6,
                "components": 6,
                "offers": 10,
                "counted": 9,
                "blank_status": 6,
                "relations": 2,
                "sources": 2,
            },
        },
        "countries": {
            "TW": _names("Taiwan", "台灣", "台湾"),
            "JP": _names("Japan", "日本", "日本"),
            "KR": _names("South Korea", "韓國", "韓国"),
        },
        "layers": [
            {"id": "terminal", "names": _names("Terminals", "終端", "端末")},
            {"id": "ai", "names": _names("AI", "人工智慧", "AI・半導体")},
            {"id": "solution", "names": _names("Solutions", "解決方案", "ソリューション層")},
        ],
        "segments": [
            {
                "id": "eyes",
                "layer": 0,
                "nature": "hardware",
                "names": _names("Sensors", "感測器", "センサー"),
            },
            {
                "id": "chips",
                "layer": 1,
                "nature": "hardware",
                "names": _names("Semiconductors", "半導體", "半導体"),
            },
            {
                "id": "robots",
                "layer": 2,
                "nature": "hardware",
                "names": _names("Robots", "機器人", "ロボット"),
            },
            {
                "id": "security",
                "layer": None,
                "nature": "software",
                "names": _names("Security", "資安", "セキュリティ"),
            },
        ],
        "components": components,
        "vendors": vendors,
        "offers": offers,
        "requires": requires,
        "relations": [
            {"type": "SUPPLIES", "from": 0, "to": 2, "c": 2, "since": "2015", "in_force": True, "ev": CITED},
            {
                "type": "OWNS",
                "from": 1,
                "to": 2,
                "share": 0.6,
                "until": "2020-03",
                "in_force": False,
                "ev": UNCITED,
            },
        ],
        "problems": [{"id": "hands", "names": _names("Too few hands", "人手不足", "人手不足")}],
        "solutions": [
            {
                "id": "inn",
                "names": _names("Unmanned inn", "無人旅館", "無人旅館"),
                "description": _names("Robots carry what guests need."),
                "problems": [0],
                "ev": REPORT,
            },
            {
                "id": "shop",
                "names": _names("Unmanned shop", "無人商店", "無人店舗"),
                "description": {},
                "problems": [0],
                "ev": UNCITED,
            },
        ],
        "listed": [{"v": 3, "segment": 0, "printed": "玉山", "ev": REPORT}],
        "sources": [{"url": "https://example.org/a", "title": "A page"}, {"title": "The report"}],
        "findings": findings,
    }


def spoil_payload(payload: dict[str, Any]) -> dict[str, Any]:
    """Return `payload` with hostile text in every field that holds free text, addresses included."""
    turn = 0

    def spoil(value: Any, key: str) -> Any:
        nonlocal turn
        if isinstance(value, dict):
            return {k: spoil(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [spoil(v, key) for v in value]
        if isinstance(value, str) and key in _FREE:
            turn += 1
            return f"{value} {HOSTILE[turn % len(HOSTILE)]}" if key != "url" else HOSTILE[3]
        return value

    spoilt: dict[str, Any] = spoil(payload, "")
    return spoilt


# Keys whose text is free; the rest are ids, enumerations and codes that validation has checked.
_FREE = frozenset(
    {"en", "zh", "ja", "aliases", "former", "note", "product", "printed", "why", "detail", "share_of"}
    | {"website", "city", "exchange", "ticker", "url", "title", "alt", "version", "family"}
)


def make_large_payload(sizes: list[list[int]], *, loose: int = 0, solutions: int = 0) -> dict[str, Any]:
    """Return a payload of components only: `sizes[layer][segment]` of them, `loose` in a segment without layer."""
    segments = [(layer, count) for layer, counts in enumerate(sizes) for count in counts]
    placed: list[tuple[int | None, int]] = [*segments, (None, loose)]
    return {
        **make_payload(),
        "layers": [{"id": f"layer-{i}", "names": {"en": f"Layer {i}"}} for i in range(len(sizes))],
        "segments": [
            {"id": f"segment-{i}", "layer": layer, "nature": "hardware", "names": {"en": f"Segment {i}"}}
            for i, (layer, _) in enumerate(placed)
        ],
        "components": [
            _component(
                f"component-{i}-{k}", i, {"en": f"Component {i} {k} of some length"}, (k % 9, k % 5, 0)
            )
            for i, (_, count) in enumerate(placed)
            for k in range(count)
        ],
        "solutions": [
            {
                "id": f"solution-{i}",
                "names": {"en": f"Solution {i}"},
                "description": {},
                "problems": [],
                "ev": UNCITED,
            }
            for i in range(solutions)
        ],
        **{table: [] for table in ("vendors", "offers", "requires", "relations", "listed", "findings")},
    }
