"""The pages: one offline file each, to open and to pass on.

Everything named here is loaded when it is first used: pyvis, which fills the template, takes most of a second.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from .._lazy import load_lazily

if TYPE_CHECKING:
    from ..graph import SupplyGraph
    from ..queries import Scope
    from .page import render_page, write_page_file
    from .payload import build_payload
    from .result_page import write_page
    from .subject import pick_subject, write_subject_page
    from .supply_network import SupplyNetwork, build_pyvis

__all__ = [
    "SupplyNetwork",
    "build_payload",
    "build_pyvis",
    "pick_subject",
    "render_page",
    "write_explorer",
    "write_page",
    "write_page_file",
    "write_subject_page",
]


def write_explorer(
    graph: SupplyGraph,
    path: str | os.PathLike[str],
    *,
    lang: str | None = None,
    scope: Scope | None = None,
    max_bytes: int | None = None,
) -> Path:
    """Write the explorer of `graph` to one HTML file that opens offline.

    Parameters
    ----------
    graph
        The graph.
    path
        The file; it is replaced, whole or not at all.
    lang
        Language in which the page opens: ``en``, ``ja`` or ``zh``; default: that of the reader's browser,
        if it is one of the three, else English. The reader can switch.
    scope
        What to count; default: Taiwan and Japan, by seat.
    max_bytes
        Size above which notes and sources are left out, those that are needed least first, which the page
        says; default: 6 MB. Names, edges and verdicts always stay.

    Returns
    -------
    Path
        `path`.

    Raises
    ------
    InputError
        `lang` is none of the three.
    UnavailableError
        The file cannot be written.
    """
    from .page import MAX_BYTES, render_page, write_page_file
    from .payload import build_payload

    payload = build_payload(graph, scope=scope)
    return write_page_file(render_page(payload, lang=lang, max_bytes=max_bytes or MAX_BYTES), path)


__getattr__, __dir__ = load_lazily(
    __name__,
    {
        "page": ("render_page", "write_page_file"),
        "payload": ("build_payload",),
        "result_page": ("write_page",),
        "subject": ("pick_subject", "write_subject_page"),
        "supply_network": ("SupplyNetwork", "build_pyvis"),
    },
)
