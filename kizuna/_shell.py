"""The shell: where its lines come from, a terminal or a pipe."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO

from kizuna._console import print_note
from kizuna._errors import InputError, KizunaError, UnknownNameError
from kizuna._messages import say
from kizuna._outcome import FINE
from kizuna._session import Session, is_complete
from kizuna._statement import decode_text
from kizuna._stores import open_store

__all__ = ["run_lines", "run_shell", "talk"]

_PROMPT, _WAITING = "kizuna> ", "   ...> "


def run_shell(options: dict[str, Any]) -> int:
    """Run the shell that the options ask for, and return its exit code."""
    if sys.stdin is None:
        raise InputError("standard input is closed; there is nothing to read")
    with open_store(options) as store:
        session = Session(
            store,
            lang=options["lang"],
            write=options["write"],
            timeout=options["timeout"] or None,
            limit=options["max_rows"] or None,
            server=options["store"] is not None,
        )
        if not sys.stdin.isatty():
            run_lines(session, _read_lines(sys.stdin))
        else:
            _talk(session, options)
    return FINE


def _talk(session: Session, options: dict[str, Any]) -> None:
    print_note(say("cli.shell.welcome", session.lang))
    if session.write and options["store"] is None:
        print_note(say("cli.query.copy", session.lang))
    if sys.stdout is not None and sys.stdout.isatty():
        from kizuna._prompt import make_prompt

        session.elements()  # now, and not while somebody types
        ask = make_prompt(session, prompt=_PROMPT, waiting=_WAITING)
        if ask is not None:
            talk(session, ask)
            return
    talk(session, _ask_plainly)


def talk(session: Session, ask: Callable[[], str]) -> None:
    """Run what `ask` gives until it has no more; Ctrl-C while it asks gives the line up."""
    while not session.closed:
        try:
            text = ask()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        session.attempt(text)


def _ask_plainly() -> str:
    """Read lines from a terminal that can do nothing else, up to the end of a statement."""
    text = ""
    while True:
        sys.stderr.write(_WAITING if text else _PROMPT)
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        text += line
        if is_complete(text):
            return text


def run_lines(session: Session, lines: Iterable[str]) -> None:
    """Run a script: statements up to a semicolon each, and commands on lines of their own.

    Raises
    ------
    KizunaError
        Of the first that fails, with its line; what follows is not run.
    """
    text, first = "", 1
    for number, line in enumerate(lines, 1):
        if not text.strip():
            text, first = "", number
        text += line
        if text.strip() and is_complete(text):
            _run_at(session, text, first)
            text = ""
        if session.closed:
            return
    if text.strip():
        _run_at(session, text, first)


def _run_at(session: Session, text: str, line: int) -> None:
    try:
        session.run(text)
    except (InputError, UnknownNameError) as error:
        raise InputError(f"line {line} of the input: {error}") from error
    except KizunaError as error:
        raise KizunaError(f"line {line} of the input: {error}") from error


def _read_lines(stream: TextIO) -> Iterator[str]:
    """Yield lines as they come: whoever drives the shell through a pipe may wait for an answer in between."""
    raw = getattr(stream, "buffer", None)
    if raw is None:
        yield from stream
        return
    first = raw.readline()
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield from decode_text(first + raw.read(), where="standard input").splitlines(keepends=True)
        return
    line = first
    while line:
        yield decode_text(line, where="standard input", fallback=stream.encoding)
        line = raw.readline()
