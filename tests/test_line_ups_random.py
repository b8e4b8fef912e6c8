"""Line-ups against brute force: every set of components with every choice of vendors, from the definition."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kizuna.queries import Scope, _elimination
from kizuna.queries._elimination import Meter, WorthNetwork
from kizuna.queries.line_ups import LineUp, find_line_ups
from kizuna.queries.place_finder import PARTS
from tests.graphs import Row, Rows, build_graph, make_rows
from tests.oracle import Item, Oracle

# Brute force over many random graphs: too long for a quick run.
pytestmark = pytest.mark.slow

LAYERS = ("terminal", "cloud", "ai", "solution")
GRADES = {"high": Fraction(1), "medium": Fraction(2, 3)}
LEAST = {None: Fraction(0), "low": Fraction(1, 3), "medium": Fraction(2, 3), "high": Fraction(1)}


@dataclass
class Asked:
    """What is asked of a line-up."""

    scope: Scope
    weights: Mapping[str, Fraction]
    deep: bool = False
    third: bool = False
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    at_most: dict[str, int] = field(default_factory=dict)
    documented: bool = False
    least: str | None = None

    @property
    def options(self) -> dict[str, Any]:
        """The same as arguments of the question."""
        return {
            "scope": self.scope,
            "weights": self.weights,
            "deep": self.deep,
            "third_countries": self.third,
            "include": self.include,
            "exclude": self.exclude,
            "at_most": self.at_most,
            "documented": self.documented,
            "least_evidence": self.least,
        }


class _Found(NamedTuple):
    score: Fraction
    components: tuple[str, ...]
    vendors: tuple[str, ...]
    imports: tuple[str, ...]
    parts: dict[str, Fraction]


def _random_rows(random: Random) -> Rows:
    """Rows with a few components, some of them virtual, choices, parts made in house, groups and relations."""

    def few(names: list[str], least: int, most: int) -> list[str]:
        return random.sample(names, random.randint(least, min(most, len(names))))

    vendors = random.sample("uvwxyz", 5 if random.random() < 0.8 else 4)
    seats = ("TW", "JP", "TW", "JP", "US")
    countries = dict(zip(vendors, seats, strict=False))
    components = random.sample("abcdef", random.randint(3, 5))
    stages = {c: random.choice(("loop", "loop", "input")) for c in components}
    virtual = {c for c in components if random.random() < 0.15}
    evidence = ("cited,high", "cited,high", "cited,medium", "cited,low", "report,medium", "uncited,high")
    offers = []
    for place, component in enumerate(components):
        for vendor in few(vendors, 0 if random.random() < 0.02 else 1, random.randint(1, 4)):
            kind, confidence = random.choice(evidence).split(",")
            own = ";".join(few(components[place + 1 :], 0, 1)) if random.random() < 0.5 else ""
            offers.append(
                {"vendor": vendor, "component": component, "in_house": own}
                | {"status": random.choice(("volume", "volume", "volume", "", "limited"))}
                | {"source_kind": kind, "confidence": confidence}
            )
    relations: dict[str, list[Row]] = {"supplies": [], "partners_with": []}
    for added in relations.values():
        for _ in range(random.randint(0, 4)):
            source, target = random.sample(vendors, 2)
            about = random.choice(["", *components])
            as_of = random.choice(("2025", "2025", "2014"))
            added.append({"from_vendor": source, "to_vendor": target, "component": about, "as_of": as_of})
    needs: Rows = {"component_requires": [], "solution_requires": [], "solution_builds_on": []}
    for whole, parts, table, column in (
        ("p", components, "solution_requires", "solution"),
        ("q", components, "solution_requires", "solution"),
        ("p", ["q"] if random.random() < 0.4 else [], "solution_builds_on", "solution"),
        *((c, components[n + 1 :], "component_requires", "component") for n, c in enumerate(components)),
    ):
        for part in few(parts, min(len(parts), 2 if whole == "p" else 0), 4 if whole == "p" else 2):
            choice = random.choice(("", "", "one", "one"))
            needs[table].append({column: whole, "requires": part, "alternatives": choice, "kind": "input"})
    rows = make_rows(
        vendors=" ".join(f"{vendor}:{country}" for vendor, country in countries.items()),
        segments=" ".join(f"{layer}:{layer}" for layer in LAYERS),
        solutions="p q",
        owns=" ".join(f"{vendors[0]}>{owned}(share=0.7)" for owned in few(vendors[1:], 0, 2)),
    )
    rows["components"] = [
        {"id": c, "segment": random.choice(LAYERS), "stage": stages[c]}
        | {"virtual": "yes" if c in virtual else ""}
        for c in components
    ]
    return {**rows, "offers": offers, **relations, **needs}


@dataclass
class Brute:
    """Every line-up of the solution p, from the definition."""

    rows: Rows
    asked: Asked

    def __post_init__(self) -> None:
        scope = self.asked.scope
        self.oracle = Oracle(self.rows, pair=scope.pair, within=scope.within, country_by=scope.country_by)
        home = {r["component"] for r in self.oracle.counted if self.at_home(r["vendor"])}
        able = [r for r in self.oracle.usable if self.oracle.everyone.holds(r["component"], self.own(r))]
        self.imports = {r["component"] for r in able} - home - self.oracle.virtual
        if self.asked.third:
            self.imports = set()
        self.standing: dict[str, list[Row]] = {}
        for row in able:
            fits = self.asked.third or self.at_home(row["vendor"])
            if (
                fits
                and row["vendor"] not in self.asked.exclude
                and self.grade(row) >= LEAST[self.asked.least]
            ):
                self.standing.setdefault(row["component"], []).append(row)

    def at_home(self, vendor: str) -> bool:
        """Whether a vendor is of one of the two countries."""
        return self.oracle.country(vendor) in self.asked.scope.pair

    @staticmethod
    def own(row: Row) -> list[str]:
        """Return what is made in house for an offer."""
        return [part for part in row["in_house"].split(";") if part]

    @staticmethod
    def grade(row: Row) -> Fraction:
        """Return how well an offer is documented."""
        return (
            Fraction(0) if row["source_kind"] == "uncited" else GRADES.get(row["confidence"], Fraction(1, 3))
        )

    def needs(self, node: str, lineup: Mapping[str, Row]) -> list[Item]:
        """Return what something in a line-up still needs."""
        if node in self.imports:
            return []
        if node not in (*self.oracle.solutions, *self.oracle.virtual):
            own = self.own(lineup[node])
            items = self.oracle.needs.get(node, ()) if self.asked.deep else ()
            return [item for item in items if not set(own) & set(item.alternatives)]
        return list(self.oracle.needs.get(node, ()))

    def closed(self, nodes: Collection[str], lineup: Mapping[str, Row]) -> bool:
        """Whether everything that is required is there."""
        return all(
            set(item.alternatives) & set(nodes) for node in ("p", *nodes) for item in self.needs(node, lineup)
        )

    def list_all(self) -> list[_Found]:
        """Return every line-up that is allowed, best first."""
        found: dict[tuple[tuple[str, str], ...], _Found] = {}
        others = [*self.oracle.components, "q"]
        for size in range(1, len(others) + 1):
            for nodes in itertools.combinations(others, size):
                for one in self._fill(nodes):
                    key = tuple(zip(one.components, one.vendors, strict=True))
                    known = found.get(key, one)
                    found[key] = min(known, one, key=lambda line_up: line_up.imports)
        return sorted(found.values(), key=lambda one: (-one.score, one.components, one.vendors))

    def _fill(self, nodes: tuple[str, ...]) -> Iterator[_Found]:
        plain = {"q", *self.oracle.virtual, *self.imports}
        places = sorted(set(nodes) - plain)
        for rows in itertools.product(*(self.standing.get(place, []) for place in places)):
            lineup = dict(zip(places, rows, strict=True))
            fewer = itertools.chain.from_iterable(
                itertools.combinations(nodes, size) for size in range(len(nodes))
            )
            if self.closed(nodes, lineup) and not any(self.closed(some, lineup) for some in fewer):
                imports = tuple(sorted(set(nodes) & self.imports))
                if (one := self._score(lineup, imports)) is not None:
                    yield one

    def neighbours(self, components: Collection[str]) -> list[tuple[str, str]]:
        """Return the pairs of neighbours."""
        rows = {row["id"]: row for row in self.rows["components"]}

        def requires(one: str, other: str) -> bool:
            parts = [part for item in self.oracle.needs.get(one, ()) for part in item.alternatives]
            return other in parts or any(
                requires(part, other) for part in parts if part in self.oracle.virtual
            )

        def layered(one: str, other: str) -> bool:
            both = [rows[one], rows[other]]
            first, second = (LAYERS.index(row["segment"]) for row in both)
            return all(row["stage"] == "loop" for row in both) and abs(first - second) == 1

        return [
            pair
            for pair in itertools.combinations(sorted(components), 2)
            if requires(*pair) or requires(*pair[::-1]) or layered(*pair)
        ]

    def tie(self, first: Row, second: Row) -> Fraction:
        """Return how strongly two neighbours are tied."""
        best = Fraction(0)
        for row in [*self.rows["supplies"], *self.rows["partners_with"], *self.rows["owns"]]:
            recent = row.get("as_of", "") >= "2016-11-22"
            if {row["from_vendor"], row["to_vendor"]} == {first["vendor"], second["vendor"]} and recent:
                about = row.get("component", "")
                both = (first["component"], second["component"])
                best = max(best, Fraction(1) if about in both else Fraction(not about, 2))
        return best

    def _score(self, lineup: Mapping[str, Row], imports: tuple[str, ...]) -> _Found | None:
        asked, oracle = self.asked, self.oracle
        vendors = [row["vendor"] for row in lineup.values()]
        countries = [oracle.country(vendor) for vendor in vendors]
        a, b = (countries.count(country) for country in asked.scope.pair)
        too_many = any(countries.count(country) > most for country, most in asked.at_most.items())
        pairs = [(lineup[one], lineup[other]) for one, other in self.neighbours(lineup)]
        untied = any(not self.tie(one, other) and one["vendor"] != other["vendor"] for one, other in pairs)
        if (
            not a
            or not b
            or len({oracle.head(vendor) for vendor in vendors}) < 2
            or too_many
            or not set(asked.include) <= set(vendors)
            or (asked.documented and untied)
        ):
            return None
        n = len(lineup)
        need, backup = 0, Fraction(0)
        for component, country in zip(lineup, countries, strict=True):
            offering = {
                (oracle.country(row["vendor"]), oracle.head(row["vendor"]))
                for row in oracle.counted
                if row["component"] == component and self.at_home(row["vendor"])
            }
            need += {where for where, _ in offering} == {country}
            groups = {group for _, group in offering}
            backup += 1 - Fraction(1, len(groups)) if groups else 0
        parts = {
            "need": Fraction(need, n),
            "backup": backup / n,
            "tie": sum((self.tie(*pair) for pair in pairs), Fraction(0)) / max(1, len(pairs)),
            "evidence": min(self.grade(row) for row in lineup.values()),
            "balance": Fraction(min(a, b), n // 2),
        }
        score = sum((asked.weights[part] * parts[part] for part in PARTS), Fraction(0))
        return _Found(score / sum(asked.weights.values()), tuple(lineup), tuple(vendors), imports, parts)


def _ask(random: Random, rows: Rows) -> Asked:
    weights = {part: Fraction(random.randint(0, 3), random.randint(1, 3)) for part in PARTS}
    weights["tie"] += Fraction(1, 7)
    vendors = [row["id"] for row in rows["vendors"]]
    scopes = [
        Scope(),
        Scope(country_by="owner"),
        Scope(within="world"),
        Scope(within="world"),
        Scope(pair=("JP", "US")),
    ]
    include, exclude = ([], [])
    if random.random() < 0.2:
        include = random.sample(vendors, 1 if random.random() < 0.7 else 2)
    if random.random() < 0.3:
        exclude = [random.choice([vendor for vendor in vendors if vendor not in include])]
    most = {c: random.randint(1, 3) for c in random.sample(("TW", "JP", "US"), random.randint(0, 2))}
    return Asked(
        random.choice(scopes),
        weights,
        deep=random.random() < 0.6,
        third=random.random() < 0.4,
        include=tuple(include),
        exclude=tuple(exclude),
        at_most=most if random.random() < 0.4 else {},
        documented=random.random() < 0.15,
        least=random.choice((None, None, None, None, "low", "medium")),
    )


def _say(one: LineUp) -> _Found:
    return _Found(one.score, one.components, one.vendors, one.imports, dict(one.parts))


def _expand(one: LineUp) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    choices = zip(one.vendors, one.alike, strict=True)
    for vendors in itertools.product(*((vendor, *others) for vendor, others in choices)):
        yield one.components, vendors


@settings(max_examples=150, deadline=None)
@given(random=st.randoms(use_true_random=False), k=st.integers(1, 8))
def test_line_ups_are_those_of_brute_force(random: Random, k: int) -> None:
    """The k best, with all vendors that are alike, are the best of all line-ups there are, in order."""
    rows = _random_rows(random)
    asked = _ask(random, rows)
    expected = Brute(rows, asked).list_all()
    found = find_line_ups(build_graph(rows), "p", k=k, **asked.options)
    assert found.exact
    assert found.bound == (expected[0].score if expected else None)
    assert [_say(one) for one in found.line_ups[:1]] == expected[:1]
    everything = {(one.components, one.vendors): one for one in expected}
    shown = [(line_up.score, key) for line_up in found.line_ups for key in _expand(line_up)]
    assert all(everything[key].score == score for score, key in shown)
    assert len({key for _, key in shown}) == len(shown) == sum(one.count for one in found.line_ups)
    assert [score for score, _ in shown] == [one.score for one in expected[: len(shown)]]
    assert len(found.line_ups) == k or len(shown) == len(expected)
    assert all(_say(one) == everything[one.components, one.vendors] for one in found.line_ups)
    order = [(-one.score, one.components, one.vendors) for one in found.line_ups]
    assert order == sorted(order)


@settings(max_examples=60, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_a_search_cut_short_still_bounds_the_best(random: Random) -> None:
    """With next to no tables what is found is a line-up, and the best lies between it and the bound."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_elimination, "_LEAST", random.choice((1, 4, 16)))
        rows = _random_rows(random)
        asked = _ask(random, rows)
        found = find_line_ups(build_graph(rows), "p", k=2, budget=1, **asked.options)
    expected = Brute(rows, asked).list_all()
    known = {(one.components, one.vendors): one for one in expected}
    assert all(_say(one) == known[one.components, one.vendors] for one in found.line_ups)
    if expected:
        assert found.bound is not None
        assert found.bound >= expected[0].score
    if found.exact:
        assert [_say(one) for one in found.line_ups[:1]] == expected[:1]


# The elimination itself


def _random_network(random: Random) -> WorthNetwork:
    places, axes = random.randint(1, 5), random.randint(1, 2)
    barred, dtype = -(1 << 20), random.choice((np.int64, np.dtype(object)))
    sizes = [random.randint(1, 4) for _ in range(places)]
    shape = [random.randint(1, places + 1) for _ in range(axes)]
    bonds = {
        (p, q): np.array(
            [[random.choice((0, 0, 5, barred, 9)) for _ in range(sizes[q])] for _ in range(sizes[p])],
            dtype=dtype,
        )
        for p, q in itertools.combinations(range(places), 2)
        if random.random() < 0.5
    }
    ends = [random.choice((0, 10, barred, 7)) for _ in range(int(np.prod(shape)))]
    return WorthNetwork(
        [np.array([random.randint(0, 20) for _ in range(size)], dtype=dtype) for size in sizes],
        [np.array([random.randint(-1, axes - 1) for _ in range(size)], dtype=np.int64) for size in sizes],
        bonds,
        np.array(ends, dtype=dtype).reshape(shape),
        barred,
    )


@settings(max_examples=150, deadline=None)
@given(random=st.randoms(use_true_random=False), least=st.sampled_from([1, 8, 64]))
def test_elimination_finds_the_best_and_split_tables_a_bound(random: Random, least: int) -> None:
    """With room for the tables the best of all choices comes out, without it no less than that."""
    network = _random_network(random)
    best = max(
        network.measure(choice) for choice in itertools.product(*(range(len(w)) for w in network.worth))
    )
    solved = network.solve(Meter(10**6))
    assert solved.exact
    assert solved.bound == (best if best >= 0 else None)
    assert solved.choice is None if best < 0 else network.measure(solved.choice or ()) == best
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_elimination, "_LEAST", least)
        rough = network.solve(Meter(0))
    assert best < 0 or (rough.bound is not None and rough.bound >= best)
