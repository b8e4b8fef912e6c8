"""The graph as networkx knows it, for scripting."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pandas as pd

from .model import MODEL
from .supply import SupplyGraph

__all__ = ["to_networkx"]


def to_networkx(graph: SupplyGraph) -> nx.MultiDiGraph:
    """Return the graph as a ``MultiDiGraph``; only facts in force, one edge a fact.

    A node is the pair ``(label, id)``, because an id is unique within its label only; its attributes are
    the properties that are known, and ``label``. An edge has its type as key, the second of one type
    between two nodes ``TYPE:2`` and so on, and its type and known properties as attributes.

    Parameters
    ----------
    graph
        The graph; for another day, ``select_subgraph(graph, as_of=...)``.

    Examples
    --------
    >>> toy = SupplyGraph({
    ...     "vendors": pd.DataFrame({"id": ["tsmc"], "country": ["TW"]}),
    ...     "countries": pd.DataFrame({"id": ["TW"]}),
    ... })
    >>> list(to_networkx(toy).edges(keys=True))
    [(('Vendor', 'tsmc'), ('Country', 'TW'), 'BASED_IN')]
    """
    network: nx.MultiDiGraph = nx.MultiDiGraph(name=graph.name, version=graph.version, date=graph.as_of)
    for label, table in MODEL.nodes.items():
        for properties in _records(graph.table(table.name)):
            network.add_node((label, properties["id"]), label=label, **properties)
    in_force = SupplyGraph.of_typed({name: graph.current(name) for name in graph.tables})
    for edge_type in MODEL.edge_types:
        for record in _records(in_force.edges(edge_type)):
            source = (record.pop("from_label"), record.pop("from"))
            target = (record.pop("to_label"), record.pop("to"))
            known = network.get_edge_data(source, target, default={}).values()
            n = 1 + sum(edge["type"] == edge_type for edge in known)
            key = edge_type if n == 1 else f"{edge_type}:{n}"
            network.add_edge(source, target, key=key, type=edge_type, **record)
    return network


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as dictionaries of what is known, in Python's own types."""
    columns = {name: frame[name].tolist() for name in frame.columns}
    known = {name: frame[name].notna().tolist() for name in frame.columns}
    return [{c: columns[c][i] for c in columns if known[c][i]} for i in range(len(frame))]
