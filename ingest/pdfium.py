"""A PDF file → raw pages (words with boxes, ruling lines) and page images, by PDFium.

The only module that imports pypdfium2. PDFium is not thread-safe: one lock guards every call.
"""

from __future__ import annotations

import ctypes
import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL.Image import Image
from pypdfium2 import raw

from ingest.errors import EncryptedFileError, UnreadableFileError
from ingest.types import Box, RawPage, Rule
from ingest.words import Char, CharStyle, words_from_chars

_LOCK = threading.RLock()
_THIN = 3.0  # points: a filled rectangle thinner than this is drawn as a line
_SPACES = frozenset((0x20, 0xA0, 0x0D, 0x0A, 0x09))
# PDFium gives U+FFFE or U+0002 for a hyphen at a line's end, 0 for a letter without a code
_SPECIAL = {0xFFFE: "-", 0x02: "-", 0: "\ufffd"}
_TINY = 2.5  # points: no reader sees smaller letters
_DEEPEST = 6  # forms inside forms
_MAX_OBJECTS = 60_000  # ruling lines beyond this are a map or a drawing, not tables


@dataclass(frozen=True, slots=True)
class _Ink:
    """How the letters of one text object look, and whether a reader can see them."""

    style: CharStyle
    invisible: bool
    white: bool


class _Placement:
    """Turns PDFium's user space (origin lower left, unrotated) into the page as it is seen."""

    def __init__(self, page: Any) -> None:
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        self.rotation = page.get_rotation()
        self.width, self.height = page.get_size()

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A user space point, as points from the upper left corner of the page as it is seen."""
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A user space rectangle as a box on the page as it is seen."""
        (ax, ay), (bx, by) = self.point(x0, y0), self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


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
            place = _Placement(page)
            textpage = page.get_textpage()
        except pdfium.PdfiumError as error:
            raise UnreadableFileError("sidan är skadad och går inte att öppna") from error
        try:
            drawing = _drawing(page, place)
            chars = _chars(textpage, place, drawing.backdrops)
        finally:
            textpage.close()
            page.close()
    return RawPage(
        number,
        place.width,
        place.height,
        tuple(words_from_chars(chars)),
        tuple(drawing.rules),
        min(1.0, drawing.pictured / max(place.width * place.height, 1.0)),
    )


def _chars(textpage: Any, place: _Placement, backdrops: list[Box]) -> list[Char | None]:
    """Every character of the page, in the order that PDFium found them; None for white space."""
    handle = textpage.raw
    rect = raw.FS_RECTF()
    rect_ref = ctypes.byref(rect)
    # looked up once: these run for every character
    unicode_of, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    object_of, address_of = raw.FPDFText_GetTextObject, ctypes.c_void_p.from_buffer
    upright, left, top = place.rotation == 0, place.left, place.top
    inks: dict[int, _Ink] = {}
    chars: list[Char | None] = []
    for index in range(raw.FPDFText_CountChars(handle)):
        code = unicode_of(handle, index)
        if code in _SPACES or 0xD800 <= code < 0xE000:
            chars.append(None)
            continue
        found = object_of(handle, index)
        address = address_of(found).value or 0
        ink = inks.get(address)
        if ink is None:
            ink = inks[address] = _ink(handle, index, found, place)
        box_of(handle, index, rect_ref)
        if upright:
            box = (rect.left - left, top - rect.top, rect.right - left, top - rect.bottom)
        else:
            box = place.box(rect.left, rect.bottom, rect.right, rect.top)
        hidden = (
            ink.invisible
            or box[2] < 0
            or box[3] < 0
            or box[0] > place.width
            or box[1] > place.height
            or (ink.white and not _stands_on(box, backdrops))
        )
        chars.append(Char(_SPECIAL.get(code) or chr(code), box, ink.style, hidden))
    return chars


def _ink(handle: Any, index: int, text_object: Any, place: _Placement) -> _Ink:
    """Font size in points, weight, direction and visibility of the letters of an object."""
    matrix = raw.FS_MATRIX()
    size = float(raw.FPDFText_GetFontSize(handle, index))
    angle = 0
    if raw.FPDFText_GetMatrix(handle, index, ctypes.byref(matrix)):
        size *= math.hypot(matrix.c, matrix.d) or 1.0
        turn = math.degrees(math.atan2(matrix.b, matrix.a)) - place.rotation
        angle = round(turn / 90) * 90 % 360
    # 3: neither filled nor stroked. OCR lays its text under a picture so: see ingest.legible
    unpainted = bool(text_object) and raw.FPDFTextObj_GetTextRenderMode(text_object) == 3
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(handle, index, ctypes.byref(x), ctypes.byref(y))
    baseline = place.point(x.value, y.value)[1 if angle in (0, 180) else 0]
    bold, italic = _slant(handle, index)
    red, green, blue, alpha = _fill(handle, index)
    return _Ink(
        CharStyle(size, baseline, bold, italic, angle),
        unpainted or alpha == 0 or size < _TINY,
        min(red, green, blue) >= 250,
    )


def _stands_on(box: Box, backdrops: list[Box]) -> bool:
    """Whether the middle of a letter lies on something that is painted."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(b[0] <= x <= b[2] and b[1] <= y <= b[3] for b in backdrops)


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
    """The colour of a letter: red, green, blue and alpha, each 0–255; black where unknown."""
    colour = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFText_GetFillColor(handle, index, *(ctypes.byref(part) for part in colour)):
        return 0, 0, 0, 255
    red, green, blue, alpha = (part.value for part in colour)
    return red, green, blue, alpha


@dataclass(slots=True)
class _Drawing:
    """What stands on a page beside letters. `backdrops` are what white letters may stand on.

    `pictured` is the area of all pictures in square points, as it is seen.
    """

    rules: list[Rule]
    backdrops: list[Box]
    pictured: float = 0.0
    objects: int = 0


_Matrix = tuple[float, float, float, float, float, float]
_UNMOVED: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _drawing(page: Any, place: _Placement) -> _Drawing:
    """Ruling lines: thin shapes, and the edges of filled or stroked rectangles; and pictures."""
    found = _Drawing([], [])
    count = raw.FPDFPage_CountObjects(page.raw)
    for index in range(count):
        _add_object(raw.FPDFPage_GetObject(page.raw, index), place, _UNMOVED, found, 0)
    return found


def _add_object(item: Any, place: _Placement, moved: _Matrix, found: _Drawing, depth: int) -> None:
    """Add one page object to what was found; of a form, all that it holds, moved as it is."""
    found.objects += 1
    if not item or found.objects > _MAX_OBJECTS:
        return
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        matrix = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix))
        own = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
        for index in range(raw.FPDFFormObj_CountObjects(item)):
            inner = raw.FPDFFormObj_GetObject(item, index)
            _add_object(inner, place, _product(own, moved), found, depth + 1)
    elif kind == raw.FPDF_PAGEOBJ_PATH:
        if _is_drawn(item):
            box = _box_of(item, place, moved)
            found.rules.extend(_edges(box, item, place))
            found.backdrops.append(box)
    elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
        x0, y0, x1, y1 = box = _box_of(item, place, moved)
        found.backdrops.append(box)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            wide = min(x1, place.width) - max(x0, 0.0)
            found.pictured += max(wide, 0.0) * max(min(y1, place.height) - max(y0, 0.0), 0.0)


def _product(first: _Matrix, then: _Matrix) -> _Matrix:
    """The matrix that does `first` and `then` the other (PDF 32000-1, 8.3.4)."""
    a, b, c, d, e, f = first
    k, m, n, o, p, q = then
    return (
        a * k + b * n, a * m + b * o,
        c * k + d * n, c * m + d * o,
        e * k + f * n + p, e * m + f * o + q,
    )  # fmt: skip


def _box_of(item: Any, place: _Placement, moved: _Matrix) -> Box:
    """Where a page object stands on the page as it is seen."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(item, *map(ctypes.byref, (left, bottom, right, top)))
    a, b, c, d, e, f = moved
    corners = [
        (a * x + c * y + e, b * x + d * y + f)
        for x in (left.value, right.value)
        for y in (bottom.value, top.value)
    ]
    return place.box(
        min(x for x, _ in corners),
        min(y for _, y in corners),
        max(x for x, _ in corners),
        max(y for _, y in corners),
    )


def _is_drawn(handle: Any) -> bool:
    """Whether a path paints anything but white."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(handle, ctypes.byref(fill), ctypes.byref(stroke)):
        return False
    if stroke.value:
        return True
    colour = [ctypes.c_uint() for _ in range(4)]
    known = raw.FPDFPageObj_GetFillColor(handle, *(ctypes.byref(part) for part in colour))
    red, green, blue, alpha = (part.value for part in colour)
    return bool(fill.value) and not (known and (alpha == 0 or min(red, green, blue) >= 250))


def _edges(box: Box, handle: Any, place: _Placement) -> list[Rule]:
    x0, y0, x1, y1 = box
    wide, high = x1 - x0, y1 - y0
    if high <= _THIN and wide > _THIN:
        middle = (y0 + y1) / 2
        return [Rule(x0, middle, x1, middle)]
    if wide <= _THIN and high > _THIN:
        middle = (x0 + x1) / 2
        return [Rule(middle, y0, middle, y1)]
    covers_page = wide * high > 0.7 * place.width * place.height
    # a rectangle has 4 or 5 segments; anything else that is fat is a drawing
    if covers_page or high <= _THIN or raw.FPDFPath_CountSegments(handle) not in (4, 5):
        return []
    return [
        Rule(x0, y0, x1, y0),
        Rule(x0, y1, x1, y1),
        Rule(x0, y0, x0, y1),
        Rule(x1, y0, x1, y1),
    ]
