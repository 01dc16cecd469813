"""Figures and findings ⇄ the JSON that the store keeps of them, short and quick to read.

A figure is a list in the order of `figure_to_row`. Decimals are text; boxes are rounded to 0.01
points.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from sys import intern
from typing import Any

from ingest.types import Box, Figure, Finding, Period, Place, Span

_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_period = lru_cache(maxsize=1_000)(Period)
_AT_A_TIME = 200
_SAID_OFTEN = (2, 6, 12, 14, 16)  # unit, measure, table, part, direction: kept once in memory


def _box(box: Box) -> list[float]:
    return [round(value, 2) for value in box]


def figure_to_row(figure: Figure) -> tuple[str, int, str]:
    """The id of a figure's table, its page, and the JSON of all of it."""
    f, period = figure, figure.period
    content = [
        f.id,
        None if f.value is None else str(f.value),
        f.unit,
        f.printed,
        f.row,
        f.column,
        f.measure,
        [period.year, period.first, period.last, period.interim],
        f.page,
        _box(f.box),
        _span(f.span),
        f.decimals,
        f.table,
        f.cell,
        f.part,
        None if f.sentence is None else _span(f.sentence),
        f.direction,
        f.approximate,
        f.attributes,
        f.grade,
        f.ocr,
    ]
    return f.table, f.page, _dump(content)


def figures_from_rows(rows: Sequence[tuple[str]]) -> list[Figure]:
    """The figures whose JSON stands in the only column of `rows`."""
    figures: list[Figure] = []
    # parsing some at a time is quicker than one by one, and than all, which is much to collect
    for start in range(0, len(rows), _AT_A_TIME):
        part = ",".join(row[0] for row in rows[start : start + _AT_A_TIME])
        figures.extend(_figure(values) for values in json.loads(f"[{part}]"))
    return figures


def _figure(values: list[Any]) -> Figure:
    values[1] = None if values[1] is None else Decimal(values[1])
    for place in _SAID_OFTEN:
        values[place] = intern(values[place])
    values[4], values[5] = _labels(values[4]), _labels(values[5])
    values[7] = _period(*values[7])
    values[9] = tuple(values[9])
    values[10] = Span(*values[10])
    values[13] = tuple(values[13])
    values[15] = None if values[15] is None else Span(*values[15])
    values[18] = tuple(map(tuple, values[18]))
    return Figure(*values)


def _labels(said: list[str]) -> tuple[str, ...]:
    return tuple(map(intern, said))


def _span(span: Span) -> list[int]:
    return [span.page, span.start, span.end]


def finding_to_json(finding: Finding) -> str:
    """A finding with its places."""
    return _dump([
        finding.kind,
        finding.message,
        str(finding.stated),
        str(finding.expected),
        finding.unit,
        finding.explained_by_rounding,
        [
            [place.document, place.page, _span(place.span), place.quote, [*map(_box, place.boxes)]]
            for place in finding.places
        ],
    ])  # fmt: skip


def finding_from_json(content: str) -> Finding:
    """The finding that `finding_to_json` was given."""
    kind, message, stated, expected, unit, rounding, places = json.loads(content)
    return Finding(
        kind,
        message,
        Decimal(stated),
        Decimal(expected),
        unit,
        rounding,
        tuple(
            Place(document, page, Span(*span), quote, tuple(map(tuple, boxes)))
            for document, page, span, quote, boxes in places
        ),
    )
