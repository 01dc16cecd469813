"""Risks: likelihood, severity and value as figures, with how each is described and handled."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.figures.grid import Grid, places_of, plain, read_grid
from ingest.types import Cell, Figure, Span, Table

_FIELDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(form, re.I))
    for name, form in (
        ("responsible", r"ansvar"),
        ("handling", r"hanter|åtgärd|kontroll|metod|vad ska|insats"),
        ("description", r"beskriv|konsekvensbeskriv|\brisk\b"),
    )
)


@dataclass(frozen=True, slots=True)
class Text:
    """What a cell says, and where in its page's text."""

    text: str
    head: str
    span: Span


@dataclass(frozen=True, slots=True)
class Risk:
    """One risk of an analysis or of a plan for internal control.

    The figures are steps of the document's own scale; None where the table has no such column.
    """

    name: str
    section: tuple[str, ...]
    table: str
    row: int
    likelihood: Figure | None
    severity: Figure | None
    value: Figure | None
    description: tuple[Text, ...]
    handling: tuple[Text, ...]
    responsible: tuple[Text, ...]
    before: Figure | None = None
    """The value of an earlier year, where the table gives it beside: "Riskvärde 2024"."""


def risks_of(tables: Sequence[Table], figures: Sequence[Figure]) -> list[Risk]:
    """The risks of all tables that rate them, in order."""
    by_table: dict[str, dict[tuple[int, str], list[Figure]]] = defaultdict(dict)
    for figure in figures:
        if figure.unit == "risk" and figure.table and figure.sentence is None:
            row = by_table[figure.table].setdefault((figure.cell[0], figure.measure), [])
            row.append(figure)
    found: list[Risk] = []
    for table in tables:
        rated = by_table.get(table.id)
        if rated and any(measure == "riskvärde" for _, measure in rated):
            found.extend(_of_table(table, rated))
    return found


def _of_table(table: Table, rated: Mapping[tuple[int, str], list[Figure]]) -> list[Risk]:
    by_place = places_of(table)
    grid = read_grid(table, by_place)
    found: list[Risk] = []
    for row, path in grid.paths.items():
        likelihood = _newest(rated.get((row, "sannolikhet")))
        severity = _newest(rated.get((row, "konsekvens")))
        values = rated.get((row, "riskvärde"), [])
        value = _newest(values)
        earlier = [one for one in values if value and 0 < one.period.year < value.period.year]
        if not path or not (likelihood or severity or value):
            continue
        texts = _texts(table, grid, by_place, row)
        found.append(
            Risk(
                path[-1],
                table.section,
                table.id,
                row,
                likelihood,
                severity,
                value,
                texts["description"],
                texts["handling"],
                texts["responsible"],
                _newest(earlier),
            )
        )
    return found


def _newest(figures: Sequence[Figure] | None) -> Figure | None:
    """The figure of the newest year, the first of several."""
    return max(figures, key=lambda figure: figure.period.year) if figures else None


def _texts(
    table: Table, grid: Grid, by_place: Mapping[tuple[int, int], Cell], row: int
) -> dict[str, tuple[Text, ...]]:
    """What the row says in words, by what its column's head is about."""
    found: dict[str, list[Text]] = {name: [] for name, _ in _FIELDS}
    for column in range(table.columns):
        cell = by_place.get((row, column))
        if column in (*grid.values, grid.label) or cell is None or cell.span is None:
            continue
        head = " ".join(grid.heads[column])
        for name, form in _FIELDS:
            if form.search(head):
                found[name].append(Text(plain(cell.text), head, cell.span))
                break
    return {name: tuple(texts) for name, texts in found.items()}
