"""``kizuna chains``, ``line-ups`` and ``routes``."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from kizuna.cli import main
from tests.graphs import Rows, make_rows
from tests.packages import write_package

_NODES = ("layers", "segments", "components", "countries", "vendors", "solutions")
_URL = {"source_url": "https://example.com/news", "source_title": "News"}


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


# Care needs a sensor (Sony), a server (Acer or Asus), a model (Delta), a robot (Fanuc), and a lens or a mirror
# that only Zeiss makes or Fanuc; Acer supplies Sony with servers. Shop needs a till, which nobody makes.
ROWS = make_rows(
    vendors="acer:TW asus:TW delta:TW fanuc:JP sony:JP(name_ja=ソニー,name_zh=索尼) zeiss:US",
    segments="gear:terminal store:cloud brain:ai works:solution",
    components="sensor(segment=gear,stage=loop) server(segment=store,stage=loop)"
    " model(segment=brain,stage=loop) robot(segment=works,stage=loop) till(segment=gear)"
    " lens(segment=gear) mirror(segment=gear)",
    offers="sony:sensor acer:server asus:server delta:model fanuc:robot zeiss:lens fanuc:mirror",
    requires="care->sensor care->server care->model care->robot care->[lens|mirror] shop->till",
    solutions="care shop",
)
ROWS["supplies"] = [
    {"from_vendor": "acer", "to_vendor": "sony", "component": "server", "as_of": "2025-06", "dataset": "toy"}
    | {"source_kind": "cited", "confidence": "high"}
]


@pytest.fixture(scope="module")
def care(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the small data set."""
    return write_package(tmp_path_factory.mktemp("data") / "care", _name_rows(ROWS))


def _say(capsys: pytest.CaptureFixture[str], *arguments: str | Path, code: int = 0) -> str:
    """Run a command in this process and return what it prints."""
    capsys.readouterr()
    assert main([str(argument) for argument in arguments]) == code
    printed = capsys.readouterr()
    return printed.err if code else printed.out


def _ask(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Any:
    return json.loads(_say(capsys, *arguments, "--format", "json"))


def _list(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> list[dict[str, str]]:
    text = _say(capsys, *arguments, "--format", "csv").removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline="")))


# ---- chains ----


def test_chains_show_every_part_and_the_source_of_a_tie(
    care: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The best chain in the list, then its places and the relation that ties two of them."""
    lines = _say(capsys, "chains", "care", "--data", care).splitlines()
    (row,) = (line.split() for line in lines if line.startswith("   1 "))
    assert row[2:9] == ["0.69", "1.00", "0.12", "0.33", "1.00", "1.00", "2"]
    assert "complementary chains of CARE (care)" in lines[4]
    assert "├── SONY – ACER: counts 1.0" in lines
    assert "│   └── ACER -SUPPLIES-> SONY, on SERVER, stated 2025-06 [2]" in lines
    assert "└── none documented: 2 of 3 pairs of neighbours" in lines


def test_chains_as_json_are_exact(care: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every part as a fraction: all four places needed, half of one backed up, one tie of three."""
    answer = _ask(capsys, "chains", "care", "--data", care, "--weight", "tie=3", "--weight", "balance=0")
    (chain,) = answer["chains"]
    assert {part: value["exact"] for part, value in chain["best"]["parts"].items()} == {
        "need": "1",
        "backup": "1/8",
        "tie": "1/3",
        "evidence": "1",
        "balance": "1",
    }
    assert chain["best"]["score"]["exact"] == "25/48"
    assert [place["vendor"]["id"] for place in chain["best"]["places"]] == ["sony", "acer", "delta", "fanuc"]
    assert chain["best"]["ties"][0]["relations"][0]["evidence"]["source_url"] == "https://example.com/news"
    assert answer["weights"]["tie"]["exact"] == "3"


def test_chains_as_csv_have_one_place_a_row(care: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Four places of the best choice of vendors, then four of the next."""
    rows = _list(capsys, "chains", "care", "--data", care)
    assert [(row["variant"], row["component: id"], row["vendor: id"]) for row in rows[:2] + rows[5:6]] == [
        ("1", "sensor", "sony"),
        ("1", "server", "acer"),
        ("2", "server", "asus"),
    ]
    assert len(rows) == 8


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "Nothing of the data loop is required in the layer TERMINAL."),
        ("ja", "「TERMINAL」の層では、データの循環に加わる構成要素が求められていない。"),
        ("zh", "「TERMINAL」層級未要求任何參與資料循環的元件。"),
    ],
)
def test_a_layer_without_a_component_is_named(
    lang: str, line: str, care: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The shop needs a till, which takes no part in the loop: no chain, and every layer is named."""
    text = _say(capsys, "chains", "shop", "--data", care, "--lang", lang)
    assert line in text.splitlines()


# ---- line-ups ----


def test_a_line_up_is_told_with_all_that_makes_it(care: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The lens is imported, so that the line-up of four places scores more than that with the mirror."""
    lines = _say(capsys, "line-ups", "care", "--data", care).splitlines()
    assert "The best line-ups: 1; no other scores more." in lines
    assert 'choice "choice-4" of CARE: LENS (lens)' in lines
    assert "imported, without a place: LENS (lens)" in lines
    assert "├── SONY (SENSOR) – ACER (SERVER): counts 1.0" in lines


def test_line_ups_as_json_say_everything(care: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Places, neighbours, imports, choices, constraints, and that the answer is exact."""
    answer = _ask(
        capsys, "line-ups", "care", "--data", care, "--include", "ソニー", "--at-most", "jp:3", "--limit", "2"
    )
    first, second = answer["line_ups"]
    assert (answer["exact"], answer["bound"]["exact"]) == (True, first["score"]["exact"])
    assert answer["constraints"]["include"] == ["sony"]
    assert answer["constraints"]["at_most"] == {"JP": 3}
    assert [place["component"]["id"] for place in first["places"]] == ["model", "robot", "sensor", "server"]
    assert [one["id"] for one in first["imports"]] == ["lens"]
    assert first["neighbours"][2]["components"] == ["sensor", "server"]
    assert [place["component"]["id"] for place in second["places"]][:2] == ["mirror", "model"]
    assert second["choices"][0]["alternatives"] == [{"id": "mirror", "name": "MIRROR"}]


def test_line_ups_as_csv_have_one_place_a_row(care: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without the tie Acer and Asus are alike, and Asus stands beside Acer."""
    rows = _list(capsys, "line-ups", "care", "--data", care, "--weight", "tie=0", "--lang", "ja")
    assert [(row["構成要素のID"], row["企業のID"], row["同等の企業"]) for row in rows] == [
        ("model", "delta", ""),
        ("robot", "fanuc", ""),
        ("sensor", "sony", ""),
        ("server", "acer", "asus"),
    ]


@pytest.mark.parametrize(
    ("lang", "arguments", "line"),
    [
        ("en", ["shop"], "Nobody in question can deliver: TILL (till)."),
        ("ja", ["shop"], "供給できる企業がない：TILL (till)。"),
        ("zh", ["shop"], "無人可供應：TILL (till)。"),
        ("zh", ["care", "--documented"], "若取消下列任一條件即有陣容：文獻可考的關係。"),
        (
            "ja",
            ["care", "--at-most", "TW:0"],
            "次の条件のいずれか1つを外せば布陣がある：国別の位置数の上限。",
        ),
        ("en", ["care", "--include", "zeiss"], "Could have no place anywhere: ZEISS (zeiss)."),
        ("ja", ["care", "--exclude", "sony"], "供給できる企業がない：SENSOR (sensor)。"),
        ("en", ["care", "--deep", "--min-evidence", "high", "--third-countries"], "1. LINEUP-"),
    ],
)
def test_why_there_is_no_line_up_is_said(
    lang: str, arguments: list[str], line: str, care: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The component, country, vendor or condition that stands in the way is named in the reader's language."""
    lines = _say(capsys, "line-ups", *arguments, "--data", care, "--lang", lang).splitlines()
    assert any(one.startswith(line) for one in lines)


# ---- routes ----


def test_routes_show_each_edge_its_way_and_its_source(care: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Acer supplies Sony: one step; by offers and requirements it is four."""
    lines = _say(capsys, "routes", "acer", "ソニー", "--data", care, "--limit", "2").splitlines()
    assert "routes from ACER (acer) [firm] to SONY (sony) [firm]" in lines
    assert "└── ACER (acer) -SUPPLIES-> [1] SONY (sony)" in lines
    assert "ACER – SERVER – CARE – SENSOR – SONY" in lines
    assert "├── SERVER (server) <-REQUIRES- [2] CARE (care)" in lines


def test_routes_as_json_and_csv(care: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nodes with labels, steps with edges; CSV has one edge a row."""
    arguments = ("routes", "component:sensor", "server", "--data", care, "--by", "requires")
    (route,) = _ask(capsys, *arguments)["routes"]
    assert [(node["label"], node["id"]) for node in route["nodes"]] == [
        ("Component", "sensor"),
        ("Solution", "care"),
        ("Component", "server"),
    ]
    assert [[link["forward"] for link in step] for step in route["steps"]] == [[False], [True]]
    rows = _list(capsys, *arguments)
    assert [(row["from: id"], row["edge"], row["direction"], row["to: id"]) for row in rows] == [
        ("sensor", "REQUIRES", "to → from", "care"),
        ("care", "REQUIRES", "from → to", "server"),
    ]


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "Nothing joins the two over these edges."),
        ("ja", "これらの関係では両者はつながらない。"),
        ("zh", "兩者無法經由這些關係相連。"),
    ],
)
def test_no_route_is_an_answer_too(
    lang: str, line: str, care: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By ownership, of which there is none, Acer and Sony are not joined."""
    arguments = ("routes", "acer", "sony", "--data", care, "--by", "OWNS")
    assert line in _say(capsys, *arguments, "--lang", lang).splitlines()
    assert _ask(capsys, *arguments)["routes"] == []


# ---- errors ----


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chains", "bistro"], "no solution 'bistro' in this data set; there are care, shop"),
        (["chains", "care", "--weight", "price=1"], "`--weight`: no part 'price'; there are need, backup"),
        (
            ["chains", "care", "--weight", "tie"],
            "`--weight` must be PART=NUMBER, like --weight tie=2; found 'tie'",
        ),
        (["chains", "care", "--country-by", "made"], "`--country-by`='made' means nothing here"),
        (["line-ups", "cares"], "no solution 'cares' in this data set; did you mean care?"),
        (
            ["line-ups", "care", "--include", "sonny"],
            "`--include`: no vendor 'sonny' in this data set; did you mean",
        ),
        (["line-ups", "care", "--at-most", "TW"], "`--at-most` must be COUNTRY:NUMBER, like --at-most TW:4"),
        (["line-ups", "care", "--at-most", "XX:1"], "`--at-most`: no country 'XX'; there are JP, TW, US"),
        (["routes", "acer", "nobody"], "`TO`: no vendor, component or solution 'nobody' in this data set"),
        (["routes", "acer", "acer"], "`FROM` and `TO` are both 'acer'; a route joins two"),
        (["routes", "acer", "sony", "--by", "LIKES"], "`--by`: 'LIKES' is none of SUPPLIES"),
    ],
)
def test_what_cannot_be_asked_is_named_by_its_option(
    arguments: list[str], message: str, care: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line that names the option, what was found and what is allowed; exit code 2."""
    assert message in _say(capsys, *arguments, "--data", care, code=2)
