"""``kizuna push``, ``pull``, ``query --store`` and ``schema --store`` against a real Neo4j."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kizuna
from kizuna.cli import main
from tests.neo4j_server import Neo4jServer
from tests.packages import write_package
from tests.toy_chain import TOY

pytestmark = pytest.mark.neo4j


@pytest.fixture
def server(empty_neo4j: Neo4jServer, monkeypatch: pytest.MonkeyPatch) -> Neo4jServer:
    """Return an empty server, for which the environment holds user and password."""
    monkeypatch.setenv("KIZUNA_NEO4J_USER", empty_neo4j.user)
    monkeypatch.setenv("KIZUNA_NEO4J_PASSWORD", empty_neo4j.password)
    monkeypatch.setenv("KIZUNA_NEO4J_DATABASE", empty_neo4j.database)
    return empty_neo4j


@pytest.fixture
def toy(tmp_path: Path) -> str:
    """Return the folder of the small data set."""
    return str(write_package(tmp_path / "toy", TOY))


def _say(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    capsys.readouterr()
    assert main([str(argument) for argument in arguments]) == 0, capsys.readouterr().err
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_what_is_pushed_comes_back(
    server: Neo4jServer, toy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A second push changes nothing; tables and Parquet that are pulled are equal to what was pushed."""
    first = _say(capsys, "push", server.uri, "--data", toy)
    assert first.startswith("toy: created ")
    assert first.endswith(", updated 0, deleted 0, unchanged 0\n")
    again = _say(capsys, "push", server.uri, "--data", toy, "--lang", "ja")
    assert again.startswith("toy：作成 0、更新 0、削除 0、変更なし ")
    graph = kizuna.load_folder(toy)
    _say(capsys, "pull", server.uri, "-o", tmp_path / "tables")
    assert kizuna.load_folder(tmp_path / "tables").content_hash == graph.content_hash
    _say(capsys, "pull", server.uri, "--graph", "toy", "-o", tmp_path / "saved", "--format", "parquet")
    assert kizuna.load_graph(tmp_path / "saved").content_hash == graph.content_hash


def test_a_server_gives_the_same_answer(
    server: Neo4jServer, toy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same text, with --store or without, prints the same bytes."""
    _say(capsys, "push", server.uri, "--data", toy)
    text = (
        "MATCH p = (v:Vendor)-[o:OFFERS]->(c) WHERE v.country = $c "
        "RETURN v, o, p, c.id AS id, date('2024-01-31') AS d ORDER BY v.row"
    )
    question = ["query", text, "--param", "c=TW"]
    embedded = [*question, "--data", toy]
    main(embedded)  # prepares the data
    for form in ("table", "csv", "md"):
        here = _say(capsys, *embedded, "--format", form)
        assert _say(capsys, *question, "--store", server.uri, "--format", form) == here


def test_the_schema_of_a_server_tells_what_others_put_there(
    server: Neo4jServer, toy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a graph that is not Kizuna's, labels, types, ends and properties are found by looking."""
    with server.connect() as driver:
        driver.execute_query(
            "CREATE (:City {name: 'Taipei', since: date('1884-01-01')})-[:TWIN {kind: 'air line'}]->"
            "(:City {name: 'Tokyo', wards: 23})"
        )
    answer = json.loads(_say(capsys, "schema", "--store", server.uri, "--format", "json"))
    (city,), (twin,) = answer["labels"], answer["types"]
    assert (city["name"], city["count"]) == ("City", 2)
    assert [(p["name"], p["kind"], p["required"]) for p in city["properties"]] == [
        ("name", "text", True),
        ("since", "date", False),
        ("wards", "integer", False),
    ]
    assert (twin["name"], twin["ends"]) == ("TWIN", [{"from": "City", "to": "City"}])
    assert main(["push", server.uri, "--data", toy]) == 2
    assert "City" in capsys.readouterr().err
    _say(capsys, "push", server.uri, "--data", toy, "--beside-others")
    both = json.loads(_say(capsys, "schema", "--store", server.uri, "--format", "json"))
    counts = {label["name"]: label["count"] for label in both["labels"]}
    assert (counts["City"], counts["Vendor"]) == (2, 6)


def test_writing_to_a_server_tells_what_changed(
    server: Neo4jServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """Reading is the default; with --write the counts of what was done are the answer."""
    create = ["query", "CREATE (:City {name: 'Taipei'})", "--store", server.uri]
    assert main(create) == 2
    assert capsys.readouterr().err.startswith("error: the statement writes, ")
    assert "nodes created: 1" in _say(capsys, *create, "--write")
    assert _say(capsys, "query", "MATCH (c:City) RETURN c", "--store", server.uri, "--format", "csv") == (
        "\ufeffc\r\nTaipei (City)\r\n"
    )
