"""What if vendors, groups, countries or components were gone, and others stepped in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np

from .._errors import InputError, UnknownNameError
from ..graph import SupplyGraph
from ._pair import close_levels, sources_of
from ._removal import AssumedMarket, check_additions, find_positions, find_removed_vendors
from .analysis import Analysis
from .market import Bools, Ints, Market, expand_slices
from .scope import Scope
from .structure import REQUIREMENT_KINDS, Structure, build_structure, evaluate, evaluate_nodes
from .witness import RequirementIndex, Witness, Witnesses, index_requirements

__all__ = ["Switch", "Target", "Weakened", "WhatIf", "ask_what_if"]


class Target(NamedTuple):
    """A component or a solution, and which."""

    label: Literal["Component", "Solution"]
    id: str


class Weakened(NamedTuple):
    """A component that one group alone can still deliver.

    Parameters
    ----------
    component
        Which.
    group
        The group that is left, by its head.
    groups_before
        How many groups could deliver it before.
    """

    component: str
    group: str
    groups_before: int


class Switch(NamedTuple):
    """A choice of which some alternatives are lost and others left.

    Parameters
    ----------
    target
        What has the choice.
    lost, left
        Its alternatives that can no longer be had, and those that can.
    """

    target: Target
    lost: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class WhatIf:
    """What changes, over every hop.

    Parameters
    ----------
    market, structure
        What was counted, assumed offers included, and its structure.
    before, after
        Whether each node of the structure holds, as things are and as they would be. Shape ``(nodes,)``.
    removed_vendors, removed_components
        What is gone; vendors by way of their group or country too.
    added
        Offers that are assumed: (vendor, component).
    lost, won
        Targets that can be had before and not after, and the other way round.
    saved
        Targets still there that would be lost if of some choices one alternative that is lost had been the
        only one.
    weakened
        Components that several groups could deliver before and one can after.
    left
        Targets that can be had after.
    requirement_kinds
        Kinds of requirement that matter.
    """

    market: Market
    structure: Structure
    before: Bools
    after: Bools
    removed_vendors: tuple[str, ...]
    removed_components: tuple[str, ...]
    added: tuple[tuple[str, str], ...]
    lost: tuple[Target, ...]
    won: tuple[Target, ...]
    saved: tuple[Target, ...]
    weakened: tuple[Weakened, ...]
    left: tuple[Target, ...]
    requirement_kinds: tuple[str, ...] = REQUIREMENT_KINDS

    @property
    def missing(self) -> tuple[str, ...]:
        """Edge types that the question needs and this data set has none of."""
        return tuple(name for name in ("OFFERS", "REQUIRES") if self.market.graph.edges(name).empty)

    @cached_property
    def _requirements(self) -> RequirementIndex:
        return index_requirements(self.market, kinds=self.requirement_kinds)

    @cached_property
    def because(self) -> Mapping[Target, tuple[str, ...]]:
        """For each target lost, those of its own requirements that are lost too; none: it loses its vendors."""
        lost = self.before & ~self.after
        parts: dict[int, list[str]] = {}
        for whole, part in self._requirements:
            if lost[whole] and lost[part]:
                parts.setdefault(whole, []).append(self.market.names[part])
        nodes = _target_nodes(self.market, lost)
        targets = zip(self.lost, nodes.tolist(), strict=True)
        return {target: tuple(sorted(parts.get(node, ()))) for target, node in targets}

    @cached_property
    def switches(self) -> tuple[Switch, ...]:
        """Choices, of targets still there, of which some alternatives are lost."""
        choices: dict[tuple[int, str], list[int]] = {}
        for (whole, part), (_, choice) in self._requirements.items():
            if choice is not None and self.before[whole] and self.after[whole]:
                choices.setdefault((whole, choice), []).append(part)
        found = []
        for (whole, _), parts in choices.items():
            lost = [part for part in parts if self.before[part] and not self.after[part]]
            left = [part for part in parts if self.after[part]]
            if lost:
                found.append(Switch(_name(self.market, whole), self._sorted(lost), self._sorted(left)))
        return tuple(sorted(found))

    def _sorted(self, nodes: Iterable[int]) -> tuple[str, ...]:
        return tuple(sorted(self.market.names[node] for node in nodes))

    def explain(self, target: Target) -> Witness:
        """Return why a target cannot be had after: the smallest tree from it down to roots.

        Raises
        ------
        UnknownNameError
            No such target.
        InputError
            It can be had.
        """
        market = self.market
        try:
            node = market.names.index(target.id, *self._span(target.label))
        except ValueError:
            raise UnknownNameError(f"no {target.label} {target.id!r} in this data set") from None
        return self._witnesses.build(node)

    @cached_property
    def _witnesses(self) -> Witnesses:
        return Witnesses(self.structure, self.market, ~self.after, self._requirements)

    def _span(self, label: str) -> tuple[int, int]:
        components = self.structure.components
        return (0, components) if label == "Component" else (components, len(self.market.names))


def ask_what_if(
    graph: SupplyGraph,
    *,
    remove_vendors: Collection[str] = (),
    remove_groups: Collection[str] = (),
    remove_countries: Collection[str] = (),
    remove_components: Collection[str] = (),
    add: Collection[tuple[str, str]] = (),
    scope: Scope | None = None,
    kinds: Collection[str] = REQUIREMENT_KINDS,
    analysis: Analysis | None = None,
) -> WhatIf:
    """Say what is lost, won, saved and weakened if some are gone and others step in.

    Removals come first, all at once, then additions. Imports stay as they were: third countries neither step
    in for what the pair loses, nor step back for what it wins; but a vendor or country of theirs that is
    named is gone.

    Parameters
    ----------
    graph
        The graph.
    remove_vendors
        Vendors that are gone.
    remove_groups
        Vendors whose whole groups are gone, whoever heads them.
    remove_countries
        Countries all of whose vendors are gone, by seat or owner as the scope says; where it asks for the
        places where offers are made, the offers that are made there and nowhere else, whoever makes them.
    remove_components
        Components that nobody offers any more, and virtual ones that are no way any more. Whoever makes
        one in house is not hit.
    add
        Offers that are assumed, in volume: (vendor, component). A vendor that was removed offers this only.
    scope
        What to count; default: Taiwan and Japan, by seat.
    kinds
        Kinds of requirement that matter: all for what is lost in time, input and service for what is lost
        at once.
    analysis
        One of this graph, scope and kinds that was worked out before, which saves time.

    Raises
    ------
    UnknownNameError
        A vendor, country or component that the data set does not have.
    InputError
        An argument of the wrong form; an assumed offer of a virtual component, or of a vendor that is a
        placeholder or history; an analysis of another graph or scope.

    Examples
    --------
    >>> import pandas as pd
    >>> toy = SupplyGraph({
    ...     "vendors": pd.DataFrame({"id": ["tsmc", "fanuc"], "country": ["TW", "JP"]}),
    ...     "components": pd.DataFrame({"id": ["chip", "robot"], "segment": ["semiconductor", "robot"]}),
    ...     "component_requires": pd.DataFrame({"component": ["robot"], "requires": ["chip"], "kind": ["input"]}),
    ...     "offers": pd.DataFrame({"vendor": ["tsmc", "fanuc"], "component": ["chip", "robot"]}),
    ... })
    >>> [target.id for target in ask_what_if(toy, remove_vendors=["tsmc"]).lost]
    ['chip', 'robot']
    >>> ask_what_if(toy, remove_vendors=["tsmc"], add=[("fanuc", "chip")]).lost
    ()

    Notes
    -----
    φ is evaluated before and after, once each; linear in offers and requirements.
    """
    scope = scope or (analysis.scope if analysis is not None else Scope())
    if analysis is not None and (analysis.graph is not graph or analysis.scope != scope):
        raise InputError("`analysis` must be one of this graph and scope")
    added = check_additions(graph, add)
    if added:
        market: Market = AssumedMarket(graph, scope, added)
        structure = build_structure(market, kinds=kinds)
    else:
        analysis = analysis or Analysis(graph, scope, kinds=kinds)
        market, structure = analysis.market, analysis.structure
    assumed = np.arange(len(market.offer_vendor)) >= len(market.offer_vendor) - len(added)
    vendors = find_removed_vendors(market, remove_vendors, remove_groups, remove_countries)
    components = find_positions("remove_components", "component", market.component_ids, remove_components)
    gone = (vendors[market.offer_vendor] | np.isin(market.offer_component, components)) & ~assumed
    if market.by_made:
        gone |= market.taken_with(remove_countries) & ~assumed
    there, left = market.usable & ~assumed, market.usable & ~gone
    before = evaluate(structure, sources_of(structure, there))
    cut = _cut_nodes(structure, components[market.virtual[components]])
    after = evaluate(cut, sources_of(structure, left))
    way = _way(market, structure)
    return WhatIf(
        market=market,
        structure=structure,
        before=before,
        after=after,
        removed_vendors=tuple(sorted(market.vendor_ids[vendors])),
        removed_components=tuple(sorted(market.component_ids[components])),
        added=added,
        lost=_list_targets(market, before & ~after),
        won=_list_targets(market, after & ~before),
        saved=_list_targets(market, before & after & ~_commit(cut, before, after)),
        weakened=_list_weakened(market, there & before[way], left & after[way]),
        left=_list_targets(market, after),
        requirement_kinds=tuple(kinds),
    )


def _cut_nodes(structure: Structure, nodes: Ints) -> Structure:
    """Return the structure with some nodes as sources of their own, which hold if they are said to."""
    if not len(nodes):
        return structure
    source, level = structure.source_component.copy(), structure.level.copy()
    source[nodes], level[nodes] = nodes, 0
    return replace(structure, source_component=source, level=close_levels(level))


def _commit(structure: Structure, before: Bools, after: Bools) -> Bools:
    """Evaluate φ as if each choice had been made for an alternative that is lost, where there is one."""
    value = after.copy()
    known = before | after
    for depth in range(1, int(structure.level.max(initial=0)) + 1):
        nodes = np.flatnonzero(structure.level == depth)
        first, last = structure.start[nodes], structure.start[nodes + 1]
        child = structure.child[expand_slices(first, last)]
        starts = np.concatenate([[0], np.cumsum(last - first)[:-1]])
        all_hold = np.logical_and.reduceat(value[child] | ~known[child], starts)
        any_holds = np.logical_or.reduceat(value[child], starts)
        # Choices come after the targets; a component that is "any of" has several ways to be made.
        ways = structure.any_of[nodes] & (nodes < structure.components)
        value[nodes] = np.where(ways, any_holds, all_hold) & after[nodes]
        if structure.gate is not None:
            counted = nodes[structure.gate[nodes] >= 0]
            value[counted] = evaluate_nodes(structure, counted, value) & after[counted]
    return value


def _way(market: Market, structure: Structure) -> Ints:
    """Return the node by which each offer delivers: its component, or its variant of it."""
    return structure.ways(np.arange(len(market.offer_component)), market.offer_component)


def _list_weakened(market: Market, before: Bools, after: Bools) -> tuple[Weakened, ...]:
    """List what several groups deliver before, and one after, by the offers that deliver."""
    touched = np.zeros(len(market.component_ids), dtype=bool)
    touched[market.offer_component[before & ~after]] = True
    of_touched = (touched & ~market.virtual)[market.offer_component]
    first, _ = _count_groups(market, before & of_touched)
    count, heads = _count_groups(market, after & of_touched)
    names, vendors = market.component_ids, market.vendor_ids
    return tuple(
        sorted(
            Weakened(names[component], vendors[heads[component]], int(first[component]))
            for component in np.flatnonzero((first > 1) & (count == 1)).tolist()
        )
    )


def _count_groups(market: Market, offers: Bools) -> tuple[Ints, Ints]:
    """Return for each component how many groups make the offers, and one of them."""
    many = max(1, len(market.vendor_ids))
    groups = market.groups.head[market.offer_vendor[offers]]
    pairs = np.sort(market.offer_component[offers] * many + groups)
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    head = np.zeros(len(market.component_ids), dtype=np.int64)
    head[pairs // many] = pairs % many
    return np.bincount(pairs // many, minlength=len(head)), head


def _name(market: Market, node: int) -> Target:
    return Target("Component" if node < len(market.component_ids) else "Solution", market.names[node])


def _target_nodes(market: Market, holds: Bools) -> Ints:
    """Return the components, then the solutions among some nodes, each by id."""
    nodes = np.flatnonzero(holds[: len(market.names)])
    first = len(market.component_ids)
    ordered = [
        sorted(n.tolist(), key=market.names.__getitem__)
        for n in (nodes[nodes < first], nodes[nodes >= first])
    ]
    return np.array([node for part in ordered for node in part], dtype=np.int64)


def _list_targets(market: Market, holds: Bools) -> tuple[Target, ...]:
    return tuple(_name(market, node) for node in _target_nodes(market, holds).tolist())
