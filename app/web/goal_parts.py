"""Goals and risks of a board → HTML: an indicator's years, a document's risks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from app.web.inline import SV, number_html, sv_html, text_html
from app.web.number_cells import Places, number_cell, opens, page_told
from app.web.overview_table import body, cell, contradictions, grid, head
from app.words import key, say
from rag.overviews.goals import Assessment, BoardGoals, Indicator, KeyFigure, Reached, Target
from rag.overviews.risks import DocumentRisks, RiskLine, Said

_KINDS = {
    "new": key("Nytt"),
    "changed": "",
    "dropped": key("Saknas"),
    "disagrees": key("Olika uppgifter"),
}
_OF_A_YEAR = (key("Mål"), key("Utfall"), key("Bedömning"))
_OF_A_RISK = (key("Sannolikhet"), key("Konsekvens"), key("Riskvärde"))
_SIGNS = {"up": "▲", "down": "▼", "same": "=", "new": "＋", "": ""}


def goals_html(board: BoardGoals, places: Places) -> str:
    """The indicators of a board, under the goals that they stand under."""
    return "".join(
        f'<section class="goal"><h3>{sv_html(goal) or say("Mål")}</h3><div class="indicators">'
        + "".join(_indicator(one, places) for one in indicators)
        + "</div></section>"
        for goal, indicators in groupby(board.indicators, key=lambda one: one.goal)
    )


def _indicator(one: Indicator, places: Places) -> str:
    years = {t.year for t in one.targets} | {r.year for r in one.outcomes}
    years |= {judged.year for judged in one.assessments}
    rows = [_year(one, year, places) for year in sorted(years)]
    heads = head(say("År")) + "".join(head(say(name)) for name in _OF_A_YEAR)
    changes = "".join(
        f'<li class="{change.kind}">{_lead(_KINDS[change.kind])}'
        f"{opens(change.sources, sv_html(change.text), change.text, places)}</li>"
        for change in one.changes
    )
    told = f'<ul class="changes">{changes}</ul>' if changes else ""
    return (
        f'<article class="indicator"><h4>{sv_html(one.label)}</h4>'
        f"{grid(one.label, heads, body(rows), 'by-year')}{told}"
        f"{''.join(map(_key_figure, one.key_figures))}</article>"
    )


def _lead(said: str) -> str:
    return f"<strong>{say(said)}.</strong> " if said else ""


def _year(one: Indicator, year: int, places: Places) -> str:
    told: tuple[Sequence[Target | Reached | Assessment], ...] = (
        [t for t in one.targets if t.year == year],
        [r for r in one.outcomes if r.year == year],
        [j for j in one.assessments if j.year == year],
    )
    cells = "".join(
        cell(name, _each(values, f"{one.label}, {name.lower()} {year or ''}".strip(), places))
        for name, values in zip(map(say, _OF_A_YEAR), told, strict=True)
    )
    named = str(year) if year else say("År okänt")
    return f'<tr role="row"><th role="rowheader" scope="row">{named}</th>{cells}</tr>'


def _each(values: Sequence[Target | Reached | Assessment], about: str, places: Places) -> str:
    """What is told of a year, what several documents say alike once, with all their places."""
    shown: dict[tuple[str, str], list[Target | Reached | Assessment]] = {}
    for value in values:
        shown.setdefault((_beside(value), value.text), []).append(value)
    buttons: list[str] = []
    for (beside, text), alike in shown.items():
        sources = [source for one in alike for source in one.sources]
        said = f"{about}: {text}" + (f" ({beside})" if beside else "")
        aside = f' <span class="aside"{SV}>{text_html(beside)}</span>' if beside else ""
        buttons.append(f"<p>{opens(sources, _value(text), said, places)}{aside}</p>")
    return "".join(buttons)


def _value(text: str) -> str:
    """A target, an outcome or an assessment: a number, or words."""
    return f"<span{SV}>{number_html(text)}</span>"


def _beside(value: Target | Reached | Assessment) -> str:
    """What must be said beside an outcome: whose it is, and that it is not of the whole year."""
    if not isinstance(value, Reached):
        return ""
    plain = {f"utfall {value.year}", str(value.year), "utfall"}
    head = "" if value.head.casefold() in plain else value.head
    return ", ".join(part for part in (head, value.part) if part and part not in head) or head


def _key_figure(one: KeyFigure) -> str:
    return (
        f'<p class="aside">{say("Nyckeltal")} <a href="{text_html(one.url)}" target="_blank" '
        f'rel="noopener">{say("{name} i Kolada", name=text_html(one.id))}</a> '
        f"({say('lämnar sidan, ny flik')})</p>"
    )


# ---- risks


def risks_html(found: Sequence[DocumentRisks], places: Places) -> str:
    """The risks of a board's documents: those of the newest open, the earlier ones folded away."""
    shown: list[str] = []
    for at, one in enumerate(found):
        title = one.title or one.document
        inner = _risks(one, places)
        if not at:
            shown.append(f'<section class="risks"><h3>{sv_html(title)}</h3>{inner}</section>')
        else:
            shown.append(
                f'<details class="risks"><summary>{sv_html(title)}</summary>{inner}</details>'
            )
    return "".join(shown)


def _risks(one: DocumentRisks, places: Places) -> str:
    heads = head(say("Risk")) + "".join(head(say(name), "value") for name in _OF_A_RISK)
    compared = any(risk.moved for risk in one.risks)
    heads += head(say("Sedan året före")) if compared else ""
    heads += head(say("Vad dokumentet säger"))
    rows = body([_risk(risk, places, compared=compared) for risk in one.risks])
    gone = "".join(
        f"<li{SV}>{text_html(old.name)}"
        + (f" ({number_cell(old.value, 'risk', old.name, places)})" if old.value else "")
        + f": {text_html(old.text)}</li>"
        for old in one.gone
    )
    left = ""
    if gone:
        left = f'<h4>{say("Finns inte längre i listan")}</h4><ul class="gone">{gone}</ul>'
    note = f'<p class="aside"{SV}>{text_html(one.note)}</p>' if one.note else ""
    return grid(say("Risker, {title}", title=one.title), heads, rows, "rated") + note + left


def _risk(risk: RiskLine, places: Places, *, compared: bool) -> str:
    values = (risk.likelihood, risk.severity, risk.value)
    numbers = "".join(
        cell(name, number_cell(one, "risk", f"{risk.name}, {name.lower()}", places), "value")
        for name, one in zip(map(say, _OF_A_RISK), values, strict=True)
    )
    words = contradictions(risk.findings) + "".join(
        _said(one, places) for one in (*risk.description, *risk.handling, *risk.responsible)
    )
    return (
        f'<tr role="row"><th role="rowheader" scope="row"{SV}>{text_html(risk.name)}</th>'
        f"{numbers}{cell(say('Sedan året före'), _moved(risk, places)) if compared else ''}"
        f"{cell(say('Vad dokumentet säger'), words, 'words')}</tr>"
    )


def _moved(risk: RiskLine, places: Places) -> str:
    if not risk.moved:
        return ""
    sign = f'<span aria-hidden="true">{_SIGNS[risk.movement]} </span>'
    told = sv_html(risk.moved)
    if risk.before is None:
        return f'<span class="way">{sign}{told}</span>'
    sources = [*(risk.value.sources if risk.value else ()), *risk.before.sources]
    return f'<span class="way">{sign}{opens(sources, told, risk.moved, places)}</span>'


def _said(one: Said, places: Places) -> str:
    lead = f"<strong>{sv_html(one.head)}:</strong> " if one.head else ""
    button = opens((one.source,), page_told(one.source.page), f"{one.head}: {one.text}", places)
    return f"<p>{lead}<q{SV}>{text_html(one.text)}</q> {button}</p>"
