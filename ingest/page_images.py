"""A citation → the picture of its page, with the quote marked as people point at paper."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

from ingest.pdfium import render
from ingest.types import Box, enclosing

_SCALE = 1.6  # 115 pixels an inch
_CLOSE = 2.2  # for a page that can be enlarged on the screen
_MARKER = (255, 235, 130)
_EDGE = (201, 134, 0)
_BAR = 0.035
_MARGIN = 2.0  # points around a line of the quote


def marked_page(path: Path, number: int, boxes: tuple[Box, ...], bar: float = _BAR) -> bytes:
    """Page `number` (from 1) of the PDF at `path` as JPEG, `boxes` (in points) marked.

    `bar` is where the line in the margin stands, as a share of the page's width.

    Raises `UnreadableFileError`, `OSError` or `IndexError` where the page cannot be drawn.
    """
    image = render(path, number, _SCALE)
    marker = Image.new("RGB", image.size, (255, 255, 255))
    draw = ImageDraw.Draw(marker)
    for box in boxes:
        draw.rectangle(_pixels(box), fill=_MARKER)
    # multiplied, as a marker pen: letters stay as dark as they are
    image = ImageChops.multiply(image, marker)
    if boxes:
        # and a bar in the margin, beside whatever the lines are that hold the quote
        _, y0, _, y1 = _pixels(enclosing(list(boxes)))
        x = bar * image.width
        ImageDraw.Draw(image).line((x, y0, x, y1), fill=_EDGE, width=5)
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


def _pixels(box: Box) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = box
    return (
        (x0 - _MARGIN) * _SCALE,
        (y0 - _MARGIN) * _SCALE,
        (x1 + _MARGIN) * _SCALE,
        (y1 + _MARGIN) * _SCALE,
    )
