"""A workbook while it is filled: numbers are numbers, text is text, formulas only our own.

The only module of app that imports openpyxl.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import quoteattr

from app.office_file import printable, steady

MOST_ROWS = 1_048_575  # beside the header, on a sheet of Excel
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""What text begins with that a spreadsheet would run."""
_WIDEST = 60  # characters
_TOLD = 90  # characters on a line above a chart
_LINE_HEIGHT = 15  # points
_ROW = 0.53  # centimetres: how high a row is
_DEEP, _GRID = "1F5A6B", "D9E1E3"
_DRAWING = "xl/drawings/drawing{}.xml"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of our own, "=E2-E3"; never of a document's text."""

    text: str


Value = str | int | Decimal | Formula | None


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart over cells of a sheet: `rows` are its first and last row, from 1.

    `kind` is "bars" or "line"; `names` and `values` are columns, from 1; `ends` are the least and
    the largest value, `years` the first and the last of a line. `told` says it in words.
    """

    kind: str
    title: str
    unit: str
    rows: tuple[int, int]
    names: int
    values: int
    ends: tuple[Decimal, Decimal]
    years: tuple[int, int]
    number_format: str
    told: str


def number_format(decimals: int, unit: str) -> str:
    """As many decimals as are told, thousands apart; a percentage is not multiplied by 100."""
    digits = f".{'0' * decimals}" if decimals else ""
    percent = '" %"' if unit == "%" else ""
    return f"#,##0{digits}{percent}"


class Workbook:
    """A workbook that is written row by row."""

    def __init__(self, title: str = "") -> None:
        from openpyxl import Workbook as Book

        self._book: Any = Book(write_only=True)
        self._book.properties.creator = ""
        self._book.properties.title = printable(title) or None
        self._book.properties.language = "sv-SE"
        self._told: list[list[str]] = []

    def data(self) -> bytes:
        """The file, the same bytes for the same content."""
        data = io.BytesIO()
        self._book.save(data)
        mends: dict[str, Callable[[bytes], bytes]] = {
            _DRAWING.format(number): lambda part, told=told: _described(part, told)  # type: ignore[misc]
            for number, told in enumerate(self._told, start=1)
        }
        return steady(data.getvalue(), mends)

    def fill(
        self,
        name: str,
        header: Sequence[str],
        rows: Sequence[Sequence[Value]],
        formats: Sequence[str],
        wrapped: Mapping[int, int] | None = None,
    ) -> None:
        """A sheet: its header frozen and bold, columns as wide as what they hold, a filter.

        `formats` are those of each row's numbers. The columns of `wrapped` (from 0) break their
        lines at so many characters.
        """
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter

        sheet = self._book.create_sheet(name)
        broken = wrapped or {}
        for at, column in enumerate(zip(header, *rows, strict=True)):
            width = min(max(map(_width, column)), broken.get(at, _WIDEST)) + 3
            sheet.column_dimensions[get_column_letter(at + 1)].width = width
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(header))}{len(rows) + 1}"
        _on_paper(sheet)
        sheet.print_title_rows = "1:1"
        bold = Font(bold=True)
        titles = [_cell(sheet, title, "") for title in header]
        for title in titles:
            title.font = bold
        sheet.append(titles)
        for number, (row, form) in enumerate(zip(rows, formats, strict=True), start=2):
            if broken:
                lines = max(_lines(row[at], width) for at, width in broken.items())
                sheet.row_dimensions[number].height = lines * _LINE_HEIGHT + 3
            sheet.append([_cell(sheet, v, form, bool(broken)) for v in row])

    def plot(self, name: str, over: str, plots: Sequence[Plot]) -> None:
        """A sheet of charts over the cells of the sheet `over`, each under what it says."""
        from openpyxl.worksheet.pagebreak import Break

        sheet = self._book.create_sheet(name)
        _on_paper(sheet)
        sheet.column_dimensions["A"].width = _TOLD + 10
        at = 1
        for plot in plots:
            sheet.row_dimensions[at].height = _lines(plot.told, _TOLD) * _LINE_HEIGHT + 6
            sheet.append([_cell(sheet, plot.told, "", wrapped=True)])
            chart = _chart(self._book[over], plot)
            sheet.add_chart(chart, f"A{at + 1}")
            under = 2 + round(chart.height / _ROW)
            for _ in range(under - 1):
                sheet.append([None])
            at += under
            sheet.row_breaks.append(Break(at - 1))
        self._told.append([plot.told for plot in plots])


def _width(value: Value) -> int:
    """How wide a value is in characters; a formula's result is a number."""
    if value is None:
        return 0
    if isinstance(value, Formula):
        return 10
    return max(map(len, str(value).split("\n")))


def _lines(value: Value, width: int) -> int:
    """How many lines a text takes in a column of so many characters, roughly."""
    return sum(max(1, -(-len(line) // width)) for line in str(value or "").split("\n"))


def _on_paper(sheet: Any) -> None:
    """A4 on its side, as wide as the page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _cell(sheet: Any, value: Value, form: str, wrapped: bool = False) -> Any:
    """A cell for a sheet: text never as a formula, an error or a date."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    if value is None or value == "":
        return None
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, printable(value))
        cell.data_type = "s"
        if value.startswith(FORMULA_SIGNS):
            cell.quotePrefix = True  # it stays text when somebody edits it
    elif isinstance(value, Formula):
        cell = WriteOnlyCell(sheet, value.text)
        cell.number_format = form
    else:
        cell = WriteOnlyCell(sheet, value)
        if isinstance(value, Decimal):
            cell.number_format = form
    # a year, a page: no amount, and close to what it belongs to
    side = "left" if isinstance(value, int) else None
    if wrapped or side:
        cell.alignment = Alignment(side, "top" if wrapped else None, wrap_text=wrapped)
    return cell


# ---- charts


def _chart(sheet: Any, plot: Plot) -> Any:
    from openpyxl.chart import BarChart, ScatterChart, Series
    from openpyxl.chart import Reference as Cells

    first, last = plot.rows
    names = Cells(sheet, min_col=plot.names, min_row=first, max_row=last)
    values = Cells(sheet, min_col=plot.values, min_row=first, max_row=last)
    bars = plot.kind == "bars"
    chart: Any = BarChart() if bars else ScatterChart()
    series = Series(values, None if bars else names, title=plot.unit or plot.title)
    if bars:
        chart.type, chart.gapWidth = "bar", 60
        chart.append(series)
        chart.set_categories(names)
        chart.x_axis.scaling.orientation = "maxMin"  # the first on top
        chart.height = 2.6 + 0.75 * (last - first + 1)
        series.graphicalProperties.solidFill = _DEEP
    else:
        chart.style, chart.scatterStyle, chart.height = 13, "lineMarker", 8.5
        chart.append(series)
        chart.x_axis.number_format, chart.x_axis.majorUnit = "0", 1
        first, last = plot.years
        chart.x_axis.scaling.min, chart.x_axis.scaling.max = first - 1, last + 1
        if plot.ends[0] >= 0:  # zero is always in sight
            chart.y_axis.scaling.min = 0
        if plot.ends[1] <= 0:
            chart.y_axis.scaling.max = 0
        chart.y_axis.title = plot.unit or None
        series.marker.symbol, series.marker.size = "circle", 7
        series.graphicalProperties.line.solidFill = _DEEP
        series.marker.graphicalProperties.solidFill = _DEEP
        series.smooth = False
    _plain(chart, plot)
    return chart


def _plain(chart: Any, plot: Plot) -> None:
    """No legend, numbers at their bars and points, names below or left of all of them."""
    from openpyxl.chart.label import DataLabelList
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    chart.title, chart.legend, chart.width = plot.title, None, 20
    bars = plot.kind == "bars"
    chart.x_axis.delete, chart.y_axis.delete = False, bars
    chart.x_axis.tickLblPos = "low"
    chart.y_axis.number_format = plot.number_format
    chart.x_axis.majorGridlines = None
    if bars:
        chart.y_axis.majorGridlines = None
    else:
        chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=_GRID))
    chart.dataLabels = DataLabelList()
    chart.dataLabels.showVal, chart.dataLabels.position = True, "outEnd" if bars else "t"
    for other in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
        setattr(chart.dataLabels, other, False)


_FRAME = re.compile(rb'name="Chart (\d+)"')


def _described(part: bytes, told: Sequence[str]) -> bytes:
    """A sheet's drawing with each chart's words as its alternative text."""

    def named(found: re.Match[bytes]) -> bytes:
        number = int(found[1])
        described = quoteattr(printable(told[number - 1]))
        return f'name="Diagram {number}" descr={described}'.encode()

    return _FRAME.sub(named, part)
