"""Offers by place, numbers of groups and shares of the market, by brute force: names, sets and recursion.

It takes from the other oracle what the rows say of owners and requirements, and the rest from the definitions.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from fractions import Fraction

from hypothesis import strategies as st

from tests.graphs import Row, Rows, supply_rows
from tests.oracle import Oracle

__all__ = ["ScopedOracle", "placed_rows"]

_PLACES = ("", "", "TW", "TW", "JP", "US", "JP;TW", "TW;US", "JP;US")
_SHARES = ("", "", "", "0.1", "0.2", "0.3", "0.5", "0.7")


@st.composite
def placed_rows(draw: st.DrawFn) -> Rows:
    """Random graphs whose offers say where they are made and what share of the market they have, or not."""
    rows = draw(supply_rows())
    random = draw(st.randoms(use_true_random=False))
    offers = []
    for row in rows["offers"]:
        share = random.choice(_SHARES)
        more = {
            "made_in": random.choice(_PLACES),
            "share": share,
            "share_of": random.choice((row["component"], row["component"], "a wider market"))
            if share
            else "",
            "share_year": random.choice(("2020", "2021", "2021", "")) if share else "",
        }
        offers.append({**row, **more})
    return {**rows, "offers": offers, "countries": [{"id": country} for country in ("TW", "JP", "US")]}


class ScopedOracle:
    """A small graph seen through a scope."""

    def __init__(
        self,
        rows: Rows,
        *,
        pair: tuple[str, str] = ("TW", "JP"),
        within: str = "pair",
        country_by: str = "seat",
        min_groups: int = 1,
        min_share: float | None = None,
    ) -> None:
        by = "seat" if country_by == "made" else country_by
        self.base = Oracle(rows, pair=pair, within=within, country_by=by)
        self.pair, self.within, self.made = pair, within, country_by == "made"
        self.min_groups = min_groups
        self.min_share = None if min_share is None else Fraction(str(min_share))
        self.targets = [*self.base.components, *self.base.solutions]
        self.counted = list(enumerate(self.base.counted))
        self.present = [(n, row) for n, row in self.counted if self.at_home(row)]
        at_home = {row["component"] for _, row in self.present}
        self.imports = {row["component"] for _, row in self.counted} - at_home
        self.usable = [
            *self.present,
            *((n, row) for n, row in self.counted if row["component"] in self.imports),
        ]
        self.everyone = self.without(())

    def places(self, row: Row) -> frozenset[str]:
        """Return where an offer is made; nothing if nobody says."""
        return frozenset(filter(None, row.get("made_in", "").split(";")))

    def at_home(self, row: Row) -> bool:
        """Whether an offer can be lost."""
        if not self.made:
            return self.base.at_home(row["vendor"])
        if self.within == "world":
            return True
        places = self.places(row)
        return bool(places & set(self.pair)) or (not places and self.base.seat[row["vendor"]] in self.pair)

    def units(self, unit: str) -> set[str]:
        """Return the units with counted offers that can be lost."""
        if unit != "country" or not self.made:
            return {self.base.unit_of(unit)(row["vendor"]) for _, row in self.present}
        places = {place for _, row in self.present for place in self.places(row)}
        return places if self.within == "world" else places & set(self.pair)

    def taken(self, unit: str, lost: Collection[str]) -> frozenset[int]:
        """Return the offers that are lost with some units."""
        if unit != "country" or not self.made:
            of = self.base.unit_of(unit)
            return frozenset(n for n, row in self.present if of(row["vendor"]) in lost)
        return frozenset(n for n, row in self.present if self.places(row) and self.places(row) <= set(lost))

    # φ

    def without(self, gone: Collection[int]) -> Callable[[str], bool]:
        """Return φ without some offers."""
        left = [row for n, row in self.usable if n not in gone]
        known: dict[str, bool] = {}

        def can(target: str) -> bool:
            if target not in known:
                known[target] = self._can(target, [row for row in left if row["component"] == target], can)
            return known[target]

        return can

    def _can(self, target: str, offers: list[Row], can: Callable[[str], bool]) -> bool:
        if target in self.base.solutions or target in self.base.virtual:
            return self.holds(target, (), can)
        able = [row for row in offers if self.holds(target, self.own(row), can)]
        return bool(able) and (target in self.imports or self.enough(target, able))

    def own(self, row: Row) -> list[str]:
        """Return what a vendor makes in house for an offer."""
        return row.get("in_house", "").split(";")

    def holds(self, target: str, own: Collection[str], can: Callable[[str], bool]) -> bool:
        """Whether everything that a target requires can be had, or is made in house."""
        return all(
            any(one in own or can(one) for one in item.alternatives)
            for item in self.base.needs.get(target, ())
        )

    def enough(self, component: str, offers: list[Row]) -> bool:
        """Whether the groups of some offers are enough for a component."""
        groups = {self.base.head(row["vendor"]) for row in offers}
        if len(groups) < self.min_groups:
            return False
        stated = [
            row
            for _, row in self.counted
            if row["component"] == component and row["share"] and row["share_of"] == component
            if row.get("share_year")
        ]
        if self.min_share is None or not stated:
            return True
        latest = max(row["share_year"] for row in stated)
        shares: dict[str, Fraction] = {}
        for row in stated:
            if row["share_year"] == latest:
                group = self.base.head(row["vendor"])
                shares[group] = shares.get(group, Fraction(0)) + Fraction(row["share"])
        rest = max(Fraction(0), 1 - sum(shares.values(), Fraction(0)))
        held = sum((shares.get(group, Fraction(0)) for group in groups), Fraction(0))
        return held + (rest if groups - set(shares) else 0) >= self.min_share

    def lost(self, gone: Collection[int]) -> frozenset[str]:
        """Return the targets that can be had with everybody, and not without some offers."""
        can = self.without(gone)
        return frozenset(t for t in self.targets if self.everyone(t) and not can(t))

    # What too few offer

    def uncovered(self) -> dict[str, frozenset[str]]:
        """Return the components that too few offer though their requirements hold, and what fails with each."""
        found = {}
        for component in self.base.components:
            offers = [row for _, row in self.present if row["component"] == component]
            if component in self.base.virtual or component in self.imports:
                continue
            ways = [self.own(row) for row in offers] or [[]]
            waiting = not all(self.holds(component, own, self.everyone) for own in ways)
            if not waiting and not (offers and self.enough(component, offers)):
                found[component] = frozenset(t for t in self.targets if not self.all_but(component)(t))
        return found

    def all_but(self, missing: str) -> Callable[[str], bool]:
        """Return φ where enough groups offer everything but one component, in the ways it is offered now."""
        known: dict[str, bool] = {}

        def can(target: str) -> bool:
            if target not in known:
                vendorless = target in self.base.solutions or target in self.base.virtual
                offers = [row for _, row in self.usable if row["component"] == target]
                ways = [[""]] if vendorless else [self.own(row) for row in offers] or [[""]]
                known[target] = target != missing and any(self.holds(target, own, can) for own in ways)
            return known[target]

        return can
