"""The options of a scope on the command line: places of making, numbers of groups, shares of the market."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from kizuna.cli import main
from tests.packages import write_package
from tests.toy_chain import TOY

# Largan makes lenses in Japan; nobody states where Asia Optical does; the foundry is in both countries, and
# holds 60 parts of its market.
_MORE = {
    ("largan", "lens"): {"made_in": "JP"},
    ("tsmc", "foundry"): {
        "made_in": "TW;JP",
        "share": "0.6",
        "share_of": "foundry",
        "share_year": "2025",
    },
    ("sony", "camera"): {"made_in": "JP"},
    ("keyence", "camera"): {"made_in": "JP"},
    ("samsung", "foundry"): {"made_in": "KR"},
}


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the small data set with places and a share."""
    offers = [{**row, **_MORE.get((row["vendor"], row["component"]), {})} for row in TOY["offers"]]
    return write_package(tmp_path_factory.mktemp("data") / "placed", {**TOY, "offers": offers})


def _say(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    assert main([str(argument) for argument in arguments]) == 0
    return capsys.readouterr().out


def _ask(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Any:
    return json.loads(_say(capsys, *arguments, "--format", "json"))


def test_coverage_by_places(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each vendor counts where it makes the thing; a column tells of how many nobody knows where."""
    words = ("coverage", "--by", "component", "--country-by", "made", "--data", toy)
    rows = {row["id"]: row for row in _ask(capsys, *words)["rows"]}
    assert [cell["vendors"] for cell in rows["foundry"]["cells"]] == [1, 1, 1]
    assert [cell["vendors"] for cell in rows["lens"]["cells"]] == [None, 1, None]
    assert {name: row["unplaced"] for name, row in rows.items()} == {
        "camera": 0,
        "lens": 1,
        "foundry": 0,
        "vision": 0,
    }
    sheet = list(csv.reader(io.StringIO(_say(capsys, *words, "--format", "csv"))))
    assert sheet[0][-1] == "place of making unknown"
    assert [(row[0], row[-1]) for row in sheet[1:] if row[0] == "lens"] == [("lens", "1")]
    lines = _say(capsys, *words).splitlines()
    assert lines[0] == "within TW + JP · country: where an offer is made"
    assert lines[3] == "1 of these 5 offers do not say where they are made; no country takes them along"
    assert "place of making unknown" in "\n".join(lines)


def test_other_coverage_has_no_column_of_places(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By seat every vendor has a country; the number is not there."""
    words = ("coverage", "--by", "component", "--data", toy)
    assert {row["unplaced"] for row in _ask(capsys, *words)["rows"]} == {None}
    assert "place of making unknown" not in _say(capsys, *words, "--format", "csv")


@pytest.mark.parametrize(("lang", "word"), [("en", "made"), ("ja", "製造地"), ("zh", "製造地")])
def test_gaps_by_places(toy: Path, capsys: pytest.CaptureFixture[str], lang: str, word: str) -> None:
    """Japan takes the cameras along, and neither the lens of unknown place nor the foundry of two countries."""
    words = ("gaps", "--country-by", "made", "--data", toy, "--lang", lang)
    assert word in _say(capsys, *words).splitlines()[0]
    found = _ask(capsys, *words)
    cuts = [one for one in found["findings"] if one["kind"] == "cut" and one["unit"] == "country"]
    assert [(one["member"], one["roots"]) for one in _ids(cuts)] == [("JP", ["camera"])]
    assert found["scope"]["country_by"] == "made"
    assert (found["scope"]["offers_counted"], found["scope"]["offers_of_unknown_place"]) == (5, 1)


def _ids(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return members and roots by id."""

    def read(one: Any) -> Any:
        return one["id"] if isinstance(one, dict) else one

    return [{"member": read(f["member"]), "roots": [read(root) for root in f["roots"]]} for f in findings]


def test_gaps_at_two_groups(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The one foundry of the two countries is too few; the head says what that means."""
    words = ("gaps", "--min-groups", "2", "--data", toy)
    found = _ask(capsys, *words)
    few = [one for one in found["findings"] if one["kind"] == "uncovered"]
    assert sorted(one["roots"][0] for one in _ids([{**f, "member": None} for f in few])) == [
        "foundry",
        "vision",
    ]
    assert (found["scope"]["min_groups"], found["scope"]["min_share"]) == (2, None)
    head = _say(capsys, *words).splitlines()[0]
    assert head.endswith("at least 2 groups can deliver it (else it stands under “offered by nobody”)")


def test_gaps_at_a_share(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """TSMC holds 60 parts: enough for half of the market, and too little for more than that."""
    words = ("gaps", "--data", toy, "--min-share")
    assert _ask(capsys, *words, "0.5")["scope"]["min_share"] == 0.5
    for share, roots in (("0.5", ["vision"]), ("0.7", ["foundry", "vision"])):
        few = [one for one in _ask(capsys, *words, share)["findings"] if one["kind"] == "uncovered"]
        assert sorted(one["roots"][0] for one in _ids([{**f, "member": None} for f in few])) == roots


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("gaps", "--min-groups", "0"), "`min_groups` must be a whole number from 1 up; found 0"),
        (
            ("gaps", "--min-share", "1.5"),
            "`min_share` must be a number above 0 and up to 1, or None; found 1.5",
        ),
        (("coverage", "--min-groups", "2"), "means nothing here: coverage counts who offers what"),
        (("coverage", "--min-share", "0.5"), "means nothing here: coverage counts who offers what"),
    ],
)
def test_what_is_not_allowed_is_said(
    toy: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    """One line that names the option's meaning and what would do."""
    assert main([*arguments, "--data", str(toy)]) == 2
    assert message in capsys.readouterr().err


def test_the_data_state_what_they_did_before(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Places and shares change nothing by seat and at one group."""
    found = _ask(capsys, "gaps", "--data", toy)
    assert (found["scope"]["country_by"], found["scope"]["min_groups"]) == ("seat", 1)
    assert found["scope"]["offers_of_unknown_place"] is None


def test_what_rests_on_unknown_places_is_marked(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The lens of unknown place is either country's as long as nobody says otherwise; a column says so."""
    words = ("complement", "--country-by", "made", "--data", toy)
    rows = {row["id"]: row for row in _ask(capsys, *words, "lens", "camera", "foundry")["rows"]}
    assert {name: (row["class"], row["unsettled"]) for name, row in rows.items()} == {
        "lens": ("either", True),
        "camera": ("second-alone", False),
        "foundry": ("either", False),
    }
    assert "rests on unknown places of making" in _say(capsys, *words, "lens", "--format", "csv")
    seat = _ask(capsys, "complement", "--data", toy, "lens")["rows"]
    assert [row["unsettled"] for row in seat] == [None]
