"""Engineering firms and obstacles abroad, as answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from kizuna._render import Answer, Block, Branch, Cell, Column, Heading, Sheet
from kizuna.answers.names import Names, head_answer, record_data, record_scope, record_source
from kizuna.answers.sources import Sources
from kizuna.graph import SupplyGraph
from kizuna.queries import EngineeringPartner, Market, ObstacleRemover, Scope
from kizuna.queries.infrastructure import find_narrower_fields, list_partner_countries

__all__ = ["head_data", "make_columns", "tell_engineers", "tell_obstacles"]

_NUMBERS = (
    *("place", "ties", "total", "rank", "weight", "findings", "confirms", "others", "then", "now"),
    *("claimed", "whole_vendors", "part_vendors"),
)


def make_columns(keys: Sequence[str], names: Names, *, area: str = "field") -> tuple[Column, ...]:
    """Return columns headed by the messages of an area, or by general ones where it has none."""
    own = ("id", "name", "rank", "kind")
    return tuple(
        Column(
            names.say(f"cli.column.{key}" if key in own else f"{area}.column.{key}"),
            number=key in _NUMBERS,
            whole=key == "id" or key in _NUMBERS,
        )
        for key in keys
    )


def head_data(graph: SupplyGraph, lang: str, *, selection: Mapping[str, str]) -> tuple[str, ...]:
    """Return the head of an answer that counts no offers: which data it is from, and what was selected."""
    names = Names(graph, lang)
    data = " ".join(part for part in (graph.name, graph.version) if part)
    lines = [names.say("scope.data", data=data, date=graph.as_of or "?", hash=graph.content_hash[:12])]
    if selection:
        text = "; ".join(f"{name} = {value}" for name, value in selection.items())
        lines.append(names.say("scope.filters", filters=text))
    return tuple(lines)


def _say_yes(names: Names, *, value: bool) -> str:
    """Return yes or no."""
    return names.say("field.yes" if value else "field.no")


# ---- engineering firms ----


def tell_engineers(
    graph: SupplyGraph,
    partners: Sequence[EngineeringPartner],
    *,
    country: str,
    domain: str,
    lang: str,
    selection: Mapping[str, str],
) -> Answer:
    """Return the engineering firms for work of a field in a country, office and past work told apart."""
    names, evidence = Names(graph, lang), _Evidence(graph)
    sources = Sources(names)
    homes = graph.table("engineering_firms")["country"]
    narrower = sorted(find_narrower_fields(graph, domain) - {domain})
    asked = {"country": names.name("Country", country), "domain": names.name("Domain", domain)}
    rows = tuple(_partner_to_read(p, names, sources, evidence.of_partner(p, country)) for p in partners)
    blocks: list[Block] = [Heading(names.say("field.engineers.title", **asked))]
    if narrower:
        blocks.append(names.say("field.engineers.narrower", fields=names.join("Domain", narrower)))
    if (homes == country).any():
        blocks.append(
            names.say("field.engineers.home", country=asked["country"], n=int((homes == country).sum()))
        )
    if rows:
        blocks += [
            Sheet(make_columns(_PARTNER, names), rows),
            names.say("field.engineers.legend"),
            Branch(names.say("cli.explain.sources"), tuple(map(Branch, sources.lines()))),
        ]
    else:
        blocks += _say_instead(graph, domain, names)
    return Answer(
        head=head_data(graph, lang, selection=selection),
        blocks=tuple(blocks),
        document=lambda: {
            "data": record_data(graph),
            "selection": dict(selection),
            "country": names.record("Country", country),
            "domain": names.record("Domain", domain),
            "narrower": names.records("Domain", narrower),
            "firms_at_home": int((homes == country).sum()),
            "partners": [_record_partner(p, names, evidence.of_partner(p, country)) for p in partners],
        },
        sheet=Sheet(
            make_columns(_PARTNER_CELLS, names), tuple(_partner_to_count(p, names) for p in partners)
        ),
    )


_PARTNER = ("match", "firm", "home", "fields", "office", "project", "removes", "sources")
_PARTNER_CELLS = (
    *("match", "firm_id", "firm", "home", "fields_ids", "fields", "office", "project", "removes"),
)


def _say_match(partner: EngineeringPartner, names: Names) -> str:
    return names.say(f"field.match.{partner.match.replace(' ', '-')}")


def _partner_to_read(
    partner: EngineeringPartner, names: Names, sources: Sources, rows: Sequence[pd.Series]
) -> tuple[Cell, ...]:
    return (
        _say_match(partner, names),
        names.show("EngineeringFirm", partner.firm),
        names.name("Country", partner.home),
        names.join("Domain", partner.fields) or "-",
        _say_yes(names, value=partner.office),
        _say_yes(names, value=partner.project),
        names.join("Obstacle", partner.removes) or "-",
        " ".join(f"[{number}]" for number in dict.fromkeys(map(sources.number, rows))),
    )


def _partner_to_count(partner: EngineeringPartner, names: Names) -> tuple[Cell, ...]:
    return (
        _say_match(partner, names),
        partner.firm,
        names.name("EngineeringFirm", partner.firm),
        partner.home,
        ";".join(partner.fields),
        ";".join(names.name("Domain", field) for field in partner.fields),
        _say_yes(names, value=partner.office),
        _say_yes(names, value=partner.project),
        ";".join(partner.removes),
    )


def _record_partner(partner: EngineeringPartner, names: Names, rows: Sequence[pd.Series]) -> dict[str, Any]:
    return {
        "match": partner.match,
        "firm": names.record("EngineeringFirm", partner.firm),
        "home": names.record("Country", partner.home),
        "fields": names.records("Domain", partner.fields),
        "office": partner.office,
        "project": partner.project,
        "removes": names.records("Obstacle", partner.removes),
        "evidence": [record_source(row) for row in rows],
    }


def _say_instead(graph: SupplyGraph, domain: str, names: Names) -> Iterator[str]:
    """Say that nobody answers, and for which countries somebody would."""
    yield names.say("field.engineers.none")
    countries = list_partner_countries(graph, domain=domain)
    if countries:
        yield names.say("field.engineers.instead", countries=names.join("Country", countries))
    else:
        yield names.say("field.engineers.nowhere")


class _Evidence:
    """Rows of the edges of engineering firms and obstacles, by their ends."""

    def __init__(self, graph: SupplyGraph) -> None:
        self._graph = graph
        self._rows: dict[str, dict[tuple[str, str], pd.Series]] = {}

    def row(self, table: str, source: str, target: str) -> pd.Series:
        """Return the row in force from one end to the other; its columns come in the order of the file."""
        if table not in self._rows:
            frame = self._graph.current(table)
            self._rows[table] = {(row.iloc[0], row.iloc[1]): row for _, row in frame.iterrows()}
        return self._rows[table][source, target]

    def of_partner(self, partner: EngineeringPartner, country: str) -> list[pd.Series]:
        """Return what says that a firm answers: its fields asked for, its office and its past work."""
        rows = [self.row("works_in", partner.firm, field) for field in partner.fields]
        rows += [self.row("operates_in", partner.firm, country)] if partner.office else []
        rows += [self.row("has_built_in", partner.firm, country)] if partner.project else []
        return rows


# ---- obstacles ----

_TABLES = {"Vendor": "vendor_removes", "EngineeringFirm": "firm_removes", "Measure": "measure_removes"}


def tell_obstacles(
    graph: SupplyGraph,
    removers: Sequence[ObstacleRemover],
    *,
    scope: Scope,
    lang: str,
    selection: Mapping[str, str],
) -> Answer:
    """Return what hinders firms abroad, and who can remove it with what, each with its source."""
    names, market, evidence = Names(graph, lang), Market(graph, scope), _Evidence(graph)
    sources = Sources(names)
    obstacles = list(dict.fromkeys(remover.obstacle for remover in removers))

    def row(remover: ObstacleRemover) -> pd.Series:
        assert remover.label is not None and remover.remover is not None  # noqa: S101  asked of those only
        return evidence.row(_TABLES[remover.label], remover.remover, remover.obstacle)

    answered = {remover.obstacle for remover in removers if remover.label is not None}
    blocks: list[Block] = [Heading(names.say("field.obstacles.title"))]
    if obstacles:
        blocks.append(names.say("field.obstacles.counts", obstacles=len(obstacles), answered=len(answered)))
    else:
        blocks.append(names.say("field.obstacles.empty"))
    for obstacle in obstacles:
        there = [r for r in removers if r.obstacle == obstacle]
        blocks.append(
            Branch(
                names.show("Obstacle", obstacle),
                tuple(_branch_remover(r, names, sources, row) for r in there),
            )
        )
    if answered:
        blocks.append(Branch(names.say("cli.explain.sources"), tuple(map(Branch, sources.lines()))))
    return Answer(
        head=head_answer(market, lang, selection=selection),
        blocks=tuple(blocks),
        document=lambda: {
            "scope": record_scope(market, lang, selection=selection),
            "obstacles": [
                {
                    **names.record("Obstacle", obstacle),
                    "removed_by": [
                        _record_remover(r, names, row)
                        for r in removers
                        if r.obstacle == obstacle and r.label is not None
                    ],
                }
                for obstacle in obstacles
            ],
        },
        sheet=Sheet(
            make_columns(_REMOVER_CELLS, names), tuple(_remover_to_count(r, names, row) for r in removers)
        ),
    )


_REMOVER_CELLS = (
    *("obstacle_id", "obstacle", "kind", "remover_id", "remover", "offers_ids", "offers", "confidence"),
    *("note", "source_kind", "source_title", "source_url", "as_of"),
)
RowOf = Callable[[ObstacleRemover], pd.Series]


def _say_kind(remover: ObstacleRemover, names: Names) -> str:
    return names.say(f"field.kind.{(remover.label or '').lower()}")


def _branch_remover(remover: ObstacleRemover, names: Names, sources: Sources, row: RowOf) -> Branch:
    if remover.label is None or remover.remover is None:
        return Branch(names.say("field.obstacles.nobody"))
    line = names.say(
        "field.obstacles.line",
        remover=names.show(remover.label, remover.remover),
        kind=_say_kind(remover, names),
        confidence=names.say(f"field.confidence.{remover.confidence or 'unknown'}"),
        source=sources.number(row(remover)),
    )
    more = [remover.note] if remover.note else []
    if remover.components:
        offered = names.join("Component", remover.components)
        more.append(names.say("field.obstacles.offers", components=offered))
    return Branch(line, tuple(map(Branch, more)))


def _record_remover(remover: ObstacleRemover, names: Names, row: RowOf) -> dict[str, Any]:
    assert remover.label is not None and remover.remover is not None  # noqa: S101  asked of those only
    return {
        "label": remover.label,
        **names.record(remover.label, remover.remover),
        "offers": names.records("Component", remover.components),
        "confidence": remover.confidence,
        "note": remover.note,
        "evidence": record_source(row(remover)),
    }


def _remover_to_count(remover: ObstacleRemover, names: Names, row: RowOf) -> tuple[Cell, ...]:
    head = (remover.obstacle, names.name("Obstacle", remover.obstacle))
    if remover.label is None or remover.remover is None:
        return (*head, *(None for _ in _REMOVER_CELLS[2:]))
    source = record_source(row(remover))
    return (
        *head,
        _say_kind(remover, names),
        remover.remover,
        names.name(remover.label, remover.remover),
        ";".join(remover.components),
        ";".join(names.name("Component", component) for component in remover.components),
        remover.confidence,
        remover.note,
        *(source[key] for key in ("source_kind", "source_title", "source_url", "as_of")),
    )
