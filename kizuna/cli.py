"""The command line: all commands, and the way from a command to its exit code.

Commands ask the parts and return what is to be said; :func:`main` says it and turns errors into one line
and an exit code. Nothing heavy is imported before a command runs.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TextIO

import click

from kizuna._console import complain, prepare_stream, print_note
from kizuna._errors import InputError, KizunaError, UnknownNameError
from kizuna._outcome import FAILED, FINE, INTERRUPTED, WRONG_INPUT, Outcome
from kizuna._version import __version__
from kizuna.commands.changes import diff, finding
from kizuna.commands.data import coverage, info, validate
from kizuna.commands.explore import explore
from kizuna.commands.field import claims, engineers, loop, obstacles, research, ties, white_spots
from kizuna.commands.gaps import gaps
from kizuna.commands.loss import complement, exposure, what_if
from kizuna.commands.options import give_examples
from kizuna.commands.partners import partners
from kizuna.commands.paths import chains, line_ups, routes
from kizuna.commands.query import query, saved, schema, shell
from kizuna.commands.report import report
from kizuna.commands.sections import SectionedGroup
from kizuna.commands.sets import cut_sets, importance, path_sets
from kizuna.commands.transfer import cache, export, pull, push

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


for _command in (
    *(explore, report, info, coverage, validate, gaps),
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
