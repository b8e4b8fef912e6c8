"""Measure the pages in a browser: Kizuna's, stock pyvis's of the same graph, and a small one as the unit.

``python -m benchmarks.browser 1000 10000`` takes the curated data and makes synthetic data sets with three edges a
vendor, opens their pages in Chromium without network, and prints what they take as ratios to the unit: pyvis with
300 nodes at given places and no physics. Without Chromium and playwright it says so and ends.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from benchmarks.synthetic import make_synthetic, write_folder

__all__ = ["Opened", "main"]

_SEEDS = Path(__file__).parents[1] / "seeds"
OFFERS = 2  # a vendor: with ties and requirements, three edges
WRITE_LIMIT = 90.0  # seconds of the clock for a page to be written
OPENINGS = 5  # of each page that opens
OPEN_LIMIT = 20.0  # seconds of the clock for a page to become interactive
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
_READY = {
    "kizuna": "document.documentElement.dataset.ready === 'yes'",
    "pyvis": "window.network && (!network.physics.physicsEnabled || network.physics.stabilized)",
}
_SETTLE = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
_RECORD = """() => { const at = []; const next = (now) => { at.push(now); window.rec = requestAnimationFrame(next); };
    window.frames_at = at; window.rec = requestAnimationFrame(next); }"""


@dataclass(frozen=True)
class Opened:
    """What a page took; None where it was not reached within the limits.

    Parameters
    ----------
    who, vendors
        What was measured; 0 vendors: the unit.
    size
        Bytes of the file.
    cpu, ready
        Seconds of the main thread, and of the clock, until a reader can do something.
    pan
        Milliseconds between two frames while the drawing is moved, of which 95 % are shorter.
    heap
        Bytes of JavaScript's objects.
    search, hub
        Seconds of the clock for a first search, and until the component with most vendors is drawn.
    unit
        What the unit took of `cpu`, `ready` and `heap`, opened in turn with this page.
    curated
        Whether it is the page of the curated data.
    stopped
        Why there is no more.
    """

    who: str
    vendors: int
    size: int | None = None
    cpu: float | None = None
    ready: float | None = None
    pan: float | None = None
    heap: float | None = None
    search: float | None = None
    hub: float | None = None
    unit: dict[str, Any] | None = None
    curated: bool = False
    stopped: str = ""


def write_unit(file: Path) -> None:
    """Write the page that is the unit: 300 nodes and 600 edges, at given places."""
    from pyvis.network import Network

    page, rng = Network(height="900px", width="100%", cdn_resources="in_line"), random.Random(0)  # noqa: S311
    for node in range(300):
        page.add_node(node, label=f"node {node}", x=node % 20 * 90, y=node // 20 * 60)
    for _ in range(600):
        page.add_edge(rng.randrange(300), rng.randrange(300))
    page.toggle_physics(False)
    file.write_text(page.generate_html(), encoding="utf-8")


_WRITERS = {
    "kizuna": "from kizuna.loaders import load_folder; from kizuna.viz import write_explorer; "
    "write_explorer(load_folder({csv!r}), {file!r}, lang='en')",
    "pyvis": "from pathlib import Path; from benchmarks.peers import load_network, write_network_page; "
    "write_network_page(load_network(Path({csv!r})), Path({file!r}))",
}


def write_page(who: str, csv: Path, file: Path) -> str:
    """Write a page in a process of its own; return why it could not be."""
    code = _WRITERS[who].format(csv=str(csv), file=str(file))
    try:
        subprocess.run(
            [sys.executable, "-c", code], check=True, timeout=WRITE_LIMIT * (4 if who == "kizuna" else 1)
        )
    except subprocess.TimeoutExpired:
        return f"not written in {WRITE_LIMIT:g} s"
    return ""


def measure_page(browser: Any, who: str, vendors: int, file: Path, hub: str = "") -> Opened:
    """Open a page and move its drawing."""
    kind = "pyvis" if who == "unit" else who
    size = file.stat().st_size
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    page = context.new_page()
    page.set_default_timeout(OPEN_LIMIT * 1000)
    session = context.new_cdp_session(page)
    session.send("Performance.enable")
    try:
        start = time.monotonic()
        page.goto(file.resolve().as_uri(), wait_until="commit")
        _wait_for(page, _READY[kind])
        page.evaluate(_SETTLE)
        ready = time.monotonic() - start
        metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
        found = {"cpu": metrics["TaskDuration"], "ready": ready, "heap": metrics["JSHeapUsedSize"]}
        if kind == "kizuna":
            found |= _use(page, hub)
        return Opened(who, vendors, size, **found, pan=_pan(page))
    except Exception as error:  # noqa: BLE001 - playwright has its own errors for each way of being too slow
        return Opened(
            who,
            vendors,
            size,
            stopped=f"not interactive in {OPEN_LIMIT:g} s ({str(error).splitlines()[0][:60]})",
        )
    finally:
        context.close()


def measure_often(browser: Any, who: str, vendors: int, file: Path, *, unit: Path, hub: str = "") -> Opened:
    """Open a page and the unit in turn; of each figure the least counts, which other programs disturb least."""
    found: list[Opened] = []
    units: list[Opened] = []
    while len(found) < OPENINGS and not (found and found[-1].stopped):
        units.append(measure_page(browser, "unit", 0, unit))
        found.append(measure_page(browser, who, vendors, file, hub))
    return replace(found[0], **_take_least(found), unit=_take_least(units))


def _take_least(openings: list[Opened]) -> dict[str, Any]:
    """Return the least of each figure that was reached."""
    good = [asdict(one) for one in openings if not one.stopped]
    figures = ("cpu", "ready", "pan", "heap", "search", "hub")
    known = {key: [one[key] for one in good if one[key] is not None] for key in figures}
    return {key: min(values) for key, values in known.items() if values}


def _wait_for(page: Any, condition: str) -> None:
    """Ask again and again: a page whose policy forbids evaluation cannot be told to watch for it itself."""
    end = time.monotonic() + OPEN_LIMIT
    while not page.evaluate(f"() => Boolean({condition})"):
        if time.monotonic() > end:
            raise TimeoutError(condition)
        time.sleep(0.02)


def _use(page: Any, hub: str) -> dict[str, float]:
    """Search, then open the component with most vendors, which draws as much as there ever is."""
    start = time.monotonic()
    page.locator("#search").fill("seiko")
    page.wait_for_selector("#hits:not([hidden])")
    search = time.monotonic() - start
    start = time.monotonic()
    page.evaluate(f"location.hash = {json.dumps(f'#at=component:{hub}')}")
    _wait_for(page, "kizuna.scene().startsWith('component:')")
    page.evaluate(_SETTLE)
    return {"search": search, "hub": time.monotonic() - start}


def _pan(page: Any) -> float:
    """Return the time between frames that 95 % keep to while the drawing is dragged about."""
    page.mouse.move(500, 500)
    page.mouse.down()
    page.evaluate(_RECORD)
    for step in range(80):
        page.mouse.move(500 + 3 * (step % 40), 500 + 2 * (step % 40))
    page.mouse.up()
    at = page.evaluate("() => { cancelAnimationFrame(window.rec); return window.frames_at; }")
    gaps = sorted(later - earlier for earlier, later in pairwise(at))
    return gaps[int(len(gaps) * 0.95)] if gaps else 0.0


@dataclass(frozen=True)
class _Graph:
    csv: Path
    vendors: int
    hub: str  # the component with most offers


def _list_graphs(sizes: list[int], seed: int, folder: Path) -> Iterator[_Graph]:
    """Yield the curated data, then a folder of synthetic data of each size."""
    offers = pd.read_csv(_SEEDS / "offers.csv", usecols=["component"], dtype=str)
    vendors = len(pd.read_csv(_SEEDS / "vendors.csv", usecols=["id"], dtype=str))
    yield _Graph(_SEEDS, vendors, str(offers["component"].value_counts().index[0]))
    for size in sizes:
        tables, planted = make_synthetic(size, seed=seed, offers_per_vendor=OFFERS)
        hub = str(tables["offers"]["component"].value_counts().index[0])
        write_folder(tables, planted, folder / str(size))
        del tables
        yield _Graph(folder / str(size), size, hub)


def measure_all(sizes: list[int], *, seed: int) -> Iterator[Opened]:
    """Yield the unit alone, then both pages of each graph with the unit beside each."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as driver:
        folder = Path(temporary)
        browser = driver.chromium.launch(executable_path=_find_chromium(), args=_FLAGS)
        unit = folder / "unit.html"
        write_unit(unit)
        yield measure_page(browser, "unit", 0, unit)  # the first page of a browser pays for its start
        for graph in _list_graphs(sizes, seed, folder):
            for who in _WRITERS:
                file = folder / f"{who}-{graph.csv.name}.html"
                if stopped := write_page(who, graph.csv, file):
                    one = Opened(who, graph.vendors, stopped=stopped)
                else:
                    one = measure_often(browser, who, graph.vendors, file, unit=unit, hub=graph.hub)
                yield replace(one, curated=graph.csv == _SEEDS)
        browser.close()


def build_table(results: list[Opened]) -> Table:
    """Return the results, time and memory as ratios to the unit."""
    table = Table(title="Pages in Chromium; the unit is pyvis with 300 nodes, no physics")
    for name in ("vendors", "page", "kB", "load CPU", "ready", "heap", "pan p95 ms", "search s", "hub s", ""):
        table.add_column(name, justify="right" if name else "left")

    def ratio(value: float | None, base: float | None) -> str:
        return f"{value / base:.2f}x" if value and base else "-"

    for one in results:
        unit = one.unit or {}
        table.add_row(
            f"{one.vendors:,}{' curated' if one.curated else ''}",
            one.who,
            f"{one.size // 1000:,}" if one.size else "-",
            ratio(one.cpu, unit.get("cpu")),
            ratio(one.ready, unit.get("ready")),
            ratio(one.heap, unit.get("heap")),
            *("-" if value is None else f"{value:.2f}" for value in (one.pan, one.search, one.hub)),
            one.stopped,
        )
    return table


def _find_chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def main() -> int:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.browser", description=main.__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--seed", type=int, default=0, help="of the synthetic data")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep all figures")
    args = parser.parse_args()
    if _find_chromium() is None or importlib.util.find_spec("playwright") is None:
        print("the pages are not measured: that needs Chromium and playwright")
        return 0
    results = list(measure_all(args.sizes, seed=args.seed))
    Console(width=132).print(build_table(results))
    if args.json:
        args.json.write_text(json.dumps([asdict(one) for one in results], indent=1) + "\n", encoding="utf-8")
    failed = [one for one in results if one.who in ("kizuna", "unit") and one.stopped]
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
