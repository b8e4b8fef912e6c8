"""Which nodes and relationships of a graph are drawn, and what they are called: plain rows, no pyvis."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from .._errors import InputError
from .._messages import pick_name
from ..graph import MODEL, SupplyGraph
from ._cells import clean_text

__all__ = ["Drawn", "Row", "list_names", "pick_drawn"]

Row = Mapping[str, Any]
_ENDS = ("from_label", "from", "to_label", "to")


@dataclass(frozen=True)
class Drawn:
    """What is drawn, and how much there is.

    Parameters
    ----------
    nodes
        A row of what is known of each node, with ``label``, in the model's order of labels.
    lines
        A row of each relationship, with ``type``, and ``a`` and ``b``: the numbers of its nodes.
    whole
        How many nodes of the labels asked for the graph has.
    """

    nodes: Sequence[Row]
    lines: Sequence[Row]
    whole: int


def pick_drawn(
    graph: SupplyGraph, labels: Collection[str], edges: Collection[str] | None, most: int
) -> Drawn:
    """Return the nodes of some labels and the relationships in force between them.

    Of more nodes than `most`, those with the most relationships are drawn, and the relationships between
    these.

    Raises
    ------
    InputError
        `labels` or `edges` names what the model does not have, or `most` is below 1.
    """
    _check(labels, MODEL.nodes, "labels")
    _check(edges or (), MODEL.edge_types, "edges")
    if most < 1:
        raise InputError(f"`most` must be at least 1; found {most}")
    frames = _list_edges(graph, labels, MODEL.edge_types if edges is None else edges)
    keys = [
        f"{label}:{node}" for label in MODEL.nodes if label in labels for node in graph.nodes(label)["id"]
    ]
    kept = _choose(keys, frames, most)
    place = {key: number for number, key in enumerate(key for key in keys if key in kept)}
    lines = [
        {**row, "type": edge, "a": place[a], "b": place[b]}
        for edge, frame in frames.items()
        for a, b, row in _list_rows(frame)
        if a in place and b in place
    ]
    return Drawn(_list_nodes(graph, labels, place), lines, len(keys))


def list_names(row: Row, lang: str) -> list[str]:
    """Return the names of a node, each once, the one for `lang` first; its id if it has none."""
    names = [pick_name(row, lang), *(row.get(f"name_{other}") for other in ("en", "zh", "ja"))]
    return [clean_text(name) for name in dict.fromkeys(names) if isinstance(name, str) and name]


def _check(given: Collection[str], known: Collection[str], argument: str) -> None:
    if isinstance(given, str):
        raise InputError(f"`{argument}` must be a list of names, not the text {given!r}")
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise InputError(f"`{argument}`: no {', '.join(unknown)}; there are {', '.join(known)}")


def _list_edges(
    graph: SupplyGraph, labels: Collection[str], edges: Collection[str]
) -> dict[str, pd.DataFrame]:
    """Return the relationships in force between nodes of some labels, by type, with the keys of both ends."""
    in_force = SupplyGraph.of_typed({name: graph.current(name) for name in graph.tables})
    frames = {}
    for edge in (edge for edge in MODEL.edge_types if edge in edges):
        frame = in_force.edges(edge)
        frame = frame[frame["from_label"].isin(labels) & frame["to_label"].isin(labels)]
        keys = {
            end: frame[f"{side}_label"].astype(str) + ":" + frame[side].astype(str)
            for end, side in (("a", "from"), ("b", "to"))
        }
        frames[edge] = frame.drop(columns=list(_ENDS)).assign(**keys)
    return frames


def _choose(keys: Sequence[str], frames: Mapping[str, pd.DataFrame], most: int) -> Collection[str]:
    """Return the keys of the nodes that are drawn; of equals the first in the tables."""
    if len(keys) <= most:
        return set(keys)
    ends = [frame[end] for frame in frames.values() for end in ("a", "b")]
    counts = pd.concat(ends).value_counts().to_dict() if ends else {}
    return set(sorted(keys, key=lambda key: -counts.get(key, 0))[:most])


def _list_rows(frame: pd.DataFrame) -> list[tuple[str, str, dict[str, Any]]]:
    """Return both ends of each relationship and what is known of it."""
    rows = _known(frame)
    return [(row.pop("a"), row.pop("b"), row) for row in rows]


def _list_nodes(graph: SupplyGraph, labels: Collection[str], place: Mapping[str, int]) -> list[Row]:
    nodes: list[Row] = []
    for label in (label for label in MODEL.nodes if label in labels):
        frame = graph.nodes(label)
        drawn = [f"{label}:{node}" in place for node in frame["id"]]
        nodes += [{**row, "label": label} for row in _known(frame[drawn])]
    return nodes


def _known(frame: pd.DataFrame) -> list[dict[str, Any]]:
    columns = {name: frame[name].tolist() for name in frame.columns}
    known = {name: frame[name].notna().tolist() for name in frame.columns}
    return [{c: columns[c][i] for c in columns if known[c][i]} for i in range(len(frame))]
