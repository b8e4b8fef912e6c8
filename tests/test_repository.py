"""What must hold of the checkout itself, whatever it grows into."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.checkout

PARTS = ("graph", "loaders", "queries", "seeds", "viz")


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    """Read pyproject.toml."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def texts(root: Path) -> dict[str, str]:
    """Read every text file that is in git or would be added."""
    if shutil.which("git") is None or not (root / ".git").exists():
        pytest.skip("not a git checkout, so nothing says which files belong to it")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
    )
    found = {}
    for name in filter(None, listed.stdout.decode().split("\0")):
        file = root / name
        if file.is_file() and not file.is_symlink():
            data = file.read_bytes()
            if b"\0" not in data:
                found[name] = data.decode("utf-8")
    return found


def _search(texts: dict[str, str], pattern: str) -> list[str]:
    return [
        f"{name}: {match.group()}" for name, text in texts.items() for match in re.finditer(pattern, text)
    ]


def test_every_folder_of_modules_is_packaged(root: Path, project: dict[str, Any]) -> None:
    """A folder with modules, in the package or one of its parts, is in the list of packages."""
    found = {"kizuna"}
    for part in (*PARTS, "kizuna/answers", "kizuna/commands"):
        folders = {file.parent.relative_to(root) for file in (root / part).rglob("*.py")}
        found |= {
            ".".join(("kizuna", *f.parts)).replace("kizuna.kizuna", "kizuna")
            for f in folders
            if "node_modules" not in f.parts
        }
    assert sorted(project["tool"]["setuptools"]["packages"]) == sorted(found)


@pytest.mark.parametrize("part", PARTS)
def test_parts_are_linked_into_the_package(root: Path, part: str) -> None:
    """Type checkers and editors find a part inside ``kizuna`` by a relative link."""
    link = root / "kizuna" / part
    if link.is_symlink():
        assert link.readlink() == Path("..") / part
    else:  # git for Windows, where links are text
        assert link.read_text(encoding="utf-8") == f"../{part}"


@pytest.mark.parametrize("part", PARTS)
def test_parts_are_mapped_to_their_folders(project: dict[str, Any], part: str) -> None:
    """Wheel and editable install take each part from the folder of its name."""
    assert project["tool"]["setuptools"]["package-dir"][f"kizuna.{part}"] == part


def test_text_is_utf8_with_plain_line_ends(texts: dict[str, str]) -> None:
    """No text file starts with a byte order mark, and none has the line ends of Windows."""
    assert [name for name, text in texts.items() if text.startswith("\ufeff") or "\r" in text] == []


def test_no_registry_is_named(texts: dict[str, str]) -> None:
    """Which registry packages come from is the machine's business, so no file says it."""
    registries = ["files.pythonhosted", "pypi", "registry.npmjs", "registry.yarnpkg"]
    hosts = "|".join(re.escape(name) + r"\.org" for name in registries)
    options = "|".join(
        ["index" + "-url", "extra" + "-index", '"resolved": *"' + "http", 'registry *= *"?' + "http"]
    )
    assert _search(texts, rf"(?i)https?://(?:[\w.]*\.)?(?:{hosts})|{options}") == []


def test_no_path_of_a_machine_is_written_down(texts: dict[str, str]) -> None:
    """No file holds a path that exists on one person's machine only."""
    folders = "work|farm|root|home|Users"
    assert _search(texts, rf"(?<=['\" (=])/(?:{folders})/[a-z]\S*") == []


def test_nothing_is_marked_as_unfinished(texts: dict[str, str]) -> None:
    """Code holds no reminders; what is to be done is said elsewhere."""
    code = {
        name: text for name, text in texts.items() if name.endswith((".py", ".js")) and "vendor" not in name
    }
    marks = "|".join(["TO" + "DO", "FIX" + "ME", "X" * 3])
    assert _search(code, rf"\b(?:{marks})\b") == []


def test_skips_say_why(texts: dict[str, str]) -> None:
    """A test that is left out gives its reason."""
    tests = {name: text for name, text in texts.items() if name.startswith("tests/")}
    assert _search(tests, r"@pytest\.mark\.(?:skip|xfail)(?:if)?\b(?!\([^@]*?reason=).*") == []


def test_versions_agree(root: Path, project: dict[str, Any]) -> None:
    """The changelog's first entry and the citation are of the version that is built."""
    version = project["project"]["version"]
    citation = (root / "CITATION.cff").read_text(encoding="utf-8")
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"(?m)^version: (\S+)$", citation) == [version]
    assert re.findall(r"(?m)^## (\d\S*)", changelog)[0] == version
