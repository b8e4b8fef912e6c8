"""Measure what the questions cost beside only reading the same files.

``python -m benchmarks.questions 10000 100000 1000000`` prints a table; ``--json FILE`` keeps the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

__all__ = ["Answered", "list_question_faults", "main", "measure_all", "measure_questions", "print_questions"]

SIZES = (10_000, 100_000, 1_000_000)
GOALS = {"time": 6.0, "memory": 3.0, "growth": 12.0}
"""At most so many times what only reading takes; and so many times the time for ten times the data."""
_ROUNDS = 3
_LARGE = 500_000  # vendors: from here on two rounds are enough, and this much memory is asked for first
_NEEDED_GB = 12
_WIDTH = 160
_OWN_COUNTRY = "TW"  # the country that the what-if loses


@dataclass(frozen=True)
class Answered:
    """What only reading and what answering took, the best of several rounds in turn.

    Parameters
    ----------
    vendors
        The size.
    read_cpu, read_wall, read_mb
        Seconds of all cores together and of the clock to read every column of every file with pandas, and
        the peak of that process.
    cpu, wall, mb
        The same from the files to the answers.
    parts
        Seconds of all cores for each part of the answers.
    found
        Findings, planted gaps and those missed, and what the what-if loses.
    """

    vendors: int
    read_cpu: float
    read_wall: float
    read_mb: float
    cpu: float
    wall: float
    mb: float
    parts: dict[str, float]
    found: dict[str, int]


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def _make(folder: Path, vendors: int, seed: int) -> dict[str, Any]:
    """Write a synthetic data set straight to Parquet."""
    from benchmarks.planted import write_planted
    from benchmarks.synthetic import DATE, make_synthetic
    from kizuna.graph import SupplyGraph, save_graph

    tables, planted = make_synthetic(vendors, seed=seed)
    graph = SupplyGraph(tables, name=f"synthetic-{vendors}", version="1", date=DATE)
    del tables
    save_graph(graph, folder)
    write_planted(planted, folder)
    return {"rows": sum(map(len, graph.tables.values()))}


def _read(folder: Path) -> dict[str, Any]:
    """Read every column of every file, and do no more."""
    import pandas as pd
    import pyarrow.parquet  # noqa: F401  what is imported is not timed, on either side

    files = sorted(folder.glob("*.parquet"))
    wall, cpu = time.perf_counter(), time.process_time()
    frames = [pd.read_parquet(file) for file in files]
    taken = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    return {**taken, "rows": sum(map(len, frames))}


def _answer(folder: Path) -> dict[str, Any]:
    """Go from the files to coverage, all gaps of order 1 at three units, and the loss of a country."""
    from benchmarks.planted import find_missed, read_planted
    from kizuna.graph import load_graph
    from kizuna.queries import ask_what_if, find_gaps, measure_coverage

    parts: dict[str, float] = {}

    def take_time(part: str) -> None:
        parts[part] = time.process_time() - cpu - sum(parts.values())

    wall, cpu = time.perf_counter(), time.process_time()
    graph = load_graph(folder)
    take_time("load")
    rows = [len(measure_coverage(graph, by=by).rows) for by in ("component", "segment")]
    take_time("coverage")
    gaps = find_gaps(graph)
    take_time("gaps")
    lost = ask_what_if(graph, remove_countries=[_OWN_COUNTRY], analysis=gaps.analysis).lost
    take_time("what-if")
    taken = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall, "mb": _peak_mb()}
    planted = read_planted(folder)
    found = {
        "coverage rows": sum(rows),
        "findings": len(gaps.findings) + len(gaps.fragile),
        "planted": sum(planted.counts().values()),
        "missed": len(find_missed(planted, gaps)),
        "lost": len(lost),
    }
    return {**taken, "parts": parts, "found": found}


def _run_child(*arguments: str) -> dict[str, Any]:
    """Run one task of this module in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.questions", "--task", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments[:1])} failed:\n{done.stderr}")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _has_memory() -> bool:
    """Say whether there is enough memory for the large sizes, as far as the system says."""
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") > _NEEDED_GB * 1e9
    except (ValueError, OSError):
        return True


def measure_questions(vendors: int, *, seed: int = 0) -> Answered | None:
    """Measure one size; None where the machine has too little memory free."""
    if vendors >= _LARGE and not _has_memory():
        return None
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "graph"
        _run_child("make", str(folder), str(vendors), str(seed))
        rounds = 2 if vendors >= _LARGE else _ROUNDS
        # In turn, so that a busy moment of the machine hits both.
        runs = [(_run_child("read", str(folder)), _run_child("answer", str(folder))) for _ in range(rounds)]
    read = min((run[0] for run in runs), key=lambda run: run["cpu"])
    answer = min((run[1] for run in runs), key=lambda run: run["cpu"])
    return Answered(
        vendors,
        read_cpu=read["cpu"],
        read_wall=read["wall"],
        read_mb=min(run[0]["mb"] for run in runs),
        cpu=answer["cpu"],
        wall=answer["wall"],
        mb=max(run[1]["mb"] for run in runs),
        parts=answer["parts"],
        found=answer["found"],
    )


def build_questions_table(results: list[Answered]) -> Table:
    """Return the results as a table, with the goals in its head."""
    table = Table(
        title=f"From Parquet to coverage, gaps of order 1 at three units and a what-if, beside reading alone. "
        f"Goals: {GOALS['time']:g}x the time, {GOALS['memory']:g}x the memory, "
        f"{GOALS['growth']:g}x the time for 10x the data."
    )
    heads = (
        "vendors",
        "read s",
        "MB",
        "answers s",
        "MB",
        "time",
        "memory",
        "growth",
        "findings (planted)",
        "parts s",
    )
    for head in heads:
        table.add_column(head, justify="left" if head == "parts s" else "right")
    growth = {large.vendors: large.cpu / small.cpu for small, large in pairwise(results)}
    for one in results:
        found = one.found
        table.add_row(
            f"{one.vendors:,}",
            f"{one.read_cpu:.2f} ({one.read_wall:.2f})",
            f"{one.read_mb:,.0f}",
            f"{one.cpu:.2f} ({one.wall:.2f})",
            f"{one.mb:,.0f}",
            f"{one.cpu / one.read_cpu:.1f}x",
            f"{one.mb / one.read_mb:.1f}x",
            f"{growth[one.vendors]:.1f}x" if one.vendors in growth else "",
            f"{found['findings']:,} ({found['planted'] - found['missed']:,} of {found['planted']:,})",
            ", ".join(f"{part} {taken:.2f}" for part, taken in one.parts.items()),
        )
    return table


def print_questions(results: list[Answered]) -> None:
    """Print the table."""
    Console(width=_WIDTH).print(build_questions_table(results))


def list_question_faults(results: list[Answered]) -> Iterator[str]:
    """Yield what must not be: planted gaps that were missed."""
    for one in results:
        if one.found["missed"]:
            yield f"questions at {one.vendors} vendors: {one.found['missed']} planted gaps were not found"


def measure_all(sizes: list[int], *, seed: int) -> list[Answered]:
    """Measure some sizes, and say so as it goes."""
    results = []
    for vendors in sorted(sizes):
        measured = measure_questions(vendors, seed=seed)
        if measured is None:
            print(
                f"{vendors:>9,} questions    left out: less than {_NEEDED_GB} GB of memory are free",
                flush=True,
            )
            continue
        print(f"{vendors:>9,} questions    {measured.cpu:.2f} s, {measured.mb:,.0f} MB", flush=True)
        results.append(measured)
    return results


def main() -> int:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.questions", description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=list(SIZES), help="numbers of vendors")
    parser.add_argument("--seed", type=int, default=0, help="of the synthetic data")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep all figures")
    args = parser.parse_args()
    results = measure_all(args.sizes, seed=args.seed)
    print_questions(results)
    if args.json:
        text = json.dumps([asdict(one) for one in results], indent=1)
        args.json.write_text(text + "\n", encoding="utf-8")
    faults = list(list_question_faults(results))
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    return 1 if faults else 0


def _do_task(task: str, folder: str, *numbers: str) -> None:
    """Do one task and print what came of it as JSON."""
    path = Path(folder)
    if task == "make":
        found = _make(path, *map(int, numbers))
    else:
        found = {"read": _read, "answer": _answer}[task](path)
    print(json.dumps({"mb": _peak_mb(), **found}))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--task"]:
        _do_task(*sys.argv[2:])
    else:
        raise SystemExit(main())
