"""Names and scope of an answer, in the reader's language."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from kizuna._messages import pick_name, say
from kizuna.graph import SupplyGraph
from kizuna.queries import Market, describe_scope

__all__ = ["ROOTS_SHOWN", "Names", "head_answer", "record_data", "record_scope", "record_source"]


ROOTS_SHOWN = 4
"""Roots of one finding in a line of a table; the loss of a country may have a hundred."""


class Names:
    """Names of the nodes of one graph in one language, each table read once.

    Parameters
    ----------
    graph
        The graph.
    lang
        ``zh``, ``ja`` or ``en``.
    """

    def __init__(self, graph: SupplyGraph, lang: str) -> None:
        self.lang = lang
        self._graph = graph
        self._names: dict[str, dict[str, str]] = {}

    def name(self, label: str, node: str) -> str:
        """Return the name of a node, or its id if the graph does not have it."""
        if label == "Country" and node == "*":
            return say("scope.elsewhere", self.lang)
        if label not in self._names:
            table = self._graph.nodes(label)
            columns = [c for c in table.columns if c in ("id", "name_en", "name_zh", "name_ja")]
            rows = table[columns].to_dict("records")
            self._names[label] = {str(row["id"]): pick_name(_texts(row), self.lang) for row in rows}
        return self._names[label].get(node, node)

    def show(self, label: str, node: str) -> str:
        """Return name and id, ``TSMC (tsmc)``; an id that is the name only once."""
        name = self.name(label, node)
        return name if name == node else f"{name} ({node})"

    def join(self, label: str, nodes: Collection[str], most: int | None = None) -> str:
        """Return several names with their ids, as one text; at most some of them, and how many more."""
        return self.join_some([self.show(label, node) for node in nodes], most)

    def join_some(self, texts: Collection[str], most: int | None) -> str:
        """Return texts as one, at most some of them, and how many there are more."""
        shown = list(texts)[:most]
        joined = self.say("cli.separator").join(shown)
        if len(shown) == len(texts):
            return joined
        return self.say("cli.and_more", shown=joined, n=len(texts) - len(shown))

    def record(self, label: str, node: str) -> dict[str, str]:
        """Return a node as JSON has it."""
        return {"id": node, "name": self.name(label, node)}

    def records(self, label: str, nodes: Collection[str]) -> list[dict[str, str]]:
        """Return several nodes as JSON has them."""
        return [self.record(label, node) for node in nodes]

    def say(self, key: str, /, **parameters: object) -> str:
        """Return a message of the catalogue."""
        return say(key, self.lang, **parameters)


def _texts(row: Mapping[Any, Any]) -> dict[str, str]:
    return {str(key): value for key, value in row.items() if isinstance(value, str)}


def head_answer(
    market: Market, lang: str, *, selection: Mapping[str, str], missing: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the lines that stand at the head of every answer.

    Parameters
    ----------
    market
        What the answer counted.
    lang
        Language.
    selection
        What was selected of the data set before (data set, date of knowledge), as text by name.
    missing
        Edge types that the question needs and the data set lacks.
    """
    lines = describe_scope(market, lang)
    if selection:
        text = "; ".join(f"{name} = {value}" for name, value in selection.items())
        lines.insert(2, say("scope.filters", lang, filters=text))
    if missing:
        lines.append(say("scope.missing", lang, edges=", ".join(missing)))
    return tuple(lines)


def record_scope(
    market: Market, lang: str, *, selection: Mapping[str, str], missing: Collection[str] = ()
) -> dict[str, Any]:
    """Return the same as JSON has it: every parameter by name, and the lines as text."""
    scope, graph = market.scope, market.graph
    return {
        "pair": list(scope.pair),
        "within": scope.within,
        "country_by": scope.country_by,
        "statuses": list(scope.statuses),
        "role": scope.role,
        "source_kinds": list(scope.source_kinds) if scope.source_kinds is not None else None,
        "confidence": scope.confidence,
        "strict": scope.strict,
        "min_groups": scope.min_groups,
        "min_share": scope.min_share,
        "selection": dict(selection),
        "data": record_data(graph),
        "offers_counted": int(market.present.sum()),
        "offers_of_unknown_status": market.blank_status,
        "offers_of_unknown_place": market.unplaced if market.by_made else None,
        "missing": list(missing),
        "text": list(head_answer(market, lang, selection=selection, missing=missing)),
    }


def record_data(graph: SupplyGraph) -> dict[str, str]:
    """Return which data an answer is from, as JSON has it."""
    return {
        "name": graph.name,
        "version": graph.version,
        "date": graph.date,
        "as_of": graph.as_of,
        "hash": graph.content_hash,
    }


_EVIDENCE = ("dataset", "source_kind", "source_url", "source_title", "as_of", "confidence")


def record_source(row: pd.Series) -> dict[str, str | None]:
    """Return where a statement comes from, as JSON has it; what is not known is null."""
    return {name: row[name] if isinstance(row[name], str) else None for name in _EVIDENCE}
