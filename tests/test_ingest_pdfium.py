"""Words, ruling lines and visibility as PDFium gives them, on pages drawn for it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdf_pages
import pytest

from ingest.errors import EncryptedFileError, UnreadableFileError
from ingest.hiding import Hiding
from ingest.pdfium import count_pages, open_pdf, read_page, render
from ingest.types import RawPage, Word


def page_of(tmp_path: Path, draw: Callable[..., None], *settings: Any) -> RawPage:
    path = tmp_path / "sida.pdf"
    draw(path, *settings)
    with open_pdf(path.read_bytes()) as pdf:
        assert count_pages(pdf) == 1
        return read_page(pdf, 1)


def by_text(page: RawPage) -> dict[str, Word]:
    return {word.text: word for word in page.words}


def test_words_have_boxes_from_the_upper_left_corner(tmp_path: Path) -> None:
    page = page_of(tmp_path, pdf_pages.words_at_known_places)
    assert (page.number, page.width, page.height, page.pictured) == (1, 600, 800, 0)
    assert [word.text for word in page.words] == ["Summa", "1250", "Fet", "sned"]
    words = by_text(page)
    # Helvetica at 20 points: "Summa" is 3.445 ems wide, a space 0.278, and a digit 0.556
    assert words["Summa"].box[0::2] == pytest.approx((100, 168.9), abs=0.01)
    assert words["1250"].box[0::2] == pytest.approx((174.46, 218.94), abs=0.01)
    for text in ("Summa", "1250"):  # as tall as the font, whatever the letters
        assert words[text].box[1::2] == pytest.approx((181.1, 204.48), abs=0.01)
    assert [(word.size, word.baseline) for word in page.words] == [
        (20, 200),
        (20, 200),
        (10, 300),
        (10, 300),
    ]
    assert [(word.bold, word.italic, word.angle, bool(word.hidden)) for word in page.words] == [
        (False, False, 0, False),
        (False, False, 0, False),
        (True, False, 0, False),
        (False, True, 0, False),
    ]


def test_raised_digits_become_superscripts_of_their_own(tmp_path: Path) -> None:
    page = page_of(tmp_path, pdf_pages.raised_digits)
    assert [(word.text, word.raised, word.glued) for word in page.words] == [
        ("1250", False, False),
        ("³", True, True),
        ("Kostnad", False, False),
        ("¹²³", True, True),
        ("³", True, False),
        ("Exklusive", False, False),
    ]
    # a raised digit stands on the line of its word
    assert [word.baseline for word in page.words] == pytest.approx([200, 200, 230, 230, 703, 703])


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_rotated_page_is_given_as_it_is_seen(rotation: int, tmp_path: Path) -> None:
    page = page_of(tmp_path, pdf_pages.turned_page, rotation)
    # reportlab swaps the sides of the paper, so that the page is upright once it is turned
    assert (page.width, page.height) == (600, 800)
    (word,) = page.words
    (rule,) = page.rules
    assert (word.text, word.angle, word.hidden) == ("Upprätt", 0, "")
    assert word.box == pytest.approx((100, 190.55, 132.79, 202.24), abs=0.01)
    assert word.baseline == pytest.approx(200, abs=0.01)
    assert (rule.y0, rule.y1) == (210, 210)
    assert (rule.x0, rule.x1) == pytest.approx((100, 200), abs=1.01)


def test_a_cropped_page_is_given_as_it_is_seen(tmp_path: Path) -> None:
    page = page_of(tmp_path, pdf_pages.cropped_page)
    assert (page.width, page.height) == (500, 700)
    (word,) = page.words
    assert (word.box[0], word.baseline) == pytest.approx((50, 130), abs=0.01)
    assert not word.hidden


def test_turned_text_has_its_angle(tmp_path: Path) -> None:
    words = by_text(page_of(tmp_path, pdf_pages.turned_text))
    assert {text: word.angle for text, word in words.items()} == {
        "upprätt": 0,
        "uppåt": 90,
        "nedåt": 270,
        "bakvänt": 180,
    }
    # the line that turned letters stand on is an x
    assert [words[text].baseline for text in ("uppåt", "nedåt", "bakvänt")] == [100, 200, 300]
    assert words["uppåt"].box[1::2] == pytest.approx((274.98, 300), abs=0.01)
    assert words["nedåt"].box[1::2] == pytest.approx((300, 325.02), abs=0.01)
    assert words["bakvänt"].box[0::2] == pytest.approx((264.98, 300), abs=0.01)


def test_what_no_reader_can_see_is_hidden(tmp_path: Path) -> None:
    page = page_of(tmp_path, pdf_pages.hidden_text)
    assert {word.text: word.hidden for word in page.words} == {
        "synlig": "",
        "osynlig": Hiding.MODE,
        "vit": Hiding.WHITE,
        "ljus": "",  # white, but on a dark rectangle
        "liten": Hiding.TINY,
        "vänster": Hiding.OUTSIDE,
        "höger": Hiding.OUTSIDE,
        "ovan": Hiding.OUTSIDE,
        "under": Hiding.OUTSIDE,
    }


def test_a_white_rectangle_does_not_make_white_text_visible(tmp_path: Path) -> None:
    (word,) = page_of(tmp_path, pdf_pages.white_text_on_white).words
    assert (word.text, word.hidden) == ("vit", Hiding.WHITE)


def test_a_form_does_not_make_white_text_visible(tmp_path: Path) -> None:
    page = page_of(tmp_path, pdf_pages.white_text_beside_a_form)
    assert by_text(page)["vit"].hidden


def test_ruling_lines_are_found(tmp_path: Path) -> None:
    page = page_of(tmp_path, pdf_pages.ruling_lines)
    places = [(rule.x0, rule.y0, rule.x1, rule.y1) for rule in page.rules]
    # PDFium counts the width of the pen, one point, to a drawn line
    assert places == [
        pytest.approx(place, abs=1.01)
        for place in (
            (100, 100, 300, 100),
            (400, 100, 400, 300),
            (100, 200, 300, 200),
            (100, 300, 300, 300),
            (100, 400, 300, 400),
            (100, 300, 100, 400),
            (300, 300, 300, 400),
        )
    ]
    assert [rule.horizontal for rule in page.rules] == [True, False, True, True, True, False, False]


def test_a_word_in_a_form_stands_where_it_is_seen(tmp_path: Path) -> None:
    (word,) = page_of(tmp_path, pdf_pages.lines_in_a_form).words
    assert (word.text, word.box[0], word.baseline) == ("Stämpel", pytest.approx(150), 295)


def test_a_line_in_a_form_stands_where_it_is_seen(tmp_path: Path) -> None:
    (rule,) = page_of(tmp_path, pdf_pages.lines_in_a_form).rules
    place = (rule.x0, rule.y0, rule.x1, rule.y1)
    assert place == pytest.approx((150, 300, 250, 300), abs=1.01)


def test_a_file_with_a_password_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hemlig.pdf"
    pdf_pages.locked(path, "öppna", "ägare")
    with pytest.raises(EncryptedFileError, match="lösenord"), open_pdf(path.read_bytes()):
        pass
    with pytest.raises(EncryptedFileError, match="lösenord"):
        render(path, 1, 1.0)


def test_an_owner_password_alone_keeps_no_reader_out(tmp_path: Path) -> None:
    page = page_of(tmp_path, pdf_pages.locked, "", "ägare")
    assert [word.text for word in page.words] == ["Hemlig"]


def test_a_picture_is_counted(tmp_path: Path) -> None:
    page = page_of(tmp_path, pdf_pages.scanned)
    assert (page.words, page.pictured > 0.5) == ((), True)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    path.write_bytes(b"<html><body>Sidan finns inte</body></html>")
    with pytest.raises(UnreadableFileError, match="ingen hel PDF"), open_pdf(path.read_bytes()):
        pass


def test_a_page_is_rendered_in_its_size(tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    pdf_pages.hidden_text(path)
    image = render(path, 1, 0.5)
    assert (image.size, image.mode) == ((300, 400), "RGB")
    assert image.getpixel((10, 10)) == (255, 255, 255)
    assert image.getpixel((140, 128)) == (51, 51, 51)  # inside the dark rectangle
    for number in (0, 2):
        with pytest.raises(IndexError):
            render(path, number, 0.5)
