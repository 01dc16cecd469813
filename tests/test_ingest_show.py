"""A page as it was understood, drawn over its image."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pdf_pages
import pytest
from figures import figure
from PIL import ImageChops

from ingest import show
from ingest.document import parse
from ingest.errors import UnreadableFileError
from ingest.pdfium import render
from ingest.show import draw_page

WHITE = (255, 255, 255)
RED = (178, 34, 34)  # headings, and what could not be read
BLUE = (31, 90, 160)  # paragraphs
GRADES = {
    "proved": (22, 130, 60),
    "consistent": (31, 90, 160),
    "unproved": (125, 125, 125),
    "contradicted": (200, 30, 30),
}


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
    legend = 44 if document.tables else 0
    assert (image.size, image.mode) == ((1200, 1600 + legend), "RGB")
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


def test_figures_have_the_colour_of_their_grade(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    pdf_pages.ruled_table(path)
    document = parse(path)
    table = document.tables[0]
    cells = [cell for cell in table.cells if cell.row >= table.header_rows and cell.column > 0]
    figures = []
    for cell, grade in zip(cells, GRADES, strict=False):
        x0, y0, x1, y1 = cell.box
        box = (x0 + 10, y0 + 4, x1 - 10, y1 - 5)  # its line is drawn inside the cell
        place = (cell.row, cell.column)
        figures.append(
            figure(page=1, box=box, table=table.id, cell=place, grade=grade, span=cell.span)
        )
    image = draw_page(path, document.pages[0], document.tables, figures)
    bare = draw_page(path, document.pages[0], document.tables)
    assert len(figures) == len(GRADES)
    for one in figures:
        line = (int(one.box[0] * 2 + 5), int(one.box[3] * 2 + 2))
        assert bare.getpixel(line) == WHITE
        assert image.getpixel(line) == GRADES[one.grade]
        inside = (int(one.box[0] * 2), int(one.box[1] * 2 + 1))
        assert bare.getpixel(inside) == WHITE
        assert image.getpixel(inside) != WHITE
    # figures of another page tint nothing here
    elsewhere = [replace(one, page=2) for one in figures]
    other = draw_page(path, document.pages[0], document.tables, elsewhere)
    assert other.tobytes() == bare.tobytes()


@pytest.mark.parametrize("grade", ["proved", "consistent", "unproved", "contradicted"])
def test_a_table_is_outlined_in_the_colour_of_its_grade(grade: str, tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    pdf_pages.ruled_table(path)
    document = parse(path)
    page, table = document.pages[0], replace(document.tables[0], grade=grade)
    (block,) = (block for block in page.blocks if block.table == table.id)
    image = draw_page(path, page, [table])
    x, y = (block.box[0] + block.box[2]) / 2, block.box[3]
    assert image.getpixel((int(x * 2), int(y * 2 + 3))) == GRADES[grade]


def test_outer_levels_of_a_header_are_shaded_most(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    pdf_pages.ruled_table(path)
    document = parse(path)
    table = replace(document.tables[0], header_rows=2)
    image = draw_page(path, document.pages[0], [table])
    corners = [table.row(level)[2].box for level in (0, 1, 2)]
    shades = [image.getpixel((int(box[2] * 2 - 20), int(box[3] * 2 - 6))) for box in corners]
    assert [sum(shade) for shade in shades] == sorted(sum(shade) for shade in shades)
    assert len(set(shades)) == 3
    assert shades[2] == WHITE


def test_the_legend_says_what_the_colours_mean_below_the_page(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    pdf_pages.ruled_table(path)
    document = parse(path)
    image = draw_page(path, document.pages[0], document.tables)
    colours = {colour for _, colour in image.crop((0, 1600, 1200, 1644)).getcolors(100_000) or ()}
    assert colours >= set(GRADES.values())


def test_labels_are_legible_without_fonts_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(show, "_FONTS", ("finns-inte.ttf",))
    show._font.cache_clear()
    own = show._font(13)
    show._font.cache_clear()
    # Pillow's own font has no å, ä and ö, and would draw a box for them
    assert show._writable("innehåll", own) == "innehall"
    assert show._writable("stämmer", own) == "stammer"


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
