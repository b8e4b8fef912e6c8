"""The commands on work abroad, the loop, ties, what to find out next, and the claims of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kizuna._outcome import Outcome, make_outcome
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
from kizuna.commands.thresholds import check_thresholds, fail_on

if TYPE_CHECKING:
    from kizuna.graph import SupplyGraph

__all__ = ["claims", "engineers", "loop", "obstacles", "research", "ties", "white_spots"]


def _find_node(graph: SupplyGraph, label: str, text: str) -> str:
    """Return the id of the node that a text names in any script; where none has that name, the text itself."""
    from kizuna.queries.name_search import find_by_name, pick_by_name

    known = find_by_name(graph, text, labels=(label,))
    return pick_by_name(graph, text, labels=(label,)).id if known else text


@click.command(
    epilog=give_examples(
        "kizuna engineers MY civil",
        "kizuna engineers VN railway --lang ja",
        "kizuna engineers Malaysia civil --lang zh --format md",
    )
)
@click.argument("country")
@click.argument("domain")
@WRITE
@DATA
def engineers(country: str, domain: str, **options: Any) -> Outcome:
    """Find engineering firms for a target COUNTRY and a field of engineering, DOMAIN.

    An office there with the field comes first, then past work with it, then an office alone; narrower fields
    are found too. A firm's home country answers nothing. Ids or names in any of the three languages.
    """
    from kizuna.answers.field import tell_engineers
    from kizuna.queries import find_engineering_partners

    graph = load_data(options)
    asked = {
        "country": _find_node(graph, "Country", country),
        "domain": _find_node(graph, "Domain", domain),
    }
    found = find_engineering_partners(graph, **asked)
    answer = tell_engineers(graph, found, **asked, lang=options["lang"], selection=read_selection(options))
    return make_outcome(answer, options)


@click.command(
    epilog=give_examples("kizuna obstacles", "kizuna obstacles --lang ja", "kizuna obstacles --format csv")
)
@WRITE
@DATA
@SCOPE
def obstacles(**options: Any) -> Outcome:
    """List what hinders Japanese firms abroad, and who can remove it with what, by a source."""
    from kizuna.answers.field import tell_obstacles
    from kizuna.queries import list_obstacle_removers

    graph = load_data(options)
    scope = read_scope(options, graph)
    found = list_obstacle_removers(graph, scope=scope)
    spoken = {"lang": options["lang"], "selection": read_selection(options)}
    return make_outcome(tell_obstacles(graph, found, scope=scope, **spoken), options)


@click.command(
    epilog=give_examples(
        "kizuna loop", "kizuna loop elderly-care --lang zh", "kizuna loop --fail-on open --format csv"
    )
)
@click.argument("solution", required=False)
@fail_on(("open", "unsecured"), example="open:3")
@WRITE
@DATA
def loop(solution: str | None, thresholds: tuple[str, ...], **options: Any) -> Outcome:
    """Say in which layers the data loop of a SOLUTION has components, where it is open, and what secures it.

    Without SOLUTION, of all of them. What the solution, or one it builds on, requires directly counts.
    """
    from kizuna.answers.loops import count_loops, tell_loops
    from kizuna.queries import trace_loop

    graph = load_data(options)
    chosen = sorted(graph.table("solutions")["id"])
    if solution is not None:
        chosen = [_find_node(graph, "Solution", solution)]
    found = [trace_loop(graph, name) for name in chosen]
    spoken = {"lang": options["lang"], "selection": read_selection(options)}
    code, notes = check_thresholds(
        thresholds, {key: count_loops(found)[key] for key in ("open", "unsecured")}
    )
    return make_outcome(
        tell_loops(graph, found, one=solution is not None, **spoken), options, code, notes=notes
    )


@click.command(
    epilog=give_examples(
        "kizuna ties", "kizuna ties --layers firms --lang ja", "kizuna ties --format csv -o ties.csv"
    )
)
@click.option(
    "--layers",
    type=click.Choice(["component", "firms"]),
    default="component",
    show_default=True,
    help="Whose layers to count by: of the component that the tie is about, or of the two firms.",
)
@WRITE
@DATA
@SCOPE
def ties(layers: Any, **options: Any) -> Outcome:
    """Count the ties in force between firms of the two countries, by kind, pair of layers and decade."""
    from kizuna.answers.ties import tell_ties
    from kizuna.queries import count_ties

    graph = load_data(options)
    found = count_ties(graph, scope=read_scope(options, graph), layers=layers)
    answer = tell_ties(found, lang=options["lang"], selection=read_selection(options))
    return make_outcome(answer, options)


@click.command(
    "white-spots",
    epilog=give_examples(
        "kizuna white-spots --limit 10",
        "kizuna white-spots --least 5 --lang ja",
        "kizuna white-spots --fail-on white-spots:20",
    ),
)
@click.option(
    "--least",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    help="How many vendors with a counted offer make a country strong.",
)
@click.option("--limit", type=click.IntRange(min=1), help="Show so many at most.")
@fail_on(("white-spots",), example="white-spots:20")
@WRITE
@DATA
@SCOPE
def white_spots(least: int, limit: int | None, thresholds: tuple[str, ...], **options: Any) -> Outcome:
    """Find what one country is strong in and the other needs, where no tie about either is documented."""
    from kizuna.answers.ties import tell_white_spots
    from kizuna.queries import find_white_spots

    graph = load_data(options)
    found = find_white_spots(graph, scope=read_scope(options, graph), least=least)
    spoken = {"lang": options["lang"], "selection": read_selection(options)}
    code, notes = check_thresholds(thresholds, {"white-spots": len(found.spots)})
    return make_outcome(
        tell_white_spots(found, least=least, limit=limit, **spoken), options, code, notes=notes
    )


@click.command(
    epilog=give_examples(
        "kizuna research --limit 20",
        "kizuna research --format csv -o to-do.csv",
        "kizuna research --scope world --lang zh",
    )
)
@click.option(
    "--max-order",
    type=click.IntRange(min=1, max=3),
    default=1,
    show_default=True,
    help="Largest number of units that are lost together.",
)
@click.option("--limit", type=click.IntRange(min=1), help="Show so many places at most.")
@fail_on(("open",), example="open:5")
@KINDS
@WRITE
@DATA
@SCOPE
def research(max_order: int, limit: int | None, thresholds: tuple[str, ...], **options: Any) -> Outcome:
    """List what to find out next: the cells and rows that hold most verdicts on gaps open.

    Each says what to find out as one sentence, where the row stands, and how many findings it alone confirms.
    """
    from kizuna.answers.research import tell_research
    from kizuna.queries.research import list_research

    graph = load_data(options)
    scope, kinds = read_scope(options, graph), read_kinds(options)
    found = list_research(graph, scope=scope, kinds=kinds, max_order=max_order, limit=limit)
    code, notes = check_thresholds(thresholds, {"open": found.open})
    answer = tell_research(found, lang=options["lang"], selection=read_selection(options))
    return make_outcome(answer, options, code, notes=notes)


@click.command(
    epilog=give_examples(
        "kizuna claims",
        "kizuna claims taiwan-all-hardware --lang zh",
        "kizuna claims --format csv -o claims.csv",
        "kizuna claims --fail-on changed:2",
    )
)
@click.argument("claim", metavar="[ID]", required=False)
@fail_on(("holds", "changed", "cannot-be-said"), example="changed:2")
@WRITE
@DATA
@SCOPE
def claims(claim: str | None, thresholds: tuple[str, ...], **options: Any) -> Outcome:
    """Say of each claim of the report whether it holds, has changed, or cannot be said.

    With ID, one claim in full: what is computed, the figures then and now, and its source.
    """
    from kizuna.answers.claims import count_verdicts, tell_claim, tell_claims
    from kizuna.queries.claims import check_claims

    graph = load_data(options)
    scope = read_scope(options, graph)
    found = check_claims(graph, scope=scope, claim=claim)
    spoken = {"scope": scope, "lang": options["lang"], "selection": read_selection(options)}
    code, notes = check_thresholds(thresholds, count_verdicts(found))
    answer = tell_claims(graph, found, **spoken) if claim is None else tell_claim(graph, found[0], **spoken)
    return make_outcome(answer, options, code, notes=notes)
