"""How concentrated a market is, as far as stated shares say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

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


def measure_hhi(market: Market) -> dict[int, HHIRange]:
    """Return the index of each component's own market, by the component's position.

    A component of whose market no source states a share has none. Only shares of the component's own market
    count (`share_of` names the component); of several years the one with the most shares, then the latest.

    Parameters
    ----------
    market
        The market.

    References
    ----------
    .. [1] O. C. Herfindahl, Concentration in the U.S. Steel Industry, 1950.
    """
    stated = np.flatnonzero(market.counted & market.own_share)
    year, share = (market.offer_values(column).iloc[stated] for column in ("share_year", "share"))
    shares = pd.DataFrame(
        {
            "component": market.offer_component[stated],
            "group": market.groups.head[market.offer_vendor[stated]],
            "year": year.to_numpy(dtype=np.int64),
            "share": share.to_numpy(dtype=np.float64),
        }
    )
    years = shares.groupby(["component", "year"], as_index=False).size()
    years = years.sort_values(["component", "size", "year"]).drop_duplicates("component", keep="last")
    shares = shares.merge(years[["component", "year"]], on=["component", "year"])
    by_group = shares.groupby(["component", "group"], as_index=False)["share"].sum()
    squares = by_group.assign(square=by_group["share"] ** 2).groupby("component")
    found = squares.agg(low=("square", "sum"), known=("share", "sum"), groups=("group", "size"))
    rest = (1 - found["known"]).clip(lower=0)
    rows = zip(
        found.index.tolist(),
        found["low"].tolist(),
        (found["low"] + rest**2).tolist(),
        years["year"].tolist(),
        found["groups"].tolist(),
        strict=True,
    )
    return {component: HHIRange(low, high, year, groups) for component, low, high, year, groups in rows}
