"""The model, and the graph that holds it."""

from .model import COMPANY_RELATIONS, EVIDENCE, MODEL, NAMES
from .network import to_networkx
from .schema import ColumnEdge, EdgeTable, End, Kind, Model, NodeTable, Property, Table
from .storage import load_graph, save_graph
from .subgraph import list_datasets, select_subgraph
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
    "select_subgraph",
    "split_list",
    "to_networkx",
]
