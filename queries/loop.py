"""The data loop of a solution: terminal, cloud, AI, solution, and back; where it is open, and what secures it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from .._errors import UnknownNameError
from ..graph import SupplyGraph

__all__ = ["Loop", "LoopLayer", "trace_loop"]

_SHOWN = 20  # names in an error message
_NOTHING = ""  # no component has this id


@dataclass(frozen=True)
class LoopLayer:
    """One layer of the loop.

    Parameters
    ----------
    order, layer
        Its place in the flow of data, and its id.
    feeds
        Layers that its data go to.
    components
        Components of the data loop in the layer that the solution, or one it builds on, requires directly.
    certain
        Whether one of them is needed whatever is chosen: required outright, or the layer has every
        alternative of a choice. Where it is false and there are components, another choice leaves the
        layer open.
    security
        Components that secure the layer and that one of `components` requires directly.
    """

    order: int
    layer: str
    feeds: tuple[str, ...]
    components: tuple[str, ...]
    certain: bool
    security: tuple[str, ...]

    @property
    def covered(self) -> bool:
        """Whether there is any component."""
        return bool(self.components)


@dataclass(frozen=True)
class Loop:
    """The layers of a solution's loop, in the order of the flow of data.

    Parameters
    ----------
    solution
        Which.
    layers
        Every layer of the model.
    security
        Security components that the solution itself requires, or one it builds on: they are required of it
        as a whole, and of no layer in particular.
    """

    solution: str
    layers: tuple[LoopLayer, ...]
    security: tuple[str, ...]

    @property
    def covered(self) -> tuple[str, ...]:
        """Layers with a component of the loop."""
        return tuple(layer.layer for layer in self.layers if layer.covered)

    @property
    def missing(self) -> tuple[str, ...]:
        """Layers without one: there the loop is open."""
        return tuple(layer.layer for layer in self.layers if not layer.covered)

    @property
    def secured(self) -> tuple[str, ...]:
        """Layers in which a security component is required."""
        return tuple(layer.layer for layer in self.layers if layer.security)

    @property
    def broken(self) -> tuple[tuple[str, str], ...]:
        """Steps of the flow, from one layer to the next, at which an end is missing."""
        return tuple(
            (layer.layer, after)
            for layer in self.layers
            for after in layer.feeds
            if layer.layer in self.missing or after in self.missing
        )

    @property
    def closed(self) -> bool:
        """Whether every layer is covered."""
        return bool(self.layers) and not self.missing


def trace_loop(graph: SupplyGraph, solution: str) -> Loop:
    """Say which layers the loop components of a solution cover, which are missing, and what secures them.

    Parameters
    ----------
    graph
        The graph.
    solution
        Id of a solution.

    Raises
    ------
    UnknownNameError
        The graph has no such solution.

    Notes
    -----
    Only direct requirements count, those of the solutions that it builds on among them; alternatives of a
    choice do. The saved query ``solution-loop`` gives the same rows.
    """
    known = graph.table("solutions")["id"].tolist()
    if solution not in known:
        near = get_close_matches(solution, known, n=3) or sorted(known)[:_SHOWN]
        raise UnknownNameError(f"`solution`: no solution {solution!r}; there are {', '.join(near) or 'none'}")
    needs = _find_needs(graph, solution)
    guards = _find_guards(graph)
    layers = graph.table("layers").sort_values(["order", "id"])
    places = [
        _place(graph, order, layer, needs, guards[layer])
        for order, layer in zip(layers["order"].tolist(), layers["id"], strict=True)
    ]
    security = set[str]().union(*guards.values()) & set[str]().union(*needs)
    return Loop(solution, tuple(places), _sort(security))


def _place(
    graph: SupplyGraph, order: int, layer: str, needs: list[frozenset[str]], guards: set[str]
) -> LoopLayer:
    here = _loop_components(graph, layer)
    components = here & frozenset[str]().union(*needs)
    parts = _pairs(graph, "component_requires", "component", "requires")
    security = {part for component in components for part in parts[component]} & guards
    return LoopLayer(
        order=int(order),
        layer=layer,
        feeds=_sort(_pairs(graph, "layer_feeds", "layer", "feeds")[layer]),
        components=_sort(components),
        certain=any(choice <= here for choice in needs),
        security=_sort(security),
    )


def _sort(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names))


def _pairs(graph: SupplyGraph, table: str, by: str, what: str) -> defaultdict[str, set[str]]:
    """Return the values of one column of the rows in force, by those of another."""
    frame = graph.current(table)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key, value in zip(frame[by], frame[what], strict=True):
        if isinstance(value, str):
            found[key].add(value)
    return found


def _find_needs(graph: SupplyGraph, solution: str) -> list[frozenset[str]]:
    """Return what a solution and those it builds on require: sets, one of each being enough."""
    bases, left_out = _find_bases(graph, solution)
    frame = graph.current("solution_requires")
    frame = frame[frame["solution"].isin(bases)]
    choices: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    needed = []
    for of, part, choice in zip(frame["solution"], frame["requires"], frame["alternatives"], strict=True):
        # What only a solution needs that another choice leaves out is an alternative to nothing.
        instead = {_NOTHING} if of in left_out else set[str]()
        if isinstance(choice, str):
            choices[of, choice] |= {part, *instead}
        else:
            needed.append(frozenset({part, *instead}))
    chosen = graph.current("solution_builds_on")
    for of, choice in zip(chosen["solution"], chosen["alternatives"], strict=True):
        if (of, choice) in choices:
            choices[of, choice].add(_NOTHING)
    return [*needed, *map(frozenset, choices.values())]


def _find_bases(graph: SupplyGraph, solution: str) -> tuple[set[str], set[str]]:
    """Return a solution with all that it builds on, and those of them that a choice can leave out."""
    frame = graph.current("solution_builds_on")
    every = _pairs(graph, "solution_builds_on", "solution", "requires")
    needed: defaultdict[str, set[str]] = defaultdict(set)
    for of, base, choice in zip(frame["solution"], frame["requires"], frame["alternatives"], strict=True):
        if not isinstance(choice, str):
            needed[of].add(base)
    bases = _reach(solution, every)
    return bases, bases - _reach(solution, needed)


def _reach(start: str, steps: defaultdict[str, set[str]]) -> set[str]:
    found, todo = {start}, [start]
    while todo:
        new = steps[todo.pop()] - found
        found |= new
        todo.extend(new)
    return found


def _find_guards(graph: SupplyGraph) -> defaultdict[str, set[str]]:
    """Return the components that secure each layer."""
    components = graph.table("components")
    members: defaultdict[str, set[str]] = defaultdict(set)
    for component, segment in zip(components["id"], components["segment"], strict=True):
        members[segment].add(component)
    found: defaultdict[str, set[str]] = defaultdict(set)
    secures = graph.current("segment_secures")
    for segment, layer in zip(secures["segment"], secures["layer"], strict=True):
        found[layer] |= members[segment]
    return found


def _loop_components(graph: SupplyGraph, layer: str) -> frozenset[str]:
    """Return the components of the data loop that lie in a layer."""
    segments, components = graph.table("segments"), graph.table("components")
    inside = components["segment"].isin(segments.loc[segments["layer"] == layer, "id"])
    return frozenset(components.loc[inside & (components["stage"] == "loop"), "id"])
