"""The command line as a process: consoles, files, exit codes, start."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

import click
import pytest

import kizuna
from kizuna._forms import FORMATS, RESULT_FORMATS
from kizuna._messages import LANGUAGES
from kizuna.cli import cli, main
from kizuna.queries import LEVELS, TIE_LAYERS, TIES_PLACED
from kizuna.queries._fault_tree import SOURCING, list_unit_names
from kizuna.queries.scope import CONFIDENCE, ROLES, Scope
from kizuna.queries.structure import REQUIREMENT_KINDS
from tests.packages import write_package
from tests.toy_chain import TOY, TSMC, make_command, make_environment, run_command

_COMMANDS = sorted(cli.commands)


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the small data set."""
    return write_package(tmp_path_factory.mktemp("data") / "toy", TOY)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("encoding", ["cp932", "cp950", "utf-8"])
def test_a_table_on_any_console(toy: Path, encoding: str, lang: str) -> None:
    """No language fails on the console of another; ids and figures are there in each."""
    done = run_command("gaps", "--data", toy, PYTHONIOENCODING=encoding, KIZUNA_LANG=lang)
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode(encoding)
    assert re.findall("GAP-[0-9a-f]{12}", text) == [
        "GAP-283aad506c99",
        TSMC,
        "GAP-904994d2fc99",
        "GAP-b42e695501f8",
    ]
    name = {"en": "TSMC (tsmc)", "zh": "台積電 (tsmc)", "ja": "TSMC (tsmc)"}[lang]
    assert name.encode(encoding, "backslashreplace") in done.stdout
    assert ("─" in text) == (encoding == "utf-8")


@pytest.mark.parametrize("encoding", ["cp932", "cp950"])
@pytest.mark.parametrize("form", ["csv", "json", "md"])
def test_forms_for_files_are_utf8_whatever_the_console(
    toy: Path, capsysbinary: pytest.CaptureFixture[bytes], form: str, encoding: str
) -> None:
    """Redirected, they hold the same bytes on every machine."""
    question = ["coverage", "--by", "component", "--data", str(toy), "--lang", "ja", "--format", form]
    done = run_command(*question, PYTHONIOENCODING=encoding)
    assert (done.returncode, main(question)) == (0, 0)
    assert done.stdout == capsysbinary.readouterr().out
    assert "ファウンドリ" in done.stdout.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_a_narrow_terminal_in_another_encoding(toy: Path, form: str) -> None:
    """A terminal gets its own encoding, no byte order mark, whole ids, and JSON that is still JSON."""
    import pty

    ours, theirs = pty.openpty()
    question = make_command("gaps", "--data", toy, "--lang", "zh", "--format", form)
    environment = make_environment(PYTHONIOENCODING="cp932", COLUMNS="40")
    with subprocess.Popen(question, stdout=theirs, stderr=subprocess.DEVNULL, env=environment) as process:
        os.close(theirs)
        chunks = []
        try:
            while chunk := os.read(ours, 4096):
                chunks.append(chunk)
        except OSError as error:  # how Linux says that the other end is closed
            assert error.errno == errno.EIO
    os.close(ours)
    assert process.returncode == 0
    text = b"".join(chunks).decode("cp932").replace("\r\n", "\n")
    assert text.count(TSMC) == 1
    assert not text.startswith("\ufeff")
    if form == "json":
        (found,) = (f for f in json.loads(text)["findings"] if f["id"] == TSMC)
        assert found["member"] == {"id": "tsmc", "name": "台積電"}


def test_the_page_is_written_on_any_console(toy: Path, tmp_path: Path) -> None:
    """The command says where the page is, in the reader's language, and the page is UTF-8."""
    page = tmp_path / "供應鏈.html"
    done = run_command("explore", "--data", toy, "-o", page, "--lang", "zh", PYTHONIOENCODING="cp950")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode("cp950").strip() == f"網頁已產生：{page}（請以瀏覽器開啟）"
    assert page.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>")


# ---- exit codes ----


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["frobnicate"], "No such command 'frobnicate'."),
        (["gaps", "--format", "xls"], "'xls' is not one of 'table', 'csv', 'json', 'md'."),
        (["gaps", "--lang", "fr"], "'fr' is not one of 'zh', 'ja', 'en'."),
        (["gaps", "--limit", "0"], "0 is not in the range x>=1."),
        (["gaps", "--limit", "1", "--explain", "all"], "`--limit` is for the list of gaps"),
        (
            ["gaps", "--explain", "GAP-000000000000"],
            "no finding 'GAP-000000000000' in this data set and scope",
        ),
        (["gaps", "--explain", "all", "--format", "csv"], "has no CSV form; use --format table, md or json"),
        (["gaps", "--pair", "TW"], "`pair` must be two different countries"),
        (["gaps", "--pair", "TW,XX"], "`--pair`: this data set has no country XX; it has TW, JP, KR"),
        (["gaps", "--as-of", "2026-13"], "`as_of` is no day of the calendar: '2026-13'"),
        (["gaps", "--known-by", "lately"], "`known_by` must be a date like 2026"),
        (["coverage", "--dataset", "nowhere"], "`dataset`: no 'nowhere'; there are toy"),
        (["coverage", "--by", "moon"], "'moon' is not one of"),
        (["info", "--format", "pdf"], "'pdf' is not one of"),
    ],
)
def test_wrong_input_is_one_line_and_exit_code_2(
    toy: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    """It says what was found and what is allowed, and nothing is printed as an answer."""
    data = ["--data", str(toy)] if len(arguments) > 1 else []
    assert main([*arguments, *data]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("error: ")
    assert err.count("\n") == 1
    assert message in err


def test_a_folder_that_is_not_there_is_wrong_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The folder is named; given twice, the command says so."""
    assert main(["gaps", "--data", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err == f"error: `path`: there is no folder {tmp_path / 'none'}\n"
    assert main(["validate", str(tmp_path), "--data", str(tmp_path)]) == 2
    assert capsys.readouterr().err == "error: give the folder once: as FOLDER or with `--data`\n"


def test_a_message_cannot_act_on_the_console(capsys: pytest.CaptureFixture[str]) -> None:
    """What a user typed is shown, not obeyed."""
    assert main(["validate", "\x1b[2Jgone"]) == 2
    assert "\x1b" not in capsys.readouterr().err


@pytest.mark.parametrize("command", ["coverage", "explore"])
def test_a_file_that_cannot_be_written_is_exit_code_3(
    toy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    """The error is one line that names the file."""
    file = tmp_path / "none" / "answer"
    assert main([command, "--data", str(toy), "-o", str(file)]) == 3
    err = capsys.readouterr().err
    assert err.startswith("error: ")
    assert str(file) in err
    assert err.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("form", ["table", "json"])
def test_a_full_disk_is_exit_code_3(toy: Path, form: str) -> None:
    """One line says so, and the interpreter adds nothing."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            make_command("coverage", "--data", toy, "--format", form),
            stdout=full,
            stderr=subprocess.PIPE,
            env=make_environment(),
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr == b"error: cannot write the answer: No space left on device\n"


@pytest.mark.parametrize("form", ["table", "json"])
def test_a_reader_that_stops_reading_is_no_error(toy: Path, form: str) -> None:
    """As under ``| head``: quiet, exit code 0."""
    question = make_command("coverage", "--data", toy, "--format", form)
    with subprocess.Popen(
        question, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=make_environment()
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals and named pipes")
def test_ctrl_c_is_exit_code_130(tmp_path: Path) -> None:
    """Interrupted while it reads, the command ends without a traceback."""
    pipe = tmp_path / "layers.csv"
    os.mkfifo(pipe)
    with subprocess.Popen(
        make_command("gaps", "--data", tmp_path), stderr=subprocess.PIPE, env=make_environment()
    ) as process:
        assert process.stderr is not None
        writer = _open_when_read(pipe, process)
        process.send_signal(signal.SIGINT)
        os.close(writer)  # should the signal have come just before it reads, it reads the end of the file
        said = process.stderr.read()
    assert (process.returncode, said.strip()) == (130, b"")


def _open_when_read(pipe: Path, process: subprocess.Popen[bytes]) -> int:
    while process.poll() is None:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody reads yet
            time.sleep(0.02)
    raise AssertionError("the command ended before it read the file")


def test_an_internal_error_is_one_line_unless_asked(
    toy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours is exit code 3; the traceback is for who wants it."""

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr("kizuna.answers.tables.tell_coverage", fail)
    assert main(["coverage", "--data", str(toy)]) == 3
    hint = "run with KIZUNA_TRACEBACK=1 for the traceback"
    assert capsys.readouterr().err == f"error: internal error: RuntimeError: a fault ({hint})\n"
    monkeypatch.setenv("KIZUNA_TRACEBACK", "1")
    assert main(["coverage", "--data", str(toy)]) == 3
    assert capsys.readouterr().err.startswith("Traceback")


# ---- help, start, names ----


def _print(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("command", [[], *([name] for name in _COMMANDS)], ids=["kizuna", *_COMMANDS])
def test_every_help_has_an_example(capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    """The help is plain ASCII, for any console, and shows how the command is typed."""
    text = _print(capsys, *command, "--help")
    assert text.isascii()
    assert f"\n  Example:\n    kizuna {' '.join(command)}".rstrip() in text


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """That is no error."""
    assert _print(capsys) == _print(capsys, "--help")


def test_the_version_is_that_of_code_and_data(capsys: pytest.CaptureFixture[str]) -> None:
    """Both stand on one line."""
    version = re.escape(kizuna.__version__)
    assert re.fullmatch(rf"kizuna {version} \(data kizuna-seeds \d[\d.]*\)\n", _print(capsys, "--version"))


@pytest.mark.checkout
def test_the_version_is_that_of_the_project(root: Path) -> None:
    """The package and its metadata agree."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == kizuna.__version__


@pytest.mark.parametrize("start", ["import kizuna.cli; kizuna.cli.main(['--help'])", "import kizuna"])
def test_starting_loads_nothing_heavy(start: str) -> None:
    """Help and the bare import cost no data frames, graphs or pages."""
    heavy = "{'jinja2', 'neo4j', 'networkx', 'numpy', 'pandas', 'prompt_toolkit', 'pyarrow', 'pygments', 'pyvis', 'rich'}"
    code = f"import sys; {start}; print(sorted({heavy} & set(sys.modules)), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=make_environment(), check=True
    )
    assert done.stderr.decode().strip() == "[]"


def test_every_public_name_is_there() -> None:
    """Names load when asked for, and those that are not there are named in the error."""
    assert [name for name in kizuna.__all__ if getattr(kizuna, name, None) is None] == []
    assert set(kizuna.__all__) <= set(dir(kizuna))
    with pytest.raises(AttributeError, match="module 'kizuna' has no attribute 'gaps_finder'"):
        kizuna.gaps_finder  # noqa: B018


def test_options_allow_what_python_allows() -> None:
    """Choices are written out for a fast start; they are those of the functions."""
    whole = {
        "by": LEVELS,
        "units": list_unit_names(),
        "lang": LANGUAGES,
        "role": ROLES,
        "at_role": ROLES,
        "confidence": CONFIDENCE,
        "least_evidence": CONFIDENCE,
        "kinds": REQUIREMENT_KINDS,
        "sourcing": SOURCING,
        "ties": TIES_PLACED,
        "layers": TIE_LAYERS,
        "target": ("neo4j-admin",),  # of `export`, which has no other yet
    }
    own = {"label", "classes"}  # words of the command line alone, tested with their commands
    forms = {"query": RESULT_FORMATS, "pull": ("csv", "parquet"), "report": ("html", "md")}
    scope = {"within": str, "country_by": str, "statuses": tuple, "source_kinds": tuple}
    seen = set()
    for command in cli.commands.values():
        for option in command.params:
            if not isinstance(option.type, click.Choice):
                continue
            name, choices = str(option.name), tuple(option.type.choices)
            seen.add(name)
            if name == "form":
                assert choices == forms.get(str(command.name), FORMATS)
            elif name in whole:
                assert choices == tuple(whole[name])
            elif name not in own:  # `Scope` refuses what is no value of the field
                for choice in choices:
                    field: dict[str, Any] = {name: choice if scope[name] is str else (choice,)}
                    Scope(**field)
    assert seen == {*whole, *scope, *own, "form"}


@pytest.mark.checkout
def test_the_reference_is_up_to_date(root: Path) -> None:
    """docs/cli.md holds the help as it is now."""
    script = root / "scripts" / "make_cli_reference.py"
    done = subprocess.run(
        [sys.executable, script, "--check"], capture_output=True, env=make_environment(), check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
