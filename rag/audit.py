"""Where documents disagree with themselves, as found when they were read, and with each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.types import Figure, Finding
from rag.answer import Filters
from rag.figure_list import require_figures
from rag.scope import filtered
from rag.store import Store, StoredDocument

Comparison = Callable[[Sequence[tuple[StoredDocument, list[Figure]]]], list[Finding]]
"""Documents, each with its figures → where they disagree with each other."""

COMPARISONS: tuple[Comparison, ...] = ()
"""What is compared between documents, in the order that it is told."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What was checked, and all that was found. `checked` are tables, of `tables` there are."""

    documents: tuple[StoredDocument, ...]
    tables: int
    checked: int
    findings: tuple[Finding, ...]

    def told(self, *, include_rounding: bool) -> list[Finding]:
        """The findings; those that rounding explains are left out unless they are asked for."""
        return [f for f in self.findings if include_rounding or not f.explained_by_rounding]


def audit(store: Store, filters: Filters, comparisons: Sequence[Comparison] | None = None) -> Audit:
    """What is found in the documents that pass the filters, and between them.

    Findings come document by document, in the order of their pages. Raises `OlderIndexError`.
    """
    require_figures(store)
    comparisons = COMPARISONS if comparisons is None else comparisons
    with store.snapshot():
        documents = filtered(store.documents(), filters)
        found = [finding for d in documents for finding in store.findings(d.id)]
        checked = sum(store.checked_tables(d.id) for d in documents)
        if comparisons and len(documents) > 1:
            figures = [(d, [f for _, f in store.figures([d.id])]) for d in documents]
            found += [finding for compare in comparisons for finding in compare(figures)]
    found.sort(key=lambda finding: (finding.places[0].document, finding.places[0].page))
    tables = sum(document.tables for document in documents)
    return Audit(tuple(documents), tables, checked, tuple(found))


def findings(store: Store, filters: Filters, *, include_rounding: bool) -> list[Finding]:
    """What is found; what rounding explains is left out unless it is asked for."""
    return audit(store, filters).told(include_rounding=include_rounding)
