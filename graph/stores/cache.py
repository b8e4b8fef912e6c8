"""Databases of the embedded store, each built once and kept in the user's cache folder.

A database is built in a folder beside its place and then renamed, so that it is whole or not there, two
processes may build at once, and a killed one leaves nothing that could be taken for a database. What is
found is checked before it is used: the list of its files and their sizes stands in ``store.json``, which is
written last.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..._errors import UnavailableError
from .process import EngineError, EngineProcess

if TYPE_CHECKING:
    from ..supply import SupplyGraph

__all__ = ["Cache", "CachedStore", "build_database"]

FORMAT = 1
"""Raised when the elements of a store change."""

_ABOUT = "store.json"
_DRAFT = ".building-"
_ASIDE = ".unusable-"
_STALE = 24 * 3600  # seconds after which a draft is nobody's
_BATCH = 20_000


@dataclass(frozen=True, slots=True)
class CachedStore:
    """One database in the cache: its folder, what it was built for, its engine, its size, when it was built."""

    path: Path
    key: str
    engine: str
    size: int
    built: str


class Cache:
    """The folder of databases.

    Parameters
    ----------
    root
        The folder; default: ``KIZUNA_CACHE``, else the user's cache folder of the system.
    """

    def __init__(self, root: str | os.PathLike[str] | None = None) -> None:
        chosen = root or os.environ.get("KIZUNA_CACHE")
        if not chosen:
            from platformdirs import user_cache_path

            chosen = user_cache_path("kizuna", appauthor=False)
        self.root = Path(chosen) / "stores"

    def provide(self, key: str, build: Callable[[Path], None], *, engine: str) -> Path:
        """Return the folder of the database called `key`; `build` makes it if it is not there or unusable.

        Raises
        ------
        UnavailableError
            It could not be built: no right to write there, or no space.
        """
        place = self.root / hashlib.sha256(f"{FORMAT} {key}".encode()).hexdigest()[:32]
        if _is_whole(place):
            return place / "db"
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            self._sweep()
            self._build(place, build, {"format": FORMAT, "key": key, "engine": engine})
        except OSError as error:
            raise _fail_to_build(self.root, error.strerror or str(error)) from error
        return place / "db"

    def _build(self, place: Path, build: Callable[[Path], None], about: dict[str, Any]) -> None:
        draft = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=self.root))
        try:
            build(draft / "db")
            about["built"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
            about["files"] = _list_files(draft / "db")
            (draft / _ABOUT).write_text(json.dumps(about, ensure_ascii=False, indent=1), encoding="utf-8")
            self._move(draft, place)
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def _move(self, draft: Path, place: Path) -> None:
        for _ in range(2):
            try:
                draft.rename(place)
                return
            except OSError:
                if _is_whole(place):
                    return  # another process was faster
                if not place.exists():
                    raise
                self._set_aside(place)
        raise UnavailableError(f"{place} cannot be replaced; remove it with 'kizuna cache --clear'")

    def _set_aside(self, place: Path) -> None:
        """Rename what stands in a database's place; what was ours is removed, what was not is kept."""
        aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=self.root))
        place.rename(aside / "was")
        if (aside / "was" / _ABOUT).is_file():
            shutil.rmtree(aside, ignore_errors=True)

    def _sweep(self) -> None:
        """Remove the drafts of builds that were killed."""
        for draft in self.root.glob(f"{_DRAFT}*"):
            with suppress(OSError):
                if time.time() - draft.stat().st_mtime > _STALE:
                    shutil.rmtree(draft, ignore_errors=True)

    def __iter__(self) -> Iterator[CachedStore]:
        """Yield the databases, the newest first."""
        found = []
        for place in self.root.glob("*") if self.root.is_dir() else ():
            about = _read_about(place)
            if about is not None:
                size = sum(about["files"].values())
                found.append(CachedStore(place, about["key"], about["engine"], size, about["built"]))
        yield from sorted(found, key=lambda store: store.built, reverse=True)

    def clear(self) -> int:
        """Remove every database and every draft; returns how many bytes that gave back.

        What Kizuna did not write is left alone.
        """
        freed = 0
        for place in list(self.root.glob("*")) if self.root.is_dir() else []:
            if place.name.startswith(_DRAFT) or (place / _ABOUT).is_file():
                freed += sum(_list_files(place).values())
                shutil.rmtree(place, ignore_errors=True)
        return freed


def _read_about(place: Path) -> dict[str, Any] | None:
    try:
        about = json.loads((place / _ABOUT).read_text(encoding="utf-8"))
        if about["format"] != FORMAT or not all(isinstance(s, int) for s in about["files"].values()):
            return None
        return {
            **about,
            "key": str(about["key"]),
            "engine": str(about["engine"]),
            "built": str(about["built"]),
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _is_whole(place: Path) -> bool:
    about = _read_about(place)
    return about is not None and _list_files(place / "db") == about["files"]


def _list_files(folder: Path) -> dict[str, int]:
    return {
        file.relative_to(folder).as_posix(): file.stat().st_size
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def build_database(process: EngineProcess, graph: SupplyGraph, folder: Path) -> None:
    """Write `graph` into a new embedded database, nodes first, in batches."""
    from .checks import check_graph
    from .records import list_edges, list_labels, list_nodes, list_types

    def send(*request: Any) -> None:
        for _ in process.ask(*request):
            pass

    check_graph(graph)
    try:
        send("build", str(folder), list_labels(), list_types())
        for nodes in list_nodes(graph):
            for rows in _batches(nodes.rows):
                send("add_nodes", nodes.label, rows)
        for edges in list_edges(graph):
            for part in _batches(edges.rows):
                send("add_edges", edges.type, edges.source, edges.target, part)
        send("finish")
    except EngineError as error:
        raise _fail_to_build(folder.parent.parent, str(error)) from None


def _fail_to_build(root: Path, reason: str) -> UnavailableError:
    reason = "no space left on the disk" if "No space left" in reason else reason
    return UnavailableError(
        f"cannot build the database in {root}: {reason}; free some space, or choose another folder with KIZUNA_CACHE"
    )


def _batches(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), _BATCH):
        yield rows[start : start + _BATCH]
