"""Deviations → what their charts draw, as JSON. Lengths are floats; what is read are texts."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from app.web.number_cells import Places
from app.words import say, term
from rag.overviews.deviations import DeviationTable
from rag.overviews.numbers import Number
from rag.overviews.series import LineSeries
from rag.overviews.track_record import ForecastRecord
from rag.overviews.waterfall import Waterfall

Chart = dict[str, Any]


def table_charts(table: DeviationTable, at: int, places: Places) -> dict[str, Chart]:
    """The charts of a table by their keys: bars, and the waterfall where there is one."""
    bars = ((line.label, line.effect) for line in table.lines)
    charts = {f"bars-{at}": _bars(bars, places)}
    if table.waterfall is not None:
        charts[f"fall-{at}"] = _fall(table.waterfall, table.measure, places)
    return charts


def record_chart(record: ForecastRecord, places: Places) -> Chart:
    """Bars of what differed from forecasts."""
    return _bars(((line.label, line.effect) for line in record.lines), places)


def _bars(lines: Iterable[tuple[str, Number | None]], places: Places) -> Chart:
    """Bars, the worst first; lines whose direction is not known have none."""
    return {
        "kind": "bars",
        "items": [
            _item(label, effect.value, effect, places)
            for label, effect in lines
            if effect is not None
        ],
    }


def _item(label: str, value: Decimal, told: Number, places: Places) -> Chart:
    return {
        "label": label,
        "value": float(value),
        "text": told.text,
        "places": places.at(told.sources),
    }


def _fall(fall: Waterfall, measure: str, places: Places) -> Chart:
    """Steps with where each begins; `worse` says which way it went for the board."""
    names = [f"{fall.label}, {term(what)}" for what in ("budget", measure)]
    start = _item(names[0], fall.start.value, fall.start, places)
    end = _item(names[1], fall.end.value, fall.end, places)
    steps: list[Chart] = []
    reached = fall.start.value
    for step in fall.steps:
        item = _item(step.label, step.change, step.effect, places)
        steps.append(item | {"base": float(reached), "worse": step.effect.value < 0})
        reached += step.change
    return {"kind": "fall", "start": start, "steps": steps, "end": end}


def series_chart(series: LineSeries, places: Places) -> Chart:
    """A line's budget and outcome by year; years in another unit than the last are left out."""
    unit = series.years[-1].line.budget.unit if series.years else ""
    told = [one for one in series.years if one.line.budget.unit == unit]
    budget, outcome = say("Budget"), say("Utfall")
    return {
        "kind": "years",
        "years": [one.year for one in told],
        "forecast": [one.measure == "prognos" for one in told],
        "budget": [_item(budget, o.line.budget.value, o.line.budget, places) for o in told],
        "outcome": [_item(outcome, o.line.outcome.value, o.line.outcome, places) for o in told],
    }
