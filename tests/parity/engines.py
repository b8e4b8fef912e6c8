"""The four engines, each holding the same graph behind the same protocol."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kizuna.graph import SupplyGraph
from kizuna.graph.stores import Cache, EmbeddedStore, Neo4jStore, Store
from tests.neo4j_server import Neo4jServer

__all__ = ["ENGINES", "Engine", "open_bolt", "open_embedded", "open_neo4j"]

ENGINES = ("native", "jvm", "bolt", "neo4j")
"""The embedded store on its native build; the same on its own JVM; the embedded engine behind its Bolt
server, by the driver of Neo4j; and Neo4j itself."""


@dataclass(frozen=True, slots=True)
class Engine:
    """A store for the cases that read, and one for those that write, which need not be the same."""

    name: str
    store: Store
    writer: Store


@contextmanager
def open_embedded(name: str, module: str, graph: SupplyGraph, cache: Path) -> Iterator[Engine]:
    """Yield the embedded store on one of its engines, built from `graph`."""

    def open_store() -> EmbeddedStore:
        return EmbeddedStore("parity", lambda: graph, cache=Cache(cache), engine=module)

    with open_store() as store, open_store() as writer:
        yield Engine(name, store, writer)


@contextmanager
def open_bolt(graph: SupplyGraph, folder: Path) -> Iterator[Engine]:
    """Yield the embedded engine as a server of Bolt, in a process of its own, on a copy of a database."""
    cache = Cache(folder / "cache")
    with EmbeddedStore("parity", lambda: graph, cache=cache, engine="arcadedb"):
        (built,) = cache
    shutil.copytree(built.path / "db", folder / "server" / "databases" / "kizuna")
    password = secrets.token_urlsafe(16)
    with _serve(folder / "server", password) as port:
        store = Neo4jStore(f"bolt://127.0.0.1:{port}", user="root", password=password, database="kizuna")
        with store:
            yield Engine("bolt", store, store)


@contextmanager
def open_neo4j(graph: SupplyGraph, server: Neo4jServer) -> Iterator[Engine]:
    """Yield Neo4j, emptied and filled with `graph`."""
    server.empty()
    store = Neo4jStore(server.uri, user=server.user, password=server.password, database=server.database)
    with store:
        store.load(graph)
        yield Engine("neo4j", store, store)


@contextmanager
def _serve(folder: Path, password: str) -> Iterator[int]:
    """Run ``tests/parity/bolt_server.py`` on `folder`; yields its port."""
    environment = {**os.environ, "BOLT_PASSWORD": password}
    program = Path(__file__).with_name("bolt_server.py")
    log = folder / "server.log"
    port = _find_free_port()
    with log.open("wb") as out:
        child = subprocess.Popen(
            [sys.executable, str(program), str(folder), str(port)],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,  # its end is the child's end
            stdout=subprocess.PIPE,
            stderr=out,
        )
        assert child.stdin is not None and child.stdout is not None, "they are pipes"
        with child.stdin, child.stdout:
            try:
                ready = child.stdout.readline()
                assert ready.strip() == b"ready", log.read_text(encoding="utf-8", errors="replace")[-3000:]
                yield port
            finally:
                child.kill()  # its database is a copy
                child.wait()


def _find_free_port() -> int:
    """Return a port that nobody listens on, so far."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
