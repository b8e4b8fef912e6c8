"""Thresholds that a script sets: ``--fail-on single-vendor:5`` ends a command with exit code 1."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, TypeVar

import click

from kizuna._errors import InputError
from kizuna._outcome import FINE, THRESHOLD

__all__ = ["check_thresholds", "fail_on"]

Command = TypeVar("Command", bound=Callable[..., Any])


def fail_on(keys: Collection[str], *, example: str) -> Callable[[Command], Command]:
    """Return the option ``--fail-on`` of a command that counts `keys`."""
    return click.option(
        "--fail-on",
        "thresholds",
        multiple=True,
        metavar="WHAT[:N]",
        help=f"Exit with code 1 if there are N or more of WHAT (without N: any), such as {example}; may be "
        f"repeated. WHAT is one of {', '.join(keys)}.",
    )


def check_thresholds(given: Sequence[str], counts: Mapping[str, int]) -> tuple[int, tuple[str, ...]]:
    """Return the exit code for what was counted, and a note for each threshold that was reached.

    Parameters
    ----------
    given
        Thresholds as the caller wrote them: ``WHAT`` or ``WHAT:N``.
    counts
        What a threshold may speak of, and how many there are of it.

    Raises
    ------
    InputError
        A threshold speaks of something else, or its number is not a whole number from 1 up.

    Examples
    --------
    >>> check_thresholds(["dominant", "single-vendor:5"], {"dominant": 2, "single-vendor": 4})
    (1, ('--fail-on dominant: there are 2, the threshold is 1',))
    """
    notes = []
    for text in given:
        what, least = _read_threshold(text, counts)
        if counts[what] >= least:
            notes.append(f"--fail-on {text}: there are {counts[what]}, the threshold is {least}")
    return (THRESHOLD if notes else FINE), tuple(notes)


def _read_threshold(text: str, counts: Mapping[str, int]) -> tuple[str, int]:
    what, colon, number = text.partition(":")
    if what not in counts:
        near = get_close_matches(what, counts, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise InputError(f"`--fail-on`: {what!r} is none of {', '.join(counts)}{hint}")
    if not colon:
        return what, 1
    if not (number.isascii() and number.isdigit() and int(number) >= 1):
        raise InputError(
            f"`--fail-on`: in {text!r} the number must be a whole number from 1 up, like {what}:5"
        )
    return what, int(number)
