"""The engines, each started when its first case runs and kept for the rest of the suite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest

import kizuna
from kizuna.graph import SupplyGraph
from tests.parity.engines import Engine, open_bolt, open_embedded, open_neo4j
from tests.parity.toy import make_toy

_GRAPHS: dict[str, Callable[[], SupplyGraph]] = {"toy": cache(make_toy), "seeds": cache(kizuna.load_seeds)}
_MODULES = {"native": "arcadedb", "jvm": "arcadedb_embedded"}


@pytest.fixture
def toy() -> SupplyGraph:
    """Return the graph that all engines hold, unless another is asked for."""
    return _GRAPHS["toy"]()


@pytest.fixture(scope="package")
def open_engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str, str], Engine]]:
    """Yield what opens an engine, given by name, on the toy graph or on the seeds.

    Neo4j holds one graph at a time; the others are opened once on each.
    """
    with ExitStack() as stack, ExitStack() as held, pytest.MonkeyPatch.context() as patch:
        # For a JVM that lives a minute, code that is compiled fast is better than code that runs fast.
        patch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")
        in_neo4j: dict[str, Engine] = {}

        def open_one(name: str, graph: str = "toy") -> Engine:
            if name != "neo4j":
                return open_once(name, graph)
            if graph not in in_neo4j:
                held.close()
                in_neo4j.clear()
                server = request.getfixturevalue("neo4j_server")
                in_neo4j[graph] = held.enter_context(open_neo4j(_GRAPHS[graph](), server))
            return in_neo4j[graph]

        @cache
        def open_once(name: str, graph: str) -> Engine:
            folder = tmp_path_factory.mktemp(f"{name}-{graph}")
            if name == "bolt":
                return stack.enter_context(open_bolt(_GRAPHS[graph](), folder))
            return stack.enter_context(open_embedded(name, _MODULES[name], _GRAPHS[graph](), folder))

        yield open_one
