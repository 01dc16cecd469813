"""An answer → HTML: the number that was asked for, lines, tables, choices, notices, sources."""

from __future__ import annotations

from collections.abc import Sequence

from app.answer_parts import grouped, is_aside, listed
from app.swedish import CONFLICT, notice_lead
from app.web.figure_table import table_html
from app.web.inline import SV, line_html, number_html, opener, place_html, text_html
from app.words import say
from rag.answer import Answer, Citation, Notice, ToldFigure
from rag.offers import Choice, choices
from rag.spoken import FORMULA, number, period_text

_EXAMPLE = "– "
_ICONS = {
    # a triangle with an exclamation mark; an i in a circle
    True: '<path d="M12 3.2 22 20.5H2Z"/><path d="M12 10v5m0 2.4v.1"/>',
    False: '<circle cx="12" cy="12" r="9"/><path d="M12 11v6m0-10v.1"/>',
}


def answer_html(answer: Answer, examples: Sequence[str] = ()) -> str:
    """An answer's lines; those that a table, choices, a formula or examples show stand there.

    Buttons say by `data-source`, `data-choice` or `data-ask` what they open or ask. `examples` are
    the questions that the answer's text suggests.
    """
    figures, offered, asked = listed(answer), choices(answer), _asked(answer)
    shown: list[str] = [_headline(asked[0])] if len(asked) == 1 and not figures else []
    written = {number(figure.value, figure.unit) for figure in asked}
    worked: list[str] = []
    for at, line in enumerate(answer.text.split("\n")):
        listing = line.startswith(_EXAMPLE) and (
            figures or offered or line.removeprefix(_EXAMPLE) in examples
        )
        if line.startswith(FORMULA):
            worked.append(
                f'<p class="formula"{SV}>{line_html(grouped(line), answer.citations)}</p>'
            )
        elif line and not listing:
            shown.append(_line(line, answer, written))
        if at == 0 and figures:
            shown.append(table_html(figures, answer.citations))
        if at == 0 and offered:
            shown.append(_choices(answer, offered))
        if at == 0:
            shown += [_notice(answer, one) for one in answer.warnings if one.kind == CONFLICT]
    shown += [_examples(examples)] if examples else []
    shown += [_worked(answer, worked)] if worked else []
    shown += [_notice(answer, one) for one in answer.warnings if one.kind != CONFLICT]
    return "".join(shown)


def sources_html(answer: Answer) -> str:
    """A button for each source of an answer: where it stands, and what stands there."""
    items = [f"<li>{opener(one, _source(one), 'source')}</li>" for one in answer.citations]
    return (
        f'<div class="sources"><h4>{say("Källa") if len(items) == 1 else say("Källor")}</h4>'
        f"<ol>{''.join(items)}</ol></div>"
        if items
        else ""
    )


def _source(citation: Citation) -> str:
    quote = " ".join(citation.quote.split())
    shown = f"{quote[:160]}{' …' if len(quote) > 160 else ''}"
    return (
        f'<span class="marker" aria-hidden="true">{citation.id}</span>'
        f"<span><b>{place_html(citation)}</b><q{SV}>{text_html(shown)}</q></span>"
    )


def _asked(answer: Answer) -> list[ToldFigure]:
    return [figure for figure in answer.figures if figure.role == "result"]


def _headline(figure: ToldFigure) -> str:
    """The one number that was asked for, large, over what it is."""
    when = period_text(figure.period)
    about = [figure.label, figure.head or figure.measure]
    if when and figure.period[:4] not in about[1]:
        about.append(when)
    said = ", ".join(part for part in about if part)
    return (
        f'<p class="headline">{number_html(number(figure.value, figure.unit), asked=True)}'
        f"<span{SV}>{text_html(said)}</span></p>"
    )


def _line(line: str, answer: Answer, written: set[str]) -> str:
    kind = ' class="aside"' if is_aside(line, answer) else ""
    return f"<p{kind}{SV}>{line_html(line, answer.citations, written)}</p>"


def _worked(answer: Answer, lines: Sequence[str]) -> str:
    """How a number was worked out, folded away: the formula, and the numbers that went into it."""
    operands = [figure for figure in answer.figures if figure.role == "operand"]
    table = table_html(operands, answer.citations) if operands and not listed(answer) else ""
    return (
        f'<details class="worked"><summary>{say("Så räknades det")}</summary>'
        f"{''.join(lines)}{table}</details>"
    )


def _examples(examples: Sequence[str]) -> str:
    items = "".join(f"<li>{asking(one)}</li>" for one in examples)
    return f'<ul class="suggested">{items}</ul>'


def asking(question: str) -> str:
    """A button that asks a question."""
    return (
        f'<button type="button" class="suggestion"{SV} data-ask="{text_html(question)}">'
        f"{text_html(question)}</button>"
    )


def _choices(answer: Answer, offered: Sequence[Choice]) -> str:
    by_id = {citation.id: citation for citation in answer.citations}
    items: list[str] = []
    for index, choice in enumerate(offered):
        cited = by_id.get(choice.citation)
        items.append(
            f'<li><button type="button" class="choice" data-choice="{index}">'
            f"<span{SV}>{text_html(choice.what)}</span> {number_html(choice.value)}</button>"
            f"{opener(cited) if cited else ''}</li>"
        )
    return f'<ul class="choices">{"".join(items)}</ul>'


def _notice(answer: Answer, notice: Notice) -> str:
    conflict = notice.kind == CONFLICT
    icon = (
        '<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" fill="none" '
        'stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">'
        f"{_ICONS[conflict]}</svg>"
    )
    message = line_html(notice.message, ())
    places = _places(answer, notice) if conflict else ""
    kind = "conflict" if conflict else "small"
    said = notice_lead(notice.kind)
    lead = f"<strong>{said}</strong>" if conflict else said
    return (
        f'<div class="notice {kind}" role="note">{icon}<div><p>{lead}<span{SV}>{message}</span></p>'
        f"{places}</div></div>"
    )


def _places(answer: Answer, notice: Notice) -> str:
    """A button for each place that a contradiction stands at, with what is said there."""
    buttons: list[str] = []
    for citation in answer.citations:
        if citation.id not in notice.citations:
            continue
        told = [f for f in answer.figures if f.citations == (citation.id,) and not f.formula]
        values = {number(figure.value, figure.unit) for figure in told}
        values = {value for value in values if _plain(value) in _plain(notice.message)}
        shown = f'<span class="marker" aria-hidden="true">{citation.id}</span> '
        shown += place_html(citation)
        if len(values) == 1:
            shown += f": {number_html(next(iter(values)))}"
        buttons.append(opener(citation, f"<span>{shown}</span>", "place"))
    return f'<div class="places">{"".join(buttons)}</div>' if buttons else ""


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")
