"""``kizuna shell``: as a script, with a prompt, and on a real terminal."""

from __future__ import annotations

import errno
import os
import re
import select
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

import kizuna
from kizuna._prompt import make_prompt
from kizuna._session import Session, is_complete
from kizuna._shell import talk
from kizuna.cli import main
from kizuna.queries.saved import list_saved
from tests.packages import write_package
from tests.toy_chain import TOY, make_command, make_environment

_ENDLESS = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN count(b);"


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the folder of the small data set, prepared for queries."""
    folder = str(write_package(tmp_path_factory.mktemp("data") / "toy", TOY))
    assert main(["query", "RETURN 1", "--data", folder]) == 0
    return folder


@pytest.fixture
def session(toy: str) -> Iterator[Session]:
    """Yield a session on the small data set."""
    with kizuna.connect(data=toy) as store:
        yield Session(store, limit=1000)


def _run(toy: str, script: str | bytes, *options: str, **variables: str) -> tuple[int, str, str]:
    """Pipe a script into the shell; returns its exit code and what it prints."""
    done = subprocess.run(
        make_command("shell", "--data", toy, *options),
        input=script if isinstance(script, bytes) else script.encode(),
        capture_output=True,
        env=make_environment(**variables),
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


# ---- as a script ----


def test_a_script_runs_statement_by_statement(toy: str) -> None:
    """Statements may take lines or share one; the last needs no semicolon; commands have lines of their own."""
    script = """\
:param c JP
MATCH (v:Vendor {country: $c})
// a comment; with a semicolon
RETURN v.id AS id ORDER BY id; RETURN ';' AS mark;

:limit 1
MATCH (v:Vendor) RETURN v.name_ja AS name ORDER BY v.id DESC
"""
    code, out, err = _run(toy, script)
    assert code == 0
    assert out.splitlines() == [
        *("id", "───────", "keyence", "sony", "", "rows: 2"),
        *("mark", "────", ";", "", "rows: 1"),
        "rows read at most: 1",
        *("name", "────", "", "", "the first 1 rows; there are more"),
    ]
    assert err == "only the first 1 rows were read; all of them: :limit 0\n"


def test_a_script_stops_at_the_first_error(toy: str) -> None:
    """What follows a mistake is not run; the message names the line where the statement begins."""
    code, out, err = _run(toy, "RETURN 1 AS a;\n\nRETURN\n  nobody;\nRETURN 2 AS b;\n")
    assert code == 2
    assert out.splitlines()[0] == "a"
    assert "b" not in out
    assert err.startswith("error: line 3 of the input: ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_script_may_begin_with_a_mark(toy: str, encoding: str) -> None:
    """What Windows writes is read."""
    code, out, err = _run(toy, "MATCH (v {name_zh: '台積電'})\r\nRETURN v.id AS id;\r\n".encode(encoding))
    assert (code, out.splitlines()[2], err) == (0, "tsmc", "")


def test_an_answer_comes_before_the_next_question(toy: str) -> None:
    """A program can drive the shell through pipes, one question at a time."""
    with subprocess.Popen(
        make_command("shell", "--data", toy),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=make_environment(),
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        for n in (b"1", b"2"):
            process.stdin.write(b"RETURN " + n + b" AS n;\n")
            process.stdin.flush()
            lines = [process.stdout.readline().strip() for _ in range(5)]
            assert lines[2] == n
        process.stdin.close()
        assert process.wait(timeout=30) == 0


def test_quit_ends_a_script(toy: str) -> None:
    """What follows is not run."""
    assert _run(toy, ":quit\nRETURN 1;\n") == (0, "", "")


def test_what_is_written_lasts_as_long_as_the_shell(toy: str) -> None:
    """Later statements see it; without --write a statement cannot write."""
    script = "CREATE (:Vendor {id: 'new'});\nMATCH (v:Vendor) RETURN count(v) AS n;\n"
    code, out, _ = _run(toy, script, "--write")
    assert (code, out.splitlines()[-3].strip()) == (0, "7")
    code, out, err = _run(toy, script)
    assert (code, out) == (2, "")
    assert err.startswith("error: line 1 of the input: the statement writes, and this store is read-only")


# ---- commands ----


def _say(session: Session, capsys: pytest.CaptureFixture[str], text: str) -> str:
    capsys.readouterr()
    session.run(text)
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (":frobnicate", "no command :frobnicate; there are :export, :help, :limit, :page, :param, "),
        (":param", "`:param` wants a name and a value, such as `:param country TW` or `:param n 3`"),
        (":param x [1", "`--param`: x begins like JSON and is none: [1"),
        (":params x", "`:params` shows the parameters, and `:params clear` forgets them"),
        (":limit many", "`:limit`: found 'many'; it must be a number of rows, or 0 for all"),
        (":export", "name the file: :export answer.csv"),
        (":export a.csv", "there is no answer yet; ask first"),
        (":saved no-such-query", "no-such-query"),
        (":schema Vendr", "no label and no relationship type 'Vendr'"),
        (":export 'a.csv", "a quotation mark is not closed: 'a.csv"),
    ],
)
def test_a_wrong_command_says_what_is_right(
    session: Session, capsys: pytest.CaptureFixture[str], command: str, message: str
) -> None:
    """The shell prints the error and goes on."""
    session.attempt(command)
    assert message in capsys.readouterr().err
    assert _say(session, capsys, "RETURN 1 AS n;").splitlines()[0] == "n"


def test_parameters_are_kept(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    """They are typed as JSON, shown, replaced and forgotten."""
    for line in (":param n 3", ":param $name => 台積 電", ':param ids ["a"];', ":param n 4"):
        assert _say(session, capsys, line) == ""
    assert session.parameters == {"n": 4, "name": "台積 電", "ids": ["a"]}
    assert [line.split() for line in _say(session, capsys, ":params").splitlines()[2:]] == [
        ["n", "4"],
        ["name", '"台積', '電"'],
        ["ids", '["a"]'],
    ]
    assert _say(session, capsys, ":params clear").startswith("no parameters yet")


@pytest.mark.parametrize("suffix", ["csv", "json", "jsonl", "md"])
def test_the_last_answer_is_exported(
    session: Session, capsys: pytest.CaptureFixture[str], tmp_path: Path, suffix: str
) -> None:
    """The suffix says the form; a name may have blanks."""
    file = tmp_path / f"the answer.{suffix}"
    session.run("RETURN '台積電' AS name;")
    assert _say(session, capsys, f":export '{file}'") == f"written: {file}\n"
    assert "台積電" in file.read_text(encoding="utf-8")
    session.attempt(f":export {tmp_path / 'answer.xls'}")
    assert "must end in .csv, .json, .jsonl or .md" in capsys.readouterr().err


def test_the_last_answer_as_a_page(
    session: Session, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The page draws its nodes."""
    session.run("MATCH (v:Vendor) RETURN v;")
    assert str(tmp_path / "a.html") in _say(session, capsys, f":page {tmp_path / 'a.html'}")
    assert (tmp_path / "a.html").stat().st_size > 0


def test_a_saved_query_takes_parameters_of_the_session(
    session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    """It runs with its defaults; its text can be shown; the list names it."""
    saved = next(query for query in list_saved() if not any(p.required for p in query.parameters))
    session.run(":param unrelated 1")
    assert _say(session, capsys, f":saved {saved.name}").startswith(saved.title["en"])
    assert saved.title["en"] in _say(session, capsys, f":show {saved.name}")
    assert saved.name in _say(session, capsys, ":saved")


def test_help_in_every_language(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    """Each names every command."""
    for lang in ("en", "ja", "zh"):
        session.lang = lang
        text = _say(session, capsys, ":help")
        words = set(re.findall(r"^:(\w+)", text, re.MULTILINE))
        assert words == {"export", "limit", "page", "param", "params", "quit", "saved", "schema", "show"}


def test_the_schema_in_the_shell(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    """The same as that of the command."""
    assert _say(session, capsys, ":schema Layer").startswith("(:Layer)\n")


def test_what_can_be_run() -> None:
    """Enter runs a command or a finished statement, and else begins a new line."""
    assert [
        text for text in ("", "  \n", ":help", "RETURN 1;", "RETURN 1; // yes") if not is_complete(text)
    ] == []
    assert [text for text in ("RETURN 1", "RETURN 'a;", "/* ; ", "RETURN ';'") if is_complete(text)] == []


# ---- the prompt ----


@pytest.fixture
def keyboard() -> Iterator[PipeInput]:
    """Yield a keyboard that a test types on."""
    with create_pipe_input() as pipe:
        yield pipe


def _type(session: Session, keyboard: PipeInput, text: str) -> None:
    """Type a text into the shell, whose prompt is that of a terminal."""
    keyboard.send_text(text)
    ask = make_prompt(session, prompt="> ", waiting=". ", input=keyboard, output=DummyOutput())
    assert ask is not None
    talk(session, ask)


def test_several_lines_at_the_prompt(
    session: Session, keyboard: PipeInput, capsys: pytest.CaptureFixture[str]
) -> None:
    """Enter begins a new line until there is a semicolon; Ctrl-D leaves."""
    _type(session, keyboard, "RETURN 1 AS one,\r2 AS two;\r\x04")
    assert capsys.readouterr().out.splitlines()[0] == "one   two"


def test_ctrl_c_gives_the_line_up(
    session: Session, keyboard: PipeInput, capsys: pytest.CaptureFixture[str]
) -> None:
    """The shell stays, and errors do not end it either."""
    _type(session, keyboard, "RETURN 1 AS gone\x03RETURN nobody;\rRETURN 2 AS kept;\r:quit\r")
    out, err = capsys.readouterr()
    assert out.splitlines()[0] == "kept"
    assert err.startswith("error: ")
    assert session.closed


def test_what_was_typed_is_remembered(
    session: Session, keyboard: PipeInput, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The history lies in the user's folder, and only the user may read it."""
    monkeypatch.setenv("KIZUNA_CACHE", str(tmp_path))
    _type(session, keyboard, "RETURN '台積電' AS name;\r\x04")
    file = tmp_path / "history"
    assert "+RETURN '台積電' AS name;\n" in file.read_text(encoding="utf-8")
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o077 == 0


def test_a_history_that_cannot_be_kept_is_no_error(
    session: Session,
    keyboard: PipeInput,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The shell works without."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("KIZUNA_CACHE", str(tmp_path / "file"))
    _type(session, keyboard, "RETURN 1 AS n;\r\x04")
    assert capsys.readouterr().out.splitlines()[0] == "n"


def test_tab_completes(session: Session, keyboard: PipeInput, capsys: pytest.CaptureFixture[str]) -> None:
    """The one name that fits is put in."""
    keys = ((1, "\t"), (2, ") RETURN count(c) AS n;\r\x04"))  # what fits is sought aside
    later = [threading.Timer(seconds, keyboard.send_text, [text]) for seconds, text in keys]
    for timer in later:
        timer.start()
    _type(session, keyboard, "MATCH (c:Countr")
    for timer in later:
        timer.join()
    assert capsys.readouterr().out.splitlines()[2].strip() == "3"


# ---- a real terminal ----

# Makes the terminal that of the process, so that Ctrl-C becomes a signal, as at home.
_TAKE_TERMINAL = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_session_on_a_real_terminal(toy: str) -> None:
    """Ctrl-C ends an endless query within two seconds, the next one answers, Ctrl-D leaves with exit code 0."""
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", _TAKE_TERMINAL, *make_command("shell", "--data", toy, "--timeout", "0")],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=make_environment(TERM="xterm", PROMPT_TOOLKIT_NO_CPR="1"),
        start_new_session=True,
    )
    os.close(theirs)
    try:
        terminal = _Terminal(ours)
        terminal.expect("kizuna>")
        terminal.type("RETURN 'first' + ' answer' AS x;\r")
        terminal.expect("first answer")
        terminal.expect("kizuna>")
        terminal.type(f"{_ENDLESS}\r")
        time.sleep(2)  # until it runs
        before = time.monotonic()
        terminal.type("\x03")
        terminal.expect("interrupted")
        assert time.monotonic() - before < 2
        terminal.expect("kizuna>")
        terminal.type("RETURN 'second' + ' answer' AS x;\r")
        terminal.expect("second answer")
        terminal.expect("kizuna>")
        assert re.search(rb"\x1b\[0;38;5;\d+(;1)?mRETURN", terminal.passed)  # in colour
        terminal.type("\x04")
        assert process.wait(timeout=20) == 0
    finally:
        process.kill()
        process.wait()
        os.close(ours)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_answers_that_go_to_a_file(toy: str) -> None:
    """Typed on a terminal, with the answers redirected: the prompt goes to standard error, errors do not end it."""
    import pty

    ours, theirs = pty.openpty()
    os.write(ours, b"RETURN nobody;\nRETURN 1\nAS n;\n\x04")
    done = subprocess.run(
        make_command("shell", "--data", toy),
        stdin=theirs,
        capture_output=True,
        env=make_environment(),
        timeout=60,
        check=False,
    )
    os.close(ours)
    os.close(theirs)
    assert (done.returncode, done.stdout.split()) == (
        0,
        [b"n", b"\xe2\x94\x80", b"1", b"rows:", b"1"],
    )
    said = done.stderr.decode("utf-8")
    assert [line.partition(":")[0] for line in said.splitlines()[1:2]] == ["kizuna> error"]
    assert said.endswith("kizuna>    ...> kizuna> ")


class _Terminal:
    """The other side of a terminal: what was typed there, and what it shows."""

    def __init__(self, handle: int) -> None:
        self.handle = handle
        self.seen = b""
        self.passed = b""

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self.handle, text.encode())

    def expect(self, text: str) -> None:
        """Wait until it shows a text, after what was waited for before."""
        deadline = time.monotonic() + 30
        while text.encode() not in self.seen:
            ready, _, _ = select.select([self.handle], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, self.seen.decode("utf-8", "replace")
            try:
                self.seen += os.read(self.handle, 4096)
            except OSError as error:
                assert error.errno == errno.EIO
                raise AssertionError(f"the shell ended: {self.seen!r}") from error
        before, found, self.seen = self.seen.partition(text.encode())
        self.passed += before + found
