"""Results that documents contradict: the other value is told beside the first, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import permutations

from ingest.checks.arithmetic import half_unit, in_unit, is_money, value_of
from ingest.figures.labels import years_of
from ingest.types import Box, Figure, Finding, Place
from rag.fitness import is_from_forecast
from rag.results import Outcome, Result, label_of, plain_number, printed
from rag.shelf import Known, Shelf

_STATED_TWICE = frozenset({"text_table", "repeated", "restated"})
_WORKED_OUT = frozenset({"difference", "sum", "percentage", "risk_value"})
_EXACT = Decimal("0.005")  # of a share, in per cent
_SHARE_PLACES = Decimal("0.01")


def with_conflicts(outcome: Outcome, shelf: Shelf) -> Outcome:
    """The outcome with what contradicts its results; unchanged where nothing does."""
    for result in outcome.told:
        if result.role != "result":
            continue
        for finding in _about(result, shelf):
            others = list(_others(result, finding, shelf))
            if others:
                return replace(outcome, told=(*outcome.told, *others), conflict=finding.message)
        if (stated := _stated_otherwise(result, shelf)) is not None:
            message = (
                f"Tabellen anger {plain_number(stated.value)} {stated.unit} som skillnad, men dess "
                f"egna tal ger {plain_number(result.value)} {result.unit}."
            )
            return replace(outcome, told=(*outcome.told, stated), conflict=message)
    return outcome


def _stated_otherwise(result: Result, shelf: Shelf) -> Result | None:
    """What the same row of the table gives as the difference that was worked out, if it is another.

    Only where the table's head names both years, and rounding does not explain it.
    """
    if result.measure != "förändring" or len(result.sources) != 2 or result.unit == "%":
        return None
    later, earlier = (known.figure for known in result.sources)
    years = {later.period.year, earlier.period.year}
    if later.table != earlier.table or later.cell[0] != earlier.cell[0] or len(years) < 2:
        return None
    for known in shelf.of([result.sources[0].document]):
        figure = known.figure
        same_row = figure.table == later.table and figure.cell[0] == later.cell[0]
        if not same_row or figure.measure != "förändring" or figure.unit != result.unit:
            continue
        if is_from_forecast(figure):  # not a change between years
            continue
        named = set(years_of(" ".join(figure.column)))
        beside = not named and figure.period.year == max(years)  # "Förändring" beside two budgets
        if (named == years or beside) and figure.value is not None:
            slack = half_unit(figure) + half_unit(later) + half_unit(earlier)
            if abs(figure.value - result.value) > slack:
                return printed(known)
    return None


def _about(result: Result, shelf: Shelf) -> Iterator[Finding]:
    """The findings about a result's own figure: one that is printed, or a difference."""
    known = result.sources[0]
    for finding in shelf.findings(known.document):
        if finding.explained_by_rounding:
            continue
        if not _is_of(finding, result):  # a place may be a whole row
            continue
        stands = any(stands_at(known.figure, place) for place in finding.places)
        first = stands_at(known.figure, finding.places[0])
        if (stands and finding.kind in _STATED_TWICE and not result.formula) or (
            first and finding.kind in _WORKED_OUT
        ):
            yield finding


def _is_of(finding: Finding, result: Result) -> bool:
    """Whether a finding is about the number of a result, whichever of the two it is."""
    value, unit = result.value, finding.unit
    if is_money(result.unit) and is_money(unit):
        value = in_unit(value, result.unit, unit)
    known = result.sources[0].figure
    slack = half_unit(known) if result.unit == known.unit else Decimal(0)
    return any(
        abs(abs(value) - abs(other)) <= slack for other in (finding.stated, finding.expected)
    )


def stands_at(figure: Figure, place: Place) -> bool:
    """Whether a place is that of a figure: its number is marked there."""
    inside = place.span.start <= figure.span.start and figure.span.end <= place.span.end
    return place.page == figure.page and inside and any(_meet(figure.box, b) for b in place.boxes)


def _meet(a: Box, b: Box) -> bool:
    if not any(a) and not any(b):  # a text file has no places on pages
        return True
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _others(result: Result, finding: Finding, shelf: Shelf) -> Iterator[Result]:
    """The value that contradicts: the figure in the other place, or what the others make."""
    known = result.sources[0]
    figures = shelf.of([known.document])
    if finding.kind in _STATED_TWICE:
        for place in finding.places:
            for other in figures:
                if other.figure.id != known.figure.id and stands_at(other.figure, place):
                    value = other.figure.value
                    if value in (finding.stated, finding.expected) or value is not None:
                        yield printed(other)
                        break
        return
    yield from _worked_out(known, finding, figures)


def _worked_out(known: Known, finding: Finding, figures: list[Known]) -> Iterator[Result]:
    """What the figures of a sum or difference make, as a result with its formula."""
    operands = [
        other
        for place in finding.places
        for other in figures
        if other.figure.id != known.figure.id and stands_at(other.figure, place)
    ]
    operands = list({other.figure.id: other for other in operands}.values())
    found = _formula(known, operands, finding)
    if found is None:
        return
    formula, operands, value = found
    yield Result(
        value,
        known.figure.unit,
        label_of(known),
        known.figure.measure,
        str(known.figure.period),
        tuple(operands),
        formula,
        # of a sum that does not hold nobody knows which number is wrong
        "context" if finding.kind == "sum" else "result",
    )
    for other in operands:
        yield printed(other, "operand")


def _formula(
    known: Known, operands: list[Known], finding: Finding
) -> tuple[str, list[Known], Decimal] | None:
    """How the other numbers of a finding make what is expected: the formula, those that it is made
    of, and its value with the decimals that are printed for a share."""
    expected, kind = finding.expected, finding.kind
    with_value = [other for other in operands if other.figure.value is not None]
    if kind == "sum":
        in_column = [one for one in with_value if one.figure.cell[1] == known.figure.cell[1]]
        if sum(value_of(one.figure) for one in in_column) == expected:
            return " + ".join(_said(value_of(one.figure)) for one in in_column), in_column, expected
        return None
    for a, b in permutations(with_value, 2):
        x, y = value_of(a.figure), value_of(b.figure)
        if kind == "difference" and x - y == expected:
            return f"{_said(x)} - {_said(y)}", [a, b], expected
        if kind == "risk_value" and x * y == expected:
            return f"{_said(x)} * {_said(y)}", [a, b], expected
        if kind == "percentage" and y and a.figure.unit == b.figure.unit:
            # a share of a budget below zero takes the deviation's sign
            for part, whole in ((x, y), (x, abs(y)), (abs(x), abs(y))):
                if abs(part / whole * 100 - expected) < _EXACT:
                    value = expected.quantize(_SHARE_PLACES)
                    return f"{_said(part)} / {_said(whole)} * 100", [a, b], value
    return None


def _said(value: Decimal) -> str:
    return f"({plain_number(value)})" if value < 0 else plain_number(value)
