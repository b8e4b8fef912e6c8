"""The report: what it says of a small graph, in three languages, and that hostile names stay names."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from kizuna import load_seeds
from kizuna._errors import InputError, MissingExtraError, UnknownNameError
from kizuna.answers.report import make_report, write_report
from kizuna.cli import main
from kizuna.graph import SupplyGraph
from kizuna.queries import Scope
from kizuna.viz import report_charts
from kizuna.viz.report import Figures, Report, Table, render_report, render_report_markdown
from kizuna.viz.report_charts import HeatMap, draw_heat_map
from tests.graphs import build_graph, make_graph, make_rows

# Of what care needs, only Taiwan has the chip and only Japan the lens; either has the sensor.
CARE = {
    "vendors": "acer:TW beta:TW canon:JP",
    "offers": "acer:chip beta:sensor canon:lens canon:sensor",
    "requires": "care->chip care->lens care->sensor",
    "solutions": "care",
}
HOSTILE = '</text><script>alert(1)</script>"];x[\u2028|`**'


@pytest.fixture
def care() -> SupplyGraph:
    """Return a solution that needs both countries."""
    return make_graph(**CARE)


def _say(graph: SupplyGraph, **options: Any) -> Report:
    return make_report(graph, selection={}, **options)


def _tables(report: Report, section: int) -> list[list[list[str]]]:
    """Return the cells of the tables of a section."""
    blocks = report.sections[section].blocks
    return [[[cell.text for cell in row] for row in b.rows] for b in blocks if isinstance(b, Table)]


def test_coverage_counts_vendors_and_does_not_take_silence_for_zero(care: SupplyGraph) -> None:
    """The heat map has the vendors of each country, and a cell that is not known has no value."""
    maps = [block for block in _say(care).sections[1].blocks if isinstance(block, HeatMap)]
    assert [chart.rows for chart in maps][1] == ("parts",)
    assert maps[1].texts == (("2", "1", "not known"),)
    assert maps[1].values == ((2, 1, None),)


def test_each_gap_has_its_chain_and_what_is_lost(care: SupplyGraph) -> None:
    """The single vendors of chip and lens are gaps that take the one solution along, by a chain of one step."""
    report = _say(care)
    [rows] = _tables(report, 2)
    table = next(block for block in report.sections[2].blocks if isinstance(block, Table))
    assert [row[1:4] for row in rows] == [
        ["acer (vendor)", "chip", "1/1"],
        ["canon (vendor)", "lens", "1/1"],
    ]
    assert [[line.text for line in lines] for lines in table.below] == [
        ["Chain: care → chip"],
        ["Chain: care → lens"],
    ]
    assert all(line.numbers for lines in table.below for line in lines)


def test_what_only_both_can_build_says_who_brings_what(care: SupplyGraph) -> None:
    """Care needs both: its chip from Taiwan, its lens from Japan, each with its vendor, its chain and sources."""
    counts, joint = _tables(_say(care), 3)
    assert counts[:4] == [
        ["only jointly", "1", "0"],
        ["TW alone", "0", "1"],
        ["JP alone", "0", "1"],
        ["either country", "0", "1"],
    ]
    assert joint == [["care", "chip: acer", "lens: canon"]]
    [_, table] = [block for block in _say(care).sections[3].blocks if isinstance(block, Table)]
    assert [line.text for line in table.below[0]] == [
        "For this TW is needed: care → chip",
        "For this JP is needed: care → lens",
    ]
    assert all(line.numbers for line in table.below[0])


def test_what_each_side_brings_is_found_below_many_hops() -> None:
    """A contribution may lie deep: the robot is Japan's, the chip in its controller is Taiwan's."""
    graph = make_graph(
        vendors="tsmc:TW fanuc:JP",
        offers="tsmc:chip fanuc:robot fanuc:controller",
        requires="care->robot robot->controller controller->chip",
        solutions="care",
    )
    table = [block for block in _say(graph).sections[3].blocks if isinstance(block, Table)][1]
    assert [cell.text for cell in table.rows[0]][1] == "chip: tsmc"
    assert table.below[0][0].text == "For this TW is needed: care → robot → controller → chip"


def test_pairings_give_rank_figures_and_a_reason(care: SupplyGraph) -> None:
    """Acer's best partner brings the lens: it opens care, and there is no tie yet."""
    [rows] = _tables(_say(care), 4)
    assert rows[0] == ["acer (TW)", "canon", "1/1", "1", "0", "0.0", "none documented"]
    table = next(block for block in _say(care).sections[4].blocks if isinstance(block, Table))
    assert "lens" in table.below[0][0].text and table.below[0][0].numbers


def test_the_first_figures_are_those_of_the_questions(care: SupplyGraph) -> None:
    """Two vendors here, one there, both single points of failure, and one solution that needs both."""
    figures = next(block for block in _say(care).sections[0].blocks if isinstance(block, Figures))
    assert [figure.number for figure in figures.figures] == ["2", "1", "2", "0", "1/1"]


def test_the_foot_of_a_page_closes_no_string_and_no_element() -> None:
    """The name of a data set stands in the style: quotes, backslashes and brackets are escaped."""
    page = render_report(
        Report("en", "brief", "t", 'x"; } </style><script>\\', (), "Sources", (), page="{page} of {pages}")
    )
    assert page.count("</style>") == 1 and "<script" not in page
    assert 'content: counter(page) " of " counter(pages)' in page
    assert r"x\22 ; } \3c /style\3e " in page


@pytest.mark.parametrize(("lang", "html"), [("en", "en"), ("ja", "ja"), ("zh", "zh-Hant")])
def test_a_report_is_written_in_each_language(
    care: SupplyGraph, tmp_path: Path, lang: str, html: str
) -> None:
    """The page and the Markdown are of the language asked for, without a script or a place left unfilled."""
    page = write_report(care, tmp_path / "r.html", lang=lang).read_text(encoding="utf-8")
    text = write_report(care, tmp_path / "r.md", lang=lang).read_text(encoding="utf-8")
    assert f'<html lang="{html}">' in page
    assert "<script" not in page and "style=" not in page
    assert page.count("<svg") == 2
    assert text.startswith("# ")
    assert not re.search(r"\{[a-z_]+\}", re.sub("<style>.*</style>", "", page, flags=re.DOTALL) + text)


def test_hostile_names_stay_text() -> None:
    """Names that would close an element, a string or a cell are shown, and do neither."""
    rows = make_rows(**CARE)
    for table in ("vendors", "components", "solutions", "segments", "countries", "layers"):
        rows[table] = [{**row, "name_en": f"{HOSTILE} {row['id']}"} for row in rows[table]]
    report = _say(build_graph(rows))
    page, text = render_report(report), render_report_markdown(report)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "<script" not in text
    lines = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in lines} <= {4, 5, 6, 7, 8}


def test_a_chart_is_shapes_and_text_alone() -> None:
    """A drawing has no style, no link and no script, and is hidden from those who read a table instead; equal charts are equal texts."""
    chart = HeatMap(
        "Vendors", "layer", ("TW", HOSTILE), (HOSTILE, "b"), (("1", "2"), ("?", "0")), ((1, 2), (None, 0))
    )
    drawn = draw_heat_map(chart)
    assert set(re.findall(r"<([a-z]+)", drawn)) <= {"svg", "g", "path", "line", "text", "rect"}
    assert not re.search(r"\b(style|href|class|on[a-z]+)=", drawn)
    assert 'aria-hidden="true"' in drawn
    assert drawn.count("#eceef2") == 1  # what is not known is grey
    assert drawn == draw_heat_map(chart)


def test_without_the_library_the_error_gives_the_install_line(
    care: SupplyGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page needs the extra; Markdown does not, and no half page is left."""

    def lack(_: str) -> None:
        raise ImportError

    monkeypatch.setattr(report_charts, "import_module", lack)
    with pytest.raises(MissingExtraError, match=r"pip install 'kizuna\[report\]'"):
        write_report(care, tmp_path / "r.html")
    assert list(tmp_path.iterdir()) == []
    assert write_report(care, tmp_path / "r.md").exists()


def test_a_report_of_one_solution_is_about_that_alone() -> None:
    """Only the solution asked for is counted, and the data are named by the hash of the whole."""
    more = {**CARE, "solutions": "care shop", "requires": f"{CARE['requires']} shop->lens"}
    graph = make_graph(**more)
    report = _say(graph, solution="shop")
    assert _tables(report, 3)[0][2] == ["JP alone", "1", "1"]
    assert graph.content_hash[:12] in report.data
    with pytest.raises(UnknownNameError):
        _say(graph, solution="nothing")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "name"),
    [
        ("en", "Monitoring and care of the elderly"),
        ("ja", "高齢者の見守り・介護支援"),
        ("zh", "高齡照護與看護輔助"),
    ],
)
@pytest.mark.parametrize("suffix", ["html", "md"])
def test_a_solution_of_the_curated_data_has_a_report_in_each_language(
    tmp_path: Path, lang: str, name: str, suffix: str
) -> None:
    """It is headed by the solution's name in that language; one in one solution is built; no other one is named."""
    file = tmp_path / f"care.{suffix}"
    assert main(["report", "--solution", name, "--lang", lang, "-o", str(file)]) == 0
    text = file.read_text(encoding="utf-8")
    heading = re.search(r"<h1[^>]*>(.*?)</h1>" if suffix == "html" else r"^# (.*)", text)
    assert heading is not None and name in heading[1]
    others = [row[f"name_{lang}"] for row in load_seeds().table("solutions").to_dict("records")]
    assert [other for other in others if other in text] == [name]
    figures = re.sub("<[^>]*>", "", text)
    assert "1/1" in figures and "0/0" not in figures


def test_what_cannot_be_written_is_said(care: SupplyGraph, tmp_path: Path) -> None:
    """Another suffix, another language and the whole world are refused."""
    with pytest.raises(InputError, match=r"HTML or Markdown.*'.*r\.pdf'"):
        write_report(care, tmp_path / "r.pdf")
    with pytest.raises(InputError, match="`lang`"):
        write_report(care, tmp_path / "r.md", lang="fr")
    with pytest.raises(InputError, match="two countries"):
        write_report(care, tmp_path / "r.md", scope=Scope(within="world"))


def test_a_graph_without_anything_gives_a_report() -> None:
    """Where nothing is known every section says so."""
    report = _say(make_graph(vendors="a:TW"))
    assert len(report.sections) == 7
    assert all(section.blocks for section in report.sections)
    assert "<figure>" in render_report(report)


def test_the_command_writes_by_form_or_suffix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The form is that of --format, else of the suffix; where the two disagree nothing is written."""
    monkeypatch.chdir(tmp_path)
    assert main(["report", "--format", "md", "--solution", "elderly-care"]) == 0
    assert (tmp_path / "kizuna-report.md").read_text(encoding="utf-8").startswith("# ")
    assert main(["report", "--format", "md", "-o", "r.html"]) == 2
    assert main(["report", "-o", "r.pdf"]) == 2
    assert [file.name for file in tmp_path.iterdir()] == ["kizuna-report.md"]


def test_other_scopes_have_a_report_too(care: SupplyGraph) -> None:
    """Owners, and several groups, may be asked for; where offers are made may not, as of a vendor's claims."""
    for scope in (Scope(min_groups=2), Scope(country_by="owner")):
        assert len(_say(care, scope=scope).sections) == 7
    with pytest.raises(InputError, match="country_by"):
        _say(care, scope=Scope(country_by="made"))
