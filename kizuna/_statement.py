"""What a user asks: the text of a query, wherever it stands, and the values of its parameters."""

from __future__ import annotations

import codecs
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn, TextIO

from kizuna._errors import InputError

__all__ = ["decode_text", "parse_value", "read_parameters", "read_statement"]

_EXAMPLE = 'kizuna query "MATCH (v:Vendor) RETURN v.id LIMIT 5"'
# What Windows PowerShell's `>` and Notepad's "Unicode" write begins with one of the others.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_JSON_BEGINS = ("[", "{", '"')
_LARGEST = 2**63


def read_statement(text: str | None, file: str | None) -> str:
    """Return the one statement that a user gave: as text, as a file, or on standard input.

    Parameters
    ----------
    text
        The statement; ``-`` or None: standard input, unless there is a file.
    file
        Name of a file.

    Raises
    ------
    InputError
        There is none, there are several, or the file cannot be read.
    """
    from kizuna.graph.stores.text import split_statements

    if text is not None and text != "-":
        where, found = "the text", text
    elif file is not None and file != "-":
        where, found = file, _read_file(file)
    else:
        where, found = "standard input", _read_input(sys.stdin)
    statements = split_statements(found)
    if not statements:
        raise InputError(f"{where} holds no query; for example: {_EXAMPLE}")
    if len(statements) > 1:
        raise InputError(
            f"{where} holds {len(statements)} statements, and `kizuna query` runs one; "
            "to run them in their order: kizuna shell < FILE"
        )
    return found if found.count(";") == 0 else _keep_lines(found, statements[0])


def _keep_lines(text: str, statement: str) -> str:
    """Return the statement at the line of the file where it stands, so that messages name that line."""
    start = text.find(statement)
    return text[:start] + statement if start >= 0 else statement


def _read_file(file: str) -> str:
    try:
        return decode_text(Path(file).read_bytes(), where=file)
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror or error}") from error


def _read_input(stream: TextIO | None) -> str:
    if stream is None or stream.isatty():
        raise InputError(
            f"no query; give its text, a file (-f), a saved one (--saved) or pipe it in; for example: {_EXAMPLE}"
        )
    raw = getattr(stream, "buffer", None)
    if raw is None:
        return stream.read()
    return decode_text(raw.read(), where="standard input", fallback=stream.encoding)


def decode_text(data: bytes, *, where: str, fallback: str | None = None) -> str:
    r"""Return bytes as text: UTF-8, or UTF-16 that begins with its mark; lines end in ``\n``.

    Parameters
    ----------
    data
        The bytes.
    where
        What they are of, for messages.
    fallback
        The console's encoding, in which a pipe may send what was typed; None: anything else is an error.

    Raises
    ------
    InputError
        They are neither; the message names the encoding that they seem to be in.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    for candidate in (encoding, fallback):
        if candidate is None:
            continue
        try:
            text = data.decode(candidate)
        except (UnicodeDecodeError, LookupError):
            continue
        return text.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_encoding(data, where)


def _refuse_encoding(data: bytes, where: str) -> NoReturn:
    from kizuna.loaders.encodings import find_invalid_utf8, name_encoding

    place = find_invalid_utf8(data) or 0
    raise InputError(f"{where}: found {name_encoding(data, place)}; save it as UTF-8")


def read_parameters(given: Iterable[str], types: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return parameters by name, from texts like ``name=value``.

    Parameters
    ----------
    given
        The texts. A value is JSON; what is no JSON is text.
    types
        What a saved query declares, by name: ``text`` and ``date`` are taken as typed, a ``list`` may be words
        between commas.

    Raises
    ------
    InputError
        One has no name, is given twice, or begins like JSON and is none.

    Examples
    --------
    >>> read_parameters(["n=3", "id=tsmc", 'ids=["a", "b"]', "flag=true"])
    {'n': 3, 'id': 'tsmc', 'ids': ['a', 'b'], 'flag': True}
    >>> read_parameters(["code=7", "ids=a,b"], {"code": "text", "ids": "list"})
    {'code': '7', 'ids': ['a', 'b']}
    """
    values: dict[str, Any] = {}
    for text in given:
        name, mark, value = text.partition("=")
        name = name.strip().removeprefix("$")
        if not mark or not name:
            raise InputError(f"`--param`: found {text!r}; it must be name=value, such as --param country=TW")
        if name in values:
            raise InputError(f"`--param`: {name} is given twice")
        values[name] = parse_value(name, value, (types or {}).get(name))
    return values


def parse_value(name: str, value: str, kind: str | None = None) -> Any:
    """Return the value of one parameter; see :func:`read_parameters`."""
    stripped = value.strip()
    if kind in ("text", "date") and not stripped.startswith('"'):
        return value
    if kind == "list" and not stripped.startswith("["):
        return [part for part in (word.strip() for word in stripped.split(",")) if part]
    try:
        found = json.loads(stripped, parse_constant=_refuse_constant)
    except ValueError:
        if stripped.startswith(_JSON_BEGINS):
            raise InputError(
                f"`--param`: {name} begins like JSON and is none: {stripped}; in Windows' cmd write quotation "
                'marks inside as \\", such as --param "ids=[\\"a\\"]"'
            ) from None
        return value
    _check_size(name, found)
    return found


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(word)  # NaN and Infinity are no JSON


def _check_size(name: str, value: Any) -> None:
    match value:
        case int() if not -_LARGEST <= value < _LARGEST:
            raise InputError(f"`--param`: {name} is {value}; integers of Cypher have 64 bits")
        case list():
            for part in value:
                _check_size(name, part)
        case dict():
            _check_size(name, list(value.values()))
