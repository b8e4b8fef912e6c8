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
    from kizuna.answers.finding import describe_finding
    from kizuna.answers.partner_card import write_partner_card
    from kizuna.answers.report import write_report
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
        ask_what_if,
        check_claims,
        classify_complementarity,
        compare_graphs,
        count_ties,
        describe_scope,
        find_chains,
        find_component_partners,
        find_engineering_partners,
        find_gaps,
        find_line_ups,
        find_minimal_cut_sets,
        find_minimal_path_sets,
        find_partners,
        find_routes,
        find_white_spots,
        judge_finding,
        list_abroad,
        list_obstacle_removers,
        list_research,
        list_second_sources,
        locate_finding,
        measure_coverage,
        measure_exposure,
        measure_importance,
        name_node,
        say_doubt,
        trace_loop,
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
    "ask_what_if",
    "check_claims",
    "classify_complementarity",
    "compare_graphs",
    "connect",
    "count_ties",
    "describe_finding",
    "describe_scope",
    "find_chains",
    "find_component_partners",
    "find_engineering_partners",
    "find_gaps",
    "find_line_ups",
    "find_minimal_cut_sets",
    "find_minimal_path_sets",
    "find_partners",
    "find_routes",
    "find_white_spots",
    "judge_finding",
    "list_abroad",
    "list_datasets",
    "list_obstacle_removers",
    "list_research",
    "list_second_sources",
    "load_folder",
    "load_graph",
    "load_seeds",
    "locate_finding",
    "measure_coverage",
    "measure_exposure",
    "measure_importance",
    "name_node",
    "save_graph",
    "say_doubt",
    "select_subgraph",
    "to_networkx",
    "trace_loop",
    "validate_folder",
    "write_explorer",
    "write_page",
    "write_partner_card",
    "write_report",
]

_PARTS: dict[str, tuple[str, ...]] = {
    "_connect": ("connect",),
    "answers.partner_card": ("write_partner_card",),
    "answers.finding": ("describe_finding",),
    "answers.report": ("write_report",),
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
        *("Scope", "ask_what_if", "check_claims", "classify_complementarity"),
        *("compare_graphs", "count_ties", "describe_scope", "find_chains"),
        *("find_component_partners", "find_engineering_partners", "find_gaps", "find_line_ups"),
        *("find_minimal_cut_sets", "find_minimal_path_sets", "find_partners", "find_routes"),
        *("find_white_spots", "judge_finding", "list_abroad", "list_obstacle_removers"),
        *("list_research", "list_second_sources", "locate_finding", "measure_coverage"),
        *("measure_exposure", "measure_importance", "name_node", "say_doubt"),
        *("trace_loop",),
    ),
    "viz": ("write_explorer", "write_page"),
}

__getattr__, __dir__ = load_lazily(__name__, _PARTS)
