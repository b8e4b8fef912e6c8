"""How answers are written, whatever they say."""

from __future__ import annotations

import errno
import io
import json
import os
import stat
import sys
from pathlib import Path

import pytest

from kizuna import InputError, UnavailableError
from kizuna._output import prepare_stream, save_bytes, write_answer
from kizuna._render import Answer, Branch, Column, Heading, Sheet, render_answer

_NAMES = Sheet(
    (Column("name"), Column("id", whole=True), Column("vendors", number=True)),
    (("台積電", "tsmc", 1), ("ソニー", "sony", 12), (None, "nobody", None)),
)


def _answer(*blocks: str | Heading | Sheet | Branch, head: tuple[str, ...] = ()) -> Answer:
    sheets = [block for block in blocks if isinstance(block, Sheet)]
    return Answer(head, blocks, dict, sheets[0] if sheets else None)


def _sheet(*cells: str | float | None) -> Answer:
    return _answer(Sheet((Column("cell"),), tuple((cell,) for cell in cells)))


def test_a_table_has_the_scope_first_and_its_columns_aligned() -> None:
    """Wide characters take two columns; numbers are set flush right; a missing cell is blank."""
    text = render_answer(
        _answer(Heading("Vendors"), _NAMES, "That is all.", head=("within TW + JP",)), "table"
    )
    assert text.splitlines() == [
        "within TW + JP",
        "",
        "Vendors",
        "",
        "name     id       vendors",
        "─────────────────────────",
        "台積電   tsmc           1",
        "ソニー   sony          12",
        "         nobody",
        "",
        "That is all.",
    ]


@pytest.mark.parametrize("encoding", ["cp932", "cp950", "ascii"])
def test_a_console_without_utf8_gets_ascii_lines(encoding: str) -> None:
    """Tables and trees are drawn with characters that every code page has."""
    tree = Branch("a", (Branch("b", (Branch("c"),)),))
    text = render_answer(
        _answer(Sheet((Column("x"), Column("y")), (("1", "2"),)), tree), "table", encoding=encoding
    )
    assert text.splitlines() == ["x | y", "--+--", "1 | 2", "", "a", "`-- b", "    `-- c"]


def test_a_character_that_a_console_lacks_is_escaped_before_columns_are_measured() -> None:
    """Columns stay aligned, and our own punctuation becomes plain rather than an escape."""
    answer = _answer(Sheet((Column("名"), Column("n")), (("台积电", "1"), ("a·b", "2"))))
    text = render_answer(answer, "table", encoding="cp932")
    assert text.splitlines() == [
        "名             | n",
        "---------------+--",
        r"台\u79ef\u7535 | 1",
        "a|b            | 2",
    ]


def test_a_narrow_terminal_folds_and_never_cuts() -> None:
    """What is to be copied stays in one piece, the rest is folded, and nothing is left out."""
    sheet = Sheet(
        (Column("id", whole=True), Column("name"), Column("verdict")),
        (("GAP-340dbdc34034", "Taiwan Semiconductor Manufacturing Company", "apparent"),),
    )
    lines = render_answer(_answer(sheet), "table", width=20).splitlines()
    assert [line.split() for line in lines[2:]] == [
        ["GAP-340dbdc34034", "Taiwan", "apparent"],
        ["Semiconduc"],
        ["tor"],
        ["Manufactur"],
        ["ing"],
        ["Company"],
    ]


def test_headings_fold_before_cells_do() -> None:
    """Where room is short, gaps shrink and long headings of numbers take two lines; the cells stay whole."""
    columns = (
        Column("firm", whole=True),
        Column("solutions lost", number=True),
        Column("失うソリューション", number=True),
    )
    sheet = Sheet(columns, (("tsmc", "13/13", "13/13"),))
    lines = render_answer(_answer(sheet), "table", width=27).splitlines()
    assert lines == [
        "     solutions 失うソリュ",
        "firm      lost   ーション",
        "─────────────────────────",
        "tsmc     13/13      13/13",
    ]


def test_a_deep_tree_on_a_narrow_terminal_is_whole() -> None:
    """The guides of a tree do not crowd out its text."""
    tree = Branch("level-20")
    for level in range(19, 0, -1):
        tree = Branch(f"level-{level}", (tree,))
    text = render_answer(_answer(tree), "table", width=20)
    assert [line.split()[-1] for line in text.splitlines()] == [f"level-{n}" for n in range(1, 21)]


def test_control_characters_are_shown_not_obeyed() -> None:
    """A name cannot colour the console, turn the text around or break a line."""
    answer = _answer(Heading("a\x1b[31mb"), Branch("c\u202ed"), Sheet((Column("e\nf"),), (("g\x9bh",),)))
    text = render_answer(answer, "table")
    assert text.splitlines() == [r"a\x1b[31mb", "", r"c\u202ed", "", "e f", "──────", r"g\x9bh"]


def test_markup_of_rich_is_text() -> None:
    """Square brackets and colons in a name stay as they are."""
    assert "[bold]x[/bold] :smile:" in render_answer(_sheet("[bold]x[/bold] :smile:"), "table")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+81", "'+81"),
        ("-x", "'-x"),
        ("@sum", "'@sum"),
        ("＝1", "'＝1"),
        ("\t=1", "'\t=1"),
        (-1, "-1"),
        (-0.5, "-0.5"),
        ("a=b", "a=b"),
        ("台積電", "台積電"),
        (None, '""'),
    ],
)
def test_csv_holds_no_formula(cell: str | float | None, written: str) -> None:
    """Text that a spreadsheet would run has an apostrophe before it; numbers stay numbers."""
    assert render_answer(_sheet(cell), "csv") == f"cell\r\n{written}\r\n"


def test_a_cell_that_begins_with_a_line_break_is_guarded_in_csv() -> None:
    """A carriage return before a formula does not hide it."""
    assert render_answer(_sheet("\r=1"), "csv") == 'cell\r\n"\'\r=1"\r\n'


def test_a_tree_has_no_csv() -> None:
    """The error says which forms there are."""
    with pytest.raises(InputError, match="has no CSV form; use --format table, md or json"):
        render_answer(_answer(Branch("a")), "csv")


def test_json_is_the_document_and_safe_on_a_terminal() -> None:
    """Text is readable as it is, yet control characters are escaped, those beyond ASCII too."""
    document = {"name": "台積電", "odd": "\x1b\x9b\x7f"}
    text = render_answer(Answer((), (), lambda: document), "json")
    assert json.loads(text) == document
    assert '"台積電"' in text
    assert r'"\u001b\u009b\u007f"' in text


def test_markdown_cannot_be_broken_by_a_name() -> None:
    """Bars, brackets, emphasis and tags are escaped; a line break becomes a blank."""
    text = render_answer(_answer(_NAMES, Branch("a|b", (Branch("<b>*c*"),)), head=("[x]",)), "md")
    assert text.splitlines() == [
        r"- \[x\]",
        "",
        "| name | id | vendors |",
        "| --- | --- | ---: |",
        "| 台積電 | tsmc | 1 |",
        "| ソニー | sony | 12 |",
        "|  | nobody |  |",
        "",
        r"- a\|b",
        r"  - &lt;b&gt;\*c\*",
    ]


def test_csv_in_a_file_has_a_byte_order_mark(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Excel reads the names right; the scope, which is no row, goes to standard error."""
    write_answer(_answer(_NAMES, head=("scope",)), "csv", output=tmp_path / "names.csv")
    assert (tmp_path / "names.csv").read_bytes() == (
        b"\xef\xbb\xbfname,id,vendors\r\n" + "台積電,tsmc,1\r\nソニー,sony,12\r\n,nobody,\r\n".encode()
    )
    assert capsys.readouterr() == ("", "# scope\n")


def test_a_stream_prints_what_it_can() -> None:
    """What its encoding lacks becomes plain or an escape instead of an error."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="cp950")
    prepare_stream(stream)
    stream.write("台積電 – 旭化成\u30fb")
    stream.flush()
    assert raw.getvalue() == "台積電 ".encode("cp950") + b"\xa1V" + " 旭化成".encode("cp950") + rb"\u30fb"


def test_an_existing_file_is_replaced_and_keeps_its_rights(tmp_path: Path) -> None:
    """The new content takes the place of the old; who may read it does not change."""
    file = tmp_path / "answer.csv"
    file.write_bytes(b"old")
    file.chmod(0o640)
    save_bytes(file, b"new")
    assert file.read_bytes() == b"new"
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["answer.csv"]


def test_a_file_that_cannot_be_finished_is_not_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stood there before still does, nothing else is left, and the error says why."""
    file = tmp_path / "answer.csv"
    file.write_bytes(b"old")

    def fail(self: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(UnavailableError, match=r"cannot write .*answer\.csv: No space left on device"):
        save_bytes(file, b"new")
    assert file.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["answer.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """Writing to a link writes the file that it leads to."""
    (tmp_path / "link.json").symlink_to("real.json")
    save_bytes(tmp_path / "link.json", b"{}")
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_bytes() == b"{}"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_device_is_written_to_and_not_replaced() -> None:
    """A full one says so and is still a device."""
    with pytest.raises(UnavailableError, match="cannot write /dev/full: No space left on device"):
        save_bytes("/dev/full", b"x")
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)
