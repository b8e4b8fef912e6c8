"""The command that writes a brief: ``kizuna report``."""

from __future__ import annotations

from typing import Any

import click

from kizuna._errors import InputError
from kizuna._outcome import Outcome
from kizuna.commands.options import (
    DATA,
    LANG,
    SCOPE,
    give_examples,
    load_data,
    read_scope,
    read_selection,
)

__all__ = ["report"]

_SUFFIXES = {"html": (".html", ".htm"), "md": (".md", ".markdown")}


@click.command(
    epilog=give_examples(
        "kizuna report",
        "kizuna report -o brief.html --lang ja",
        "kizuna report --solution elderly-care --lang zh -o care.md",
    )
)
@click.option("--solution", metavar="NAME", help="Only this solution and all that it needs.")
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(_SUFFIXES)),
    help="Form of the report.  [default: by the suffix of --output, else html]",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False),
    help="File of the report, replaced whole or not at all.  [default: kizuna-report.html or .md]",
)
@LANG
@DATA
@SCOPE
def report(solution: str | None, form: str | None, output: str | None, **options: Any) -> Outcome:
    """Write a brief of a few pages to print: one HTML file that works offline, or Markdown.

    Coverage by layer and segment, the gravest gaps with their chains, what only both countries together can
    build, whom to pair, what changed since the report of 2017, method and sources. NAME is an id, or a name
    in any script that only one has. HTML needs the extra kizuna[report], which draws the charts.
    """
    from kizuna._messages import say
    from kizuna._render import Answer
    from kizuna.answers.report import write_report

    path = _pick_file(form, output)
    graph = load_data(options)
    scope, lang = read_scope(options, graph), options["lang"]
    written = write_report(
        graph, path, solution=solution, scope=scope, lang=lang, selection=read_selection(options)
    )
    said = say("report.written", lang, path=written.resolve())
    return Outcome(Answer(head=(said,), blocks=(), document=dict))


def _pick_file(form: str | None, output: str | None) -> str:
    """Return the file to write; form and suffix must agree."""
    if output is None:
        return f"kizuna-report.{form or 'html'}"
    allowed = [suffix for one, some in _SUFFIXES.items() if form in (None, one) for suffix in some]
    if not output.lower().endswith(tuple(allowed)):
        raise InputError(f"`--output` must end in {' or '.join(allowed)} here; found {output!r}")
    return output
