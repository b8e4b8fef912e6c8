"""Options that several commands share, and what they mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kizuna._errors import InputError
from kizuna._forms import FORMATS

if TYPE_CHECKING:
    from kizuna.graph import SupplyGraph
    from kizuna.queries import Scope

__all__ = [
    "DATA",
    "FOLDER",
    "KINDS",
    "LANG",
    "PAGE_LANG",
    "SCOPE",
    "STORE",
    "WRITE",
    "give_examples",
    "join_options",
    "load_data",
    "read_kinds",
    "read_scope",
    "read_selection",
]

_LANGUAGES = ("zh", "ja", "en")  # written out: the catalogue itself would be loaded for every help

Command = TypeVar("Command", bound=Callable[..., Any])


def join_options(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Return a decorator that adds several options in their order."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def give_examples(*lines: str) -> str:
    """Return the end of a help text; the mark before it keeps click from filling the lines."""
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)


LANG = click.option(
    "--lang",
    type=click.Choice(_LANGUAGES),
    default="en",
    show_default=True,
    envvar="KIZUNA_LANG",
    show_envvar=True,
    help="Language of names and sentences.",
)
PAGE_LANG = click.option(
    "--lang",
    type=click.Choice(_LANGUAGES),
    envvar="KIZUNA_LANG",
    show_envvar=True,
    help="Language in which the page opens.  [default: that of the reader's browser]",
)
WRITE = join_options(
    click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        help="Form of the answer.  [default: by the suffix of --output, else table]",
    ),
    LANG,
    click.option(
        "-o", "--output", type=click.Path(dir_okay=False), help="Write to this file, whole or not at all."
    ),
)
FOLDER = click.option(
    "--data", type=click.Path(), metavar="FOLDER", help="Folder of CSV files instead of Kizuna's own data."
)
DATA = join_options(
    FOLDER,
    click.option("--dataset", metavar="NAME", help="Only what this data set states, such as report-2017."),
    click.option(
        "--as-of", metavar="DATE", help="Day that the answer stands on: 2026, 2026-11 or 2026-11-22."
    ),
    click.option("--known-by", metavar="DATE", help="Only statements made by this date."),
)
STORE = join_options(
    click.option(
        "--store",
        metavar="URI",
        help="Ask a Neo4j server (bolt://, neo4j://, with +s encrypted) instead of Kizuna's own data; user and "
        "password come from KIZUNA_NEO4J_USER and KIZUNA_NEO4J_PASSWORD, or a token from KIZUNA_NEO4J_BEARER.",
    ),
    click.option("--database", metavar="NAME", help="Database of the server.  [default: that of the user]"),
    click.option(
        "--allow-load-csv",
        is_flag=True,
        help="Let a query on a server use LOAD CSV, which reads files and addresses.",
    ),
)
SCOPE = join_options(
    click.option("--pair", default="TW,JP", show_default=True, metavar="A,B", help="The two countries."),
    click.option(
        "--scope",
        "within",
        type=click.Choice(["pair", "world"]),
        default="pair",
        show_default=True,
        help="Whether only vendors of the pair can be lost, or all.",
    ),
    click.option(
        "--country-by",
        type=click.Choice(["seat", "owner", "made"]),
        default="seat",
        show_default=True,
        help="Country of a vendor: its legal seat, or the seat of its ultimate owner; or of an offer: where it "
        "is made.",
    ),
    click.option(
        "--status",
        "statuses",
        multiple=True,
        type=click.Choice(["volume", "limited", "pilot", "announced", "ended"]),
        help="Status of offers that counts; may be repeated.  [default: volume, limited]",
    ),
    click.option(
        "--role",
        type=click.Choice(["entrant", "established", "leader"]),
        help="Least place in the market that counts.",
    ),
    click.option(
        "--min-confidence",
        "confidence",
        type=click.Choice(["low", "medium", "high"]),
        help="Least confidence of an offer that counts.",
    ),
    click.option(
        "--source-kind",
        "source_kinds",
        multiple=True,
        type=click.Choice(["cited", "report", "uncited"]),
        help="Kind of source that counts; may be repeated.  [default: all]",
    ),
    click.option("--strict", is_flag=True, help="A blank status or role does not count."),
    click.option(
        "--min-groups",
        type=int,
        default=1,
        show_default=True,
        metavar="N",
        help="A component counts as offered only while N groups can deliver it.",
    ),
    click.option(
        "--min-share",
        type=float,
        metavar="X",
        help="A component counts as offered only while the groups that can deliver it hold this much of its "
        "market, above 0 up to 1, as far as shares are stated.",
    ),
)

KINDS = click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(["input", "equipment", "service"]),
    help="Kind of requirement that matters; may be repeated. Input and service: what is lost at once; with "
    "equipment: in time.  [default: all]",
)


def read_kinds(options: dict[str, Any]) -> tuple[str, ...]:
    """Return the kinds of requirement that the option `KINDS` asks for."""
    from kizuna.queries.structure import REQUIREMENT_KINDS

    return options["kinds"] or REQUIREMENT_KINDS


def load_data(options: dict[str, Any]) -> SupplyGraph:
    """Load what the options of `DATA` ask for."""
    from kizuna.graph import select_subgraph
    from kizuna.loaders import load_folder, load_seeds

    chosen = {"dataset": options["dataset"], "as_of": options["as_of"]}
    folder = options["data"]
    graph = load_seeds(**chosen) if folder is None else load_folder(folder, **chosen)
    if options["known_by"] is None:
        return graph
    return select_subgraph(graph, known_by=options["known_by"])


def read_selection(options: dict[str, Any]) -> dict[str, str]:
    """Return which part of the data was asked for, for the head of the answer."""
    return {name: options[name] for name in ("dataset", "known_by") if options[name] is not None}


def read_scope(options: dict[str, Any], graph: SupplyGraph) -> Scope:
    """Return the scope that the options of `SCOPE` ask for; its countries must be in the data."""
    from kizuna.queries.scope import COUNTED, Scope

    pair = tuple(part.strip().upper() for part in options["pair"].split(","))
    scope = Scope(
        pair=pair,  # Scope itself checks that there are two
        within=options["within"],
        country_by=options["country_by"],
        statuses=options["statuses"] or COUNTED,
        role=options["role"],
        confidence=options["confidence"],
        source_kinds=options["source_kinds"] or None,
        strict=options["strict"],
        min_groups=options["min_groups"],
        min_share=options["min_share"],
    )
    known = graph.table("countries")["id"].tolist()
    unknown = [country for country in pair if country not in known]
    if unknown:
        raise InputError(f"`--pair`: this data set has no country {unknown[0]}; it has {', '.join(known)}")
    return scope
