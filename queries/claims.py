"""Claims of a report, worked out again: each holds, has changed, or cannot be said.

A claim's column ``check`` names the saved question that recomputes it, and what the claim is about
(``ABOUT``) says of what; :data:`CHECKS` holds, for each such question, how its rows decide. A claim without
a question, and one whose question finds nothing to go by, cannot be said: silence is no answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from .._errors import UnknownNameError
from ..graph import SupplyGraph, list_datasets, select_subgraph
from ._claim_checks import CHECKS, Claim, ClaimFigure, View, list_subjects, read_claim
from .scope import Scope, check_meaning

__all__ = ["CHECKS", "ClaimCheck", "ClaimFigure", "ClaimVerdict", "check_claims"]

_SHOWN = 20  # names in an error message

ClaimVerdict = Literal["holds", "changed", "cannot be said"]


@dataclass(frozen=True)
class ClaimCheck:
    """A claim and what has become of it.

    Parameters
    ----------
    claim
        Its id.
    verdict
        ``holds``, ``changed`` or ``cannot be said``.
    question
        The saved question that recomputes it; None: none can.
    figures
        The figures that decide, worked out anew.
    reason
        Why it cannot be said: a message in the catalogue, ``claims.reason.…``; None if it can.
    """

    claim: str
    verdict: ClaimVerdict
    question: str | None
    figures: tuple[ClaimFigure, ...] = ()
    reason: str | None = None


def check_claims(
    graph: SupplyGraph, *, scope: Scope | None = None, claim: str | None = None
) -> tuple[ClaimCheck, ...]:
    """Say of each claim whether it holds, has changed, or cannot be said.

    Parameters
    ----------
    graph
        The graph. Figures of *then* are worked out from what the claim's own data set states in it.
    scope
        What to count; default: Taiwan and Japan, by seat.
    claim
        Id of one claim; None: all.

    Returns
    -------
    tuple of ClaimCheck
        By id.

    Raises
    ------
    UnknownNameError
        The graph has no such claim.
    """
    claims = graph.table("claims")
    if claim is not None:
        known = claims["id"].tolist()
        if claim not in known:
            near = get_close_matches(claim, known, n=3) or sorted(known)[:_SHOWN]
            raise UnknownNameError(f"`claim`: no claim {claim!r}; there are {', '.join(near) or 'none'}")
        claims = claims[claims["id"] == claim]
    scope = check_meaning(
        scope or Scope(), "claims are of vendors and where they are", "made", "min_groups", "min_share"
    )
    now = View(graph, scope)
    datasets, then = set(list_datasets(graph)), dict[str, View]()
    about = list_subjects(graph)
    found = []
    for row in claims.to_dict("records"):
        read = read_claim(row, about.get(row["id"], {}))
        if read.dataset not in then and read.dataset in datasets:
            then[read.dataset] = View(select_subgraph(graph, dataset=read.dataset), now.scope)
        found.append(_check(read, _read_question(row["check"]), then.get(read.dataset), now))
    return tuple(sorted(found, key=lambda check: check.claim))


def _check(claim: Claim, question: str | None, then: View | None, now: View) -> ClaimCheck:
    if question is None or question not in CHECKS:
        return ClaimCheck(claim.id, "cannot be said", question, reason="claims.reason.no_question")
    decision = CHECKS[question](claim, then, now)
    if decision.holds is None:
        reason = f"claims.reason.{decision.reason}"
        return ClaimCheck(claim.id, "cannot be said", question, decision.figures, reason)
    return ClaimCheck(claim.id, "holds" if decision.holds else "changed", question, decision.figures)


def _read_question(cell: object) -> str | None:
    return cell if isinstance(cell, str) else None
