"""Minimal cut sets and minimal path sets of one target, of any order, and what each unit weighs in them.

A *cut set* of a target is a set of units (vendors, groups, countries, regions, exchanges) without which it
cannot be had; a *path set* is one that is enough for it to be had. Minimal is a set none of whose proper
subsets is one. All of them are found, none twice; nothing is sampled or left out.
"""

from __future__ import annotations

from collections.abc import Collection

from ..graph import SupplyGraph, select_subgraph
from ._fault_tree import Sourcing
from ._set_finder import BUDGET, Importance, Label, SetFinder, TooManyError, UnitSets, check_natural
from .analysis import Analysis
from .scope import Scope
from .structure import REQUIREMENT_KINDS

__all__ = [
    "BUDGET",
    "Importance",
    "SetFinder",
    "TooManyError",
    "UnitSets",
    "find_minimal_cut_sets",
    "find_minimal_path_sets",
    "measure_importance",
    "minimal_cut_sets",
]


def find_minimal_cut_sets(
    graph: SupplyGraph,
    target: str,
    *,
    unit: str = "vendor",
    label: Label | None = None,
    max_order: int | None = None,
    sourcing: Sourcing = "market",
    scope: Scope | None = None,
    kinds: Collection[str] = REQUIREMENT_KINDS,
    as_of: str | None = None,
    limit: int | None = None,
    budget: int | None = None,
) -> UnitSets:
    """Find every minimal set of units without which a target cannot be had.

    Parameters
    ----------
    graph
        The graph.
    target
        Id of a component or solution.
    unit
        What is lost as one: ``vendor``, ``group``, ``country``, or a property that parts the vendors:
        ``region``, ``city``, ``exchange``, ``size``. A vendor whose property is blank is a unit of its own,
        named by its id.
    label
        ``Component`` or ``Solution``, where an id is both.
    max_order
        Largest number of units in a set; None: any.
    sourcing
        ``market``: a vendor can buy what it requires from anybody who offers it. ``documented``: where it
        has suppliers in force for a direct requirement of what it offers, only from one of those; such a
        record counts as the supplier's offer. Lists of suppliers are rarely whole, so that this is a
        pessimistic bound.
    scope
        What to count; default: Taiwan and Japan, by seat.
    kinds
        Kinds of requirement that matter.
    as_of
        The day to look at; default: that of the graph.
    limit
        Most sets that the caller wants to see; None: any number.
    budget
        Most steps of the search; default :data:`BUDGET`.

    Returns
    -------
    UnitSets
        The sets, counted exactly and listed when asked for.

    Raises
    ------
    UnknownNameError
        There is no such target; the message gives the names that come nearest.
    InputError
        An argument that is not allowed.
    TooManyError
        There are more sets than `limit`, or finding them takes more than `budget` steps; `count` says how
        many there are for certain.

    Examples
    --------
    >>> import pandas as pd
    >>> toy = SupplyGraph({
    ...     "vendors": pd.DataFrame({"id": ["a", "b", "c"], "country": ["TW", "JP", "JP"]}),
    ...     "components": pd.DataFrame({"id": ["chip", "lens"], "segment": ["s"] * 2}),
    ...     "solutions": pd.DataFrame({"id": ["camera"]}),
    ...     "offers": pd.DataFrame({"vendor": ["a", "b", "c"], "component": ["chip", "lens", "lens"]}),
    ...     "solution_requires": pd.DataFrame({"solution": ["camera"] * 2, "requires": ["chip", "lens"]}),
    ... })
    >>> list(find_minimal_cut_sets(toy, "camera"))
    [('a',), ('b', 'c')]

    Notes
    -----
    The fault tree of the target is compiled bottom up into one zero-suppressed decision diagram of minimal
    sets [1]_ [2]_: union at gates that one failure breaks, product at those that only all break, supersets
    taken out at each step, which also bounds the order exactly. Variables stand in the order in which a walk
    from the target meets the units. The cost is that of the diagrams, not of the sets: worst case
    exponential, in supply chains rarely so; `budget` bounds it.

    References
    ----------
    .. [1] S. Minato, Zero-suppressed BDDs for set manipulation in combinatorial problems, DAC 1993,
       doi:10.1145/157485.164890.
    .. [2] A. Rauzy, New algorithms for fault trees analysis, Reliability Engineering & System Safety 40,
       1993, doi:10.1016/0951-8320(93)90060-C.
    """
    analysis = _analyse(graph, scope, kinds, as_of)
    finder = SetFinder(analysis, unit=unit, sourcing=sourcing, max_order=max_order, budget=budget)
    return _limit(finder.find_cuts(target, label=label), limit)


minimal_cut_sets = find_minimal_cut_sets
"""The same function by the name of what it returns."""


def find_minimal_path_sets(
    graph: SupplyGraph,
    target: str,
    *,
    unit: str = "vendor",
    label: Label | None = None,
    max_order: int | None = None,
    sourcing: Sourcing = "market",
    scope: Scope | None = None,
    kinds: Collection[str] = REQUIREMENT_KINDS,
    as_of: str | None = None,
    limit: int | None = None,
    budget: int | None = None,
) -> UnitSets:
    """Find every minimal set of units that is enough for a target to be had.

    Parameters, result and errors are those of :func:`find_minimal_cut_sets`. The two are dual: each minimal
    path set meets every minimal cut set, and is minimal in that.

    Examples
    --------
    >>> import pandas as pd
    >>> toy = SupplyGraph({
    ...     "vendors": pd.DataFrame({"id": ["a", "b"], "country": ["TW", "JP"]}),
    ...     "components": pd.DataFrame({"id": ["lens"], "segment": ["s"]}),
    ...     "offers": pd.DataFrame({"vendor": ["a", "b"], "component": ["lens"] * 2}),
    ... })
    >>> list(find_minimal_path_sets(toy, "lens"))
    [('a',), ('b',)]

    Notes
    -----
    As for cut sets, as long as that takes few steps. There may be 10^20 of them where there are thirty cut
    sets: then they are counted from these without being made, by dynamic programming along an order of the
    cut sets, and iterating makes those of one order after the other.
    """
    analysis = _analyse(graph, scope, kinds, as_of)
    finder = SetFinder(analysis, unit=unit, sourcing=sourcing, max_order=max_order, budget=budget)
    return _limit(finder.find_paths(target, label=label), limit)


def measure_importance(
    graph: SupplyGraph,
    target: str,
    *,
    unit: str = "vendor",
    label: Label | None = None,
    sourcing: Sourcing = "market",
    scope: Scope | None = None,
    kinds: Collection[str] = REQUIREMENT_KINDS,
    as_of: str | None = None,
    budget: int | None = None,
) -> list[Importance]:
    """Measure how much each unit weighs for a target, exactly.

    Parameters and errors are those of :func:`find_minimal_cut_sets`.

    Returns
    -------
    list of Importance
        One for each unit there, greatest Birnbaum importance first, then Fussell-Vesely, then id.

    Notes
    -----
    Structural importance of Birnbaum [1]_ by counting states on the diagram; that of Fussell and Vesely in
    its count form, minimal cut sets with the unit over all of them. Both are rational numbers. The trivial
    set of all units, which is left out of the list, is left out of the second too.

    References
    ----------
    .. [1] Z. W. Birnbaum, On the importance of different components in a multicomponent system, in:
       Multivariate Analysis II, 1969, pp. 581-592.
    """
    analysis = _analyse(graph, scope, kinds, as_of)
    return SetFinder(analysis, unit=unit, sourcing=sourcing, budget=budget).measure(target, label=label)


def _analyse(graph: SupplyGraph, scope: Scope | None, kinds: Collection[str], as_of: str | None) -> Analysis:
    if as_of is not None:
        graph = select_subgraph(graph, as_of=as_of)
    return Analysis(graph, scope or Scope(), kinds=kinds)


def _limit(found: UnitSets, limit: int | None) -> UnitSets:
    check_natural("limit", limit, least=0)
    if limit is not None and found.count > limit:
        raise TooManyError(
            f"{found.target!r} has exactly {found.count} minimal {found.kind} sets, more than "
            f"`limit`={limit}; raise it, or set `max_order`",
            count=found.count,
            order=found.max_order,
        )
    return found
