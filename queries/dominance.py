"""Who leads so far that losing it would not be made good at once, though others are there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from .market import Bools, Ints, Market

__all__ = ["find_dominated"]

_MAJOR_SHARE = 0.5


def find_dominated(market: Market, codes: Ints) -> Ints:
    """Return for each component the unit that dominates it, or -1.

    A unit dominates if it is stated to lead and the only one left when only leaders count (a blank role
    passes, so that it stands in the way), or has a share of at least one half of the component's own market
    that a source states; and if others offer the component too, else it is a cut. Where two units would qualify, none dominates. A virtual component is
    offered by nobody and dominated by nobody.

    Parameters
    ----------
    market
        The market.
    codes
        The one unit that takes each offer along, or -1 (see :meth:`Market.offer_codes`).

    Returns
    -------
    Ints
        Shape ``(components,)``.
    """
    leads, large = _list_leading(market)
    sole = _only_unit(market, codes, market.present)
    # Of a unit of which nobody says so, nobody knows that it leads, whatever the others are.
    by_role = np.where(_has_leader(market, leads), _only_unit(market, codes, leads), -1)
    by_share = _only_unit(market, codes, large)
    unit = np.where(by_role >= 0, by_role, by_share)
    contested = (by_role >= 0) & (by_share >= 0) & (by_role != by_share)
    return np.where((sole >= 0) | contested | market.virtual, -1, unit)


def _has_leader(market: Market, leads: Bools) -> Bools:
    """Say of each component whether any of some offers is stated to lead."""
    stated = leads & market.coded_offers["role"].isin(["leader"])
    return np.bincount(market.offer_component[stated], minlength=len(market.component_ids)) > 0


def _list_leading(market: Market) -> tuple[Bools, Bools]:
    """Offers that can be lost of leaders, and those with a share of half the market that a source states."""
    key = ("leading", market.scope)
    if key not in market.kept:
        leads = replace(market.scope, role="leader").counts(market.coded_offers) & market.present
        sourced = market.coded_offers["source_kind"].isin(["cited", "report"])
        large = (market.offer_values("share") >= _MAJOR_SHARE).fillna(False).to_numpy(dtype=bool)
        market.kept[key] = leads, market.present & sourced & large & market.of_own_market
    found: tuple[Bools, Bools] = market.kept[key]
    return found


def _only_unit(market: Market, codes: Ints, offers: Bools) -> Ints:
    """Return the unit that all of some offers of each component belong to, or -1."""
    component, unit = market.offer_component[offers], codes[offers]
    least = np.full(len(market.component_ids), np.iinfo(np.int64).max)
    most = np.full(len(market.component_ids), -1, dtype=np.int64)
    np.minimum.at(least, component, unit)
    np.maximum.at(most, component, unit)
    return np.where(least == most, most, -1)
