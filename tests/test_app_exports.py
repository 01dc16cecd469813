"""Figures as files: what a spreadsheet finds in them."""

import csv
import io
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from figures import figure
from openpyxl import load_workbook

from app import exports
from app.exports import COLUMNS, TooManyRowsError, as_csv, as_xlsx
from app.saving import save
from ingest.types import Identity, Period
from rag.figure_list import ListedFigure
from rag.store import StoredDocument

IDENTITY = Identity("Delårsbokslut 2025", "Norrvik", "Nämnden", "delårsrapport", (2025, 2026))
DOCUMENT = StoredDocument("d", "d.pdf", ".pdf", "", "", IDENTITY, 1, 0, 0, 0, 0.0, (), ())
FORMULAS = ["=1+1", "+46 8", "-2,1", "@SUM(A1)", "\tx", '=HYPERLINK("http://x")', " =2+2"]


def rows_of(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def book_of(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


def column_of(sheet: Any, name: str) -> list[Any]:
    titles = [cell.value for cell in sheet[1]]
    return [row[titles.index(name)] for row in sheet.iter_rows(min_row=2)]


def listed(*figures: Any) -> list[ListedFigure]:
    return [ListedFigure("d", one) for one in figures]


def test_csv_is_as_swedish_excel_reads_it() -> None:
    prose = figure(2, value=Decimal("9.90"), printed="9,90\nmkr", unit="mkr", table="", ocr=True)
    data = as_csv([
        ListedFigure("d", figure()),
        ListedFigure("d", prose, "Det är 9,90 mkr; mer än ”väntat”."),
    ])  # fmt: skip
    header, first, *_ = data.decode("utf-8-sig").split("\r\n")
    assert header == ";".join(COLUMNS)
    assert first == (
        "d;5;t2;Kostnader › Köp av tjänster;Jan–aug › Utfall 2025;utfall;2025-01/2025-08;"
        "-541226;tkr;−541 226;bevisad av summor;;;"
    )
    second = rows_of(data)[1]
    assert second["Värde"] == "9,90"
    assert second["Tabell"] == ""
    assert second["Tryckt"] == "9,90 mkr"
    assert second["Mening"] == "Det är 9,90 mkr; mer än ”väntat”."
    assert second["Läst ur bild"] == "ja"


@pytest.mark.parametrize(
    ("value", "written"),
    [(None, ""), ("1E+3", "1000"), ("-0.10", "-0,10"), ("12.5", "12,5")],
)
def test_values_in_csv_are_numbers_with_decimal_comma(value: str | None, written: str) -> None:
    one = figure(value=None if value is None else Decimal(value))
    assert rows_of(as_csv(listed(one)))[0]["Värde"] == written


@pytest.mark.parametrize("text", FORMULAS)
def test_text_in_csv_is_never_a_formula(text: str) -> None:
    one = figure(row=(text,), part=text, unit=text)
    row = rows_of(as_csv([ListedFigure(text, one, text)]))[0]
    for column in ("Dokument", "Enhet", "Mening"):
        assert row[column] == f"'{text}"
    # white space of labels is folded first
    assert row["Rad"] in (f"'{text.strip()}", "x")


def test_workbook_holds_numbers_as_numbers() -> None:
    figures = listed(
        figure(1),
        figure(2, value=Decimal("12.5"), decimals=1, unit="%"),
        figure(3, value=Decimal("0.05"), decimals=2, unit="mkr"),
        figure(4, value=None, printed="–"),
    )
    sheet = book_of(as_xlsx(figures, [DOCUMENT]))["Nyckeltal"]
    values = column_of(sheet, "Värde")
    assert [cell.value for cell in values] == [-541226, 12.5, 0.05, None]
    assert [cell.data_type for cell in values] == ["n"] * 4
    formats = [cell.number_format for cell in values[:3]]
    assert formats == ["#,##0", '#,##0.0" %"', "#,##0.00"]
    assert [cell.value for cell in column_of(sheet, "Sida")] == [5] * 4
    assert [cell.value for cell in column_of(sheet, "Bedömning")] == ["bevisad av summor"] * 4


@pytest.mark.parametrize("text", [*FORMULAS, "#N/A", "2024-01-01", "1-3", "007", "a\x07b"])
def test_text_in_a_workbook_stays_text(text: str) -> None:
    figures = [ListedFigure(text, figure(unit=text, period=Period(2025)), text)]
    book = book_of(as_xlsx(figures, [DOCUMENT]))
    sheet = book["Nyckeltal"]
    for name in ("Dokument", "Enhet", "Mening"):
        (cell,) = column_of(sheet, name)
        assert (cell.value, cell.data_type) == (text.replace("\x07", ""), "s")
        assert bool(cell.quotePrefix) == text.startswith(tuple("=+-@\t"))
    (period,) = column_of(sheet, "Period")
    assert (period.value, period.data_type) == ("2025", "s")
    with zipfile.ZipFile(io.BytesIO(as_xlsx(figures, [DOCUMENT]))) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_workbook_can_be_filtered_and_tells_of_its_documents() -> None:
    book = book_of(as_xlsx(listed(figure(1), figure(2)), [DOCUMENT]))
    assert book.sheetnames == ["Nyckeltal", "Dokument"]
    figures, documents = book.worksheets
    assert tuple(cell.value for cell in figures[1]) == COLUMNS
    assert all(cell.font.bold for cell in figures[1])
    assert (figures.freeze_panes, documents.freeze_panes) == ("A2", "A2")
    assert (figures.auto_filter.ref, documents.auto_filter.ref) == ("A1:N3", "A1:F2")
    widths = {name: figures.column_dimensions[name].width for name in "ABDJ"}
    assert widths == {"A": 11, "B": 7, "D": 30, "J": 11}
    assert list(documents.values) == [
        ("Dokument", "Titel", "Kommun", "Nämnd", "Slag", "År"),
        ("d", "Delårsbokslut 2025", "Norrvik", "Nämnden", "delårsrapport", "2025, 2026"),
    ]


def test_long_text_makes_no_column_wider_than_a_screen() -> None:
    one = ListedFigure("d", figure(), "mening " * 100)
    sheet = book_of(as_xlsx([one], [DOCUMENT]))["Nyckeltal"]
    assert sheet.column_dimensions["M"].width == 63


def test_more_figures_than_a_sheet_holds_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "MOST_ROWS", 1)
    with pytest.raises(TooManyRowsError, match="2 nyckeltal är fler än Excel rymmer"):
        as_xlsx(listed(figure(1), figure(2)), [DOCUMENT])


def test_a_file_that_cannot_be_saved_leaves_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "ut.csv"
    save(target, b"nytt")

    def full(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[:2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        save(target, b"annat")
    assert target.read_bytes() == b"nytt"
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_is_saved_through(tmp_path: Path) -> None:
    target, link = tmp_path / "ut.csv", tmp_path / "annan" / "länk.csv"
    link.parent.mkdir()
    link.symlink_to(target)
    save(link, b"nytt")
    assert link.is_symlink()
    assert target.read_bytes() == b"nytt"
