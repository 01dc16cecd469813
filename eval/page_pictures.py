"""Citations of a run → pictures of their pages with the quotes marked, or why there are none."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import UnreadableFileError
from ingest.page_images import marked_page
from ingest.types import Box
from rag.errors import IndexFaultError
from rag.index import file_of
from rag.quotes import boxes_of, find_quote, squeezed
from rag.store import Store, StoredDocument

PICTURES = "bilder"
"""The folder of pictures in the folder of a run."""
_OWN = re.compile(r"[0-9a-f]{16}\.jpg")


@dataclass(frozen=True, slots=True)
class Picture:
    """A page and what is quoted from it; `ids` are those of the citations.

    `file` lies in the run's folder; where it is "", `why_not` tells why, in Swedish.
    """

    place: str
    quotes: tuple[str, ...]
    ids: tuple[int, ...] = ()
    file: str = ""
    why_not: str = ""


class PagePictures:
    """Draws pages from the files that the index in `index` keeps, into the run's `folder`.

    `documents` are those of the run: a file that has been replaced since is not drawn.
    """

    def __init__(self, index: Path, folder: Path, documents: Sequence[Mapping[str, str]]) -> None:
        self._index, self._folder = index, folder
        self._hashes = {one["id"]: one["sha256"] for one in documents}
        self._fault, self._known = "", dict[str, StoredDocument]()
        self._store: Store | None = None
        self._written: set[str] = set()
        try:
            self._store = Store(index)
            self._known = {document.id: document for document in self._store.documents()}
        except IndexFaultError as error:
            self._fault = str(error)

    def close(self) -> None:
        """Close the index, and take away pictures that an earlier report left."""
        if self._store is not None:
            self._store.close()
        for path in (self._folder / PICTURES).glob("*.jpg"):
            if _OWN.fullmatch(path.name) and f"{PICTURES}/{path.name}" not in self._written:
                path.unlink(missing_ok=True)

    def cited(self, citations: Sequence[Mapping[str, Any]]) -> list[Picture]:
        """The cited pages, each once, in the order in which they are first cited."""
        pages: dict[tuple[str, int], list[Mapping[str, Any]]] = {}
        for citation in citations:
            pages.setdefault((citation["document"], citation["page"]), []).append(citation)
        return [self._cited(*page, group) for page, group in pages.items()]

    def expected(self, sources: Sequence[Mapping[str, Any]]) -> list[Picture]:
        """The first page of each expected source; its expected words are marked."""
        return [self._expected(source) for source in sources]

    def _cited(self, document: str, page: int, group: Sequence[Mapping[str, Any]]) -> Picture:
        first = group[0]
        place = f"{first['title'] or document}, sidan {first['page_label'] or page}"
        boxes = [_box(box) for one in group for box in one["boxes"]]
        file, why_not = self._drawn(document, page, tuple(boxes))
        quotes = tuple(dict.fromkeys(str(one["quote"]) for one in group))
        return Picture(place, quotes, tuple(one["id"] for one in group), file, why_not)

    def _expected(self, source: Mapping[str, Any]) -> Picture:
        document, number = source["document"], source["pages"][0]
        held = str(source.get("quote_contains") or "")
        page = self._store.page(document, number) if self._store is not None else None
        # words that stand on the page twice may be meant in either place
        once = page is not None and squeezed(page.text).count(squeezed(held)) == 1
        span = find_quote(page, held) if page is not None and once else None
        boxes = boxes_of(page, span) if page is not None and span is not None else ()
        place = f"{document}, sidan {page.label if page and page.label else number}"
        file, why_not = self._drawn(document, number, boxes)
        return Picture(place, (held,) if boxes else (), (), file, why_not)

    def _drawn(self, name: str, page: int, boxes: tuple[Box, ...]) -> tuple[str, str]:
        """The file of a page's picture, and why there is none: one of them is ""."""
        document = self._known.get(name)
        if document is None:
            return "", self._fault or f"indexet {self._index} har inte dokumentet {name}"
        if document.sha256 != self._hashes.get(name):
            return "", "dokumentet har lästs in på nytt, med annat innehåll, sedan körningen"
        if document.suffix != ".pdf":
            return "", "dokumentet har inga fasta sidor att rita"
        key = json.dumps([document.sha256, page, boxes])
        file = f"{PICTURES}/{hashlib.sha256(key.encode()).hexdigest()[:16]}.jpg"
        why_not = "" if file in self._written else self._draw(document, page, boxes, file)
        return "" if why_not else file, why_not

    def _draw(self, document: StoredDocument, page: int, boxes: tuple[Box, ...], file: str) -> str:
        """Draw a page into a file of the run; returns why it cannot be done, or ""."""
        try:
            image = marked_page(file_of(self._index, document), page, boxes)
        except (UnreadableFileError, OSError):
            return "indexets kopia av filen går inte att läsa"
        except IndexError:
            return f"dokumentet har ingen sida {page}"
        (self._folder / PICTURES).mkdir(parents=True, exist_ok=True)
        (self._folder / file).write_bytes(image)
        self._written.add(file)
        return ""


def _box(box: Sequence[float]) -> Box:
    x0, y0, x1, y1 = box
    return x0, y0, x1, y1
