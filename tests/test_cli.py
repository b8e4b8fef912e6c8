"""What the command line prints, on a chain that a reader can see."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

import kizuna
from kizuna.cli import main
from tests.packages import write_package
from tests.toy_chain import CITED, TOY, TSMC, run_command


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the small data set."""
    return write_package(tmp_path_factory.mktemp("data") / "toy", TOY)


def _say(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """Run a command in this process and return what it prints."""
    assert main([str(argument) for argument in arguments]) == 0
    return capsys.readouterr().out


def _ask(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Any:
    return json.loads(_say(capsys, *arguments, "--format", "json"))


def test_gaps_as_a_table(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The scope comes first, then each kind of gap ranked for itself."""
    lines = _say(capsys, "gaps", "--data", toy).splitlines()
    assert lines[0] == "within TW + JP · country of a vendor: its legal seat"
    assert re.fullmatch(r"data: toy 0, as of 2026-03-01 \[[0-9a-f]{12}\]", lines[1])
    assert (
        "\n".join(lines[2:])
        == f"""\
5 offers counted, 1 of them of unknown status
φ says whether a thing can be had, not how much, how soon or at what price.

Single points of failure: 3; offered by nobody: 1; dominant: 0; fragile: 0.

Single points of failure

rank   id                 unit      who           roots                            solutions lost   severity   stand-ins   verdict
{"─" * 132}
   1   GAP-283aad506c99   country   Taiwan (TW)   Foundry (foundry), Lens (lens)              1/1       1.00           0   apparent
   2   GAP-340dbdc34034   vendor    TSMC (tsmc)   Foundry (foundry)                           1/1       1.00           0   confirmed
   3   GAP-904994d2fc99   country   Japan (JP)    Camera (camera)                             1/1       1.00           0   apparent

Offered by nobody

rank   id                 unit   who   roots                      solutions lost   severity   stand-ins   verdict
{"─" * 114}
   1   GAP-b42e695501f8   -      -     Vision software (vision)              1/2       0.50           0   apparent

For the witness, the evidence and second sources: kizuna gaps --explain ID"""
    )


def test_coverage_as_a_table_in_japanese(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A cell is a count, none or not known; a name without a Japanese form is the Latin one."""
    lines = _say(capsys, "coverage", "--by", "component", "--data", toy, "--lang", "ja").splitlines()
    assert lines[4:] == [
        "",
        "供給状況（構成要素別）",
        "",
        "構成要素                   台湾    日本   その他の国・地域   企業一覧               HHI   重複度",
        "─" * 96,
        "カメラ (camera)            なし   2 (2)               不明   網羅的、不明、不明             0.00",
        "レンズ (lens)             2 (2)    不明               不明   一部、不明、不明               0.00",
        "ファウンドリ (foundry)    1 (1)    なし              1 (1)   網羅的、網羅的、不明           0.00",
        "画像認識ソフト (vision)    不明    不明               不明   不明、不明、不明",
        "",
        "欄の数字は企業数（グループ数）。企業一覧は、台湾、日本、その他の国・地域の順。",
    ]


def test_coverage_as_markdown_in_chinese(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Parts covered are not known where no vendor is."""
    lines = _say(capsys, "coverage", "--data", toy, "--lang", "zh", "--format", "md").splitlines()
    assert lines[0] == "- 範圍：TW＋JP；廠商國別：依法人所在地"
    assert lines[5:10] == [
        "## 供應涵蓋情形（依區段）",
        "",
        "| 區段 | 台灣 | 日本 | 其他國家與地區 | 廠商名單 | 已涵蓋細項 | 重疊度 |",
        "| --- | ---: | ---: | ---: | --- | --- | ---: |",
        "| 感測器 (sensor) | 2 (2) | 2 (2) | 不詳 | 部分、不明、不明 | 1/2、1/2、?/2 | 0.00 |",
    ]


def test_gaps_as_csv(toy: Path) -> None:
    """Redirected, CSV is UTF-8 with a byte order mark and CRLF; the scope goes to standard error."""
    done = run_command("gaps", "--data", toy, "--format", "csv", "--lang", "zh")
    assert done.returncode == 0
    assert done.stdout.startswith(b"\xef\xbb\xbf")
    assert done.stdout.decode("utf-8-sig").split("\r\n") == [
        (
            "排序,ID,類型,單位,對象 ID,對象,根源 ID,根源,失去的解決方案,總數,失去的元件,嚴重度,替補,判定,"
            "同時失去的單位數,立即失去的解決方案"
        ),
        "1,GAP-283aad506c99,單點失效,國家／地區,TW,台灣,foundry;lens,晶圓代工;鏡頭,1,1,3,1.0,0,初步,1,1",
        "2,GAP-340dbdc34034,單點失效,廠商,tsmc,台積電,foundry,晶圓代工,1,1,2,1.0,0,已確認,1,1",
        "3,GAP-904994d2fc99,單點失效,國家／地區,JP,日本,camera,相機,1,1,1,1.0,0,初步,1,1",
        "1,GAP-b42e695501f8,無人供應,,,,vision,視覺軟體,1,2,1,0.5,0,初步,1,1",
        "",
    ]
    scope = done.stderr.decode("utf-8").splitlines()
    assert scope[0] == "# 範圍：TW＋JP；廠商國別：依法人所在地"
    assert all(line.startswith("# ") for line in scope)


def test_coverage_as_csv_leaves_blank_what_is_not_known(
    toy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """None is 0, not known is blank, and no cell is a fraction that a spreadsheet takes for a date."""
    file = tmp_path / "coverage.csv"
    assert _say(capsys, "coverage", "--by", "component", "--data", toy, "-o", file) == ""
    rows = list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))
    cells = [
        [
            row[f"{country}: {what}"]
            for country in ("Taiwan", "Japan")
            for what in ("state", "vendors", "groups")
        ]
        for row in rows
    ]
    assert [row["id"] for row in rows] == ["camera", "lens", "foundry", "vision"]
    assert cells == [
        ["none", "0", "0", "", "2", "2"],
        ["", "2", "2", "not known", "", ""],
        ["", "1", "1", "none", "0", "0"],
        ["not known", "", "", "not known", "", ""],
    ]
    assert not any("/" in cell for row in rows for cell in row.values())


def test_gaps_as_json(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON holds everything of a finding: witness, evidence, second sources and what would settle it."""
    answer = _ask(capsys, "gaps", "--data", toy, "--lang", "ja")
    assert answer["scope"]["pair"] == ["TW", "JP"]
    assert answer["scope"]["within"] == "pair"
    assert answer["scope"]["offers_of_unknown_status"] == 1
    assert answer["scope"]["text"][0] == "TW＋JPの範囲内・企業の国：法人の所在地による"
    assert answer["counts"] == {"cut": 3, "uncovered": 1, "dominant": 0, "fragile": 0, "thin": None}
    (found,) = (finding for finding in answer["findings"] if finding["id"] == TSMC)
    (witness,) = found.pop("witnesses")
    (offer,) = found.pop("offers")
    (second,) = found.pop("second_sources")
    assert (found.pop("control"), found.pop("sources")) == ([], [CITED])
    assert [(one["country"], one["level"], one["evidence"]) for one in found.pop("lists")] == [
        ("TW", "complete", CITED),
        ("JP", "complete", CITED),
    ]
    assert found == {
        "rank": 2,
        "id": TSMC,
        "kind": "cut",
        "verdict": "confirmed",
        "unit": "vendor",
        "member": {"id": "tsmc", "name": "TSMC"},
        "members": [{"id": "tsmc", "name": "TSMC"}],
        "order": 1,
        "also": ["group", "country"],
        "seat_owner_disagree": False,
        "roots": [{"id": "foundry", "name": "ファウンドリ"}],
        "vendors": [{"id": "tsmc", "name": "TSMC"}],
        "severity": 1.0,
        "stand_ins": 0,
        "solutions_total": 1,
        "solutions_lost": [{"id": "care", "name": "見守り"}],
        "direct": [],
        "hidden": ["care"],
        "at_once": ["care"],
        "in_time": [],
        "components_lost": [{"id": "camera", "name": "カメラ"}, {"id": "foundry", "name": "ファウンドリ"}],
        "what_would_settle_it": [],
        "abroad": [{"id": "samsung", "name": "サムスン"}],
    }
    assert (offer["vendor"]["id"], offer["status"], offer["evidence"]) == ("tsmc", "volume", CITED)
    assert (second["vendor"]["id"], second["country"], second["reason"]) == (
        "samsung",
        "KR",
        "same-component",
    )
    camera = witness["children"][0]
    foundry = camera["children"][0]
    assert [(node["id"], node["root"]) for node in (witness, camera, foundry)] == [
        ("care", False),
        ("camera", False),
        ("foundry", True),
    ]
    assert witness["via"] is None
    # Row 3 as a spreadsheet numbers it: the second one below the header.
    assert foundry["via"] == {"table": "component_requires", "row": 3, "kind": "input", "evidence": CITED}


def test_one_gap_explained(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A reader sees why each solution is lost, from which source, and who could step in."""
    text = _say(capsys, "gaps", "--data", toy, "--explain", TSMC)
    assert text.split("\n\n", 1)[1] == (
        """\
GAP-340dbdc34034 · single point of failure: TSMC (tsmc)

1 of 1 solutions lost, severity 1.00, stand-ins 0, verdict: confirmed
The same cut also stands at: group, country

roots: components left without a vendor
└── Foundry (foundry)

solutions lost that require a root themselves: 0

solutions lost further down the chain (hidden): 1
└── Care (care)

components lost: 2
├── Camera (camera)
└── Foundry (foundry)

All these solutions are lost at once: inputs and services alone are enough for that.

witness: why each is lost (numbers: sources below)
└── Care (care)
    └── Camera (camera) [1]
        └── Foundry (foundry) [1] <- root

the cut's own offers of the roots
└── TSMC (tsmc): Foundry (foundry) (volume) [1]

second sources: 1
└── Samsung (samsung), Korea: Foundry (foundry) – same component; volume

known vendors abroad: 1
└── Samsung (samsung)

sources
└── [1] News, 2026-03, https://example.com/news
"""
    )


def test_all_gaps_explained_as_markdown(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What would settle an apparent finding is listed; without vendors abroad it says none known."""
    text = _say(capsys, "gaps", "--data", toy, "--explain", "all", "--format", "md")
    assert re.findall(r"^## (GAP-\w+)", text, flags=re.MULTILINE) == [
        "GAP-283aad506c99",
        TSMC,
        "GAP-904994d2fc99",
        "GAP-b42e695501f8",
    ]
    japan = text[text.index("## GAP-904994d2fc99") : text.index("## GAP-b42e695501f8")]
    assert "\nknown vendors abroad: none known\n" in japan
    assert (
        "- what would settle it: 1\n  - Find out whether the list of vendors of “Camera” in Japan is" in japan
    )


def test_a_limit_says_what_it_leaves_out(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A part is never passed off as the whole: the counts are those of all."""
    text = _say(capsys, "gaps", "--data", toy, "--limit", "1")
    assert "Single points of failure: 3;" in text
    assert "Shown: the first 1 of 3." in text
    assert TSMC not in text


def test_units_and_scope_reach_the_question(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With Korea in scope TSMC is no single point of failure, and every print says so."""
    answer = _ask(
        capsys, "gaps", "--data", toy, "--unit", "vendor", "--scope", "world", "--source-kind", "cited"
    )
    assert answer["findings"] == [answer["findings"][-1]]
    assert answer["findings"][0]["kind"] == "uncovered"
    assert answer["findings"][0]["abroad"] is None
    assert answer["scope"]["text"][0] == (
        "world-wide · country of a vendor: its legal seat · filters: source_kinds = cited"
    )


def test_what_was_selected_is_part_of_the_scope(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A data set and a date of knowledge leave part of the data out; the answer says which."""
    answer = _ask(capsys, "coverage", "--data", toy, "--dataset", "toy", "--known-by", "2025")
    assert answer["scope"]["selection"] == {"dataset": "toy", "known_by": "2025"}
    assert "filters: dataset = toy; known_by = 2025" in answer["scope"]["text"]
    assert {cell["state"] for row in answer["rows"] for cell in row["cells"]} == {"not known"}
    assert {cell["vendors"] for row in answer["rows"] for cell in row["cells"]} == {None}


def test_a_data_set_without_offers_says_that_it_cannot_answer(
    toy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing known is not nothing found: no count of gaps is given."""
    bare = write_package(
        tmp_path / "bare", {key: TOY[key] for key in ("segments", "components", "countries")}
    )
    text = _say(capsys, "gaps", "--data", bare)
    assert text.endswith("This data set has no OFFERS, REQUIRES; what needs them cannot be answered.\n")
    answer = _ask(capsys, "gaps", "--data", bare)
    assert (answer["counts"], answer["findings"]) == (None, [])
    assert answer["scope"]["missing"] == ["OFFERS", "REQUIRES"]
    assert _ask(capsys, "coverage", "--data", bare)["scope"]["missing"] == ["OFFERS"]


def test_info_counts_what_is_in_the_data_set(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Facts are counted by what they rest on: four of five requirements and six offers are cited."""
    answer = _ask(capsys, "info", "--data", toy)
    assert answer["kizuna"] == kizuna.__version__
    assert answer["facts"] == {"in_force": 11, "cited": 10, "report": 0, "uncited": 1}
    counts = {row["type"]: row for row in answer["contents"]}
    assert counts["REQUIRES"] == {
        "kind": "edge",
        "type": "REQUIRES",
        "statements": 5,
        "in_force": 5,
        "cited": 4,
        "report": 0,
        "uncited": 1,
    }
    assert counts["Country"]["statements"] == 3
    assert "of 11 facts in force: cited 91%, report of 2017 0%, uncited 9%" in _say(
        capsys, "info", "--data", toy
    )


# ---- validate ----


def test_validate_prints_every_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each says file, row, column, what was found and what is allowed; errors make it exit code 2."""
    wrong = write_package(tmp_path / "wrong", {**TOY, "countries": [{"id": "TW", "name_en": "Taiwan"}]})
    assert main(["validate", str(wrong)]) == 2
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{wrong}: errors: 3; warnings: 0"
    assert [line.split(": found")[0] for line in lines[2:]] == [
        f"error: vendors.csv, row {row}, column country" for row in (5, 6, 7)
    ]
    assert main(["validate", "--data", str(wrong), "--format", "json"]) == 2
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [(p["file"], p["row"], p["found"]) for p in problems] == [
        ("vendors.csv", 5, "'JP'"),
        ("vendors.csv", 6, "'JP'"),
        ("vendors.csv", 7, "'KR'"),
    ]


def test_warnings_are_errors_if_asked(toy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is no table is worth a warning, and with --strict an error."""
    odd = write_package(tmp_path / "odd", TOY)
    (odd / "vendor.csv").write_text("id\n", encoding="utf-8")
    assert main(["validate", str(odd), "--lang", "ja"]) == 0
    assert capsys.readouterr().out.startswith(f"{odd}：エラー 0件、警告 1件\n\nwarning: vendor.csv: found")
    assert main(["validate", str(odd), "--strict"]) == 2
    assert "errors: 1; warnings: 0" in capsys.readouterr().out
    assert _say(capsys, "validate", toy) == f"{toy}: no problems\n"


def test_a_question_of_wrong_data_lists_the_problems(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line says that there are problems, then each has a line."""
    wrong = write_package(tmp_path / "wrong", {**TOY, "countries": [{"id": "TW", "name_en": "Taiwan"}]})
    assert main(["gaps", "--data", str(wrong)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "error: 3 problems in the data:"
    assert [line.split(":")[0].strip() for line in lines[1:]] == [
        f"vendors.csv, row {row}, column country" for row in (5, 6, 7)
    ]


# ---- the curated data ----


def test_the_seeds_show_tsmc_as_a_single_vendor(capsys: pytest.CaptureFixture[str]) -> None:
    """Within Taiwan and Japan leading-edge chips hang on TSMC alone, and the witness leads there."""
    answer = _ask(capsys, "gaps")
    (found,) = (
        f for f in answer["findings"] if f["member"] and f["member"]["id"] == "tsmc" and f["kind"] == "cut"
    )
    assert (answer["scope"]["within"], found["unit"]) == ("pair", "vendor")
    assert [root["id"] for root in found["roots"]] == ["foundry-advanced"]
    assert found["solutions_lost"]
    assert len(found["witnesses"]) == len(found["solutions_lost"])
    for witness in found["witnesses"]:
        while witness["children"]:
            witness = witness["children"][0]
        assert (witness["id"], witness["root"]) == ("foundry-advanced", True)


def test_the_report_alone_shows_that_taiwan_has_no_software(capsys: pytest.CaptureFixture[str]) -> None:
    """The report's own finding comes out as rows: hardware vendors, and none in software."""
    answer = _ask(capsys, "coverage", "--dataset", "report-2017", "--by", "nature")
    taiwan = {row["id"]: row["cells"][0] for row in answer["rows"]}
    assert (taiwan["hardware"]["country"], taiwan["hardware"]["state"]) == ("TW", "count")
    assert taiwan["hardware"]["vendors"] > 0
    assert (taiwan["software"]["state"], taiwan["software"]["vendors"]) == ("none", 0)
