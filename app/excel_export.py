"""Answers → a workbook: texts, each figure in a cell of its own, formulas that work, sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.answer_chart import Chart, chart_of
from app.answer_parts import (
    FigureRow,
    figure_rows,
    formulas,
    is_rounded,
    place_in,
    sentences,
    state_of,
)
from app.excel_formula import excel_formula
from app.swedish import notice_lead
from app.workbook import Formula, Plot, Value, Workbook, number_format
from rag.answer import Answer
from rag.gate import worked_out

ANSWER_COLUMNS = ("Nr", "Fråga", "Läge", "Svar", "Att veta", "Uträkning")
FIGURE_COLUMNS = (
    "Fråga",
    "Roll",
    "Post",
    "Avser",
    "Period",
    "Värde",
    "Enhet",
    "Räknat här",
    "Kontroll",
    "Dokument",
    "Sida",
    "Källa",
)
SOURCE_COLUMNS = ("Fråga", "Källa", "Dokument", "Sida", "Avsnitt", "Citat", "Fil")
_ANSWER_WIDTHS = {1: 34, 3: 64, 4: 40, 5: 34}
_SOURCE_WIDTHS = {2: 34, 4: 30, 5: 64}
_POST, _PERIOD, _VALUE, _WORKED = 3, 5, 6, 8  # columns of the figures, from 1
_NEARLY = Decimal("0.000001")  # what a spreadsheet's binary numbers may be off by
HOLDS, FAILS = "stämmer", "STÄMMER INTE"


def answers_as_xlsx(answers: Sequence[Answer]) -> bytes:
    """A workbook of one answer, or of several for a meeting.

    On the sheet "Tal" each number has a cell; what was worked out is a formula over these cells
    beside the value that the answer gave, with a check that both agree.
    """
    book = Workbook(answers[0].question if len(answers) == 1 else "Underlag till mötet")
    texts = [_text(number, answer) for number, answer in enumerate(answers, start=1)]
    book.fill("Svar", ANSWER_COLUMNS, texts, [""] * len(texts), wrapped=_ANSWER_WIDTHS)
    rows: list[tuple[Value, ...]] = []
    formats: list[str] = []
    plots: list[Plot] = []
    for number, answer in enumerate(answers, start=1):
        chart = chart_of(answer)
        if chart is not None:
            plots.append(_plot(chart, number, len(rows) + 2, len(answers)))
        told = figure_rows(answer)
        rows += _Numbers(number, told, len(rows) + 2).rows()
        formats += [number_format(_decimals(one.figure.value), one.figure.unit) for one in told]
    book.fill("Tal", FIGURE_COLUMNS, rows, formats)
    sources = [row for number, one in enumerate(answers, start=1) for row in _sources(number, one)]
    book.fill("Källor", SOURCE_COLUMNS, sources, [""] * len(sources), wrapped=_SOURCE_WIDTHS)
    if plots:
        book.plot("Diagram", "Tal", plots)
    return book.data()


def _text(number: int, answer: Answer) -> tuple[Value, ...]:
    known = [notice_lead(one.kind) + one.message for one in answer.warnings]
    text = "\n".join(sentences(answer, table=False))
    worked = "\n".join(formulas(answer))
    return number, answer.question, state_of(answer), text, "\n".join(known), worked


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The figures of answer `number` as rows of a sheet, the first of them in row `first`."""

    number: int
    told: Sequence[FigureRow]
    first: int

    def rows(self) -> list[tuple[Value, ...]]:
        return [self._row(place, row) for place, row in enumerate(self.told)]

    def _row(self, place: int, row: FigureRow) -> tuple[Value, ...]:
        figure = row.figure
        title, page = place_in(row.citation) if row.citation else ("uträknat", "")
        period: Value = int(figure.period) if figure.period.isdecimal() else figure.period
        marker = f"[{row.citation.id}]" if row.citation else ""
        printed: Value = int(page) if page.isdecimal() else page
        return (
            self.number,
            row.role,
            figure.label,
            row.about,
            period,
            figure.value,
            figure.unit,
            *self._worked(place, row),
            title,
            printed,
            marker,
        )

    def _worked(self, place: int, row: FigureRow) -> tuple[Value, Value]:
        """The formula over the cells of its operands, and whether it gives what was told."""
        figure = row.figure
        if not figure.formula:
            return None, None
        here, told = f"H{self.first + place}", f"F{self.first + place}"
        exact = worked_out(figure.formula) == figure.value
        half = _NEARLY if exact else Decimal(1).scaleb(-_decimals(figure.value)) / 2 + _NEARLY
        check = f'=IF(ABS({here}-{told})<={half:f},"{HOLDS}","{FAILS}")'
        return Formula(excel_formula(figure.formula, self._operands(row))), Formula(check)

    def _operands(self, row: FigureRow) -> list[tuple[Decimal, str]]:
        """Values and cells that a formula may use: operands; of a rounded number, the exact one."""
        rounded = is_rounded(row.figure)
        role = "result" if rounded else "operand"
        cells = [
            (one.figure.value, f"F{self.first + place}")
            for place, one in enumerate(self.told)
            if one.figure.role == role and not (rounded and one.figure.formula)
        ]
        if not rounded:
            return cells
        exact = Decimal(row.figure.formula.split(" ")[0])
        return [cell for cell in cells if abs(cell[0]) == exact][:1]


def _plot(chart: Chart, number: int, first: int, answers: int) -> Plot:
    """The chart over the rows of its figures, which stand together as the answer tells them."""
    rows = first + chart.points[0].at, first + chart.points[-1].at
    names = _POST if chart.kind == "bars" else _PERIOD
    title = f"{number}. {chart.title}" if answers > 1 else chart.title
    decimals = max(_decimals(point.value) for point in chart.points)
    form = number_format(decimals, chart.unit)
    values, years = [p.value for p in chart.points], [p.year for p in chart.points]
    ends, span = (min(values), max(values)), (min(years), max(years))
    return Plot(chart.kind, title, chart.unit, rows, names, _VALUE, ends, span, form, chart.told)


def _sources(number: int, answer: Answer) -> list[tuple[Value, ...]]:
    rows: list[tuple[Value, ...]] = []
    for citation in answer.citations:
        title, page = place_in(citation)
        section = " › ".join(citation.section)
        marker, where = f"[{citation.id}]", int(page) if page.isdecimal() else page
        rows.append((number, marker, title, where, section, citation.quote, citation.document))
    return rows


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
