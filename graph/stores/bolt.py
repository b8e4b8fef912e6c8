"""A Neo4j server as a store, by the official driver."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from ..._errors import InputError, ReadOnlyError, UnavailableError
from ..._version import __version__
from . import text
from .bolt_address import DATABASE, Address, find_auth, parse_address
from .bolt_run import Run, retry
from .values import Result
from .waiting import OutOfTime, Ticket, run_waiting

if TYPE_CHECKING:
    import neo4j

    from ..supply import SupplyGraph

__all__ = ["Neo4jStore"]

_Answer = TypeVar("_Answer")

_NO_LOG = logging.NullHandler()
_OLDEST = 5


class Neo4jStore:
    """A database of a Neo4j server, version 5 or newer.

    Parameters
    ----------
    uri
        ``bolt://host:port`` (one server), ``neo4j://`` (a cluster, or one server), or either with ``+s``
        (encrypted) or ``+ssc`` (encrypted, self-signed certificate).
    user, password, bearer
        Default: the environment, ``KIZUNA_NEO4J_USER`` (or ``neo4j``), ``KIZUNA_NEO4J_PASSWORD``,
        ``KIZUNA_NEO4J_BEARER``; without any of them, no login.
    database
        Default: ``KIZUNA_NEO4J_DATABASE``, else the user's home database.
    connect_timeout
        Seconds for a connection to be made.
    allow_load_csv
        Whether queries may use LOAD CSV, which reads files and addresses with the rights of the server.

    Raises
    ------
    InputError
        The URI, the login or the name of the database is wrong.
    UnavailableError
        The server cannot be reached, or is none that this works with.

    Notes
    -----
    Every call to the server runs in a thread, so that Ctrl-C and a timeout are answered at once. They close
    the store's connections, at which the server ends what runs on them; the next query opens new ones.
    What another thread was running on the same store at that moment ends with them.
    """

    def __init__(
        self,
        uri: str,
        *,
        user: str | None = None,
        password: str | None = None,
        bearer: str | None = None,
        database: str | None = None,
        connect_timeout: float = 10.0,
        allow_load_csv: bool = False,
    ) -> None:
        self.address = parse_address(uri)
        self._auth = find_auth(user, password, bearer, environ=os.environ)
        del user, password, bearer  # out of the frames of a traceback
        if not connect_timeout > 0:
            raise InputError(f"`connect_timeout` must be more than 0 seconds; found {connect_timeout}")
        self.database = database or os.environ.get(DATABASE) or None
        self._connect_timeout = connect_timeout
        self._allow_load_csv = allow_load_csv
        self._lock = threading.Lock()
        self._driver: neo4j.Driver | None = None
        self._closed = False
        try:
            self._greet()
        except BaseException:
            self.close()
            raise

    def __repr__(self) -> str:
        """Name the server and the database, and nobody who logs in."""
        return f"<Neo4jStore {self.address} {self.database or 'home database'}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections; a second call does nothing."""
        self._closed = True
        self._disconnect()

    def load(self, graph: SupplyGraph) -> None:
        """Put `graph` into the database; see :func:`.push_graph`."""
        from .push import push_graph

        push_graph(self, graph)

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        read_only: bool = True,
        timeout: float | None = None,
        row_limit: int | None = None,
    ) -> Result:
        """Run one statement; see :meth:`.Store.query`.

        A reading statement is sent again when the server was away for a moment; a writing one never is. A
        writing one is read to its end whatever `row_limit` says, so that all of it is done.
        """
        from .bolt_values import convert_parameters

        if timeout is not None and not timeout > 0:
            raise InputError(f"`timeout` must be more than 0 seconds; found {timeout}")
        if row_limit is not None and row_limit < 0:
            raise InputError(f"`row_limit` must be 0 or more; found {row_limit}")
        if not self._allow_load_csv and (place := text.wants_files(cypher)) is not None:
            from .bolt_errors import point_at

            raise ReadOnlyError(
                point_at(cypher, "LOAD CSV reads files of the server, which was not allowed here", *place)
            )
        bound = convert_parameters(parameters)
        run = Run(cypher, bound, read_only=read_only, timeout=timeout, row_limit=row_limit)
        return self._call(
            lambda ticket: self._attempt(run, ticket, again=read_only), cypher=cypher, timeout=timeout
        )

    def write(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> Mapping[str, int]:
        """Run one statement of Kizuna's own in a transaction, again if that is safe; return what it changed.

        "Safe" is what the driver says: the server was not reached, or has taken everything back. A connection
        that broke at the commit is not.
        """
        run = Run(cypher, parameters or {}, read_only=False)

        return self._call(lambda ticket: self._attempt(run, ticket, again=True), cypher=cypher).counters

    def _attempt(self, run: Run, ticket: Ticket, *, again: bool) -> Result:
        """Run a statement in a session of its own, `again` if that is safe and the first time failed."""

        def attempt() -> Result:
            with self._open_session(read_only=run.read_only, fetch=run.fetch) as session:
                return run.run(session, ticket)

        return retry(attempt, ticket) if again else attempt()

    def _call(
        self, call: Callable[[Ticket], _Answer], *, cypher: str = "", timeout: float | None = None
    ) -> _Answer:
        """Run a call in a thread, and translate its errors."""
        from neo4j.exceptions import DriverError, Neo4jError

        from .bolt_errors import describe_timeout, translate_error

        try:
            return run_waiting(call, interrupt=self._disconnect, timeout=timeout)
        except OutOfTime:
            raise describe_timeout(timeout) from None
        except (Neo4jError, DriverError, OSError) as error:
            raise translate_error(
                error, address=self.address, database=self.database, cypher=cypher, timeout=timeout
            ) from error

    def _open_session(
        self, *, read_only: bool, fetch: int = 1000, database: str | None = None
    ) -> neo4j.Session:
        import neo4j

        with self._lock:
            if self._closed:
                raise UnavailableError("the store is closed")
            if self._driver is None:
                self._driver = self._make_driver()
            driver = self._driver
        return driver.session(
            database=database or self.database,
            default_access_mode=neo4j.READ_ACCESS if read_only else neo4j.WRITE_ACCESS,
            fetch_size=fetch,
            # What was written through this store is seen by its next query, in a cluster too.
            bookmark_manager=driver.execute_query_bookmark_manager,
        )

    def _make_driver(self, address: Address | None = None) -> neo4j.Driver:
        import neo4j

        # Else what the driver logs goes to standard error where nobody has set up logging.
        logging.getLogger("neo4j").addHandler(_NO_LOG)
        off = neo4j.NotificationMinimumSeverity.OFF
        return neo4j.GraphDatabase.driver(
            str(address or self.address),
            auth=self._auth,
            user_agent=f"kizuna/{__version__}",
            connection_timeout=self._connect_timeout,
            # Longer: it holds the time to connect, to log in and to find the server of a cluster.
            connection_acquisition_timeout=2 * self._connect_timeout,
            notifications_min_severity=off,
            warn_notification_severity=off,
            telemetry_disabled=True,
        )

    def _disconnect(self) -> None:
        with self._lock:
            driver, self._driver = self._driver, None
        if driver is not None:
            for _ in range(2):  # a query that is just being ended can get in the way of the first
                with suppress(Exception):  # the server may be gone
                    driver.close()
                    return

    def _greet(self) -> None:
        """Connect, log in and learn which database and which version that is."""
        from neo4j.exceptions import Neo4jError, ServiceUnavailable

        def call(_: Ticket) -> tuple[str, str | None]:
            try:
                with self._open_session(read_only=True) as session:
                    summary = session.run("RETURN 1").consume()
                return summary.server.agent, summary.database
            except Neo4jError as error:
                if (error.code or "").endswith(".DatabaseNotFound"):
                    raise self._name_databases() from error
                raise
            except ServiceUnavailable:
                self._ask_directly()
                raise

        agent, database = self._call(call)
        maker, _, version = agent.partition("/")
        major = version.split(".")[0]
        if maker == "Neo4j" and major.isdigit() and int(major) < _OLDEST:
            raise UnavailableError(
                f"{self.address} is Neo4j {version}; Kizuna needs Neo4j {_OLDEST} or newer"
            )
        self.database = self.database or database

    def _ask_directly(self) -> None:
        """Raise what is really wrong where the driver says only that it found no server of a cluster."""
        if not self.address.scheme.startswith("neo4j"):
            return
        direct = replace(self.address, scheme=self.address.scheme.replace("neo4j", "bolt"))
        with self._make_driver(direct) as driver:
            driver.verify_connectivity()
        raise UnavailableError(
            f"{self.address} answers, but the cluster's servers that it names cannot be reached from here; write "
            f"{direct} to use this one alone"
        )

    def _name_databases(self) -> InputError:
        """Return the error that names the databases there are, as far as the user may see them."""
        from neo4j.exceptions import DriverError, Neo4jError

        found: list[str] = []
        with (
            suppress(Neo4jError, DriverError),
            self._open_session(read_only=True, database="system") as session,
        ):
            names = session.run("SHOW DATABASES YIELD name RETURN DISTINCT name ORDER BY name").value()
            found = [name for name in names if name != "system"]
        there = f"; there are {', '.join(found)}" if found else ""
        return InputError(
            f"{self.address} has no database {self.database!r}{there}; correct the name in `database` or {DATABASE}, "
            "or leave it out to get the user's home database"
        )
