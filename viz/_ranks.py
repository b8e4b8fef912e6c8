"""Which column a node of a result stands in, in which order, and at what height."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence

__all__ = ["list_parts", "order_columns", "rank_links", "rank_walks", "spread_out"]

Link = tuple[int, int]
_MOST_RANKS = 6  # more columns than that are only kept where the lines have no shorter order
_BROAD = 3  # nodes a column on average
_SWEEPS = 6


def list_parts(nodes: Iterable[int], links: Iterable[Link]) -> list[list[int]]:
    """Return the weakly connected components of a graph, the largest first, each in ascending order.

    Examples
    --------
    >>> list_parts([0, 1, 2, 3, 4], [(4, 2), (2, 0), (1, 3)])
    [[0, 2, 4], [1, 3]]
    """
    around = _list_neighbours(links)
    parts = []
    seen: set[int] = set()
    for start in nodes:
        if start not in seen:
            part = list(_measure_distances(start, around))
            seen.update(part)
            parts.append(sorted(part))
    return sorted(parts, key=lambda part: (-len(part), part))


def rank_links(nodes: Sequence[int], links: Sequence[Link]) -> dict[int, int]:
    """Return the column of each node: to the right of all that point at it, as far as there are no cycles.

    Where that takes more than `_MOST_RANKS` columns, the distance from an end of the graph, or from its
    hub if it is broad, is taken if it takes fewer.

    Notes
    -----
    Longest paths in the graph without the links that close a cycle in a depth-first search, O(n + m).
    """
    if not nodes:
        return {}
    rank = _rank_by_longest_path(nodes, links)
    if max(rank.values()) < _MOST_RANKS:
        return rank
    around = _list_neighbours(links)
    ranks: dict[int, int] = {}
    for part in list_parts(nodes, links):
        far = list(_measure_distances(part[0], around))[-1]
        distances = _measure_distances(far, around)
        if len(part) > _BROAD * (max(distances.values()) + 1):  # no chain: half the columns do
            hub = max(part, key=lambda node: (len(around[node]), -node))
            distances = _measure_distances(hub, around)
        ranks |= distances
    return ranks if max(ranks.values()) < max(rank.values()) else rank


def rank_walks(nodes: Sequence[int], links: Sequence[Link], walks: Sequence[Sequence[int]]) -> dict[int, int]:
    """Return the column of each node of a connected graph: its step in the walks; others beside those."""
    inside = set(nodes)
    rank: dict[int, int] = {}
    for walk in walks:
        steps = [node for node in walk if node in inside]
        known = [rank[node] - step for step, node in enumerate(steps) if node in rank]
        for step, node in enumerate(steps):
            rank.setdefault(node, step + (known[0] if known else 0))
    around = _list_neighbours(links)
    forward = set(links)
    queue = deque(node for node in rank)
    while queue:
        node = queue.popleft()
        for other in around.get(node, ()):
            if other not in rank:
                rank[other] = rank[node] + (1 if (node, other) in forward else -1)
                queue.append(other)
    return rank


def order_columns(
    rank: Mapping[int, int], links: Sequence[Link], parts: Sequence[Sequence[int]]
) -> list[list[int]]:
    """Return the columns from left to right, their nodes in an order with few crossings.

    Nodes of one of the `parts` stay together. Empty columns are left out.

    Notes
    -----
    The barycentre heuristic [1]_: sweeps to the right and back in which each column is sorted by the mean
    place of the neighbours of its nodes.

    References
    ----------
    .. [1] K. Sugiyama, S. Tagawa, M. Toda, "Methods for visual understanding of hierarchical system
       structures", IEEE Trans. Syst. Man Cybern. 11(2), 1981, doi:10.1109/TSMC.1981.4308636
    """
    columns: dict[int, list[int]] = {}
    for node in sorted(rank):
        columns.setdefault(rank[node], []).append(node)
    part_of = {node: number for number, part in enumerate(parts) for node in part}
    around = _list_neighbours(links)
    place: dict[int, float] = {}

    def sort(column: list[int], key: Mapping[int, float]) -> None:
        column.sort(key=lambda node: (part_of.get(node, len(parts)), key[node], node))
        place.update({node: (row + 0.5) / len(column) for row, node in enumerate(column)})

    order = sorted(columns)
    for number in order:
        sort(columns[number], dict.fromkeys(columns[number], 0.0))
    for sweep in range(_SWEEPS):
        for number in order if sweep % 2 == 0 else reversed(order):
            sort(columns[number], {node: _mean(node, around, place, rank) for node in columns[number]})
    return [columns[number] for number in order]


def _mean(
    node: int, around: Mapping[int, list[int]], place: Mapping[int, float], rank: Mapping[int, int]
) -> float:
    """Return the mean place of the neighbours of a node in other columns, else its own."""
    others = [place[other] for other in around.get(node, ()) if rank.get(other) != rank[node]]
    return round(sum(others) / len(others), 9) if others else place[node]


def spread_out(
    columns: Sequence[Sequence[int]], around: Mapping[int, Sequence[int]], steps: Mapping[int, int]
) -> dict[int, float]:
    """Return the height of each node, in rows from 0: level with its neighbours as far as there is room.

    Nodes of a column keep their order and stand at least one row apart; no column is higher than its
    longest. `steps` are heights that are given.
    """
    if steps:
        return {node: float(row) for node, row in steps.items()}
    most = max(len(column) for column in columns)
    height = {node: row + (most - len(column)) / 2 for column in columns for row, node in enumerate(column)}
    column_of = {node: number for number, column in enumerate(columns) for node in column}
    for sweep in range(_SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            wanted = []
            for node in column:
                others = [
                    height[other] for other in around.get(node, ()) if column_of.get(other) != column_of[node]
                ]
                wanted.append(sum(others) / len(others) if others else height[node])
            height.update(zip(column, _keep_apart(wanted, most), strict=True))
    top = min(height.values())
    return {node: round(row - top, 6) for node, row in height.items()}


def _keep_apart(wanted: Sequence[float], most: int) -> list[float]:
    """Return heights nearest to those wanted, in the same order, one row apart, in rows 0 to `most` - 1.

    Notes
    -----
    With each node moved up by its place the task is isotonic regression: pools of adjacent violators take
    their mean.
    """
    pools: list[tuple[float, int]] = []  # mean, how many
    for place, value in enumerate(wanted):
        mean, size = value - place, 1
        while pools and pools[-1][0] > mean:
            before, count = pools.pop()
            mean, size = (before * count + mean * size) / (count + size), count + size
        pools.append((mean, size))
    room = most - len(wanted)
    level = [min(max(mean, 0.0), float(room)) for mean, size in pools for _ in range(size)]
    return [value + place for place, value in enumerate(level)]


def _rank_by_longest_path(nodes: Sequence[int], links: Sequence[Link]) -> dict[int, int]:
    inside = set(nodes)
    after: dict[int, list[int]] = {node: [] for node in nodes}
    for a, b in links:
        if a in inside and b in inside and b not in after[a]:
            after[a].append(b)
    entered = {b for others in after.values() for b in others}
    order: list[int] = []
    closing: set[Link] = set()
    state: dict[int, int] = {}  # 1 while its followers are visited, then 2
    for start in [*(n for n in nodes if n not in entered), *nodes]:
        stack = [(start, iter(after[start]))] if start not in state else []
        state.setdefault(start, 1)
        while stack:
            node, rest = stack[-1]
            for other in rest:
                if state.get(other) == 1:
                    closing.add((node, other))
                elif other not in state:
                    state[other] = 1
                    stack.append((other, iter(after[other])))
                    break
            else:
                state[node] = 2
                order.append(node)
                stack.pop()
    rank = dict.fromkeys(nodes, 0)
    for node in reversed(order):
        for other in after[node]:
            if (node, other) not in closing:
                rank[other] = max(rank[other], rank[node] + 1)
    return _pull_right(rank, after, entered, closing)


def _pull_right(
    rank: dict[int, int], after: Mapping[int, Sequence[int]], entered: set[int], closing: set[Link]
) -> dict[int, int]:
    """Move nodes that nothing points at next to the first that they point at."""
    for node, others in after.items():
        nearest = [rank[other] for other in others if (node, other) not in closing]
        if node not in entered and nearest:
            rank[node] = min(nearest) - 1
    return rank


def _list_neighbours(links: Iterable[Link]) -> dict[int, list[int]]:
    around: dict[int, dict[int, None]] = {}
    for a, b in links:
        around.setdefault(a, {})[b] = None
        around.setdefault(b, {})[a] = None
    return {node: list(others) for node, others in around.items()}


def _measure_distances(start: int, around: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """Return the distance of each node that can be reached, the nearest first."""
    distance = {start: 0}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for other in around.get(node, ()):
            if other not in distance:
                distance[other] = distance[node] + 1
                queue.append(other)
    return distance
