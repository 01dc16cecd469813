"""Pages as understood: running lines, columns, headings, lists, notes, contents and tables."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdf_pages
import pytest

from ingest.document import parse
from ingest.types import Block, BlockKind, Chunk, Page, ParsedDocument

PROSE = " ".join(pdf_pages.PROSE)


def parsed(tmp_path: Path, draw: Callable[..., None], **settings: Any) -> ParsedDocument:
    path = tmp_path / "rapport.pdf"
    draw(path, **settings)
    document = parse(path)
    assert document.problems == ()
    return document


def texts(page: Page) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in page.blocks]


def of_kind(document: ParsedDocument, kind: BlockKind) -> list[Block]:
    return [block for page in document.pages for block in page.blocks if block.kind is kind]


def chunk_with(document: ParsedDocument, text: str) -> Chunk:
    (chunk,) = [chunk for chunk in document.chunks if text in chunk.text]
    return chunk


def test_running_lines_are_recognised_and_make_no_chunks(tmp_path: Path) -> None:
    document = parsed(tmp_path, pdf_pages.running_lines)
    for page, name in zip(
        document.pages, ("Äldreomsorg", "Hemtjänst", "Bemanning", "Lokaler"), strict=True
    ):
        assert texts(page) == [
            (BlockKind.HEADER, "Norrviks kommun Delårsrapport 2025"),
            (BlockKind.PARAGRAPH, f"{name} redovisas på den här sidan. {PROSE} {PROSE}"),
            (BlockKind.FOOTER, f"Sida {page.number + 2} av 20"),
        ]
        assert "Norrviks kommun" in page.text
    for chunk in document.chunks:
        assert "Norrviks kommun" not in chunk.text
        assert "Sida" not in chunk.text


def test_the_printed_number_is_the_label(tmp_path: Path) -> None:
    document = parsed(tmp_path, pdf_pages.running_lines)
    assert [(page.number, page.label) for page in document.pages] == [
        (1, "3"),
        (2, "4"),
        (3, "5"),
        (4, "6"),
    ]


def test_running_lines_of_a_cover_make_no_chunks(tmp_path: Path) -> None:
    document = parsed(tmp_path, pdf_pages.running_lines, repeats=1)
    assert of_kind(document, BlockKind.COVER)
    assert not any("Sida 3 av 20" in chunk.text for chunk in document.chunks)


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    (page,) = parsed(tmp_path, pdf_pages.two_columns).pages
    assert texts(page) == [
        (BlockKind.PARAGRAPH, pdf_pages.PROSE[0]),
        (BlockKind.PARAGRAPH, " ".join(pdf_pages.LEFT)),
        (BlockKind.PARAGRAPH, " ".join(pdf_pages.RIGHT)),
        (BlockKind.PARAGRAPH, pdf_pages.PROSE[1]),
    ]
    left, right = page.blocks[1:3]
    assert left.box[2] < 320 <= right.box[0]


def test_every_block_word_and_chunk_is_a_range_of_its_page(tmp_path: Path) -> None:
    document = parsed(tmp_path, pdf_pages.ruled_table)
    (page,) = document.pages
    for block in page.blocks:
        if block.kind is not BlockKind.TABLE:
            assert page.text[block.span.start : block.span.end].split() == block.text.split()
    first, last = page.words[0], page.words[-1]
    assert page.text[first.start : first.end] == "Ekonomi"
    assert page.text[last.start : last.end] == "början."
    assert (first.box[0], last.box[3]) == pytest.approx((60, 441.24), abs=0.01)
    for chunk in document.chunks:
        assert chunk.text == "\n".join(page.text[span.start : span.end] for span in chunk.spans)
    assert [chunk.number for chunk in document.chunks] == list(range(len(document.chunks)))


def test_a_footnote_is_a_block_and_a_chunk_of_its_own(tmp_path: Path) -> None:
    document = parsed(tmp_path, pdf_pages.footnote)
    assert texts(document.pages[0]) == [
        (BlockKind.PARAGRAPH, PROSE),
        (BlockKind.PARAGRAPH, "Kostnaden var 1250¹ tkr under perioden."),
        (
            BlockKind.FOOTNOTE,
            "¹ Exklusive kostnader som täcks av statsbidrag, enligt beslut i mars.",
        ),
    ]
    assert chunk_with(document, "statsbidrag").kind == "footnote"
    assert "statsbidrag" not in chunk_with(document, "Kostnaden var").text


def test_chunks_come_in_reading_order(tmp_path: Path) -> None:
    document = parsed(tmp_path, pdf_pages.footnote)
    assert [chunk.kind for chunk in document.chunks] == ["prose", "footnote"]


def test_numbered_headings_make_the_section_path(tmp_path: Path) -> None:
    document = parsed(tmp_path, pdf_pages.numbered_headings)
    headings = of_kind(document, BlockKind.HEADING)
    assert [(block.level, block.text, block.section) for block in headings] == [
        (1, "1 Ekonomi", ("1 Ekonomi",)),
        (2, "1.1 Prognos", ("1 Ekonomi", "1.1 Prognos")),
        (3, "1.1.1 Risker", ("1 Ekonomi", "1.1 Prognos", "1.1.1 Risker")),
        (1, "2 Personal", ("2 Personal",)),
    ]
    assert [chunk.section for chunk in document.chunks] == [block.section for block in headings]
    assert document.chunks[1].text == "\n".join(("1.1 Prognos", *pdf_pages.PROSE[:2]))


def test_unnumbered_headings_have_the_level_of_their_size(tmp_path: Path) -> None:
    document = parsed(tmp_path, pdf_pages.unnumbered_headings)
    headings = of_kind(document, BlockKind.HEADING)
    assert [(block.level, block.text, block.section) for block in headings] == [
        (1, "Ekonomi", ("Ekonomi",)),
        (2, "Hemtjänst", ("Ekonomi", "Hemtjänst")),
        (1, "Personal", ("Personal",)),
    ]
    lead = document.pages[0].blocks[1]
    assert (lead.kind, lead.section) == (BlockKind.PARAGRAPH, ("Ekonomi",))
    assert lead.text == "Det här är en ingress i fet stil som slutar med punkt."


def test_items_of_lists_are_found_with_all_their_lines(tmp_path: Path) -> None:
    document = parsed(tmp_path, pdf_pages.lists)
    assert texts(document.pages[0]) == [
        (BlockKind.PARAGRAPH, PROSE),
        (BlockKind.PARAGRAPH, "Nämnden har beslutat om följande åtgärder:"),
        (
            BlockKind.LIST_ITEM,
            "• anställningsstopp från den första maj, med undantag för natt",
        ),
        (BlockKind.LIST_ITEM, "• lägre inköp av övriga tjänster"),
        (BlockKind.LIST_ITEM, "– färre vikarier"),
        (BlockKind.LIST_ITEM, "a) uppföljning varje månad"),
    ]
    # a list stays with the sentence that introduces it
    assert "färre vikarier" in chunk_with(document, "följande åtgärder:").text


def test_a_contents_list_makes_no_chunks(tmp_path: Path) -> None:
    document = parsed(tmp_path, pdf_pages.contents_list)
    first, second = document.pages
    assert [block.kind for block in first.blocks] == [BlockKind.CONTENTS] * 6
    assert first.blocks[0].text == "Innehåll"
    assert first.blocks[2].text.split()[:2] == ["1.1", "Prognos"]
    assert texts(second) == [(BlockKind.HEADING, "1 Ekonomi"), (BlockKind.PARAGRAPH, PROSE)]
    (chunk,) = document.chunks
    assert [span.page for span in chunk.spans] == [2, 2]


def test_a_ruled_table_keeps_empty_cells_in_place(tmp_path: Path) -> None:
    document = parsed(tmp_path, pdf_pages.ruled_table)
    (table,) = document.tables
    assert table.grid() == [list(row) for row in pdf_pages.COSTS]
    assert (table.id, table.page, table.last_page, table.header_rows) == ("t1", 1, 1, 1)
    assert (table.columns, table.row_count, table.section) == (3, 5, ("Ekonomi",))
    page = document.pages[0]
    for cell in table.cells:
        assert cell.page == 1
        if cell.text:
            assert cell.span is not None
            assert page.text[cell.span.start : cell.span.end] == cell.text
        else:
            assert cell.span is None
    empty = table.row(2)[1]
    assert empty.text == ""
    assert empty.box == pytest.approx((200, 265, 320, 285), abs=1.01)
    assert [(block.kind, block.table) for block in page.blocks] == [
        (BlockKind.HEADING, None),
        (BlockKind.PARAGRAPH, None),
        (BlockKind.CAPTION, None),
        (BlockKind.TABLE, "t1"),
        (BlockKind.PARAGRAPH, None),
    ]


def test_caption_unit_and_header_are_context_of_the_chunk(tmp_path: Path) -> None:
    document = parsed(tmp_path, pdf_pages.ruled_table)
    (table,) = document.tables
    assert (table.caption, table.unit) == ("Tabell 1. Kostnader per verksamhet, tkr", "tkr")
    (chunk,) = [chunk for chunk in document.chunks if chunk.kind == "table"]
    assert (chunk.table, chunk.section) == ("t1", ("Ekonomi",))
    assert chunk.context.split("\n") == [
        "Tabell 1. Kostnader per verksamhet, tkr",
        "Enhet: tkr",
        "Verksamhet | Budget 2025 | Utfall 2025",
    ]
    assert chunk.text.split("\n")[1:3] == ["Hemtjänst\t1 250\t1 310", "Särskilt boende\t980"]


def test_an_unruled_table_keeps_empty_cells_in_place(tmp_path: Path) -> None:
    document = parsed(tmp_path, pdf_pages.unruled_table)
    (table,) = document.tables
    assert table.grid() == [
        ["Verksamhet", "2023", "2024", "2025"],
        ["Hemtjänst", "1 100", "1 250", "1 310"],
        ["Särskilt boende", "900", "", "980"],
        ["Korttidsboende", "70", "75", "80"],
        ["Summa", "2 070", "1 325", "2 370"],
    ]
    assert (table.header_rows, table.caption, table.unit) == (1, "Tabell 2. Kostnader i tkr", "tkr")
    assert texts(document.pages[0])[-1] == (BlockKind.PARAGRAPH, PROSE)


def test_lines_in_a_cell_are_joined_by_line_feeds(tmp_path: Path) -> None:
    document = parsed(tmp_path, pdf_pages.lines_in_cells)
    (table,) = document.tables
    assert table.grid() == [
        ["Mål", "Bedömning"],
        ["Trygg\näldreomsorg", "Målet nås\ndelvis under\nåret"],
        ["God ekonomi", "Målet nås inte"],
    ]
    assert (table.caption, table.unit) == ("", "")
    # in the page's text they are joined by spaces, so that they can be quoted
    chunk = chunk_with(document, "God ekonomi")
    assert chunk.text.split("\n")[1] == "Trygg äldreomsorg\tMålet nås delvis under året"


def test_a_header_over_two_columns_spans_them(tmp_path: Path) -> None:
    document = parsed(tmp_path, pdf_pages.bands_over_columns)
    (table,) = document.tables
    assert table.grid() == [
        ["", "Budget", "", "Utfall", ""],
        ["Verksamhet", "2024", "2025", "2024", "2025"],
        ["Skola", "7,5", "8,1", "-7,9", "–"],
        ["Förskola", "3,0", "3,2", "3,1", "3,3"],
    ]
    assert (table.header_rows, table.caption, table.unit) == (2, "Belopp i mnkr:", "mnkr")
    assert [(cell.column, cell.column_span) for cell in table.row(0)] == [(0, 1), (1, 2), (3, 2)]


@pytest.mark.parametrize("header_again", [True, False])
def test_a_table_over_two_pages_is_joined(header_again: bool, tmp_path: Path) -> None:
    document = parsed(tmp_path, pdf_pages.table_over_two_pages, header_again=header_again)
    (table,) = document.tables
    assert table.grid() == [list(row) for row in pdf_pages.COSTS]
    assert (table.page, table.last_page, table.header_rows) == (1, 2, 1)
    assert (table.caption, table.unit) == ("Kostnader per verksamhet (tkr)", "tkr")
    assert [table.row(row)[0].page for row in range(5)] == [1, 1, 1, 2, 2]
    assert [block.table for block in of_kind(document, BlockKind.TABLE)] == ["t1", "t1"]
    (chunk,) = [chunk for chunk in document.chunks if chunk.kind == "table"]
    assert [span.page for span in chunk.spans] == [1, 1, 1, 2, 2]
    assert chunk.text.count("Verksamhet") == 1
