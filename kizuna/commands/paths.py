"""The commands on chains, line-ups and routes: ``kizuna chains``, ``line-ups``, ``routes``."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
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
    read_selection,
)

if TYPE_CHECKING:
    from kizuna.graph import SupplyGraph

__all__ = ["chains", "line_ups", "routes"]

_LABELS = ("Vendor", "Component", "Solution")

WEIGHT = click.option(
    "--weight",
    "weights",
    multiple=True,
    metavar="PART=N",
    help="Weight of a part of the score: need, backup, tie, evidence or balance; repeatable.  [default: 1 each]",
)
THIRD = click.option(
    "--third-countries", "third", is_flag=True, help="Let vendors of third countries have a place too."
)


@click.command(
    epilog=give_examples(
        "kizuna chains elderly-care",
        "kizuna chains smart-hospital --limit 3 --weight tie=3 --weight balance=0 --lang ja",
        "kizuna chains elderly-care --country-by owner --format csv -o chains.csv",
    )
)
@click.argument("solution")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="Show so many chains at most; best first.",
)
@click.option(
    "--variants",
    type=click.IntRange(min=0),
    default=3,
    show_default=True,
    help="Show so many further choices of vendors for each.",
)
@WEIGHT
@THIRD
@KINDS
@WRITE
@DATA
@SCOPE
def chains(
    solution: str, limit: int, variants: int, weights: tuple[str, ...], third: bool, **options: Any
) -> Outcome:
    """Find the chains of a solution in which two countries complement each other best.

    A chain has one component in each layer of the data loop, each with a vendor, at least one of each
    country. The score shows its parts: where the other country has nobody (need), how many groups could stand
    in (backup), documented relations of neighbours (tie), the weakest evidence, and balance.
    """
    from kizuna.answers.chains import tell_chains
    from kizuna.queries.chains import find_chains

    graph = load_data(options)
    (found_id,) = find_ids(graph, [solution], "Solution", option="SOLUTION")
    with name_options(**{"scope.country_by": "--country-by"}, weights="--weight"):
        found = find_chains(
            graph,
            found_id,
            k=limit,
            variants=variants,
            weights=_read_weights(weights),
            scope=read_scope(options, graph),
            third_countries=third,
            kinds=read_kinds(options),
        )
    answer = tell_chains(found, third=third, lang=options["lang"], selection=select_data(options))
    return make_outcome(answer, options)


@click.command(
    "line-ups",
    epilog=give_examples(
        "kizuna line-ups elderly-care",
        "kizuna line-ups smart-machine-tool --deep --limit 3 --lang zh",
        "kizuna line-ups elderly-care --include sony --exclude tsmc --at-most TW:4 --min-evidence medium",
        "kizuna line-ups elderly-care --format json -o line-up.json",
    ),
)
@click.argument("solution")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Show so many line-ups at most; best first.",
)
@click.option(
    "--deep", is_flag=True, help="Go all the way down: what the components require needs vendors too."
)
@click.option("--include", multiple=True, metavar="VENDOR", help="A vendor that must be in it; repeatable.")
@click.option("--exclude", multiple=True, metavar="VENDOR", help="A vendor that must not; repeatable.")
@click.option(
    "--at-most",
    "at_most",
    multiple=True,
    metavar="COUNTRY:N",
    help="Most places for vendors of a country, such as TW:4; repeatable.",
)
@click.option("--documented", is_flag=True, help="Each two neighbours must have a documented relation.")
@click.option(
    "--min-evidence",
    "least_evidence",
    type=click.Choice(["low", "medium", "high"]),
    help="Least evidence of every place.",
)
@click.option(
    "--budget",
    type=click.IntRange(min=1),
    metavar="CELLS",
    help="Stop after so many cells of tables and show the best found, with a bound on what was missed.",
)
@WEIGHT
@THIRD
@KINDS
@WRITE
@DATA
@SCOPE
def line_ups(
    solution: str,
    limit: int,
    weights: tuple[str, ...],
    third: bool,
    at_most: tuple[str, ...],
    **options: Any,
) -> Outcome:
    """Find the best line-up for a solution: one vendor for each component that it requires.

    Of each choice one alternative is taken, the one that serves the whole best. What only third countries
    offer is listed as imported and has no place. The score has the parts that chains have. The answer says
    whether it is the best for certain, or how much better another could be.
    """
    from kizuna.answers.line_ups import tell_line_ups
    from kizuna.queries.line_ups import find_line_ups

    graph = load_data(options)
    (found_id,) = find_ids(graph, [solution], "Solution", option="SOLUTION")
    asked = {
        name: find_ids(graph, options[name], "Vendor", option=f"--{name}") for name in ("include", "exclude")
    }
    most = _read_most(at_most)
    constraints: dict[str, Any] = {
        **asked,
        "at_most": most,
        "documented": options["documented"],
        "least_evidence": options["least_evidence"],
        "third_countries": third,
    }
    with name_options(
        **{"scope.country_by": "--country-by"},
        weights="--weight",
        include="--include",
        exclude="--exclude",
        at_most="--at-most",
        budget="--budget",
    ):
        found = find_line_ups(
            graph,
            found_id,
            k=limit,
            deep=options["deep"],
            weights=_read_weights(weights),
            scope=read_scope(options, graph),
            kinds=read_kinds(options),
            budget=options["budget"],
            **constraints,
        )
    answer = tell_line_ups(found, constraints, lang=options["lang"], selection=select_data(options))
    return make_outcome(answer, options)


@click.command(
    epilog=give_examples(
        "kizuna routes tsmc fanuc",
        "kizuna routes TSMC FANUC --by SUPPLIES --by OWNS --lang zh",
        "kizuna routes component:cnc-controller tsmc --limit 3 --format json",
    )
)
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.option(
    "--limit", type=click.IntRange(min=1), default=10, show_default=True, help="Show so many routes at most."
)
@click.option(
    "--by",
    multiple=True,
    metavar="EDGE",
    help="Follow these edges only, such as SUPPLIES, OWNS or REQUIRES; repeatable.  [default: company "
    "relations, REQUIRES and OFFERS]",
)
@WRITE
@DATA
@SCOPE
def routes(source: str, target: str, limit: int, by: tuple[str, ...], **options: Any) -> Outcome:
    """Show how one firm, component or solution hangs together with another: the shortest routes.

    FROM and TO are ids, or names in any script; vendor:ID, component:ID or solution:ID where an id alone does
    not tell. A route follows edges either way and passes nothing twice. Vendors of any country may lie on it.
    """
    from kizuna.answers.routes import tell_routes
    from kizuna.queries.route_network import ROUTE_EDGES, build_route_network
    from kizuna.queries.routes import find_routes

    graph = load_data(options)
    first, last = (_find_node(graph, text, option=o) for text, o in ((source, "FROM"), (target, "TO")))
    scope = read_scope(options, graph)
    with name_options(by="--by", source="FROM", target="TO"):
        network = build_route_network(graph, by=[edge.upper() for edge in by] or ROUTE_EDGES, scope=scope)
        found = find_routes(network, first, last, k=limit)
    answer = tell_routes(
        found,
        graph,
        scope,
        limit=limit,
        by=network.by,
        missing=found.missing if by else (),
        lang=options["lang"],
        selection=read_selection(options),
    )
    return make_outcome(answer, options)


def _read_weights(texts: Sequence[str]) -> dict[str, Fraction]:
    """Read weights like ``tie=2``; whether a weight is allowed is checked where it is used."""
    found = {}
    for text in texts:
        part, equals, number = (piece.strip() for piece in text.partition("="))
        try:
            found[part] = Fraction(number)
        except (ValueError, ZeroDivisionError):
            equals = ""
        if not equals:
            raise InputError(f"`--weight` must be PART=NUMBER, like --weight tie=2; found {text!r}") from None
    return found


def _read_most(texts: Sequence[str]) -> dict[str, int]:
    found = {}
    for text in texts:
        country, _, number = (piece.strip() for piece in text.partition(":"))
        if not (number.isascii() and number.isdigit()):
            raise InputError(f"`--at-most` must be COUNTRY:NUMBER, like --at-most TW:4; found {text!r}")
        found[country.upper()] = int(number)
    return found


def _find_node(graph: SupplyGraph, text: str, *, option: str) -> str | tuple[str, str]:
    """Return a node by id, name, or label and id."""
    head, colon, rest = text.partition(":")
    label = next((label for label in _LABELS if colon and label.lower() == head.strip().lower()), None)
    if label is not None:
        return label, find_ids(graph, [rest.strip()], label, option=option)[0]
    return find_ids(graph, [text], *_LABELS, option=option)[0]
