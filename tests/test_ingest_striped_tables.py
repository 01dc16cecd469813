"""Tables whose rows are striped with one fill a cell, as pages printed from a browser are."""

import itertools
from collections.abc import Sequence
from pathlib import Path

import pytest
from pdf_pages import BOLD, PROSE, Sheet, sheet
from reportlab.pdfbase import pdfmetrics

from ingest.document import parse

Row = Sequence[str]
SIDES = (56.0, 200.0, 290.0, 380.0, 470.0)
STEP = 16.0
HEADER = ("Nettokostnad (mnkr)", "Utfall 2025", "Budget 2025", "Avvikelse")
ROWS = [
    ("Nämnd och ledning", "6,2", "6,6", "0,4"),
    ("Myndighet", "31,8", "30,4", "−1,4"),
    ("Öppenvård", "14,1", "14,9", "0,8"),
    ("Placeringar", "52,7", "44,2", "−8,5"),
    ("Försörjningsstöd", "20,0", "21,0", "1,0"),
]
GREY = 0.94


def put_row(page: Sheet, y: float, row: Row, *, filled: bool, font: str = "Helvetica") -> None:
    """A row with its upper edge at `y`."""
    for (left, right), text in zip(itertools.pairwise(SIDES), row, strict=True):
        if filled:
            page.canvas.setFillGray(GREY)
            page.rectangle(left, y, right, y + STEP, fill=1, stroke=0)
            page.canvas.setFillGray(0)
        width = pdfmetrics.stringWidth(text, font, 9)
        x = left + 4 if left == SIDES[0] else right - 4 - width
        page.put(x, y + 11, text, size=9, font=font)


def put_table(page: Sheet, y: float, rows: Sequence[Row], first_filled: bool) -> float:
    """A filled header and rows of which each other is filled; returns the lower edge."""
    put_row(page, y, HEADER, filled=True, font=BOLD)
    for number, row in enumerate(rows):
        y += STEP
        put_row(page, y, row, filled=(number % 2 == 0) == first_filled)
    return y + STEP


def grids(path: Path) -> list[list[list[str]]]:
    return [table.grid() for table in parse(path).tables]


def as_lists(*rows: Row) -> list[list[str]]:
    return [[*row] for row in rows]


@pytest.mark.parametrize("count", [2, 3, 4, 5])
@pytest.mark.parametrize("first_filled", [False, True])
def test_stripes_of_cells_are_one_table(count: int, first_filled: bool, tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        put_table(page, 200, ROWS[:count], first_filled)
        page.lines(60, 400, PROSE)
    assert grids(path) == [as_lists(HEADER, *ROWS[:count])]


def test_a_heading_between_parts_two_tables(tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    others = [("Bibliotek", "1,0", "1,1", "0,1"), ("Museum", "2,0", "2,2", "0,2")]
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        end = put_table(page, 200, ROWS[:3], False)
        page.put(60, end + 24, "Kultur och fritid", size=12, font=BOLD)
        put_table(page, end + 36, others, False)
    assert grids(path) == [as_lists(HEADER, *ROWS[:3]), as_lists(HEADER, *others)]


def test_a_group_row_without_fill_stays_in_its_table(tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    group = ("Individ- och familjeomsorg", "", "", "")
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        put_table(page, 200, [ROWS[0], ROWS[1], group, ROWS[2], ROWS[3]], False)
    assert grids(path) == [as_lists(HEADER, ROWS[0], ROWS[1], group, ROWS[2], ROWS[3])]


def test_rows_under_a_header_of_filled_cells_are_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        put_row(page, 200, HEADER, filled=True, font=BOLD)
        for number, row in enumerate(ROWS[:4]):
            put_row(page, 200 + STEP * (number + 1), row, filled=False)
        page.lines(60, 400, PROSE)
    assert grids(path) == [as_lists(HEADER, *ROWS[:4])]


def test_rows_that_are_not_filled_stand_among_stripes(tmp_path: Path) -> None:
    """Sums have no fill, but a rule below; a group's name stands between two of them."""
    path = tmp_path / "sida.pdf"
    group = ("Vuxna", "", "", "")
    rows = [ROWS[0], ROWS[1], ROWS[2], group, ROWS[3], ROWS[4]]
    filled = [False, True, False, False, False, True]
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        put_row(page, 200, HEADER, filled=True, font=BOLD)
        for number, (row, fill) in enumerate(zip(rows, filled, strict=True), 1):
            put_row(page, 200 + STEP * number, row, filled=fill)
            if not fill:
                page.line(SIDES[0], 200 + STEP * (number + 1), SIDES[-1], 200 + STEP * (number + 1))
        page.lines(60, 400, PROSE)
    assert grids(path) == [as_lists(HEADER, *rows)]


def test_the_name_of_a_group_may_end_a_page(tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    group = ("Vuxna", "", "", "")
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        end = put_table(page, 640, ROWS[:4], False)
        put_row(page, end, group, filled=False)
        page.turn()
        put_row(page, 60, ROWS[4], filled=False)
        put_row(page, 60 + STEP, ROWS[0], filled=True)
        put_row(page, 60 + 2 * STEP, ROWS[1], filled=False)
        page.lines(60, 200, PROSE)
    assert grids(path) == [as_lists(HEADER, *ROWS[:4], group, ROWS[4], ROWS[0], ROWS[1])]


def test_a_note_below_a_table_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        end = put_table(page, 640, ROWS[:4], False)
        page.put(57, end + 11, "Minus är underskott.", size=7)
    assert grids(path) == [as_lists(HEADER, *ROWS[:4])]


def test_the_name_of_a_group_stands_before_the_last_rows(tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    group = ("Övrigt", "", "", "")
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        end = put_table(page, 200, ROWS[:3], True)
        for number, row in enumerate([group, ROWS[3], ROWS[4]]):
            put_row(page, end + STEP * number, row, filled=False)
            lower = end + STEP * (number + 1)
            page.line(SIDES[0], lower, SIDES[-1], lower)
        page.lines(60, 400, PROSE)
    assert grids(path) == [as_lists(HEADER, *ROWS[:3], group, ROWS[3], ROWS[4])]


def test_a_group_filled_across_all_columns_is_a_row_of_its_own(tmp_path: Path) -> None:
    """Its fill has no sides within; the rows above and below have none of their own."""
    path = tmp_path / "sida.pdf"
    group = ("Barn och unga", "", "", "")
    rows = [ROWS[0], ROWS[1], ROWS[2], group, ROWS[3], ROWS[4]]
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        put_row(page, 200, HEADER, filled=True, font=BOLD)
        for number, row in enumerate(rows, 1):
            if row is group:
                page.canvas.setFillGray(GREY)
                upper = 200 + STEP * number
                page.rectangle(SIDES[0], upper, SIDES[-1], upper + STEP, fill=1, stroke=0)
                page.canvas.setFillGray(0)
            put_row(page, 200 + STEP * number, row, filled=number in (2, 6))
        page.lines(60, 400, PROSE)
    assert grids(path) == [as_lists(HEADER, *rows)]
