"""An answer → its parts as a file shows them: sentences, formulas, figures with their sources."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.swedish import CONFLICT
from app.words import say
from rag.answer import Answer, Citation, ToldFigure
from rag.spoken import FORMULA, period_text

_MANY_DIGITS = re.compile(r"(?<![\d,.])\d{5,}")
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


def listed(answer: Answer) -> tuple[ToldFigure, ...]:
    """The figures that a table shows: what is ranked or followed, or a sum under its parts.

    None of them where the answer is better told in sentences.
    """
    results = [figure for figure in answer.figures if figure.role == "result"]
    if len(results) == 1 and " + " in results[0].formula:
        parts = [figure for figure in answer.figures if figure.role == "operand"]
        return (*parts, results[0])
    told = [line for line in answer.text.split("\n") if line.startswith("– ")]
    if len(results) > 1 and len(told) == len(results):
        return tuple(results)
    return ()


def about(figure: ToldFigure) -> str:
    """Which of a row's numbers it is: its column's head, with the time where the head has none."""
    when = period_text(figure.period)
    if not figure.head:
        return f"{figure.measure} {when}".strip().capitalize()
    if not when or figure.period[:4] in figure.head:
        return figure.head
    return f"{figure.head}, {when}"


def place_of(citation: Citation) -> str:
    """The document and page of a citation."""
    return place_name(citation.title, citation.page_label or citation.page)


def place_name(title: str, page: int | str) -> str:
    """A document and a page of it, in words."""
    return say("{title}, sidan {page}", title=title, page=page)


def grouped(formula: str) -> str:
    """A formula with its long numbers in groups of three digits, as the answer writes them."""
    return _MANY_DIGITS.sub(lambda m: f"{int(m[0]):,}".replace(",", "\u00a0"), formula)
