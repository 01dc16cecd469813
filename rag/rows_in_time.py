"""One row at several times: its years, two of its months, what is used of its budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.checks.arithmetic import value_of
from rag.desk import Desk
from rag.matching import Match
from rag.question.asked import Understanding
from rag.results import Outcome, difference, label_of, printed
from rag.shelf import Known

_NEAR = 0.1  # of words: rows that may be meant as well as the best
_Row = tuple[str, str, int, str, str]
_LEVELS = frozenset({"budget", "plan", "prognos", "utfall", "antal", "andel", ""})


def row_of_years(desk: Desk, years: Sequence[int]) -> list[Known]:
    """The one row of a table that has a number for each of the years that are named, in their
    order; none where no row or several have, where one has two numbers of a year, or where more
    reports than one tell of it."""
    by_year = [_of_year(desk, year) for year in years]
    if len({row[0] for rows in by_year for row in rows}) != 1:
        return []  # several reports tell of these years, each in its own way
    whole = set.intersection(*(set(rows) for rows in by_year)) if len(by_year) > 1 else set()
    scores = {row: min(rows[row][0].words for rows in by_year) for row in whole}
    best = max(scores.values(), default=0.0)
    near = [row for row, score in scores.items() if score >= best - _NEAR]
    if len(near) != 1:
        return []
    steps = [rows[near[0]] for rows in by_year]
    one_each = all(len(step) == 1 for step in steps)
    return [step[0].known for step in steps] if one_each else []


def _of_year(desk: Desk, year: int) -> dict[_Row, list[Match]]:
    """The rows that may be meant, each with its numbers of a year."""
    rows: dict[_Row, list[Match]] = {}
    matches = desk.matches(replace(desk.asked, years=(year,)))
    best = max((match.words for match in matches), default=0.0)
    for match in matches:
        figure = match.figure
        told = figure.value is not None and figure.period.year == year
        if told and match.words >= best - _NEAR and figure.table and figure.measure in _LEVELS:
            place = match.known.document.id, figure.table, figure.cell[0]
            rows.setdefault((*place, figure.unit, figure.part), []).append(match)
    return rows


def two_months(desk: Desk, asked: Understanding) -> tuple[Known, Known] | Outcome:
    """The figures of one row for the two months that are compared, the later one first."""
    limits = replace(asked.limits, one_month=True)
    measures = tuple(one for one in asked.measures if one != "utfall")
    apart = asked.limits.apart
    found = [
        desk.one(replace(asked, measures=measures, months=(month, month), limits=limits))
        for month in apart
    ]
    ends = [end for end in found if isinstance(end, Known)]
    if len(ends) < 2:
        return next(end for end in found if isinstance(end, Outcome))
    places = {(k.document.id, k.figure.table, k.figure.row, k.figure.measure) for k in ends}
    months = [(k.figure.period.first, k.figure.period.last) for k in ends]
    alone = months == [(month, month) for month in apart]
    if len(places) > 1 or not alone or ends[0].table is None:
        return Outcome("nothing", nearest=(ends[0],))
    return ends[0], ends[1]


def used_and_budget(desk: Desk) -> tuple[Known, Known] | None:
    """What is used of a row, and its budget for the same time; the year's, where its table has no
    other. None where either is not plain."""
    outcome = desk.one(replace(desk.asked, measures=("utfall",), kind=""))
    asked = replace(desk.asked, measures=("budget",), kind="")
    budget = desk.one(asked)
    if not isinstance(outcome, Known):
        return None
    if isinstance(budget, Outcome) and not budget.choices and outcome.table is not None:
        limits = replace(asked.limits, so_far=False, by_month=False)
        budget = desk.one(replace(asked, months=(0, 0), limits=limits))
        if not isinstance(budget, Known) or _row(budget) != _row(outcome):
            return None
    return (outcome, budget) if isinstance(budget, Known) else None


def left(desk: Desk) -> Outcome:
    """What remains of a row's budget: the budget minus what is used of it, in one unit."""
    pair = used_and_budget(desk)
    if pair is None:
        return Outcome("nothing")
    outcome, budget = pair
    below = min(value_of(known.figure) for known in pair) < 0  # costs with minus signs
    if _row(outcome) != _row(budget) or outcome.table is None or below:
        return Outcome("nothing", nearest=pair)
    result = difference(budget, outcome, "förändring", label_of(budget), str(budget.figure.period))
    if result is None:
        return Outcome("nothing", nearest=pair)
    return Outcome("change", (result, printed(budget, "operand"), printed(outcome, "operand")))


def _row(known: Known) -> tuple[str, str, tuple[str, ...]]:
    return known.document.id, known.figure.table, known.figure.row
