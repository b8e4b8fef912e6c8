"""Find nodes by any of their names, in any script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Literal, NamedTuple

import pandas as pd

from .._errors import InputError, UnknownNameError
from ..graph import MODEL, SupplyGraph, split_list

__all__ = ["NameMatch", "find_by_name", "fold_name", "pick_by_name"]

# Longest first, so that no part of one is left over.
_LEGAL_FORMS = (
    *("股份有限公司", "株式会社", "有限公司", "有限会社", "合同会社", "公司", "(株)", "(有)"),
    *("company limited", "co., ltd.", "co., ltd", "co.,ltd.", "co.,ltd", "corporation", "incorporated"),
    *(
        "co. ltd.",
        "co ltd",
        "limited",
        "company",
        "corp.",
        "corp",
        "inc.",
        "inc",
        "k.k.",
        "kk",
        "ltd.",
        "ltd",
    ),
)
_COLUMNS = ("name_en", "name_zh", "name_ja", "ticker")
_LISTS = ("aliases", "former_names")
_SHOWN = 8  # candidates in an error message
_NEAR = 3


class NameMatch(NamedTuple):
    """A node one of whose names is, or holds, the text that was looked for.

    Parameters
    ----------
    label, id
        Which node.
    name
        The name that matched, as the data has it.
    how
        ``id``; ``name``: the whole of a name; ``part``: a part of one.
    """

    label: str
    id: str
    name: str
    how: Literal["id", "name", "part"]


def fold_name(text: str) -> str:
    """Return a name without what tells no two firms apart: width, case, spaces, legal form.

    Examples
    --------
    >>> fold_name("ファナック株式会社") == fold_name("㈱ﾌｧﾅｯｸ")
    True
    >>> fold_name("Advantech Co., Ltd.")
    'advantech'
    """
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    for form in _LEGAL_FORMS:
        if folded.isascii() and not form.isascii():
            continue
        bare = (
            folded.removesuffix(form)
            if not form.isascii()
            else re.sub(rf"[\s,]+{re.escape(form)}$", "", folded)
        )
        bare = bare.removeprefix(form) if not form.isascii() else bare
        if bare.strip() and bare != folded:
            folded = bare.strip(" ,")
            break
    return folded.replace(" ", "")


def find_by_name(
    graph: SupplyGraph, text: str, *, labels: Sequence[str] = ("Vendor",)
) -> tuple[NameMatch, ...]:
    """Find the nodes that have a text for an id; if none, those for a name; if none, in a part of a name.

    Names are in any script, aliases, former names and tickers among them; width, case, spaces and a legal
    form at either end do not matter.

    Parameters
    ----------
    graph
        The graph.
    text
        What to look for.
    labels
        Labels of the nodes, such as ``Vendor`` and ``Component``.

    Returns
    -------
    tuple of NameMatch
        One for each node, by label and id; those of the first kind that there are any of.
    """
    wanted = fold_name(text)
    if not wanted:
        return ()
    found: dict[str, dict[tuple[str, str], NameMatch]] = {"id": {}, "name": {}, "part": {}}
    for label in labels:
        for node, name in _list_names(graph, label):
            how: Literal["id", "name", "part"]
            if name == text and name == node:
                how = "id"
            else:
                folded = fold_name(name)
                if wanted not in folded:
                    continue
                how = "name" if folded == wanted else "part"
            found[how].setdefault((label, node), NameMatch(label, node, name, how))
    best = next((matches for matches in found.values() if matches), {})
    return tuple(sorted(best.values()))


def pick_by_name(graph: SupplyGraph, text: str, *, labels: Sequence[str] = ("Vendor",)) -> NameMatch:
    """Return the one node that a text names.

    Parameters
    ----------
    graph, text, labels
        As of :func:`find_by_name`.

    Raises
    ------
    UnknownNameError
        Nothing has such a name; the message gives the ids that come nearest.
    InputError
        Several have; the message lists them.
    """
    matches = find_by_name(graph, text, labels=labels)
    if len(matches) == 1:
        return matches[0]
    what = " or ".join(label.lower() for label in labels)
    if matches:
        shown = ", ".join(_show(match) for match in matches[:_SHOWN])
        more = f" and {len(matches) - _SHOWN} more" if len(matches) > _SHOWN else ""
        raise InputError(f"{text!r} may be {len(matches)} of them: {shown}{more}; give one id")
    known = [node for label in labels for node in graph.nodes(label)["id"]]
    near = get_close_matches(text.casefold(), known, n=_NEAR, cutoff=0.6)
    hint = (
        f"did you mean {', '.join(near)}?"
        if near
        else "look for it with `kizuna query --saved find-firm --param text=NAME`"
        if "Vendor" in labels
        else f'list them with `kizuna query "MATCH (n:{labels[0]}) RETURN n.id, n.name_en"`'
    )
    raise UnknownNameError(f"no {what} {text!r} in this data set; {hint}")


def _show(match: NameMatch) -> str:
    return match.id if match.name == match.id else f"{match.id} ({match.name})"


def _list_names(graph: SupplyGraph, label: str) -> Iterator[tuple[str, str]]:
    """Yield every name of every node of a label, its id first."""
    table = graph.nodes(label)
    columns = [c for c in (*_COLUMNS, *_LISTS) if c in {p.name for p in MODEL.nodes[label].properties}]
    for node, *cells in zip(table["id"], *(table[column] for column in columns), strict=True):
        yield node, node
        for column, cell in zip(columns, cells, strict=True):
            if not pd.isna(cell):
                for name in split_list(cell) if column in _LISTS else [cell]:
                    yield node, name
