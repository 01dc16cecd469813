"""Figures as files for a spreadsheet: CSV as Excel in Swedish reads it, and Excel workbooks.

Numbers are numbers. Text stays text: nothing from a document is run as a formula or taken for a
date by the workbook.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.swedish import GRADES
from ingest.types import Figure
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
MOST_ROWS = 1_048_575  # beside the header, on a sheet of Excel
_WIDEST = 60  # characters
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Value = str | int | Decimal | None


class TooManyRowsError(Exception):
    """More figures than a sheet holds. `str()` of it is for the user."""


def save(path: Path, data: bytes) -> None:
    """Write a file whole: one that was there stays as it was where that fails. Raises `OSError`."""
    target = path.resolve()
    if target.exists() and not target.is_file():
        target.write_bytes(data)  # a pipe, say
        return
    draft = target.with_name(f"{target.name}.ny")
    try:
        draft.write_bytes(data)
        draft.replace(target)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


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


# ---- CSV


def as_csv(figures: Sequence[ListedFigure]) -> bytes:
    """Semicolons, decimal commas, and UTF-8 with a mark that tells Excel so."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(COLUMNS)
    for listed in figures:
        writer.writerow([_for_csv(value) for value in _row(listed)])
    return text.getvalue().encode("utf-8-sig")


def _for_csv(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f").replace(".", ",")
    if isinstance(value, str):
        # a spreadsheet would run it as a formula
        return f"'{value}" if value.lstrip(" ").startswith(_FORMULA) else value
    return str(value)


# ---- Excel


def as_xlsx(figures: Sequence[ListedFigure], documents: Sequence[StoredDocument]) -> bytes:
    """A workbook: the figures on one sheet, the documents that were searched on another.

    Raises `TooManyRowsError`.
    """
    from openpyxl import Workbook

    if len(figures) > MOST_ROWS:
        raise TooManyRowsError(
            f"{len(figures)} nyckeltal är fler än Excel rymmer på ett blad ({MOST_ROWS}); begränsa "
            "med filter, eller använd --csv"
        )
    book = Workbook(write_only=True)
    formats = [_number_format(listed.figure) for listed in figures]
    _fill(book.create_sheet("Nyckeltal"), COLUMNS, [_row(listed) for listed in figures], formats)
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
    _fill(book.create_sheet("Dokument"), DOCUMENT_COLUMNS, about, [""] * len(about))
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _number_format(figure: Figure) -> str:
    """As many decimals as are printed, thousands apart; a percentage is not multiplied by 100."""
    decimals = f".{'0' * figure.decimals}" if figure.decimals else ""
    percent = '" %"' if figure.unit == "%" else ""
    return f"#,##0{decimals}{percent}"


def _fill(
    sheet: Any, header: Sequence[str], rows: Sequence[Sequence[Value]], formats: Sequence[str]
) -> None:
    """Fill a sheet: its header frozen and bold, columns as wide as what they hold, a filter."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for number, column in enumerate(zip(header, *rows, strict=True), start=1):
        widest = max(len(str(value)) for value in column if value is not None)
        sheet.column_dimensions[get_column_letter(number)].width = min(widest, _WIDEST) + 3
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(header))}{len(rows) + 1}"
    bold = Font(bold=True)
    titles = [_cell(sheet, title, "") for title in header]
    for title in titles:
        title.font = bold
    sheet.append(titles)
    for row, number_format in zip(rows, formats, strict=True):
        sheet.append([_cell(sheet, value, number_format) for value in row])


def _cell(sheet: Any, value: Value, number_format: str) -> Any:
    """A cell for a sheet: text never as a formula, an error or a date."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, value)
        if isinstance(value, Decimal):
            cell.number_format = number_format
        return cell
    if not value:
        return None
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"
    if value.startswith(_FORMULA):
        cell.quotePrefix = True  # it stays text when somebody edits it
    return cell
