"""Several figures put together: a sum of rows or of years, a row through its years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from ingest.checks.arithmetic import is_money
from rag.desk import Desk
from rag.lookup import figure
from rag.matching import fitness, is_earlier, share
from rag.question.understanding import Understanding
from rag.relevance import TextTerms, WeighedWord
from rag.results import Outcome, converted, label_of, printed, sums_up, total_of
from rag.shelf import Known


def total(desk: Desk) -> Outcome:
    """The sum of the rows that are named, or of one row's years."""
    if len(desk.asked.years) > 1:
        return _total_of_years(desk)
    fitting = [k for k in desk.of_kind if fitness(k, desk.asked) > 0 and k.figure.sentence is None]
    required = desk.wanted.needed
    columns: dict[tuple[str, str, tuple[str, ...]], dict[str, Known]] = defaultdict(dict)
    for known in fitting:
        naming = known.labels.naming
        sums = sums_up(known, desk.column_of(known))
        asked = naming and all(map(desk.wanted.asks_for, naming)) and not sums
        if asked and known.figure.value is not None:
            place = known.document.id, known.figure.table, known.figure.column
            columns[place].setdefault(label_of(known), known)
    summed = [list(rows.values()) for rows in columns.values() if _says_all(desk, rows, required)]
    money = [rows for rows in summed if is_money(rows[0].figure.unit)]
    if len(summed) > 1 and len(money) == 1 and not desk.asked.kind:
        summed = money
    if not summed and (told := _total_in_prose(desk)):
        summed = [told]
    if len(summed) != 1:
        return figure(desk) if len(desk.wanted.needed) < 2 else Outcome("nothing")
    result = total_of(summed[0], " och ".join(map(label_of, summed[0])))
    if result is None:
        return Outcome("nothing", nearest=tuple(summed[0]))
    operands = [printed(one, "operand") for one in summed[0]]
    return Outcome("total", (converted(result, desk.asked.unit), *operands))


def _total_in_prose(desk: Desk) -> list[Known]:
    """The numbers of sentences that are each about one of the things named; or none."""
    prose = [k for k in desk.of_kind if k.figure.sentence is not None and k.figure.row]
    prose = [k for k in prose if not is_earlier(k, desk.wanted)]
    prose = [k for k in prose if fitness(k, desk.asked) > 0 and k.figure.value is not None]
    found: list[Known] = []
    for word in desk.wanted.required:
        shares = [(share(TextTerms(" ".join(k.figure.row)), word), k) for k in prose]
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
    if len(steps) < len(desk.asked.years):
        return desk.nothing(desk.asked)
    if steps[0].figure.unit in ("%", "poäng", "risk"):  # shares of years are not added up
        return trend(desk)
    result = total_of(steps, label_of(steps[0]))
    if result is None:
        return Outcome("nothing", nearest=tuple(steps))
    operands = [printed(one, "operand") for one in steps]
    return Outcome("total", (converted(result, desk.asked.unit), *operands))


def _says_all(desk: Desk, rows: dict[str, Known], required: Sequence[WeighedWord]) -> bool:
    """Whether two rows or more say together all that the question does."""
    return len(rows) > 1 and all(
        any(
            share(text, word) > 0
            for known in rows.values()
            for text in (known.labels.own, known.labels.around, known.labels.called)
        )
        for word in required
    )


def trend(desk: Desk) -> Outcome:
    """One row through its years."""
    years = desk.asked.years
    if len(years) < 2:
        last = years[0] if years else 0
        known = {k.figure.period.year for k in desk.of_kind if k.figure.period.year}
        years = tuple(sorted(year for year in known if not last or year <= last))
    tabled = _steps(desk, years, desk.one)
    told = _steps(desk, years, desk.in_prose)
    steps = told if len(told) > len(tabled) else tabled
    if len(steps) < 2:
        return desk.nothing(desk.asked)
    return Outcome("trend", tuple(printed(known) for known in steps))


def _steps(
    desk: Desk,
    years: Sequence[int],
    find: Callable[[Understanding], Known | Outcome | None],
) -> list[Known]:
    """A figure for each year, all of one row or of one sentence; none where they are not."""
    steps: list[Known] = []
    for year in years:
        found = find(replace(desk.asked, years=(year,)))
        if isinstance(found, Known):
            steps.append(found)
    one_row = len({(k.document.id, k.figure.row) for k in steps}) == 1
    return steps if one_row and len({k.figure.id for k in steps}) == len(steps) else []
