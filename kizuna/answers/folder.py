"""A graph as a folder of tables, of the shape that ``--data`` reads."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from kizuna._errors import InputError
from kizuna.graph import SupplyGraph
from kizuna.graph._whole import write_whole
from kizuna.loaders.datapackage import build_datapackage

__all__ = ["check_folder", "write_folder"]


def check_folder(path: str | Path) -> Path:
    """Return the folder that is to be written.

    Raises
    ------
    InputError
        Something stands there; what people keep in a folder is never overwritten.
    """
    target = Path(path)
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise InputError(f"`--output`: {target} exists and is not empty; choose another name")
    return target


def write_folder(graph: SupplyGraph, path: str | Path) -> Path:
    """Write the tables of a graph as CSV files with a data package, whole or not at all.

    :func:`kizuna.load_folder` reads them back with equal content.

    Parameters
    ----------
    graph
        The graph.
    path
        The folder; it must not be there yet, or be empty.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    InputError
        Something stands there.
    UnavailableError
        It cannot be written.
    """
    target = check_folder(path)
    with write_whole(target) as draft:
        _write_tables(graph, draft)
    return target


def _write_tables(graph: SupplyGraph, folder: Path) -> None:
    filled = [name for name, frame in graph.tables.items() if len(frame)] or list(graph.tables)
    for name in filled:
        frame = graph.table(name)
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(frame.columns)
            writer.writerows(zip(*(_write_cells(frame[column]) for column in frame.columns), strict=True))
    package = _describe(graph, filled)
    text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")


def _describe(graph: SupplyGraph, tables: list[str]) -> dict[str, object]:
    """Return the descriptor of these tables; whose they are and under which licence is not known here."""
    full = build_datapackage(version=graph.version or "0", created=f"{graph.date}T00:00:00Z")
    kept = {key: full[key] for key in ("profile", "version", "resources")}
    kept["resources"] = [resource for resource in full["resources"] if resource["name"] in tables]
    created = {"created": full["created"]} if graph.date else {}
    return {"name": graph.name or "unnamed", **created, **kept}


def _write_cells(column: pd.Series) -> Iterator[str]:
    known = column.notna().tolist()
    for value, there in zip(column.tolist(), known, strict=True):
        if not there:
            yield ""
        elif isinstance(value, bool):
            yield "yes" if value else "no"
        else:
            yield str(value)
