"""How far a finding can be trusted: confirmed or apparent, and what would settle it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from .analysis import Analysis
from .findings import Doubt, Finding, Verdict
from .market import Ints
from .witness import Witness

__all__ = ["Judgement", "judge_finding"]

_REST_OF_WORLD = "*"


@dataclass(frozen=True)
class Judgement:
    """A verdict with its reasons.

    Parameters
    ----------
    verdict
        ``confirmed`` or ``apparent``.
    doubts
        What would have to be settled for it to be confirmed; none if it is.
    witnesses
        The witness of each lost solution; of each lost component, if no solution is lost.
    """

    verdict: Verdict
    doubts: tuple[Doubt, ...]
    witnesses: dict[str, Witness]


def judge_finding(analysis: Analysis, finding: Finding) -> Judgement:
    """Judge one finding.

    It is confirmed if, at each root, the list of vendors is known to be complete in every country in scope
    by a source at most 36 months old, without a placeholder; every requirement on the witnesses of all
    solutions lost is cited or of the report with confidence at least medium; the cut's own offers of the
    roots are cited and have a status; and the control edges used are cited. Where the scope asks where offers
    are made, this must be stated of all offers of the roots, and the list of the rest of the world be
    complete too; where it asks for shares, those stated must be cited. Otherwise it is apparent.

    Parameters
    ----------
    analysis
        The analysis that the finding comes from.
    finding
        The finding.
    """
    builder = analysis.witnesses(finding)
    targets = finding.solutions or finding.components
    nodes = (analysis.solution_nodes if finding.solutions else analysis.component_nodes)(targets)
    witnesses = {target: builder.build(node) for target, node in zip(targets, nodes.tolist(), strict=True)}
    doubts = {
        *_doubt_completeness(analysis, finding),
        *_doubt_requirements(analysis, witnesses.values()),
        *_doubt_offers(analysis, finding),
        *_doubt_control(analysis, finding),
        *_doubt_places(analysis, finding),
        *_doubt_shares(analysis, finding),
    }
    ordered = tuple(sorted(doubts, key=Doubt.sort_key))
    return Judgement("apparent" if ordered else "confirmed", ordered, witnesses)


def _doubt_completeness(analysis: Analysis, finding: Finding) -> Iterator[Doubt]:
    scope = analysis.scope
    # Firms of the whole world may make it in the two countries.
    everywhere = scope.within == "world" or analysis.market.by_made
    countries = [*scope.pair, *([_REST_OF_WORLD] if everywhere else [])]
    for root in finding.roots:
        for country in countries:
            ids = {"component": ("Component", root), "country": ("Country", country)}
            stated = analysis.completeness.get((root, country))
            if stated is None or stated.stated == "unknown":
                yield Doubt.of("doubt.completeness_missing", ids)
            elif stated.stated != "complete":
                yield Doubt.of("doubt.completeness_partial", ids)
            elif not stated.cited:
                yield Doubt.of("doubt.completeness_uncited", ids)
            elif not stated.recent:
                yield Doubt.of("doubt.completeness_old", ids)
    yield from _doubt_placeholders(analysis, finding)


def _doubt_placeholders(analysis: Analysis, finding: Finding) -> Iterator[Doubt]:
    """Doubt lists with a placeholder in a country in scope."""
    market = analysis.market
    offers = market.offers_on(analysis.component_nodes(finding.roots))
    offers = offers[market.unnamed[market.offer_vendor[offers]]]
    if analysis.scope.within == "pair":
        there = market.offer_in_pair if not market.by_made else market.offer_in_pair | ~market.places.known
        offers = offers[there[offers]]
    for offer in offers.tolist():
        component, vendor = market.column("component")[offer], market.column("vendor")[offer]
        ids = {"component": ("Component", component), "vendor": ("Vendor", vendor)}
        yield Doubt.of("doubt.placeholder", ids)


def _doubt_requirements(analysis: Analysis, witnesses: Iterable[Witness]) -> Iterator[Doubt]:
    for witness in witnesses:
        for above in witness.walk():
            for below in above.children:
                if below.via is None:
                    continue
                source_kind, confidence = analysis.requirement_evidence[below.via]
                ids = {"whole": (above.label, above.id), "part": (below.label, below.id)}
                if source_kind not in ("cited", "report"):
                    yield Doubt.of("doubt.requirement_uncited", ids)
                elif confidence not in ("medium", "high"):
                    yield Doubt.of("doubt.requirement_weak", ids)


def _own_offers(analysis: Analysis, finding: Finding) -> Iterator[dict[str, Any]]:
    """Yield the counted offers of the roots by vendors of the cut."""
    market, vendors = analysis.market, set(finding.vendors)
    columns = ("vendor", "component", "source_kind", "status", "since")
    offers = market.offers_on(analysis.component_nodes(finding.roots))
    for offer in offers[market.present[offers]].tolist():
        if market.column("vendor")[offer] in vendors:
            yield {name: market.column(name)[offer] for name in columns}


def _doubt_offers(analysis: Analysis, finding: Finding) -> Iterator[Doubt]:
    past = _is_past(analysis)
    for row in _own_offers(analysis, finding):
        ids = {"vendor": ("Vendor", row["vendor"]), "component": ("Component", row["component"])}
        if row["source_kind"] != "cited":
            yield Doubt.of("doubt.offer_uncited", ids)
        if pd.isna(row["status"]):
            yield Doubt.of("doubt.offer_status", ids)
        if past and pd.isna(row["since"]):
            yield Doubt.of("doubt.offer_since", ids)


def _doubt_places(analysis: Analysis, finding: Finding) -> Iterator[Doubt]:
    """Doubt a finding by places of making where nobody states those of a counted offer of a root."""
    market = analysis.market
    if market.by_made:
        offers = market.offers_on(analysis.component_nodes(finding.roots))
        silent = market.counted[offers] & ~market.places.known[offers]
        yield from _name_offers(analysis, "doubt.offer_place", offers[silent])


def _doubt_shares(analysis: Analysis, finding: Finding) -> Iterator[Doubt]:
    """Doubt a finding by shares where no page states one that is used."""
    market = analysis.market
    if analysis.scope.min_share is not None:
        offers = market.offers_on(analysis.component_nodes(finding.roots))
        stated = offers[(market.counted & market.own_share)[offers]]
        kinds = market.column("source_kind")
        uncited = [offer for offer in stated.tolist() if kinds[offer] != "cited"]
        yield from _name_offers(analysis, "doubt.share_uncited", np.array(uncited, dtype=np.int64))


def _name_offers(analysis: Analysis, key: str, offers: Ints) -> Iterator[Doubt]:
    vendors, components = map(analysis.market.column, ("vendor", "component"))
    for offer in offers.tolist():
        yield Doubt.of(
            key, {"vendor": ("Vendor", vendors[offer]), "component": ("Component", components[offer])}
        )


def _doubt_control(analysis: Analysis, finding: Finding) -> Iterator[Doubt]:
    """Control edges are used where groups are lost, or countries by owner."""
    by_owner = finding.unit == "country" and analysis.scope.country_by == "owner"
    if finding.unit != "group" and not by_owner:
        return
    edges, past = analysis.market.groups.edges, _is_past(analysis)
    todo, used = list(finding.vendors), set[int]()
    while todo:
        new = [p for p in analysis.controllers.get(todo.pop(), []) if p not in used]
        used.update(new)
        todo.extend(edges["from_vendor"].iloc[p] for p in new)
    for row in edges.iloc[sorted(used)].to_dict("records"):
        ids = {"owner": ("Vendor", row["from_vendor"]), "owned": ("Vendor", row["to_vendor"])}
        if row["source_kind"] != "cited":
            yield Doubt.of("doubt.control_uncited", ids)
        if pd.isna(row["control"]) and pd.isna(row["share"]):
            yield Doubt.of("doubt.control_silent", ids)
        if past and pd.isna(row["since"]):
            yield Doubt.of("doubt.control_since", ids)


def _is_past(analysis: Analysis) -> bool:
    """Say whether the graph is looked at on a day before its own, when a blank `since` may be too late."""
    graph = analysis.graph
    return bool(graph.date) and graph.as_of < graph.date
