"""What changed between two data sets or two days, as programs and spreadsheets have it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kizuna._render import Cell, Column, Sheet
from kizuna.answers.explain import Ranked
from kizuna.answers.facts import FactTeller, record_fact
from kizuna.answers.names import Names, record_data, record_scope
from kizuna.answers.sources import Sources
from kizuna.answers.values import record_value, say_value
from kizuna.queries import Cell as CoverageCell
from kizuna.queries import CellChange, Comparison, Finding, FindingChange, Gaps, describe_scope

__all__ = [
    "KINDS",
    "count_changes",
    "head_changes",
    "list_sheet",
    "rank_change",
    "record_change",
    "record_changes",
    "say_reasons",
    "say_why",
    "show_cell",
    "tell_obstacles",
]

KINDS = ("opened", "closed", "changed")


def count_changes(comparison: Comparison) -> dict[str, int]:
    """Return what a threshold may speak of, and how many there are of it."""
    every: list[FindingChange | CellChange] = [*comparison.findings, *comparison.coverage]
    return {
        **{kind: len(getattr(comparison, kind)) for kind in KINDS},
        "cells": len(comparison.coverage),
        "not-comparable": sum("not comparable" in change.why for change in every),
    }


def say_why(why: Sequence[str], names: Names, *, together: bool | None = None) -> str:
    """Return the reasons of a change: world, knowledge, model, not comparable.

    Parameters
    ----------
    why
        The reasons.
    names
        Says them.
    together
        Whether it takes all of them, or each is enough by itself; None: that is not said.
    """
    reasons = names.say("cli.separator").join(
        names.say(f"changes.why.{cause.replace(' ', '-')}") for cause in why
    )
    if len(why) < 2 or together is None:
        return reasons
    return names.say("changes.why_together" if together else "changes.why_each", reasons=reasons)


def say_reasons(change: FindingChange, names: Names) -> str:
    """Return the reasons of a finding's change; of several properties each may have one of its own."""
    return say_why(change.why, names, together=change.together if not change.fields else None)


def head_changes(
    comparison: Comparison, names: Names, before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[str]:
    """Yield the lines at the head of the answer: the scope, and the data before and after."""
    lines = describe_scope(comparison.after.analysis.market, names.lang)
    yield lines[0]
    for side, gaps, selection in (
        ("before", comparison.before, before),
        ("after", comparison.after, after),
    ):
        yield names.say(f"changes.{side}", data=_say_data(gaps, names, selection))
    yield lines[-1]
    missing = [edge for edge in comparison.before.missing if edge in comparison.after.missing]
    if missing:
        yield names.say("changes.both_missing", edges=", ".join(missing))


def _say_data(gaps: Gaps, names: Names, selection: Mapping[str, str]) -> str:
    market, graph = gaps.analysis.market, gaps.analysis.graph
    title = " ".join(part for part in (graph.name, graph.version) if part)
    parts = [
        names.say(
            "changes.data",
            data=title or "-",
            date=graph.as_of or "?",
            hash=graph.content_hash[:12],
            counted=int(market.present.sum()),
            blank=market.blank_status,
        )
    ]
    if selection:
        text = "; ".join(f"{name} = {value}" for name, value in selection.items())
        parts.append(names.say("scope.filters", filters=text))
    return names.say("scope.separator").join(parts)


def tell_obstacles(comparison: Comparison, names: Names) -> Iterator[str]:
    """Yield why not everything is comparable, and what could be compared instead."""
    for obstacle in comparison.obstacles:
        side = names.say(f"changes.side.{obstacle.side}")
        yield names.say(f"changes.obstacle.{obstacle.kind}", side=side)
        yield names.say(f"changes.instead.{obstacle.kind}")


def rank_change(change: FindingChange, comparison: Comparison) -> Ranked:
    """Return the finding to show, judged: the one after, or of a closed one the one before."""
    if change.after is not None:
        return Ranked.judge(comparison.after, 0, change.after)
    assert change.before is not None  # noqa: S101  one of the two is there
    return Ranked.judge(comparison.before, 0, change.before)


def show_cell(cell: CoverageCell | None, names: Names) -> str:
    """Return a cell of coverage: vendors (groups), and how complete the list of vendors is."""
    if cell is None:
        return names.say("changes.no_such_item")
    state = {"none": "cell.none", "not known": "cell.not_known"}.get(cell.state)
    shown = names.say(state) if state else f"{cell.vendors} ({cell.groups})"
    return names.say("changes.cell", cell=shown, level=names.say(f"cli.level.{cell.level}"))


# ---- for programs ----


def record_changes(
    comparison: Comparison,
    names: Names,
    before: Mapping[str, str],
    after: Mapping[str, str],
    limit: int | None,
) -> dict[str, Any]:
    """Return everything that changed, as JSON has it."""
    market = comparison.after.analysis.market
    missing = tuple({*comparison.before.missing, *comparison.after.missing})
    return {
        "scope": record_scope(market, names.lang, selection=after, missing=sorted(missing)),
        "before": _record_side(comparison.before, before),
        "after": _record_side(comparison.after, after),
        "counts": count_changes(comparison),
        "obstacles": [
            {
                "kind": obstacle.kind,
                "side": obstacle.side,
                "text": text,
            }
            for obstacle, text in zip(
                comparison.obstacles, list(tell_obstacles(comparison, names))[::2], strict=True
            )
        ],
        "findings": [
            record_change(change, comparison, names)
            for kind in KINDS
            for change in getattr(comparison, kind)[:limit]
        ],
        "coverage": [_record_cell(cell, names) for cell in comparison.coverage[:limit]],
        "facts": [record_fact(fact, names) for fact in comparison.facts[:limit]],
        "facts_total": len(comparison.facts),
        "text": list(head_changes(comparison, names, before, after)),
    }


def _record_side(gaps: Gaps, selection: Mapping[str, str]) -> dict[str, Any]:
    market = gaps.analysis.market
    return {
        "data": record_data(gaps.analysis.graph),
        "selection": dict(selection),
        "offers_counted": int(market.present.sum()),
        "offers_of_unknown_status": market.blank_status,
        "missing": list(gaps.missing),
    }


def record_change(change: FindingChange, comparison: Comparison, names: Names) -> dict[str, Any]:
    """Return one finding that is not the same, as JSON has it."""
    ranked = rank_change(change, comparison)
    return {
        "change": change.kind,
        "id": change.id,
        "kind": ranked.finding.kind,
        "unit": ranked.finding.unit,
        "members": ranked.record_members(names),
        "why": list(change.why),
        "together": change.together,
        "before": _record_finding(change.before, comparison.before, names),
        "after": _record_finding(change.after, comparison.after, names),
        "fields": [
            {
                "name": field.name,
                "before": record_value(field.name, field.before, names),
                "after": record_value(field.name, field.after, names),
                "why": list(field.why),
                "together": field.together,
            }
            for field in change.fields
        ],
        "enough": None if change.enough is None else [record_fact(fact, names) for fact in change.enough],
        "facts": [record_fact(fact, names) for fact in change.facts],
    }


def _record_finding(finding: Finding | None, gaps: Gaps, names: Names) -> dict[str, Any] | None:
    if finding is None:
        return None
    return {
        "verdict": Ranked.judge(gaps, 0, finding).verdict,
        "severity": finding.severity,
        "order": finding.order,
        "stand_ins": finding.stand_ins,
        "also": list(finding.also),
        "roots": names.records("Component", finding.roots),
        "vendors": names.records("Vendor", finding.vendors),
        "solutions_lost": names.records("Solution", finding.solutions),
        "components_lost": names.records("Component", finding.components),
    }


def _record_cell(change: CellChange, names: Names) -> dict[str, Any]:
    label = "Component" if change.by == "component" else "Segment"
    cells = {
        side: None
        if cell is None
        else {
            "state": cell.state,
            **{
                key: getattr(cell, key) if cell.state != "not known" else None
                for key in ("vendors", "groups", "listed")
            },
            "list": cell.level,
        }
        for side, cell in (("before", change.before), ("after", change.after))
    }
    return {
        "by": change.by,
        "item": names.record(label, change.item),
        "country": change.country,
        **cells,
        "why": list(change.why),
        "together": change.together,
    }


# ---- for spreadsheets ----

_TO_COUNT = (
    *("part", "change", "id", "kind", "unit", "member_id", "member", "roots_ids", "country"),
    *("field", "before", "after", "why", "together", "source", "stated", "url"),
)


def list_sheet(comparison: Comparison, names: Names, limit: int | None) -> Sheet:
    """Return everything that changed as one sheet, one value a cell."""
    columns = tuple(Column(names.say(f"changes.column.{key}")) for key in _TO_COUNT)
    return Sheet(columns, tuple(_list_rows(comparison, names, limit)))


def _list_rows(comparison: Comparison, names: Names, limit: int | None) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each finding, each of its fields and the facts of it, and each cell of coverage."""
    for kind in KINDS:
        for change in getattr(comparison, kind)[:limit]:
            yield from _rows_of_finding(change, comparison, names)
    for cell in comparison.coverage[:limit]:
        label = "Component" if cell.by == "component" else "Segment"
        yield _row(
            part=names.say("changes.part.cell"),
            change=names.say("changes.kind.changed"),
            id=cell.item,
            kind=names.say(f"cli.by.{cell.by}"),
            member=names.name(label, cell.item),
            country=cell.country,
            before=show_cell(cell.before, names),
            after=show_cell(cell.after, names),
            **_say_row_why(cell.why, cell.together, names),
        )


def _rows_of_finding(
    change: FindingChange, comparison: Comparison, names: Names
) -> Iterator[tuple[Cell, ...]]:
    ranked = rank_change(change, comparison)
    finding = ranked.finding
    about: dict[str, Cell] = {
        "change": names.say(f"changes.kind.{change.kind}"),
        "id": change.id,
        "kind": ranked.say_kind(names),
        "unit": names.say(f"unit.{finding.unit}") if finding.unit else None,
        "member_id": ";".join(finding.members) or None,
        "member": ";".join(ranked.name_member(names, member) for member in finding.members) or None,
        "roots_ids": ";".join(finding.roots),
    }
    why = _say_row_why(change.why, change.together, names)
    yield _row(part=names.say("changes.part.finding"), **about, **why)
    for field in change.fields:
        then, now = (record_value(field.name, value, names) for value in (field.before, field.after))
        yield _row(
            part=names.say("changes.part.field"),
            **about,
            field=names.say(f"changes.field.{field.name}"),
            before=say_value(field.name, then, names, beside=now),
            after=say_value(field.name, now, names, beside=then),
            **_say_row_why(field.why, field.together, names),
        )
    teller = FactTeller(names, Sources(names))
    for fact in change.facts if change.enough is None else change.enough:
        row = fact.after or fact.before or {}
        yield _row(
            part=names.say("changes.part.fact"),
            **about,
            field=teller.name(fact),
            before=teller.say_row(fact.before, fact),
            after=teller.say_row(fact.after, fact),
            why=say_why((fact.why,), names),
            source=row.get("source_title") or names.say(f"changes.source.{row['source_kind']}")
            if "source_kind" in row
            else None,
            stated=row.get("as_of"),
            url=row.get("source_url"),
        )


def _say_row_why(why: Sequence[str], together: bool, names: Names) -> dict[str, Cell]:
    reasons = ";".join(say_why((cause,), names) for cause in why)
    return {"why": reasons, "together": names.say("changes.yes" if together else "changes.no")}


def _row(**cells: Cell) -> tuple[Cell, ...]:
    return tuple(cells.get(key) for key in _TO_COUNT)
