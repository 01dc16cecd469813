"""Which letters of a page can be seen: the page is drawn with them and without, and compared.

So colours, clips, layers, masks and what lies over letters need no rules of their own; they only
tell why. A page without any reason for suspicion is drawn once, small: is a mark where each letter
should be? Others are drawn twice. Where a letter leaves no trace, is pale, lies under
something that is drawn later or over another letter, it is looked at anew, large and alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

from ingest.hiding import Hiding
from ingest.pdfium import pixels
from ingest.pdfium.drawing import Drawing, Placement
from ingest.pdfium.inks import Ink
from ingest.pdfium.pixels import Boxes, Mask, Picture
from ingest.pdfium.suspicion import in_a_layer, suspected
from ingest.types import Box, Word
from ingest.words import Letters

_SMALL, _LARGE = 0.6, 2.0  # pixels a point
_LITTLE_INK = np.array([ord(letter) for letter in ".,:;!|'iIljtfr"], dtype=np.uint32)
_ROW = 6.0  # points: less than lines stand apart
_NEIGHBOURS = 0.3  # of a word's height, that others' letters may reach into its place
_MOST_DRAWN = 8  # layers of letters over each other


@dataclass(frozen=True, slots=True)
class _Shown:
    """Letters that look as if they could be seen, in columns.

    `which` says which of `inks` each has, `drawn` whether that is an object's that can be left
    out, `thin` whether the letter leaves little trace in a small picture.
    """

    places: Boxes
    which: NDArray[np.intp]
    inks: Sequence[Ink]
    drawn: Mask
    thin: Mask

    def having(self, told: Iterable[bool]) -> Mask:
        """The letters whose inks are told so, one truth an ink."""
        return np.asarray(np.fromiter(told, bool, len(self.inks))[self.which])


class Sight:
    """A page whose text objects can be drawn or left out."""

    def __init__(self, page: Any, place: Placement, drawing: Drawing) -> None:
        self._page, self._place, self._drawing = page, place, drawing

    def hidden(self, letters: Letters, inks: Sequence[Ink]) -> dict[int, Hiding]:
        """The letters that look as if they could be seen and cannot, by index, and why.

        `inks` says how the letters of each style look.
        """
        indices = np.flatnonzero(~letters.unseen())
        which = letters.style[indices]
        codes = letters.codes()[indices]
        shown = _Shown(
            letters.boxes[indices],
            which,
            inks,
            np.array([ink.owner in self._drawing.texts for ink in inks], dtype=bool)[which],
            np.isin(codes, _LITTLE_INK),
        )
        found = self._hidden(shown) if shown.drawn.any() else {}
        return {int(indices[index]): how for index, how in found.items()}

    def marks(self, words: Sequence[Word]) -> list[tuple[float, float] | None]:
        """Where marks lie in and close to the words' places once no text object is drawn.

        As `Word.marks` says.
        """
        self._show(self._drawing.texts, False)
        paper = self._draw(_LARGE)
        return [_marks(paper, word) for word in words]

    def _hidden(self, shown: _Shown) -> dict[int, Hiding]:
        places, texts = shown.places, self._drawing.texts
        drawn = self._draw(_SMALL)
        dark = not any(ink.paint.coloured for ink in shown.inks)
        if (
            dark
            and not suspected(self._drawing, self._place, places)
            and not _told_by(pixels.plain(drawn, places), shown.thin).any()
        ):
            return {}
        self._show(texts, False)
        paper = self._draw(_SMALL)
        covered, layered = self._covered(shown), _layered(places)
        doubted = _told_by(pixels.traceless(drawn, paper, places), shown.thin) | covered | layered
        pale = shown.having(ink.paint.pale for ink in shown.inks)
        if pale.any():
            doubted |= pale & pixels.bright(paper, places)
        doubted &= shown.drawn
        if not doubted.any():
            return {}
        part = _around(places[doubted])
        bare = self._draw(_LARGE, grey=False, part=part)
        seen = self._seen_alone(bare, shown, doubted, layered)
        return {
            index: self._why(shown, index, bare, bool(covered[index]))
            for index in np.flatnonzero(doubted & ~seen).tolist()
        }

    def _draw(self, wanted: float, grey: bool = True, part: Box | None = None) -> Picture:
        return pixels.draw(self._page, wanted, grey, part)

    def _show(self, owners: Iterable[int], visible: bool) -> None:
        for owner in owners:
            raw.FPDFPageObj_SetIsActive(self._drawing.texts[owner][1], visible)

    def _covered(self, shown: _Shown) -> Mask:
        """Whether something that is drawn later reaches over the middle of each letter."""
        texts, places = self._drawing.texts, shown.places
        orders = [texts[ink.owner][0] if ink.owner in texts else 0 for ink in shown.inks]
        order = np.array(orders)[shown.which]
        found = np.zeros(len(places), dtype=bool)
        covers = [cover for cover in self._drawing.covers if cover[0] > order.min()]
        if not covers:
            return found
        x, y = (places[:, 0] + places[:, 2]) / 2, (places[:, 1] + places[:, 3]) / 2
        for later, (x0, y0, x1, y1) in covers:
            found |= (order < later) & (x0 <= x) & (x <= x1) & (y0 <= y) & (y <= y1)
        return found

    def _seen_alone(self, bare: Picture, shown: _Shown, doubted: Mask, layered: Mask) -> Mask:
        """Which of the doubted letters can be seen when those that they lie over are left out."""
        places, which = shown.places, shown.which
        apart = dict.fromkeys(which[doubted & layered].tolist())
        rest = [ink for ink in dict.fromkeys(which[doubted].tolist()) if ink not in apart]
        seen = np.zeros(len(places), dtype=bool)
        for group in [rest, *_parted(apart, which, places)]:
            if not group:
                continue
            owners = [shown.inks[ink].owner for ink in group]
            members = np.flatnonzero(doubted & np.isin(which, group))
            self._show(owners, True)
            drawn = self._draw(_LARGE, grey=False, part=_around(places[members]))
            self._show(owners, False)
            for index in members.tolist():
                box = _trimmed(places[index])
                seen[index] = pixels.differ(drawn.cut(box), bare.cut(box))
        return seen

    def _why(self, shown: _Shown, index: int, bare: Picture, covered: bool) -> Hiding:
        ink = shown.inks[shown.which[index]]
        handle = self._drawing.texts[ink.owner][1]
        paint = ink.paint
        if paint.alpha < 40:
            return Hiding.CLEAR
        if in_a_layer(handle):
            return Hiding.LAYER
        x0, y0, x1, y1 = shown.places[index].tolist()
        ground = bare.cut((x0, y0, x1, y1))
        behind = np.median(ground.reshape(-1, ground.shape[2]), axis=0)[:3]
        own = np.array([paint.blue, paint.green, paint.red], dtype=np.float64)
        if pixels.alike(own, behind):
            return Hiding.WHITE if own.min() >= 235 else Hiding.COLOUR
        if covered:
            return Hiding.COVERED
        if raw.FPDFClipPath_CountPaths(raw.FPDFPageObj_GetClipPath(handle)) > 0:
            return Hiding.CLIPPED
        return Hiding.UNDRAWN


def _around(places: Boxes) -> Box:
    """The box that encloses all of `places`."""
    x, y = places[:, 0::2], places[:, 1::2]
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())


def _trimmed(place: NDArray[np.float64]) -> Box:
    """A letter's box without the edges that its neighbours reach into."""
    x0, y0, x1, y1 = place.tolist()
    return x0 + 0.12 * (x1 - x0), y0, x1 - 0.12 * (x1 - x0), y1


def _marks(paper: Picture, word: Word) -> tuple[float, float] | None:
    """Where marks lie in a word's place, along its line; at its edge, if only close to it."""
    across = word.angle in (0, 180)
    start, end = word.box[0::2] if across else word.box[1::2]
    high = max(min(word.box[2] - word.box[0], word.box[3] - word.box[1]), 1.0)
    # a long word's neighbours' letters reach into its place
    inner = -_NEIGHBOURS * high if end - start > 2 * high else 0.0
    own = pixels.marks(paper, _grown(word.box, inner, 0.25 * high, across), across)
    if own:
        return own
    near = pixels.marks(paper, _grown(word.box, 0.5 * high, 0.25 * high, across), across)
    if not near:
        return None
    edge = start if near[0] < start else end
    return edge, edge


def _grown(box: Box, along: float, aside: float, across: bool) -> Box:
    """A word's box, and so many points around it: at its ends, and above and below."""
    x0, y0, x1, y1 = box
    wide, high = (along, aside) if across else (aside, along)
    return x0 - wide, y0 - high, x1 + wide, y1 + high


def _told_by(traceless: Mask, thin: Mask) -> Mask:
    """Letters without a trace; thin ones, which leave little of one, only in a run with others."""
    runs = np.cumsum(np.diff(traceless, prepend=traceless[:1]))
    told = np.bincount(runs, weights=traceless & ~thin) > 0
    return np.asarray(traceless & told[runs])


def _layered(places: Boxes) -> Mask:
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


def _parted(inks: Iterable[int], which: NDArray[np.intp], places: Boxes) -> list[list[int]]:
    """Text objects in groups in which none lies over another, as far as `_MOST_DRAWN` allow."""
    groups: list[tuple[list[int], list[NDArray[np.float64]]]] = []
    for ink in inks:
        own = places[which == ink]
        box = np.concatenate([own[:, :2].min(axis=0), own[:, 2:].max(axis=0)])
        for members, boxes in groups:
            taken = np.array(boxes)
            meets = (taken[:, :2] < box[2:]).all(axis=1) & (taken[:, 2:] > box[:2]).all(axis=1)
            if not meets.any() or (len(groups) == _MOST_DRAWN and members is groups[-1][0]):
                members.append(ink)
                boxes.append(box)
                break
        else:
            groups.append(([ink], [box]))
    return [members for members, _ in groups]
