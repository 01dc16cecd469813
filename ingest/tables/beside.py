"""Tables without rules that stand beside each other, or beside prose → the words of each.

Points from the upper left corner of the page.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from ingest.lines import line_gap, lines_from_words, make_line, segments
from ingest.tables.open import is_value_line
from ingest.tables.raster import NUMERIC
from ingest.types import Box, Line, Word, enclosing

_ALIGNED = 3.0  # points by which the edges of rows of one table may differ
_GUTTER = 12.0  # points that at least part a table from what stands beside it
_ABOVE = 60.0  # points above its first row of numbers that its header may take
_BELOW = 40.0
_NUMBER_STARTS = frozenset("0123456789-−–+(.")


@dataclass(slots=True)
class _Stack:
    """Rows of numbers with their labels, one below the other."""

    rows: list[Line] = field(default_factory=list)

    @property
    def box(self) -> Box:
        return enclosing([row.box for row in self.rows])

    def takes(self, row: Line) -> bool:
        last = self.rows[-1]
        step = row.words[0].baseline - last.words[0].baseline
        x0, _, x1, _ = self.box
        edges = abs(row.box[0] - x0) <= _ALIGNED or abs(row.box[2] - x1) <= _ALIGNED
        shared = min(row.box[2], x1) - max(row.box[0], x0)
        return 0 < step < 3.2 * row.size and edges and shared > 0


def tables_beside(words: list[Word], lines: list[Line]) -> list[list[Line]]:
    """For each unruled table that has a neighbour to the left or right, the lines around it alone.

    None where tables have the width to themselves: then whole lines tell their rows. `lines` are
    those of the upright words.
    """
    stacks: list[_Stack] = []
    for line in lines:
        for row in _value_rows(line):
            stack = next((s for s in reversed(stacks) if s.takes(row)), None)
            if stack is None:
                stacks.append(_Stack([row]))
            else:
                stack.rows.append(row)
    stacks = [stack for stack in stacks if len(stack.rows) >= 3]
    owned = {id(word) for stack in stacks for row in stack.rows for word in row.words}
    found = [_surroundings(stack, words, owned) for stack in stacks]
    return [lines_from_words(w for w in zone if w.angle == 0) for zone in found if zone]


def _value_rows(line: Line) -> list[Line]:
    """The parts of a line that are a label and two numbers or more."""
    if sum(word.text[0] in _NUMBER_STARTS for word in line.words) < 2:
        return []  # most lines: nothing to look for
    if is_value_line(line):
        return [line]
    parts = segments(line, line_gap(line))
    numbers = [bool(NUMERIC.fullmatch(part.text)) for part in parts]
    starts = [index for index, number in enumerate(numbers) if not number]
    rows: list[Line] = []
    for start, end in itertools.pairwise([*starts, len(parts)]):
        if end - start > 2:
            rows.append(make_line([word for part in parts[start:end] for word in part.words]))
    return rows


def _surroundings(stack: _Stack, words: list[Word], owned: set[int]) -> list[Word]:
    """The words of a stack and its header without its neighbours'; none where it has none."""
    x0, y0, x1, y1 = stack.box
    level = [word for word in words if word.angle == 0 and y0 < word.baseline <= y1]
    left = [word for word in level if word.box[2] < x0]
    right = [word for word in level if word.box[0] > x1]
    baselines = [row.words[0].baseline for row in stack.rows]
    for side in (left, right):
        if side and not _is_neighbour(side, owned, baselines):
            return []
    if not left and not right:
        return []
    start = max((word.box[2] for word in left), default=float("-inf"))
    end = min((word.box[0] for word in right), default=float("inf"))
    if x0 - start < _GUTTER or end - x1 < _GUTTER:
        return []
    start, end = (start + x0) / 2, (end + x1) / 2
    return [
        word
        for word in words
        if start < (word.box[0] + word.box[2]) / 2 < end
        and y0 - _ABOVE < word.baseline < y1 + _BELOW
    ]


def _is_neighbour(words: list[Word], owned: set[int], baselines: list[float]) -> bool:
    """Whether the words on one side of a table are another table, or prose.

    Words on the table's own baselines may be a column of it, such as account numbers or comments.
    """
    if any(id(word) in owned for word in words):
        return True
    lines = lines_from_words(words)
    if len(lines) < 3 or len(words) < 3 * len(lines):
        return False
    off = sum(
        all(abs(line.words[0].baseline - at) > 0.34 * line.size for at in baselines)
        for line in lines
    )
    flowing = sum(
        before.text[-1] not in ".:" and line.text[:1].islower()
        for before, line in itertools.pairwise(lines)
    )
    return 3 * off >= len(lines) or 2 * flowing >= len(lines) - 1
