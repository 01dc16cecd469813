"""An answer → what its sentences may say: figures with their ways, quotes, documents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ingest.types import Identity
from ingest.units import is_money, unit_name
from rag.answer import Answer, ToldFigure
from rag.said.swedish import DIRECTIONS, OPPOSITE
from rag.spoken import in_millions, number, period_text
from rag.terms import words

_YEAR = re.compile(r"(?:19|20)\d\d")
_NEGATIVE_IS_WORSE = "Minus betyder sämre än budget"
_NEGATIVE_COSTS = "Kostnader skrivs med minus i tabellen"
_CHOSEN = {"Störst ": "most", "Minst ": "least"}
"""How the program's line begins that chooses among several."""
_TOLD_WAYS = {
    "sämre än budget": "worse",
    "bättre än budget": "better",
    "en ökning": "up",
    "en minskning": "down",
    "högre kostnad": "up",
    "lägre kostnad": "down",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure as a sentence may tell it. `ways` are the directions that are true of it.

    `years` and `months` are those of its period, `index` its place among the answer's figures.
    """

    figure: ToldFigure
    index: int
    unit: str
    years: frozenset[str]
    months: frozenset[str]
    label: frozenset[str]
    head: frozenset[str]
    ways: frozenset[str]
    is_part: bool
    """Of a year: its period has months."""
    cost: bool
    """Its table writes costs with a minus."""
    part_of_sum: bool = False
    between: frozenset[str] = frozenset()
    """The years of the change that an operand is part of."""
    of: frozenset[str] = frozenset()
    """The measures that a change is worked out of, or a share is a share of."""

    @property
    def level(self) -> bool:
        """Whether it says how much there is, not how much it differs."""
        return self.figure.measure not in ("avvikelse", "förändring")

    @property
    def total(self) -> bool:
        """Whether it is a sum of its operands."""
        return " + " in self.figure.formula

    @property
    def rounded(self) -> bool:
        """Whether it is another figure in millions, without its sign."""
        return self.figure.role == "context" and self.figure.formula.count(" / ") == 1


@dataclass(frozen=True, slots=True)
class Document:
    """What a sentence may call a document that is cited."""

    titles: tuple[str, ...]
    words: frozenset[str]
    years: frozenset[str]


@dataclass(frozen=True, slots=True)
class Material:
    """All that an answer's sentences may draw on. `quotes` and `documents` are by citation's id."""

    facts: tuple[Fact, ...]
    quotes: Mapping[int, str]
    documents: Mapping[int, Document]
    told: frozenset[str]
    """Words of the answer as the program worded it."""
    asked: frozenset[str]
    """Words of the question: its subject, and no claim."""
    question: str = ""

    def with_value(self, value: Decimal, unit: str) -> list[Fact]:
        """The facts whose size is exactly `value` of `unit`, whatever their sign."""
        return [fact for fact in self.facts if _same(fact, value, unit)]


def _same(fact: Fact, value: Decimal, unit: str) -> bool:
    if unit == fact.unit and _decimals(value) != _decimals(fact.figure.value):
        return False  # rounded, or said more exactly than it is known
    if unit == fact.unit or (not unit and not (is_money(fact.unit) or fact.unit == "%")):
        return abs(fact.figure.value) == value
    steps = {"kr": 0, "tkr": 3, "mkr": 6, "mdkr": 9}
    plainly = value == value.to_integral() or not str(value).endswith("0")
    if unit in steps and fact.unit in steps and not fact.rounded and plainly:  # exactly
        return abs(fact.figure.value).scaleb(steps[fact.unit]) == value.scaleb(steps[unit])
    return False


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def material(answer: Answer, question: str, identities: Mapping[str, Identity]) -> Material:
    """What may be said in the words of an answer. `identities` are by document id."""
    documents = {
        citation.id: _document(citation.title, citation.source, identities.get(citation.document))
        for citation in answer.citations
    }
    superlatives = {DIRECTIONS[word] for word in words(question) if word in DIRECTIONS}
    facts = tuple(
        _fact(figure, index, answer, superlatives) for index, figure in enumerate(answer.figures)
    )
    quotes = {citation.id: citation.quote for citation in answer.citations}
    told = frozenset(words(answer.text))
    return Material(facts, quotes, documents, told, frozenset(words(question)), question)


def _document(title: str, source: str, identity: Identity | None) -> Document:
    named = f"{title} {source}"
    years = {*_YEAR.findall(title)}
    if identity is not None:
        named += f" {identity.board} {identity.municipality} {identity.kind}"
        named += " " + " ".join(identity.aliases)
        years |= {str(year) for year in identity.years}
    titles = tuple(one for one in (source, title) if one)
    return Document(titles, frozenset(words(named)), frozenset(years))


def _fact(figure: ToldFigure, index: int, answer: Answer, asked: set[str]) -> Fact:
    first, _, last = figure.period.partition("/")
    spoken = words(period_text(figure.period))
    worked = [one for one in answer.figures if one.role == "result" and one.formula]
    own = frozenset(_YEAR.findall(figure.period))
    return Fact(
        figure,
        index,
        unit_name(figure.unit) if figure.unit != "risk" else "",
        own,
        frozenset(word for word in spoken if word.isalpha()),
        frozenset(words(figure.label)),
        frozenset(words(figure.head)),
        _ways(figure, answer, asked),
        bool(last) and "-" in first,
        _NEGATIVE_COSTS in answer.text,
        figure.role == "operand" and any(" + " in other.formula for other in answer.figures),
        frozenset(_YEAR.findall(worked[0].period)) if figure.role == "operand" and worked else own,
        _of(figure, answer),
    )


def _of(figure: ToldFigure, answer: Answer) -> frozenset[str]:
    """The measures that a worked-out figure is told of: of a share, that of the whole."""
    made_of = [one.measure for one in answer.figures if one.role == "operand" and figure.formula]
    return frozenset(made_of[1:2] if figure.measure == "andel" else made_of)


def _ways(figure: ToldFigure, answer: Answer, asked: set[str]) -> frozenset[str]:
    """The directions that the program's own words, or the table's convention, give a figure."""
    found = _told_of(figure, answer)
    if figure.role == "operand":  # of a change: the change's way
        for other in answer.figures:
            if other.role == "result" and other.formula:
                found |= _told_of(other, answer)
    results = [one for one in answer.figures if one.role == "result" and not one.formula]
    listed = "i ordning:" in answer.text
    if listed and figure.measure == "avvikelse" and figure.value and {"worse", "better"} & asked:
        # those of one sign alone are listed where surplus or deficit is asked for
        found.add("worse" if figure.value < 0 else "better")
    if listed and results and figure == results[0]:
        sizes = [abs(one.value) for one in results]
        if "most" in asked and sizes[0] == max(sizes):
            found.add("most")
        if "least" in asked and sizes[0] == min(sizes):
            found.add("least")
    return frozenset(found if not any(OPPOSITE[way] in found for way in found) else ())


def _told_of(figure: ToldFigure, answer: Answer) -> set[str]:
    exact = next(
        (
            one
            for one in answer.figures
            if figure.role == "context"
            and one.role == "result"
            and (one.label, one.measure, one.period)
            == (figure.label, figure.measure, figure.period)
            and (in_millions(one.value, one.unit) or (None,))[0] == figure.value
        ),
        figure,
    )
    said = number(exact.value, exact.unit)
    lines = [line for line in answer.text.split("\n") if said in line and exact.label in line]
    found = {way for line in lines for told, way in _TOLD_WAYS.items() if told in line}
    found |= {way for line in lines for told, way in _CHOSEN.items() if line.startswith(told)}
    if exact.measure == "avvikelse" and _NEGATIVE_IS_WORSE in answer.text and exact.value:
        found.add("worse" if exact.value < 0 else "better")
    return found
