"""Figures of some documents, with the sentences that those in prose stand in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.types import Figure, Span
from rag.errors import OlderIndexError
from rag.quotes import squeezed
from rag.store import Store


@dataclass(frozen=True, slots=True)
class ListedFigure:
    """A figure of a document. `sentence` is the one that it stands in, "" for a table's cell."""

    document: str
    figure: Figure
    sentence: str = ""


def require_figures(store: Store) -> None:
    """Raise `OlderIndexError` where the index was made before figures were read."""
    if not store.has_figures:
        raise OlderIndexError(
            f"indexet {store.path.parent} är gjort av en äldre version av programmet, som inte "
            "läste nyckeltal; läs in dokumenten igen med: namndkoll ingest MAPP"
        )


def list_of_figures(
    store: Store, documents: Iterable[str], table: str | None = None
) -> list[ListedFigure]:
    """The figures of some documents in reading order; with `table` those of that table alone.

    Raises `OlderIndexError`.
    """
    require_figures(store)
    texts: dict[tuple[str, int], str] = {}

    def sentence(document: str, span: Span | None) -> str:
        if span is None:
            return ""
        place = document, span.page
        if place not in texts:
            texts[place] = store.page_text(document, span.page)
        return squeezed(texts[place][span.start : span.end])

    return [
        ListedFigure(document, figure, sentence(document, figure.sentence))
        for document, figure in store.figures(documents, table)
    ]
