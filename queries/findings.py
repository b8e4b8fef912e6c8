"""What a gap is: one finding for each minimal cut set, with an id that it keeps."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from .market import Unit
from .scope import Scope

__all__ = ["Doubt", "Finding", "FindingKind", "Verdict", "finding_id", "rank_findings"]

FindingKind = Literal["cut", "uncovered", "dominant"]
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
    """A minimal cut set and what is lost with it.

    Parameters
    ----------
    id
        ``GAP-`` and a hash of kind, unit, scope and members; the same over versions of the data.
    kind
        ``cut``: a single point of failure. ``uncovered``: offered by nobody. ``dominant``: others are
        there, but one unit leads; never called a single point of failure.
    unit, member
        The unit that is lost: a vendor, a group (named by its head) or a country. None for uncovered.
    roots
        Components all of whose counted vendors lie in the cut.
    vendors
        Those vendors.
    components, solutions
        The targets lost, roots included.
    direct
        Solutions lost that require a root themselves; for the others the gap is hidden.
    solutions_total
        How many solutions can be had with all units present (uncovered: how many there are).
    severity
        Weight of the solutions lost, as a part of the weight of those, 0 to 1.
    stand_ins
        Groups outside the cut that could step in: with a limited, pilot or announced offer of a root, or a
        counted one of the same family.
    also
        At which coarser units the same cut stands.
    seat_owner_disagree
        Whether a vendor of the cut has its seat in one country and its ultimate owner in another.
    order
        Number of units that must be lost together.
    """

    id: str
    kind: FindingKind
    unit: Unit | None
    member: str | None
    roots: tuple[str, ...]
    vendors: tuple[str, ...]
    components: tuple[str, ...]
    solutions: tuple[str, ...]
    direct: tuple[str, ...]
    solutions_total: int
    severity: float
    stand_ins: int
    also: tuple[Unit, ...] = ()
    seat_owner_disagree: bool = False
    order: int = 1

    @property
    def hidden(self) -> tuple[str, ...]:
        """Solutions lost that require no root themselves."""
        return tuple(s for s in self.solutions if s not in self.direct)


def finding_id(kind: FindingKind, unit: Unit | None, scope: Scope, members: list[str]) -> str:
    """Return the id of a finding; data and date do not enter it.

    Examples
    --------
    >>> finding_id("cut", "vendor", Scope(), ["tsmc"]) == finding_id("cut", "vendor", Scope(), ["tsmc"])
    True
    """
    parts: list[Any] = [kind, unit, scope.within, sorted(scope.pair), scope.country_by, sorted(members)]
    text = json.dumps(parts, ensure_ascii=True)
    return "GAP-" + hashlib.sha256(text.encode()).hexdigest()[:12]


def rank_findings(findings: list[Finding]) -> list[Finding]:
    """Sort findings from the gravest: severity, order, fewest stand-ins, most components lost, id."""
    return sorted(findings, key=lambda f: (-f.severity, f.order, f.stand_ins, -len(f.components), f.id))
