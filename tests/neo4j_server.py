"""A real Neo4j for the tests: the community server from Maven Central, or one that a person lends.

Without further settings the server of ``tests/neo4j/pom.xml`` is fetched once into a cache folder and started
in a temporary one; that takes Java 17 or newer and Maven, no Docker. A server that is running already is taken
by ``KIZUNA_NEO4J_URI``, with ``KIZUNA_NEO4J_PASSWORD`` and, where they are not ``neo4j``,
``KIZUNA_NEO4J_USER`` and ``KIZUNA_NEO4J_DATABASE``. The tests EMPTY that database, so ``KIZUNA_NEO4J_EMPTY=1``
has to say that they may.

``python -m tests.neo4j_server`` fetches the server, tries it and says how long that took.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from neo4j import Driver, GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

__all__ = ["Neo4jServer", "OwnServer", "ServerUnavailable", "fetch_jars", "find_lack", "open_server"]

_POM = Path(__file__).resolve().parent / "neo4j" / "pom.xml"
_OLDEST_JAVA = 17
_START_SECONDS = 120
# With the start, less than a test may take (`timeout` in pyproject.toml).
_FETCH_SECONDS = 150
# Below the ports that systems hand out (from 32768 or 49152): a client that keeps asking for one of those can
# be given it as its own port, is then connected to itself, and keeps it from the server.
_PORTS = range(20_000, 32_000)

_CONFIGURATION = """\
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
server.memory.pagecache.size=256m
# Else half a gigabyte is laid out on disk for two empty databases.
db.tx_log.preallocate=false
db.tx_log.rotation.size=16m
# Else three wrong passwords, of whichever tests, shut out the right one for five seconds.
dbms.security.auth_lock_time=0s
# Else it waits for ten seconds, at the end, for connections that nobody opens.
internal.dbms.bolt.netty_server_shutdown_quiet_period=0
"""

# The server's own launcher would read these from its configuration; it is not among the jars.
_JAVA_OPTIONS = (
    "-Xmx1g",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",  # it lives for minutes, and compiles for seconds
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
)


class ServerUnavailable(Exception):
    """No Neo4j can be had on this machine; the message says why and what to do."""


class Neo4jServer:
    """A server that is running, and how to log in."""

    def __init__(self, uri: str, *, user: str, password: str, database: str = "neo4j") -> None:
        self.uri = uri
        self.user = user
        self.password = password
        self.database = database

    @property
    def auth(self) -> tuple[str, str]:
        """User and password, as the driver takes them."""
        return self.user, self.password

    def connect(self) -> Driver:
        """Return a new driver, to be closed by the caller."""
        return GraphDatabase.driver(self.uri, auth=self.auth, connection_timeout=10)

    def check(self) -> None:
        """Ask the database for something; the driver's error if it does not answer."""
        with self.connect() as driver, driver.session(database=self.database) as session:
            session.run("RETURN 1").consume()

    def empty(self) -> None:
        """Remove all nodes, relationships, constraints and indexes but the two every database starts with."""
        with self.connect() as driver, driver.session(database=self.database) as session:
            session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()
            # In this order: the index behind a constraint goes with it.
            for kind, show in (("CONSTRAINT", "CONSTRAINTS"), ("INDEX", "INDEXES")):
                found = session.run(f"SHOW {show} YIELD name, type WHERE type <> 'LOOKUP'")
                names = [row["name"] for row in found]
                for name in names:
                    session.run(f"DROP {kind} `{name.replace('`', '``')}`").consume()


class OwnServer(Neo4jServer):
    """A server in a temporary folder, which a test may stop, kill and start again.

    Use it in a ``with`` statement. The data stay until its end, over any number of restarts; then the folder
    is removed.

    Parameters
    ----------
    jars
        The folder that `fetch_jars` returned.
    java
        The program.
    """

    def __init__(self, jars: Path, *, java: str) -> None:
        self._port = _find_free_port()
        super().__init__(f"bolt://127.0.0.1:{self._port}", user="neo4j", password=secrets.token_urlsafe(16))
        self._jars = jars
        self._java = java
        self._process: subprocess.Popen[bytes] | None = None
        self._has_password = False
        self.home = Path(tempfile.mkdtemp(prefix="kizuna-neo4j-"))

    def __enter__(self) -> Self:
        try:
            (self.home / "conf").mkdir()
            configuration = self.home / "conf" / "neo4j.conf"
            configuration.write_text(_CONFIGURATION.format(port=self._port), encoding="utf-8")
            self.restart()
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._remove()

    @property
    def log(self) -> Path:
        """The file with all that the server printed."""
        return self.home / "console.log"

    @property
    def pid(self) -> int | None:
        """The process; None if it is not running."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def stop(self) -> None:
        """Stop the server as its operator would; kill it if it has not ended after 30 seconds."""
        if self._process is not None:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=30)
        self.kill()

    def kill(self) -> None:
        """End the server at once, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def restart(self) -> None:
        """Start the server on its port and data, stopping it first if it is running.

        Raises
        ------
        ServerUnavailable
            It ended, or did not answer in time; with the end of its log.
        """
        self.stop()
        command = [self._java, *_JAVA_OPTIONS, "-cp", str(self._jars / "*")]
        command += ["org.neo4j.server.CommunityEntryPoint", "--console-mode"]
        command += [f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}"]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*_die_with_parent(), *command],
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for the tests; they stop the server in their own time
            )
        self._wait()

    def _wait(self) -> None:
        """Return when the server answers to its password."""
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until:
            if self.pid is None:
                assert self._process is not None, "only after a start"
                raise ServerUnavailable(f"Neo4j ended with code {self._process.returncode}:\n{self._tail()}")
            try:
                self._log_in()
            except (DriverError, Neo4jError):
                time.sleep(0.2)
            else:
                return
        self.kill()
        raise ServerUnavailable(f"Neo4j did not answer within {_START_SECONDS} s:\n{self._tail()}")

    def _log_in(self) -> None:
        """Change the first password, if that is still to be done, and ask the database for something."""
        if not self._has_password:
            first = GraphDatabase.driver(self.uri, auth=("neo4j", "neo4j"), connection_timeout=10)
            with first as driver, driver.session(database="system") as session:
                change = "ALTER CURRENT USER SET PASSWORD FROM $first TO $password"
                session.run(change, first="neo4j", password=self.password).consume()
            self._has_password = True
        self.check()

    def _tail(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-40:])

    def _remove(self) -> None:
        self.kill()  # its data go with it, so there is nothing to close
        shutil.rmtree(self.home, ignore_errors=True)


def find_lack(environ: Mapping[str, str]) -> str | None:
    """Return why no server can be had with these settings, or None; starts and fetches nothing."""
    if environ.get("KIZUNA_NEO4J_URI"):
        if environ.get("KIZUNA_NEO4J_EMPTY") != "1":
            return (
                "the tests empty the database of KIZUNA_NEO4J_URI, all of it; set KIZUNA_NEO4J_EMPTY=1 if they "
                "may, or unset KIZUNA_NEO4J_URI and they start a server of their own"
            )
        if "KIZUNA_NEO4J_PASSWORD" not in environ:
            return "KIZUNA_NEO4J_URI is set and KIZUNA_NEO4J_PASSWORD is not (it may be blank)"
        return None
    if (lack := _lack_java(_find_java(environ))) is not None:
        return lack
    if not _cache_folder(environ).is_dir() and shutil.which("mvn") is None:
        return "Maven, which fetches Neo4j, is not installed (Debian: apt install maven)"
    return None


def fetch_jars(environ: Mapping[str, str], *, timeout: float | None = _FETCH_SECONDS) -> Path:
    """Return the folder with the server's jars, from the cache or, once, from Maven.

    Parameters
    ----------
    environ
        The environment, for the cache folder.
    timeout
        Seconds for Maven; None waits as long as it takes.

    Raises
    ------
    ServerUnavailable
        Maven failed or took too long; with what it said.
    """
    folder = _cache_folder(environ)
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".fetching-", dir=folder.parent) as scratch:
        whole = Path(scratch) / "jars"
        _run_maven(whole, timeout=timeout)
        # Whole or not at all; if another process was first, its folder is as good.
        try:
            whole.rename(folder)
        except OSError:
            if not folder.is_dir():
                raise
    return folder


@contextmanager
def open_server(environ: Mapping[str, str]) -> Iterator[Neo4jServer]:
    """Yield a server for these settings: the one that they name, or one of our own.

    Raises
    ------
    ServerUnavailable
        There is none.
    """
    if (lack := find_lack(environ)) is not None:
        raise ServerUnavailable(lack)
    if not (uri := environ.get("KIZUNA_NEO4J_URI")):
        java = _find_java(environ)
        assert java is not None, "find_lack asked for it"
        with OwnServer(fetch_jars(environ), java=java) as own:
            yield own
        return
    lent = Neo4jServer(
        uri,
        user=environ.get("KIZUNA_NEO4J_USER", "neo4j"),
        password=environ["KIZUNA_NEO4J_PASSWORD"],
        database=environ.get("KIZUNA_NEO4J_DATABASE", "neo4j"),
    )
    try:
        lent.check()
    except (DriverError, Neo4jError) as error:
        raise ServerUnavailable(f"KIZUNA_NEO4J_URI={uri}: {error}") from error
    yield lent


def _run_maven(folder: Path, *, timeout: float | None) -> None:
    """Copy the jars of the pom into `folder`."""
    maven = shutil.which("mvn")
    assert maven is not None, "find_lack asked for it"
    command = [maven, "--batch-mode", "--quiet", "--strict-checksums", "--no-transfer-progress"]
    command += ["--file", str(_POM), "dependency:copy-dependencies"]
    command += ["-DincludeScope=runtime", f"-DoutputDirectory={folder}"]
    try:
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=timeout,
        )
    except subprocess.TimeoutExpired as error:
        raise ServerUnavailable(
            f"Maven did not fetch Neo4j within {timeout:g} s; "
            "`python -m tests.neo4j_server` waits as long as it takes"
        ) from error
    if done.returncode != 0:
        raise ServerUnavailable(f"Maven could not fetch Neo4j:\n{done.stdout.strip()[-3000:]}")


def _cache_folder(environ: Mapping[str, str]) -> Path:
    """Return where the jars of this version are, or will be."""
    # The Base Directory Specification has a relative path ignored.
    named = Path(environ.get("XDG_CACHE_HOME", ""))
    version = re.search(r"<neo4j\.version>([\w.]+)<", _POM.read_text(encoding="utf-8"))
    assert version is not None, "the pom names the version"
    return (named if named.is_absolute() else Path.home() / ".cache") / "kizuna-tests" / f"neo4j-{version[1]}"


def _find_java(environ: Mapping[str, str]) -> str | None:
    """Return the program that Maven would take too."""
    if home := environ.get("JAVA_HOME"):
        return shutil.which("java", path=str(Path(home) / "bin"))
    return shutil.which("java")


@cache
def _lack_java(java: str | None) -> str | None:
    """Say what is wrong with a Java, or None."""
    wanted = f"Neo4j needs Java {_OLDEST_JAVA} or newer (Debian: apt install default-jre-headless)"
    if java is None:
        return f"{wanted}; there is none on the path, or in JAVA_HOME where that is set"
    # A Mac without Java has a program of that name, which fails.
    command = [java, "-version"]
    asked = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", errors="replace")
    version = re.search(r'version "(\d+)', asked.stderr)
    if asked.returncode != 0 or version is None:
        return f"{wanted}; {java} does not say which it is"
    return None if int(version[1]) >= _OLDEST_JAVA else f"{wanted}; {java} is {version[1]}"


def _find_free_port() -> int:
    """Return a port that nobody listens on, so far."""
    for _ in range(100):
        port = secrets.choice(_PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise ServerUnavailable(f"no free port among a hundred tried in {_PORTS[0]}-{_PORTS[-1]}")


def _die_with_parent() -> list[str]:
    """Return what makes Linux end a program when the tests are killed and cannot do so."""
    setpriv = shutil.which("setpriv") if sys.platform == "linux" else None
    return [setpriv, "--pdeathsig", "KILL", "--"] if setpriv else []


def main() -> int:
    """Fetch the server, start it once and say how long each took."""
    try:
        if (lack := find_lack(os.environ)) is not None:
            raise ServerUnavailable(lack)
        begin = time.monotonic()
        if not os.environ.get("KIZUNA_NEO4J_URI"):
            jars = fetch_jars(os.environ, timeout=None)
            size = sum(file.stat().st_size for file in jars.iterdir()) / 1e6
            print(f"{jars.name}: {size:.0f} MB of jars there after {time.monotonic() - begin:.1f} s")
        begin = time.monotonic()
        with open_server(os.environ) as server:
            print(f"{server.uri} answered after {time.monotonic() - begin:.1f} s")
    except ServerUnavailable as error:
        print(f"no Neo4j: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
