"""The labels of many figures by their words: which figures may a question mean at all?

What it leaves out fits no question (`rag.matching`, `rag.prose_fit`); what it keeps may.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from rag.alike import parts
from rag.relevance import TextTerms, WeighedWord
from rag.terms import plain, words
from rag.vocabulary import Vocabulary

_REMEMBERED = 500  # words of questions

Numbers = NDArray[np.int32]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A figure's labels: its `own`, those `around` it, and what its row and column are called.

    `place` is its document and table, `naming` the words that say what its row is about, `tabled`
    whether it stands in a table.
    """

    own: TextTerms
    around: Sequence[TextTerms]
    place: tuple[str, str]
    row: str
    naming: tuple[str, ...]
    column: tuple[str, ...]
    tabled: bool


class LabelIndex:
    """The labels of figures, each by its place."""

    def __init__(self, every: _EveryLabel, places: Numbers) -> None:
        self._every, self._places = every, places
        self._here = _marked(places, len(every.own))
        self._own = _marked(every.own[places], len(every.texts))
        tabled = places[every.row[places] >= 0]
        self._tabled = _marked(every.own[tabled], len(every.texts))
        self._rows = _marked(every.row[tabled], len(every.rows))

    @classmethod
    def of(cls, labelled: Iterable[Labelled]) -> LabelIndex:
        """An index of figures: the first is at place 0."""
        every = _EveryLabel(labelled)
        return cls(every, np.arange(len(every.own), dtype=np.int32))

    def among(self, places: Numbers) -> LabelIndex:
        """The same of some figures only; they keep their places."""
        return LabelIndex(self._every, places)

    @property
    def places(self) -> set[int]:
        """The places of all its figures."""
        return set(self._places.tolist())

    @property
    def tabled(self) -> set[int]:
        """The places of those in tables."""
        return set(self._places[self._every.row[self._places] >= 0].tolist())

    def is_own(self, asked: WeighedWord) -> bool:
        """Whether the own labels of some figure hold a word."""
        return bool(self._own[self._every.holding(asked)].any())

    def is_tabled(self, asked: WeighedWord) -> bool:
        """Whether the own labels of some figure of a table hold a word."""
        return bool(self._tabled[self._every.holding(asked)].any())

    def says(self, asked: WeighedWord, *, beside: WeighedWord | None = None) -> bool:
        """Whether the own labels of some figure of a table say a word itself, in any form, and
        what another word means `beside` it, if one is given."""
        said = self._every.saying(asked)
        if beside is not None:
            said = np.intersect1d(said, self._every.holding(beside))
        return bool(self._tabled[said].any())

    def spelled(self, word: str) -> str:
        """The word of own labels that a misspelt one stands for; "" where none is near enough."""
        return self._every.vocabulary.spelled(word, self._is_own_word)

    def _is_own_word(self, word: str) -> bool:
        return bool(self._own[self._every.with_word[word]].any())

    def rows_in(self, said: Sequence[str]) -> list[tuple[str, ...]]:
        """The rows of several words that stand in plain words, by their whole names."""
        rows = self._every.rows
        runs = _runs(said, self._every.longest_name)
        return sorted(run for run in runs if run in rows and self._rows[rows[run]])

    def heads_in(self, said: Sequence[str]) -> dict[tuple[str, str], set[tuple[str, ...]]]:
        """The columns of several words that stand in plain words, by document and table."""
        found: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
        for run in _runs(said, self._every.longest_name):
            for place in self._every.heads.get(run, ()):
                found[place].add(run)
        return found

    def calling(self, word: str, sure: float) -> set[str]:
        """The documents with a row that is called by a word alone, as surely as `sure`."""
        alike = self._every.naming.alike(WeighedWord(word, (), 1.0))
        labels = [label for label, share in alike.items() if share >= sure]
        return {document for label in labels for document in self._every.named_in[label]}

    def figures(self, asked: WeighedWord) -> set[int]:
        """The places of the figures that have a word in any of their labels."""
        held = self._every.holding(asked)
        found = {place for text in held for place in self._every.figures[text]}
        return {place for place in found if self._here[place]}


class _EveryLabel:
    """Different texts and words by their numbers, and what stands where."""

    def __init__(self, labelled: Iterable[Labelled]) -> None:
        self.texts: list[TextTerms] = []
        self.figures: list[array[int]] = []
        """The figures of each text."""
        self.rows: dict[tuple[str, ...], int] = {}
        """What rows are called, in plain words."""
        self._numbers: dict[int, int] = {}
        self.heads: dict[tuple[str, ...], set[tuple[str, str]]] = defaultdict(set)
        """Where columns of several words stand: documents and tables."""
        self.named_in: dict[str, set[str]] = defaultdict(set)
        """The documents whose rows are about one word."""
        own: list[int] = []
        row: list[int] = []
        for place, one in enumerate(labelled):
            if len(one.column) > 1:
                self.heads[one.column].add(one.place)
            if one.tabled and len(one.naming) == 1:
                self.named_in[one.naming[0]].add(one.place[0])
            own.append(self._number(one.own))
            for number in {own[-1], *map(self._number, one.around)}:
                self.figures[number].append(place)
            name = name_of(one.row)
            row.append(self.rows.setdefault(name, len(self.rows)) if one.tabled else -1)
        self.own: Numbers = np.array(own, np.int32)
        """The text of each figure's own labels."""
        self.row: Numbers = np.array(row, np.int32)
        """What the row of each figure is called; -1 in prose."""
        self.longest_name = max(map(len, [*self.rows, *self.heads]), default=0)
        self.naming = Vocabulary(self.named_in)
        self.with_word: dict[str, array[int]] = defaultdict(partial(array, "i"))
        """The texts that have a word."""
        for number, text in enumerate(self.texts):
            for word in text.words:
                self.with_word[word].append(number)
        self._numbers.clear()
        self.vocabulary = Vocabulary(self.with_word)
        self._found: dict[tuple[str, tuple[str, ...], bool], Numbers] = {}

    def _number(self, text: TextTerms) -> int:
        if id(text) not in self._numbers:
            self._numbers[id(text)] = len(self.texts)
            self.texts.append(text)
            self.figures.append(array("i"))
        return self._numbers[id(text)]

    def holding(self, asked: WeighedWord) -> Numbers:
        """The texts that hold a word, a form, a compound, or a word for the same."""
        key = asked.word, asked.others, asked.exact
        if key not in self._found:
            if len(self._found) > _REMEMBERED:
                self._found.clear()
            self._found[key] = np.array(sorted(self._look_for(asked)), np.int32)
        return self._found[key]

    def _look_for(self, asked: WeighedWord) -> set[int]:
        found = self._with_any(self.vocabulary.alike(asked))
        for word in (asked.word, *asked.others):
            first, last = self.vocabulary.halves(word)
            both = self._with_any(first) & self._with_any(last if first else ()) - found
            found |= {n for n in both if parts(word, self.texts[n].words)}
        return found

    def _with_any(self, words_: Iterable[str]) -> set[int]:
        return {text for word in words_ for text in self.with_word[word]}

    def saying(self, asked: WeighedWord) -> Numbers:
        """The texts that say a word itself, in any form."""
        alike = self.vocabulary.alike(asked)
        sure = self._with_any(word for word, share in alike.items() if share >= 1)
        return np.array(sorted(sure), np.int32)


def _runs(said: Sequence[str], longest: int) -> set[tuple[str, ...]]:
    """The words that follow each other, two or more."""
    return {
        tuple(said[at : at + length])
        for length in range(2, min(longest, len(said)) + 1)
        for at in range(len(said) - length + 1)
    }


def _marked(numbers: Numbers, size: int) -> Marks:
    """Which of `size` things are among `numbers`."""
    marks = np.zeros(size, bool)
    marks[numbers] = True
    return marks


def name_of(label: str) -> tuple[str, ...]:
    """The words of a label in plain letters."""
    return tuple(plain(word) for word in words(label))
