"""The structure function φ of a supply chain, as an AND/OR graph in arrays.

φ(c) says whether a component can be had: some vendor offers it, and everything that it requires can be had
(of a choice, one alternative), in house or from anyone. φ of a solution: everything that it requires can be
had. φ is monotone: more vendors never make anything fail.

Where a scope asks for several groups, or for a share of the market, a component counts as offered only while
enough of the groups that can deliver it are there: a *gate* between the component and its groups.

References
----------
.. [1] R. E. Barlow, F. Proschan, Statistical Theory of Reliability and Life Testing, 1975, chapter 1.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from .._errors import InputError
from ._enough import find_suppliers, list_held
from ._structure_builder import Builder, add_gates, find_levels, finish_gates
from .market import Bools, Ints, Market, expand_slices

__all__ = ["REQUIREMENT_KINDS", "Structure", "build_structure", "evaluate", "evaluate_nodes", "list_needs"]

REQUIREMENT_KINDS = ("input", "equipment", "service")


@dataclass(frozen=True)
class Structure:
    """φ as a directed acyclic graph whose nodes are "all of" or "any of" their children.

    Nodes are numbered: first the components, then the solutions, then choices, variants and sources. A
    *source* is a leaf: it holds as long as one of its offers does. A *variant* is a way to make a component
    with a given set of requirements made in house; a component whose vendors all need the same has none.
    A *gate* holds while those of its children that hold weigh enough together.

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
    varied
        For each component, whether its vendors make different parts in house: it has variants, each just
        before its source. Shape ``(components,)``.
    gate
        For each node, the component whose suppliers it counts, or -1: a gate, and what stands between one
        and the variants and sources. None if there is none. Shape ``(nodes,)``.
    need, weight
        For each node, what its children must weigh if it is a gate, else 0, and the weight of each child,
        along with `child`. None if there is no gate.
    """

    components: int
    solutions: int
    any_of: Bools
    start: Ints
    child: Ints
    level: Ints
    source_component: Ints
    offer_source: Ints
    varied: Bools = field(default_factory=lambda: np.zeros(0, dtype=bool))
    gate: Ints | None = None
    need: Ints | None = None
    weight: Ints | None = None

    @property
    def size(self) -> int:
        """Number of nodes."""
        return len(self.any_of)

    def children(self, node: int) -> Ints:
        """Return the children of a node."""
        return self.child[self.start[node] : self.start[node + 1]]

    def weights(self, node: int) -> list[int]:
        """Return the weight of each child of a gate; 1 each for another node."""
        first, last = self.start[node], self.start[node + 1]
        weights: list[int] = (
            [1] * int(last - first) if self.weight is None else self.weight[first:last].tolist()
        )
        return weights

    def ways(self, offers: Ints, components: Ints) -> Ints:
        """Return the node by which offers of some components deliver: the component, or its variant."""
        # A variant is made just before its source.
        return np.where(self.varied[components], self.offer_source[offers] - 1, components)

    def opened(self) -> Structure:
        """Return the same with every gate open to anybody: one group that can deliver is enough."""
        if self.need is None or self.weight is None:
            return self
        return replace(self, need=np.minimum(self.need, 1), weight=np.ones_like(self.weight))


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
    Linear in offers and requirements, but for sorting them.
    """
    for kind in kinds:
        if kind not in REQUIREMENT_KINDS:
            raise InputError(f"`kinds`: {kind!r} is none of {', '.join(REQUIREMENT_KINDS)}")
    builder = Builder(market)
    needs = list_needs(market, kinds)
    needs = needs.assign(node=_add_choices(builder, needs))
    held = list_held(market)
    offer_source, varied = _add_sources(builder, market, held)
    plain = needs[~needs["parent"].isin(varied)]
    edges = plain.drop_duplicates(["parent", "node"])
    builder.add_edges(edges["parent"].to_numpy(), edges["node"].to_numpy())
    _add_variants(builder, market, needs[needs["parent"].isin(varied)], offer_source, varied, held)
    return _finish(builder, offer_source, varied)


def list_needs(market: Market, kinds: Collection[str]) -> pd.DataFrame:
    """Return all requirements as nodes: parent, part, and a number for the name of its choice (-1: needed).

    Parameters
    ----------
    market
        The market.
    kinds
        Kinds of requirement that matter.
    """
    key = ("needs", *sorted(kinds))
    if key not in market.kept:
        market.kept[key] = _find_needs(market, kinds)
    found: pd.DataFrame = market.kept[key]
    return found


def _find_needs(market: Market, kinds: Collection[str]) -> pd.DataFrame:
    graph, shift = market.graph, len(market.component_ids)
    names: dict[str, int] = {}
    parts = []
    for table, column, base in (
        ("component_requires", "component", (0, 0)),
        ("solution_requires", "solution", (shift, 0)),
        ("solution_builds_on", "solution", (shift, shift)),
    ):
        rows = graph.coded(table)
        matters = np.flatnonzero(rows["kind"].test(lambda kind: kind in kinds, missing=True))
        for name in rows["alternatives"].values:
            names.setdefault(name, len(names))
        needs = {
            "parent": graph.places(table, column)[matters] + base[0],
            "part": graph.places(table, "requires")[matters] + base[1],
            "alternatives": rows["alternatives"].take(matters).map_to(names),
        }
        parts.append(pd.DataFrame(needs))
    return pd.concat(parts, ignore_index=True)


def _add_choices(builder: Builder, needs: pd.DataFrame) -> Ints:
    """Add a node "any of" for each choice; return the node that each requirement stands for."""
    node = needs["part"].to_numpy(dtype=np.int64).copy()
    chosen = needs["alternatives"].to_numpy() >= 0
    if chosen.any():
        codes = needs[chosen].groupby(["parent", "alternatives"], sort=False).ngroup().to_numpy()
        choices = builder.add_nodes(int(codes.max()) + 1)
        builder.any_of.append(choices)
        builder.add_edges(choices[codes], node[chosen])
        node[chosen] = choices[codes]
    return node


def _add_sources(builder: Builder, market: Market, held: Bools) -> tuple[Ints, Ints]:
    """Add the sources of each component; return the source of each offer, and the varied components.

    A component is varied if some of its offers make parts in house: its variants are added later. One that
    is held to a number of groups has a source for each.
    """
    in_house = market.coded_offers["in_house"].notna() & market.usable
    varied = np.unique(market.offer_component[in_house])
    varied = varied[~market.virtual[varied]]
    has_source = ~(market.virtual | held)
    has_source[varied] = False
    components = np.flatnonzero(has_source)
    nodes = builder.add_nodes(len(components))
    builder.sources.append((nodes, components))
    builder.add_edges(components, nodes)
    source = np.full(builder.components, -1, dtype=np.int64)
    source[components] = nodes
    offer_source = source[market.offer_component]
    held = held.copy()
    held[varied] = False
    if held.any():
        offers = np.flatnonzero(market.present & held[market.offer_component])
        suppliers = find_suppliers(market, offers)
        nodes = builder.add_nodes(len(suppliers.component))
        builder.sources.append((nodes, suppliers.component))
        offer_source[offers] = nodes[suppliers.place]
        add_gates(builder, market, suppliers, nodes)
    return offer_source, varied


def _add_variants(
    builder: Builder, market: Market, needs: pd.DataFrame, offer_source: Ints, varied: Ints, held: Bools
) -> None:
    """Give each varied component one variant for each set of parts that its vendors make in house.

    One that is held to a number of groups has them for each group.
    """
    needs = needs.drop_duplicates(["parent", "part"], keep="last").sort_values(["parent", "part"])
    parent, part, node = (needs[name].to_numpy() for name in ("parent", "part", "node"))
    builder.any_of.append(varied[~held[varied]])
    offers = market.offers_on(varied)
    offers = offers[market.usable[offers]]
    above = market.offer_component[offers]
    counted = held[above]
    if counted.any():
        above[counted] = _add_groups(builder, market, offers[counted])
    component = market.offer_component[offers]
    row, own = _made_of(market, offers)
    # Of what a vendor makes itself, only what the component requires makes a difference.
    keys, asked = parent * builder.components + part, component[row] * builder.components + own
    place = np.searchsorted(keys, asked)
    required = np.append(keys, -1)[place] == asked
    row, own, place = row[required], own[required], place[required]
    first, variant = _number_variants(above, row, own, builder.components)
    nodes = builder.add_nodes(2 * len(first)).reshape(-1, 2)
    offer_source[offers] = nodes[variant, 1]
    builder.sources.append((nodes[:, 1], component[first]))
    # A choice is settled if one of its alternatives is made in house.
    is_first = first[variant[row]] == row
    settled = variant[row[is_first]] * builder.size + node[place[is_first]]
    start, stop = (np.searchsorted(parent, component[first], side=side) for side in ("left", "right"))
    every = np.repeat(np.arange(len(first)), stop - start) * builder.size + node[expand_slices(start, stop)]
    left = np.setdiff1d(every, settled)
    builder.add_edges(
        np.concatenate([above[first], nodes[:, 0], nodes[left // builder.size, 0]]),
        np.concatenate([nodes[:, 0], nodes[:, 1], left % builder.size]),
    )


def _made_of(market: Market, offers: Ints) -> tuple[Ints, Ints]:
    """Pairs of an offer, by its place among some, and a component that its vendor makes itself for it."""
    made, parts = market.in_house_parts
    place = np.full(len(market.offer_vendor), -1, dtype=np.int64)
    place[offers] = np.arange(len(offers))
    row = place[made]
    order = np.flatnonzero(row >= 0)
    order = order[np.argsort(row[order], kind="stable")]
    return row[order], parts[order]


def _number_variants(above: Ints, row: Ints, own: Ints, components: int) -> tuple[Ints, Ints]:
    """Tell offers apart by the node above them and by the set of parts made in house.

    Parameters
    ----------
    above
        The node above each offer.
    row, own
        Pairs of an offer and a part, sorted.
    components
        How many parts there could be.

    Returns
    -------
    first, variant
        The first offer of each variant, and the variant of each offer, in the order of these.
    """
    made = np.zeros(len(above), dtype=np.int64)  # a number for each set; 0: none
    rank = np.arange(len(row)) - np.searchsorted(row, row)
    sets = 1
    for place in range(int(rank.max(initial=-1)) + 1):
        here = rank == place
        longer, number = np.unique(made[row[here]] * components + own[here], return_inverse=True)
        made[row[here]] = sets + number
        sets += len(longer)
    if bool((above[1:] >= above[:-1]).all()):
        # Most make nothing themselves, and are a run each.
        plain = np.flatnonzero(made == 0)
        starts = np.diff(above[plain], prepend=-1) > 0
        rest = np.flatnonzero(made)
        _, unlike, other = np.unique(above[rest] * sets + made[rest], return_index=True, return_inverse=True)
        variant = np.empty(len(above), dtype=np.int64)
        variant[plain] = np.cumsum(starts) - 1
        variant[rest] = other + int(starts.sum())
        first = np.concatenate([plain[starts], rest[unlike]])
    else:
        _, first, variant = np.unique(above * sets + made, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rename = np.empty(len(order), dtype=np.int64)
    rename[order] = np.arange(len(order))
    return first[order], rename[variant]


def _add_groups(builder: Builder, market: Market, offers: Ints) -> Ints:
    """Add a node for each group that makes some offers, by component; return the node of each offer."""
    suppliers = find_suppliers(market, offers)
    nodes = builder.add_nodes(len(suppliers.component))
    builder.any_of.append(nodes)
    builder.gates.append((nodes, suppliers.component, 0))
    add_gates(builder, market, suppliers, nodes)
    return nodes[suppliers.place]


def _finish(builder: Builder, offer_source: Ints, varied: Ints) -> Structure:
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
    is_varied = np.zeros(builder.components, dtype=bool)
    is_varied[varied] = True
    gate, need, weight = finish_gates(builder, order)
    return Structure(
        components=builder.components,
        solutions=builder.solutions,
        any_of=any_of,
        start=start,
        child=children[order],
        level=find_levels(builder.size, parents, children),
        source_component=source_component,
        offer_source=offer_source,
        varied=is_varied,
        gate=gate,
        need=need,
        weight=weight,
    )


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
        value[nodes] = evaluate_nodes(structure, nodes, value)
    return value


def evaluate_nodes(structure: Structure, nodes: Ints, value: Bools) -> Bools:
    """Return whether some nodes with children hold, by the values of their children."""
    if not len(nodes):
        return np.zeros(0, dtype=bool)
    lengths = structure.start[nodes + 1] - structure.start[nodes]
    edges = expand_slices(structure.start[nodes], structure.start[nodes + 1])
    below = value[structure.child[edges]]
    first = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    count = np.add.reduceat(below.astype(np.int64), first)
    found = np.where(structure.any_of[nodes], count > 0, count == lengths)
    if structure.need is not None and structure.weight is not None:
        enough = np.add.reduceat(below * structure.weight[edges], first) >= structure.need[nodes]
        found = np.where(structure.need[nodes] > 0, enough, found)
    return np.asarray(found)
