"""Gaps: where a supply chain hangs on one unit, or on two or three, ranked.

A cut set of a target is a set of units without which it cannot be had; a minimal one has no smaller cut set
inside. At order 1 it is a single point of failure. `docs/concepts.md` has every definition.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from .._errors import InputError, UnknownNameError
from ..graph import SupplyGraph
from ._fault_tree import list_unit_names
from ._gap_lister import Floats, GapLister
from ._set_finder import check_natural
from ._unit_views import LISTED
from .analysis import Analysis
from .findings import Finding, rank_findings
from .market import UNITS, Market
from .scope import Scope
from .structure import REQUIREMENT_KINDS

__all__ = ["MAX_ORDER", "Gaps", "find_gaps"]

MAX_ORDER = 3
"""Largest number of units that may be lost together in a list of gaps."""

_SHOWN = 20  # names in an error message
_THIN = 2  # groups that a component needs for a gap not to be thin


@dataclass(frozen=True, eq=False)
class Gaps:
    """The gaps of a data set, ranked.

    Parameters
    ----------
    analysis
        What was counted and worked out.
    cuts, uncovered, dominant
        The findings by kind, each ranked.
    fragile
        Cuts and uncovered components that show only among offers with solid evidence (cited or of the
        report, confidence at least medium).
    thin
        Cuts of order 1 that show only where each component needs two groups: one of several is lost, and one
        alone is left. Empty unless asked for.
    solid, doubled
        The analyses that `fragile` and `thin` come from.
    units, max_order
        What was asked for.
    missing
        Edge types that the question needs and this data set has none of.
    """

    analysis: Analysis
    cuts: tuple[Finding, ...]
    uncovered: tuple[Finding, ...]
    dominant: tuple[Finding, ...]
    fragile: tuple[Finding, ...] = ()
    thin: tuple[Finding, ...] = ()
    solid: Analysis | None = None
    doubled: Analysis | None = None
    units: tuple[str, ...] = UNITS
    max_order: int = 1
    missing: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings but the fragile and the thin: cuts, uncovered, dominant."""
        return (*self.cuts, *self.uncovered, *self.dominant)

    def find(self, finding: str) -> Finding:
        """Return the finding with an id; `UnknownNameError` if there is none."""
        for candidate in (*self.findings, *self.fragile, *self.thin):
            if candidate.id == finding:
                return candidate
        raise UnknownNameError(f"no finding {finding!r} in this data set and scope")

    def analysis_of(self, finding: Finding) -> Analysis:
        """Return the analysis that a finding comes from."""
        if self.doubled is not None and finding.kind == "thin":
            return self.doubled
        if self.solid is not None and finding.id in self._fragile_ids:
            return self.solid
        return self.analysis

    @cached_property
    def _fragile_ids(self) -> frozenset[str]:
        return frozenset(finding.id for finding in self.fragile)


@dataclass(frozen=True)
class _Question:
    """What is asked of each analysis alike."""

    units: tuple[str, ...]
    weights: Mapping[str, float] | None
    max_order: int
    budget: int | None


def find_gaps(
    graph: SupplyGraph,
    *,
    scope: Scope | None = None,
    units: Sequence[str] = UNITS,
    kinds: Collection[str] = REQUIREMENT_KINDS,
    weights: Mapping[str, float] | None = None,
    max_order: int = 1,
    thin: bool = False,
    budget: int | None = None,
) -> Gaps:
    """Find every minimal cut set up to an order, every uncovered component and every dominant unit.

    One finding is one minimal cut set at its finest unit, whatever number of targets it is one of: a group
    is listed only for targets that no single vendor of it takes along, a country only for those that no
    single vendor or group of it does, two countries only for those that no two vendors or groups of
    theirs do. The set of all units is trivial and left out.

    Parameters
    ----------
    graph
        The graph.
    scope
        What to count; default: Taiwan and Japan, by seat.
    units
        What may be lost as one: ``vendor``, ``group``, ``country``, or a property of vendors: ``region``,
        ``city``, ``exchange``, ``size``. A vendor whose property is blank is lost with none of its values.
    kinds
        Kinds of requirement that matter: all for what is lost in time, input and service for what is lost
        at once.
    weights
        Weight of solutions by id; default 1 each.
    max_order
        Largest number of units that are lost together: 1, 2 or 3.
    thin
        Whether to list the thin findings too.
    budget
        Most steps that orders 2 and 3 may take; default :data:`BUDGET`.

    Returns
    -------
    Gaps
        The findings, ranked by severity, order, fewest stand-ins, components lost and id.

    Raises
    ------
    InputError
        A unit, kind, weight or order that is not allowed; requirements or ownership that run in a circle.
    TooManyError
        Orders 2 and 3 take more than `budget` steps; the message says what to ask instead.

    Examples
    --------
    >>> toy = SupplyGraph({
    ...     "vendors": pd.DataFrame({"id": ["a", "b", "c"], "country": ["TW", "JP", "JP"]}),
    ...     "components": pd.DataFrame({"id": ["chip", "lens"], "segment": ["s"] * 2}),
    ...     "offers": pd.DataFrame({"vendor": ["a", "b", "c"], "component": ["chip", "lens", "lens"]}),
    ... })
    >>> [(cut.unit, cut.members, cut.components) for cut in find_gaps(toy, max_order=2).cuts]
    [('vendor', ('a',), ('chip',)), ('country', ('JP',), ('lens',)), ('vendor', ('b', 'c'), ('lens',))]

    Notes
    -----
    Order 1 is found for all targets and units in one pass over the structure (:mod:`.losses`). Orders 2 and 3
    are held in one decision diagram a unit, which is filled for all targets in one pass, too.
    """
    scope = scope or Scope()
    question = _Question(_check_units(units), weights, _check_order(max_order), budget)
    check_natural("budget", budget, least=1)
    gaps = _find(Analysis(graph, scope, kinds=kinds), question)
    if "OFFERS" in gaps.missing:
        return gaps
    if thin and scope.min_groups < _THIN:
        doubled = Analysis(graph, replace(scope, min_groups=_THIN), kinds=kinds)
        lister = _make_lister(doubled, question)
        found = rank_findings(lister.list_cuts(kind="thin", known=gaps.analysis))
        gaps = replace(gaps, thin=tuple(found), doubled=doubled)
    solid_scope = _narrow_to_solid(scope)
    if solid_scope is None or solid_scope == scope:
        return gaps
    solid = _find(Analysis(graph, solid_scope, kinds=kinds), question)
    known = {finding.id for finding in gaps.findings}
    fragile = [f for f in (*solid.cuts, *solid.uncovered) if f.id not in known]
    return replace(gaps, fragile=tuple(rank_findings(fragile)), solid=solid.analysis)


def _narrow_to_solid(scope: Scope) -> Scope | None:
    """Return the scope with solid evidence only, never wider than it was; None if nothing would be left."""
    kinds = tuple(kind for kind in ("cited", "report") if kind in (scope.source_kinds or (kind,)))
    if not kinds:
        return None
    confidence = "high" if scope.confidence == "high" else "medium"
    return replace(scope, source_kinds=kinds, confidence=confidence)


def _make_lister(analysis: Analysis, question: _Question) -> GapLister:
    return GapLister(analysis, _check_weights(analysis.market, question.weights), question.units)


def _find(analysis: Analysis, question: _Question) -> Gaps:
    graph = analysis.graph
    missing = tuple(t for t in ("OFFERS", "REQUIRES") if not graph.has_edges(t))
    units, max_order = question.units, question.max_order
    if "OFFERS" in missing:
        return Gaps(analysis, (), (), (), units=units, max_order=max_order, missing=missing)
    lister = _make_lister(analysis, question)
    cuts = lister.list_cuts()
    if max_order > 1:
        cuts += lister.list_sets(max_order=max_order, budget=question.budget, singles=len(cuts))
    return Gaps(
        analysis,
        cuts=tuple(rank_findings(cuts)),
        uncovered=tuple(rank_findings(lister.list_uncovered())),
        dominant=tuple(rank_findings(lister.list_dominant())),
        units=units,
        max_order=max_order,
        missing=missing,
    )


def _check_units(units: Sequence[str]) -> tuple[str, ...]:
    """Return the units that are asked for, each once, finest first."""
    for unit in units:
        if unit not in LISTED:
            raise InputError(f"`units`: {unit!r} is none of {', '.join(list_unit_names())}")
    return tuple(unit for unit in LISTED if unit in units)


def _check_order(found: int) -> int:
    if isinstance(found, bool) or not isinstance(found, int) or not 1 <= found <= MAX_ORDER:
        raise InputError(
            f"`max_order` must be 1, 2 or {MAX_ORDER}; found {found!r}; `find_minimal_cut_sets` has those of one "
            "target of any order"
        )
    return found


def _check_weights(market: Market, weights: Mapping[str, float] | None) -> Floats:
    values = pd.Series(1.0, index=market.solution_ids)
    for solution, weight in (weights or {}).items():
        if solution not in values.index:
            known = ", ".join(values.index[:_SHOWN]) + (" …" if len(values) > _SHOWN else "")
            raise InputError(f"`weights`: no solution {solution!r}; there are {known or 'none'}")
        if not weight >= 0 or weight == float("inf"):
            raise InputError(f"`weights`: {solution!r} has {weight!r}; a weight is a number from 0 up")
        values[solution] = weight
    return np.asarray(values, dtype=np.float64)
