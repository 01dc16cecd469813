"""Lines of a page → the same lines in reading order, column by column where there are columns.

Points from the upper left corner of the page.
"""

from __future__ import annotations

import itertools
from collections import Counter

from ingest.lines import make_line, segments
from ingest.types import Line

_MIN_LINES = 4  # on each side of a gutter; fewer are a list of pairs, not two columns of prose


def reading_order(lines: list[Line]) -> list[list[Line]]:
    """Lines from top to bottom → runs of lines that are read one run after the other.

    A run is a column, or what stands across the whole page above, between or below columns.
    """
    if not lines:
        return []
    gutter = _gutter(lines)
    if gutter is None:
        return [lines]
    x, first, last = gutter
    left: list[Line] = []
    right: list[Line] = []
    for line in lines[first : last + 1]:
        before = [word for word in line.words if (word.box[0] + word.box[2]) / 2 < x]
        after = [word for word in line.words if (word.box[0] + word.box[2]) / 2 >= x]
        if before:
            left.append(make_line(before))
        if after:
            right.append(make_line(after))
    return [
        *([lines[:first]] if first else []),
        *reading_order(left),
        *reading_order(right),
        *reading_order(lines[last + 1 :]),
    ]


def _gutter(lines: list[Line]) -> tuple[float, int, int] | None:
    """The x of the gap between two columns, and the first and last line that it parts."""
    gaps: Counter[int] = Counter()
    for line in lines:
        parts = segments(line, max(1.1 * line.size, 10.0))
        for a, b in itertools.pairwise(parts):
            # both sides hold words of a sentence, not a bullet or a page number
            if len(a.words) > 1 or len(b.words) > 1:
                gaps.update(range(int(a.box[2]) + 2, int(b.box[0]) - 1))
    if not gaps:
        return None
    most = max(gaps.values())
    places = [x for x, count in gaps.items() if count == most]
    x = float(sorted(places)[len(places) // 2])
    return _extent(lines, x)


def _extent(lines: list[Line], x: float) -> tuple[float, int, int] | None:
    """The longest run of lines that none crosses at `x`, if it holds two columns of prose."""
    best: tuple[int, int] | None = None
    start: int | None = None
    for index, line in enumerate([*lines, None]):
        free = line is not None and not any(w.box[0] < x < w.box[2] for w in line.words)
        if free and line is not None and _crosses(line, x):
            free = False
        if free and start is None:
            start = index
        elif not free and start is not None:
            if best is None or index - start > best[1] - best[0] + 1:
                best = (start, index - 1)
            start = None
    if best is None:
        return None
    run = lines[best[0] : best[1] + 1]
    left = [line for line in run if line.words[0].box[0] < x]
    right = [line for line in run if line.words[-1].box[2] > x]
    words_left = sum(w.box[2] <= x for line in run for w in line.words)
    words_right = sum(w.box[0] >= x for line in run for w in line.words)
    enough = min(len(left), len(right)) >= _MIN_LINES
    prose = words_left >= 2.5 * len(left) and words_right >= 2.5 * len(right)
    return (x, *best) if enough and prose else None


def _crosses(line: Line, x: float) -> bool:
    """Whether a line runs over `x` as running text does, a normal space being all it leaves."""
    for before, word in zip(line.words, line.words[1:], strict=False):
        if before.box[2] <= x <= word.box[0]:
            return word.box[0] - before.box[2] < max(0.9 * line.size, 8.0)
    return False
