"""Where overviews take their figures from, and the citations that they number as they go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from ingest.figures.places import quoted
from ingest.types import BlockKind, Page, Span, Table
from rag.answer import Citation, Filters
from rag.figure_list import require_figures
from rag.quotes import boxes_of, quote_of, squeezed
from rag.scope import filtered
from rag.sheet import citation_at, marked, section_at
from rag.shelf import Known, Shelf
from rag.store import Store, StoredDocument

_ELSEWHERE = (BlockKind.HEADER, BlockKind.FOOTER, BlockKind.FOOTNOTE, BlockKind.TABLE)
_LINE = 120  # characters: a longer text above a table is no title of it
Board = tuple[str, str]
"""Municipality and board, as the documents call themselves."""


@dataclass(frozen=True, slots=True)
class Library:
    """A store with the shelf of its figures; open a snapshot of the store before reading."""

    store: Store
    shelf: Shelf

    def documents(self, filters: Filters) -> list[StoredDocument]:
        """The documents that pass the filters, by board, year and id. Raises `OlderIndexError`."""
        require_figures(self.store)
        return sorted(
            filtered(self.store.documents(), filters),
            key=lambda one: (board_of(one), year_of(one), one.id),
        )

    def cells(self, document: StoredDocument) -> dict[str, list[Known]]:
        """The figures in cells of a document's tables, by table; those in sentences left out."""
        found: dict[str, list[Known]] = {table.id: [] for table in self.tables(document)}
        for known in self.shelf.of([document]):
            if known.figure.table and known.figure.sentence is None:
                found[known.figure.table].append(known)
        return found

    def about(self, document: StoredDocument, table: Table) -> str:
        """What is said of a table above it: heading, caption, line before, head of its labels."""
        page = self.store.page(document.id, table.page)
        assert page is not None  # the table was read from it
        before = ""
        for block in page.blocks:
            if block.table == table.id:
                break
            before = block.text if block.kind not in _ELSEWHERE else before
        heads = [c.text for c in table.cells if c.row < table.header_rows and c.column == 0]
        line = before if len(before) <= _LINE else ""
        return squeezed(" ".join((*table.section[-1:], table.caption, line, *heads)))

    def tables(self, document: StoredDocument) -> list[Table]:
        """The tables of a document in reading order."""
        return self.store.tables(document.id)

    def pages(self, document: StoredDocument) -> list[Page]:
        """The pages of a document, in order."""
        return list(self.shelf.pages(document))


def board_of(document: StoredDocument) -> Board:
    """Whose document it is."""
    return document.identity.municipality, document.identity.board


def year_of(document: StoredDocument) -> int:
    """The first year that a document is about; 0 where that is not known."""
    return min(document.identity.years, default=0)


def by_board(documents: Iterable[StoredDocument]) -> list[tuple[Board, list[StoredDocument]]]:
    """Documents that are sorted by board, board by board."""
    return [(board, list(group)) for board, group in groupby(documents, key=board_of)]


@dataclass(slots=True)
class Citer:
    """Numbers citations from 1 in the order that they are needed; one place is cited once."""

    library: Library
    _made: dict[tuple[str, int, int, int], Citation] = field(default_factory=dict)

    def figure(self, known: Known) -> Citation:
        """The row that a figure stands in, with the figure marked."""
        page, figure = self.library.shelf.page(known), known.figure
        section = known.table.section if known.table else section_at(page, figure.span.start)
        key = known.document.id, page.number, figure.span.start, figure.span.end
        if key not in self._made:
            span, boxes = quoted(page, figure), marked(page, figure)
            quote, number = quote_of(page, span), len(self._made) + 1
            self._made[key] = citation_at(number, known.document, page, section, quote, boxes)
        return self._made[key]

    def figures(self, every: Sequence[Known]) -> tuple[Citation, ...]:
        """The citations of several figures."""
        return tuple(self.figure(known) for known in every)

    def text(self, document: StoredDocument, span: Span) -> Citation:
        """A piece of text, all of it marked."""
        page = self.library.store.page(document.id, span.page)
        assert page is not None  # the span was read from it
        key = document.id, page.number, span.start, span.end
        if key not in self._made:
            section, boxes = section_at(page, span.start), boxes_of(page, span)
            quote, number = quote_of(page, span), len(self._made) + 1
            self._made[key] = citation_at(number, document, page, section, quote, boxes)
        return self._made[key]
