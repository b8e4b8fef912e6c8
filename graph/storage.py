"""Save a graph as a folder of Parquet files, and load it again."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from .._errors import InputError
from ._saved import SavedTable
from ._whole import write_whole
from .model import MODEL
from .supply import SupplyGraph

__all__ = ["load_graph", "save_graph"]

_META = "graph.json"
_FORMAT = 1


def save_graph(graph: SupplyGraph, folder: str | Path) -> Path:
    """Write `graph` to `folder` as Parquet, whole or not at all.

    The files are written to a folder beside it first, which then takes its name. A folder that holds
    anything but a saved graph is not replaced.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    InputError
        `folder` exists and is no saved graph.
    UnavailableError
        It could not be written.
    """
    target = Path(folder)
    if target.exists() and not (target / _META).is_file():
        raise InputError(f"`folder`: {target} exists and is no saved graph; choose another name")
    with write_whole(target) as draft:
        _write(graph, draft)
    return target


def _write(graph: SupplyGraph, folder: Path) -> None:
    for name, frame in graph.tables.items():
        if len(frame):
            # The index is where a row stood in its file; messages name it.
            table = pa.Table.from_pandas(frame, preserve_index=True)
            pq.write_table(table, folder / f"{name}.parquet", compression="zstd")
    meta = {
        "format": _FORMAT,
        "name": graph.name,
        "version": graph.version,
        "date": graph.date,
        "as_of": graph.as_of,
        "content_hash": graph.content_hash,
        "rows": {name: len(frame) for name, frame in graph.tables.items()},
    }
    (folder / _META).write_text(json.dumps(meta, ensure_ascii=False, indent=1), encoding="utf-8")


def load_graph(folder: str | Path) -> SupplyGraph:
    """Load a graph that :func:`save_graph` wrote.

    The files are read whole, so that nothing that happens to the folder later matters, but a column is
    unpacked only when something asks for it.

    Raises
    ------
    InputError
        The folder holds no saved graph, one of another format, or a file that is not whole.
    """
    source = Path(folder)
    try:
        meta = json.loads((source / _META).read_text(encoding="utf-8"))
        version = meta["format"]
        if version == _FORMAT:
            rows = {name: int(meta["rows"].get(name, 0)) for name in MODEL.tables}
            about = {key: str(meta[key]) for key in ("name", "version", "date", "as_of")}
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(f"`folder`: {source} holds no saved graph (no {_META})") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputError(f"`folder`: {source / _META} is damaged; save the graph again") from None
    if version != _FORMAT:
        raise InputError(f"`folder`: {source} is of format {version}; this version reads {_FORMAT}")
    saved = {
        name: SavedTable(source / f"{name}.parquet", MODEL.tables[name], count)
        for name, count in rows.items()
        if count
    }
    return SupplyGraph.of_saved(saved, **about)
