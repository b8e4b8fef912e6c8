"""What is in a data set, and what is wrong with it, as rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import NamedTuple

import pandas as pd

from kizuna._render import Answer, Column, Heading, Sheet
from kizuna.answers.names import Names, record_data
from kizuna.graph import MODEL, SupplyGraph, list_datasets
from kizuna.loaders import Problem

__all__ = ["tell_info", "tell_problems"]

_SOURCE_KINDS = ("cited", "report", "uncited")


class _Count(NamedTuple):
    """How much of one label or edge type there is; None: that is not told of it."""

    kind: str
    type: str
    statements: int
    in_force: int | None
    cited: int | None
    report: int | None
    uncited: int | None


def tell_info(graph: SupplyGraph, *, lang: str, selection: Mapping[str, str], version: str) -> Answer:
    """Return what is in a data set: how much of each label and edge type, and on what evidence it rests."""
    names = Names(graph, lang)
    counts = [*_count_labels(graph), *_count_edges(graph)]
    edges = [count for count in counts if count.kind == "edge"]
    sources = {kind: sum(getattr(count, kind) or 0 for count in edges) for kind in _SOURCE_KINDS}
    datasets = {name: _count_statements(graph, name) for name in list_datasets(graph)}
    sheet = _info_sheet(counts, names)
    return Answer(
        head=tuple(_info_head(names, graph, datasets, sources, version, selection)),
        blocks=(Heading(names.say("cli.info.title")), sheet),
        document=lambda: {
            "kizuna": version,
            "data": record_data(graph),
            "selection": dict(selection),
            "datasets": datasets,
            "facts": {"in_force": sum(sources.values()), **sources},
            "contents": [count._asdict() for count in counts],
        },
        sheet=sheet,
    )


def _info_head(
    names: Names,
    graph: SupplyGraph,
    datasets: Mapping[str, int],
    sources: Mapping[str, int],
    version: str,
    selection: Mapping[str, str],
) -> Iterator[str]:
    title = " ".join(part for part in (graph.name, graph.version) if part)
    yield names.say("scope.data", data=title, date=graph.as_of or "?", hash=graph.content_hash[:12])
    if selection:
        text = "; ".join(f"{name} = {value}" for name, value in selection.items())
        yield names.say("scope.filters", filters=text)
    yield names.say("cli.info.hash", hash=graph.content_hash)
    stated = ", ".join(f"{name} ({count})" for name, count in datasets.items())
    yield names.say("cli.info.datasets", datasets=stated or "-")
    facts = sum(sources.values())
    shares = {kind: f"{count / (facts or 1):.0%}" for kind, count in sources.items()}
    yield names.say("cli.info.shares", facts=facts, **shares)
    yield names.say("cli.info.version", version=version)


def _count_sources(frames: Sequence[pd.DataFrame]) -> tuple[int | None, ...]:
    """Count the rows by kind of source, where they have one."""
    told = [frame["source_kind"] for frame in frames if "source_kind" in frame.columns]
    if not told:
        return (None, None, None)
    return tuple(sum(int((column == kind).sum()) for column in told) for kind in _SOURCE_KINDS)


def _count_labels(graph: SupplyGraph) -> Iterator[_Count]:
    for label in MODEL.nodes:
        table = graph.nodes(label)
        yield _Count("label", label, len(table), None, *_count_sources([table]))


def _count_edges(graph: SupplyGraph) -> Iterator[_Count]:
    """Count the edges of each type, and what those in force rest on."""
    for edge_type in MODEL.edge_types:
        frames = [graph.current(table.name) for table in MODEL.edge_tables(edge_type)]
        statements = len(graph.edges(edge_type))
        in_force = sum(map(len, frames)) if frames else statements
        yield _Count("edge", edge_type, statements, in_force, *_count_sources(frames))


def _count_statements(graph: SupplyGraph, dataset: str) -> int:
    frames = (frame["dataset"] for frame in graph.tables.values() if "dataset" in frame.columns)
    return sum(int((column == dataset).sum()) for column in frames)


def _info_sheet(counts: Sequence[_Count], names: Names) -> Sheet:
    keys = _Count._fields[1:]
    columns = tuple(Column(names.say(f"cli.column.{key}"), number=key != "type") for key in keys)
    return Sheet(columns, tuple(count[1:] for count in counts))


def tell_problems(problems: Sequence[Problem], *, folder: str, lang: str) -> Answer:
    """Return all problems of a folder, one line each, in the order of the files."""
    names = Names(SupplyGraph({}), lang)
    counts = {level: sum(p.level == level for p in problems) for level in ("error", "warning")}
    if problems:
        says = names.say(
            "cli.validate.counts", folder=folder, errors=counts["error"], warnings=counts["warning"]
        )
    else:
        says = names.say("cli.validate.fine", folder=folder)
    keys = ("level", "file", "row", "column", "rule", "found", "allowed", "advice")
    records = [asdict(problem) for problem in problems]
    return Answer(
        head=(says,),
        blocks=tuple(f"{problem.level}: {problem}" for problem in problems),
        document=lambda: {
            "folder": folder,
            "errors": counts["error"],
            "warnings": counts["warning"],
            "problems": records,
        },
        sheet=Sheet(
            tuple(Column(key) for key in keys), tuple(tuple(r[key] for key in keys) for r in records)
        ),
    )
