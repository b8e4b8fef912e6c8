"""The page of pyvis's own object in a real browser, without network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kizuna.graph import SupplyGraph
from kizuna.viz import build_pyvis
from tests.browser.conftest import Open, Visit
from tests.graphs import make_graph
from tests.page_payload import HOSTILE

pytestmark = pytest.mark.browser

SMALL = make_graph(
    vendors="a:TW b:JP c:US", offers="a:chip b:lens", requires="care->chip care->lens", solutions="care"
)


def _place(opened: Visit, node: str) -> dict[str, float]:
    """Return where a node is drawn."""
    place: dict[str, float] = opened.page.evaluate(
        "id => network.canvasToDOM(network.getPositions([id])[id])", node
    )
    return place


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "6 nodes and 4 relationships"), ("ja", "ノード6件、関係4件"), ("zh", "節點 6 個，關係 4 筆")],
)
def test_page_draws_what_is_in_the_object(visit: Open, tmp_path: Path, lang: str, said: str) -> None:
    """All nodes, inside the window, first country left; one request, no error."""
    file = tmp_path / "p.html"
    build_pyvis(SMALL, lang=lang).write_html(file)
    opened = visit(file)
    assert opened.page.evaluate("nodes.length") == 6
    assert said in opened.page.locator("header").inner_text()
    assert opened.page.evaluate("document.documentElement.lang") == {"zh": "zh-Hant"}.get(lang, lang)
    frame = opened.page.locator("#mynetwork").bounding_box()
    places = [_place(opened, f"Vendor:{vendor}") for vendor in "abc"]
    assert places[0]["x"] < places[1]["x"]
    assert all(0 < place["x"] < frame["width"] and 0 < place["y"] < frame["height"] for place in places)
    assert opened.requests == [opened.url]


def test_empty_object_is_an_empty_page(visit: Open, tmp_path: Path) -> None:
    """Nothing to draw is no error."""
    build_pyvis(SupplyGraph({})).write_html(tmp_path / "p.html")
    assert visit(tmp_path / "p.html").page.evaluate("nodes.length") == 0


def test_nothing_moves(visit: Open, tmp_path: Path) -> None:
    """Nodes stay where Python put them."""
    network = build_pyvis(SMALL)
    network.write_html(tmp_path / "p.html")
    opened = visit(tmp_path / "p.html")
    opened.page.wait_for_timeout(300)
    drawn = opened.page.evaluate("network.getPositions()")
    assert drawn == {node["id"]: {"x": node["x"], "y": node["y"]} for node in network.nodes}


@pytest.mark.parametrize("name", HOSTILE)
def test_hover_text_is_text(visit: Open, tmp_path: Path, name: str) -> None:
    """Even if it holds the letters "href", with which pyvis's own page would read it as HTML."""
    graph = _rename(SMALL, name)
    network = build_pyvis(graph)
    network.heading = name
    network.bgcolor = "red; } body { display: none"
    network.write_html(tmp_path / "p.html")
    opened = visit(tmp_path / "p.html")
    at = _place(opened, "Vendor:a")
    frame: Any = opened.page.locator("#mynetwork").bounding_box()
    opened.page.mouse.move(frame["x"] + at["x"], frame["y"] + at["y"])
    tip = opened.page.locator(".vis-tooltip")
    tip.wait_for(state="visible")
    assert "Vendor a" in tip.inner_text()
    assert tip.locator("*:not(br)").count() == 0
    assert opened.page.evaluate("window.pwned") is None
    assert opened.requests == [opened.url]


def test_page_works_in_the_frame_of_a_notebook(visit: Open, tmp_path: Path) -> None:
    """The frame that a notebook gets draws the same."""
    shown = build_pyvis(SMALL).show(tmp_path / "p.html", notebook=True)
    host = tmp_path / "notebook.html"
    page = f'<!doctype html><html data-ready="yes"><meta charset="utf-8">{shown._repr_html_()}</html>'
    host.write_bytes(page.encode("utf-8"))
    opened = visit(host)
    frame = opened.page.frames[1]
    frame.wait_for_selector("html[data-ready]", state="attached")
    assert frame.evaluate("nodes.length") == 6


def _rename(graph: SupplyGraph, name: str) -> SupplyGraph:
    vendors = graph.table("vendors").assign(name_en=name, name_ja=name, name_zh=name)
    return SupplyGraph({**graph.tables, "vendors": vendors})
