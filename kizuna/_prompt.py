"""The shell's line on a terminal: several lines, history, colours, completion."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.graph import CypherLexer  # type: ignore[import-untyped]  # it ships no types

from kizuna._completion import complete
from kizuna._session import COMMANDS, Session, is_complete

if TYPE_CHECKING:
    from prompt_toolkit.input import Input
    from prompt_toolkit.output import Output

__all__ = ["find_history", "make_prompt"]


def make_prompt(
    session: Session,
    *,
    prompt: str,
    waiting: str,
    input: Input | None = None,
    output: Output | None = None,
) -> Callable[[], str] | None:
    """Return what asks for the next statement or command; None if the terminal cannot do that.

    Parameters
    ----------
    session
        Whose labels, types and properties are offered.
    prompt, waiting
        What stands before the first line, and before those that follow it.
    input, output
        The terminal; default: that of the process.
    """
    try:
        line: PromptSession[str] = PromptSession(
            prompt,
            history=_open_history(),
            lexer=PygmentsLexer(CypherLexer),
            completer=_Names(session),
            complete_while_typing=True,
            multiline=True,
            prompt_continuation=waiting,
            key_bindings=_bind_keys(),
            input=input,
            output=output,
        )
    except Exception:  # noqa: BLE001  a console of Windows that is none; its class exists there only
        return None
    # Where a loop is running already (a notebook, a test of a browser) the line needs a thread of its own.
    return lambda: line.prompt(in_thread=_is_loop_running())


def _is_loop_running() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _bind_keys() -> KeyBindings:
    """Let Enter run what is complete, and begin a new line where it is not."""
    keys = KeyBindings()

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if buffer.complete_state is not None and buffer.complete_state.current_completion is not None:
            buffer.complete_state = None  # Enter takes what was chosen
        elif is_complete(buffer.text):
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")

    return keys


class _Names(Completer):
    """Offers what :func:`kizuna._completion.complete` knows."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._saved: list[str] | None = None

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """Yield what may stand at the cursor."""
        text = document.text_before_cursor
        for name, length in complete(
            text, self.session.elements(), commands=COMMANDS, saved=self._list_saved()
        ):
            yield Completion(name, start_position=-length)

    def _list_saved(self) -> list[str]:
        if self._saved is None:
            from kizuna.queries.saved import list_saved

            self._saved = [query.name for query in list_saved()]
        return self._saved


def _open_history() -> History:
    file = find_history()
    return InMemoryHistory() if file is None else FileHistory(file)


def find_history() -> Path | None:
    """Return the file that keeps what was typed, in the user's folder for such things; None if there can be none."""
    chosen = os.environ.get("KIZUNA_CACHE")
    if chosen:
        folder = Path(chosen)
    else:
        from platformdirs import user_state_path

        folder = user_state_path("kizuna", appauthor=False)
    file = folder / "history"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        with file.open("ab"):
            pass
    except OSError:
        return None
    return file
