"""The reading order around tables that have a table or prose beside them.

Points from the upper left corner of the page.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.lines import make_line
from ingest.types import Box, Line, Word

_CAPTION = 30.0  # points above a table where what belongs to it may stand
_PITCH = 1.7  # of a line's size: a wider step from baseline to baseline parts two paragraphs


def around_tables(lines: list[Line], places: Sequence[Line]) -> list[list[Line]]:
    """Lines of one run from top to bottom → runs, where a table has a neighbour: left, then right.

    `places` are the lines of `lines` that stand for tables; their boxes are the tables'.
    """
    tables = [line for line in lines if any(line is place for place in places)]
    for table in tables:
        side = _beside(table, lines, tables)
        if not side:
            continue
        x = _gutter(table, side)
        top, bottom = _extent(lines, [table, *side], x)
        inside = [line for line in lines if top <= _top(line) <= bottom]
        left, right = _halves(inside, x)
        if not left or not right:
            continue
        above = [line for line in lines if _top(line) < top]
        below = [line for line in lines if _top(line) > bottom]
        return [
            *([above] if above else []),
            *around_tables(left, places),
            *around_tables(right, places),
            *(around_tables(below, places) if below else []),
        ]
    return [lines]


def _top(line: Line) -> float:
    """Where a line stands in the order from above: a table at its upper edge."""
    return line.words[0].baseline


def _beside(table: Line, lines: list[Line], tables: list[Line]) -> list[Line]:
    """Tables or pieces of lines beside a table, on one side of it; the right one first."""
    x0, y0, x1, y1 = table.box
    others = [line for line in tables if line is not table and _level(line.box, y0, y1)]
    pieces = [
        line
        for line in lines
        if not any(line is other for other in tables) and y0 < _top(line) < y1
    ]
    right = [line for line in others if line.box[0] > x1]
    right += [make_line(held) for held in (_words(p, x1, None) for p in pieces) if held]
    if right:
        return right
    left = [line for line in others if line.box[2] < x0]
    return left + [make_line(held) for held in (_words(p, None, x0) for p in pieces) if held]


def _level(box: Box, y0: float, y1: float) -> bool:
    return min(box[3], y1) > max(box[1], y0)


def _words(line: Line, after: float | None, before: float | None) -> list[Word]:
    return [
        word
        for word in line.words
        if (after is None or word.box[0] > after) and (before is None or word.box[2] < before)
    ]


def _gutter(table: Line, side: list[Line]) -> float:
    start = min(line.box[0] for line in side)
    if start > table.box[2]:
        return (start + table.box[2]) / 2
    return (max(line.box[2] for line in side) + table.box[0]) / 2


def _extent(lines: list[Line], seeds: list[Line], x: float) -> tuple[float, float]:
    """From where to where lines stand in two halves: from the captions down to the longer half."""
    top = min(_top(line) for line in seeds)
    bottom = max(line.box[3] for line in seeds)
    for line in sorted(lines, key=_top, reverse=True):
        if _top(line) >= top:
            continue
        near = top - _top(line) < max(_CAPTION, _PITCH * line.size)
        if not near or _crosses(line, x):
            break
        top = _top(line)
    prose = [line for line in seeds if line.words[0].text]
    last = max(prose, key=_top, default=None)
    for line in sorted(lines, key=_top):
        if last is None or _top(line) <= _top(last):
            continue
        goes_on = _top(line) - _top(last) < _PITCH * line.size
        if not goes_on or _crosses(line, x) or (line.box[0] > x) != (last.box[0] > x):
            break
        last = line
    return top, max(bottom, last.box[3]) if last else bottom


def _crosses(line: Line, x: float) -> bool:
    """Whether a line runs over `x`, a normal space being all that it leaves there."""
    left = [word.box[2] for word in line.words if word.box[0] < x]
    right = [word.box[0] for word in line.words if word.box[0] >= x]
    if not left or not right:
        return bool(left) and max(left) > x
    return max(left) > x or min(right) - max(left) < max(0.9 * line.size, 8.0)


def _halves(lines: list[Line], x: float) -> tuple[list[Line], list[Line]]:
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        before = [word for word in line.words if (word.box[0] + word.box[2]) / 2 < x]
        after = [word for word in line.words if (word.box[0] + word.box[2]) / 2 >= x]
        if before and after:
            left.append(make_line(before))
            right.append(make_line(after))
        else:
            (left if before else right).append(line)
    return left, right
