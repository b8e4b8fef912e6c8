"""Small folders of tables for the tests of the loaders: one that is right, and random ones that are."""

from __future__ import annotations

import copy
import csv
import random
from collections.abc import Iterable, Mapping
from pathlib import Path

from kizuna.graph import MODEL, EdgeTable, Kind, NodeTable, Property, Table

Row = dict[str, str]
Package = dict[str, list[Row]]

_URL = "https://example.com/news"
_CITED = {
    "dataset": "toy",
    "source_kind": "cited",
    "source_url": _URL,
    "as_of": "2024-05",
    "confidence": "high",
}
_REPORT = {"dataset": "report-2017", "source_kind": "report", "as_of": "2017-12"}

_TOY: Package = {
    "layers": [
        {"id": "terminal", "order": "1", "name_en": "Terminal", "name_zh": "終端", "name_ja": "端末"},
        {"id": "cloud", "order": "2", "name_en": "Cloud"},
    ],
    "segments": [
        {"id": "sensor", "layer": "terminal", "nature": "hardware", "name_en": "Sensors"},
        {"id": "security", "nature": "software", "name_en": "Security"},
    ],
    "components": [
        {"id": "camera", "segment": "sensor", "nature": "hardware", "stage": "loop", "name_en": "Camera"},
        {"id": "lens", "segment": "sensor", "nature": "hardware", "stage": "input", "name_ja": "レンズ"},
        {"id": "chip", "segment": "sensor", "nature": "hardware", "stage": "input", "name_zh": "晶片"},
        {"id": "any-chip", "segment": "sensor", "nature": "hardware", "stage": "input", "virtual": "yes"}
        | {"name_en": "Any chip"},
    ],
    "countries": [
        {"id": "TW", "name_en": "Taiwan"},
        {"id": "JP", "name_en": "Japan"},
        {"id": "NA", "name_en": "Namibia"},
    ],
    "vendors": [
        {"id": "largan", "country": "TW", "name_en": "Largan", "name_zh": "大立光", **_CITED},
        {"id": "sony", "country": "JP", "name_en": "Sony", "name_ja": "ソニー", **_CITED},
        {"id": "sony-chips", "country": "JP", "name_en": "Sony Chips", **_CITED},
        {"id": "various", "country": "NA", "name_en": "Various", "placeholder": "yes", **_REPORT},
    ],
    "problems": [{"id": "ageing", "name_en": "Ageing", **_REPORT}],
    "solutions": [{"id": "care-robot", "name_en": "Care robot", **_REPORT}],
    "claims": [{"id": "hardware-only", "text_en": "Taiwan makes hardware.", "year": "2017", **_REPORT}],
    "layer_feeds": [{"layer": "terminal", "feeds": "cloud"}, {"layer": "cloud", "feeds": "terminal"}],
    "segment_secures": [{"segment": "security", "layer": "cloud"}],
    "listed_in": [{"vendor": "largan", "segment": "sensor", **_REPORT}],
    "offers": [
        {"vendor": "largan", "component": "lens", "status": "volume", "made_in": "TW;JP", **_CITED},
        {"vendor": "sony", "component": "camera", "in_house": "lens;chip", "since": "2010", **_CITED}
        | {"share": "0.4"},
        {"vendor": "sony-chips", "component": "chip", "until": "2030-02-28", **_CITED},
    ],
    "component_requires": [
        {"component": "camera", "requires": "lens", "kind": "input", **_CITED},
        {"component": "lens", "requires": "chip", "kind": "equipment", **_CITED},
    ],
    "solution_requires": [
        {"solution": "care-robot", "requires": "camera", "kind": "input", "alternatives": "eye", **_REPORT},
        {"solution": "care-robot", "requires": "lens", "kind": "input", "alternatives": "eye", **_REPORT},
    ],
    "owns": [{"from_vendor": "sony", "to_vendor": "sony-chips", "share": "1", "control": "yes", **_CITED}],
    "invests_in": [{"from_vendor": "sony", "to_vendor": "largan", "share": "0.05", **_CITED}],
    "addresses": [{"solution": "care-robot", "problem": "ageing", **_REPORT}],
    "about": [{"claim": "hardware-only", "about_label": "Segment", "about": "sensor"}],
    "completeness": [
        {"component": "lens", "country": "TW", "level": "complete", **_CITED},
        {"component": "lens", "country": "*", "level": "unknown", **_REPORT},
    ],
}


def make_package() -> Package:
    """Return a small package without a fault, to be changed at will."""
    return copy.deepcopy(_TOY)


def write_table(folder: Path, name: str, rows: Iterable[Mapping[str, str]]) -> Path:
    """Write rows as a table with all the columns of the model."""
    file = folder / f"{name}.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, MODEL.tables[name].columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return file


def write_package(folder: Path, package: Package) -> Path:
    """Write all tables of a package to a folder."""
    folder.mkdir(exist_ok=True)
    for name, rows in package.items():
        write_table(folder, name, rows)
    return folder


class PackageMaker:
    """Packages drawn at random that keep every rule of the model; the same seed gives the same package."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  no secret
        self.ids: dict[str, list[str]] = {}

    def make(self) -> Package:
        """Return a package with every table."""
        for label in MODEL.nodes:
            many = self.random.randint(2, 5)
            names = ["TW", "JP", "KR", "DE", "NA"] if label == "Country" else []
            self.ids[label] = names or [f"{label.lower()}-{i}" for i in range(many)]
        return {name: self._rows(table) for name, table in MODEL.tables.items()}

    def _rows(self, table: Table) -> list[Row]:
        if isinstance(table, NodeTable):
            return [self._row(table) | {"id": i} for i in self.ids[table.label]]
        if isinstance(table, EdgeTable):
            return [self._row(table) | ends for ends in self._ends(table)]
        first, second = table.columns[:2]
        rows = {(row[first], row[second]): row for row in (self._row(table) for _ in range(3))}
        return list(rows.values())

    def _ends(self, table: EdgeTable) -> list[Row]:
        """Draw pairs of nodes, each once; among nodes of one label only from an earlier to a later one."""
        source, target = table.source, table.target
        label = target.label or "Segment"
        assert source.label is not None
        pairs = [
            (a, b)
            for i, a in enumerate(self.ids[source.label])
            for j, b in enumerate(self.ids[label])
            if source.label != label or i < j
        ]
        drawn = self.random.sample(pairs, self.random.randint(1, len(pairs)))
        if table.type == "OWNS":
            drawn = list({owned: (owner, owned) for owner, owned in drawn}.values())
        ends = [{source.column: a, target.column: b} for a, b in drawn]
        return [row | {target.label_column: label} for row in ends] if target.label_column else ends

    def _row(self, table: Table) -> Row:
        row = {prop.name: self._cell(table, prop) for prop in table.properties}
        if row.get("source_kind") == "cited":
            row |= {"source_url": _URL, "as_of": "2024"}
        return row

    def _cell(self, table: Table, prop: Property) -> str:
        if prop.name in ("alternatives", "placeholder") or (prop.name == "broader"):
            return ""
        names = prop.name.startswith(("name_", "text_"))
        if not prop.required and not names and self.random.random() < 0.3:
            return "*" if prop.name == "country" and prop.kind is Kind.TEXT else ""
        return self._value(table, prop)

    def _value(self, table: Table, prop: Property) -> str:
        pick = self.random.choice
        if prop.label is not None:
            many = 2 if prop.kind is Kind.LIST else 1
            return ";".join(self.random.sample(self.ids[prop.label], many))
        if prop.name in ("country", "made_in"):
            return pick(self.ids["Country"])
        if prop.kind is Kind.ENUM:
            return pick(prop.allowed)
        if prop.name in ("since", "until"):
            return pick(["1999", "2001-02"] if prop.name == "since" else ["2030-12-31", "2031"])
        return {
            Kind.ID: f"id-{self.random.randint(0, 9)}",
            Kind.COUNTRY: pick(self.ids["Country"]),
            Kind.TEXT: pick(["台積電", 'a "quoted", thing', "NA", "two\nlines", "=1+1"]),
            Kind.LIST: pick(["a;b", "村田製作所"]),
            Kind.BOOLEAN: pick(["yes", "no"]),
            Kind.INTEGER: pick(["0", "2024", "-3"]),
            Kind.FRACTION: pick(["0", "0.25", "0.5"]),
            Kind.NUMBER: pick(["-1.5", "3e6", "12"]),
            Kind.DATE: pick(["2024", "2024-02", "2024-02-29"]),
            Kind.URL: pick([_URL, "http://例え.jp/?a=b#c", "https://a.example:8080"]),
        }[prop.kind]
