"""Letters with boxes → words with boxes.

A word ends at white space, at a gap, at a change of line or direction, and where a smaller letter
is raised above the line: a footnote digit is never part of the number before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ingest.types import Box, Word

_GAP = 0.28  # of the font size: a wider gap inside a line parts two words without a space
_OTHER_MARK = re.compile(r"(?:[a-z]|\d{1,2})\)|\*{1,3}\)?")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class CharStyle:
    """What all characters of one text object share. Sizes and `baseline` in points.

    `baseline` is the y of the line that they stand on (the x, where `angle` is 90 or 270).
    """

    size: float
    baseline: float
    bold: bool = False
    italic: bool = False
    angle: int = 0


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a page in the order they were written, in columns; white space is none.

    `boxes` holds four points a letter, from the upper left corner of the page; `style` which of
    `styles` each has, `parted` whether white space stands before it, `hidden` how a letter is
    hidden, by index, where it is.
    """

    text: str
    boxes: NDArray[np.float64]
    styles: tuple[CharStyle, ...]
    style: NDArray[np.intp]
    parted: NDArray[np.bool_]
    hidden: dict[int, str]

    def codes(self) -> NDArray[np.uint32]:
        """The code point of each letter."""
        return np.frombuffer(self.text.encode("utf-32-le"), dtype="<u4")

    def unseen(self) -> NDArray[np.bool_]:
        """Whether each letter is hidden."""
        mask = np.zeros(len(self.text), dtype=bool)
        mask[list(self.hidden)] = True
        return mask


def words_from_letters(letters: Letters) -> list[Word]:
    """Words in the order of their letters. A superscript digit becomes a glued word such as "³"."""
    if not letters.text:
        return []
    begins, glued = _beginnings(letters)
    starts = np.flatnonzero(begins)
    lows = np.minimum.reduceat(letters.boxes[:, :2], starts, axis=0)
    highs = np.maximum.reduceat(letters.boxes[:, 2:], starts, axis=0)
    first, other = (each.reduceat(letters.style, starts) for each in (np.minimum, np.maximum))
    places = starts.tolist()
    words = [
        _word(letters, start, end, (*low, *high), one_style, stuck)
        for start, end, low, high, one_style, stuck in zip(
            places,
            [*places[1:], len(letters.text)],
            lows.tolist(),
            highs.tolist(),
            (first == other).tolist(),
            glued[starts].tolist(),
            strict=True,
        )
    ]
    return _mark_raised(words)


def _beginnings(letters: Letters) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which letters begin a word, and which of these stand close to the word before."""
    sizes, baselines, angles = np.array(
        [(style.size, style.baseline, style.angle) for style in letters.styles]
    )[letters.style].T
    size, small = sizes[:-1], sizes[1:]
    # what is no number on a broken page parts no words
    with np.errstate(invalid="ignore", over="ignore"):
        gap = _gaps(letters.boxes, angles[1:])
        most = _GAP * np.maximum(size, small)
        shift = np.abs(np.diff(baselines))
        # a footnote digit is smaller and stands higher; both are needed, small capitals are not it
        step = (shift > 0.12 * size) & (small < 0.85 * size)
        step |= (shift > 0.12 * small) & (size < 0.85 * small)
        step |= shift > 0.5 * np.maximum(size, small)
        turned = np.diff(angles) != 0
        parts = turned | np.diff(letters.unseen()) | (gap > most)
        parts |= (np.diff(letters.style) != 0) & step
        near = ~turned & (gap > -0.2 * size) & (gap <= most) & (shift < size)
    begins = letters.parted.copy()
    begins[1:] |= parts
    glued = ~letters.parted
    glued[1:] &= near
    return begins, glued


def _gaps(boxes: NDArray[np.float64], angles: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each letter but the first stands after the one before, in its reading direction."""
    before, after = boxes[:-1], boxes[1:]
    gaps = after[:, 0] - before[:, 2]
    for angle, later, earlier in (
        (90, before[:, 1], after[:, 3]),
        (180, before[:, 0], after[:, 2]),
        (270, after[:, 1], before[:, 3]),
    ):
        turned = angles == angle
        if turned.any():
            gaps[turned] = (later - earlier)[turned]
    return gaps


def _word(letters: Letters, start: int, end: int, box: Box, one_style: bool, glued: bool) -> Word:
    """The word of the letters from `start` to before `end`, which `box` encloses."""
    first = letters.styles[letters.style[start]]
    size, bold = first.size, first.bold
    if not one_style:
        styles = [letters.styles[which] for which in letters.style[start:end]]
        size = sorted(style.size for style in styles)[len(styles) // 2]
        bold = sum(style.bold for style in styles) * 2 > len(styles)
    return Word(
        text=letters.text[start:end],
        box=_line_box(box, first),
        size=size,
        baseline=first.baseline,
        bold=bold,
        italic=first.italic,
        angle=first.angle,
        hidden=letters.hidden.get(start, ""),
        glued=glued,
    )


def _line_box(box: Box, style: CharStyle) -> Box:
    """The box of a word, at least as tall as its letters' ascenders and descenders.

    PDFium's boxes hug the ink, so that "nu" would be marked lower than "på" beside it.
    """
    if style.angle != 0:
        return box
    x0, y0, x1, y1 = box
    return (
        x0,
        min(y0, style.baseline - 0.75 * style.size),
        x1,
        max(y1, style.baseline + 0.22 * style.size),
    )


def _mark_raised(words: list[Word]) -> list[Word]:
    """Give raised digits their superscript letters, so that no number can swallow them.

    A raised "a)" or "*" stands on the line of its word, too.
    """
    marked: list[Word] = []
    for index, word in enumerate(words):
        mark = word
        if word.angle == 0 and (word.text.isdigit() or _OTHER_MARK.fullmatch(word.text)):
            before = words[index - 1] if index else None
            after = words[index + 1] if index + 1 < len(words) else None
            # the mark in the text follows its word; the mark of the note itself begins a line
            base = next((w for w in (before, after) if w and _is_raised(w, word)), None)
            if base is not None:
                text = word.text.translate(_SUPERSCRIPTS)
                mark = replace(word, text=text, raised=True, baseline=base.baseline)
        marked.append(mark)
    return marked


def _is_raised(base: Word, word: Word) -> bool:
    smaller = word.size < 0.85 * base.size
    higher = 0.12 * base.size < base.baseline - word.baseline < base.size
    reach = 0.6 * base.size
    after = -1.0 < word.box[0] - base.box[2] < reach
    ahead = -1.0 < base.box[0] - word.box[2] < reach
    return base.angle == 0 and smaller and higher and (after or ahead)
