"""Rasters: tables of one page as rows and columns of cells, before header and unit are known."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.lines import lines_from_words, turned_lines
from ingest.types import Box, Line, Word

NUMERIC = re.compile(r"[-−–+(]?\s*\d[\d\s.,]*\)?\s*(%|tkr|mkr|mnkr|kr|st)?|[-–−]|\.\.")
"""A cell that holds a number, or one of the signs that stand for none."""


@dataclass(frozen=True, slots=True)
class RasterCell:
    """A cell before its table is known: where it stands, and its lines in reading order."""

    row: int
    column: int
    box: Box
    lines: tuple[Line, ...]
    row_span: int = 1
    column_span: int = 1

    @property
    def text(self) -> str:
        """Lines as printed, parted by line feeds."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Raster:
    """A table on one page. `cells` come row by row, left to right, empty ones included."""

    box: Box
    rows: int
    columns: int
    cells: tuple[RasterCell, ...]
    edges: tuple[float, ...]
    """The x of each column's left edge, and of the last one's right edge."""

    def words(self) -> list[Word]:
        """All words inside the table."""
        return [word for cell in self.cells for line in cell.lines for word in line.words]

    def row(self, index: int) -> list[RasterCell]:
        """Row `index` from 0, left to right."""
        return [cell for cell in self.cells if cell.row == index]


def cell_lines(words: list[Word]) -> tuple[Line, ...]:
    """The lines of a cell: upright words from the top, turned words in their own direction."""
    upright = [word for word in words if word.angle in (0, 180)]
    turned = [word for word in words if word.angle in (90, 270)]
    return (*lines_from_words(upright), *turned_lines(turned))
