"""What the README shows works, and its figures are what the commands print."""

from __future__ import annotations

import csv
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"

pytestmark = pytest.mark.checkout


def _blocks(language: str, page: Path = README) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


def _commands(prompt: str) -> list[str]:
    lines = "".join(_blocks("console")).splitlines()
    return [line.removeprefix(prompt).strip() for line in lines if line.startswith(prompt)]


def _run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that looks like a checkout to the commands of the README."""
    path = tmp_path_factory.mktemp("reader")
    shutil.copytree(ROOT / "seeds", path / "seeds")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("command", [c for c in _commands("$ ") if c.startswith("kizuna ")])
def test_command_of_the_readme_runs(command: str, folder: Path) -> None:
    """A command that the README shows ends well and prints something, or writes the file that it names."""
    words = shlex.split(command)
    done = _run(["-m", *words], folder)
    assert done.returncode == 0, done.stderr
    written = [folder / words[i + 1] for i, word in enumerate(words) if word == "--output"]
    assert all(file.stat().st_size > 0 for file in written)
    assert written or done.stdout


@pytest.mark.parametrize("target", [c.split()[1] for c in _commands("$ ") if c.startswith("make ")])
def test_make_target_of_the_readme_exists(target: str) -> None:
    """A target that the README names is a rule of the Makefile."""
    rules = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", rules, re.MULTILINE)


def test_windows_commands_name_real_things() -> None:
    """The commands without make install from files that exist and end in the same `kizuna explore`."""
    commands = _commands("> ")
    assert commands[0] == "py -m venv .venv"
    assert [c for c in commands if c.endswith("kizuna explore")]
    for command in commands:
        for name in re.findall(r"-c (\S+)", command):
            assert (ROOT / name).is_file()


def test_python_of_the_readme_runs(folder: Path) -> None:
    """The script of the README runs as it stands and prints a finding with its chain."""
    script = _blocks("python")[0]
    done = _run(["-c", script], folder)
    assert done.returncode == 0, done.stderr
    assert "GAP-" in done.stdout
    assert "→" in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "written", "columns"),
    [
        (1, "resilience.csv", {"solution", "vendor: sets of 1", "group: sets of 2", "country: sets of 3"}),
        (2, "pairings.csv", {"firm", "partner", "unlocks", "relieves", "fit", "already tied"}),
    ],
)
def test_scripts_of_the_readme_run(place: int, written: str, columns: set[str], tmp_path: Path) -> None:
    """A Python script of the chapter on scripting writes its table, with rows, as a spreadsheet reads it."""
    done = _run(["-c", _blocks("python")[place]], tmp_path)
    assert done.returncode == 0, done.stderr
    with (tmp_path / written).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert columns <= set(rows[0])


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a script for the shell of Linux and macOS")
def test_shell_script_of_the_readme_runs(tmp_path: Path) -> None:
    """The shell script of the chapter on scripting writes its three files, whatever the threshold says."""
    command = tmp_path / "bin" / "kizuna"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kizuna "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    (script,) = _blocks("sh")
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["/bin/sh", "-ec", script],
        cwd=tmp_path,
        env={**os.environ, "PATH": path},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "gaps.csv").read_text(encoding="utf-8-sig").startswith("rank,id,kind")
    assert (tmp_path / "to-check.csv").stat().st_size > 0
    assert (tmp_path / "since-the-report.md").stat().st_size > 0


def test_python_of_the_page_on_cypher_runs(folder: Path) -> None:
    """The script of docs/cypher.md runs as it stands and writes its page."""
    (script,) = _blocks("python", ROOT / "docs" / "cypher.md")
    done = _run(["-c", script], folder)
    assert done.returncode == 0, done.stderr
    assert (folder / "found.html").stat().st_size > 0


_SERVER = ("--store", "push", "pull", "shell")  # what needs a server, or somebody who types


@pytest.mark.parametrize(
    "command",
    [
        line.removeprefix("$ ")
        for line in "".join(_blocks("console", ROOT / "docs" / "cypher.md")).splitlines()
        if line.startswith("$ kizuna ") and not any(word in line for word in _SERVER)
    ],
)
def test_command_of_the_page_on_cypher_runs(command: str, folder: Path) -> None:
    """A command that docs/cypher.md shows ends well and prints something."""
    done = _run(["-m", *shlex.split(command)], folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.slow
def test_computed_parts_are_fresh() -> None:
    """Every figure in the README is what the commands print now."""
    done = _run([str(ROOT / "scripts" / "update_readme.py"), "--check"], ROOT)
    assert done.returncode == 0, done.stderr


def test_links_of_the_docs_lead_somewhere() -> None:
    """A relative link in a page of the documentation names a file that exists."""
    pages = [README, *ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "seeds" / "README.md"]
    for page in pages:
        for link in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            if "://" not in link:
                assert (page.parent / link).exists(), f"{page.name}: {link}"
