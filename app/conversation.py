"""A conversation → HTML: questions, answers line by line, tables, choices, notices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.answer_parts import is_aside
from app.figure_table import listed, table_html
from app.inline import grouped, line_html, number_html, opener, place_of, text_html
from app.swedish import CONFLICT, notice_lead
from rag.answer import Answer, Notice
from rag.offers import Choice, choices
from rag.spoken import FORMULA, number

_ICONS = {
    # a triangle with an exclamation mark; an i in a circle
    True: '<path d="M12 3.2 22 20.5H2Z"/><path d="M12 10v5m0 2.4v.1"/>',
    False: '<circle cx="12" cy="12" r="9"/><path d="M12 11v6m0-10v.1"/>',
}


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as it was typed or chosen, and its answer."""

    asked: str
    answer: Answer


def conversation_html(turns: Sequence[Turn]) -> str:
    """The whole conversation, oldest first, as a log that screen readers follow.

    Buttons say by `data-turn` with `data-source` or `data-choice` what they open or ask.
    """
    if not turns:
        inner = '<p class="hint">Ställ en fråga om nämndens dokument.</p>'
    else:
        inner = "".join(_turn(number, turn) for number, turn in enumerate(turns))
    return (
        '<div class="scroll" tabindex="0" role="log" aria-live="polite" aria-label="Samtalet">'
        f'<div class="turns">{inner}</div></div>'
    )


def _turn(turn: int, said: Turn) -> str:
    notices = "".join(_notice(turn, said.answer, notice) for notice in said.answer.warnings)
    return (
        '<div class="asked"><span class="who">Du frågade</span>'
        f'<div data-testid="user"><p>{text_html(said.asked)}</p></div></div>'
        '<div class="answered"><span class="who">Nämndkoll svarade</span>'
        f'<div data-testid="bot">{_answer(turn, said.answer)}{notices}</div></div>'
    )


def _answer(turn: int, answer: Answer) -> str:
    """The answer's lines; those that a table or choices show stand there instead."""
    figures, offered = listed(answer), choices(answer)
    shown: list[str] = []
    for number_of_line, line in enumerate(answer.text.split("\n")):
        listing = line.startswith("– ") and (figures or offered)
        if line and not listing:
            shown.append(_line(line, turn, answer))
        if number_of_line == 0 and figures:
            shown.append(table_html(figures, turn, answer.citations))
        if number_of_line == 0 and offered:
            shown.append(_choices(turn, answer, offered))
    return "".join(shown)


def _line(line: str, turn: int, answer: Answer) -> str:
    kind = ""
    if line.startswith(FORMULA):
        kind, line = ' class="formula"', grouped(line)
    elif is_aside(line, answer):
        kind = ' class="aside"'
    return f"<p{kind}>{line_html(line, turn, answer.citations)}</p>"


def _choices(turn: int, answer: Answer, offered: Sequence[Choice]) -> str:
    by_id = {citation.id: citation for citation in answer.citations}
    items: list[str] = []
    for index, choice in enumerate(offered):
        cited = by_id.get(choice.citation)
        items.append(
            f'<li><button type="button" class="choice" data-turn="{turn}" data-choice="{index}">'
            f"<span>{text_html(choice.what)}</span> {number_html(choice.value)}</button>"
            f"{opener(turn, cited, f'[{cited.id}]') if cited else ''}</li>"
        )
    return f'<ul class="choices">{"".join(items)}</ul>'


def _notice(turn: int, answer: Answer, notice: Notice) -> str:
    conflict = notice.kind == CONFLICT
    icon = (
        '<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" fill="none" '
        'stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">'
        f"{_ICONS[conflict]}</svg>"
    )
    message = line_html(notice.message, turn, ())
    places = _places(turn, answer, notice) if conflict else ""
    kind = "conflict" if conflict else "small"
    said = notice_lead(notice.kind)
    lead = f"<strong>{said}</strong>" if conflict else said
    return (
        f'<div class="notice {kind}" role="note">{icon}<div><p>{lead}{message}</p>{places}</div>'
        "</div>"
    )


def _places(turn: int, answer: Answer, notice: Notice) -> str:
    """A button for each place that a contradiction stands at, with what is said there."""
    buttons: list[str] = []
    for citation in answer.citations:
        if citation.id not in notice.citations:
            continue
        told = [f for f in answer.figures if f.citations == (citation.id,) and not f.formula]
        values = {number(figure.value, figure.unit) for figure in told}
        values = {value for value in values if _plain(value) in _plain(notice.message)}
        shown = f"[{citation.id}] {text_html(place_of(citation))}"
        if len(values) == 1:
            shown += f": {number_html(next(iter(values)))}"
        buttons.append(opener(turn, citation, f"<span>{shown}</span>", "place"))
    return f'<div class="places">{"".join(buttons)}</div>' if buttons else ""


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")
