"""Relations that two firms, or their groups, are documented to have, in force and past."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from ..graph import COMPANY_RELATIONS, MODEL, SupplyGraph, first_day, resolve_statements
from .market import Market
from .scope import CONFIDENCE, Scope

__all__ = ["FirmTie", "FirmTies", "Reach"]

Reach = Literal["firms", "groups"]


@dataclass(frozen=True)
class FirmTie:
    """One documented relation between two firms or their groups.

    Parameters
    ----------
    reach
        ``firms``: between the two firms themselves; ``groups``: between other members of their groups.
    type
        Type of the edge, such as ``SUPPLIES``.
    from_vendor, to_vendor
        Its ends: who supplies, owns, invests or grants, and whom.
    component
        What it is about; None: nobody says.
    since, until
        When it began and ended, as far as known.
    row
        Index of its row in the table of its type, where its evidence stands.
    past
        Whether it is history.
    """

    reach: Reach
    type: str
    from_vendor: str
    to_vendor: str
    component: str | None
    since: str | None
    until: str | None
    row: int
    past: bool = False

    def statement(self, graph: SupplyGraph) -> pd.Series:
        """Return the row that states it, with its evidence."""
        return graph.table(self.type.lower()).loc[[self.row]].iloc[0]

    def sort_key(self) -> tuple[object, ...]:
        """Order of relations in a list: in force first, of the firms first, then by type and ends."""
        about = self.component or ""
        return (self.past, self.reach, self.type, self.from_vendor, self.to_vendor, about, self.row)


class FirmTies:
    """The relations of some firms and their groups, by the firm and by the group at the other end.

    Parameters
    ----------
    market
        Whose groups, and which evidence counts.
    vendors
        Ids of the firms.
    """

    def __init__(self, market: Market, vendors: Collection[str]) -> None:
        ids = market.vendor_ids
        self._heads: dict[str, str] = dict(zip(ids.tolist(), ids[market.groups.head].tolist(), strict=True))
        self._firms: dict[str, list[FirmTie]] = {}
        self._groups: dict[str, list[FirmTie]] = {}
        own = set(vendors)
        groups = {self._heads[vendor] for vendor in own}
        for tie in _list_relations(market.graph, market.scope):
            ends = (tie.from_vendor, tie.to_vendor)
            for here, there in (ends, ends[::-1]):
                group, other = self._heads.get(here), self._heads.get(there)
                if here in own:
                    self._firms.setdefault(there, []).append(tie)
                if group in groups and other is not None and other != group:
                    self._groups.setdefault(other, []).append(tie)

    def of(self, vendor: str) -> tuple[FirmTie, ...]:
        """Return all relations with one firm or its group, those in force and of the firms themselves first."""
        found = {(tie.type, tie.row): tie for tie in self._firms.get(vendor, [])}
        for tie in self._groups.get(self._heads.get(vendor, ""), []):
            found.setdefault((tie.type, tie.row), replace(tie, reach="groups"))
        return tuple(sorted(found.values(), key=FirmTie.sort_key))

    def with_any(self, vendors: Collection[str]) -> tuple[FirmTie, ...]:
        """Return all relations that have one of some firms itself for their other end, each once."""
        others = set(vendors)
        found: dict[tuple[str, int], FirmTie] = {}
        for vendor in vendors:
            for tie in self.of(vendor):
                if tie.from_vendor in others or tie.to_vendor in others:
                    found.setdefault((tie.type, tie.row), tie)
        return tuple(sorted(found.values(), key=FirmTie.sort_key))


def _list_relations(graph: SupplyGraph, scope: Scope) -> Iterator[FirmTie]:
    """Yield the relations of all firms, in force and past, whose evidence passes the scope's filters."""
    for edge in COMPANY_RELATIONS:
        name = edge.lower()
        current = set(graph.current(name).index)
        frame = resolve_statements(MODEL.tables[name], graph.table(name))
        frame = frame[_passes(frame, scope)]
        columns = ("from_vendor", "to_vendor", "component", "since", "until")
        cells = zip(*(frame[column].tolist() for column in columns), strict=True)
        for row, (source, target, *rest) in zip(frame.index, cells, strict=True):
            about, since, until = map(_text, rest)
            past = row not in current
            if past and since is not None and graph.as_of and first_day(since) > graph.as_of:
                continue  # it has not begun
            yield FirmTie("firms", edge, source, target, about, since, until, int(row), past)


def _text(cell: object) -> str | None:
    return cell if isinstance(cell, str) else None


def _passes(frame: pd.DataFrame, scope: Scope) -> pd.Series:
    passes = pd.Series(True, index=frame.index)
    if scope.source_kinds is not None:
        passes &= frame["source_kind"].isin(scope.source_kinds)
    if scope.confidence is not None:
        passes &= frame["confidence"].isin(CONFIDENCE[CONFIDENCE.index(scope.confidence) :])
    return passes
