"""Nodes and edges of a structure while it is being built, gates among them."""

from __future__ import annotations

import numpy as np

from .._errors import InputError
from ._enough import Suppliers, share_needed
from .market import Ints, Market, expand_slices

__all__ = ["Builder", "add_gates", "find_levels", "finish_gates"]


class Builder:
    """Collects nodes and edges; one instance a structure."""

    def __init__(self, market: Market) -> None:
        self.components = len(market.component_ids)
        self.solutions = len(market.solution_ids)
        self.size = self.components + self.solutions
        self.parents: list[Ints] = []
        self.children: list[Ints] = []
        self.any_of: list[Ints] = []
        self.sources: list[tuple[Ints, Ints]] = []
        self.weights: dict[int, Ints] = {}  # of some of the edges, by where they stand in `parents`
        self.gates: list[tuple[Ints, Ints, int]] = []  # nodes, their components, what they need

    def add_nodes(self, count: int) -> Ints:
        nodes = np.arange(self.size, self.size + count, dtype=np.int64)
        self.size += count
        return nodes

    def add_edges(self, parents: Ints, children: Ints, weights: Ints | None = None) -> None:
        if weights is not None:
            self.weights[len(self.parents)] = weights
        self.parents.append(parents)
        self.children.append(children)

    def add_gates(self, components: Ints, need: int) -> Ints:
        """Add a gate to each of some components; return their nodes."""
        nodes = self.add_nodes(len(components))
        self.any_of.append(nodes)  # one without children fails
        self.gates.append((nodes, components, need))
        self.add_edges(components, nodes)
        return nodes


def add_gates(builder: Builder, market: Market, suppliers: Suppliers, nodes: Ints) -> None:
    """Set gates before some components: each is to hold while enough of its groups' nodes do."""
    scope = market.scope
    if scope.min_groups > 1:
        components, gate_of = np.unique(suppliers.component, return_inverse=True)
        gates = builder.add_gates(components, scope.min_groups)
        builder.add_edges(gates[gate_of], nodes)
    if scope.min_share is not None:
        stated = suppliers.rest[suppliers.component] >= 0
        component, share, nodes = suppliers.component[stated], suppliers.share[stated], nodes[stated]
        components, gate_of = np.unique(component, return_inverse=True)
        gates = builder.add_gates(components, share_needed(market))
        known = share >= 0
        builder.add_edges(gates[gate_of[known]], nodes[known], share[known])
        # What nobody states may be held by any one of those of whom nobody states anything.
        silent, silent_of = np.unique(gate_of[~known], return_inverse=True)
        others = builder.add_nodes(len(silent))
        builder.any_of.append(others)
        builder.gates.append((others, components[silent], 0))
        builder.add_edges(others[silent_of], nodes[~known])
        builder.add_edges(gates[silent], others, suppliers.rest[components[silent]])


def finish_gates(builder: Builder, order: Ints) -> tuple[Ints | None, Ints | None, Ints | None]:
    """Return what gates count, what they need, and the weight of each edge in its order; None without gates."""
    if not builder.gates:
        return None, None, None
    gate, need = np.full(builder.size, -1, dtype=np.int64), np.zeros(builder.size, dtype=np.int64)
    for nodes, components, least in builder.gates:
        gate[nodes], need[nodes] = components, least
    weights = [
        builder.weights.get(place, np.ones(len(ends), dtype=np.int64))
        for place, ends in enumerate(builder.parents)
    ]
    return gate, need, np.concatenate(weights)[order]


def find_levels(size: int, parents: Ints, children: Ints) -> Ints:
    """Levels by peeling leaves off, one round a level."""
    level = np.zeros(size, dtype=np.int64)
    waiting = np.bincount(parents, minlength=size)
    by_child = np.argsort(children, kind="stable")
    start = np.zeros(size + 1, dtype=np.int64)
    np.cumsum(np.bincount(children, minlength=size), out=start[1:])
    ready, done = np.flatnonzero(waiting == 0), 0
    depth = 0
    while len(ready):
        level[ready] = depth
        done += len(ready)
        depth += 1
        above = parents[by_child[expand_slices(start[ready], start[ready + 1])]]
        np.subtract.at(waiting, above, 1)
        ready = np.unique(above[waiting[above] == 0])
    if done < size:
        raise InputError("REQUIRES runs in a circle; `kizuna validate` shows which rows")
    return level
