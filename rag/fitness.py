"""Does a figure's measure, period and kind fit the question? It does or it does not: never nearly.

Words may be matched with some freedom; what is measured, when, and in what it is counted may not.
"""

from __future__ import annotations

import re

from ingest.checks.arithmetic import is_money
from ingest.figures.labels import TOTAL_HEAD, measure_of, months_of, years_of
from ingest.identity import years_named
from ingest.types import Figure
from rag.alike import FOUND, alike
from rag.question.asked import Understanding
from rag.question.limits import issues_in
from rag.question.signs import UNIT_KINDS
from rag.results import PART_OF
from rag.shelf import Known
from rag.terms import plain

_WITHOUT = re.compile(r"\b(?:exkl|utan|utom|forutom)")
_ACCUMULATED = re.compile(r"\back\b|ackumuler|upparbet|\bt\.? ?o\.? ?m|till och med|\btidigare")
_ASKED_FOR = re.compile(r"\b(?:ansok|sokt|begar|aska|forslag|foreslag)\w*")
_FROM_FORECAST = re.compile(r"(?:mot|från|jämfört med|sedan)\s+(?:\w+\s+)?\w*prognos", re.I)
_MEAN = re.compile(r"snitt|medel|\bper\b|/|\bvarje\b|\bstyck")
_MEAN_ABOVE = re.compile(r"snitt|medel")
_EXPECTED = re.compile(r"(?:för)?vänta(?:s|des)|beräkna(?:s|des)|bedöms")
_DIVIDED = re.compile(r"(?:\b(?:per|varje)\s+|/\s*)(\w+)(?:\s+(?:och|/)\s+(\w+))?")
_IN_TIME = re.compile(r"\b(?:om|i)\s+(\w+)()")
_COUNTS = re.compile(r"antal(?:et)?\s+(?:\w+\s+)??([^\W\d]+)\s*\Z", re.I)
_OF_PART = 0.75
_ONE_OF_YEARS = 0.7
_OF_PROJECT = re.compile(r"\b(?:projekt|total|slut)\w*(?:budget|kalkyl|kostnad|ram|utgift)|\btotal")
_ALL_OF_PROJECT = re.compile(r"\bhela projekt")
_OF_MONEY = frozenset({"budget", "plan", "prognos", "utfall", "avvikelse"})
_LEVELS = frozenset({"budget", "plan", "prognos", "utfall", "nuläge", "antal", "andel", ""})
_FITTING = {
    "budget": {"budget": 1.0, "plan": 0.9},
    "plan": {"plan": 1.0, "budget": 0.9},
    "prognos": {"prognos": 1.0},
    "utfall": {"utfall": 1.0, "nuläge": 0.8, "": 0.6, "antal": 0.6, "andel": 0.6},
    "nuläge": {"nuläge": 1.0, "utfall": 0.9, "": 0.6, "antal": 0.6, "andel": 0.6},
    "målvärde": {"målvärde": 1.0},
    "avvikelse": {"avvikelse": 1.0},
}


def fitness(known: Known, asked: Understanding) -> float:
    """How well measure and period fit; 0 where they contradict the question."""
    if (
        asked.bands
        and known.figure.unit != "risk"
        and not set(asked.bands) <= set(known.labels.bands)
    ):
        return 0.0
    fit = _measure_fit(known, asked)
    fit = fit and fit * _period_fit(known, asked)
    return fit if fit and _within_limits(known, asked) else 0.0


def _within_limits(known: Known, asked: Understanding) -> bool:
    """Whether a figure keeps to what the question restricts its number to."""
    limits, figure = asked.limits, known.figure
    trend, ranks = asked.operation == "trend", asked.operation in ("rank", "list")
    roles = tuple(role for role in limits.roles if role != "total" or not asked.years)
    return (
        _is_within_time(known, asked)
        and (not limits.per or (limits.per == "ar" and trend) or _is_per(limits.per, known))
        and (
            not limits.without
            or figure.unit == "risk"
            or _WITHOUT.search(_said(figure)) is not None
        )
        and (not limits.mean or ranks or _is_mean(known))  # "varje område" is each of them
        and (not limits.counted or not _counts_other(known, limits.counted))
        and _has_role(roles, known)
        and (not limits.age or _is_of_age(limits.age, known))
    )


def _is_of_age(age: int, known: Known) -> bool:
    """Whether a row is of somebody of an age, where its name says of what ages it is."""
    bands = known.labels.bands
    return not bands or any(first <= age <= (last or age) for first, last in bands)


def _said(figure: Figure) -> str:
    """What a figure's row and column say, in plain letters."""
    # a part is counted as what it is a part of: "varav familjehem" of "…, snitt per månad"
    row = figure.row[-2:] if PART_OF.match(" ".join(figure.row[-1:])) else figure.row[-1:]
    said = f"{' '.join(row)} {' '.join(figure.column)} {figure.part}"
    return plain(said.casefold())


def _is_within_time(known: Known, asked: Understanding) -> bool:
    limits, figure = asked.limits, known.figure
    return (
        (not limits.since_start or _is_accumulated(known))
        and (not limits.project or _is_of_project(known))
        and (not limits.so_far or _is_so_far(known))
        and not (limits.closed and figure.period.interim)
        and (not limits.one_month or _is_of_the_month(known, asked.months))
        and (not limits.made_in or _was_made(known, limits.made_in))
        and (not limits.issue or _is_of_issue(known, limits.issue))
    )


def _is_accumulated(known: Known) -> bool:
    """Whether a figure is of all time, where its table has such columns."""
    if _ACCUMULATED.search(_said(known.figure)):
        return True
    return not any(_ACCUMULATED.search(head) for head in _heads(known))


def _heads(known: Known) -> list[str]:
    table = known.table
    if table is None:
        return []
    upper = [cell for cell in table.cells if cell.row < table.header_rows and cell.column > 0]
    return [plain(cell.text.casefold()) for cell in upper]


def _is_of_the_month(known: Known, months: tuple[int, int]) -> bool:
    """Whether a figure is of one month alone, where its table has such columns; "i augusti" is
    else what a report until August says."""
    period = known.figure.period
    if not months[1] or months[0] != months[1] or period.first == period.last:
        return True
    first, last = months_of(" ".join(known.figure.column))
    if is_money(known.figure.unit) and first < last == months[1]:
        return False  # what "januari–augusti" cost is not what August did
    own = plain(" ".join(known.figure.column[-1:]).casefold())
    alone = [head for head in _heads(known) if months_of(head) == months and head != own]
    return not any(len(head.split()) <= 2 for head in alone)


def _was_made(known: Known, month: int) -> bool:
    """Whether a forecast is of the month that is asked for, by its column or its report."""
    said = made_in(known) or months_of(known.document.identity.title)[1]
    return known.figure.measure not in ("prognos", "avvikelse") or said == month


def made_in(known: Known) -> int:
    """The month of which a column's forecast is: 4 of "Prognos per april"; 0 where none is said."""
    column = " ".join(known.figure.column)
    said = known.figure.measure == "prognos" or "prognos" in column.casefold()
    return months_of(column)[1] if said else 0


def _is_of_issue(known: Known, issue: str) -> bool:
    """Whether a column is of the year's report that is asked for, where its table has columns of
    such: "Avvikelse DB1" beside "Avvikelse DB2"."""
    own = issues_in(plain(" ".join(known.figure.column).casefold()))
    return own == [issue] or (not own and not any(map(issues_in, _heads(known))))


def _is_mean(known: Known) -> bool:
    """Whether a number is said to be an average, or mostly is one by its kind: days, scores."""
    if UNIT_KINDS.get(known.figure.unit, "") in ("time", "percent", "points", "risk"):
        return True
    above = plain(" ".join(known.labels.above.words))
    return _MEAN.search(_said(known.figure)) is not None or _MEAN_ABOVE.search(above) is not None


def _counts_other(known: Known, counted: str) -> bool:
    """Whether a table is said to count something else than what is to be counted: "Antal besök"
    under the heading "Besök och lån" holds no loans."""
    caption = _COUNTS.match(known.table.caption) if known.table is not None else None
    if caption is None or alike(counted, caption[1].casefold()) >= FOUND:
        return False
    return all(alike(counted, word) < FOUND for word in known.labels.own.words)


def _is_per(per: str, known: Known) -> bool:
    """Whether a figure is a number per what is asked for: month, pupil, inhabitant."""
    said = _said(known.figure)
    in_time = per in ("manad", "manaden", "vecka", "veckan", "dag", "dagen", "dygn", "dygnet")
    if known.table is not None:  # a heading "Elever och kostnad per program" is not per pupil
        above = " ".join((known.table.caption, *known.table.section))
        text = f"{said} {plain(above.casefold())}"
        return any(
            alike(per, divided) >= FOUND
            for form in ([_DIVIDED, _IN_TIME] if in_time else [_DIVIDED])
            for group in form.findall(text)
            for divided in group
        )
    texts = [*said.split(), *known.labels.own.words, *known.labels.around.words]
    divisors = ("per", "varje", "kr/", "om", "i") if in_time else ("per", "varje", "kr/")
    divides = any(word in divisors for word in texts) or "/" in said
    return divides and any(alike(per, plain(word)) >= FOUND for word in texts)


def _is_of_project(known: Known) -> bool:
    """Whether a figure is of all of a project's years, where its table has columns of years, or a
    sentence says so."""
    figure = known.figure
    if figure.sentence is not None:
        return _OF_PROJECT.search(" ".join(map(plain, known.labels.own.words))) is not None
    if _ALL_OF_PROJECT.search(_said(figure)):  # beside "Innevarande år 2025"
        return True
    of_years = any(years_of(head) for head in _heads(known))
    said = f"{plain(known.table.caption.casefold()) if known.table else ''} {_said(figure)}"
    column = " ".join(figure.column)
    # "Totalt 2026–2030" leaves out what a project cost before
    return (TOTAL_HEAD.match(column) is not None and not years_of(column)) or (
        not of_years and _OF_PROJECT.search(said) is not None
    )


def _is_so_far(known: Known) -> bool:
    """Whether a figure is of the part of the year that a report follows up, or of a closed year;
    of what is no amount, where its table tells the two apart."""
    if known.figure.measure not in _OF_MONEY and not any(map(_is_part, _heads(known))):
        return True
    return known.figure.period.interim or known.document.identity.kind == "årsredovisning"


def _has_role(roles: tuple[str, ...], known: Known) -> bool:
    """Whether a figure's column is of the kind that is named, where its table has such columns."""
    table, column = known.table, plain(" ".join(known.figure.column).casefold())
    if table is None:
        return True
    for role in map(plain, roles):
        if not re.search(role, column) and any(re.search(role, head) for head in _heads(known)):
            return False
    wanted = _ASKED_FOR.search(column)  # an amount that was applied for is not what was given
    return wanted is None or any(re.search(role, wanted[0]) for role in map(plain, roles))


def same_kind(figure: Figure, kind: str) -> bool:
    """Whether a figure is a number of the kind that is asked for; "" is asked of none."""
    own = UNIT_KINDS.get(figure.unit, "")
    if not kind or own == kind:
        return True
    if own or figure.unit:
        return not own and kind == "count"
    # nothing says in what a number is counted: a table's may count things, and is no amount
    return kind == "count" and figure.sentence is None


def _measure_fit(known: Known, asked: Understanding) -> float:
    figure = known.figure
    if not asked.measures:
        if figure.measure in ("avvikelse", "förändring", "målvärde"):
            # told only to who asks for it: a change is no level, a target no outcome
            return 0.4 if figure.measure == "förändring" and asked.changes else 0.0
        return 1.0 if figure.measure in _LEVELS or figure.unit == "risk" else 0.4
    best = 0.0
    for position, measure in enumerate(asked.measures):
        fit = _FITTING.get(measure, {measure: 1.0}).get(figure.measure, 0.0)
        if measure == "prognos" and asked.subject and not figure.measure and _is_ahead(known):
            fit = 0.5  # a table of years to come, the inhabitants of 2030
        stated = figure.measure != "budget" or measure_of(" ".join(figure.column))
        if measure == "prognos" and asked.vague and known.table and not (stated and figure.measure):
            fit = 0.5  # "väntas ge": the column is called by what it holds, "Effekt"
        if measure == "prognos" and asked.vague and not figure.measure and _is_expected(known):
            fit = 0.8  # "beräknas kosta 27,4 mnkr" says so by its verb
        if measure == "budget" and _is_of_a_budget(known, asked):
            fit = 0.6
        if measure == "plan" and any(word.startswith("planera") for word in known.labels.naming):
            fit = 0.9  # the row "Planerade kontroller" holds what was planned, in any column
        best = max(best, fit - 0.05 * position)
    if not asked.percent and (_is_one_of_shares(known) or _is_no_amount(figure, asked)):
        return 0.0
    return best * _deviation_fit(known, asked)


def _is_of_a_budget(known: Known, asked: Understanding) -> bool:
    """Whether a sentence of a budget gives an amount of the year that is asked for."""
    figure, identity = known.figure, known.document.identity
    told = figure.sentence is not None and not figure.measure and is_money(figure.unit)
    return told and identity.kind == "budget" and figure.period.year in asked.years


def _is_expected(known: Known) -> bool:
    """Whether a sentence says of a number that it is reckoned with."""
    said = known.labels.own.words if known.figure.sentence is not None else ()
    return any(_EXPECTED.fullmatch(word) for word in said)


def _is_one_of_shares(known: Known) -> bool:
    """Whether a figure stands in a column "Andel, %" beside others that count and cost: it is no
    outcome of what its row is called."""
    stated = measure_of(" ".join(known.figure.column)) == "andel"
    if not stated or known.labels.column or known.table is None:
        return False
    own = measure_of(" ".join(known.figure.row))
    return not own and any(
        measure_of(head) not in ("andel", "förändring") for head in _heads(known)
    )


def _is_no_amount(figure: Figure, asked: Understanding) -> bool:
    """Whether a budget is asked for, and a number is some share that is none."""
    return "budget" in asked.measures and figure.unit == "%" and figure.measure != "budget"


def _deviation_fit(known: Known, asked: Understanding) -> float:
    """Which of several deviations is meant: that from the budget, if not that from a forecast."""
    if known.figure.measure != "avvikelse":
        return 1.0
    from_forecast = is_from_forecast(known.figure)
    if asked.limits.against_forecast:
        return float(from_forecast)
    return 0.5 if from_forecast else 1.0


def is_from_forecast(figure: Figure) -> bool:
    """Whether a column says how far a number is from a forecast: "Förändring mot föregående
    prognos"."""
    return _FROM_FORECAST.search(" ".join(figure.column)) is not None


def _is_ahead(known: Known) -> bool:
    """Whether a table's number is of a year after that of its document."""
    main = known.document.identity.years[:1]
    return known.table is not None and bool(main) and known.figure.period.year > main[0]


def _period_fit(known: Known, asked: Understanding) -> float:
    fit = _months_fit(known.figure, known.document.identity.title, asked) * _year_fit(known, asked)
    of_part = known.figure.period.interim and not known.figure.measure and not asked.months[1]
    # "t.o.m. aug" beside "helår": the year is meant, where no part of it is named
    beside = of_part and not asked.limits.so_far and any("helar" in h for h in _heads(known))
    return _OF_PART * fit if beside else fit


def _year_fit(known: Known, asked: Understanding) -> float:
    year, main = known.figure.period.year, known.document.identity.years[:1]
    if asked.years:
        head = " ".join(known.figure.column)
        if year or TOTAL_HEAD.match(head):
            if _is_of_all(head, asked):
                return 1.0  # "Totalt 2026–2030"
            if year in asked.years and any(_is_of_all(one, asked) for one in _heads(known)):
                return _ONE_OF_YEARS
            return 1.0 if year in asked.years else 0.0
        return 0.5 if set(asked.years) & set(main) else 0.0
    if not year or not main:
        return 0.7
    return 1.0 if year in (main[0], _own_year(known)) else 0.45


def _is_of_all(head: str, asked: Understanding) -> bool:
    """Whether a column is the total of just the years that are asked for together."""
    together = len(asked.years) > 1 and years_named(head) == tuple(sorted(asked.years))
    return together and TOTAL_HEAD.match(head) is not None


def _own_year(known: Known) -> int:
    """The year that a table is of by its caption or heading: "Bidrag till föreningar 2025"."""
    if known.table is None:
        return 0
    years = years_of(" ".join((known.table.caption, *known.table.section[-1:])))
    return years[0] if len(years) == 1 else 0


def _months_fit(figure: Figure, title: str, asked: Understanding) -> float:
    """How well the part of the year fits: a part is not the whole, nor another part."""
    period, months = figure.period, asked.months
    loose = figure.sentence is not None and not figure.measure
    if asked.whole_year and (period.interim or loose):
        return 0.0
    if not months[1]:
        return _no_months_fit(figure)
    if figure.sentence is not None and not period.last:
        # what a report says without a month is of the months that it is called by; a deviation
        # or a forecast is mostly the year's
        of_year = figure.measure in ("avvikelse", "prognos")
        return 0.9 if months_of(title)[1] == months[1] and not of_year else 0.0
    begins = months[0] == months[1] or period.first == months[0]
    if period.last and (period.last != months[1] or not begins):
        return 0.0
    if months == (1, 12) or period.interim or figure.measure == "förändring":
        return 1.0
    return 0.0


def _is_part(head: str) -> bool:
    first, last = months_of(head)
    return first == 1 and 1 < last < 12


def _no_months_fit(figure: Figure) -> float:
    """The same where no months are named: the year, where it is known."""
    period = figure.period
    if period.last and period.first == period.last:  # a month alone
        return 0.6
    if not period.interim:
        return 1.0
    if figure.measure in ("budget", "prognos", "avvikelse", "plan"):
        return 0.6
    return 0.75 if figure.measure == "utfall" else 1.0
