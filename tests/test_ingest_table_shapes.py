"""Tables of hard shapes: header levels, tables beside each other, turned tables, units."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import table_pages
from table_pages import NAMES, value

from ingest.document import parse
from ingest.types import ParsedDocument, Table


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
