"""Headings set on end above narrow columns → the header of a table without vertical rules.

Points from the upper left corner of the page.
"""

from __future__ import annotations

from dataclasses import replace

from ingest.lines import turned_lines
from ingest.tables.raster import Raster, RasterCell, cell_lines
from ingest.types import Line, Word, enclosing

_NEAR = 14.0  # points from a heading's lower end to the first row below it


def with_upended(raster: Raster, words: list[Word]) -> Raster:
    """The raster with the turned headings above its columns, and what stands beside these.

    `words` are those of no table. The raster itself where fewer than two columns have such ones.
    """
    x0, x1 = raster.edges[0], raster.edges[-1]
    first = [cell for cell in raster.row(0) if cell.lines]
    top = min(line.box[1] for cell in first for line in cell.lines)
    low = max(line.box[3] for cell in first for line in cell.lines)
    lines = [line for line in _turned(words) if x0 <= _middle(line.words[0]) <= x1]
    near = [line for line in lines if top - _NEAR <= line.box[3] <= low + 4]
    # a heading that ends higher up stands level with one that ends close above the rows
    level = [
        line
        for line in lines
        if any(line.box[1] < o.box[3] and line.box[3] > o.box[1] for o in near)
    ]
    turned = [word for line in level for word in line.words]
    if len({_column(raster, word) for word in turned} - {0}) < 2:
        return raster
    highest = min(word.box[1] for word in turned)
    beside = [
        word
        for word in words
        if word.angle == 0
        and x0 - 4 <= word.box[0]
        and word.box[2] <= x1 + 4
        and highest - 2 <= (word.box[1] + word.box[3]) / 2 <= top + 2
    ]
    added: dict[int, list[Word]] = {}
    for word in [*turned, *beside]:
        added.setdefault(_column(raster, word), []).append(word)
    if max(word.box[3] for word in turned) > top + 4:
        return _merged(raster, added)
    return _on_top(raster, added)


def _turned(words: list[Word]) -> list[Line]:
    """The turned lines of either direction."""
    up = turned_lines(word for word in words if word.angle == 90)
    return [*up, *turned_lines(word for word in words if word.angle == 270)]


def _middle(word: Word) -> float:
    return (word.box[0] + word.box[2]) / 2


def _column(raster: Raster, word: Word) -> int:
    inner = raster.edges[1:-1]
    return sum(edge <= _middle(word) for edge in inner)


def _merged(raster: Raster, added: dict[int, list[Word]]) -> Raster:
    """Turned headings beside upright ones: one row."""
    cells: list[RasterCell] = []
    for cell in raster.cells:
        more = added.get(cell.column, []) if cell.row == 0 else []
        held = [*more, *(word for line in cell.lines for word in line.words)]
        around = enclosing([cell.box, *(word.box for word in more)])
        cells.append(replace(cell, lines=cell_lines(held), box=around) if more else cell)
    box = enclosing([raster.box, *(word.box for words in added.values() for word in words)])
    return replace(raster, cells=tuple(cells), box=box)


def _on_top(raster: Raster, added: dict[int, list[Word]]) -> Raster:
    """A row of headings above the first one."""
    around = enclosing([word.box for words in added.values() for word in words])
    row = [
        RasterCell(
            0,
            column,
            (raster.edges[column], around[1], raster.edges[column + 1], around[3]),
            cell_lines(added.get(column, [])),
        )
        for column in range(raster.columns)
    ]
    below = [replace(cell, row=cell.row + 1) for cell in raster.cells]
    box = enclosing([raster.box, around])
    return replace(raster, box=box, rows=raster.rows + 1, cells=(*row, *below))
