"""Pictures of a page, or of a part of it → what is drawn at places of it.

Places are boxes in points from the upper left corner of the page, one a row.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.types import Box

Boxes = NDArray[np.float64]
Mask = NDArray[np.bool_]
Pixels = NDArray[Any]

_MOST_PIXELS = 12_000_000
_TRACE = 12  # of 255 steps of brightness, in a small picture: a full stop leaves so little
_BRIGHT = 120  # of 255: behind pale letters
_UNEVEN = 25  # of 255: bare paper in a scan differs by less
_FAINT = 20  # of 255 steps of brightness: paler than the lightest grey that anybody prints with
_TINTED = 80  # of 255 steps of one colour: seen although as bright as what lies behind
_BRIGHTNESS = np.array([0.114, 0.587, 0.299], dtype=np.float32)  # blue, green, red: ITU-R BT.601
_ACROSS, _DOWN = np.linspace(0.02, 0.98, 5), np.linspace(0.05, 0.95, 9)
_MIDDLE = _DOWN[3:7]  # where most letters have ink


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels (grey, or blue, green, red) of a page from column `left` and row `top` on.

    There are `scale` a point; the whole page is `wide` × `high` of them.
    """

    pixels: Pixels
    scale: float
    wide: int
    high: int
    left: int = 0
    top: int = 0

    def cut(self, box: Box) -> Pixels:
        """The pixels of a box, at least one."""
        x0, y0, x1, y1 = _span(box, self.scale, self.wide, self.high)
        return self.pixels[y0 - self.top : y1 - self.top, x0 - self.left : x1 - self.left]

    def held(self, places: Boxes, down: NDArray[np.float64] = _DOWN) -> Pixels:
        """Some of the pixels in each box: places × rows × columns."""
        x0, y0, x1, y1 = (places * self.scale).T[:, :, None]
        x = np.clip(x0 + (x1 - x0) * _ACROSS, 0, self.wide - 1).astype(np.intp)
        y = np.clip(y0 + (y1 - y0) * down, 0, self.high - 1).astype(np.intp)
        return np.asarray(self.pixels[y[:, :, None], x[:, None, :]])


def _span(box: Box, scale: float, wide: int, high: int) -> tuple[int, int, int, int]:
    """The columns and rows of pixels of a box: the first ones, and those after the last."""
    left = min(max(int(box[0] * scale), 0), wide - 1)
    top = min(max(int(box[1] * scale), 0), high - 1)
    right, bottom = math.ceil(box[2] * scale), math.ceil(box[3] * scale)
    return left, top, min(max(right, left + 1), wide), min(max(bottom, top + 1), high)


def draw(page: Any, wanted: float, grey: bool, part: Box | None = None) -> Picture:
    """A picture of a page as PDFium gives it, or of the part of it that `part` lies in."""
    width, height = page.get_size()
    scale = min(wanted, math.sqrt(_MOST_PIXELS / max(width * height, 1.0)))
    wide, high = math.ceil(width * scale), math.ceil(height * scale)
    x0, y0, x1, y1 = (0, 0, wide, high) if part is None else _span(part, scale, wide, high)
    x1, y1 = min(x1 + 1, wide), min(y1 + 1, high)  # a place of no width has a pixel too
    # the binding rounds what is cut off up to whole pixels
    crop = [max(count - 0.5, 0.0) / scale for count in (x0, high - y1, wide - x1, y0)]
    bitmap = page.render(scale=scale, grayscale=grey, crop=tuple(crop))
    return Picture(bitmap.to_numpy(), scale, wide, high, x0, y0)


def differ(drawn: Pixels, bare: Pixels) -> bool:
    """Whether two coloured pictures of a place differ so much that people see it."""
    moved = np.abs(drawn[..., :3].astype(np.int16) - bare[..., :3])
    return bool((moved @ _BRIGHTNESS).max() >= _FAINT or moved.max() >= _TINTED)


def alike(colour: NDArray[np.float64], behind: NDArray[np.float64]) -> bool:
    """Whether a colour (blue, green, red) cannot be told from what lies behind."""
    moved = colour - behind
    return bool(np.abs(moved).max() < _TINTED and abs(float(moved @ _BRIGHTNESS)) < 1.5 * _FAINT)


def marks(paper: Picture, box: Box, across: bool) -> tuple[float, float] | None:
    """From where to where anything is drawn in a piece of a scanned page; None where nothing is.

    In points from the left, or from the top where not `across`. Paper is not quite even.
    """
    pixels = paper.cut(box).astype(np.int16)
    marked = np.abs(pixels - np.median(pixels)) > _UNEVEN
    places = np.flatnonzero(marked.any(axis=0 if across else 1))
    if not len(places):
        return None
    begin = _span(box, paper.scale, paper.wide, paper.high)[0 if across else 1]
    return (begin + int(places[0])) / paper.scale, (begin + int(places[-1]) + 1) / paper.scale


def bright(paper: Picture, places: Boxes) -> Mask:
    """Whether the middle of each box is light."""
    x = np.clip((places[:, 0] + places[:, 2]) / 2 * paper.scale, 0, paper.wide - 1).astype(int)
    y = np.clip((places[:, 1] + places[:, 3]) / 2 * paper.scale, 0, paper.high - 1).astype(int)
    return np.asarray(paper.pixels[y, x] > _BRIGHT)


def plain(shown: Picture, places: Boxes) -> Mask:
    """Whether each box is all of one brightness: no letter is drawn there."""
    found = _even(shown.held(places, _MIDDLE))
    doubted = np.flatnonzero(found)
    found[doubted] = _even(shown.held(places[doubted]))
    return found


def _even(held: Pixels) -> Mask:
    """Whether the pixels of each place differ so little that no letter is among them."""
    flat = held.reshape(len(held), held.shape[1] * held.shape[2])
    return np.asarray(flat.max(axis=1) - flat.min(axis=1) <= _TRACE)


def traceless(shown: Picture, paper: Picture, places: Boxes) -> Mask:
    """Whether a page with and without its letters is the same in each box."""
    drawn, bare = shown.pixels, paper.pixels
    ink = np.maximum(drawn, bare) - np.minimum(drawn, bare) > _TRACE
    inked = Picture(ink, shown.scale, shown.wide, shown.high)
    return np.asarray(~inked.held(places).any(axis=(1, 2)))
