"""Lines of a page → the same lines in reading order, column by column where there are columns.

Points from the upper left corner of the page.
"""

from __future__ import annotations

import itertools
from collections import Counter

from ingest.lines import make_line, segments
from ingest.types import Line

_PROSE = 2.5  # words that a line of a column holds on an average, at least
_FLOWING = 4.0  # the same, of columns of two or three lines
_CAPTION_LINES = 3  # that a caption has at most
_LARGER = 1.2  # times the text: the size of a heading
_APART = 1.5  # of a line's size: a wider step parts a caption from the text above
_MIN_LINES = 4  # on each side of a gutter; fewer are a list of pairs, not two columns of prose


def reading_order(lines: list[Line]) -> list[list[Line]]:
    """Lines from top to bottom → runs of lines that are read one run after the other.

    A run is a column, or what stands across the whole page above, between or below columns. A line
    without text stands for a table.
    """
    if not lines:
        return []
    x = _gutter(lines)
    free = _free(lines, x) if x is not None else []
    if x is None or not _in_columns([lines[slice(*run)] for run in free], x):
        return [lines]
    columns = [run for run in free if _may_be(lines[slice(*run)], x)]
    runs: list[list[Line]] = []
    reached = 0
    for first, last in columns:
        runs.extend([lines[reached:first]] if first > reached else [])
        for side in _sides(lines[first:last], x):
            runs.extend(reading_order(side))
        reached = last
    return [*runs, *reading_order(lines[reached:])]


def _sides(lines: list[Line], x: float) -> tuple[list[Line], list[Line]]:
    """The lines left of `x`, and those right of it."""
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        before = [word for word in line.words if (word.box[0] + word.box[2]) / 2 < x]
        after = [word for word in line.words if (word.box[0] + word.box[2]) / 2 >= x]
        if before:
            left.append(make_line(before))
        if after:
            right.append(make_line(after))
    return left, right


def _gutter(lines: list[Line]) -> float | None:
    """The x of the gap that most lines leave, if any does."""
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
    return float(sorted(places)[len(places) // 2])


def _free(lines: list[Line], x: float) -> list[tuple[int, int]]:
    """The runs of lines that none crosses at `x`, each from its first line to the one after its
    last; captions of the tables below are no part of them."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for index, line in enumerate([*lines, None]):
        free = line is not None and not any(w.box[0] < x < w.box[2] for w in line.words)
        if free and line is not None and _crosses(line, x):
            free = False
        if free and start is None:
            start = index
        elif free and line is not None and _opens(line, lines[start:index], x):
            runs.append((start or 0, index))
            start = index
        elif not free and start is not None:
            end = index
            if line is not None and not line.text:
                end -= _caption(lines[start:end], x)
            if end > start:
                runs.append((start, end))
            start = None
    return runs


def _opens(line: Line, above: list[Line], x: float) -> bool:
    """Whether a line heads columns anew: larger, left of `x`, below a band without any text."""
    larger = line.size > _LARGER * min(other.size for other in above)
    band = line.box[1] - max(other.box[3] for other in above)
    return larger and line.words[-1].box[2] <= x and band > line.size


def _caption(run: list[Line], x: float) -> int:
    """How many last lines of a run stand apart from the text above, left of `x`: a caption."""
    for count, (line, above) in enumerate(zip(run[::-1], run[-2::-1], strict=False), 1):
        if count > _CAPTION_LINES or line.words[-1].box[2] > x:
            return 0
        left = max((word.baseline for word in above.words if word.box[0] < x), default=0.0)
        if line.words[0].baseline - left > _APART * line.size:
            return count
    return 0


def _in_columns(runs: list[list[Line]], x: float) -> bool:
    """Whether lines that leave `x` free surely are two columns of prose: one run of them, or
    several short ones, parted by tables, together."""
    measured = [_measured(run, x) for run in runs]
    if any(min(left, right) >= _MIN_LINES and p >= _PROSE for left, right, p in measured):
        return True
    short = [(left, right) for left, right, p in measured if min(left, right) > 1 and p >= _FLOWING]
    return len(short) > 1 and min(map(sum, zip(*short, strict=True))) >= _MIN_LINES


def _may_be(run: list[Line], x: float) -> bool:
    """Whether lines may be two columns, where others on the page are."""
    left, right, prose = _measured(run, x)
    both = any(line.words[0].box[0] < x < line.words[-1].box[2] for line in run)
    return both and left > 1 and right > 0 and prose >= _PROSE


def _measured(run: list[Line], x: float) -> tuple[int, int, float]:
    """How many lines stand on either side of `x`, and how many words these have at least."""
    left = sum(line.words[0].box[0] < x for line in run)
    right = sum(line.words[-1].box[2] > x for line in run)
    words_left = sum(w.box[2] <= x for line in run for w in line.words)
    words_right = sum(w.box[0] >= x for line in run for w in line.words)
    return left, right, min(words_left / max(left, 1), words_right / max(right, 1))


def _crosses(line: Line, x: float) -> bool:
    """Whether a line runs over `x` as running text does, a normal space being all it leaves."""
    for before, word in zip(line.words, line.words[1:], strict=False):
        if before.box[2] <= x <= word.box[0]:
            return word.box[0] - before.box[2] < max(0.9 * line.size, 8.0)
    return False
