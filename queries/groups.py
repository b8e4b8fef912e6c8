"""Who controls whom: vendors joined into groups by control edges.

*Control* is ownership with ``control`` "yes", or a share above one half, or neither stated (then the
finding that uses it is apparent). Control runs along chains; shares are never multiplied or added. The head
of a group, its ultimate owner, is the only member that nobody controls.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd

from .._errors import InputError
from ..graph import SupplyGraph
from ..graph.codes import Codes, encode_column

__all__ = ["Groups", "control_edges", "find_groups"]

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Groups:
    """Groups of vendors.

    Parameters
    ----------
    head
        For each vendor, by position in the graph's table, the position of its group's head; a vendor that
        is in no group heads itself. Shape ``(vendors,)``.
    graph
        The graph.
    rows
        Positions in its table of the rows of OWNS that control.
    """

    head: Ints
    graph: SupplyGraph
    rows: Ints

    @cached_property
    def edges(self) -> pd.DataFrame:
        """The rows of OWNS that control."""
        return self.graph.table("owns").iloc[self.rows]


def control_edges(owns: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of OWNS that amount to control."""
    return owns[_controls(encode_column(owns["control"]), owns["share"])]


def _controls(control: Codes, share: pd.Series) -> npt.NDArray[np.bool_]:
    """Say which holdings amount to control, by what a source calls them and by their share."""
    majority = (share > 0.5).fillna(False).to_numpy(dtype=bool)
    return control.isin(["yes"]) | majority | (control.isna() & share.isna().to_numpy())


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
    Weakly connected components of the control edges. Where nobody has two controllers, which is usual,
    whole columns climb to the controller's controller at once; worked out once a graph.
    """
    if "groups" not in graph.kept:
        owns = graph.coded("owns")
        rows = np.flatnonzero(_controls(owns["control"], owns.values("share")))
        owner, owned = (graph.places("owns", end)[rows] for end in ("from_vendor", "to_vendor"))
        head = _climb(len(graph.columns("vendors")), owner, owned)
        if head is None:
            head = _join(pd.Index(graph.columns("vendors")["id"]), owner, owned)
        graph.kept["groups"] = Groups(head, graph, rows if owns.rows is None else owns.rows[rows])
    found: Groups = graph.kept["groups"]
    return found


def _climb(vendors: int, owner: Ints, owned: Ints) -> Ints | None:
    """Return the head of each vendor; None if one has two controllers, or a circle makes it impossible."""
    above = np.arange(vendors, dtype=np.int64)
    above[owned] = owner
    if (owner < 0).any() or (owned < 0).any() or (above[owned] != owner).any():
        return None
    head = above
    for _ in range(vendors.bit_length()):
        higher = head[head]
        if np.array_equal(higher, head):
            break
        head = higher
    controlled = np.zeros(vendors, dtype=bool)
    controlled[owned] = True
    return None if controlled[head].any() else head


def _join(vendors: pd.Index, owner: Ints, owned: Ints) -> Ints:
    """Return the head of each vendor, whatever the control edges are like."""
    control: nx.DiGraph = nx.DiGraph()
    control.add_edges_from(zip(owner.tolist(), owned.tolist(), strict=True))
    head = np.arange(len(vendors), dtype=np.int64)
    for circle in nx.strongly_connected_components(control):
        if len(circle) > 1 or control.has_edge(*circle, *circle):
            raise _fault("firms that own each other in a circle", vendors[sorted(circle)])
    for members in nx.weakly_connected_components(control):
        heads = [m for m in members if control.in_degree(m) == 0]
        if len(heads) > 1:
            raise _fault("two heads" if len(heads) == 2 else f"{len(heads)} heads", vendors[heads])
        head[list(members)] = heads[0]
    return head


def _fault(what: str, firms: pd.Index) -> InputError:
    names = ", ".join(sorted(firms))
    return InputError(f"owns: a group has {what} ({names}); end or correct one of these rows")
