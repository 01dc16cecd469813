"""An answer → its parts as a file shows them: sentences, formulas, figures with their sources."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.figure_table import about, listed
from app.inline import grouped
from app.swedish import CONFLICT
from rag.answer import Answer, Citation, ToldFigure
from rag.spoken import FORMULA, period_text

_ROUNDED = re.compile(r"[\d.]+ / 10+")
_SEARCHED = "Sökt i "  # begins the line of a refusal that says where was looked
_COMPARING = frozenset({"förändring", "andel", "avvikelse"})
_ROLES = {"result": "svar", "operand": "underlag", "context": "jämförelse"}


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure of an answer as a row of a table; `about` is which of its row's numbers it is.

    `role` says in Swedish what it does in the answer. `citation` is where a printed number stands,
    None for one that was worked out.
    """

    figure: ToldFigure
    role: str
    about: str
    citation: Citation | None


def figure_rows(answer: Answer) -> list[FigureRow]:
    """The figures in the order that the answer tells them."""
    by_id = {citation.id: citation for citation in answer.citations}
    rows: list[FigureRow] = []
    for figure in answer.figures:
        cited = [by_id[number] for number in figure.citations if number in by_id]
        role = _ROLES.get(figure.role, figure.role)
        if is_rounded(figure):
            role = "avrundat"
        elif figure.formula:
            role = f"{role}, uträknat"
        printed = cited[0] if cited and not figure.formula else None
        rows.append(FigureRow(figure, role, _about(figure), printed))
    return rows


def _about(figure: ToldFigure) -> str:
    """What a figure is about: of one that compares two, what it is itself, and between which."""
    if figure.formula and figure.measure in _COMPARING:
        return f"{figure.measure} {period_text(figure.period)}".strip().capitalize()
    return about(figure)


def is_rounded(figure: ToldFigure) -> bool:
    """Whether a figure only says another one in millions, as people talk about it."""
    return figure.role == "context" and _ROUNDED.fullmatch(figure.formula) is not None


def sentences(answer: Answer, *, table: bool) -> list[str]:
    """The lines of the answer's text, without the formulas, and with a `table` beside them without
    what it shows."""
    shown = table and bool(listed(answer))
    return [
        line
        for line in answer.text.split("\n")
        if line and not line.startswith(FORMULA) and not (shown and line.startswith("– "))
    ]


def is_aside(line: str, answer: Answer) -> bool:
    """Whether a line only says where was searched, or how to read the numbers."""
    if line.startswith(_SEARCHED):
        return True
    plain = "[" not in line and not any(sign.isdigit() for sign in line)
    return bool(answer.figures) and plain and not line.endswith(":")


def formulas(answer: Answer) -> list[str]:
    """How numbers were worked out, a line each: "−152 400 − (−143 600) = −8 800 tkr"."""
    lines = [line for line in answer.text.split("\n") if line.startswith(FORMULA)]
    return [grouped(line.removeprefix(FORMULA)) for line in lines]


def state_of(answer: Answer) -> str:
    """In a word or two how it went, for an overview."""
    if any(warning.kind == CONFLICT for warning in answer.warnings):
        return "källorna säger olika"
    return "inget säkert svar" if answer.refused else "besvarad"


def place_in(citation: Citation) -> tuple[str, str]:
    """The document of a citation and its page as people find it."""
    page = citation.page_label or str(citation.page)
    told = f"{page} (sida {citation.page} i filen)" if page != str(citation.page) else page
    return citation.title or citation.document, told if citation.boxes else ""
