"""Several figures put together: a sum of rows or of years, a row through its years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from ingest.checks.arithmetic import is_money
from ingest.figures.grid import is_total
from rag.alike import FOUND, held, same_name
from rag.desk import Desk
from rag.fitness import fitness
from rag.lookup import figure
from rag.matching import is_year_row
from rag.narrowing import whose
from rag.prose_fit import is_earlier
from rag.question.asked import Understanding
from rag.relevance import TextTerms, WeighedWord
from rag.results import Outcome, converted, label_of, printed, sums_up, total_of
from rag.rows_in_time import row_of_years
from rag.shelf import Known

_PLAINLY = 0.75  # of words: the total of a table that is called what is asked for


def total(desk: Desk) -> Outcome:
    """The sum of the rows that are named, or of one row's years."""
    if len(desk.asked.years) > 1:
        return _total_of_years(desk)
    columns: dict[tuple[str, str, tuple[str, ...]], dict[str, Known]] = defaultdict(dict)
    for known in desk.of_kind:
        fits = known.figure.sentence is None and known.figure.value is not None
        if fits and fitness(known, desk.asked) > 0 and _is_named(desk, known):
            place = known.document.id, known.figure.table, known.figure.column
            columns[place].setdefault(label_of(known), known)
    summed = [rows for each in columns.values() if (rows := _meant(desk, list(each.values())))]
    money = [rows for rows in summed if is_money(rows[0].figure.unit)]
    if len(summed) > 1 and len(money) == 1 and not desk.asked.kind:
        summed = money
    if not summed and (told := _total_in_prose(desk)):
        summed = [told]
    if len(summed) != 1:
        best = desk.best(desk.matches())
        whole = bool(best) and all(m.figure.row and is_total(m.figure.row[-1]) for m in best)
        one = len(desk.wanted.needed) < 2 or (whole and best[0].words >= _PLAINLY)
        return figure(desk) if one else Outcome("nothing")
    if _overlap(summed[0]):
        return Outcome(
            "nothing", nearest=tuple(summed[0]), missing="det ena är en del av det andra"
        )
    result = total_of(summed[0], " och ".join(map(label_of, summed[0])))
    if result is None:
        return Outcome("nothing", nearest=tuple(summed[0]))
    operands = [printed(one, "operand") for one in summed[0]]
    return Outcome("total", (converted(result, desk.asked.unit), *operands))


def _overlap(rows: Sequence[Known]) -> bool:
    """Whether one of the rows is a part of another."""
    paths = [known.figure.row for known in rows]
    return any(
        len(long) > len(short) and long[: len(short)] == short for long in paths for short in paths
    )


def _total_in_prose(desk: Desk) -> list[Known]:
    """The numbers of sentences that are each about one of the things named; or none."""
    prose = [k for k in desk.of_kind if k.figure.sentence is not None and k.figure.row]
    prose = [k for k in prose if not is_earlier(k, desk.wanted, desk.asked)]
    prose = [k for k in prose if fitness(k, desk.asked) > 0 and k.figure.value is not None]
    found: list[Known] = []
    for word in desk.wanted.required:
        shares = [(held(TextTerms(" ".join(k.figure.row)), word), k) for k in prose]
        best = max((held for held, _ in shares), default=0.0)
        about = [known for held, known in shares if held == best]
        if best < 0.5 or len(about) != 1:
            return []
        found.append(about[0])
    different = len({known.figure.id for known in found}) == len(found) > 1
    one_place = len({(k.document.id, k.figure.page) for k in found}) == 1
    return found if different and one_place else []


def _total_of_years(desk: Desk) -> Outcome:
    steps = _steps(desk, desk.asked.years, desk.one)
    steps = steps or row_of_years(desk, desk.asked.years)
    if len(steps) < len(desk.asked.years):
        return desk.nothing(desk.asked)
    if steps[0].figure.unit in ("%", "poäng", "risk"):  # shares of years are not added up
        return trend(desk)
    result = total_of(steps, label_of(steps[0]))
    if result is None:
        return Outcome("nothing", nearest=tuple(steps))
    operands = [printed(one, "operand") for one in steps]
    return Outcome("total", (converted(result, desk.asked.unit), *operands))


def _is_named(desk: Desk, known: Known) -> bool:
    """Whether a row is called what the question says, and is no sum of others."""
    naming = known.labels.naming
    asked = bool(naming) and all(map(desk.wanted.asks_for, naming))
    return asked and not sums_up(known, desk.column_of(known))


def _meant(desk: Desk, rows: Sequence[Known]) -> list[Known]:
    """The rows of a column that the question names, phrase by phrase ("X och Y"); none where a
    phrase names no row, or two as well. One word alone may name several rows."""
    needed = {word.word: word for word in desk.wanted.needed}
    if len(needed) == 1:
        return list(rows) if len(rows) > 1 else []
    found: dict[int, Known] = {}
    for phrase in desk.asked.phrases:
        words = [needed[word] for word in phrase if word in needed]
        of_rows = [w for w in words if any(_of_row(desk, row, w) >= FOUND for row in rows)]
        if any(w not in of_rows and not any(_is_around(desk, r, w) for r in rows) for w in words):
            return []
        if not of_rows:
            continue
        if len(of_rows) == 1 and len(desk.asked.phrases) == 1:  # "två åtgärder i hemtjänsten"
            named = [row for row in rows if _of_row(desk, row, of_rows[0]) >= FOUND]
            return named if len(named) > 1 else []
        scored = sorted(
            ((_named(desk, row, of_rows), row) for row in rows), key=lambda one: -one[0]
        )
        if len(scored) > 1 and scored[0][0] == scored[1][0]:
            return []
        found.setdefault(id(scored[0][1]), scored[0][1])
    return list(found.values()) if len(found) > 1 else []


def _named(desk: Desk, row: Known, words: Sequence[WeighedWord]) -> float:
    """How well a phrase names a row: all its words, and no other word in the row."""
    said = TextTerms(" ".join(word.word for word in words))
    labels = [WeighedWord(word, (), 1.0) for word in row.labels.naming]
    beyond = sum(held(said, word) < FOUND for word in labels) / max(len(labels), 1)
    return sum(_of_row(desk, row, word) for word in words) - 0.5 * beyond


def _of_row(desk: Desk, row: Known, word: WeighedWord) -> float:
    return desk.wanted.share(row.labels.own, word)


def _is_around(desk: Desk, row: Known, word: WeighedWord) -> bool:
    labels = row.labels
    return any(desk.wanted.share(text, word) >= FOUND for text in (labels.around, labels.called))


def trend(desk: Desk) -> Outcome:
    """One row through its years."""
    years = desk.asked.years
    if desk.asked.each_month:
        return _by_month(desk)
    first, last = desk.asked.months
    if first < last and len(years) < 2 and (by_month := _by_month(desk)).found:
        return by_month
    if len(years) < 2:
        last = years[0] if years else 0
        known = {k.figure.period.year for k in desk.of_kind if k.figure.period.year}
        since = desk.asked.limits.since
        years = tuple(
            sorted(year for year in known if (year >= since if since else not last or year <= last))
        )
    found = [_steps(desk, years, desk.one), _steps(desk, years, desk.in_prose)]
    if len(desk.asked.years) > 1:
        found.append(row_of_years(desk, years))
    if not desk.asked.measures:  # "hur har kostnaden utvecklats": what it was
        past = desk.under(replace(desk.asked, measures=("utfall",)))
        found.insert(1, _steps(past, years, past.one))
    steps = max(found, key=len)
    of_rows = len(steps) > 1 and is_year_row(steps[0])  # all of them, or it is another series
    if len(steps) < 2 or (of_rows and len(steps) < len(desk.asked.years)):
        return desk.nothing(desk.asked)
    told = [printed(known) for known in steps]
    if of_rows:
        told = [
            replace(one, label=one.sources[0].figure.column[-1])
            if is_year_row(one.sources[0])
            else one
            for one in told
        ]
    return Outcome("trend", tuple(told))


def _by_month(desk: Desk) -> Outcome:
    """One row through the months that are named, or of the year; all of them, or none."""
    months, year = desk.asked.months, desk.asked.years[:1]
    first, last = months if months[1] else (1, 12)
    alone = replace(desk.asked.limits, one_month=True)
    asked = replace(desk.asked, measures=(), years=year, limits=alone)
    found = [desk.one(replace(asked, months=(m, m))) for m in range(first, last + 1)]
    steps = [one for one in found if isinstance(one, Known)]
    while not months[1] and steps and not isinstance(found[-1], Known):
        found.pop()  # what is to come of the year has no outcome yet
    alike_all = all(_is_same_row(one, steps[0]) for one in steps)
    different = {one.figure.id for one in steps}
    if len(steps) < 2 or len(different) < len(found) or not alike_all:
        return desk.nothing(desk.asked)
    return Outcome("trend", tuple(map(printed, steps)))


def _steps(
    desk: Desk,
    years: Sequence[int],
    find: Callable[[Understanding], Known | Outcome | None],
) -> list[Known]:
    """A figure for each year, all of one row, or of a board's rows by one name in its reports;
    none where they are not."""
    steps: list[Known] = []
    for year in years:
        asked = replace(desk.asked, years=(year,))
        found = find(asked)
        if not isinstance(found, Known) and {"utfall", "prognos"} <= set(asked.measures):
            found = find(replace(asked, measures=("utfall",)))  # what is over has an outcome
        if isinstance(found, Known):
            steps.append(found)
    one_row = all(_is_same_row(known, steps[0]) for known in steps)
    return steps if one_row and len({k.figure.id for k in steps}) == len(steps) else []


def _is_same_row(known: Known, first: Known) -> bool:
    """Whether two figures are of one row, by its name in a board's reports."""
    own, other = known.figure, first.figure
    if own.sentence is not None or other.sentence is not None:
        return known.document.id == first.document.id and own.row == other.row
    counted = (own.unit, own.part) == (other.unit, other.part)
    return (
        whose(known) == whose(first) and counted and same_name(_named_by(known), _named_by(first))
    )


def _named_by(known: Known) -> str:
    """The row's name; of a row that is a year, the column's: it says what it is of."""
    path = known.figure.column if is_year_row(known) else known.figure.row
    return path[-1] if path else ""
