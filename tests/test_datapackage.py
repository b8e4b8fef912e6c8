"""The descriptor of the seeds: it says what the model says, and other tools accept it."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path
from typing import Any

import frictionless
import pytest

from kizuna.graph import MODEL
from kizuna.loaders.datapackage import build_datapackage, main, write_datapackage
from tests.packages import make_package, write_package

VERSION = {"version": "1.2", "created": "2026-11-22T00:00:00Z"}


@pytest.fixture(scope="module")
def seeds() -> Path:
    """Return the folder of the seeds, in a checkout or an installed package."""
    return Path(str(resources.files("kizuna.seeds")))


@pytest.fixture(scope="module")
def descriptor() -> dict[str, Any]:
    """Return the descriptor as the model gives it."""
    return build_datapackage(**VERSION)


def _schema(descriptor: dict[str, Any], table: str) -> dict[str, Any]:
    schema: dict[str, Any] = next(r for r in descriptor["resources"] if r["name"] == table)["schema"]
    return schema


def _field(descriptor: dict[str, Any], table: str, column: str) -> dict[str, Any]:
    field: dict[str, Any] = next(f for f in _schema(descriptor, table)["fields"] if f["name"] == column)
    return field


def test_every_table_is_a_resource(descriptor: dict[str, Any]) -> None:
    """Each table of the model is a CSV file in UTF-8 with the model's columns in their order."""
    found = {
        r["path"]: [f["name"] for f in r["schema"]["fields"]]
        for r in descriptor["resources"]
        if r["encoding"] == "utf-8"
    }
    assert found == {f"{name}.csv": table.columns for name, table in MODEL.tables.items()}


def test_licence_sources_and_version_are_said(descriptor: dict[str, Any]) -> None:
    """Who takes the data elsewhere takes their terms with them."""
    assert [licence["name"] for licence in descriptor["licenses"]] == ["CC-BY-4.0"]
    assert len(descriptor["sources"]) == 2
    assert {key: descriptor[key] for key in VERSION} == VERSION


def test_kinds_become_types_and_constraints(descriptor: dict[str, Any]) -> None:
    """Numbers, truth values and enumerations are told to other tools in their words."""
    status = _field(descriptor, "offers", "status")
    assert status["constraints"] == {"enum": ["volume", "limited", "pilot", "announced", "ended"]}
    share = _field(descriptor, "offers", "share")
    assert (share["type"], share["constraints"]) == ("number", {"minimum": 0, "maximum": 1})
    virtual = _field(descriptor, "components", "virtual")
    assert (virtual["type"], virtual["trueValues"], virtual["falseValues"]) == ("boolean", ["yes"], ["no"])
    assert _field(descriptor, "vendors", "id")["constraints"]["unique"] is True
    assert _field(descriptor, "vendors", "country")["constraints"]["required"] is True


def test_dates_are_text_because_they_may_be_partial(descriptor: dict[str, Any]) -> None:
    """A month or a year is a date here; the pattern takes those and nothing else."""
    date = _field(descriptor, "offers", "since")
    assert date["type"] == "string"
    taken = [
        d
        for d in ("2026", "2026-11", "2026-11-22", "2026-1", "11/22/2026", "2026-11-22T00")
        if re.fullmatch(date["constraints"]["pattern"], d)
    ]
    assert taken == ["2026", "2026-11", "2026-11-22"]


def test_references_become_foreign_keys(descriptor: dict[str, Any]) -> None:
    """A column that names a node is a foreign key; one of the table itself is written as the empty name."""
    assert _schema(descriptor, "vendors")["primaryKey"] == "id"
    assert _schema(descriptor, "domains")["foreignKeys"] == [
        {"fields": "broader", "reference": {"resource": "", "fields": "id"}}
    ]
    # in_house holds a list of components, which a table schema cannot refer to.
    assert [key["fields"] for key in _schema(descriptor, "offers")["foreignKeys"]] == ["vendor", "component"]


def test_the_seeds_descriptor_is_what_the_model_says(seeds: Path) -> None:
    """seeds/datapackage.json is generated; only its version and date are its own."""
    found = json.loads((seeds / "datapackage.json").read_text(encoding="utf-8"))
    assert found == build_datapackage(version=found["version"], created=found["created"])
    assert main(["--check"]) == 0


def test_writing_keeps_version_and_date(tmp_path: Path) -> None:
    """A descriptor that is written anew keeps the version and date of the old one, and drops the rest."""
    (tmp_path / "datapackage.json").write_text(json.dumps({**VERSION, "name": "old"}), encoding="utf-8")
    write_datapackage(tmp_path)
    file = tmp_path / "datapackage.json"
    assert json.loads(file.read_text(encoding="utf-8")) == build_datapackage(**VERSION)
    assert file.read_bytes().endswith(b"}\n")
    assert [f.name for f in tmp_path.iterdir()] == ["datapackage.json"]


def _faults(folder: Path) -> list[list[Any]]:
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    faults: list[list[Any]] = report.flatten(["taskNumber", "rowNumber", "fieldName", "type", "note"])
    return faults


def _write_all(folder: Path) -> Path:
    write_package(folder, {name: [] for name in MODEL.tables} | make_package())
    write_datapackage(folder)
    return folder


def test_a_public_validator_accepts_what_we_accept(tmp_path: Path) -> None:
    """Frictionless finds no fault with a package in which we find none, list, choice and blank included."""
    assert _faults(_write_all(tmp_path)) == []


def test_a_public_validator_refuses_what_we_refuse(tmp_path: Path) -> None:
    """The descriptor carries the rules: an unknown vendor and a word that is none are found by others too."""
    folder = _write_all(tmp_path)
    package = make_package()
    offers = [package["offers"][0] | {"vendor": "nobody"}, package["offers"][1] | {"status": "sold"}]
    write_package(folder, {"offers": offers})
    assert [fault[1:4] for fault in _faults(folder)] == [
        [2, None, "foreign-key"],
        [3, "status", "constraint-error"],
    ]


def test_a_public_validator_accepts_the_seeds(seeds: Path) -> None:
    """The curated data are a valid Frictionless data package."""
    assert _faults(seeds) == []
