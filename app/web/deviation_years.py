"""Lines over the years, and forecasts beside what they came to → HTML."""

from __future__ import annotations

from app.web.deviation_tables import headline_html
from app.web.inline import line_html, text_html
from app.web.number_cells import Places, number_cell
from app.web.overview_table import body, cell, chart_html, grid, head, way_html
from rag.overviews.series import LineSeries
from rag.overviews.track_record import ForecastLine, ForecastRecord


def series_html(series: LineSeries, at: int, places: Places) -> str:
    """A line over the years: a chart where there are several, and all its numbers."""
    gaps = "".join(
        f'<p class="aside">{gap.year}: {text_html(gap.reason)}.</p>' for gap in series.gaps
    )
    if not series.years:
        return f'<p class="aside">Raden finns inte för något helt år.</p>{gaps}'
    rows = []
    for one in series.years:
        line, unit = one.line, one.line.budget.unit
        about = f"{series.label} {one.year}"
        numbers = "".join(
            cell(name, number_cell(value, unit, f"{about}, {name.lower()}", places), "value")
            for name, value in (
                ("Budget", line.budget),
                ("Utfall eller prognos", line.outcome),
                ("Avvikelse", line.effect or line.deviation),
                ("Procent", line.percent),
            )
        )
        rows.append(
            f'<tr role="row"><th role="rowheader" scope="row">{one.year}, {one.measure}</th>'
            f"{numbers}{cell('Riktning', way_html(line.effect, line.direction), 'toward')}"
            f"{cell('Ur', text_html(one.title or one.document))}</tr>"
        )
    heads = head("År") + "".join(
        head(name, "value") for name in ("Budget", "Utfall eller prognos", "Avvikelse", "Procent")
    )
    unit = series.years[0].line.budget.unit
    name = f"{series.label} över åren, {unit}"
    shown = grid(name, heads + head("Riktning") + head("Ur"), body(rows))
    if len(series.years) > 1:
        told = (
            "Heldragen linje är utfall eller prognos (ring: prognos), streckad budget. Axeln "
            "börjar inte på noll. Talen står i tabellen nedanför."
        )
        return chart_html(f"years-{at}", name, told, "h4") + shown + gaps
    told = "Raden finns bara för ett år bland de inlästa dokumenten. Läs in fler för att jämföra."
    return f'<p class="aside">{told}</p>{shown}{gaps}'


def record_html(record: ForecastRecord, at: int, places: Places) -> str:
    """Forecasts beside what they came to."""
    unit = (record.lines or record.totals)[0].outcome.unit
    name = f"{record.forecast_title} mot {record.outcome_title}"
    heads = head("Rad") + "".join(
        head(text, "value") for text in ("Prognos", "Utfall", "Skillnad", "Procent")
    )
    bodies = "".join(
        body([_forecast(line, unit, places) for line in lines], title, 7)
        for lines, title in ((record.lines, ""), (record.totals, "Summor"))
    )
    shown = (
        f"{grid(name, heads + head('Riktning') + head('Obs'), bodies)}"
        f'<p class="aside">Belopp i {text_html(unit)}. Minus är sämre än prognosen.</p>'
    )
    if record.left_out:
        told = f"Utan jämförbar prognos: {', '.join(record.left_out)}."
        shown += f'<p class="aside">{text_html(told)}</p>'
    if sum(line.effect is not None for line in record.lines) > 1:
        told = (
            "Streckat åt vänster blev sämre än prognosen, fyllt åt höger bättre. Talen står i "
            "tabellen nedanför."
        )
        chart = chart_html(f"record-{at}", f"Utfall mot prognos {record.year}, {unit}", told, "h4")
        shown = f"{chart}<details><summary>Talen i diagrammet</summary>{shown}</details>"
    if record.totals:
        total = record.totals[-1]
        one = total.effect or total.difference
        shown = headline_html(total.label, one, total.direction, places) + shown
    return (
        f'<section class="record"><h3>{text_html(f"{record.year}: {name}")}</h3>{shown}</section>'
    )


def _forecast(line: ForecastLine, unit: str, places: Places) -> str:
    values = (
        ("Prognos", line.forecast),
        ("Utfall", line.outcome),
        ("Skillnad", line.effect or line.difference),
        ("Procent", line.percent),
    )
    numbers = "".join(
        cell(name, number_cell(one, unit, f"{line.label}, {name.lower()}", places), "value")
        for name, one in values
    )
    notes = "".join(f"<p>{line_html(note, ())}</p>" for note in line.notes)
    kind = "sum" if line.role == "total" else ""
    return (
        f'<tr role="row" class="{kind}"><th role="rowheader" scope="row">{text_html(line.label)}'
        f"</th>{numbers}{cell('Riktning', way_html(line.effect, line.direction), 'toward')}"
        f"{cell('Obs', notes, 'words')}"
        "</tr>"
    )
