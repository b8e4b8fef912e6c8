"""What a search for line-ups answers: the line-ups, or why there are none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from .._errors import UnknownNameError
from .analysis import Analysis
from .place_finder import ChainTie, Place

__all__ = ["LineUp", "LineUps", "Neighbours", "SettledChoice"]


@dataclass(frozen=True)
class Neighbours:
    """Two places of a line-up that are neighbours, and what ties them.

    Parameters
    ----------
    components
        The two components, sorted.
    by
        Why they are neighbours: ``requires``, ``layers``, or both.
    tie
        What ties their vendors.
    """

    components: tuple[str, str]
    by: tuple[str, ...]
    tie: ChainTie


@dataclass(frozen=True)
class SettledChoice:
    """The alternatives of one choice that a line-up has.

    Parameters
    ----------
    target
        Who requires one of them: the solution, one it builds on, or a component.
    choice
        Name of the choice.
    alternatives
        Those that are there: one, or more if the others are required elsewhere.
    """

    target: str
    choice: str
    alternatives: tuple[str, ...]


@dataclass(frozen=True)
class LineUp:
    """One vendor for each component.

    Parameters
    ----------
    id
        ``LINEUP-`` and a hash of solution, components, vendors and scope; the same over versions of the data.
    places
        By component.
    alike
        For each place, the other vendors that would do as well there: of the same country, as well
        documented, tied to the same neighbours.
    neighbours
        Pairs of neighbouring places.
    made_in_house
        For each place, the components that its vendor makes itself, so that they need no vendor of their own.
    imports
        Components that only third countries offer: given, without a place.
    choices
        How each choice is settled.
    parts
        The parts of the score by name, see `PARTS`.
    score
        Their weighted mean, 0 to 1.
    """

    id: str
    places: tuple[Place, ...]
    alike: tuple[tuple[str, ...], ...]
    neighbours: tuple[Neighbours, ...]
    made_in_house: tuple[tuple[str, ...], ...]
    imports: tuple[str, ...]
    choices: tuple[SettledChoice, ...]
    parts: Mapping[str, Fraction]
    score: Fraction

    @property
    def components(self) -> tuple[str, ...]:
        """Ids of its components."""
        return tuple(place.component for place in self.places)

    @property
    def vendors(self) -> tuple[str, ...]:
        """Ids of the vendors, in the order of the components."""
        return tuple(place.vendor for place in self.places)

    @property
    def count(self) -> int:
        """For how many line-ups of the same score it stands, with vendors that are alike."""
        return prod(1 + len(others) for others in self.alike)


@dataclass(frozen=True, eq=False)
class LineUps:
    """The best line-ups of a solution, or why there are none.

    Parameters
    ----------
    analysis
        What was counted.
    solution
        The solution.
    deep
        Whether it was gone all the way down.
    weights
        Weight of each part of the score.
    line_ups
        Best first; equals by the ids of components, then of vendors.
    exact
        Whether these are the best for certain; else they are the best that were found.
    bound
        No line-up scores more than this; if `exact`, the score of the best. None: there is none.
    unfilled
        Components that are required and that nobody in question can deliver; while there is one, no line-up.
    lacking
        Countries of the pair without a vendor that could stand anywhere.
    misplaced
        Vendors that must be there and could stand nowhere.
    blocking
        What was asked and, dropped alone, would leave a line-up: ``documented``, ``at_most``, ``include``,
        ``two_groups``, ``both_countries``. Empty where there is one anyway, or only several together block.
    missing
        Edge types that the question needs and this data set has none of.
    """

    analysis: Analysis
    solution: str
    deep: bool
    weights: Mapping[str, Fraction]
    line_ups: tuple[LineUp, ...]
    exact: bool
    bound: Fraction | None
    unfilled: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    misplaced: tuple[str, ...] = ()
    blocking: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def find(self, line_up: str) -> LineUp:
        """Return the line-up with an id; `UnknownNameError` if there is none."""
        for candidate in self.line_ups:
            if candidate.id == line_up:
                return candidate
        raise UnknownNameError(
            f"no line-up {line_up!r} among the {len(self.line_ups)} best of {self.solution}"
        )
