"""Who covers what: components by country, rolled up to segment, layer and nature.

A cell is a count of distinct vendors and groups, or *none* (nobody, and the list of vendors is known to be
complete), or *not known*: where a data set is silent the answer is never 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np
import pandas as pd

from .._errors import InputError
from ..graph import SupplyGraph
from .completeness import Completeness, find_completeness
from .concentration import HHIRange, measure_hhi
from .market import Bools, Ints, Market
from .scope import Scope

__all__ = [
    "LEVELS",
    "Cell",
    "Coverage",
    "CoverageLevel",
    "CoverageRow",
    "measure_coverage",
    "measure_overlap",
]

CoverageLevel = Literal["component", "segment", "layer", "nature"]
LEVELS: tuple[CoverageLevel, ...] = get_args(CoverageLevel)
CellState = Literal["count", "none", "not known"]
ELSEWHERE = "*"


@dataclass(frozen=True)
class Cell:
    """What one country has of one item.

    Parameters
    ----------
    country
        ISO code, or ``*`` for all countries outside the pair together.
    state
        ``count``: there are vendors; ``none``: there are none, and the list is complete; ``not known``.
    vendors, groups
        Distinct vendors with a counted offer, or listed there by a source, and the groups they form.
    listed
        How many of the vendors are there only because a source lists them in a segment.
    level
        How far the list of vendors is meant to be whole: ``complete``, ``partial`` or ``unknown``. Of a
        roll-up: the least of its parts.
    """

    country: str
    state: CellState
    vendors: int
    groups: int
    listed: int
    level: str


@dataclass(frozen=True)
class CoverageRow:
    """One item of the roll-up and its cells: the pair, then elsewhere.

    Parameters
    ----------
    level
        What is counted by.
    id
        Of the component, segment or layer; a nature; ``security`` for the row of its own among layers.
    parts
        How many components (of a component: 1), or segments (of a nature), the item has.
    covered
        For each cell, how many of those parts have a vendor.
    cells
        One for each country of the pair, then elsewhere.
    overlap
        1 - Σ|a-b| / Σ(a+b) over the components, on counts of groups: 0 if no component is offered in both
        countries, 1 if each by as many groups. None where no component has a vendor.
    hhi
        Range of the Herfindahl-Hirschman index on group shares of the component's own market.
    """

    level: CoverageLevel
    id: str
    parts: int
    covered: tuple[int, ...]
    cells: tuple[Cell, ...]
    overlap: float | None
    hhi: HHIRange | None = None


@dataclass(frozen=True, eq=False)
class Coverage:
    """Rows of a coverage table, with the market that they were counted in."""

    market: Market
    by: CoverageLevel
    rows: tuple[CoverageRow, ...]


def measure_overlap(a: Ints, b: Ints) -> float | None:
    """Return 1 - Σ|a-b| / Σ(a+b), or None if both are all zero.

    Examples
    --------
    >>> measure_overlap(np.array([2, 0]), np.array([2, 4]))
    0.5

    References
    ----------
    .. [1] H. G. Grubel, P. J. Lloyd, Intra-Industry Trade, 1975: the form of the index.
    """
    total = int((a + b).sum())
    return 1 - int(np.abs(a - b).sum()) / total if total else None


def measure_coverage(
    graph: SupplyGraph, *, by: CoverageLevel = "segment", scope: Scope | None = None
) -> Coverage:
    """Count who covers what.

    Parameters
    ----------
    graph
        The graph.
    by
        ``component``, ``segment``, ``layer`` or ``nature``. Vendors that a source lists in a segment count
        in segments, layers and natures, never in components.
    scope
        What to count; default: Taiwan and Japan, by seat.

    Raises
    ------
    InputError
        `by` is none of the four.

    Notes
    -----
    Security secures every layer and lies in none: it has a row of its own among the layers.
    """
    if by not in LEVELS:
        raise InputError(f"`by` must be one of {', '.join(LEVELS)}; found {by!r}")
    market = Market(graph, scope or Scope())
    counter = _Counter(market)
    return Coverage(market=market, by=by, rows=tuple(counter.count(by)))


class _Counter:
    """Pairs of item and vendor, once, and what is known of their completeness."""

    def __init__(self, market: Market) -> None:
        self.market = market
        graph = market.graph
        self.segments = graph.table("segments")
        self.components = graph.table("components")
        self.columns = [*market.scope.pair, ELSEWHERE]
        column = pd.Index(market.scope.pair).get_indexer(pd.Index(market.countries))
        self.column: Ints = np.where(column < 0, len(market.scope.pair), column)
        counted = market.counted
        self.offers = pd.DataFrame(
            {"component": market.offer_component[counted], "vendor": market.offer_vendor[counted]}
        ).drop_duplicates()
        self.segment_of: Ints = pd.Index(self.segments["id"]).get_indexer(
            pd.Index(self.components["segment"])
        )
        self.listed = self.every_listing[market.alive[self.every_listing["vendor"].to_numpy()]]
        unnamed = market.unnamed[market.offer_vendor]
        components = market.offer_component[unnamed]
        vendors = market.offer_vendor[unnamed]
        self.levels = self._levels("completeness", self.components["id"], components, vendors)
        listed = self.every_listing[market.unnamed[self.every_listing["vendor"].to_numpy()]]
        self.segment_levels = self._levels(
            "segment_completeness",
            self.segments["id"],
            np.concatenate([self.segment_of[components], listed["segment"]]).astype(np.int64),
            np.concatenate([vendors, listed["vendor"]]).astype(np.int64),
        )

    def _levels(self, table: str, ids: pd.Series, items: Ints, unnamed: Ints) -> list[list[str]]:
        """Return the level of each item and country; unknown where the data set is silent.

        With a placeholder, `unnamed` at `items`, a list is at best partial.
        """
        known = find_completeness(self.market.graph, table)
        silent = Completeness("unknown", cited=False, recent=False)
        levels = [[known.get((item, country), silent).level for country in self.columns] for item in ids]
        for item, column in zip(items.tolist(), self.column[unnamed].tolist(), strict=True):
            if levels[item][column] == "complete":
                levels[item][column] = "partial"
        return levels

    @cached_property
    def every_listing(self) -> pd.DataFrame:
        """Segments and the vendors that a source lists in them, once; placeholders and ended ones too."""
        listed = self.market.graph.current("listed_in")
        return pd.DataFrame(
            {
                "segment": pd.Index(self.segments["id"]).get_indexer(pd.Index(listed["segment"])),
                "vendor": self.market.vendor_ids.get_indexer(pd.Index(listed["vendor"])),
            }
        ).drop_duplicates()

    def count(self, by: CoverageLevel) -> Iterator[CoverageRow]:
        """Yield the rows of a roll-up, in the order of the graph's tables."""
        if by == "component":
            yield from self._component_rows()
            return
        for item, segments in self._items(by):
            yield self._rolled_up(by, item, np.flatnonzero(segments))

    def _items(self, by: CoverageLevel) -> Iterator[tuple[str, Bools]]:
        """Items of a roll-up and the segments in each."""
        if by == "segment":
            for position, segment in enumerate(self.segments["id"]):
                yield segment, np.arange(len(self.segments)) == position
        elif by == "layer":
            for layer in self.market.graph.table("layers").sort_values("order")["id"]:
                yield layer, (self.segments["layer"] == layer).to_numpy()
            for position in np.flatnonzero(self.segments["layer"].isna()).tolist():
                yield self.segments["id"].iloc[position], np.arange(len(self.segments)) == position
        else:
            for nature in ("hardware", "software", "service"):
                yield nature, (self.segments["nature"] == nature).to_numpy()

    def _count_by_component(self, who: Ints) -> Ints:
        """Count distinct vendors or groups that offer each component. Shape ``(components, columns)``."""
        pairs = self.offers.assign(who=who, column=self.column[self.offers["vendor"]])
        pairs = pairs.drop_duplicates(["component", "who", "column"])
        counts = np.zeros((len(self.components), len(self.columns)), dtype=np.int64)
        np.add.at(counts, (pairs["component"].to_numpy(), pairs["column"].to_numpy()), 1)
        return counts

    @cached_property
    def groups(self) -> Ints:
        """Groups that offer each component. Shape ``(components, columns)``."""
        return self._count_by_component(self.market.groups.head[self.offers["vendor"]])

    def _component_rows(self) -> Iterator[CoverageRow]:
        vendors = self._count_by_component(self.offers["vendor"].to_numpy())
        hhi = measure_hhi(self.market)
        for position, component in enumerate(self.components["id"]):
            groups = self.groups[position]
            yield CoverageRow(
                level="component",
                id=component,
                parts=1,
                covered=tuple(int(g > 0) for g in groups),
                cells=tuple(
                    _cell(country, int(v), int(g), 0, level)
                    for country, v, g, level in zip(
                        self.columns, vendors[position], groups, self.levels[position], strict=True
                    )
                ),
                overlap=measure_overlap(groups[:1], groups[1:2]),
                hhi=hhi.get(position),
            )

    def _rolled_up(self, by: CoverageLevel, item: str, segments: Ints) -> CoverageRow:
        components = np.flatnonzero(np.isin(self.segment_of, segments))
        if by == "nature":
            # A component's own nature decides, not that of the segment it lies in.
            components = np.flatnonzero((self.components["nature"] == item).to_numpy())
        offering = self.offers.loc[self.offers["component"].isin(components), "vendor"].unique()
        listed = self.listed.loc[self.listed["segment"].isin(segments), "vendor"].unique()
        groups = self.groups[components]
        covered = self._covered_segments(segments) if by == "nature" else (groups > 0).sum(axis=0)
        return CoverageRow(
            level=by,
            id=item,
            parts=len(segments) if by == "nature" else len(components),
            covered=tuple(int(n) for n in covered),
            cells=self._cells(offering, np.setdiff1d(listed, offering), self._least(segments, components)),
            overlap=measure_overlap(groups[:, 0], groups[:, 1]),
        )

    def _covered_segments(self, segments: Ints) -> Ints:
        """Return how many of some segments have a vendor, by column."""
        pairs = pd.concat(
            [
                self.listed,
                pd.DataFrame(
                    {
                        "segment": self.segment_of[self.offers["component"]],
                        "vendor": self.offers["vendor"].to_numpy(),
                    }
                ),
            ]
        )
        pairs = pairs[pairs["segment"].isin(segments)]
        seen = pairs.assign(column=self.column[pairs["vendor"]]).drop_duplicates(["segment", "column"])
        return np.bincount(seen["column"], minlength=len(self.columns))

    def _least(self, segments: Ints, components: Ints) -> list[str]:
        """Completeness of a roll-up: complete if its segments, or all its components, are."""
        order = ("unknown", "partial", "complete")
        least = []
        for column in range(len(self.columns)):
            whole = [self.segment_levels[s][column] for s in segments]
            parts = [self.levels[c][column] for c in components]
            levels = [min(group, key=order.index) for group in (whole, parts) if group]
            least.append(max(levels, key=order.index, default="unknown"))
        return least

    def _cells(self, offering: Ints, listed: Ints, levels: list[str]) -> tuple[Cell, ...]:
        everyone = np.concatenate([offering, listed]).astype(np.int64)
        cells = []
        for column, country in enumerate(self.columns):
            here = everyone[self.column[everyone] == column]
            groups = len(np.unique(self.market.groups.head[here]))
            only_listed = int((self.column[listed] == column).sum())
            cells.append(_cell(country, len(here), groups, only_listed, levels[column]))
        return tuple(cells)


def _cell(country: str, vendors: int, groups: int, listed: int, level: str) -> Cell:
    state: CellState = "count" if vendors else "none" if level == "complete" else "not known"
    return Cell(country, state, vendors, groups, listed, level)
