"""The gaps that are planted in a synthetic supply chain, and whether an answer holds them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from kizuna.queries import Gaps

__all__ = ["Planted", "find_missed", "read_planted", "write_planted"]

_FILE = "planted.json"


@dataclass(frozen=True)
class Planted:
    """What a synthetic supply chain is known to lack; no component is in two of these.

    Parameters
    ----------
    single_vendor
        Components that one vendor alone offers, with the vendor.
    two_vendors
        Components with two vendors, of two countries and two groups: no gap.
    one_country
        Components that firms of one country alone offer, of several groups, with the country.
    one_group
        Components that one group alone offers, from both countries, with the head of the group.
    """

    single_vendor: dict[str, str]
    two_vendors: list[str]
    one_country: dict[str, str]
    one_group: dict[str, str]

    def counts(self) -> dict[str, int]:
        """Return how many components were planted of each kind."""
        return {kind: len(components) for kind, components in asdict(self).items()}


def write_planted(planted: Planted, folder: Path) -> None:
    """Write what was planted beside the tables."""
    (folder / _FILE).write_text(json.dumps(asdict(planted)), encoding="utf-8")


def read_planted(folder: Path) -> Planted:
    """Read what :func:`write_planted` wrote."""
    return Planted(**json.loads((folder / _FILE).read_text(encoding="utf-8")))


def find_missed(planted: Planted, gaps: Gaps) -> list[tuple[str, str]]:
    """Return the planted gaps that an answer does not hold, as (kind, component); none if all is well.

    A component of one vendor must be a root of the cut of that vendor, one of one country or group of the
    cut of that country or group, and one with two vendors of no cut at all.
    """
    roots = {(str(cut.unit), cut.member): set(cut.roots) for cut in gaps.cuts}
    expected = (
        ("vendor", planted.single_vendor), ("country", planted.one_country), ("group", planted.one_group)
    )  # fmt: skip
    missed = [
        (unit, component)
        for unit, kind in expected
        for component, member in kind.items()
        if component not in roots.get((unit, member), ())
    ]
    everywhere = set().union(*roots.values()) if roots else set()
    return missed + [("none", component) for component in planted.two_vendors if component in everywhere]
