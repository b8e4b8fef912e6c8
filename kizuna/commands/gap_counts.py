"""What a threshold on gaps counts: ``kizuna gaps --fail-on single-vendor:5``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kizuna._errors import InputError
from kizuna.commands.thresholds import check_thresholds

if TYPE_CHECKING:
    from kizuna.queries import Gaps

__all__ = ["GAP_COUNTS", "UNIT_NAMES", "check_gap_counts", "count_gaps"]

# Written out: the queries would be loaded for every help.
UNIT_NAMES = ("vendor", "group", "country", "region", "city", "exchange", "size")
"""Units that may be lost."""

_SINGLE = "single-"
GAP_COUNTS = (
    *(f"{_SINGLE}{unit}" for unit in UNIT_NAMES),
    *("cut", "uncovered", "dominant", "fragile", "thin", "confirmed"),
)
"""What may be counted: single points of failure by unit, cuts of any order, the other kinds, and findings
that are confirmed."""


def check_gap_counts(given: Sequence[str], gaps: Gaps) -> tuple[int, tuple[str, ...]]:
    """Return the exit code for thresholds on gaps, and a note for each that was reached.

    Raises
    ------
    InputError
        A threshold speaks of what is not counted, or of what was not asked for.
    """
    if not given:
        return check_thresholds(given, {})
    if "OFFERS" in gaps.missing:
        raise InputError("`--fail-on`: this data set has no OFFERS, so that no gaps can be counted")
    for what in (text.partition(":")[0] for text in given):
        unit = what.removeprefix(_SINGLE)
        if what.startswith(_SINGLE) and unit in UNIT_NAMES and unit not in gaps.units:
            raise InputError(f"`--fail-on`: {what} counts what --unit {unit} lists; add that")
        if what == "thin" and gaps.doubled is None and gaps.analysis.scope.min_groups == 1:
            raise InputError("`--fail-on`: thin counts what --thin lists; add that")
    wanted = {text.partition(":")[0] for text in given}
    return check_thresholds(given, count_gaps(gaps, judge="confirmed" in wanted))


def count_gaps(gaps: Gaps, *, judge: bool) -> dict[str, int]:
    """Return how many findings there are of each kind.

    Parameters
    ----------
    gaps
        The gaps.
    judge
        Whether to count those that are confirmed, which takes a look at each; else that is 0.
    """
    from kizuna.queries import judge_finding

    counts = {
        f"{_SINGLE}{unit}": sum(cut.unit == unit and cut.order == 1 for cut in gaps.cuts)
        for unit in UNIT_NAMES
    }
    for kind in ("cuts", "uncovered", "dominant", "fragile", "thin"):
        counts[kind.removesuffix("s")] = len(getattr(gaps, kind))
    judged = (judge_finding(gaps.analysis, finding) for finding in gaps.findings if judge)
    return {**counts, "confirmed": sum(one.verdict == "confirmed" for one in judged)}
