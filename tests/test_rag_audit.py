"""What documents disagree about, gathered from the store and between documents."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from figures import figure, finding
from printed_tables import PrintedPage, checked

from ingest.types import Finding, Identity, ParsedDocument
from rag.answer import NO_FILTERS, Filters
from rag.audit import audit, findings
from rag.errors import OlderIndexError
from rag.figure_list import list_of_figures
from rag.store import Store


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


def report(name: str, year: int, hyra: str, *, board: str = "Vårdnämnden") -> ParsedDocument:
    """An annual report with the outcomes of two years."""
    page = PrintedPage()
    page.table(
        [
            ["Belopp i tkr", f"Utfall {year - 1}", f"Utfall {year}"],
            ["Lokalhyror", hyra if year == 2024 else "1 000", "1 200" if year == 2024 else hyra],
            ["Personalkostnader", "9 000", "9 500" if year == 2024 else "9 000"],
        ]
    )
    identity = Identity(
        name, "Lillköping", board, "årsredovisning", years=(year,), figure_years=(year - 1, year)
    )
    done = checked(page, identity=identity)
    return ParsedDocument(
        name,
        f"{name}.pdf",
        "ab",
        identity,
        (page.page,),
        done.tables,
        (),
        (),
        done.figures,
        done.findings,
    )


def test_a_figure_that_was_changed_from_one_report_to_the_next(tmp_path: Path) -> None:
    store = Store(tmp_path, write=True)
    store.put(report("ar2023", 2023, "1 100"), "1", 0.0)
    store.put(report("ar2024", 2024, "1 150"), "1", 0.0)
    store.put(report("annan", 2024, "1 175", board="Byggnämnden"), "1", 0.0)
    (found,) = audit(store, NO_FILTERS).findings
    assert (found.kind, found.stated, found.expected) == ("restated", 1150, 1100)
    assert [(place.document, place.quote) for place in found.places] == [
        ("ar2024", "Lokalhyror\t1 150\t1 200\t"),
        ("ar2023", "Lokalhyror\t1 000\t1 100\t"),
    ]
    # one document alone disagrees with no other
    assert audit(store, Filters(documents=("ar2024",))).findings == ()


def test_the_same_figure_in_two_reports_is_no_finding(tmp_path: Path) -> None:
    store = Store(tmp_path, write=True)
    store.put(report("ar2023", 2023, "1 100"), "1", 0.0)
    store.put(report("ar2024", 2024, "1 100"), "1", 0.0)
    assert audit(store, NO_FILTERS).findings == ()


def test_tables_that_were_checked_are_counted(
    samples: tuple[ParsedDocument, ...], tmp_path: Path
) -> None:
    first, *rest = samples[0].tables
    proved = replace(first, checks=("Summan av raderna stämmer.",))
    unchecked = [replace(table, checks=()) for table in rest]
    store = Store(tmp_path, write=True)
    store.put(replace(samples[0], tables=(proved, *unchecked)), "1", 0.0)
    result = audit(store, NO_FILTERS)
    assert (result.tables, result.checked) == (len(samples[0].tables), 1)


def test_an_index_from_before_figures_is_told(store: Store) -> None:
    store._connection.execute("PRAGMA user_version = 1")
    with pytest.raises(OlderIndexError, match="namndkoll ingest MAPP"):
        audit(store, NO_FILTERS)
    with pytest.raises(OlderIndexError, match="läste nyckeltal"):
        list_of_figures(store, ["b"])
