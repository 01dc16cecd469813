"""Figures as files for a spreadsheet: CSV as Excel in Swedish reads it, and Excel workbooks.

Numbers are numbers. Text stays text: nothing from a document is run as a formula or taken for a
date by the workbook.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.csv_file import csv_data
from app.swedish import GRADES
from app.workbook import MOST_ROWS, Value, Workbook, number_format
from rag.figure_list import ListedFigure
from rag.quotes import squeezed
from rag.store import StoredDocument

COLUMNS = (
    "Dokument",
    "Sida",
    "Tabell",
    "Rad",
    "Kolumn",
    "Mått",
    "Period",
    "Värde",
    "Enhet",
    "Tryckt",
    "Bedömning",
    "Del",
    "Mening",
    "Läst ur bild",
)
DOCUMENT_COLUMNS = ("Dokument", "Titel", "Kommun", "Nämnd", "Slag", "År")


class TooManyRowsError(Exception):
    """More figures than a sheet holds. `str()` of it is for the user."""


def _row(listed: ListedFigure) -> tuple[Value, ...]:
    figure = listed.figure
    return (
        listed.document,
        figure.page,
        figure.table,
        squeezed(" › ".join(figure.row)),
        squeezed(" › ".join(figure.column)),
        figure.measure,
        str(figure.period),
        figure.value,
        figure.unit,
        squeezed(figure.printed),
        GRADES[figure.grade],
        squeezed(figure.part),
        listed.sentence,
        "ja" if figure.ocr else "",
    )


def as_csv(figures: Sequence[ListedFigure]) -> bytes:
    """Semicolons, decimal commas, and UTF-8 with a mark that tells Excel so."""
    return csv_data(COLUMNS, map(_row, figures))


def as_xlsx(figures: Sequence[ListedFigure], documents: Sequence[StoredDocument]) -> bytes:
    """A workbook: the figures on one sheet, the documents that were searched on another.

    Raises `TooManyRowsError`.
    """
    if len(figures) > MOST_ROWS:
        raise TooManyRowsError(
            f"{len(figures)} nyckeltal är fler än Excel rymmer på ett blad ({MOST_ROWS}); begränsa "
            "med filter, eller använd --csv"
        )
    book = Workbook()
    formats = [number_format(listed.figure.decimals, listed.figure.unit) for listed in figures]
    book.fill("Nyckeltal", COLUMNS, [_row(listed) for listed in figures], formats)
    about = [
        (
            document.id,
            document.identity.title,
            document.identity.municipality,
            document.identity.board,
            document.identity.kind,
            ", ".join(str(year) for year in document.identity.years),
        )
        for document in documents
    ]
    book.fill("Dokument", DOCUMENT_COLUMNS, about, [""] * len(about))
    return book.data()
