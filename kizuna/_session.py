"""A session of the shell: statements, and commands that begin with a colon, on one open store."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from kizuna._console import complain, print_note
from kizuna._errors import InputError, KizunaError, UnknownNameError
from kizuna._messages import say
from kizuna._outcome import pick_form
from kizuna._output import write_answer
from kizuna._render import Answer, Column, Sheet
from kizuna._statement import parse_value, read_parameters
from kizuna.answers.results import note_result, tell_result
from kizuna.answers.schema import Element, list_model, read_schema, tell_schema
from kizuna.graph.stores.protocol import Store
from kizuna.graph.stores.text import is_statement_complete, split_statements
from kizuna.graph.stores.values import Result

__all__ = ["COMMANDS", "Session", "is_complete"]

COMMANDS = ("export", "help", "limit", "page", "param", "params", "quit", "saved", "schema", "show")
"""Commands, typed after a colon."""


class Session:
    """What a shell remembers: its store, the parameters, and the last answer.

    Parameters
    ----------
    store
        The store that is asked.
    lang
        Language of names and sentences.
    write
        Whether a statement may write.
    timeout
        Seconds that a query may take; None: as long as it likes.
    limit
        Rows that are read at most; None: all.
    server
        Whether the store is a server.
    """

    def __init__(
        self,
        store: Store,
        *,
        lang: str = "en",
        write: bool = False,
        timeout: float | None = None,
        limit: int | None = None,
        server: bool = False,
    ) -> None:
        self.store = store
        self.lang = lang
        self.write = write
        self.timeout = timeout
        self.limit = limit
        self.server = server
        self.parameters: dict[str, Any] = {}
        self.last: Result | None = None
        self.closed = False
        self._elements: list[Element] | None = None

    def run(self, text: str) -> None:
        """Run what was typed: a command, or statements in their order.

        Raises
        ------
        KizunaError
            A statement or a command is wrong, or could not be done.
        """
        if text.lstrip().startswith(":"):
            self._run_command(text.strip())
            return
        for statement in split_statements(text):
            self._ask(statement, self.parameters)

    def attempt(self, text: str) -> None:
        """Run what was typed; an error or Ctrl-C ends it and not the shell."""
        try:
            self.run(text)
        except KeyboardInterrupt:
            print_note(say("cli.shell.interrupted", self.lang))
        except KizunaError as error:
            complain(str(error))
        except OSError as error:
            complain(f"{error.filename or 'cannot write the answer'}: {error.strerror or error}")

    def elements(self) -> list[Element]:
        """Return what may be asked for, to offer it: of a server what it held when first asked, else the model."""
        if self._elements is None:
            self._elements = list_model()
            if self.server:
                with suppress(KizunaError):  # a line must not break because a server does not answer
                    self._elements = read_schema(self.store, server=True, timeout=self.timeout)
        return self._elements

    def _ask(self, cypher: str, parameters: dict[str, Any], head: tuple[str, ...] = ()) -> None:
        result = self.store.query(
            cypher,
            parameters,
            read_only=not self.write,
            timeout=self.timeout,
            row_limit=self.limit,
        )
        self.last = result
        write_answer(tell_result(result, lang=self.lang, head=head), "table")
        self._note(result)

    def _note(self, result: Result) -> None:
        for note in note_result(result, lang=self.lang, more=":limit 0"):
            print_note(note)

    # ---- commands ----

    def _run_command(self, text: str) -> None:
        name, _, rest = text[1:].rstrip(";").strip().partition(" ")
        commands: dict[str, Callable[[str], None]] = {word: getattr(self, f"_do_{word}") for word in COMMANDS}
        if name not in commands:
            raise UnknownNameError(f"no command :{name}; there are {', '.join(f':{c}' for c in COMMANDS)}")
        commands[name](rest.strip())

    def _say(self, answer: Answer) -> None:
        write_answer(answer, "table")

    def _do_help(self, _: str) -> None:
        lines = say("cli.shell.help", self.lang).strip().splitlines()
        rows = tuple(tuple(part.strip() for part in line.split("|", 1)) for line in lines)
        columns = (
            Column(say("cli.column.typed", self.lang), whole=True),
            Column(say("cli.column.meaning", self.lang)),
        )
        self._say(Answer((), (Sheet(columns, rows),), dict))

    def _do_quit(self, _: str) -> None:
        self.closed = True

    def _do_schema(self, rest: str) -> None:
        elements = read_schema(self.store, server=self.server, timeout=self.timeout)
        self._elements = elements
        self._say(tell_schema(elements, lang=self.lang, names=rest.split()))

    def _do_params(self, rest: str) -> None:
        if rest == "clear":
            self.parameters.clear()
        elif rest:
            raise InputError("`:params` shows the parameters, and `:params clear` forgets them")
        columns = (Column(say("cli.column.name", self.lang)), Column(say("cli.column.value_set", self.lang)))
        rows = tuple((name, _show_json(value)) for name, value in self.parameters.items())
        found = (Sheet(columns, rows),) if rows else (say("cli.shell.no_params", self.lang),)
        self._say(Answer((), found, dict))

    def _do_param(self, rest: str) -> None:
        name, _, value = rest.partition(" ")
        name = name.removeprefix("$").rstrip(":")
        value = value.strip().removeprefix("=>").strip()
        if not name or not value:
            raise InputError("`:param` wants a name and a value, such as `:param country TW` or `:param n 3`")
        self.parameters[name] = parse_value(name, value)

    def _do_limit(self, rest: str) -> None:
        if rest and not rest.isdecimal():
            raise InputError(f"`:limit`: found {rest!r}; it must be a number of rows, or 0 for all")
        if rest:
            self.limit = int(rest) or None
        shown = say("cli.shell.all", self.lang) if self.limit is None else str(self.limit)
        self._say(Answer((say("cli.shell.limit", self.lang, n=shown),), (), dict))

    def _do_saved(self, rest: str) -> None:
        from kizuna.answers.saved import bind, head_saved, tell_saved, type_parameters
        from kizuna.queries.saved import list_saved, read_saved

        if not rest:
            self._say(tell_saved(list_saved(), lang=self.lang))
            return
        name, *given = _split(rest)
        saved = read_saved(name)
        types = type_parameters(saved)
        values = {key: value for key, value in self.parameters.items() if key in types}
        bound = bind(saved, values | read_parameters(given, types), self.lang)
        self._ask(saved.cypher, bound, head_saved(saved, bound, self.lang))

    def _do_show(self, rest: str) -> None:
        from kizuna.answers.saved import tell_saved_query
        from kizuna.queries.saved import read_saved

        self._say(tell_saved_query(read_saved(rest), lang=self.lang))

    def _do_export(self, rest: str) -> None:
        file = " ".join(_split(rest))
        result = self._need_result(file, ":export answer.csv")
        form = pick_form({"form": None, "output": file})
        if form == "table":
            raise InputError(f"`:export`: {file} must end in .csv, .json, .jsonl or .md")
        write_answer(tell_result(result, lang=self.lang), form, output=file)
        self._say(Answer((say("cli.shell.written", self.lang, path=Path(file).resolve()),), (), dict))
        self._note(result)

    def _do_page(self, rest: str) -> None:
        file = " ".join(_split(rest))
        result = self._need_result(file, ":page answer.html")
        from kizuna.viz import write_page

        page = write_page(result, file, lang=self.lang)
        self._say(Answer((say("cli.explore.written", self.lang, path=page.resolve()),), (), dict))
        self._note(result)

    def _need_result(self, file: str, example: str) -> Result:
        if not file:
            raise InputError(f"name the file: {example}")
        if self.last is None:
            raise InputError("there is no answer yet; ask first")
        return self.last


def _split(text: str) -> list[str]:
    """Split as a shell does, where a backslash is part of a path."""
    words = shlex.shlex(text, posix=True, punctuation_chars=False)
    words.whitespace_split = True
    words.escape = ""
    words.commenters = ""
    try:
        return list(words)
    except ValueError as error:
        raise InputError(f"a quotation mark is not closed: {text}") from error


def _show_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def is_complete(text: str) -> bool:
    """Tell whether what was typed can be run: nothing, a command, or statements up to a semicolon."""
    stripped = text.strip()
    return not stripped or stripped.startswith(":") or is_statement_complete(text)
