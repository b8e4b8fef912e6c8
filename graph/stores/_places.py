"""Where in a statement a word or a parameter stands."""

from __future__ import annotations

from ._lexer import describe_place, find_place, tokenize, unquote_name

__all__ = ["find_parameters", "find_start", "find_word", "point_at"]


def find_parameters(cypher: str) -> dict[str, tuple[int, int]]:
    """Return the parameters of a statement by name, without the dollar, with the place of the first use.

    Examples
    --------
    >>> find_parameters("RETURN $a, '$b', $`c d`, $a")
    {'a': (1, 8), 'c d': (1, 18)}
    """
    found: dict[str, tuple[int, int]] = {}
    for token in tokenize(cypher):
        if token.kind == "parameter":
            found.setdefault(unquote_name(token.text[1:]), find_place(cypher, token.start))
    return found


def find_start(cypher: str) -> tuple[int, int]:
    r"""Return the place of the first word, after blanks and comments.

    Examples
    --------
    >>> find_start("// all\n  RETURN 1")
    (2, 3)
    """
    words = (token for token in tokenize(cypher) if token.kind not in ("space", "comment"))
    return find_place(cypher, next((token.start for token in words), 0))


def find_word(cypher: str, word: str) -> tuple[int, int] | None:
    """Return the place of the first use of a name; a dotted one is found by its parts.

    Examples
    --------
    >>> find_word("RETURN 'x' + apoc . x(1)", "apoc.x")
    (1, 14)
    """
    tokens = [token for token in tokenize(cypher) if token.kind not in ("space", "comment")]
    parts = [piece for part in word.split(".") for piece in (part, ".")][:-1]
    for place, token in enumerate(tokens):
        named = [
            unquote_name(t.text) if t.kind == "quoted" else t.text for t in tokens[place : place + len(parts)]
        ]
        if named == parts and token.kind in ("name", "quoted"):
            return find_place(cypher, token.start)
    return None


def point_at(cypher: str, message: str, place: tuple[int, int] | None) -> str:
    """Return a message with the place it speaks of: line, column, the line itself and a caret below."""
    if place is None:
        return message
    line, column = place
    return f"{message} (line {line}, column {column})\n{describe_place(cypher, line, column)}"
