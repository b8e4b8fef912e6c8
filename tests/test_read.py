"""Reading one file: what is text, what is a table, and where it goes wrong."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kizuna.graph import MODEL
from kizuna.loaders import Problem, RawTable, read_table

LAYERS = MODEL.tables["layers"]
COUNTRIES = MODEL.tables["countries"]
# What people write in Excel in Tokyo and in Taipei, and save in the encoding of their Windows.
JAPANESE = (
    "id,name_en,name_ja\r\nkeyence,Keyence,キーエンス\r\nmurata,Murata,村田製作所\r\nthk,THK,THK株式会社\r\n"
)
CHINESE = (
    "id,name_en,name_zh\r\ntsmc,TSMC,台灣積體電路製造\r\nhiwin,HIWIN,上銀科技\r\nadvantech,Advantech,研華\r\n"
)


def _read(folder: Path, content: bytes | str, name: str = "countries") -> RawTable:
    file = folder / f"{name}.csv"
    file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return read_table(file, MODEL.tables[name])


def _only(raw: RawTable) -> Problem:
    assert len(raw.problems) == 1, raw.problems
    return raw.problems[0]


def _cells(raw: RawTable) -> dict[int, list[str]]:
    assert raw.frame is not None
    return {row: list(cells) for row, *cells in raw.frame.itertuples()}


def test_cells_are_text_under_their_row_number(tmp_path: Path) -> None:
    """Cells come as text, in the model's order of columns, under the row that a spreadsheet shows."""
    raw = _read(tmp_path, "order,id\n01,cloud\n2,ai\n", "layers")
    assert raw.problems == []
    assert raw.frame is not None
    assert raw.frame.columns.tolist() == ["id", "order"]
    assert _cells(raw) == {2: ["cloud", "01"], 3: ["ai", "2"]}


def test_namibia_and_other_words_for_nothing_stay_text(tmp_path: Path) -> None:
    """``NA``, ``null`` and ``nan`` are words; only an empty cell is blank."""
    assert _cells(_read(tmp_path, "id,name_en\nNA,null\nJP,nan\nTW,\n")) == {
        2: ["NA", "null"],
        3: ["JP", "nan"],
        4: ["TW", ""],
    }


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems_are_read(tmp_path: Path, end: str) -> None:
    """Unix, Windows and old Macintosh line ends are the same, with or without one at the end of the file."""
    lines = ["id,name_en", "TW,Taiwan", "JP,Japan"]
    for content in (end.join(lines), end.join(lines) + end):
        assert _cells(_read(tmp_path, content)) == {2: ["TW", "Taiwan"], 3: ["JP", "Japan"]}


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    """UTF-8 with a byte order mark, as Excel writes it, reads like UTF-8 without."""
    raw = _read(tmp_path, "\ufeffid,name_en\nTW,Taiwan\n")
    assert raw.problems == []
    assert _cells(raw) == {2: ["TW", "Taiwan"]}


@pytest.mark.parametrize("content", ["id,name_en", "id,name_en\n", "id,name_en\n\n,\n"])
def test_a_header_alone_is_an_empty_table(tmp_path: Path, content: str) -> None:
    """A file with a header and nothing below it, blank rows aside, is a table without rows."""
    raw = _read(tmp_path, content)
    assert raw.problems == []
    assert _cells(raw) == {}


@pytest.mark.parametrize("content", ["", "\n", " \r\n\n"])
def test_an_empty_file_is_an_error(tmp_path: Path, content: str) -> None:
    """A file with nothing in it is no table: it lacks even the header."""
    raw = _read(tmp_path, content)
    assert raw.frame is None
    assert str(_only(raw)) == "countries.csv: found nothing in it, allowed is a header row and rows below it"


def test_blank_rows_are_left_out_and_counted(tmp_path: Path) -> None:
    """A blank row says nothing, but the rows below keep the number that a spreadsheet shows."""
    raw = _read(tmp_path, "id,name_en\n\nTW,Taiwan\n , \nJP,Japan\n")
    assert _cells(raw) == {3: ["TW", "Taiwan"], 5: ["JP", "Japan"]}
    assert raw.problems == []


def test_a_cell_of_several_lines_is_in_one_row(tmp_path: Path) -> None:
    """Line ends inside a cell do not move the numbers of the rows below, as in a spreadsheet."""
    raw = _read(tmp_path, 'id,name_en\nTW,"Tai\nwan"\nJP,Japan,x\nKR,Korea\n')
    assert _cells(raw) == {2: ["TW", "Tai\nwan"], 4: ["KR", "Korea"]}
    assert _only(raw).row == 3


def test_rows_of_another_length_are_named(tmp_path: Path) -> None:
    """A row with more or fewer cells than the header is an error that says how many there are."""
    raw = _read(tmp_path, "id,name_en\nTW,Taiwan, Republic\nJP,Japan\nKR\n")
    assert [str(problem) for problem in raw.problems] == [
        (
            "countries.csv, row 2: found 3 cells, allowed is 2 as in the header; "
            "put a value that holds a comma between quotation marks"
        ),
        (
            "countries.csv, row 4: found 1 cells, allowed is 2 as in the header; "
            "put a value that holds a comma between quotation marks"
        ),
    ]
    assert _cells(raw) == {3: ["JP", "Japan"]}
    assert raw.lost_ids == {"TW", "KR"}


def test_many_rows_of_another_length_are_counted(tmp_path: Path) -> None:
    """Of one fault in a thousand rows the first fifty are listed; one more problem counts the rest."""
    raw = _read(tmp_path, "id,name_en\n" + "JP\n" * 1000)
    assert [problem.row for problem in raw.problems] == list(range(2, 53))
    assert raw.problems[-1].found == "the same 950 more times from this row on"


def test_a_required_column_that_is_missing_is_an_error(tmp_path: Path) -> None:
    """The model's required columns must be there; the others are unknown throughout if they are not."""
    raw = _read(tmp_path, "id,name_en\ncloud,Cloud\n", "layers")
    assert str(_only(raw)) == (
        "layers.csv, row 1, column order: found no such column, "
        "allowed is a column with place in the flow, from 1"
    )
    assert raw.frame is not None
    assert raw.frame.columns.tolist() == ["id", "name_en"]


def test_an_unknown_column_is_left_out_with_a_warning(tmp_path: Path) -> None:
    """A column that the model does not have is left out; the nearest name that it does have is shown."""
    raw = _read(tmp_path, "id,Name_EN,\nTW,Taiwan,\n")
    assert [(p.level, p.row, p.column, p.found, p.advice) for p in raw.problems] == [
        ("warning", 1, "Name_EN", "the column 'Name_EN'", "did you mean name_en?"),
        ("warning", 1, None, "a column without a name", "it is left out"),
    ]
    assert _cells(raw) == {2: ["TW"]}


def test_a_column_that_comes_twice_is_an_error(tmp_path: Path) -> None:
    """Of two columns with one name nobody knows which is meant."""
    problem = _only(_read(tmp_path, "id,name_en,name_en\nTW,Taiwan,Formosa\n"))
    assert (problem.level, problem.column, problem.found) == ("error", "name_en", "the column 2 times")


@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_another_separator_is_named(tmp_path: Path, mark: str, name: str) -> None:
    """A file parted by semicolons or tabs is called that, not a file without columns."""
    raw = _read(tmp_path, f"id{mark}name_en\nTW{mark}Taiwan\n")
    assert raw.frame is None
    assert (_only(raw).found, _only(raw).advice) == (f"columns parted by {name}", "save it with commas")


def test_a_file_without_header_is_an_error(tmp_path: Path) -> None:
    """A first row that holds no column name of the model is no header."""
    problem = _only(_read(tmp_path, "TW,Taiwan\nJP,Japan\n"))
    assert (problem.row, problem.found) == (1, "no column that belongs here")


def test_blanks_around_a_value_are_taken_away_with_a_warning(tmp_path: Path) -> None:
    """Blanks before and after a value, the ideographic one too, are taken away and reported."""
    raw = _read(tmp_path, "id,name_en,name_ja\nTW , Taiwan,台\u3000湾\u3000\n")
    assert _cells(raw) == {2: ["TW", "Taiwan", "台\u3000湾"]}
    assert [(p.level, p.row, p.column, p.found) for p in raw.problems] == [
        ("warning", 2, "id", "'TW '"),
        ("warning", 2, "name_en", "' Taiwan'"),
        ("warning", 2, "name_ja", "'台\\u3000湾\\u3000'"),
    ]


def test_a_nul_character_is_an_error_with_its_row(tmp_path: Path) -> None:
    """A NUL character, a sign of a damaged file, is reported with its row."""
    problem = _only(_read(tmp_path, "id,name_en\nTW,Taiwan\nJP,Ja\0pan\n"))
    assert (problem.row, problem.rule) == (3, "nul")


@pytest.mark.parametrize(
    ("content", "row"),
    [
        ('id,name_en\nTW,"Taiwan\nJP,Japan\n', 2),
        ('id,name_en\nTW,Taiwan\nJP,"Ja"pan"\nKR,Korea\n', 3),
        ('id,name_en\nTW,"Tai"wan\n', 2),
    ],
)
def test_quotation_marks_that_do_not_pair_are_an_error(tmp_path: Path, content: str, row: int) -> None:
    """A mark that is never closed, or that ends a cell too early, would swallow rows: its row is named."""
    raw = _read(tmp_path, content)
    assert raw.frame is None
    assert (_only(raw).row, _only(raw).rule) == (row, "quotes")


def test_a_mark_of_inches_is_text(tmp_path: Path) -> None:
    """A quotation mark inside a cell that does not begin with one is itself."""
    assert _cells(_read(tmp_path, 'id,name_en\nTW,12" wafer\n')) == {2: ["TW", '12" wafer']}


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (JAPANESE, "cp932", "cp932 (Shift_JIS, Japanese Windows)"),
        (CHINESE, "cp950", "cp950 (Big5, Traditional Chinese Windows)"),
        (CHINESE, "big5", "cp950 (Big5, Traditional Chinese Windows)"),
        # Kana in a Taiwanese file: in the ETEN extension of Big5, which cp950 lacks.
        ("id,name_zh\r\nx,日本の機械\r\n", "big5hkscs", "Big5 (with ETEN or Hong Kong characters)"),
        ("id,name_zh\r\nx,台湾集成电路制造\r\n", "gbk", "cp936 (GBK, Simplified Chinese Windows)"),
    ],
)
def test_national_encodings_are_named_and_not_decoded(
    tmp_path: Path, text: str, codec: str, name: str
) -> None:
    """A file in an encoding of Windows is refused, and told which one it is."""
    raw = _read(tmp_path, text.encode(codec), "vendors")
    assert raw.frame is None
    assert str(_only(raw)) == (
        f"vendors.csv, row 2: found the encoding {name}, allowed is UTF-8; "
        "save it as UTF-8 ('CSV UTF-8' in Excel)"
    )


@pytest.mark.parametrize("name", ["村田製作所", "キーエンス", "安川電機", "ファナック", "東京エレクトロン"])
def test_one_japanese_name_is_enough_for_cp932(tmp_path: Path, name: str) -> None:
    """One Japanese name among English ones is not taken for Chinese."""
    content = f"id,name_en,name_ja\n{'x,Toshiba,' * 1}\ny,Y,{name}\n".encode("cp932")
    assert "cp932" in _only(_read(tmp_path, content, "vendors")).found


@pytest.mark.parametrize("name", ["台積電", "鴻海", "研華", "上銀科技", "聯發科", "中華電信", "東元電機"])
def test_one_chinese_name_is_enough_for_cp950(tmp_path: Path, name: str) -> None:
    """One Traditional Chinese name among English ones is not taken for Japanese."""
    content = f"id,name_en,name_zh\nx,X,{name}\n".encode("cp950")
    assert "cp950" in _only(_read(tmp_path, content, "vendors")).found


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named(tmp_path: Path, codec: str) -> None:
    """Excel's "Unicode Text" is UTF-16, recognised by its byte order mark."""
    mark = "" if codec == "utf-16" else "\ufeff"
    problem = _only(_read(tmp_path, (mark + JAPANESE).encode(codec)))
    assert problem.found == "the encoding UTF-16 ('Unicode Text' in Excel)"


def test_a_broken_character_is_not_called_another_encoding(tmp_path: Path) -> None:
    """UTF-8 in which one character is cut is called that, with the row of the cut."""
    content = JAPANESE.encode("utf-8").replace("株".encode(), "株".encode()[:2])
    problem = _only(_read(tmp_path, content, "vendors"))
    assert (problem.row, problem.found) == (4, "UTF-8 with a broken character")


def test_the_row_of_the_first_foreign_character_is_named_in_a_large_file(tmp_path: Path) -> None:
    """However far down the first character beyond ASCII is, its row and encoding are named."""
    content = b"id,name_ja\r\n" + b"x,Plain name\r\n" * 200_000 + "y,日本電産\r\n".encode("cp932")
    problem = _only(_read(tmp_path, content, "vendors"))
    assert problem.row == 200_002
    assert "cp932" in problem.found


def test_a_workbook_is_no_csv(tmp_path: Path) -> None:
    """An Excel workbook with the name of a CSV file is called one."""
    assert _only(_read(tmp_path, b"PK\x03\x04rest")).found == "a workbook or archive"


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    """A folder with the name of a file, or no file at all, is a problem and no traceback."""
    (tmp_path / "countries.csv").mkdir()
    for name in ("countries.csv", "gone.csv"):
        raw = read_table(tmp_path / name, COUNTRIES)
        assert raw.frame is None
        assert (_only(raw).file, _only(raw).rule) == (name, "unreadable")


_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12).filter(
    lambda text: text == text.strip()
)


@given(st.lists(st.tuples(_TEXT.filter(bool), _TEXT, _TEXT, _TEXT), max_size=5))
def test_tables_survive_being_written_and_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]]
) -> None:
    """Whatever text is in the cells, a file written by Python's csv module reads back the same."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([COUNTRIES.columns, *rows])
    raw = _read(tmp_path_factory.getbasetemp(), text.getvalue())
    assert raw.problems == []
    assert list(_cells(raw).values()) == [list(row) for row in rows]


@given(st.text('ab,"\n\r ', max_size=30))
def test_reading_agrees_with_pythons_parser(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """On any arrangement of commas, marks and line ends the rows are those of Python's strict parser."""
    content = "id,name_en\n" + text
    raw = _read(tmp_path_factory.getbasetemp(), content)
    try:
        rows = list(csv.reader(io.StringIO(content, newline=""), strict=True))
    except csv.Error:
        assert [problem.rule for problem in raw.problems] == ["quotes"]
        return
    numbered = list(enumerate(rows, start=1))[1:]
    ragged = [number for number, row in numbered if row and len(row) != 2]
    assert [problem.row for problem in raw.problems if problem.rule == "ragged"] == ragged
    expected = {n: [c.strip() for c in row] for n, row in numbered if len(row) == 2}
    assert _cells(raw) == {n: row for n, row in expected.items() if any(row)}
