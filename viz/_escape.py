"""Data inside a page: JSON that cannot leave its element, and hashes for the page's own policy."""

from __future__ import annotations

import base64
import hashlib
import json

import deflate

__all__ = ["escape_json", "hash_source", "pack_bytes", "pack_json"]

_SMALLEST = 12  # libdeflate's highest level
_PLAIN = str.maketrans("<>&", ",.:")
_UNSAFE = {ord(c): f"\\u{ord(c):04x}" for c in "<>&"}


def escape_json(value: object) -> str:
    r"""Return `value` as JSON in ASCII that may stand inside a ``<script>`` element.

    ``<``, ``>``, ``&`` are written as escapes, as all letters outside ASCII are, so that no text can close the
    element or open a comment.

    Examples
    --------
    >>> escape_json({"name": "</script>"})
    '{"name":"\\u003c/script\\u003e"}'
    """
    return json.dumps(value, separators=(",", ":"), allow_nan=False).translate(_UNSAFE)


def pack_json(value: object) -> str:
    """Return `value` as JSON, as :func:`pack_bytes` writes it; equal values give equal text."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return pack_bytes(text.encode("utf-8"))


def pack_bytes(data: bytes) -> str:
    """Return `data`, compressed by gzip, as text of 85 different characters that HTML gives no meaning to.

    Five of them carry four bytes, so that it is a sixteenth shorter than base64. libdeflate finds a shorter
    gzip than zlib does, by a twentieth, and the same one on every system.
    """
    packed = deflate.gzip_compress(data, _SMALLEST)
    return base64.b85encode(packed).decode("ascii").translate(_PLAIN)


def hash_source(text: str) -> str:
    """Return the source expression of a Content-Security-Policy that allows the inline `text`."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
