"""A page that can be seen but not read: a scan, or letters without meaning → its words, by OCR."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from ingest import ocr
from ingest.errors import UnreadableFileError
from ingest.legible import Legible
from ingest.pdfium import draw, open_pdf
from ingest.types import Problem

_MOST_PIXELS = 40_000_000  # of a page's image: larger sheets than A3 are drawn more coarsely
_NAMED = 8  # doubted numbers that are told of; more are counted


def read_scanned(data: bytes, page: Legible) -> Legible:
    """Read a `scanned` page of the PDF in `data` from its image; unread it says why.

    What was read carries a problem that informs: digits want to be compared with the page.
    """
    assert page.problem is not None
    raw, why = page.page, page.problem.message
    if not ocr.available():
        told = f"{why}; för att läsa den, installera OCR ({ocr.INSTALL}) och läs in filen igen"
        return _unread(page, told)
    most = math.sqrt(_MOST_PIXELS / max(raw.width * raw.height, 1.0))
    scale = min(ocr.DOTS_AN_INCH / 72, most)
    try:
        with open_pdf(data) as pdf:
            image = draw(pdf, raw.number, scale)
        found = ocr.recognise(image, raw, scale)
    except UnreadableFileError as error:
        return _unread(page, f"{why}; {error}")
    if not found.page.words:
        return _unread(page, f"{why}; OCR fann inga ord på sidan")
    told = f"{why}; sidan har lästs med OCR, kontrollera siffror mot bilden"
    told += _doubted(found.doubted)
    return Legible(found.page, True, Problem(told, raw.number, informs=True))


def _unread(page: Legible, told: str) -> Legible:
    return replace(page, problem=Problem(told, page.page.number))


def _doubted(numbers: Sequence[str]) -> str:
    """What to say of numbers that OCR was not sure of."""
    if not numbers:
        return ""
    named = ", ".join(f"”{number}”" for number in numbers[:_NAMED])
    more = f" med flera ({len(numbers)})" if len(numbers) > _NAMED else ""
    return f"; osäkert lästa tal står med {ocr.UNSURE} i stället för siffror: {named}{more}"
