"""What the page shows, as plain data: the graph in force, its coverage and its gaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from ..graph import COMPANY_RELATIONS, SupplyGraph, in_force, split_list
from ..queries import (
    Finding,
    Gaps,
    Scope,
    Witness,
    find_gaps,
    judge_finding,
    list_abroad,
    list_second_sources,
    measure_coverage,
)
from ..queries.scope import check_meaning
from ._firms import count_firms
from .days import build_days
from .page_answers import Places, build_answers

__all__ = ["FORMAT", "MOST_LISTED", "build_payload"]

FORMAT = 1
MOST_LISTED = 250
"""Entries of a finding's lists that the page has; the loss of a country would have tens of thousands."""
_LANGUAGES = ("en", "zh", "ja")
# Column of a table -> key in the payload, where they differ.
_EVIDENCE = {"as_of": "as_of", "confidence": "conf", "note": "note", "as_printed": "printed"}


def build_payload(graph: SupplyGraph, *, scope: Scope | None = None) -> dict[str, Any]:
    """Return everything that the page of `graph` shows.

    Parameters
    ----------
    graph
        The graph.
    scope
        What to count; default: Taiwan and Japan, by seat.

    Returns
    -------
    dict
        Plain data; things refer to one another by position. The same graph gives the same payload.
    """
    # The page says whose country a vendor has, and works out what else fails, from offers alone.
    scope = check_meaning(scope or Scope(), "the page counts vendors", "made", "min_groups", "min_share")
    gaps = find_gaps(graph, scope=scope)
    return _Writer(graph, gaps).write()


class _Writer:
    """Positions of things in the payload, and the sources, each once."""

    def __init__(self, graph: SupplyGraph, gaps: Gaps) -> None:
        self.graph = graph
        self.gaps = gaps
        self.sources: dict[tuple[str, str], int] = {}
        self.place = {
            table: {node: position for position, node in enumerate(graph.table(table)["id"])}
            for table in ("layers", "segments", "components", "vendors", "solutions", "problems")
        }
        self.requirement: dict[tuple[str, int], int] = {}
        self.relation: dict[tuple[str, int], int] = {}

    def write(self) -> dict[str, Any]:
        """Return the payload; sources and requirements are numbered as they are met."""
        payload: dict[str, Any] = {
            "format": FORMAT,
            "meta": {},
            "countries": {row["id"]: _names(row) for row in _records(self.graph.table("countries"))},
            "layers": self._layers(),
            "segments": self._segments(),
            "components": self._components(),
            "vendors": self._vendors(),
            "offers": self._offers(),
            "requires": list(self._requires()),
            "relations": list(self._relations()),
            "problems": [
                {"id": row["id"], "names": _names(row)} for row in _records(self.graph.table("problems"))
            ],
            "solutions": self._solutions(),
            "listed": self._listed(),
            "findings": self.write_findings(),
        }
        count_firms(payload, self.gaps.analysis.scope.pair)
        payload["days"] = build_days(self, payload, self.gaps.analysis.scope)
        payload["sources"] = [
            {key: text for key, text in (("url", url), ("title", title)) if text}
            for url, title in self.sources
        ]
        payload["meta"] = self._meta(payload)
        places = Places(self.place, self.requirement, self.relation)
        if answers := build_answers(self.gaps.analysis, places):
            payload["answers"] = answers
        return payload

    def at(self, graph: SupplyGraph, gaps: Gaps) -> _Writer:
        """Return the writer of the same graph on another day; positions and sources are the same."""
        other = _Writer(graph, gaps)
        other.place, other.requirement, other.sources = self.place, self.requirement, self.sources
        return other

    def write_findings(self) -> list[dict[str, Any]]:
        """Return all findings, the fragile ones last."""
        return [self._finding(f) for f in (*self.gaps.findings, *self.gaps.fragile)]

    def _meta(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        graph, market = self.graph, self.gaps.analysis.market
        return {
            "name": graph.name,
            "version": graph.version,
            "date": graph.as_of,
            "hash": graph.content_hash[:12],
            "pair": list(market.scope.pair),
            "within": market.scope.within,
            "country_by": market.scope.country_by,
            "missing": list(self.gaps.missing),
            "counts": {
                "vendors": len(payload["vendors"]),
                "components": len(payload["components"]),
                "offers": len(payload["offers"]),
                "counted": int(market.present.sum()),
                "blank_status": market.blank_status,
                "relations": len(payload["relations"]),
                "sources": len(payload["sources"]),
            },
        }

    def _layers(self) -> list[dict[str, Any]]:
        layers = self.graph.table("layers").sort_values("order")
        self.place["layers"] = {node: position for position, node in enumerate(layers["id"])}
        return [{"id": row["id"], "names": _names(row)} for row in _records(layers)]

    def _segments(self) -> list[dict[str, Any]]:
        return [
            {
                "id": row["id"],
                "layer": self.place["layers"].get(row.get("layer", "")),
                "nature": row["nature"],
                "names": _names(row),
            }
            for row in _records(self.graph.table("segments"))
        ]

    def write_cells(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Return the cells of coverage by component and country."""
        coverage = measure_coverage(self.graph, by="component", scope=self.gaps.analysis.scope)
        return {
            row.id: {
                cell.country: {
                    "vendors": cell.vendors,
                    "groups": cell.groups,
                    "state": cell.state,
                    "level": cell.level,
                }
                for cell in row.cells
            }
            for row in coverage.rows
        }

    def _components(self) -> list[dict[str, Any]]:
        cells = self.write_cells()
        return [
            {
                "id": row["id"],
                "segment": self.place["segments"][row["segment"]],
                **_known(row, "nature", "stage", "family", "note"),
                **({"virtual": True} if row.get("virtual") else {}),
                **({"aliases": split_list(row["aliases"])} if "aliases" in row else {}),
                "names": _names(row),
                # A virtual component needs no vendor: it has no cells.
                "cells": cells.get(row["id"], {}),
            }
            for row in _records(self.graph.table("components"))
        ]

    def _vendors(self) -> list[dict[str, Any]]:
        heads = self.gaps.analysis.market.groups.head
        vendors = []
        for position, row in enumerate(_records(self.graph.table("vendors"))):
            vendor = {
                "id": row["id"],
                "country": row["country"],
                "names": _names(row),
                **_known(row, "city", "exchange", "ticker", "website", "until", "note"),
                "ev": self._evidence(row),
            }
            for column, key in (("aliases", "aliases"), ("former_names", "former")):
                if column in row:
                    vendor[key] = split_list(row[column])
            if heads[position] != position:
                vendor["head"] = int(heads[position])
            if row.get("placeholder"):
                vendor["placeholder"] = True
            vendors.append(vendor)
        return vendors

    def _offers(self) -> list[dict[str, Any]]:
        market = self.gaps.analysis.market
        rows = zip(_records(market.offers), market.counted, strict=True)
        return [self.write_offer(row, bool(counted)) for row, counted in rows]

    def write_offer(self, row: Mapping[str, Any], counted: bool) -> dict[str, Any]:
        """Return one offer, whether it is in force today or history."""
        keys = ("product", "status", "role", "share", "share_of", "share_year", "since", "until")
        # A part that this graph leaves out is required by nothing in it.
        made = split_list(row.get("in_house", ""))
        own = [self.place["components"][part] for part in made if part in self.place["components"]]
        return {
            "v": self.place["vendors"][row["vendor"]],
            "c": self.place["components"][row["component"]],
            **_known(row, *keys),
            "counted": counted,
            **({"own": sorted(set(own))} if own else {}),
            "ev": self._evidence(row),
        }

    def _requires(self) -> Iterator[dict[str, Any]]:
        tables = (
            ("component_requires", "component", "component"),
            ("solution_requires", "solution", "component"),
            ("solution_builds_on", "solution", "solution"),
        )
        for table, source, target in tables:
            frame = self.graph.current(table)
            for index, row in zip(frame.index, _records(frame), strict=True):
                self.requirement[table, int(index)] = len(self.requirement)
                yield {
                    "from": self._ref(source, row[source]),
                    "to": self._ref(target, row["requires"]),
                    **({"alt": row["alternatives"]} if "alternatives" in row else {}),
                    **_known(row, "kind", "why"),
                    "ev": self._evidence(row),
                }

    def _ref(self, label: str, node: str) -> list[str | int]:
        return [label, self.place[f"{label}s"][node]]

    def _relations(self) -> Iterator[dict[str, Any]]:
        day = self.graph.as_of or None
        for edge in COMPANY_RELATIONS:
            frame = self.graph.table(edge.lower())
            valid = in_force(frame, day)
            for index, row, holds in zip(frame.index, _records(frame), valid, strict=True):
                self.relation[edge, int(index)] = len(self.relation)
                relation = {
                    "type": edge,
                    "from": self.place["vendors"][row["from_vendor"]],
                    "to": self.place["vendors"][row["to_vendor"]],
                    **_known(row, "share", "control", "since", "until", "detail"),
                    "in_force": bool(holds),
                    "ev": self._evidence(row),
                }
                if "component" in row:
                    relation["c"] = self.place["components"][row["component"]]
                yield relation

    def _solutions(self) -> list[dict[str, Any]]:
        addresses = self.graph.current("addresses")
        return [
            {
                "id": row["id"],
                "names": _names(row),
                "description": _names(row, "description"),
                "problems": [
                    self.place["problems"][p]
                    for p in addresses.loc[addresses["solution"] == row["id"], "problem"]
                ],
                "ev": self._evidence(row),
            }
            for row in _records(self.graph.table("solutions"))
        ]

    def _listed(self) -> list[dict[str, Any]]:
        return [
            {
                "v": self.place["vendors"][row["vendor"]],
                "segment": self.place["segments"][row["segment"]],
                **({"printed": row["as_printed"]} if "as_printed" in row else {}),
                "ev": self._evidence(row),
            }
            for row in _records(self.graph.current("listed_in"))
        ]

    def _evidence(self, row: Mapping[str, Any]) -> dict[str, Any]:
        evidence: dict[str, Any] = {"kind": row.get("source_kind", "uncited")}
        url, title = row.get("source_url", ""), row.get("source_title", "")
        if url or title:
            evidence["s"] = self.sources.setdefault((url, title), len(self.sources))
        evidence.update({key: row[column] for column, key in _EVIDENCE.items() if column in row})
        return evidence

    def _finding(self, finding: Finding) -> dict[str, Any]:
        analysis = self.gaps.analysis_of(finding)
        judgement = judge_finding(analysis, finding)
        component, solution = self.place["components"], self.place["solutions"]
        fragile = analysis is self.gaps.solid
        settle = [
            {"key": d.key, **{place: self._node(label, node) for place, label, node in d.ids}}
            for d in judgement.doubts
        ]
        seconds = [
            {
                "reason": s.reason,
                "root": component[s.root],
                "v": self.place["vendors"][s.vendor],
                "c": component[s.component],
                **({"status": s.status} if s.status else {}),
                "same_cut": s.same_cut,
            }
            for s in list_second_sources(analysis, finding)
        ]
        abroad = [self.place["vendors"][v] for v in list_abroad(analysis, finding)]
        return {
            "id": finding.id,
            "kind": finding.kind,
            "unit": _unit(finding, analysis.scope),
            "member": finding.member,
            "vendors": [self.place["vendors"][v] for v in finding.vendors],
            "roots": [component[c] for c in finding.roots],
            "components": [component[c] for c in finding.components],
            "solutions": [solution[s] for s in finding.solutions],
            "solutions_total": finding.solutions_total,
            "direct": [solution[s] for s in finding.direct],
            "severity": round(finding.severity, 6),
            "stand_ins": finding.stand_ins,
            "verdict": "fragile" if fragile else judgement.verdict,
            "also": dict.fromkeys(finding.also, True),
            "seat_owner_disagree": finding.seat_owner_disagree,
            "settle": settle[:MOST_LISTED],
            "witness": {self._key(w): self._witness(w) for w in judgement.witnesses.values()},
            "second_sources": seconds[:MOST_LISTED],
            "abroad": abroad[:MOST_LISTED],
            **_count_more(settle=len(settle), second_sources=len(seconds), abroad=len(abroad)),
        }

    def _node(self, label: str, node: str) -> str:
        """Name a node as the page does: ``component:3``, ``vendor:5``, ``country:TW``."""
        if label == "Country":
            return f"country:{node}"
        return f"{label.lower()}:{self.place[f'{label.lower()}s'][node]}"

    def _key(self, witness: Witness) -> str:
        return self._node(witness.label, witness.id)

    def _witness(self, witness: Witness) -> dict[str, Any]:
        node: dict[str, Any] = {"at": self._ref(witness.label.lower(), witness.id)}
        if witness.via is not None:
            node["via"] = self.requirement[witness.via]
        if witness.is_root:
            node["root"] = True
        if witness.alternative is not None:
            node["choice"] = witness.alternative
        if witness.children:
            node["children"] = [self._witness(child) for child in witness.children]
        return node


def _unit(finding: Finding, scope: Scope) -> str | None:
    """Return the unit, ``owner`` for a country by owner."""
    if finding.unit == "country" and scope.country_by == "owner":
        return "owner"
    return finding.unit


def _count_more(**lengths: int) -> dict[str, Any]:
    """Return how many entries of lists are left out of the page."""
    more = {key: length - MOST_LISTED for key, length in lengths.items() if length > MOST_LISTED}
    return {"more": more} if more else {}


def _names(row: Mapping[str, Any], stem: str = "name") -> dict[str, str]:
    return {lang: row[f"{stem}_{lang}"] for lang in _LANGUAGES if f"{stem}_{lang}" in row}


def _known(row: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: row[key] for key in keys if key in row}


def _records(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield each row as a dictionary of what is known."""
    columns = {name: frame[name].tolist() for name in frame.columns}
    known = {name: frame[name].notna().tolist() for name in frame.columns}
    for i in range(len(frame)):
        yield {name: values[i] for name, values in columns.items() if known[name][i]}
