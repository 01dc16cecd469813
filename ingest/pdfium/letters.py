"""A PDF page's text → its letters with boxes, in columns: one call of PDFium a letter and fact.

Pages have thousands of letters: what is asked for each of them runs in C, or in numpy.
"""

from __future__ import annotations

import ctypes
from collections import deque
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

from ingest.hiding import Hiding, without_unseen
from ingest.pdfium.drawing import Placement
from ingest.pdfium.inks import Ink, Slants, ink_of
from ingest.words import Letters

_SPACES = (0x20, 0xA0, 0x0D, 0x0A, 0x09)
# PDFium gives U+FFFE or U+0002 for a hyphen at a line's end, 0 for a letter without a code
_SPECIAL = {0xFFFE: "-", 0x02: "-", 0: "\ufffd"}
_TAG_HALF = 0xDB40  # the first half of a tag character, in UTF-16
_LOWS, _HALVES_END = 0xDC00, 0xE000
_FIRST_UNSEEN = 0x34F  # no letter before it is without width
_LAST = 0x10FFFF  # of all codes

# the same functions with addresses for objects and structures, which need no objects of Python's
_OBJECT_OF = ctypes.CFUNCTYPE(ctypes.c_size_t, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(raw.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)
_BOX_OF = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(raw.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)
_BYTES = ctypes.sizeof(raw.FS_RECTF)  # left, top, right, bottom: four floats


@dataclass(frozen=True, slots=True)
class Written:
    """A page's letters. `inks` says how those of each of the letters' styles look.

    `unseen` are the characters without width that were left out, runs parted by a space.
    """

    letters: Letters
    inks: tuple[Ink, ...]
    unseen: str


def read_letters(textpage: Any, place: Placement) -> Written:
    """Every letter of the page, in the order that PDFium found them."""
    handle = textpage.raw
    count = raw.FPDFText_CountChars(handle)
    found = map(raw.FPDFText_GetUnicode, repeat(handle), range(count))
    codes = np.fromiter(found, np.uint32, count)
    unseen, dropped = _take_unseen(codes)
    space = (codes >= 0xD800) & (codes < _HALVES_END)
    for code in _SPACES:
        space |= codes == code
    space &= ~dropped
    kept = np.flatnonzero(~(space | dropped))
    indices = kept.tolist()
    boxes = _boxes(handle, indices, place)
    inks, style = _inks(handle, indices, place)
    for code, letter in _SPECIAL.items():
        codes[codes == code] = ord(letter)
    codes[codes > _LAST] = ord("\ufffd")
    text = codes[kept].astype("<u4").tobytes().decode("utf-32-le")
    parted = np.diff(np.cumsum(space)[kept], prepend=-1) > 0
    unwritten = np.array([bool(ink.hiding) for ink in inks], dtype=bool)[style]
    hidden = {index: inks[style[index]].hiding for index in np.flatnonzero(unwritten).tolist()}
    hidden |= dict.fromkeys(np.flatnonzero(_outside(boxes, place)).tolist(), Hiding.OUTSIDE)
    styles = tuple(ink.style for ink in inks)
    return Written(Letters(text, boxes, styles, style, parted, hidden), inks, unseen)


def _take_unseen(codes: NDArray[np.uint32]) -> tuple[str, NDArray[np.bool_]]:
    """The characters without width among `codes`, and where they are; tag characters made whole."""
    dropped = np.zeros(len(codes), dtype=bool)
    unseen: list[str] = []
    last = -1
    for index in np.flatnonzero(codes >= _FIRST_UNSEEN).tolist():
        code = int(codes[index])
        if code == _TAG_HALF and index + 1 < len(codes):
            # U+E0000 to U+E03FF come as two halves, one character each
            low = int(codes[index + 1])
            if _LOWS <= low < _HALVES_END:
                code = 0xE0000 + low - _LOWS
                codes[index] = code
        elif _LOWS <= code < _HALVES_END and last == index - 1:
            dropped[index] = True
            last = index
            continue
        text = _SPECIAL.get(code) or chr(min(code, _LAST))
        if not without_unseen(text):
            unseen.append(text if index == last + 1 else f" {text}")
            dropped[index] = True
            last = index
    return "".join(unseen), dropped


def _boxes(handle: Any, indices: list[int], place: Placement) -> NDArray[np.float64]:
    """The boxes of letters, in points from the upper left corner of the page as it is seen."""
    rectangles = np.zeros((len(indices), 4), dtype=np.float32)
    start = rectangles.ctypes.data
    places = range(start, start + _BYTES * len(indices), _BYTES)
    deque(map(_BOX_OF, repeat(ctypes.cast(handle, ctypes.c_void_p)), indices, places), maxlen=0)
    left, top, right, bottom = rectangles.T.astype(np.float64)
    if place.rotation == 0:
        sides = (left - place.left, place.top - top, right - place.left, place.top - bottom)
    else:
        (ax, ay), (bx, by) = place.point(left, bottom), place.point(right, top)
        sides = (np.minimum(ax, bx), np.minimum(ay, by), np.maximum(ax, bx), np.maximum(ay, by))
    return np.stack(sides, axis=1)


def _inks(
    handle: Any, indices: list[int], place: Placement
) -> tuple[tuple[Ink, ...], NDArray[np.intp]]:
    """How the letters look, an ink for each text object, and which of the inks each letter has."""
    found = map(_OBJECT_OF, repeat(ctypes.cast(handle, ctypes.c_void_p)), indices)
    owners = np.fromiter(found, np.uint64, len(indices))
    starts = np.flatnonzero(np.diff(owners, prepend=~owners[:1]))
    inks: dict[int, Ink] = {}
    slants: Slants = {}
    places: dict[int, int] = {}
    which: list[int] = []
    for start, owner in zip(starts.tolist(), owners[starts].tolist(), strict=True):
        if owner not in inks:
            places[owner] = len(inks)
            inks[owner] = ink_of(handle, indices[start], place, slants)
        which.append(places[owner])
    lengths = np.diff(starts, append=len(indices))
    return tuple(inks.values()), np.repeat(np.array(which, dtype=np.intp), lengths)


def _outside(boxes: NDArray[np.float64], place: Placement) -> NDArray[np.bool_]:
    """Whether the middle of each box is off the page."""
    x, y = boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3]
    on_page = (x >= 0) & (x <= 2 * place.width) & (y >= 0) & (y <= 2 * place.height)
    return np.asarray(~on_page)
