"""The parent's side of :mod:`.worker`."""

from __future__ import annotations

import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..._errors import MissingExtraError, QueryTimeoutError, UnavailableError
from .frames import Frame, read_frame, write_frame

__all__ = ["EngineError", "EngineProcess"]

# The child finds the package where the parent found it, and nothing in the folder it happens to run in.
_START = "import sys; sys.path[:] = {path!r}; from {package}.worker import main; main({engine!r})"
_LOG = "engine.log"
_POLL = 0.1  # seconds; on Windows only a wait that ends now and then lets Ctrl-C through


class EngineError(Exception):
    """What the engine said; `kind` is the name of its error class."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class EngineProcess:
    """A child process in which the engine runs; started by the first request, and again after its end.

    Parameters
    ----------
    engine
        Name of the engine's module.
    """

    def __init__(self, engine: str) -> None:
        self.engine = engine
        self.version = ""
        self._child: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[Frame | None] = queue.SimpleQueue()
        self._home: tempfile.TemporaryDirectory[str] | None = None

    @property
    def running(self) -> bool:
        """Whether the child is there."""
        return self._child is not None and self._child.poll() is None

    @property
    def number(self) -> int | None:
        """The child's process id, if it is there."""
        return self._child.pid if self._child is not None and self.running else None

    def ask(self, *request: Any, timeout: float | None = None) -> Iterator[Frame]:
        """Send a request and yield its answers.

        Raises
        ------
        EngineError
            The engine refused.
        QueryTimeoutError
            There was no end within `timeout` seconds; the child is ended.
        UnavailableError
            The child ended by itself.
        """
        self._start()
        deadline = None if timeout is None else time.monotonic() + timeout
        assert self._child is not None and self._child.stdin is not None  # noqa: S101  just started
        try:
            with suppress(BrokenPipeError):  # the child's end shows below, with its reason
                write_frame(self._child.stdin, request)  # type: ignore[arg-type]
            while (answer := self._wait(deadline, timeout))[0] != "done":
                yield answer
        except EngineError:
            raise
        except BaseException:  # Ctrl-C, a time-out, or a caller that has seen enough
            self.kill()
            raise

    def _wait(self, deadline: float | None, timeout: float | None) -> Frame:
        while True:
            try:
                answer = self._answers.get(timeout=_POLL)
            except queue.Empty:
                if deadline is not None and time.monotonic() > deadline:
                    raise QueryTimeoutError(
                        f"the query took longer than {timeout:g} s and was ended; ask for less or give it more time"
                    ) from None
                continue
            if answer is None:
                raise UnavailableError(self._describe_end())
            if answer[0] == "error":
                raise EngineError(*answer[1:])
            return answer

    def _start(self) -> None:
        if self.running:
            return
        self.kill()
        # Its working folder: the JVM build writes a log where it stands.
        self._home = tempfile.TemporaryDirectory(prefix="kizuna-engine-", ignore_cleanup_errors=True)
        package = __name__.rpartition(".")[0]
        code = _START.format(
            path=[str(Path(p).resolve()) for p in sys.path if p], package=package, engine=self.engine
        )
        with Path(self._home.name, _LOG).open("wb") as log:
            self._child = subprocess.Popen(  # noqa: S603  our own interpreter, our own code
                [sys.executable, "-P", "-X", "utf8", "-c", code],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=self._home.name,
                **_stand_apart(),
            )
        self._answers = queue.SimpleQueue()
        threading.Thread(target=_pump, args=(self._child.stdout, self._answers), daemon=True).start()
        try:
            self.version = str(self._wait(None, None)[1])
        except EngineError as error:
            self.kill()
            raise MissingExtraError(_describe_missing(self.engine, str(error))) from None

    def _describe_end(self) -> str:
        code = self._child.wait() if self._child is not None else None
        said = ""
        if self._home is not None:
            said = Path(self._home.name, _LOG).read_text(encoding="utf-8", errors="replace").strip()[-2000:]
        self.kill()
        return f"the Cypher engine ended unexpectedly (exit code {code})" + (
            f"; it said: {said}" if said else ""
        )

    def kill(self) -> None:
        """End the child at once, whatever it is doing; nothing that was acknowledged is lost."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            for stream in (self._child.stdin, self._child.stdout):
                if stream is not None:
                    with suppress(OSError):
                        stream.close()
            self._child = None
        if self._home is not None:
            self._home.cleanup()
            self._home = None


def _stand_apart() -> dict[str, Any]:
    """Return what puts a child into a group of its own: Ctrl-C is its parent's business."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


def _pump(stream: Any, answers: queue.SimpleQueue[Frame | None]) -> None:
    with suppress(OSError, ValueError):
        while (frame := read_frame(stream)) is not None:
            answers.put(frame)
    answers.put(None)


def _describe_missing(engine: str, reason: str) -> str:
    return (
        f"queries without a server need the package {engine} ({reason}); install it with "
        f"'python -m pip install {engine}', or name a Neo4j server with --store"
    )
