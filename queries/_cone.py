"""The part of a structure below some nodes, numbered anew, so that many cases of it can be worked out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .market import Bools, Ints, expand_slices
from .structure import Structure

__all__ = ["Cone", "cut_cone", "evaluate_cases"]

_CASES = 256  # cases evaluated at once: they bound the memory


@dataclass(frozen=True)
class Cone:
    """Some nodes and everything below them.

    Parameters
    ----------
    nodes
        Their numbers in the whole structure, sorted. Shape ``(cone,)``.
    place
        For each node of the whole, its number in the cone, or -1. Shape ``(nodes,)``.
    structure
        The part as a structure of its own; it has no components and solutions by number.
    """

    nodes: Ints
    place: Ints
    structure: Structure


def cut_cone(structure: Structure, tops: Ints) -> Cone:
    """Return the cone below some nodes."""
    inside = np.zeros(structure.size, dtype=bool)
    todo = np.unique(tops)
    while len(todo):
        inside[todo] = True
        below = structure.child[expand_slices(structure.start[todo], structure.start[todo + 1])]
        todo = np.unique(below[~inside[below]])
    nodes = np.flatnonzero(inside)
    place = np.full(structure.size, -1, dtype=np.int64)
    place[nodes] = np.arange(len(nodes))
    first, last = structure.start[nodes], structure.start[nodes + 1]
    edges, source = expand_slices(first, last), structure.offer_source
    return Cone(
        nodes,
        place,
        Structure(
            components=0,
            solutions=0,
            any_of=structure.any_of[nodes],
            start=np.concatenate([[0], np.cumsum(last - first)]),
            child=place[structure.child[edges]],
            level=structure.level[nodes],  # a node's children are all there, so that no level is missing
            source_component=structure.source_component[nodes],
            offer_source=np.where(source >= 0, place[source], -1),
            need=None if structure.need is None else structure.need[nodes],
            weight=None if structure.weight is None else structure.weight[edges],
        ),
    )


def evaluate_cases(structure: Structure, holds: Bools, more: list[tuple[int, ...]]) -> Bools:
    """Evaluate φ once for each of several cases that differ in some sources only.

    Parameters
    ----------
    structure
        The structure.
    holds
        Sources that hold in every case. Shape ``(nodes,)``.
    more
        For each case the sources that hold besides.

    Returns
    -------
    Bools
        Whether each node holds in each case. Shape ``(nodes, cases)``.
    """
    parts = [_evaluate(structure, holds, more[n : n + _CASES]) for n in range(0, len(more), _CASES)]
    return np.concatenate(parts, axis=1) if parts else np.zeros((structure.size, 0), dtype=bool)


def _evaluate(structure: Structure, holds: Bools, more: list[tuple[int, ...]]) -> Bools:
    is_source = structure.source_component >= 0
    value: npt.NDArray[np.bool_] = np.repeat(
        np.where(is_source, holds, ~structure.any_of)[:, None], len(more), axis=1
    )
    for case, sources in enumerate(more):
        value[list(sources), case] = True
    for depth in range(1, int(structure.level.max(initial=0)) + 1):
        nodes = np.flatnonzero(structure.level == depth)
        first, last = structure.start[nodes], structure.start[nodes + 1]
        edges = expand_slices(first, last)
        below = value[structure.child[edges]]
        starts = np.concatenate([[0], np.cumsum(last - first)[:-1]])
        value[nodes] = np.where(
            structure.any_of[nodes][:, None],
            np.logical_or.reduceat(below, starts, axis=0),
            np.logical_and.reduceat(below, starts, axis=0),
        )
        if structure.need is not None and structure.weight is not None:
            held = np.add.reduceat(below * structure.weight[edges][:, None], starts, axis=0)
            need = structure.need[nodes][:, None]
            value[nodes] = np.where(need > 0, held >= need, value[nodes])
    return value
