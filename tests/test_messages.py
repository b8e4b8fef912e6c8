"""The catalogue: everything is said in three languages, each in its own script."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path

import pytest

from kizuna import _errors, _messages
from kizuna._messages import LANGUAGES, check_language, load_messages, pick_name, say

CATALOGUE = load_messages()
LOCALE = Path(_messages.__file__).parent / "locale"

# Forms that Japanese gave up in 1946; Japanese fonts and code pages have them still.
_OLD_JAPANESE = set("國學會實對應發體變關點單來經濟數據圖廠鐵醫價險擇擔縣戰營當權歸讀覽顯廣區")


def _in_code_page(text: str, code_page: str) -> bool:
    try:
        text.encode(code_page)
    except UnicodeEncodeError:
        return False
    return True


def _list_ideographs(text: str, *, outside: str) -> set[str]:
    return {c for c in text if "一" <= c <= "鿿" and not _in_code_page(c, outside)}


def _texts(lang: str) -> dict[str, str]:
    return {key: texts[lang] for key, texts in CATALOGUE.items()}


def _find(lang: str, pattern: str) -> dict[str, list[str]]:
    found = {key: re.findall(pattern, text) for key, text in _texts(lang).items()}
    return {key: hits for key, hits in found.items() if hits}


def test_every_message_is_in_every_language() -> None:
    """No message lacks a language, has another one, or is blank in one."""
    assert {key: sorted(texts) for key, texts in CATALOGUE.items() if set(texts) != set(LANGUAGES)} == {}
    assert [key for key, texts in CATALOGUE.items() if not all(text.strip() for text in texts.values())] == []


def test_no_key_stands_in_two_files() -> None:
    """A key is declared in one file only, so that no file silently overrules another."""
    first: dict[str, str] = {}
    twice = []
    for file in sorted(LOCALE.glob("*.toml")):
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
        for key, _ in _messages._flatten("", tables):
            if first.setdefault(key, file.name) != file.name:
                twice.append((key, first[key], file.name))
    assert first
    assert twice == []


def test_placeholders_are_the_same_in_every_language() -> None:
    """A translation fills in the same parameters as the others."""
    fields = {
        key: {
            lang: {f for _, f, _, _ in string.Formatter().parse(text) if f is not None}
            for lang, text in texts.items()
        }
        for key, texts in CATALOGUE.items()
    }
    assert {key: by for key, by in fields.items() if by["zh"] != by["en"] or by["ja"] != by["en"]} == {}


def test_placeholders_are_plain_names() -> None:
    """A placeholder is a name without format or conversion, because Python and the page both fill it in."""
    odd = [
        (key, lang, part)
        for key, texts in CATALOGUE.items()
        for lang, text in texts.items()
        for part in string.Formatter().parse(text)
        if part[1] is not None and (part[2] or part[3] or not re.fullmatch("[a-z][a-z0-9_]*", part[1]))
    ]
    assert odd == []


def test_chinese_is_written_as_in_taiwan() -> None:
    """Every ideograph of a Chinese text is in Big5, which has no simplified and no Japanese-only forms."""
    wrong = {key: _list_ideographs(text, outside="cp950") for key, text in _texts("zh").items()}
    assert {key: found for key, found in wrong.items() if found} == {}


def test_chinese_has_no_kana() -> None:
    """No hiragana or katakana stands in a Chinese text."""
    assert _find("zh", "[ぁ-ゖァ-ヺー]") == {}


def test_japanese_has_only_japanese_forms() -> None:
    """Every ideograph of a Japanese text is in JIS X 0208, and none is a form given up in 1946."""
    wrong = {
        key: _list_ideographs(text, outside="cp932") | (set(text) & _OLD_JAPANESE)
        for key, text in _texts("ja").items()
    }
    assert {key: found for key, found in wrong.items() if found} == {}


@pytest.mark.parametrize("lang", ["zh", "ja"])
def test_east_asian_text_has_its_own_punctuation(lang: str) -> None:
    """After an ideograph or kana stands no half-width comma, full stop, colon, question or quotation mark."""
    assert _find(lang, r"[一-鿿ぁ-ヺー][,;:?!](?:\s|$)|[一-鿿ぁ-ヺー]\.(?:\s|$)") == {}


def test_english_is_in_latin_script() -> None:
    """No ideograph or kana stands in an English text, save where a language or the project is named in itself."""
    found = _find("en", "[一-鿿ぁ-ヺ]+")
    assert {word for words in found.values() for word in words} <= {"絆", "日本語", "繁體中文", "中文"}


@pytest.mark.parametrize(
    ("characters", "code_page", "outside"),
    [("供應鏈", "cp950", set()), ("供应链", "cp950", {"应", "链"}), ("対応", "cp950", {"対", "応"})],
)
def test_code_pages_tell_scripts_apart(characters: str, code_page: str, outside: set[str]) -> None:
    """Simplified and Japanese forms are outside Big5, traditional ones inside."""
    assert _list_ideographs(characters, outside=code_page) == outside


@pytest.mark.checkout
def test_every_key_in_the_code_is_in_the_catalogue(root: Path) -> None:
    """A message that Python asks for by name exists."""
    files = [f for part in ("kizuna", "queries", "loaders", "viz") for f in (root / part).glob("*.py")]
    asked = {
        (file.name, key)
        for file in files
        for key in re.findall(r"""\bsay\(\s*["']([a-z0-9_.]+)["']""", file.read_text(encoding="utf-8"))
    }
    assert [(name, key) for name, key in sorted(asked) if key not in CATALOGUE] == []


@pytest.fixture
def greeting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Say hello in three languages, whatever the real catalogue holds."""
    texts = {"en": "Hello, {name}", "ja": "{name}さん、こんにちは", "zh": "{name}，您好"}
    monkeypatch.setattr(_messages, "_catalogue", lambda: {"toy.hello": texts})


@pytest.mark.usefixtures("greeting")
@pytest.mark.parametrize(
    ("lang", "text"), [("en", "Hello, 絆"), ("ja", "絆さん、こんにちは"), ("zh", "絆，您好")]
)
def test_a_message_is_said_in_its_language(lang: str, text: str) -> None:
    """The text of the language asked for comes back with its placeholders filled."""
    assert say("toy.hello", lang, name="絆") == text


@pytest.mark.usefixtures("greeting")
def test_unknown_messages_and_languages_are_refused() -> None:
    """A key that does not exist and a language that is not spoken are errors that name them."""
    with pytest.raises(_errors.UnknownNameError, match=r"no message 'toy\.goodbye'"):
        say("toy.goodbye")
    with pytest.raises(_errors.InputError, match="`lang` must be one of zh, ja, en; found 'zh-CN'"):
        say("toy.hello", "zh-CN", name="絆")


@pytest.mark.usefixtures("greeting")
def test_messages_are_found_by_their_beginning() -> None:
    """A part of the catalogue is a copy; changing it changes nothing that is said."""
    part = load_messages("toy.")
    part["toy.hello"]["en"] = "Go away"
    assert load_messages("other.") == {}
    assert say("toy.hello", name="all") == "Hello, all"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_three_languages_are_known(lang: str) -> None:
    """Chinese, Japanese and English are languages of the catalogue."""
    assert check_language(lang) == lang


@pytest.mark.parametrize(
    ("names", "lang", "shown"),
    [
        ({"name_en": "Omron", "name_ja": "オムロン"}, "ja", "オムロン"),
        ({"name_en": "Omron", "name_ja": "オムロン"}, "zh", "Omron"),
        ({"name_ja": "絆"}, "en", "絆"),
        ({"name_zh": "上銀", "name_en": ""}, "ja", "上銀"),
        ({"id": "omron", "name_en": None}, "en", "omron"),
        ({}, "en", ""),
    ],
)
def test_a_missing_name_is_shown_in_latin_else_in_what_there_is(
    names: dict[str, str | None], lang: str, shown: str
) -> None:
    """The name of the language, else the Latin one, else another, else the id; none is invented."""
    assert pick_name(names, lang) == shown
