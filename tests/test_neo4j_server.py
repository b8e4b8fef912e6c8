"""The Neo4j that other tests run against: that it is a real one, and that it is got and lent with care."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from neo4j import GraphDatabase
from neo4j.exceptions import AuthError, ServiceUnavailable

from tests.neo4j_server import Neo4jServer, OwnServer, ServerUnavailable, fetch_jars, find_lack

LENT = {"KIZUNA_NEO4J_URI": "bolt://127.0.0.1:7687", "KIZUNA_NEO4J_PASSWORD": "secret"}


def _list_names(server: Neo4jServer) -> list[str]:
    with server.connect() as driver:
        found = driver.execute_query("MATCH (n:City) RETURN n.name AS name ORDER BY name")
    return [row["name"] for row in found.records]


@pytest.fixture
def maven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the place of a program that is called instead of Maven."""
    if os.name == "nt":
        pytest.skip("the stand-in for Maven is a shell script")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    return tmp_path / "mvn"


def _write_script(file: Path, body: str) -> None:
    """Write a shell script in which $folder is where Maven is to put the jars."""
    lines = ["#!/bin/sh", "for word; do case $word in -DoutputDirectory=*) folder=${word#*=};; esac; done"]
    file.write_text("\n".join([*lines, body, ""]), encoding="utf-8")
    file.chmod(0o755)


@pytest.mark.neo4j
def test_a_real_neo4j_answers(own_neo4j: OwnServer) -> None:
    """What the tests start is Neo4j's own community server, of the long-term release."""
    with own_neo4j.connect() as driver:
        found = driver.execute_query("CALL dbms.components() YIELD name, versions, edition")
    [row] = found.records
    assert (row["name"], row["edition"]) == ("Neo4j Kernel", "community")
    assert row["versions"][0].startswith("5.26.")


@pytest.mark.neo4j
def test_a_wrong_password_is_refused(neo4j_server: Neo4jServer) -> None:
    """The server asks who is there."""
    with (
        GraphDatabase.driver(neo4j_server.uri, auth=(neo4j_server.user, "wrong-password")) as driver,
        pytest.raises(AuthError),
    ):
        driver.verify_connectivity()


@pytest.mark.neo4j
def test_what_was_committed_survives_a_kill(own_neo4j: OwnServer) -> None:
    """After kill -9 and a start, what was committed is there and what was not is not, at the same address."""
    with own_neo4j.connect() as driver, driver.session() as session:
        session.run("CREATE (:City {name: '台北'})").consume()
        session.begin_transaction().run("CREATE (:City {name: '東京'})").consume()
        own_neo4j.kill()
        with pytest.raises(ServiceUnavailable):
            driver.verify_connectivity()
    own_neo4j.restart()
    assert _list_names(own_neo4j) == ["台北"]


@pytest.mark.neo4j
def test_an_emptied_server_is_as_new(empty_neo4j: Neo4jServer) -> None:
    """Nodes, relationships, constraints and indexes go, whatever they are called."""
    with empty_neo4j.connect() as driver:
        for statement in (
            "CREATE CONSTRAINT `a ``b`` c` FOR (n:City) REQUIRE n.name IS UNIQUE",
            "CREATE INDEX city_year FOR (n:City) ON (n.year)",
            "CREATE FULLTEXT INDEX city_text FOR (n:City) ON EACH [n.name]",
            "CREATE (:City {name: '台北'})-[:TWINNED]->(:City {name: '横浜'})",
        ):
            driver.execute_query(statement)
        empty_neo4j.empty()
        assert driver.execute_query("MATCH (n) RETURN n").records == []
        assert driver.execute_query("SHOW CONSTRAINTS").records == []
        indexes = driver.execute_query("SHOW INDEXES YIELD type").records
    assert [row["type"] for row in indexes] == ["LOOKUP", "LOOKUP"]


def test_a_lent_server_is_emptied_by_consent_only() -> None:
    """A server of somebody's is taken only if they say that its database may be emptied."""
    assert "KIZUNA_NEO4J_EMPTY=1" in (find_lack(LENT) or "")
    assert "KIZUNA_NEO4J_EMPTY=1" in (find_lack({**LENT, "KIZUNA_NEO4J_EMPTY": "0"}) or "")
    assert find_lack({**LENT, "KIZUNA_NEO4J_EMPTY": "1"}) is None


def test_a_java_that_is_too_old_is_named(tmp_path: Path) -> None:
    """With Java 11 the reason says which Java was found and which is needed."""
    if os.name == "nt":
        pytest.skip("the stand-in for Java is a shell script")
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    _write_script(java, "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2")
    lack = find_lack({"JAVA_HOME": str(tmp_path)}) or ""
    assert "needs Java 17 or newer" in lack
    assert lack.endswith(f"{java} is 11")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            'mkdir -p "$folder" && touch "$folder/half.jar" && echo no route to host && exit 1',
            "no route to host",
        ),
        ('mkdir -p "$folder" && touch "$folder/half.jar" && exec sleep 60', "within 1 s"),
    ],
    ids=["failed", "hung"],
)
def test_a_fetch_that_fails_leaves_nothing(maven: Path, tmp_path: Path, body: str, said: str) -> None:
    """If Maven fails or hangs, the reason is given and no jar is kept for the next time."""
    _write_script(maven, body)
    cache = tmp_path / "cache"
    with pytest.raises(ServerUnavailable, match=said):
        fetch_jars({"XDG_CACHE_HOME": str(cache)}, timeout=1)
    assert [file for file in cache.rglob("*") if file.is_file()] == []


def test_a_fetch_is_done_once(maven: Path, tmp_path: Path) -> None:
    """The second time the jars come from the cache, and Maven is not called."""
    environ = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    _write_script(maven, 'mkdir -p "$folder" && touch "$folder/whole.jar"')
    folder = fetch_jars(environ)
    _write_script(maven, "exit 1")
    assert fetch_jars(environ) == folder
    assert [file.name for file in folder.iterdir()] == ["whole.jar"]


def test_a_fetch_that_another_process_won_is_dropped(maven: Path, tmp_path: Path) -> None:
    """Of two processes that fetch at once, the later one takes what the first has put there."""
    cache = tmp_path / "cache"
    _write_script(maven, 'mkdir -p "$folder" && touch "$folder/whole.jar"')
    first = fetch_jars({"XDG_CACHE_HOME": str(tmp_path / "probe")}).name
    winner = cache / "kizuna-tests" / first
    winner_made = f'mkdir -p "{winner}" && touch "{winner}/first.jar"'
    _write_script(maven, f'{winner_made} && mkdir -p "$folder" && touch "$folder/second.jar"')
    folder = fetch_jars({"XDG_CACHE_HOME": str(cache)})
    assert folder == winner
    assert [file.name for file in folder.iterdir()] == ["first.jar"]
    assert list(winner.parent.iterdir()) == [winner]
