"""Small supply graphs, written as a reader would draw them, and random ones.

A graph is a few words: ``a:x`` is vendor a offering component x; ``y->x`` says that y requires x, and
``y->[p|q]`` that any one of p and q will do; ``a>b`` says that a owns b. What stands in brackets after a word
fills further columns of its row: ``a:x(status=pilot,as_of=2025)``; ``status=`` leaves one blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

import pandas as pd
from hypothesis import strategies as st

from kizuna.graph import SupplyGraph

__all__ = [
    "DATE",
    "Row",
    "Rows",
    "build_graph",
    "make_graph",
    "make_rows",
    "random_rows",
    "supply_rows",
]

Row = dict[str, str]
Rows = dict[str, list[Row]]

DATE = "2026-11-22"
_EVIDENCE = {"dataset": "toy", "source_kind": "cited", "confidence": "high", "as_of": "2026-01-01"}
_LAYERS = ("terminal", "cloud", "ai", "solution")
_WORD = re.compile(r"(?P<head>[^\s(]+)(?:\((?P<more>[^)]*)\))?")


def _read(text: str) -> Iterator[tuple[str, Row]]:
    """Yield the words of a text, each with what stands in brackets after it."""
    for match in _WORD.finditer(text):
        more = filter(None, (match["more"] or "").split(","))
        yield match["head"], dict(pair.strip().split("=", 1) for pair in more)


def _pairs(text: str, columns: tuple[str, str], **fixed: str) -> list[Row]:
    """Read words like ``a:b``."""
    return [
        {**dict(zip(columns, head.split(":"), strict=True)), **fixed, **more} for head, more in _read(text)
    ]


def _read_requires(text: str, solutions: set[str]) -> Rows:
    rows: Rows = {"component_requires": [], "solution_requires": [], "solution_builds_on": []}
    for number, (head, more) in enumerate(_read(text)):
        whole, part = head.split("->")
        choice = part.startswith("[")
        for one in part.strip("[]").split("|"):
            table = "component_requires"
            if whole in solutions:
                table = "solution_builds_on" if one in solutions else "solution_requires"
            rows[table].append(
                {
                    "solution" if whole in solutions else "component": whole,
                    "requires": one,
                    "alternatives": f"choice-{number}" if choice else "",
                    "kind": "input",
                    **_EVIDENCE,
                    **more,
                }
            )
    return rows


def _nodes(text: str, named: list[str], **fixed: str) -> list[Row]:
    """Rows of the nodes that a text names, then of those that only edges name, in order of appearance."""
    rows = {head: {"id": head, **fixed, **more} for head, more in _read(text)}
    for name in named:
        rows.setdefault(name, {"id": name, **fixed})
    return list(rows.values())


def make_rows(
    *,
    vendors: str,
    offers: str = "",
    requires: str = "",
    solutions: str = "",
    components: str = "",
    owns: str = "",
    complete: str = "",
    segments: str = "",
    listed_in: str = "",
    segments_complete: str = "",
) -> Rows:
    """Return the tables of a small graph as rows of text.

    Parameters
    ----------
    vendors
        ``a:TW b:JP``: seats.
    offers
        ``a:x b:x(status=pilot)``; in volume, cited, with high confidence unless it says otherwise.
    requires
        ``y->x y->[p|q]``; of components, and of the names in `solutions`.
    solutions, components
        Names; only needed where no edge names a component, or a column is to be filled.
    owns
        ``a>b(share=0.6)``; cited.
    complete, segments_complete
        ``x:TW x:JP``: the list of vendors of x there is complete, by a cited statement of this year.
    segments
        ``gear:terminal``: segments in layers; a component lies in segment "parts" unless it says otherwise.
    listed_in
        ``a:gear``: a source lists vendor a in segment gear.
    """
    offer_rows = _pairs(offers, ("vendor", "component"), status="volume", **_EVIDENCE)
    needs = _read_requires(requires, set(solutions.split()))
    named = [row["component"] for row in [*offer_rows, *needs["component_requires"]]]
    named += [row["requires"] for name in ("component_requires", "solution_requires") for row in needs[name]]
    owns_rows = [
        {**dict(zip(("from_vendor", "to_vendor"), head.split(">"), strict=True)), **_EVIDENCE, **more}
        for head, more in _read(owns)
    ]
    stated = {"level": "complete", **_EVIDENCE}
    return {
        "layers": [{"id": layer, "order": str(n)} for n, layer in enumerate(_LAYERS, 1)],
        "segments": _pairs(segments or "parts:terminal", ("id", "layer"), nature="hardware"),
        "countries": [{"id": country} for country in ("TW", "JP", "US")],
        "vendors": _pairs(vendors, ("id", "country"), **_EVIDENCE),
        "components": _nodes(components, named, segment="parts", nature="hardware", stage="input"),
        "solutions": [{"id": solution} for solution in solutions.split()],
        "offers": offer_rows,
        "owns": owns_rows,
        "completeness": _pairs(complete, ("component", "country"), **stated),
        "segment_completeness": _pairs(segments_complete, ("segment", "country"), **stated),
        "listed_in": _pairs(listed_in, ("vendor", "segment"), **_EVIDENCE),
        **needs,
    }


def build_graph(rows: Mapping[str, list[Row]], *, as_of: str = "", date: str = DATE) -> SupplyGraph:
    """Return the graph of some rows."""
    tables = {name: pd.DataFrame(table) for name, table in rows.items() if table}
    # A cell that a row does not name is blank.
    filled = {name: table.astype("str").fillna("") for name, table in tables.items()}
    return SupplyGraph(filled, name="toy", version="1", date=date, as_of=as_of)


def make_graph(*, as_of: str = "", **words: str) -> SupplyGraph:
    """Return a small graph; the words are those of :func:`make_rows`."""
    return build_graph(make_rows(**words), as_of=as_of)


_STATUSES = ("volume", "volume", "volume", "volume", "limited", "", "", "pilot", "announced", "ended")
_SOURCES = ("cited", "cited", "cited", "report", "uncited")
_CONFIDENCES = ("high", "high", "medium", "low")
_CONTROL = (("0.51", ""), ("", "yes"), ("", ""), ("0.5", ""), ("", "no"))


@dataclass(frozen=True)
class _Maker:
    """Makes random rows; names are shuffled, so that their order says nothing of who requires whom."""

    random: Random
    vendors: list[str]
    components: list[str]
    solutions: list[str]

    def few(self, names: list[str], most: int) -> list[str]:
        return self.random.sample(names, self.random.randint(0, min(most, len(names))))

    def one_in(self, times: int) -> bool:
        return self.random.randrange(times) == 0

    def make_vendors(self) -> list[Row]:
        return [
            {
                "id": vendor,
                "country": self.random.choice(("TW", "TW", "JP", "JP", "US")),
                "placeholder": "yes" if self.one_in(12) else "",
            }
            for vendor in self.vendors
        ]

    def make_components(self) -> list[Row]:
        return [
            {
                "id": component,
                "segment": "parts",
                "family": self.random.choice(("", "", "one", "two")),
                "virtual": "yes" if self.one_in(8) else "",
            }
            for component in self.components
        ]

    def make_offers(self) -> list[Row]:
        rows = []
        for place, component in enumerate(self.components):
            for vendor in self.few(self.vendors, 4) or self.few(self.vendors, 2):
                share = self.random.choice(("", "", "0.2", "0.5", "0.7"))
                rows.append(
                    {
                        "vendor": vendor,
                        "component": component,
                        "status": self.random.choice(_STATUSES),
                        "role": self.random.choice(("", "", "leader", "established", "entrant")),
                        "share": share,
                        "share_of": self.random.choice((component, "a wider market")) if share else "",
                        "in_house": ";".join(self.few(self.components[place + 1 :], 2))
                        if self.one_in(3)
                        else "",
                        "dataset": "toy",
                        "source_kind": self.random.choice(_SOURCES),
                        "confidence": self.random.choice(_CONFIDENCES),
                    }
                )
        return rows

    def make_requires(self) -> Rows:
        rows: Rows = {"component_requires": [], "solution_requires": [], "solution_builds_on": []}
        for place, whole in enumerate(self.components):
            for part in self.few(self.components[place + 1 :], 3):
                rows["component_requires"].append(self.require("component", whole, part))
        for place, whole in enumerate(self.solutions):
            for part in self.few(self.components, 4):
                rows["solution_requires"].append(self.require("solution", whole, part))
            for part in self.few(self.solutions[place + 1 :], 1):
                rows["solution_builds_on"].append(self.require("solution", whole, part))
        return rows

    def require(self, column: str, whole: str, part: str) -> Row:
        return {
            column: whole,
            "requires": part,
            "alternatives": self.random.choice(("", "", "one", "one", "two")),
            "kind": self.random.choice(("input", "input", "equipment", "service")),
            "dataset": "toy",
            "source_kind": "cited",
            "confidence": "high",
        }

    def make_owns(self) -> list[Row]:
        """Each vendor has at most one owner, one that comes before it: no circle, no second head."""
        rows = []
        for place, owned in enumerate(self.vendors[1:], 1):
            if self.one_in(2):
                share, control = self.random.choice(_CONTROL)
                rows.append(
                    {
                        "from_vendor": self.random.choice(self.vendors[:place]),
                        "to_vendor": owned,
                        "share": share,
                        "control": control,
                        "dataset": "toy",
                        "source_kind": "cited",
                    }
                )
        return rows


@st.composite
def supply_rows(draw: st.DrawFn) -> Rows:
    """Random AND/OR supply graphs: up to six vendors, six components and three solutions."""
    return random_rows(draw(st.randoms(use_true_random=False)))


def random_rows(random: Random) -> Rows:
    """Return the rows of one random graph; see :func:`supply_rows`."""
    maker = _Maker(
        random,
        vendors=random.sample("uvwxyz", random.randint(3, 6)),
        components=random.sample("abcdef", random.randint(2, 6)),
        solutions=random.sample("pqr", random.randint(0, 3)),
    )
    rows: Rows = {
        "vendors": maker.make_vendors(),
        "components": maker.make_components(),
        "solutions": [{"id": solution} for solution in maker.solutions],
        "offers": maker.make_offers(),
        "owns": maker.make_owns(),
        **maker.make_requires(),
    }
    return {name: random.sample(table, len(table)) for name, table in rows.items()}
