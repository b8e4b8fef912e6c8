"""Thresholds of scripts: when a command ends with exit code 1, and what is said about it."""

from __future__ import annotations

import pytest

from kizuna._errors import InputError
from kizuna._outcome import FINE, THRESHOLD
from kizuna.commands.thresholds import check_thresholds

_COUNTS = {"single-vendor": 5, "uncovered": 0}


@pytest.mark.parametrize("given", [[], ["uncovered"], ["single-vendor:6"], ["uncovered:1"]])
def test_below_a_threshold_all_is_fine(given: list[str]) -> None:
    """Fewer than the threshold, or no threshold at all, leaves exit code 0 and says nothing."""
    assert check_thresholds(given, _COUNTS) == (FINE, ())


@pytest.mark.parametrize("given", ["single-vendor", "single-vendor:1", "single-vendor:5"])
def test_a_threshold_that_is_reached(given: str) -> None:
    """As many as the threshold says is already too many, and the note has both numbers."""
    code, notes = check_thresholds(["uncovered", given], _COUNTS)
    least = given.partition(":")[2] or "1"
    assert code == THRESHOLD
    assert notes == (f"--fail-on {given}: there are 5, the threshold is {least}",)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("singel-vendor", "'singel-vendor' is none of single-vendor, uncovered; did you mean single-vendor?"),
        ("", "'' is none of single-vendor, uncovered"),
        ("uncovered:0", "in 'uncovered:0' the number must be a whole number from 1 up, like uncovered:5"),
        ("uncovered:", "in 'uncovered:' the number must be"),
        ("uncovered:-1", "in 'uncovered:-1' the number must be"),
        ("uncovered:²", "in 'uncovered:²' the number must be"),
    ],
)
def test_a_threshold_that_cannot_be_read(given: str, message: str) -> None:
    """A threshold that means nothing is an error that says what is allowed."""
    with pytest.raises(InputError) as raised:
        check_thresholds([given], _COUNTS)
    assert str(raised.value).startswith(f"`--fail-on`: {message}")
