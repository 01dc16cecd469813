"""Chunks → runs of text that are searched in, and ranges of them → passages on their pages.

A run is what is read in one go: a document's prose, page after page (tables, footnotes and covers
that stand in between left out), or a piece of a table, cell after cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ingest.types import Chunk, Page, Span
from rag.quotes import boxes_of, quote_of, sentences, squeezed
from rag.store import StoredChunk
from rag.wording.tokens import Token, tokens
from rag.wording.types import Part, Passage

_PROSE = ("prose", "heading")
_WHOLE = re.compile(r"[.!?:…][\"”»)\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*\s*\Z")
_CLOSING = re.compile(r"(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+ ?)?[.,;:!?)\]\"“”»…]+[⁰¹²³⁴⁵⁶⁷⁸⁹]*|[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_BETWEEN_CELLS = " | "


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text with its tokens, marks left out, and its sentences as ranges of those."""

    text: str
    tokens: tuple[Token, ...]
    keys: tuple[str, ...]
    sentences: tuple[tuple[int, int], ...]


@lru_cache(maxsize=8_192)
def read_text(text: str) -> ReadText:
    """Read a text; kept, for the same texts are searched again and again."""
    kept = tuple(token for token in tokens(text) if not token.mark)
    ranges: list[tuple[int, int]] = []
    at = 0
    for span in sentences(text, Span(0, 0, len(text))):
        first = at
        while at < len(kept) and kept[at].start < span.end:
            at += 1
        if at > first:
            ranges.append((first, at))
    return ReadText(text, kept, tuple(token.key for token in kept), tuple(ranges))


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item, heading or cell; `start` is where it begins in its page's text.

    `first` is the number of its first word in its run. `row` tells a table's rows apart (-1 in
    prose), `joins` that it goes on with the block before: a page break parts the paragraph.
    """

    page: int
    start: int
    read: ReadText
    section: tuple[str, ...]
    first: int
    chunk: int
    row: int = -1
    joins: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Text that is read in one go: its blocks, and the keys of all their words in order."""

    document: str
    blocks: tuple[Block, ...]
    keys: tuple[str, ...]
    there: frozenset[str]
    """The keys, each once."""

    def block_at(self, word: int) -> int:
        """The number of the block that word number `word` stands in."""
        low, high = 0, len(self.blocks) - 1
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.blocks[middle].first <= word else (low, middle - 1)
        return low


def runs_of(chunks: Sequence[StoredChunk]) -> Iterator[Run]:
    """The runs of chunks of one document that follow each other, in order."""
    prose = [stored for stored in chunks if stored.chunk.kind in _PROSE]
    if prose:
        yield _run(prose[0].document, prose)
    for stored in chunks:
        if stored.chunk.kind not in _PROSE:
            yield _run(stored.document, [stored])


def _run(document: str, chunks: Sequence[StoredChunk]) -> Run:
    blocks: list[Block] = []
    keys: list[str] = []
    for stored in chunks:
        for page, start, text, row in _pieces(stored.chunk):
            read = read_text(text)
            if not read.keys:
                continue
            joins = bool(blocks) and row < 0 and _goes_on(blocks[-1], page, text)
            section = stored.chunk.section
            number = stored.chunk.number
            blocks.append(Block(page, start, read, section, len(keys), number, row, joins))
            keys += read.keys
    return Run(document, tuple(blocks), tuple(keys), frozenset(keys))


def _pieces(chunk: Chunk) -> Iterator[tuple[int, int, str, int]]:
    """Page, place in its text, text and row of each block of prose, or each cell of a table."""
    at = 0
    for row, span in enumerate(chunk.spans):
        text = chunk.text[at : at + span.end - span.start]
        at += len(text) + 1
        if chunk.table is None:
            yield span.page, span.start, text, -1
            continue
        start = span.start
        for cell in text.split("\t"):
            yield span.page, start, cell, row
            start += len(cell) + 1


def _goes_on(before: Block, page: int, text: str) -> bool:
    """Whether a block is the rest of one on the page or in the column before."""
    return not _WHOLE.search(before.read.text) and text[:1].islower() and before.page <= page


def parts_of_run(run: Run, start: int, end: int) -> list[tuple[Block, Span]]:
    """Words `start` to `end` of a run as ranges of pages, block by block.

    A mark right behind the last word belongs to it, and so does a bracket or quotation mark right
    before the first.
    """
    found: list[tuple[Block, Span]] = []
    for block in run.blocks[run.block_at(start) : run.block_at(end - 1) + 1]:
        own = block.read.tokens
        first, last = max(start - block.first, 0), min(end - block.first, len(own)) - 1
        text = block.read.text
        begin, stop = own[first].start, own[last].end
        opening = re.search(r"[(\[\"“”„»]+\Z", text[:begin]) if first else None
        closing = _CLOSING.match(text[stop:])
        begin -= len(opening[0]) if opening else 0
        stop += len(closing[0]) if closing else 0
        found.append((block, Span(block.page, block.start + begin, block.start + stop)))
    return found


def passage_of(
    run: Run, start: int, end: int, page_of: Callable[[str, int], Page | None]
) -> Passage | None:
    """Words `start` to `end` of a run with their places; None where a page is gone."""
    spans = parts_of_run(run, start, end)
    pages = {span.page: page_of(run.document, span.page) for _, span in spans}
    text = squeezed(_text(spans))
    parts: list[Part] = []
    for span in _merged([span for _, span in spans], pages):
        page = pages[span.page]
        if page is None:
            return None
        boxes = boxes_of(page, span)
        parts.append(Part(page.number, page.label, span, quote_of(page, span), boxes))
    return Passage(spans[0][0].section, text, tuple(parts))


def _text(spans: Sequence[tuple[Block, Span]]) -> str:
    """The text of ranges; a mark that is no word stands between cells, or numbers would join."""
    pieces: list[str] = []
    for index, (block, span) in enumerate(spans):
        if index:
            pieces.append(_BETWEEN_CELLS if block.row >= 0 else "\n")
        offset = span.start - block.start
        pieces.append(block.read.text[offset : offset + span.end - span.start])
    return "".join(pieces)


def _merged(spans: Sequence[Span], pages: dict[int, Page | None]) -> Iterator[Span]:
    """Ranges with nothing but white space and bullets between them, as one."""
    current = spans[0]
    for _, span in pairwise(spans):
        page = pages[span.page]
        between = page.text[current.end : span.start] if page is not None else "x"
        if span.page == current.page and span.start >= current.end and not between.strip(" \t\n•"):
            current = Span(span.page, current.start, span.end)
        else:
            yield current
            current = span
    yield current
