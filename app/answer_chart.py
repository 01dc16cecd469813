"""An answer → the chart that shows it: bars for a ranking, a line for a row through its years."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from app.answer_parts import about, listed
from app.swedish import CONFLICT
from rag.answer import Answer, ToldFigure
from rag.spoken import number, period_text

MOST_BARS = 20
_FEWEST = 3  # fewer are as plain in words


@dataclass(frozen=True, slots=True)
class Point:
    """One number of a chart. `year` is 0 in a ranking; `at` is its place among answer.figures."""

    label: str
    value: Decimal
    year: int
    measure: str
    at: int


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows: numbers of one unit. `kind` is "bars" or "line".

    `told` says all of it in words, for who does not see it.
    """

    kind: str
    title: str
    unit: str
    points: tuple[Point, ...]
    told: str


def chart_of(answer: Answer) -> Chart | None:
    """The chart of an answer that ranks rows or follows one; None where words are as plain, where
    units differ, or where the sources contradict each other."""
    figures = listed(answer)
    in_dispute = any(warning.kind == CONFLICT for warning in answer.warnings)
    if len(figures) < _FEWEST or in_dispute or any(figure.formula for figure in figures):
        return None
    if len({figure.unit for figure in figures}) > 1:
        return None
    return _line(answer, figures) or _bars(answer, figures)


def _line(answer: Answer, figures: tuple[ToldFigure, ...]) -> Chart | None:
    years = [_year(figure) for figure in figures]
    # the same months of each year, or the whole of it
    parts = {"/".join(part[4:] for part in figure.period.split("/")) for figure in figures}
    one_row = len({figure.label for figure in figures}) == 1
    if not one_row or 0 in years or len(parts) > 1 or years != sorted(set(years)):
        return None
    points = tuple(
        Point(period_text(figure.period), figure.value, year, figure.measure, _at(answer, figure))
        for figure, year in zip(figures, years, strict=True)
    )
    first = figures[0]
    told = "; ".join(
        f"{one.label} {one.measure}: {number(one.value, first.unit)}".replace(" :", ":")
        for one in points
    )
    title = f"{first.label}, {years[0]}–{years[-1]}"
    return Chart("line", title, first.unit, points, f"Linjediagram. {title}. {told}.")


def _bars(answer: Answer, figures: tuple[ToldFigure, ...]) -> Chart | None:
    labels = {figure.label for figure in figures}
    columns = {(figure.head, figure.measure, figure.period) for figure in figures}
    if len(labels) < len(figures) or len(columns) > 1:
        return None
    points = tuple(
        Point(figure.label, figure.value, 0, figure.measure, _at(answer, figure))
        for figure in figures[:MOST_BARS]
    )
    unit = figures[0].unit
    told = "; ".join(f"{one.label}: {number(one.value, unit)}" for one in points)
    title = about(figures[0]) or figures[0].measure
    if len(figures) > MOST_BARS:
        title = f"{title} (de {MOST_BARS} första av {len(figures)})"
    return Chart("bars", title, unit, points, f"Stapeldiagram. {title}. {told}.")


def _at(answer: Answer, figure: ToldFigure) -> int:
    return next(place for place, other in enumerate(answer.figures) if other is figure)


def _year(figure: ToldFigure) -> int:
    return int(figure.period[:4]) if figure.period[:4].isdecimal() else 0
