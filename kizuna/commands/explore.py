"""The command that writes pages: ``kizuna explore``, of all the data, of one subject or of one query."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from kizuna._console import show_working
from kizuna._errors import InputError, ReadOnlyError
from kizuna._outcome import Outcome
from kizuna.commands.options import DATA, PAGE_LANG, SCOPE, give_examples, load_data, read_scope

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["explore"]

_MANY = 10_000  # rows that a page is made of
_PLAIN = re.compile("[a-z0-9]+(-[a-z0-9]+)*")  # ids that are safe in the name of a file
_TITLE = 120  # characters of a query in its title
_SECONDS = 120.0

# The options of `SCOPE` by parameter, which mean nothing where a query says itself what it counts.
_SCOPE_OPTIONS = {
    "pair": "--pair",
    "within": "--scope",
    "country_by": "--country-by",
    "statuses": "--status",
    "role": "--role",
    "confidence": "--min-confidence",
    "source_kinds": "--source-kind",
    "strict": "--strict",
    "min_groups": "--min-groups",
    "min_share": "--min-share",
}


@click.command(
    epilog=give_examples(
        "kizuna explore",
        "kizuna explore -o supply-chain.html --lang ja --open",
        "kizuna explore --max-size 20",
        "kizuna explore --solution elderly-care",
        "kizuna explore --vendor tsmc --lang zh",
        "kizuna explore --query \"MATCH p = (:Vendor {id: 'omron'})-[:OFFERS]->(:Component) RETURN p\"",
    )
)
@click.option("--solution", metavar="NAME", help="Only this solution and all that it needs.")
@click.option(
    "--vendor",
    metavar="NAME",
    help="Only this vendor: what it offers, what hangs on it, ties over two steps.",
)
@click.option("--query", metavar="CYPHER", help="Only the nodes and relationships that this query returns.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False),
    help="File of the page.  [default: kizuna.html, kizuna-ID.html or kizuna-query.html]",
)
@click.option(
    "--max-size",
    type=click.FloatRange(min=1),
    default=6.0,
    show_default=True,
    metavar="MB",
    help="Leave out notes and sources, the least needed first, above this size; the page says so.",
)
@click.option("--open/--no-open", "open_page", default=False, help="Open the page in the browser.")
@PAGE_LANG
@DATA
@SCOPE
@click.pass_context
def explore(context: click.Context, /, open_page: bool, **options: Any) -> Outcome:
    """Write the page: one HTML file that works offline, to open and to pass on.

    Of all the data, or of one subject: a NAME is an id, or a name in any script that only one has.
    """
    from kizuna._messages import say
    from kizuna._render import Answer

    given = [name for name in ("solution", "vendor", "query") if options[name] is not None]
    if len(given) > 1:
        raise InputError("a page is about one subject: give one of `--solution`, `--vendor` and `--query`")
    if "query" in given:
        _refuse_scope(context)
        page, notes = _write_query(options)
    else:
        with show_working(say("cli.explore.working", options["lang"] or "en")):
            page, notes = _write_explorer(options), ()
    if open_page:
        _open(page)
    said = say("cli.explore.written", options["lang"] or "en", path=page)
    return Outcome(Answer(head=(said,), blocks=(), document=dict), notes=notes)


def _write_explorer(options: dict[str, Any]) -> Path:
    """Write the explorer, of all or of one subject."""
    from kizuna.viz import pick_subject, write_explorer, write_subject_page

    graph = load_data(options)
    scope, lang = read_scope(options, graph), options["lang"]
    if options["solution"] is None and options["vendor"] is None:
        output, most = options["output"] or "kizuna.html", int(options["max_size"] * 1_000_000)
        return write_explorer(graph, output, lang=lang, scope=scope, max_bytes=most).resolve()
    subject = pick_subject(graph, solution=options["solution"], vendor=options["vendor"])
    name = subject.id if _PLAIN.fullmatch(subject.id) else subject.label.lower()
    output = options["output"] or f"kizuna-{name}.html"
    return write_subject_page(graph, output, subject, lang=lang, scope=scope).resolve()


def _write_query(options: dict[str, Any]) -> tuple[Path, tuple[str, ...]]:
    """Write the page of what a query returns; return it and what must be said beside."""
    from kizuna._stores import open_store
    from kizuna.answers.results import note_result
    from kizuna.viz import write_page

    cypher, lang = options["query"].strip(), options["lang"] or "en"
    if not cypher:
        raise InputError("`--query` is empty; give one statement of Cypher")
    embedded = {**options, "store": None, "database": None, "allow_load_csv": False, "lang": lang}
    with open_store(embedded) as store:
        try:
            result = store.query(cypher, {}, read_only=True, timeout=_SECONDS, row_limit=_MANY)
        except ReadOnlyError:
            raise ReadOnlyError("`--query` writes; a page shows what a query reads") from None
    page = write_page(
        result, options["output"] or "kizuna-query.html", lang=options["lang"], title=_shorten(cypher)
    )
    return page.resolve(), note_result(result, lang=lang, more="kizuna query --format html --max-rows 0")


def _shorten(cypher: str) -> str:
    """Return a statement in one line, short enough for a heading."""
    line = " ".join(cypher.split())
    return line if len(line) <= _TITLE else f"{line[: _TITLE - 1].rstrip()}…"


def _refuse_scope(context: click.Context) -> None:
    """Raise `InputError` if an option says what to count, which a query says itself."""
    for parameter, option in _SCOPE_OPTIONS.items():
        if context.get_parameter_source(parameter) is click.core.ParameterSource.COMMANDLINE:
            raise InputError(f"`{option}` counts vendors, and a query says itself what it counts")


def _open(page: Path) -> None:
    import webbrowser

    if not webbrowser.open(page.as_uri()):
        click.echo("no browser could be started", err=True)
