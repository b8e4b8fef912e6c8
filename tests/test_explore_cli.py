"""``kizuna explore`` for one subject: which page is written, where, and what is refused."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest

from kizuna.cli import main
from tests.packages import write_package
from tests.toy_chain import TOY


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the small data set."""
    return write_package(tmp_path_factory.mktemp("data") / "toy", TOY)


@pytest.mark.parametrize(
    ("arguments", "file", "title"),
    [
        (["--solution", "care"], "kizuna-care.html", "Care – Kizuna"),
        (["--solution", "照護", "--lang", "zh"], "kizuna-care.html", "照護 – Kizuna（絆）"),
        (["--vendor", "キーエンス", "--lang", "ja"], "kizuna-keyence.html", "キーエンス – Kizuna（絆）"),
        (["--vendor", "台積電"], "kizuna-tsmc.html", "TSMC – Kizuna"),
        ([], "kizuna.html", "Kizuna: the Taiwan–Japan IoT supply chain"),
    ],
)
def test_page_of_a_subject_is_named_after_it(
    toy: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    file: str,
    title: str,
) -> None:
    """Without --output the file has the id of the subject; the title says its name."""
    monkeypatch.chdir(tmp_path)
    assert main(["explore", "--data", str(toy), *arguments]) == 0
    assert str(tmp_path / file) in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == [file]
    assert f"<title>{title}</title>" in unescape((tmp_path / file).read_text(encoding="ascii"))


def test_id_that_is_no_name_of_a_file_names_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The default file lies in the working folder whatever a data set calls its things."""
    rows = {name: [dict(row) for row in table] for name, table in TOY.items()}
    for table, column in (("solutions", "id"), ("solution_requires", "solution")):
        for row in rows[table]:
            row[column] = {"care": "../care"}.get(row[column], row[column])
    data = write_package(tmp_path / "data", rows)
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    code = main(["explore", "--data", str(data), "--solution", "Care"])
    assert code in (0, 2)  # validation may refuse such an id before
    assert not (tmp_path / "care.html").exists()
    assert [path.name for path in work.iterdir()] == (["kizuna-solution.html"] if code == 0 else [])
    capsys.readouterr()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--vendor", "nobody"], "no vendor 'nobody' in this data set; look for it"),
        (["--vendor", "tsmcc"], "no vendor 'tsmcc' in this data set; did you mean tsmc?"),
        (["--solution", "tsmc"], "no solution 'tsmc' in this data set; list them with"),
        (["--vendor", "s"], "'s' may be 4 of them: "),
        (["--vendor", "tsmc", "--solution", "care"], "a page is about one subject"),
        (["--vendor", "tsmc", "--query", "RETURN 1"], "a page is about one subject"),
        (["--query", " "], "`--query` is empty"),
        (["--query", "RETURN 1", "--strict"], "`--strict` counts vendors"),
        (["--query", "RETURN 1", "--scope", "world"], "`--scope` counts vendors"),
        (["--query", "CREATE (n) RETURN n"], "`--query` writes; a page shows what a query reads"),
        (["--vendor", "tsmc", "--pair", "TW,XX"], "this data set has no country XX"),
    ],
)
def test_what_cannot_be_shown_is_said_in_one_line(
    toy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    """Exit code 2, one line on standard error, and no file."""
    page = tmp_path / "page.html"
    assert main(["explore", "--data", str(toy), "-o", str(page), *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    [line] = [line for line in said.err.splitlines() if not line.startswith("preparing the data")]
    assert message in line
    assert not page.exists()


def test_page_of_a_query_is_named_by_it(
    toy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The title is the query in one line; markup in it is text."""
    monkeypatch.chdir(tmp_path)
    query = "MATCH (v:Vendor)\n  WHERE v.id <> '<b>' RETURN v"
    assert main(["explore", "--data", str(toy), "--query", query]) == 0
    html = (tmp_path / "kizuna-query.html").read_text(encoding="utf-8")
    assert "<title>MATCH (v:Vendor) WHERE v.id &lt;&gt; &#39;&lt;b&gt;&#39; RETURN v</title>" in html
    capsys.readouterr()


def test_long_query_is_cut_in_the_title(
    toy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A heading has at most 120 letters."""
    page = tmp_path / "long.html"
    query = "RETURN " + " + ".join(["1"] * 200)
    assert main(["explore", "--data", str(toy), "--query", query, "-o", str(page)]) == 0
    title = unescape(page.read_text(encoding="ascii")).split("<title>")[1].split("</title>")[0]
    assert (len(title) <= 120, title[-1]) == (True, "…")
    capsys.readouterr()
