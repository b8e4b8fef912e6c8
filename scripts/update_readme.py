"""Fill the computed parts of README.md with what the commands print.

A part stands between ``<!-- computed: kizuna … -->`` and ``<!-- end -->``. With ``--check`` nothing is written
and the exit code is 1 if a part is stale.
"""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"
_PART = re.compile(r"(<!-- computed: kizuna (?P<arguments>[^>]*?) -->\n).*?(<!-- end -->)", re.DOTALL)


def compute(arguments: str) -> str:
    """Return what ``kizuna`` prints with these arguments."""
    done = subprocess.run(
        [sys.executable, "-m", "kizuna", *shlex.split(arguments)],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return done.stdout.strip() + "\n"


def fill(text: str) -> str:
    """Return `text` with every computed part made new."""
    return _PART.sub(lambda part: f"{part[1]}\n{compute(part['arguments'])}\n{part[3]}", text)


def main() -> int:
    """Update the file, or check it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a part is stale")
    check = parser.parse_args().check
    old = README.read_text(encoding="utf-8")
    new = fill(old)
    if new == old:
        return 0
    if check:
        sys.stderr.write("README.md is stale: run python scripts/update_readme.py\n")
        return 1
    README.write_text(new, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
