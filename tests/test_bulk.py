"""Files for Neo4j's offline importer: the same elements as a push makes, and the importer takes them."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kizuna._errors import InputError
from kizuna.graph import SupplyGraph
from kizuna.graph.stores.bulk import export_bulk
from kizuna.graph.stores.pull import pull_graph
from kizuna.graph.stores.push import push_graph
from kizuna.graph.stores.records import list_edges, list_nodes
from kizuna.loaders import load_seeds
from tests.neo4j_server import OwnServer, fetch_jars
from tests.test_bolt import open_store
from tests.test_push import assert_equal, change_toy, make_toy

_TYPES: dict[str, Callable[[str], object]] = {
    "long": int,
    "double": float,
    "boolean": "true".__eq__,
    "string[]": lambda cell: cell.split(";"),
}

Element = tuple[str, str, str, dict[str, object]]


def _read_elements(folder: Path, kind: str) -> list[Element]:
    """Read files back by their headers: label or type, the two ends, and properties."""
    found = []
    for argument in (folder / "import.args").read_text(encoding="utf-8").splitlines():
        option, _, rest = argument.removeprefix("--").partition("=")
        if option != kind:
            continue
        name, _, files = rest.partition("=")
        header_file, rows_file = files.split(",")
        header = (folder / header_file).read_text(encoding="utf-8").strip().split(",")
        with (folder / rows_file).open(encoding="utf-8", newline="") as file:
            found += [_read_row(name, header, row) for row in csv.reader(file)]
    return found


def _read_row(name: str, header: list[str], row: list[str]) -> Element:
    ends = {"START_ID": "", "END_ID": ""}
    properties: dict[str, object] = {}
    for column, cell in zip(header, row, strict=True):
        title, _, kind = column.partition(":")
        if not title:
            label = kind.partition("(")[2].rstrip(")")
            ends[kind.partition("(")[0]] = f"{label} {cell}"
        elif cell != "":
            properties[title] = _TYPES.get(kind, str)(cell)
    return name, ends["START_ID"], ends["END_ID"], properties


@pytest.mark.parametrize("make", [make_toy, load_seeds], ids=["toy", "seeds"])
def test_the_files_hold_what_a_push_makes(tmp_path: Path, make: Callable[[], SupplyGraph]) -> None:
    """Labels, types, ends and typed properties are those of the nodes and relationships of a store."""
    graph = make()
    folder = export_bulk(graph, tmp_path / "bulk")
    nodes = [(batch.label, "", "", row) for batch in list_nodes(graph) for row in batch.rows]
    assert _by_text(_read_elements(folder, "nodes")) == _by_text(nodes)
    edges = [
        (batch.type, f"{batch.source} {start}", f"{batch.target} {end}", row)
        for batch in list_edges(graph)
        for start, end, row in batch.rows
    ]
    assert _by_text(_read_elements(folder, "relationships")) == _by_text(edges)


def _by_text(elements: list[Element]) -> list[str]:
    return sorted(repr((*element[:3], sorted(element[3].items()))) for element in elements)


def test_a_full_folder_is_not_touched(tmp_path: Path) -> None:
    """Only a new folder, or an empty one, is written to."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="is not an empty folder"):
        export_bulk(make_toy(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    (tmp_path / "empty").mkdir()
    assert (export_bulk(make_toy(), tmp_path / "empty") / "README.md").is_file()


def test_a_wrong_graph_leaves_nothing(tmp_path: Path) -> None:
    """A graph that no store can hold is refused, with row and column, before there is a folder."""
    with pytest.raises(InputError, match="table offers, row 3, column vendor: there is no Vendor 'nobody'"):
        export_bulk(change_toy("offers", 1, vendor="nobody"), tmp_path / "bulk")
    assert list(tmp_path.iterdir()) == []


def test_line_breaks_are_announced_only_where_there_are_any(tmp_path: Path) -> None:
    """The importer is told of cells of several lines, which make it slow, only where it has to be."""
    without = export_bulk(change_toy("vendors", 1, name_ja="星"), tmp_path / "without")
    assert "--multiline-fields" not in (without / "import.args").read_text(encoding="utf-8")
    broken = export_bulk(make_toy(), tmp_path / "with")
    assert "--multiline-fields=true" in (broken / "import.args").read_text(encoding="utf-8").splitlines()


def test_list_cells_are_tidy(tmp_path: Path) -> None:
    """Blanks and empty places in a list cell are no values, here as everywhere."""
    folder = export_bulk(change_toy("components", 0, aliases=" ;cam ; ; カメラ;"), tmp_path / "bulk")
    [camera] = [e for e in _read_elements(folder, "nodes") if e[3]["id"] == "camera"]
    assert camera[3]["aliases"] == ["cam", "カメラ"]


@pytest.mark.slow
@pytest.mark.neo4j
@pytest.mark.skipif(os.name == "nt", reason="the stand-in for neo4j-admin is a shell script")
def test_the_importer_takes_them(own_neo4j: OwnServer, tmp_path: Path) -> None:
    """After an import by the script the server holds the graph; a push finds it so, and makes the indexes."""
    graph = make_toy()
    folder = export_bulk(graph, tmp_path / "bulk")
    own_neo4j.stop()
    java = shutil.which("java")
    admin = tmp_path / "neo4j-admin"
    opens = " ".join(f"--add-opens=java.base/{part}=ALL-UNNAMED" for part in ("java.nio", "sun.nio.ch"))
    admin.write_text(
        f'#!/bin/sh\nexec {java} -Xmx512m {opens} -cp "{fetch_jars(os.environ)}/*" '
        'org.neo4j.cli.AdminTool "$@"\n',
        encoding="utf-8",
    )
    admin.chmod(0o755)
    home = {"NEO4J_HOME": str(own_neo4j.home), "NEO4J_CONF": str(own_neo4j.home / "conf")}
    done = subprocess.run(
        [folder / "import.sh", "neo4j", "--overwrite-destination=true"],
        check=False,
        cwd=tmp_path,
        env={**os.environ, **home, "NEO4J_ADMIN": str(admin)},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    own_neo4j.restart()
    with open_store(own_neo4j) as store:
        assert_equal(pull_graph(store), graph)
        for statement in (folder / "schema.cypher").read_text(encoding="utf-8").splitlines():
            store.query(statement.rstrip(";"), read_only=False)
        before = store.query("SHOW CONSTRAINTS").rows
        report = push_graph(store, graph)
        assert (report.created, report.updated, report.deleted) == (0, 0, 0)
        assert store.query("SHOW CONSTRAINTS").rows == before
