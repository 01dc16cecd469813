"""Header levels of tables without vertical rules: which columns an upper heading stands over.

"Utfall" over "2023" and "2024" may be centred over both, or begin where the first begins, or end
where the last ends. All headings of a level are set in one of these ways; the way that fits best
decides. Points from the upper left corner of the page.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from ingest.lines import line_gap, make_line, segments
from ingest.tables.raster import NUMERIC
from ingest.types import Line
from ingest.units import find_unit

Place = tuple[int, int]
"""The column of a cell, from 0, and how many columns it spans."""

_MOST_LINES = 6  # of a header
_LOOSE = 1.35  # of a line's size: a narrower step may be one cell's own lines
_UNCOVERED = 5.0  # points of misfit that a column without an upper heading weighs
_REACH = 4.0  # points by which a heading may stand out over its columns
_PADDING = 6.0  # points between the edges of neighbours' texts in columns without a gap
_PERIOD = re.compile(
    r"(?:19|20)\d\d([-–/]\d{2,4})?(,\s*(%|[tm]kr|mnkr|kr|st))?|\d{4}-\d\d(-\d\d)?|helår|t[1-3]|kv(artal)?\s?[1-4]|q[1-4]"
    r"|(jan|feb|mars|apr|maj|juni?|juli?|aug|sep|okt|nov|dec)[\w.]*([\s–-].*)?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: the text of its lower header, and from where to where what it holds stands."""

    label: str
    x0: float
    x1: float
    label_x0: float
    label_x1: float

    @property
    def period(self) -> bool:
        return bool(_PERIOD.fullmatch(self.label))


def header_lines(lines: list[Line]) -> int:
    """How many of the first lines hold no values (years are names of columns)."""
    for index, line in enumerate(lines[:_MOST_LINES]):
        if any(is_value(part) for part in segments(line, line_gap(line))):
            return index
    return 0


def is_value(part: Line) -> bool:
    """Whether a segment is a number, or a sign for none, and no year."""
    return bool(NUMERIC.fullmatch(part.text)) and not _PERIOD.fullmatch(part.text)


def _inside(part: Line, xs: list[float]) -> int:
    """The column that the middle of a segment stands in."""
    middle = _middle(part)
    return next((index for index in range(len(xs) - 2) if middle < xs[index + 1]), len(xs) - 2)


def is_upper(row: list[Line], gutters: list[float], lower: list[Line]) -> bool:
    """Whether the segments of a line can be headings over columns that `gutters` part.

    Each stands in columns of its own, and all of these have a label of their own in `lower`.
    """
    xs = [float("-inf"), *gutters, float("inf")]
    labelled = {_inside(part, xs) for part in lower}
    taken: set[int] = set()
    for part in row:
        first = sum(gutter <= part.box[0] for gutter in gutters)
        own = set(range(first, 1 + sum(gutter < part.box[2] for gutter in gutters)))
        if own & taken or not (own <= labelled or own == {0}):
            return False
        taken |= own
    return True


def names_each(row: list[Line], gutters: list[float]) -> bool:
    """Whether a line has one segment in each column that `gutters` part, none across two.

    The first column may do without: it holds the rows' own labels.
    """
    columns = [sum(gutter < _middle(part) for gutter in gutters) for part in row]
    clear = not any(part.box[0] < gutter < part.box[2] for part in row for gutter in gutters)
    return clear and columns[-len(gutters) :] == list(range(1, len(gutters) + 1))


def part_levels(
    rows: list[list[Line]], xs: list[float], heads: int = 0
) -> tuple[list[list[Line]], dict[int, Place]]:
    """Rows → the same rows with upper header levels as rows of their own.

    Also the place of each heading over several columns, by the identity of its first word. Below
    the rule that ends the first `heads` rows, a label alone names a group of rows.
    """
    lines = [line for row in rows for line in row]
    count = header_lines(lines)
    ruled = sum(map(len, rows[:heads]))
    alone = (n for n in range(ruled, count) if heads and _columns(lines[n], xs) == {0})
    count = next(alone, count)
    above = 0
    header = 0  # rows that hold only header lines
    for row in rows:
        if above + len(row) > count:
            break
        above += len(row)
        header += 1
    if above < 2:
        return rows, {}
    head = lines[:above]
    places: dict[int, Place] = {}
    levels: list[list[Line]] = []
    while len(head) > 1:
        found = places_over(head[0], head[1:], lines[above:], xs)
        if not found:
            break
        upper, down = _parted(head[0], head[1:], found, xs)
        places |= {id(part.words[0]): place for part, place in found if place[1] > 1}
        levels.append([upper])
        head = [*down, *head[1:]]
    if not levels:
        return rows, {}
    return [*levels, *_lower_rows(head, rows[:header], xs), *rows[header:]], places


def _lower_rows(head: list[Line], rows: list[list[Line]], xs: list[float]) -> list[list[Line]]:
    """The lowest level: its lines in one row where the columns' own texts make it up together."""
    result: list[list[Line]] = []
    owner = {
        id(word): index for index, row in enumerate(rows) for line in row for word in line.words
    }
    for line in head:
        before = result[-1] if result else None
        together = before is not None and (
            owner[id(before[-1].words[0])] == owner[id(line.words[0])]
            or _columns(before[-1], xs).isdisjoint(_columns(line, xs))
        )
        if before is not None and (together or _wraps(before, line, xs)):
            before.append(line)
        else:
            result.append([line])
    return result


def _columns(line: Line, xs: list[float]) -> set[int]:
    return {_inside(part, xs) for part in segments(line, line_gap(line))}


def _wraps(before: list[Line], line: Line, xs: list[float]) -> bool:
    """Whether each segment of a line goes on with what stands above it in small letters."""
    above = {_inside(p, xs) for low in before for p in segments(low, line_gap(low))}
    parts = segments(line, line_gap(line))
    return all(part.text[:1].islower() and _inside(part, xs) in above for part in parts)


def _parted(
    line: Line, lower: list[Line], found: list[tuple[Line, Place]], xs: list[float]
) -> tuple[Line, list[Line]]:
    """An upper level without the first lines of lower headings; and those, as a line."""
    labels = _labels(lower, xs)
    down = [
        part
        for part, (column, span) in found
        if span == 1 and column in labels and _goes_on(part.text, labels[column].text)
    ]
    kept = [part for part, _ in found if part not in down]
    upper = make_line([word for part in kept for word in part.words])
    return upper, [make_line([word for part in down for word in part.words])] if down else []


def _goes_on(upper: str, lower: str) -> bool:
    """Whether two lines are one heading, broken: "Avvi-" and "kelse", "Budget" and "(tkr)"."""
    return upper.endswith("-") or lower[:1].islower() or lower[:1] == "("


def _labels(lower: list[Line], xs: list[float]) -> dict[int, Line]:
    """The header text of each column, its lines drawn together."""
    held: dict[int, list[Line]] = {}
    for line in lower:
        for part in segments(line, line_gap(line)):
            held.setdefault(_inside(part, xs), []).append(part)
    return {
        column: make_line([word for part in parts for word in part.words])
        for column, parts in held.items()
    }


def places_over(
    line: Line, lower: list[Line], body: list[Line], xs: list[float], labels_first: bool = True
) -> list[tuple[Line, Place]]:
    """The places of the segments of a line that is an upper level; none where it is no such line.

    `lower` are the header lines below it, `xs` the edges of the columns, of which the first holds
    row labels where `labels_first`.
    """
    parts = segments(line, line_gap(line))
    own = [part for part in parts if labels_first and _inside(part, xs) == 0]
    heads = [part for part in parts if part not in own]
    if not heads or not lower:
        return []
    columns = _described(lower, body, xs)
    # the corner may stand between the levels
    below = next((low for low in lower if _columns(low, xs) != {0}), lower[0])
    step = below.words[0].baseline - line.words[0].baseline
    tight = step < _LOOSE * line.size
    best = min(
        (
            _Fitting(way, heads, columns, xs, tight).best(0, int(labels_first))
            for way in ("centre", "left", "right")
        ),
        key=lambda result: result[0],
    )
    misfit, groups = best
    if misfit == float("inf") or all(first == last for first, last in groups):
        return []
    spans = [(first, last - first + 1) for first, last in groups]
    return [*((part, (0, 1)) for part in own), *zip(heads, spans, strict=True)]


def _described(lower: list[Line], body: list[Line], xs: list[float]) -> list[_Column | None]:
    """What each column holds; None for one without a lower heading."""
    labels = _labels(lower, xs)
    held: dict[int, list[Line]] = {}
    for line in body:
        for part in segments(line, line_gap(line)):
            held.setdefault(_inside(part, xs), []).append(part)
    columns: list[_Column | None] = []
    for index in range(len(xs) - 1):
        label = labels.get(index)
        if label is None:
            columns.append(None)
            continue
        inks = [label, *held.get(index, [])]
        x0 = max(xs[index], min(part.box[0] for part in inks))
        x1 = min(xs[index + 1], max(part.box[2] for part in inks))
        columns.append(_Column(label.text, x0, x1, label.box[0], label.box[2]))
    return columns


@dataclass(frozen=True, slots=True)
class _Fitting:
    """Headings of one level laid over columns in one way: "centre", "left" or "right"."""

    way: str
    heads: list[Line]
    columns: list[_Column | None]
    xs: list[float]
    tight: bool
    """Whether the lines stand so close that words one above the other may be one heading."""

    def best(self, index: int, start: int) -> tuple[float, list[Place]]:
        """Least misfit, and first and last column of each heading from `index` on."""
        if index == len(self.heads):
            return self._bare(start, len(self.columns)), []
        least: tuple[float, list[Place]] = (float("inf"), [])
        for first in range(start, len(self.columns)):
            if self.xs[first] > self.heads[index].box[2]:
                break
            for last in range(first, len(self.columns)):
                if last > first and not self._allowed(self.heads[index], first, last):
                    break
                own = self._misfit(self.heads[index], first, last)
                own += self._bare(start, first)
                if own >= least[0]:
                    continue
                rest, groups = self.best(index + 1, last + 1)
                if own + rest < least[0]:
                    least = own + rest, [(first, last), *groups]
        return least

    def _bare(self, start: int, end: int) -> float:
        return _UNCOVERED * sum(column is not None for column in self.columns[start:end])

    def _allowed(self, head: Line, first: int, last: int) -> bool:
        """Whether columns can be one group: each named, differently, and in one manner."""
        group = [column for column in self.columns[first : last + 1] if column is not None]
        labels = [column.label for column in group]
        if len(group) <= last - first or len(set(labels)) < len(labels):
            return False
        periods = sum(column.period for column in group)
        named = [label for label in labels if not find_unit(label)]
        broken = head.text.endswith("-") or any(_goes_on("", label) for label in named)
        wide = head.box[0] < group[0].x1 and head.box[2] > group[-1].x0
        aside = all(abs(_middle(head) - (c.x0 + c.x1) / 2) > 0.2 * (c.x1 - c.x0) for c in group)
        between = wide or (self.way == "centre" and aside)
        if periods == len(group):  # "Aug" above "2025" is a date in two lines
            dated = bool(_PERIOD.fullmatch(head.text))
            return between or (not dated and (not self.tight or len(self.heads) > 1))
        return (between or not self.tight) and not periods and not broken

    def _misfit(self, head: Line, first: int, last: int) -> float:
        """How many points a heading stands from where it would over columns `first` to `last`."""
        left, right = self.xs[first], self.xs[last + 1]
        a, b = self.columns[first], self.columns[last]
        x0, _, x1, _ = head.box
        outside = max(0.0, left - x0 - _REACH) + max(0.0, x1 - right - _REACH)
        if first == last and a is None:
            return outside if left <= _middle(head) <= right else float("inf")
        if a is None or b is None or not left - _REACH <= _middle(head) <= right + _REACH:
            return float("inf")
        if self.way == "left":
            edge = a.x1 - self._pitch() + _PADDING
            off = min(abs(x0 - a.x0), abs(x0 - a.label_x0), abs(x0 - edge))
        elif self.way == "right":
            edge = b.x0 + self._pitch() - _PADDING
            off = min(abs(x1 - b.x1), abs(x1 - b.label_x1), abs(x1 - edge))
        else:
            middles = ((a.x0 + b.x1) / 2, (left + right) / 2, (a.label_x0 + b.label_x1) / 2)
            off = min(abs(_middle(head) - middle) for middle in middles)
        return off + outside

    def _pitch(self) -> float:
        """The usual distance from column to column."""
        known = [column for column in self.columns if column is not None]
        steps = sorted(
            min(b.x0 - a.x0, b.x1 - a.x1, key=abs) for a, b in itertools.pairwise(known[1:])
        )
        return steps[len(steps) // 2] if steps else 0.0


def _middle(line: Line) -> float:
    return (line.box[0] + line.box[2]) / 2
