"""What a console is told besides the answer, and characters that it lacks or would act on."""

from __future__ import annotations

import codecs
import io
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

__all__ = ["PLAIN", "clean", "complain", "prepare_stream", "print_note", "show_working"]

_HIDDEN = frozenset(["Cc", "Cf", "Zl", "Zp"])  # would move the cursor, hide text or turn its direction

PLAIN = "kizuna-plain"
"""Name of the error handler by which a character that an encoding lacks becomes a plain one or an escape."""

# Our own punctuation where a code page lacks it.
_PUNCTUATION = {"·": "|", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "φ": "phi", "　": " "}


def _escape(text: str) -> str:
    return text.encode("unicode_escape").decode("ascii")


def _replace_missing(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return "".join(_PUNCTUATION.get(c) or _escape(c) for c in missing), error.end


codecs.register_error(PLAIN, _replace_missing)


def clean(text: str) -> str:
    r"""Show what a console would act on: a line break becomes a blank, other control characters ``\x1b``."""
    if text.isprintable():
        return text
    text = " ".join(text.splitlines())
    return "".join(_escape(c) if unicodedata.category(c) in _HIDDEN else c for c in text)


def prepare_stream(stream: TextIO | None) -> None:
    r"""Let a console print what it can: a character that it lacks becomes a plain one or a ``\u`` escape."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors=PLAIN)


def print_note(text: str) -> None:
    """Print one line on standard error, if there is one."""
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(f"{clean(text)}\n")
            sys.stderr.flush()


@contextmanager
def show_working(text: str = "") -> Iterator[None]:
    """Show in a terminal that something is going on, until it is done; elsewhere nothing is shown."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(clean(text), spinner="line"):
        yield


def complain(message: str) -> None:
    """Print an error on standard error; its further lines show where."""
    for line in f"error: {message}".split("\n"):
        print_note(line)
