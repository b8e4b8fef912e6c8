"""Answers of the questions as rows: coverage, and the list of gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from kizuna._render import Answer, Block, Cell, Column, Heading, Sheet
from kizuna.answers.explain import Ranked, record_finding
from kizuna.answers.names import ROOTS_SHOWN, Names, head_answer, record_scope
from kizuna.queries import UNITS, Coverage, CoverageRow, Gaps
from kizuna.queries import Cell as CoverageCell

__all__ = ["name_row", "tell_coverage", "tell_gaps"]

_LABELS = {"component": "Component", "segment": "Segment", "layer": "Layer"}


def tell_coverage(coverage: Coverage, *, lang: str, selection: Mapping[str, str]) -> Answer:
    """Return a coverage table: one row an item, the pair's countries in their order, then elsewhere."""
    market = coverage.market
    names = Names(market.graph, lang)
    missing = ("OFFERS",) if market.graph.edges("OFFERS").empty else ()
    countries = [names.name("Country", country) for country in (*market.scope.pair, "*")]
    by = names.say(f"cli.by.{coverage.by}")
    separator = names.say("cli.separator")
    legend = "component_legend" if coverage.by == "component" else "legend"
    return Answer(
        head=head_answer(market, lang, selection=selection, missing=missing),
        blocks=(
            Heading(names.say("cli.coverage.title", by=by)),
            _coverage_to_read(coverage, names, countries),
            names.say(f"cli.coverage.{legend}", countries=separator.join(countries)),
        ),
        document=lambda: {
            "scope": record_scope(market, lang, selection=selection, missing=missing),
            "by": coverage.by,
            "rows": [_record_row(row, names) for row in coverage.rows],
        },
        sheet=_coverage_to_count(coverage, names, countries),
    )


def name_row(row: CoverageRow, names: Names) -> str:
    """Return the name of what a row of coverage counts."""
    if row.level == "nature":
        return names.say(f"cli.nature.{row.id}")
    name = names.name(_LABELS[row.level], row.id)
    # Security secures all layers and is none itself.
    return names.name("Segment", row.id) if name == row.id else name


def _show_item(row: CoverageRow, names: Names) -> str:
    name = name_row(row, names)
    return name if row.level == "nature" or name == row.id else f"{name} ({row.id})"


def _show_cell(cell: CoverageCell, names: Names) -> str:
    if cell.state == "count":
        return f"{cell.vendors} ({cell.groups})"
    return names.say("cell.none" if cell.state == "none" else "cell.not_known")


def _coverage_to_read(coverage: Coverage, names: Names, countries: Sequence[str]) -> Sheet:
    say = names.say
    # A component has no parts, and only a component has a market of its own.
    extra = ("hhi",) if coverage.by == "component" else ("covered",)
    columns = (
        Column(say(f"cli.by.{coverage.by}")),
        *(Column(country, number=True) for country in countries),
        *(Column(say(f"cli.column.{key}")) for key in ("lists", *extra)),
        Column(say("cli.column.overlap"), number=True),
        *((Column(say("cli.column.unplaced"), number=True),) if coverage.market.by_made else ()),
    )
    return Sheet(columns, tuple(_row_to_read(row, names) for row in coverage.rows))


def _row_to_read(row: CoverageRow, names: Names) -> tuple[Cell, ...]:
    separator = names.say("cli.separator")
    if row.level == "component":
        hhi = row.hhi
        extra = f"{hhi.low:.2f}–{hhi.high:.2f} ({hhi.year})" if hhi else None
    else:
        covered = zip(row.covered, row.cells, strict=True)
        known = (str(n) if cell.state != "not known" else "?" for n, cell in covered)
        extra = separator.join(f"{n}/{row.parts}" for n in known) if row.parts else None
    return (
        _show_item(row, names),
        *(_show_cell(cell, names) for cell in row.cells),
        separator.join(names.say(f"cli.level.{cell.level}") for cell in row.cells),
        extra,
        None if row.overlap is None else f"{row.overlap:.2f}",
        *(() if row.unplaced is None else (str(row.unplaced),)),
    )


def _coverage_to_count(coverage: Coverage, names: Names, countries: Sequence[str]) -> Sheet:
    """One number a cell, because a spreadsheet takes 7/12 for a day in July."""
    say = names.say
    parts = ("state", "vendors", "groups", "listed", "covered_in", "list_of")
    headings = [say("cli.column.id"), say(f"cli.by.{coverage.by}"), say("cli.column.parts")]
    headings += [say(f"cli.column.{part}", country=country) for country in countries for part in parts]
    headings += [say(f"cli.column.{part}") for part in ("overlap", "hhi_low", "hhi_high", "hhi_year")]
    headings += [say("cli.column.unplaced")] if coverage.market.by_made else []
    rows: list[tuple[Cell, ...]] = []
    for row in coverage.rows:
        cells: list[Cell] = []
        for cell, covered in zip(row.cells, row.covered, strict=True):
            state = "" if cell.state == "count" else _show_cell(cell, names)
            known = cell.state != "not known"
            counts = (cell.vendors, cell.groups, cell.listed) if known else (None, None, None)
            cells += [state or None, *counts, covered if known else None, say(f"cli.level.{cell.level}")]
        hhi = (row.hhi.low, row.hhi.high, row.hhi.year) if row.hhi else (None, None, None)
        unplaced = () if row.unplaced is None else (row.unplaced,)
        rows.append((row.id, name_row(row, names), row.parts, *cells, row.overlap, *hhi, *unplaced))
    return Sheet(tuple(Column(heading) for heading in headings), tuple(rows))


def _record_row(row: CoverageRow, names: Names) -> dict[str, Any]:
    cells = []
    for cell, covered in zip(row.cells, row.covered, strict=True):
        known = cell.state != "not known"
        counts = {"vendors": cell.vendors, "groups": cell.groups, "listed": cell.listed, "covered": covered}
        cells.append(
            {
                "country": cell.country,
                "name": names.name("Country", cell.country),
                "state": cell.state,
                **{key: count if known else None for key, count in counts.items()},
                "list": cell.level,
            }
        )
    return {
        "id": row.id,
        "name": name_row(row, names),
        "parts": row.parts,
        "cells": cells,
        "overlap": row.overlap,
        "hhi": asdict(row.hhi) if row.hhi else None,
        "unplaced": row.unplaced,
    }


def tell_gaps(gaps: Gaps, *, lang: str, selection: Mapping[str, str], limit: int | None = None) -> Answer:
    """Return the list of gaps: each kind ranked for itself, at most `limit` of it."""
    names = Names(gaps.analysis.graph, lang)
    market = gaps.analysis.market
    kinds = {
        "cut": gaps.cuts,
        "uncovered": gaps.uncovered,
        "dominant": gaps.dominant,
        "fragile": gaps.fragile,
        "thin": gaps.thin,
    }
    shown = {
        kind: [Ranked.judge(gaps, rank, finding) for rank, finding in enumerate(found[:limit], 1)]
        for kind, found in kinds.items()
    }
    counts = {kind: len(found) for kind, found in kinds.items()}
    answered = "OFFERS" not in gaps.missing  # else nothing is known, and 0 would be wrong
    blocks: list[Block] = _count_gaps(gaps, counts, names) if answered else []
    for kind, ranked in shown.items():
        if ranked:
            blocks += [
                Heading(_head_section(gaps, kind, names)),
                Sheet(_gap_columns(_TO_READ, names), tuple(_gap_to_read(r, names) for r in ranked)),
            ]
        if len(ranked) < counts[kind]:
            blocks.append(names.say("cli.gaps.shown", shown=len(ranked), total=counts[kind]))
    if any(shown.values()):
        plain = gaps.max_order == 1 and gaps.doubled is None and set(gaps.units) <= set(UNITS)
        blocks.append(names.say("cli.gaps.more" if plain else "cli.gaps.more_same"))
    everything = [r for ranked in shown.values() for r in ranked]
    return Answer(
        head=head_answer(market, lang, selection=selection, missing=gaps.missing),
        blocks=tuple(blocks),
        document=lambda: {
            "scope": record_scope(market, lang, selection=selection, missing=gaps.missing),
            "units": list(gaps.units),
            "max_order": gaps.max_order,
            "counts": counts | ({} if gaps.doubled else {"thin": None}) if answered else None,
            "findings": [record_finding(r, names) for r in everything],
        },
        sheet=Sheet(_gap_columns(_TO_COUNT, names), tuple(_gap_to_count(r, names) for r in everything)),
    )


def _count_gaps(gaps: Gaps, counts: Mapping[str, int], names: Names) -> list[Block]:
    """Return how many there are of each kind, as sentences."""
    single = sum(cut.order == 1 for cut in gaps.cuts)
    key = "cli.gaps.counts" if gaps.max_order == 1 else "cli.gaps.counts_sets"
    lines: list[Block] = [names.say(key, single=single, order=gaps.max_order, **counts)]
    if gaps.doubled is not None:
        lines.append(names.say("cli.gaps.counts_thin", thin=counts["thin"]))
    return lines


def _head_section(gaps: Gaps, kind: str, names: Names) -> str:
    if kind == "cut" and gaps.max_order > 1:
        return names.say("cli.section.cut_sets", order=gaps.max_order)
    return names.say(f"cli.section.{kind}")


_TO_READ = ("rank", "id", "unit", "member", "roots", "lost", "severity", "stand_ins", "verdict")
_TO_COUNT = (
    *("rank", "id", "kind", "unit", "member_id", "member", "roots_ids", "roots", "lost", "total"),
    *("components_lost", "severity", "stand_ins", "verdict", "order", "at_once"),
)
_NUMBERS = ("rank", "lost", "severity", "stand_ins")


def _gap_columns(keys: Sequence[str], names: Names) -> tuple[Column, ...]:
    return tuple(
        Column(names.say(f"cli.column.{key}"), number=key in _NUMBERS, whole=key in ("id", *_NUMBERS))
        for key in keys
    )


def _gap_to_read(ranked: Ranked, names: Names) -> tuple[Cell, ...]:
    finding = ranked.finding
    return (
        ranked.rank,
        finding.id,
        names.say(f"unit.{finding.unit}") if finding.unit else "-",
        ranked.show_members(names) or "-",
        names.join("Component", finding.roots, ROOTS_SHOWN),
        f"{len(finding.solutions)}/{finding.solutions_total}",
        f"{finding.severity:.2f}",
        finding.stand_ins,
        names.say(f"verdict.{ranked.verdict}"),
    )


def _gap_to_count(ranked: Ranked, names: Names) -> tuple[Cell, ...]:
    finding = ranked.finding
    return (
        ranked.rank,
        finding.id,
        ranked.say_kind(names),
        names.say(f"unit.{finding.unit}") if finding.unit else None,
        ";".join(finding.members) or None,
        ";".join(ranked.name_member(names, member) for member in finding.members) or None,
        ";".join(finding.roots),
        ";".join(names.name("Component", root) for root in finding.roots),
        len(finding.solutions),
        finding.solutions_total,
        len(finding.components),
        round(finding.severity, 6),
        finding.stand_ins,
        names.say(f"verdict.{ranked.verdict}"),
        finding.order,
        len(finding.at_once),
    )
