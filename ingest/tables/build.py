"""Rasters with their places in the page texts → tables: header levels, unit, caption, joins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.tables.raster import NUMERIC, Raster, RasterCell
from ingest.tables.rest import same_columns
from ingest.types import Cell, Span, Table
from ingest.units import closing_unit, find_unit, is_money, unit_name

_PER = re.compile(
    r"\bper\s+(?:elev|barn|plats|invånare|brukare|person|timme|dygn|kvadratmeter|portion|anställd"
    r"|hushåll|insats|besök|boende)\w*",
    re.I,
)
_COUNTS = re.compile(
    r"\b(antal\w*|andel\w*|procent\w*|snitt|genomsnitt\w*|dagar|timmar|platser|årsarb\w*|index)\b|%",
    re.I,
)
# "2024", and with what is counted: "2024, %"
_YEAR = re.compile(
    r"(?:19|20)\d\d(?:[-–/]\d{2,4})?(?:,\s*(?:%|[tm]kr|mnkr|kr|st)|\s*\((?:%|[tm]kr|mnkr|kr|st)\))?"
    r"|\d{4}-\d\d(?:-\d\d)?",
    re.I,
)
_MONTH = re.compile(
    r"(jan|feb|mars|apr|maj|juni?|juli?|aug|sep|okt|nov|dec)\w*\b|helår|t[1-3]\b", re.I
)
_DRIFT = 8.0  # points that a column may move from one page to the next


@dataclass(frozen=True, slots=True)
class PlacedRaster:
    """A raster on its page, with its caption, section and the ranges of its cells."""

    raster: Raster
    page: int
    caption: str
    section: tuple[str, ...]
    spans: dict[tuple[int, int], Span]
    leads: bool
    """Whether nothing stands above it on its page (running lines aside)."""
    ends: bool
    """Whether nothing stands below it."""
    near: tuple[str, ...] = ()
    """What stands close above it, and close below, where that is no caption."""


def build_tables(placed: Sequence[PlacedRaster]) -> tuple[list[Table], list[int]]:
    """Tables in order, and for each placed raster the index of the table that it is a part of."""
    groups: list[list[PlacedRaster]] = []
    owners: list[int] = []
    for part in placed:
        if groups and _continues(groups[-1][-1], part):
            groups[-1].append(part)
        else:
            groups.append([part])
        owners.append(len(groups) - 1)
    return [_table(f"t{index + 1}", group) for index, group in enumerate(groups)], owners


def _continues(before: PlacedRaster, part: PlacedRaster) -> bool:
    """Whether `part` goes on with the table that ended the page before."""
    if part.page != before.page + 1 or not before.ends or not part.leads:
        return False
    a, b = before.raster, part.raster
    if a.columns != b.columns:
        return False
    same_header = _texts(a.row(0)) == _texts(b.row(0))
    same_edges = all(abs(x - y) <= _DRIFT for x, y in zip(a.edges, b.edges, strict=False))
    return same_header or same_edges or same_columns(a, b)


def _texts(row: list[RasterCell]) -> list[str]:
    return [" ".join(cell.text.split()) for cell in row]


def _table(identifier: str, parts: list[PlacedRaster]) -> Table:
    first = parts[0]
    header = header_rows(first.raster)
    cells: list[Cell] = []
    offset = 0
    for index, part in enumerate(parts):
        skip = _repeated_header(first.raster, part.raster, header) if index else 0
        cells.extend(
            Cell(
                text=cell.text,
                row=cell.row - skip + offset,
                column=cell.column,
                page=part.page,
                box=cell.box,
                span=part.spans.get((cell.row, cell.column)),
                row_span=cell.row_span,
                column_span=cell.column_span,
                bold=bool(cell.lines) and _is_bold(cell),
            )
            for cell in part.raster.cells
            if cell.row >= skip
        )
        offset += part.raster.rows - skip
    return Table(
        id=identifier,
        page=first.page,
        last_page=parts[-1].page,
        section=first.section,
        caption=first.caption,
        unit=_unit(first, header),
        header_rows=header,
        columns=first.raster.columns,
        cells=tuple(cells),
    )


def header_rows(raster: Raster) -> int:
    """How many of the first rows are header levels: no values, and set apart from what follows."""
    count = 0
    for index in range(min(4, raster.rows - 1)):
        row = raster.row(index)
        if any(_is_value(cell) for cell in row if cell.column):
            break
        spans = any(cell.column_span > 1 and cell.lines for cell in row)
        bold = all(_is_bold(cell) for cell in row if cell.lines)
        apart = bold and _mostly_plain(raster, index)
        opens = index == 0 and _heads_columns(row)
        lone = sum(bool(cell.lines) for cell in row) == 1 and index > 0
        periods = (
            index > 0
            and index == count
            and (_names_periods(row) or _names_parts(raster.row(index - 1), row))
        )
        if lone or not (apart or opens or periods or (spans and index == count)):
            break
        count = index + 1
    return count


def _mostly_plain(raster: Raster, index: int) -> bool:
    """Whether most rows below `index` are not bold; sums nearly always are."""
    below = [raster.row(row) for row in range(index + 1, raster.rows)]
    bold = sum(all(_is_bold(cell) for cell in row if cell.lines) for row in below)
    return bold * 2 < len(below) or (len(below) == 1 and not bold)


def _names_periods(row: list[RasterCell]) -> bool:
    """Whether all cells but the first name years or months: a header level of its own."""
    texts = [cell.text.strip() for cell in row if cell.column and cell.lines]
    return len(texts) > 1 and all(_YEAR.fullmatch(text) or _MONTH.match(text) for text in texts)


def _names_parts(above: list[RasterCell], row: list[RasterCell]) -> bool:
    """Whether each column below a heading over several has a short name of its own."""
    named = {cell.column for cell in row if cell.lines and len(cell.text) < 40}
    wide = [cell for cell in above if cell.column_span > 1 and cell.lines and cell.column]
    under = {cell.column + step for cell in wide for step in range(cell.column_span)}
    return bool(under) and under <= named


def _heads_columns(row: list[RasterCell]) -> bool:
    """Whether a first row names the columns after the first one, shortly."""
    named = [cell for cell in row if cell.column and cell.lines]
    others = sum(1 for cell in row if cell.column)
    return len(named) * 2 >= others and all(len(cell.text) < 80 for cell in named)


def _is_value(cell: RasterCell) -> bool:
    text = cell.text.strip()
    return bool(re.search(r"\d", text) and NUMERIC.fullmatch(text)) and not _YEAR.fullmatch(text)


def _is_bold(cell: RasterCell) -> bool:
    return all(line.bold for line in cell.lines)


def _repeated_header(first: Raster, later: Raster, header: int) -> int:
    """How many rows of `later` say the header of `first` once more."""
    for index in range(header):
        if index >= later.rows or _texts(first.row(index)) != _texts(later.row(index)):
            return index if index == header else 0
    return header


def _unit(part: PlacedRaster, header: int) -> str:
    """The table's unit, as printed; "" where nothing states one.

    It stands in the corner, at most columns, in the caption, or in the line above or below. One
    column's own unit ("Avvikelse, %") is not the table's, nor is one of two in a caption.
    """
    cells = [cell for cell in part.raster.cells if cell.row < header]
    corner = [unit for cell in cells if not cell.column and (unit := find_unit(cell.text))]
    if corner:
        return corner[0]
    columns: dict[int, str] = {}
    for cell in cells:
        unit = find_unit(cell.text)
        if unit:
            columns |= dict.fromkeys(range(cell.column, cell.column + cell.column_span), unit)
    for unit in columns.values():
        alike = sum(unit_name(unit) == unit_name(other) for other in columns.values())
        if 2 * alike > part.raster.columns - 1:
            return unit
    # "kostnad per elev i kronor", where one column is that, and others count pupils
    heads = (
        " ".join(cell.text for cell in cells if cell.column == column)
        for column in range(part.raster.columns)
    )
    per_head = any(map(_PER.search, heads))
    near = [line for line in part.near if not (per_head and _PER.search(line))]
    stated = find_unit(part.caption) or next(filter(None, map(closing_unit, near)), "")
    return stated or _money_of(columns, cells)


def _money_of(columns: dict[int, str], header: list[RasterCell]) -> str:
    """The unit of money that some columns state, where no heading says that others count else."""
    names = {unit_name(unit) for unit in columns.values()}
    if any(_PER.search(cell.text) for cell in header):  # "Kostnad per elev, kr"
        return ""
    if len(names) != 1 or any(_COUNTS.search(cell.text) for cell in header):
        return ""
    unit = next(iter(columns.values()))
    return unit if is_money(unit) else ""
