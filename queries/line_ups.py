"""Line-ups: one vendor for each component that a solution requires, with both countries at work.

A chain takes one component a layer; a line-up takes them all, and of each choice one alternative. Its score
has the same five parts as that of a chain, and shows them all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

from .._errors import InputError
from ..graph import SupplyGraph
from ._line_up_question import EVIDENCE_GRADES, LineUpQuestion
from .analysis import Analysis, reuse_analysis
from .line_up_answers import LineUp, LineUps, Neighbours, SettledChoice
from .place_finder import check_weights
from .scope import Scope
from .structure import REQUIREMENT_KINDS

__all__ = [
    "EVIDENCE_GRADES",
    "LINE_UP_BUDGET",
    "LineUp",
    "LineUps",
    "Neighbours",
    "SettledChoice",
    "find_line_ups",
]

LINE_UP_BUDGET = 200_000_000
"""Most cells of the tables of one search, if the caller does not say otherwise."""


def find_line_ups(
    graph: SupplyGraph,
    solution: str,
    *,
    k: int = 1,
    deep: bool = False,
    weights: Mapping[str, float | Fraction] | None = None,
    scope: Scope | None = None,
    kinds: Collection[str] = REQUIREMENT_KINDS,
    include: Collection[str] = (),
    exclude: Collection[str] = (),
    at_most: Mapping[str, int] | None = None,
    documented: bool = False,
    least_evidence: str | None = None,
    third_countries: bool = False,
    budget: int | None = None,
    analysis: Analysis | None = None,
) -> LineUps:
    """Find the line-ups of a solution with the highest scores.

    A *line-up* has a vendor in each place: for each component that the solution, or one that it builds on,
    requires itself, and for an alternative of each choice. Nothing in it is superfluous: an alternative is
    there because a choice would be unsettled without it. A virtual component stands for what it requires. In
    depth the components that those components require have places too, and so on, but for what a vendor
    makes in house for its offer: that needs no vendor of its own. What only third countries offer is given,
    with all that goes into it: it is listed and has no place.

    In a place stands a vendor that can deliver the component: it offers it, and what that requires can be
    had. One vendor may stand in several. There is at least one vendor of each country of the pair, and there
    are at least two groups.

    Parameters
    ----------
    graph
        The graph.
    solution
        Id of the solution.
    k
        How many line-ups to return at most; vendors that are alike are listed with the first of them.
    deep
        Whether to go all the way down.
    weights
        Weight of each part of the score, from 0 up; 1 where none is given. *need*: the share of places whose
        component the other country has no group for. *backup*: the mean of 1 - 1/n, n groups of the pair
        offering it. *tie*: the share of neighbours with a relation in force on one of their components,
        stated within 10 years; half if the relation does not say what it is about. *evidence*: the weakest
        offer (high 1, medium 2/3, low or blank 1/3, uncited 0). *balance*: the places of the country with
        fewer, as a share of half of all places, rounded down.
    scope
        What to count; default: Taiwan and Japan, by seat.
    kinds
        Kinds of requirement that matter.
    include, exclude
        Vendors that must have a place, and that must have none. Who is left out is still there to be bought
        from: whether a vendor can deliver does not depend on it.
    at_most
        By country, the most places that its vendors may have.
    documented
        Whether each two neighbours must be tied as above, or be one firm.
    least_evidence
        Least evidence of each place: ``low``, ``medium`` or ``high``.
    third_countries
        Whether vendors of other countries may stand in a place: in scope ``pair`` those of imports.
    budget
        Most cells of the tables of the search; default :data:`LINE_UP_BUDGET`. Beyond it the best is
        returned that a local search finds, with an upper bound.
    analysis
        One of this graph, scope and kinds that was worked out before, which saves time.

    Returns
    -------
    LineUps
        The line-ups; or why there are none.

    Raises
    ------
    UnknownNameError
        There is no such solution, vendor or country.
    InputError
        A number, weight or grade that is not allowed, a vendor both included and excluded; requirements or
        ownership that run in a circle.

    Examples
    --------
    >>> import pandas as pd
    >>> toy = SupplyGraph({
    ...     "vendors": pd.DataFrame({"id": ["a", "b", "c"], "country": ["TW", "JP", "JP"]}),
    ...     "layers": pd.DataFrame({"id": ["terminal"], "order": ["1"]}),
    ...     "segments": pd.DataFrame({"id": ["s"], "layer": ["terminal"], "nature": ["hardware"]}),
    ...     "components": pd.DataFrame({"id": ["chip", "lens"], "segment": ["s"] * 2}),
    ...     "solutions": pd.DataFrame({"id": ["camera"]}),
    ...     "offers": pd.DataFrame({"vendor": ["a", "b", "c"], "component": ["chip", "lens", "lens"]}),
    ...     "solution_requires": pd.DataFrame({"solution": ["camera"] * 2, "requires": ["chip", "lens"]}),
    ... })
    >>> best = find_line_ups(toy, "camera").line_ups[0]
    >>> best.vendors, best.alike
    (('a', 'b'), ((), ('c',)))

    Notes
    -----
    Neighbours are two places of which one component requires the other, directly or through virtual
    components, whoever makes it; and two places of the data loop (stage ``loop``) in neighbouring layers, as
    in a chain. As in a chain, one firm in two neighbouring places adds no tie.

    The choices of alternatives, and of what is made in house, are gone through one by one. For each, the
    best vendors come from elimination along a tree decomposition, once for each grade of evidence, with the
    number of places of a country as one more axis of the tables; the k best by parting what is left. The cost
    is exponential in the width of the decomposition only, after candidates that another one makes superfluous
    have been dropped. All arithmetic is rational.
    """
    question = LineUpQuestion(
        reuse_analysis(analysis, graph, scope, kinds),
        solution,
        deep=deep,
        third=third_countries,
        shares=check_weights(weights),
    )
    question.constrain(include, exclude, at_most or {}, documented=documented, least_evidence=least_evidence)
    for name, number in (("k", k), ("budget", LINE_UP_BUDGET if budget is None else budget)):
        if isinstance(number, bool) or not isinstance(number, int) or number < 1:
            raise InputError(f"`{name}` must be a whole number from 1 up; found {number!r}")
    return question.answer(k, LINE_UP_BUDGET if budget is None else budget)
