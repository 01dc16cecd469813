"""What a question asks for, done: each operation over the figures of a desk."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from rag.comparisons import change, deviation, gap
from rag.desk import NO_UNIT, Desk, lacks_unit
from rag.lookup import figure
from rag.overviews.compared import fits_difference
from rag.question.asked import Understanding
from rag.ranking import ranking
from rag.results import Outcome, Result
from rag.rows_in_time import left
from rag.shares import share
from rag.shelf import Known
from rag.totals import total, trend

_RECEIVED = re.compile(
    r"(?:inkomna|anmälda|avslutade|antagna) (?!\w*(?:bidrag|medel|avgift|intäkt|betalning))\w+\Z",
    re.I,
)
_HOURS = re.compile(r"\A[^,()]*timmar\Z")


def answer(desk: Desk) -> Outcome:
    """Do what is asked for, clause by clause."""
    outcome = _work(desk)
    if "prognos" in desk.asked.measures and (came := _came(desk, outcome)):
        return Outcome("nothing", nearest=came)
    bare = [one.sources[0] for one in outcome.told if one.role == "result" and not one.unit]
    if any(map(lacks_unit, bare)):
        return Outcome("nothing", nearest=tuple(bare[:1]), missing=NO_UNIT)
    told = list(outcome.told)
    for other in desk.asked.others:
        told += _other(desk, other, outcome)
    told = [_counted(desk, result) for result in told]
    return replace(outcome, told=tuple(told)) if outcome.found else outcome


def _came(desk: Desk, outcome: Outcome) -> tuple[Known, ...]:
    """The deviations of what came, where that of what was expected is asked for."""
    found = (result.sources[0] for result in outcome.told if result.measure == "avvikelse")
    return tuple(known for known in found if _beside_outcome(desk, known))


def _beside_outcome(desk: Desk, deviation_: Known) -> bool:
    """Whether a deviation is of what came, by the other numbers of its row and time."""
    figure_ = deviation_.figure
    beside = {
        known.figure.measure: known
        for known in desk.every
        if (known.document.id, known.figure.table) == (deviation_.document.id, figure_.table)
        and figure_.table
        and (known.figure.row, known.figure.period) == (figure_.row, figure_.period)
    }
    budget = beside.get("budget")
    fits = {
        measure
        for measure in ("utfall", "prognos")
        if measure in beside
        and (not budget or fits_difference(deviation_, budget, beside[measure]))
    }
    return fits == {"utfall"}


def _counted(desk: Desk, result: Result) -> Result:
    """A whole number without a unit, where it is asked how many: so many pieces."""
    told = result.sources[0].figure.sentence is not None
    if not result.unit and not told and _HOURS.search(result.label):
        return replace(result, unit="timmar")
    if desk.asked.operation == "trend" and not desk.asked.kind and not told:
        whole = result.value == result.value.to_integral()
        if not result.unit and whole and _RECEIVED.match(result.label):
            return replace(result, unit="st")
    bare = not result.unit and not told and result.value == result.value.to_integral()
    return replace(result, unit="st") if bare and desk.asked.kind == "count" else result


def _other(desk: Desk, other: Understanding, first: Outcome) -> list[Result]:
    """What a further clause asks for: of the same row, where it says nothing else."""
    if not first.found:
        return []
    known = first.told[0].sources[0]
    found = figure(desk.under(other)) if other.measures or not other.leans else Outcome("")
    if not found.found and other.years == desk.asked.years:  # the year was the first clause's
        found = figure(desk.under(replace(other, years=())))
    told = [result for result in found.told if result.role == "result"]
    if known.figure.sentence is not None:
        return desk.in_sentence(known, other)
    if told and told[0].sources[0].figure.row == known.figure.row:
        return told
    return desk.in_row(known, other)


def _work(desk: Desk) -> Outcome:
    limits = desk.asked.limits
    if limits.nested:
        return Outcome("nothing", missing="en förändring av en skillnad räknas inte ut här")
    if limits.left:
        return left(desk)
    if limits.bound and desk.asked.operation not in ("rank", "list"):
        return Outcome("nothing")
    work: dict[str, Callable[[Desk], Outcome]] = {
        "change": change,
        "percent_change": change,
        "deviation": deviation,
        "gap": gap,
        "share": share,
        "total": total,
        "rank": ranking,
        "list": ranking,
        "trend": trend,
    }
    return work.get(desk.asked.operation, figure)(desk)
