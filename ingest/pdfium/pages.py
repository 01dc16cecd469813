"""A PDF file → raw pages (words with boxes, ruling lines) and page images, by PDFium.

PDFium is not thread-safe: one lock guards every call.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL.Image import Image

from ingest.errors import EncryptedFileError, UnreadableFileError
from ingest.hiding import Hiding, unseen_characters
from ingest.pdfium.drawing import Drawing, Placement, drawing_of
from ingest.pdfium.letters import Written, read_letters
from ingest.pdfium.notes import hidden_notes
from ingest.pdfium.sight import Sight
from ingest.types import RawPage, Word
from ingest.words import Letters, words_from_letters

_LOCK = threading.RLock()
_NOTE = 2.5  # points: a footnote's digit may be so small
_PICTURED = 0.5  # of a page: it may be a scanned one


@contextmanager
def open_pdf(data: bytes) -> Iterator[Any]:
    """Open a PDF from its bytes for `read_page`; at the end it is closed.

    Bytes, not a path: PDFium maps files, and a file replaced while open would crash it.

    Raises `EncryptedFileError` where a password is needed, `UnreadableFileError` otherwise.
    """
    with _LOCK:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            if "password" in str(error).lower():
                raise EncryptedFileError(
                    "filen är lösenordsskyddad; spara en kopia utan lösenord och läs in den"
                ) from error
            raise UnreadableFileError(
                "filen är ingen hel PDF (trasig, avbruten vid hämtning eller av annat slag); "
                "hämta den på nytt"
            ) from error
        try:
            yield document
        finally:
            document.close()


def render(path: Path, number: int, scale: float) -> Image:
    """Page `number` (from 1) as an image of `scale` × 72 pixels an inch.

    Raises `UnreadableFileError` for a file that is no PDF, `OSError` where it cannot be opened,
    `IndexError` where there is no such page.
    """
    with open_pdf(path.read_bytes()) as document:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        return draw(document, number, scale).convert("RGB")


def draw(document: Any, number: int, scale: float) -> Image:
    """Page `number` (from 1) of an open document, as `render` does, in the colours it comes in.

    Raises `UnreadableFileError` for a page that PDFium cannot draw.
    """
    with _LOCK:
        try:
            image: Image = document[number - 1].render(scale=scale).to_pil()
        except pdfium.PdfiumError as error:
            raise UnreadableFileError("sidan är skadad och går inte att rita") from error
        return image


def count_pages(document: Any) -> int:
    """Number of pages of an open document."""
    with _LOCK:
        return len(document)


def read_page(document: Any, number: int) -> RawPage:
    """Page `number` (from 1) of an open document: its words, ruling lines and sizes in points.

    Raises `UnreadableFileError` for a page that PDFium cannot load.
    """
    with _LOCK:
        try:
            page = document[number - 1]
            place = Placement(page)
            textpage = page.get_textpage()
        except pdfium.PdfiumError as error:
            raise UnreadableFileError("sidan är skadad och går inte att öppna") from error
        try:
            drawing = drawing_of(page, place)
            written = read_letters(textpage, place)
            sight = Sight(page, place, drawing)
            words = _judged(words_from_letters(_seen(written, sight)), drawing, place, sight)
            traces = _traces(written.unseen, page)
        finally:
            textpage.close()
            page.close()
    pictured = min(1.0, drawing.pictured / max(place.width * place.height, 1.0))
    return RawPage(
        number, place.width, place.height, words, tuple(drawing.rules), pictured, traces=traces
    )


def _judged(
    words: list[Word], drawing: Drawing, place: Placement, sight: Sight
) -> tuple[Word, ...]:
    """The words; a footnote's digit may be small, and hidden words of a scan may lie over marks."""
    for index, word in enumerate(words):
        digit = word.raised and word.size >= _NOTE and len(word.text) <= 2
        if word.hidden == Hiding.TINY and digit:
            words[index] = replace(word, hidden="")
    hidden = [index for index, word in enumerate(words) if word.hidden]
    if hidden and drawing.pictured > _PICTURED * place.width * place.height:
        found = sight.marks([words[index] for index in hidden])
        for index, marks in zip(hidden, found, strict=True):
            words[index] = replace(words[index], marks=marks)
    return tuple(words)


def _seen(written: Written, sight: Sight) -> Letters:
    """The page's letters, those told that look as if they could be seen, and cannot."""
    letters = written.letters
    found = sight.hidden(letters, written.inks)
    return replace(letters, hidden=letters.hidden | found) if found else letters


def _traces(unseen: str, page: Any) -> tuple[tuple[str, int], ...]:
    """What is hidden on the page beside its words: how, and how many characters or words."""
    counted = (
        (Hiding.CHARACTERS, unseen_characters(unseen)),
        (Hiding.NOTE, len(hidden_notes(page).split())),
    )
    return tuple((how, count) for how, count in counted if count)
