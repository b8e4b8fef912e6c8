"""What is lost, won, saved and weakened, as rows and sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from kizuna._errors import UnknownNameError
from kizuna._render import Answer, Block, Branch, Cell, Column, Heading, Sheet
from kizuna.answers.names import Names, head_answer, record_scope
from kizuna.answers.sources import Sources
from kizuna.answers.witness import draw_witness, record_witness
from kizuna.queries import Target, WhatIf, Witness

__all__ = ["count_changes", "tell_what_if"]


def count_changes(found: WhatIf) -> tuple[int, int, int, int, int]:
    """Return the solutions and the components lost, the targets won and saved, the components weakened."""
    solutions = sum(target.label == "Solution" for target in found.lost)
    lost = len(found.lost) - solutions
    return solutions, lost, len(found.won), len(found.saved), len(found.weakened)


def tell_what_if(
    found: WhatIf,
    asked: Mapping[str, Sequence[str]],
    *,
    explain: Sequence[str],
    limit: int | None,
    lang: str,
    selection: Mapping[str, str],
) -> Answer:
    """Return what changes: counts first, then each kind of change, at most `limit` of it.

    Parameters
    ----------
    found
        The answer.
    asked
        What was asked for: vendors, groups, countries and components that are gone.
    explain
        Ids of targets lost whose way of loss is shown in full; ``all``: of each.
    limit
        How many of each kind to list; None: all.
    lang, selection
        As for all answers.

    Raises
    ------
    UnknownNameError
        Something to be explained is not lost.
    """
    told = _Told(found, asked, lang, selection)
    explained = told.choose(explain)
    state = told.describe()
    return Answer(
        head=(*told.head, *state),
        blocks=(*told.blocks(limit), *told.explain(explained)),
        document=lambda: told.document(state),
        sheet=told.sheet(),
    )


class _Told:
    """What is said of one what-if."""

    def __init__(
        self, found: WhatIf, asked: Mapping[str, Sequence[str]], lang: str, selection: Mapping[str, str]
    ) -> None:
        self.found, self.asked, self.lang, self.selection = found, asked, lang, selection
        self.names = Names(found.market.graph, lang)
        self.missing = found.missing
        self.head = (
            *head_answer(found.market, lang, selection=selection, missing=self.missing),
            *self._describe_question(),
        )

    # What was asked

    def _describe_question(self) -> list[str]:
        say, found = self.names.say, self.found
        parts = {
            "vendors": self.names.join("Vendor", self.asked["vendors"]),
            "groups": self.names.join("Vendor", self.asked["groups"]),
            "countries": self.names.join("Country", self.asked["countries"]),
            "components": self.names.join("Component", found.removed_components),
            "additions": say("cli.separator").join(
                say(
                    "loss.what_if.addition",
                    vendor=self.names.show("Vendor", vendor),
                    component=self.names.show("Component", component),
                )
                for vendor, component in found.added
            ),
        }
        made = found.market.by_made
        keys = {kind: "places" if made and kind == "countries" else kind for kind in parts}
        lines = [say(f"loss.what_if.{keys[kind]}", names=text) for kind, text in parts.items() if text]
        if self.asked["groups"] or (self.asked["countries"] and not made):
            lines.append(say("loss.what_if.vendors_gone", n=len(found.removed_vendors)))
        return lines

    # What comes of it

    @property
    def answered(self) -> bool:
        """Whether anything is known: without offers nothing is."""
        return "OFFERS" not in self.missing

    def _of(self, targets: Sequence[Target], label: str) -> list[Target]:
        """Return the components, or the solutions; without requirements nothing is known of these."""
        if label == "Solution" and "REQUIRES" in self.missing:
            return []
        return [target for target in targets if target.label == label]

    def order(self, targets: Sequence[Target]) -> list[Target]:
        """Return solutions first: they are what people ask about."""
        return [*self._of(targets, "Solution"), *self._of(targets, "Component")]

    @cached_property
    def counts(self) -> dict[str, dict[str, int]]:
        """How many solutions and components there were, are lost, won, saved, weakened and left."""
        found = self.found
        kinds = {"lost": found.lost, "won": found.won, "saved": found.saved, "left": found.left}
        counts = {
            label: {kind: len(self._of(targets, label)) for kind, targets in kinds.items()}
            for label in ("Solution", "Component")
            if label == "Component" or "REQUIRES" not in self.missing
        }
        for numbers in counts.values():
            numbers["before"] = numbers["left"] - numbers["won"] + numbers["lost"]
        counts["Component"]["weakened"] = len(found.weakened)
        return counts

    def describe(self) -> tuple[str, ...]:
        """Return the counts as sentences."""
        if not self.answered:
            return ()
        lines = [
            self.names.say(f"loss.what_if.counts_{label.lower()}", **numbers)
            for label, numbers in self.counts.items()
        ]
        if not (self.found.lost or self.found.won or self.found.saved or self.found.weakened):
            lines.append(self.names.say("loss.what_if.nothing"))
        return tuple(lines)

    # For people

    def blocks(self, limit: int | None) -> tuple[Block, ...]:
        """Return each kind of change that there is."""
        if not self.answered:
            return ()
        blocks: list[Block] = []
        for kind, sheet in (
            ("lost", self._list_lost()),
            ("won", self._list_won()),
            ("saved", self._list_saved()),
            ("weakened", self._list_weakened()),
            ("left", self._list_left()),
        ):
            if sheet.rows:
                blocks += [
                    Heading(self.names.say(f"loss.what_if.{kind}")),
                    Sheet(sheet.columns, sheet.rows[:limit]),
                ]
            if kind == "saved" and any(row[-1] is None for row in sheet.rows[:limit]):
                blocks.append(self.names.say("loss.what_if.saved_legend"))
            if limit is not None and limit < len(sheet.rows):
                blocks.append(self.names.say("cli.gaps.shown", shown=limit, total=len(sheet.rows)))
        if self.found.lost:
            blocks.append(self.names.say("loss.what_if.more"))
        return tuple(blocks)

    def _columns(self, *keys: str) -> tuple[Column, ...]:
        numbers = ("hops", "groups_before")
        return tuple(Column(self.names.say(f"loss.column.{key}"), number=key in numbers) for key in keys)

    def _label(self, target: Target) -> str:
        return self.names.say(f"loss.label.{target.label.lower()}")

    def _show(self, target: Target) -> str:
        return self.names.show(target.label, target.id)

    def way(self, target: Target) -> tuple[list[Witness], int]:
        """Return the shortest way down to a root, and how many other branches the witness has."""
        chains = list(_walk(self.found.explain(target)))
        return min(chains, key=len), len(chains) - 1

    def _list_lost(self) -> Sheet:
        rows: list[tuple[Cell, ...]] = []
        for target in self.order(self.found.lost):
            chain, others = self.way(target)
            text = " <- ".join(self.names.name(part.label, part.id) for part in chain)
            if others:
                text += f" ({self.names.say('loss.what_if.other_branches', n=others)})"
            rows.append((self._label(target), self._show(target), len(chain) - 1, text))
        return Sheet(self._columns("label", "target", "hops", "way"), tuple(rows))

    def _list_won(self) -> Sheet:
        rows = tuple((self._label(one), self._show(one)) for one in self.order(self.found.won))
        return Sheet(self._columns("label", "target"), rows)

    def _list_saved(self) -> Sheet:
        own = {switch.target: switch for switch in self.found.switches}
        rows: list[tuple[Cell, ...]] = []
        for target in sorted(self.order(self.found.saved), key=lambda one: one not in own):
            switch = own.get(target)
            sides = (switch.lost, switch.left) if switch else ((), ())
            rows.append(
                (
                    self._label(target),
                    self._show(target),
                    *(self.names.join(self._label_of_parts(target, side), side) or None for side in sides),
                )
            )
        return Sheet(self._columns("label", "target", "instead_of", "alternative"), tuple(rows))

    def _label_of_parts(self, target: Target, parts: Sequence[str]) -> str:
        """Return the label of alternatives: only a solution can build on solutions."""
        components = self.found.market.component_ids
        whole = target.label == "Solution" and parts and parts[0] not in components
        return "Solution" if whole else "Component"

    def _list_weakened(self) -> Sheet:
        rows = tuple(
            (
                self.names.show("Component", one.component),
                self.names.show("Vendor", one.group),
                one.groups_before,
            )
            for one in self.found.weakened
        )
        return Sheet(self._columns("component", "group_left", "groups_before"), rows)

    def _list_left(self) -> Sheet:
        rows = tuple((self._show(one),) for one in self._of(self.found.left, "Solution"))
        return Sheet(self._columns("solution"), rows)

    # In full

    def choose(self, explain: Sequence[str]) -> list[Target]:
        """Return the targets to be explained."""
        if "all" in explain:
            return self.order(self.found.lost)
        lost: dict[str, list[Target]] = {}
        for target in self.order(self.found.lost):
            lost.setdefault(target.id, []).append(target)
        unknown = [one for one in explain if one not in lost]
        if unknown:
            there = ", ".join(lost) or "nothing is"
            raise UnknownNameError(f"`--explain`: {unknown[0]!r} is not lost; lost: {there}")
        return [target for one in dict.fromkeys(explain) for target in lost[one]]

    def explain(self, targets: Sequence[Target]) -> tuple[Block, ...]:
        """Return the witness of each target as a tree, then the sources."""
        if not targets:
            return ()
        sources = Sources(self.names)
        trees = tuple(
            draw_witness(self.found.explain(one), self.found.market.graph, self.names, sources)
            for one in targets
        )
        blocks: list[Block] = [Branch(self.names.say("cli.explain.witness"), trees)]
        if sources.lines():
            lines = tuple(map(Branch, sources.lines()))
            blocks.append(Branch(self.names.say("cli.explain.sources"), lines))
        return tuple(blocks)

    # For programs

    def sheet(self) -> Sheet:
        """Return one row for each change, and for each target that is left."""
        rows: list[tuple[Cell, ...]] = []
        kinds = {"lost": self.found.lost, "won": self.found.won, "saved": self.found.saved}
        for kind, targets in kinds.items():
            for target in self.order(targets):
                way: tuple[Cell, ...] = (None, None)
                if kind == "lost":
                    chain, _ = self.way(target)
                    way = (len(chain) - 1, ";".join(part.id for part in chain))
                rows.append((*self._row(kind, target), *way, None, None, None))
        for one in self.found.weakened if self.answered else ():
            target = Target("Component", one.component)
            group = self.names.name("Vendor", one.group)
            rows.append((*self._row("weakened", target), None, None, one.group, group, one.groups_before))
        rows += [(*self._row("left", target), *([None] * 5)) for target in self.order(self.found.left)]
        keys = ("change", "label", "id", "name", "hops", "way_ids", "group_id", "group_left", "groups_before")
        return Sheet(
            tuple(Column(self.names.say(f"loss.column.{key}")) for key in keys),
            tuple(rows) if self.answered else (),
        )

    def _row(self, kind: str, target: Target) -> tuple[Cell, ...]:
        name = self.names.name(target.label, target.id)
        return self.names.say(f"loss.change.{kind}"), self._label(target), target.id, name

    def document(self, state: Sequence[str]) -> dict[str, Any]:
        """Return everything, as JSON has it."""
        found, names, known = self.found, self.names, self.answered
        return {
            "scope": record_scope(found.market, self.lang, selection=self.selection, missing=self.missing),
            "removed_vendors": names.records("Vendor", found.removed_vendors),
            "removed_components": names.records("Component", found.removed_components),
            "added": [
                {"vendor": names.record("Vendor", v), "component": names.record("Component", c)}
                for v, c in found.added
            ],
            "text": list(state),
            "counts": {label.lower(): n for label, n in self.counts.items()} if known else None,
            "lost": [self._record_lost(target) for target in self.order(found.lost)] if known else None,
            **{
                kind: [self._record(target) for target in self.order(targets)] if known else None
                for kind, targets in (("won", found.won), ("saved", found.saved), ("left", found.left))
            },
            "switches": [
                {"target": self._record(one.target), "lost": list(one.lost), "left": list(one.left)}
                for one in found.switches
            ],
            "weakened": [
                {
                    "component": names.record("Component", one.component),
                    "group": names.record("Vendor", one.group),
                    "groups_before": one.groups_before,
                }
                for one in found.weakened
            ],
        }

    def _record(self, target: Target) -> dict[str, str]:
        return {"label": target.label, **self.names.record(target.label, target.id)}

    def _record_lost(self, target: Target) -> dict[str, Any]:
        chain, _ = self.way(target)
        return {
            **self._record(target),
            "because": list(self.found.because[target]),
            "hops": len(chain) - 1,
            "way": [part.id for part in chain],
            "witness": record_witness(self.found.explain(target), self.found.market.graph, self.names),
        }


def _walk(witness: Witness) -> list[list[Witness]]:
    """Return every way from the top of a witness down to a root."""
    if not witness.children:
        return [[witness]]
    return [[witness, *rest] for child in witness.children for rest in _walk(child)]
