"""Pictures of cited pages: the quote is marked, and nothing else is touched."""

import io
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from ingest.document import parse
from ingest.errors import UnreadableFileError
from ingest.page_images import marked_page, marked_part
from ingest.pdfium import render
from ingest.types import Box, Page
from rag.quotes import boxes_of, find_quote

SAMPLES = Path(__file__).parent.parent / "corpus" / "samples"
REPORT = SAMPLES / "norrvik-von-delarsrapport-2025.pdf"
QUOTE = "drog in dosen vid strömavbrott. Leverantören har bytt batterier"
PAGE = 8
SCALE = 1.6  # pixels a point

BAR = 0.035  # of the page's width: where the line in the margin stands

Pixels = NDArray[np.int16]


@pytest.fixture(scope="module")
def page() -> Page:
    return parse(REPORT).pages[PAGE - 1]


@pytest.fixture(scope="module")
def boxes(page: Page) -> tuple[Box, ...]:
    """Where the quote stands: over the end of one line, and the beginning of the next."""
    span = find_quote(page, QUOTE)
    assert span is not None
    found = boxes_of(page, span)
    assert len(found) == 2
    return found


@pytest.fixture(scope="module")
def plain() -> Pixels:
    return np.asarray(render(REPORT, PAGE, SCALE)).astype(np.int16)


@pytest.fixture(scope="module")
def marked(boxes: tuple[Box, ...]) -> Pixels:
    return pixels(marked_page(REPORT, PAGE, boxes))


def pixels(data: bytes) -> Pixels:
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == "JPEG"
        return np.asarray(image.convert("RGB")).astype(np.int16)


def cut(image: Pixels, box: Box, margin: int = 0) -> Pixels:
    """The pixels of a box, with so many more around it."""
    x0, y0, x1, y1 = (round(value * SCALE) for value in box)
    return image[y0 - margin : y1 + margin, x0 - margin : x1 + margin]


def test_the_picture_is_as_large_as_the_page(marked: Pixels, plain: Pixels, page: Page) -> None:
    assert marked.shape == plain.shape
    assert abs(marked.shape[1] - page.width * SCALE) <= 1
    assert abs(marked.shape[0] - page.height * SCALE) <= 1


def test_the_quote_is_marked_yellow(marked: Pixels, plain: Pixels, boxes: tuple[Box, ...]) -> None:
    for box in boxes:
        paper = cut(plain, box).min(axis=2) >= 250
        colour = cut(marked, box)[paper]
        assert paper.mean() > 0.4
        red, green, blue = np.median(colour, axis=0)
        assert red >= 250
        assert abs(green - 235) <= 6
        assert abs(blue - 130) <= 12
        # nearly all of it: JPEG blurs colour beside letters
        assert ((colour[:, 0] - colour[:, 2]) > 60).mean() > 0.97


def test_letters_stay_dark_under_the_marker(
    marked: Pixels, plain: Pixels, boxes: tuple[Box, ...]
) -> None:
    for box in boxes:
        ink = cut(plain, box).max(axis=2) < 60
        assert ink.sum() > 50
        assert cut(marked, box)[ink].max(axis=1).mean() < 90


def test_the_rest_of_the_page_is_as_it_was(
    marked: Pixels, plain: Pixels, boxes: tuple[Box, ...]
) -> None:
    difference = np.abs(marked - plain).max(axis=2)
    left = round(BAR * marked.shape[1])
    top = round(min(box[1] for box in boxes) * SCALE)
    bottom = round(max(box[3] for box in boxes) * SCALE)
    near = 24  # JPEG works in squares of 16 pixels
    for box in boxes:
        cut(difference, box, near)[:] = 0
    difference[top - near : bottom + near, max(0, left - near) : left + near] = 0
    assert (difference > 60).sum() == 0
    assert difference.mean() < 1


def test_a_line_in_the_margin_leads_to_the_quote(
    marked: Pixels, plain: Pixels, boxes: tuple[Box, ...]
) -> None:
    left = round(BAR * marked.shape[1])
    top = round(min(box[1] for box in boxes) * SCALE)
    bottom = round(max(box[3] for box in boxes) * SCALE)
    strip = np.s_[top:bottom, left - 5 : left + 5]
    assert plain[strip].min() >= 250
    darkest = marked[strip].min(axis=(1, 2))
    assert (darkest < 80).all()  # on every row


def test_without_boxes_the_page_is_as_it_is(plain: Pixels) -> None:
    difference = np.abs(pixels(marked_page(REPORT, PAGE, ())) - plain)
    assert difference.max() <= 60
    assert difference.mean() < 1


def test_a_box_at_the_edge_of_the_page_is_marked(plain: Pixels, page: Page) -> None:
    whole = (0.0, 0.0, page.width, page.height)
    image = pixels(marked_page(REPORT, PAGE, (whole,)))
    assert image.shape == plain.shape
    paper = plain.min(axis=2) >= 250
    assert abs(np.median(image[paper][:, 2]) - 130) <= 12


@pytest.mark.parametrize("number", [0, -1, 11])
def test_a_page_that_there_is_not_is_an_error(number: int) -> None:
    with pytest.raises(IndexError):
        marked_page(REPORT, number, ())


def test_a_file_that_is_gone_or_no_pdf_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        marked_page(tmp_path / "borta.pdf", 1, ())
    (tmp_path / "trasig.pdf").write_bytes(b"inget")
    with pytest.raises(UnreadableFileError, match="ingen hel PDF"):
        marked_page(tmp_path / "trasig.pdf", 1, ())


def test_a_part_of_a_page_holds_what_is_marked_and_no_more(
    page: Page, boxes: tuple[Box, ...]
) -> None:
    top, bottom = boxes[0][1] - 20, boxes[-1][3] + 20
    piece = marked_part(REPORT, PAGE, boxes, top, bottom)
    assert piece.height == pytest.approx(bottom - top, abs=1)
    left = min(word.box[0] for word in page.words)
    right = max(word.box[2] for word in page.words)
    assert right - left < piece.width < page.width, "the margins are left out"
    red, green, blue = np.moveaxis(pixels(piece.jpeg), 2, 0)
    yellow = (red > 235) & (green > 215) & (blue < 170)
    inked = sum((box[2] - box[0]) * (box[3] - box[1]) for box in boxes)
    scale = red.shape[1] / piece.width
    assert yellow.sum() > 0.4 * inked * scale**2


def test_a_part_beyond_the_page_is_none() -> None:
    with pytest.raises(IndexError):
        marked_part(REPORT, PAGE, (), 5000, 5100)
    with pytest.raises(IndexError):
        marked_part(REPORT, 999, (), 0, 100)
