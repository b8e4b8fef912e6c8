"""The questions: who covers what, and where a chain hangs on one vendor, group or country.

Everything named here is loaded when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._lazy import load_lazily

if TYPE_CHECKING:
    from .analysis import Analysis
    from .chain_places import PARTS, ChainTie, ChainVariant, Place, Relation
    from .chains import Chain, Chains, find_chains
    from .complementarity import Complement, Complementarity, Contribution, classify_complementarity
    from .concentration import HHIRange, measure_hhi
    from .coverage import LEVELS, Cell, Coverage, CoverageRow, measure_coverage, measure_overlap
    from .cut_sets import (
        BUDGET,
        Importance,
        SetFinder,
        TooManyError,
        UnitSets,
        find_minimal_cut_sets,
        find_minimal_path_sets,
        measure_importance,
        minimal_cut_sets,
    )
    from .difference import CellChange, Comparison, FieldChange, FindingChange, Why, compare_graphs
    from .exposure import Exposure, Import, Reliance, measure_exposure
    from .findings import Doubt, Finding, finding_id, rank_findings
    from .gaps import Gaps, find_gaps
    from .groups import Groups, find_groups
    from .infrastructure import (
        MATCHES,
        EngineeringPartner,
        Match,
        ObstacleRemover,
        find_engineering_partners,
        list_obstacle_removers,
    )
    from .loop import Loop, LoopLayer, trace_loop
    from .losses import Losses, find_losses
    from .market import UNITS, Market
    from .mixture import CAUSES, Cause, FactChange, FactWhat, Mixer
    from .route_network import (
        ROUTE_EDGES,
        Route,
        RouteLink,
        RouteNetwork,
        RouteNode,
        RouteStep,
        build_route_network,
    )
    from .routes import Routes, find_routes
    from .saved import SavedQuery, bind_parameters, list_saved, read_saved, run_saved
    from .scope import Scope
    from .second_sources import SecondSource, list_abroad, list_second_sources
    from .structure import Structure, build_structure, evaluate
    from .ties import TIE_LAYERS, TieCount, Ties, WhiteSpot, WhiteSpots, count_ties, find_white_spots
    from .verdict import Judgement, judge_finding
    from .what_if import Switch, Target, Weakened, WhatIf, ask_what_if
    from .witness import Requirement, Witness
    from .wording import describe_scope, name_node, say_doubt

__all__ = [
    "BUDGET",
    "CAUSES",
    "LEVELS",
    "MATCHES",
    "PARTS",
    "ROUTE_EDGES",
    "TIE_LAYERS",
    "UNITS",
    "Analysis",
    "Cause",
    "Cell",
    "CellChange",
    "Chain",
    "ChainTie",
    "ChainVariant",
    "Chains",
    "Comparison",
    "Complement",
    "Complementarity",
    "Contribution",
    "Coverage",
    "CoverageRow",
    "Doubt",
    "EngineeringPartner",
    "Exposure",
    "FactChange",
    "FactWhat",
    "FieldChange",
    "Finding",
    "FindingChange",
    "Gaps",
    "Groups",
    "HHIRange",
    "Import",
    "Importance",
    "Judgement",
    "Loop",
    "LoopLayer",
    "Losses",
    "Market",
    "Match",
    "Mixer",
    "ObstacleRemover",
    "Place",
    "Relation",
    "Reliance",
    "Requirement",
    "Route",
    "RouteLink",
    "RouteNetwork",
    "RouteNode",
    "RouteStep",
    "Routes",
    "SavedQuery",
    "Scope",
    "SecondSource",
    "SetFinder",
    "Structure",
    "Switch",
    "Target",
    "TieCount",
    "Ties",
    "TooManyError",
    "UnitSets",
    "Weakened",
    "WhatIf",
    "WhiteSpot",
    "WhiteSpots",
    "Why",
    "Witness",
    "ask_what_if",
    "bind_parameters",
    "build_route_network",
    "build_structure",
    "classify_complementarity",
    "compare_graphs",
    "count_ties",
    "describe_scope",
    "evaluate",
    "find_chains",
    "find_engineering_partners",
    "find_gaps",
    "find_groups",
    "find_losses",
    "find_minimal_cut_sets",
    "find_minimal_path_sets",
    "find_routes",
    "find_white_spots",
    "finding_id",
    "judge_finding",
    "list_abroad",
    "list_obstacle_removers",
    "list_saved",
    "list_second_sources",
    "measure_coverage",
    "measure_exposure",
    "measure_hhi",
    "measure_importance",
    "measure_overlap",
    "minimal_cut_sets",
    "name_node",
    "rank_findings",
    "read_saved",
    "run_saved",
    "say_doubt",
    "trace_loop",
]

_MODULES: dict[str, tuple[str, ...]] = {
    "analysis": ("Analysis",),
    "chain_places": (
        "PARTS",
        "ChainTie",
        "ChainVariant",
        "Place",
        "Relation",
    ),
    "chains": (
        "Chain",
        "Chains",
        "find_chains",
    ),
    "complementarity": (
        "Complement",
        "Complementarity",
        "Contribution",
        "classify_complementarity",
    ),
    "concentration": (
        "HHIRange",
        "measure_hhi",
    ),
    "coverage": (
        "LEVELS",
        "Cell",
        "Coverage",
        "CoverageRow",
        "measure_coverage",
        "measure_overlap",
    ),
    "cut_sets": (
        "BUDGET",
        "Importance",
        "SetFinder",
        "TooManyError",
        "UnitSets",
        "find_minimal_cut_sets",
        "find_minimal_path_sets",
        "measure_importance",
        "minimal_cut_sets",
    ),
    "difference": (
        "CellChange",
        "Comparison",
        "FieldChange",
        "FindingChange",
        "Why",
        "compare_graphs",
    ),
    "exposure": (
        "Exposure",
        "Import",
        "Reliance",
        "measure_exposure",
    ),
    "findings": (
        "Doubt",
        "Finding",
        "finding_id",
        "rank_findings",
    ),
    "gaps": (
        "Gaps",
        "find_gaps",
    ),
    "groups": (
        "Groups",
        "find_groups",
    ),
    "infrastructure": (
        "MATCHES",
        "EngineeringPartner",
        "Match",
        "ObstacleRemover",
        "find_engineering_partners",
        "list_obstacle_removers",
    ),
    "loop": (
        "Loop",
        "LoopLayer",
        "trace_loop",
    ),
    "losses": (
        "Losses",
        "find_losses",
    ),
    "market": (
        "UNITS",
        "Market",
    ),
    "mixture": (
        "CAUSES",
        "Cause",
        "FactChange",
        "FactWhat",
        "Mixer",
    ),
    "route_network": (
        "ROUTE_EDGES",
        "Route",
        "RouteLink",
        "RouteNetwork",
        "RouteNode",
        "RouteStep",
        "build_route_network",
    ),
    "routes": (
        "Routes",
        "find_routes",
    ),
    "saved": (
        "SavedQuery",
        "bind_parameters",
        "list_saved",
        "read_saved",
        "run_saved",
    ),
    "scope": ("Scope",),
    "second_sources": (
        "SecondSource",
        "list_abroad",
        "list_second_sources",
    ),
    "structure": (
        "Structure",
        "build_structure",
        "evaluate",
    ),
    "ties": (
        "TIE_LAYERS",
        "TieCount",
        "Ties",
        "WhiteSpot",
        "WhiteSpots",
        "count_ties",
        "find_white_spots",
    ),
    "verdict": (
        "Judgement",
        "judge_finding",
    ),
    "what_if": (
        "Switch",
        "Target",
        "Weakened",
        "WhatIf",
        "ask_what_if",
    ),
    "witness": (
        "Requirement",
        "Witness",
    ),
    "wording": (
        "describe_scope",
        "name_node",
        "say_doubt",
    ),
}

__getattr__, __dir__ = load_lazily(__name__, _MODULES)
