"""Tables with few rules or none: groups among the rows, narrow columns, frames around stripes."""

import itertools
from collections.abc import Sequence
from pathlib import Path

from pdf_pages import BOLD, PROSE, Sheet, sheet
from reportlab.pdfbase import pdfmetrics

from ingest.document import parse

Row = Sequence[str]
LEFT = 60.0
RIGHTS = (300.0, 370.0, 440.0)
STEP = 15.0
HEADER = ("Verksamhet", "Utfall 2024", "Budget 2025", "Avvikelse")
ROWS = [
    ("Hemtjänst", "61 890", "72 021", "−10 131"),
    ("Särskilt boende", "89 417", "84 018", "5 399"),
    ("Dagverksamhet", "9 870", "9 128", "742"),
    ("Boendestöd", "4 112", "4 350", "−238"),
]


def put_row(page: Sheet, y: float, row: Row, font: str = "Helvetica") -> None:
    page.put(LEFT, y, row[0], size=9, font=font)
    for text, right in zip(row[1:], RIGHTS, strict=False):
        page.put(right - pdfmetrics.stringWidth(text, font, 9), y, text, size=9, font=font)


def grids(path: Path) -> list[list[list[str]]]:
    return [table.grid() for table in parse(path).tables]


def as_lists(*rows: Row) -> list[list[str]]:
    return [[*row, *[""] * (4 - len(row))] for row in rows]


def test_groups_stand_among_rows_without_rules(tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    rows: list[Row] = [HEADER, ("Äldre",), ROWS[0], ROWS[1], ("Vuxna",), ROWS[2], ROWS[3]]
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        for number, row in enumerate(rows):
            bold = len(row) == 1 or row is HEADER
            put_row(page, 200 + STEP * number, row, BOLD if bold else "Helvetica")
        page.lines(60, 400, PROSE)
    assert grids(path) == [as_lists(*rows)]


def test_a_line_of_text_after_the_rows_is_none_of_them(tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        for number, row in enumerate([HEADER, *ROWS]):
            put_row(page, 200 + STEP * number, row, BOLD if row is HEADER else "Helvetica")
        page.put(LEFT, 200 + STEP * 5, "Se även bilaga", size=9)
        page.lines(60, 400, PROSE)
    assert grids(path) == [as_lists(HEADER, *ROWS)]


def test_two_numbers_in_narrow_columns_are_two(tmp_path: Path) -> None:
    """Six points between two columns are more than the space inside a number."""
    path = tmp_path / "sida.pdf"
    heads = ("", "Andel", "Utfall")
    rows = [("Äldre", "2", "730 941"), ("Vuxna", "71", "750 074"), ("Barn", "8", "9 128")]
    rights = (250.0, 250.0 + 6 + pdfmetrics.stringWidth("730 941", "Helvetica", 10))
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        for number, row in enumerate([heads, *rows]):
            page.put(LEFT, 200 + STEP * number, row[0])
            for text, right in zip(row[1:], rights, strict=True):
                width = pdfmetrics.stringWidth(text, "Helvetica", 10)
                page.put(right - width, 200 + STEP * number, text)
        page.line(56, 203, rights[-1] + 4, 203)
        page.lines(60, 400, PROSE)
    (grid,) = grids(path)
    assert grid[1:] == [[*row] for row in rows]


def test_a_frame_around_stripes_does_not_join_the_rows_between(tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    sides = (56.0, 230.0, 305.0, 375.0, 445.0)
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        for number, row in enumerate([HEADER, *ROWS]):
            top = 200 + STEP * number
            for left, right in itertools.pairwise(sides):
                if number % 2 == 0:
                    page.canvas.setFillGray(0.92)
                    page.rectangle(left, top, right, top + STEP, fill=1, stroke=0)
                    page.canvas.setFillGray(0)
            put_row(page, top + 10.5, row, BOLD if row is HEADER else "Helvetica")
        page.rectangle(sides[0], 200, sides[-1], 200 + STEP * 5, fill=0)
        page.lines(60, 400, PROSE)
    assert grids(path) == [as_lists(HEADER, *ROWS)]


def test_a_heading_at_the_left_of_its_column_belongs_to_the_numbers_at_its_right(
    tmp_path: Path,
) -> None:
    path = tmp_path / "sida.pdf"
    rights, lefts = (260.0, 380.0, 480.0), (200.0, 280.0, 420.0)
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        page.put(LEFT, 200, "Tkr", size=9, font=BOLD)
        for text, left in zip(("Utfall", "Budget", "Diff"), lefts, strict=True):
            page.put(left, 200, text, size=9, font=BOLD)
        page.line(56, 204, 484, 204)
        for number, row in enumerate(ROWS, 1):
            page.put(LEFT, 200 + STEP * number, row[0], size=9)
            for text, right in zip(row[1:], rights, strict=True):
                width = pdfmetrics.stringWidth(text, "Helvetica", 9)
                page.put(right - width, 200 + STEP * number, text, size=9)
        page.lines(60, 400, PROSE)
    assert grids(path) == [[["Tkr", "Utfall", "Budget", "Diff"], *([*row] for row in ROWS)]]


def test_groups_in_a_frame_are_rows_of_their_own(tmp_path: Path) -> None:
    """Nothing but a frame and the sides of the filled header part these rows."""
    path = tmp_path / "sida.pdf"
    sides = (56.0, 230.0, 305.0, 375.0, 445.0)
    rows: list[Row] = [("Äldre",), ROWS[0], ROWS[1], ("Vuxna",), ROWS[2], ROWS[3]]
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        for left, right in itertools.pairwise(sides):
            page.canvas.setFillGray(0.92)
            page.rectangle(left, 200, right, 200 + STEP, fill=1, stroke=0)
            page.canvas.setFillGray(0)
        for number, row in enumerate([HEADER, *rows]):
            put_row(page, 210.5 + STEP * number, row, BOLD if len(row) == 1 else "Helvetica")
        page.rectangle(sides[0], 200, sides[-1], 200 + STEP * 7, fill=0)
        page.lines(60, 400, PROSE)
    assert grids(path) == [as_lists(HEADER, *rows)]
