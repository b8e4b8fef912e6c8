"""Units as gaps need them: which offers each takes along, and which units lie inside which."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from .market import PROPERTIES, UNITS, Bools, Ints, Market

__all__ = ["LISTED", "UnitView", "coarser_units", "finer_units"]

_FINER: dict[str, tuple[str, ...]] = {
    "vendor": (),
    "group": ("vendor",),
    "city": ("vendor",),
    "region": ("vendor", "city"),
    "country": ("vendor", "group", "city", "region"),
    "exchange": ("vendor",),
    "size": ("vendor",),
}
LISTED = tuple(_FINER)
"""All units, each after those that are finer."""


def finer_units(unit: str, among: Collection[str]) -> tuple[str, ...]:
    """Return the units of a list that are finer than one, finest first.

    Examples
    --------
    >>> finer_units("country", ("country", "vendor", "exchange", "region"))
    ('vendor', 'region')
    """
    return tuple(other for other in _FINER[unit] if other in among)


def coarser_units(unit: str, asked: Sequence[str]) -> tuple[str, ...]:
    """Return the units that are coarser than one: group and country always, others if they are asked for."""
    known = (*UNITS, *(other for other in PROPERTIES if other in asked))
    return tuple(other for other in known if unit in _FINER[other])


@dataclass(frozen=True, eq=False)
class UnitView:
    """The units of one kind in a market.

    Parameters
    ----------
    market
        The market.
    unit
        Which kind.
    """

    market: Market
    unit: str

    @cached_property
    def _codes(self) -> tuple[Ints, pd.Index]:
        return self.market.offer_codes(self.unit)

    @property
    def codes(self) -> Ints:
        """The one unit that takes each offer along, as a code; -1 if there is none."""
        return self._codes[0]

    @property
    def names(self) -> pd.Index:
        """Name of each code."""
        return self._codes[1]

    @cached_property
    def named(self) -> Bools:
        """Codes that stand for a unit known by name; the others are never lost."""
        if self.unit in PROPERTIES:
            return self.market.named_units(self.unit)
        return np.ones(len(self.names), dtype=bool)

    @cached_property
    def _places(self) -> tuple[Ints, Ints]:
        """Pairs of a counted offer and a unit that it is in, sorted by offer; unit -1: in none that is known."""
        offers = np.flatnonzero(self.market.present)
        if self.unit != "country" or not self.market.by_made:
            codes = self.codes[offers]
            return offers, np.where(self.named[codes], codes, -1)
        whose, codes = self.market.places.pairs(offers)
        silent = np.setdiff1d(offers, whose)  # nobody states where they are made
        whose, codes = np.concatenate([whose, silent]), np.concatenate([codes, np.full(len(silent), -1)])
        order = np.argsort(whose, kind="stable")
        known = np.isin(codes, self.market.places_there)
        return whose[order], np.where(known, codes, -1)[order]

    @cached_property
    def count(self) -> int:
        """How many units have counted offers and can be lost; one without a name is one too."""
        if self.unit == "country" and self.market.by_made:
            return len(self.market.places_there)
        seen = np.zeros(len(self.names) + 1, dtype=bool)  # the last one: of no unit
        seen[self.codes[self.market.present]] = True
        return int(seen.sum())

    @cached_property
    def by_code(self) -> tuple[Ints, Ints]:
        """Counted offers by the unit that takes them along, and these units, sorted."""
        offers = np.flatnonzero(self.market.present)
        order = np.argsort(self.codes[offers], kind="stable")
        return offers[order], self.codes[offers[order]]

    def present(self, members: Sequence[int]) -> Ints:
        """Return the counted offers that the loss of some units takes along."""
        if len(members) > 1 and self.unit == "country" and self.market.by_made:
            return np.flatnonzero(self.market.present & self._taken(members))
        offers, codes = self.by_code
        first, last = np.searchsorted(codes, members), np.searchsorted(codes, members, side="right")
        return np.concatenate([offers[a:b] for a, b in zip(first.tolist(), last.tolist(), strict=True)])

    def holds(self, members: Sequence[int], offers: Ints) -> Bools:
        """Say which of some offers the loss of some units takes along."""
        if len(members) > 1 and self.unit == "country" and self.market.by_made:
            return self._taken(members)[offers]
        return np.isin(self.codes[offers], members)

    def _taken(self, members: Sequence[int]) -> Bools:
        return self.market.taken_with(self.names[list(members)].tolist())

    def covers(self, offers: Ints) -> frozenset[int]:
        """Return the units that some counted offers are in; -1 among them: some are in none that is known."""
        whose, codes = self._places
        first = np.searchsorted(whose, offers)
        last = np.searchsorted(whose, offers, side="right")
        return frozenset(int(c) for a, b in zip(first, last, strict=True) for c in codes[a:b])

    def find(self, members: Collection[str]) -> list[int]:
        """Return the codes of units, by name."""
        return [self._code_of[member] for member in members]

    @cached_property
    def _code_of(self) -> dict[str, int]:
        # Asked for once a finding: a look-up in an index of strings would convert it whole each time.
        codes = np.flatnonzero(self.named)
        return dict(zip(self.names[codes].tolist(), codes.tolist(), strict=True))
