"""The one catalogue of everything that Kizuna says in Chinese, Japanese and English.

Each file in ``kizuna/locale`` is TOML, one table a message, the three languages side by side, so that a
translator sees them together::

    [gap.single_vendor]
    en = "only one vendor"
    ja = "供給元は1社のみ"
    zh = "僅有一家供應商"

A message is looked up by its dotted key; ``{name}`` in it is filled from the parameters.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

from ._errors import InputError, UnknownNameError

__all__ = ["LANGUAGES", "Language", "check_language", "load_messages", "pick_name", "say"]

Language = Literal["zh", "ja", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


def check_language(lang: str) -> Language:
    """Return `lang` if it is one of the three languages, else raise `InputError`."""
    for known in LANGUAGES:
        if lang == known:
            return known
    raise InputError(f"`lang` must be one of {', '.join(LANGUAGES)}; found {lang!r}")


def _flatten(prefix: str, table: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    if set(table) <= set(LANGUAGES):
        yield prefix, dict(table)
        return
    for key, value in table.items():
        yield from _flatten(f"{prefix}.{key}" if prefix else key, value)


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    messages: dict[str, dict[str, str]] = {}
    folder = resources.files("kizuna") / "locale"
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            messages.update(_flatten("", tomllib.loads(file.read_text(encoding="utf-8"))))
    return messages


def load_messages(prefix: str = "") -> dict[str, dict[str, str]]:
    """Return all messages whose key starts with `prefix`, each as ``{language: text}``."""
    return {key: dict(texts) for key, texts in _catalogue().items() if key.startswith(prefix)}


def say(key: str, lang: str = "en", /, **parameters: object) -> str:
    """Return the message `key` in `lang`, its placeholders filled.

    Raises
    ------
    UnknownNameError
        The catalogue has no such key.
    """
    texts = _catalogue().get(key)
    if texts is None:
        raise UnknownNameError(f"the catalogue has no message {key!r}")
    return texts[check_language(lang)].format(**parameters)


def pick_name(names: Mapping[str, str | None], lang: str = "en") -> str:
    """Return the name to show in `lang`: its own, else the Latin one, else whichever there is.

    No transliteration is invented.

    Examples
    --------
    >>> pick_name({"name_en": "TSMC", "name_zh": "台積電", "name_ja": None}, "ja")
    'TSMC'
    """
    order = (lang, "en", "ja", "zh")
    for language in order:
        name = names.get(f"name_{language}")
        if isinstance(name, str) and name:
            return name
    return str(names.get("id", ""))
