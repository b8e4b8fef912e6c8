"""The commands on a data set as a whole: ``kizuna info``, ``coverage``, ``validate``."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

import click

from kizuna._errors import InputError
from kizuna._outcome import FINE, WRONG_INPUT, Outcome, make_outcome
from kizuna._version import __version__
from kizuna.commands.options import (
    DATA,
    FOLDER,
    SCOPE,
    WRITE,
    give_examples,
    load_data,
    read_scope,
    read_selection,
)

__all__ = ["coverage", "info", "validate"]


@click.command(
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
    from kizuna.answers.tables import tell_coverage
    from kizuna.queries import measure_coverage

    graph = load_data(options)
    found = measure_coverage(graph, by=by, scope=read_scope(options, graph))
    return make_outcome(
        tell_coverage(found, lang=options["lang"], selection=read_selection(options)), options
    )


@click.command(
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

    from kizuna.answers.contents import tell_problems
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


@click.command(epilog=give_examples("kizuna info", "kizuna info --data my-data --format json"))
@WRITE
@DATA
def info(**options: Any) -> Outcome:
    """Say what is in the data set: counts, data sets, date, hash and share of cited facts."""
    from kizuna.answers.contents import tell_info

    graph = load_data(options)
    answer = tell_info(graph, lang=options["lang"], selection=read_selection(options), version=__version__)
    return make_outcome(answer, options)
