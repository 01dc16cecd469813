"""Of figures that fit a question as well: those that are plainly meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ingest.figures.labels import unit_of
from rag.alike import alike, same_name
from rag.fitness import made_in
from rag.matching import Match
from rag.question.asked import Understanding
from rag.question.signs import UNIT_KINDS
from rag.shelf import Known
from rag.terms import plain, words

_IN_TOTAL = re.compile(r"(?:totalt?|samtliga|alla)(?:\s+(?:19|20)\d\d)?\Z", re.I)
_WHOLE_PROJECT = re.compile(
    r"\bhela (?:projekt|investering)|\bprojekt(?:et)? totalt|\btotalt projekt"
)
_DIGITS = re.compile(r"\d+")
_PLAINLY = 0.75  # of words: labels that say what is asked for, and hardly more


def narrowed(held: list[Match], asked: Understanding, part: Understanding) -> list[Match]:
    """What is meant of figures that fit as well as each other, by a question and the part of it
    that is asked about; all of them where nothing decides."""
    held = _newest(_closed(_of_whole(_own_column(held), asked)), asked)
    return _of_closed_year(_in_total(_without_parts(held, part)), part)


def numbered(held: list[Match], said: Collection[str]) -> list[Match]:
    """Those of rows whose name has the number that the question says, where the rows differ in
    that alone: "årskurs 8" beside "årskurs 5"; all of them otherwise."""
    rows = {" ".join(match.figure.row[-1:]) for match in held}
    if len(rows) < 2 or len({_DIGITS.sub("#", row) for row in rows}) > 1:
        return held
    named = [row for row in rows if set(_DIGITS.findall(row)) & set(said)]
    if len(named) != 1:
        return held
    return [match for match in held if " ".join(match.figure.row[-1:]) == named[0]]


def values(matches: Sequence[Match]) -> set[tuple[object, str]]:
    """The different values of some matches, each with its unit; one without a unit is no other
    value than the same with one."""
    found = {(match.figure.value, _counted(match.figure.unit)) for match in matches}
    counted = {value for value, unit in found if unit}
    return {(value, unit) for value, unit in found if unit or value not in counted}


def _counted(unit: str) -> str:
    """A unit for comparison: as many people are as many pieces."""
    return "st" if UNIT_KINDS.get(unit) == "count" else unit


def whose(known: Known) -> tuple[str, str]:
    """The municipality and the board that a figure is of."""
    identity = known.document.identity
    return identity.municipality, identity.board


def _own_column(held: list[Match]) -> list[Match]:
    """Those of the document's own municipality, where its numbers stand beside others'."""
    own = [
        match
        for match in held
        if (name := match.known.document.identity.municipality)
        and plain(name.casefold()) in plain(" ".join(match.figure.column).casefold())
    ]
    tables = {(match.known.document.id, match.figure.table) for match in own}
    beside = all((match.known.document.id, match.figure.table) in tables for match in held)
    return own if own and beside else held


def _of_whole(held: list[Match], asked: Understanding) -> list[Match]:
    """Those of a whole project, beside those of a year of it, where all of it is asked for."""
    whole = [m for m in held if _WHOLE_PROJECT.search(plain(" ".join(m.figure.column).casefold()))]
    return whole if asked.limits.whole and whole else held


def _closed(held: list[Match]) -> list[Match]:
    """Those of annual reports, where interim ones give what was expected of the same row then."""
    rows = {
        (m.known.document.identity.board, m.figure.row[-1:], m.figure.measure, m.figure.period.year)
        for m in held
    }
    closed = [m for m in held if m.known.document.identity.kind == "årsredovisning"]
    return closed if closed and len(rows) == 1 else held


def _of_closed_year(held: list[Match], asked: Understanding) -> list[Match]:
    """The outcome of a row beside its budget, of the year that an annual report closes, where what
    has been is asked for and no measure is named."""
    if asked.measures or not (asked.limits.past or asked.years):
        return held
    measures = {match.figure.measure for match in held}
    over = all(
        m.known.document.identity.kind == "årsredovisning"
        and m.figure.period.year
        and max(m.known.document.identity.years, default=0) >= m.figure.period.year
        for m in held
    )
    one_row = all(_is_of_row(match, held[0]) for match in held)
    if not one_row or measures != {"budget", "utfall"} or not over:
        return held
    return [match for match in held if match.figure.measure == "utfall"]


def _is_of_row(match: Match, first: Match) -> bool:
    row, other = match.figure.row[-1:], first.figure.row[-1:]
    return whose(match.known) == whose(first.known) and same_name(" ".join(row), " ".join(other))


def _in_total(held: list[Match]) -> list[Match]:
    """The column of the whole, where a row has its parts beside it: "Kort", "Lång", "Total"."""
    if len(values(held)) < 2:
        return held
    total = [m for m in held if m.figure.column and _IN_TOTAL.match(m.figure.column[-1])]
    rows = {(m.known.document.id, m.figure.table, m.figure.row, m.figure.unit) for m in held}
    years = {match.figure.period.year for match in held}
    return total if len(total) == 1 and len(rows) == len(years) == 1 else held


def _without_parts(held: list[Match], asked: Understanding) -> list[Match]:
    """The row itself, where parts of it that nobody names stand below: "Intäkter", and not what
    they are of."""
    rows = {match.figure.row for match in held}
    first = min(rows, key=len, default=())
    below = [row[len(first) :] for row in rows if row != first]
    if not first or not all(below) or any(row[: len(first)] != first for row in rows):
        return held
    named = any(
        alike(word, said) > 0
        for row in below
        for said in words(" ".join(row))
        for word in asked.subject
    )
    return held if named else [match for match in held if match.figure.row == first]


def _newest(held: list[Match], asked: Understanding) -> list[Match]:
    """The newest of a row's numbers that differ in nothing but when, where no year is named: of
    the years that the report has behind it, and of the forecasts the last one made."""
    if len(values(held)) < 2 or len({_series(match) for match in held}) > 1:
        return held
    stated = unit_of(held[0].figure.row[-1]) if held[0].figure.row else ""
    if held[0].words < _PLAINLY or stated not in ("", held[0].figure.unit):
        return held
    made = [made_in(match.known) for match in held]
    if all(made) and not asked.limits.made_in:
        return [match for match, month in zip(held, made, strict=True) if month == max(made)]
    year = max(held[0].known.document.identity.years, default=0)
    past = [m for m in held if 0 < m.figure.period.year <= year and not m.figure.period.last]
    if asked.years or asked.measures or len(past) < len(held):
        return held
    last = max(match.figure.period.year for match in past)
    return [match for match in past if match.figure.period.year == last]


def _series(match: Match) -> tuple[object, ...]:
    figure = match.figure
    head = re.sub(r"\d+", "", " ".join(figure.column))
    head = "" if made_in(match.known) else head
    place = match.known.document.id, figure.table, figure.row, figure.part
    return (*place, figure.measure, figure.unit, head)
