"""One question for line-ups: who can stand where, who neighbours whom, and what is said of the answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from .._errors import InputError, UnknownNameError
from ._line_up_search import Found, search_line_ups
from ._roster import Constraints, Roster, balance_of
from ._skeletons import Skeleton, SkeletonFinder, Skeletons
from .analysis import Analysis
from .line_up_answers import LineUp, LineUps, Neighbours, SettledChoice
from .place_finder import PARTS, Place, PlaceFinder, hint_names

__all__ = ["EVIDENCE_GRADES", "LineUpQuestion"]

EVIDENCE_GRADES = {"low": Fraction(1, 3), "medium": Fraction(2, 3), "high": Fraction(1)}
"""Least evidence of a place that can be asked for."""

_SHOWN = 20  # names in an error message


class LineUpQuestion:
    """One question, and what is worked out for it once."""

    def __init__(
        self,
        analysis: Analysis,
        solution: str,
        *,
        deep: bool,
        third: bool,
        shares: tuple[Fraction, ...],
    ) -> None:
        graph = analysis.graph
        self.graph, self.solution, self.deep, self.third = graph, solution, deep, third
        self.analysis = analysis
        known = self.analysis.market.solution_ids
        if solution not in known:
            raise UnknownNameError(
                f"no solution {solution!r} in this data set; {hint_names(solution, known)}"
            )
        self.weights = dict(zip(PARTS, shares, strict=True))
        total = sum(shares, Fraction(0))
        self.shares = {part: weight / total for part, weight in self.weights.items()}
        self.finder = PlaceFinder(self.analysis)
        needed = ("OFFERS", "REQUIRES")
        self.missing = tuple(edge for edge in needed if graph.edges(edge).empty)

    def constrain(
        self,
        include: Collection[str],
        exclude: Collection[str],
        at_most: Mapping[str, int],
        *,
        documented: bool,
        least_evidence: str | None,
    ) -> None:
        """Take what is asked of a line-up, checked."""
        vendors = self.analysis.market.vendor_ids
        for name, ids in (("include", include), ("exclude", exclude)):
            if isinstance(ids, str):
                raise InputError(f"`{name}` must be a list of ids; found the text {ids!r}")
            for vendor in ids:
                if vendor not in vendors:
                    raise UnknownNameError(
                        f"`{name}`: no vendor {vendor!r} in this data set; {hint_names(vendor, vendors)}"
                    )
        if both := sorted(set(include) & set(exclude)):
            raise InputError(f"`include` and `exclude` both name {both[0]!r}")
        countries = self.graph.table("countries")["id"].tolist()
        there = sorted({*countries, *self.analysis.scope.pair, *map(str, self.analysis.market.seats)})
        for country, most in at_most.items():
            if country not in there:
                raise UnknownNameError(
                    f"`at_most`: no country {country!r}; there are {', '.join(there[:_SHOWN])}"
                )
            if isinstance(most, bool) or not isinstance(most, int) or most < 0:
                raise InputError(f"`at_most`: {country} has {most!r}; a whole number from 0 up is allowed")
        if least_evidence is not None and least_evidence not in EVIDENCE_GRADES:
            grades = ", ".join(EVIDENCE_GRADES)
            raise InputError(f"`least_evidence` must be one of {grades}; found {least_evidence!r}")
        self.excluded = frozenset(exclude)
        self.least = EVIDENCE_GRADES[least_evidence] if least_evidence else Fraction(0)
        self.constraints = Constraints(
            self.analysis.scope.pair,
            tuple(sorted(set(include))),
            tuple(sorted(at_most.items())),
            documented=documented,
        )

    def answer(self, k: int, budget: int) -> LineUps:
        """Search, and say why there is nothing if there is nothing."""
        skeletons = Skeletons((), True, ()) if self.missing else self._skeletons
        rosters = self._make_rosters(skeletons.found, self.constraints)
        result = search_line_ups(rosters, k=k, budget=budget)
        bound = result.bound
        if not skeletons.complete:  # of what was not looked at nothing is known
            bound = Fraction(1)
        found = LineUps(
            self.analysis,
            self.solution,
            self.deep,
            self.weights,
            tuple(map(self._describe, result.found)),
            exact=result.exact and skeletons.complete,
            bound=bound,
            missing=self.missing,
        )
        return found if result.found or self.missing else self._explain(found, skeletons, rosters, budget)

    @cached_property
    def _skeletons(self) -> Skeletons:
        imports = () if self.third else self._imports
        ways = {
            component: {self._made_in_house(component).get(place.vendor, frozenset()) for place in places}
            for component, places in self._candidates.items()
        }
        finder = SkeletonFinder(self.analysis, self.solution, deep=self.deep, ways=ways, imports=imports)
        return finder.list_skeletons()

    @cached_property
    def _all_components(self) -> list[str]:
        """Every component that could be in a line-up."""
        analysis, first = self.analysis, self.analysis.structure.components
        todo = analysis.solution_nodes([self.solution]).tolist()
        seen = set(todo)
        while todo:
            node = todo.pop()
            if node >= first or self.deep or analysis.market.virtual[node]:
                parts = {part for part, _ in analysis.parts_of(node)} - seen
                seen |= parts
                todo += parts
        return sorted(analysis.market.names[node] for node in seen if node < first)

    @cached_property
    def _candidates(self) -> dict[str, list[Place]]:
        """Who can stand for each component, by vendor; components for which nobody can are left out."""
        found: dict[str, list[Place]] = {}
        for place in self.finder.list_places(self._all_components, third_countries=self.third):
            if place.vendor not in self.excluded and place.evidence >= self.least:
                found.setdefault(place.component, []).append(place)
        return found

    @cached_property
    def _imports(self) -> set[str]:
        return self.finder.find_imports(self._all_components)

    def _made_in_house(self, component: str) -> dict[str, frozenset[str]]:
        return self.finder.made_in_house.get(component, {}) if self.deep else {}

    @cached_property
    def _neighbours(self) -> dict[frozenset[str], tuple[str, ...]]:
        """Pairs of components that are neighbours, and why."""
        names, virtual = self.analysis.market.names, self.analysis.market.virtual
        components = self._all_components
        found: dict[frozenset[str], list[str]] = {}
        for component, node in zip(
            components, self.analysis.component_nodes(components).tolist(), strict=True
        ):
            todo, seen = [node], {node}
            while todo:
                for part, _ in self.analysis.parts_of(todo.pop()):
                    if part not in seen:
                        seen.add(part)
                        if virtual[part]:
                            todo.append(part)
                        else:
                            found.setdefault(frozenset((component, names[part])), []).append("requires")
        for first, second in self._list_layered():
            found.setdefault(frozenset((first, second)), []).append("layers")
        return {pair: tuple(reasons) for pair, reasons in found.items()}

    def _list_layered(self) -> list[tuple[str, str]]:
        """Pairs of components of the data loop in neighbouring layers."""
        layers = self.graph.table("layers").sort_values(["order", "id"])["id"].tolist()
        table = self.graph.table("components")
        loop = set(table.loc[(table["stage"] == "loop").fillna(False).astype(bool), "id"])
        by_layer: dict[str, list[str]] = {layer: [] for layer in layers}
        for component in self._all_components:
            layer = self.finder.layers[component]
            if component in loop and layer in by_layer:
                by_layer[layer].append(component)
        return [
            (one, other)
            for before, after in pairwise(layers)
            for one in by_layer[before]
            for other in by_layer[after]
        ]

    def _make_rosters(self, skeletons: Sequence[Skeleton], constraints: Constraints) -> list[Roster]:
        """Fill skeletons with everybody who can stand in them."""
        rosters = []
        for skeleton in skeletons:
            if skeleton.made:
                candidates = [self._list_candidates(component, own) for component, own in skeleton.made]
                rosters.append(
                    Roster(
                        skeleton, candidates, self._neighbours.keys(), self.finder, self.shares, constraints
                    )
                )
        return rosters

    def _list_candidates(self, component: str, own: frozenset[str]) -> list[Place]:
        made = self._made_in_house(component)
        parts = self._parts_of(component) if made else frozenset[str]()
        return [
            place
            for place in self._candidates[component]
            if made.get(place.vendor, frozenset()) & parts == own
        ]

    def _parts_of(self, component: str) -> frozenset[str]:
        (node,) = self.analysis.component_nodes([component]).tolist()
        return frozenset(self.analysis.market.names[part] for part, _ in self.analysis.parts_of(node))

    # ---- what is said of it ----

    def _describe(self, found: Found) -> LineUp:
        """Return a choice with all that its score is made of."""
        roster = found.roster
        places = tuple(place[one] for place, one in zip(roster.candidates, found.choice, strict=True))
        neighbours = tuple(
            Neighbours(
                (places[p].component, places[q].component),
                self._neighbours[frozenset((places[p].component, places[q].component))],
                self.finder.tie(places[p], places[q]),
            )
            for p, q in roster.pairs
        )
        parts = self._measure(places, neighbours)
        return LineUp(
            self._name(places),
            places,
            tuple(roster.alike(place, one) for place, one in enumerate(found.choice)),
            neighbours,
            tuple(tuple(sorted(own)) for _, own in roster.skeleton.made),
            roster.skeleton.imports,
            tuple(SettledChoice(*choice) for choice in roster.skeleton.chosen),
            parts,
            sum((self.shares[part] * parts[part] for part in PARTS), Fraction(0)),
        )

    def _measure(self, places: Sequence[Place], neighbours: Sequence[Neighbours]) -> dict[str, Fraction]:
        count = len(places)
        a, b = (sum(place.country == country for place in places) for country in self.analysis.scope.pair)
        strength = sum((one.tie.strength for one in neighbours), Fraction(0))
        return {
            "need": Fraction(sum(place.needed for place in places), count),
            "backup": sum((place.backup for place in places), Fraction(0)) / count,
            "tie": strength / max(1, len(neighbours)),
            "evidence": min(place.evidence for place in places),
            "balance": balance_of(a, b, count),
        }

    def _name(self, places: Sequence[Place]) -> str:
        """Return the id of a line-up; neither data, date, weights nor constraints enter it."""
        scope = self.analysis.scope
        where = [self.deep, self.third, scope.within, sorted(scope.pair), scope.country_by]
        members = [[place.component, place.vendor] for place in places]
        text = json.dumps(["line-up", *where, self.solution, members], ensure_ascii=True)
        return "LINEUP-" + hashlib.sha256(text.encode()).hexdigest()[:12]

    def _explain(
        self, found: LineUps, skeletons: Skeletons, rosters: Sequence[Roster], budget: int
    ) -> LineUps:
        """Say why there is no line-up."""
        there = [place for roster in rosters for places in roster.candidates for place in places]
        countries, vendors = {place.country for place in there}, {place.vendor for place in there}
        asked = self.constraints
        single = all(roster.size == 1 for roster in rosters)  # one place has one vendor, of one group
        without = {
            "documented": replace(asked, documented=False),
            "at_most": replace(asked, at_most=()),
            "include": replace(asked, include=()),
            "two_groups": replace(asked, two_groups=False),
            "both_countries": replace(
                asked, both_countries=False, two_groups=asked.two_groups and not single
            ),
        }
        blocking = [
            name
            for name, fewer in without.items()
            if rosters and fewer != asked
            if search_line_ups(self._make_rosters(skeletons.found, fewer), k=1, budget=budget).found
        ]
        return replace(
            found,
            unfilled=() if skeletons.found else skeletons.unfilled,
            lacking=tuple(c for c in self.analysis.scope.pair if c not in countries),
            misplaced=tuple(v for v in self.constraints.include if v not in vendors),
            blocking=tuple(blocking),
        )
