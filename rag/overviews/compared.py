"""A table → which of its columns set an outcome or a forecast against a budget of the same time.

What columns mean decides, never what they are called: a budget and an outcome of one period, and a
deviation only where its numbers are the difference of the two.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.checks.arithmetic import half_unit, is_money, value_of
from ingest.figures.labels import measure_of
from ingest.types import Period, Table
from rag.shelf import Known

_LEVELS = frozenset({"budget", "utfall", "prognos"})
_AHEAD_OF = ("utfall", "prognos")
_FROM_FORECAST = re.compile(r"(?:mot|från|jämfört med|relativt)\s+\w*prognos", re.I)
_PER_HEAD = re.compile(
    r"(?:\bper|/)\s*(?:\w*(?:elev|barn|plats|brukare|invånare|timme|dygn|dag|person|kund|besök"
    r"|ärende|årsarbetare|hushåll|måltid|portion|deltagare|insats|lägenhet)\b|kvm|m2|m²|km\b)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers. `key` is its place, from 0; `head` what it is called."""

    key: int
    head: str
    measure: str
    period: Period
    unit: str


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A row that has both numbers; `deviation` and `percent` where the table prints them."""

    path: tuple[str, ...]
    budget: Known
    outcome: Known
    deviation: Known | None
    percent: Known | None

    @property
    def cells(self) -> tuple[Known, ...]:
        """Its figures, those that there are."""
        every = (self.budget, self.outcome, self.deviation, self.percent)
        return tuple(known for known in every if known is not None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A budget and what came or is thought to come of it, row by row, in one table.

    `incomplete` are labels of rows with one of the two alone. `unlike` is the head of a column that
    is called a deviation of this time, but is no difference of these numbers; "" for none. `about`
    is what is said of the table above it.
    """

    table: Table
    about: str
    budget: Column
    outcome: Column
    deviation: Column | None
    percent: Column | None
    rows: tuple[ComparedRow, ...]
    incomplete: tuple[str, ...]
    unlike: str = ""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A table's numbers by row and column; one that is set the other way is turned."""

    rows: dict[int, dict[int, Known]]
    paths: dict[int, tuple[str, ...]]
    columns: dict[int, Column]


def comparisons(table: Table, cells: Sequence[Known], about: str) -> list[Comparison]:
    """The comparisons of a table, in the order of its columns. Of the same time an outcome counts
    before a forecast, and a budget that the printed deviation starts from before another."""
    if _PER_HEAD.search(about):
        return []
    sheet = _sheet(cells)
    found = list(_pairs(table, about, sheet))
    kept: list[Comparison] = []
    for one in found:
        rivals = [other for other in found if _same_time(other.budget.period, one.budget.period)]
        outcomes = {other.outcome.measure for other in rivals}
        if one.outcome.measure != "utfall" and "utfall" in outcomes:
            continue
        rivals = [other for other in rivals if other.outcome.measure == one.outcome.measure]
        if one.deviation is None and any(other.deviation for other in rivals):
            continue
        kept.append(one)
    return kept


def _sheet(cells: Sequence[Known]) -> _Sheet:
    counted = Counter(known.figure.cell for known in cells)
    single = [
        known
        for known in cells
        if counted[known.figure.cell] == 1
        and known.figure.value is not None
        and not known.figure.part
        and not known.figure.approximate
    ]
    heads = {measure_of(" ".join(known.figure.column)) for known in single}
    across = not heads & _LEVELS and len({k.figure.measure for k in single} & _LEVELS) > 1
    rows: dict[int, dict[int, Known]] = defaultdict(dict)
    paths: dict[int, tuple[str, ...]] = {}
    columns: dict[int, list[Known]] = defaultdict(list)
    for known in single:
        figure = known.figure
        row, column = reversed(figure.cell) if across else figure.cell
        rows[row][column] = known
        paths.setdefault(row, figure.column if across else figure.row)
        columns[column].append(known)
    made = {key: _column(key, columns[key], across=across) for key in sorted(columns)}
    return _Sheet({row: rows[row] for row in sorted(rows)}, paths, made)


def _column(key: int, cells: Sequence[Known], *, across: bool) -> Column:
    figures = [known.figure for known in cells]
    first = figures[0]
    head = " ".join(first.row if across else first.column)
    (measure, period), _ = Counter((f.measure, f.period) for f in figures).most_common(1)[0]
    unit = Counter(figure.unit for figure in figures).most_common(1)[0][0]
    return Column(key, head, measure, period, unit)


def _pairs(table: Table, about: str, sheet: _Sheet) -> Iterator[Comparison]:
    money = [column for column in sheet.columns.values() if is_money(column.unit)]
    budgets = [c for c in money if c.measure == "budget" and not _PER_HEAD.search(c.head)]
    outcomes = [c for c in money if c.measure in _AHEAD_OF and not _PER_HEAD.search(c.head)]
    for outcome in outcomes:
        for budget in budgets:
            if _same_time(budget.period, outcome.period):
                yield from _comparison(table, about, sheet, budget, outcome)


def _same_time(a: Period, b: Period) -> bool:
    """Whether two periods are the same, as far as they are told."""
    if a.year != b.year or a.interim != b.interim:
        return False
    whole = ((0, 0), (1, 12))
    spans = [(0, 0) if (p.first, p.last) in whole else (p.first, p.last) for p in (a, b)]
    return spans[0] == spans[1] or (a.interim and (0, 0) in spans)


def _comparison(
    table: Table, about: str, sheet: _Sheet, budget: Column, outcome: Column
) -> Iterator[Comparison]:
    pairs = {
        row: (cells[budget.key], cells[outcome.key])
        for row, cells in sheet.rows.items()
        if budget.key in cells and outcome.key in cells
    }
    pairs = {row: pair for row, pair in pairs.items() if _is_amount(sheet.paths[row], *pair)}
    if not pairs:
        return
    called = [c for c in sheet.columns.values() if c.measure == "avvikelse"]
    called = [c for c in called if not _FROM_FORECAST.search(c.head)]
    amounts = [c for c in called if is_money(c.unit)]
    deviation = next((c for c in amounts if _is_difference(sheet, c, pairs)), None)
    own = [c for c in amounts if _same_time(c.period, outcome.period)]
    unlike = own[0].head if own and deviation is None else ""
    shares = [
        c for c in sheet.columns.values() if c.unit == "%" and c.measure in ("avvikelse", "andel")
    ]
    percent = next((c for c in shares if _is_share(sheet, c, pairs)), None)
    rows = tuple(
        ComparedRow(
            sheet.paths[row],
            *pair,
            sheet.rows[row].get(deviation.key) if deviation else None,
            sheet.rows[row].get(percent.key) if percent else None,
        )
        for row, pair in pairs.items()
    )
    half = [
        sheet.paths[row][-1]
        for row, cells in sheet.rows.items()
        if row not in pairs and sheet.paths[row] and {budget.key, outcome.key} & set(cells)
    ]
    yield Comparison(table, about, budget, outcome, deviation, percent, rows, tuple(half), unlike)


def _is_amount(path: Sequence[str], budget: Known, outcome: Known) -> bool:
    """Whether a row has a name and two amounts in one unit of money, not per head."""
    unit = budget.figure.unit
    same = is_money(unit) and outcome.figure.unit == unit
    return bool(path) and same and not _PER_HEAD.search(path[-1])


def _is_difference(sheet: _Sheet, column: Column, pairs: dict[int, tuple[Known, Known]]) -> bool:
    """Whether a column is the difference of two others, whichever way, in most of their rows."""
    held = failed = 0
    for row, (budget, outcome) in pairs.items():
        known = sheet.rows[row].get(column.key)
        if known is None or known.figure.unit != budget.figure.unit:
            continue
        fits = fits_difference(known, budget, outcome)
        held, failed = held + fits, failed + (not fits)
    return held > failed


def fits_difference(deviation: Known, budget: Known, outcome: Known) -> bool:
    """Whether a deviation is as large as the two numbers differ, rounding aside."""
    difference = abs(value_of(outcome.figure) - value_of(budget.figure))
    slack = sum((half_unit(k.figure) for k in (deviation, budget, outcome)), Decimal(0))
    return abs(abs(value_of(deviation.figure)) - difference) <= slack


def is_broken(row: ComparedRow) -> bool:
    """Whether a row's printed deviation misses what its other numbers make."""
    return row.deviation is not None and not fits_difference(row.deviation, row.budget, row.outcome)


def _is_share(sheet: _Sheet, column: Column, pairs: dict[int, tuple[Known, Known]]) -> bool:
    """Whether a column is the deviation in per cent of the budget, in most rows."""
    held = failed = 0
    for row, (budget, outcome) in pairs.items():
        known = sheet.rows[row].get(column.key)
        if known is None:
            continue
        fits = fits_share(known, budget, outcome)
        held, failed = held + fits, failed + (not fits)
    return held > failed


def fits_share(percent: Known, budget: Known, outcome: Known) -> bool:
    """Whether a percentage is what the two numbers differ by, of the budget, rounding aside."""
    a, b = budget.figure, outcome.figure
    whole = abs(value_of(a))
    if not whole:
        return not value_of(percent.figure)
    difference = abs(value_of(b) - value_of(a))
    slack = (half_unit(a) + half_unit(b)) / whole * 100 + half_unit(percent.figure)
    return abs(abs(value_of(percent.figure)) - difference / whole * 100) <= slack
