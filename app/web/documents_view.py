"""Dokument: what is in the index, what is missing, how well it was read; add, replace, correct."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from app.swedish import GRADES
from app.web.inline import SV, sv_html, term_html, text_html
from app.web.number_cells import page_told
from app.web.places import file_address
from app.web.view import OTHER_VERSION, CallError, Reply, Site, View
from app.words import counted, key, say, term
from ingest.document import MAX_BYTES, SUFFIXES
from ingest.identity import KINDS, years_named
from ingest.manifest import Correction
from rag.corrections import correct, forget
from rag.coverage import Coverage, coverage
from rag.index import writing
from rag.store import StoredDocument

_LONGEST = 300  # characters of a title or name
_LEAD = key(
    "Det här är vad svaren bygger på: vad som finns, vad som saknas, och hur väl det gick att läsa."
)
_CORRECTED = key(
    "Dokumentet läses om, så att talen får rätt år och nämnd. Det ni skriver gäller också när det "
    "läses in igen."
)
_TAKEN_IN = key("{kinds}, högst {size} MB. En fil som heter likadant ersätter den som finns.")


def _open(site: Site, sent: Mapping[str, Any]) -> Reply:
    """Everything that there is to show."""
    store = site.asker.index.store
    with store.snapshot():
        documents, grades, said = store.documents(), store.grades(), store.corrections()
    boards = coverage(documents)
    shown = "".join(
        f'<section class="board"><h2>{sv_html(board.name)}</h2>{_grid(board)}'
        + "".join(
            _document(document, grades.get(document.id, {}), corrected=document.id in said)
            for document in documents
            if (document.identity.municipality, document.identity.board)
            == (board.municipality, board.board)
        )
        + "</section>"
        for board in boards
    )
    return {"summary": _summary(documents), "html": shown, "ids": [one.id for one in documents]}


def _summary(documents: list[StoredDocument]) -> str:
    if not documents:
        return say("Här finns inga dokument än.")
    pages = sum(document.pages for document in documents)
    tables = sum(document.tables for document in documents)
    return ", ".join(
        (
            counted(len(documents), "1 dokument", "{count} dokument"),
            counted(pages, "{count} sida", "{count} sidor"),
            counted(tables, "{count} tabell", "{count} tabeller") + ".",
        )
    )


def _grid(board: Coverage) -> str:
    """Kinds by years, with what is missing named, where there is more than one document."""
    if sum(map(len, board.held.values())) < 2 or not board.years:
        return ""
    gaps = dict(board.gaps())
    head = "".join(f'<th scope="col">{year}</th>' for year in board.years)
    rows = "".join(
        f'<tr><th scope="row">{_capital(kind)}</th>'
        + "".join(_cell(board, kind, year, gap=year in gaps.get(kind, ())) for year in board.years)
        + "</tr>"
        for kind in board.kinds
        if kind
    )
    name = say("Dokument per år, {board}", board=text_html(board.name))
    return (
        f'<div class="wide" tabindex="0" role="group" aria-label="{name}">'
        f'<table class="grid"><thead><tr><th scope="col">{say("Slag")}</th>{head}'
        f"</tr></thead><tbody>{rows}</tbody></table></div>{_told_gaps(board)}"
    )


def _capital(kind: str) -> str:
    """A kind of document at the beginning of a line."""
    known = term(kind)
    return text_html(known.capitalize()) if known != kind else sv_html(kind.capitalize())


def _cell(board: Coverage, kind: str, year: int, *, gap: bool) -> str:
    held = board.held.get((kind, year), ())
    if not held:
        return f'<td class="gap">{say("saknas") if gap else ""}</td>'
    count = counted(len(held), "finns", "{count} st")
    return f'<td class="held"><span aria-hidden="true">●</span> {count}</td>'


def _told_gaps(board: Coverage) -> str:
    gaps = "; ".join(
        say("{kind} för {years}", kind=term_html(kind), years=", ".join(map(str, years)))
        for kind, years in board.gaps()
    )
    return f'<p class="aside">{say("Saknas: {gaps}.", gaps=gaps)}</p>' if gaps else ""


def _document(document: StoredDocument, grades: Mapping[str, int], *, corrected: bool) -> str:
    identity, title = document.identity, document.identity.title or document.id
    years = ", ".join(map(str, identity.years))
    known = [_capital(identity.kind) or say("Okänt slag"), years or say("okänt år")]
    known.append(counted(document.pages, "{count} sida", "{count} sidor"))
    known += [say("rättat av er")] if corrected else []
    return (
        f'<article class="document" data-id="{text_html(document.id)}" '
        f'data-suffix="{document.suffix}"><div class="about"><h3{SV}>{text_html(title)}</h3>'
        f'<p class="aside">{" · ".join(known)}</p>{_graded(document, grades)}'
        f"{_problems(document)}</div>{_doings(document, title)}{_form(document, corrected)}"
        "</article>"
    )


def _graded(document: StoredDocument, grades: Mapping[str, int]) -> str:
    if not document.tables:
        return f'<p class="aside">{say("Inga tabeller.")}</p>'
    names = GRADES.items()
    told = ", ".join(f"{grades[grade]} {say(name)}" for grade, name in names if grades.get(grade))
    return f'<p class="aside">{say("Tabeller: {grades}.", grades=told)}</p>'


def _problems(document: StoredDocument) -> str:
    """What could not be read, page by page."""
    if not document.problems:
        return ""
    items = []
    for problem in document.problems:
        page = ""
        if problem.page:
            link = f"{file_address(document.id)}#page={problem.page}"
            page = (
                f'<a href="{link}" target="_blank" rel="noopener">{page_told(problem.page)}'
                f'<span class="unseen"> ({say("ny flik")})</span></a>: '
            )
        items.append(f"<li>{page}<span{SV}>{text_html(problem.message)}</span></li>")
    told = counted(
        len(items), "{count} anmärkning från läsningen", "{count} anmärkningar från läsningen"
    )
    return f'<details class="problems"><summary>{told}</summary><ul>{"".join(items)}</ul></details>'


def _doings(document: StoredDocument, title: str) -> str:
    name = sv_html(title)
    opened = say("Öppna") if document.suffix == ".pdf" else say("Hämta")
    buttons = "".join(
        f'<button type="button" class="quiet" data-do="{does}">{say(text)}'
        f'<span class="unseen"> {name}</span></button>'
        for does, text in (
            ("replace", key("Ersätt")),
            ("edit", key("Rätta uppgifter")),
            ("remove", key("Ta bort")),
        )
    )
    return (
        f'<div class="doings"><a href="{file_address(document.id)}" target="_blank" '
        f'rel="noopener">{opened}<span class="unseen"> {name} ({say("ny flik")})</span></a>'
        f"{buttons}</div>"
    )


def _form(document: StoredDocument, corrected: bool) -> str:
    identity = document.identity
    texts = "".join(
        f'<label>{say(label)}<input name="{name}" value="{text_html(value)}"{SV} '
        f'maxlength="{_LONGEST}"></label>'
        for name, label, value in (
            ("title", key("Titel"), identity.title),
            ("municipality", key("Kommun"), identity.municipality),
            ("board", key("Nämnd"), identity.board),
            ("years", key("År, med komma emellan"), ", ".join(map(str, identity.years))),
        )
    )
    kinds = dict.fromkeys([identity.kind, *(kind for kind, _ in KINDS)])
    options = "".join(
        f'<option value="{text_html(kind)}"{" selected" if kind == identity.kind else ""}>'
        f"{text_html(term(kind).capitalize()) or say('Okänt')}</option>"
        for kind in kinds
    )
    back = say("Gå tillbaka till det som känts igen")
    undo = f'<button type="button" data-do="forget">{back}</button>' if corrected else ""
    return (
        f'<form class="correcting" hidden>{texts}<label>{say("Slag")}<select name="kind">{options}'
        f"</select></label><p>{say(_CORRECTED)}</p>"
        f'<div><button type="submit" class="main">{say("Spara")}</button>'
        f'<button type="button" data-do="edit">{say("Avbryt")}</button>{undo}</div></form>'
    )


def _correct(site: Site, sent: Mapping[str, Any]) -> Reply:
    """Correct what a document is."""
    name, said = _name(sent), _said(sent)
    with writing(site.folder) as writer:
        embedder = writer.choose_embedder(None)
        correct(writer, name, said)
        writer.catch_up(embedder, None)
    return _open(site, {})


def _said(sent: Mapping[str, Any]) -> Correction:
    fields = {name: sent.get(name) for name in ("title", "municipality", "board", "kind")}
    if any(not isinstance(value, str) or len(value) > _LONGEST for value in fields.values()):
        raise CallError(say("Skriv högst {most} tecken i varje ruta.", most=_LONGEST))
    told = sent.get("years", "")
    years = years_named(told) if isinstance(told, str) else ()
    if not isinstance(told, str) or (told.strip() and not years):
        raise CallError(say("Skriv år med fyra siffror, till exempel 2025 eller 2026, 2027."))
    texts = {name: " ".join(str(value).split()) for name, value in fields.items()}
    try:
        return Correction.model_validate({**texts, "years": years})
    except ValidationError as error:
        raise CallError(say("Uppgifterna går inte att spara så.")) from error


def _forget(site: Site, sent: Mapping[str, Any]) -> Reply:
    """Take a correction back."""
    with writing(site.folder) as writer:
        embedder = writer.choose_embedder(None)
        forget(writer, _name(sent))
        writer.catch_up(embedder, None)
    return _open(site, {})


def _remove(site: Site, sent: Mapping[str, Any]) -> Reply:
    """Take a document out."""
    name = _name(sent)
    with writing(site.folder) as writer:
        embedder = writer.choose_embedder(None)
        if not writer.store.remove(name):
            raise CallError(say("Dokumentet är redan borttaget."))
        writer.catch_up(embedder, None)
    return _open(site, {})


def _name(sent: Mapping[str, Any]) -> str:
    name = sent.get("id")
    if not isinstance(name, str):
        raise CallError(say(OTHER_VERSION))
    return name


def _markup() -> str:
    kinds = ", ".join(suffix.lstrip(".").upper() for suffix in SUFFIXES)
    choose = f'<button type="button" data-do="choose">{say("välj filer")}</button>'
    return (
        f'<div class="sheet"><h1>{say("Dokument|flera")}</h1><p class="lead">{say(_LEAD)}</p>'
        f'<p class="summary" role="status">{say("Hämtar …")}</p>'
        f'<div class="drop"><p><b>{say("Lägg till dokument")}</b><br>'
        f"{say('Släpp filer här, eller {button}', button=choose)}</p>"
        f'<p class="aside">{say(_TAKEN_IN, kinds=kinds, size=MAX_BYTES // 1_000_000)}</p>'
        f'<input type="file" multiple hidden accept="{",".join(SUFFIXES)}" '
        f'aria-label="{say("Välj filer")}"></div>'
        f'<ul class="jobs" aria-label="{say("Inläsningar")}"></ul><div class="boards"></div></div>'
    )


VIEW = View(
    "dokument",
    key("Dokument|flera"),
    _markup,
    {"open": _open, "correct": _correct, "forget": _forget, "remove": _remove},
)
