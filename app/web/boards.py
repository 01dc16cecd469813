"""Which boards and documents an overview can be opened for, and the library that it reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.web.view import CallError, Site
from app.words import say
from rag.overviews.library import Board, Library, board_of, by_board, year_of
from rag.store import StoredDocument

_REPORTS = ("årsredovisning", "delårsrapport")
"""Kinds of document that tell of outcomes, the later one of a year first."""


def no_documents() -> str:
    """What is said of an empty index."""
    view = f'<a href="#dokument">{say("Dokument|flera")}</a>'
    told = say("Här finns inga dokument än. Lägg till dem under {view}.", view=view)
    return f'<p class="empty">{told}</p>'


def library_of(site: Site) -> Library:
    """The figures of a site's index. An overview takes a snapshot of its own."""
    return Library(site.asker.index.store, site.asker.shelf)


def boards_json(site: Site) -> list[dict[str, Any]]:
    """Each board with its documents, the newest first, and which one to begin with."""
    documents = sorted(
        site.asker.index.store.documents(),
        key=lambda one: (board_of(one), -year_of(one), _place(one), one.id),
    )
    return [
        {
            "municipality": board[0],
            "board": board[1],
            "name": board_name(board),
            "documents": [
                {"id": one.id, "name": _name(one), "reports": one.identity.kind in _REPORTS}
                for one in own
            ],
        }
        for board, own in by_board(documents)
    ]


def _place(document: StoredDocument) -> int:
    kind = document.identity.kind
    return _REPORTS.index(kind) if kind in _REPORTS else len(_REPORTS)


def _name(document: StoredDocument) -> str:
    """A document's title, with its year where the title does not say it."""
    title, year = document.identity.title or document.id, year_of(document)
    return title if not year or str(year) in title else f"{title} ({year})"


def board_name(board: Board) -> str:
    """What a board is called: "Socialnämnden, Norrvik"."""
    municipality, name = board
    return ", ".join(part for part in (name, municipality) if part) or say("Okänd nämnd")


def board_sent(sent: Mapping[str, Any]) -> Board:
    """The board that a browser names. Raises `CallError`."""
    municipality, board = sent.get("municipality"), sent.get("board")
    if not isinstance(municipality, str) or not isinstance(board, str):
        raise CallError(say("Välj en nämnd."))
    return municipality, board


def document_sent(site: Site, sent: Mapping[str, Any]) -> StoredDocument:
    """The document that a browser names. Raises `CallError`."""
    name = sent.get("document")
    for document in site.asker.index.store.documents():
        if document.id == name:
            return document
    raise CallError(say("Dokumentet finns inte i indexet längre. Välj ett annat."))
