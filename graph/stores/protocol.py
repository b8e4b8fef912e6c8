"""What every store can do."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

from .values import Result

if TYPE_CHECKING:
    from ..supply import SupplyGraph

__all__ = ["Store"]


class Store(Protocol):
    """A place that answers Cypher: the embedded one, or a Neo4j server.

    A store is a context manager; it is closed at its end.
    """

    def load(self, graph: SupplyGraph) -> None:
        """Put `graph` into the store."""

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        read_only: bool = True,
        timeout: float | None = None,
        row_limit: int | None = None,
    ) -> Result:
        """Run one statement.

        Parameters
        ----------
        cypher
            The text; values belong into `parameters`.
        parameters
            By name, without the dollar: None, bool, int, float, str, lists and dicts of them, and the types
            of :mod:`datetime`.
        read_only
            Refuse to write; the engine itself does.
        timeout
            Seconds after which the query is ended; None: never.
        row_limit
            Read so many rows at most; `Result.truncated` tells whether there were more.

        Raises
        ------
        QueryError
            The statement is wrong, or writes where it may not; the message shows the place if it is known.
        QueryTimeoutError
            It took longer than `timeout`.
        UnavailableError
            The store cannot be reached, or failed.
        """

    def close(self) -> None:
        """Give back what the store holds; a second call does nothing."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
