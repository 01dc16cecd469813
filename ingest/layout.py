"""Raw pages of a PDF → drafts in reading order, with running lines, tables and headings known."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.assemble import DraftPage
from ingest.beside import around_tables
from ingest.blocks import Draft, Style, body_style, classify, group_lines
from ingest.columns import reading_order
from ingest.contents import contents_lines, entries, fold_title
from ingest.furniture import Furniture, PageLines, find_furniture
from ingest.headings import mark_headings
from ingest.lines import lines_from_words, turned_lines
from ingest.tables.find import find_rasters
from ingest.tables.raster import Raster
from ingest.turned import turned_page
from ingest.types import BlockKind, Line, RawPage, Word

_COVER_WORDS = 90  # a first page with fewer words, in a document of several pages, is a cover


def lay_out(
    raw_pages: Sequence[RawPage], labels: dict[int, str], outline: Sequence[str] = ()
) -> list[DraftPage]:
    """Understand all pages.

    `labels` are the PDF's own page labels, used where none is printed; `outline` the titles of its
    bookmarks, which help to tell headings.
    """
    upright = [
        PageLines(
            page.number,
            page.height,
            tuple(lines_from_words(w for w in page.words if w.angle == 0)),
        )
        for page in raw_pages
    ]
    furniture = find_furniture(upright)
    contents = {page.number: contents_lines(list(page.lines)) for page in upright}
    listed = {id(line) for lines in contents.values() for line in lines}
    bare = {page.number: _bare(page, furniture, contents[page.number]) for page in raw_pages}
    turned = {number: turned_page(page, page.words) for number, page in bare.items()}
    sideways = (lines_from_words(turn.upright.words) for turn in turned.values() if turn)
    lines = itertools.chain(*(page.lines for page in upright), *sideways)
    body = body_style(line for line in lines if id(line) not in listed)
    titles = {fold_title(e.title) for lines in contents.values() for e in entries(lines)}
    titles |= {fold_title(title) for title in outline if re.search(r"[^\W\d_]{3}", title)}
    drafted: list[list[Draft]] = []
    for page in raw_pages:
        turn = turned[page.number]
        upright_page = turn.upright if turn else bare[page.number]
        before = _last_table(drafted[-1]) if drafted else None
        drafted.append(
            _drafts(upright_page, furniture, contents[page.number], (body, titles), before)
        )
    if len(raw_pages) > 2 and len(raw_pages[0].words) < _COVER_WORDS and not contents[1]:
        drafted[0] = [_as_cover(draft) for draft in drafted[0]]
    marked = mark_headings([draft for page in drafted for draft in page], body, titles)
    result: list[DraftPage] = []
    for page, drafts in zip(raw_pages, drafted, strict=True):
        own, marked = marked[: len(drafts)], marked[len(drafts) :]
        label = furniture.labels.get(page.number) or labels.get(page.number, "")
        done = _captions(own)
        if turn := turned[page.number]:
            done = [turn.restored(draft) for draft in done]
        result.append(
            DraftPage(page.number, label, page.width, page.height, tuple(done), ocr=page.ocr)
        )
    return result


def _as_cover(draft: Draft) -> Draft:
    running = draft.kind in (BlockKind.HEADER, BlockKind.FOOTER)
    return draft if running or draft.raster else replace(draft, kind=BlockKind.COVER)


def _bare(page: RawPage, furniture: Furniture, contents: list[Line]) -> RawPage:
    """A page without its running lines and its contents list."""
    running = (*furniture.headers.get(page.number, []), *furniture.footers.get(page.number, []))
    used = {id(word) for line in (*running, *contents) for word in line.words}
    return replace(page, words=tuple(word for word in page.words if id(word) not in used))


def _drafts(
    page: RawPage,
    furniture: Furniture,
    contents: list[Line],
    known: tuple[Style, set[str]],
    before: Raster | None,
) -> list[Draft]:
    """The drafts of a page in reading order, running lines first and last.

    `page` is without its running lines and contents, and upright. `known` are the style of body
    text and the titles of sections; `before` is the table that ended the page before, if one did.
    """
    header = furniture.headers.get(page.number, [])
    footer = furniture.footers.get(page.number, [])
    rasters = find_rasters(list(page.words), page.rules, before)
    used = {id(word) for raster in rasters for word in raster.words()}
    words = [word for word in page.words if id(word) not in used]
    listed = [Draft(BlockKind.CONTENTS, (line,)) for line in contents]
    return [
        *(Draft(BlockKind.HEADER, (line,)) for line in header),
        *listed,
        *_body(page, words, rasters, *known),
        *(Draft(BlockKind.FOOTER, (line,)) for line in reversed(footer)),
    ]


def _last_table(drafts: list[Draft]) -> Raster | None:
    """The table that nothing but footnotes and running lines stands below, if there is one."""
    ended = (BlockKind.FOOTER, BlockKind.FOOTNOTE)
    return next((d.raster for d in reversed(drafts) if d.kind not in ended), None)


def _body(
    page: RawPage, words: list[Word], rasters: list[Raster], body: Style, titles: set[str]
) -> list[Draft]:
    """Text and tables between the running lines, in reading order."""
    lines = lines_from_words(word for word in words if word.angle == 0)
    # a table takes part in the reading order as one tall line of its own
    places = [_placeholder(raster) for raster in rasters]
    stands_for = {id(line.words[0]): raster for line, raster in zip(places, rasters, strict=True)}
    drafts: list[Draft] = []
    ordered = sorted([*lines, *places], key=lambda line: line.words[0].baseline)
    runs = [part for run in reading_order(ordered) for part in around_tables(run, places)]
    for run in runs:
        text: list[Line] = []
        for line in run:
            raster = stands_for.get(id(line.words[0]))
            if raster is None:
                text.append(line)
                continue
            drafts.extend(_text(text, body, page.height, titles))
            drafts.append(Draft(BlockKind.TABLE, raster=raster))
            text = []
        drafts.extend(_text(text, body, page.height, titles))
    for angle in (90, 270, 180):
        turned = turned_lines(word for word in words if word.angle == angle)
        if turned:
            drafts.append(Draft(BlockKind.PARAGRAPH, tuple(turned)))
    # footnotes are read last, wherever a column broke
    notes = [draft for draft in drafts if draft.kind is BlockKind.FOOTNOTE]
    return [draft for draft in drafts if draft.kind is not BlockKind.FOOTNOTE] + notes


def _placeholder(raster: Raster) -> Line:
    """A line that stands where a table does. Its baseline is the table's upper edge."""
    word = Word("", raster.box, 10.0, raster.box[1] + 4)
    return Line((word,), raster.box, 10.0, bold=False)


def _text(lines: list[Line], body: Style, height: float, titles: set[str]) -> list[Draft]:
    """The drafts of lines that follow each other in one column."""
    drafts: list[Draft] = []
    for group in group_lines(lines, titles):
        after_note = bool(drafts) and drafts[-1].kind is BlockKind.FOOTNOTE
        drafts.append(Draft(classify(group, body, height, after_note), group))
    return drafts


def _captions(drafts: list[Draft]) -> list[Draft]:
    """Mark the line right above a table as its caption, where it reads as one."""
    result = list(drafts)
    for index, draft in enumerate(drafts):
        if draft.raster is None or not index:
            continue
        above = result[index - 1]
        near = 0 <= draft.box[1] - above.box[3] < 26
        short = len(above.lines) <= 2 and len(above.text) <= 150
        plain = above.kind is BlockKind.PARAGRAPH and above.raster is None
        if plain and near and short and (above.text.endswith(":") or not above.text.endswith(".")):
            result[index - 1] = replace(above, kind=BlockKind.CAPTION)
    return result
