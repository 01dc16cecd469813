"""Mål och risker: what a board was to reach and reached, and its risks, over the years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.web.boards import NO_DOCUMENTS, board_sent, boards_json, library_of
from app.web.goal_parts import goals_html, risks_html
from app.web.number_cells import Places
from app.web.view import Reply, Site, View
from rag.answer import Filters
from rag.overviews.goals import goals
from rag.overviews.risks import risks

_NO_GOALS = (
    '<p class="empty">Inga mål eller indikatorer i nämndens inlästa dokument. De brukar stå i '
    "budgetar, verksamhetsplaner och årsredovisningar.</p>"
)
_NO_RISKS = (
    '<p class="empty">Inga risker i nämndens inlästa dokument. De brukar stå i '
    "internkontrollplaner och verksamhetsplaner.</p>"
)


def _open(site: Site, sent: Mapping[str, Any]) -> Reply:
    """What can be chosen."""
    boards = boards_json(site)
    named = [{key: one[key] for key in ("municipality", "board", "name")} for one in boards]
    return {"boards": named, "html": "" if boards else NO_DOCUMENTS}


def _board(site: Site, sent: Mapping[str, Any]) -> Reply:
    """The goals and risks of a board."""
    board = board_sent(sent)
    library, places = library_of(site), Places()
    filters = Filters(municipality=board[0], board=board[1])
    aims = [one for one in goals(library, filters) if (one.municipality, one.board) == board]
    listed = [one for one in risks(library, filters) if (one.municipality, one.board) == board]
    listed.sort(key=lambda one: -one.year)
    return {
        "goals": "".join(goals_html(one, places) for one in aims) or _NO_GOALS,
        "risks": risks_html(listed, places) or _NO_RISKS,
        "summary": _summary(sum(len(one.indicators) for one in aims), len(listed)),
        "places": places.as_json(library.store),
    }


def _summary(indicators: int, listed: int) -> str:
    aims = "1 indikator" if indicators == 1 else f"{indicators} indikatorer"
    lists = "1 dokument med risker" if listed == 1 else f"{listed} dokument med risker"
    return f"{aims}, {lists}."


def _markup() -> str:
    return (
        '<div class="sheet"><h1>Mål och risker</h1>'
        '<p class="lead">Vad nämnden skulle nå, vad den nådde, och hur dokumenten själva bedömer '
        "det. Varje tal öppnar sidan som det står på.</p>"
        '<form class="narrowing" hidden><label>Nämnd<select name="board"></select></label></form>'
        '<p class="summary" role="status">Hämtar mål och risker …</p><div class="found"></div>'
        '<div class="both" hidden><section class="goals"><h2>Mål och indikatorer</h2>'
        '<p class="aside">Att ett mål saknas i de inlästa dokumenten betyder inte att nämnden har '
        'slopat det.</p><div class="found"></div></section><section class="all-risks">'
        '<h2>Risker</h2><div class="found"></div></section></div></div>'
        '<aside class="viewer" aria-label="Sidan" hidden></aside>'
    )


VIEW = View("mal", "Mål och risker", _markup, {"open": _open, "board": _board})
