"""When enough groups are there for a component to count as offered: by their number and their shares.

Both are asked of the groups that can deliver it. What is given, an import, or needs nobody, a virtual
component, is not held to it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .market import Bools, Ints, Market

__all__ = ["SHARE_UNIT", "Suppliers", "find_suppliers", "has_enough", "list_held", "share_needed"]

SHARE_UNIT = 10**9
"""Shares are whole numbers of a thousand-millionth, so that 0.7 and 0.1 are exactly 0.8."""


@dataclass(frozen=True)
class Suppliers:
    """Pairs of a component and a group that offers it, each once, sorted.

    Parameters
    ----------
    component, group
        Positions of the component and of the group's head. Shape ``(pairs,)``.
    share
        What the group holds of the component's own market, in `SHARE_UNIT`; -1 if nobody states it. Shape
        ``(pairs,)``.
    rest
        For each component, the part of its market of which nobody states who holds it; -1 if no share is
        stated at all. Shape ``(components,)``.
    place
        For each of the offers that the pairs are of, its pair. Shape ``(offers,)``.
    """

    component: Ints
    group: Ints
    share: Ints
    rest: Ints
    place: Ints


def list_held(market: Market) -> Bools:
    """Say for each component whether it is held to a number of groups or a share.

    It is not where the scope asks for neither, where it is given or virtual, or where the only question is
    of shares and none is stated.
    """
    scope = market.scope
    held = market.offered & ~market.virtual
    if scope.min_groups > 1:
        return held
    if scope.min_share is None:
        return np.zeros_like(held)
    return held & (_read_shares(market)[1] >= 0)


def find_suppliers(market: Market, offers: Ints) -> Suppliers:
    """Return the groups that make some offers, by component, with their shares.

    Parameters
    ----------
    market
        The market.
    offers
        Positions of the offers.
    """
    many = max(1, len(market.vendor_ids))
    keys = market.offer_component[offers] * many + market.groups.head[market.offer_vendor[offers]]
    pairs, place = np.unique(keys, return_inverse=True)
    share, rest = np.full(len(pairs), -1, dtype=np.int64), np.full(len(market.component_ids), -1)
    if market.scope.min_share is not None:
        stated, rest = _read_shares(market)
        share = stated.reindex(pairs, fill_value=-1).to_numpy(dtype=np.int64)
    return Suppliers(pairs // many, pairs % many, share, rest, place.astype(np.int64))


def _read_shares(market: Market) -> tuple[pd.Series, Ints]:
    """Return the share of each component and group (in one number, as in `find_suppliers`), and the rests.

    Shares of counted offers of any country: what a group abroad holds nobody at home does.
    """
    many = max(1, len(market.vendor_ids))
    stated = market.counted & market.own_share
    component = market.offer_component[stated]
    year = market.offer_values("share_year")[stated].to_numpy(dtype=np.int64)
    amount = np.rint(market.offer_values("share")[stated].to_numpy(dtype=np.float64) * SHARE_UNIT).astype(
        np.int64
    )
    latest = np.full(len(market.component_ids), np.iinfo(np.int64).min)
    np.maximum.at(latest, component, year)
    last = year == latest[component]
    component, amount = component[last], amount[last]
    keys = component * many + market.groups.head[market.offer_vendor[stated]][last]
    total = np.zeros(len(market.component_ids), dtype=np.int64)
    np.add.at(total, component, amount)
    rest = np.where(np.isin(np.arange(len(total)), component), np.maximum(SHARE_UNIT - total, 0), -1)
    return pd.Series(amount).groupby(keys).sum(), rest


def has_enough(market: Market, offers: Bools) -> Bools:
    """Say for each component whether enough groups make some offers of it.

    Parameters
    ----------
    market
        The market.
    offers
        The offers. Shape ``(offers,)``.

    Returns
    -------
    Bools
        Shape ``(components,)``. Of a component that is not held to anything, one offer is enough.
    """
    enough = np.zeros(len(market.component_ids), dtype=bool)
    enough[market.offer_component[offers]] = True
    held = list_held(market)
    if not held.any():
        return enough
    pairs = find_suppliers(market, np.flatnonzero(offers & held[market.offer_component]))
    groups = np.bincount(pairs.component, minlength=len(held))
    enough &= ~held | (groups >= market.scope.min_groups)
    if market.scope.min_share is not None:
        upper = np.zeros(len(held), dtype=np.int64)
        np.add.at(upper, pairs.component, np.maximum(pairs.share, 0))
        silent = np.isin(np.arange(len(held)), pairs.component[pairs.share < 0])
        upper += np.where(silent, np.maximum(pairs.rest, 0), 0)
        enough &= ~held | (pairs.rest < 0) | (upper >= share_needed(market))
    return enough


def share_needed(market: Market) -> int:
    """Return the least share that the scope asks for, in `SHARE_UNIT`."""
    return round(float(market.scope.min_share or 0) * SHARE_UNIT)
