"""Findings of many single units at once, in whole columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ._unit_views import UnitView
from .analysis import Analysis
from .findings import Finding, FindingKind, finding_id
from .losses import Losses
from .market import Bools, Ints, expand_slices
from .structure import list_needs

__all__ = ["CHUNK", "Batch", "Pairs"]

CHUNK = 4096
"""How many findings are worked out together: what bounds the memory."""


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs of a finding, by its place in the batch, and something, sorted and each once.

    Parameters
    ----------
    place, item
        The pairs.
    """

    place: Ints
    item: Ints

    @classmethod
    def of(cls, place: Ints, item: Ints) -> Pairs:
        """Sort pairs, and keep each once."""
        base = int(item.max(initial=0)) + 1
        keys = np.sort(place * base + item)
        keys = keys[np.diff(keys, prepend=-1) > 0]
        return cls(keys // base, keys % base)

    def where(self, wanted: Bools) -> Pairs:
        """Return some of the pairs."""
        return Pairs(self.place[wanted], self.item[wanted])

    def within(self, other: Pairs) -> Bools:
        """Say which of the pairs are among others too."""
        base = max(int(self.item.max(initial=0)), int(other.item.max(initial=0))) + 1
        keys, known = self.place * base + self.item, other.place * base + other.item
        found: Bools = np.append(known, -1)[np.searchsorted(known, keys)] == keys
        return found

    def expand(self, start: Ints, stop: Ints, items: Ints) -> tuple[Ints, Ints, Ints]:
        """Return the place, the item, and each of its own items ``items[start[item]:stop[item]]``."""
        first, last = start[self.item], stop[self.item]
        length = last - first
        return np.repeat(self.place, length), np.repeat(self.item, length), items[expand_slices(first, last)]

    def name(self, names: pd.Index, size: int) -> list[tuple[str, ...]]:
        """Return the names of each finding's items, sorted; none for a finding without a pair."""
        items = Pairs.of(np.zeros_like(self.item), self.item).item
        which = np.searchsorted(items, self.item)
        text = np.array([*names[items].tolist(), None], dtype=object)[:-1]
        order = np.argsort(text)
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        by_name = np.lexsort((rank[which], self.place))
        listed = text[which[by_name]].tolist()
        ends = np.searchsorted(self.place, np.arange(size + 1)).tolist()
        return [tuple(listed[a:b]) for a, b in pairwise(ends)]


@dataclass(frozen=True, eq=False)
class Batch:
    """Findings of one kind at one unit.

    Parameters
    ----------
    analysis
        What was counted and worked out; of a structure without gates.
    kind, view
        What the findings are, and the unit; None where no unit is lost.
    weights
        Weight of each solution.
    losses, quick
        What is lost with each unit, and what is lost at once.
    possible, whole
        How many solutions could be lost, and their weight.
    """

    analysis: Analysis
    kind: FindingKind
    view: UnitView | None
    weights: npt.NDArray[np.float64]
    losses: Losses
    quick: Losses
    possible: int
    whole: float

    def list_all(
        self,
        codes: Ints,
        *,
        roots: Callable[[Ints], Pairs] | None = None,
        coarser: Sequence[UnitView] = (),
    ) -> Iterator[Finding]:
        """Yield the findings of some units.

        Parameters
        ----------
        codes
            The units, sorted.
        roots
            Gives the roots of some of them; default: they are worked out.
        coarser
            Units at which the same cut may stand, too.
        """
        for first in range(0, len(codes), CHUNK):
            yield from self._list(codes[first : first + CHUNK], roots, coarser)

    def _list(
        self,
        codes: Ints,
        roots: Callable[[Ints], Pairs] | None,
        coarser: Sequence[UnitView],
    ) -> Iterator[Finding]:
        market, structure, size = self.analysis.market, self.analysis.structure, len(codes)
        first = structure.components
        lost = _lost_with(self.losses, codes)
        components = lost.where(lost.item < first)
        is_solution = (lost.item >= first) & (lost.item < first + structure.solutions)
        solutions = lost.where(is_solution)
        at_once = solutions.where(solutions.within(_lost_with(self.quick, codes)))
        root = self._find_roots(codes, components) if roots is None else roots(codes)
        vendors = self._find_vendors(codes, root)
        direct = solutions.where(solutions.within(self._find_wholes(root)))
        disagree = np.zeros(size, dtype=bool)
        disagree[vendors.place[market.moved[vendors.item]]] = True
        columns = {
            "roots": root.name(market.component_ids, size),
            "vendors": vendors.name(market.vendor_ids, size),
            "components": components.name(market.component_ids, size),
            "solutions": _shift(solutions, first).name(market.solution_ids, size),
            "direct": _shift(direct, first).name(market.solution_ids, size),
            "at_once": _shift(at_once, first).name(market.solution_ids, size),
            "severity": self._weigh(_shift(solutions, first), size),
            "stand_ins": self._count_stand_ins(codes, root, vendors).tolist(),
            "also": self._list_also(codes, lost.where(lost.item < first + structure.solutions), coarser),
            "seat_owner_disagree": disagree.tolist(),
        }
        members = [()] * size if self.view is None else [(name,) for name in self.view.names[codes].tolist()]
        for member, *cells in zip(members, *columns.values(), strict=True):
            yield self._make(member, dict(zip(columns, cells, strict=True)))

    def _make(self, members: tuple[str, ...], columns: dict[str, Any]) -> Finding:
        unit = None if self.view is None else self.view.unit
        scope = self.analysis.market.scope
        return Finding(
            id=finding_id(self.kind, unit, scope, list(members or columns["roots"])),
            kind=self.kind,
            unit=unit,
            members=members,
            solutions_total=self.possible,
            **columns,
        )

    def _weigh(self, solutions: Pairs, size: int) -> list[float]:
        """Weight of the solutions of each finding, as a part of all."""
        weights = self.weights[solutions.item]
        ends = np.searchsorted(solutions.place, np.arange(size + 1)).tolist()
        return [float(weights[a:b].sum()) / self.whole if self.whole else 0.0 for a, b in pairwise(ends)]

    def _inside(self, codes: Ints, place: Ints, offers: Ints) -> Bools:
        """Say which offers the unit of their finding takes along."""
        if self.view is None:
            return np.zeros(len(offers), dtype=bool)
        inside: Bools = self.view.codes[offers] == codes[place]
        return inside

    def _find_roots(self, codes: Ints, components: Pairs) -> Pairs:
        """Return the lost components every way to which runs through offers inside the cut."""
        market = self.analysis.market
        lost = components.where(~market.virtual[components.item])
        start, offers = market.offers_by_component
        pair = Pairs(np.arange(len(lost.item)), lost.item)
        which, component, offer = pair.expand(start[:-1], start[1:], offers)
        there = market.present[offer]
        which, component, offer = which[there], component[there], offer[there]
        own = self._inside(codes, lost.place[which], offer)
        can_deliver = self.analysis.feasible[self.analysis.structure.ways(offer, component)]
        size = len(lost.item)
        inside = np.bincount(which[own], minlength=size)
        outside = np.bincount(which[can_deliver & ~own], minlength=size)
        return lost.where((inside > 0) & (outside == 0))

    def _find_vendors(self, codes: Ints, roots: Pairs) -> Pairs:
        """Return the vendors inside the cut with counted offers of a root."""
        market = self.analysis.market
        start, offers = market.offers_by_component
        place, _, offer = roots.expand(start[:-1], start[1:], offers)
        own = market.present[offer] & self._inside(codes, place, offer)
        return Pairs.of(place[own], market.offer_vendor[offer[own]])

    def _find_wholes(self, roots: Pairs) -> Pairs:
        """Return what requires a root itself, be it as one alternative of a choice."""
        needs = list_needs(self.analysis.market, self.analysis.kinds)
        wholes, parts = needs["parent"].to_numpy(), needs["part"].to_numpy()
        order = np.argsort(parts, kind="stable")
        nodes = np.arange(len(self.analysis.market.names) + 1)
        ends = np.searchsorted(parts[order], nodes)
        place, _, whole = roots.expand(ends[:-1], ends[1:], wholes[order])
        return Pairs.of(place, whole)

    def _count_stand_ins(self, codes: Ints, roots: Pairs, vendors: Pairs) -> Ints:
        """Count the groups outside the cut that are not in volume at a root, or in its family."""
        market = self.analysis.market
        start, offers = market.offers_by_component
        place, _, offer = roots.expand(start[:-1], start[1:], offers)
        waits = market.waiting[offer]
        places, found = [place[waits]], [offer[waits]]
        family, members, first = self.analysis.families
        kin = roots.where(family[roots.item] >= 0)
        kin = Pairs.of(kin.place, family[kin.item])
        place, _, component = kin.expand(first[:-1], first[1:], members)
        kin = Pairs.of(place, component)
        kin = kin.where(~kin.within(roots))
        place, _, offer = kin.expand(start[:-1], start[1:], offers)
        counts = market.counted[offer]
        place, offer = np.concatenate([*places, place[counts]]), np.concatenate([*found, offer[counts]])
        outside = market.offer_at_home[offer] & ~self._inside(codes, place, offer)
        heads = market.groups.head
        groups = Pairs.of(place[outside], heads[market.offer_vendor[offer[outside]]])
        own = Pairs.of(vendors.place, heads[vendors.item])
        return np.bincount(groups.place[~groups.within(own)], minlength=len(codes))

    def _list_also(self, codes: Ints, lost: Pairs, coarser: Sequence[UnitView]) -> list[tuple[str, ...]]:
        """Say at which coarser units each cut stands: one of them, but not all, takes the same along."""
        if self.view is None or not coarser:
            return [()] * len(codes)
        place_of = np.full(len(self.view.names) + 1, -1)
        place_of[codes] = np.arange(len(codes))
        place = place_of[self.view.codes]
        offers = np.flatnonzero((place >= 0) & self.analysis.market.present)
        stands = [
            (view.unit, self._stand(view, place[offers], offers, lost, len(codes)).tolist())
            for view in coarser
            if view.count > 1
        ]
        return [tuple(unit for unit, holds in stands if holds[place]) for place in range(len(codes))]

    def _stand(self, view: UnitView, place: Ints, offers: Ints, lost: Pairs, size: int) -> Bools:
        """Say which cuts stand at a coarser unit.

        One does where all its offers lie in one such unit, or where one of several takes along the same targets.
        """
        above = Pairs.of(place, view.codes[offers] + 1)
        above = Pairs(above.place, above.item - 1)
        named = above.where((above.item >= 0) & view.named[above.item])
        sole = np.bincount(above.place, minlength=size) == 1
        stands = np.zeros(size, dtype=bool)
        stands[named.place] = sole[named.place]
        several = named.where(~sole[named.place])
        nodes = np.arange(size + 1)
        ends = np.searchsorted(lost.place, nodes)
        pairs = Pairs(np.arange(len(several.place)), several.place)
        pair, _, node = pairs.expand(ends[:-1], ends[1:], lost.item)
        losses = self.analysis.losses(view.unit)
        taken = Pairs(several.item[pair], node).within(Pairs(losses.unit, losses.node))
        held = np.bincount(pair[taken], minlength=len(several.place))
        whole = held == np.diff(ends)[several.place]
        stands[several.place[whole]] = True
        return stands


def _lost_with(losses: Losses, codes: Ints) -> Pairs:
    """Return the nodes lost with each of some units."""
    first, last = np.searchsorted(losses.unit, codes), np.searchsorted(losses.unit, codes, side="right")
    return Pairs(np.repeat(np.arange(len(codes)), last - first), losses.node[expand_slices(first, last)])


def _shift(pairs: Pairs, first: int) -> Pairs:
    return Pairs(pairs.place, pairs.item - first)
