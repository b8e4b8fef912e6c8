"""What could come next in a statement or a command of the shell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kizuna._errors import QueryError
from kizuna.answers.schema import Element
from kizuna.graph.stores._lexer import tokenize

__all__ = ["KEYWORDS", "complete"]

KEYWORDS = (
    *("ALL", "AND", "ANY", "AS", "ASC", "BY", "CALL", "CASE", "CONTAINS", "COUNT", "CREATE", "DELETE"),
    *("DESC", "DETACH DELETE", "DISTINCT", "ELSE", "END", "ENDS WITH", "EXISTS", "FALSE", "IN"),
    *("IS NOT NULL", "IS NULL", "LIMIT", "MATCH", "MERGE", "NONE", "NOT", "NULL", "ON CREATE SET"),
    *("ON MATCH SET", "OPTIONAL MATCH", "OR", "ORDER BY", "REMOVE", "RETURN", "SET", "SINGLE", "SKIP"),
    *("STARTS WITH", "THEN", "TRUE", "UNION", "UNWIND", "WHEN", "WHERE", "WITH", "XOR", "YIELD"),
    *("allShortestPaths(", "avg(", "coalesce(", "collect(", "count(", "date(", "duration(", "head("),
    *("keys(", "labels(", "last(", "length(", "max(", "min(", "nodes(", "properties(", "range("),
    *("relationships(", "shortestPath(", "size(", "split(", "substring(", "sum(", "toFloat("),
    *("toInteger(", "toLower(", "toString(", "toUpper(", "trim(", "type("),
)
_BOUND = re.compile(r"([(\[])\s*(\w+)\s*:\s*`?(\w+)")
_WORD = re.compile(r"\w*\Z")


def complete(
    text: str, elements: Sequence[Element], *, commands: Iterable[str] = (), saved: Iterable[str] = ()
) -> list[tuple[str, int]]:
    """Return what may follow, each with how many characters before the cursor it replaces.

    Parameters
    ----------
    text
        What stands before the cursor.
    elements
        Labels and relationship types with their properties.
    commands
        Commands of the shell.
    saved
        Names of saved queries.

    Examples
    --------
    >>> vendor = Element("label", "Vendor", fields=())
    >>> complete("MATCH (v:Ve", [vendor])
    [('Vendor', 2)]
    >>> complete("RETURN 'v:Ve", [vendor])
    []
    """
    if text.lstrip().startswith(":"):
        return _complete_command(text.lstrip(), elements, commands, saved)
    try:
        tokens = tokenize(text)
    except QueryError:  # in a string, a comment or a name
        return []
    if tokens and tokens[-1].kind in ("comment", "string", "number", "parameter"):
        return []
    word = _get_word(text)
    before = text[: len(text) - len(word)].rstrip("`")
    names = _list_names(before, elements)
    if names is not None:
        return _fit(names, word)
    return _fit(KEYWORDS, word) if len(word) > 1 else []


def _get_word(text: str) -> str:
    found = _WORD.search(text)
    return found[0] if found else ""


def _fit(names: Iterable[str], word: str) -> list[tuple[str, int]]:
    low = word.lower()
    return [(name, len(word)) for name in names if name.lower().startswith(low) and name != word]


def _complete_command(
    text: str, elements: Sequence[Element], commands: Iterable[str], saved: Iterable[str]
) -> list[tuple[str, int]]:
    name, blank, rest = text[1:].partition(" ")
    if not blank:
        return _fit(commands, name)
    if name in ("saved", "show"):
        return _fit(saved, rest)
    if name == "schema":
        return _fit((element.name for element in elements), _get_word(rest))
    return []


def _list_names(before: str, elements: Sequence[Element]) -> list[str] | None:
    """Return the names that fit where the text ends; None where a keyword may stand."""
    if re.search(r"[:|&!]\s*\Z", before):
        kind = _find_bracket(before)
        if kind == "{":
            return []  # a value in a map
        wanted = "type" if kind == "[" else "label"
        return sorted(element.name for element in elements if element.kind == wanted)
    variable = re.search(r"(\w+)\s*\.\s*\Z", before)
    if variable:
        return _list_properties(_find_element(before, variable[1]), elements)
    inside = re.search(r"[:|]\s*`?(\w+)`?\s*\{(?:[^{}]*,)?\s*\Z", before)
    return _list_properties(inside[1], elements) if inside else None


def _find_bracket(before: str) -> str:
    """Return the innermost bracket that is still open."""
    depth: list[str] = []
    for char in before:
        if char in "([{":
            depth.append(char)
        elif char in ")]}" and depth:
            depth.pop()
    return depth[-1] if depth else ""


def _find_element(before: str, variable: str) -> str | None:
    found = [name for _, bound, name in _BOUND.findall(before) if bound == variable]
    return found[-1] if found else None


def _list_properties(name: str | None, elements: Sequence[Element]) -> list[str]:
    chosen = [element for element in elements if element.name == name] or elements
    return sorted(_field_names(chosen))


def _field_names(elements: Iterable[Element]) -> set[str]:
    return {field.name for element in elements for field in element.fields}
