"""``kizuna query``, ``saved``, ``schema`` and ``cache``: what they print, and what they refuse."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import kizuna
from kizuna._completion import complete
from kizuna.answers.folder import write_folder
from kizuna.answers.schema import list_model
from kizuna.cli import main
from kizuna.graph.stores.records import list_labels, list_types
from kizuna.queries.saved import list_saved
from tests.packages import PackageMaker, write_package
from tests.toy_chain import TOY, make_command, make_environment, run_command

_OFFERS = (
    "MATCH (v:Vendor)-[o:OFFERS]->(c) WHERE c.id IN ['foundry', 'lens'] "
    "RETURN v.name_zh AS 名稱, c AS what, o.status AS status, v.row AS n ORDER BY n"
)
_PREPARING = "preparing the data for queries (once; some seconds)\n"
_ENDLESS = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN count(b)"


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the folder of the small data set, prepared for queries."""
    folder = str(write_package(tmp_path_factory.mktemp("data") / "toy", TOY))
    assert main(["query", "RETURN 1", "--data", folder]) == 0
    return folder


def _say(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """Run a command in this process and return what it prints; it says nothing else."""
    capsys.readouterr()
    assert main([str(argument) for argument in arguments]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def _fail(capsys: pytest.CaptureFixture[str], *arguments: str | Path, code: int = 2) -> str:
    """Run a command that must fail, and return its message; it prints no answer."""
    capsys.readouterr()
    assert main([str(argument) for argument in arguments]) == code
    out, err = capsys.readouterr()
    assert out == ""
    before, mark, said = err.partition("error: ")
    assert (before, mark) in (("", "error: "), (_PREPARING, "error: "))
    return said


# ---- forms ----


def test_a_table(toy: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Columns are aligned, wide characters too; a node is its name in the reader's language, label and id."""
    assert _say(capsys, "query", _OFFERS, "--data", toy, "--lang", "ja").splitlines() == [
        "名稱       what                               status   n",
        "────────────────────────────────────────────────────────",
        "台積電     ファウンドリ (Component foundry)   volume   2",
        "大立光     レンズ (Component lens)            volume   3",
        "亞洲光學   レンズ (Component lens)                     4",
        "三星       ファウンドリ (Component foundry)   volume   7",
        "",
        "4行",
    ]


def test_markdown(toy: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The same as a table of Markdown."""
    assert _say(capsys, "query", _OFFERS, "--data", toy, "--format", "md").splitlines() == [
        "| 名稱 | what | status | n |",
        "| --- | --- | --- | ---: |",
        "| 台積電 | Foundry (Component foundry) | volume | 2 |",
        "| 大立光 | Lens (Component lens) | volume | 3 |",
        "| 亞洲光學 | Lens (Component lens) |  | 4 |",
        "| 三星 | Foundry (Component foundry) | volume | 7 |",
        "",
        "rows: 4",
    ]


def test_csv(toy: str) -> None:
    """UTF-8 with a byte order mark, CRLF; what a spreadsheet would run is guarded; null is blank."""
    text = "RETURN '=1+1' AS formula, '台積電' AS name, -1.5 AS n, null AS nothing, [1, 'a'] AS list, true AS yes"
    done = run_command("query", text, "--data", toy, "--format", "csv")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == (
        '\ufeffformula,name,n,nothing,list,yes\r\n\'=1+1,台積電,-1.5,,"[1, ""a""]",true\r\n'.encode()
    )


def test_json(toy: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Rows are objects by column; nodes, relationships and paths are whole."""
    text = "MATCH p = (v:Vendor {id: 'tsmc'})-[o:OFFERS]->(:Component)<-[:REQUIRES]-() RETURN v, o, p"
    answer = json.loads(_say(capsys, "query", text, "--data", toy, "--format", "json"))
    assert (answer["columns"], answer["truncated"]) == (["v", "o", "p"], False)
    (row,) = answer["rows"]
    vendor, offer, path = row["v"], row["o"], row["p"]
    assert vendor["labels"] == ["Vendor"]
    assert list(vendor["properties"].items())[:3] == [
        ("id", "tsmc"),
        ("as_of", "2026-03"),
        ("confidence", "high"),
    ]
    assert (offer["type"], offer["properties"]["status"]) == ("OFFERS", "volume")
    assert (offer["start"], offer["end"]["properties"]["id"]) == (vendor, "foundry")
    assert [node["properties"]["id"] for node in path["nodes"]] == ["tsmc", "foundry", "camera"]
    ends = [(edge["type"], edge["start"]["id"], edge["end"]["id"]) for edge in path["relationships"]]
    first, second, third = (node["id"] for node in path["nodes"])
    assert ends == [("OFFERS", first, second), ("REQUIRES", third, second)]


def test_json_lines(toy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object a row and nothing else, on standard output and in a file."""
    question = ["query", "UNWIND ['a', 'é'] AS x RETURN x, {n: 1} AS m", "--data", toy]
    expected = '{"x": "a", "m": {"n": 1}}\n{"x": "é", "m": {"n": 1}}\n'
    assert _say(capsys, *question, "--format", "jsonl") == expected
    assert _say(capsys, *question, "-o", tmp_path / "a.jsonl") == ""
    assert (tmp_path / "a.jsonl").read_bytes() == expected.encode()


def test_values_as_text(toy: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Times are ISO 8601, a path is a chain with the directions of its relationships."""
    text = (
        "MATCH p = (:Vendor {id: 'tsmc'})-[:OFFERS]->()<-[r:REQUIRES]-() "
        "RETURN p, r, date('2024-02-29') AS d, datetime('2024-02-29T08:30:00+09:00') AS t, "
        "duration('P1Y2M3DT4H') AS e, duration('PT90M') AS f, 0.0 / 0.0 AS g, [r, date('2024-01-01')] AS h"
    )
    table = _say(capsys, "query", text, "--data", toy)
    assert re.split(r"\s{3,}", table.splitlines()[2].strip()) == [
        "(tsmc)-[OFFERS]->(foundry)<-[REQUIRES]-(camera)",
        "(camera)-[REQUIRES]->(foundry)",
        "2024-02-29",
        "2024-02-29T08:30:00+09:00",
        "P1Y2M3DT4H",
        "PT1H30M",
        "NaN",
        '["(camera)-[REQUIRES]->(foundry)", "2024-01-01"]',
    ]
    answer = json.loads(_say(capsys, "query", text, "--data", toy, "--format", "json"))
    row = answer["rows"][0]
    assert [row[name] for name in "dtefg"] == [
        "2024-02-29",
        "2024-02-29T08:30:00+09:00",
        "P1Y2M3DT4H",
        "PT1H30M",
        "NaN",
    ]


def test_no_rows_keep_their_headings(toy: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty answer still says what was asked for."""
    question = ["query", "MATCH (v:Vendor {id: 'nobody'}) RETURN v.id, v.name_en AS name", "--data", toy]
    assert _say(capsys, *question).splitlines() == ["v.id   name", "───────────", "", "no rows"]
    assert _say(capsys, *question, "--format", "csv") == "\ufeffv.id,name\r\n"
    assert _say(capsys, *question, "--format", "jsonl") == ""
    assert json.loads(_say(capsys, *question, "--format", "json")) == {
        "columns": ["v.id", "name"],
        "rows": [],
        "truncated": False,
    }
    assert _say(capsys, *question, "--format", "md").splitlines()[0] == "| v.id | name |"


def test_a_page(toy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page is written to a file, and the command says where it is."""
    page = tmp_path / "answer.html"
    said = _say(capsys, "query", _OFFERS, "--data", toy, "-o", page, "--lang", "zh")
    assert said == f"網頁已產生：{page}（請以瀏覽器開啟）\n"
    assert page.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>")


def test_a_limit_says_that_there_is_more(toy: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A part is never passed off as the whole."""
    question = ["query", "MATCH (v:Vendor) RETURN v.id AS id ORDER BY id", "--data", toy]
    assert main([*question, "--max-rows", "2"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[2:] == ["asia-optical", "keyence", "", "the first 2 rows; there are more"]
    assert err == "only the first 2 rows were read; all of them: --max-rows 0\n"
    assert main([*question, "--max-rows", "2", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["truncated"] is True
    assert _say(capsys, *question, "--max-rows", "0").endswith("\nrows: 6\n")


def test_only_what_people_read_is_limited_by_default(toy: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A table stops after ten thousand rows; a program gets all."""
    question = ["query", "UNWIND range(1, 10001) AS n RETURN n", "--data", toy]
    assert main(question) == 0
    out, err = capsys.readouterr()
    assert out.endswith("\nthe first 10000 rows; there are more\n")
    assert "--max-rows 0" in err
    assert _say(capsys, *question, "--format", "csv").count("\r\n") == 10_002


# ---- the text of a query ----


def test_text_from_a_file_and_from_a_pipe(toy: str, tmp_path: Path) -> None:
    """The statement may stand in a file or come through a pipe, with or without a byte order mark."""
    text = "// who?\nMATCH (v:Vendor {name_zh: '台積電'})\nRETURN v.id AS id;\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        file = tmp_path / f"{encoding}.cypher"
        file.write_bytes(text.encode(encoding))
        done = run_command("query", "-f", file, "--data", toy, "--format", "jsonl")
        assert (done.stdout, done.stderr) == (b'{"id": "tsmc"}\n', b"")
        for dash in ([], ["-"]):
            done = subprocess.run(
                make_command("query", *dash, "--data", toy, "--format", "jsonl"),
                input=text.encode(encoding),
                capture_output=True,
                env=make_environment(),
                check=False,
            )
            assert (done.stdout, done.stderr) == (b'{"id": "tsmc"}\n', b"")


def test_a_pipe_may_have_the_encoding_of_the_console(toy: str) -> None:
    """What cmd's echo sends through a pipe is in the code page."""
    done = subprocess.run(
        make_command("query", "--data", toy, "--format", "jsonl"),
        input="RETURN 'ソニー' AS name".encode("cp932"),
        capture_output=True,
        env=make_environment(PYTHONIOENCODING="cp932"),
        check=False,
    )
    assert (done.returncode, done.stdout.decode("utf-8")) == (0, '{"name": "ソニー"}\n')


def test_a_file_in_another_encoding_is_refused(
    toy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is named, not guessed at."""
    file = tmp_path / "old.cypher"
    file.write_bytes("MATCH (v:Vendor {name_ja: 'キーエンスとソニー'}) RETURN v".encode("cp932"))
    said = _fail(capsys, "query", "-f", file, "--data", toy)
    assert said == f"{file}: found the encoding cp932 (Shift_JIS, Japanese Windows); save it as UTF-8\n"


def test_a_query_that_is_wrong_shows_the_place(
    toy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message names line and column, those of the file, and a caret points there."""
    file = tmp_path / "wrong.cypher"
    file.write_text("// who?\n\n  MATCH (v:Vendor RETURN v", encoding="utf-8")
    lines = _fail(capsys, "query", "-f", file, "--data", toy).splitlines()
    assert lines[0].endswith("(line 3, column 19)")
    assert lines[1:] == ["  MATCH (v:Vendor RETURN v", " " * 18 + "^"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["RETURN 1", "-f", "x.cypher"], "give the query once: as TEXT, with `--file` or with `--saved`\n"),
        (["-f", "nowhere.cypher"], "cannot read nowhere.cypher: No such file or directory\n"),
        ([" // nothing"], "the text holds no query; for example: kizuna query"),
        (["RETURN 1; RETURN 2"], "the text holds 2 statements, and `kizuna query` runs one; to run them"),
        (["RETURN 'a"], "The string that begins at line 1, column 8 is not closed.\nRETURN 'a\n       ^\n"),
        (["RETURN $x"], "the parameter $x has no value"),
        (["RETURN $x", "--param", "x"], "`--param`: found 'x'; it must be name=value"),
        (["RETURN $x", "--param", "=3"], "`--param`: found '=3'; it must be name=value"),
        (["RETURN $x", "--param", "x=1", "--param", "x=2"], "`--param`: x is given twice\n"),
        (
            ["RETURN $x", "--param", "x=[a]"],
            "`--param`: x begins like JSON and is none: [a]; in Windows' cmd",
        ),
        (["RETURN $x", "--param", f"x={2**63}"], "integers of Cypher have 64 bits\n"),
        (
            ["CREATE (v:Vendor)"],
            "the statement writes, and this store is read-only; to write, say so: --write",
        ),
        (["LOAD CSV FROM 'file:///etc/hostname' AS row RETURN row"], "LOAD CSV is off"),
        (["RETURN 1", "--database", "x"], "`--database` is for a Neo4j server; name it with --store\n"),
        (["RETURN 1", "--allow-load-csv"], "`--allow-load-csv` is for a Neo4j server"),
        (["RETURN 1", "--saved", "x"], "give the query once"),
        (["--saved", "no-such-query"], "no-such-query"),
        (
            ["RETURN 1", "--format", "xls"],
            "'xls' is not one of 'table', 'csv', 'json', 'jsonl', 'md', 'html'.",
        ),
        (["RETURN 1", "--max-rows", "-1"], "-1 is not in the range x>=0."),
        (["RETURN 1", "--dataset", "nowhere"], "`dataset`: no 'nowhere'; there are toy\n"),
    ],
)
def test_wrong_input_is_exit_code_2(
    toy: str, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    """The message says what was found and what to do."""
    assert message in _fail(capsys, "query", *arguments, "--data", toy)


@pytest.mark.parametrize("option", ["--data=x", "--dataset=x", "--as-of=2026", "--known-by=2026"])
def test_a_server_answers_from_its_own_data(capsys: pytest.CaptureFixture[str], option: str) -> None:
    """What selects Kizuna's own data is refused with a server."""
    said = _fail(capsys, "query", "RETURN 1", "--store", "bolt://127.0.0.1:9", option)
    assert said.startswith(f"`{option.partition('=')[0]}` is for Kizuna's own store; ")


@pytest.mark.parametrize("command", [["query", "RETURN 1", "--store"], ["push"], ["pull", "-o", "x"]])
def test_a_password_in_an_address_is_refused(capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    """It would stand in the history of the shell and in the list of processes; the message does not repeat it."""
    said = _fail(capsys, *command, "bolt://neo4j:s3cret@127.0.0.1:9")
    assert "KIZUNA_NEO4J_PASSWORD" in said
    assert "s3cret" not in said


def test_a_server_that_is_not_there_is_exit_code_3(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names the address."""
    monkeypatch.setenv("KIZUNA_NEO4J_PASSWORD", "x")
    said = _fail(capsys, "query", "RETURN 1", "--store", "bolt://127.0.0.1:9", code=3)
    assert said.startswith("cannot reach Neo4j at 127.0.0.1, port 9 ")


def test_nothing_on_standard_input_is_wrong_input(toy: str) -> None:
    """An empty pipe holds no query; the message shows one."""
    done = subprocess.run(
        make_command("query", "--data", toy),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=make_environment(),
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"error: standard input holds no query; for example: kizuna query")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_terminal_without_a_query_is_wrong_input(toy: str) -> None:
    """The command does not wait for a person to type what it has not asked for."""
    import pty

    ours, theirs = pty.openpty()
    done = subprocess.run(
        make_command("query", "--data", toy),
        stdin=theirs,
        capture_output=True,
        env=make_environment(),
        check=False,
    )
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: no query; give its text, a file (-f), a saved one (--saved)")


# ---- parameters ----


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ("x=3", ["INTEGER NOT NULL"]),
        ("x=3.0", ["FLOAT NOT NULL"]),
        ("x=TW", ["STRING NOT NULL"]),
        ('x="3"', ["STRING NOT NULL"]),
        ("x=a=b", ["STRING NOT NULL"]),
        ("x=", ["STRING NOT NULL"]),
        ("x=NaN", ["STRING NOT NULL"]),
        ("$x=true", ["BOOLEAN NOT NULL"]),
        ("x=null", ["NULL"]),
    ],
)
def test_a_parameter_is_json_or_text(
    toy: str, capsys: pytest.CaptureFixture[str], given: str, kind: list[str]
) -> None:
    """A number is a number, a bare word is text."""
    text = _say(
        capsys,
        "query",
        "RETURN valueType($x) AS kind",
        "--param",
        given,
        "--data",
        toy,
        "--format",
        "jsonl",
    )
    assert [json.loads(text)["kind"]] == kind


def test_a_parameter_is_never_part_of_the_text(toy: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What looks like Cypher stays a value."""
    hostile = "tsmc'}) DETACH DELETE v //"
    text = _say(
        capsys, "query", "RETURN $x AS x", "--param", f"x={hostile}", "--data", toy, "--format", "jsonl"
    )
    assert json.loads(text) == {"x": hostile}


# ---- writing, time, Ctrl-C ----


def test_what_is_written_is_gone_with_the_command(toy: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The shared database stays as it is, and the command says so."""
    text = "CREATE (v:Vendor {id: 'new'}) WITH v MATCH (w:Vendor) RETURN count(w) AS n"
    assert main(["query", text, "--write", "--data", toy, "--format", "jsonl"]) == 0
    out, err = capsys.readouterr()
    assert (out, err) == (
        '{"n": 7}\n',
        "what is written goes to a copy of the data, and is gone when the command ends\n",
    )
    after = _say(capsys, "query", "MATCH (w:Vendor) RETURN count(w) AS n", "--data", toy, "--format", "jsonl")
    assert after == '{"n": 6}\n'


def test_a_query_that_takes_too_long_is_exit_code_3(toy: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is ended after the time that it was given."""
    before = time.monotonic()
    said = _fail(capsys, "query", _ENDLESS, "--timeout", "0.5", "--data", toy, code=3)
    assert time.monotonic() - before < 20
    assert said.startswith("the query took longer than 0.5 s and was ended; ")


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_ctrl_c_ends_an_endless_query_within_two_seconds(
    toy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 130, no traceback; the next query answers from the same database."""
    with subprocess.Popen(
        make_command("query", _ENDLESS, "--timeout", "0", "--data", toy),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=make_environment(),
    ) as process:
        _wait_for_child(process.pid)
        time.sleep(1)  # until the query runs
        before = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        took = time.monotonic() - before
    assert (process.returncode, out.strip(), err.strip()) == (130, b"", b"")
    assert took < 2
    assert _say(capsys, "query", "RETURN 1 AS n", "--data", toy, "--format", "jsonl") == '{"n": 1}\n'


def _wait_for_child(pid: int) -> None:
    """Wait until the process has started the engine."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    deadline = time.monotonic() + 30
    while children.exists() and not children.read_text(encoding="ascii").strip():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_first_query_says_that_it_prepares_the_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once, on standard error, in the reader's language; the second says nothing."""
    folder = write_package(tmp_path / "toy", TOY)
    monkeypatch.setenv("KIZUNA_CACHE", str(tmp_path / "cache"))
    question = ["query", "RETURN 1 AS n", "--data", str(folder), "--format", "jsonl", "--lang", "zh"]
    assert main(question) == 0
    assert capsys.readouterr() == ('{"n": 1}\n', "正在準備查詢用的資料（僅需一次，約數秒）\n")
    assert _say(capsys, *question) == '{"n": 1}\n'


# ---- consoles, hostile values ----


@pytest.mark.parametrize("encoding", ["cp932", "cp950", "utf-8"])
@pytest.mark.parametrize("lang", ["zh", "ja", "en"])
def test_a_table_on_any_console(toy: str, encoding: str, lang: str) -> None:
    """What a code page lacks is an escape; columns are measured as they look."""
    done = run_command(
        "query", _OFFERS, "--data", toy, "--lang", lang, PYTHONIOENCODING=encoding, COLUMNS="200"
    )
    assert (done.returncode, done.stderr) == (0, b"")
    lines = done.stdout.decode(encoding).splitlines()
    assert ("─" in lines[1]) == (encoding == "utf-8")
    name = "台積電".encode(encoding, "backslashreplace").decode(encoding)
    assert lines[2].startswith(name)
    assert [line.split()[-1] for line in lines[2:6]] == ["2", "3", "4", "7"]


def test_values_cannot_act_on_a_console(toy: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Escapes, marks that turn the text around, markup and line breaks are shown, not obeyed."""
    text = r"RETURN '\u001b[31mred' AS a, 'x\u202ey' AS b, '[bold]c[/bold]' AS c, 'd\ne' AS `f\u001b[0m`"
    lines = _say(capsys, "query", text, "--data", toy).splitlines()
    assert re.split(r"\s{3,}", lines[2]) == [r"\x1b[31mred", r"x\u202ey", "[bold]c[/bold]", "d e"]
    for form in ("table", "json", "jsonl", "md"):
        assert "\x1b" not in _say(capsys, "query", text, "--data", toy, "--format", form)


def test_a_heading_is_guarded_like_a_cell(toy: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A column may have any name; no spreadsheet runs it, and no Markdown is broken by it."""
    question = ["query", "RETURN 1 AS `=1+1`, 2 AS `a|b`", "--data", toy]
    assert _say(capsys, *question, "--format", "csv") == "\ufeff'=1+1,a|b\r\n1,2\r\n"
    assert _say(capsys, *question, "--format", "md").startswith("| =1+1 | a\\|b |\n")


# ---- start ----


_HEAVY = {"arcadedb", "jinja2", "neo4j", "networkx", "numpy", "pandas", "prompt_toolkit", "pyarrow", "pyvis"}


@pytest.mark.parametrize("form", ["table", "csv", "json", "jsonl"])
@pytest.mark.parametrize("question", [["MATCH (v:Vendor) RETURN v LIMIT 1"], ["--saved", "counts"]])
def test_a_query_loads_nothing_heavy(toy: str, question: list[str], form: str) -> None:
    """No data frames, graphs, pages or drivers in the process, and of rich only how wide a character is."""
    arguments = ["query", *question, "--data", toy, "--format", form]
    code = (
        f"import sys; from kizuna.cli import main; code = main({arguments!r}); "
        "print('loaded', code, *sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=make_environment(), check=True
    )
    _, exit_code, *modules = done.stderr.decode().splitlines()[-1].split()
    assert exit_code == "0"
    assert sorted(_HEAVY & {name.partition(".")[0] for name in modules}) == []
    assert "rich.console" not in modules
    assert form == "table" or "rich" not in modules


# ---- saved ----


def test_saved_queries_are_listed_by_topic(capsys: pytest.CaptureFixture[str]) -> None:
    """Name, question and parameters of each, in the reader's language."""
    queries = list_saved()
    for lang in ("en", "ja", "zh"):
        text = _say(capsys, "saved", "--lang", lang)
        assert [query.name for query in queries if query.title[lang] not in text] == []
    answer = json.loads(_say(capsys, "saved", "--format", "json", "--lang", "zh"))
    assert [query["name"] for query in answer["queries"]] == [query.name for query in queries]
    assert [query["title"] for query in answer["queries"]] == [query.title["zh"] for query in queries]


def test_a_saved_query_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    """What it answers, its columns, and its text, which can be copied and run."""
    saved = list_saved()[0]
    text = _say(capsys, "saved", saved.name, "--lang", "ja")
    assert text.startswith(f"{saved.title['ja']}\n")
    body = saved.cypher.partition("*/")[2].strip()
    assert text.endswith(f"\nCypher\n\n{body}\n")
    assert json.loads(_say(capsys, "saved", saved.name, "--format", "json"))["cypher"] == saved.cypher
    markdown = _say(capsys, "saved", saved.name, "--format", "md")
    assert markdown.endswith(f"\n```\n{body}\n```\n")


def test_an_unknown_saved_query_is_wrong_input(capsys: pytest.CaptureFixture[str]) -> None:
    """The message names it."""
    assert "no-such-query" in _fail(capsys, "saved", "no-such-query")


def test_a_saved_query_runs(toy: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The answer says what was asked, in the reader's language; CSV holds rows alone."""
    saved = next(query for query in list_saved() if not any(p.required for p in query.parameters))
    question = ["query", "--saved", saved.name, "--data", toy]
    assert _say(capsys, *question, "--lang", "zh").startswith(f"{saved.title['zh']}\n")
    assert main([*question, "--format", "csv"]) == 0
    out, err = capsys.readouterr()
    assert out.removeprefix("\ufeff").splitlines()[0] == ",".join(column.name for column in saved.columns)
    assert err.startswith(f"# {saved.title['en']}\n")


def test_a_parameter_that_a_saved_query_lacks_is_wrong_input(
    toy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message names it."""
    saved = list_saved()[0].name
    assert "no_such" in _fail(capsys, "query", "--saved", saved, "--param", "no_such=1", "--data", toy)


# ---- schema ----


def test_the_schema_counts_what_is_there(toy: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Labels and types of the model, with the numbers of the data set."""
    answer = json.loads(_say(capsys, "schema", "--data", toy, "--format", "json"))
    labels = {label["name"]: label["count"] for label in answer["labels"]}
    types = {kind["name"]: kind for kind in answer["types"]}
    assert (labels["Vendor"], labels["Component"], labels["Claim"], labels["KizunaGraph"]) == (6, 4, 0, 1)
    assert (types["OFFERS"]["count"], types["OFFERS"]["not_in_force"]) == (6, 0)
    assert types["REQUIRES"]["ends"] == [
        {"from": "Component", "to": "Component"},
        {"from": "Solution", "to": "Component"},
        {"from": "Solution", "to": "Solution"},
    ]
    (status,) = (p for p in types["OFFERS"]["properties"] if p["name"] == "status")
    assert status["allowed"] == ["volume", "limited", "pilot", "announced", "ended"]


def test_one_label_in_full(toy: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Kind, allowed values and meaning of each property."""
    lines = _say(capsys, "schema", "layer", "feeds", "--data", toy).splitlines()
    assert lines[:9] == [
        "(:Layer)",
        "",
        "The four layers of an IoT industry, in the order in which data flows",
        "how many: 0",
        "",
        "property   type      always there   allowed values   meaning",
        "─" * 124,
        "id         id        *                               Layer: stable kebab-case slug",
        "order      integer   *                               place in the flow, from 1",
    ]
    assert "(:Layer)-[:FEEDS]->(:Layer)" in lines


def test_the_overview_has_headings_in_the_readers_language(
    toy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Names of labels and properties are the same in every language."""
    lines = _say(capsys, "schema", "--data", toy, "--lang", "zh").splitlines()
    assert lines[:2] == ["標籤", ""]
    assert lines[2].split() == ["標籤", "數量", "已失效", "屬性"]
    rows = [re.split(r"\s{3,}", line) for line in lines]
    assert ["Country", "3", "id, name_en, name_zh, name_ja"] in rows
    assert ["Completeness", "4", "0", "id, component, country, level, (evidence)"] in rows
    assert ["BASED_IN", "(Vendor)->(Country)", "6"] in rows


def test_an_unknown_label_is_wrong_input(toy: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The message lists what there is."""
    said = _fail(capsys, "schema", "Vendr", "--data", toy)
    assert said.startswith("no label and no relationship type 'Vendr'; there are Layer, Segment, ")


def test_the_schema_is_that_of_the_stores() -> None:
    """Every label and type that a store may hold is told of."""
    model = list_model()
    names: dict[str, list[str]] = {"label": [], "type": []}
    for element in model:
        names[element.kind] += [name for name in (element.name, element.past_name) if name]
    assert sorted(names["label"]) == sorted(list_labels())
    assert sorted(names["type"]) == sorted(list_types())


# ---- cache ----


def test_the_cache_is_shown_and_cleared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which data, how large, where; clearing says what it freed."""
    monkeypatch.setenv("KIZUNA_CACHE", str(tmp_path / "cache"))
    folder = write_package(tmp_path / "toy", TOY)
    assert _say(capsys, "cache").splitlines() == [
        f"databases prepared for queries, in {tmp_path / 'cache' / 'stores'}",
        "",
        "none yet; the first query prepares one",
    ]
    assert main(["query", "RETURN 1", "--data", str(folder), "--dataset", "toy"]) == 0
    capsys.readouterr()
    (found,) = json.loads(_say(capsys, "cache", "--format", "json"))["databases"]
    assert re.fullmatch(r"folder toy 0\.1\.0 \[[0-9a-f]{12}\] \(dataset = toy\)", found["data"])
    assert found["bytes"] > 0
    assert "databases: 1; " in _say(capsys, "cache")
    assert re.fullmatch(r"databases removed: 1; freed: [\d.]+ MB\n", _say(capsys, "cache", "--clear"))
    assert "none yet" in _say(capsys, "cache")


# ---- folders ----


@pytest.mark.parametrize("seed", range(3))
def test_a_written_folder_reads_back_equal(tmp_path: Path, seed: int) -> None:
    """Every table, every kind of cell, name, version and date."""
    source = write_package(tmp_path / "source", PackageMaker(seed).make())
    package = {"name": "made", "version": "7", "created": "2026-11-22T00:00:00Z"}
    (source / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    graph = kizuna.load_folder(source)
    again = kizuna.load_folder(write_folder(graph, tmp_path / "new" / "written"))
    assert again.content_hash == graph.content_hash
    assert (again.name, again.version, again.date) == ("made", "7", "2026-11-22")
    assert sorted(file.name for file in (tmp_path / "new").iterdir()) == ["written"]


def test_a_folder_that_holds_something_is_not_written_over(tmp_path: Path) -> None:
    """What people keep there stays."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "vendors.csv").write_text("id\n", encoding="utf-8")
    with pytest.raises(kizuna.InputError, match="mine exists and is not empty; choose another name"):
        write_folder(kizuna.SupplyGraph({}), tmp_path / "mine")
    assert (tmp_path / "mine" / "vendors.csv").read_text(encoding="utf-8") == "id\n"


def test_export_for_the_offline_importer(
    toy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command says where the files are, among them how to read them."""
    said = _say(capsys, "export", "--for", "neo4j-admin", "-o", tmp_path / "bulk", "--data", toy)
    assert str(tmp_path / "bulk") in said
    assert (tmp_path / "bulk" / "README.md").is_file()


# ---- what may follow ----


def _complete(text: str, **names: Any) -> list[str]:
    return [name for name, _ in complete(text, list_model(), **names)]


def test_what_may_follow_in_a_statement() -> None:
    """Labels in a node, types in a relationship, properties of what a variable stands for, keywords."""
    assert _complete("MATCH (v:Ven") == ["Vendor"]
    assert _complete("MATCH (v:Vendor)-[:OFF") == ["OFFERS"]
    assert _complete("MATCH (v:Vendor)-[:OFFERS|SUP") == ["SUPPLIES"]
    assert _complete("MATCH (l:Layer) RETURN l.or") == ["order"]
    assert _complete("MATCH (l:Layer {na") == ["name_en", "name_ja", "name_zh"]
    assert _complete("MATCH (l:Layer {id: 'x', or") == ["order"]
    assert _complete("MATCH (v)-[o:OFFERS]->() WHERE o.share_") == ["share_of", "share_year"]
    assert _complete("MATCH (n) RET") == ["RETURN"]
    assert _complete("mat") == ["MATCH"]


def test_what_may_not_follow() -> None:
    """Nothing is offered in a string, a comment or a map's value."""
    for text in ("RETURN 'MATCH (v:Ven", "// MATCH (v:Ven", "RETURN {a: Ven", "RETURN 12", "RETURN $na"):
        assert _complete(text) == []


def test_what_may_follow_in_a_command() -> None:
    """Commands, names of saved queries, labels."""
    assert _complete(":sc", commands=("saved", "schema")) == ["schema"]
    assert _complete(":saved a-", saved=("a-b", "c-d")) == ["a-b"]
    assert _complete(":schema Ven") == ["Vendor"]
    assert _complete(":param x Ven") == []
