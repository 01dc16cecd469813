"""Avvikelser: budget against outcome or forecast, the worst first, over the years, and after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.web.boards import board_sent, boards_json, document_sent, library_of, no_documents
from app.web.deviation_charts import record_chart, series_chart, table_charts
from app.web.deviation_tables import table_html, table_name
from app.web.deviation_years import record_html, series_html
from app.web.inline import sv_html
from app.web.number_cells import Places
from app.web.plotting import plotly_name
from app.web.view import CallError, Reply, Site, View
from app.words import key, say
from rag.answer import Filters
from rag.overviews.deviations import deviations
from rag.overviews.series import line_series
from rag.overviews.track_record import track_record

_LEAD = key(
    "Vad som blev dyrare eller billigare än budget, hur mycket, och vad rapporten själv säger. "
    "Varje tal öppnar sidan som det står på."
)
_WITHOUT = key(
    "Inga avvikelsetabeller i det här dokumentet. De brukar stå i delårsrapporter och "
    "årsredovisningar; välj ett sådant dokument ovanför."
)
_NO_RECORD = key(
    "Ingen prognos kan ställas mot utfallet för samma år. Det behövs en delårsrapport med prognos "
    "och årsredovisningen för samma år; läs in dem under Dokument."
)


def _open(site: Site, sent: Mapping[str, Any]) -> Reply:
    """What can be chosen."""
    boards = boards_json(site)
    return {
        "boards": boards,
        "html": "" if boards else no_documents(),
        "plotly": f"resurser/{plotly_name()}",
    }


def _document(site: Site, sent: Mapping[str, Any]) -> Reply:
    """The deviation tables of a document."""
    document = document_sent(site, sent)
    library, places = library_of(site), Places()
    found = deviations(library, Filters(documents=(document.id,)))
    tables = found[0].tables if found else ()
    if not tables:
        why = sv_html(found[0].missing if found else "")
        return {"html": f'<p class="empty">{say(_WITHOUT)} {why}</p>', "tables": []}
    shown = [table_html(table, at, places) for at, table in enumerate(tables)]
    charts: dict[str, Any] = {}
    for at, table in enumerate(tables):
        charts |= table_charts(table, at, places)
    return {
        "html": "".join(shown),
        "tables": [table_name(table) for table in tables],
        "charts": charts,
        "places": places.as_json(library.store),
    }


def _years(site: Site, sent: Mapping[str, Any]) -> Reply:
    """Each line of a table over the years."""
    document, table = document_sent(site, sent), sent.get("table")
    if not isinstance(table, str):
        raise CallError(say("Välj en tabell."))
    library, places = library_of(site), Places()
    found = line_series(library, document.id, table)
    lines = [
        {"label": one.label, "html": series_html(one, at, places)} for at, one in enumerate(found)
    ]
    charts = {f"years-{at}": series_chart(one, places) for at, one in enumerate(found)}
    return {"lines": lines, "charts": charts, "places": places.as_json(library.store)}


def _forecasts(site: Site, sent: Mapping[str, Any]) -> Reply:
    """What the forecasts of a board came to."""
    board = board_sent(sent)
    library, places = library_of(site), Places()
    found = [
        one
        for one in track_record(library, Filters(municipality=board[0], board=board[1]))
        if (one.municipality, one.board) == board
    ]
    found.sort(key=lambda one: -one.year)
    shown = "".join(record_html(one, at, places) for at, one in enumerate(found))
    charts = {f"record-{at}": record_chart(one, places) for at, one in enumerate(found)}
    return {
        "html": shown or f'<p class="aside">{say(_NO_RECORD)}</p>',
        "charts": charts,
        "places": places.as_json(library.store),
    }


def _markup() -> str:
    return (
        f'<div class="sheet"><h1>{say("Avvikelser")}</h1><p class="lead">{say(_LEAD)}</p>'
        '<form class="narrowing" hidden>'
        f'<label>{say("Nämnd")}<select name="board"></select></label>'
        f'<label>{say("Dokument")}<select name="document"></select></label>'
        f'<label>{say("Tabell")}<select name="table"></select></label></form>'
        f'<p class="summary" role="status">{say("Hämtar avvikelserna …")}</p>'
        '<div class="found"></div>'
        f'<section class="forecasts" hidden><h2>{say("Prognoser mot utfall")}</h2>'
        f'<p class="aside">{say("Vad delårsrapporternas prognoser blev när året var slut.")}</p>'
        '<div class="found"></div></section></div>'
        f'<aside class="viewer" aria-label="{say("Sidan")}" hidden></aside>'
    )


VIEW = View(
    "avvikelser",
    key("Avvikelser"),
    _markup,
    {"open": _open, "document": _document, "years": _years, "forecasts": _forecasts},
)
