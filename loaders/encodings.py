"""Which encoding a file that is not UTF-8 is in, to name it to the user; nothing is decoded for use.

The national encodings accept nearly any bytes of one another, so that "it can be decoded" says little.
But both JIS X 0208 and Big5 put the common characters first: where nearly all characters of a text fall
in the part of the table that everyday writing uses, that is the encoding. Statistical detection was tried
on the names of the seeds one by one and took single Chinese names for Japanese; this does not.

References
----------
JIS X 0208 (level 1 kanji: rows 16-47); Big5 (level 1, the 5,401 frequent characters: A440-C67E);
GB 2312 (level 1: rows 16-55).
"""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Callable

from charset_normalizer import from_bytes

__all__ = ["find_invalid_utf8", "name_encoding"]

_SAMPLE = 200_000
_CHUNK = 1 << 20

# Codec, what to call it, and whether the bytes of one character lie in the everyday part of its table.
# Half-width katakana (one byte in cp932) do not: Big5 read as cp932 is full of them.
_CANDIDATES: tuple[tuple[str, str, Callable[[bytes], bool]], ...] = (
    ("cp932", "cp932 (Shift_JIS, Japanese Windows)", lambda b: len(b) == 2 and 0x81 <= b[0] <= 0x97),
    ("cp950", "cp950 (Big5, Traditional Chinese Windows)", lambda b: len(b) == 2 and 0xA1 <= b[0] <= 0xC6),
    ("big5hkscs", "Big5 (with ETEN or Hong Kong characters)", lambda b: 0xA1 <= b[0] <= 0xC8),
    (
        "gbk",
        "cp936 (GBK, Simplified Chinese Windows)",
        lambda b: len(b) == 2 and (0xB0 <= b[0] <= 0xD7 or 0xA1 <= b[0] <= 0xA3) and b[1] >= 0xA1,
    ),
)
_ENOUGH = 0.6


def find_invalid_utf8(data: bytes) -> int | None:
    """Return the position of the first byte that is not UTF-8, ``None`` if all are.

    Examples
    --------
    >>> find_invalid_utf8("絆".encode()), find_invalid_utf8("ab絆".encode("cp932"))
    (None, 2)
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(data)
    # In pieces: the whole of a large file as one text would need two to four times its memory.
    for start in range(0, len(data) or 1, _CHUNK):
        held = len(decoder.getstate()[0])
        try:
            decoder.decode(view[start : start + _CHUNK], start + _CHUNK >= len(data))
        except UnicodeDecodeError as error:
            return start - held + error.start
    return None


def _share_at_home(sample: bytes, codec: str, at_home: Callable[[bytes], bool]) -> float:
    """Share of the characters beyond ASCII that everyday writing uses; -1 if the bytes do not decode."""
    try:
        text = sample.decode(codec)
    except UnicodeDecodeError:
        return -1
    counts = Counter(char for char in text if ord(char) > 127)
    home = sum(n for char, n in counts.items() if at_home(char.encode(codec)))
    return home / counts.total() if counts else -1


def _is_mostly_utf8(sample: bytes) -> bool:
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(ord(char) > 127 for char in text) - broken > 5 * broken


def name_encoding(data: bytes, position: int) -> str:
    r"""Say what the bytes around `position`, the first that is not UTF-8, seem to be.

    Examples
    --------
    >>> name_encoding("id,name_ja\nkeyence,キーエンス\n".encode("cp932"), 18)
    'the encoding cp932 (Shift_JIS, Japanese Windows)'
    """
    # Cut at line ends, which are never part of a character in any of these encodings.
    start = data.rfind(b"\n", 0, max(0, position - _SAMPLE)) + 1
    end = data.find(b"\n", position + _SAMPLE)
    sample = data[start : end if end >= 0 else len(data)]
    if _is_mostly_utf8(sample):
        return "UTF-8 with a broken character"
    shares = [_share_at_home(sample, codec, at_home) for codec, _, at_home in _CANDIDATES]
    best = max(range(len(shares)), key=lambda i: (shares[i], -i))
    if shares[best] >= _ENOUGH:
        return f"the encoding {_CANDIDATES[best][1]}"
    guess = from_bytes(sample).best()
    return f"the encoding {guess.encoding}, by the look of it" if guess else "an encoding other than UTF-8"
