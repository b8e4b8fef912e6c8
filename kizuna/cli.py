"""The command line, and its commands on a data set: ``kizuna explore``, ``coverage``, ``gaps``, ``validate``, ``info``.

Commands ask the parts and return what is to be said; :func:`main` says it and turns errors into one line
and an exit code. Nothing heavy is imported before a command runs.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from typing import Any, TextIO

import click

from kizuna import __version__
from kizuna._changes import diff, finding
from kizuna._console import complain, prepare_stream, print_note
from kizuna._errors import InputError, KizunaError, UnavailableError, UnknownNameError
from kizuna._field import claims, engineers, loop, obstacles, research, ties, white_spots
from kizuna._gap_counts import GAP_COUNTS, UNIT_NAMES
from kizuna._loss import complement, exposure, what_if
from kizuna._options import (
    DATA,
    FOLDER,
    KINDS,
    PAGE_LANG,
    SCOPE,
    WRITE,
    give_examples,
    load_data,
    read_kinds,
    read_scope,
    read_selection,
)
from kizuna._outcome import FAILED, FINE, INTERRUPTED, WRONG_INPUT, Outcome, make_outcome
from kizuna._partners import partners
from kizuna._paths import chains, line_ups, routes
from kizuna._query import query, saved, schema, shell
from kizuna._sections import SectionedGroup
from kizuna._sets import cut_sets, importance, path_sets
from kizuna._thresholds import fail_on
from kizuna._transfer import cache, export, pull, push

__all__ = ["cli", "main"]


def _print_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    import json

    from kizuna.seeds import seeds_folder

    package = json.loads(seeds_folder().joinpath("datapackage.json").read_text(encoding="utf-8"))
    click.echo(f"kizuna {__version__} (data {package['name']} {package['version']})")
    context.exit()


@click.group(
    cls=SectionedGroup,
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=give_examples(
        "kizuna explore",
        "kizuna gaps --lang ja",
        "kizuna partners hiwin --card card.html",
        "kizuna what-if --remove-country JP",
        "kizuna coverage --by layer --format csv -o coverage.csv",
        'kizuna query "MATCH (v:Vendor) RETURN v.country, count(*)"',
    ),
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the versions of code and data.",
)
@click.pass_context
def cli(context: click.Context) -> None:
    """Explore the Taiwan-Japan IoT supply chain as a graph.

    Who covers what, where a chain hangs on one vendor, what only both countries can build, who should meet whom,
    the page to pass on, and Cypher to ask anything else.

    Exit codes: 0 fine, 1 a threshold was passed, 2 wrong input, 3 it could not be done, 130 interrupted.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@cli.command(epilog=give_examples("kizuna explore", "kizuna explore -o supply-chain.html --lang ja --open"))
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False),
    default="kizuna.html",
    show_default=True,
    help="File of the page.",
)
@click.option("--open/--no-open", "open_page", default=False, help="Open the page in the browser.")
@PAGE_LANG
@DATA
@SCOPE
def explore(output: str, open_page: bool, lang: str | None, **options: Any) -> Outcome:
    """Write the page: one HTML file that works offline, to open and to pass on."""
    from kizuna._messages import say
    from kizuna._render import Answer
    from kizuna.viz import write_explorer

    graph = load_data(options)
    page = write_explorer(graph, output, lang=lang, scope=read_scope(options, graph)).resolve()
    if open_page:
        import webbrowser

        if not webbrowser.open(page.as_uri()):
            click.echo("no browser could be started", err=True)
    return Outcome(
        Answer(head=(say("cli.explore.written", lang or "en", path=page),), blocks=(), document=dict)
    )


@cli.command(
    epilog=give_examples(
        "kizuna coverage --by layer",
        "kizuna coverage --dataset report-2017 --by nature",
        "kizuna coverage --by component --format csv -o coverage.csv --lang zh",
    )
)
@click.option(
    "--by",
    type=click.Choice(["component", "segment", "layer", "nature"]),
    default="segment",
    show_default=True,
    help="What to count by.",
)
@WRITE
@DATA
@SCOPE
def coverage(by: Any, **options: Any) -> Outcome:
    """Count who covers what: vendors and groups of each country.

    A cell is a count, none (nobody, and the list of vendors is known to be complete) or not known.
    """
    from kizuna._tables import tell_coverage
    from kizuna.queries import measure_coverage

    graph = load_data(options)
    found = measure_coverage(graph, by=by, scope=read_scope(options, graph))
    return make_outcome(
        tell_coverage(found, lang=options["lang"], selection=read_selection(options)), options
    )


@cli.command(
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
    from kizuna._explain import tell_findings
    from kizuna._gap_counts import check_gap_counts
    from kizuna._tables import tell_gaps
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


@cli.command(
    epilog=give_examples(
        "kizuna validate", "kizuna validate my-data --strict", "kizuna validate my-data --format csv"
    )
)
@click.argument("folder", required=False, type=click.Path())
@FOLDER
@click.option("--strict", is_flag=True, help="A warning is an error.")
@WRITE
def validate(folder: str | None, data: str | None, strict: bool, **options: Any) -> Outcome:
    """Say everything that is wrong with a folder of tables; without FOLDER, with Kizuna's own data.

    Exit code 2 if there is an error, 0 if there are only warnings.
    """
    from importlib.resources import as_file

    from kizuna._contents import tell_problems
    from kizuna.loaders import validate_folder
    from kizuna.seeds import seeds_folder

    if folder is not None and data is not None:
        raise InputError("give the folder once: as FOLDER or with `--data`")
    chosen = folder or data
    with ExitStack() as stack:
        path = chosen if chosen is not None else stack.enter_context(as_file(seeds_folder()))
        problems = validate_folder(path, strict=strict)
    answer = tell_problems(problems, folder=chosen or "kizuna-seeds", lang=options["lang"])
    wrong = any(problem.level == "error" for problem in problems)
    return make_outcome(answer, options, WRONG_INPUT if wrong else FINE)


@cli.command(epilog=give_examples("kizuna info", "kizuna info --data my-data --format json"))
@WRITE
@DATA
def info(**options: Any) -> Outcome:
    """Say what is in the data set: counts, data sets, date, hash and share of cited facts."""
    from kizuna._contents import tell_info

    graph = load_data(options)
    answer = tell_info(graph, lang=options["lang"], selection=read_selection(options), version=__version__)
    return make_outcome(answer, options)


for _command in (
    *(finding, cut_sets, path_sets, importance, what_if, exposure, research),
    *(complement, chains, line_ups, partners, routes, loop, ties, white_spots),
    *(engineers, obstacles, diff, claims),
    *(query, saved, schema, shell, cache, push, pull, export),
):
    cli.add_command(_command)


# ---- from outcome to exit code ----


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Parameters
    ----------
    arguments
        The command and its options; default: those of the process.
    """
    for stream in (sys.stdout, sys.stderr):
        prepare_stream(stream)
    try:
        # click's expansion on Windows would put the variable PATH in the place of a query's `$path`.
        outcome = cli.main(arguments, prog_name="kizuna", standalone_mode=False, windows_expand_args=False)
        if isinstance(outcome, Outcome):
            from kizuna._output import write_answer

            write_answer(outcome.answer, outcome.form, output=outcome.output)
            for note in outcome.notes:
                print_note(note)
            return outcome.code
        if sys.stdout is not None:
            sys.stdout.flush()
        return outcome if isinstance(outcome, int) else FINE
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except click.ClickException as error:
        return _complain(_describe_usage(error), WRONG_INPUT)
    except (InputError, UnknownNameError) as error:
        return _complain(str(error), WRONG_INPUT)
    except KizunaError as error:
        return _complain(str(error), FAILED)
    except OSError as error:
        _silence(sys.stdout)
        if _is_broken_pipe(error):
            return FINE  # who reads has read enough
        where = f"{error.filename}: " if error.filename else "cannot write the answer: "
        return _complain(f"{where}{error.strerror or error}", FAILED)
    except Exception as error:  # noqa: BLE001  one line, whatever it is
        hint = "run with KIZUNA_TRACEBACK=1 for the traceback"
        return _complain(f"internal error: {type(error).__name__}: {error} ({hint})", FAILED)


def _describe_usage(error: click.ClickException) -> str:
    message = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    return f"{message} Try '{context.command_path} --help'." if context is not None else message


def _complain(message: str, code: int) -> int:
    if os.environ.get("KIZUNA_TRACEBACK"):
        import traceback

        traceback.print_exc()
    complain(message)
    return code


def _is_broken_pipe(error: OSError) -> bool:
    # Windows says so by another name.
    return error.errno == errno.EPIPE or (sys.platform == "win32" and error.errno == errno.EINVAL)


def _silence(stream: TextIO) -> None:
    """Send what is still unwritten to nowhere, or the interpreter complains when it ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
