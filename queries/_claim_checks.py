"""How the rows of a saved question decide on a claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

import pandas as pd

from ..graph import SupplyGraph
from .coverage import Cell, CoverageLevel, CoverageRow, measure_coverage
from .market import Market
from .scope import Scope

__all__ = ["CHECKS", "NEARLY_ALL", "Claim", "ClaimFigure", "Decision", "View", "list_subjects", "read_claim"]

Number = int | float | None

NEARLY_ALL = 0.8
"""What "nearly all" means where a report gives no number."""


@dataclass(frozen=True)
class ClaimFigure:
    """A figure that decides on a claim.

    Parameters
    ----------
    key
        Message in the catalogue, ``claims.figure.…``.
    ids
        What it speaks of: (placeholder of the message, label, id).
    then
        By what the claim's own data set states; None: it does not say.
    now
        By the whole graph as it is looked at; None: not known.
    """

    key: str
    ids: tuple[tuple[str, str, str], ...]
    then: Number
    now: Number


@dataclass(frozen=True)
class Claim:
    """A row of the claims, and what it is about, by label."""

    id: str
    figure: float | None
    unit: str | None
    year: int | None
    dataset: str
    about: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Decision:
    """Holds, has changed, or None: cannot be said, for a reason."""

    holds: bool | None
    figures: tuple[ClaimFigure, ...]
    reason: str = "not_known"


class View:
    """A graph with what several claims ask of it, each worked out once."""

    def __init__(self, graph: SupplyGraph, scope: Scope) -> None:
        self.graph, self.scope = graph, scope
        self._rows: dict[tuple[CoverageLevel, tuple[str, str]], dict[str, CoverageRow]] = {}

    def row(self, by: CoverageLevel, item: str, pair: tuple[str, str]) -> CoverageRow | None:
        """Return who covers an item in two countries; None if the graph has no such item."""
        if (by, pair) not in self._rows:
            found = measure_coverage(self.graph, by=by, scope=replace(self.scope, pair=pair))
            self._rows[by, pair] = {row.id: row for row in found.rows}
        return self._rows[by, pair].get(item)

    def cell(self, by: CoverageLevel, item: str, country: str) -> Cell | None:
        """Return who covers an item in a country; None if the graph has no such item."""
        pair = self.scope.pair if country in self.scope.pair else (country, self.scope.pair[0])
        row = self.row(by, item, pair)
        return None if row is None else row.cells[pair.index(country)]

    @cached_property
    def natures(self) -> dict[str, set[str]]:
        """Natures of what each vendor offers, by its counted offers."""
        market = Market(self.graph, self.scope)
        nature = dict(zip(*(self.graph.table("components")[c] for c in ("id", "nature")), strict=True))
        offers = market.offers[market.counted]
        found: defaultdict[str, set[str]] = defaultdict(set)
        for vendor, component in zip(offers["vendor"], offers["component"], strict=True):
            found[vendor].add(nature[component])
        return found

    def places(self, table: str) -> dict[str, set[str]]:
        """Return the countries abroad where each engineering firm has an office, or has worked."""
        firms = self.graph.table("engineering_firms")
        home = dict(zip(firms["id"], firms["country"], strict=True))
        frame = self.graph.current(table)
        found: dict[str, set[str]] = {firm: set() for firm in home}
        for firm, country in zip(frame["firm"], frame["country"], strict=True):
            if firm in home and country != home[firm]:
                found[firm].add(country)
        return found


def _text(cell: object) -> str | None:
    return cell if isinstance(cell, str) else None


def read_claim(row: Mapping[Hashable, Any], about: Mapping[str, list[str]]) -> Claim:
    figure, year = row["figure"], row["year"]
    return Claim(
        id=str(row["id"]),
        figure=None if pd.isna(figure) else float(figure),
        unit=_text(row["unit"]),
        year=None if pd.isna(year) else int(year),
        dataset=_text(row["dataset"]) or "",
        about={label: tuple(nodes) for label, nodes in about.items()},
    )


def list_subjects(graph: SupplyGraph) -> dict[str, dict[str, list[str]]]:
    """Return what each claim is about: ids by label."""
    found: dict[str, dict[str, list[str]]] = {}
    rows = graph.current("about")
    for claim, label, node in zip(rows["claim"], rows["about_label"], rows["about"], strict=True):
        found.setdefault(claim, {}).setdefault(label, []).append(node)
    return found


def _figure(key: str, then: Number, now: Number, **ids: tuple[str, str]) -> ClaimFigure:
    return ClaimFigure(f"claims.figure.{key}", tuple((n, *node) for n, node in ids.items()), then, now)


def _known(cell: Cell | None) -> int | None:
    return None if cell is None or cell.state == "not known" else cell.vendors


def _check_natures(claim: Claim, then: View | None, now: View) -> Decision:
    """All firms of a country make hardware: nobody is known for software or service, and lists are whole."""
    countries = claim.about.get("Country", ())
    if len(countries) != 1:
        return Decision(None, (), "no_subject")
    (country,) = countries
    cells = {nature: now.cell("nature", nature, country) for nature in ("hardware", "software", "service")}
    figures = [
        _figure(
            nature,
            _known(then.cell("nature", nature, country)) if then else None,
            _known(cell),
            country=("Country", country),
        )
        for nature, cell in cells.items()
    ]
    listed = _list_firms(then, country) if then else set()
    beyond = [firm for firm in listed if now.natures.get(firm, set()) - {"hardware"}]
    if listed:
        figures.append(_figure("listed", len(listed), len(listed), country=("Country", country)))
        figures.append(_figure("listed_beyond", None, len(beyond), country=("Country", country)))
    others = [cells[nature] for nature in ("software", "service")]
    if any(cell is not None and cell.state == "count" for cell in others):
        return Decision(holds=False, figures=tuple(figures))
    hardware = cells["hardware"]
    whole = all(cell is not None and cell.state == "none" for cell in others)
    sure = whole and hardware is not None and hardware.state == "count"
    return Decision(True if sure else None, tuple(figures))


def _list_firms(view: View, country: str) -> set[str]:
    """Return the firms of a country that a data set lists in segments."""
    vendors = view.graph.table("vendors")
    here = set(vendors.loc[vendors["country"] == country, "id"])
    return here & set(view.graph.current("listed_in")["vendor"])


def _check_segment(claim: Claim, then: View | None, now: View) -> Decision:
    """Firms of several countries have their place in a segment, of which one solution needs several things."""
    countries, segments = claim.about.get("Country", ()), claim.about.get("Segment", ())
    if len(countries) < 2 or len(segments) != 1:
        return Decision(None, (), "no_subject")
    (segment,) = segments
    cells = {country: now.cell("segment", segment, country) for country in countries}
    figures = [
        _figure(
            "segment_vendors",
            _known(then.cell("segment", segment, country)) if then else None,
            _known(cell),
            country=("Country", country),
            segment=("Segment", segment),
        )
        for country, cell in cells.items()
    ]
    if len(countries) == 2:
        first, second = countries
        rows = [view.row("segment", segment, (first, second)) if view else None for view in (then, now)]
        overlaps = [None if row is None else row.overlap for row in rows]
        figures.append(_figure("overlap", *overlaps, segment=("Segment", segment)))
    several = _count_solutions(now.graph, segment)
    before = _count_solutions(then.graph, segment) if then else None
    figures.append(_figure("several", before, several, segment=("Segment", segment)))
    if any(cell is not None and cell.state == "none" for cell in cells.values()):
        return Decision(holds=False, figures=tuple(figures))
    there = all(cell is not None and cell.state == "count" for cell in cells.values())
    return Decision(True if there and several else None, tuple(figures))


def _count_solutions(graph: SupplyGraph, segment: str) -> int | None:
    """Count the solutions that require several components of a segment; None: no requirements are known."""
    needs = graph.current("solution_requires")
    if needs.empty:
        return None
    components = graph.table("components")
    inside = components.loc[components["segment"] == segment, "id"]
    counts = needs[needs["requires"].isin(inside)].groupby("solution")["requires"].nunique()
    return int((counts > 1).sum())


def _check_loop(claim: Claim, _: View | None, now: View) -> Decision:
    """There are so many layers, and data run through all of them and back."""
    layers = sorted(now.graph.table("layers")["id"])
    feeds = now.graph.current("layer_feeds")
    steps = dict(zip(feeds["layer"], feeds["feeds"], strict=True))
    loop = _follow(steps, layers[0]) if layers else []
    # Layers are of the model: no data set states them.
    figures = (
        _figure("layers", None, len(layers) or None),
        _figure("loop", None, len(loop) if steps else None),
    )
    if not layers or not steps or claim.figure is None:
        return Decision(None, figures)
    closed = len(steps) == len(feeds) and len(loop) == len(layers) and steps.get(loop[-1]) == layers[0]
    return Decision(closed and len(layers) == claim.figure, figures)


def _follow(steps: Mapping[str, str], start: str) -> list[str]:
    """Return the layers that data run through from one, each once."""
    found = [start]
    while (following := steps.get(found[-1])) is not None and following not in found:
        found.append(following)
    return found


def _check_obstacles(claim: Claim, then: View | None, now: View) -> Decision:
    """So many obstacles are known."""
    count = len(now.graph.table("obstacles"))
    before = len(then.graph.table("obstacles")) if then else 0
    figures = (_figure("obstacles", before or None, count or None),)
    if not count or claim.figure is None:
        return Decision(None, figures)
    return Decision(count == claim.figure, figures)


def _check_engineers(claim: Claim, then: View | None, now: View) -> Decision:
    """Named firms are, or have been, in the named countries; where none is named nearly all have offices."""
    firms, countries = claim.about.get("EngineeringFirm", ()), claim.about.get("Country", ())
    if firms:
        return _check_presence(firms, countries, then, now)
    offices, before = _count_offices(now), _count_offices(then) if then else (0, 0)
    figures = (
        _figure("abroad", before[0] or None, offices[0] or None),
        _figure("offices", before[1] if before[0] else None, offices[1] if offices[0] else None),
    )
    if not offices[0]:
        return Decision(None, figures)
    return Decision(offices[1] >= NEARLY_ALL * offices[0], figures)


def _count_offices(view: View) -> tuple[int, int]:
    """Count the engineering firms that are or were abroad, and those of them with an office abroad."""
    offices, projects = view.places("operates_in"), view.places("has_built_in")
    abroad = [firm for firm in offices if offices[firm] or projects[firm]]
    return len(abroad), sum(bool(offices[firm]) for firm in abroad)


def _check_presence(
    firms: tuple[str, ...], countries: tuple[str, ...], then: View | None, now: View
) -> Decision:
    """Look for an office or past work; a country with neither is silence, which says nothing."""
    if not countries:
        return Decision(None, (), "no_subject")

    def count(view: View, firm: str) -> int:
        there = view.places("operates_in").get(firm, set()) | view.places("has_built_in").get(firm, set())
        return len(there & set(countries))

    figures = [
        _figure(
            "present", count(then, firm) if then else None, count(now, firm), firm=("EngineeringFirm", firm)
        )
        for firm in firms
    ]
    figures.append(_figure("named", len(countries), len(countries)))
    everywhere = all(count(now, firm) == len(countries) for firm in firms)
    return Decision(True if everywhere else None, tuple(figures))


def _check_growth(claim: Claim, then: View | None, now: View) -> Decision:
    """So many per cent more than the year before, by two other claims of one source."""
    if claim.figure is None or claim.year is None or claim.unit != "%":
        return Decision(None, (), "no_subject")
    grown, before = _measure_growth(claim, now), _measure_growth(claim, then) if then else None
    figures = (_figure("growth", before, grown),)
    if grown is None:
        return Decision(None, figures)
    digits = len(f"{claim.figure:g}".partition(".")[2])
    return Decision(round(grown, digits) == claim.figure, figures)


def _measure_growth(claim: Claim, view: View) -> float | None:
    """Return the growth in per cent of what the same organisation counted; None unless two claims say so."""
    subjects = list_subjects(view.graph)
    source = set(claim.about.get("Organisation", ()))
    by_year: defaultdict[tuple[str | None, int], list[float]] = defaultdict(list)
    for row in view.graph.table("claims").to_dict("records"):
        other = read_claim(row, subjects.get(row["id"], {}))
        if other.figure is None or other.year is None or other.unit == "%":
            continue
        if source & set(other.about.get("Organisation", ())):
            by_year[other.unit, other.year].append(other.figure)
    pairs = [
        (earlier[0], later[0])
        for (unit, year), later in by_year.items()
        if year == claim.year
        for earlier in [by_year.get((unit, year - 1), [])]
        if len(later) == len(earlier) == 1 and earlier[0]
    ]
    if len(pairs) != 1:
        return None
    ((earlier, later),) = pairs
    return (later / earlier - 1) * 100


CHECKS: Mapping[str, Callable[[Claim, View | None, View], Decision]] = MappingProxyType(
    {
        "claims-about": _check_growth,
        "coverage-by-nature": _check_natures,
        "coverage-by-segment": _check_segment,
        "engineering-firms": _check_engineers,
        "obstacles": _check_obstacles,
        "solution-loop": _check_loop,
    }
)
"""How the rows of each saved question decide on a claim."""
