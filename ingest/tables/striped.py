"""Fills that stripe a table: each other row is filled, those between are not.

A stripe may be one fill, or one a cell; then the fills' sides part its columns, and those of the
rows between are the same. Points from the upper left corner of the page.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.lines import centre_in, line_gap, lines_from_words, segments, several, stand_across
from ingest.tables.edges import Edge, Edges
from ingest.tables.open import is_value_line, parted
from ingest.tables.raster import NUMERIC
from ingest.types import Line, Word

_ENDS = 4.0  # points by which the ends of two stripes may differ
_AGREE = 3.0  # points between sides of two cells of one column
_TOUCH = 6.0  # points from the last unfilled row to the fill below
_CLOSE = 1.0  # points between fills that touch
_ROW = 1.4  # of a stripe's height: an unfilled row is no higher, nor is what wraps to two lines
_WRAPPED = 3.2  # the same, of a row with words in several columns
_TIGHT = 1.35  # of a line's size, from line to line of one cell
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
    # a group's name may be filled across the columns of its table
    across = tuple(edge for fill in plain for edge in fill.horizontal)
    celled.sort(key=lambda grid: grid.box[1])
    joined, left = _joined(celled, (*lone, *across), words)
    plain = [fill for fill in plain if not any(_holds(table, fill) for table in joined)]
    lone = tuple(edge for edge in left if not any(edge is other for other in across))
    kept, lone = _as_rules(plain, lone)
    return [*kept, *joined], lone


def _holds(table: Edges, fill: Edges) -> bool:
    """Whether a fill is a row of a table."""
    _, top, _, bottom = table.box
    inside = top - _CLOSE <= fill.box[1] and fill.box[3] <= bottom + _CLOSE
    return inside and _same_ends(table, fill)


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
        group = next(
            (one for one in reversed(groups) if _goes_on(one[-1], grid, lone, words)), None
        )
        if group is None:
            groups.append([grid])
        else:
            group.append(grid)
    found: list[Edges] = []
    lowest = max((word.box[1] for word in words), default=0.0)
    for group in groups:
        whole = _whole(group)
        height = _row_height(group)
        others = [*found, *(one for other in groups if other is not group for one in other)]
        free = _around(whole, others, words)
        below = list(_rows_after(whole, height, lone, free, lowest))
        ended = _whole([whole, *below])
        last = next((one for one in groups if _touches(ended, one[0])), None)
        if below and len(whole.horizontal) == 2 and last is None:  # a header alone
            lone = (*lone, *whole.horizontal)
            continue
        if last is not None:  # what is filled below ends the table that is filled above
            last.insert(0, ended)
            continue
        striped = len(group) > 1 or _begins_with_values(whole, words)
        above = list(_rows_before(whole, height, lone, free)) if striped else []
        whole = _whole([*reversed(above), whole, *below])
        _, y0, _, y1 = whole.box
        ruled = [edge for edge in lone if y0 < edge.at < y1 and _spans(edge, whole)]
        edges = sorted([*whole.horizontal, *ruled], key=lambda edge: edge.at)
        whole = replace(whole, horizontal=tuple(edges))
        found.append(whole)
        if len(group) > 1 or below or above:
            lone = tuple(edge for edge in lone if not _is_in(edge, whole))
    return found, lone


def _around(table: Edges, others: Sequence[Edges], words: Sequence[Word]) -> list[Word]:
    """The words between the grid above and the grid below a table, its own among them."""
    _, top, _, bottom = table.box
    end = min((o.box[1] for o in others if o.box[1] > bottom), default=float("inf"))
    start = max((o.box[3] for o in others if o.box[3] < top), default=float("-inf"))
    return [
        word
        for word in words
        if start < word.box[3] and word.box[1] < end
        if not any(centre_in(word, *other.box) for other in others)
    ]


def _touches(upper: Edges, lower: Edges) -> bool:
    """Whether one grid goes on right below another, in the same columns."""
    near = abs(lower.box[1] - upper.box[3]) <= _TOUCH
    return near and _same_ends(upper, lower) and _same_columns(upper, lower)


def _begins_with_values(table: Edges, words: Sequence[Word]) -> bool:
    """Whether the first row of a grid holds numbers: its header may stand above."""
    x0, top, x1, _ = table.box
    lines = _lines(words, top, table.horizontal[1].at, x0, x1)
    return bool(lines) and is_value_line(lines[0])


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


def _goes_on(upper: Edges, lower: Edges, lone: Sequence[Edge], words: Sequence[Word]) -> bool:
    """Whether two grids are stripes of one table, with nothing but unfilled rows between."""
    top, bottom = upper.box[3], lower.box[1]
    if bottom - top <= _CLOSE or not _same_ends(upper, lower) or not _same_columns(upper, lower):
        return False
    rules = _rules(lone, top, bottom, lower)
    height = _row_height([lower])
    return all(
        _is_row(words, start, end, lower, height)
        for start, end in itertools.pairwise([top, *sorted(rules), bottom])
        if end - start > _AGREE
    )


def _spans(edge: Edge, table: Edges) -> bool:
    """Whether an edge is as wide as a table."""
    x0, _, x1, _ = table.box
    return abs(edge.start - x0) < _ENDS and abs(edge.end - x1) < _ENDS


def _is_row(words: Sequence[Word], top: float, bottom: float, table: Edges, height: float) -> bool:
    """Whether an unfilled row of a table, or one that names a group, fills what is between."""
    x0, _, x1, _ = table.box
    lines = _lines(words, top, bottom, x0, x1)
    texts = several(lines)
    if not lines or (texts and not _fits(texts, table)):
        return False
    return bottom - top <= (_WRAPPED if texts else _ROW) * height


def _same_columns(one: Edges, other: Edges) -> bool:
    """Whether the columns of one are among those of the other."""
    few, many = sorted((_inner(one), _inner(other)), key=len)
    return all(any(abs(x - y) < _AGREE for y in many) for x in few)


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


def _rows_after(
    table: Edges, height: float, lone: Sequence[Edge], words: Sequence[Word], lowest: float
) -> Iterator[Edges]:
    """The last rows of a striped table where they are not filled; rules may part them.

    What ends a page is no heading: it names a group whose rows stand on the next. The page's last
    line begins at `lowest`.
    """
    x0, top, x1, bottom = table.box
    above = _lines(words, top, bottom, x0, x1)
    held: list[Edges] = []  # the name of a group, if a row stands below it
    while True:
        rules = _rules(lone, bottom, bottom + _WRAPPED * height, table)
        if rules:
            lines = _lines(words, bottom, min(rules), x0, x1)
            ends = [min(rules)] if _fits(lines, table) and several(lines) else []
            named = len(lines) == 1 and _is_label(lines[0], table) and not held
            if named and _is_set_as(lines[0], above) and min(rules) - bottom <= _ROW * height:
                held = [_one_row(table, bottom, min(rules))]
                bottom = min(rules)
                continue
        else:
            lines = _lines(words, bottom, bottom + _ROW * height, x0, x1)
            ends = list(_ends_of_rows(_below(words, table, bottom, height), table))
        if not ends and held and not lines and bottom > lowest:
            yield from held
        if not ends:
            last = len(lines) == 1 and lines[0].box[3] > lowest and _is_label(lines[0], table)
            if last and _is_set_as(lines[0], above):
                yield from held
                yield _one_row(table, bottom, min(rules, default=lines[0].box[3] + _CLOSE))
            return
        yield from held
        held = []
        for end in ends:
            yield _one_row(table, bottom, end)
            bottom = end


def _below(words: Sequence[Word], table: Edges, bottom: float, height: float) -> list[Line]:
    """The lines below a table that may be rows of it: near each other, none across a column."""
    x0, _, x1, _ = table.box
    found: list[Line] = []
    reach = bottom
    for line in _lines(words, bottom, float("inf"), x0, x1):
        if line.box[1] - reach > _ROW * height - line.size or not _fits([line], table):
            break
        found.append(line)
        reach = line.box[3]
    return found


def _ends_of_rows(lines: list[Line], table: Edges) -> Iterator[float]:
    """Where the rows of lines end that no rule parts; the last of them has numbers.

    A label alone names the group of the rows below it.
    """
    rows = parted(lines) if lines else []
    while rows and not any(_ends_in_number(line) for line in rows[-1]):
        rows.pop()
    for row, below in itertools.zip_longest(rows, rows[1:]):
        if not any(several([line]) for line in row) and not all(
            _is_label(line, table) for line in row
        ):
            return
        end = max(line.box[3] for line in row)
        yield (end + min(line.box[1] for line in below)) / 2 if below else end + _CLOSE


def _ends_in_number(line: Line) -> bool:
    parts = segments(line, line_gap(line))
    return len(parts) > 1 and NUMERIC.fullmatch(parts[-1].text) is not None


def _fits(lines: Sequence[Line], table: Edges) -> bool:
    """Whether there are lines, and no word of them stands across the side of a column."""
    return bool(lines) and not stand_across(lines, _inner(table))


def _is_set_as(line: Line, rows: Sequence[Line]) -> bool:
    """Whether a line begins where one of some rows does, in letters as large: no note."""
    return any(
        abs(line.box[0] - row.box[0]) < _CLOSE and abs(line.size - row.size) < _CLOSE / 2
        for row in rows
    )


def _is_label(line: Line, table: Edges) -> bool:
    """Whether a line is one text in the first column."""
    first = min(_inner(table), default=table.box[2])
    return len(segments(line, line_gap(line))) == 1 and line.box[2] < first


def _rows_before(
    table: Edges, height: float, lone: Sequence[Edge], words: Sequence[Word]
) -> Iterator[Edges]:
    """The first rows of a striped table where they are not filled, from below; a header, too."""
    x0, top, x1, _ = table.box
    held: list[Edges] = []  # names of groups, if a row stands above them
    while True:
        rules = _rules(lone, top - _WRAPPED * height, top, table)
        if rules:
            rows = [_lines(words, max(rules), top, x0, x1)]
            rows = rows if _fits(rows[0], table) else []
        else:
            lines = _above(words, table, top, height)
            rows = _with_whole_heads(parted(lines)) if lines else []
        if not rows:
            return
        for above, row in reversed(list(itertools.pairwise([[], *rows]))):
            start = max(rules) if rules else min(line.box[1] for line in row) - _CLOSE
            if above:
                start = (max(line.box[3] for line in above) + start) / 2
            texts = max(len(segments(line, line_gap(line))) for line in row)
            if texts >= (2 if rules else max(2, len(_inner(table)) / 2)):
                yield from held
                yield _one_row(table, start, top)
                held = []
            elif all(_is_label(line, table) for line in row) and not held:
                held = [_one_row(table, start, top)]
            else:
                return
            top = start
        if not rules:
            return


def _with_whole_heads(rows: list[list[Line]]) -> list[list[Line]]:
    """Rows, those together that are lines of one header: close to each other, without numbers."""
    found = rows[:1]
    for row in rows[1:]:
        before = found[-1][-1]
        step = row[0].words[0].baseline - before.words[0].baseline
        heads = not any(_ends_in_number(line) for line in [*found[-1], *row])
        if heads and step < _TIGHT * before.size and len(several([before, row[0]])) == 2:
            found[-1] = [*found[-1], *row]
        else:
            found.append(row)
    return found


def _above(words: Sequence[Word], table: Edges, top: float, height: float) -> list[Line]:
    """The lines above a table that may be rows of it: near each other, none across a column."""
    x0, _, x1, _ = table.box
    found: list[Line] = []
    reach = top
    for line in reversed(_lines(words, float("-inf"), top, x0, x1)):
        if reach - line.box[3] > _ROW * height - line.size or not _fits([line], table):
            break
        found.insert(0, line)
        reach = line.box[1]
    return found


def _rules(lone: Sequence[Edge], top: float, bottom: float, table: Edges) -> list[float]:
    """Where rules as wide as a table stand between two heights."""
    inside = (edge for edge in lone if top + _CLOSE < edge.at < bottom - _CLOSE)
    return [edge.at for edge in inside if _spans(edge, table)]


def _one_row(table: Edges, top: float, bottom: float) -> Edges:
    """A row between two heights, with the columns of a table."""
    x0, _, x1, _ = table.box
    sides = [x0, *_inner(table), x1]
    edges = (Edge(top, x0, x1), Edge(bottom, x0, x1))
    return Edges(edges, tuple(Edge(x, top, bottom) for x in sides))
