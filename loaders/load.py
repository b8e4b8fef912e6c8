"""From a folder of tables to the graph: read, validate, build."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from .. import seeds
from .._errors import InputError
from ..graph import MODEL, SupplyGraph, first_day, select_subgraph
from .cells import is_day
from .problems import Problem, ValidationError, lift_warnings, quote, suggest
from .read import RawTable, read_table
from .validate import sort_problems, validate_tables

__all__ = ["load_folder", "load_seeds", "validate_folder"]

_PACKAGE = "datapackage.json"


class _Package(NamedTuple):
    """What the data set says of itself."""

    name: str
    version: str
    date: str


def load_seeds(*, dataset: str | None = None, as_of: str | None = None, strict: bool = False) -> SupplyGraph:
    """Load the curated data set that comes with Kizuna.

    Parameters
    ----------
    dataset
        Only the statements of one data set; ``"report-2017"`` is the report of 2017 alone.
    as_of
        The day that the graph stands on; ``2026``, ``2026-11`` or ``2026-11-22``. Default: the day the data
        set was made.
    strict
        Whether a warning is an error.

    Raises
    ------
    InputError
        There is no such data set, or `as_of` is no date.
    ValidationError
        The data break the model.

    Examples
    --------
    >>> load_seeds(dataset="report-2017").name
    'kizuna-seeds'
    """
    with resources.as_file(resources.files(seeds)) as folder:
        return load_folder(folder, dataset=dataset, as_of=as_of, strict=strict)


def load_folder(
    path: str | Path, *, dataset: str | None = None, as_of: str | None = None, strict: bool = False
) -> SupplyGraph:
    """Load a folder of CSV files of the same shape as the seeds.

    Each file is named after a table of the model (``vendors.csv``, ``offers.csv``, …); those that are not
    there are empty. ``datapackage.json``, if there is one, gives name, version and date (``created``) of the
    data set; without it the folder gives the name, and the latest ``as_of`` the date.

    Parameters
    ----------
    path
        The folder.
    dataset
        Only the statements of one data set.
    as_of
        The day that the graph stands on. Default: the date of the data set.
    strict
        Whether a warning is an error.

    Raises
    ------
    InputError
        There is no such folder, it holds no table of the model, there is no such data set, or `as_of` is no
        date.
    ValidationError
        The data break the model; its `problems` are all there are.
    """
    folder = _check_folder(path)
    tables, problems = _read_and_validate(folder)
    if strict:
        problems = lift_warnings(problems)
    if any(problem.level == "error" for problem in problems):
        raise ValidationError(problems)
    package, _ = _read_package(folder)
    date = package.date or _latest_statement(tables)
    graph = SupplyGraph(tables, name=package.name, version=package.version, date=date)
    if dataset is None and as_of is None:
        return graph
    return select_subgraph(graph, dataset=dataset, as_of=as_of)


def validate_folder(path: str | Path, *, strict: bool = False) -> list[Problem]:
    """Return everything that is wrong with a folder of tables; nothing if all is well.

    Parameters
    ----------
    path
        The folder, as for :func:`load_folder`.
    strict
        Whether a warning is an error.

    Raises
    ------
    InputError
        There is no such folder, or it holds no table of the model.
    """
    _, problems = _read_and_validate(_check_folder(path))
    return lift_warnings(problems) if strict else problems


def _check_folder(path: str | Path) -> Path:
    folder = Path(path)
    if not folder.exists():
        raise InputError(f"`path`: there is no folder {folder}")
    if not folder.is_dir():
        raise InputError(f"`path`: {folder} is a file; give the folder that holds the tables")
    return folder


def _read_and_validate(folder: Path) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    raw = _read_tables(folder)
    tables = {name: table.frame for name, table in raw.items() if table.frame is not None}
    lost = {
        name: None if table.frame is None else table.lost_ids
        for name, table in raw.items()
        if table.frame is None or table.lost_ids
    }
    problems = _check_names(folder)
    problems += [problem for table in raw.values() for problem in table.problems]
    problems += _read_package(folder)[1]
    return tables, sort_problems([*problems, *validate_tables(tables, lost=lost)])


def _read_tables(folder: Path) -> dict[str, RawTable]:
    try:
        there = {entry.name for entry in folder.iterdir()}
    except OSError as error:
        raise InputError(f"`path`: {folder} cannot be read ({error.strerror})") from error
    names = [name for name in MODEL.tables if f"{name}.csv" in there]
    if not names:
        shown = ", ".join(f"{name}.csv" for name in ("components", "vendors", "offers"))
        raise InputError(
            f"`path`: {folder} holds no table; looked for {shown} and the other tables of the model"
        )
    return {name: read_table(folder / f"{name}.csv", MODEL.tables[name]) for name in names}


def _check_names(folder: Path) -> list[Problem]:
    """Return the CSV files that are no table of the model: a misspelt name would pass unseen."""
    expected = [f"{name}.csv" for name in MODEL.tables]
    strays = sorted(f.name for f in folder.iterdir() if f.suffix.lower() == ".csv" and f.name not in expected)
    return [
        Problem(
            name,
            None,
            None,
            "unknown-file",
            f"the file {quote(name)}",
            "a file named after a table of the model",
            suggest(name, expected) or "it is left out",
            "warning",
        )
        for name in strays
    ]


def _read_package(folder: Path) -> tuple[_Package, list[Problem]]:
    """Return what the data set says of itself, and what is wrong with that."""
    package = _Package(folder.resolve().name, "0", "")
    file = folder / _PACKAGE
    if not file.exists():
        return package, []
    try:
        found = json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        return package, [_package_problem(None, f"what is no JSON in UTF-8 ({error})", "a data package")]
    if not isinstance(found, dict):
        return package, [_package_problem(None, "JSON that is no object", "a data package")]
    problems = [
        _package_problem(key, quote(str(found[key])), "a text")
        for key in ("name", "version", "created")
        if not isinstance(found.get(key, ""), str)
    ]
    if problems:
        return package, problems
    created = found.get("created", "")[:10]
    if created and not is_day(created):
        problems = [_package_problem("created", quote(found["created"]), "a date and time as in ISO 8601")]
    return _Package(found.get("name") or package.name, found.get("version") or "0", created), problems


def _package_problem(key: str | None, found: str, allowed: str) -> Problem:
    return Problem(_PACKAGE, None, key, "package", found, allowed)


def _latest_statement(tables: Mapping[str, pd.DataFrame]) -> str:
    """Return the latest date of a statement as a day, blank if no statement has one."""
    dates = [frame["as_of"].max() for frame in tables.values() if "as_of" in frame.columns and len(frame)]
    latest = max(dates, default="")
    return first_day(latest) if latest else ""
