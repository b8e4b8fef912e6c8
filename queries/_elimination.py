"""The best way to fill places that depend on one another: exact, by elimination along a tree decomposition.

Each *place* takes one of its candidates. What a choice is worth adds up over the places and over the *bonds*
of places that depend on each other, and then there is what depends on the whole of it: how many places each
*counter* counts, say those of one country. Where the tables of an exact answer would grow too large, they are
split into smaller ones, and what comes out is an upper bound.

References
----------
.. [1] R. Dechter, Bucket elimination: a unifying framework for reasoning, Artificial Intelligence 113, 1999,
   doi:10.1016/S0004-3702(99)00059-4.
.. [2] R. Dechter, I. Rish, Mini-buckets: a general scheme for bounded inference, Journal of the ACM 50(2),
   2003, doi:10.1145/636865.636866.
.. [3] R. F. Goldstein, Efficient rotamer elimination applied to protein side-chains and related spin glasses,
   Biophysical Journal 66(5), 1994, doi:10.1016/S0006-3495(94)80923-3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, NamedTuple

import networkx as nx
import numpy as np
import numpy.typing as npt
from networkx.algorithms.approximation import treewidth_min_fill_in

from .market import Ints

__all__ = ["Cells", "Meter", "Solved", "WorthNetwork"]

Cells = npt.NDArray[Any]
"""Whole numbers: of 64 bits, or Python's own where those are too small."""

_Where = tuple[Any, ...]

_LARGEST = 1 << 23  # cells of one table, whatever the budget
_LEAST = 1 << 10  # cells that a table may always have, so that a bound is never worthless


@dataclass
class Meter:
    """Counts the cells that tables may still have."""

    left: int

    @property
    def largest(self) -> int:
        """Most cells of the next table."""
        return max(_LEAST, min(self.left, _LARGEST))


class Solved(NamedTuple):
    """What a search found.

    Parameters
    ----------
    bound
        No choice is worth more; None: there is none that is allowed.
    exact
        Whether one is worth as much.
    choice
        It: the position of a candidate of each place; None where it is not exact.
    """

    bound: int | None
    exact: bool
    choice: tuple[int, ...] | None


class _Table(NamedTuple):
    """What a choice at some places is worth, by what counters count behind it.

    `cells` has one axis for each place of `scope`, then one for each counter.
    """

    scope: tuple[int, ...]
    cells: Cells


@dataclass(frozen=True)
class WorthNetwork:
    """Places, their candidates, and what each choice is worth.

    Parameters
    ----------
    worth
        Of each place, what each candidate adds.
    counter
        Of each place, the counter that each candidate adds one to, or -1.
    bonds
        By two places, the lower first, what each two of their candidates add.
    finish
        What the whole adds, by what each counter shows in the end; a count beyond its axis is not allowed.
    barred
        What stands for "not allowed", below zero: all that a choice can add is less than this takes away,
        so that a choice is allowed if it is worth 0 or more.
    """

    worth: Sequence[Cells]
    counter: Sequence[Ints]
    bonds: Mapping[tuple[int, int], Cells]
    finish: Cells
    barred: int

    def restrict(self, domains: Sequence[Ints]) -> WorthNetwork:
        """Return the same with some candidates only."""
        return WorthNetwork(
            [worth[domain] for worth, domain in zip(self.worth, domains, strict=True)],
            [counter[domain] for counter, domain in zip(self.counter, domains, strict=True)],
            {(p, q): cells[np.ix_(domains[p], domains[q])] for (p, q), cells in self.bonds.items()},
            self.finish,
            self.barred,
        )

    def measure(self, choice: Sequence[int]) -> int:
        """Return what a choice is worth; less than 0 if it is not allowed."""
        total = sum(int(worth[one]) for worth, one in zip(self.worth, choice, strict=True))
        total += sum(int(cells[choice[p], choice[q]]) for (p, q), cells in self.bonds.items())
        counts = [0] * self.finish.ndim
        for counter, one in zip(self.counter, choice, strict=True):
            if counter[one] >= 0:
                counts[counter[one]] += 1
        beyond = sum(max(0, n + 1 - most) for n, most in zip(counts, self.finish.shape, strict=True))
        return total + (self.barred * beyond if beyond else int(self.finish[tuple(counts)]))

    def solve(self, meter: Meter, *, want_choice: bool = True) -> Solved:
        """Find what the best choice is worth, and one that is.

        Parameters
        ----------
        meter
            How many cells tables may have; it is charged.
        want_choice
            Whether a choice is asked for besides its worth.

        Notes
        -----
        A candidate falls out that another of its place and counter is at least as good as whatever stands
        elsewhere [3]_. Of what is left, the places are eliminated [1]_ in the order of a tree decomposition
        by least fill-in; a table has one axis more for each counter. Tables beyond the meter are split [2]_.
        """
        if not all(map(len, self.worth)):
            return Solved(None, True, None)
        kept = _drop_dominated(self)
        small = _fold(self.restrict(kept))
        buckets, left, exact = _eliminate(small, meter)
        total = _join_all(left, small)[-1]
        cells = total.cells + small.finish[tuple(map(slice, total.cells.shape))]
        bound = int(cells.max())
        if bound < 0:
            return Solved(None, True, None)
        if not exact or not want_choice:
            return Solved(bound, exact, None)
        counts = tuple(int(n[0]) for n in np.nonzero(cells == bound))
        choice = _trace(small, buckets, left, counts)
        return Solved(bound, True, tuple(int(kept[p][choice[p]]) for p in range(len(kept))))


# ---- fewer candidates, fewer bonds ----


def _bonds_of(network: WorthNetwork) -> list[dict[int, Cells]]:
    """Bonds of each place, its own candidates on the first axis."""
    found: list[dict[int, Cells]] = [{} for _ in network.worth]
    for (p, q), cells in network.bonds.items():
        found[p][q], found[q][p] = cells, cells.T
    return found


def _drop_dominated(network: WorthNetwork) -> list[Ints]:
    """Positions of the candidates of each place that no other makes superfluous."""
    kept = [np.arange(len(worth), dtype=np.int64) for worth in network.worth]
    bonds = _bonds_of(network)
    todo = {place for place, worth in enumerate(network.worth) if len(worth) > 1}
    while todo:
        place = min(todo)
        todo.discard(place)
        worth, counter = network.worth[place][kept[place]], network.counter[place][kept[place]]
        gain = worth[None, :] - worth[:, None]  # what the second candidate is worth more, at the least
        for other, cells in bonds[place].items():
            here = cells[np.ix_(kept[place], kept[other])]
            here = np.unique(here, axis=1) if here.dtype != object and here.shape[1] > len(worth) else here
            gain = gain + (here[None, :, :] - here[:, None, :]).min(axis=2)
        beaten = (gain >= 0) & (counter[None, :] == counter[:, None])
        first = np.tri(len(worth), k=-1, dtype=bool).T  # of two that are alike, the first stays
        stays = ~(beaten & ~(beaten.T & first) & ~np.eye(len(worth), dtype=bool)).any(axis=1)
        if not stays.all():
            kept[place] = kept[place][stays]
            todo |= {other for other in bonds[place] if len(kept[other]) > 1}
            if len(kept[place]) > 1:
                todo.add(place)
    return kept


def _fold(network: WorthNetwork) -> WorthNetwork:
    """Move bonds that do not depend on one of their places into the worth of the other."""
    worth = list(network.worth)
    bonds = {}
    for (p, q), cells in network.bonds.items():
        if (cells == cells[:1]).all():
            worth[q] = worth[q] + cells[0]
        elif (cells == cells[:, :1]).all():
            worth[p] = worth[p] + cells[:, 0]
        else:
            bonds[p, q] = cells
    return WorthNetwork(worth, network.counter, bonds, network.finish, network.barred)


# ---- tables ----


def _make_tables(network: WorthNetwork) -> Iterator[_Table]:
    axes = network.finish.ndim
    for place, (worth, counter) in enumerate(zip(network.worth, network.counter, strict=True)):
        shape = [
            2 if (counter == axis).any() and network.finish.shape[axis] > 1 else 1 for axis in range(axes)
        ]
        cells = np.full((len(worth), *shape), network.barred, dtype=worth.dtype)
        for one, axis in enumerate(counter.tolist()):
            counts = [0] * axes
            if axis >= 0:
                counts[axis] = 1
                if shape[axis] == 1:
                    continue  # it may not be counted even once
            cells[(one, *counts)] = worth[one]
        yield _Table((place,), cells)
    for scope, cells in network.bonds.items():
        yield _Table(scope, cells.reshape(*cells.shape, *[1] * axes))


def _spread(table: _Table, scope: tuple[int, ...], axes: int) -> Cells:
    """Return the cells of a table with axes for all places of a scope."""
    sizes = dict(zip(table.scope, table.cells.shape, strict=False))
    return table.cells.reshape([sizes.get(place, 1) for place in scope] + list(table.cells.shape[-axes:]))


def _join(first: _Table, second: _Table, network: WorthNetwork) -> _Table:
    """Add two tables: for each count the best way to share it out between the two."""
    axes, most = network.finish.ndim, network.finish.shape
    scope = tuple(sorted({*first.scope, *second.scope}))
    a, b = _spread(first, scope, axes), _spread(second, scope, axes)
    if prod(a.shape[-axes:]) > prod(b.shape[-axes:]):
        a, b = b, a
    counts = tuple(min(m, n + o - 1) for m, n, o in zip(most, a.shape[-axes:], b.shape[-axes:], strict=True))
    if prod(a.shape[-axes:]) == 1:
        return _Table(scope, a + b)
    places = tuple(max(n, o) for n, o in zip(a.shape[:-axes], b.shape[:-axes], strict=True))
    cells = np.full((*places, *counts), network.barred, dtype=np.result_type(a, b))
    for shift in np.ndindex(a.shape[-axes:]):
        lengths = [min(o, m - s) for o, m, s in zip(b.shape[-axes:], counts, shift, strict=True)]
        if min(lengths) > 0:
            into: _Where = (..., *(slice(s, s + n) for s, n in zip(shift, lengths, strict=True)))
            of_a: _Where = (..., *(slice(s, s + 1) for s in shift))
            of_b: _Where = (..., *map(slice, lengths))
            np.maximum(cells[into], a[of_a] + b[of_b], out=cells[into])
    return _Table(scope, cells)


def _join_all(tables: Sequence[_Table], network: WorthNetwork) -> list[_Table]:
    """Return what the first, the first two, ... tables add up to."""
    nothing = np.zeros([1] * network.finish.ndim, dtype=network.finish.dtype)
    found = [_Table((), nothing)]
    for table in tables:
        found.append(_join(found[-1], table, network))
    return found


def _count_cells(tables: Iterable[_Table], network: WorthNetwork) -> int:
    """Count the cells that joining some tables takes: the largest table, by the ways to share counts out."""
    axes = network.finish.ndim
    sizes = {p: len(network.worth[p]) for table in tables for p in table.scope}
    counts, ways = [1] * axes, 1
    for table in tables:
        own = table.cells.shape[-axes:]
        ways = max(ways, min(prod(own), prod(counts)))
        counts = [min(m, n + o - 1) for m, n, o in zip(network.finish.shape, counts, own, strict=True)]
    return prod(sizes.values()) * prod(counts) * ways


# ---- elimination ----


class _Bucket(NamedTuple):
    """The tables joined to eliminate a place, and what came of it."""

    place: int
    tables: list[_Table]
    message: _Table


def _eliminate(network: WorthNetwork, meter: Meter) -> tuple[list[_Bucket], list[_Table], bool]:
    """Eliminate all places; return the buckets, what is left, and whether that is exact."""
    tables = list(_make_tables(network))
    buckets = []
    exact = True
    for place in _find_order(network):
        own = [table for table in tables if place in table.scope]
        tables = [table for table in tables if place not in table.scope]
        own.sort(key=lambda table: (prod(table.cells.shape), table.scope))
        parts = _part(own, network, meter)
        exact = exact and len(parts) == 1
        for part in parts:
            meter.left -= _count_cells(part, network)
            joint = _join_all(part, network)[-1]
            axis = joint.scope.index(place)
            rest = joint.scope[:axis] + joint.scope[axis + 1 :]
            message = _Table(rest, joint.cells.max(axis=axis))
            buckets.append(_Bucket(place, part, message))
            tables.append(message)
    return buckets, tables, exact


def _part(tables: list[_Table], network: WorthNetwork, meter: Meter) -> list[list[_Table]]:
    """Part the tables of a place so that joining each part takes no more cells than the meter allows."""
    if _count_cells(tables, network) <= meter.largest:
        return [tables]
    parts: list[list[_Table]] = []
    for table in reversed(tables):
        for part in parts:
            if _count_cells([*part, table], network) <= meter.largest:
                part.append(table)
                break
        else:
            parts.append([table])
    return parts


def _find_order(network: WorthNetwork) -> list[int]:
    """Order of elimination: the bags of a tree decomposition from its leaves to its root."""
    graph: nx.Graph = nx.Graph()
    graph.add_nodes_from(range(len(network.worth)))
    graph.add_edges_from(sorted(network.bonds))
    order = [place for place, degree in sorted(graph.degree) if not degree]
    graph.remove_nodes_from(order)
    for members in list(nx.connected_components(graph)):
        part = nx.Graph()
        part.add_nodes_from(sorted(members))
        part.add_edges_from(sorted(edge for edge in network.bonds if edge[0] in members))
        _, tree = treewidth_min_fill_in(part)
        root = min(tree, key=sorted)
        above = dict(nx.bfs_predecessors(tree, root))
        for bag in nx.dfs_postorder_nodes(tree, root):
            order += sorted(bag - above.get(bag, frozenset()))
    return order


def _trace(
    network: WorthNetwork, buckets: list[_Bucket], left: list[_Table], counts: tuple[int, ...]
) -> dict[int, int]:
    """Read a best choice off the buckets, from the last back."""
    due: dict[int, tuple[int, ...]] = {}  # what the counters show behind each message, by its identity
    choice: dict[int, int] = {}
    _share_out(left, _join_all(left, network), counts, due)
    for bucket in reversed(buckets):
        at = due[id(bucket.message)]
        known = [_look_up(table, choice) for table in bucket.tables]
        sums = _join_all(known, network)
        worth = bucket.message.cells[(*(choice[p] for p in bucket.message.scope), *at)]
        every: _Where = (slice(None), *at)
        one = int(np.flatnonzero(sums[-1].cells[every] == worth)[0])
        choice[bucket.place] = one
        chosen = [_look_up(table, {bucket.place: one}) for table in known]
        shares: dict[int, tuple[int, ...]] = {}
        _share_out(chosen, _join_all(chosen, network), at, shares)
        due |= {id(table): shares[id(part)] for table, part in zip(bucket.tables, chosen, strict=True)}
    return choice


def _look_up(table: _Table, choice: Mapping[int, int]) -> _Table:
    """Return a table with the places of a choice settled."""
    where = tuple(choice.get(place, slice(None)) for place in table.scope)
    return _Table(tuple(place for place in table.scope if place not in choice), table.cells[where])


def _share_out(
    tables: list[_Table], sums: list[_Table], counts: tuple[int, ...], due: dict[int, tuple[int, ...]]
) -> None:
    """Share counts out among tables without places, so that they add up to what they were joined to."""
    for table, before, after in reversed(list(zip(tables, sums, sums[1:], strict=False))):
        for own in np.ndindex(table.cells.shape):
            rest = tuple(n - o for n, o in zip(counts, own, strict=True))
            within = all(0 <= n < m for n, m in zip(rest, before.cells.shape, strict=True))
            if within and before.cells[rest] + table.cells[own] == after.cells[counts]:
                due[id(table)], counts = own, rest
                break
