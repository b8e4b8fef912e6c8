"""Fill the computed parts of README.md and of a page of docs with what the commands print.

A part stands between ``<!-- computed: COMMAND -->`` and ``<!-- end -->``; the command is ``kizuna …``, whose Markdown
is taken over, or ``python -c …``, whose output is shown as text. With ``--check`` nothing is written and the
exit code is 1 if a part is stale.
"""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", ROOT / "docs" / "report-2017.md")
_PART = re.compile(
    r"(<!-- computed: (?P<command>(?:kizuna|python) (?:(?!-->).)*?) -->\n).*?(<!-- end -->)", re.DOTALL
)


def compute(command: str) -> str:
    """Return what a command prints, as Markdown that fits under the README's own headings."""
    program, *arguments = shlex.split(command)
    module = ["-m", "kizuna"] if program == "kizuna" else []
    done = subprocess.run(
        [sys.executable, *module, *arguments], check=True, capture_output=True, encoding="utf-8"
    )
    text = done.stdout.strip()
    if not module:
        return f"```text\n{text}\n```\n"
    return re.sub(r"^#+ (.*)$", r"**\1**", text, flags=re.MULTILINE) + "\n"


def fill(text: str) -> str:
    """Return `text` with every computed part made new."""
    return _PART.sub(lambda part: f"{part[1]}\n{compute(part['command'])}\n{part[3]}", text)


def main() -> int:
    """Update the pages, or check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a part is stale")
    check = parser.parse_args().check
    stale = False
    for page in PAGES:
        old = page.read_text(encoding="utf-8")
        new = fill(old)
        if new == old:
            continue
        stale = True
        if check:
            name = page.relative_to(ROOT).as_posix()
            sys.stderr.write(f"{name} is stale: run python scripts/update_readme.py\n")
        else:
            page.write_text(new, encoding="utf-8", newline="\n")
    return int(stale and check)


if __name__ == "__main__":
    raise SystemExit(main())
