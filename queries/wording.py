"""Answers in words: names, scope, verdicts and doubts in three languages."""

from __future__ import annotations

from .._messages import pick_name, say
from ..graph import MODEL, SupplyGraph
from .findings import Doubt
from .market import Market

__all__ = ["describe_scope", "name_node", "say_doubt"]


def name_node(graph: SupplyGraph, label: str, node: str, lang: str = "en") -> str:
    """Return the name of a node in `lang`, or its id if the graph does not have it.

    Parameters
    ----------
    graph
        The graph.
    label, node
        Label and id of the node. Country ``*`` is the rest of the world.
    lang
        ``zh``, ``ja`` or ``en``.
    """
    if label == "Country" and node == "*":
        return say("scope.elsewhere", lang)
    table = graph.table(MODEL.nodes[label].name)
    rows = table[table["id"] == node]
    if rows.empty:
        return node
    return pick_name({str(column): cell for column, cell in rows.iloc[0].items()}, lang)


def say_doubt(graph: SupplyGraph, doubt: Doubt, lang: str = "en") -> str:
    """Return what would settle a doubt, as one sentence."""
    names = {place: name_node(graph, label, node, lang) for place, label, node in doubt.ids}
    return say(doubt.key, lang, **names)


def describe_scope(market: Market, lang: str = "en") -> list[str]:
    """Return the lines that every answer prints: scope, filters, unknown statuses, and what φ says."""
    scope, graph = market.scope, market.graph
    within = say(f"scope.within_{scope.within}", lang, a=scope.pair[0], b=scope.pair[1])
    parts = [within, say(f"scope.by_{scope.country_by}", lang)]
    filters = scope.filters()
    said = ("pair", "within", "country_by", "min_groups", "min_share")
    shown = {name: filters[name] for name in filters if name not in said}
    if shown:
        text = "; ".join(f"{name} = {value}" for name, value in shown.items())
        parts.append(say("scope.filters", lang, filters=text))
    if scope.min_groups > 1:
        parts.append(say("scope.min_groups", lang, groups=scope.min_groups))
    if scope.min_share is not None:
        parts.append(say("scope.min_share", lang, share=f"{scope.min_share:.10g}"))
    data = " ".join(part for part in (graph.name, graph.version) if part)
    lines = [
        say("scope.separator", lang).join(parts),
        say("scope.data", lang, data=data, date=graph.as_of or "?", hash=graph.content_hash[:12]),
        say("scope.status", lang, counted=int(market.present.sum()), blank=market.blank_status),
        say("scope.phi", lang),
    ]
    if market.by_made:
        unknown = say("scope.places", lang, counted=int(market.present.sum()), unknown=market.unplaced)
        lines.insert(3, unknown)
    return lines
