"""The sample documents' tables, in several layouts, against what they were made of."""

from pathlib import Path

import pytest

from corpus import norrvik_budget, norrvik_delarsrapport
from corpus.layout import Report
from corpus.tables import PLAIN, Look, TableSpec
from eval.score_tables import folded
from ingest.document import parse
from ingest.types import Table

THIN, NARROW, NONE = "\u2009", "\u202f", ""
LOOKS = [
    pytest.param(PLAIN, id="lines"),
    pytest.param(Look("grid", " ", "-"), id="grid, spaces, hyphen"),
    pytest.param(Look("zebra", THIN, "–"), id="zebra, thin spaces, dash"),
    pytest.param(Look("none", NARROW, "−"), id="no lines, narrow spaces"),
    pytest.param(Look("lines", NONE, "()"), id="lines, no separator, parentheses"),
    pytest.param(Look("none", " ", "()"), id="no lines, spaces, parentheses"),
    pytest.param(Look("zebra", NONE, "-"), id="zebra, no separator, hyphen"),
]
BUILD = [norrvik_budget.build, norrvik_delarsrapport.build]


def rows_of(table: Table) -> list[list[str]]:
    return [[folded(cell) for cell in row] for row in table.grid()[table.header_rows :]]


def header_of(table: Table) -> list[str]:
    """What stands above each column, all levels together."""
    levels = table.grid()[: table.header_rows]
    return [folded("".join(cells)) for cells in zip(*levels, strict=True)]


def truth_of(spec: TableSpec, look: Look) -> list[list[str]]:
    return [
        [
            folded(look.cell(text) if column.number else text)
            for text, column in zip(row, spec.columns, strict=True)
        ]
        for row in spec.rows
    ]


def written(build: object, look: Look, path: Path) -> Report:
    assert callable(build)
    report = build(look)
    assert isinstance(report, Report)
    report.write(path)
    return report


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("build", BUILD, ids=["budget", "interim"])
def test_every_cell_is_read_in_every_layout(build: object, look: Look, tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    report = written(build, look, path)
    tables = parse(path).tables
    assert len(tables) == len(report.tables) >= 7
    for spec, table in zip(report.tables, tables, strict=True):
        assert rows_of(table) == truth_of(spec, look), spec.caption
        # the upper level may be read as part of the lower one; what is the column's own stands last
        for column, name in zip(spec.columns, header_of(table), strict=True):
            assert name.endswith(folded(column.title)), spec.caption


def test_captions_and_units_are_read(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    report = written(norrvik_delarsrapport.build, PLAIN, path)
    for number, (spec, table) in enumerate(zip(report.tables, parse(path).tables, strict=True), 1):
        assert table.caption == f"Tabell {number}. {spec.caption}"
        assert ("tkr" in spec.caption) == (table.unit == "tkr")
