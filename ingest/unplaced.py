"""Text and grids of files without fixed places (Word, Markdown, plain text) → drafts on pages.

Words carry `NO_BOX` and a made-up size; nothing here knows where anything stands on paper.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.assemble import DraftPage
from ingest.blocks import Draft
from ingest.hiding import without_unseen
from ingest.lines import make_line
from ingest.page_text import NO_BOX
from ingest.tables.raster import Raster, RasterCell
from ingest.types import BlockKind, Line, Word

_SIZE = 11.0  # points: all words alike, so that no size tells anything
_APART = 1000.0  # points between the made-up edges of two tables: more than any table drifts
_CAPTION = re.compile(r"(tabell|diagram|figur)\b|.*:$", re.I)
_SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell as the file gives it: place from 0, text with line feeds, and how far it spans."""

    row: int
    column: int
    text: str
    bold: bool = False
    row_span: int = 1
    column_span: int = 1


def text_lines(text: str, bold: bool = False) -> tuple[Line, ...]:
    """Each line of `text` that holds anything, as words parted by white space."""
    return tuple(
        make_line([Word(part, NO_BOX, _SIZE, 0.0, bold=bold) for part in parts])
        for row in without_unseen(text.replace(_SOFT_HYPHEN, "")).split("\n")
        if (parts := row.split())
    )


def cells_raster(cells: Iterable[GridCell], columns: int, table: int = 0) -> Raster | None:
    """Cells → a raster of `columns` columns, without the rows that hold no text.

    Places that no cell covers become empty cells. `table` counts the tables of a file: parts of
    one table on two pages share it, and are joined again by it. None where there is no text, or
    fewer than two columns.
    """
    found = [(cell, text_lines(cell.text, cell.bold)) for cell in cells]
    rows = sorted({cell.row for cell, lines in found if lines})
    places = {row: place for place, row in enumerate(rows)}
    if not rows or columns < 2:
        return None
    placed: list[RasterCell] = []
    covered: set[tuple[int, int]] = set()
    for cell, lines in found:
        if cell.row not in places:
            continue
        row = places[cell.row]
        row_span = bisect_left(rows, cell.row + cell.row_span) - row
        placed.append(RasterCell(row, cell.column, NO_BOX, lines, row_span, cell.column_span))
        covered |= {
            (row + below, cell.column + right)
            for below in range(row_span)
            for right in range(cell.column_span)
        }
    placed.extend(
        RasterCell(row, column, NO_BOX, ())
        for row in range(len(rows))
        for column in range(columns)
        if (row, column) not in covered
    )
    placed.sort(key=lambda cell: (cell.row, cell.column))
    edges = (table * _APART,) * (columns + 1)
    return Raster(NO_BOX, len(rows), columns, tuple(placed), edges)


def grid_raster(grid: Sequence[Sequence[str]], header_rows: int = 0) -> Raster | None:
    """Rows of texts → a raster; rows may differ in length, the first `header_rows` read as bold.

    None where there is no text, or fewer than two columns.
    """
    cells = (
        GridCell(row, column, text, bold=row < header_rows)
        for row, texts in enumerate(grid)
        for column, text in enumerate(texts)
    )
    return cells_raster(cells, max((len(texts) for texts in grid), default=0))


class PageList:
    """Takes a file's drafts in order, and parts them into pages numbered from 1."""

    def __init__(self) -> None:
        self._pages: list[list[Draft]] = [[]]
        self._turned = True

    @property
    def begun(self) -> bool:
        """Whether anything has come since the author's last page break (or the beginning)."""
        return not self._turned

    def add(self, kind: BlockKind, text: str, level: int = 0, bold: bool = False) -> None:
        """Add a block of text; nothing where `text` is blank. `level` is a heading's, from 1."""
        lines = text_lines(text, bold)
        if lines:
            self._pages[-1].append(Draft(kind, lines, level=level))
            self._turned = False

    def add_raster(self, raster: Raster) -> None:
        """Add a table; a short line right above that announces it becomes its caption."""
        page = self._pages[-1]
        if page and page[-1].kind is BlockKind.PARAGRAPH:
            text = page[-1].text
            if len(text) <= 150 and _CAPTION.match(text):
                page[-1] = replace(page[-1], kind=BlockKind.CAPTION)
        page.append(Draft(BlockKind.TABLE, raster=raster))
        self._turned = False

    def add_unread(self) -> None:
        """Say that something without text, such as a picture, stands here."""
        self._turned = False

    def turn(self, rendered: bool = False) -> None:
        """Begin a new page.

        `rendered` marks a break that the writing program noted while it laid the pages out: right
        after a break that the author set it says the same once more, and is passed over, as it is
        before anything has come.
        """
        if rendered and self._turned:
            self._turned = False
            return
        self._pages.append([])
        self._turned = not rendered

    def pages(self) -> list[DraftPage]:
        """The pages so far, sizes 0, without empty ones at the end; none where nothing came."""
        last = max((index for index, page in enumerate(self._pages) if page), default=-1)
        return [
            DraftPage(index + 1, "", 0.0, 0.0, tuple(drafts))
            for index, drafts in enumerate(self._pages[: last + 1])
        ]
