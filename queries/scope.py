"""What a question is asked of: which countries, which offers count, whose country a vendor has."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from numbers import Real
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from .._errors import InputError
from ..graph.codes import CodedTable, Codes

__all__ = ["CONFIDENCE", "COUNTED", "ROLES", "Scope", "check_meaning"]

Bools = npt.NDArray[np.bool_]
Within = Literal["pair", "world"]
CountryBy = Literal["seat", "owner", "made"]

COUNTED = ("volume", "limited")
"""Statuses that count as a source of supply; a blank status counts too, and makes a finding apparent."""

ROLES = ("entrant", "established", "leader")
CONFIDENCE = ("low", "medium", "high")
_SOURCE_KINDS = ("cited", "report", "uncited")
_STATUSES = ("volume", "limited", "pilot", "announced", "ended")


@dataclass(frozen=True, kw_only=True)
class Scope:
    """The parameters that all questions share.

    Parameters
    ----------
    pair
        The two countries of the study, ISO codes.
    within
        ``pair``: only vendors of the two countries can be lost, and vendors elsewhere are given for a
        component that neither of the two offers. ``world``: all vendors alike.
    country_by
        ``seat``: a vendor is of the country of its legal seat; ``owner``: of the seat of its group's head.
        ``made``: countries are those of the places where an offer is made, not of vendors. An offer is
        lost with a country only if it is made nowhere else; one whose places nobody states is lost with
        none, and is in the pair if its vendor's seat is.
    statuses
        Statuses of offers that count.
    role
        Least role in the market that counts.
    source_kinds
        Kinds of source that count; default all.
    confidence
        Least confidence of an offer that counts.
    strict
        Whether a blank status or role fails the filters above; otherwise it passes.
    min_groups
        How many groups that can deliver a component must be there for it to count as offered. Imports are
        given as ever, and a virtual component needs nobody.
    min_share
        How much of a component's own market those groups must hold, above 0 up to 1; None: any. A group
        holds what its counted offers state for the latest year that is stated. What nobody states may all
        be held by groups without a stated share, as long as one of them is there; a component of whose
        market no share is stated is not held to it.
    """

    pair: tuple[str, str] = ("TW", "JP")
    within: Within = "pair"
    country_by: CountryBy = "seat"
    statuses: tuple[str, ...] = COUNTED
    role: str | None = None
    source_kinds: tuple[str, ...] | None = None
    confidence: str | None = None
    strict: bool = False
    min_groups: int = 1
    min_share: float | None = None

    def __post_init__(self) -> None:
        _check_one("within", self.within, get_args(Within))
        _check_one("country_by", self.country_by, get_args(CountryBy))
        if len(self.pair) != 2 or len(set(self.pair)) != 2:
            raise InputError(f"`pair` must be two different countries, like TW and JP; found {self.pair!r}")
        for country in self.pair:
            if not re.fullmatch(r"[A-Z]{2}", country):
                raise InputError(f"`pair` must be ISO codes like TW and JP; found {country!r}")
        for status in self.statuses:
            _check_one("statuses", status, _STATUSES)
        if self.role is not None:
            _check_one("role", self.role, ROLES)
        for kind in self.source_kinds or ():
            _check_one("source_kinds", kind, _SOURCE_KINDS)
        if self.confidence is not None:
            _check_one("confidence", self.confidence, CONFIDENCE)
        _check_groups(self.min_groups)
        if self.min_share is not None:
            _check_share(self.min_share)

    @property
    def thresholds(self) -> tuple[str, ...]:
        """How many groups and what share are asked for, where it is not one group and any share.

        Part of what an answer is of, and so of the ids of findings and chains.
        """
        asked = {"min_groups": self.min_groups, "min_share": self.min_share}
        plain = {"min_groups": 1, "min_share": None}
        return tuple(f"{name}={asked[name]}" for name in asked if asked[name] != plain[name])

    def filters(self) -> dict[str, str]:
        """Return the parameters that differ from the defaults, as text, for the head of an answer."""
        plain = Scope()
        return {
            field.name: ", ".join(value) if isinstance(value, tuple) else str(value)
            for field in fields(self)
            if (value := getattr(self, field.name)) != getattr(plain, field.name)
        }

    def counts(self, offers: CodedTable | pd.DataFrame) -> Bools:
        """Say for each offer whether it counts as a source of supply."""
        if isinstance(offers, pd.DataFrame):
            offers = CodedTable(offers)
        counted = _passes(offers["status"], self.statuses, blank=not self.strict)
        if self.role is not None:
            counted &= _passes(offers["role"], ROLES[ROLES.index(self.role) :], blank=not self.strict)
        if self.source_kinds is not None:
            counted &= offers["source_kind"].isin(self.source_kinds)
        if self.confidence is not None:
            counted &= offers["confidence"].isin(CONFIDENCE[CONFIDENCE.index(self.confidence) :])
        return counted


def check_meaning(scope: Scope, question: str, *parameters: str) -> Scope:
    """Return a scope whose parameters have a meaning for a question.

    Parameters
    ----------
    scope
        The scope.
    question
        What is asked, and why the parameters mean nothing there, for the message.
    parameters
        Those without a meaning: ``made`` (of `country_by`), ``min_groups``, ``min_share``.

    Raises
    ------
    InputError
        One of them is asked for.

    Examples
    --------
    >>> check_meaning(Scope(), "a route only follows offers", "min_groups").min_groups
    1
    """
    asked = {
        "made": ("country_by", scope.country_by == "made", "seat' or 'owner"),
        "min_groups": ("min_groups", scope.min_groups != 1, "1"),
        "min_share": ("min_share", scope.min_share is not None, "None"),
    }
    for parameter in parameters:
        name, found, instead = asked[parameter]
        if found:
            instead = f"'{instead}'" if parameter == "made" else instead
            raise InputError(
                f"`scope.{name}`={getattr(scope, name)!r} means nothing here: {question}; ask with {instead}"
            )
    return scope


def _check_groups(found: int) -> None:
    if isinstance(found, bool) or not isinstance(found, int) or found < 1:
        raise InputError(f"`min_groups` must be a whole number from 1 up; found {found!r}")


def _check_share(found: float) -> None:
    if isinstance(found, bool) or not isinstance(found, Real) or not 0 < found <= 1:
        raise InputError(f"`min_share` must be a number above 0 and up to 1, or None; found {found!r}")


def _check_one(name: str, found: str, allowed: tuple[str, ...]) -> None:
    if found not in allowed:
        raise InputError(f"`{name}` must be one of {', '.join(allowed)}; found {found!r}")


def _passes(column: Codes, allowed: tuple[str, ...], *, blank: bool) -> Bools:
    return column.test(lambda value: value in allowed, missing=blank)
