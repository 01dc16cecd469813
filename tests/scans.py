"""PDFs of scanned pages, drawn here: text and lines in an image, the image on a page.

Places are points from the upper left corner; `y` is where the letters stand.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import reportlab
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595, 842
_SCALE = 200 / 72  # pixels a point: 200 dots an inch, as scanners usually do
_FONT = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"


class Paper:
    """A sheet that is scanned when it is drawn."""

    def __init__(self) -> None:
        size = (round(WIDTH * _SCALE), round(HEIGHT * _SCALE))
        self.image = Image.new("L", size, 250)
        self._draw = ImageDraw.Draw(self.image)

    def put(self, x: float, y: float, text: str, size: float = 10) -> None:
        font = ImageFont.truetype(str(_FONT), size * _SCALE)
        self._draw.text((x * _SCALE, y * _SCALE), text, fill=20, font=font, anchor="ls")

    def put_right(self, x: float, y: float, text: str, size: float = 10) -> None:
        """Write `text` so that it ends at `x`."""
        font = ImageFont.truetype(str(_FONT), size * _SCALE)
        self._draw.text((x * _SCALE, y * _SCALE), text, fill=20, font=font, anchor="rs")

    def lines(self, x: float, y: float, texts: Sequence[str], size: float = 10) -> None:
        for index, text in enumerate(texts):
            self.put(x, y + 1.4 * size * index, text, size)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        ends = [value * _SCALE for value in (x0, y0, x1, y1)]
        self._draw.line(ends, fill=30, width=2)

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """Rule a table with columns between `xs` and rows between `ys`."""
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)


def scan(
    path: Path,
    *papers: Callable[[Paper], None],
    typed: Sequence[str] = (),
    rotation: int = 0,
    askew: float = 0.0,
) -> None:
    """Scan papers into a PDF, after a page of `typed` lines if any.

    `rotation` is the page's /Rotate, under which the picture still stands upright for the reader;
    `askew` by how many degrees, counter-clockwise, the paper lay wrong on the glass.
    """
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    if typed:
        for index, text in enumerate(typed):
            canvas.drawString(60, HEIGHT - 100 - 14 * index, text)
        canvas.showPage()
    for draw in papers:
        paper = Paper()
        draw(paper)
        image = paper.image.rotate(askew, Image.Resampling.BICUBIC, fillcolor=250)
        image = image.rotate(rotation, expand=True)
        # reportlab swaps the sides of a page that it turns
        size = (HEIGHT, WIDTH) if rotation in (90, 270) else (WIDTH, HEIGHT)
        canvas.setPageRotation(rotation)
        canvas.drawImage(ImageReader(image), 0, 0, *size)
        canvas.showPage()
    canvas.save()
