"""What a year that is over came to for a board: the result of its own statement."""

from __future__ import annotations

from dataclasses import replace

from ingest.checks.arithmetic import is_money
from rag.alike import same_name
from rag.desk import Desk
from rag.results import Outcome, converted, printed
from rag.shelf import Known
from rag.terms import plain


def result_of_year(desk: Desk) -> Outcome | None:
    """The deficit or surplus of a board for one year, where no table gives it as a deviation: the
    row "Resultat" of a statement that takes what the board was given as income.

    None where anything more is asked for, and where reports give several.
    """
    asked = desk.asked
    if desk.wanted.needed or desk.wanted.idle or asked.months[1] or len(asked.years) != 1:
        return None
    if set(asked.measures) - {"avvikelse", "utfall"}:
        return None
    closed = [known for known in desk.every if _is_result(known, asked.years[0])]
    given = [known for known in closed if _counts_given(desk, known)]
    if not given or len({(k.figure.value, k.figure.unit) for k in given}) > 1:
        return None
    found = replace(printed(given[0]), measure="utfall")
    return Outcome("deviation", (converted(found, asked.unit),))


def _is_result(known: Known, year: int) -> bool:
    figure = known.figure
    called = bool(figure.row) and same_name(figure.row[-1].casefold(), "resultat")
    of_year = figure.period.year == year and not figure.period.interim
    held = figure.value is not None and is_money(figure.unit) and figure.sentence is None
    return called and of_year and held and figure.measure == "utfall"


def _counts_given(desk: Desk, result: Known) -> bool:
    """Whether the table of a result has what the board was given among its rows."""
    return any(
        plain(other.figure.row[-1].casefold()).startswith("kommunbidrag")
        for other in desk.column_of(result)
        if other.figure.row
    )
