"""Properties of a finding as JSON has them, compared, and shown to people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kizuna.answers.names import Names
from kizuna.queries import Doubt

__all__ = ["LISTS", "list_differences", "record_doubt", "record_value", "say_value", "show_change"]

_SHOWN = 4  # of what is new or gone
LISTS = {
    "roots": "Component",
    "vendors": "Vendor",
    "components": "Component",
    "solutions": "Solution",
    "direct": "Solution",
    "at_once": "Solution",
    "members": "",
}
"""Properties that list nodes, and the label of these; members are of the finding's unit."""


def record_value(field: str, value: Any, names: Names) -> Any:
    """Return a property of a `Finding`, its verdict or its doubts, as JSON has it."""
    if value is None:
        return None
    if field == "doubts":
        return [record_doubt(doubt, names) for doubt in value]
    return list(value) if isinstance(value, tuple) else value


def record_doubt(doubt: Doubt, names: Names) -> dict[str, Any]:
    """Return what would settle a finding, as JSON has it."""
    places = {place: names.name(label, node) for place, label, node in doubt.ids}
    return {
        "key": doubt.key,
        "ids": {place: node for place, _, node in doubt.ids},
        "text": names.say(doubt.key, **places),
    }


def list_differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """Return name, value before and value after of the properties that both have and that differ."""
    return [
        (name, before[name], after[name])
        for name in after
        if name in before and _identify(before[name]) != _identify(after[name])
    ]


def _identify(value: Any) -> Any:
    """Return what says that two values are the same; a sentence says it in one language only."""
    if isinstance(value, list):
        return sorted(map(str, map(_identify, value)))
    if isinstance(value, dict):
        known = "ids" in value
        return sorted((key, str(part)) for key, part in value.items() if not (known and key == "text"))
    return value


def show_change(field: str, before: Any, after: Any, names: Names) -> str:
    """Return how a property changed, for people: of a list, what is new and what is no longer there."""
    if not isinstance(before, list) or not isinstance(after, list) or field == "also":
        then, now = _say(field, before, names), _say(field, after, names)
        return names.say("changes.from_to", before=then, after=now)
    told = {str(_identify(part)) for part in before}, {str(_identify(part)) for part in after}
    new = [_say_part(field, part, names) for part in after if str(_identify(part)) not in told[0]]
    gone = [_say_part(field, part, names) for part in before if str(_identify(part)) not in told[1]]
    parts = []
    for key, texts in (("new", new), ("gone", gone)):
        if texts:
            shown = texts[:_SHOWN]
            if len(shown) < len(texts):
                shown.append(names.say("changes.others", n=len(texts) - len(shown)))
            separator = " " if field == "doubts" else names.say("changes.parts_separator")
            parts.append(names.say(f"changes.{key}", what=separator.join(shown)))
    return names.say("changes.parts_separator").join(parts)


def say_value(field: str, value: Any, names: Names, *, beside: Any = None) -> str | int | float | None:
    """Return a property as one cell of a spreadsheet; of doubts and sources only those that `beside` has not."""
    if isinstance(value, list):
        if field in ("doubts", "sources") and isinstance(beside, list):
            there = {str(_identify(part)) for part in beside}
            value = [part for part in value if str(_identify(part)) not in there]
        return ";".join(_name_part(field, part, names) for part in value) or None
    if isinstance(value, bool):
        return names.say("changes.yes" if value else "changes.no")
    if field == "verdict" and value is not None:
        return names.say(f"verdict.{value}")
    return value if isinstance(value, int | float | str) else None


def _name_part(field: str, part: Any, names: Names) -> str:
    return str(part) if field in LISTS else _say_part(field, part, names)


def _say_part(field: str, part: Any, names: Names) -> str:
    if field == "doubts":
        return str(part["text"])
    if field == "sources":
        if part["source_kind"] != "cited":
            return names.say(f"cli.source.{part['source_kind']}")
        return ", ".join(str(part[key]) for key in ("source_title", "as_of", "source_url") if part.get(key))
    if field == "also":
        return names.say(f"unit.{part}")
    label = LISTS.get(field)
    return names.show(label, part) if label else str(part)


def _say(field: str, value: Any, names: Names) -> str:
    if value is None:
        return "-"
    if isinstance(value, list):
        return names.say("cli.separator").join(_say_part(field, part, names) for part in value) or "-"
    if isinstance(value, bool):
        return names.say("changes.yes" if value else "changes.no")
    if isinstance(value, float):
        return f"{value:.2f}"
    return names.say(f"verdict.{value}") if field == "verdict" else str(value)
