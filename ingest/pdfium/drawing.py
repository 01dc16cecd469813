"""The objects of a PDF page → its ruling lines and pictures, and what lies over its text."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

from ingest.types import Box, Rule

_THIN = 3.0  # points: a filled rectangle thinner than this is drawn as a line
_LIGHT = 190  # of 255: dark letters on it are read
_DEEPEST = 6  # forms inside forms
_MAX_OBJECTS = 60_000  # ruling lines beyond this are a map or a drawing, not tables


_Coordinate = TypeVar("_Coordinate", float, NDArray[np.float64])


class Placement:
    """Turns PDFium's user space (origin lower left, unrotated) into the page as it is seen."""

    def __init__(self, page: Any) -> None:
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        self.rotation = page.get_rotation()
        self.width, self.height = page.get_size()

    def point(self, x: _Coordinate, y: _Coordinate) -> tuple[_Coordinate, _Coordinate]:
        """User space points, as points from the upper left corner of the page as it is seen."""
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


@dataclass(slots=True)
class Drawing:
    """What a page is drawn of. `pictured` is the area of all pictures in square points, as seen.

    `texts` are the text objects with their place in the order of drawing, by address; `covers`
    what is painted fat enough to lie over letters, with the same order; of these `light` are those
    that are opaque and light; `nested` are texts inside forms.
    """

    rules: list[Rule] = field(default_factory=list)
    pictured: float = 0.0
    objects: int = 0
    texts: dict[int, tuple[int, Any]] = field(default_factory=dict)
    covers: list[tuple[int, Box]] = field(default_factory=list)
    light: set[int] = field(default_factory=set)
    nested: bool = False


def address(handle: Any) -> int:
    """What tells one of PDFium's objects from another; 0 for none."""
    return ctypes.c_void_p.from_buffer(handle).value or 0


_Matrix = tuple[float, float, float, float, float, float]
_UNMOVED: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def drawing_of(page: Any, place: Placement) -> Drawing:
    """Ruling lines: thin shapes, and the edges of filled or stroked rectangles; pictures; texts."""
    found = Drawing()
    count = raw.FPDFPage_CountObjects(page.raw)
    for index in range(count):
        _add_object(raw.FPDFPage_GetObject(page.raw, index), place, _UNMOVED, found, 0)
    return found


def _add_object(item: Any, place: Placement, moved: _Matrix, found: Drawing, depth: int) -> None:
    """Add one page object to what was found; of a form, all that it holds, moved as it is."""
    found.objects += 1
    if not item or found.objects > _MAX_OBJECTS:
        return
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        found.texts[address(item)] = (found.objects, item)
        found.nested |= depth > 0
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        matrix = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix))
        own = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
        for index in range(raw.FPDFFormObj_CountObjects(item)):
            inner = raw.FPDFFormObj_GetObject(item, index)
            _add_object(inner, place, _product(own, moved), found, depth + 1)
    elif kind == raw.FPDF_PAGEOBJ_PATH:
        drawn, filled, light = _is_drawn(item)
        if drawn or filled:
            box = _box_of(item, place, moved)
            if drawn:
                found.rules.extend(_edges(box, item, place))
            if filled:
                _add_cover(box, found)
            if light:
                found.light.add(found.objects)
    elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
        x0, y0, x1, y1 = box = _box_of(item, place, moved)
        _add_cover(box, found)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            wide = min(x1, place.width) - max(x0, 0.0)
            found.pictured += max(wide, 0.0) * max(min(y1, place.height) - max(y0, 0.0), 0.0)


def _add_cover(box: Box, found: Drawing) -> None:
    if min(box[2] - box[0], box[3] - box[1]) > _THIN:
        found.covers.append((found.objects, box))


def _product(first: _Matrix, then: _Matrix) -> _Matrix:
    """The matrix that does `first` and `then` the other (PDF 32000-1, 8.3.4)."""
    a, b, c, d, e, f = first
    k, m, n, o, p, q = then
    return (
        a * k + b * n, a * m + b * o,
        c * k + d * n, c * m + d * o,
        e * k + f * n + p, e * m + f * o + q,
    )  # fmt: skip


def _box_of(item: Any, place: Placement, moved: _Matrix) -> Box:
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


def _is_drawn(handle: Any) -> tuple[bool, bool, bool]:
    """Whether a path paints anything but white, fills what it encloses, with a light colour."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(handle, ctypes.byref(fill), ctypes.byref(stroke)):
        return False, False, False
    if stroke.value and not fill.value:
        return True, False, False
    colour = [ctypes.c_uint() for _ in range(4)]
    known = raw.FPDFPageObj_GetFillColor(handle, *(ctypes.byref(part) for part in colour))
    red, green, blue, alpha = (part.value for part in colour)
    filled = bool(fill.value) and not (known and alpha == 0)
    white = known and min(red, green, blue) >= 250
    light = bool(known) and alpha == 255 and min(red, green, blue) >= _LIGHT
    return bool(stroke.value) or (filled and not white), filled, light


def _edges(box: Box, handle: Any, place: Placement) -> list[Rule]:
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
