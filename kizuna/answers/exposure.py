"""What each of two countries loses without the other, and the imports of both, as rows and sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kizuna._render import Answer, Block, Branch, Cell, Column, Heading, Sheet
from kizuna.answers.names import Names, head_answer, record_scope
from kizuna.queries import Exposure, Reliance

__all__ = ["tell_exposure"]


def tell_exposure(found: Exposure, *, limit: int | None, lang: str, selection: Mapping[str, str]) -> Answer:
    """Return what each country loses without the other, then the imports of both.

    Parameters
    ----------
    found
        The answer.
    limit
        How many of each list to show; None: all.
    lang, selection
        As for all answers.
    """
    market = found.analysis.market
    names = Names(market.graph, lang)
    answered = "OFFERS" not in found.missing
    known = "REQUIRES" not in found.missing  # without requirements every solution would seem to need nothing
    return Answer(
        head=head_answer(market, lang, selection=selection, missing=found.missing),
        blocks=tuple(_exposure_blocks(found, names, limit, known)) if answered else (),
        document=lambda: {
            "scope": record_scope(market, lang, selection=selection, missing=found.missing),
            "components": found.components if answered else None,
            "solutions": found.solutions if answered and known else None,
            "sides": [_record_side(side, names, known) for side in found.sides] if answered else [],
            "imports": [
                {
                    **names.record("Component", one.component),
                    "vendors": names.records("Vendor", one.vendors),
                    "countries": list(one.countries),
                    "components_lost": names.records("Component", one.components),
                    "solutions_lost": names.records("Solution", one.solutions if known else ()),
                }
                for one in found.imports
            ],
        },
        sheet=_exposure_to_count(found, names, known) if answered else _exposure_sheet(names, ()),
    )


def _record_side(side: Reliance, names: Names, known: bool) -> dict[str, Any]:
    return {
        "country": side.country,
        "without": side.without,
        "solutions": names.records("Solution", side.solutions) if known else None,
        "production_stops": names.records("Component", side.own),
        "no_longer_bought": names.records("Component", side.bought),
    }


def _exposure_blocks(found: Exposure, names: Names, limit: int | None, known: bool) -> Iterator[Block]:
    say = names.say
    yield Heading(say("loss.exposure.title"))
    yield _exposure_to_read(found, names, known)
    if known:
        yield say("loss.exposure.base", components=found.components, solutions=found.solutions)
    for side in found.sides:
        yield from _list_side(side, names, limit, known)
    if not found.imports:
        yield say("loss.exposure.no_imports")
        return
    yield Heading(say("loss.exposure.imports", n=len(found.imports)))
    yield Sheet(
        _exposure_columns(
            names, "component", "vendors_abroad", "countries", "components_lost", "solutions_lost"
        ),
        tuple(
            (
                names.show("Component", one.component),
                names.join("Vendor", one.vendors),
                say("cli.separator").join(names.name("Country", code) for code in one.countries),
                len(one.components),
                len(one.solutions) if known else None,
            )
            for one in found.imports[:limit]
        ),
    )
    if limit is not None and limit < len(found.imports):
        yield say("cli.gaps.shown", shown=limit, total=len(found.imports))


def _exposure_columns(names: Names, *keys: str) -> tuple[Column, ...]:
    numbers = ("solutions_lost", "components_lost", "own", "bought")
    return tuple(Column(names.say(f"loss.column.{key}"), number=key in numbers) for key in keys)


def _exposure_to_read(found: Exposure, names: Names, known: bool) -> Sheet:
    return Sheet(
        _exposure_columns(names, "country", "without", "solutions_lost", "own", "bought"),
        tuple(
            (
                names.name("Country", side.country),
                names.name("Country", side.without),
                len(side.solutions) if known else None,
                len(side.own),
                len(side.bought),
            )
            for side in found.sides
        ),
    )


def _list_side(side: Reliance, names: Names, limit: int | None, known: bool) -> Iterator[Block]:
    countries = {
        "country": names.name("Country", side.country),
        "without": names.name("Country", side.without),
    }
    lists = (
        ("solutions", "Solution", side.solutions if known else ()),
        ("own", "Component", side.own),
        ("bought", "Component", side.bought),
    )
    for key, label, nodes in lists:
        if nodes:
            lines = [names.show(label, node) for node in nodes[:limit]]
            if len(lines) < len(nodes):
                lines.append(names.say("cli.gaps.shown", shown=len(lines), total=len(nodes)))
            title = names.say(f"loss.exposure.{key}", n=len(nodes), **countries)
            yield Branch(title, tuple(map(Branch, lines)))


def _exposure_sheet(names: Names, rows: tuple[tuple[Cell, ...], ...]) -> Sheet:
    keys = ("country", "without_id", "without", "label", "id", "name", "how")
    return Sheet(_exposure_columns(names, *keys), rows)


def _exposure_to_count(found: Exposure, names: Names, known: bool) -> Sheet:
    """Return one row for each thing that one country, or both without an import, lose."""
    rows: list[tuple[Cell, ...]] = []
    for side in found.sides:
        start = (side.country, side.without, names.name("Country", side.without))
        for how, label, nodes in (
            ("solution", "Solution", side.solutions if known else ()),
            ("own", "Component", side.own),
            ("bought", "Component", side.bought),
        ):
            rows += [
                (*start, *_name_loss(names, label, node), names.say(f"loss.how.{how}")) for node in nodes
            ]
    both = ";".join(found.analysis.scope.pair)
    for one in found.imports:
        start = (both, one.component, names.name("Component", one.component))
        for label, nodes in (("Solution", one.solutions if known else ()), ("Component", one.components)):
            rows += [
                (*start, *_name_loss(names, label, node), names.say("loss.how.import")) for node in nodes
            ]
    return _exposure_sheet(names, tuple(rows))


def _name_loss(names: Names, label: str, node: str) -> tuple[str, str, str]:
    return names.say(f"loss.label.{label.lower()}"), node, names.name(label, node)
