"""Answers as text: a table on a console, CSV for a spreadsheet, JSON for a program, Markdown for a report.

Nothing here knows what an answer says.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from kizuna._console import PLAIN, clean
from kizuna._errors import InputError
from kizuna._forms import FORMATS, RESULT_FORMATS, Format
from kizuna._grid import GAP, draw_grid, measure_columns

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.tree import Tree

__all__ = [
    "FORMATS",
    "PLAIN",
    "RESULT_FORMATS",
    "Answer",
    "Block",
    "Branch",
    "Cell",
    "Column",
    "Format",
    "Heading",
    "Listing",
    "Sheet",
    "clean",
    "list_records",
    "render_answer",
]

Cell = str | int | float | None

_NO_LIMIT = 100_000  # columns of a page that is no terminal: nothing is ever folded there
_SHORT = 8  # a heading of so many columns is not folded
_NARROW = 10  # no column is folded to less than this
# What a spreadsheet takes for a formula; the full-width signs are, in Japanese and Chinese editions.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_MARKDOWN = re.compile(r"([\\`*_\[\]|~])")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet.

    Parameters
    ----------
    heading
        Its heading.
    number
        Whether it is set flush right.
    whole
        Whether it is never folded, however narrow the terminal: ids, to be copied.
    """

    heading: str
    number: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows below headings."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A tree, or a list as a tree of one level."""

    text: str
    children: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading between other blocks."""

    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines that stay as they are: the text of a query."""

    text: str


Block = str | Heading | Sheet | Branch | Listing


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command has to say, in each of the forms that it may be asked for.

    Parameters
    ----------
    head
        Lines that every reader must see: the scope.
    blocks
        What people read, as a table on a console or as Markdown.
    document
        What programs read, as JSON; made when it is asked for, since it holds everything.
    sheet
        What spreadsheets read, as CSV; None: there is no such form.
    records
        What programs read one by one, as JSON lines; None: there is no such form.
    """

    head: tuple[str, ...]
    blocks: tuple[Block, ...]
    document: Callable[[], Mapping[str, Any]]
    sheet: Sheet | None = None
    records: Callable[[], Iterator[Mapping[str, Any]]] | None = None


def _show(cell: Cell) -> str:
    return "" if cell is None else clean(str(cell))


def render_answer(
    answer: Answer,
    form: Format,
    *,
    encoding: str = "utf-8",
    width: int | None = None,
    ascii_json: bool = False,
) -> str:
    r"""Return an answer as text, lines ending in ``\n`` (CSV: ``\r\n``).

    Parameters
    ----------
    answer
        The answer.
    form
        ``table``, ``csv``, ``json``, ``jsonl`` or ``md``.
    encoding
        Of the console: one without UTF-8 gets tables and trees drawn in ASCII.
    width
        Columns of the terminal; None: as wide as need be.
    ascii_json
        Whether JSON is written in ASCII alone.

    Raises
    ------
    InputError
        The answer has no such form.
    """
    if form == "json":
        return _render_json(answer.document(), ascii_only=ascii_json)
    if form == "jsonl":
        return "".join(list_records(answer, ascii_json=ascii_json))
    if form == "csv":
        if answer.sheet is None:
            raise InputError("this answer is a tree and has no CSV form; use --format table, md or json")
        return _render_csv(answer.sheet)
    if form == "md":
        return "\n".join(_markdown_lines(answer)) + "\n"
    return _render_text(answer, encoding, width)


def list_records(answer: Answer, *, ascii_json: bool = False) -> Iterator[str]:
    """Yield an answer as JSON lines, one object each.

    Raises
    ------
    InputError
        The answer has no such form.
    """
    if answer.records is None:
        raise InputError("this answer has no rows; use --format table, md or json")
    for record in answer.records():
        yield _render_json(record, ascii_only=ascii_json, indent=None)


def _render_json(document: Mapping[str, Any], *, ascii_only: bool, indent: int | None = 2) -> str:
    text = json.dumps(document, ensure_ascii=ascii_only, allow_nan=False, indent=indent)
    # JSON leaves these as they are, and a terminal acts on some of them.
    return re.sub("[\x7f-\x9f]", lambda c: f"\\u{ord(c[0]):04x}", text) + "\n"


def _guard(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _render_csv(sheet: Sheet) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_guard(column.heading) for column in sheet.columns])
    writer.writerows([_guard(cell) for cell in row] for row in sheet.rows)
    return out.getvalue()


def _escape_markdown(cell: Cell) -> str:
    return _MARKDOWN.sub(r"\\\1", html.escape(_show(cell), quote=False))


def _markdown_lines(answer: Answer) -> Iterator[str]:
    yield from (f"- {_escape_markdown(line)}" for line in answer.head)
    for place, block in enumerate(answer.blocks):
        if place or answer.head:
            yield ""
        if isinstance(block, Sheet):
            yield _markdown_row(column.heading for column in block.columns)
            yield "|" + "|".join(" ---: " if column.number else " --- " for column in block.columns) + "|"
            yield from (_markdown_row(row) for row in block.rows)
        elif isinstance(block, Branch):
            yield from _markdown_branch(block, 0)
        elif isinstance(block, Listing):
            yield from _markdown_listing(block)
        else:
            text = block.text if isinstance(block, Heading) else block
            yield ("## " if isinstance(block, Heading) else "") + _escape_markdown(text)


def _markdown_row(cells: Iterable[Cell]) -> str:
    return "| " + " | ".join(_escape_markdown(cell) for cell in cells) + " |"


def _markdown_branch(branch: Branch, depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}- {_escape_markdown(branch.text)}"
    for child in branch.children:
        yield from _markdown_branch(child, depth + 1)


def _markdown_listing(block: Listing) -> Iterator[str]:
    longest = max(map(len, re.findall("`+", block.text)), default=0)
    fence = "`" * max(3, longest + 1)
    yield fence
    yield from map(clean, block.text.splitlines())
    yield fence


class _Page(io.StringIO):
    """A text in memory of which rich believes that it has the console's encoding."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._encoding

    def fit(self, text: str) -> str:
        """Return a text as the console can show it, so that columns are measured as they will look."""
        return clean(text).encode(self._encoding, PLAIN).decode(self._encoding)


def _render_text(answer: Answer, encoding: str, width: int | None) -> str:
    page = _Page(encoding)
    page.writelines(f"{page.fit(line)}\n" for line in answer.head)
    above: Block | None = None
    for block in answer.blocks:
        if page.tell() and not (isinstance(block, str) and isinstance(above, str)):
            page.write("\n")
        above = block
        if isinstance(block, Sheet):
            _write_sheet(page, block, width or _NO_LIMIT)
        elif isinstance(block, Branch):
            tree, depth = _make_tree(block, page)
            _draw(page, tree, max(width or _NO_LIMIT, 4 * (depth + _NARROW)))
        elif isinstance(block, Listing):
            page.writelines(f"{page.fit(line)}\n" for line in block.text.splitlines())
        else:
            page.write(page.fit(block.text if isinstance(block, Heading) else block) + "\n")
    return "".join(f"{line.rstrip()}\n" for line in page.getvalue().splitlines())


def _draw(page: _Page, block: RenderableType, width: int) -> None:
    from rich.console import Console

    console: Console = Console(
        file=page,
        width=width,
        color_system=None,
        force_terminal=False,
        force_jupyter=False,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    console.print(block)


def _write_sheet(page: _Page, sheet: Sheet, width: int) -> None:
    headings = [page.fit(column.heading) for column in sheet.columns]
    rows = [[page.fit(_show(cell)) for cell in row] for row in sheet.rows]
    longest = measure_columns(headings, rows)
    if sum(longest) + GAP * len(longest) > width:
        _draw(page, *_make_table(sheet, headings, rows, width))
        return
    numbers = [column.number for column in sheet.columns]
    plain = not page.encoding.lower().startswith("utf")
    lines = draw_grid(headings, rows, numbers=numbers, widths=longest, ascii_only=plain)
    page.writelines(f"{line}\n" for line in lines)


def _make_table(
    sheet: Sheet, headings: Sequence[str], rows: Sequence[Sequence[str]], width: int
) -> tuple[Table, int]:
    """Return a table that is folded into the width of the terminal, if it can be, and its own width."""
    from rich import box
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    columns = zip(
        sheet.columns, headings, zip(*rows, strict=True) if rows else [()] * len(headings), strict=True
    )
    longest = [
        max(
            [
                _fold_heading(heading) if column.whole or column.number else cell_len(heading),
                *map(cell_len, cells),
            ]
        )
        for column, heading, cells in columns
    ]
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=0)
    room = width - (len(longest) - 1)
    widths = _share_room(longest, [column.whole for column in sheet.columns], room)
    for column, heading, cells in zip(sheet.columns, headings, widths, strict=True):
        justify: Literal["left", "right"] = "right" if column.number else "left"
        table.add_column(Text(heading), justify=justify, overflow="fold", width=cells)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table, sum(widths) + len(widths)


def _fold_heading(heading: str) -> int:
    """Return the width of a heading on two lines: of its longest word, or of half of it without any.

    A short one stays on one line.
    """
    from rich.cells import cell_len

    words = heading.split()
    if cell_len(heading) <= _SHORT:
        return cell_len(heading)
    if len(words) == 1 and not heading.isascii():
        return -(-cell_len(heading) // 4) * 2  # no half of a wide character
    return max(map(cell_len, words), default=0)


def _share_room(longest: Sequence[int], whole: Sequence[bool], room: int) -> list[int]:
    """Return the widths of columns: the widest are folded first, none to less than can be read.

    rich would cut columns off where the terminal is narrower than that; a line that is too long is whole.
    """
    widths = list(longest)
    spare = [position for position, kept in enumerate(whole) if not kept]
    while sum(widths) > room:
        widest = max(spare, key=lambda position: widths[position], default=None)
        if widest is None or widths[widest] <= _NARROW:
            break
        widths[widest] -= 1
    return widths


def _make_tree(branch: Branch, page: _Page) -> tuple[Tree, int]:
    """Return a tree and how deep it is."""
    from rich.text import Text
    from rich.tree import Tree

    tree, deepest = Tree(Text(page.fit(branch.text), overflow="fold")), 0
    stack = [(tree, child, 1) for child in reversed(branch.children)]
    while stack:
        above, below, depth = stack.pop()
        deepest = max(deepest, depth)
        node = above.add(Text(page.fit(below.text), overflow="fold"))
        stack.extend((node, child, depth + 1) for child in reversed(below.children))
    return tree, deepest
