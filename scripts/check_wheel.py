"""Say whether a wheel holds all of Kizuna and nothing else.

Run as ``python scripts/check_wheel.py WHEEL`` from the checkout the wheel was built from.
"""

from __future__ import annotations

import sys
import zipfile
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

__all__ = ["expect_files", "list_faults"]

# Folder of the checkout -> folder of the wheel, and what of it users need. Nothing else may be in a wheel.
_PARTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "kizuna": ("kizuna", ("*.py", "answers/*.py", "commands/*.py", "py.typed", "locale/*.toml")),
    "graph": ("kizuna/graph", ("*.py", "stores/*.py")),
    "loaders": ("kizuna/loaders", ("*.py",)),
    "queries": ("kizuna/queries", ("*.py", "cypher/*.cypher")),
    "seeds": ("kizuna/seeds", ("*.py", "*.csv", "datapackage.json")),
    "viz": ("kizuna/viz", ("*.py", "templates/**/*", "vendor/**/*")),
}
_MAY_HOLD = ("kizuna/seeds/*.md", "kizuna-*.dist-info/*")
_LICENCES = ("licenses/LICENSE", "licenses/THIRD_PARTY.md")


def expect_files(checkout: Path) -> tuple[set[str], list[str]]:
    """Return the wheel's files that `checkout` asks for, and what the checkout itself lacks."""
    expected: set[str] = set()
    faults: list[str] = []
    for folder, (place, patterns) in _PARTS.items():
        for pattern in patterns:
            found = [f for f in (checkout / folder).glob(pattern) if f.is_file()]
            if not found:
                faults.append(f"the checkout has no {folder}/{pattern}")
            expected.update(f"{place}/{f.relative_to(checkout / folder).as_posix()}" for f in found)
    return expected, faults


def list_faults(wheel: Path, checkout: Path) -> list[str]:
    """Return everything that is wrong with `wheel`, one line each; an empty list if nothing is."""
    with zipfile.ZipFile(wheel) as archive:
        held = {info.filename: info.file_size for info in archive.infolist() if not info.is_dir()}
    expected, faults = expect_files(checkout)
    names = {PurePosixPath(name).parts[0] for name in held}
    generic = sorted(n for n in names if n != "kizuna" and not fnmatchcase(n, "kizuna-*.dist-info"))
    faults += [f"installs a generic top-level name: {name}" for name in generic]
    faults += [f"lacks {name}" for name in sorted(expected - set(held))]
    extra = {name for name in set(held) - expected if not any(fnmatchcase(name, p) for p in _MAY_HOLD)}
    faults += [f"holds what no user needs: {name}" for name in sorted(extra)]
    for licence in _LICENCES:
        if not any(size for name, size in held.items() if name.endswith(f".dist-info/{licence}")):
            faults.append(f"lacks {licence}, or it is empty")
    return faults


def main(arguments: list[str]) -> int:
    """Print the faults of one wheel; 0 if it has none, 1 if it has, 2 without exactly one wheel."""
    if len(arguments) != 1:
        print("usage: python scripts/check_wheel.py WHEEL", file=sys.stderr)
        return 2
    wheel = Path(arguments[0])
    faults = list_faults(wheel, Path(__file__).resolve().parents[1])
    for fault in faults:
        print(f"{wheel.name}: {fault}", file=sys.stderr)
    if not faults:
        print(f"{wheel.name}: whole, and only kizuna")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
