"""How an invented document is written down: its parts, and what each number in a table means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Prose:
    text: str


@dataclass(frozen=True)
class Caption:
    text: str


@dataclass(frozen=True)
class Column:
    """`heads` from the top; `period` and `measure` as a figure under it should have them."""

    heads: tuple[str, ...]
    period: str = ""
    measure: str = ""


@dataclass(frozen=True)
class Row:
    """`cells` are parted by "|"; `under` is the label that a part of it is indented below.

    `unit` and `measure` are what the label says of the whole row, where it says anything.
    """

    label: str
    cells: str
    unit: str = ""
    measure: str = ""
    under: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """The cells as printed."""
        return tuple(cell.strip() for cell in self.cells.split("|"))


@dataclass(frozen=True)
class PrintedTable:
    """`stub` is the head over the labels; without a grid there are lines at head and total only."""

    stub: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit: str = ""
    grid: bool = True
    total: bool = True


Part = Heading | Prose | Caption | PrintedTable


@dataclass(frozen=True)
class Stranger:
    """One document. `name` is that of its file, `running` stands at the foot of each page."""

    name: str
    municipality: str
    board: str
    title: str
    opening: str
    running: str
    pages: tuple[tuple[Part, ...], ...]


def one(head: str, period: str, measure: str = "") -> Column:
    """A column with one level of heads."""
    return Column((head,), period, measure)


@dataclass(frozen=True)
class Truth:
    """What a number in a table means, by the content that the table is printed from."""

    document: str
    page: int
    row: tuple[str, ...]
    column: tuple[str, ...]
    value: Decimal | None
    unit: str
    period: str
    measure: str


def truths_of(stranger: Stranger) -> Iterator[Truth]:
    """What all numbers in a document's tables mean; "–" is one that the document does not give."""
    for page, parts in enumerate(stranger.pages, start=1):
        for part in parts:
            if isinstance(part, PrintedTable):
                yield from _truths_of(part, stranger.name, page)


def _truths_of(table: PrintedTable, document: str, page: int) -> Iterator[Truth]:
    for row in table.rows:
        path = (row.under, row.label) if row.under else (row.label,)
        for column, text in zip(table.columns, row.texts, strict=True):
            if text != "–" and not re.fullmatch(r"[−\d ,]+", text):
                continue
            yield Truth(
                document,
                page,
                path,
                tuple(head.replace("\n", " ") for head in column.heads),
                _value(text),
                row.unit or table.unit,
                column.period,
                column.measure or row.measure,
            )


def _value(text: str) -> Decimal | None:
    if text == "–":
        return None
    return Decimal(text.replace("−", "-").replace(" ", "").replace(",", "."))
