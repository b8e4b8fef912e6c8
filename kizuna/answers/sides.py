"""What two countries can do alone and together, as rows and sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kizuna._render import Answer, Block, Branch, Cell, Column, Heading, Sheet
from kizuna.answers.names import Names, head_answer, record_scope
from kizuna.queries import Complement, Complementarity, Contribution
from kizuna.queries._set_finder import find_label

__all__ = ["Sides", "name_class", "tell_complement"]

_CLASSES = ("outside", "not-at-all", "either", "first-alone", "second-alone", "only-jointly")


@dataclass(frozen=True)
class Sides:
    """The targets that were asked about, and their classes.

    Parameters
    ----------
    found
        The classes of all targets.
    rows
        Those asked about.
    answered
        Whether anything is known of them.
    """

    found: Complementarity
    rows: tuple[Complement, ...]
    answered: bool

    @classmethod
    def select(
        cls, found: Complementarity, targets: Sequence[str], label: str, classes: Collection[str]
    ) -> Sides:
        """Return the targets of some ids, or all of a label, as far as they are of some classes.

        Raises
        ------
        UnknownNameError
            No such target; the message gives the names that come nearest.
        """
        wanted = {"solutions": ("Solution",), "components": ("Component",)}.get(
            label, ("Component", "Solution")
        )
        for target in targets:
            if not any(row.id == target for row in found.rows):
                find_label(found.analysis, target, None)
        # Without requirements every solution would seem to need nothing.
        known = {"Component"} if "REQUIRES" in found.missing else {"Component", "Solution"}
        rows = [row for row in found.rows if (row.id in targets if targets else row.label in wanted)]
        answered = "OFFERS" not in found.missing and (not rows or any(row.label in known for row in rows))
        kept = [row for row in rows if row.label in known] if answered else []
        pair = found.analysis.scope.pair
        chosen = tuple(row for row in kept if not classes or name_class(row.feasible, pair) in classes)
        return cls(found, chosen, answered)

    def count(self) -> dict[str, int]:
        """Return how many are of each class, and how many need third countries."""
        pair = self.found.analysis.scope.pair
        classes = [name_class(row.feasible, pair) for row in self.rows]
        counts = {name: classes.count(name) for name in _CLASSES}
        return {**counts, "needs-third": sum(row.needs_third for row in self.rows)}


def name_class(feasible: str, pair: tuple[str, str]) -> str:
    """Return a class without the codes of the countries.

    Examples
    --------
    >>> name_class("JP alone", ("TW", "JP")), name_class("not at all", ("TW", "JP"))
    ('second-alone', 'not-at-all')
    """
    alone = {f"{country} alone": f"{place}-alone" for country, place in zip(pair, _PLACES, strict=True)}
    return alone.get(feasible, feasible.replace(" ", "-"))


_PLACES = ("first", "second")


def tell_complement(
    sides: Sides,
    *,
    contributions: int | None,
    role: str | None,
    limit: int | None,
    lang: str,
    selection: Mapping[str, str],
) -> Answer:
    """Return the class of each target, what it imports, and on demand what each side must bring.

    Parameters
    ----------
    sides
        The targets.
    contributions
        Most sets of contributions of any target; None: none are looked for.
    role
        The minimum role of the second column; None: there is none.
    limit
        How many targets, and sets of one, to list; None: all.
    lang, selection
        As for all answers.

    Raises
    ------
    InputError
        A target has more sets of contributions than allowed.
    """
    told = _Told(sides, role, lang, selection)
    shown = sides.rows[:limit]
    brought = {
        row: sides.found.list_contributions(row.id, label=row.label, limit=contributions or 0)
        for row in (shown if contributions is not None else ())
    }
    state = told.describe()
    return Answer(
        head=(*told.head, *state),
        blocks=told.blocks(shown, brought, limit),
        document=lambda: told.document(shown, brought, state),
        sheet=told.list_contributions(brought) if contributions is not None else told.count_sheet(shown),
    )


class _Told:
    """What is said of some targets and two countries."""

    def __init__(self, sides: Sides, role: str | None, lang: str, selection: Mapping[str, str]) -> None:
        self.sides, self.role, self.lang, self.selection = sides, role, lang, selection
        self.market = sides.found.analysis.market
        self.pair = self.market.scope.pair
        self.names = Names(self.market.graph, lang)
        self.missing = sides.found.missing
        self.head = head_answer(self.market, lang, selection=selection, missing=self.missing)

    def say_class(self, feasible: str) -> str:
        """Return the name of a class, with that of its country."""
        name = name_class(feasible, self.pair)
        if name in ("first-alone", "second-alone"):
            country = self.pair[name == "second-alone"]
            return self.names.say("loss.class.alone", country=self.names.name("Country", country))
        return self.names.say(f"loss.class.{name.replace('-', '_')}")

    def describe(self) -> tuple[str, ...]:
        """Return how many are of each class."""
        if not self.sides.answered:
            return ()
        say = self.names.say
        if not self.sides.rows:
            return (say("loss.complement.none"),)
        counts = self.sides.count()
        first, second = (f"{country} alone" for country in self.pair)
        classes = ("only jointly", first, second, "either", "not at all", "outside")
        parts = [
            say("loss.complement.count", name=self.say_class(one), n=counts[name_class(one, self.pair)])
            for one in classes
        ]
        lines = [
            say(
                "loss.complement.counts",
                total=len(self.sides.rows),
                counts=say("cli.separator").join(parts),
                needs=counts["needs-third"],
            )
        ]
        if self.role is not None:
            lines.append(say("loss.complement.at_role", role=say(f"loss.role.{self.role}")))
        return tuple(lines)

    def blocks(
        self,
        shown: Sequence[Complement],
        brought: Mapping[Complement, Sequence[Contribution]],
        limit: int | None,
    ) -> tuple[Block, ...]:
        """Return what people read below the sentences."""
        if not shown:
            return ()
        say = self.names.say
        first, second = (self.names.name("Country", code) for code in self.pair)
        blocks: list[Block] = [
            Heading(say("loss.complement.title", first=first, second=second)),
            self._list_rows(shown),
        ]
        if len(shown) < len(self.sides.rows):
            blocks.append(say("cli.gaps.shown", shown=len(shown), total=len(self.sides.rows)))
        if brought:
            blocks.append(Heading(say("loss.complement.contributions")))
            blocks += [self._draw(row, sets, limit) for row, sets in brought.items()]
            blocks.append(say("loss.complement.own_affair"))
        return tuple(blocks)

    def _columns(self, *keys: str) -> tuple[Column, ...]:
        return tuple(Column(self.names.say(f"loss.column.{key}")) for key in keys)

    def _yes(self, holds: bool) -> str:
        return self.names.say("loss.yes" if holds else "loss.no")

    def _list_rows(self, rows: Sequence[Complement]) -> Sheet:
        again = self._more_columns
        return Sheet(
            self._columns("target", "class", "needs_third", "imports", *again),
            tuple(
                (
                    self.names.show(row.label, row.id),
                    self.say_class(row.feasible),
                    self._yes(row.needs_third),
                    self._join_imports(row),
                    *self._more_cells(row),
                )
                for row in rows
            ),
        )

    @property
    def _more_columns(self) -> tuple[str, ...]:
        """Columns that only some scopes and roles ask for."""
        again = ("at_role", "needs_third_at_role") if self.role is not None else ()
        return (*again, "unsettled") if self.market.by_made else again

    def _more_cells(self, row: Complement) -> tuple[str, ...]:
        again: tuple[str, ...] = ()
        if row.at_role is not None:
            again = (self.say_class(row.at_role), self._yes(bool(row.needs_third_at_role)))
        return (*again, self._yes(row.unsettled)) if self.market.by_made else again

    def _join_imports(self, row: Complement) -> str | None:
        """Return the imports; those that nothing replaces are marked."""
        parts = [
            self.names.show("Component", one) + ("*" if one in row.must_import else "") for one in row.imports
        ]
        return self.names.say("cli.separator").join(parts) or None

    def _draw(self, row: Complement, sets: Sequence[Contribution], limit: int | None) -> Branch:
        say = self.names.say
        lines = [self._say_contribution(one) for one in sets[:limit]]
        if len(lines) < len(sets):
            lines.append(say("cli.gaps.shown", shown=len(lines), total=len(sets)))
        title = say(
            "loss.complement.ways",
            target=self.names.show(row.label, row.id),
            name=self.say_class(row.feasible),
            n=len(sets),
        )
        return Branch(title, tuple(map(Branch, lines)))

    def _say_contribution(self, one: Contribution) -> str:
        say = self.names.say
        parts = [
            say(
                "loss.complement.brings",
                country=self.names.name("Country", country),
                components=self.names.join("Component", components),
            )
            for country, components in zip(self.pair, (one.first, one.second), strict=True)
            if components
        ]
        return say("loss.complement.separator").join(parts) or say("loss.complement.nothing")

    def count_sheet(self, rows: Sequence[Complement]) -> Sheet:
        """Return one row for each target; lists of ids are separated by semicolons."""
        keys = ("label", "id", "name", "class", "needs_third", "imports_ids", "must_import_ids")
        again = self._more_columns
        return Sheet(
            self._columns(*keys, *again),
            tuple(
                (
                    self.names.say(f"loss.label.{row.label.lower()}"),
                    row.id,
                    self.names.name(row.label, row.id),
                    self.say_class(row.feasible),
                    self._yes(row.needs_third),
                    ";".join(row.imports) or None,
                    ";".join(row.must_import) or None,
                    *self._more_cells(row),
                )
                for row in rows
            ),
        )

    def list_contributions(self, brought: Mapping[Complement, Sequence[Contribution]]) -> Sheet:
        """Return one row for each component that a side brings in a set; one that needs none has a blank."""
        rows: list[tuple[Cell, ...]] = []
        for row, sets in brought.items():
            target = (row.id, self.names.name(row.label, row.id), self.say_class(row.feasible))
            for place, one in enumerate(sets, 1):
                parts = list(self._list_parts(one)) or [(None, None, None)]
                rows += [(*target, place, *part) for part in parts]
            if not sets:
                rows.append((*target, None, None, None, None))
        keys = ("id", "name", "class", "set", "country", "component_id", "component")
        return Sheet(self._columns(*keys), tuple(rows))

    def _list_parts(self, one: Contribution) -> Iterator[tuple[str | None, str | None, str | None]]:
        for country, components in zip(self.pair, (one.first, one.second), strict=True):
            for component in components:
                yield country, component, self.names.name("Component", component)

    def document(
        self,
        shown: Sequence[Complement],
        brought: Mapping[Complement, Sequence[Contribution]],
        state: Sequence[str],
    ) -> dict[str, Any]:
        """Return everything, as JSON has it."""
        return {
            "scope": record_scope(self.market, self.lang, selection=self.selection, missing=self.missing),
            "at_role": self.role,
            "text": list(state),
            "counts": self.sides.count() if self.sides.answered else None,
            "shown": len(shown),
            "total": len(self.sides.rows),
            "rows": [self._record(row, brought.get(row)) for row in shown],
        }

    def _record(self, row: Complement, sets: Sequence[Contribution] | None) -> dict[str, Any]:
        names = self.names
        return {
            "label": row.label,
            **names.record(row.label, row.id),
            "class": name_class(row.feasible, self.pair),
            "text": self.say_class(row.feasible),
            "needs_third": row.needs_third,
            "imports": names.records("Component", row.imports),
            "must_import": list(row.must_import),
            "class_at_role": None if row.at_role is None else name_class(row.at_role, self.pair),
            "needs_third_at_role": row.needs_third_at_role,
            "unsettled": row.unsettled if self.market.by_made else None,
            "contributions": None
            if sets is None
            else [
                {
                    country: names.records("Component", components)
                    for country, components in zip(self.pair, (one.first, one.second), strict=True)
                }
                for one in sets
            ],
        }
