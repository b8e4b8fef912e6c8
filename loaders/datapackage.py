"""The data package that describes the seeds to other tools, made from the model.

``python -m kizuna.loaders.datapackage`` writes it, ``--check`` only says whether it is up to date.

References
----------
Frictionless Data, Data Package and Table Schema, version 1. https://specs.frictionlessdata.io/
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from importlib import resources
from pathlib import Path
from typing import Any

from .. import seeds
from ..graph import MODEL, Kind, NodeTable, Property, Table
from .cells import PATTERNS

__all__ = ["build_datapackage", "main", "write_datapackage"]

_FILE = "datapackage.json"
_DEFAULTS = {"version": "2026.11.22", "created": "2026-11-22T00:00:00Z"}
_TYPES = {
    Kind.BOOLEAN: "boolean",
    Kind.INTEGER: "integer",
    Kind.FRACTION: "number",
    Kind.NUMBER: "number",
}
_REPORT = "台日產業合作可行方向與可行性分析 (report on Taiwan–Japan industrial cooperation, December 2017)"


def build_datapackage(*, version: str, created: str) -> dict[str, Any]:
    """Return the descriptor of the seeds, as a Frictionless data package.

    Parameters
    ----------
    version
        Version of the data.
    created
        When they were made, as in ISO 8601.

    Examples
    --------
    >>> package = build_datapackage(version="1", created="2026-11-22T00:00:00Z")
    >>> [field["name"] for field in package["resources"][0]["schema"]["fields"][:2]]
    ['id', 'order']
    """
    return {
        "profile": "data-package",
        "name": "kizuna-seeds",
        "title": "Kizuna: the IoT supply chain of Taiwan and Japan",
        "description": (
            "Vendors, components, requirements and company relations of the IoT supply chain of Taiwan and "
            "Japan, every statement with its source, its date and how sure it is. Blank means unknown."
        ),
        "version": version,
        "created": created,
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0 International",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "sources": [{"title": _REPORT}, {"title": "Public pages, cited row by row in source_url"}],
        "keywords": ["supply chain", "Taiwan", "Japan", "IoT", "semiconductors", "industrial automation"],
        "resources": [_describe_table(table) for table in MODEL.tables.values()],
    }


def _describe_table(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_describe_field(table, prop) for prop in table.properties],
        "missingValues": [""],
    }
    if isinstance(table, NodeTable):
        schema["primaryKey"] = "id"
    keys = [_describe_reference(table, prop) for prop in table.properties if _is_reference(prop)]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "title": table.name.replace("_", " ").capitalize(),
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _describe_field(table: Table, prop: Property) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": prop.name,
        "type": _TYPES.get(prop.kind, "string"),
        "description": prop.description,
    }
    if prop.kind is Kind.BOOLEAN:
        field |= {"trueValues": ["yes"], "falseValues": ["no"]}
    if prop.kind is Kind.URL:
        field["format"] = "uri"
    constraints = _describe_constraints(table, prop)
    if constraints:
        field["constraints"] = constraints
    return field


def _describe_constraints(table: Table, prop: Property) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if prop.required:
        constraints["required"] = True
    if isinstance(table, NodeTable) and prop.name == "id":
        constraints["unique"] = True
    if prop.allowed:
        constraints["enum"] = list(prop.allowed)
    # Dates may be partial, which no type of a table schema is; hence text with a pattern.
    if prop.kind in (Kind.ID, Kind.COUNTRY, Kind.DATE):
        constraints["pattern"] = PATTERNS[prop.kind]
    if prop.kind is Kind.FRACTION:
        constraints |= {"minimum": 0, "maximum": 1}
    return constraints


def _is_reference(prop: Property) -> bool:
    return prop.label is not None and prop.kind is not Kind.LIST


def _describe_reference(table: Table, prop: Property) -> dict[str, Any]:
    target = MODEL.nodes[prop.label or ""].name
    # A table that refers to itself is written as the empty name.
    resource = "" if target == table.name else target
    return {"fields": prop.name, "reference": {"resource": resource, "fields": "id"}}


def _render(package: dict[str, Any]) -> str:
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _seeds_folder() -> Path:
    with resources.as_file(resources.files(seeds)) as folder:
        return folder.resolve()


def _read_version(file: Path) -> dict[str, str]:
    """Return version and date of the descriptor there is, which a new one keeps."""
    if not file.exists():
        return dict(_DEFAULTS)
    found = json.loads(file.read_text(encoding="utf-8"))
    return {key: found.get(key, default) for key, default in _DEFAULTS.items()}


def write_datapackage(folder: str | Path) -> Path:
    """Write the descriptor to a folder, whole or not at all; version and date of an older one are kept."""
    file = Path(folder) / _FILE
    text = _render(build_datapackage(**_read_version(file)))
    descriptor, draft = tempfile.mkstemp(prefix=f".{_FILE}-", dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(text.encode("utf-8"))
        Path(draft).chmod(0o644)  # mkstemp's own rights would keep others from reading it
        Path(draft).replace(file)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return file


def main(arguments: list[str] | None = None) -> int:
    """Write the descriptor of the seeds, or with ``--check`` return 1 if it is not up to date."""
    parser = argparse.ArgumentParser(prog="python -m kizuna.loaders.datapackage", description=main.__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    file = _seeds_folder() / _FILE
    if not options.check:
        write_datapackage(file.parent)
        return 0
    current = file.read_text(encoding="utf-8") if file.exists() else ""
    if current == _render(build_datapackage(**_read_version(file))):
        return 0
    print(f"{_FILE} is not what the model says; run python -m kizuna.loaders.datapackage", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
