"""A page as it was understood, drawn over its image."""

from collections.abc import Callable
from pathlib import Path

import pdf_pages
import pytest
from PIL import ImageChops

from ingest.document import parse
from ingest.errors import UnreadableFileError
from ingest.pdfium import render
from ingest.show import draw_page

WHITE = (255, 255, 255)
RED = (178, 34, 34)  # headings, and what could not be read
BLUE = (31, 90, 160)  # paragraphs


@pytest.mark.parametrize(
    "draw",
    [pdf_pages.ruled_table, pdf_pages.lists, pdf_pages.footnote, pdf_pages.contents_list],
    ids=lambda draw: draw.__name__,
)
def test_what_was_found_is_drawn_over_the_page(
    draw: Callable[[Path], None], tmp_path: Path
) -> None:
    path = tmp_path / "rapport.pdf"
    draw(path)
    document = parse(path)
    image = draw_page(path, document.pages[0], document.tables)
    plain = render(path, 1, 2.0)
    assert (image.size, image.mode) == ((1200, 1600), "RGB")
    assert ImageChops.difference(image, plain).getbbox() is not None


def test_blocks_and_header_cells_have_their_colours(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    pdf_pages.ruled_table(path)
    document = parse(path)
    page = document.pages[0]
    image = draw_page(path, page, document.tables)
    for block, colour in zip(page.blocks[:2], (RED, BLUE), strict=True):
        x, y = (block.box[0] + block.box[2]) / 2, block.box[3]
        assert image.getpixel((int(x * 2), int(y * 2 + 3))) == colour
    header, value = document.tables[0].row(0)[2], document.tables[0].row(1)[2]
    inside = [(int(cell.box[2] * 2 - 20), int(cell.box[3] * 2 - 6)) for cell in (header, value)]
    plain = render(path, 1, 2.0)
    assert [plain.getpixel(place) for place in inside] == [WHITE, WHITE]
    shaded, bare = (image.getpixel(place) for place in inside)
    assert shaded != bare == WHITE


def test_tables_of_other_pages_are_not_drawn(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    pdf_pages.table_over_two_pages(path)
    document = parse(path)
    image = draw_page(path, document.pages[1], document.tables)
    plain = render(path, 2, 2.0)
    # the table's first part stands at the foot of page 1
    foot = (100, 1200, 1200, 1500)
    assert ImageChops.difference(image.crop(foot), plain.crop(foot)).getbbox() is None
    assert ImageChops.difference(image, plain).getbbox() is not None


def test_a_blank_page_stays_blank(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    pdf_pages.blank_page_between(path)
    document = parse(path)
    image = draw_page(path, document.pages[1], document.tables)
    assert image.getcolors() == [(1200 * 1600, WHITE)]


def test_a_page_that_could_not_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    pdf_pages.one_scanned_page(path)
    document = parse(path)
    image = draw_page(path, document.pages[1], document.tables)
    changed = ImageChops.difference(image, render(path, 2, 2.0)).getbbox()
    assert changed is not None
    assert changed[:2] == (17, 17)
    assert changed[3] < 50


@pytest.mark.parametrize("name", ["rapport.txt", "rapport.md"])
def test_a_file_without_fixed_pages_cannot_be_drawn(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text("Nämnden redovisar ett underskott.\n", encoding="utf-8")
    document = parse(path)
    with pytest.raises(UnreadableFileError, match="bara PDF-filer"):
        draw_page(path, document.pages[0], document.tables)
