"""What can be told of a Cypher statement from its text, before any engine has seen it.

Nothing here knows the whole language. Where the text alone does not tell, the answer is None, and the engine is
asked.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ..._errors import QueryError
from ._columns import expand_star, find_columns, tag_types
from ._lexer import Token, describe_place, find_place, tokenize
from ._temporals import bind_temporals, needs_types, read_typed

__all__ = [
    "bind_temporals",
    "describe_place",
    "expand_star",
    "find_columns",
    "is_statement_complete",
    "needs_types",
    "read_typed",
    "split_statements",
    "tag_types",
    "wants_files",
]


def wants_files(cypher: str) -> tuple[int, int] | None:
    """Return the place of a LOAD CSV clause, which reads files and addresses; None if there is none.

    Parameters
    ----------
    cypher
        One statement.

    Returns
    -------
    tuple of int, or None
        Line and column, both from 1.

    Raises
    ------
    QueryError
        A string, a comment or a back-ticked name never ends.

    Examples
    --------
    >>> wants_files("load /* x */ csv FROM 'file:///a.csv' AS row RETURN row")
    (1, 1)
    >>> wants_files("RETURN 'LOAD CSV'") is None
    True
    """
    start = _find_load(tokenize(cypher))
    if start is None:
        start = _find_load_in_disguise(cypher)
    return None if start is None else find_place(cypher, start)


def _find_load(tokens: list[Token]) -> int | None:
    words = [token for token in tokens if token.kind not in ("space", "comment")]
    for token, following in pairwise(words):
        if (token.word, following.word) == ("LOAD", "CSV"):
            return token.start
    return None


def _find_load_in_disguise(cypher: str) -> int | None:
    r"""Look again with ``\u004c`` and the like read as the characters that they stand for.

    Neo4j reads them before it looks for keywords, and even for the ends of strings.
    """
    starts: list[int] = []
    decoded = ""
    for found in re.finditer(r"\\\\|\\u+([0-9a-fA-F]{4})|.", cypher, re.DOTALL):
        char = chr(int(found[1], 16)) if found[1] else found[0]
        starts += [found.start()] * len(char)
        decoded += char
    if decoded == cypher:
        return None
    try:
        start = _find_load(tokenize(decoded))
    except QueryError:  # nothing that an engine would run
        return None
    return None if start is None else starts[start]


def split_statements(text: str) -> list[str]:
    r"""Cut a file into its statements, which end with semicolons.

    Parameters
    ----------
    text
        The file's text.

    Returns
    -------
    list of str
        The statements without their semicolons. Comments stay with the statement after them; blank ones are
        left out.

    Raises
    ------
    QueryError
        A string, a comment or a back-ticked name never ends.

    Examples
    --------
    >>> split_statements("RETURN ';' AS a; // two\nRETURN 2;")
    ["RETURN ';' AS a", '// two\nRETURN 2']
    """
    statements: list[str] = []
    pieces: list[Token] = []
    for token in [*tokenize(text), Token("punctuation", ";", len(text))]:
        if token.text != ";":
            pieces.append(token)
            continue
        if any(piece.kind not in ("space", "comment") for piece in pieces):
            statements.append("".join(piece.text for piece in pieces).strip())
        pieces = []
    return statements


def is_statement_complete(text: str) -> bool:
    """Tell whether a shell may send what was typed: it ends with a semicolon that ends a statement.

    An open bracket does not wait for more: no statement has a semicolon in brackets, and the engine's answer
    says what is wrong.

    Parameters
    ----------
    text
        The lines so far.

    Examples
    --------
    >>> is_statement_complete("MATCH (v) RETURN v;  // all")
    True
    >>> is_statement_complete("RETURN 'a;")
    False
    """
    try:
        words = [token for token in tokenize(text) if token.kind not in ("space", "comment")]
    except QueryError:
        return False
    return bool(words) and words[-1].text == ";"
