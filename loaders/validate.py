"""Everything that is wrong with a set of tables, in one go, driven by the model alone.

*Must* (error): without it the data cannot be used. *Should* (warning): they can be used, but somebody should
look. The rules are our own, over whole columns, and not those of a schema library: most of them join
tables, their messages speak the model's words, and pandera would add about 0.2 s to every start.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from ..graph import MODEL
from .cells import check_cells
from .cycles import check_control, check_requirements
from .problems import Problem
from .references import check_references, check_shared_ids
from .statements import check_choices, check_codes, check_placeholders, check_rows

__all__ = ["sort_problems", "validate_tables"]

_WHOLE: Mapping[str, Collection[str] | None] = {}


def validate_tables(
    tables: Mapping[str, pd.DataFrame], *, lost: Mapping[str, Collection[str] | None] = _WHOLE
) -> list[Problem]:
    """Return every problem of a set of tables, in the order of the model's tables and of their rows.

    Parameters
    ----------
    tables
        Tables of text by name, blank as ``""``, by row number, as :func:`read_table` gives them.
    lost
        For tables that could not be read whole, the ids of the rows that are missing, or ``None`` for a
        whole file: what refers to them is not called unknown.

    Examples
    --------
    >>> layers = pd.DataFrame({"id": ["cloud"], "order": ["two"], "name_en": ["Cloud"]}, index=[2], dtype="str")
    >>> print(*validate_tables({"layers": layers}))
    layers.csv, row 2, column order: found 'two', allowed is a whole number

    Notes
    -----
    Time is linear in the number of cells: a rule costs a few passes over its columns. Rows are looked at one
    by one only where something is wrong with them.
    """
    tables = {name: tables[name] for name in MODEL.tables if name in tables}
    problems: list[Problem] = []
    for name, frame in tables.items():
        problems += check_cells(f"{name}.csv", MODEL.tables[name], frame)
        problems += check_rows(f"{name}.csv", MODEL.tables[name], frame)
    problems += check_references(tables, lost)
    for check in (
        check_shared_ids,
        check_codes,
        check_requirements,
        check_choices,
        check_control,
        check_placeholders,
    ):
        problems += check(tables)
    return sort_problems(problems)


def sort_problems(problems: Collection[Problem]) -> list[Problem]:
    """Sort problems by table, then row; what concerns a file as a whole comes before its rows."""
    place = {f"{name}.csv": i for i, name in enumerate(MODEL.tables)}
    return sorted(problems, key=lambda p: (place.get(p.file, -1), p.file, p.row or 0))
