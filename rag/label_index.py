"""The labels of many figures by their words: which figures may a question mean at all?

What it leaves out fits no question (`rag.matching`, `rag.prose_fit`); what it keeps may.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rag.alike import parts
from rag.relevance import TextTerms, WeighedWord
from rag.terms import plain, words
from rag.vocabulary import Vocabulary

_REMEMBERED = 500  # words of questions


@dataclass(frozen=True, slots=True)
class Labelled:
    """A figure's labels: its `own`, those `around` it, and what its row is called.

    `tabled` says whether it stands in a table.
    """

    own: TextTerms
    around: Sequence[TextTerms]
    row: str
    tabled: bool


@dataclass(slots=True)
class _Texts:
    """Different texts by their numbers: their words, where each stands, whose own they are."""

    every: list[TextTerms] = field(default_factory=list)
    own: set[int] = field(default_factory=set)
    tabled: set[int] = field(default_factory=set)
    figures: list[list[int]] = field(default_factory=list)
    _number: dict[int, int] = field(default_factory=dict)

    def number(self, text: TextTerms) -> int:
        if id(text) not in self._number:
            self._number[id(text)] = len(self.every)
            self.every.append(text)
            self.figures.append([])
        return self._number[id(text)]


class LabelIndex:
    """The labels of figures, each by its place in `labelled`."""

    def __init__(self, labelled: Iterable[Labelled]) -> None:
        self._texts = texts = _Texts()
        self.size = 0
        self.tabled: set[int] = set()
        self._rows: set[tuple[str, ...]] = set()
        for place, one in enumerate(labelled):
            self.size = place + 1
            own = texts.number(one.own)
            texts.own.add(own)
            for number in {own, *map(texts.number, one.around)}:
                texts.figures[number].append(place)
            if one.tabled:
                self.tabled.add(place)
                texts.tabled.add(own)
                self._rows.add(name_of(one.row))
        self._longest = max(map(len, self._rows), default=0)
        self._vocabulary = Vocabulary(word for text in texts.every for word in text.words)
        self._holding: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(texts.every):
            for word in text.words:
                self._holding[word].append(number)
        self._found: dict[tuple[str, tuple[str, ...], bool], set[int]] = {}

    def holding(self, asked: WeighedWord) -> set[int]:
        """The texts that hold a word, a form, a compound, or a word for the same."""
        key = asked.word, asked.others, asked.exact
        if key not in self._found:
            if len(self._found) > _REMEMBERED:
                self._found.clear()
            self._found[key] = self._look_for(asked)
        return self._found[key]

    def _look_for(self, asked: WeighedWord) -> set[int]:
        called = self._vocabulary.words
        found = {n for w in self._vocabulary.alike(asked) for n in self._holding[called[w]]}
        for word in (asked.word, *asked.others):
            first, last = self._vocabulary.halves(word)
            both = self._of_any(first) & self._of_any(last) - found
            found |= {n for n in both if parts(word, tuple(self._texts.every[n].words))}
        return found

    def _of_any(self, numbers: Iterable[int]) -> set[int]:
        called = self._vocabulary.words
        return {text for number in numbers for text in self._holding[called[number]]}

    def is_own(self, asked: WeighedWord) -> bool:
        """Whether the own labels of some figure hold a word."""
        return not self._texts.own.isdisjoint(self.holding(asked))

    def is_tabled(self, asked: WeighedWord) -> bool:
        """Whether the own labels of some figure of a table hold a word."""
        return not self._texts.tabled.isdisjoint(self.holding(asked))

    def says(self, asked: WeighedWord) -> bool:
        """Whether the own labels of some figure of a table say a word itself, in any form."""
        sure = self._vocabulary.alike(asked)
        whole = [number for number, one in sure.items() if one >= 1]
        return not self._texts.tabled.isdisjoint(self._of_any(whole))

    def spelled(self, word: str) -> str:
        """The word of own labels that a misspelt one stands for; "" where none is near enough."""
        return self._vocabulary.spelled(word, self._is_own_word)

    def _is_own_word(self, word: str) -> bool:
        return not self._texts.own.isdisjoint(self._holding[word])

    def rows_in(self, said: Sequence[str]) -> list[tuple[str, ...]]:
        """The rows of several words that stand in plain words, by their whole names."""
        runs = {
            tuple(said[at : at + length])
            for length in range(2, self._longest + 1)
            for at in range(len(said) - length + 1)
        }
        return sorted(runs & self._rows)

    def figures(self, texts: Iterable[int]) -> set[int]:
        """The places of the figures that some texts belong to."""
        return {place for text in texts for place in self._texts.figures[text]}


def name_of(label: str) -> tuple[str, ...]:
    """The words of a label in plain letters."""
    return tuple(plain(word) for word in words(label))
