"""The part of a graph that is about one solution or one vendor, to be looked at on its own."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from .._errors import InputError, UnknownNameError
from .model import COMPANY_RELATIONS
from .subgraph import drop_dangling
from .supply import SupplyGraph

__all__ = ["select_solution", "select_vendor"]

# Table of requirements: label of what requires (whose column is called alike), label of what is required.
_NEEDS = {
    "component_requires": ("Component", "Component"),
    "solution_requires": ("Solution", "Component"),
    "solution_builds_on": ("Solution", "Solution"),
}


def select_solution(graph: SupplyGraph, solution: str) -> SupplyGraph:
    """Return the part of `graph` that one solution rests on.

    That is the solution; everything that it requires, over every hop; the components of the same family as
    one of these, which could stand in, and what they require; all vendors of all of them; and whoever owns
    these vendors. Whether the solution can be had, and what it would fail with, is the same as in the whole;
    only the loss of all that are there, trivial in any graph, may be the loss of fewer than all in the whole.

    Parameters
    ----------
    graph
        The whole.
    solution
        Id of the solution.

    Raises
    ------
    UnknownNameError
        The graph has no such solution.

    Examples
    --------
    >>> names = pd.DataFrame({"id": ["care", "shop"]})
    >>> needs = pd.DataFrame({"solution": ["care", "shop"], "requires": ["camera", "till"], "kind": "input"})
    >>> parts = pd.DataFrame({"id": ["camera", "till"], "segment": "sensor"})
    >>> whole = SupplyGraph({"solutions": names, "components": parts, "solution_requires": needs})
    >>> select_solution(whole, "care").table("components")["id"].tolist()
    ['camera']
    """
    _check_node(graph, "Solution", solution)
    needs = _list_needs(graph)
    found = {f"Solution:{solution}"}
    while True:
        grown = _add_kin(graph, _follow(needs, found, "whole", "part"))
        if grown == found:
            return _cut_out(graph, found, ())
        found = grown


def select_vendor(graph: SupplyGraph, vendor: str, *, hops: int = 2) -> SupplyGraph:
    """Return the part of `graph` that is about one vendor.

    That is the vendor; what it offers; every component and solution that requires one of these, over every
    hop; all vendors of these components; the firms that the vendor is tied to by at most so many company
    relations; and whoever owns any of them. Of a choice that is partly there all alternatives are. What these
    things require besides is left out, and so is taken as met: what fails here fails in the whole too.

    Parameters
    ----------
    graph
        The whole.
    vendor
        Id of the vendor.
    hops
        Company relations between the vendor and the farthest firm, in either direction, past ones included.

    Raises
    ------
    UnknownNameError
        The graph has no such vendor.
    InputError
        `hops` is below 0.
    """
    _check_node(graph, "Vendor", vendor)
    if hops < 0:
        raise InputError(f"`hops` must be 0 or more; found {hops}")
    offers = graph.current("offers")
    own = {f"Component:{c}" for c in offers.loc[offers["vendor"] == vendor, "component"]}
    needs = _list_needs(graph)
    found = _add_choices(needs, _add_kin(graph, _follow(needs, own, "part", "whole")))
    return _cut_out(graph, found, _find_tied(graph, vendor, hops))


def _check_node(graph: SupplyGraph, label: str, node: str) -> None:
    if node not in set(graph.nodes(label)["id"]):
        raise UnknownNameError(f"no {label.lower()} {node!r} in this data set")


def _list_needs(graph: SupplyGraph) -> pd.DataFrame:
    """Return the requirements in force: whole and part as ``Label:id``, and the name of the choice."""
    parts = []
    for table, (label, target) in _NEEDS.items():
        frame = graph.current(table)
        ends = {
            "whole": f"{label}:" + frame[label.lower()].astype(str),
            "part": f"{target}:" + frame["requires"].astype(str),
            "choice": frame["alternatives"],
        }
        parts.append(pd.DataFrame(ends))
    return pd.concat(parts, ignore_index=True)


def _follow(needs: pd.DataFrame, start: Collection[str], source: str, target: str) -> set[str]:
    """Return some things and all that requirements lead to from them, from one end to the other."""
    found = set(start)
    last = found
    while last:
        last = set(needs.loc[needs[source].isin(last), target]) - found
        found |= last
    return found


def _add_kin(graph: SupplyGraph, found: set[str]) -> set[str]:
    """Add the components of the same family: a reader must see that another kind could stand in."""
    components = graph.table("components")
    keys = "Component:" + components["id"].astype(str)
    families = components.loc[keys.isin(found), "family"].dropna()
    return found | set(keys[components["family"].isin(families)])


def _add_choices(needs: pd.DataFrame, found: set[str]) -> set[str]:
    """Add the alternatives of every choice that is partly there; one of two alone would look like a must."""
    choices = needs[needs["choice"].notna()]
    while True:
        here = choices[choices["whole"].isin(found) & choices["part"].isin(found)]
        open_ones = choices.merge(here[["whole", "choice"]].drop_duplicates(), on=["whole", "choice"])
        grown = found | set(open_ones["part"])
        if grown == found:
            return found
        found = grown


def _find_tied(graph: SupplyGraph, vendor: str, hops: int) -> set[str]:
    """Return the vendor and the firms within so many company relations of it."""
    ties = pd.concat([graph.table(e.lower())[["from_vendor", "to_vendor"]] for e in COMPANY_RELATIONS])
    found = {vendor}
    for _ in range(hops):
        near = ties[ties["from_vendor"].isin(found) | ties["to_vendor"].isin(found)]
        found |= set(near["from_vendor"]) | set(near["to_vendor"])
    return found


def _cut_out(graph: SupplyGraph, found: Collection[str], vendors: Collection[str]) -> SupplyGraph:
    """Return the graph of some components and solutions, their vendors, some more, and the owners of all."""
    tables = dict(graph.tables)
    for label in ("Component", "Solution"):
        frame = tables[f"{label.lower()}s"]
        tables[f"{label.lower()}s"] = frame[(f"{label}:" + frame["id"].astype(str)).isin(found)]
    components, solutions = tables["components"], tables["solutions"]
    offers, owns, addresses = graph.current("offers"), tables["owns"], tables["addresses"]
    kept = {*vendors, *offers.loc[offers["component"].isin(components["id"]), "vendor"]}
    kept = _follow(owns, kept, "to_vendor", "from_vendor")  # who is in one group depends on the owners
    listed = tables["listed_in"]
    segments = {*components["segment"], *listed.loc[listed["vendor"].isin(vendors), "segment"]}
    aimed = addresses.loc[addresses["solution"].isin(solutions["id"]), "problem"]
    for name, ids in (("vendors", kept), ("segments", segments), ("problems", set(aimed))):
        tables[name] = tables[name][tables[name]["id"].isin(ids)]
    tables = drop_dangling(tables)
    return SupplyGraph.of_typed(
        tables, name=graph.name, version=graph.version, date=graph.date, as_of=graph.as_of
    )
