"""Passages → the sentences and table rows in them that answer, each a range of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.chunks import row_span
from ingest.numbers import NumberError, find_quantities, parse_quantity
from ingest.types import Block, BlockKind, Page, Span, Table
from rag.direction import contradicts
from rag.quotes import rows, sentences
from rag.relevance import TextTerms, WeighedWord, coverage, longest_run
from rag.retrieval import Passage
from rag.scope import asks_for_wording, asks_why
from rag.store import Store

_WHOLE = 520  # characters: a paragraph up to this long is quoted whole
_LIST = 900  # characters of a list that is quoted whole
_WINDOW = 420  # characters of a longer one
_SAID = 3.0  # weight of what the sentence itself covers, beside the score of its passage
_COVERED = 2.0  # weight of what its whole passage covers
_RUN = 0.5  # for each further word of the question that follows in the same order
_RUN_WORDING = 1.5  # the same, where the wording is what is asked for
_INTRODUCES = 0.8  # against a sentence that only introduces what follows: "Tabellen visar:"
_UNFINISHED = 0.5  # against what is no sentence: labels of a figure, a line that a page cut
_GIVES_CAUSE = 0.6  # for a paragraph that gives reasons, where reasons are asked for
_OTHER_WAY = 2.0  # against reasons why something went the other way
_HEADINGS = 0.35  # what a heading above says counts less than the sentence itself


_LEADS = re.compile(r"(:|\b(att|beslutar|besluta|föreslår|är|saker|följande))$")
_ENDS = re.compile(r"[.!?:;…”\")\]⁰¹²³⁴⁵⁶⁷⁸⁹]$")
_CAUSE = re.compile(
    r"\b(beror|berodde|orsak\w*|förklar\w*|eftersom|därför|på grund av|till följd av"
    r"|med anledning av|medför\w*|innebär att|leder till|lett till|p\.g\.a)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A range of a page."""

    page: Page
    span: Span


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row's cells, and the names of their columns where each has one of its own."""

    cells: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A range of a page that may be quoted. `score` ranks it; `coverage` is 0 to 1.

    `coverage` is the share of the question (by weight) that stands in the quote, its headings or
    the rest of its passage.
    """

    passage: Passage
    page: Page
    span: Span
    core: Span
    """The sentence or row that was found; `span` is quoted around it."""
    score: float
    coverage: float
    headers: tuple[Place, ...] = ()
    """The header rows of the table that a row is quoted from, top level first."""
    row: TableRow | None = None
    """The row by its cells, empty ones included, where it is one of a table."""


def gather(
    store: Store,
    passages: Sequence[Passage],
    question: Sequence[WeighedWord],
    asked: str,
    *,
    number: bool,
) -> list[Evidence]:
    """The best quote of each passage, best first. `asked` is the question as it was put.

    With `number`, only what holds one may answer.
    """
    pages: dict[tuple[str, int], Page] = {}
    found: list[Evidence] = []
    for passage in passages:
        best = _best(store, passage, question, asked, pages, number=number)
        if best is not None:
            found.append(best)
    return sorted(found, key=lambda evidence: -evidence.score)


def _best(
    store: Store,
    passage: Passage,
    question: Sequence[WeighedWord],
    asked: str,
    pages: dict[tuple[str, int], Page],
    *,
    number: bool,
) -> Evidence | None:
    chunk = passage.stored.chunk
    head = TextTerms(" ".join([*chunk.section, chunk.context]))
    whole = TextTerms(passage.all_text)
    covered = coverage(question, whole)
    why = asks_why(asked)
    best: Evidence | None = None
    for page, unit, block in _units(store, passage, pages, number=number):
        text = _text(page, unit)
        in_prose = chunk.kind != "table" and _kind_at(page, block) is not BlockKind.LIST_ITEM
        if text.replace("\t", " | ") in chunk.context:
            continue  # a table's header says nothing by itself
        if number and not holds_number(text):
            continue
        own, above = TextTerms(text), coverage(question, head)
        said = coverage(question, own) + _HEADINGS * above
        run = longest_run(asked, text)
        follows = (_RUN_WORDING if asks_for_wording(asked) else _RUN) * min(max(run - 1, 0), 4)
        score = passage.score + _SAID * said + _COVERED * covered + follows
        if text.endswith(":"):
            score -= _INTRODUCES
        elif in_prose and not _ENDS.search(text):
            score -= _UNFINISHED
        if why:
            score += _as_a_reason(_text(page, block), asked)
        if best is None or score > best.score:
            span = unit if chunk.kind == "table" else _passage_around(page, unit, block)
            best = Evidence(passage, page, span, unit, score, covered)
    return best


def _as_a_reason(paragraph: str, asked: str) -> float:
    """What a paragraph gains or loses where it is asked why."""
    gives = _GIVES_CAUSE if _CAUSE.search(paragraph) else 0.0
    return gives - (_OTHER_WAY if contradicts(asked, paragraph) else 0.0)


def with_header(store: Store, evidence: Evidence) -> Evidence:
    """A row with numbers together with its cells and its table's header; others as they are."""
    name = evidence.passage.stored.chunk.table
    if name is None or not holds_number(_text(evidence.page, evidence.span)):
        return evidence
    document = evidence.passage.document.id
    table = store.table(document, name)
    if table is None or not table.header_rows:
        return evidence
    headers: list[Place] = []
    for index in range(table.header_rows):
        span = row_span(table, index)
        page = store.page(document, span.page) if span else None
        if span and page and not _overlaps(span, evidence.span):
            headers.append(Place(page, span))
    return replace(evidence, headers=tuple(headers), row=_row_of(table, evidence.span))


def _row_of(table: Table, span: Span) -> TableRow | None:
    """The row of a table that stands in a range of a page."""
    grid = table.grid()
    for index in range(table.header_rows, table.row_count):
        if row_span(table, index) == span:
            cells = tuple(" ".join(text.split()) for text in grid[index])
            return TableRow(cells, _column_names(table))
    return None


def _column_names(table: Table) -> tuple[str, ...]:
    """What each column is called, all header levels together; empty where any name is in doubt."""
    levels = [[""] * table.columns for _ in range(table.header_rows)]
    for cell in table.cells:
        if cell.row < table.header_rows:
            for column in range(cell.column, min(cell.column + cell.column_span, table.columns)):
                levels[cell.row][column] = " ".join(cell.text.split())
    names = tuple(" ".join(filter(None, parts)) for parts in zip(*levels, strict=True))
    others = names[1:]
    return names if all(others) and len(set(others)) == len(others) else ()


def _overlaps(one: Span, other: Span) -> bool:
    return one.page == other.page and one.start < other.end and other.start < one.end


def _text(page: Page, span: Span) -> str:
    return page.text[span.start : span.end]


def _units(
    store: Store, passage: Passage, pages: dict[tuple[str, int], Page], *, number: bool
) -> Iterator[tuple[Page, Span, Span]]:
    """Sentences (rows, in a table) of a passage, each with its page and the block it stands in."""
    chunk = passage.stored.chunk
    for index, span in enumerate(chunk.spans):
        key = (passage.document.id, span.page)
        if key not in pages:
            page = store.page(*key)
            if page is None:
                continue
            pages[key] = page
        page = pages[key]
        # a heading alone tells nothing, unless nothing stands below it
        kind = _kind_at(page, span)
        if number and kind is BlockKind.CAPTION:
            continue
        if kind is BlockKind.HEADING and (number or index < len(chunk.spans) - 1):
            continue
        parts = rows(page.text, span) if chunk.kind == "table" else sentences(page.text, span)
        for unit in parts:
            yield page, unit, span


def _kind_at(page: Page, span: Span) -> BlockKind | None:
    """What the block is that stands in a range of a page; None where none does."""
    return next((block.kind for block in page.blocks if block.span == span), None)


def holds_number(text: str) -> bool:
    """Whether a sentence, or a row whose cells are parted by tabs, says a quantity.

    Years, dates, paragraphs, diary numbers and the numbers of tables and goals are none.
    """
    if "\t" not in text:
        return bool(find_quantities(text))
    return any(_is_quantity(cell) for cell in text.split("\t"))


def _is_quantity(cell: str) -> bool:
    try:
        found = parse_quantity(" ".join(cell.split()))
    except NumberError:
        return bool(find_quantities(cell))
    return found is not None and not re.fullmatch(r"(19|20)\d\d", cell.strip())


def _passage_around(page: Page, unit: Span, block: Span) -> Span:
    """What is quoted around a sentence: its list, with the line that introduces it, or its part.

    One clause of a decision without the others would tell another story.
    """
    blocks = list(page.blocks)
    at = next((i for i, other in enumerate(blocks) if other.span == block), None)
    if at is None:
        return _window(page, unit, block)
    first = last = at
    while last + 1 < len(blocks) and blocks[last + 1].kind is BlockKind.LIST_ITEM:
        last += 1
    while blocks[first].kind is BlockKind.LIST_ITEM and first and _may_lead(blocks[first - 1]):
        first -= 1
    whole = Span(page.number, blocks[first].span.start, blocks[last].span.end)
    leads = last > first and (first < at or _LEADS.search(blocks[at].text))
    if leads and whole.end - whole.start <= _LIST:
        return whole
    return _window(page, unit, block)


def _may_lead(block: Block) -> bool:
    """Whether a block is part of a list: an item, or the paragraph that introduces it."""
    paragraph = block.kind is BlockKind.PARAGRAPH and bool(_LEADS.search(block.text))
    return paragraph or block.kind is BlockKind.LIST_ITEM


def _window(page: Page, unit: Span, block: Span) -> Span:
    """The sentence with its neighbours in the paragraph, as far as there is room."""
    parts = list(sentences(page.text, block))
    if len(parts) > 1 and parts[-1] != unit and not _ENDS.search(_text(page, parts[-1])):
        del parts[-1]  # a page break cut it short
    first = last = parts.index(unit)
    room = _WHOLE if parts[-1].end - parts[0].start <= _WHOLE else _WINDOW
    while True:
        # what follows explains more often than what stands before
        if last + 1 < len(parts) and parts[last + 1].end - parts[first].start <= room:
            last += 1
        elif first and parts[last].end - parts[first - 1].start <= room:
            first -= 1
        else:
            return Span(unit.page, parts[first].start, parts[last].end)
