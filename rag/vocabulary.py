"""The different words of many labels, and which of them a question's word may be.

Says for a whole corpus what `rag.alike` says for two words, without looking at each of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from rag.alike import FORMS, PART, ROOT, alike
from rag.relevance import WeighedWord
from rag.terms import plain, stem

_BEGINNING = PART - 1  # letters that two words begin with, unless one holds the other
_SPELLED = 6  # letters of a word that may be misspelt
_LONG = 7  # letters: two of a longer word may be wrong
_WRONG = 2


class Vocabulary:
    """Different folded words."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = list(dict.fromkeys(words))
        self._known = frozenset(self._words)
        self._exact = _Spelling(self._words, self._words)
        self._plain = _Spelling(self._words, [plain(word) for word in self._words])
        self._roots: dict[str, list[str]] = defaultdict(list)
        self._by_first: dict[str, _Near] = defaultdict(_Near)
        for word in self._words:
            root = stem(plain(word))
            self._roots[root].append(word)
            if len(word) >= _SPELLED:
                self._by_first[root[:1]].words.append(word)
                self._by_first[root[:1]].roots.append(root)

    def alike(self, asked: WeighedWord) -> dict[str, float]:
        """The words that `asked`, or one that means the same, is, and how surely: above 0, to 1."""
        found: dict[str, float] = {}
        for word, exact in [(asked.word, asked.exact), *((other, True) for other in asked.others)]:
            for label in self._may_be(word, exact):
                sure = alike(word, label, exact=exact)
                if sure:
                    found[label] = max(sure, found.get(label, 0.0))
        return found

    def _may_be(self, word: str, exact: bool) -> set[str]:
        """Every word that `rag.alike.alike` may find alike, and more."""
        kept = exact or word != plain(word)
        spelling = self._exact if kept else self._plain
        asked = stem(word if kept else plain(word))
        begun = spelling.beginning.get(word[:_BEGINNING], ())
        return {*begun, *spelling.holding(asked), *self._known & {word, *_FORMS}}

    def halves(self, word: str) -> tuple[set[str], set[str]]:
        """The words that a compound may begin with, and those that it may end in."""
        word = plain(word)
        whole = stem(word)
        ends = (whole[at:] for at in range(len(whole) - _BEGINNING + 1))
        last = {label for end in ends for label in self._roots.get(end, ())}
        near = self._plain.beginning.get(word[:_BEGINNING], ()) if last else ()
        return {label for label in near if _begins(word, plain(label))}, last

    def spelled(self, word: str, may_be: Callable[[str], bool]) -> str:
        """The word that a misspelt one stands for, if it `may_be`; "" where none is near enough.

        One letter may be wrong, two in a long word, the first never; endings may differ.
        """
        if len(word) < _SPELLED or any(char.isdigit() for char in word):
            return ""
        asked = stem(plain(word))
        near = self._by_first.get(asked[:1])
        if near is None:
            return ""
        apart = cdist([asked], near.roots, scorer=OSA.distance, score_cutoff=_WRONG)[0]
        found = [
            (int(apart[place]), near.words[place])
            for place in (apart <= _WRONG).nonzero()[0]
            if apart[place] <= _allowed(asked, near.roots[place]) and may_be(near.words[place])
        ]
        return min(found, default=(0, ""))[1]


def _begins(word: str, label: str) -> bool:
    """Whether a compound may begin with a label's word (`rag.alike.parts`)."""
    root = stem(label)
    return label[:ROOT] == word[:ROOT] or (len(root) >= PART and word.startswith(root))


def _allowed(asked: str, root: str) -> int:
    return _WRONG if min(len(asked), len(root)) > _LONG else 1


@dataclass(frozen=True, slots=True)
class _Near:
    """Words that begin alike, and their roots."""

    words: list[str] = field(default_factory=list)
    roots: list[str] = field(default_factory=list)


_FORMS = frozenset({*FORMS, *FORMS.values()})


class _Spelling:
    """Words as they are spelled: by how they begin, and one after another to look for parts in."""

    def __init__(self, words: Sequence[str], spelled: Sequence[str]) -> None:
        self._words = words
        self.beginning: dict[str, list[str]] = defaultdict(list)
        for word, one in zip(words, spelled, strict=True):
            self.beginning[one[:_BEGINNING]].append(word)
        self._joined = "\n".join(spelled)
        self._ends = list(accumulate(len(one) + 1 for one in spelled))

    def holding(self, part: str) -> Iterator[str]:
        """The words that hold `part`."""
        at = self._joined.find(part) if part else -1
        while at >= 0:
            number = bisect_right(self._ends, at)
            yield self._words[number]
            at = self._joined.find(part, self._ends[number])
