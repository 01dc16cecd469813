"""Scanned pages: what OCR reads of them and where, what it doubts, and what is told without it."""

import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pdf_pages
import pytest
import scans
from PIL import Image

from ingest import ocr
from ingest.document import fingerprint, parse
from ingest.image_rules import straighten, take_rules
from ingest.numbers import find_quantities
from ingest.pdfium import render
from ingest.tables.edges import merge_rules
from ingest.types import Box, Page, ParsedDocument, Problem, RawPage
from rag.answer import Question
from rag.asking import Asker
from rag.report import Report
from rag.stored_form import layout_to_json, page_from_json

needs_tesseract = pytest.mark.skipif(
    not ocr.available(), reason="tesseract with Swedish is not installed on this machine"
)

PROSE = (
    "Nämnden redovisar ett underskott på fyra miljoner kronor för perioden,",
    "vilket är 84% av budgeten och bättre än samma period året innan. Orsaken",
    "är att kostnaderna för bemanning har sjunkit sedan sommaren 2025.",
)
XS = (60.0, 220.0, 330.0, 440.0)
YS = (220.0, 240.0, 260.0, 280.0, 300.0, 320.0)
ROWS = (
    ("Verksamhet", "Budget", "Utfall"),
    ("Hemtjänst", "-13 141", "206 297"),
    ("Särskilt boende", "", "1 980"),
    ("Korttidsboende", "75,5", "-8"),
    ("Summa", "-13 066", "208 269"),
)
WHY = "sidan är en bild utan text (skannad)"
READ = f"{WHY}; sidan har lästs med OCR, kontrollera siffror mot bilden"


def report(paper: scans.Paper) -> None:
    """A heading, a paragraph and a ruled table, whose words stand at known places."""
    paper.put(60, 100, "Ekonomi", 20)
    paper.lines(60, 140, PROSE)
    paper.grid(XS, YS)
    for row, (name, *values) in enumerate(ROWS):
        y = YS[row] + 14
        paper.put(XS[0] + 4, y, name)
        for column, value in enumerate(values):
            paper.put_right(XS[column + 2] - 4, y, value)


def blank(paper: scans.Paper) -> None:
    """A grey patch on nothing."""
    paper.image.paste(200, (100, 100, 400, 300))


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> ParsedDocument:
    """A typed page, and a scanned one."""
    path = tmp_path_factory.mktemp("skannat") / "rapport.pdf"
    scans.scan(path, report, typed=("Den här sidan är skriven.",))
    return parse(path)


def box_of(page: Page, text: str) -> Box:
    """Where the first word that is `text` stands."""
    return next(w.box for w in page.words if page.text[w.start : w.end] == text)


# what is read


@needs_tesseract
def test_the_text_of_a_scanned_page_is_read(read: ParsedDocument) -> None:
    text = read.pages[1].text
    assert text.startswith("Ekonomi\n")
    assert " ".join(PROSE) in " ".join(text.split())
    assert [(str(block.kind), block.section) for block in read.pages[1].blocks] == [
        ("heading", ("Ekonomi",)),
        ("paragraph", ("Ekonomi",)),
        ("table", ("Ekonomi",)),
    ]


@needs_tesseract
def test_the_cells_of_a_scanned_table_are_exact(read: ParsedDocument) -> None:
    (table,) = read.tables
    assert table.grid() == [list(row) for row in ROWS]


@needs_tesseract
def test_only_the_scanned_page_is_marked_and_told_of(read: ParsedDocument) -> None:
    assert [(page.readable, page.ocr) for page in read.pages] == [(True, False), (True, True)]
    assert read.problems == (Problem(READ, 2, informs=True),)


@needs_tesseract
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_words_and_rules_lie_where_they_were_drawn(rotation: int, tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    scans.scan(path, report, rotation=rotation)
    document = parse(path)
    (page,), (table,) = document.pages, document.tables
    assert (page.width, page.height) == (scans.WIDTH, scans.HEIGHT)
    for text, x0, baseline in (("Nämnden", 60, 140), ("vilket", 60, 154), ("Hemtjänst", 64, 254)):
        box = box_of(page, text)
        assert box[0] == pytest.approx(x0, abs=3)
        assert box[1] < baseline - 7 < baseline < box[3]
        assert (box[1], box[3]) == pytest.approx((baseline - 7.5, baseline + 2.2), abs=3)
    assert box_of(page, "297")[2] == pytest.approx(436, abs=3)
    cell = next(cell for cell in table.cells if cell.text == "206 297")
    assert cell.box == pytest.approx((XS[2], YS[1], XS[3], YS[2]), abs=1.5)


@needs_tesseract
def test_a_page_that_lay_askew_is_read(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    scans.scan(path, report, askew=-1.5)
    document = parse(path)
    assert [table.grid() for table in document.tables] == [[list(row) for row in ROWS]]
    assert " ".join(PROSE) in " ".join(document.pages[0].text.split())


@needs_tesseract
def test_letters_without_meaning_are_read_from_the_image(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    pdf_pages.private_letters(path)
    document = parse(path)
    assert [page.ocr for page in document.pages] == [False, True]
    assert " ".join(document.pages[1].text.split()).startswith(" ".join(pdf_pages.PROSE))
    (problem,) = document.problems
    assert (problem.page, problem.informs) == (2, True)
    assert "har lästs med OCR" in problem.message


@needs_tesseract
def test_a_picture_without_words_stays_unread(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    scans.scan(path, blank, typed=("Den här sidan är skriven.",))
    document = parse(path)
    assert document.problems == (Problem(f"{WHY}; OCR fann inga ord på sidan", 2),)
    assert [(page.readable, page.ocr) for page in document.pages] == [(True, False), (False, False)]


@needs_tesseract
def test_progress_is_told_of_scanned_pages_too(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    scans.scan(path, blank, report, typed=("Den här sidan är skriven.",))
    told: list[tuple[int, int]] = []
    parse(path, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


# what is doubted, by readings that are given here


def words_of(*rows: str) -> bytes:
    """An answer of tesseract, a line a row: "text:confidence" each 100 pixels wide, 20 apart."""
    lines = []
    for number, row in enumerate(rows):
        top = 100 + 100 * number
        words = []
        for place, part in enumerate(row.split()):
            text, confidence = part.rsplit(":", 1)
            x = 100 + 120 * place
            title = f"bbox {x} {top} {x + 100} {top + 30}; x_wconf {confidence}"
            words.append(f"<span class='ocrx_word' title='{title}'>{text}</span>")
        title = f"bbox 100 {top} 2000 {top + 30}; baseline 0 -2"
        lines.append(f"<span class='ocr_line' title='{title}'>{''.join(words)}</span>")
    return f"<html><body>{''.join(lines)}</body></html>".encode()


@pytest.fixture
def recognised(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], ocr.Recognised]:
    """`recognised(first, second)` is what comes of two readings, rows parted by line feeds."""

    def recognise(first: str, second: str) -> ocr.Recognised:
        answers = iter([first, second])
        monkeypatch.setattr(ocr, "_hocr", lambda *_: words_of(*next(answers).split("\n")))
        page = RawPage(1, 595.0, 842.0, ())
        return ocr.recognise(Image.new("L", (2480, 3508), 255), page, 300 / 72)

    return recognise


Recognise = Callable[[str, str], ocr.Recognised]


@pytest.mark.parametrize(
    ("first", "second", "text", "doubted"),
    [
        ("Summa:96 1250:95", "Summa:90 1250:93", "Summa 1250", ()),
        ("Summa:96 1250:40", "Summa:90 1250:93", "Summa □□□□", ("1250",)),
        ("Summa:96 1250:95", "Summa:90 1260:93", "Summa □□□□", ("1250",)),
        ("Summa:96 1250:95", "Summa:90", "Summa □□□□", ("1250",)),
        ("Summa:96 206:30 297:95", "Summa:90 206:95 297:95", "Summa □□□ □□□", ("206 297",)),
        ("Summa:96 -13:95", "Summa:90 13:95", "Summa -□□", ("-13",)),
        ("Summa:96 7,5:95", "Summa:90 75:95", "Summa □,□", ("7,5",)),
        ("Andel:96 8496:92", "Andel:90 84%:94", "Andel 84%", ()),
        ("Andel:96 8496:92", "Andel:90 84%:30", "Andel □□%", ("84%",)),
        ("Andel:96 8496:92", "Andel:90 9496:92", "Andel □□□□", ("8496",)),
    ],
)
def test_a_doubted_number_loses_its_digits_and_keeps_its_place(
    recognised: Recognise, first: str, second: str, text: str, doubted: tuple[str, ...]
) -> None:
    found = recognised(first, second)
    assert " ".join(word.text for word in found.page.words) == text
    assert found.doubted == doubted


def test_no_number_is_found_in_doubted_digits(recognised: Recognise) -> None:
    found = recognised("Summa:96 206:30 297:95 tkr:95", "Summa:96 206:95 297:95 tkr:95")
    text = " ".join(word.text for word in found.page.words)
    assert text == "Summa □□□ □□□ tkr"
    assert list(find_quantities(text)) == []


def test_specks_go_and_doubtful_words_stay(recognised: Recognise) -> None:
    found = recognised("Det:96 är:95 inte:12 ;:9 klart:95 |:80 il:10", "")
    assert [word.text for word in found.page.words] == ["Det", "är", "inte", "klart"]


def test_what_is_nearly_all_doubtful_is_no_text(recognised: Recognise) -> None:
    found = recognised("wvm:12 1ll:5 oec:30 rnm:8 alt:70", "")
    assert (found.page.words, found.page.ocr) == ((), False)


def test_the_words_of_a_line_share_size_and_baseline(recognised: Recognise) -> None:
    row = "Kostnaderna:96 per:95 hemtjänst:95 – :90".replace("– ", "–")
    found = recognised(f"{row}\n{row}", "")
    for line in (found.page.words[:4], found.page.words[4:]):
        assert len({(word.size, word.baseline) for word in line}) == 1
    assert len({word.size for word in found.page.words}) == 1


def test_doubted_numbers_are_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(
        ocr,
        "_hocr",
        lambda image, languages: words_of(
            "Nämndens:96 kostnad:95 1250:95", *(f"Rad:96 {n}:20" for n in range(10, 21))
        ),
    )
    path = tmp_path / "rapport.pdf"
    scans.scan(path, blank)
    (problem,) = parse(path).problems
    named = ", ".join(f"”{n}”" for n in range(10, 18))
    told = f"osäkert lästa tal står med □ i stället för siffror: {named} med flera (11)"
    assert problem == Problem(f"{READ}; {told}", 1, informs=True)


# ruling lines


def test_the_lines_of_a_table_are_found_and_taken_out(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    scans.scan(path, report)
    scale = 300 / 72
    rules, bare = take_rules(render(path, 1, scale).convert("L"), scale)
    across = sorted(rule.y0 for rule in rules if rule.horizontal)
    down = sorted(rule.x0 for rule in rules if not rule.horizontal)
    assert across == pytest.approx(YS, abs=1)
    assert down == pytest.approx(XS, abs=1)
    for rule in rules:
        ends = (rule.x0, rule.x1) if rule.horizontal else (rule.y0, rule.y1)
        drawn = (XS[0], XS[-1]) if rule.horizontal else (YS[0], YS[-1])
        assert ends == pytest.approx(drawn, abs=1.5)
        middle = (rule.x0 + rule.x1) / 2 * scale + 9, (rule.y0 + rule.y1) / 2 * scale + 9
        around = bare.crop((middle[0] - 12, middle[1] - 12, middle[0] - 6, middle[1] - 6))
        assert around.getextrema()[0] > 200


def test_text_alone_has_no_lines(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    scans.scan(path, lambda paper: paper.lines(60, 100, PROSE * 4, size=14))
    image = render(path, 1, 300 / 72).convert("L")
    rules, bare = take_rules(image, 300 / 72)
    assert rules == ()
    assert bare.tobytes() == image.tobytes()


def test_of_a_fill_the_edges_are_found() -> None:
    image = Image.new("L", (1000, 1000), 255)
    image.paste(90, (100, 200, 900, 260))
    rules, _ = take_rules(image, 4.0)
    assert [(r.x0, r.y0, r.x1, r.y1) for r in rules if r.horizontal] == [
        (25.0, 50.0, 225.0, 50.0),
        (25.0, 65.0, 225.0, 65.0),
    ]


@pytest.mark.parametrize("angle", [-2.0, -0.5, 0.7, 2.5])
def test_a_page_is_straightened(angle: float, tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    scans.scan(path, report, askew=angle)
    rules, _ = take_rules(straighten(render(path, 1, 2).convert("L")), 2)
    edges = merge_rules(rules)
    for found, drawn in ((edges.horizontal, YS), (edges.vertical, XS)):
        assert [edge.at for edge in found] == pytest.approx(drawn, abs=3)
    assert all(edge.end - edge.start == pytest.approx(380, abs=3) for edge in edges.horizontal)


# without tesseract, and when it fails


def unread(tmp_path: Path) -> Problem:
    """The problem of a scanned page after a typed one, of which nothing could be read."""
    path = tmp_path / "rapport.pdf"
    scans.scan(path, report, typed=("Den här sidan är skriven.",))
    document = parse(path)
    assert [(page.readable, page.ocr) for page in document.pages] == [(True, False), (False, False)]
    assert document.pages[1].text == ""
    (problem,) = document.problems
    assert (problem.page, problem.informs) == (2, False)
    return problem


def test_without_tesseract_it_is_told_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    assert unread(tmp_path).message == (
        f"{WHY}; för att läsa den, installera OCR (apt install tesseract-ocr tesseract-ocr-swe) "
        "och läs in filen igen"
    )


@pytest.mark.parametrize("languages", [[], ["eng", "osd"], ["swe"]])
def test_without_its_languages_tesseract_is_not_there(
    languages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pytesseract.get_languages", lambda: languages)
    assert not ocr.available.__wrapped__()


def test_without_its_program_tesseract_is_not_there() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from ingest import ocr; print(ocr.available())"],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent.parent,
        env={"PATH": ""},
    )
    assert done.stdout == "False\n"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RuntimeError("Tesseract process timeout"), "OCR tog mer än 60 sekunder och avbröts"),
        (PermissionError(13, "Permission denied"), "OCR-programmet gick inte att köra: åtkomst"),
    ],
)
def test_when_tesseract_fails_the_page_says_why(
    error: Exception, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> bytes:
        raise error

    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr("pytesseract.image_to_pdf_or_hocr", fail)
    assert unread(tmp_path).message.startswith(f"{WHY}; {told}")


@needs_tesseract
def test_tesseract_is_stopped_when_time_is_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "TIMEOUT", 0.05)
    assert "avbröts" in unread(tmp_path).message


@needs_tesseract
def test_what_tesseract_complains_of_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "_TEXT", "finnsinte")
    message = unread(tmp_path).message
    assert message.startswith(f"{WHY}; OCR-programmet misslyckades: ")
    assert "finnsinte" in message


def test_an_answer_that_is_no_hocr_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "_hocr", lambda *_: b"<html")
    assert unread(tmp_path).message == f"{WHY}; OCR-programmets svar gick inte att läsa"


def test_normal_reading_does_not_import_pytesseract(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    pdf_pages.footnote(path)
    program = f"""
        import sys
        from pathlib import Path
        from ingest.document import parse
        parse(Path({str(path)!r}))
        print("pytesseract" in sys.modules)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent.parent,
    )
    assert done.stdout == "False\n"


# what the index makes of it


def test_whether_a_page_was_read_by_ocr_is_stored() -> None:
    page = Page(1, "1", 595.0, 842.0, "", (), (), ocr=True)
    for own in (page, replace(page, ocr=False)):
        assert page_from_json(1, "1", True, "", layout_to_json(own)) == own


def test_a_layout_from_before_ocr_is_still_read() -> None:
    page = page_from_json(1, "1", True, "", '{"size":[595.0,842.0],"words":[],"blocks":[]}')
    assert page == Page(1, "1", 595.0, 842.0, "", (), ())


def test_a_file_with_unread_pages_is_another_when_ocr_comes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    marks = {}
    for there in (False, True):
        monkeypatch.setattr(ocr, "available", lambda there=there: there)
        marks[there] = (fingerprint(b"pdf", None), fingerprint(b"pdf", None, unread=True))
    assert marks[False][0] == marks[True][0]
    assert len({marks[False][0], marks[False][1], marks[True][1]}) == 3


ReadInto = Callable[..., list[Report]]


def test_a_scanned_page_is_read_again_when_ocr_comes(
    tmp_path: Path, read_into: ReadInto, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, index = tmp_path / "rapport.pdf", tmp_path / "index"
    scans.scan(path, blank, typed=("Nämnden köper cyklar till hemtjänsten.",))
    monkeypatch.setattr(ocr, "available", lambda: False)
    assert [r.status for r in read_into(index, path)] == ["added"]
    assert [r.status for r in read_into(index, path)] == ["unchanged"]
    row = "Simhallen:96 öppnar:95 i:95 april:96"
    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "_hocr", lambda *_: words_of(row))
    (report,) = read_into(index, path)
    assert (report.status, report.failed) == ("replaced", False)
    assert [r.status for r in read_into(index, path)] == ["unchanged"]
    asker = Asker(index)
    answer = asker.ask(Question("När öppnar simhallen?"))
    asker.close()
    assert "Simhallen öppnar i april" in answer.text


def test_a_refusal_names_unread_pages_and_never_says_there_is_nothing(
    tmp_path: Path, read_into: ReadInto, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rapport.pdf"
    scans.scan(path, report, typed=("Nämnden köper cyklar till hemtjänsten.",))
    monkeypatch.setattr(ocr, "available", lambda: False)
    read_into(tmp_path / "index", path)
    asker = Asker(tmp_path / "index")
    answer = asker.ask(Question("Vad tycker Xylofonförbundet om simhallen?"))
    asker.close()
    assert answer.refused
    assert "sidan 2 i " in answer.text
    assert "har inte kunnat läsas; svaret kan stå där." in answer.text
    assert "finns inte" not in answer.text
