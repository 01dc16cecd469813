"""Whether anything on a page gives reason to ask if its letters can be seen, by its objects alone.

Most pages are dark letters on light ground, with nothing over them: they need no drawing twice.
"""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

from ingest.pdfium.drawing import Drawing, Placement
from ingest.types import Box

_MOST_COVERS = 150  # more are a drawing, and are looked at as one
_MOST_SEGMENTS = 6  # of a clipping rectangle
_ROOM = 1.0  # points that letters may reach over the edge of what clips them


def suspected(drawing: Drawing, place: Placement, places: NDArray[np.float64]) -> bool:
    """Whether letters at `places` (points from the upper left corner) may be hidden by anything.

    That is: text in a form, in a layer, half transparent, not plainly filled or clipped close; and
    what is drawn over letters, or lies dark or unknown under them.
    """
    if drawing.nested or len(drawing.covers) > _MOST_COVERS:
        return True
    first = min((order for order, _ in drawing.texts.values()), default=0)
    last = max((order for order, _ in drawing.texts.values()), default=0)
    for order, cover in drawing.covers:
        harmless = order in drawing.light and order < first
        if not harmless and _meet(cover, places) and not _under(order, cover, drawing, place, last):
            return True
    return any(_odd(handle, place) for _, handle in drawing.texts.values())


def _under(order: int, cover: Box, drawing: Drawing, place: Placement, last: int) -> bool:
    """Whether a light cover between texts lies under all those that it meets."""
    if order not in drawing.light:
        return False
    earlier = [handle for own, handle in drawing.texts.values() if own < order <= last]
    return not any(_overlap(cover, _bounds(handle, place)) for handle in earlier) and order <= last


def _meet(cover: Box, places: NDArray[np.float64]) -> bool:
    x0, y0, x1, y1 = cover
    x, y = (places[:, 0] + places[:, 2]) / 2, (places[:, 1] + places[:, 3]) / 2
    return bool(((x0 <= x) & (x <= x1) & (y0 <= y) & (y <= y1)).any())


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _odd(handle: Any, place: Placement) -> bool:
    """Whether a text object is drawn in another way than filled, whole and opaque."""
    if raw.FPDFTextObj_GetTextRenderMode(handle) not in (0, 3, 7):  # 3 and 7 are hidden anyway
        return True
    if raw.FPDFPageObj_HasTransparency(handle) or in_a_layer(handle):
        return True
    clip = raw.FPDFPageObj_GetClipPath(handle)
    paths = raw.FPDFClipPath_CountPaths(clip)
    if paths <= 0:
        return False
    own = _bounds(handle, place)
    return any(not _holds(_clip_box(clip, path, place), own, place) for path in range(paths))


def _holds(clip: Box | None, own: Box, place: Placement) -> bool:
    """Whether a clipping rectangle leaves all that is on the page of a text object to be seen."""
    if clip is None:
        return False
    x0, y0 = max(own[0], 0.0), max(own[1], 0.0)
    x1, y1 = min(own[2], place.width), min(own[3], place.height)
    return (
        clip[0] <= x0 + _ROOM and clip[1] <= y0 + _ROOM
        and clip[2] >= x1 - _ROOM and clip[3] >= y1 - _ROOM
    )  # fmt: skip


def _clip_box(clip: Any, path: int, place: Placement) -> Box | None:
    """The rectangle that one path of a clip is; None for any other shape."""
    count = raw.FPDFClipPath_CountPathSegments(clip, path)
    if not 4 <= count <= _MOST_SEGMENTS:
        return None
    x, y = ctypes.c_float(), ctypes.c_float()
    xs: set[float] = set()
    ys: set[float] = set()
    for index in range(count):
        segment = raw.FPDFClipPath_GetPathSegment(clip, path, index)
        if not raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            return None
        xs.add(round(x.value, 2))
        ys.add(round(y.value, 2))
    if len(xs) != 2 or len(ys) != 2:
        return None
    return place.box(min(xs), min(ys), max(xs), max(ys))


def _bounds(handle: Any, place: Placement) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(handle, *map(ctypes.byref, (left, bottom, right, top)))
    return place.box(left.value, bottom.value, right.value, top.value)


def in_a_layer(handle: Any) -> bool:
    """Whether an object stands in marked content of an optional layer (PDF 32000-1, 8.11.3.2)."""
    name, length = ctypes.create_string_buffer(16), ctypes.c_ulong()
    for index in range(raw.FPDFPageObj_CountMarks(handle)):
        mark = raw.FPDFPageObj_GetMark(handle, index)
        buffer = ctypes.cast(name, ctypes.POINTER(ctypes.c_ushort))
        if raw.FPDFPageObjMark_GetName(mark, buffer, 16, ctypes.byref(length)) and (
            name.raw[: length.value].decode("utf-16-le", "replace").rstrip("\0") == "OC"
        ):
            return True
    return False
