"""One text object of a PDF page → how its letters look."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

from ingest.hiding import Hiding
from ingest.pdfium.drawing import Placement, address
from ingest.words import CharStyle

_TINY = 4.0  # points: nobody reads smaller letters
_DARK = 140  # of 255: letters no brighter are read on any light ground
_PALE = 200  # of 255: letters so bright are looked at anew


@dataclass(frozen=True, slots=True)
class Paint:
    """The colour of letters as the page gives it; each part 0–255."""

    red: int
    green: int
    blue: int
    alpha: int

    @property
    def pale(self) -> bool:
        """Whether it could be that of the paper, or nearly clear."""
        return self._bright > _PALE or self.alpha < 128

    @property
    def coloured(self) -> bool:
        """Whether it is anything but dark and opaque."""
        return self._bright > _DARK or self.alpha < 255

    @property
    def _bright(self) -> float:
        return 0.299 * self.red + 0.587 * self.green + 0.114 * self.blue


@dataclass(frozen=True, slots=True)
class Ink:
    """How the letters of one text object look; `hiding` is what hides all of them.

    `owner` is the object's address, 0 for letters of none.
    """

    style: CharStyle
    hiding: str
    paint: Paint
    owner: int


Slants = dict[int, tuple[bool, bool]]
"""Whether fonts are bold, and whether they are italic, by address."""


def ink_of(handle: Any, index: int, place: Placement, slants: Slants) -> Ink:
    """Font size in points, weight, direction and visibility of the object of letter `index`.

    What is found of its font is kept in `slants`, for the page's other objects.
    """
    text_object = raw.FPDFText_GetTextObject(handle, index)
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
    font = address(raw.FPDFTextObj_GetFont(text_object)) if text_object else 0
    slant = slants.get(font) or _slant(handle, index)
    if font:
        slants[font] = slant
    hiding = ""
    if mode in (3, 7):
        hiding = Hiding.MODE
    elif min(size, 2 * wide) < _TINY:
        hiding = Hiding.TINY
    style = CharStyle(size, baseline, *slant, angle)
    return Ink(style, hiding, _paint(handle, index), address(text_object))


def _slant(handle: Any, index: int) -> tuple[bool, bool]:
    """Whether a letter's font is bold, and whether it is italic."""
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(handle, index, name, 128, ctypes.byref(flags))
    font = name.value.decode("utf-8", "replace").lower()
    # font flags, PDF 32000-1, table 123: bit 7 is Italic, bit 19 ForceBold
    bold = any(w in font for w in ("bold", "black", "heavy", "demi")) or flags.value >> 18 & 1
    italic = any(w in font for w in ("italic", "oblique")) or flags.value >> 6 & 1
    return bool(bold), bool(italic)


def _paint(handle: Any, index: int) -> Paint:
    """The colour of a letter; an unknown one is not quite opaque."""
    colour = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFText_GetFillColor(handle, index, *(ctypes.byref(part) for part in colour)):
        return Paint(0, 0, 0, 254)
    red, green, blue, alpha = (part.value for part in colour)
    return Paint(red, green, blue, alpha)
