"""A page as it was understood, drawn over its image: blocks by kind, cells, and their order."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from ingest.errors import UnreadableFileError
from ingest.pdfium import render
from ingest.types import BlockKind, Box, Figure, Page, Table

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


_GRADES: dict[str, tuple[tuple[int, int, int], str]] = {
    "proved": ((22, 130, 60), "bevisad av summor"),
    "consistent": ((31, 90, 160), "stämmer"),
    "unproved": ((125, 125, 125), "obevisad"),
    "contradicted": ((200, 30, 30), "motsagd"),
}
_WORST_LAST = tuple(_GRADES)
_HEADER = (70, 90, 120)
_HEADER_SHADES = (75, 45, 25)  # of 255, for the levels of a header, outermost first
_LEGEND_HEIGHT = 44
_FONTS = ("DejaVuSans.ttf", "LiberationSans-Regular.ttf", "Arial.ttf", "Helvetica.ttc")
_OWN_FONT = ("Aileron",)
_Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def draw_page(
    path: Path, page: Page, tables: Sequence[Table], figures: Sequence[Figure] = ()
) -> Image.Image:
    """The image of `page` of the PDF at `path`, with everything found on it outlined.

    Blocks carry their number in reading order and their kind; a table has the colour of its grade.
    Cells have the colour of the grade of their figure, and `figures` are tinted where they stand;
    header levels are shaded, the outermost most. What the colours mean is written below a page
    that has tables or figures.

    Raises `UnreadableFileError` for a document without fixed pages.
    """
    if path.suffix.lower() != ".pdf":
        raise UnreadableFileError("bara PDF-filer har sidor som kan ritas")
    image = render(path, page.number, _SCALE).convert("RGBA")
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    here = [figure for figure in figures if figure.page == page.number]
    tables = [t for t in tables if any(cell.page == page.number for cell in t.cells)]
    for table in tables:
        _draw_table(draw, page.number, table, here)
    for figure in here:
        colour, _ = _GRADES[figure.grade]
        x0, y0, x1, y1 = _pixels(figure.box)
        draw.rectangle((x0 - 2, y0 - 1, x1 + 2, y1 + 1), fill=(*colour, 50))
        draw.line((x0 - 2, y1 + 2, x1 + 2, y1 + 2), fill=(*colour, 255), width=2)
    of_table = {table.id: _GRADES[table.grade][0] for table in tables}
    for number, block in enumerate(page.blocks, start=1):
        block_colour = of_table.get(block.table or "", _COLOURS[block.kind])
        x0, y0, x1, y1 = _pixels(block.box)
        draw.rectangle((x0 - 3, y0 - 3, x1 + 3, y1 + 3), outline=(*block_colour, 255), width=2)
        level = f" {block.level}" if block.level else ""
        label = f"{number} {_NAMES[block.kind]}{level}"
        _label(draw, label, (x0, y0), (*block_colour, 235))
    if not page.readable:
        _label(draw, "sidan har inte kunnat läsas", (20, 20), (178, 34, 34, 235))
    drawn = Image.alpha_composite(image, layer).convert("RGB")
    return _with_legend(drawn) if tables or here else drawn


def _draw_table(
    draw: ImageDraw.ImageDraw, page: int, table: Table, figures: Sequence[Figure]
) -> None:
    """Outline the cells of a table that stand on a page; the worst last, over their neighbours."""
    grades: dict[tuple[int, int], str] = {}
    for figure in figures:
        if figure.table == table.id:
            known = grades.get(figure.cell, figure.grade)
            grades[figure.cell] = max(known, figure.grade, key=_WORST_LAST.index)
    # where figures are known, the cells that hold none are neither right nor wrong
    usual = "unproved" if grades else table.grade
    cells = [
        (grades.get((cell.row, cell.column), usual), cell)
        for cell in table.cells
        if cell.page == page
    ]
    for grade, cell in sorted(cells, key=lambda item: _WORST_LAST.index(item[0])):
        fill = None
        if cell.row < table.header_rows:
            fill = (*_HEADER, _HEADER_SHADES[min(cell.row, len(_HEADER_SHADES) - 1)])
        draw.rectangle(_pixels(cell.box), outline=(*_GRADES[grade][0], 170), fill=fill)


def _with_legend(image: Image.Image) -> Image.Image:
    """The image with a strip below it that says what the colours of cells and figures mean."""
    whole = Image.new("RGB", (image.width, image.height + _LEGEND_HEIGHT), (255, 255, 255))
    whole.paste(image, (0, 0))
    draw = ImageDraw.Draw(whole)
    draw.line((0, image.height, image.width, image.height), fill=(200, 200, 200))
    font = _font(15)
    x, y = 24.0, image.height + 12
    title = "Tabeller och tal:"
    draw.text((x, y), title, font=font, fill=(60, 60, 60))
    x += draw.textlength(title, font=font) + 24
    for colour, meaning in _GRADES.values():
        name = _writable(meaning, font)
        tint = tuple((value * 50 + 255 * 205) // 255 for value in colour)
        draw.rectangle((x, y + 1, x + 24, y + 17), fill=tint, outline=colour)
        draw.text((x + 32, y), name, font=font, fill=(60, 60, 60))
        x += 32 + draw.textlength(name, font=font) + 28
    return whole


def _label(
    draw: ImageDraw.ImageDraw, text: str, corner: tuple[float, float], fill: tuple[int, ...]
) -> None:
    """Write `text` in the margin left of a block, or over its corner where there is no room."""
    font = _font(13)
    text = _writable(text, font)
    width = draw.textlength(text, font=font)
    x = corner[0] - width - 10 if corner[0] > width + 14 else corner[0]
    y = corner[1] - 2
    draw.rectangle((x - 3, y - 1, x + width + 3, y + 16), fill=fill)
    draw.text((x, y), text, font=font, fill=(255, 255, 255, 255))


@cache
def _font(size: int) -> _Font:
    """A font of the system, else Pillow's own, which has no å, ä and ö."""
    for name in _FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size=size)


def _writable(text: str, font: _Font) -> str:
    """`text` with letters that `font` has: "stammer" where it has no ä."""
    if isinstance(font, ImageFont.FreeTypeFont) and font.getname()[0] not in _OWN_FONT:
        return text
    return unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode()


def _pixels(box: Box) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (value * _SCALE for value in box)
    return x0, y0, x1, y1
