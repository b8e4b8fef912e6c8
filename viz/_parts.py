"""The files of the package that pages are made of: templates, style sheets, scripts."""

from __future__ import annotations

from functools import cache
from importlib import resources

__all__ = ["FOLDER", "read_part"]

FOLDER = resources.files(__package__ or "kizuna.viz")


@cache
def read_part(name: str) -> str:
    """Return the text of a file of the package, such as ``vendor/vis-network.min.js``."""
    return (FOLDER / name).read_text(encoding="utf-8")
