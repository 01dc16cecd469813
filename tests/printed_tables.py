"""Pages made of text alone, for tests of what is understood: tables of strings, and sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.checks.check import Checked, check
from ingest.figures.read import read_figures
from ingest.types import Block, BlockKind, Cell, Identity, Page, Span, Table, WordBox

Rows = Sequence[Sequence[str]]
WIDTH, HEIGHT = 90.0, 12.0


def rows_of(text: str) -> list[list[str]]:
    """A table written as lines with "|" between its cells; cells left out at the end are empty."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip("\n").split("\n")]
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


class PrintedPage:
    """A page that grows: add tables and paragraphs, then take `page` and `tables`."""

    def __init__(self, number: int = 1) -> None:
        self.number = number
        self.text = ""
        self.tables: list[Table] = []
        self._words: list[WordBox] = []
        self._blocks: list[Block] = []
        self._section: tuple[str, ...] = ()

    @property
    def page(self) -> Page:
        """The page as it stands."""
        return Page(
            self.number, "", 595.0, 842.0, self.text, tuple(self._words), tuple(self._blocks)
        )

    def _put(self, text: str, x: float, y: float) -> Span:
        start = len(self.text)
        for match in re.finditer(r"\S+", text):
            left = x + match.start() * 4
            box = (left, y, left + len(match[0]) * 4, y + HEIGHT)
            self._words.append(WordBox(start + match.start(), start + match.end(), box))
        self.text += text
        return Span(self.number, start, len(self.text))

    def _block(self, kind: BlockKind, span: Span, text: str, table: str | None = None) -> None:
        self._blocks.append(
            Block(kind, span, (0.0, 0.0, 595.0, 842.0), text, self._section, 0, table)
        )
        self.text += "\n"

    def heading(self, text: str) -> None:
        """Begin a section."""
        self._section = (text,)
        self._block(BlockKind.HEADING, self._put(text, 0, 0), text)

    def paragraph(self, text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        """Add a block of prose."""
        self._block(kind, self._put(text, 0, 0), text)

    def table(
        self,
        rows: Rows,
        *,
        header: int = 1,
        unit: str = "tkr",
        caption: str = "",
        bold: Sequence[int] = (),
    ) -> Table:
        """Add a table of strings; `bold` are rows that are set in bold."""
        name = f"t{self.number}{len(self.tables) + 1}"
        cells: list[Cell] = []
        begin = len(self.text)
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                x, y = column * WIDTH, row * HEIGHT
                box = (x, y, x + WIDTH, y + HEIGHT)
                flat = text.replace("\n", " ")
                span = self._put(flat, x, y) if text else None
                cells.append(Cell(text, row, column, self.number, box, span, bold=row in bold))
                self.text += "\t"
            self.text += "\n"
        made = Table(
            name,
            self.number,
            self.number,
            self._section,
            caption,
            unit,
            header,
            len(rows[0]),
            tuple(cells),
        )
        self.tables.append(made)
        self._block(BlockKind.TABLE, Span(self.number, begin, len(self.text)), "", name)
        return made


def checked(*pages: PrintedPage, identity: Identity | None = None) -> Checked:
    """The figures of some pages, checked against each other."""
    read = [page.page for page in pages]
    tables = [table for page in pages for table in page.tables]
    figures = read_figures(read, tables, identity or Identity())
    return check("rapport", read, tables, figures)


def table_checked(rows: Rows, *, header: int = 1, unit: str = "tkr", caption: str = "") -> Checked:
    """The figures of a page that holds one table."""
    page = PrintedPage()
    page.table(rows, header=header, unit=unit, caption=caption)
    return checked(page)
