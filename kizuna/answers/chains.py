"""Complementary chains as rows and sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kizuna._render import Answer, Block, Branch, Cell, Column, Heading, Sheet
from kizuna.answers.paths import PlaceTeller, record_fraction, show_parts
from kizuna.queries.chain_places import ChainVariant
from kizuna.queries.chains import Chain, Chains
from kizuna.queries.place_finder import PARTS

__all__ = ["tell_chains"]


def tell_chains(found: Chains, *, third: bool, lang: str, selection: Mapping[str, str]) -> Answer:
    """Return the chains of a solution, best first, each with its places and ties.

    Parameters
    ----------
    found
        The chains.
    third
        Whether third countries were let in.
    lang, selection
        As for all answers.
    """
    teller = PlaceTeller(found.analysis, lang=lang, selection=selection, missing=found.missing)
    names = teller.names
    asked = names.say("paths.chains.asked", solution=names.show("Solution", found.solution))
    head = teller.head(
        asked, names.say(f"paths.third.{'in' if third else 'out'}"), teller.say_weights(found.weights)
    )
    return Answer(
        head=head,
        blocks=tuple(_blocks(found, teller)),
        document=lambda: _record(found, teller, third=third),
        sheet=Sheet(
            teller.place_columns(),
            tuple(
                teller.place_cells(rank, chain.id, number, variant.score, variant.parts, place)
                for rank, chain in enumerate(found.chains, 1)
                for number, variant in enumerate((chain.best, *chain.variants), 1)
                for place in variant.places
            ),
        ),
    )


def _blocks(found: Chains, teller: PlaceTeller) -> Iterator[Block]:
    say = teller.names.say
    if not found.chains:
        yield from _say_why_none(found, teller)
        return
    yield say("paths.chains.count", n=len(found.chains))
    columns = (
        Column(say("paths.column.rank"), number=True, whole=True),
        Column(say("paths.column.id"), whole=True),
        *(
            Column(say(f"paths.{key}"), number=True)
            for key in ("column.score", *(f"part.{p}" for p in PARTS))
        ),
        Column(say("paths.column.choices"), number=True),
        Column(say("paths.column.chain")),
    )
    rows: list[tuple[Cell, ...]] = [
        (rank, chain.id, *show_parts(chain.score, chain.best.parts), chain.count, _show(chain.best, teller))
        for rank, chain in enumerate(found.chains, 1)
    ]
    yield Sheet(columns, tuple(rows))
    yield say("paths.legend")
    for rank, chain in enumerate(found.chains, 1):
        yield from _explain(rank, chain, teller)
    yield from teller.source_list()


def _show(variant: ChainVariant, teller: PlaceTeller) -> str:
    names = teller.names
    return " > ".join(f"{names.name('Vendor', place.vendor)} ({place.country})" for place in variant.places)


def _explain(rank: int, chain: Chain, teller: PlaceTeller) -> Iterator[Block]:
    say = teller.names.say
    yield Heading(say("paths.chains.title", rank=rank, id=chain.id, score=f"{float(chain.score):.2f}"))
    yield teller.place_sheet(chain.best.places)
    yield Branch(say("paths.ties"), teller.tie_lines(chain.best.ties))
    if chain.variants:
        lines = tuple(
            Branch(f"{float(variant.score):.2f}  {_show(variant, teller)}") for variant in chain.variants
        )
        yield Branch(say("paths.chains.variants", shown=len(lines), total=chain.count - 1), lines)


def _say_why_none(found: Chains, teller: PlaceTeller) -> Iterator[Block]:
    names = teller.names
    yield names.say("paths.chains.none")
    if found.missing:
        return
    for layer in found.empty_layers:
        components = found.undelivered[layer]
        key = "paths.chains.undelivered" if components else "paths.chains.empty"
        yield names.say(key, layer=names.name("Layer", layer), components=names.join("Component", components))
    for country in found.lacking:
        yield names.say("paths.lacking", country=names.name("Country", country))
    if not found.empty_layers and not found.lacking:
        yield names.say("paths.chains.one_group" if found.candidates else "paths.chains.no_layers")


def _record(found: Chains, teller: PlaceTeller, *, third: bool) -> dict[str, Any]:
    names = teller.names
    return {
        "scope": teller.record_scope(),
        "solution": names.record("Solution", found.solution),
        "third_countries": third,
        "weights": {part: record_fraction(weight) for part, weight in found.weights.items()},
        "layers": [
            {
                **names.record("Layer", layer),
                "candidates": names.records("Component", candidates),
                "undelivered": names.records("Component", found.undelivered[layer]),
            }
            for layer, candidates in found.candidates.items()
        ],
        "lacking": list(found.lacking),
        "chains": [
            {
                "rank": rank,
                "id": chain.id,
                "components": names.records("Component", chain.components),
                "choices_of_vendors": chain.count,
                "best": _record_variant(chain.best, teller),
                "variants": [_record_variant(variant, teller) for variant in chain.variants],
            }
            for rank, chain in enumerate(found.chains, 1)
        ],
    }


def _record_variant(variant: ChainVariant, teller: PlaceTeller) -> dict[str, Any]:
    return {
        "score": record_fraction(variant.score),
        "parts": {part: record_fraction(value) for part, value in variant.parts.items()},
        "places": [teller.record_place(place) for place in variant.places],
        "ties": [teller.record_tie(tie) for tie in variant.ties],
    }
