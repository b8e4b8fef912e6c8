"""The steps that are measured, each with what it needs beforehand; run one in a process of its own.

``python -m benchmarks.steps kizuna gaps FOLDER CPU_SECONDS`` prints what it took and what it found, as JSON.
"""

from __future__ import annotations

import hashlib
import json
import resource
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.peers import Chain, find_cuts, load_network, measure_cells, write_network_page
from benchmarks.planted import find_missed, read_planted
from kizuna.graph import SupplyGraph, load_graph, save_graph
from kizuna.loaders import load_folder
from kizuna.queries import find_gaps, measure_coverage
from kizuna.viz import write_explorer

__all__ = ["CSV", "PARQUET", "STEPS", "Step", "main"]

CSV, PARQUET = "csv", "parquet"
Found = dict[str, Any]


class Step(NamedTuple):
    """A step: `prepare` is not measured, `run` is; equal `answer` means the same answer."""

    prepare: Callable[[Path], Any]
    run: Callable[[Any], Found]


def _load_csv(folder: Path) -> Found:
    return {"rows": _count_rows(load_folder(folder / CSV))}


def _load_parquet(folder: Path) -> Found:
    return {"rows": _count_rows(load_graph(folder / PARQUET))}


def _count_rows(graph: SupplyGraph) -> int:
    return sum(len(frame) for frame in graph.tables.values())


def _open_graph(folder: Path) -> tuple[SupplyGraph, Path]:
    graph = load_graph(folder / PARQUET)
    _count_rows(graph)  # a saved table is unpacked when somebody asks for it
    return graph, folder


def _cover(opened: tuple[SupplyGraph, Path]) -> Found:
    graph, _ = opened
    totals: dict[str, int] = {}
    for by in ("component", "segment"):
        cells = [cell for row in measure_coverage(graph, by=by).rows for cell in row.cells[:2]]
        totals[f"{by} vendors"] = sum(cell.vendors for cell in cells)
        totals[f"{by} groups"] = sum(cell.groups for cell in cells)
    return {"answer": totals}


def _list_gaps(opened: tuple[SupplyGraph, Path]) -> Found:
    graph, folder = opened
    gaps = find_gaps(graph)
    planted = read_planted(folder / CSV)
    return {
        "answer": _digest({(str(cut.unit), str(cut.member)) for cut in gaps.cuts}),
        "findings": len(gaps.findings) + len(gaps.fragile),
        "planted": sum(planted.counts().values()),
        "missed": len(find_missed(planted, gaps)),
    }


def _write_page(opened: tuple[SupplyGraph, Path]) -> Found:
    graph, folder = opened
    return {"kB": write_explorer(graph, folder / "kizuna.html").stat().st_size // 1000}


def _peer_load(folder: Path) -> Found:
    return {"rows": len(load_network(folder / CSV).nodes)}


def _peer_open(folder: Path) -> tuple[Any, Path]:
    return load_network(folder / CSV), folder


def _peer_cover(opened: tuple[Any, Path]) -> Found:
    return {"answer": measure_cells(Chain(opened[0]))}


def _peer_gaps(opened: tuple[Any, Path]) -> Found:
    cuts = find_cuts(Chain(opened[0]))
    return {"answer": _digest(cuts), "findings": len(cuts)}


def _peer_page(opened: tuple[Any, Path]) -> Found:
    path = opened[1] / "peer.html"
    write_network_page(opened[0], path)
    return {"kB": path.stat().st_size // 1000}


def _digest(cuts: set[tuple[str, str]]) -> str:
    return hashlib.sha256(json.dumps(sorted(cuts)).encode()).hexdigest()[:12]


def _keep(folder: Path) -> Path:
    return folder


STEPS = {
    ("kizuna", "load"): Step(_keep, _load_csv),
    ("kizuna", "load saved"): Step(_keep, _load_parquet),
    ("kizuna", "coverage"): Step(_open_graph, _cover),
    ("kizuna", "gaps"): Step(_open_graph, _list_gaps),
    ("kizuna", "page"): Step(_open_graph, _write_page),
    ("peer", "load"): Step(_keep, _peer_load),
    ("peer", "coverage"): Step(_peer_open, _peer_cover),
    ("peer", "gaps"): Step(_peer_open, _peer_gaps),
    ("peer", "page"): Step(_peer_open, _peer_page),
}
"""What is measured, by who does it and what is done."""


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def main(who: str, name: str, folder: Path, cpu_seconds: float) -> None:
    """Run one step and print what it took; a step that takes too long is ended by the system."""
    step = STEPS[who, name]
    prepared = step.prepare(folder)
    before = _peak_mb()
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
    wall, cpu = time.perf_counter(), time.process_time()
    found = step.run(prepared)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    signal.setitimer(signal.ITIMER_PROF, 0)
    print(json.dumps({"wall": wall, "cpu": cpu, "peak_mb": _peak_mb(), "before_mb": before, "found": found}))


def prepare_folder(folder: Path) -> None:
    """Save the CSV files of a folder as Parquet too, for the steps that need the graph already."""
    save_graph(load_folder(folder / CSV), folder / PARQUET)


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare_folder(Path(sys.argv[2]))
    else:
        main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), float(sys.argv[4]))
