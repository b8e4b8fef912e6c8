"""Measure the 10 best paths beside networkx.shortest_simple_paths on the same graph.

``python -m benchmarks.paths seeds 10000 100000`` prints a table: routes between random nodes, and complementary
chains, whose layers networkx walks by weight. Both sides run in one process in turn, on CPU time; their
answers are compared.
"""

from __future__ import annotations

import argparse
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, pairwise
from typing import TypeVar

import networkx as nx
import numpy as np

from benchmarks.synthetic import DATE, make_synthetic
from kizuna.graph import SupplyGraph
from kizuna.loaders import load_seeds
from kizuna.queries import Analysis, Scope, build_route_network
from kizuna.queries.chain_places import ChainPlaces
from kizuna.queries.place_finder import PARTS
from kizuna.queries.route_network import RouteNetwork
from kizuna.queries.routes import find_routes
from kizuna.queries.trellis import Trellis

__all__ = ["Comparison", "compare_chains", "compare_routes", "main"]

COUNT = 10  # paths asked for
LIMIT = 60.0  # seconds that networkx gets for one question
_ROUNDS = 3
_ADDITIVE = {"need": 1, "backup": 1, "tie": 1, "evidence": 0, "balance": 0}

Result = TypeVar("Result")


class _TooLong(BaseException):
    """The time is over."""


@dataclass(frozen=True)
class Comparison:
    """Both sides of some questions.

    Parameters
    ----------
    what
        What was asked.
    questions
        How many questions networkx finished.
    own, peer
        CPU seconds for these, ours and networkx's.
    stopped
        Questions that networkx did not finish in time.
    alone
        CPU seconds that ours took for those.
    """

    what: str
    questions: int
    own: float
    peer: float
    stopped: int = 0
    alone: float = 0.0

    def __str__(self) -> str:
        unfinished = ""
        if self.stopped:
            alone = 1000 * self.alone / self.stopped
            unfinished = f"{self.stopped} took {alone:,.3f} ms and networkx more than {LIMIT:g} s each"
        if not self.questions:
            return f"{self.what}: {unfinished or 'nothing asked'}"
        ratio = self.peer / self.own if self.own else float("inf")
        own, peer = (1000 * side / self.questions for side in (self.own, self.peer))
        return (
            f"{self.what}: {own:,.3f} ms, networkx {peer:,.3f} ms, {ratio:,.1f} times as long, "
            f"{self.questions} questions{'; ' if unfinished else ''}{unfinished}"
        )


@contextmanager
def _limit(seconds: float) -> Iterator[None]:
    """Stop what runs inside after some CPU seconds, where the system can."""

    def stop(*_: object) -> None:
        raise _TooLong

    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _time(work: Callable[[], Result]) -> tuple[float, Result]:
    begin = time.process_time()
    found = work()
    return time.process_time() - begin, found


def _time_best(work: Callable[[], object]) -> float:
    """Return the seconds of the fastest of several rounds."""
    return min(_time(work)[0] for _ in range(_ROUNDS))


def compare_routes(network: RouteNetwork, *, questions: int, seed: int = 0) -> Comparison:
    """Ask for routes between random nodes; both sides have their network already."""
    graph: nx.Graph = nx.Graph()
    graph.add_nodes_from(range(network.size))
    ends = np.repeat(np.arange(network.size), np.diff(network.start))
    graph.add_edges_from(zip(ends.tolist(), network.neighbour.tolist(), strict=True))
    random = np.random.default_rng(seed)
    joined = np.flatnonzero(np.diff(network.start))
    pairs = [random.choice(joined, 2, replace=False).tolist() for _ in range(questions)]

    def ask(source: int, target: int) -> list[int]:
        routes = find_routes(network, network.node(source), network.node(target), k=COUNT)
        return [route.length for route in routes.routes]

    def ask_peer(source: int, target: int) -> list[int]:
        try:
            return [len(path) - 1 for path in islice(nx.shortest_simple_paths(graph, source, target), COUNT)]
        except nx.NetworkXNoPath:
            return []

    finished, stopped = [], []
    for pair in pairs:
        try:
            with _limit(LIMIT):
                lengths = ask_peer(*pair)
        except _TooLong:
            stopped.append(pair)
            continue
        if ask(*pair) != lengths:
            raise SystemExit(f"routes differ: {pair}")
        finished.append(pair)
    # All questions in one go, and away from the timer: one alone takes less than some systems can measure.
    own = _time_best(lambda: [ask(*pair) for pair in finished])
    peer = _time_best(lambda: [ask_peer(*pair) for pair in finished])
    alone = _time_best(lambda: [ask(*pair) for pair in stopped]) if stopped else 0.0
    return Comparison("10 shortest routes", len(finished), own, peer, len(stopped), alone)


def compare_chains(graph: SupplyGraph, *, questions: int, sequences: bool) -> Comparison:
    """Ask for the best chains of a solution, by the parts of the score that add up along a path.

    networkx walks the vendors of one layer after the other by weight, and leaves out what has only one country
    or group. Both sides have their layers built already.

    Parameters
    ----------
    graph
        The graph.
    questions
        How many solutions to ask for.
    sequences
        Whether to ask for sequences of components, each with its best vendors, as ``kizuna chains`` does; else
        for choices of vendors, of which many may have the same components.
    """
    own = peer = alone = 0.0
    done = asked = 0
    for solution in graph.table("solutions")["id"].tolist():
        trellis = _build_trellis(graph, solution) if asked < questions else None
        if trellis is None:
            continue
        asked += 1
        layered = _build_layered(trellis)
        seconds = _time_best(lambda: _ask_chains(trellis, sequences=sequences))  # noqa: B023
        try:
            with _limit(LIMIT):
                walked = _walk_layered(layered, sequences=sequences)
        except _TooLong:
            alone += seconds
            continue
        if _ask_chains(trellis, sequences=sequences) != walked:
            raise SystemExit(f"chains differ: {solution}")
        spent = _time_best(lambda: _walk_layered(layered, sequences=sequences))  # noqa: B023
        own, peer, done = own + seconds, peer + spent, done + 1
    what = "sequences of components" if sequences else "choices of vendors"
    return Comparison(f"10 best chains, {what}", done, own, peer, asked - done, alone)


def _build_trellis(graph: SupplyGraph, solution: str) -> Trellis | None:
    weights = tuple(Fraction(_ADDITIVE[part]) for part in PARTS)
    places = ChainPlaces(Analysis(graph, Scope()), solution, weights, third_countries=False)
    return places.build_trellis() if places.layers and all(places.by_layer) else None


def _ask_chains(trellis: Trellis, *, sequences: bool) -> list[int]:
    """Return what the best chains are worth."""
    found = []
    for sequence in islice(trellis.best_sequences(), COUNT):
        found += [worth for worth, _ in trellis.best_paths(sequence, 1 if sequences else COUNT)]
    return sorted(found, reverse=True)[:COUNT]


def _build_layered(trellis: Trellis) -> nx.DiGraph:
    """Return the layers as a graph whose shortest paths are the best chains."""
    most = max(stop.worth for layer in trellis.layers for stop in layer)
    most += max((bond for bonds in trellis.bonds for bond in bonds.values()), default=0)
    layered: nx.DiGraph = nx.DiGraph(most=most, stops=trellis.layers)
    for position, stop in enumerate(trellis.layers[0]):
        layered.add_edge("from", (0, position), weight=most - stop.worth)
    for depth, (before, after) in enumerate(pairwise(trellis.layers)):
        for i in range(len(before)):
            for j, stop in enumerate(after):
                bond = trellis.bonds[depth].get((i, j), 0)
                layered.add_edge((depth, i), (depth + 1, j), weight=most - stop.worth - bond)
    last = len(trellis.layers) - 1
    layered.add_edges_from((((last, j), "to") for j in range(len(trellis.layers[last]))), weight=0)
    return layered


def _walk_layered(layered: nx.DiGraph, *, sequences: bool) -> list[int]:
    """Return what the best paths with both countries and two groups are worth."""
    stops, most = layered.graph["stops"], layered.graph["most"]
    found: dict[tuple[object, ...], int] = {}
    for path in nx.shortest_simple_paths(layered, "from", "to", weight="weight"):
        chosen = [stops[depth][position] for depth, position in path[1:-1]]
        key = tuple(stop.component for stop in chosen) if sequences else tuple(path)
        both = {0, 1} <= {stop.side for stop in chosen} and len({stop.group for stop in chosen}) > 1
        if both and key not in found:
            cost = sum(layered.edges[edge]["weight"] for edge in pairwise(path))
            found[key] = most * len(chosen) - cost
            if len(found) == COUNT:
                break
    return list(found.values())


def main(arguments: list[str] | None = None) -> None:
    """Print both comparisons for each data set that is named."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks.paths")
    parser.add_argument("data", nargs="+", help="seeds, or a number of vendors of a synthetic data set")
    parser.add_argument("--questions", type=int, default=100, help="questions for routes")
    parser.add_argument("--chains", type=int, default=3, help="questions for chains, of up to a minute each")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    for name in options.data:
        if name == "seeds":
            graph = load_seeds()
        else:
            tables, _ = make_synthetic(int(name), seed=options.seed)
            graph = SupplyGraph(tables, name=name, version="1", date=DATE)
        seconds, network = _time(lambda: build_route_network(graph))  # noqa: B023
        print(f"{name}: {network.size:,} nodes, network built in {seconds:.2f} s", flush=True)
        print(f"  {compare_routes(network, questions=options.questions, seed=options.seed)}", flush=True)
        for sequences in (False, True):
            compared = compare_chains(graph, questions=options.chains, sequences=sequences)
            print(f"  {compared}", flush=True)


if __name__ == "__main__":
    main()
