"""What must not come back to itself: requirements, and control of one vendor over another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

import pandas as pd

from ..graph import MODEL, coerce_table, in_force, resolve_statements
from .problems import MAX_ROWS, Problem

__all__ = ["check_control", "check_requirements", "find_cycles"]

Edges = Mapping[tuple[str, str], int]  # (from, to) -> row


def find_cycles(edges: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return cycles that share no edge, until none is left; each begins with its smallest id and ends there.

    Examples
    --------
    >>> find_cycles([("a", "b"), ("b", "a"), ("b", "c")])
    [['a', 'b', 'a']]

    Notes
    -----
    Depth-first search, O(edges) for each cycle found. At most `MAX_ROWS` are looked for.
    """
    left = set(edges)
    found: list[list[str]] = []
    while len(found) < MAX_ROWS:
        cycle = _find_cycle(left)
        if cycle is None:
            break
        left -= set(pairwise(cycle))
        start = cycle.index(min(cycle))
        found.append([*cycle[start:-1], *cycle[: start + 1]])
    return found


def _find_cycle(edges: set[tuple[str, str]]) -> list[str] | None:
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for source, target in sorted(edges):
        sorter.add(target, source)
    try:
        sorter.prepare()
    except CycleError as error:
        cycle: list[str] = error.args[1]
        return cycle
    return None


def _chain(ids: Iterable[str]) -> str:
    return " → ".join(ids)


def _describe_cycle(
    file: str, column: str, rule: str, cycle: list[str], edges: Edges, advice: str
) -> Problem:
    """Name the cycle, and its last row in the file: the one that closed it."""
    rows = sorted(edges[edge] for edge in pairwise(cycle))
    found = f"the cycle {_chain(cycle)} (rows {', '.join(str(row) for row in rows)})"
    if len(rows) == 1:
        found = f"the cycle {_chain(cycle)}"
    return Problem(file, rows[-1], column, rule, found, "no cycle", advice)


def _edges(frame: pd.DataFrame, source: str, target: str) -> dict[tuple[str, str], int]:
    """Edges with the first row that states each; rows with a blank end left out."""
    frame = frame[(frame[source] != "") & (frame[target] != "")].drop_duplicates([source, target])
    pairs = zip(frame[source].tolist(), frame[target].tolist(), strict=True)
    return dict(zip(pairs, frame.index.tolist(), strict=True))


def check_requirements(tables: Mapping[str, pd.DataFrame]) -> list[Problem]:
    """Return the cycles of REQUIRES; they can only lie within one label."""
    problems: list[Problem] = []
    for table in MODEL.edge_tables("REQUIRES"):
        source, target = table.source.column, table.target.column
        frame = tables.get(table.name)
        if table.source.label != table.target.label or frame is None:
            continue
        if not {source, target} <= set(frame.columns):
            continue
        edges = _edges(frame, source, target)
        problems += [
            _describe_cycle(f"{table.name}.csv", target, "cycle", cycle, edges, "leave out one of these rows")
            for cycle in find_cycles(edges)
        ]
    return problems


def _control_rows(owns: pd.DataFrame, vendors: pd.DataFrame | None) -> pd.DataFrame:
    """Rows of ownership that are control and still in force.

    Control is stated, or a share above one half; where both are blank it is taken as given.
    """
    table = MODEL.tables["owns"]
    share = pd.to_numeric(owns["share"], errors="coerce") if "share" in owns else pd.Series(None, owns.index)
    said = owns["control"] if "control" in owns else pd.Series("", owns.index)
    held = owns.assign(share=share.astype("Float64"), control=said)
    held = resolve_statements(table, coerce_table(table, held))
    held = held[in_force(held, None)]
    held = held[
        (held["control"] == "yes")
        | (held["share"] > 0.5).fillna(False)
        | (held["control"].isna() & held["share"].isna())
    ]
    if vendors is not None and {"id", "until"} <= set(vendors.columns):
        gone = vendors.loc[vendors["until"] != "", "id"]
        held = held[~held["from_vendor"].isin(gone) & ~held["to_vendor"].isin(gone)]
    return held.dropna(subset=["from_vendor", "to_vendor"])


def check_control(tables: Mapping[str, pd.DataFrame]) -> list[Problem]:
    """Return the groups of vendors that have no head, or several.

    The head of a group is its only member that no other controls.
    """
    owns = tables.get("owns")
    if owns is None or not {"from_vendor", "to_vendor"} <= set(owns.columns):
        return []
    edges = _edges(_control_rows(owns, tables.get("vendors")), "from_vendor", "to_vendor")
    cycles = find_cycles(edges)
    advice = "end one of these relations (`until`) or make it a holding (`control` no)"
    problems = [_describe_cycle("owns.csv", "to_vendor", "cycle", c, edges, advice) for c in cycles]
    turning = {vendor for cycle in cycles for vendor in cycle}
    edges = {pair: row for pair, row in edges.items() if turning.isdisjoint(pair)}
    if _find_cycle(set(edges)) is not None:
        return problems
    meetings = _find_meetings(edges)[:MAX_ROWS]
    return problems + [_describe_heads(vendor, heads, edges, advice) for vendor, heads in meetings]


def _controllers(edges: Edges) -> dict[str, list[str]]:
    above: dict[str, list[str]] = {}
    for owner, owned in edges:
        above.setdefault(owned, []).append(owner)
    return above


def _find_meetings(edges: Edges) -> list[tuple[str, list[str]]]:
    """Return the vendors at which the reach of several heads meets, each with the heads above it."""
    above = _controllers(edges)
    heads: dict[str, frozenset[str]] = {}
    order = TopologicalSorter(above).static_order()
    for vendor in order:
        owners = above.get(vendor, [])
        heads[vendor] = frozenset().union(*(heads[o] for o in owners)) if owners else frozenset({vendor})
    meeting = [
        (vendor, sorted(heads[vendor]))
        for vendor, owners in above.items()
        # Below the vendor where they meet, every vendor has the same heads through one controller.
        if len(heads[vendor]) > 1 and all(heads[o] != heads[vendor] for o in owners)
    ]
    return sorted(meeting)


def _describe_heads(vendor: str, heads: list[str], edges: Edges, advice: str) -> Problem:
    chains = [_chain(_path(head, vendor, edges)) for head in heads]
    rows = [row for (_, owned), row in edges.items() if owned == vendor]
    return Problem(
        "owns.csv",
        max(rows),
        "to_vendor",
        "two-heads",
        f"{len(heads)} heads of one group: {', '.join(chains)}",
        "one head of a group",
        advice,
    )


def _path(head: str, vendor: str, edges: Edges) -> list[str]:
    """Return one chain of control from a head down to a vendor."""
    above = _controllers(edges)
    path = {vendor: [vendor]}
    todo = [vendor]
    for lower in todo:
        for owner in above.get(lower, []):
            if owner not in path:
                path[owner] = [owner, *path[lower]]
                todo.append(owner)
    return path[head]
