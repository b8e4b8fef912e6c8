"""What chains and line-ups have in common when they are told: places, ties, scores, sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

import pandas as pd

from kizuna._render import Branch, Cell, Column, Sheet
from kizuna.answers.names import Names, head_answer, record_scope, record_source
from kizuna.answers.sources import Sources
from kizuna.queries import Analysis
from kizuna.queries.place_finder import PARTS, ChainTie, Place, Relation

__all__ = ["PLACE_COLUMNS", "PlaceTeller", "record_fraction", "show_parts"]

_GRADES = {Fraction(1): "high", Fraction(2, 3): "medium", Fraction(1, 3): "low", Fraction(0): "uncited"}

PLACE_COLUMNS = (
    *("rank", "id", "variant", "score", *PARTS, "layer_id", "layer", "component_id", "component"),
    *("vendor_id", "vendor", "country", "group_id", "needed", "groups", "place_evidence", "alike"),
)
"""Columns of the CSV: one row a place."""


def record_fraction(value: Fraction) -> dict[str, Any]:
    """Return a rational number as JSON has it: exact as text, and as a number."""
    return {"exact": str(value), "value": float(value)}


def show_parts(score: Fraction, parts: Mapping[str, Fraction]) -> tuple[str, ...]:
    """Return a score and its parts with two decimals."""
    return f"{float(score):.2f}", *(f"{float(parts[part]):.2f}" for part in PARTS)


class PlaceTeller:
    """Tells places and ties in one language, and numbers their sources.

    Parameters
    ----------
    analysis
        What was counted.
    lang, selection
        As for all answers.
    missing
        Edge types that the question needs and the data set lacks.
    """

    def __init__(
        self, analysis: Analysis, *, lang: str, selection: Mapping[str, str], missing: Sequence[str]
    ) -> None:
        self.analysis, self.lang, self.selection, self.missing = analysis, lang, selection, missing
        self.names = Names(analysis.graph, lang)
        self.sources = Sources(self.names)

    def head(self, *lines: str) -> tuple[str, ...]:
        """Return the head of the answer: scope, then what was asked."""
        market = self.analysis.market
        return (*head_answer(market, self.lang, selection=self.selection, missing=self.missing), *lines)

    def record_scope(self) -> dict[str, Any]:
        """Return the scope as JSON has it."""
        market = self.analysis.market
        return record_scope(market, self.lang, selection=self.selection, missing=self.missing)

    def say_weights(self, weights: Mapping[str, Fraction]) -> str:
        """Return the weights as a sentence."""
        say = self.names.say
        listed = (f"{say(f'paths.part.{part}')} {_show_weight(weight)}" for part, weight in weights.items())
        return say("paths.weights", weights=say("cli.separator").join(listed))

    # ---- places ----

    @cached_property
    def _offers(self) -> dict[tuple[str, str], int]:
        offers = self.analysis.market.offers
        pairs = zip(offers["vendor"], offers["component"], strict=True)
        return {pair: position for position, pair in enumerate(pairs)}

    def _offer(self, place: Place) -> pd.Series:
        return self.analysis.market.offers.iloc[self._offers[place.vendor, place.component]]

    def show_layer(self, place: Place) -> str:
        """Return the layer of a place; security lies in none."""
        return self.names.name("Layer", place.layer) if place.layer else "-"

    def place_sheet(self, places: Sequence[Place], alike: Sequence[Sequence[str]] = ()) -> Sheet:
        """Return places as a table, one a row."""
        say = self.names.say
        keys = ["layer", "component", "vendor", "country", "groups", "needed", "place_evidence"]
        keys += ["alike"] if any(alike) else []
        columns = tuple(Column(say(f"paths.column.{key}"), number=key == "groups") for key in keys)
        rows = []
        for number, place in enumerate(places):
            row: list[Cell] = [
                self.show_layer(place),
                self.names.show("Component", place.component),
                self.names.show("Vendor", place.vendor),
                place.country,
                place.groups,
                say("paths.needed") if place.needed else "-",
                f"{self.show_grade(place)} [{self.sources.number(self._offer(place))}]",
            ]
            if any(alike):
                others = [self.names.name("Vendor", vendor) for vendor in alike[number]]
                row.append(say("cli.separator").join(others) or "-")
            rows.append(tuple(row))
        return Sheet(columns, tuple(rows))

    def show_grade(self, place: Place) -> str:
        """Return how well an offer is documented, in words."""
        return self.names.say(f"paths.grade.{_GRADES[place.evidence]}")

    def record_place(self, place: Place) -> dict[str, Any]:
        """Return a place as JSON has it."""
        return {
            "layer": self.names.record("Layer", place.layer) if place.layer else None,
            "component": self.names.record("Component", place.component),
            "vendor": self.names.record("Vendor", place.vendor),
            "country": place.country,
            "group": self.names.record("Vendor", place.group),
            "needed": place.needed,
            "groups": place.groups,
            "backup": record_fraction(place.backup),
            "evidence": record_fraction(place.evidence),
            "offer": record_source(self._offer(place)),
        }

    def place_columns(self) -> tuple[Column, ...]:
        """Return the headings of the CSV."""
        say = self.names.say
        return tuple(
            Column(say(f"paths.part.{key}" if key in PARTS else f"paths.column.{key}"))
            for key in PLACE_COLUMNS
        )

    def place_cells(
        self,
        rank: int,
        name: str,
        variant: int,
        score: Fraction,
        parts: Mapping[str, Fraction],
        place: Place,
        alike: Sequence[str] = (),
    ) -> tuple[Cell, ...]:
        """Return one place as a row of the CSV."""
        say = self.names.say
        return (
            rank,
            name,
            variant,
            *(round(float(value), 6) for value in (score, *(parts[part] for part in PARTS))),
            place.layer or None,
            self.names.name("Layer", place.layer) if place.layer else None,
            place.component,
            self.names.name("Component", place.component),
            place.vendor,
            self.names.name("Vendor", place.vendor),
            place.country,
            place.group,
            say("paths.needed") if place.needed else None,
            place.groups,
            self.show_grade(place),
            ";".join(alike) or None,
        )

    # ---- ties ----

    def _relation(self, relation: Relation) -> pd.Series:
        return self.analysis.graph.table(relation.type.lower()).loc[[relation.row]].iloc[0]

    def tie_lines(self, ties: Sequence[ChainTie], at: Sequence[tuple[str, str]] = ()) -> tuple[Branch, ...]:
        """Return the ties there are, one a line with its sources, then how many neighbours have none.

        Parameters
        ----------
        ties
            The ties of all neighbours.
        at
            Their components, where the order of the places does not tell.
        """
        say = self.names.say
        lines = []
        for number, tie in enumerate(ties):
            if tie.strength:
                first, second = (self.names.name("Vendor", vendor) for vendor in (tie.first, tie.second))
                if at:
                    first, second = (
                        say(
                            "paths.at_place", vendor=vendor, component=self.names.name("Component", component)
                        )
                        for vendor, component in zip((first, second), at[number], strict=True)
                    )
                counts = f"{float(tie.strength):.1f}"
                relations = tuple(Branch(self._show_relation(one)) for one in tie.relations)
                lines.append(Branch(say("paths.tie", first=first, second=second, strength=counts), relations))
        without = sum(not tie.strength for tie in ties)
        if without:
            lines.append(Branch(say("paths.untied", n=without, total=len(ties))))
        return tuple(lines)

    def _show_relation(self, relation: Relation) -> str:
        say = self.names.say
        about = (
            self.names.name("Component", relation.component)
            if relation.component
            else say("paths.about_nothing")
        )
        number = self.sources.number(self._relation(relation))
        return (
            say(
                "paths.relation",
                first=self.names.name("Vendor", relation.from_vendor),
                second=self.names.name("Vendor", relation.to_vendor),
                type=relation.type,
                component=about,
                date=relation.as_of,
            )
            + f" [{number}]"
        )

    def record_tie(self, tie: ChainTie) -> dict[str, Any]:
        """Return a tie as JSON has it."""
        return {
            "first": tie.first,
            "second": tie.second,
            "strength": record_fraction(tie.strength),
            "relations": [
                {
                    "type": relation.type,
                    "from": relation.from_vendor,
                    "to": relation.to_vendor,
                    "component": relation.component,
                    "as_of": relation.as_of,
                    "evidence": record_source(self._relation(relation)),
                }
                for relation in tie.relations
            ],
        }

    def source_list(self) -> tuple[Branch, ...]:
        """Return the sources named so far, for the foot; nothing if there are none."""
        lines = tuple(Branch(line) for line in self.sources.lines())
        return (Branch(self.names.say("cli.explain.sources"), lines),) if lines else ()


def _show_weight(weight: Fraction) -> str:
    return str(weight) if weight.denominator == 1 else f"{float(weight):g}"
