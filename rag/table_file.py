"""A CSV or Excel file → its rows as text, as whoever wrote them sees them in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from ingest.errors import UnreadableFileError
from ingest.text_file import decode

SUFFIXES = (".csv", ".tsv", ".xlsx", ".xlsm")
_ZIP = b"PK\x03\x04"  # how an Excel file begins, whatever it is called
_SEPARATOR = re.compile(r"sep=(.)\s*", re.I)  # a first line that Excel writes and reads
_NONE = "\x1f"  # a separator that stands in no text: the file has one column
_DECIMALS = re.compile(r"0(?:\.([0#?]+))?")
_THOUSANDS = re.compile(r"[0#?](,+)(?![0#?,])")  # a comma after the last digit: shown in thousands
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.')


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet, from 1. Where `fault` is not "", it tells why the cells are not all."""

    number: int
    cells: tuple[str, ...]
    fault: str = ""


def read_sheets(path: Path) -> list[list[Row]]:
    """The sheets of a file with their rows, those without any text left out.

    Raises `OSError`, or `UnreadableFileError` where the file is no text or no workbook.
    """
    data = path.read_bytes()
    if data.startswith(_ZIP) or path.suffix.lower() in (".xlsx", ".xlsm"):
        return _excel(data)
    if not data.strip():
        return []
    return [[row for row in _csv(decode(data)) if row.fault or any(row.cells)]]


# ---- CSV


def _csv(text: str) -> Iterator[Row]:
    """Rows parted by what parts the first of them: semicolons, commas or tabs."""
    first, _, rest = text.partition("\n")
    said = _SEPARATOR.fullmatch(first.strip("\ufeff"))
    separator = said[1] if said else _separator(text)
    reader = csv.reader(
        io.StringIO(rest if said else text, newline=""), delimiter=separator, strict=True
    )
    number = 1 if said else 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            fault = "citattecknen går inte ihop: en ruta som börjar med ett ska sluta med ett"
            yield Row(number, (), fault)
            return
        yield Row(number, tuple(_trimmed(cell) for cell in cells))


def _separator(text: str) -> str:
    first = next((line for line in text.split("\n") if line.strip()), "")
    outside = re.sub(r'"[^"]*"', "", first)
    best = max(";\t,", key=outside.count)
    return best if best in outside else _NONE


def _trimmed(text: str) -> str:
    return text.replace("\ufeff", "").strip()


# ---- Excel


def _excel(data: bytes) -> list[list[Row]]:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it does not know, and that is not read here
            values = load_workbook(io.BytesIO(data), data_only=True)
            formulas = load_workbook(io.BytesIO(data))
        return [
            list(_rows(sheet, formulas[sheet.title]))
            for sheet in values.worksheets
            if sheet.sheet_state == "visible"
        ]
    except Exception as error:  # openpyxl lets through whatever zip, XML and its own checks raise
        raise UnreadableFileError(
            "filen går inte att läsa som Excelfil; öppna den i Excel och spara den som .xlsx, "
            "utan lösenord"
        ) from error


def _rows(values: Any, formulas: Any) -> Iterator[Row]:
    pairs = zip(values.iter_rows(), formulas.iter_rows(), strict=True)
    for number, (row, written) in enumerate(pairs, start=1):
        # a formula that nobody has worked out is shown as it is written: it is no number
        cells = tuple(
            _trimmed(_seen(cell) or (str(formula.value) if formula.data_type == "f" else ""))
            for cell, formula in zip(row, written, strict=True)
        )
        if any(cells):
            yield Row(number, cells)


def _seen(cell: Any) -> str:
    """What a cell shows: a number with its format's decimals, per cent sign and words."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, int | float):
        return _number(Decimal(format(value, ".15g")), str(cell.number_format or ""))
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    return str(value)


def _number(value: Decimal, shown: str) -> str:
    shown = shown.split(";", maxsplit=1)[0]  # numbers above zero, or all where it stands alone
    words = "".join(match[1] or "" for match in _LITERAL.finditer(shown)).strip()
    bare = _LITERAL.sub("", shown)
    if thousands := _THOUSANDS.search(bare):
        value /= 1000 ** len(thousands[1])
    percent = "%" in bare
    if percent:
        value *= 100
    decimals = _DECIMALS.search(bare)
    if decimals and "E" not in bare:
        places = decimals[1] or ""
        value = value.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
        while places.endswith(("#", "?")) and value == round(value, len(places) - 1):
            places = places[:-1]  # shown only where there is something to show
            value = round(value, len(places))
    else:
        value = value.normalize()
    digits = f"{value:f}".replace(".", ",")
    return f"{digits} {'%' if percent else words}".strip()
