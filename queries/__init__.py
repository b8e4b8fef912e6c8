"""The questions: who covers what, and where a chain hangs on one vendor, group or country.

Everything named here is loaded when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._lazy import load_lazily

if TYPE_CHECKING:
    from .analysis import Analysis
    from .concentration import HHIRange, measure_hhi
    from .coverage import LEVELS, Cell, Coverage, CoverageRow, measure_coverage, measure_overlap
    from .findings import Doubt, Finding, finding_id, rank_findings
    from .gaps import Gaps, find_gaps
    from .groups import Groups, find_groups
    from .losses import Losses, find_losses
    from .market import UNITS, Market
    from .scope import Scope
    from .second_sources import SecondSource, list_abroad, list_second_sources
    from .structure import Structure, build_structure, evaluate
    from .verdict import Judgement, judge_finding
    from .witness import Requirement, Witness
    from .wording import describe_scope, name_node, say_doubt

__all__ = [
    "LEVELS",
    "UNITS",
    "Analysis",
    "Cell",
    "Coverage",
    "CoverageRow",
    "Doubt",
    "Finding",
    "Gaps",
    "Groups",
    "HHIRange",
    "Judgement",
    "Losses",
    "Market",
    "Requirement",
    "Scope",
    "SecondSource",
    "Structure",
    "Witness",
    "build_structure",
    "describe_scope",
    "evaluate",
    "find_gaps",
    "find_groups",
    "find_losses",
    "finding_id",
    "judge_finding",
    "list_abroad",
    "list_second_sources",
    "measure_coverage",
    "measure_hhi",
    "measure_overlap",
    "name_node",
    "rank_findings",
    "say_doubt",
]

_MODULES: dict[str, tuple[str, ...]] = {
    "analysis": ("Analysis",),
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
    "losses": (
        "Losses",
        "find_losses",
    ),
    "market": (
        "UNITS",
        "Market",
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
    "verdict": (
        "Judgement",
        "judge_finding",
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
