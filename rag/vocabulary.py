"""The different words of many labels, and which of them a question's word may be.

Says for a whole corpus what `rag.alike` says for two words, without looking at each of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from rag.alike import FORMS, PART, alike
from rag.relevance import WeighedWord
from rag.terms import plain, stem

_BEGINNING = PART - 1  # letters that two words begin with, unless one holds the other
_SPELLED = 6  # letters of a word that may be misspelt
_LONG = 7  # letters: two of a longer word may be wrong
_WRONG = 2


class Vocabulary:
    """Different folded words, by their numbers: their places in `words`."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = list(dict.fromkeys(words))
        self._number = {word: number for number, word in enumerate(self.words)}
        self._exact = _Forms(self.words)
        self._plain = _Forms([plain(word) for word in self.words])
        self._roots: dict[str, list[int]] = defaultdict(list)
        self._by_first: dict[str, _Near] = defaultdict(_Near)
        for number, word in enumerate(self.words):
            root = stem(plain(word))
            self._roots[root].append(number)
            if len(word) >= _SPELLED:
                self._by_first[root[:1]].words.append(word)
                self._by_first[root[:1]].roots.append(root)

    def alike(self, asked: WeighedWord) -> dict[int, float]:
        """The words that `asked`, or one that means the same, is, and how surely: above 0, to 1."""
        found: dict[int, float] = {}
        for word, exact in [(asked.word, asked.exact), *((other, True) for other in asked.others)]:
            for number in self._may_be(word, exact):
                sure = alike(word, self.words[number], exact=exact)
                if sure:
                    found[number] = max(sure, found.get(number, 0.0))
        return found

    def _may_be(self, word: str, exact: bool) -> set[int]:
        """Every word that `rag.alike.alike` may find alike, and more."""
        kept = exact or word != plain(word)
        forms = self._exact if kept else self._plain
        asked = stem(word if kept else plain(word))
        begun = forms.beginning.get(word[:_BEGINNING], ())
        other_forms = (self._number[one] for one in _FORMS if one in self._number)
        same = (self._number[word],) if word in self._number else ()
        return {*begun, *forms.holding(asked), *other_forms, *same}

    def halves(self, word: str) -> tuple[set[int], set[int]]:
        """The words that a compound may begin with, and those that it may end in."""
        word = plain(word)
        whole = stem(word)
        ends = (whole[at:] for at in range(len(whole) - _BEGINNING + 1))
        last = {number for end in ends for number in self._roots.get(end, ())}
        return set(self._plain.beginning.get(word[:_BEGINNING], ())), last

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


def _allowed(asked: str, root: str) -> int:
    return _WRONG if min(len(asked), len(root)) > _LONG else 1


@dataclass(frozen=True, slots=True)
class _Near:
    """Words that begin alike, and their roots."""

    words: list[str] = field(default_factory=list)
    roots: list[str] = field(default_factory=list)


_FORMS = frozenset({*FORMS, *FORMS.values()})


class _Forms:
    """Words in one spelling: by how they begin, and one after another to look for parts in."""

    def __init__(self, words: list[str]) -> None:
        self.beginning: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(words):
            self.beginning[word[:_BEGINNING]].append(number)
        self._joined = "\n".join(words)
        self._ends = list(accumulate(len(word) + 1 for word in words))

    def holding(self, part: str) -> Iterator[int]:
        """The numbers of the words that hold `part`."""
        at = self._joined.find(part) if part else -1
        while at >= 0:
            number = bisect_right(self._ends, at)
            yield number
            at = self._joined.find(part, self._ends[number])
