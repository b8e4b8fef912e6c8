"""Complementary chains: one component a layer, one vendor each, with both countries at work.

A chain of a solution takes one component of the data loop in each layer (terminal, cloud, AI, solution) that
the solution requires, and a vendor for each. Its score says in five parts how much the two countries need
each other for it, and shows them all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from .._errors import InputError, UnknownNameError
from ..graph import SupplyGraph
from .analysis import Analysis, reuse_analysis
from .chain_places import PARTS, ChainPlaces, ChainVariant
from .place_finder import check_weights, hint_names
from .scope import Scope
from .structure import REQUIREMENT_KINDS

__all__ = ["Chain", "Chains", "find_chains"]


@dataclass(frozen=True)
class Chain:
    """A sequence of components, one a layer.

    Parameters
    ----------
    id
        ``CHAIN-`` and a hash of the solution, the components and the scope; the same over versions of the
        data.
    components
        In the order of the layers.
    best
        Its best vendors.
    variants
        The next best vendors, in order.
    count
        How many choices of vendors there are in all, the best among them.
    """

    id: str
    components: tuple[str, ...]
    best: ChainVariant
    variants: tuple[ChainVariant, ...]
    count: int

    @property
    def score(self) -> Fraction:
        """Score of the best vendors."""
        return self.best.score


@dataclass(frozen=True, eq=False)
class Chains:
    """The best chains of a solution, or why there are none.

    Parameters
    ----------
    analysis
        What was counted.
    solution
        The solution.
    weights
        Weight of each part of the score.
    chains
        Best first; equals by the ids of their components.
    candidates
        By layer, the required loop components that somebody can deliver.
    undelivered
        By layer, the required loop components that nobody in question can.
    lacking
        Countries of the pair without a vendor in any place.
    missing
        Edge types that the question needs and this data set has none of.
    """

    analysis: Analysis
    solution: str
    weights: Mapping[str, Fraction]
    chains: tuple[Chain, ...]
    candidates: Mapping[str, tuple[str, ...]]
    undelivered: Mapping[str, tuple[str, ...]]
    lacking: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def empty_layers(self) -> tuple[str, ...]:
        """Layers without a component that could stand there: while there is one, there is no chain."""
        return tuple(layer for layer, components in self.candidates.items() if not components)

    def find(self, chain: str) -> Chain:
        """Return the chain with an id; `UnknownNameError` if there is none."""
        for candidate in self.chains:
            if candidate.id == chain:
                return candidate
        raise UnknownNameError(f"no chain {chain!r} among the {len(self.chains)} best of {self.solution}")


def find_chains(
    graph: SupplyGraph,
    solution: str,
    *,
    k: int = 10,
    variants: int = 3,
    weights: Mapping[str, float | Fraction] | None = None,
    scope: Scope | None = None,
    third_countries: bool = False,
    kinds: Collection[str] = REQUIREMENT_KINDS,
    analysis: Analysis | None = None,
) -> Chains:
    """Find the complementary chains of a solution with the highest scores.

    A chain has one component of stage ``loop`` in each layer, each a direct requirement of the solution or
    of a solution that it builds on, each with a vendor that can deliver it: it offers the component, and
    what the component requires can be had. Among its vendors is at least one of each country of the pair,
    and at least two groups. A virtual component needs no vendor and has no place.

    Parameters
    ----------
    graph
        The graph.
    solution
        Id of the solution.
    k
        How many chains, that is component sequences, to return at most.
    variants
        How many further choices of vendors to list for each.
    weights
        Weight of each part of the score, from 0 up; 1 where none is given. *need*: the share of places whose
        component the other country has no group for. *backup*: the mean of 1 - 1/n, n groups of the pair
        offering it. *tie*: the share of neighbours with a relation in force on one of their components,
        stated within 10 years; half if the relation does not say what it is about. *evidence*: the weakest
        offer (high 1, medium 2/3, low or blank 1/3, uncited 0). *balance*: half the number of places of the
        country with fewer.
    scope
        What to count; default: Taiwan and Japan, by seat.
    third_countries
        Whether vendors of other countries may stand in a place: in scope ``pair`` those of imports.
    kinds
        Kinds of requirement that matter.
    analysis
        One of this graph, scope and kinds that was worked out before, which saves time.

    Returns
    -------
    Chains
        The chains, each with its best vendors; or the layers without a component, if there are any.

    Raises
    ------
    UnknownNameError
        There is no such solution.
    InputError
        A number or a weight that is not allowed; requirements or ownership that run in a circle.

    Notes
    -----
    Exact: see :class:`.trellis.Trellis`. All arithmetic is rational; of equal scores the smaller component
    ids come first, of equal choices the smaller vendor ids.
    """
    for name, number, least in (("k", k, 1), ("variants", variants, 0)):
        if not isinstance(number, int) or number < least:
            raise InputError(f"`{name}` must be a whole number from {least} up; found {number!r}")
    shares = check_weights(weights)
    analysis = reuse_analysis(analysis, graph, scope, kinds)
    if solution not in analysis.market.solution_ids:
        hint = hint_names(solution, analysis.market.solution_ids)
        raise UnknownNameError(f"no solution {solution!r} in this data set; {hint}")
    places = ChainPlaces(analysis, solution, shares, third_countries=third_countries)
    found: list[Chain] = []
    if places.layers and not places.missing and all(places.by_layer):
        trellis = places.build_trellis()
        for components in islice(trellis.best_sequences(), k):
            paths = [path for _, path in trellis.best_paths(components, 1 + variants)]
            best, *others = map(places.describe, paths)
            chain = _chain_id(analysis.scope, solution, components, third_countries=third_countries)
            found.append(Chain(chain, components, best, tuple(others), trellis.count_paths(components)))
    delivered = [{place.component for place in layer} for layer in places.by_layer]
    layers = list(zip(places.layers, places.required, delivered, strict=True))
    there = {place.country for layer in places.by_layer for place in layer}
    return Chains(
        analysis,
        solution,
        dict(zip(PARTS, shares, strict=True)),
        tuple(found),
        candidates={layer: tuple(sorted(can)) for layer, _, can in layers},
        undelivered={layer: tuple(sorted(set(all_) - can)) for layer, all_, can in layers},
        lacking=tuple(country for country in analysis.scope.pair if country not in there),
        missing=places.missing,
    )


def _chain_id(scope: Scope, solution: str, components: tuple[str, ...], *, third_countries: bool) -> str:
    """Return the id of a chain; neither data, date, vendors nor weights enter it."""
    where = [scope.within, sorted(scope.pair), scope.country_by, *scope.thresholds]
    text = json.dumps(["chain", third_countries, *where, solution, *components], ensure_ascii=True)
    return "CHAIN-" + hashlib.sha256(text.encode()).hexdigest()[:12]
