"""How many vendors a layer or a segment has, counted before anybody opens the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

__all__ = ["count_firms"]


def count_firms(payload: dict[str, Any], pair: Sequence[str]) -> None:
    """Write into layers and segments how many vendors of each country of `pair` have a counted offer there.

    A vendor counts once, however many components it offers. The page could count them from its offers, but need
    not read those before somebody looks at one.
    """
    segments, vendors = payload["segments"], payload["vendors"]
    found = {(payload["components"][o["c"]]["segment"], o["v"]) for o in payload["offers"] if o["counted"]}
    above = {(segments[segment]["layer"], vendor) for segment, vendor in found}
    for rows, met in ((segments, found), (payload["layers"], above)):
        counts = Counter((at, vendors[vendor]["country"]) for at, vendor in met)
        for at, row in enumerate(rows):
            row["firms"] = [counts[at, country] for country in pair]
