"""Partners for infrastructure abroad: engineering firms by office, past project and field, and obstacles.

An office and past work are never merged: a firm with an office can act today, one that has only built there
knows the place. A firm's home country answers nothing: what is asked for is who can help abroad.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, get_args

import pandas as pd

from .._errors import UnknownNameError
from ..graph import MODEL, SupplyGraph
from .market import Market
from .scope import Scope, check_meaning

__all__ = [
    "MATCHES",
    "EngineeringPartner",
    "Match",
    "ObstacleRemover",
    "find_engineering_partners",
    "find_narrower_fields",
    "list_obstacle_removers",
    "list_partner_countries",
]

Match = Literal["office and field", "project and field", "office only"]
MATCHES: tuple[Match, ...] = get_args(Match)
"""How a firm answers, best first."""


@dataclass(frozen=True)
class EngineeringPartner:
    """A firm that could take on work of a field in a country.

    Parameters
    ----------
    match
        How it answers: one of :data:`MATCHES`.
    firm, home
        Who, and the country of its seat.
    fields
        Its fields that were asked for: the field itself, or narrower ones. None for ``office only``.
    office, project
        Whether it has an office in the country, and whether it has worked there.
    removes
        Obstacles of firms abroad that it can remove, by a source.
    """

    match: Match
    firm: str
    home: str
    fields: tuple[str, ...]
    office: bool
    project: bool
    removes: tuple[str, ...]


@dataclass(frozen=True)
class ObstacleRemover:
    """An obstacle of firms abroad, and one that can remove it.

    Parameters
    ----------
    obstacle
        Which.
    label, remover
        ``EngineeringFirm``, ``Measure`` or ``Vendor``, and which one; None if no source names any.
    confidence, note
        How surely the source supports it, and what a reader must know; None if blank.
    components
        What a vendor offers to do it with: its counted offers.
    """

    obstacle: str
    label: str | None = None
    remover: str | None = None
    confidence: str | None = None
    note: str | None = None
    components: tuple[str, ...] = ()


def find_engineering_partners(
    graph: SupplyGraph, *, country: str, domain: str
) -> tuple[EngineeringPartner, ...]:
    """Find the engineering firms for work of a field in a target country, best first.

    A firm answers by ``office and field``, by ``project and field`` (it has worked there, and has no
    office), or by ``office only`` (its fields are others). Past work in another field answers nothing.

    Parameters
    ----------
    graph
        The graph.
    country
        Target country, ISO code. Firms at home there are left out.
    domain
        Id of a field of engineering; firms of narrower fields are found too, those of wider ones not.

    Returns
    -------
    tuple of EngineeringPartner
        By match, then id.

    Raises
    ------
    UnknownNameError
        The graph has no such country or field.

    Notes
    -----
    The saved query ``engineering-firms`` gives the same rows.
    """
    _check_name(graph, "country", "Country", country)
    _check_name(graph, "domain", "Domain", domain)
    fields = _gather(graph, "works_in", "firm", "domain")
    wanted = find_narrower_fields(graph, domain)
    offices = _gather(graph, "operates_in", "country", "firm")[country]
    projects = _gather(graph, "has_built_in", "country", "firm")[country]
    removes = _gather(graph, "firm_removes", "firm", "obstacle")
    firms = graph.table("engineering_firms")
    found = []
    for firm, home in zip(firms["id"], firms["country"], strict=True):
        asked = tuple(sorted(fields[firm] & wanted))
        match = _match(firm in offices, firm in projects, bool(asked))
        if match is None or home == country:
            continue
        obstacles = tuple(sorted(removes[firm]))
        found.append(
            EngineeringPartner(match, firm, home, asked, firm in offices, firm in projects, obstacles)
        )
    return tuple(sorted(found, key=lambda partner: (MATCHES.index(partner.match), partner.firm)))


def _match(office: bool, project: bool, field: bool) -> Match | None:
    if field and office:
        return "office and field"
    if field and project:
        return "project and field"
    return "office only" if office else None


def _check_name(graph: SupplyGraph, argument: str, label: str, name: str) -> None:
    known = graph.nodes(label)["id"].tolist()
    if name in known:
        return
    near = get_close_matches(name, known, n=3)
    hint = f"did you mean {', '.join(near)}? There" if near else "there"
    raise UnknownNameError(
        f"`{argument}`: no {label} {name!r}; {hint} are {', '.join(sorted(known)) or 'none'}"
    )


def _gather(graph: SupplyGraph, table: str, by: str, what: str) -> defaultdict[str, set[str]]:
    """Return the other ends of the edges in force of a table, by one of their ends."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    frame = graph.current(table)
    for key, value in zip(frame[by], frame[what], strict=True):
        found[key].add(value)
    return found


def find_narrower_fields(graph: SupplyGraph, domain: str) -> frozenset[str]:
    """Return a field of engineering and all narrower ones.

    Examples
    --------
    >>> fields = pd.DataFrame({"id": ["civil", "bridges", "power"], "broader": [None, "civil", None]})
    >>> sorted(find_narrower_fields(SupplyGraph({"domains": fields}), "civil"))
    ['bridges', 'civil']
    """
    narrower: defaultdict[str, list[str]] = defaultdict(list)
    domains = graph.table("domains")
    for field, broader in zip(domains["id"], domains["broader"], strict=True):
        if isinstance(broader, str):
            narrower[broader].append(field)
    found, todo = {domain}, [domain]
    while todo:
        new = [field for field in narrower[todo.pop()] if field not in found]
        found.update(new)
        todo.extend(new)
    return frozenset(found)


def list_partner_countries(graph: SupplyGraph, *, domain: str) -> tuple[str, ...]:
    """List the countries for which :func:`find_engineering_partners` finds a firm of a field.

    Parameters
    ----------
    graph
        The graph.
    domain
        Id of a field of engineering; narrower fields count.

    Returns
    -------
    tuple of str
        ISO codes, sorted. Where a firm has an office only, and its fields are others, is left out.

    Raises
    ------
    UnknownNameError
        The graph has no such field.
    """
    _check_name(graph, "domain", "Domain", domain)
    fields = _gather(graph, "works_in", "firm", "domain")
    wanted = find_narrower_fields(graph, domain)
    abroad = [_gather(graph, table, "firm", "country") for table in ("operates_in", "has_built_in")]
    firms = graph.table("engineering_firms")
    return tuple(
        sorted(
            {
                country
                for firm, home in zip(firms["id"], firms["country"], strict=True)
                if fields[firm] & wanted
                for places in abroad
                for country in places[firm] - {home}
            }
        )
    )


def list_obstacle_removers(graph: SupplyGraph, *, scope: Scope | None = None) -> tuple[ObstacleRemover, ...]:
    """List what hinders firms abroad, and who or what can remove it, by a source.

    Parameters
    ----------
    graph
        The graph.
    scope
        Which offers of a vendor count; default: those in volume or limited, and those of unknown status.

    Returns
    -------
    tuple of ObstacleRemover
        By obstacle, label and id. An obstacle that nothing is known to remove has one row that names none.

    Notes
    -----
    The saved query ``obstacles`` gives the same rows.
    """
    scope = check_meaning(
        scope or Scope(), "it lists what each vendor offers", "made", "min_groups", "min_share"
    )
    offers = _list_offers(graph, scope)
    removers = list(_list_removers(graph, offers))
    named = {remover.obstacle for remover in removers}
    alone = [
        ObstacleRemover(obstacle) for obstacle in graph.table("obstacles")["id"] if obstacle not in named
    ]
    return tuple(sorted([*removers, *alone], key=lambda r: (r.obstacle, r.label or "", r.remover or "")))


def _list_offers(graph: SupplyGraph, scope: Scope) -> dict[str, tuple[str, ...]]:
    """Components that each vendor offers, by the offers that count."""
    if graph.table("vendor_removes").empty:
        return {}
    market = Market(graph, scope)
    offers = market.offers[market.counted]
    found: defaultdict[str, list[str]] = defaultdict(list)
    for vendor, component in zip(offers["vendor"], offers["component"], strict=True):
        found[vendor].append(component)
    return {vendor: tuple(sorted(components)) for vendor, components in found.items()}


def _list_removers(graph: SupplyGraph, offers: dict[str, tuple[str, ...]]) -> Iterator[ObstacleRemover]:
    for table in MODEL.edge_tables("REMOVES"):
        frame = graph.current(table.name)
        columns = (table.source.column, "obstacle", "confidence", "note")
        for remover, obstacle, confidence, note in zip(*(frame[c] for c in columns), strict=True):
            yield ObstacleRemover(
                obstacle,
                table.source.label,
                remover,
                None if pd.isna(confidence) else confidence,
                None if pd.isna(note) else note,
                offers.get(remover, ()) if table.source.label == "Vendor" else (),
            )
