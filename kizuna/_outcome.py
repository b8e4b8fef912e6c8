"""What a command has to say, how, and its exit code."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from kizuna._forms import Format
    from kizuna._render import Answer

__all__ = [
    "FAILED",
    "FINE",
    "INTERRUPTED",
    "THRESHOLD",
    "WRONG_INPUT",
    "Outcome",
    "make_outcome",
    "pick_form",
]

FINE, THRESHOLD, WRONG_INPUT, FAILED, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit codes; `THRESHOLD` is for limits that a caller sets."""

_SUFFIXES: dict[str, Format] = {".csv": "csv", ".json": "json", ".jsonl": "jsonl", ".md": "md"}


class Outcome(NamedTuple):
    """What a command has to say, how, and the exit code; `notes` go to standard error, after the answer."""

    answer: Answer
    form: Format = "table"
    output: str | None = None
    code: int = FINE
    notes: tuple[str, ...] = ()


def pick_form(options: dict[str, Any]) -> Format:
    """Return the form that was asked for, else that of the output's suffix, else a table."""
    suffix = os.path.splitext(options["output"] or "")[1].lower()  # noqa: PTH122  no pathlib for the help
    form: Format = options["form"] or _SUFFIXES.get(suffix, "table")
    return form


def make_outcome(
    answer: Answer, options: dict[str, Any], code: int = FINE, *, notes: tuple[str, ...] = ()
) -> Outcome:
    """Return an outcome written as the options of `WRITE` ask for."""
    return Outcome(answer, pick_form(options), options["output"], code, notes)
