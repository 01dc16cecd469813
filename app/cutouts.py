"""Citations of one page → the piece of the page that they stand in, marked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ingest.errors import UnreadableFileError
from ingest.page_images import Cutout, marked_part
from ingest.types import Box, Page, Table, enclosing
from rag.answer import Citation
from rag.index import kept_file
from rag.store import Store

_AROUND = 46.0  # points above and below what is quoted: some three lines
_ABOVE_TABLE = 26.0  # points: its caption
_TALLEST = 400.0  # points; a table that is higher is not shown whole
_GONE = "Sidan kan inte visas: dokumentet har lästs in på nytt eller tagits ut sedan svaret gavs."


class Cutouts:
    """Draws pieces of pages from the files that the index in `folder` keeps.

    The store is asked for a page or a document's tables at a time, and is free while they are
    drawn. What is marked is what the citations say, of the bytes that they cite, so a document
    that is read anew meanwhile shows no other rows.
    """

    def __init__(self, folder: Path, store: Store) -> None:
        self._folder, self._store = folder, store
        self._tables: dict[str, list[Table]] = {}

    def of(self, citations: Sequence[Citation]) -> Cutout | str:
        """The piece that holds all of some citations of one page, of which there is at least one.

        Else why there is none, in Swedish; "" for a document without fixed pages.
        """
        first = citations[0]
        boxes = tuple(dict.fromkeys(box for citation in citations for box in citation.boxes))
        if not boxes:
            return ""
        page = self._store.page(first.document, first.page)
        if page is None:
            return _GONE
        top, bottom = _extent(page, boxes, self._on_page(first))
        path = kept_file(self._folder, first.sha256, ".pdf")
        try:
            return marked_part(path, first.page, boxes, top, bottom)
        except (UnreadableFileError, OSError, IndexError):
            return _GONE

    def _on_page(self, citation: Citation) -> list[Box]:
        """The rectangles of the tables on the citation's page."""
        if citation.document not in self._tables:
            self._tables[citation.document] = self._store.tables(citation.document)
        found: list[Box] = []
        for table in self._tables[citation.document]:
            cells = [cell.box for cell in table.cells if cell.page == citation.page]
            found += [enclosing(cells)] if cells else []
        return found


def by_page(citations: Sequence[Citation]) -> list[list[Citation]]:
    """Citations of one page each, in the order in which the pages are first cited."""
    pages: dict[tuple[str, int], list[Citation]] = {}
    for citation in citations:
        pages.setdefault((citation.document, citation.page), []).append(citation)
    return list(pages.values())


def _extent(page: Page, boxes: Sequence[Box], tables: Sequence[Box]) -> tuple[float, float]:
    """From where to where to show a page: the marked rows with their table's head, or the lines
    around; no line of text is cut through."""
    _, first, _, last = enclosing(list(boxes))
    top, bottom = first - _AROUND, last + _AROUND
    for _, upper, _, lower in tables:
        held = upper <= (first + last) / 2 <= lower
        if held and max(last, lower) - min(first, upper) <= _TALLEST:
            top, bottom = min(first, upper - _ABOVE_TABLE), max(last, lower) + 8
    cut = [w.box for w in page.words if w.box[1] < top < w.box[3]]
    top = min([top, *(box[1] - 2 for box in cut)])
    cut = [w.box for w in page.words if w.box[1] < bottom < w.box[3]]
    bottom = max([bottom, *(box[3] + 2 for box in cut)])
    return max(0.0, top), min(page.height, bottom)
