"""Minimal cut sets, minimal path sets and the importance of units, as rows and sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from kizuna._render import Answer, Block, Branch, Cell, Column, Heading, Sheet
from kizuna.answers.names import Names, head_answer, record_scope
from kizuna.answers.sources import Sources
from kizuna.answers.witness import draw_witness, record_witness
from kizuna.queries import Analysis, Importance, Market, TooManyError, UnitSets
from kizuna.queries._fault_tree import code_units
from kizuna.queries._set_finder import find_node
from kizuna.queries.witness import Witness, Witnesses

__all__ = ["UnitNames", "count_cut_sets", "tell_importance", "tell_sets"]


class UnitNames:
    """Names and countries of the units that a question loses as one.

    Parameters
    ----------
    market
        The market.
    unit
        What is lost as one.
    names
        Names of the graph's nodes.
    """

    def __init__(self, market: Market, unit: str, names: Names) -> None:
        self._names = names
        self._vendors = frozenset(market.vendor_ids)
        self._is_country = unit == "country"
        self._countries: dict[str, list[str]] = {}
        if not self._is_country:
            codes, ids = code_units(market, unit)
            home = np.flatnonzero(market.at_home).tolist()
            for one, seat in sorted({(int(codes[v]), market.shown_countries[v]) for v in home}):
                self._countries.setdefault(ids[one], []).append(seat)

    def name(self, unit: str) -> str:
        """Return the name of a unit: of the country, of the vendor (of a group: its head), or as it is."""
        if self._is_country:
            return self._names.name("Country", unit)
        return self._names.name("Vendor", unit) if unit in self._vendors else unit

    def show(self, unit: str) -> str:
        """Return name and id; an id that is the name only once."""
        name = self.name(unit)
        return name if name == unit else f"{name} ({unit})"

    def join(self, units: Sequence[str]) -> str:
        """Return several units as one text."""
        return self._names.say("cli.separator").join(map(self.show, units))

    def countries(self, unit: str) -> list[str]:
        """Return the countries of a unit's vendors, by code."""
        return [unit] if self._is_country else self._countries.get(unit, [])

    def show_countries(self, units: Sequence[str]) -> str:
        """Return the countries of several units, each once."""
        codes = sorted({country for unit in units for country in self.countries(unit)})
        return self._names.say("cli.separator").join(self._names.name("Country", code) for code in codes)

    def record(self, unit: str) -> dict[str, Any]:
        """Return a unit as JSON has it."""
        return {"id": unit, "name": self.name(unit), "countries": self.countries(unit)}


def count_cut_sets(found: UnitSets) -> tuple[int, int, int, int, int]:
    """Return how many cut sets there are, how many of orders 1, 2 and 3, and 1 for what cannot be had."""
    orders = found.count_by_order if found.feasible else {}
    return (
        found.count if found.feasible else 0,
        *(orders.get(1, 0), orders.get(2, 0), orders.get(3, 0)),
        int(not found.feasible),
    )


def tell_sets(
    found: UnitSets, analysis: Analysis, *, limit: int, lang: str, selection: Mapping[str, str]
) -> Answer:
    """Return minimal cut or path sets: how many exactly, then the first `limit`, smallest first.

    Parameters
    ----------
    found
        The sets.
    analysis
        What they were found in.
    limit
        How many to list.
    lang, selection
        As for all answers.
    """
    told = _Told(found, analysis, lang, selection)
    listed = _list_first(found, limit) if told.answered and found.feasible and found.can_fail else []
    state = told.describe(len(listed))
    return Answer(
        head=(*told.head, *state),
        blocks=told.blocks(listed),
        document=lambda: {
            **told.document(state),
            "shown": len(listed),
            "sets": [
                {"order": len(one), "members": [told.units.record(unit) for unit in one]} for one in listed
            ],
            "witness": told.record_witness(),
        },
        sheet=told.sheet(listed),
    )


def _list_first(found: UnitSets, limit: int) -> list[tuple[str, ...]]:
    """Return the smallest sets, none if there are so many that even the first take too long to find."""
    try:
        return found.first(limit)
    except TooManyError:
        return []


class _Told:
    """What is said of the sets of one target."""

    def __init__(self, found: UnitSets, analysis: Analysis, lang: str, selection: Mapping[str, str]) -> None:
        self.found, self.analysis, self.lang, self.selection = found, analysis, lang, selection
        self.names = Names(analysis.graph, lang)
        self.units = UnitNames(analysis.market, found.unit, self.names)
        self.missing = tuple(n for n in ("OFFERS", "REQUIRES") if analysis.graph.edges(n).empty)
        # Without requirements every solution would seem to need nothing.
        self.answered = not self.missing or (self.missing == ("REQUIRES",) and found.label == "Component")
        self.head = (
            *head_answer(analysis.market, lang, selection=selection, missing=self.missing),
            self.names.say(
                "loss.sets.asked",
                target=self.names.show(found.label, found.target),
                unit=self._say_unit(),
                sourcing=self.names.say(f"loss.sourcing.{found.sourcing}"),
                order=found.max_order or self.names.say("loss.sets.any_order"),
            ),
        )

    def _say_unit(self) -> str:
        return self.names.say(f"loss.unit.{self.found.unit}")

    def describe(self, shown: int) -> tuple[str, ...]:
        """Return how many sets there are, and what stands in the way of listing them."""
        if not self.answered:
            return ()
        found, say = self.found, self.names.say
        lines = [self._count()]
        if found.count and found.feasible and found.can_fail:
            orders = [
                say("loss.sets.order_count", order=order, n=n)
                for order, n in sorted(found.count_by_order.items())
            ]
            lines.append(say("loss.sets.by_order", counts=say("cli.separator").join(orders)))
            if found.count > 1 and found.in_every:
                lines.append(say("loss.sets.in_every", units=self.units.join(found.in_every)))
            if not shown:
                lines.append(say("loss.sets.not_listed"))
            elif shown < found.count:
                lines.append(say("loss.sets.shown", shown=shown, total=f"{found.count:,}"))
        if found.sourcing == "documented":
            lines.append(say("loss.sets.documented"))
        return tuple(lines)

    def _count(self) -> str:
        found, say = self.found, self.names.say
        asked = {
            "target": self.names.show(found.label, found.target),
            "n": len(found.units),
            "unit": self._say_unit(),
            "order": found.max_order,
            "count": f"{found.count:,}",
        }
        if not found.feasible:
            return say("loss.sets.infeasible", **asked)
        if not found.can_fail:
            return say("loss.sets.cannot_fail", **asked)
        if found.trivial:
            return say("loss.sets.trivial", **asked)
        if not found.count and found.max_order is not None:
            return say(f"loss.{found.kind}_sets.none_up_to", **asked)
        return say(f"loss.{found.kind}_sets.count", **asked)

    def blocks(self, listed: Sequence[tuple[str, ...]]) -> tuple[Block, ...]:
        """Return what people read below the sentences."""
        title = Heading(
            self.names.say(
                f"loss.{self.found.kind}_sets.title",
                target=self.names.show(self.found.label, self.found.target),
                unit=self._say_unit(),
            )
        )
        if not listed:
            return self._explain()
        seat = () if self.found.unit == "country" else (Column(self.names.say("loss.column.countries")),)
        columns = (
            Column(self.names.say("loss.column.order"), number=True),
            Column(self.names.say("loss.column.members")),
            *seat,
        )
        rows = tuple(
            (len(one), self.units.join(one), *((self.units.show_countries(one),) if seat else ()))
            for one in listed
        )
        return (title, Sheet(columns, rows))

    def sheet(self, listed: Sequence[tuple[str, ...]]) -> Sheet:
        """Return one row for each unit of each set."""
        headings = ("set", "order", "member_id", "member", "countries")
        return Sheet(
            tuple(Column(self.names.say(f"loss.column.{heading}")) for heading in headings),
            tuple(
                (place, len(one), unit, self.units.name(unit), ";".join(self.units.countries(unit)))
                for place, one in enumerate(listed, 1)
                for unit in one
            ),
        )

    @cached_property
    def witness(self) -> Witness | None:
        """Why the target cannot be had with everybody present; None where it can, or by the records only."""
        node = find_node(self.analysis, self.found.target, self.found.label)
        fails = ~self.analysis.feasible
        if not self.answered or self.found.feasible or not fails[node]:
            return None
        analysis = self.analysis
        return Witnesses(analysis.structure, analysis.market, fails, analysis.requirements).build(node)

    def _explain(self) -> tuple[Block, ...]:
        if self.witness is None:
            return ()
        sources = Sources(self.names)
        tree = draw_witness(self.witness, self.analysis.graph, self.names, sources)
        lines = tuple(map(Branch, sources.lines()))
        title = Heading(self.names.say("loss.sets.why"))
        return (title, tree, Branch(self.names.say("cli.explain.sources"), lines)) if lines else (title, tree)

    def record_witness(self) -> dict[str, Any] | None:
        """Return why the target cannot be had, as JSON has it."""
        return None if self.witness is None else record_witness(self.witness, self.analysis.graph, self.names)

    def document(self, state: Sequence[str]) -> dict[str, Any]:
        """Return what was asked and counted, as JSON has it."""
        found = self.found
        known = self.answered and found.feasible
        return {
            "scope": record_scope(
                self.analysis.market, self.lang, selection=self.selection, missing=self.missing
            ),
            "kind": found.kind,
            "target": {"label": found.label, **self.names.record(found.label, found.target)},
            "unit": found.unit,
            "sourcing": found.sourcing,
            "max_order": found.max_order,
            "text": list(state),
            "feasible": found.feasible if self.answered else None,
            "can_fail": found.can_fail if self.answered else None,
            "trivial": found.trivial if self.answered else None,
            "units": len(found.units),
            "count": found.count if known and found.can_fail else (0 if self.answered else None),
            "count_by_order": {str(order): n for order, n in sorted(found.count_by_order.items())}
            if known and found.can_fail
            else {},
        }


# ---- importance ----


def tell_importance(
    rows: Sequence[Importance],
    found: UnitSets,
    analysis: Analysis,
    *,
    limit: int,
    lang: str,
    selection: Mapping[str, str],
) -> Answer:
    """Return what each unit weighs, greatest first, at most `limit` of them.

    Parameters
    ----------
    rows
        The units.
    found
        The minimal cut sets that they were measured by.
    analysis
        What they were found in.
    limit
        How many to list.
    lang, selection
        As for all answers.
    """
    told = _Told(found, analysis, lang, selection)
    answered = told.answered and found.feasible and found.can_fail
    listed = rows[:limit] if answered else ()
    state = list(told.describe(found.count))
    if len(listed) < len(rows) and answered:
        state.append(told.names.say("loss.importance.shown", shown=len(listed), total=len(rows)))
    title = told.names.say(
        "loss.importance.title",
        target=told.names.show(found.label, found.target),
        unit=told.names.say(f"loss.unit.{found.unit}"),
    )
    blocks: tuple[Block, ...] = told.blocks(())
    if listed:
        legend = told.names.say("loss.importance.legend")
        blocks = (Heading(title), _importance_to_read(listed, told), legend)
    return Answer(
        head=(*told.head, *state),
        blocks=blocks,
        document=lambda: {
            **told.document(state),
            "kind": "importance",
            "shown": len(listed),
            "rows": [_record_importance(row, told) for row in listed],
            "witness": told.record_witness(),
        },
        sheet=_importance_to_count(listed, told),
    )


def _importance_to_read(rows: Sequence[Importance], told: _Told) -> Sheet:
    keys = ("rank", "member", "countries", "birnbaum", "cut_sets", "fussell_vesely")
    columns = tuple(
        Column(told.names.say(f"loss.column.{key}"), number=key not in ("member", "countries"))
        for key in keys
    )
    return Sheet(
        columns,
        tuple(
            (
                rank,
                told.units.show(row.unit),
                told.units.show_countries([row.unit]),
                f"{float(row.birnbaum):.4g}",
                f"{row.cut_sets}/{told.found.count}",
                f"{float(row.fussell_vesely):.3f}",
            )
            for rank, row in enumerate(rows, 1)
        ),
    )


def _importance_to_count(rows: Sequence[Importance], told: _Told) -> Sheet:
    keys = ("rank", "member_id", "member", "countries", "birnbaum", "cut_sets", "of_sets", "fussell_vesely")
    cells: list[tuple[Cell, ...]] = [
        (
            rank,
            row.unit,
            told.units.name(row.unit),
            ";".join(told.units.countries(row.unit)),
            float(row.birnbaum),
            row.cut_sets,
            told.found.count,
            float(row.fussell_vesely),
        )
        for rank, row in enumerate(rows, 1)
    ]
    return Sheet(tuple(Column(told.names.say(f"loss.column.{key}")) for key in keys), tuple(cells))


def _record_importance(row: Importance, told: _Told) -> dict[str, Any]:
    return {
        **told.units.record(row.unit),
        "birnbaum": _record_fraction(row.birnbaum),
        "cut_sets": row.cut_sets,
        "fussell_vesely": _record_fraction(row.fussell_vesely),
    }


def _record_fraction(number: Fraction) -> dict[str, Any]:
    """Return a rational number as JSON has it: rounded, and exactly, as text."""
    return {"value": float(number), "exact": str(number)}
