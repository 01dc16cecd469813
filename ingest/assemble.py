"""Drafts of all pages → pages with text and blocks, and tables: what every file kind ends in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.blocks import Draft
from ingest.headings import SectionPath
from ingest.page_text import CellSpans, PageText
from ingest.tables.build import PlacedRaster, build_tables
from ingest.types import Block, BlockKind, Page, Table

_CLOSE = 45.0  # points from a table to the line above or below that may state its unit
_RUNNING = (BlockKind.HEADER, BlockKind.FOOTER, BlockKind.FOOTNOTE)


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A page's drafts in reading order. Sizes in points; 0 where the file has no fixed pages."""

    number: int
    label: str
    width: float
    height: float
    drafts: tuple[Draft, ...]
    readable: bool = True
    ocr: bool = False


def assemble(draft_pages: Sequence[DraftPage]) -> tuple[list[Page], list[Table]]:
    """Pages with their text, blocks and section paths; and tables, joined over page breaks."""
    path = SectionPath()
    placed: list[PlacedRaster] = []
    pages: list[Page] = []
    for draft_page in draft_pages:
        pages.append(_page(draft_page, path, placed))
    tables, owners = build_tables(placed)
    names = iter(tables[owner].id for owner in owners)
    return [_name_tables(page, names) for page in pages], tables


def _page(source: DraftPage, path: SectionPath, placed: list[PlacedRaster]) -> Page:
    text = PageText(source.number)
    blocks: list[Block] = []
    body = [draft for draft in source.drafts if draft.kind not in _RUNNING]
    for index, draft in enumerate(source.drafts):
        section = path.path
        if draft.kind is BlockKind.HEADING:
            section = path.enter(draft.level, draft.text)
        if draft.raster is None:
            span = text.add_lines(draft.lines)
        else:
            span, cells = text.add_raster(draft.raster)
            placed.append(_place(draft, source, index, body, section, cells))
        blocks.append(Block(draft.kind, span, draft.box, draft.text, section, draft.level))
    return Page(
        source.number,
        source.label,
        source.width,
        source.height,
        text.text,
        tuple(text.words),
        tuple(blocks),
        source.readable,
        source.ocr,
    )


def _place(
    draft: Draft,
    page: DraftPage,
    index: int,
    body: list[Draft],
    section: tuple[str, ...],
    cells: CellSpans,
) -> PlacedRaster:
    assert draft.raster is not None
    caption = _caption(page.drafts, index)
    return PlacedRaster(
        draft.raster,
        page.number,
        caption,
        section,
        cells,
        leads=body[0] is draft,
        ends=body[-1] is draft,
        near=_near(page.drafts, index),
    )


def _near(drafts: tuple[Draft, ...], index: int) -> tuple[str, ...]:
    """The texts of the blocks right above and below the table at `index`."""
    table = drafts[index].box
    above = [draft for draft in drafts[:index] if draft.kind is not BlockKind.CAPTION][-1:]
    return tuple(
        draft.text
        for draft in (*above, *drafts[index + 1 : index + 2])
        if draft.raster is None
        and (table[1] - draft.box[3] < _CLOSE and draft.box[1] - table[3] < _CLOSE)
    )


def _caption(drafts: tuple[Draft, ...], index: int) -> str:
    """The captions right above the table at `index`; else one right below that no other takes."""
    above: list[str] = []
    for draft in reversed(drafts[:index]):
        if draft.kind is not BlockKind.CAPTION:
            break
        above.insert(0, draft.text)
    if above:
        return "\n".join(above)
    below = drafts[index + 1 : index + 3]
    alone = len(below) == 1 or (len(below) == 2 and below[1].kind is not BlockKind.TABLE)
    if below and below[0].kind is BlockKind.CAPTION and alone:
        return below[0].text
    return ""


def _name_tables(page: Page, names: Iterator[str]) -> Page:
    blocks = tuple(
        replace(block, table=next(names)) if block.kind is BlockKind.TABLE else block
        for block in page.blocks
    )
    return replace(page, blocks=blocks)
