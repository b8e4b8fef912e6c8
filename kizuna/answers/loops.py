"""The data loop of solutions, as an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from kizuna._render import Answer, Block, Branch, Cell, Column, Heading, Sheet
from kizuna.answers.field import head_data, make_columns
from kizuna.answers.names import Names, record_data, record_source
from kizuna.answers.sources import Sources
from kizuna.graph import SupplyGraph
from kizuna.queries import Loop, LoopLayer

__all__ = ["count_loops", "tell_loops"]


def tell_loops(
    graph: SupplyGraph, loops: Sequence[Loop], *, one: bool, lang: str, selection: Mapping[str, str]
) -> Answer:
    """Return the data loops of solutions: one a row, or a single one layer by layer."""
    names = Names(graph, lang)
    return Answer(
        head=head_data(graph, lang, selection=selection),
        blocks=tuple(_tell_loop(graph, loops[0], names) if one else _tell_all_loops(loops, names)),
        document=lambda: {
            "data": record_data(graph),
            "selection": dict(selection),
            "counts": count_loops(loops),
            "loops": [_record_loop(graph, loop, names) for loop in loops],
        },
        sheet=Sheet(
            make_columns(_LOOP_CELLS, names),
            tuple(_layer_to_count(loop, at, names) for loop in loops for at in loop.layers),
        ),
    )


_LOOP_CELLS = (
    *("solution_id", "solution", "place", "layer_id", "layer", "components_ids", "components", "certain"),
    *("security_ids", "security"),
)


def count_loops(loops: Sequence[Loop]) -> dict[str, int]:
    """Count loops: all, closed, open, and those with security required in a layer, and in none."""
    closed, secured = sum(loop.closed for loop in loops), sum(bool(loop.secured) for loop in loops)
    total = len(loops)
    return {
        "total": total,
        "closed": closed,
        "open": total - closed,
        "secured": secured,
        "unsecured": total - secured,
    }


def _tell_all_loops(loops: Sequence[Loop], names: Names) -> Iterator[Block]:
    yield Heading(names.say("field.loop.title"))
    if not loops:
        yield names.say("field.loop.empty")
        return
    counts = count_loops(loops)
    yield names.say("field.loop.counts", **{key: counts[key] for key in ("closed", "total", "secured")})
    layers = [Column(names.name("Layer", at.layer), number=True) for at in loops[0].layers]
    first, *last = make_columns(("solution", "open", "secured", "whole_security"), names)
    separator = names.say("cli.separator")
    rows = tuple(
        (
            names.show("Solution", loop.solution),
            *(_show_layer(at) for at in loop.layers),
            *(
                separator.join(names.name("Layer", layer) for layer in layers_) or "-"
                for layers_ in (loop.missing, loop.secured)
            ),
            separator.join(names.name("Component", c) for c in loop.security) or "-",
        )
        for loop in loops
    )
    yield Sheet((first, *layers, *last), rows)
    yield names.say("field.loop.legend")


def _show_layer(at: LoopLayer) -> str:
    if not at.covered:
        return "-"
    return f"{len(at.components)}{'' if at.certain else '?'}"


def _tell_loop(graph: SupplyGraph, loop: Loop, names: Names) -> Iterator[Block]:
    sources, needs = Sources(names), _needs_of(graph, loop.solution)
    yield Heading(names.say("field.loop.title_one", solution=names.show("Solution", loop.solution)))
    separator = names.say("cli.separator")

    def show(component: str) -> str:
        name = names.show("Component", component)
        return f"{name} [{sources.number(needs[component])}]" if component in needs else name

    rows = tuple(
        (
            at.order,
            names.show("Layer", at.layer),
            separator.join(map(show, at.components)) or "-",
            names.say(f"field.is.{'yes' if at.certain else 'no'}"),
            names.join("Component", at.security) or "-",
        )
        for at in loop.layers
    )
    yield Sheet(make_columns(("place", "layer", "components", "certain", "security"), names), rows)
    if loop.closed:
        yield names.say("field.loop.closed")
    else:
        layers = separator.join(names.name("Layer", layer) for layer in loop.missing)
        steps = separator.join(f"{names.name('Layer', a)} → {names.name('Layer', b)}" for a, b in loop.broken)
        yield names.say("field.loop.open", layers=layers or "-", steps=steps or "-")
    if not loop.secured:
        yield names.say("field.loop.unsecured")
    if loop.security:
        yield names.say("field.loop.security", components=separator.join(map(show, loop.security)))
    if sources.lines():
        yield Branch(names.say("cli.explain.sources"), tuple(map(Branch, sources.lines())))


def _needs_of(graph: SupplyGraph, solution: str) -> dict[str, pd.Series]:
    """Return the rows by which a solution itself requires components."""
    frame = graph.current("solution_requires")
    frame = frame[frame["solution"] == solution]
    return {row["requires"]: row for _, row in frame.iterrows()}


def _record_loop(graph: SupplyGraph, loop: Loop, names: Names) -> dict[str, Any]:
    needs = _needs_of(graph, loop.solution)
    return {
        "solution": names.record("Solution", loop.solution),
        "closed": loop.closed,
        "missing": list(loop.missing),
        "broken": [list(step) for step in loop.broken],
        "secured": list(loop.secured),
        "security": names.records("Component", loop.security),
        "layers": [
            {
                "place": at.order,
                **names.record("Layer", at.layer),
                "feeds": list(at.feeds),
                "covered": at.covered,
                "certain": at.certain,
                "components": [
                    {
                        **names.record("Component", component),
                        "evidence": record_source(needs[component]) if component in needs else None,
                    }
                    for component in at.components
                ],
                "security": names.records("Component", at.security),
            }
            for at in loop.layers
        ],
    }


def _layer_to_count(loop: Loop, at: LoopLayer, names: Names) -> tuple[Cell, ...]:
    return (
        loop.solution,
        names.name("Solution", loop.solution),
        at.order,
        at.layer,
        names.name("Layer", at.layer),
        ";".join(at.components),
        ";".join(names.name("Component", component) for component in at.components),
        names.say(f"field.is.{'yes' if at.certain else 'no'}"),
        ";".join(at.security),
        ";".join(names.name("Component", component) for component in at.security),
    )
