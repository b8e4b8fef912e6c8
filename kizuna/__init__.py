"""Explore the Taiwan–Japan IoT supply chain as a graph.

Everything named here is loaded when it is first used, so that ``import kizuna`` costs next to nothing.

Examples
--------
>>> import kizuna
>>> graph = kizuna.load_seeds()
>>> gaps = kizuna.find_gaps(graph)
>>> "tsmc" in [finding.member for finding in gaps.cuts]
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kizuna._lazy import load_lazily
from kizuna._version import __version__

if TYPE_CHECKING:
    from kizuna._connect import connect
    from kizuna._errors import (
        InputError,
        KizunaError,
        MissingExtraError,
        QueryError,
        QueryTimeoutError,
        ReadOnlyError,
        UnavailableError,
        UnknownNameError,
    )
    from kizuna.graph import (
        MODEL,
        SupplyGraph,
        list_datasets,
        load_graph,
        save_graph,
        select_subgraph,
        to_networkx,
    )
    from kizuna.loaders import Problem, ValidationError, load_folder, load_seeds, validate_folder
    from kizuna.queries import (
        Scope,
        describe_scope,
        find_gaps,
        judge_finding,
        list_abroad,
        list_second_sources,
        measure_coverage,
        name_node,
        say_doubt,
    )
    from kizuna.viz import write_explorer, write_page

__all__ = [
    "MODEL",
    "InputError",
    "KizunaError",
    "MissingExtraError",
    "Problem",
    "QueryError",
    "QueryTimeoutError",
    "ReadOnlyError",
    "Scope",
    "SupplyGraph",
    "UnavailableError",
    "UnknownNameError",
    "ValidationError",
    "__version__",
    "connect",
    "describe_scope",
    "find_gaps",
    "judge_finding",
    "list_abroad",
    "list_datasets",
    "list_second_sources",
    "load_folder",
    "load_graph",
    "load_seeds",
    "measure_coverage",
    "name_node",
    "save_graph",
    "say_doubt",
    "select_subgraph",
    "to_networkx",
    "validate_folder",
    "write_explorer",
    "write_page",
]

_PARTS: dict[str, tuple[str, ...]] = {
    "_connect": ("connect",),
    "_errors": (
        *("InputError", "KizunaError", "MissingExtraError", "QueryError"),
        *("QueryTimeoutError", "ReadOnlyError", "UnavailableError", "UnknownNameError"),
    ),
    "graph": (
        *("MODEL", "SupplyGraph", "list_datasets", "load_graph"),
        *("save_graph", "select_subgraph", "to_networkx"),
    ),
    "loaders": ("Problem", "ValidationError", "load_folder", "load_seeds", "validate_folder"),
    "queries": (
        *("Scope", "describe_scope", "find_gaps", "judge_finding", "list_abroad"),
        *("list_second_sources", "measure_coverage", "name_node", "say_doubt"),
    ),
    "viz": ("write_explorer", "write_page"),
}

__getattr__, __dir__ = load_lazily(__name__, _PARTS)
