"""The structure function φ of a supply chain, as an AND/OR graph in arrays.

φ(c) says whether a component can be had: some vendor offers it, and everything that it requires can be had
(of a choice, one alternative), in house or from anyone. φ of a solution: everything that it requires can be
had. φ is monotone: more vendors never make anything fail.

References
----------
.. [1] R. E. Barlow, F. Proschan, Statistical Theory of Reliability and Life Testing, 1975, chapter 1.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .._errors import InputError
from .market import Bools, Ints, Market, expand_slices

__all__ = ["REQUIREMENT_KINDS", "Structure", "build_structure", "evaluate"]

REQUIREMENT_KINDS = ("input", "equipment", "service")


@dataclass(frozen=True)
class Structure:
    """φ as a directed acyclic graph whose nodes are "all of" or "any of" their children.

    Nodes are numbered: first the components, then the solutions, then choices, variants and sources. A
    *source* is a leaf: it holds as long as one of its offers does. A *variant* is a way to make a component
    with a given set of requirements made in house; a component whose vendors all need the same has none.

    Parameters
    ----------
    components, solutions
        How many nodes of each there are.
    any_of
        For each node, whether one child is enough. Shape ``(nodes,)``.
    start, child
        Children of node ``n``: ``child[start[n]:start[n + 1]]``.
    level
        0 for a leaf, else one more than the highest child. Shape ``(nodes,)``.
    source_component
        For each node, the component it is a source of, or -1. Shape ``(nodes,)``.
    offer_source
        For each offer in force, the source node it belongs to, or -1: a virtual component's, or one that
        supplies nobody and makes parts of its own.
    """

    components: int
    solutions: int
    any_of: Bools
    start: Ints
    child: Ints
    level: Ints
    source_component: Ints
    offer_source: Ints

    @property
    def size(self) -> int:
        """Number of nodes."""
        return len(self.any_of)

    def children(self, node: int) -> Ints:
        """Return the children of a node."""
        return self.child[self.start[node] : self.start[node + 1]]


class _Builder:
    """Collects nodes and edges; one instance a structure."""

    def __init__(self, market: Market) -> None:
        self.components = len(market.component_ids)
        self.solutions = len(market.solution_ids)
        self.size = self.components + self.solutions
        self.parents: list[Ints] = []
        self.children: list[Ints] = []
        self.any_of: list[Ints] = []
        self.sources: list[tuple[Ints, Ints]] = []

    def add_nodes(self, count: int) -> Ints:
        nodes = np.arange(self.size, self.size + count, dtype=np.int64)
        self.size += count
        return nodes

    def add_edges(self, parents: Ints, children: Ints) -> None:
        self.parents.append(parents)
        self.children.append(children)


def build_structure(market: Market, *, kinds: Collection[str] = REQUIREMENT_KINDS) -> Structure:
    """Compile the requirements and offers of a market into a structure.

    Parameters
    ----------
    market
        The market.
    kinds
        Kinds of requirement that matter: all three for what is lost in time, input and service for what is
        lost at once.

    Raises
    ------
    InputError
        An unknown kind, or requirements that run in a circle.

    Notes
    -----
    Linear in offers and requirements; only offers with parts made in house are looked at one by one.
    """
    for kind in kinds:
        if kind not in REQUIREMENT_KINDS:
            raise InputError(f"`kinds`: {kind!r} is none of {', '.join(REQUIREMENT_KINDS)}")
    builder = _Builder(market)
    needs = _requirements(market, kinds)
    needs["node"] = _add_choices(builder, needs)
    offer_source, varied = _add_sources(builder, market)
    plain = needs[~needs["parent"].isin(varied)]
    edges = plain.drop_duplicates(["parent", "node"])
    builder.add_edges(edges["parent"].to_numpy(), edges["node"].to_numpy())
    _add_variants(builder, market, needs[needs["parent"].isin(varied)], offer_source, varied)
    return _finish(builder, offer_source)


def _requirements(market: Market, kinds: Collection[str]) -> pd.DataFrame:
    """All requirements as nodes: parent, part, and the choice it belongs to (-1: needed)."""
    graph, shift = market.graph, len(market.component_ids)
    parts = []
    for table, source, column, target, base in (
        ("component_requires", market.component_ids, "component", market.component_ids, (0, 0)),
        ("solution_requires", market.solution_ids, "solution", market.component_ids, (shift, 0)),
        ("solution_builds_on", market.solution_ids, "solution", market.solution_ids, (shift, shift)),
    ):
        frame = graph.current(table)
        frame = frame[frame["kind"].isin(list(kinds)) | frame["kind"].isna()]
        parts.append(
            pd.DataFrame(
                {
                    "parent": source.get_indexer(pd.Index(frame[column])) + base[0],
                    "part": target.get_indexer(pd.Index(frame["requires"])) + base[1],
                    "alternatives": frame["alternatives"].to_numpy(),
                }
            )
        )
    return pd.concat([p for p in parts if len(p)] or parts[:1], ignore_index=True)


def _add_choices(builder: _Builder, needs: pd.DataFrame) -> Ints:
    """Add a node "any of" for each choice; return the node that each requirement stands for."""
    node = needs["part"].to_numpy(dtype=np.int64).copy()
    chosen = needs["alternatives"].notna().to_numpy()
    if chosen.any():
        codes = needs[chosen].groupby(["parent", "alternatives"], sort=False).ngroup().to_numpy()
        choices = builder.add_nodes(int(codes.max()) + 1)
        builder.any_of.append(choices)
        builder.add_edges(choices[codes], node[chosen])
        node[chosen] = choices[codes]
    return node


def _add_sources(builder: _Builder, market: Market) -> tuple[Ints, Ints]:
    """Add the source of each component; return the source of each offer, and the varied components.

    A component is varied if some of its offers make parts in house: its variants are added later.
    """
    in_house = market.offers["in_house"].notna().to_numpy() & market.usable
    varied = np.unique(market.offer_component[in_house])
    varied = varied[~market.virtual[varied]]
    has_source = ~market.virtual
    has_source[varied] = False
    components = np.flatnonzero(has_source)
    nodes = builder.add_nodes(len(components))
    builder.sources.append((nodes, components))
    builder.add_edges(components, nodes)
    source = np.full(builder.components, -1, dtype=np.int64)
    source[components] = nodes
    return source[market.offer_component], varied


def _add_variants(
    builder: _Builder, market: Market, needs: pd.DataFrame, offer_source: Ints, varied: Ints
) -> None:
    """Give each varied component one variant for each set of parts that its vendors make in house."""
    needed: dict[int, dict[int, int]] = {}  # component -> what it requires -> the node that stands for it
    for parent, part, node in zip(*(needs[c].tolist() for c in ("parent", "part", "node")), strict=True):
        needed.setdefault(parent, {})[part] = node
    builder.any_of.append(varied)
    offers = market.offers_on(varied)
    offers = offers[market.usable[offers]]
    variants: dict[tuple[int, frozenset[int]], int] = {}
    edges: list[tuple[int, int]] = []
    for offer, component in zip(offers.tolist(), market.offer_component[offers].tolist(), strict=True):
        parts = needed.get(component, {})
        own = market.made_in_house.get(offer, frozenset[int]()).intersection(parts)
        if (component, own) not in variants:
            variant, source = builder.add_nodes(2).tolist()
            variants[component, own] = source
            # A choice is settled if one of its alternatives is made in house.
            left = set(parts.values()) - {parts[part] for part in own}
            edges += [(component, variant), (variant, source), *((variant, node) for node in sorted(left))]
        offer_source[offer] = variants[component, own]
    ends = np.array(edges, dtype=np.int64).reshape(-1, 2)
    builder.add_edges(ends[:, 0], ends[:, 1])
    made = [(source, component) for (component, _), source in variants.items()]
    pairs = np.array(made, dtype=np.int64).reshape(-1, 2)
    builder.sources.append((pairs[:, 0], pairs[:, 1]))


def _finish(builder: _Builder, offer_source: Ints) -> Structure:
    parents, children = np.concatenate(builder.parents), np.concatenate(builder.children)
    order = np.argsort(parents, kind="stable")
    start = np.zeros(builder.size + 1, dtype=np.int64)
    np.cumsum(np.bincount(parents, minlength=builder.size), out=start[1:])
    any_of = np.zeros(builder.size, dtype=bool)
    for nodes in builder.any_of:
        any_of[nodes] = True
    source_component = np.full(builder.size, -1, dtype=np.int64)
    for nodes, components in builder.sources:
        source_component[nodes] = components
    return Structure(
        components=builder.components,
        solutions=builder.solutions,
        any_of=any_of,
        start=start,
        child=children[order],
        level=_levels(builder.size, parents, children),
        source_component=source_component,
        offer_source=offer_source,
    )


def _levels(size: int, parents: Ints, children: Ints) -> Ints:
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


def evaluate(structure: Structure, holds: Bools) -> Bools:
    """Evaluate φ at every node.

    Parameters
    ----------
    structure
        The structure.
    holds
        For each node, whether it holds if it is a source; other entries are ignored. Shape ``(nodes,)``.

    Returns
    -------
    Bools
        Whether each node holds. Shape ``(nodes,)``. A node without children that is no source holds if it
        is "all of" nothing and fails if it is "any of" nothing.
    """
    is_source = structure.source_component >= 0
    value = np.where(is_source, holds, ~structure.any_of)
    for depth in range(1, int(structure.level.max(initial=0)) + 1):
        nodes = np.flatnonzero(structure.level == depth)
        lengths = structure.start[nodes + 1] - structure.start[nodes]
        below = value[structure.child[expand_slices(structure.start[nodes], structure.start[nodes + 1])]]
        first = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        count = np.add.reduceat(below.astype(np.int64), first)
        value[nodes] = np.where(structure.any_of[nodes], count > 0, count == lengths)
    return value
