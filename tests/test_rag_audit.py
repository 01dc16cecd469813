"""What documents disagree about, gathered from the store and between documents."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from figures import figure, finding

from ingest.types import Figure, Finding, Identity, ParsedDocument
from rag import audit as audits
from rag.answer import NO_FILTERS, Filters
from rag.audit import audit, findings
from rag.errors import OlderIndexError
from rag.figure_list import list_of_figures
from rag.store import Store, StoredDocument


def document(name: str, *found: Finding, kind: str = "budget") -> ParsedDocument:
    identity = Identity(name, kind=kind, years=(2025,))
    figures = (figure(1, value=Decimal(len(name))),)
    return ParsedDocument(
        name, f"{name}.pdf", "ab", identity, (), (), (), figures=figures, findings=found
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path, write=True)
    late, early = finding("b", 9), finding("b", 2, 3, explained_by_rounding=True)
    store.put(document("b", late, early), "1", 0.0)
    store.put(document("aa", finding("aa", 4), kind="delårsrapport"), "1", 0.0)
    store.put(document("c"), "1", 0.0)
    return store


def places(found: Sequence[Finding]) -> list[tuple[str, int]]:
    return [(one.places[0].document, one.places[0].page) for one in found]


def test_findings_come_by_document_and_page(store: Store) -> None:
    everything = findings(store, NO_FILTERS, include_rounding=True)
    assert places(everything) == [("aa", 4), ("b", 2), ("b", 9)]


def test_what_rounding_explains_is_left_out_until_asked_for(store: Store) -> None:
    assert places(findings(store, NO_FILTERS, include_rounding=False)) == [("aa", 4), ("b", 9)]


def test_filters_choose_the_documents(store: Store) -> None:
    chosen = audit(store, Filters(kind="delårsrapport"))
    assert [one.id for one in chosen.documents] == ["aa"]
    assert places(chosen.findings) == [("aa", 4)]
    assert audit(store, Filters(documents=("c",))).findings == ()


def test_documents_are_compared_with_each_other_by_their_figures(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[str, list[Decimal | None]]] = []

    def compare(pairs: Sequence[tuple[StoredDocument, list[Figure]]]) -> list[Finding]:
        given.extend((one.id, [f.value for f in figures]) for one, figures in pairs)
        return [replace(finding("aa", 1), kind="restated")]

    monkeypatch.setattr(audits, "COMPARISONS", (compare,))
    found = audit(store, Filters(documents=("aa", "b")))
    assert given == [("aa", [Decimal(2)]), ("b", [Decimal(1)])]
    assert [(one.kind, one.places[0].page) for one in found.findings[:2]] == [
        ("restated", 1),
        ("sum", 4),
    ]
    # one document alone disagrees with no other
    assert places(audit(store, Filters(documents=("aa",))).findings) == [("aa", 4)]


def test_tables_that_were_checked_are_counted(
    samples: tuple[ParsedDocument, ...], tmp_path: Path
) -> None:
    first, *rest = samples[0].tables
    checked = replace(first, checks=("Summan av raderna stämmer.",))
    unchecked = [replace(table, checks=()) for table in rest]
    store = Store(tmp_path, write=True)
    store.put(replace(samples[0], tables=(checked, *unchecked)), "1", 0.0)
    result = audit(store, NO_FILTERS)
    assert (result.tables, result.checked) == (len(samples[0].tables), 1)


def test_an_index_from_before_figures_is_told(store: Store) -> None:
    store._connection.execute("PRAGMA user_version = 1")
    with pytest.raises(OlderIndexError, match="namndkoll ingest MAPP"):
        audit(store, NO_FILTERS)
    with pytest.raises(OlderIndexError, match="läste nyckeltal"):
        list_of_figures(store, ["b"])
