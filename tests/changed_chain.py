"""Versions of the small data set, each with one thing changed, for the tests of ``kizuna diff`` and ``finding``."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

from tests.packages import Package, Row, write_package
from tests.toy_chain import CITED, TOY

SECOND: Row = {"vendor": "keyence", "component": "foundry", "status": "volume", **CITED}
"""A second foundry beside TSMC's: with it TSMC is no single point of failure."""

TAIWAN = "GAP-283aad506c99"
"""Id of the finding that the chain hangs on Taiwan."""

JAPAN = "GAP-904994d2fc99"
VISION = "GAP-b42e695501f8"

Change = Callable[[Package], object]


def write_version(folder: Path, change: Change | None = None) -> Path:
    """Write the small data set with one thing changed."""
    package = copy.deepcopy(TOY)
    if change is not None:
        change(package)
    return write_package(folder, package)


def add_second(**more: str) -> Change:
    """Add the second foundry."""
    return lambda package: package["offers"].append({**SECOND, **more})


def add_stranger(package: Package) -> None:
    """Add a vendor that has nothing to do with anything."""
    package["vendors"].append({"id": "stranger", "country": "JP", "name_en": "Stranger", **CITED})


def drop_requirement(package: Package) -> None:
    """Let cameras need no foundry any more."""
    package["component_requires"].pop()


def drop_source(package: Package) -> None:
    """Let nobody say where it is known from that TSMC offers a foundry."""
    package["offers"][0] = {
        "vendor": "tsmc",
        "component": "foundry",
        "status": "volume",
        "dataset": "toy",
        "source_kind": "uncited",
    }
