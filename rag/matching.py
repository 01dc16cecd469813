"""What is asked for against the labels that the documents have: which figures are meant?

Words are matched by their parts, endings and meanings; nothing that holds a digit ever is: years
and measures fit or do not. A figure is meant only if all that the question says of it is found in
its labels, and its labels say nothing that the question leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.figures.grid import is_total
from ingest.types import Figure
from rag.alike import FOUND, held, is_of_a_kind, parts
from rag.fitness import fitness
from rag.prose_fit import is_earlier, prose_fit
from rag.question.asked import Understanding
from rag.relevance import TextTerms, WeighedWord
from rag.shelf import Known
from rag.terms import plain
from rag.wanted import Wanted, columns_of

_AROUND = 0.6  # what stands in a caption or heading says less than the row itself
_ENOUGH = 0.72  # of the question's weight must be found in the labels
_REST = frozenset("ovriga ovrig ovrigt annan annat andra".split())
_UNASKED = 0.55  # what a label says that the question does not
_COLUMN = 0.5  # the same of a column: "kvinnor" where nobody asked about women
_UNKNOWN = 2.0  # weight of a word that nothing knows
_SURELY = 0.95  # a form of the word itself
_CALLED = 0.75  # of a word that is also what some row is called
_COMPOUND = 0.8  # "lokaler" in "Lokalhyror"
_MANY = 4  # words: a label that is a whole sentence
_GIST_OF_MANY = 0.2
_GIST = 0.34  # of a row's words must be asked for
_GIST_OF_FIRST = 0.3  # if its first is: "Anmälningar om barn och unga"
_YEAR_ROW = re.compile(r"(?:ar )?(?:19|20)\d\d")
_OF_A_YEAR = 0.9
_OF_SUM, _OF_A_PART = 0.7, 0.3
_OF_BOARD = frozenset({"nämnd", "nämnden", "nämndens", "netto", "drift", "verksamhet"})
_TOTALS = (
    ("kommunbidrag", 0.9),
    ("nettokostnad", 0.8),
    ("summa", _OF_SUM),
    ("total", 0.65),
)


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


def rank(known: Sequence[Known], wanted: Wanted, asked: Understanding) -> list[Match]:
    """The figures that may be meant, best first; those whose measure or year do not fit are out."""
    found: list[Match] = []
    for one in known:
        fit = fitness(one, asked)
        told = one.figure.sentence is not None
        if fit <= 0 or (told and is_earlier(one, wanted, asked)):
            continue
        key = id(one.labels)
        if key not in wanted.fits:
            wanted.fits[key] = (
                label_fit(one, wanted, wanted.needed, general=asked.whole_board)
                if one.figure.sentence is None
                else prose_fit(one, wanted, wanted.needed, asked)
            )
        if wanted.fits[key] > 0:
            found.append(Match(one, wanted.fits[key], fit))
    return sorted(found, key=lambda match: -match.score)


def label_fit(
    known: Known, wanted: Wanted, required: Sequence[WeighedWord], *, general: bool
) -> float:
    """How well a figure's labels are what is asked for: 0 where they are not.

    `general` says that a question without a subject may mean the board as a whole.
    """
    labels = known.labels
    total = sum(word.weight for word in required)
    banded = bool(labels.bands) and labels.bands == wanted.bands
    if not total:
        return 0.9 if banded else 0.0 if wanted.idle or not general else _general_fit(known, wanted)
    # what neither the documents nor their labels know may be idle talk, or just what is asked for
    total += _UNKNOWN * wanted.unknown
    # the total of a table is meant by what the table is called
    row = known.figure.row[-1] if known.figure.row else ""
    found = _found(known, wanted, required, whole=is_total(row))
    if found is None:
        return 0.0
    covered = found.got / total
    enough = 0.75 * _ENOUGH if banded else _ENOUGH
    whole = is_total(row) and found.all and not wanted.unknown
    if not ((banded or found.own) and covered >= enough) and not whole:
        return 0.0
    helped = _carried(labels.own, labels.around, wanted)
    naming = () if whole else labels.naming
    rest = (*naming, *(word.casefold() for word in " ".join(known.figure.column).split()))
    if any(plain(word) in _REST and not wanted.asks_for(word) for word in rest):
        return 0.0  # "Övriga intäkter" are not the income
    inside = {part for word in required for part in parts(word.word, list(labels.own.words))}
    inside |= {part for word in required for part in wanted.parted(labels, word)}
    asks = [max(wanted.asks(word), _COMPOUND if word in inside else 0.0) for word in naming]
    asked_for = sum(asks) / len(naming) if naming else 0.6
    few = asked_for < (_GIST if len(naming) < _MANY else _GIST_OF_MANY)
    few = few and not (asks[0] >= _SURELY and asked_for >= _GIST_OF_FIRST)
    if naming and few and not _column_asked(known, wanted):
        return 0.0
    unasked = _UNASKED * (1 - asked_for)
    extra = [w for w in labels.column if not (w in inside or wanted.asks_for(w))]
    unasked += _COLUMN * len(extra) / len(labels.column) if labels.column else 0.0
    return max(covered + 0.2 * helped - unasked, 0.01)


@dataclass(frozen=True, slots=True)
class _Found:
    """How much of a question's words labels hold: their weight, whether any is the row's or
    column's own, whether all are found there or above the table."""

    got: float
    own: bool
    all: bool


def _found(
    known: Known, wanted: Wanted, required: Sequence[WeighedWord], *, whole: bool
) -> _Found | None:
    """What labels hold of the words; None where a word labels something else."""
    labels = known.labels
    if not (wanted.keeps_names(labels.own) and wanted.keeps_heads(known)):
        return None
    got, own, everything = 0.0, False, True
    for word in required:
        inside, near = wanted.share(labels.own, word), wanted.share(labels.around, word)
        if word.word == wanted.counted and is_of_a_kind(labels.own, required, word):
            return None
        itself = inside >= FOUND and _is_the_stage_itself(known, wanted, word)
        if itself or not wanted.keeps_row(known, word):
            return None
        called = 1.0 if wanted.share(labels.called, word) >= FOUND else 0.0
        if called and inside < FOUND and word.word in wanted.labelled:
            called = _CALLED  # "barn" is a row, and a part of the board's name
        # "Årets resultat" above a table does not make its sum the result
        named = whole and not plain(word.word).startswith("resultat")
        above = wanted.share(labels.above, word) if named else 0.0
        if word.word == wanted.counted and not known.figure.unit and max(inside, near) < _SURELY:
            return None  # "elever" are not counted by "Fel i elevregister"
        if max(inside, near, called, above) < FOUND and wanted.parted(labels, word):
            inside = _COMPOUND
        if max(inside, near, called, above) < FOUND and wanted.is_elsewhere(known, word):
            if not _is_stage(known, wanted, word):
                return None
            near = 1.0
        own = own or (inside >= FOUND and not called)
        everything = everything and max(inside, above, called) >= FOUND
        got += word.weight * max(inside, called, above, _AROUND * near)
    return _Found(got, own, everything)


def _is_the_stage_itself(known: Known, wanted: Wanted, word: WeighedWord) -> bool:
    """Whether a column is what the question asks for the time after, or before, of."""
    way = wanted.stages.get(word.word)
    column = " ".join(known.figure.column).casefold()
    if way is None or held(TextTerms(column), word) < FOUND:
        return False
    return not any(said in column for said in (("efter",) if way == "after" else ("före", "innan")))


def _is_stage(known: Known, wanted: Wanted, word: WeighedWord) -> bool:
    """Whether a word names a column that the figure's own stands after, or before, as the question
    says: "efter omställningen" is to the right of "Omställning"."""
    way = wanted.stages.get(word.word)
    if way is None or known.table is None:
        return False
    at = columns_of(known.table, word)
    own = known.figure.cell[1]
    return bool(at) and (own > max(at) if way == "after" else own < min(at))


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


def is_year_row(known: Known) -> bool:
    """Whether a figure's row is a year, and says nothing else."""
    row = known.figure.row
    return bool(row) and _YEAR_ROW.fullmatch(plain(row[-1].casefold())) is not None


def _general_fit(known: Known, wanted: Wanted) -> float:
    """Where the question names nothing but the board: the totals of its tables of money."""
    if not known.figure.row or known.table is None:
        return 0.0
    label = plain(known.figure.row[-1].casefold())
    if is_year_row(known):  # a row is a year of the board's: the column says of what
        head = known.figure.column[-1].casefold() if known.figure.column else ""
        said = len(head.split()) == 1 and wanted.asks(head) >= 1
        return _OF_A_YEAR if said else 0.0
    gross = [word for word in ("kostnad", "intakt") if word in label]
    if gross and "netto" not in label and not any(map(wanted.said.has_part, gross)):
        return 0.0  # "Totala kostnader" are not what the board is given
    if known.figure.measure == "avvikelse" and "kommunbidrag" in label:
        return 0.0  # what the board is given is used as given
    # a head above the rows' names, "Nettokostnad, tkr", is of all columns
    upper = [c for c in known.table.cells if c.row < known.table.header_rows and c.column > 0]
    heads = [plain(c.text.casefold()) for c in upper]
    column = plain(" ".join(known.figure.column).casefold())
    if any("netto" in head for head in heads) and "netto" not in column:
        return 0.0  # what a board has is what it has net
    worth = next((worth for name, worth in _TOTALS if name in label), 0.0)
    if set(known.labels.naming) - _OF_BOARD and worth == _OF_SUM:
        worth -= _OF_A_PART  # "Summa förskola" beside "Totalt nämnden"
    # what is invested is not what the board has
    return 0.0 if known.labels.around.has_part("invester") else worth
