"""The statements that a finding rests on, and since when it stands by what they say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import pandas as pd

from ..graph import SupplyGraph, first_day, select_subgraph
from .analysis import Analysis
from .findings import Finding
from .gaps import Gaps
from .verdict import Judgement

__all__ = ["Ground", "Standing", "list_control", "list_grounds", "trace_finding"]

GroundRole = Literal["offer", "requirement", "control", "list"]
_LOOKS = 60


@dataclass(frozen=True)
class Ground:
    """One statement that a finding rests on.

    Parameters
    ----------
    role
        ``offer``: a counted offer of a root by a vendor of the cut; ``requirement``: a step of a witness;
        ``control``: who owns whom, where groups or owners are lost; ``list``: how far the list of vendors of
        a root is known to be whole.
    table
        Table of the model.
    row
        The row, by column.
    """

    role: GroundRole
    table: str
    row: Mapping[str, Any]

    @property
    def stated(self) -> str:
        """The date of the statement; blank if it has none."""
        found = self.row.get("as_of")
        return found if isinstance(found, str) else ""


@dataclass(frozen=True)
class Standing:
    """Since when a finding stands, by the validity of what these data state.

    Parameters
    ----------
    since
        The first day of the time, up to the day of the graph, during which it stands without a break. Blank
        if it stands as far back as there is a day on which anything began or ended.
    looked_back_to
        The earliest day that was looked at; blank if there is none to look at.
    whole
        Whether every day on which something began or ended was looked at; not so for a graph that stands on
        no day.
    """

    since: str
    looked_back_to: str
    whole: bool


def list_grounds(analysis: Analysis, finding: Finding, judgement: Judgement) -> list[Ground]:
    """Return the statements that a finding rests on: offers, requirements, control, lists of vendors.

    Parameters
    ----------
    analysis, finding
        The finding and the analysis that it comes from.
    judgement
        What :func:`judge_finding` says of it; its witnesses name the requirements.
    """
    return [
        *_list_offers(analysis, finding),
        *_list_requirements(analysis, judgement),
        *(Ground("control", "owns", row) for row in _rows(list_control(analysis, finding))),
        *_list_completeness(analysis, finding),
    ]


def _rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for row in frame.to_dict("records"):
        yield {str(name): None if pd.isna(cell) else cell for name, cell in row.items()}


def _list_offers(analysis: Analysis, finding: Finding) -> Iterator[Ground]:
    offers = analysis.market.offers[analysis.market.present]
    own = offers["component"].isin(finding.roots) & offers["vendor"].isin(finding.vendors)
    return (Ground("offer", "offers", row) for row in _rows(offers[own]))


def _list_requirements(analysis: Analysis, judgement: Judgement) -> Iterator[Ground]:
    used = dict.fromkeys(
        node.via
        for witness in judgement.witnesses.values()
        for node in witness.walk()
        if node.via is not None
    )
    for via in sorted(used):
        for row in _rows(analysis.graph.table(via.table).loc[[via.row]]):
            yield Ground("requirement", via.table, row)


def list_control(analysis: Analysis, finding: Finding) -> pd.DataFrame:
    """Return the rows of OWNS that join the vendors of a cut to their groups, where that matters."""
    edges = analysis.market.groups.edges
    by_owner = finding.unit == "country" and analysis.scope.country_by == "owner"
    if finding.unit != "group" and not by_owner:
        return edges.iloc[:0]
    todo, used = list(finding.vendors), set[int]()
    while todo:
        new = [p for p in analysis.controllers.get(todo.pop(), []) if p not in used]
        used.update(new)
        todo.extend(edges["from_vendor"].iloc[p] for p in new)
    return edges.iloc[sorted(used)]


def _list_completeness(analysis: Analysis, finding: Finding) -> Iterator[Ground]:
    scope = analysis.scope
    everywhere = scope.within == "world" or analysis.market.by_made
    countries = [*scope.pair, *(["*"] if everywhere else [])]
    frame = analysis.graph.current("completeness")
    at_root = frame["component"].isin(finding.roots) & frame["country"].isin(countries)
    return (Ground("list", "completeness", row) for row in _rows(frame[at_root]))


def trace_finding(
    graph: SupplyGraph, finding: Finding, ask: Callable[[SupplyGraph], Gaps], *, looks: int = _LOOKS
) -> Standing:
    """Find since when a finding stands without a break, by the validity of the statements of one data set.

    It stands on a day if it is found there with a root that it has today. What is known is the same for all
    days: this is the world, not knowledge.

    Parameters
    ----------
    graph
        The graph; the finding stands there.
    finding
        The finding.
    ask
        Finds the gaps of a graph, with the same parameters.
    looks
        How many days at most are looked at.

    Notes
    -----
    Looked at are the days on which an offer of what the roots take, one of its vendors, or the control of
    one began or ended, from the latest back: between them nothing changes that these roots hang on.
    """
    if not graph.as_of:
        return Standing("", "", whole=False)
    first = date.min.isoformat()
    turns = sorted({d for d in _list_turns(graph, finding.roots) if first < d <= graph.as_of}, reverse=True)
    for turn in turns[:looks]:
        eve = (date.fromisoformat(turn) - timedelta(days=1)).isoformat()
        if not _stands(ask(select_subgraph(graph, as_of=eve)), finding):
            return Standing(turn, eve, whole=True)
    seen = turns[:looks]
    return Standing("", seen[-1] if seen else "", whole=len(turns) <= looks)


def _stands(gaps: Gaps, finding: Finding) -> bool:
    every = (*gaps.findings, *gaps.fragile, *gaps.thin)
    return any(found.id == finding.id and set(found.roots) & set(finding.roots) for found in every)


def _list_turns(graph: SupplyGraph, roots: Collection[str]) -> Iterator[str]:
    """Yield the days on which a row that roots hang on begins or ends to hold."""
    offers, vendors, owns = graph.table("offers"), graph.table("vendors"), graph.table("owns")
    offers = offers[offers["component"].isin(_list_taken(graph, roots))]
    firms = _list_joined(owns, set(offers["vendor"]))
    vendors = vendors[vendors["id"].isin(firms)]
    owns = owns[owns["to_vendor"].isin(firms)]
    for column in (offers["since"], offers["until"], owns["since"], owns["until"], vendors["until"]):
        yield from map(first_day, column.dropna().unique())


def _list_taken(graph: SupplyGraph, roots: Collection[str]) -> set[str]:
    """Components, and everything that they require."""
    requires = graph.table("component_requires")
    parts: dict[str, list[str]] = {}
    for whole, part in zip(requires["component"], requires["requires"], strict=True):
        parts.setdefault(whole, []).append(part)
    found, todo = set(roots), list(roots)
    while todo:
        new = [part for part in parts.get(todo.pop(), ()) if part not in found]
        found.update(new)
        todo.extend(new)
    return found


def _list_joined(owns: pd.DataFrame, vendors: Collection[str]) -> set[str]:
    """Vendors, and all that ever stood in a line of ownership with them."""
    pairs = list(zip(owns["from_vendor"], owns["to_vendor"], strict=True))
    found, size = set(vendors), -1
    while size < len(found):
        size = len(found)
        found.update(firm for pair in pairs if found & set(pair) for firm in pair)
    return found
