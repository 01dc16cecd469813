"""Answers → CSV: their figures, a row each, with where each stands or how it was worked out."""

from __future__ import annotations

from collections.abc import Sequence

from app.answer_parts import figure_rows, place_in
from app.csv_file import csv_data
from app.workbook import Value
from rag.answer import Answer

COLUMNS = (
    "Fråga",
    "Roll",
    "Post",
    "Avser",
    "Period",
    "Värde",
    "Enhet",
    "Uträkning",
    "Dokument",
    "Sida",
    "Källa",
)


def answers_as_csv(answers: Sequence[Answer]) -> bytes:
    """The figures of answers in the order that they tell them. Values are in their own unit."""
    return csv_data(COLUMNS, [row for answer in answers for row in _rows(answer)])


def _rows(answer: Answer) -> list[tuple[Value, ...]]:
    rows: list[tuple[Value, ...]] = []
    for one in figure_rows(answer):
        figure = one.figure
        title, page = place_in(one.citation) if one.citation else ("uträknat", "")
        rows.append((
            answer.question,
            one.role,
            figure.label,
            one.about,
            figure.period,
            figure.value,
            figure.unit,
            figure.formula.replace(".", ","),
            title,
            page,
            f"[{one.citation.id}]" if one.citation else "",
        ))  # fmt: skip
    return rows
