"""Edges and words → a raster: rows and columns of cells with their words.

A raster is a table of one page before its header, unit and caption are known.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from ingest.lines import centre_in, line_gap, lines_from_words, segments, turned_lines
from ingest.tables.edges import Edge, Edges
from ingest.types import Box, Line, Word, enclosing

_SAME = 3.0  # points between two edges that bound the same row or column
_ROW_STEP = 1.25  # of the smallest step between baselines: a wider one parts two rows
_SLIT = 12.0  # points: an empty column narrower than this is the space between double lines
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


def ruled_raster(edges: Edges, words: list[Word]) -> Raster | None:
    """The raster of a grid of edges; None where it is no table (a frame, a single column)."""
    x0, y0, x1, y1 = edges.box
    xs = _places([x0, *(edge.at for edge in edges.vertical), x1])
    ys = _places([y0, *(edge.at for edge in edges.horizontal), y1])
    inside = [word for word in words if centre_in(word, x0, y0, x1, y1)]
    if len(xs) < 3 or len(ys) < 2 or not inside:
        return None
    cells = _split_rows(_merged_cells(xs, ys, edges, inside))
    cells = _drop_empty(cells)
    columns = 1 + max((cell.column for cell in cells), default=0)
    rows = 1 + max((cell.row for cell in cells), default=0)
    # one row, or one filled column, may be what a page break left of a table; but bars of a
    # chart make many columns with next to nothing in them
    filled = sum(bool(cell.lines) for cell in cells)
    if columns < 2 or filled < columns / 3:
        return None
    return Raster((x0, y0, x1, y1), rows, columns, tuple(cells), tuple(xs))


def _places(values: list[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _SAME:
            places.append(value)
    return places


def _covers(edges: tuple[Edge, ...], at: float, start: float, end: float) -> bool:
    """Whether an edge at `at` runs along most of the way from `start` to `end`."""
    middle = (start + end) / 2
    return any(abs(e.at - at) <= _SAME and e.start <= middle <= e.end for e in edges)


def _merged_cells(
    xs: list[float], ys: list[float], edges: Edges, words: list[Word]
) -> list[RasterCell]:
    """The places of a grid, merged where no edge parts them, filled with their words."""
    columns, rows = len(xs) - 1, len(ys) - 1
    taken = [[False] * columns for _ in range(rows)]
    cells: list[RasterCell] = []
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            right = column + 1
            while (
                right < columns
                and not taken[row][right]
                and not _covers(edges.vertical, xs[right], ys[row], ys[row + 1])
            ):
                right += 1
            low = row + 1
            while low < rows and not any(
                taken[low][c] or _covers(edges.horizontal, ys[low], xs[c], xs[c + 1])
                for c in range(column, right)
            ):
                low += 1
            for r in range(row, low):
                taken[r][column:right] = [True] * (right - column)
            box = (xs[column], ys[row], xs[right], ys[low])
            held = [word for word in words if centre_in(word, *box)]
            cells.append(RasterCell(row, column, box, cell_lines(held), low - row, right - column))
    return cells


def _split_rows(cells: list[RasterCell]) -> list[RasterCell]:
    """Part a ruled row that holds several printed rows of numbers (lines only around groups)."""
    result: list[RasterCell] = []
    shift = 0
    for row in sorted({cell.row for cell in cells}):
        band = [cell for cell in cells if cell.row == row]
        stacks = [
            cell for cell in band if len(cell.lines) > 1 and _all_numeric(cell) and cell.column
        ]
        baselines = sorted({round(line.words[0].baseline) for c in stacks for line in c.lines})
        steps = _places([float(b) for b in baselines])
        listed = any(_is_list(cell) for cell in band)
        if listed or len(stacks) < 2 or len(stacks) < (len(band) - 1) / 2 or len(steps) < 2:
            result.extend(_moved(cell, cell.row + shift) for cell in band)
            continue
        for cell in band:
            for index, (upper, lower) in enumerate(_bands(cell, steps)):
                held = tuple(line for line in cell.lines if upper <= line.words[0].baseline < lower)
                box = (cell.box[0], upper, cell.box[2], lower)
                result.append(
                    RasterCell(
                        cell.row + shift + index, cell.column, box, held, 1, cell.column_span
                    )
                )
        shift += len(steps) - 1
    return result


def _is_list(cell: RasterCell) -> bool:
    """Whether a cell numbers its own lines ("1. 44", "2. 74"): one cell then, not several rows."""
    starts = [re.match(r"(\d{1,2})[.)]\s", line.text) for line in cell.lines]
    numbers = [int(match.group(1)) for match in starts if match]
    return len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))


def _bands(cell: RasterCell, steps: list[float]) -> list[tuple[float, float]]:
    """Upper and lower y of each printed row inside a ruled one; labels may wrap downwards."""
    tops = [cell.box[1], *(step - 6.0 for step in steps[1:]), cell.box[3]]
    return list(itertools.pairwise(tops))


def _all_numeric(cell: RasterCell) -> bool:
    return all(NUMERIC.fullmatch(line.text) for line in cell.lines)


def _moved(cell: RasterCell, row: int) -> RasterCell:
    return RasterCell(row, cell.column, cell.box, cell.lines, cell.row_span, cell.column_span)


def _drop_empty(cells: list[RasterCell]) -> list[RasterCell]:
    """Without rows that hold no words, and without the slits between double lines.

    An empty column stays: the part of a table after a page break may fill only some of them.
    """
    rows = sorted({cell.row for cell in cells if cell.lines})
    slits = {c.column for c in cells if c.column_span == 1 and c.box[2] - c.box[0] < _SLIT}
    filled = {cell.column for cell in cells if cell.lines}
    columns = sorted({cell.column for cell in cells} - (slits - filled))
    kept: list[RasterCell] = []
    for cell in cells:
        if cell.row not in rows or cell.column not in columns:
            continue
        row_span = sum(cell.row <= r < cell.row + cell.row_span for r in rows)
        column_span = sum(cell.column <= c < cell.column + cell.column_span for c in columns)
        kept.append(
            RasterCell(
                rows.index(cell.row),
                columns.index(cell.column),
                cell.box,
                cell.lines,
                row_span,
                column_span,
            )
        )
    return sorted(kept, key=lambda cell: (cell.row, cell.column))


def open_raster(
    lines: list[Line],
    bands: list[float] | None = None,
    rows: list[list[Line]] | None = None,
) -> Raster | None:
    """The raster of lines without vertical edges; columns stand where all rows leave a gap.

    `bands` are the y of horizontal edges, if any: where they part most lines, each band is a row.
    `rows` are the lines of each row, where they are known.
    """
    parts = [segments(line, line_gap(line)) for line in lines]
    gutters = _gutters(parts)
    if not gutters:
        return None
    box = enclosing([line.box for line in lines])
    xs = [box[0] - 1, *gutters, box[2] + 1]
    rows = rows or _rows(lines, bands)
    cells: list[RasterCell] = []
    for index, row in enumerate(rows):
        cells.extend(_row_cells(index, row, xs))
    return Raster(box, len(rows), len(xs) - 1, tuple(cells), tuple(xs))


def _gutters(parts: list[list[Line]]) -> list[float]:
    """The x in the middle of each gap that (nearly) all rows with several segments share."""
    rows = [row for row in parts if len(row) > 1]
    if len(rows) < 2:
        return []
    left = int(min(row[0].box[0] for row in rows))
    right = int(max(row[-1].box[2] for row in rows)) + 1
    cover = [0] * (right - left + 1)
    for row in rows:
        for part in row:
            for x in range(int(part.box[0]) - left, int(part.box[2]) - left + 1):
                cover[x] += 1
    # a heading over two columns may cross a gap; more than one row in eight may not
    limit = len(rows) // 8
    gutters: list[float] = []
    start: int | None = None
    for x, count in enumerate(cover):
        if count <= limit and start is None:
            start = x
        elif count > limit and start is not None:
            if start > 0 and x - start >= 3:
                gutters.append(left + (start + x) / 2)
            start = None
    return gutters


def _rows(lines: list[Line], bands: list[float] | None) -> list[list[Line]]:
    if not bands:
        return parted(lines)
    edges = [float("-inf"), *bands, float("inf")]
    groups = [
        [line for line in lines if upper <= line.words[0].baseline - 2 < lower]
        for upper, lower in itertools.pairwise(edges)
    ]
    rows: list[list[Line]] = []
    for group in groups:
        several = sum(map(_holds_values, group)) > 1
        rows.extend(parted(group) if several else _header_apart(group) if group else [])
    # three lines around a whole table part only its header: then the lines themselves tell
    return rows if len(rows) >= max(3, len(lines) / 3) else parted(lines)


def parted(lines: list[Line]) -> list[list[Line]]:
    """Lines without rules between them → rows: one each, unless cells have several lines.

    That shows in the steps from baseline to baseline: narrow inside a cell, wider between rows.
    """
    steps = [b.words[0].baseline - a.words[0].baseline for a, b in itertools.pairwise(lines)]
    if not steps or max(steps) < _ROW_STEP * min(steps):
        return [[line] for line in lines]
    rows = [[lines[0]]]
    for line, step in zip(lines[1:], steps, strict=True):
        inside = step < _ROW_STEP * min(steps) and step < 1.5 * line.size
        second = _holds_values(line) and any(map(_holds_values, rows[-1]))
        if inside and not second:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _holds_values(line: Line) -> bool:
    """Whether two segments of a line or more are numbers, whatever else it holds."""
    parts = segments(line, line_gap(line))
    return sum(bool(NUMERIC.fullmatch(part.text)) for part in parts) >= 2


def is_value_line(line: Line) -> bool:
    """A label, and then at least two segments that are all numbers (or signs for none)."""
    values = segments(line, line_gap(line))[1:]
    return len(values) >= 2 and all(NUMERIC.fullmatch(part.text) for part in values)


def _header_apart(row: list[Line]) -> list[list[Line]]:
    """Part a band whose last line is a row of values of its own under a header's lines."""
    above = [line for line in row[:-1] if len(segments(line, line_gap(line))) > 1]
    return [row[:-1], row[-1:]] if above and is_value_line(row[-1]) else [row]


def _row_cells(index: int, row: list[Line], xs: list[float]) -> list[RasterCell]:
    """The cells of one row; a segment that crosses gaps spans the columns it covers."""
    held: dict[int, list[Word]] = {}
    spans: dict[int, int] = {}
    for line in row:
        for part in segments(line, line_gap(line)):
            for column, span, words in _placed(part, xs):
                held.setdefault(column, []).extend(words)
                spans[column] = max(span, spans.get(column, 1))
    top = min(line.box[1] for line in row)
    bottom = max(line.box[3] for line in row)
    cells: list[RasterCell] = []
    skip = 0
    for column in range(len(xs) - 1):
        if skip and column not in held:
            skip -= 1
            continue
        span = spans.get(column, 1)
        skip = span - 1
        box = (xs[column], top, xs[min(column + span, len(xs) - 1)], bottom)
        cells.append(RasterCell(index, column, box, cell_lines(held.get(column, [])), 1, span))
    return cells


def _placed(part: Line, xs: list[float]) -> list[tuple[int, int, list[Word]]]:
    """Column, column span and words of each piece of a segment.

    A segment over several columns is one heading over them where its words stand as close as in
    running text; a wider gap at a gutter parts two headings that nearly touch.
    """
    pieces: list[list[Word]] = [[part.words[0]]]
    for before, word in zip(part.words, part.words[1:], strict=False):
        crosses = _column(xs, _middle(before)) != _column(xs, _middle(word))
        if crosses and word.box[0] - before.box[2] > 0.45 * word.size:
            pieces.append([word])
        else:
            pieces[-1].append(word)
    placed: list[tuple[int, int, list[Word]]] = []
    for piece in pieces:
        columns = sorted({_column(xs, _middle(word)) for word in piece})
        placed.append((columns[0], columns[-1] - columns[0] + 1, piece))
    return placed


def _middle(word: Word) -> float:
    return (word.box[0] + word.box[2]) / 2


def _column(xs: list[float], x: float) -> int:
    for index in range(len(xs) - 1):
        if x < xs[index + 1]:
            return index
    return len(xs) - 2
