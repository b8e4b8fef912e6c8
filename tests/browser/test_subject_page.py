"""Pages about one thing, in a real browser: where they open, what they say they are, and that nothing breaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from kizuna.cli import main
from kizuna.graph import SupplyGraph
from kizuna.viz.subject import Subject, write_subject_page
from tests.browser.conftest import PHONE, Open
from tests.browser.test_explorer import SETTLE, find_overlaps
from tests.graphs import make_graph
from tests.packages import write_package
from tests.page_payload import HOSTILE
from tests.toy_chain import TOY

pytestmark = pytest.mark.browser

CARE, FOUNDRY = Subject("Solution", "care"), Subject("Vendor", "ff")
_SPOKEN = {
    "en": ("Care – Kizuna", "Part of the data: Care and all that it needs"),
    "ja": ("見守り – Kizuna（絆）", "データの一部：見守りと、それに必要なものすべて"),
    "zh": ("照護 – Kizuna（絆）", "部分資料：照護及其所需的一切"),
}


def _make(names: dict[str, str] | None = None) -> SupplyGraph:
    """Return a chain: care needs a camera of a chip and a lens; a shop needs a till besides."""
    graph = make_graph(
        vendors="ff:TW ko:JP tt:TW",
        offers="ff:chip ko:lens ko:camera tt:till",
        requires="camera->chip camera->lens care->camera shop->camera shop->till",
        solutions="care shop",
        owns="ko>tt",
    )
    care = names or {"name_en": "Care", "name_ja": "見守り", "name_zh": "照護"}
    firm = names or {"name_en": "Formosa Foundry", "name_ja": "台湾ファウンドリ", "name_zh": "福爾摩沙"}
    tables = {name: graph.table(name) for name in graph.tables}
    for table, node, row in (("solutions", "care", care), ("vendors", "ff", firm)):
        frame = tables[table].copy()
        for column, name in row.items():
            frame.loc[frame["id"] == node, column] = name
        tables[table] = frame
    return SupplyGraph(tables, name="toy", version="1", date=graph.date)


@pytest.mark.parametrize("lang", ["en", "ja", "zh"])
def test_page_of_a_solution_opens_at_it(visit: Open, tmp_path: Path, lang: str) -> None:
    """What it needs lights up; title, header and panel say its name; nothing else is in the page."""
    opened = visit(write_subject_page(_make(), tmp_path / "care.html", CARE, lang=lang))
    title, part = _SPOKEN[lang]
    assert opened.page.title() == title
    assert part in opened.page.locator("#scope").inner_text()
    assert title.split(" – ")[0] in opened.panel()
    assert opened.page.evaluate("kizuna.state().at") == "solution:care"
    boxes = opened.boxes()
    assert {key for key in boxes if key.startswith("component")} == {f"component:{n}" for n in range(3)}
    assert {key for key in boxes if key.startswith("solution:")} == {"solution:0"}
    assert find_overlaps(boxes) == []
    assert opened.requests == [opened.url]


@pytest.mark.parametrize("lang", ["en", "ja", "zh"])
def test_page_of_a_vendor_opens_at_it(visit: Open, tmp_path: Path, lang: str) -> None:
    """The vendor stands in the middle; the title follows the switch of language."""
    opened = visit(write_subject_page(_make(), tmp_path / "ff.html", FOUNDRY, lang=lang))
    assert opened.scene().startswith("vendor:")
    name = {"en": "Formosa Foundry", "ja": "台湾ファウンドリ", "zh": "福爾摩沙"}
    assert opened.page.title().startswith(f"{name[lang]} – Kizuna")
    assert name[lang] in opened.panel()
    for other in ("en", "ja", "zh"):
        opened.page.locator(f"[data-lang={other}]").click()
        assert opened.page.title().startswith(f"{name[other]} – Kizuna")
        assert opened.page.evaluate("kizuna.state().at") == "vendor:ff"


def test_reader_can_go_everywhere_from_the_subject(visit: Open, tmp_path: Path) -> None:
    """To the overview and back; a fragment goes before the subject."""
    page = write_subject_page(_make(), tmp_path / "ff.html", FOUNDRY, lang="en")
    opened = visit(page)
    opened.page.locator("#path button", has_text="Overview").click()
    assert opened.scene() == "overview"
    opened.page.go_back()
    opened.page.evaluate(SETTLE)
    assert opened.scene().startswith("vendor:")
    assert visit(page, "#at=solution:care&lang=en").page.evaluate("kizuna.state().at") == "solution:care"


def test_page_of_a_subject_fits_a_telephone(visit: Open, tmp_path: Path) -> None:
    """No scrolling to the side at 390 x 844."""
    for subject in (CARE, FOUNDRY):
        opened = visit(write_subject_page(_make(), tmp_path / "p.html", subject, lang="ja"), size=PHONE)
        assert opened.page.evaluate("document.documentElement.scrollWidth") == PHONE[0]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("subject", [CARE, FOUNDRY])
def test_name_of_a_subject_is_text(visit: Open, tmp_path: Path, subject: Subject, name: str) -> None:
    """In title, header and panel, whatever it says."""
    graph = _make({"name_en": name, "name_ja": name, "name_zh": name})
    opened = visit(write_subject_page(graph, tmp_path / "p.html", subject, lang="en"))
    assert opened.page.evaluate("window.pwned") is None
    assert "Kizuna" in opened.page.title()
    assert opened.requests == [opened.url]


@pytest.mark.parametrize("lang", ["en", "ja", "zh"])
def test_page_of_a_query_says_the_query(visit: Open, tmp_path: Path, lang: str) -> None:
    """In every language the title is what was asked; what it returned is drawn."""
    query = "MATCH p = (:Vendor {id: 'tsmc'})-[:OFFERS]->(:Component) RETURN p"
    data = write_package(tmp_path / "toy", TOY)
    page = tmp_path / "q.html"
    asked = ["explore", "--data", data, "--query", query, "--lang", lang, "-o", page]
    assert main([str(argument) for argument in asked]) == 0
    opened = visit(page)
    assert opened.page.title() == query
    assert query in opened.page.locator("body").inner_text()
    assert len(opened.boxes()) == 2
    assert opened.requests == [opened.url]
