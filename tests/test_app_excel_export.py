"""Answers as a workbook: text that stays text, numbers in cells, formulas that a program runs."""

import io
import shutil
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from answers import PERCENT, RANKING, SUM, TREND, UNKNOWN, answer, asked, told
from openpyxl import load_workbook

from app.answer_chart import chart_of
from app.excel_export import FIGURE_COLUMNS, HOLDS, answers_as_xlsx
from rag.answer import Answer
from rag.asking import Asker


@pytest.fixture(scope="module")
def answers(samples_index: Path) -> list[Answer]:
    return asked(Asker(samples_index), RANKING, TREND, SUM, PERCENT, UNKNOWN)


@pytest.fixture(scope="module")
def data(answers: list[Answer]) -> bytes:
    return answers_as_xlsx(answers)


def rows_of(book: Any, name: str) -> list[dict[str, Any]]:
    titles, *rows = book[name].values
    return [dict(zip(titles, row, strict=True)) for row in rows]


def test_each_figure_has_a_cell_with_its_unit_and_place(data: bytes) -> None:
    rows = rows_of(load_workbook(io.BytesIO(data)), "Tal")
    parts = [row for row in rows if row["Fråga"] == 3]
    assert [(r["Roll"], r["Post"], r["Värde"], r["Enhet"], r["Sida"]) for r in parts] == [
        ("svar, uträknat", "Hemtjänst och Särskilt boende", -518500, "tkr", None),
        ("underlag", "Hemtjänst", -207900, "tkr", 7),
        ("underlag", "Särskilt boende", -310600, "tkr", 7),
    ]
    first = next(n for n, row in enumerate(rows, start=2) if row["Fråga"] == 3)
    assert parts[0]["Räknat här"] == f"=F{first + 1}+F{first + 2}"
    assert parts[1]["Räknat här"] is None
    assert tuple(rows[0]) == FIGURE_COLUMNS


@pytest.mark.skipif(shutil.which("soffice") is None, reason="soffice (LibreOffice) saknas")
def test_a_spreadsheet_program_recomputes_the_formulas(data: bytes, tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(data))
    rows = rows_of(book, "Tal")
    changed = next(n for n, row in enumerate(rows, start=2) if row["Post"] == "Hemtjänst")
    book["Tal"][f"F{changed}"] = -207901  # so that one check fails, and the sum follows
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "svar.xlsx").write_bytes(data)
    book.save(tmp_path / "in" / "ändrad.xlsx")
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    files = [str(path) for path in sorted((tmp_path / "in").iterdir())]
    command = ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path)]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=120)
    worked = [
        row
        for row in rows_of(load_workbook(tmp_path / "svar.xlsx", data_only=True), "Tal")
        if row["Räknat här"] is not None
    ]
    assert len(worked) == 2
    for row in worked:
        assert row["Räknat här"] == pytest.approx(float(row["Värde"]), abs=0.005)
        assert row["Kontroll"] == HOLDS
    again = rows_of(load_workbook(tmp_path / "ändrad.xlsx", data_only=True), "Tal")
    total = next(row for row in again if row["Roll"] == "svar, uträknat")
    assert (total["Räknat här"], total["Kontroll"]) == (-518501, "STÄMMER INTE")


def test_a_change_in_per_cent_is_checked_to_its_last_decimal(data: bytes) -> None:
    rows = rows_of(load_workbook(io.BytesIO(data)), "Tal")
    number, row = next((n, r) for n, r in enumerate(rows, start=2) if r["Avser"].startswith("För"))
    assert (row["Värde"], row["Enhet"], row["Avser"]) == (2.19, "%", "Förändring 2025–2026")
    after = f"F{number + 1}-F{number + 2}"
    assert row["Räknat här"] == f"=({after})/F{number + 2}*100"
    assert row["Kontroll"].startswith(f"=IF(ABS(H{number}-F{number})<=0.005001,")


def test_text_of_a_document_is_never_run() -> None:
    harmful = '=HYPERLINK("http://x")'
    one = answer(f"{harmful} [1]", told("1", label=harmful, head="+1"), quote="@SUM(A1)\x07")
    data = answers_as_xlsx([one])
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheets = [name for name in parts.namelist() if "worksheets/" in name]
        assert len(sheets) == 3
        assert not any(b"<f>" in parts.read(name) for name in sheets)
    book = load_workbook(io.BytesIO(data))
    (row,) = rows_of(book, "Tal")
    assert (row["Post"], book["Tal"]["C2"].data_type) == (harmful, "s")
    assert rows_of(book, "Källor")[0]["Citat"] == "@SUM(A1)"


def test_texts_notices_and_quotes_have_sheets_of_their_own(
    data: bytes, answers: list[Answer]
) -> None:
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Svar", "Tal", "Källor", "Diagram"]
    texts = rows_of(book, "Svar")
    assert [row["Fråga"] for row in texts] == [one.question for one in answers]
    assert "– Nämnd och ledning: 1 900 tkr [1]" in texts[0]["Svar"].replace("\xa0", " ")
    assert (texts[4]["Läge"], texts[0]["Läge"]) == ("inget säkert svar", "besvarad")
    assert texts[2]["Uträkning"].replace("\xa0", " ").endswith("= −518 500 tkr")
    quotes = [citation.quote for one in answers for citation in one.citations]
    assert [row["Citat"] for row in rows_of(book, "Källor")] == quotes


def test_a_contradiction_is_told_first_of_all_states() -> None:
    (row,) = rows_of(load_workbook(io.BytesIO(answers_as_xlsx([
        answer("Det kostar 1 tkr. [1]", told("1"), conflict="Summan är 2 tkr.")
    ]))), "Svar")  # fmt: skip
    assert row["Läge"] == "källorna säger olika"
    assert row["Att veta"] == "Underlaget säger emot sig självt. Summan är 2 tkr."


def test_charts_are_the_workbooks_own_and_told_in_words(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        bars = parts.read("xl/charts/chart1.xml").decode()
        line = parts.read("xl/charts/chart2.xml").decode()
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
    assert "<barChart>" in bars
    assert "'Tal'!$F$2:$F$6" in bars
    assert "<scatterChart>" in line
    assert "'Tal'!$E$7:$E$10" in line  # years, as far apart as they are
    assert 'descr="Stapeldiagram. ' in drawing
    assert "2030: 2\xa0860\xa0personer" in drawing


def test_the_same_answers_are_the_same_bytes(data: bytes, answers: list[Answer]) -> None:
    assert answers_as_xlsx(answers) == data
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert b"created" not in parts.read("docProps/core.xml")
        assert b"openpyxl" not in parts.read("docProps/core.xml")


# ---- which answers have a chart


def ranked(*values: str, unit: str = "tkr", **same: Any) -> Answer:
    labels = [f"Rad {letter}" for letter in "ABCDEFGH"]
    figures = [told(v, label, unit=unit, **same) for v, label in zip(values, labels, strict=False)]
    lines = [f"– {figure.label}: {figure.value} [1]" for figure in figures]
    return answer("\n".join(["I ordning:", *lines]), *figures)


def test_a_ranking_has_bars_and_a_row_through_years_a_line(answers: list[Answer]) -> None:
    bars, line = chart_of(answers[0]), chart_of(answers[1])
    assert bars is not None
    assert line is not None
    assert (bars.kind, bars.unit, bars.points[0].value) == ("bars", "tkr", Decimal(1900))
    assert [point.year for point in line.points] == [2024, 2026, 2028, 2030]
    assert [chart_of(one) for one in answers[2:]] == [None, None, None]


def test_nothing_is_drawn_where_a_picture_would_mislead() -> None:
    assert chart_of(ranked("3", "2", "1")) is not None
    assert chart_of(ranked("3", "2")) is None
    mixed = ranked("3", "2", "1")
    first, *others = mixed.figures
    other_unit = told("3", first.label, unit="mkr")
    text, citations = mixed.text, mixed.citations
    figures = (other_unit, *others)
    assert chart_of(Answer("?", "answered", text, citations, (), 0.0, figures)) is None
    part = [told("3", period="2023"), told("2", period="2024"), told("1", period="2025-01/2025-08")]
    lines = "\n".join(["År för år:", *(f"– {one.period} [1]" for one in part)])
    assert chart_of(answer(lines, *part)) is None
    assert chart_of(answer(text, *mixed.figures, conflict="Talen går isär.")) is None
