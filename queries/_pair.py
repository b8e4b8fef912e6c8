"""What questions about two countries share: what holds with whose vendors, and what is imported."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from .._errors import InputError
from .analysis import Analysis
from .losses import Losses, propagate_losses
from .market import Bools, Ints
from .scope import Scope
from .structure import Structure, evaluate

__all__ = [
    "check_pair",
    "close_levels",
    "evaluate_for",
    "imported",
    "list_by_node",
    "lose_imports",
    "sources_of",
]


def check_pair(scope: Scope) -> Scope:
    """Return a scope within a pair, or raise `InputError`."""
    if scope.within != "pair":
        raise InputError(
            "`scope.within` must be 'pair' here: what two countries can do together is asked of a pair; "
            f"found {scope.within!r}"
        )
    return scope


def imported(analysis: Analysis) -> Bools:
    """Components that are imports; a virtual one needs no vendor, wherever there is one."""
    return analysis.market.given & ~analysis.market.virtual


def sources_of(structure: Structure, offers: Bools) -> Bools:
    """Return the source nodes that hold with some offers."""
    holds = np.zeros(structure.size, dtype=bool)
    sources = structure.offer_source[offers]
    holds[sources[sources >= 0]] = True
    return holds


def close_levels(level: Ints) -> Ints:
    """Renumber levels without gaps: one that no node is left on would be no level.

    Examples
    --------
    >>> close_levels(np.array([0, 3, 0, 1])).tolist()
    [0, 2, 0, 1]
    """
    closed: Ints = np.unique(level, return_inverse=True)[1].astype(np.int64)
    return closed


def evaluate_for(analysis: Analysis, countries: Collection[str]) -> Bools:
    """Evaluate φ with what the pair has left without its other countries, and the imports.

    That is what the vendors of these countries offer. By the places where offers are made it is what is not
    made in the other countries alone: what is made elsewhere too stays, and so does what nobody states.
    """
    market = analysis.market
    there = ~market.taken_with([country for country in analysis.scope.pair if country not in countries])
    return evaluate(
        analysis.structure, sources_of(analysis.structure, market.usable & (there | ~market.present))
    )


def lose_imports(analysis: Analysis) -> Losses:
    """Find what each single import takes with it; its position is the unit."""
    component = analysis.structure.source_component
    imports = np.append(imported(analysis), False)  # -1: no source
    return propagate_losses(analysis.structure, analysis.holds, np.where(imports[component], component, -1))


def list_by_node(losses: Losses, targets: int, names: pd.Index) -> dict[int, tuple[str, ...]]:
    """Return for each component and solution the units that take it along, by name."""
    found: dict[int, list[str]] = {}
    shown = losses.node < targets
    for node, unit in zip(losses.node[shown].tolist(), losses.unit[shown].tolist(), strict=True):
        found.setdefault(node, []).append(names[unit])
    return {node: tuple(sorted(units)) for node, units in found.items()}
