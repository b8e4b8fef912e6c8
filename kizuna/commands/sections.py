"""The commands under headings, so that thirty of them can be found."""

from __future__ import annotations

from collections.abc import Mapping

import click

__all__ = ["SECTIONS", "SectionedGroup"]

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "See what is there": ("explore", "report", "info", "coverage", "validate"),
    "Where the chain is weak": (
        *("gaps", "finding", "cut-sets", "path-sets", "importance", "what-if", "exposure", "research"),
    ),
    "What the two countries build together": (
        *("complement", "chains", "line-ups", "partners", "routes", "loop", "ties", "white-spots"),
    ),
    "Building abroad": ("engineers", "obstacles"),
    "Then and now": ("diff", "claims"),
    "Ask in Cypher": ("query", "saved", "schema", "shell", "cache"),
    "Move graphs": ("push", "pull", "export"),
}
"""Names of the commands by the heading they stand under in the help."""

_SENTENCE = 200  # characters: the first sentence of a command's help is shown whole


class SectionedGroup(click.Group):
    """A group whose help lists the commands under the headings of `SECTIONS`."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, each section in its own order."""
        width = max(map(len, self.commands), default=0)
        for title, names in SECTIONS.items():
            rows = [(name, self.commands[name].get_short_help_str(_SENTENCE)) for name in names]
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), text) for name, text in rows])
