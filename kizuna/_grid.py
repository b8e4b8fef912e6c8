"""Rows below headings as text, where there is room for all of it.

The same lines as rich draws, which takes its time: two seconds for ten thousand rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

__all__ = ["GAP", "draw_grid", "measure_columns"]

GAP = 3
"""Columns of the terminal between two of a table."""


def measure_columns(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Return how wide each column is, in columns of the terminal."""
    from rich.cells import cell_len

    return [max(map(cell_len, cells)) for cells in zip(headings, *rows, strict=True)]


def draw_grid(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    numbers: Sequence[bool],
    widths: Sequence[int],
    ascii_only: bool = False,
) -> Iterator[str]:
    """Yield the lines of a table.

    Parameters
    ----------
    headings, rows
        Its cells, none of them with a line break.
    numbers
        Which columns are set flush right.
    widths
        From :func:`measure_columns`.
    ascii_only
        Whether the lines are drawn in ASCII.

    Examples
    --------
    >>> cells = [["台積電", "1"], ["Sony", "12"]]
    >>> for line in draw_grid(["name", "n"], cells, numbers=[False, True], widths=[6, 2]):
    ...     print(line)
    name      n
    ───────────
    台積電    1
    Sony     12
    """
    between, rule, crossing = (" | ", "-", "-+-") if ascii_only else (" " * GAP, "─", "─" * GAP)
    yield between.join(_pad(headings, numbers, widths))
    yield crossing.join(rule * width for width in widths)
    for row in rows:
        yield between.join(_pad(row, numbers, widths))


def _pad(cells: Sequence[str], numbers: Sequence[bool], widths: Sequence[int]) -> Iterator[str]:
    from rich.cells import cell_len

    for cell, number, width in zip(cells, numbers, widths, strict=True):
        blank = " " * (width - cell_len(cell))
        yield blank + cell if number else cell + blank
