"""The citations of an answer while it is written: each place once, what is meant marked in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ingest.figures.places import quoted
from ingest.types import Box, Figure, Page, Span
from rag.answer import Citation
from rag.quotes import boxes_of, squeezed
from rag.shelf import Known
from rag.store import Store, StoredDocument


@dataclass(slots=True)
class Sheet:
    """An answer while it is written: its citations by place, in the order that they are needed."""

    store: Store
    citations: list[Citation] = field(default_factory=list)
    places: dict[tuple[str, int, int], int] = field(default_factory=dict)

    def cite_text(self, document: StoredDocument, span: Span) -> int:
        """The number of the citation of a piece of text; all of it is marked."""
        page = self.store.page(document.id, span.page)
        assert page is not None
        key = document.id, page.number, span.start
        if key not in self.places:
            number = self.places[key] = len(self.citations) + 1
            quote = squeezed(page.text[span.start : span.end])
            section = section_at(page, span.start)
            boxes = boxes_of(page, span)
            self.citations.append(citation_at(number, document, page, section, quote, boxes))
        return self.places[key]

    def cite(self, known: Known) -> int:
        """The number of the citation of a figure's row or sentence; the figure is marked in it."""
        page = self.store.page(known.document.id, known.figure.page)
        assert page is not None
        span = quoted(page, known.figure)
        key = known.document.id, page.number, span.start
        boxes = marked(page, known.figure)
        if key in self.places:
            number = self.places[key]
            old = self.citations[number - 1]
            merged = tuple(dict.fromkeys((*old.boxes, *boxes)))
            self.citations[number - 1] = replace(old, boxes=merged)
            return number
        number = len(self.citations) + 1
        self.places[key] = number
        quote = squeezed(page.text[span.start : span.end])
        figure = known.figure
        section = known.table.section if known.table else section_at(page, figure.span.start)
        self.citations.append(citation_at(number, known.document, page, section, quote, boxes))
        return number


def marked(page: Page, figure: Figure) -> tuple[Box, ...]:
    """The rectangle of a figure; none in a document without fixed pages."""
    return (figure.box,) if page.words else ()


def citation_at(
    number: int,
    document: StoredDocument,
    page: Page,
    section: tuple[str, ...],
    quote: str,
    boxes: tuple[Box, ...],
) -> Citation:
    """A citation of a quote that stands on a page."""
    return Citation(
        number,
        document.id,
        document.identity.title,
        page.number,
        page.label,
        section,
        quote,
        boxes,
        document.sha256,
        source_of(document, page),
    )


def section_at(page: Page, at: int) -> tuple[str, ...]:
    """The heading path of the block that holds character `at` of a page."""
    for block in page.blocks:
        if block.span.start <= at < block.span.end:
            return block.section
    return ()


def source_of(document: StoredDocument, page: Page) -> str:
    """Who says it, as a person would: "Delårsbokslut 2024, Alingsås, s. 14"."""
    place = f"s. {page.label or page.number}" if document.suffix == ".pdf" else ""
    parts = (document.identity.title, document.identity.municipality, place)
    return ", ".join(part for part in parts if part)
