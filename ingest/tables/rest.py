"""Tables over a page break: whether one goes on with another, and the rest of one without rules.

Labels differ in length from page to page, and so does the middle of the gaps between columns. What
stays is where a column's texts begin, or end. Points from the upper left corner of the page.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.lines import line_gap, lines_from_words, segments
from ingest.tables.levels import is_value
from ingest.tables.open import open_raster, parted
from ingest.tables.raster import NUMERIC, Raster, RasterCell
from ingest.types import Line, Word, enclosing

_AGREE = 4.0  # points by which the edges of a column may differ between two pages
_INDENT = 12.0  # points by which labels may stand further in
_INSIDE = 1.35  # of a line's size: a narrower step may be one cell's own lines


@dataclass(frozen=True, slots=True)
class _Ink:
    """From where to where the texts of a column stand, and whether they are numbers."""

    x0: float
    x1: float
    numbers: bool

    def takes(self, x0: float, x1: float) -> bool:
        """Whether a text begins, ends or has its middle where the column's texts do."""
        middles = (x0 + x1 - self.x0 - self.x1) / 2
        return min(abs(x0 - self.x0), abs(x1 - self.x1), abs(middles)) <= _AGREE


def _inks(raster: Raster) -> list[_Ink | None]:
    """The ink of each column, headings aside where there is more; None for an empty column."""
    inks: list[_Ink | None] = []
    for column in range(raster.columns):
        cells = [c for c in raster.cells if c.column == column and c.column_span == 1 and c.lines]
        values = [cell for cell in cells if _holds_value(cell)]
        numbers = 2 * len(values) >= len(cells)
        lines = [line for cell in (values if numbers else cells) for line in cell.lines]
        if not lines:
            inks.append(None)
            continue
        box = enclosing([line.box for line in lines])
        inks.append(_Ink(box[0], box[2], numbers))
    return inks


def _holds_value(cell: RasterCell) -> bool:
    return all(is_value(line) for line in cell.lines)


def same_columns(before: Raster, after: Raster) -> bool:
    """Whether two rasters of as many columns have them at the same places, and one header."""
    pairs = list(zip(_inks(before), _inks(after), strict=True))
    known = [(a, b) for a, b in pairs[1:] if a is not None and b is not None]
    first, second = pairs[0]
    labels = first is None or second is None or abs(first.x0 - second.x0) <= _INDENT
    return (
        labels
        and 2 * len(known) >= len(pairs) - 1 > 0
        and all(a.takes(b.x0, b.x1) for a, b in known)
        and not _has_header(after)
    )


def _has_header(raster: Raster) -> bool:
    """Whether the first row names columns that hold numbers further down, or is all bold."""
    numbers = {cell.column for cell in raster.cells if cell.row and cell.lines and _number(cell)}
    first = [cell for cell in raster.row(0) if cell.column and cell.lines]
    names = [cell for cell in first if cell.column in numbers] if numbers else first
    if not numbers and not all(line.bold for cell in first for line in cell.lines):
        return False
    return bool(names) and not any(_number(cell) for cell in names)


def _number(cell: RasterCell) -> bool:
    return _holds_value(cell) or not re.search(r"\w", cell.text)


def rest_raster(words: Sequence[Word], before: Raster) -> Raster | None:
    """The rows at the top of a page that go on with a table that ended the page before.

    None where the first line does not fit the table's columns.
    """
    inks = _inks(before)
    step = _usual_step(before)
    lines = lines_from_words(word for word in words if word.angle == 0)
    head = _header_again(lines, before)
    body: list[Line] = []
    places: list[list[tuple[int, Line]]] = []
    for line in lines[len(head) :]:
        far = body and line.words[0].baseline - body[-1].words[0].baseline > 1.3 * step
        placed = _placed(line, inks)
        if far or not placed or (not body and _names_years(placed)):
            break
        body.append(line)
        places.append(placed)
    while places and len(places[-1]) == 1 and not _inside(body):
        body.pop()
        places.pop()
    gutters = _gutters(inks, [part for placed in places for part in placed])
    if not any(len(placed) > 1 for placed in places) or len(gutters) != before.columns - 1:
        return None
    rows = [head, *parted(body)] if head else parted(body)
    return open_raster([*head, *body], rows=rows, gutters=gutters)


def _header_again(lines: Sequence[Line], before: Raster) -> list[Line]:
    """The first lines of a page where they say the first row of a table once more."""
    said = [line.text for cell in before.row(0) for line in cell.lines]
    found: list[Line] = []
    for line in lines:
        parts = [part.text for part in segments(line, line_gap(line))]
        if len(said) < 2 or not all(part in said for part in parts):
            break
        for part in parts:
            said.remove(part)
        found.append(line)
    return found if not said else []


def _usual_step(raster: Raster) -> float:
    """The largest step from one row's first baseline to the next one's."""
    tops = [
        min(line.words[0].baseline for cell in raster.row(row) for line in cell.lines)
        for row in range(raster.rows)
        if any(cell.lines for cell in raster.row(row))
    ]
    return max((b - a for a, b in itertools.pairwise(tops)), default=0.0)


def _inside(body: list[Line]) -> bool:
    """Whether the last line may be a lower line of the cell above it."""
    if len(body) < 2:
        return False
    return body[-1].words[0].baseline - body[-2].words[0].baseline < _INSIDE * body[-1].size


def _placed(line: Line, inks: list[_Ink | None]) -> list[tuple[int, Line]]:
    """The segments of a line with their columns; none where one of them fits no column."""
    placed: list[tuple[int, Line]] = []
    for part in segments(line, line_gap(line)):
        start = placed[-1][0] + 1 if placed else 0
        column = next(
            (i for i in range(start, len(inks)) if _fits(part, i, inks[i])),
            None,
        )
        if column is None:
            return []
        placed.append((column, part))
    return placed if placed[0][0] == 0 else []


def _fits(part: Line, column: int, ink: _Ink | None) -> bool:
    if ink is None:
        return False
    if column == 0:
        return -_AGREE <= part.box[0] - ink.x0 <= _INDENT
    number = bool(NUMERIC.fullmatch(part.text))
    return ink.takes(part.box[0], part.box[2]) and (number or not ink.numbers)


def _names_years(placed: list[tuple[int, Line]]) -> bool:
    """Whether a line has nothing but years after its label: it is the header of another table."""
    return len(placed) > 1 and all(
        NUMERIC.fullmatch(part.text) and re.search(r"\d", part.text) and not is_value(part)
        for _, part in placed[1:]
    )


def _gutters(inks: list[_Ink | None], parts: list[tuple[int, Line]]) -> list[float]:
    """The middle of the gap between each two columns; none of one that a segment crosses."""
    edges: list[tuple[float, float]] = []
    for column, ink in enumerate(inks):
        boxes = [part.box for at, part in parts if at == column]
        known = [(ink.x0, ink.x1)] if ink is not None and (column or not boxes) else []
        known += [(box[0], box[2]) for box in boxes]
        if known:
            edges.append((min(x0 for x0, _ in known), max(x1 for _, x1 in known)))
    return [(a[1] + b[0]) / 2 for a, b in itertools.pairwise(edges) if a[1] < b[0]]
