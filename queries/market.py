"""The vendors, groups and offers that a question counts, as integer codes."""

from __future__ import annotations

from functools import cached_property
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from .._errors import InputError
from ..graph import SupplyGraph, in_force
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
    def alive(self) -> Bools:
        """Vendors that exist on the day and stand for one firm."""
        vendors = self.graph.table("vendors")
        ended = in_force(vendors[["until"]], self.graph.as_of or None)
        return np.asarray(ended & ~vendors["placeholder"].fillna(False).astype(bool))

    @cached_property
    def at_home(self) -> Bools:
        """Vendors that can be lost: those of the pair, or all of them."""
        if self.scope.within == "world":
            return self.alive
        return self.alive & self.countries.isin(self.scope.pair).to_numpy()

    @cached_property
    def counted(self) -> Bools:
        """Offers that are a source of supply, of any country."""
        return np.asarray(self.scope.counts(self.offers)) & self.alive[self.offer_vendor]

    @cached_property
    def waiting(self) -> Bools:
        """Offers that are there but not in full volume: limited, pilot or announced."""
        return self.offers["status"].isin(["limited", "pilot", "announced"]).to_numpy()

    @cached_property
    def present(self) -> Bools:
        """Counted offers of vendors that can be lost."""
        return self.counted & self.at_home[self.offer_vendor]

    @cached_property
    def given(self) -> Bools:
        """Components that only vendors of third countries offer: imports, which are given."""
        return self._offered(self.counted) & ~self.offered

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

    def unit_codes(self, unit: Unit) -> tuple[Ints, list[str]]:
        """Return the unit of each vendor as a code, and the names of the codes.

        A group is named by its head, a country by its code.
        """
        if unit == "vendor":
            return np.arange(len(self.vendor_ids)), self.vendor_ids.tolist()
        if unit == "group":
            return self.groups.head, self.vendor_ids.tolist()
        if unit == "country":
            codes, names = pd.factorize(self.countries, sort=True)
            return codes.astype(np.int64), names.tolist()
        raise InputError(f"`unit` must be one of {', '.join(UNITS)}; found {unit!r}")


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
