"""Citations and findings' places → what the browser needs to show their pages, marks lit up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from app.answer_parts import place_name, place_of
from app.words import ENGLISH, key, language, say
from ingest.types import Box, Page, Place
from rag.answer import Citation
from rag.quotes import find_quote
from rag.store import Store, StoredDocument
from rag.wording.types import Passage, Source

_AROUND = 700  # characters shown before and after a quote, where there are no pages to picture
GONE = key("Dokumentet har lästs in på nytt eller tagits ut sedan svaret gavs. Fråga igen.")


def cited_places(store: Store, citations: Sequence[Citation]) -> list[dict[str, Any]]:
    """Where the citations of an answer stand, in their order."""
    documents = {document.id: document for document in store.documents()}
    places = []
    for one in citations:
        document = documents.get(one.document)
        page = store.page(one.document, one.page)
        same = document is not None and one.sha256 in ("", document.sha256)
        told = place_json(document if same else None, page, one.boxes, one.quote)
        places.append(
            told
            | {
                "id": one.id,
                "name": place_of(one),
                "title": one.title,
                "section": " › ".join(one.section),
            }
        )
    return places


def found_place(document: StoredDocument, page: Page | None, place: Place) -> dict[str, Any]:
    """Where one of a finding's places stands."""
    title = document.identity.title or document.id
    told = {"name": place_name(title, place.page), "title": title, "section": ""}
    return place_json(document, page, place.boxes, place.quote) | told


class PassagePlaces:
    """Where passages stand: a list of places for each, numbered in the order of asking."""

    def __init__(self, store: Store) -> None:
        self.told: list[list[dict[str, Any]]] = []
        self._store = store
        self._documents = {document.id: document for document in store.documents()}
        self._pages: dict[tuple[str, int], Page | None] = {}

    def number_of(self, source: Source, passage: Passage) -> int:
        """The number of a passage's places, for a button to say."""
        document = self._documents.get(source.document)
        if document is not None and source.sha256 not in ("", document.sha256):
            document = None
        self.told.append([])
        for part in passage.parts:
            at = source.document, part.page
            if at not in self._pages:
                self._pages[at] = self._store.page(*at)
            name = place_name(source.title, part.page_label or part.page)
            place = place_json(document, self._pages[at], part.boxes, part.quote)
            section = " › ".join(passage.section)
            self.told[-1].append(place | {"name": name, "title": source.title, "section": section})
        return len(self.told) - 1


def place_json(
    document: StoredDocument | None, page: Page | None, boxes: Sequence[Box], quoted: str
) -> dict[str, Any]:
    """A page to show: a picture with marks (shares of its width and height), or text around a
    quote where the document has no fixed pages. Without `document`, that it is gone."""
    if document is None or page is None:
        return {"quote": quoted, "gone": say(GONE)}
    told: dict[str, Any] = {
        "quote": quoted,
        "page": page.number,
        "file": file_address(document.id),
    }
    if document.suffix != ".pdf" or page.width <= 0 or page.height <= 0:
        return told | {"text": _in_text(page, quoted)}
    return told | {
        "picture": picture_of(document, page.number),
        "size": [page.width, page.height],
        "marks": [_share(box, page) for box in boxes],
    }


def file_address(document: str) -> str:
    """The address of a document's file. It tells the language of the page that it stands in."""
    told = f"?lang={ENGLISH}" if language() == ENGLISH else ""
    return f"filer/{quote(document, safe='')}{told}"


def picture_of(document: StoredDocument, page: int) -> str:
    """The address of a page's picture. It names the bytes, so that it never shows others."""
    return f"sidor/{document.sha256}/{page}.jpg"


def _share(box: Box, page: Page) -> list[float]:
    """Left, top, width and height as per cent of the page."""
    x0, y0, x1, y1 = box
    sides = (x0 / page.width, y0 / page.height, (x1 - x0) / page.width, (y1 - y0) / page.height)
    return [round(100 * side, 3) for side in sides]


def _in_text(page: Page, quoted: str) -> list[str]:
    """The text before a quote, the quote, and the text after it."""
    span = find_quote(page, quoted)
    if span is None:
        return ["", quoted, ""]
    before = page.text[max(0, span.start - _AROUND) : span.start]
    after = page.text[span.end : span.end + _AROUND]
    return [before, page.text[span.start : span.end], after]
