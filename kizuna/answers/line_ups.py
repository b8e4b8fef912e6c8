"""Line-ups as rows and sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kizuna._render import Answer, Block, Branch, Heading, Sheet
from kizuna.answers.paths import PlaceTeller, record_fraction
from kizuna.queries.line_ups import LineUp, LineUps
from kizuna.queries.place_finder import PARTS

__all__ = ["tell_line_ups"]


def tell_line_ups(
    found: LineUps, asked: Mapping[str, Any], *, lang: str, selection: Mapping[str, str]
) -> Answer:
    """Return the line-ups of a solution, best first, each with its places and ties.

    Parameters
    ----------
    found
        The line-ups.
    asked
        The constraints, as arguments of the question.
    lang, selection
        As for all answers.
    """
    teller = PlaceTeller(found.analysis, lang=lang, selection=selection, missing=found.missing)
    return Answer(
        head=teller.head(*_describe_question(found, asked, teller)),
        blocks=tuple(_blocks(found, teller)),
        document=lambda: _record(found, asked, teller),
        sheet=Sheet(
            teller.place_columns(),
            tuple(
                teller.place_cells(rank, one.id, 1, one.score, one.parts, place, alike)
                for rank, one in enumerate(found.line_ups, 1)
                for place, alike in zip(one.places, one.alike, strict=True)
            ),
        ),
    )


def _describe_question(found: LineUps, asked: Mapping[str, Any], teller: PlaceTeller) -> Iterator[str]:
    names = teller.names
    depth = "deep" if found.deep else "direct"
    yield names.say(f"paths.line_ups.{depth}", solution=names.show("Solution", found.solution))
    yield names.say(f"paths.third.{'in' if asked['third_countries'] else 'out'}")
    for name in ("include", "exclude"):
        if asked[name]:
            yield names.say(f"paths.line_ups.{name}", vendors=names.join("Vendor", asked[name]))
    for country, most in sorted(asked["at_most"].items()):
        yield names.say("paths.line_ups.at_most", country=names.name("Country", country), n=most)
    if asked["documented"]:
        yield names.say("paths.line_ups.documented")
    if asked["least_evidence"]:
        grade = names.say(f"paths.grade.{asked['least_evidence']}")
        yield names.say("paths.line_ups.least_evidence", grade=grade)
    yield teller.say_weights(found.weights)


def _blocks(found: LineUps, teller: PlaceTeller) -> Iterator[Block]:
    say = teller.names.say
    if not found.line_ups:
        yield from _say_why_none(found, teller)
        return
    if found.exact:
        yield say("paths.line_ups.exact", n=len(found.line_ups))
    else:
        yield say("paths.line_ups.rough", n=len(found.line_ups), bound=f"{float(found.bound or 0):.4f}")
    yield say("paths.legend")
    yield say("paths.line_ups.neighbours")
    for rank, one in enumerate(found.line_ups, 1):
        yield from _explain(rank, one, teller)
    yield from teller.source_list()


def _explain(rank: int, one: LineUp, teller: PlaceTeller) -> Iterator[Block]:
    names, say = teller.names, teller.names.say
    yield Heading(say("paths.line_ups.title", rank=rank, id=one.id, score=f"{float(one.score):.4f}"))
    parts = (f"{say(f'paths.part.{part}')} {float(one.parts[part]):.2f}" for part in PARTS)
    yield say("paths.parts", parts=say("cli.separator").join(parts))
    yield teller.place_sheet(one.places, one.alike)
    if one.count > 1:
        yield say("paths.line_ups.count", n=one.count)
    for choice in one.choices:
        label = "Solution" if choice.target in teller.analysis.market.solution_ids else "Component"
        yield say(
            "paths.line_ups.choice",
            target=names.name(label, choice.target),
            choice=choice.choice,
            alternatives=names.join("Component", choice.alternatives),
        )
    for place, made in zip(one.places, one.made_in_house, strict=True):
        if made:
            yield say(
                "paths.line_ups.in_house",
                vendor=names.name("Vendor", place.vendor),
                component=names.name("Component", place.component),
                parts=names.join("Component", made),
            )
    if one.imports:
        yield say("paths.line_ups.imports", components=names.join("Component", one.imports))
    if one.neighbours:
        ties, at = zip(*((pair.tie, pair.components) for pair in one.neighbours), strict=True)
        yield Branch(say("paths.ties"), teller.tie_lines(ties, at))


def _say_why_none(found: LineUps, teller: PlaceTeller) -> Iterator[Block]:
    names, say = teller.names, teller.names.say
    if not found.exact:
        yield say("paths.line_ups.none_found", bound=f"{float(found.bound or 0):.4f}")
        return
    yield say("paths.line_ups.none")
    if found.missing:
        return
    if found.unfilled:
        yield say("paths.line_ups.unfilled", components=names.join("Component", found.unfilled))
        return
    for country in found.lacking:
        yield say("paths.lacking", country=names.name("Country", country))
    if found.misplaced:
        yield say("paths.line_ups.misplaced", vendors=names.join("Vendor", found.misplaced))
    if found.blocking:
        what = say("cli.separator").join(say(f"paths.constraint.{name}") for name in found.blocking)
        yield say("paths.line_ups.blocking", constraints=what)
    elif not found.lacking and not found.misplaced:
        yield say("paths.line_ups.together")


def _record(found: LineUps, asked: Mapping[str, Any], teller: PlaceTeller) -> dict[str, Any]:
    names = teller.names
    return {
        "scope": teller.record_scope(),
        "solution": names.record("Solution", found.solution),
        "deep": found.deep,
        "constraints": dict(asked),
        "weights": {part: record_fraction(weight) for part, weight in found.weights.items()},
        "exact": found.exact,
        "bound": None if found.bound is None else record_fraction(found.bound),
        "unfilled": names.records("Component", found.unfilled),
        "lacking": list(found.lacking),
        "misplaced": names.records("Vendor", found.misplaced),
        "blocking": list(found.blocking),
        "line_ups": [_record_line_up(rank, one, teller) for rank, one in enumerate(found.line_ups, 1)],
    }


def _record_line_up(rank: int, one: LineUp, teller: PlaceTeller) -> dict[str, Any]:
    names = teller.names
    return {
        "rank": rank,
        "id": one.id,
        "score": record_fraction(one.score),
        "parts": {part: record_fraction(value) for part, value in one.parts.items()},
        "count": one.count,
        "places": [
            {
                **teller.record_place(place),
                "alike": names.records("Vendor", alike),
                "made_in_house": names.records("Component", made),
            }
            for place, alike, made in zip(one.places, one.alike, one.made_in_house, strict=True)
        ],
        "neighbours": [
            {
                "components": list(neighbours.components),
                "by": list(neighbours.by),
                **teller.record_tie(neighbours.tie),
            }
            for neighbours in one.neighbours
        ],
        "imports": names.records("Component", one.imports),
        "choices": [
            {
                "target": choice.target,
                "choice": choice.choice,
                "alternatives": names.records("Component", choice.alternatives),
            }
            for choice in one.choices
        ],
    }
