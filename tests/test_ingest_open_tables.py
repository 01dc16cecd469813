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
