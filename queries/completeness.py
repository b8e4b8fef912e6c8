"""How far a list of vendors is meant to be whole, and whether the statement still counts."""

from __future__ import annotations

from dataclasses import dataclass

from ..graph import SupplyGraph, first_day

__all__ = ["Completeness", "find_completeness"]

_YEARS = 3  # a statement counts for 36 months


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
    rows = graph.current(table)
    item = rows.columns[0]
    return {
        (item_id, country): Completeness(level, kind != "uncited", _is_recent(as_of, graph.as_of))
        for item_id, country, level, kind, as_of in zip(
            rows[item], rows["country"], rows["level"], rows["source_kind"], rows["as_of"], strict=True
        )
    }


def _is_recent(stated: object, day: str) -> bool:
    if not isinstance(stated, str) or not day:
        return False
    year, rest = first_day(stated).split("-", 1)
    return day <= f"{int(year) + _YEARS:04d}-{rest}"
