"""The questions answered by brute force, from their definitions alone: names, sets and recursion.

Nothing here is taken from the package; where the two disagree, one of them is wrong.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.graphs import Row, Rows

__all__ = ["FINER", "UNITS", "Gap", "Oracle", "Tree", "World", "size_of"]

UNITS = ("vendor", "group", "country")
FINER: dict[str, tuple[str, ...]] = {"vendor": (), "group": ("vendor",), "country": ("vendor", "group")}
SOLID = {"source_kinds": ("cited", "report"), "confidence": ("medium", "high")}


class Item(NamedTuple):
    """One requirement: what will do, of which one is enough; a name if it is a choice."""

    alternatives: tuple[str, ...]
    choice: str


class Tree(NamedTuple):
    """A witness: a target and what it needs and cannot have."""

    id: str
    children: tuple[Tree, ...]


def size_of(tree: Tree) -> int:
    """Count the nodes of a tree."""
    return 1 + sum(size_of(child) for child in tree.children)


@dataclass(frozen=True)
class Gap:
    """What a finding must say."""

    kind: str
    unit: str | None
    member: str | None
    roots: frozenset[str]
    vendors: frozenset[str]
    components: frozenset[str]
    solutions: frozenset[str]
    direct: frozenset[str]
    severity: float
    stand_ins: int
    also: frozenset[str] = frozenset()
    seat_owner_disagree: bool = False


@dataclass
class World:
    """Who is left to offer what: for each component the sets of parts that its vendors make themselves.

    A component that needs no vendor has no entry in `ways` and stands in `virtual`.
    """

    needs: Mapping[str, tuple[Item, ...]]
    ways: Mapping[str, Collection[frozenset[str]]]
    virtual: Collection[str]
    known: dict[str, bool] = field(default_factory=dict)

    def can(self, target: str) -> bool:
        """φ of a component or a solution."""
        if target not in self.known:
            ways = self.ways.get(target, ()) if self.needs_vendor(target) else (frozenset[str](),)
            self.known[target] = any(self.holds(target, own) for own in ways)
        return self.known[target]

    def needs_vendor(self, target: str) -> bool:
        """Whether somebody must offer it: it is a component and not a virtual one."""
        return target in self.ways and target not in self.virtual

    def holds(self, target: str, own: Collection[str]) -> bool:
        """Whether everything that a target requires can be had, or is made by whoever offers it."""
        return all(self.met(item, own) for item in self.needs.get(target, ()))

    def met(self, item: Item, own: Collection[str]) -> bool:
        """Whether one requirement is met."""
        return any(one in own or self.can(one) for one in item.alternatives)

    def explain(self, target: str) -> Tree:
        """Return the smallest tree that shows why a target cannot be had; among equals, smallest ids."""
        ways = list(self.ways[target]) if self.needs_vendor(target) else [frozenset[str]()]
        blocked = [
            [item for item in self.needs.get(target, ()) if not self.met(item, own)] for own in set(ways)
        ]
        best: tuple[tuple[int, list[str]], set[Item]] | None = None
        for picked in itertools.product(*blocked):
            items = set(picked)
            cost = sum(size_of(self.explain(one)) for item in items for one in item.alternatives)
            key = (cost, sorted(min(item.alternatives) for item in items))
            if best is None or key < best[0]:
                best = key, items
        assert best is not None, f"{target} can be had"
        parts = sorted(one for item in best[1] for one in item.alternatives)
        return Tree(target, tuple(self.explain(one) for one in parts))


class Oracle:
    """A small graph, given as rows, seen through a scope."""

    def __init__(
        self,
        rows: Rows,
        *,
        pair: tuple[str, str] = ("TW", "JP"),
        within: str = "pair",
        country_by: str = "seat",
        solid: bool = False,
        kinds: Collection[str] = ("input", "equipment", "service"),
    ) -> None:
        self.rows, self.pair, self.within, self.country_by = rows, pair, within, country_by
        self.seat = {row["id"]: row["country"] for row in rows["vendors"]}
        self.unnamed = {row["id"] for row in rows["vendors"] if row.get("placeholder") == "yes"}
        self.components = [row["id"] for row in rows["components"]]
        self.solutions = [row["id"] for row in rows["solutions"]]
        self.virtual = {row["id"] for row in rows["components"] if row.get("virtual") == "yes"}
        self.family = {row["id"]: row.get("family", "") for row in rows["components"]}
        self.needs = self._needs(kinds)
        self.counted = [row for row in rows["offers"] if self._counts(row, solid=solid)]
        self.present = [row for row in self.counted if self.at_home(row["vendor"])]
        at_home = {row["component"] for row in self.present}
        self.usable = [*self.present, *(row for row in self.counted if row["component"] not in at_home)]
        self.everyone = self.world()

    # What the graph says

    def _needs(self, kinds: Collection[str]) -> dict[str, tuple[Item, ...]]:
        found: dict[str, dict[tuple[str, str], list[str]]] = {}
        for table in ("component_requires", "solution_requires", "solution_builds_on"):
            for row in self.rows[table]:
                if row["kind"] not in kinds:
                    continue
                whole = row.get("component") or row["solution"]
                choice = row.get("alternatives", "")
                key = ("choice", choice) if choice else ("part", row["requires"])
                found.setdefault(whole, {}).setdefault(key, []).append(row["requires"])
        return {
            whole: tuple(
                Item(tuple(parts), name if sort == "choice" else "") for (sort, name), parts in items.items()
            )
            for whole, items in found.items()
        }

    def _counts(self, row: Row, *, solid: bool) -> bool:
        if row["vendor"] in self.unnamed or row["status"] not in ("volume", "limited", ""):
            return False
        return not solid or (
            row["source_kind"] in SOLID["source_kinds"] and row["confidence"] in SOLID["confidence"]
        )

    def head(self, vendor: str) -> str:
        """Return the ultimate owner of a vendor."""
        for row in self.rows["owns"]:
            share, control = row.get("share", ""), row.get("control", "")
            controls = control == "yes" or (share and float(share) > 0.5) or (not share and not control)
            if row["to_vendor"] == vendor and controls:
                return self.head(row["from_vendor"])
        return vendor

    def country(self, vendor: str) -> str:
        """Return the country of a vendor, by seat or by owner."""
        return self.seat[vendor if self.country_by == "seat" else self.head(vendor)]

    def at_home(self, vendor: str) -> bool:
        """Whether a vendor can be lost."""
        return self.within == "world" or self.country(vendor) in self.pair

    def unit_of(self, unit: str) -> Callable[[str], str]:
        """Return the function from a vendor to its vendor, group or country."""
        return {"vendor": lambda v: v, "group": self.head, "country": self.country}[unit]

    def members(self, unit: str) -> dict[str, frozenset[str]]:
        """Return the vendors with counted offers of each unit."""
        found: dict[str, set[str]] = {}
        for row in self.present:
            found.setdefault(self.unit_of(unit)(row["vendor"]), set()).add(row["vendor"])
        return {name: frozenset(vendors) for name, vendors in found.items()}

    # φ, with something missing

    def world(self, gone: Collection[str] = (), *, missing: Collection[str] = ()) -> World:
        """Return what is left without some vendors, and without some components."""
        ways: dict[str, list[frozenset[str]]] = {component: [] for component in self.components}
        for row in self.usable:
            lost = row in self.present and row["vendor"] in gone
            if not lost and row["component"] not in missing:
                own = frozenset(filter(None, row.get("in_house", "").split(";")))
                ways[row["component"]].append(own)
        return World(self.needs, ways, self.virtual)

    def all_offered(self, *, but: str) -> World:
        """Return the world in which somebody offers everything but one component."""
        full = self.world()
        ways = {c: () if c == but else full.ways[c] or [frozenset[str]()] for c in self.components}
        return World(self.needs, ways, self.virtual)

    def lost(self, gone: Collection[str]) -> frozenset[str]:
        """Return the targets that can be had with everybody, and not without some vendors."""
        return self.failing(self.world(gone))

    def failing(self, world: World) -> frozenset[str]:
        """Return the targets that can be had with everybody, and not in another world."""
        targets = [*self.components, *self.solutions]
        return frozenset(t for t in targets if self.everyone.can(t) and not world.can(t))

    # Findings

    def gaps(self, units: Iterable[str] = UNITS) -> set[Gap]:
        """Return everything that the question of gaps must find, but for the fragile."""
        return {*self.cuts(tuple(units)), *self.uncovered(), *self.dominant(tuple(units))}

    def cuts(self, units: Collection[str] = UNITS) -> set[Gap]:
        """One finding for each unit that takes along a target that no finer unit inside it does."""
        found = set()
        for unit in units:
            members = self.members(unit)
            for name, vendors in members.items():
                lost = self.lost(vendors)
                finer = {
                    target
                    for fine in FINER[unit]
                    if fine in units
                    for inside in self.members(fine).values()
                    if inside <= vendors and len(self.members(fine)) > 1
                    for target in self.lost(inside)
                }
                if len(members) > 1 and lost - finer:
                    found.add(self._cut(unit, name, vendors, lost))
        return found

    def _cut(self, unit: str, name: str, vendors: frozenset[str], lost: frozenset[str]) -> Gap:
        roots = {c for c in lost if c in self.components and self._is_root(c, vendors)}
        coarser = UNITS[UNITS.index(unit) + 1 :]
        return self._gap(
            "cut",
            unit,
            name,
            roots=roots,
            lost=lost,
            cut=vendors,
            also=frozenset(u for u in coarser if self._stands(u, vendors, lost)),
        )

    def _is_root(self, component: str, cut: Collection[str]) -> bool:
        """Whether every feasible way to a component runs through vendors of the cut."""
        if component in self.virtual:
            return False
        ways = {
            row["vendor"]
            for row in self.usable
            if row["component"] == component
            and self.everyone.holds(component, row.get("in_house", "").split(";"))
        }
        return ways <= set(cut)

    def _stands(self, unit: str, cut: frozenset[str], lost: frozenset[str]) -> bool:
        """Whether one unit of another kind with vendors of the cut, not all of them, takes the same along."""
        members = self.members(unit)
        return len(members) > 1 and any(
            lost <= self.lost(vendors) for vendors in members.values() if vendors & cut
        )

    def uncovered(self) -> set[Gap]:
        """One finding for each component that nobody offers though what it requires can be had."""
        found = set()
        for component in self.components:
            offered = component in {row["component"] for row in self.usable}
            if component in self.virtual or offered or not self.everyone.holds(component, ()):
                continue
            world = self.all_offered(but=component)
            lost = frozenset(t for t in [*self.components, *self.solutions] if not world.can(t))
            found.add(self._gap("uncovered", None, None, roots={component}, lost=lost, cut=frozenset()))
        return found

    def dominant(self, units: Collection[str] = UNITS) -> set[Gap]:
        """One finding for each unit that dominates components, at the finest unit that does."""
        found = set()
        taken: set[str] = set()
        for unit in units:
            by_member: dict[str, set[str]] = {}
            for component in set(self.components) - taken - self.virtual:
                member = self._dominates(component, self.unit_of(unit))
                if member is not None and self.everyone.can(component):
                    by_member.setdefault(member, set()).add(component)
            for member, roots in by_member.items():
                taken |= roots
                lost = self.failing(self.world(missing=roots))
                inside = self.members(unit)[member]
                found.add(self._gap("dominant", unit, member, roots=roots, lost=lost, cut=inside))
        return found

    def _dominates(self, component: str, unit_of: Callable[[str], str]) -> str | None:
        here = [row for row in self.present if row["component"] == component]
        leaders = {unit_of(row["vendor"]) for row in here if row["role"] in ("leader", "")}
        if not any(row["role"] == "leader" for row in here):
            leaders = set()
        large = {
            unit_of(row["vendor"])
            for row in here
            if row["share"] and float(row["share"]) >= 0.5 and row["share_of"] == component
            if row["source_kind"] in ("cited", "report")
        }
        if len({unit_of(row["vendor"]) for row in here}) < 2:
            return None
        # Who leads by role and who by share must not be two.
        sole = [units for units in (leaders, large) if len(units) == 1]
        return next(iter(sole[0])) if sole and all(units == sole[0] for units in sole) else None

    def _gap(
        self,
        kind: str,
        unit: str | None,
        member: str | None,
        *,
        roots: set[str],
        lost: frozenset[str],
        cut: frozenset[str],
        also: frozenset[str] = frozenset(),
    ) -> Gap:
        solutions = frozenset(t for t in lost if t in self.solutions)
        possible = [s for s in self.solutions if kind == "uncovered" or self.everyone.can(s)]
        vendors = frozenset(
            r["vendor"] for r in self.present if r["component"] in roots and r["vendor"] in cut
        )
        directly = {
            s for s in solutions for item in self.needs.get(s, ()) if roots.intersection(item.alternatives)
        }
        return Gap(
            kind=kind,
            unit=unit,
            member=member,
            roots=frozenset(roots),
            vendors=vendors,
            components=lost - solutions,
            solutions=solutions,
            direct=frozenset(directly),
            severity=len(solutions) / len(possible) if possible else 0.0,
            stand_ins=len(self._stand_ins(roots, vendors, unit, member)),
            also=also,
            seat_owner_disagree=any(self.seat[v] != self.seat[self.head(v)] for v in vendors),
        )

    def _stand_ins(
        self, roots: set[str], vendors: frozenset[str], unit: str | None, member: str | None
    ) -> set[str]:
        """Return the groups outside the cut not in volume at a root, or that offer another of its family."""
        families = {self.family[root] for root in roots} - {""}
        found = set()
        for row in self.rows["offers"]:
            vendor, component = row["vendor"], row["component"]
            outside = unit is None or self.unit_of(unit)(vendor) != member
            waiting = component in roots and row["status"] in ("limited", "pilot", "announced")
            kin = component not in roots and self.family[component] in families and row in self.counted
            if outside and (waiting or kin) and self.at_home(vendor) and vendor not in self.unnamed:
                found.add(self.head(vendor))
        return found - {self.head(vendor) for vendor in vendors}
