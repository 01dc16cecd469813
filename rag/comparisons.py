"""Two figures compared: a change between years, a deviation from budget, a share of a whole."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.checks.arithmetic import value_of
from ingest.checks.check import TOTAL
from ingest.figures.grid import is_total
from ingest.types import Cell, Figure
from rag.alike import FOUND, held
from rag.closed import result_of_year
from rag.desk import Desk
from rag.matching import rank
from rag.narrowing import values
from rag.question.asked import Understanding
from rag.relevance import TextTerms
from rag.results import (
    Outcome,
    converted,
    difference,
    label_of,
    percent_change,
    printed,
    share_of,
)
from rag.rows_in_time import row_of_years, two_months, used_and_budget
from rag.shelf import Known
from rag.terms import plain

_SURELY = 0.95  # a form of the word itself
_PLAINLY = 0.75  # of words: what two things are compared by
_INCOME = re.compile(
    r"\b(?!netto)\w*(?:intakt|inkomst|bidrag|avgifter|taxor|resultat|forsaljning|ersattning|moms)"
)


_NET = ("nettokostnad", "nettokostnader", "kostnader", "nämnden")


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


def share(desk: Desk) -> Outcome:
    """A figure in per cent that is printed; else a part of a whole."""
    if (of := desk.asked.whole) is not None:
        named = of.subject and (_share_as_printed(desk, of) or _share_of_named(desk, of))
        return named or _share_of_board(desk, of)
    direct = desk.one()
    if isinstance(direct, Known) and direct.figure.unit == "%":
        return Outcome("figure", (printed(direct),))
    if desk.asked.limits.used:  # "hur stor del av pengarna användes": of its own budget
        used = used_and_budget(desk)
        return _share(desk, *used) if used else Outcome("nothing")
    part = desk.one(replace(desk.asked, kind=""))
    if isinstance(part, Outcome):
        return part
    return _share(desk, part, _whole_of(desk, part))


def _share_of_board(desk: Desk, of: Understanding) -> Outcome:
    """A share of what a board has in all: of the last total of the part's own column, where that
    is called by the board's name or by nothing."""
    measures = desk.asked.measures or of.measures
    part = desk.one(replace(desk.asked, kind="", whole=None, measures=measures))
    if isinstance(part, Outcome):
        return part
    totals = [
        known
        for known in desk.column_of(part)
        if known.figure.row and is_total(known.figure.row[-1]) and known.figure.part == ""
    ]
    whole = totals[-1] if totals else None
    own = whole is not None and set(whole.labels.naming) <= {*whole.labels.called.words, *_NET}
    return _share(desk, part, whole if own else None)


def _share_as_printed(desk: Desk, of: Understanding) -> Outcome | None:
    """A share that a table or sentence states: of the whole and the part both; or none."""
    subject = (*desk.asked.subject, *of.subject)
    asked = replace(desk.asked, subject=subject, carried=(), whole=None, kind="percent")
    found = desk.under(asked).one()
    changes = isinstance(found, Known) and found.figure.measure in ("förändring", "avvikelse")
    if isinstance(found, Known) and found.figure.unit == "%" and not changes:
        return Outcome("figure", (printed(found),))
    return None


def _share_of_named(desk: Desk, of: Understanding) -> Outcome:
    """A share of what the question names: of the same table, or it is no share."""
    of = replace(of, carried=() if of.subject else of.carried)
    of = replace(of, kind="count" if of.kind == "count" else "")
    below = desk.under(of)
    whole = below.one(of, whole=True)
    if isinstance(whole, Outcome):
        return whole
    if whole.figure.sentence is not None:
        return _share_in_prose(desk, whole)
    asked = replace(desk.asked, kind="", measures=desk.asked.measures or of.measures)
    own = desk.one(replace(asked, whole=None))
    same = isinstance(own, Known) and own.figure.id == whole.figure.id
    if same or not _is_all_of(below, whole):
        if isinstance(own, Known) and (summed := _summed_in(desk, below, own)):
            return _share(desk, own, summed)
        return Outcome("nothing", nearest=(whole,))
    for match in below.best(below.matches(of)):  # the same total may stand in several tables
        if match.figure.value == whole.figure.value:
            part = _part_beside(desk, asked, match.known)
            if part is not None:
                return _share(desk, part, match.known)
    return Outcome("nothing", nearest=(whole,))


def _summed_in(desk: Desk, below: Desk, part: Known) -> Known | None:
    """The sum of a part's own column that is called just what the question names as the whole:
    "Summa kostnader" of "kostnaderna"."""
    named = below.wanted.needed
    sums = [
        known
        for known in desk.column_of(part)
        if known.figure.row
        and is_total(known.figure.row[-1])
        and known.figure.id != part.figure.id
        and (known.figure.part, known.figure.unit) == (part.figure.part, part.figure.unit)
        and all(held(TextTerms(known.figure.row[-1]), word) >= _SURELY for word in named)
        and all(below.wanted.asks(word) >= _SURELY for word in known.labels.naming)
    ]
    return sums[0] if len(sums) == 1 and named and part.table is not None else None


def _is_all_of(desk: Desk, whole: Known) -> bool:
    """Whether a row is all of what is named: a total, or called just that. "Kostnaderna" are not
    the row "Personalkostnader"."""
    row = whole.figure.row[-1] if whole.figure.row else ""
    exact = all(desk.wanted.asks(word) >= 1 for word in whole.labels.naming)
    return is_total(row) or TOTAL in whole.figure.attributes or (bool(row) and exact)


def _part_beside(desk: Desk, asked: Understanding, whole: Known) -> Known | None:
    """The figure of the whole's table, in its row or column, that is asked for."""
    near = [
        known
        for known in desk.every
        if known.figure.table == whole.figure.table
        and known.document.id == whole.document.id
        and known.figure.unit == whole.figure.unit
        and known.figure.id != whole.figure.id
    ]
    matches = [
        m
        for m in rank(near, desk.wanted, asked)
        if _beside(m.figure, whole.figure) or m.figure.measure == "avvikelse"
    ]
    best = desk.best(matches)
    return best[0].known if len(values(best)) == 1 else None


def _share_in_prose(desk: Desk, whole: Known) -> Outcome:
    """A share of a number in prose: its part stands in a sentence with it, or has its own."""
    same = [
        known
        for known in desk.every
        if known.figure.sentence is not None
        and known.document.id == whole.document.id
        and (known.figure.value, known.figure.unit) == (whole.figure.value, whole.figure.unit)
    ]
    for known in same:
        told = desk.in_sentence(known, replace(desk.asked, whole=None))
        parts = [result for result in told if result.unit == whole.figure.unit]
        if len(parts) == 1:
            return _share(desk, parts[0].sources[0], known)
    part = desk.in_prose(replace(desk.asked, kind="", months=(0, 0)))
    near = part is not None and abs(part.figure.page - whole.figure.page) <= 1
    if part is None or not near or part.figure.unit != whole.figure.unit:
        return Outcome("nothing", nearest=(whole,))
    return _share(desk, part, whole)


def _share(desk: Desk, part: Known, whole: Known | None) -> Outcome:
    if whole is None:
        return Outcome("nothing", nearest=(part,))
    result = share_of(part, whole, label_of(part))
    least = -100 if part.figure.measure == "avvikelse" else 0
    if result is None or not least <= result.value <= 100:
        return Outcome("nothing", nearest=(part, whole))
    return Outcome("share", (result, printed(part, "operand"), printed(whole, "operand")))


def _whole_of(desk: Desk, part: Known) -> Known | None:
    """The total that a figure is a part of: of its column, by the table's own sums."""
    figure = part.figure
    for known in desk.every:
        other = known.figure
        same = other.table == figure.table and known.document.id == part.document.id
        if not same or other.cell[1] != figure.cell[1] or other.cell[0] <= figure.cell[0]:
            continue
        if other.row and is_total(other.row[-1]):
            return known
    return None


def _beside(part: Figure, whole: Figure) -> bool:
    """Whether two figures stand in one row or in one column: what may be part and whole."""
    return part.cell[0] == whole.cell[0] or part.cell[1] == whole.cell[1]
