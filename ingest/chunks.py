"""Pages with blocks, and tables → chunks: what is embedded and retrieved.

A chunk stays inside one section, and begins with the section's heading where that stands right
above. Every piece of it is a range of a page's text, so that its page is never in doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.types import Block, BlockKind, Chunk, Page, Span, Table

_LONG = 900  # characters: prose is parted at a block's end once a chunk is longer
_ROWS = 1100  # characters of table rows in a chunk
_TEXT = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CAPTION)


def build_chunks(pages: Sequence[Page], tables: Sequence[Table]) -> list[Chunk]:
    """All chunks of a document in reading order, numbered from 0; contents lists make none."""
    texts = {page.number: page.text for page in pages}
    by_id = {table.id: table for table in tables}
    chunks: list[Chunk] = []
    for group in _groups(pages):
        if isinstance(group, str):
            chunks.extend(_table_chunks(by_id[group], texts))
        else:
            chunks.append(_prose_chunk(group, texts))
    return [replace(chunk, number=index) for index, chunk in enumerate(chunks)]


def _groups(pages: Sequence[Page]) -> Iterator[list[Block] | str]:
    """Blocks that make one chunk of prose, or the id of a table, in reading order."""
    group: list[Block] = []
    notes: list[Block] = []  # a footnote follows the text that it stands below
    seen: set[str] = set()

    def finished() -> Iterator[list[Block]]:
        nonlocal group, notes
        if group:
            yield group
        for note in notes:
            yield [note]
        group, notes = [], []

    for page in pages:
        for block in page.blocks:
            if block.kind is BlockKind.TABLE and block.table is not None:
                if block.table not in seen:
                    yield from finished()
                    seen.add(block.table)
                    yield block.table
            elif block.kind is BlockKind.COVER:
                yield [block]
            elif block.kind is BlockKind.FOOTNOTE:
                notes.append(block)
            elif block.kind is BlockKind.HEADING or block.kind in _TEXT:
                if group and _parts(group, block):
                    yield from finished()
                group.append(block)
    yield from finished()


def _parts(group: list[Block], block: Block) -> bool:
    """Whether `block` begins a new chunk after `group`."""
    if block.kind is BlockKind.HEADING:
        # headings that follow each other directly belong to the text below them
        return any(other.kind is not BlockKind.HEADING for other in group)
    length = sum(len(other.text) for other in group)
    # a list stays with the sentence that introduces it, unless it is very long
    room = 1.6 * _LONG if block.kind is BlockKind.LIST_ITEM else _LONG
    return length + len(block.text) > room and any(
        other.kind is not BlockKind.HEADING for other in group
    )


def _prose_chunk(group: list[Block], texts: dict[int, str]) -> Chunk:
    kind = group[-1].kind
    name = "prose" if kind in _TEXT else str(kind)
    spans = tuple(block.span for block in group)
    return Chunk(0, name, group[-1].section, _joined(spans, texts), "", spans)


def _joined(spans: Sequence[Span], texts: dict[int, str]) -> str:
    return "\n".join(texts[span.page][span.start : span.end] for span in spans)


def _table_chunks(table: Table, texts: dict[int, str]) -> Iterator[Chunk]:
    """One chunk, or several of a long table; each repeats caption, unit and header as context."""
    context = _context(table)
    spans: list[Span] = []
    length = 0
    heading = ""
    for index in range(table.row_count):
        span = row_span(table, index)
        if span is None:
            continue
        size = span.end - span.start
        if spans and length + size > _ROWS:
            yield Chunk(
                0, "table", table.section, _joined(spans, texts), context, tuple(spans), table.id
            )
            # a sub-heading inside the table goes on to hold for the rows after the break
            context = _context(table) + (f"\n{heading}" if heading else "")
            spans, length = [], 0
        filled = [cell for cell in table.row(index) if cell.text]
        if index >= table.header_rows and len(filled) == 1 and table.columns > 1:
            heading = filled[0].text
        spans.append(span)
        length += size
    if spans:
        yield Chunk(
            0, "table", table.section, _joined(spans, texts), context, tuple(spans), table.id
        )


def row_span(table: Table, index: int) -> Span | None:
    """The range of row `index` from 0 in its page's text; None for an empty row."""
    spans = [cell.span for cell in table.row(index) if cell.span is not None]
    if not spans:
        return None
    page = spans[0].page
    here = [span for span in spans if span.page == page]
    return Span(page, min(s.start for s in here), max(s.end for s in here))


def _context(table: Table) -> str:
    grid = table.grid()[: table.header_rows]
    header = "\n".join(" | ".join(text.replace("\n", " ") for text in row) for row in grid)
    parts = [table.caption, f"Enhet: {table.unit}" if table.unit else "", header]
    return "\n".join(part for part in parts if part)
