"""Opening the store that a command's options name, and telling on the terminal what takes time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kizuna._connect import connect
from kizuna._console import print_note, show_working
from kizuna._errors import InputError
from kizuna._messages import say
from kizuna.graph.stores.cache import Cache
from kizuna.graph.stores.protocol import Store

if TYPE_CHECKING:
    from kizuna.graph.stores import Neo4jStore

__all__ = ["open_server", "open_store", "show_progress"]

_EMBEDDED = ("data", "dataset", "as_of", "known_by")
_SERVER = ("database", "allow_load_csv")


class _TalkingCache(Cache):
    """A cache that says so when a database must be built first."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.lang = lang

    def provide(self, key: str, build: Callable[[Path], None], *, engine: str) -> Path:
        def build_aloud(folder: Path) -> None:
            print_note(say("cli.query.preparing", self.lang))
            with show_working():
                build(folder)

        return super().provide(key, build_aloud, engine=engine)


def open_store(options: dict[str, Any]) -> Store:
    """Open what ``--store`` and the options of `DATA` name.

    Raises
    ------
    InputError
        An option is for the other kind of store.
    """
    uri = options["store"]
    if uri is None:
        _refuse(options, _SERVER, "is for a Neo4j server; name it with --store")
        return connect(**{name: options[name] for name in _EMBEDDED}, cache=_TalkingCache(options["lang"]))
    _refuse(options, _EMBEDDED, "is for Kizuna's own store; a server answers from what was pushed to it")
    return connect(uri, **{name: options[name] for name in _SERVER})


def _refuse(options: dict[str, Any], names: tuple[str, ...], why: str) -> None:
    given = next((name for name in names if options.get(name)), None)
    if given is not None:
        raise InputError(f"`--{given.replace('_', '-')}` {why}")


def open_server(uri: str, database: str | None) -> Neo4jStore:
    """Open a Neo4j server.

    Raises
    ------
    InputError
        The address is none of a server.
    UnavailableError
        It cannot be reached.
    """
    from kizuna.graph.stores import Neo4jStore

    return Neo4jStore(uri, database=database)


@contextmanager
def show_progress(lang: str) -> Iterator[Callable[[int, int, str], None] | None]:
    """Yield what takes ``(done, total, what)`` and draws it on the terminal; None where there is none."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("", total=None)

        def show(done: int, total: int, what: str) -> None:
            bars.update(task, completed=done, total=total, description=what)

        yield show
