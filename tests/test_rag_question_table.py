"""Questions that an official writes in a spreadsheet."""

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from ingest.errors import UnreadableFileError
from rag.question_set import BadLine, QuestionLine, read_questions

QUESTION = "Hur stor är avvikelsen?"


def read(path: Path, data: str | bytes) -> list[QuestionLine | BadLine]:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(read_questions(path))


def csv_of(tmp_path: Path, data: str | bytes) -> list[QuestionLine | BadLine]:
    return read(tmp_path / "frågor.csv", data)


def xlsx_of(
    tmp_path: Path, *rows: Sequence[Any], formats: dict[str, str] | None = None
) -> list[QuestionLine | BadLine]:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for place, shown in (formats or {}).items():
        sheet[place].number_format = shown
    path = tmp_path / "frågor.xlsx"
    book.save(path)
    return list(read_questions(path))


def one(found: list[QuestionLine | BadLine]) -> QuestionLine:
    (line,) = found
    assert isinstance(line, QuestionLine), line
    return line


def fault(found: list[QuestionLine | BadLine]) -> tuple[int, str]:
    (line,) = found
    assert isinstance(line, BadLine), line
    return line.number, line.reason


def figure_of(tmp_path: Path, told: str) -> Any:
    return one(csv_of(tmp_path, f"fråga;svar\n{QUESTION};{told}\n")).expect["figures"]


WHOLE = """\
fråga;svar;finns inte;dokument;sida;citat;avsikt;tidigare fråga;anteckning
Och 2027?;−13 141 tkr;;delårsrapport 2025.pdf;s. 7;”Köp av tjänster”;tal;Köp 2026?;Tabell 3
När byggs simhallen?;;X;;;;;;
"""


def test_a_whole_table(tmp_path: Path) -> None:
    asked, absent = csv_of(tmp_path, WHOLE)
    assert isinstance(asked, QuestionLine)
    assert isinstance(absent, QuestionLine)
    assert asked.id == "frågor-2"
    assert asked.question == "Och 2027?"
    assert asked.history == ("Köp 2026?",)
    assert asked.intent == "figure"
    assert asked.note == "Tabell 3"
    assert asked.expect == {
        "status": "answered",
        "figures": [{"value": "-13141", "unit": "tkr"}],
        "citations": [
            {
                "document": "delårsrapport 2025",
                "pages": [7],
                "quote_contains": "Köp av tjänster",
            }
        ],
    }
    assert (absent.id, absent.intent) == ("frågor-3", "unanswerable")
    assert absent.expect == {"status": "refused"}


@pytest.mark.parametrize(
    "data",
    [
        WHOLE.encode(),
        WHOLE.encode("utf-8-sig"),
        WHOLE.replace("−", "-").encode("cp1252"),
        WHOLE.encode("utf-16"),
        WHOLE.replace("\n", "\r\n").encode(),
        WHOLE.replace(";", ",").encode(),
        WHOLE.replace(";", "\t").encode(),
        f"sep=;\n{WHOLE}".encode(),
        WHOLE.upper().replace("TKR", "tkr").encode(),
    ],
    ids="plain mark windows utf16 crlf commas tabs sep capitals".split(),
)
def test_however_a_spreadsheet_saves_it(tmp_path: Path, data: bytes) -> None:
    asked, absent = csv_of(tmp_path, data)
    assert isinstance(asked, QuestionLine)
    assert isinstance(absent, QuestionLine)
    assert asked.question.casefold() == "och 2027?"
    assert asked.expect["figures"] == [{"value": "-13141", "unit": "tkr"}]
    assert asked.expect["citations"][0]["pages"] == [7]
    assert absent.expect == {"status": "refused"}


def test_order_other_columns_and_empty_rows_do_not_matter(tmp_path: Path) -> None:
    data = (
        "Mina frågor;;;\n\nNämnd;SVAR (tal med enhet);Ansvarig; Fråga: \n"
        f"VON;5 %;Kim;{QUESTION}\n;;;\nVON;;Kim;\nIFN;;;Vad kostar hemtjänsten?\n"
    )
    first, second = csv_of(tmp_path, data)
    assert isinstance(first, QuestionLine)
    assert isinstance(second, QuestionLine)
    assert first.expect["figures"] == [{"value": "5", "unit": "%"}]
    assert (second.id, second.expect) == ("frågor-7", {"status": "answered"})


@pytest.mark.parametrize(
    ("told", "figures"),
    [
        ("13 141 tkr", [{"value": "13141", "unit": "tkr"}]),
        ("- 13 141 tnkr", [{"value": "-13141", "unit": "tkr"}]),
        ("8,8 mnkr", [{"value": "8.8", "unit": "mkr"}]),
        ("(8,8) mnkr", [{"value": "-8.8", "unit": "mkr"}]),
        ("'-5 procent", [{"value": "-5", "unit": "%"}]),
        ("444 platser", [{"value": "444", "unit": "platser"}]),
        ("1 004 årsarbetare", [{"value": "1004", "unit": "årsarbetare"}]),
        ("-13141", [{"value": "-13141"}]),
        ('"−6 300 tkr; 5 %"', [{"value": "-6300", "unit": "tkr"}, {"value": "5", "unit": "%"}]),
        ('"7 st\n8 st"', [{"value": "7", "unit": "st"}, {"value": "8", "unit": "st"}]),
    ],
)
def test_numbers_as_people_write_them(tmp_path: Path, told: str, figures: Any) -> None:
    assert figure_of(tmp_path, told) == figures


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (f"{QUESTION};12 34 tkr", "svaret ”12 34 tkr” är inget tal (en siffergrupp ska ha tre"),
        (f"{QUESTION};1.234 tkr", "tvetydig punkt: tusental eller decimaler"),
        (f"{QUESTION};12 miljoner", "tusen, miljoner och miljarder ska följas av kronor"),
        (f"{QUESTION};högre hyror", "svaret ”högre hyror” är inget tal"),
        (f"{QUESTION};saknas", "sätt x under ”finns inte”"),
        (f"{QUESTION};2026-01-03", "kalkylarket har gjort det till ett datum"),
        (f"{QUESTION};5 tkr;mkr", "svaret är i tkr, men enheten sägs vara mkr"),
        (f"{QUESTION};5 tkr;;x", "”finns inte” är ifyllt, men också ett svar"),
        (f"{QUESTION};;;kanske", "”finns inte” ska vara x eller tomt, inte ”kanske”"),
        (f"{QUESTION};;;x;budget", "”finns inte” är ifyllt, men också ett svar eller en källa"),
        (f"{QUESTION};;;;;7", "sida eller citat är ifyllt, men inte dokument"),
        (f"{QUESTION};;;;;;hyror", "sida eller citat är ifyllt, men inte dokument"),
        (f"{QUESTION};;;;budget;sju", "sidan ska vara ett tal, som 7 eller 7–9, inte ”sju”"),
        (f"{QUESTION};;;;budget;0", "det finns inga sidor ”0”"),
        (f"{QUESTION};;;;budget;9-7", "det finns inga sidor ”9-7”"),
        (";5 tkr", "frågan saknas"),
        (f"{QUESTION};;;;;;;för mycket", "raden har fler rutor än rubrikraden"),
        (f'{QUESTION};"5 tkr', "citattecknen går inte ihop"),
    ],
)
def test_a_row_that_is_no_question_says_why(tmp_path: Path, row: str, why: str) -> None:
    data = f"fråga;svar;enhet;finns inte;dokument;sida;citat\n{row}\n"
    number, reason = fault(csv_of(tmp_path, data))
    assert number == 2
    assert why in reason


def test_a_bad_row_does_not_take_the_others_along(tmp_path: Path) -> None:
    first, bad, last = csv_of(tmp_path, "fråga;svar\nA?;5 st\nB?;fem\n\nC?;6 st\n")
    assert isinstance(first, QuestionLine)
    assert isinstance(bad, BadLine)
    assert isinstance(last, QuestionLine)
    assert (bad.number, last.id) == (3, "frågor-5")


@pytest.mark.parametrize(
    ("told", "pages"),
    [
        ("7", [7]),
        ("s.7", [7]),
        ("sidan 7", [7]),
        ("7–9", [7, 8, 9]),
        ('"7, 9 och 12"', [7, 9, 12]),
        ("", []),
    ],
)
def test_pages_as_people_write_them(tmp_path: Path, told: str, pages: list[int]) -> None:
    line = one(csv_of(tmp_path, f"fråga;dokument;sida\n{QUESTION};C:\\Rapporter\\b.PDF;{told}\n"))
    assert line.expect["citations"] == [{"document": "b", "pages": pages}]


@pytest.mark.parametrize("data", ["", "fråga?\n", "text;tal\na;5\n", "\n\n"])
def test_a_table_without_the_heading_is_told(tmp_path: Path, data: str) -> None:
    number, reason = fault(csv_of(tmp_path, data))
    assert number == 1
    assert "rubriken ”fråga”" in reason


def test_one_column_keeps_its_commas(tmp_path: Path) -> None:
    line = one(csv_of(tmp_path, "Fråga\nHur gick det, egentligen; och varför?\n"))
    assert line.question == "Hur gick det, egentligen; och varför?"


def test_two_columns_of_the_same_name_are_told(tmp_path: Path) -> None:
    found = fault(csv_of(tmp_path, "fråga;svar;Svar\nA?;5;6\n"))
    assert found == (1, "två kolumner heter ”svar”")


def test_earlier_questions_in_lines_and_columns(tmp_path: Path) -> None:
    data = 'fråga;tidigare fråga;tidigare fråga\nOch då?;"A?\nB?";C?\n'
    assert one(csv_of(tmp_path, data)).history == ("A?", "B?", "C?")


# ---- Excel

HEADINGS = ("Fråga", "Svar", "Enhet", "Dokument", "Sida")


@pytest.mark.parametrize(
    ("value", "unit", "shown", "figure"),
    [
        (-13141, "tkr", "General", {"value": "-13141", "unit": "tkr"}),
        (-13141, None, "General", {"value": "-13141"}),
        (13141.4, "tnkr", "#,##0", {"value": "13141", "unit": "tkr"}),
        (0.1 + 0.2, "procent", "General", {"value": "0.3", "unit": "%"}),
        (0.0864, None, "0.0%", {"value": "8.6", "unit": "%"}),
        (8.65, None, '0.0" %"', {"value": "8.7", "unit": "%"}),
        (-6300, None, '#,##0 "tkr";[Red]-#,##0 "tkr"', {"value": "-6300", "unit": "tkr"}),
        (13141000, "tkr", "#,##0,", {"value": "13141", "unit": "tkr"}),
        ("−13 141 tkr", None, "@", {"value": "-13141", "unit": "tkr"}),
        ("444", "platser", "@", {"value": "444", "unit": "platser"}),
        (1.5, None, "0.0##", {"value": "1.5"}),
    ],
)
def test_a_cell_is_read_as_it_is_shown(
    tmp_path: Path, value: Any, unit: str | None, shown: str, figure: dict[str, str]
) -> None:
    row = (QUESTION, value, unit, "budget", 7)
    line = one(xlsx_of(tmp_path, HEADINGS, row, formats={"B2": shown}))
    assert line.expect["figures"] == [figure]
    assert line.expect["citations"] == [{"document": "budget", "pages": [7]}]


def test_what_a_spreadsheet_made_of_a_cell_is_told(tmp_path: Path) -> None:
    rows = (
        (QUESTION, datetime(2026, 3, 1)),
        (QUESTION, "=1+1"),
        (QUESTION, 5, None, "budget", datetime(2026, 8, 7)),
    )
    reasons = [
        line.reason if isinstance(line, BadLine) else ""
        for line in xlsx_of(tmp_path, HEADINGS, *rows)
    ]
    assert "gjort det till ett datum" in reasons[0]
    assert "”=1+1” är inget tal" in reasons[1]
    assert "sidan ska vara ett tal" in reasons[2]


def test_another_sheet_a_title_and_a_tick(tmp_path: Path) -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    first.append(["Läs mig"])
    sheet = book.create_sheet("Frågor")
    for row in (["Våra frågor"], [], ["Finns inte", "Fråga"], [True, "A?"], [None, "B?"]):
        sheet.append(row)
    path = tmp_path / "frågor.xlsx"
    book.save(path)
    lines = list(read_questions(path))
    assert [line.expect["status"] for line in lines if isinstance(line, QuestionLine)] == [
        "refused",
        "answered",
    ]
    assert [line.id for line in lines if isinstance(line, QuestionLine)] == ["frågor-4", "frågor-5"]


def test_a_workbook_by_the_name_of_a_csv_file_is_read(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["fråga"])
    book.active.append(["A?"])
    data = io.BytesIO()
    book.save(data)
    assert one(read(tmp_path / "frågor.csv", data.getvalue())).question == "A?"
    assert load_workbook(data).sheetnames == ["Sheet"]


def test_a_file_that_is_no_workbook_is_told(tmp_path: Path) -> None:
    for data in (b"fraga;svar", b"PK\x03\x04 bara", b""):
        with pytest.raises(UnreadableFileError, match="går inte att läsa som Excelfil"):
            read(tmp_path / "frågor.xlsx", data)
