"""Measure minimal cut sets: of Kizuna's own data, and of structures with 50,000 of them up to a million.

``python -m benchmarks.cut_sets`` prints a table; ``--json FILE`` keeps the figures. Every measurement is a
process of its own. What is timed begins with a graph in memory and ends with the last set in hand.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from kizuna.graph import SupplyGraph
from kizuna.queries import UNITS, Analysis, Scope, SetFinder, UnitSets, ask_what_if

__all__ = ["TASKS", "Figures", "build_ways", "check_sets", "main"]

BUDGET = 100_000_000
ORDER = 3  # of the cut sets of the seeds
GOAL = 1.0  # seconds of processor time for these on an idle machine
_SAMPLE = 50  # sets of a structure that are checked by removing them


@dataclass(frozen=True)
class Figures:
    """What one task took and found.

    Parameters
    ----------
    task
        Which.
    units, sets
        Vendors that can be lost (of the seeds: solutions), and minimal cut sets counted.
    listed
        Sets listed, each another one.
    largest
        Order of the largest.
    cpu, wall
        Seconds, of the processor and of the clock.
    peak_mb
        Most memory of the whole process, libraries and graph included.
    """

    task: str
    units: int
    sets: int
    listed: int
    largest: int
    cpu: float
    wall: float
    peak_mb: float


def build_ways(ways: int, width: int, *, shared: float = 0.0, seed: int = 0) -> SupplyGraph:
    """Return a solution that any one of several ways makes possible, each of many components.

    With a vendor of its own for each component a cut set breaks each way at one component: there are exactly
    ``width ** ways``.

    Parameters
    ----------
    ways
        Alternatives of the one choice.
    width
        Components that each needs.
    shared
        Part of the components that a vendor of another way offers besides; they join and lengthen the sets.
    seed
        Of what is drawn.
    """
    random = Random(seed)  # noqa: S311  no secret
    cells = [(way, place) for way in range(ways) for place in range(width)]
    offers = [(f"v{way}-{place}", f"c{way}-{place}") for way, place in cells]
    for way, place in cells:
        if random.random() < shared:
            other = random.choice([one for one in cells if one[0] != way])
            offers.append((f"v{other[0]}-{other[1]}", f"c{way}-{place}"))
    parts = [component for _, component in offers[: len(cells)]]
    components = [*parts, *(f"way{way}" for way in range(ways))]
    frames = {
        "vendors": pd.DataFrame({"id": [vendor for vendor, _ in offers[: len(cells)]], "country": "TW"}),
        "components": pd.DataFrame(
            {"id": components, "segment": "parts", "virtual": ["" for _ in parts] + ["yes"] * ways}
        ),
        "solutions": pd.DataFrame({"id": ["s"]}),
        "offers": pd.DataFrame(offers, columns=["vendor", "component"]),
        "component_requires": pd.DataFrame(
            {
                "component": [f"way{way}" for way, _ in cells],
                "requires": [f"c{way}-{place}" for way, place in cells],
            }
        ),
        "solution_requires": pd.DataFrame(
            {"solution": "s", "requires": [f"way{way}" for way in range(ways)], "alternatives": "way"}
        ),
    }
    return SupplyGraph(frames, name=f"ways-{ways}-{width}")


def check_sets(graph: SupplyGraph, found: UnitSets, listed: list[tuple[str, ...]], *, sample: int) -> None:
    """Check that sets are distinct and in order, and some of them by removing all or all but one of a set.

    Raises
    ------
    AssertionError
        They are not what they must be.
    """
    assert len(set(listed)) == len(listed) == found.count
    assert listed == sorted(listed, key=lambda one: (len(one), one))
    analysis = Analysis(graph, Scope())
    chosen = Random(1).sample(listed, min(sample, len(listed)))  # noqa: S311  no secret
    for one in chosen:
        assert ("Solution", found.target) in ask_what_if(graph, remove_vendors=one, analysis=analysis).lost
        for spared in one:
            left = [vendor for vendor in one if vendor != spared]
            kept = ask_what_if(graph, remove_vendors=left, analysis=analysis).left
            assert ("Solution", found.target) in kept


def _measure_ways(task: str, ways: int, width: int, shared: float) -> Figures:
    graph = build_ways(ways, width, shared=shared)
    graph.current("offers")
    cpu, wall = time.process_time(), time.perf_counter()
    found = SetFinder(Analysis(graph, Scope()), budget=BUDGET).find_cuts("s")
    listed = list(found)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    peak = _peak_mb()
    check_sets(graph, found, listed, sample=_SAMPLE)
    if not shared:
        assert found.count == width**ways
    largest = max(map(len, listed))
    return Figures(task, len(found.units), found.count, len(listed), largest, cpu, wall, peak)


def _measure_seeds(task: str) -> Figures:
    from kizuna.loaders import load_seeds

    graph = load_seeds()
    cpu, wall = time.process_time(), time.perf_counter()
    analysis = Analysis(graph, Scope())
    solutions = graph.table("solutions")["id"].tolist()
    listed: list[tuple[str, ...]] = []
    count = 0
    for unit in UNITS:
        finder = SetFinder(analysis, unit=unit, max_order=ORDER)
        for solution in solutions:
            found = finder.find_cuts(solution, label="Solution")
            count += found.count
            listed += found
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    largest = max(map(len, listed), default=0)
    return Figures(task, len(solutions), count, len(listed), largest, cpu, wall, _peak_mb())


def _peak_mb() -> float:
    """Return the most memory that this process has held; the system counts kB, macOS bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


TASKS: dict[str, Callable[[str], Figures]] = {
    f"seeds, order <= {ORDER}, three units": _measure_seeds,
    "6 ways of 6": lambda task: _measure_ways(task, 6, 6, 0.0),
    "5 ways of 8, half shared": lambda task: _measure_ways(task, 5, 8, 0.5),
    "5 ways of 10": lambda task: _measure_ways(task, 5, 10, 0.0),
    "6 ways of 8, half shared": lambda task: _measure_ways(task, 6, 8, 0.5),
    "6 ways of 10": lambda task: _measure_ways(task, 6, 10, 0.0),
}
"""What is measured, by name."""


def _run(task: str) -> Figures:
    """Measure one task in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.cut_sets", "--task", task]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"{task} failed:\n{done.stderr}")
    return Figures(**json.loads(done.stdout))


def build_table(results: list[Figures]) -> Table:
    """Return the results as a table."""
    table = Table(title="s: seconds of processor time (of the clock). MB: peak of the whole process.")
    columns: dict[str, Any] = {"structure": "left"}
    columns |= dict.fromkeys(("vendors", "minimal cut sets", "listed", "largest", "s", "MB"), "right")
    for name, justify in columns.items():
        table.add_column(name, justify=justify)
    for one in results:
        taken = f"{one.cpu:.2f} ({one.wall:.2f})"
        counts = (f"{one.units:,}", f"{one.sets:,}", f"{one.listed:,}", str(one.largest))
        table.add_row(one.task, *counts, taken, f"{one.peak_mb:,.0f}")
    return table


def main() -> int:
    """Measure, print and keep; a wrong set ends the run, a slow machine does not."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cut_sets", description=__doc__.split("\n")[0])
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep all figures")
    parser.add_argument("--task", choices=TASKS, help="measure one, here, and print its figures")
    args = parser.parse_args()
    if args.task:
        print(json.dumps(asdict(TASKS[args.task](args.task))))
        return 0
    results = [_run(task) for task in TASKS]
    Console(width=120).print(build_table(results))
    if args.json:
        args.json.write_text(json.dumps([asdict(one) for one in results], indent=1) + "\n", encoding="utf-8")
    if results[0].cpu > GOAL:
        print(f"{results[0].task}: {results[0].cpu:.2f} s, where {GOAL:g} s is the goal")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
