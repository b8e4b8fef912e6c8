"""What differs between the elements that a store holds and those that it should hold."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Difference", "Stored", "compare_rows", "gather_rows"]

Stored = dict[Hashable, list[tuple[str, Mapping[str, Any]]]]
"""Elements of a store by what they are known by: their element ids and their properties.

There may be several where only one should be.
"""


@dataclass(slots=True)
class Difference:
    """What is to be done: items to create, element ids and properties to update, element ids to delete."""

    create: list[Any] = field(default_factory=list)
    update: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    delete: list[str] = field(default_factory=list)
    unchanged: int = 0


def gather_rows(rows: Iterable[tuple[Hashable, str, Mapping[str, Any]]]) -> Stored:
    """Return elements, given as key, element id and properties, by their keys."""
    stored: Stored = {}
    for key, element_id, properties in rows:
        stored.setdefault(key, []).append((element_id, properties))
    return stored


def compare_rows(
    wanted: Iterable[tuple[Hashable, Any, Mapping[str, Any]]], stored: Stored, *, rest: bool = True
) -> Difference:
    """Compare what should be there with what is.

    Parameters
    ----------
    wanted
        Key, item and properties of each element; the item is what is to be created if it is missing.
    stored
        What is there; what was wanted is taken out of it.
    rest
        Whether what remains is to be deleted. Of several with one key, all but the first always are.

    Examples
    --------
    >>> stored = gather_rows([("a", "1", {"n": 1}), ("b", "2", {"n": 2}), ("c", "3", {})])
    >>> found = compare_rows([("a", "A", {"n": 1}), ("b", "B", {"n": 3}), ("d", "D", {})], stored)
    >>> found.unchanged, found.update, found.create, found.delete
    (1, [('2', {'n': 3})], ['D'], ['3'])
    """
    found = Difference()
    for key, item, properties in wanted:
        there = stored.pop(key, None)
        if there is None:
            found.create.append(item)
            continue
        (element_id, old), *again = there
        found.delete += [extra for extra, _ in again]
        if _equal(old, properties):
            found.unchanged += 1
        else:
            found.update.append((element_id, properties))
    if rest:
        found.delete += [element_id for there in stored.values() for element_id, _ in there]
    return found


def _equal(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Compare values and types: to Python, 1, 1.0 and True are equal."""
    return old == new and all(type(old[name]) is type(value) for name, value in new.items())
