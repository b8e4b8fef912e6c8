"""Folders that are written whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .._errors import UnavailableError

__all__ = ["write_whole"]


@contextmanager
def write_whole(target: Path) -> Iterator[Path]:
    """Yield an empty folder beside `target` that takes its name, and its place, when all went well.

    Raises
    ------
    UnavailableError
        It could not be written; what stood there before still does.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Inside it, because a temporary folder itself is its maker's alone.
        with tempfile.TemporaryDirectory(
            prefix=f".{target.name}-", dir=target.parent, ignore_cleanup_errors=True
        ) as beside:
            draft = Path(beside) / "draft"
            draft.mkdir()
            yield draft
            _replace(draft, target, old=Path(beside) / "old")
    except OSError as error:
        raise UnavailableError(f"cannot write {target}: {error.strerror or error}") from error


def _replace(draft: Path, target: Path, *, old: Path) -> None:
    """Put `draft` in the place of `target`; a folder cannot be renamed over a full one."""
    if target.exists():
        target.rename(old)
    try:
        draft.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
