"""Tables under one another between the same rules: each new header starts a table."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from pdf_pages import BOLD, PROSE, Sheet, sheet
from reportlab.pdfbase import pdfmetrics

from ingest.document import parse

Row = Sequence[str]
STEP = 18
RIGHTS = (270.0, 360.0, 450.0)
MONEY = ("Verksamhet", "Budget 2024", "Utfall 2024", "Avvikelse")
COSTS = [
    ("Hemtjänst", "120 000", "125 500", "−5 500"),
    ("Familjehem", "30 000", "33 400", "−3 400"),
]
VISITS = ("Besök", "2022", "2023", "2024")
VISITORS = [("Badhuset", "41 200", "43 100", "44 800"), ("Ishallen", "12 400", "11 900", "12 050")]


def put_rows(page: Sheet, y: float, rows: Sequence[Row], font: str = "Helvetica") -> float:
    """Write rows, each between rules; returns where the next one stands."""
    for row in rows:
        for text, right in zip(row, (None, *RIGHTS), strict=True):
            width = pdfmetrics.stringWidth(text, font, 9)
            page.put(60 if right is None else right - width, y, text, size=9, font=font)
        page.line(56, y + 5, RIGHTS[-1] + 4, y + 5)
        y += STEP
    return y


def put_heading(page: Sheet, y: float, text: str) -> float:
    """Write a heading of its own between the rules."""
    page.put(60, y, text, size=9, font=BOLD)
    page.line(56, y + 5, RIGHTS[-1] + 4, y + 5)
    return y + STEP


def grids(path: Path) -> list[list[list[str]]]:
    return [table.grid() for table in parse(path).tables]


def as_lists(*rows: Row) -> list[list[str]]:
    return [[*row] for row in rows]


@pytest.mark.parametrize("heading", ["", "Besök i anläggningarna"])
def test_other_heads_start_a_table(heading: str, tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        y = put_rows(page, 200, [MONEY], BOLD)
        y = put_rows(page, y, COSTS)
        y = put_heading(page, y, heading) if heading else y
        y = put_rows(page, y, [VISITS], BOLD)
        put_rows(page, y, VISITORS)
    first, second = grids(path)
    assert first == as_lists(MONEY, *COSTS)
    assert second == as_lists(VISITS, *VISITORS)


def test_the_same_heads_under_a_heading_of_their_own_start_a_table(tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    others = [("Förskola", "80 000", "79 100", "900"), ("Grundskola", "90 000", "92 000", "−2 000")]
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        y = put_rows(page, 200, [MONEY], BOLD)
        y = put_rows(page, y, COSTS)
        y = put_heading(page, y, "Skolverksamheten")
        y = put_rows(page, y, [MONEY], BOLD)
        put_rows(page, y, others)
    first, second = grids(path)
    assert first == as_lists(MONEY, *COSTS)
    assert second == as_lists(MONEY, *others)


def test_the_same_heads_again_start_no_table(tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        y = put_rows(page, 200, [MONEY], BOLD)
        y = put_rows(page, y, COSTS[:1])
        y = put_rows(page, y, [MONEY], BOLD)
        put_rows(page, y, COSTS[1:])
    assert len(grids(path)) == 1


def test_the_second_line_of_a_cell_is_no_heading(tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        y = put_rows(page, 200, [MONEY], BOLD)
        y = put_rows(page, y, COSTS[:1])
        page.put(60, y, "Hem för vård", size=9)
        for text, right in zip(COSTS[1][1:], RIGHTS, strict=True):
            page.put(right - pdfmetrics.stringWidth(text, "Helvetica", 9), y, text, size=9)
        page.put(60, y + 11, "eller boende", size=9)
        page.line(56, y + 16, RIGHTS[-1] + 4, y + 16)
        y = put_rows(page, y + 11 + STEP, [VISITS], BOLD)
        put_rows(page, y, VISITORS)
    first, second = grids(path)
    assert first[-1] == ["Hem för vård\neller boende", *COSTS[1][1:]]
    assert second == as_lists(VISITS, *VISITORS)
