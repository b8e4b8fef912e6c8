"""The same work as an analyst would write it with networkx and pyvis alone: the measure to beat.

It gives the same answers; where a straightforward loop can be kept short of waste without new ideas (rows
as dictionaries, offers and requirements looked up once) it is. It validates nothing.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

import networkx as nx
import pandas as pd
from pyvis.network import Network

from kizuna.graph import MODEL, EdgeTable, NodeTable

__all__ = ["Chain", "find_cuts", "load_network", "measure_cells", "write_network_page"]

_PAIR = ("TW", "JP")
_COUNTED = ("volume", "limited", "")
Lost = dict[str, set[str]]
"""What is lost with each unit."""


def load_network(folder: Path) -> nx.MultiDiGraph:
    """Load a folder of CSV files row by row."""
    network: nx.MultiDiGraph = nx.MultiDiGraph()
    for name, table in MODEL.tables.items():
        file = folder / f"{name}.csv"
        if not file.exists():
            continue
        frame = pd.read_csv(file, dtype=str, keep_default_na=False)
        rows = cast(list[dict[str, str]], frame.to_dict("records"))
        if isinstance(table, NodeTable):
            for row in rows:
                network.add_node(row["id"], label=table.label, **row)
        elif isinstance(table, EdgeTable):
            for row in rows:
                network.add_edge(row[table.source.column], row[table.target.column], type=table.type, **row)
    return network


class Chain:
    """Offers, requirements and groups, picked out of a network.

    Parameters
    ----------
    network
        As `load_network` gives it.
    """

    def __init__(self, network: nx.MultiDiGraph) -> None:
        self.network = network
        self.nodes = network.nodes
        self.owner: dict[str, str] = {}
        self.offers: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        self.listed: dict[str, set[str]] = defaultdict(set)
        self.needs: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for source, target, row in network.edges(data=True):
            if row["type"] == "OFFERS":
                known = self.offers[target].get(source)
                if known is None or row["as_of"] > known["as_of"]:
                    self.offers[target][source] = row
            elif row["type"] == "REQUIRES":
                self.needs[source][row["alternatives"] or target].append(target)
            elif row["type"] == "OWNS" and not row["until"] and _controls(row):
                self.owner[target] = source
            elif row["type"] == "LISTED_IN" and self._alive(source):
                self.listed[target].add(source)

    def _alive(self, vendor: str) -> bool:
        return not self.nodes[vendor]["until"] and not self.nodes[vendor]["placeholder"]

    def list_nodes(self, label: str) -> list[str]:
        """Return the ids of all nodes of a label."""
        return [node for node, row in self.nodes(data=True) if row["label"] == label]

    def head(self, vendor: str) -> str:
        """Return the ultimate owner of a vendor."""
        while vendor in self.owner:
            vendor = self.owner[vendor]
        return vendor

    def country(self, vendor: str) -> str:
        """Return the country of a vendor's seat."""
        return str(self.nodes[vendor]["country"])

    def vendors(self, component: str) -> dict[str, frozenset[str]]:
        """Return the vendors whose offer of a component counts, with the parts each makes itself."""
        return {
            vendor: frozenset(row["in_house"].split(";"))
            for vendor, row in self.offers[component].items()
            if row["status"] in _COUNTED and not row["until"] and self._alive(vendor)
        }


def _controls(row: dict[str, Any]) -> bool:
    if row["share"]:
        return row["control"] == "yes" or float(row["share"]) > 0.5
    return row["control"] in ("yes", "")


def measure_cells(chain: Chain) -> dict[str, int]:
    """Count vendors and groups, for each component and each segment, in each country of the study."""
    totals: dict[str, int] = defaultdict(int)
    members: dict[str, set[str]] = defaultdict(set)
    for component in chain.list_nodes("Component"):
        vendors = set(chain.vendors(component))
        _count_cells(chain, vendors, "component", totals)
        members[chain.nodes[component]["segment"]] |= vendors
    for segment in chain.list_nodes("Segment"):
        _count_cells(chain, members[segment] | chain.listed[segment], "segment", totals)
    return dict(totals)


def _count_cells(chain: Chain, vendors: set[str], level: str, totals: dict[str, int]) -> None:
    for country in _PAIR:
        here = {vendor for vendor in vendors if chain.country(vendor) == country}
        totals[f"{level} vendors"] += len(here)
        totals[f"{level} groups"] += len({chain.head(vendor) for vendor in here})


class _Feasibility:
    """Whether things can be had, by recursion with a memory."""

    def __init__(self, chain: Chain) -> None:
        self.needs = {node: list(choices.values()) for node, choices in chain.needs.items()}
        self.targets = [*chain.list_nodes("Component"), *chain.list_nodes("Solution")]
        self.vendorless = {
            node
            for node in self.targets
            if chain.nodes[node]["label"] == "Solution" or chain.nodes[node]["virtual"] == "yes"
        }
        self.vendors: dict[str, dict[str, frozenset[str]]] = {}
        for component in chain.list_nodes("Component"):
            everyone = chain.vendors(component)
            at_home = {v: own for v, own in everyone.items() if chain.country(v) in _PAIR}
            # Imports are given where the pair has nothing: no unit holds their vendors.
            self.vendors[component] = at_home or everyone

    def list_failing(self, removed: set[str]) -> set[str]:
        """Return what cannot be had without some vendors."""
        memory: dict[str, bool] = {}

        def holds(node: str) -> bool:
            if node not in memory:
                if node in self.vendorless:
                    memory[node] = has_needs(node, frozenset())
                else:
                    vendors = self.vendors[node].items()
                    memory[node] = any(v not in removed and has_needs(node, own) for v, own in vendors)
            return memory[node]

        def has_needs(node: str, own: frozenset[str]) -> bool:
            return all(any(p in own or holds(p) for p in choice) for choice in self.needs.get(node, ()))

        return {node for node in self.targets if not holds(node)}


def find_cuts(chain: Chain) -> set[tuple[str, str]]:
    """Find single points of failure by removing every vendor, group and country in turn.

    Returns
    -------
    set of (unit, member)
        Those with a loss that no finer unit inside them causes.
    """
    sys.setrecursionlimit(10_000)
    feasibility = _Feasibility(chain)
    impossible = feasibility.list_failing(set())
    offering = set().union(*feasibility.vendors.values())
    everyone = {vendor for vendor in offering if chain.country(vendor) in _PAIR}
    units = {
        "vendor": {vendor: {vendor} for vendor in everyone},
        "group": _gather((chain.head(vendor), vendor) for vendor in everyone),
        "country": _gather((chain.country(vendor), vendor) for vendor in everyone),
    }
    found: set[tuple[str, str]] = set()
    finer: list[tuple[dict[str, set[str]], Lost]] = []
    for unit, members in units.items():
        lost = {name: feasibility.list_failing(gone) - impossible for name, gone in members.items()}
        for name, targets in lost.items():
            inside = [
                losses[n] for parts, losses in finer for n in parts if losses[n] and parts[n] <= members[name]
            ]
            if len(members) > 1 and targets - set().union(*inside):
                found.add((unit, name))
        finer.append((members, lost))
    return found


def _gather(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    gathered: dict[str, set[str]] = defaultdict(set)
    for name, member in pairs:
        gathered[name].add(member)
    return dict(gathered)


def write_network_page(network: nx.MultiDiGraph, path: Path) -> None:
    """Draw the whole network with pyvis, one node and one edge at a time."""
    page = Network(height="900px", width="100%", directed=True, cdn_resources="in_line")
    for node, row in network.nodes(data=True):
        page.add_node(node, label=row.get("name_en", node), title=_describe(row), group=row["label"])
    for source, target, row in network.edges(data=True):
        page.add_edge(source, target, title=_describe(row))
    # write_html() would use the encoding of the machine.
    path.write_text(page.generate_html(), encoding="utf-8")


def _describe(row: dict[str, Any]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in row.items() if value)
