"""Rows → CSV as Excel in Swedish reads it: semicolons, decimal commas, nothing run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from app.workbook import FORMULA_SIGNS, Value


def csv_data(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """The file, in UTF-8 with a mark that tells Excel so."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_for_csv(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def _for_csv(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f").replace(".", ",")
    if isinstance(value, str):
        # a spreadsheet would run it as a formula
        return f"'{value}" if value.lstrip(" ").startswith(FORMULA_SIGNS) else value
    return str(value)
