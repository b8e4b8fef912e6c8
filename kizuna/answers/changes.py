"""What changed between two data sets or two days, as rows, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kizuna._render import Answer, Block, Branch, Cell, Column, Heading, Sheet
from kizuna.answers.facts import FactTeller, NamesOfBoth
from kizuna.answers.names import ROOTS_SHOWN, Names
from kizuna.answers.record_changes import (
    KINDS,
    count_changes,
    head_changes,
    list_sheet,
    rank_change,
    record_changes,
    say_reasons,
    say_why,
    show_cell,
    tell_obstacles,
)
from kizuna.answers.sources import Sources
from kizuna.answers.values import record_value, show_change
from kizuna.queries import CellChange, Comparison, FieldChange, FindingChange

__all__ = ["say_field", "tell_changes", "tell_facts"]

_SHOWN = 20  # of each kind, where people read
_FACTS = 5  # beside one finding
_COLUMNS = ("id", "kind", "member", "roots", "lost", "verdict")


def tell_changes(
    comparison: Comparison,
    *,
    lang: str,
    before: Mapping[str, str],
    after: Mapping[str, str],
    limit: int | None = None,
) -> Answer:
    """Return what changed: gaps opened, closed and changed, and cells of coverage.

    Parameters
    ----------
    comparison
        What changed.
    lang
        Language.
    before, after
        What was selected of the data before and after, as text by name.
    limit
        How many of each kind are shown at most; default: all, but in a table or in Markdown the first few.
    """
    names = NamesOfBoth(comparison.before.analysis.graph, comparison.after.analysis.graph, lang)
    teller = _Teller(comparison, names, limit)
    return Answer(
        head=tuple(head_changes(comparison, names, before, after)),
        blocks=tuple(teller.list_blocks()),
        document=lambda: record_changes(comparison, names, before, after, limit),
        sheet=list_sheet(comparison, names, limit),
    )


def tell_facts(change: FindingChange, names: Names, teller: FactTeller) -> list[Branch]:
    """Return the facts that made a finding change, each with its date and source; none if there are none."""
    enough, near = change.enough or (), change.facts
    model = [fact for fact in near if fact.why == "model" and fact not in enough]
    if change.enough is None:
        listed = [*model[:_FACTS], *(fact for fact in near if fact not in model)][:_FACTS]
    else:
        listed = [*enough[:_FACTS], *model[:_FACTS]]
    if not near:
        return [Branch(names.say("changes.older"))] if "knowledge" in change.why else []
    lines = [Branch(teller.say(fact)) for fact in listed]
    if len(listed) < len(near):
        lines.append(Branch(names.say("changes.more_facts", n=len(near) - len(listed))))
    found = change.enough is not None and bool(listed)
    return [Branch(names.say("changes.facts_enough" if found else "changes.facts_near"), tuple(lines))]


def say_field(name: str, before: Any, after: Any, why: str, names: Names) -> str:
    """Return how a property of a finding changed, as one line."""
    return names.say(
        "changes.field_line",
        field=names.say(f"changes.field.{name}"),
        change=show_change(name, before, after, names),
        why=why,
    )


def _tell_fields(fields: Sequence[FieldChange], names: Names) -> list[Branch]:
    return [
        Branch(
            say_field(
                field.name,
                record_value(field.name, field.before, names),
                record_value(field.name, field.after, names),
                say_why(field.why, names, together=field.together),
                names,
            )
        )
        for field in fields
    ]


class _Teller:
    """The answer as people read it."""

    def __init__(self, comparison: Comparison, names: Names, limit: int | None) -> None:
        self._comparison = comparison
        self._names = names
        self._limit = limit or _SHOWN
        self._sources = Sources(names)
        self._facts = FactTeller(names, self._sources)

    def list_blocks(self) -> Iterator[Block]:
        comparison, say = self._comparison, self._names.say
        counts = count_changes(comparison)
        if comparison.is_empty:
            yield from tell_obstacles(comparison, self._names)
            yield self._say_nothing()
            return
        kinds = {key: value for key, value in counts.items() if key != "not-comparable"}
        yield say("changes.counts", **kinds)
        yield from tell_obstacles(comparison, self._names)
        for kind in KINDS:
            yield from self._tell_findings(kind, getattr(comparison, kind))
        yield from self._tell_cells(comparison.coverage)
        lines = self._sources.lines()
        if lines:
            yield Branch(say("cli.explain.sources"), tuple(map(Branch, lines)))

    def _say_nothing(self) -> str:
        before, after = (gaps.analysis.graph for gaps in (self._comparison.before, self._comparison.after))
        if before.content_hash == after.content_hash and before.as_of == after.as_of:
            return self._names.say("changes.same")
        return self._names.say("changes.none", n=len(self._comparison.facts))

    def _tell_findings(self, kind: str, changes: Sequence[FindingChange]) -> Iterator[Block]:
        if not changes:
            return
        names, shown = self._names, changes[: self._limit]
        yield Heading(names.say(f"changes.title.{kind}", n=len(changes)))
        yield Sheet(
            (
                *(Column(names.say(f"cli.column.{key}"), whole=key == "id") for key in _COLUMNS),
                Column(names.say("changes.column.why")),
            ),
            tuple(_finding_to_read(change, self._comparison, names) for change in shown),
        )
        if len(shown) < len(changes):
            yield names.say("cli.gaps.shown", shown=len(shown), total=len(changes))
        told = [change for change in shown if change.facts or change.fields]
        if told:
            yield Branch(
                names.say("changes.what_did_it"),
                tuple(
                    Branch(
                        self._say_finding(change),
                        (*_tell_fields(change.fields, names), *tell_facts(change, names, self._facts)),
                    )
                    for change in told
                ),
            )

    def _say_finding(self, change: FindingChange) -> str:
        ranked, names = rank_change(change, self._comparison), self._names
        who = ranked.show_members(names) or names.join("Component", ranked.finding.roots)
        return names.say("cli.explain.title", id=change.id, kind=ranked.say_kind(names), member=who)

    def _tell_cells(self, cells: Sequence[CellChange]) -> Iterator[Block]:
        if not cells:
            return
        names = self._names
        yield Heading(names.say("changes.title.cells", n=len(cells)))
        known = [cell for cell in cells if "not comparable" not in cell.why]
        if len(known) < len(cells):
            yield names.say("changes.cells_not_comparable", n=len(cells) - len(known))
        if known:
            shown = known[: self._limit]
            keys = ("by", "item", "country", "before", "after", "why")
            yield Sheet(
                tuple(Column(names.say(f"changes.column.{key}")) for key in keys),
                tuple(_cell_to_read(cell, names) for cell in shown),
            )
            if len(shown) < len(known):
                yield names.say("cli.gaps.shown", shown=len(shown), total=len(known))
            yield names.say("changes.cells_legend")


def _finding_to_read(change: FindingChange, comparison: Comparison, names: Names) -> tuple[Cell, ...]:
    ranked = rank_change(change, comparison)
    finding = ranked.finding
    return (
        change.id,
        ranked.say_kind(names),
        ranked.show_members(names) or "-",
        names.join("Component", finding.roots, ROOTS_SHOWN),
        f"{len(finding.solutions)}/{finding.solutions_total}",
        names.say(f"verdict.{ranked.verdict}"),
        say_reasons(change, names),
    )


def _cell_to_read(change: CellChange, names: Names) -> tuple[Cell, ...]:
    label = "Component" if change.by == "component" else "Segment"
    return (
        names.say(f"cli.by.{change.by}"),
        names.show(label, change.item),
        names.name("Country", change.country),
        show_cell(change.before, names),
        show_cell(change.after, names),
        say_why(change.why, names, together=change.together),
    )
