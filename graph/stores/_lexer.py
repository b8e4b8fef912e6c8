"""The words of a Cypher statement, each with its place.

Only what every dialect of Cypher agrees on: what is a string, a comment, a back-ticked name, a parameter. What
the words mean is left to the engine; nothing here refuses a statement, but for one that never ends.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple

from ..._errors import QueryError

__all__ = ["Token", "describe_place", "find_place", "quote_name", "tokenize", "unquote_name"]

Kind = Literal["space", "comment", "string", "quoted", "parameter", "number", "name", "punctuation"]

_BACKTICKED = r"`[^`]*+(?:``[^`]*+)*+`"  # `*+`: a doubled back-tick is never taken for the last one
_TOKEN = re.compile(
    rf"""
      (?P<space>       \s+ )
    | (?P<comment>     //[^\n\r]* | /\*.*?\*/ )
    | (?P<string>      '[^'\\]*+(?:\\.[^'\\]*+)*+' | "[^"\\]*+(?:\\.[^"\\]*+)*+" )
    | (?P<quoted>      {_BACKTICKED} )
    | (?P<parameter>   \$ \s* (?: {_BACKTICKED} | \w+ ) )
    | (?P<number>      0[xX][0-9a-fA-F_]+ | 0o[0-7_]+
                     | (?: [0-9][0-9_]*(?:\.[0-9][0-9_]*)? | (?<!\.)\.[0-9][0-9_]* ) (?:[eE][+-]?[0-9]+)? )
    | (?P<name>        [^\W\d]\w* )
    | (?P<punctuation> \.\. | :: | . )
    """,
    re.DOTALL | re.VERBOSE,
)
_OPEN = {"'": "string", '"': "string", "`": "back-ticked name", "/*": "comment"}
_LONGEST = 100  # characters of a statement that an error shows


class Token(NamedTuple):
    """A piece of a statement: what it is, its text as written, and the offset at which it begins."""

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset after it."""
        return self.start + len(self.text)

    @property
    def word(self) -> str:
        """The word in capitals, if it could be a keyword."""
        return self.text.upper() if self.kind == "name" else ""


def tokenize(cypher: str) -> list[Token]:
    """Cut a statement into tokens, whose texts put together are the statement.

    Parameters
    ----------
    cypher
        The statement.

    Raises
    ------
    QueryError
        A string, a comment or a back-ticked name never ends.

    Examples
    --------
    >>> [token.text for token in tokenize("RETURN 'a;b'  // why") if token.kind != "space"]
    ['RETURN', "'a;b'", '// why']
    """
    tokens: list[Token] = []
    position = 0
    while found := _TOKEN.match(cypher, position):
        kind: Kind = found.lastgroup  # type: ignore[assignment]  # the group names are the kinds
        end = found.end()
        if kind == "punctuation":
            _check_ended(cypher, position)
        elif kind == "name" or (kind == "parameter" and not found[0].endswith("`")):
            end = _end_of_name(cypher, end)
        tokens.append(Token(kind, cypher[position:end], position))
        position = end
    return tokens


def _end_of_name(cypher: str, end: int) -> int:
    """Take in the combining marks, which are no word characters of a regular expression."""
    while end < len(cypher) and ("a" + cypher[end]).isidentifier():
        end += 1
    return end


def _check_ended(cypher: str, position: int) -> None:
    for opening, what in _OPEN.items():
        if cypher.startswith(opening, position):
            line, column = find_place(cypher, position)
            raise QueryError(
                f"The {what} that begins at line {line}, column {column} is not closed.\n"
                f"{describe_place(cypher, line, column)}"
            )


def find_place(cypher: str, offset: int) -> tuple[int, int]:
    r"""Return line and column, both from 1, of an offset.

    Examples
    --------
    >>> find_place("MATCH (v)\nRETURN v", 10)
    (2, 1)
    """
    before = cypher[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def quote_name(name: str) -> str:
    """Put a name into back-ticks.

    Examples
    --------
    >>> quote_name("a`b")
    '`a``b`'
    """
    return "`" + name.replace("`", "``") + "`"


def unquote_name(name: str) -> str:
    """Take a name out of its back-ticks, if it is in any.

    Examples
    --------
    >>> unquote_name("`a``b`"), unquote_name("ab")
    ('a`b', 'ab')
    """
    return name[1:-1].replace("``", "`") if name.startswith("`") else name


def describe_place(cypher: str, line: int, column: int) -> str:
    """Show a place in a statement: its line, and under it a caret.

    Parameters
    ----------
    cypher
        The statement.
    line, column
        The place, both from 1. One that lies outside is moved to the nearest that exists.

    Returns
    -------
    str
        Two lines. A long line of the statement is cut down to 100 characters around the place. A tab is shown
        as one blank; a Chinese or Japanese character is two columns wide in a terminal, and so the caret
        stands under it there.

    Examples
    --------
    >>> print(describe_place("MATCH (v:供應商 RETURN v", 1, 14))
    MATCH (v:供應商 RETURN v
                    ^
    """
    lines = cypher.split("\n")
    text = lines[min(max(line, 1), len(lines)) - 1].removesuffix("\r")
    text = "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in text)
    place = min(max(column - 1, 0), len(text))
    text, place = _shorten(text, place)
    return f"{text}\n{' ' * sum(map(_width, text[:place]))}^"


def _shorten(text: str, place: int) -> tuple[str, int]:
    """Cut a line down to the longest that is shown, with the place well within it."""
    if len(text) <= _LONGEST:
        return text, place
    first = min(max(place - _LONGEST // 2, 0), len(text) - _LONGEST)
    shown = text[first : first + _LONGEST]
    if first > 0:
        shown = "…" + shown[1:]
    if first + _LONGEST < len(text):
        shown = shown[:-1] + "…"
    return shown, place - first


def _width(char: str) -> int:
    """Columns of a character in a terminal."""
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
