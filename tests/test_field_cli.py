"""What the commands on work abroad, the loop, ties, research and claims print, on data a reader can see."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from kizuna.cli import main
from tests.packages import Package, write_package
from tests.toy_chain import CITED, TOY, run_command

_UNCITED = {"dataset": "toy", "source_kind": "uncited"}
_REPORT = {"dataset": "old-report", "source_kind": "report", "as_of": "2017-12", "confidence": "high"}


def _names(en: str, zh: str, ja: str) -> dict[str, str]:
    return {"name_en": en, "name_zh": zh, "name_ja": ja}


# Beside the chain of cameras: two layers, one firm that builds abroad, one obstacle, two ties and two claims.
FIELD: Package = {
    **TOY,
    "layers": [
        {"id": "terminal", "order": "1", **_names("Terminals", "終端產品", "端末")},
        {"id": "ai", "order": "2", **_names("AI", "AI分析", "AI分析")},
    ],
    "layer_feeds": [{"layer": "terminal", "feeds": "ai"}, {"layer": "ai", "feeds": "terminal"}],
    "segments": [
        {**row, "layer": layer} for row, layer in zip(TOY["segments"], ("terminal", "ai"), strict=True)
    ],
    "countries": [*TOY["countries"], {"id": "MY", **_names("Malaysia", "馬來西亞", "マレーシア")}],
    "domains": [
        {"id": "civil", **_names("Civil engineering", "土木工程", "土木工学")},
        {"id": "bridges", "broader": "civil", **_names("Bridges", "橋梁", "橋梁")},
        {"id": "power", **_names("Power", "電力", "電力")},
    ],
    "engineering_firms": [
        {"id": "ceci", "country": "TW", **_names("CECI", "台灣世曦", "台湾世曦"), **_REPORT},
        {"id": "sinotech", "country": "TW", **_names("Sinotech", "中興", "中興"), **_REPORT},
    ],
    "works_in": [
        {"firm": "ceci", "domain": "bridges", **_REPORT},
        {"firm": "sinotech", "domain": "civil", **CITED},
    ],
    "operates_in": [{"firm": "ceci", "country": "MY", **_REPORT}],
    "has_built_in": [{"firm": "sinotech", "country": "MY", **CITED}],
    "obstacles": [
        {"id": "cost-down", **_names("High costs", "成本過高", "高コスト"), **_REPORT},
        {"id": "talent", **_names("No talent", "缺乏人才", "人材不足"), **_REPORT},
    ],
    "vendor_removes": [{"vendor": "tsmc", "obstacle": "cost-down", **CITED, "note": "cheap chips"}],
    "supplies": [
        {"from_vendor": "tsmc", "to_vendor": "sony", "component": "foundry", "since": "2012", **CITED}
    ],
    "partners_with": [{"from_vendor": "largan", "to_vendor": "sony", **CITED}],
    "claims": [
        {"id": "two-obstacles", "figure": "2", "unit": "obstacles", "year": "2017", "check": "obstacles"}
        | {
            "text_en": "There are two obstacles.",
            "text_zh": "障礙有二。",
            "text_ja": "障害は二つ。",
            **_REPORT,
        },
        {"id": "many-people", "figure": "125583658", "unit": "people"}
        | {"text_en": "They are many.", "text_zh": "人很多。", "text_ja": "人は多い。", **_REPORT},
    ],
    "about": [{"claim": "two-obstacles", "about_label": "Obstacle", "about": "talent"}],
}

COMMANDS = {
    "engineers": ("engineers", "MY", "civil"),
    "obstacles": ("obstacles",),
    "loop": ("loop",),
    "loop of one": ("loop", "care"),
    "ties": ("ties",),
    "ties of firms": ("ties", "--layers", "firms"),
    "white-spots": ("white-spots", "--least", "1"),
    "research": ("research",),
    "claims": ("claims",),
    "one claim": ("claims", "two-obstacles"),
}


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the small data set."""
    return write_package(tmp_path_factory.mktemp("data") / "field", FIELD)


def _say(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    assert main([str(argument) for argument in arguments]) == 0
    return capsys.readouterr().out


def _ask(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Any:
    return json.loads(_say(capsys, *arguments, "--format", "json"))


def _read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


# ---- every command, in every form and language ----


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize(
    ("lang", "head"), [("en", "data: field 0"), ("ja", "データ：field 0"), ("zh", "資料：field 0")]
)
def test_every_command_in_every_language(
    toy: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...], lang: str, head: str
) -> None:
    """The head names the data, and no other language's sentences are mixed in."""
    text = _say(capsys, *command, "--data", toy, "--lang", lang)
    assert any(line.startswith(head) for line in text.splitlines()[:2])
    assert (lang == "ja") == any("ぁ" <= letter <= "ん" for letter in text)
    assert "{" not in text


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_every_command_in_every_form(
    toy: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    """Markdown has the head as a list, a spreadsheet rows of one width, JSON which data it is from."""
    asked = [*command, "--data", str(toy)]
    assert "- data: field 0" in _say(capsys, *asked, "--format", "md")
    rows = list(csv.reader(io.StringIO(_say(capsys, *asked, "--format", "csv"))))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}
    document = _ask(capsys, *asked)
    data = document["data"] if "data" in document else document["scope"]["data"]
    assert (data["name"], data["as_of"]) == ("field", "2026-03-01")


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_an_empty_data_set_has_the_same_shape(
    tmp_path: Path, toy: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    """Where there is nothing, that is said, and JSON has the same keys."""
    if len(command) > 1 and command[0] in ("engineers", "loop", "claims"):
        assert main([*command, "--data", str(_empty(tmp_path))]) == 2
        assert "there are" in capsys.readouterr().err
        return
    asked = [*command, "--data", str(_empty(tmp_path))]
    assert len(_say(capsys, *asked).splitlines()) >= 2
    assert set(_ask(capsys, *asked)) == set(_ask(capsys, *command, "--data", toy))
    assert _read(_say(capsys, *asked, "--format", "csv")) == []


def _empty(folder: Path) -> Path:
    return write_package(folder / "empty", {"countries": TOY["countries"]})


@pytest.mark.slow
@pytest.mark.parametrize(("encoding", "lang"), [("cp932", "zh"), ("cp950", "ja")])
@pytest.mark.parametrize("name", ["engineers", "claims"])
def test_a_console_of_another_language_does_not_fail(toy: Path, name: str, encoding: str, lang: str) -> None:
    """What the console lacks is shown otherwise."""
    done = run_command(*COMMANDS[name], "--data", toy, PYTHONIOENCODING=encoding, KIZUNA_LANG=lang)
    assert (done.returncode, done.stderr) == (0, b"")
    assert {"engineers": "ceci", "claims": "two-obstacles"}[name] in done.stdout.decode(encoding)


# ---- engineering firms ----


def test_office_and_past_work_are_told_apart(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The firm with an office comes before the one that has only built there; each with its source."""
    lines = _say(capsys, "engineers", "MY", "civil", "--data", toy).splitlines()
    assert lines[2] == "Engineering firms for “Civil engineering” in Malaysia"
    assert lines[4] == "Narrower fields are found too: Bridges (bridges)."
    rows = [line.split("   ") for line in lines if "and field" in line]
    assert [[cell.strip() for cell in row if cell.strip()] for row in rows] == [
        ["office and field", "CECI (ceci)", "Taiwan", "Bridges (bridges)", "yes", "no", "-", "[1]"],
        [
            *("past work and field", "Sinotech (sinotech)", "Taiwan"),
            *("Civil engineering (civil)", "no", "yes", "-", "[2]"),
        ],
    ]
    assert lines[-2:] == ["├── [1] report of 2017", "└── [2] News, 2026-03, https://example.com/news"]


def test_names_in_any_script_are_understood(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The country and the field by id or by name; an ambiguous name is refused with the candidates."""
    wanted = _ask(capsys, "engineers", "MY", "civil", "--data", toy)
    for country, domain in (("馬來西亞", "土木工程"), ("マレーシア", "土木工学"), ("malaysia", "CIVIL")):
        assert _ask(capsys, "engineers", country, domain, "--data", toy) == wanted
    assert main(["engineers", "MY", "r", "--data", str(toy)]) == 2
    assert "may be 3 of them" in capsys.readouterr().err


def test_an_unknown_field_lists_the_fields(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message names what was found, what is near, and all that there are."""
    assert main(["engineers", "MY", "civics", "--data", str(toy)]) == 2
    assert capsys.readouterr().err == (
        "error: `domain`: no Domain 'civics'; did you mean civil? There are bridges, civil, power\n"
    )
    assert main(["engineers", "XX", "civil", "--data", str(toy)]) == 2
    assert capsys.readouterr().err == "error: `country`: no Country 'XX'; there are JP, KR, MY, TW\n"


def test_the_home_country_answers_nothing_and_says_so(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """How many firms are left out, and for which countries there would be some."""
    text = _say(capsys, "engineers", "TW", "civil", "--data", toy)
    assert "Firms whose home is Taiwan are left out, because help abroad is asked for: 2." in text
    assert "In this field there are firms for: Malaysia (MY)." in text
    text = _say(capsys, "engineers", "MY", "power", "--data", toy)
    assert "office only" in text
    text = _say(capsys, "engineers", "KR", "power", "--data", toy)
    assert text.endswith("No firm of this data set works in this field abroad.\n")
    document = _ask(capsys, "engineers", "TW", "civil", "--data", toy)
    assert (document["firms_at_home"], document["partners"]) == (2, [])


# ---- obstacles, loop, ties ----


def test_obstacles_with_what_answers_them(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who, with what confidence, source and offers; an obstacle that nobody removes says so."""
    text = _say(capsys, "obstacles", "--data", toy)
    assert text.endswith(
        """\
2 obstacles; for 1 of them a source names somebody who can remove it.

High costs (cost-down)
└── TSMC (tsmc): vendor, confidence high [1]
    ├── cheap chips
    └── offers: Foundry (foundry)

No talent (talent)
└── no source names anybody

sources
└── [1] News, 2026-03, https://example.com/news
"""
    )
    rows = _read(_say(capsys, "obstacles", "--data", toy, "--format", "csv"))
    assert [(row["obstacle: id"], row["what it offers: ids"]) for row in rows] == [
        ("cost-down", "foundry"),
        ("talent", ""),
    ]


def test_a_loop_is_open_where_a_layer_has_nothing(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Care has a camera and no AI; checkout has vision as well; a threshold counts the open ones."""
    text = _say(capsys, "loop", "care", "--data", toy)
    assert "The loop is open at: AI. Steps without an end: Terminals → AI, AI → Terminals." in text
    loops = {loop["solution"]["id"]: loop for loop in _ask(capsys, "loop", "--data", toy)["loops"]}
    assert (loops["care"]["missing"], loops["checkout"]["closed"]) == (["ai"], True)
    assert "Closed loops: 1 of 2" in _say(capsys, "loop", "--data", toy)
    assert main(["loop", "--data", str(toy), "--fail-on", "open"]) == 1
    assert "--fail-on open: there are 1, the threshold is 1" in capsys.readouterr().err
    assert main(["loop", "--data", str(toy), "--fail-on", "open:2"]) == 0
    capsys.readouterr()
    assert main(["loop", "cara", "--data", str(toy)]) == 2
    assert "no solution 'cara'; there are care" in capsys.readouterr().err


def test_ties_by_decade_and_layers(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A column for each decade; what is about no component has no layer; by firms there are pairs."""
    lines = _say(capsys, "ties", "--data", toy).splitlines()
    assert [line.split() for line in lines if "Taiwan → Japan" in line] == [
        ["alliance", "Taiwan", "→", "Japan", "unknown", "1", "1"],
        ["supply", "Taiwan", "→", "Japan", "AI", "1", "1"],
    ]
    assert "2 ties are in force; 1 of them do not say when they began" in "\n".join(lines)
    rows = _read(_say(capsys, "ties", "--layers", "firms", "--data", toy, "--format", "csv"))
    assert [
        (row["kind of tie: edge type"], row["layer, from: id"], row["layer, to: id"]) for row in rows
    ] == [
        ("PARTNERS_WITH", "terminal", "terminal"),
        ("SUPPLIES", "ai", "terminal"),
    ]


def test_white_spots_are_cut_and_counted(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A camera of Japan needs a lens of Taiwan, and no tie is about either; that about a foundry fills the other."""
    document = _ask(capsys, "white-spots", "--least", "1", "--data", toy)
    assert [(s["whole"]["id"], s["part"]["id"], s["part"]["vendors"]) for s in document["spots"]] == [
        ("camera", "lens", 2)
    ]
    text = _say(capsys, "white-spots", "--least", "3", "--data", toy)
    assert "White spots: 0, with 3 or more vendors on either side." in text
    assert main(["white-spots", "--data", str(toy), "--fail-on", "white-spots"]) == 1
    assert main(["white-spots", "--data", str(toy), "--least", "0"]) == 2


# ---- research, claims ----


def test_research_is_a_list_to_work_off(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each line says what to find out and where it stands; a limit says what it leaves out."""
    document = _ask(capsys, "research", "--data", toy)
    keys = [tuple(item["key"].values()) for item in document["items"]]
    item = document["items"][keys.index(("lens", "TW"))]
    assert (item["table"], item["rows"]) == ("completeness", [5])
    assert item["what"] == [
        {
            "key": "doubt.completeness_partial",
            "text": "Complete the list of vendors of “Lens” in Taiwan; it is known to be partial.",
        }
    ]
    assert document["total"] == len(keys)
    assert "completeness.csv, row 5" in _say(capsys, "research", "--data", toy)
    text = _say(capsys, "research", "--limit", "1", "--data", toy)
    assert f"Shown: the first 1 of {document['total']}." in text
    rows = _read(_say(capsys, "research", "--data", toy, "--format", "csv"))
    assert [row["first key"] for row in rows if (row["file"], row["rows"]) == ("completeness.csv", "5")] == [
        "component=lens"
    ]
    assert main(["research", "--data", str(toy), "--fail-on", "open"]) == 1
    assert main(["research", "--data", str(toy), "--limit", "0"]) == 2


def test_claims_with_their_figures_then_and_now(toy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One that was worked out again, and one that no question covers, with the reason."""
    text = _say(capsys, "claims", "--data", toy)
    assert "Claims that hold: 1; changed: 0; cannot be said: 1." in text
    assert "obstacles known: 2 → 2" in text
    document = _ask(capsys, "claims", "--data", toy)
    assert {claim["id"]: claim["verdict"] for claim in document["claims"]} == {
        "many-people": "cannot be said",
        "two-obstacles": "holds",
    }
    assert main(["claims", "--data", str(toy), "--fail-on", "cannot-be-said"]) == 1


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        ("en", ["They are many. [1]", "claimed: 125,583,658 people (the source gives no year)"]),
        ("ja", ["人は多い。 [1]", "主張された値：125,583,658 人（出典に年の記載なし）"]),
        ("zh", ["人很多。 [1]", "所稱數值：125,583,658 人（出處未載年份）"]),
    ],
)
def test_one_claim_in_full(
    toy: Path, capsys: pytest.CaptureFixture[str], lang: str, wanted: list[str]
) -> None:
    """In our own words, with what was claimed, why it cannot be said, and the source at the foot."""
    lines = _say(capsys, "claims", "many-people", "--data", toy, "--lang", lang).splitlines()
    assert lines[4:7] == ["", "many-people", ""]
    assert lines[7:9] == wanted
    assert main(["claims", "few", "--data", str(toy)]) == 2
    assert "no claim 'few'; there are many-people, two-obstacles" in capsys.readouterr().err


# ---- the curated data ----


def test_the_five_obstacles_of_the_report_are_answered(capsys: pytest.CaptureFixture[str]) -> None:
    """No channel, no market entry, no local talent, no qualified suppliers, no cost-down: each by a source."""
    found = {o["id"]: o["removed_by"] for o in _ask(capsys, "obstacles")["obstacles"]}
    assert set(found) >= {
        *("no-sales-channel", "market-entry", "local-talent", "qualified-suppliers", "cost-down"),
    }
    assert all(removers for removers in found.values())


def test_the_report_alone_still_says_what_it_said(capsys: pytest.CaptureFixture[str]) -> None:
    """By its own statements all Taiwanese firms make hardware; by all that is known now they do not."""
    asked = ("claims", "taiwan-all-hardware")
    assert _ask(capsys, *asked, "--dataset", "report-2017")["verdict"] == "holds"
    assert _ask(capsys, *asked)["verdict"] == "changed"
