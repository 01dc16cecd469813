"""The words of a question, weighed, and how they are found in labels and sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from ingest.figures.labels import counts_people, measure_of
from ingest.types import Table
from rag.alike import FOUND, alike, held, parts
from rag.label_index import LabelIndex, name_of
from rag.question.limits import limits_of
from rag.question.understanding import bands_of
from rag.relevance import TextTerms, WeighedWord
from rag.shelf import Known, Labels, column_name, with_joined
from rag.terms import plain, stem, words

_MEANT = 2.5  # weight of a word that no document has, but that means what a label says
_WHOLE_GROUP = 4  # words: as many as a group of people weighs that no label knows
_SURELY = 0.95  # a form of the word itself
_WORD = 4  # letters of what makes a compound another thing
_STAGE = re.compile(r"\b(efter|före|innan)\s+(?:den\s+|det\s+)?([^\W\d]{4,})")
# a place by its name: "Norra skolan" is not "Norrskolan", where that is all there is
_PROPER = re.compile(
    r"\b[A-ZÅÄÖ][a-zåäö]+\s(?:skola|skolan|förskola|förskolan|gården|biblioteket|boendet)\b"
)
_NUMBER = re.compile(r"(?<![\d.,–-])\b\d{1,3}\b(?![\d.,]*\d|\s?[–-]\s?\d|\s?%)")
_WHICH = re.compile(r"\bvilk(?:en|et|a)\s+(?:av\s+)?([^\W\d]+)")
_ADJECTIVES = {"nya": "ny", "nytt": "ny", "ny": "ny", "gamla": "gammal", "gammal": "gammal"}


class Wanted:
    """The words of a question, ready to be looked for in labels."""

    def __init__(
        self, weighed: Sequence[WeighedWord], carried: Sequence[WeighedWord], text: str = ""
    ) -> None:
        self.required = [word for word in weighed if not word.idle]
        self.idle = [word for word in weighed if word.idle]
        self.carried = list(carried)
        said = " ".join([text, *(w.word for w in [*weighed, *carried])])
        self.said = TextTerms(with_joined(said))
        self._meanings = [other for w in [*weighed, *carried] for other in w.others]
        self._asked: dict[str, float] = {}
        self._shares: dict[tuple[int, str, bool], float] = {}
        self._parted: dict[tuple[int, int, str], set[str]] = {}
        self._columns: dict[tuple[str, str, str], bool] = {}
        self.bands = bands_of(text)
        self.numbers = frozenset(_NUMBER.findall(text))
        """Small numbers that stand for themselves: the 8 of "årskurs 8"; no years, no ranges."""

        self.needed: list[WeighedWord] = list(self.required)
        self.unknown = len(self.idle)
        self.fits: dict[int, float] = {}
        """How well the labels of a figure fit, by the identity of its labels."""

        said_in_turn = words(text)
        pairs = zip_longest(said_in_turn, said_in_turn[1:], fillvalue="")
        self._described = [pair for pair in dict.fromkeys(pairs) if plain(pair[0]) in _ADJECTIVES]
        self.stages = {
            word: "after" if before.casefold() == "efter" else "before"
            for before, word in _STAGE.findall(text.casefold())
        }
        """The words after "efter" and "före": stages that a number stands on either side of."""
        self.counted = limits_of(text).counted
        """The noun after "hur många"; "" for none."""
        which = _WHICH.search(text.casefold())
        self.which = which[1] if which else ""
        """The noun after "vilken": what the rows of a ranking are."""
        self._said = [plain(word) for word in words(text)]
        self._called = {name_of(name) for name in _PROPER.findall(text)}
        self._names: list[tuple[str, ...]] = []
        self._rows: set[tuple[str, str]] = set()
        self._heads: dict[tuple[str, str], set[tuple[str, ...]]] = {}
        self.labelled: frozenset[str] = frozenset()
        """Those of the needed words that label some figure of a table."""

    def asks_for(self, label_word: str) -> bool:
        """Whether a word of a label is one of the question's, means the same, or is made of it."""
        return self.asks(label_word) > 0

    def asks(self, label_word: str) -> float:
        """How surely a label's word is asked for: 1 for the word itself, less for a compound of it
        ("personalkostnader" of "personalen") or a word that means the same."""
        if label_word not in self._asked:
            said = max((alike(word, label_word) for word in self.said.words), default=0.0)
            meant = max((alike(word, label_word) for word in self._meanings), default=0.0)
            self._asked[label_word] = max(said, meant)
        return self._asked[label_word]

    def share(self, text: TextTerms, word: WeighedWord) -> float:
        """How much of a word a label holds, remembered: labels share their tables' headings."""
        key = id(text), word.word, bool(word.others)
        if key not in self._shares:
            self._shares[key] = held(text, word)
        return self._shares[key]

    def parted(self, labels: Labels, word: WeighedWord) -> set[str]:
        """The words of a row or column that make a compound with one above them: "median" of
        "medianväntetid", in a column "Median 2024" under "Väntetider"."""
        key = id(labels.own), id(labels.around), word.word
        if key not in self._parted:
            own = set(labels.own.words)
            begins = any(plain(said).startswith(plain(word.word)[:_WORD]) for said in own)
            both = [*labels.own.words, *labels.around.words]
            found = parts(word.word, both) if begins and len(word.word) > 2 * _WORD else set[str]()
            self._parted[key] = found & own if found - own else set()
        return self._parted[key]

    def is_elsewhere(self, known: Known, word: WeighedWord) -> bool:
        """Whether a word labels some other figure, or, where no document has it, means another
        column of a figure's table: "lokaldelen" is "Lokaler"."""
        if word.word in self.labelled or not word.idle or known.table is None:
            return word.word in self.labelled
        key = known.document.id, known.table.id, word.word
        if key not in self._columns:
            self._columns[key] = bool(columns_of(known.table, word))
        return self._columns[key]

    def about(self, naming: str, required: Sequence[WeighedWord]) -> float:
        """How many of the words that a number is itself about, as a share of all: 0 to 1."""
        terms = TextTerms(naming)
        found = sum(held(terms, word) >= FOUND for word in required)
        return found / len(required) if required else 0.0

    def settle(self, labels: LabelIndex) -> None:
        """Work out which words must be found among these labels; once for a question."""
        self.needed = self._required_of(labels)
        for adjective, thing in self._described:  # "nya simhallen" is not the one that there is
            word = WeighedWord(_ADJECTIVES[plain(adjective)], (), 1.0)
            beside = None if measure_of(thing) else WeighedWord(thing, (), 1.0)
            if labels.says(word, beside=beside):
                self.needed.append(word)
        self.labelled = frozenset(
            word.word for word in self.needed if labels.is_tabled(replace(word, others=()))
        )
        called = {name for name in self._called if len(name) > 1}
        self._names = sorted({*labels.rows_in(self._said), *called})
        self._heads = labels.heads_in(self._said)
        self._rows = {
            (document, word.word)
            for word in self.needed
            for document in labels.calling(word.word, _SURELY)
        }
        self.fits.clear()

    def possible(self, labels: LabelIndex) -> list[int]:
        """The places of the figures that may be meant, in order; what is left out fits nothing."""
        if not self.needed:
            return sorted(labels.places)
        found = [labels.figures(word) for word in self.needed]
        told = set.intersection(*found) - labels.tabled
        must = [
            places
            for word, places in zip(self.needed, found, strict=True)
            if word.word in self.labelled and word.word not in self.stages
        ]
        tabled = set.intersection(*must) if must else set.union(*found)
        return sorted(told | (tabled & labels.tabled))

    def keeps_heads(self, known: Known) -> bool:
        """Whether a figure stands in a column that the question calls by its words, if its table
        has one."""
        heads = self._heads.get((known.document.id, known.figure.table))
        return heads is None or column_name(known) in heads

    def keeps_row(self, known: Known, word: WeighedWord) -> bool:
        """Whether a row may be what a word means, where another row of the document is called just
        that: "Bygglovsavgifter" is not "Bygglov", unless fees are asked for too."""
        if (known.document.id, word.word) not in self._rows:
            return True
        forms = [(alike(word.word, other), other) for other in known.labels.naming]
        best, label = max(forms, default=(1.0, ""))
        begins = stem(plain(word.word))
        if not FOUND <= best < _SURELY or not plain(label).startswith(begins):
            return True
        rest = plain(label).removeprefix(begins).lstrip("s")
        others = [plain(other) for other in self.said.words if other != word.word]
        return len(rest) < _WORD or any(alike(other, rest) >= FOUND for other in others)

    def keeps_names(self, own: TextTerms) -> bool:
        """Whether labels hold each word of the names that the question gives, if they hold any."""
        said = {plain(word) for word in own.words}
        return all(
            all(any(alike(word, other) >= 1 for other in said) for word in name)
            or all(max((alike(w, o) for o in said), default=0.0) < FOUND for w in name)
            for name in self._names
        )

    def _required_of(self, labels: LabelIndex) -> list[WeighedWord]:
        """The words that must be found: what a document knows, and what else a label means."""
        needed: list[WeighedWord] = []
        self.unknown = 0
        for word in [*self.required, *self.idle]:
            if labels.is_own(word):
                needed.append(self._meant(word))
            elif spelled := labels.spelled(word.word):
                self._meanings.append(spelled)
                self._asked.clear()
                needed.append(self._meant(replace(word, word=spelled)))
            elif word.idle:  # of "vuxna" nothing is said where only "barn" are known
                self.unknown += _WHOLE_GROUP if counts_people(word.word) else 1
            else:
                needed.append(word)
        return needed

    def _meant(self, word: WeighedWord) -> WeighedWord:
        return replace(word, weight=max(word.weight, _MEANT)) if word.idle else word


def columns_of(table: Table, word: WeighedWord) -> list[int]:
    """The columns of a table whose heads hold a word."""
    heads = (cell for cell in table.cells if cell.row < table.header_rows)
    return [cell.column for cell in heads if held(TextTerms(cell.text), word) >= FOUND]
