"""What is asked for against the labels that the documents have: which figures are meant?

Words are matched by their parts, endings and meanings; nothing that holds a digit ever is: years
and measures fit or do not. A figure is meant only if all that the question says of it is found in
its labels, and its labels say nothing that the question leaves out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from ingest.figures.grid import is_total
from ingest.types import Figure
from rag.question.signs import UNIT_KINDS
from rag.question.understanding import Understanding, bands_of
from rag.relevance import TextTerms, WeighedWord
from rag.shelf import Known
from rag.terms import plain, stem

_FOUND = 0.5  # of a word, to be found in a label
_AROUND = 0.6  # what stands in a caption or heading says less than the row itself
_ENOUGH = 0.72  # of the question's weight must be found in the labels
_ENOUGH_OF_PROSE = 0.8
_EARLIER = frozenset("tidigare foregaende forra".split())
_UNASKED = 0.55  # what a label says that the question does not
_COLUMN = 0.5  # the same of a column: "kvinnor" where nobody asked about women
_UNKNOWN = 2.0  # weight of a word that nothing knows
_MEANT = 2.5  # weight of a word that no document has, but that means what a label says
_SPELLED = 6  # letters of a word that may be misspelt
_PART = 4  # letters of a part of a compound
_MEANING = 0.85  # another word for it
_COMPOUND = 0.8  # "lokaler" in "Lokalhyror"
_MANY = 4  # words: a label that is a whole sentence
_GIST_OF_MANY = 0.2
_GIST = 0.34  # of a row's words must be asked for
_LEVELS = frozenset({"budget", "plan", "prognos", "utfall", "nuläge", "antal", "andel", ""})
_FITTING = {
    "budget": {"budget": 1.0, "plan": 0.9},
    "plan": {"plan": 1.0, "budget": 0.9},
    "prognos": {"prognos": 1.0, "": 0.5},
    "utfall": {"utfall": 1.0, "nuläge": 0.8, "": 0.6, "antal": 0.6, "andel": 0.6},
    "nuläge": {"nuläge": 1.0, "utfall": 0.9, "": 0.6, "antal": 0.6, "andel": 0.6},
    "målvärde": {"målvärde": 1.0},
    "avvikelse": {"avvikelse": 1.0},
}
_TOTALS = (("kommunbidrag", 0.9), ("nettokostnad", 0.8), ("summa", 0.7), ("total", 0.65))


@dataclass(frozen=True, slots=True)
class Match:
    """A figure that may be meant. `words` is how well its labels fit, `fit` how well its measure
    and period do; both from 0."""

    known: Known
    words: float
    fit: float

    @property
    def score(self) -> float:
        """Words count first."""
        return self.words + 0.3 * self.fit

    @property
    def figure(self) -> Figure:
        """The figure itself."""
        return self.known.figure


class Wanted:
    """The words of a question, ready to be looked for in labels."""

    def __init__(
        self, weighed: Sequence[WeighedWord], carried: Sequence[WeighedWord], text: str = ""
    ) -> None:
        self.required = [word for word in weighed if not word.idle]
        self.idle = [word for word in weighed if word.idle]
        self.carried = list(carried)
        said = [*weighed, *carried]
        self.said = TextTerms(
            " ".join([text, *(w.word for w in said), *(o for w in said for o in w.others)])
        )
        self._asked: dict[str, float] = {}
        self._shares: dict[tuple[int, str], float] = {}
        self.bands = bands_of(text)
        self.needed: list[WeighedWord] = list(self.required)
        self.unknown = len(self.idle)
        self.fits: dict[int, float] = {}
        """How well the labels of a figure fit, by the identity of its labels."""

        self._stems = [stem(plain(w.word)) for w in said] + [
            stem(plain(other)) for w in said for other in w.others
        ]

    def asks_for(self, label_word: str) -> bool:
        """Whether a word of a label is one of the question's, means the same, or is made of it."""
        return self.asks(label_word) > 0

    def asks(self, label_word: str) -> float:
        """How surely a label's word is asked for: 1 for the word itself, less for a compound of it
        ("personalkostnader" of "personalen")."""
        if label_word not in self._asked:
            bare = plain(label_word)
            word = WeighedWord(label_word, (), 1.0)
            made = any(
                len(part) >= _PART and (bare.startswith(part) or stem(bare).endswith(part))
                for part in self._stems
            )
            alike = share(self.said, word) >= _FOUND
            self._asked[label_word] = (
                1.0 if stem(bare) in self._stems else _COMPOUND if made or alike else 0.0
            )
        return self._asked[label_word]

    def share(self, text: TextTerms, word: WeighedWord) -> float:
        """`share` of this module, remembered: labels share their tables' headings."""
        key = id(text), word.word
        if key not in self._shares:
            self._shares[key] = share(text, word)
        return self._shares[key]

    def about(self, naming: str, required: Sequence[WeighedWord]) -> float:
        """How many of the words that a number is itself about, as a share of all: 0 to 1."""
        terms = TextTerms(naming)
        found = sum(share(terms, word) >= _FOUND for word in required)
        return found / len(required) if required else 0.0

    def settle(self, known: Sequence[Known]) -> None:
        """Work out which words must be found among these figures' labels; once for a question."""
        self.needed = self._required_of(known)
        self.fits.clear()

    def _required_of(self, known: Sequence[Known]) -> list[WeighedWord]:
        """The words that must be found: what a document knows, and what else a label means."""
        texts = {id(one.labels.own): one.labels.own for one in known}.values()
        meant: list[WeighedWord] = []
        for word in self.idle:
            if any(self.share(text, word) >= _FOUND for text in texts):
                meant.append(word)
            elif spelled := _spelled(word.word, texts):
                meant.append(replace(word, word=spelled))
                self._stems.append(stem(plain(spelled)))
                self._asked.clear()
        self.unknown = len(self.idle) - len(meant)
        return [*self.required, *(replace(w, weight=max(w.weight, _MEANT)) for w in meant)]


def _spelled(word: str, texts: Iterable[TextTerms]) -> str:
    """The word of a label that a misspelt one stands for; "" where none is near enough."""
    if len(word) < _SPELLED or any(char.isdigit() for char in word):
        return ""
    labels = {other for text in texts for other in text.words if len(other) >= _SPELLED}
    # letters aside from dots; a word's ending may differ
    near = process.extractOne(
        plain(word), {other: plain(other) for other in labels}, scorer=fuzz.ratio, score_cutoff=82
    )
    return near[2] if near else ""


def rank(known: Sequence[Known], wanted: Wanted, asked: Understanding) -> list[Match]:
    """The figures that may be meant, best first; those whose measure or year do not fit are out."""
    found: list[Match] = []
    for one in known:
        fit = fitness(one, asked)
        if fit <= 0:
            continue
        key = id(one.labels)
        if key not in wanted.fits:
            wanted.fits[key] = label_fit(one, wanted, wanted.needed)
        if wanted.fits[key] > 0:
            found.append(Match(one, wanted.fits[key], fit))
    return sorted(found, key=lambda match: -match.score)


def label_fit(known: Known, wanted: Wanted, required: Sequence[WeighedWord]) -> float:
    """How well a figure's labels are what is asked for: 0 where they are not."""
    labels = known.labels
    total = sum(word.weight for word in required)
    banded = bool(labels.bands) and labels.bands == wanted.bands
    if not total:
        return 0.9 if banded else 0.0 if wanted.idle else _general_fit(known, wanted)
    # what neither the documents nor their labels know may be idle talk, or just what is asked for
    total += _UNKNOWN * wanted.unknown
    row = known.figure.row[-1] if known.figure.row else ""
    # the total of a table is meant by what the table is called
    whole = is_total(row) and known.figure.sentence is None
    got, own, found_all = 0.0, banded, True
    for word in required:
        inside, near = wanted.share(labels.own, word), wanted.share(labels.around, word)
        called = 1.0 if wanted.share(labels.called, word) >= _FOUND else 0.0
        own = own or (inside >= _FOUND and not called)
        above = wanted.share(labels.above, word) if whole else 0.0
        found_all = found_all and max(inside, above, called) >= _FOUND
        got += word.weight * max(inside, called, above, _AROUND * near)
    covered = got / total
    enough = 0.75 * _ENOUGH if banded else _ENOUGH
    if not (own and covered >= enough) and not (whole and found_all):
        return 0.0
    helped = _carried(labels.own, labels.around, wanted)
    if known.figure.sentence is not None:
        if is_earlier(known, wanted) or covered < _ENOUGH_OF_PROSE:
            return 0.0
        about = wanted.about(" ".join(labels.naming), required)
        return covered + 0.2 * helped + 0.15 * about
    naming = () if whole and found_all else labels.naming
    asked_for = sum(map(wanted.asks, naming)) / len(naming) if naming else 0.6
    few = asked_for < (_GIST if len(naming) < _MANY else _GIST_OF_MANY)
    if naming and few and not _column_asked(known, wanted):
        return 0.0
    unasked = _UNASKED * (1 - asked_for)
    extra = [word for word in labels.column if not wanted.asks_for(word)]
    unasked += _COLUMN * len(extra) / len(labels.column) if labels.column else 0.0
    return max(covered + 0.2 * helped - unasked, 0.01)


def is_earlier(known: Known, wanted: Wanted) -> bool:
    """Whether a sentence's number is of an earlier report, and none is asked for."""
    return any(plain(w) in _EARLIER and not wanted.asks_for(w) for w in known.labels.naming)


def share(text: TextTerms, word: WeighedWord) -> float:
    """How much of a word a label holds, 0 to 1: itself, a meaning, or a part of a compound."""
    if text.holds(word):
        return 1.0
    found = text.share(word)
    if found >= _FOUND:
        return _MEANING
    part = stem(plain(word.word))
    if len(part) >= _PART and text.has_part(part):
        return _COMPOUND
    if len(part) == _PART - 1 and text.has_beginning_of_compound(part):  # "löner" in "löneökningar"
        return _COMPOUND
    return _COMPOUND if text.has_beginning(word.word, exact=word.exact) else 0.0


def _column_asked(known: Known, wanted: Wanted) -> bool:
    """Whether the column is what is asked for, so that the row may be the whole of it."""
    column = known.labels.column
    row = known.figure.row[-1] if known.figure.row else ""
    return bool(column) and all(map(wanted.asks_for, column)) and (is_total(row) or not row)


def _carried(own: TextTerms, around: TextTerms, wanted: Wanted) -> float:
    total = sum(word.weight for word in wanted.carried)
    if not total:
        return 0.0
    got = sum(
        word.weight * max(wanted.share(own, word), _AROUND * wanted.share(around, word))
        for word in wanted.carried
    )
    return got / total


def _general_fit(known: Known, wanted: Wanted) -> float:
    """Where the question names nothing but the board: the totals of its tables of money."""
    if not known.figure.row or known.figure.sentence is not None:
        return 0.0
    label = plain(known.figure.row[-1].casefold())
    worth = next((worth for name, worth in _TOTALS if name in label), 0.0)
    invests = known.labels.around.has_part("invester")
    return worth - 0.3 if worth and invests else worth


def fitness(known: Known, asked: Understanding) -> float:
    """How well measure and period fit; 0 where they contradict the question."""
    if asked.bands and not set(asked.bands) <= set(known.labels.bands):
        return 0.0
    return _measure_fit(known.figure, asked) * _period_fit(known, asked)


def same_kind(figure: Figure, kind: str) -> bool:
    """Whether a figure is a number of the kind that is asked for; "" is asked of none."""
    own = UNIT_KINDS.get(figure.unit, "")
    return not kind or not own or own == kind


def _measure_fit(figure: Figure, asked: Understanding) -> float:
    if not asked.measures:
        return 1.0 if figure.measure in _LEVELS or figure.unit == "risk" else 0.4
    best = 0.0
    for position, measure in enumerate(asked.measures):
        fit = _FITTING.get(measure, {measure: 1.0}).get(figure.measure, 0.0)
        best = max(best, fit - 0.05 * position)
    return best


def _period_fit(known: Known, asked: Understanding) -> float:
    return _months_fit(known.figure, asked) * _year_fit(known, asked)


def _year_fit(known: Known, asked: Understanding) -> float:
    year, main = known.figure.period.year, known.document.identity.years[:1]
    if asked.years:
        if year:
            return 1.0 if year in asked.years else 0.0
        return 0.5 if set(asked.years) & set(main) else 0.0
    if not year or not main:
        return 0.7
    return 1.0 if year == main[0] else 0.45


def _months_fit(figure: Figure, asked: Understanding) -> float:
    """How well the part of the year fits: a part is not the whole, nor another part."""
    period, months = figure.period, asked.months
    loose = figure.sentence is not None and not figure.measure
    if asked.whole_year and (period.interim or loose):
        return 0.0
    if not months[1]:
        # a budget is the year's, where nothing else is said
        whole = figure.measure in ("budget", "prognos", "avvikelse", "plan")
        return 0.6 if whole and period.interim else 1.0
    begins = months[0] == months[1] or period.first in (months[0], period.last)
    if period.last and (period.last != months[1] or not begins):
        return 0.0
    if months == (1, 12) or period.interim or figure.measure == "förändring":
        return 1.0
    return 0.5 if figure.measure == "avvikelse" else 0.0
