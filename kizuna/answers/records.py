"""Answers that were written as JSON earlier, read again: which findings they hold, of which data, asked how."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from kizuna._errors import InputError
from kizuna.queries import UNITS, Scope
from kizuna.queries.finding_search import GapQuestion
from kizuna.queries.structure import REQUIREMENT_KINDS

__all__ = ["AnswerRecord", "read_answer", "reduce_finding"]

_LARGEST = 256 * 2**20  # bytes; an answer on a million vendors has a few hundred thousand
_NODES = {
    "roots": "roots",
    "vendors": "vendors",
    "solutions": "solutions_lost",
    "components": "components_lost",
    "members": "members",
}
_LISTS = ("direct", "at_once", "also")
_DATA = ("name", "version", "date", "as_of", "hash")
_VERDICTS = ("confirmed", "apparent", "fragile")
_SOURCE = ("dataset", "source_kind", "source_url", "source_title", "as_of", "confidence")


@dataclass(frozen=True)
class AnswerRecord:
    """An answer of ``kizuna gaps`` or ``kizuna finding`` as it was written.

    Parameters
    ----------
    file
        Where it was read.
    question
        What was asked.
    data
        Name, version, date, day and hash of the data.
    findings
        Its findings by id, reduced to the properties that are compared.
    whole
        Whether it lists every finding there was.
    """

    file: str
    question: GapQuestion
    data: Mapping[str, str]
    findings: Mapping[str, Mapping[str, Any]]
    whole: bool


class _Odd(Exception):
    """What is wrong with an answer, and where."""


def read_answer(file: str) -> AnswerRecord:
    """Read a JSON file that ``kizuna gaps`` or ``kizuna finding`` wrote.

    Raises
    ------
    InputError
        It cannot be read, is no JSON, or no such answer; the message says what was found where.
    """
    try:
        return _read_document(file, _load(file))
    except _Odd as odd:
        raise InputError(
            f"`--since`: {file} is no answer of kizuna gaps or kizuna finding ({odd}); write one with kizuna gaps "
            "--format json -o FILE"
        ) from None


def _load(file: str) -> Any:
    path = Path(file)
    try:
        if path.stat().st_size > _LARGEST:
            raise _Odd(f"it is larger than {_LARGEST // 2**20} MB")
        text = path.read_bytes().decode("utf-8-sig")
        return json.loads(text, parse_constant=_refuse)
    except OSError as error:
        raise InputError(f"`--since`: {file} cannot be read ({error.strerror})") from None
    except RecursionError:
        raise _Odd("its JSON is nested too deeply") from None
    except ValueError as error:
        what = (
            "it is no text in UTF-8" if isinstance(error, UnicodeDecodeError) else f"it is no JSON: {error}"
        )
        raise _Odd(what) from None


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no number")


def _read_document(file: str, document: Any) -> AnswerRecord:
    document = _want(document, dict, "the whole")
    scope = _want(document.get("scope"), dict, "scope")
    data = _want(scope.get("data"), dict, "scope.data")
    listed = _want(document.get("findings"), list, "findings")
    found: dict[str, Mapping[str, Any]] = {}
    for place, record in enumerate(listed):
        where = f"findings[{place}]"
        known = reduce_finding(_want(record, dict, where), where=where)
        found[_text(record.get("id"), f"{where}.id")] = known
    counts = document.get("counts")
    numbers = counts.values() if isinstance(counts, dict) else ()
    total = sum(n for n in numbers if isinstance(n, int))
    return AnswerRecord(
        file,
        _read_question(document, scope),
        {name: _text(data.get(name), f"scope.data.{name}") for name in _DATA},
        found,
        whole=isinstance(counts, dict) and total == len(listed),
    )


def _read_question(document: Mapping[str, Any], scope: Mapping[str, Any]) -> GapQuestion:
    """Return what was asked; what a record does not say was not asked for."""
    given: dict[str, Any] = {
        field.name: tuple(value) if isinstance(value, list) else value
        for field in fields(Scope)
        if (value := scope.get(field.name)) is not None
    }
    for name, value in given.items():
        lists = name in ("pair", "statuses", "source_kinds")
        if isinstance(value, dict) or lists != isinstance(value, tuple):
            raise _Odd(f"scope.{name}: found {_quote(value)}")
    if not isinstance(given.get("strict", False), bool):
        raise _Odd(f"scope.strict must be true or false; found {_quote(given['strict'])}")
    try:
        question = GapQuestion(Scope(**given))
    except (InputError, TypeError, ValueError) as error:
        raise _Odd(f"scope: {error}") from None
    order, thin = document.get("max_order", 1), document.get("thin", False)
    if order not in (1, 2, 3) or not isinstance(thin, bool):
        raise _Odd(f"max_order: found {order!r}")
    kinds = document.get("kinds")
    if kinds is None:  # a list of gaps has them as text among what was selected
        told = _want(scope.get("selection", {}), dict, "scope.selection").get("kind")
        kinds = list(REQUIREMENT_KINDS) if told is None else _text(told, "scope.selection.kind").split(", ")
    return replace(
        question,
        units=tuple(_texts(document.get("units", list(UNITS)), "units")),
        kinds=tuple(_texts(kinds, "kinds")),
        max_order=int(order),
        thin=thin,
    )


def reduce_finding(record: Mapping[str, Any], *, where: str = "finding") -> dict[str, Any]:
    """Return the properties of a recorded finding that are compared; nodes as ids.

    A property that the record lacks, because an older version wrote it, is left out.
    """
    verdict = record.get("verdict")
    if verdict not in _VERDICTS:
        raise _Odd(f"{where}.verdict: {_quote(verdict)} is none of {', '.join(_VERDICTS)}")
    severity = record.get("severity")
    if isinstance(severity, bool) or not isinstance(severity, int | float) or not _is_part(severity):
        raise _Odd(f"{where}.severity: {_quote(severity)} is no number from 0 to 1")
    found: dict[str, Any] = {"verdict": verdict, "severity": float(severity)}
    if "what_would_settle_it" in record:
        doubts = _want(record["what_would_settle_it"], list, f"{where}.what_would_settle_it")
        found["doubts"] = [_read_doubt(doubt, where) for doubt in doubts]
    for name, key in _NODES.items():
        if key in record:
            nodes = _want(record[key], list, f"{where}.{key}")
            found[name] = [
                _text(_want(node, dict, f"{where}.{key}").get("id"), f"{where}.{key}") for node in nodes
            ]
    for name in _LISTS:
        if name in record:
            found[name] = _texts(record[name], f"{where}.{name}")
    for name in ("order", "stand_ins"):
        if name in record:
            found[name] = _want(record[name], int, f"{where}.{name}")
    if "seat_owner_disagree" in record:
        found["seat_owner_disagree"] = _want(
            record["seat_owner_disagree"], bool, f"{where}.seat_owner_disagree"
        )
    if "sources" in record:
        sources = _want(record["sources"], list, f"{where}.sources")
        found["sources"] = [_read_source(source, where) for source in sources]
    return found


def _is_part(number: float) -> bool:
    return math.isfinite(number) and 0 <= number <= 1


def _read_doubt(doubt: Any, where: str) -> dict[str, Any]:
    where = f"{where}.what_would_settle_it"
    doubt = _want(doubt, dict, where)
    found: dict[str, Any] = {key: _text(doubt.get(key), where) for key in ("key", "text")}
    if "ids" in doubt:
        ids = _want(doubt["ids"], dict, where)
        found["ids"] = {place: _text(node, where) for place, node in ids.items()}
    return found


def _read_source(source: Any, where: str) -> dict[str, str | None]:
    where = f"{where}.sources"
    source = _want(source, dict, where)
    found = {key: None if source.get(key) is None else _text(source[key], where) for key in _SOURCE}
    if found["source_kind"] not in ("cited", "report", "uncited"):
        raise _Odd(f"{where}.source_kind: {_quote(found['source_kind'])} is none of cited, report, uncited")
    return found


def _want(value: Any, kind: type, where: str) -> Any:
    names = {dict: "an object", list: "a list", int: "a whole number", bool: "true or false", str: "a text"}
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise _Odd(f"{where} must be {names[kind]}; found {_quote(value)}")
    return value


def _text(value: Any, where: str) -> str:
    text: str = _want(value, str, where)
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a pair
        raise _Odd(f"{where} is no text that can be written") from None
    return text


def _texts(value: Any, where: str) -> list[str]:
    return [_text(part, where) for part in _want(value, list, where)]


def _quote(value: Any) -> str:
    shown = "nothing" if value is None else ascii(value)
    return shown if len(shown) <= 40 else f"{shown[:37]}..."
