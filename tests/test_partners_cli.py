"""``kizuna partners``: its forms, languages and errors, and the card for a meeting."""

from __future__ import annotations

import csv
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from kizuna._errors import InputError
from kizuna.answers.partner_card import write_partner_card
from kizuna.cli import main
from kizuna.loaders import load_folder
from kizuna.queries.partners import find_partners
from tests.packages import Package, write_package
from tests.toy_chain import CITED, TOY

UNCITED = {"dataset": "toy", "source_kind": "uncited"}

# Sony makes cameras and a foundry's wafers; lenses come from Taiwan only, from two firms. Largan supplies Sony,
# and has supplied Keyence; nobody says where Asia Optical's lenses are known from.
CAMERAS: Package = {
    **TOY,
    "vendors": [
        *TOY["vendors"],
        {"id": "sony-semi", "country": "JP", "name_en": "Sony Semi", "aliases": "Sony Chips", **CITED},
        {"id": "camera", "country": "TW", "name_en": "Camera Inc.", **CITED},
    ],
    "offers": [
        *(row for row in TOY["offers"] if row["vendor"] != "asia-optical"),
        {"vendor": "asia-optical", "component": "lens", "product": "Lenses", **UNCITED},
        {"vendor": "sony", "component": "foundry", "status": "limited", **CITED},
    ],
    "owns": [{"from_vendor": "sony", "to_vendor": "sony-semi", "control": "yes", **CITED}],
    "supplies": [
        {"from_vendor": "largan", "to_vendor": "sony", "component": "lens", "since": "2020", **CITED},
        {"from_vendor": "largan", "to_vendor": "keyence", "until": "2019", **CITED},
    ],
}


@pytest.fixture(scope="module")
def cameras(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the folder of the small data set."""
    return str(write_package(tmp_path_factory.mktemp("partners") / "cameras", CAMERAS))


def _run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    capsys.readouterr()
    assert main(["partners", *map(str, arguments)]) == 0, capsys.readouterr().err
    out, err = capsys.readouterr()
    # A CSV file holds rows only; what every reader must see goes to standard error.
    assert all(line.startswith("# ") for line in err.splitlines())
    return out


def _fail(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    capsys.readouterr()
    assert main(["partners", *map(str, arguments)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    return err


# ---- a firm ----


def test_partners_are_a_ranked_table_with_the_reasons_of_the_best(
    cameras: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Either lens maker opens the camera and keeps Sony from hanging on the other; TSMC backs the foundry up."""
    out = _run(capsys, "sony", "--data", cameras)
    rows = [line.split() for line in out.splitlines() if re.match(r" +\d ", line)]
    assert [row[0] for row in rows] == ["1", "2", "3"]
    assert "Partners of Sony (sony) in Taiwan" in out
    assert "Firms of Taiwan ranked: 3; left out, because no offer of theirs counts: 1." in out
    assert "Asia Optical brings Lens, which opens what Japan cannot have alone (2): Care, Camera" in out
    assert (
        "The group of Asia Optical keeps these from hanging on Largan alone, since both offer Lens: Care, Camera"
    ) in out
    assert (
        "Asia Optical offers Lens, needed for Camera of Sony; nobody in Japan is known to offer Lens" in out
    )
    assert "[1] no source yet" in out


def test_json_holds_every_reason_with_its_ids(cameras: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Targets, gaps, requirements and relations stand as ids and names, each with its evidence."""
    document = json.loads(_run(capsys, "sony", "--data", cameras, "--format", "json", "--ties", "first"))
    assert (document["vendor"]["id"], document["country"], document["other_country"]) == ("sony", "JP", "TW")
    largan, asia, tsmc = document["partners"]
    assert [p["id"] for p in (largan, asia, tsmc)] == ["largan", "asia-optical", "tsmc"]
    assert [t["id"] for t in largan["unlocks"]] == ["camera", "care"]
    assert [(r["group"]["id"], r["gap"][:4]) for r in largan["relieves"]] == [("asia-optical", "GAP-")]
    assert largan["fit"] == {"value": 1.0, "exact": "1"}
    [fit] = largan["fits"]
    assert (fit["own"]["id"], fit["other"]["id"], fit["own_requires_other"]) == ("camera", "lens", True)
    assert fit["via"]["evidence"]["source_url"] == "https://example.com/news"
    [tie] = largan["ties"]
    assert (tie["type"], tie["from"]["id"], tie["to"]["id"], tie["since"]) == (
        "SUPPLIES",
        "largan",
        "sony",
        "2020",
    )
    assert tsmc["fit"]["exact"] == "1/2"
    assert tsmc["unlocks"] == []


def test_csv_has_one_value_a_cell(cameras: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each partner is a row: ids joined by semicolons, numbers bare."""
    rows = list(csv.DictReader(_run(capsys, "sony", "--data", cameras, "--format", "csv").splitlines()))
    assert [row["id"] for row in rows] == ["asia-optical", "largan", "tsmc"]
    first = rows[0]
    assert (first["unlocks"], first["targets unlocked"], first["brings"]) == ("2", "camera;care", "lens")
    assert (first["fit"], first["fit, as a fraction"], first["requirements between the two"]) == (
        "1.0",
        "1 / 1",
        "camera>lens",
    )


@pytest.mark.parametrize(
    ("lang", "title", "sentence"),
    [
        ("en", "Partners of Largan (largan) in Japan", "Camera of Sony needs what Largan offers: Lens"),
        ("ja", "Largan (largan)の協業候補（日本）", "ソニーのカメラには、Larganが供給するレンズが必要です"),
        ("zh", "大立光 (largan)的合作候選（日本）", "索尼的相機需要大立光供應的鏡頭"),
    ],
)
def test_partners_are_told_in_three_languages(
    cameras: str, capsys: pytest.CaptureFixture[str], lang: str, title: str, sentence: str
) -> None:
    """Title and reasons are in the language asked for, as table and as Markdown."""
    out = _run(capsys, "largan", "--data", cameras, "--lang", lang)
    assert title in out
    assert sentence in out
    assert f"## {title}" in _run(capsys, "largan", "--data", cameras, "--lang", lang, "--format", "md")


def test_one_partner_is_shown_in_full(cameras: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With a partner named: its rank, the offers of both, all reasons, relations in force and past, sources."""
    out = _run(capsys, "sony", "--with", "大立光", "--data", cameras)
    assert "Sony (sony) and Largan (largan)" in out
    assert "Lens (lens) (volume) [1]" in out
    assert "Largan supplies Sony (Lens; since 2020) [1]" in out
    past = _run(capsys, "keyence", "--with", "largan", "--data", cameras)
    assert "Largan supplies Keyence (until 2019) [1]" in past
    none = _run(capsys, "keyence", "--with", "tsmc", "--data", cameras)
    assert (
        "No relation with TSMC (tsmc) or its group is documented; that does not say that there is none."
        in none
    )


def test_the_kinds_of_requirement_stand_in_the_head(cameras: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Where only services matter no camera needs a lens: nothing is unlocked, and the head says why."""
    out = _run(capsys, "sony", "--kind", "service", "--data", cameras)
    assert "kind = service" in out.splitlines()[2]
    assert "which opens what" not in out


def test_a_limit_says_what_it_leaves_out(cameras: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Of three partners one is shown, and that there are more."""
    out = _run(capsys, "sony", "--limit", "1", "--data", cameras)
    assert "Shown: the first 1 of 3" in out
    assert "TSMC" not in out


def test_a_firm_without_offers_is_told_so(cameras: str, capsys: pytest.CaptureFixture[str]) -> None:
    """There is no ranking, but the firms of its group with offers and its relations."""
    out = _run(capsys, "sony-semi", "--data", cameras)
    assert "No offer of Sony Semi (sony-semi) counts in this scope" in out
    assert "Firms of its group with offers that count: Sony (sony)" in out
    assert "Largan supplies Sony (Lens; since 2020; between members of the groups) [1]" in out
    document = json.loads(_run(capsys, "sony-semi", "--data", cameras, "--format", "json"))
    assert (document["known"], document["ranked"], document["partners"]) == (False, None, [])


# ---- a component ----


def test_second_sources_of_a_component_stand_by_country(
    cameras: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """For Taiwan's foundry Sony could stand in, for Sony's TSMC; Samsung is abroad."""
    out = _run(capsys, "foundry", "--data", cameras)
    assert "All of it from Taiwan hangs on one firm, TSMC (tsmc)." in out
    assert re.search(r"same component +Sony \(sony\) +Foundry \(foundry\) +limited", out)
    assert "known vendors abroad: 1" in out
    document = json.loads(_run(capsys, "foundry", "--data", cameras, "--format", "json"))
    assert [[one["id"] for one in side["stand_ins"]] for side in document["sides"]] == [["sony"], ["tsmc"]]
    rows = list(csv.reader(_run(capsys, "foundry", "--data", cameras, "--format", "csv").splitlines()))
    assert [row[:2] for row in rows[1:]] == [["sony", "TW"], ["tsmc", "JP"]]


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "Nobody in Japan is known who could stand in."),
        ("ja", "代替できる日本の企業は把握されていません。"),
        ("zh", "未見可替代的日本廠商。"),
    ],
)
def test_that_nobody_could_stand_in_is_said(
    cameras: str, capsys: pytest.CaptureFixture[str], lang: str, sentence: str
) -> None:
    """Lenses come from Taiwan only, and there is nobody else."""
    assert sentence in _run(capsys, "lens", "--data", cameras, "--lang", lang)


# ---- who is meant ----


@pytest.mark.parametrize("name", ["台積電", "ＴＳＭＣ", "TSMC", "台積電股份有限公司"])
def test_a_firm_is_found_by_any_name(cameras: str, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """Chinese, full width, capitals, with a legal form."""
    assert "(tsmc)" in _run(capsys, name, "--data", cameras).splitlines()[5]


def test_what_is_a_firm_and_a_component_must_be_said(
    cameras: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A firm called Camera is asked for by --vendor, the component by --component."""
    assert "'camera' is a firm (camera) and a component (camera); say which by --vendor" in _fail(
        capsys, "camera", "--data", cameras
    )
    assert "Partners of Camera Inc. (camera)" in _run(capsys, "camera", "--vendor", "--data", cameras)
    assert "Second sources of Camera (camera)" in _run(capsys, "camera", "--component", "--data", cameras)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["son"], "'son' may be 2 of them: sony, sony-semi; give one id"),
        (["sonny"], "no vendor or component 'sonny' in this data set; did you mean sony?"),
        (["samsung"], "samsung is of KR by seat; partners are asked for a firm of TW and JP"),
        (["sony", "--with", "keyence"], "keyence is no partner of sony here: it is of JP"),
        (["lens", "--with", "sony"], "`--with` is for the partners of a firm; lens is a component"),
        (["lens", "--card", "lens.html"], "`--card` is for the partners of a firm; lens is a component"),
        (["sony", "--card", "card.pdf"], "`--card` writes HTML or Markdown; name a file like card.html or"),
        (
            ["sony", "--card", "a.html", "--format", "csv"],
            "`--format` is for the list; leave it out with --card",
        ),
        (["sony", "--scope", "world"], "`scope.within` must be 'pair' here"),
        (["sony", "--country-by", "made"], "`scope.country_by`"),
    ],
)
def test_what_cannot_be_answered_is_one_clear_error(
    cameras: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    message: str,
) -> None:
    """The message says what was found and what to do; no file is written."""
    monkeypatch.chdir(tmp_path)
    assert message in _fail(capsys, *arguments, "--data", cameras)
    assert list(tmp_path.iterdir()) == []


# ---- the card ----


class _Reader(HTMLParser):
    """Collects what a page has: tags with their attributes, and text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def _read(file: Path) -> _Reader:
    reader = _Reader()
    reader.feed(file.read_text(encoding="utf-8"))
    return reader


def _write_card(capsys: pytest.CaptureFixture[str], file: Path, *arguments: str) -> _Reader:
    assert str(file) in _run(capsys, *arguments, "--card", file)
    return _read(file)


def test_a_card_says_who_what_why_and_where_from(
    cameras: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The firm and its offers, the candidates with reasons and relations, what is open, scope and sources."""
    card = _write_card(capsys, tmp_path / "card.html", "sony", "--data", cameras)
    for part in (
        "Sony: partners in Taiwan",
        "索尼",
        "ソニー",
        "Camera (volume)",
        "Asia Optical brings Lens, which opens what Japan cannot have alone (2): Care, Camera",
        "unlocks 2 · relieves 1 · fit 1.00",
        "Largan supplies Sony (Lens; since 2020)",
        "No relation is documented with: Asia Optical, TSMC.",
        "Lines marked † have no source yet.",
        "within TW + JP",
        "News, 2026-03",
    ):
        assert part in card.text
    assert re.search(r"data: \S+.*, as of \d{4}-\d\d-\d\d \[[0-9a-f]{12}\]", card.text)


def test_a_card_for_one_pairing_has_both_firms(
    cameras: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Their facts stand side by side, with the rank of the one among the partners of the other."""
    card = _write_card(
        capsys, tmp_path / "c.html", "sony", "--with", "tsmc", "--data", cameras, "--lang", "ja"
    )
    assert "ソニー × TSMC" in card.text
    assert "3社中3位" in card.text
    assert "両社の既存の関係" in card.text
    assert "確認された関係はありません" in card.text
    assert len([a for a in card.all("section") if a["class"] == "firm"]) == 2


@pytest.mark.parametrize(
    ("lang", "html_lang", "heading"),
    [
        ("en", "en", "Candidates in Taiwan, best first"),
        ("ja", "ja", "台湾の協業候補（評価順）"),
        ("zh", "zh-Hant", "台灣的合作候選（依評比排序）"),
    ],
)
def test_a_card_is_in_its_language_and_names_are_in_theirs(
    cameras: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, html_lang: str, heading: str
) -> None:
    """The page and each name in another script say which language they are in."""
    card = _write_card(capsys, tmp_path / "card.html", "sony", "--data", cameras, "--lang", lang)
    assert card.all("html") == [{"lang": html_lang}]
    assert heading in card.text
    text = (tmp_path / "card.html").read_text(encoding="utf-8")
    assert '<span lang="ja">ソニー</span>' in text
    assert '<span lang="zh-Hant">索尼</span>' in text


def test_a_card_asks_for_nothing_and_links_safely(
    cameras: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No script, no outside file, a policy that allows the style by hash, links that say nothing of the reader."""
    card = _write_card(capsys, tmp_path / "card.html", "sony", "--data", cameras)
    assert not card.all("script") + card.all("img") + card.all("iframe")
    assert card.all("link") == [{"rel": "icon", "href": "data:,"}]
    [policy] = [a["content"] for a in card.all("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[\w+/=]+'; img-src data:; base-uri 'none'; form-action 'none'",
        policy or "",
    )
    outside = [a for a in card.all("a") if not (a["href"] or "").startswith("#")]
    assert outside == [{"href": "https://example.com/news", "rel": "noopener noreferrer"}]


HOSTILE = "<script>alert(1)</script>\"' onload=x &amp; \u202eevil"


def test_hostile_text_stays_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Names, products and titles with markup are shown as they are; an address of script is no link."""
    evil: dict[str, Any] = {name: [dict(row) for row in rows] for name, rows in CAMERAS.items()}
    for table, column in (("vendors", "name_en"), ("components", "name_en"), ("offers", "product")):
        for row in evil[table]:
            row[column] = f"{row.get(column, '')}{HOSTILE}"
    for row in evil["offers"]:
        row["source_title"] = HOSTILE
    for row in evil["vendors"]:
        row["website"] = 'x.com"><img src=y onerror=z>'
    folder = str(write_package(tmp_path / "evil", evil))
    card = _write_card(capsys, tmp_path / "card.html", "sony", "--data", folder)
    assert not card.all("script") + card.all("img")
    assert {name for _, attributes in card.tags for name in attributes} <= {
        *("lang", "charset", "http-equiv", "content", "name", "rel", "href", "class", "id"),
    }
    assert "<script>alert(1)</script>\"' onload=x &amp; evil" in card.text
    assert "\u202e" not in card.text
    _run(capsys, "sony", "--data", folder, "--card", tmp_path / "card.md")
    markdown = (tmp_path / "card.md").read_text(encoding="utf-8")
    assert "<script" not in markdown
    assert "&lt;script&gt;" in markdown


def test_a_card_in_markdown_says_the_same(
    cameras: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Headings, reasons with source numbers, the mark of what has none, and the addresses."""
    _run(capsys, "sony", "--data", cameras, "--card", tmp_path / "card.md", "--lang", "zh")
    text = (tmp_path / "card.md").read_text(encoding="utf-8")
    assert text.startswith("# 索尼的合作候選（台灣）\n")
    assert "### 1. 亞洲光學 / Asia Optical\n" in text
    assert "※" in text
    assert "- \\[1\\] News, 2026-03, <https://example.com/news>" in text


def test_a_card_that_cannot_be_written_leaves_nothing(
    cameras: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder that is not there is an error of its own, and an older card stays as it was."""
    capsys.readouterr()
    assert main(["partners", "sony", "--data", cameras, "--card", str(tmp_path / "no" / "card.html")]) == 3
    assert "cannot be written" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_python_writes_the_same_card(
    cameras: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The function gives the command's file, byte for byte; another suffix is an error."""
    _run(capsys, "sony", "--data", cameras, "--card", tmp_path / "card.html", "--lang", "zh")
    found = find_partners(load_folder(cameras), "sony")
    same = write_partner_card(found, tmp_path / "same.html", lang="zh")
    assert same.read_bytes() == (tmp_path / "card.html").read_bytes()
    with pytest.raises(InputError, match="a card is HTML or Markdown"):
        write_partner_card(found, tmp_path / "card.pdf")


def test_a_firm_without_offers_has_a_card_too(
    cameras: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says that nothing is known to rank by, and what relations there are."""
    card = _write_card(capsys, tmp_path / "card.html", "sony-semi", "--data", cameras)
    assert "No offer that counts is known." in card.text
    assert "so that partners cannot be ranked" in card.text
    assert "Largan supplies Sony" in card.text
