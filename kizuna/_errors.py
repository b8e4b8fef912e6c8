"""Every error that Kizuna raises on purpose, so that one ``except`` catches them all."""

from __future__ import annotations

__all__ = [
    "InputError",
    "KizunaError",
    "MissingExtraError",
    "QueryError",
    "QueryTimeoutError",
    "ReadOnlyError",
    "UnavailableError",
    "UnknownNameError",
]


class KizunaError(Exception):
    """Base of all of Kizuna's errors; its text is one sentence that a user can act on."""


class InputError(KizunaError, ValueError):
    """An argument or a file is not what it must be: which one, what was found, what is allowed."""


class UnknownNameError(KizunaError, LookupError):
    """A name (vendor, component, finding, table) that the data set does not hold."""


class MissingExtraError(KizunaError, ImportError):
    """An optional package is needed and not installed; the text gives the install line."""


class UnavailableError(KizunaError, RuntimeError):
    """Something outside could not be done: a store out of reach, a disk full, a page not written."""


class QueryError(InputError):
    """A Cypher statement is wrong: what was found, where in its text, and what could stand there."""


class ReadOnlyError(QueryError):
    """A statement writes, or reads files, where it may not."""


class QueryTimeoutError(UnavailableError, TimeoutError):
    """A query took longer than it was given."""
