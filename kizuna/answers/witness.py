"""Why something cannot be had, as a tree for people and for programs."""

from __future__ import annotations

from typing import Any

from kizuna._render import Branch
from kizuna.answers.names import Names, record_source
from kizuna.answers.sources import Sources
from kizuna.graph import SupplyGraph
from kizuna.queries import Witness

__all__ = ["draw_witness", "record_witness"]


def draw_witness(witness: Witness, graph: SupplyGraph, names: Names, sources: Sources) -> Branch:
    """Return a witness as a tree, each requirement with the number of its source."""
    text = names.show(witness.label, witness.id)
    if witness.alternative is not None:
        text += f" ({names.say('cli.explain.alternative', choice=witness.alternative)})"
    if witness.via is not None:
        row = graph.table(witness.via.table).loc[[witness.via.row]].iloc[0]
        text += f" [{sources.number(row)}]"
    if witness.is_root:
        text += f" <- {names.say('cli.explain.root')}"
    return Branch(text, tuple(draw_witness(child, graph, names, sources) for child in witness.children))


def record_witness(witness: Witness, graph: SupplyGraph, names: Names) -> dict[str, Any]:
    """Return a witness as JSON has it, each requirement with its row and source."""
    via = None
    if witness.via is not None:
        row = graph.table(witness.via.table).loc[[witness.via.row]].iloc[0]
        kind = row["kind"] if isinstance(row["kind"], str) else None
        via = {"table": witness.via.table, "row": witness.via.row, "kind": kind}
        via["evidence"] = record_source(row)
    return {
        "label": witness.label,
        **names.record(witness.label, witness.id),
        "root": witness.is_root,
        "alternative": witness.alternative,
        "via": via,
        "children": [record_witness(child, graph, names) for child in witness.children],
    }
