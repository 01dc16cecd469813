"""Pages whose text is set sideways or upside down → the same pages upright, and back again.

Points from the upper left corner, of the page as it is seen or of the upright one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.blocks import Draft
from ingest.tables.raster import Raster
from ingest.types import Box, Line, RawPage, Rule, Word, enclosing

_FEWEST = 12  # words that must be turned before a page is
_MOST = 0.6  # of its words


@dataclass(frozen=True, slots=True)
class TurnedPage:
    """A page whose text is turned by `angle`; `upright` is the page that its reader sees."""

    angle: int
    upright: RawPage
    width: float
    height: float
    printed: dict[int, Word]
    """The word as it stands on the page, by the identity of the upright one."""

    def restored(self, draft: Draft) -> Draft:
        """A draft of the upright page with its words, boxes and cells where they are printed."""
        raster = self._raster(draft.raster) if draft.raster else None
        return replace(draft, lines=tuple(map(self._line, draft.lines)), raster=raster)

    def _line(self, line: Line) -> Line:
        words = tuple(self.printed.get(id(word), word) for word in line.words)
        return replace(line, words=words, box=enclosing([word.box for word in words]))

    def _raster(self, raster: Raster) -> Raster:
        cells = tuple(
            replace(cell, box=self._box(cell.box), lines=tuple(map(self._line, cell.lines)))
            for cell in raster.cells
        )
        return replace(raster, box=self._box(raster.box), cells=cells)

    def _box(self, box: Box) -> Box:
        back = {90: 270, 270: 90, 180: 180}[self.angle]
        return _turn(box, back, self.upright.width, self.upright.height)


def turned_page(page: RawPage, words: Sequence[Word]) -> TurnedPage | None:
    """The page turned so that most of `words` are upright; None where they are so already."""
    angles = Counter(word.angle for word in words)
    angle, count = angles.most_common(1)[0] if angles else (0, 0)
    if angle == 0 or count < max(_FEWEST, _MOST * len(words)):
        return None
    width, height = page.width, page.height
    printed: dict[int, Word] = {}
    upright: list[Word] = []
    for word in words:
        turned = _upright(word, angle, width, height)
        upright.append(turned)
        printed[id(turned)] = word
    rules = tuple(
        Rule(*_turn((rule.x0, rule.y0, rule.x1, rule.y1), angle, width, height))
        for rule in page.rules
    )
    across = (width, height) if angle == 180 else (height, width)
    whole = RawPage(page.number, *across, tuple(upright), rules, page.pictured)
    return TurnedPage(angle, whole, width, height, printed)


def _turn(box: Box, angle: int, width: float, height: float) -> Box:
    """A box of a page as it stands when what is turned by `angle` on the page is upright."""
    x0, y0, x1, y1 = box
    if angle == 90:
        return height - y1, x0, height - y0, x1
    if angle == 270:
        return y0, width - x1, y1, width - x0
    return width - x1, height - y1, width - x0, height - y0


def _upright(word: Word, angle: int, width: float, height: float) -> Word:
    box = _turn(word.box, angle, width, height)
    at = word.baseline
    if word.angle in (0, 180):
        baseline = _turn((0, at, 0, at), angle, width, height)[1 if angle == 180 else 0]
    else:
        baseline = _turn((at, 0, at, 0), angle, width, height)[0 if angle == 180 else 1]
    turned = replace(word, box=box, baseline=baseline, angle=(word.angle - angle) % 360)
    if turned.angle:
        return turned
    # as tall as upright words are: turned ones have the boxes of their ink
    x0, y0, x1, y1 = box
    tall = (x0, min(y0, baseline - 0.75 * word.size), x1, max(y1, baseline + 0.22 * word.size))
    return replace(turned, box=tall)
