"""What a gap is: one finding for each minimal cut set, with an id that it keeps."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from .scope import Scope

__all__ = ["Doubt", "Finding", "FindingKind", "Verdict", "finding_id", "rank_findings"]

FindingKind = Literal["cut", "uncovered", "dominant", "thin"]
Verdict = Literal["confirmed", "apparent", "fragile"]


@dataclass(frozen=True)
class Doubt:
    """One line of a verdict that fails: what would settle it.

    Parameters
    ----------
    key
        Message in the catalogue, ``doubt.…``.
    ids
        What it speaks of: (placeholder of the message, label, id).
    """

    key: str
    ids: tuple[tuple[str, str, str], ...] = ()

    @classmethod
    def of(cls, key: str, ids: Mapping[str, tuple[str, str]]) -> Doubt:
        """Make a doubt from a mapping of placeholder to (label, id)."""
        return cls(key, tuple((name, label, node) for name, (label, node) in ids.items()))

    def sort_key(self) -> tuple[str, ...]:
        """Order of doubts in a list: by kind, then by what they speak of."""
        return (self.key, *(node for _, _, node in self.ids))


@dataclass(frozen=True)
class Finding:
    """A minimal cut set and the targets that it is one of.

    Parameters
    ----------
    id
        ``GAP-`` and a hash of kind, unit, scope and members; the same over versions of the data.
    kind
        ``cut``: a single point of failure. ``uncovered``: offered by nobody. ``dominant``: others are
        there, but one unit leads; never called a single point of failure. ``thin``: a cut only where each
        component needs two groups.
    unit
        What is lost as one: vendor, group, country, region, city, exchange or size. None for uncovered.
    members
        The units that are lost together, sorted: vendors by id, groups by their heads, countries by code, the
        others by the property's value. None for uncovered.
    roots
        Components all of whose counted vendors lie in the cut, at or below a target.
    vendors
        Those vendors.
    components, solutions
        The targets that the cut is a minimal cut set of; what some of its members alone take along belongs to
        the smaller cut.
    direct
        Solutions lost that require a root themselves; for the others the gap is hidden.
    at_once
        Solutions lost at once: what is used up or built in and services alone are enough for that. The
        others are lost in time, for want of equipment.
    solutions_total
        How many solutions can be had with all units present (uncovered: how many there are).
    severity
        Weight of the solutions lost, as a part of the weight of those, 0 to 1.
    stand_ins
        Groups outside the cut that could step in: with a limited, pilot or announced offer of a root, or a
        counted one of the same family.
    also
        At which coarser units the same cut stands: as few of them, or fewer, but not all, take the same along.
    seat_owner_disagree
        Whether a vendor of the cut has its seat in one country and its ultimate owner in another.
    """

    id: str
    kind: FindingKind
    unit: str | None
    members: tuple[str, ...]
    roots: tuple[str, ...]
    vendors: tuple[str, ...]
    components: tuple[str, ...]
    solutions: tuple[str, ...]
    direct: tuple[str, ...]
    at_once: tuple[str, ...]
    solutions_total: int
    severity: float
    stand_ins: int
    also: tuple[str, ...] = ()
    seat_owner_disagree: bool = False

    @property
    def order(self) -> int:
        """Number of units that must be lost together; 1 for what nobody offers."""
        return max(1, len(self.members))

    @property
    def member(self) -> str | None:
        """The one unit that is lost; None if it is not one."""
        return self.members[0] if len(self.members) == 1 else None

    @property
    def in_time(self) -> tuple[str, ...]:
        """Solutions lost only in time, because equipment can no longer be had."""
        return tuple(s for s in self.solutions if s not in self.at_once)

    @property
    def hidden(self) -> tuple[str, ...]:
        """Solutions lost that require no root themselves."""
        return tuple(s for s in self.solutions if s not in self.direct)


def finding_id(kind: FindingKind, unit: str | None, scope: Scope, members: list[str]) -> str:
    """Return the id of a finding; data and date do not enter it.

    Examples
    --------
    >>> finding_id("cut", "vendor", Scope(), ["tsmc"]) == finding_id("cut", "vendor", Scope(), ["tsmc"])
    True
    """
    parts: list[Any] = [kind, unit, scope.within, sorted(scope.pair), scope.country_by]
    parts += [*scope.thresholds, sorted(members)]
    text = json.dumps(parts, ensure_ascii=True)
    return "GAP-" + hashlib.sha256(text.encode()).hexdigest()[:12]


def rank_findings(findings: list[Finding]) -> list[Finding]:
    """Sort findings from the gravest: severity, order, fewest stand-ins, most components lost, id."""
    return sorted(findings, key=lambda f: (-f.severity, f.order, f.stand_ins, -len(f.components), f.id))
