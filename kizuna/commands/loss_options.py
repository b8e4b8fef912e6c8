"""What the commands that ask about losses share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kizuna._errors import InputError, KizunaError, UnknownNameError
from kizuna.commands.options import read_selection

if TYPE_CHECKING:
    from kizuna.graph import SupplyGraph

__all__ = ["find_ids", "name_options", "select_data"]

_SHOWN = 5  # names in an error message
_OF_SCOPE = {
    "scope.within": "--scope",
    "scope.country_by": "--country-by",
    "scope.min_groups": "--min-groups",
    "scope.min_share": "--min-share",
}


@contextmanager
def name_options(**options: str) -> Iterator[None]:
    """Let an error name the option that was given, not the argument that it became."""
    try:
        yield
    except KizunaError as error:
        message = str(error)
        for argument, option in (_OF_SCOPE | options).items():
            message = message.replace(f"`{argument}`", f"`{option}`")
        error.args = (message, *error.args[1:])
        raise


def find_ids(graph: SupplyGraph, texts: Sequence[str], *labels: str, option: str) -> list[str]:
    """Return the ids of nodes that are given by id, or by a whole name in any script.

    What is no name at all is returned as it is: whoever is asked about it says so, with the ids that come
    nearest.

    Raises
    ------
    InputError
        Several have that name.
    UnknownNameError
        It is only a part of a name; the message gives whole ones.
    """
    from kizuna.queries.name_search import find_by_name

    found = []
    for text in texts:
        matches = find_by_name(graph, text, labels=labels)
        ids = sorted({match.id for match in matches})
        shown = ", ".join(ids[:_SHOWN]) + (f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else "")
        if ids and matches[0].how == "part":
            what = " or ".join(label.lower() for label in labels)
            raise UnknownNameError(
                f"`{option}`: no {what} {text!r} in this data set; in the names of: {shown}"
            )
        if len(ids) > 1:
            raise InputError(f"`{option}`: {text!r} may be {shown}; give one id")
        found.append(ids[0] if ids else text)
    return found


def select_data(options: dict[str, Any]) -> dict[str, str]:
    """Return what was selected, for the head of the answer: data, and kinds of requirement."""
    kinds = {"kinds": ", ".join(options["kinds"])} if options["kinds"] else {}
    return {**read_selection(options), **kinds}
