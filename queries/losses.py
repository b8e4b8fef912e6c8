"""What is lost when one unit is gone: minimal cut sets of order 1, for all targets and units at once.

For a node that can be had, let S be the set of units whose loss alone makes it fail: the cut sets of order 1.
S of "all of" is the union of its children's, S of "any of" the intersection over the children that can be
had, S of a gate the units with which so many of its children are lost that the rest weigh too little, S of a
source the one unit that all its vendors belong to, if there is one. For single units this is exact, because
each unit is followed on its own; nothing is approximated by combining them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .market import Bools, Ints, Market, expand_slices
from .structure import Structure, evaluate

__all__ = ["Losses", "find_losses", "only_places", "only_units", "propagate_losses", "source_holds"]

_NONE = -1


@dataclass(frozen=True)
class Losses:
    """Pairs of a node and a unit whose loss alone makes it fail.

    Parameters
    ----------
    feasible
        Whether each node holds with all units present. Shape ``(nodes,)``.
    node, unit
        The pairs, sorted by unit, then node. Only nodes that are feasible have any. Shape ``(pairs,)``.
    """

    feasible: Bools
    node: Ints
    unit: Ints

    def lost_by(self, unit: int) -> Ints:
        """Return the nodes lost with one unit, sorted."""
        first, last = np.searchsorted(self.unit, [unit, unit + 1])
        return self.node[first:last]


def source_holds(structure: Structure, market: Market) -> Bools:
    """Say for each node whether it is a source with an offer that counts; imports are given."""
    holds = np.zeros(structure.size, dtype=bool)
    sources = structure.offer_source[market.usable]
    holds[sources[sources >= 0]] = True
    return holds


def only_units(structure: Structure, market: Market, codes: Ints) -> Ints:
    """Return for each source the one unit that takes all its counted offers along, or -1.

    Parameters
    ----------
    structure, market
        The structure and the market it was built from.
    codes
        Unit of each vendor. Not asked where countries are those where offers are made: see
        :func:`only_places`.
    """
    present = market.present & (structure.offer_source >= 0)
    return _only(structure, structure.offer_source[present], codes[market.offer_vendor[present]])


def only_places(structure: Structure, market: Market) -> Ints:
    """Return for each source the one country where all its counted offers are made, and nowhere else, or -1."""
    present = market.present & (structure.offer_source >= 0)
    return _only(structure, structure.offer_source[present], market.offer_codes("country")[0][present])


def _only(structure: Structure, source: Ints, unit: Ints) -> Ints:
    """Return the one unit of each source, or -1; a unit of -1 is none."""
    least = np.full(structure.size, np.iinfo(np.int64).max)
    most = np.full(structure.size, _NONE, dtype=np.int64)
    np.minimum.at(least, source, unit)
    np.maximum.at(most, source, unit)
    return np.where(least == most, most, _NONE)


def find_losses(structure: Structure, market: Market, codes: Ints) -> Losses:
    """Find what each single unit takes with it.

    Parameters
    ----------
    structure, market
        The structure and the market it was built from.
    codes
        Unit of each vendor (see :meth:`Market.unit_codes`).
    """
    holds = source_holds(structure, market)
    return propagate_losses(structure, holds, only_units(structure, market, codes))


def propagate_losses(structure: Structure, holds: Bools, only: Ints) -> Losses:
    """Carry losses of sources up to everything that needs them.

    Parameters
    ----------
    structure
        The structure.
    holds
        Which sources hold with all units present. Shape ``(nodes,)``.
    only
        For each source the unit that alone makes it fail, or -1. Shape ``(nodes,)``.

    Returns
    -------
    Losses
        All pairs.

    Notes
    -----
    One pass over the levels; time and memory grow with the number of pairs, which is what the answer is.
    Pairs are kept as ``node * (units + 1) + unit``, so that a union is one sort.
    """
    feasible = evaluate(structure, holds)
    base = int(only.max(initial=_NONE)) + 1 or 1
    first = np.zeros(structure.size, dtype=np.int64)
    count = np.zeros(structure.size, dtype=np.int64)
    leaves = np.flatnonzero((only != _NONE) & holds & (structure.source_component >= 0))
    found = [leaves * base + only[leaves]]
    first[leaves], count[leaves] = np.arange(len(leaves)), 1
    total = len(leaves)
    units = only[leaves]
    for depth in range(1, int(structure.level.max(initial=0)) + 1):
        nodes = np.flatnonzero((structure.level == depth) & feasible)
        keys = _combine(structure, nodes, feasible, (first, count, units, base))
        owner = keys // base
        first[nodes] = total + np.searchsorted(owner, nodes)
        count[nodes] = np.searchsorted(owner, nodes, side="right") - np.searchsorted(owner, nodes)
        total += len(keys)
        found.append(keys)
        units = np.concatenate([units, keys % base])
    keys = np.concatenate(found)
    node, unit = keys // base, keys % base
    order = np.lexsort((node, unit))
    return Losses(feasible=feasible, node=node[order], unit=unit[order])


def _combine(structure: Structure, nodes: Ints, feasible: Bools, known: tuple[Ints, Ints, Ints, int]) -> Ints:
    """Keys of the pairs of nodes whose children are all known."""
    first, count, units, base = known
    lengths = structure.start[nodes + 1] - structure.start[nodes]
    parent = np.repeat(nodes, lengths)
    edges = expand_slices(structure.start[nodes], structure.start[nodes + 1])
    child = structure.child[edges]
    # Only a choice can have children that cannot be had anyway; they neither help nor hurt.
    parent, child = parent[feasible[child]], child[feasible[child]]
    pair_parent = np.repeat(parent, count[child])
    pair_unit = units[expand_slices(first[child], first[child] + count[child])]
    pairs = pair_parent * base + pair_unit
    keys: Ints
    keys, times = np.unique(pairs, return_counts=True)
    ways = np.bincount(parent, minlength=structure.size)
    enough = np.where(structure.any_of[keys // base], times == ways[keys // base], True)
    if structure.need is not None and structure.weight is not None:
        weight = structure.weight[edges][feasible[structure.child[edges]]]
        total, lost = np.zeros(structure.size, dtype=np.int64), np.zeros(len(keys), dtype=np.int64)
        np.add.at(total, parent, weight)
        np.add.at(lost, np.searchsorted(keys, pairs), np.repeat(weight, count[child]))
        need = structure.need[keys // base]
        enough = np.where(need > 0, total[keys // base] - lost < need, enough)
    return keys[enough].astype(np.int64)
