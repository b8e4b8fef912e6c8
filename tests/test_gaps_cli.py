"""``kizuna gaps`` with orders, units, kinds, thin findings and thresholds."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from kizuna.cli import main
from kizuna.commands.gap_counts import GAP_COUNTS, UNIT_NAMES
from kizuna.queries import _gap_orders, finding_id
from kizuna.queries._fault_tree import list_unit_names
from kizuna.queries.scope import Scope
from tests.graphs import Rows, make_rows
from tests.packages import write_package

PAIR = finding_id("cut", "vendor", Scope(), ["a", "b"])
NAMES = {"a": "Alpha", "b": "Beta", "c": "Gamma", "d": "Delta"}


def _write(folder: Path, rows: Rows) -> Path:
    """Write tables as the loader wants them: whoever has no name is called by its id, and cited is from a page."""
    for name in ("layers", "segments", "components", "countries", "vendors", "solutions"):
        for row in rows.get(name, ()):
            row["name_en"] = NAMES.get(row["id"], row["id"])
    for row in rows.get("solutions", ()):
        row |= {"dataset": "toy", "source_kind": "uncited"}
    for table in rows.values():
        for row in table:
            if row.get("source_kind") == "cited":
                row["source_url"] = "https://example.com/news"
    return write_package(folder, rows)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a lens of two makers, a scanner of one, and a box of everybody."""
    rows = make_rows(
        vendors="a:TW(region=TW-HSZ) b:TW(region=TW-HSZ) c:JP d:JP(region=JP-13)",
        offers="a:lens b:lens d:scanner a:box b:box c:box d:box",
        requires="robot->lens robot->scanner(kind=equipment) toy->box",
        solutions="robot toy",
    )
    return _write(tmp_path_factory.mktemp("data") / "toy", rows)


def _run(capsys: pytest.CaptureFixture[str], *arguments: str | Path, code: int = 0) -> tuple[str, str]:
    """Run the command; return what it prints and what it notes."""
    assert main(["gaps", *map(str, arguments)]) == code
    captured = capsys.readouterr()
    return captured.out, captured.err


def _ask(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Any:
    return json.loads(_run(capsys, *arguments, "--format", "json")[0])


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "en",
            (
                "Minimal cut sets of up to 2 units: 3, of them single points of failure: 2; offered by nobody: 0;",
                "Minimal cut sets of up to 2 units that must be lost together",
                "Alpha (a) + Beta (b)",
                "For the witness, the evidence and second sources: the same command with --explain ID",
            ),
        ),
        (
            "ja",
            (
                "2単位までの最小カットセット 3件（うち単一障害点 2件）、供給者なし 0件、",
                "Alpha (a)＋Beta (b)",
            ),
        ),
        (
            "zh",
            (
                "至多 2 個單位的最小割集 3 項（其中單點失效 2 項）；無人供應 0 項；",
                "Alpha (a)＋Beta (b)",
            ),
        ),
    ],
)
def test_both_members_of_a_pair_are_shown(
    folder: Path, capsys: pytest.CaptureFixture[str], lang: str, lines: tuple[str, ...]
) -> None:
    """The table counts the sets, and names both members, in each language."""
    text, _ = _run(capsys, "--data", folder, "--order", "2", "--lang", lang)
    for line in lines:
        assert line in text


def test_a_pair_as_csv_has_both_ids_in_one_cell(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ids and names stand apart; how many are lost together, and how many solutions at once, are numbers."""
    text, _ = _run(capsys, "--data", folder, "--order", "2", "--format", "csv")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff")))}
    row = rows[PAIR]
    assert (row["kind"], row["who: id"], row["who"]) == ("minimal cut set", "a;b", "Alpha;Beta")
    assert (row["units lost together"], row["solutions lost"], row["solutions lost at once"]) == (
        "2",
        "1",
        "1",
    )
    assert {(row["who: id"], row["solutions lost at once"]) for row in rows.values()} == {
        ("a;b", "1"),
        ("TW", "1"),
        ("d", "0"),
    }


def test_a_pair_as_json_has_its_members(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Members are listed with id and name, and `member` is for single ones; what was asked stands beside."""
    answer = _ask(capsys, "--data", folder, "--order", "3", "--unit", "vendor", "--unit", "region")
    assert (answer["units"], answer["max_order"]) == (["vendor", "region"], 3)
    found = {finding["id"]: finding for finding in answer["findings"]}[PAIR]
    assert found["members"] == [{"id": "a", "name": "Alpha"}, {"id": "b", "name": "Beta"}]
    assert (found["member"], found["order"], found["also"]) == (None, 2, ["group", "country", "region"])
    assert (found["at_once"], found["in_time"]) == (["robot"], [])
    region = next(finding for finding in answer["findings"] if finding["unit"] == "region")
    assert region["member"] == {"id": "TW-HSZ", "name": "TW-HSZ"}


def test_a_pair_is_explained(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A finding of two is explained as one of one: members, witness, offers of both, and when it is felt."""
    text, _ = _run(capsys, "--data", folder, "--order", "2", "--explain", PAIR)
    assert f"{PAIR} · minimal cut set: Alpha (a) + Beta (b)\n" in text
    assert "├── Alpha (a): lens (volume) [1]\n└── Beta (b): lens (volume) [1]" in text
    assert "All these solutions are lost at once" in text
    single, _ = _run(capsys, "--data", folder, "--explain", finding_id("cut", "vendor", Scope(), ["d"]))
    assert "solutions lost only in time, for want of equipment: 1\n└── robot" in single


def test_kinds_are_part_of_the_question(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Asked for inputs and services alone, nothing hangs on the scanner; the head says so."""
    answer = _ask(capsys, "--data", folder, "--kind", "input", "--kind", "service")
    assert answer["scope"]["selection"] == {"kind": "input, service"}
    lost = {finding["member"]["id"]: finding["solutions_lost"] for finding in answer["findings"]}
    assert lost["d"] == []


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "Thin: with this lost, one group alone would be left"),
        ("ja", "供給元に余裕なし：失われると残る供給元は1グループのみ"),
        ("zh", "供應單薄：一旦失去，僅剩一個集團可供應"),
    ],
)
def test_thin_findings_are_listed_when_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str], lang: str, line: str
) -> None:
    """They have a section of their own, and a count; without the option their number is not known."""
    assert line in _run(capsys, "--data", folder, "--thin", "--lang", lang)[0]
    answer = _ask(capsys, "--data", folder, "--thin")
    kinds = [finding["kind"] for finding in answer["findings"]]
    assert answer["counts"]["thin"] == kinds.count("thin") > 0
    thin = next(finding["id"] for finding in answer["findings"] if finding["kind"] == "thin")
    assert thin in _run(capsys, "--data", folder, "--thin", "--explain", thin, "--lang", lang)[0]
    assert _ask(capsys, "--data", folder)["counts"]["thin"] is None


@pytest.mark.parametrize(
    ("options", "notes"),
    [
        (("--fail-on", "single-vendor"), ["--fail-on single-vendor: there are 1, the threshold is 1"]),
        (("--fail-on", "single-vendor:2"), []),
        (
            ("--fail-on", "cut:3", "--order", "2", "--fail-on", "single-country"),
            [
                "--fail-on cut:3: there are 3, the threshold is 3",
                "--fail-on single-country: there are 1, the threshold is 1",
            ],
        ),
        (("--fail-on", "cut:3"), []),
        (("--fail-on", "uncovered", "--fail-on", "dominant", "--fail-on", "fragile"), []),
        (("--fail-on", "thin", "--thin"), ["--fail-on thin: there are 2, the threshold is 1"]),
        (("--fail-on", "confirmed"), []),
        (
            ("--fail-on", "single-region", "--unit", "region", "--limit", "1"),
            ["--fail-on single-region: there are 2, the threshold is 1"],
        ),
    ],
)
def test_a_threshold_that_is_reached_ends_with_code_one(
    folder: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], notes: list[str]
) -> None:
    """The table is printed all the same, and a note says which threshold, on standard error."""
    text, noted = _run(capsys, "--data", folder, *options, code=1 if notes else 0)
    assert "φ" in text
    assert noted.splitlines() == notes


def test_confirmed_findings_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A finding with whole lists and cited rows is confirmed, and reaches a threshold."""
    rows = make_rows(vendors="a:TW b:JP", offers="a:lens b:box a:box", complete="lens:TW lens:JP")
    folder = _write(tmp_path / "data", rows)
    _, noted = _run(capsys, "--data", folder, "--fail-on", "confirmed", code=1)
    assert noted == "--fail-on confirmed: there are 1, the threshold is 1\n"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ("--fail-on", "single-region"),
            "`--fail-on`: single-region counts what --unit region lists; add that",
        ),
        (("--fail-on", "thin"), "`--fail-on`: thin counts what --thin lists; add that"),
        (("--fail-on", "cuts"), "`--fail-on`: 'cuts' is none of single-vendor, "),
        (("--fail-on", "cut:0"), "in 'cut:0' the number must be a whole number from 1 up, like cut:5"),
        (("--order", "4"), "4 is not in the range 1<=x<=3."),
        (("--unit", "town"), "'town' is not one of 'vendor', 'group', 'country', 'region',"),
        (("--kind", "money"), "'money' is not one of 'input', 'equipment', 'service'."),
    ],
)
def test_wrong_options_are_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], message: str
) -> None:
    """A threshold of what is not listed would never be reached: it is an error, as other wrong options are."""
    text, error = _run(capsys, "--data", folder, *options, code=2)
    assert text == ""
    assert message in error


def test_too_many_sets_are_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where sets are too many to list the error says what to ask instead, and the code is another one."""
    monkeypatch.setattr(_gap_orders, "BUDGET", 3)
    text, error = _run(capsys, "--data", folder, "--order", "3", code=3)
    assert text == ""
    assert error == (
        "error: the sets of up to 3 units are too many to list; ask with --order 2 or for fewer units with "
        "--unit, or for one target: kizuna cut-sets TARGET\n"
    )


def test_without_offers_no_threshold_is_passed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing is known a threshold cannot be met or missed: that is an error."""
    rows = make_rows(vendors="a:TW", components="lens")
    folder = _write(
        tmp_path / "data", {key: rows[key] for key in ("segments", "layers", "components", "countries")}
    )
    _, error = _run(capsys, "--data", folder, "--fail-on", "cut", code=2)
    assert "`--fail-on`: this data set has no OFFERS, so that no gaps can be counted" in error


def test_the_command_knows_the_units_of_the_question() -> None:
    """The names that the help shows without loading the queries are those that the queries have."""
    assert list_unit_names() == UNIT_NAMES
    assert {f"single-{unit}" for unit in UNIT_NAMES} < set(GAP_COUNTS)
