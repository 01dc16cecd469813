"""Tables without any rules or fills: lines that end in columns of numbers.

Points from the upper left corner of the page.
"""

from __future__ import annotations

from ingest.lines import line_gap, segments
from ingest.tables.headed import is_even, is_over_columns, stands_under, usual_step
from ingest.tables.levels import header_lines
from ingest.tables.open import is_value_line, open_raster, parted
from ingest.tables.raster import Raster
from ingest.types import Line

_NEAR = 2.2  # of a line's size, between two rows
_INDENT = 14.0  # points by which labels may stand further in
_OUT = 4.0  # points by which they may stand further out
_AS_LARGE = 0.6  # points by which the letters of labels may differ
_LABELS = 2  # lines of labels alone between two rows of numbers, at most


def aligned_rasters(lines: list[Line]) -> list[Raster]:
    """Tables of three or more rows of numbers, with the names of groups among them."""
    rasters: list[Raster] = []
    run: list[Line] = []
    for index, line in enumerate(lines):
        if (is_value_line(line) and _follows(run, line)) or (
            run and _names_group(lines, index, run)
        ):
            run.append(line)
        else:
            rasters.extend(_run_raster(lines, run))
            run = [line] if is_value_line(line) else []
    return [*rasters, *_run_raster(lines, run)]


def _follows(run: list[Line], line: Line) -> bool:
    if not run or line.box[1] - run[-1].box[3] < _NEAR * line.size:
        return True
    wider = len(run) > 1 and usual_step([run[-1], line]) > 1.2 * usual_step(run[-2:])
    width = line.box[2] - line.box[0]
    return not wider and is_even([*run, line]) and stands_under(line, run, width)


def _names_group(lines: list[Line], index: int, run: list[Line]) -> bool:
    """Whether line `index` is a label alone between rows whose numbers stand in line."""
    between: list[Line] = []
    for line in lines[index:]:
        before = [*run, *between][-1]
        if line.box[1] - before.box[3] > _NEAR * line.size:
            return False
        if is_value_line(line):
            return stands_under(line, run, line.box[2] - line.box[0])
        between.append(line)
        if len(between) > _LABELS or not _is_label(line, run):
            return False
    return False


def _is_label(line: Line, run: list[Line]) -> bool:
    """Whether a line is one text where the labels of rows stand, in letters as large."""
    rows = [row for row in run if is_value_line(row)]
    left = min(row.box[0] for row in rows)
    values = min(segments(row, line_gap(row))[1].box[0] for row in rows)
    return (
        len(segments(line, line_gap(line))) == 1
        and left - _OUT < line.box[0] < left + _INDENT
        and line.box[2] < values
        and abs(line.size - rows[0].size) < _AS_LARGE
    )


def _run_raster(lines: list[Line], run: list[Line]) -> list[Raster]:
    if sum(map(is_value_line, run)) < 3:
        return []
    first = next(index for index, line in enumerate(lines) if line is run[0])
    if _heads_group(lines, first, run):
        first -= 1
        run = [lines[first], *run]
    named = not is_value_line(run[0])
    head: list[Line] = []
    airy = usual_step(run) - run[0].size  # the gap between rows that stand far apart
    for line in reversed(lines[:first]):
        reach = (head or run)[0].box[1]
        several = len(segments(line, line_gap(line))) > 1
        upper = bool(head or header_lines(run)) and is_over_columns(line, head or run[:1], run)
        if not (several or upper) or reach - line.box[3] > max(2 * line.size, 1.2 * airy):
            break
        head.insert(0, line)
    rows = [*([line] for line in head), *parted(run)] if named else None
    raster = open_raster(head + run, rows=rows, heads=len(head) if named else 0)
    return [raster] if raster is not None else []


def _heads_group(lines: list[Line], first: int, run: list[Line]) -> bool:
    """Whether the line above a run names its first group, right below a header."""
    if first < 2 or not _is_label(lines[first - 1], run):
        return False
    label, above = lines[first - 1], lines[first - 2]
    near = max(run[0].box[1] - label.box[3], label.box[1] - above.box[3]) < _NEAR * label.size
    heads = len(segments(above, line_gap(above))) > 1 and not is_value_line(above)
    return near and heads and stands_under(run[0], [above], run[0].box[2] - run[0].box[0])
