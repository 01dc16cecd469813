"""Characters with boxes → words with boxes.

A word ends at white space, at a gap, at a change of line or direction, and where a smaller letter
is raised above the line: a footnote digit is never part of the number before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from ingest.types import Box, Word, enclosing

_GAP = 0.28  # of the font size: a wider gap inside a line parts two words without a space
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


class Char(NamedTuple):
    """A character with its box in points from the upper left corner of the page."""

    text: str
    box: Box
    style: CharStyle
    hidden: str = ""


def words_from_chars(chars: Iterable[Char | None]) -> list[Word]:
    """Words in the order of `chars`, where None is white space.

    A superscript digit becomes a glued word such as "³".
    """
    words: list[Word] = []
    current: list[Char] = []
    spaced = True
    for char in chars:
        if char is None:
            if current:
                words.append(_word(current, glued=not spaced))
                current = []
            spaced = True
            continue
        if current and _parts(current[-1], char):
            words.append(_word(current, glued=not spaced))
            spaced = not _touches(current[-1], char)
            current = []
        current.append(char)
    if current:
        words.append(_word(current, glued=not spaced))
    return _mark_raised(words)


def _parts(before: Char, char: Char) -> bool:
    """Whether `char` starts a new word after `before`."""
    base, style = before.style, char.style
    hidden_alike = bool(before.hidden) == bool(char.hidden)
    if base is style and hidden_alike:
        return _gap(before, char) > _GAP * style.size
    if base.angle != style.angle or not hidden_alike:
        return True
    # a footnote digit is smaller and stands higher; both are needed, small capitals are not it
    if _is_step(base, style) or _is_step(style, base):
        return True
    if abs(base.baseline - style.baseline) > 0.5 * max(base.size, style.size):
        return True
    return _gap(before, char) > _GAP * max(base.size, style.size)


def _is_step(base: CharStyle, small: CharStyle) -> bool:
    raised = abs(base.baseline - small.baseline) > 0.12 * base.size
    return raised and small.size < 0.85 * base.size


def _touches(before: Char, char: Char) -> bool:
    base, style = before.style, char.style
    near = -0.2 * base.size < _gap(before, char) <= _GAP * max(base.size, style.size)
    return base.angle == style.angle and near and abs(base.baseline - style.baseline) < base.size


def _gap(before: Char, char: Char) -> float:
    """How far `char` stands after `before` in their reading direction."""
    angle = char.style.angle
    if angle == 0:
        return char.box[0] - before.box[2]
    if angle == 90:
        return before.box[1] - char.box[3]
    if angle == 270:
        return char.box[1] - before.box[3]
    return before.box[0] - char.box[2]


def _word(chars: list[Char], glued: bool) -> Word:
    first = chars[0].style
    one_style = all(char.style is first for char in chars)
    sizes = sorted(char.style.size for char in chars)
    return Word(
        text="".join([char.text for char in chars]),
        box=_line_box(chars),
        size=first.size if one_style else sizes[len(sizes) // 2],
        baseline=first.baseline,
        bold=first.bold if one_style else sum(c.style.bold for c in chars) * 2 > len(chars),
        italic=first.italic,
        angle=first.angle,
        hidden=chars[0].hidden,
        glued=glued,
    )


def _line_box(chars: list[Char]) -> Box:
    """The box of a word, at least as tall as its letters' ascenders and descenders.

    PDFium's boxes hug the ink, so that "nu" would be marked lower than "på" beside it.
    """
    x0, y0, x1, y1 = enclosing([char.box for char in chars])
    style = chars[0].style
    if style.angle != 0:
        return x0, y0, x1, y1
    return (
        x0,
        min(y0, style.baseline - 0.75 * style.size),
        x1,
        max(y1, style.baseline + 0.22 * style.size),
    )


def _mark_raised(words: list[Word]) -> list[Word]:
    """Give raised digits their superscript letters, so that no number can swallow them."""
    marked: list[Word] = []
    for index, word in enumerate(words):
        mark = word
        if word.text.isdigit() and word.angle == 0:
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
