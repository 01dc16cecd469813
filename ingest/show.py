"""A page as it was understood, drawn over its image: blocks by kind, cells, and their order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from ingest.errors import UnreadableFileError
from ingest.pdfium import render
from ingest.types import BlockKind, Box, Page, Table

_SCALE = 2.0  # 144 pixels an inch
_COLOURS: dict[BlockKind, tuple[int, int, int]] = {
    BlockKind.HEADING: (178, 34, 34),
    BlockKind.PARAGRAPH: (31, 90, 160),
    BlockKind.LIST_ITEM: (0, 128, 128),
    BlockKind.TABLE: (22, 120, 60),
    BlockKind.CAPTION: (150, 90, 10),
    BlockKind.FOOTNOTE: (120, 80, 160),
    BlockKind.CONTENTS: (110, 110, 110),
    BlockKind.COVER: (110, 110, 110),
    BlockKind.HEADER: (160, 160, 160),
    BlockKind.FOOTER: (160, 160, 160),
}
_NAMES: dict[BlockKind, str] = {
    BlockKind.HEADING: "rubrik",
    BlockKind.PARAGRAPH: "stycke",
    BlockKind.LIST_ITEM: "punkt",
    BlockKind.TABLE: "tabell",
    BlockKind.CAPTION: "tabellrubrik",
    BlockKind.FOOTNOTE: "fotnot",
    BlockKind.CONTENTS: "innehåll",
    BlockKind.COVER: "omslag",
    BlockKind.HEADER: "sidhuvud",
    BlockKind.FOOTER: "sidfot",
}


def draw_page(path: Path, page: Page, tables: Sequence[Table]) -> Image.Image:
    """The image of `page` of the PDF at `path`, with everything found on it outlined.

    Blocks carry their number in reading order and their kind; cells of `tables` are outlined,
    header levels shaded. Raises `UnreadableFileError` for a document without fixed pages.
    """
    if path.suffix.lower() != ".pdf":
        raise UnreadableFileError("bara PDF-filer har sidor som kan ritas")
    image = render(path, page.number, _SCALE).convert("RGBA")
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    for table in tables:
        for cell in table.cells:
            if cell.page == page.number:
                fill = (22, 120, 60, 45) if cell.row < table.header_rows else None
                draw.rectangle(_pixels(cell.box), outline=(22, 120, 60, 150), fill=fill)
    for number, block in enumerate(page.blocks, start=1):
        colour = _COLOURS[block.kind]
        x0, y0, x1, y1 = _pixels(block.box)
        draw.rectangle((x0 - 3, y0 - 3, x1 + 3, y1 + 3), outline=(*colour, 255), width=2)
        level = f" {block.level}" if block.level else ""
        label = f"{number} {_NAMES[block.kind]}{level}"
        _label(draw, label, (x0, y0), (*colour, 235))
    if not page.readable:
        _label(draw, "sidan har inte kunnat läsas", (20, 20), (178, 34, 34, 235))
    return Image.alpha_composite(image, layer).convert("RGB")


def _label(
    draw: ImageDraw.ImageDraw, text: str, corner: tuple[float, float], fill: tuple[int, ...]
) -> None:
    """Write `text` in the margin left of a block, or over its corner where there is no room."""
    font = ImageFont.load_default(size=13)
    width = draw.textlength(text, font=font)
    x = corner[0] - width - 10 if corner[0] > width + 14 else corner[0]
    y = corner[1] - 2
    draw.rectangle((x - 3, y - 1, x + width + 3, y + 16), fill=fill)
    draw.text((x, y), text, font=font, fill=(255, 255, 255, 255))


def _pixels(box: Box) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (value * _SCALE for value in box)
    return x0, y0, x1, y1
