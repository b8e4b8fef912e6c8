"""Sources of what an answer says, numbered for its foot."""

from __future__ import annotations

import pandas as pd

from kizuna.answers.names import Names, record_source

__all__ = ["Sources"]


class Sources:
    """Sources in the order in which they are first named, numbered from 1."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._numbers: dict[str, int] = {}
        self._records: list[dict[str, str | None]] = []

    def number(self, row: pd.Series) -> int:
        """Return the number of a row's source."""
        source = record_source(row)
        text = self._describe(source)
        if text not in self._numbers:
            self._numbers[text] = len(self._numbers) + 1
            self._records.append(source)
        return self._numbers[text]

    def lines(self) -> list[str]:
        """Return all sources, each after its number."""
        return [f"[{number}] {text}" for text, number in self._numbers.items()]

    def records(self) -> list[tuple[int, dict[str, str | None]]]:
        """Return the number of each source, and where it is to be found."""
        return list(enumerate(self._records, 1))

    def _describe(self, source: dict[str, str | None]) -> str:
        if source["source_kind"] != "cited":
            return self._names.say(f"cli.source.{source['source_kind']}")
        parts = (source["source_title"], source["as_of"], source["source_url"])
        return ", ".join(part for part in parts if part)
