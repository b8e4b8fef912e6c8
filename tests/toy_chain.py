"""A small data set for the tests of the command line, and the command as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import kizuna
from tests.packages import Package

_PACKAGE_FOLDER = Path(kizuna.__file__).resolve().parents[1]

CITED = {
    "dataset": "toy",
    "source_kind": "cited",
    "source_url": "https://example.com/news",
    "source_title": "News",
    "as_of": "2026-03",
    "confidence": "high",
}
_UNCITED = {"dataset": "toy", "source_kind": "uncited"}


def _names(en: str, zh: str = "", ja: str = "") -> dict[str, str]:
    return {"name_en": en, "name_zh": zh, "name_ja": ja}


# A camera needs a lens and a foundry. Cameras are made in Japan only, lenses in Taiwan only, and the one
# foundry of the two countries is TSMC. Nobody offers the vision software that a checkout needs besides.
TOY: Package = {
    "segments": [
        {"id": "sensor", "nature": "hardware", **_names("Sensors", "感測器", "センサー")},
        {"id": "chip", "nature": "hardware", **_names("Chips", "晶片", "半導体")},
    ],
    "components": [
        {"id": "camera", "segment": "sensor", "nature": "hardware", "stage": "loop"}
        | _names("Camera", "相機", "カメラ"),
        {"id": "lens", "segment": "sensor", "nature": "hardware", "stage": "input"}
        | _names("Lens", "鏡頭", "レンズ"),
        {"id": "foundry", "segment": "chip", "nature": "hardware", "stage": "input"}
        | _names("Foundry", "晶圓代工", "ファウンドリ"),
        {"id": "vision", "segment": "chip", "nature": "software", "stage": "loop"}
        | _names("Vision software", "視覺軟體", "画像認識ソフト"),
    ],
    "countries": [
        {"id": "TW", **_names("Taiwan", "台灣", "台湾")},
        {"id": "JP", **_names("Japan", "日本", "日本")},
        {"id": "KR", **_names("Korea", "韓國", "韓国")},
    ],
    "vendors": [
        {"id": "tsmc", "country": "TW", **_names("TSMC", "台積電"), **CITED},
        {"id": "largan", "country": "TW", **_names("Largan", "大立光"), **CITED},
        {"id": "asia-optical", "country": "TW", **_names("Asia Optical", "亞洲光學"), **CITED},
        {"id": "sony", "country": "JP", **_names("Sony", "索尼", "ソニー"), **CITED},
        {"id": "keyence", "country": "JP", **_names("Keyence", ja="キーエンス"), **CITED},
        {"id": "samsung", "country": "KR", **_names("Samsung", "三星", "サムスン"), **CITED},
    ],
    "solutions": [
        {"id": "care", **_names("Care", "照護", "見守り"), **_UNCITED},
        {"id": "checkout", **_names("Checkout", "自助結帳", "無人レジ"), **_UNCITED},
    ],
    "offers": [
        {"vendor": "tsmc", "component": "foundry", "status": "volume", **CITED},
        {"vendor": "samsung", "component": "foundry", "status": "volume", **CITED},
        {"vendor": "largan", "component": "lens", "status": "volume", **CITED},
        {"vendor": "asia-optical", "component": "lens", **CITED},
        {"vendor": "sony", "component": "camera", "status": "volume", **CITED},
        {"vendor": "keyence", "component": "camera", "status": "volume", **CITED},
    ],
    "component_requires": [
        {"component": "camera", "requires": "lens", "kind": "input", **CITED},
        {"component": "camera", "requires": "foundry", "kind": "input", **CITED},
    ],
    "solution_requires": [
        {"solution": "care", "requires": "camera", "kind": "input", **CITED},
        {"solution": "checkout", "requires": "camera", "kind": "input", **CITED},
        {"solution": "checkout", "requires": "vision", "kind": "input", **_UNCITED},
    ],
    "completeness": [
        {"component": "foundry", "country": "TW", "level": "complete", **CITED},
        {"component": "foundry", "country": "JP", "level": "complete", **CITED},
        {"component": "camera", "country": "TW", "level": "complete", **CITED},
        {"component": "lens", "country": "TW", "level": "partial", **CITED},
    ],
}

TSMC = "GAP-340dbdc34034"
"""Id of the finding that the chain hangs on TSMC."""


def make_command(*arguments: str | Path) -> list[str]:
    """Return the command line of ``kizuna``, under which an encoding left to the machine is an error."""
    strict = ["-X", "warn_default_encoding", "-W", "error::EncodingWarning"]
    return [sys.executable, *strict, "-m", "kizuna", *map(str, arguments)]


def make_environment(**variables: str) -> dict[str, str]:
    """Return the environment of a process: that of the tests, and `variables`."""
    return {**os.environ, "PYTHONPATH": str(_PACKAGE_FOLDER), "PYTHONIOENCODING": "utf-8", **variables}


def run_command(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run ``kizuna`` as a process of its own, without a terminal."""
    return subprocess.run(
        make_command(*arguments), capture_output=True, env=make_environment(**variables), check=False
    )
