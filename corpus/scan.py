"""A typed sheet in; the picture of it as a scanner makes it, the same bytes each time (JPEG)."""

from dataclasses import dataclass
from io import BytesIO
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFont

from corpus.layout import FONTS
from corpus.tables import TableSpec

DOTS = 200  # an inch, as scanners usually have it
MM = DOTS / 25.4
SIZE = (1654, 2339)  # A4 in dots
INK, SHEET = 45, 244  # of 255
ASKEW = 0.5  # degrees, counter-clockwise, that the sheet lay wrong on the glass
GRAIN = 9  # how far the noise goes from the true shade, of 255
SEED = 20241210
LEFT, RIGHT = 24 * MM, 186 * MM
ROW = 9 * MM


@dataclass(frozen=True)
class Sheet:
    """What a sheet says: a heading, paragraphs, a ruled table with its caption, the last lines."""

    heading: str
    paragraphs: tuple[str, ...]
    table: TableSpec
    closing: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """All running text."""
        return (*self.paragraphs, *self.closing)


def _font(points: float, name: str = "Vera") -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"{name}.ttf"), round(points * DOTS / 72))


def _paragraph(draw: ImageDraw.ImageDraw, y: float, text: str) -> float:
    """Write a paragraph from `y` down; returns where the next one starts."""
    font = _font(10.5)
    line = ""
    for word in [*text.split(" "), ""]:
        longer = f"{line} {word}".strip()
        if word and draw.textlength(longer, font) <= RIGHT - LEFT:
            line = longer
            continue
        draw.text((LEFT, y), line, fill=INK, font=font)
        y += 6.2 * MM
        line = word
    return y + 4 * MM


def _table(draw: ImageDraw.ImageDraw, y: float, spec: TableSpec) -> float:
    """Draw a caption and a ruled table; returns where what follows starts."""
    draw.text((LEFT, y), spec.caption, fill=INK, font=_font(10, "VeraBd"))
    y += 8 * MM
    edges = [LEFT]
    for column in spec.columns:
        edges.append(edges[-1] + column.width * MM)
    rows = [[column.title for column in spec.columns], *spec.rows]
    for index, row in enumerate(rows):
        bold = index == 0 or index > len(spec.rows) - spec.totals
        font = _font(11, "VeraBd" if bold else "Vera")
        for x, (text, column) in enumerate(zip(row, spec.columns, strict=True)):
            place = edges[x + 1] - 2 * MM if column.number else edges[x] + 2 * MM
            anchor = "rm" if column.number else "lm"
            draw.text((place, y + ROW / 2), text, fill=INK, font=font, anchor=anchor)
        draw.line([(LEFT, y), (edges[-1], y)], fill=INK, width=2)
        y += ROW
    draw.line([(LEFT, y), (edges[-1], y)], fill=INK, width=2)
    for edge in edges:
        draw.line([(edge, y - len(rows) * ROW), (edge, y)], fill=INK, width=2)
    return y + 9 * MM


def _grain(image: Image.Image) -> Image.Image:
    """The picture with the noise of a scanner: every shade a little off, up or down."""
    width, height = image.size
    raw = Image.frombytes("L", image.size, Random(SEED).randbytes(width * height))
    noise = raw.point([(shade - 128) * GRAIN // 128 + 128 for shade in range(256)])
    return ImageChops.add(image, noise, offset=-128)


def scanned(sheet: Sheet) -> bytes:
    """The sheet as a grey picture, a little askew and grainy."""
    image = Image.new("L", SIZE, SHEET)
    draw = ImageDraw.Draw(image)
    draw.text((LEFT, 26 * MM), sheet.heading, fill=INK, font=_font(15, "VeraBd"))
    y = 40 * MM
    for text in sheet.paragraphs:
        y = _paragraph(draw, y, text)
    y = _table(draw, y + 2 * MM, sheet.table)
    for text in sheet.closing:
        y = _paragraph(draw, y, text)
    turned = image.rotate(ASKEW, Image.Resampling.BICUBIC, fillcolor=SHEET)
    data = BytesIO()
    _grain(turned).save(data, "JPEG", quality=50, dpi=(DOTS, DOTS))
    return data.getvalue()
