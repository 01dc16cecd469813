"""Formuleringar: a wording over the years, and two documents side by side, each page at hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.web.filters import choices_of, filters_html, filters_of
from app.web.inline import text_html
from app.web.places import PassagePlaces
from app.web.view import CallError, Reply, Site, View
from app.web.wording_html import MOST, comparison_html, history_html
from app.wording_view import STATUSES, counted, first_and_last
from rag.store import StoredDocument
from rag.wording.between import compare
from rag.wording.search import LONGEST, WordingTextError, find_wording
from rag.wording.types import Comparison, History

_LETTERS = 40_000  # a text of so many is longer than `LONGEST` words
_NARROWING = "begränsa sökningen"
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
        raise CallError(f"Texten är för lång. Klistra in ett stycke i taget, högst {LONGEST} ord.")
    try:
        history = find_wording(site.asker.index, text, filters)
    except WordingTextError as error:
        raise CallError(_fault(error)) from error
    if not history.occurrences:
        return {"html": _nowhere(history), "places": [], "spoken": _missing(history), "found": 0}
    places = PassagePlaces(site.asker.index.store)
    told = first_and_last(history, _NARROWING)
    if len(history.occurrences) > MOST:
        told += f" Här visas de {MOST} första; {_NARROWING} för att se de andra."
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
        return "Inget dokument passar filtren."
    where = "det enda dokumentet" if history.searched == 1 else f"{history.searched} dokument"
    return f"Formuleringen hittades inte i {where}."


def _nowhere(history: History) -> str:
    """That a wording was not found, and what to do."""
    if not history.searched:
        do = "Välj färre filter under Begränsa till, eller lägg till dokument under Dokument."
    elif history.phrase:
        do = "Så kort text söks ordagrant. Klistra in hela meningen, så hittas också omskrivningar."
    else:
        do = "Klistra in en hel mening, som den stod ett år, eller fråga efter ämnet under Fråga."
    return (
        f'<h2 class="summary" tabindex="-1">{text_html(_missing(history))}</h2>'
        f'<p class="todo">{text_html(do)}</p>'
    )


def _against(before: bool) -> str:
    """What the texts are compared with."""
    if not before:
        return ""
    return (
        '<fieldset class="switch against"><legend>Jämför med</legend>'
        '<label><input type="radio" name="against" value="own" checked>Min text</label>'
        '<label><input type="radio" name="against" value="before">Året före</label></fieldset>'
    )


# ---- two documents


def _between(site: Site, sent: Mapping[str, Any]) -> Reply:
    """Two documents side by side."""
    store = site.asker.index.store
    known = {document.id: document for document in store.documents()}
    chosen = [known.get(str(sent.get(name, ""))) for name in ("one", "other")]
    if chosen[0] is None or chosen[1] is None:
        raise CallError("Välj två dokument. Finns de inte i listan har de tagits ut ur indexet.")
    if chosen[0].id == chosen[1].id:
        raise CallError("Välj två olika dokument.")
    comparison = compare(site.asker.index, chosen[0], chosen[1])
    places = PassagePlaces(store)
    shown = comparison_html(comparison, places)
    told = counted(comparison)
    names = f"Från {comparison.older.title} till {comparison.newer.title}"
    if not shown:
        shown = (
            '<p class="todo">Rubriker, stycken, listor och mål är desamma. Belopp i tabeller '
            "jämförs inte här: fråga efter dem under Fråga.</p>"
        )
    html = (
        f'<h2 class="summary" tabindex="-1">{text_html(names)}</h2>'
        f'<p class="counted">{text_html(told)}</p>{_statuses(comparison)}{shown}'
    )
    return {"html": html, "places": places.told, "spoken": f"{names}. {told}"}


def _statuses(comparison: Comparison) -> str:
    """Which changes to see."""
    held = [(status, comparison.count(status)) for status in _STATUS_ORDER]
    boxes = "".join(
        f'<label><input type="checkbox" name="status" value="{status}" checked>'
        f"{STATUSES[status]} ({count})</label>"
        for status, count in held
        if count
    )
    several = sum(bool(count) for _, count in held) > 1
    return f'<fieldset class="statuses"><legend>Visa</legend>{boxes}</fieldset>' if several else ""


def _markup() -> str:
    chosen = "".join(
        f'<label>{label}<select name="{name}"><option value="">Välj dokument</option></select>'
        "</label>"
        for name, label in (("one", "Första dokumentet"), ("other", "Andra dokumentet"))
    )
    most = f"{LONGEST:,}".replace(",", "\u00a0")
    return (
        '<div class="sheet"><h1>Formuleringar</h1>'
        '<p class="lead">Följ en text genom åren, eller ställ två dokument bredvid varandra. Varje '
        "ändring visas ord för ord, med sidan den står på.</p>"
        '<fieldset class="switch mode"><legend class="unseen">Vad vill du göra?</legend>'
        '<label><input type="radio" name="mode" value="find" checked>Följ en formulering</label>'
        '<label><input type="radio" name="mode" value="between">Jämför två dokument</label>'
        "</fieldset>"
        '<form class="finding-form"><label for="wording">Mening eller stycke</label>'
        f'<textarea id="wording" rows="4" maxlength="{_LETTERS}" data-most="{LONGEST}" '
        'aria-describedby="wording-count" placeholder="Klistra in texten här"></textarea>'
        '<div class="row"><button type="submit" class="main">Sök</button>'
        f'<span class="aside" id="wording-count"><span class="count">0</span> av {most} ord</span>'
        '<button type="button" class="quiet" data-do="share" hidden>Länk till sökningen</button>'
        f"</div>{filters_html()}</form>"
        f'<form class="between-form" hidden>{chosen}'
        '<button type="submit" class="main">Jämför</button></form>'
        '<p class="todo hint">Klistra in en mening ur ett måldokument, ett uppdrag eller en '
        "policytext. Sökningen visar varje år den står, vad som har ändrats, och var den saknas. "
        "Ctrl+Enter söker.</p>"
        '<p class="todo working" role="status" hidden>Söker …</p>'
        '<div class="found find"></div><div class="found between" hidden></div></div>'
        '<aside class="viewer" aria-label="Sidan" hidden></aside>'
    )


VIEW = View(
    "formuleringar",
    "Formuleringar",
    _markup,
    {"open": _open, "find": _find, "between": _between},
)
