"""Find a finding again by its id, which does not carry the parameters that it was found under."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from .._errors import KizunaError
from ..graph import SupplyGraph
from .findings import Finding
from .gaps import MAX_ORDER, Gaps, find_gaps
from .market import PROPERTIES, UNITS
from .scope import Scope
from .structure import REQUIREMENT_KINDS

__all__ = ["FoundFinding", "GapQuestion", "locate_finding"]

_MEANINGS = tuple((within, by) for within in ("pair", "world") for by in ("seat", "owner", "made"))


@dataclass(frozen=True)
class GapQuestion:
    """The parameters of :func:`find_gaps` that a finding can depend on.

    Parameters
    ----------
    scope, units, kinds, max_order, thin
        As of :func:`find_gaps`.
    """

    scope: Scope
    units: tuple[str, ...] = UNITS
    kinds: tuple[str, ...] = REQUIREMENT_KINDS
    max_order: int = 1
    thin: bool = False

    def ask(self, graph: SupplyGraph) -> Gaps:
        """Find the gaps of a graph."""
        return find_gaps(graph, scope=self.scope, **self.options())

    def options(self) -> dict[str, Any]:
        """Return the parameters other than the scope, by name."""
        return {"units": self.units, "kinds": self.kinds, "max_order": self.max_order, "thin": self.thin}

    def list_others(self) -> Iterator[GapQuestion]:
        """Yield the other questions under which a finding is looked for.

        Single units, then pair and world by seat, by owner and by place of making, then single units by
        region, city, exchange and size, then two and three units together. What was filtered stays filtered.
        """
        given = self.scope
        scopes = [given]
        for within, by in _MEANINGS:
            other = replace(given, within=within, country_by=by)  # type: ignore[arg-type]
            if other not in scopes:
                scopes.append(other)
        plain = replace(self, units=UNITS, max_order=1, thin=True)
        yield from (replace(plain, scope=scope) for scope in scopes)
        for unit in (*UNITS[1:], *PROPERTIES):
            yield replace(plain, units=(unit,))
        for order in range(2, MAX_ORDER + 1):
            yield from (replace(plain, scope=scope, max_order=order, thin=False) for scope in scopes)


@dataclass(frozen=True, eq=False)
class FoundFinding:
    """A finding, and the question it answers.

    Parameters
    ----------
    finding, gaps
        The finding and the list it stands in.
    question
        The parameters it was found under.
    given
        Whether those are the ones that were given.
    """

    finding: Finding
    gaps: Gaps
    question: GapQuestion
    given: bool


def locate_finding(
    graph: SupplyGraph, finding: str, *, question: GapQuestion | None = None, elsewhere: bool = True
) -> FoundFinding | None:
    """Find a finding by its id: under the parameters given, else under others.

    Parameters
    ----------
    graph
        The graph.
    finding
        Its id.
    question
        The parameters that are tried first; default: Taiwan and Japan, by seat, single units.
    elsewhere
        Whether to try the others, see :meth:`GapQuestion.list_others`.

    Returns
    -------
    FoundFinding or None
        None if it is under none of them.

    Raises
    ------
    InputError
        The parameters given are wrong.
    """
    first = question or GapQuestion(Scope())
    found = _pick(first.ask(graph), finding)
    if found is not None:
        return FoundFinding(*found, first, given=True)
    for other in first.list_others() if elsewhere else ():
        try:
            found = _pick(other.ask(graph), finding)
        except KizunaError:  # it means nothing there, or there are too many
            continue
        if found is not None:
            thin = found[0].kind == "thin"
            return FoundFinding(*found, replace(other, thin=thin), given=False)
    return None


def _pick(gaps: Gaps, finding: str) -> tuple[Finding, Gaps] | None:
    every: Collection[Finding] = (*gaps.findings, *gaps.fragile, *gaps.thin)
    return next(((candidate, gaps) for candidate in every if candidate.id == finding), None)
