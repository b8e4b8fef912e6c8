"""``kizuna gaps``: where the chain hangs on one, two or three units."""

from __future__ import annotations

from typing import Any

import click

from kizuna._errors import InputError, UnavailableError
from kizuna._outcome import Outcome, make_outcome
from kizuna.commands.gap_counts import GAP_COUNTS, UNIT_NAMES
from kizuna.commands.options import (
    DATA,
    KINDS,
    SCOPE,
    WRITE,
    give_examples,
    load_data,
    read_kinds,
    read_scope,
    read_selection,
)
from kizuna.commands.thresholds import fail_on

__all__ = ["gaps"]


@click.command(
    epilog=give_examples(
        "kizuna gaps",
        "kizuna gaps --unit group --country-by owner --limit 10",
        "kizuna gaps --order 3 --unit vendor --unit region --thin",
        "kizuna gaps --fail-on single-vendor:5 --fail-on confirmed",
        "kizuna gaps --explain all --format md -o gaps.md",
        "kizuna gaps --format json -o gaps.json",
    )
)
@click.option(
    "--unit",
    "units",
    multiple=True,
    type=click.Choice(UNIT_NAMES),
    help="Unit that may be lost; may be repeated.  [default: vendor, group, country]",
)
@click.option(
    "--order",
    "max_order",
    type=click.IntRange(1, 3),
    default=1,
    show_default=True,
    help="Largest number of units that are lost together.",
)
@click.option("--thin", is_flag=True, help="List too where one group alone would be left.")
@click.option("--limit", type=click.IntRange(min=1), help="Show so many of each kind at most.")
@click.option(
    "--explain",
    multiple=True,
    metavar="ID|all",
    help="Show one gap in full: witness, sources, second sources; may be repeated.",
)
@fail_on(GAP_COUNTS, example="single-vendor:5")
@WRITE
@DATA
@KINDS
@SCOPE
def gaps(
    units: Any,
    max_order: int,
    thin: bool,
    limit: int | None,
    explain: tuple[str, ...],
    thresholds: tuple[str, ...],
    **options: Any,
) -> Outcome:
    """List where the chain hangs on one vendor, group or country, or on two or three together.

    Kinds: minimal cut sets (of one unit: single points of failure), components that nobody offers, units that
    dominate one, and fragile findings, which show only if offers without solid evidence are left out.
    """
    from kizuna.answers.explain import tell_findings
    from kizuna.answers.tables import tell_gaps
    from kizuna.commands.gap_counts import check_gap_counts
    from kizuna.queries import UNITS, TooManyError, find_gaps

    if explain and limit is not None:
        raise InputError("`--limit` is for the list of gaps; leave it out with --explain")
    graph = load_data(options)
    scope, kinds = read_scope(options, graph), read_kinds(options)
    try:
        found = find_gaps(
            graph, scope=scope, units=units or UNITS, kinds=kinds, max_order=max_order, thin=thin
        )
    except TooManyError as error:
        raise UnavailableError(
            f"the sets of up to {max_order} units are too many to list; ask with --order {max_order - 1} or for "
            "fewer units with --unit, or for one target: kizuna cut-sets TARGET"
        ) from error
    code, notes = check_gap_counts(thresholds, found)
    selection = read_selection(options)
    if options["kinds"]:
        selection["kind"] = ", ".join(options["kinds"])
    spoken = {"lang": options["lang"], "selection": selection}
    answer = tell_findings(found, explain, **spoken) if explain else tell_gaps(found, limit=limit, **spoken)
    return make_outcome(answer, options, code, notes=notes)
