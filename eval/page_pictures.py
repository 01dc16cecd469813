"""A citation of a run → the picture of its page with the quote marked, or why there is none."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import UnreadableFileError
from ingest.page_images import marked_page
from rag.errors import IndexFaultError
from rag.index import file_of
from rag.store import Store, StoredDocument

PICTURES = "bilder"
"""The folder of pictures in the folder of a run."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The page of a citation. `file` lies in the run's folder; where it is "", `why_not` tells."""

    place: str
    quote: str
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
        try:
            store = Store(index)
        except IndexFaultError as error:
            self._fault = str(error)
            return
        self._known = {document.id: document for document in store.documents()}
        store.close()

    def of(self, citation: Mapping[str, Any]) -> Picture:
        """The picture of a citation's page."""
        title = citation["title"] or citation["document"]
        place = f"{title}, sidan {citation['page_label'] or citation['page']}"
        boxes = tuple((box[0], box[1], box[2], box[3]) for box in citation["boxes"])
        document = self._known.get(citation["document"])
        why_not = self._why_not(document, citation)
        if why_not or document is None:
            return Picture(place, citation["quote"], why_not=why_not)
        key = json.dumps([document.sha256, citation["page"], boxes])
        name = f"{PICTURES}/{hashlib.sha256(key.encode()).hexdigest()[:16]}.jpg"
        try:
            image = marked_page(file_of(self._index, document), citation["page"], boxes)
        except (UnreadableFileError, OSError):
            why_not = "indexets kopia av filen går inte att läsa"
        except IndexError:
            why_not = f"dokumentet har ingen sida {citation['page']}"
        else:
            (self._folder / PICTURES).mkdir(parents=True, exist_ok=True)
            (self._folder / name).write_bytes(image)
            return Picture(place, citation["quote"], name)
        return Picture(place, citation["quote"], why_not=why_not)

    def _why_not(self, document: StoredDocument | None, citation: Mapping[str, Any]) -> str:
        if self._fault:
            return self._fault
        if document is None:
            return f"indexet {self._index} har inte dokumentet {citation['document']}"
        if document.sha256 != self._hashes.get(document.id):
            return "dokumentet har lästs in på nytt, med annat innehåll, sedan körningen"
        if not citation["boxes"]:
            return "dokumentet har inga fasta sidor att rita"
        return ""
