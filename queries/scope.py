"""What a question is asked of: which countries, which offers count, whose country a vendor has."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Literal, get_args

import pandas as pd

from .._errors import InputError

__all__ = ["CONFIDENCE", "COUNTED", "ROLES", "Scope"]

Within = Literal["pair", "world"]
CountryBy = Literal["seat", "owner"]

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
    """

    pair: tuple[str, str] = ("TW", "JP")
    within: Within = "pair"
    country_by: CountryBy = "seat"
    statuses: tuple[str, ...] = COUNTED
    role: str | None = None
    source_kinds: tuple[str, ...] | None = None
    confidence: str | None = None
    strict: bool = False

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

    def filters(self) -> dict[str, str]:
        """Return the parameters that differ from the defaults, as text, for the head of an answer."""
        plain = Scope()
        return {
            field.name: ", ".join(value) if isinstance(value, tuple) else str(value)
            for field in fields(self)
            if (value := getattr(self, field.name)) != getattr(plain, field.name)
        }

    def counts(self, offers: pd.DataFrame) -> pd.Series:
        """Say for each offer whether it counts as a source of supply."""
        counted = _passes(offers["status"], self.statuses, blank=not self.strict)
        if self.role is not None:
            counted &= _passes(offers["role"], ROLES[ROLES.index(self.role) :], blank=not self.strict)
        if self.source_kinds is not None:
            counted &= offers["source_kind"].isin(self.source_kinds)
        if self.confidence is not None:
            counted &= offers["confidence"].isin(CONFIDENCE[CONFIDENCE.index(self.confidence) :])
        return counted


def _check_one(name: str, found: str, allowed: tuple[str, ...]) -> None:
    if found not in allowed:
        raise InputError(f"`{name}` must be one of {', '.join(allowed)}; found {found!r}")


def _passes(column: pd.Series, allowed: tuple[str, ...], *, blank: bool) -> pd.Series:
    passes = column.isin(allowed)
    return passes | column.isna() if blank else passes
