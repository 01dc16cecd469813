"""The deviations of a document → HTML: one section a table, lines ranked, totals apart."""

from __future__ import annotations

from app.swedish import GRADES
from app.web.inline import SV, line_html, number_html, sv_html, term_html, text_html
from app.web.number_cells import Places, number_cell, opens, page_told
from app.web.overview_table import body, cell, chart_html, contradictions, grid, head, way_html
from app.words import key, say, term
from rag.overviews.deviations import DeviationLine, DeviationTable
from rag.overviews.numbers import Number
from rag.spoken import number

_UNCERTAIN = key("Rader utan känd riktning är inte med i diagrammet.")
_SIGN = key(
    "Minus är sämre för nämnden, oavsett hur dokumentet skriver kostnader. Kursiva tal är "
    "uträknade; tryck på dem för uträkningen."
)
_BARS = key(
    "Streckat åt vänster är sämre än budget, fyllt åt höger bättre. Talen står i tabellen "
    "nedanför; ett klick på en stapel öppnar sidan."
)
_STEPS = key(
    "Streckade steg är sämre för nämnden, fyllda bättre. Axeln börjar inte på noll. Talen står i "
    "tabellen nedanför."
)


def table_name(table: DeviationTable) -> str:
    """What a table is called, and what it compares."""
    return f"{_called(table)}: {term(table.measure)} {table.period_said}".rstrip()


def _called(table: DeviationTable) -> str:
    told = say("Tabell på sidan {page}", page=table.page)
    return table.caption or " › ".join(table.section[-1:]) or told


def table_html(table: DeviationTable, at: int, places: Places) -> str:
    """A table of deviations with its charts' places; `at` is its number among the document's."""
    about = say(
        "{measure} mot budget, {period}, {unit}. Sidan {page}. Läsningen: {grade}.",
        measure=term(table.measure).capitalize(),
        period=sv_html(table.period_said) or say("tiden framgår inte"),
        unit=text_html(table.unit),
        page=table.page,
        grade=say(GRADES[table.grade]),
    )
    return (
        f'<section class="deviating" data-table="{at}" data-id="{text_html(table.table)}" '
        f'aria-label="{text_html(table_name(table))}"><h2>{sv_html(_called(table))}</h2>'
        f'<p class="aside">{about}</p>{_summary(table, places)}'
        f"{_bars(table, at)}{_lines(table, places)}{_notes(table)}{_waterfall(table, at, places)}"
        f'<section class="years"><h3>{say("Över åren")}</h3><div class="found"></div></section>'
        "</section>"
    )


def headline_html(label: str, one: Number, said: str, places: Places) -> str:
    """What a whole table comes to, large."""
    shown = number_html(one.text)
    about = say("{label}, skillnad: {number}", label=label, number=one.text)
    return (
        f'<p class="headline">{opens(one.sources, shown, about, places)} '
        f"<span>{sv_html(label)}: {term_html(said)}</span></p>"
    )


def _summary(table: DeviationTable, places: Places) -> str:
    if not table.totals:
        return ""
    line = table.totals[-1]
    return headline_html(line.label, line.effect or line.deviation, line.direction, places)


def _bars(table: DeviationTable, at: int) -> str:
    known = [line for line in table.lines if line.effect is not None]
    if len(known) < 2:
        return ""
    told = say(_BARS)
    if len(known) < len(table.lines):
        told += f" {say(_UNCERTAIN)}"
    return chart_html(f"bars-{at}", say("Avvikelse per rad, {unit}", unit=table.unit), told)


def _lines(table: DeviationTable, places: Places) -> str:
    what = term(table.measure).capitalize()
    values = (say("Budget"), what, say("Avvikelse"), say("Procent"))
    heads = (
        head(say("Plats"), "rank")
        + (head(table.rows_are, own=True) if table.rows_are else head(say("Rad")))
        + "".join(head(name, "value") for name in values)
        + head(say("Riktning"))
        + head(say("Rapporten om raden"))
    )
    bodies = "".join(
        body([_line(line, table, places) for line in lines], title, 8)
        for lines, title in (
            (table.lines, ""),
            (table.parts, say("Delar av raderna ovan")),
            (table.totals, say("Summor")),
        )
    )
    amounts = say("Belopp i {unit}.", unit=text_html(table.unit))
    sign = f'<p class="aside">{say(_SIGN)} {amounts}</p>'
    return grid(table_name(table), heads, bodies, "ranked") + sign


def _line(line: DeviationLine, table: DeviationTable, places: Places) -> str:
    rank = str(line.rank) if line.rank else ""
    values = (
        (say("Budget"), line.budget),
        (term(table.measure).capitalize(), line.outcome),
        (say("Avvikelse"), line.effect or line.deviation),
        (say("Procent"), line.percent),
    )
    numbers = "".join(
        cell(name, number_cell(one, table.unit, f"{line.label}, {name.lower()}", places), "value")
        for name, one in values
    )
    kind = {"total": "sum", "part": "part"}.get(line.role, "ranking")
    return (
        f'<tr role="row" class="{kind}">{cell(say("Plats"), rank, "rank")}'
        f'<th role="rowheader" scope="row"{SV}>{text_html(line.label)}</th>{numbers}'
        f"{cell(say('Riktning'), way_html(line.effect, line.direction), 'toward')}"
        f"{cell(say('Rapporten om raden'), _said(line, places), 'words')}"
        "</tr>"
    )


def _said(line: DeviationLine, places: Places) -> str:
    """What contradicts a line, and what the report says of it."""
    shown = contradictions(line.findings)
    if line.cause is not None:
        quote = " ".join(line.cause.quote.split())
        about = f"{line.told}: {quote}"
        button = opens((line.cause,), page_told(line.cause.page), about, places)
        shown += f'<p class="cause"><q{SV}>{text_html(quote)}</q> {button}</p>'
    return shown


def _notes(table: DeviationTable) -> str:
    return "".join(
        f'<p class="aside">{say("Obs:")} <span{SV}>{line_html(note, ())}</span></p>'
        for note in table.notes
    )


def _waterfall(table: DeviationTable, at: int, places: Places) -> str:
    """From the budget to what came of it, line by line; or why that cannot be drawn."""
    title = say("Från budget till {measure}", measure=term(table.measure))
    if table.waterfall is None:
        why = f"<span{SV}>{line_html(table.no_waterfall, ())}</span>"
        if not table.no_waterfall:
            why = say("Tabellens rader leder inte från budget till summa.")
        return (
            f'<section class="falling"><h3>{title}</h3><p class="aside">'
            f"{say('Går inte att visa rad för rad.')} {why}</p></section>"
        )
    fall = table.waterfall
    whole = sv_html(fall.label)
    budget = number_cell(fall.start, fall.unit, say("Budget"), places)
    rows = [_step(f"{whole}, {term('budget')}", budget, "sum")]
    for step in fall.steps:
        about = say("{label}, för nämnden", label=step.label)
        rows.append(_step(sv_html(step.label), number_cell(step.effect, fall.unit, about, places)))
    if fall.rounding:
        rows.append(_step(say("Avrundning"), text_html(number(fall.rounding, ""))))
    reached = f"{fall.label}, {term(table.measure)}"
    end = number_cell(fall.end, fall.unit, reached, places)
    rows.append(_step(f"{whole}, {term(table.measure)}", end, "sum"))
    heads = head(say("Steg")) + head(say("Belopp, {unit}", unit=fall.unit), "value")
    return (
        f'<section class="falling">{chart_html(f"fall-{at}", title, say(_STEPS))}'
        f"<details><summary>{say('Talen i diagrammet')}</summary>{grid(title, heads, body(rows))}"
        f'<p class="aside">{say(_SIGN)}</p></details></section>'
    )


def _step(name: str, shown: str, kind: str = "") -> str:
    """A step by its name, which is HTML."""
    return (
        f'<tr role="row" class="{kind}"><th role="rowheader" scope="row">{name}</th>'
        f"{cell(say('Belopp'), shown, 'value')}</tr>"
    )
