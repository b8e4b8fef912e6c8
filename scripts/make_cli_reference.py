"""Write the reference part of docs/cli.md from the commands' own help.

Run as ``python scripts/make_cli_reference.py`` from the checkout; ``--check`` only says whether it is stale.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kizuna.cli import cli

__all__ = ["MARK", "make_reference", "update_page"]

MARK = "<!-- From here on made by scripts/make_cli_reference.py; change the commands instead. -->"
_PAGE = Path(__file__).resolve().parents[1] / "docs" / "cli.md"
_WIDTH = 90


def make_reference() -> str:
    """Return the help of every command as Markdown."""
    top = cli.make_context(
        "kizuna", [], resilient_parsing=True, terminal_width=_WIDTH, max_content_width=_WIDTH
    )
    contexts = [top]
    contexts += [click.Context(cli.commands[name], top, name) for name in sorted(cli.commands)]
    return "\n".join(f"## `{c.command_path}`\n\n```text\n{c.get_help()}\n```\n" for c in contexts)


def update_page(page: str) -> str:
    """Return the page with its reference made anew; what stands above the mark is kept."""
    head, mark, _ = page.partition(MARK)
    if not mark:
        raise ValueError(f"docs/cli.md lacks the line {MARK!r}")
    return f"{head}{mark}\n\n{make_reference()}"


def main(arguments: list[str]) -> int:
    """Write the page; with ``--check`` write nothing and return 1 if it is stale."""
    old = _PAGE.read_text(encoding="utf-8")
    new = update_page(old)
    if arguments == ["--check"]:
        if new != old:
            print("docs/cli.md is stale; run python scripts/make_cli_reference.py", file=sys.stderr)
        return int(new != old)
    _PAGE.write_text(new, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
