"""The databases in the cache folder: built once, whole or not at all, found again, thrown away."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import kizuna
from kizuna import UnavailableError
from kizuna.graph import SupplyGraph
from kizuna.graph.stores import Cache, EmbeddedStore
from tests.graphs import make_graph
from tests.toy_chain import make_environment

_COUNT = "MATCH (v:Vendor) RETURN count(*) AS n"


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """Return an empty cache."""
    return Cache(tmp_path / "cache")


class _Source:
    """A graph that counts how often it is asked for."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> SupplyGraph:
        self.made += 1
        return make_graph(vendors="a:TW b:JP", offers="a:x b:x")


def _count(cache: Cache, source: _Source, key: str = "toy") -> int:
    with EmbeddedStore(key, source, cache=cache) as store:
        found: int = store.query(_COUNT).rows[0][0]
        return found


def _place(cache: Cache) -> Path:
    (place,) = [path for path in cache.root.iterdir() if not path.name.startswith(".")]
    return place


def test_a_database_is_built_once(cache: Cache) -> None:
    """The second store of a key does not ask for the graph; another key does."""
    source = _Source()
    assert (_count(cache, source), _count(cache, source), source.made) == (2, 2, 1)
    assert (_count(cache, source, "other"), source.made) == (2, 2)


def test_reading_changes_no_file(cache: Cache) -> None:
    """A query leaves every file of the database as it was, or the next check would not know it again."""
    source = _Source()
    _count(cache, source)
    before = {file: (file.stat().st_size, file.stat().st_mtime_ns) for file in cache.root.rglob("*")}
    _count(cache, source)
    assert {file: (file.stat().st_size, file.stat().st_mtime_ns) for file in cache.root.rglob("*")} == before


def _truncate(place: Path) -> None:
    largest = max((place / "db").rglob("*"), key=lambda file: file.stat().st_size)
    with largest.open("r+b") as file:
        file.truncate(largest.stat().st_size // 2)


def _lose_a_file(place: Path) -> None:
    next(file for file in (place / "db").iterdir() if file.is_file()).unlink()


def _lose_the_list(place: Path) -> None:
    (place / "store.json").unlink()


def _spoil_the_list(place: Path) -> None:
    (place / "store.json").write_text('{"format": 1, "files": [', encoding="utf-8")


def _other_format(place: Path) -> None:
    about = json.loads((place / "store.json").read_text(encoding="utf-8"))
    (place / "store.json").write_text(json.dumps({**about, "format": 0}), encoding="utf-8")


def _become_a_file(place: Path) -> None:
    shutil.rmtree(place)
    place.write_text("something else", encoding="utf-8")


def _become_foreign(place: Path) -> None:
    shutil.rmtree(place)
    place.mkdir()
    (place / "thesis.txt").write_text("years of work", encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    "spoil",
    [
        _truncate,
        _lose_a_file,
        _lose_the_list,
        _spoil_the_list,
        _other_format,
        _become_a_file,
        _become_foreign,
    ],
)
def test_what_is_no_whole_database_is_built_again(cache: Cache, spoil: object) -> None:
    """A folder that is truncated, incomplete, of another format or not ours is noticed, and the store works."""
    source = _Source()
    _count(cache, source)
    spoil(_place(cache))  # type: ignore[operator]
    assert (_count(cache, source), source.made) == (2, 2)
    assert (_count(cache, source), source.made) == (2, 2)


def test_foreign_files_are_not_deleted(cache: Cache) -> None:
    """What stood in a database's place and is not ours is put aside, and clearing leaves it alone."""
    source = _Source()
    _count(cache, source)
    _become_foreign(_place(cache))
    _count(cache, source)
    cache.clear()
    assert [file.read_text(encoding="utf-8") for file in cache.root.rglob("thesis.txt")] == ["years of work"]


def test_clearing_gives_back_every_byte(cache: Cache) -> None:
    """After clearing nothing of ours is left, and the next query builds again."""
    source = _Source()
    _count(cache, source)
    size = sum(file.stat().st_size for file in (_place(cache) / "db").rglob("*"))
    assert cache.clear() >= size
    assert list(cache) == []
    assert list(cache.root.iterdir()) == []
    assert (_count(cache, source), source.made) == (2, 2)


def test_the_list_says_what_is_there(cache: Cache) -> None:
    """Each database is listed with the engine that made it, its size and when; what is broken is not."""
    source = _Source()
    _count(cache, source, "one")
    _count(cache, source, "two")
    found = {stored.key.partition("-")[0]: stored for stored in cache}
    assert set(found) == {"one", "two"}
    assert all(stored.engine.startswith("arcadedb ") and stored.size > 1000 for stored in found.values())
    _truncate(found["one"].path)
    assert len(list(cache)) == 2
    _lose_the_list(found["two"].path)
    assert [stored.key.partition("-")[0] for stored in cache] == ["one"]


def test_old_drafts_are_swept(cache: Cache) -> None:
    """A draft that a killed build left a day ago is removed by the next build; a fresh one is somebody's."""
    old, fresh = cache.root / ".building-old", cache.root / ".building-fresh"
    for draft in (old, fresh):
        (draft / "db").mkdir(parents=True)
    long_ago = time.time() - 48 * 3600
    os.utime(old, (long_ago, long_ago))
    _count(cache, _Source())
    assert (old.exists(), fresh.exists()) == (False, True)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """Where the cache folder cannot be made the error names it, and what to do."""
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(UnavailableError, match=r"cannot build the database in .*KIZUNA_CACHE"):
        _count(Cache(blocked / "below"), _Source())


def test_a_graph_that_fails_leaves_nothing(cache: Cache) -> None:
    """An error while the graph is made is passed on, and no draft stays."""

    def fail() -> SupplyGraph:
        raise kizuna.InputError("the data are wrong")

    with pytest.raises(kizuna.InputError, match="the data are wrong"):
        EmbeddedStore("bad", fail, cache=cache)
    assert list(cache.root.iterdir()) == []


def _start(code: str, root: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=make_environment(KIZUNA_CACHE=str(root)),
    )


_ASK = f"import kizuna\nwith kizuna.connect() as store: print(store.query({_COUNT!r}).rows[0][0])"


def test_two_processes_at_once_both_succeed(tmp_path: Path) -> None:
    """Two that find no database both build, one of the two stays, both answer, and no draft is left."""
    expected = f"{len(kizuna.load_seeds().table('vendors'))}\n"
    processes = [_start(_ASK, tmp_path) for _ in range(2)]
    answers = [process.communicate(timeout=120) for process in processes]
    assert [answer[0] for answer in answers] == [expected, expected], answers
    assert len(list((tmp_path / "stores").iterdir())) == 1


def _wait_for_draft(root: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if any(root.glob("stores/.building-*/db/*")):
            return
        time.sleep(0.01)
    pytest.fail("no build began")


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is not known there")
def test_a_killed_build_is_begun_again(tmp_path: Path) -> None:
    """Kill -9 in the middle of a build leaves a draft at most; the next process builds and answers."""
    with _start(_ASK, tmp_path) as process:
        _wait_for_draft(tmp_path)
        process.send_signal(signal.SIGKILL)
    with _start(_ASK, tmp_path) as again:
        answer, errors = again.communicate(timeout=120)
    assert answer == f"{len(kizuna.load_seeds().table('vendors'))}\n", errors


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_an_interrupted_build_leaves_no_draft(tmp_path: Path) -> None:
    """Ctrl-C in the middle of a build ends it and removes what it began."""
    with _start(_ASK, tmp_path) as process:
        _wait_for_draft(tmp_path)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) != 0
    assert list((tmp_path / "stores").iterdir()) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Yield a file system of 3 MB, which only root may make."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if not made or made.returncode != 0:
        pytest.skip("a small file system cannot be mounted here (needs root)")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_is_named_and_left_clean(small_disk: Path) -> None:
    """A database that does not fit is an error in one sentence; what was written of it is removed."""
    with _start(_ASK, small_disk) as process:
        answer, errors = process.communicate(timeout=120)
    assert answer == ""
    last = errors.strip().splitlines()[-1]
    assert last.startswith("kizuna._errors.UnavailableError: cannot build the database in")
    assert "KIZUNA_CACHE" in last
    assert list((small_disk / "stores").iterdir()) == []
