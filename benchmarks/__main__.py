"""Measure Kizuna on synthetic supply chains, beside a plain networkx and pyvis version of the same work.

``python -m benchmarks 1000 10000`` prints a table, then one of what the questions cost beside only reading the
files (:mod:`benchmarks.questions`); ``--json FILE`` keeps the figures.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.questions import Answered, list_question_faults, measure_all, print_questions

__all__ = ["Measurement", "main"]

SIZES = (1_000, 10_000, 100_000)
STEPS = ("load", "load saved", "coverage", "gaps", "page")
LARGEST = 100_000
"""Vendors up to which there are steps beside the plain version; above it there are the questions alone."""
CPU_LIMITS = {"kizuna": 120.0, "peer": 60.0}  # seconds a step
MEMORY_LIMIT = 4_000  # MB
SHORT = 2.0  # seconds: what takes less is measured three times, and the best counts
_MEMORY_KILL = "memory"


@dataclass(frozen=True)
class Measurement:
    """What one step took.

    Parameters
    ----------
    who, step, vendors
        What was measured.
    wall, cpu
        Seconds, of the clock and of all cores together; None if it was stopped.
    peak_mb, before_mb
        Most memory that its process held, and what it held before the step began.
    found
        What came out.
    stopped
        Why it was stopped, or blank.
    """

    who: str
    step: str
    vendors: int
    wall: float | None = None
    cpu: float | None = None
    peak_mb: float | None = None
    before_mb: float | None = None
    found: dict[str, Any] = field(default_factory=dict)
    stopped: str = ""


def _resident_mb(process: int) -> float:
    """Return the memory that a process holds; 0 where the system does not say."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _run(arguments: list[str], *, wall_limit: float) -> tuple[int, str, str, float]:
    """Run a module in a process of its own: exit code, output, why it was killed, most memory seen."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        process = subprocess.Popen([sys.executable, "-m", *arguments], stdout=output)
        killed, most, end = "", 0.0, time.monotonic() + wall_limit
        while process.poll() is None:
            most = max(most, _resident_mb(process.pid))
            if most > MEMORY_LIMIT:
                killed = _MEMORY_KILL
            elif time.monotonic() > end:
                killed = "time"
            if killed:
                process.kill()
                process.wait()
            else:
                time.sleep(0.02)
        output.seek(0)
        return process.returncode, output.read(), killed, most


def measure_step(who: str, step: str, vendors: int, folder: Path) -> Measurement:
    """Measure one step once."""
    limit = CPU_LIMITS[who]
    arguments = ["benchmarks.steps", who, step, str(folder), str(limit)]
    code, output, killed, most = _run(arguments, wall_limit=10 * limit)
    if killed == _MEMORY_KILL:
        return Measurement(who, step, vendors, peak_mb=most, stopped=f"> {MEMORY_LIMIT / 1000:g} GB")
    if killed or code == -signal.SIGPROF:
        return Measurement(who, step, vendors, peak_mb=most, stopped=f"> {limit:g} s")
    if code:
        return Measurement(who, step, vendors, peak_mb=most, stopped=f"failed (exit code {code})")
    return Measurement(who, step, vendors, **json.loads(output))


def measure_best(who: str, step: str, vendors: int, folder: Path) -> Measurement:
    """Measure one step; a short one three times, of which the fastest counts."""
    best = measure_step(who, step, vendors, folder)
    for _ in range(2 if best.wall is not None and best.wall < SHORT else 0):
        again = measure_step(who, step, vendors, folder)
        if again.wall is not None and best.wall is not None and again.wall < best.wall:
            best = again
    return best


def measure_size(vendors: int, folder: Path, *, seed: int) -> Iterator[Measurement]:
    """Make a data set and measure all steps on it, Kizuna and its peer in turn."""
    for arguments in (
        ["benchmarks.synthetic", str(vendors), str(folder / "csv"), "--seed", str(seed)],
        ["benchmarks.steps", "prepare", str(folder)],
    ):
        code, output, killed, _ = _run(arguments, wall_limit=3600)
        print(output, end="", flush=True)
        if code:
            raise SystemExit(f"{arguments[0]} {killed or 'failed'} at {vendors} vendors")
    peer_loads = ""
    for step in STEPS:
        yield measure_best("kizuna", step, vendors, folder)
        if step == "load saved":  # nothing of the kind on the other side
            continue
        if peer_loads:
            yield Measurement("peer", step, vendors, stopped=f"not loaded ({peer_loads})")
            continue
        peer = measure_best("peer", step, vendors, folder)
        if step == "load":
            peer_loads = peer.stopped
        yield peer


def _amount(value: float | None, digits: int = 2) -> str:
    if value is None:
        return ""
    return f"{value:,.{digits}f}" if value < 10 else f"{value:,.0f}"


def _say_found(own: Measurement, peer: Measurement | None) -> str:
    """Say what came out, and whether both sides found the same."""
    parts = []
    if "findings" in own.found:
        found = own.found["planted"] - own.found["missed"]
        parts.append(f"{own.found['findings']:,} findings, {found:,} of {own.found['planted']:,} planted")
    if "rows" in own.found:
        parts.append(f"{own.found['rows']:,} rows")
    if "kB" in own.found:
        parts.append(
            f"{own.found['kB']:,} kB" + (f" / {peer.found['kB']:,} kB" if peer and peer.found else "")
        )
    if peer and "answer" in peer.found and "answer" in own.found:
        parts.append("same answer" if peer.found["answer"] == own.found["answer"] else "ANSWERS DIFFER")
    return ", ".join(parts)


def build_table(results: list[Measurement]) -> Table:
    """Return the results as a table: Kizuna, its peer, and how many times more the peer takes."""
    table = Table(title="s: seconds of processor time (of the clock). MB: peak of the whole process.")
    for name in (
        "vendors",
        "step",
        "Kizuna s",
        "MB",
        "peer s",
        "MB",
        "peer / Kizuna",
        "found (Kizuna / peer)",
    ):
        table.add_column(name, justify="left" if name in ("step", "found (Kizuna / peer)") else "right")
    by_key = {(m.who, m.step, m.vendors): m for m in results}
    for own in results:
        if own.who != "kizuna":
            continue
        peer = by_key.get(("peer", own.step, own.vendors))
        table.add_row(
            f"{own.vendors:,}",
            own.step,
            _say_time(own),
            _amount(own.peak_mb, 0),
            _say_time(peer) if peer else "-",
            _amount(peer.peak_mb, 0) if peer else "-",
            _say_ratio(own, peer),
            _say_found(own, peer),
        )
    return table


def _say_time(measured: Measurement) -> str:
    return measured.stopped or f"{_amount(measured.cpu)} ({_amount(measured.wall)})"


def _say_ratio(own: Measurement, peer: Measurement | None) -> str:
    if peer is None or own.cpu is None:
        return ""
    if peer.cpu is not None:
        return f"{_amount(peer.cpu / own.cpu, 1)}x"
    return f"> {_amount(CPU_LIMITS['peer'] / own.cpu, 1)}x" if peer.stopped.endswith(" s") else ""


def list_growth(results: list[Measurement]) -> Iterator[str]:
    """Yield how much more each step takes when the data grow."""
    taken = {(m.who, m.step, m.vendors): m for m in results if m.cpu is not None}
    sizes = sorted({m.vendors for m in results})
    for who, step in dict.fromkeys((m.who, m.step) for m in results):
        factors = [
            f"{large / small:g}x data: {after.cpu / before.cpu:.1f}x time, {after.peak_mb / before.peak_mb:.1f}x peak"
            for small, large in pairwise(sizes)
            if (before := taken.get((who, step, small))) and (after := taken.get((who, step, large)))
            and before.cpu and after.cpu and before.peak_mb and after.peak_mb
        ]  # fmt: skip
        if factors:
            yield f"{who:<7}{step:<12}{'; '.join(factors)}"


def find_faults(results: list[Measurement]) -> list[str]:
    """Return what must not be: a planted gap that was missed, answers that differ, a step that failed."""
    by_key = {(m.who, m.step, m.vendors): m for m in results}
    faults = []
    for own in results:
        place = f"{own.step} at {own.vendors} vendors"
        if own.stopped.startswith("failed"):
            faults.append(f"{own.who}: {place} {own.stopped}")
        if own.found.get("missed"):
            faults.append(f"{place}: {own.found['missed']} planted gaps were not found")
        peer = by_key.get(("peer", own.step, own.vendors))
        answers = [side.found["answer"] for side in (own, peer) if side and "answer" in side.found]
        if own.who == "kizuna" and len(answers) == 2 and answers[0] != answers[1]:
            faults.append(f"{place}: Kizuna and its peer differ")
    return faults


def _write_json(file: Path, results: list[Measurement], answered: list[Answered], seed: int) -> None:
    about = {
        "date": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "seed": seed,
        "limits": {"cpu_seconds": CPU_LIMITS, "memory_mb": MEMORY_LIMIT},
    }
    figures = {"results": [asdict(m) for m in results], "questions": [asdict(one) for one in answered]}
    text = json.dumps(about | figures, indent=1, ensure_ascii=False)
    file.write_text(text + "\n", encoding="utf-8")


def main() -> int:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure Kizuna beside a plain networkx and pyvis version."
    )
    parser.add_argument(
        "sizes", type=int, nargs="*", default=SIZES, help="numbers of vendors (default: 1000 10000 100000)"
    )
    parser.add_argument("--seed", type=int, default=0, help="of the synthetic data")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep all figures")
    args = parser.parse_args()
    if not hasattr(signal, "setitimer"):
        parser.error("the time of a step is limited by a timer that only Linux and macOS have")
    results: list[Measurement] = []
    for vendors in args.sizes:
        if vendors > LARGEST:
            print(f"{vendors:>9,} the questions alone: the plain version ends at {LARGEST:,}", flush=True)
            continue
        with tempfile.TemporaryDirectory() as folder:
            for measured in measure_size(vendors, Path(folder), seed=args.seed):
                taken = measured.stopped or f"{_amount(measured.wall)} s, {_amount(measured.peak_mb, 0)} MB"
                print(f"{vendors:>9,} {measured.who:<7}{measured.step:<12}{taken}", flush=True)
                results.append(measured)
    answered = measure_all(args.sizes, seed=args.seed)
    console = Console(width=132)
    if results:
        console.print(build_table(results))
        print("\n".join(list_growth(results)))
    print_questions(answered)
    if args.json:
        _write_json(args.json, results, answered, args.seed)
    faults = [*find_faults(results), *list_question_faults(answered)]
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
