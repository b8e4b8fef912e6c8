"""Who controls whom: vendors joined into groups by control edges.

*Control* is ownership with ``control`` "yes", or a share above one half, or neither stated (then the
finding that uses it is apparent). Control runs along chains; shares are never multiplied or added. The head
of a group, its ultimate owner, is the only member that nobody controls.
"""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd

from .._errors import InputError
from ..graph import SupplyGraph

__all__ = ["Groups", "control_edges", "find_groups"]


@dataclass(frozen=True)
class Groups:
    """Groups of vendors.

    Parameters
    ----------
    head
        For each vendor, by position in the graph's table, the position of its group's head; a vendor that
        is in no group heads itself. Shape ``(vendors,)``.
    edges
        The rows of OWNS that control.
    """

    head: npt.NDArray[np.int64]
    edges: pd.DataFrame


def control_edges(owns: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of OWNS that amount to control."""
    share = owns["share"]
    silent = owns["control"].isna() & share.isna()
    return owns[(owns["control"] == "yes") | (share > 0.5).fillna(False).astype(bool) | silent]


def find_groups(graph: SupplyGraph) -> Groups:
    """Join the vendors of `graph` into groups.

    Parameters
    ----------
    graph
        The graph; control is that of the day it is looked at.

    Raises
    ------
    InputError
        A group has two heads, or owns itself in a circle; the firms are named.

    Notes
    -----
    Weakly connected components of the control edges, linear in their number.
    """
    vendors = pd.Index(graph.table("vendors")["id"])
    edges = control_edges(graph.current("owns"))
    owner = vendors.get_indexer(pd.Index(edges["from_vendor"]))
    owned = vendors.get_indexer(pd.Index(edges["to_vendor"]))
    control: nx.DiGraph = nx.DiGraph()
    control.add_edges_from(zip(owner.tolist(), owned.tolist(), strict=True))
    head = np.arange(len(vendors))
    for circle in nx.strongly_connected_components(control):
        if len(circle) > 1 or control.has_edge(*circle, *circle):
            raise _fault("firms that own each other in a circle", vendors[sorted(circle)])
    for members in nx.weakly_connected_components(control):
        heads = [m for m in members if control.in_degree(m) == 0]
        if len(heads) > 1:
            raise _fault("two heads" if len(heads) == 2 else f"{len(heads)} heads", vendors[heads])
        head[list(members)] = heads[0]
    return Groups(head=head, edges=edges)


def _fault(what: str, firms: pd.Index) -> InputError:
    names = ", ".join(sorted(firms))
    return InputError(f"owns: a group has {what} ({names}); end or correct one of these rows")
