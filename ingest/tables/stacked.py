"""Lines between the same rules → the tables that stand there, one under the other.

Each new header starts a table: the columns of one say nothing of the numbers under another.
"""

from __future__ import annotations

import re

from ingest.figures.labels import measure_of, months_of, years_of
from ingest.lines import line_gap, segments
from ingest.tables.raster import NUMERIC
from ingest.types import Line

_YEAR = re.compile(r"(?:19|20)\d\d\*?")
_CLOSE = 1.35  # of a line's size: no wider step parts the lines of one cell
_REACH = 3  # lines from a header down to its first row of values


def one_each(lines: list[Line]) -> list[list[Line]]:
    """The lines of each table, without the headings and the text between two of them."""
    kinds = [_kind(line) for line in lines]
    groups: list[list[Line]] = []
    start = end = 0
    for index, kind in enumerate(kinds):
        if kind != "header" or not _starts(lines, kinds, start, index):
            continue
        first = index
        while first and kinds[first - 1] in ("header", "text"):
            first -= 1
        end = first
        while end > start and kinds[end - 1] == "lone" and not _continues(lines, end - 1):
            end -= 1
        groups.append(lines[start:end])
        start = first
    return [*groups, lines[start:]]


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


def _starts(lines: list[Line], kinds: list[str], start: int, index: int) -> bool:
    """Whether the header at `index` begins a table after the one that began at `start`: it is
    another than that one's, or stands under a heading of its own."""
    above, below = kinds[start:index], kinds[index + 1 : index + 1 + _REACH]
    if "values" not in above or "values" not in below:
        return False
    if above[-1] == "lone" and not _continues(lines, index - 1):
        return True
    first = start + above.index("values")
    heads = {part for line in lines[start:first] for part in _texts(line)}
    return bool(heads) and not set(_texts(lines[index])) <= heads


def _texts(line: Line) -> list[str]:
    return [part.text.casefold() for part in segments(line, line_gap(line))]


def _continues(lines: list[Line], index: int) -> bool:
    """Whether a line is the rest of a cell of the line above: close below it."""
    if not index:
        return False
    step = lines[index].words[0].baseline - lines[index - 1].words[0].baseline
    return step < _CLOSE * lines[index].size
