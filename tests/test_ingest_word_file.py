"""Word files, made here with python-docx and by hand: sections, pages, tables, refusals."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from ingest.assemble import assemble
from ingest.chunks import build_chunks
from ingest.errors import EncryptedFileError, UnreadableFileError
from ingest.types import BlockKind, Page, Table
from ingest.word_file import read_docx


def read(tmp_path: Path, document: Any) -> tuple[list[Page], list[Table]]:
    path = tmp_path / "rapport.docx"
    document.save(str(path))
    return assemble(read_docx(path.read_bytes()).pages)


def rendered(paragraph: Any, text: str) -> None:
    """Add a run that stands first on a new page, as Word notes it when it saves."""
    run = paragraph.add_run(text)
    run._r.insert(0, OxmlElement("w:lastRenderedPageBreak"))


def fill(table: Any, rows: list[list[str]]) -> None:
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def body_xml(document: Any, xml: str) -> None:
    """Add an element to the end of the body, in front of the page settings."""
    document.element.body.insert(-1, parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))


def texts(page: Page) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in page.blocks]


def test_blocks_in_order_with_their_sections(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Norrviks kommun"
    document.add_heading("Delårsrapport 2024", 0)
    document.add_heading("Ekonomi", 1)
    document.add_paragraph("Nämnden redovisar ett underskott.\nDet är större än väntat.")
    document.add_heading("Åtgärder", 2)
    document.add_paragraph("anställningsstopp", style="List Bullet")
    document.add_paragraph("lägre inköp", style="List Number")
    document.add_paragraph("  ")
    document.add_heading("Mål", 1)
    (page,), tables = read(tmp_path, document)
    assert [(block.kind, block.text, block.section, block.level) for block in page.blocks] == [
        (BlockKind.HEADING, "Delårsrapport 2024", ("Delårsrapport 2024",), 1),
        (BlockKind.HEADING, "Ekonomi", ("Ekonomi",), 1),
        (
            BlockKind.PARAGRAPH,
            "Nämnden redovisar ett underskott. Det är större än väntat.",
            ("Ekonomi",),
            0,
        ),
        (BlockKind.HEADING, "Åtgärder", ("Ekonomi", "Åtgärder"), 2),
        (BlockKind.LIST_ITEM, "anställningsstopp", ("Ekonomi", "Åtgärder"), 0),
        (BlockKind.LIST_ITEM, "lägre inköp", ("Ekonomi", "Åtgärder"), 0),
        (BlockKind.HEADING, "Mål", ("Mål",), 1),
    ]
    assert "Nämnden redovisar ett underskott.\nDet är" in page.text
    assert (page.number, page.label, page.width, page.height) == (1, "", 0, 0)
    assert tables == []


@pytest.mark.parametrize(
    ("name", "base", "kind", "level"),
    [
        ("Rubrik 1", None, BlockKind.HEADING, 1),
        ("Rubrik 3", None, BlockKind.HEADING, 3),
        ("Rubrik", None, BlockKind.HEADING, 1),
        ("Nämndens rubrik", "Heading 2", BlockKind.HEADING, 2),
        ("Liststycke punkt", "List Bullet", BlockKind.LIST_ITEM, 0),
        ("toc 1", None, BlockKind.CONTENTS, 0),
        ("Beskrivning", None, BlockKind.CAPTION, 0),
        ("Brödtext", "Normal", BlockKind.PARAGRAPH, 0),
    ],
)
def test_styles(name: str, base: str | None, kind: BlockKind, level: int, tmp_path: Path) -> None:
    document = docx.Document()
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    style.base_style = document.styles[base] if base else None
    document.add_paragraph("Äldreomsorg", style=style)
    (page,), _ = read(tmp_path, document)
    assert [(block.kind, block.level) for block in page.blocks] == [(kind, level)]


def test_a_paragraph_s_own_settings(tmp_path: Path) -> None:
    document = docx.Document()
    body_xml(document, '<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>A</w:t></w:r></w:p>')
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>'
    for style, which in (("Normal", 3), ("ListBullet", 0)):
        body_xml(
            document,
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{number.format(which)}</w:pPr>'
            "<w:r><w:t>B</w:t></w:r></w:p>",
        )
    (page,), _ = read(tmp_path, document)
    kinds = [BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.PARAGRAPH]
    assert [block.kind for block in page.blocks] == kinds
    assert page.blocks[0].level == 2


def test_text_inside_wrappers_but_not_what_was_deleted(tmp_path: Path) -> None:
    document = docx.Document()
    body_xml(
        document,
        "<w:sdt><w:sdtContent><w:p>"
        "<w:r><w:t>Vård- och om</w:t></w:r>"
        "<w:ins><w:r><w:t>sorgs</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>struket</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>dolt</w:t></w:r>"
        "<w:hyperlink><w:r><w:t>nämnden</w:t></w:r></w:hyperlink>"
        "<w:r><w:tab/><w:t>2024</w:t></w:r>"
        "</w:p></w:sdtContent></w:sdt>",
    )
    body_xml(
        document,
        "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>I en ruta</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r><w:r><w:t>Bredvid rutan</w:t></w:r></w:p>",
    )
    (page,), _ = read(tmp_path, document)
    assert page.text == "Vård- och omsorgsnämnden 2024\nBredvid rutan\nI en ruta"


def test_breaks_of_the_author_part_pages(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Sida ett")
    document.add_page_break()
    document.add_paragraph("Sida två")
    document.add_section(WD_SECTION.CONTINUOUS)
    document.add_paragraph("Ännu sida två")
    document.add_section(WD_SECTION.NEW_PAGE)
    document.add_paragraph("Sida tre")
    document.add_heading("Sida fyra", 1).paragraph_format.page_break_before = True
    document.add_page_break()
    pages, _ = read(tmp_path, document)
    assert [(page.number, page.text) for page in pages] == [
        (1, "Sida ett"),
        (2, "Sida två\nÄnnu sida två"),
        (3, "Sida tre"),
        (4, "Sida fyra"),
    ]


def test_breaks_that_word_noted_part_pages_once(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Meningen börjar här ")
    rendered(paragraph, "och slutar här.")
    document.add_page_break()
    rendered(document.add_paragraph(), "Efter en egen brytning")
    heading = document.add_heading("", 1)
    heading.paragraph_format.page_break_before = True
    rendered(heading, "Ny sida")
    pages, _ = read(tmp_path, document)
    assert [(page.number, page.text) for page in pages] == [
        (1, "Meningen börjar här"),
        (2, "och slutar här."),
        (3, "Efter en egen brytning"),
        (4, "Ny sida"),
    ]


def test_a_page_with_only_a_picture_is_counted(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Ett")
    document.add_page_break()
    body_xml(document, "<w:p><w:r><w:drawing/></w:r></w:p>")
    rendered(document.add_paragraph(), "Tre")
    pages, _ = read(tmp_path, document)
    assert [page.text for page in pages] == ["Ett", "", "Tre"]


def test_table_with_merged_cells(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Ekonomi", 1)
    document.add_paragraph("Tabell 2. Utfall i mnkr")
    table = document.add_table(5, 4)
    fill(
        table,
        [
            ["Verksamhet", "2024", "", "Not"],
            ["", "Budget", "Utfall", ""],
            ["Äldreomsorg", "120,0", "124,2", "1"],
            ["", "", "", ""],
            ["Övrigt", "8,0", "", ""],
        ],
    )
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(2, 0).add_paragraph("(hemtjänst)")
    for row in list(table.rows)[:2]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph("Efter tabellen")
    pages, (found,) = read(tmp_path, document)
    assert texts(pages[0]) == [
        (BlockKind.HEADING, "Ekonomi"),
        (BlockKind.CAPTION, "Tabell 2. Utfall i mnkr"),
        (BlockKind.TABLE, ""),
        (BlockKind.PARAGRAPH, "Efter tabellen"),
    ]
    # the row without text is gone; merged text stands once
    assert found.grid() == [
        ["Verksamhet", "2024", "", "Not"],
        ["", "Budget", "Utfall", ""],
        ["Äldreomsorg\n(hemtjänst)", "120,0", "124,2", "1"],
        ["Övrigt", "8,0", "", ""],
    ]
    spans = {c.text: (c.row_span, c.column_span) for c in found.cells if c.text}
    assert (spans["Verksamhet"], spans["2024"], spans["Not"]) == ((2, 1), (1, 2), (1, 1))
    assert len(found.cells) == 14  # 16 places, two of them covered
    assert (found.header_rows, found.unit, found.section) == (2, "mnkr", ("Ekonomi",))
    (chunk,) = [chunk for chunk in build_chunks(pages, [found]) if chunk.table]
    assert "Äldreomsorg (hemtjänst)\t120,0\t124,2\t1\nÖvrigt\t8,0" in chunk.text
    assert "Verksamhet | 2024 |  | Not" in chunk.context


def long_table(document: Any, header: list[str], rows: int, break_at: int) -> None:
    table = document.add_table(rows, 2)
    fill(table, [header, *([f"Rad {row}", str(row)] for row in range(1, rows))])
    cell = table.cell(break_at, 0)
    cell.text = ""
    rendered(cell.paragraphs[0], f"Rad {break_at}")


def test_a_table_over_two_pages_is_one_and_knows_its_pages(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Före")
    long_table(document, ["Mål", "Antal"], 5, 3)
    document.add_paragraph("Efter")
    pages, (table,) = read(tmp_path, document)
    assert [page.text.split("\n")[0] for page in pages] == ["Före", "Rad 3\t3"]
    assert [row[0] for row in table.grid()] == ["Mål", "Rad 1", "Rad 2", "Rad 3", "Rad 4"]
    assert [table.row(index)[0].page for index in range(5)] == [1, 1, 1, 2, 2]
    assert (table.page, table.last_page) == (1, 2)
    (chunk,) = [chunk for chunk in build_chunks(pages, [table]) if chunk.table]
    assert {span.page for span in chunk.spans} == {1, 2}


def test_two_tables_beside_a_page_break_stay_two(tmp_path: Path) -> None:
    document = docx.Document()
    fill(document.add_table(2, 2), [["Mål", "Antal"], ["a", "1"]])
    document.add_page_break()
    fill(document.add_table(2, 2), [["Nämnd", "Ledamöter"], ["b", "2"]])
    pages, tables = read(tmp_path, document)
    assert [table.grid()[0] for table in tables] == [["Mål", "Antal"], ["Nämnd", "Ledamöter"]]
    assert [page.blocks[0].table for page in pages] == ["t1", "t2"]


def test_a_frame_of_one_column_is_text(tmp_path: Path) -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "Fakta"
    cell.add_paragraph("13 ledamöter", style="List Bullet")
    (page,), tables = read(tmp_path, document)
    assert tables == []
    assert texts(page) == [
        (BlockKind.PARAGRAPH, "Fakta"),
        (BlockKind.LIST_ITEM, "13 ledamöter"),
    ]


def test_a_nested_table_and_absurd_spans(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    fill(table, [["Yttre", "b"]])
    fill(table.cell(0, 1).add_table(1, 2), [["inre", "cell"]])
    row = table.add_row()
    row.cells[0].text = "bred"
    row._tr.tc_lst[0].get_or_add_tcPr()._add_gridSpan().set(qn("w:val"), "999999999")
    _, (found,) = read(tmp_path, document)
    assert found.grid()[0][:2] == ["Yttre", "b\ninre\ncell"]
    assert found.columns == 63
    assert found.grid()[1][0] == "bred"


def whole() -> bytes:
    document = docx.Document()
    document.add_paragraph("Text")
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def repacked(change: Callable[[str, bytes], bytes | None]) -> bytes:
    """A whole file with its parts changed; a part that becomes None is left out."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole())) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return held.getvalue()


MAIN = "word/document.xml"
BROKEN = {
    "not a zip": b"%PDF-1.7 detta var en PDF",
    "cut off": whole()[:2000],
    "another zip": repacked(lambda name, data: None if name == "[Content_Types].xml" else data),
    "no main part": repacked(lambda name, data: None if name == MAIN else data),
    "broken xml": repacked(lambda name, data: data[:900] if name == MAIN else data),
    "no body": repacked(
        lambda name, data: data.replace(b"w:body", b"w:bo") if name == MAIN else data
    ),
    "a macro file": repacked(
        lambda name, data: data.replace(b"officedocument.wordprocessingml.document.main", b"x.y")
    ),
}
OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "fil.docx"
    path.write_bytes(BROKEN[name])
    with pytest.raises(UnreadableFileError, match="inget helt Word-dokument"):
        read_docx(path.read_bytes())


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (b"", UnreadableFileError, "filen är tom"),
        (OLE, UnreadableFileError, r"äldre formatet \.doc;.*spara som \.docx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedFileError, "lösenordsskyddad"),
    ],
)
def test_what_is_no_docx_is_refused(
    data: bytes, error: type[Exception], message: str, tmp_path: Path
) -> None:
    path = tmp_path / "fil.docx"
    path.write_bytes(data)
    with pytest.raises(error, match=message):
        read_docx(path.read_bytes())


def test_a_file_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    path.write_bytes(whole())
    block = bytes(1_000_000)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package,
        package.open("word/media/image1.bin", "w") as part,
    ):
        for _ in range(301):
            part.write(block)
    with pytest.raises(UnreadableFileError, match="mer än 300 MB"):
        read_docx(path.read_bytes())


def test_a_document_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="innehåller ingen text"):
        read(tmp_path, docx.Document())
