"""Grids of edges and the words in them → rasters. Points from the page's upper left corner."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.lines import (
    centre,
    centre_in,
    line_gap,
    lines_from_words,
    segments,
    several,
    stand_across,
)
from ingest.tables.edges import Edge, Edges
from ingest.tables.levels import Place, places_over
from ingest.tables.open import header_apart, is_value_line
from ingest.tables.raster import NUMERIC, Raster, RasterCell, cell_lines
from ingest.types import Line, Word

_SAME = 3.0  # points between two edges that bound the same row or column
_NEARLY = 0.9  # of the usual step from row to row
_SLIT = 12.0  # points: an empty column narrower than this is the space between double lines


def ruled_raster(edges: Edges, words: list[Word]) -> Raster | None:
    """The raster of a grid of edges; None where it is no table (a frame, a single column)."""
    edges = _with_sides(edges, words)
    x0, y0, x1, y1 = edges.box
    xs = _places([x0, *(edge.at for edge in edges.vertical), x1])
    ys = _places([y0, *(edge.at for edge in edges.horizontal), y1])
    inside = [word for word in words if centre_in(word, x0, y0, x1, y1)]
    if len(xs) < 3 or len(ys) < 2 or not inside:
        return None
    cells = _split_rows(_merged_cells(xs, ys, edges, inside))
    cells = _part_headings(_drop_empty(cells))
    columns = 1 + max((cell.column for cell in cells), default=0)
    rows = 1 + max((cell.row for cell in cells), default=0)
    # one row, or one filled column, may be what a page break left of a table; but bars of a
    # chart make many columns with next to nothing in them
    filled = sum(bool(cell.lines) for cell in cells)
    if columns < 2 or filled < columns / 3:
        return None
    return Raster((x0, y0, x1, y1), rows, columns, tuple(cells), tuple(xs))


def _with_sides(edges: Edges, words: Sequence[Word]) -> Edges:
    """A grid whose filled cells part only some of its rows: their sides go on through the others.

    A row that is parted nowhere must have several texts, none across such a side.
    """
    x0, y0, x1, y1 = edges.box
    sides = [edge for edge in edges.vertical if x0 + _SAME < edge.at < x1 - _SAME]
    if not sides:
        return edges
    added: list[Edge] = []
    begun = False
    bands = _places([y0, *(edge.at for edge in edges.horizontal), y1])
    for top, bottom in itertools.pairwise(bands):
        if bottom - top <= _SAME or any(_covers((s,), s.at, top, bottom) for s in sides):
            continue
        inside = lines_from_words(w for w in words if centre_in(w, x0, top, x1, bottom))
        across = stand_across(inside, (side.at for side in sides))
        # a header may have headings over several columns
        begun = begun or any(map(is_value_line, inside))
        if begun and not across and several(inside):
            added += [Edge(at, top, bottom) for at in _places([side.at for side in sides])]
    vertical = sorted([*edges.vertical, *added], key=lambda edge: edge.at)
    return replace(edges, vertical=tuple(vertical)) if added else edges


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
    centres = [(*centre(word), word) for word in words]
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
            held = [
                word for x, y, word in centres if box[0] <= x <= box[2] and box[1] <= y <= box[3]
            ]
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
        steps = sorted([*steps, *_names_of_groups(band, steps)])
        if row == 0 and (apart := _header_apart(band)):
            steps = apart
            stacks = band
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


def _names_of_groups(band: list[RasterCell], steps: list[float]) -> list[float]:
    """The baselines of labels alone among rows of numbers, as far from these as rows are from each
    other, that begin with a capital: no lower line of the label above."""
    between = sorted(b - a for a, b in itertools.pairwise(steps))
    if not between:
        return []
    usual = _NEARLY * between[0]
    lines = [line for cell in band if not cell.column for line in cell.lines]
    return [
        at
        for line in lines
        if (at := line.words[0].baseline) and line.text[:1].isupper()
        if all(abs(at - step) >= usual for step in steps)
    ]


def _header_apart(band: list[RasterCell]) -> list[float]:
    """The baselines of a header and of the first row of values, where no rule parts them."""
    lines = lines_from_words(word for cell in band for line in cell.lines for word in line.words)
    rows = header_apart(lines) if lines else []
    return [row[0].words[0].baseline for row in rows] if len(rows) == 2 else []


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


def _part_headings(cells: list[RasterCell]) -> list[RasterCell]:
    """Part a header row that no vertical edge parts by the columns of the row below it."""
    row = [cell for cell in cells if cell.row == 0]
    below = [cell for cell in cells if cell.row == 1]
    wide = [cell for cell in row if cell.column_span > 1 and len(cell.lines) == 1]
    if not wide or any(cell.column_span > 1 for cell in below):
        return cells
    parted: list[RasterCell] = []
    for cell in row:
        places = _places_inside(cell, below, cells) if cell in wide else []
        held = {column: (line, span) for line, (column, span) in places}
        if not held:
            parted.append(cell)
            continue
        boxes = {low.column: low.box for low in below}
        column, end = cell.column, cell.column + cell.column_span
        while column < end:
            line, span = held.get(column, (None, 1))
            box = (boxes[column][0], cell.box[1], boxes[column + span - 1][2], cell.box[3])
            lines = (line,) if line else ()
            parted.append(RasterCell(0, column, box, lines, cell.row_span, span))
            column += span
    return [*parted, *(cell for cell in cells if cell.row)]


def _places_inside(
    cell: RasterCell, below: list[RasterCell], cells: list[RasterCell]
) -> list[tuple[Line, Place]]:
    """The columns of each heading in a cell over several; none where it is one cell."""
    (line,) = cell.lines
    last = cell.column + cell.column_span
    under = [low for low in below if cell.column <= low.column < last]
    if len(under) < cell.column_span:
        return []
    middle = (line.box[0] + line.box[2]) / 2
    centred = abs(middle - (cell.box[0] + cell.box[2]) / 2) < _SAME
    if len(segments(line, line_gap(line))) < 2 and (
        centred or cell.column or middle < under[1].box[0]
    ):
        return []
    inner = [low for low in cells if low.row > 1 and cell.column <= low.column < last]
    lower = [found for low in under for found in low.lines]
    body = [found for low in inner for found in low.lines]
    xs = [under[0].box[0], *(low.box[2] for low in under)]
    found = places_over(line, lower, body, xs, labels_first=not cell.column)
    return [(part, (column + cell.column, span)) for part, (column, span) in found]
