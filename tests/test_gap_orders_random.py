"""Gaps of orders 2 and 3, at every unit, against brute force over all subsets; and the laws that hold of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from random import Random
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kizuna.queries import Analysis, Finding, Scope, ask_what_if, find_gaps
from kizuna.queries._gap_orders import CutSets
from tests.graphs import Rows, build_graph, supply_rows
from tests.oracle import Oracle

# Brute force over many random graphs: too long for a quick run.
pytestmark = pytest.mark.slow

NESTED = {
    "vendor": (),
    "group": ("vendor",),
    "city": ("vendor",),
    "region": ("vendor", "city"),
    "country": ("vendor", "group", "city", "region"),
    "exchange": ("vendor",),
    "size": ("vendor",),
}
PROPERTIES = ("region", "city", "exchange", "size")
UNITS = st.sampled_from(
    [
        ("vendor", "group", "country"),
        ("vendor", "city", "region", "country"),
        ("group", "region", "country"),
        ("exchange", "size"),
        ("group", "city", "country", "size"),
    ]
)
SCOPES = st.sampled_from([Scope(), Scope(within="world"), Scope(within="world", country_by="owner")])
DEMANDING = st.sampled_from([Scope(), Scope(min_groups=2), Scope(within="world", min_share=0.5)])
BY_PLACE = st.sampled_from([Scope(country_by="made"), Scope(within="world", country_by="made", min_groups=2)])


@st.composite
def located_rows(draw: st.DrawFn) -> Rows:
    """Random graphs whose vendors have regions, cities, exchanges and sizes, as far as anybody knows."""
    rows = draw(supply_rows())
    random = draw(st.randoms(use_true_random=False))
    places = {
        "region": ("north", "south", ""),
        "city": ("uji", "ise", "nara", ""),
        "size": ("large", "small"),
    }
    for vendor in rows["vendors"]:
        vendor.update({name: random.choice(values) for name, values in places.items()})
        vendor["exchange"] = random.choice(("TSE", "TWSE", ""))
    for offer in rows["offers"]:
        offer["made_in"] = random.choice(("", "TW", "JP", "JP;TW", "US", "JP;US"))
        offer["share_year"] = "2024" if offer["share"] else ""
    return rows


@dataclass(frozen=True)
class Set:
    """What a finding must say of a cut."""

    unit: str
    members: frozenset[str]
    targets: frozenset[str]
    roots: frozenset[str]
    vendors: frozenset[str]
    at_once: frozenset[str]
    direct: frozenset[str]
    also: frozenset[str]
    severity: float
    stand_ins: int


class Brute:
    """Every set of units of a small graph, taken away one after the other."""

    def __init__(self, rows: Rows, scope: Scope, units: Collection[str], *, solid: bool = False) -> None:
        asked = {"pair": scope.pair, "within": scope.within, "country_by": scope.country_by, "solid": solid}
        self.rows, self.units = rows, units
        self.oracle = Oracle(rows, **asked)  # type: ignore[arg-type]
        self.quick = Oracle(rows, kinds=("input", "service"), **asked)  # type: ignore[arg-type]
        self.vendor = {row["id"]: row for row in rows["vendors"]}
        self._lost: dict[frozenset[str], frozenset[str]] = {}

    def unit_of(self, unit: str, vendor: str) -> str:
        """Return the unit of a vendor; one whose property is blank is named by what no property can be."""
        if unit in PROPERTIES:
            return self.vendor[vendor][unit] or f"?{vendor}"
        return self.oracle.unit_of(unit)(vendor)

    def members(self, unit: str) -> dict[str, frozenset[str]]:
        """Return the vendors with counted offers of each unit, the unknown ones too."""
        found: dict[str, set[str]] = {}
        for row in self.oracle.present:
            found.setdefault(self.unit_of(unit, row["vendor"]), set()).add(row["vendor"])
        return {name: frozenset(vendors) for name, vendors in found.items()}

    def lost(self, vendors: frozenset[str]) -> frozenset[str]:
        """Return what is lost with some vendors."""
        if vendors not in self._lost:
            self._lost[vendors] = self.oracle.lost(vendors)
        return self._lost[vendors]

    def sets(self, unit: str, most: int) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
        """Yield every set of known units up to an order, but that of all units, with its vendors."""
        members = self.members(unit)
        known = [name for name in members if not name.startswith("?")]
        for order in range(1, min(most, len(members) - 1) + 1):
            for names in combinations(known, order):
                yield frozenset(names), frozenset().union(*(members[name] for name in names))

    def minimal_for(self, unit: str, names: frozenset[str]) -> frozenset[str]:
        """Return the targets that a set is a minimal cut set of."""
        members = self.members(unit)
        lost = self.lost(frozenset().union(*(members[name] for name in names)))
        for name in names:
            lost -= self.lost(frozenset().union(*(members[other] for other in names - {name})))
        return lost

    def cuts(self, most: int) -> set[Set]:
        """Return every finding up to an order."""
        found = set()
        for unit in self.units:
            for names, vendors in self.sets(unit, most):
                targets = self.minimal_for(unit, names)
                finer = {
                    target
                    for fine in NESTED[unit]
                    if fine in self.units
                    for inside, theirs in self.sets(fine, len(names))
                    if theirs <= vendors
                    for target in self.lost(theirs)
                }
                if targets - finer:
                    found.add(self._describe(unit, names, vendors, targets))
        return found

    def _describe(
        self, unit: str, names: frozenset[str], vendors: frozenset[str], targets: frozenset[str]
    ) -> Set:
        oracle = self.oracle
        below = self._below(targets, vendors)
        roots = {c for c in below if c in oracle.components and oracle._is_root(c, vendors)}
        makers = {r["vendor"] for r in oracle.present if r["component"] in roots and r["vendor"] in vendors}
        solutions = targets & set(oracle.solutions)
        feasible = [s for s in oracle.solutions if oracle.everyone.can(s)]
        direct = {
            s for s in solutions for item in oracle.needs.get(s, ()) if roots.intersection(item.alternatives)
        }
        return Set(
            unit=unit,
            members=names,
            targets=targets,
            roots=frozenset(roots),
            vendors=frozenset(makers),
            at_once=solutions & self.quick.lost(vendors),
            direct=frozenset(direct),
            also=frozenset(self._also(unit, names, vendors, targets)),
            severity=len(solutions) / len(feasible) if feasible else 0.0,
            stand_ins=len(self._stand_ins(roots, makers, unit, names)),
        )

    def _below(self, targets: frozenset[str], vendors: frozenset[str]) -> set[str]:
        """Return targets and whatever they need that is lost, over any number of steps that are lost."""
        everyone, left, lost = self.oracle.everyone, self.oracle.world(vendors), self.lost(vendors)
        found, todo = set(targets), list(targets)
        while todo:
            whole = todo.pop()
            made = everyone.ways[whole] if everyone.needs_vendor(whole) else [frozenset[str]()]
            for own in made:
                if not everyone.holds(whole, own):
                    continue  # one that could not deliver anyway is not lost
                for item in self.oracle.needs.get(whole, ()):
                    if not left.met(item, own):
                        new = {one for one in item.alternatives if one in lost} - found
                        found |= new
                        todo += new
        return found

    def _also(
        self, unit: str, names: frozenset[str], vendors: frozenset[str], targets: frozenset[str]
    ) -> Iterator[str]:
        for coarse, finer in NESTED.items():
            if unit in finer and (coarse in ("group", "country") or coarse in self.units):
                touched = {self.unit_of(coarse, vendor) for vendor in vendors}
                sets = self.sets(coarse, len(names))
                if any(one <= touched and targets <= self.lost(theirs) for one, theirs in sets):
                    yield coarse

    def _stand_ins(
        self, roots: set[str], makers: Collection[str], unit: str, names: Collection[str]
    ) -> set[str]:
        oracle = self.oracle
        families = {oracle.family[root] for root in roots} - {""}
        found = set()
        for row in self.rows["offers"]:
            vendor, component = row["vendor"], row["component"]
            waiting = component in roots and row["status"] in ("limited", "pilot", "announced")
            kin = component not in roots and oracle.family[component] in families and row in oracle.counted
            outside = self.unit_of(unit, vendor) not in names
            if outside and (waiting or kin) and oracle.at_home(vendor) and vendor not in oracle.unnamed:
                found.add(oracle.head(vendor))
        return found - {oracle.head(vendor) for vendor in makers}


def _as_set(finding: Finding) -> Set:
    return Set(
        unit=str(finding.unit),
        members=frozenset(finding.members),
        targets=frozenset((*finding.components, *finding.solutions)),
        roots=frozenset(finding.roots),
        vendors=frozenset(finding.vendors),
        at_once=frozenset(finding.at_once),
        direct=frozenset(finding.direct),
        also=frozenset(finding.also),
        severity=finding.severity,
        stand_ins=finding.stand_ins,
    )


@settings(max_examples=60)
@given(rows=located_rows(), scope=SCOPES, units=UNITS)
def test_cuts_are_those_of_brute_force(rows: Rows, scope: Scope, units: tuple[str, ...]) -> None:
    """Every minimal cut set up to order 3 is found at its finest unit, with all its lines, and no other."""
    gaps = find_gaps(build_graph(rows), scope=scope, units=units, max_order=3)
    expected = Brute(rows, scope, units).cuts(3) if rows["offers"] else set()
    assert {_as_set(cut) for cut in gaps.cuts} == expected
    assert len(gaps.cuts) == len(expected)


@settings(max_examples=15)
@given(rows=located_rows(), scope=SCOPES, units=UNITS)
def test_fragile_cuts_are_those_of_solid_offers_alone(
    rows: Rows, scope: Scope, units: tuple[str, ...]
) -> None:
    """At any order, a cut is fragile if it is one among solid offers, and not among all."""
    gaps = find_gaps(build_graph(rows), scope=scope, units=units, max_order=3)
    if rows["offers"]:
        known = {(cut.unit, frozenset(cut.members)) for cut in gaps.cuts}
        solid = Brute(rows, scope, units, solid=True).cuts(3)
        expected = {cut for cut in solid if (cut.unit, cut.members) not in known}
        assert {_as_set(cut) for cut in gaps.fragile if cut.kind == "cut"} == expected


@settings(max_examples=15)
@given(rows=located_rows(), scope=SCOPES, units=UNITS)
def test_smaller_orders_are_part_of_larger_ones(rows: Rows, scope: Scope, units: tuple[str, ...]) -> None:
    """The findings of order 1 are the same, word by word, in the list up to order 2 and in that up to 3."""
    one, two, three = (
        find_gaps(build_graph(rows), scope=scope, units=units, max_order=order) for order in (1, 2, 3)
    )
    assert one.cuts == tuple(cut for cut in three.cuts if cut.order == 1)
    assert two.cuts == tuple(cut for cut in three.cuts if cut.order <= 2)
    assert (one.uncovered, one.dominant) == (three.uncovered, three.dominant)
    assert one.fragile == tuple(finding for finding in three.fragile if finding.order == 1)


@settings(max_examples=15)
@given(rows=located_rows(), scope=SCOPES | DEMANDING, units=UNITS)
def test_without_the_members_every_target_fails_and_without_fewer_none(
    rows: Rows, scope: Scope, units: tuple[str, ...]
) -> None:
    """Asked as a what-if, the loss of all members takes every listed target along, that of all but one none."""
    graph, brute = build_graph(rows), Brute(rows, scope, units)
    for cut in find_gaps(graph, scope=scope, units=units, max_order=3).cuts:
        members = brute.members(str(cut.unit))
        targets = {*cut.components, *cut.solutions}

        def lost_without(names: Collection[str], members: dict[str, frozenset[str]] = members) -> set[str]:
            gone = {vendor for name in names for vendor in members[name]}
            return {target.id for target in ask_what_if(graph, remove_vendors=gone, scope=scope).lost}

        assert targets <= lost_without(cut.members)
        for spared in cut.members:
            assert not targets & lost_without([name for name in cut.members if name != spared])


@settings(max_examples=20)
@given(rows=located_rows(), scope=SCOPES | DEMANDING | BY_PLACE)
def test_single_units_are_the_same_in_the_diagrams(rows: Rows, scope: Scope) -> None:
    """What is found for single units in one pass is what the diagrams hold of order 1, whatever is counted."""
    analysis = Analysis(build_graph(rows), scope)
    targets = len(analysis.market.names)
    sets = CutSets(analysis, max_order=3)
    for unit in NESTED if rows["offers"] else ():
        losses, named = analysis.losses(unit), analysis.view(unit).named
        pairs = zip(losses.unit.tolist(), losses.node.tolist(), strict=True)
        expected = {(code, node) for code, node in pairs if node < targets and named[code]}
        found = {(code, node) for code, node in _list_pairs(sets, unit)}
        assert found == expected


def _list_pairs(sets: CutSets, unit: str) -> Iterator[tuple[int, int]]:
    for members, targets in sets._sets(unit).by_members.items():
        if len(members) == 1:
            yield from ((members[0], target) for target in targets)


@settings(max_examples=20)
@given(rows=located_rows(), data=st.data())
def test_another_offer_makes_nothing_hang_on_a_set_that_it_did_not_hang_on(
    rows: Rows, data: st.DataObject
) -> None:
    """World-wide, with one more offer of a new vendor a feasible target is lost by no set that spared it before.

    A set may become minimal: a smaller one may have stopped being enough. But it was a cut set already.
    """
    component = data.draw(st.sampled_from([row["id"] for row in rows["components"]]))
    offer = {"vendor": "new", "component": component, "status": "volume", "source_kind": "cited"}
    more = {
        **rows,
        "vendors": [*rows["vendors"], {"id": "new", "country": "US", "placeholder": ""}],
        "offers": [*rows["offers"], offer],
    }
    scope = Scope(within="world")
    before = Brute(rows, scope, ("vendor",))
    for cut in find_gaps(build_graph(more), scope=scope, units=("vendor",), max_order=3).cuts:
        targets = {t for t in (*cut.components, *cut.solutions) if before.oracle.everyone.can(t)}
        assert targets <= before.lost(frozenset(cut.members) - {"new"})


@settings(max_examples=10)
@given(rows=located_rows(), scope=SCOPES, units=UNITS)
def test_names_do_not_matter(rows: Rows, scope: Scope, units: tuple[str, ...]) -> None:
    """Other names for vendors, components and solutions change the names in the findings and nothing else."""
    names = {letter: f"{25 - place:02d}-{letter}" for place, letter in enumerate("abcdefpqruvwxyz")}
    other = {
        name: [{c: ";".join(names.get(p, p) for p in v.split(";")) for c, v in row.items()} for row in table]
        for name, table in rows.items()
    }

    def rename(ids: frozenset[str]) -> frozenset[str]:
        return frozenset(names.get(one, one) for one in ids)

    here, there = (
        {_as_set(cut) for cut in find_gaps(build_graph(r), scope=scope, units=units, max_order=3).cuts}
        for r in (rows, other)
    )
    renamed = {
        replace(
            cut,
            members=rename(cut.members),
            targets=rename(cut.targets),
            roots=rename(cut.roots),
            vendors=rename(cut.vendors),
            at_once=rename(cut.at_once),
            direct=rename(cut.direct),
        )
        for cut in here
    }
    assert renamed == there


@settings(max_examples=10)
@given(rows=located_rows(), scope=SCOPES, units=UNITS, random=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    rows: Rows, scope: Scope, units: tuple[str, ...], random: Random
) -> None:
    """Tables in another order give the same findings, in the same order."""
    shuffled = {name: random.sample(table, len(table)) for name, table in rows.items()}
    first, again = (
        find_gaps(build_graph(tables), scope=scope, units=units, max_order=3) for tables in (rows, shuffled)
    )
    assert (first.findings, first.fragile) == (again.findings, again.fragile)
    assert len({cut.id for cut in first.cuts}) == len(first.cuts)


@settings(max_examples=20)
@given(rows=located_rows(), units=UNITS, within=st.sampled_from(("pair", "world")))
def test_thin_are_the_cuts_where_two_groups_are_needed(
    rows: Rows, units: tuple[str, ...], within: Literal["pair", "world"]
) -> None:
    """A thin finding lists what its unit takes along where each component needs two groups, and not otherwise."""
    graph, scope = build_graph(rows), Scope(within=within)
    doubled = replace(scope, min_groups=2)
    brute = Brute(rows, scope, units)
    new, lost = {}, {}
    for unit in units if rows["offers"] else ():
        for cut in find_gaps(graph, scope=doubled, units=(unit,)).cuts:
            gone = brute.members(unit)[cut.members[0]]
            lost[unit, gone] = {*cut.components, *cut.solutions}
            new[unit, cut.members[0]] = lost[unit, gone] - brute.lost(gone), gone
    expected = {
        (unit, name, frozenset(targets))
        for (unit, name), (targets, gone) in new.items()
        if targets.difference(*(lost[u, g] for u, g in lost if u in NESTED[unit] and g <= gone))
    }
    thin = find_gaps(graph, scope=scope, units=units, thin=True).thin
    assert {(f.unit, f.member, frozenset((*f.components, *f.solutions))) for f in thin} == expected
