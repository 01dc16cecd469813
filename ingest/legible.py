"""Raw pages → the same pages with what no reader can see taken out, and what could not be read.

Text laid invisibly on a scanned picture (as OCR programs do) is read, but for what lies where the
paper is bare; other hidden text is not, because a citation of it could not be seen on the page.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import inf
from statistics import median

from ingest.hiding import Hiding, what_is_hidden
from ingest.types import Problem, RawPage, Word

_COMMON = frozenset(
    "och i att det som en på är av för med till den har de inte om ett men kan från vid under "
    "ska samt per år inom nämnden eller även the of and to in for on is by".split()
)
_ODD = re.compile(
    r"[a-zåäö][A-ZÅÄÖ]|[^\W\d_]\d+[^\W\d_]|[bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ]{6}"
)
_VOWEL = re.compile(r"[aeiouyåäöéüæø]", re.I)


_SCANNED = 0.5  # of a page covered by pictures: what lies hidden under them is what they show
_SAME_LINE, _ONE_LINE = 0.6, 4.0  # of the size: baselines differ by less, gaps in a line are less
_ROUGHLY = 3.0  # times as far off as an OCR layer's lines usually are: no word of it is farther
_LAYER_WAYS = frozenset(
    (Hiding.MODE, Hiding.COVERED, Hiding.CLEAR, Hiding.WHITE, Hiding.UNDRAWN)
)  # in which OCR programs lay text under or over a picture
_PICTURE = 0.04  # of a page without words: more than a logo


@dataclass(frozen=True, slots=True)
class Legible:
    """A page to go on with. `readable` is False where nothing on it could be understood.

    Its `problem` then says why, and `scanned` whether it is there to be seen: OCR may read it.
    """

    page: RawPage
    readable: bool
    problem: Problem | None = None
    scanned: bool = False


def legible(page: RawPage) -> Legible:
    """Judge a page: is there text, can it be seen, do its letters mean anything?"""
    seen = tuple(word for word in page.words if not word.hidden)
    hidden = [word for word in page.words if word.hidden]
    if page.pictured > _SCANNED and len(hidden) > 10 * len(seen):
        layer = _layer(hidden)
        if layer:
            return _searchable(page, hidden, layer)
    visible = replace(page, words=seen)
    if not seen and page.pictured > _PICTURE:
        text = "sidan är en bild utan text (skannad)"
        if hidden:
            text += f"; {what_is_hidden((word.hidden for word in hidden), page.traces)}"
        return Legible(visible, False, Problem(text, page.number), scanned=True)
    if _is_garbage(word.text for word in seen):
        return _garbage(page)
    return Legible(visible, True, _unread(page, hidden))


def _searchable(page: RawPage, hidden: Sequence[Word], layer: set[int]) -> Legible:
    """A scanned page with the text that an OCR program laid on it: what its picture shows."""
    shown = tuple(
        replace(word, hidden="", marks=None)
        for word in page.words
        if not word.hidden or id(word) in layer
    )
    if _is_garbage(word.text for word in shown):
        return _garbage(page)
    left = [
        replace(word, hidden=Hiding.BESIDE if word.hidden in _LAYER_WAYS else word.hidden)
        for word in hidden
        if id(word) not in layer
    ]
    return Legible(replace(page, words=shown), True, _unread(page, left))


def _layer(hidden: Sequence[Word]) -> set[int]:
    """The words that may be an OCR program's, by identity.

    These programs place their words more or less roughly. One word near marks is enough for its
    line, but for words on bare paper that lie farther from the line's marks than the layer is off.
    """
    lines: list[list[Word]] = []
    for word in hidden:
        if word.hidden not in _LAYER_WAYS:
            continue
        if lines and _goes_on(lines[-1][-1], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    marked = [line for line in lines if any(word.marks for word in line)]
    off = median(map(_overhang, marked)) if marked else 0.0
    return {
        id(word)
        for line in marked
        for run in (list(run) for _, run in groupby(line, key=lambda word: bool(_inked([word]))))
        for word in run
        if _astray(run, line) <= _ROUGHLY * off + word.size
    }


def _reach(word: Word) -> tuple[float, float]:
    """Where a word begins and ends along its line, whichever way it is read."""
    x0, y0, x1, y1 = word.box
    return (x0, x1) if word.angle in (0, 180) else (y0, y1)


def _inked(line: Sequence[Word]) -> list[tuple[float, float]]:
    """Where the marks in the places of a line's words begin and end."""
    return [word.marks for word in line if word.marks and word.marks[0] < word.marks[1]]


def _overhang(line: Sequence[Word]) -> float:
    """By how many points a line begins before its marks or ends after them."""
    reaches, inked = [_reach(word) for word in line], _inked(line)
    start, end = min(at for at, _ in reaches), max(at for _, at in reaches)
    if not inked:
        return end - start
    return max(min(at for at, _ in inked) - start, end - max(at for _, at in inked))


def _astray(run: Sequence[Word], line: Sequence[Word]) -> float:
    """By how many points some words had to be moved along their line to lie on its marks."""
    inked = _inked(line)
    if not inked or _inked(run):
        return 0.0
    reaches = [_reach(word) for word in run]
    start, end = min(at for at, _ in reaches), max(at for _, at in reaches)
    return min(
        min((end - mark for _, mark in inked if mark <= end), default=inf),
        min((mark - start for mark, _ in inked if mark >= start), default=inf),
    )


def _goes_on(before: Word, word: Word) -> bool:
    """Whether a word stands on the line of the one before it, and not far from it."""
    size = max(before.size, word.size)
    near = abs(before.baseline - word.baseline) <= _SAME_LINE * size
    one, other = before.box, word.box
    gaps = (max(one[axis], other[axis]) - min(one[axis + 2], other[axis + 2]) for axis in (0, 1))
    return before.angle == word.angle and near and max(gaps) <= _ONE_LINE * size


def _unread(page: RawPage, hidden: Sequence[Word]) -> Problem | None:
    """What to tell of what is hidden on a page that is read."""
    if not hidden and not page.traces:
        return None
    found = what_is_hidden((word.hidden for word in hidden), page.traces)
    text = f"sidan har {found}; det som inte syns har inte lästs"
    return Problem(text, page.number, informs=True)


def _garbage(page: RawPage) -> Legible:
    text = "sidans bokstäver saknar betydelse (typsnittet är inbäddat utan teckentabell)"
    return Legible(replace(page, words=()), False, Problem(text, page.number), scanned=True)


def _is_garbage(texts: Iterable[str]) -> bool:
    """Whether a page's words are codes of glyphs rather than letters.

    Either a third of the characters are private, unassigned or replacement characters; or some
    are control characters, which no text holds; or there are many words, none of them common, and
    a third of them cannot be pronounced.
    """
    words = list(texts)
    letters = "".join(words)
    if not letters:
        return False
    kinds: Counter[str] = Counter()
    for char, count in Counter(letters).items():
        kinds[unicodedata.category(char)] += count
    strange = kinds["Co"] + kinds["Cn"] + letters.count("\ufffd")
    if strange > len(letters) / 3 or kinds["Cc"] > len(letters) / 20:
        return True
    plain = [word.strip(".,;:()") for word in words]
    plain = [word for word in plain if len(word) > 2 and any(c.isalpha() for c in word)]
    common = sum(word.casefold().strip(".,;:()") in _COMMON for word in words)
    if len(plain) < 30 or common:
        return False
    odd = sum(bool(_ODD.search(word)) or not _VOWEL.search(word) for word in plain)
    return odd > len(plain) / 3
