"""The vendors, groups and offers that a question counts, as integer codes."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from .._errors import InputError
from ..graph import SupplyGraph, in_force, split_list
from .groups import Groups, find_groups
from .scope import Scope

__all__ = ["UNITS", "Bools", "Ints", "Market", "Unit", "expand_slices"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

Unit = Literal["vendor", "group", "country"]
UNITS: tuple[Unit, ...] = get_args(Unit)


class Market:
    """A graph seen through a scope.

    Positions are those of the graph's tables: vendor ``i`` is row ``i`` of ``vendors``, and so on. Offers
    are those in force; `counted` says which of them are a source of supply.

    Parameters
    ----------
    graph
        The graph.
    scope
        What to count.
    """

    def __init__(self, graph: SupplyGraph, scope: Scope) -> None:
        self.graph = graph
        self.scope = scope
        self.vendor_ids = pd.Index(graph.table("vendors")["id"])
        self.component_ids = pd.Index(graph.table("components")["id"])
        self.solution_ids = pd.Index(graph.table("solutions")["id"])
        offers = graph.current("offers")
        self.offers = offers
        self.offer_vendor: Ints = self.vendor_ids.get_indexer(pd.Index(offers["vendor"]))
        self.offer_component: Ints = self.component_ids.get_indexer(pd.Index(offers["component"]))
        self._columns: dict[str, list[Any]] = {}

    @cached_property
    def groups(self) -> Groups:
        """Groups by control."""
        return find_groups(self.graph)

    @cached_property
    def seats(self) -> pd.Series:
        """Country of each vendor's seat."""
        return self.graph.table("vendors")["country"].reset_index(drop=True)

    @cached_property
    def owner_seats(self) -> pd.Series:
        """Country of the seat of each vendor's ultimate owner."""
        return self.seats.iloc[self.groups.head].reset_index(drop=True)

    @property
    def countries(self) -> pd.Series:
        """Country of each vendor, by seat or by owner as the scope says."""
        return self.seats if self.scope.country_by == "seat" else self.owner_seats

    @cached_property
    def vendor_countries(self) -> list[str]:
        """The same as a list, for looking up single vendors."""
        return list(self.countries)

    @cached_property
    def in_pair(self) -> Bools:
        """Vendors of the two countries of the study."""
        return self.countries.isin(self.scope.pair).to_numpy(dtype=bool)

    @cached_property
    def alive(self) -> Bools:
        """Vendors that exist on the day and stand for one firm."""
        until = self.graph.table("vendors")[["until"]]
        return in_force(until, self.graph.as_of or None).to_numpy(dtype=bool) & ~self.unnamed

    @cached_property
    def unnamed(self) -> Bools:
        """Vendors that are placeholders: they stand for several firms that nobody has named."""
        return self.graph.table("vendors")["placeholder"].fillna(False).to_numpy(dtype=bool)

    @cached_property
    def at_home(self) -> Bools:
        """Vendors that can be lost: those of the pair, or all of them."""
        if self.scope.within == "world":
            return self.alive
        return self.alive & self.in_pair

    @cached_property
    def counted(self) -> Bools:
        """Offers that are a source of supply, of any country."""
        return np.asarray(self.scope.counts(self.offers)) & self.alive[self.offer_vendor]

    @cached_property
    def waiting(self) -> Bools:
        """Offers that are there but not in full volume: limited, pilot or announced."""
        return self.offers["status"].isin(["limited", "pilot", "announced"]).to_numpy()

    @cached_property
    def own_share(self) -> Bools:
        """Offers with a share of the component's own market, and its year."""
        offers = self.offers
        known = offers["share"].notna() & offers["share_year"].notna()
        return (known & (offers["share_of"] == offers["component"])).to_numpy(dtype=bool)

    @cached_property
    def made_in_house(self) -> dict[int, frozenset[int]]:
        """For each offer that says so, the components that its vendor makes itself for it."""
        offers = np.flatnonzero(self.offers["in_house"].notna().to_numpy())
        lists = [split_list(cell) for cell in self.offers["in_house"].iloc[offers]]
        flat = self.component_ids.get_indexer(
            pd.Index([part for parts in lists for part in parts], dtype="str")
        )
        ends = np.cumsum([len(parts) for parts in lists], dtype=np.int64)
        made = np.split(flat, ends[:-1])
        return {
            offer: frozenset(parts[parts >= 0].tolist())
            for offer, parts in zip(offers.tolist(), made, strict=bool(len(offers)))
        }

    @cached_property
    def present(self) -> Bools:
        """Counted offers of vendors that can be lost."""
        return self.counted & self.at_home[self.offer_vendor]

    @cached_property
    def given(self) -> Bools:
        """Components that only vendors of third countries offer: imports, which are given."""
        return self._offered(self.counted) & ~self.offered

    @cached_property
    def usable(self) -> Bools:
        """Counted offers that supply somebody: of vendors that can be lost, and imports."""
        return self.present | (self.counted & self.given[self.offer_component])

    @cached_property
    def offered(self) -> Bools:
        """Components with a counted offer of a vendor that can be lost."""
        return self._offered(self.present)

    @cached_property
    def virtual(self) -> Bools:
        """Components that need no vendor."""
        return self.graph.table("components")["virtual"].fillna(False).to_numpy(dtype=bool)

    @cached_property
    def _offers_by_component(self) -> tuple[Ints, Ints]:
        counts = np.bincount(self.offer_component, minlength=len(self.component_ids))
        start = np.concatenate([[0], np.cumsum(counts)])
        return start, np.argsort(self.offer_component, kind="stable")

    def column(self, name: str) -> list[Any]:
        """Return a column of the offers in force as Python values, for looking up single cells."""
        if name not in self._columns:
            self._columns[name] = self.offers[name].tolist()
        return self._columns[name]

    @cached_property
    def names(self) -> list[str]:
        """Ids of the components, then of the solutions: of the first nodes of a structure."""
        return [*self.component_ids.tolist(), *self.solution_ids.tolist()]

    def offers_on(self, components: Ints) -> Ints:
        """Return the positions of all offers in force of some components, counted or not."""
        start, offers = self._offers_by_component
        return offers[expand_slices(start[components], start[components + 1])]

    def _offered(self, offers: Bools) -> Bools:
        offered = np.zeros(len(self.component_ids), dtype=bool)
        offered[self.offer_component[offers]] = True
        return offered

    @property
    def blank_status(self) -> int:
        """How many counted offers, of vendors that can be lost, have no status."""
        return int((self.present & self.offers["status"].isna().to_numpy()).sum())

    @cached_property
    def units_there(self) -> dict[Unit, int]:
        """How many units of each kind have counted offers and can be lost."""
        vendors = np.unique(self.offer_vendor[self.present])
        return {unit: len(np.unique(self.unit_codes(unit)[0][vendors])) for unit in UNITS}

    def unit_codes(self, unit: Unit) -> tuple[Ints, pd.Index]:
        """Return the unit of each vendor as a code, and the names of the codes.

        A group is named by its head, a country by its code.
        """
        if unit == "vendor":
            return self._vendor_codes, self.vendor_ids
        if unit == "group":
            return self.groups.head, self.vendor_ids
        if unit == "country":
            return self._country_codes
        raise InputError(f"`unit` must be one of {', '.join(UNITS)}; found {unit!r}")

    @cached_property
    def _vendor_codes(self) -> Ints:
        return np.arange(len(self.vendor_ids), dtype=np.int64)

    @cached_property
    def _country_codes(self) -> tuple[Ints, pd.Index]:
        codes, names = pd.factorize(self.countries, sort=True)
        return codes.astype(np.int64), pd.Index(names)


def expand_slices(start: Ints, stop: Ints) -> Ints:
    """Return the concatenation of the ranges ``start[i]..stop[i]``.

    Examples
    --------
    >>> expand_slices(np.array([0, 5]), np.array([2, 8])).tolist()
    [0, 1, 5, 6, 7]
    """
    lengths = stop - start
    offsets: Ints = np.repeat(start - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths)
    return np.arange(int(lengths.sum()), dtype=np.int64) + offsets
