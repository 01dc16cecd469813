"""A question back, and a refusal with what comes nearest: answers that leave the choice open."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.checks.arithmetic import value_of
from ingest.identity import years_named
from rag.answer import Answer, Filters, Question
from rag.results import Outcome
from rag.sheet import Sheet
from rag.spoken import number, what
from rag.store import Store

_WHICH = "Frågan kan gälla flera tal. Vilket menar du?"
_CHOICE = re.compile(r"– (?P<what>.+): (?P<value>[^:]+) \[(?P<citation>\d+)\]")


def ask_back(question: Question, outcome: Outcome, store: Store) -> Answer:
    """A question back, where several numbers fit what was asked as well."""
    sheet = Sheet(store)
    lines = [_WHICH]
    for known in outcome.choices[:6]:
        cited = sheet.cite(known)
        figure = known.figure
        label = figure.row[-1] if figure.row else figure.part
        part = f", {figure.part}" if figure.part and figure.row else ""
        where = known.document.identity.municipality
        value = number(value_of(figure), figure.unit)
        lines.append(f"– {label}{part}, {what(figure)}, {where}: {value} [{cited}]")
    return Answer(question.text, "refused", "\n".join(lines), tuple(sheet.citations))


@dataclass(frozen=True, slots=True)
class Choice:
    """A number that a question back offers: what it is, its value, and its citation's number."""

    what: str
    value: str
    citation: int


def choices(answer: Answer) -> tuple[Choice, ...]:
    """What a question back offers, in order; nothing for other answers."""
    first, *lines = answer.text.split("\n")
    found = map(_CHOICE.fullmatch, lines)
    if first != _WHICH:
        return ()
    return tuple(Choice(m["what"], m["value"], int(m["citation"])) for m in found if m)


def question_of(choice: Choice, offer: Answer) -> Question:
    """A question that asks for the chosen number.

    It names the years that the offered question named, so that what follows it is of them too.
    """
    documents = tuple(c.document for c in offer.citations if c.id == choice.citation)
    return Question(asked_as(choice, offer), filters=Filters(documents=documents))


def asked_as(choice: Choice, offer: Answer) -> str:
    """How the chosen number is asked for in words."""
    told = years_named(choice.what)
    years = [str(year) for year in years_named(offer.question) if not told]
    return f"{choice.what}, {' och '.join(years)}?" if years else f"{choice.what}?"


def is_answered(choice: Choice, answer: Answer) -> bool:
    """Whether an answer tells the chosen number as what was asked for."""
    results = [figure for figure in answer.figures if figure.role == "result"]
    return any(number(figure.value, figure.unit) == choice.value for figure in results[:1])


def answer_of(choice: Choice, offer: Answer) -> Answer:
    """The chosen number as it was offered, with its place."""
    cited = tuple(replace(c, id=1) for c in offer.citations if c.id == choice.citation)
    told = f"{choice.what}: {choice.value}. [1]"
    return Answer(asked_as(choice, offer), "answered", told, cited)


def not_found(question: Question, outcome: Outcome, store: Store, searched: str) -> Answer:
    """A refusal that says what is missing, and shows what comes nearest."""
    sheet = Sheet(store)
    said = outcome.missing[:1].upper() + outcome.missing[1:]
    lines = [f"{said}." if said else "Jag hittar inget tal som säkert svarar på det."]
    lines.append(searched)
    for known in outcome.nearest[:2]:
        figure = known.figure
        cited = sheet.cite(known)
        label = figure.row[-1] if figure.row else figure.part
        value = "inget värde" if figure.value is None else number(figure.value, figure.unit)
        lines.append(f"Närmast kommer {label}, {what(figure)}: {value} [{cited}]")
    return Answer(question.text, "refused", "\n".join(lines), tuple(sheet.citations))
