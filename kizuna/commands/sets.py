"""The commands on minimal sets: ``kizuna cut-sets``, ``path-sets``, ``importance``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kizuna._outcome import Outcome, make_outcome
from kizuna.commands.loss_options import find_ids, name_options, select_data
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
)
from kizuna.commands.thresholds import check_thresholds, fail_on

if TYPE_CHECKING:
    from kizuna.queries import SetFinder, UnitSets

__all__ = ["cut_sets", "importance", "path_sets"]

_LABEL = click.option(
    "--label",
    type=click.Choice(["component", "solution"]),
    help="Which is meant, where a component and a solution have the same id.",
)
_LIMIT = click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    help="Show so many at most; how many there are is always said exactly.",
)
_UNIT = join_options(
    click.option(
        "--unit",
        default="vendor",
        show_default=True,
        metavar="UNIT",
        help="What is lost as one: vendor, group, country, or what parts the vendors: region, city, exchange, "
        "size.",
    ),
    click.option(
        "--sourcing",
        type=click.Choice(["market", "documented"]),
        default="market",
        show_default=True,
        help="market: a vendor can buy from anybody; documented: where it has suppliers on record, only from "
        "these.",
    ),
)
_BUDGET = click.option(
    "--budget",
    type=click.IntRange(min=1),
    metavar="STEPS",
    help="Give up, with what is certain by then, after so many steps.  [default: 3000000, about ten seconds]",
)
_SETS = join_options(
    _UNIT,
    click.option(
        "--max-order",
        type=click.IntRange(min=1),
        metavar="N",
        help="Look for sets of at most N units only.  [default: of any number]",
    ),
    _LABEL,
    _LIMIT,
    _BUDGET,
)


_OPTIONS_OF_SETS = {
    "target": "TARGET",
    "label": "--label",
    "unit": "--unit",
    "sourcing": "--sourcing",
    "max_order": "--max-order",
    "budget": "--budget",
}


def _make_finder(options: dict[str, Any], *, max_order: int | None = None) -> SetFinder:
    from kizuna.queries import Analysis, SetFinder

    graph = load_data(options)
    return SetFinder(
        Analysis(graph, read_scope(options, graph), kinds=read_kinds(options)),
        unit=options["unit"],
        sourcing=options["sourcing"],
        max_order=max_order,
        budget=options["budget"],
    )


def _find_certain(
    target: str, max_order: int | None, options: dict[str, Any]
) -> tuple[UnitSets, SetFinder, tuple[str, ...]]:
    """Return the minimal cut sets, of what they were found, and a note where the larger ones are too many."""
    from kizuna.queries import TooManyError

    finder = _make_finder(options, max_order=max_order)
    name, label = _read_target(target, options["label"], finder)
    try:
        return finder.find_cuts(name, label=label), finder, ()
    except TooManyError as error:
        if max_order is not None or not error.order:
            raise
        order = error.order
    finder = _make_finder(options, max_order=order)
    note = f"sets of more than {order} are left out: to count them takes more than --budget allows"
    return finder.find_cuts(name, label=label), finder, (note,)


def _read_target(target: str, label: str | None, finder: SetFinder) -> tuple[str, Any]:
    """Return the id of the target and its label, if one is asked for."""
    wanted = None if label is None else label.title()
    labels = ("Component", "Solution") if wanted is None else (wanted,)
    (found,) = find_ids(finder.analysis.graph, [target], *labels, option="TARGET")
    return found, wanted


_CUT_COUNTS = ("sets", "order-1", "order-2", "order-3", "infeasible")


@click.command(
    "cut-sets",
    epilog=give_examples(
        "kizuna cut-sets smart-hospital",
        "kizuna cut-sets smart-hospital --unit group --max-order 4",
        "kizuna cut-sets industrial-robot --sourcing documented --format csv -o cut-sets.csv",
        "kizuna cut-sets industrial-robot --scope world --fail-on order-1",
    ),
)
@click.argument("target")
@_SETS
@fail_on(_CUT_COUNTS, example="order-1:2")
@KINDS
@WRITE
@DATA
@SCOPE
def cut_sets(
    target: str, max_order: int | None, limit: int, thresholds: tuple[str, ...], **options: Any
) -> Outcome:
    """List the smallest sets of vendors without which TARGET, a component or solution, cannot be had.

    All minimal cut sets are counted exactly, smallest first, then by id; where those of any order are too
    many, those up to an order that is told. A set that another one is part of is none, and the set of all
    units, which says nothing, is left out.
    """
    from kizuna.answers.sets import count_cut_sets, tell_sets

    with name_options(**_OPTIONS_OF_SETS):
        found, finder, left_out = _find_certain(target, max_order, options)
        answer = tell_sets(
            found, finder.analysis, limit=limit, lang=options["lang"], selection=select_data(options)
        )
    code, notes = check_thresholds(thresholds, dict(zip(_CUT_COUNTS, count_cut_sets(found), strict=True)))
    return make_outcome(answer, options, code, notes=(*left_out, *notes))


@click.command(
    "path-sets",
    epilog=give_examples(
        "kizuna path-sets foundry-advanced",
        "kizuna path-sets server --limit 5",
        "kizuna path-sets smart-hospital --unit region --format csv -o path-sets.csv",
    ),
)
@click.argument("target")
@_SETS
@KINDS
@WRITE
@DATA
@SCOPE
def path_sets(target: str, max_order: int | None, limit: int, **options: Any) -> Outcome:
    """List the smallest sets of vendors that are enough for TARGET, a component or solution, to be had.

    All minimal path sets are counted exactly, however many there are; the first are listed, smallest first.
    """
    from kizuna.answers.sets import tell_sets

    with name_options(**_OPTIONS_OF_SETS):
        finder = _make_finder(options, max_order=max_order)
        name, label = _read_target(target, options["label"], finder)
        found = finder.find_paths(name, label=label)
        answer = tell_sets(
            found, finder.analysis, limit=limit, lang=options["lang"], selection=select_data(options)
        )
    return make_outcome(answer, options)


@click.command(
    epilog=give_examples(
        "kizuna importance server",
        "kizuna importance foundry-advanced --unit group --limit 10",
        "kizuna importance smart-hospital --unit country --format csv -o importance.csv",
    )
)
@click.argument("target")
@_UNIT
@_LABEL
@_LIMIT
@_BUDGET
@KINDS
@WRITE
@DATA
@SCOPE
def importance(target: str, limit: int, **options: Any) -> Outcome:
    """Say how much each vendor, group or country weighs for TARGET, a component or solution.

    Birnbaum: in what part of all states of the others it alone decides whether TARGET can be had.
    Fussell-Vesely: in what part of all minimal cut sets it stands. Both exact, and both of all cut sets:
    where these are too many, ask for a coarser unit, or for a part of TARGET.
    """
    from kizuna._errors import KizunaError
    from kizuna.answers.sets import tell_importance
    from kizuna.queries import TooManyError

    with name_options(**_OPTIONS_OF_SETS):
        finder = _make_finder(options)
        name, label = _read_target(target, options["label"], finder)
        try:
            found = finder.find_cuts(name, label=label)
        except TooManyError as error:
            raise KizunaError(
                f"{name!r} has too many minimal cut sets to weigh all of them within --budget (up to order "
                f"{error.order} there are {error.count}, see kizuna cut-sets); give a coarser --unit, such as "
                "country, a part of it as TARGET, or a larger --budget"
            ) from error
        answer = tell_importance(
            finder.measure(name, label=label),
            found,
            finder.analysis,
            limit=limit,
            lang=options["lang"],
            selection=select_data(options),
        )
    return make_outcome(answer, options)
