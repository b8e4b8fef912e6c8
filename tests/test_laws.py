"""Laws that hold between the questions, whatever the data: losses, cut sets, path sets, classes and names."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kizuna.graph import SupplyGraph
from kizuna.queries import (
    UNITS,
    Analysis,
    Scope,
    SetFinder,
    ask_what_if,
    classify_complementarity,
    measure_exposure,
)
from tests.graphs import Row, Rows, build_graph, make_graph, supply_rows

# Brute force over many random graphs: too long for a quick run.
pytestmark = pytest.mark.slow

SCOPES = st.sampled_from(
    [Scope(), Scope(country_by="owner"), Scope(within="world"), Scope(pair=("JP", "US"))]
)
PAIRS = st.sampled_from([Scope(), Scope(country_by="owner"), Scope(pair=("JP", "US"))])
WORLD = Scope(within="world")
_REMOVALS = {"vendor": "remove_vendors", "group": "remove_groups", "country": "remove_countries"}


def _targets(analysis: Analysis) -> list[tuple[Any, str]]:
    market = analysis.market
    return [
        *(("Component", c) for c in market.component_ids),
        *(("Solution", s) for s in market.solution_ids),
    ]


# ------------------------------------------------------- cut sets and losses


@settings(max_examples=20)
@given(
    rows=supply_rows(), scope=SCOPES, unit=st.sampled_from(UNITS), random=st.randoms(use_true_random=False)
)
def test_a_cut_set_kills_its_target_and_no_part_of_it_does(
    rows: Rows, scope: Scope, unit: str, random: Random
) -> None:
    """To remove a minimal cut set loses the target; to remove all of it but any one unit does not.

    A group across the border of the pair has members that cannot be lost; these are asked about in the world.
    """
    graph = build_graph(rows)
    analysis = Analysis(graph, WORLD if unit == "group" else scope)
    finder = SetFinder(analysis, unit=unit)
    for label, target in _targets(analysis):
        found = finder.find_cuts(target, label=label)
        cuts = list(found)
        for cut in random.sample(cuts, min(3, len(cuts))):
            assert found.feasible == bool(cut)
            assert _is_lost(graph, analysis, unit, cut, (label, target)) == found.feasible
            for spared in cut:
                left = [one for one in cut if one != spared]
                assert not _is_lost(graph, analysis, unit, left, (label, target))


def _is_lost(graph: SupplyGraph, analysis: Analysis, unit: str, gone: Any, target: tuple[str, str]) -> bool:
    removed: dict[str, Any] = {_REMOVALS[unit]: list(gone)}
    return target in ask_what_if(graph, analysis=analysis, **removed).lost


@settings(max_examples=20)
@given(rows=supply_rows(), scope=SCOPES)
def test_a_path_set_keeps_its_target_whoever_else_is_lost(rows: Rows, scope: Scope) -> None:
    """With everybody gone who is not in a minimal path set, the target can still be had; with one more, not."""
    graph = build_graph(rows)
    analysis = Analysis(graph, scope)
    finder = SetFinder(analysis)
    for label, target in _targets(analysis):
        found = finder.find_paths(target, label=label)
        for path in found.first(2):
            others = [unit for unit in found.units if unit not in path]
            assert (label, target) in ask_what_if(graph, analysis=analysis, remove_vendors=others).left
            for one in path:
                without = ask_what_if(graph, analysis=analysis, remove_vendors=[*others, one])
                assert (label, target) in without.lost


# --------------------------------------------------------------------- duals

Formula = str | tuple[bool, list[Any]]
"""A vendor, or whether all are needed of some formulas, and these."""


@st.composite
def _formulas(draw: st.DrawFn) -> Formula:
    """Draw a formula of "all of" and "any of" over six vendors, which may occur more than once."""
    leaves = st.sampled_from("uvwxyz")
    return draw(
        st.recursive(
            leaves,
            lambda parts: st.tuples(st.booleans(), st.lists(parts, min_size=2, max_size=3)),
            max_leaves=10,
        )
    )


def _build_formula(formula: Formula, *, dual: bool) -> SupplyGraph:
    """Return a graph in which s can be had if the formula holds, or its dual."""
    requires: list[str] = []
    names: dict[str, None] = {}

    def name(part: Formula) -> str:
        if isinstance(part, str):
            return f"c{part}"
        every, parts = part
        node = f"gate{len(names)}"
        names[node] = None
        below = [name(one) for one in parts]
        distinct = list(dict.fromkeys(below))
        if every != dual or len(distinct) == 1:
            requires.extend(f"{node}->{one}" for one in distinct)
        else:
            requires.append(f"{node}->[{'|'.join(distinct)}]")
        return node

    top = name(formula)
    return make_graph(
        vendors=" ".join(f"{v}:TW" for v in "uvwxyz"),
        offers=" ".join(f"{v}:c{v}" for v in "uvwxyz"),
        requires=" ".join([*requires, f"s->{top}"]),
        components=" ".join(f"{node}(virtual=yes)" for node in names),
        solutions="s",
    )


@settings(max_examples=40)
@given(formula=_formulas())
def test_cut_sets_are_the_path_sets_of_the_dual(formula: Formula) -> None:
    """Where "all of" and "any of" change places, cut sets and path sets do."""
    one, other = (SetFinder(Analysis(_build_formula(formula, dual=dual), Scope())) for dual in (False, True))
    for finder, mirror in ((one, other), (other, one)):
        found = finder.find_cuts("s")
        cuts = [found.units] if found.trivial else list(found)
        assert cuts == list(mirror.find_paths("s"))


# ---------------------------------------------------------------- more offers


@settings(max_examples=25)
@given(rows=supply_rows(), random=st.randoms(use_true_random=False))
def test_a_new_vendor_adds_no_weak_place(rows: Rows, random: Random) -> None:
    """World-wide, what is a cut set with one vendor more was one before, this vendor left out.

    Within a pair it would not hold: a first vendor at home takes the place of imports, which cannot be lost.
    """
    component = random.choice(rows["components"])
    offer = {"vendor": "new", "component": component["id"], "status": "volume", "dataset": "toy"}
    more: Rows = {
        **rows,
        "vendors": [*rows["vendors"], {"id": "new", "country": "JP", "placeholder": ""}],
        "offers": [*rows["offers"], offer],
    }
    before, after = (SetFinder(Analysis(build_graph(some), WORLD)) for some in (rows, more))
    for label, target in _targets(before.analysis):
        old = before.find_cuts(target, label=label)
        cuts = [set(old.units)] if old.trivial else [set(one) for one in old]
        for one in after.find_cuts(target, label=label):
            assert any(cut <= set(one) - {"new"} for cut in cuts)


# ----------------------------------------------------------------- new names

_NEW = {"Vendor": "n{}", "Component": "k{}", "Solution": "t{}"}
_COLUMNS = {
    "vendors": {"id": "Vendor"},
    "components": {"id": "Component"},
    "solutions": {"id": "Solution"},
    "offers": {"vendor": "Vendor", "component": "Component"},
    "owns": {"from_vendor": "Vendor", "to_vendor": "Vendor"},
    "component_requires": {"component": "Component", "requires": "Component"},
    "solution_requires": {"solution": "Solution", "requires": "Component"},
    "solution_builds_on": {"solution": "Solution", "requires": "Solution"},
}


def _rename(rows: Rows, random: Random) -> tuple[Rows, Callable[[Any], Any]]:
    """Give vendors, components and solutions other names; return the rows and what renames an answer."""
    new: dict[str, str] = {}
    for table, label in (("vendors", "Vendor"), ("components", "Component"), ("solutions", "Solution")):
        numbers = random.sample(range(len(rows[table])), len(rows[table]))
        new |= {row["id"]: _NEW[label].format(n) for row, n in zip(rows[table], numbers, strict=True)}

    def row_of(table: str, row: Row) -> Row:
        named = {column: new[row[column]] for column in _COLUMNS[table]}
        if row.get("in_house"):
            named["in_house"] = ";".join(new[part] for part in row["in_house"].split(";"))
        if row.get("share_of") in new:
            named["share_of"] = new[row["share_of"]]
        return {**row, **named}

    def translate(answer: Any) -> Any:
        """Rename what is an id; sets, because other names stand in another order."""
        if isinstance(answer, str):
            return new.get(answer, answer)
        if isinstance(answer, tuple | list):
            return (
                frozenset(enumerate_fields(answer))
                if hasattr(answer, "_fields")
                else frozenset(map(translate, answer))
            )
        return answer

    def enumerate_fields(answer: Any) -> Any:
        return ((name, translate(getattr(answer, name))) for name in answer._fields)

    return {table: [row_of(table, row) for row in some] for table, some in rows.items()}, translate


@settings(max_examples=20)
@given(rows=supply_rows(), scope=PAIRS, random=st.randoms(use_true_random=False))
def test_new_names_change_only_names(rows: Rows, scope: Scope, random: Random) -> None:
    """Under other names the same is lost, saved and weakened, and every class and exposure is the same."""
    renamed, translate = _rename(rows, random)
    old, new = build_graph(rows), build_graph(renamed)
    gone = random.sample([row["id"] for row in rows["vendors"]], 2)
    renamed_gone = sorted(translate(gone))
    was = ask_what_if(old, remove_vendors=gone, scope=scope)
    now = ask_what_if(new, remove_vendors=renamed_gone, scope=scope)
    for part in ("lost", "saved", "weakened", "left", "switches"):
        assert translate(getattr(was, part)) == _freeze(getattr(now, part))
    one, other = (classify_complementarity(graph, scope=scope) for graph in (old, new))
    classes = {row.id: (row.feasible, row.needs_third, frozenset(row.imports)) for row in other.rows}
    for row in one.rows:
        assert classes[translate(row.id)] == (row.feasible, row.needs_third, translate(row.imports))
    for before, after in zip(
        measure_exposure(old, scope=scope).sides, measure_exposure(new, scope=scope).sides, strict=True
    ):
        assert translate(before.solutions) == frozenset(after.solutions)
        assert translate(before.own) == frozenset(after.own)
        assert translate(before.bought) == frozenset(after.bought)


def _freeze(answer: Any) -> Any:
    """Return an answer as sets, as a renamed one is."""
    if hasattr(answer, "_fields"):
        return frozenset((name, _freeze(getattr(answer, name))) for name in answer._fields)
    return frozenset(map(_freeze, answer)) if isinstance(answer, tuple | list) else answer
