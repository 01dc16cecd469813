"""Formuleringar: a wording over the years, and two documents side by side, each page at hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.web.filters import choices_of, filters_html, filters_of
from app.web.inline import sv_html, text_html
from app.web.places import PassagePlaces
from app.web.view import CallError, Reply, Site, View, fault_told
from app.web.wording_html import MOST, comparison_html, history_html
from app.wording_view import STATUSES, first_and_last
from app.wording_view import counted as counts_of
from app.words import counted, key, say
from rag.store import StoredDocument
from rag.wording.between import compare
from rag.wording.search import LONGEST, WordingTextError, find_wording
from rag.wording.types import Comparison, History

_LETTERS = 40_000  # a text of so many is longer than `LONGEST` words
_NARROWING = key("begränsa sökningen")
_MORE = key("Här visas de {most} första; begränsa sökningen för att se de andra.")
_LEAD = key(
    "Följ en text genom åren, eller ställ två dokument bredvid varandra. Varje ändring visas ord "
    "för ord, med sidan den står på."
)
_HINT = key(
    "Klistra in en mening ur ett måldokument, ett uppdrag eller en policytext. Sökningen visar "
    "varje år den står, vad som har ändrats, och var den saknas. Ctrl+Enter söker."
)
_ALL_SAME = key(
    "Rubriker, stycken, listor och mål är desamma. Belopp i tabeller jämförs inte här: fråga "
    "efter dem under Fråga."
)
_FEWER = key("Välj färre filter under Begränsa till, eller lägg till dokument under Dokument.")
_WHOLE = key(
    "Så kort text söks ordagrant. Klistra in hela meningen, så hittas också omskrivningar."
)
_AS_IT_STOOD = key(
    "Klistra in en hel mening, som den stod ett år, eller fråga efter ämnet under Fråga."
)
_STATUS_ORDER = ("changed", "appeared", "disappeared")


def _open(site: Site, sent: Mapping[str, Any]) -> Reply:
    """What can be searched and compared."""
    documents = site.asker.index.store.documents()
    return {"filters": choices_of(documents), "documents": _named(documents)}


def _named(documents: list[StoredDocument]) -> list[list[str]]:
    """Documents to choose from, by board, kind and year: pairs of id and name."""
    boards = {(one.identity.board, one.identity.municipality) for one in documents}
    ordered = sorted(
        documents,
        key=lambda one: (
            one.identity.municipality,
            one.identity.board,
            one.identity.kind,
            one.identity.years,
        ),
    )
    named = []
    for one in ordered:
        of = [one.identity.title or one.id]
        of += [one.identity.board, one.identity.municipality] if len(boards) > 1 else []
        named.append([one.id, ", ".join(part for part in of if part)])
    return named


# ---- a wording


def _find(site: Site, sent: Mapping[str, Any]) -> Reply:
    """A wording, year by year."""
    text, filters = sent.get("text"), filters_of(sent.get("filters", {}))
    if not isinstance(text, str) or len(text) > _LETTERS:
        raise CallError(
            say(
                "Texten är för lång. Klistra in ett stycke i taget, högst {most} ord.", most=LONGEST
            )
        )
    try:
        history = find_wording(site.asker.index, text, filters)
    except WordingTextError as error:
        raise fault_told(_fault(error)) from error
    if not history.occurrences:
        return {"html": _nowhere(history), "places": [], "spoken": _missing(history), "found": 0}
    places = PassagePlaces(site.asker.index.store)
    told = first_and_last(history, say(_NARROWING))
    if len(history.occurrences) > MOST:
        told += f" {say(_MORE, most=MOST)}"
    shown = history_html(history, places)
    before = any(one.previous_difference is not None for one in history.occurrences)
    html = f'<h2 class="summary" tabindex="-1">{text_html(told)}</h2>{_against(before)}{shown}'
    return {"html": html, "places": places.told, "spoken": told, "found": len(history.occurrences)}


def _fault(error: WordingTextError) -> str:
    told = f"{error}"
    if error.word:
        told += ", eller ställ en fråga under Fråga"
    elif error.long:
        told += ", eller jämför två hela dokument"
    return f"{told[:1].upper()}{told[1:]}."


def _missing(history: History) -> str:
    if not history.searched:
        return say("Inget dokument passar filtren.")
    return counted(
        history.searched,
        "Formuleringen hittades inte i det enda dokumentet.",
        "Formuleringen hittades inte i {count} dokument.",
    )


def _nowhere(history: History) -> str:
    """That a wording was not found, and what to do."""
    if not history.searched:
        do = _FEWER
    elif history.phrase:
        do = _WHOLE
    else:
        do = _AS_IT_STOOD
    return (
        f'<h2 class="summary" tabindex="-1">{text_html(_missing(history))}</h2>'
        f'<p class="todo">{say(do)}</p>'
    )


def _against(before: bool) -> str:
    """What the texts are compared with."""
    if not before:
        return ""
    return (
        f'<fieldset class="switch against"><legend>{say("Jämför med")}</legend>'
        f'<label><input type="radio" name="against" value="own" checked>{say("Min text")}</label>'
        f'<label><input type="radio" name="against" value="before">{say("Året före")}</label>'
        "</fieldset>"
    )


# ---- two documents


def _between(site: Site, sent: Mapping[str, Any]) -> Reply:
    """Two documents side by side."""
    store = site.asker.index.store
    known = {document.id: document for document in store.documents()}
    chosen = [known.get(str(sent.get(name, ""))) for name in ("one", "other")]
    if chosen[0] is None or chosen[1] is None:
        raise CallError(
            say("Välj två dokument. Finns de inte i listan har de tagits ut ur indexet.")
        )
    if chosen[0].id == chosen[1].id:
        raise CallError(say("Välj två olika dokument."))
    comparison = compare(site.asker.index, chosen[0], chosen[1])
    places = PassagePlaces(store)
    shown = comparison_html(comparison, places)
    told = counts_of(comparison)
    titles = comparison.older.title, comparison.newer.title
    names, html_names = (
        say("Från {older} till {newer}", older=older, newer=newer)
        for older, newer in (titles, map(sv_html, titles))
    )
    if not shown:
        shown = f'<p class="todo">{say(_ALL_SAME)}</p>'
    html = (
        f'<h2 class="summary" tabindex="-1">{html_names}</h2>'
        f'<p class="counted">{text_html(told)}</p>{_statuses(comparison)}{shown}'
    )
    return {"html": html, "places": places.told, "spoken": f"{names}. {told}"}


def _statuses(comparison: Comparison) -> str:
    """Which changes to see."""
    held = [(status, comparison.count(status)) for status in _STATUS_ORDER]
    boxes = "".join(
        f'<label><input type="checkbox" name="status" value="{status}" checked>'
        f"{say(STATUSES[status])} ({count})</label>"
        for status, count in held
        if count
    )
    several = sum(bool(count) for _, count in held) > 1
    return (
        f'<fieldset class="statuses"><legend>{say("Visa")}</legend>{boxes}</fieldset>'
        if several
        else ""
    )


def _markup() -> str:
    chosen = "".join(
        f'<label>{say(label)}<select name="{name}"><option value="">{say("Välj dokument")}'
        "</option></select></label>"
        for name, label in (("one", key("Första dokumentet")), ("other", key("Andra dokumentet")))
    )
    most = f"{LONGEST:,}".replace(",", "\u00a0")
    words = say("{count} av {most} ord", count='<span class="count">0</span>', most=most)
    return (
        f'<div class="sheet"><h1>{say("Formuleringar")}</h1><p class="lead">{say(_LEAD)}</p>'
        f'<fieldset class="switch mode"><legend class="unseen">{say("Vad vill du göra?")}</legend>'
        '<label><input type="radio" name="mode" value="find" checked>'
        f"{say('Följ en formulering')}</label>"
        '<label><input type="radio" name="mode" value="between">'
        f"{say('Jämför två dokument')}</label></fieldset>"
        f'<form class="finding-form"><label for="wording">{say("Mening eller stycke")}</label>'
        f'<textarea id="wording" rows="4" maxlength="{_LETTERS}" data-most="{LONGEST}" '
        f'aria-describedby="wording-count" placeholder="{say("Klistra in texten här")}"></textarea>'
        f'<div class="row"><button type="submit" class="main">{say("Sök")}</button>'
        f'<span class="aside" id="wording-count">{words}</span>'
        '<button type="button" class="quiet" data-do="share" hidden>'
        f"{say('Länk till sökningen')}</button></div>{filters_html()}</form>"
        f'<form class="between-form" hidden>{chosen}'
        f'<button type="submit" class="main">{say("Jämför")}</button></form>'
        f'<p class="todo hint">{say(_HINT)}</p>'
        f'<p class="todo working" role="status" hidden>{say("Söker …")}</p>'
        '<div class="found find"></div><div class="found between" hidden></div></div>'
        f'<aside class="viewer" aria-label="{say("Sidan")}" hidden></aside>'
    )


VIEW = View(
    "formuleringar",
    key("Formuleringar"),
    _markup,
    {"open": _open, "find": _find, "between": _between},
)
