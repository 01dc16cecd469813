"""A PDF file → raw pages (words with boxes, ruling lines) and page images, by PDFium.

PDFium is not thread-safe: one lock guards every call.
"""

from __future__ import annotations

import ctypes
import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL.Image import Image
from pypdfium2 import raw

from ingest.errors import EncryptedFileError, UnreadableFileError
from ingest.hiding import Hiding, unseen_characters, without_unseen
from ingest.pdfium.drawing import Drawing, Placement, drawing_of
from ingest.pdfium.notes import hidden_notes
from ingest.pdfium.sight import Paint, Sight
from ingest.types import RawPage, Word
from ingest.words import Char, CharStyle, words_from_chars

_LOCK = threading.RLock()
_SPACES = frozenset((0x20, 0xA0, 0x0D, 0x0A, 0x09))
# PDFium gives U+FFFE or U+0002 for a hyphen at a line's end, 0 for a letter without a code
_SPECIAL = {0xFFFE: "-", 0x02: "-", 0: "\ufffd"}
_TAG_HALF = 0xDB40  # the first half of a tag character, in UTF-16
_TINY = 4.0  # points: nobody reads smaller letters
_NOTE = 2.5  # points: but a footnote's digit may be so small
_LITTLE_INK = frozenset(".,:;!|'iIljtfr")
_PICTURED = 0.5  # of a page: it may be a scanned one


@dataclass(frozen=True, slots=True)
class _Ink:
    """How the letters of one text object look; `hiding` is what hides all of them."""

    style: CharStyle
    hiding: str
    paint: Paint


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
            chars, letters = _chars(textpage, place)
            sight = Sight(page, place, drawing)
            for index, how in _unseen(chars, letters, sight).items():
                chars[index] = _hidden(chars[index], how)
            words = _judged(words_from_chars(chars), drawing, place, sight)
            traces = _traces(letters, page)
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
        found = sight.near_marks([words[index].box for index in hidden])
        for index, marks in zip(hidden, found, strict=True):
            words[index] = replace(words[index], marks=marks)
    return tuple(words)


def _hidden(char: Char | None, how: Hiding) -> Char | None:
    return char and char._replace(hidden=how)


@dataclass(slots=True)
class _Letters:
    """What is noted of a page's characters: the owner of each (0 where none), and all inks."""

    owners: list[int]
    inks: dict[int, _Ink]
    unseen: str = ""
    """The characters without width that were left out, runs of them parted by a space."""


def _unseen(chars: list[Char | None], letters: _Letters, sight: Sight) -> dict[int, Hiding]:
    """The characters that look as if they could be seen, and cannot; by index."""
    shown = [(index, char) for index, char in enumerate(chars) if char and not char.hidden]
    found = sight.hidden(
        [char.box for _, char in shown],
        [letters.owners[index] for index, _ in shown],
        [char.text in _LITTLE_INK for _, char in shown],
        {owner: ink.paint for owner, ink in letters.inks.items()},
    )
    return {shown[index][0]: how for index, how in found.items()}


def _traces(letters: _Letters, page: Any) -> tuple[tuple[str, int], ...]:
    """What is hidden on the page beside its words: how, and how many characters or words."""
    counted = (
        (Hiding.CHARACTERS, unseen_characters(letters.unseen)),
        (Hiding.NOTE, len(hidden_notes(page).split())),
    )
    return tuple((how, count) for how, count in counted if count)


def _chars(textpage: Any, place: Placement) -> tuple[list[Char | None], _Letters]:
    """Every character of the page, in the order that PDFium found them; None for white space."""
    handle = textpage.raw
    rect = raw.FS_RECTF()
    rect_ref = ctypes.byref(rect)
    # looked up once: these run for every character
    unicode_of, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    object_of, pointer_of = raw.FPDFText_GetTextObject, ctypes.c_void_p.from_buffer
    upright, left, top = place.rotation == 0, place.left, place.top
    wide, high = 2 * place.width, 2 * place.height
    inks: dict[int, _Ink] = {}
    chars: list[Char | None] = []
    owners: list[int] = []
    unseen: list[str] = []
    last = -1
    for index in range(raw.FPDFText_CountChars(handle)):
        code = unicode_of(handle, index)
        if code == _TAG_HALF:  # U+E0000 to U+E03FF come as two halves, one character each
            low = unicode_of(handle, index + 1)
            code = 0xE0000 + low - 0xDC00 if 0xDC00 <= low < 0xE000 else code
        elif 0xDC00 <= code < 0xE000 and last == index - 1:
            last = index
            continue
        if code in _SPACES or 0xD800 <= code < 0xE000:
            chars.append(None)
            owners.append(0)
            continue
        text = _SPECIAL.get(code) or chr(code)
        if code > 0x34E and not without_unseen(text):
            unseen.append(text if index == last + 1 else f" {text}")
            last = index
            continue
        found = object_of(handle, index)
        owner = pointer_of(found).value or 0
        ink = inks.get(owner)
        if ink is None:
            ink = inks[owner] = _ink(handle, index, found, place)
        box_of(handle, index, rect_ref)
        if upright:
            box = (rect.left - left, top - rect.top, rect.right - left, top - rect.bottom)
        else:
            box = place.box(rect.left, rect.bottom, rect.right, rect.top)
        hidden = ink.hiding
        if not 0 <= box[0] + box[2] <= wide or not 0 <= box[1] + box[3] <= high:
            hidden = Hiding.OUTSIDE
        chars.append(Char(text, box, ink.style, hidden))
        owners.append(owner)
    return chars, _Letters(owners, inks, "".join(unseen))


def _ink(handle: Any, index: int, text_object: Any, place: Placement) -> _Ink:
    """Font size in points, weight, direction and visibility of the letters of an object."""
    matrix = raw.FS_MATRIX()
    size = wide = float(raw.FPDFText_GetFontSize(handle, index))
    angle = 0
    if raw.FPDFText_GetMatrix(handle, index, ctypes.byref(matrix)):
        size *= math.hypot(matrix.c, matrix.d) or 1.0
        wide *= math.hypot(matrix.a, matrix.b) or 1.0
        turn = math.degrees(math.atan2(matrix.b, matrix.a)) - place.rotation
        angle = round(turn / 90) * 90 % 360
    # 3: neither filled nor stroked, 7: only clips (PDF 32000-1, table 106). OCR lays its text
    # under a picture so: see ingest.legible
    mode = raw.FPDFTextObj_GetTextRenderMode(text_object) if text_object else 0
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(handle, index, ctypes.byref(x), ctypes.byref(y))
    baseline = place.point(x.value, y.value)[1 if angle in (0, 180) else 0]
    bold, italic = _slant(handle, index)
    paint = Paint(*_fill(handle, index))
    hiding = ""
    if mode in (3, 7):
        hiding = Hiding.MODE
    elif min(size, 2 * wide) < _TINY:
        hiding = Hiding.TINY
    return _Ink(CharStyle(size, baseline, bold, italic, angle), hiding, paint)


def _slant(handle: Any, index: int) -> tuple[bool, bool]:
    """Whether a letter's font is bold, and whether it is italic."""
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(handle, index, name, 128, ctypes.byref(flags))
    font = name.value.decode("utf-8", "replace").lower()
    # font flags, PDF 32000-1, table 123: bit 7 is Italic, bit 19 ForceBold
    bold = any(w in font for w in ("bold", "black", "heavy", "demi")) or flags.value >> 18 & 1
    italic = any(w in font for w in ("italic", "oblique")) or flags.value >> 6 & 1
    return bool(bold), bool(italic)


def _fill(handle: Any, index: int) -> tuple[int, int, int, int]:
    """The colour of a letter: red, green, blue, alpha, 0–255; unknown ones are not quite opaque."""
    colour = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFText_GetFillColor(handle, index, *(ctypes.byref(part) for part in colour)):
        return 0, 0, 0, 254
    red, green, blue, alpha = (part.value for part in colour)
    return red, green, blue, alpha
