"""The image of a scanned page → the page straightened, and its ruling lines.

A scanned table's lines are nothing but dark pixels. They are found by runs of them, and taken out
of the image before letters are looked for, because they read as "|", "1" and "l".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ingest.types import Rule

_DARK = 0.8  # of the paper's brightness: what is darker is ink
_LONGEST_GAP = 2  # pixels: a line that scanning broke
_ACROSS = 30.0  # points: no letter is dark for so long from left to right
_DOWN = 12.0  # points; what stands alone is the stem of a large letter, see _at_a_rule
_THIN = 3.0  # points: what is thicker on average is a fill
_FILL = 40.0  # points: what is higher is a picture
_FULL = 0.7  # of a fill, at least: what is written on it leaves holes
_TOUCH = 3.0  # points
_MOST_RUNS = 60_000  # more are a picture
_MOST_SKEW = 3.0  # degrees
_LEAST_SKEW = 0.1  # degrees: less parts no line
_PREVIEW = 900  # pixels: the longer side of what the skew is seen on

_Mask = NDArray[np.bool_]


def straighten(image: Image.Image) -> Image.Image:
    """A grey image turned, by 3° at most, so that its lines run level; its size stays."""
    angle = _skew(image)
    if abs(angle) < _LEAST_SKEW:
        return image
    return image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)


def _skew(image: Image.Image) -> float:
    """By how many degrees counter-clockwise to turn the image until its lines are level."""
    small = image.copy()
    small.thumbnail((_PREVIEW, _PREVIEW))
    ink = Image.fromarray(np.where(_ink(np.asarray(small)), 255, 0).astype(np.uint8))

    def sharpness(angle: float) -> float:
        turned = ink.rotate(angle, Image.Resampling.BILINEAR)
        profile = np.asarray(turned, dtype=np.float64).sum(axis=1)
        return float(np.square(np.diff(profile)).sum())

    coarse = max(np.arange(-_MOST_SKEW, _MOST_SKEW + 0.1, 0.5), key=sharpness)
    fine = max(np.arange(coarse - 0.5, coarse + 0.51, 0.1), key=sharpness)
    # a page that nothing tells of stays as it is
    return float(fine) if sharpness(float(fine)) > 1.02 * sharpness(0.0) else 0.0


def _ink(pixels: NDArray[np.uint8]) -> _Mask:
    """Which pixels are darker than the paper."""
    return np.asarray(pixels < _DARK * float(np.percentile(pixels, 80)))


@dataclass(slots=True)
class _Bar:
    """Runs of dark pixels that lie on each other: line, start and end (half open) of each."""

    runs: list[tuple[int, int, int]]

    @property
    def start(self) -> int:
        """The first pixel along the lines."""
        return min(start for _, start, _ in self.runs)

    @property
    def end(self) -> int:
        """The pixel after the last one along the lines."""
        return max(end for _, _, end in self.runs)

    @property
    def area(self) -> int:
        """Number of pixels."""
        return sum(end - start for _, start, end in self.runs)

    @property
    def lines(self) -> tuple[int, int]:
        """The first line, and the one after the last."""
        return self.runs[0][0], self.runs[-1][0] + 1

    def takes(self, line: int, start: int, end: int) -> bool:
        """Whether a run on `line` goes on with the bar."""
        for last, left, right in reversed(self.runs):
            if last < line - 1:
                return False
            if last == line - 1 and start < right and end > left:
                return True
        return False


def take_rules(image: Image.Image, scale: float) -> tuple[tuple[Rule, ...], Image.Image]:
    """The ruling lines of a grey image of `scale` pixels a point, in points; and it without them.

    Of fills, such as a table's header, the edges are given, as those of a drawn page are; the
    fill itself stays in the image.
    """
    pixels = np.array(image)
    ink = _ink(pixels)
    paper = int(np.percentile(pixels, 80))
    rules: list[Rule] = []
    for bar in _bars(ink, _ACROSS * scale):
        start, end = bar.start / scale, bar.end / scale
        places = _places(bar, scale)
        rules.extend(Rule(start, place, end, place) for place in places)
        if len(places) == 1:
            _paint(pixels, bar, paper)
    across = tuple(rules)
    for bar in _bars(ink.T, _DOWN * scale):
        start, end = bar.start / scale, bar.end / scale
        places = _places(bar, scale)
        found = [Rule(place, start, place, end) for place in places]
        rules.extend(rule for rule in found if _at_a_rule(rule, across))
        if len(places) == 1 and _at_a_rule(found[0], across):
            _paint(pixels.T, bar, paper)
    return tuple(rules), Image.fromarray(pixels)


def _paint(pixels: NDArray[np.uint8], bar: _Bar, paper: int) -> None:
    """Paint a bar over, and the grey pixels around it."""
    for line, start, end in bar.runs:
        pixels[max(line - 1, 0) : line + 2, max(start - 1, 0) : end + 1] = paper


def _places(bar: _Bar, scale: float) -> list[float]:
    """Where the rules of a bar stand: one in the middle of a thin one, two at a fill's edges."""
    long, area, (first, last) = bar.end - bar.start, bar.area, bar.lines
    if area <= _THIN * scale * long:
        return [(first + last) / 2 / scale]
    if last - first > _FILL * scale or area < _FULL * (last - first) * long:
        return []
    return [first / scale, last / scale]


def _at_a_rule(down: Rule, across: Sequence[Rule]) -> bool:
    """Whether a line down the page meets one across it, as those of tables do."""
    return any(
        rule.x0 - _TOUCH <= down.x0 <= rule.x1 + _TOUCH
        and down.y0 - _TOUCH <= rule.y0 <= down.y1 + _TOUCH
        for rule in across
    )


def _bars(ink: _Mask, shortest: float) -> list[_Bar]:
    """Dark runs of at least `shortest` pixels along the rows, those on each other together."""
    bars: list[_Bar] = []
    growing: list[_Bar] = []
    for line, start, end in _runs(ink, shortest):
        growing = [bar for bar in growing if bar.runs[-1][0] >= line - 1]
        bar = next((bar for bar in growing if bar.takes(line, start, end)), None)
        if bar is None:
            bar = _Bar([])
            bars.append(bar)
            growing.append(bar)
        bar.runs.append((line, start, end))
    return bars


def _runs(ink: _Mask, shortest: float) -> list[tuple[int, int, int]]:
    """Row, start and end of the dark runs of at least `shortest` pixels, small gaps bridged."""
    edges = np.diff(np.pad(ink, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    if not len(rows):
        return []
    apart = (rows[1:] != rows[:-1]) | (starts[1:] - ends[:-1] > _LONGEST_GAP)
    rows, starts = rows[np.r_[True, apart]], starts[np.r_[True, apart]]
    ends = ends[np.r_[apart, True]]
    long = ends - starts >= shortest
    if int(long.sum()) > _MOST_RUNS:
        return []
    found = zip(rows[long], starts[long], ends[long], strict=True)
    return [(int(row), int(start), int(end)) for row, start, end in found]
