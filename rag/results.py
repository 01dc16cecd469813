"""What tools find: figures, and numbers worked out of them, exactly, with their sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.checks.arithmetic import in_unit, is_money, value_of
from ingest.checks.check import TOTAL
from ingest.figures.grid import is_total
from ingest.types import Span
from rag.shelf import Known
from rag.store import StoredDocument

PART_OF = re.compile(r"(?:varav|därav|av vilka|varutav)\b", re.I)
"""A row that is a part of the one above it begins so."""
_BARE_SUM = re.compile(r"(?:del)?summa|totalt?", re.I)
_PLACES = Decimal("0.01")  # two decimals of a ratio


@dataclass(frozen=True, slots=True)
class Result:
    """A number to be told. `formula` is how it was worked out, "" for one that is printed.

    `value` is counted in `unit`. `sources` are the figures behind it, the first its own.
    """

    value: Decimal
    unit: str
    label: str
    measure: str
    period: str
    sources: tuple[Known, ...]
    formula: str = ""
    role: str = "result"


@dataclass(frozen=True, slots=True)
class Cause:
    """Where a document gives the reason of a number in its own words; without `explains` where it
    only tells of it."""

    document: StoredDocument
    span: Span
    explains: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an operation came to. `told` are results in the order that they are told.

    `choices` are figures between which the question does not decide; `nearest` what comes closest
    where nothing is meant. `missing` says in Swedish what the documents lack.
    """

    operation: str
    told: tuple[Result, ...] = ()
    choices: tuple[Known, ...] = ()
    nearest: tuple[Known, ...] = ()
    missing: str = ""
    conflict: str = ""
    """Why the figures contradict each other, in Swedish; "" where they do not."""

    cause: Cause | None = None

    @property
    def found(self) -> bool:
        """Whether there is something to answer with."""
        return any(result.role == "result" for result in self.told)


def printed(known: Known, role: str = "result") -> Result:
    """A figure as it is printed."""
    figure = known.figure
    return Result(
        value_of(figure),
        figure.unit,
        label_of(known),
        figure.measure,
        str(figure.period),
        (known,),
        role=role,
    )


def label_of(known: Known) -> str:
    """What a figure is called: its row, and the part or column that it is of."""
    figure = known.figure
    row = figure.row[-1] if figure.row else ""
    if _BARE_SUM.fullmatch(row) and len(figure.row) > 1:  # of which group says the one above
        row = f"{figure.row[-2]}, {row.lower()}"
    return f"{row}, {figure.part}" if figure.part and row else row or figure.part


def plain_number(value: Decimal) -> str:
    """A value as JSON has it: no exponent, no group marks."""
    return f"{value:f}"


def bracketed(value: Decimal) -> str:
    """A value as it stands within a formula."""
    return f"({plain_number(value)})" if value < 0 else plain_number(value)


def comparable(figures: Sequence[Known]) -> list[Decimal] | None:
    """Values in the unit of the first; None where their units do not go together."""
    unit = figures[0].figure.unit
    if any(
        k.figure.unit != unit and not (is_money(k.figure.unit) and is_money(unit)) for k in figures
    ):
        return None
    return [in_unit(value_of(known.figure), known.figure.unit, unit) for known in figures]


def difference(
    later: Known, earlier: Known, measure: str, label: str, period: str
) -> Result | None:
    """`later` minus `earlier`, in the unit of `later`; between percentages in percentage points."""
    values = comparable([later, earlier])
    if values is None:
        return None
    a, b = values
    unit = "procentenheter" if later.figure.unit == "%" else later.figure.unit
    formula = f"{plain_number(a)} - {bracketed(b)}"
    return Result(a - b, unit, label, measure, period, (later, earlier), formula)


def percent_change(later: Known, earlier: Known, label: str, period: str) -> Result | None:
    """By how many per cent `later` differs from `earlier`: above 0 where its size is larger."""
    values = comparable([later, earlier])
    if values is None or not values[1]:
        return None
    a, b = values
    formula = f"({plain_number(a)} - {bracketed(b)}) / {bracketed(b)} * 100"
    value = ((a - b) / b * 100).quantize(_PLACES)
    return Result(value, "%", label, "förändring", period, (later, earlier), formula)


def share_of(part: Known, whole: Known, label: str) -> Result | None:
    """`part` as a percentage of `whole`."""
    values = comparable([part, whole])
    if values is None or not values[1]:
        return None
    a, b = values
    formula = f"{bracketed(a)} / {bracketed(b)} * 100"
    value = (a / b * 100).quantize(_PLACES)
    period = str(part.figure.period)
    return Result(value, "%", label, "andel", period, (part, whole), formula)


def total_of(parts: Sequence[Known], label: str) -> Result | None:
    """The sum of some figures, in the unit of the first."""
    values = comparable(parts)
    if values is None:
        return None
    first = parts[0].figure
    formula = " + ".join([plain_number(values[0]), *(bracketed(value) for value in values[1:])])
    total = sum(values, Decimal(0))
    return Result(total, first.unit, label, first.measure, str(first.period), tuple(parts), formula)


def converted(result: Result, unit: str) -> Result:
    """A result of money in another unit of money: a power of ten, exactly."""
    if not unit or unit == result.unit or not (is_money(unit) and is_money(result.unit)):
        return result
    value = in_unit(result.value, result.unit, unit)
    shift = in_unit(Decimal(1), result.unit, unit)
    step = f"* {plain_number(shift)}" if shift > 1 else f"/ {plain_number(1 / shift)}"
    formula = f"{plain_number(result.value)} {step}"
    return Result(
        value.normalize() if value == value.to_integral() else value,
        unit,
        result.label,
        result.measure,
        result.period,
        result.sources,
        formula,
        result.role,
    )


def is_part(known: Known) -> bool:
    """Whether a row is said to be a part of the one above it: "varav hemtjänst"."""
    return bool(known.figure.row) and PART_OF.match(known.figure.row[-1]) is not None


def sums_up(known: Known, column: Sequence[Known]) -> bool:
    """Whether a figure is a total, or says the same as one: "Reinvestering" above its parts.

    A row with parts below it ("varav …") stands for itself; its parts do not stand beside it.
    """
    figure = known.figure
    label = figure.row[-1] if figure.row else ""
    if is_total(label):
        return True
    if TOTAL in figure.attributes:
        parts = [k for k in column if k.figure.row[:-1] and k.figure.row[:-1] == figure.row]
        return not parts or not all(map(is_part, parts))
    totals = [k for k in column if k.figure.row and is_total(k.figure.row[-1])]
    return any(k.figure.value == figure.value and figure.value for k in totals)
