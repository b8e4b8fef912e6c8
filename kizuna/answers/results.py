"""A query's answer as a table, CSV, JSON, JSON lines or Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kizuna._messages import say
from kizuna._render import Answer, Block, Cell, Column, Sheet
from kizuna.answers.cells import record_value, show_value
from kizuna.graph.stores.values import Result

__all__ = ["note_result", "tell_result"]


def tell_result(result: Result, *, lang: str, head: tuple[str, ...] = ()) -> Answer:
    """Return the answer to a query.

    Parameters
    ----------
    result
        The rows.
    lang
        Language of names and sentences.
    head
        What a reader must know before.
    """
    sheet = _make_sheet(result, lang)
    blocks: list[Block] = [sheet] if result.columns else []
    if result.columns or not result.counters:
        blocks.append(_count_rows(result, lang))
    if result.counters:
        blocks.append(_list_counters(result))
    return Answer(
        head=head,
        blocks=tuple(blocks),
        document=lambda: {
            "columns": list(result.columns),
            "rows": list(_records(result)),
            "truncated": result.truncated,
            **({"counters": dict(result.counters)} if result.counters else {}),
        },
        sheet=sheet,
        records=lambda: _records(result),
    )


def note_result(result: Result, *, lang: str, more: str) -> tuple[str, ...]:
    """Return what must be said beside the rows: what the store says of them, and that there are more."""
    notes = tuple(f"note: {notice}" for notice in result.notices)
    if result.truncated:
        notes = (*notes, say("cli.query.truncated", lang, n=len(result), more=more))
    return notes


def _records(result: Result) -> Any:
    for row in result:
        yield {name: record_value(value) for name, value in zip(result.columns, row, strict=True)}


def _count_rows(result: Result, lang: str) -> str:
    if not result.rows:
        return say("cli.query.empty", lang)
    return say("cli.query.first" if result.truncated else "cli.query.rows", lang, n=len(result))


def _list_counters(result: Result) -> str:
    return ", ".join(f"{name.replace('_', ' ')}: {n}" for name, n in result.counters.items())


def _make_sheet(result: Result, lang: str) -> Sheet:
    rows = tuple(tuple(show_value(value, lang) for value in row) for row in result)
    columns = zip(*rows, strict=True) if rows else [()] * len(result.columns)
    return Sheet(
        tuple(_make_column(name, cells) for name, cells in zip(result.columns, columns, strict=True)), rows
    )


def _make_column(name: str, cells: Sequence[Cell]) -> Column:
    known = [cell for cell in cells if cell is not None]
    number = bool(known) and all(isinstance(cell, int | float) for cell in known)
    is_id = name == "id" or name.endswith((".id", "_id"))
    return Column(name, number=number, whole=number or is_id)
