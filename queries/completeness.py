"""How far a list of vendors is meant to be whole, and whether the statement still counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..graph import MODEL, SupplyGraph, first_day

__all__ = ["LEVELS", "Completeness", "find_completeness", "find_levels"]

_YEARS = 3  # a statement counts for 36 months
LEVELS = ("unknown", "partial", "complete")
"""How far a list of vendors is meant to be whole, the least first."""


@dataclass(frozen=True)
class Completeness:
    """A statement on the list of vendors of one component or segment in one country.

    Parameters
    ----------
    stated
        ``complete``, ``partial`` or ``unknown``, as the source has it.
    cited
        Whether a page or the report says so.
    recent
        Whether it is dated, and at most 36 months older than the day the graph is looked at.
    """

    stated: str
    cited: bool
    recent: bool

    @property
    def level(self) -> str:
        """The level that counts: a list that was complete too long ago is not known to be so."""
        return self.stated if self.recent or self.stated != "complete" else "unknown"


def find_completeness(graph: SupplyGraph, table: str = "completeness") -> dict[tuple[str, str], Completeness]:
    """Return what is known of completeness, by item and country (``*``: the rest of the world).

    Parameters
    ----------
    graph
        The graph.
    table
        ``completeness`` (of components) or ``segment_completeness``.
    """
    rows = graph.coded(table)
    item = MODEL.tables[table].columns[0]
    columns = (rows.values(name).tolist() for name in (item, "country", "level", "source_kind"))
    recent = rows["as_of"].test(lambda as_of: _is_recent(as_of, graph.as_of)).tolist()
    return {
        (item_id, country): Completeness(level, kind != "uncited", is_recent)
        for item_id, country, level, kind, is_recent in zip(*columns, recent, strict=True)
    }


def find_levels(graph: SupplyGraph, table: str, countries: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return the level that counts of each item and country, as its place in `LEVELS`.

    Parameters
    ----------
    graph
        The graph.
    table
        ``completeness`` (of components) or ``segment_completeness``.
    countries
        ISO codes, or ``*`` for the rest of the world.

    Returns
    -------
    array
        Shape ``(items, countries)``; unknown where the data set is silent.
    """
    rows = graph.coded(table)
    item = MODEL.tables[table].columns[0]
    label = MODEL.tables[table].property(item).label
    found = np.zeros((len(graph.columns(MODEL.nodes[label or ""].name)), len(countries)), dtype=np.int64)
    places = graph.places(table, item)
    column = rows["country"].map_to({country: place for place, country in enumerate(countries)})
    level = np.maximum(rows["level"].map_to({name: place for place, name in enumerate(LEVELS)}), 0)
    recent = rows["as_of"].test(lambda as_of: _is_recent(as_of, graph.as_of))
    level[(level == LEVELS.index("complete")) & ~recent] = 0
    there = (places >= 0) & (column >= 0)
    found[places[there], column[there]] = level[there]
    return found


def _is_recent(stated: object, day: str) -> bool:
    if not isinstance(stated, str) or not day:
        return False
    year, rest = first_day(stated).split("-", 1)
    return day <= f"{int(year) + _YEARS:04d}-{rest}"
