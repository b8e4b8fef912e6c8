"""Saving and loading: what comes back is what was saved, or one clear error."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kizuna import _errors
from kizuna.graph import MODEL, SupplyGraph, load_graph, save_graph
from kizuna.graph.schema import Kind, Property

_CELLS: dict[Kind, st.SearchStrategy[str]] = {
    Kind.INTEGER: st.integers(-(2**62), 2**62).map(str),
    Kind.FRACTION: st.floats(0, 1).map(repr),
    Kind.NUMBER: st.floats(allow_nan=False, allow_infinity=False).map(repr),
    Kind.BOOLEAN: st.sampled_from(["yes", "no"]),
}


def _cell(prop: Property) -> st.SearchStrategy[str]:
    return st.just("") | _CELLS.get(prop.kind, st.text(st.characters(codec="utf-8"), max_size=8))


@st.composite
def _graphs(draw: st.DrawFn) -> SupplyGraph:
    """Draw a graph of any content: two tables filled, rows at any places of their files."""
    tables = {}
    for name in draw(st.lists(st.sampled_from(list(MODEL.tables)), max_size=2, unique=True)):
        places = draw(st.lists(st.integers(0, 99), max_size=3, unique=True))
        properties = MODEL.tables[name].properties
        rows = [{p.name: draw(_cell(p)) for p in properties} for _ in places]
        tables[name] = pd.DataFrame(rows, index=places, columns=MODEL.tables[name].columns)
    title = draw(st.text(st.characters(codec="utf-8"), max_size=5))
    return SupplyGraph(
        tables, name=title, version="1", date="2026-11-22", as_of=draw(st.sampled_from(["", "2019"]))
    )


@settings(max_examples=30)
@given(graph=_graphs())
def test_a_graph_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, graph: SupplyGraph) -> None:
    """Content, types, places in the file, name, version and both dates survive a round trip."""
    loaded = load_graph(save_graph(graph, tmp_path_factory.mktemp("save") / "graph"))
    assert loaded.content_hash == graph.content_hash
    for name, frame in graph.tables.items():
        if len(frame):
            pd.testing.assert_frame_equal(loaded.table(name), frame)
    about = ("name", "version", "date", "as_of")
    assert [getattr(loaded, key) for key in about] == [getattr(graph, key) for key in about]


def _make_graph(*vendors: str) -> SupplyGraph:
    return SupplyGraph({"vendors": pd.DataFrame({"id": vendors or ["tsmc"]})}, name="toy")


def _entries(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_saving_leaves_nothing_else_behind(tmp_path: Path) -> None:
    """Folders above are made; beside the saved graph nothing is left."""
    folder = save_graph(_make_graph(), tmp_path / "new" / "deep" / "graph")
    assert _entries(tmp_path / "new" / "deep") == ["graph"]
    assert _entries(folder) == ["graph.json", "vendors.parquet"]


def test_saving_replaces_an_older_save(tmp_path: Path) -> None:
    """A second save replaces the first wholly: no table of the older one remains."""
    older = SupplyGraph({"countries": pd.DataFrame({"id": ["TW"]})})
    save_graph(older, tmp_path / "graph")
    save_graph(_make_graph("a", "b"), tmp_path / "graph")
    loaded = load_graph(tmp_path / "graph")
    assert loaded.content_hash == _make_graph("a", "b").content_hash
    assert _entries(tmp_path) == ["graph"]


@pytest.mark.skipif(os.name != "posix", reason="permission bits are POSIX's")
def test_a_saved_graph_can_be_read_by_others(tmp_path: Path) -> None:
    """The folder has the permissions of any new folder, not those of a private temporary one."""
    (tmp_path / "any").mkdir()
    folder = save_graph(_make_graph(), tmp_path / "graph")
    assert folder.stat().st_mode == (tmp_path / "any").stat().st_mode


def test_a_foreign_folder_is_not_replaced(tmp_path: Path) -> None:
    """A folder or file that is no saved graph is left alone, and the message names it."""
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work", encoding="utf-8")
    (tmp_path / "letter").write_text("dear reader", encoding="utf-8")
    for name in ("thesis", "letter"):
        with pytest.raises(
            _errors.InputError, match=rf"{name} exists and is no saved graph; choose another name"
        ):
            save_graph(_make_graph(), tmp_path / name)
    assert (tmp_path / "thesis" / "chapter.txt").read_text(encoding="utf-8") == "years of work"
    assert _entries(tmp_path) == ["letter", "thesis"]


def _fail_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq, "write_table", fail)


def _fail_to_rename(monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def fail(self: Path, target: Path) -> Path:
        if self.name == "draft":
            raise OSError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)


@pytest.mark.parametrize(
    ("fail", "reason"),
    [(_fail_to_write, "No space left on device"), (_fail_to_rename, "Permission denied")],
    ids=["while writing", "while renaming"],
)
@pytest.mark.parametrize("existed", [False, True])
def test_a_failed_save_changes_nothing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fail: Callable[[pytest.MonkeyPatch], None],
    reason: str,
    existed: bool,
) -> None:
    """When writing fails there is what there was before, no half-written folder, and one clear error."""
    if existed:
        save_graph(_make_graph("old"), tmp_path / "graph")
    fail(monkeypatch)
    with pytest.raises(_errors.UnavailableError, match=rf"cannot write .*graph: {reason}"):
        save_graph(_make_graph("new"), tmp_path / "graph")
    monkeypatch.undo()
    assert _entries(tmp_path) == (["graph"] if existed else [])
    if existed:
        assert load_graph(tmp_path / "graph").table("vendors")["id"].tolist() == ["old"]


def test_loading_what_is_not_there_says_so(tmp_path: Path) -> None:
    """A missing folder, an empty one and a file hold no saved graph."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("", encoding="utf-8")
    for name in ("missing", "empty", "file"):
        with pytest.raises(_errors.InputError, match=rf"{name} holds no saved graph \(no graph.json\)"):
            load_graph(tmp_path / name)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _exchange(file: Path) -> None:
    pd.DataFrame({"id": ["a", "b", "c"]}).to_parquet(file)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (_cut, "vendors.parquet is damaged"),
        (_empty, "vendors.parquet is damaged"),
        (Path.unlink, "vendors.parquet is missing; save the graph again"),
        (_exchange, "vendors.parquet holds 3 rows, not 1; save the graph again"),
    ],
    ids=["cut", "empty", "missing", "another's"],
)
def test_a_table_that_is_not_whole_is_named(
    tmp_path: Path, damage: Callable[[Path], None], message: str
) -> None:
    """A file that is cut, empty, lost or exchanged is an error that names it, never a smaller graph."""
    folder = save_graph(_make_graph(), tmp_path / "graph")
    damage(folder / "vendors.parquet")
    with pytest.raises(_errors.InputError, match=message):
        load_graph(folder)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "null", '{"format": 1}', '{"format": 1, "rows": []}'])
def test_a_damaged_description_is_named(tmp_path: Path, text: str) -> None:
    """A ``graph.json`` that is no description of a graph is an error, not a traceback."""
    folder = save_graph(_make_graph(), tmp_path / "graph")
    (folder / "graph.json").write_text(text, encoding="utf-8")
    with pytest.raises(_errors.InputError, match=r"graph.json is damaged; save the graph again"):
        load_graph(folder)


def test_another_format_is_not_guessed_at(tmp_path: Path) -> None:
    """A graph saved in a later format is refused with both numbers."""
    folder = save_graph(_make_graph(), tmp_path / "graph")
    (folder / "graph.json").write_text(json.dumps({"format": 99}), encoding="utf-8")
    with pytest.raises(_errors.InputError, match="is of format 99; this version reads 1"):
        load_graph(folder)
