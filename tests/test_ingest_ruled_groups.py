"""Tables with rules between rows whose groups are named in rows of their own, filled or large."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from pdf_pages import BOLD, PROSE, Sheet, sheet
from reportlab.pdfbase import pdfmetrics

from ingest.document import parse

Row = Sequence[str]
LEFT, RIGHTS = 60.0, (300.0, 370.0, 440.0, 510.0)
STEP = 17.0
YEARS = ("", "2021", "2022", "2023", "2024")
ROWS = [
    ("Hemtjänst, timmar", "1 842", "1 967", "2 214", "2 310"),
    ("Boendestöd, personer", "512", "548", "611", "598"),
    ("Dagverksamhet, platser", "88", "91", "97", "102"),
]
LONG = "Mål 1. Äldre i kommunen ska kunna bo kvar hemma så länge de själva vill – bedömning: gul"


def put_row(page: Sheet, y: float, row: Row, font: str = "Helvetica") -> None:
    page.put(LEFT, y, row[0], size=9, font=font)
    for text, right in zip(row[1:], RIGHTS, strict=True):
        page.put(right - pdfmetrics.stringWidth(text, font, 9), y, text, size=9, font=font)


def put_group(page: Sheet, y: float, name: str) -> None:
    page.canvas.setFillGray(0.9)
    page.rectangle(LEFT - 4, y - 11, RIGHTS[-1] + 4, y + 5, fill=1, stroke=0)
    page.canvas.setFillGray(0)
    page.put(LEFT, y, name, size=9, font=BOLD)


def put_rule(page: Sheet, y: float, left: float = LEFT - 4) -> None:
    page.line(left, y, RIGHTS[-1] + 4, y)


def grids(path: Path) -> list[list[list[str]]]:
    return [table.grid() for table in parse(path).tables]


def as_lists(*rows: Row) -> list[list[str]]:
    return [[*row] for row in rows]


@pytest.mark.parametrize("name", ["Äldre", LONG])
def test_the_header_above_a_group_is_the_tables(name: str, tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    group = (name, "", "", "", "")
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        put_row(page, 200, YEARS, BOLD)
        y = 200 + STEP
        for part in ([group, ROWS[0], ROWS[1]], [group, ROWS[2], ROWS[0]]):
            put_group(page, y, name)
            for row in part[1:]:
                y += STEP
                put_row(page, y, row)
                put_rule(page, y + 5)
            y += STEP
        page.lines(60, 420, PROSE)
    assert grids(path) == [as_lists(YEARS, group, ROWS[0], ROWS[1], group, ROWS[2], ROWS[0])]


def test_a_rule_inside_a_header_is_not_its_end(tmp_path: Path) -> None:
    """ "2025" over five columns stands on a rule of its own; the rule below all is longer."""
    path = tmp_path / "sida.pdf"
    names = ("", "Lärare", "Lokaler", "Måltider", "Summa")
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        put_rule(page, 185)
        page.put(LEFT, 200, "Kronor per elev", size=9, font=BOLD)
        page.put(370, 200, "2025", size=9, font=BOLD)
        put_rule(page, 205, 240)
        put_row(page, 218, names, BOLD)
        put_rule(page, 223)
        page.put(LEFT, 236, "Yrkesprogram", size=9, font=BOLD)
        for number, row in enumerate(ROWS):
            put_row(page, 236 + STEP * (number + 1), row)
        page.lines(60, 420, PROSE)
    (grid,) = grids(path)
    assert [row[0] for row in grid[-4:]] == ["Yrkesprogram", *(row[0] for row in ROWS)]
    assert grid[-3:] == as_lists(*ROWS)


def test_an_underlined_heading_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        put_rule(page, 185)
        put_row(page, 200, YEARS, BOLD)
        put_rule(page, 205)
        put_row(page, 218, ROWS[0])
        put_row(page, 218 + STEP, ROWS[1])
        put_rule(page, 240)
        page.put(LEFT, 280, "Personal", size=16, font=BOLD)
        put_rule(page, 286)
        page.lines(60, 310, PROSE)
    assert grids(path) == [as_lists(YEARS, ROWS[0], ROWS[1])]


def test_columns_of_prose_between_underlined_headings_are_no_table(tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    half = [
        "Nämnden ansvarar för skolan",
        "och för vuxnas utbildning i",
        "hela kommunen sedan länge.",
    ]
    with sheet(path) as page:
        for y, heading in ((100, "Plan"), (160, "Inledning"), (320, "Uppdrag")):
            page.put(LEFT, y, heading, size=16, font=BOLD)
            put_rule(page, y + 6)
        for x, at in ((60, 190), (310, 190)):
            page.lines(x, at, half * 2)
        page.lines(60, 350, PROSE)
    assert grids(path) == []


def test_a_header_said_again_leads_the_last_row(tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    total = ("Summa", "2 442", "2 606", "2 922", "3 010")
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        for top, rows in ((690, ROWS), (70, [total])):
            put_rule(page, top - 13)
            put_row(page, top, YEARS, BOLD)
            put_rule(page, top + 5)
            for number, row in enumerate(rows, 1):
                put_row(page, top + STEP * number, row)
            if top == 690:
                page.turn()
        page.lines(60, 140, PROSE)
    assert grids(path) == [as_lists(YEARS, *ROWS, total)]


def test_rules_around_the_last_rows_do_not_part_the_rest_of_a_table(tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    rest = [ROWS[1], ROWS[2], ROWS[0], ("Summa", "2 442", "2 606", "2 922", "3 010")]
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        put_rule(page, 677)
        put_row(page, 690, YEARS, BOLD)
        put_rule(page, 695)
        for number, row in enumerate(ROWS, 1):
            put_row(page, 690 + STEP * number, row)
        page.turn()
        for number, row in enumerate(rest):
            put_row(page, 70 + STEP * number, row)
        for y in (70 + 2 * STEP + 5, 70 + 3 * STEP + 5, 70 + 3 * STEP + 7):
            put_rule(page, y)
        page.lines(60, 220, PROSE)
    assert grids(path) == [as_lists(YEARS, *ROWS, *rest)]


def test_a_unit_is_a_column_of_its_own_under_a_heading_over_two(tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        for text, right in (("Budget", 300.0), ("Utfall", 370.0), ("Avvikelse mot budget", 500.0)):
            page.put(right - pdfmetrics.stringWidth(text, BOLD, 9), 200, text, size=9, font=BOLD)
        put_rule(page, 205, 240)
        put_row(page, 218, ("Nettokostnad", "2024", "2024", "tkr", "%"), BOLD)
        put_rule(page, 223)
        for number, row in enumerate(ROWS):
            put_row(page, 218 + STEP * (number + 1), row)
            put_rule(page, 218 + STEP * (number + 1) + 5)
        page.lines(60, 420, PROSE)
    (table,) = parse(path).tables
    heads = [(c.text, c.column, c.column_span) for c in table.cells if c.row == 0 and c.text]
    assert ("Avvikelse mot budget", 3, 2) in heads
    assert [c.text for c in table.cells if c.row == 1][-2:] == ["tkr", "%"]


def test_a_lone_upper_heading_belongs_to_the_second_table_between_rules(tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        put_row(page, 200, YEARS, BOLD)
        put_rule(page, 205)
        for number, row in enumerate(ROWS):
            put_row(page, 218 + STEP * number, row)
        put_rule(page, 218 + 2 * STEP + 5)
        page.put(LEFT, 290, "Biblioteken", size=9, font=BOLD)
        page.put(440, 311, "Fysiska utlån", size=9, font=BOLD)
        put_row(page, 322, ("Enhet", "Besök 2023", "Besök 2024", "Lån 2023", "2024"), BOLD)
        put_rule(page, 327)
        for number, row in enumerate(ROWS):
            put_row(page, 340 + STEP * number, row)
        put_rule(page, 340 + 2 * STEP + 5)
        page.lines(60, 460, PROSE)
    tables = [table.grid() for table in parse(path).tables]
    assert len(tables) == 2
    assert any("utlån" in text for row in tables[1] for text in row)


def test_the_corner_may_stand_between_two_levels_of_a_header(tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        page.put(286, 193, "Januari–augusti", size=9, font=BOLD)
        page.put(448, 193, "Helår", size=9, font=BOLD)
        page.put(LEFT, 200, "mnkr", size=12, font=BOLD)
        put_row(page, 209, ("", "Budget", "Utfall", "Budget", "Prognos"), BOLD)
        put_rule(page, 214)
        for number, row in enumerate(ROWS):
            put_row(page, 214 + STEP * number + 13, row)
            put_rule(page, 214 + STEP * (number + 1))
        page.lines(60, 420, PROSE)
    (table,) = parse(path).tables
    heads = [(c.text, c.column, c.column_span) for c in table.cells if c.row == 0 and c.text]
    assert heads == [("Januari–augusti", 1, 2), ("Helår", 3, 2)]
