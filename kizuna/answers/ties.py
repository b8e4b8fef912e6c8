"""Ties across the pair of countries and the white spots between them, as answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from kizuna._render import Answer, Block, Branch, Cell, Column, Heading, Sheet
from kizuna.answers.field import make_columns
from kizuna.answers.names import Names, head_answer, record_scope, record_source
from kizuna.answers.sources import Sources
from kizuna.graph import COMPANY_RELATIONS
from kizuna.queries import TieCount, Ties, WhiteSpot, WhiteSpots

__all__ = ["tell_ties", "tell_white_spots"]


def _name_pair(names: Names, pair: tuple[str, str]) -> dict[str, str]:
    return {place: names.name("Country", country) for place, country in zip("ab", pair, strict=True)}


# ---- ties ----


def tell_ties(ties: Ties, *, lang: str, selection: Mapping[str, str]) -> Answer:
    """Return how many ties there are: people get a column for each decade, spreadsheets a row for each count."""
    market, names = ties.market, Names(ties.market.graph, lang)
    pair = _name_pair(names, market.scope.pair)
    graph = market.graph
    missing = COMPANY_RELATIONS if all(graph.table(r.lower()).empty for r in COMPANY_RELATIONS) else ()
    blocks: list[Block] = [Heading(names.say("field.ties.title", **pair))]
    if ties.rows:
        blocks += [
            _tabulate_ties(ties, names),
            names.say("field.ties.total", total=ties.total, undated=ties.undated),
            names.say(f"field.ties.{ties.layers}"),
        ]
    else:
        blocks.append(names.say("field.ties.empty", **pair))
    return Answer(
        head=head_answer(market, lang, selection=selection, missing=missing),
        blocks=tuple(blocks),
        document=lambda: {
            "scope": record_scope(market, lang, selection=selection, missing=missing),
            "layers": ties.layers,
            "total": ties.total,
            "undated": ties.undated,
            "rows": [_record_tie(row, names) for row in ties.rows],
        },
        sheet=Sheet(make_columns(_TIE_CELLS, names), tuple(_tie_to_count(row, names) for row in ties.rows)),
    )


_TIE_CELLS = (
    *("relation_type", "relation", "from", "to", "from_layer_id", "from_layer", "to_layer_id", "to_layer"),
    *("decade", "ties"),
)


def _name_layer(names: Names, layer: str | None) -> str:
    if layer is None:
        return names.say("field.unknown")
    name = names.name("Layer", layer)
    return names.name("Segment", layer) if name == layer else name  # security lies in no layer


def _tabulate_ties(ties: Ties, names: Names) -> Sheet:
    decades = sorted({row.decade for row in ties.rows}, key=lambda d: (d is None, d or 0))
    counts: defaultdict[tuple[str, ...], dict[int | None, int]] = defaultdict(dict)
    for row in ties.rows:
        ends = [_name_layer(names, layer) for layer in (row.from_layer, row.to_layer)]
        layers = ends[0] if ties.layers == "component" else " → ".join(ends)
        countries = " → ".join(names.name("Country", c) for c in (row.from_country, row.to_country))
        counts[names.say(f"field.relation.{row.relation}"), countries, layers][row.decade] = row.ties
    first = make_columns(("relation", "from", "layer"), names)
    headings = [
        names.say("field.unknown") if decade is None else names.say("field.decade", decade=decade)
        for decade in decades
    ]
    columns = (
        first[0],
        Column(f"{names.say('field.column.from')} → {names.say('field.column.to')}"),
        first[2],
        *(Column(heading, number=True) for heading in headings),
        *make_columns(("total",), names),
    )
    return Sheet(
        columns,
        tuple(
            (*key, *(by.get(decade) for decade in decades), sum(by.values())) for key, by in counts.items()
        ),
    )


def _record_tie(row: TieCount, names: Names) -> dict[str, Any]:
    def record(layer: str | None) -> dict[str, str] | None:
        return None if layer is None else {"id": layer, "name": _name_layer(names, layer)}

    return {
        "relation": row.relation,
        "from_country": row.from_country,
        "to_country": row.to_country,
        "from_layer": record(row.from_layer),
        "to_layer": record(row.to_layer),
        "decade": row.decade,
        "ties": row.ties,
    }


def _tie_to_count(row: TieCount, names: Names) -> tuple[Cell, ...]:
    return (
        row.relation,
        names.say(f"field.relation.{row.relation}"),
        row.from_country,
        row.to_country,
        row.from_layer,
        _name_layer(names, row.from_layer),
        row.to_layer,
        _name_layer(names, row.to_layer),
        row.decade,
        row.ties,
    )


# ---- white spots ----


def tell_white_spots(
    found: WhiteSpots, *, least: int, lang: str, selection: Mapping[str, str], limit: int | None = None
) -> Answer:
    """Return needs that fit across the pair without a documented tie, at most `limit` of them."""
    market, names = found.market, Names(found.market.graph, lang)
    spots = found.spots[:limit]
    return Answer(
        head=head_answer(market, lang, selection=selection, missing=found.missing),
        blocks=tuple(_tell_spots(found, spots, least, names)),
        document=lambda: {
            "scope": record_scope(market, lang, selection=selection, missing=found.missing),
            "least": least,
            "total": len(found.spots),
            "spots": [_record_spot(spot, names, _need(found, spot)) for spot in spots],
        },
        sheet=Sheet(
            make_columns(_SPOT_CELLS, names),
            tuple(_spot_to_count(*ranked, names) for ranked in enumerate(spots, 1)),
        ),
    )


_SPOT_CELLS = (
    *("rank", "whole_id", "whole", "whole_country", "whole_vendors_n", "whole_groups_n"),
    *("part_id", "part", "part_country", "part_vendors_n", "part_groups_n"),
)
_SPOT = (
    *("rank", "whole", "whole_country", "whole_vendors", "part", "part_country", "part_vendors", "sources"),
)


def _need(found: WhiteSpots, spot: WhiteSpot) -> pd.Series:
    """Return the row that says that the one requires the other."""
    frame = found.market.graph.current("component_requires")
    return frame[(frame["component"] == spot.whole) & (frame["requires"] == spot.part)].iloc[0]


def _tell_spots(found: WhiteSpots, spots: tuple[WhiteSpot, ...], least: int, names: Names) -> Iterator[Block]:
    pair, sources = _name_pair(names, found.market.scope.pair), Sources(names)
    yield Heading(names.say("field.white.title", **pair))
    yield names.say("field.white.total", total=len(found.spots), least=least)
    if not spots:
        yield names.say("field.white.empty")
        return
    rows = tuple(
        (
            rank,
            names.show("Component", spot.whole),
            names.name("Country", spot.whole_country),
            f"{spot.whole_vendors} ({spot.whole_groups})",
            names.show("Component", spot.part),
            names.name("Country", spot.part_country),
            f"{spot.part_vendors} ({spot.part_groups})",
            f"[{sources.number(_need(found, spot))}]",
        )
        for rank, spot in enumerate(spots, 1)
    )
    yield Sheet(make_columns(_SPOT, names), rows)
    if len(spots) < len(found.spots):
        yield names.say("cli.gaps.shown", shown=len(spots), total=len(found.spots))
    yield names.say("field.white.legend")
    yield Branch(names.say("cli.explain.sources"), tuple(map(Branch, sources.lines())))


def _record_spot(spot: WhiteSpot, names: Names, need: pd.Series) -> dict[str, Any]:
    def record(component: str, country: str, vendors: int, groups: int) -> dict[str, Any]:
        return {
            **names.record("Component", component),
            "country": names.record("Country", country),
            "vendors": vendors,
            "groups": groups,
        }

    return {
        "whole": record(spot.whole, spot.whole_country, spot.whole_vendors, spot.whole_groups),
        "part": record(spot.part, spot.part_country, spot.part_vendors, spot.part_groups),
        "evidence": record_source(need),
    }


def _spot_to_count(rank: int, spot: WhiteSpot, names: Names) -> tuple[Cell, ...]:
    return (
        rank,
        spot.whole,
        names.name("Component", spot.whole),
        spot.whole_country,
        spot.whole_vendors,
        spot.whole_groups,
        spot.part,
        names.name("Component", spot.part),
        spot.part_country,
        spot.part_vendors,
        spot.part_groups,
    )
