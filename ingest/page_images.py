"""A citation → the picture of its page, with the quote marked as people point at paper."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

from ingest.pdfium import render
from ingest.types import Box, enclosing

_SCALE = 1.6  # 115 pixels an inch
_PRINTED = 2.5  # 180 pixels an inch: sharp on paper
_CLOSE = 2.2  # for a page that can be enlarged on the screen
_MARKER = (255, 235, 130)
_EDGE = (201, 134, 0)
_FRAME = (190, 200, 204)
_BAR = 0.035
_MARGIN = 2.0  # points around a line of the quote
_BESIDE = 12.0  # points beside what is printed, with the bar in the middle of them
_BLANK = 245  # of 255: lighter is paper


def marked_page(path: Path, number: int, boxes: tuple[Box, ...], bar: float = _BAR) -> bytes:
    """Page `number` (from 1) of the PDF at `path` as JPEG, `boxes` (in points) marked.

    `bar` is where the line in the margin stands, as a share of the page's width.

    Raises `UnreadableFileError`, `OSError` or `IndexError` where the page cannot be drawn.
    """
    image = _marked(render(path, number, _SCALE), boxes, _SCALE)
    if boxes:
        _draw_bar(image, bar * image.width, boxes, _SCALE)
    return _jpeg(image)


@dataclass(frozen=True, slots=True)
class Cutout:
    """A piece of a page as JPEG; `width` and `height` are points, as large as it is printed."""

    jpeg: bytes
    width: float
    height: float


def marked_part(
    path: Path, number: int, boxes: tuple[Box, ...], top: float, bottom: float
) -> Cutout:
    """What stands between `top` and `bottom` (points from the page's upper edge) on page `number`
    (from 1) of the PDF at `path`, as wide as the page's print, `boxes` marked, in a thin frame.

    Raises as `marked_page`, and `IndexError` where there is nothing between them.
    """
    page = render(path, number, _PRINTED)
    first, last = max(0, round(top * _PRINTED)), min(page.height, round(bottom * _PRINTED))
    if last <= first:
        raise IndexError(number)
    ink = page.convert("L").point([255 if shade < _BLANK else 0 for shade in range(256)])
    left, _, right, _ = ink.getbbox() or (0, 0, page.width, page.height)
    beside = _BESIDE * _PRINTED
    left, right = max(0, round(left - beside)), min(page.width, round(right + beside))
    image = _marked(page, boxes, _PRINTED)
    if boxes:
        _draw_bar(image, left + beside / 2, boxes, _PRINTED)
    piece = image.crop((left, first, right, last))
    ImageDraw.Draw(piece).rectangle((0, 0, piece.width - 1, piece.height - 1), outline=_FRAME)
    return Cutout(_jpeg(piece), piece.width / _PRINTED, piece.height / _PRINTED)


def _marked(image: Image.Image, boxes: tuple[Box, ...], scale: float) -> Image.Image:
    """A page with its boxes marked as with a marker pen: letters stay as dark as they are."""
    marker = Image.new("RGB", image.size, (255, 255, 255))
    draw = ImageDraw.Draw(marker)
    for box in boxes:
        draw.rectangle(_pixels(box, scale), fill=_MARKER)
    return ImageChops.multiply(image, marker)


def _draw_bar(image: Image.Image, x: float, boxes: tuple[Box, ...], scale: float) -> None:
    """A bar in the margin, beside whatever the lines are that hold the quote."""
    _, y0, _, y1 = _pixels(enclosing(list(boxes)), scale)
    ImageDraw.Draw(image).line((x, y0, x, y1), fill=_EDGE, width=5)


def _jpeg(image: Image.Image) -> bytes:
    data = io.BytesIO()
    image.save(data, "JPEG", quality=85)
    return data.getvalue()


def page_picture(path: Path, number: int) -> bytes:
    """Page `number` (from 1) of the PDF at `path` as JPEG, large enough to be looked at closely.

    Raises `UnreadableFileError`, `OSError` or `IndexError` where the page cannot be drawn.
    """
    data = io.BytesIO()
    render(path, number, _CLOSE).save(data, "JPEG", quality=82)
    return data.getvalue()


def _pixels(box: Box, scale: float) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = box
    return (
        (x0 - _MARGIN) * scale,
        (y0 - _MARGIN) * scale,
        (x1 + _MARGIN) * scale,
        (y1 + _MARGIN) * scale,
    )
