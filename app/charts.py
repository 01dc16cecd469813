"""A chart → a PNG for a document, the same bytes for the same numbers.

The only module of app that imports matplotlib. Nothing is told by colour alone: every bar and
point has its number beside it, and measures have marks of their own.
"""

from __future__ import annotations

import io
import textwrap
import threading
from typing import Any

import matplotlib
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from app.answer_chart import Chart
from rag.spoken import number

_INK, _GRID, _DEEP = "#1c2a2e", "#d9e1e3", "#1f5a6b"
_STYLE: Any = {
    "font.family": "DejaVu Sans",  # comes with matplotlib: the same picture everywhere
    "font.size": 9,
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "axes.edgecolor": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "axes.axisbelow": True,
}
_WIDTH = 6.3  # inches: the text of an A4 page with margins
_PER_INCH = 200
_NAME = 34  # characters on a line of a bar's name
_MARKS = "osD^v<>p"
_CLOSE = 12  # more points than this have no number each
_ONE = threading.Lock()
"""matplotlib's settings are the whole process's, so one chart is drawn at a time."""


def draw(chart: Chart) -> bytes:
    """The chart as PNG, as wide as the text of a page."""
    with _ONE, matplotlib.rc_context(_STYLE):
        figure = _bars(chart) if chart.kind == "bars" else _line(chart)
        data = io.BytesIO()
        figure.savefig(data, format="png", dpi=_PER_INCH, metadata={"Software": None})
        return data.getvalue()


def _bars(chart: Chart) -> Figure:
    """One bar below the other, in the order of the ranking."""
    names = [textwrap.fill(point.label, _NAME) for point in chart.points]
    lines = sum(max(1.0, 0.72 * (name.count("\n") + 1)) for name in names)
    figure = Figure(figsize=(_WIDTH, 0.55 + 0.3 * lines), layout="constrained")
    axes = figure.subplots()
    values = [float(point.value) for point in chart.points]
    places = list(range(len(values)))
    bars = axes.barh(places, values, color=_DEEP, height=0.62)
    axes.set_yticks(places, names)
    shown = [number(point.value, chart.unit) for point in chart.points]
    axes.bar_label(bars, shown, padding=4)
    axes.invert_yaxis()
    axes.axvline(0, color=_INK, linewidth=0.8)
    axes.margins(x=0.24)  # room for the numbers
    low, high = axes.get_xlim()
    axes.set_xlim(low if min(values) < 0 else 0, high if max(values) > 0 or not any(values) else 0)
    axes.spines[:].set_visible(False)
    axes.tick_params(left=False, bottom=False, labelbottom=False)
    return figure


def _line(chart: Chart) -> Figure:
    """Years along the bottom, as far apart as they are; zero is always in sight."""
    figure = Figure(figsize=(_WIDTH, 2.9), layout="constrained")
    axes = figure.subplots()
    years = [point.year for point in chart.points]
    values = [float(point.value) for point in chart.points]
    axes.plot(years, values, color=_DEEP, linewidth=1.6)
    measures = list(dict.fromkeys(point.measure for point in chart.points))
    for mark, measure in zip(_MARKS * len(measures), measures, strict=False):
        own = [point for point in chart.points if point.measure == measure]
        axes.plot(
            [point.year for point in own],
            [float(point.value) for point in own],
            mark,
            color=_DEEP,
            markersize=6,
            label=measure or "värde",
        )
    if len(chart.points) <= _CLOSE:
        for point in chart.points:
            axes.annotate(
                number(point.value, ""),
                (point.year, float(point.value)),
                (0, 8 if point.value >= 0 else -8),
                textcoords="offset points",
                ha="center",
                va="bottom" if point.value >= 0 else "top",
            )
    below, above = min(0.0, *values), max(0.0, *values)
    room = 0.18 * (above - below or 1)
    level = not below and not above  # every number is zero
    axes.set_ylim(below - room if below else 0, above + room if above or level else 0)
    axes.margins(x=0.09)
    axes.axhline(0, color=_INK, linewidth=0.8)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10], min_n_ticks=1))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: _tick(value)))
    axes.set_ylabel(chart.unit)
    axes.grid(axis="y", color=_GRID)
    axes.spines[["top", "right", "left", "bottom"]].set_visible(False)
    axes.tick_params(left=False)
    if any(measures):
        figure.legend(loc="outside lower center", ncols=4, frameon=False)
    return figure


def _tick(value: float) -> str:
    """A number on an axis as Swedish writes it: "−20 000", "7,5"."""
    digits = f"{value:,.10g}".replace(",", "\u00a0").replace(".", ",")
    return digits.replace("-", "−")
