"""The deviations of a document → HTML: one section a table, lines ranked, totals apart."""

from __future__ import annotations

from app.swedish import GRADES
from app.web.inline import line_html, text_html
from app.web.number_cells import Places, number_cell, opens
from app.web.overview_table import body, cell, chart_html, contradictions, grid, head, way_html
from rag.overviews.deviations import DeviationLine, DeviationTable
from rag.overviews.numbers import Number
from rag.spoken import number

_UNCERTAIN = "Rader utan känd riktning är inte med i diagrammet."
SIGN = (
    "Minus är sämre för nämnden, oavsett hur dokumentet skriver kostnader. Kursiva tal är "
    "uträknade; tryck på dem för uträkningen."
)


def table_name(table: DeviationTable) -> str:
    """What a table is called, and what it compares."""
    called = table.caption or " › ".join(table.section[-1:]) or f"Tabell på sidan {table.page}"
    return f"{called}: {table.measure} {table.period_said}".rstrip()


def table_html(table: DeviationTable, at: int, places: Places) -> str:
    """A table of deviations with its charts' places; `at` is its number among the document's."""
    called = table.caption or " › ".join(table.section[-1:]) or f"Tabell på sidan {table.page}"
    about = (
        f"{table.measure.capitalize()} mot budget, {table.period_said or 'tiden framgår inte'}, "
        f"{table.unit}. Sidan {table.page}. Läsningen: {GRADES[table.grade]}."
    )
    return (
        f'<section class="deviating" data-table="{at}" data-id="{text_html(table.table)}" '
        f'aria-label="{text_html(table_name(table))}"><h2>{text_html(called)}</h2>'
        f'<p class="aside">{line_html(about, ())}</p>{_summary(table, places)}'
        f"{_bars(table, at)}{_lines(table, places)}{_notes(table)}{_waterfall(table, at, places)}"
        '<section class="years"><h3>Över åren</h3><div class="found"></div></section></section>'
    )


def headline_html(label: str, one: Number, said: str, places: Places) -> str:
    """What a whole table comes to, large."""
    shown = f'<span class="number">{text_html(one.text)}</span>'
    about = f"{label}, skillnad: {one.text}"
    return (
        f'<p class="headline">{opens(one.sources, shown, about, places)} '
        f"<span>{text_html(f'{label}: {said}')}</span></p>"
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
    told = "Streckat åt vänster är sämre än budget, fyllt åt höger bättre. Talen står i tabellen "
    told += "nedanför; ett klick på en stapel öppnar sidan."
    if len(known) < len(table.lines):
        told += f" {_UNCERTAIN}"
    return chart_html(f"bars-{at}", f"Avvikelse per rad, {table.unit}", told)


def _lines(table: DeviationTable, places: Places) -> str:
    what = table.measure.capitalize()
    heads = (
        head("Plats", "rank")
        + head(table.rows_are or "Rad")
        + "".join(head(name, "value") for name in ("Budget", what, "Avvikelse", "Procent"))
        + head("Riktning")
        + head("Rapporten om raden")
    )
    bodies = "".join(
        body([_line(line, table, places) for line in lines], title, 8)
        for lines, title in (
            (table.lines, ""),
            (table.parts, "Delar av raderna ovan"),
            (table.totals, "Summor"),
        )
    )
    sign = f'<p class="aside">{SIGN} Belopp i {text_html(table.unit)}.</p>'
    return grid(table_name(table), heads, bodies, "ranked") + sign


def _line(line: DeviationLine, table: DeviationTable, places: Places) -> str:
    rank = str(line.rank) if line.rank else ""
    values = (
        ("Budget", line.budget),
        (table.measure.capitalize(), line.outcome),
        ("Avvikelse", line.effect or line.deviation),
        ("Procent", line.percent),
    )
    numbers = "".join(
        cell(name, number_cell(one, table.unit, f"{line.label}, {name.lower()}", places), "value")
        for name, one in values
    )
    kind = {"total": "sum", "part": "part"}.get(line.role, "ranking")
    return (
        f'<tr role="row" class="{kind}">{cell("Plats", rank, "rank")}'
        f'<th role="rowheader" scope="row">{text_html(line.label)}</th>{numbers}'
        f"{cell('Riktning', way_html(line.effect, line.direction), 'toward')}"
        f"{cell('Rapporten om raden', _said(line, places), 'words')}"
        "</tr>"
    )


def _said(line: DeviationLine, places: Places) -> str:
    """What contradicts a line, and what the report says of it."""
    shown = contradictions(line.findings)
    if line.cause is not None:
        quote = " ".join(line.cause.quote.split())
        about = f"{line.told}: {quote}"
        button = opens((line.cause,), f"Sidan {line.cause.page}", about, places)
        shown += f'<p class="cause"><q>{text_html(quote)}</q> {button}</p>'
    return shown


def _notes(table: DeviationTable) -> str:
    return "".join(f'<p class="aside">Obs: {line_html(note, ())}</p>' for note in table.notes)


def _waterfall(table: DeviationTable, at: int, places: Places) -> str:
    """From the budget to what came of it, line by line; or why that cannot be drawn."""
    title = f"Från budget till {table.measure}"
    if table.waterfall is None:
        why = table.no_waterfall or "Tabellens rader leder inte från budget till summa."
        return (
            f'<section class="falling"><h3>{title}</h3><p class="aside">Går inte att visa rad för '
            f"rad. {line_html(why, ())}</p></section>"
        )
    fall = table.waterfall
    told = (
        "Streckade steg är sämre för nämnden, fyllda bättre. Axeln börjar inte på noll. Talen står "
        "i tabellen nedanför."
    )
    rows = [
        _step(f"{fall.label}, budget", number_cell(fall.start, fall.unit, "Budget", places), "sum")
    ]
    for step in fall.steps:
        shown = number_cell(step.effect, fall.unit, f"{step.label}, för nämnden", places)
        rows.append(_step(step.label, shown))
    if fall.rounding:
        rows.append(_step("Avrundning", text_html(number(fall.rounding, ""))))
    end = f"{fall.label}, {table.measure}"
    rows.append(_step(end, number_cell(fall.end, fall.unit, end, places), "sum"))
    heads = head("Steg") + head(f"Belopp, {fall.unit}", "value")
    return (
        f'<section class="falling">{chart_html(f"fall-{at}", title, told)}'
        f"<details><summary>Talen i diagrammet</summary>{grid(title, heads, body(rows))}"
        f'<p class="aside">{SIGN}</p></details></section>'
    )


def _step(label: str, shown: str, kind: str = "") -> str:
    return (
        f'<tr role="row" class="{kind}"><th role="rowheader" scope="row">{text_html(label)}</th>'
        f"{cell('Belopp', shown, 'value')}</tr>"
    )
