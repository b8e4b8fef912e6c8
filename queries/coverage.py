"""Who covers what: components by country, rolled up to segment, layer and nature.

A cell is a count of distinct vendors and groups, or *none* (nobody, and the list of vendors is known to be
complete), or *not known*: where a data set is silent the answer is never 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, get_args

import numpy as np
import pandas as pd

from .._errors import InputError
from ..graph import SupplyGraph
from .completeness import LEVELS as COMPLETENESS
from .completeness import find_levels
from .concentration import HHIRange, measure_hhi
from .market import Bools, Ints, Market, expand_slices
from .scope import Scope, check_meaning

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
    unplaced
        How many vendors offer something of the item, or are listed in it, of which nobody states where they
        make it. They stand in no cell, and while there are any no cell is ``none``. None where the scope
        does not ask where offers are made.
    """

    level: CoverageLevel
    id: str
    parts: int
    covered: tuple[int, ...]
    cells: tuple[Cell, ...]
    overlap: float | None
    hhi: HHIRange | None = None
    unplaced: int | None = None


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
        What to count; default: Taiwan and Japan, by seat. Where it asks where offers are made, a vendor
        counts in each country where it makes what it offers, and one of unknown places beside the cells.

    Raises
    ------
    InputError
        `by` is none of the four; a scope that asks for several groups or for shares, which decide what can
        be had, and nothing about who offers what.

    Notes
    -----
    Security secures every layer and lies in none: it has a row of its own among the layers. A virtual
    component needs no vendor: it has no row, and is no part of an item.
    """
    if by not in LEVELS:
        raise InputError(f"`by` must be one of {', '.join(LEVELS)}; found {by!r}")
    scope = check_meaning(scope or Scope(), "coverage counts who offers what", "min_groups", "min_share")
    if ("coverage", scope) not in graph.kept:
        graph.kept["coverage", scope] = _Counter(Market(graph, scope))
    counter: _Counter = graph.kept["coverage", scope]
    return Coverage(market=counter.market, by=by, rows=tuple(counter.count(by)))


class _Counter:
    """Pairs of item and vendor, once, and what is known of their completeness."""

    def __init__(self, market: Market) -> None:
        self.market = market
        graph = market.graph
        self.segments = graph.table("segments")
        self.columns = [*market.scope.pair, ELSEWHERE]
        # A virtual component needs no vendor.
        real = ~market.virtual[market.offer_component]
        counted = np.flatnonzero(market.counted & real)
        # Column of each vendor: none where offers are made somewhere, and vendors are not.
        self.column: Ints = np.full(self.many, -1, dtype=np.int64)
        if market.by_made:
            self.component, self.vendor, self.at = self._list_places(counted)
        else:
            self.column = self._find_columns(market.countries)
            # Sorted by component, then vendor; two statements may speak of one pair.
            pairs = np.sort(market.offer_component[counted] * self.many + market.offer_vendor[counted])
            pairs = pairs[np.diff(pairs, prepend=-1) > 0]
            self.component, self.vendor = pairs // self.many, pairs % self.many
            self.at = self.column[self.vendor]
        self.start: Ints = np.searchsorted(self.component, np.arange(len(market.component_ids) + 1))
        self.segment_of: Ints = graph.table_places("components", "segment")
        self.listed = self.every_listing[market.alive[self.every_listing["vendor"].to_numpy()]]
        unnamed = np.flatnonzero(market.unnamed[market.offer_vendor] & real)
        components = market.offer_component[unnamed]
        vendors = market.offer_vendor[unnamed]
        self.levels = self._levels("completeness", components, vendors)
        listed = self.every_listing[market.unnamed[self.every_listing["vendor"].to_numpy()]]
        self.segment_levels = self._levels(
            "segment_completeness",
            np.concatenate([self.segment_of[components], listed["segment"]]).astype(np.int64),
            np.concatenate([vendors, listed["vendor"]]).astype(np.int64),
        )

    def _find_columns(self, countries: Iterable[str]) -> Ints:
        column = pd.Index(self.market.scope.pair).get_indexer(pd.Index(countries))
        return np.where(column < 0, len(self.market.scope.pair), column)

    def _list_places(self, offers: Ints) -> tuple[Ints, Ints, Ints]:
        """Return components, vendors and columns of some offers, once, by the places where they are made."""
        market = self.market
        made, place = market.places.pairs(offers)
        column = self._find_columns(market.places.countries)[place]
        whose = market.offer_component[made] * self.many + market.offer_vendor[made]
        keys = np.unique(whose * len(self.columns) + column)
        pairs = keys // len(self.columns)
        return pairs // self.many, pairs % self.many, keys % len(self.columns)

    @cached_property
    def silent(self) -> tuple[Ints, Ints]:
        """Components and vendors of the counted offers of which nobody states where they are made."""
        market = self.market
        offers = np.flatnonzero(market.counted & ~market.places.known)
        return market.offer_component[offers], market.offer_vendor[offers]

    def _place(self, row: CoverageRow, components: Ints, listed: Ints) -> CoverageRow:
        """Return a row with the vendors whose places nobody states; with any, no cell is none.

        Neither is it unless the list of vendors of the whole world is complete: anybody may make things here.
        """
        component, vendor = self.silent
        unknown = np.union1d(vendor[np.isin(component, components)], listed)
        settled = not len(unknown) and all(cell.level == "complete" for cell in row.cells)
        cells = row.cells if settled else tuple(map(_doubt_none, row.cells))
        return replace(row, cells=cells, unplaced=len(unknown))

    @property
    def many(self) -> int:
        """Number of vendors, at least 1."""
        return max(1, len(self.market.vendor_ids))

    def _levels(self, table: str, items: Ints, unnamed: Ints) -> Ints:
        """Return the level of each item and country, as its place in `LEVELS`.

        With a placeholder, `unnamed` at `items`, a list is at best partial.
        """
        levels = find_levels(self.market.graph, table, self.columns)
        # Without a column of its own a vendor may be in any.
        columns = slice(None) if self.market.by_made else self.column[unnamed]
        levels[items, columns] = np.minimum(levels[items, columns], COMPLETENESS.index("partial"))
        return levels

    @cached_property
    def every_listing(self) -> pd.DataFrame:
        """Segments and the vendors that a source lists in them, once; placeholders and ended ones too."""
        graph = self.market.graph
        places = {column: graph.places("listed_in", column) for column in ("segment", "vendor")}
        return pd.DataFrame(places).drop_duplicates()

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
        width = len(self.columns)
        cells = self.component * width + self.at
        pairs = np.sort(cells * self.many + who)
        pairs = pairs[np.diff(pairs, prepend=-1) > 0]
        counts = np.bincount(pairs // self.many, minlength=len(self.market.component_ids) * width)
        return counts.reshape(-1, width)

    @cached_property
    def groups(self) -> Ints:
        """Groups that offer each component. Shape ``(components, columns)``."""
        return self._count_by_component(self.market.groups.head[self.vendor])

    def _component_rows(self) -> Iterator[CoverageRow]:
        vendors = self._count_by_component(self.vendor)
        hhi = measure_hhi(self.market)
        covered = (self.groups > 0).astype(np.int64).tolist()
        rows = zip(
            self.market.component_ids.tolist(),
            map(tuple, covered),
            self._component_cells(vendors),
            _list_overlaps(self.groups[:, 0], self.groups[:, 1]),
            strict=True,
        )
        for position, (component, parts, cells, overlap) in enumerate(rows):
            if self.market.virtual[position]:
                continue
            row = CoverageRow("component", component, 1, parts, cells, overlap, hhi.get(position))
            nobody = np.zeros(0, dtype=np.int64)
            yield self._place(row, np.array([position]), nobody) if self.market.by_made else row

    def _component_cells(self, vendors: Ints) -> Iterator[tuple[Cell, ...]]:
        """Yield the cells of each component; cells that are equal are one."""
        width = len(self.columns)
        columns = np.broadcast_to(np.arange(width), vendors.shape)
        keys = np.stack([a.ravel() for a in (columns, vendors, self.groups, self.levels)], axis=1)
        size = [int(n) + 1 for n in keys.max(axis=0, initial=0)]
        every, which = np.unique(np.ravel_multi_index(tuple(keys.T), size), return_inverse=True)
        cells = [
            _cell(self.columns[column], n, groups, 0, COMPLETENESS[level])
            for column, n, groups, level in zip(
                *(a.tolist() for a in np.unravel_index(every, size)), strict=True
            )
        ]
        each = iter([cells[place] for place in which.tolist()])
        return zip(*[each] * width, strict=True)

    def _rolled_up(self, by: CoverageLevel, item: str, segments: Ints) -> CoverageRow:
        components = np.flatnonzero(np.isin(self.segment_of, segments))
        if by == "nature":
            # A component's own nature decides, not that of the segment it lies in.
            components = np.flatnonzero(self.market.graph.coded_table("components")["nature"].isin([item]))
        components = components[~self.market.virtual[components]]
        offering = np.zeros((self.many, len(self.columns)), dtype=bool)
        offers = expand_slices(self.start[components], self.start[components + 1])
        offering[self.vendor[offers], self.at[offers]] = True
        names = self.listed.loc[self.listed["segment"].isin(segments), "vendor"].to_numpy(dtype=np.int64)
        listed = np.zeros_like(offering)
        if not self.market.by_made:
            listed[names, self.column[names]] = True
        groups = self.groups[components]
        covered = self._covered_segments(segments) if by == "nature" else (groups > 0).sum(axis=0)
        row = CoverageRow(
            level=by,
            id=item,
            parts=len(segments) if by == "nature" else len(components),
            covered=tuple(int(n) for n in covered),
            cells=self._cells(offering, listed & ~offering, self._least(segments, components)),
            overlap=measure_overlap(groups[:, 0], groups[:, 1]),
        )
        if not self.market.by_made:
            return row
        return self._place(row, components, names[~offering[names].any(axis=1)])

    def _covered_segments(self, segments: Ints) -> Ints:
        """Return how many of some segments have a vendor, by column."""
        pairs = pd.DataFrame({"segment": self.segment_of[self.component], "column": self.at})
        if not self.market.by_made:
            listed = self.listed.assign(column=self.column[self.listed["vendor"]])
            pairs = pd.concat([pairs, listed[["segment", "column"]]])
        seen = pairs[pairs["segment"].isin(segments)].drop_duplicates()
        return np.bincount(seen["column"], minlength=len(self.columns))

    def _least(self, segments: Ints, components: Ints) -> list[str]:
        """Completeness of a roll-up: complete if its segments, or all its components, are."""
        least = np.zeros(len(self.columns), dtype=np.int64)
        for levels in (self.segment_levels[segments], self.levels[components]):
            if len(levels):
                least = np.maximum(least, levels.min(axis=0))
        return [COMPLETENESS[level] for level in least.tolist()]

    def _cells(self, offering: Bools, listed: Bools, levels: list[str]) -> tuple[Cell, ...]:
        """Cells of the vendors that offer something, and of those that are only listed."""
        cells = []
        for column, country in enumerate(self.columns):
            here = np.flatnonzero(offering[:, column] | listed[:, column])
            groups = np.zeros(self.many, dtype=bool)
            groups[self.market.groups.head[here]] = True
            only_listed = int(listed[here, column].sum())
            cells.append(_cell(country, len(here), int(groups.sum()), only_listed, levels[column]))
        return tuple(cells)


def _list_overlaps(a: Ints, b: Ints) -> list[float | None]:
    """Return :func:`measure_overlap` of each component by itself."""
    total = a + b
    overlap = (1 - np.abs(a - b) / np.maximum(total, 1)).tolist()
    return [found if known else None for found, known in zip(overlap, total.tolist(), strict=True)]


def _doubt_none(cell: Cell) -> Cell:
    return replace(cell, state="not known") if cell.state == "none" else cell


def _cell(country: str, vendors: int, groups: int, listed: int, level: str) -> Cell:
    state: CellState = "count" if vendors else "none" if level == "complete" else "not known"
    return Cell(country, state, vendors, groups, listed, level)
