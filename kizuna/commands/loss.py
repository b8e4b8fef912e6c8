"""The commands on what is lost and who needs whom: ``kizuna what-if``, ``complement``, ``exposure``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kizuna._errors import InputError
from kizuna._outcome import Outcome, make_outcome
from kizuna.commands.loss_options import find_ids, name_options, select_data
from kizuna.commands.options import (
    DATA,
    KINDS,
    SCOPE,
    WRITE,
    give_examples,
    load_data,
    read_kinds,
    read_scope,
)
from kizuna.commands.thresholds import check_thresholds, fail_on

if TYPE_CHECKING:
    from kizuna.graph import SupplyGraph

__all__ = ["complement", "exposure", "what_if"]

# ---- what if ----

_REMOVALS = {
    "vendors": ("Vendor", "--remove"),
    "groups": ("Vendor", "--remove-group"),
    "countries": ("Country", "--remove-country"),
    "components": ("Component", "--remove-component"),
}
_CHANGES = ("lost", "lost-components", "won", "saved", "weakened")


@click.command(
    "what-if",
    epilog=give_examples(
        "kizuna what-if --remove tsmc",
        "kizuna what-if --remove-country TW --kind input --kind service",
        "kizuna what-if --remove-group sony --remove-component strain-wave-reducer --explain all",
        "kizuna what-if --remove tsmc --add umc=foundry-advanced --fail-on lost",
    ),
)
@click.option("--remove", "vendors", multiple=True, metavar="VENDOR", help="A vendor is gone; repeatable.")
@click.option(
    "--remove-group",
    "groups",
    multiple=True,
    metavar="VENDOR",
    help="The whole group of a vendor is gone; repeatable.",
)
@click.option(
    "--remove-country",
    "countries",
    multiple=True,
    metavar="COUNTRY",
    help="All vendors of a country are gone; repeatable.",
)
@click.option(
    "--remove-component",
    "components",
    multiple=True,
    metavar="COMPONENT",
    help="Nobody delivers a component any more; who makes it in house is not hit; repeatable.",
)
@click.option(
    "--add",
    "additions",
    multiple=True,
    metavar="VENDOR=COMPONENT",
    help="Assume that a vendor offers a component, in volume; after all removals; repeatable.",
)
@click.option(
    "--explain",
    multiple=True,
    metavar="TARGET|all",
    help="Show why a component or solution is lost, requirement by requirement; repeatable.",
)
@click.option(
    "--limit", type=click.IntRange(min=1), help="Show so many of each kind at most; CSV and JSON hold all."
)
@fail_on(_CHANGES, example="lost:3")
@KINDS
@WRITE
@DATA
@SCOPE
def what_if(
    explain: tuple[str, ...], limit: int | None, thresholds: tuple[str, ...], **options: Any
) -> Outcome:
    """Say what is lost, won, saved and weakened if some are gone and others step in.

    Lost: can no longer be had, over every hop. Saved: would be lost without some alternative. Weakened:
    components that one group alone can still deliver. Imports stay as they were. For --fail-on, lost is
    counted in solutions.
    """
    from kizuna.answers.loss import count_changes, tell_what_if
    from kizuna.queries import ask_what_if

    if not any(options[name] for name in (*_REMOVALS, "additions")):
        raise InputError(
            "what if what? Give at least one of --remove VENDOR, --remove-group VENDOR, --remove-country "
            "COUNTRY, --remove-component COMPONENT, --add VENDOR=COMPONENT"
        )
    graph = load_data(options)
    asked = {
        name: find_ids(graph, options[name], label, option=option)
        for name, (label, option) in _REMOVALS.items()
    }
    with name_options(**{f"remove_{name}": option for name, (_, option) in _REMOVALS.items()}, add="--add"):
        found = ask_what_if(
            graph,
            remove_vendors=asked["vendors"],
            remove_groups=asked["groups"],
            remove_countries=asked["countries"],
            remove_components=asked["components"],
            add=[_read_addition(graph, text) for text in options["additions"]],
            scope=read_scope(options, graph),
            kinds=read_kinds(options),
        )
    answer = tell_what_if(
        found, asked, explain=explain, limit=limit, lang=options["lang"], selection=select_data(options)
    )
    code, notes = check_thresholds(thresholds, dict(zip(_CHANGES, count_changes(found), strict=True)))
    return make_outcome(answer, options, code, notes=notes)


def _read_addition(graph: SupplyGraph, text: str) -> tuple[str, str]:
    vendor, equals, component = (part.strip() for part in text.partition("="))
    if not (vendor and equals and component):
        raise InputError(f"`--add` must be VENDOR=COMPONENT, like --add umc=foundry-advanced; found {text!r}")
    (vendor,) = find_ids(graph, [vendor], "Vendor", option="--add")
    (component,) = find_ids(graph, [component], "Component", option="--add")
    return vendor, component


# ---- two countries ----

_CLASSES = ("outside", "not-at-all", "either", "first-alone", "second-alone", "only-jointly")
_OPTIONS_OF_SIDES = {
    "role": "--at-role",
    "label": "--label",
    "limit": "--max-sets",
    "target": "TARGET",
}


@click.command(
    epilog=give_examples(
        "kizuna complement",
        "kizuna complement --targets components --class only-jointly",
        "kizuna complement smart-machine-tool --contributions --at-role leader",
        "kizuna complement --pair JP,DE --format csv -o complement.csv",
    )
)
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@click.option(
    "--targets",
    "label",
    type=click.Choice(["solutions", "components", "all"]),
    help="Which targets, if none is named.  [default: solutions]",
)
@click.option(
    "--class",
    "classes",
    multiple=True,
    type=click.Choice(_CLASSES),
    help="Only targets of this class; repeatable. First and second are the countries of --pair.",
)
@click.option(
    "--at-role",
    type=click.Choice(["entrant", "established", "leader"]),
    help="Say the same a second time, with vendors of this place in the market or a better one only.",
)
@click.option(
    "--contributions",
    is_flag=True,
    help="List the smallest sets of components that each side must bring.",
)
@click.option(
    "--max-sets",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    help="Give up on a target with more such sets than that.",
)
@click.option("--limit", type=click.IntRange(min=1), help="Show so many targets, and sets of one, at most.")
@fail_on((*_CLASSES, "needs-third"), example="only-jointly:1")
@KINDS
@WRITE
@DATA
@SCOPE
def complement(
    targets: tuple[str, ...], label: str | None, classes: tuple[str, ...], at_role: str | None, **options: Any
) -> Outcome:
    """Say of each TARGET which of the two countries can have it, alone or only together.

    Classes: outside (itself an import), not at all, either country, one of them alone, only jointly. Imports
    are components that only third countries offer; what needs them is said, and which.
    """
    from kizuna.answers.sides import Sides, tell_complement
    from kizuna.queries import classify_complementarity

    if targets and label is not None:
        raise InputError("give TARGET or --targets, not both")
    graph = load_data(options)
    with name_options(**_OPTIONS_OF_SIDES):
        found = classify_complementarity(
            graph, scope=read_scope(options, graph), role=at_role, kinds=read_kinds(options)
        )
        named = find_ids(graph, targets, "Component", "Solution", option="TARGET")
        sides = Sides.select(found, named, label or "solutions", classes)
        answer = tell_complement(
            sides,
            contributions=options["max_sets"] if options["contributions"] else None,
            role=at_role,
            limit=options["limit"],
            lang=options["lang"],
            selection=select_data(options),
        )
    code, notes = check_thresholds(options["thresholds"], sides.count())
    return make_outcome(answer, options, code, notes=notes)


_EXPOSED = ("first-solutions", "second-solutions", "imports")


@click.command(
    epilog=give_examples(
        "kizuna exposure",
        "kizuna exposure --kind input --kind service",
        "kizuna exposure --country-by owner --format json",
    )
)
@click.option(
    "--limit", type=click.IntRange(min=1), help="Show so many of each list at most; CSV and JSON hold all."
)
@fail_on(_EXPOSED, example="second-solutions:3")
@KINDS
@WRITE
@DATA
@SCOPE
def exposure(limit: int | None, thresholds: tuple[str, ...], **options: Any) -> Outcome:
    """Say what each country loses without the other, and what both import.

    Production that stops is told apart from what can no longer be bought. For --fail-on, first and second are
    the countries of --pair, and their solutions those that each loses without the other.
    """
    from kizuna.answers.exposure import tell_exposure
    from kizuna.queries import measure_exposure

    graph = load_data(options)
    with name_options(**_OPTIONS_OF_SIDES):
        found = measure_exposure(graph, scope=read_scope(options, graph), kinds=read_kinds(options))
    first, second = (len(side.solutions) for side in found.sides)
    counts = (first, second, len(found.imports))
    code, notes = check_thresholds(thresholds, dict(zip(_EXPOSED, counts, strict=True)))
    answer = tell_exposure(found, limit=limit, lang=options["lang"], selection=select_data(options))
    return make_outcome(answer, options, code, notes=notes)
