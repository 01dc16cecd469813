"""What people say beside what boards write: questions with their answers, and word by word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from rag.word_parts import split
from training.corpus_text import Numbering

_ENDING = 4  # letters that a formal word may add: "sjukfrånvaro", "sjukfrånvarons"


def read_pairs(paths: Iterable[Path]) -> list[tuple[str, str]]:
    """Question and answering sentence of each line; lines without a tab are left out."""
    lines = (line for path in paths for line in path.read_text(encoding="utf-8").splitlines())
    return [(left, right) for left, tab, right in (line.partition("\t") for line in lines) if tab]


def as_pairs(entries: Iterable[tuple[tuple[str, ...], tuple[str, ...]]]) -> list[tuple[str, str]]:
    """Each lay word or phrase beside all formal words of its line."""
    return [(one, " ".join(formal)) for lay, formal in entries for one in lay]


def replacements(
    entries: Iterable[tuple[tuple[str, ...], tuple[str, ...]]], numbering: Numbering
) -> dict[int, list[int]]:
    """Number of a formal word, in any form → numbers of the single lay words for it."""
    by_word: dict[str, set[str]] = defaultdict(set)
    for lay, formal in entries:
        single = {one for one in lay if len(split(one)) == 1 and len(one) > 2}
        for word in formal:
            if len(split(word)) == 1 and len(word) > 4:
                by_word[word.lower()] |= single
    found: dict[int, list[int]] = {}
    for name, number in list(numbering.of.items()):
        for end in range(max(5, len(name) - _ENDING), len(name) + 1):
            for lay_word in sorted(by_word.get(name[:end], ())):
                found.setdefault(number, []).extend(numbering.numbers(lay_word))
    return found
