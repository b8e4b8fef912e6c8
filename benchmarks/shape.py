"""What a set of tables looks like, in figures counted from the tables alone."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

__all__ = ["count_vendors", "measure_shape"]

_COUNTED = ("volume", "limited", "")


def _count_offers(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the latest statement on each pair, where it is an offer that counts."""
    vendors = tables["vendors"]
    living = vendors.loc[(vendors["until"] == "") & (vendors["placeholder"] == ""), "id"]
    offers = tables["offers"].sort_values("as_of", kind="stable")
    offers = offers.drop_duplicates(["vendor", "component"], keep="last")
    return offers[offers["status"].isin(_COUNTED) & (offers["until"] == "") & offers["vendor"].isin(living)]


def count_vendors(tables: Mapping[str, pd.DataFrame]) -> pd.Series:
    """Return how many vendors have a counted offer of each component, 0 for a virtual one."""
    counts = _count_offers(tables).groupby("component")["vendor"].nunique()
    return counts.reindex(tables["components"]["id"], fill_value=0)


def _group_sizes(owns: pd.DataFrame) -> pd.Series:
    """Return the sizes of groups: everybody below a head, by control."""
    share = pd.to_numeric(owns["share"])
    control = owns[(owns["control"] == "yes") | (share > 0.5) | ((owns["control"] == "") & share.isna())]
    owner = dict(zip(control["to_vendor"], control["from_vendor"], strict=True))
    heads = {}
    for vendor in set(owner) | set(owner.values()):
        head = vendor
        while head in owner:
            head = owner[head]
        heads[vendor] = head
    return pd.Series(heads).value_counts()


def _depth(requires: pd.DataFrame) -> int:
    """Return the longest chain of requirements."""
    left, depth = requires[["component", "requires"]], 0
    while len(left):
        left = left[left["requires"].isin(left["component"])]
        depth += 1
    return depth


def measure_shape(tables: Mapping[str, pd.DataFrame]) -> dict[str, float]:
    """Return the figures that say what a synthetic supply chain looks like, counted from its tables alone.

    Parameters
    ----------
    tables
        Tables of text.
    """
    vendors, components, requires = tables["vendors"], tables["components"], tables["component_requires"]
    counts = count_vendors(tables)
    sizes = _group_sizes(tables["owns"])
    return {
        "vendors": len(vendors),
        "components": len(components),
        "offers": len(tables["offers"]),
        "requirements": len(requires),
        "solutions": len(tables["solutions"]),
        "offers_a_vendor": round(len(tables["offers"]) / len(vendors), 3),
        "vendors_in_groups": round(int(sizes.sum()) / len(vendors), 3),
        "smallest_group": int(sizes.min()),
        "largest_group": int(sizes.max()),
        "vendors_a_component_median": float(counts.median()),
        "vendors_a_component_most": int(counts.max()),
        "offers_in_largest_tenth": round(
            float(counts.nlargest(len(counts) // 10).sum()) / float(counts.sum()), 3
        ),
        "requirements_a_component": round(len(requires) / len(components), 3),
        "deepest_requirements": _depth(requires),
        "requirements_in_alternatives": round(float((requires["alternatives"] != "").mean()), 3),
    }
