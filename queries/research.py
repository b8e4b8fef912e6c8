"""What to find out next: the cells and rows of a data set that hold most verdicts open.

A finding is confirmed when nothing is doubtful about it any more. Each of its doubts speaks of one place in
the data: the list of vendors of a component in a country (a *cell*), or the row of a requirement, an offer
or a control edge. A place that many grave findings hang on is worth an analyst's next hour.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from math import fsum

from .._errors import InputError
from ..graph import SupplyGraph
from .findings import Doubt, Finding
from .gaps import Gaps, find_gaps
from .scope import Scope
from .structure import REQUIREMENT_KINDS
from .verdict import judge_finding

__all__ = ["ResearchItem", "ResearchList", "ResearchPlace", "list_research"]

# Placeholders of a doubt's message, and the columns of its table that they name.
_OFFER = {"vendor": "vendor", "component": "component"}
_COLUMNS: dict[str, dict[str, str]] = {
    "completeness": {"component": "component", "country": "country"},
    "offers": _OFFER,
    "owns": {"owner": "from_vendor", "owned": "to_vendor"},
    "component_requires": {"whole": "component", "part": "requires"},
    "solution_requires": {"whole": "solution", "part": "requires"},
    "solution_builds_on": {"whole": "solution", "part": "requires"},
}
_REQUIRES = {
    ("Component", "Component"): "component_requires",
    ("Solution", "Component"): "solution_requires",
    ("Solution", "Solution"): "solution_builds_on",
}


@dataclass(frozen=True, order=True)
class ResearchPlace:
    """Where a doubt stands.

    Parameters
    ----------
    table
        Table of the model.
    key
        Columns that name the row, and what stands in them.
    """

    table: str
    key: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ResearchItem:
    """One cell or row, and what hangs on it.

    Parameters
    ----------
    place
        Which.
    rows
        Where it stands in its file, as the graph knows it: the index of the table's rows in force. Empty
        where nobody has stated anything yet; several where relations of two firms have several rows.
    doubts
        What is to be found out there.
    findings
        Ids of the findings that it holds open, in their ranked order.
    confirms
        Those that would be confirmed if this place alone were settled. A fragile finding never is: a source
        for one of its weak offers shows that it is none.
    others
        With how many other places, at least, it must be settled for one of them to be confirmed: 0 if there
        are any in `confirms`. None where it holds only fragile findings open.
    weight
        Sum of the severities of `findings`.
    """

    place: ResearchPlace
    rows: tuple[int, ...]
    doubts: tuple[Doubt, ...]
    findings: tuple[str, ...]
    confirms: tuple[str, ...]
    others: int | None
    weight: float


@dataclass(frozen=True, eq=False)
class ResearchList:
    """Cells and rows to look into, those that hold most open first.

    Parameters
    ----------
    gaps
        The findings.
    items
        The list, cut to its limit.
    total
        How many places there are in all.
    open
        How many findings are not confirmed, the fragile ones among them.
    """

    gaps: Gaps
    items: tuple[ResearchItem, ...]
    total: int
    open: int


@dataclass
class _Entry:
    """What is known of one place while findings are gone through."""

    doubts: set[Doubt] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    confirms: list[str] = field(default_factory=list)
    others: list[int] = field(default_factory=list)


def list_research(
    graph: SupplyGraph,
    *,
    scope: Scope | None = None,
    kinds: Collection[str] = REQUIREMENT_KINDS,
    max_order: int = 1,
    limit: int | None = None,
) -> ResearchList:
    """List the cells and rows that hold most verdicts open.

    Parameters
    ----------
    graph
        The graph.
    scope
        What to count; default: Taiwan and Japan, by seat.
    kinds
        Kinds of requirement that matter.
    max_order
        Largest number of units that are lost together, 1 to 3.
    limit
        Most places to list; None: all.

    Returns
    -------
    ResearchList
        By the sum of the severities of the findings held open, then the number of findings that this place
        alone would confirm, then how few others are left to settle, then the number of findings held open,
        then table and key.

    Raises
    ------
    InputError
        `limit` is not at least 1, or another argument that is not allowed.

    Notes
    -----
    Every finding counts: cuts, uncovered components, dominant units and fragile findings. What holds a
    fragile finding open are, besides its own doubts, the offers of its roots without solid evidence.
    """
    if limit is not None and limit < 1:
        raise InputError(f"`limit` must be a whole number from 1 up; found {limit!r}")
    gaps = find_gaps(graph, scope=scope, kinds=kinds, max_order=max_order)
    entries: defaultdict[ResearchPlace, _Entry] = defaultdict(_Entry)
    unsettled = 0
    fragile = {finding.id for finding in gaps.fragile}
    for finding in (*gaps.findings, *gaps.fragile):
        doubts: Iterable[Doubt] = judge_finding(gaps.analysis_of(finding), finding).doubts
        if finding.id in fragile:
            doubts = {*doubts, *_doubt_weak_offers(gaps, finding)}
        unsettled += bool(doubts)
        places: defaultdict[ResearchPlace, set[Doubt]] = defaultdict(set)
        for doubt in doubts:
            places[_place(doubt)].add(doubt)
        for place, there in places.items():
            entries[place].doubts |= there
            entries[place].findings.append(finding)
            if finding.id not in fragile:
                entries[place].others.append(len(places) - 1)
                entries[place].confirms += [finding.id] if len(places) == 1 else []
    items = _rank(graph, entries)
    return ResearchList(gaps, tuple(items[:limit]), len(items), unsettled)


def _place(doubt: Doubt) -> ResearchPlace:
    """Return the place that a doubt speaks of, by the placeholders of its message."""
    named = {name: (label, node) for name, label, node in doubt.ids}
    if "whole" in named:
        table = _REQUIRES[named["whole"][0], named["part"][0]]
    else:
        table = next(table for table, columns in _COLUMNS.items() if set(columns) == set(named))
    columns = _COLUMNS[table]
    return ResearchPlace(table, tuple((column, named[name][1]) for name, column in columns.items()))


def _doubt_weak_offers(gaps: Gaps, finding: Finding) -> Iterator[Doubt]:
    """Doubt the offers of the roots that count but have no solid evidence: without them it is a gap."""
    if gaps.solid is None:
        return
    market, roots = gaps.analysis.market, gaps.analysis.component_nodes(finding.roots)
    offers = market.offers_on(roots)
    offers = offers[market.present[offers] & ~gaps.solid.market.present[offers]]
    if finding.unit is not None:
        view = gaps.analysis.view(finding.unit)
        offers = offers[~view.holds(view.find(finding.members), offers)]
    for offer in offers.tolist():
        uncited = market.column("source_kind")[offer] not in ("cited", "report")
        ids = {
            "vendor": ("Vendor", market.column("vendor")[offer]),
            "component": ("Component", market.column("component")[offer]),
        }
        yield Doubt.of("doubt.offer_uncited" if uncited else "research.offer_weak", ids)


def _rank(graph: SupplyGraph, entries: dict[ResearchPlace, _Entry]) -> list[ResearchItem]:
    rows = _find_rows(graph, entries)
    items = [
        ResearchItem(
            place=place,
            rows=tuple(rows.get(place, ())),
            doubts=tuple(sorted(entry.doubts, key=Doubt.sort_key)),
            findings=tuple(finding.id for finding in entry.findings),
            confirms=tuple(entry.confirms),
            others=min(entry.others, default=None),
            weight=fsum(finding.severity for finding in entry.findings),
        )
        for place, entry in entries.items()
    ]
    return sorted(items, key=_sort_key)


def _sort_key(item: ResearchItem) -> tuple[object, ...]:
    left = (item.others is None, item.others or 0)
    return (-item.weight, -len(item.confirms), left, -len(item.findings), item.place)


def _find_rows(graph: SupplyGraph, places: Iterable[ResearchPlace]) -> dict[ResearchPlace, list[int]]:
    """Return the rows in force of each place that has any."""
    wanted: defaultdict[str, set[ResearchPlace]] = defaultdict(set)
    for place in places:
        wanted[place.table].add(place)
    found: defaultdict[ResearchPlace, list[int]] = defaultdict(list)
    for table, there in wanted.items():
        columns = [column for column, _ in next(iter(there)).key]
        frame = graph.current(table)
        frame = frame[frame[columns[0]].isin({place.key[0][1] for place in there})]
        for row, *cells in zip(frame.index, *(frame[column] for column in columns), strict=True):
            place = ResearchPlace(table, tuple(zip(columns, cells, strict=True)))
            if place in there:
                found[place].append(int(row))
    return found
