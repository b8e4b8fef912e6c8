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
    from .claims import CHECKS, ClaimCheck, ClaimFigure, ClaimVerdict, check_claims
    from .complementarity import Complement, Complementarity, Contribution, classify_complementarity
    from .component_partners import (
        ComponentPartners,
        ComponentSide,
        Offerer,
        StandIn,
        find_component_partners,
    )
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
    from .difference import CellChange, Comparison, FieldChange, FindingChange, Obstacle, Why, compare_graphs
    from .exposure import Exposure, Import, Reliance, measure_exposure
    from .finding_search import FoundFinding, GapQuestion, locate_finding
    from .findings import Doubt, Finding, finding_id, rank_findings
    from .firm_ties import FirmTie, FirmTies
    from .gaps import MAX_ORDER, Gaps, find_gaps
    from .grounds import Ground, Standing, list_control, list_grounds, trace_finding
    from .groups import Groups, find_groups
    from .infrastructure import (
        MATCHES,
        EngineeringPartner,
        Match,
        ObstacleRemover,
        find_engineering_partners,
        find_narrower_fields,
        list_obstacle_removers,
        list_partner_countries,
    )
    from .lacking import Lacking, find_lacking
    from .line_ups import (
        EVIDENCE_GRADES,
        LINE_UP_BUDGET,
        LineUp,
        LineUps,
        Neighbours,
        SettledChoice,
        find_line_ups,
    )
    from .loop import Loop, LoopLayer, trace_loop
    from .losses import Losses, find_losses
    from .market import UNITS, Market
    from .mixture import CAUSES, Cause, FactChange, FactWhat, Mixer
    from .name_search import NameMatch, find_by_name, fold_name, pick_by_name
    from .partners import TIES_PLACED, Fit, Partner, Partners, Relief, find_partners
    from .research import ResearchItem, ResearchList, ResearchPlace, list_research
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
    from .scope import Scope, check_meaning
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
    "CHECKS",
    "EVIDENCE_GRADES",
    "LEVELS",
    "LINE_UP_BUDGET",
    "MATCHES",
    "MAX_ORDER",
    "PARTS",
    "ROUTE_EDGES",
    "TIES_PLACED",
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
    "ClaimCheck",
    "ClaimFigure",
    "ClaimVerdict",
    "Comparison",
    "Complement",
    "Complementarity",
    "ComponentPartners",
    "ComponentSide",
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
    "FirmTie",
    "FirmTies",
    "Fit",
    "FoundFinding",
    "GapQuestion",
    "Gaps",
    "Ground",
    "Groups",
    "HHIRange",
    "Import",
    "Importance",
    "Judgement",
    "Lacking",
    "LineUp",
    "LineUps",
    "Loop",
    "LoopLayer",
    "Losses",
    "Market",
    "Match",
    "Mixer",
    "NameMatch",
    "Neighbours",
    "Obstacle",
    "ObstacleRemover",
    "Offerer",
    "Partner",
    "Partners",
    "Place",
    "Relation",
    "Reliance",
    "Relief",
    "Requirement",
    "ResearchItem",
    "ResearchList",
    "ResearchPlace",
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
    "SettledChoice",
    "StandIn",
    "Standing",
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
    "check_claims",
    "check_meaning",
    "classify_complementarity",
    "compare_graphs",
    "count_ties",
    "describe_scope",
    "evaluate",
    "find_by_name",
    "find_chains",
    "find_component_partners",
    "find_engineering_partners",
    "find_gaps",
    "find_groups",
    "find_lacking",
    "find_line_ups",
    "find_losses",
    "find_minimal_cut_sets",
    "find_minimal_path_sets",
    "find_narrower_fields",
    "find_partners",
    "find_routes",
    "find_white_spots",
    "finding_id",
    "fold_name",
    "judge_finding",
    "list_abroad",
    "list_control",
    "list_grounds",
    "list_obstacle_removers",
    "list_partner_countries",
    "list_research",
    "list_saved",
    "list_second_sources",
    "locate_finding",
    "measure_coverage",
    "measure_exposure",
    "measure_hhi",
    "measure_importance",
    "measure_overlap",
    "minimal_cut_sets",
    "name_node",
    "pick_by_name",
    "rank_findings",
    "read_saved",
    "run_saved",
    "say_doubt",
    "trace_finding",
    "trace_loop",
]

_MODULES: dict[str, tuple[str, ...]] = {
    "analysis": ("Analysis",),
    "chain_places": ("PARTS", "ChainTie", "ChainVariant", "Place", "Relation"),
    "chains": ("Chain", "Chains", "find_chains"),
    "claims": ("CHECKS", "ClaimCheck", "ClaimFigure", "ClaimVerdict", "check_claims"),
    "complementarity": ("Complement", "Complementarity", "Contribution", "classify_complementarity"),
    "component_partners": (
        "ComponentPartners",
        "ComponentSide",
        "Offerer",
        "StandIn",
        "find_component_partners",
    ),
    "concentration": ("HHIRange", "measure_hhi"),
    "coverage": ("LEVELS", "Cell", "Coverage", "CoverageRow", "measure_coverage", "measure_overlap"),
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
        "Obstacle",
        "Why",
        "compare_graphs",
    ),
    "exposure": ("Exposure", "Import", "Reliance", "measure_exposure"),
    "finding_search": ("FoundFinding", "GapQuestion", "locate_finding"),
    "findings": ("Doubt", "Finding", "finding_id", "rank_findings"),
    "firm_ties": ("FirmTie", "FirmTies"),
    "gaps": ("MAX_ORDER", "Gaps", "find_gaps"),
    "grounds": ("Ground", "Standing", "list_control", "list_grounds", "trace_finding"),
    "groups": ("Groups", "find_groups"),
    "infrastructure": (
        "MATCHES",
        "EngineeringPartner",
        "Match",
        "ObstacleRemover",
        "find_engineering_partners",
        "find_narrower_fields",
        "list_obstacle_removers",
        "list_partner_countries",
    ),
    "lacking": ("Lacking", "find_lacking"),
    "line_ups": (
        "EVIDENCE_GRADES",
        "LINE_UP_BUDGET",
        "LineUp",
        "LineUps",
        "Neighbours",
        "SettledChoice",
        "find_line_ups",
    ),
    "loop": ("Loop", "LoopLayer", "trace_loop"),
    "losses": ("Losses", "find_losses"),
    "market": ("UNITS", "Market"),
    "mixture": ("CAUSES", "Cause", "FactChange", "FactWhat", "Mixer"),
    "name_search": ("NameMatch", "find_by_name", "fold_name", "pick_by_name"),
    "partners": ("TIES_PLACED", "Fit", "Partner", "Partners", "Relief", "find_partners"),
    "research": ("ResearchItem", "ResearchList", "ResearchPlace", "list_research"),
    "route_network": (
        "ROUTE_EDGES",
        "Route",
        "RouteLink",
        "RouteNetwork",
        "RouteNode",
        "RouteStep",
        "build_route_network",
    ),
    "routes": ("Routes", "find_routes"),
    "saved": ("SavedQuery", "bind_parameters", "list_saved", "read_saved", "run_saved"),
    "scope": ("Scope", "check_meaning"),
    "second_sources": ("SecondSource", "list_abroad", "list_second_sources"),
    "structure": ("Structure", "build_structure", "evaluate"),
    "ties": ("TIE_LAYERS", "TieCount", "Ties", "WhiteSpot", "WhiteSpots", "count_ties", "find_white_spots"),
    "verdict": ("Judgement", "judge_finding"),
    "what_if": ("Switch", "Target", "Weakened", "WhatIf", "ask_what_if"),
    "witness": ("Requirement", "Witness"),
    "wording": ("describe_scope", "name_node", "say_doubt"),
}

__getattr__, __dir__ = load_lazily(__name__, _MODULES)
