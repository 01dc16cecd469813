"""A question that figures may answer → the answer or refusal; None where it asks for words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from ingest.checks.arithmetic import is_money
from rag.alike import FOUND, alike
from rag.answer import Answer, Question
from rag.causes import with_cause
from rag.compose import searched
from rag.conflicts import with_conflicts
from rag.desk import Desk
from rag.gate import GateError, check
from rag.index import IndexReader
from rag.offers import ask_back, not_found
from rag.operations import answer as work_out
from rag.question import signs
from rag.question.asked import Understanding
from rag.question.limits import NO_LIMITS
from rag.question.operation import HOW_CHANGED
from rag.question.parts import with_reason
from rag.question.understanding import read_question
from rag.relevance import weigh
from rag.results import Outcome
from rag.scope import Scope, asks_for_name, asks_for_wording, asks_why, understand
from rag.shape_answers import answer_with_shapes
from rag.shelf import Shelf
from rag.store import StoredDocument
from rag.terms import fold, plain, words
from rag.told import tell, tell_cause
from rag.wanted import Wanted

_NO_REASON = "ingen förklaring till avvikelsen som helhet hittas i underlaget"
_NO_REASON_OF_IT = "Talet finns, men vad det beror på går inte att belägga i underlaget"
_OFFICE = re.compile(r"s?nämnden?s?\Z")
_NUMERIC = frozenset({"trend", "rank", "list", "total", "percent_change", "gap"})
_ASKS_WORDS = re.compile(
    r"\b(?:vem|vilka ansvarar|hur (?:hanteras|hanterar|arbetar|ska|gor|gar det till)"
    r"|vid vilk(?:et|en)|fran vad till vad|fran vilk(?:en|et) .{0,30}till vilk(?:en|et)"
    r"|vad (?:gor|gors|ska|tanker|har .{0,40} gjort))\b"
)


_AMOUNT = re.compile(
    r"effekt|avgift|taxa|pris|peng|hyra|kostnad|intakt|ersattning|bidrag|anslag|lon\Z"
)
_WHICH = re.compile(r"\W*vilke[nt]\s+(\w+)")


def answer_with_figures(
    index: IndexReader, shelf: Shelf, question: Question, scope: Scope
) -> tuple[Answer | None, bool]:
    """Answer from figures what asks for numbers, in the documents of `scope`.

    The second value says whether a number is asked for: nothing else may answer then.
    """
    if not scope.documents or not index.store.has_figures:
        return None, False
    asked = read_question(question, scope)
    said = weigh([*asked.subject, *asked.carried], index.lexical, question.text)
    told = answer_with_shapes(index, question, scope, asked, said)
    if told is not None:
        return _checked(index, told), False
    if _asks_for_words(question.text):
        return None, False
    desk = Desk(shelf, scope.documents, asked, partial(weighed, index, question))
    if not _asks_for_number(question, asked, desk):
        return None, False
    documents = scope.documents
    if asked.operation == "trend":  # the years stand in reports of other years, too
        documents = understand(question, index.documents, wide=True).documents
        desk = Desk(shelf, documents, asked, partial(weighed, index, question))
    outcome = work_out(desk)
    if _is_bare_change(question, outcome):
        outcome = Outcome("nothing")
    if outcome.found:
        answer = tell(question, with_cause(with_conflicts(outcome, shelf), shelf), index.store)
    elif outcome.choices:
        answer = ask_back(question, outcome, index.store)
    elif outcome.nearest:
        answer = not_found(question, outcome, index.store, searched(scope.documents))
    else:
        return None, True
    return _checked(index, answer), True


def answer_with_reason(
    index: IndexReader, shelf: Shelf, question: Question, documents: Sequence[StoredDocument]
) -> Answer | None:
    """The answer to a question for one number and then for its reason; a refusal that shows the
    number where the documents give no reason. None for other questions, and without the number."""
    first = replace(question, text=with_reason(question.text))
    if not first.text or not index.store.has_figures:
        return None
    scope = understand(first, documents)
    asked = read_question(first, scope)
    desk = Desk(shelf, scope.documents, asked, partial(weighed, index, first))
    if not scope.documents or not _asks_for_number(first, asked, desk):
        return None
    outcome = with_cause(with_conflicts(work_out(desk), shelf), shelf, asked=True)
    if not outcome.found:
        return None
    answer = tell(question, outcome, index.store)
    if outcome.cause is None:
        lines = [f"{_NO_REASON_OF_IT}.", searched(scope.documents), answer.text]
        figures = tuple(
            replace(one, role="context" if one.role == "result" else one.role)
            for one in answer.figures
        )
        answer = replace(answer, status="refused", text="\n".join(lines), figures=figures)
    return _checked(index, answer)


def explain(index: IndexReader, shelf: Shelf, question: Question, scope: Scope) -> Answer | None:
    """The report's own reason for the deviation that a question asks the cause of; None where no
    deviation is plainly meant, or the report gives no reason."""
    if not scope.documents or not index.store.has_figures:
        return None
    asked = read_question(question, scope)
    if "avvikelse" not in asked.measures:
        return None
    called = {word for document in scope.documents for word in _called(document)}
    subject = tuple(word for word in asked.subject if word not in called)
    asked = replace(asked, operation="deviation", percent=False, kind="", subject=subject)
    desk = Desk(shelf, scope.documents, asked, partial(weighed, index, question))
    outcome = with_cause(work_out(desk), shelf)
    if outcome.cause is None:
        if subject:
            return None
        nearest = tuple(known for result in outcome.told for known in result.sources)
        lacking = Outcome("nothing", nearest=nearest, missing=_NO_REASON)
        return not_found(question, lacking, index.store, searched(scope.documents))
    told = tuple(replace(result, role="context") for result in outcome.told)
    return _checked(index, tell_cause(question, replace(outcome, told=told), index.store))


def _called(document: StoredDocument) -> list[str]:
    """The words of a document's board and municipality, "omsorg" of "omsorgsnämnden" among them."""
    said = words(f"{document.identity.board} {document.identity.municipality}")
    return [*said, *(_OFFICE.sub("", word) for word in said)]


def _checked(index: IndexReader, answer: Answer) -> Answer | None:
    try:
        check(answer, index.store)
    except GateError:
        return None
    return answer


def _asks_for_words(text: str) -> bool:
    bare = plain(fold(text))
    return (
        asks_why(text)
        or asks_for_wording(text)
        or asks_for_name(text)
        or _ASKS_WORDS.search(bare) is not None
    )


def _asks_how_changed(question: Question) -> bool:
    return HOW_CHANGED.search(plain(fold(question.text))) is not None


def _is_bare_change(question: Question, outcome: Outcome) -> bool:
    """Whether a change that no number was asked for is of something without a unit."""
    bare = any(one.role == "result" and not one.unit for one in outcome.told)
    return bare and outcome.operation == "change" and _asks_how_changed(question)


def _asks_for_number(question: Question, asked: Understanding, desk: Desk) -> bool:
    """Whether a question asks for a number: in so many words, or by naming one and no more."""
    bare = plain(fold(question.text))
    changed = asked.operation == "change" and len(asked.years) > 1 and _asks_how_changed(question)
    if signs.NUMBER.search(bare) or asked.operation in _NUMERIC or changed:
        return True
    if asked.leans:  # "Och för 2026?" asks what the question before did
        limited = asked.limits != NO_LIMITS
        told = asked.measures or asked.kind or asked.unit or asked.percent or asked.years
        return limited or bool(told)
    named = desk.wanted.needed
    labels = len(named) > 1 and all(word.word in desk.wanted.labelled for word in named)
    said = bool(asked.measures or asked.years or asked.kind or labels)
    text = fold(question.text)
    which = _WHICH.match(text)  # "vilket NKI gav företagare", where some row is called NKI
    if which and any(alike(which[1], word) >= FOUND for word in desk.wanted.labelled):
        # "vilket underhåll skjuts upp" asks what, not how much
        amount = _AMOUNT.search(plain(which[1])) is not None
        return amount or not any(is_money(match.figure.unit) for match in desk.every_match())
    return said and not signs.VERB.search(text) and not signs.INTERROGATIVE.match(text)


def weighed(index: IndexReader, question: Question, asked: Understanding) -> Wanted:
    """The words that must be found for a question, or a part of it, weighed."""
    text = " ".join((question.text, *question.history))
    return Wanted(
        weigh(asked.subject, index.lexical, text),
        weigh(asked.carried, index.lexical, text),
        question.text,
    )
