"""Lines without vertical edges → a raster: columns where rows leave gaps, rows by their steps.

Points from the upper left corner of the page.
"""

from __future__ import annotations

import itertools
import re

from ingest.lines import line_gap, make_line, segments
from ingest.tables.levels import Place, header_lines, is_upper, is_value, names_each, part_levels
from ingest.tables.raster import NUMERIC, Raster, RasterCell, cell_lines
from ingest.types import Line, Word, enclosing

_CLEAR = 3  # points: a narrower part of a gap is none
_NUMBER = re.compile(r"[-−–+]?\d+(?:[.,]\d+)?|[-−–]")
_BETWEEN_NUMBERS = 0.45  # of the size of letters
_ROW_STEP = 1.25  # of the smallest step between baselines: a wider one parts two rows


def open_raster(
    lines: list[Line],
    bands: list[float] | None = None,
    rows: list[list[Line]] | None = None,
    gutters: list[float] | None = None,
    heads: int = 0,
) -> Raster | None:
    """The raster of lines without vertical edges; columns stand where all rows leave a gap.

    `bands` are the y of horizontal edges, if any: where they part most lines, each band is a row.
    `rows` are the lines of each row, and `gutters` the x between columns, where they are known.
    A rule stands below the first `heads` rows, if any.
    """
    if gutters is None:
        parts = [_texts(line) for line in lines]
        gutters = _of_whole_columns(_own_gutters(lines, parts), parts, header_lines(lines))
    if not gutters:
        return None
    box = enclosing([line.box for line in lines])
    xs = [box[0] - 1, *gutters, box[2] + 1]
    rows, places = part_levels(rows or _rows(lines, bands), xs, heads)
    cells: list[RasterCell] = []
    for index, row in enumerate(rows):
        cells.extend(_row_cells(index, row, xs, places))
    return Raster(box, len(rows), len(xs) - 1, tuple(cells), tuple(xs))


def _texts(line: Line) -> list[Line]:
    """The segments of a line, those parted that hold two numbers in narrow columns.

    Between the digits of one number there is less room than between two numbers.
    """
    found: list[Line] = []
    for part in segments(line, line_gap(line)):
        start = 0
        for index, (before, word) in enumerate(itertools.pairwise(part.words), 1):
            numbers = _NUMBER.fullmatch(before.text) and _NUMBER.fullmatch(word.text)
            if numbers and word.box[0] - before.box[2] > _BETWEEN_NUMBERS * part.size:
                found.append(make_line(list(part.words[start:index])))
                start = index
        found.append(make_line(list(part.words[start:])) if start else part)
    return found


def _own_gutters(lines: list[Line], parts: list[list[Line]]) -> list[float]:
    """The gutters of all lines but upper header levels, which stand across and between columns."""
    gutters = _gutters(parts)
    header = header_lines(lines)
    for first in range(1, header):
        own = _gutters(parts[first:])
        if len(own) != len(gutters) and own:
            lower = [part for row in parts[first:header] for part in row]
            named = names_each(parts[header - 1], own)
            named = named and any(names_each(row, own) for row in parts[header:])
            if named or all(is_upper(row, own, lower) for row in parts[:first]):
                return own
    return gutters


def _of_whole_columns(gutters: list[float], parts: list[list[Line]], header: int) -> list[float]:
    """Gutters without those between a heading and the numbers of its column, set apart from it."""

    def held(rows: list[list[Line]]) -> set[int]:
        middles = ((part.box[0] + part.box[2]) / 2 for row in rows for part in row)
        return {sum(x >= gutter for gutter in gutters) for x in middles}

    named, filled = held(parts[:header]), held(parts[header:])
    if not header:
        return gutters
    names, numbers = named - filled, filled - named
    before = [left for left in range(1, len(gutters)) if left in names and left + 1 in numbers]
    after = [left for left in range(1, len(gutters)) if left in numbers and left + 1 in names]
    apart = {gutters[left] for left in (before if len(before) >= len(after) else after)}
    return [gutter for gutter in gutters if gutter not in apart]


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
                gutters.append(left + start + _emptiest(cover[start:x]))
            start = None
    return gutters


def _emptiest(gap: list[int]) -> float:
    """The middle of a gap, of that part of it where the fewest rows stand in."""
    least, runs, at = min(gap), [], 0
    for count, run in itertools.groupby(gap):
        length = len(list(run))
        if count == least:
            runs.append((length, at + length / 2))
        at += length
    length, middle = max(runs, key=lambda run: run[0])
    return middle if length >= _CLEAR else len(gap) / 2


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
        rows.extend(parted(group) if several else header_apart(group) if group else [])
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


def header_apart(row: list[Line]) -> list[list[Line]]:
    """Part a band whose last row is one of values of its own under a header's lines.

    Its label may stand in several lines. A line of years alone is no such row, but the end of
    headings in two lines.
    """
    at = next((n for n, line in enumerate(row) if _is_row_of_values(line)), 0)
    lone = [len(segments(line, line_gap(line))) == 1 for line in row]
    if not at or not all(lone[at + 1 :]):
        return [row]
    first = at  # a label in the middle of which the values stand
    if at + 1 < len(row) and lone[at - 1] and _step(row, at) < row[at].size:
        first -= 1
    return [row[:first], row[first:]] if not all(lone[:first]) else [row]


def _is_row_of_values(line: Line) -> bool:
    return is_value_line(line) and any(map(is_value, segments(line, line_gap(line))[1:]))


def _step(lines: list[Line], index: int) -> float:
    return lines[index].words[0].baseline - lines[index - 1].words[0].baseline


def _row_cells(
    index: int, row: list[Line], xs: list[float], places: dict[int, Place]
) -> list[RasterCell]:
    """The cells of one row; a segment that crosses gaps spans the columns it covers.

    `places` are the columns of headings over several, by the identity of their first word.
    """
    held: dict[int, list[Word]] = {}
    spans: dict[int, int] = {}
    for line in row:
        for part in segments(line, line_gap(line)):
            place = places.get(id(part.words[0]))
            placed = [(*place, list(part.words))] if place else _placed(part, xs)
            for column, span, words in placed:
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
