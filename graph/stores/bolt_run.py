"""One statement on a Neo4j server: sent, read, and sent again where that is safe."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from .values import Result
from .waiting import Ticket

if TYPE_CHECKING:
    import neo4j

    from .bolt_values import NodeCache

__all__ = ["Run", "retry"]

_Answer = TypeVar("_Answer")

# A cluster that changes its leader, or a server that is restarted, is away for seconds.
_RETRY_SECONDS = 5.0
_FETCH = 1000
_LOOK_UP = 10_000
_FIND_NODES = "MATCH (n) WHERE elementId(n) IN $ids RETURN n"
_COUNTERS = tuple(
    f"{what}_{change}"
    for what, changes in {
        "nodes": ("created", "deleted"),
        "relationships": ("created", "deleted"),
        "properties": ("set",),
        "labels": ("added", "removed"),
        "indexes": ("added", "removed"),
        "constraints": ("added", "removed"),
    }.items()
    for change in changes
)


def retry(attempt: Callable[[], _Answer], ticket: Ticket) -> _Answer:
    """Try again where the driver says that it is safe.

    The driver's own managed transactions do the same, but cannot be told to stop.
    """
    from neo4j.exceptions import DriverError, Neo4jError

    until = time.monotonic() + _RETRY_SECONDS
    pause = 0.25
    while True:
        ticket.check()
        try:
            return attempt()
        except (Neo4jError, DriverError) as error:
            if not error.is_retryable() or time.monotonic() + pause > until:
                raise
        ticket.sleep(pause)
        pause *= 2


class Run:
    """One statement, and how to run it in a session."""

    def __init__(
        self,
        cypher: str,
        parameters: Mapping[str, Any],
        *,
        read_only: bool,
        timeout: float | None = None,
        row_limit: int | None = None,
    ) -> None:
        self.cypher: Any = cypher  # the driver's type is "texts of the program only"
        self.parameters = dict(parameters)
        self.read_only = read_only
        self.timeout = timeout
        self.row_limit = row_limit

    @property
    def fetch(self) -> int:
        """How many rows to ask for at a time: not more than are wanted."""
        if self.row_limit is None or not self.read_only:
            return _FETCH
        return min(_FETCH, self.row_limit + 1)

    def run(self, session: neo4j.Session, ticket: Ticket) -> Result:
        """Run it in a transaction, or without one where it opens its own (``IN TRANSACTIONS``)."""
        import neo4j
        from neo4j.exceptions import Neo4jError

        try:
            with session.begin_transaction(timeout=self.timeout) as transaction:
                found = self._collect(transaction.run(self.cypher, self.parameters), ticket, transaction.run)
                transaction.commit()
                return found
        except Neo4jError as error:
            if "implicit transaction" not in (error.message or ""):
                raise
        asked = neo4j.Query(self.cypher, timeout=self.timeout)
        return self._collect(session.run(asked, self.parameters), ticket, session.run)

    def _collect(self, result: neo4j.Result, ticket: Ticket, ask: Callable[..., neo4j.Result]) -> Result:
        """Read the rows that are wanted, and whatever is needed to tell of them in full."""
        from .bolt_values import convert_value, find_bare_ends

        columns = tuple(result.keys())
        raw: list[list[Any]] = []
        truncated = False
        for record in result:
            ticket.check()
            if self.row_limit is not None and len(raw) >= self.row_limit:
                truncated = True
                if self.read_only:
                    break
                continue
            raw.append(record.values())
        summary = result.consume()
        nodes: NodeCache = {}
        ids = find_bare_ends(raw)
        for start in range(0, len(ids), _LOOK_UP):
            for record in ask(_FIND_NODES, {"ids": ids[start : start + _LOOK_UP]}):
                convert_value(record[0], nodes)
        rows = []
        for values in raw:
            ticket.check()
            rows.append(tuple(convert_value(value, nodes) for value in values))
        counters = {name: n for name in _COUNTERS if (n := getattr(summary.counters, name))}
        return Result(columns, rows, truncated, counters)
