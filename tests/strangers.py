"""Documents of four municipalities that the product has never seen → PDFs.

They are set in fonts that come with reportlab, so that they are the same everywhere. What they say
stands in `strangers_care` and `strangers_town`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import reportlab
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table
from strangers_care import BJORKSATRA, TALLBY
from strangers_shape import Caption, Heading, Part, PrintedTable, Prose, Row, Stranger
from strangers_town import EKVALLA, STENFORS

STRANGERS = (BJORKSATRA, EKVALLA, STENFORS, TALLBY)

REGULAR, BOLD = "Vera", "VeraBd"
SIZE = 7.5  # points of the letters in a table
INDENT = "   "  # before the label of a part
SIDE, TOP, FOOT = 20 * mm, 18 * mm, 10 * mm
TITLE = ParagraphStyle("title", fontName=BOLD, fontSize=18, leading=23, spaceAfter=10)
STYLES = {
    Heading: ParagraphStyle(
        "heading", fontName=BOLD, fontSize=12, leading=16, spaceBefore=10, spaceAfter=4
    ),
    Prose: ParagraphStyle(
        "prose", fontName=REGULAR, fontSize=9, leading=13, spaceBefore=6, spaceAfter=6
    ),
    Caption: ParagraphStyle(
        "caption", fontName=BOLD, fontSize=8, leading=11, spaceBefore=6, spaceAfter=2
    ),
}


def write_strangers(folder: Path) -> None:
    """Write all four documents into a folder."""
    for name in (REGULAR, BOLD):
        file = Path(reportlab.__file__).parent / "fonts" / f"{name}.ttf"
        pdfmetrics.registerFont(TTFont(name, str(file)))
    for stranger in STRANGERS:
        _write(stranger, folder / f"{stranger.name}.pdf")


def _write(stranger: Stranger, path: Path) -> None:
    def foot(canvas: Any, document: Any) -> None:
        canvas.setFont(REGULAR, 7.5)
        canvas.drawString(SIDE, FOOT, stranger.running)
        canvas.drawRightString(A4[0] - SIDE, FOOT, str(document.page))

    story: list[Any] = [
        Paragraph(stranger.title, TITLE),
        Paragraph(stranger.opening, STYLES[Prose]),
    ]
    for number, parts in enumerate(stranger.pages):
        story += [PageBreak()] if number else []
        story += [_flowable(part) for part in parts]
    document = SimpleDocTemplate(
        str(path),
        pagesize=A4,
        leftMargin=SIDE,
        rightMargin=SIDE,
        topMargin=TOP,
        bottomMargin=TOP,
        title=stranger.running,
        invariant=1,
    )
    document.build(story, onFirstPage=foot, onLaterPages=foot)


def _flowable(part: Part) -> Any:
    return (
        _table(part) if isinstance(part, PrintedTable) else Paragraph(part.text, STYLES[type(part)])
    )


def _table(table: PrintedTable) -> Any:
    levels = len(table.columns[0].heads)
    heads = [[column.heads[level] for column in table.columns] for level in range(levels)]
    spans = list(_spans(heads[0])) if levels > 1 else []
    for first, last in spans:
        heads[0][first + 1 : last + 1] = [""] * (last - first)
    printed = [[table.stub if not level else "", *row] for level, row in enumerate(heads)]
    printed += [[_label(row), *row.texts] for row in table.rows]
    style: list[tuple[Any, ...]] = [
        ("FONT", (0, 0), (-1, -1), REGULAR, SIZE),
        ("FONT", (0, 0), (-1, levels - 1), BOLD, SIZE),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    if table.total:
        style.append(("FONT", (0, -1), (-1, -1), BOLD, SIZE))
    if table.grid:
        style.append(("GRID", (0, 0), (-1, -1), 0.4, colors.grey))
        style.append(("BACKGROUND", (0, 0), (-1, levels - 1), colors.HexColor("#dde8ee")))
    else:
        style.append(("LINEBELOW", (0, levels - 1), (-1, levels - 1), 0.8, colors.black))
        style.append(("LINEABOVE", (0, -1), (-1, -1), 0.5, colors.black))
    for first, last in spans:
        style.append(("SPAN", (first + 1, 0), (last + 1, 0)))
        style.append(("ALIGN", (first + 1, 0), (last + 1, 0), "CENTER"))
    return Table(printed, colWidths=_widths(printed), style=style, hAlign="LEFT", repeatRows=levels)


def _label(row: Row) -> str:
    return f"{INDENT if row.under else ''}{row.label}"


def _spans(heads: list[str]) -> Iterator[tuple[int, int]]:
    """From which column to which each head of the upper level stands."""
    for _, run in itertools.groupby(range(len(heads)), key=heads.__getitem__):
        places = list(run)
        yield places[0], places[-1]


def _widths(printed: list[list[str]]) -> list[float]:
    """Columns so wide that no line in them breaks, with some air."""
    return [
        15
        + max(
            pdfmetrics.stringWidth(line, BOLD, SIZE) for text in texts for line in text.split("\n")
        )
        for texts in zip(*printed, strict=True)
    ]
