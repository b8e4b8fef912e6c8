"""``kizuna cut-sets``, ``path-sets``, ``importance``, ``what-if``, ``complement`` and ``exposure``."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from kizuna.cli import main
from tests.graphs import Rows, make_rows
from tests.packages import write_package
from tests.toy_chain import TOY

_NODES = ("layers", "segments", "components", "countries", "vendors", "solutions")
_URL = {"source_url": "https://example.com/news"}


def _name_rows(rows: Rows) -> Rows:
    """Give every node its id in capitals for a name, and every cited row a page."""
    return {
        table: [
            {
                **({"name_en": row["id"].upper()} if table in _NODES else {}),
                **({"dataset": "toy", "source_kind": "uncited"} if table == "solutions" else {}),
                **row,
                **(_URL if row.get("source_kind") == "cited" else {}),
            }
            for row in found
        ]
        for table, found in rows.items()
    }


# A cell needs a robot (a alone, with an American laser), a frame (b or d) and a camera, which is a chip (a alone),
# a lens (b or its daughter c), and film (d) or plates (b).
CELL = _name_rows(
    make_rows(
        vendors="a:TW b:JP c:JP d:TW u:US",
        offers="a:chip b:lens c:lens d:film b:plate u:laser a:robot(role=leader) b:frame d:frame(role=entrant)",
        requires="""camera->chip camera->lens camera->[film|plate] robot->laser
            cell->robot cell->frame cell->camera""",
        components="camera(virtual=yes)",
        solutions="cell",
        owns="b>c(share=0.6)",
    )
)


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the chain of cameras."""
    return write_package(tmp_path_factory.mktemp("data") / "toy", TOY)


@pytest.fixture(scope="module")
def cell(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the robot cell."""
    return write_package(tmp_path_factory.mktemp("data") / "cell", CELL)


def _say(capsys: pytest.CaptureFixture[str], *arguments: str | Path, code: int = 0) -> str:
    """Run a command in this process and return what it prints."""
    capsys.readouterr()
    assert main([str(argument) for argument in arguments]) == code
    return capsys.readouterr().out


def _ask(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Any:
    return json.loads(_say(capsys, *arguments, "--format", "json"))


def _list(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> list[list[str]]:
    """Return the rows of the CSV, the headings first."""
    text = _say(capsys, *arguments, "--format", "csv").removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text, newline="")))


def _fail(capsys: pytest.CaptureFixture[str], *arguments: str | Path, code: int = 2) -> str:
    """Run a command that fails; return its one line of complaint."""
    capsys.readouterr()
    assert main([str(argument) for argument in arguments]) == code
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1
    return err.strip().removeprefix("error: ")


# ---------------------------------------------------------------- minimal sets


def test_cut_sets_are_counted_then_listed(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was asked, how many of each order, and the sets with the countries of their vendors."""
    lines = _say(capsys, "cut-sets", "care", "--data", toy).splitlines()
    assert lines[4:] == [
        "asked: Care (care); lost as one: vendor; sourcing: from anybody on the market; largest order: any",
        "Minimal cut sets of Care (care), without which it cannot be had: exactly 3.",
        "by order (units in a set: sets): 1: 1, 2: 2",
        "",
        "Minimal cut sets of Care (care) (lost as one: vendor)",
        "",
        "order   units                                          countries",
        "─" * 64,
        "    1   TSMC (tsmc)                                    Taiwan",
        "    2   Asia Optical (asia-optical), Largan (largan)   Taiwan",
        "    2   Keyence (keyence), Sony (sony)                 Japan",
    ]


def test_a_listing_is_cut_with_the_exact_count(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One of three is shown, and JSON says how many there are of each order."""
    assert "全3件のうち小さい順に1件を表示（--limitで変更）" in _say(
        capsys, "cut-sets", "care", "--data", toy, "--limit", "1", "--lang", "ja"
    )
    answer = _ask(capsys, "cut-sets", "care", "--data", toy, "--limit", "1", "--lang", "zh")
    assert (answer["count"], answer["shown"], answer["count_by_order"]) == (3, 1, {"1": 1, "2": 2})
    assert answer["sets"] == [
        {"order": 1, "members": [{"id": "tsmc", "name": "台積電", "countries": ["TW"]}]}
    ]
    assert answer["text"][-1] == "共 3 個，由小到大列出 1 個（以 --limit 調整）"
    assert answer["target"] == {"label": "Solution", "id": "care", "name": "照護"}


def test_cut_sets_as_csv_have_one_unit_a_row(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A set of two is two rows with one number."""
    assert _list(capsys, "cut-sets", "care", "--data", toy, "--lang", "ja") == [
        ["集合", "次数", "単位のID", "単位", "国・地域"],
        ["1", "1", "tsmc", "TSMC", "TW"],
        ["2", "2", "asia-optical", "Asia Optical", "TW"],
        ["2", "2", "largan", "Largan", "TW"],
        ["3", "2", "keyence", "キーエンス", "JP"],
        ["3", "2", "sony", "ソニー", "JP"],
    ]


def test_what_has_failed_already_is_explained(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No empty table: a sentence, and the tree down to the software that nobody offers."""
    lines = _say(capsys, "cut-sets", "checkout", "--data", toy, "--lang", "zh").splitlines()
    assert lines[5:] == [
        "自助結帳 (checkout)即使所有廠商俱在仍無法取得：已無可再割，也沒有路集。",
        "",
        "無法取得的原因（數字為下列出處）",
        "",
        "自助結帳 (checkout)",
        "└── 視覺軟體 (vision) [1] <- 根源",
        "",
        "出處",
        "└── [1] 尚無出處",
    ]
    answer = _ask(capsys, "path-sets", "checkout", "--data", toy)
    assert (answer["feasible"], answer["count"], answer["sets"]) == (False, 0, [])
    assert [child["id"] for child in answer["witness"]["children"]] == ["vision"]
    assert _list(capsys, "importance", "checkout", "--data", toy)[1:] == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["laser"], "LASER (laser) can be had whoever is lost: it needs none of the 4 units"),
        (["frame", "--unit", "country"], "The only minimal cut set of FRAME (frame) is that of all 2 units"),
        (["lens", "--max-order", "1"], "LENS (lens) has no minimal cut set of up to 1 units; larger ones"),
        (["lens", "--sourcing", "documented"], "this is a pessimistic bound, never confirmed."),
    ],
)
def test_what_has_no_list_is_said_in_a_sentence(
    cell: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    """What cannot fail, what only fails with everybody, and what was not looked for."""
    assert sentence in _say(capsys, "cut-sets", *arguments, "--data", cell)


def test_units_are_named_by_what_they_are(cell: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A group by its head, with the countries of its vendors; a country by itself, without a second column."""
    groups = _ask(capsys, "cut-sets", "lens", "--data", cell, "--unit", "group")
    assert groups["sets"] == [{"order": 1, "members": [{"id": "b", "name": "B", "countries": ["JP"]}]}]
    table = _say(capsys, "cut-sets", "lens", "--data", cell, "--unit", "country").splitlines()
    assert table[-3:] == ["order   units", "─" * 13, "    1   JP"]


def test_path_sets_are_those_that_are_enough(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Four of three vendors each, TSMC in all of them."""
    lines = _say(capsys, "path-sets", "care", "--data", toy, "--limit", "2").splitlines()
    assert lines[5:9] == [
        "Minimal path sets of Care (care), each enough to have it: exactly 4.",
        "by order (units in a set: sets): 3: 4",
        "in every one of them: TSMC (tsmc)",
        "shown: 2 of 4, the smallest first (--limit for more)",
    ]


def test_importance_is_exact(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """TSMC decides where a lens and a camera are there, 9 states of 16, and stands in one set of three."""
    answer = _ask(capsys, "importance", "care", "--data", toy, "--limit", "1")
    assert answer["rows"] == [
        {
            "id": "tsmc",
            "name": "TSMC",
            "countries": ["TW"],
            "birnbaum": {"value": 0.5625, "exact": "9/16"},
            "cut_sets": 1,
            "fussell_vesely": {"value": pytest.approx(1 / 3), "exact": "1/3"},
        }
    ]
    assert answer["text"][-1] == "shown: 1 of 5 units, the weightiest first (--limit for more)"
    rows = _list(capsys, "importance", "care", "--data", toy)
    assert [row[:2] + row[4:7] for row in rows[1:3]] == [
        ["1", "tsmc", "0.5625", "1", "3"],
        ["2", "asia-optical", "0.1875", "1", "3"],
    ]
    assert "Birnbaum 重要度：其他單位的所有狀態中" in _say(
        capsys, "importance", "care", "--data", toy, "--lang", "zh"
    )


def test_a_target_may_be_named_in_any_script(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A whole name is enough; a part of one is answered with the ids that it may mean."""
    assert _ask(capsys, "cut-sets", "レンズ", "--data", toy)["target"]["id"] == "lens"
    message = _fail(capsys, "cut-sets", "soft", "--data", toy)
    assert message == "`TARGET`: no component or solution 'soft' in this data set; in the names of: vision"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["cut-sets", "cmera"], "`TARGET`: no component or solution 'cmera'; did you mean camera"),
        (["cut-sets", "care", "--label", "component"], "`TARGET`: no component 'care'; did you mean camera?"),
        (["path-sets", "care", "--unit", "firm"], "`--unit` must be one of vendor, group, country, region"),
        (["importance", "care", "--fail-on", "x"], "No such option '--fail-on'"),
        (["cut-sets", "care", "--fail-on", "order-4"], "`--fail-on`: 'order-4' is none of sets, order-1"),
        (
            ["cut-sets", "care", "--sourcing", "documented", "--min-groups", "2"],
            "`--min-groups`=2 means nothing",
        ),
        (["cut-sets", "care", "--max-order", "0"], "Invalid value for '--max-order'"),
    ],
)
def test_what_is_wrong_with_a_question_on_sets_is_one_line(
    toy: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    """The option, what was found, and what is near or allowed."""
    assert _fail(capsys, *arguments, "--data", toy).startswith(message)


def test_a_budget_that_is_used_up_is_no_wrong_input(cell: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It could not be done: exit code 3, with what is certain and which option to change."""
    message = _fail(capsys, "path-sets", "cell", "--data", cell, "--budget", "3", code=3)
    assert "take more than `--budget`=3 steps" in message
    assert "set `--max-order`=" in message


def test_thresholds_on_cut_sets(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One vendor alone is a threshold for a script; so is a target that cannot be had."""
    _say(capsys, "cut-sets", "care", "--data", toy, "--fail-on", "order-1:2")
    _say(capsys, "cut-sets", "care", "--data", toy, "--fail-on", "order-2:2", code=1)
    _say(capsys, "cut-sets", "checkout", "--data", toy, "--fail-on", "sets")
    _say(capsys, "cut-sets", "checkout", "--data", toy, "--fail-on", "infeasible", code=1)


# -------------------------------------------------------------------- what if


def test_what_is_lost_is_told_with_the_way_of_loss(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Solutions first, each with its hops and the chain down to the root; on demand the tree with sources."""
    lines = _say(capsys, "what-if", "--remove", "台積電", "--data", toy, "--explain", "care").splitlines()
    assert lines[4:] == [
        "gone, vendors: TSMC (tsmc)",
        "solutions: 1 can be had now; lost 1, won 0, left 0, of these saved by an alternative 0",
        (
            "components: 3 can be had now; lost 2, won 0, left 1, of these saved by an alternative 0, "
            "weakened to one group 0"
        ),
        "",
        "Lost",
        "",
        "what        target              hops   why: down to the root",
        "─" * 64,
        "solution    Care (care)            2   Care <- Camera <- Foundry",
        "component   Camera (camera)        1   Camera <- Foundry",
        "component   Foundry (foundry)      0   Foundry",
        "",
        "Why, requirement by requirement with sources: --explain ID or --explain all",
        "",
        "witness: why each is lost (numbers: sources below)",
        "└── Care (care)",
        "    └── Camera (camera) [1]",
        "        └── Foundry (foundry) [1] <- root",
        "",
        "sources",
        "└── [1] News, 2026-03, https://example.com/news",
    ]


def test_a_group_is_gone_and_what_is_left_is_listed(cell: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The daughter's group is her mother's: lens and plates go, the camera with them; one frame maker is left."""
    rows = _list(capsys, "what-if", "--remove-group", "c", "--data", cell)
    assert [row[:1] + row[2:3] + row[4:7] + row[8:] for row in rows[1:6]] == [
        ["lost", "cell", "2", "cell;camera;lens", "", ""],
        ["lost", "camera", "1", "camera;lens", "", ""],
        ["lost", "lens", "0", "lens", "", ""],
        ["lost", "plate", "0", "plate", "", ""],
        ["weakened", "frame", "", "", "d", "2"],
    ]
    assert [row[2] for row in rows[6:]] == ["chip", "film", "frame", "laser", "robot"]
    assert {row[0] for row in rows[6:]} == {"left"}


def test_additions_save_and_alternatives_are_shown(cell: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without d film is lost; plates save the camera, and the cell through it, unless c makes film."""
    answer = _ask(capsys, "what-if", "--remove", "d", "--data", cell)
    assert [(row["id"], row["because"]) for row in answer["lost"]] == [("film", [])]
    assert [row["id"] for row in answer["saved"]] == ["cell", "camera"]
    assert answer["switches"] == [
        {
            "target": {"label": "Component", "id": "camera", "name": "CAMERA"},
            "lost": ["film"],
            "left": ["plate"],
        }
    ]
    assert answer["counts"]["component"] == {
        "lost": 1,
        "won": 0,
        "saved": 1,
        "left": 7,
        "before": 8,
        "weakened": 1,
    }
    text = _say(capsys, "what-if", "--remove", "d", "--data", cell)
    assert "Blank: by an alternative further down the chain." in text
    added = _ask(capsys, "what-if", "--remove", "d", "--add", "C = FILM", "--data", cell)
    assert (added["lost"], added["saved"]) == ([], [])
    assert added["added"][0]["vendor"] == {"id": "c", "name": "C"}


def test_a_country_and_a_component_may_go(cell: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Several at once; the answer says how many vendors that is; what is won is told from what is lost."""
    text = _say(
        capsys,
        "what-if",
        "--remove-country",
        "JP",
        "--remove-component",
        "laser",
        "--data",
        cell,
        "--lang",
        "ja",
    )
    assert "全企業が失われる国・地域：JP\n" in text
    assert "誰も供給しなくなる構成要素：LASER (laser)\n失われる企業の総数：2社\n" in text
    won = _ask(capsys, "what-if", "--add", "a=lens", "--remove-component", "lens", "--data", cell)
    assert (won["lost"], won["won"]) == ([], [])


def test_nothing_that_changes_is_said(cell: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One of two makers of lenses of one group is gone: no change, and what is left is listed."""
    lines = _say(capsys, "what-if", "--remove", "c", "--data", cell, "--lang", "zh").splitlines()
    assert lines[7] == "沒有任何項目失去、新增、因替代保全或減弱。"
    assert lines[-1] == "CELL (cell)"


def test_lists_are_cut_by_the_limit(cell: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two of four losses are shown, with how many there are."""
    text = _say(capsys, "what-if", "--remove-group", "b", "--data", cell, "--limit", "2")
    assert "Shown: the first 2 of 4." in text
    assert "PLATE" not in text


def test_thresholds_on_what_is_lost(cell: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Solutions lost, components lost and components weakened are thresholds; the answer is printed all the same."""
    asked = ("what-if", "--remove-group", "b", "--data", cell)
    assert "Lost" in _say(capsys, *asked, "--fail-on", "lost:1", code=1)
    _say(capsys, *asked, "--fail-on", "lost:2")
    _say(capsys, *asked, "--fail-on", "lost-components:4")
    _say(capsys, *asked, "--fail-on", "weakened", code=1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "what if what? Give at least one of --remove VENDOR, --remove-group VENDOR"),
        (["--remove", "tsmcc"], "`--remove`: no vendor 'tsmcc' in this data set; did you mean tsmc?"),
        (["--remove-group", "qqq"], "`--remove-group`: no vendor 'qqq' in this data set; give ids, like"),
        (["--remove-country", "XX"], "`--remove-country`: no country 'XX'"),
        (["--remove-component", "lenses"], "`--remove-component`: no component 'lenses'"),
        (
            ["--add", "sony"],
            "`--add` must be VENDOR=COMPONENT, like --add umc=foundry-advanced; found 'sony'",
        ),
        (["--add", "sony=lenss"], "`--add`: no component 'lenss' in this data set; did you mean lens?"),
        (["--remove", "tsmc", "--explain", "lens"], "`--explain`: 'lens' is not lost; lost: care, camera"),
    ],
)
def test_what_is_wrong_with_a_what_if_is_one_line(
    toy: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    """The option, what was found, and what is near."""
    assert _fail(capsys, "what-if", *arguments, "--data", toy).startswith(message)


# -------------------------------------------------------------- two countries


def test_classes_with_imports_and_at_a_role(cell: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What only both can do, what hangs on the American laser, and what is left of it among leaders."""
    answer = _ask(capsys, "complement", "--targets", "all", "--at-role", "leader", "--data", cell)
    rows = {row["id"]: (row["class"], row["class_at_role"], row["must_import"]) for row in answer["rows"]}
    assert rows["cell"] == ("only-jointly", "only-jointly", ["laser"])
    assert rows["frame"] == ("either", "second-alone", [])
    assert rows["laser"] == ("outside", "outside", ["laser"])
    assert rows["robot"] == ("first-alone", "first-alone", ["laser"])
    assert answer["counts"] == {
        "outside": 1,
        "not-at-all": 0,
        "either": 1,
        "first-alone": 3,
        "second-alone": 2,
        "only-jointly": 2,
        "needs-third": 3,
    }
    lines = _say(capsys, "complement", "--data", cell).splitlines()
    assert lines[4] == (
        "targets: 1; only jointly 1, TW alone 0, JP alone 0, either country 0, not at all 0, "
        "outside (itself an import) 0; of them needing third countries: 1"
    )
    assert lines[-1].split("   ")[0] == "CELL (cell)"


def test_contributions_are_what_each_side_must_bring(cell: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Taiwan the chip and the robot, Japan the lens; the frame either has."""
    lines = _say(capsys, "complement", "cell", "frame", "--contributions", "--data", cell, "--lang", "ja")
    assert (
        "CELL (cell)（両者の協力でのみ）：1通り\n└── TW：CHIP (chip)、ROBOT (robot)／JP：LENS (lens)\n"
        in lines
    )
    assert "└── なし（どちらの国・地域も単独で実現できる）" in lines
    rows = _list(capsys, "complement", "cell", "frame", "--contributions", "--data", cell)
    assert [row[:1] + row[3:6] for row in rows[1:]] == [
        ["frame", "1", "", ""],
        ["cell", "1", "TW", "chip"],
        ["cell", "1", "TW", "robot"],
        ["cell", "1", "JP", "lens"],
    ]
    answer = _ask(capsys, "complement", "cell", "--contributions", "--data", cell)
    (brought,) = answer["rows"][0]["contributions"]
    assert [part["id"] for part in brought["TW"]] == ["chip", "robot"]


def test_classes_are_picked_and_empty_ones_are_said(cell: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only what is asked for; where there is none, what could be asked instead."""
    asked = ("complement", "--targets", "components", "--data", cell)
    rows = _list(capsys, *asked, "--class", "only-jointly", "--class", "outside")
    assert [row[1:6] for row in rows[1:]] == [
        ["camera", "CAMERA", "only jointly", "no", ""],
        ["laser", "LASER", "outside (itself an import)", "yes", "laser"],
    ]
    assert "No target of this kind and class; leave out --class" in _say(
        capsys, *asked, "--class", "not-at-all"
    )


def test_thresholds_on_classes(cell: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What cooperation is for, and what both must watch, are thresholds."""
    _say(capsys, "complement", "--data", cell, "--fail-on", "only-jointly:1", code=1)
    _say(capsys, "complement", "--data", cell, "--fail-on", "needs-third", code=1)
    _say(capsys, "complement", "--data", cell, "--fail-on", "either")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["complement", "cel"], "`TARGET`: no component or solution 'cel'"),
        (["complement", "cell", "--targets", "all"], "give TARGET or --targets, not both"),
        (["complement", "--scope", "world"], "`--scope` must be 'pair' here"),
        (["exposure", "--scope", "world"], "`--scope` must be 'pair' here"),
        (["complement", "--role", "leader", "--at-role", "entrant"], "`--at-role` must not be lower than"),
    ],
)
def test_what_is_wrong_with_a_question_on_two_countries_is_one_line(
    cell: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    """The option, what was found, and what is allowed."""
    found = _fail(capsys, *arguments, "--data", cell)
    assert found.startswith(message)


def test_exposure_tells_what_stops_from_what_cannot_be_bought(
    cell: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each loses the cell without the other; both lose the robot without the American laser."""
    lines = _say(capsys, "exposure", "--data", cell).splitlines()
    assert lines[7:11] == [
        "country   without   solutions lost   production that stops   no longer to be bought",
        "─" * 83,
        "TW        JP                     1                       0                        3",
        "JP        TW                     1                       0                        4",
    ]
    assert lines[-1] == "LASER (laser)   U (u)        US                        2                1"
    answer = _ask(capsys, "exposure", "--data", cell, "--lang", "zh")
    assert [part["id"] for part in answer["sides"][1]["no_longer_bought"]] == [
        "camera",
        "chip",
        "film",
        "robot",
    ]
    rows = _list(capsys, "exposure", "--data", cell)
    assert rows[-1] == ["TW;JP", "laser", "LASER", "component", "robot", "ROBOT", "fails without the import"]
    _say(capsys, "exposure", "--data", cell, "--fail-on", "first-solutions", code=1)


def test_production_that_stops_is_told_in_each_language(
    toy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Japan's cameras stop without Taiwan's lenses; nothing is imported."""
    text = _say(capsys, "exposure", "--data", toy, "--lang", "zh")
    assert "日本缺少台灣時停擺的自有供應：1 項\n└── 相機 (camera)\n" in text
    assert "雙方的進口項目：無" in text
    assert "台湾を失った日本で止まる自国の供給：1件" in _say(
        capsys, "exposure", "--data", toy, "--lang", "ja"
    )


# ------------------------------------------------------------- what is missing


@pytest.mark.parametrize(
    "arguments",
    [
        ["cut-sets", "camera"],
        ["path-sets", "camera"],
        ["importance", "camera"],
        ["what-if", "--remove", "sony"],
        ["complement"],
        ["exposure"],
    ],
)
@pytest.mark.parametrize("form", ["table", "csv"])
def test_without_offers_nothing_is_said_to_be_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], form: str
) -> None:
    """A data set without offers is no proof that nothing can be had: the answer says what is missing."""
    folder = write_package(tmp_path / "bare", {**TOY, "offers": []})
    capsys.readouterr()
    assert main([*arguments, "--data", str(folder), "--format", form]) == 0
    text = "".join(capsys.readouterr())
    assert "This data set has no OFFERS" in text
    assert not any(word in text for word in ("cannot be had", "not at all", "exactly", "lost 0"))


def test_without_requirements_solutions_are_not_classified(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nothing is known to be required, no solution seems to need nobody."""
    bare = {**TOY, "component_requires": [], "solution_requires": []}
    folder = write_package(tmp_path / "bare", bare)
    assert _ask(capsys, "complement", "--data", folder)["rows"] == []
    assert _ask(capsys, "cut-sets", "care", "--data", folder)["count"] is None
    assert _ask(capsys, "cut-sets", "lens", "--data", folder)["count"] == 1
    found = _ask(capsys, "what-if", "--remove", "tsmc", "--data", folder)
    assert list(found["counts"]) == ["component"]
    assert [row["id"] for row in found["left"]] == ["camera", "lens"]


@pytest.mark.parametrize("encoding", ["cp932", "cp950"])
@pytest.mark.parametrize(
    "arguments",
    [["what-if", "--remove", "tsmc", "--explain", "all"], ["complement", "--contributions"]],
)
def test_a_console_of_a_code_page_shows_them(
    toy: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, arguments: list[str]
) -> None:
    """Consoles of Japan and Taiwan without UTF-8 fail on no character."""
    lang, name = ("ja", "見守り (care)") if encoding == "cp932" else ("zh", "照護 (care)")
    console = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr("sys.stdout", console)
    assert main([*arguments, "--data", str(toy), "--lang", lang]) == 0
    assert name in console.buffer.getvalue().decode(encoding)


@pytest.mark.slow
def test_cut_sets_that_are_too_many_are_those_up_to_an_order(capsys: pytest.CaptureFixture[str]) -> None:
    """Within the budget the small ones are whole, the answer names the order, and a note what is left out."""
    assert main(["cut-sets", "server", "--budget", "3000", "--format", "json"]) == 0
    found = capsys.readouterr()
    (order,) = re.findall(r"sets of more than (\d+) are left out", found.err)
    answer = json.loads(found.out)
    assert answer["max_order"] == int(order)
    assert main(["cut-sets", "server", "--max-order", order, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["sets"] == answer["sets"]


@pytest.mark.slow
def test_path_sets_that_are_too_many_to_list_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """The count stands, with a word why none is listed."""
    assert main(["path-sets", "server", "--limit", "2", "--budget", "300000", "--lang", "zh"]) == 0
    shown = capsys.readouterr().out
    assert "未列出" in shown
    assert re.search(r"\d{1,3}(,\d{3}){6,}", shown)


def test_weights_need_all_cut_sets(capsys: pytest.CaptureFixture[str]) -> None:
    """Where they are too many there is no weight, but a way on."""
    message = _fail(capsys, "importance", "server", "--budget", "3000", code=3)
    assert "give a coarser --unit" in message
