"""A table → its figures: every number with row, column, measure, period, unit and place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.figures.cells import Part, items_in, parts_of
from ingest.figures.context import INTERIM, Around, counted_above, indicators, kolada_ids
from ingest.figures.grid import Grid, is_total, places_of, plain, read_grid
from ingest.figures.labels import (
    TOTAL_HEAD,
    begins_with_people,
    begins_with_things,
    counts_people,
    is_previous,
    measure_of,
    months_of,
    period_of,
    unit_of,
    until_of,
    years_of,
)
from ingest.figures.places import box_of
from ingest.figures.prose import sentence_figures
from ingest.figures.unit_column import units_of_rows
from ingest.figures.units import context_unit
from ingest.types import Cell, Figure, Page, Period, Span, Table

_SAME_YEAR = frozenset({"avvikelse", "förändring", "andel"})
_OF_PERIOD = frozenset({"budget", "utfall", "avvikelse"})
_DEVIATES_FROM = frozenset({"utfall", "prognos"})
_DEVIATION = re.compile(r"(?:budget)?avvikelse(?:\s+mot\s+budget)?", re.I)
_DIFFERENCE = re.compile(r"\s*(?:diff|differens|skillnad)\.?\s*", re.I)
_SEVERAL_YEARS = re.compile(r"\b(?:investerings|flerårs)plan", re.I)
_AMOUNTS = re.compile(
    r"kostnad|intäkt|investering|resultaträkning|\bdrift|anslag|ekonomi|arvode", re.I
)
_NO_AMOUNTS = re.compile(
    r"volym|nyckeltal|antal|elever|besök|indikator|\bmål\b|risk|personal\b", re.I
)
_NO_AMOUNT = re.compile(r"\bper\b|\bantal|\bandel|index|%|dagar|timmar|årsarbetare", re.I)
_YEAR_ROW = re.compile(r"(?:år\s+)?(?:19|20)\d\d", re.I)
_PART = re.compile(r"(?:varav|därav)\b", re.I)
_WHOLE_YEAR = re.compile(r"\bhel|år(?!sarb)", re.I)
_AHEAD = frozenset({"prognos", "plan", "målvärde"})
_FOLLOWED_UP = frozenset({"utfall", "nuläge"})
_SENTENCE = 25  # characters: a shorter cell of text holds no sentence


@dataclass(frozen=True, slots=True)
class _Column:
    """What a value column gives its numbers."""

    head: tuple[str, ...]
    measure: str
    period: Period
    dated: bool = True
    """Whether the column itself names its year, or stands beside one that does."""
    lasting: bool = False
    """Whether it is of all years: a project's whole budget, beside that of the year."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A table with everything that its figures take from outside their cells."""

    table: Table
    grid: Grid
    by_place: Mapping[tuple[int, int], Cell]
    columns: Mapping[int, _Column]
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
    columns = _columns(table, grid, around)
    unlabelled = grid.label < 0
    items = indicators(table, pages[table.page]) if unlabelled else {}
    counted = counted_above(table, pages[table.page])
    units = units_of_rows(grid, by_place)
    source = _Source(table, grid, by_place, columns, items, agenda, around, counted, units)
    found: list[Figure] = []
    for row in grid.rows:
        found.extend(_row_figures(source, row, pages))
    return found


def _columns(table: Table, grid: Grid, around: Around) -> dict[int, _Column]:
    context = " ".join((table.caption, *table.section[-1:]))
    named = {measure_of(" ".join(grid.heads[column])) for column in grid.values}
    headed = any(grid.heads[column] for column in grid.values)
    general = measure_of(context) if headed and named == {""} else ""
    if headed and named == {""} and _SEVERAL_YEARS.search(context):
        general = "plan"
    years = years_of(context)
    monthly = _monthly([" ".join(grid.heads[column]) for column in grid.values])
    others = any(years_of(" ".join(grid.heads[column])) for column in grid.values)
    found: dict[int, _Column] = {}
    for column in grid.values:
        head = grid.heads[column]
        text = " ".join(head)
        measure = measure_of(text) or general
        period = period_of(text, "" if monthly else measure)
        if not period.year and measure in _SAME_YEAR:
            period = _between(found, grid, column) or _compared(found, period, text, around)
        whole = TOTAL_HEAD.match(text)  # a total of several years is of none of them
        if whole and len(years_of(text)) > 1:  # "Totalt 2026–2030"
            period = replace(period, year=0)
        if not period.year and not measure and not whole:  # "Omställning" beside columns of a year
            left = [found[c] for c in reversed(found) if found[c].period.year]
            period = replace(period, year=next((one.period.year for one in left), 0))
            beside = next((one.dated for one in left), True)
        else:
            beside = True
        year = years[0] if len(years) == 1 else 0
        if not period.year and is_previous(text):
            year = (year or around.year_of(measure) or 1) - 1
        dated = bool(period.year) and beside
        if not period.year and year:
            period = replace(period, year=year)
        until = until_of(table.caption)
        if not until[1] and measure in _OF_PERIOD and not _WHOLE_YEAR.search(text):
            until = _months_above((table.caption, *table.section[-1:]))
        if not until[1] and measure not in _AHEAD and not _WHOLE_YEAR.search(text):
            until = _months_above(grid.heads[grid.label] if grid.label >= 0 else ())  # the corner
        if not period.last and not period.interim and until[1]:
            period = replace(period, first=until[0], last=until[1], interim=True)
        lasting = bool(whole) and not period.year and others
        found[column] = _Column(head, measure, period, dated, lasting)
    _name_differences(found, named)
    scale = {"sannolikhet", "konsekvens"} <= named
    unnamed = [column for column in found if not found[column].measure]
    if scale and len(unnamed) == 1 and "riskvärde" not in named:
        found[unnamed[0]] = replace(found[unnamed[0]], measure="riskvärde")
    return found


def _name_differences(found: dict[int, _Column], named: set[str]) -> None:
    """Take "Diff" beside budget and outcome for the deviation that it is."""
    if "budget" not in named or not named & _DEVIATES_FROM:
        return
    for column, one in list(found.items()):
        if one.head and _DIFFERENCE.fullmatch(one.head[-1]):
            found[column] = replace(one, measure="avvikelse")


def _months_above(texts: Sequence[str]) -> tuple[int, int]:
    """The part of the year, from January, that the first text to name one names."""
    spans = map(months_of, texts)
    return next(((first, last) for first, last in spans if first == 1 < last < 12), (0, 0))


def _monthly(heads: Sequence[str]) -> bool:
    """Whether columns are a month each: three of them or more name one, and say no more of it."""
    months = [months_of(head) for head in heads]
    return len({first for first, last in months if first == last and last}) >= 3


def _between(found: Mapping[int, _Column], grid: Grid, column: int) -> Period | None:
    """The period of what stands between two columns that differ in their year alone: that of the
    later, "Budget 2024 | Förändring | Budget 2025"."""
    left = list(found.values())[-1:]
    right = next((other for other in grid.values if other > column), None)
    if not left or right is None or not left[0].period.year:
        return None
    text = " ".join(grid.heads[right])
    period = period_of(text, measure_of(text))
    same = measure_of(text) == left[0].measure and period.year == left[0].period.year + 1
    return period if same else None


def _compared(found: Mapping[int, _Column], period: Period, head: str, around: Around) -> Period:
    """The period of a comparison that names no year: that of the later of what stands before it."""
    dated = [
        replace(one.period, year=one.period.year or around.year_of(one.measure))
        for one in reversed(list(found.values()))
    ]
    before = [one for one in dated if one.year][:2]
    if not before:
        return period
    later = max(before, key=lambda one: one.year)
    own = period.last or (period.interim and not later.last)
    if own or "helår" in head.casefold():
        return replace(period, year=later.year)
    return later


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
    source: _Source, column: _Column, path: tuple[str, ...], cell: Cell, part: Part, page: Page
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


def _of_row(source: _Source, column: _Column, cell: Cell) -> str:
    """The unit that a column of the table states for a row, but for a column that states its own:
    "Förändring, %"."""
    return "" if unit_of(" ".join(column.head)) else source.units.get(cell.row, "")


def _unit(source: _Source, column: _Column, path: tuple[str, ...], part: Part, measure: str) -> str:
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


def _is_beside_money(source: _Source, column: _Column) -> bool:
    """Whether a column counts people under a head of its own, beside those of a table's money:
    "Elever" with two years, then "Ekonomi" with budget and outcome."""
    of_money = column.measure in _OF_PERIOD | _DEVIATES_FROM
    if len(column.head) < 2 or of_money or not counts_people(column.head[0]):
        return False
    return any(
        other.head[:1] != column.head[:1] and other.measure in _OF_PERIOD | _DEVIATES_FROM
        for other in source.columns.values()
    )


def _column_of_part(source: _Source, column: _Column) -> _Column | None:
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
    around: Around, column: _Column, path: tuple[str, ...], part: Part, measure: str
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
