"""The child process in which the embedded engine runs.

A native call of the engine does not see Ctrl-C, and its time-out belongs to the database and not to the
query; a process can be ended. So the engine never runs in the caller's process. The two talk in frames over
the child's standard input and output (:mod:`.frames`); whatever the engine itself prints goes to standard
error, which the parent reads only if the child fails. When the parent is gone, so is the child.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import Any, BinaryIO

from . import _jvm
from .frames import Frame, read_frame, write_frame

__all__ = ["main"]

_CHUNK = 1000


def main(engine: str) -> None:
    """Serve one parent until it hangs up.

    Parameters
    ----------
    engine
        Name of the engine's module: ``arcadedb``, or ``arcadedb_embedded``, which brings its own JVM.
    """
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # the JVM's own chatter must not stand between the frames
    requests: queue.SimpleQueue[Frame] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, requests), daemon=True).start()
    try:
        service = _Service(import_module(engine))
    except ImportError as error:
        write_frame(answers, ("error", "ImportError", str(error)))
        return
    write_frame(answers, ("ready", service.version))
    while True:
        name, *arguments = requests.get()
        try:
            for answer in getattr(service, f"do_{name}")(*arguments):
                write_frame(answers, answer)
            write_frame(answers, ("done",))
        except Exception as error:  # noqa: BLE001  whatever it is, the parent must hear of it
            service.recover()
            write_frame(answers, ("error", type(error).__name__, str(error)))


def _listen(stream: BinaryIO, requests: queue.SimpleQueue[Frame]) -> None:
    """Pass requests on; end the process when the parent hangs up, whatever the engine is doing."""
    while (frame := read_frame(stream)) is not None:
        requests.put(frame)
    os._exit(0)


class _Service:
    """The requests that a parent may send; each yields its answers."""

    def __init__(self, engine: Any) -> None:
        self.engine = engine
        self.version = str(engine.__version__)
        self.db: Any = None
        self.read_only = True
        self.builder: Any = None
        self.reader: Any = None

    def recover(self) -> None:
        """Leave no transaction open after an error."""
        if self.db is not None and not self.read_only and self.db.is_transaction_active():
            self.db.rollback()

    def do_open(self, folder: str, read_only: bool) -> Iterator[Frame]:
        """Open a database that exists."""
        from ._rows import RowReader

        yield from self.do_close()
        if _jvm.is_jvm(self.engine):
            self.db = _jvm.open_database(self.engine, folder, read_only=read_only)
        else:
            self.db = self.engine.open_database(folder, read_only=read_only)
        self.read_only = read_only
        self.reader = RowReader(self.db, self._plain)

    @property
    def _plain(self) -> Callable[[Any], Any] | None:
        return partial(_jvm.make_plain, self.engine) if _jvm.is_jvm(self.engine) else None

    def do_close(self) -> Iterator[Frame]:
        """Close the database, if one is open."""
        if self.db is not None:
            self.db.close()
            self.db = None
        yield from ()

    def do_query(
        self, cypher: str, parameters: dict[str, Any], write: bool, row_limit: int | None
    ) -> Iterator[Frame]:
        """Run a statement; yields ``("rows", [...])`` and at last ``("end", names, truncated)``."""
        if write:
            self.db.begin()
        run = self.db.command if write else self.db.query
        found = run("opencypher", cypher, parameters) if parameters else run("opencypher", cypher)
        left = row_limit
        names: list[str] = []
        truncated = False
        for chunk in _chunks(found, _CHUNK):
            names = names or list(chunk[0])
            if left is not None and len(chunk) > left:
                chunk, truncated = chunk[:left], True
            yield ("rows", self.reader.read(chunk))
            if truncated:
                break
            left = None if left is None else left - len(chunk)
        if truncated:
            found.close()
        if write:
            self.db.commit()
        yield ("end", names, truncated)

    def do_build(self, folder: str, labels: list[str], types: list[str]) -> Iterator[Frame]:
        """Begin a new database."""
        from ._build import Builder

        self.builder = Builder(self.engine, folder, labels, types)
        yield from ()

    def do_add_nodes(self, label: str, rows: list[dict[str, Any]]) -> Iterator[Frame]:
        """Add nodes to the database being built."""
        self.builder.add_nodes(label, rows)
        yield from ()

    def do_add_edges(
        self, edge_type: str, source: str, target: str, rows: list[tuple[str, str, dict[str, Any]]]
    ) -> Iterator[Frame]:
        """Add relationships to the database being built."""
        self.builder.add_edges(edge_type, source, target, rows)
        yield from ()

    def do_finish(self) -> Iterator[Frame]:
        """Index and close the database being built."""
        self.builder.finish()
        self.builder = None
        yield from ()


def _chunks(found: Any, size: int) -> Iterator[list[dict[str, Any]]]:
    chunk: list[dict[str, Any]] = []
    if found is None:
        return
    for row in found.iter_dicts():
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
