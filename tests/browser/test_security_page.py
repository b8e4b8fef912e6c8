"""What data can say, however hostile, stays text: on every kind of page, in every scene, under the page's policy."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import pytest

from kizuna.answers.report import write_report
from kizuna.graph import SupplyGraph
from kizuna.graph.stores.values import Node, Relationship, Result
from kizuna.viz import build_pyvis, write_explorer
from kizuna.viz._escape import pack_json
from kizuna.viz.page import render_page, write_page_file
from kizuna.viz.result_page import render_result
from kizuna.viz.subject import pick_subject, write_subject_page
from tests.browser.conftest import Open, Visit
from tests.graphs import build_graph, make_rows
from tests.page_payload import HOSTILE, make_payload, spoil_payload
from tests.page_source import Source, unpack_part

pytestmark = pytest.mark.browser

LONG = "W" * 3000
CONTROLS = "\u202eevil\u202c \u2066a\u2069 z\u200bero\ufeff \x00\x1b[31m"
NASTY = (
    *HOSTILE,
    "--></script><script>window.pwned=7</script><!--",
    "</style><style>body{display:none}</style>",
    "]]><script>window.pwned=8</script>",
    "data:text/html,<script>window.pwned=9</script>",
    "file:///etc/passwd",
    "//evil.example/x.js",
    "{name} {n} {__proto__} __proto__ constructor",
    CONTROLS,
    LONG,
)
URLS = (
    "javascript:window.pwned=10",
    " JaVaScRiPt:window.pwned=11",
    "data:text/html,<script>window.pwned=12</script>",
    "file:///etc/passwd",
    "https://evil.example/\"onmouseover='window.pwned=13'",
    "vbscript:x",
    "//evil.example/a",
    "http://[::bad",
)
# What the page reads as a word of its own; all other text may be anything.
WORDS = {"kind", "verdict", "unit", "within", "country_by", "pair", "country", "state", "level", "type"}
WORDS |= {"key", "from", "to", "at", "component", "whole", "part", "member"}
KINDS = ("explorer", "subject", "result", "report", "pyvis")

# Opens one state after the other; says what a hostile text has made, done or asked for.
WALK = """async (fragments) => {
  const faults = [];
  addEventListener('securitypolicyviolation', (event) => faults.push(['policy', event.violatedDirective]));
  const check = (where) => {
    for (const node of document.querySelectorAll('body *')) {
      for (const { name } of node.attributes)
        if (/^on/i.test(name)) faults.push([where, node.tagName, name]);
      if (/^(IMG|IFRAME|OBJECT|EMBED|BASE|FORM|LINK|META|AUDIO|VIDEO)$/i.test(node.tagName))
        faults.push([where, node.tagName]);
      if (node.tagName === 'SCRIPT' && node.parentNode !== document.body) faults.push([where, 'script']);
      if (node.tagName !== 'A' || node.getAttribute('href')?.startsWith('#')) continue;
      const rel = node.getAttribute('rel') ?? '';
      if (!/^https?:$/.test(node.protocol) || !/noopener/.test(rel) || !/noreferrer/.test(rel))
        faults.push([where, node.outerHTML.slice(0, 200)]);
    }
    if (window.pwned !== undefined) faults.push([where, 'pwned', window.pwned]);
    if (getComputedStyle(document.body).display === 'none') faults.push([where, 'style']);
  };
  check('start');
  for (const fragment of fragments) {
    if (location.hash === fragment) continue;
    const moved = new Promise((done) => addEventListener('hashchange', done, { once: true }));
    location.hash = fragment;
    await moved;
    check(fragment);
  }
  return faults;
}"""


def spoil_everything(value: Any, key: str = "", turn: list[int] | None = None) -> Any:
    """Return a payload with hostile text in every text that the page does not read as a word of its own."""
    turn = [0] if turn is None else turn
    if isinstance(value, dict):
        return {k: spoil_everything(v, k, turn) for k, v in value.items()}
    if isinstance(value, list):
        return [spoil_everything(v, key, turn) for v in value]
    if not isinstance(value, str) or key in WORDS or re.fullmatch(r"GAP-\w+", value):
        return value
    turn[0] += 1
    if key in ("url", "website"):
        return URLS[turn[0] % len(URLS)]
    if key == "id":
        return f"{value}{HOSTILE[turn[0] % len(HOSTILE)]}"
    return f"{value} {NASTY[turn[0] % len(NASTY)]}"


def make_hostile_graph() -> SupplyGraph:
    """Return a small graph with hostile text in each column that a contributor fills freely."""
    rows = make_rows(
        vendors="a:TW b:JP c:US d:JP",
        offers="a:chip b:lens b:chip c:lens",
        requires="care->chip care->lens chip->lens",
        owns="b>d",
        solutions="care",
    )
    turn = 0
    free = ("note", "product", "detail", "why", "city", "ticker", "aliases", "former_names", "source_title")
    for table, columns in (("vendors", free), ("offers", free), ("component_requires", free), ("owns", free)):
        for row in rows.get(table, []):
            for column in columns:
                turn += 1
                row[column] = NASTY[turn % len(NASTY)].replace("\x00", "").replace("|", "")
            row["source_url"] = row["website"] = URLS[turn % len(URLS)]
    for table in ("vendors", "components", "solutions", "segments", "layers", "countries"):
        for row in rows[table]:
            for lang in ("en", "ja", "zh"):
                turn += 1
                row[f"name_{lang}"] = f"{row['id']} {NASTY[turn % len(NASTY)]}"
    return build_graph(rows)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write each kind of page from hostile data."""
    folder = tmp_path_factory.mktemp("security")
    graph = make_hostile_graph()
    nodes = [Node(text, (text,), {text: text, "name": text, "source_url": text}) for text in NASTY]
    rows = [
        (Relationship("r", text, nodes[0], nodes[1], {text: [text]}), text, node)
        for text, node in zip(NASTY, nodes, strict=True)
    ]
    answer = render_result(Result(tuple(NASTY[:3]), rows), title=NASTY[0])
    files = {
        "explorer": write_explorer(graph, folder / "explorer.html"),
        "result": write_page_file(answer, folder / "result.html"),
        "subject": folder / "subject.html",
        "report": write_report(graph, folder / "report.html"),
        "pyvis": folder / "pyvis.html",
    }
    write_subject_page(graph, files["subject"], pick_subject(graph, vendor="b"))
    build_pyvis(graph).write_html(files["pyvis"])
    return files


def read_policy(source: Source) -> dict[str, list[str]]:
    """Return the directives of a page's Content-Security-Policy."""
    [text] = [
        str(a["content"])
        for tag, a in source.found
        if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy"
    ]
    return {words[0]: words[1:] for words in (part.split() for part in text.split(";"))}


def walk(opened: Visit, fragments: list[str]) -> list[Any]:
    """Walk through states of a page; return its faults, dialogs and requests beyond the file."""
    dialogs: list[str] = []

    def note(dialog: Any) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    opened.page.on("dialog", note)
    faults = opened.page.evaluate(WALK, fragments)
    return [*faults, *dialogs, *opened.requests[1:]]


def list_states(payload: dict[str, Any]) -> list[str]:
    """Return the address of every scene, tab and view, in every language."""
    from urllib.parse import quote

    things = [
        f"at={label}:{quote(row['id'], safe='')}"
        for label in ("layer", "segment", "component", "vendor", "solution")
        for row in payload[f"{label}s"]
    ]
    things += [f"gap={finding['id']}" for finding in payload["findings"]]
    rest = [f"tab={tab}" for tab in ("gaps", "solutions", "whatif", "changes", "details")]
    rest += ["view=table", "lost=vendor:formosa", "lost=country:TW&tab=whatif", "q=%3Cimg%3E"]
    return [f"#lang={lang}&{thing}" for lang in ("en", "ja", "zh") for thing in (*things, *rest)]


@pytest.mark.parametrize("kind", KINDS)
def test_policy_allows_by_hash_alone(pages: dict[str, Path], kind: str) -> None:
    """Nothing by default; scripts and styles by the hash of what stands in the page; no eval, no inline."""
    html = pages[kind].read_text(encoding="utf-8")
    source = Source(html)
    policy = read_policy(source)
    assert policy["default-src"] == ["'none'"]
    words = {word for part in policy.values() for word in part}
    assert all(re.fullmatch(r"'none'|'sha256-[\w+/]+=*'|'script'|data:|blob:|kizuna", word) for word in words)
    run = [
        (tag, text)
        for tag, attributes, text in source.texts
        if attributes.get("type") in (None, "text/javascript")
    ]
    if kind in ("explorer", "result", "subject"):
        code = unpack_part(html, "kizuna-code")
        run += [("style", code["style"]), *(("script", text) for text in code["scripts"])]
    for tag in ("script", "style"):
        texts = [text for one, text in run if one == tag]
        digests = [base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()) for text in texts]
        assert [f"'sha256-{digest.decode('ascii')}'" for digest in digests] == policy.get(f"{tag}-src", [])


def test_packed_script_that_was_changed_does_not_run(browser: Any, tmp_path: Path) -> None:
    """A script that was packed anew with other text is refused by the policy, and the page says that it cannot be shown."""
    html = render_page(make_payload())
    code = unpack_part(html, "kizuna-code")
    code["scripts"][1] = f"window.pwned=1;{code['scripts'][1]}"
    changed = re.sub('(?<=id="kizuna-code">)[^<]*', lambda _: pack_json(code), html)
    page = browser.new_page()
    page.goto(write_page_file(changed, tmp_path / "changed.html").as_uri())
    said = page.locator("[role=alert]").inner_text()
    assert "could not be shown: script-src" in said
    assert page.evaluate("window.pwned") is None
    page.close()


@pytest.mark.parametrize("kind", KINDS)
def test_source_runs_and_loads_nothing_of_data(pages: dict[str, Path], kind: str) -> None:
    """As written, a page has no handler, no style attribute, no source elsewhere, and only outward links that are safe."""
    for tag, attributes in Source(pages[kind].read_text(encoding="utf-8")).found:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert "src" not in attributes
        href = attributes.get("href")
        if tag == "a" and href is not None and not href.startswith("#"):
            assert re.match(r"https?://", href)
            assert attributes["rel"] == "noopener noreferrer"
        elif href is not None:
            assert href == "data:," or href.startswith("#")


@pytest.mark.parametrize("name", ["loader.js", "explorer.js", "result.js", "pyvis.js"])
def test_own_scripts_have_no_way_to_run_text(name: str) -> None:
    """No eval, no Function from text, no markup from text, no timer of text, no request."""
    from kizuna.viz._parts import read_part

    script = read_part(f"templates/{name}")
    banned = r"\beval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|import\("
    assert re.findall(banned, script) == []


@pytest.mark.parametrize("kind", KINDS)
def test_pages_of_hostile_data_open_quietly(visit: Open, pages: dict[str, Path], kind: str) -> None:
    """Each kind of page opens in three languages without an element, a request, a dialog or a complaint too many."""
    if kind == "report":  # no script says that it is ready
        html = pages[kind].read_text(encoding="utf-8")
        assert "<script" not in html
        return
    opened = visit(pages[kind])
    fragments = [] if kind == "pyvis" else ["#lang=ja", "#lang=zh&view=table", "#lang=en&view=table"]
    assert walk(opened, fragments) == []


@pytest.mark.parametrize("spoil", [spoil_payload, spoil_everything])
def test_every_scene_of_hostile_data_is_quiet(visit: Open, tmp_path: Path, spoil: Any) -> None:
    """Every layer, segment, component, firm, solution, gap, tab and view, in three languages."""
    payload = spoil(make_payload())
    file = write_page_file(render_page(payload), tmp_path / "hostile.html")
    assert walk(visit(file), list_states(payload)) == []


def test_hostile_names_in_tips_and_search(visit: Open, tmp_path: Path) -> None:
    """What floats over the picture and what is found show hostile names as text."""
    payload = spoil_everything(make_payload())
    opened = visit(write_page_file(render_page(payload), tmp_path / "hostile.html"))
    for key, box in opened.boxes().items():
        if key.startswith("component:"):
            opened.page.locator("#canvas").hover(
                position={"x": box["x"] + box["w"] / 2, "y": box["y"] + box["h"] / 2}
            )
            assert opened.page.locator("#tip strong").inner_text()
    for query in NASTY[:12]:
        opened.page.locator("#search").fill(query[:200].replace("\x00", ""))
    assert walk(opened, []) == []


def test_controls_that_turn_text_round_are_taken_out(visit: Open, tmp_path: Path) -> None:
    """A name with marks of direction, of no width or of control is shown without them."""
    payload = make_payload()
    payload["vendors"][0]["names"] = {"en": f"For{CONTROLS}mosa"}
    opened = visit(write_page_file(render_page(payload), tmp_path / "p.html"), "#at=vendor:formosa")
    shown = [box["name"] for box in opened.boxes().values()]
    shown += [opened.page.locator("#body h2").inner_text(), opened.page.locator("#path").inner_text()]
    assert not re.search("[\u0000-\u0008\u001b\u200b\u202a-\u202e\u2066-\u2069\ufeff]", "".join(shown))
    assert any("evil" in text for text in shown)


def test_very_long_names_break_no_picture(visit: Open, tmp_path: Path) -> None:
    """Names of thousands of letters are cut in the picture and wrapped in the panel."""
    payload = make_payload()
    for table in ("layers", "segments", "components", "vendors", "solutions"):
        for row in payload[table]:
            row["names"] = dict.fromkeys(("en", "ja", "zh"), LONG)
    opened = visit(write_page_file(render_page(payload), tmp_path / "p.html"))
    for fragment in ("", "#at=layer:ai", "#at=component:foundry", "#at=vendor:kiku", "#tab=solutions"):
        opened.page.evaluate("hash => { location.hash = hash; }", fragment or "#lang=en")
        opened.page.wait_for_timeout(50)
        width = opened.page.evaluate("document.documentElement.scrollWidth")
        assert width <= opened.page.viewport_size["width"]
        panel = opened.page.locator("#body")
        assert panel.evaluate("e => e.scrollWidth <= e.clientWidth")
