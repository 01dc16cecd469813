"""Characters with boxes → words with boxes.

A word ends at white space, at a gap, at a change of line or direction, and where a smaller letter
is raised above the line: a footnote digit is never part of the number before it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest.types import Box, Word, enclosing

_GAP = 0.28  # of the font size: a wider gap inside a line parts two words without a space
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Char:
    """A character with its box in points from the upper left; a space has no box of its own."""

    text: str
    box: Box
    size: float
    baseline: float
    bold: bool = False
    italic: bool = False
    angle: int = 0
    hidden: bool = False


def words_from_chars(chars: list[Char]) -> list[Word]:
    """Words in the order of `chars`; a superscript digit becomes a glued word such as "³"."""
    words: list[Word] = []
    current: list[Char] = []
    spaced = True
    for char in chars:
        if char.text == " ":
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
    if before.angle != char.angle or before.hidden != char.hidden:
        return True
    # a footnote digit is smaller and stands higher; both are needed, small capitals are not it
    if _is_step(before, char) or _is_step(char, before):
        return True
    if abs(before.baseline - char.baseline) > 0.5 * max(before.size, char.size):
        return True
    return _gap(before, char) > _GAP * max(before.size, char.size)


def _is_step(base: Char, small: Char) -> bool:
    raised = abs(base.baseline - small.baseline) > 0.12 * base.size
    return raised and small.size < 0.85 * base.size


def _touches(before: Char, char: Char) -> bool:
    near = -0.2 * before.size < _gap(before, char) <= _GAP * max(before.size, char.size)
    return (
        before.angle == char.angle and near and abs(before.baseline - char.baseline) < before.size
    )


def _gap(before: Char, char: Char) -> float:
    """How far `char` stands after `before` in their reading direction."""
    if char.angle == 90:
        return before.box[1] - char.box[3]
    if char.angle == 270:
        return char.box[1] - before.box[3]
    if char.angle == 180:
        return before.box[0] - char.box[2]
    return char.box[0] - before.box[2]


def _word(chars: list[Char], glued: bool) -> Word:
    sizes = sorted(char.size for char in chars)
    return Word(
        text="".join(char.text for char in chars),
        box=_line_box(chars),
        size=sizes[len(sizes) // 2],
        baseline=chars[0].baseline,
        bold=sum(char.bold for char in chars) * 2 > len(chars),
        italic=chars[0].italic,
        angle=chars[0].angle,
        hidden=chars[0].hidden,
        glued=glued,
    )


def _line_box(chars: list[Char]) -> Box:
    """The box of a word, at least as tall as its letters' ascenders and descenders.

    PDFium's boxes hug the ink, so that "nu" would be marked lower than "på" beside it.
    """
    x0, y0, x1, y1 = enclosing([char.box for char in chars])
    if chars[0].angle != 0:
        return x0, y0, x1, y1
    size, baseline = chars[0].size, chars[0].baseline
    return x0, min(y0, baseline - 0.75 * size), x1, max(y1, baseline + 0.22 * size)


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
