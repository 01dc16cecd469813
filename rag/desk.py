"""A question at work: the figures of its documents, and which of them it means."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

from ingest.checks.arithmetic import is_money
from ingest.figures.grid import is_total
from ingest.types import BlockKind
from rag.alike import FOUND, held
from rag.fitness import fitness, same_kind
from rag.matching import Match, rank
from rag.named import OfNamed
from rag.narrowing import narrowed, numbered, values, whose
from rag.question.asked import Understanding
from rag.question.understanding import number_named
from rag.relevance import TextTerms
from rag.results import Outcome, Result, label_of, printed
from rag.shelf import Known, Shelf
from rag.store import StoredDocument
from rag.terms import plain, words
from rag.wanted import Wanted

_RIVAL = 0.75  # of the best fit: another municipality's number may be meant as well
NO_UNIT = "tabellen säger inte i vilken enhet beloppen är, så de kan inte sägas som svar"
_AMOUNTS = re.compile(
    r"kostnad|intäkt|investering|resultaträkning|\bdrift|anslag|arvode|avgift", re.I
)
_FINISHED = (".", "!", "?", ":", ";", "…", ")", "”", '"')
_STAGES = frozenset({"budget", "prognos", "utfall"})
_MARGIN = 0.06  # of score: figures that fit as well as the best are meant as much

Weighing = Callable[[Understanding], Wanted]
"""The words of a part of a question, weighed."""


class Desk:
    """One question over the figures of some documents. Nothing is written, nothing is guessed."""

    def __init__(
        self,
        shelf: Shelf,
        documents: Sequence[StoredDocument],
        asked: Understanding,
        weighing: Weighing,
    ) -> None:
        self.asked = asked
        self.wanted = weighing(asked)
        self._weighing = weighing
        self.documents = documents
        known, labels = shelf.about(documents)
        kept = OfNamed(documents, shelf, self.wanted.said)
        self.every = kept.figures(shelf.of(documents))
        labels = kept.labels(known, labels)
        self.wanted.settle(labels)
        self._possible = [known[place] for place in self.wanted.possible(labels)]
        self.shelf = shelf

    @cached_property
    def of_kind(self) -> list[Known]:
        """The figures of the kind that is asked for: money, per cent …"""
        return [known for known in self.every if same_kind(known.figure, self.asked.kind)]

    def matches(self, asked: Understanding | None = None, *, prose: bool = False) -> list[Match]:
        """The figures that the question may mean, best first; of tables unless `prose`."""
        asked = asked or self.asked
        chosen = [
            one
            for one in self._possible
            if (one.figure.sentence is not None) == prose and same_kind(one.figure, asked.kind)
        ]
        return rank(chosen, self.wanted, asked)

    def every_match(self) -> list[Match]:
        """The figures that the question may mean, of tables and of sentences."""
        return [*self.matches(), *self.matches(prose=True)]

    def best(self, matches: Sequence[Match]) -> list[Match]:
        """Those that fit as well as the best one."""
        if not matches:
            return []
        return [match for match in matches if match.score >= matches[0].score - _MARGIN]

    def one(self, asked: Understanding | None = None, *, whole: bool = False) -> Known | Outcome:
        """The one figure that is meant, of totals if there are such and a `whole` is; or an outcome
        that says why there is none."""
        matches = self.matches(asked)
        # "hur många blev inte av" is no row of any table
        denied = self.asked.negated and self.asked.kind == "count"
        best = [] if denied else self.best(matches)
        if self.asked.in_all and self.asked.operation == "figure":
            # what "de två placeringarna" cost is a sum of rows, and no row of all such
            best = [match for match in best if match.figure.row and is_total(match.figure.row[-1])]
        if not best:
            told = self.in_prose(asked)
            meant = told is not None and not self._is_cut(told) and self._is_of_so_many(told)
            return told if told is not None and meant else self.nothing(asked or self.asked)
        held = [match for match in best if match.figure.value is not None]
        totals = [m for m in held if m.figure.row and is_total(m.figure.row[-1])]
        held = totals if whole and totals else held
        if not held:
            return self._without_value(best)
        if any(lacks_unit(match.known) for match in held):
            return Outcome("nothing", nearest=(held[0].known,), missing=NO_UNIT)
        held = narrowed(self._of_money(held), self.asked, asked or self.asked)
        held = numbered(held, self.wanted.numbers)
        if len(values(held)) > 1:
            return Outcome("choice", choices=tuple(_each_value(held)))
        chosen = next((match for match in held if match.figure.unit), held[0])
        rivals = (
            self._given(chosen.known, asked or self.asked)
            or self._elsewhere(chosen, matches)
            or self._told_elsewhere(chosen, asked)
        )
        if rivals:
            return Outcome("choice", choices=(chosen.known, *rivals))
        return chosen.known

    def _given(self, chosen: Known, asked: Understanding) -> list[Known]:
        """What a row says in other columns of what was given, "Beslut" beside "Beviljat 2024":
        which is meant nobody has said, where no year is named."""
        role = next((role for role in asked.limits.roles if role.startswith("beslut")), "")
        if not role or asked.years or chosen.table is None:
            return []
        row = [
            k
            for k in self.every
            if (k.document.id, k.figure.table, k.figure.row)
            == (chosen.document.id, chosen.figure.table, chosen.figure.row)
            and re.search(role, plain(" ".join(k.figure.column).casefold()))
            and k.figure.value is not None
        ]
        return [known for known in row if known.figure.value != chosen.figure.value]

    def _elsewhere(self, chosen: Match, matches: Sequence[Match]) -> list[Known]:
        """What another board or municipality reports under what is asked for, with other numbers:
        nobody has said whose is meant."""
        found: dict[tuple[str, str], Known] = {}
        for match in matches:
            near = match.words >= _RIVAL * chosen.words and match.fit >= 0.75 * chosen.fit
            owner = whose(match.known)
            if near and match.figure.value is not None and owner != whose(chosen.known):
                found.setdefault(owner, match.known)
        return [k for k in found.values() if k.figure.value != chosen.figure.value]

    def _told_elsewhere(self, chosen: Match, asked: Understanding | None) -> list[Known]:
        """The same of what sentences of other boards' reports tell, as surely."""
        owners = {(d.identity.municipality, d.identity.board) for d in self.documents}
        if len(owners) < 2:
            return []
        told = self.matches(asked, prose=True)
        sure = [m for m in told if m.words >= chosen.words and m.figure.unit]
        alike = [m for m in sure if is_money(m.figure.unit) == is_money(chosen.figure.unit)]
        return self._elsewhere(chosen, alike)

    def _of_money(self, held: list[Match]) -> list[Match]:
        """Those of money, where a budget or its like is asked for and not in what."""
        asked = set(self.asked.measures) & {"budget", "plan", "prognos", "avvikelse"}
        money = [match for match in held if is_money(match.figure.unit)]
        return money if asked and not self.asked.kind and money else held

    def in_prose(self, asked: Understanding | None) -> Known | None:
        """The one number of the sentence that says all that is asked for; None where it is not
        plain which one is meant."""
        best = self.best(self.matches(asked, prose=True))
        best = [
            match
            for match in best
            if match.figure.measure == "målvärde"  # "målet 85 procent nåddes inte"
            or self._denies(match.known) == self.asked.negated
        ]
        if not (asked or self.asked).measures and any(map(self._is_one_stage, best)):
            return None
        sentences = {(m.known.document.id, m.figure.sentence) for m in best}
        if len({(m.figure.value, m.figure.unit) for m in best}) == 1:
            return best[0].known
        if len(sentences) != 1:
            return None
        fitted = max(match.fit for match in best)
        best = [match for match in best if match.fit == fitted]
        near = sorted(((self._nearby(m.known), m) for m in best), key=lambda pair: -pair[0])
        if len(near) > 1 and near[0][0] <= near[1][0]:
            return None
        return near[0][1].known

    def _is_cut(self, known: Known) -> bool:
        """Whether a number's sentence breaks off at the end of its page before it has said all that
        is asked for: the rest stands on the next one, and other numbers with it."""
        sentence, labels = known.figure.sentence, known.labels
        said_of = [text for text in (labels.own, labels.around, labels.called) if text is not None]
        said_all = all(any(held(t, w) >= FOUND for t in said_of) for w in self.wanted.needed)
        if sentence is None or (said_all and sentence.end > known.figure.span.end):
            return False
        last = [b for b in self.shelf.page(known).blocks if b.kind is BlockKind.PARAGRAPH]
        ends = any(b.span.end == sentence.end for b in last)
        later = any(b.span.start > sentence.end for b in last)
        said = self.shelf.page_text(known)[sentence.start : sentence.end].rstrip()
        return ends and not later and not said.endswith(_FINISHED)

    def _is_of_so_many(self, known: Known) -> bool:
        """Whether a sentence says how many it is about, where the question does: "de två"."""
        sentence = known.figure.sentence
        if not self.asked.in_all or sentence is None:
            return True
        said = words(self.shelf.page_text(known)[sentence.start : sentence.end])
        return self.asked.in_all in map(number_named, said)

    def _is_one_stage(self, match: Match) -> bool:
        """Whether a number is the budget, or a forecast, of what its paragraph gives others of: the
        question says not which is meant."""
        figure = match.figure
        if figure.measure not in _STAGES or figure.sentence is None:
            return False
        sentence = figure.sentence
        blocks = self.shelf.page(match.known).blocks
        span = next(
            (b.span for b in blocks if b.span.start <= sentence.start < b.span.end), sentence
        )
        others = [
            other.figure
            for other in self.every
            if other.document.id == match.known.document.id
            and other.figure.sentence is not None
            and other.figure.page == figure.page
            and span.start <= other.figure.sentence.start < span.end
        ]
        return any(
            other.measure in _STAGES - {figure.measure}
            and is_money(other.unit) == is_money(figure.unit)
            for other in others
        )

    def _denies(self, known: Known) -> bool:
        """Whether the words around a number say "inte": what is not is not what is."""
        text, span = self.shelf.page_text(known), known.figure.span
        around = text[max(0, span.start - 40) : span.end + 40].casefold()
        return re.search(r"\b(?:inte|ej)\b", around) is not None

    def _nearby(self, known: Known) -> int:
        """How many words of the question stand between a number's neighbours in its sentence."""
        figure, sentence = known.figure, known.figure.sentence
        assert sentence is not None
        text = self.shelf.page_text(known)
        others = [
            other.figure.span
            for other in self.every
            if other.figure.sentence == sentence
            and other.document.id == known.document.id
            and other.figure.page == figure.page
        ]
        start = max((s.end for s in others if s.end <= figure.span.start), default=sentence.start)
        end = min((s.start for s in others if s.start >= figure.span.end), default=sentence.end)
        before = TextTerms(text[start : figure.span.start])
        after = TextTerms(text[figure.span.end : end])
        words = [*self.wanted.required, *self.wanted.idle]
        # Swedish says what it is about first: "SoL är 8 dagar och LSS är 57 dagar"
        return sum(2 * (held(before, w) >= 0.5) + (held(after, w) >= 0.5) for w in words)

    def _without_value(self, best: Sequence[Match]) -> Outcome:
        figure = best[0].figure
        text = f"”{label_of(best[0].known)}” finns, men utan värde ({figure.printed})"
        return Outcome("nothing", nearest=(best[0].known,), missing=text)

    def nothing(self, asked: Understanding) -> Outcome:
        """What comes nearest: the same label with another measure or year."""
        loose = replace(asked, measures=(), years=(), months=(0, 0), whole_year=False)
        near = [match for match in self.matches(loose) if match.figure.value is not None]
        if not near:
            return Outcome("nothing")
        best = [match.known for match in self.best(near)]
        return Outcome("nothing", nearest=tuple(best[:3]), missing=_lacking(asked, best))

    def under(self, asked: Understanding) -> Desk:
        """The same figures under another question."""
        return Desk(self.shelf, self.documents, asked, self._weighing)

    def in_sentence(self, known: Known, other: Understanding) -> list[Result]:
        """The numbers of a figure's sentence that are about what a further clause names."""
        wanted = self._weighing(replace(other, carried=()))
        return [
            printed(one)
            for one in self.every
            if one.figure.sentence == known.figure.sentence
            and one.document.id == known.document.id
            and one.figure.id != known.figure.id
            and one.figure.row
            and wanted.about(" ".join(one.labels.naming), [*wanted.required, *wanted.idle]) > 0
        ]

    def in_row(self, known: Known, other: Understanding) -> list[Result]:
        """The one number of a figure's own row that is of the kind, measure and part asked for."""
        row = [
            one
            for one in self.every
            if one.document.id == known.document.id
            and one.figure.table == known.figure.table
            and one.figure.cell[0] == known.figure.cell[0]
            and one.figure.row == known.figure.row
            and one.figure.id != known.figure.id
            and one.figure.value is not None
        ]
        fits = [one for one in row if fitness(one, other) > 0 and same_kind(one.figure, other.kind)]
        same = [one for one in fits if one.figure.cell == known.figure.cell]
        fits = same if not other.measures and not other.years else fits
        return [printed(fits[0])] if len(fits) == 1 else []

    def column_of(self, known: Known) -> list[Known]:
        """The figures of the same column, from the top."""
        figure = known.figure
        return [
            other
            for other in self.every
            if other.document.id == known.document.id
            and (other.figure.table, other.figure.cell[1]) == (figure.table, figure.cell[1])
        ]


def lacks_unit(known: Known) -> bool:
    """Whether an amount stands in a table that does not say in what it is counted."""
    figure, table = known.figure, known.table
    if figure.unit or table is None or figure.value is None:
        return False
    about = " ".join((table.caption, *table.section[-1:]))
    return _AMOUNTS.search(about) is not None and not table.unit


def _each_value(matches: Sequence[Match]) -> list[Known]:
    found: dict[tuple[object, str], Known] = {}
    for match in matches:
        found.setdefault((match.figure.value, match.figure.unit), match.known)
    return list(found.values())


def _lacking(asked: Understanding, near: Sequence[Known]) -> str:
    """What the documents lack of what was asked, in Swedish; "" where that is not plain."""
    label = label_of(near[0])
    years = sorted({k.figure.period.year for k in near if k.figure.period.year})
    parts: list[str] = []
    if asked.measures:
        parts.append(asked.measures[0])
    if asked.whole_year:
        parts.append("helår")
    parts += [str(year) for year in asked.years if year not in years or asked.measures]
    return f"{', '.join(parts)} för ”{label}” finns inte i underlaget" if parts else ""
