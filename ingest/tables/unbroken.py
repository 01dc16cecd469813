"""The lines of a cell → its label as it is read, without the breaks of a narrow column.

The printed text is kept elsewhere; this is its reading form.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Sequence

_LAST = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*[-‐\u00ad]?\Z")
_FIRST = re.compile(r"[a-zåäöéü]+")
_HYPHENS = "-‐\u00ad"
_LINKS = frozenset("och eller samt respektive till".split())
_SUFFIX = 4  # letters by which a word's other forms may be longer: "delårsbokslut", "-slutet"


def unbroken(lines: Sequence[str], words: Collection[str]) -> str:
    """One line, where words broken at a line's end are whole again.

    `words` are those of the document, case folded. "Personalkost-", "nader" are joined where the
    whole word is among them, or neither part is; "Delårsbokslu", "t 2024" where the whole (or
    another form of it) is among them and the first part is not. "Drift-", "och" stays apart.
    """
    result = ""
    for line in lines:
        text = line.strip()
        if not result or not text:
            result += text
            continue
        result = _joined(result, text, words)
    return result


def _joined(before: str, line: str, words: Collection[str]) -> str:
    last, first = _LAST.search(before), _FIRST.match(line)
    if last is None or first is None:
        return f"{before} {line}"
    upper, lower = last[0].casefold(), first[0].casefold()
    if upper[-1] in _HYPHENS:
        return _rejoined(before, line, upper, lower, words)
    # "kostnad" after "netto": a whole word has no rest, though the document may hold both as one
    broken = upper not in words and _is_known(upper + lower, words)
    return f"{before}{line}" if broken else f"{before} {line}"


def _rejoined(before: str, line: str, upper: str, lower: str, words: Collection[str]) -> str:
    """Two lines of which the first ends in the hyphenated word `upper`, the next begins `lower`."""
    stem = upper.rstrip(_HYPHENS)
    if upper[-1] == "\u00ad":
        return before[:-1] + line
    if lower in _LINKS:  # "drift- och underhåll"
        return f"{before} {line}"
    whole = _is_known(stem + lower, words)
    hyphened = f"{stem}-{lower}" in words and stem + lower not in words
    apart = not whole and stem in words and lower in words
    return before + line if hyphened or apart else before[:-1] + line


def _is_known(word: str, words: Collection[str]) -> bool:
    """Whether the document holds a word, or a longer form of it."""
    if word in words:
        return True
    return len(word) > _SUFFIX and any(
        other.startswith(word) and len(other) - len(word) <= _SUFFIX for other in words
    )


def words_of(texts: Collection[str]) -> frozenset[str]:
    """The words of a document's texts, case folded, as `unbroken` asks for them."""
    return frozenset(
        itertools.chain.from_iterable(
            re.findall(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*", text.casefold()) for text in texts
        )
    )
