"""The vendors, groups and offers that a question counts, as integer codes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property
from typing import Any, Generic, Literal, TypeVar, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from .._errors import InputError
from ..graph import SupplyGraph, split_list
from ._made_in import OfferPlaces
from .groups import Groups, find_groups
from .scope import Scope, check_meaning

__all__ = ["PROPERTIES", "UNITS", "Bools", "Ints", "Market", "Unit", "expand_slices"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

Unit = Literal["vendor", "group", "country"]
UNITS: tuple[Unit, ...] = get_args(Unit)
PROPERTIES = ("region", "city", "exchange", "size")
"""Properties of vendors that part them, and so are units too."""


_T = TypeVar("_T")


class shared(Generic[_T]):
    """A property that depends on the graph and its offers alone: all markets of a graph have it together."""

    def __init__(self, make: Callable[[Any], _T]) -> None:
        self._make = make
        self._name = make.__name__
        self.__doc__ = make.__doc__

    def __get__(self, market: Any, owner: type | None = None) -> _T:
        if self._name not in market.kept:
            market.kept[self._name] = self._make(market)
        found: _T = market.kept[self._name]
        return found


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
        self.kept = graph.kept
        self.vendor_ids, self.component_ids, self.solution_ids = self._ids
        self.coded_offers = graph.coded("offers")
        self.offer_vendor: Ints = graph.places("offers", "vendor")
        self.offer_component: Ints = graph.places("offers", "component")
        self._properties: dict[str, tuple[Ints, pd.Index, int]] = {}

    @shared
    def _ids(self) -> tuple[pd.Index, pd.Index, pd.Index]:
        vendors, components, solutions = (
            pd.Index(self.graph.columns(name)["id"]) for name in ("vendors", "components", "solutions")
        )
        return vendors, components, solutions

    @cached_property
    def offers(self) -> pd.DataFrame:
        """Offers in force, with all their columns."""
        return self.graph.current("offers")

    @cached_property
    def groups(self) -> Groups:
        """Groups by control."""
        return find_groups(self.graph)

    @shared
    def seats(self) -> pd.Series:
        """Country of each vendor's seat."""
        return self.graph.columns("vendors")["country"].reset_index(drop=True)

    @shared
    def owner_seats(self) -> pd.Series:
        """Country of the seat of each vendor's ultimate owner."""
        return self.seats.iloc[self.groups.head].reset_index(drop=True)

    @property
    def by_made(self) -> bool:
        """Whether countries are those where offers are made, and vendors have none."""
        return self.scope.country_by == "made"

    @shared
    def places(self) -> OfferPlaces:
        """Where the offers are made, as far as stated."""
        return OfferPlaces(self.coded_offers["made_in"])

    @property
    def countries(self) -> pd.Series:
        """Country of each vendor, by seat or by owner as the scope says.

        Raises
        ------
        InputError
            The scope asks where offers are made, which is no country of a vendor.
        """
        if self.by_made:
            check_meaning(self.scope, "it asks for the country of a vendor, not of what it makes", "made")
        return self.seats if self.scope.country_by == "seat" else self.owner_seats

    @cached_property
    def shown_countries(self) -> list[str]:
        """Country to show beside each vendor: that of its seat where the scope asks where offers are made."""
        return list(self.seats) if self.by_made else self.vendor_countries

    @cached_property
    def vendor_countries(self) -> list[str]:
        """The same as a list, for looking up single vendors."""
        return list(self.countries)

    @cached_property
    def in_pair(self) -> Bools:
        """Vendors of the two countries of the study."""
        return self.countries.isin(self.scope.pair).to_numpy(dtype=bool)

    @shared
    def moved(self) -> Bools:
        """Vendors with their seat in one country and their ultimate owner's in another."""
        seat = pd.factorize(self.seats)[0]
        moved: Bools = (seat != seat[self.groups.head]) | (seat < 0)
        return moved

    @shared
    def alive(self) -> Bools:
        """Vendors that exist on the day and stand for one firm."""
        rows = self.graph.find_rows("vendors")
        there = np.zeros(len(self.vendor_ids), dtype=bool)
        there[slice(None) if rows is None else rows] = True
        return there & ~self.unnamed

    @shared
    def unnamed(self) -> Bools:
        """Vendors that are placeholders: they stand for several firms that nobody has named."""
        return self.graph.columns("vendors")["placeholder"].fillna(False).to_numpy(dtype=bool)

    @cached_property
    def at_home(self) -> Bools:
        """Vendors that can be lost: those of the pair, or all of them."""
        if self.scope.within == "world":
            return self.alive
        return self.alive & self.in_pair

    @cached_property
    def offer_in_pair(self) -> Bools:
        """Offers of the two countries of the study.

        By the places where they are made: made in one of the two, whatever is made elsewhere too; or, if
        nobody states where, of a vendor with its seat there.
        """
        if not self.by_made:
            return self.in_pair[self.offer_vendor]
        seats = self.seats.isin(self.scope.pair).to_numpy(dtype=bool)[self.offer_vendor]
        return self.places.within(self.scope.pair) | (~self.places.known & seats)

    @cached_property
    def offer_at_home(self) -> Bools:
        """Offers that can be lost: those of the pair, or all of them."""
        if not self.by_made:
            return self.at_home[self.offer_vendor]
        alive = self.alive[self.offer_vendor]
        return alive if self.scope.within == "world" else alive & self.offer_in_pair

    def offered_in(self, country: str) -> Bools:
        """Offers of a country: of its vendors, or made there and perhaps elsewhere too."""
        if self.by_made:
            return self.places.within([country])
        return (self.countries == country).to_numpy(dtype=bool)[self.offer_vendor]

    def taken_with(self, countries: Collection[str]) -> Bools:
        """Offers that the loss of some countries takes along: of their vendors, or made nowhere else."""
        if self.by_made:
            return self.places.only_within(countries)
        return self.countries.isin(list(countries)).to_numpy(dtype=bool)[self.offer_vendor]

    @cached_property
    def counted(self) -> Bools:
        """Offers that are a source of supply, of any country."""
        return self.scope.counts(self.coded_offers) & self.alive[self.offer_vendor]

    @shared
    def waiting(self) -> Bools:
        """Offers that are there but not in full volume: limited, pilot or announced."""
        return self.coded_offers["status"].isin(["limited", "pilot", "announced"])

    @shared
    def of_own_market(self) -> Bools:
        """Offers with a share of the component's own market."""
        share_of = self.coded_offers["share_of"]
        places = self.component_ids.get_indexer(pd.Index(share_of.values, dtype="str"))
        component = np.append(places, -1)[share_of.codes]
        found: Bools = (component >= 0) & (component == self.offer_component)
        return found

    @shared
    def own_share(self) -> Bools:
        """Offers with a share of the component's own market, and its year."""
        known = self.offer_values("share").notna() & self.offer_values("share_year").notna()
        return known.to_numpy(dtype=bool) & self.of_own_market

    @shared
    def made_in_house(self) -> dict[int, frozenset[int]]:
        """For each offer that says so, the components that its vendor makes itself for it."""
        offers = np.flatnonzero(self.coded_offers["in_house"].notna())
        made, flat = self.in_house_parts
        start, stop = np.searchsorted(made, offers), np.searchsorted(made, offers, side="right")
        slices = zip(start.tolist(), stop.tolist(), strict=True)
        lists = [frozenset(flat[a:b].tolist()) for a, b in slices]
        return dict(zip(offers.tolist(), lists, strict=True))

    @shared
    def in_house_parts(self) -> tuple[Ints, Ints]:
        """Pairs of an offer and a component that its vendor makes itself for it, sorted, each once."""
        cells = self.coded_offers["in_house"]
        lists = [split_list(cell) for cell in cells.values]
        flat = self.component_ids.get_indexer(
            pd.Index([part for parts in lists for part in parts], dtype="str")
        ).astype(np.int64)
        stop = np.cumsum([len(parts) for parts in lists], dtype=np.int64)
        start = np.concatenate([[0], stop])[: len(stop)].astype(np.int64)
        offers = np.flatnonzero(cells.notna())
        codes = cells.codes[offers]
        offer, part = np.repeat(offers, (stop - start)[codes]), flat[expand_slices(start[codes], stop[codes])]
        many = max(1, len(self.component_ids))
        pairs = np.unique(offer[part >= 0] * many + part[part >= 0])
        return pairs // many, pairs % many

    @cached_property
    def present(self) -> Bools:
        """Counted offers of vendors that can be lost."""
        return self.counted & self.offer_at_home

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

    @shared
    def virtual(self) -> Bools:
        """Components that need no vendor."""
        return self.graph.columns("components")["virtual"].fillna(False).to_numpy(dtype=bool)

    @shared
    def offers_by_component(self) -> tuple[Ints, Ints]:
        """Where the offers of each component begin and end, and the offers, by component."""
        counts = np.bincount(self.offer_component, minlength=len(self.component_ids))
        start = np.concatenate([[0], np.cumsum(counts)])
        return start, np.argsort(self.offer_component, kind="stable")

    def column(self, name: str) -> list[Any]:
        """Return a column of the offers in force as Python values, for looking up single cells."""
        if ("column", name) not in self.kept:
            self.kept["column", name] = self.offer_values(name).tolist()
        found: list[Any] = self.kept["column", name]
        return found

    def offer_values(self, name: str) -> pd.Series:
        """Return a column of the offers in force."""
        return self.coded_offers.values(name)

    @cached_property
    def names(self) -> list[str]:
        """Ids of the components, then of the solutions: of the first nodes of a structure."""
        return [*self.component_ids.tolist(), *self.solution_ids.tolist()]

    def offers_on(self, components: Ints) -> Ints:
        """Return the positions of all offers in force of some components, counted or not."""
        start, offers = self.offers_by_component
        return offers[expand_slices(start[components], start[components + 1])]

    def _offered(self, offers: Bools) -> Bools:
        offered = np.zeros(len(self.component_ids), dtype=bool)
        offered[self.offer_component[offers]] = True
        return offered

    @property
    def blank_status(self) -> int:
        """How many counted offers, of vendors that can be lost, have no status."""
        return int((self.present & self.coded_offers["status"].isna()).sum())

    @property
    def unplaced(self) -> int:
        """How many counted offers, of those that can be lost, are made nobody states where."""
        return int((self.present & ~self.places.known).sum())

    @cached_property
    def units_there(self) -> dict[Unit, int]:
        """How many units of each kind have counted offers and can be lost."""
        vendors = np.unique(self.offer_vendor[self.present])
        by_vendor = [unit for unit in UNITS if unit != "country" or not self.by_made]
        found = {unit: len(np.unique(self.unit_codes(unit)[0][vendors])) for unit in by_vendor}
        if self.by_made:
            found["country"] = len(self.places_there)
        return found

    @cached_property
    def places_there(self) -> Ints:
        """Countries that can be lost and where counted offers are made, as codes of :attr:`places`."""
        codes = np.unique(self.places.pairs(np.flatnonzero(self.present))[1])
        if self.scope.within == "world":
            return codes
        return codes[self.places.countries[codes].isin(self.scope.pair)]

    def offer_codes(self, unit: str) -> tuple[Ints, pd.Index]:
        """Return for each offer the one unit whose loss takes it along, as a code, and the names of the codes.

        That is the unit of its vendor. Only where countries are those where offers are made some have
        none, which is -1: those made in several countries, and those made nobody states where. A country
        that cannot be lost takes nothing along.
        """
        if unit != "country" or not self.by_made:
            codes, names = self.unit_codes(unit)
            return codes[self.offer_vendor], names
        sole = self.places.sole()
        return np.where(np.isin(sole, self.places_there), sole, -1), self.places.countries

    def unit_codes(self, unit: str) -> tuple[Ints, pd.Index]:
        """Return the unit of each vendor as a code, and the names of the codes.

        A group is named by its head, a country by its code. A vendor whose property is blank has a code of
        its own, named by its id; :meth:`named_units` tells these apart.
        """
        if unit == "vendor":
            return self._vendor_codes, self.vendor_ids
        if unit == "group":
            return self.groups.head, self.vendor_ids
        if unit == "country":
            return self._country_codes
        if unit in PROPERTIES:
            codes, names, _ = self._property_codes(unit)
            return codes, names
        raise InputError(f"`unit` must be one of {', '.join((*UNITS, *PROPERTIES))}; found {unit!r}")

    def named_units(self, unit: str) -> Bools:
        """Say for each code of a unit whether it stands for a unit that is known by name.

        The others stand for vendors of which nobody knows to which region, city, exchange or size they belong.
        """
        if unit in PROPERTIES:
            _, names, known = self._property_codes(unit)
            return np.arange(len(names)) < known
        return np.ones(len(self.unit_codes(unit)[1]), dtype=bool)

    def _property_codes(self, unit: str) -> tuple[Ints, pd.Index, int]:
        """Return the codes of a property, their names, and how many of them are values of it; these come first."""
        if unit not in self._properties:
            column = self.graph.table("vendors")[unit].reset_index(drop=True)
            codes, names = pd.factorize(column, sort=True)
            blank = np.flatnonzero(codes < 0)
            codes = codes.astype(np.int64)
            codes[blank] = len(names) + np.arange(len(blank))
            every = pd.Index([*names, *self.vendor_ids[blank]], dtype="object")
            self._properties[unit] = codes, every, len(names)
        return self._properties[unit]

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
