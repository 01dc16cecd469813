"""Tables of hard shapes: header levels, tables beside each other, turned tables, units."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import table_pages
from pdf_pages import PROSE
from table_pages import NAMES, NARROW_PROSE, SMALL, value

from ingest.document import parse
from ingest.types import BlockKind, ParsedDocument, Table


def parsed(tmp_path: Path, draw: Callable[..., None], *args: Any, **how: Any) -> ParsedDocument:
    path = tmp_path / "sida.pdf"
    draw(path, *args, **how)
    return parse(path)


def header(table: Table) -> list[tuple[int, str, int, int]]:
    """Row, text, column and column span of all header cells that say something."""
    return [
        (cell.row, cell.text, cell.column, cell.column_span)
        for cell in table.cells
        if cell.row < table.header_rows and cell.text
    ]


def body(columns: int) -> list[list[str]]:
    return [
        [name, *(value(row, column) for column in range(columns))] for row, name in enumerate(NAMES)
    ]


YEARS = (("Utfall", ("2023", "2024")), ("Budget", ("2024", "2025")))
UNEVEN = (("Utfall", ("2022", "2023", "2024")), ("Plan", ("2025", "2026")))
WHOLE_YEAR = (("Helår 2024 (tkr)", ("Budget", "Prognos", "Avvikelse")),)
LONE = (*YEARS, ("Avvikelse", ()))
WAYS = ("left", "centre", "right")
RULES = ("none", "header", "lines", "grid")


def expected(groups: Any) -> list[tuple[int, str, int, int]]:
    upper, lower, column = [], [(1, "Verksamhet", 0, 1)], 1
    for heading, names in groups:
        if names:
            upper.append((0, heading, column, len(names)))
        for index, name in enumerate(names or (heading,)):
            lower.append((1, name, column + index, 1))
        column += max(1, len(names))
    return [*upper, *lower]


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("lower", WAYS)
@pytest.mark.parametrize(
    "groups", [YEARS, UNEVEN, WHOLE_YEAR, LONE], ids=["two", "uneven", "one", "lone"]
)
def test_an_upper_heading_spans_the_columns_of_its_group(
    groups: Any, lower: str, way: str, rules: str, tmp_path: Path
) -> None:
    (table,) = parsed(tmp_path, table_pages.levels, groups, way, rules, lower).tables
    columns = table.columns - 1
    assert header(table) == expected(groups)
    assert table.grid()[2:] == body(columns)


BROKEN = (
    ("Prognos\nhelår", "Budget", "Avvikelse"),
    ("Budget\n2024", "Utfall\n2024", "Avvikelse"),
    ("Bokslut\n2023", "Personal-\nkostnader", "Andel"),
    ("Utfall\n(tkr)", "Budget", "Avvi-\nkelse"),
    ("Netto\nkostnad", "Antal\nplatser", "Andel"),
)


@pytest.mark.parametrize("rules", ["none", "header", "lines"])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("headings", BROKEN, ids=["1", "2", "3", "4", "5"])
def test_a_heading_in_two_lines_spans_one_column(
    headings: tuple[str, ...], way: str, rules: str, tmp_path: Path
) -> None:
    (table,) = parsed(tmp_path, table_pages.wrapped_headings, headings, rules, way).tables
    assert all(cell.column_span == 1 for cell in table.cells)
    levels = table.grid()[: table.header_rows]
    said = [" ".join(filter(None, texts)) for texts in zip(*levels, strict=True)]
    assert [" ".join(text.split()) for text in said] == [
        "Verksamhet",
        *(" ".join(heading.split()) for heading in headings),
    ]
    assert table.grid()[table.header_rows :] == body(3)


def small_grid(names: tuple[str, ...]) -> list[list[str]]:
    rows = [[name, value(row, 0), value(row, 1)] for row, name in enumerate(names)]
    return [["Verksamhet", "2023", "2024"], *rows]


@pytest.mark.parametrize("shift", [0.0, 7.0])
@pytest.mark.parametrize("rules", ["none", "lines", "grid"])
def test_two_tables_beside_each_other_are_two(rules: str, shift: float, tmp_path: Path) -> None:
    document = parsed(tmp_path, table_pages.two_tables, rules, shift)
    names = ("Skola", "Förskola", *SMALL[:3])
    assert [table.grid() for table in document.tables] == [small_grid(SMALL), small_grid(names)]
    assert [table.caption for table in document.tables] == [
        "Tabell 1. Hemtjänst med mera, tkr",
        "Tabell 2. Skola med mera, tkr",
    ]
    prose = " ".join(PROSE)
    assert [(block.kind, block.text) for block in document.pages[0].blocks if block.text] == [
        (BlockKind.PARAGRAPH, prose),
        (BlockKind.CAPTION, "Tabell 1. Hemtjänst med mera, tkr"),
        (BlockKind.CAPTION, "Tabell 2. Skola med mera, tkr"),
        (BlockKind.HEADING, "Personal"),
        (BlockKind.PARAGRAPH, prose),
    ]


@pytest.mark.parametrize("y", [200.0, 211.0, 190.0])
@pytest.mark.parametrize("left", [True, False], ids=["left", "right"])
@pytest.mark.parametrize("rules", ["none", "lines", "grid"])
def test_prose_beside_a_table_stays_whole(rules: str, left: bool, y: float, tmp_path: Path) -> None:
    document = parsed(tmp_path, table_pages.table_and_prose, rules, left, y)
    (table,) = document.tables
    assert table.grid() == small_grid(SMALL)
    caption = f"Tabell {1 if left else 2}. Hemtjänst med mera, tkr"
    assert table.caption == caption
    beside = [(BlockKind.CAPTION, caption), (BlockKind.TABLE, ""), (BlockKind.PARAGRAPH, "prose")]
    if not left:
        beside = [beside[2], *beside[:2]]
    narrow = " ".join(NARROW_PROSE)
    blocks = document.pages[0].blocks
    assert [(block.kind, block.text.replace(narrow, "prose")) for block in blocks] == [
        (BlockKind.PARAGRAPH, " ".join(PROSE)),
        *beside,
        (BlockKind.HEADING, "Personal"),
        (BlockKind.PARAGRAPH, " ".join(PROSE)),
    ]


@pytest.mark.parametrize("angle", [90, 270])
@pytest.mark.parametrize("rules", ["none", "lines", "grid"])
def test_headings_set_on_end_are_the_header_of_their_columns(
    rules: str, angle: int, tmp_path: Path
) -> None:
    (table,) = parsed(tmp_path, table_pages.upended_headings, rules, angle).tables
    assert (table.header_rows, table.row_count) == (1, 1 + len(NAMES))
    assert table.grid()[0] == ["Verksamhet", *table_pages.UPENDED]
    assert table.grid()[1] == ["Hemtjänst", "100", "129", "158", "187", "216"]


@pytest.mark.parametrize("turn", ["text", "page"])
@pytest.mark.parametrize("angle", [90, 180, 270])
@pytest.mark.parametrize("rules", RULES)
def test_a_turned_table_is_read_as_an_upright_one(
    rules: str, angle: int, turn: str, tmp_path: Path
) -> None:
    draw = table_pages.sideways if turn == "text" else table_pages.rotated_page
    order = (rules, angle) if turn == "text" else (angle, rules)
    document = parsed(tmp_path, draw, *order)
    (table,) = document.tables
    assert table.grid() == [["Verksamhet", "Budget", "Utfall", "Avvikelse"], *body(3)]
    assert (table.caption, table.unit) == ("Tabell 1. Kostnader per verksamhet, tkr", "tkr")
    (page,) = document.pages
    kinds = [(block.kind, block.text) for block in page.blocks if block.text != "2"]
    assert kinds == [
        (BlockKind.PARAGRAPH, " ".join(PROSE)),
        (BlockKind.CAPTION, table.caption),
        (BlockKind.TABLE, ""),
        (BlockKind.PARAGRAPH, " ".join(PROSE[:2])),
    ]


@pytest.mark.parametrize("angle", [90, 270])
def test_places_of_a_turned_table_are_those_on_the_page(angle: int, tmp_path: Path) -> None:
    document = parsed(tmp_path, table_pages.sideways, "grid", angle)
    (page,), (table,) = document.pages, document.tables
    boxes = {page.text[word.start : word.end]: word.box for word in page.words}
    for text in ("Korttidsboende", "Avvikelse"):
        (cell,) = [cell for cell in table.cells if cell.text == text]
        x0, y0, x1, y1 = boxes[text]
        assert x1 - x0 < y1 - y0  # it stands on end
        assert cell.box[0] <= (x0 + x1) / 2 <= cell.box[2]
        assert cell.box[1] <= (y0 + y1) / 2 <= cell.box[3]
        assert cell.box[0] >= 0 and cell.box[2] <= page.width
        assert cell.box[1] >= 0 and cell.box[3] <= page.height
    first, last = boxes["Hemtjänst"], boxes["Summa"]
    assert (first[0] < last[0]) == (angle == 90)


@pytest.mark.parametrize("rules", ["none", "lines"])
@pytest.mark.parametrize(
    ("how", "unit"),
    [
        ({}, ""),
        ({"above": ("Belopp i tkr",)}, "tkr"),
        ({"above": ("Driftredovisning (mnkr)",)}, "mnkr"),
        ({"above": ("Driftredovisning", "(tkr)")}, "tkr"),
        ({"above": ("Alla belopp anges i tusental kronor.",)}, "tusental kronor"),
        ({"above": ("Alla belopp redovisas i tusentals kronor",)}, "tusentals kronor"),
        ({"above": ("Kostnaderna ökade med 5 %.",)}, ""),
        ({"above": ("Nettokostnad per person och år",)}, ""),
        ({"above": ("Väntetid i dagar",)}, "dagar"),
        ({"above": ("Platser (st)",)}, "st"),
        ({"below": "Belopp i mnkr."}, "mnkr"),
        ({"below": "Underskottet är 4 mnkr för perioden."}, ""),
        ({"corner": "Belopp i tkr"}, "tkr"),
        ({"corner": "Tkr", "headings": ("Budget", "Utfall", "Andel, %")}, "Tkr"),
        ({"headings": ("Budget", "Utfall", "Avvik. %")}, ""),
        ({"headings": ("Budget tkr", "Utfall tkr", "Avvik. %")}, "tkr"),
        ({"headings": ("Budget", "Utfall", "Avvik. %"), "above": ("Tabell 1. Drift, tkr",)}, "tkr"),
        ({"headings": ("Kost. tkr", "Antal", "Platser")}, ""),
        ({"first": "Andel, %"}, ""),
        ({"above": ("Tabell 1. Personer i hemtjänst per år",)}, ""),
    ],
)
def test_the_unit_is_what_is_said_of_the_whole_table(
    how: Any, unit: str, rules: str, tmp_path: Path
) -> None:
    (table,) = parsed(tmp_path, table_pages.units, **{"rules": rules, **how}).tables
    assert table.unit == unit
    assert table.columns == 4
    assert table.row_count == 1 + len(NAMES)


@pytest.mark.parametrize("tall", [0, 1])
def test_a_tall_label_spans_its_rows(tall: int, tmp_path: Path) -> None:
    (table,) = parsed(tmp_path, table_pages.tall_labels, tall).tables
    spans = [(cell.text, cell.row, cell.column, cell.row_span) for cell in table.cells]
    assert ("Äldreomsorg", 1, tall, 2) in spans
    assert ("Funktionsstöd", 3, tall, 2) in spans
    assert {span for _, _, column, span in spans if column != tall} == {1}
    assert [cell.text for cell in table.cells if cell.row > 0 and cell.column == 1 - tall] == [
        "Hemtjänst",
        "Boende",
        "Assistans",
        "Bostad",
    ]
    assert [row[2:] for row in table.grid()[1:]] == [
        [value(row, 0), value(row, 1)] for row in range(4)
    ]
