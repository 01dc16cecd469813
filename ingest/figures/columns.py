"""The columns of a table: what each measures, of which time, by its head and the table's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.figures.context import Around
from ingest.figures.grid import Grid
from ingest.figures.heads import steps_of
from ingest.figures.labels import (
    TOTAL_HEAD,
    is_previous,
    measure_of,
    months_of,
    period_of,
    until_of,
    years_of,
)
from ingest.types import Period, Table

_SAME_YEAR = frozenset({"avvikelse", "förändring", "andel"})
_OF_PERIOD = frozenset({"budget", "utfall", "avvikelse"})
_DEVIATES_FROM = frozenset({"utfall", "prognos"})
_DIFFERENCE = re.compile(r"\s*(?:diff|differens|skillnad)\.?\s*", re.I)
_SEVERAL_YEARS = re.compile(r"\b(?:investerings|flerårs)plan", re.I)
_WHOLE_YEAR = re.compile(r"\bhel|år(?!sarb)", re.I)
_AHEAD = frozenset({"prognos", "plan", "målvärde"})


@dataclass(frozen=True, slots=True)
class Column:
    """What a value column gives its numbers."""

    head: tuple[str, ...]
    measure: str
    period: Period
    dated: bool = True
    """Whether the column itself names its year, or stands beside one that does."""
    lasting: bool = False
    """Whether it is of all years: a project's whole budget, beside that of the year."""


@dataclass(frozen=True, slots=True)
class _Heads:
    """What the periods of a table's columns are read by, beside their own heads."""

    table: Table
    grid: Grid
    around: Around
    years: Sequence[int]
    """Those of its caption and section."""
    monthly: bool
    others: bool
    """Whether a column names a year."""


def columns_of(table: Table, grid: Grid, around: Around) -> dict[int, Column]:
    """The value columns of a table, by their places."""
    context = " ".join((table.caption, *table.section[-1:]))
    texts = [" ".join(grid.heads[column]) for column in grid.values]
    named = {measure_of(text) for text in texts}
    general = measure_of(context) if any(texts) and named == {""} else ""
    if any(texts) and named == {""} and _SEVERAL_YEARS.search(context):
        general = "plan"
    monthly, others = _monthly(texts), any(map(years_of, texts))
    heads = _Heads(table, grid, around, years_of(context), monthly, others)
    found: dict[int, Column] = {}
    for column, text in zip(grid.values, texts, strict=True):
        measure = measure_of(text) or general
        period, dated, lasting = _when(heads, found, column, measure)
        found[column] = Column(grid.heads[column], measure, period, dated, lasting)
    _name_differences(found, named)
    for column, measure in steps_of({c: one.head for c, one in found.items()}, named).items():
        found[column] = replace(found[column], measure=measure)
        named.add(measure)
    scale = {"sannolikhet", "konsekvens"} <= named
    unnamed = [column for column in found if not found[column].measure]
    if scale and len(unnamed) == 1 and "riskvärde" not in named:
        found[unnamed[0]] = replace(found[unnamed[0]], measure="riskvärde")
    return found


def _when(
    heads: _Heads, found: dict[int, Column], column: int, measure: str
) -> tuple[Period, bool, bool]:
    """A column's period, whether its year stands with it, and whether it is of no single year.

    `found` are the columns to the left.
    """
    text = " ".join(heads.grid.heads[column])
    period = period_of(text, "" if heads.monthly else measure)
    if not period.year and measure in _SAME_YEAR:
        period = _between(found, heads.grid, column) or _compared(found, period, text, heads.around)
    whole = TOTAL_HEAD.match(text)  # a total of several years is of none of them
    if whole and len(years_of(text)) > 1:  # "Totalt 2026–2030"
        period = replace(period, year=0)
    beside = True
    if not period.year and not measure and not whole:  # "Omställning" beside columns of a year
        left = [found[c] for c in reversed(found) if found[c].period.year]
        period = replace(period, year=next((one.period.year for one in left), 0))
        beside = next((one.dated for one in left), True)
    year = heads.years[0] if len(heads.years) == 1 else 0
    if not period.year and is_previous(text):
        year = (year or heads.around.year_of(measure) or 1) - 1
    dated = bool(period.year) and beside
    if not period.year and year:
        period = replace(period, year=year)
    until = _until(heads, text, measure)
    if not period.last and not period.interim and until[1]:
        period = replace(period, first=until[0], last=until[1], interim=True)
    return period, dated, bool(whole) and not period.year and heads.others


def _until(heads: _Heads, text: str, measure: str) -> tuple[int, int]:
    """The part of the year that a column's numbers are of, by its table's caption and corner."""
    table, grid = heads.table, heads.grid
    until = until_of(table.caption)
    if until[1] or _WHOLE_YEAR.search(text):
        return until
    above = _months_above((table.caption, *table.section[-1:])) if measure in _OF_PERIOD else (0, 0)
    if above[1] or measure in _AHEAD:
        return above
    return _months_above(grid.heads[grid.label] if grid.label >= 0 else ())  # the corner


def _name_differences(found: dict[int, Column], named: set[str]) -> None:
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


def _between(found: Mapping[int, Column], grid: Grid, column: int) -> Period | None:
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


def _compared(found: Mapping[int, Column], period: Period, head: str, around: Around) -> Period:
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
