"""Words → lines, and lines → segments parted by wide gaps. Points from the upper left corner."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.types import Line, Word, enclosing

_OVER = 2.0  # points by which a word may stand out of its column


def make_line(words: list[Word]) -> Line:
    """A line of at least one word, in the order given."""
    if len(words) == 1:
        (word,) = words
        return Line((word,), word.box, word.size, word.bold, word.italic)
    letters = sum([len(word.text) for word in words])
    sizes = [word.size for word in words if not word.raised] or [words[0].size]
    sizes.sort()
    bold = sum([len(word.text) for word in words if word.bold]) * 2 > letters
    italic = sum([len(word.text) for word in words if word.italic]) * 2 > letters
    box = enclosing([word.box for word in words])
    return Line(tuple(words), box, sizes[len(sizes) // 2], bold, italic)


def lines_from_words(words: Iterable[Word]) -> list[Line]:
    """Upright words → lines from top to bottom, each from left to right.

    Words belong to one line when their baselines differ by less than a third of their size.
    """
    row: list[Word] = []
    rows: list[list[Word]] = []
    for word in sorted(words, key=_down_and_right):
        if row and word.baseline - row[0].baseline < 0.34 * max(word.size, row[0].size):
            row.append(word)
        else:
            row = [word]
            rows.append(row)
    for row in rows:
        if row[0].baseline != row[-1].baseline:  # else they are in order already
            row.sort(key=_right)
    return [make_line(row) for row in rows]


def _down_and_right(word: Word) -> tuple[float, float]:
    return word.baseline, word.box[0]


def _right(word: Word) -> float:
    return word.box[0]


def turned_lines(words: Iterable[Word]) -> list[Line]:
    """Words that read upwards (90°) or downwards (270°) → lines in their reading order."""
    found = list(words)
    if not found:
        return []
    upwards = found[0].angle == 90
    ordered = sorted(found, key=lambda w: w.baseline if upwards else -w.baseline)
    rows: list[list[Word]] = []
    for word in ordered:
        if rows and abs(word.baseline - rows[-1][0].baseline) < 0.34 * word.size:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [
        make_line(sorted(row, key=lambda w: -w.box[3] if upwards else w.box[1])) for row in rows
    ]


def segments(line: Line, gap: float) -> list[Line]:
    """Part a line wherever two words stand more than `gap` points apart."""
    words = line.words
    starts = [
        index
        for index in range(1, len(words))
        if words[index].box[0] - words[index - 1].box[2] > gap
    ]
    if not starts:
        return [line]
    return [
        make_line(list(words[start:end]))
        for start, end in zip([0, *starts], [*starts, len(words)], strict=True)
    ]


def several(lines: Iterable[Line]) -> list[Line]:
    """The lines that have more than one segment."""
    return [line for line in lines if len(segments(line, line_gap(line))) > 1]


def stand_across(lines: Iterable[Line], sides: Iterable[float]) -> bool:
    """Whether a word of some lines stands across one of the x in `sides`."""
    xs = list(sides)
    return any(
        word.box[0] + _OVER < x < word.box[2] - _OVER
        for line in lines
        for word in line.words
        for x in xs
    )


def line_gap(line: Line) -> float:
    """The gap in points beyond which two words of a line belong to different columns."""
    return max(0.75 * line.size, 5.0)


def centre_in(word: Word, x0: float, y0: float, x1: float, y1: float) -> bool:
    """Whether the middle of a word stands inside a rectangle."""
    x, y = centre(word)
    return x0 <= x <= x1 and y0 <= y <= y1


def centre(word: Word) -> tuple[float, float]:
    """The middle of a word's box."""
    x0, y0, x1, y1 = word.box
    return (x0 + x1) / 2, (y0 + y1) / 2
