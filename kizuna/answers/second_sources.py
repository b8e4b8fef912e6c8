"""Answers on second sources of a component across two countries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from kizuna._render import Answer, Block, Column, Heading, Sheet
from kizuna.answers.names import Names, head_answer, record_scope, record_source
from kizuna.answers.partner_reasons import record_tie, say_tie
from kizuna.answers.partners import list_lines, source_blocks
from kizuna.answers.sources import Sources
from kizuna.queries.component_partners import ComponentPartners, ComponentSide, Offerer, StandIn

__all__ = ["tell_component_partners"]


def tell_component_partners(
    found: ComponentPartners, *, lang: str, selection: Mapping[str, str], limit: int | None = None
) -> Answer:
    """Return who in the other country could be a second source, at most `limit` a country."""
    names = Names(found.analysis.graph, lang)
    return Answer(
        head=head_answer(found.analysis.market, lang, selection=selection, missing=found.missing),
        blocks=tuple(_component_blocks(found, names, limit)),
        document=lambda: {
            "scope": record_scope(found.analysis.market, lang, selection=selection, missing=found.missing),
            "component": names.record("Component", found.component),
            "virtual": found.virtual,
            "feasible": found.feasible,
            "sides": [_record_side(found, side, names, limit) for side in found.sides],
            "abroad": names.records("Vendor", found.abroad),
        },
        sheet=_side_sheet(found, names, limit),
    )


def _component_blocks(found: ComponentPartners, names: Names, limit: int | None) -> Iterator[Block]:
    say = names.say
    component = names.show("Component", found.component)
    first, second = (names.name("Country", side.country) for side in found.sides)
    yield Heading(say("partners.component.title", component=component, first=first, second=second))
    if found.virtual:
        yield say("partners.component.virtual", component=component)
        return
    sources = Sources(names)
    for side in found.sides:
        yield from _side_blocks(found, side, names, sources, limit)
    if found.abroad:
        yield list_lines(
            say("cli.explain.abroad", n=len(found.abroad)), [names.show("Vendor", v) for v in found.abroad]
        )
    else:
        yield say("cli.explain.none_known")
    yield from source_blocks(sources, names)


def _side_blocks(
    found: ComponentPartners, side: ComponentSide, names: Names, sources: Sources, limit: int | None
) -> Iterator[Block]:
    say = names.say
    here, there = names.name("Country", side.country), names.name("Country", side.other_country)
    yield Heading(say("partners.component.stand_ins", country=here, other=there))
    offers = found.analysis.graph.current("offers")
    if side.unit is None or side.member is None:
        yield say("partners.component.nobody", country=here)
    else:
        vendors = say("cli.separator").join(
            f"{names.show('Vendor', o.vendor)} [{sources.number(_offer(offers, o))}]" for o in side.offerers
        )
        yield say("partners.component.offerers", country=here, vendors=vendors)
        member = names.show("Country" if side.unit == "country" else "Vendor", side.member)
        yield say(f"partners.component.sole_{side.unit}", country=here, member=member)
    if not side.stand_ins:
        yield say("partners.component.none", other=there)
        return
    keys = ("reason", "vendor", "component", "status", "role", "same_cut", "ties", "source")
    shown = side.stand_ins[:limit]
    rows = [
        (
            say(f"reason.{one.reason}"),
            names.show("Vendor", one.vendor),
            names.show("Component", one.component),
            say(f"status.{one.status or 'unknown'}"),
            say(f"partners.role.{one.role}") if one.role else None,
            say("partners.yes" if one.same_cut else "partners.no"),
            "; ".join(say_tie(tie, names) for tie in one.ties) or say("partners.ties.0"),
            f"[{sources.number(_offer(offers, one))}]",
        )
        for one in shown
    ]
    yield Sheet(tuple(Column(say(f"partners.column.{key}")) for key in keys), tuple(rows))
    if len(shown) < len(side.stand_ins):
        yield say("cli.gaps.shown", shown=len(shown), total=len(side.stand_ins))


def _offer(offers: pd.DataFrame, one: Offerer | StandIn) -> pd.Series:
    return offers.loc[[one.offer]].iloc[0]


def _record_side(
    found: ComponentPartners, side: ComponentSide, names: Names, limit: int | None
) -> dict[str, Any]:
    offers = found.analysis.graph.current("offers")
    return {
        "country": side.country,
        "other_country": side.other_country,
        "unit": side.unit,
        "member": side.member,
        "offerers": [
            {
                **names.record("Vendor", one.vendor),
                "group": one.group,
                "status": one.status,
                "role": one.role,
                "evidence": record_source(_offer(offers, one)),
            }
            for one in side.offerers
        ],
        "stand_ins_total": len(side.stand_ins),
        "stand_ins": [
            {
                "reason": one.reason,
                **names.record("Vendor", one.vendor),
                "component": names.record("Component", one.component),
                "status": one.status,
                "role": one.role,
                "same_cut": one.same_cut,
                "evidence": record_source(_offer(offers, one)),
                "ties": [record_tie(found.analysis.graph, tie, names) for tie in one.ties],
            }
            for one in side.stand_ins[:limit]
        ],
    }


def _side_sheet(found: ComponentPartners, names: Names, limit: int | None) -> Sheet:
    say = names.say
    keys = ("side", "reason", "vendor", "component", "status", "role", "same_cut", "ties")
    headings = [say("cli.column.id"), *(say(f"partners.column.{key}") for key in keys)]
    rows = [
        (
            one.vendor,
            side.country,
            say(f"reason.{one.reason}"),
            names.name("Vendor", one.vendor),
            one.component,
            say(f"status.{one.status or 'unknown'}"),
            say(f"partners.role.{one.role}") if one.role else None,
            say("partners.yes" if one.same_cut else "partners.no"),
            len(one.ties),
        )
        for side in found.sides
        for one in side.stand_ins[:limit]
    ]
    return Sheet(tuple(Column(heading) for heading in headings), tuple(rows))
