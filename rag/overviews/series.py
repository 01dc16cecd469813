"""One line of a deviation table through the years: the same row of the board's other documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.answer import Filters
from rag.overviews.alike_labels import same_label
from rag.overviews.deviations import (
    DeviationLine,
    DeviationTable,
    DocumentDeviations,
    document_deviations,
)
from rag.overviews.library import Board, Citer, Library, board_of


@dataclass(frozen=True, slots=True)
class YearOfLine:
    """A line as one document tells it for a year: the outcome, where there is one."""

    year: int
    document: str
    title: str
    measure: str
    period: str
    line: DeviationLine


@dataclass(frozen=True, slots=True)
class Gap:
    """A year between others without the line, and why, in Swedish."""

    year: int
    reason: str


@dataclass(frozen=True, slots=True)
class LineSeries:
    """A line by year, the oldest first."""

    label: str
    role: str
    years: tuple[YearOfLine, ...]
    gaps: tuple[Gap, ...]


def line_series(library: Library, document: str, table: str) -> tuple[LineSeries, ...]:
    """Each line of a table of a document, in the table's own order, through the years of the board.

    `table` is a table's id; of its comparisons that of the whole year counts. Empty where there is
    no such table.
    """
    with library.store.snapshot():
        documents = library.documents(Filters())
        own = next((one for one in documents if one.id == document), None)
        if own is None:
            return ()
        told = board_deviations(library, board_of(own), Citer(library))
    origin = next(
        (t for one in told for t in one.tables if (t.document, t.table) == (document, table)), None
    )
    if origin is None:
        return ()
    return tuple(
        _series(line, origin, told) for line in (*origin.lines, *origin.parts, *origin.totals)
    )


def board_deviations(library: Library, board: Board, citer: Citer) -> list[DocumentDeviations]:
    """The deviation tables of all documents of a board; the store has a snapshot open."""
    documents = library.documents(Filters())
    own = [one for one in documents if board_of(one) == board]
    return [document_deviations(library, one, citer) for one in own]


def _series(
    line: DeviationLine, origin: DeviationTable, told: Sequence[DocumentDeviations]
) -> LineSeries:
    tables = [t for one in told for t in one.tables if t.kind == origin.kind and t.period]
    years = sorted({int(t.period[:4]) for t in tables})
    found: list[YearOfLine] = []
    gaps: list[Gap] = []
    for year in years:
        own = [t for t in tables if t.period == str(year)]
        best = best_of(line, origin, own)
        if best is not None:
            table, same = best
            told_by = (table.document, table.title, table.measure, table.period)
            found.append(YearOfLine(year, *told_by, same))
        elif own:
            names = ", ".join(dict.fromkeys(t.title or t.document for t in own))
            gaps.append(Gap(year, f"raden finns inte i {names}"))
        else:
            gaps.append(Gap(year, "det finns bara tal för en del av året"))
    first, last = (found[0].year, found[-1].year) if found else (0, 0)
    missing = [year for year in range(first, last) if year and year not in years]
    gaps += [Gap(year, "inget inläst dokument ställer utfall mot budget") for year in missing]
    gaps.sort(key=lambda gap: gap.year)
    return LineSeries(line.label, line.role, tuple(found), tuple(gaps))


def best_of(
    line: DeviationLine, origin: DeviationTable, tables: Sequence[DeviationTable]
) -> tuple[DeviationTable, DeviationLine] | None:
    """The same line in the table that is most like the line's own; an outcome before a forecast."""
    found = [(table, same) for table in tables if (same := line_in(table, line)) is not None]
    if not found:
        return None
    return max(found, key=lambda one: (one[0].measure == "utfall", _shared(origin, one[0])))


def line_in(table: DeviationTable, line: DeviationLine) -> DeviationLine | None:
    """The one line of a table that is called what a line is; None where none is, or several are."""
    every = (*table.lines, *table.parts, *table.totals)
    same = [one for one in every if same_label(one.label, line.label)]
    if len(same) > 1:
        same = [one for one in same if one.path == line.path]
    return same[0] if len(same) == 1 and same[0].role == line.role else None


def _shared(a: DeviationTable, b: DeviationTable) -> int:
    """How many lines two tables have in common."""
    return sum(any(same_label(x.label, y.label) for y in b.lines) for x in a.lines)
