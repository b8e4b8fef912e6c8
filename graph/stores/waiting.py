"""Wait for a call that does not see Ctrl-C."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

__all__ = ["Cancelled", "OutOfTime", "Ticket", "run_waiting"]

_Answer = TypeVar("_Answer")

# How late Ctrl-C may be seen on Windows, where waiting for a lock is not interrupted.
_POLL = 0.1
# How long a call may take to end by itself, as one that reads rows does, before it is interrupted.
_PATIENCE = 0.3
# How long it may take to end after that; then it is left behind.
_GRACE = 1.2


class Cancelled(Exception):
    """A call was told to end, and did."""


class OutOfTime(Exception):
    """A call took longer than it was given."""


class Ticket:
    """What a call looks at to learn whether anybody still waits for it."""

    def __init__(self) -> None:
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Say that nobody waits any more."""
        self._cancelled.set()

    def check(self) -> None:
        """Raise `Cancelled` if nobody waits any more."""
        if self._cancelled.is_set():
            raise Cancelled

    def sleep(self, seconds: float) -> None:
        """Sleep, and raise `Cancelled` as soon as nobody waits any more."""
        self._cancelled.wait(seconds)
        self.check()


def run_waiting(
    call: Callable[[Ticket], _Answer], *, interrupt: Callable[[], None], timeout: float | None = None
) -> _Answer:
    """Run `call` in a thread and wait for it, so that Ctrl-C and a timeout end the waiting at once.

    Parameters
    ----------
    call
        What to do; it is given a ticket to check now and then.
    interrupt
        Ends what `call` is stuck in; it is called when the waiting ends first, after the ticket was cancelled.
    timeout
        Seconds to wait; None: as long as it takes.

    Raises
    ------
    OutOfTime
        The call took longer.
    """
    ticket = Ticket()
    answers: list[_Answer] = []
    errors: list[BaseException] = []
    done = threading.Event()

    def run() -> None:
        try:
            answers.append(call(ticket))
        except BaseException as error:  # noqa: BLE001  raised again where it is waited for
            errors.append(error)
        finally:
            done.set()

    # A daemon, so that a call which cannot be ended does not keep the program from ending.
    thread = threading.Thread(target=run, name="kizuna-store", daemon=True)
    thread.start()
    try:
        in_time = _wait(done, timeout)
    except BaseException:  # Ctrl-C
        _end(ticket, interrupt, done)
        raise
    if not in_time:
        _end(ticket, interrupt, done)
        raise OutOfTime
    thread.join()
    if errors:
        raise errors.pop()
    return answers[0]


def _wait(done: threading.Event, timeout: float | None) -> bool:
    until = None if timeout is None else time.monotonic() + timeout
    while not done.is_set():
        left = _POLL if until is None else min(_POLL, until - time.monotonic())
        if left <= 0:
            return False
        done.wait(left)
    return True


def _end(ticket: Ticket, interrupt: Callable[[], None], done: threading.Event) -> None:
    ticket.cancel()
    if done.wait(_PATIENCE):
        return
    # In a thread of its own: what goes over the network may be stuck as well.
    threading.Thread(target=interrupt, name="kizuna-interrupt", daemon=True).start()
    done.wait(_GRACE)
