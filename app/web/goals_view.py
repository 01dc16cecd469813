"""Mål och risker: what a board was to reach and reached, and its risks, over the years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.web.boards import board_sent, boards_json, library_of, no_documents
from app.web.goal_parts import goals_html, risks_html
from app.web.number_cells import Places
from app.web.view import Reply, Site, View
from app.words import counted, key, say
from rag.answer import Filters
from rag.overviews.goals import goals
from rag.overviews.risks import risks

_NO_GOALS = key(
    "Inga mål eller indikatorer i nämndens inlästa dokument. De brukar stå i budgetar, "
    "verksamhetsplaner och årsredovisningar."
)
_NO_RISKS = key(
    "Inga risker i nämndens inlästa dokument. De brukar stå i internkontrollplaner och "
    "verksamhetsplaner."
)
_LEAD = key(
    "Vad nämnden skulle nå, vad den nådde, och hur dokumenten själva bedömer det. Varje tal "
    "öppnar sidan som det står på."
)
_SILENT = key("Att ett mål saknas i de inlästa dokumenten betyder inte att nämnden har slopat det.")


def _open(site: Site, sent: Mapping[str, Any]) -> Reply:
    """What can be chosen."""
    boards = boards_json(site)
    named = [{key: one[key] for key in ("municipality", "board", "name")} for one in boards]
    return {"boards": named, "html": "" if boards else no_documents()}


def _board(site: Site, sent: Mapping[str, Any]) -> Reply:
    """The goals and risks of a board."""
    board = board_sent(sent)
    library, places = library_of(site), Places()
    filters = Filters(municipality=board[0], board=board[1])
    aims = [one for one in goals(library, filters) if (one.municipality, one.board) == board]
    listed = [one for one in risks(library, filters) if (one.municipality, one.board) == board]
    listed.sort(key=lambda one: -one.year)
    return {
        "goals": "".join(goals_html(one, places) for one in aims) or _empty(_NO_GOALS),
        "risks": risks_html(listed, places) or _empty(_NO_RISKS),
        "summary": _summary(sum(len(one.indicators) for one in aims), len(listed)),
        "places": places.as_json(library.store),
    }


def _empty(why: str) -> str:
    return f'<p class="empty">{say(why)}</p>'


def _summary(indicators: int, listed: int) -> str:
    aims = counted(indicators, "{count} indikator", "{count} indikatorer")
    lists = counted(listed, "1 dokument med risker", "{count} dokument med risker")
    return f"{aims}, {lists}."


def _markup() -> str:
    return (
        f'<div class="sheet"><h1>{say("Mål och risker")}</h1><p class="lead">{say(_LEAD)}</p>'
        f'<form class="narrowing" hidden><label>{say("Nämnd")}<select name="board"></select>'
        '</label></form><p class="summary" role="status">'
        f'{say("Hämtar mål och risker …")}</p><div class="found"></div>'
        f'<div class="both" hidden><section class="goals"><h2>{say("Mål och indikatorer")}</h2>'
        f'<p class="aside">{say(_SILENT)}</p><div class="found"></div></section>'
        f'<section class="all-risks"><h2>{say("Risker")}</h2><div class="found"></div></section>'
        f'</div></div><aside class="viewer" aria-label="{say("Sidan")}" hidden></aside>'
    )


VIEW = View("mal", key("Mål och risker"), _markup, {"open": _open, "board": _board})
