"""What all tests share: a known environment, and what a test may need that a machine may lack.

``KIZUNA_REQUIRE`` names, separated by commas, what must be there (``browser``, ``neo4j``): a test that needs it
then fails instead of being skipped. CI sets it. ``KIZUNA_NEO4J_URI`` and its kin, in `tests.neo4j_server`, name a
Neo4j to be used instead of one that the tests start.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from hypothesis import settings

if TYPE_CHECKING:  # it imports the driver, which takes most of a second
    from kizuna.graph import SupplyGraph
    from kizuna.graph.stores import EmbeddedStore, Store
    from tests.neo4j_server import Neo4jServer, OwnServer

ROOT = Path(__file__).resolve().parents[1]
IN_CHECKOUT = (ROOT / "Makefile").is_file()

# Its cases are the README's, which is not installed.
collect_ignore = [] if IN_CHECKOUT else ["test_docs.py"]

# What this machine says of itself, before `known_environment` puts it away.
_MACHINE = dict(os.environ)

# What a shell may have set that changes what a program prints.
_UNSET = ("COLUMNS", "FORCE_COLOR", "LINES", "NO_COLOR", "PYTHONIOENCODING", "PYTHONUTF8", "PYTHONWARNINGS")

settings.register_profile("kizuna", deadline=None)  # two busy cores are no failure
settings.load_profile("kizuna")


def _find_chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def _lack_browser() -> str | None:
    if _find_chromium() is None:
        return "chromium is not installed (Debian: apt install chromium fonts-noto-cjk)"
    if importlib.util.find_spec("playwright") is None:
        return "playwright is not installed (pip install playwright)"
    return None


def _lack_neo4j() -> str | None:
    if importlib.util.find_spec("neo4j") is None:
        return "the driver is not installed (pip install neo4j)"
    from tests.neo4j_server import find_lack

    return find_lack(_MACHINE)


def _lack_jvm() -> str | None:
    if importlib.util.find_spec("arcadedb_embedded") is None:
        return "the engine on a JVM is not installed (pip install 'kizuna[jvm-engine]')"
    return None


# Marker -> why this machine cannot run the test, or None.
_NEEDS: dict[str, Callable[[], str | None]] = {
    "browser": _lack_browser,
    "jvm": _lack_jvm,
    "neo4j": _lack_neo4j,
}


def _required() -> set[str]:
    return {name.strip() for name in os.environ.get("KIZUNA_REQUIRE", "").split(",") if name.strip()}


def _give_up(name: str, reason: str) -> NoReturn:
    """Skip a test that this machine cannot run, or fail it where that was ruled out."""
    if name in _required():
        pytest.fail(f"KIZUNA_REQUIRE={name}, but {reason}", pytrace=False)
    pytest.skip(reason)


def pytest_configure(config: pytest.Config) -> None:
    """Refuse a name in KIZUNA_REQUIRE that asks for nothing."""
    unknown = sorted(_required() - set(_NEEDS))
    if unknown:
        raise pytest.UsageError(
            f"KIZUNA_REQUIRE: no {', '.join(unknown)}; there are {', '.join(sorted(_NEEDS))}"
        )


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test that this machine cannot run, or fail it where that was ruled out."""
    if item.get_closest_marker("checkout") and not IN_CHECKOUT:
        pytest.skip("needs the checkout; these tests run on an installed package")
    for name, lack in _NEEDS.items():
        if item.get_closest_marker(name) is None:
            continue
        reason = lack()
        if reason is not None:
            _give_up(name, reason)


@pytest.fixture(scope="session", autouse=True)
def known_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give every test, and every process it starts, the same environment, with a cache of the tests' own."""
    kept = dict(os.environ)
    for name in list(os.environ):
        if name in _UNSET or (name.startswith("KIZUNA_") and name != "KIZUNA_REQUIRE"):
            del os.environ[name]
    os.environ["PYTHONWARNDEFAULTENCODING"] = "1"
    os.environ["KIZUNA_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    yield
    os.environ.clear()
    os.environ.update(kept)


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder that holds ``tests``: the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def seeds() -> SupplyGraph:
    """Return the graph of the curated data; nobody changes it."""
    import kizuna

    return kizuna.load_seeds()


@pytest.fixture(scope="session")
def seeds_payload(seeds: SupplyGraph) -> dict[str, Any]:
    """Return what the page of the curated data shows, once for all tests: it takes some seconds."""
    from kizuna.viz import build_payload

    return build_payload(seeds)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of Debian's chromium; for tests marked ``browser``."""
    path = _find_chromium()
    assert path is not None, "only for tests marked browser"
    return path


@pytest.fixture(scope="session")
def neo4j_server() -> Iterator[Neo4jServer]:
    """Yield a Neo4j, started when the first test asks for it; for tests marked ``neo4j``."""
    from tests.neo4j_server import ServerUnavailable, open_server

    lack = None
    with ExitStack() as stack:
        try:
            server = stack.enter_context(open_server(_MACHINE))
        except ServerUnavailable as error:
            lack = str(error)
        if lack is not None:
            _give_up("neo4j", lack)
        yield server


@pytest.fixture
def empty_neo4j(neo4j_server: Neo4jServer) -> Neo4jServer:
    """Return the Neo4j with nothing in it."""
    neo4j_server.empty()
    return neo4j_server


@pytest.fixture
def own_neo4j(neo4j_server: Neo4jServer) -> Iterator[OwnServer]:
    """Yield the Neo4j, empty, to a test that stops or kills it; it runs again afterwards."""
    from tests.neo4j_server import OwnServer

    if not isinstance(neo4j_server, OwnServer):
        pytest.skip("the server of KIZUNA_NEO4J_URI is not the tests' to stop")
    neo4j_server.empty()
    yield neo4j_server
    if neo4j_server.pid is None:
        neo4j_server.restart()


@pytest.fixture(scope="module")
def embedded() -> Iterator[EmbeddedStore]:
    """Yield the embedded store; tests load what they ask it about."""
    import kizuna
    from kizuna.graph.stores import EmbeddedStore

    with kizuna.connect() as opened:
        assert isinstance(opened, EmbeddedStore)
        yield opened


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=[pytest.mark.neo4j, pytest.mark.slow])])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """Yield each store in turn: the answers written by hand are those of both."""
    if request.param == "embedded":
        yield request.getfixturevalue("embedded")
        return
    from tests.test_bolt import open_store

    with open_store(request.getfixturevalue("empty_neo4j")) as opened:
        yield opened
