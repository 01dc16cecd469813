"""Every table of the samples, in many house styles, against the truth: cells, header and pages."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from corpus import norrvik_budget, norrvik_delarsrapport
from corpus.tables import Look, TableSpec
from eval.score_tables import folded
from ingest.document import parse
from ingest.types import Table

NBSP, THIN, NARROW, NONE = "\u00a0", "\u2009", "\u202f", ""
LOOKS = {
    "grid": Look("grid", THIN, "-", costs="positive"),
    "lines": Look("lines", NBSP, "−", costs="positive", two_levels=True),
    "zebra kr": Look("zebra", NARROW, "–", unit="kr", two_levels=True),
    "none mnkr": Look("none", " ", "()", costs="positive", unit="mnkr"),
    "grid kr": Look("grid", NONE, "()", unit="kr", two_levels=True),
    "lines wide mnkr": Look("lines", NARROW, "-", unit="mnkr", landscape="wide"),
    "grid lying": Look("grid", NBSP, "–", costs="positive", landscape="all", two_levels=True),
    "none lying": Look("none", THIN, "−", landscape="all"),
    "grid split": Look("grid", " ", "-", costs="positive", split=True),
    "grid split once": Look("grid", NBSP, "−", split=True, repeat_header=False, two_levels=True),
    "lines split": Look("lines", NONE, "–", split=True),
    "lines split once": Look("lines", " ", "-", split=True, repeat_header=False),
    "zebra split": Look("zebra", THIN, "()", split=True),
    "none split once": Look("none", NARROW, "−", split=True, repeat_header=False),
    "lines airy": Look("lines", " ", "–", airy=True),
    "none airy": Look("none", NBSP, "-", costs="positive", airy=True),
}
BUILDS = {"budget": norrvik_budget.build, "interim": norrvik_delarsrapport.build}
TABLES = {"budget": 10, "interim": 7}


@dataclass(frozen=True)
class Case:
    """A document in a look: its true tables, where they stand, and those read."""

    look: Look
    specs: list[TableSpec]
    places: list[list[int]]
    tables: tuple[Table, ...]

    def table(self, index: int) -> Table:
        """The table read under the caption of the true one."""
        start = f"Tabell {index + 1}. "
        found = [table for table in self.tables if table.caption.startswith(start)]
        assert len(found) == 1
        assert found[0].caption == start + self.specs[index].caption
        return found[0]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Case]:
    cases: dict[tuple[str, str], Case] = {}

    def get(look: str, document: str) -> Case:
        if (look, document) not in cases:
            path = tmp_path_factory.mktemp("looks") / "rapport.pdf"
            report = BUILDS[document](LOOKS[look])
            report.write(path)
            cases[look, document] = Case(
                report.look, report.tables, report.places, parse(path).tables
            )
        return cases[look, document]

    return get


def cases() -> list[object]:
    """All tables in all looks."""
    return [
        pytest.param(look, document, index, id=f"{look}, {document} {index}")
        for look in LOOKS
        for document, count in TABLES.items()
        for index in range(count)
    ]


def cells(rows: list[list[str]]) -> list[list[str]]:
    return [[folded(cell) for cell in row] for row in rows]


@pytest.mark.parametrize(("look", "document", "index"), cases())
def test_cells_and_pages(
    look: str, document: str, index: int, read: Callable[[str, str], Case]
) -> None:
    case = read(look, document)
    spec, table, places = case.specs[index], case.table(index), case.places[index]
    assert cells(table.grid()[table.header_rows :]) == cells(case.look.rows(spec))
    assert (table.page, table.last_page) == (places[0], places[-1])
    if case.look.split:
        assert table.last_page == table.page + 1


@pytest.mark.parametrize(("look", "document", "index"), cases())
def test_header_levels(
    look: str, document: str, index: int, read: Callable[[str, str], Case]
) -> None:
    case = read(look, document)
    spec, table = case.specs[index], case.table(index)
    assert table.header_rows == spec.header_rows
    header = cells(table.grid()[: table.header_rows])
    truth = cells(spec.header())
    assert header[-1] == truth[-1]
    for band in spec.bands:
        # set to the right of the columns that it spans: any of them may be read as its own
        under = range(band.first, band.last + 1)
        assert "".join(header[0][x] for x in under) == folded(band.title)
    others = [
        x for x in range(table.columns) if not any(b.first <= x <= b.last for b in spec.bands)
    ]
    assert not spec.bands or not any(header[0][x] for x in others)


@pytest.mark.parametrize("document", TABLES)
@pytest.mark.parametrize("look", LOOKS)
def test_nothing_else_is_a_table(
    look: str, document: str, read: Callable[[str, str], Case]
) -> None:
    case = read(look, document)
    assert len(case.tables) == len(case.specs) == TABLES[document]
