"""A figure as a share of another: of a row, a budget, the whole board."""

from __future__ import annotations

from dataclasses import replace

from ingest.checks.check import TOTAL
from ingest.figures.grid import is_total
from ingest.types import Figure
from rag.alike import held
from rag.desk import Desk
from rag.matching import rank
from rag.narrowing import values
from rag.question.asked import Understanding
from rag.relevance import TextTerms
from rag.results import (
    Outcome,
    label_of,
    printed,
    share_of,
)
from rag.rows_in_time import used_and_budget
from rag.shelf import Known

_SURELY = 0.95  # a form of the word itself
_NET = ("nettokostnad", "nettokostnader", "kostnader", "nämnden")


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
