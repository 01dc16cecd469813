"""Two figures compared: a change between years, a deviation from budget."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.checks.arithmetic import value_of
from ingest.types import Cell
from rag.alike import FOUND, held
from rag.closed import result_of_year
from rag.desk import Desk
from rag.matching import rank
from rag.question.asked import Understanding
from rag.relevance import TextTerms
from rag.results import (
    Outcome,
    converted,
    difference,
    label_of,
    percent_change,
    printed,
)
from rag.rows_in_time import row_of_years, two_months
from rag.shelf import Known
from rag.terms import plain

_PLAINLY = 0.75  # of words: what two things are compared by
_INCOME = re.compile(
    r"\b(?!netto)\w*(?:intakt|inkomst|bidrag|avgifter|taxor|resultat|forsaljning|ersattning|moms)"
)


def change(desk: Desk) -> Outcome:
    """From one year to another, or from one measure to another."""
    if desk.asked.limits.against_forecast and (stated := _since_forecast(desk)):
        return stated
    pair = _in_column(desk) or _pair(desk)
    if isinstance(pair, Outcome):
        return pair
    later, earlier = pair
    if desk.asked.operation == "percent_change" and (stated := _stated_percent(desk, later)):
        return stated
    times = dict.fromkeys(str(known.figure.period) for known in (earlier, later))
    label, period = label_of(later), "–".join(times)
    amount = difference(later, earlier, "förändring", label, period)
    percent = percent_change(later, earlier, label, period)
    wanted = [percent] if desk.asked.operation == "percent_change" else [amount]
    results = [one for one in ([amount, percent] if desk.asked.both else wanted) if one]
    if not results:
        return Outcome("nothing", nearest=pair, missing="talen är av olika slag")
    results[0] = converted(results[0], desk.asked.unit) if results[0] is amount else results[0]
    return Outcome("change", (*results, printed(later, "operand"), printed(earlier, "operand")))


def _since_forecast(desk: Desk) -> Outcome | None:
    """How far a forecast has moved since the one before it, where a column says so."""
    found = desk.one(replace(desk.asked, measures=("förändring",), months=(0, 0)))
    if not isinstance(found, Known) or desk.asked.percent:
        return None
    heads = " ".join(cell.text for cell in _heads(found))
    return Outcome("figure", (printed(found),)) if "prognos" in heads.casefold() else None


def _stated_percent(desk: Desk, later: Known) -> Outcome | None:
    """The change in per cent that a row gives by itself: "Höjning, %" beside the two years."""
    row = [
        known
        for known in desk.every
        if known.document.id == later.document.id
        and known.figure.table == later.figure.table
        and known.figure.cell[0] == later.figure.cell[0]
        and known.figure.measure == "förändring"
        and known.figure.unit == "%"
        and known.figure.period.year in (0, later.figure.period.year)
    ]
    stated = len(row) == 1 and row[0].figure.value is not None
    return Outcome("figure", (printed(row[0]),)) if stated else None


def _pair(desk: Desk) -> tuple[Known, Known] | Outcome:
    """The later and the earlier figure of a change."""
    if desk.asked.limits.apart[1] and len(desk.asked.years) < 2:
        return two_months(desk, replace(desk.asked, kind=_amount_kind(desk), changes=False))
    if desk.asked.pair:
        return _two_sides(desk, *desk.asked.pair)
    years = sorted(desk.asked.years)
    since = desk.asked.limits.since
    if len(years) < 2 and since:  # "sedan 2023": from that year to the newest
        newest = max((d.identity.years[0] for d in desk.documents if d.identity.years), default=0)
        years = [since, newest] if since < newest else []
    elif len(years) < 2:
        main = max((d.identity.years[0] for d in desk.documents if d.identity.years), default=0)
        years = [years[0] - 1, years[0]] if years else [main - 1, main] if main else []
    if len(years) < 2:
        return Outcome("nothing")
    asked = replace(desk.asked, kind=_amount_kind(desk), changes=False)
    found = [desk.one(replace(asked, years=(year,))) for year in (years[-1], years[0])]
    if len(desk.asked.years) > 1 and any(isinstance(end, Outcome) for end in found):
        found = [*row_of_years(desk.under(asked), (years[-1], years[0]))] or found
    sure = [end for end in found if isinstance(end, Known)]
    told = len(desk.asked.years) > 1 and not asked.measures
    if told and len(sure) == 1 and sure[0].figure.measure:
        # a year that is over has an outcome and a budget: what is plain of the other is meant
        asked = replace(asked, measures=(sure[0].figure.measure,))
        found = [desk.one(replace(asked, years=(year,))) for year in (years[-1], years[0])]
    ends = [end for end in found if isinstance(end, Known)]
    if len(ends) < 2:
        return next(end for end in found if isinstance(end, Outcome))
    measures = [end.figure.measure in ("förändring", "avvikelse") for end in ends]
    if ends[0].figure.id == ends[1].figure.id or measures[0] != measures[1]:
        return Outcome("nothing", nearest=(ends[0],))
    return ends[0], ends[1]


def _in_column(desk: Desk) -> tuple[Known, Known] | None:
    """The two rows that are compared with each other, of one column; None where the question names
    no two, or they are not plainly there."""
    if not desk.asked.than:
        return None
    first, second = (replace(side, kind="", changes=False) for side in desk.asked.than)
    one = desk.under(first).one(first)
    if not isinstance(one, Known) or one.figure.sentence is not None:
        return None
    near = [
        known
        for known in desk.every
        if known.document.id == one.document.id
        and (known.figure.table, known.figure.cell[1]) == (one.figure.table, one.figure.cell[1])
        and known.figure.row != one.figure.row
        and (known.figure.part, known.figure.unit) == (one.figure.part, one.figure.unit)
        and known.figure.value is not None
    ]
    wanted = desk.under(second).wanted
    heads = TextTerms(" ".join(cell.text for cell in _heads(one)))
    if any(held(heads, word) >= FOUND for word in wanted.needed):
        return None  # "än liknande kommuner" is another column
    best = [m for m in desk.best(rank(near, wanted, second)) if m.words >= _PLAINLY]
    return (one, best[0].known) if len({match.figure.row for match in best}) == 1 else None


def _heads(known: Known) -> list[Cell]:
    table = known.table
    return [cell for cell in table.cells if cell.row < table.header_rows] if table else []


def _two_sides(desk: Desk, a: Understanding, b: Understanding) -> tuple[Known, Known] | Outcome:
    """The figures that two phrases mean; one that names no row means that of the other."""
    found: dict[Understanding, Known] = {}
    for side in sorted((a, b), key=lambda side: not side.subject):
        if not side.subject and found:
            row = desk.in_row(next(iter(found.values())), replace(side, kind=""))
            if not row:
                return Outcome("nothing", nearest=tuple(found.values()))
            found[side] = row[0].sources[0]
            continue
        one = desk.under(side).one(replace(side, kind=""))
        if isinstance(one, Outcome):
            return one
        found[side] = one
    first, second = found[a], found[b]
    if first.figure.period.year < second.figure.period.year:
        first, second = second, first
    if first.figure.id == second.figure.id:
        return Outcome("nothing", nearest=(first,))
    return first, second


def _amount_kind(desk: Desk) -> str:
    if desk.asked.percent:
        return "count" if desk.asked.limits.counts else ""
    return desk.asked.kind


def gap(desk: Desk) -> Outcome:
    """How much an outcome lacks of its target: the target minus the outcome."""
    ends = [desk.one(replace(desk.asked, measures=(name,))) for name in ("målvärde", "utfall")]
    for found in ends:
        if isinstance(found, Outcome):
            return found
    target, outcome = (end for end in ends if not isinstance(end, Outcome))
    if target.figure.row != outcome.figure.row:
        return Outcome("nothing", nearest=(target, outcome))
    result = difference(target, outcome, "förändring", label_of(target), str(target.figure.period))
    if result is None:
        return Outcome("nothing", nearest=(target, outcome))
    return Outcome("change", (result, printed(target, "operand"), printed(outcome, "operand")))


def deviation(desk: Desk) -> Outcome:
    """How far an outcome or forecast is from its budget; in per cent where that is asked."""
    if not desk.asked.percent:
        expected = "prognos" in desk.asked.measures and not desk.asked.limits.made_in
        year = expected and not desk.asked.months[1]
        whole = desk.asked.whole_year or year  # a forecast is the year's
        found = desk.one(replace(desk.asked, measures=("avvikelse",), whole_year=whole))
        if isinstance(found, Outcome):
            worked = None if found.choices else _worked_deviation(desk) or result_of_year(desk)
            return worked or found
        return Outcome("deviation", (converted(printed(found), desk.asked.unit),))
    stated = desk.one(replace(desk.asked, measures=("avvikelse",), kind="percent"))
    if isinstance(stated, Known) and stated.figure.unit == "%":
        return Outcome("deviation", (printed(stated),))
    ahead = [m for m in desk.asked.measures if m not in ("avvikelse", "budget")]
    part = desk.asked.months[1] and not desk.asked.whole_year
    if not ahead and part:  # "över periodbudgeten januari–april": what came of it
        ahead = ["utfall"]
    if not ahead:  # what it was, where the year is over
        closed = desk.one(replace(desk.asked, measures=("utfall",), kind="", whole_year=True))
        ahead = ["utfall" if isinstance(closed, Known) else "prognos"]
    outcome = desk.one(replace(desk.asked, measures=(ahead[0],), kind=""))
    budget = desk.one(replace(desk.asked, measures=("budget",), kind=""))
    for found in (outcome, budget):
        if isinstance(found, Outcome):
            return found
    assert isinstance(outcome, Known)
    assert isinstance(budget, Known)
    percent = percent_change(outcome, budget, label_of(outcome), str(outcome.figure.period))
    if percent is None:
        return Outcome("nothing", nearest=(outcome, budget))
    return Outcome("change", (percent, printed(outcome, "operand"), printed(budget, "operand")))


def _worked_deviation(desk: Desk) -> Outcome | None:
    """How far a row is from its budget, where the table gives both and not that: its forecast for
    the year, or its outcome for the part of it that is asked for."""
    part = desk.asked.limits.by_month or desk.asked.limits.so_far or desk.asked.months[1]
    ahead = ("prognos",) if "prognos" in desk.asked.measures else ("prognos", "utfall")
    measures = ("utfall",) if part and "prognos" not in desk.asked.measures else ahead
    for measure in measures:
        outcome = desk.one(replace(desk.asked, measures=(measure,)))
        if isinstance(outcome, Known):
            same = outcome.figure.measure == measure
            return _from_budget(desk, outcome) if same else None
        if outcome.choices:
            return None
    return None


def _from_budget(desk: Desk, outcome: Known) -> Outcome | None:
    """The deviation of a row from the budget of its table for the same time."""
    figure = outcome.figure
    if outcome.table is None:
        return None
    row = [
        known
        for known in desk.every
        if known.document.id == outcome.document.id
        and known.figure.table == figure.table
        and known.figure.row == figure.row
    ]
    part = desk.asked.limits.by_month or desk.asked.limits.so_far
    own = not part and any(known.figure.measure == "avvikelse" for known in row)
    if own or any("kommunbidrag" in plain(label.casefold()) for label in figure.row):
        return None  # the table has its own, of another time; what a board is given is used
    budgets = [
        known
        for known in row
        if known.figure.measure == "budget"
        and known.figure.period == figure.period
        and known.figure.part == figure.part
    ]
    if len(budgets) != 1 or not figure.period.year or budgets[0].figure.value is None:
        return None
    label, period, budget = label_of(outcome), str(figure.period), budgets[0]
    # minus is worse for the board: costs printed without a sign are taken from their budget
    first, second = (budget, outcome) if _is_plain_cost(outcome) else (outcome, budget)
    result = difference(first, second, "avvikelse", label, period)
    if result is None:
        return None
    return Outcome("change", (result, printed(outcome, "operand"), printed(budget, "operand")))


def _is_plain_cost(known: Known) -> bool:
    """Whether a figure is a cost that is printed without a sign."""
    said = plain(" ".join((*known.figure.row, *known.figure.column)).casefold())
    return value_of(known.figure) > 0 and _INCOME.search(said) is None
