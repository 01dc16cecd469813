"""A Word file (.docx) → drafts on pages. The only module of ingest that imports python-docx.

Pages are those that the program which saved the file noted, and those that its author set; a file
without either is one page. Headers, footers and footnotes are not read.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any, NamedTuple

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.exceptions import XmlchemyError

from ingest.assemble import DraftPage
from ingest.errors import EncryptedFileError, UnreadableFileError
from ingest.unplaced import PageList, cells_raster
from ingest.word_hidden import take_hidden
from ingest.word_styles import Role, paragraph_role, style_role
from ingest.word_xml import (
    APART,
    Piece,
    TableRow,
    W,
    merged_cells,
    mostly_bold,
    pieces,
    table_rows,
    text_boxes,
    value,
    within,
)

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_MAX_UNPACKED = 300_000_000  # bytes; a long report with pictures unpacks to a tenth of it
_BROKEN = (
    # not whole; a RuntimeError is a ZIP with a password, a SyntaxError broken XML
    *(zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, SyntaxError),
    # whole, but not as a .docx should be: python-docx trusts that what must be there is
    *(OpcError, XmlchemyError, KeyError, ValueError, AttributeError, TypeError),
)


class WordText(NamedTuple):
    """What a Word file holds: its pages, and how each word was hidden that is not on them."""

    pages: list[DraftPage]
    hidden: list[str]


def read_docx(data: bytes) -> WordText:
    """The headings, paragraphs, list items and tables of a Word file that can be seen, by pages.

    Raises `EncryptedFileError` where a password is needed, `UnreadableFileError` for a file that
    is no whole .docx, unpacks to more than 300 MB or holds no text.
    """
    if not data:
        raise UnreadableFileError(
            "filen är tom; hämta den på nytt eller kontrollera att rätt fil valdes"
        )
    if data.startswith(_OLE):
        raise _old_format(data)
    try:
        _check_size(data)
        document = docx.Document(io.BytesIO(data))
        hidden = take_hidden(document.element, document.styles.element)
        reader = _Reader(document)
    except _BROKEN as error:
        raise UnreadableFileError(
            "filen är inget helt Word-dokument (trasig, avbruten vid hämtning eller av annat "
            "slag); hämta den på nytt, eller spara om den som .docx"
        ) from error
    found = reader.read()
    if not found:
        raise UnreadableFileError(
            "dokumentet innehåller ingen text (är det inskannade bilder?); "
            "tolka texten med OCR, spara om det och läs in det på nytt"
        )
    return WordText(found, hidden)


def body_source(data: bytes) -> str:
    """The body of a .docx that `read_docx` has read, as it stands in the file: XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = next((n for n in archive.namelist() if n.endswith("document.xml")), "")
        return archive.read(name).decode("utf-8", "replace") if name else ""


def _old_format(data: bytes) -> UnreadableFileError:
    """What to say of an OLE file: an encrypted .docx, or a .doc."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return EncryptedFileError(
            "filen är lösenordsskyddad; spara en kopia utan lösenord och läs in den"
        )
    return UnreadableFileError(
        "filen är i det äldre formatet .doc; öppna den i Word, spara som .docx och läs in den"
    )


def _check_size(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        unpacked = sum(part.file_size for part in package.infolist())
    if unpacked > _MAX_UNPACKED:
        raise UnreadableFileError(
            "filen packas upp till mer än 300 MB; ta bort bilder ur den eller dela den, "
            "och läs in delarna"
        )


class _Reader:
    """Walks through a document and fills pages."""

    def __init__(self, document: Any) -> None:
        self._body = document.element.find(f"{W}body")
        if self._body is None:
            raise ValueError("no body")
        self._roles = {
            style.style_id: style_role(style)
            for style in document.styles
            if style.type == WD_STYLE_TYPE.PARAGRAPH
        }
        default = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
        self._default = style_role(default) if default is not None else Role()
        self._sections = [
            section
            for section in self._body.iter(f"{W}sectPr")
            if section.getparent().tag in (f"{W}pPr", f"{W}body")
        ]
        self._pages = PageList()
        self._tables = 0

    def read(self) -> list[DraftPage]:
        """The pages; none where the document holds no text."""
        self._blocks(self._body)
        return self._pages.pages()

    def _blocks(self, parent: Any) -> None:
        for child in parent:
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag not in APART:
                self._blocks(child)

    def _paragraph(self, paragraph: Any) -> None:
        style = self._roles.get(value(paragraph, "pPr/pStyle"), self._default)
        role = paragraph_role(paragraph, style)
        if role.new_page and self._pages.begun:
            self._pages.turn()
        held: list[Piece] = []
        for piece in pieces(paragraph):
            if piece.kind == "text":
                held.append(piece)
            elif piece.kind == "picture":
                self._pages.add_unread()
            else:
                self._add(held, role)
                held = []
                self._pages.turn(rendered=piece.kind == "rendered")
        self._add(held, role)
        for box in text_boxes(paragraph):
            self._blocks(box)
        self._end_section(paragraph)

    def _add(self, held: list[Piece], role: Role) -> None:
        text = "".join(piece.text for piece in held)
        self._pages.add(role.kind, text, role.level, mostly_bold(held))

    def _end_section(self, paragraph: Any) -> None:
        """Turn the page where a section ends here and the next one begins on a new page."""
        section = paragraph.find(f"{W}pPr/{W}sectPr")
        if section is None:
            return
        after = self._sections.index(section) + 1
        if after < len(self._sections):
            kind = value(self._sections[after], "type") or "nextPage"
            if kind.endswith("Page") and self._pages.begun:
                self._pages.turn()

    def _table(self, table: Any) -> None:
        rows = list(table_rows(table))
        columns = max((c.column + c.span for row in rows for c in row.cells), default=0)
        if columns < 2:
            # a frame around text
            for row in within(table, "tr"):
                for cell in within(row, "tc"):
                    self._blocks(cell)
            return
        self._tables += 1
        part: list[TableRow] = []
        for row in rows:
            for _ in range(row.breaks_before):
                self._add_part(part, columns)
                self._pages.turn(rendered=True)
            part.append(row)
            for _ in range(row.breaks_inside):
                self._add_part(part, columns)
                self._pages.turn(rendered=True)
        self._add_part(part, columns)
        for box in text_boxes(table):
            self._blocks(box)

    def _add_part(self, part: list[TableRow], columns: int) -> None:
        """Add the rows that stand on one page, if any, and empty `part`."""
        raster = cells_raster(merged_cells(part), columns, self._tables)
        if raster is not None:
            self._pages.add_raster(raster)
        part.clear()
