"""Figures of a run, or of a benchmark → diagrams as SVG, the same bytes for the same figures.

The only module of eval that imports matplotlib.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

_INK, _GRID = "#1f2933", "#d5dae0"
_STYLE: Any = {
    "svg.hashsalt": "namndkoll",  # names inside the file are the same each time
    "svg.fonttype": "none",  # text stays text: it can be read aloud and searched for
    "font.family": "sans-serif",
    "font.size": 11,
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "axes.edgecolor": _GRID,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "axes.axisbelow": True,
}
_BINS = 30


def verdict_bars(
    groups: Mapping[str, Mapping[str, int]], verdicts: Sequence[tuple[str, str, str]]
) -> str:
    """One bar for each group, parted by verdict. `verdicts` are key, name and colour of each."""
    names = list(groups)
    most = max(
        (sum(counts[key] for key, _, _ in verdicts) for counts in groups.values()), default=1
    )
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=(9, 1.5 + 0.42 * len(names)), layout="constrained")
        axes = figure.subplots()
        start = [0] * len(names)
        for key, name, colour in verdicts:
            widths = [groups[group][key] for group in names]
            bars = axes.barh(
                names, widths, left=start, color=colour, label=name, edgecolor="white", height=0.7
            )
            shown = [str(width) if width > most / 40 else "" for width in widths]
            axes.bar_label(bars, shown, label_type="center", color="white", fontsize=10)
            start = [a + b for a, b in zip(start, widths, strict=True)]
        axes.invert_yaxis()
        axes.set_xlabel("Antal frågor")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
        _plain(axes, "x", ("top", "right", "left"))
        axes.tick_params(left=False)
        figure.legend(loc="outside upper left", ncols=4, frameon=False)
        return _svg(figure)


def time_histogram(milliseconds: Sequence[float], p50: float, p95: float) -> str:
    """How many answers took how long, with the median and the 95th percentile drawn in."""
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=(9, 3.2), layout="constrained")
        axes = figure.subplots()
        axes.hist(milliseconds, bins=_BINS, color="#2f6f9f", edgecolor="white")
        for value, name, line in ((p50, "median", "-"), (p95, "p95", "--")):
            said = f"{name} {value:.0f} ms"
            axes.axvline(value, color="#8a2c0d", linestyle=line, linewidth=1.8, label=said)
        axes.set_xlim(left=0)
        axes.set_xlabel("Svarstid, millisekunder")
        axes.set_ylabel("Antal svar")
        axes.yaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
        _plain(axes, "y", ("top", "right", "left"))
        axes.tick_params(left=False)
        figure.legend(loc="outside upper right", ncols=2, frameon=False)
        return _svg(figure)


def growth(scales: Sequence[Mapping[str, float]]) -> str:
    """Milliseconds of a question and megabytes of memory over the number of chunks."""
    sizes = [scale["chunks"] for scale in scales]
    lines = (
        ("search_median", "sökning, median", "o-", "#2f6f9f"),
        ("search_p95", "sökning, p95", "s--", "#2f6f9f"),
        ("ask_p95", "svar, p95", "^:", "#8a2c0d"),
    )
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=(9, 3.6), layout="constrained")
        times, memory = figure.subplots(1, 2)
        for key, name, line, colour in lines:
            times.plot(sizes, [scale[key] for scale in scales], line, color=colour, label=name)
        memory.plot(sizes, [scale["megabytes"] for scale in scales], "o-", color="#2f6f9f")
        for axes, label in ((times, "Millisekunder"), (memory, "Minne, MB")):
            axes.set_xscale("log")
            axes.set_ylim(bottom=0)
            axes.set_xlabel("Antal stycken i indexet")
            axes.set_ylabel(label)
            _plain(axes, "y", ("top", "right"))
        figure.legend(loc="outside upper left", ncols=3, frameon=False)
        return _svg(figure)


def _plain(axes: Any, grid: str, without: Sequence[str]) -> None:
    axes.grid(axis=grid, color=_GRID)
    axes.spines[list(without)].set_visible(False)


def _svg(figure: Figure) -> str:
    data = io.BytesIO()
    figure.savefig(data, format="svg", metadata={"Date": None, "Creator": None})
    text = data.getvalue().decode()
    return text[text.index("<svg") :]  # without what stands before it in a file of its own
