"""Numbers as overviews show them: printed or worked out, never without their sources."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ingest.checks.arithmetic import value_of
from rag.answer import Citation
from rag.overviews.library import Citer
from rag.results import Result, bracketed, plain_number
from rag.shelf import Known
from rag.spoken import number

_PLACES = Decimal("0.01")  # of a share that is worked out, in per cent


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its sources: `printed` is how it stands on the page, "" for one that was worked
    out by `formula`. `value` is counted in `unit`; `grade` is that of the weakest source."""

    value: Decimal
    unit: str
    printed: str
    formula: str
    sources: tuple[Citation, ...]
    grade: str

    @property
    def text(self) -> str:
        """The number as Swedish prose writes it: "−13 141 tkr"."""
        return number(self.value, self.unit)


_GRADES = ("contradicted", "unproved", "consistent", "proved")


def printed(known: Known, citer: Citer) -> Number:
    """A figure as it stands."""
    figure = known.figure
    source = citer.figure(known)
    return Number(value_of(figure), figure.unit, figure.printed, "", (source,), figure.grade)


def worked(result: Result, citer: Citer) -> Number:
    """A result that was worked out of figures."""
    sources = citer.figures(result.sources)
    grade = min((known.figure.grade for known in result.sources), key=_GRADES.index)
    return Number(result.value, result.unit, "", result.formula, sources, grade)


def turned(one: Number) -> Number:
    """The same amount with the other sign, and how that came about."""
    if not one.value:
        return one
    formula = f"-({one.formula or plain_number(one.value)})"
    return Number(-one.value, one.unit, "", formula, one.sources, one.grade)


def share(part: Number, whole: Number) -> Number | None:
    """`part` in per cent of the size of `whole`, with the sign of `part`; None of nothing."""
    if not whole.value or part.unit != whole.unit:
        return None
    size = plain_number(abs(whole.value))
    of = f"({part.formula})" if part.formula else plain_number(part.value)
    value = (part.value / abs(whole.value) * 100).quantize(_PLACES)
    sources = tuple(dict.fromkeys((*part.sources, *whole.sources)))
    grade = min(part.grade, whole.grade, key=_GRADES.index)
    return Number(value, "%", "", f"{of} / {size} * 100", sources, grade)


def minus(a: Number, b: Number) -> Number | None:
    """`a` minus `b`; None where they are not counted in the same unit."""
    if a.unit != b.unit:
        return None
    unit = "procentenheter" if a.unit == "%" else a.unit
    sources = tuple(dict.fromkeys((*a.sources, *b.sources)))
    grade = min(a.grade, b.grade, key=_GRADES.index)
    return Number(
        a.value - b.value, unit, "", f"{bracketed(a.value)} - {bracketed(b.value)}", sources, grade
    )
