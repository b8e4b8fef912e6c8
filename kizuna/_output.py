"""Where answers go: a console, standard output or a file.

What is written to a file is written whole or not at all; what is printed never fails because a console lacks
a character.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, TextIO

from kizuna._console import prepare_stream, print_note
from kizuna._errors import UnavailableError
from kizuna._render import Answer, Format, list_records, render_answer

__all__ = ["prepare_stream", "save_bytes", "write_answer"]


def write_answer(answer: Answer, form: Format, *, output: str | os.PathLike[str] | None = None) -> None:
    r"""Write an answer to a file or to standard output.

    A file, and standard output that is no terminal, get CSV as UTF-8 with a byte order mark and ``\r\n``,
    so that Excel opens it right, and JSON and Markdown as UTF-8; a terminal gets its own encoding. With CSV
    and JSON lines the scope goes to standard error, each line after ``# ``.

    Parameters
    ----------
    answer
        The answer.
    form
        ``table``, ``csv``, ``json``, ``jsonl`` or ``md``.
    output
        The file; None: standard output.

    Raises
    ------
    InputError
        The answer has no such form.
    UnavailableError
        The file could not be written, or there is no standard output.
    """
    if output is not None:
        save_bytes(output, _encode(render_answer(answer, form), form))
    elif sys.stdout is None:
        raise UnavailableError("standard output is closed; write to a file with --output")
    else:
        _print(answer, form, sys.stdout)
    if form in ("csv", "jsonl"):
        for line in answer.head:
            print_note(f"# {line}")


def _encode(text: str, form: Format) -> bytes:
    # A path may hold what is no character; escaped, it is still legible, and legal in JSON.
    return text.encode("utf-8-sig" if form == "csv" else "utf-8", "backslashreplace")


def _print(answer: Answer, form: Format, stream: TextIO) -> None:
    terminal = stream.isatty()
    raw = getattr(stream, "buffer", None)
    if form == "jsonl":
        _print_records(answer, stream, None if terminal else raw)
        return
    if form != "table" and not terminal and raw is not None:
        stream.flush()
        raw.write(_encode(render_answer(answer, form), form))
        raw.flush()
        return
    encoding = stream.encoding or "utf-8"
    width = shutil.get_terminal_size().columns if terminal else None
    text = render_answer(answer, form, encoding=encoding, width=width)
    if form == "json" and not _can_encode(text, encoding):
        text = render_answer(answer, form, ascii_json=True)  # an escape of the console's would be no JSON
    stream.write(text.replace("\r\n", "\n"))
    stream.flush()


def _print_records(answer: Answer, stream: TextIO, raw: BinaryIO | None) -> None:
    """Print row by row: who reads may begin, and stop, before the last."""
    stream.flush()
    encoding = stream.encoding or "utf-8"
    for line in list_records(answer, ascii_json=raw is None and not _is_unicode(encoding)):
        if raw is None:
            stream.write(line)
        else:
            raw.write(_encode(line, "jsonl"))
    (stream if raw is None else raw).flush()


def _is_unicode(encoding: str) -> bool:
    return encoding.lower().replace("_", "-").startswith("utf")


def _can_encode(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def save_bytes(path: str | os.PathLike[str], data: bytes) -> None:
    """Write `data` to a file, whole or not at all: beside it first, then under its name.

    Raises
    ------
    UnavailableError
        It could not be written; what stood there before still does.
    """
    target = Path(os.path.realpath(path))  # a link stays a link
    try:
        if target.exists() and not target.is_file():  # a device or a pipe takes bytes, not another name
            target.write_bytes(data)
            return
        _replace(target, data)
    except OSError as error:
        raise UnavailableError(f"cannot write {path}: {error.strerror or error}") from error


def _replace(target: Path, data: bytes) -> None:
    mode = 0o644  # mkstemp's own rights would keep others from reading it
    if target.exists():
        mode = target.stat().st_mode & 0o777
        with target.open("r+b"):  # a file that may not be written is not replaced either
            pass
    handle, name = tempfile.mkstemp(prefix=".kizuna-", dir=target.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        draft.chmod(mode)
        draft.replace(target)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise
