"""Families of sets, none inside another, as zero-suppressed decision diagrams.

A family is a number: 0 is the empty family, 1 the family of the empty set alone, any other number a node
``(v, low, high)``: the sets of `low`, and those of `high` with `v` added. Equal families have equal numbers.
Every family here is an *antichain* (no set holds another), which is how a monotone function is written
uniquely: it is true wherever one of the sets is wholly there.

References
----------
.. [1] S. Minato, Zero-suppressed BDDs for set manipulation in combinatorial problems, DAC 1993,
   doi:10.1145/157485.164890.
.. [2] A. Rauzy, New algorithms for fault trees analysis, Reliability Engineering & System Safety 40, 1993,
   doi:10.1016/0951-8320(93)90060-C.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

__all__ = ["ALL", "BASE", "EMPTY", "Diagram", "OutOfBudgetError", "deep_recursion"]

EMPTY, BASE = 0, 1
ALL = sys.maxsize  # of sets of any order
_LEAF = sys.maxsize  # a leaf comes after every variable


class OutOfBudgetError(Exception):
    """A diagram took more steps than it was given; its caller says so to the user in its own words."""


class Diagram:
    """A pool of families over variables, which are numbers from 0 up.

    Parameters
    ----------
    budget
        Most steps: results worked out and kept for later, which is what takes time and memory.

    Notes
    -----
    Every operation is the textbook recursion on the first variable, each pair of families worked out once.
    With ``f0 = low`` and ``f1 = low ∪ high`` it is also the recursion of a binary decision diagram of the
    monotone function, so that states are counted without a second kind of diagram.
    """

    def __init__(self, *, budget: int) -> None:
        self.var = [_LEAF, _LEAF]
        self.low = [EMPTY, EMPTY]
        self.high = [EMPTY, EMPTY]
        self.steps = 0
        self.budget = budget
        self._unique: dict[tuple[int, int, int], int] = {}
        self._union: dict[tuple[int, int], int] = {}
        self._without: dict[tuple[int, int], int] = {}
        self._product: dict[tuple[int, int, int], int] = {}
        self._sized: dict[tuple[int, int], int] = {}
        self._split: dict[tuple[int, int], tuple[int, int]] = {}
        self._count: dict[int, int] = {EMPTY: 0, BASE: 1}

    def spend(self, steps: int) -> None:
        """Count steps; `OutOfBudgetError` if there are too many."""
        self.steps += steps
        if self.steps > self.budget:
            raise OutOfBudgetError

    def node(self, v: int, low: int, high: int) -> int:
        """Return the family of the sets of `low`, and of `high` with `v` added: one step."""
        self.steps += 1
        if self.steps > self.budget:
            raise OutOfBudgetError
        if high == EMPTY:
            return low
        key = (v, low, high)
        found = self._unique.get(key)
        if found is None:
            found = self._unique[key] = len(self.var)
            self.var.append(v)
            self.low.append(low)
            self.high.append(high)
        return found

    def one_set(self, variables: Iterable[int]) -> int:
        """Return the family of one set."""
        family = BASE
        for v in sorted(variables, reverse=True):
            family = self.node(v, EMPTY, family)
        return family

    # Operations on antichains; their results are antichains again

    def union(self, f: int, g: int) -> int:
        """Return the minimal sets of two families: the function "f or g"."""
        if f == g or g == EMPTY:
            return f
        if f == EMPTY:
            return g
        if f == BASE or g == BASE:
            return BASE
        key = (f, g) if f < g else (g, f)
        found = self._union.get(key)
        if found is None:
            if self.var[f] > self.var[g]:
                f, g = g, f
            v = self.var[f]
            if v < self.var[g]:
                low = self.union(self.low[f], g)
                high = self.without(self.high[f], g)
            else:
                low = self.union(self.low[f], self.low[g])
                high = self.without(self.union(self.high[f], self.high[g]), low)
            found = self._union[key] = self.node(v, low, high)
        return found

    def without(self, f: int, g: int) -> int:
        """Return the sets of f that hold no set of g."""
        if f in (EMPTY, g) or g == BASE:
            return EMPTY
        if g == EMPTY or f == BASE:
            return f
        key = (f, g)
        found = self._without.get(key)
        if found is None:
            v, w = self.var[f], self.var[g]
            if v > w:
                found = self.without(f, self.low[g])
            elif v < w:
                found = self.node(v, self.without(self.low[f], g), self.without(self.high[f], g))
            else:
                low = self.without(self.low[f], self.low[g])
                high = self.without(self.without(self.high[f], self.low[g]), self.high[g])
                found = self.node(v, low, high)
            self._without[key] = found
        return found

    def product(self, f: int, g: int, order: int) -> int:
        """Return the minimal sets among the joins of one set of each, up to an order: "f and g"."""
        if f == EMPTY or g == EMPTY or order < 0:
            return EMPTY
        if f in (BASE, g):
            return self.up_to(g, order)
        if g == BASE:
            return self.up_to(f, order)
        if f > g:
            f, g = g, f
        key = (f, g, order)
        found = self._product.get(key)
        if found is None:
            v = min(self.var[f], self.var[g])
            (f0, f1), (g0, g1) = self._halves(f, v), self._halves(g, v)
            low = self.product(f0, g0, order)
            # "All" stays what it is, so that one result serves at every depth.
            high = self.product(f1, g1, order if order == ALL else order - 1)
            found = self._product[key] = self.node(v, low, self.without(high, low))
        return found

    def _halves(self, f: int, v: int) -> tuple[int, int]:
        """Return the function with `v` false and with `v` true."""
        if self.var[f] != v:
            return f, f
        return self.low[f], self.union(self.low[f], self.high[f])

    def up_to(self, f: int, order: int) -> int:
        """Return the sets of at most `order` elements."""
        if order == ALL or f <= BASE:
            return f
        if order == 0:
            return EMPTY  # an antichain with the empty set has no other, and would be BASE
        key = (f, order)
        found = self._sized.get(key)
        if found is None:
            low, high = self.up_to(self.low[f], order), self.up_to(self.high[f], order - 1)
            found = self._sized[key] = self.node(self.var[f], low, high)
        return found

    # Questions about a family

    def count(self, f: int) -> int:
        """Count the sets."""
        found = self._count.get(f)
        if found is None:
            found = self._count[f] = self.count(self.low[f]) + self.count(self.high[f])
        return found

    def is_one_set(self, f: int, size: int) -> bool:
        """Say whether a family is one set of so many elements."""
        while f > BASE and self.low[f] == EMPTY:
            f, size = self.high[f], size - 1
        return f == BASE and size == 0

    def nodes(self, f: int) -> list[int]:
        """Return the inner nodes of a family, from the top variable down."""
        seen, stack = {f}, [f]
        while stack:
            n = stack.pop()
            if n > BASE:
                stack += (below := {self.low[n], self.high[n]} - seen)
                seen |= below
        return sorted((n for n in seen if n > BASE), key=self.var.__getitem__)

    def count_by_order(self, f: int) -> dict[int, int]:
        """Count the sets by their number of elements."""
        found: dict[int, dict[int, int]] = {EMPTY: {}, BASE: {0: 1}}
        for n in reversed(self.nodes(f)):
            counts = dict(found[self.low[n]])
            for size, count in found[self.high[n]].items():
                counts[size + 1] = counts.get(size + 1, 0) + count
            found[n] = counts
        return dict(sorted(found[f].items()))

    def count_with(self, f: int) -> dict[int, int]:
        """Count for each variable the sets that it stands in."""
        self.count(f)
        ways, found = {f: 1}, dict[int, int]()
        for n in self.nodes(f):
            for below in (self.low[n], self.high[n]):
                ways[below] = ways.get(below, 0) + ways[n]
            found[self.var[n]] = found.get(self.var[n], 0) + ways[n] * self._count[self.high[n]]
        return found

    def count_critical(self, f: int, size: int) -> dict[int, int]:
        """Count for each variable the states of the other ``size - 1`` in which it alone decides f."""
        whole = 1 << size  # shares of all states, as whole numbers: each variable halves them once
        true: dict[int, int] = {EMPTY: 0, BASE: whole}
        self._count_true(f, true)
        reach, found = {f: whole}, dict[int, int]()
        for n in sorted((n for n in true if n > BASE), key=self.var.__getitem__):
            v = self.var[n]
            f0, f1 = self._halves(n, v)
            for below in (f0, f1):
                reach[below] = reach.get(below, 0) + (reach[n] >> 1)
            found[v] = found.get(v, 0) + reach[n] * (true[f1] - true[f0])
        return {v: share >> (size + 1) for v, share in found.items()}

    def _count_true(self, f: int, true: dict[int, int]) -> int:
        if f not in true:
            f0, f1 = self._halves(f, self.var[f])
            true[f] = (self._count_true(f0, true) + self._count_true(f1, true)) >> 1
        return true[f]

    def holds_part(self, f: int, variables: Sequence[int]) -> bool:
        """Say whether a set of the family lies wholly among some variables, which are sorted."""
        todo = [(f, 0)]
        while todo:
            f, place = todo.pop()
            while f > BASE:
                self.steps += 1
                if self.steps > self.budget:
                    raise OutOfBudgetError
                while place < len(variables) and variables[place] < self.var[f]:
                    place += 1
                if place == len(variables):
                    f = EMPTY  # an antichain with the empty set has no other, and would be BASE
                    break
                if variables[place] == self.var[f]:
                    todo.append((self.high[f], place + 1))
                f = self.low[f]
            if f == BASE:
                return True
        return False

    # Listing

    def iterate(self, f: int) -> Iterator[tuple[int, ...]]:
        """Yield the sets as their variables, in the order of the diagram."""
        stack: list[tuple[int, tuple[int, ...]]] = [(f, ())]
        while stack:
            family, begun = stack.pop()
            while family > BASE:
                stack.append((self.high[family], (*begun, self.var[family])))
                family = self.low[family]
            if family == BASE:
                yield begun

    def of_order(self, f: int, order: int) -> int:
        """Return the sets of exactly `order` elements."""
        if f <= BASE or order == 0:
            return f if f == BASE and order == 0 else EMPTY
        key = (f, -order)  # exactly; `up_to` has the same order at most
        found = self._sized.get(key)
        if found is None:
            low, high = self.of_order(self.low[f], order), self.of_order(self.high[f], order - 1)
            found = self._sized[key] = self.node(self.var[f], low, high)
        return found

    def split(self, f: int, v: int) -> tuple[int, int]:
        """Return the sets with `v`, taken out of them, and those without."""
        w = self.var[f]
        if w > v:
            return EMPTY, f
        if w == v:
            return self.high[f], self.low[f]
        key = (f, v)
        found = self._split.get(key)
        if found is None:
            (in_low, out_low), (in_high, out_high) = self.split(self.low[f], v), self.split(self.high[f], v)
            found = self._split[key] = self.node(w, in_low, in_high), self.node(w, out_low, out_high)
        return found

    def support(self, f: int, bits: Sequence[int], known: dict[int, int]) -> int:
        """Return which variables occur: the bit of each, joined."""
        found = known.get(f)
        if found is None:
            low, high = self.support(self.low[f], bits, known), self.support(self.high[f], bits, known)
            found = known[f] = low | high | bits[self.var[f]]
        return found

    def list_sets(self, f: int, rank: Sequence[int]) -> Iterator[tuple[int, ...]]:
        """Yield the sets, smallest first, then by the ranks of their elements; each by its ranks.

        One at a time: nothing is listed before it is asked for.
        """
        bits, variable = [1 << r for r in rank], {r: v for v, r in enumerate(rank)}
        known = {EMPTY: 0, BASE: 0}
        for order in self.count_by_order(f):
            with deep_recursion(len(rank)):
                stack: list[tuple[int, tuple[int, ...]]] = [(self.of_order(f, order), ())]
            while stack:
                family, begun = stack.pop()
                if family == EMPTY:
                    continue
                if self._is_single(family, len(rank)):
                    yield (*begun, *sorted(rank[v] for v in self._only_set(family)))
                    continue
                with deep_recursion(len(rank)):
                    occurring = self.support(family, bits, known)
                    least = (occurring & -occurring).bit_length() - 1
                    inside, outside = self.split(family, variable[least])
                stack += ((outside, begun), (inside, (*begun, least)))

    def _is_single(self, f: int, variables: int) -> bool:
        if f not in self._count:
            with deep_recursion(variables):
                self.count(f)
        return self._count[f] == 1

    def _only_set(self, f: int) -> Iterator[int]:
        while f > BASE:
            yield self.var[f]
            f = self.high[f]


@contextmanager
def deep_recursion(variables: int) -> Iterator[None]:
    """Let the recursions go as deep as there are variables, a few frames each."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, 1000 + 8 * variables))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
