"""One figure as it is printed, or one for each measure that is asked for."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.checks.arithmetic import value_of
from rag.desk import Desk
from rag.results import Outcome, converted, label_of, printed, total_of
from rag.shelf import Known
from rag.spoken import number
from rag.terms import plain

_UNTIL = re.compile(r"\bt\.? ?o\.? ?m|till och med|\back", re.I)
_LONG = 3  # words of a row that says by itself what it is of


def figure(desk: Desk) -> Outcome:
    """One figure as printed; in another unit where that is asked for."""
    if desk.asked.several and len(desk.asked.measures) > 1 and (both := _several_measures(desk)):
        return both
    found = desk.one()
    if isinstance(found, Outcome):
        return _accumulated(desk) or _said_twice(found) or found
    return Outcome("figure", (converted(printed(found), desk.asked.unit),))


def _accumulated(desk: Desk) -> Outcome | None:
    """What a project has spent until a year: its outcome of the year, and what its row says of all
    the years before, "Utfall t.o.m. 2023" beside "Utfall 2024"."""
    asked = desk.asked
    if not asked.limits.since_start or len(asked.years) != 1 or asked.months[1]:
        return None
    asked = replace(asked, measures=("utfall",))
    before = desk.one(replace(asked, years=(asked.years[0] - 1,)))
    of_year = desk.one(replace(asked, limits=replace(asked.limits, since_start=False)))
    if isinstance(before, Outcome) or isinstance(of_year, Outcome):
        return None
    pair = (before, of_year)
    rows = {(k.document.id, k.figure.table, k.figure.row) for k in pair}
    whole = before.figure.table and not any(k.figure.period.last for k in pair)
    until = _UNTIL.search(" ".join(before.figure.column)) is not None
    alone = _UNTIL.search(" ".join(of_year.figure.column)) is None
    if len(rows) > 1 or not (whole and until and alone):
        return None
    total = total_of(pair, label_of(of_year))
    if total is None:
        return None
    total = replace(total, period=f"till och med {asked.years[0]}")
    return Outcome("total", (total, *(printed(one, "operand") for one in pair)))


def _said_twice(found: Outcome) -> Outcome | None:
    """What documents of one board give in two places, with other numbers: both, and that they
    contradict; None where the choice is between different things."""
    choices = found.choices
    if len(choices) < 2 or len({_of_what(known) for known in choices}) > 1:
        return None
    places = {(known.document.id, known.figure.table) for known in choices}
    if len(places) < len(choices):  # columns of one table
        return None
    said = [
        f"{_title(known)} har {number(value_of(known.figure), known.figure.unit)}"
        for known in choices
    ]
    return Outcome(
        "figures",
        tuple(printed(known) for known in choices),
        conflict=f"Samma uppgift står med olika tal: {', men '.join(said)}.",
    )


def _of_what(known: Known) -> tuple[object, ...]:
    identity, figure = known.document.identity, known.figure
    row = plain(figure.row[-1].casefold()) if figure.row else ""
    whose = identity.municipality, identity.board
    caption = plain(known.table.caption.casefold()) if known.table is not None else ""
    # "Filialen" of the visits is not that of the loans; a long name is a name of its own
    about = "" if len(row.split()) >= _LONG else re.sub(r"[\W\d]+", " ", caption).strip()
    return (*whose, row, about, figure.measure, figure.period, figure.unit, figure.part)


def _title(known: Known) -> str:
    return f"{known.document.identity.title}, s. {known.figure.page},"


def _several_measures(desk: Desk) -> Outcome | None:
    """ "Målet och utfallet": one figure for each measure that is asked for, of one row."""
    found: list[Known] = []
    for measure in desk.asked.measures:
        one = desk.one(replace(desk.asked, measures=(measure,)))
        if isinstance(one, Known):
            found.append(one)
    if len(found) < 2 or len({(k.document.id, k.figure.row) for k in found}) > 1:
        return None
    if len({k.figure.id for k in found}) < 2:
        return None
    return Outcome("figures", tuple(printed(known) for known in found))
