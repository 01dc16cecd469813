"""Raw pages → the same pages with what no reader can see taken out, and what could not be read.

Text laid invisibly under a scanned picture (as OCR programs do) is read; other hidden text is
not, because a citation of it could not be seen on the page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ingest.types import Problem, RawPage

_COMMON = frozenset(
    "och i att det som en på är av för med till den har de inte om ett men kan från vid under "
    "ska samt per år inom nämnden eller även the of and to in for on is by".split()
)
_ODD = re.compile(
    r"[a-zåäö][A-ZÅÄÖ]|[^\W\d_]\d+[^\W\d_]|[bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ]{6}"
)
_VOWEL = re.compile(r"[aeiouyåäöéüæø]", re.I)


_SCANNED = 0.5  # of a page covered by pictures: what lies hidden under them is what they show
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
    hidden = len(page.words) - len(seen)
    if page.pictured > _SCANNED and hidden > 10 * len(seen):
        # an OCR layer: what it says is what the picture shows, so far as the program could see
        shown = replace(page, words=tuple(replace(word, hidden=False) for word in page.words))
        if _is_garbage(word.text for word in page.words):
            return _garbage(page)
        return Legible(shown, True)
    visible = replace(page, words=seen)
    if not seen and page.pictured > _PICTURE:
        text = "sidan är en bild utan text (skannad)"
        return Legible(visible, False, Problem(text, page.number), scanned=True)
    if _is_garbage(word.text for word in seen):
        return _garbage(page)
    if hidden:
        text = f"{hidden} ord på sidan är osynliga för läsaren och har lämnats därhän"
        return Legible(visible, True, Problem(text, page.number, informs=True))
    return Legible(visible, True)


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
    kinds = [unicodedata.category(char) for char in letters]
    strange = sum(kind in ("Co", "Cn") for kind in kinds) + letters.count("\ufffd")
    if strange > len(letters) / 3 or kinds.count("Cc") > len(letters) / 20:
        return True
    plain = [word.strip(".,;:()") for word in words]
    plain = [word for word in plain if len(word) > 2 and any(c.isalpha() for c in word)]
    common = sum(word.casefold().strip(".,;:()") in _COMMON for word in words)
    if len(plain) < 30 or common:
        return False
    odd = sum(bool(_ODD.search(word)) or not _VOWEL.search(word) for word in plain)
    return odd > len(plain) / 3
