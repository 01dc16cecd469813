"""Dokument: what is in the index, what is missing, how well it was read; add, replace, correct."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from pydantic import ValidationError

from app.swedish import GRADES
from app.web.inline import text_html
from app.web.view import CallError, Reply, Site, View
from ingest.document import MAX_BYTES, SUFFIXES
from ingest.identity import KINDS, years_named
from ingest.manifest import Correction
from rag.corrections import correct, forget
from rag.coverage import Coverage, coverage
from rag.index import writing
from rag.store import StoredDocument

_LONGEST = 300  # characters of a title or name


def _open(site: Site, sent: Mapping[str, Any]) -> Reply:
    """Everything that there is to show."""
    store = site.asker.index.store
    with store.snapshot():
        documents, grades, said = store.documents(), store.grades(), store.corrections()
    boards = coverage(documents)
    shown = "".join(
        f'<section class="board"><h2>{text_html(board.name)}</h2>{_grid(board)}'
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
        return "Här finns inga dokument än."
    pages = sum(document.pages for document in documents)
    tables = sum(document.tables for document in documents)
    return f"{len(documents)} dokument, {pages} sidor, {tables} tabeller."


def _grid(board: Coverage) -> str:
    """Kinds by years, with what is missing named, where there is more than one document."""
    if sum(map(len, board.held.values())) < 2 or not board.years:
        return ""
    gaps = dict(board.gaps())
    head = "".join(f'<th scope="col">{year}</th>' for year in board.years)
    rows = "".join(
        f'<tr><th scope="row">{text_html(kind.capitalize())}</th>'
        + "".join(_cell(board, kind, year, gap=year in gaps.get(kind, ())) for year in board.years)
        + "</tr>"
        for kind in board.kinds
        if kind
    )
    return (
        f'<div class="wide" tabindex="0" role="group" aria-label="Dokument per år, '
        f'{text_html(board.name)}"><table class="grid"><thead><tr><th scope="col">Slag</th>{head}'
        f"</tr></thead><tbody>{rows}</tbody></table></div>{_told_gaps(board)}"
    )


def _cell(board: Coverage, kind: str, year: int, *, gap: bool) -> str:
    held = board.held.get((kind, year), ())
    if not held:
        return f'<td class="gap">{"saknas" if gap else ""}</td>'
    count = "finns" if len(held) == 1 else f"{len(held)} st"
    return f'<td class="held"><span aria-hidden="true">●</span> {count}</td>'


def _told_gaps(board: Coverage) -> str:
    gaps = [f"{kind} för {', '.join(map(str, years))}" for kind, years in board.gaps()]
    return f'<p class="aside">Saknas: {text_html("; ".join(gaps))}.</p>' if gaps else ""


def _document(document: StoredDocument, grades: Mapping[str, int], *, corrected: bool) -> str:
    identity, title = document.identity, document.identity.title or document.id
    years = ", ".join(map(str, identity.years))
    known = [identity.kind.capitalize() or "Okänt slag", years or "okänt år"]
    known.append(f"{document.pages} {'sida' if document.pages == 1 else 'sidor'}")
    known += ["rättat av er"] if corrected else []
    return (
        f'<article class="document" data-id="{text_html(document.id)}" '
        f'data-suffix="{document.suffix}"><div class="about"><h3>{text_html(title)}</h3>'
        f'<p class="aside">{text_html(" · ".join(known))}</p>{_graded(document, grades)}'
        f"{_problems(document)}</div>{_doings(document, title)}{_form(document, corrected)}"
        "</article>"
    )


def _graded(document: StoredDocument, grades: Mapping[str, int]) -> str:
    if not document.tables:
        return '<p class="aside">Inga tabeller.</p>'
    names = GRADES.items()
    told = ", ".join(f"{grades[grade]} {name}" for grade, name in names if grades.get(grade))
    return f'<p class="aside">Tabeller: {text_html(told)}.</p>'


def _problems(document: StoredDocument) -> str:
    """What could not be read, page by page."""
    if not document.problems:
        return ""
    items = []
    for problem in document.problems:
        page = ""
        if problem.page:
            link = f"filer/{quote(document.id, safe='')}#page={problem.page}"
            name = f"Sidan {problem.page}"
            page = (
                f'<a href="{link}" target="_blank" rel="noopener">{name}'
                '<span class="unseen"> (ny flik)</span></a>: '
            )
        items.append(f"<li>{page}{text_html(problem.message)}</li>")
    count = len(items)
    told = "1 anmärkning" if count == 1 else f"{count} anmärkningar"
    return (
        f'<details class="problems"><summary>{told} från läsningen</summary>'
        f"<ul>{''.join(items)}</ul></details>"
    )


def _doings(document: StoredDocument, title: str) -> str:
    name = text_html(title)
    opened = "Öppna" if document.suffix == ".pdf" else "Hämta"
    buttons = "".join(
        f'<button type="button" class="quiet" data-do="{does}">{text}'
        f'<span class="unseen"> {name}</span></button>'
        for does, text in (
            ("replace", "Ersätt"),
            ("edit", "Rätta uppgifter"),
            ("remove", "Ta bort"),
        )
    )
    return (
        f'<div class="doings"><a href="filer/{quote(document.id, safe="")}" target="_blank" '
        f'rel="noopener">{opened}<span class="unseen"> {name} (ny flik)</span></a>{buttons}</div>'
    )


def _form(document: StoredDocument, corrected: bool) -> str:
    identity = document.identity
    texts = "".join(
        f'<label>{label}<input name="{name}" value="{text_html(value)}" maxlength="{_LONGEST}">'
        "</label>"
        for name, label, value in (
            ("title", "Titel", identity.title),
            ("municipality", "Kommun", identity.municipality),
            ("board", "Nämnd", identity.board),
            ("years", "År, med komma emellan", ", ".join(map(str, identity.years))),
        )
    )
    kinds = dict.fromkeys([identity.kind, *(kind for kind, _ in KINDS)])
    options = "".join(
        f'<option value="{text_html(kind)}"{" selected" if kind == identity.kind else ""}>'
        f"{text_html(kind.capitalize() or 'Okänt')}</option>"
        for kind in kinds
    )
    undo = '<button type="button" data-do="forget">Gå tillbaka till det som känts igen</button>'
    return (
        f'<form class="correcting" hidden>{texts}<label>Slag<select name="kind">{options}</select>'
        "</label><p>Dokumentet läses om, så att talen får rätt år och nämnd. Det ni skriver gäller "
        'också när det läses in igen.</p><div><button type="submit" class="main">Spara</button>'
        f'<button type="button" data-do="edit">Avbryt</button>{undo if corrected else ""}</div>'
        "</form>"
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
        raise CallError(f"Skriv högst {_LONGEST} tecken i varje ruta.")
    told = sent.get("years", "")
    years = years_named(told) if isinstance(told, str) else ()
    if not isinstance(told, str) or (told.strip() and not years):
        raise CallError("Skriv år med fyra siffror, till exempel 2025 eller 2026, 2027.")
    texts = {name: " ".join(str(value).split()) for name, value in fields.items()}
    try:
        return Correction.model_validate({**texts, "years": years})
    except ValidationError as error:
        raise CallError("Uppgifterna går inte att spara så.") from error


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
            raise CallError("Dokumentet är redan borttaget.")
        writer.catch_up(embedder, None)
    return _open(site, {})


def _name(sent: Mapping[str, Any]) -> str:
    name = sent.get("id")
    if not isinstance(name, str):
        raise CallError("Sidan är inte av samma version som servern. Ladda om den.")
    return name


def _markup() -> str:
    kinds = ", ".join(suffix.lstrip(".").upper() for suffix in SUFFIXES)
    return (
        '<div class="sheet"><h1>Dokument</h1>'
        '<p class="lead">Det här är vad svaren bygger på: vad som finns, vad som saknas, och hur '
        'väl det gick att läsa.</p><p class="summary" role="status">Hämtar …</p>'
        '<div class="drop"><p><b>Lägg till dokument</b><br>Släpp filer här, eller '
        '<button type="button" data-do="choose">välj filer</button></p>'
        f'<p class="aside">{kinds}, högst {MAX_BYTES // 1_000_000} MB. En fil som heter likadant '
        'ersätter den som finns.</p><input type="file" multiple hidden '
        f'accept="{",".join(SUFFIXES)}" aria-label="Välj filer"></div>'
        '<ul class="jobs" aria-label="Inläsningar"></ul><div class="boards"></div></div>'
    )


VIEW = View(
    "dokument",
    "Dokument",
    _markup,
    {"open": _open, "correct": _correct, "forget": _forget, "remove": _remove},
)
