"""Results that documents contradict: the other value is told beside the first, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ingest.checks.arithmetic import half_unit
from ingest.figures.labels import years_of
from ingest.types import Box, Figure, Finding, Place
from rag.results import Outcome, Result, label_of, plain_number, printed
from rag.shelf import Known, Shelf

_STATED_TWICE = frozenset({"text_table", "repeated", "restated"})


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
        if set(years_of(" ".join(figure.column))) == years and figure.value is not None:
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
        stands = any(_is_at(known.figure, place) for place in finding.places)
        first = _is_at(known.figure, finding.places[0])
        if (stands and finding.kind in _STATED_TWICE and not result.formula) or (
            first and finding.kind in ("difference", "sum")
        ):
            yield finding


def _is_at(figure: Figure, place: Place) -> bool:
    """Whether a place is that of a figure: its number is marked there."""
    inside = place.span.start <= figure.span.start and figure.span.end <= place.span.end
    return place.page == figure.page and inside and any(_meet(figure.box, b) for b in place.boxes)


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _others(result: Result, finding: Finding, shelf: Shelf) -> Iterator[Result]:
    """The value that contradicts: the figure in the other place, or what the others make."""
    known = result.sources[0]
    figures = shelf.of([known.document])
    if finding.kind in _STATED_TWICE:
        for place in finding.places:
            for other in figures:
                if other.figure.id != known.figure.id and _is_at(other.figure, place):
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
        if other.figure.id != known.figure.id and _is_at(other.figure, place)
    ]
    operands = list({other.figure.id: other for other in operands}.values())
    values = [v for other in operands if (v := other.figure.value) is not None]
    formula = _formula(values, finding.expected, finding.kind)
    if not formula:
        return
    yield Result(
        finding.expected,
        known.figure.unit,
        label_of(known),
        known.figure.measure,
        str(known.figure.period),
        tuple(operands),
        formula,
        # of a sum that does not hold nobody knows which number is wrong
        "result" if finding.kind == "difference" else "context",
    )
    for other in operands:
        yield printed(other, "operand")


def _formula(values: list[Decimal], expected: Decimal, kind: str) -> str:
    def said(value: Decimal) -> str:
        return f"({plain_number(value)})" if value < 0 else plain_number(value)

    if kind == "difference" and len(values) == 2:
        for a, b in (values, values[::-1]):
            if a - b == expected:
                return f"{said(a)} - {said(b)}"
    if kind == "sum" and sum(values) == expected:
        return " + ".join(map(said, values))
    return ""
