"""The command on partners: ``kizuna partners``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kizuna._errors import InputError
from kizuna._outcome import Outcome, make_outcome
from kizuna.commands.options import (
    DATA,
    KINDS,
    SCOPE,
    WRITE,
    give_examples,
    join_options,
    load_data,
    read_kinds,
    read_scope,
    read_selection,
)

if TYPE_CHECKING:
    from kizuna.graph import SupplyGraph
    from kizuna.queries.partners import Partners

__all__ = ["partners"]

_SHOWN = 20  # partners, unless more are asked for
_SUFFIXES = (".html", ".htm", ".md", ".markdown")  # as CARD_SUFFIXES, which would load pandas for every help

_CARD = join_options(
    click.option(
        "--card",
        type=click.Path(dir_okay=False),
        metavar="FILE",
        help="Write one page for a meeting to FILE.html or FILE.md instead, whole or not at all.",
    ),
    click.option(
        "--with", "partner", metavar="FIRM", help="Show everything that speaks for this partner alone."
    ),
)


@click.command(
    epilog=give_examples(
        "kizuna partners hiwin",
        "kizuna partners HIWIN --with fanuc --lang ja",
        "kizuna partners hiwin --card hiwin.html --lang ja",
        "kizuna partners foundry-advanced --format md",
    )
)
@click.argument("name")
@click.option("--vendor", "label", flag_value="Vendor", help="NAME is a firm, where it is a component too.")
@click.option("--component", "label", flag_value="Component", help="NAME is a component.")
@click.option(
    "--ties",
    type=click.Choice(["first", "last"]),
    help="Where firms with relations in force come among partners that are equal otherwise.",
)
@click.option("--limit", type=click.IntRange(min=1), help=f"Show so many at most.  [default: {_SHOWN} firms]")
@_CARD
@KINDS
@WRITE
@DATA
@SCOPE
def partners(
    name: str,
    label: str | None,
    ties: Any,
    limit: int | None,
    card: str | None,
    partner: str | None,
    **options: Any,
) -> Outcome:
    """Find partners of a firm in the other country, or second sources of a component.

    NAME is an id, or a name or alias in any script that is that of one firm or component only.
    """
    _check_card(card, options)
    graph = load_data(options)
    label, node = _pick(graph, name, label)
    asked: dict[str, Any] = {"scope": read_scope(options, graph), "kinds": read_kinds(options)}
    selection = read_selection(options)
    if options["kinds"]:
        selection["kind"] = ", ".join(options["kinds"])
    spoken: dict[str, Any] = {"lang": options["lang"], "selection": selection}
    if label == "Component":
        if card or partner or ties:
            given = next(o for o, on in (("--card", card), ("--with", partner), ("--ties", ties)) if on)
            raise InputError(f"`{given}` is for the partners of a firm; {node} is a component")
        from kizuna.answers.second_sources import tell_component_partners
        from kizuna.queries.component_partners import find_component_partners

        found = find_component_partners(graph, node, **asked)
        return make_outcome(tell_component_partners(found, limit=limit, **spoken), options)
    from kizuna.answers.partners import tell_pairing, tell_partners
    from kizuna.queries.partners import find_partners

    ranked = find_partners(graph, node, ties=ties, limit=limit or _SHOWN, **asked)
    other = None if partner is None else ranked.find(_pick(graph, partner, "Vendor")[1])
    if card is not None:
        return _write_card(ranked, other.vendor if other else None, card, **spoken)
    answer = tell_pairing(ranked, other, **spoken) if other else tell_partners(ranked, **spoken)
    return make_outcome(answer, options)


def _check_card(card: str | None, options: dict[str, Any]) -> None:
    if card is None:
        return
    if not card.lower().endswith(_SUFFIXES):
        raise InputError(
            f"`--card` writes HTML or Markdown; name a file like card.html or card.md, not {card!r}"
        )
    if options["output"] or options["form"]:
        given = "--output" if options["output"] else "--format"
        raise InputError(f"`{given}` is for the list; leave it out with --card, whose suffix says the form")


def _pick(graph: SupplyGraph, name: str, label: str | None) -> tuple[str, str]:
    """Return label and id of what a name stands for."""
    from kizuna.queries.name_search import find_by_name, pick_by_name

    labels = ("Vendor", "Component") if label is None else (label,)
    matches = find_by_name(graph, name, labels=labels)
    if len(matches) == 2 and {match.label for match in matches} == {"Vendor", "Component"}:
        firm, component = sorted(matches, reverse=True)
        raise InputError(
            f"{name!r} is a firm ({firm.id}) and a component ({component.id}); say which by --vendor or --component"
        )
    match = pick_by_name(graph, name, labels=labels)
    return match.label, match.id


def _write_card(ranked: Partners, partner: str | None, path: str, *, lang: str, selection: Any) -> Outcome:
    from kizuna._messages import say
    from kizuna._render import Answer
    from kizuna.answers.names import Names
    from kizuna.answers.partner_card import write_partner_card

    written = write_partner_card(ranked, path, partner=partner, lang=lang, selection=selection)
    vendor = Names(ranked.analysis.graph, lang).show("Vendor", ranked.vendor)
    return Outcome(Answer((say("partners.card.written", lang, path=written, vendor=vendor),), (), dict))
