"""The page as text: one file, the same each time, with nothing in it that data could break out of."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from kizuna import _errors
from kizuna._messages import load_messages
from kizuna.viz import page as page_module
from kizuna.viz.layout import lay_out_overview
from kizuna.viz.page import build_network, render_page, write_page_file
from tests.page_payload import HOSTILE, make_large_payload, make_payload, spoil_payload
from tests.page_source import Source, unpack_part

VIZ = Path(page_module.__file__).parent


@pytest.fixture(scope="module")
def html() -> str:
    """Return the page of the small payload."""
    return render_page(make_payload())


def test_page_is_the_same_each_time(html: str) -> None:
    """Rendering twice gives the same text to the byte: no clock, no random ids."""
    assert render_page(make_payload()) == html


def _unpack_payload(html: str) -> Any:
    """Return the payload of a page; its tables are too short to be columns."""
    return unpack_part(html)["payload"]


def test_payload_arrives_whole(html: str) -> None:
    """What the page unpacks is the payload that was given."""
    assert _unpack_payload(html) == make_payload()


def test_callers_payload_is_left_alone() -> None:
    """Rendering changes nothing in the caller's data."""
    payload = make_payload()
    before = copy.deepcopy(payload)
    render_page(payload)
    assert payload == before


def test_hostile_text_stays_data() -> None:
    """Hostile text in every field adds no element, and leaves the page's as many as they were."""
    spoilt = spoil_payload(make_payload())
    html = render_page(spoilt)
    count = len(Source(render_page(make_payload())).found)
    assert len(Source(html).found) == count
    assert _unpack_payload(html) == spoilt
    assert not [text for text in HOSTILE if text in html]


def test_page_has_a_head_that_browsers_expect(html: str) -> None:
    """Doctype, language, encoding and viewport are there, and the title is in the language asked for."""
    assert html.startswith("<!doctype html>\n")
    elements = Source(html).found
    assert ("html", {"lang": "en"}) in elements
    assert ("meta", {"charset": "utf-8"}) in elements
    assert any(a.get("name") == "viewport" for tag, a in elements if tag == "meta")
    assert '<html lang="zh-Hant">' in render_page(make_payload(), lang="zh")
    assert '<html lang="ja">' in render_page(make_payload(), lang="ja")


@pytest.mark.parametrize(("lang", "name"), [("zh", "台日物聯網供應鏈"), ("ja", "日台IoTサプライチェーン")])
def test_page_is_ascii_and_its_title_is_not(lang: str, name: str) -> None:
    """Mail and editors that take a file for another encoding spoil nothing; the title still reads as it should."""
    page = render_page(make_payload(), lang=lang)
    assert page.isascii()
    found = re.search("<title>(.*?)</title>", page)
    assert found is not None
    assert name in unescape(found[1])


def test_nothing_is_loaded_from_elsewhere(html: str) -> None:
    """No element of the file names another file, and no attribute holds script or style."""
    for tag, attributes in Source(html).found:
        assert "src" not in attributes, tag
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert attributes.get("href") in (None, "data:,")


def test_policy_allows_exactly_the_scripts_and_the_style(html: str) -> None:
    """The policy lists the hash of the script in the file, of each packed script and of the style, and no other source."""
    elements = Source(html)
    policy = next(
        str(a["content"])
        for tag, a in elements.found
        if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy"
    )
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))

    def hash_of(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    [loader] = [text for tag, a, text in elements.texts if tag == "script" and "type" not in a]
    code = unpack_part(html, "kizuna-code")
    assert len(code["scripts"]) == 2
    assert rules["script-src"].split() == [hash_of(text) for text in (loader, *code["scripts"])]
    assert rules["style-src"].split() == [hash_of(code["style"])]
    assert rules["trusted-types"] == "kizuna"
    assert rules["default-src"] == "'none'"
    assert "connect-src" not in rules
    assert "unsafe" not in policy


@pytest.mark.parametrize("lang", ["zh-Hant", "fr", ""])
def test_unknown_language_is_refused(lang: str) -> None:
    """A language that the page does not speak is an error that names the three."""
    with pytest.raises(_errors.InputError, match="`lang` must be one of zh, ja, en"):
        render_page(make_payload(), lang=lang)


def test_other_formats_are_refused() -> None:
    """A payload of another format is an error, not a page that shows half of it."""
    with pytest.raises(_errors.InputError, match="format 1; found 2"):
        render_page({**make_payload(), "format": 2})


def test_page_stays_small() -> None:
    """400 vendors and 150 components, each offer with product and note, keep to 650 kB."""
    payload = make_large_payload([[20, 18, 14], [10, 8], [30, 12], [16, 14, 8]], solutions=20)
    names = {"en": "Some firm of usual length", "zh": "某某科技股份有限公司", "ja": "なにがし株式会社"}
    payload["vendors"] = [
        {"id": f"vendor-{i}", "country": ("TW", "JP")[i % 2], "names": names, "ev": {"kind": "uncited"}}
        for i in range(400)
    ]
    payload["sources"] = [
        {"url": f"https://example.org/{hashlib.sha256(str(i).encode()).hexdigest()[:40]}"} for i in range(500)
    ]
    payload["offers"] = [
        {
            "v": i % 400,
            "c": i % 150,
            "product": f"product {hashlib.sha256(str(i).encode()).hexdigest()[:24]}",
            "counted": True,
            "ev": {"kind": "cited", "s": i % 500, "as_of": "2024-05", "conf": "high"},
        }
        for i in range(1200)
    ]
    assert len(render_page(payload).encode()) <= 650_000


def test_network_carries_the_first_picture() -> None:
    """The Network of pyvis holds every box of the board as a node and every drawn requirement as an edge."""
    payload = make_payload()
    board = lay_out_overview(payload)
    network = build_network(payload, board)
    assert network.directed
    assert network.get_nodes() == [box.key for box in board.boxes]
    assert network.get_node("component:2")["label"] == "Advanced foundry"
    edges = {(edge["from"], edge["to"]) for edge in network.get_edges()}
    assert {("layer:0", "layer:1"), ("layer:2", "layer:0"), ("component:0", "component:1")} <= edges
    assert ("solution:1", "component:3") in edges


def test_network_keeps_two_requirements_of_one_pair() -> None:
    """Parallel edges are kept; pyvis drops them from undirected networks."""
    payload = make_payload()
    payload["requires"] = [*payload["requires"], payload["requires"][0]]
    network = build_network(payload, lay_out_overview(payload))
    pairs = [(edge["from"], edge["to"]) for edge in network.get_edges()]
    assert pairs.count(("component:0", "component:1")) == 2


def test_physics_is_off(html: str) -> None:
    """No node is left to a simulation: each has its place and stays there."""
    nodes = unpack_part(html, "kizuna-graph")["nodes"]
    assert nodes
    assert [node["id"] for node in nodes if node["physics"] or "x" not in node or "y" not in node] == []


def test_every_message_that_the_page_asks_for_exists() -> None:
    """Each key in the page's own modules is in the catalogue that the page carries."""
    carried = set(unpack_part(render_page(make_payload()))["messages"])
    script = (VIZ / "templates" / "explorer.js").read_text(encoding="utf-8")
    prefixes = "page|cell|kind|reason|scope|status|verdict"
    asked = set(re.findall(rf"""["'`]((?:{prefixes})\.[A-Za-z_-]+)["'`]""", script))
    assert len(asked) > 80
    assert sorted(asked - carried) == []


def test_every_message_of_the_page_is_used() -> None:
    """No text of the page's catalogue is left over."""
    script = (VIZ / "templates" / "explorer.js").read_text(encoding="utf-8")
    whole = set(re.findall(r"page\.[A-Za-z0-9_-]+", script))
    stems = set(re.findall(r"page\.[A-Za-z_-]+-(?=\$)", script))
    python = {"page.title", "page.noscript", "page.loading", "page.failed"}
    unused = [
        key
        for key in load_messages("page.")
        if key not in whole | python and not any(key.startswith(stem) for stem in stems)
    ]
    assert unused == []


def test_vendored_bundle_is_what_it_says() -> None:
    """The bundle of vis-network has the hash written beside it, and carries its version and licences."""
    (entry,) = json.loads((VIZ / "vendor" / "VERSIONS.json").read_text(encoding="utf-8"))
    data = (VIZ / "vendor" / entry["file"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == entry["sha256"]
    assert f"{entry['name']} {entry['version']}".encode() in data[:400]
    licences = (VIZ / "vendor" / "vis-network.LICENSE.txt").read_text(encoding="utf-8")
    for package in (entry, *entry["bundled"]):
        assert f"{package['name']} {package['version']} ({package['licence']})" in licences


@pytest.mark.checkout
def test_vendored_versions_are_those_of_the_build(root: Path) -> None:
    """What is bundled is what package.json asks for, in exact versions."""
    wanted = json.loads((root / "viz" / "page" / "package.json").read_text(encoding="utf-8"))[
        "devDependencies"
    ]
    (entry,) = json.loads((root / "viz" / "vendor" / "VERSIONS.json").read_text(encoding="utf-8"))
    bundled = {package["name"]: package["version"] for package in (entry, *entry["bundled"])}
    assert bundled == {name: wanted[name] for name in bundled}
    assert [version for version in wanted.values() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


def test_file_is_written_in_utf8(tmp_path: Path) -> None:
    """The file is UTF-8 to the byte, without byte order mark or carriage returns."""
    path = write_page_file("<p>絆 台積電 ソニー</p>\n", tmp_path / "page.html")
    assert path.read_bytes() == "<p>絆 台積電 ソニー</p>\n".encode()


@pytest.mark.parametrize("encoding", ["cp932", "cp950", "ascii"])
def test_page_is_written_under_any_locale(tmp_path: Path, encoding: str, root: Path) -> None:
    """A console in a Japanese or Chinese code page does not change how the page is written."""
    code = (
        "import sys; from pathlib import Path\n"
        "from kizuna.viz.page import render_page, write_page_file\n"
        "from tests.page_payload import make_payload\n"
        "write_page_file(render_page(make_payload(), lang='zh'), sys.argv[1])\n"
    )
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "LC_ALL": "C"}
    target = tmp_path / "page.html"
    subprocess.run([sys.executable, "-c", code, str(target)], check=True, cwd=root, env=environment)
    assert target.read_bytes() == render_page(make_payload(), lang="zh").encode()


def test_file_is_replaced_whole(tmp_path: Path) -> None:
    """A page that is there already is replaced, and no temporary file is left beside it."""
    target = tmp_path / "page.html"
    target.write_text("old", encoding="utf-8")
    write_page_file("new", target)
    assert [file.name for file in tmp_path.iterdir()] == ["page.html"]
    assert target.read_bytes() == b"new"


def test_missing_folder_is_named(tmp_path: Path) -> None:
    """A folder that does not exist is one clear error, and nothing is made."""
    with pytest.raises(_errors.UnavailableError, match=r"nowhere.*cannot be written there"):
        write_page_file("x", tmp_path / "nowhere" / "page.html")
    assert list(tmp_path.iterdir()) == []


def test_half_a_page_is_never_left(tmp_path: Path) -> None:
    """A target that cannot be replaced is an error, and the temporary file is taken away again."""
    folder = tmp_path / "page.html"
    folder.mkdir()
    (folder / "keep").touch()
    with pytest.raises(_errors.UnavailableError, match="cannot be written"):
        write_page_file("x", folder)
    assert [file.name for file in tmp_path.iterdir()] == ["page.html"]
