"""The commands on what changed: ``kizuna diff`` and ``kizuna finding``."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kizuna._errors import InputError, UnknownNameError
from kizuna._outcome import Outcome, make_outcome
from kizuna.commands.options import (
    DATA,
    FOLDER,
    KINDS,
    SCOPE,
    WRITE,
    Command,
    give_examples,
    join_options,
    load_data,
    read_kinds,
    read_scope,
    read_selection,
)
from kizuna.commands.thresholds import check_thresholds, fail_on

if TYPE_CHECKING:
    from kizuna.answers.records import AnswerRecord
    from kizuna.graph import SupplyGraph
    from kizuna.queries.finding_search import FoundFinding, GapQuestion

__all__ = ["diff", "finding"]

_SIDES = ("before", "after")
_VIEWS = ("dataset", "as_of", "known_by")
_STATES = ("opened", "closed", "changed")


def _view_options(side: str) -> Callable[[Command], Command]:
    """Return the options that say what is looked at on one side."""
    return join_options(
        click.option(f"--{side}-dataset", metavar="NAME", help=f"{side.capitalize()}: only this data set."),
        click.option(
            f"--{side}-as-of", metavar="DATE", help=f"{side.capitalize()}: what was in force on this day."
        ),
        click.option(
            f"--{side}-known-by", metavar="DATE", help=f"{side.capitalize()}: statements made by this date."
        ),
    )


@click.command(
    epilog=give_examples(
        "kizuna diff --before-as-of 2015",
        "kizuna diff --before-known-by 2020 --format md -o memo.md --lang ja",
        "kizuna diff old-data --fail-on opened:1",
        "kizuna diff old-data new-data --format csv -o changes.csv",
    )
)
@click.argument("old", required=False, type=click.Path())
@click.argument("new", required=False, type=click.Path())
@FOLDER
@_view_options("before")
@_view_options("after")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    help="Show so many of each kind at most.  [default: 20 in a table or Markdown, else all]",
)
@fail_on(("opened", "closed", "changed", "cells", "not-comparable"), example="opened:1")
@WRITE
@SCOPE
@KINDS
def diff(
    old: str | None,
    new: str | None,
    data: str | None,
    limit: int | None,
    thresholds: tuple[str, ...],
    **options: Any,
) -> Outcome:
    """Say which gaps opened, closed or changed between two data sets or two days, and why.

    OLD and NEW are folders of CSV files, or saved as Parquet. Without NEW it is that of --data, or Kizuna's own
    data; without OLD the same data are compared with themselves, on other days (--before-as-of), by what was
    known (--before-known-by) or by data set. Why: world (validity began or ended), knowledge (a statement was
    added, withdrawn or re-graded), model (a component or requirement changed), or not comparable.
    """
    from kizuna.answers.changes import tell_changes
    from kizuna.answers.record_changes import count_changes
    from kizuna.queries import compare_graphs

    if new is not None and data is not None:
        raise InputError("give the folder after once: as NEW or with `--data`")
    views = {
        side: {name: value for name in _VIEWS if (value := options[f"{side}_{name}"]) is not None}
        for side in _SIDES
    }
    if old is None and not any(views.values()):
        raise InputError(
            "there is nothing to compare: give the folder OLD, or say what is before with --before-as-of, "
            "--before-known-by or --before-dataset"
        )
    whole_after = _load(new if new is not None else data)
    whole_before = whole_after if old is None else _load(old)
    before, after = (
        _select(graph, views[side], f"--{side}-")
        for side, graph in zip(_SIDES, (whole_before, whole_after), strict=True)
    )
    compared = compare_graphs(before, after, scope=read_scope(options, after), kinds=read_kinds(options))
    code, notes = check_thresholds(thresholds, count_changes(compared))
    shown = {side: _name_view(view) | _name_kinds(options) for side, view in views.items()}
    answer = tell_changes(compared, lang=options["lang"], limit=limit, **shown)
    return make_outcome(answer, options, code, notes=notes)


def _name_view(view: dict[str, str]) -> dict[str, str]:
    """Return what was selected, for the head of the answer; the day stands there anyway."""
    return {name: value for name, value in view.items() if name != "as_of"}


def _name_kinds(options: dict[str, Any]) -> dict[str, str]:
    """Return the kinds of requirement that were asked for, if not all."""
    return {"kind": ", ".join(options["kinds"])} if options["kinds"] else {}


def _load(folder: str | None) -> SupplyGraph:
    """Load a folder of CSV files or one saved as Parquet; None: Kizuna's own data."""
    from kizuna.graph import load_graph
    from kizuna.loaders import load_folder, load_seeds

    if folder is None:
        return load_seeds()
    saved = (Path(folder) / "graph.json").is_file()
    return load_graph(folder) if saved else load_folder(folder)


def _select(graph: SupplyGraph, view: dict[str, str], options: str) -> SupplyGraph:
    """Return the part of a graph that one side is to show; errors name the option."""
    from kizuna.graph import last_day, select_subgraph

    for name in ("as_of", "known_by"):
        if name in view:
            last_day(view[name], name=options + name.replace("_", "-"))
    return select_subgraph(graph, **view) if view else graph


@click.command(
    epilog=give_examples(
        "kizuna finding GAP-340dbdc34034",
        "kizuna finding GAP-340dbdc34034 --since 2020 --lang ja",
        "kizuna gaps --format json -o gaps.json",
        "kizuna finding GAP-340dbdc34034 --since gaps.json",
    )
)
@click.argument("finding_id", metavar="ID")
@click.option(
    "--since",
    metavar="WHEN",
    help="Say what changed since WHEN: a day (what was in force, and what was known, by then), a folder with an "
    "older version of the data, or a JSON file written by kizuna gaps or kizuna finding.",
)
@fail_on(_STATES, example="closed")
@WRITE
@DATA
@SCOPE
@KINDS
@click.pass_context
def finding(
    context: click.Context,
    /,
    finding_id: str,
    since: str | None,
    thresholds: tuple[str, ...],
    **options: Any,
) -> Outcome:
    """Show one gap again in full, and since when it stands or what changed of it.

    An id keeps over versions of the data and does not carry its parameters: it is looked for under those given,
    then in the pair and world-wide, by seat, by owner and by place of making, at other units, and among gaps
    of two and three units. Beside an older JSON file the parameters are those of the file unless any is given.
    """
    from kizuna.answers.compare_finding import compare_finding
    from kizuna.answers.finding import tell_finding
    from kizuna.answers.records import AnswerRecord
    from kizuna.queries.finding_search import GapQuestion

    finding_id, lang = _check_id(finding_id), options["lang"]
    if thresholds and since is None:
        raise InputError("`--fail-on` speaks of what changed; say since when with --since")
    graph = load_data(options)
    question = GapQuestion(read_scope(options, graph), kinds=read_kinds(options))
    earlier, when = (None, "") if since is None else _read_since(since, graph, options)
    if isinstance(earlier, AnswerRecord) and not _asks(context):
        question = earlier.question
    found, question = _locate(finding_id, graph, earlier, question, since)
    became = None if earlier is None else compare_finding(finding_id, graph, earlier, question, lang=lang)
    counts = {state: int(became is not None and became.state == state) for state in _STATES}
    code, notes = check_thresholds(thresholds, counts)
    answer = tell_finding(
        graph,
        finding_id,
        found,
        question=question,
        since=became,
        when=_say_when(when, lang),
        lang=lang,
        selection=read_selection(options) | _name_kinds(options),
    )
    return make_outcome(answer, options, code, notes=notes)


def _check_id(text: str) -> str:
    """Return the id of a gap as gaps list it."""
    if re.fullmatch(r"(?i)GAP-[0-9a-f]{12}", text):
        return "GAP-" + text[4:].lower()
    if text.upper().startswith("CHAIN-"):
        raise InputError(f"{text!r} is the id of a chain; kizuna chains lists them")
    raise InputError(f"an id of a gap is like GAP-340dbdc34034, as kizuna gaps lists them; found {text!r}")


def _locate(
    finding_id: str,
    graph: SupplyGraph,
    earlier: SupplyGraph | AnswerRecord | None,
    question: GapQuestion,
    since: str | None,
) -> tuple[FoundFinding | None, GapQuestion]:
    """Return a finding, None if it has closed, and the question that it answers or answered.

    Other parameters are tried only where those given find it neither now nor then.
    """
    from kizuna.answers.records import AnswerRecord
    from kizuna.queries.finding_search import locate_finding

    for elsewhere in (False, True):
        found = locate_finding(graph, finding_id, question=question, elsewhere=elsewhere)
        if found is not None:
            return found, found.question
        if isinstance(earlier, AnswerRecord):
            if finding_id in earlier.findings and (elsewhere or question == earlier.question):
                return None, question
        elif earlier is not None:
            then = locate_finding(earlier, finding_id, question=question, elsewhere=elsewhere)
            if then is not None:
                return None, then.question
    raise _not_found(finding_id, since)


def _asks(context: click.Context) -> bool:
    """Say whether the caller gave any parameter of the question."""
    names = (
        *("pair", "within", "country_by", "statuses", "role", "confidence", "source_kinds", "strict"),
        *("min_groups", "min_share", "kinds"),
    )
    plain = (click.core.ParameterSource.DEFAULT, click.core.ParameterSource.DEFAULT_MAP, None)
    return any(context.get_parameter_source(name) not in plain for name in names)


def _read_since(
    since: str, graph: SupplyGraph, options: dict[str, Any]
) -> tuple[SupplyGraph | AnswerRecord, str]:
    """Return the earlier data, or the record of an answer, and what it is called."""
    from kizuna.answers.records import read_answer
    from kizuna.graph import last_day, select_subgraph

    if re.fullmatch(r"\d{4}(-\d{2}){0,2}", since):
        day = last_day(since, name="--since")
        return select_subgraph(graph, as_of=day, known_by=day), f"day:{since}"
    path = Path(since)
    if path.is_dir():
        earlier = _load(since)
        dataset = options["dataset"]
        return select_subgraph(earlier, dataset=dataset) if dataset else earlier, since
    if path.is_file():
        return read_answer(since), since
    raise InputError(
        f"`--since`: {since!r} is no day like 2020 or 2020-05-10, and there is no folder or JSON file of that name"
    )


def _say_when(when: str, lang: str) -> str:
    from kizuna._messages import say

    kind, _, day = when.partition(":")
    return say("finding.since.known", lang, day=day) if kind == "day" and day else when


def _not_found(finding_id: str, since: str | None) -> UnknownNameError:
    looked = (
        f"there is no finding {finding_id} now: looked under the parameters given, then within the pair and "
        "world-wide, by seat, owner and place of making, at every unit, and among gaps of up to 3 units"
    )
    if since is None:
        return UnknownNameError(
            f"{looked}; if it was there once, --since (a day, an older folder or an answer as JSON) says when it "
            "closed and why"
        )
    return UnknownNameError(f"{looked}; and {since} does not hold it either")
