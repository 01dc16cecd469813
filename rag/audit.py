"""Where documents disagree with themselves, as found when they were read, and with each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from ingest.checks.restated import Report, check_restated, report_of
from ingest.types import Finding, Page
from rag.answer import Filters
from rag.figure_list import require_figures
from rag.scope import filtered
from rag.store import Store, StoredDocument


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


def audit(store: Store, filters: Filters) -> Audit:
    """What is found in the documents that pass the filters, and between them.

    Findings come document by document, in the order of their pages. Raises `OlderIndexError`.
    """
    require_figures(store)
    with store.snapshot():
        documents = filtered(store.documents(), filters)
        found = [finding for d in documents for finding in store.findings(d.id)]
        checked = sum(store.checked_tables(d.id) for d in documents)
        if len(documents) > 1:
            found += check_restated([r for d in documents if (r := _report(store, d))], found)
    found.sort(key=lambda finding: (finding.places[0].document, finding.places[0].page))
    tables = sum(document.tables for document in documents)
    return Audit(tuple(documents), tables, checked, tuple(found))


def _report(store: Store, document: StoredDocument) -> Report | None:
    """A document's figures, to be compared; None where it is not known whose they are."""
    figures = [figure for _, figure in store.figures([document.id])]
    page = partial(_page, store, document.id)
    return report_of(document.id, document.identity, figures, document.pages, page)


def _page(store: Store, document: str, number: int) -> Page:
    page = store.page(document, number)
    assert page is not None  # the snapshot has all pages of its figures
    return page


def findings(store: Store, filters: Filters, *, include_rounding: bool) -> list[Finding]:
    """What is found; what rounding explains is left out unless it is asked for."""
    return audit(store, filters).told(include_rounding=include_rounding)
