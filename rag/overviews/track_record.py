"""How forecasts came out: what an interim report expected, beside what the year came to.

Only where label, unit and year are the same, and both documents write costs alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.answer import Filters
from rag.overviews.deviations import DeviationLine, DeviationTable
from rag.overviews.library import Citer, Library, board_of
from rag.overviews.numbers import Number, minus, share, turned
from rag.overviews.series import best_of, board_deviations
from rag.spoken import number


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """A line's forecast and outcome. `difference` is outcome minus forecast, `effect` the same for
    the board: a minus is worse than was expected; None where the table does not tell. `percent` is
    of the forecast, with the sign of `effect`."""

    label: str
    role: str
    budget: Number
    forecast: Number
    outcome: Number
    difference: Number
    effect: Number | None
    percent: Number | None
    direction: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ForecastRecord:
    """The forecasts of one report for a year beside the outcomes, the worst surprise first.

    `left_out` are labels of the outcomes' table that the report has no fitting forecast for.
    """

    municipality: str
    board: str
    year: int
    forecast_document: str
    forecast_title: str
    outcome_document: str
    outcome_title: str
    outcome_table: str
    lines: tuple[ForecastLine, ...]
    totals: tuple[ForecastLine, ...]
    left_out: tuple[str, ...]


def track_record(library: Library, filters: Filters) -> tuple[ForecastRecord, ...]:
    """The records of each board and year for which there are both, one for each report of forecasts
    and table of outcomes. Raises `OlderIndexError`."""
    with library.store.snapshot():
        boards = dict.fromkeys(map(board_of, library.documents(filters)))
        found: list[ForecastRecord] = []
        for municipality, board in boards:
            citer = Citer(library)
            told = board_deviations(library, (municipality, board), citer)
            tables = [t for one in told for t in one.tables if t.kind == "drift"]
            found += _records(municipality, board, tables)
    year = filters.year
    return tuple(one for one in found if year is None or one.year == year)


def _records(
    municipality: str, board: str, tables: Sequence[DeviationTable]
) -> Iterator[ForecastRecord]:
    closed = [t for t in tables if t.measure == "utfall" and t.period.isdigit()]
    ahead = [t for t in tables if t.measure == "prognos" and t.period.isdigit()]
    for outcome in closed:
        reports = [t for t in ahead if t.period == outcome.period]
        for name in dict.fromkeys(t.document for t in reports if t.document != outcome.document):
            own = [t for t in reports if t.document == name]
            record = _record(municipality, board, own, outcome)
            if record.lines:
                yield record


def _record(
    municipality: str, board: str, reports: Sequence[DeviationTable], outcome: DeviationTable
) -> ForecastRecord:
    lines: list[ForecastLine] = []
    left: list[str] = []
    for line in (*outcome.lines, *outcome.totals):
        best = best_of(line, outcome, reports)
        made = _line(best[1], line) if best else None
        if made is None:
            left.append(line.label)
        else:
            lines.append(made)
    ranked = sorted((one for one in lines if one.role == "line"), key=_rank)
    return ForecastRecord(
        municipality,
        board,
        int(outcome.period),
        reports[0].document,
        reports[0].title,
        outcome.document,
        outcome.title,
        outcome.table,
        tuple(ranked),
        tuple(one for one in lines if one.role != "line"),
        tuple(left),
    )


def _line(ahead: DeviationLine, after: DeviationLine) -> ForecastLine | None:
    """A forecast beside its outcome; None where they are not of one unit, or not written alike."""
    forecast, outcome = ahead.outcome, after.outcome
    difference = minus(outcome, forecast)
    if difference is None or forecast.value * outcome.value < 0 or ahead.turn != after.turn:
        return None
    effect = None
    if after.turn:
        effect = difference if after.turn > 0 else turned(difference)
    notes: list[str] = []
    if ahead.budget.value != after.budget.value:
        notes.append(
            f"Budgeten ändrades från {number(ahead.budget.value, ahead.budget.unit)} till "
            f"{number(after.budget.value, after.budget.unit)}."
        )
    notes += [*ahead.findings, *after.findings]
    return ForecastLine(
        after.label,
        after.role,
        after.budget,
        forecast,
        outcome,
        difference,
        effect,
        share(effect or difference, forecast),
        _direction(after, difference, effect),
        tuple(dict.fromkeys(notes)),
    )


def _direction(line: DeviationLine, difference: Number, effect: Number | None) -> str:
    if not difference.value:
        return "som prognosen"
    if effect is None:
        return "högre tal än i prognosen" if difference.value > 0 else "lägre tal än i prognosen"
    words = {
        "cost": ("dyrare än prognosen", "billigare än prognosen"),
        "income": ("lägre intäkter än prognosen", "högre intäkter än prognosen"),
    }
    worse, better = words.get(line.kind, ("sämre än prognosen", "bättre än prognosen"))
    return worse if effect.value < 0 else better


def _rank(line: ForecastLine) -> tuple[bool, object]:
    if line.effect is None:
        return True, -abs(line.difference.value)
    return False, line.effect.value
