"""Tables without ruled columns: what tells their columns and rows apart, on one drawn page each."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from pdf_pages import BOLD, PROSE, Sheet, sheet
from reportlab.pdfbase import pdfmetrics

from ingest.document import parse

Row = Sequence[str]
MM = 72 / 25.4
LABEL = 60.0


def put_row(page: Sheet, y: float, row: Row, rights: Sequence[float], font: str) -> None:
    """Write a row: the label at the left, the rest ending at `rights`."""
    for text, right in zip(row, (None, *rights), strict=True):
        lines = text.split("\n")
        for index, line in enumerate(lines):
            at = y - 12 * (len(lines) - 1 - index)
            width = pdfmetrics.stringWidth(line, font, 9)
            page.put(LABEL if right is None else right - width, at, line, size=9, font=font)


def rule(page: Sheet, right: float, ys: Iterable[float]) -> None:
    for y in ys:
        page.line(LABEL - 4, y, right + 4, y)


YEARLY = ("Verksamhet", "Utfall\n2024", "Budget\n2025", "Budget\n2026", "Plan\n2027")
VOLUMES = [
    ("Hemtjänst, timmar", "251 300", "258 000", "268 000", "273 000"),
    ("Korttidsvård", "34", "34", "32", "32"),
    ("Särskilt boende", "396", "412", "444", "444"),
]


@pytest.mark.parametrize("rules", ["none", "header", "lines"])
def test_a_heading_over_its_year_is_one_heading(rules: str, tmp_path: Path) -> None:
    rights = [160 + 17 * MM * column for column in range(1, 5)]
    with sheet(tmp_path / "sida.pdf") as page:
        page.lines(60, 100, PROSE)
        put_row(page, 216, YEARLY, rights, BOLD)
        for index, row in enumerate(VOLUMES):
            put_row(page, 236 + 18 * index, row, rights, "Helvetica")
        ys = {"none": [], "header": [221], "lines": [190, 221, 240, 258, 276]}
        rule(page, rights[-1], ys[rules])
    (table,) = parse(tmp_path / "sida.pdf").tables
    assert table.header_rows == 1
    assert table.grid() == [[*row] for row in (YEARLY, *VOLUMES)]


PERIODS = ("Verksamhet", "Utfall", "Budget", "Avvikelse", "Prognos", "Budget", "Avvikelse")
ACCOUNTS = [
    ("Nämnd och ledning", "24 087", "25 300", "1 213", "36 300", "38 200", "1 900"),
    ("Hemtjänst", "136 518", "130 000", "−6 518", "206 000", "196 400", "−9 600"),
    ("Särskilt boende", "201 609", "197 600", "−4 009", "304 900", "298 600", "−6 300"),
    ("Korttidsvård", "20 594", "21 100", "506", "31 100", "31 900", "800"),
    ("Nettokostnad", "541 226", "531 300", "−9 926", "818 100", "803 200", "−14 900"),
]


@pytest.mark.parametrize("way", [0.0, 0.5, 1.0], ids=["left", "centre", "right"])
@pytest.mark.parametrize("rules", ["none", "header", "lines"])
@pytest.mark.parametrize(
    "upper", [("Januari–augusti", "Helår 2025"), ("Utfall och budget januari–augusti", "Prognos")]
)
def test_an_upper_heading_hides_no_columns(
    upper: tuple[str, str], rules: str, way: float, tmp_path: Path
) -> None:
    width = 19.3 * MM
    rights = [150 + width * column for column in range(1, 7)]
    with sheet(tmp_path / "sida.pdf") as page:
        page.lines(60, 100, PROSE)
        for index, text in enumerate(upper):
            room = 3 * width - 8 - pdfmetrics.stringWidth(text, BOLD, 9)
            page.put(154 + 3 * width * index + way * room, 202, text, size=9, font=BOLD)
        put_row(page, 216, PERIODS, [right - 4 for right in rights], BOLD)
        for index, row in enumerate(ACCOUNTS):
            put_row(page, 236 + 16 * index, row, [right - 4 for right in rights], "Helvetica")
        ys = {"none": [], "header": [221], "lines": [190, 221, *range(241, 306, 16)]}
        rule(page, rights[-1], ys[rules])
    (table,) = parse(tmp_path / "sida.pdf").tables
    assert table.header_rows == 2
    assert table.grid()[0] == ["", upper[0], "", "", upper[1], "", ""]
    assert table.grid()[1:] == [[*row] for row in (PERIODS, *ACCOUNTS)]


def put_rows(page: Sheet, y: float, rows: Sequence[Row], rights: Sequence[float]) -> float:
    """Write rows of values 16 points apart; returns where the next one stands."""
    for index, row in enumerate(rows):
        put_row(page, y + 16 * index, row, rights, "Helvetica")
    return y + 16 * len(rows)


OTHER = ("Ålder", "2024", "2026", "2028", "2030", "2032", "2034")
NAMES = ("Område", "Intäkt", "Kostnad", "Netto", "Intäkt", "Kostnad", "Netto")
LONG = ("Hälso- och sjukvård i hemmet", *ACCOUNTS[3][1:])


@pytest.mark.parametrize("rules", ["none", "lines"])
@pytest.mark.parametrize("rest", [[LONG], [LONG, ACCOUNTS[4]], [ACCOUNTS[4], LONG, ACCOUNTS[3]]])
def test_rows_on_the_next_page_go_on_with_the_table(
    rest: list[Row], rules: str, tmp_path: Path
) -> None:
    rights = [200 + 55 * column for column in range(1, 7)]
    with sheet(tmp_path / "sida.pdf") as page:
        page.lines(60, 100, PROSE)
        put_row(page, 690, PERIODS, rights, BOLD)
        last = put_rows(page, 710, ACCOUNTS[:3], rights)
        rule(page, rights[-1], range(695, round(last), 16) if rules == "lines" else [695])
        page.turn()
        last = put_rows(page, 60, rest, rights)
        rule(page, rights[-1], range(48, round(last), 16) if rules == "lines" else [])
        page.lines(60, last + 14, PROSE)
    document = parse(tmp_path / "sida.pdf")
    (table,) = document.tables
    assert (table.page, table.last_page) == (1, 2)
    assert table.grid() == [[*row] for row in (PERIODS, *ACCOUNTS[:3], *rest)]
    assert PROSE[0] in document.pages[1].text.splitlines()


@pytest.mark.parametrize("heading", [NAMES, OTHER], ids=["words", "years"])
def test_a_header_on_the_next_page_begins_a_table(heading: Row, tmp_path: Path) -> None:
    rights = [200 + 55 * column for column in range(1, 7)]
    with sheet(tmp_path / "sida.pdf") as page:
        page.lines(60, 100, PROSE)
        put_row(page, 690, PERIODS, rights, BOLD)
        put_rows(page, 710, ACCOUNTS[:3], rights)
        page.turn()
        put_row(page, 60, heading, rights, BOLD)
        page.lines(60, put_rows(page, 80, [LONG, *ACCOUNTS[:2]], rights) + 30, PROSE)
    first, second = parse(tmp_path / "sida.pdf").tables
    assert first.grid() == [[*row] for row in (PERIODS, *ACCOUNTS[:3])]
    assert second.grid() == [[*row] for row in (heading, LONG, *ACCOUNTS[:2])]


UPPER = ("", "", "Januari–augusti", "", "", "Helår 2025", "")
GROUP = ("Äldreomsorg", "", "", "", "", "", "")


@pytest.mark.parametrize("levels", [1, 2])
@pytest.mark.parametrize("rules", ["none", "header"])
@pytest.mark.parametrize("step", [24, 32, 36])
def test_rows_far_apart_are_one_table(step: int, rules: str, levels: int, tmp_path: Path) -> None:
    rights = [200 + 55 * column for column in range(1, 7)]
    body = [*ACCOUNTS[:2], *([GROUP] if rules == "header" else []), *ACCOUNTS[2:]]
    with sheet(tmp_path / "sida.pdf") as page:
        page.lines(60, 100, PROSE)
        if levels == 2:
            put_row(page, 250 - step, UPPER, rights, BOLD)
        put_row(page, 250, PERIODS, rights, BOLD)
        rule(page, rights[-1], [250 + step / 3] if rules == "header" else [])
        for index, row in enumerate(body):
            put_row(page, 250 + step * (index + 1), row, rights, "Helvetica")
        page.lines(60, 250 + step * (len(body) + 1), PROSE)
    document = parse(tmp_path / "sida.pdf")
    (table,) = document.tables
    assert table.header_rows == levels
    assert table.grid()[levels - 1 :] == [[*row] for row in (PERIODS, *body)]
    assert PROSE[0] in document.pages[0].text.splitlines()


def test_a_table_far_below_another_is_its_own(tmp_path: Path) -> None:
    rights = [200 + 55 * column for column in range(1, 7)]
    with sheet(tmp_path / "sida.pdf") as page:
        page.lines(60, 100, PROSE)
        put_row(page, 200, PERIODS, rights, BOLD)
        last = put_rows(page, 216, ACCOUNTS[:3], rights)
        put_row(page, last + 24, OTHER, rights, BOLD)
        page.lines(60, put_rows(page, last + 40, ACCOUNTS[2:], rights) + 30, PROSE)
    first, second = parse(tmp_path / "sida.pdf").tables
    assert first.grid() == [[*row] for row in (PERIODS, *ACCOUNTS[:3])]
    assert second.grid() == [[*row] for row in (OTHER, *ACCOUNTS[2:])]


PROGRAMMES = ("Program", "Elever\n2024", "Varav från\nannan kommun", "Kostnad per\nelev, kr")
PUPILS = [
    ("Barn- och fritidsprogrammet", "79", "11", "118 400"),
    ("Ekonomiprogrammet", "221", "27", "97 300"),
    ("Estetiska programmet", "57", "9", "142 600"),
    ("Teknikprogrammet", "151", "20", "108 200"),
    ("Naturbruksprogrammet", "39", "21", "214 300"),
    ("Hotell- och turismprogrammet", "18", "3", "158 700"),
    ("Humanistiska programmet", "23", "2", "121 100"),
    ("Industritekniska programmet", "35", "8", "189 400"),
]


def test_a_wider_table_below_a_narrower_one_keeps_its_last_column(tmp_path: Path) -> None:
    rights = [300.0, 380.0, 500.0]
    narrow = [("Flickor", "74", "66", "70"), ("Pojkar", "81", "87", "84")]
    with sheet(tmp_path / "sida.pdf") as page:
        put_row(page, 100, ("Indikator", "2022", "2023", "2024"), [250.0, 320.0, 440.0], BOLD)
        for index, row in enumerate(narrow):
            put_row(page, 118 + 18 * index, row, [250.0, 320.0, 440.0], "Helvetica")
        rule(page, 440, [105, 123, 141])
        page.put(LABEL, 180, "Elever och kostnad", size=13, font=BOLD)
        put_row(page, 216, PROGRAMMES, rights, BOLD)
        for index, row in enumerate(PUPILS):
            put_row(page, 236 + 18 * index, row, rights, "Helvetica")
        rule(page, 500, [221])
    last = parse(tmp_path / "sida.pdf").tables[-1]
    assert [row[-1] for row in last.grid()[1:]] == [row[-1] for row in PUPILS]


def test_a_rule_under_the_heads_of_groups_alone_leaves_the_rows_their_labels(
    tmp_path: Path,
) -> None:
    rights = [170 + 60.0 * column for column in range(1, 7)]
    with sheet(tmp_path / "sida.pdf") as page:
        page.put(LABEL, 100, "Verksamhet", size=9, font=BOLD)
        page.put(220, 100, "Januari–augusti", size=9, font=BOLD)
        page.put(400, 100, "Helår", size=9, font=BOLD)
        page.line(180, 105, rights[-1] + 4, 105)
        put_row(page, 118, ("", *PERIODS[1:]), rights, BOLD)
        for index, row in enumerate(ACCOUNTS):
            put_row(page, 140 + 16 * index, row, rights, "Helvetica")
        rule(page, rights[-1], [123, 140 + 16 * len(ACCOUNTS) - 10])
    (table,) = parse(tmp_path / "sida.pdf").tables
    assert [row[0] for row in table.grid()[-5:]] == [row[0] for row in ACCOUNTS]


def test_a_head_in_the_middle_of_two_lines_is_no_line_of_its_own(tmp_path: Path) -> None:
    rights = [300.0, 390.0, 500.0]
    with sheet(tmp_path / "sida.pdf") as page:
        put_row(page, 96, ("", *PROGRAMMES[1:]), rights, BOLD)
        page.put(LABEL, 90, PROGRAMMES[0], size=9, font=BOLD)
        for index, row in enumerate(PUPILS):
            put_row(page, 116 + 18 * index, row, rights, "Helvetica")
        rule(page, 500, [101])
    (table,) = parse(tmp_path / "sida.pdf").tables
    heads = [" ".join(head.split()) for head in table.grid()[0]]
    assert heads == [" ".join(head.split()) for head in PROGRAMMES]
