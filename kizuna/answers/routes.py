"""Routes as rows and sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from kizuna._render import Answer, Block, Branch, Cell, Column, Heading, Sheet
from kizuna.answers.names import Names, head_answer, record_scope, record_source
from kizuna.answers.sources import Sources
from kizuna.graph import SupplyGraph
from kizuna.queries import Market, Route, RouteLink, Routes, RouteStep, Scope

__all__ = ["tell_routes"]

_COLUMNS = (
    *(
        "rank",
        "length",
        "step",
        "from_label",
        "from_id",
        "from",
        "edge",
        "forward",
        "to_label",
        "to_id",
        "to",
    ),
    *("source_kind", "as_of", "source_url"),
)


def tell_routes(
    found: Routes,
    graph: SupplyGraph,
    scope: Scope,
    *,
    limit: int,
    by: Sequence[str],
    missing: Sequence[str],
    lang: str,
    selection: Mapping[str, str],
) -> Answer:
    """Return the routes from one node to another, shortest first.

    Parameters
    ----------
    found
        The routes.
    graph, scope
        What was asked.
    limit
        How many were asked for.
    by
        The edge types that were followed.
    missing
        Those that were asked for by name, and that the data set lacks.
    lang, selection
        As for all answers.
    """
    told = _Told(found, graph, lang)
    market = Market(graph, scope)
    say = told.names.say
    source, target = (told.show(*node) for node in (found.source, found.target))
    head = (
        *head_answer(market, lang, selection=selection, missing=missing),
        say("paths.routes.asked", source=source, target=target),
        say("paths.routes.by", edges=", ".join(by)),
    )
    return Answer(
        head=head,
        blocks=tuple(told.blocks(limit)),
        document=lambda: {
            "scope": record_scope(market, lang, selection=selection, missing=missing),
            "by": list(by),
            "from": {"label": found.source.label, **told.names.record(*found.source)},
            "to": {"label": found.target.label, **told.names.record(*found.target)},
            "routes": [told.record(rank, route) for rank, route in enumerate(found.routes, 1)],
        },
        sheet=Sheet(
            tuple(Column(say(f"paths.column.{key}")) for key in _COLUMNS),
            tuple(row for rank, route in enumerate(found.routes, 1) for row in told.list_rows(rank, route)),
        ),
    )


class _Told:
    """What is said of some routes."""

    def __init__(self, found: Routes, graph: SupplyGraph, lang: str) -> None:
        self.found, self.graph = found, graph
        self.names = Names(graph, lang)
        self.sources = Sources(self.names)

    def show(self, label: str, node: str) -> str:
        """Return the name of a node, and which label it has."""
        return f"{self.names.show(label, node)} [{self.names.say(f'paths.label.{label.lower()}')}]"

    def _row(self, link: RouteLink) -> pd.Series:
        return self.graph.table(link.table).loc[[link.row]].iloc[0]

    def blocks(self, limit: int) -> Iterator[Block]:
        """Return the list of routes, then the steps of each."""
        say, routes = self.names.say, self.found.routes
        if not routes:
            yield say("paths.routes.none")
            return
        key = "paths.routes.count" if len(routes) < limit else "paths.routes.first"
        yield say(key, n=len(routes))
        for rank, route in enumerate(routes, 1):
            yield Heading(say("paths.routes.title", rank=rank, n=route.length))
            yield Branch(
                " – ".join(self.names.name(*node) for node in route.nodes),
                tuple(Branch(self._show_step(step)) for step in route.steps),
            )
        lines = tuple(Branch(line) for line in self.sources.lines())
        yield Branch(say("cli.explain.sources"), lines)

    def _show_step(self, step: RouteStep) -> str:
        arrows = []
        for link in step.links:
            number = self.sources.number(self._row(link))
            arrows.append(f"-{link.type}-> [{number}]" if link.forward else f"<-{link.type}- [{number}]")
        both = (self.names.show(*step.source), self.names.show(*step.target))
        return f"{both[0]} {self.names.say('cli.separator').join(arrows)} {both[1]}"

    def record(self, rank: int, route: Route) -> dict[str, Any]:
        """Return a route as JSON has it."""
        return {
            "rank": rank,
            "length": route.length,
            "nodes": [{"label": node.label, **self.names.record(*node)} for node in route.nodes],
            "steps": [
                [
                    {"type": link.type, "forward": link.forward, "evidence": record_source(self._row(link))}
                    for link in step.links
                ]
                for step in route.steps
            ],
        }

    def list_rows(self, rank: int, route: Route) -> Iterator[tuple[Cell, ...]]:
        """Yield a row for each edge of a route."""
        for number, step in enumerate(route.steps, 1):
            for link in step.links:
                source = record_source(self._row(link))
                yield (
                    rank,
                    route.length,
                    number,
                    step.source.label,
                    step.source.id,
                    self.names.name(*step.source),
                    link.type,
                    self.names.say(f"paths.{'forward' if link.forward else 'backward'}"),
                    step.target.label,
                    step.target.id,
                    self.names.name(*step.target),
                    *(source[key] for key in ("source_kind", "as_of", "source_url")),
                )
