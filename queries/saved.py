"""Saved queries: questions in Cypher, each a file that any Neo4j runs as it is.

A file begins with a comment that says in TOML what the query answers, which parameters it takes and which
columns it gives; the statement follows. Nothing heavier than the standard library is imported here.
"""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal, NoReturn, get_args

from .._errors import InputError, UnknownNameError

if TYPE_CHECKING:
    from ..graph.stores import Result, Store

__all__ = [
    "LANGUAGES",
    "TOPICS",
    "ParameterType",
    "SavedColumn",
    "SavedParameter",
    "SavedQuery",
    "bind_parameters",
    "list_saved",
    "parse_saved",
    "read_saved",
    "run_saved",
]

ParameterType = Literal["text", "integer", "number", "boolean", "date", "list"]
LANGUAGES = ("en", "ja", "zh")
TOPICS = ("coverage", "gaps", "vendors", "ties", "needs", "engineering", "evidence", "data")
"""What the queries are about, in the order in which a reader would ask."""

_FOLDER = "cypher"
_SUFFIX = ".cypher"
_HEAD = re.compile(r"\s*/\*(?P<toml>.*?)\*/", re.DOTALL)
_LINE_OF_TOML = re.compile(r"\(at line (\d+), column \d+\)")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class SavedParameter:
    """A parameter of a saved query.

    Parameters
    ----------
    name
        Without the dollar.
    type
        What it must be; a list is one of texts, a date may be partial.
    default
        The value it has unless another is given; None where it is required.
    required
        Whether a value must be given.
    description
        What it means, by language.
    allowed
        The texts it may be, or that a list may hold; empty: any.
    size
        How many values a list must have; None: any number.
    """

    name: str
    type: ParameterType
    default: Any
    required: bool
    description: Mapping[str, str]
    allowed: tuple[str, ...] = ()
    size: int | None = None


@dataclass(frozen=True, slots=True)
class SavedColumn:
    """A column of a saved query's answer, and what it means, by language."""

    name: str
    description: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A question in Cypher.

    Parameters
    ----------
    name
        The name of its file.
    cypher
        The whole file: it runs as it is.
    title, description
        What it answers, by language.
    topic
        What it is about, one of :data:`TOPICS`.
    parameters, columns
        What it takes and what it gives, in order.
    """

    name: str
    cypher: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    topic: str
    parameters: tuple[SavedParameter, ...]
    columns: tuple[SavedColumn, ...]


def list_saved() -> list[SavedQuery]:
    """Return every saved query, sorted by name.

    Examples
    --------
    >>> [query.name for query in list_saved() if query.topic == "coverage"]
    ['coverage-by-component', 'coverage-by-layer', 'coverage-by-nature', 'coverage-by-segment']
    """
    return [read_saved(name) for name in _list_names()]


@cache
def _list_names() -> tuple[str, ...]:
    files = resources.files(__package__).joinpath(_FOLDER).iterdir()
    return tuple(sorted(f.name.removesuffix(_SUFFIX) for f in files if f.name.endswith(_SUFFIX)))


@cache
def read_saved(name: str) -> SavedQuery:
    """Return the saved query called `name`.

    Raises
    ------
    UnknownNameError
        There is none; the message gives the names that come nearest.
    """
    names = _list_names()
    if name not in names:
        near = get_close_matches(name, names, n=3, cutoff=0.4)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(names)}"
        raise UnknownNameError(f"no saved query {name!r}; {hint}")
    file = resources.files(__package__).joinpath(_FOLDER, name + _SUFFIX)
    return parse_saved(file.read_bytes(), name=name)


def parse_saved(content: bytes, *, name: str) -> SavedQuery:
    """Read a saved query from the bytes of its file.

    Parameters
    ----------
    content
        The file: a block comment that holds TOML, then the statement.
    name
        What to call the query; errors call the file so too.

    Raises
    ------
    InputError
        The file is not what it must be; the message says where and why.
    """
    where = name + _SUFFIX
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(f"{where}, line {line}: this is not UTF-8; save the file as UTF-8") from None
    head = _HEAD.match(text)
    if head is None:
        raise InputError(f"{where}, line 1: the file must begin with a comment /* … */ that holds its title")
    if not text[head.end() :].strip():
        line = text.count("\n", 0, head.end()) + 1
        raise InputError(f"{where}, line {line}: there is no statement after the comment")
    first = text.count("\n", 0, head.start("toml"))
    reader = _Reader(where, _parse_toml(head["toml"], where, first), head["toml"], first)
    return reader.read(name, text)


def _parse_toml(text: str, where: str, first: int) -> dict[str, Any]:
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        found = _LINE_OF_TOML.search(str(error))
        line = first + (int(found[1]) if found else text.count("\n") + 1)
        reason = _LINE_OF_TOML.sub("", str(error)).strip()
        raise InputError(f"{where}, line {line}: the comment is not TOML: {reason}") from None
    except RecursionError:
        raise InputError(f"{where}, line {first + 1}: the comment is nested too deep") from None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns the TOML of one file into a query; knows on which line each part began."""

    where: str
    toml: Mapping[str, Any]
    source: str
    first: int

    def read(self, name: str, cypher: str) -> SavedQuery:
        known = {"topic", "title", "description", "parameters", "columns"}
        for key in self.toml:
            self.check_keys({key: None}, known, self.find_line(key), "the comment")
        topic: Any = self.toml.get("topic")
        if topic not in TOPICS:
            self.fail(self.find_line("topic"), f"`topic` must be one of {', '.join(TOPICS)}; found {topic!r}")
        return SavedQuery(
            name=name,
            cypher=cypher,
            title=self.read_texts(self.toml, "title", self.find_line("title")),
            description=self.read_texts(self.toml, "description", self.find_line("description")),
            topic=topic,
            parameters=tuple(self.read_parameter(*each) for each in self.list_tables("parameters")),
            columns=tuple(self.read_column(*each) for each in self.list_tables("columns", needed=True)),
        )

    def list_tables(self, key: str, *, needed: bool = False) -> list[tuple[Mapping[str, Any], int]]:
        """Return the tables of an array, each with its line."""
        tables = self.toml.get(key, [])
        lines = [
            self.first + number
            for number, line in enumerate(self.source.split("\n"), 1)
            if line.strip().replace(" ", "") == f"[[{key}]]"
        ]
        if not isinstance(tables, list) or len(lines) != len(tables):
            self.fail(self.find_line(key), f"`{key}` must be written as tables, each under a line [[{key}]]")
        if needed and not tables:
            self.fail(self.first + 1, f"`{key}` is missing: each needs a table under a line [[{key}]]")
        names = [table.get("name") for table in tables]
        for position, found in enumerate(names):
            if not isinstance(found, str) or not found:
                self.fail(lines[position], "`name` is missing")
            if found in names[:position]:
                self.fail(lines[position], f"`name`: there are two {key} called {found!r}")
        return list(zip(tables, lines, strict=True))

    def find_line(self, key: str) -> int:
        """Return the first line that speaks of a key; that of the comment if none does."""
        for number, line in enumerate(self.source.split("\n"), 1):
            if line.lstrip(" \t[").startswith(key):
                return self.first + number
        return self.first + 1

    def read_parameter(self, table: Mapping[str, Any], line: int) -> SavedParameter:
        known = {"name", "type", "default", "required", "description", "allowed", "size"}
        name = table["name"]
        self.check_keys(table, known, line, f"parameter {name!r}")
        kind: Any = table.get("type")
        allowed, size = table.get("allowed", []), table.get("size")
        if kind not in get_args(ParameterType):
            self.fail(line, f"`type` must be one of {', '.join(get_args(ParameterType))}; found {kind!r}")
        if not isinstance(allowed, list) or not all(isinstance(value, str) for value in allowed):
            self.fail(line, f"`allowed` must be a list of texts; found {allowed!r}")
        if size is not None and (type(size) is not int or size < 1 or kind != "list"):
            self.fail(line, f"`size` is the length of a list, from 1 up; found {size!r}")
        required = table.get("required", False)
        if type(required) is not bool or required == ("default" in table):
            self.fail(line, f"parameter {name!r} needs either `default` or `required = true`")
        parameter = SavedParameter(
            name=name,
            type=kind,
            default=table.get("default"),
            required=required,
            description=self.read_texts(table, "description", line),
            allowed=tuple(allowed),
            size=size,
        )
        if not required:
            try:
                _check_value(parameter, parameter.default)
            except InputError as error:
                self.fail(line, f"`default`: {error}")
        return parameter

    def read_column(self, table: Mapping[str, Any], line: int) -> SavedColumn:
        self.check_keys(table, {"name", "description"}, line, f"column {table['name']!r}")
        return SavedColumn(table["name"], self.read_texts(table, "description", line))

    def read_texts(self, table: Mapping[str, Any], key: str, line: int) -> Mapping[str, str]:
        texts: Any = table.get(key)
        if not isinstance(texts, dict) or set(texts) != set(LANGUAGES):
            found = ", ".join(sorted(texts)) if isinstance(texts, dict) else repr(texts)
            self.fail(line, f"`{key}` must be given in {', '.join(LANGUAGES)}; found {found or 'none'}")
        for language, text in texts.items():
            if not isinstance(text, str) or not text.strip():
                self.fail(line, f"`{key}.{language}` must be a text; found {text!r}")
        return dict(texts)

    def check_keys(self, table: Mapping[str, Any], known: set[str], line: int, what: str) -> None:
        unknown = sorted(set(table) - known)
        if unknown:
            self.fail(line, f"{what} has no `{unknown[0]}`; there are {', '.join(sorted(known))}")

    def fail(self, line: int, problem: str) -> NoReturn:
        raise InputError(f"{self.where}, line {line}: {problem}")


def bind_parameters(saved: SavedQuery, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of all parameters of a saved query.

    Parameters
    ----------
    saved
        The query.
    given
        Values by name; the others have their defaults.

    Raises
    ------
    InputError
        A name that the query does not have, one that it needs and that is not given, or a value of the
        wrong type; the message says what there is.

    Examples
    --------
    >>> bind_parameters(read_saved("vendor-offers"), {"vendor": "sony"})
    {'vendor': 'sony', 'lang': 'en'}
    """
    names = [parameter.name for parameter in saved.parameters]
    unknown = sorted(set(given) - set(names))
    if unknown:
        there = f"there are {', '.join(names)}" if names else "it takes none"
        raise InputError(f"{saved.name} has no parameter {unknown[0]!r}; {there}")
    missing = [p.name for p in saved.parameters if p.required and p.name not in given]
    if missing:
        raise InputError(f"{saved.name} needs a value for {', '.join(missing)}")
    values: dict[str, Any] = {}
    for parameter in saved.parameters:
        value = given.get(parameter.name, parameter.default)
        if parameter.name in given:
            try:
                value = _check_value(parameter, value)
            except InputError as error:
                raise InputError(f"{saved.name}, parameter `{parameter.name}`: {error}") from None
        values[parameter.name] = list(value) if isinstance(value, list | tuple) else value
    return values


def run_saved(store: Store, name: str, parameters: Mapping[str, Any] | None = None, **options: Any) -> Result:
    """Run the saved query called `name`.

    Parameters
    ----------
    store
        Where; see :func:`kizuna.connect`.
    name
        Which query.
    parameters
        Values that differ from the defaults.
    options
        Those of :meth:`Store.query`: ``timeout``, ``row_limit``.

    Raises
    ------
    UnknownNameError
        There is no such query.
    InputError
        A parameter is wrong.
    """
    saved = read_saved(name)
    return store.query(saved.cypher, bind_parameters(saved, parameters or {}), **options)


def _is_date(value: Any) -> bool:
    match = _DATE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return False
    year, month, day = (int(part) if part else None for part in match.groups())
    if not year or (month is not None and not 1 <= month <= 12):
        return False
    return day is None or 1 <= day <= monthrange(year, month or 1)[1]


_TYPES: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "text": ("a text", lambda value: isinstance(value, str)),
    "integer": ("a whole number", lambda value: type(value) is int),
    "number": ("a number", lambda value: type(value) in (int, float) and abs(value) < float("inf")),
    "boolean": ("true or false", lambda value: type(value) is bool),
    "date": ("a date like 2026, 2026-11 or 2026-11-22", _is_date),
    "list": (
        "a list of texts",
        lambda value: isinstance(value, list | tuple) and all(isinstance(each, str) for each in value),
    ),
}


def _check_value(parameter: SavedParameter, value: Any) -> Any:
    """Return `value` if the parameter may have it."""
    wanted, fits = _TYPES[parameter.type]
    if not fits(value):
        raise InputError(f"must be {wanted}; found {value!r}")
    if parameter.size is not None and len(value) != parameter.size:
        raise InputError(f"must have {parameter.size} values; found {value!r}")
    for each in value if parameter.type == "list" else [value]:
        if parameter.allowed and each not in parameter.allowed:
            raise InputError(f"must be {_say_allowed(parameter)}; found {each!r}")
    return value


def _say_allowed(parameter: SavedParameter) -> str:
    one = "made of" if parameter.type == "list" else "one of"
    return f"{one} {', '.join(parameter.allowed)}"
