"""What is wrong with a table: one problem, many of them, and the error that holds them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Literal

import pandas as pd

from .._errors import InputError

__all__ = [
    "MAX_ROWS",
    "Level",
    "Problem",
    "ValidationError",
    "describe_rows",
    "lift_warnings",
    "quote",
    "suggest",
]

Level = Literal["error", "warning"]

#: Rows listed one by one for each (file, column, rule); the rest is counted in one further problem.
MAX_ROWS = 50
_LISTED = 20  # problems that the text of an error shows
_WIDTH = 60  # characters of a value that a message shows
_POOL = 2000  # names among which the nearest is looked for


def quote(value: str) -> str:
    r"""Show a value in quotes, shortened, with nothing in it that a console could act on.

    Examples
    --------
    >>> quote("台積電"), quote("a\x1b[2J")
    ("'台積電'", "'a\\x1b[2J'")
    """
    return repr(value if len(value) <= _WIDTH else value[:_WIDTH] + "…")


def suggest(value: str, known: Iterable[str]) -> str:
    """Return "did you mean …?" for the nearest of `known`, or nothing if none is near.

    Examples
    --------
    >>> suggest("volum", ["volume", "pilot"])
    'did you mean volume?'
    """
    # difflib compares with every name; among many, only those that begin alike are worth it.
    pool = list(known)
    if len(pool) > _POOL:
        pool = [name for name in pool if name[:2] == value[:2]][:_POOL]
    lower = {name.lower(): name for name in pool}
    near = get_close_matches(value.lower(), lower, n=1, cutoff=0.6)
    return f"did you mean {lower[near[0]]}?" if near else ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file; its text is one sentence that a user can act on.

    Parameters
    ----------
    file
        Name of the file.
    row
        Row as a spreadsheet numbers it: the header is row 1, a cell that holds several lines is still in
        one row. ``None``: the file as a whole.
    column
        Name of the column; ``None``: the row as a whole.
    rule
        Short name of the rule that is broken, the same over versions.
    found, allowed
        What is there, and what may be there.
    advice
        What to do, where that does not follow.
    level
        ``error``: the data cannot be used; ``warning``: they can, but somebody should look.

    Examples
    --------
    >>> print(Problem("offers.csv", 3, "share", "number", "'40%'", "a number from 0 to 1", "write 0.4"))
    offers.csv, row 3, column share: found '40%', allowed is a number from 0 to 1; write 0.4
    """

    file: str
    row: int | None
    column: str | None
    rule: str
    found: str
    allowed: str
    advice: str = ""
    level: Level = "error"

    def __str__(self) -> str:
        """Return the sentence."""
        where = self.file
        if self.row is not None:
            where += f", row {self.row}"
        if self.column is not None:
            where += f", column {self.column}"
        advice = f"; {self.advice}" if self.advice else ""
        return f"{where}: found {self.found}, allowed is {self.allowed}{advice}"


class ValidationError(InputError):
    """The data break the model; `problems` holds everything that was found, warnings too.

    Its text lists the first errors and says how many more there are.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        errors = [p for p in self.problems if p.level == "error"]
        lines = [f"{len(errors):,} problem{'' if len(errors) == 1 else 's'} in the data:"]
        lines += [f"  {problem}" for problem in errors[:_LISTED]]
        if len(errors) > _LISTED:
            lines.append(f"  … and {len(errors) - _LISTED:,} more")
        super().__init__("\n".join(lines))

    def __reduce__(self) -> tuple[type[ValidationError], tuple[tuple[Problem, ...]]]:
        """Let the error cross to another process whole."""
        return type(self), (self.problems,)


Text = str | Callable[[str], str]


def _fill(text: Text, value: str) -> str:
    return text if isinstance(text, str) else text(value)


def describe_rows(
    file: str,
    column: str | None,
    rule: str,
    values: pd.Series,
    *,
    allowed: Text,
    found: Text = quote,
    advice: Text = "",
    level: Level = "error",
) -> list[Problem]:
    """Return a problem for each row of `values` (index: row, value: what was found).

    Texts may be functions of the value. After `MAX_ROWS` rows, the rest is counted in one problem.
    """
    problems = [
        Problem(
            file, row, column, rule, _fill(found, value), _fill(allowed, value), _fill(advice, value), level
        )
        for row, value in zip(values.index[:MAX_ROWS].tolist(), values.iloc[:MAX_ROWS].tolist(), strict=True)
    ]
    rest = values.iloc[MAX_ROWS:]
    if len(rest):
        row = rest.index.tolist()[0]
        found_again = f"the same {len(rest):,} more times from this row on"
        problems.append(Problem(file, row, column, rule, found_again, problems[-1].allowed, level=level))
    return problems


def lift_warnings(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems with every warning made an error."""
    return [replace(problem, level="error") for problem in problems]
