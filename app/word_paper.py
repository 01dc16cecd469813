"""A Word document while it is written: headings, paragraphs, tables, pictures, page numbers.

The only module of app that imports python-docx. Structures are Word's own: styles, a table's header
row, a contents field, fields for page numbers, alternative texts. Everything is in Swedish, in a
typeface that every computer has or has a twin of.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import docx
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from app.office_file import printable, steady

TEXT_WIDTH = 16.0  # centimetres between the margins of an A4 page
_FACE = "Arial"
_INK, _QUIET, _DEEP = (
    RGBColor(0x1C, 0x2A, 0x2E),
    RGBColor(0x4A, 0x5A, 0x5F),
    RGBColor(0x1F, 0x5A, 0x6B),
)
_LINE, _TINT, _AMBER = "C9D3D6", "F3F7F8", "B26A00"
_TALLEST = 17.0  # centimetres of a picture
_MARKER = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text, and how it stands. `marker` is a source's number, 0 for none."""

    text: str
    right: bool = False
    bold: bool = False
    marker: int = 0


class Paper:
    """A document on A4. `data()` gives the file's bytes, the same for the same content."""

    def __init__(self, title: str) -> None:
        self._document: Any = docx.Document()
        self._marks = 0
        self._sources = ""  # begins the names of the bookmarks that markers lead to
        _properties(self._document, title)
        _page(self._document.sections[0])
        _styles(self._document)
        _footer(self._document.sections[0])

    def data(self) -> bytes:
        """The file."""
        made = io.BytesIO()
        self._document.save(made)
        return steady(made.getvalue())

    def running_head(self, left: str, right: str = "") -> None:
        """What stands at the top of each page from here to the next `begin_section`."""
        section = self._document.sections[-1]
        section.header.is_linked_to_previous = False
        paragraph = section.header.paragraphs[0]
        paragraph.style = "Header"
        paragraph.text = printable(f"{left}\t{right}" if right else left)

    def begin_section(self) -> None:
        """A new page, which may have another running head."""
        _page(self._document.add_section(WD_SECTION.NEW_PAGE))

    def begin_sources(self, number: int) -> None:
        """Markers from here on lead to the sources of answer `number`."""
        self._sources = f"kalla_{number}_"

    def title(self, text: str) -> None:
        """The document's title."""
        self._paragraph(text, "Title")

    def heading(self, text: str, level: int, bookmark: str = "") -> None:
        """A heading of a level from 1; `bookmark` is what links to it call it."""
        paragraph = self._paragraph(text, f"Heading {level}")
        if bookmark:
            self._bookmark(paragraph, bookmark)

    def paragraph(self, text: str, style: str = "Normal", lead: str = "") -> None:
        """A paragraph, after a few words in bold; markers [1] in it lead to their sources."""
        paragraph = self._document.add_paragraph(style=style)
        if lead:
            paragraph.add_run(printable(lead)).bold = True
        self._marked(paragraph, printable(text))

    def source(self, number: int, text: str, style: str) -> None:
        """A source's quote under its number, which markers lead to."""
        paragraph = self._document.add_paragraph(style=style)
        run = paragraph.add_run(f"[{number}]")
        run.bold = True
        paragraph.add_run(f"\u2002{printable(text)}")
        self._bookmark(paragraph, f"{self._sources}{number}")

    def contents(self, entries: Sequence[tuple[str, str]]) -> None:
        """A contents list of the headings of level 1: what each says, and its bookmark.

        A field of Word's, filled in; without page numbers, which only Word knows.
        """
        for place, (text, bookmark) in enumerate(entries):
            paragraph = self._document.add_paragraph(style="toc 1")
            if place == 0:
                _field(paragraph, "begin")
                _instruction(paragraph, r' TOC \o "1-1" \h \z \n ')
                _field(paragraph, "separate")
            _link(paragraph, printable(text), bookmark)
            if place == len(entries) - 1:
                _field(paragraph, "end")

    def picture(self, data: bytes, centimetres: float, told: str, ratio: float) -> None:
        """A picture with what it shows in words; `ratio` is its height over its width."""
        width = min(centimetres, TEXT_WIDTH, _TALLEST / ratio if ratio else TEXT_WIDTH)
        paragraph = self._document.add_paragraph(style="Bild")
        shape = paragraph.add_run().add_picture(io.BytesIO(data), width=Cm(width))
        for side in ("distT", "distB", "distL", "distR"):  # LibreOffice leaves room where none is
            shape._inline.set(side, "0")
        shape._inline.docPr.set("descr", printable(told))
        shape._inline.docPr.set("name", f"Bild {shape._inline.docPr.id}")

    def table(
        self,
        heads: Sequence[Cell],
        rows: Sequence[Sequence[Cell]],
        widths: Sequence[float],
        told: str,
    ) -> None:
        """A table whose header row is repeated on each page; `widths` are centimetres.

        `told` says in a sentence what it holds, for who does not see it.
        """
        table = self._document.add_table(rows=0, cols=len(heads))
        table.autofit = False
        _table_properties(table, told)
        for place, row in enumerate([heads, *rows]):
            made = table.add_row()
            properties = made._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if place == 0:
                properties.append(OxmlElement("w:tblHeader"))
            for cell, made_cell, width in zip(row, made.cells, widths, strict=True):
                made_cell.width = Cm(width)
                self._fill(made_cell, cell, head=place == 0, last=place == len(rows))
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        self._document.add_paragraph(style="Efter tabell")

    def _fill(self, made: Any, cell: Cell, *, head: bool, last: bool) -> None:
        paragraph = made.paragraphs[0]
        paragraph.style = "Tabellrubrik" if head else "Tabelltext"
        paragraph.paragraph_format.keep_with_next = not last
        if cell.right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(printable(cell.text))
        run.bold = head or cell.bold
        if cell.marker:
            paragraph.add_run("\u00a0")
            _link(paragraph, f"[{cell.marker}]", f"{self._sources}{cell.marker}")

    def _paragraph(self, text: str, style: str) -> Any:
        return self._document.add_paragraph(printable(text), style=style)

    def _marked(self, paragraph: Any, text: str) -> None:
        at = 0
        for marker in _MARKER.finditer(text):
            paragraph.add_run(text[at : marker.start()])
            _link(paragraph, marker[0], f"{self._sources}{marker[1]}")
            at = marker.end()
        paragraph.add_run(text[at:])

    def _bookmark(self, paragraph: Any, name: str) -> None:
        self._marks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for one in (start, end):
            one.set(qn("w:id"), str(self._marks))
        start.set(qn("w:name"), name)
        properties = paragraph._p.pPr
        properties.addnext(start)
        paragraph._p.append(end)


# ---- how the document looks


def _properties(document: Any, title: str) -> None:
    core = document.core_properties
    core.title, core.language = printable(title)[:255], "sv-SE"
    core.author = core.last_modified_by = core.comments = core.keywords = core.subject = ""
    core.revision = 1
    for language in document.styles.element.xpath("w:docDefaults//w:lang"):
        language.set(qn("w:val"), "sv-SE")
        language.set(qn("w:eastAsia"), "sv-SE")
    for language in document.settings.element.xpath("w:themeFontLang"):
        language.set(qn("w:val"), "sv-SE")


def _page(section: Any) -> None:
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.6), Cm(2.2)
    section.header_distance = section.footer_distance = Cm(1.2)


@dataclass(frozen=True, slots=True)
class _Look:
    """How a paragraph style looks; sizes and distances are points. `follow`: stays with the next
    paragraph. `new`: the template lacks it."""

    name: str
    size: float
    before: float = 0
    after: float = 0
    colour: RGBColor = _INK
    bold: bool = False
    line: float = 1.1
    follow: bool = False
    new: bool = True


_LOOKS = (
    _Look("Normal", 10.5, after=6, line=1.15, new=False),
    _Look("Title", 22, after=4, colour=_DEEP, bold=True, new=False),
    _Look("Heading 1", 16, after=8, colour=_DEEP, bold=True, follow=True, new=False),
    _Look("Heading 2", 12, 14, 4, _DEEP, bold=True, follow=True, new=False),
    _Look("Heading 3", 10.5, 10, 2, bold=True, follow=True, new=False),
    _Look("List Bullet", 10.5, after=3, new=False),
    _Look("Header", 8.5, colour=_QUIET, new=False),
    _Look("Footer", 8.5, colour=_QUIET, new=False),
    _Look("Caption", 9, after=10, colour=_QUIET, new=False),
    _Look("toc 1", 10.5, after=6),
    _Look("Svar", 11.5, after=6, line=1.2),
    _Look("Stilla", 9, after=6, colour=_QUIET),
    _Look("Avsnitt", 9, after=4, colour=_QUIET, follow=True),
    _Look("Uträkning", 10.5, after=4),
    _Look("Citat ur källa", 10, after=4, follow=True),
    _Look("Bild", 10, 2, 8, line=1.0),
    _Look("Tabelltext", 9.5, 2, 2),
    _Look("Tabellrubrik", 9, 2, 2, _QUIET, bold=True),
    _Look("Efter tabell", 4, after=4),
    _Look("Obs", 10, 8, 8),
    _Look("Motsägelse", 10, 8, 8),
)


def _styles(document: Any) -> None:
    styles = document.styles
    for look in _LOOKS:
        _style(styles, look)
    _beside(styles["Uträkning"], _LINE, filled=False)
    _beside(styles["Obs"], _LINE)
    _beside(styles["Motsägelse"], _AMBER)
    for name in ("Title", "Heading 1"):
        for border in styles[name].element.xpath("w:pPr/w:pBdr"):
            border.getparent().remove(border)


def _style(styles: Any, look: _Look) -> None:
    """A style as it looks, with nothing left to the template or its theme."""
    if look.new:
        own = look.name.startswith("toc")  # Word's, though the template lacks it
        style = styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH, builtin=own)
        style.base_style, style.quick_style = styles["Normal"], True
    else:
        style = styles[look.name]
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), _FACE)
    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, False
    style.font.color.rgb = look.colour
    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    shape.line_spacing, shape.keep_with_next, shape.widow_control = look.line, look.follow, True


def _beside(style: Any, colour: str, *, filled: bool = True) -> None:
    """A bar at the left of a style's paragraphs, and a light ground under them."""
    borders, bar = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for key, value in (("val", "single"), ("sz", "24"), ("space", "8"), ("color", colour)):
        bar.set(qn(f"w:{key}"), value)
    borders.append(bar)
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(borders, *_AFTER_BORDERS)
    if filled:
        ground = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", _TINT)):
            ground.set(qn(f"w:{key}"), value)
        properties.insert_element_before(ground, *_AFTER_BORDERS[1:])
    style.paragraph_format.left_indent = Cm(0.35)


_AFTER_BORDERS = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr")
"""What may stand after borders in a paragraph's properties: Word wants them in this order."""


def _footer(section: Any) -> None:
    """ "Sida 1 av 4", told by fields of Word's."""
    paragraph = section.footer.paragraphs[0]
    paragraph.style = "Footer"
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for words, field in (("Sida ", " PAGE "), (" av ", " NUMPAGES ")):
        paragraph.add_run(words)
        _field(paragraph, "begin")
        _instruction(paragraph, field)
        _field(paragraph, "separate")
        paragraph.add_run("1")
        _field(paragraph, "end")
    stops = section.header.paragraphs[0].style.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Cm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)


def _table_properties(table: Any, told: str) -> None:
    """Thin lines between the rows, and what the table holds in words."""
    properties = table._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", _LINE)):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    properties.xpath("w:tblLayout | w:tblLook")[0].addprevious(borders)
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), printable(told))
    properties.append(caption)


def _link(paragraph: Any, text: str, bookmark: str) -> None:
    """A link to a bookmark of the document."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark)
    link.set(qn("w:history"), "1")
    run = paragraph.add_run(text)
    run.font.color.rgb = _DEEP
    link.append(run._r)
    paragraph._p.append(link)


def _field(paragraph: Any, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def _instruction(paragraph: Any, text: str) -> None:
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = text
    paragraph.add_run()._r.append(instruction)
