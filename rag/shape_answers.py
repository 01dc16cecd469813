"""How a goal was judged, how a risk is handled and by whom: told in the table's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.figures.goals import Goal, goals_of
from ingest.figures.grid import places_of, read_grid
from ingest.figures.labels import measure_of
from ingest.figures.risks import Risk, Text, risks_of
from ingest.types import Box, Page, Span, Table
from rag.alike import held
from rag.answer import Answer, Citation, Question
from rag.index import IndexReader
from rag.question.asked import Understanding
from rag.quotes import boxes_of, quote_of
from rag.relevance import TextTerms, WeighedWord
from rag.scope import Scope
from rag.sheet import source_of
from rag.store import StoredDocument
from rag.terms import fold, plain

_WHO = re.compile(r"\b(?:vem|vilka|vilken)\b.{0,60}\bansvar\w*|\bansvarig\w*\b")
_HOW = re.compile(
    r"\bhur (?:ska |skall )?(?:\w+ )?(?:hantera\w*|kontrollera\w*|atgarda\w*|folj\w*)"
)
_OF_SHAPES = re.compile(
    r"ansvar|kontroll|hanter|atgard|risk|mal(?:et|en)?\Z|klara|uppfyll|bedom|sannolik|trolig|konsekv"
)
_GRADED = ("sannolikhet", "konsekvens")
_LONGEST_GRADE = 24  # characters: "Mycket hög"
_ENOUGH = 0.6  # of the subject's weight


def answer_with_shapes(
    index: IndexReader,
    question: Question,
    scope: Scope,
    asked: Understanding,
    words: Sequence[WeighedWord],
) -> Answer | None:
    """The assessment of a goal, or the handling of a risk; None where neither is asked for."""
    bare = plain(fold(question.text))
    subject = [w for w in words if not w.idle and not _OF_SHAPES.match(plain(w.word))]
    if not subject:
        return None
    if asked.operation == "assessment":
        return _assessment(index, question, scope, subject)
    field = "responsible" if _WHO.search(bare) else "handling" if _HOW.search(bare) else ""
    if not field and (graded := [name for name in _GRADED if name in asked.measures]):
        return _grade(index, question, scope, subject, graded[0]) if len(graded) == 1 else None
    return _risk(index, question, scope, subject, field) if field else None


def _score(text: str, words: Sequence[WeighedWord]) -> float:
    terms = TextTerms(text)
    total = sum(word.weight for word in words)
    return sum(word.weight * held(terms, word) for word in words) / total


def _assessment(
    index: IndexReader, question: Question, scope: Scope, words: Sequence[WeighedWord]
) -> Answer | None:
    best: tuple[float, StoredDocument, Goal] | None = None
    for document in scope.documents:
        for goal in _goals(index, document):
            score = _score(" ".join((*goal.section[-1:], goal.indicator)), words)
            if goal.judged is not None and score >= _ENOUGH and (best is None or score > best[0]):
                best = score, document, goal
    if best is None:
        return None
    _, document, goal = best
    assert goal.judged is not None
    page = index.store.page(document.id, goal.judged.page)
    assert page is not None
    cited = _citation(document, page, goal.judged, goal.section)
    name = goal.section[-1] if goal.section else goal.indicator
    text = f"{name}: bedömningen är ”{goal.assessment}”. [1]"
    return Answer(question.text, "answered", text, (cited,))


def _goals(index: IndexReader, document: StoredDocument) -> list[Goal]:
    pages = [index.store.page(document.id, n) for n in range(1, document.pages + 1)]
    figures = [figure for _, figure in index.store.figures([document.id])]
    found = [page for page in pages if page is not None]
    return goals_of(found, index.store.tables(document.id), figures)


def _risk(
    index: IndexReader,
    question: Question,
    scope: Scope,
    words: Sequence[WeighedWord],
    field: str,
) -> Answer | None:
    found: list[tuple[float, StoredDocument, Risk]] = []
    for document in scope.documents:
        figures = [figure for _, figure in index.store.figures([document.id])]
        for risk in risks_of(index.store.tables(document.id), figures):
            described = " ".join((risk.name, *(text.text for text in risk.description)))
            score = max(_score(risk.name, words), 0.9 * _score(described, words))
            if getattr(risk, field) and score >= _ENOUGH:
                found.append((score, document, risk))
    found.sort(key=lambda item: -item[0])
    if not found or (
        len(found) > 1 and found[0][0] == found[1][0] and found[0][2].name != found[1][2].name
    ):
        return None
    _, document, risk = found[0]
    texts: tuple[Text, ...] = getattr(risk, field)
    page = index.store.page(document.id, texts[0].span.page)
    assert page is not None
    span = _row(page, texts[0].span)
    boxes = tuple(box for text in texts for box in boxes_of(page, text.span))
    cited = _citation(document, page, span, risk.section, boxes)
    said = " ".join(f"{text.head}: ”{quote_of(page, text.span)}”." for text in texts)
    return Answer(question.text, "answered", f"{risk.name}. {said} [1]", (cited,))


def _grade(
    index: IndexReader,
    question: Question,
    scope: Scope,
    words: Sequence[WeighedWord],
    measure: str,
) -> Answer | None:
    """How likely or severe a risk is, where its table says so in words: "Hög"."""
    found: dict[str, tuple[float, StoredDocument, Table, Text]] = {}
    for document in scope.documents:
        for table in index.store.tables(document.id):
            for name, text in _grades(table, measure):
                score = _score(name, words)
                if score >= _ENOUGH and score > found.get(name, (0.0,))[0]:
                    found[name] = score, document, table, text
    best = max((one[0] for one in found.values()), default=0.0)
    named = [(name, one) for name, one in found.items() if one[0] == best]
    if len(named) != 1:
        return None
    name, (_, document, table, text) = named[0]
    page = index.store.page(document.id, text.span.page)
    assert page is not None
    boxes = boxes_of(page, text.span)
    cited = _citation(document, page, _row(page, text.span), table.section, boxes)
    said = f"{name}. {text.head}: ”{quote_of(page, text.span)}”. [1]"
    return Answer(question.text, "answered", said, (cited,))


def _grades(table: Table, measure: str) -> Iterator[tuple[str, Text]]:
    """What rows are called, with what a column of a measure says of each in words."""
    places = places_of(table)
    grid = read_grid(table, places)
    for column, head in enumerate(grid.heads):
        if column == grid.label or measure_of(" ".join(head)) != measure:
            continue
        for row, path in grid.paths.items():
            cell = places.get((row, column))
            if cell is None or cell.span is None or not path:
                continue
            if cell.text.strip().isalpha() and len(cell.text) <= _LONGEST_GRADE:
                yield path[-1], Text(cell.text, " ".join(head), cell.span)


def _row(page: Page, span: Span) -> Span:
    """The line of a page's text that a cell stands in: its whole row."""
    start = page.text.rfind("\n", 0, span.start) + 1
    end = page.text.find("\n", span.end)
    return Span(page.number, start, end if end >= 0 else len(page.text))


def _citation(
    document: StoredDocument,
    page: Page,
    span: Span,
    section: tuple[str, ...],
    boxes: tuple[Box, ...] = (),
) -> Citation:
    return Citation(
        1,
        document.id,
        document.identity.title,
        page.number,
        page.label,
        section,
        quote_of(page, span),
        boxes or boxes_of(page, span),
        document.sha256,
        source_of(document, page),
    )
