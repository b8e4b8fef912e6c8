"""The model, and the graph that holds it.

Everything named here is loaded when it is first used: a Cypher query needs no pandas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._lazy import load_lazily

if TYPE_CHECKING:
    from .model import COMPANY_RELATIONS, EVIDENCE, MODEL, NAMES
    from .network import to_networkx
    from .schema import ColumnEdge, EdgeTable, End, Kind, Model, NodeTable, Property, Table
    from .storage import load_graph, save_graph
    from .subgraph import list_datasets, select_subgraph
    from .subject import select_solution, select_vendor
    from .supply import SupplyGraph
    from .tables import coerce_table, split_list
    from .view import end_of_date, first_day, in_force, last_day, resolve_statements

__all__ = [
    "COMPANY_RELATIONS",
    "EVIDENCE",
    "MODEL",
    "NAMES",
    "ColumnEdge",
    "EdgeTable",
    "End",
    "Kind",
    "Model",
    "NodeTable",
    "Property",
    "SupplyGraph",
    "Table",
    "coerce_table",
    "end_of_date",
    "first_day",
    "in_force",
    "last_day",
    "list_datasets",
    "load_graph",
    "resolve_statements",
    "save_graph",
    "select_solution",
    "select_subgraph",
    "select_vendor",
    "split_list",
    "to_networkx",
]

_MODULES: dict[str, tuple[str, ...]] = {
    "model": (
        "COMPANY_RELATIONS",
        "EVIDENCE",
        "MODEL",
        "NAMES",
    ),
    "network": ("to_networkx",),
    "schema": (
        "ColumnEdge",
        "EdgeTable",
        "End",
        "Kind",
        "Model",
        "NodeTable",
        "Property",
        "Table",
    ),
    "storage": (
        "load_graph",
        "save_graph",
    ),
    "subject": (
        "select_solution",
        "select_vendor",
    ),
    "subgraph": (
        "list_datasets",
        "select_subgraph",
    ),
    "supply": ("SupplyGraph",),
    "tables": (
        "coerce_table",
        "split_list",
    ),
    "view": (
        "end_of_date",
        "first_day",
        "in_force",
        "last_day",
        "resolve_statements",
    ),
}

__getattr__, __dir__ = load_lazily(__name__, _MODULES)
