"""Measure both Cypher stores on synthetic supply chains, and how long the command line takes to start.

``python -m benchmarks.stores 1000 10000`` prints three tables of ratios: starting, loading, and one line for
each class of query, the embedded store beside a Neo4j server on the same data. Without Java and Maven the
server's side is left out, with the reason.
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
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.synthetic import DATE, make_synthetic
from kizuna.graph import SupplyGraph
from kizuna.graph.stores import Cache, EmbeddedStore, Neo4jStore, Store

__all__ = ["Cost", "QueryClass", "main"]

SIZES = (1_000, 10_000, 100_000)
LARGEST = 100_000  # vendors
ROUNDS = 10  # of a start; the fastest counts

COUNT = "MATCH (v:Vendor) RETURN count(*) AS n"
_CLICK = """
import click
@click.group()
def cli(): 'Explore.'
for name in {names!r}:
    cli.command(name=name)(click.option('--lang')(lambda lang: None))
cli()
"""


class QueryClass(NamedTuple):
    """A kind of query: its text, how often it is asked, and the vendors that each time takes."""

    name: str
    cypher: str
    times: int
    vendors: int = 1


CLASSES = (
    QueryClass("point", "MATCH (v:Vendor {id: $a}) RETURN v.country AS country, v.name_en AS name", 200),
    QueryClass(
        "2 hops",
        "MATCH (:Vendor {id: $a})-[:OFFERS]->(:Component)-[:REQUIRES]->(c:Component) "
        "RETURN c.id AS c, count(*) AS n ORDER BY c",
        100,
    ),
    QueryClass(
        "4 hops",
        "MATCH (:Vendor {id: $a})-[:OFFERS]->(:Component)-[:REQUIRES]->(:Component)-[:REQUIRES]->(c:Component)"
        "<-[:OFFERS]-(w:Vendor) RETURN w.country AS country, count(DISTINCT w) AS n ORDER BY country",
        20,
    ),
    QueryClass(
        "variable length",
        "MATCH (:Vendor {id: $a})-[:OFFERS]->(:Component)-[:REQUIRES*1..6]->(c:Component) "
        "RETURN count(DISTINCT c) AS n",
        20,
    ),
    QueryClass(
        "aggregation",
        "MATCH (v:Vendor)-[:OFFERS]->(c:Component) RETURN c.segment AS segment, v.country AS country, "
        "count(DISTINCT v) AS n ORDER BY segment, country",
        3,
        0,
    ),
    QueryClass(
        "shortestPath",
        "MATCH (a:Vendor {id: $a}), (b:Vendor {id: $b}) "
        "RETURN length(shortestPath((a)-[:OFFERS|REQUIRES|SUPPLIES|OWNS*..8]-(b))) AS n",
        20,
        2,
    ),
)


@dataclass(frozen=True)
class Cost:
    """What a piece of work took: seconds of the clock and of the processor, and the peak memory in MB."""

    what: str
    store: str
    vendors: int
    wall: float
    cpu: float
    peak_mb: float
    answer: str = ""


# ---- what a process took ----


def _cpu_of(process: int | None) -> float:
    """Processor seconds that another process has used, as Linux tells."""
    if process is None:
        return 0.0
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _peak_of(process: int | None) -> float:
    """Return the most memory that another process ever held, in MB."""
    if process is None:
        return 0.0
    for line in Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1e3
    return 0.0


@dataclass
class _Side:
    """A store, and the process that does its work."""

    name: str
    store: Store
    engine: Callable[[], int | None]

    def measure(self, what: str, vendors: int, work: Callable[[], str]) -> Cost:
        """Do a piece of work once; the processor time is that of this process and of the engine's."""
        engine, own, used = self.engine(), time.process_time(), _cpu_of(self.engine())
        start = time.perf_counter()
        answer = work()
        wall = time.perf_counter() - start
        # Loading another graph begins a new engine, which has used nothing yet.
        cpu = time.process_time() - own + _cpu_of(self.engine()) - (used if self.engine() == engine else 0)
        return Cost(what, self.name, vendors, wall, cpu, _peak_of(self.engine()), answer)


# ---- starting ----


def _start_cost(arguments: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Return seconds of clock and processor of a process, the fastest of some rounds."""
    best = (float("inf"), float("inf"))
    for _ in range(ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        subprocess.run(
            arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, check=True
        )
        wall = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = (min(best[0], wall), min(best[1], cpu))
    return best


def measure_starts(cache: Path) -> Table:
    """Compare the start of the command line with what it is to be measured by."""
    from kizuna.cli import cli

    environment = {**os.environ, "KIZUNA_CACHE": str(cache)}
    query = [sys.executable, "-m", "kizuna", "query", COUNT]
    subprocess.run(query, stdout=subprocess.DEVNULL, env=environment, check=True)  # builds the database
    pairs = {
        "kizuna query, a new process": (query, [sys.executable, "-c", "import pandas, networkx"], 2.0),
        "kizuna --help": (
            [sys.executable, "-m", "kizuna", "--help"],
            [sys.executable, "-c", _CLICK.format(names=sorted(cli.commands)), "--help"],
            1.5,
        ),
    }
    table = Table(title="starting: ratio to its measure, seconds of the clock; goal")
    for name in ("", "measured against", "Kizuna s", "other s", "ratio", "ratio of cpu", "goal"):
        table.add_column(name)
    others = ("import pandas, networkx", "a bare click program, as many commands")
    for (name, (own, other, goal)), against in zip(pairs.items(), others, strict=True):
        (wall, cpu), (other_wall, other_cpu) = _start_cost(own, environment), _start_cost(other, environment)
        ratios = (f"{wall / other_wall:.2f}", f"{cpu / other_cpu:.2f}")
        table.add_row(name, against, f"{wall:.2f}", f"{other_wall:.2f}", *ratios, f"<= {goal:g}")
    return table


# ---- loading and asking ----


def _make_graph(vendors: int) -> SupplyGraph:
    tables, _ = make_synthetic(vendors)
    return SupplyGraph(tables, name=f"synthetic-{vendors}", version="1", date=DATE)


@contextmanager
def _open_server() -> Iterator[tuple[Any, Callable[[], int | None]] | str]:
    """Yield a running Neo4j and the number of its process, or why there is none."""
    from tests.neo4j_server import ServerUnavailable, find_lack, open_server

    lack = find_lack(os.environ)
    with ExitStack() as stack:
        if lack is None:
            try:
                server = stack.enter_context(open_server(os.environ))
            except ServerUnavailable as error:
                lack = str(error)
        yield lack if lack is not None else (server, lambda: getattr(server, "pid", None))


def _ask(store: Store, query: QueryClass, vendors: list[str]) -> str:
    """Ask a query as often as its class says, each time about other vendors; return all answers as text."""
    answers = []
    for n in range(query.times):
        chosen = vendors[n * query.vendors : (n + 1) * query.vendors]
        answers.append(store.query(query.cypher, dict(zip("ab", chosen, strict=False))).rows)
    return json.dumps(answers)


def _measure_side(side: _Side, graph: SupplyGraph, vendors: int, load: Callable[[], None]) -> Iterator[Cost]:
    def run(work: Callable[[], None]) -> str:
        work()
        return ""

    yield side.measure("load", vendors, lambda: run(load))
    ids = graph.table("vendors")["id"].tolist()
    chosen = ids[:: max(1, len(ids) // 400)]
    side.store.query(COUNT)
    for query in CLASSES:
        ask = partial(_ask, side.store, query, chosen)
        first, again = (side.measure(query.name, vendors, ask) for _ in range(2))
        assert first.answer == again.answer
        yield min(first, again, key=lambda cost: cost.wall)


def measure_size(vendors: int, cache: Path) -> Iterator[Cost]:
    """Load a synthetic graph into both stores and ask both the same."""
    graph = _make_graph(vendors)
    holder: list[EmbeddedStore] = []
    small = _make_graph(500)
    with EmbeddedStore("small", lambda: small, cache=Cache(cache)) as store:
        store.query(COUNT)  # the engine runs
        holder.append(store)
        side = _Side("embedded", store, lambda: holder[0].engine_process)
        yield from _measure_side(side, graph, vendors, lambda: store.load(graph))
    with _open_server() as found:
        if isinstance(found, str):
            print(f"no Neo4j: {found}", file=sys.stderr)
            return
        server, process = found
        server.empty()
        with Neo4jStore(
            server.uri, user=server.user, password=server.password, database=server.database
        ) as bolt:
            yield from _measure_side(_Side("neo4j", bolt, process), graph, vendors, lambda: bolt.load(graph))


def build_table(costs: list[Cost]) -> Table:
    """Return the costs as a table: a line for each size and piece of work, both stores and their ratio."""
    table = Table(
        title="embedded / Neo4j: seconds of the clock (of the processor, engine included), peak MB of the engine"
    )
    for name in ("vendors", "what", "embedded s", "MB", "Neo4j s", "MB", "embedded / Neo4j", "of cpu"):
        table.add_column(name, justify="left" if name == "what" else "right")
    by_key = {(cost.vendors, cost.what, cost.store): cost for cost in costs}
    for own in costs:
        if own.store != "embedded":
            continue
        peer = by_key.get((own.vendors, own.what, "neo4j"))
        cells = [f"{own.vendors:,}", own.what, f"{own.wall:.2f} ({own.cpu:.2f})", f"{own.peak_mb:,.0f}"]
        if peer is None:
            cells += ["-"] * 4
        else:
            cells += [f"{peer.wall:.2f} ({peer.cpu:.2f})", f"{peer.peak_mb:,.0f}"]
            cells += [f"{own.wall / peer.wall:.2f}", f"{own.cpu / peer.cpu:.2f}" if peer.cpu else "-"]
        table.add_row(*cells)
    return table


def list_imports() -> Iterator[str]:
    """Yield what each store imports, and how long that takes in a new process."""
    for name, module in (("embedded", "kizuna.graph.stores.embedded"), ("neo4j", "neo4j")):
        code = (
            "import sys, time; t = time.perf_counter(); "
            f"import {module}; t = time.perf_counter() - t; "
            "heavy = ('neo4j', 'pandas', 'numpy', 'pyarrow', 'networkx'); "
            "print(f'{t:.2f} s', *(m for m in heavy if m in sys.modules))"
        )
        shown = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
        )
        yield f"imports of the {name} store: {shown.stdout.strip()}"


def find_faults(costs: list[Cost]) -> list[str]:
    """Return the queries to which the two stores gave different answers."""
    answers: dict[tuple[int, str], set[str]] = {}
    for cost in costs:
        answers.setdefault((cost.vendors, cost.what), set()).add(cost.answer)
    return [
        f"{what} at {vendors} vendors: the stores differ"
        for (vendors, what), all_ in answers.items()
        if len(all_) > 1
    ]


def main() -> int:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.stores", description="Measure the Cypher stores."
    )
    parser.add_argument(
        "sizes", type=int, nargs="*", default=SIZES, help="numbers of vendors (default: 1000 10000 100000)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep all figures")
    args = parser.parse_args()
    if not Path("/proc/self/stat").exists():
        parser.error("the processor time of an engine is read from /proc, which only Linux has")
    console = Console(width=132)
    costs: list[Cost] = []
    with tempfile.TemporaryDirectory() as cache:
        console.print(measure_starts(Path(cache)))
        print("\n".join(list_imports()))
        for vendors in args.sizes:
            if vendors > LARGEST:
                print(
                    f"{vendors:>9,} left out: the stores are measured up to {LARGEST:,} vendors", flush=True
                )
                continue
            for cost in measure_size(vendors, Path(cache)):
                print(
                    f"{cost.vendors:>9,} {cost.store:<9}{cost.what:<16}{cost.wall:.2f} s, {cost.peak_mb:,.0f} MB",
                    flush=True,
                )
                costs.append(cost)
    console.print(build_table(costs))
    if args.json:
        args.json.write_text(json.dumps([asdict(cost) for cost in costs], indent=1) + "\n", encoding="utf-8")
    faults = find_faults(costs)
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
