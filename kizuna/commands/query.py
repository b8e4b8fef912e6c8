"""The commands that ask a store: ``kizuna query``, ``saved``, ``schema`` and ``shell``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kizuna._errors import InputError
from kizuna._forms import RESULT_FORMATS
from kizuna._outcome import Outcome, make_outcome, pick_form
from kizuna.commands.options import DATA, LANG, STORE, WRITE, give_examples, join_options

if TYPE_CHECKING:
    from kizuna.graph.stores import Result

__all__ = ["query", "saved", "schema", "shell"]

_MANY = 10_000  # rows that people read; programs get all
_PAGE = "kizuna-query.html"

_ASKING = join_options(
    click.option(
        "--write", is_flag=True, help="Let the query write; to Kizuna's own store, for this run only."
    ),
    click.option(
        "--timeout",
        type=click.FloatRange(min=0),
        default=120,
        show_default=True,
        metavar="SECONDS",
        help="End a query that takes longer; 0: never.",
    ),
)


@click.command(
    epilog=give_examples(
        'kizuna query "MATCH (v:Vendor)-[:OFFERS]->(c:Component) RETURN v.name_en, c.id LIMIT 5"',
        "kizuna query -f question.cypher --param country=JP -o answer.csv",
        "kizuna query --saved vendor-offers --param vendor=omron --lang ja",
    )
)
@click.argument("text", required=False)
@click.option("-f", "--file", type=click.Path(), help="File that holds the query; - is standard input.")
@click.option("--saved", "saved_name", metavar="NAME", help="Run a saved query; 'kizuna saved' lists them.")
@click.option(
    "--param",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="Value of a $parameter; JSON (n=3, ids='[\"a\"]'), and text if it is no JSON (c=TW); may be repeated.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(RESULT_FORMATS),
    help="Form of the answer.  [default: by the suffix of --output, else table]",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False),
    help="Write to this file, whole or not at all.  [default for html: kizuna-query.html]",
)
@click.option(
    "--max-rows",
    type=click.IntRange(min=0),
    help="Read so many rows at most; 0: all.  [default: 10000 for table, md and html, else all]",
)
@_ASKING
@STORE
@DATA
@LANG
def query(text: str | None, file: str | None, saved_name: str | None, **options: Any) -> Outcome:
    """Ask in Cypher; nothing needs to be installed or started.

    TEXT is one statement; without it (or with -) it comes from --file, --saved or standard input. A query
    reads and cannot write, unless --write is given. The first one on a data set takes some seconds, which
    prepare it once and for all. Where a shell would replace $names, quote TEXT with '...' or use a file.
    """
    if sum(given is not None for given in (text, file, saved_name)) > 1:
        raise InputError("give the query once: as TEXT, with `--file` or with `--saved`")
    form = _pick_form(options)
    cypher, parameters, head = _read_question(text, file, saved_name, options)
    result = _ask(cypher, parameters, options, form)
    return _tell(result, form, head, options)


def _pick_form(options: dict[str, Any]) -> str:
    output = options["output"] or ""
    if options["form"] is None and output.lower().endswith((".html", ".htm")):
        return "html"
    return pick_form(options)


def _read_question(
    text: str | None, file: str | None, name: str | None, options: dict[str, Any]
) -> tuple[str, dict[str, Any], tuple[str, ...]]:
    """Return the statement, its parameters, and what stands above the answer."""
    from kizuna._statement import read_parameters, read_statement

    if name is None:
        return read_statement(text, file), read_parameters(options["parameters"]), ()
    from kizuna.answers.saved import bind, head_saved, type_parameters
    from kizuna.queries.saved import read_saved

    chosen = read_saved(name)
    bound = bind(chosen, read_parameters(options["parameters"], type_parameters(chosen)), options["lang"])
    return chosen.cypher, bound, head_saved(chosen, bound, options["lang"])


def _ask(cypher: str, parameters: dict[str, Any], options: dict[str, Any], form: str) -> Result:
    from kizuna._stores import open_store

    limit = options["max_rows"]
    if limit is None:
        limit = _MANY if form in ("table", "md", "html") else 0
    with open_store(options) as store:
        return store.query(
            cypher,
            parameters,
            read_only=not options["write"],
            timeout=options["timeout"] or None,
            row_limit=limit or None,
        )


def _tell(result: Result, form: str, head: tuple[str, ...], options: dict[str, Any]) -> Outcome:
    from kizuna._messages import say
    from kizuna._render import Answer
    from kizuna.answers.results import note_result, tell_result

    lang = options["lang"]
    notes = note_result(result, lang=lang, more="--max-rows 0")
    if options["write"] and options["store"] is None:
        notes = (*notes, say("cli.query.copy", lang))
    if form == "html":
        from kizuna.viz import write_page

        page = write_page(result, options["output"] or _PAGE, lang=lang, title=head[0] if head else None)
        written = Answer((say("cli.explore.written", lang, path=page.resolve()),), (), dict)
        return Outcome(written, notes=notes)
    answer = tell_result(result, lang=lang, head=head)
    return make_outcome(answer, options, notes=notes)


@click.command(
    epilog=give_examples("kizuna saved", "kizuna saved vendor-offers --lang ja", "kizuna saved --format json")
)
@click.argument("name", required=False)
@WRITE
def saved(name: str | None, **options: Any) -> Outcome:
    """List the saved queries; with NAME show one: parameters, columns and its Cypher."""
    from kizuna.answers.saved import tell_saved, tell_saved_query
    from kizuna.queries.saved import list_saved, read_saved

    lang = options["lang"]
    answer = (
        tell_saved(list_saved(), lang=lang) if name is None else tell_saved_query(read_saved(name), lang=lang)
    )
    return make_outcome(answer, options)


@click.command(
    epilog=give_examples(
        "kizuna schema", "kizuna schema Vendor OFFERS", "kizuna schema all --format csv -o schema.csv"
    )
)
@click.argument("names", nargs=-1)
@STORE
@WRITE
@DATA
def schema(names: tuple[str, ...], **options: Any) -> Outcome:
    """Say what can be asked for: labels, relationship types, their properties, and how many there are.

    With NAMES (or 'all') the properties in full: kind, allowed values, meaning. Of what others put into a
    Neo4j server the properties are those of a sample.
    """
    from kizuna._stores import open_store
    from kizuna.answers.schema import read_schema, tell_schema

    with open_store(options) as store:
        elements = read_schema(store, server=options["store"] is not None)
    return make_outcome(tell_schema(elements, lang=options["lang"], names=names), options)


@click.command(
    epilog=give_examples("kizuna shell", "kizuna shell --lang zh", "kizuna shell < questions.cypher")
)
@click.option(
    "--max-rows",
    type=click.IntRange(min=0),
    default=1000,
    show_default=True,
    help="Read so many rows of an answer at most; 0: all.",
)
@_ASKING
@STORE
@DATA
@LANG
def shell(**options: Any) -> int:
    """Ask in Cypher, one question after the other; ':help' says how.

    A statement ends with ';'. Ctrl-C ends the running query, Ctrl-D the shell. What is piped in is run
    statement by statement, up to the first error.
    """
    from kizuna._shell import run_shell

    return run_shell(options)
