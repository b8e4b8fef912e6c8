"""The explorer of one subject: a solution with all that it needs, or a vendor with all that hangs on it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from .._errors import InputError
from ..graph import SupplyGraph, select_solution, select_vendor
from ..queries import Scope
from ..queries.name_search import pick_by_name
from .page import render_page, write_page_file
from .payload import build_payload

__all__ = ["Subject", "build_subject_payload", "pick_subject", "write_subject_page"]


class Subject(NamedTuple):
    """What a page is about.

    Parameters
    ----------
    label, id
        Which node: a ``Solution`` or a ``Vendor``.
    """

    label: str
    id: str


def pick_subject(graph: SupplyGraph, *, solution: str | None = None, vendor: str | None = None) -> Subject:
    """Return the one solution or vendor that a text names: an id, or a name in any script.

    Raises
    ------
    InputError
        Not exactly one of the two is given, or several nodes have such a name.
    UnknownNameError
        Nothing has such a name; the message gives the ids that come nearest.
    """
    given = [
        (label, text) for label, text in (("Solution", solution), ("Vendor", vendor)) if text is not None
    ]
    if len(given) != 1:
        raise InputError("a page is about one thing: give `solution` or `vendor`")
    [(label, text)] = given
    match = pick_by_name(graph, text, labels=(label,))
    return Subject(match.label, match.id)


def build_subject_payload(
    graph: SupplyGraph, subject: Subject, *, scope: Scope | None = None
) -> dict[str, Any]:
    """Return what the page of `subject` shows: the payload of its part of `graph`.

    The page names the data by the hash of the whole, of which a reader can ask for more.
    """
    select = select_solution if subject.label == "Solution" else select_vendor
    payload = build_payload(select(graph, subject.id), scope=scope)
    meta: Mapping[str, Any] = payload["meta"]
    about = {"subject": f"{subject.label.lower()}:{subject.id}", "hash": graph.content_hash[:12]}
    return {**payload, "meta": {**meta, **about}}


def write_subject_page(
    graph: SupplyGraph,
    path: str | os.PathLike[str],
    subject: Subject,
    *,
    lang: str | None = None,
    scope: Scope | None = None,
) -> Path:
    """Write the page of one subject to one HTML file that opens offline, at its subject.

    Parameters
    ----------
    graph
        The whole graph.
    path
        The file; it is replaced, whole or not at all.
    subject
        What the page is about; see :func:`pick_subject`.
    lang, scope
        As of :func:`kizuna.viz.write_explorer`.
    """
    return write_page_file(render_page(build_subject_payload(graph, subject, scope=scope), lang=lang), path)
