"""Who is gone and who steps in: the removals and additions of a what-if, checked."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from functools import cached_property

import numpy as np
import pandas as pd

from .._errors import InputError, UnknownNameError
from ..graph import SupplyGraph, split_list
from ..graph.codes import CodedTable
from .market import Bools, Ints, Market
from .scope import Scope

__all__ = ["AssumedMarket", "check_additions", "find_positions", "find_removed_vendors"]


_NEAR = 3  # names in an error message


class AssumedMarket(Market):
    """A market with offers that are assumed; what is an import stays as it was without them.

    Parameters
    ----------
    graph, scope
        The graph and what to count.
    add
        Vendor and component of each assumed offer. It is in volume, counts whatever the filters, and its
        vendor makes in house what it makes for an offer of the same component that it has.
    """

    def __init__(self, graph: SupplyGraph, scope: Scope, add: Collection[tuple[str, str]]) -> None:
        super().__init__(graph, scope)
        real = self.offers
        rows = pd.DataFrame(list(add), columns=["vendor", "component"])
        rows["status"] = "volume"
        rows["in_house"] = [_made_already(real, vendor, component) for vendor, component in add]
        assumed = rows.reindex(columns=real.columns).astype(real.dtypes)
        self.offers = pd.concat([real, assumed], ignore_index=True)
        self.coded_offers = CodedTable(self.offers)
        self.kept = {}  # what others of the graph have in common is not true of these offers
        self.assumed: Bools = np.arange(len(self.offers)) >= len(real)
        self.offer_vendor = self.vendor_ids.get_indexer(pd.Index(self.offers["vendor"]))
        self.offer_component = self.component_ids.get_indexer(pd.Index(self.offers["component"]))
        _check_assumed(self)

    @cached_property
    def counted(self) -> Bools:
        """Offers that are a source of supply, and those assumed."""
        return self.scope.counts(self.coded_offers) & self.alive[self.offer_vendor] | self.assumed

    @cached_property
    def given(self) -> Bools:
        """Components that, as things are, nobody at home offers, and that third countries do or would."""
        home = self.offer_at_home
        return self._offered(self.counted & ~home) & ~self._offered(self.counted & home & ~self.assumed)


def _made_already(offers: pd.DataFrame, vendor: str, component: str) -> str | None:
    rows = offers[(offers["vendor"] == vendor) & (offers["component"] == component)]
    return ";".join(part for cell in rows["in_house"] for part in split_list(cell)) or None


def find_positions(argument: str, what: str, index: pd.Index, ids: Collection[str]) -> Ints:
    """Return the positions of some ids, each once, sorted."""
    if isinstance(ids, str):
        raise InputError(f"`{argument}` must be a list of ids; found the text {ids!r}")
    if not len(ids):
        return np.empty(0, dtype=np.int64)
    positions: Ints = index.get_indexer(pd.Index(list(ids), dtype="object"))
    unknown = [name for name, position in zip(ids, positions.tolist(), strict=True) if position < 0]
    if unknown:
        shown = ", ".join(map(repr, unknown))
        near = get_close_matches(unknown[0], index, n=_NEAR)
        hint = f"did you mean {' or '.join(near)}?" if near else f"give ids, like {_some(index)}"
        raise UnknownNameError(f"`{argument}`: no {what} {shown} in this data set; {hint}")
    return np.unique(positions)


def _some(index: pd.Index) -> str:
    return ", ".join(sorted(index)[:_NEAR]) or "none: it has none"


def find_removed_vendors(
    market: Market,
    vendors: Collection[str],
    groups: Collection[str],
    countries: Collection[str],
) -> Bools:
    """Say for each vendor whether it is gone, by itself or with its group or country."""
    gone = np.zeros(len(market.vendor_ids), dtype=bool)
    gone[find_positions("remove_vendors", "vendor", market.vendor_ids, vendors)] = True
    members = find_positions("remove_groups", "vendor", market.vendor_ids, groups)
    if len(members):
        gone |= np.isin(market.groups.head, market.groups.head[members])
    known = market.graph.table("countries")["id"]
    places = market.places.countries if market.by_made else ()
    known = pd.Index(sorted({*known, *market.seats.dropna().unique(), *places}), dtype="object")
    named = find_positions("remove_countries", "country", known, countries)
    if len(named) and not market.by_made:  # else offers are gone, and no vendor is
        gone |= market.countries.isin(known[named]).to_numpy(dtype=bool)
    return gone


def check_additions(graph: SupplyGraph, add: Collection[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the assumed offers, sorted, each once."""
    if isinstance(add, str) or any(isinstance(pair, str) or len(pair) != 2 for pair in add):
        raise InputError(f"`add` must be a list of pairs (vendor, component); found {add!r}")
    pairs = sorted({(vendor, component) for vendor, component in add})
    for place, what in enumerate(("vendor", "component")):
        if not pairs:
            break
        index = pd.Index(graph.columns(f"{what}s")["id"])
        find_positions("add", what, index, [pair[place] for pair in pairs])
    return tuple(pairs)


def _check_assumed(market: AssumedMarket) -> None:
    for offer in np.flatnonzero(market.assumed).tolist():
        vendor, component = market.offer_vendor[offer], market.offer_component[offer]
        if market.unnamed[vendor] or not market.alive[vendor]:
            why = "is a placeholder" if market.unnamed[vendor] else "no longer exists"
            raise InputError(f"`add`: {market.vendor_ids[vendor]} {why}; name another vendor")
        if market.virtual[component]:
            name = market.component_ids[component]
            raise InputError(f"`add`: {name} is virtual and needs no vendor; add what it requires")
