"""What the page tells of two countries together: classes, what each lacks, chains and line-ups, as numbers.

Everything is Python's own answer, written as positions in the tables of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ..queries import Analysis, Chains, Complementarity, Lacking, LineUps, find_chains, find_line_ups
from ..queries.chain_places import ChainTie
from ..queries.lacking import find_lacking
from ..queries.place_finder import PARTS
from ..queries.witness import Requirement

__all__ = ["ASKED", "MOST_SOLUTIONS", "MOST_VENDORS", "Places", "build_answers"]

MOST_VENDORS = 5000
"""Beyond it line-ups and chains are left out: searching for them would take longer than all the rest."""

MOST_SOLUTIONS = 200
"""Beyond it nothing is told of single solutions but their classes."""

ASKED = 3
"""Line-ups, and chains, of each solution."""

_BUDGET = 20_000_000  # cells of tables: a second or two, after which the best found so far does
_CODES = {"outside": "o", "not at all": "n", "either": "e", "only jointly": "j"}


class Places(NamedTuple):
    """Where things stand in the tables of the page.

    Parameters
    ----------
    table
        By table, the position of each id.
    requirement, relation
        The position of each row of the data, by its table and index.
    """

    table: Mapping[str, Mapping[str, int]]
    requirement: Mapping[tuple[str, int], int]
    relation: Mapping[tuple[str, int], int]


def build_answers(analysis: Analysis, places: Places) -> dict[str, Any] | None:
    """Return what the page tells of the two countries of a pair; None where none is asked about.

    Parameters
    ----------
    analysis
        What was counted.
    places
        Where things stand in the page.

    Returns
    -------
    dict
        ``components`` and ``solutions``: for each the letter of its class (outside, not at all, either, only
        jointly; a and b: the first or second country alone). Then, by solution: ``imports`` that it needs, and
        among them those that it ``must`` have; ``lacking``, see :func:`find_lacking`; ``chains`` and
        ``line_ups``, the best of each, left out where the data are too large.
    """
    if analysis.scope.within != "pair":
        return None
    found = Complementarity(analysis)
    writer = _Writer(places)
    rows = {label: [row for row in found.rows if row.label == label] for label in ("Component", "Solution")}
    codes = {**_CODES, **{f"{one} alone": "ab"[n] for n, one in enumerate(analysis.scope.pair)}}
    answers: dict[str, Any] = {
        f"{label.lower()}s": "".join(codes[row.feasible] for row in of_label)
        for label, of_label in rows.items()
    }
    solutions = [row.id for row in rows["Solution"]]
    if len(solutions) > MOST_SOLUTIONS:
        return answers
    answers["imports"] = [writer.components(row.imports) for row in rows["Solution"]]
    answers["must"] = [writer.components(row.must_import) for row in rows["Solution"]]
    answers["lacking"] = [
        [writer.lacking(one) for one in find_lacking(found, solution, label="Solution")]
        for solution in solutions
    ]
    if len(analysis.market.vendor_ids) <= MOST_VENDORS:
        asked: dict[str, Any] = {"k": ASKED, "scope": analysis.scope, "analysis": analysis}
        graph = analysis.graph
        answers["chains"] = [writer.chains(find_chains(graph, one, variants=0, **asked)) for one in solutions]
        answers["line_ups"] = [
            writer.line_ups(find_line_ups(graph, one, budget=_BUDGET, **asked)) for one in solutions
        ]
    return answers


class _Writer:
    """Answers in numbers."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self.components = self._number("components")
        self.vendors = self._number("vendors")
        self._layers = self._number("layers")

    def _number(self, table: str) -> Callable[[Any], list[int]]:
        position = self._places.table[table]
        return lambda ids: [position[one] for one in ids]

    def lacking(self, found: Lacking) -> list[list[int]]:
        """Return what the other country brings, what neither has, and the requirements on the way to both."""
        steps: list[Requirement] = list(found.steps)
        return [
            self.components(found.brought),
            self.components(found.nowhere),
            [self._places.requirement[step] for step in steps],
        ]

    def chains(self, found: Chains) -> dict[str, Any]:
        """Return the chains: score, components, vendors, ties; else the layers without a component."""
        return {
            "rows": [
                [
                    _round(chain.score),
                    [_round(chain.best.parts[part]) for part in PARTS],
                    self.components(chain.components),
                    self.vendors(chain.best.vendors),
                    [self._tie(n, n + 1, tie) for n, tie in enumerate(chain.best.ties) if tie.strength],
                ]
                for chain in found.chains
            ],
            **({"empty": self._layers(found.empty_layers)} if found.empty_layers else {}),
        }

    def line_ups(self, found: LineUps) -> dict[str, Any]:
        """Return the line-ups: score, components, vendors, ties, those alike, imports; else what is unfilled."""
        rows = []
        for one in found.line_ups:
            at = {component: place for place, component in enumerate(one.components)}
            ties = [
                self._tie(at[pair.components[0]], at[pair.components[1]], pair.tie)
                for pair in one.neighbours
                if pair.tie.strength
            ]
            rows.append(
                [
                    _round(one.score),
                    [_round(one.parts[part]) for part in PARTS],
                    self.components(one.components),
                    self.vendors(one.vendors),
                    ties,
                    [self.vendors(alike) for alike in one.alike],
                    self.components(one.imports),
                ]
            )
        return {
            "rows": rows,
            **({} if found.exact else {"rough": True}),
            **({"unfilled": self.components(found.unfilled)} if found.unfilled else {}),
        }

    def _tie(self, first: int, second: int, tie: ChainTie) -> list[Any]:
        """Return two places, twice what their tie counts, and the relations that it rests on."""
        relations = [self._places.relation[one.type, one.row] for one in tie.relations]
        return [first, second, int(tie.strength * 2), relations]


def _round(value: Any) -> float:
    """Return a share to four places, as the command line has it."""
    return round(float(value), 4)
