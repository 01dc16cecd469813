"""Lines over the years, and forecasts beside what they came to → HTML."""

from __future__ import annotations

from collections.abc import Sequence

from app.web.deviation_tables import headline_html
from app.web.inline import SV, line_html, sv_html, text_html
from app.web.number_cells import Places, number_cell
from app.web.overview_table import body, cell, chart_html, grid, head, way_html
from app.words import key, say, term
from rag.overviews.numbers import Number
from rag.overviews.series import LineSeries
from rag.overviews.track_record import ForecastLine, ForecastRecord

_LINES = key(
    "Heldragen linje är utfall eller prognos (ring: prognos), streckad budget. Axeln börjar inte "
    "på noll. Talen står i tabellen nedanför."
)
_ONE_YEAR = key(
    "Raden finns bara för ett år bland de inlästa dokumenten. Läs in fler för att jämföra."
)
_RECORD = key(
    "Streckat åt vänster blev sämre än prognosen, fyllt åt höger bättre. Talen står i tabellen "
    "nedanför."
)
_VALUES = (key("Budget"), key("Utfall eller prognos"), key("Avvikelse"), key("Procent"))
_COMPARED = (key("Prognos"), key("Utfall"), key("Skillnad"), key("Procent"))


def series_html(series: LineSeries, at: int, places: Places) -> str:
    """A line over the years: a chart where there are several, and all its numbers."""
    gaps = "".join(
        f'<p class="aside">{gap.year}: <span{SV}>{text_html(gap.reason)}</span>.</p>'
        for gap in series.gaps
    )
    if not series.years:
        return f'<p class="aside">{say("Raden finns inte för något helt år.")}</p>{gaps}'
    rows = []
    for one in series.years:
        line, unit = one.line, one.line.budget.unit
        about = f"{series.label} {one.year}"
        values = (line.budget, line.outcome, line.effect or line.deviation, line.percent)
        numbers = _cells(_VALUES, values, unit, about, places)
        rows.append(
            f'<tr role="row"><th role="rowheader" scope="row">{one.year}, {term(one.measure)}</th>'
            f"{numbers}{cell(say('Riktning'), way_html(line.effect, line.direction), 'toward')}"
            f"{cell(say('Ur'), sv_html(one.title or one.document))}</tr>"
        )
    heads = head(say("År")) + "".join(head(say(name), "value") for name in _VALUES)
    unit = series.years[0].line.budget.unit
    name = say("{label} över åren, {unit}", label=series.label, unit=unit)
    shown = grid(name, heads + head(say("Riktning")) + head(say("Ur")), body(rows))
    if len(series.years) > 1:
        return chart_html(f"years-{at}", name, say(_LINES), "h4") + shown + gaps
    return f'<p class="aside">{say(_ONE_YEAR)}</p>{shown}{gaps}'


def _cells(
    names: Sequence[str],
    values: Sequence[Number | None],
    unit: str,
    about: str,
    places: Places,
) -> str:
    """The numbers of a row under the names of their columns."""
    return "".join(
        cell(name, number_cell(value, unit, f"{about}, {name.lower()}", places), "value")
        for name, value in zip(map(say, names), values, strict=True)
    )


def record_html(record: ForecastRecord, at: int, places: Places) -> str:
    """Forecasts beside what they came to."""
    unit = (record.lines or record.totals)[0].outcome.unit
    titles = {"forecast": record.forecast_title, "outcome": record.outcome_title}
    name = say("{forecast} mot {outcome}", **titles)
    heads = head(say("Rad")) + "".join(head(say(text), "value") for text in _COMPARED)
    bodies = "".join(
        body([_forecast(line, unit, places) for line in lines], title, 7)
        for lines, title in ((record.lines, ""), (record.totals, say("Summor")))
    )
    shown = (
        f"{grid(name, heads + head(say('Riktning')) + head(say('Obs')), bodies)}"
        f'<p class="aside">{say("Belopp i {unit}.", unit=text_html(unit))} '
        f"{say('Minus är sämre än prognosen.')}</p>"
    )
    if record.left_out:
        lines = sv_html(", ".join(record.left_out))
        shown += f'<p class="aside">{say("Utan jämförbar prognos: {lines}.", lines=lines)}</p>'
    if sum(line.effect is not None for line in record.lines) > 1:
        drawn = say("Utfall mot prognos {year}, {unit}", year=record.year, unit=unit)
        chart = chart_html(f"record-{at}", drawn, say(_RECORD), "h4")
        shown = f"{chart}<details><summary>{say('Talen i diagrammet')}</summary>{shown}</details>"
    if record.totals:
        total = record.totals[-1]
        one = total.effect or total.difference
        shown = headline_html(total.label, one, total.direction, places) + shown
    both = say("{forecast} mot {outcome}", **{of: sv_html(one) for of, one in titles.items()})
    return f'<section class="record"><h3>{record.year}: {both}</h3>{shown}</section>'


def _forecast(line: ForecastLine, unit: str, places: Places) -> str:
    values = (line.forecast, line.outcome, line.effect or line.difference, line.percent)
    numbers = _cells(_COMPARED, values, unit, line.label, places)
    notes = "".join(f"<p{SV}>{line_html(note, ())}</p>" for note in line.notes)
    kind = "sum" if line.role == "total" else ""
    return (
        f'<tr role="row" class="{kind}"><th role="rowheader" scope="row"{SV}>'
        f"{text_html(line.label)}</th>{numbers}"
        f"{cell(say('Riktning'), way_html(line.effect, line.direction), 'toward')}"
        f"{cell(say('Obs'), notes, 'words')}"
        "</tr>"
    )
