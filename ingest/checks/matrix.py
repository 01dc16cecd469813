"""A table's figures by row and column: what sums and differences are looked for in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ingest.figures.grid import is_total
from ingest.types import Figure, Table

_INCOME = re.compile(
    r"intäkt|kommunbidrag|statsbidrag|driftbidrag|\bbidrag\b(?! till)|(?<!arbetsgivar)avgift|taxor"
    r"|ersättning|anslag|inkomst|försäljning",
    re.I,
)
_COST = re.compile(r"kostnad|utgift|lämnade", re.I)
_NO_SUM = frozenset({"%", "procentenheter", "poäng", "risk", "år", "timmar", "dagar"})


@dataclass(frozen=True)
class Matrix:
    """Single whole numbers of one table; `cells` by (row, column), both from 0."""

    table: Table
    cells: dict[tuple[int, int], Figure]

    @cached_property
    def rows(self) -> list[int]:
        """The rows that hold numbers, from the top."""
        return sorted({row for row, _ in self.cells})

    @cached_property
    def columns(self) -> list[int]:
        """The columns that hold numbers, from the left."""
        return sorted({column for _, column in self.cells})

    @cached_property
    def labels(self) -> dict[int, str]:
        """The innermost label of each row."""
        found: dict[int, str] = {}
        for (row, _), figure in self.cells.items():
            found.setdefault(row, figure.row[-1] if figure.row else "")
        return found

    @cached_property
    def measures(self) -> dict[int, str]:
        """The measure of each column."""
        return {column: self.column(column)[0].measure for column in self.columns}

    def column(self, column: int) -> list[Figure]:
        """The figures of a column, from the top."""
        return [self.cells[row, column] for row in self.rows if (row, column) in self.cells]

    def head(self, column: int) -> str:
        """The head of a column, as one text."""
        return " ".join(self.column(column)[0].column)

    def unit(self, column: int) -> str:
        """The unit that most of a column is counted in."""
        return Counter(figure.unit for figure in self.column(column)).most_common(1)[0][0]

    def adds_up(self, column: int) -> bool:
        """Whether a column's numbers can be summed: money and counts, no shares or scores."""
        return self.unit(column) not in _NO_SUM

    def is_total(self, row: int) -> bool:
        """Whether a row's label says that it sums up others."""
        return is_total(self.labels[row])


def adds_up(figure: Figure) -> bool:
    """Whether a figure can be summed: an amount or a count, no share or score."""
    return figure.unit not in _NO_SUM


def is_income(label: str) -> bool:
    """Whether a row's label names income, rather than a cost or a net."""
    return _INCOME.search(label) is not None and not _COST.search(label)


def matrix_of(table: Table, figures: Sequence[Figure]) -> Matrix:
    """The matrix of a table; cells with several numbers, or with words beside one, are left out."""
    counted = Counter(figure.cell for figure in figures)
    cells = {
        figure.cell: figure
        for figure in figures
        if figure.value is not None
        and counted[figure.cell] == 1
        and not figure.part
        and figure.sentence is None
        and not figure.approximate
    }
    return Matrix(table, cells)
