"""What ``kizuna diff`` prints: what opened, closed and changed, why, and the facts that did it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from kizuna.cli import main
from kizuna.graph import save_graph
from kizuna.loaders import load_folder
from tests.changed_chain import (
    JAPAN,
    TAIWAN,
    Change,
    add_second,
    add_stranger,
    drop_requirement,
    drop_source,
    write_version,
)
from tests.packages import write_package
from tests.toy_chain import TOY, TSMC


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the small data set."""
    return write_version(tmp_path_factory.mktemp("data") / "old")


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a version that knows of a second foundry."""
    return write_version(tmp_path_factory.mktemp("data") / "new", add_second())


def _say(capsys: pytest.CaptureFixture[str], *arguments: str | Path, code: int = 0) -> str:
    assert main(["diff", *map(str, arguments)]) == code
    return capsys.readouterr().out


def _ask(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Any:
    return json.loads(_say(capsys, *arguments, "--format", "json"))


def _fail(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    assert main(["diff", *map(str, arguments)]) == 2
    return capsys.readouterr().err


def _told(answer: Any) -> set[tuple[str, str, str]]:
    return {(f["change"], f["id"], " ".join(f["why"])) for f in answer["findings"]}


def test_a_gap_that_closed_as_a_table(old: Path, new: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The two data sets stand at the head; each change has its reason and the fact that did it with its source."""
    text = _say(capsys, old, new)
    head, body = text.split("\n\n", 1)
    assert head.splitlines()[0] == "within TW + JP · country of a vendor: its legal seat"
    assert head.splitlines()[1].startswith("before: old 0, as of 2026-03-01 [")
    assert head.splitlines()[2].endswith("]; 6 offers counted, 1 of them of unknown status")
    assert body == (
        f"""\
Gaps opened: 0; closed: 1; changed: 1. Cells of coverage that changed: 2.

Closed: 1

id                 kind                      who           roots               solutions lost   verdict     why
{"─" * 117}
GAP-340dbdc34034   single point of failure   TSMC (tsmc)   Foundry (foundry)   1/1              confirmed   knowledge

what did it (numbers: sources below)
└── GAP-340dbdc34034 · single point of failure: TSMC (tsmc)
    └── facts that are enough for it
        └── Keyence offers Foundry – statement added; stated 2026-03 [1]

Changed: 1

id                 kind                      who           roots         solutions lost   verdict    why
{"─" * 110}
GAP-283aad506c99   single point of failure   Taiwan (TW)   Lens (lens)   1/1              apparent   knowledge

what did it (numbers: sources below)
└── GAP-283aad506c99 · single point of failure: Taiwan (TW)
    ├── roots: no longer: Foundry (foundry) (knowledge)
    ├── vendors of the cut: no longer: TSMC (tsmc) (knowledge)
    ├── components lost: no longer: Foundry (foundry) (knowledge)
    └── facts that are enough for it
        └── Keyence offers Foundry – statement added; stated 2026-03 [1]

Coverage that changed: 2

level       item                country   before                    after                  why
{"─" * 100}
component   Foundry (foundry)   Japan     none; list complete       1 (1); list complete   knowledge
segment     Chips (chip)        Japan     not known; list unknown   1 (1); list unknown    knowledge

A cell gives vendors (groups), and how complete the list of vendors is.

sources
└── [1] News, 2026-03, https://example.com/news
"""
    )


def test_what_opened_one_way_closed_the_other(
    old: Path, new: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """There and back: the same ids, the same reasons; what was added is now withdrawn."""
    there, back = _ask(capsys, old, new), _ask(capsys, new, old)
    assert _told(there) == {("closed", TSMC, "knowledge"), ("changed", TAIWAN, "knowledge")}
    assert _told(back) == {("opened", TSMC, "knowledge"), ("changed", TAIWAN, "knowledge")}
    whats = [[f["enough"][0]["what"] for f in answer["findings"]] for answer in (there, back)]
    assert whats == [["added", "added"], ["withdrawn", "withdrawn"]]
    cells = [{(c["item"]["id"], c["country"]) for c in answer["coverage"]} for answer in (there, back)]
    assert cells[0] == cells[1] == {("foundry", "JP"), ("chip", "JP")}


def test_a_data_set_does_not_differ_from_itself(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One sentence, and no row of any form."""
    text = _say(capsys, old, old)
    assert text.split("\n\n", 1)[1] == "Nothing changed: these are the same data, on the same day.\n"
    answer = _ask(capsys, old, old)
    assert answer["counts"] == dict.fromkeys(("opened", "closed", "changed", "cells", "not-comparable"), 0)
    assert (answer["findings"], answer["coverage"], answer["facts"]) == ([], [], [])
    assert len(_say(capsys, old, old, "--format", "csv").splitlines()) == 1


def test_facts_that_change_no_answer_are_counted(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A vendor that offers nothing is another fact, and no gap or cell hangs on it."""
    other = write_version(tmp_path / "other", add_stranger)
    text = _say(capsys, old, other)
    assert text.endswith("No gap and no coverage changed; facts that are not the same: 1.\n")
    (fact,) = _ask(capsys, old, other)["facts"]
    assert (fact["table"], fact["key"], fact["what"], fact["before"]) == (
        "vendors",
        {"id": "stranger"},
        "added",
        None,
    )


@pytest.mark.parametrize(
    ("change", "view", "expected"),
    [
        # An offer that began between the days, and one that ended: the world.
        (add_second(since="2026-02"), ("--before-as-of", "2026-01"), ("closed", "world", "began")),
        (add_second(until="2026-02"), ("--before-as-of", "2026-01"), ("opened", "world", "ended")),
        # The day of `since` counts, that of `until` no longer does.
        (add_second(since="2026-02-10"), ("--before-as-of", "2026-02-09"), ("closed", "world", "began")),
        (add_second(since="2026-02-10"), ("--before-as-of", "2026-02-10"), None),
        (add_second(until="2026-02-10"), ("--before-as-of", "2026-02-09"), ("opened", "world", "ended")),
        (add_second(until="2026-02-10"), ("--before-as-of", "2026-02-10"), None),
        # When it was said does not decide what held.
        (
            add_second(since="2026-02", as_of="2020"),
            ("--before-as-of", "2026-01"),
            ("closed", "world", "began"),
        ),
        # What was known by a date: the statement's own date decides, and validity does not.
        (
            add_second(as_of="2026-02-10"),
            ("--before-known-by", "2026-02-09"),
            ("closed", "knowledge", "added"),
        ),
        (add_second(as_of="2026-02-10"), ("--before-known-by", "2026-02-10"), None),
        (add_second(as_of="2026-02-10"), ("--before-known-by", "2026-02"), None),
        (
            add_second(as_of="2026-02-10", since="2020"),
            ("--before-known-by", "2026-02-09"),
            ("closed", "knowledge", "added"),
        ),
    ],
)
def test_validity_and_the_date_of_a_statement_are_kept_apart(
    change: Change,
    view: tuple[str, str],
    expected: tuple[str, str, str] | None,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Of one data set on two days the world has changed; of what was known by two dates, knowledge."""

    def restate(package: Any) -> None:
        change(package)
        for table in package.values():  # everything else was known long ago
            for row in table:
                if row.get("as_of") == "2026-03" and row.get("vendor") != "keyence":
                    row["as_of"] = "2025"

    folder = write_version(tmp_path / "data", restate)
    # The latest statement gives the day after; a pin, so that every case stands on the same one.
    answer = _ask(capsys, "--data", folder, *view, "--after-as-of", "2026-03")
    found = [
        (f["change"], " ".join(f["why"]), f["enough"][0]["what"])
        for f in answer["findings"]
        if f["id"] == TSMC and f["change"] != "changed"
    ]
    assert found == ([] if expected is None else [expected])


def test_a_correction_of_an_earlier_day_is_knowledge(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A later statement says that the second foundry had ended before either day."""
    before = write_version(tmp_path / "before", add_second(as_of="2026-02"))

    def correct(package: Any) -> None:
        add_second(as_of="2026-02")(package)
        add_second(until="2020")(package)

    after = write_version(tmp_path / "after", correct)
    answer = _ask(capsys, before, after)
    (opened,) = [f for f in answer["findings"] if f["change"] == "opened"]
    (fact,) = opened["enough"]
    assert (opened["id"], opened["why"], fact["what"]) == (TSMC, ["knowledge"], "corrected")
    assert (fact["before"].get("until"), fact["after"]["until"]) == (None, "2020")
    assert "Keyence offers Foundry – statement corrected; until: - → 2020" in _say(capsys, before, after)


def test_a_requirement_that_is_dropped_is_the_model(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Less hangs on TSMC, because the model says so, and the requirement is named with its source."""
    other = write_version(tmp_path / "other", drop_requirement)
    text = _say(capsys, old, other)
    assert "    ├── severity: 1.00 → 0.00 (model)\n" in text
    assert "        └── Camera requires Foundry – removed from the model [1]\n" in text
    back = _say(capsys, other, old)
    assert "        └── Camera requires Foundry – added to the model [1]\n" in back


def test_a_statement_that_lost_its_source_is_knowledge(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The verdict falls, and the columns that differ are shown."""
    other = write_version(tmp_path / "other", drop_source)
    text = _say(capsys, old, other)
    assert "    ├── verdict: confirmed → apparent (knowledge)\n" in text
    assert "TSMC offers Foundry – evidence re-graded; source_kind: cited → uncited;" in text


def test_what_is_not_comparable_says_why_and_what_is(
    new: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without offers on one side nothing is called a change of the world or of knowledge."""
    bare = write_package(tmp_path / "bare", {name: rows for name, rows in TOY.items() if name != "offers"})
    text = _say(capsys, bare, new)
    assert "Not comparable: the data before have no OFFERS," in text
    assert "Instead: compare what was known at two dates of one data set (--before-known-by DATE)" in text
    answer = _ask(capsys, bare, new)
    assert {tuple(f["why"]) for f in answer["findings"]} == {("not comparable",)}
    assert [(one["kind"], one["side"]) for one in answer["obstacles"]] == [("no-offers", "before")]
    assert answer["counts"]["not-comparable"] == answer["counts"]["opened"] + answer["counts"]["cells"]
    assert "Cells that cannot be compared: 10." in text


def test_data_of_other_components_are_not_comparable(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """They have no component in common."""
    names = {row["id"]: f"other-{row['id']}" for row in TOY["components"]}
    renamed = {
        table: [{column: names.get(cell, cell) for column, cell in row.items()} for row in rows]
        for table, rows in TOY.items()
    }
    text = _say(capsys, old, write_package(tmp_path / "other", renamed))
    assert "Not comparable: the two have no component in common.\n" in text
    assert "Instead: compare versions of one data set" in text


def test_a_graph_saved_as_parquet_is_compared(
    old: Path, new: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same data in another form: nothing changed; with NEW the second foundry is found."""
    saved = save_graph(load_folder(old), tmp_path / "saved")
    assert "Nothing changed" in _say(capsys, saved, old)
    assert _told(_ask(capsys, saved, new)) == _told(_ask(capsys, old, new))


def test_the_folder_after_is_that_of_data(old: Path, new: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """NEW and --data are two ways to say the same, and not both."""
    assert _ask(capsys, old, "--data", new)["findings"] == _ask(capsys, old, new)["findings"]
    assert "give the folder after once" in _fail(capsys, old, new, "--data", new)


def test_changes_as_markdown_in_chinese(old: Path, new: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Tables and lists that a memo takes as they are."""
    lines = _say(capsys, old, new, "--format", "md", "--lang", "zh").splitlines()
    assert lines[5] == "缺口：新增 0 項；消除 1 項；變動 1 項。供應涵蓋情形變動：2 格。"
    assert lines[7:17] == [
        "## 消除：1 項",
        "",
        "| ID | 類型 | 對象 | 根源 | 失去的解決方案 | 判定 | 原因 |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        "| GAP-340dbdc34034 | 單點失效 | 台積電 (tsmc) | 晶圓代工 (foundry) | 1/1 | 已確認 | 所知變動 |",
        "",
        "- 變動原因（數字為下列出處）",
        "  - GAP-340dbdc34034　單點失效：台積電 (tsmc)",
        "    - 足以造成此變動的事實",
        r"      - Keyence供應晶圓代工——新增陳述；陳述日期 2026-03 \[1\]",
    ]


def test_changes_in_japanese(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second foundry began between the days."""
    folder = write_version(tmp_path / "data", add_second(since="2026-02"))
    text = _say(capsys, "--data", folder, "--before-as-of", "2026-01", "--lang", "ja")
    assert "弱点：新規 0件、解消 1件、変化 2件。供給状況が変化した欄：2件。" in text
    assert "キーエンスによるファウンドリの供給――開始、2026-02から [1]" in text
    assert "    └── 事実に変化はなく、記述を見る時点だけが異なる。" in text


def test_changes_as_csv(old: Path, new: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A row for each gap, property, fact and cell, one value a cell."""
    rows = list(csv.DictReader(io.StringIO(_say(capsys, old, new, "--format", "csv").lstrip("\ufeff"))))
    assert [
        (row["what"], row["id"], row["property or fact"], row["before"], row["after"]) for row in rows
    ] == [
        ("gap", TSMC, "", "", ""),
        ("fact behind it", TSMC, "Keyence offers Foundry", "", "status=volume"),
        ("gap", TAIWAN, "", "", ""),
        ("property of a gap", TAIWAN, "roots", "foundry;lens", "lens"),
        (
            "property of a gap",
            TAIWAN,
            "vendors of the cut",
            "asia-optical;largan;tsmc",
            "asia-optical;largan",
        ),
        ("property of a gap", TAIWAN, "components lost", "camera;foundry;lens", "camera;lens"),
        ("fact behind it", TAIWAN, "Keyence offers Foundry", "", "status=volume"),
        ("coverage", "foundry", "", "none; list complete", "1 (1); list complete"),
        ("coverage", "chip", "", "not known; list unknown", "1 (1); list unknown"),
    ]
    assert [(row["source"], row["stated"]) for row in rows if row["source"]] == [("News", "2026-03")] * 2


def test_json_names_both_data_sets_and_their_parameters(
    old: Path, new: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Hash, day and selection of each side stand beside the scope."""
    answer = _ask(capsys, old, new, "--before-known-by", "2026-03", "--scope", "world")
    graphs = [load_folder(folder) for folder in (old, new)]
    hashes = [answer[side]["data"]["hash"] for side in ("before", "after")]
    assert hashes == [graph.content_hash for graph in graphs]
    assert [answer[side]["selection"] for side in ("before", "after")] == [{"known_by": "2026-03"}, {}]
    assert answer["scope"]["within"] == "world"
    assert _told(answer) == set()  # Samsung was a second foundry before


def test_a_limit_says_what_it_leaves_out(old: Path, new: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The counts are those of all."""
    text = _say(capsys, old, new, "--limit", "1")
    assert "Coverage that changed: 2\n" in text
    assert "Shown: the first 1 of 2." in text
    assert len(_ask(capsys, old, new, "--limit", "1")["coverage"]) == 1


@pytest.mark.parametrize(
    ("threshold", "code"), [("opened", 0), ("closed", 1), ("closed:2", 0), ("changed:1", 1), ("cells:2", 1)]
)
def test_a_threshold_ends_with_code_1(
    threshold: str, code: int, old: Path, new: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only if there are so many of what it speaks of; the answer is printed all the same."""
    assert "Closed: 1" in _say(capsys, old, new, "--fail-on", threshold, code=code)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "there is nothing to compare: give the folder OLD"),
        (("--after-as-of", "2020"), None),
        (("nowhere",), "`path`: there is no folder nowhere"),
        (("--before-as-of", "yesterday"), "`--before-as-of` must be a date like 2026"),
        (("--before-known-by", "2026-02-30"), "`--before-known-by` is no day of the calendar: '2026-02-30'"),
        (("--before-dataset", "report-1917"), "`dataset`: no 'report-1917'; there are toy"),
        (
            ("--before-as-of", "2020", "--fail-on", "vanished"),
            "'vanished' is none of opened, closed, changed",
        ),
    ],
)
def test_wrong_input_is_one_line(
    arguments: tuple[str, ...], message: str | None, old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says which argument, what was found and what is allowed."""
    arguments = ("--data", str(old), *arguments)
    if message is None:  # two days of one data set: something to compare
        assert _say(capsys, *arguments)
        return
    error = _fail(capsys, *arguments)
    assert (message in error, error.count("\n")) == (True, 1)


def test_a_data_set_of_its_own_is_compared_with_the_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What another source adds is knowledge."""
    folder = write_version(tmp_path / "data", add_second(dataset="other"))
    answer = _ask(capsys, "--data", folder, "--before-dataset", "toy")
    assert ("closed", TSMC, "knowledge") in _told(answer)
    assert answer["before"]["selection"] == {"dataset": "toy"}


@pytest.mark.slow
def test_the_seeds_on_two_days(capsys: pytest.CaptureFixture[str]) -> None:
    """The model stays between two years of one data set; every change has a reason."""
    answer = _ask(capsys, "--before-as-of", "2015", "--limit", "5")
    changes = [*answer["findings"], *answer["coverage"]]
    assert changes
    assert all(change["why"] and "model" not in change["why"] for change in changes)
    assert JAPAN not in {f["id"] for f in answer["findings"] if f["change"] != "changed"}
