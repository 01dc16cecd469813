"""A question → an answer: scope, retrieval, evidence, composition, gate."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.types import Box, Page, Span
from rag.answer import NO_FILTERS, Answer, Filters, Notice, Question
from rag.between.answering import answer_between
from rag.compose import quoted, refusal
from rag.evidence import Evidence, gather, with_header
from rag.explaining import Explanation, explained
from rag.figure_answers import answer_with_figures, answer_with_reason
from rag.figure_answers import explain as explain_figure
from rag.gate import GateError, check
from rag.guide import examples, next_questions, no_question, without_markup
from rag.index import IndexReader
from rag.quotes import boxes_of, squeezed
from rag.relevance import TextTerms, missing, weigh
from rag.repeats import Repeat, grouped
from rag.reranking import FIRST, Reranking
from rag.retrieval import CANDIDATES, Passage, retrieve
from rag.said.own import bound
from rag.scope import Scope, asks_why, filtered, understand
from rag.shelf import Shelf
from rag.store import StoredDocument
from rag.support import supports, unknown_names
from rag.terms import parts, terms

LONGEST_QUESTION = 2_000  # characters

_EXAMPLES = 3  # questions that a refusal shows
_PASSAGES = 12  # looked at closely
_QUOTES = 3  # in an answer
_NEAREST = 0.25  # of the question's weight, for the nearest thing that a refusal shows
_AGAIN = 2  # times the passages asked for: some of them repeat others
_NEAR = 1.3  # of score below the best: still quoted


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where a passage nearly stands again: document, page (from 1), and whether word for word."""

    document: str
    page: int
    page_label: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was searched for. `page` (from 1) is the one of its
    pages that holds most of the words, `boxes` are those on it.

    `why` it was found is there where that was asked for. `also` is where other documents repeat it.
    """

    document: str
    page: int
    page_label: str
    section: tuple[str, ...]
    text: str
    score: float
    boxes: tuple[Box, ...]
    why: Explanation | None = None
    also: tuple[Elsewhere, ...] = ()


class Asker:
    """Answers questions over the index in `folder`. Sees what is read in meanwhile.

    `embedder` is the model that the index is thought to have; `reranking` orders what is found.
    """

    def __init__(
        self, folder: Path, embedder: str | None = None, reranking: Reranking | None = None
    ) -> None:
        self.index = IndexReader(folder, embedder)
        self._reranking = reranking
        self._asked = ""
        self.shelf = Shelf(self.index.store)
        self._shown: tuple[tuple[str, ...], tuple[str, ...]] | None = None

    def close(self) -> None:
        """Close the index."""
        self.index.close()

    def ask(self, question: Question) -> Answer:
        """Answer, or refuse. Every quote of the answer has been found on its page."""
        started = time.perf_counter()
        warnings: list[Notice] = []
        asked = replace(question, text=without_markup(question.text[:LONGEST_QUESTION]))
        if len(question.text) > LONGEST_QUESTION:
            told = f"frågan är längre än {LONGEST_QUESTION} tecken; bara början har lästs"
            warnings.append(Notice("question_length", told))
        with self.index.store.snapshot():
            self._begin(asked)
            try:
                answer = self._guided(asked)
            except ValueError:  # damage in the index of words that opening it did not show
                self.index.drop_lexical()
                answer = self._guided(asked)
            answer = bound(answer)
            warnings += self.notices
        elapsed = (time.perf_counter() - started) * 1000
        return replace(
            answer,
            question=question.text,
            warnings=(*answer.warnings, *warnings),
            milliseconds=round(elapsed, 1),
        )

    def ask_aloud(self, question: Question, shown: Callable[[Answer], None]) -> Answer:
        """The answer; `shown` gets what there is of it while it is still being worded."""
        return self.ask(question)

    @property
    def notices(self) -> list[Notice]:
        """What the person should know of how the last question was searched for."""
        told = [Notice("index", text) for text in self.index.notices]
        if self._reranking is not None and self._reranking.notice:
            told.append(Notice("reranker", self._reranking.notice))
        return told

    def _begin(self, question: Question) -> None:
        self.index.refresh()
        self._asked = question.text
        if self._reranking is not None:
            self._reranking.begin()

    def suggest(self, filters: Filters = NO_FILTERS) -> tuple[str, ...]:
        """Questions that the documents answer, taken from their own figures."""
        with self.index.store.snapshot():
            self.index.refresh()
            return self._examples(filtered(self.index.documents, filters))

    def follow_ups(self, question: Question, answer: Answer) -> tuple[str, ...]:
        """Questions that lean on an answer, and that the documents answer too."""
        if answer.refused:
            return ()
        history = (*question.history, answer.question)
        told = {answer.text}
        found: list[str] = []
        with self.index.store.snapshot():
            self.index.refresh()
            for text in next_questions(answer):
                if len(found) < _EXAMPLES:
                    next_one = self._answer(Question(text, history, question.filters))
                    if not next_one.refused and next_one.text not in told:
                        found.append(text)
                        told.add(next_one.text)
        return tuple(found)

    def search(self, question: Question, limit: int, *, explain: bool = False) -> list[Hit]:
        """The best passages for a query, best first; with `explain`, why each was found.

        A year or a kind of document in the query moves passages up, and hides none.
        """
        question = replace(question, text=question.text[:LONGEST_QUESTION])
        with self.index.store.snapshot():
            self._begin(question)
            scope = understand(question, self.index.documents, wide=True)
            wanted = max(limit, min(_AGAIN * limit, CANDIDATES))
            try:
                passages = self._passages(question, scope, wanted)
            except ValueError:  # as above
                self.index.drop_lexical()
                passages = self._passages(question, scope, wanted)
            hits: list[Hit] = []
            for group in grouped(passages, limit):
                why = explained(group.best, scope) if explain else None
                hit = self._hit(group.best, scope, why)
                if hit is not None:
                    also = tuple(map(self._elsewhere, group.others))
                    hits.append(replace(hit, also=also) if also else hit)
            return hits

    def _elsewhere(self, repeat: Repeat) -> Elsewhere:
        number = repeat.passage.stored.chunk.spans[0].page
        page = self.index.store.page(repeat.passage.document.id, number)
        label = page.label if page else ""
        return Elsewhere(repeat.passage.document.id, number, label, repeat.exact)

    def _passages(self, question: Question, scope: Scope, limit: int) -> list[Passage]:
        """The best passages, by the reranker for the question that is asked and no example."""
        if self._reranking is None or question.text != self._asked:
            return retrieve(self.index, scope, limit)
        found = retrieve(self.index, scope, max(limit, FIRST))
        meant = " ".join([question.text, *scope.carried])
        return self._reranking.ordered(meant, found)[:limit]

    def _hit(self, passage: Passage, scope: Scope, why: Explanation | None) -> Hit | None:
        chunk = passage.stored.chunk
        numbers = sorted({span.page for span in chunk.spans})
        pages = [self.index.store.page(passage.document.id, number) for number in numbers]
        held = [page for page in pages if page]
        if not held:
            return None
        page = held[0]
        if len(held) > 1:  # the first of those that hold most of it
            page = max(held, key=lambda one: _words_found(one, chunk.spans, scope))
        boxes = tuple(
            box for span in chunk.spans if span.page == page.number for box in boxes_of(page, span)
        )
        return Hit(
            passage.document.id,
            page.number,
            page.label,
            chunk.section,
            squeezed(chunk.text),
            passage.score,
            boxes,
            why,
        )

    def _guided(self, question: Question) -> Answer:
        """The answer; where there is nothing to show, what can be asked here."""
        why = "" if question.history else no_question(question.text)
        searchable = bool(understand(question, self.index.documents).documents)
        if why and searchable:
            answer = Answer(question.text, "refused", why)
        else:
            answer = self._answer(question)
        if not answer.refused or answer.citations or not searchable:
            return answer
        shown = self._examples(understand(question, self.index.documents, wide=True).documents)
        if not shown:
            return answer
        lines = [answer.text, "Så här kan du till exempel fråga:", *(f"– {one}" for one in shown)]
        return replace(answer, text="\n".join(lines))

    def _examples(self, documents: Sequence[StoredDocument]) -> tuple[str, ...]:
        """Three questions that documents answer; worked out once for the same documents."""
        key = tuple(document.fingerprint for document in documents)
        if self._shown is None or self._shown[0] != key:
            found: list[str] = []
            for example in examples(self.shelf.of(documents)):
                if len(found) < _EXAMPLES and not self._answer(Question(example)).refused:
                    found.append(example)
            self._shown = key, tuple(found)
        return self._shown[1]

    def _answer(self, question: Question) -> Answer:
        """The answer from the documents that the question names; else from any that may answer."""
        documents = self.index.documents
        scope = understand(question, documents)
        if scope.lacking and scope.documents:
            return self._refuse(question, scope, (), ())
        between = answer_between(self.index.store, self.shelf, question, scope)
        if between is not None:
            return between
        reasoned = answer_with_reason(self.index, self.shelf, question, documents)
        if reasoned is not None and not reasoned.refused:
            return reasoned
        answer = self._from(question, scope)
        if answer.refused:
            wider = understand(question, documents, wide=True)
            if len(wider.documents) > len(scope.documents):
                second = self._from(question, wider)
                answer = answer if second.refused else second
        return reasoned if answer.refused and reasoned is not None else answer

    def _from(self, question: Question, scope: Scope) -> Answer:
        """The answer that figures give; else what is quoted from the text."""
        found, number = answer_with_figures(self.index, self.shelf, question, scope)
        if found is not None and not found.refused:
            return found
        if number:  # what figures do not answer, no quote does
            return found or self._number_refused(question, scope)
        if asks_why(question.text):
            why = explain_figure(self.index, self.shelf, question, scope)
            if why is not None:
                return why
        text = self._from_text(question, scope)
        return found if text.refused and found is not None else text

    def _number_refused(self, question: Question, scope: Scope) -> Answer:
        text = self._from_text(question, replace(scope, number=True))
        return text if text.refused else self._refuse(question, scope, (), (), number=True)

    def _from_text(self, question: Question, scope: Scope) -> Answer:
        documents, asked, number = self.index.documents, question.text, scope.number
        passages = self._passages(question, scope, _PASSAGES)
        if scope.phrases and not passages:  # no document has just these words
            passages = self._passages(question, replace(scope, phrases=()), _PASSAGES)
        weighed = weigh([*scope.words, *scope.carried], self.index.lexical, asked)
        evidence = gather(self.index.store, passages, weighed, asked, number=number)
        if not evidence:
            nearest = gather(self.index.store, passages, weighed, asked, number=False)[:1]
            return self._refuse(question, scope, (), nearest, number=number)
        known = TextTerms(" ".join(passage.all_text for passage in passages))
        absent = unknown_names(asked, documents, known)
        supported = [item for item in evidence if supports(item, scope, weighed, asked)]
        if absent or not supported:
            held = [TextTerms(evidence[0].passage.all_text)]
            lacking = absent or missing(weighed, held)
            nearest = evidence[:1] if evidence[0].coverage >= _NEAREST else []
            return self._refuse(question, scope, lacking, nearest, number=number)
        best = supported[0].score
        near = [item for item in _each_once(supported) if item.score >= best - _NEAR]
        chosen = near[:_QUOTES]
        answer = quoted(question, [with_header(self.index.store, item) for item in chosen])
        try:
            check(answer, self.index.store)
        except GateError:
            return self._refuse(question, scope, (), ())
        return answer

    def _refuse(
        self,
        question: Question,
        scope: Scope,
        absent: Sequence[str],
        nearest: Sequence[Evidence],
        *,
        number: bool = False,
    ) -> Answer:
        documents = self.index.documents
        near = with_header(self.index.store, nearest[0]) if nearest else None
        answer = refusal(question, scope, documents, absent, near, number=number)
        try:
            check(answer, self.index.store)
        except GateError:
            return refusal(question, scope, documents, absent, None, number=number)
        return answer


def _words_found(page: Page, spans: Sequence[Span], scope: Scope) -> int:
    """How many of the words that were searched for stand in a passage on one of its pages."""
    text = " ".join(page.text[span.start : span.end] for span in spans if span.page == page.number)
    held = set(terms(text, parts))
    return sum(len(held & set(parts(word))) * 2 > len(parts(word)) for word in scope.words)


def _each_once(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Evidence with other words each: a report that quotes last year's adds nothing."""
    found: dict[str, Evidence] = {}
    for item in evidence:
        text = squeezed(item.page.text[item.span.start : item.span.end])
        found.setdefault(text, item)
    return list(found.values())
