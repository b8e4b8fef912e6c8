"""pyvis's own object of a graph: what is in it, where it stands, and that pyvis's traps are closed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html import unescape
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pyvis.network import Network

from kizuna import InputError, UnavailableError
from kizuna.graph import SupplyGraph
from kizuna.viz import SupplyNetwork, build_pyvis
from tests.graphs import make_graph
from tests.page_payload import HOSTILE
from tests.page_source import Source
from tests.toy_chain import make_environment

SMALL = make_graph(
    vendors="a:TW b:JP c:US", offers="a:chip b:lens c:chip", requires="care->chip care->lens", solutions="care", owns="a>c"
)  # fmt: skip


def _named(graph: SupplyGraph, **names: str) -> SupplyGraph:
    """Return the graph with names in place of those of its vendors."""
    vendors = graph.table("vendors").assign(**names)
    return SupplyGraph({**graph.tables, "vendors": vendors}, name=graph.name)


def _read_data(html: str) -> dict[str, Any]:
    [text] = re.findall(r'<script type="application/json" id="kizuna-pyvis">(.*?)</script>', html, re.DOTALL)
    data: dict[str, Any] = json.loads(text)
    return data


def test_it_is_pyvis_own_object() -> None:
    """Nodes and edges are where pyvis has them, under ids that say their label."""
    network = build_pyvis(SMALL)
    assert isinstance(network, Network)
    assert network.get_nodes() == [
        "Component:chip", "Component:lens", "Vendor:a", "Vendor:b", "Vendor:c", "Solution:care",
    ]  # fmt: skip
    assert [(e["from"], e["type"], e["to"]) for e in network.get_edges()] == [
        ("Vendor:a", "OFFERS", "Component:chip"),
        ("Vendor:b", "OFFERS", "Component:lens"),
        ("Vendor:c", "OFFERS", "Component:chip"),
        ("Solution:care", "REQUIRES", "Component:chip"),
        ("Solution:care", "REQUIRES", "Component:lens"),
        ("Vendor:a", "OWNS", "Vendor:c"),
    ]
    assert network.neighbors("Solution:care") == {"Component:chip", "Component:lens"}
    assert (network.num_nodes(), network.num_edges(), network.undrawn) == (6, 6, 0)


def test_countries_have_a_colour_a_mark_and_a_side() -> None:
    """The first of the pair stands left, the second right of what is between; marks tell them apart too."""
    node = build_pyvis(SMALL).get_node
    assert [node(f"Vendor:{v}")["label"][0] for v in "abc"] == ["●", "■", "◆"]
    assert len({node(f"Vendor:{v}")["color"]["border"] for v in "abc"}) == 3
    assert node("Vendor:a")["x"] < node("Component:chip")["x"] < node("Vendor:b")["x"]
    other = build_pyvis(SMALL, pair=("JP", "US")).get_node
    assert [other(f"Vendor:{v}")["label"][0] for v in "abc"] == ["◆", "●", "■"]


def test_hover_texts_say_what_is_known() -> None:
    """Of a node its names, label and country; of a relationship its whole names and properties."""
    long = "A name that is far too long for a box of this size"
    graph = _named(SMALL, name_en=long, name_zh="長名")
    network = build_pyvis(graph)
    assert network.get_node("Vendor:a")["title"] == f"{long} / 長名\nVendor a\nTW"
    assert network.get_node("Vendor:a")["label"].endswith("…")
    first = network.edges[0]["title"].splitlines()
    assert first[:3] == ["OFFERS", f"{long} → chip", "status: volume"]
    assert "confidence: high" in first


def test_one_chooses_what_is_drawn() -> None:
    """By label and by type; a relationship is drawn where both of its ends are."""
    network = build_pyvis(SMALL, labels=("Vendor", "Component"), edges=("OFFERS", "REQUIRES"))
    assert {node["group"] for node in network.nodes} == {"Vendor", "Component"}
    assert {edge["type"] for edge in network.edges} == {"OFFERS"}
    assert build_pyvis(SMALL, labels=("Layer",)).num_nodes() == 4
    assert build_pyvis(SMALL, edges=()).num_edges() == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"labels": ("Firm",)}, "`labels`: no Firm; there are "),
        ({"labels": "Vendor"}, "`labels` must be a list of names, not the text 'Vendor'"),
        ({"edges": ("SELLS",)}, "`edges`: no SELLS; there are "),
        ({"most": 0}, "`most` must be at least 1; found 0"),
        ({"lang": "fr"}, "`lang` must be one of zh, ja, en; found 'fr'"),
    ],
)
def test_what_there_is_not_is_an_error(options: dict[str, Any], message: str) -> None:
    """Labels, types, limits and languages are checked before anything is drawn."""
    with pytest.raises(InputError, match=re.escape(message)):
        build_pyvis(SMALL, **options)


def test_of_many_the_best_connected_are_drawn_and_the_rest_is_said() -> None:
    """The chip has three relationships, the others fewer; the page says how many are not drawn."""
    network = build_pyvis(SMALL, most=3)
    assert network.get_nodes() == ["Component:chip", "Component:lens", "Vendor:a"]
    assert [edge["type"] for edge in network.edges] == ["OFFERS"]
    assert network.undrawn == 3
    assert "3 of 6 nodes, those with the most relationships" in network.generate_html()


def test_what_is_over_is_not_drawn() -> None:
    """Only facts in force, as in the other ways out of the graph."""
    graph = make_graph(vendors="a:TW", offers="a:x a:y(until=2020)")
    assert [edge["to"] for edge in build_pyvis(graph).edges] == ["Component:x"]


def test_empty_graph_is_an_empty_page() -> None:
    """Nothing to draw is no error."""
    network = build_pyvis(SupplyGraph({}))
    assert (network.nodes, network.edges) == ([], [])
    assert _read_data(network.generate_html())["nodes"] == []


def test_several_relationships_of_two_firms_are_all_there() -> None:
    """Parallel ones stay, which pyvis drops from an undirected network."""
    pairs = {"from_vendor": ["a", "a"], "to_vendor": ["b", "b"]}
    vendors = pd.DataFrame({"id": ["a", "b"], "country": ["TW", "JP"]})
    graph = SupplyGraph(
        {"vendors": vendors, "supplies": pd.DataFrame({**pairs, "component": ["x", "y"]}), "components": pd.DataFrame({"id": ["x", "y"], "segment": ["s", "s"]})}
    )  # fmt: skip
    assert [edge["type"] for edge in build_pyvis(graph, labels=("Vendor",)).edges] == ["SUPPLIES"] * 2


def test_boxes_do_not_overlap_and_nothing_moves() -> None:
    """Positions are computed here; they are the same every time, and physics is off."""
    words = {"vendors": " ".join(f"v{n}:{('TW', 'JP', 'US')[n % 3]}" for n in range(60))}
    graph = make_graph(**words, offers=" ".join(f"v{n}:c{n % 7}" for n in range(60)))
    network = build_pyvis(graph)
    boxes = [(n["x"], n["y"], n["widthConstraint"]["minimum"] + 12) for n in network.nodes]
    for (x, y, w), (u, v, _) in combinations(boxes, 2):
        assert abs(x - u) >= w or abs(y - v) >= 22
    assert network.nodes == build_pyvis(graph).nodes
    assert _read_data(network.generate_html())["options"]["physics"]["enabled"] is False


# ---- traps ----


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_text_whatever_they_say(name: str) -> None:
    """No name, hover text, heading, size or colour becomes markup; the page ends where it should."""
    network = build_pyvis(_named(SMALL, name_en=name, name_ja=name, name_zh=name))
    network.heading = network.bgcolor = network.height = network.width = name
    network.nodes[0]["title"] = name
    html = network.generate_html()
    for part in ("<img", "<svg", "<a href", "window.pwned=1</script>", "{{7*7}} ${7*7} <!--"):
        assert part not in html
    assert html.count("</script>") == 3
    assert _read_data(html)["nodes"][0]["title"] == name


def test_page_refers_to_nothing_outside() -> None:
    """No address, no style sheet, no script but those that the policy allows by their hashes."""
    html = build_pyvis(SMALL).generate_html()
    head = html.split("<style>")[0]
    assert "default-src 'none'" in unescape(head)
    assert re.findall(r'(?:src|href)="(?!data:,)[^"]*"', html.split("<script>")[0]) == []
    assert "cdn" not in html.lower().replace("cdn_resources", "")


def test_options_are_data_and_physics_has_to_be_asked_for() -> None:
    """What pyvis takes as a text of options is read as JSON; without a word on physics nothing moves."""
    network = build_pyvis(SMALL)
    network.set_options('{"edges": {"width": 3}, "configure": {"enabled": true}}')
    options = _read_data(network.generate_html())["options"]
    assert options == {"edges": {"width": 3}, "physics": {"enabled": False}}
    network.options = {"physics": {"enabled": True}}
    assert _read_data(network.generate_html())["options"] == {"physics": {"enabled": True}}
    again = build_pyvis(SMALL)
    again.toggle_physics(True)
    assert _read_data(again.generate_html())["options"]["physics"]["enabled"] is True


def test_one_goes_on_as_pyvis_documents_it() -> None:
    """Nodes and edges that are added are drawn with the rest."""
    network = build_pyvis(SMALL)
    network.add_node("mine", label="<i>Mine</i>", title="href")
    network.add_edge("mine", "Vendor:a")
    data = _read_data(network.generate_html())
    assert (data["nodes"][-1]["label"], data["edges"][-1]["from"]) == ("<i>Mine</i>", "mine")


def test_dot_is_refused() -> None:
    """Its text would be written into a script as it is."""
    network = build_pyvis(SMALL)
    network.use_DOT = True
    with pytest.raises(InputError, match="no DOT"):
        network.generate_html()


@pytest.mark.parametrize("how", ["write_html", "save_graph", "show"])
def test_page_is_the_same_on_any_machine(tmp_path: Path, how: str) -> None:
    """Under the encodings of a Japanese or Chinese Windows the names are whole; nothing else is written."""
    code = f"""
import sys, webbrowser
import pandas as pd
from kizuna.graph import SupplyGraph
from kizuna.viz import build_pyvis
webbrowser.open = lambda address: print(address.startswith("file:"))
vendors = pd.DataFrame({{"id": ["a"], "country": ["TW"], "name_zh": [{"台積電"!a}]}})
build_pyvis(SupplyGraph({{"vendors": vendors}}), lang="zh").{how}("page.html")
"""
    # An encoding that is left to the machine is an error here.
    strict = ["-X", "warn_default_encoding", "-W", "error::EncodingWarning"]
    done = subprocess.run(
        [sys.executable, *strict, "-c", code],
        cwd=tmp_path,
        env=make_environment(PYTHONIOENCODING="cp950"),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.split() == ([b"True"] if how == "show" else [])
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
    written = Source((tmp_path / "page.html").read_text(encoding="utf-8"))
    (carried,) = (text for _, has, text in written.texts if has.get("id") == "kizuna-pyvis")
    assert [node["label"] for node in json.loads(carried)["nodes"]] == ["● 台積電"]


def test_notebook_gets_a_frame_that_needs_no_server(tmp_path: Path) -> None:
    """The frame holds the page, escaped, and may run its scripts and no more."""
    shown = build_pyvis(SMALL).show(tmp_path / "page.html", notebook=True)._repr_html_()
    assert shown.startswith('<iframe srcdoc="&lt;!doctype html&gt;')
    assert 'sandbox="allow-scripts"' in shown
    assert "<script" not in shown


def test_page_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    """A folder that is not there is said, and nothing is left behind."""
    with pytest.raises(UnavailableError, match=r"none.page\.html: the page cannot be written there"):
        build_pyvis(SMALL).write_html(tmp_path / "none" / "page.html")


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "6 nodes and 6 relationships"), ("ja", "ノード6件、関係6件"), ("zh", "節點 6 個，關係 6 筆")],
)
def test_page_speaks_the_language_asked_for(lang: str, said: str) -> None:
    """Heading, notes and names; the element says which language it is."""
    network: SupplyNetwork = build_pyvis(SMALL, lang=lang)
    html = network.generate_html()
    assert said in html
    assert f'<html lang="{ {"en": "en", "ja": "ja", "zh": "zh-Hant"}[lang] }">' in html
