"""Lines between the same rules → the tables that stand there, one under the other.

Each new header starts a table: the columns of one say nothing of the numbers under another.
"""

from __future__ import annotations

import itertools
import re

from ingest.figures.labels import measure_of, months_of, years_of
from ingest.lines import line_gap, segments
from ingest.tables.raster import NUMERIC
from ingest.types import Line

_YEAR = re.compile(r"(?:19|20)\d\d\*?")
_CLOSE = 1.35  # of a line's size: no wider step parts the lines of one cell
_APART = 1.3  # of the usual step: wider, a heading does not belong to the rows above
_REACH = 3  # lines from a header down to its first row of values


def one_each(lines: list[Line]) -> list[list[Line]]:
    """The lines of each table, without the headings and the text between two of them."""
    kinds = [_kind(line) for line in lines]
    groups: list[list[Line]] = []
    start = index = 0
    while index < len(lines):
        if kinds[index] not in ("header", "text"):
            index += 1
            continue
        first = index
        while index < len(lines) and _is_of_header(lines, kinds, index):
            index += 1
        if not _starts(lines, kinds, start, first, index):
            continue
        first = _with_upper(lines, kinds, start, first)
        end = first
        while end > start and kinds[end - 1] == "lone" and not _continues(lines, end - 1):
            end -= 1
        groups.append(lines[start:end])
        start = first
    return [*groups, lines[start:]]


def _with_upper(lines: list[Line], kinds: list[str], start: int, first: int) -> int:
    """Where a header begins whose line `first` has lone texts of its columns right above."""
    while (
        first - 1 > start
        and kinds[first - 1] == "lone"
        and _continues(lines, first)
        and lines[first - 1].box[0] > lines[first].words[0].box[2]
    ):
        first -= 1
    return first


def _is_of_header(lines: list[Line], kinds: list[str], index: int) -> bool:
    """Whether a line goes on with a header: texts in columns, or one set between two such lines."""
    if kinds[index] in ("header", "text"):
        return True
    inside = kinds[index] == "lone" and kinds[index + 1 : index + 2] in (["header"], ["text"])
    return inside and _continues(lines, index) and _continues(lines, index + 1)


def _kind(line: Line) -> str:
    """Whether a line is of "values", of a "header", of "text" in columns, or "lone"."""
    parts = [part.text for part in segments(line, line_gap(line))]
    if len(parts) < 2:
        return "lone"
    if any(NUMERIC.fullmatch(text) and not _YEAR.fullmatch(text) for text in parts[1:]):
        return "values"
    heads = sum(_names_column(text) for text in parts)
    return "header" if heads >= 2 and heads >= len(parts) - 1 else "text"


def _names_column(text: str) -> bool:
    """Whether a text is what columns are called by: a year, a month, a measure."""
    short = len(text.split()) <= 4
    return short and bool(years_of(text) or measure_of(text) or months_of(text)[1])


def _starts(lines: list[Line], kinds: list[str], start: int, first: int, last: int) -> bool:
    """Whether lines `first` to `last` (not in it) are the header of another table than the one
    that began at `start`: other heads, or heads under a heading of their own."""
    above, below = kinds[start:first], kinds[last : last + _REACH]
    if "values" not in above or "values" not in below:
        return False
    run, named = lines[first:last], "header" in kinds[first:last]
    heading = first
    while heading > start and kinds[heading - 1] == "lone":
        heading -= 1
    apart = heading < first and not _continues(lines, heading)
    if named and apart:
        return True
    if apart and below[0] == "values":  # no measures or years, but a text over each column
        over = max(len(_texts(line)) for line in run)
        return (
            over >= len(_texts(lines[last])) - 1 and over > 2 and _is_far(lines, start, heading + 1)
        )
    rows = start + above.index("values")
    heads = {part for line in lines[start:rows] for part in _texts(line)}
    own = {
        part
        for line, kind in zip(run, kinds[first:last], strict=True)
        if kind == "header"
        for part in _texts(line)
    }
    return bool(heads) and named and not own <= heads


def _is_far(lines: list[Line], start: int, first: int) -> bool:
    """Whether the heading above line `first` stands farther from the row above it than rows do."""
    steps = [
        b.words[0].baseline - a.words[0].baseline for a, b in itertools.pairwise(lines[start:first])
    ]
    return bool(steps) and max(steps[-2:]) > _APART * sorted(steps)[len(steps) // 2]


def _texts(line: Line) -> list[str]:
    return [part.text.casefold() for part in segments(line, line_gap(line))]


def _continues(lines: list[Line], index: int) -> bool:
    """Whether a line is the rest of a cell of the line above: close below it."""
    if not index:
        return False
    step = lines[index].words[0].baseline - lines[index - 1].words[0].baseline
    return step < _CLOSE * lines[index].size
