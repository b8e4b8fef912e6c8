"""A page as it is written: its elements, its scripts and styles, and what it carries packed."""

from __future__ import annotations

import base64
import gzip
import json
import re
from html.parser import HTMLParser
from typing import Any

__all__ = ["Source", "unpack_part"]


class Source(HTMLParser):
    """The elements of a page as it is written, and the texts of its scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, dict[str, str | None], str]] = []
        self.inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.found.append((tag, dict(attrs)))
        self.inside = tag in ("script", "style")
        if self.inside:
            self.texts.append((tag, dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        """Note the end of a script or a style."""
        self.inside = False

    def handle_data(self, data: str) -> None:
        """Note the text of a script or a style."""
        if self.inside:
            tag, attributes, text = self.texts[-1]
            self.texts[-1] = (tag, attributes, text + data)


def unpack_part(html: str, name: str = "kizuna-data") -> Any:
    """Return what a page carries packed in an element: its data, its first picture, its scripts and style."""
    found = re.search(rf'id="{name}">([^<>&]*)</script>', html)
    assert found is not None
    packed = found[1].translate(str.maketrans(",.:", "<>&"))
    return json.loads(gzip.decompress(base64.b85decode(packed)))
