"""The embedded store: Cypher with nothing installed but a wheel.

The engine is ArcadeDB, in a child process (:mod:`.worker`), on a database in the user's cache folder
(:mod:`.cache`) that is opened read-only. What is written goes to a copy that ends with the store.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from ..._errors import MissingExtraError, QueryError, ReadOnlyError, UnavailableError
from . import text
from ._places import find_parameters, find_start, find_word, point_at
from ._traps import guard_statement
from .cache import Cache, build_database
from .process import EngineError, EngineProcess
from .values import Result

if TYPE_CHECKING:
    from ..supply import SupplyGraph

__all__ = ["ENGINES", "EmbeddedStore", "find_engine"]

ENGINES = {"arcadedb": "arcadedb", "arcadedb_embedded": "arcadedb-embedded"}
"""The engine's modules and the packages that hold them: the native build, and the one with its own JVM."""

_Answer = tuple[list[str], list[tuple[Any, ...]], bool]  # names, rows, and whether there are more

_PLACE = re.compile(r"\bline (\d+)(?::|, column )(\d+)")
_PLACE_SAID = re.compile(r" at line \d+(?::|, column )\d+(?: - |: |$)")
# The engine names an unknown variable or function, but not its place.
_NAMED = re.compile(r"(?:[Vv]ariable|[Ff]unction|[Pp]rocedure) [`'\"]([^`'\"]+)[`'\"]")


def find_engine(name: str | None = None) -> str:
    """Return the module of the engine that is installed, the native build first.

    Raises
    ------
    MissingExtraError
        None is; the message says where there are wheels.
    """
    for module in ENGINES if name is None else (name,):
        with suppress(PackageNotFoundError):
            version(ENGINES[module])
            return module
    raise MissingExtraError(
        "queries without a server need the package arcadedb, which has wheels for Linux (glibc; x86-64, arm64), "
        "macOS (arm64) and Windows (x64): 'python -m pip install \"arcadedb>=26.11.1.dev2,<28\"'; elsewhere "
        "name a Neo4j server with --store"
    )


class _Options(NamedTuple):
    """How a statement is run, and what was typed."""

    write: bool
    timeout: float | None
    row_limit: int | None
    typed: str


class _Attempt(NamedTuple):
    """A form of a statement: with a column that tells the types or not, around the engine's faults or not."""

    cypher: str
    tagged: bool
    guarded: bool


class EmbeddedStore:
    """Cypher on a data set, without a server.

    Parameters
    ----------
    key
        Name of the data set's database in the cache: something that changes with the data.
    make_graph
        Gives the graph, should the database not be there yet.
    cache
        Where databases are kept; default: the user's cache folder.
    engine
        ``arcadedb`` or ``arcadedb_embedded``; default: the one that is installed.

    Notes
    -----
    Databases are read-only and shared: any number of processes may query one. With ``read_only=False`` the
    store makes itself a copy, which every later query of this store sees, and which is gone when it is closed.
    """

    def __init__(
        self,
        key: str,
        make_graph: Callable[[], SupplyGraph],
        *,
        cache: Cache | None = None,
        engine: str | None = None,
    ) -> None:
        self.engine = find_engine(engine)
        self.cache = cache or Cache()
        self._process = EngineProcess(self.engine)
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self._open = False
        self._folder = self._provide(key, make_graph)
        self._source = (key, make_graph)

    def _provide(self, key: str, make_graph: Callable[[], SupplyGraph]) -> Path:
        release = version(ENGINES[self.engine])
        return self.cache.provide(
            f"{key}-{self.engine}-{release}",
            lambda folder: build_database(self._process, make_graph(), folder),
            engine=f"{self.engine} {release}",
        )

    @property
    def engine_process(self) -> int | None:
        """Number of the process in which the engine runs, if it does."""
        return self._process.number

    def load(self, graph: SupplyGraph) -> None:
        """Answer from `graph` from now on."""
        self._forget_scratch()
        key = f"graph-{graph.content_hash[:16]}-{graph.name}-{graph.version}-{graph.as_of}"
        self._folder = self._provide(key, lambda: graph)

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        read_only: bool = True,
        timeout: float | None = None,
        row_limit: int | None = None,
    ) -> Result:
        """Run one statement; see :meth:`Store.query`."""
        place = text.wants_files(cypher)
        if place is not None:
            raise ReadOnlyError(point_at(cypher, "LOAD CSV is off: a query may not read files", place))
        given = dict(parameters or {})
        _check_parameters(cypher, given)
        if not read_only and self._scratch is None:
            self._make_scratch()
        columns = text.find_columns(cypher)
        asked, bound = text.bind_temporals(cypher, given)
        options = _Options(write=not read_only, timeout=timeout, row_limit=row_limit, typed=cypher)
        # A stored temporal value comes back as bare text too, but only what was written here can be one.
        typed = self._scratch is not None or text.needs_types(asked, bound)
        tagged = text.tag_types(asked, columns) if columns and typed else None
        attempts = _list_attempts(asked, tagged)
        (names, rows, truncated), ran = self._run_first(attempts, bound, options)
        if ran.tagged:
            rows = [
                tuple(text.read_typed(v, t) for v, t in zip(row[:-1], row[-1], strict=True)) for row in rows
            ]
            names = names[:-1]
        if columns is not None and rows and len(columns) != len(rows[0]):
            columns = None  # EXPLAIN answers with a plan, whatever the statement returns
        notices = _list_notices(cypher, guarded=ran.guarded)
        return Result(columns if columns is not None else tuple(names), rows, truncated, notices=notices)

    def _run_first(
        self, attempts: list[_Attempt], parameters: dict[str, Any], options: _Options
    ) -> tuple[_Answer, _Attempt]:
        """Run the first statement that the engine takes; the error is that of the last."""
        for attempt in attempts[:-1]:
            try:
                return self._run(attempt.cypher, parameters, options), attempt
            except ReadOnlyError:
                raise
            except QueryError:
                continue
        return self._run(attempts[-1].cypher, parameters, options), attempts[-1]

    def _run(self, cypher: str, parameters: dict[str, Any], options: _Options) -> _Answer:
        rows: list[tuple[Any, ...]] = []
        names: list[str] = []
        truncated = False
        try:
            self._ensure_open()
            for answer in self._process.ask(
                "query", cypher, parameters, options.write, options.row_limit, timeout=options.timeout
            ):
                if answer[0] == "rows":
                    rows += answer[1]
                else:
                    _, names, truncated = answer
        except EngineError as error:
            raise _translate(error, options.typed) from None
        return names, rows, truncated

    def _ensure_open(self) -> None:
        if self._open and self._process.running:
            return
        folder = self._folder if self._scratch is None else Path(self._scratch.name) / "db"
        for _ in self._process.ask("open", str(folder), self._scratch is None):
            pass
        self._open = True

    def _make_scratch(self) -> None:
        self._scratch = tempfile.TemporaryDirectory(prefix="kizuna-", ignore_cleanup_errors=True)
        shutil.copytree(self._folder, Path(self._scratch.name) / "db")
        self._open = False

    def _forget_scratch(self) -> None:
        self._process.kill()
        self._open = False
        if self._scratch is not None:
            self._scratch.cleanup()
            self._scratch = None

    def close(self) -> None:
        """End the child process and throw away what was written."""
        self._forget_scratch()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _list_attempts(asked: str, tagged: str | None) -> list[_Attempt]:
    """Return the forms in which a statement is tried; the last one shows errors where they were typed."""
    plain = text.expand_star(asked)
    forms = [
        *([_Attempt(guard_statement(tagged).text, True, True)] if tagged is not None else []),
        _Attempt(guard_statement(plain).text, False, True),
        _Attempt(plain if tagged is None else asked, False, False),
    ]
    if forms[-2].cypher == forms[-1].cypher:
        forms.pop()
    return forms


def _list_notices(cypher: str, *, guarded: bool) -> tuple[str, ...]:
    found = guard_statement(cypher)
    return found.notices if guarded else (*found.notices, *found.avoided)


def _check_parameters(cypher: str, given: dict[str, Any]) -> None:
    """Refuse what a server refuses and the engine does not, and what the engine would take for a record."""
    for name, place in find_parameters(cypher).items():
        if name not in given:
            raise QueryError(point_at(cypher, f"the parameter ${name} has no value", place))
    if "@rid" in cypher or "@rid" in repr(given):
        raise QueryError("'@rid' is the engine's own name for a record; call a key of yours something else")


def _translate(error: EngineError, cypher: str) -> QueryError | UnavailableError:
    """Say what the engine said as Kizuna's own error, without the engine's class names."""
    said = str(error)
    if "QueryNotIdempotentException" in said or "DatabaseIsReadOnlyException" in said:
        return ReadOnlyError("the statement writes, and this store is read-only; to write, say so: --write")
    message = re.sub(
        r"^\w+ failed: |(?:\b[a-z]\w*\.)+[A-Z]\w*(?:Exception|Error): |\s*\(caused by .*", "", said
    )
    match = _PLACE.search(said)
    if match:
        message = _PLACE_SAID.sub(": ", message.splitlines()[0]).rstrip(": ")
        # The engine leaves out blanks and comments before the first word, and counts columns from 0.
        first, indent = find_start(cypher)
        line, column = int(match[1]), int(match[2]) + 1
        place = (line + first - 1, column + indent - 1 if line == 1 else column)
        return QueryError(point_at(cypher, message, place))
    if error.kind == "ArcadeDBError":
        named = _NAMED.search(message)
        return QueryError(point_at(cypher, message, find_word(cypher, named[1]) if named else None))
    return UnavailableError(f"the Cypher engine failed: {said}")
