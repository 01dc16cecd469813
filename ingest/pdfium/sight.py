"""Which letters of a page can be seen: the page is drawn with them and without, and compared.

So colours, clips, layers, masks and what lies over letters need no rules of their own; they only
tell why. A page without any reason for suspicion is drawn once, small: is a mark where each letter
should be? Others are drawn twice. Where a letter leaves no trace, is pale, lies under
something that is drawn later or over another letter, it is looked at anew, large and alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

from ingest.hiding import Hiding
from ingest.pdfium.drawing import Drawing, Placement
from ingest.pdfium.suspicion import in_a_layer, suspected
from ingest.types import Box

_SMALL, _LARGE = 0.6, 2.0  # pixels a point
_MOST_PIXELS = 12_000_000
_FAINT = 20  # of 255 steps of brightness: paler than the lightest grey that anybody prints with
_TINTED = 80  # of 255 steps of one colour: seen although as bright as what lies behind
_TRACE = 12  # of 255 steps of brightness, in a small picture: a full stop leaves so little
_BRIGHT = 120  # of 255: behind pale letters
_UNEVEN = 25  # of 255: bare paper in a scan differs by less
_DARK = 140  # of 255: letters no brighter are read on any light ground
_PALE = 200  # of 255: letters so bright are looked at anew
_ROW = 6.0  # points: less than lines stand apart
_ACROSS, _DOWN = np.linspace(0.02, 0.98, 5), np.linspace(0.05, 0.95, 9)
_MOST_DRAWN = 8  # layers of letters over each other
_BRIGHTNESS = np.array([0.114, 0.587, 0.299], dtype=np.float32)  # blue, green, red: ITU-R BT.601

_Boxes = NDArray[np.float64]
_Mask = NDArray[np.bool_]
_Pixels = NDArray[Any]  # uint8, or int16 where they are subtracted


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


class Sight:
    """A page whose text objects can be drawn or left out."""

    def __init__(self, page: Any, place: Placement, drawing: Drawing) -> None:
        self._page, self._place, self._drawing = page, place, drawing

    def hidden(
        self,
        boxes: Sequence[Box],
        owners: Sequence[int],
        thin: Sequence[bool],
        paints: dict[int, Paint],
    ) -> dict[int, Hiding]:
        """The letters that cannot be seen, by index, and why.

        `boxes` are points from the upper left corner; `owners` the address of each one's text
        object, or 0, `thin` whether it is a letter that leaves little trace in a small picture.
        """
        texts = self._drawing.texts
        known = np.array([owner in texts for owner in owners], dtype=bool)
        if not known.any():
            return {}
        places = np.array(boxes, dtype=np.float64)
        slight = np.array(thin, dtype=bool)
        shown = self._draw(_SMALL)
        plain = not any(paint.coloured for paint in paints.values())
        if (
            plain
            and not suspected(self._drawing, self._place, places)
            and not _told_by(_plain(shown, places, self._scale(_SMALL)), slight).any()
        ):
            return {}
        self._show(texts, False)
        paper = self._draw(_SMALL)
        ink = (shown > paper + _TRACE) | (paper > shown + _TRACE)
        covered = self._covered(places, owners)
        pale = {owner for owner, paint in paints.items() if paint.pale}
        layered = _layered(places)
        traceless = ~_holds(ink, places, self._scale(_SMALL))
        doubted = _told_by(traceless, slight) | covered | layered
        if pale:
            light = np.array([owner in pale for owner in owners], dtype=bool)
            doubted |= light & _bright(paper, places, self._scale(_SMALL))
        doubted &= known
        if not doubted.any():
            return {}
        bare = self._draw(_LARGE, grey=False)
        seen = self._seen_alone(bare, places, owners, doubted, layered)
        return {
            index: self._why(index, bare, places, owners[index], paints, covered)
            for index in np.nonzero(doubted & ~seen)[0].tolist()
        }

    def near_marks(self, boxes: Sequence[Box]) -> list[bool]:
        """Whether anything but paper is in or close to each box, once no text object is drawn."""
        self._show(self._drawing.texts, False)
        pixels, scale = self._draw(_LARGE), self._scale(_LARGE)
        return [_holds_marks(_cut(pixels, _grown(box), scale)) for box in boxes]

    def _scale(self, wanted: float) -> float:
        area = max(self._place.width * self._place.height, 1.0)
        return min(wanted, math.sqrt(_MOST_PIXELS / area))

    def _draw(self, wanted: float, grey: bool = True) -> _Pixels:
        bitmap = self._page.render(scale=self._scale(wanted), grayscale=grey)
        pixels: _Pixels = bitmap.to_numpy().squeeze()
        return pixels if grey is False else pixels.astype(np.int16)

    def _show(self, owners: Iterable[int], visible: bool) -> None:
        for owner in owners:
            raw.FPDFPageObj_SetIsActive(self._drawing.texts[owner][1], visible)

    def _covered(self, places: _Boxes, owners: Sequence[int]) -> _Mask:
        """Whether something that is drawn later reaches over the middle of each letter."""
        texts = self._drawing.texts
        order = np.array([texts[owner][0] if owner in texts else 0 for owner in owners])
        found = np.zeros(len(places), dtype=bool)
        covers = [cover for cover in self._drawing.covers if cover[0] > order.min()]
        if not covers:
            return found
        x, y = (places[:, 0] + places[:, 2]) / 2, (places[:, 1] + places[:, 3]) / 2
        for later, (x0, y0, x1, y1) in covers:
            found |= (order < later) & (x0 <= x) & (x <= x1) & (y0 <= y) & (y <= y1)
        return found

    def _seen_alone(
        self,
        bare: _Pixels,
        places: _Boxes,
        owners: Sequence[int],
        doubted: _Mask,
        layered: _Mask,
    ) -> _Mask:
        """Which of the doubted letters can be seen when those that they lie over are left out."""
        mine = np.array(owners, dtype=np.uint64)
        apart = dict.fromkeys(mine[doubted & layered].tolist())
        rest = [owner for owner in dict.fromkeys(mine[doubted].tolist()) if owner not in apart]
        seen = np.zeros(len(places), dtype=bool)
        for group in [rest, *_parted(apart, mine, places)]:
            if not group:
                continue
            self._show(group, True)
            drawn = self._draw(_LARGE, grey=False)
            self._show(group, False)
            members = set(group)
            for index in np.nonzero(doubted)[0].tolist():
                if owners[index] in members:
                    box = _trimmed(places[index])
                    seen[index] = _differ(
                        _cut(drawn, box, self._scale(_LARGE)), _cut(bare, box, self._scale(_LARGE))
                    )
        return seen

    def _why(
        self,
        index: int,
        bare: _Pixels,
        places: _Boxes,
        owner: int,
        paints: dict[int, Paint],
        covered: _Mask,
    ) -> Hiding:
        handle = self._drawing.texts[owner][1]
        paint = paints[owner]
        if paint.alpha < 40:
            return Hiding.CLEAR
        if in_a_layer(handle):
            return Hiding.LAYER
        x0, y0, x1, y1 = places[index]
        behind = np.median(
            _cut(bare, (x0, y0, x1, y1), self._scale(_LARGE)).reshape(-1, bare.shape[2]), axis=0
        )
        own = np.array([paint.blue, paint.green, paint.red])
        if np.abs(own - behind[:3]).max() < _TINTED and (
            abs(float((own - behind[:3]) @ _BRIGHTNESS)) < 1.5 * _FAINT
        ):
            return Hiding.WHITE if own.min() >= 235 else Hiding.COLOUR
        if covered[index]:
            return Hiding.COVERED
        if raw.FPDFClipPath_CountPaths(raw.FPDFPageObj_GetClipPath(handle)) > 0:
            return Hiding.CLIPPED
        return Hiding.UNDRAWN


def _differ(drawn: _Pixels, bare: _Pixels) -> bool:
    """Whether two pictures of a place differ so much that people see it."""
    moved = np.abs(drawn[..., :3].astype(np.int16) - bare[..., :3])
    return bool((moved @ _BRIGHTNESS).max() >= _FAINT or moved.max() >= _TINTED)


def _trimmed(place: NDArray[np.float64]) -> Box:
    """A letter's box without the edges that its neighbours reach into."""
    x0, y0, x1, y1 = place.tolist()
    return x0 + 0.12 * (x1 - x0), y0, x1 - 0.12 * (x1 - x0), y1


def _grown(box: Box) -> Box:
    """A word's box, and a little around it."""
    x0, y0, x1, y1 = box
    high = max(min(y1 - y0, x1 - x0), 1.0)
    return x0 - 0.5 * high, y0 - 0.25 * high, x1 + 0.5 * high, y1 + 0.25 * high


def _bright(paper: _Pixels, places: _Boxes, scale: float) -> _Mask:
    """Whether each box lies in light surroundings."""
    high, wide = paper.shape
    x = np.clip((places[:, 0] + places[:, 2]) / 2 * scale, 0, wide - 1).astype(int)
    y = np.clip((places[:, 1] + places[:, 3]) / 2 * scale, 0, high - 1).astype(int)
    return np.asarray(paper[y, x] > _BRIGHT)


def _cut(pixels: _Pixels, box: Box, scale: float) -> _Pixels:
    """The pixels of a box, at least one."""
    high, wide = pixels.shape[:2]
    left = min(max(int(box[0] * scale), 0), wide - 1)
    top = min(max(int(box[1] * scale), 0), high - 1)
    right, bottom = (
        max(math.ceil(box[2] * scale), left + 1),
        max(math.ceil(box[3] * scale), top + 1),
    )
    return pixels[top:bottom, left:right]


def _holds(mask: _Mask, places: _Boxes, scale: float) -> _Mask:
    """Whether a pixel of `mask` lies in each box; of large boxes only some are looked at."""
    high, wide = mask.shape
    x0, y0, x1, y1 = (places * scale).T[:, :, None]
    x = np.clip(x0 + (x1 - x0) * _ACROSS, 0, wide - 1).astype(np.intp)
    y = np.clip(y0 + (y1 - y0) * _DOWN, 0, high - 1).astype(np.intp)
    return np.asarray(mask[y[:, :, None], x[:, None, :]].any(axis=(1, 2)))


def _plain(pixels: _Pixels, places: _Boxes, scale: float) -> _Mask:
    """Whether each box is all of one brightness: no letter is drawn there."""
    high, wide = pixels.shape
    x0, y0, x1, y1 = (places * scale).T[:, :, None]
    x = np.clip(x0 + (x1 - x0) * _ACROSS, 0, wide - 1).astype(np.intp)
    y = np.clip(y0 + (y1 - y0) * _DOWN, 0, high - 1).astype(np.intp)
    held = pixels[y[:, :, None], x[:, None, :]]
    return np.asarray(held.max(axis=(1, 2)) - held.min(axis=(1, 2)) <= _TRACE)


def _told_by(traceless: _Mask, thin: _Mask) -> _Mask:
    """Letters without a trace; thin ones, which leave little of one, only in a run with others."""
    runs = np.cumsum(np.diff(traceless, prepend=traceless[:1]))
    told = np.bincount(runs, weights=traceless & ~thin) > 0
    return np.asarray(traceless & told[runs])


def _layered(places: _Boxes) -> _Mask:
    """Whether a letter lies over another one: nearer than two letters of a line stand."""
    wide, high = places[:, 2] - places[:, 0], places[:, 3] - places[:, 1]
    x, y = places[:, 0] + wide / 2, places[:, 1] + high / 2
    found = np.zeros(len(places), dtype=bool)
    for shift in (0.0, 0.5):
        order = np.lexsort((x, np.floor(y / _ROW + shift)))
        one, next_one = order[:-1], order[1:]
        near = np.abs(x[one] - x[next_one]) < 0.35 * (wide[one] + wide[next_one])
        near &= np.abs(y[one] - y[next_one]) < 0.25 * (high[one] + high[next_one])
        found[one[near]] = True
        found[next_one[near]] = True
    return found


def _parted(owners: Iterable[int], mine: NDArray[np.uint64], places: _Boxes) -> list[list[int]]:
    """Text objects in groups in which none lies over another, as far as `_MOST_DRAWN` allow."""
    groups: list[tuple[list[int], list[_Boxes]]] = []
    for owner in owners:
        own = places[mine == owner]
        box = np.concatenate([own[:, :2].min(axis=0), own[:, 2:].max(axis=0)])
        for members, boxes in groups:
            taken = np.array(boxes)
            meets = (taken[:, :2] < box[2:]).all(axis=1) & (taken[:, 2:] > box[:2]).all(axis=1)
            if not meets.any() or (len(groups) == _MOST_DRAWN and members is groups[-1][0]):
                members.append(owner)
                boxes.append(box)
                break
        else:
            groups.append(([owner], [box]))
    return [members for members, _ in groups]


def _holds_marks(pixels: _Pixels) -> bool:
    """Whether anything at all is drawn in a piece of a scanned page; paper is not quite even."""
    return bool(np.abs(pixels - np.median(pixels)).max() > _UNEVEN)
