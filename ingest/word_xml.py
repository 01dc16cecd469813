"""WordprocessingML elements → pieces of paragraphs and rows of tables.

Works on the elements of lxml that python-docx holds, and imports neither. Names are those of
ISO/IEC 29500-1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from ingest.unplaced import GridCell

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
APART = {f"{W}{name}" for name in ("del", "moveFrom", "txbxContent", "pPr", "rPr")} | {FALLBACK}
"""Deleted or moved away, older twins of drawings, boxes that are read on their own, settings."""
_SIGNS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_PICTURES = {f"{W}drawing", f"{W}pict", f"{W}object"}
_MAX_COLUMNS = 63  # Word's own limit
_OFF = ("0", "false", "off")


class Piece(NamedTuple):
    """A piece of a paragraph: "text", a break ("page" or "rendered") or a "picture"."""

    kind: str
    text: str = ""
    bold: bool = False


class RowCell(NamedTuple):
    """A cell of a row; `goes_on` says that it is the lower part of a merged one."""

    column: int
    span: int
    goes_on: bool
    text: str
    bold: bool


class TableRow(NamedTuple):
    """A row, and the page breaks noted in it: before its text (0 or 1), and inside it."""

    cells: list[RowCell]
    breaks_before: int
    breaks_inside: int


def value(element: Any, path: str) -> str | None:
    """`w:val` of what `path` ("pPr/pStyle") finds below an element; None where it is not there."""
    found = element.find("/".join(f"{W}{name}" for name in path.split("/")))
    return None if found is None else str(found.get(f"{W}val", ""))


def number(element: Any, path: str, default: int) -> int:
    """`value` as a whole number, 0 or more; `default` where there is none."""
    text = value(element, path) or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


def is_on(element: Any, path: str) -> bool:
    """Whether a switch such as "rPr/b" is set."""
    text = value(element, path)
    return text is not None and text not in _OFF


def within(element: Any, name: str) -> Iterator[Any]:
    """The outermost elements called `name`, also inside content controls and insertions."""
    for child in element:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag not in APART:
            yield from within(child, name)


def text_boxes(element: Any) -> Iterator[Any]:
    """The contents of the text boxes anchored below an element, the outermost ones."""
    for child in element:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag != FALLBACK:
            yield from text_boxes(child)


def pieces(element: Any, bold: bool = False) -> Iterator[Piece]:
    """What a paragraph consists of, in order; hidden and deleted text is left out."""
    for child in element:
        tag = child.tag
        if tag in APART:
            continue
        if tag == f"{W}r":
            if not is_on(child, "rPr/vanish"):
                yield from pieces(child, is_on(child, "rPr/b"))
        elif tag == f"{W}t":
            # a line feed in the file is no line break on the page
            yield Piece("text", (child.text or "").replace("\n", " "), bold)
        elif tag in _SIGNS:
            yield Piece("text", _SIGNS[tag], bold)
        elif tag == f"{W}br":
            page = child.get(f"{W}type") == "page"
            yield Piece("page") if page else Piece("text", "\n", bold)
        elif tag == f"{W}lastRenderedPageBreak":
            yield Piece("rendered")
        else:
            if tag in _PICTURES:
                yield Piece("picture")
            yield from pieces(child, bold)


def mostly_bold(parts: list[Piece]) -> bool:
    """Whether more than half of the letters are bold."""
    return sum(len(part.text) * (1 if part.bold else -1) for part in parts) > 0


def table_rows(table: Any) -> Iterator[TableRow]:
    """The rows of a table from the top; rows that were deleted are left out."""
    for row in within(table, "tr"):
        if row.find(f"{W}trPr/{W}del") is None:
            yield _row(row)


def _row(row: Any) -> TableRow:
    header = is_on(row, "trPr/tblHeader")
    column = min(number(row, "trPr/gridBefore", 0), _MAX_COLUMNS)
    cells: list[RowCell] = []
    before = breaks = 0
    for cell in within(row, "tc"):
        if column >= _MAX_COLUMNS:
            break
        span = max(1, min(number(cell, "tcPr/gridSpan", 1), _MAX_COLUMNS - column))
        merge = value(cell, "tcPr/vMerge")
        paragraphs = [list(pieces(paragraph)) for paragraph in within(cell, "p")]
        parts = [piece for paragraph in paragraphs for piece in paragraph]
        text = "\n".join("".join(piece.text for piece in pieces_) for pieces_ in paragraphs)
        goes_on = merge is not None and merge != "restart"
        cells.append(RowCell(column, span, goes_on, text, header or mostly_bold(parts)))
        # cells stand beside each other: a page break through a row is noted in several
        found = sum(part.kind == "rendered" for part in parts)
        first = next((p.kind for p in parts if p.kind != "text" or p.text.strip()), "")
        before = max(before, int(first == "rendered"))
        breaks = max(breaks, found)
        column += span
    return TableRow(cells, before, breaks - before)


def merged_cells(rows: list[TableRow]) -> list[GridCell]:
    """The cells of some rows of a table, those merged downwards made one."""
    cells: list[GridCell] = []
    open_at: dict[int, int] = {}  # column → index of the cell that a merge would go on with
    for index, row in enumerate(rows):
        for cell in row.cells:
            if cell.goes_on and cell.column in open_at:
                above = cells[open_at[cell.column]]
                cells[open_at[cell.column]] = replace(above, row_span=index + 1 - above.row)
                continue
            open_at[cell.column] = len(cells)
            cells.append(GridCell(index, cell.column, cell.text, cell.bold, 1, cell.span))
    return cells
