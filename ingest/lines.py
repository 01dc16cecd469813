"""Words → lines, and lines → segments parted by wide gaps. Points from the upper left corner."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.types import Line, Word, enclosing


def make_line(words: list[Word]) -> Line:
    """A line of at least one word, in the order given."""
    letters = sum(len(word.text) for word in words)
    sizes = sorted([word.size for word in words if not word.raised] or [words[0].size])
    bold = sum(len(word.text) for word in words if word.bold) * 2 > letters
    italic = sum(len(word.text) for word in words if word.italic) * 2 > letters
    box = enclosing([word.box for word in words])
    return Line(tuple(words), box, sizes[len(sizes) // 2], bold, italic)


def lines_from_words(words: Iterable[Word]) -> list[Line]:
    """Upright words → lines from top to bottom, each from left to right.

    Words belong to one line when their baselines differ by less than a third of their size.
    """
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.baseline, w.box[0])):
        if rows and _same_line(rows[-1], word):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [make_line(sorted(row, key=lambda w: w.box[0])) for row in rows]


def _same_line(row: list[Word], word: Word) -> bool:
    return word.baseline - row[0].baseline < 0.34 * max(word.size, row[0].size)


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
    parts: list[list[Word]] = [[line.words[0]]]
    for before, word in zip(line.words, line.words[1:], strict=False):
        if word.box[0] - before.box[2] > gap:
            parts.append([word])
        else:
            parts[-1].append(word)
    return [make_line(part) for part in parts]


def line_gap(line: Line) -> float:
    """The gap in points beyond which two words of a line belong to different columns."""
    return max(0.75 * line.size, 5.0)


def centre_in(word: Word, x0: float, y0: float, x1: float, y1: float) -> bool:
    """Whether the middle of a word stands inside a rectangle."""
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    return x0 <= x <= x1 and y0 <= y <= y1
