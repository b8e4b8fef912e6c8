"""The forms that an answer may have."""

from __future__ import annotations

from typing import Literal

__all__ = ["FORMATS", "RESULT_FORMATS", "Format"]

Format = Literal["table", "csv", "json", "jsonl", "md"]
FORMATS: tuple[Format, ...] = ("table", "csv", "json", "md")
"""The forms of every answer."""
RESULT_FORMATS = ("table", "csv", "json", "jsonl", "md", "html")
"""The forms of a query's answer: JSON lines are its rows, a page draws its nodes and relationships."""
