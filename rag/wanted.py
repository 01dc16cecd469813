"""The words of a question, weighed, and how they are found in labels and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from rapidfuzz.distance import OSA

from ingest.figures.labels import measure_of
from rag.alike import FOUND, alike, held
from rag.question.limits import limits_of
from rag.question.understanding import bands_of
from rag.relevance import TextTerms, WeighedWord
from rag.shelf import Known, with_joined
from rag.terms import UNIT_WORDS, plain, stem, words

_MEANT = 2.5  # weight of a word that no document has, but that means what a label says
_SURELY = 0.95  # a form of the word itself
_WORD = 4  # letters of what makes a compound another thing
_SPELLED = 6  # letters of a word that may be misspelt
_LONG = 7  # letters: two of a longer word may be wrong
_WRONG = 2
_STAGE = re.compile(r"\b(efter|före|innan)\s+(?:den\s+|det\s+)?([^\W\d]{4,})")
# a place by its name: "Norra skolan" is not "Norrskolan", where that is all there is
_PROPER = re.compile(
    r"\b[A-ZÅÄÖ][a-zåäö]+\s(?:skola|skolan|förskola|förskolan|gården|biblioteket|boendet)\b"
)
_VARAV = re.compile(r"(?:varav|därav)\s+", re.I)
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
        self.bands = bands_of(text)
        self.needed: list[WeighedWord] = list(self.required)
        self.unknown = len(self.idle)
        self.fits: dict[int, float] = {}
        """How well the labels of a figure fit, by the identity of its labels."""

        self._adjectives = [w for w in dict.fromkeys(words(text)) if plain(w) in _ADJECTIVES]
        self.stages = {
            word: "after" if before.casefold() == "efter" else "before"
            for before, word in _STAGE.findall(text.casefold())
        }
        """The words after "efter" and "före": stages that a number stands on either side of."""
        self.counted = limits_of(text).counted
        """The noun after "hur många"; "" for none."""
        self._said = [plain(word) for word in words(text)]
        self._called = {_name(name) for name in _PROPER.findall(text)}
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

    def about(self, naming: str, required: Sequence[WeighedWord]) -> float:
        """How many of the words that a number is itself about, as a share of all: 0 to 1."""
        terms = TextTerms(naming)
        found = sum(held(terms, word) >= FOUND for word in required)
        return found / len(required) if required else 0.0

    def settle(self, known: Sequence[Known]) -> None:
        """Work out which words must be found among these figures' labels; once for a question."""
        every = {id(one.labels.own): one.labels.own for one in known}
        tabled = {id(k.labels.own): k.labels.own for k in known if k.figure.sentence is None}
        self.needed = self._required_of(list(every.values()))
        for adjective in self._adjectives:  # "nya simhallen" is not the one that there is
            word = WeighedWord(_ADJECTIVES[plain(adjective)], (), 1.0)
            if any(self.share(text, word) >= 1 for text in tabled.values()):
                self.needed.append(word)
        self.labelled = frozenset(
            word.word
            for word in self.needed
            if any(held(text, replace(word, others=())) >= FOUND for text in tabled.values())
        )
        self._names = self._named(known)
        self._heads = self._headed(known)
        rows = {(k.document.id, k.labels.naming) for k in known if k.figure.sentence is None}
        self._rows = {
            (document, word.word)
            for document, naming in rows
            for word in self.needed
            if len(naming) == 1 and alike(word.word, naming[0]) >= _SURELY
        }
        self.fits.clear()

    def _named(self, known: Sequence[Known]) -> list[tuple[str, ...]]:
        """The rows of several words that the question calls by their whole names, in plain
        letters: "Norra skolan" is not "Norrskolan"."""
        labels = {k.figure.row[-1] for k in known if k.figure.sentence is None and k.figure.row}
        names = {_name(label) for label in labels} | self._called
        return [name for name in sorted(names) if len(name) > 1 and _stands_in(name, self._said)]

    def _headed(self, known: Sequence[Known]) -> dict[tuple[str, str], set[tuple[str, ...]]]:
        """The columns of each table that the question calls by all their words, two or more: "från
        annan kommun"."""
        found: dict[tuple[str, str], set[tuple[str, ...]]] = {}
        for one in known:
            head = column_name(one)
            if len(head) > 1 and _stands_in(head, self._said):
                found.setdefault((one.document.id, one.figure.table), set()).add(head)
        return found

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

    def _required_of(self, texts: Sequence[TextTerms]) -> list[WeighedWord]:
        """The words that must be found: what a document knows, and what else a label means."""
        needed: list[WeighedWord] = []
        self.unknown = 0
        for word in [*self.required, *self.idle]:
            if any(self.share(text, word) >= FOUND for text in texts):
                needed.append(self._meant(word))
            elif spelled := _spelled(word.word, texts):
                self._meanings.append(spelled)
                self._asked.clear()
                needed.append(self._meant(replace(word, word=spelled)))
            elif word.idle:
                self.unknown += 1
            else:
                needed.append(word)
        return needed

    def _meant(self, word: WeighedWord) -> WeighedWord:
        return replace(word, weight=max(word.weight, _MEANT)) if word.idle else word


def column_name(known: Known) -> tuple[str, ...]:
    """The words of a figure's own column, in plain letters; none for a measure, a year, a unit."""
    head = _VARAV.sub("", known.figure.column[-1]) if known.figure.column else ""
    if known.figure.sentence is not None or measure_of(head):
        return ()
    return tuple(w for w in _name(head) if w not in UNIT_WORDS and not any(map(str.isdigit, w)))


def _stands_in(name: tuple[str, ...], said: Sequence[str]) -> bool:
    return any(tuple(said[at : at + len(name)]) == name for at in range(len(said)))


@lru_cache(maxsize=50_000)
def _name(label: str) -> tuple[str, ...]:
    return tuple(plain(word) for word in words(label))


def _spelled(word: str, texts: Iterable[TextTerms]) -> str:
    """The word of a label that a misspelt one stands for; "" where none is near enough.

    One letter may be wrong, two in a long word, the first never; endings may differ.
    """
    if len(word) < _SPELLED or any(char.isdigit() for char in word):
        return ""
    asked = stem(plain(word))
    best, nearest = "", _WRONG + 1
    for other in {other for text in texts for other in text.words if len(other) >= _SPELLED}:
        label = stem(plain(other))
        if label[:1] != asked[:1]:
            continue
        allowed = _WRONG if min(len(asked), len(label)) > _LONG else 1
        apart = OSA.distance(asked, label, score_cutoff=allowed)
        if apart <= allowed and (apart, other) < (nearest, best):
            best, nearest = other, apart
    return best
