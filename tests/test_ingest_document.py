"""The one door into reading: what is refused, what becomes a problem, and what is read anyway."""

import hashlib
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pdf_pages
import pytest

from ingest import ocr
from ingest.document import document_id, fingerprint, page_count, parse
from ingest.errors import EncryptedFileError, UnreadableFileError, UnsupportedFileError
from ingest.manifest import Correction
from ingest.types import ParsedDocument, Problem

PROSE = " ".join(pdf_pages.PROSE)
INSTALL = (
    "; för att läsa den, installera OCR (apt install tesseract-ocr tesseract-ocr-swe) "
    "och läs in filen igen"
)
SCANNED = f"sidan är en bild utan text (skannad){INSTALL}"
GARBAGE = f"sidans bokstäver saknar betydelse (typsnittet är inbäddat utan teckentabell){INSTALL}"


@pytest.fixture(autouse=True)
def no_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here every machine is one without tesseract; see test_ingest_ocr."""
    monkeypatch.setattr(ocr, "available", lambda: False)


def drawn(tmp_path: Path, draw: Callable[[Path], None]) -> ParsedDocument:
    path = tmp_path / "rapport.pdf"
    draw(path)
    return parse(path)


def text_of(document: ParsedDocument, page: int) -> str:
    return " ".join(document.pages[page - 1].text.split())


# files that are refused


@pytest.mark.parametrize("name", ["fil.pdf", "fil.docx", "fil.txt", "fil.md", "fil.xyz"])
def test_an_empty_file_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b"")
    with pytest.raises(UnreadableFileError, match="filen är tom"):
        parse(path)


def test_a_truncated_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    pdf_pages.running_lines(path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(UnreadableFileError, match="avbruten"):
        parse(path)


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE html><html><body><h1>404 Sidan finns inte</h1></body></html>",
        bytes(range(256)) * 40,
        b"PK\x03\x04" + bytes(100),
        b"%PDF-1.7\nstartxref\n0\n%%EOF\n",
    ],
    ids=["html", "bytes", "zip", "shell"],
)
def test_what_is_only_named_pdf_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError, match="ingen hel PDF"):
        parse(path)


@pytest.mark.parametrize("name", ["rapport.txt", "rapport.md"])
def test_bytes_without_meaning_are_no_text(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(bytes(range(1, 256)) * 40)
    with pytest.raises(UnreadableFileError, match="textfil"):
        parse(path)


def test_a_pdf_of_pictures_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"sidan 1: .*skannad"):
        drawn(tmp_path, pdf_pages.scanned)
    with pytest.raises(UnreadableFileError, match=r"sidorna 1, 2 och 3: .*skannad"):
        drawn(tmp_path, lambda path: pdf_pages.scanned(path, 3))


def test_the_scanned_page_of_a_refused_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        drawn(tmp_path, pdf_pages.scanned_after_blank)
    assert "skannad" in str(caught.value)
    assert "sidan 1 kan inte läsas" not in str(caught.value)  # page 1 is blank, page 2 scanned


def test_a_pdf_of_blank_pages_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="ingen text"):
        drawn(tmp_path, pdf_pages.blank)


def test_a_pdf_with_a_password_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncryptedFileError, match="lösenordsskyddad"):
        drawn(tmp_path, lambda path: pdf_pages.locked(path, "öppna", "ägare"))


def test_a_pdf_with_an_owner_password_alone_is_read(tmp_path: Path) -> None:
    document = drawn(tmp_path, lambda path: pdf_pages.locked(path, "", "ägare"))
    assert (text_of(document, 1), document.problems) == ("Hemlig", ())


def test_a_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "mapp.pdf"
    folder.mkdir()
    with pytest.raises(UnreadableFileError, match="går inte att öppna"):
        parse(folder)


def test_the_reason_for_a_folder_is_in_swedish(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        parse(tmp_path)
    assert "directory" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "kind"), [("tabell.xlsx", r"\.xlsx"), ("bild.PNG", r"\.png"), ("FIL", "utan ändelse")]
)
def test_a_file_of_another_kind_is_refused(name: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b"data")
    with pytest.raises(UnsupportedFileError, match=f"{kind} läses inte; PDF, DOCX, TXT, MD läses"):
        parse(path)


@pytest.mark.parametrize("name", ["saknas.pdf", "saknas.docx", "mapp/saknas.txt"])
def test_a_missing_file_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="finns inte"):
        parse(tmp_path / name)


# pages that become problems


def test_a_scanned_page_is_named_and_keeps_its_number(tmp_path: Path) -> None:
    document = drawn(tmp_path, pdf_pages.one_scanned_page)
    assert document.problems == (Problem(SCANNED, 2),)
    assert [(page.number, page.readable) for page in document.pages] == [
        (1, True),
        (2, False),
        (3, True),
    ]
    assert [text_of(document, page) for page in (1, 2, 3)] == [
        f"{PROSE} {PROSE}",
        "",
        "Sista sidan.",
    ]
    assert [span.page for chunk in document.chunks for span in chunk.spans] == [1, 3]


def test_a_damaged_page_is_named_and_keeps_its_number(tmp_path: Path) -> None:
    document = drawn(tmp_path, pdf_pages.damaged_page)
    assert document.problems == (Problem("sidan är skadad och går inte att öppna", 2),)
    assert [(page.number, page.readable) for page in document.pages] == [
        (1, True),
        (2, False),
        (3, True),
    ]


@pytest.mark.parametrize(
    "draw",
    [
        pdf_pages.private_letters,
        pdf_pages.shifted_letters,
        pdf_pages.letters_as_glyph_numbers,
        pdf_pages.letters_without_codes,
    ],
    ids=lambda draw: draw.__name__,
)
def test_letters_without_meaning_are_a_problem(
    draw: Callable[[Path], None], tmp_path: Path
) -> None:
    document = drawn(tmp_path, draw)
    assert document.problems == (Problem(GARBAGE, 2),)
    assert [(page.text == "", page.readable) for page in document.pages] == [
        (False, True),
        (True, False),
    ]


def test_a_list_of_names_is_not_garbage(tmp_path: Path) -> None:
    document = drawn(tmp_path, pdf_pages.a_list_of_names)
    assert document.problems == ()


def test_a_blank_page_is_no_problem(tmp_path: Path) -> None:
    document = drawn(tmp_path, pdf_pages.blank_page_between)
    assert document.problems == ()
    assert [(page.number, page.readable) for page in document.pages] == [
        (1, True),
        (2, True),
        (3, True),
    ]
    assert text_of(document, 2) == ""


def test_the_text_of_a_searchable_scan_is_read(tmp_path: Path) -> None:
    document = drawn(tmp_path, pdf_pages.searchable_scan)
    assert (text_of(document, 1), document.problems) == (PROSE, ())
    word = document.pages[0].words[0]
    assert word.box[0] == pytest.approx(60, abs=0.01)


def test_hidden_words_are_left_out_and_told_of(tmp_path: Path) -> None:
    document = drawn(tmp_path, pdf_pages.hidden_words_in_text)
    text = "sidan har text som inte syns (vit text): 2 ord; det som inte syns har inte lästs"
    assert document.problems == (Problem(text, 1, informs=True),)
    assert text_of(document, 1) == PROSE


def test_hidden_words_beside_a_small_picture_are_left_out(tmp_path: Path) -> None:
    document = drawn(tmp_path, pdf_pages.hidden_words_beside_a_logo)
    assert text_of(document, 1) == "Remiss"


# what a document is made of


def test_a_document_has_the_name_and_hash_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "Budget 2025.PDF"
    pdf_pages.footnote(path)
    document = parse(path)
    assert (document.id, document.path) == ("Budget 2025", str(path))
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_an_id_has_composed_letters() -> None:
    name = unicodedata.normalize("NFD", "årsredovisning.v2.pdf")
    assert document_id(Path("mapp") / name) == "årsredovisning.v2"


def test_progress_is_told_page_by_page(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    pdf_pages.running_lines(path)
    told: list[tuple[int, int]] = []
    parse(path, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert page_count(path, path.read_bytes()) == 4


def test_pages_of_what_cannot_be_opened_count_as_one(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    assert page_count(path, b"") == 1
    assert page_count(path, b"ingenting") == 1
    assert page_count(tmp_path / "rapport.docx", b"") == 1


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    assert drawn(tmp_path, pdf_pages.ruled_table) == drawn(tmp_path, pdf_pages.ruled_table)


def test_a_fingerprint_changes_with_bytes_and_with_correction(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    pdf_pages.footnote(path)
    data = path.read_bytes()
    plain = fingerprint(data, None)
    assert fingerprint(data, None) == plain
    corrections = [Correction(), Correction(years=(2025,)), Correction(board="Socialnämnden")]
    marks = {plain, *(fingerprint(data, correction) for correction in corrections)}
    assert len(marks) == 4
    assert fingerprint(data, Correction(years=(2025,))) in marks
    assert fingerprint(data + b"\n", None) not in marks
