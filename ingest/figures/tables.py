"""A table → its figures: every number with row, column, measure, period, unit and place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.figures.cells import Part, items_in, parts_of
from ingest.figures.columns import Column, columns_of
from ingest.figures.context import INTERIM, Around, counted_above, indicators, kolada_ids
from ingest.figures.grid import Grid, is_total, places_of, plain, read_grid
from ingest.figures.labels import (
    begins_with_people,
    begins_with_things,
    counts_people,
    is_previous,
    measure_of,
    months_of,
    period_of,
    unit_of,
    years_of,
)
from ingest.figures.places import box_of
from ingest.figures.prose import sentence_figures
from ingest.figures.unit_column import units_of_rows
from ingest.figures.units import context_unit
from ingest.types import Cell, Figure, Page, Period, Span, Table

_OF_PERIOD = frozenset({"budget", "utfall", "avvikelse"})
_DEVIATES_FROM = frozenset({"utfall", "prognos"})
_DEVIATION = re.compile(r"(?:budget)?avvikelse(?:\s+mot\s+budget)?", re.I)
_AMOUNTS = re.compile(
    r"kostnad|intäkt|investering|resultaträkning|\bdrift|anslag|ekonomi|arvode", re.I
)
_NO_AMOUNTS = re.compile(
    r"volym|nyckeltal|antal|elever|besök|indikator|\bmål\b|risk|personal\b", re.I
)
_NO_AMOUNT = re.compile(r"\bper\b|\bantal|\bandel|index|%|dagar|timmar|årsarbetare", re.I)
_YEAR_ROW = re.compile(r"(?:år\s+)?(?:19|20)\d\d", re.I)
_PART = re.compile(r"(?:varav|därav)\b", re.I)
_FOLLOWED_UP = frozenset({"utfall", "nuläge"})
_SENTENCE = 25  # characters: a shorter cell of text holds no sentence


@dataclass(frozen=True, slots=True)
class _Source:
    """A table with everything that its figures take from outside their cells."""

    table: Table
    grid: Grid
    by_place: Mapping[tuple[int, int], Cell]
    columns: Mapping[int, Column]
    items: Mapping[int, str]
    agenda: tuple[str, ...]
    around: Around
    counted: str
    """"st" where the line above says that the table counts."""
    units: Mapping[int, str]
    """The units of rows, where a column states them."""


def table_figures(
    table: Table, pages: Mapping[int, Page], around: Around, agenda: tuple[str, ...] = ()
) -> list[Figure]:
    """The figures of a table, row by row. `agenda` are the goals that its section links to."""
    by_place = places_of(table)
    grid = read_grid(table, by_place, around.words)
    columns = columns_of(table, grid, around)
    unlabelled = grid.label < 0
    items = indicators(table, pages[table.page]) if unlabelled else {}
    counted = counted_above(table, pages[table.page])
    units = units_of_rows(grid, by_place)
    source = _Source(table, grid, by_place, columns, items, agenda, around, counted, units)
    found: list[Figure] = []
    for row in grid.rows:
        found.extend(_row_figures(source, row, pages))
    return found


def _row_figures(source: _Source, row: int, pages: Mapping[int, Page]) -> Iterator[Figure]:
    table, grid = source.table, source.grid
    cells = [(column, source.by_place.get((row, column))) for column in grid.values]
    listed = max((items_in(cell.text) for _, cell in cells if cell), default=0)
    parts: list[tuple[int, Cell, Part]] = []
    for column, cell in cells:
        if cell is None or cell.span is None or (cell.row, cell.column) != (row, column):
            continue
        parts.extend((column, cell, part) for part in parts_of(cell.text, listed))
    for column, cell, part in parts:
        number = sum(other is cell and p.start < part.start for _, other, p in parts)
        path, item = _row_path(source, row, part.index)
        made = _figure(source, source.columns[column], path, cell, part, pages[cell.page])
        yield replace(
            made,
            id=f"{table.id}.{row}.{column}" + (f".{number}" if _shared(parts, column) else ""),
            attributes=_attributes(source, row, path, item),
        )
    path, _ = _row_path(source, row, 0)
    taken = {column for column, _, _ in parts}
    yield from _told(source, row, path, pages, taken)


def _told(
    source: _Source,
    row: int,
    path: tuple[str, ...],
    pages: Mapping[int, Page],
    taken: set[int],
) -> Iterator[Figure]:
    """The numbers in the sentences of a row's cells of text."""
    grid = source.grid
    for column in range(source.table.columns):
        cell = source.by_place.get((row, column))
        if cell is None or cell.span is None or column == grid.label or column in taken:
            continue
        if (cell.row, cell.column) != (row, column) or len(cell.text) < _SENTENCE:
            continue
        for number, figure in enumerate(
            sentence_figures(pages[cell.page], cell.span, source.around)
        ):
            yield replace(
                figure,
                id=f"{source.table.id}.{row}.{column}.{number}",
                row=(*path, *figure.row),
                column=grid.heads[column],
                table=source.table.id,
                cell=(row, column),
            )


def _shared(parts: Sequence[tuple[int, Cell, Part]], column: int) -> bool:
    return sum(other == column for other, _, _ in parts) > 1


def _row_path(source: _Source, row: int, index: int) -> tuple[tuple[str, ...], str]:
    """The label path of a row, and the indicator above the table that it stands for."""
    path = source.grid.paths.get(row, ())
    item = ""
    if not path and source.items:
        single = len(source.grid.rows) == 1
        item = source.items.get(index, source.items.get(0, "") if single or not index else "")
        path = (plain(item),) if item else ()
    return path, item


def _attributes(
    source: _Source, row: int, path: Sequence[str], item: str
) -> tuple[tuple[str, str], ...]:
    """Ids in the item of a list, or anywhere in the row; and the goals of the section."""
    cells = [] if item else [cell.text for (at, _), cell in source.by_place.items() if at == row]
    ids = kolada_ids(" ".join((*path, item, *cells)))
    goals = source.agenda
    return (*(("kolada", name) for name in ids), *(("agenda2030", goal) for goal in goals))


def _figure(
    source: _Source, column: Column, path: tuple[str, ...], cell: Cell, part: Part, page: Page
) -> Figure:
    assert cell.span is not None
    span = Span(page.number, cell.span.start + part.start, cell.span.start + part.end)
    measure = column.measure or _row_measure(path)
    if measure in _DEVIATES_FROM and path and _DEVIATION.fullmatch(path[-1].strip()):
        measure = "avvikelse"  # the last row of a table of outcomes
    period = _period(source.around, column, path, part, measure)
    quantity = part.quantity
    unit = (quantity.unit if quantity else "") or (
        _of_row(source, column, cell) or _unit(source, column, path, part, measure)
    )
    return Figure(
        id="",
        value=quantity.value if quantity else None,
        unit=unit,
        printed=page.text[span.start : span.end],
        row=path,
        column=column.head,
        measure=measure,
        period=period,
        page=page.number,
        box=box_of(page, span) or cell.box,
        span=span,
        decimals=quantity.decimals if quantity else 0,
        table=source.table.id,
        cell=(cell.row, cell.column),
        part=part.label,
        approximate=bool(quantity and quantity.approximate),
        ocr=page.ocr,
    )


def _of_row(source: _Source, column: Column, cell: Cell) -> str:
    """The unit that a column of the table states for a row, but for a column that states its own:
    "Förändring, %"."""
    return "" if unit_of(" ".join(column.head)) else source.units.get(cell.row, "")


def _unit(source: _Source, column: Column, path: tuple[str, ...], part: Part, measure: str) -> str:
    labels = (" ".join(column.head), *reversed(path), part.label)
    if _is_beside_money(source, column):
        return context_unit(measure, labels, "") or "personer"
    if whole := _column_of_part(source, column):  # "Elever", "Varav från annan kommun"
        return context_unit(measure, labels, "") or _unit(source, whole, path, part, measure)
    general = source.table.unit or (source.around.money if _is_of_money(source, path) else "")
    unit = context_unit(measure, (*labels, source.table.caption), general)
    return unit or (source.counted if not part.quantity or not part.quantity.decimals else "")


def _is_of_money(source: _Source, path: tuple[str, ...]) -> bool:
    """Whether a row without a unit is one of amounts: by what its table is about."""
    table, label = source.table, " ".join(path[-1:])
    about = " ".join((table.caption, *table.section[-1:]))
    rows = " ".join(grid_path[-1] for grid_path in source.grid.paths.values() if grid_path)
    amounts = _AMOUNTS.search(f"{about} {rows}") is not None or _follows_budget(source)
    counted = begins_with_people(label) or begins_with_things(label) or _NO_AMOUNT.search(label)
    return amounts and not counted and not _NO_AMOUNTS.search(about)


def _follows_budget(source: _Source) -> bool:
    """Whether a table sets its rows and their total against a budget."""
    measures = {column.measure for column in source.columns.values()}
    summed = any(is_total(path[-1]) for path in source.grid.paths.values() if path)
    return {"budget", "avvikelse"} <= measures and summed


def _is_beside_money(source: _Source, column: Column) -> bool:
    """Whether a column counts people under a head of its own, beside those of a table's money:
    "Elever" with two years, then "Ekonomi" with budget and outcome."""
    of_money = column.measure in _OF_PERIOD | _DEVIATES_FROM
    if len(column.head) < 2 or of_money or not counts_people(column.head[0]):
        return False
    return any(
        other.head[:1] != column.head[:1] and other.measure in _OF_PERIOD | _DEVIATES_FROM
        for other in source.columns.values()
    )


def _column_of_part(source: _Source, column: Column) -> Column | None:
    """The column that another one, next to it and called "Varav …", is a part of."""
    columns = list(source.columns.values())
    at = next((n for n, other in enumerate(columns) if other is column), 0)
    part = bool(column.head) and _PART.match(column.head[-1]) is not None
    return columns[at - 1] if part and at else None


def _row_measure(path: Sequence[str]) -> str:
    """The measure of a table that is set the other way: its rows are "Budget 2025", "Utfall"."""
    last = path[-1] if path else ""
    measure = measure_of(last)
    return measure if len(last.split()) <= 3 and last[:4].casefold() != "summ" else ""


def _period(
    around: Around, column: Column, path: tuple[str, ...], part: Part, measure: str
) -> Period:
    period, row, own = column.period, " ".join(path), path[-1] if path else ""
    # "Riket 2024" is of its own year, whatever the caption says; not all under "Påbörjade 2024"
    of_row = not period.year or _YEAR_ROW.fullmatch(own.strip())  # a row that is a year says it
    said = row if of_row else "" if column.dated else own
    if years := years_of(said):
        told = period_of(row, measure)
        period = replace(told if told.last or not period.last else period, year=max(years))
    if not period.year and not column.lasting:
        period = replace(period, year=around.year_of(measure))
        if period.year and is_previous(row):
            period = replace(period, year=period.year - 1)
    first, last = months_of(part.label)
    if last:
        period = Period(period.year, first, last, interim=(first, last) != (1, 12))
    head = " ".join(column.head)
    followed = (
        around.kind == INTERIM
        and period.year == around.year
        and measure in _FOLLOWED_UP
        and "helår" not in head.casefold()
    )
    if (period.interim or followed) and not period.last:
        months = around.months
        period = Period(period.year, *months, interim=True)
    return period
