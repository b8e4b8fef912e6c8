"""How concentrated a market is, as far as stated shares say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .market import Market

__all__ = ["HHIRange", "measure_hhi"]


@dataclass(frozen=True)
class HHIRange:
    """Herfindahl-Hirschman index between 0 and 1, as a range.

    Parameters
    ----------
    low, high
        Σs² if the rest of the market is split into crumbs, and Σs² + rest² if it is one group.
    year
        Year of the shares.
    groups
        How many groups have a stated share.
    """

    low: float
    high: float
    year: int
    groups: int


def measure_hhi(market: Market, component: int) -> HHIRange | None:
    """Return the index of a component's own market, or None if no source states a share of it.

    Only shares of the component's own market count (`share_of` names the component); of several years the
    one with the most shares, then the latest.

    Parameters
    ----------
    market
        The market.
    component
        Position of the component.

    References
    ----------
    .. [1] O. C. Herfindahl, Concentration in the U.S. Steel Industry, 1950.
    """
    own = market.component_ids[component]
    offers = market.offers_on(np.array([component]))
    rows = market.offers.iloc[offers[market.counted[offers]]]
    rows = rows[(rows["share_of"] == own) & rows["share"].notna() & rows["share_year"].notna()]
    if rows.empty:
        return None
    years = rows["share_year"].value_counts()
    year = max(years.index, key=lambda y: (years[y], y))
    rows = rows[rows["share_year"] == year]
    heads = market.groups.head[market.vendor_ids.get_indexer(rows["vendor"])]
    shares = rows["share"].astype(float).groupby(heads).sum()
    low = float((shares**2).sum())
    rest = max(0.0, 1 - float(shares.sum()))
    return HHIRange(low=low, high=low + rest**2, year=int(year), groups=len(shares))
