"""Fills that stripe a table: each other row is filled, those between are not.

A stripe may be one fill, or one a cell; then the fills' sides part its columns, and those of the
rows between are the same. Points from the upper left corner of the page.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ingest.lines import line_gap, lines_from_words, segments
from ingest.tables.edges import Edge, Edges
from ingest.tables.raster import NUMERIC
from ingest.types import Line, Word

_ENDS = 4.0  # points by which the ends of two stripes may differ
_AGREE = 3.0  # points between sides of two cells of one column
_CLOSE = 1.0  # points between fills that touch
_ROW = 1.4  # of a stripe's height: an unfilled row is no higher, nor is what wraps to two lines
_WRAPPED = 3.2  # the same, of a row with words in several columns
_OVER = 2.0  # points by which a word may stand out of its column


def with_stripes(
    grids: Sequence[Edges], lone: tuple[Edge, ...], words: Sequence[Word]
) -> tuple[list[Edges], tuple[Edge, ...]]:
    """Grids and lone edges with the stripes of a table taken together.

    Stripes of one fill part rows as rules would: their edges become lone ones. Stripes of a fill
    a cell become one grid, with the rows between.
    """
    celled: list[Edges] = []
    plain: list[Edges] = []
    for grid in grids:
        (celled if _inner(grid) else plain).append(grid)
    kept, lone = _as_rules(plain, lone)
    joined, lone = _joined(sorted(celled, key=lambda grid: grid.box[1]), lone, words)
    return [*kept, *joined], lone


def _inner(grid: Edges) -> list[float]:
    """Where the columns inside a grid are parted."""
    x0, _, x1, _ = grid.box
    return sorted({edge.at for edge in grid.vertical if x0 + _ENDS < edge.at < x1 - _ENDS})


def _as_rules(
    fills: Sequence[Edges], lone: tuple[Edge, ...]
) -> tuple[list[Edges], tuple[Edge, ...]]:
    """Fills of one column, stacked down the page: their edges part rows."""
    kept: list[Edges] = []
    for fill in fills:
        fellows = sum(_same_ends(fill, other) for other in fills)
        if fellows > 1 or len(fill.horizontal) > 2:
            lone = (*lone, *fill.horizontal)
        else:
            kept.append(fill)
    return kept, lone


def _same_ends(one: Edges, other: Edges) -> bool:
    return abs(one.box[0] - other.box[0]) < _ENDS and abs(one.box[2] - other.box[2]) < _ENDS


def _joined(
    grids: Sequence[Edges], lone: tuple[Edge, ...], words: Sequence[Word]
) -> tuple[list[Edges], tuple[Edge, ...]]:
    """Grids from top to bottom, those of one striped table as one, with the edges it takes."""
    groups: list[list[Edges]] = []
    for grid in grids:
        group = next((one for one in reversed(groups) if _goes_on(one[-1], grid, words)), None)
        if group is None:
            groups.append([grid])
        else:
            group.append(grid)
    found: list[Edges] = []
    for group in groups:
        whole = _whole(group)
        last = _row_after(whole, _row_height(group), lone, words)
        if last is not None and len(whole.horizontal) == 2:  # a header alone
            lone = (*lone, *whole.horizontal)
            continue
        if last is not None:
            whole = _whole([whole, last])
        found.append(whole)
        if len(group) > 1 or last is not None:
            lone = tuple(edge for edge in lone if not _is_in(edge, whole))
    return found, lone


def _is_in(edge: Edge, table: Edges) -> bool:
    x0, y0, x1, y1 = table.box
    return y0 - _CLOSE <= edge.at <= y1 + _CLOSE and x0 - _ENDS < edge.start < x1


def _row_height(grids: Sequence[Edges]) -> float:
    """The usual height of the rows of some grids."""
    steps = sorted(
        lower.at - upper.at
        for grid in grids
        for upper, lower in itertools.pairwise(grid.horizontal)
    )
    return steps[len(steps) // 2]


def _goes_on(upper: Edges, lower: Edges, words: Sequence[Word]) -> bool:
    """Whether two grids are stripes of one table, with an unfilled row or two between."""
    gap = lower.box[1] - upper.box[3]
    if gap <= _CLOSE or not _same_ends(upper, lower) or not _same_columns(upper, lower):
        return False
    height = _row_height([lower])
    between = _lines(words, upper.box[3], lower.box[1], upper.box[0], upper.box[2])
    if not between:
        return False
    parted = [line for line in between if len(segments(line, line_gap(line))) > 1]
    if any(_crosses(line, _inner(lower)) for line in parted):
        return False
    return gap <= (_WRAPPED if parted else _ROW) * height


def _same_columns(one: Edges, other: Edges) -> bool:
    """Whether the columns of one are among those of the other."""
    few, many = sorted((_inner(one), _inner(other)), key=len)
    return all(any(abs(x - y) < _AGREE for y in many) for x in few)


def _crosses(line: Line, xs: Sequence[float]) -> bool:
    """Whether a segment of a line stands across the side of a column."""
    return any(
        part.box[0] + _OVER < x < part.box[2] - _OVER
        for part in segments(line, line_gap(line))
        for x in xs
    )


def _lines(words: Sequence[Word], upper: float, lower: float, x0: float, x1: float) -> list[Line]:
    return lines_from_words(
        word
        for word in words
        if word.angle == 0
        and upper < (word.box[1] + word.box[3]) / 2 < lower
        and x0 - _OVER <= word.box[0]
        and word.box[2] <= x1 + _OVER
    )


def _whole(grids: Sequence[Edges]) -> Edges:
    """Grids below each other as one; the sides of their columns go through the rows between."""
    horizontal = tuple(edge for grid in grids for edge in grid.horizontal)
    vertical = [edge for grid in grids for edge in grid.vertical]
    for upper, lower in itertools.pairwise(grids):
        top, bottom = upper.box[3], lower.box[1]
        x0, _, x1, _ = lower.box
        sides = {x0, x1, *_inner(upper), *_inner(lower)}
        vertical += [Edge(x, top, bottom) for x in sides if bottom > top]
    return Edges(horizontal, tuple(sorted(vertical, key=lambda edge: edge.at)))


def _row_after(
    table: Edges, height: float, lone: Sequence[Edge], words: Sequence[Word]
) -> Edges | None:
    """The last row of a striped table where that one is not filled; a rule may end it."""
    x0, _, x1, bottom = table.box
    rules = [
        edge.at
        for edge in lone
        if bottom + _CLOSE < edge.at < bottom + _WRAPPED * height
        and abs(edge.start - x0) < _ENDS
        and abs(edge.end - x1) < _ENDS
    ]
    end = min(rules, default=bottom + _ROW * height)
    lines = _lines(words, bottom, end, x0, x1)
    parts = segments(lines[0], line_gap(lines[0])) if lines else []
    if len(parts) < 2 or any(_crosses(line, _inner(table)) for line in lines):
        return None
    if not rules and not NUMERIC.fullmatch(parts[-1].text):
        return None
    at = min(rules, default=max(line.box[3] for line in lines) + _CLOSE)
    sides = [x0, *_inner(table), x1]
    edges = (Edge(bottom, x0, x1), Edge(at, x0, x1))
    return Edges(edges, tuple(Edge(x, bottom, at) for x in sides))
